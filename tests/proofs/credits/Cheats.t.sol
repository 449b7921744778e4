// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @dev What forge lets a test do.
interface Cheats {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function warp(uint256 time) external;
    function prank(address sender) external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);
    function computeCreateAddress(address deployer, uint256 nonce) external pure returns (address);
    function getNonce(address account) external view returns (uint64);
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory);
}

Cheats constant VM = Cheats(address(uint160(uint256(keccak256("hevm cheat code")))));

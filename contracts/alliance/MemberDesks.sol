// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {MemberDesk} from "contracts/alliance/MemberDesk.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IMemberDesks} from "interfaces/IMemberDesk.sol";

/// @title The workshop in which the registry has desks made.
/// @notice See IMemberDesks.
contract MemberDesks is IMemberDesks {
    /* IMMUTABLES */

    /// @inheritdoc IMemberDesks
    IAllianceRegistry public immutable registry;

    /* STORAGE */

    uint256 private _created;

    /* CONSTRUCTOR */

    /// @notice Names the registry, which alone has desks made.
    /// @param registry_ The register of members.
    constructor(IAllianceRegistry registry_) {
        registry = registry_;
    }

    /* DESKS */

    /// @inheritdoc IMemberDesks
    function create(uint32 memberId) external returns (address desk) {
        if (msg.sender != address(registry)) revert NotRegistry(msg.sender);
        // Whoever could reckon the next address would bind it to a member, and nobody would get a desk any more.
        bytes32 salt = keccak256(abi.encode(blockhash(block.number - 1), ++_created));
        return address(new MemberDesk{salt: salt}(registry, memberId));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice One version of a contract of the suite.
struct Version {
    address at;
    // When it was registered, Unix time.
    uint40 registered;
    // By which the registry closes it; 0 if it takes no new records of its own and is never closed.
    uint8 edition;
}

/// @title A contract whose new records can be closed.
/// @notice It passes its edition to the registry whenever it takes a new record.
interface IEdition {
    /// @notice The number by which this contract, and no other, is closed to new records.
    /// @return The edition, 1 to 63.
    function edition() external view returns (uint8);
}

/// @title The names and versions of the suite's contracts.
/// @notice A new version is a new contract; old records run to their end in the old one. Several versions of a name may
/// be in force at once, while business moves over; the council closes one by its edition.
interface IDirectory {
    /// @notice A version was registered.
    /// @param name The contract's name, ASCII.
    /// @param version Its number, from 1 for each name.
    /// @param at The contract.
    /// @param edition Its edition, 0 if it has none.
    event VersionRegistered(bytes32 indexed name, uint256 indexed version, address indexed at, uint8 edition);

    /// @notice Only the council registers versions.
    /// @param caller Who tried.
    error NotCouncil(address caller);

    /// @notice A version needs a name, and an address with a contract.
    /// @param name The name given.
    /// @param at The address given.
    error BadVersion(bytes32 name, address at);

    /// @notice The contract, or its edition, is registered already.
    /// @param at The contract registered with it.
    /// @param edition The edition, 0 if it has none.
    error VersionExists(address at, uint8 edition);

    /// @notice The edition is beyond 63.
    /// @param at The contract.
    /// @param edition The edition that it says.
    error BadEdition(address at, uint256 edition);

    /// @notice The foundation names more contracts than it gives, or fewer.
    /// @param names How many names.
    /// @param contracts How many contracts.
    error UnequalLists(uint256 names, uint256 contracts);

    /// @notice There is no such version.
    /// @param name The name.
    /// @param version The number.
    error UnknownVersion(bytes32 name, uint256 version);

    /// @notice Registers a version; only the council may. The contract itself says its edition.
    /// @param name The contract's name, ASCII, not empty.
    /// @param at The contract.
    /// @return version Its number.
    function register(bytes32 name, address at) external returns (uint256 version);

    /// @notice The latest version of a name that takes new records.
    /// @param name The name.
    /// @return version Its number, 0 if none does.
    /// @return at The contract, zero if none does.
    function inForce(bytes32 name) external view returns (uint256 version, address at);

    /// @notice A version; reverts if there is none.
    /// @param name The name.
    /// @param version The number.
    /// @return What is on record.
    function versionOf(bytes32 name, uint256 version) external view returns (Version memory);

    /// @notice How many versions a name has.
    /// @param name The name.
    /// @return The count.
    function versionCount(bytes32 name) external view returns (uint256);

    /// @notice The contract that bears an edition.
    /// @param edition The edition.
    /// @return at The contract, zero if none does.
    function bearerOf(uint8 edition) external view returns (address at);

    /// @notice The council.
    /// @return The address.
    function governor() external view returns (address);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IDirectory, IEdition, Version} from "interfaces/IDirectory.sol";

/// @title The names and versions of the suite's contracts.
/// @notice See IDirectory. The versions of the foundation are constructor data.
contract Directory is IDirectory {
    /* CONSTANTS */

    uint256 private constant LAST_EDITION = 63;

    /* IMMUTABLES */

    /// @inheritdoc IDirectory
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IDirectory
    address public immutable governor;

    /* STORAGE */

    mapping(bytes32 name => mapping(uint256 version => Version)) private _versions;

    /// @inheritdoc IDirectory
    mapping(bytes32 name => uint256) public versionCount;

    /// @inheritdoc IDirectory
    mapping(uint8 edition => address) public bearerOf;

    mapping(address at => bool) private _registered;

    /* CONSTRUCTOR */

    /// @notice Registers the versions that the alliance is founded with.
    /// @param registry_ The register of members, which has the same governor.
    /// @param names The contracts' names, ASCII.
    /// @param contracts The contracts, in the same order.
    constructor(IAllianceRegistry registry_, bytes32[] memory names, address[] memory contracts) {
        registry = registry_;
        governor = registry_.governor();
        if (names.length != contracts.length) revert UnequalLists(names.length, contracts.length);
        for (uint256 i; i < names.length; ++i) {
            _register(names[i], contracts[i]);
        }
    }

    /* VERSIONS */

    /// @inheritdoc IDirectory
    function register(bytes32 name, address at) external returns (uint256 version) {
        if (msg.sender != governor) revert NotCouncil(msg.sender);
        return _register(name, at);
    }

    /* VIEWS */

    /// @inheritdoc IDirectory
    function inForce(bytes32 name) external view returns (uint256 version, address at) {
        // At most 63 steps: each version that is passed over bears an edition of its own.
        for (version = versionCount[name]; version != 0; --version) {
            Version storage found = _versions[name][version];
            if (found.edition == 0 || !registry.isClosed(found.edition)) return (version, found.at);
        }
    }

    /// @inheritdoc IDirectory
    function versionOf(bytes32 name, uint256 version) external view returns (Version memory found) {
        found = _versions[name][version];
        if (found.at == address(0)) revert UnknownVersion(name, version);
    }

    /* INTERNALS */

    function _register(bytes32 name, address at) private returns (uint256 version) {
        if (name == 0 || at.code.length == 0) revert BadVersion(name, at);
        uint256 said = _editionOf(at);
        if (said > LAST_EDITION) revert BadEdition(at, said);
        uint8 edition = uint8(said);
        if (_registered[at]) revert VersionExists(at, edition);
        if (edition != 0) {
            if (bearerOf[edition] != address(0)) revert VersionExists(bearerOf[edition], edition);
            bearerOf[edition] = at;
        }

        _registered[at] = true;
        version = ++versionCount[name];
        _versions[name][version] = Version({at: at, registered: uint40(block.timestamp), edition: edition});
        emit VersionRegistered(name, version, at, edition);
    }

    /// @dev A contract that takes no new records of its own has no edition, and need not say so.
    function _editionOf(address at) private view returns (uint256) {
        (bool said, bytes memory answer) = at.staticcall(abi.encodeCall(IEdition.edition, ()));
        if (!said || answer.length != 32) return 0;
        return abi.decode(answer, (uint256));
    }
}

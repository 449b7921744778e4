// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {GrantWord, GrantWords} from "contracts/libraries/GrantWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IDocumentGrants} from "interfaces/IDocumentGrants.sol";
import {IDocumentRegistry} from "interfaces/IDocumentRegistry.sol";

/// @title Who was given which document to read.
/// @notice See IDocumentGrants.
contract DocumentGrants is IDocumentGrants {
    /// @dev A credit has eight parties; whoever shares with more does it in several calls.
    uint256 private constant MOST_READERS = 64;

    /* IMMUTABLES */

    /// @inheritdoc IDocumentGrants
    IAllianceRegistry public immutable registry;

    /* STORAGE */

    /// @inheritdoc IDocumentGrants
    mapping(uint32 memberId => bytes32 key) public encryptionKeyOf;

    mapping(uint32 granter => mapping(bytes32 content => mapping(uint32 reader => GrantWord))) private _grants;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    constructor(IAllianceRegistry registry_) {
        registry = registry_;
    }

    /* KEYS */

    /// @inheritdoc IDocumentGrants
    function publishKey(bytes32 key_) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ADMINISTER);
        if (key_ == 0 || key_ == encryptionKeyOf[memberId]) revert BadEncryptionKey(memberId, key_);

        encryptionKeyOf[memberId] = key_;
        emit EncryptionKeyPublished(memberId, key_);
    }

    /* GRANTS */

    /// @inheritdoc IDocumentGrants
    function grant(bytes32 content, bytes32 document, uint32[] calldata readers) external {
        uint32 granter = registry.actingMemberOf(msg.sender, Roles.DOCUMENT);
        if (content == 0 || document == 0) revert IncompleteGrant(content, document);
        _requireBounded(readers);
        mapping(uint32 reader => GrantWord) storage own = _grants[granter][content];
        for (uint256 i; i < readers.length; ++i) {
            uint32 reader = readers[i];
            // A key shows as well that there is such a member.
            if (encryptionKeyOf[reader] == 0) revert NoEncryptionKey(reader);
            GrantWord word = own[reader];
            if (word.granted() != 0) revert GrantExists(content, reader, word.withdrawn());

            own[reader] = GrantWords.pack(block.timestamp);
            emit AccessGranted(granter, reader, content, document);
        }
    }

    /// @inheritdoc IDocumentGrants
    function withdraw(bytes32 content, uint32[] calldata readers) external {
        uint32 granter = registry.actingMemberOf(msg.sender, Roles.DOCUMENT);
        _requireBounded(readers);
        mapping(uint32 reader => GrantWord) storage own = _grants[granter][content];
        for (uint256 i; i < readers.length; ++i) {
            uint32 reader = readers[i];
            GrantWord word = own[reader];
            if (word.granted() == 0 || word.withdrawn() != 0) revert NotGranted(content, reader, word.withdrawn());

            own[reader] = word.end(block.timestamp);
            emit AccessWithdrawn(granter, reader, content);
        }
    }

    /* VIEWS */

    /// @inheritdoc IDocumentGrants
    function grantOf(uint32 granter, bytes32 content, uint32 reader)
        external
        view
        returns (uint40 granted, uint40 withdrawn)
    {
        GrantWord word = _grants[granter][content][reader];
        return (word.granted(), word.withdrawn());
    }

    /// @inheritdoc IDocumentGrants
    function mayRead(uint32 granter, bytes32 content, uint32 reader, uint256 instant) external view returns (bool) {
        if (instant > block.timestamp) revert IDocumentRegistry.InstantAhead(instant, block.timestamp);
        return _grants[granter][content][reader].heldAt(instant);
    }

    /* INTERNALS */

    function _requireBounded(uint32[] calldata readers) private pure {
        if (readers.length == 0 || readers.length > MOST_READERS) {
            revert ReadersOutOfBounds(readers.length, MOST_READERS);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DocumentTrees} from "contracts/libraries/DocumentTrees.sol";
import {DocumentWord, DocumentWords} from "contracts/libraries/DocumentWords.sol";
import {LeafWord, LeafWords} from "contracts/libraries/LeafWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {
    DocumentRecord,
    DocumentStatus,
    IDocumentRegistry,
    Inclusion,
    Registration
} from "interfaces/IDocumentRegistry.sol";

/// @title Who issued which document, and when.
/// @notice See IDocumentRegistry.
contract DocumentRegistry is IDocumentRegistry {
    /* IMMUTABLES */

    /// @inheritdoc IDocumentRegistry
    IAllianceRegistry public immutable registry;

    /* STORAGE */

    mapping(uint32 issuer => mapping(bytes32 root => DocumentWord)) private _documents;

    mapping(uint32 issuer => mapping(bytes32 root => mapping(bytes32 document => LeafWord))) private _leaves;

    /// @inheritdoc IDocumentRegistry
    mapping(uint32 issuer => mapping(bytes32 root => bytes32 successor)) public successorOf;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    constructor(IAllianceRegistry registry_) {
        registry = registry_;
    }

    /* REGISTRATION */

    /// @inheritdoc IDocumentRegistry
    function register(Registration calldata given) external {
        _register(registry.memberInStanding(msg.sender, Roles.DOCUMENT), given);
    }

    /// @inheritdoc IDocumentRegistry
    function registerBatch(bytes32[] calldata roots, uint8 kind, uint16 schema, uint40 expires) external {
        uint32 issuer = registry.memberInStanding(msg.sender, Roles.DOCUMENT);
        if (roots.length == 0) revert NoDocuments();
        DocumentWord word = DocumentWords.pack(kind, schema, expires, 0, block.timestamp);
        for (uint256 i; i < roots.length; ++i) {
            _put(issuer, roots[i], word);
        }
        emit DocumentsRegistered(issuer, kind, schema, expires, roots);
    }

    /// @inheritdoc IDocumentRegistry
    function supersede(bytes32 root, Registration calldata given) external {
        uint32 issuer = registry.actingMemberOf(msg.sender, Roles.DOCUMENT);
        DocumentWord word = _live(issuer, root);
        // Else a member that may register nothing new would do so in place of what it has.
        if (given.kind != word.kind() || given.size > word.size()) revert NotAVersion(root, word.kind(), word.size());

        _documents[issuer][root] = word.end(block.timestamp, 0);
        successorOf[issuer][root] = given.root;
        emit DocumentSuperseded(issuer, root, given.root);
        _register(issuer, given);
    }

    /* REVOCATION */

    /// @inheritdoc IDocumentRegistry
    function revoke(bytes32 root, uint16 reason) external {
        uint32 issuer = registry.actingMemberOf(msg.sender, Roles.DOCUMENT);
        _revoke(issuer, root, reason);
        emit DocumentRevoked(issuer, root, reason);
    }

    /// @inheritdoc IDocumentRegistry
    function revokeBatch(bytes32[] calldata roots, uint16 reason) external {
        uint32 issuer = registry.actingMemberOf(msg.sender, Roles.DOCUMENT);
        if (roots.length == 0) revert NoDocuments();
        for (uint256 i; i < roots.length; ++i) {
            _revoke(issuer, roots[i], reason);
        }
        emit DocumentsRevoked(issuer, reason, roots);
    }

    /// @inheritdoc IDocumentRegistry
    function revokeLeaf(bytes32 root, bytes32 document, Inclusion calldata proof, uint16 reason) external {
        uint32 issuer = registry.actingMemberOf(msg.sender, Roles.DOCUMENT);
        DocumentWord word = _live(issuer, root);
        if (reason == 0) revert RevokedWithoutReason();
        if (!_includes(root, word, document, proof)) revert NotInBatch(root, document);
        uint40 revoked = _leaves[issuer][root][document].revoked();
        if (revoked != 0) revert LeafRevokedAlready(root, document, revoked);

        _leaves[issuer][root][document] = LeafWords.pack(block.timestamp, reason);
        emit LeafRevoked(issuer, root, document, reason);
    }

    /* VIEWS */

    /// @inheritdoc IDocumentRegistry
    function documentOf(uint32 issuer, bytes32 root) external view returns (DocumentRecord memory) {
        return _documents[issuer][root].unpack();
    }

    /// @inheritdoc IDocumentRegistry
    function leafRevocationOf(uint32 issuer, bytes32 root, bytes32 document)
        external
        view
        returns (uint40 revoked, uint16 reason)
    {
        LeafWord word = _leaves[issuer][root][document];
        return (word.revoked(), word.reason());
    }

    /// @inheritdoc IDocumentRegistry
    function statusAt(uint32 issuer, bytes32 root, uint256 instant) external view returns (DocumentStatus) {
        _requireNotAhead(instant);
        return _documents[issuer][root].statusAt(instant);
    }

    /// @inheritdoc IDocumentRegistry
    function leafStatusAt(uint32 issuer, bytes32 root, bytes32 document, Inclusion calldata proof, uint256 instant)
        external
        view
        returns (DocumentStatus)
    {
        _requireNotAhead(instant);
        DocumentWord word = _documents[issuer][root];
        if (!_includes(root, word, document, proof)) return DocumentStatus.Unknown;
        uint40 revoked = _leaves[issuer][root][document].revoked();
        if (revoked != 0 && instant >= revoked) return DocumentStatus.Revoked;
        return word.statusAt(instant);
    }

    /// @inheritdoc IDocumentRegistry
    function isIncluded(uint32 issuer, bytes32 root, bytes32 document, Inclusion calldata proof)
        external
        view
        returns (bool)
    {
        return _includes(root, _documents[issuer][root], document, proof);
    }

    /* INTERNALS */

    function _register(uint32 issuer, Registration calldata given) private {
        DocumentWord word = DocumentWords.pack(given.kind, given.schema, given.expires, given.size, block.timestamp);
        _put(issuer, given.root, word);
        emit DocumentRegistered(issuer, given.root, DocumentWord.unwrap(word));
    }

    function _put(uint32 issuer, bytes32 root, DocumentWord word) private {
        if (root == 0 || word.kind() == 0 || word.schema() == 0) {
            revert BadRegistration(root, word.kind(), word.schema());
        }
        if (word.expires() != 0 && word.expires() <= block.timestamp) {
            revert IAllianceRegistry.NotInFuture(word.expires(), block.timestamp);
        }
        mapping(bytes32 root => DocumentWord) storage own = _documents[issuer];
        if (DocumentWord.unwrap(own[root]) != 0) revert DocumentExists(issuer, root);
        own[root] = word;
    }

    function _revoke(uint32 issuer, bytes32 root, uint16 reason) private {
        DocumentWord word = _live(issuer, root);
        if (reason == 0) revert RevokedWithoutReason();
        _documents[issuer][root] = word.end(block.timestamp, reason);
    }

    /// @dev A document past its last second may still turn out to be false.
    function _live(uint32 issuer, bytes32 root) private view returns (DocumentWord word) {
        word = _documents[issuer][root];
        if (word.registered() == 0 || word.ended() != 0) {
            revert WrongDocumentStatus(issuer, root, word.statusAt(block.timestamp));
        }
    }

    function _requireNotAhead(uint256 instant) private view {
        if (instant > block.timestamp) revert InstantAhead(instant, block.timestamp);
    }

    function _includes(bytes32 root, DocumentWord word, bytes32 document, Inclusion calldata proof)
        private
        pure
        returns (bool)
    {
        return DocumentTrees.includes(root, word.size(), document, proof.sides, proof.partners);
    }
}

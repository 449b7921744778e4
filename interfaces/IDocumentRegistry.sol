// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice Where a document stands, or stood at some time.
enum DocumentStatus {
    Unknown,
    Registered,
    Revoked,
    Superseded,
    Expired
}

/// @notice What is registered: one document, or a batch of them under one root.
struct Registration {
    // The commitment to the document, or the root over the batch.
    bytes32 root;
    // What it is, by the alliance's list of kinds.
    uint8 kind;
    // Version of the schema that its fields follow, from 1.
    uint16 schema;
    // Its last second, Unix time; 0 for no end.
    uint40 expires;
    // How many documents the batch has; 0 for a single document, which is not a batch of one.
    uint32 size;
}

/// @notice A document or a batch as it stands; all zero if it is not registered.
struct DocumentRecord {
    uint40 registered;
    uint40 expires;
    // When it was revoked or superseded, Unix time.
    uint40 ended;
    // Why it was revoked; 0 if it was superseded, or did not end.
    uint16 reason;
    uint8 kind;
    uint16 schema;
    uint32 size;
}

/// @notice That a document stands in a batch.
struct Inclusion {
    // Bit i is set if partner i stands on the left.
    uint64 sides;
    // What the way up to the root is joined with, the lowest first.
    bytes32[] partners;
}

/// @title Who issued which document, and when.
/// @notice The chain knows documents by salted commitments alone; they travel among those whom they concern. A record is
/// kept by issuer and commitment, so that nobody registers anything first in another's name, and issuers need not trust each
/// other. A batch is one record over any number of documents, each of which is shown to be in it by a proof.
///
/// ```
/// row  from                  act                                    to
/// R1   unknown               register, registerBatch (the issuer)   registered
/// R2   registered, expired   revoke, revokeBatch (the issuer)       revoked, for ever
/// R3   registered, expired   supersede (the issuer)                 superseded, for ever; the later version registered
/// R4   registered            time, past its last second             expired
/// R5   one of a batch        revokeLeaf (the issuer)                that one revoked, for ever, under this batch alone
/// ```
///
/// What a commitment is and how the tree over a batch is built: docs/reference/documents.md.
interface IDocumentRegistry {
    /// @notice A document, or a batch under one root, was registered. Fields of their own would cost more than registering is
    /// to (docs/decisions/0012).
    ///
    /// ```
    /// bit   0..39   registered, Unix time
    /// bit  40..79   expires: its last second, Unix time; 0 for no end
    /// bit  80..111  size: how many documents the batch has; 0 for a single document
    /// bit 112..119  kind
    /// bit 120..135  version of the schema
    /// ```
    /// @param issuer The member that issued it.
    /// @param root The commitment.
    /// @param word What is on record, in one word.
    event DocumentRegistered(uint32 indexed issuer, bytes32 indexed root, uint256 word);

    /// @notice Single documents were registered, one by one.
    /// @param issuer The member that issued them.
    /// @param kind What they are.
    /// @param schema Version of the schema.
    /// @param expires Their last second, Unix time; 0 for no end.
    /// @param roots Their commitments.
    event DocumentsRegistered(uint32 indexed issuer, uint8 kind, uint16 schema, uint40 expires, bytes32[] roots);

    /// @notice A later version took the place of a document; it follows in a DocumentRegistered.
    /// @param issuer The member that issued both.
    /// @param root The commitment to the earlier version.
    /// @param successor The commitment to the later one.
    event DocumentSuperseded(uint32 indexed issuer, bytes32 indexed root, bytes32 indexed successor);

    /// @notice A document, or a whole batch, was revoked.
    /// @param issuer The member that issued it.
    /// @param root The commitment.
    /// @param reason Why, by the alliance's list of reasons.
    event DocumentRevoked(uint32 indexed issuer, bytes32 indexed root, uint16 reason);

    /// @notice Documents, or whole batches, were revoked, one by one.
    /// @param issuer The member that issued them.
    /// @param reason Why.
    /// @param roots Their commitments.
    event DocumentsRevoked(uint32 indexed issuer, uint16 reason, bytes32[] roots);

    /// @notice One document of a batch was revoked; under another batch it lives on.
    /// @param issuer The member that issued the batch.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    /// @param reason Why.
    event LeafRevoked(uint32 indexed issuer, bytes32 indexed root, bytes32 indexed document, uint16 reason);

    /// @notice A document has a commitment, a kind and a version of its schema.
    /// @param root The commitment given.
    /// @param kind The kind given.
    /// @param schema The version given.
    error BadRegistration(bytes32 root, uint8 kind, uint16 schema);

    /// @notice The issuer has registered this before.
    /// @param issuer The member.
    /// @param root The commitment.
    error DocumentExists(uint32 issuer, bytes32 root);

    /// @notice The document is not registered by this issuer, or it ended.
    /// @param issuer The member.
    /// @param root The commitment.
    /// @param actual Where it stands.
    error WrongDocumentStatus(uint32 issuer, bytes32 root, DocumentStatus actual);

    /// @notice A later version has the kind of the earlier one and no more documents: all else is registered by itself.
    /// @param root The commitment to the earlier version.
    /// @param kind Its kind.
    /// @param size How many documents it has; 0 for a single one.
    error NotAVersion(bytes32 root, uint8 kind, uint32 size);

    /// @notice A revocation names its reason.
    error RevokedWithoutReason();

    /// @notice A list names at least one document.
    error NoDocuments();

    /// @notice The proof does not show the document in the batch.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    error NotInBatch(bytes32 root, bytes32 document);

    /// @notice The document was revoked under this batch before.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    /// @param revoked When, Unix time.
    error LeafRevokedAlready(bytes32 root, bytes32 document, uint40 revoked);

    /// @notice Nobody knows yet where a document will stand.
    /// @param instant The time asked about, Unix time.
    /// @param time The time of the block.
    error InstantAhead(uint256 instant, uint256 time);

    /// @notice Registers one document, or a batch under one root (R1). Needs DOCUMENT.
    /// @param given What is registered.
    function register(Registration calldata given) external;

    /// @notice Registers single documents of one kind (R1). Needs DOCUMENT.
    /// @param roots Their commitments, each once.
    /// @param kind What they are.
    /// @param schema Version of the schema.
    /// @param expires Their last second, Unix time; 0 for no end.
    function registerBatch(bytes32[] calldata roots, uint8 kind, uint16 schema, uint40 expires) external;

    /// @notice Puts a later version in the place of a document (R3). Needs DOCUMENT.
    /// @param root The commitment to the earlier version.
    /// @param given The later version, of the same kind and with no more documents.
    function supersede(bytes32 root, Registration calldata given) external;

    /// @notice Revokes a document, or a whole batch (R2). Needs DOCUMENT.
    /// @param root The commitment.
    /// @param reason Why, by the alliance's list of reasons; not 0.
    function revoke(bytes32 root, uint16 reason) external;

    /// @notice Revokes documents, or whole batches, one by one (R2). Needs DOCUMENT.
    /// @param roots Their commitments, each once.
    /// @param reason Why; not 0.
    function revokeBatch(bytes32[] calldata roots, uint16 reason) external;

    /// @notice Revokes one document of a batch (R5). Needs DOCUMENT.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    /// @param proof That it stands in the batch, so that a wrong one is not revoked by mistake.
    /// @param reason Why; not 0.
    function revokeLeaf(bytes32 root, bytes32 document, Inclusion calldata proof, uint16 reason) external;

    /// @notice What is on record of a document or a batch.
    /// @param issuer The member that issued it.
    /// @param root The commitment.
    /// @return The record, all zero if it is not registered.
    function documentOf(uint32 issuer, bytes32 root) external view returns (DocumentRecord memory);

    /// @notice The later version that took the place of a document.
    /// @param issuer The member that issued both.
    /// @param root The commitment to the earlier version.
    /// @return successor The commitment to the later one, 0 if there is none.
    function successorOf(uint32 issuer, bytes32 root) external view returns (bytes32 successor);

    /// @notice The revocation of one document of a batch, whatever became of the batch.
    /// @param issuer The member that issued the batch.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    /// @return revoked When, Unix time; 0 if it was not.
    /// @return reason Why.
    function leafRevocationOf(uint32 issuer, bytes32 root, bytes32 document)
        external
        view
        returns (uint40 revoked, uint16 reason);

    /// @notice Where a document or a batch stands or stood: it can be asked later as well.
    /// @param issuer The member that issued it.
    /// @param root The commitment.
    /// @param instant The time asked about, not ahead of the block's, Unix time.
    /// @return Where.
    function statusAt(uint32 issuer, bytes32 root, uint256 instant) external view returns (DocumentStatus);

    /// @notice The same for one document of a batch. Of one that was revoked by itself nothing later changes that; else it
    /// stands where its batch does.
    /// @param issuer The member that issued the batch.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    /// @param proof That it stands in the batch.
    /// @param instant The time asked about, not ahead of the block's, Unix time.
    /// @return Where; Unknown if the proof does not show it in the batch.
    function leafStatusAt(uint32 issuer, bytes32 root, bytes32 document, Inclusion calldata proof, uint256 instant)
        external
        view
        returns (DocumentStatus);

    /// @notice Whether a proof shows a document in a batch, whatever became of the batch. It has to have exactly the length
    /// that the size of the batch demands at this place.
    /// @param issuer The member that issued the batch.
    /// @param root The root over the batch.
    /// @param document The commitment to the document.
    /// @param proof That it stands in the batch.
    /// @return Whether it does; false for a single document, which is its own commitment.
    function isIncluded(uint32 issuer, bytes32 root, bytes32 document, Inclusion calldata proof)
        external
        view
        returns (bool);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

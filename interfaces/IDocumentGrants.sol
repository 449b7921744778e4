// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @title Who was given which document to read, and the keys to which documents are encrypted.
/// @notice Documents travel encrypted, through a store off the chain, and are found there by the hash of their ciphertext.
/// The chain carries who was granted access by whom, from when until when: no name, no text, and no hash of anything that
/// could be guessed. A grant is kept by granting member, content and reader, so that nobody grants in another's name.
///
/// ```
/// row  from      act                             to
/// E1   none      grant (the granting member)     granted
/// E2   granted   withdraw (the granting member)  withdrawn, for ever
/// ```
///
/// A withdrawal is for the future: what was read stays read. Whoever is to read a document again after it gets it under a
/// new address, encrypted anew; so what was granted at an earlier time can always be told.
interface IDocumentGrants {
    /// @notice A member published the key to which documents for it are encrypted from now on. Earlier keys stay in earlier
    /// events.
    /// @param memberId The member.
    /// @param key An X25519 public key.
    event EncryptionKeyPublished(uint32 indexed memberId, bytes32 key);

    /// @notice A member was given a document to read.
    /// @param granter The member that gave it.
    /// @param reader The member that may read it.
    /// @param content Where it lies: the SHA-256 of the ciphertext.
    /// @param document The salted commitment to the document inside.
    event AccessGranted(uint32 indexed granter, uint32 indexed reader, bytes32 indexed content, bytes32 document);

    /// @notice A grant was withdrawn, for the future.
    /// @param granter The member that had given it.
    /// @param reader The member that may not read it any more.
    /// @param content Where it lies.
    event AccessWithdrawn(uint32 indexed granter, uint32 indexed reader, bytes32 indexed content);

    /// @notice The key is none, or it is the one that is published.
    /// @param memberId The member.
    /// @param key The key given.
    error BadEncryptionKey(uint32 memberId, bytes32 key);

    /// @notice A grant names where the document lies, and the document.
    /// @param content The content given.
    /// @param document The commitment given.
    error IncompleteGrant(bytes32 content, bytes32 document);

    /// @notice A list names one reader at least, and no more than the most at once.
    /// @param count How many were named.
    /// @param most The most.
    error ReadersOutOfBounds(uint256 count, uint256 most);

    /// @notice Nothing can be encrypted to a member that has published no key.
    /// @param memberId The member.
    error NoEncryptionKey(uint32 memberId);

    /// @notice The content was granted to this reader before.
    /// @param content The content.
    /// @param reader The reader.
    /// @param withdrawn When that was withdrawn, Unix time; 0 if it was not.
    error GrantExists(bytes32 content, uint32 reader, uint40 withdrawn);

    /// @notice There is no grant of this member to withdraw.
    /// @param content The content.
    /// @param reader The reader.
    /// @param withdrawn When it was withdrawn, Unix time; 0 if it was never made.
    error NotGranted(bytes32 content, uint32 reader, uint40 withdrawn);

    /// @notice Publishes the key to which documents for the caller's member are encrypted from now on. Needs ADMINISTER:
    /// whoever sets it reads what is sent from then on.
    /// @param key_ An X25519 public key; another than the one published.
    function publishKey(bytes32 key_) external;

    /// @notice Gives members a document to read (E1). Needs DOCUMENT.
    /// @param content Where it lies: the SHA-256 of the ciphertext.
    /// @param document The salted commitment to the document inside.
    /// @param readers Members that have published a key, each once.
    function grant(bytes32 content, bytes32 document, uint32[] calldata readers) external;

    /// @notice Withdraws grants of the caller's member, for the future (E2). Needs DOCUMENT.
    /// @param content Where the document lies.
    /// @param readers Members to which it was granted, each once.
    function withdraw(bytes32 content, uint32[] calldata readers) external;

    /// @notice The key to which documents for a member are encrypted.
    /// @param memberId The member.
    /// @return key The key, 0 if it has published none.
    function encryptionKeyOf(uint32 memberId) external view returns (bytes32 key);

    /// @notice A grant as it stands.
    /// @param granter The member that gave the document.
    /// @param content Where it lies.
    /// @param reader The reader.
    /// @return granted When it was made, Unix time; 0 if it never was.
    /// @return withdrawn When it was withdrawn, Unix time; 0 if it was not.
    function grantOf(uint32 granter, bytes32 content, uint32 reader)
        external
        view
        returns (uint40 granted, uint40 withdrawn);

    /// @notice Whether a member may or might read a document: from the second of the grant on, and no more from that of its
    /// withdrawal on. It can be asked later as well.
    /// @param granter The member that gave the document.
    /// @param content Where it lies.
    /// @param reader The reader.
    /// @param instant The time asked about, not ahead of the block's, Unix time.
    /// @return Whether it may.
    function mayRead(uint32 granter, bytes32 content, uint32 reader, uint256 instant) external view returns (bool);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

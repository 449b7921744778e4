// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DocumentRecord, DocumentStatus} from "interfaces/IDocumentRegistry.sol";

/// @notice A document, or a batch of them, that was registered.
type DocumentWord is uint256;

using DocumentWords for DocumentWord global;

/// @title The word behind each document.
/// @notice Packs and reads what is on record of a document or of a batch.
///
/// ```
/// bit   0..39   registered, Unix time
/// bit  40..79   expires: its last second, Unix time; 0 for no end
/// bit  80..111  size
/// bit 112..119  kind
/// bit 120..135  version of the schema
/// bit 136..175  ended, Unix time; 0 if it did not
/// bit 176..191  reason; 0 where a later version ended it
/// ```
library DocumentWords {
    uint256 private constant ENDED_AT = 136;
    uint256 private constant REASON_AT = 176;

    /// @notice Packs a document that is registered now.
    /// @param kind_ What it is.
    /// @param schema_ Version of the schema.
    /// @param expires_ Its last second, Unix time; 0 for no end.
    /// @param size_ How many documents the batch has; 0 for a single document.
    /// @param time Now, Unix time.
    /// @return The word.
    function pack(uint8 kind_, uint16 schema_, uint40 expires_, uint32 size_, uint256 time)
        internal
        pure
        returns (DocumentWord)
    {
        return DocumentWord.wrap(
            uint40(time) | uint256(expires_) << 40 | uint256(size_) << 80 | uint256(kind_) << 112 | uint256(schema_)
                << 120
        );
    }

    /// @notice Reads a document.
    /// @param word The word.
    /// @return The document, all zero if it is not registered.
    function unpack(DocumentWord word) internal pure returns (DocumentRecord memory) {
        return DocumentRecord({
            registered: word.registered(),
            expires: word.expires(),
            ended: word.ended(),
            reason: word.reason(),
            kind: word.kind(),
            schema: word.schema(),
            size: word.size()
        });
    }

    /// @notice The word of a document that ends.
    /// @param word The word, which has no end.
    /// @param time Now, Unix time.
    /// @param reason_ Why, 0 where a later version takes its place.
    /// @return The new word.
    function end(DocumentWord word, uint256 time, uint16 reason_) internal pure returns (DocumentWord) {
        return DocumentWord.wrap(
            DocumentWord.unwrap(word) | uint256(uint40(time)) << ENDED_AT | uint256(reason_) << REASON_AT
        );
    }

    /// @notice Where a document stood at a time.
    /// @param word The word.
    /// @param instant The time, Unix time.
    /// @return Where.
    function statusAt(DocumentWord word, uint256 instant) internal pure returns (DocumentStatus) {
        if (word.registered() == 0 || instant < word.registered()) return DocumentStatus.Unknown;
        if (word.ended() != 0 && instant >= word.ended()) {
            return word.reason() == 0 ? DocumentStatus.Superseded : DocumentStatus.Revoked;
        }
        if (word.expires() != 0 && instant > word.expires()) return DocumentStatus.Expired;
        return DocumentStatus.Registered;
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice When it was registered, Unix time; 0 if it is not.
    /// @param word The word.
    /// @return The field.
    function registered(DocumentWord word) internal pure returns (uint40) {
        return uint40(DocumentWord.unwrap(word));
    }

    /// @notice Its last second, Unix time; 0 for no end.
    /// @param word The word.
    /// @return The field.
    function expires(DocumentWord word) internal pure returns (uint40) {
        return uint40(DocumentWord.unwrap(word) >> 40);
    }

    /// @notice How many documents the batch has; 0 for a single document.
    /// @param word The word.
    /// @return The field.
    function size(DocumentWord word) internal pure returns (uint32) {
        return uint32(DocumentWord.unwrap(word) >> 80);
    }

    /// @notice What it is.
    /// @param word The word.
    /// @return The field.
    function kind(DocumentWord word) internal pure returns (uint8) {
        return uint8(DocumentWord.unwrap(word) >> 112);
    }

    /// @notice Version of the schema.
    /// @param word The word.
    /// @return The field.
    function schema(DocumentWord word) internal pure returns (uint16) {
        return uint16(DocumentWord.unwrap(word) >> 120);
    }

    /// @notice When it was revoked or superseded, Unix time; 0 if it was not.
    /// @param word The word.
    /// @return The field.
    function ended(DocumentWord word) internal pure returns (uint40) {
        return uint40(DocumentWord.unwrap(word) >> ENDED_AT);
    }

    /// @notice Why it was revoked; 0 if it was not.
    /// @param word The word.
    /// @return The field.
    function reason(DocumentWord word) internal pure returns (uint16) {
        return uint16(DocumentWord.unwrap(word) >> REASON_AT);
    }
}

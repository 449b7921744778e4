// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice The revocation of one document of a batch.
type LeafWord is uint256;

using LeafWords for LeafWord global;

/// @title The word behind each revocation of one document of a batch.
/// @notice Packs and reads it.
///
/// ```
/// bit   0..39   revoked, Unix time
/// bit  40..55   reason
/// ```
library LeafWords {
    /// @notice Packs a revocation.
    /// @param time Now, Unix time.
    /// @param reason_ Why.
    /// @return The word.
    function pack(uint256 time, uint16 reason_) internal pure returns (LeafWord) {
        return LeafWord.wrap(uint40(time) | uint256(reason_) << 40);
    }

    /// @notice When the document was revoked, Unix time; 0 if it was not.
    /// @param word The word.
    /// @return The field.
    function revoked(LeafWord word) internal pure returns (uint40) {
        return uint40(LeafWord.unwrap(word));
    }

    /// @notice Why; 0 if it was not.
    /// @param word The word.
    /// @return The field.
    function reason(LeafWord word) internal pure returns (uint16) {
        return uint16(LeafWord.unwrap(word) >> 40);
    }
}

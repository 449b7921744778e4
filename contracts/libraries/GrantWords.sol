// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice A grant of one document to one reader.
type GrantWord is uint256;

using GrantWords for GrantWord global;

/// @title The word behind each grant.
/// @notice Packs and reads it.
///
/// ```
/// bit   0..39   granted, Unix time; 0 if it never was
/// bit  40..79   withdrawn, Unix time; 0 if it was not
/// ```
library GrantWords {
    /// @notice Packs a grant that is made now.
    /// @param time Now, Unix time.
    /// @return The word.
    function pack(uint256 time) internal pure returns (GrantWord) {
        return GrantWord.wrap(uint40(time));
    }

    /// @notice The word of a grant that is withdrawn.
    /// @param word The word, which is not withdrawn.
    /// @param time Now, Unix time.
    /// @return The new word.
    function end(GrantWord word, uint256 time) internal pure returns (GrantWord) {
        return GrantWord.wrap(GrantWord.unwrap(word) | uint256(uint40(time)) << 40);
    }

    /// @notice When it was made, Unix time; 0 if it never was.
    /// @param word The word.
    /// @return The field.
    function granted(GrantWord word) internal pure returns (uint40) {
        return uint40(GrantWord.unwrap(word));
    }

    /// @notice When it was withdrawn, Unix time; 0 if it was not.
    /// @param word The word.
    /// @return The field.
    function withdrawn(GrantWord word) internal pure returns (uint40) {
        return uint40(GrantWord.unwrap(word) >> 40);
    }

    /// @notice Whether it held at a time: from its own second on, and no more from that of its withdrawal on.
    /// @param word The word.
    /// @param instant The time, Unix time.
    /// @return Whether it did.
    function heldAt(GrantWord word, uint256 instant) internal pure returns (bool) {
        uint40 begun = word.granted();
        uint40 ended = word.withdrawn();
        return begun != 0 && begun <= instant && (ended == 0 || instant < ended);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What one storage read tells of an account.
type AccountWord is uint256;

using AccountWords for AccountWord global;

/// @title The word behind every authority check.
/// @notice Packs and reads the account of a member.
///
/// ```
/// bit   0..127  roles             see Roles
/// bit 128..143  index             place in the member's list of accounts
/// bit 144..183  newBusinessUntil  last second of new business, Unix time
/// bit 184..223  validUntil        last second of anything, Unix time
/// bit 224..255  memberId          0: the account is nobody's
/// ```
library AccountWords {
    /// @notice Packs an account.
    /// @param memberId_ Its member.
    /// @param validUntil_ Last second of anything, Unix time.
    /// @param newBusinessUntil_ Last second of new business, Unix time.
    /// @param index_ Its place in the member's list.
    /// @param roles_ Its roles.
    /// @return The word.
    function pack(uint32 memberId_, uint40 validUntil_, uint40 newBusinessUntil_, uint16 index_, uint128 roles_)
        internal
        pure
        returns (AccountWord)
    {
        return AccountWord.wrap(
            uint256(memberId_) << 224 | uint256(validUntil_) << 184 | uint256(newBusinessUntil_) << 144
                | uint256(index_) << 128 | roles_
        );
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice The member, 0 if the account is nobody's.
    /// @param word The word.
    /// @return The field.
    function memberId(AccountWord word) internal pure returns (uint32) {
        return uint32(AccountWord.unwrap(word) >> 224);
    }

    /// @notice Last second at which the key signs anything, Unix time.
    /// @param word The word.
    /// @return The field.
    function validUntil(AccountWord word) internal pure returns (uint40) {
        return uint40(AccountWord.unwrap(word) >> 184);
    }

    /// @notice Last second at which the key takes new business, Unix time.
    /// @param word The word.
    /// @return The field.
    function newBusinessUntil(AccountWord word) internal pure returns (uint40) {
        return uint40(AccountWord.unwrap(word) >> 144);
    }

    /// @notice Place in the member's list of accounts.
    /// @param word The word.
    /// @return The field.
    function index(AccountWord word) internal pure returns (uint16) {
        return uint16(AccountWord.unwrap(word) >> 128);
    }

    /// @notice The roles.
    /// @param word The word.
    /// @return The field.
    function roles(AccountWord word) internal pure returns (uint128) {
        return uint128(AccountWord.unwrap(word));
    }
}

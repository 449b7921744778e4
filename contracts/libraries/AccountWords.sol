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
/// bit 128..135  index             place in the member's list of accounts
/// bit 136..143  flags             FROZEN, DESK
/// bit 144..183  newBusinessUntil  last second of new business, Unix time
/// bit 184..223  validUntil        last second of anything, Unix time
/// bit 224..255  memberId          0: the account is nobody's
/// ```
library AccountWords {
    /// @dev The key signs nothing until it is thawed.
    uint256 internal constant FROZEN = 1 << 136;
    /// @dev The account is a desk that the registry created.
    uint256 internal constant DESK = 1 << 137;

    uint256 private constant ROLES_MASK = type(uint128).max;
    uint256 private constant INDEX_MASK = uint256(type(uint8).max) << 128;
    uint256 private constant NEW_BUSINESS_MASK = uint256(type(uint40).max) << 144;
    uint256 private constant VALIDITY_MASK = uint256(type(uint40).max) << 184;

    /// @notice Packs an account without flags.
    /// @param memberId_ Its member.
    /// @param validUntil_ Last second of anything, Unix time.
    /// @param newBusinessUntil_ Last second of new business, Unix time.
    /// @param index_ Its place in the member's list.
    /// @param roles_ Its roles.
    /// @return The word.
    function pack(uint32 memberId_, uint40 validUntil_, uint40 newBusinessUntil_, uint8 index_, uint128 roles_)
        internal
        pure
        returns (AccountWord)
    {
        return AccountWord.wrap(
            uint256(memberId_) << 224 | uint256(validUntil_) << 184 | uint256(newBusinessUntil_) << 144
                | uint256(index_) << 128 | roles_
        );
    }

    /// @notice The word with other roles.
    /// @param word The word.
    /// @param roles_ The roles.
    /// @return The word as it becomes.
    function withRoles(AccountWord word, uint128 roles_) internal pure returns (AccountWord) {
        return AccountWord.wrap(AccountWord.unwrap(word) & ~ROLES_MASK | roles_);
    }

    /// @notice The word at another place of the list.
    /// @param word The word.
    /// @param index_ The place.
    /// @return The word as it becomes.
    function withIndex(AccountWord word, uint8 index_) internal pure returns (AccountWord) {
        return AccountWord.wrap(AccountWord.unwrap(word) & ~INDEX_MASK | uint256(index_) << 128);
    }

    /// @notice The word with another last second of new business.
    /// @param word The word.
    /// @param newBusinessUntil_ Unix time.
    /// @return The word as it becomes.
    function withNewBusinessUntil(AccountWord word, uint40 newBusinessUntil_) internal pure returns (AccountWord) {
        return AccountWord.wrap(AccountWord.unwrap(word) & ~NEW_BUSINESS_MASK | uint256(newBusinessUntil_) << 144);
    }

    /// @notice The word with another last second of anything.
    /// @param word The word.
    /// @param validUntil_ Unix time.
    /// @return The word as it becomes.
    function withValidUntil(AccountWord word, uint40 validUntil_) internal pure returns (AccountWord) {
        return AccountWord.wrap(AccountWord.unwrap(word) & ~VALIDITY_MASK | uint256(validUntil_) << 184);
    }

    /// @notice The word with a flag, FROZEN or DESK.
    /// @param word The word.
    /// @param flag The flag.
    /// @return The word as it becomes.
    function with(AccountWord word, uint256 flag) internal pure returns (AccountWord) {
        return AccountWord.wrap(AccountWord.unwrap(word) | flag);
    }

    /// @notice The word without a flag.
    /// @param word The word.
    /// @param flag The flag.
    /// @return The word as it becomes.
    function without(AccountWord word, uint256 flag) internal pure returns (AccountWord) {
        return AccountWord.wrap(AccountWord.unwrap(word) & ~flag);
    }

    /// @notice Whether the word has a flag, FROZEN or DESK.
    /// @param word The word.
    /// @param flag The flag.
    /// @return Whether it has.
    function has(AccountWord word, uint256 flag) internal pure returns (bool) {
        return AccountWord.unwrap(word) & flag != 0;
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
    function index(AccountWord word) internal pure returns (uint8) {
        return uint8(AccountWord.unwrap(word) >> 128);
    }

    /// @notice Whether one of several roles is missing.
    /// @param word The word.
    /// @param role The roles; of none at all it is always so.
    /// @return Whether it is.
    function lacks(AccountWord word, uint256 role) internal pure returns (bool) {
        // Part of the roles is less than all of them; and 0 less 1 wraps around to more than any.
        unchecked {
            return word.roles() & role <= role - 1;
        }
    }

    /// @notice The roles.
    /// @param word The word.
    /// @return The field.
    function roles(AccountWord word) internal pure returns (uint128) {
        return uint128(AccountWord.unwrap(word));
    }
}

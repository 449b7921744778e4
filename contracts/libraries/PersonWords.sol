// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Person} from "interfaces/IMemberDesk.sol";

/// @notice A person at a desk, with the nonces of that person that were used last.
type PersonWord is uint256;

using PersonWords for PersonWord global;

/// @title The word behind each person at a desk.
/// @notice Packs and reads a person. A page of nonces stands in the same word, so that one read tells whether a maker
/// acts and whether its nonce was used.
///
/// ```
/// bit   0..39   validUntil  last second at which the person acts, Unix time
/// bit  40..41   hands       MAKER, CHECKER
/// bit  42..127  page        the page of nonces that stands here: nonces 128 * page to 128 * page + 127
/// bit 128..255  used        nonces of that page that were used or cancelled, a bit each
/// ```
library PersonWords {
    /// @dev The person proposes.
    uint256 internal constant MAKER = 1 << 40;
    /// @dev The person approves.
    uint256 internal constant CHECKER = 1 << 41;

    uint256 private constant PERSON_MASK = (1 << 42) - 1;

    /// @notice The word with other hands and another end; the nonces stay.
    /// @param word The word.
    /// @param maker Whether the person proposes.
    /// @param checker Whether it approves.
    /// @param validUntil Last second at which it acts, Unix time.
    /// @return The word as it becomes.
    function with(PersonWord word, bool maker, bool checker, uint40 validUntil) internal pure returns (PersonWord) {
        uint256 hands = (maker ? MAKER : 0) | (checker ? CHECKER : 0);
        return PersonWord.wrap(PersonWord.unwrap(word) & ~PERSON_MASK | hands | validUntil);
    }

    /// @notice The word with another page of nonces, of which none is used.
    /// @param word The word.
    /// @param page_ The page.
    /// @return The word as it becomes.
    function turnedTo(PersonWord word, uint256 page_) internal pure returns (PersonWord) {
        return PersonWord.wrap(PersonWord.unwrap(word) & PERSON_MASK | page_ << 42);
    }

    /// @notice The word with a nonce of its page used.
    /// @param word The word.
    /// @param bit The nonce's bit among those of the page.
    /// @return The word as it becomes.
    function withUsed(PersonWord word, uint256 bit) internal pure returns (PersonWord) {
        return PersonWord.wrap(PersonWord.unwrap(word) | bit << 128);
    }

    /// @notice The person.
    /// @param word The word.
    /// @return What is on record.
    function person(PersonWord word) internal pure returns (Person memory) {
        uint256 bits = PersonWord.unwrap(word);
        return Person(bits & MAKER != 0, bits & CHECKER != 0, uint40(bits));
    }

    /// @notice Whether a person acts now.
    /// @param word The word.
    /// @param hand MAKER or CHECKER.
    /// @return Whether it has the hand, and its time is not over.
    function has(PersonWord word, uint256 hand) internal view returns (bool) {
        return PersonWord.unwrap(word) & hand != 0 && block.timestamp <= uint40(PersonWord.unwrap(word));
    }

    /// @notice The page of nonces that stands in the word.
    /// @param word The word.
    /// @return The field.
    function page(PersonWord word) internal pure returns (uint256) {
        return uint128(PersonWord.unwrap(word)) >> 42;
    }

    /// @notice The nonces of that page that were used.
    /// @param word The word.
    /// @return The field.
    function used(PersonWord word) internal pure returns (uint256) {
        return PersonWord.unwrap(word) >> 128;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Hands, Policy} from "interfaces/IMemberDesk.sol";

/// @notice A policy of a desk.
type PolicyWord is uint256;

using PolicyWords for PolicyWord global;

/// @title The word behind each policy of a desk.
/// @notice Packs and reads a policy.
///
/// ```
/// bit   0..63   limit
/// bit  64..127  alone
/// bit 128..135  amountAt
/// bit 136..143  currencyAt
/// bit 144..151  hands; 0, as all else then, where the action is closed
/// ```
library PolicyWords {
    /// @notice Packs a policy.
    /// @param policy The policy.
    /// @return The word.
    function pack(Policy calldata policy) internal pure returns (PolicyWord) {
        return PolicyWord.wrap(
            uint256(policy.hands) << 144 | uint256(policy.currencyAt) << 136 | uint256(policy.amountAt) << 128
                | uint256(policy.alone) << 64 | policy.limit
        );
    }

    /// @notice Reads a policy.
    /// @param word The word.
    /// @return The policy.
    function unpack(PolicyWord word) internal pure returns (Policy memory) {
        return Policy(word.hands(), word.amountAt(), word.currencyAt(), word.alone(), word.limit());
    }

    /// @notice Whether the action is closed.
    /// @param word The word.
    /// @return Whether it is.
    function isClosed(PolicyWord word) internal pure returns (bool) {
        return PolicyWord.unwrap(word) == 0;
    }

    /// @notice Whether a maker alone is enough.
    /// @param word The word.
    /// @param amount The amount, minor units.
    /// @return Whether it is.
    function isOneEnough(PolicyWord word, uint256 amount) internal pure returns (bool) {
        return PolicyWord.unwrap(word) >> 144 == uint256(Hands.OneUpToLimit) && amount <= word.alone();
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice How many hands it takes.
    /// @param word The word.
    /// @return The field.
    function hands(PolicyWord word) internal pure returns (Hands) {
        return Hands(uint8(PolicyWord.unwrap(word) >> 144));
    }

    /// @notice Place of the currency among the arguments, from 1; 0 if there is none.
    /// @param word The word.
    /// @return The field.
    function currencyAt(PolicyWord word) internal pure returns (uint8) {
        return uint8(PolicyWord.unwrap(word) >> 136);
    }

    /// @notice Place of the amount among the arguments, from 1; 0 if there is none.
    /// @param word The word.
    /// @return The field.
    function amountAt(PolicyWord word) internal pure returns (uint8) {
        return uint8(PolicyWord.unwrap(word) >> 128);
    }

    /// @notice The greatest amount for a maker alone, minor units.
    /// @param word The word.
    /// @return The field.
    function alone(PolicyWord word) internal pure returns (uint64) {
        return uint64(PolicyWord.unwrap(word) >> 64);
    }

    /// @notice The greatest amount at all, minor units.
    /// @param word The word.
    /// @return The field.
    function limit(PolicyWord word) internal pure returns (uint64) {
        return uint64(PolicyWord.unwrap(word));
    }
}

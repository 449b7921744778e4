// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Maturities} from "contracts/libraries/Maturities.sol";
import {ClaimState} from "interfaces/IReimbursements.sol";

/// @notice A claim for reimbursement.
type ClaimWord is uint256;

using ClaimWords for ClaimWord global;

/// @title The word behind each claim for reimbursement.
/// @notice Packs and reads a claim.
///
/// ```
/// bit   0..63   amount, minor units
/// bit  64..103  received, Unix time
/// bit 104..143  deadline, Unix time
/// bit 144..159  due, day
/// bit 160..191  claiming bank
/// bit 192..207  banking days for the answer
/// bit 208..215  state
/// bit 216..223  marks, see ClaimMarks
/// ```
library ClaimWords {
    uint256 private constant DEADLINE_AT = 104;
    uint256 private constant DEADLINE = uint256(type(uint40).max) << DEADLINE_AT;
    uint256 private constant STATE_AT = 208;
    uint256 private constant STATE = 0xff << STATE_AT;
    uint256 private constant MARKS_AT = 216;

    /// @notice Packs a claim made now.
    /// @param amount_ Minor units.
    /// @param claimingBank_ The claiming bank.
    /// @param deadline_ Close of the last day for an answer, Unix time, 0 while it is not known.
    /// @param days_ How many banking days there are for the answer.
    /// @param due_ The due date, day, 0 at sight.
    /// @param marks_ See ClaimMarks.
    /// @return The word.
    function claimed(uint64 amount_, uint32 claimingBank_, uint40 deadline_, uint256 days_, uint16 due_, uint8 marks_)
        internal
        view
        returns (ClaimWord)
    {
        uint256 word = amount_ | block.timestamp << 64 | uint256(deadline_) << DEADLINE_AT | uint256(due_) << 144
            | uint256(claimingBank_) << 160 | days_ << 192;
        return ClaimWord.wrap(word | uint256(ClaimState.Claimed) << STATE_AT | uint256(marks_) << MARKS_AT);
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(ClaimWord word, ClaimState state_) internal pure returns (ClaimWord) {
        return ClaimWord.wrap(ClaimWord.unwrap(word) & ~STATE | uint256(state_) << STATE_AT);
    }

    /// @notice The word with its deadline.
    /// @param word The word.
    /// @param deadline_ Unix time.
    /// @return The new word.
    function withDeadline(ClaimWord word, uint40 deadline_) internal pure returns (ClaimWord) {
        return ClaimWord.wrap(ClaimWord.unwrap(word) & ~DEADLINE | uint256(deadline_) << DEADLINE_AT);
    }

    /// @notice The word with a mark.
    /// @param word The word.
    /// @param mark One of ClaimMarks.
    /// @return The new word.
    function with(ClaimWord word, uint256 mark) internal pure returns (ClaimWord) {
        return ClaimWord.wrap(ClaimWord.unwrap(word) | mark << MARKS_AT);
    }

    /// @notice Whether a mark is set.
    /// @param word The word.
    /// @param mark One of ClaimMarks.
    /// @return Whether it is.
    function has(ClaimWord word, uint256 mark) internal pure returns (bool) {
        return ClaimWord.unwrap(word) & mark << MARKS_AT != 0;
    }

    /// @notice Whether the time for an answer is over.
    /// @dev URR 725 art. 11(a). In time up to and including the close; a deadline that is not known yet is never over.
    /// @param word The word.
    /// @return Whether it is.
    function isOver(ClaimWord word) internal view returns (bool) {
        uint256 last = word.deadline();
        return last != 0 && block.timestamp > last;
    }

    /// @notice Whether the claim is held until it is due.
    /// @param word The word.
    /// @return Whether the due date has begun nowhere yet.
    function isHeld(ClaimWord word) internal view returns (bool) {
        return word.due() != 0 && !Maturities.hasBegun(uint256(word.due()) * 1 days);
    }

    /// @notice Whether the claiming bank has waited long enough for its money.
    /// @param word The word.
    /// @return Whether time for an answer and due date are over, the latter everywhere on earth.
    function isMissed(ClaimWord word) internal view returns (bool) {
        return word.isOver() && (word.due() == 0 || Maturities.isOver(uint256(word.due()) * 1 days));
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice What is claimed, minor units.
    /// @param word The word.
    /// @return The field.
    function amount(ClaimWord word) internal pure returns (uint64) {
        return uint64(ClaimWord.unwrap(word));
    }

    /// @notice Time of receipt, Unix time.
    /// @param word The word.
    /// @return The field.
    function received(ClaimWord word) internal pure returns (uint40) {
        return uint40(ClaimWord.unwrap(word) >> 64);
    }

    /// @notice Close of the last day for an answer, Unix time, 0 while it is not known.
    /// @param word The word.
    /// @return The field.
    function deadline(ClaimWord word) internal pure returns (uint40) {
        return uint40(ClaimWord.unwrap(word) >> DEADLINE_AT);
    }

    /// @notice The due date, days since 1970-01-01, 0 at sight.
    /// @param word The word.
    /// @return The field.
    function due(ClaimWord word) internal pure returns (uint16) {
        return uint16(ClaimWord.unwrap(word) >> 144);
    }

    /// @notice The claiming bank.
    /// @param word The word.
    /// @return The field.
    function claimingBank(ClaimWord word) internal pure returns (uint32) {
        return uint32(ClaimWord.unwrap(word) >> 160);
    }

    /// @notice How many banking days there are for the answer.
    /// @param word The word.
    /// @return The field.
    function answerDays(ClaimWord word) internal pure returns (uint256) {
        return uint16(ClaimWord.unwrap(word) >> 192);
    }

    /// @notice Where the claim stands, as it is stored.
    /// @param word The word.
    /// @return The field.
    function state(ClaimWord word) internal pure returns (ClaimState) {
        return ClaimState(uint8(ClaimWord.unwrap(word) >> STATE_AT));
    }

    /// @notice What is on record beside the state.
    /// @param word The word.
    /// @return The field, see ClaimMarks.
    function marks(ClaimWord word) internal pure returns (uint8) {
        return uint8(ClaimWord.unwrap(word) >> MARKS_AT);
    }
}

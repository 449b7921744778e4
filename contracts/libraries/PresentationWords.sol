// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {Clock} from "interfaces/IBankingCalendar.sol";
import {Disposal, Lodging, Presentation, PresentationState} from "interfaces/IPresentations.sol";
import {ITitleRegistry} from "interfaces/ITitleRegistry.sol";

/// @notice A presentation.
type PresentationWord is uint256;

using PresentationWords for PresentationWord global;

/// @title The word behind each presentation.
/// @notice Packs and reads a presentation.
///
/// ```
/// bit   0..63   amount, minor units
/// bit  64..103  received, Unix time
/// bit 104..143  deadline, Unix time
/// bit 144..159  shipped, day
/// bit 160..175  receipt day
/// bit 176..207  payee
/// bit 208..211  state
/// bit 212..215  disposal
/// bit 216..223  flags, see PresentationFlags
/// bit 224..233  marks, see PresentationMarks
/// bit 234..239  titles that it carries
/// bit 240..255  day of refusal, in UTC
/// ```
library PresentationWords {
    uint256 private constant STATE = 0xf << 208;
    uint256 private constant DISPOSAL = 0xf << 212;
    uint256 private constant FLAGS = 0xff << 216;
    uint256 private constant MARKS = 0x3ff;
    uint256 private constant TITLES_AT = 234;
    uint256 private constant MOST_TITLES = 0x3f;
    uint256 private constant CLOCK = uint256(type(uint40).max) << 104 | 0xffff << 160;

    /// @notice Packs what is lodged now.
    /// @param lodging What is presented.
    /// @param clock The clock of the bank that examines.
    /// @param payee_ Who is to be paid.
    /// @param flags_ See PresentationFlags.
    /// @param marks See PresentationMarks.
    /// @return The word.
    function lodged(Lodging calldata lodging, Clock memory clock, uint32 payee_, uint256 flags_, uint256 marks)
        internal
        view
        returns (PresentationWord)
    {
        uint256 word = lodging.amount | block.timestamp << 64 | uint256(clock.deadline) << 104
            | uint256(lodging.shipped) << 144 | uint256(clock.receiptDay) << 160 | uint256(payee_) << 176;
        return PresentationWord.wrap(word | uint256(PresentationState.Lodged) << 208 | flags_ << 216 | marks << 224);
    }

    /// @notice Packs a presentation.
    /// @param found The presentation.
    /// @return The word.
    function pack(Presentation memory found) internal pure returns (PresentationWord) {
        uint256 word = found.amount | uint256(found.received) << 64 | uint256(found.deadline) << 104
            | uint256(found.shipped) << 144 | uint256(found.receiptDay) << 160 | uint256(found.payee) << 176;
        return PresentationWord.wrap(
            word | uint256(found.state) << 208 | uint256(found.disposal) << 212 | uint256(found.flags) << 216
                | uint256(found.marks) << 224 | uint256(found.refusedOn) << 240 | uint256(found.titles) << TITLES_AT
        );
    }

    /// @notice Reads a presentation.
    /// @param word The word.
    /// @return The presentation.
    function unpack(PresentationWord word) internal pure returns (Presentation memory) {
        return Presentation({
            amount: word.amount(),
            received: word.received(),
            deadline: word.deadline(),
            shipped: word.shipped(),
            receiptDay: word.receiptDay(),
            payee: word.payee(),
            state: word.state(),
            disposal: word.disposal(),
            flags: word.flags(),
            marks: uint16(PresentationWord.unwrap(word) >> 224 & MARKS),
            refusedOn: word.refusedOn(),
            titles: word.titles()
        });
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(PresentationWord word, PresentationState state_) internal pure returns (PresentationWord) {
        return PresentationWord.wrap(PresentationWord.unwrap(word) & ~STATE | uint256(state_) << 208);
    }

    /// @notice The word of a presentation that is refused now, for the only time.
    /// @param word The word.
    /// @param disposal_ What becomes of the documents.
    /// @return The new word.
    function refused(PresentationWord word, Disposal disposal_) internal view returns (PresentationWord) {
        uint256 told = uint256(disposal_) << 212 | block.timestamp / 1 days << 240;
        return PresentationWord.wrap(PresentationWord.unwrap(word.inState(PresentationState.Refused)) | told);
    }

    /// @notice The word with what the chain sees of it.
    /// @param word The word.
    /// @param flags_ See PresentationFlags.
    /// @return The new word.
    function withFlags(PresentationWord word, uint8 flags_) internal pure returns (PresentationWord) {
        return PresentationWord.wrap(PresentationWord.unwrap(word) & ~FLAGS | uint256(flags_) << 216);
    }

    /// @notice The word with its clock.
    /// @param word The word.
    /// @param deadline_ Close of the fifth banking day, Unix time.
    /// @param receiptDay_ Days since 1970-01-01.
    /// @return The new word.
    function withClock(PresentationWord word, uint40 deadline_, uint16 receiptDay_)
        internal
        pure
        returns (PresentationWord)
    {
        return PresentationWord.wrap(
            PresentationWord.unwrap(word) & ~CLOCK | uint256(deadline_) << 104 | uint256(receiptDay_) << 160
        );
    }

    /// @notice The word with a mark.
    /// @param word The word.
    /// @param mark One of PresentationMarks.
    /// @return The new word.
    function with(PresentationWord word, uint256 mark) internal pure returns (PresentationWord) {
        return PresentationWord.wrap(PresentationWord.unwrap(word) | mark << 224);
    }

    /// @notice The word with titles.
    /// @param word The word, without any.
    /// @param count How many, 1 to 63.
    /// @return The new word.
    function withTitles(PresentationWord word, uint256 count) internal pure returns (PresentationWord) {
        return PresentationWord.wrap(PresentationWord.unwrap(word) | titleMarks(count) << 224);
    }

    /// @notice What is beside the marks of a presentation with titles.
    /// @param count How many, 1 to 63.
    /// @return Bits as those of PresentationMarks.
    function titleMarks(uint256 count) internal pure returns (uint256) {
        if (count == 0 || count > MOST_TITLES) revert ITitleRegistry.TitlesOutOfBounds(count, MOST_TITLES);
        return count << TITLES_AT - 224;
    }

    /// @notice The word without titles.
    /// @param word The word.
    /// @return The new word.
    function withoutTitles(PresentationWord word) internal pure returns (PresentationWord) {
        return PresentationWord.wrap(PresentationWord.unwrap(word) & ~(MOST_TITLES << TITLES_AT));
    }

    /// @notice Whether a mark is set.
    /// @param word The word.
    /// @param mark One of PresentationMarks, or several.
    /// @return Whether it is, or one of them.
    function has(PresentationWord word, uint256 mark) internal pure returns (bool) {
        return PresentationWord.unwrap(word) & mark << 224 != 0;
    }

    /// @notice Whether documents were presented under a transferred part, and did not come from there by forwarding.
    /// @param word The word.
    /// @return Whether they were.
    function isUnderPart(PresentationWord word) internal pure returns (bool) {
        return word.has(PresentationMarks.TRANSFERRED) && !word.has(PresentationMarks.FORWARDED);
    }

    /// @notice Whether the bank honoured or negotiated, or has to.
    /// @param word The word.
    /// @return Whether that is so.
    function isHonoured(PresentationWord word) internal pure returns (bool) {
        PresentationState current = word.state();
        return current == PresentationState.Complying || current == PresentationState.Waived
            || current == PresentationState.Claimed;
    }

    /// @notice Whether the fifth banking day has closed without a decision.
    /// @dev UCP 600 art. 14(b), 16(d): in time up to and including the close. A deadline that is not known yet is never over.
    /// @param word The word.
    /// @return Whether it has.
    function isOver(PresentationWord word) internal view returns (bool) {
        uint256 last = word.deadline();
        return word.state() == PresentationState.Lodged && last != 0 && block.timestamp > last;
    }

    /// @notice Whether the bank is precluded from claiming that the documents do not comply.
    /// @dev UCP 600 art. 16(f): of issuing and confirming bank alone.
    /// @param word The word.
    /// @return Whether it is.
    function isPrecluded(PresentationWord word) internal view returns (bool) {
        return word.isOver() && !word.has(PresentationMarks.UNBOUND);
    }

    /// @notice The day of sight: that of receipt; where no calendar tells it, that in UTC.
    /// @param word The word.
    /// @return Days since 1970-01-01.
    function sightDay(PresentationWord word) internal pure returns (uint256) {
        uint256 day = word.receiptDay();
        return day != 0 ? day : word.received() / 1 days;
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice What is demanded, minor units.
    /// @param word The word.
    /// @return The field.
    function amount(PresentationWord word) internal pure returns (uint64) {
        return uint64(PresentationWord.unwrap(word));
    }

    /// @notice Time of receipt, Unix time.
    /// @param word The word.
    /// @return The field.
    function received(PresentationWord word) internal pure returns (uint40) {
        return uint40(PresentationWord.unwrap(word) >> 64);
    }

    /// @notice Close of the fifth banking day, Unix time, 0 while it is not known.
    /// @param word The word.
    /// @return The field.
    function deadline(PresentationWord word) internal pure returns (uint40) {
        return uint40(PresentationWord.unwrap(word) >> 104);
    }

    /// @notice The day from which the period for presentation runs, 0 if no document starts it.
    /// @param word The word.
    /// @return The field.
    function shipped(PresentationWord word) internal pure returns (uint16) {
        return uint16(PresentationWord.unwrap(word) >> 144);
    }

    /// @notice The day of receipt, 0 while it is not known.
    /// @param word The word.
    /// @return The field.
    function receiptDay(PresentationWord word) internal pure returns (uint16) {
        return uint16(PresentationWord.unwrap(word) >> 160);
    }

    /// @notice Who is to be paid.
    /// @param word The word.
    /// @return The field.
    function payee(PresentationWord word) internal pure returns (uint32) {
        return uint32(PresentationWord.unwrap(word) >> 176);
    }

    /// @notice Where the presentation stands, as it is stored.
    /// @param word The word.
    /// @return The field.
    function state(PresentationWord word) internal pure returns (PresentationState) {
        return PresentationState((PresentationWord.unwrap(word) & STATE) >> 208);
    }

    /// @notice What becomes of refused documents.
    /// @param word The word.
    /// @return The field.
    function disposal(PresentationWord word) internal pure returns (Disposal) {
        return Disposal((PresentationWord.unwrap(word) & DISPOSAL) >> 212);
    }

    /// @notice What the chain itself can see.
    /// @param word The word.
    /// @return The field, see PresentationFlags.
    function flags(PresentationWord word) internal pure returns (uint8) {
        return uint8(PresentationWord.unwrap(word) >> 216);
    }

    /// @notice How many titles it carries.
    /// @param word The word.
    /// @return The field.
    function titles(PresentationWord word) internal pure returns (uint8) {
        return uint8(PresentationWord.unwrap(word) >> TITLES_AT & MOST_TITLES);
    }

    /// @notice The day of refusal in UTC, days since 1970-01-01, or 0.
    /// @param word The word.
    /// @return The field.
    function refusedOn(PresentationWord word) internal pure returns (uint16) {
        return uint16(PresentationWord.unwrap(word) >> 240);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Obligation, ObligationKind, ObligationState} from "interfaces/IPaymentObligations.sol";

/// @notice An obligation.
type ObligationWord is uint256;

using ObligationWords for ObligationWord global;

/// @title The word behind each obligation.
/// @notice Packs and reads an obligation.
///
/// ```
/// bit   0..63   amount, minor units
/// bit  64..95   debtor
/// bit  96..127  owner
/// bit 128..167  maturity, Unix time
/// bit 168..207  stayed until, Unix time
/// bit 208..223  currency, ISO 4217 number
/// bit 224..231  state
/// bit 232..239  kind
/// bit 240..246  flags, below
/// bit 247..252  titles that go to the debtor as it pays
/// bit 254..255  slice of a mixed payment
/// ```
library ObligationWords {
    /// @dev The negotiating bank may take its money back from the beneficiary.
    uint256 internal constant RECOURSE = 1 << 240;
    /// @dev Proceeds are assigned (UCP 600 art. 39).
    uint256 internal constant ASSIGNED = 1 << 241;
    /// @dev Of assigned proceeds: the owner, or the assignee, attested that its part was paid elsewhere.
    uint256 internal constant OWNER_PAID = 1 << 242;
    uint256 internal constant ASSIGNEE_PAID = 1 << 243;
    /// @dev It has a counterpart. The flag may stand before the obligation arises, alone in its word.
    uint256 internal constant PAIRED = 1 << 244;
    /// @dev The bank left it unpaid, and the owner turned to another bank for the same drawing.
    uint256 internal constant FOLLOWED = 1 << 245;
    /// @dev It is for a drawing that another bank left unpaid. The flag may stand before the obligation arises, as PAIRED.
    uint256 internal constant FOLLOWS = 1 << 246;
    /// @dev What may be laid in the word of an obligation that has not arisen.
    uint256 internal constant LAID_AHEAD = PAIRED | FOLLOWS;

    uint256 private constant STAYED_UNTIL = uint256(type(uint40).max) << 168;
    uint256 private constant STATE = 0xff << 224;
    uint256 private constant SLICE_AT = 254;
    uint256 private constant TITLES_AT = 247;
    uint256 private constant TITLES_MASK = 0x3f;
    /// @dev Who is to be paid, what of it is assigned, and what the payer gets for it.
    uint256 private constant CREDITORS =
        uint256(type(uint32).max) << 96 | ASSIGNED | OWNER_PAID | ASSIGNEE_PAID | TITLES_MASK << TITLES_AT;

    /// @notice The number of an obligation.
    /// @param source The presentation, or the claim for reimbursement, that it arises from.
    /// @param debtor_ Who owes.
    /// @param owner_ Who is owed.
    /// @return The number.
    function idOf(bytes32 source, uint32 debtor_, uint32 owner_) internal pure returns (bytes32) {
        return keccak256(abi.encode(source, debtor_, owner_));
    }

    /// @notice Packs an obligation.
    /// @param owed The obligation.
    /// @return The word.
    function pack(Obligation memory owed) internal pure returns (ObligationWord) {
        uint256 word = owed.amount | uint256(owed.debtor) << 64 | uint256(owed.owner) << 96 | uint256(owed.maturity)
            << 128 | uint256(owed.stayedUntil) << 168 | uint256(owed.currency) << 208 | uint256(owed.state) << 224
            | uint256(owed.kind) << 232 | uint256(owed.titles) << TITLES_AT;
        if (owed.recourse) word |= RECOURSE;
        if (owed.assigned) word |= ASSIGNED;
        return ObligationWord.wrap(word);
    }

    /// @notice Reads an obligation.
    /// @param word The word.
    /// @return The obligation.
    function unpack(ObligationWord word) internal pure returns (Obligation memory) {
        return Obligation({
            debtor: word.debtor(),
            owner: word.owner(),
            amount: word.amount(),
            maturity: word.maturity(),
            currency: word.currency(),
            state: word.state(),
            kind: word.kind(),
            stayedUntil: word.stayedUntil(),
            recourse: word.has(RECOURSE),
            assigned: word.has(ASSIGNED),
            titles: word.titles()
        });
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(ObligationWord word, ObligationState state_) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) & ~STATE | uint256(state_) << 224);
    }

    /// @notice The word with a stay, or without.
    /// @param word The word.
    /// @param until Last second of the stay, Unix time; 0 for none.
    /// @return The new word.
    function withStay(ObligationWord word, uint40 until) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) & ~STAYED_UNTIL | uint256(until) << 168);
    }

    /// @notice The word with a flag set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function with(ObligationWord word, uint256 flag) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) | flag);
    }

    /// @notice The word without a flag.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function without(ObligationWord word, uint256 flag) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) & ~flag);
    }

    /// @notice The word with less owed.
    /// @param word The word.
    /// @param part What is owed no more, not above what is owed, minor units.
    /// @return The new word.
    function lessBy(ObligationWord word, uint64 part) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) - part);
    }

    /// @notice The word with the creditors of another.
    /// @param word The word.
    /// @param other The other.
    /// @return The new word.
    function owedAs(ObligationWord word, ObligationWord other) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) & ~CREDITORS | ObligationWord.unwrap(other) & CREDITORS);
    }

    /// @notice The word with one creditor.
    /// @param word The word.
    /// @param creditor Who is to be paid the whole.
    /// @return The new word.
    function owedTo(ObligationWord word, uint32 creditor) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) & ~CREDITORS | uint256(creditor) << 96);
    }

    /// @notice Whether a flag is set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return Whether it is.
    function has(ObligationWord word, uint256 flag) internal pure returns (bool) {
        return ObligationWord.unwrap(word) & flag != 0;
    }

    /// @notice The word of a slice.
    /// @param word The word.
    /// @param slice_ Its place, from 0.
    /// @return The new word.
    function withSlice(ObligationWord word, uint256 slice_) internal pure returns (ObligationWord) {
        return ObligationWord.wrap(ObligationWord.unwrap(word) | slice_ << SLICE_AT);
    }

    /// @notice Which slice of a mixed payment it is.
    /// @param word The word.
    /// @return Its place, from 0; 0 where there are none.
    function slice(ObligationWord word) internal pure returns (uint256) {
        return ObligationWord.unwrap(word) >> SLICE_AT;
    }

    /// @notice How many titles go to the debtor as it pays.
    /// @param word The word.
    /// @return How many.
    function titles(ObligationWord word) internal pure returns (uint8) {
        return uint8(ObligationWord.unwrap(word) >> TITLES_AT & TITLES_MASK);
    }

    /// @notice The word without titles.
    /// @param word The word.
    /// @return The new word.
    function withoutTitles(ObligationWord word) internal pure returns (ObligationWord) {
        return word.without(TITLES_MASK << TITLES_AT);
    }

    /// @notice Whether the obligation has arisen.
    /// @param word The word.
    /// @return Whether anything is in it but what is laid there ahead.
    function hasArisen(ObligationWord word) internal pure returns (bool) {
        return ObligationWord.unwrap(word) & ~LAID_AHEAD != 0;
    }

    /// @notice Whether something is still owed.
    /// @param word The word.
    /// @return Whether it is on record and neither paid nor prepaid.
    function isOpen(ObligationWord word) internal pure returns (bool) {
        uint256 current = uint8(ObligationWord.unwrap(word) >> 224);
        return current != 0 && current <= uint256(ObligationState.Negotiated);
    }

    /// @notice Whether a state is one in which something is owed.
    /// @param state_ The state, as it is stored.
    /// @return Whether it is on record and neither paid, prepaid nor settled.
    function isOpen(ObligationState state_) internal pure returns (bool) {
        return state_ != ObligationState.None && state_ <= ObligationState.Negotiated;
    }

    /// @notice Whether the creditor has its money.
    /// @param word The word.
    /// @return Whether it is paid or prepaid.
    function isPaid(ObligationWord word) internal pure returns (bool) {
        ObligationState current = word.state();
        return current == ObligationState.Paid || current == ObligationState.Prepaid;
    }

    /// @notice Whether it is owed on a day of maturity, and no sooner.
    /// @param word The word.
    /// @return Whether it is a deferred payment or an accepted draft.
    function isUsance(ObligationWord word) internal pure returns (bool) {
        ObligationState current = word.state();
        return current == ObligationState.Incurred || current == ObligationState.Accepted;
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice What is owed, minor units.
    /// @param word The word.
    /// @return The field.
    function amount(ObligationWord word) internal pure returns (uint64) {
        return uint64(ObligationWord.unwrap(word));
    }

    /// @notice Who owes.
    /// @param word The word.
    /// @return The field.
    function debtor(ObligationWord word) internal pure returns (uint32) {
        return uint32(ObligationWord.unwrap(word) >> 64);
    }

    /// @notice Who is owed.
    /// @param word The word.
    /// @return The field.
    function owner(ObligationWord word) internal pure returns (uint32) {
        return uint32(ObligationWord.unwrap(word) >> 96);
    }

    /// @notice When it is due, Unix time.
    /// @param word The word.
    /// @return The field.
    function maturity(ObligationWord word) internal pure returns (uint40) {
        return uint40(ObligationWord.unwrap(word) >> 128);
    }

    /// @notice Last second of a court's stay, Unix time, 0 for none; it may have lapsed.
    /// @param word The word.
    /// @return The field.
    function stayedUntil(ObligationWord word) internal pure returns (uint40) {
        return uint40(ObligationWord.unwrap(word) >> 168);
    }

    /// @notice The currency, ISO 4217 number.
    /// @param word The word.
    /// @return The field.
    function currency(ObligationWord word) internal pure returns (uint16) {
        return uint16(ObligationWord.unwrap(word) >> 208);
    }

    /// @notice Where the obligation stands, as it is stored.
    /// @param word The word.
    /// @return The field.
    function state(ObligationWord word) internal pure returns (ObligationState) {
        return ObligationState(uint8(ObligationWord.unwrap(word) >> 224));
    }

    /// @notice How it arose.
    /// @param word The word.
    /// @return The field.
    function kind(ObligationWord word) internal pure returns (ObligationKind) {
        return ObligationKind(uint8(ObligationWord.unwrap(word) >> 232));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord} from "contracts/libraries/CreditWords.sol";
import {Amendment, AmendmentState} from "interfaces/ILetterOfCredit.sol";

/// @notice The changes of an amendment and where it stands, in one word.
type AmendmentWord is uint256;

using AmendmentWords for AmendmentWord global;

/// @title The word of an amendment.
/// @notice Its changes lie where a CreditWord has what they change, so that they merge by masks.
///
/// ```
/// bit   0..63   zero
/// bit  64..127  increase or decrease, minor units
/// bit 128..143  expiry, day                         0 leaves it as it is
/// bit 144..159  latest shipment, day                the same
/// bit 160..169  period for presentation, days       the same
/// bit 170..176  plus tolerance, percent             read if SETS_TOLERANCE
/// bit 177..183  minus tolerance, percent            the same
/// bit 184..191  version that it made                0 until it is accepted
/// bit 192..193  state
/// bit 194..198  flags, below
/// bit 199..255  zero
/// ```
library AmendmentWords {
    uint256 internal constant DECREASES = 1 << 194;
    uint256 internal constant SETS_TOLERANCE = 1 << 195;
    uint256 internal constant CANCELS = 1 << 196;
    /// @dev The confirmation covers it; or the credit was not confirmed when it was accepted, so that whoever confirms
    /// later confirms the credit as amended.
    uint256 internal constant EXTENDED = 1 << 197;
    uint256 internal constant EXTENSION_DECLINED = 1 << 198;

    uint256 private constant EXPIRY = uint256(type(uint16).max) << 128;
    uint256 private constant LATEST_SHIPMENT = uint256(type(uint16).max) << 144;
    uint256 private constant PERIOD = uint256(0x3ff) << 160;
    uint256 private constant TOLERANCES = uint256(0x3fff) << 170;
    uint256 private constant AMOUNT = uint256(type(uint64).max) << 64;

    uint256 private constant ONE_VERSION = 1 << 184;
    uint256 private constant STATE_AT = 192;
    uint256 private constant STATE = 3 << STATE_AT;

    /// @notice A new amendment. Every field must fit: what may not is refused before.
    /// @param amendment What it consists of.
    /// @return The word, pending.
    function pack(Amendment memory amendment) internal pure returns (AmendmentWord) {
        uint256 word = uint256(amendment.increase | amendment.decrease) << 64 | uint256(amendment.expiry) << 128
            | uint256(amendment.latestShipment) << 144 | uint256(amendment.presentationPeriod) << 160
            | uint256(amendment.plusTolerance) << 170 | uint256(amendment.minusTolerance) << 177
            | uint256(AmendmentState.Pending) << STATE_AT;
        if (amendment.decrease != 0) word |= DECREASES;
        if (amendment.setsTolerance) word |= SETS_TOLERANCE;
        if (amendment.cancels) word |= CANCELS;
        return AmendmentWord.wrap(word);
    }

    /// @notice Whether an amendment says what cannot stand together: that it increases and decreases, that it gives
    /// tolerances without setting them, or that it cancels and changes.
    /// @param amendment What it consists of.
    /// @return Whether it does.
    function isContradictory(Amendment memory amendment) internal pure returns (bool) {
        bool tolerances = amendment.plusTolerance | amendment.minusTolerance != 0;
        bool amount = amendment.increase | amendment.decrease != 0;
        bool dates = amendment.expiry | amendment.latestShipment | amendment.presentationPeriod != 0;
        return (amendment.increase != 0 && amendment.decrease != 0) || (tolerances && !amendment.setsTolerance)
            || (amendment.cancels && (amount || dates || amendment.setsTolerance));
    }

    /// @notice What it consists of.
    /// @param word The word.
    /// @param number Its number.
    /// @param terms The commitment to its text.
    /// @return amendment As it was issued.
    function unpack(AmendmentWord word, uint8 number, bytes32 terms)
        internal
        pure
        returns (Amendment memory amendment)
    {
        // The changes lie as in a credit.
        CreditWord changes = CreditWord.wrap(AmendmentWord.unwrap(word));
        amendment.number = number;
        amendment.cancels = word.has(CANCELS);
        if (word.has(DECREASES)) amendment.decrease = changes.amount();
        else amendment.increase = changes.amount();
        amendment.expiry = changes.expiry();
        amendment.latestShipment = changes.latestShipment();
        amendment.presentationPeriod = changes.statedPeriod();
        amendment.setsTolerance = word.has(SETS_TOLERANCE);
        amendment.plusTolerance = changes.plusTolerance();
        amendment.minusTolerance = changes.minusTolerance();
        amendment.terms = terms;
    }

    /// @notice Whether a flag is set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return Whether it is.
    function has(AmendmentWord word, uint256 flag) internal pure returns (bool) {
        return AmendmentWord.unwrap(word) & flag != 0;
    }

    /// @notice The word with a flag set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function with(AmendmentWord word, uint256 flag) internal pure returns (AmendmentWord) {
        return AmendmentWord.wrap(AmendmentWord.unwrap(word) | flag);
    }

    /// @notice The word without a flag.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function without(AmendmentWord word, uint256 flag) internal pure returns (AmendmentWord) {
        return AmendmentWord.wrap(AmendmentWord.unwrap(word) & ~flag);
    }

    /// @notice Where the amendment stands.
    /// @param word The word.
    /// @return The field.
    function state(AmendmentWord word) internal pure returns (AmendmentState) {
        return AmendmentState((AmendmentWord.unwrap(word) & STATE) >> STATE_AT);
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(AmendmentWord word, AmendmentState state_) internal pure returns (AmendmentWord) {
        return AmendmentWord.wrap(AmendmentWord.unwrap(word) & ~STATE | uint256(state_) << STATE_AT);
    }

    /// @notice The version of the credit that it made.
    /// @param word The word.
    /// @return The field, 0 until it is accepted.
    function version(AmendmentWord word) internal pure returns (uint8) {
        return uint8(AmendmentWord.unwrap(word) >> 184);
    }

    /// @notice The word of an amendment that made a version.
    /// @param word The word, accepted by none so far.
    /// @param version_ The version.
    /// @return The new word.
    function withVersion(AmendmentWord word, uint8 version_) internal pure returns (AmendmentWord) {
        return AmendmentWord.wrap(AmendmentWord.unwrap(word) | uint256(version_) << 184);
    }

    /// @notice Which fields it sets anew, the amount aside, which moves by a difference.
    /// @param word The word.
    /// @return fields The mask of them.
    function fieldsSet(AmendmentWord word) internal pure returns (uint256 fields) {
        uint256 bits = AmendmentWord.unwrap(word);
        if (bits & EXPIRY != 0) fields |= EXPIRY;
        if (bits & LATEST_SHIPMENT != 0) fields |= LATEST_SHIPMENT;
        if (bits & PERIOD != 0) fields |= PERIOD;
        if (bits & SETS_TOLERANCE != 0) fields |= TOLERANCES;
    }

    /// @notice By how much it changes the amount.
    /// @param word The word.
    /// @return Minor units, below zero for a decrease.
    function amountChange(AmendmentWord word) internal pure returns (int256) {
        int256 change = int256(uint256(uint64(AmendmentWord.unwrap(word) >> 64)));
        return word.has(DECREASES) ? -change : change;
    }

    /// @notice The next version of a credit.
    /// @param word The word.
    /// @param before The credit's numbers.
    /// @param fields Which fields to set, of those that it sets.
    /// @param amount The amount after it, minor units.
    /// @return The credit's new numbers.
    function merged(AmendmentWord word, CreditWord before, uint256 fields, uint64 amount)
        internal
        pure
        returns (CreditWord)
    {
        uint256 kept = CreditWord.unwrap(before) & ~(fields | AMOUNT);
        return CreditWord.wrap((kept | AmendmentWord.unwrap(word) & fields | uint256(amount) << 64) + ONE_VERSION);
    }
}

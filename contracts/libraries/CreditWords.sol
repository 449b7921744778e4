// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Amounts} from "contracts/libraries/Amounts.sol";
import {CreditSwitches} from "contracts/libraries/CreditSwitches.sol";
import {Clock} from "interfaces/IBankingCalendar.sol";
import {Availability, CreditState, Issuance, MaturityFrom, PackedIssuance} from "interfaces/ILetterOfCredit.sol";

/// @notice The numbers of a credit in one word.
type CreditWord is uint256;

/// @notice The parties of a credit in one word, by member number.
type PartiesWord is uint256;

using CreditWords for CreditWord global;
using CreditWords for PartiesWord global;

/// @title The two words of a credit.
/// @notice Packs and reads what a credit stores beside the commitment to its terms.
///
/// ```
/// CreditWord                                      PartiesWord
/// bit   0..63   drawn, minor units                bit   0..31   reimbursing bank
/// bit  64..127  amount, minor units            ┐  bit  32..63   confirming bank
/// bit 128..143  expiry, day                    │  bit  64..95   nominated bank
/// bit 144..159  latest shipment, day           │  bit  96..127  second advising bank
/// bit 160..169  period for presentation, days  │  bit 128..159  advising bank
/// bit 170..176  plus tolerance, percent        │  bit 160..191  beneficiary
/// bit 177..183  minus tolerance, percent       │  bit 192..223  applicant
/// bit 184..191  version: amendments accepted   ┘  bit 224..255  issuing bank
/// bit 192..199  amendments issued
/// bit 200..209  currency, ISO 4217 number
/// bit 210..225  tenor, days, or the day itself
/// bit 226..227  what the tenor counts from
/// bit 228..230  availability
/// bit 231..233  state
/// bit 234..245  flags, below
/// bit 246..253  switches, see CreditSwitches
/// bit 254..255  further flags, below
/// ```
///
/// The bracket is what an amendment changes: the half of the word in which the issuing bank and a confirming bank that
/// did not follow it may differ.
library CreditWords {
    uint256 internal constant TRANSFERABLE = 1 << 234;
    uint256 internal constant PARTIAL_FORBIDDEN = 1 << 235;
    uint256 internal constant ANY_BANK = 1 << 236;
    uint256 internal constant ADVISED = 1 << 237;
    uint256 internal constant SECOND_ADVISED = 1 << 238;
    /// @dev The advising bank declined to advise (UCP 600 art. 9(e)).
    uint256 internal constant ADVICE_DECLINED = 1 << 239;
    /// @dev The second advising bank declined to advise.
    uint256 internal constant SECOND_ADVICE_DECLINED = 1 << 240;
    /// @dev The bank asked to confirm has confirmed (UCP 600 art. 8(b)).
    uint256 internal constant CONFIRMED = 1 << 241;
    /// @dev It declined to (UCP 600 art. 8(d)), and nobody has been asked since.
    uint256 internal constant CONFIRMATION_DECLINED = 1 << 242;
    /// @dev The confirming bank is bound by other numbers than those in force: it did not follow every amendment.
    uint256 internal constant DIVERGED = 1 << 243;
    /// @dev A court's stay is on record; it may have lapsed.
    uint256 internal constant STAYED = 1 << 244;
    /// @dev A part of a credit that was transferred (UCP 600 art. 38), see CreditTransfers.
    uint256 internal constant PART = 1 << 245;
    /// @dev The beneficiary assigned proceeds before anything was owed (UCP 600 art. 39): see PaymentObligations.
    uint256 internal constant ASSIGNED = 1 << 254;
    /// @dev What may be drawn, and when, follows a schedule: see CreditSchedules.
    uint256 internal constant SCHEDULED = 1 << 255;

    /// @dev What an amendment changes.
    uint256 internal constant TERMS = uint256(type(uint128).max) << 64;

    uint256 private constant STATE_AT = 231;
    uint256 private constant STATE = 7 << STATE_AT;
    uint256 private constant ONE_AMENDMENT = 1 << 192;
    uint256 private constant SWITCHES_AT = 246;
    uint256 private constant SWITCHES = 0xff;
    uint256 private constant AMOUNT = uint256(type(uint64).max) << 64;

    /// @dev What only the contract fills: drawn, version, amendments, state and the flags that later acts set.
    uint256 private constant NOT_ISSUED_WITH =
        uint256(type(uint64).max) | 0xffff << 184 | STATE | 0x1ff << 237 | 3 << 254;

    uint256 private constant CONFIRMING_BANK = uint256(type(uint32).max) << 32;

    /// @dev UCP 600 art. 14(c), where the credit states no period.
    uint256 private constant DEFAULT_PERIOD = 21;

    /// @dev More than any number of days.
    uint256 private constant NO_LIMIT = type(uint32).max;

    /// @notice The numbers of a new credit. Every field must fit: what may not is refused before they are stored.
    /// @param issuance What it is issued with.
    /// @param state_ Where the credit is to stand.
    /// @return The word, undrawn.
    function pack(Issuance memory issuance, CreditState state_) internal pure returns (CreditWord) {
        uint256 word = uint256(issuance.amount) << 64 | uint256(issuance.expiry) << 128
            | uint256(issuance.latestShipment) << 144 | uint256(issuance.presentationPeriod) << 160
            | uint256(issuance.plusTolerance) << 170 | uint256(issuance.minusTolerance) << 177;
        word |= uint256(issuance.currency) << 200 | uint256(issuance.tenor) << 210 | uint256(issuance.tenorFrom) << 226
        | uint256(issuance.availability) << 228 | uint256(state_) << STATE_AT | uint256(issuance.switches)
        << SWITCHES_AT;
        if (issuance.transferable) word |= TRANSFERABLE;
        if (issuance.partialForbidden) word |= PARTIAL_FORBIDDEN;
        if (issuance.anyBank) word |= ANY_BANK;
        return CreditWord.wrap(word);
    }

    /// @notice The parties of a new credit, its issuing bank aside.
    /// @param issuance What it is issued with.
    /// @return The word.
    function packParties(Issuance memory issuance) internal pure returns (PartiesWord) {
        return PartiesWord.wrap(
            uint256(issuance.applicant) << 192 | uint256(issuance.beneficiary) << 160 | uint256(issuance.advisingBank)
                << 128 | uint256(issuance.secondAdvisingBank) << 96 | uint256(issuance.nominatedBank) << 64
                | uint256(issuance.confirmingBank) << 32 | issuance.reimbursingBank
        );
    }

    /// @notice Whether a packed credit fills only what a credit is issued with.
    /// @param packed The two words.
    /// @return Whether it does.
    function isWellFormed(PackedIssuance calldata packed) internal pure returns (bool) {
        return packed.parties >> 224 == 0 && packed.numbers & NOT_ISSUED_WITH == 0
            && packed.numbers >> 228 & 7 <= uint256(type(Availability).max);
    }

    /// @notice Fills in what the words hold, as a signer reads it: all but the reference and the terms.
    /// @param issuance Where to.
    /// @param parties The parties.
    /// @param word The numbers.
    function fill(Issuance memory issuance, PartiesWord parties, CreditWord word) internal pure {
        issuance.applicant = parties.applicant();
        issuance.beneficiary = parties.beneficiary();
        issuance.advisingBank = parties.advisingBank();
        issuance.secondAdvisingBank = parties.secondAdvisingBank();
        issuance.nominatedBank = parties.nominatedBank();
        issuance.confirmingBank = parties.confirmingBank();
        issuance.reimbursingBank = parties.reimbursingBank();
        issuance.amount = word.amount();
        issuance.currency = word.currency();
        issuance.plusTolerance = word.plusTolerance();
        issuance.minusTolerance = word.minusTolerance();
        issuance.expiry = word.expiry();
        issuance.latestShipment = word.latestShipment();
        issuance.presentationPeriod = word.statedPeriod();
        issuance.tenor = word.tenor();
        issuance.tenorFrom = word.tenorFrom();
        issuance.availability = word.availability();
        issuance.transferable = word.has(TRANSFERABLE);
        issuance.partialForbidden = word.has(PARTIAL_FORBIDDEN);
        issuance.anyBank = word.has(ANY_BANK);
        issuance.switches = word.switches();
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice Drawings honoured or due, and what was transferred, minor units.
    /// @param word The word.
    /// @return The field.
    function drawn(CreditWord word) internal pure returns (uint64) {
        return uint64(CreditWord.unwrap(word));
    }

    /// @notice The credit amount, minor units.
    /// @param word The word.
    /// @return The field.
    function amount(CreditWord word) internal pure returns (uint64) {
        return uint64(CreditWord.unwrap(word) >> 64);
    }

    /// @notice The expiry, days since 1970-01-01.
    /// @param word The word.
    /// @return The field.
    function expiry(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 128);
    }

    /// @notice The latest shipment, days since 1970-01-01, 0 if none.
    /// @param word The word.
    /// @return The field.
    function latestShipment(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 144);
    }

    /// @notice The period for presentation as the credit states it, days, 0 if it is silent.
    /// @param word The word.
    /// @return The field.
    function statedPeriod(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 160) & 0x3ff;
    }

    /// @notice The currency, ISO 4217 number.
    /// @param word The word.
    /// @return The field.
    function currency(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 200) & 0x3ff;
    }

    /// @notice The tolerance above the amount, percent.
    /// @param word The word.
    /// @return The field.
    function plusTolerance(CreditWord word) internal pure returns (uint8) {
        return uint8(CreditWord.unwrap(word) >> 170) & 0x7f;
    }

    /// @notice The tolerance below the amount, percent.
    /// @param word The word.
    /// @return The field.
    function minusTolerance(CreditWord word) internal pure returns (uint8) {
        return uint8(CreditWord.unwrap(word) >> 177) & 0x7f;
    }

    /// @notice The usance, days; where it counts from nothing, the day of maturity itself.
    /// @param word The word.
    /// @return The field.
    function tenor(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 210);
    }

    /// @notice What the usance counts from.
    /// @param word The word.
    /// @return The field.
    function tenorFrom(CreditWord word) internal pure returns (MaturityFrom) {
        return MaturityFrom((CreditWord.unwrap(word) >> 226) & 3);
    }

    /// @notice How the credit is available.
    /// @param word The word.
    /// @return The field.
    function availability(CreditWord word) internal pure returns (Availability) {
        return Availability((CreditWord.unwrap(word) >> 228) & 7);
    }

    /// @notice Where the credit stands.
    /// @param word The word.
    /// @return The field.
    function state(CreditWord word) internal pure returns (CreditState) {
        return CreditState((CreditWord.unwrap(word) & STATE) >> STATE_AT);
    }

    /// @notice Whether the credit stands issued.
    /// @param word The word.
    /// @return Whether it does; not one that is only pre-advised, nor one that is cancelled.
    function isIssued(CreditWord word) internal pure returns (bool) {
        return CreditWord.unwrap(word) & STATE == uint256(CreditState.Issued) << STATE_AT;
    }

    /// @notice How many amendments were accepted: the number of the version in force.
    /// @param word The word.
    /// @return The field.
    function version(CreditWord word) internal pure returns (uint8) {
        return uint8(CreditWord.unwrap(word) >> 184);
    }

    /// @notice How many amendments were issued: the number of the last one.
    /// @param word The word.
    /// @return The field.
    function amendments(CreditWord word) internal pure returns (uint8) {
        return uint8(CreditWord.unwrap(word) >> 192);
    }

    /// @notice The rules of UCP 600 that the credit excludes or modifies.
    /// @param word The word.
    /// @return Bits of CreditSwitches.
    function switches(CreditWord word) internal pure returns (uint16) {
        return uint16((CreditWord.unwrap(word) >> SWITCHES_AT) & SWITCHES);
    }

    /// @notice Whether the credit excludes or modifies a rule.
    /// @param word The word.
    /// @param rule One of CreditSwitches.
    /// @return Whether it does.
    function excludes(CreditWord word, uint256 rule) internal pure returns (bool) {
        return word.has(rule << SWITCHES_AT);
    }

    /// @notice Whether electronic records may be presented: whether the credit is subject to eUCP 2.1.
    /// @param word The word.
    /// @return Whether it is.
    function isElectronic(CreditWord word) internal pure returns (bool) {
        return word.has(uint256(CreditSwitches.EUCP) << SWITCHES_AT);
    }

    /// @notice Whether a flag is set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return Whether it is.
    function has(CreditWord word, uint256 flag) internal pure returns (bool) {
        return CreditWord.unwrap(word) & flag != 0;
    }

    /// @notice The word with a flag set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function with(CreditWord word, uint256 flag) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) | flag);
    }

    /// @notice The word without a flag.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function without(CreditWord word, uint256 flag) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) & ~flag);
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(CreditWord word, CreditState state_) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) & ~STATE | uint256(state_) << STATE_AT);
    }

    /// @notice The word after one more amendment was issued.
    /// @param word The word; with less than 255 of them, so that the field cannot overflow.
    /// @return The new word.
    function withAmendment(CreditWord word) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) + ONE_AMENDMENT);
    }

    /// @notice The word with another credit amount.
    /// @param word The word.
    /// @param amount_ The amount, minor units.
    /// @return The new word.
    function withAmount(CreditWord word, uint64 amount_) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) & ~AMOUNT | uint256(amount_) << 64);
    }

    /// @notice The word with what an amendment changes taken from another.
    /// @param word The word.
    /// @param other The other.
    /// @return The new word.
    function withTermsOf(CreditWord word, CreditWord other) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) & ~TERMS | CreditWord.unwrap(other) & TERMS);
    }

    /// @notice Whether a bank confirmed and is bound by terms of its own.
    /// @param word The word.
    /// @param parties The parties.
    /// @param bank The bank.
    /// @return Whether it is.
    function isOwn(CreditWord word, PartiesWord parties, uint32 bank) internal pure returns (bool) {
        return word.has(DIVERGED) && bank == parties.confirmingBank();
    }

    /// @notice Whether other numbers leave the beneficiary less in some respect: less to draw, less time, less room.
    /// @param word The numbers.
    /// @param other The other numbers.
    /// @return Whether they do.
    function reducedBy(CreditWord word, CreditWord other) internal pure returns (bool) {
        return other.amount() < word.amount() || other.expiry() < word.expiry() || _latest(other) < _latest(word)
            || _period(other) < _period(word) || other.plusTolerance() < word.plusTolerance()
            || other.minusTolerance() < word.minusTolerance() || other.least() > word.least();
    }

    /// @notice The most that may be drawn in all (UCP 600 art. 18(b), 30(a)), minor units.
    /// @param word The word.
    /// @return The amount with its tolerance.
    function ceiling(CreditWord word) internal pure returns (uint64) {
        return uint64(Amounts.ceiling(word.amount(), word.plusTolerance()));
    }

    /// @notice What may still be drawn (UCP 600 art. 18(b), 30), minor units.
    /// @param word The word.
    /// @return The ceiling less what is drawn; 0 where more was drawn under the numbers of another bank.
    function available(CreditWord word) internal pure returns (uint64) {
        uint64 most = word.ceiling();
        uint64 taken = word.drawn();
        return most > taken ? most - taken : 0;
    }

    /// @notice The least a drawing may be (UCP 600 art. 30(c), 31), minor units.
    /// @param word The word.
    /// @return The floor, 0 where partial drawings are allowed.
    function least(CreditWord word) internal pure returns (uint64) {
        if (!word.has(PARTIAL_FORBIDDEN)) return 0;
        uint256 plus = word.plusTolerance();
        uint256 minus = word.minusTolerance();
        if (plus | minus == 0 && word.excludes(CreditSwitches.NO_FIVE_PERCENT_LESS)) return word.amount();
        return uint64(Amounts.least(word.amount(), plus, minus));
    }

    /// @notice Whether a bank has confirmed the credit (UCP 600 art. 8).
    /// @param word The word.
    /// @param parties The parties.
    /// @param bank The bank.
    /// @return Whether it has.
    function isConfirmedBy(CreditWord word, PartiesWord parties, uint32 bank) internal pure returns (bool) {
        return word.has(CONFIRMED) && bank == parties.confirmingBank();
    }

    /// @notice Whether documents of a day of receipt come too late.
    /// @dev UCP 600 art. 6(e), 14(c), 29(a). The last day for presentation is the earlier of expiry and end of period,
    /// moved to the next banking day if it is none. Receipt is later than that exactly if a banking day lies from the
    /// unmoved day on and before the day of receipt: so the calendar is asked about the past alone.
    /// @param word The word.
    /// @param clock What the calendar of the place says of the receipt.
    /// @param shipped The day from which the period runs, 0 if no document starts it.
    /// @return Whether they do; false where the calendar is not published, and its answer all zero.
    function isLate(CreditWord word, Clock memory clock, uint256 shipped) internal pure returns (bool) {
        uint256 last = word.lastDay(shipped);
        return word.excludes(CreditSwitches.NO_EXTENSION) ? clock.receiptDay > last : clock.previousDay >= last;
    }

    /// @notice The last day for presentation, not yet moved for a day on which the bank is closed.
    /// @dev UCP 600 art. 6(e), 14(c).
    /// @param word The word.
    /// @param shipped The day from which the period runs, 0 if no document starts it.
    /// @return last Days since 1970-01-01.
    function lastDay(CreditWord word, uint256 shipped) internal pure returns (uint256 last) {
        last = word.expiry();
        if (shipped == 0) return last;
        uint256 period = word.periodFor(word.statedPeriod());
        if (period != 0 && shipped + period < last) last = shipped + period;
    }

    /// @notice The period for presentation where one is stated, or not.
    /// @dev UCP 600 art. 14(c).
    /// @param word The word.
    /// @param stated Days, 0 for none.
    /// @return Days after shipment, 0 if the credit has no period.
    function periodFor(CreditWord word, uint256 stated) internal pure returns (uint256) {
        if (stated != 0) return stated;
        return word.excludes(CreditSwitches.NO_DEFAULT_PERIOD) ? 0 : DEFAULT_PERIOD;
    }

    /// @notice The word after a drawing.
    /// @param word The word.
    /// @param drawing What is drawn; not above what is available, so that the field cannot overflow.
    /// @return The new word.
    function draw(CreditWord word, uint64 drawing) internal pure returns (CreditWord) {
        unchecked {
            return CreditWord.wrap(CreditWord.unwrap(word) + drawing);
        }
    }

    /// @notice The word after something was given back.
    /// @param word The word.
    /// @param returned What of that which is drawn.
    /// @return The new word.
    function giveBack(CreditWord word, uint64 returned) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) - returned);
    }

    /// @notice The parties with the issuing bank.
    /// @param parties The parties, without one.
    /// @param bank The bank.
    /// @return The new word.
    function issuedBy(PartiesWord parties, uint32 bank) internal pure returns (PartiesWord) {
        return PartiesWord.wrap(PartiesWord.unwrap(parties) | uint256(bank) << 224);
    }

    /// @notice The parties with another bank asked to confirm.
    /// @param parties The parties.
    /// @param bank The bank.
    /// @return The new word.
    function confirmedBy(PartiesWord parties, uint32 bank) internal pure returns (PartiesWord) {
        return PartiesWord.wrap(PartiesWord.unwrap(parties) & ~CONFIRMING_BANK | uint256(bank) << 32);
    }

    /// @notice Whether a member is one of the parties.
    /// @param parties The parties.
    /// @param memberId The member, not 0.
    /// @return Whether it is.
    function includes(PartiesWord parties, uint32 memberId) internal pure returns (bool) {
        for (uint256 rest = PartiesWord.unwrap(parties); rest != 0; rest >>= 32) {
            if (uint32(rest) == memberId) return true;
        }
        return false;
    }

    /// @notice The issuing bank.
    /// @param parties The parties.
    /// @return The field.
    function issuingBank(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 224);
    }

    /// @notice The applicant.
    /// @param parties The parties.
    /// @return The field.
    function applicant(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 192);
    }

    /// @notice The beneficiary.
    /// @param parties The parties.
    /// @return The field.
    function beneficiary(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 160);
    }

    /// @notice The advising bank.
    /// @param parties The parties.
    /// @return The field.
    function advisingBank(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 128);
    }

    /// @notice The bank that acts for a beneficiary who is no member: the advising, else the nominated bank.
    /// @param parties The parties.
    /// @return bank The bank, 0 if neither is a member.
    function beneficiaryBank(PartiesWord parties) internal pure returns (uint32 bank) {
        bank = parties.advisingBank();
        if (bank == 0) bank = parties.nominatedBank();
    }

    /// @notice The second advising bank.
    /// @param parties The parties.
    /// @return The field.
    function secondAdvisingBank(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 96);
    }

    /// @notice The nominated bank.
    /// @param parties The parties.
    /// @return The field.
    function nominatedBank(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 64);
    }

    /// @notice The bank asked to confirm.
    /// @param parties The parties.
    /// @return The field.
    function confirmingBank(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties) >> 32);
    }

    /// @notice The reimbursing bank.
    /// @param parties The parties.
    /// @return The field.
    function reimbursingBank(PartiesWord parties) internal pure returns (uint32) {
        return uint32(PartiesWord.unwrap(parties));
    }

    /// @dev The period for presentation, days; where none runs, longer than any.
    function _period(CreditWord word) private pure returns (uint256 period) {
        period = word.statedPeriod();
        if (period == 0) period = word.excludes(CreditSwitches.NO_DEFAULT_PERIOD) ? NO_LIMIT : DEFAULT_PERIOD;
    }

    /// @dev The latest shipment; where there is none, later than any.
    function _latest(CreditWord word) private pure returns (uint256 latest) {
        latest = word.latestShipment();
        if (latest == 0) latest = NO_LIMIT;
    }
}

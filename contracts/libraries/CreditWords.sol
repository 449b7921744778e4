// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Amounts} from "contracts/libraries/Amounts.sol";
import {Availability, CreditState, Issuance} from "interfaces/ILetterOfCredit.sol";

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
/// bit  64..127  amount, minor units               bit  32..63   confirming bank
/// bit 128..143  expiry, day                       bit  64..95   nominated bank
/// bit 144..159  latest shipment, day              bit  96..127  second advising bank
/// bit 160..175  period for presentation, days     bit 128..159  advising bank
/// bit 176..191  currency, ISO 4217 number         bit 160..191  beneficiary
/// bit 192..199  plus tolerance, percent           bit 192..223  applicant
/// bit 200..207  minus tolerance, percent          bit 224..255  issuing bank
/// bit 208..223  tenor, days
/// bit 224..227  availability
/// bit 228..231  state
/// bit 232..239  flags, below
/// bit 240..255  zero
/// ```
library CreditWords {
    uint256 internal constant TRANSFERABLE = 1 << 232;
    uint256 internal constant PARTIAL_FORBIDDEN = 1 << 233;
    uint256 internal constant ANY_BANK = 1 << 234;
    uint256 internal constant ADVISED = 1 << 235;
    uint256 internal constant SECOND_ADVISED = 1 << 236;

    /// @dev UCP 600 art. 14(c), where the credit states no period.
    uint16 private constant DEFAULT_PERIOD = 21;

    /// @notice The numbers of a new credit.
    /// @param issuance What it is issued with.
    /// @return The word, in state Issued and undrawn.
    function pack(Issuance calldata issuance) internal pure returns (CreditWord) {
        uint256 word = uint256(issuance.amount) << 64 | uint256(issuance.expiry) << 128
            | uint256(issuance.latestShipment) << 144 | uint256(issuance.presentationPeriod) << 160
            | uint256(issuance.currency) << 176 | uint256(issuance.plusTolerance) << 192
            | uint256(issuance.minusTolerance) << 200;
        word |= uint256(issuance.tenor) << 208 | uint256(issuance.availability) << 224 | uint256(CreditState.Issued)
        << 228;
        if (issuance.transferable) word |= TRANSFERABLE;
        if (issuance.partialForbidden) word |= PARTIAL_FORBIDDEN;
        if (issuance.anyBank) word |= ANY_BANK;
        return CreditWord.wrap(word);
    }

    /// @notice The parties of a new credit, its issuing bank aside.
    /// @param issuance What it is issued with.
    /// @return The word.
    function packParties(Issuance calldata issuance) internal pure returns (PartiesWord) {
        return PartiesWord.wrap(
            uint256(issuance.applicant) << 192 | uint256(issuance.beneficiary) << 160 | uint256(issuance.advisingBank)
                << 128 | uint256(issuance.secondAdvisingBank) << 96 | uint256(issuance.nominatedBank) << 64
                | uint256(issuance.confirmingBank) << 32 | issuance.reimbursingBank
        );
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice Drawings honoured or due, minor units.
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
        return uint16(CreditWord.unwrap(word) >> 160);
    }

    /// @notice The period for presentation in force (UCP 600 art. 14(c)), days.
    /// @param word The word.
    /// @return period The period stated, else 21.
    function presentationPeriod(CreditWord word) internal pure returns (uint16 period) {
        period = word.statedPeriod();
        if (period == 0) period = DEFAULT_PERIOD;
    }

    /// @notice The currency, ISO 4217 number.
    /// @param word The word.
    /// @return The field.
    function currency(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 176);
    }

    /// @notice The tolerance above the amount, percent.
    /// @param word The word.
    /// @return The field.
    function plusTolerance(CreditWord word) internal pure returns (uint8) {
        return uint8(CreditWord.unwrap(word) >> 192);
    }

    /// @notice The tolerance below the amount, percent.
    /// @param word The word.
    /// @return The field.
    function minusTolerance(CreditWord word) internal pure returns (uint8) {
        return uint8(CreditWord.unwrap(word) >> 200);
    }

    /// @notice The usance, days.
    /// @param word The word.
    /// @return The field.
    function tenor(CreditWord word) internal pure returns (uint16) {
        return uint16(CreditWord.unwrap(word) >> 208);
    }

    /// @notice How the credit is available.
    /// @param word The word.
    /// @return The field.
    function availability(CreditWord word) internal pure returns (Availability) {
        return Availability((CreditWord.unwrap(word) >> 224) & 0xf);
    }

    /// @notice Where the credit stands.
    /// @param word The word.
    /// @return The field.
    function state(CreditWord word) internal pure returns (CreditState) {
        return CreditState((CreditWord.unwrap(word) >> 228) & 0xf);
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

    /// @notice What may still be drawn (UCP 600 art. 18(b), 30), minor units.
    /// @param word The word.
    /// @return The ceiling less what is drawn.
    function available(CreditWord word) internal pure returns (uint64) {
        return uint64(Amounts.ceiling(word.amount(), word.plusTolerance()) - word.drawn());
    }

    /// @notice The least a drawing may be (UCP 600 art. 30(c), 31), minor units.
    /// @param word The word.
    /// @return The floor, 0 where partial drawings are allowed.
    function least(CreditWord word) internal pure returns (uint64) {
        if (!word.has(PARTIAL_FORBIDDEN)) return 0;
        return uint64(Amounts.least(word.amount(), word.plusTolerance(), word.minusTolerance()));
    }

    /// @notice The word after a drawing.
    /// @param word The word.
    /// @param drawing What is drawn; not above what is available, so that the field cannot overflow.
    /// @return The new word.
    function draw(CreditWord word, uint64 drawing) internal pure returns (CreditWord) {
        return CreditWord.wrap(CreditWord.unwrap(word) + drawing);
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
}

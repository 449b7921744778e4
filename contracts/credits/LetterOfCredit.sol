// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Amounts} from "contracts/libraries/Amounts.sol";
import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IEdition} from "interfaces/IDirectory.sol";
import {Availability, Credit, CreditState, ILetterOfCredit, Issuance} from "interfaces/ILetterOfCredit.sol";

/// @title Letters of credit: the credit itself and what has been drawn under it.
/// @notice See ILetterOfCredit; the layout of a record is drawn in the library CreditWords.
contract LetterOfCredit is ILetterOfCredit, IEdition {
    using CreditWords for Issuance;

    /* CONSTANTS */

    /// @dev The largest ISO 4217 number, and the largest percentage of field 39A.
    uint256 private constant LARGEST_CURRENCY = 999;
    uint256 private constant LARGEST_TOLERANCE = 99;

    /// @dev A day is over everywhere 36 hours after it began in UTC: the place of expiry may lie as far west as UTC-12.
    uint256 private constant DAY_OVER_EVERYWHERE = 36 hours;

    /* IMMUTABLES */

    /// @inheritdoc ILetterOfCredit
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ILetterOfCredit
    address public immutable presentations;

    /// @inheritdoc IEdition
    uint8 public immutable edition;

    /* STORAGE */

    struct Record {
        PartiesWord parties;
        CreditWord numbers;
        bytes32 terms;
    }

    mapping(bytes32 creditId => Record) private _credits;

    /// @dev By what a confirming bank is bound that did not follow every amendment; only its terms count.
    mapping(bytes32 creditId => CreditWord) private _confirmed;

    mapping(bytes32 creditId => uint40) private _stays;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param presentations_ The contract that draws.
    /// @param edition_ By which the registry closes it to new credits.
    constructor(IAllianceRegistry registry_, address presentations_, uint8 edition_) {
        registry = registry_;
        presentations = presentations_;
        edition = edition_;
    }

    /* ISSUE AND ADVICE */

    /// @inheritdoc ILetterOfCredit
    function issue(Issuance calldata issuance) external returns (bytes32 creditId) {
        PartiesWord parties = issuance.packParties();
        uint32 issuingBank = registry.tradingMember(msg.sender, Roles.ISSUE, PartiesWord.unwrap(parties), edition);
        _requireIssuable(issuance);
        creditId = creditIdOf(issuingBank, issuance.bankReference);
        Record storage record = _credits[creditId];
        if (PartiesWord.unwrap(record.parties) != 0) revert CreditExists(creditId);

        record.parties = PartiesWord.wrap(PartiesWord.unwrap(parties) | uint256(issuingBank) << 224);
        record.numbers = issuance.pack(CreditState.Issued);
        record.terms = issuance.terms;
        emit CreditIssued(creditId, issuingBank, issuance.beneficiary, issuance);
    }

    /// @inheritdoc ILetterOfCredit
    function advise(bytes32 creditId, bool apparentlyAuthentic) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ADVISE);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        PartiesWord parties = record.parties;
        uint256 flag;
        if (memberId == parties.advisingBank()) {
            flag = CreditWords.ADVISED;
        } else if (memberId == parties.secondAdvisingBank() && numbers.has(CreditWords.ADVISED)) {
            flag = CreditWords.SECOND_ADVISED;
        } else {
            revert NotAdvisingBank(creditId, memberId);
        }
        if (numbers.has(flag)) revert AdvisedAlready(creditId, memberId);

        record.numbers = numbers.with(flag);
        emit CreditAdvised(creditId, memberId, apparentlyAuthentic);
    }

    /* DRAWINGS */

    /// @inheritdoc ILetterOfCredit
    function draw(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint256) {
        (Record storage record, CreditWord numbers) = _drawable(creditId);
        CreditWord binding = _binding(creditId, record, numbers, bank);
        uint64 available = binding.available();
        if (demanded > available) revert Overdrawn(creditId, demanded, available);

        record.numbers = numbers.draw(demanded);
        return CreditWord.unwrap(binding.draw(demanded));
    }

    /// @inheritdoc ILetterOfCredit
    function drawUpTo(bytes32 creditId, uint32 bank, uint64 demanded)
        external
        returns (uint64 amount, uint256 bindingNumbers)
    {
        (Record storage record, CreditWord numbers) = _drawable(creditId);
        CreditWord binding = _binding(creditId, record, numbers, bank);
        amount = binding.available();
        if (demanded < amount) amount = demanded;
        if (amount == 0) revert NothingToDraw(creditId);

        record.numbers = numbers.draw(amount);
        return (amount, CreditWord.unwrap(binding.draw(amount)));
    }

    /* AMENDMENTS */

    /// @inheritdoc ILetterOfCredit
    function acceptByPresentation(bytes32 creditId, uint256 amendments) external view {
        _drawable(creditId);
        if (amendments != 0) revert UnknownAmendment(creditId, 0);
    }

    /* VIEWS */

    /// @inheritdoc ILetterOfCredit
    function stayOf(bytes32 creditId) external view returns (uint40 until) {
        return _stays[creditId];
    }

    /// @inheritdoc ILetterOfCredit
    function wordsOf(bytes32 creditId, uint32 bank) external view returns (uint256 parties, uint256 numbers) {
        (Record storage record, CreditWord word) = _existing(creditId);
        return (PartiesWord.unwrap(record.parties), CreditWord.unwrap(_binding(creditId, record, word, bank)));
    }

    /// @inheritdoc ILetterOfCredit
    function credit(bytes32 creditId) external view returns (Credit memory found) {
        (Record storage record, CreditWord numbers) = _existing(creditId);
        PartiesWord parties = record.parties;
        found.state = numbers.state();
        found.advised = numbers.has(CreditWords.ADVISED);
        found.secondAdvised = numbers.has(CreditWords.SECOND_ADVISED);
        found.issuingBank = parties.issuingBank();
        found.drawn = numbers.drawn();
        found.issuance = Issuance({
            bankReference: bytes16(0),
            applicant: parties.applicant(),
            beneficiary: parties.beneficiary(),
            advisingBank: parties.advisingBank(),
            secondAdvisingBank: parties.secondAdvisingBank(),
            nominatedBank: parties.nominatedBank(),
            confirmingBank: parties.confirmingBank(),
            reimbursingBank: parties.reimbursingBank(),
            amount: numbers.amount(),
            currency: numbers.currency(),
            plusTolerance: numbers.plusTolerance(),
            minusTolerance: numbers.minusTolerance(),
            expiry: numbers.expiry(),
            latestShipment: numbers.latestShipment(),
            presentationPeriod: numbers.statedPeriod(),
            tenor: numbers.tenor(),
            tenorFrom: numbers.tenorFrom(),
            availability: numbers.availability(),
            transferable: numbers.has(CreditWords.TRANSFERABLE),
            partialForbidden: numbers.has(CreditWords.PARTIAL_FORBIDDEN),
            anyBank: numbers.has(CreditWords.ANY_BANK),
            switches: numbers.switches(),
            terms: record.terms
        });
    }

    /// @inheritdoc ILetterOfCredit
    function stateOf(bytes32 creditId) external view returns (CreditState) {
        return _credits[creditId].numbers.state();
    }

    /// @inheritdoc ILetterOfCredit
    function creditIdOf(uint32 issuingBank, bytes16 bankReference) public pure returns (bytes32 creditId) {
        return keccak256(abi.encode(issuingBank, bankReference));
    }

    /* INTERNALS */

    function _requireIssuable(Issuance calldata issuance) private view {
        if (issuance.bankReference == 0) revert MissingReference();
        if (issuance.plusTolerance > LARGEST_TOLERANCE || issuance.minusTolerance > LARGEST_TOLERANCE) {
            revert BadTolerance(issuance.plusTolerance, issuance.minusTolerance);
        }
        if (issuance.amount == 0 || Amounts.ceiling(issuance.amount, issuance.plusTolerance) > type(uint64).max) {
            revert BadAmount(issuance.amount, issuance.plusTolerance);
        }
        if (issuance.currency == 0 || issuance.currency > LARGEST_CURRENCY) revert BadCurrency(issuance.currency);
        if (block.timestamp >= uint256(issuance.expiry) * 1 days + DAY_OVER_EVERYWHERE) {
            revert ExpiryPassed(issuance.expiry, block.timestamp);
        }
        if (issuance.availability != Availability.SightPayment) revert AvailabilityNotCarried(issuance.availability);
        if (issuance.tenor != 0 || issuance.terms == 0) revert BadTerms(issuance.tenor, issuance.terms);
    }

    function _existing(bytes32 creditId) private view returns (Record storage record, CreditWord numbers) {
        record = _credits[creditId];
        numbers = record.numbers;
        if (numbers.state() == CreditState.None) revert UnknownCredit(creditId);
    }

    function _drawable(bytes32 creditId) private view returns (Record storage, CreditWord) {
        if (msg.sender != presentations) revert NotPresentations(msg.sender);
        return _existing(creditId);
    }

    /// @dev The numbers by which a bank is bound.
    function _binding(bytes32 creditId, Record storage record, CreditWord numbers, uint32 bank)
        private
        view
        returns (CreditWord)
    {
        if (!numbers.has(CreditWords.DIVERGED) || bank != record.parties.confirmingBank()) return numbers;
        return numbers.withTermsOf(_confirmed[creditId]);
    }
}

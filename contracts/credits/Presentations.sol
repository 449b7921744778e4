// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations, Obligation, ObligationKind, ObligationState} from "interfaces/IPaymentObligations.sol";
import {
    Disposal,
    IPresentations,
    Lodging,
    Presentation,
    PresentationKey,
    PresentationState
} from "interfaces/IPresentations.sol";

/// @title Presentations: documents come in, and the bank complies, refuses once, or is precluded.
/// @notice See IPresentations.
contract Presentations is IPresentations {
    /* CONSTANTS */

    /// @dev UCP 600 art. 14(b), 16(d).
    uint256 private constant EXAMINATION_DAYS = 5;

    /// @dev Check X1 to X24 in bits 1 to 24, anything else in bit 0.
    uint256 private constant KNOWN_DISCREPANCIES = (1 << 25) - 1;

    /* IMMUTABLES */

    /// @inheritdoc IPresentations
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IPresentations
    IBankingCalendar public immutable calendar;

    /// @inheritdoc IPresentations
    ILetterOfCredit public immutable credits;

    /// @inheritdoc IPresentations
    IPaymentObligations public immutable obligations;

    /* STORAGE */

    /// @dev One word each.
    mapping(bytes32 presentationId => Presentation) private _presentations;

    mapping(bytes32 creditId => mapping(uint32 presenter => bool)) private _mandates;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param obligations_ The obligations.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPaymentObligations obligations_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        obligations = obligations_;
    }

    /* LODGING */

    /// @inheritdoc IPresentations
    function recordMandate(bytes32 creditId, uint32 presenter, bytes32 mandate) external {
        uint32 memberId = registry.actingMember(msg.sender, Roles.PRESENT);
        (PartiesWord parties,) = _credit(creditId, 0);
        uint32 principal = parties.beneficiary();
        if (principal == 0) principal = parties.beneficiaryBank();
        if (memberId != principal) revert NotBeneficiary(creditId, memberId);
        if (_mandates[creditId][presenter]) revert MandateExists(creditId, presenter);
        // Asked for its refusal of a number that nobody has.
        registry.member(presenter);

        _mandates[creditId][presenter] = true;
        emit MandateRecorded(creditId, presenter, memberId, mandate);
    }

    /// @inheritdoc IPresentations
    function lodge(Lodging calldata lodging) external returns (bytes32 presentationId) {
        PresentationKey calldata key = lodging.key;
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        if (memberId != key.presenter) revert NotPresenter(key.presenter, memberId);
        (PartiesWord parties, CreditWord numbers) = _credit(key.creditId, key.examiner);
        uint32 payee = parties.beneficiary();
        if (memberId != payee) {
            if (!_mandates[key.creditId][memberId]) revert NoMandate(key.creditId, memberId);
            if (lodging.payPresenter || payee == 0) payee = memberId;
        }
        // The issuing bank's place is always permitted (UCP 600 art. 6(a), (d)(ii)).
        if (key.examiner != parties.issuingBank()) revert BankNotPermitted(key.creditId, key.examiner);
        presentationId = presentationIdOf(key);
        if (_presentations[presentationId].state != PresentationState.None) {
            revert PresentationExists(presentationId);
        }

        Clock memory clock = _clock(key.examiner, block.timestamp);
        uint8 flags = numbers.isLate(clock, lodging.shipped) ? PresentationFlags.LATE : 0;
        if (lodging.amount > numbers.available()) flags |= PresentationFlags.OVERDRAWN;
        if (lodging.amount == 0 || lodging.amount < numbers.least()) flags |= PresentationFlags.SHORT;

        _presentations[presentationId] = Presentation({
            amount: lodging.amount,
            received: uint40(block.timestamp),
            deadline: clock.deadline,
            shipped: lodging.shipped,
            receiptDay: clock.receiptDay,
            payee: payee,
            state: PresentationState.Lodged,
            disposal: Disposal.None,
            flags: flags
        });
        emit DocumentsLodged(
            presentationId, key.creditId, key.examiner, lodging, payee, uint40(block.timestamp), clock.deadline, flags
        );
    }

    /// @inheritdoc IPresentations
    function fixDeadline(PresentationKey calldata key) external {
        (bytes32 presentationId, Presentation memory found) = _existing(key);
        _requireLodged(presentationId, found.state);
        if (found.deadline != 0) revert DeadlineFixedAlready(presentationId, found.deadline);
        Clock memory clock = _clock(key.examiner, found.received);
        if (clock.missing != 0) {
            revert IBankingCalendar.CalendarNotPublished(registry.calendarOfBranch(key.examiner), clock.missing - 1);
        }

        (, CreditWord numbers) = _credit(key.creditId, key.examiner);
        if (numbers.isLate(clock, found.shipped)) found.flags |= PresentationFlags.LATE;
        found.deadline = clock.deadline;
        found.receiptDay = clock.receiptDay;
        _presentations[presentationId] = found;
        emit DeadlineFixed(presentationId, found.deadline, found.flags);
    }

    /* EXAMINATION */

    /// @inheritdoc IPresentations
    function findComplying(PresentationKey calldata key) external returns (bytes32 obligationId) {
        (bytes32 presentationId, Presentation memory found) = _examinable(key);
        if (found.flags != 0) revert CannotComply(presentationId, found.flags);

        _presentations[presentationId].state = PresentationState.Complying;
        CreditWord numbers = CreditWord.wrap(credits.draw(key.creditId, key.examiner, found.amount));
        obligationId = _incur(
            presentationId, key.examiner, found.payee, found.amount, numbers.currency(), ObligationKind.SightHonour
        );
        emit FoundComplying(presentationId, key.creditId, key.examiner, found.amount, obligationId);
    }

    /// @inheritdoc IPresentations
    function refuse(PresentationKey calldata key, uint256 discrepancies, Disposal disposal, bytes32 notice) external {
        (bytes32 presentationId,) = _examinable(key);
        if (discrepancies == 0) revert NoDiscrepancyStated(presentationId);
        if (discrepancies & ~KNOWN_DISCREPANCIES != 0) revert UnknownDiscrepancies(discrepancies, KNOWN_DISCREPANCIES);
        // Previous instructions need to be on record, and nothing records any yet (UCP 600 art. 16(c)(iii)(d)).
        if (disposal == Disposal.None || disposal == Disposal.PreviousInstructions) {
            revert DisposalNotOpen(presentationId, disposal);
        }

        Presentation storage record = _presentations[presentationId];
        record.state = PresentationState.Refused;
        record.disposal = disposal;
        emit DocumentsRefused(presentationId, key.creditId, key.examiner, discrepancies, disposal, notice);
    }

    /// @inheritdoc IPresentations
    function claimPrecluded(PresentationKey calldata key) external returns (bytes32 obligationId) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (bytes32 presentationId, Presentation memory found) = _existing(key);
        if (memberId != key.presenter) {
            (PartiesWord parties,) = _credit(key.creditId, 0);
            if (memberId != parties.beneficiary()) revert NotPresenter(key.presenter, memberId);
        }
        _requireLodged(presentationId, found.state);
        if (!_precluded(found)) revert NotPrecluded(presentationId, found.deadline, block.timestamp);

        _presentations[presentationId].state = PresentationState.Claimed;
        (uint64 amount, uint256 numbers) = credits.drawUpTo(key.creditId, key.examiner, found.amount);
        uint16 currency = CreditWord.wrap(numbers).currency();
        obligationId = _incur(presentationId, key.examiner, found.payee, amount, currency, ObligationKind.Preclusion);
        emit PreclusionClaimed(presentationId, key.creditId, memberId, amount, obligationId);
    }

    /* VIEWS */

    /// @inheritdoc IPresentations
    function isPrecluded(PresentationKey calldata key) external view returns (bool) {
        return stateOf(key) == PresentationState.Precluded;
    }

    /// @inheritdoc IPresentations
    function stateOf(PresentationKey calldata key) public view returns (PresentationState) {
        Presentation memory found = _presentations[presentationIdOf(key)];
        return _precluded(found) ? PresentationState.Precluded : found.state;
    }

    /// @inheritdoc IPresentations
    function presentation(bytes32 presentationId) external view returns (Presentation memory) {
        return _presentations[presentationId];
    }

    /// @inheritdoc IPresentations
    function mandateOf(bytes32 creditId, uint32 presenter) external view returns (bool) {
        return _mandates[creditId][presenter];
    }

    /// @inheritdoc IPresentations
    function presentationIdOf(PresentationKey calldata key) public pure returns (bytes32 presentationId) {
        return keccak256(abi.encode(key));
    }

    /* INTERNALS */

    /// @dev What every act of examination needs: the presentation is open, the caller examines it, its time is not over.
    function _examinable(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, Presentation memory found)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.EXAMINE);
        (presentationId, found) = _existing(key);
        if (memberId != key.examiner) revert NotExaminer(presentationId, memberId);
        _requireLodged(presentationId, found.state);
        if (_precluded(found)) revert DeadlinePassed(presentationId, found.deadline, block.timestamp);
    }

    function _existing(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, Presentation memory found)
    {
        presentationId = presentationIdOf(key);
        found = _presentations[presentationId];
        if (found.state == PresentationState.None) revert UnknownPresentation(presentationId);
    }

    /// @dev The numbers are those that bind the bank.
    function _credit(bytes32 creditId, uint32 bank) private view returns (PartiesWord, CreditWord) {
        (uint256 parties, uint256 numbers) = credits.wordsOf(creditId, bank);
        return (PartiesWord.wrap(parties), CreditWord.wrap(numbers));
    }

    function _requireLodged(bytes32 presentationId, PresentationState actual) private pure {
        if (actual != PresentationState.Lodged) {
            revert WrongPresentationState(presentationId, actual, PresentationState.Lodged);
        }
    }

    /// @dev UCP 600 art. 16(d), (f): in time up to and including the close of the fifth banking day. A deadline that is
    /// not known yet precludes nobody.
    function _precluded(Presentation memory found) private view returns (bool) {
        return found.state == PresentationState.Lodged && found.deadline != 0 && block.timestamp > found.deadline;
    }

    function _clock(uint32 examiner, uint256 received) private view returns (Clock memory) {
        return calendar.clock(registry.calendarOfBranch(examiner), received, EXAMINATION_DAYS);
    }

    function _incur(
        bytes32 presentationId,
        uint32 debtor,
        uint32 owner,
        uint64 amount,
        uint16 currency,
        ObligationKind kind
    ) private returns (bytes32 obligationId) {
        return obligations.incur(
            presentationId,
            Obligation({
                debtor: debtor,
                owner: owner,
                amount: amount,
                maturity: uint40(block.timestamp),
                currency: currency,
                state: ObligationState.Due,
                kind: kind
            })
        );
    }
}

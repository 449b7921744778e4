// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Demands} from "contracts/libraries/Demands.sol";
import {ExaminationClocks} from "contracts/libraries/ExaminationClocks.sol";
import {Maturities} from "contracts/libraries/Maturities.sol";
import {ObligationWord, ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord, PresentationWords} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {Drawing, ICreditSchedules, Slice} from "interfaces/ICreditSchedules.sol";
import {ICreditTransfers} from "interfaces/ICreditTransfers.sol";
import {IDisposals} from "interfaces/IDisposals.sol";
import {IElectronicRecords} from "interfaces/IElectronicRecords.sol";
import {Availability, ILetterOfCredit, MaturityFrom} from "interfaces/ILetterOfCredit.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
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

    /// @dev Check X1 to X24 in bits 1 to 24, anything else in bit 0.
    uint256 private constant KNOWN_DISCREPANCIES = (1 << 25) - 1;

    /// @dev Of what another bank honoured, or a second beneficiary has its part of.
    uint256 private constant GOES_ON = PresentationMarks.COUNTED | PresentationMarks.TRANSFERRED;

    /// @dev Of a presentation that is not simply drawn from its credit.
    uint256 private constant DRAWN_OTHERWISE =
        PresentationMarks.COUNTED | PresentationMarks.SCHEDULED | PresentationMarks.TRANSFERRED;

    /* IMMUTABLES */

    /// @inheritdoc IPresentations
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IPresentations
    IBankingCalendar public immutable calendar;

    /// @inheritdoc IPresentations
    ILetterOfCredit public immutable credits;

    /// @inheritdoc IPresentations
    IPaymentObligations public immutable obligations;

    /// @inheritdoc IPresentations
    address public immutable forwardings;

    /// @inheritdoc IPresentations
    ICreditTransfers public immutable transfers;

    /// @inheritdoc IPresentations
    ICreditSchedules public immutable timetable;

    /// @inheritdoc IPresentations
    IElectronicRecords public immutable recordsContract;

    /// @inheritdoc IPresentations
    address public immutable disposals;

    /// @inheritdoc IPresentations
    address public immutable titles;

    /// @inheritdoc IPresentations
    address public immutable custody;

    /* STORAGE */

    mapping(bytes32 presentationId => PresentationWord) private _presentations;

    /// @inheritdoc IPresentations
    mapping(bytes32 presentationId => uint256 amendments) public amendmentsPresentedOn;

    mapping(bytes32 creditId => mapping(uint32 presenter => bool)) private _mandates;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param obligations_ The obligations.
    /// @param forwardings_ The contract by which documents pass from bank to bank.
    /// @param transfers_ The transfers of credits.
    /// @param timetable_ What credits say of their amounts over time.
    /// @param recordsContract_ The electronic records.
    /// @param disposals_ The contract that says what becomes of documents.
    /// @param titles_ The contract of titles.
    /// @param custody_ The contract that has titles in custody.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPaymentObligations obligations_,
        address forwardings_,
        ICreditTransfers transfers_,
        ICreditSchedules timetable_,
        IElectronicRecords recordsContract_,
        address disposals_,
        address titles_,
        address custody_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        obligations = obligations_;
        forwardings = forwardings_;
        transfers = transfers_;
        timetable = timetable_;
        recordsContract = recordsContract_;
        disposals = disposals_;
        titles = titles_;
        custody = custody_;
    }

    /* LODGING */

    /// @inheritdoc IPresentations
    function recordMandate(bytes32 creditId, uint32 presenter, bytes32 mandate) external {
        uint32 memberId = _acting(Roles.PRESENT);
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
        uint32 memberId = _acting(Roles.PRESENT);
        if (memberId != lodging.key.presenter) revert NotPresenter(lodging.key.presenter, memberId);
        return _lodge(lodging, 0);
    }

    /// @inheritdoc IPresentations
    function lodgeMarked(Lodging calldata lodging, uint256 marks)
        external
        returns (bytes32 presentationId, bytes32 record)
    {
        if (msg.sender != address(recordsContract) && msg.sender != titles) {
            revert NotLodgingContract(msg.sender);
        }
        presentationId = _lodge(lodging, marks);
        record = ObligationWords.idOf(presentationId, lodging.key.examiner, _presentations[presentationId].payee());
    }

    /// @inheritdoc IPresentations
    function fixDeadline(PresentationKey calldata key) external {
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        _requireLodged(presentationId, word);
        if (word.deadline() != 0) revert DeadlineFixedAlready(presentationId, word.deadline());
        uint40 resumed;
        uint8 remaining;
        if (word.has(PresentationMarks.RECORDS)) (resumed, remaining) = recordsContract.remainderOf(presentationId);
        if (remaining == 0) {
            Clock memory clock = _clock(key.examiner, word.received());
            word = _clocked(key, word, clock, clock.deadline);
        } else {
            // Where the count resumed, receipt and its lateness have long been known.
            Clock memory clock = ExaminationClocks.clockOf(calendar, registry, key.examiner, resumed, remaining);
            _requirePublished(key.examiner, clock);
            word = word.withClock(clock.deadline, word.receiptDay());
        }

        _presentations[presentationId] = word;
        emit DeadlineFixed(presentationId, word.deadline(), word.flags());
    }

    /* FORWARDING */

    /// @inheritdoc IPresentations
    function recordReceipt(Lodging calldata lodging, uint256 received) external {
        _requireForwarding();
        _record(presentationIdOf(lodging.key), lodging, PresentationWord.wrap(received));
    }

    /// @inheritdoc IPresentations
    function setForwarded(bytes32 presentationId, bytes32 forwardedId) external {
        _requireForwarding();
        PresentationWord word = _presentations[presentationId];
        _presentations[presentationId] = word.inState(PresentationState.Forwarded);
        if (word.has(PresentationMarks.SCHEDULED)) timetable.recordForwarding(forwardedId, uint16(word.sightDay()));
    }

    /// @inheritdoc IPresentations
    function writeWord(bytes32 presentationId, uint256 word) external {
        if (msg.sender != address(recordsContract) && msg.sender != disposals && msg.sender != custody) {
            revert IDisposals.NotDisposals(msg.sender);
        }

        _presentations[presentationId] = PresentationWord.wrap(word);
    }

    /* EXAMINATION */

    /// @inheritdoc IPresentations
    function findComplying(PresentationKey calldata key) external returns (bytes32 obligationId) {
        (bytes32 presentationId, PresentationWord word) = _examinable(key);
        _recordComplying(presentationId, word);
        return _comply(key, presentationId, word, false);
    }

    /// @inheritdoc IPresentations
    function findComplyingWith(PresentationKey calldata key, uint256 amendments, bool recourse)
        external
        returns (bytes32 obligationId)
    {
        (bytes32 presentationId, PresentationWord word) = _examinable(key);
        _recordComplying(presentationId, word);
        if (amendments != 0) {
            if (word.has(PresentationMarks.TRANSFERRED) && !word.isUnderPart()) {
                revert AmendmentsNotOpen(presentationId);
            }
            bool carried = _flagsNow(key, word) == 0;
            uint256 named = amendmentsPresentedOn[presentationId];
            credits.acceptByPresentation(key.creditId, amendments, named, carried);
            word = word.withFlags(_flagsNow(key, word));
        }
        return _comply(key, presentationId, word, recourse);
    }

    /// @inheritdoc IPresentations
    function acceptDiscrepancies(PresentationKey calldata key, bytes32 waiver, bool recourse)
        external
        returns (bytes32 obligationId)
    {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        if (word.state() == PresentationState.Refused) _requireHeldForWaiver(presentationId, word);
        else _requireInTime(presentationId, word);
        if (word.flags() & PresentationFlags.NOT_IN_FORCE != 0) revert CannotComply(presentationId, word.flags());

        _presentations[presentationId] = word.inState(PresentationState.Waived);
        (uint64 amount, CreditWord numbers) = _drawnUpTo(key, presentationId, word);
        obligationId = _incur(key, presentationId, word, amount, numbers, ObligationKind.Waiver, recourse);
        emit DiscrepanciesAccepted(
            presentationId, key.creditId, key.examiner, amount, numbers.version(), obligationId, waiver
        );
    }

    /// @inheritdoc IPresentations
    function refuse(PresentationKey calldata key, uint256 discrepancies, Disposal disposal, bytes32 notice) external {
        (bytes32 presentationId, PresentationWord word) = _examinable(key);
        if (word.isOver()) revert DeadlinePassed(presentationId, word.deadline(), block.timestamp);
        if (discrepancies == 0) revert NoDiscrepancyStated(presentationId);
        if (discrepancies & ~KNOWN_DISCREPANCIES != 0) revert UnknownDiscrepancies(discrepancies, KNOWN_DISCREPANCIES);
        if (!_isOpen(disposal, key, word)) revert DisposalNotOpen(presentationId, disposal);

        _presentations[presentationId] = word.refused(disposal);
        emit DocumentsRefused(presentationId, key.creditId, key.examiner, discrepancies, disposal, notice);
    }

    /// @inheritdoc IPresentations
    function nameAmendments(PresentationKey calldata key, uint256 amendments) external {
        uint32 memberId = _acting(Roles.PRESENT);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        if (memberId != key.presenter) revert NotPresenter(key.presenter, memberId);
        _requireLodged(presentationId, word);

        amendmentsPresentedOn[presentationId] |= amendments;
        emit AmendmentsNamed(presentationId, key.presenter, amendments);
    }

    /// @inheritdoc IPresentations
    function acceptOutOfHours(PresentationKey calldata key) external {
        (bytes32 presentationId, PresentationWord word) = _examinable(key);
        if (word.has(PresentationMarks.TAKEN_IN)) revert AcceptedAlready(presentationId);
        Clock memory clock = ExaminationClocks.acceptedClockOf(calendar, registry, key.examiner, word.received());
        uint16 receiptDay = _clock(key.examiner, word.received()).receiptDay;
        if (clock.missing == 0 && clock.receiptDay == receiptDay) {
            revert ReceivedInHours(presentationId, word.received());
        }
        uint40 deadline = word.deadline();
        if (deadline == 0 || clock.deadline < deadline) deadline = clock.deadline;
        word = _clocked(key, word, clock, deadline);
        // Nobody makes itself late.
        if (block.timestamp > deadline) revert DeadlinePassed(presentationId, deadline, block.timestamp);

        _presentations[presentationId] = word.with(PresentationMarks.TAKEN_IN);
        emit AcceptedOutOfHours(presentationId, clock.receiptDay, deadline, word.flags());
    }

    /// @inheritdoc IPresentations
    function claimPrecluded(PresentationKey calldata key) external returns (bytes32 obligationId) {
        uint32 memberId = _acting(Roles.PRESENT);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        if (memberId != key.presenter && memberId != word.payee()) {
            (PartiesWord parties,) = _credit(key.creditId, 0);
            bytes32 owed = ObligationWords.idOf(presentationId, key.examiner, word.payee());
            if (
                memberId != parties.beneficiary() && !_isSecond(presentationId, word, memberId)
                    && !obligations.isOwedTo(owed, memberId, Demands.slicesOf(word))
            ) {
                revert NotPresenter(key.presenter, memberId);
            }
        }
        // A breach of its disposal statement precludes the bank whatever the time.
        if (word.state() != PresentationState.Precluded) {
            _requireLodged(presentationId, word);
            if (word.has(PresentationMarks.UNBOUND)) revert BankNotBound(presentationId, key.examiner);
            if (!word.isOver()) revert NotPrecluded(presentationId, word.deadline(), block.timestamp);
        }

        _presentations[presentationId] = word.inState(PresentationState.Claimed);
        (uint64 amount, CreditWord numbers) = _drawnUpTo(key, presentationId, word);
        obligationId = _incur(key, presentationId, word, amount, numbers, ObligationKind.Preclusion, false);
        emit PreclusionClaimed(presentationId, key.creditId, memberId, amount, obligationId);
    }

    /* VIEWS */

    /// @inheritdoc IPresentations
    function isPrecluded(PresentationKey calldata key) external view returns (bool) {
        return stateOf(key) == PresentationState.Precluded;
    }

    /// @inheritdoc IPresentations
    function stateOf(PresentationKey calldata key) public view returns (PresentationState) {
        PresentationWord word = _presentations[presentationIdOf(key)];
        return word.isPrecluded() ? PresentationState.Precluded : word.state();
    }

    /// @inheritdoc IPresentations
    function presentation(bytes32 presentationId) external view returns (Presentation memory) {
        return _presentations[presentationId].unpack();
    }

    /// @inheritdoc IPresentations
    function asWord(bytes32 presentationId) external view returns (uint256) {
        return PresentationWord.unwrap(_presentations[presentationId]);
    }

    /// @inheritdoc IPresentations
    function mandateOf(bytes32 creditId, uint32 presenter) external view returns (bool) {
        return _mandates[creditId][presenter];
    }

    /// @inheritdoc IPresentations
    function presentationIdOf(PresentationKey calldata key) public pure returns (bytes32 presentationId) {
        return keccak256(abi.encode(key));
    }

    /* INTERNALS: LODGING */

    function _lodge(Lodging calldata lodging, uint256 marks) private returns (bytes32 presentationId) {
        PresentationKey calldata key = lodging.key;
        (PartiesWord parties, CreditWord numbers) = _credit(key.creditId, key.examiner);
        uint32 payee = parties.beneficiary();
        if (key.presenter != payee) {
            if (!_mandates[key.creditId][key.presenter]) revert NoMandate(key.creditId, key.presenter);
            if (lodging.payPresenter || payee == 0) payee = key.presenter;
        }
        // The issuing bank's place is always permitted (UCP 600 art. 6(a), (d)(ii)).
        if (key.examiner != parties.issuingBank()) marks |= _marksOf(key, parties, numbers);
        presentationId = presentationIdOf(key);
        _requireNew(presentationId);

        Clock memory clock = _clock(key.examiner, block.timestamp);
        uint256 flags;
        // What is recorded hangs on the flags that the timetable finds; it and the transfers call nobody back.
        // slither-disable-start reentrancy-no-eth
        if (numbers.has(CreditWords.SCHEDULED)) {
            marks |= PresentationMarks.SCHEDULED;
            PresentationWord word = PresentationWords.lodged(lodging, clock, payee, 0, marks);
            flags = timetable.recordLodging(Demands.drawingOf(key, word), clock);
        } else {
            flags = PresentationFlags.ofDemand(numbers, lodging.amount);
        }
        if (numbers.isLate(clock, lodging.shipped)) flags |= PresentationFlags.LATE;
        if (!numbers.isIssued()) {
            flags |= PresentationFlags.NOT_IN_FORCE;
            marks |= PresentationMarks.UNBOUND;
        }
        if (numbers.has(CreditWords.PART)) {
            marks |= PresentationMarks.TRANSFERRED;
            transfers.opened(key.creditId, key.examiner, numbers.isIssued());
        }

        _record(presentationId, lodging, PresentationWords.lodged(lodging, clock, payee, flags, marks));
        // slither-disable-end reentrancy-no-eth
    }

    function _requireForwarding() private view {
        if (msg.sender != forwardings) revert IForwarding.NotForwarding(msg.sender);
    }

    function _record(bytes32 presentationId, Lodging calldata lodging, PresentationWord word) private {
        _presentations[presentationId] = word;
        emit DocumentsLodged(
            presentationId,
            lodging.key.creditId,
            lodging.key.examiner,
            lodging,
            word.payee(),
            word.received(),
            word.deadline(),
            word.flags()
        );
    }

    function _requireNew(bytes32 presentationId) private view {
        if (PresentationWord.unwrap(_presentations[presentationId]) != 0) revert PresentationExists(presentationId);
    }

    /// @dev UCP 600 art. 6(a), (d)(ii), 8(a): besides the issuing bank's place that of the bank that confirmed, of the
    /// nominated bank, and of any bank where the credit says so.
    function _marksOf(PresentationKey calldata key, PartiesWord parties, CreditWord numbers)
        private
        view
        returns (uint256)
    {
        uint32 bank = key.examiner;
        if (numbers.isConfirmedBy(parties, bank)) return 0;
        if (bank == 0 || bank != parties.nominatedBank()) {
            if (!numbers.has(CreditWords.ANY_BANK)) revert BankNotPermitted(key.creditId, bank);
            MemberKind kind = registry.member(bank).kind;
            if (kind != MemberKind.Bank && kind != MemberKind.CentralBank) revert BankNotPermitted(key.creditId, bank);
        }
        return PresentationMarks.UNBOUND;
    }

    /* INTERNALS: EXAMINATION */

    /// @dev Before anything else is called: where a flag is left, `_comply` undoes it.
    function _recordComplying(bytes32 presentationId, PresentationWord word) private {
        _presentations[presentationId] = word.withFlags(0).inState(PresentationState.Complying);
    }

    /// @dev UCP 600 art. 15. `word` is as it was before the decision.
    function _comply(PresentationKey calldata key, bytes32 presentationId, PresentationWord word, bool recourse)
        private
        returns (bytes32 obligationId)
    {
        if (word.flags() != 0) revert CannotComply(presentationId, word.flags());

        (uint64 amount, CreditWord numbers) = _drawn(key, presentationId, word);
        obligationId = _incur(key, presentationId, word, amount, numbers, ObligationKind.Complying, recourse);
        emit FoundComplying(presentationId, key.creditId, key.examiner, amount, numbers.version(), obligationId);
    }

    /// @dev What the chain sees of a presentation against the numbers in force now.
    function _flagsNow(PresentationKey calldata key, PresentationWord word) private view returns (uint8) {
        (, CreditWord numbers) = _credit(key.creditId, key.examiner);
        bool counted = word.has(PresentationMarks.COUNTED);
        uint8 flags;
        if (word.has(PresentationMarks.SCHEDULED)) {
            Drawing memory drawing = Demands.drawingOf(key, word);
            flags = Demands.judged(timetable, calendar, registry, drawing, word, key.examiner, counted);
        } else {
            flags = Demands.amounts(numbers, word.amount(), counted);
        }
        return word.flags() & PresentationFlags.NOT_IN_FORCE | flags
            | ExaminationClocks.lateFlag(calendar, registry, key.examiner, word, numbers);
    }

    function _acting(uint256 role) private view returns (uint32) {
        return registry.actingMemberOf(msg.sender, role);
    }

    /// @dev What every act of an examining bank needs. The contract of custody names who called it after the arguments
    /// (ERC-2771).
    function _ofExaminer(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        address actor = msg.sender == custody ? address(bytes20(msg.data[msg.data.length - 20:])) : msg.sender;
        uint32 memberId = registry.actingMemberOf(actor, Roles.EXAMINE);
        (presentationId, word) = _existing(key);
        if (memberId != key.examiner) revert NotExaminer(presentationId, memberId);
    }

    /// @dev Whether a member is the second beneficiary whose documents came from a part and are not honoured yet.
    function _isSecond(bytes32 presentationId, PresentationWord word, uint32 memberId) private view returns (bool) {
        if (!word.has(PresentationMarks.TRANSFERRED) || word.has(PresentationMarks.COUNTED)) return false;
        (bytes32 originId,) = IForwarding(forwardings).originOf(presentationId);
        return memberId == _presentations[originId].payee();
    }

    /// @dev What a decision needs: the caller examines, the presentation is open, and its time is not over.
    function _examinable(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        (presentationId, word) = _ofExaminer(key);
        _requireInTime(presentationId, word);
    }

    function _requireInTime(bytes32 presentationId, PresentationWord word) private view {
        _requireLodged(presentationId, word);
        if (word.isPrecluded()) revert DeadlinePassed(presentationId, word.deadline(), block.timestamp);
    }

    function _existing(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        presentationId = presentationIdOf(key);
        word = _presentations[presentationId];
        if (PresentationWord.unwrap(word) == 0) revert UnknownPresentation(presentationId);
    }

    function _requireLodged(bytes32 presentationId, PresentationWord word) private pure {
        PresentationState actual = word.state();
        if (actual != PresentationState.Lodged) {
            revert WrongPresentationState(presentationId, actual, PresentationState.Lodged);
        }
    }

    /// @dev UCP 600 art. 16(c)(iii)(a), (b).
    function _requireHeldForWaiver(bytes32 presentationId, PresentationWord word) private pure {
        Disposal disposal = word.disposal();
        if (disposal == Disposal.Notify) return;
        if (disposal == Disposal.Return || !word.has(PresentationMarks.TAKE_UP)) {
            revert WaiverNotOpen(presentationId, disposal);
        }
    }

    /// @dev UCP 600 art. 16(c)(iii): only the issuing bank hears from an applicant, and previous instructions are those on
    /// record.
    function _isOpen(Disposal disposal, PresentationKey calldata key, PresentationWord word)
        private
        view
        returns (bool)
    {
        if (disposal == Disposal.Notify) {
            (PartiesWord parties,) = _credit(key.creditId, 0);
            return key.examiner == parties.issuingBank();
        }
        if (disposal == Disposal.PreviousInstructions) return word.has(PresentationMarks.INSTRUCTED);
        return disposal != Disposal.None;
    }

    /* INTERNALS: THE CREDIT AND WHAT IS OWED */

    /// @dev The numbers are those that bind the bank.
    function _credit(bytes32 creditId, uint32 bank) private view returns (PartiesWord, CreditWord) {
        (uint256 parties, uint256 numbers) = credits.bindingWords(creditId, bank);
        return (PartiesWord.wrap(parties), CreditWord.wrap(numbers));
    }

    function _clock(uint32 examiner, uint256 received) private view returns (Clock memory) {
        return ExaminationClocks.clockOf(calendar, registry, examiner, received, ExaminationClocks.EXAMINATION_DAYS);
    }

    function _requirePublished(uint32 examiner, Clock memory clock) private view {
        if (clock.missing == 0) return;
        revert IBankingCalendar.CalendarNotPublished(registry.calendarOfBranch(examiner), clock.missing - 1);
    }

    /// @dev A presentation with the clock of its bank; lateness is that of the first receipt, and sight that of the bank that
    /// honoured or negotiated.
    function _clocked(PresentationKey calldata key, PresentationWord word, Clock memory clock, uint40 deadline)
        private
        view
        returns (PresentationWord)
    {
        _requirePublished(key.examiner, clock);
        uint8 flags = word.flags();
        if (!word.has(PresentationMarks.FORWARDED)) {
            (, CreditWord numbers) = _credit(key.creditId, key.examiner);
            flags &= ~PresentationFlags.LATE;
            if (numbers.isLate(clock, word.shipped())) flags |= PresentationFlags.LATE;
        }
        uint16 receiptDay = word.has(PresentationMarks.COUNTED) ? word.receiptDay() : clock.receiptDay;
        word = word.withClock(deadline, receiptDay);
        if (word.has(PresentationMarks.SCHEDULED) && !word.has(PresentationMarks.FORWARDED)) {
            // The day of receipt tells the period as well.
            flags = flags & ~PresentationFlags.ON_SCHEDULE | timetable.judge(Demands.drawingOf(key, word), false, clock);
        }
        return word.withFlags(flags);
    }

    /// @dev Counts a drawing of the whole demand, unless it is counted; answers with what is owed.
    function _drawn(PresentationKey calldata key, bytes32 presentationId, PresentationWord word)
        private
        returns (uint64 amount, CreditWord numbers)
    {
        if (word.has(DRAWN_OTHERWISE) && !word.isUnderPart()) {
            return _drawnOtherwise(key, presentationId, word, true);
        }
        amount = word.amount();
        numbers = CreditWord.wrap(credits.drawExactly(key.creditId, key.examiner, amount));
    }

    /// @dev Counts a drawing of what is demanded and available, unless it is counted; answers with what is owed.
    function _drawnUpTo(PresentationKey calldata key, bytes32 presentationId, PresentationWord word)
        private
        returns (uint64 amount, CreditWord numbers)
    {
        if (word.has(DRAWN_OTHERWISE) && !word.isUnderPart()) {
            return _drawnOtherwise(key, presentationId, word, false);
        }
        uint256 found;
        (amount, found) = credits.drawUpTo(key.creditId, key.examiner, word.amount());
        numbers = CreditWord.wrap(found);
    }

    /// @dev What is counted already, counts in the part that it came from, or by a schedule.
    function _drawnOtherwise(PresentationKey calldata key, bytes32 presentationId, PresentationWord word, bool exactly)
        private
        returns (uint64 amount, CreditWord numbers)
    {
        if (word.has(PresentationMarks.SCHEDULED) && !word.has(PresentationMarks.COUNTED)) {
            uint256 found;
            (amount, found) = credits.drawScheduled(Demands.drawingOf(key, word), exactly);
            return (amount, CreditWord.wrap(found));
        }
        amount = word.amount();
        if (!word.has(PresentationMarks.COUNTED)) {
            amount = transfers.drawInPart(presentationId, amount, exactly);
        }
        (, numbers) = _credit(key.creditId, key.examiner);
    }

    function _incur(
        PresentationKey calldata key,
        bytes32 presentationId,
        PresentationWord word,
        uint64 amount,
        CreditWord numbers,
        ObligationKind kind,
        bool recourse
    ) private returns (bytes32 obligationId) {
        Obligation memory owed;
        owed.debtor = key.examiner;
        owed.owner = word.payee();
        owed.amount = amount;
        owed.currency = numbers.currency();
        owed.kind = kind;
        owed.recourse = recourse;
        // The contract of custody hands over in this call what the bank gets with its undertaking.
        if (msg.sender != custody) owed.titles = word.titles();
        if (numbers.has(CreditWords.STAYED)) owed.stayedUntil = credits.stayOf(key.creditId);
        if (word.has(PresentationMarks.SCHEDULED)) return _incurParts(key, presentationId, word, owed, numbers);
        if (numbers.availability() == Availability.SightPayment) {
            (owed.state, owed.maturity) = (ObligationState.Due, uint40(block.timestamp));
        } else {
            Slice memory whole = Slice(0, numbers.availability(), numbers.tenor(), numbers.tenorFrom());
            owed.state = _undertaking(key, numbers, whole, recourse);
            owed.maturity = _maturity(key, word, whole);
        }
        if (recourse && owed.state != ObligationState.Negotiated) revert RecourseNotOpen(presentationId, key.examiner);
        obligationId = _owe(presentationId, ObligationWords.pack(owed));
        _bindAssignment(key.creditId, word, numbers, obligationId);
        if (word.has(PresentationMarks.TRANSFERRED) && !word.has(PresentationMarks.COUNTED)) {
            transfers.incurred(key.creditId, presentationId, obligationId, amount);
        }
    }

    /// @dev The same in the parts of a mixed payment; answers with the first that arises. An advance before shipment is due
    /// at sight, and where a drawing only recovers advances nothing is owed.
    function _incurParts(
        PresentationKey calldata key,
        bytes32 presentationId,
        PresentationWord word,
        Obligation memory owed,
        CreditWord numbers
    ) private returns (bytes32 first) {
        Slice[] memory slices = timetable.partsOf(key.creditId, CreditWord.unwrap(numbers), word.shipped(), owed.amount);
        bool recourse = owed.recourse;
        bool reserved = !recourse;
        for (uint256 i; i < slices.length; ++i) {
            Slice memory slice = slices[i];
            if (slice.weight == 0) continue;
            owed.amount = slice.weight;
            owed.state = _undertaking(key, numbers, slice, recourse);
            owed.maturity = _maturity(key, word, slice);
            owed.recourse = recourse && owed.state == ObligationState.Negotiated;
            if (owed.recourse) reserved = true;
            if (i != 0) owed.titles = 0;
            bytes32 obligationId = _owe(presentationId, ObligationWords.pack(owed).withSlice(i));
            if (first == 0) first = obligationId;
            _bindAssignment(key.creditId, word, numbers, obligationId);
        }
        if (!reserved) revert RecourseNotOpen(presentationId, key.examiner);
    }

    function _owe(bytes32 presentationId, ObligationWord owed) private returns (bytes32 obligationId) {
        return obligations.incur(presentationId, ObligationWord.unwrap(owed));
    }

    /// @dev What is counted was owed before, with what was assigned of it (UCP 600 art. 39).
    function _bindAssignment(bytes32 creditId, PresentationWord word, CreditWord numbers, bytes32 obligationId)
        private
    {
        if (numbers.has(CreditWords.ASSIGNED) && (!word.has(GOES_ON) || word.isUnderPart())) {
            obligations.bindAssignment(creditId, obligationId);
        }
    }

    /// @dev UCP 600 art. 7(a), 8(a): what a bank undertakes.
    function _undertaking(PresentationKey calldata key, CreditWord numbers, Slice memory slice, bool recourse)
        private
        view
        returns (ObligationState)
    {
        Availability availability = slice.availability;
        if (availability == Availability.SightPayment) return ObligationState.Due;
        if (availability == Availability.DeferredPayment) return ObligationState.Incurred;
        if (availability == Availability.Acceptance) return ObligationState.Accepted;
        (PartiesWord parties,) = _credit(key.creditId, 0);
        bool confirms = numbers.isConfirmedBy(parties, key.examiner);
        if (_negotiates(parties, numbers, key.examiner, confirms) && !(recourse && confirms)) {
            return ObligationState.Negotiated;
        }
        return slice.tenorFrom == MaturityFrom.None ? ObligationState.Due : ObligationState.Incurred;
    }

    /// @dev UCP 600 art. 7(a)(v), 8(a)(i)(e), (ii): the issuing bank honours; a confirming bank does so where negotiation is
    /// available with another bank that is named.
    function _negotiates(PartiesWord parties, CreditWord numbers, uint32 bank, bool confirms)
        private
        pure
        returns (bool)
    {
        if (bank == parties.issuingBank()) return false;
        uint32 nominated = parties.nominatedBank();
        return !confirms || numbers.has(CreditWords.ANY_BANK) || nominated == 0 || nominated == bank;
    }

    /// @dev Sight counts from receipt, after a refusal from the day on which the bank takes the documents up.
    function _maturity(PresentationKey calldata key, PresentationWord word, Slice memory slice)
        private
        view
        returns (uint40)
    {
        MaturityFrom from = slice.tenorFrom;
        if (from == MaturityFrom.None) return uint40(block.timestamp);
        uint256 sight = word.sightDay();
        if (word.state() == PresentationState.Refused) {
            uint256 today = _clock(key.examiner, block.timestamp).receiptDay;
            sight = today != 0 ? today : block.timestamp / 1 days;
        }
        return uint40(Maturities.day(from, slice.tenor, sight, word.shipped()) * 1 days);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord, CreditWords} from "contracts/libraries/CreditWords.sol";
import {Maturities} from "contracts/libraries/Maturities.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IElectronicRecords, RecordFormat, RecordSet, RecordsState} from "interfaces/IElectronicRecords.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {Disposal, IPresentations, Lodging, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";

/// @title Electronic records: presented piece by piece, complete by notice, replaced when corrupt (eUCP 2.1).
/// @notice See IElectronicRecords.
contract ElectronicRecords is IElectronicRecords {
    /* CONSTANTS */

    /// @dev A bit each.
    uint256 private constant MOST_RECORDS = 64;

    /// @dev UCP 600 art. 14(b).
    uint8 private constant EXAMINATION_DAYS = 5;

    /// @dev eUCP 2.1 art. e12 and e8, calendar days.
    uint256 private constant REPLACEMENT_DAYS = 30;
    uint256 private constant DISPOSAL_DAYS = 60;

    /* IMMUTABLES */

    /// @inheritdoc IElectronicRecords
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IElectronicRecords
    IBankingCalendar public immutable calendar;

    /// @inheritdoc IElectronicRecords
    ILetterOfCredit public immutable credits;

    /// @inheritdoc IElectronicRecords
    IPresentations public immutable presentations;

    /* STORAGE */

    mapping(bytes32 presentationId => RecordSet) private _sets;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param presentations_ The presentations.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPresentations presentations_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        presentations = presentations_;
    }

    /* PRESENTATION */

    /// @inheritdoc IElectronicRecords
    function openPresentation(PresentationKey calldata key) external returns (bytes32 presentationId) {
        _requirePresenter(key);
        (, uint256 numbers) = credits.bindingWords(key.creditId, 0);
        if (!CreditWord.wrap(numbers).isElectronic()) revert CreditNotElectronic(key.creditId);
        // What a bank disposes of, it does not send on with the first beneficiary's invoice.
        if (CreditWord.wrap(numbers).has(CreditWords.PART)) revert ILetterOfCredit.TransferredPart(key.creditId);
        presentationId = _idOf(key);
        RecordSet storage set = _sets[presentationId];
        if (set.state != RecordsState.None) revert OpenedAlready(presentationId);
        if (presentations.asWord(presentationId) != 0) {
            revert IPresentations.PresentationExists(presentationId);
        }

        set.state = RecordsState.Open;
        set.since = uint40(block.timestamp);
        set.documents = presentationId;
        emit PresentationOpened(presentationId, key.creditId, key.presenter, key);
    }

    /// @inheritdoc IElectronicRecords
    function addRecord(PresentationKey calldata key, RecordFormat format, bytes32 record, bytes32 recordReference)
        external
    {
        _requirePresenter(key);
        (bytes32 presentationId, RecordSet storage set) = _inState(key, RecordsState.Open);
        if (format == RecordFormat.None || record == 0) revert BadRecord(presentationId, format, record);
        uint8 number = set.count;
        if (number == MOST_RECORDS) revert TooManyRecords(presentationId, MOST_RECORDS);

        set.count = number + 1;
        if (format == RecordFormat.Paper) set.paper |= _bit(number);
        set.documents = keccak256(abi.encode(set.documents, number, format, record, recordReference));
        emit RecordAdded(presentationId, number, format, record, recordReference);
    }

    /// @inheritdoc IElectronicRecords
    function completePresentation(
        PresentationKey calldata key,
        uint64 amount,
        uint16 shipped,
        bool payPresenter,
        bytes32 notice
    ) external {
        _requirePresenter(key);
        (bytes32 presentationId, RecordSet storage set) = _inState(key, RecordsState.Open);
        if (set.count == 0) revert NoRecords(presentationId);

        set.state = RecordsState.Complete;
        set.since = uint40(block.timestamp);
        emit RecordsCompleted(presentationId, key.creditId, set.count, notice);
        presentations.lodgeMarked(
            Lodging({key: key, amount: amount, shipped: shipped, payPresenter: payPresenter, documents: set.documents}),
            PresentationMarks.RECORDS
        );
    }

    /// @inheritdoc IElectronicRecords
    function carry(bytes32 presentationId, bytes32 forwardedId) external {
        if (msg.sender != presentations.forwardings()) revert IForwarding.NotForwarding(msg.sender);

        RecordSet memory set = _sets[presentationId];
        set.since = uint40(block.timestamp);
        // The next bank reads for itself, and its count is its own.
        (set.remaining, set.reported) = (0, 0);
        _sets[forwardedId] = set;
        emit RecordsCarried(presentationId, forwardedId, set.documents);
    }

    /* CORRUPTION */

    /// @inheritdoc IElectronicRecords
    function reportCorruption(PresentationKey calldata key, uint64 records, bytes32 message) external {
        _requireExaminer(key);
        (bytes32 presentationId, RecordSet storage set) = _inState(key, RecordsState.Complete);
        uint64 electronic = uint64((1 << uint256(set.count)) - 1) & ~set.paper;
        if (records == 0 || records & ~electronic != 0) revert UnknownRecords(presentationId, records, electronic);
        uint64 before = set.reported;
        if (records & before != 0) revert ReportedAlready(presentationId, records & before);
        PresentationWord word = _wordOf(presentationId);
        uint40 deadline = word.deadline();
        if (deadline == 0) revert CountNotKnown(presentationId);
        uint8 remaining = _daysLeft(key.examiner, deadline);
        if (remaining == 0) {
            if (before != 0) revert NoDayLeft(presentationId, deadline);
            remaining = 1;
        }
        _requireInTime(presentationId, word);

        set.state = RecordsState.Suspended;
        set.since = uint40(block.timestamp);
        set.remaining = remaining;
        set.reported = before | records;
        set.awaited = records;
        emit CorruptionReported(presentationId, key.examiner, records, remaining, message);
        _put(presentationId, word.inState(PresentationState.Suspended));
    }

    /// @inheritdoc IElectronicRecords
    function replaceRecord(PresentationKey calldata key, uint8 number, bytes32 record, bytes32 recordReference)
        external
    {
        _requirePresenter(key);
        (bytes32 presentationId, RecordSet storage set) = _inState(key, RecordsState.Suspended);
        if (set.awaited & _bit(number) == 0) revert RecordNotAwaited(presentationId, number);
        if (record == 0) revert BadRecord(presentationId, RecordFormat.None, record);
        if (_isReplacementOver(key, presentationId, set.since)) {
            revert ReplacementTooLate(presentationId, set.since, block.timestamp);
        }

        set.awaited &= ~_bit(number);
        set.documents = keccak256(abi.encode(set.documents, number, record, recordReference));
        emit RecordReplaced(presentationId, number, record, recordReference, set.documents);
        if (set.awaited == 0) _resume(key.examiner, presentationId, set);
    }

    /// @inheritdoc IElectronicRecords
    function resumeExamination(PresentationKey calldata key) external {
        (bytes32 presentationId, RecordSet storage set) = _inState(key, RecordsState.Suspended);
        if (!_isReplacementOver(key, presentationId, set.since)) {
            revert ReplacementStillOpen(presentationId, set.since, block.timestamp);
        }

        uint64 awaited = set.awaited;
        set.lapsed |= awaited;
        set.awaited = 0;
        emit RecordsLapsed(presentationId, awaited);
        _resume(key.examiner, presentationId, set);
    }

    /* DISPOSAL */

    /// @inheritdoc IElectronicRecords
    function disposeRecords(PresentationKey calldata key, bytes32 evidence) external {
        _requireExaminer(key);
        (bytes32 presentationId, RecordSet storage set) = _inState(key, RecordsState.Complete);
        PresentationWord word = _wordOf(presentationId);
        if (!_isDisposable(word)) revert NotDisposable(presentationId);

        set.state = RecordsState.Disposed;
        set.since = uint40(block.timestamp);
        emit RecordsDisposed(presentationId, key.examiner, evidence);
        if (set.paper == 0) _put(presentationId, word.inState(PresentationState.Disposed));
    }

    /* VIEWS */

    /// @inheritdoc IElectronicRecords
    function stateOf(bytes32 presentationId) external view returns (RecordsState state) {
        state = _sets[presentationId].state;
        if (state == RecordsState.Complete && _isDisposable(_wordOf(presentationId))) return RecordsState.Disposable;
    }

    /// @inheritdoc IElectronicRecords
    function recordSet(bytes32 presentationId) external view returns (RecordSet memory) {
        return _sets[presentationId];
    }

    /// @inheritdoc IElectronicRecords
    function remainderOf(bytes32 presentationId) external view returns (uint40 since, uint8 remaining) {
        RecordSet storage set = _sets[presentationId];
        return (set.since, set.remaining);
    }

    /* INTERNALS */

    function _idOf(PresentationKey calldata key) private pure returns (bytes32) {
        return keccak256(abi.encode(key));
    }

    /// @dev Of a record beyond the last possible it is 0.
    function _bit(uint8 number) private pure returns (uint64) {
        return uint64(1 << uint256(number));
    }

    function _wordOf(bytes32 presentationId) private view returns (PresentationWord) {
        return PresentationWord.wrap(presentations.asWord(presentationId));
    }

    function _put(bytes32 presentationId, PresentationWord word) private {
        presentations.writeWord(presentationId, PresentationWord.unwrap(word));
    }

    function _requirePresenter(PresentationKey calldata key) private view {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        if (memberId != key.presenter) revert IPresentations.NotPresenter(key.presenter, memberId);
    }

    function _requireExaminer(PresentationKey calldata key) private view {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.EXAMINE);
        if (memberId != key.examiner) revert IPresentations.NotExaminer(_idOf(key), memberId);
    }

    function _inState(PresentationKey calldata key, RecordsState expected)
        private
        view
        returns (bytes32 presentationId, RecordSet storage set)
    {
        presentationId = _idOf(key);
        set = _sets[presentationId];
        RecordsState actual = set.state;
        if (actual != expected) revert WrongRecordsState(presentationId, actual, expected);
    }

    /// @dev Nothing is suspended after a decision, nor after the time for one.
    function _requireInTime(bytes32 presentationId, PresentationWord word) private view {
        PresentationState actual = word.state();
        if (actual != PresentationState.Lodged) {
            revert IPresentations.WrongPresentationState(presentationId, actual, PresentationState.Lodged);
        }
        if (word.isOver()) revert IPresentations.DeadlinePassed(presentationId, word.deadline(), block.timestamp);
    }

    /// @dev Banking days after this one up to a deadline, at most five. Outside banking hours the next banking day is this one
    /// (UCP 600 art. 33).
    function _daysLeft(uint32 bank, uint40 deadline) private view returns (uint8 left) {
        uint16 calendarId = registry.calendarOfBranch(bank);
        for (; left < EXAMINATION_DAYS; ++left) {
            Clock memory clock = calendar.clock(calendarId, block.timestamp, uint256(left) + 1);
            // What is not published lies beyond the deadline, which was computed.
            if (clock.missing != 0 || clock.deadline > deadline) return left;
        }
    }

    function _resume(uint32 bank, bytes32 presentationId, RecordSet storage set) private {
        set.state = RecordsState.Complete;
        set.since = uint40(block.timestamp);
        uint40 deadline = calendar.clock(registry.calendarOfBranch(bank), block.timestamp, set.remaining).deadline;
        emit ExaminationResumed(presentationId, deadline);
        PresentationWord word = _wordOf(presentationId);
        _put(presentationId, word.inState(PresentationState.Lodged).withClock(deadline, word.receiptDay()));
    }

    /// @dev Whether 30 calendar days are over everywhere on earth, or the last day for presentation at the bank.
    function _isReplacementOver(PresentationKey calldata key, bytes32 presentationId, uint256 reported)
        private
        view
        returns (bool)
    {
        if (Maturities.isOver(reported + REPLACEMENT_DAYS * 1 days)) return true;
        PresentationWord word = _wordOf(presentationId);
        if (word.has(PresentationMarks.FORWARDED)) return false;
        (, uint256 numbers) = credits.bindingWords(key.creditId, key.examiner);
        Clock memory clock = calendar.clock(registry.calendarOfBranch(key.examiner), block.timestamp, 1);
        return CreditWord.wrap(numbers).isLate(clock, word.shipped());
    }

    /// @dev A notice that says that documents go back, or are dealt with as instructed, is acted on; so are instructions.
    function _isDisposable(PresentationWord word) private view returns (bool) {
        return word.state() == PresentationState.Refused
            && (word.disposal() == Disposal.Hold || word.disposal() == Disposal.Notify)
            && !word.has(PresentationMarks.TAKE_UP)
            && Maturities.isOver((uint256(word.refusedOn()) + DISPOSAL_DAYS) * 1 days);
    }
}

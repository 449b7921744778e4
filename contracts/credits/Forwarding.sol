// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Demands} from "contracts/libraries/Demands.sol";
import {ExaminationClocks} from "contracts/libraries/ExaminationClocks.sol";
import {ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord, PresentationWords} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {ICreditTransfers, Onward} from "interfaces/ICreditTransfers.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {Drawing, ICreditSchedules} from "interfaces/ICreditSchedules.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, Lodging, Presentation, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";

/// @title Forwarding: documents and questions pass from the bank that has them to whoever stands behind it.
/// @notice See IForwarding.
contract Forwarding is IForwarding {
    /// @dev Of what was presented under a part.
    struct Origin {
        bytes32 presentationId;
        bytes32 partId;
    }

    /* IMMUTABLES */

    /// @inheritdoc IForwarding
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IForwarding
    IBankingCalendar public immutable calendar;

    /// @inheritdoc IForwarding
    ILetterOfCredit public immutable credits;

    /// @inheritdoc IForwarding
    IPresentations public immutable presentations;

    /// @inheritdoc IForwarding
    IPaymentObligations public immutable obligations;

    /// @inheritdoc IForwarding
    ICreditTransfers public immutable transfers;

    /* STORAGE */

    /// @inheritdoc IForwarding
    mapping(bytes32 presentationId => bytes32 forwardedId) public forwardedAs;

    /// @inheritdoc IForwarding
    mapping(bytes32 forwardedId => Origin) public originOf;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param presentations_ The presentations.
    /// @param obligations_ The obligations.
    /// @param transfers_ The transfers of credits.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPresentations presentations_,
        IPaymentObligations obligations_,
        ICreditTransfers transfers_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        presentations = presentations_;
        obligations = obligations_;
        transfers = transfers_;
    }

    /* DOCUMENTS */

    /// @inheritdoc IForwarding
    function forward(PresentationKey calldata key, uint32 to, uint8 number, bytes32 schedule)
        external
        returns (bytes32 forwardedId)
    {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        bool honoured = _forwards(presentationId, word);
        Onward memory onward = Onward({
            creditId: key.creditId,
            amount: honoured ? _owed(presentationId, key.examiner, word) : word.amount(),
            payee: honoured ? key.examiner : word.payee(),
            flags: 0
        });
        if (word.isUnderPart()) {
            onward = transfers.onwardOf(presentationId, key.creditId, onward.amount, onward.payee, honoured, to);
        }
        return
            _forward(key, word, PresentationKey(onward.creditId, to, key.examiner, number), onward, honoured, schedule);
    }

    /// @inheritdoc IForwarding
    function forwardFor(PresentationKey calldata key, uint32 to, uint8 number, Onward calldata onward, bytes32 schedule)
        external
        returns (bytes32 forwardedId)
    {
        if (msg.sender != address(transfers)) revert ILetterOfCredit.NotTransfers(msg.sender);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        bool honoured = _forwards(presentationId, word);
        return
            _forward(key, word, PresentationKey(onward.creditId, to, key.presenter, number), onward, honoured, schedule);
    }

    /// @inheritdoc IForwarding
    function presentUnpaid(PresentationKey calldata key, uint32 to, uint8 number, bytes32 documents)
        external
        returns (bytes32 onwardId)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        bytes32 before = _whereForwarded(presentationId);
        uint32 presenter = before == 0 ? memberId : key.examiner;
        Lodging memory lodging = Lodging({
            key: PresentationKey({creditId: key.creditId, examiner: to, presenter: presenter, number: number}),
            amount: 0,
            shipped: word.shipped(),
            payPresenter: true,
            documents: documents
        });
        onwardId = _idOf(lodging.key);
        if (before == 0) _requireNew(onwardId);
        else if (before != onwardId) revert ForwardedAlready(presentationId, before);

        forwardedAs[presentationId] = onwardId;
        emit UnpaidDrawingTaken(presentationId, onwardId, memberId, documents);
        lodging.amount = obligations.follow(
            ObligationWords.idOf(presentationId, key.examiner, word.payee()),
            ObligationWords.idOf(onwardId, to, presenter),
            Demands.slicesOf(word),
            before == 0,
            memberId
        );
        if (before == 0) _lodgeOnward(presentationId, key, word, lodging, presenter, 0);
    }

    /* QUESTIONS */

    /// @inheritdoc IForwarding
    function askForWaiver(PresentationKey calldata key, bytes32 request) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        (PartiesWord parties,) = _credit(key.creditId, 0);
        if (key.examiner != parties.issuingBank()) revert ILetterOfCredit.NotIssuingBank(key.creditId, key.examiner);
        _requireUndecided(presentationId, word);

        emit WaiverAsked(presentationId, key.examiner, request);
    }

    /// @inheritdoc IForwarding
    function askForAuthority(PresentationKey calldata key, bytes32 request) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        (PartiesWord parties,) = _credit(key.creditId, 0);
        if (key.examiner == parties.issuingBank()) revert NoBankBehind(presentationId, key.examiner);
        _requireUndecided(presentationId, word);

        emit AuthorityAsked(presentationId, key.examiner, request);
    }

    /* VIEWS */

    /// @inheritdoc IForwarding
    function isUnsent(bytes32 presentationId) external view returns (bool) {
        return _whereForwarded(presentationId) == 0;
    }

    /* INTERNALS */

    /// @dev Presents documents to the bank behind: those of a part under the credit that it was taken from.
    function _forward(
        PresentationKey calldata key,
        PresentationWord word,
        PresentationKey memory onwardKey,
        Onward memory onward,
        bool honoured,
        bytes32 schedule
    ) private returns (bytes32 forwardedId) {
        bytes32 presentationId = _idOf(key);
        Lodging memory lodging = Lodging({
            key: onwardKey, amount: onward.amount, shipped: word.shipped(), payPresenter: honoured, documents: schedule
        });
        forwardedId = _idOf(onwardKey);
        _requireNew(forwardedId);
        // Titles of what came back from a bank are on their way to the presenter.
        if (forwardedAs[presentationId] != 0) word = word.withoutTitles();

        forwardedAs[presentationId] = forwardedId;
        if (word.isUnderPart()) originOf[forwardedId] = Origin(presentationId, key.creditId);
        emit DocumentsForwarded(presentationId, forwardedId, onwardKey.examiner, honoured, schedule);
        if (!honoured) presentations.setForwarded(presentationId, forwardedId);
        _lodgeOnward(presentationId, key, word, lodging, onward.payee, onward.flags);
    }

    /// @dev Puts on record what another bank receives.
    function _lodgeOnward(
        bytes32 presentationId,
        PresentationKey calldata key,
        PresentationWord word,
        Lodging memory lodging,
        uint32 payee,
        uint8 flags
    ) private {
        presentations.recordReceipt(lodging, _received(key, word, lodging, payee, flags));
        if (word.has(PresentationMarks.RECORDS)) {
            presentations.recordsContract().carry(presentationId, _idOf(lodging.key));
        }
    }

    /// @dev Whether the bank that forwards has honoured or negotiated. A bank that has not confirmed may also send on what it
    /// has not decided on; one that is bound examines.
    function _forwards(bytes32 presentationId, PresentationWord word) private view returns (bool honoured) {
        PresentationState current = word.state();
        honoured = word.isHonoured();
        bool unexamined = current == PresentationState.Forwarded
            || (current == PresentationState.Lodged && word.has(PresentationMarks.UNBOUND));
        if (!honoured && !unexamined) {
            revert IPresentations.WrongPresentationState(presentationId, current, PresentationState.Complying);
        }
        bytes32 before = _whereForwarded(presentationId);
        if (before != 0) revert ForwardedAlready(presentationId, before);
    }

    /// @dev 0 if the documents were not forwarded, or came back.
    function _whereForwarded(bytes32 presentationId) private view returns (bytes32 before) {
        before = forwardedAs[presentationId];
        if (before == 0) return 0;
        PresentationState there = _wordOf(before).state();
        if (there == PresentationState.ReturnDue || there == PresentationState.Returned) return 0;
    }

    /// @dev What a bank owes on its own decision, all slices together.
    function _owed(bytes32 presentationId, uint32 debtor, PresentationWord word) private view returns (uint64) {
        return obligations.owedOn(presentationId, debtor, word.payee(), Demands.slicesOf(word));
    }

    /// @dev The presentation that a bank receives from another, or from whom that left unpaid. From a part it has the flags of
    /// its amounts.
    function _received(
        PresentationKey calldata key,
        PresentationWord word,
        Lodging memory lodging,
        uint32 payee,
        uint8 flags
    ) private view returns (uint256) {
        uint32 to = lodging.key.examiner;
        (PartiesWord parties, CreditWord numbers) = _credit(lodging.key.creditId, to);
        uint32 issuingBank = parties.issuingBank();
        if (key.examiner == issuingBank) revert NoBankBehind(_idOf(key), issuingBank);
        if (
            to == key.examiner || to == lodging.key.presenter
                || (to != issuingBank && !numbers.isConfirmedBy(parties, to))
        ) {
            revert IPresentations.BankNotPermitted(lodging.key.creditId, to);
        }

        Clock memory clock =
            ExaminationClocks.clockOf(calendar, registry, to, block.timestamp, ExaminationClocks.EXAMINATION_DAYS);
        Presentation memory received;
        received.amount = lodging.amount;
        received.received = uint40(block.timestamp);
        received.deadline = clock.deadline;
        received.shipped = lodging.shipped;
        received.state = PresentationState.Lodged;
        received.payee = payee;
        received.flags = flags;
        received.marks = PresentationMarks.FORWARDED;
        _judge(key, word, lodging, numbers, received);
        if (lodging.payPresenter) {
            received.receiptDay = uint16(word.sightDay());
            received.marks |= PresentationMarks.COUNTED;
        } else {
            received.receiptDay = clock.receiptDay;
            received.titles = word.titles();
            if (word.flags() & PresentationFlags.NOT_IN_FORCE != 0) {
                received.flags |= PresentationFlags.NOT_IN_FORCE;
                received.marks |= PresentationMarks.UNBOUND;
            }
        }
        if (word.has(PresentationMarks.RECORDS)) received.marks |= PresentationMarks.RECORDS;
        if (word.has(PresentationMarks.SCHEDULED)) received.marks |= PresentationMarks.SCHEDULED;
        return PresentationWord.unwrap(PresentationWords.pack(received));
    }

    /// @dev Lateness and amounts of what is received, as the numbers have them. What was left unpaid under a part stays there.
    function _judge(
        PresentationKey calldata key,
        PresentationWord word,
        Lodging memory lodging,
        CreditWord numbers,
        Presentation memory received
    ) private view {
        uint8 late = ExaminationClocks.lateFlag(calendar, registry, key.examiner, word, numbers);
        bool leavesPart = lodging.key.creditId != key.creditId;
        if (leavesPart) {
            received.marks |= PresentationMarks.TRANSFERRED;
            late = _lateForPart(key, word, late);
        } else if (word.has(PresentationMarks.TRANSFERRED) && !word.isUnderPart()) {
            // What was short for the bank before is short for the next.
            received.marks |= PresentationMarks.TRANSFERRED;
            received.flags = word.flags() & PresentationFlags.SHORT;
            if (numbers.drawn() > numbers.ceiling()) received.flags |= PresentationFlags.OVERDRAWN;
        } else {
            received.flags = _flags(key, word, numbers, lodging);
        }
        received.flags |= late;
    }

    /// @dev UCP 600 art. 38(f), (g): what came in time for the part, which was never wider than the credit, came in time for
    /// the credit.
    function _lateForPart(PresentationKey calldata key, PresentationWord word, uint8 late)
        private
        view
        returns (uint8)
    {
        if (late == 0) return 0;
        (, CreditWord part) = _credit(key.creditId, 0);
        return ExaminationClocks.lateFlag(calendar, registry, key.examiner, word, part);
    }

    /// @dev What is to be said of the demand on the bank that receives, beside its lateness.
    function _flags(PresentationKey calldata key, PresentationWord word, CreditWord numbers, Lodging memory lodging)
        private
        view
        returns (uint8)
    {
        bool counted = lodging.payPresenter;
        if (!word.has(PresentationMarks.SCHEDULED)) return Demands.amounts(numbers, lodging.amount, counted);
        Drawing memory drawing = Demands.drawingOf(key, word);
        (drawing.bank, drawing.amount) = (lodging.key.examiner, lodging.amount);
        ICreditSchedules timetable = presentations.timetable();
        return Demands.judged(timetable, calendar, registry, drawing, word, key.examiner, counted);
    }

    /// @dev Others are still asked after a refusal, not once something is owed or the documents go back.
    function _requireUndecided(bytes32 presentationId, PresentationWord word) private pure {
        PresentationState actual = word.state();
        if (actual != PresentationState.Refused && actual != PresentationState.Lodged) {
            revert IPresentations.WrongPresentationState(presentationId, actual, PresentationState.Lodged);
        }
    }

    function _requireNew(bytes32 presentationId) private view {
        if (PresentationWord.unwrap(_wordOf(presentationId)) != 0) {
            revert IPresentations.PresentationExists(presentationId);
        }
    }

    /// @dev What every act of an examining bank needs.
    function _ofExaminer(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.EXAMINE);
        (presentationId, word) = _existing(key);
        if (memberId != key.examiner) revert IPresentations.NotExaminer(presentationId, memberId);
    }

    function _existing(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        presentationId = _idOf(key);
        word = _wordOf(presentationId);
        if (PresentationWord.unwrap(word) == 0) revert IPresentations.UnknownPresentation(presentationId);
    }

    function _wordOf(bytes32 presentationId) private view returns (PresentationWord) {
        return PresentationWord.wrap(presentations.asWord(presentationId));
    }

    function _idOf(PresentationKey memory key) private pure returns (bytes32) {
        return keccak256(abi.encode(key));
    }

    /// @dev The numbers are those that bind the bank.
    function _credit(bytes32 creditId, uint32 bank) private view returns (PartiesWord, CreditWord) {
        (uint256 parties, uint256 numbers) = credits.bindingWords(creditId, bank);
        return (PartiesWord.wrap(parties), CreditWord.wrap(numbers));
    }
}

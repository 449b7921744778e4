// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Maturities} from "contracts/libraries/Maturities.sol";
import {ObligationWord, ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord, PresentationWords} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {ICreditTransfers, Onward} from "interfaces/ICreditTransfers.sol";
import {Availability, ILetterOfCredit, MaturityFrom} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations, Obligation, ObligationKind, ObligationState} from "interfaces/IPaymentObligations.sol";
import {
    Disposal,
    IPresentations,
    PresenterInstruction,
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

    /// @inheritdoc IPresentations
    ICreditTransfers public immutable transfers;

    /* STORAGE */

    mapping(bytes32 presentationId => PresentationWord) private _presentations;

    /// @inheritdoc IPresentations
    mapping(bytes32 presentationId => bytes32 forwardedId) public forwardedAs;

    /// @dev Of what was presented under a part and forwarded from there.
    mapping(bytes32 forwardedId => PresentationKey) private _origins;
    /// @inheritdoc IPresentations
    mapping(bytes32 presentationId => uint256 amendments) public amendmentsPresentedOn;

    /// @inheritdoc IPresentations
    mapping(bytes32 presentationId => bool accepted) public acceptanceOutOfHours;

    mapping(bytes32 creditId => mapping(uint32 presenter => bool)) private _mandates;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param obligations_ The obligations.
    /// @param transfers_ The transfers of credits.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPaymentObligations obligations_,
        ICreditTransfers transfers_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        obligations = obligations_;
        transfers = transfers_;
    }

    /* LODGING */

    /// @inheritdoc IPresentations
    function recordMandate(bytes32 creditId, uint32 presenter, bytes32 mandate) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
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
        uint8 marks = key.examiner == parties.issuingBank() ? 0 : _marksOf(key, parties, numbers);
        presentationId = presentationIdOf(key);
        _requireNew(presentationId);

        Clock memory clock = _clock(key.examiner, block.timestamp);
        uint8 flags = _amountFlags(numbers, lodging.amount);
        if (numbers.isLate(clock, lodging.shipped)) flags |= PresentationFlags.LATE;
        if (!numbers.isIssued()) {
            flags |= PresentationFlags.NOT_IN_FORCE;
            marks |= PresentationMarks.UNBOUND;
        }

        _presentations[presentationId] = PresentationWords.lodged(lodging, clock, payee, flags, marks);
        emit DocumentsLodged(
            presentationId, key.creditId, key.examiner, lodging, payee, uint40(block.timestamp), clock.deadline, flags
        );
        if (numbers.has(CreditWords.PART)) _openUnderPart(key, presentationId, parties, numbers);
    }

    /// @inheritdoc IPresentations
    function fixDeadline(PresentationKey calldata key) external {
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        _requireLodged(presentationId, word);
        if (word.deadline() != 0) revert DeadlineFixedAlready(presentationId, word.deadline());
        Clock memory clock = _clock(key.examiner, word.received());
        word = _clocked(key, word, clock, clock.deadline);

        _presentations[presentationId] = word;
        emit DeadlineFixed(presentationId, clock.deadline, word.flags());
    }

    /// @inheritdoc IPresentations
    function forward(PresentationKey calldata key, uint32 to, uint8 number, bytes32 schedule)
        external
        returns (bytes32 forwardedId)
    {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        bool honoured = _forwards(presentationId, word);
        Onward memory onward = Onward({
            creditId: key.creditId,
            amount: honoured ? _owed(presentationId, key.examiner, word.payee()) : word.amount(),
            payee: honoured ? key.examiner : word.payee(),
            flags: 0
        });
        if (word.isUnderPart()) {
            onward = transfers.onwardOf(presentationId, key.creditId, onward.amount, onward.payee, honoured, to);
        }
        return
            _forward(key, word, PresentationKey(onward.creditId, to, key.examiner, number), onward, honoured, schedule);
    }

    /// @inheritdoc IPresentations
    function forwardFor(PresentationKey calldata key, uint32 to, uint8 number, Onward calldata onward, bytes32 schedule)
        external
        returns (bytes32 forwardedId)
    {
        _requireTransfers();
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        bool honoured = _forwards(presentationId, word);
        return
            _forward(key, word, PresentationKey(onward.creditId, to, key.presenter, number), onward, honoured, schedule);
    }

    /// @inheritdoc IPresentations
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
        onwardId = keccak256(abi.encode(lodging.key));
        if (before == 0) _requireNew(onwardId);
        else if (before != onwardId) revert ForwardedAlready(presentationId, before);

        forwardedAs[presentationId] = onwardId;
        emit UnpaidDrawingTaken(presentationId, onwardId, memberId, documents);
        lodging.amount = obligations.follow(
            ObligationWords.idOf(presentationId, key.examiner, word.payee()),
            ObligationWords.idOf(onwardId, to, presenter),
            memberId
        );
        if (before == 0) _lodgeOnward(key, word, lodging, onwardId, presenter, 0);
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
    function askForWaiver(PresentationKey calldata key, bytes32 request) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        (PartiesWord parties,) = _credit(key.creditId, 0);
        if (key.examiner != parties.issuingBank()) revert ILetterOfCredit.NotIssuingBank(key.creditId, key.examiner);
        _requireUndecided(presentationId, word);

        emit WaiverAsked(presentationId, key.examiner, request);
    }

    /// @inheritdoc IPresentations
    function askForAuthority(PresentationKey calldata key, bytes32 request) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        (PartiesWord parties,) = _credit(key.creditId, 0);
        if (key.examiner == parties.issuingBank()) revert NoBankBehind(presentationId, key.examiner);
        _requireUndecided(presentationId, word);

        emit AuthorityAsked(presentationId, key.examiner, request);
    }

    /// @inheritdoc IPresentations
    function refuse(PresentationKey calldata key, uint256 discrepancies, Disposal disposal, bytes32 notice) external {
        (bytes32 presentationId, PresentationWord word) = _examinable(key);
        if (word.isOver()) revert DeadlinePassed(presentationId, word.deadline(), block.timestamp);
        if (discrepancies == 0) revert NoDiscrepancyStated(presentationId);
        if (discrepancies & ~KNOWN_DISCREPANCIES != 0) revert UnknownDiscrepancies(discrepancies, KNOWN_DISCREPANCIES);
        if (!_isOpen(disposal, key, word)) revert DisposalNotOpen(presentationId, disposal);

        _presentations[presentationId] = word.inState(PresentationState.Refused).withDisposal(disposal);
        emit DocumentsRefused(presentationId, key.creditId, key.examiner, discrepancies, disposal, notice);
    }

    /// @inheritdoc IPresentations
    function instruct(PresentationKey calldata key, PresenterInstruction instruction, bytes32 message) external {
        (bytes32 presentationId, PresentationWord word) = _ofPresenter(key);
        PresentationState current = word.state();
        if (instruction == PresenterInstruction.Beforehand && current == PresentationState.Lodged) {
            word = word.with(PresentationMarks.INSTRUCTED);
        } else if (instruction == PresenterInstruction.TakeUp && current == PresentationState.Refused) {
            word = word.with(PresentationMarks.TAKE_UP);
        } else if (instruction == PresenterInstruction.Return && current == PresentationState.Refused) {
            word = word.inState(PresentationState.ReturnDue);
        } else {
            revert InstructionNotOpen(presentationId, instruction, current);
        }

        _presentations[presentationId] = word;
        emit PresenterInstructed(presentationId, key.presenter, instruction, message);
    }

    /// @inheritdoc IPresentations
    function nameAmendments(PresentationKey calldata key, uint256 amendments) external {
        (bytes32 presentationId, PresentationWord word) = _ofPresenter(key);
        _requireLodged(presentationId, word);

        amendmentsPresentedOn[presentationId] |= amendments;
        emit AmendmentsNamed(presentationId, key.presenter, amendments);
    }

    /// @inheritdoc IPresentations
    function acceptOutOfHours(PresentationKey calldata key) external {
        (bytes32 presentationId, PresentationWord word) = _examinable(key);
        if (acceptanceOutOfHours[presentationId]) revert AcceptedAlready(presentationId);
        Clock memory clock = _acceptedClock(key.examiner, word.received());
        uint16 receiptDay = _clock(key.examiner, word.received()).receiptDay;
        if (clock.missing == 0 && clock.receiptDay == receiptDay) {
            revert ReceivedInHours(presentationId, word.received());
        }
        uint40 deadline = word.deadline();
        if (deadline == 0 || clock.deadline < deadline) deadline = clock.deadline;
        word = _clocked(key, word, clock, deadline);
        // Nobody makes itself late.
        if (block.timestamp > deadline) revert DeadlinePassed(presentationId, deadline, block.timestamp);

        acceptanceOutOfHours[presentationId] = true;
        _presentations[presentationId] = word;
        emit AcceptedOutOfHours(presentationId, clock.receiptDay, deadline, word.flags());
    }

    /// @inheritdoc IPresentations
    function recordReturn(PresentationKey calldata key, bytes32 dispatch) external {
        (bytes32 presentationId, PresentationWord word) = _ofExaminer(key);
        PresentationState current = word.state();
        bool cameBack = current == PresentationState.Forwarded && isUnsent(presentationId);
        if (current != PresentationState.Refused && current != PresentationState.ReturnDue && !cameBack) {
            revert WrongPresentationState(presentationId, current, PresentationState.Refused);
        }

        _presentations[presentationId] = word.inState(PresentationState.Returned);
        if (word.isUnderPart() && word.flags() & PresentationFlags.NOT_IN_FORCE == 0) transfers.closed(key.creditId);
        emit DocumentsReturned(presentationId, key.examiner, dispatch);
    }

    /// @inheritdoc IPresentations
    function claimPrecluded(PresentationKey calldata key) external returns (bytes32 obligationId) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        if (memberId != key.presenter && memberId != word.payee()) {
            (PartiesWord parties,) = _credit(key.creditId, 0);
            bytes32 owed = ObligationWords.idOf(presentationId, key.examiner, word.payee());
            (bytes32 originId,) = _origin(presentationId);
            bool isOther = memberId != _presentations[originId].payee() || word.has(PresentationMarks.COUNTED);
            if (memberId != parties.beneficiary() && isOther && memberId != obligations.currentCreditor(owed)) {
                revert NotPresenter(key.presenter, memberId);
            }
        }
        _requireLodged(presentationId, word);
        if (word.has(PresentationMarks.UNBOUND)) revert BankNotBound(presentationId, key.examiner);
        if (!word.isOver()) revert NotPrecluded(presentationId, word.deadline(), block.timestamp);

        _presentations[presentationId] = word.inState(PresentationState.Claimed);
        (uint64 amount, CreditWord numbers) = _drawnUpTo(key, presentationId, word);
        obligationId = _incur(key, presentationId, word, amount, numbers, ObligationKind.Preclusion, false);
        emit PreclusionClaimed(presentationId, key.creditId, memberId, amount, obligationId);
    }

    /* CALLED BY TRANSFERS */

    /// @inheritdoc IPresentations
    function oweDifference(PresentationKey calldata key, uint32 owner, bytes32 creditId, uint64 amount)
        external
        returns (bytes32 obligationId)
    {
        _requireTransfers();
        (bytes32 presentationId, PresentationWord word) = _existing(key);
        (, CreditWord numbers) = _credit(key.creditId, key.examiner);
        Obligation memory owed =
            obligations.obligation(obligations.obligationIdOf(presentationId, key.examiner, word.payee()));
        owed.owner = owner;
        owed.amount = amount;
        owed.kind = ObligationKind.Difference;
        owed.state = numbers.availability() == Availability.SightPayment
            ? ObligationState.Due
            : _undertaking(key, numbers, false);
        if (owed.maturity < block.timestamp) owed.maturity = uint40(block.timestamp);
        owed.recourse = false;
        owed.assigned = false;
        owed.stayedUntil = credits.stayOf(creditId);
        // Under a number of its own, as bank and creditor may be those of the other obligation.
        bytes32 differenceId = keccak256(abi.encode(presentationId, ObligationKind.Difference));
        return obligations.incur(differenceId, ObligationWord.unwrap(ObligationWords.pack(owed)));
    }

    /* VIEWS */

    /// @inheritdoc IPresentations
    function isUnsent(bytes32 presentationId) public view returns (bool) {
        bool isThere = _whereForwarded(presentationId) != 0;
        return !isThere;
    }

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
    function mandateOf(bytes32 creditId, uint32 presenter) external view returns (bool) {
        return _mandates[creditId][presenter];
    }

    /// @inheritdoc IPresentations
    function presentationIdOf(PresentationKey calldata key) public pure returns (bytes32 presentationId) {
        return keccak256(abi.encode(key));
    }

    /* INTERNALS: LODGING */

    /// @dev UCP 600 art. 38(k). What comes when the part is no more is open to nothing.
    function _openUnderPart(
        PresentationKey calldata key,
        bytes32 presentationId,
        PartiesWord parties,
        CreditWord numbers
    ) private {
        if (key.examiner != parties.nominatedBank()) {
            revert BankNotPermitted(key.creditId, key.examiner);
        }
        _presentations[presentationId] = _presentations[presentationId].with(PresentationMarks.TRANSFERRED);
        if (numbers.isIssued()) transfers.opened(key.creditId);
    }

    function _requireNew(bytes32 presentationId) private view {
        if (PresentationWord.unwrap(_presentations[presentationId]) != 0) revert PresentationExists(presentationId);
    }

    /// @dev UCP 600 art. 6(a), (d)(ii), 8(a): besides the issuing bank's place that of the bank that confirmed, of the
    /// nominated bank, and of any bank where the credit says so.
    function _marksOf(PresentationKey calldata key, PartiesWord parties, CreditWord numbers)
        private
        view
        returns (uint8)
    {
        uint32 bank = key.examiner;
        if (_confirms(parties, numbers, bank)) return 0;
        if (bank == 0 || bank != parties.nominatedBank()) {
            if (!numbers.has(CreditWords.ANY_BANK)) revert BankNotPermitted(key.creditId, bank);
            MemberKind kind = registry.member(bank).kind;
            if (kind != MemberKind.Bank && kind != MemberKind.CentralBank) revert BankNotPermitted(key.creditId, bank);
        }
        return PresentationMarks.UNBOUND;
    }

    function _amountFlags(CreditWord numbers, uint64 amount) private pure returns (uint8 flags) {
        if (amount > numbers.available()) flags = PresentationFlags.OVERDRAWN;
        if (amount == 0 || amount < numbers.least()) flags |= PresentationFlags.SHORT;
    }

    /// @dev The amounts of a drawing that is counted in what is drawn.
    function _countedFlags(CreditWord numbers, uint64 amount) private pure returns (uint8 flags) {
        if (numbers.drawn() > numbers.ceiling()) flags = PresentationFlags.OVERDRAWN;
        if (amount < numbers.least()) flags |= PresentationFlags.SHORT;
    }

    /// @dev Whether the bank that forwards has honoured or negotiated. A bank that has not confirmed may also send on what it
    /// has not decided on; one that is bound examines.
    function _forwards(bytes32 presentationId, PresentationWord word) private view returns (bool honoured) {
        PresentationState current = word.state();
        honoured = current == PresentationState.Complying || current == PresentationState.Waived
            || current == PresentationState.Claimed;
        bool unexamined = current == PresentationState.Forwarded
            || (current == PresentationState.Lodged && word.has(PresentationMarks.UNBOUND));
        if (!honoured && !unexamined) {
            revert WrongPresentationState(presentationId, current, PresentationState.Complying);
        }
        bytes32 before = _whereForwarded(presentationId);
        if (before != 0) revert ForwardedAlready(presentationId, before);
    }

    /// @dev 0 if the documents were not forwarded, or came back.
    function _whereForwarded(bytes32 presentationId) private view returns (bytes32 before) {
        before = forwardedAs[presentationId];
        if (before == 0) return 0;
        PresentationState there = _presentations[before].state();
        if (there == PresentationState.ReturnDue || there == PresentationState.Returned) return 0;
    }

    /// @dev Presents documents to the bank behind: those of a part under the credit that it was taken from.
    function _forward(
        PresentationKey calldata key,
        PresentationWord word,
        PresentationKey memory onwardKey,
        Onward memory onward,
        bool honoured,
        bytes32 schedule
    ) private returns (bytes32 forwardedId) {
        bytes32 presentationId = presentationIdOf(key);
        Lodging memory lodging = Lodging({
            key: onwardKey, amount: onward.amount, shipped: word.shipped(), payPresenter: honoured, documents: schedule
        });
        forwardedId = keccak256(abi.encode(onwardKey));
        _requireNew(forwardedId);

        forwardedAs[presentationId] = forwardedId;
        if (word.isUnderPart()) _origins[forwardedId] = key;
        if (!honoured) _presentations[presentationId] = word.inState(PresentationState.Forwarded);
        emit DocumentsForwarded(presentationId, forwardedId, onwardKey.examiner, honoured, schedule);
        _lodgeOnward(key, word, lodging, forwardedId, onward.payee, onward.flags);
    }

    /// @dev What a bank owes on its own decision.
    function _owed(bytes32 presentationId, uint32 debtor, uint32 owner) private view returns (uint64) {
        return obligations.obligation(ObligationWords.idOf(presentationId, debtor, owner)).amount;
    }

    /// @dev Puts on record what another bank receives.
    function _lodgeOnward(
        PresentationKey calldata key,
        PresentationWord word,
        Lodging memory lodging,
        bytes32 onwardId,
        uint32 payee,
        uint8 flags
    ) private {
        Presentation memory received;
        received.payee = payee;
        received.flags = flags;
        _receive(key, word, lodging, received);
        _presentations[onwardId] = PresentationWords.pack(received);
        emit DocumentsLodged(
            onwardId,
            lodging.key.creditId,
            lodging.key.examiner,
            lodging,
            payee,
            received.received,
            received.deadline,
            received.flags
        );
    }

    /// @dev The presentation that a bank receives from another, or from whom that left unpaid; payee and, of a part, the flags
    /// of the amounts are known.
    function _receive(
        PresentationKey calldata key,
        PresentationWord word,
        Lodging memory lodging,
        Presentation memory received
    ) private view {
        uint32 to = lodging.key.examiner;
        (PartiesWord parties, CreditWord numbers) = _credit(lodging.key.creditId, to);
        uint32 issuingBank = parties.issuingBank();
        if (key.examiner == issuingBank) revert NoBankBehind(keccak256(abi.encode(key)), issuingBank);
        if (
            to == key.examiner || to == lodging.key.presenter || (to != issuingBank && !_confirms(parties, numbers, to))
        ) {
            revert BankNotPermitted(lodging.key.creditId, to);
        }

        Clock memory clock = _clock(to, block.timestamp);
        received.amount = lodging.amount;
        received.received = uint40(block.timestamp);
        received.deadline = clock.deadline;
        received.shipped = lodging.shipped;
        received.receiptDay = lodging.payPresenter ? uint16(_sightDay(word)) : clock.receiptDay;
        received.state = PresentationState.Lodged;
        received.marks = PresentationMarks.FORWARDED;
        if (lodging.payPresenter) received.marks |= PresentationMarks.COUNTED;
        uint8 late = _lateFlag(key, word, numbers);
        // What was left unpaid under a part stays there.
        if (word.has(PresentationMarks.TRANSFERRED) && (!word.isUnderPart() || lodging.key.creditId != key.creditId)) {
            received.marks |= PresentationMarks.TRANSFERRED;
            late = _ofPart(key, word, numbers, received, late);
        } else if (lodging.payPresenter) {
            received.flags = _countedFlags(numbers, lodging.amount);
        } else {
            received.flags = _amountFlags(numbers, lodging.amount);
        }
        if (word.flags() & PresentationFlags.NOT_IN_FORCE != 0) {
            received.flags |= PresentationFlags.NOT_IN_FORCE;
            received.marks |= PresentationMarks.UNBOUND;
        }
        received.flags |= late;
    }

    /// @dev UCP 600 art. 38(f), (g): what came in time for the part, which was never wider than the credit, came in time for
    /// the credit. What was short for the bank before is short for the next.
    function _ofPart(
        PresentationKey calldata key,
        PresentationWord word,
        CreditWord numbers,
        Presentation memory received,
        uint8 late
    ) private view returns (uint8) {
        if (word.isUnderPart()) {
            if (late == 0) return 0;
            (, CreditWord part) = _credit(key.creditId, 0);
            return _lateFlag(key, word, part);
        }
        received.flags = word.flags() & PresentationFlags.SHORT;
        if (numbers.drawn() > numbers.ceiling()) received.flags |= PresentationFlags.OVERDRAWN;
        return late;
    }

    /// @dev Whether documents came too late to the bank that had them first, as the numbers have it.
    function _lateFlag(PresentationKey calldata key, PresentationWord word, CreditWord numbers)
        private
        view
        returns (uint8)
    {
        if (word.has(PresentationMarks.FORWARDED)) return word.flags() & PresentationFlags.LATE;
        bool late = numbers.isLate(_clock(key.examiner, word.received()), word.shipped());
        if (late && acceptanceOutOfHours[presentationIdOf(key)]) {
            late = numbers.isLate(_acceptedClock(key.examiner, word.received()), word.shipped());
        }
        return late ? PresentationFlags.LATE : 0;
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

        uint64 amount = word.amount();
        CreditWord numbers = _drawn(key, presentationId, word);
        obligationId = _incur(key, presentationId, word, amount, numbers, ObligationKind.Complying, recourse);
        emit FoundComplying(presentationId, key.creditId, key.examiner, amount, numbers.version(), obligationId);
    }

    /// @dev What the chain sees of a presentation against the numbers in force now.
    function _flagsNow(PresentationKey calldata key, PresentationWord word) private view returns (uint8) {
        (, CreditWord numbers) = _credit(key.creditId, key.examiner);
        bool counted = word.has(PresentationMarks.COUNTED);
        return word.flags() & PresentationFlags.NOT_IN_FORCE | _lateFlag(key, word, numbers)
            | (counted ? _countedFlags(numbers, word.amount()) : _amountFlags(numbers, word.amount()));
    }

    /// @dev What an act of the presenter alone needs.
    function _ofPresenter(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (presentationId, word) = _existing(key);
        if (memberId != key.presenter) revert NotPresenter(key.presenter, memberId);
    }

    /// @dev What every act of an examining bank needs.
    function _ofExaminer(PresentationKey calldata key)
        private
        view
        returns (bytes32 presentationId, PresentationWord word)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.EXAMINE);
        (presentationId, word) = _existing(key);
        if (memberId != key.examiner) revert NotExaminer(presentationId, memberId);
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

    /// @dev Others are still asked after a refusal, not once something is owed or the documents go back.
    function _requireUndecided(bytes32 presentationId, PresentationWord word) private pure {
        if (word.state() != PresentationState.Refused) _requireLodged(presentationId, word);
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

    function _confirms(PartiesWord parties, CreditWord numbers, uint32 bank) private pure returns (bool) {
        return numbers.has(CreditWords.CONFIRMED) && bank == parties.confirmingBank();
    }

    function _requireTransfers() private view {
        if (msg.sender != address(transfers)) revert ILetterOfCredit.NotTransfers(msg.sender);
    }

    function _clock(uint32 examiner, uint256 received) private view returns (Clock memory) {
        return calendar.clock(registry.calendarOfBranch(examiner), received, EXAMINATION_DAYS);
    }

    /// @dev Of what the bank took in out of hours on the day itself (UCP 600 art. 33).
    function _acceptedClock(uint32 examiner, uint256 received) private view returns (Clock memory) {
        return calendar.clockAsAccepted(registry.calendarOfBranch(examiner), received, EXAMINATION_DAYS);
    }

    /// @dev A presentation with the clock of its bank; lateness is that of the first receipt, and sight that of the bank that
    /// honoured or negotiated.
    function _clocked(PresentationKey calldata key, PresentationWord word, Clock memory clock, uint40 deadline)
        private
        view
        returns (PresentationWord)
    {
        if (clock.missing != 0) {
            revert IBankingCalendar.CalendarNotPublished(registry.calendarOfBranch(key.examiner), clock.missing - 1);
        }
        uint8 flags = word.flags();
        if (!word.has(PresentationMarks.FORWARDED)) {
            (, CreditWord numbers) = _credit(key.creditId, key.examiner);
            flags &= ~PresentationFlags.LATE;
            if (numbers.isLate(clock, word.shipped())) flags |= PresentationFlags.LATE;
        }
        uint16 receiptDay = word.has(PresentationMarks.COUNTED) ? word.receiptDay() : clock.receiptDay;
        return word.withClock(deadline, receiptDay).withFlags(flags);
    }

    /// @dev Counts a drawing of the whole demand, unless it is counted.
    function _drawn(PresentationKey calldata key, bytes32 presentationId, PresentationWord word)
        private
        returns (CreditWord numbers)
    {
        if (!word.has(PresentationMarks.COUNTED | PresentationMarks.TRANSFERRED) || word.isUnderPart()) {
            return CreditWord.wrap(credits.drawExactly(key.creditId, key.examiner, word.amount()));
        }
        if (!word.has(PresentationMarks.COUNTED)) {
            (bytes32 originId, bytes32 partId) = _origin(presentationId);
            (uint64 difference,) = transfers.countDifference(originId, partId, true);
            credits.drawExactly(partId, 0, word.amount() - difference);
        }
        (, numbers) = _credit(key.creditId, key.examiner);
    }

    /// @dev Counts a drawing of what is demanded and available, unless it is counted.
    function _drawnUpTo(PresentationKey calldata key, bytes32 presentationId, PresentationWord word)
        private
        returns (uint64 amount, CreditWord numbers)
    {
        amount = word.amount();
        if (!word.has(PresentationMarks.COUNTED | PresentationMarks.TRANSFERRED) || word.isUnderPart()) {
            uint256 found;
            (amount, found) = credits.drawUpTo(key.creditId, key.examiner, amount);
            return (amount, CreditWord.wrap(found));
        }
        if (!word.has(PresentationMarks.COUNTED)) {
            (bytes32 originId, bytes32 partId) = _origin(presentationId);
            (uint64 demanded, uint64 counted) = transfers.countDifference(originId, partId, false);
            (amount,) = credits.drawUpTo(partId, 0, amount - demanded);
            amount += counted;
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
        if (numbers.availability() == Availability.SightPayment) {
            (owed.state, owed.maturity) = (ObligationState.Due, uint40(block.timestamp));
        } else {
            owed.state = _undertaking(key, numbers, recourse);
            owed.maturity = _maturity(key, word, numbers);
        }
        if (recourse && owed.state != ObligationState.Negotiated) revert RecourseNotOpen(presentationId, key.examiner);
        if (numbers.has(CreditWords.STAYED)) owed.stayedUntil = credits.stayOf(key.creditId);
        obligationId = obligations.incur(presentationId, ObligationWord.unwrap(ObligationWords.pack(owed)));
        if (word.has(PresentationMarks.TRANSFERRED)) _settlePart(key, presentationId, word, amount, obligationId);
    }

    /// @dev UCP 600 art. 38(h): of what is owed to a first beneficiary that substituted, all but the difference is the
    /// second's.
    function _settlePart(
        PresentationKey calldata key,
        bytes32 presentationId,
        PresentationWord word,
        uint64 amount,
        bytes32 obligationId
    ) private {
        if (!word.has(PresentationMarks.FORWARDED)) {
            transfers.closed(key.creditId);
        } else if (!word.has(PresentationMarks.COUNTED)) {
            (bytes32 originId,) = _origin(presentationId);
            uint32 second = _presentations[originId].payee();
            (uint32 first, uint64 difference) = transfers.firstOf(originId);
            if (first != 0 && first != second) obligations.assignOnArising(obligationId, second, amount - difference);
        }
    }

    /// @dev The presentation under the part, and the part, of documents that came from there.
    function _origin(bytes32 presentationId) private view returns (bytes32 originId, bytes32 partId) {
        PresentationKey memory key = _origins[presentationId];
        return (keccak256(abi.encode(key)), key.creditId);
    }

    /// @dev UCP 600 art. 7(a), 8(a): what a bank undertakes under a credit that is not payable at sight.
    function _undertaking(PresentationKey calldata key, CreditWord numbers, bool recourse)
        private
        view
        returns (ObligationState)
    {
        Availability availability = numbers.availability();
        if (availability == Availability.DeferredPayment) return ObligationState.Incurred;
        if (availability == Availability.Acceptance) return ObligationState.Accepted;
        (PartiesWord parties,) = _credit(key.creditId, 0);
        bool confirms = _confirms(parties, numbers, key.examiner);
        if (_negotiates(parties, numbers, key.examiner, confirms) && !(recourse && confirms)) {
            return ObligationState.Negotiated;
        }
        return numbers.tenorFrom() == MaturityFrom.None ? ObligationState.Due : ObligationState.Incurred;
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
    function _maturity(PresentationKey calldata key, PresentationWord word, CreditWord numbers)
        private
        view
        returns (uint40)
    {
        MaturityFrom from = numbers.tenorFrom();
        if (from == MaturityFrom.None) return uint40(block.timestamp);
        uint256 sight = _sightDay(word);
        if (word.state() == PresentationState.Refused) {
            uint256 today = _clock(key.examiner, block.timestamp).receiptDay;
            sight = today != 0 ? today : block.timestamp / 1 days;
        }
        return uint40(Maturities.day(from, numbers.tenor(), sight, word.shipped()) * 1 days);
    }

    /// @dev The day of receipt; where no calendar tells it, that in UTC.
    function _sightDay(PresentationWord word) private pure returns (uint256) {
        uint256 day = word.receiptDay();
        return day != 0 ? day : word.received() / 1 days;
    }
}

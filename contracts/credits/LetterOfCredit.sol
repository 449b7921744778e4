// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {AmendmentWord, AmendmentWords} from "contracts/libraries/AmendmentWords.sol";
import {Amounts} from "contracts/libraries/Amounts.sol";
import {Beneficiaries} from "contracts/libraries/Beneficiaries.sol";
import {CreditSwitches} from "contracts/libraries/CreditSwitches.sol";
import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {Drawing, ICreditSchedules, Renewal, Schedule} from "interfaces/ICreditSchedules.sol";
import {ICreditTransfers} from "interfaces/ICreditTransfers.sol";
import {IEdition} from "interfaces/IDirectory.sol";
import {
    Amendment,
    AmendmentRecord,
    AmendmentState,
    Availability,
    Credit,
    CreditState,
    ILetterOfCredit,
    Issuance,
    MaturityFrom,
    PackedIssuance,
    PreAdvisedTerm
} from "interfaces/ILetterOfCredit.sol";
import {IPresentations} from "interfaces/IPresentations.sol";

/// @title Letters of credit: the credit itself, its amendments and what has been drawn under it.
/// @notice See ILetterOfCredit; the layouts are drawn in the libraries CreditWords and AmendmentWords.
contract LetterOfCredit is ILetterOfCredit, IEdition {
    using CreditWords for Issuance;
    using CreditWords for PackedIssuance;
    using AmendmentWords for Amendment;

    /* CONSTANTS */

    /// @dev The largest ISO 4217 number, percentage of field 39A and period of field 48.
    uint256 private constant LARGEST_CURRENCY = 999;
    uint256 private constant LARGEST_TOLERANCE = 99;
    uint256 private constant LARGEST_PERIOD = 999;

    /// @dev A day is over everywhere 36 hours after it began in UTC: the place of expiry may lie as far west as UTC-12.
    uint256 private constant DAY_OVER_EVERYWHERE = 36 hours;

    uint256 private constant LONGEST_STAY = 400 days;

    /// @dev A closed edition begins no record; what is on record runs to its end in it.
    uint8 private constant ANY_EDITION = 0;

    /* IMMUTABLES */

    /// @inheritdoc ILetterOfCredit
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ILetterOfCredit
    IBankingCalendar public immutable calendar;

    /// @inheritdoc ILetterOfCredit
    address public immutable presentations;

    /// @inheritdoc ILetterOfCredit
    ICreditTransfers public immutable transfers;

    /// @inheritdoc ILetterOfCredit
    ICreditSchedules public immutable timetable;

    /// @inheritdoc IEdition
    uint8 public immutable edition;

    /* STORAGE */

    struct Record {
        PartiesWord parties;
        CreditWord numbers;
        // The commitment to all terms in force: keccak256(abi.encode(the version before, the amendment's commitment)).
        bytes32 terms;
    }

    struct Change {
        AmendmentWord word;
        bytes32 terms;
    }

    /// @dev By what a confirming bank is bound that did not follow every amendment. Of the numbers the terms alone count;
    /// the amount beside them goes below zero where the bank follows decreases and not what was to be decreased.
    struct Undertaking {
        CreditWord numbers;
        int256 amount;
        bytes32 terms;
    }

    struct Stay {
        uint40 until;
        uint32 authority;
    }

    mapping(bytes32 creditId => Record) private _credits;

    /// @dev Those numbered up to the credit's count; what lies beyond is of a pre-advice and counts no more.
    mapping(bytes32 creditId => mapping(uint256 number => Change)) private _amendments;

    /// @dev While the credit is DIVERGED.
    mapping(bytes32 creditId => Undertaking) private _confirmed;

    /// @dev While the credit is STAYED.
    mapping(bytes32 creditId => Stay) private _stays;

    /// @dev Of a PART the credit that it was taken from.
    mapping(bytes32 partId => bytes32 creditId) private _wholes;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param presentations_ The contract that draws.
    /// @param transfers_ The contract that makes parts of credits.
    /// @param timetable_ What credits say of their amounts over time.
    /// @param edition_ By which the registry closes it to new credits.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        address presentations_,
        ICreditTransfers transfers_,
        ICreditSchedules timetable_,
        uint8 edition_
    ) {
        registry = registry_;
        calendar = calendar_;
        presentations = presentations_;
        transfers = transfers_;
        timetable = timetable_;
        edition = edition_;
    }

    /* ISSUE */

    /// @inheritdoc ILetterOfCredit
    function issue(Issuance memory issuance) external returns (bytes32 creditId) {
        return _issue(issuance, issuance.packParties(), issuance.pack(CreditState.Issued));
    }

    /// @inheritdoc ILetterOfCredit
    function issueBatch(PackedIssuance[] calldata batch) external {
        if (batch.length == 0) revert EmptyBatch();
        // One place in memory for all of them.
        Issuance memory issuance;
        for (uint256 i; i < batch.length; ++i) {
            PackedIssuance calldata packed = batch[i];
            if (!packed.isWellFormed()) revert BadPackedCredit(packed.parties, packed.numbers);
            PartiesWord parties = PartiesWord.wrap(packed.parties);
            CreditWord numbers = CreditWord.wrap(packed.numbers);
            issuance.fill(parties, numbers);
            issuance.bankReference = packed.bankReference;
            issuance.terms = packed.terms;
            _issue(issuance, parties, numbers.inState(CreditState.Issued));
        }
    }

    /// @inheritdoc ILetterOfCredit
    function preAdvise(Issuance memory issuance) external returns (bytes32 creditId) {
        uint32 issuingBank;
        (creditId, issuingBank) = _begin(issuance, issuance.packParties(), issuance.pack(CreditState.PreAdvised));
        emit CreditPreAdvised(creditId, issuingBank, issuance.beneficiary, issuance);
    }

    /// @inheritdoc ILetterOfCredit
    function issuePreAdvised(Issuance memory issuance) external returns (bytes32 creditId) {
        uint32 issuingBank = _acting(Roles.ISSUE);
        creditId = creditIdOf(issuingBank, issuance.bankReference);
        _issuePreAdvised(creditId, issuingBank, issuance, issuance.pack(CreditState.Issued));
        emit CreditIssued(creditId, issuingBank, issuance.beneficiary, issuance);
    }

    /// @inheritdoc ILetterOfCredit
    function issueScheduled(Issuance memory issuance, Schedule calldata schedule) external returns (bytes32 creditId) {
        uint32 issuingBank = _acting(Roles.ISSUE);
        creditId = creditIdOf(issuingBank, issuance.bankReference);
        CreditWord numbers = issuance.pack(CreditState.Issued).with(CreditWords.SCHEDULED);
        if (_credits[creditId].numbers.state() == CreditState.PreAdvised) {
            _issuePreAdvised(creditId, issuingBank, issuance, numbers);
            // What renews itself goes beyond what was pre-advised.
            if (schedule.renewal != Renewal.None) _trading(PartiesWord.unwrap(_credits[creditId].parties));
        } else {
            _begin(issuance, issuance.packParties(), numbers);
            _requireTenor(issuance, numbers);
        }
        emit CreditIssued(creditId, issuingBank, issuance.beneficiary, issuance);
        timetable.set(creditId, CreditWord.unwrap(numbers), schedule);
    }

    /* ADVICE AND CONFIRMATION */

    /// @inheritdoc ILetterOfCredit
    function advise(bytes32 creditId, bool apparentlyAuthentic) external {
        uint32 memberId = _acting(Roles.ADVISE);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        (uint256 advised, uint256 declined) = _advisable(creditId, record.parties, numbers, memberId);

        record.numbers = numbers.with(advised).without(declined);
        emit CreditAdvised(creditId, memberId, apparentlyAuthentic);
    }

    /// @inheritdoc ILetterOfCredit
    function declineAdvice(bytes32 creditId) external {
        uint32 memberId = _acting(Roles.ADVISE);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        (, uint256 declined) = _advisable(creditId, record.parties, numbers, memberId);
        if (numbers.has(declined)) revert AdviceDeclinedAlready(creditId, memberId);

        record.numbers = numbers.with(declined);
        emit AdviceDeclined(creditId, memberId);
    }

    /// @inheritdoc ILetterOfCredit
    function requestConfirmation(bytes32 creditId, uint32 bank) external {
        uint32 memberId = _trading(bank);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        PartiesWord parties = record.parties;
        _requireIssuingBank(creditId, parties, memberId);
        _requireWhole(creditId, numbers);
        _requireState(creditId, numbers, CreditState.Issued);
        uint32 named = parties.confirmingBank();
        if (numbers.has(CreditWords.CONFIRMED)) revert ConfirmedAlready(creditId, named);
        // An issuing bank that named itself waits for nobody.
        bool answered = numbers.has(CreditWords.CONFIRMATION_DECLINED) || named == 0 || named == memberId;
        if (!answered) revert ConfirmationPending(creditId, named);
        if (bank == 0 || bank == memberId) revert NotConfirmingBank(creditId, bank);

        record.parties = parties.confirmedBy(bank);
        record.numbers = numbers.without(CreditWords.CONFIRMATION_DECLINED);
        emit ConfirmationRequested(creditId, bank);
    }

    /// @inheritdoc ILetterOfCredit
    function confirm(bytes32 creditId) external {
        uint32 memberId = _trading(0);
        (Record storage record, CreditWord numbers) = _askedToConfirm(creditId, memberId);

        record.numbers = numbers.with(CreditWords.CONFIRMED);
        emit CreditConfirmed(creditId, memberId);
    }

    /// @inheritdoc ILetterOfCredit
    function declineConfirmation(bytes32 creditId) external {
        uint32 memberId = _acting(Roles.ISSUE);
        (Record storage record, CreditWord numbers) = _askedToConfirm(creditId, memberId);

        record.numbers = numbers.with(CreditWords.CONFIRMATION_DECLINED);
        emit ConfirmationDeclined(creditId, memberId);
    }

    /* AMENDMENTS */

    /// @inheritdoc ILetterOfCredit
    function amend(bytes32 creditId, Amendment memory amendment) external {
        uint32 memberId = _acting(Roles.ISSUE);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        _requireIssuingBank(creditId, record.parties, memberId);
        _requireWhole(creditId, numbers);
        AmendmentWord word = _proposed(creditId, numbers, amendment);
        if (_widens(numbers, _amended(numbers, word))) _trading(0);

        _propose(creditId, record, numbers, amendment, word);
        emit AmendmentIssued(creditId, amendment.number, amendment);
    }

    /// @inheritdoc ILetterOfCredit
    function extendConfirmation(bytes32 creditId, uint8 number) external {
        (uint32 memberId, Record storage record, CreditWord numbers, Change storage change) =
            _extendable(creditId, number);
        AmendmentWord word = change.word;
        CreditWord binding = _binding(creditId, record, numbers, memberId);
        if (_widens(binding, _amended(binding, word))) _trading(0);

        change.word = word.with(AmendmentWords.EXTENDED).without(AmendmentWords.EXTENSION_DECLINED);
        if (word.has(AmendmentWords.CANCELS)) {
            emit CancellationAgreed(creditId, number, memberId, 0);
            _cancelIfAgreed(creditId, number);
            return;
        }
        if (word.state() == AmendmentState.Accepted) {
            // The timetable calls nobody back.
            // slither-disable-start reentrancy-no-eth
            if (numbers.has(CreditWords.SCHEDULED)) timetable.takeUpLate(creditId, number, word.version());
            numbers = _followLate(creditId, numbers, change);
            // slither-disable-end reentrancy-no-eth
            record.numbers = numbers;
        }
        emit ConfirmationExtended(creditId, number, numbers.has(CreditWords.DIVERGED));
    }

    /// @inheritdoc ILetterOfCredit
    function declineExtension(bytes32 creditId, uint8 number) external {
        (,,, Change storage change) = _extendable(creditId, number);
        AmendmentWord word = change.word;
        if (word.has(AmendmentWords.EXTENSION_DECLINED)) revert ExtensionDeclinedAlready(creditId, number);

        change.word = word.with(AmendmentWords.EXTENSION_DECLINED);
        emit ExtensionDeclined(creditId, number);
    }

    /// @inheritdoc ILetterOfCredit
    function acceptAmendment(bytes32 creditId, uint8 number, bytes32 mandate) external {
        (uint32 memberId,, Change storage change) = _answerable(creditId, number, mandate);
        AmendmentWord word = change.word;
        if (!word.has(AmendmentWords.CANCELS)) {
            _accept(creditId, number, memberId, mandate);
            return;
        }

        change.word = word.inState(AmendmentState.Accepted);
        emit CancellationAgreed(creditId, number, memberId, mandate);
        _cancelIfAgreed(creditId, number);
    }

    /// @inheritdoc ILetterOfCredit
    function rejectAmendment(bytes32 creditId, uint8 number, bytes32 mandate) external {
        (uint32 memberId, CreditWord numbers, Change storage change) = _answerable(creditId, number, mandate);
        AmendmentWord word = change.word;

        change.word = word.inState(AmendmentState.Rejected);
        emit AmendmentRejected(creditId, number, memberId, mandate);
        if (!word.has(AmendmentWords.CANCELS)) _tellAnswered(creditId, number, numbers);
    }

    /// @inheritdoc ILetterOfCredit
    function acceptByPresentation(bytes32 creditId, uint256 amendments, uint256 named, bool carried) external {
        _requirePresentations();
        (Record storage record, CreditWord numbers) = _issued(creditId);
        for (uint256 number; amendments >> number != 0; ++number) {
            if (amendments >> number & 1 == 0) continue;
            AmendmentWord word = _change(creditId, numbers, uint8(number)).word;
            _requirePending(creditId, uint8(number), word);
            if (word.has(AmendmentWords.CANCELS)) revert ConsentNotExpress(creditId, uint8(number));
            if (named >> number & 1 == 0) _requireNoLoss(creditId, uint8(number), record.numbers, word, carried);
            _accept(creditId, uint8(number), 0, 0);
        }
    }

    /* PARTS */

    /// @inheritdoc ILetterOfCredit
    function carveOut(bytes32 creditId, bytes32 partId, uint64 share, uint256 parties, uint256 numbers, bytes32 terms)
        external
    {
        _requireTransfers();
        CreditWord part = CreditWord.wrap(numbers);
        _requireAhead(part.expiry());
        _take(creditId, share);

        if (part.has(CreditWords.STAYED)) _stays[partId] = _stays[creditId];
        _wholes[partId] = creditId;
        _credits[partId] = Record({parties: PartiesWord.wrap(parties), numbers: part, terms: terms});
    }

    /// @inheritdoc ILetterOfCredit
    function amendAsPart(bytes32 partId, Amendment memory amendment, uint64 share) external {
        _requireTransfers();
        (Record storage record, CreditWord numbers) = _existing(partId);
        AmendmentWord word = _proposed(partId, numbers, amendment);
        if (share != 0) _take(_wholes[partId], share);
        PartiesWord parties = record.parties;
        // A transferring bank that has confirmed follows what it passes on itself.
        if (numbers.has(CreditWords.CONFIRMED) && parties.confirmingBank() == parties.nominatedBank()) {
            word = word.with(AmendmentWords.EXTENDED);
        }

        _propose(partId, record, numbers, amendment, word);
    }

    /// @inheritdoc ILetterOfCredit
    function settleCancellation(bytes32 creditId, uint8 number) external {
        _requireTransfers();
        _cancelIfAgreed(creditId, number);
    }

    /// @inheritdoc ILetterOfCredit
    function returnPart(bytes32 partId, uint64 returned) external {
        _requireTransfers();
        (Record storage record, CreditWord numbers) = _existing(partId);

        record.numbers = numbers.inState(CreditState.Cancelled);
        _giveBack(partId, returned);
    }

    /* STAY OF PAYMENT */

    /// @inheritdoc ILetterOfCredit
    function stay(bytes32 creditId, uint40 until, bytes32 order) external {
        uint32 memberId = _acting(Roles.COURT);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        if (record.parties.includes(memberId)) revert PartyCannotStay(creditId, memberId);
        _requireState(creditId, numbers, CreditState.Issued);
        Stay memory current = _stays[creditId];
        if (block.timestamp <= current.until) _requireOwnStay(creditId, current, memberId);
        uint256 latest = block.timestamp + LONGEST_STAY;
        if (until <= block.timestamp || until > latest) revert StayOutOfBounds(until, latest);

        _stays[creditId] = Stay({until: until, authority: memberId});
        record.numbers = numbers.with(CreditWords.STAYED);
        emit PaymentStayed(creditId, memberId, until, order);
    }

    /// @inheritdoc ILetterOfCredit
    function liftStay(bytes32 creditId, bytes32 order) external {
        uint32 memberId = _acting(Roles.COURT);
        (Record storage record, CreditWord numbers) = _existing(creditId);
        Stay memory current = _stays[creditId];
        if (block.timestamp > current.until) revert NotStayed(creditId);
        _requireOwnStay(creditId, current, memberId);

        delete _stays[creditId];
        record.numbers = numbers.without(CreditWords.STAYED);
        emit StayLifted(creditId, memberId, order);
    }

    /* ASSIGNMENT OF PROCEEDS */

    /// @inheritdoc ILetterOfCredit
    function noteAssignment(bytes32 creditId) external {
        if (msg.sender != address(IPresentations(presentations).obligations())) {
            revert NotObligationsContract(msg.sender);
        }
        (Record storage record, CreditWord numbers) = _issued(creditId);

        record.numbers = numbers.with(CreditWords.ASSIGNED);
    }

    /* DRAWINGS */

    /// @inheritdoc ILetterOfCredit
    function drawExactly(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint256) {
        _requireDrawing();
        (Record storage record, CreditWord numbers) = _drawable(creditId);
        CreditWord binding = _binding(creditId, record, numbers, bank);
        uint64 available = binding.available();
        if (demanded > available) revert Overdrawn(creditId, demanded, available);

        record.numbers = numbers.draw(demanded);
        return CreditWord.unwrap(binding.draw(demanded));
    }

    /// @inheritdoc ILetterOfCredit
    function drawUpTo(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint64 amount, uint256) {
        _requireDrawing();
        (Record storage record, CreditWord numbers) = _drawable(creditId);
        CreditWord binding = _binding(creditId, record, numbers, bank);
        amount = binding.available();
        if (demanded < amount) amount = demanded;
        if (amount == 0) revert NothingToDraw(creditId);

        record.numbers = numbers.draw(amount);
        return (amount, CreditWord.unwrap(binding.draw(amount)));
    }

    /// @inheritdoc ILetterOfCredit
    function drawScheduled(Drawing calldata drawing, bool exactly) external returns (uint64 owed, uint256) {
        _requirePresentations();
        (Record storage record, CreditWord numbers) = _drawable(drawing.creditId);
        CreditWord binding = _binding(drawing.creditId, record, numbers, drawing.bank);
        bool own = numbers.isOwn(record.parties, drawing.bank);
        owed = timetable.draw(drawing, CreditWord.unwrap(binding), own, exactly);

        record.numbers = numbers.draw(owed);
        return (owed, CreditWord.unwrap(binding.draw(owed)));
    }

    /* VIEWS */

    /// @inheritdoc ILetterOfCredit
    function bindingWords(bytes32 creditId, uint32 bank) external view returns (uint256, uint256) {
        (Record storage record, CreditWord numbers) = _existing(creditId);
        return (PartiesWord.unwrap(record.parties), CreditWord.unwrap(_binding(creditId, record, numbers, bank)));
    }

    /// @inheritdoc ILetterOfCredit
    function stayOf(bytes32 creditId) external view returns (uint40 until) {
        return _stays[creditId].until;
    }

    /// @inheritdoc ILetterOfCredit
    function credit(bytes32 creditId) external view returns (Credit memory) {
        return undertaking(creditId, 0);
    }

    /// @inheritdoc ILetterOfCredit
    function undertaking(bytes32 creditId, uint32 bank) public view returns (Credit memory) {
        (Record storage record, CreditWord numbers) = _existing(creditId);
        if (!numbers.isOwn(record.parties, bank)) return _shown(record.parties, numbers, record.terms);
        Undertaking storage own = _confirmed[creditId];
        return _shown(record.parties, numbers.withTermsOf(own.numbers), own.terms);
    }

    /// @inheritdoc ILetterOfCredit
    function stateOf(bytes32 creditId) external view returns (CreditState state) {
        Record storage record = _credits[creditId];
        CreditWord numbers = record.numbers;
        if (numbers.has(CreditWords.PART)) numbers = _asWhole(creditId, numbers);
        state = numbers.state();
        if (state == CreditState.Issued && _isExpired(record.parties, numbers)) return CreditState.Expired;
    }

    /// @inheritdoc ILetterOfCredit
    function amendmentOf(bytes32 creditId, uint8 number) external view returns (AmendmentRecord memory found) {
        (, CreditWord numbers) = _existing(creditId);
        Change storage change = _change(creditId, numbers, number);
        AmendmentWord word = change.word;
        found.state = word.state();
        if (found.state == AmendmentState.Pending && numbers.state() == CreditState.Cancelled) {
            found.state = AmendmentState.Lapsed;
        }
        found.extended = word.has(AmendmentWords.EXTENDED);
        found.extensionDeclined = word.has(AmendmentWords.EXTENSION_DECLINED);
        found.version = word.version();
        found.amendment = word.unpack(number, change.terms);
    }

    /// @inheritdoc ILetterOfCredit
    function creditIdOf(uint32 issuingBank, bytes16 bankReference) public pure returns (bytes32 creditId) {
        return Hashes.efficientKeccak256(bytes32(uint256(issuingBank)), bankReference);
    }

    /* INTERNALS: ISSUE */

    function _issue(Issuance memory issuance, PartiesWord parties, CreditWord numbers)
        private
        returns (bytes32 creditId)
    {
        uint32 issuingBank;
        (creditId, issuingBank) = _begin(issuance, parties, numbers);
        _requireTenor(issuance);
        emit CreditIssued(creditId, issuingBank, issuance.beneficiary, issuance);
    }

    /// @dev UCP 600 art. 11(b). What goes beyond the pre-advice is new business.
    function _issuePreAdvised(bytes32 creditId, uint32 issuingBank, Issuance memory issuance, CreditWord numbers)
        private
    {
        (Record storage record, CreditWord before) = _existing(creditId);
        _requireState(creditId, before, CreditState.PreAdvised);
        _requireSound(issuance);
        _requireTenor(issuance, numbers);
        PartiesWord parties = issuance.packParties().issuedBy(issuingBank);
        _requireAsPreAdvised(creditId, record.parties, parties);
        _requireAsPreAdvised(creditId, before, numbers);
        bool same = PartiesWord.unwrap(parties) == PartiesWord.unwrap(record.parties);
        if (!same || _widens(before, numbers)) _trading(PartiesWord.unwrap(parties));

        record.parties = parties;
        record.numbers = numbers;
        record.terms = issuance.terms;
    }

    /// @dev Puts a new credit on record, in the words that are those of the issuance. Its usance is for who calls: a
    /// pre-advice may leave it open (field 41a alone tells of it).
    function _begin(Issuance memory issuance, PartiesWord parties, CreditWord numbers)
        private
        returns (bytes32 creditId, uint32 issuingBank)
    {
        issuingBank = registry.tradingMember(msg.sender, Roles.ISSUE, PartiesWord.unwrap(parties), edition);
        _requireSound(issuance);
        creditId = creditIdOf(issuingBank, issuance.bankReference);
        Record storage record = _credits[creditId];
        if (PartiesWord.unwrap(record.parties) != 0) revert CreditExists(creditId);

        record.parties = parties.issuedBy(issuingBank);
        record.numbers = numbers;
        record.terms = issuance.terms;
    }

    function _requireSound(Issuance memory issuance) private view {
        if (issuance.bankReference == 0) revert MissingReference();
        _requireTolerances(issuance.plusTolerance, issuance.minusTolerance);
        if (issuance.amount == 0 || Amounts.ceiling(issuance.amount, issuance.plusTolerance) > type(uint64).max) {
            revert BadAmount(issuance.amount, issuance.plusTolerance);
        }
        if (issuance.currency == 0 || issuance.currency > LARGEST_CURRENCY) revert BadCurrency(issuance.currency);
        _requirePeriod(issuance.presentationPeriod);
        _requireAhead(issuance.expiry);
        if (issuance.availability == Availability.None) revert AvailabilityNotCarried(Availability.None);
        if (issuance.switches & ~CreditSwitches.KNOWN != 0) {
            revert UnknownSwitches(issuance.switches, CreditSwitches.KNOWN);
        }
        if (issuance.terms == 0) revert MissingTerms();
    }

    function _requireTenor(Issuance memory issuance) private pure {
        Availability availability = issuance.availability;
        if (issuance.tenor == 0 && issuance.tenorFrom == MaturityFrom.None) {
            if (availability == Availability.SightPayment || availability == Availability.Negotiation) return;
        } else if (issuance.tenor != 0 && issuance.tenorFrom != MaturityFrom.None) {
            if (availability != Availability.SightPayment && availability != Availability.Mixed) return;
        }
        if (availability == Availability.Mixed) revert AvailabilityNotCarried(availability);
        revert BadTenor(availability, issuance.tenor, issuance.tenorFrom);
    }

    /// @dev The same where slices may have the tenors.
    function _requireTenor(Issuance memory issuance, CreditWord numbers) private pure {
        if (issuance.availability != Availability.Mixed || !numbers.has(CreditWords.SCHEDULED)) {
            _requireTenor(issuance);
        } else if (issuance.tenor != 0 || issuance.tenorFrom != MaturityFrom.None) {
            revert BadTenor(issuance.availability, issuance.tenor, issuance.tenorFrom);
        }
    }

    function _requireTolerances(uint8 plusTolerance, uint8 minusTolerance) private pure {
        if (plusTolerance > LARGEST_TOLERANCE || minusTolerance > LARGEST_TOLERANCE) {
            revert BadTolerance(plusTolerance, minusTolerance);
        }
    }

    function _requirePeriod(uint16 period) private pure {
        if (period > LARGEST_PERIOD) revert BadPeriod(period);
    }

    function _requireAhead(uint16 expiry) private view {
        uint256 over;
        // 16 and 17 bits.
        unchecked {
            over = uint256(expiry) * 1 days + DAY_OVER_EVERYWHERE;
        }
        if (block.timestamp >= over) revert ExpiryPassed(expiry, block.timestamp);
    }

    /// @dev UCP 600 art. 11(b): not inconsistent with the pre-advice.
    function _requireAsPreAdvised(bytes32 creditId, PartiesWord before, PartiesWord parties) private pure {
        if (parties.beneficiary() != before.beneficiary()) {
            revert ContradictsPreAdvice(creditId, PreAdvisedTerm.Beneficiary);
        }
        if (parties.advisingBank() != before.advisingBank()) {
            revert ContradictsPreAdvice(creditId, PreAdvisedTerm.AdvisingBank);
        }
    }

    function _requireAsPreAdvised(bytes32 creditId, CreditWord before, CreditWord numbers) private pure {
        if (numbers.currency() != before.currency()) revert ContradictsPreAdvice(creditId, PreAdvisedTerm.Currency);
        if (numbers.availability() != before.availability()) {
            revert ContradictsPreAdvice(creditId, PreAdvisedTerm.Availability);
        }
        if (numbers.amount() < before.amount()) revert ContradictsPreAdvice(creditId, PreAdvisedTerm.Amount);
        if (numbers.expiry() < before.expiry()) revert ContradictsPreAdvice(creditId, PreAdvisedTerm.Expiry);
    }

    /* INTERNALS: ADVICE AND CONFIRMATION */

    /// @dev What a bank needs that advises or declines to; answers with its flags.
    function _advisable(bytes32 creditId, PartiesWord parties, CreditWord numbers, uint32 memberId)
        private
        pure
        returns (uint256 advised, uint256 declined)
    {
        if (memberId == parties.advisingBank()) {
            (advised, declined) = (CreditWords.ADVISED, CreditWords.ADVICE_DECLINED);
        } else if (memberId == parties.secondAdvisingBank() && numbers.has(CreditWords.ADVISED)) {
            (advised, declined) = (CreditWords.SECOND_ADVISED, CreditWords.SECOND_ADVICE_DECLINED);
        } else {
            revert NotAdvisingBank(creditId, memberId);
        }
        _requireState(creditId, numbers, CreditState.Issued);
        if (numbers.has(advised)) revert AdvisedAlready(creditId, memberId);
    }

    /// @dev What a bank needs that decides on its confirmation.
    function _askedToConfirm(bytes32 creditId, uint32 memberId)
        private
        view
        returns (Record storage record, CreditWord numbers)
    {
        (record, numbers) = _existing(creditId);
        PartiesWord parties = record.parties;
        if (memberId != parties.confirmingBank() || memberId == parties.issuingBank()) {
            revert NotConfirmingBank(creditId, memberId);
        }
        _requireState(creditId, numbers, CreditState.Issued);
        if (numbers.has(CreditWords.CONFIRMED)) revert ConfirmedAlready(creditId, memberId);
        if (numbers.has(CreditWords.CONFIRMATION_DECLINED)) revert ConfirmationDeclinedAlready(creditId, memberId);
    }

    /* INTERNALS: AMENDMENTS */

    /// @dev What every amendment needs, whoever issues it.
    function _proposed(bytes32 creditId, CreditWord numbers, Amendment memory amendment)
        private
        view
        returns (AmendmentWord)
    {
        _requireAmendable(creditId, numbers, amendment.cancels);
        _requireNext(creditId, numbers, amendment.number);
        _requireSound(creditId, amendment);
        return amendment.pack();
    }

    function _propose(
        bytes32 creditId,
        Record storage record,
        CreditWord numbers,
        Amendment memory amendment,
        AmendmentWord word
    ) private {
        record.numbers = numbers.withAmendment();
        _amendments[creditId][amendment.number] = Change({word: word, terms: amendment.terms});
    }

    function _requireAmendable(bytes32 creditId, CreditWord numbers, bool cancels) private pure {
        if (!cancels || numbers.state() != CreditState.PreAdvised) {
            _requireState(creditId, numbers, CreditState.Issued);
        }
    }

    function _requireNext(bytes32 creditId, CreditWord numbers, uint8 number) private pure {
        uint16 expected = uint16(numbers.amendments()) + 1;
        if (number != expected) revert AmendmentOutOfOrder(creditId, number, expected);
    }

    function _requireSound(bytes32 creditId, Amendment memory amendment) private view {
        _requireTolerances(amendment.plusTolerance, amendment.minusTolerance);
        _requirePeriod(amendment.presentationPeriod);
        if (amendment.expiry != 0) _requireAhead(amendment.expiry);
        if (amendment.isContradictory()) revert ContradictoryAmendment(creditId, amendment.number);
        if (amendment.terms == 0) revert MissingTerms();
    }

    function _change(bytes32 creditId, CreditWord numbers, uint8 number) private view returns (Change storage) {
        if (number == 0 || number > numbers.amendments()) revert UnknownAmendment(creditId, number);
        return _amendments[creditId][number];
    }

    function _requirePending(bytes32 creditId, uint8 number, AmendmentWord word) private pure {
        AmendmentState actual = word.state();
        if (actual != AmendmentState.Pending) {
            revert WrongAmendmentState(creditId, number, actual, AmendmentState.Pending);
        }
    }

    /// @dev What an answer of the beneficiary needs: the caller gives it, and it has not been given.
    function _answerable(bytes32 creditId, uint8 number, bytes32 mandate)
        private
        view
        returns (uint32 memberId, CreditWord numbers, Change storage change)
    {
        memberId = _acting(Roles.ACCEPT);
        Record storage record;
        (record, numbers) = _existing(creditId);
        change = _change(creditId, numbers, number);
        Beneficiaries.requireActing(creditId, record.parties, memberId, mandate);
        if (numbers.state() != CreditState.PreAdvised) _requireState(creditId, numbers, CreditState.Issued);
        _requirePending(creditId, number, change.word);
    }

    /// @dev What a statement of the confirming bank needs: the caller has confirmed, and the amendment is not covered.
    function _extendable(bytes32 creditId, uint8 number)
        private
        view
        returns (uint32 memberId, Record storage record, CreditWord numbers, Change storage change)
    {
        memberId = _acting(Roles.ISSUE);
        (record, numbers) = _existing(creditId);
        change = _change(creditId, numbers, number);
        if (memberId != record.parties.confirmingBank() || !numbers.has(CreditWords.CONFIRMED)) {
            revert NotConfirmingBank(creditId, memberId);
        }
        _requireState(creditId, numbers, CreditState.Issued);
        AmendmentWord word = change.word;
        if (word.state() == AmendmentState.Rejected) {
            revert WrongAmendmentState(creditId, number, AmendmentState.Rejected, AmendmentState.Pending);
        }
        if (word.has(AmendmentWords.EXTENDED)) revert ExtendedAlready(creditId, number);
    }

    /// @dev UCP 600 art. 10(c): documents that do without an amendment do not accept it to the beneficiary's loss. New
    /// instalments may take as well as give.
    function _requireNoLoss(bytes32 creditId, uint8 number, CreditWord before, AmendmentWord word, bool carried)
        private
        view
    {
        CreditWord numbers = _amended(before, word);
        bool replaces = before.has(CreditWords.SCHEDULED) && timetable.replaces(creditId, number);
        bool takes = replaces || before.reducedBy(numbers);
        bool gives = replaces || numbers.reducedBy(before);
        if (takes && (carried || !gives)) revert AmendmentNotNamed(creditId, number);
    }

    /// @dev UCP 600 art. 10(b), (c): a pending amendment becomes part of the credit. A confirming bank that has not extended
    /// to it stays where it was.
    function _accept(bytes32 creditId, uint8 number, uint32 acceptedBy, bytes32 mandate) private {
        Record storage record = _credits[creditId];
        Change storage change = _amendments[creditId][number];
        AmendmentWord word = change.word;
        CreditWord before = record.numbers;
        CreditWord numbers = _amended(before, word);
        _requireAboveDrawings(creditId, before, numbers);

        if (!before.has(CreditWords.CONFIRMED)) {
            word = word.with(AmendmentWords.EXTENDED);
        } else if (!word.has(AmendmentWords.EXTENDED)) {
            if (!before.has(CreditWords.DIVERGED)) _diverge(creditId, before, record.terms);
            numbers = numbers.with(CreditWords.DIVERGED);
        } else if (before.has(CreditWords.DIVERGED)) {
            _follow(creditId, word, word.fieldsSet(), change.terms);
        }
        change.word = word.inState(AmendmentState.Accepted).withVersion(numbers.version());
        record.numbers = numbers;
        // The timetable calls nobody back.
        // slither-disable-start reentrancy-no-eth
        if (before.has(CreditWords.SCHEDULED)) {
            timetable.takeUp(creditId, number, numbers.version(), word.has(AmendmentWords.EXTENDED));
        }
        record.terms = _joined(record.terms, change.terms);
        // slither-disable-end reentrancy-no-eth
        emit AmendmentAccepted(
            creditId, number, acceptedBy, numbers.version(), record.terms, numbers.has(CreditWords.DIVERGED), mandate
        );
        _tellAnswered(creditId, number, before);
    }

    /// @dev UCP 600 art. 10(a), 38: with the consent of the beneficiary, of a bank that confirmed, and of every second
    /// beneficiary.
    function _cancelIfAgreed(bytes32 creditId, uint8 number) private {
        (Record storage record, CreditWord numbers) = _existing(creditId);
        AmendmentWord word = _amendments[creditId][number].word;
        if (word.state() != AmendmentState.Accepted) return;
        if (numbers.has(CreditWords.CONFIRMED) && !word.has(AmendmentWords.EXTENDED)) return;
        if (numbers.has(CreditWords.TRANSFERABLE) && !transfers.allAgreed(creditId, number)) return;

        record.numbers = numbers.inState(CreditState.Cancelled);
        emit CreditCancelled(creditId);
        if (numbers.has(CreditWords.PART)) _giveBack(creditId, transfers.end(creditId, numbers.drawn()));
    }

    /// @dev What a share held for an amendment of a part is free.
    function _tellAnswered(bytes32 creditId, uint8 number, CreditWord numbers) private {
        if (numbers.has(CreditWords.PART)) transfers.answered(creditId, number);
    }

    /// @dev What a part takes of its credit counts as drawn.
    function _take(bytes32 creditId, uint64 share) private {
        (Record storage record, CreditWord numbers) = _issued(creditId);
        uint64 available = numbers.available();
        if (share > available) revert Overdrawn(creditId, share, available);

        record.numbers = numbers.draw(share);
    }

    /// @dev What a part has left when it ends is the first beneficiary's again.
    function _giveBack(bytes32 partId, uint64 returned) private {
        Record storage whole = _credits[_wholes[partId]];
        whole.numbers = whole.numbers.giveBack(returned);
    }

    function _diverge(bytes32 creditId, CreditWord numbers, bytes32 terms) private {
        _confirmed[creditId] = Undertaking({numbers: numbers, amount: int256(uint256(numbers.amount())), terms: terms});
    }

    /// @dev Merges an accepted amendment into what binds the confirming bank.
    function _follow(bytes32 creditId, AmendmentWord word, uint256 fields, bytes32 terms)
        private
        returns (CreditWord numbers)
    {
        Undertaking storage own = _confirmed[creditId];
        int256 amount = own.amount + word.amountChange();
        numbers = _merged(own.numbers, word, fields, amount);
        own.numbers = numbers;
        own.amount = amount;
        own.terms = _joined(own.terms, terms);
    }

    /// @dev The same after others were accepted; once it follows all of them it is bound by what is in force again. Answers
    /// with the credit's numbers.
    function _followLate(bytes32 creditId, CreditWord numbers, Change storage change) private returns (CreditWord) {
        AmendmentWord word = change.word;
        uint256 fields = word.fieldsSet() & ~_fieldsSetAfter(creditId, word.version(), numbers.amendments());
        CreditWord own = _follow(creditId, word, fields, change.terms);
        if (own.version() != numbers.version()) return numbers;

        delete _confirmed[creditId];
        return numbers.without(CreditWords.DIVERGED);
    }

    /// @dev What amendments that bind the confirming bank have set since a version.
    function _fieldsSetAfter(bytes32 creditId, uint8 version, uint256 amendments)
        private
        view
        returns (uint256 fields)
    {
        for (uint256 number = 1; number <= amendments; ++number) {
            AmendmentWord word = _amendments[creditId][number].word;
            if (word.version() > version && word.has(AmendmentWords.EXTENDED)) fields |= word.fieldsSet();
        }
    }

    function _amended(CreditWord before, AmendmentWord word) private pure returns (CreditWord) {
        int256 amount = int256(uint256(before.amount())) + word.amountChange();
        return _merged(before, word, word.fieldsSet(), amount);
    }

    function _merged(CreditWord before, AmendmentWord word, uint256 fields, int256 amount)
        private
        pure
        returns (CreditWord numbers)
    {
        uint256 counted = amount > 0 ? uint256(amount) : 0;
        numbers = word.merged(before, fields, uint64(counted));
        if (Amounts.ceiling(uint128(counted), numbers.plusTolerance()) > type(uint64).max) {
            revert BadAmendedAmount(counted, numbers.plusTolerance());
        }
    }

    /// @dev A decrease leaves an amount, and what is drawn.
    function _requireAboveDrawings(bytes32 creditId, CreditWord before, CreditWord numbers) private view {
        if (numbers.amount() == 0) revert BadAmendedAmount(0, numbers.plusTolerance());
        uint64 ceiling = numbers.ceiling();
        if (ceiling >= before.ceiling()) return;
        if (before.has(CreditWords.SCHEDULED)) ceiling = timetable.most(creditId, ceiling);
        if (ceiling < numbers.drawn()) revert BelowDrawings(creditId, ceiling, numbers.drawn());
    }

    /// @dev Whether more may be drawn than before, or later: what makes an act new business.
    function _widens(CreditWord before, CreditWord numbers) private pure returns (bool) {
        return numbers.ceiling() > before.ceiling() || numbers.expiry() > before.expiry();
    }

    function _joined(bytes32 terms, bytes32 amendment) private pure returns (bytes32) {
        return keccak256(abi.encode(terms, amendment));
    }

    /* INTERNALS: RECORDS */

    function _existing(bytes32 creditId) private view returns (Record storage record, CreditWord numbers) {
        record = _credits[creditId];
        numbers = record.numbers;
        if (numbers.state() == CreditState.None) revert UnknownCredit(creditId);
        if (numbers.has(CreditWords.PART)) numbers = _asWhole(creditId, numbers);
    }

    /// @dev With the whole credit its parts are cancelled (UCP 600 art. 10(a), 38).
    function _asWhole(bytes32 partId, CreditWord numbers) private view returns (CreditWord) {
        bool cancelled = _credits[_wholes[partId]].numbers.state() == CreditState.Cancelled;
        return cancelled ? numbers.inState(CreditState.Cancelled) : numbers;
    }

    function _issued(bytes32 creditId) private view returns (Record storage record, CreditWord numbers) {
        record = _credits[creditId];
        numbers = record.numbers;
        if (numbers.state() == CreditState.Issued && !numbers.has(CreditWords.PART)) return (record, numbers);
        (record, numbers) = _existing(creditId);
        _requireState(creditId, numbers, CreditState.Issued);
    }

    /// @dev What was presented before a cancellation goes on (Presentations knows when).
    function _drawable(bytes32 creditId) private view returns (Record storage record, CreditWord numbers) {
        record = _credits[creditId];
        numbers = record.numbers;
        if (!numbers.isIssued() && numbers.state() != CreditState.Cancelled) _issued(creditId);
    }

    function _requireState(bytes32 creditId, CreditWord numbers, CreditState expected) private pure {
        CreditState actual = numbers.state();
        if (actual != expected) revert WrongCreditState(creditId, actual, expected);
    }

    function _requireIssuingBank(bytes32 creditId, PartiesWord parties, uint32 memberId) private pure {
        if (memberId != parties.issuingBank()) revert NotIssuingBank(creditId, memberId);
    }

    /// @dev Of a part the transferring bank alone passes amendments on, and its confirmation is that of its credit.
    function _requireWhole(bytes32 creditId, CreditWord numbers) private pure {
        if (numbers.has(CreditWords.PART)) revert TransferredPart(creditId);
    }

    function _requirePresentations() private view {
        if (msg.sender != presentations) revert NotPresentations(msg.sender);
    }

    function _requireDrawing() private view {
        if (msg.sender != presentations && msg.sender != address(transfers)) revert NotPresentations(msg.sender);
    }

    function _requireTransfers() private view {
        if (msg.sender != address(transfers)) revert NotTransfers(msg.sender);
    }

    function _acting(uint256 role) private view returns (uint32) {
        return registry.actingMemberOf(msg.sender, role);
    }

    function _trading(uint256 parties) private view returns (uint32) {
        return registry.tradingMember(msg.sender, Roles.ISSUE, parties, ANY_EDITION);
    }

    function _requireOwnStay(bytes32 creditId, Stay memory current, uint32 memberId) private pure {
        if (current.authority != memberId) revert StayedByAnother(creditId, current.authority, current.until);
    }

    /// @dev Reads the parties only where it matters.
    function _isOwn(Record storage record, CreditWord numbers, uint32 bank) private view returns (bool) {
        return numbers.has(CreditWords.DIVERGED) && bank == record.parties.confirmingBank();
    }

    /// @dev The numbers by which a bank is bound.
    function _binding(bytes32 creditId, Record storage record, CreditWord numbers, uint32 bank)
        private
        view
        returns (CreditWord)
    {
        if (!_isOwn(record, numbers, bank)) return numbers;
        return numbers.withTermsOf(_confirmed[creditId].numbers);
    }

    /// @dev UCP 600 art. 6(d), (e), 29(a): a presentation made now would come too late.
    function _isExpired(PartiesWord parties, CreditWord numbers) private view returns (bool) {
        uint32 bank = parties.nominatedBank();
        if (bank == 0 || numbers.has(CreditWords.ANY_BANK)) bank = parties.issuingBank();
        return numbers.isLate(calendar.clock(registry.calendarOfBranch(bank), block.timestamp, 1), 0);
    }

    function _shown(PartiesWord parties, CreditWord numbers, bytes32 terms) private pure returns (Credit memory found) {
        found.state = numbers.state();
        found.advised = numbers.has(CreditWords.ADVISED);
        found.secondAdvised = numbers.has(CreditWords.SECOND_ADVISED);
        found.adviceDeclined = numbers.has(CreditWords.ADVICE_DECLINED);
        found.secondAdviceDeclined = numbers.has(CreditWords.SECOND_ADVICE_DECLINED);
        found.confirmed = numbers.has(CreditWords.CONFIRMED);
        found.confirmationDeclined = numbers.has(CreditWords.CONFIRMATION_DECLINED);
        found.diverged = numbers.has(CreditWords.DIVERGED);
        found.stayed = numbers.has(CreditWords.STAYED);
        found.amendments = numbers.amendments();
        found.version = numbers.version();
        found.issuingBank = parties.issuingBank();
        found.drawn = numbers.drawn();
        found.part = numbers.has(CreditWords.PART);
        found.issuance.fill(parties, numbers);
        found.issuance.terms = terms;
    }
}

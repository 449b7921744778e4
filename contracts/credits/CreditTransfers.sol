// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Beneficiaries} from "contracts/libraries/Beneficiaries.sol";
import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord} from "contracts/libraries/PresentationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {TransferRules} from "contracts/libraries/TransferRules.sol";
import {IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {
    AmendmentPassing,
    ICreditTransfers,
    Onward,
    SubstitutionRecord,
    SubstitutionState,
    TransferRecord,
    TransferRequest,
    TransferredTerm,
    TransferState
} from "interfaces/ICreditTransfers.sol";
import {Amendment, AmendmentRecord, AmendmentState, CreditState, ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IDisposals} from "interfaces/IDisposals.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";

/// @title Transfers of a credit, in whole or in parts (UCP 600 art. 38).
/// @notice See ICreditTransfers.
contract CreditTransfers is ICreditTransfers {
    /* CONSTANTS */

    /// @dev UCP 600 art. 14(b), 16(d), of the first beneficiary's invoice.
    uint256 private constant EXAMINATION_DAYS = 5;

    /// @dev "First demand" has no length in UCP 600; a first beneficiary is asleep for a part of any day.
    uint256 private constant LEAST_ANSWER = 1 days;

    /// @dev Nor may a bank let a second beneficiary wait for ever for the first.
    uint256 private constant LONGEST_ANSWER = 30 days;

    /// @dev A part runs to its end where its credit was issued.
    uint8 private constant ANY_EDITION = 0;

    /* IMMUTABLES */

    /// @inheritdoc ICreditTransfers
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ICreditTransfers
    IBankingCalendar public immutable calendar;

    /// @inheritdoc ICreditTransfers
    ILetterOfCredit public immutable credits;

    /// @inheritdoc ICreditTransfers
    IPresentations public immutable presentations;

    /// @inheritdoc ICreditTransfers
    IForwarding public immutable forwardings;

    /// @inheritdoc ICreditTransfers
    IPaymentObligations public immutable obligations;

    /// @inheritdoc ICreditTransfers
    address public immutable disposals;

    /* STORAGE */

    mapping(bytes32 partId => TransferRecord) private _transfers;

    mapping(bytes32 presentationId => SubstitutionRecord) private _substitutions;

    /// @inheritdoc ICreditTransfers
    mapping(bytes32 creditId => uint8) public transfersOf;

    /// @inheritdoc ICreditTransfers
    mapping(bytes32 creditId => uint256 parts) public livingParts;

    /// @inheritdoc ICreditTransfers
    mapping(bytes32 creditId => uint32 bank) public authorisedBank;

    /// @dev Bit n for transfer n.
    mapping(bytes32 creditId => mapping(uint8 amendment => uint256 parts)) private _agreed;

    /// @dev Bit n for amendment n of the credit.
    mapping(bytes32 partId => uint256 amendments) private _approved;
    mapping(bytes32 partId => uint256 amendments) private _passed;

    mapping(bytes32 partId => mapping(uint8 amendment => uint64)) private _rises;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param presentations_ The presentations.
    /// @param forwardings_ The contract by which documents pass from bank to bank.
    /// @param obligations_ The obligations.
    /// @param disposals_ The contract that says what becomes of documents.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPresentations presentations_,
        IForwarding forwardings_,
        IPaymentObligations obligations_,
        address disposals_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        presentations = presentations_;
        forwardings = forwardings_;
        obligations = obligations_;
        disposals = disposals_;
    }

    /* TRANSFER */

    /// @inheritdoc ICreditTransfers
    function authoriseTransfer(bytes32 creditId, uint32 bank) external {
        uint32 memberId = registry.tradingMember(msg.sender, Roles.ISSUE, bank, ANY_EDITION);
        (PartiesWord parties, CreditWord numbers) = _credit(creditId);
        if (memberId != parties.issuingBank()) revert ILetterOfCredit.NotIssuingBank(creditId, memberId);
        _requireTransferable(creditId, numbers);
        if (!numbers.has(CreditWords.ANY_BANK)) revert NotAvailableWithAnyBank(creditId);
        MemberKind kind = registry.member(bank).kind;
        if (kind != MemberKind.Bank && kind != MemberKind.CentralBank) revert NotTransferringBank(creditId, bank);

        authorisedBank[creditId] = bank;
        emit TransferAuthorised(creditId, bank);
    }

    /// @inheritdoc ICreditTransfers
    function requestTransfer(TransferRequest calldata request, bytes32 mandate) external returns (bytes32 partId) {
        uint32 memberId = _acting(Roles.ACCEPT);
        bytes32 creditId = request.creditId;
        (PartiesWord parties, CreditWord numbers) = _credit(creditId);
        Beneficiaries.requireActing(creditId, parties, memberId, mandate);
        _requireTransferable(creditId, numbers);
        uint16 expected = uint16(transfersOf[creditId]) + 1;
        if (request.number != expected) revert TransferOutOfOrder(creditId, request.number, expected);
        _requireTransferringBank(creditId, parties, numbers, request.transferringBank);
        _requireReduced(creditId, numbers, request);
        if (request.terms == 0) revert ILetterOfCredit.MissingTerms();

        partId = partIdOf(creditId, request.number);
        transfersOf[creditId] = request.number;
        TransferRecord storage record = _transfers[partId];
        record.state = TransferState.Requested;
        record.request = request;
        emit TransferRequested(partId, creditId, memberId, request, mandate);
    }

    /// @inheritdoc ICreditTransfers
    function withdrawRequest(bytes32 partId, bytes32 mandate) external {
        TransferRecord storage record = _ofFirst(partId, Roles.ACCEPT, mandate);
        _requireState(partId, record, TransferState.Requested);

        record.state = TransferState.Withdrawn;
        emit TransferWithdrawn(partId, record.request.creditId);
    }

    /// @inheritdoc ICreditTransfers
    function declineTransfer(bytes32 partId) external {
        uint32 memberId = _acting(Roles.ISSUE);
        TransferRecord storage record = _ofBank(partId, memberId);
        _requireState(partId, record, TransferState.Requested);

        record.state = TransferState.Declined;
        emit TransferDeclined(partId, record.request.creditId, memberId);
    }

    /// @inheritdoc ICreditTransfers
    function transfer(bytes32 partId) external {
        TransferRequest memory request = _transfers[partId].request;
        uint32 memberId = registry.tradingMember(
            msg.sender, Roles.ISSUE, uint256(request.secondBeneficiary) << 32 | request.secondBank, ANY_EDITION
        );
        TransferRecord storage record = _ofBank(partId, memberId);
        _requireState(partId, record, TransferState.Requested);
        bytes32 creditId = request.creditId;
        (PartiesWord parties, CreditWord numbers) = _credit(creditId);
        _requireTransferable(creditId, numbers);
        _requireTransferringBank(creditId, parties, numbers, memberId);
        _requireReduced(creditId, numbers, request);
        if (numbers.has(CreditWords.DIVERGED)) _requireConfirmed(creditId, parties.confirmingBank(), request);
        uint256 living = livingParts[creditId];
        if (living != 0 && numbers.has(CreditWords.PARTIAL_FORBIDDEN)) revert PartialTransferForbidden(creditId);

        record.state = TransferState.Transferred;
        livingParts[creditId] = living | 1 << request.number;
        uint256 partParties = PartiesWord.unwrap(TransferRules.partiesOf(parties, numbers, request));
        uint256 part = CreditWord.unwrap(TransferRules.part(numbers, request));
        emit CreditTransferred(partId, creditId, memberId, partParties, part, request.share, request.terms);
        credits.carveOut(creditId, partId, request.share, partParties, part, request.terms);
    }

    /* AMENDMENTS AND ENDS */

    /// @inheritdoc ICreditTransfers
    function approvePassing(bytes32 partId, uint8 number, bytes32 mandate) external {
        TransferRecord storage record = _ofFirst(partId, Roles.ACCEPT, mandate);
        _requireState(partId, record, TransferState.Transferred);
        AmendmentPassing passing = record.request.passing;
        if (passing == AmendmentPassing.Never) revert AmendmentNotPassedOn(partId, number);
        bool approved = passing == AmendmentPassing.Always || _approved[partId] >> number & 1 != 0;
        if (approved) revert ApprovedAlready(partId, number);
        bytes32 creditId = record.request.creditId;
        // Asked for its refusal of a number that no amendment has.
        _amendment(creditId, number);

        _approved[partId] |= 1 << number;
        emit PassingApproved(partId, creditId, number);
    }

    /// @inheritdoc ICreditTransfers
    function passAmendment(bytes32 partId, uint8 from, Amendment calldata amendment, uint64 share) external {
        TransferRecord storage record = _ofBank(partId, _acting(Roles.ISSUE));
        _requireState(partId, record, TransferState.Transferred);
        bytes32 creditId = record.request.creditId;
        if (amendment.cancels) {
            if (share != 0) revert ShareWithoutUse(partId, share);
            emit AmendmentPassed(partId, creditId, 0, 0, amendment);
        } else {
            _requirePassable(partId, record, from, amendment);
            _passed[partId] |= 1 << from;
            _reserve(partId, record, amendment, share);
            emit AmendmentPassed(partId, creditId, from, share, amendment);
        }
        credits.amendAsPart(partId, amendment, share);
    }

    /// @inheritdoc ICreditTransfers
    function agreeToCancellation(bytes32 partId, uint8 number, bytes32 mandate) external {
        uint32 memberId = _acting(Roles.ACCEPT);
        TransferRecord storage record = _existing(partId);
        _requireState(partId, record, TransferState.Transferred);
        (PartiesWord parties, CreditWord part) = _credit(partId);
        Beneficiaries.requireActing(partId, parties, memberId, mandate);
        _requireIssued(partId, part);
        bytes32 creditId = record.request.creditId;
        AmendmentRecord memory proposed = _amendment(creditId, number);
        if (!proposed.amendment.cancels) revert NotACancellation(creditId, number);
        if (proposed.state != AmendmentState.Pending && proposed.state != AmendmentState.Accepted) {
            revert ILetterOfCredit.WrongAmendmentState(creditId, number, proposed.state, AmendmentState.Pending);
        }
        uint256 bit = 1 << record.request.number;
        if (_agreed[creditId][number] & bit != 0) revert CancellationAgreedAlready(partId, number);

        _agreed[creditId][number] |= bit;
        emit PartCancellationAgreed(partId, creditId, number, memberId, mandate);
        credits.settleCancellation(creditId, number);
    }

    /// @inheritdoc ICreditTransfers
    function reclaimShare(bytes32 partId, bytes32 mandate) external {
        TransferRecord storage record = _ofFirst(partId, Roles.ACCEPT, mandate);
        _requireState(partId, record, TransferState.Transferred);
        CreditState actual = credits.stateOf(partId);
        if (actual != CreditState.Expired && actual != CreditState.Cancelled) revert PartNotOver(partId);
        // What pended has lapsed with a part that was cancelled.
        bool pending = record.unanswered != 0 && actual == CreditState.Expired;
        if (record.open != 0 || pending) revert PartInUse(partId, record.open, record.unanswered);

        (, CreditWord part) = _credit(partId);
        credits.returnPart(partId, _end(partId, part.drawn()));
    }

    /* SUBSTITUTION */

    /// @inheritdoc ICreditTransfers
    function demandSubstitution(PresentationKey calldata key, uint40 answerBy, bytes32 demand) external {
        (uint32 memberId, bytes32 presentationId, SubstitutionRecord storage substitution) = _ofSender(key);
        SubstitutionState actual = substitution.state;
        // What is wrong with the invoice is for the bank to say, and once.
        bool cure = actual == SubstitutionState.Substituted && memberId == key.examiner && !substitution.cureDemanded;
        if (actual != SubstitutionState.None && !cure) {
            revert WrongSubstitutionState(presentationId, actual, SubstitutionState.None);
        }
        uint256 earliest = block.timestamp + LEAST_ANSWER;
        uint256 latest = block.timestamp + LONGEST_ANSWER;
        if (answerBy < earliest || answerBy > latest) {
            revert AnswerOutOfBounds(presentationId, answerBy, earliest, latest);
        }

        if (substitution.demandedAt == 0) substitution.demandedAt = uint40(block.timestamp);
        substitution.answerBy = answerBy;
        substitution.cureDemanded = cure;
        substitution.state = SubstitutionState.Demanded;
        emit SubstitutionDemanded(
            presentationId, key.creditId, memberId, substitution.demandedAt, answerBy, cure, demand
        );
    }

    /// @inheritdoc ICreditTransfers
    function substitute(PresentationKey calldata key, uint64 amount, bytes32 documents, bytes32 mandate) external {
        uint32 memberId = _acting(Roles.PRESENT);
        TransferRecord storage record = _existing(key.creditId);
        _requireForFirst(record, memberId, mandate);
        _requireKept(key.creditId, record);
        (bytes32 presentationId, PresentationWord word) = _here(key);
        SubstitutionRecord storage substitution = _substitutions[presentationId];
        SubstitutionState actual = substitution.state;
        if (actual != SubstitutionState.None && actual != SubstitutionState.Demanded) {
            revert WrongSubstitutionState(presentationId, actual, SubstitutionState.Demanded);
        }
        uint64 demanded = word.amount();
        uint256 most = uint256(demanded) + leftOf(key.creditId);
        if (amount < demanded || amount > most) revert InvoiceOutOfBounds(presentationId, amount, demanded, most);

        substitution.state = SubstitutionState.Substituted;
        substitution.substitutedAt = uint40(block.timestamp);
        substitution.payee = memberId;
        substitution.difference = amount - demanded;
        emit DocumentsSubstituted(presentationId, key.creditId, memberId, amount, documents, mandate);
    }

    /// @inheritdoc ICreditTransfers
    function takeUpSubstitution(PresentationKey calldata key) external returns (bytes32 obligationId) {
        uint32 memberId = _acting(Roles.EXAMINE);
        if (memberId != key.examiner) revert NotTransferringBank(key.creditId, memberId);
        return _takeUp(key);
    }

    /// @inheritdoc ICreditTransfers
    function claimDifference(PresentationKey calldata key) external returns (bytes32 obligationId) {
        uint32 memberId = _acting(Roles.PRESENT);
        bytes32 presentationId = _idOf(key);
        SubstitutionRecord storage substitution = _substitutions[presentationId];
        if (memberId != substitution.payee) revert ILetterOfCredit.NotForBeneficiary(key.creditId, memberId);
        Clock memory clock =
            calendar.clock(registry.calendarOfBranch(key.examiner), substitution.substitutedAt, EXAMINATION_DAYS);
        if (clock.deadline == 0 || block.timestamp <= clock.deadline) {
            revert DifferenceNotDue(presentationId, clock.deadline, block.timestamp);
        }
        return _takeUp(key);
    }

    /// @inheritdoc ICreditTransfers
    function recordFailure(PresentationKey calldata key, bytes32 statement) external {
        (uint32 memberId, bytes32 presentationId, SubstitutionRecord storage substitution) = _ofSender(key);
        SubstitutionState actual = substitution.state;
        bool uncured = actual == SubstitutionState.Substituted && memberId == key.examiner && substitution.cureDemanded;
        if (actual != SubstitutionState.Demanded && !uncured) {
            revert WrongSubstitutionState(presentationId, actual, SubstitutionState.Demanded);
        }
        if (!uncured && block.timestamp <= substitution.answerBy) {
            revert AnswerAwaited(presentationId, substitution.answerBy, block.timestamp);
        }

        substitution.state = SubstitutionState.Failed;
        emit SubstitutionFailed(presentationId, key.creditId, memberId, statement);
    }

    /// @inheritdoc ICreditTransfers
    function sendOn(PresentationKey calldata key, uint32 to, uint8 number, bytes32 schedule)
        external
        returns (bytes32 forwardedId)
    {
        uint32 memberId = _acting(Roles.PRESENT);
        _existing(key.creditId);
        (bytes32 presentationId, PresentationWord word) = _here(key);
        _requireIdle(key, presentationId, word, memberId);
        Onward memory onward = onwardOf(presentationId, key.creditId, word.amount(), word.payee(), false, to);
        return forwardings.forwardFor(key, to, number, onward, schedule);
    }

    /* CALLED BY PRESENTATIONS */

    /// @inheritdoc ICreditTransfers
    function opened(bytes32 partId, uint32 bank, bool inForce) external {
        _requirePresentations();
        TransferRecord storage record = _transfers[partId];
        if (bank != record.request.transferringBank) revert IPresentations.BankNotPermitted(partId, bank);
        // What comes when the part is no more is open to nothing.
        if (inForce) ++record.open;
    }

    /// @inheritdoc ICreditTransfers
    function drawInPart(bytes32 forwardedId, uint64 demanded, bool exactly) external returns (uint64 amount) {
        _requirePresentations();
        (bytes32 originId, bytes32 partId) = _origin(forwardedId);
        SubstitutionRecord storage substitution = _substitutions[originId];
        TransferRecord storage record = _transfers[partId];
        --record.open;
        uint64 difference;
        if (_isSubstituted(substitution.state)) {
            difference = substitution.difference;
            demanded -= difference;
            uint64 left = leftOf(partId);
            if (difference > left) {
                if (exactly) revert BeyondShare(partId, difference, left);
                difference = left;
            }
            substitution.difference = difference;
            record.differences += difference;
        }
        if (exactly) {
            credits.drawExactly(partId, 0, demanded);
            return demanded + difference;
        }
        (amount,) = credits.drawUpTo(partId, 0, demanded);
        return amount + difference;
    }

    /// @inheritdoc ICreditTransfers
    function incurred(bytes32 creditId, bytes32 presentationId, bytes32 obligationId, uint64 amount) external {
        _requirePresentations();
        TransferRecord storage record = _transfers[creditId];
        if (record.state != TransferState.None) {
            --record.open;
            return;
        }
        (bytes32 originId,) = _origin(presentationId);
        SubstitutionRecord storage substitution = _substitutions[originId];
        if (!_isSubstituted(substitution.state)) return;
        uint32 second = _wordOf(originId).payee();
        if (substitution.payee != second) {
            obligations.assignOnArising(obligationId, second, amount - substitution.difference);
        }
    }

    /* CALLED BY DISPOSALS */

    /// @inheritdoc ICreditTransfers
    function closed(bytes32 creditId, bytes32 presentationId) external {
        if (msg.sender != disposals) revert IDisposals.NotDisposals(msg.sender);
        --_transfers[_partOf(creditId, presentationId)].open;
    }

    /* CALLED BY THE CREDITS */

    /// @inheritdoc ICreditTransfers
    function answered(bytes32 partId, uint8 number) external {
        _requireCredits();
        TransferRecord storage record = _transfers[partId];
        --record.unanswered;
        record.reserved -= _rises[partId][number];
    }

    /// @inheritdoc ICreditTransfers
    function end(bytes32 partId, uint64 drawn) external returns (uint64 returned) {
        _requireCredits();
        TransferRecord storage record = _transfers[partId];
        livingParts[record.request.creditId] &= ~(1 << record.request.number);
        // What was presented before goes on, within the share.
        return record.open == 0 ? _end(partId, drawn) : 0;
    }

    /* VIEWS */

    /// @inheritdoc ICreditTransfers
    function allAgreed(bytes32 creditId, uint8 number) external view returns (bool) {
        return livingParts[creditId] & ~_agreed[creditId][number] == 0;
    }

    /// @inheritdoc ICreditTransfers
    function transferOf(bytes32 partId) external view returns (TransferRecord memory) {
        return _transfers[partId];
    }

    /// @inheritdoc ICreditTransfers
    function substitutionOf(bytes32 presentationId) external view returns (SubstitutionRecord memory) {
        return _substitutions[presentationId];
    }

    /// @inheritdoc ICreditTransfers
    function onwardOf(bytes32 presentationId, bytes32 partId, uint64 amount, uint32 payee, bool honoured, uint32 to)
        public
        view
        returns (Onward memory onward)
    {
        TransferRecord storage record = _transfers[partId];
        SubstitutionRecord storage substitution = _substitutions[presentationId];
        _requireDecided(presentationId, record, substitution.state, honoured);
        bool substituted = _isSubstituted(substitution.state);
        uint64 difference = substituted ? substitution.difference : 0;
        onward.creditId = record.request.creditId;
        onward.amount = amount + difference;
        onward.payee = payee;
        (, CreditWord numbers) = _binding(onward.creditId, to);
        (, CreditWord part) = _credit(partId);
        bool beyond = numbers.drawn() > numbers.ceiling();
        if (!honoured) {
            if (substituted) onward.payee = substitution.payee;
            beyond = beyond || amount > part.available() || difference > leftOf(partId);
        }
        if (beyond) onward.flags = PresentationFlags.OVERDRAWN;
        uint64 least = substituted ? numbers.least() : part.least();
        if (amount == 0 || onward.amount < least) onward.flags |= PresentationFlags.SHORT;
    }

    /// @inheritdoc ICreditTransfers
    function leftOf(bytes32 partId) public view returns (uint64) {
        TransferRecord storage record = _transfers[partId];
        if (record.state != TransferState.Transferred) return 0;
        (, CreditWord part) = _credit(partId);
        return record.request.share - record.differences - record.reserved - part.ceiling();
    }

    /// @inheritdoc ICreditTransfers
    function insurancePercentage(bytes32 partId) external view returns (uint256) {
        TransferRequest storage request = _existing(partId).request;
        return TransferRules.insurancePercentage(request.requiredCover, request.amount);
    }

    /// @inheritdoc ICreditTransfers
    function partIdOf(bytes32 creditId, uint8 number) public pure returns (bytes32 partId) {
        return keccak256(abi.encode(creditId, number));
    }

    /* INTERNALS: TRANSFER */

    function _requireIssued(bytes32 creditId, CreditWord numbers) private pure {
        CreditState actual = numbers.state();
        if (actual != CreditState.Issued) {
            revert ILetterOfCredit.WrongCreditState(creditId, actual, CreditState.Issued);
        }
    }

    function _requireTransferable(bytes32 creditId, CreditWord numbers) private pure {
        _requireIssued(creditId, numbers);
        if (!numbers.has(CreditWords.TRANSFERABLE)) revert NotTransferable(creditId);
        if (numbers.has(CreditWords.SCHEDULED)) revert ScheduledNotTransferable(creditId);
    }

    /// @dev UCP 600 art. 38(b).
    function _requireTransferringBank(bytes32 creditId, PartiesWord parties, CreditWord numbers, uint32 bank)
        private
        view
    {
        uint32 named = numbers.has(CreditWords.ANY_BANK) ? authorisedBank[creditId] : parties.nominatedBank();
        if (bank != parties.issuingBank() && (bank != named || named == 0)) revert NotTransferringBank(creditId, bank);
    }

    function _requireReduced(bytes32 creditId, CreditWord numbers, TransferRequest memory request) private pure {
        (bool wider, TransferredTerm term) = TransferRules.isWider(numbers, request);
        if (wider) revert NotReduced(creditId, term);
    }

    /// @dev A confirming bank that did not follow every amendment confirms the part within what binds it.
    function _requireConfirmed(bytes32 creditId, uint32 bank, TransferRequest memory request) private view {
        (, CreditWord own) = _binding(creditId, bank);
        _requireReduced(creditId, own, request);
        if (request.share > own.available()) {
            revert ILetterOfCredit.Overdrawn(creditId, request.share, own.available());
        }
    }

    /* INTERNALS: AMENDMENTS */

    /// @dev UCP 600 art. 38(e), (f): an accepted amendment of the credit, once, as far as it goes.
    function _requirePassable(bytes32 partId, TransferRecord storage record, uint8 from, Amendment calldata amendment)
        private
        view
    {
        AmendmentPassing passing = record.request.passing;
        if (passing == AmendmentPassing.Never) revert AmendmentNotPassedOn(partId, from);
        bytes32 creditId = record.request.creditId;
        AmendmentRecord memory accepted = _amendment(creditId, from);
        if (accepted.state != AmendmentState.Accepted || accepted.amendment.cancels) {
            revert ILetterOfCredit.WrongAmendmentState(creditId, from, accepted.state, AmendmentState.Accepted);
        }
        if (passing == AmendmentPassing.Ask && _approved[partId] >> from & 1 == 0) {
            revert PassingNotApproved(partId, from);
        }
        if (_passed[partId] >> from & 1 != 0) revert PassedAlready(partId, from);
        _requireWithin(creditId, accepted.amendment, amendment);
    }

    function _requireWithin(bytes32 creditId, Amendment memory whole, Amendment calldata amendment) private view {
        (, CreditWord numbers) = _credit(creditId);
        if (amendment.increase > whole.increase || amendment.decrease > whole.decrease) {
            revert NotReduced(creditId, TransferredTerm.Amount);
        }
        if (amendment.setsTolerance) revert NotReduced(creditId, TransferredTerm.Tolerance);
        if (amendment.expiry != 0 && (whole.expiry == 0 || amendment.expiry > numbers.expiry())) {
            revert NotReduced(creditId, TransferredTerm.Expiry);
        }
        uint16 latest = amendment.latestShipment;
        if (latest != 0 && (whole.latestShipment == 0 || TransferRules.isLater(latest, numbers.latestShipment()))) {
            revert NotReduced(creditId, TransferredTerm.LatestShipment);
        }
        uint16 period = amendment.presentationPeriod;
        if (period != 0 && (whole.presentationPeriod == 0 || TransferRules.isLonger(period, numbers))) {
            revert NotReduced(creditId, TransferredTerm.PresentationPeriod);
        }
    }

    /// @dev A share covers a part whatever its second beneficiary answers, and whenever.
    function _reserve(bytes32 partId, TransferRecord storage record, Amendment calldata amendment, uint64 share)
        private
    {
        (, CreditWord part) = _credit(partId);
        uint256 needed = TransferRules.rise(amendment.increase, part);
        record.request.share += share;
        uint64 left = leftOf(partId);
        if (needed > left) revert ShareTooSmall(partId, left, needed);

        // Not above what is left.
        record.reserved += uint64(needed);
        ++record.unanswered;
        _rises[partId][amendment.number] = uint64(needed);
    }

    function _end(bytes32 partId, uint64 drawn) private returns (uint64 returned) {
        TransferRecord storage record = _transfers[partId];
        bytes32 creditId = record.request.creditId;
        returned = record.request.share - record.differences - drawn;

        record.state = TransferState.Ended;
        livingParts[creditId] &= ~(1 << record.request.number);
        emit PartEnded(partId, creditId, returned);
    }

    /* INTERNALS: SUBSTITUTION */

    /// @dev UCP 600 art. 38(h).
    function _takeUp(PresentationKey calldata key) private returns (bytes32 obligationId) {
        TransferRecord storage record = _existing(key.creditId);
        (bytes32 presentationId, PresentationWord word) = _here(key);
        SubstitutionRecord storage substitution = _substitutions[presentationId];
        if (substitution.state != SubstitutionState.Substituted) {
            revert WrongSubstitutionState(presentationId, substitution.state, SubstitutionState.Substituted);
        }
        if (!word.isHonoured()) revert NotYetHonoured(presentationId);
        bytes32 honouredId = ObligationWords.idOf(presentationId, key.examiner, word.payee());
        uint64 owed = obligations.obligation(honouredId).amount;
        // The invoice is for what was demanded, which may be more than what was honoured.
        uint64 difference = word.amount() + substitution.difference - owed;
        uint64 left = leftOf(key.creditId);
        if (difference > left) difference = left;

        substitution.state = SubstitutionState.TakenUp;
        substitution.difference = difference;
        record.differences += difference;
        if (difference != 0) {
            uint40 stay = credits.stayOf(record.request.creditId);
            obligationId = obligations.incurDifference(presentationId, honouredId, substitution.payee, difference, stay);
        }
        emit SubstitutionTakenUp(presentationId, key.creditId, difference, obligationId);
    }

    /// @dev UCP 600 art. 38(i): no failure without a demand, and no sending on before one or the other.
    function _requireDecided(
        bytes32 presentationId,
        TransferRecord storage record,
        SubstitutionState actual,
        bool honoured
    ) private view {
        if (!record.request.keepsSubstitution) return;
        bool open = actual == SubstitutionState.None || actual == SubstitutionState.Demanded
            || (honoured && actual == SubstitutionState.Substituted);
        if (open) revert SubstitutionOpen(presentationId, actual);
    }

    function _isSubstituted(SubstitutionState actual) private pure returns (bool) {
        return actual == SubstitutionState.Substituted || actual == SubstitutionState.TakenUp;
    }

    /// @dev What an act needs of the bank that has the documents, or of the presenter in its place.
    function _ofSender(PresentationKey calldata key)
        private
        view
        returns (uint32 memberId, bytes32 presentationId, SubstitutionRecord storage substitution)
    {
        memberId = _acting(Roles.PRESENT);
        TransferRecord storage record = _existing(key.creditId);
        _requireKept(key.creditId, record);
        PresentationWord word;
        (presentationId, word) = _here(key);
        if (memberId != key.examiner) _requireIdle(key, presentationId, word, memberId);
        substitution = _substitutions[presentationId];
    }

    /// @dev The presenter acts in the place of a bank that owes nothing by its silence, and is silent.
    function _requireIdle(PresentationKey calldata key, bytes32 presentationId, PresentationWord word, uint32 memberId)
        private
        view
    {
        if (memberId != key.presenter) {
            revert IPresentations.NotPresenter(key.presenter, memberId);
        }
        uint256 deadline = word.deadline();
        bool idle =
            word.has(PresentationMarks.UNBOUND) && !word.isHonoured() && deadline != 0 && block.timestamp > deadline;
        if (!idle) revert BankNotIdle(presentationId, memberId);
    }

    /// @dev The documents lie at the transferring bank: not refused, and not sent on, or come back.
    function _here(PresentationKey calldata key) private view returns (bytes32 presentationId, PresentationWord word) {
        presentationId = _idOf(key);
        word = _wordOf(presentationId);
        PresentationState actual = word.state();
        if (actual == PresentationState.None) revert IPresentations.UnknownPresentation(presentationId);
        bool held = actual == PresentationState.Lodged || actual == PresentationState.Forwarded || word.isHonoured();
        if (!held || !forwardings.isUnsent(presentationId)) revert DocumentsNotHere(presentationId);
    }

    function _requireKept(bytes32 partId, TransferRecord storage record) private view {
        if (!record.request.keepsSubstitution) revert SubstitutionNotKept(partId);
    }

    /* INTERNALS: RECORDS */

    /// @dev Of a presentation under a part, or of one that came from there.
    function _partOf(bytes32 creditId, bytes32 presentationId) private view returns (bytes32 partId) {
        if (_transfers[creditId].state != TransferState.None) return creditId;
        (, partId) = _origin(presentationId);
    }

    function _existing(bytes32 partId) private view returns (TransferRecord storage record) {
        record = _transfers[partId];
        if (record.state == TransferState.None) revert UnknownTransfer(partId);
    }

    function _ofBank(bytes32 partId, uint32 memberId) private view returns (TransferRecord storage record) {
        record = _existing(partId);
        if (memberId != record.request.transferringBank) {
            revert NotTransferringBank(record.request.creditId, memberId);
        }
    }

    function _ofFirst(bytes32 partId, uint256 role, bytes32 mandate)
        private
        view
        returns (TransferRecord storage record)
    {
        uint32 memberId = _acting(role);
        record = _existing(partId);
        _requireForFirst(record, memberId, mandate);
    }

    function _requireForFirst(TransferRecord storage record, uint32 memberId, bytes32 mandate) private view {
        bytes32 creditId = record.request.creditId;
        (PartiesWord parties,) = _credit(creditId);
        Beneficiaries.requireActing(creditId, parties, memberId, mandate);
    }

    function _requireState(bytes32 partId, TransferRecord storage record, TransferState expected) private view {
        if (record.state != expected) revert WrongTransferState(partId, record.state, expected);
    }

    function _credit(bytes32 creditId) private view returns (PartiesWord, CreditWord) {
        return _binding(creditId, 0);
    }

    function _binding(bytes32 creditId, uint32 bank) private view returns (PartiesWord, CreditWord) {
        (uint256 parties, uint256 numbers) = credits.bindingWords(creditId, bank);
        return (PartiesWord.wrap(parties), CreditWord.wrap(numbers));
    }

    function _acting(uint256 role) private view returns (uint32) {
        return registry.actingMemberOf(msg.sender, role);
    }

    function _idOf(PresentationKey calldata key) private pure returns (bytes32) {
        return keccak256(abi.encode(key));
    }

    function _wordOf(bytes32 presentationId) private view returns (PresentationWord) {
        return PresentationWord.wrap(presentations.asWord(presentationId));
    }

    function _origin(bytes32 forwardedId) private view returns (bytes32 presentationId, bytes32 partId) {
        return forwardings.originOf(forwardedId);
    }

    function _amendment(bytes32 creditId, uint8 number) private view returns (AmendmentRecord memory) {
        return credits.amendmentOf(creditId, number);
    }

    function _requirePresentations() private view {
        if (msg.sender != address(presentations)) revert ILetterOfCredit.NotPresentations(msg.sender);
    }

    function _requireCredits() private view {
        if (msg.sender != address(credits)) revert NotLetterOfCredit(msg.sender);
    }
}

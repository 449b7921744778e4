// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AuthorisationWord, AuthorisationWords} from "contracts/libraries/AuthorisationWords.sol";
import {ClaimMarks} from "contracts/libraries/ClaimMarks.sol";
import {ClaimReasons} from "contracts/libraries/ClaimReasons.sol";
import {ClaimWord, ClaimWords} from "contracts/libraries/ClaimWords.sol";
import {CreditWord, CreditWords, PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Maturities} from "contracts/libraries/Maturities.sol";
import {ObligationWord, ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {Availability, CreditState, ILetterOfCredit, MaturityFrom} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations, Obligation, ObligationKind, ObligationState} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";
import {
    Authorisation,
    AuthorisationState,
    Claim,
    ClaimDisposal,
    ClaimRequest,
    ClaimState,
    IReimbursements,
    AuthorisationProposal,
    ReimbursementTerms
} from "interfaces/IReimbursements.sol";

/// @title Reimbursement between banks (UCP 600 art. 13, URR 725).
/// @notice See IReimbursements.
contract Reimbursements is IReimbursements {
    /* CONSTANTS */

    /// @dev URR 725 art. 11(a).
    uint256 private constant ANSWER_DAYS = 3;

    /// @dev A claim that reaches the bank sooner before its due date is marked.
    uint256 private constant EARLIEST_DAYS = 10;

    /// @dev This contract takes records of credits that stand: what is on record runs to its end in it.
    uint8 private constant ANY_EDITION = 0;

    AuthorisationWord private constant NOTHING = AuthorisationWord.wrap(0);

    /* IMMUTABLES */

    /// @inheritdoc IReimbursements
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IReimbursements
    IBankingCalendar public immutable calendar;

    /// @inheritdoc IReimbursements
    ILetterOfCredit public immutable credits;

    /// @inheritdoc IReimbursements
    IPresentations public immutable presentations;

    /// @inheritdoc IReimbursements
    IForwarding public immutable forwardings;

    /// @inheritdoc IReimbursements
    IPaymentObligations public immutable obligations;

    /* STORAGE */

    struct Record {
        ClaimWord word;
        bytes32 creditId;
        // The presentation to the issuing bank.
        bytes32 forwardedId;
        // Interest and costs as attested.
        uint64 charges;
        // Of a mixed payment.
        uint8 slice;
    }

    mapping(bytes32 creditId => AuthorisationWord) private _authorisations;

    /// @dev What is proposed while an undertaking stands.
    mapping(bytes32 creditId => AuthorisationWord) private _proposals;

    mapping(bytes32 claimId => Record) private _claims;

    /// @inheritdoc IReimbursements
    mapping(bytes32 presentationId => bytes32 claimId) public lastClaimOf;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param calendar_ The banking calendars.
    /// @param credits_ The credits.
    /// @param presentations_ The presentations.
    /// @param forwardings_ Where documents went.
    /// @param obligations_ The obligations.
    constructor(
        IAllianceRegistry registry_,
        IBankingCalendar calendar_,
        ILetterOfCredit credits_,
        IPresentations presentations_,
        IForwarding forwardings_,
        IPaymentObligations obligations_
    ) {
        registry = registry_;
        calendar = calendar_;
        credits = credits_;
        presentations = presentations_;
        forwardings = forwardings_;
        obligations = obligations_;
    }

    /* AUTHORISATION */

    /// @inheritdoc IReimbursements
    function authorise(bytes32 creditId, ReimbursementTerms calldata terms, bytes32 message) external {
        (PartiesWord parties, CreditWord numbers) = _ofIssuingBank(creditId);
        AuthorisationWord word = _authorisations[creditId];
        if (word.state() == AuthorisationState.Authorised || word.state() == AuthorisationState.Undertaken) {
            revert WrongAuthorisationState(creditId, word.state(), AuthorisationState.None);
        }
        CreditState current = numbers.state();
        if (current != CreditState.Issued) {
            revert ILetterOfCredit.WrongCreditState(creditId, current, CreditState.Issued);
        }
        uint32 bank = parties.reimbursingBank();
        if (bank == 0 || bank == parties.issuingBank()) revert NoReimbursingBank(creditId);
        _requireSound(creditId, parties, numbers, word, terms);

        _authorisations[creditId] = word.withTermsOf(AuthorisationWords.pack(terms), AuthorisationState.Authorised);
        emit ReimbursementAuthorised(creditId, bank, terms.claimingBank, terms, message);
    }

    /// @inheritdoc IReimbursements
    function amendAuthorisation(bytes32 creditId, ReimbursementTerms calldata terms, bytes32 message) external {
        (PartiesWord parties, CreditWord numbers) = _ofIssuingBank(creditId);
        AuthorisationWord word = _live(creditId);
        _requireSound(creditId, parties, numbers, word, terms);
        AuthorisationWord amended = AuthorisationWords.pack(terms);
        if (word.state() == AuthorisationState.Undertaken) {
            if (!terms.undertakingAsked) revert UndertakingNotAsked(creditId);
            _propose(creditId, amended, false, message);
            return;
        }

        _authorisations[creditId] = word.withTermsOf(amended, AuthorisationState.Authorised);
        emit AuthorisationAmended(creditId, terms, message);
    }

    /// @inheritdoc IReimbursements
    function cancelAuthorisation(bytes32 creditId, bytes32 message) external {
        _ofIssuingBank(creditId);
        AuthorisationWord word = _live(creditId);
        if (word.state() == AuthorisationState.Undertaken && !word.has(AuthorisationWords.FREELY_AMENDABLE)) {
            _propose(creditId, word, true, message);
        } else {
            _cancel(creditId, word, message);
        }
    }

    /// @inheritdoc IReimbursements
    function undertake(bytes32 creditId, ReimbursementTerms calldata terms) external {
        uint32 memberId = registry.tradingMember(msg.sender, Roles.ISSUE, 0, ANY_EDITION);
        _requireReimbursingBank(creditId, memberId);
        AuthorisationWord word = _live(creditId);
        AuthorisationWord given = AuthorisationWords.pack(terms);
        if (word.state() == AuthorisationState.Undertaken) {
            AuthorisationWord proposal = _proposed(creditId, false);
            _requireSame(creditId, proposal, given);
            if (!word.has(AuthorisationWords.FREELY_AMENDABLE) && !proposal.has(AuthorisationWords.AGREED)) {
                revert ConsentMissing(creditId, word.claimingBank());
            }
            _requireAboveClaims(creditId, word, terms.amount);
            _proposals[creditId] = NOTHING;
            emit AuthorisationAmended(creditId, terms, 0);
        } else {
            _requireAsked(creditId, word);
            _requireSame(creditId, word, given);
        }

        _authorisations[creditId] = word.withTermsOf(given, AuthorisationState.Undertaken);
        emit ReimbursementUndertaken(creditId, memberId, terms.claimingBank, terms);
    }

    /// @inheritdoc IReimbursements
    function declineUndertaking(bytes32 creditId) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ISSUE);
        _requireReimbursingBank(creditId, memberId);
        AuthorisationWord word = _live(creditId);
        bool standing = word.state() == AuthorisationState.Undertaken;
        if (standing) {
            _proposed(creditId, false);
            _proposals[creditId] = NOTHING;
        } else {
            _requireAsked(creditId, word);
            if (word.has(AuthorisationWords.DECLINED)) revert UndertakingDeclinedAlready(creditId);
            _authorisations[creditId] = word.with(AuthorisationWords.DECLINED);
        }
        emit UndertakingDeclined(creditId, memberId, standing);
    }

    /// @inheritdoc IReimbursements
    function agreeToAmendment(bytes32 creditId, ReimbursementTerms calldata terms, bool cancels) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ACCEPT);
        AuthorisationWord word = _authorisations[creditId];
        if (word.state() != AuthorisationState.Undertaken) {
            revert WrongAuthorisationState(creditId, word.state(), AuthorisationState.Undertaken);
        }
        if (memberId != word.claimingBank()) revert NotClaimingBank(creditId, memberId);
        AuthorisationWord proposal = _proposed(creditId, cancels);
        _requireSame(creditId, proposal, AuthorisationWords.pack(terms));
        if (proposal.has(AuthorisationWords.AGREED)) revert AgreedAlready(creditId);

        emit AuthorisationAmendmentAgreed(creditId, memberId, cancels);
        if (cancels) _cancel(creditId, word, 0);
        else _proposals[creditId] = proposal.with(AuthorisationWords.AGREED);
    }

    /* CLAIM */

    /// @inheritdoc IReimbursements
    function claim(ClaimRequest calldata request) external returns (bytes32 claimId) {
        PresentationKey calldata key = request.key;
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (PartiesWord parties, CreditWord numbers) = _credit(key.creditId);
        AuthorisationWord word = _live(key.creditId);
        _requireClaimingBank(key, parties, word, memberId);
        bytes32 presentationId = presentations.presentationIdOf(key);
        claimId = claimIdOf(presentationId, request.number);
        bytes32 claimed = obligations.idOfSlice(presentationId, request.slice);
        _requireNew(presentationId, claimed, claimId);
        Record memory record;
        record.creditId = key.creditId;
        record.slice = request.slice;
        record.forwardedId = _forwarded(key, presentationId, parties, request.forwardedNumber);
        Obligation memory own = _honoured(presentationId, memberId, record, parties);
        uint64 most = word.amount() - word.claimed();
        if (own.amount < most) most = own.amount;
        if (request.amount == 0 || request.amount > most) {
            revert ClaimOutOfBounds(presentationId, request.amount, most);
        }

        record.word = _received(key.creditId, word, parties, request.amount, memberId, _dueOf(numbers, own));
        _claims[claimId] = record;
        lastClaimOf[claimed] = claimId;
        _authorisations[key.creditId] = word.claim(request.amount);
        emit ReimbursementClaimed(
            claimId, key.creditId, memberId, request, record.word.deadline(), record.word.due(), record.word.marks()
        );
        _setPaired(claimId, record, parties, true);
    }

    /// @inheritdoc IReimbursements
    function fixClaimDeadline(bytes32 claimId) external {
        (Record storage record, ClaimWord word) = _open(claimId);
        if (word.deadline() != 0) revert ClaimDeadlineFixedAlready(claimId, word.deadline());
        (PartiesWord parties,) = _credit(record.creditId);
        uint16 branch = registry.calendarOfBranch(parties.reimbursingBank());
        Clock memory clock = calendar.clock(branch, word.received(), word.answerDays());
        if (clock.missing != 0) revert IBankingCalendar.CalendarNotPublished(branch, clock.missing - 1);

        record.word = word.withDeadline(clock.deadline);
        emit ClaimDeadlineFixed(claimId, clock.deadline);
    }

    /// @inheritdoc IReimbursements
    function givePreDebitNotice(bytes32 claimId, bytes32 notice) external {
        (uint32 memberId, Record storage record, ClaimWord word,) = _answerable(claimId);
        if (word.answerDays() == ANSWER_DAYS) revert PreDebitNoticeNotAsked(claimId);
        if (word.has(ClaimMarks.NOTICED)) revert PreDebitNoticeGivenAlready(claimId);

        record.word = word.with(ClaimMarks.NOTICED);
        emit PreDebitNoticeGiven(claimId, memberId, notice);
    }

    /// @inheritdoc IReimbursements
    function honourClaim(bytes32 claimId) external returns (bytes32 obligationId) {
        (uint32 memberId, Record storage record, ClaimWord word, PartiesWord parties) = _answerable(claimId);
        _live(record.creditId);
        obligationId = _owe(claimId, record, word, parties);
        emit ClaimHonoured(claimId, record.creditId, memberId, word.amount(), obligationId);
    }

    /// @inheritdoc IReimbursements
    function refuseClaim(bytes32 claimId, uint16 reasons, ClaimDisposal disposal, bytes32 notice) external {
        (, Record storage record, ClaimWord word, PartiesWord parties) = _answerable(claimId);
        if (word.isOver()) revert ClaimDeadlinePassed(claimId, word.deadline(), block.timestamp);
        if (reasons & ~ClaimReasons.KNOWN != 0) revert UnknownReasons(reasons, ClaimReasons.KNOWN);
        if (reasons == 0 && _authorisations[record.creditId].state() == AuthorisationState.Undertaken) {
            revert NoReasonStated(claimId);
        }
        if (disposal == ClaimDisposal.None) revert NoClaimDisposal(claimId);

        record.word = word.inState(ClaimState.NonConforming);
        emit ClaimNotConforming(
            claimId, record.creditId, word.claimingBank(), parties.issuingBank(), reasons, disposal, notice
        );
        _release(claimId, record, word, parties);
    }

    /// @inheritdoc IReimbursements
    function claimUndertaking(bytes32 claimId) external returns (bytes32 obligationId) {
        (uint32 memberId, Record storage record, ClaimWord word) = _ofClaimingBank(claimId);
        _requireState(claimId, word, ClaimState.Claimed);
        AuthorisationState current = _authorisations[record.creditId].state();
        if (current != AuthorisationState.Undertaken) {
            revert WrongAuthorisationState(record.creditId, current, AuthorisationState.Undertaken);
        }
        if (!word.isOver()) revert ClaimNotOverdue(claimId, word.deadline(), block.timestamp);
        (PartiesWord parties,) = _credit(record.creditId);
        obligationId = _owe(claimId, record, word, parties);
        emit UndertakingClaimed(claimId, record.creditId, memberId, word.amount(), obligationId);
    }

    /* WHAT WAS NOT PAID */

    /// @inheritdoc IReimbursements
    function notifyNonPayment(bytes32 claimId, bytes32 notice) external {
        (uint32 memberId, Record storage record, ClaimWord word) = _ofClaimingBank(claimId);
        ClaimState current = stateOf(claimId);
        if (current != ClaimState.NonConforming && current != ClaimState.Unpaid) {
            revert WrongClaimState(claimId, current, ClaimState.Unpaid);
        }

        record.word = word.inState(ClaimState.NonPaymentNotified);
        emit NonPaymentNotified(claimId, record.creditId, memberId, notice);
        if (word.state() == ClaimState.Claimed) {
            (PartiesWord parties,) = _credit(record.creditId);
            _release(claimId, record, word, parties);
        }
    }

    /// @inheritdoc IReimbursements
    function fallBack(bytes32 claimId, uint64 charges, bytes32 account) external {
        (, Record storage record, ClaimWord word) = _ofClaimingBank(claimId);
        _requireState(claimId, word, ClaimState.NonPaymentNotified);
        (PartiesWord parties,) = _credit(record.creditId);

        record.word = word.inState(ClaimState.FallenBack);
        record.charges = charges;
        emit ClaimFellBack(claimId, record.creditId, parties.issuingBank(), word.amount(), charges, account);
    }

    /* WHAT WAS PAID */

    /// @inheritdoc IReimbursements
    function claimRecourse(bytes32 claimId) external returns (bytes32 obligationId) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (Record storage record, ClaimWord word) = _existing(claimId);
        (PartiesWord parties,) = _credit(record.creditId);
        if (memberId != parties.reimbursingBank()) revert NotReimbursingBank(record.creditId, memberId);
        Obligation memory owed = _reimbursed(claimId, word, parties);

        // What the bank prepaid it gets back on the day on which it was due.
        if (Maturities.hasBegun(owed.maturity)) {
            (owed.state, owed.maturity) = (ObligationState.Due, uint40(block.timestamp));
        } else {
            owed.state = ObligationState.Incurred;
        }
        (owed.debtor, owed.owner, owed.kind) = (parties.issuingBank(), memberId, ObligationKind.Recourse);
        obligationId = _incur(claimId, owed);
        emit RecourseClaimed(claimId, record.creditId, memberId, owed.amount, obligationId);
    }

    /// @inheritdoc IReimbursements
    function claimRefund(bytes32 claimId, uint64 interest, bytes32 account) external returns (bytes32 obligationId) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (Record storage record, ClaimWord word) = _existing(claimId);
        (PartiesWord parties,) = _credit(record.creditId);
        if (memberId != parties.issuingBank()) revert ILetterOfCredit.NotIssuingBank(record.creditId, memberId);
        if (word.state() == ClaimState.RefundDue) {
            revert WrongClaimState(claimId, ClaimState.RefundDue, ClaimState.Paid);
        }
        Obligation memory owed = _reimbursed(claimId, word, parties);
        PresentationState found = presentations.presentation(record.forwardedId).state;
        if (
            found != PresentationState.Refused && found != PresentationState.ReturnDue
                && found != PresentationState.Returned
        ) revert NotRefused(record.forwardedId, found);

        record.word = word.inState(ClaimState.RefundDue);
        record.charges = interest;
        (owed.debtor, owed.owner) = (word.claimingBank(), memberId);
        obligationId = _oweAtOnce(claimId, owed, ObligationKind.Refund);
        emit RefundClaimed(claimId, record.creditId, word.claimingBank(), owed.amount, interest, account, obligationId);
        _setPaired(claimId, record, parties, false);
    }

    /// @inheritdoc IReimbursements
    function acknowledgeCharges(bytes32 claimId) external returns (bytes32 obligationId) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PAY);
        (Record storage record, ClaimWord word) = _existing(claimId);
        (PartiesWord parties, CreditWord numbers) = _credit(record.creditId);
        Obligation memory owed;
        (owed.debtor, owed.owner) = (parties.issuingBank(), word.claimingBank());
        if (word.state() == ClaimState.RefundDue) {
            (owed.debtor, owed.owner) = (owed.owner, owed.debtor);
        } else {
            _requireState(claimId, word, ClaimState.FallenBack);
        }
        // Named as it is to be: it has not arisen yet.
        bytes32 source = keccak256(abi.encode(claimId, ObligationKind.Charges));
        if (memberId != owed.debtor) {
            revert IPaymentObligations.NotDebtor(obligations.obligationIdOf(source, owed.debtor, owed.owner), memberId);
        }
        owed.amount = record.charges;
        if (owed.amount == 0) revert NothingAttested(claimId);

        owed.currency = numbers.currency();
        obligationId = _oweAtOnce(source, owed, ObligationKind.Charges);
        emit ChargesAcknowledged(claimId, record.creditId, memberId, owed.amount, obligationId);
    }

    /* VIEWS */

    /// @inheritdoc IReimbursements
    function authorisationOf(bytes32 creditId) external view returns (Authorisation memory) {
        return _authorisations[creditId].unpack();
    }

    /// @inheritdoc IReimbursements
    function proposalOf(bytes32 creditId) external view returns (AuthorisationProposal memory) {
        return _proposals[creditId].unpackProposal();
    }

    /// @inheritdoc IReimbursements
    function claimRecord(bytes32 claimId) external view returns (Claim memory) {
        Record storage record = _claims[claimId];
        ClaimWord word = record.word;
        return Claim({
            creditId: record.creditId,
            forwardedId: record.forwardedId,
            claimingBank: word.claimingBank(),
            amount: word.amount(),
            received: word.received(),
            deadline: word.deadline(),
            due: word.due(),
            state: word.state(),
            marks: word.marks(),
            charges: record.charges,
            slice: record.slice
        });
    }

    /// @inheritdoc IReimbursements
    function stateOf(bytes32 claimId) public view returns (ClaimState) {
        Record storage record = _claims[claimId];
        ClaimWord word = record.word;
        ClaimState current = word.state();
        if (current == ClaimState.Honoured) {
            (PartiesWord parties,) = _credit(record.creditId);
            bytes32 owed = _owedBy(claimId, parties.reimbursingBank(), word.claimingBank());
            if (!ObligationWords.isOpen(obligations.obligation(owed).state)) return ClaimState.Paid;
            if (word.isHeld()) return ClaimState.DueLater;
            return obligations.stateOf(owed) != ObligationState.Overdue ? current : ClaimState.Unpaid;
        }
        if (current == ClaimState.Claimed) {
            if (word.isHeld()) return ClaimState.DueLater;
            if (word.isMissed()) return ClaimState.Unpaid;
        }
        return current;
    }

    /// @inheritdoc IReimbursements
    function claimIdOf(bytes32 presentationId, uint8 number) public pure returns (bytes32 claimId) {
        return keccak256(abi.encode(presentationId, number));
    }

    /* INTERNALS: AUTHORISATIONS */

    function _credit(bytes32 creditId) private view returns (PartiesWord, CreditWord) {
        (uint256 parties, uint256 numbers) = credits.bindingWords(creditId, 0);
        return (PartiesWord.wrap(parties), CreditWord.wrap(numbers));
    }

    function _ofIssuingBank(bytes32 creditId) private view returns (PartiesWord parties, CreditWord numbers) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ISSUE);
        (parties, numbers) = _credit(creditId);
        if (memberId != parties.issuingBank()) revert ILetterOfCredit.NotIssuingBank(creditId, memberId);
    }

    function _requireReimbursingBank(bytes32 creditId, uint32 memberId) private view {
        (PartiesWord parties,) = _credit(creditId);
        if (memberId != parties.reimbursingBank()) revert NotReimbursingBank(creditId, memberId);
    }

    function _live(bytes32 creditId) private view returns (AuthorisationWord word) {
        word = _authorisations[creditId];
        AuthorisationState current = word.state();
        if (current != AuthorisationState.Authorised && current != AuthorisationState.Undertaken) {
            revert WrongAuthorisationState(creditId, current, AuthorisationState.Authorised);
        }
    }

    function _requireAsked(bytes32 creditId, AuthorisationWord word) private pure {
        if (!word.has(AuthorisationWords.UNDERTAKING_ASKED)) revert UndertakingNotAsked(creditId);
    }

    function _requireSame(bytes32 creditId, AuthorisationWord word, AuthorisationWord given) private pure {
        if (!word.sameTerms(given)) revert TermsDiffer(creditId);
    }

    function _requireAboveClaims(bytes32 creditId, AuthorisationWord word, uint64 amount) private pure {
        if (amount < word.claimed()) revert BelowClaims(creditId, amount, word.claimed());
    }

    /// @dev What terms must be, whoever agrees to them.
    function _requireSound(
        bytes32 creditId,
        PartiesWord parties,
        CreditWord numbers,
        AuthorisationWord word,
        ReimbursementTerms calldata terms
    ) private view {
        uint64 most = numbers.ceiling();
        if (numbers.has(CreditWords.SCHEDULED)) most = credits.timetable().most(creditId, most);
        if (terms.amount == 0 || terms.amount > most) revert BadAuthorisedAmount(creditId, terms.amount, most);
        _requireAboveClaims(creditId, word, terms.amount);
        uint32 bank = terms.claimingBank;
        if (bank != 0) {
            if (bank == parties.issuingBank() || bank == parties.reimbursingBank()) {
                revert BadClaimingBank(creditId, bank);
            }
            // Asked for its refusal of a number that nobody has.
            registry.member(bank);
        }
        if (terms.expiry != 0 && !(terms.urr && terms.undertakingAsked)) revert ExpiryNotOpen(creditId, terms.expiry);
        if (terms.undertakingAsked && bank == 0) revert UndertakingToNobody(creditId);
    }

    /// @dev What is proposed, of this kind.
    function _proposed(bytes32 creditId, bool cancels) private view returns (AuthorisationWord proposal) {
        proposal = _proposals[creditId];
        if (!proposal.has(AuthorisationWords.PROPOSED) || proposal.has(AuthorisationWords.CANCELS) != cancels) {
            revert NothingProposed(creditId);
        }
    }

    function _propose(bytes32 creditId, AuthorisationWord terms, bool cancels, bytes32 message) private {
        AuthorisationWord proposal =
            NOTHING.withTermsOf(terms, AuthorisationState.None).with(AuthorisationWords.PROPOSED);
        _proposals[creditId] = cancels ? proposal.with(AuthorisationWords.CANCELS) : proposal;
        emit AuthorisationAmendmentProposed(creditId, cancels, terms.terms(), message);
    }

    function _cancel(bytes32 creditId, AuthorisationWord word, bytes32 message) private {
        _authorisations[creditId] = word.inState(AuthorisationState.Cancelled);
        _proposals[creditId] = NOTHING;
        emit AuthorisationCancelled(creditId, message);
    }

    /* INTERNALS: CLAIMS */

    function _requireClaimingBank(
        PresentationKey calldata key,
        PartiesWord parties,
        AuthorisationWord word,
        uint32 memberId
    ) private pure {
        uint32 named = word.claimingBank();
        if (memberId != key.examiner || (named != 0 && memberId != named)) {
            revert NotClaimingBank(key.creditId, memberId);
        }
        if (memberId == parties.issuingBank() || memberId == parties.reimbursingBank()) {
            revert BadClaimingBank(key.creditId, memberId);
        }
    }

    /// @dev One claim at a time of what was honoured, and each count once.
    function _requireNew(bytes32 presentationId, bytes32 claimed, bytes32 claimId) private view {
        if (_claims[claimId].word.state() != ClaimState.None) revert ClaimExists(claimId);
        bytes32 last = lastClaimOf[claimed];
        ClaimWord word = _claims[last].word;
        ClaimState current = word.state();
        bool over = current < ClaimState.Claimed || (current > ClaimState.Honoured && current < ClaimState.RefundDue);
        if (!over || word.has(ClaimMarks.OWED)) revert ClaimStands(presentationId, last);
    }

    /// @dev UCP 600 art. 7(c): the documents are forwarded to the issuing bank.
    function _forwarded(PresentationKey calldata key, bytes32 presentationId, PartiesWord parties, uint8 number)
        private
        view
        returns (bytes32 forwardedId)
    {
        PresentationKey memory onward = PresentationKey({
            creditId: key.creditId, examiner: parties.issuingBank(), presenter: key.examiner, number: number
        });
        forwardedId = keccak256(abi.encode(onward));
        if (forwardings.forwardedAs(presentationId) != forwardedId) {
            revert NotForwarded(presentationId, forwardedId);
        }
    }

    /// @dev UCP 600 art. 2, 7(c): what the bank owes or paid itself, on documents that comply or that the issuing bank took up.
    function _honoured(bytes32 presentationId, uint32 bank, Record memory record, PartiesWord parties)
        private
        view
        returns (Obligation memory own)
    {
        uint32 payee = presentations.presentation(presentationId).payee;
        own = obligations.obligation(obligations.idOfSlice(_owedBy(presentationId, bank, payee), record.slice));
        // What is due at sight is honoured once it is paid.
        if (own.state <= ObligationState.Due) revert NotHonoured(presentationId, bank);
        bool takenUp = _requireUnpaid(_directId(record, parties, bank));
        if (own.kind != ObligationKind.Complying && !takenUp) {
            revert NoRightToReimbursement(presentationId, own.kind);
        }
    }

    /// @dev The day on which what the bank honoured matures, 0 at sight. A slice has a usance of its own, and is due at once
    /// when that is over.
    function _dueOf(CreditWord numbers, Obligation memory own) private view returns (uint16) {
        bool later = numbers.tenorFrom() != MaturityFrom.None;
        if (numbers.availability() == Availability.Mixed) later = !Maturities.hasBegun(own.maturity);
        return later ? uint16(own.maturity / 1 days) : 0;
    }

    /// @dev The claim as the reimbursing bank receives it now.
    function _received(
        bytes32 creditId,
        AuthorisationWord authorisation,
        PartiesWord parties,
        uint64 amount,
        uint32 claimingBank,
        uint16 due
    ) private view returns (ClaimWord) {
        uint16 branch = registry.calendarOfBranch(parties.reimbursingBank());
        uint256 answerDays = ANSWER_DAYS + authorisation.preDebitDays();
        Clock memory clock = calendar.clock(branch, block.timestamp, answerDays);
        uint16 expiry = authorisation.expiry();
        bool expires = expiry != 0 && authorisation.state() == AuthorisationState.Undertaken;
        if (expires && clock.receiptDay > expiry) revert AuthorisationExpired(creditId, expiry);
        uint8 marks = due != 0 && _isEarly(branch, due) ? ClaimMarks.EARLY : 0;
        return ClaimWords.claimed(amount, claimingBank, clock.deadline, answerDays, due, marks);
    }

    /// @dev Whether the tenth banking day after receipt still lies before the due date; no where the calendar cannot tell.
    function _isEarly(uint16 branch, uint16 due) private view returns (bool) {
        Clock memory tenth = calendar.clock(branch, block.timestamp, EARLIEST_DAYS);
        if (tenth.missing != 0) return false;
        // The close of a banking day is within its hours, so that it tells the day.
        uint16 day = calendar.clock(branch, tenth.deadline, 1).receiptDay;
        return day != 0 && day < due;
    }

    function _existing(bytes32 claimId) private view returns (Record storage record, ClaimWord word) {
        record = _claims[claimId];
        word = record.word;
        if (word.state() == ClaimState.None) revert UnknownClaim(claimId);
    }

    function _requireState(bytes32 claimId, ClaimWord word, ClaimState expected) private pure {
        ClaimState actual = word.state();
        if (actual != expected) revert WrongClaimState(claimId, actual, expected);
    }

    /// @dev A claim that is not answered.
    function _open(bytes32 claimId) private view returns (Record storage record, ClaimWord word) {
        (record, word) = _existing(claimId);
        _requireState(claimId, word, ClaimState.Claimed);
    }

    /// @dev What every answer of the reimbursing bank needs.
    function _answerable(bytes32 claimId)
        private
        view
        returns (uint32 memberId, Record storage record, ClaimWord word, PartiesWord parties)
    {
        memberId = registry.actingMemberOf(msg.sender, Roles.EXAMINE);
        (record, word) = _existing(claimId);
        (parties,) = _credit(record.creditId);
        if (memberId != parties.reimbursingBank()) revert NotReimbursingBank(record.creditId, memberId);
        _requireState(claimId, word, ClaimState.Claimed);
    }

    function _ofClaimingBank(bytes32 claimId)
        private
        view
        returns (uint32 memberId, Record storage record, ClaimWord word)
    {
        memberId = registry.actingMemberOf(msg.sender, Roles.PRESENT);
        (record, word) = _existing(claimId);
        if (memberId != word.claimingBank()) revert NotClaimingBank(record.creditId, memberId);
    }

    /// @dev Gives up a claim on which nothing is owed.
    function _release(bytes32 claimId, Record storage record, ClaimWord word, PartiesWord parties) private {
        bytes32 creditId = record.creditId;
        _authorisations[creditId] = _authorisations[creditId].release(word.amount());
        _setPaired(claimId, record, parties, false);
    }

    /* INTERNALS: OBLIGATIONS */

    function _owedBy(bytes32 source, uint32 debtor, uint32 owner) private view returns (bytes32) {
        return obligations.obligationIdOf(source, debtor, owner);
    }

    /// @dev What the issuing bank owes the claiming bank for a drawing, or for a slice of one.
    function _directId(Record memory record, PartiesWord parties, uint32 bank) private view returns (bytes32) {
        return obligations.idOfSlice(_owedBy(record.forwardedId, parties.issuingBank(), bank), record.slice);
    }

    /// @dev What issuing and reimbursing bank owe the claiming bank for one drawing.
    function _setPaired(bytes32 claimId, Record memory record, PartiesWord parties, bool paired) private {
        uint32 bank = record.word.claimingBank();
        obligations.setPaired(
            _directId(record, parties, bank), _owedBy(claimId, parties.reimbursingBank(), bank), paired
        );
    }

    /// @dev The reimbursing bank's obligation arises, at sight or on the due date.
    function _owe(bytes32 claimId, Record storage record, ClaimWord word, PartiesWord parties)
        private
        returns (bytes32 obligationId)
    {
        _requireUnpaid(_directId(record, parties, word.claimingBank()));
        bytes32 creditId = record.creditId;
        (, CreditWord numbers) = _credit(creditId);
        Obligation memory owed;
        owed.debtor = parties.reimbursingBank();
        owed.owner = word.claimingBank();
        owed.amount = word.amount();
        owed.currency = numbers.currency();
        owed.kind = ObligationKind.Reimbursement;
        bool atSight = word.due() == 0;
        owed.state = atSight ? ObligationState.Due : ObligationState.Incurred;
        owed.maturity = uint40(atSight ? block.timestamp : uint256(word.due()) * 1 days);
        if (numbers.has(CreditWords.STAYED)) owed.stayedUntil = credits.stayOf(creditId);

        record.word = word.inState(ClaimState.Honoured).with(ClaimMarks.OWED);
        return _incur(claimId, owed);
    }

    /// @dev Whether the issuing bank owes for the drawing; it has not paid it.
    function _requireUnpaid(bytes32 directId) private view returns (bool owed) {
        ObligationState state = obligations.obligation(directId).state;
        owed = state != ObligationState.None;
        if (owed && !ObligationWords.isOpen(state)) revert PaidByIssuingBank(directId);
    }

    /// @dev What the reimbursing bank paid, and when that was due.
    function _reimbursed(bytes32 claimId, ClaimWord word, PartiesWord parties)
        private
        view
        returns (Obligation memory owed)
    {
        Obligation memory paid =
            obligations.obligation(_owedBy(claimId, parties.reimbursingBank(), word.claimingBank()));
        if (paid.state != ObligationState.Paid && paid.state != ObligationState.Prepaid) revert NotReimbursed(claimId);
        (owed.amount, owed.currency, owed.maturity) = (paid.amount, paid.currency, paid.maturity);
    }

    function _oweAtOnce(bytes32 source, Obligation memory owed, ObligationKind kind) private returns (bytes32) {
        (owed.state, owed.maturity, owed.kind) = (ObligationState.Due, uint40(block.timestamp), kind);
        return _incur(source, owed);
    }

    /// @dev Of what is given debtor, owner, amount, currency, maturity, state, kind and stay.
    function _incur(bytes32 source, Obligation memory owed) private returns (bytes32) {
        return obligations.incur(source, ObligationWord.unwrap(ObligationWords.pack(owed)));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {PartiesWord} from "contracts/libraries/CreditWords.sol";
import {Maturities} from "contracts/libraries/Maturities.sol";
import {ObligationWord, ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {
    Assignment,
    CreditAssignment,
    IPaymentObligations,
    Obligation,
    ObligationKind,
    ObligationState
} from "interfaces/IPaymentObligations.sol";
import {IPresentations} from "interfaces/IPresentations.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";

/// @title Payment obligations: what a bank owes under a credit, and its payment.
/// @notice See IPaymentObligations.
contract PaymentObligations is IPaymentObligations {
    /* CONSTANTS */

    uint256 private constant LONGEST_STAY = 400 days;

    /* IMMUTABLES */

    /// @inheritdoc IPaymentObligations
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IPaymentObligations
    address public immutable presentations;

    /// @inheritdoc IPaymentObligations
    address public immutable forwardings;

    /// @inheritdoc IPaymentObligations
    address public immutable transfers;

    /// @inheritdoc IPaymentObligations
    address public immutable reimbursements;

    /// @inheritdoc IPaymentObligations
    address public immutable titles;

    /* STORAGE */

    mapping(bytes32 obligationId => ObligationWord) private _obligations;

    /// @dev Where the word has ASSIGNED.
    mapping(bytes32 obligationId => Assignment) private _assignments;

    mapping(bytes32 creditId => CreditAssignment) private _creditAssignments;

    /// @inheritdoc IPaymentObligations
    mapping(bytes32 obligationId => uint64 proceeds) public agreedPrepayment;

    /// @dev Who recorded the stay; 0 of one that came from the credit.
    mapping(bytes32 obligationId => uint32 authority) private _stayedBy;

    /// @inheritdoc IPaymentObligations
    mapping(bytes32 obligationId => bytes32 counterpart) public pairedWith;

    /// @inheritdoc IPaymentObligations
    mapping(bytes32 obligationId => bytes32 later) public followedBy;

    /// @inheritdoc IPaymentObligations
    mapping(bytes32 obligationId => bytes32 unpaid) public follows;

    /// @inheritdoc IPaymentObligations
    mapping(uint16 currency => ISettlementCash) public cashOf;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param presentations_ The contract that lets obligations arise.
    /// @param forwardings_ The contract that lets one obligation follow another.
    /// @param transfers_ The contract that knows what first and second beneficiaries have of a drawing.
    /// @param reimbursements_ The contract that lets those of reimbursing banks arise.
    /// @param titles_ The contract of titles.
    /// @param currencies ISO 4217 numbers.
    /// @param cash The cash of each currency, in the same order.
    constructor(
        IAllianceRegistry registry_,
        address presentations_,
        address forwardings_,
        address transfers_,
        address reimbursements_,
        address titles_,
        uint16[] memory currencies,
        ISettlementCash[] memory cash
    ) {
        registry = registry_;
        presentations = presentations_;
        forwardings = forwardings_;
        transfers = transfers_;
        reimbursements = reimbursements_;
        titles = titles_;
        for (uint256 i; i < currencies.length; ++i) {
            if (address(cashOf[currencies[i]]) != address(0)) revert CashTwice(currencies[i]);
            cashOf[currencies[i]] = cash[i];
        }
    }

    /* OBLIGATIONS */

    /// @inheritdoc IPaymentObligations
    function incur(bytes32 presentationId, uint256 owed) external returns (bytes32 obligationId) {
        if (msg.sender != presentations && msg.sender != reimbursements) revert NotPresentationsContract(msg.sender);
        return _incur(presentationId, ObligationWord.wrap(owed));
    }

    /// @inheritdoc IPaymentObligations
    function incurDifference(
        bytes32 presentationId,
        bytes32 honouredId,
        uint32 owner,
        uint64 amount,
        uint40 stayedUntil
    ) external returns (bytes32 obligationId) {
        _requireTransfers();
        ObligationWord honoured = _existing(honouredId);
        Obligation memory owed = honoured.unpack();
        owed.owner = owner;
        owed.amount = amount;
        owed.kind = ObligationKind.Difference;
        owed.stayedUntil = stayedUntil;
        owed.recourse = false;
        owed.assigned = false;
        owed.titles = 0;
        bool later = owed.maturity > block.timestamp;
        if (!later) owed.maturity = uint40(block.timestamp);
        // The other may be paid already.
        if (!honoured.isOpen()) owed.state = later ? ObligationState.Incurred : ObligationState.Due;
        // Under a number of its own, as bank and creditor may be those of the other obligation.
        bytes32 differenceId = keccak256(abi.encode(presentationId, ObligationKind.Difference));
        return _incur(differenceId, ObligationWords.pack(owed));
    }

    /// @inheritdoc IPaymentObligations
    function pay(bytes32 obligationId) external {
        _pay(obligationId, _acting(Roles.PAY), 0);
    }

    /// @inheritdoc IPaymentObligations
    function payFor(bytes32 obligationId, uint32 debtor, uint256 bound) external returns (bytes32 record) {
        if (msg.sender != titles) revert NotTitleRegistry(msg.sender);
        return _pay(obligationId, debtor, bound);
    }

    /// @inheritdoc IPaymentObligations
    function agreePrepayment(bytes32 obligationId, uint64 proceeds) external {
        (uint32 memberId, ObligationWord word) = _ofOwner(obligationId, Roles.PAY);
        _requirePrepayable(obligationId, word);
        if (proceeds > word.amount()) revert ProceedsOutOfBounds(obligationId, proceeds, 0, word.amount());

        agreedPrepayment[obligationId] = proceeds;
        emit PrepaymentAgreed(obligationId, memberId, proceeds);
    }

    /// @inheritdoc IPaymentObligations
    function prepay(bytes32 obligationId, uint64 proceeds) external {
        ObligationWord word = _payable(obligationId, _acting(Roles.PAY));
        _requirePrepayable(obligationId, word);
        if (Maturities.hasBegun(word.maturity())) {
            revert MaturedAlready(obligationId, word.maturity(), block.timestamp);
        }
        uint64 agreed = agreedPrepayment[obligationId];
        if (proceeds == 0 || proceeds != agreed) revert PrepaymentNotAgreed(obligationId, proceeds, agreed);
        uint64 assigned = _assignments[obligationId].amount;
        if (proceeds < assigned) revert ProceedsOutOfBounds(obligationId, proceeds, assigned, word.amount());

        delete agreedPrepayment[obligationId];
        _obligations[obligationId] = word.inState(ObligationState.Prepaid);
        emit ObligationPrepaid(obligationId, word.debtor(), word.owner(), proceeds, word.currency());
        _settle(obligationId, obligationId, word, proceeds);
    }

    /// @inheritdoc IPaymentObligations
    function attestPayment(bytes32 obligationId, bytes32 paymentReference) external {
        uint32 memberId = _acting(Roles.ATTEST);
        ObligationWord word = _existing(obligationId);
        (bytes32 holderId, ObligationWord held) = _held(obligationId, word);
        uint256 share = _shareOf(obligationId, holderId, held, memberId);
        _requireOpen(obligationId, word);
        if (paymentReference == 0) revert PaymentReferenceMissing(obligationId);
        if (held.has(share)) revert AttestedAlready(obligationId, memberId);

        bool settled = _isAttested(holderId, held.with(share));
        if (settled) _obligations[obligationId] = word.with(share).inState(ObligationState.Paid);
        else _obligations[holderId] = _obligations[holderId].with(share);
        emit PaymentAttested(obligationId, memberId, paymentReference, settled);
    }

    /// @inheritdoc IPaymentObligations
    function assignProceeds(bytes32 obligationId, uint32 assignee, uint64 amount, bytes32 assignment) external {
        (uint32 memberId, ObligationWord word) = _ofOwner(obligationId, Roles.PAY);
        _requireOpen(obligationId, word);
        if (word.has(ObligationWords.PAIRED)) revert PairedObligation(obligationId, pairedWith[obligationId]);
        if (word.has(ObligationWords.FOLLOWED)) revert PairedObligation(obligationId, followedBy[obligationId]);
        if (word.has(ObligationWords.FOLLOWS)) revert PairedObligation(obligationId, follows[obligationId]);
        _requireUnassigned(obligationId, word);
        if (assignee == memberId || amount == 0 || amount > word.amount()) {
            revert BadAssignment(obligationId, assignee, amount);
        }
        // Asked for its refusal of a number that nobody has.
        registry.member(assignee);

        _assign(obligationId, word, assignee, amount, assignment);
    }

    /// @inheritdoc IPaymentObligations
    function assignOnArising(bytes32 obligationId, uint32 assignee, uint64 amount) external {
        _requireTransfers();
        _assign(obligationId, _existing(obligationId), assignee, amount, 0);
    }

    /// @inheritdoc IPaymentObligations
    function assignUnderCredit(bytes32 creditId, uint32 assignee, uint64 amount, bytes32 assignment) external {
        uint32 memberId = _acting(Roles.PAY);
        ILetterOfCredit credits = IPresentations(presentations).credits();
        (uint256 parties,) = credits.bindingWords(creditId, 0);
        if (memberId != PartiesWord.wrap(parties).beneficiary()) {
            revert IPresentations.NotBeneficiary(creditId, memberId);
        }
        CreditAssignment storage made = _creditAssignments[creditId];
        if (made.assignee != 0) revert CreditAssignedAlready(creditId, made.assignee);
        if (assignee == memberId || amount == 0) revert BadCreditAssignment(creditId, assignee, amount);
        // Asked for its refusal of a number that nobody has.
        registry.member(assignee);

        _creditAssignments[creditId] = CreditAssignment({
            assignor: memberId, assignee: assignee, amount: amount, left: amount, assignment: assignment
        });
        emit CreditProceedsAssigned(creditId, memberId, assignee, amount, assignment);
        credits.noteAssignment(creditId);
    }

    /// @inheritdoc IPaymentObligations
    function bindAssignment(bytes32 creditId, bytes32 obligationId) external {
        if (msg.sender != presentations) revert NotPresentationsContract(msg.sender);
        CreditAssignment storage made = _creditAssignments[creditId];
        ObligationWord word = _obligations[obligationId];
        uint32 owner = word.owner();
        uint64 part = word.amount();
        if (part > made.left) part = made.left;
        // What is owed to another, such as a bank that negotiated, is not the beneficiary's to assign.
        if (part == 0 || owner != made.assignor) return;

        made.left -= part;
        _obligations[obligationId] = word.with(ObligationWords.ASSIGNED);
        _assignments[obligationId] = Assignment({assignee: made.assignee, amount: part});
        emit ProceedsAssigned(obligationId, owner, made.assignee, part, made.assignment);
    }

    /* COUNTERPARTS */

    /// @inheritdoc IPaymentObligations
    function setPaired(bytes32 first, bytes32 second, bool paired) external {
        if (msg.sender != reimbursements) revert NotReimbursementsContract(msg.sender);
        _setPaired(first, second, paired);
        _setPaired(second, first, paired);
        emit ObligationsPaired(first, second, paired);
    }

    /// @inheritdoc IPaymentObligations
    function settleByCounterpart(bytes32 obligationId) external {
        uint32 memberId = _acting(Roles.PAY);
        ObligationWord word = _existing(obligationId);
        if (memberId != word.debtor() && memberId != word.owner()) {
            revert NotPartyToObligation(obligationId, memberId);
        }
        _requireOpen(obligationId, word);
        (bytes32 counterpart, ObligationWord paid) = _counterpart(obligationId, word);
        if (counterpart == 0) revert NotPaired(obligationId);
        if (!paid.isPaid()) revert CounterpartUnpaid(obligationId, counterpart);

        uint64 covered = paid.amount() < word.amount() ? paid.amount() : word.amount();
        bool settled = covered == word.amount();
        if (settled) {
            word = word.inState(ObligationState.Settled);
        } else {
            // Titles went with what was paid first for the same documents; a reimbursing bank gets none.
            if (word.has(ObligationWords.FOLLOWED)) word = word.withoutTitles();
            word = word.lessBy(covered).without(ObligationWords.PAIRED | ObligationWords.FOLLOWED);
            delete pairedWith[obligationId];
            delete followedBy[obligationId];
            // It was for the whole.
            delete agreedPrepayment[obligationId];
        }
        _obligations[obligationId] = word;
        emit ObligationSettled(obligationId, counterpart, covered, settled);
    }

    /// @inheritdoc IPaymentObligations
    function follow(bytes32 unpaid, bytes32 later, uint256 slices, bool all, uint32 claimant)
        external
        returns (uint64 amount)
    {
        if (msg.sender != forwardings) revert IForwarding.NotForwarding(msg.sender);
        uint256 claimed;
        // Where none is claimed, the last that is still owed tells why.
        uint256 told;
        for (uint256 slice; slice < slices; ++slice) {
            bytes32 earlierId = idOfSlice(unpaid, slice);
            ObligationWord owed = _obligations[earlierId];
            amount += owed.amount();
            if (_isLeftUnpaid(earlierId, owed, idOfSlice(later, slice), claimant)) claimed |= 1 << slice;
            else if (owed.isOpen()) told = slice;
        }
        if (claimed == 0) _requireLeftUnpaid(idOfSlice(unpaid, told), idOfSlice(later, told), claimant);

        for (uint256 slice; slice < slices; ++slice) {
            if (all || claimed >> slice & 1 != 0) _follow(idOfSlice(unpaid, slice), idOfSlice(later, slice));
        }
    }

    /* STAY OF PAYMENT */

    /// @inheritdoc IPaymentObligations
    function stayPayment(bytes32 obligationId, uint40 until, bytes32 order) external {
        (uint32 memberId, ObligationWord word) = _ofCourt(obligationId);
        _requireOpen(obligationId, word);
        if (_isStayed(word)) _requireOwnStay(obligationId, word, memberId);
        uint256 latest = block.timestamp + LONGEST_STAY;
        if (until <= block.timestamp || until > latest) revert PaymentStayOutOfBounds(until, latest);

        _obligations[obligationId] = word.withStay(until);
        _stayedBy[obligationId] = memberId;
        emit ObligationStayed(obligationId, memberId, until, order);
    }

    /// @inheritdoc IPaymentObligations
    function liftPaymentStay(bytes32 obligationId, bytes32 order) external {
        (uint32 memberId, ObligationWord word) = _ofCourt(obligationId);
        if (!_isStayed(word)) revert PaymentNotStayed(obligationId);
        _requireOwnStay(obligationId, word, memberId);

        _obligations[obligationId] = word.withStay(0);
        delete _stayedBy[obligationId];
        emit ObligationStayLifted(obligationId, memberId, order);
    }

    /* VIEWS */

    /// @inheritdoc IPaymentObligations
    function obligation(bytes32 obligationId) external view returns (Obligation memory) {
        return _obligations[obligationId].unpack();
    }

    /// @inheritdoc IPaymentObligations
    function stateOf(bytes32 obligationId) external view returns (ObligationState) {
        return _stateOf(_obligations[obligationId]);
    }

    /// @inheritdoc IPaymentObligations
    function isOwedTo(bytes32 firstId, uint32 memberId, uint256 slices) external view returns (bool) {
        for (uint256 slice; slice < slices; ++slice) {
            if (currentCreditor(idOfSlice(firstId, slice)) == memberId) return true;
        }
        return false;
    }

    /// @inheritdoc IPaymentObligations
    function currentCreditor(bytes32 obligationId) public view returns (uint32 memberId) {
        (, ObligationWord held) = _held(obligationId, _obligations[obligationId]);
        return held.owner();
    }

    /// @inheritdoc IPaymentObligations
    function assignmentOf(bytes32 obligationId) external view returns (Assignment memory) {
        return _assignments[obligationId];
    }

    /// @inheritdoc IPaymentObligations
    function creditAssignmentOf(bytes32 creditId) external view returns (CreditAssignment memory) {
        return _creditAssignments[creditId];
    }

    /// @inheritdoc IPaymentObligations
    function obligationIdOf(bytes32 presentationId, uint32 debtor, uint32 owner)
        public
        pure
        returns (bytes32 obligationId)
    {
        return ObligationWords.idOf(presentationId, debtor, owner);
    }

    /// @inheritdoc IPaymentObligations
    function owedOn(bytes32 presentationId, uint32 debtor, uint32 owner, uint256 slices)
        external
        view
        returns (uint64 sum)
    {
        bytes32 first = obligationIdOf(presentationId, debtor, owner);
        for (uint256 slice; slice < slices; ++slice) {
            sum += _obligations[idOfSlice(first, slice)].amount();
        }
    }

    /// @inheritdoc IPaymentObligations
    function idOfSlice(bytes32 firstId, uint256 slice) public pure returns (bytes32 obligationId) {
        return slice == 0 ? firstId : Hashes.efficientKeccak256(firstId, bytes32(slice));
    }

    /* INTERNALS */

    function _acting(uint256 role) private view returns (uint32) {
        return registry.actingMemberOf(msg.sender, role);
    }

    function _requireTransfers() private view {
        if (msg.sender != transfers) revert ILetterOfCredit.NotTransfers(msg.sender);
    }

    function _incur(bytes32 presentationId, ObligationWord word) private returns (bytes32 obligationId) {
        uint32 debtor = word.debtor();
        uint32 owner = word.owner();
        obligationId = obligationIdOf(presentationId, debtor, owner);
        uint256 slice = word.slice();
        if (slice != 0) obligationId = idOfSlice(obligationId, slice);
        // What is alone in its word was laid there by setPaired or follow.
        ObligationWord before = _obligations[obligationId];
        if (before.hasArisen()) revert ObligationExists(obligationId);
        if (before.has(ObligationWords.PAIRED)) _requireOwn(pairedWith[obligationId]);
        if (word.titles() != 0 && word.isUsance()) {
            // What is owed at maturity carries none; a precluded bank gets them by a call of its own.
            if (word.kind() != ObligationKind.Preclusion) revert TitlesGoAlong(obligationId, word.titles());
            word = word.withoutTitles();
        }

        _obligations[obligationId] = word.with(ObligationWord.unwrap(before));
        emit ObligationIncurred(
            obligationId,
            presentationId,
            debtor,
            owner,
            word.amount(),
            word.currency(),
            word.maturity(),
            word.state(),
            word.kind()
        );
        if (slice != 0) emit SliceIncurred(obligationId, uint8(slice));
        if (word.has(ObligationWords.RECOURSE)) emit RecourseReserved(obligationId, debtor);
    }

    function _assign(bytes32 obligationId, ObligationWord word, uint32 assignee, uint64 amount, bytes32 assignment)
        private
    {
        _obligations[obligationId] = word.with(ObligationWords.ASSIGNED);
        _assignments[obligationId] = Assignment({assignee: assignee, amount: amount});
        emit ProceedsAssigned(obligationId, word.owner(), assignee, amount, assignment);
    }

    /// @dev Answers with what the titles are kept for that the debtor gets for it.
    function _pay(bytes32 obligationId, uint32 memberId, uint256 bound) private returns (bytes32 holderId) {
        ObligationWord word = _payable(obligationId, memberId);
        if (word.isUsance() && !Maturities.hasBegun(word.maturity())) {
            revert NotMatured(obligationId, word.maturity(), block.timestamp);
        }

        _obligations[obligationId] = word.inState(ObligationState.Paid);
        (holderId, word) = _held(obligationId, word);
        if (bound != word.titles()) revert TitlesGoToPayer(obligationId, bound, word.titles());
        emit ObligationPaid(obligationId, memberId, word.owner(), word.amount(), word.currency());
        _settle(obligationId, holderId, word, word.amount());
    }

    /// @dev Moves what is not attested as paid elsewhere; the assignee comes first.
    function _settle(bytes32 obligationId, bytes32 holderId, ObligationWord word, uint64 amount) private {
        ISettlementCash cash = cashOf[word.currency()];
        if (address(cash) == address(0)) revert NoCash(word.currency());
        (address from, address to) = registry.treasuriesOf(word.debtor(), word.owner());
        if (word.has(ObligationWords.ASSIGNED)) {
            Assignment memory assigned = _assignments[holderId];
            amount -= assigned.amount;
            if (!word.has(ObligationWords.ASSIGNEE_PAID)) {
                emit ProceedsPaid(obligationId, assigned.assignee, assigned.amount);
                (, address assignee) = registry.treasuriesOf(word.debtor(), assigned.assignee);
                cash.settle(from, assignee, assigned.amount);
            }
            if (amount == 0 || word.has(ObligationWords.OWNER_PAID)) return;
        }
        cash.settle(from, to, amount);
    }

    /// @dev What every payment in cash needs.
    function _payable(bytes32 obligationId, uint32 memberId) private view returns (ObligationWord word) {
        word = _existing(obligationId);
        if (memberId != word.debtor()) revert NotDebtor(obligationId, memberId);
        _requireOpen(obligationId, word);
        if (_isStayed(word)) revert PaymentIsStayed(obligationId, word.stayedUntil());
        if (word.has(ObligationWords.PAIRED | ObligationWords.FOLLOWED)) {
            (bytes32 counterpart, ObligationWord paid) = _counterpart(obligationId, word);
            if (paid.isPaid()) revert PaidByCounterpart(obligationId, counterpart);
        }
    }

    /// @dev Of what another bank may have paid instead: the one that was paid, else the last, 0 for none.
    function _counterpart(bytes32 obligationId, ObligationWord word)
        private
        view
        returns (bytes32 counterpart, ObligationWord other)
    {
        if (word.has(ObligationWords.PAIRED)) {
            counterpart = pairedWith[obligationId];
            other = _obligations[counterpart];
        }
        // Nominated, confirming and issuing bank: two steps at most.
        while (word.has(ObligationWords.FOLLOWED)) {
            counterpart = followedBy[obligationId];
            other = _obligations[counterpart];
            if (other.isPaid()) break;
            (obligationId, word) = (counterpart, other);
        }
    }

    /// @dev Who is to be paid, as the word says it in the end, and the obligation by which that is so. What follows an unpaid
    /// one goes to the creditor of that; or to its debtor, once that bank has paid.
    function _held(bytes32 obligationId, ObligationWord word)
        private
        view
        returns (bytes32 holderId, ObligationWord held)
    {
        (holderId, held) = (obligationId, word);
        ObligationWord at = word;
        while (at.has(ObligationWords.FOLLOWS)) {
            holderId = follows[holderId];
            at = _obligations[holderId];
            if (at.isPaid()) {
                uint32 payer = at.debtor();
                return (obligationId, payer == word.owner() ? word : word.owedTo(payer));
            }
            held = word.owedAs(at);
        }
    }

    /// @dev Whether it is overdue to a member, which has not turned to the later one yet, nor can that have been paid.
    function _isLeftUnpaid(bytes32 obligationId, ObligationWord owed, bytes32 later, uint32 claimant)
        private
        view
        returns (bool)
    {
        if (_stateOf(owed) != ObligationState.Overdue || followedBy[obligationId] == later) return false;
        ObligationWord word = _obligations[later];
        if (word.hasArisen() && !word.isOpen()) return false;
        if (_isReimbursed(later)) return false;
        (, ObligationWord held) = _held(obligationId, owed);
        return claimant == held.owner();
    }

    /// @dev The same by name.
    function _requireLeftUnpaid(bytes32 obligationId, bytes32 later, uint32 claimant) private view {
        ObligationWord owed = _existing(obligationId);
        (, ObligationWord held) = _held(obligationId, owed);
        if (claimant != held.owner()) revert NotCreditor(obligationId, claimant);
        ObligationState current = _stateOf(owed);
        if (current != ObligationState.Overdue) revert NotOverdue(obligationId, current);
        if (followedBy[obligationId] == later) revert FollowedAlready(obligationId, later);
        if (_isReimbursed(later)) revert PairedObligation(later, pairedWith[later]);
        _requireOpen(later, _obligations[later]);
    }

    /// @dev Whether a reimbursing bank has bound itself for the same drawing, or slice of one.
    function _isReimbursed(bytes32 obligationId) private view returns (bool) {
        return _obligations[pairedWith[obligationId]].hasArisen();
    }

    /// @dev What was paid goes along: the bank that paid it is reimbursed. What is not due yet as well.
    function _follow(bytes32 unpaid, bytes32 later) private {
        ObligationWord owed = _obligations[unpaid];
        if (!owed.hasArisen()) return;
        if (_stateOf(owed) == ObligationState.Stayed) revert NotOverdue(unpaid, ObligationState.Stayed);
        ObligationWord word = _obligations[later];
        if (word.hasArisen() && word.amount() != owed.amount()) {
            (bytes32 holderId, ObligationWord held) = _held(unpaid, owed);
            if (held.has(ObligationWords.ASSIGNED)) revert AssignedAlready(holderId, _assignments[holderId].assignee);
        }

        _obligations[unpaid] = owed.with(ObligationWords.FOLLOWED);
        _obligations[later] = word.with(ObligationWords.FOLLOWS);
        followedBy[unpaid] = later;
        follows[later] = unpaid;
        emit ObligationFollowed(unpaid, later, currentCreditor(later));
    }

    /// @dev Is not owed to another for now than who is to be reimbursed.
    function _requireOwn(bytes32 obligationId) private view {
        (bytes32 holderId, ObligationWord held) = _held(obligationId, _obligations[obligationId]);
        if (holderId != obligationId) revert OwedToAnother(obligationId, held.owner());
    }

    function _stateOf(ObligationWord word) private view returns (ObligationState) {
        if (word.isOpen()) {
            if (_isStayed(word)) return ObligationState.Stayed;
            if (Maturities.isOver(word.maturity())) return ObligationState.Overdue;
        }
        return word.state();
    }

    function _setPaired(bytes32 obligationId, bytes32 counterpart, bool paired) private {
        ObligationWord word = _obligations[obligationId];
        if (paired) {
            _requireUnassigned(obligationId, word);
            _requireOwn(obligationId);
        }
        _obligations[obligationId] = paired ? word.with(ObligationWords.PAIRED) : word.without(ObligationWords.PAIRED);
        pairedWith[obligationId] = paired ? counterpart : bytes32(0);
    }

    function _requireUnassigned(bytes32 obligationId, ObligationWord word) private view {
        if (word.has(ObligationWords.ASSIGNED)) {
            revert AssignedAlready(obligationId, _assignments[obligationId].assignee);
        }
    }

    function _ofOwner(bytes32 obligationId, uint256 role) private view returns (uint32 memberId, ObligationWord word) {
        memberId = _acting(role);
        word = _existing(obligationId);
        if (memberId != word.owner()) revert NotCreditor(obligationId, memberId);
    }

    function _ofCourt(bytes32 obligationId) private view returns (uint32 memberId, ObligationWord word) {
        memberId = _acting(Roles.COURT);
        word = _existing(obligationId);
        if (memberId == word.debtor() || memberId == word.owner() || memberId == _assignments[obligationId].assignee) {
            revert PartyCannotStayPayment(obligationId, memberId);
        }
    }

    function _existing(bytes32 obligationId) private view returns (ObligationWord word) {
        word = _obligations[obligationId];
        if (!word.hasArisen()) revert UnknownObligation(obligationId);
    }

    function _requireOpen(bytes32 obligationId, ObligationWord word) private pure {
        if (!word.isOpen()) revert WrongObligationState(obligationId, word.state(), ObligationState.Due);
    }

    /// @dev What follows may come to be owed to another while the discount is agreed.
    function _requirePrepayable(bytes32 obligationId, ObligationWord word) private view {
        if (!word.isUsance()) revert WrongObligationState(obligationId, word.state(), ObligationState.Incurred);
        if (word.has(ObligationWords.FOLLOWS)) revert PairedObligation(obligationId, follows[obligationId]);
    }

    /// @dev Which flag a creditor's attestation sets.
    function _shareOf(bytes32 obligationId, bytes32 holderId, ObligationWord word, uint32 memberId)
        private
        view
        returns (uint256)
    {
        if (memberId == word.owner()) return ObligationWords.OWNER_PAID;
        if (word.has(ObligationWords.ASSIGNED) && memberId == _assignments[holderId].assignee) {
            return ObligationWords.ASSIGNEE_PAID;
        }
        revert NotCreditor(obligationId, memberId);
    }

    /// @dev Whether everybody was paid elsewhere; an owner that assigned the whole has nothing to attest.
    function _isAttested(bytes32 obligationId, ObligationWord word) private view returns (bool) {
        if (!word.has(ObligationWords.ASSIGNED)) return true;
        if (!word.has(ObligationWords.ASSIGNEE_PAID)) return false;
        return word.has(ObligationWords.OWNER_PAID) || _assignments[obligationId].amount == word.amount();
    }

    function _isStayed(ObligationWord word) private view returns (bool) {
        return block.timestamp <= word.stayedUntil();
    }

    function _requireOwnStay(bytes32 obligationId, ObligationWord word, uint32 memberId) private view {
        uint32 authority = _stayedBy[obligationId];
        if (authority != 0 && authority != memberId) {
            revert PaymentStayedByAnother(obligationId, authority, word.stayedUntil());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Maturities} from "contracts/libraries/Maturities.sol";
import {ObligationWord, ObligationWords} from "contracts/libraries/ObligationWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Assignment, IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
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

    /* STORAGE */

    mapping(bytes32 obligationId => ObligationWord) private _obligations;

    /// @dev Where the word has ASSIGNED.
    mapping(bytes32 obligationId => Assignment) private _assignments;

    /// @inheritdoc IPaymentObligations
    mapping(bytes32 obligationId => uint64 proceeds) public agreedPrepayment;

    /// @dev Who recorded the stay; 0 of one that came from the credit.
    mapping(bytes32 obligationId => uint32 authority) private _stayedBy;

    /// @inheritdoc IPaymentObligations
    mapping(uint16 currency => ISettlementCash) public cashOf;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param presentations_ The contract that lets obligations arise.
    /// @param currencies ISO 4217 numbers.
    /// @param cash The cash of each currency, in the same order.
    constructor(
        IAllianceRegistry registry_,
        address presentations_,
        uint16[] memory currencies,
        ISettlementCash[] memory cash
    ) {
        registry = registry_;
        presentations = presentations_;
        for (uint256 i; i < currencies.length; ++i) {
            if (address(cashOf[currencies[i]]) != address(0)) revert CashTwice(currencies[i]);
            cashOf[currencies[i]] = cash[i];
        }
    }

    /* OBLIGATIONS */

    /// @inheritdoc IPaymentObligations
    function incur(bytes32 presentationId, uint256 owed) external returns (bytes32 obligationId) {
        _requirePresentations();
        ObligationWord word = ObligationWord.wrap(owed);
        uint32 debtor = word.debtor();
        uint32 owner = word.owner();
        obligationId = obligationIdOf(presentationId, debtor, owner);
        if (ObligationWord.unwrap(_obligations[obligationId]) != 0) revert ObligationExists(obligationId);

        _obligations[obligationId] = word;
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
        if (word.has(ObligationWords.RECOURSE)) emit RecourseReserved(obligationId, debtor);
    }

    /// @inheritdoc IPaymentObligations
    function pay(bytes32 obligationId) external {
        ObligationWord word = _payable(obligationId);
        if (word.isUsance() && !Maturities.hasBegun(word.maturity())) {
            revert NotMatured(obligationId, word.maturity(), block.timestamp);
        }

        _obligations[obligationId] = word.inState(ObligationState.Paid);
        emit ObligationPaid(obligationId, word.debtor(), word.owner(), word.amount(), word.currency());
        _settle(obligationId, word, word.amount());
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
        ObligationWord word = _payable(obligationId);
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
        _settle(obligationId, word, proceeds);
    }

    /// @inheritdoc IPaymentObligations
    function attestPayment(bytes32 obligationId, bytes32 paymentReference) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.ATTEST);
        ObligationWord word = _existing(obligationId);
        uint256 share = _shareOf(obligationId, word, memberId);
        _requireOpen(obligationId, word);
        if (paymentReference == 0) revert PaymentReferenceMissing(obligationId);
        if (word.has(share)) revert AttestedAlready(obligationId, memberId);

        word = word.with(share);
        bool settled = _isAttested(obligationId, word);
        _obligations[obligationId] = settled ? word.inState(ObligationState.Paid) : word;
        emit PaymentAttested(obligationId, memberId, paymentReference, settled);
    }

    /// @inheritdoc IPaymentObligations
    function assignProceeds(bytes32 obligationId, uint32 assignee, uint64 amount, bytes32 assignment) external {
        (uint32 memberId, ObligationWord word) = _ofOwner(obligationId, Roles.PAY);
        _requireOpen(obligationId, word);
        if (word.has(ObligationWords.ASSIGNED)) {
            revert AssignedAlready(obligationId, _assignments[obligationId].assignee);
        }
        if (assignee == memberId || amount == 0 || amount > word.amount()) {
            revert BadAssignment(obligationId, assignee, amount);
        }
        // Asked for its refusal of a number that nobody has.
        registry.member(assignee);

        _assign(obligationId, word, assignee, amount, assignment);
    }

    /// @inheritdoc IPaymentObligations
    function assignOnArising(bytes32 obligationId, uint32 assignee, uint64 amount) external {
        _requirePresentations();
        _assign(obligationId, _existing(obligationId), assignee, amount, 0);
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
        ObligationWord word = _obligations[obligationId];
        if (word.isOpen()) {
            if (_isStayed(word)) return ObligationState.Stayed;
            if (Maturities.isOver(word.maturity())) return ObligationState.Overdue;
        }
        return word.state();
    }

    /// @inheritdoc IPaymentObligations
    function assignmentOf(bytes32 obligationId) external view returns (Assignment memory) {
        return _assignments[obligationId];
    }

    /// @inheritdoc IPaymentObligations
    function obligationIdOf(bytes32 presentationId, uint32 debtor, uint32 owner)
        public
        pure
        returns (bytes32 obligationId)
    {
        return keccak256(abi.encode(presentationId, debtor, owner));
    }

    /* INTERNALS */

    function _assign(bytes32 obligationId, ObligationWord word, uint32 assignee, uint64 amount, bytes32 assignment)
        private
    {
        _obligations[obligationId] = word.with(ObligationWords.ASSIGNED);
        _assignments[obligationId] = Assignment({assignee: assignee, amount: amount});
        emit ProceedsAssigned(obligationId, word.owner(), assignee, amount, assignment);
    }

    function _requirePresentations() private view {
        if (msg.sender != presentations) revert NotPresentationsContract(msg.sender);
    }

    /// @dev Moves what is not attested as paid elsewhere; the assignee comes first.
    function _settle(bytes32 obligationId, ObligationWord word, uint64 amount) private {
        ISettlementCash cash = cashOf[word.currency()];
        if (address(cash) == address(0)) revert NoCash(word.currency());
        (address from, address to) = registry.treasuriesOf(word.debtor(), word.owner());
        if (word.has(ObligationWords.ASSIGNED)) {
            Assignment memory assigned = _assignments[obligationId];
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
    function _payable(bytes32 obligationId) private view returns (ObligationWord word) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PAY);
        word = _existing(obligationId);
        if (memberId != word.debtor()) revert NotDebtor(obligationId, memberId);
        _requireOpen(obligationId, word);
        if (_isStayed(word)) revert PaymentIsStayed(obligationId, word.stayedUntil());
    }

    function _ofOwner(bytes32 obligationId, uint256 role) private view returns (uint32 memberId, ObligationWord word) {
        memberId = registry.actingMemberOf(msg.sender, role);
        word = _existing(obligationId);
        if (memberId != word.owner()) revert NotCreditor(obligationId, memberId);
    }

    function _ofCourt(bytes32 obligationId) private view returns (uint32 memberId, ObligationWord word) {
        memberId = registry.actingMemberOf(msg.sender, Roles.COURT);
        word = _existing(obligationId);
        if (memberId == word.debtor() || memberId == word.owner() || memberId == _assignments[obligationId].assignee) {
            revert PartyCannotStayPayment(obligationId, memberId);
        }
    }

    function _existing(bytes32 obligationId) private view returns (ObligationWord word) {
        word = _obligations[obligationId];
        if (ObligationWord.unwrap(word) == 0) revert UnknownObligation(obligationId);
    }

    function _requireOpen(bytes32 obligationId, ObligationWord word) private pure {
        if (!word.isOpen()) revert WrongObligationState(obligationId, word.state(), ObligationState.Due);
    }

    function _requirePrepayable(bytes32 obligationId, ObligationWord word) private pure {
        if (!word.isUsance()) revert WrongObligationState(obligationId, word.state(), ObligationState.Incurred);
    }

    /// @dev Which flag a creditor's attestation sets.
    function _shareOf(bytes32 obligationId, ObligationWord word, uint32 memberId) private view returns (uint256) {
        if (memberId == word.owner()) return ObligationWords.OWNER_PAID;
        if (word.has(ObligationWords.ASSIGNED) && memberId == _assignments[obligationId].assignee) {
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

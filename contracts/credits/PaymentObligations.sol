// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";

/// @title Payment obligations: what a bank owes under a credit, and its payment.
/// @notice See IPaymentObligations.
contract PaymentObligations is IPaymentObligations {
    /* IMMUTABLES */

    /// @inheritdoc IPaymentObligations
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IPaymentObligations
    address public immutable presentations;

    /* STORAGE */

    /// @dev One word each.
    mapping(bytes32 obligationId => Obligation) private _obligations;

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
    function incur(bytes32 presentationId, Obligation calldata owed) external returns (bytes32 obligationId) {
        if (msg.sender != presentations) revert NotPresentationsContract(msg.sender);
        obligationId = obligationIdOf(presentationId, owed.debtor, owed.owner);
        if (_obligations[obligationId].state != ObligationState.None) revert ObligationExists(obligationId);

        _obligations[obligationId] = owed;
        emit ObligationIncurred(
            obligationId, presentationId, owed.debtor, owed.owner, owed.amount, owed.currency, owed.maturity, owed.kind
        );
    }

    /// @inheritdoc IPaymentObligations
    function pay(bytes32 obligationId) external {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.PAY);
        Obligation memory owed = _obligations[obligationId];
        if (owed.state == ObligationState.None) revert UnknownObligation(obligationId);
        if (memberId != owed.debtor) revert NotDebtor(obligationId, memberId);
        if (owed.state != ObligationState.Due) {
            revert WrongObligationState(obligationId, owed.state, ObligationState.Due);
        }
        ISettlementCash cash = cashOf[owed.currency];
        if (address(cash) == address(0)) revert NoCash(owed.currency);

        _obligations[obligationId].state = ObligationState.Paid;
        emit ObligationPaid(obligationId, owed.debtor, owed.owner, owed.amount, owed.currency);
        (address from, address to) = registry.treasuriesOf(owed.debtor, owed.owner);
        cash.settle(from, to, owed.amount);
    }

    /* VIEWS */

    /// @inheritdoc IPaymentObligations
    function obligation(bytes32 obligationId) external view returns (Obligation memory) {
        return _obligations[obligationId];
    }

    /// @inheritdoc IPaymentObligations
    function stateOf(bytes32 obligationId) external view returns (ObligationState) {
        return _obligations[obligationId].state;
    }

    /// @inheritdoc IPaymentObligations
    function obligationIdOf(bytes32 presentationId, uint32 debtor, uint32 owner)
        public
        pure
        returns (bytes32 obligationId)
    {
        return keccak256(abi.encode(presentationId, debtor, owner));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DeliveryWord, DeliveryWords} from "contracts/libraries/DeliveryWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";
import {
    Delivery,
    DeliveryBasis,
    DeliveryKey,
    DeliveryState,
    DeliveryTerms,
    ITitleDeliveries
} from "interfaces/ITitleDeliveries.sol";
import {ITitleRegistry, Title, TitleForm} from "interfaces/ITitleRegistry.sol";

/// @title Deliveries of titles: what a bank holds goes to the applicant against payment or against its trust receipt.
/// @notice See ITitleDeliveries.
contract TitleDeliveries is ITitleDeliveries {
    /* CONSTANTS */

    uint256 private constant MOST_TITLES = 64;

    /* IMMUTABLES */

    /// @inheritdoc ITitleDeliveries
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ITitleDeliveries
    ITitleRegistry public immutable titles;

    /// @inheritdoc ITitleDeliveries
    IPaymentObligations public immutable obligations;

    /* STORAGE */

    mapping(bytes32 deliveryId => DeliveryWord) private _deliveries;

    /* CONSTRUCTOR */

    /// @notice Wires the contract.
    /// @param registry_ The register of members.
    /// @param titles_ The titles.
    /// @param obligations_ The contract that knows the cash of each currency.
    constructor(IAllianceRegistry registry_, ITitleRegistry titles_, IPaymentObligations obligations_) {
        registry = registry_;
        titles = titles_;
        obligations = obligations_;
    }

    /* OFFER */

    /// @inheritdoc ITitleDeliveries
    function offer(DeliveryKey calldata key, DeliveryTerms calldata terms) external returns (bytes32 deliveryId) {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.TITLE);
        deliveryId = deliveryIdOf(key);
        if (memberId != key.bank) revert NotDeliveringBank(deliveryId, key.bank, memberId);
        if (_deliveries[deliveryId].state() != DeliveryState.None) revert DeliveryExists(deliveryId);
        _requireParties(key);
        _requireTerms(terms);

        _deliveries[deliveryId] = DeliveryWords.pack(key, terms);
        emit TitlesOffered(
            deliveryId,
            key.bank,
            key.applicant,
            terms.amount,
            terms.currency,
            terms.basis,
            terms.takeBy,
            terms.due,
            key.source,
            key.number,
            key.titles
        );
        titles.deposit(key.titles, key.bank, key.applicant, deliveryId);
        _requireOfUse(key);
    }

    /// @inheritdoc ITitleDeliveries
    function withdraw(DeliveryKey calldata key) external {
        (bytes32 deliveryId, DeliveryWord word) = _ofBank(key, Roles.TITLE, DeliveryState.Offered);

        emit OfferWithdrawn(deliveryId, key.bank, key.applicant);
        _giveBack(deliveryId, word, key);
    }

    /// @inheritdoc ITitleDeliveries
    function lapse(DeliveryKey calldata key) external {
        (bytes32 deliveryId, DeliveryWord word) = _in(key, DeliveryState.Offered);
        if (block.timestamp <= word.takeBy()) revert OfferOpen(deliveryId, word.takeBy(), block.timestamp);

        emit OfferLapsed(deliveryId, key.bank, key.applicant);
        _giveBack(deliveryId, word, key);
    }

    /* DELIVERY */

    /// @inheritdoc ITitleDeliveries
    function take(DeliveryKey calldata key, address account) external {
        (bytes32 deliveryId, DeliveryWord word) = _takeable(key, Roles.PAY, DeliveryBasis.Payment);

        _deliveries[deliveryId] = word.inState(DeliveryState.Settled);
        emit TitlesTaken(deliveryId, key.bank, key.applicant, word.amount(), word.currency());
        _settle(key, word);
        _handOver(deliveryId, key, account);
    }

    /// @inheritdoc ITitleDeliveries
    function takeOnTrust(DeliveryKey calldata key, address account, bytes32 receipt) external {
        (bytes32 deliveryId, DeliveryWord word) = _takeable(key, Roles.ACCEPT, DeliveryBasis.TrustReceipt);
        if (receipt == 0) revert DeliveryReferenceMissing(deliveryId);

        _deliveries[deliveryId] = word.inState(DeliveryState.OnTrust);
        emit TitlesTakenOnTrust(
            deliveryId, key.bank, key.applicant, word.amount(), word.currency(), word.due(), receipt
        );
        _handOver(deliveryId, key, account);
    }

    /// @inheritdoc ITitleDeliveries
    function release(DeliveryKey calldata key, address account, bytes32 paymentReference) external {
        bytes32 deliveryId = _paidElsewhere(key, DeliveryState.Offered, paymentReference);
        emit TitlesReleased(deliveryId, key.bank, key.applicant, paymentReference);
        _handOver(deliveryId, key, account);
    }

    /* WHAT IS OWED ON TRUST */

    /// @inheritdoc ITitleDeliveries
    function pay(DeliveryKey calldata key) external {
        (bytes32 deliveryId, DeliveryWord word) = _ofApplicant(key, Roles.PAY, DeliveryState.OnTrust);

        _deliveries[deliveryId] = word.inState(DeliveryState.Settled);
        emit DeliveryPaid(deliveryId, key.bank, key.applicant, word.amount(), word.currency());
        _settle(key, word);
    }

    /// @inheritdoc ITitleDeliveries
    function attestPayment(DeliveryKey calldata key, bytes32 paymentReference) external {
        bytes32 deliveryId = _paidElsewhere(key, DeliveryState.OnTrust, paymentReference);
        emit DeliveryPaymentAttested(deliveryId, key.bank, key.applicant, paymentReference);
    }

    /* VIEWS */

    /// @inheritdoc ITitleDeliveries
    function delivery(bytes32 deliveryId) external view returns (Delivery memory) {
        return _deliveries[deliveryId].unpack();
    }

    /// @inheritdoc ITitleDeliveries
    function stateOf(bytes32 deliveryId) external view returns (DeliveryState) {
        DeliveryWord word = _deliveries[deliveryId];
        DeliveryState state = word.state();
        if (state == DeliveryState.Offered && block.timestamp > word.takeBy()) return DeliveryState.Lapsed;
        if (state == DeliveryState.OnTrust && block.timestamp > word.due()) return DeliveryState.Overdue;
        return state;
    }

    /// @inheritdoc ITitleDeliveries
    function deliveryIdOf(DeliveryKey calldata key) public pure returns (bytes32 deliveryId) {
        return keccak256(abi.encode(key));
    }

    /* INTERNALS: CHANGES */

    function _giveBack(bytes32 deliveryId, DeliveryWord word, DeliveryKey calldata key) private {
        _deliveries[deliveryId] = word.inState(DeliveryState.Withdrawn);
        titles.giveBack(key.titles, deliveryId);
    }

    function _handOver(bytes32 deliveryId, DeliveryKey calldata key, address account) private {
        uint32 memberId = registry.actingMemberOf(account, Roles.TITLE);
        if (memberId != key.applicant) revert NotDeliveryApplicant(deliveryId, key.applicant, memberId);
        titles.handOver(key.titles, key.applicant, deliveryId);
    }

    function _settle(DeliveryKey calldata key, DeliveryWord word) private {
        uint16 currency = word.currency();
        ISettlementCash cash = obligations.cashOf(currency);
        if (address(cash) == address(0)) revert IPaymentObligations.NoCash(currency);
        (address from, address to) = registry.treasuriesOf(key.applicant, key.bank);
        cash.settle(from, to, word.amount());
    }

    /// @dev By the bank's own word, which discharges the applicant.
    function _paidElsewhere(DeliveryKey calldata key, DeliveryState expected, bytes32 paymentReference)
        private
        returns (bytes32 deliveryId)
    {
        DeliveryWord word;
        (deliveryId, word) = _ofBank(key, Roles.ATTEST, expected);
        if (paymentReference == 0) revert DeliveryReferenceMissing(deliveryId);
        _deliveries[deliveryId] = word.inState(DeliveryState.Settled);
    }

    /* INTERNALS: WHAT IS OFFERED */

    function _requireParties(DeliveryKey calldata key) private view {
        if (key.applicant == key.bank) revert DeliveredToItself(key.bank);
        // Asked for its refusal of a number that nobody has.
        registry.member(key.applicant);
        uint256 count = key.titles.length;
        if (count == 0) revert ITitleRegistry.NoTitles();
        if (count > MOST_TITLES) revert TooManyTitles(count, MOST_TITLES);
    }

    function _requireTerms(DeliveryTerms calldata terms) private view {
        if (terms.amount == 0 || terms.currency == 0) revert DeliveryForNothing(terms.amount, terms.currency);
        if (terms.takeBy <= block.timestamp) revert NoTimeToTake(terms.takeBy, block.timestamp);
        bool inTime = terms.basis == DeliveryBasis.Payment ? terms.due == 0 : terms.due >= terms.takeBy;
        if (!inTime) revert BadDueTime(terms.basis, terms.takeBy, terms.due);
    }

    /// @dev Of titles in custody, which nobody changes until they leave it.
    function _requireOfUse(DeliveryKey calldata key) private view {
        for (uint256 i; i < key.titles.length; ++i) {
            Title memory found = titles.titleOf(key.titles[i]);
            if (found.form == TitleForm.Straight && found.beneficiary != key.applicant) {
                revert MadeOutToAnother(key.titles[i], found.beneficiary);
            }
        }
    }

    /* INTERNALS: WHO MAY */

    function _takeable(DeliveryKey calldata key, uint256 role, DeliveryBasis basis)
        private
        view
        returns (bytes32 deliveryId, DeliveryWord word)
    {
        (deliveryId, word) = _ofApplicant(key, role, DeliveryState.Offered);
        if (word.basis() != basis) revert WrongDeliveryBasis(deliveryId, word.basis());
        if (block.timestamp > word.takeBy()) revert OfferOver(deliveryId, word.takeBy(), block.timestamp);
    }

    function _ofBank(DeliveryKey calldata key, uint256 role, DeliveryState expected)
        private
        view
        returns (bytes32 deliveryId, DeliveryWord word)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, role);
        (deliveryId, word) = _in(key, expected);
        if (memberId != key.bank) revert NotDeliveringBank(deliveryId, key.bank, memberId);
    }

    function _ofApplicant(DeliveryKey calldata key, uint256 role, DeliveryState expected)
        private
        view
        returns (bytes32 deliveryId, DeliveryWord word)
    {
        uint32 memberId = registry.actingMemberOf(msg.sender, role);
        (deliveryId, word) = _in(key, expected);
        if (memberId != key.applicant) revert NotDeliveryApplicant(deliveryId, key.applicant, memberId);
    }

    function _in(DeliveryKey calldata key, DeliveryState expected)
        private
        view
        returns (bytes32 deliveryId, DeliveryWord word)
    {
        deliveryId = deliveryIdOf(key);
        word = _deliveries[deliveryId];
        DeliveryState state = word.state();
        if (state == DeliveryState.None) revert UnknownDelivery(deliveryId);
        if (state != expected) revert WrongDeliveryState(deliveryId, state, expected);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";

/// @title Cash of one currency between members.
/// @notice See ISettlementCash.
contract SettlementCash is ERC20, ISettlementCash {
    /* IMMUTABLES */

    /// @inheritdoc ISettlementCash
    IAllianceRegistry public immutable registry;

    /// @inheritdoc ISettlementCash
    address public immutable obligations;

    /// @inheritdoc ISettlementCash
    address public immutable deliveries;

    /// @inheritdoc ISettlementCash
    uint32 public immutable issuer;

    /// @inheritdoc ISettlementCash
    uint16 public immutable currency;

    uint8 private immutable _decimals;

    /* STORAGE */

    mapping(bytes32 outsideReference => bool) private _used;

    /* CONSTRUCTOR */

    /// @notice Names the currency, its issuer and who settles.
    /// @param registry_ The register of members.
    /// @param obligations_ The contract that settles obligations.
    /// @param deliveries_ The contract that settles deliveries against payment; zero where there is none.
    /// @param issuer_ The member that mints and redeems.
    /// @param currency_ ISO 4217 number.
    /// @param code ISO 4217 letters, the symbol of the token.
    /// @param decimals_ Digits of the minor unit.
    constructor(
        IAllianceRegistry registry_,
        address obligations_,
        address deliveries_,
        uint32 issuer_,
        uint16 currency_,
        string memory code,
        uint8 decimals_
    ) ERC20(string.concat("Yangshan settlement cash ", code), code) {
        registry = registry_;
        obligations = obligations_;
        deliveries = deliveries_;
        issuer = issuer_;
        currency = currency_;
        _decimals = decimals_;
    }

    /* ISSUE AND REDEMPTION */

    /// @inheritdoc ISettlementCash
    function mint(uint32 memberId, uint256 amount, bytes32 outsideReference) external {
        _requireIssuer(outsideReference);
        _mint(registry.member(memberId).treasury, amount);
        emit CashMinted(outsideReference, memberId, amount);
    }

    /// @inheritdoc ISettlementCash
    function redeem(uint256 amount, bytes32 outsideReference) external {
        _requireIssuer(outsideReference);
        _burn(registry.member(issuer).treasury, amount);
        emit CashRedeemed(outsideReference, amount);
    }

    /* SETTLEMENT */

    /// @inheritdoc ISettlementCash
    function settle(address from, address to, uint256 amount) external {
        if (!_settles(msg.sender)) revert NotSettler(msg.sender);
        _transfer(from, to, amount);
    }

    /* VIEWS */

    /// @notice Digits of the minor unit.
    /// @return The number of decimals.
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /* INTERNALS */

    /// @dev Only live keys with the role move a member's cash, the holder's and that of whoever spends its allowance,
    /// and only to another account of a member. What the settling contracts move was authorised there; what is minted
    /// goes to a treasury and what is redeemed leaves one.
    function _update(address from, address to, uint256 amount) internal override {
        if (from != address(0) && to != address(0) && !_settles(msg.sender)) {
            registry.actingMemberOf(from, Roles.PAY);
            if (msg.sender != from) registry.actingMemberOf(msg.sender, Roles.PAY);
            if (registry.memberOf(to) == 0) revert NotHeldByMember(to);
        }
        super._update(from, to, amount);
    }

    /// @dev Where there is no contract of deliveries, its place holds zero, which is nobody's key.
    function _settles(address caller) private view returns (bool) {
        return caller == obligations || (caller == deliveries && caller != address(0));
    }

    function _requireIssuer(bytes32 outsideReference) private {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.CASH);
        if (memberId != issuer) revert NotCashIssuer(memberId, issuer);
        if (outsideReference == 0 || _used[outsideReference]) revert ReferenceUsed(outsideReference);
        _used[outsideReference] = true;
    }
}

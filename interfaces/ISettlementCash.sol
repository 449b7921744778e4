// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @title Cash of one currency between members.
/// @notice An ERC-20 whose unit is the currency's minor unit. The issuing member, named at deployment, mints against
/// money received elsewhere and redeems what was sent back to it. Nobody can freeze or seize a balance.
interface ISettlementCash is IERC20 {
    /// @notice Cash was minted against money received elsewhere.
    /// @param outsideReference The issuing member's reference of that payment.
    /// @param memberId Who received it.
    /// @param amount In minor units.
    event CashMinted(bytes32 indexed outsideReference, uint32 indexed memberId, uint256 amount);

    /// @notice Cash held by the issuing member was taken off the ledger against money paid elsewhere.
    /// @param outsideReference The issuing member's reference of that payment.
    /// @param amount In minor units.
    event CashRedeemed(bytes32 indexed outsideReference, uint256 amount);

    /// @notice Only the member that issues this currency mints and redeems.
    /// @param memberId The caller's member.
    /// @param issuer The issuing member.
    error NotCashIssuer(uint32 memberId, uint32 issuer);

    /// @notice The reference is empty or was used before (idempotence: that money is on the ledger already).
    /// @param outsideReference The reference given.
    error ReferenceUsed(bytes32 outsideReference);

    /// @notice Cash moves between accounts of members only.
    /// @param account The account that is none.
    error NotHeldByMember(address account);

    /// @notice Only the contracts named at deployment settle.
    /// @param caller Who tried.
    error NotSettler(address caller);

    /// @notice Mints to a member's treasury. Needs CASH, the issuing member's.
    /// @param memberId Who receives it.
    /// @param amount In minor units.
    /// @param outsideReference The issuing member's reference of the money received, not empty, used once.
    function mint(uint32 memberId, uint256 amount, bytes32 outsideReference) external;

    /// @notice Takes cash off the issuing member's own treasury. Needs CASH, the issuing member's.
    /// @param amount In minor units.
    /// @param outsideReference The issuing member's reference of the money paid out, not empty, used once.
    function redeem(uint256 amount, bytes32 outsideReference) external;

    /// @notice Moves cash for an obligation; only the settling contracts may, and each only for the member that calls it.
    /// @param from The payer's treasury.
    /// @param to The payee's treasury.
    /// @param amount In minor units.
    function settle(address from, address to, uint256 amount) external;

    /// @notice The currency.
    /// @return ISO 4217 number.
    function currency() external view returns (uint16);

    /// @notice The member that issues it.
    /// @return The member.
    function issuer() external view returns (uint32);

    /// @notice The contract that settles obligations.
    /// @return The address.
    function obligations() external view returns (address);

    /// @notice The contract that settles deliveries against payment.
    /// @return The address; zero in a suite that has none.
    function deliveries() external view returns (address);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

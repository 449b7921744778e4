// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";

/// @notice Where an obligation stands.
enum ObligationState {
    None,
    Due,
    Paid
}

/// @notice How an obligation arose.
enum ObligationKind {
    None,
    // A complying presentation under a credit available by sight payment (UCP 600 art. 7(a)(i), 15(a)).
    SightHonour,
    // Preclusion (UCP 600 art. 16(f)).
    Preclusion
}

/// @notice An obligation as it stands.
struct Obligation {
    uint32 debtor;
    // Who is to be paid.
    uint32 owner;
    // In minor units of the currency.
    uint64 amount;
    // When it is due, Unix time.
    uint40 maturity;
    // ISO 4217 number.
    uint16 currency;
    ObligationState state;
    ObligationKind kind;
}

/// @title Payment obligations: what a bank owes under a credit, and its payment.
/// @notice One record per presentation, debtor and creditor (UCP 600 art. 7(c), 8(c): each undertaking is its own). An
/// obligation cannot be erased; only the debtor's own `pay` moves money.
///
/// | from | act | by | to |
/// |---|---|---|---|
/// | None | incur | Presentations, when a bank finds complying or preclusion is claimed | Due |
/// | Due | pay | the debtor | Paid |
interface IPaymentObligations {
    /// @notice An obligation arose.
    /// @param obligationId Derived from presentation, debtor and owner.
    /// @param presentationId The presentation it arose from.
    /// @param debtor Who owes.
    /// @param owner Who is owed.
    /// @param amount In minor units.
    /// @param currency ISO 4217 number.
    /// @param maturity When it is due, Unix time.
    /// @param kind How it arose.
    event ObligationIncurred(
        bytes32 indexed obligationId,
        bytes32 indexed presentationId,
        uint32 indexed debtor,
        uint32 owner,
        uint64 amount,
        uint16 currency,
        uint40 maturity,
        ObligationKind kind
    );

    /// @notice An obligation was paid in cash on the ledger.
    /// @param obligationId The obligation.
    /// @param debtor Who paid.
    /// @param owner Who was paid.
    /// @param amount In minor units.
    /// @param currency ISO 4217 number.
    event ObligationPaid(
        bytes32 indexed obligationId, uint32 indexed debtor, uint32 indexed owner, uint64 amount, uint16 currency
    );

    /// @notice Only the contract of presentations lets obligations arise.
    /// @param caller Who tried.
    error NotPresentationsContract(address caller);

    /// @notice The obligation arose before.
    /// @param obligationId The obligation.
    error ObligationExists(bytes32 obligationId);

    /// @notice There is no such obligation.
    /// @param obligationId The number given.
    error UnknownObligation(bytes32 obligationId);

    /// @notice The obligation is not in the state that the act needs.
    /// @param obligationId The obligation.
    /// @param actual Its state.
    /// @param expected The state it would need.
    error WrongObligationState(bytes32 obligationId, ObligationState actual, ObligationState expected);

    /// @notice The caller's member does not owe this.
    /// @param obligationId The obligation.
    /// @param memberId The caller's member.
    error NotDebtor(bytes32 obligationId, uint32 memberId);

    /// @notice There is no cash of this currency on the ledger.
    /// @param currency ISO 4217 number.
    error NoCash(uint16 currency);

    /// @notice Two cash contracts were given for one currency.
    /// @param currency ISO 4217 number.
    error CashTwice(uint16 currency);

    /// @notice Records what a bank owes from now on; only Presentations may.
    /// @param presentationId The presentation it arises from.
    /// @param owed What is owed, in state Due.
    /// @return obligationId Its number.
    function incur(bytes32 presentationId, Obligation calldata owed) external returns (bytes32 obligationId);

    /// @notice Pays an obligation in full, from the debtor's treasury to the owner's. In flight; needs PAY, the debtor's.
    /// @dev UCP 600 art. 7(a), 15(a).
    /// @param obligationId The obligation.
    function pay(bytes32 obligationId) external;

    /// @notice An obligation as it stands.
    /// @param obligationId Its number.
    /// @return What is on record, all zero if nothing is.
    function obligation(bytes32 obligationId) external view returns (Obligation memory);

    /// @notice Where an obligation stands.
    /// @param obligationId Its number.
    /// @return The state; None if there is no such obligation.
    function stateOf(bytes32 obligationId) external view returns (ObligationState);

    /// @notice The number of an obligation.
    /// @param presentationId The presentation it arose from.
    /// @param debtor Who owes.
    /// @param owner Who is owed.
    /// @return obligationId The number.
    function obligationIdOf(bytes32 presentationId, uint32 debtor, uint32 owner)
        external
        pure
        returns (bytes32 obligationId);

    /// @notice The cash in which a currency is paid.
    /// @param currency ISO 4217 number.
    /// @return The contract, 0 if there is none.
    function cashOf(uint16 currency) external view returns (ISettlementCash);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The contract that lets obligations arise.
    /// @return The address.
    function presentations() external view returns (address);
}

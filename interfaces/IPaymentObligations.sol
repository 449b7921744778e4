// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";

/// @notice Where an obligation stands. `Overdue` and `Stayed` are never stored: time makes them true.
enum ObligationState {
    None,
    // At sight.
    Due,
    // By deferred payment, or to honour at maturity without a draft.
    Incurred,
    // A draft was accepted.
    Accepted,
    // To advance funds at the latest on the day of maturity.
    Negotiated,
    // Prepaid, or purchased, before maturity.
    Prepaid,
    Paid,
    Overdue,
    Stayed,
    // Another bank paid its counterpart, and this was closed by that (invariant 13 of the rules).
    Settled
}

/// @notice How an obligation arose.
enum ObligationKind {
    None,
    // The bank found the presentation complying (UCP 600 art. 15).
    Complying,
    // The bank is precluded (UCP 600 art. 16(f)).
    Preclusion,
    // The bank accepted the discrepancies (UCP 600 art. 16(b), (c)(iii)).
    Waiver,
    // A reimbursing bank agreed to a claim, or undertook to (UCP 600 art. 13, URR 725).
    Reimbursement,
    // A reimbursing bank paid for the issuing bank, which owes it that (UCP 600 art. 13, URR 725).
    Recourse,
    // A reimbursement goes back: the documents were refused (UCP 600 art. 16(g)).
    Refund,
    // Interest and costs that the debtor acknowledged (UCP 600 art. 13(b), 16(g)).
    Charges,
    // The transferring bank honoured, and the first beneficiary's invoice is for more (UCP 600 art. 38(h)).
    Difference
}

/// @notice An obligation as it stands.
struct Obligation {
    uint32 debtor;
    // Who is to be paid.
    uint32 owner;
    // In minor units of the currency.
    uint64 amount;
    // When it is due, Unix time: at sight the instant at which it arose, else the midnight in UTC that begins the day of
    // maturity.
    uint40 maturity;
    // ISO 4217 number.
    uint16 currency;
    // As it is stored; `stateOf` tells one that is overdue or stayed.
    ObligationState state;
    ObligationKind kind;
    // Last second of a court's stay, Unix time; 0 for none. It may have lapsed.
    uint40 stayedUntil;
    // The bank negotiated with recourse to the beneficiary.
    bool recourse;
    // Proceeds are assigned: see `assignmentOf`.
    bool assigned;
    // How many titles go to the debtor as it pays: see ITitleCustody.
    uint8 titles;
}

/// @notice Proceeds that are assigned (UCP 600 art. 39).
struct Assignment {
    uint32 assignee;
    // How much of what is paid goes to it, in minor units.
    uint64 amount;
}

/// @notice Proceeds of a credit that its beneficiary assigned before they were owed (UCP 600 art. 39).
struct CreditAssignment {
    uint32 assignor;
    uint32 assignee;
    // In minor units of the credit's currency.
    uint64 amount;
    // How much of it no obligation carries yet.
    uint64 left;
    // Salted commitment to the assignment.
    bytes32 assignment;
}

/// @title Payment obligations: what a bank owes under a credit, and its payment.
/// @notice One record per presentation, debtor and creditor (UCP 600 art. 7(c), 8(c): each undertaking is its own, that
/// towards a bank that honoured or negotiated too). An obligation cannot be erased; only the debtor's own acts move money.
///
/// | from | act | by | to |
/// |---|---|---|---|
/// | None | incur | Presentations, when a bank complies, waives or is claimed on | Due, Incurred, Accepted or Negotiated |
/// | Due, Negotiated | pay; with titles payFor, by TitleRegistry | the debtor | Paid |
/// | Incurred, Accepted | pay or payFor, from the day of maturity | the debtor | Paid |
/// | Incurred, Accepted | agreePrepayment, then prepay before that day | the owner, then the debtor | Prepaid |
/// | all four | attestPayment | the owner; with an assignee each for its part | Paid, once nothing is left |
/// | all four | assignProceeds, once | the owner | the same, assigned |
/// | all four, as it arises | assignOnArising | CreditTransfers, for a second beneficiary | the same, assigned |
/// | None | incurDifference | CreditTransfers, for a first beneficiary | as what was honoured |
/// | all four | stayPayment, liftPaymentStay | an authority with COURT that is no party | the same, stayed until a time or not |
/// | all four | time passes the day of maturity | – | Overdue (a view), payable as before |
/// | all four | a court's stay runs | – | Stayed (a view): nobody pays in cash |
/// | None | incur | Reimbursements, as its own table says | Due or Incurred |
/// | any | setPaired | Reimbursements, while a claim for reimbursement stands | the same, paired with its counterpart |
/// | all four, paired | settleByCounterpart, once the counterpart is paid | debtor or owner | Settled; or the rest is owed |
/// | Overdue (a view) | follow, by another bank's for the same drawing | Forwarding, for the creditor | the same, followed |
/// | all four, followed | settleByCounterpart, once one that follows is paid | debtor or owner | Settled; or the rest is owed |
///
/// A beneficiary may also assign what it comes to be owed under a credit, before anything is (assignUnderCredit, once for each
/// credit): obligations towards it that arise later carry the assignment from the start, each as much as is left of it.
///
/// Prepaid and Paid are final. What one bank pays discharges its own obligation and no other.
/// Prepaid, Paid and Settled are final. What one bank pays discharges its own obligation and no other: where the issuing bank
/// and a reimbursing bank owe the same bank for one drawing, the two are counterparts. Once one is paid nobody pays the other
/// in cash, and it is closed by an act of its own.
///
/// Where a nominated or confirming bank does not pay, the bank behind it owes the same drawing (UCP 600 art. 7(a), 8(a)): its
/// obligation follows the unpaid one. It is paid to the creditor of the unpaid one, who is thus not paid twice, and closes that
/// one; but to the bank in default itself once that has paid after all (art. 7(c), 8(c)). So each bank pays once. Each slice of
/// a mixed payment is an obligation of its own, and is followed by its own. What follows is not prepaid.
interface IPaymentObligations {
    /// @notice An obligation arose.
    /// @param obligationId Derived from presentation, debtor and owner.
    /// @param presentationId The presentation, or the claim for reimbursement, that it arose from.
    /// @param debtor Who owes.
    /// @param owner Who is owed.
    /// @param amount In minor units.
    /// @param currency ISO 4217 number.
    /// @param maturity When it is due, Unix time.
    /// @param state Due, Incurred, Accepted or Negotiated.
    /// @param kind How it arose.
    event ObligationIncurred(
        bytes32 indexed obligationId,
        bytes32 indexed presentationId,
        uint32 indexed debtor,
        uint32 owner,
        uint64 amount,
        uint16 currency,
        uint40 maturity,
        ObligationState state,
        ObligationKind kind
    );

    /// @notice What arose is one of the slices of a mixed payment, and not the first.
    /// @param obligationId The obligation.
    /// @param slice Its place, from 1: the first is 0.
    event SliceIncurred(bytes32 indexed obligationId, uint8 slice);

    /// @notice A bank negotiated with recourse: should the issuing bank not pay, the beneficiary is to pay back.
    /// @param obligationId The obligation.
    /// @param debtor The bank.
    event RecourseReserved(bytes32 indexed obligationId, uint32 indexed debtor);

    /// @notice An obligation was paid in cash on the ledger.
    /// @param obligationId The obligation.
    /// @param debtor Who paid.
    /// @param owner Who was paid; with an assignee, what was not assigned.
    /// @param amount In minor units, the assignee's part included.
    /// @param currency ISO 4217 number.
    event ObligationPaid(
        bytes32 indexed obligationId, uint32 indexed debtor, uint32 indexed owner, uint64 amount, uint16 currency
    );

    /// @notice The creditor attested that it was paid elsewhere.
    /// @param obligationId The obligation.
    /// @param creditor The owner or the assignee.
    /// @param paymentReference The creditor's reference of that payment.
    /// @param settled Whether nothing is left to pay.
    event PaymentAttested(
        bytes32 indexed obligationId, uint32 indexed creditor, bytes32 paymentReference, bool settled
    );

    /// @notice The owner agreed to be paid before maturity, or took that back.
    /// @param obligationId The obligation.
    /// @param owner The owner.
    /// @param proceeds For how much, in minor units; 0 if it took it back.
    event PrepaymentAgreed(bytes32 indexed obligationId, uint32 indexed owner, uint64 proceeds);

    /// @notice A bank prepaid or purchased its own undertaking (UCP 600 art. 12(b)).
    /// @param obligationId The obligation.
    /// @param debtor Who paid.
    /// @param owner Who was paid; with an assignee, what was not assigned.
    /// @param proceeds In minor units, the assignee's part included.
    /// @param currency ISO 4217 number.
    event ObligationPrepaid(
        bytes32 indexed obligationId, uint32 indexed debtor, uint32 indexed owner, uint64 proceeds, uint16 currency
    );

    /// @notice Proceeds were assigned (UCP 600 art. 39).
    /// @param obligationId The obligation.
    /// @param owner Who assigned them.
    /// @param assignee Who is to be paid instead.
    /// @param amount How much, in minor units.
    /// @param assignment Salted commitment to the assignment; 0 if it follows from a transfer.
    event ProceedsAssigned(
        bytes32 indexed obligationId, uint32 indexed owner, uint32 indexed assignee, uint64 amount, bytes32 assignment
    );

    /// @notice A beneficiary assigned what it comes to be owed under a credit (UCP 600 art. 39). Each obligation that carries a
    /// part of it tells so by ProceedsAssigned.
    /// @param creditId The credit.
    /// @param assignor The beneficiary.
    /// @param assignee Who is to be paid instead.
    /// @param amount How much in all, in minor units.
    /// @param assignment Salted commitment to the assignment.
    event CreditProceedsAssigned(
        bytes32 indexed creditId, uint32 indexed assignor, uint32 indexed assignee, uint64 amount, bytes32 assignment
    );

    /// @notice An assignee was paid its part, in cash on the ledger.
    /// @param obligationId The obligation.
    /// @param assignee The assignee.
    /// @param amount In minor units.
    event ProceedsPaid(bytes32 indexed obligationId, uint32 indexed assignee, uint64 amount);

    /// @notice A court stays the payment of an obligation.
    /// @param obligationId The obligation.
    /// @param authority The authority that records it.
    /// @param until Last second of the stay, Unix time.
    /// @param order Salted commitment to court, case number and ruling.
    event ObligationStayed(bytes32 indexed obligationId, uint32 indexed authority, uint40 until, bytes32 order);

    /// @notice A court's stay of an obligation was lifted before its time.
    /// @param obligationId The obligation.
    /// @param authority The authority that records it.
    /// @param order Salted commitment to court, case number and ruling.
    event ObligationStayLifted(bytes32 indexed obligationId, uint32 indexed authority, bytes32 order);

    /// @notice Two obligations are for one drawing and to one creditor, from now on or no longer.
    /// @param first The one.
    /// @param second Its counterpart. Either may arise later, or never.
    /// @param paired Whether they are counterparts.
    event ObligationsPaired(bytes32 indexed first, bytes32 indexed second, bool paired);

    /// @notice An obligation was closed by the payment of its counterpart.
    /// @param obligationId The obligation.
    /// @param counterpart The one that was paid.
    /// @param amount What that covers, in minor units.
    /// @param settled Whether nothing is left to pay; else the rest is owed as before.
    event ObligationSettled(bytes32 indexed obligationId, bytes32 indexed counterpart, uint64 amount, bool settled);

    /// @notice A creditor turned from a bank that does not pay to the bank behind it (UCP 600 art. 7(a), 8(a)).
    /// @param unpaid The obligation of the bank in default.
    /// @param later That of the bank behind it, which may arise later, or never.
    /// @param creditor Who is to be paid, of the two by one.
    event ObligationFollowed(bytes32 indexed unpaid, bytes32 indexed later, uint32 indexed creditor);

    /// @notice Only the contracts of presentations and of reimbursements let obligations arise.
    /// @param caller Who tried.
    error NotPresentationsContract(address caller);

    /// @notice Only the contract of reimbursements pairs obligations.
    /// @param caller Who tried.
    error NotReimbursementsContract(address caller);

    /// @notice The counterpart was paid, by another bank: this is closed by that and not paid again.
    /// @param obligationId The obligation.
    /// @param counterpart The one that was paid.
    error PaidByCounterpart(bytes32 obligationId, bytes32 counterpart);

    /// @notice The counterpart was not paid.
    /// @param obligationId The obligation.
    /// @param counterpart Its counterpart.
    error CounterpartUnpaid(bytes32 obligationId, bytes32 counterpart);

    /// @notice The obligation has no counterpart.
    /// @param obligationId The obligation.
    error NotPaired(bytes32 obligationId);

    /// @notice While an obligation has a counterpart its proceeds are not assigned: either of the two may be the one paid. Nor is
    /// what follows another prepaid.
    /// @param obligationId The obligation.
    /// @param counterpart Its counterpart.
    error PairedObligation(bytes32 obligationId, bytes32 counterpart);

    /// @notice The creditor turns to another bank only once the day of maturity is over everywhere, and while nobody stays the
    /// payment (UCP 600 art. 7(a), 8(a)).
    /// @param obligationId The obligation.
    /// @param state Where it stands.
    error NotOverdue(bytes32 obligationId, ObligationState state);

    /// @notice The creditor turned to this one before.
    /// @param unpaid The obligation of the bank in default.
    /// @param later That of the bank behind it.
    error FollowedAlready(bytes32 unpaid, bytes32 later);

    /// @notice The bank that would be reimbursed has not paid, and whom it owes is to be paid instead (UCP 600 art. 7(c), 8(c)).
    /// @param obligationId The obligation.
    /// @param creditor Who is to be paid now.
    error OwedToAnother(bytes32 obligationId, uint32 creditor);

    /// @notice The caller's member neither owes this nor is owed it.
    /// @param obligationId The obligation.
    /// @param memberId The caller's member.
    error NotPartyToObligation(bytes32 obligationId, uint32 memberId);

    /// @notice The obligation arose before.
    /// @param obligationId The obligation.
    error ObligationExists(bytes32 obligationId);

    /// @notice There is no such obligation.
    /// @param obligationId The number given.
    error UnknownObligation(bytes32 obligationId);

    /// @notice The obligation is not in the state that the act needs.
    /// @param obligationId The obligation.
    /// @param actual Its state.
    /// @param expected The state it would need, or one of them.
    error WrongObligationState(bytes32 obligationId, ObligationState actual, ObligationState expected);

    /// @notice The caller's member does not owe this.
    /// @param obligationId The obligation.
    /// @param memberId The caller's member.
    error NotDebtor(bytes32 obligationId, uint32 memberId);

    /// @notice The caller's member is not owed this.
    /// @param obligationId The obligation.
    /// @param memberId The caller's member.
    error NotCreditor(bytes32 obligationId, uint32 memberId);

    /// @notice The day of maturity has begun nowhere yet.
    /// @param obligationId The obligation.
    /// @param maturity The midnight in UTC that begins it, Unix time.
    /// @param time The time of the block.
    error NotMatured(bytes32 obligationId, uint40 maturity, uint256 time);

    /// @notice The day of maturity has begun: what is owed is paid in full.
    /// @param obligationId The obligation.
    /// @param maturity The midnight in UTC that begins it, Unix time.
    /// @param time The time of the block.
    error MaturedAlready(bytes32 obligationId, uint40 maturity, uint256 time);

    /// @notice A court stays this payment.
    /// @param obligationId The obligation.
    /// @param until Last second of the stay, Unix time.
    error PaymentIsStayed(bytes32 obligationId, uint40 until);

    /// @notice A payment that is attested has a reference.
    /// @param obligationId The obligation.
    error PaymentReferenceMissing(bytes32 obligationId);

    /// @notice The creditor has attested this before.
    /// @param obligationId The obligation.
    /// @param memberId The creditor.
    error AttestedAlready(bytes32 obligationId, uint32 memberId);

    /// @notice Owner and debtor have not agreed on these proceeds.
    /// @param obligationId The obligation.
    /// @param proceeds The proceeds given, in minor units.
    /// @param agreed What the owner agreed to, in minor units; 0 if to nothing.
    error PrepaymentNotAgreed(bytes32 obligationId, uint64 proceeds, uint64 agreed);

    /// @notice The proceeds would be more than is owed, or less than was assigned of it.
    /// @param obligationId The obligation.
    /// @param proceeds The proceeds given, in minor units.
    /// @param least The least that they may be, in minor units.
    /// @param most The most.
    error ProceedsOutOfBounds(bytes32 obligationId, uint64 proceeds, uint64 least, uint64 most);

    /// @notice Proceeds are assigned already; there is one assignee.
    /// @param obligationId The obligation.
    /// @param assignee The assignee.
    error AssignedAlready(bytes32 obligationId, uint32 assignee);

    /// @notice An assignment is of something, of no more than is owed, and to another.
    /// @param obligationId The obligation.
    /// @param assignee The assignee given.
    /// @param amount The amount given, in minor units.
    error BadAssignment(bytes32 obligationId, uint32 assignee, uint64 amount);

    /// @notice What may come to be owed under the credit is assigned already; there is one assignee.
    /// @param creditId The credit.
    /// @param assignee The assignee.
    error CreditAssignedAlready(bytes32 creditId, uint32 assignee);

    /// @notice An assignment is of something, and to another.
    /// @param creditId The credit.
    /// @param assignee The assignee given.
    /// @param amount The amount given, in minor units.
    error BadCreditAssignment(bytes32 creditId, uint32 assignee, uint64 amount);

    /// @notice A debtor or creditor records no stay of its payment.
    /// @param obligationId The obligation.
    /// @param memberId The caller's member.
    error PartyCannotStayPayment(bytes32 obligationId, uint32 memberId);

    /// @notice A stay ends ahead of now, and not later than a certain time; it can be renewed.
    /// @param until Last second of the stay given, Unix time.
    /// @param latest The latest possible, Unix time.
    error PaymentStayOutOfBounds(uint40 until, uint256 latest);

    /// @notice Another authority's stay runs: it alone renews or lifts it.
    /// @param obligationId The obligation.
    /// @param authority The authority.
    /// @param until Last second of its stay, Unix time.
    error PaymentStayedByAnother(bytes32 obligationId, uint32 authority, uint40 until);

    /// @notice No stay runs.
    /// @param obligationId The obligation.
    error PaymentNotStayed(bytes32 obligationId);

    /// @notice The bank gets the titles as it undertakes to pay at maturity: it finds or accepts through TitleCustody, which moves
    /// them in the same transaction.
    /// @param obligationId The obligation.
    /// @param count How many titles there are.
    error TitlesGoAlong(bytes32 obligationId, uint8 count);

    /// @notice Only the contract of titles pays for them.
    /// @param caller Who tried.
    error NotTitleRegistry(address caller);

    /// @notice Who pays gets the titles that were presented with the documents, all in one transaction with the money.
    /// @param obligationId The obligation.
    /// @param given How many titles were named.
    /// @param count How many there are.
    error TitlesGoToPayer(bytes32 obligationId, uint256 given, uint8 count);

    /// @notice There is no cash of this currency on the ledger.
    /// @param currency ISO 4217 number.
    error NoCash(uint16 currency);

    /// @notice Two cash contracts were given for one currency.
    /// @param currency ISO 4217 number.
    error CashTwice(uint16 currency);

    /// @notice Records what a bank owes from now on; only Presentations and Reimbursements may.
    /// @param presentationId The presentation, or the claim for reimbursement, that it arises from.
    /// @param owed What is owed, as the library ObligationWords draws it; Due, Incurred, Accepted or Negotiated.
    /// @return obligationId Its number.
    function incur(bytes32 presentationId, uint256 owed) external returns (bytes32 obligationId);

    /// @notice Pays an obligation in full, from the debtor's treasury to that of its creditor (the owner, unless it follows
    /// another), an assignee's part to that of the assignee. In flight; needs PAY, the debtor's. Deferred payments and accepted drafts are paid from the day of maturity
    /// on, from when it has begun somewhere on earth. What carries titles is paid by TitleRegistry.payForTitles.
    /// @dev UCP 600 art. 7(a), (c), 8(a), (c), 15, 39.
    /// @param obligationId The obligation.
    function pay(bytes32 obligationId) external;

    /// @notice Pays an obligation as pay does, for a debtor that gets the titles that were presented: both or neither; only
    /// TitleRegistry may, which hands them over (ITitleCustody, K3).
    /// @dev What follows an unpaid obligation gets the titles of that.
    /// @param obligationId The obligation.
    /// @param debtor Who pays.
    /// @param bound How many titles it named.
    /// @return record What the titles are kept for.
    function payFor(bytes32 obligationId, uint32 debtor, uint256 bound) external returns (bytes32 record);

    /// @notice States for how much the owner lets its debtor pay before maturity; 0 takes it back. In flight; needs PAY, the
    /// owner's.
    /// @dev UCP 600 art. 12(b).
    /// @param obligationId The obligation, a deferred payment or an accepted draft.
    /// @param proceeds In minor units, at most what is owed.
    function agreePrepayment(bytes32 obligationId, uint64 proceeds) external;

    /// @notice Pays before maturity what the owner agreed to, in full settlement. In flight; needs PAY, the debtor's. Another
    /// bank's duty to reimburse stays due at maturity.
    /// @dev UCP 600 art. 7(c), 8(c), 12(b).
    /// @param obligationId The obligation, a deferred payment or an accepted draft.
    /// @param proceeds In minor units, exactly as agreed.
    function prepay(bytes32 obligationId, uint64 proceeds) external;

    /// @notice Attests that an obligation was paid elsewhere. In flight; needs ATTEST, the creditor's; where proceeds are
    /// assigned, owner and assignee attest each its part, and the debtor pays what is left.
    /// @param obligationId The obligation.
    /// @param paymentReference The creditor's reference of that payment, not 0.
    function attestPayment(bytes32 obligationId, bytes32 paymentReference) external;

    /// @notice Assigns proceeds, once and to one assignee. In flight; needs PAY, the owner's. It assigns money, not the right
    /// to perform.
    /// @dev UCP 600 art. 39.
    /// @param obligationId The obligation.
    /// @param assignee A member, not the owner.
    /// @param amount How much of it, in minor units.
    /// @param assignment Salted commitment to the assignment.
    function assignProceeds(bytes32 obligationId, uint32 assignee, uint64 amount, bytes32 assignment) external;

    /// @notice Lets the transferring bank owe the difference to the first beneficiary; only CreditTransfers may.
    /// @dev UCP 600 art. 38(h). It is due as what the bank owes the second beneficiary, and not before now; what was a draft or
    /// a negotiation, and is done, leaves a plain promise. In its number
    /// keccak256(abi.encode(presentation, ObligationKind.Difference)) stands for the presentation.
    /// @param presentationId The presentation under the part.
    /// @param honouredId What the bank owes, or owed, on it.
    /// @param owner Who is owed.
    /// @param amount In minor units.
    /// @param stayedUntil Last second of the stay of the credit that was transferred, Unix time; 0 for none.
    /// @return obligationId What the bank owes.
    function incurDifference(
        bytes32 presentationId,
        bytes32 honouredId,
        uint32 owner,
        uint64 amount,
        uint40 stayedUntil
    ) external returns (bytes32 obligationId);

    /// @notice Assigns proceeds of an obligation that arises; only CreditTransfers may.
    /// @dev UCP 600 art. 38(h): what a second beneficiary demanded, of the first's drawing.
    /// @param obligationId The obligation.
    /// @param assignee Who is to be paid.
    /// @param amount How much of it, in minor units.
    function assignOnArising(bytes32 obligationId, uint32 assignee, uint64 amount) external;

    /// @notice Assigns what the beneficiary comes to be owed under a credit, once and to one assignee. In flight; needs PAY, the
    /// beneficiary's. It assigns money, not the right to perform; what is owed already is assigned by assignProceeds.
    /// @dev UCP 600 art. 39.
    /// @param creditId The credit, an issued one.
    /// @param assignee A member, not the beneficiary.
    /// @param amount How much in all, in minor units.
    /// @param assignment Salted commitment to the assignment.
    function assignUnderCredit(bytes32 creditId, uint32 assignee, uint64 amount, bytes32 assignment) external;

    /// @notice Lets an obligation that has just arisen carry what is left of an assignment under its credit; only Presentations
    /// may. Nothing happens to what is owed to another than who assigned.
    /// @param creditId The credit.
    /// @param obligationId The obligation.
    function bindAssignment(bytes32 creditId, bytes32 obligationId) external;

    /// @notice Records that a court stays the payment of an obligation, or renews its stay. In flight; needs COURT, of an
    /// authority that is neither debtor nor creditor. A stay that came with the obligation from its credit may be renewed or
    /// lifted by any such authority.
    /// @param obligationId The obligation.
    /// @param until Last second of the stay, Unix time, at most 400 days ahead; it lapses by itself.
    /// @param order Salted commitment to court, case number and ruling.
    function stayPayment(bytes32 obligationId, uint40 until, bytes32 order) external;

    /// @notice Records that a court lifted its stay. In flight; needs COURT, as stayPayment.
    /// @param obligationId The obligation.
    /// @param order Salted commitment to court, case number and ruling.
    function liftPaymentStay(bytes32 obligationId, bytes32 order) external;

    /// @notice Makes two obligations counterparts, or ends that; only Reimbursements may. Neither may have proceeds assigned,
    /// nor be owed to another than its owner for now.
    /// @param first The one, which may not have arisen yet.
    /// @param second The other, the same.
    /// @param paired Whether they are counterparts from now on.
    function setPaired(bytes32 first, bytes32 second, bool paired) external;

    /// @notice Closes an obligation by the payment of its counterpart, as far as that reaches. In flight; needs PAY, the
    /// debtor's or the owner's. It moves no money, and no stay of payment hinders it.
    /// @dev UCP 600 art. 13(c).
    /// @param obligationId The obligation.
    function settleByCounterpart(bytes32 obligationId) external;

    /// @notice Lets the obligations of one bank follow those of another which left a drawing unpaid; only Forwarding may.
    /// @dev UCP 600 art. 7(a), (c), 8(a), (c). One that was paid follows nothing: that bank has performed. Nor does one for
    /// which a reimbursing bank owes already.
    /// @param unpaid The obligation that is overdue, the first of a mixed payment, of which one is; whoever it is owed to is paid
    /// by one of the two.
    /// @param later The other, which may not have arisen yet; the first of them.
    /// @param slices How many slices there may be: 1 where there are none.
    /// @param all Whether every slice follows, none of which a court may stay; else each that is overdue to the claimant.
    /// @param claimant The member that turns to the other bank: the creditor.
    /// @return amount What the drawing came to, in minor units: what the unpaid bank owes, and what it owed and has paid.
    function follow(bytes32 unpaid, bytes32 later, uint256 slices, bool all, uint32 claimant)
        external
        returns (uint64 amount);

    /// @notice An obligation as it is stored.
    /// @param obligationId Its number.
    /// @return What is on record, all zero if nothing is.
    function obligation(bytes32 obligationId) external view returns (Obligation memory);

    /// @notice Where an obligation stands at the time of the block; Overdue and Stayed included.
    /// @dev Overdue once the day of maturity is over everywhere on earth; one that is stayed is Stayed.
    /// @param obligationId Its number.
    /// @return The state; None if there is no such obligation.
    function stateOf(bytes32 obligationId) external view returns (ObligationState);

    /// @notice Whether a member is the creditor of any slice of a mixed payment, as currentCreditor tells it; it may not have
    /// arisen yet.
    /// @param firstId The number of the first slice.
    /// @param memberId The member.
    /// @param slices How many slices to ask: 1 where there are none.
    /// @return Whether it is.
    function isOwedTo(bytes32 firstId, uint32 memberId, uint256 slices) external view returns (bool);

    /// @notice The assignment of an obligation's proceeds.
    /// @param obligationId The obligation.
    /// @return The assignment, all zero if there is none.
    function assignmentOf(bytes32 obligationId) external view returns (Assignment memory);

    /// @notice The assignment of what comes to be owed under a credit.
    /// @param creditId The credit.
    /// @return The assignment, all zero if there is none.
    function creditAssignmentOf(bytes32 creditId) external view returns (CreditAssignment memory);

    /// @notice For how much the owner lets its debtor pay before maturity.
    /// @param obligationId The obligation.
    /// @return proceeds In minor units, 0 if for nothing.
    function agreedPrepayment(bytes32 obligationId) external view returns (uint64 proceeds);

    /// @notice The obligation that is for the same drawing and to the same creditor.
    /// @param obligationId The obligation.
    /// @return counterpart The other, 0 if there is none.
    function pairedWith(bytes32 obligationId) external view returns (bytes32 counterpart);

    /// @notice The obligation to which its creditor turned when this was left unpaid, last.
    /// @param obligationId The obligation.
    /// @return later The other, 0 if there is none.
    function followedBy(bytes32 obligationId) external view returns (bytes32 later);

    /// @notice The obligation that was left unpaid, and for which this is as well.
    /// @param obligationId The obligation.
    /// @return unpaid The other, 0 if there is none.
    function follows(bytes32 obligationId) external view returns (bytes32 unpaid);

    /// @notice Who is to be paid now: the owner; of one that follows another the creditor of that, or its debtor if that paid.
    /// @param obligationId The obligation, which may not have arisen yet if it follows another.
    /// @return memberId The member, 0 if there is no such obligation.
    function currentCreditor(bytes32 obligationId) external view returns (uint32 memberId);

    /// @notice The number of an obligation.
    /// @param presentationId The presentation, or the claim for reimbursement, that it arose from.
    /// @param debtor Who owes.
    /// @param owner Who is owed.
    /// @return obligationId The number.
    function obligationIdOf(bytes32 presentationId, uint32 debtor, uint32 owner)
        external
        pure
        returns (bytes32 obligationId);

    /// @notice What a bank owes on a presentation, or owed before it paid, the slices of a mixed payment together.
    /// @param presentationId The presentation it arose from.
    /// @param debtor Who owes.
    /// @param owner Who is owed.
    /// @param slices How many slices to count: 1 where there are none.
    /// @return sum In minor units.
    function owedOn(bytes32 presentationId, uint32 debtor, uint32 owner, uint256 slices)
        external
        view
        returns (uint64 sum);

    /// @notice The number of a slice of a mixed payment.
    /// @param firstId What `obligationIdOf` gives: the number of the first slice.
    /// @param slice Its place, from 0.
    /// @return obligationId The number.
    function idOfSlice(bytes32 firstId, uint256 slice) external pure returns (bytes32 obligationId);

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

    /// @notice The contract that lets one obligation follow another.
    /// @return The address.
    function forwardings() external view returns (address);

    /// @notice The contract that knows what first and second beneficiaries have of a drawing.
    /// @return The address.
    function transfers() external view returns (address);

    /// @notice The contract that lets those of reimbursing banks arise.
    /// @return The address.
    function reimbursements() external view returns (address);

    /// @notice The contract of titles.
    /// @return The address.
    function titles() external view returns (address);
}

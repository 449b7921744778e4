// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {ITitleRegistry} from "interfaces/ITitleRegistry.sol";

/// @notice Where a delivery stands. `Lapsed` and `Overdue` are never stored: time makes them true.
enum DeliveryState {
    None,
    // The titles are in custody, for the applicant to take.
    Offered,
    // The applicant has the titles against its trust receipt, and owes.
    OnTrust,
    // The applicant has the titles, and the bank its money.
    Settled,
    // The bank has the titles again.
    Withdrawn,
    // Offered, and the last second to take is over: anybody sends the titles back.
    Lapsed,
    // OnTrust, and past due.
    Overdue
}

/// @notice What titles are delivered against (as URC 522 art. 7 tells documents against payment from documents against
/// acceptance).
enum DeliveryBasis {
    Payment,
    TrustReceipt
}

/// @notice What names a delivery; its number is the hash of this, so that the list of titles is bound by it.
struct DeliveryKey {
    // Who offers the titles, mostly an issuing bank.
    uint32 bank;
    // To whom they are offered, mostly the applicant of a credit.
    uint32 applicant;
    // What the delivery is for, such as the number of a presentation; not checked.
    bytes32 source;
    // The bank's own: what was withdrawn is offered again under another one.
    uint32 number;
    // At least one.
    bytes32[] titles;
}

/// @notice What the applicant is to give for the titles, and when.
struct DeliveryTerms {
    // In minor units.
    uint64 amount;
    // ISO 4217 number.
    uint16 currency;
    DeliveryBasis basis;
    // Last second at which the applicant may take the titles, Unix time.
    uint40 takeBy;
    // Last second at which what is owed against a trust receipt is paid in time, Unix time, not before takeBy; 0 against payment.
    uint40 due;
}

/// @notice A delivery as it stands; all zero if it was never offered.
struct Delivery {
    uint32 bank;
    uint32 applicant;
    // In minor units.
    uint64 amount;
    // ISO 4217 number.
    uint16 currency;
    DeliveryBasis basis;
    uint40 takeBy;
    uint40 due;
    // As it is stored; `stateOf` tells one that has lapsed or is overdue.
    DeliveryState state;
}

/// @title Deliveries of titles: what a bank holds goes to the applicant against payment or against its trust receipt.
/// @notice Title and payment move in one transaction where the payment is cash on the ledger: nobody has both, or neither.
///
/// ```
/// row  from              act                                                            to
/// V1   none              offer (who holds the titles and is entitled to them)           offered, the titles in custody
/// V2   offered           take, against payment (the applicant, in time)                 settled: cash and titles change hands
/// V3   offered           takeOnTrust, against its receipt (the applicant, in time)      on trust: the titles change hands
/// V4   offered           release (the bank: it was paid elsewhere)                      settled: the titles change hands
/// V5   offered           withdraw (the bank)                                            withdrawn: the titles go back
/// V6   offered           lapse (anybody, after the last second to take)                 withdrawn: the titles go back
/// V7   on trust          pay (the applicant, also past due)                             settled: cash changes hands
/// V8   on trust          attestPayment (the bank: it was paid elsewhere)                settled
/// ```
///
/// Nobody but the two has a say: an applicant without a key cannot keep the titles from the bank, and no administrator is
/// needed anywhere. What is owed on trust ends by payment alone. Every act is in flight: what is delivered came under a
/// credit that runs, and a pause or a suspension that kept it from whoever is to have the goods would strand them.
///
/// What an applicant owes its bank is a matter of their contract: UCP 600 has no rule of it. URC 522 art. 7 is an analogy,
/// as no collection is made here. The titles move as any others (MLETR art. 11(2), 15).
interface ITitleDeliveries {
    /// @notice Titles were offered (V1; MLETR art. 11).
    /// @param deliveryId The delivery.
    /// @param bank Who offered them.
    /// @param applicant Who may take them.
    /// @param amount What for, in minor units.
    /// @param currency ISO 4217 number.
    /// @param basis What they are delivered against.
    /// @param takeBy Last second at which the applicant may take them, Unix time.
    /// @param due Last second for payment against a trust receipt, Unix time; 0 against payment.
    /// @param source What the delivery is for.
    /// @param number The bank's own number of it.
    /// @param titles The titles.
    event TitlesOffered(
        bytes32 indexed deliveryId,
        uint32 indexed bank,
        uint32 indexed applicant,
        uint64 amount,
        uint16 currency,
        DeliveryBasis basis,
        uint40 takeBy,
        uint40 due,
        bytes32 source,
        uint32 number,
        bytes32[] titles
    );

    /// @notice The applicant paid in cash and has the titles (V2).
    /// @param deliveryId The delivery.
    /// @param bank Who was paid.
    /// @param applicant Who paid.
    /// @param amount In minor units.
    /// @param currency ISO 4217 number.
    event TitlesTaken(
        bytes32 indexed deliveryId, uint32 indexed bank, uint32 indexed applicant, uint64 amount, uint16 currency
    );

    /// @notice The applicant signed a trust receipt, has the titles and owes for them (V3).
    /// @param deliveryId The delivery.
    /// @param bank To whom it owes.
    /// @param applicant Who owes.
    /// @param amount In minor units.
    /// @param currency ISO 4217 number.
    /// @param due Last second for payment, Unix time.
    /// @param receipt Salted commitment to the receipt.
    event TitlesTakenOnTrust(
        bytes32 indexed deliveryId,
        uint32 indexed bank,
        uint32 indexed applicant,
        uint64 amount,
        uint16 currency,
        uint40 due,
        bytes32 receipt
    );

    /// @notice The bank said that it was paid elsewhere, and the applicant has the titles (V4).
    /// @param deliveryId The delivery.
    /// @param bank Who was paid.
    /// @param applicant Who has the titles.
    /// @param paymentReference The bank's reference of the payment.
    event TitlesReleased(
        bytes32 indexed deliveryId, uint32 indexed bank, uint32 indexed applicant, bytes32 paymentReference
    );

    /// @notice The bank took the titles back (V5).
    /// @param deliveryId The delivery.
    /// @param bank Who has the titles again.
    /// @param applicant Who may not take them any more.
    event OfferWithdrawn(bytes32 indexed deliveryId, uint32 indexed bank, uint32 indexed applicant);

    /// @notice The titles went back, as they were not taken in time (V6).
    /// @param deliveryId The delivery.
    /// @param bank Who has the titles again.
    /// @param applicant Who did not take them.
    event OfferLapsed(bytes32 indexed deliveryId, uint32 indexed bank, uint32 indexed applicant);

    /// @notice What was owed on trust was paid in cash (V7).
    /// @param deliveryId The delivery.
    /// @param bank Who was paid.
    /// @param applicant Who paid.
    /// @param amount In minor units.
    /// @param currency ISO 4217 number.
    event DeliveryPaid(
        bytes32 indexed deliveryId, uint32 indexed bank, uint32 indexed applicant, uint64 amount, uint16 currency
    );

    /// @notice The bank said that what was owed on trust was paid elsewhere (V8).
    /// @param deliveryId The delivery.
    /// @param bank Who was paid.
    /// @param applicant Who owed it.
    /// @param paymentReference The bank's reference of the payment.
    event DeliveryPaymentAttested(
        bytes32 indexed deliveryId, uint32 indexed bank, uint32 indexed applicant, bytes32 paymentReference
    );

    /// @notice The bank has offered this before (idempotence).
    /// @param deliveryId The delivery.
    error DeliveryExists(bytes32 deliveryId);

    /// @notice Nothing was offered under this key: another bank, applicant, source, number or list of titles.
    /// @param deliveryId The number of the key.
    error UnknownDelivery(bytes32 deliveryId);

    /// @notice The delivery does not stand where the act needs it.
    /// @param deliveryId The delivery.
    /// @param actual Where it stands.
    /// @param expected Where it would have to.
    error WrongDeliveryState(bytes32 deliveryId, DeliveryState actual, DeliveryState expected);

    /// @notice The titles are delivered against something else.
    /// @param deliveryId The delivery.
    /// @param basis What they are delivered against.
    error WrongDeliveryBasis(bytes32 deliveryId, DeliveryBasis basis);

    /// @notice Only the bank of a delivery does this.
    /// @param deliveryId The delivery.
    /// @param bank The bank.
    /// @param memberId Who tried.
    error NotDeliveringBank(bytes32 deliveryId, uint32 bank, uint32 memberId);

    /// @notice Only the applicant of a delivery takes the titles and pays, and only an account of its own receives them.
    /// @param deliveryId The delivery.
    /// @param applicant The applicant.
    /// @param memberId Who tried, or whose account was named.
    error NotDeliveryApplicant(bytes32 deliveryId, uint32 applicant, uint32 memberId);

    /// @notice Nobody delivers to itself.
    /// @param memberId The member.
    error DeliveredToItself(uint32 memberId);

    /// @notice A delivery is for an amount above zero in a currency.
    /// @param amount The amount given, minor units.
    /// @param currency The currency given, ISO 4217 number.
    error DeliveryForNothing(uint64 amount, uint16 currency);

    /// @notice The applicant gets time to take the titles.
    /// @param takeBy The last second given.
    /// @param time The time of the block.
    error NoTimeToTake(uint40 takeBy, uint256 time);

    /// @notice What is taken on trust is due at some time, not before it may be taken; what is paid for has no such time.
    /// @param basis What the titles are delivered against.
    /// @param takeBy Last second at which they may be taken.
    /// @param due The last second for payment given.
    error BadDueTime(DeliveryBasis basis, uint40 takeBy, uint40 due);

    /// @notice One delivery has this many titles at most, so that what goes into custody comes out in one transaction.
    /// @param count How many were given.
    /// @param most How many there may be.
    error TooManyTitles(uint256 count, uint256 most);

    /// @notice A straight title that is not made out to the applicant gives it no goods, whoever holds it.
    /// @param title The title.
    /// @param beneficiary To whom it is made out.
    error MadeOutToAnother(bytes32 title, uint32 beneficiary);

    /// @notice The time to take the titles is over.
    /// @param deliveryId The delivery.
    /// @param takeBy Its last second.
    /// @param time The time of the block.
    error OfferOver(bytes32 deliveryId, uint40 takeBy, uint256 time);

    /// @notice The applicant may still take the titles.
    /// @param deliveryId The delivery.
    /// @param takeBy The last second at which it may.
    /// @param time The time of the block.
    error OfferOpen(bytes32 deliveryId, uint40 takeBy, uint256 time);

    /// @notice A trust receipt, and a payment made elsewhere, is told by a reference that is not zero.
    /// @param deliveryId The delivery.
    error DeliveryReferenceMissing(bytes32 deliveryId);

    /// @notice Offers titles (V1). They go into custody at once. Needs TITLE, of who holds them and to whom they are made
    /// out, or of who holds them in blank or made out to the applicant.
    /// @param key What names the delivery: the caller's member as bank.
    /// @param terms What the applicant is to give, and when.
    /// @return deliveryId The delivery.
    function offer(DeliveryKey calldata key, DeliveryTerms calldata terms) external returns (bytes32 deliveryId);

    /// @notice Pays in cash and takes the titles (V2). Needs PAY, the applicant's.
    /// @param key What names the delivery.
    /// @param account An account of the applicant with TITLE, which can move the titles on.
    function take(DeliveryKey calldata key, address account) external;

    /// @notice Takes the titles against a trust receipt, and owes for them (V3). Needs ACCEPT, the applicant's, as whoever
    /// accepts a draft.
    /// @param key What names the delivery.
    /// @param account An account of the applicant with TITLE, which can move the titles on.
    /// @param receipt Salted commitment to the signed receipt.
    function takeOnTrust(DeliveryKey calldata key, address account, bytes32 receipt) external;

    /// @notice Hands the titles over, as they were paid for elsewhere, also after the last second to take (V4). Needs ATTEST,
    /// the bank's.
    /// @param key What names the delivery.
    /// @param account An account of the applicant with TITLE, which can move the titles on.
    /// @param paymentReference The bank's reference of the payment.
    function release(DeliveryKey calldata key, address account, bytes32 paymentReference) external;

    /// @notice Takes the titles back (V5). Needs TITLE, the bank's.
    /// @param key What names the delivery.
    function withdraw(DeliveryKey calldata key) external;

    /// @notice Sends the titles back to the bank, as they were not taken in time (V6). Anybody may.
    /// @param key What names the delivery.
    function lapse(DeliveryKey calldata key) external;

    /// @notice Pays in cash what is owed on trust, early or late too (V7). Needs PAY, the applicant's.
    /// @param key What names the delivery.
    function pay(DeliveryKey calldata key) external;

    /// @notice Records that what is owed on trust was paid elsewhere (V8). Needs ATTEST, the bank's.
    /// @param key What names the delivery.
    /// @param paymentReference The bank's reference of the payment.
    function attestPayment(DeliveryKey calldata key, bytes32 paymentReference) external;

    /// @notice A delivery as it stands.
    /// @param deliveryId The delivery.
    /// @return The delivery; all zero if it was never offered.
    function delivery(bytes32 deliveryId) external view returns (Delivery memory);

    /// @notice Where a delivery stands at the time of the block, `Lapsed` and `Overdue` included.
    /// @param deliveryId The delivery.
    /// @return The state.
    function stateOf(bytes32 deliveryId) external view returns (DeliveryState);

    /// @notice The number of a delivery.
    /// @param key What names it.
    /// @return deliveryId The delivery, offered or not.
    function deliveryIdOf(DeliveryKey calldata key) external pure returns (bytes32 deliveryId);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The titles.
    /// @return The contract.
    function titles() external view returns (ITitleRegistry);

    /// @notice The contract that knows the cash of each currency.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);
}

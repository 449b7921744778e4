// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {Drawing, ICreditSchedules, Schedule} from "interfaces/ICreditSchedules.sol";
import {ICreditTransfers} from "interfaces/ICreditTransfers.sol";

/// @notice Where a credit stands. Advised, confirmed, stayed and transferable are flags beside it, not states. `Expired` is
/// never stored: time makes it true.
enum CreditState {
    None,
    PreAdvised,
    Issued,
    Cancelled,
    Expired
}

/// @notice How a credit is available (UCP 600 art. 6(b)).
enum Availability {
    None,
    SightPayment,
    DeferredPayment,
    Acceptance,
    Negotiation,
    Mixed
}

/// @notice What a usance counts from.
enum MaturityFrom {
    // Payable at sight: no usance.
    None,
    Sight,
    Shipment,
    // Nothing: the credit fixes the day of maturity.
    FixedDate
}

/// @notice What a credit is issued with: the numbers of the credit; its text travels off chain, bound by `terms`.
struct Issuance {
    // The issuing bank's reference, field 20: up to 16 ASCII characters, zero-padded on the right.
    bytes16 bankReference;
    // The parties by member number; 0 for one that is no member, or not named.
    uint32 applicant;
    uint32 beneficiary;
    uint32 advisingBank;
    uint32 secondAdvisingBank;
    uint32 nominatedBank;
    uint32 confirmingBank;
    uint32 reimbursingBank;
    // In minor units of the currency, field 32B.
    uint64 amount;
    // ISO 4217 number.
    uint16 currency;
    // Percent, field 39A.
    uint8 plusTolerance;
    uint8 minusTolerance;
    // Days since 1970-01-01, fields 31D and 44C; latest shipment 0 if the credit states none.
    uint16 expiry;
    uint16 latestShipment;
    // Days after shipment, field 48; 0 if the credit is silent (UCP 600 art. 14(c) then gives 21).
    uint16 presentationPeriod;
    // Days of the usance, or the day of maturity itself; 0 at sight.
    uint16 tenor;
    MaturityFrom tenorFrom;
    Availability availability;
    // Field 40A says transferable (UCP 600 art. 38).
    bool transferable;
    // Field 43P forbids partial drawings (UCP 600 art. 31).
    bool partialForbidden;
    // Field 41a names any bank.
    bool anyBank;
    // The rules of UCP 600 that the credit excludes or modifies (art. 1), or that it adds: bits of the library CreditSwitches.
    uint16 switches;
    // Salted commitment to all terms.
    bytes32 terms;
}

/// @notice A credit for a batch, in the words in which it is stored; as a signer reads it, it is an Issuance.
struct PackedIssuance {
    bytes16 bankReference;
    // The parties, as the library CreditWords draws them; the issuing bank's place is empty.
    uint256 parties;
    // The numbers, as the library CreditWords draws them; state, counters and what later acts set are empty.
    uint256 numbers;
    bytes32 terms;
}

/// @notice Where an amendment stands. `Lapsed` is never stored: the end of its credit makes it true.
enum AmendmentState {
    None,
    Pending,
    Accepted,
    Rejected,
    Lapsed
}

/// @notice What an amendment changes: the numbers of it; its text travels off chain, bound by `terms`.
struct Amendment {
    // 1 for the first of a credit, then one by one.
    uint8 number;
    // It cancels the credit, or withdraws the pre-advice, and changes nothing else.
    bool cancels;
    // Minor units, field 32B; at most one of the two.
    uint64 increase;
    // Minor units, field 33B.
    uint64 decrease;
    // Days since 1970-01-01, fields 31E and 44C; 0 leaves it as it is.
    uint16 expiry;
    uint16 latestShipment;
    // Days, field 48; 0 leaves it as it is.
    uint16 presentationPeriod;
    // The two tolerances are set anew, field 39A.
    bool setsTolerance;
    uint8 plusTolerance;
    uint8 minusTolerance;
    // Salted commitment to the text.
    bytes32 terms;
}

/// @notice An amendment as it stands.
struct AmendmentRecord {
    AmendmentState state;
    // The confirming bank extends its confirmation to it, or agrees to the cancellation; or there was none to ask when it
    // was accepted.
    bool extended;
    // The confirming bank said that it does not.
    bool extensionDeclined;
    // The version of the credit that it made, 0 until it is accepted.
    uint8 version;
    Amendment amendment;
}

/// @notice What a credit must take from its pre-advice (UCP 600 art. 11(b)).
enum PreAdvisedTerm {
    Beneficiary,
    AdvisingBank,
    Currency,
    Availability,
    Amount,
    Expiry
}

/// @notice A credit as it stands.
struct Credit {
    // As it is stored; `stateOf` tells an expired one.
    CreditState state;
    bool advised;
    bool secondAdvised;
    bool adviceDeclined;
    bool secondAdviceDeclined;
    bool confirmed;
    bool confirmationDeclined;
    // The confirming bank is bound by other terms than those in force: see `undertaking`.
    bool diverged;
    // A court's stay is on record; it may have lapsed.
    bool stayed;
    // How many amendments were issued, and accepted.
    uint8 amendments;
    uint8 version;
    uint32 issuingBank;
    // Drawings honoured or due, and what was transferred, in minor units.
    uint64 drawn;
    Issuance issuance;
    // It is a part of a credit that was transferred (UCP 600 art. 38).
    bool part;
}

/// @title Letters of credit: the credit itself, its amendments and what has been drawn under it.
/// @notice Irrevocable (UCP 600 art. 3, 7(b), 10(a)): no function of anybody changes or cancels a credit alone.
///
/// Credit (new: new business of the caller's member; the rest is work in flight)
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | A3 | None | preAdvise (new) | issuing bank | PreAdvised |
/// | A3, A9 | PreAdvised | amend to withdraw, acceptAmendment | issuing bank, then beneficiary | Cancelled |
/// | A4 | None | issue, issueBatch (new) | issuing bank | Issued |
/// | A4 | PreAdvised | issuePreAdvised (new beyond the pre-advice) | issuing bank | Issued |
/// | A4 | None, PreAdvised | issueScheduled (new; beyond the pre-advice) | issuing bank | Issued, on a schedule |
/// | A5 | Issued | advise | advising bank | Issued, advised |
/// | A5a | Issued, advised | advise | second advising bank | Issued, advised by both |
/// | A6 | Issued | declineAdvice | the same banks in the same order | Issued, advice declined until they advise |
/// | A7 | Issued | confirm (new) | bank named to confirm, not the issuing bank | Issued, confirmed |
/// | A7 | Issued, nobody named or declined | requestConfirmation (new) | issuing bank | Issued, another named |
/// | A8 | Issued | declineConfirmation | bank named to confirm | Issued, confirmation declined |
/// | A9 | Issued | the last consent to a cancellation | see below | Cancelled |
/// | A10 | Issued | time passes the extended expiry | – | Expired (a view) |
/// | A11 | any | all is drawn or expired, paid and decided | – | Closed (a view of the index, not of the chain) |
/// | A12 | Issued | instalments pass, or are replaced | see ICreditSchedules | Issued |
/// | A13 | Issued | stay, liftStay | an authority with COURT that is no party | Issued, stayed until a time or not |
/// | – | Issued | drawExactly, drawUpTo, drawScheduled | Presentations, when an obligation arises | Issued, more drawn |
/// | – | Cancelled | drawExactly, drawUpTo, drawScheduled | the same, on what was presented before | Cancelled, more drawn |
/// | E5 | Issued, transferable | carveOut | CreditTransfers, when the transferring bank transfers | Issued, the share drawn |
/// | E5 | None | the same | the same | Issued, a part |
/// | E7 | Issued, a part | amendAsPart | CreditTransfers, when the transferring bank passes an amendment on | Issued, see below |
/// | E9 | Issued, a part | the last consent to its cancellation | see below | Cancelled, the share given back |
/// | E10 | Expired, a part | returnPart | CreditTransfers, when the first beneficiary reclaims the share | Cancelled, the same |
/// | E8 | Issued, a part | the whole credit is cancelled | – | Cancelled (a view) |
///
/// An expired credit stays Issued in storage: what its parties still do under it binds them, and none is locked out.
///
/// Amendment n; several may be pending, and none waits for another. No time ends one (UCP 600 art. 10(f)).
///
/// | from | act | by | to |
/// |---|---|---|---|
/// | None | amend (new if it increases or extends) | issuing bank, bound from now on | Pending |
/// | Pending | extendConfirmation (new if it increases or extends) | confirming bank | Pending, extended |
/// | Pending, Accepted | declineExtension | confirming bank | the same: it may yet extend |
/// | Pending | acceptAmendment | beneficiary, or the bank that acts for one who is no member | Accepted: its changes merge |
/// | Pending | acceptByPresentation, not a cancellation, nor to an unasked beneficiary's loss | Presentations | the same |
/// | Accepted, not extended | extendConfirmation | confirming bank | Accepted, extended: it merges there as well |
/// | Pending | rejectAmendment, also on partial acceptance | as acceptAmendment | Rejected |
/// | Pending | the credit is cancelled | – | Lapsed (a view) |
///
/// A cancellation changes nothing until the beneficiary has accepted it and the confirming bank, if the credit is confirmed,
/// has extended to it (UCP 600 art. 10(a)), and every second beneficiary of a part has agreed (art. 38); applicant and
/// advising bank are not asked. Of a part the transferring bank alone issues amendments, in the issuing bank's place, and
/// proposes the cancellation; one that has confirmed has thereby extended to them.
interface ILetterOfCredit {
    /// @notice A credit was issued; its issuing bank is bound from now on (UCP 600 art. 7(b)).
    /// @param creditId Derived from the issuing bank and its reference.
    /// @param issuingBank The issuing bank.
    /// @param beneficiary The beneficiary, 0 if it is no member.
    /// @param issuance All it was issued with.
    event CreditIssued(
        bytes32 indexed creditId, uint32 indexed issuingBank, uint32 indexed beneficiary, Issuance issuance
    );

    /// @notice A credit was advised (UCP 600 art. 9).
    /// @param creditId The credit.
    /// @param advisingBank The bank that advised it.
    /// @param apparentlyAuthentic Whether the bank satisfied itself of the apparent authenticity (art. 9(b), (c)), or
    /// advises without that and says so (art. 9(f)).
    event CreditAdvised(bytes32 indexed creditId, uint32 indexed advisingBank, bool apparentlyAuthentic);

    /// @notice A credit was pre-advised; its issuing bank is bound to issue it without delay (UCP 600 art. 11(b)).
    /// @param creditId Derived from the issuing bank and its reference.
    /// @param issuingBank The issuing bank.
    /// @param beneficiary The beneficiary, 0 if it is no member.
    /// @param issuance What was said of it.
    event CreditPreAdvised(
        bytes32 indexed creditId, uint32 indexed issuingBank, uint32 indexed beneficiary, Issuance issuance
    );

    /// @notice A bank declined to advise a credit (UCP 600 art. 9(e)); it may yet advise it.
    /// @param creditId The credit.
    /// @param advisingBank The bank.
    event AdviceDeclined(bytes32 indexed creditId, uint32 indexed advisingBank);

    /// @notice The issuing bank asked a bank for its confirmation, or authorised it (UCP 600 art. 8(d)).
    /// @param creditId The credit.
    /// @param confirmingBank The bank asked.
    event ConfirmationRequested(bytes32 indexed creditId, uint32 indexed confirmingBank);

    /// @notice A credit was confirmed; the confirming bank is bound from now on (UCP 600 art. 8(b)).
    /// @param creditId The credit.
    /// @param confirmingBank The bank.
    event CreditConfirmed(bytes32 indexed creditId, uint32 indexed confirmingBank);

    /// @notice A bank declined to confirm (UCP 600 art. 8(d)).
    /// @param creditId The credit.
    /// @param confirmingBank The bank.
    event ConfirmationDeclined(bytes32 indexed creditId, uint32 indexed confirmingBank);

    /// @notice An amendment was issued; the issuing bank is bound by it from now on (UCP 600 art. 10(b)).
    /// @param creditId The credit.
    /// @param number Its number.
    /// @param amendment All it consists of.
    event AmendmentIssued(bytes32 indexed creditId, uint8 indexed number, Amendment amendment);

    /// @notice The confirming bank extended its confirmation to an amendment (UCP 600 art. 10(b)).
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @param diverged Whether the bank stays bound by other terms than those in force.
    event ConfirmationExtended(bytes32 indexed creditId, uint8 indexed number, bool diverged);

    /// @notice The confirming bank does not extend its confirmation to an amendment, or does not agree to the cancellation
    /// (UCP 600 art. 10(a), (b)).
    /// @param creditId The credit.
    /// @param number The amendment.
    event ExtensionDeclined(bytes32 indexed creditId, uint8 indexed number);

    /// @notice An amendment was accepted and is part of the credit (UCP 600 art. 10(c)).
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @param acceptedBy The beneficiary or the bank that acts for it; 0 if a presentation accepted it.
    /// @param version The version of the credit that it made.
    /// @param terms The commitment to all terms of that version: the hash of the one before and the amendment's.
    /// @param diverged Whether the confirming bank stays bound by other terms.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    event AmendmentAccepted(
        bytes32 indexed creditId,
        uint8 indexed number,
        uint32 indexed acceptedBy,
        uint8 version,
        bytes32 terms,
        bool diverged,
        bytes32 mandate
    );

    /// @notice An amendment was rejected as a whole (UCP 600 art. 10(c) to (e)).
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @param rejectedBy The beneficiary or the bank that acts for it.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    event AmendmentRejected(bytes32 indexed creditId, uint8 indexed number, uint32 indexed rejectedBy, bytes32 mandate);

    /// @notice The beneficiary or the confirming bank agreed to a cancellation (UCP 600 art. 10(a)).
    /// @param creditId The credit.
    /// @param number The amendment that cancels.
    /// @param agreedBy The beneficiary, the bank that acts for it, or the confirming bank.
    /// @param mandate Salted commitment to what the beneficiary told the bank; else 0.
    event CancellationAgreed(bytes32 indexed creditId, uint8 indexed number, uint32 indexed agreedBy, bytes32 mandate);

    /// @notice All whose consent counts have agreed: the credit, or the pre-advice, is no more (UCP 600 art. 10(a)).
    /// @param creditId The credit.
    event CreditCancelled(bytes32 indexed creditId);

    /// @notice A court stays payment under a credit. No clock stops.
    /// @param creditId The credit.
    /// @param authority The authority that records it.
    /// @param until Last second of the stay, Unix time.
    /// @param order Salted commitment to court, case number and ruling.
    event PaymentStayed(bytes32 indexed creditId, uint32 indexed authority, uint40 until, bytes32 order);

    /// @notice A court's stay was lifted before its time.
    /// @param creditId The credit.
    /// @param authority The authority that records it.
    /// @param order Salted commitment to court, case number and ruling.
    event StayLifted(bytes32 indexed creditId, uint32 indexed authority, bytes32 order);

    /// @notice The issuing bank has used this reference before (idempotence: the credit exists).
    /// @param creditId The credit.
    error CreditExists(bytes32 creditId);

    /// @notice There is no such credit.
    /// @param creditId The number given.
    error UnknownCredit(bytes32 creditId);

    /// @notice The credit has no reference.
    error MissingReference();

    /// @notice The amount is zero, or with its tolerance larger than can be counted.
    /// @param amount The amount, in minor units.
    /// @param plusTolerance Percent.
    error BadAmount(uint64 amount, uint8 plusTolerance);

    /// @notice The currency number is none of ISO 4217.
    /// @param currency The number given.
    error BadCurrency(uint16 currency);

    /// @notice A tolerance has more than two digits (field 39A).
    /// @param plusTolerance Percent.
    /// @param minusTolerance Percent.
    error BadTolerance(uint8 plusTolerance, uint8 minusTolerance);

    /// @notice The credit would have expired before it is issued (UCP 600 art. 6(d)), wherever its place.
    /// @param expiry The expiry, days since 1970-01-01.
    /// @param time The time of the block.
    error ExpiryPassed(uint16 expiry, uint256 time);

    /// @notice A credit says how it is available (UCP 600 art. 6(b)), and one by mixed payment is issued with its slices.
    /// @param availability What was asked for.
    error AvailabilityNotCarried(Availability availability);

    /// @notice A credit at sight has no usance, one by deferred payment or acceptance has one, and a usance counts from
    /// something (fields 42C, 42P).
    /// @param availability How the credit is available.
    /// @param tenor The days given.
    /// @param tenorFrom What they count from.
    error BadTenor(Availability availability, uint16 tenor, MaturityFrom tenorFrom);

    /// @notice The period for presentation has more than three digits (field 48).
    /// @param period Days.
    error BadPeriod(uint16 period);

    /// @notice A bit of the switches has no meaning.
    /// @param switches The bits given.
    /// @param known The bits that have one.
    error UnknownSwitches(uint16 switches, uint16 known);

    /// @notice There is no commitment to the terms.
    error MissingTerms();

    /// @notice A packed credit fills a place that only the contract fills.
    /// @param parties The parties given.
    /// @param numbers The numbers given.
    error BadPackedCredit(uint256 parties, uint256 numbers);

    /// @notice There is nothing in the batch.
    error EmptyBatch();

    /// @notice The credit does not stand where the act needs it.
    /// @param creditId The credit.
    /// @param actual Where it stands.
    /// @param expected Where it would have to.
    error WrongCreditState(bytes32 creditId, CreditState actual, CreditState expected);

    /// @notice The credit is not what its pre-advice said (UCP 600 art. 11(b)).
    /// @param creditId The credit.
    /// @param term In which it differs, or falls short.
    error ContradictsPreAdvice(bytes32 creditId, PreAdvisedTerm term);

    /// @notice The caller's member did not issue this credit.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotIssuingBank(bytes32 creditId, uint32 memberId);

    /// @notice The caller's member is not named to advise this credit, or not yet: the second bank follows the first.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotAdvisingBank(bytes32 creditId, uint32 memberId);

    /// @notice The bank has advised this credit before.
    /// @param creditId The credit.
    /// @param memberId The bank.
    error AdvisedAlready(bytes32 creditId, uint32 memberId);

    /// @notice The bank has declined to advise this credit before.
    /// @param creditId The credit.
    /// @param memberId The bank.
    error AdviceDeclinedAlready(bytes32 creditId, uint32 memberId);

    /// @notice The caller's member is not asked to confirm this credit or has not confirmed it, whichever the act needs; or
    /// it issued the credit, and its confirmation would add nothing (UCP 600 art. 2).
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotConfirmingBank(bytes32 creditId, uint32 memberId);

    /// @notice The credit is confirmed.
    /// @param creditId The credit.
    /// @param confirmingBank The bank that confirmed it.
    error ConfirmedAlready(bytes32 creditId, uint32 confirmingBank);

    /// @notice The bank has declined to confirm; the issuing bank may ask it anew.
    /// @param creditId The credit.
    /// @param confirmingBank The bank.
    error ConfirmationDeclinedAlready(bytes32 creditId, uint32 confirmingBank);

    /// @notice A bank is asked to confirm and has not answered.
    /// @param creditId The credit.
    /// @param confirmingBank The bank.
    error ConfirmationPending(bytes32 creditId, uint32 confirmingBank);

    /// @notice The caller's member is neither the beneficiary nor the bank that acts for one who is no member.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotForBeneficiary(bytes32 creditId, uint32 memberId);

    /// @notice A bank acts for a beneficiary by a mandate, and none was given.
    /// @param creditId The credit.
    /// @param memberId The bank.
    error MandateMissing(bytes32 creditId, uint32 memberId);

    /// @notice Amendments are numbered one by one.
    /// @param creditId The credit.
    /// @param number The number given.
    /// @param expected The number of the next one; above 255 there is none.
    error AmendmentOutOfOrder(bytes32 creditId, uint8 number, uint16 expected);

    /// @notice An amendment both increases and decreases, gives tolerances that it does not set, or cancels and changes
    /// something.
    /// @param creditId The credit.
    /// @param number The amendment.
    error ContradictoryAmendment(bytes32 creditId, uint8 number);

    /// @notice The amount would be nothing, or with its tolerance larger than can be counted.
    /// @param amount The amount as amended, in minor units.
    /// @param plusTolerance Percent, as amended.
    error BadAmendedAmount(uint256 amount, uint8 plusTolerance);

    /// @notice A decrease would leave less than was drawn before it was accepted.
    /// @param creditId The credit.
    /// @param ceiling What could be drawn in all, in minor units.
    /// @param drawn What is drawn, in minor units.
    error BelowDrawings(bytes32 creditId, uint64 ceiling, uint64 drawn);

    /// @notice The amendment is not in the state that the act needs.
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @param actual Its state.
    /// @param expected The state it would need.
    error WrongAmendmentState(bytes32 creditId, uint8 number, AmendmentState actual, AmendmentState expected);

    /// @notice A cancellation needs express consents: no presentation accepts it (UCP 600 art. 10(a)).
    /// @param creditId The credit.
    /// @param number The amendment.
    error ConsentNotExpress(bytes32 creditId, uint8 number);

    /// @notice The amendment leaves the beneficiary less, the presentation does without it, and the presenter did not name it:
    /// whether the documents accept it is not the bank's to say (UCP 600 art. 10(c)).
    /// @param creditId The credit.
    /// @param number The amendment.
    error AmendmentNotNamed(bytes32 creditId, uint8 number);

    /// @notice The confirmation covers the amendment already.
    /// @param creditId The credit.
    /// @param number The amendment.
    error ExtendedAlready(bytes32 creditId, uint8 number);

    /// @notice The confirming bank has said before that it does not extend.
    /// @param creditId The credit.
    /// @param number The amendment.
    error ExtensionDeclinedAlready(bytes32 creditId, uint8 number);

    /// @notice A stay ends ahead of now, and not later than a certain time; it can be renewed.
    /// @param until Last second of the stay given, Unix time.
    /// @param latest The latest possible, Unix time.
    error StayOutOfBounds(uint40 until, uint256 latest);

    /// @notice A party of the credit records no stay of its payment.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error PartyCannotStay(bytes32 creditId, uint32 memberId);

    /// @notice Another authority's stay runs: it alone renews or lifts it.
    /// @param creditId The credit.
    /// @param authority The authority.
    /// @param until Last second of its stay, Unix time.
    error StayedByAnother(bytes32 creditId, uint32 authority, uint40 until);

    /// @notice No stay runs.
    /// @param creditId The credit.
    error NotStayed(bytes32 creditId);

    /// @notice Of a part of a credit the transferring bank passes amendments on, and nobody adds a confirmation (UCP 600
    /// art. 38).
    /// @param partId The part.
    error TransferredPart(bytes32 partId);

    /// @notice Only the contract of transfers makes parts of credits and amends them.
    /// @param caller Who tried.
    error NotTransfers(address caller);

    /// @notice Only the contract of presentations draws.
    /// @param caller Who tried.
    error NotPresentations(address caller);

    /// @notice Only the contract of obligations tells of assigned proceeds.
    /// @param caller Who tried.
    error NotObligationsContract(address caller);

    /// @notice More is demanded than the credit still has (UCP 600 art. 18(b), 30).
    /// @param creditId The credit.
    /// @param demanded The demand, in minor units.
    /// @param available What may still be drawn, in minor units.
    error Overdrawn(bytes32 creditId, uint64 demanded, uint64 available);

    /// @notice There is no such amendment.
    /// @param creditId The credit.
    /// @param number The number given.
    error UnknownAmendment(bytes32 creditId, uint8 number);

    /// @notice Nothing is left to draw.
    /// @param creditId The credit.
    error NothingToDraw(bytes32 creditId);

    /// @notice Issues a credit; the caller's member is its issuing bank. New business; needs ISSUE.
    /// @dev UCP 600 art. 6, 7(b). Reverts on a date only if the credit had expired (credit machine, row A4).
    /// @param issuance All it is issued with.
    /// @return creditId Its number.
    function issue(Issuance calldata issuance) external returns (bytes32 creditId);

    /// @notice Issues credits, all or none, each as `issue` does; the caller's member is their issuing bank. New business;
    /// needs ISSUE.
    /// @param batch What they are issued with, in the words in which it is stored.
    function issueBatch(PackedIssuance[] calldata batch) external;

    /// @notice Pre-advises a credit; the caller's member is to issue it without delay. New business; needs ISSUE.
    /// @dev UCP 600 art. 11(b); credit machine, row A3. The usance may be left open.
    /// @param issuance What is said of it.
    /// @return creditId Its number.
    function preAdvise(Issuance calldata issuance) external returns (bytes32 creditId);

    /// @notice Issues a credit that was pre-advised, on terms that do not contradict the pre-advice. Needs ISSUE, the
    /// issuing bank's. In flight, as the bank is bound to it; new business as far as it names other parties, is for more
    /// or expires later.
    /// @dev UCP 600 art. 11(b): beneficiary, advising bank, currency and availability as pre-advised; amount and expiry
    /// not less. A withdrawal of the pre-advice that was proposed falls away.
    /// @param issuance All it is issued with.
    /// @return creditId Its number.
    function issuePreAdvised(Issuance calldata issuance) external returns (bytes32 creditId);

    /// @notice Issues a credit with a schedule: mixed payment, instalments, a revolving amount or an advance before shipment;
    /// else as `issue`, and where the credit was pre-advised as `issuePreAdvised`. New business; of a pre-advised credit in
    /// flight, as far as it is neither more than was pre-advised nor revolves. Needs ISSUE.
    /// @dev UCP 600 art. 6(b), 32.
    /// @param issuance All it is issued with but the schedule.
    /// @param schedule What it says of its amounts over time.
    /// @return creditId Its number.
    function issueScheduled(Issuance calldata issuance, Schedule calldata schedule) external returns (bytes32 creditId);

    /// @notice Advises a credit. In flight; needs ADVISE, the advising bank's or then the second advising bank's.
    /// @dev UCP 600 art. 9(a) to (c), (f). A bank that declined may yet advise.
    /// @param creditId The credit.
    /// @param apparentlyAuthentic Whether the bank satisfied itself of the apparent authenticity.
    function advise(bytes32 creditId, bool apparentlyAuthentic) external;

    /// @notice Declines to advise a credit. In flight; needs ADVISE, of the same banks in the same order.
    /// @dev UCP 600 art. 9(e).
    /// @param creditId The credit.
    function declineAdvice(bytes32 creditId) external;

    /// @notice Asks another bank for its confirmation, where none is named or the one named declined. New business; needs
    /// ISSUE, the issuing bank's.
    /// @dev UCP 600 art. 8(d).
    /// @param creditId The credit.
    /// @param bank The bank, an active member; the one that declined may be asked anew.
    function requestConfirmation(bytes32 creditId, uint32 bank) external;

    /// @notice Adds the confirmation of the bank that is named for it; it is bound by the credit as it stands, with every
    /// amendment accepted so far. New business; needs ISSUE.
    /// @dev UCP 600 art. 8(a), (b).
    /// @param creditId The credit.
    function confirm(bytes32 creditId) external;

    /// @notice Declines to confirm. In flight; needs ISSUE, of the bank that is named to confirm.
    /// @dev UCP 600 art. 8(d).
    /// @param creditId The credit.
    function declineConfirmation(bytes32 creditId) external;

    /// @notice Issues an amendment, or proposes to cancel the credit or to withdraw the pre-advice. The issuing bank is bound
    /// from now on and cannot take it back. Needs ISSUE, the issuing bank's. New business if the most that may be drawn or
    /// the expiry grows, else in flight.
    /// @dev UCP 600 art. 10(a), (b), 11(b).
    /// @param creditId The credit.
    /// @param amendment All it consists of.
    function amend(bytes32 creditId, Amendment calldata amendment) external;

    /// @notice Extends the confirmation to an amendment, pending or accepted, or agrees to a cancellation. Needs ISSUE, the
    /// confirming bank's. New business if the most that may be drawn from this bank or the expiry grows, else in flight.
    /// @dev UCP 600 art. 10(a), (b). Extended after others, an accepted amendment changes nothing that a later one has set.
    /// @param creditId The credit.
    /// @param number The amendment.
    function extendConfirmation(bytes32 creditId, uint8 number) external;

    /// @notice States that the confirmation is not extended to an amendment, or a cancellation not agreed to. In flight;
    /// needs ISSUE, the confirming bank's. It may yet extend.
    /// @dev UCP 600 art. 10(b).
    /// @param creditId The credit.
    /// @param number The amendment.
    function declineExtension(bytes32 creditId, uint8 number) external;

    /// @notice Accepts a whole amendment, or agrees to a cancellation. In flight; needs ACCEPT, the beneficiary's or, where
    /// it is no member, that of its advising (else nominated) bank under its mandate.
    /// @dev UCP 600 art. 10(a), (c). Amendments are accepted in any order, each by itself.
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    function acceptAmendment(bytes32 creditId, uint8 number, bytes32 mandate) external;

    /// @notice Rejects an amendment as a whole; whoever accepts a part of it rejects it. In flight; needs ACCEPT, as
    /// acceptAmendment.
    /// @dev UCP 600 art. 10(c) to (e).
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    function rejectAmendment(bytes32 creditId, uint8 number, bytes32 mandate) external;

    /// @notice Records that a court stays payment under a credit, or renews its stay. In flight; needs COURT, of an authority
    /// that is no party of the credit.
    /// @dev No clock stops, and nothing but payment is stayed. Credit machine, row A13.
    /// @param creditId The credit.
    /// @param until Last second of the stay, Unix time, at most 400 days ahead; it lapses by itself.
    /// @param order Salted commitment to court, case number and ruling.
    function stay(bytes32 creditId, uint40 until, bytes32 order) external;

    /// @notice Records that a court lifted its stay. In flight; needs COURT, of the authority that recorded the stay.
    /// @param creditId The credit.
    /// @param order Salted commitment to court, case number and ruling.
    function liftStay(bytes32 creditId, bytes32 order) external;

    /// @notice Marks that proceeds are assigned before anything is owed; only PaymentObligations may, whose event tells of it.
    /// @dev UCP 600 art. 39.
    /// @param creditId The credit, an issued one.
    function noteAssignment(bytes32 creditId) external;

    /// @notice Counts a drawing of exactly the demand; only Presentations may, whose events tell of it.
    /// @dev UCP 600 art. 18(b), 30: reverts on more than is available.
    /// @param creditId The credit.
    /// @param bank The bank that undertakes to pay it: its own numbers bind it.
    /// @param demanded The demand, in minor units.
    /// @return numbers The credit's numbers as they bind the bank, after the drawing.
    function drawExactly(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint256 numbers);

    /// @notice Counts a drawing of the demand or of what is left, whichever is less; only Presentations may, whose events
    /// tell of it.
    /// @dev UCP 600 art. 16(f) with art. 18(b): preclusion cures discrepancies, not the credit amount.
    /// @param creditId The credit.
    /// @param bank The bank that undertakes to pay it: its own numbers bind it.
    /// @param demanded The demand, in minor units.
    /// @return amount The drawing, in minor units.
    /// @return numbers The credit's numbers as they bind the bank, after the drawing.
    function drawUpTo(bytes32 creditId, uint32 bank, uint64 demanded) external returns (uint64 amount, uint256 numbers);

    /// @notice Counts a drawing under a credit with a schedule; only Presentations may, whose events tell of it.
    /// @dev UCP 600 art. 16(f), 18(b), 30, 32.
    /// @param drawing The demand.
    /// @param exactly Whether the whole demand is to be drawn; else what is available of it.
    /// @return owed What the bank then owes, in minor units: the drawing less what recovers advances.
    /// @return numbers The credit's numbers as they bind the bank, after the drawing.
    function drawScheduled(Drawing calldata drawing, bool exactly) external returns (uint64 owed, uint256 numbers);

    /// @notice Accepts amendments by a presentation that complies with the terms as they change them; only Presentations
    /// may, whose events tell of it. A cancellation is never accepted so. One that leaves the beneficiary less is accepted
    /// only if it was named, or if it also gives more and the numbers without it do not carry the presentation; so is one that
    /// replaces instalments.
    /// @dev UCP 600 art. 10(c).
    /// @param creditId The credit.
    /// @param amendments Bit n for amendment n; accepted in the order of their numbers.
    /// @param named Those which the presenter named.
    /// @param carried Whether the numbers in force carry the presentation.
    function acceptByPresentation(bytes32 creditId, uint256 amendments, uint256 named, bool carried) external;

    /// @notice Puts a part of a credit on record as a credit of its own, and counts what it takes as drawn; only
    /// CreditTransfers may, whose events tell of it.
    /// @dev UCP 600 art. 38.
    /// @param creditId The credit.
    /// @param partId The number of the part.
    /// @param share What it takes, in minor units.
    /// @param parties The parties of the part, as the library CreditWords draws them.
    /// @param numbers Its numbers, the same.
    /// @param terms The commitment to its terms.
    function carveOut(bytes32 creditId, bytes32 partId, uint64 share, uint256 parties, uint256 numbers, bytes32 terms)
        external;

    /// @notice Issues an amendment of a part, or proposes to cancel it, and counts what it takes more as drawn in the credit;
    /// only CreditTransfers may, whose events tell of it.
    /// @dev UCP 600 art. 38(f).
    /// @param partId The part.
    /// @param amendment All it consists of.
    /// @param share What it takes more, in minor units.
    function amendAsPart(bytes32 partId, Amendment calldata amendment, uint64 share) external;

    /// @notice Cancels a credit once every consent is on record; only CreditTransfers may, after that of a second
    /// beneficiary.
    /// @dev UCP 600 art. 10(a), 38.
    /// @param creditId The credit.
    /// @param number The amendment that cancels.
    function settleCancellation(bytes32 creditId, uint8 number) external;

    /// @notice Ends a part that expired with nothing open; only CreditTransfers may, whose events tell of it.
    /// @param partId The part.
    /// @param returned What the credit has again, in minor units.
    function returnPart(bytes32 partId, uint64 returned) external;

    /// @notice The two words of a credit, as the library CreditWords draws them, for contracts that read several fields.
    /// Reverts if there is no such credit.
    /// @dev UCP 600 art. 10(b): a confirming bank that did not extend its confirmation to an accepted amendment stays bound
    /// by its own numbers; what is drawn, the flags and the state are the credit's.
    /// @param creditId The credit.
    /// @param bank The bank whose undertaking is asked about.
    /// @return parties The parties, by member number.
    /// @return numbers The amounts, dates, state and flags as they bind the bank.
    function bindingWords(bytes32 creditId, uint32 bank) external view returns (uint256 parties, uint256 numbers);

    /// @notice Until when a court stays payment under a credit. It concerns payment alone: no clock stops.
    /// @param creditId The credit.
    /// @return until Last second of the stay, Unix time; 0 or in the past if there is none.
    function stayOf(bytes32 creditId) external view returns (uint40 until);

    /// @notice A credit as it stands; its reference is not stored and comes back empty. Reverts if there is none.
    /// @param creditId The credit.
    /// @return What is on record.
    function credit(bytes32 creditId) external view returns (Credit memory);

    /// @notice A credit as it binds a bank: the confirming bank by the version it follows, any other by the one in force.
    /// Reverts if there is none.
    /// @dev UCP 600 art. 10(b).
    /// @param creditId The credit.
    /// @param bank The bank.
    /// @return What is on record, the commitment to the terms included.
    function undertaking(bytes32 creditId, uint32 bank) external view returns (Credit memory);

    /// @notice Where a credit stands at the time of the block; Expired included.
    /// @dev UCP 600 art. 6(d), (e), 29(a): by the calendar of the bank with which the credit is available, if it is a member,
    /// else the issuing bank's. Where that calendar is not published nothing is said to have expired.
    /// @param creditId The credit.
    /// @return The state; None if there is no such credit.
    function stateOf(bytes32 creditId) external view returns (CreditState);

    /// @notice An amendment as it stands. Reverts if there is none.
    /// @param creditId The credit.
    /// @param number The amendment.
    /// @return What is on record.
    function amendmentOf(bytes32 creditId, uint8 number) external view returns (AmendmentRecord memory);

    /// @notice The number of the credit that a bank has issued, or would issue, under a reference.
    /// @param issuingBank The bank.
    /// @param bankReference Its reference.
    /// @return creditId The number.
    function creditIdOf(uint32 issuingBank, bytes16 bankReference) external pure returns (bytes32 creditId);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The banking calendars.
    /// @return The contract.
    function calendar() external view returns (IBankingCalendar);

    /// @notice The contract that draws.
    /// @return The address.
    function presentations() external view returns (address);

    /// @notice The contract that makes parts of credits.
    /// @return The contract.
    function transfers() external view returns (ICreditTransfers);

    /// @notice What credits say of their amounts over time.
    /// @return The contract.
    function timetable() external view returns (ICreditSchedules);
}

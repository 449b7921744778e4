// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations, ObligationKind} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";

/// @notice Where an authorisation to reimburse stands.
enum AuthorisationState {
    None,
    Authorised,
    // The reimbursing bank undertook to pay, irrevocably.
    Undertaken,
    Cancelled
}

/// @notice Where a claim for reimbursement stands. The last three are never stored: time, or a payment, makes them true.
enum ClaimState {
    None,
    Claimed,
    // The reimbursing bank owes it.
    Honoured,
    // The reimbursing bank gave notice that the claim does not conform.
    NonConforming,
    // The claiming bank gave notice that it was not paid.
    NonPaymentNotified,
    // The claiming bank claims on the issuing bank.
    FallenBack,
    // Paid, and to be paid back: the documents were refused.
    RefundDue,
    // Held until it is due.
    DueLater,
    // Neither refused nor paid in time.
    Unpaid,
    // The claiming bank has its money, from whichever bank.
    Paid
}

/// @notice What becomes of a claim that does not conform, field 73S.
enum ClaimDisposal {
    None,
    Cancelled,
    Held,
    Returned
}

/// @notice On which terms a reimbursing bank is to pay.
struct ReimbursementTerms {
    // The most that may be claimed in all, in minor units of the credit's currency, field 32B with 39A.
    uint64 amount;
    // Field 58a; 0 for any bank with which the credit is available.
    uint32 claimingBank;
    // Days since 1970-01-01, field 31D; 0 for none. It binds from when the reimbursing bank undertakes these terms.
    uint16 expiry;
    // Banking days of the reimbursing bank between its notice and the debit of the issuing bank; 0 for none.
    uint8 preDebitDays;
    // The credit says that URR 725 applies (field 40F, UCP 600 art. 13(a)); else art. 13(b) does.
    bool urr;
    // The reimbursing bank is to give its own undertaking.
    bool undertakingAsked;
    // Field 71A CLM; where it is silent the issuing bank bears them (UCP 600 art. 13(b)(iv)).
    bool claimantBearsCharges;
    // An undertaking may be amended without the claiming bank.
    bool freelyAmendable;
}

/// @notice An authorisation as it stands.
struct Authorisation {
    AuthorisationState state;
    // Claims that are neither refused nor given up, in minor units.
    uint64 claimed;
    bool undertakingDeclined;
    ReimbursementTerms terms;
}

/// @notice An amendment that is proposed to terms for which an undertaking was given; all zero if none is.
struct AuthorisationProposal {
    bool proposed;
    // It cancels the authorisation.
    bool cancels;
    // The claiming bank agrees to it.
    bool agreed;
    ReimbursementTerms terms;
}

/// @notice What a bank claims.
struct ClaimRequest {
    // The presentation that the bank honoured or negotiated.
    PresentationKey key;
    // The count under which it forwarded the documents to the issuing bank.
    uint8 forwardedNumber;
    // The bank's own count of its claims for this presentation: a claim that was refused may be followed by another.
    uint8 number;
    // Of a mixed payment the slice that it honoured, from 0 as they are owed; else 0.
    uint8 slice;
    // In minor units; at most what the bank itself owes or paid.
    uint64 amount;
    // Salted commitment to the text of the claim (MT 742).
    bytes32 message;
}

/// @notice A claim as it stands.
struct Claim {
    bytes32 creditId;
    // The presentation to the issuing bank.
    bytes32 forwardedId;
    uint32 claimingBank;
    uint64 amount;
    // Unix time.
    uint40 received;
    // Close of the last banking day for an answer, Unix time; 0 while the calendar is not published far enough.
    uint40 deadline;
    // Days since 1970-01-01; 0 at sight.
    uint16 due;
    // As it is stored; `stateOf` tells the rest.
    ClaimState state;
    // See ClaimMarks.
    uint8 marks;
    // Interest and costs as the creditor attested them, in minor units.
    uint64 charges;
    // Of a mixed payment.
    uint8 slice;
}

/// @title Reimbursement between banks (UCP 600 art. 13, URR 725).
/// @notice A bank that honoured or negotiated is paid by a third bank on the issuing bank's authority. The reimbursing bank's
/// debt, its recourse to the issuing bank and a refund are obligations of their own, paid as every other. The issuing bank's
/// duty to reimburse ends by none of it (art. 13(c)): what it owes for the drawing is the counterpart of what the reimbursing
/// bank owes, so that the claiming bank is paid once, and is closed by an act of its own (see IPaymentObligations).
///
/// Authorisation, one of each credit
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | F1 | None, Cancelled | authorise | issuing bank | Authorised |
/// | F2 | Authorised | amendAuthorisation | issuing bank | Authorised, on other terms |
/// | F3 | Authorised | cancelAuthorisation | issuing bank | Cancelled |
/// | F4 | Authorised, asked for | undertake (new) | reimbursing bank | Undertaken |
/// | F5 | Authorised, asked for | declineUndertaking | reimbursing bank | Authorised, declined; it may yet undertake |
/// | F6 | Undertaken | amendAuthorisation, cancelAuthorisation | issuing bank | Undertaken, with a proposal |
/// | F7 | Undertaken, with a proposal | agreeToAmendment | claiming bank | Undertaken, agreed; Cancelled if it cancels |
/// | F8 | Undertaken, agreed or freely amendable | undertake (new) | reimbursing bank | Undertaken, on other terms |
/// | F9 | Undertaken, with a proposal | declineUndertaking | reimbursing bank | Undertaken as it was |
///
/// Claim
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | F10 | None | claim | a bank that honoured or negotiated and forwarded | Claimed |
/// | F11 | Claimed, deadline unknown | fixClaimDeadline | anyone | Claimed, with its deadline |
/// | F12 | Claimed, notice asked for | givePreDebitNotice | reimbursing bank | Claimed, noticed |
/// | F13 | Claimed | honourClaim, however late | reimbursing bank | Honoured, owed |
/// | F14 | Claimed | refuseClaim, until the close of the last day | reimbursing bank | NonConforming |
/// | F15 | Claimed, undertaken | claimUndertaking, after that | claiming bank | Honoured, owed |
/// | F16 | Claimed, Honoured | time passes before the due date | – | DueLater (a view) |
/// | F17 | Claimed, Honoured | deadline and due date pass, nothing is paid | – | Unpaid (a view) |
/// | F18 | Honoured | the obligation is paid or settled | – | Paid (a view) |
/// | F19 | NonConforming, Unpaid | notifyNonPayment | claiming bank | NonPaymentNotified |
/// | F20 | NonPaymentNotified | fallBack | claiming bank | FallenBack |
/// | F21 | paid by the reimbursing bank | claimRecourse | reimbursing bank | the same; the issuing bank owes it |
/// | F22 | paid by it, and the documents refused | claimRefund | issuing bank | RefundDue; the claiming bank owes it |
/// | F23 | FallenBack, RefundDue | acknowledgeCharges | the debtor of them | the same; it owes them |
///
/// There is one claim at a time for a presentation. A claim is for money at once, or on the day on which the claiming bank's
/// own undertaking is due: none is under reserve, against an indemnity or with back value, and none needs a certificate that
/// the documents comply (art. 13(b)(ii)). What a bank can prove on the chain arises by its act; interest and costs, which it
/// only attests, once their debtor acknowledges them.
///
/// A claim follows from documents that went to the issuing bank itself: of two banks that forwarded one drawing, one to the
/// other, it is the second that claims here, and the first is reimbursed by it (art. 8(c)).
interface IReimbursements {
    /// @notice An issuing bank authorised a reimbursing bank to pay (UCP 600 art. 13(b)(i), MT 740).
    /// @param creditId The credit.
    /// @param reimbursingBank The reimbursing bank.
    /// @param claimingBank The bank that may claim, 0 for any with which the credit is available.
    /// @param terms On which terms.
    /// @param message Salted commitment to the text of the authorisation.
    event ReimbursementAuthorised(
        bytes32 indexed creditId,
        uint32 indexed reimbursingBank,
        uint32 indexed claimingBank,
        ReimbursementTerms terms,
        bytes32 message
    );

    /// @notice An authorisation was amended (MT 747).
    /// @param creditId The credit.
    /// @param terms The terms from now on.
    /// @param message Salted commitment to the text of the amendment; 0 where it was proposed before.
    event AuthorisationAmended(bytes32 indexed creditId, ReimbursementTerms terms, bytes32 message);

    /// @notice An amendment or cancellation was proposed: an undertaking stands, and others are to agree.
    /// @param creditId The credit.
    /// @param cancels Whether it cancels the authorisation.
    /// @param terms The terms proposed.
    /// @param message Salted commitment to the text.
    event AuthorisationAmendmentProposed(
        bytes32 indexed creditId, bool cancels, ReimbursementTerms terms, bytes32 message
    );

    /// @notice The claiming bank agreed to what is proposed.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank.
    /// @param cancels Whether that cancels the authorisation.
    event AuthorisationAmendmentAgreed(bytes32 indexed creditId, uint32 indexed claimingBank, bool cancels);

    /// @notice An authorisation was cancelled. What the reimbursing bank owes already it owes on.
    /// @param creditId The credit.
    /// @param message Salted commitment to the text; 0 where it was proposed before.
    event AuthorisationCancelled(bytes32 indexed creditId, bytes32 message);

    /// @notice A reimbursing bank undertook to pay claims that conform, irrevocably.
    /// @param creditId The credit.
    /// @param reimbursingBank The reimbursing bank.
    /// @param claimingBank The bank to which it undertakes that.
    /// @param terms On which terms.
    event ReimbursementUndertaken(
        bytes32 indexed creditId, uint32 indexed reimbursingBank, uint32 indexed claimingBank, ReimbursementTerms terms
    );

    /// @notice A reimbursing bank declined to undertake, or to undertake what is proposed.
    /// @param creditId The credit.
    /// @param reimbursingBank The reimbursing bank.
    /// @param standing Whether its earlier undertaking stands as it was.
    event UndertakingDeclined(bytes32 indexed creditId, uint32 indexed reimbursingBank, bool standing);

    /// @notice A bank claimed reimbursement (MT 742).
    /// @param claimId Derived from the presentation and the bank's count.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank.
    /// @param request All that it claims.
    /// @param deadline Close of the last banking day for an answer, Unix time, or 0 while it is not known.
    /// @param due The due date, days since 1970-01-01; 0 at sight.
    /// @param marks See ClaimMarks.
    event ReimbursementClaimed(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed claimingBank,
        ClaimRequest request,
        uint40 deadline,
        uint16 due,
        uint8 marks
    );

    /// @notice The calendar is published now, and the deadline of a claim with it.
    /// @param claimId The claim.
    /// @param deadline Close of the last banking day for an answer, Unix time.
    event ClaimDeadlineFixed(bytes32 indexed claimId, uint40 deadline);

    /// @notice A reimbursing bank told the issuing bank of the debit to come.
    /// @param claimId The claim.
    /// @param reimbursingBank The reimbursing bank.
    /// @param notice Salted commitment to the notice.
    event PreDebitNoticeGiven(bytes32 indexed claimId, uint32 indexed reimbursingBank, bytes32 notice);

    /// @notice A reimbursing bank agreed to pay a claim.
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param reimbursingBank The reimbursing bank.
    /// @param amount What it now owes, in minor units.
    /// @param obligationId The obligation.
    event ClaimHonoured(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed reimbursingBank,
        uint64 amount,
        bytes32 obligationId
    );

    /// @notice A claiming bank held a reimbursing bank, which neither paid nor refused in time, to its undertaking.
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank.
    /// @param amount What the reimbursing bank now owes, in minor units.
    /// @param obligationId The obligation.
    event UndertakingClaimed(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed claimingBank,
        uint64 amount,
        bytes32 obligationId
    );

    /// @notice A reimbursing bank gave notice that a claim does not conform (URR 725 art. 11, MT 744).
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank, to which notice is given.
    /// @param issuingBank The issuing bank, to which it is given as well.
    /// @param reasons A bit each, see ClaimReasons.
    /// @param disposal What becomes of the claim.
    /// @param notice Salted commitment to the text of the notice.
    event ClaimNotConforming(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed claimingBank,
        uint32 issuingBank,
        uint16 reasons,
        ClaimDisposal disposal,
        bytes32 notice
    );

    /// @notice A claiming bank gave the issuing bank notice that it was not paid.
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank.
    /// @param notice Salted commitment to the notice.
    event NonPaymentNotified(
        bytes32 indexed claimId, bytes32 indexed creditId, uint32 indexed claimingBank, bytes32 notice
    );

    /// @notice A claiming bank claims on the issuing bank, with interest and costs (UCP 600 art. 13(b)(iii), (c)).
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param issuingBank The issuing bank.
    /// @param amount The claim, in minor units.
    /// @param charges Interest and costs as the claiming bank attests them, in minor units.
    /// @param account Salted commitment to how they are made up.
    event ClaimFellBack(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed issuingBank,
        uint64 amount,
        uint64 charges,
        bytes32 account
    );

    /// @notice A reimbursing bank that paid took recourse to the issuing bank.
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param reimbursingBank The reimbursing bank.
    /// @param amount What the issuing bank now owes it, in minor units.
    /// @param obligationId The obligation.
    event RecourseClaimed(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed reimbursingBank,
        uint64 amount,
        bytes32 obligationId
    );

    /// @notice An issuing bank that refused the documents claims back what was reimbursed (UCP 600 art. 16(g)).
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank, which is to pay it back.
    /// @param amount What it now owes, in minor units.
    /// @param interest As the issuing bank attests it, in minor units.
    /// @param account Salted commitment to how the interest is made up.
    /// @param obligationId The obligation.
    event RefundClaimed(
        bytes32 indexed claimId,
        bytes32 indexed creditId,
        uint32 indexed claimingBank,
        uint64 amount,
        uint64 interest,
        bytes32 account,
        bytes32 obligationId
    );

    /// @notice The debtor of attested interest and costs acknowledged them.
    /// @param claimId The claim.
    /// @param creditId The credit.
    /// @param debtor Who owes them.
    /// @param amount In minor units.
    /// @param obligationId The obligation.
    event ChargesAcknowledged(
        bytes32 indexed claimId, bytes32 indexed creditId, uint32 indexed debtor, uint64 amount, bytes32 obligationId
    );

    /// @notice The credit names no reimbursing bank, or its issuing bank itself.
    /// @param creditId The credit.
    error NoReimbursingBank(bytes32 creditId);

    /// @notice The caller's member is not the reimbursing bank of the credit.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotReimbursingBank(bytes32 creditId, uint32 memberId);

    /// @notice The caller's member is not the bank that may claim, or that claimed.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotClaimingBank(bytes32 creditId, uint32 memberId);

    /// @notice The authorisation does not stand where the act needs it.
    /// @param creditId The credit.
    /// @param actual Where it stands.
    /// @param expected Where it would have to, or one of the places.
    error WrongAuthorisationState(bytes32 creditId, AuthorisationState actual, AuthorisationState expected);

    /// @notice An authorisation is for something, and for no more than may be drawn under the credit.
    /// @param creditId The credit.
    /// @param amount The amount given, in minor units.
    /// @param most The most that may be drawn, in minor units.
    error BadAuthorisedAmount(bytes32 creditId, uint64 amount, uint64 most);

    /// @notice More is claimed already than the terms would allow.
    /// @param creditId The credit.
    /// @param amount The amount given, in minor units.
    /// @param claimed What is claimed, in minor units.
    error BelowClaims(bytes32 creditId, uint64 amount, uint64 claimed);

    /// @notice Issuing and reimbursing bank claim no reimbursement.
    /// @param creditId The credit.
    /// @param bank The bank named, or that claims.
    error BadClaimingBank(bytes32 creditId, uint32 bank);

    /// @notice An authorisation has no expiry under UCP 600 art. 13(b)(i), nor without an undertaking to be asked for, by which
    /// the reimbursing bank agrees to it.
    /// @param creditId The credit.
    /// @param expiry The expiry given, days since 1970-01-01.
    error ExpiryNotOpen(bytes32 creditId, uint16 expiry);

    /// @notice An undertaking is given to a bank that is named.
    /// @param creditId The credit.
    error UndertakingToNobody(bytes32 creditId);

    /// @notice No undertaking is asked for; or the amendment proposed would ask for none where one was given.
    /// @param creditId The credit.
    error UndertakingNotAsked(bytes32 creditId);

    /// @notice The reimbursing bank has declined before; it may yet undertake.
    /// @param creditId The credit.
    error UndertakingDeclinedAlready(bytes32 creditId);

    /// @notice The terms are not those on record, or proposed.
    /// @param creditId The credit.
    error TermsDiffer(bytes32 creditId);

    /// @notice No amendment is proposed that the act could be about.
    /// @param creditId The credit.
    error NothingProposed(bytes32 creditId);

    /// @notice The claiming bank has not agreed.
    /// @param creditId The credit.
    /// @param claimingBank The claiming bank.
    error ConsentMissing(bytes32 creditId, uint32 claimingBank);

    /// @notice The claiming bank has agreed before.
    /// @param creditId The credit.
    error AgreedAlready(bytes32 creditId);

    /// @notice The bank has made this claim before (idempotence: the claim exists).
    /// @param claimId The claim.
    error ClaimExists(bytes32 claimId);

    /// @notice Another claim for the presentation stands, or for the slice of a mixed payment.
    /// @param presentationId The presentation.
    /// @param claimId That claim.
    error ClaimStands(bytes32 presentationId, bytes32 claimId);

    /// @notice There is no such claim.
    /// @param claimId The number given.
    error UnknownClaim(bytes32 claimId);

    /// @notice The claim does not stand where the act needs it.
    /// @param claimId The claim.
    /// @param actual Where it stands.
    /// @param expected Where it would have to, or one of the places.
    error WrongClaimState(bytes32 claimId, ClaimState actual, ClaimState expected);

    /// @notice The bank has not honoured or negotiated the presentation; payable at sight, it has to have paid (UCP 600
    /// art. 2, 7(c)).
    /// @param presentationId The presentation.
    /// @param memberId The bank.
    error NotHonoured(bytes32 presentationId, uint32 memberId);

    /// @notice The documents were not forwarded to the issuing bank under that count, or are not there any more (UCP 600
    /// art. 7(c)).
    /// @param presentationId The presentation.
    /// @param forwardedId The presentation to the issuing bank that it would have been.
    error NotForwarded(bytes32 presentationId, bytes32 forwardedId);

    /// @notice The bank took up documents without finding them complying, and the issuing bank has not taken them up (UCP 600
    /// art. 7(c)).
    /// @param presentationId The presentation.
    /// @param kind How the bank came to owe.
    error NoRightToReimbursement(bytes32 presentationId, ObligationKind kind);

    /// @notice A claim is for something, for no more than the bank honoured or negotiated, and for no more than is left of the
    /// authorisation.
    /// @param presentationId The presentation.
    /// @param amount The claim, in minor units.
    /// @param most The most that it may be, in minor units.
    error ClaimOutOfBounds(bytes32 presentationId, uint64 amount, uint64 most);

    /// @notice The undertaking has expired.
    /// @param creditId The credit.
    /// @param expiry Its last day, days since 1970-01-01.
    error AuthorisationExpired(bytes32 creditId, uint16 expiry);

    /// @notice The issuing bank has paid the claiming bank for this drawing.
    /// @param obligationId What it owed.
    error PaidByIssuingBank(bytes32 obligationId);

    /// @notice The time for an answer is over.
    /// @param claimId The claim.
    /// @param deadline Close of the last banking day for it, Unix time.
    /// @param time The time of the block.
    error ClaimDeadlinePassed(bytes32 claimId, uint40 deadline, uint256 time);

    /// @notice The time for an answer is not over, or not known yet.
    /// @param claimId The claim.
    /// @param deadline Close of the last banking day for it, Unix time, or 0 while it is not known.
    /// @param time The time of the block.
    error ClaimNotOverdue(bytes32 claimId, uint40 deadline, uint256 time);

    /// @notice The deadline of the claim was fixed before.
    /// @param claimId The claim.
    /// @param deadline The deadline, Unix time.
    error ClaimDeadlineFixedAlready(bytes32 claimId, uint40 deadline);

    /// @notice No notice before a debit is asked for.
    /// @param claimId The claim.
    error PreDebitNoticeNotAsked(bytes32 claimId);

    /// @notice The notice before the debit was given.
    /// @param claimId The claim.
    error PreDebitNoticeGivenAlready(bytes32 claimId);

    /// @notice Who undertook to pay says why it does not (URR 725 art. 11).
    /// @param claimId The claim.
    error NoReasonStated(bytes32 claimId);

    /// @notice A bit of the reasons has no meaning.
    /// @param reasons The bits given.
    /// @param known The bits that have one.
    error UnknownReasons(uint16 reasons, uint16 known);

    /// @notice A notice says what becomes of the claim.
    /// @param claimId The claim.
    error NoClaimDisposal(bytes32 claimId);

    /// @notice The reimbursing bank has paid nothing on this claim.
    /// @param claimId The claim.
    error NotReimbursed(bytes32 claimId);

    /// @notice The issuing bank has no refusal of the documents on record.
    /// @param forwardedId The presentation to it.
    /// @param state Where that stands.
    error NotRefused(bytes32 forwardedId, PresentationState state);

    /// @notice No interest and no costs are attested.
    /// @param claimId The claim.
    error NothingAttested(bytes32 claimId);

    /// @notice Authorises the credit's reimbursing bank to pay. In flight; needs ISSUE, the issuing bank's.
    /// @dev UCP 600 art. 13(a), (b)(i). Machine row F1.
    /// @param creditId The credit.
    /// @param terms On which terms.
    /// @param message Salted commitment to the text (MT 740).
    function authorise(bytes32 creditId, ReimbursementTerms calldata terms, bytes32 message) external;

    /// @notice Amends an authorisation; where an undertaking was given it proposes that, in the place of any earlier proposal.
    /// In flight; needs ISSUE, the issuing bank's.
    /// @dev UCP 600 art. 13. Machine rows F2, F6.
    /// @param creditId The credit.
    /// @param terms The terms, whole.
    /// @param message Salted commitment to the text (MT 747).
    function amendAuthorisation(bytes32 creditId, ReimbursementTerms calldata terms, bytes32 message) external;

    /// @notice Cancels an authorisation; where an undertaking was given, and it is not freely amendable, it proposes that. In
    /// flight; needs ISSUE, the issuing bank's.
    /// @dev UCP 600 art. 13. Machine rows F3, F6. Claims that the reimbursing bank has not honoured fall back on the issuing bank.
    /// @param creditId The credit.
    /// @param message Salted commitment to the text.
    function cancelAuthorisation(bytes32 creditId, bytes32 message) external;

    /// @notice Undertakes, irrevocably, to pay claims that conform; or takes a proposed amendment into the undertaking. New
    /// business; needs ISSUE, the reimbursing bank's.
    /// @dev URR 725; machine rows F4, F8.
    /// @param creditId The credit.
    /// @param terms The terms that it undertakes, exactly as on record or as proposed.
    function undertake(bytes32 creditId, ReimbursementTerms calldata terms) external;

    /// @notice Declines to undertake, or to take a proposed amendment into the undertaking. In flight; needs ISSUE, the
    /// reimbursing bank's.
    /// @dev URR 725; machine rows F5, F9.
    /// @param creditId The credit.
    function declineUndertaking(bytes32 creditId) external;

    /// @notice Agrees to an amendment of the undertaking, or to its end. In flight; needs ACCEPT, that of the claiming bank to
    /// which it was given.
    /// @dev URR 725; machine row F7.
    /// @param creditId The credit.
    /// @param terms The terms proposed; as they are where the authorisation is to be cancelled.
    /// @param cancels Whether it agrees to the cancellation.
    function agreeToAmendment(bytes32 creditId, ReimbursementTerms calldata terms, bool cancels) external;

    /// @notice Claims reimbursement. In flight; needs PRESENT, of the nominated or confirming bank that honoured or negotiated
    /// and forwarded the documents to the issuing bank.
    /// @dev UCP 600 art. 7(c), 13; URR 725 art. 11(a). Machine row F10. Out of hours it is received on the next banking day.
    /// @param request All that it claims.
    /// @return claimId Its number.
    function claim(ClaimRequest calldata request) external returns (bytes32 claimId);

    /// @notice Fixes a deadline that could not be known when the claim was made. Anyone may.
    /// @dev URR 725 art. 11(a). Machine row F11.
    /// @param claimId The claim.
    function fixClaimDeadline(bytes32 claimId) external;

    /// @notice Records that the issuing bank was told of the debit to come. In flight; needs EXAMINE, the reimbursing bank's.
    /// @dev URR 725 art. 11(a). Machine row F12.
    /// @param claimId The claim.
    /// @param notice Salted commitment to the notice.
    function givePreDebitNotice(bytes32 claimId, bytes32 notice) external;

    /// @notice Agrees to pay a claim. In flight; needs EXAMINE, the reimbursing bank's.
    /// @dev UCP 600 art. 13(b), URR 725 art. 11(a). Machine row F13.
    /// @param claimId The claim.
    /// @return obligationId What it owes.
    function honourClaim(bytes32 claimId) external returns (bytes32 obligationId);

    /// @notice Gives claiming and issuing bank notice that a claim does not conform. In flight; needs EXAMINE, the reimbursing
    /// bank's.
    /// @dev URR 725 art. 11: not later than the close of the third banking day after receipt. Machine row F14.
    /// @param claimId The claim.
    /// @param reasons A bit each, see ClaimReasons; with an undertaking at least one.
    /// @param disposal What becomes of the claim.
    /// @param notice Salted commitment to the text of the notice (MT 744).
    function refuseClaim(bytes32 claimId, uint16 reasons, ClaimDisposal disposal, bytes32 notice) external;

    /// @notice Holds a reimbursing bank, which neither agreed nor refused in time, to its undertaking. In flight; needs PRESENT,
    /// the claiming bank's.
    /// @dev URR 725 art. 11. Machine row F15.
    /// @param claimId The claim.
    /// @return obligationId What the reimbursing bank owes.
    function claimUndertaking(bytes32 claimId) external returns (bytes32 obligationId);

    /// @notice Records that the issuing bank was told that nothing was paid. In flight; needs PRESENT, the claiming bank's.
    /// @dev UCP 600 art. 13(b)(iii), (c). Machine row F19. A claim that was not answered is over thereby.
    /// @param claimId The claim.
    /// @param notice Salted commitment to the notice.
    function notifyNonPayment(bytes32 claimId, bytes32 notice) external;

    /// @notice Claims on the issuing bank instead, with interest and costs; what it owes for the drawing itself is on record or
    /// follows from its examination. In flight; needs PRESENT, the claiming bank's.
    /// @dev UCP 600 art. 7(c), 13(b)(iii), (c). Machine row F20.
    /// @param claimId The claim.
    /// @param charges Interest and costs, in minor units; 0 for none.
    /// @param account Salted commitment to how they are made up.
    function fallBack(bytes32 claimId, uint64 charges, bytes32 account) external;

    /// @notice Takes recourse to the issuing bank for what was paid. In flight; needs PRESENT, the reimbursing bank's.
    /// @dev UCP 600 art. 13, URR 725. Machine row F21. Due on the day on which the claim was.
    /// @param claimId The claim.
    /// @return obligationId What the issuing bank owes.
    function claimRecourse(bytes32 claimId) external returns (bytes32 obligationId);

    /// @notice Claims back what was reimbursed for documents that the issuing bank refused. In flight; needs PRESENT, the
    /// issuing bank's.
    /// @dev UCP 600 art. 16(g). Machine row F22. Should the bank come to take up the documents after that, it owes for them.
    /// @param claimId The claim.
    /// @param interest In minor units; 0 for none.
    /// @param account Salted commitment to how it is made up.
    /// @return obligationId What the claiming bank owes.
    function claimRefund(bytes32 claimId, uint64 interest, bytes32 account) external returns (bytes32 obligationId);

    /// @notice Acknowledges the interest and costs that the creditor attested. In flight; needs PAY, of the issuing bank where
    /// a claim fell back on it, of the claiming bank where it is to pay back.
    /// @dev UCP 600 art. 13(b)(iii), 16(g). Machine row F23.
    /// @param claimId The claim.
    /// @return obligationId What it owes.
    function acknowledgeCharges(bytes32 claimId) external returns (bytes32 obligationId);

    /// @notice The authorisation of a credit as it stands.
    /// @param creditId The credit.
    /// @return What is on record, all zero if nothing is.
    function authorisationOf(bytes32 creditId) external view returns (Authorisation memory);

    /// @notice What is proposed to an undertaking.
    /// @param creditId The credit.
    /// @return What is on record, all zero if nothing is.
    function proposalOf(bytes32 creditId) external view returns (AuthorisationProposal memory);

    /// @notice A claim as it is stored.
    /// @param claimId The claim.
    /// @return What is on record, all zero if nothing is.
    function claimRecord(bytes32 claimId) external view returns (Claim memory);

    /// @notice Where a claim stands at the time of the block; DueLater, Unpaid and Paid included.
    /// @param claimId The claim.
    /// @return The state; None if there is no such claim.
    function stateOf(bytes32 claimId) external view returns (ClaimState);

    /// @notice The last claim for a presentation, or for a further slice of a mixed payment.
    /// @param presentationId The presentation to the claiming bank; of slice n above 0 keccak256 of it and n.
    /// @return claimId Its number, 0 if there is none.
    function lastClaimOf(bytes32 presentationId) external view returns (bytes32 claimId);

    /// @notice The number of a claim.
    /// @param presentationId The presentation to the claiming bank.
    /// @param number The bank's own count.
    /// @return claimId The number.
    function claimIdOf(bytes32 presentationId, uint8 number) external pure returns (bytes32 claimId);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The banking calendars.
    /// @return The contract.
    function calendar() external view returns (IBankingCalendar);

    /// @notice The credits.
    /// @return The contract.
    function credits() external view returns (ILetterOfCredit);

    /// @notice The presentations.
    /// @return The contract.
    function presentations() external view returns (IPresentations);

    /// @notice Where documents went.
    /// @return The contract.
    function forwardings() external view returns (IForwarding);

    /// @notice The obligations.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);
}

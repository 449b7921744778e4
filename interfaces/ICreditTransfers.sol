// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {Amendment, ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey} from "interfaces/IPresentations.sol";

/// @notice Where a transfer stands.
enum TransferState {
    None,
    Requested,
    Withdrawn,
    Declined,
    // The part is a credit of its own: see ILetterOfCredit.
    Transferred,
    // The part was cancelled, or expired without use, and what it had left is the first beneficiary's again.
    Ended
}

/// @notice Whether amendments reach the second beneficiary (UCP 600 art. 38(e)).
enum AmendmentPassing {
    Never,
    // Each with the first beneficiary's approval.
    Ask,
    Always
}

/// @notice A term that a part takes from its credit, or reduces.
enum TransferredTerm {
    Amount,
    Tolerance,
    Expiry,
    LatestShipment,
    PresentationPeriod
}

/// @notice Where the substitution of invoice and draft stands (UCP 600 art. 38(h), (i)).
enum SubstitutionState {
    None,
    Demanded,
    Substituted,
    // The transferring bank honoured, took up the first beneficiary's invoice and owes the difference.
    TakenUp,
    // The documents go on as they were received.
    Failed
}

/// @notice What a first beneficiary asks for.
struct TransferRequest {
    bytes32 creditId;
    // Salted commitment to all terms of the part, the raised percentage of insurance and the charges among them.
    bytes32 terms;
    // What the part takes of the credit, with its tolerance, in minor units.
    uint64 share;
    // The amount of the part, in minor units; with the credit's tolerance at most the share.
    uint64 amount;
    // The insurance cover that the credit requires, in minor units; 0 if it requires none. The part keeps it, so that its
    // percentage of the part's amount rises.
    uint64 requiredCover;
    // By member number; 0 for one that is no member.
    uint32 secondBeneficiary;
    // The bank that advises it; 0 if the transferring bank does so itself.
    uint32 secondBank;
    // By member number.
    uint32 transferringBank;
    // Days since 1970-01-01; latest shipment 0 if the part states none, as the credit.
    uint16 expiry;
    uint16 latestShipment;
    // Days after shipment; 0 if the part is silent, as the credit.
    uint16 presentationPeriod;
    // 1 for the first of a credit, then one by one.
    uint8 number;
    AmendmentPassing passing;
    // The first beneficiary keeps its right to substitute invoice and draft (UCP 600 art. 38(h)).
    bool keepsSubstitution;
    // Its name replaces the applicant's (UCP 600 art. 38(g)).
    bool replacesApplicant;
    // The second beneficiary is to be paid where the credit was transferred, up to the expiry (UCP 600 art. 38(j)).
    bool paysWhereTransferred;
}

/// @notice A transfer as it stands.
struct TransferRecord {
    TransferState state;
    // Presentations under the part that may yet be drawn on.
    uint16 open;
    // Amendments of the part that the second beneficiary has not answered.
    uint8 unanswered;
    // What pending amendments may add to the part, in minor units.
    uint64 reserved;
    // Differences that the first beneficiary draws, in minor units.
    uint64 differences;
    // As asked for; the share with what amendments added.
    TransferRequest request;
}

/// @notice A substitution as it stands; all zero where nobody has asked or acted.
struct SubstitutionRecord {
    SubstitutionState state;
    // When it was first demanded, Unix time.
    uint40 demandedAt;
    // Until when the first beneficiary is awaited, Unix time.
    uint40 answerBy;
    // The cure of what is wrong with its invoice was demanded.
    bool cureDemanded;
    // When the first beneficiary substituted, last, Unix time.
    uint40 substitutedAt;
    // Who is owed the difference: the first beneficiary, or the bank that acts for one who is no member.
    uint32 payee;
    // Its invoice less the second beneficiary's demand, in minor units; once counted, what it draws.
    uint64 difference;
}

/// @notice What a bank presents that sends on documents presented under a part.
struct Onward {
    // The credit that was transferred.
    bytes32 creditId;
    uint64 amount;
    uint32 payee;
    // See PresentationFlags; lateness aside.
    uint8 flags;
}

/// @title Transfers of a credit, in whole or in parts (UCP 600 art. 38).
/// @notice A transferred part is a credit of its own under a number of its own: its second beneficiary accepts and rejects
/// amendments, presents documents and is paid as any beneficiary. What it may draw is reserved in the credit it came from.
///
/// Transfer n of a credit (added: a further undertaking under a record that exists; the rest is work in flight)
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | E1 | any | authoriseTransfer (added) | issuing bank, of a credit available with any bank | the same |
/// | E2 | None | requestTransfer | first beneficiary, or the bank that acts for one who is no member | Requested |
/// | E3 | Requested | withdrawRequest | as requestTransfer | Withdrawn |
/// | E4 | Requested | declineTransfer | transferring bank | Declined |
/// | E5 | Requested | transfer (added) | transferring bank | Transferred |
/// | E6 | Transferred | approvePassing | as requestTransfer | Transferred |
/// | E7 | Transferred | passAmendment | transferring bank | Transferred, an amendment of the part pending |
/// | E8 | Transferred | agreeToCancellation of the whole credit | second beneficiary, or the bank that acts for it | Transferred |
/// | E9 | Transferred | the last consent to the part's cancellation, see ILetterOfCredit | second beneficiary or confirming bank | Ended, or Transferred while documents are open |
/// | E10 | Transferred, the part expired or cancelled and nothing open | reclaimShare | as requestTransfer | Ended |
///
/// A part is cancelled by an amendment that the transferring bank passes. With the whole credit its parts are cancelled:
/// their records stay Transferred.
///
/// Substitution of invoice and draft, for each presentation under a part, while the transferring bank has the documents
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | E11 | None | demandSubstitution | transferring bank; see below | Demanded |
/// | E11 | Substituted, once | demandSubstitution, of the cure | transferring bank | Demanded |
/// | E12 | None, Demanded | substitute | as requestTransfer | Substituted |
/// | E13 | Substituted, documents honoured | takeUpSubstitution | transferring bank | TakenUp, the difference owed |
/// | E14 | the same, its fifth banking day over | claimDifference | whoever substituted | TakenUp, the difference owed |
/// | E15 | Demanded, the time for an answer over | recordFailure | transferring bank; see below | Failed |
/// | E15 | Substituted, after the cure was demanded | recordFailure | transferring bank | Failed |
/// | E16 | any but Demanded and None; not needed where the right is not kept | sendOn | presenter; see below | the same |
///
/// What is wrong with the first beneficiary's invoice is cured on first demand as well, or not. Once a transferring bank that is not
/// bound has let its five banking days pass without a decision, the presenter may demand, record the failure and send the
/// documents on in its place: nobody is held up by a bank that does nothing.
interface ICreditTransfers {
    /// @notice A bank may transfer a credit that is available with any bank (UCP 600 art. 38(b)).
    /// @param creditId The credit.
    /// @param bank The bank; it takes the place of one authorised before.
    event TransferAuthorised(bytes32 indexed creditId, uint32 indexed bank);

    /// @notice A first beneficiary asked for a transfer.
    /// @param partId The number under which the part will stand.
    /// @param creditId The credit.
    /// @param requestedBy The first beneficiary, or the bank that acts for it.
    /// @param request All it asked for.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    event TransferRequested(
        bytes32 indexed partId,
        bytes32 indexed creditId,
        uint32 indexed requestedBy,
        TransferRequest request,
        bytes32 mandate
    );

    /// @notice A request was taken back.
    /// @param partId The part.
    /// @param creditId The credit.
    event TransferWithdrawn(bytes32 indexed partId, bytes32 indexed creditId);

    /// @notice A bank does not transfer as it was asked to (UCP 600 art. 38(a)).
    /// @param partId The part.
    /// @param creditId The credit.
    /// @param bank The bank.
    event TransferDeclined(bytes32 indexed partId, bytes32 indexed creditId, uint32 indexed bank);

    /// @notice A credit was transferred; the part is a credit of its own from now on.
    /// @param partId The part.
    /// @param creditId The credit.
    /// @param bank The transferring bank.
    /// @param parties The parties of the part, as the library CreditWords draws them.
    /// @param numbers Its numbers, the same.
    /// @param share What it takes of the credit, in minor units.
    /// @param terms The commitment to its terms.
    event CreditTransferred(
        bytes32 indexed partId,
        bytes32 indexed creditId,
        uint32 indexed bank,
        uint256 parties,
        uint256 numbers,
        uint64 share,
        bytes32 terms
    );

    /// @notice The first beneficiary lets an amendment of the credit reach a part (UCP 600 art. 38(e)).
    /// @param partId The part.
    /// @param creditId The credit.
    /// @param number The amendment of the credit.
    event PassingApproved(bytes32 indexed partId, bytes32 indexed creditId, uint8 indexed number);

    /// @notice An amendment of a part was issued, as AmendmentIssued of ILetterOfCredit does not tell.
    /// @param partId The part.
    /// @param creditId The credit.
    /// @param from The amendment of the credit; 0 of a cancellation of the part.
    /// @param share What the part takes more of the credit, in minor units.
    /// @param amendment All it consists of.
    event AmendmentPassed(
        bytes32 indexed partId, bytes32 indexed creditId, uint8 indexed from, uint64 share, Amendment amendment
    );

    /// @notice A second beneficiary agreed that the whole credit is cancelled (UCP 600 art. 10(a), 38).
    /// @param partId Its part.
    /// @param creditId The credit.
    /// @param number The amendment that cancels.
    /// @param agreedBy The second beneficiary, or the bank that acts for it.
    /// @param mandate Salted commitment to what it told the bank; 0 if it acts itself.
    event PartCancellationAgreed(
        bytes32 indexed partId, bytes32 indexed creditId, uint8 indexed number, uint32 agreedBy, bytes32 mandate
    );

    /// @notice A part is no more.
    /// @param partId The part.
    /// @param creditId The credit.
    /// @param returned What the first beneficiary has again, in minor units.
    event PartEnded(bytes32 indexed partId, bytes32 indexed creditId, uint64 returned);

    /// @notice The first beneficiary's invoice and draft were demanded, or the cure of what is wrong with them.
    /// @param presentationId The presentation under the part.
    /// @param partId The part.
    /// @param demandedBy The transferring bank, or the presenter in its place.
    /// @param demandedAt When it was first demanded, Unix time.
    /// @param answerBy Until when the first beneficiary is awaited, Unix time.
    /// @param cure Whether it is for the cure.
    /// @param demand Salted commitment to the demand.
    event SubstitutionDemanded(
        bytes32 indexed presentationId,
        bytes32 indexed partId,
        uint32 indexed demandedBy,
        uint40 demandedAt,
        uint40 answerBy,
        bool cure,
        bytes32 demand
    );

    /// @notice The first beneficiary substituted its invoice and draft (UCP 600 art. 38(h)).
    /// @param presentationId The presentation under the part.
    /// @param partId The part.
    /// @param payee Who is owed the difference.
    /// @param amount For how much the invoice is, in minor units.
    /// @param documents Salted commitment to invoice and draft.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    event DocumentsSubstituted(
        bytes32 indexed presentationId,
        bytes32 indexed partId,
        uint32 indexed payee,
        uint64 amount,
        bytes32 documents,
        bytes32 mandate
    );

    /// @notice The first beneficiary's invoice was taken up by a bank that had honoured.
    /// @param presentationId The presentation under the part.
    /// @param partId The part.
    /// @param difference What the first beneficiary is owed, in minor units.
    /// @param obligationId The obligation; 0 if there is no difference.
    event SubstitutionTakenUp(
        bytes32 indexed presentationId, bytes32 indexed partId, uint64 difference, bytes32 obligationId
    );

    /// @notice The first beneficiary failed to substitute, or to cure, on first demand: the documents go on as they were
    /// received (UCP 600 art. 38(i)).
    /// @param presentationId The presentation under the part.
    /// @param partId The part.
    /// @param recordedBy The transferring bank, or the presenter in its place.
    /// @param statement Salted commitment to what is said of it.
    event SubstitutionFailed(
        bytes32 indexed presentationId, bytes32 indexed partId, uint32 indexed recordedBy, bytes32 statement
    );

    /// @notice The credit does not say that it is transferable, or is itself a part (UCP 600 art. 38(b), (d)).
    /// @param creditId The credit.
    error NotTransferable(bytes32 creditId);

    /// @notice The credit has a schedule: what its parts could draw, and when, is not carried.
    /// @param creditId The credit.
    error ScheduledNotTransferable(bytes32 creditId);

    /// @notice A bank is authorised to transfer only where the credit is available with any bank (UCP 600 art. 38(b)).
    /// @param creditId The credit.
    error NotAvailableWithAnyBank(bytes32 creditId);

    /// @notice This bank does not transfer this credit, or not this part of it (UCP 600 art. 38(b)).
    /// @param creditId The credit.
    /// @param bank The bank.
    error NotTransferringBank(bytes32 creditId, uint32 bank);

    /// @notice Transfers are numbered one by one.
    /// @param creditId The credit.
    /// @param number The number given.
    /// @param expected The number of the next one; above 255 there is none.
    error TransferOutOfOrder(bytes32 creditId, uint8 number, uint16 expected);

    /// @notice A part would be wider than its credit (UCP 600 art. 38(g)), than the confirmation of it, or than the amendment
    /// that it follows.
    /// @param creditId The credit.
    /// @param term In which.
    error NotReduced(bytes32 creditId, TransferredTerm term);

    /// @notice Without partial drawings there is one second beneficiary (UCP 600 art. 38(d)).
    /// @param creditId The credit.
    error PartialTransferForbidden(bytes32 creditId);

    /// @notice There is no such transfer.
    /// @param partId The number given.
    error UnknownTransfer(bytes32 partId);

    /// @notice The transfer does not stand where the act needs it.
    /// @param partId The part.
    /// @param actual Where it stands.
    /// @param expected Where it would have to.
    error WrongTransferState(bytes32 partId, TransferState actual, TransferState expected);

    /// @notice The request said that no amendment reaches the second beneficiary (UCP 600 art. 38(e)).
    /// @param partId The part.
    /// @param number The amendment of the credit.
    error AmendmentNotPassedOn(bytes32 partId, uint8 number);

    /// @notice The first beneficiary has not approved that this amendment reaches the second (UCP 600 art. 38(e)).
    /// @param partId The part.
    /// @param number The amendment of the credit.
    error PassingNotApproved(bytes32 partId, uint8 number);

    /// @notice That is approved already, here or in the request.
    /// @param partId The part.
    /// @param number The amendment of the credit.
    error ApprovedAlready(bytes32 partId, uint8 number);

    /// @notice The amendment reached the part before.
    /// @param partId The part.
    /// @param number The amendment of the credit.
    error PassedAlready(bytes32 partId, uint8 number);

    /// @notice The share would not cover what the part could come to be drawn for.
    /// @param partId The part.
    /// @param left What the share has left beyond the part, in minor units.
    /// @param needed What the amendment may add, in minor units.
    error ShareTooSmall(bytes32 partId, uint64 left, uint256 needed);

    /// @notice A part's cancellation takes no share.
    /// @param partId The part.
    /// @param share The share given, in minor units.
    error ShareWithoutUse(bytes32 partId, uint64 share);

    /// @notice The amendment does not cancel the credit.
    /// @param creditId The credit.
    /// @param number The amendment.
    error NotACancellation(bytes32 creditId, uint8 number);

    /// @notice The second beneficiary has agreed to this cancellation before.
    /// @param partId Its part.
    /// @param number The amendment that cancels the credit.
    error CancellationAgreedAlready(bytes32 partId, uint8 number);

    /// @notice The part has neither expired nor been cancelled.
    /// @param partId The part.
    error PartNotOver(bytes32 partId);

    /// @notice Under the part something is still open.
    /// @param partId The part.
    /// @param open Presentations that may yet be drawn on.
    /// @param unanswered Amendments without an answer.
    error PartInUse(bytes32 partId, uint16 open, uint8 unanswered);

    /// @notice The first beneficiary did not keep the right to substitute.
    /// @param partId The part.
    error SubstitutionNotKept(bytes32 partId);

    /// @notice The substitution does not stand where the act needs it.
    /// @param presentationId The presentation under the part.
    /// @param actual Where it stands.
    /// @param expected Where it would have to, or one of these.
    error WrongSubstitutionState(bytes32 presentationId, SubstitutionState actual, SubstitutionState expected);

    /// @notice The documents are not with the transferring bank: refused, sent back, or sent on.
    /// @param presentationId The presentation under the part.
    error DocumentsNotHere(bytes32 presentationId);

    /// @notice A first beneficiary is given a day at least to answer, and thirty at most.
    /// @param presentationId The presentation under the part.
    /// @param answerBy The time given, Unix time.
    /// @param earliest The earliest possible, Unix time.
    /// @param latest The latest possible, Unix time.
    error AnswerOutOfBounds(bytes32 presentationId, uint40 answerBy, uint256 earliest, uint256 latest);

    /// @notice The first beneficiary may still answer.
    /// @param presentationId The presentation under the part.
    /// @param answerBy Until when, Unix time.
    /// @param time The time of the block.
    error AnswerAwaited(bytes32 presentationId, uint40 answerBy, uint256 time);

    /// @notice The first beneficiary's invoice is for the second's demand at least, and for what the share leaves at most
    /// (UCP 600 art. 38(h)).
    /// @param presentationId The presentation under the part.
    /// @param amount The amount given, in minor units.
    /// @param least The least, in minor units.
    /// @param most The most, in minor units.
    error InvoiceOutOfBounds(bytes32 presentationId, uint64 amount, uint64 least, uint256 most);

    /// @notice The transferring bank has not honoured or negotiated: it owes nobody a difference.
    /// @param presentationId The presentation under the part.
    error NotYetHonoured(bytes32 presentationId);

    /// @notice The transferring bank's five banking days from the substitution are not over.
    /// @param presentationId The presentation under the part.
    /// @param deadline Close of the fifth, Unix time; 0 while it is not known.
    /// @param time The time of the block.
    error DifferenceNotDue(bytes32 presentationId, uint40 deadline, uint256 time);

    /// @notice The documents do not go on before the first beneficiary has substituted, or has failed to on first demand
    /// (UCP 600 art. 38(i)); of documents that were honoured the invoice is taken up first.
    /// @param presentationId The presentation under the part.
    /// @param actual Where the substitution stands.
    error SubstitutionOpen(bytes32 presentationId, SubstitutionState actual);

    /// @notice The bank is bound, or its five banking days are not over: it acts itself.
    /// @param presentationId The presentation under the part.
    /// @param memberId The caller's member.
    error BankNotIdle(bytes32 presentationId, uint32 memberId);

    /// @notice The share has less left than the difference.
    /// @param partId The part.
    /// @param difference The difference, in minor units.
    /// @param left What is left, in minor units.
    error BeyondShare(bytes32 partId, uint64 difference, uint64 left);

    /// @notice Only the contract of credits tells of amendments and ends.
    /// @param caller Who tried.
    error NotLetterOfCredit(address caller);

    /// @notice Authorises a bank to transfer a credit that is available with any bank. Added business; needs ISSUE, the
    /// issuing bank's.
    /// @dev UCP 600 art. 38(b). The issuing bank itself needs no authorisation.
    /// @param creditId The credit.
    /// @param bank The bank, an active member.
    function authoriseTransfer(bytes32 creditId, uint32 bank) external;

    /// @notice Asks for a transfer. In flight; needs ACCEPT, the first beneficiary's or, where it is no member, that of its
    /// advising (else nominated) bank under its mandate.
    /// @dev UCP 600 art. 38(a) to (e), (g): only amount, expiry, latest shipment and period shrink; all else is as in the
    /// credit.
    /// @param request All it asks for.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    /// @return partId The number under which the part will stand.
    function requestTransfer(TransferRequest calldata request, bytes32 mandate) external returns (bytes32 partId);

    /// @notice Takes a request back. In flight; needs ACCEPT, as requestTransfer.
    /// @param partId The part.
    /// @param mandate As in requestTransfer.
    function withdrawRequest(bytes32 partId, bytes32 mandate) external;

    /// @notice Does not consent to a transfer. In flight; needs ISSUE, the transferring bank's.
    /// @dev UCP 600 art. 38(a).
    /// @param partId The part.
    function declineTransfer(bytes32 partId) external;

    /// @notice Consents to a transfer and makes it. Added business; needs ISSUE, the transferring bank's; the second
    /// beneficiary and its bank are active members, or none.
    /// @dev UCP 600 art. 38(a), (b), (d), (g). The share counts as drawn in the credit from now on.
    /// @param partId The part.
    function transfer(bytes32 partId) external;

    /// @notice Lets an amendment of the credit reach a part. In flight; needs ACCEPT, as requestTransfer.
    /// @dev UCP 600 art. 38(e).
    /// @param partId The part.
    /// @param number The amendment of the credit.
    /// @param mandate As in requestTransfer.
    function approvePassing(bytes32 partId, uint8 number, bytes32 mandate) external;

    /// @notice Passes an accepted amendment of the credit on to a part, or proposes to cancel the part: an amendment of the
    /// part is pending. In flight; needs ISSUE, the transferring bank's.
    /// @dev UCP 600 art. 10, 38(e), (f). It changes nothing that the credit's amendment does not, and nothing beyond what the
    /// credit now has; each second beneficiary answers for itself.
    /// @param partId The part.
    /// @param from The amendment of the credit; not read of a cancellation.
    /// @param amendment What the part's amendment consists of, by the part's own numbers.
    /// @param share What the part takes more of the credit for it, in minor units.
    function passAmendment(bytes32 partId, uint8 from, Amendment calldata amendment, uint64 share) external;

    /// @notice Agrees that the whole credit is cancelled. In flight; needs ACCEPT, the second beneficiary's or, where it is no
    /// member, that of its advising (else the transferring) bank under its mandate.
    /// @dev UCP 600 art. 10(a), 38.
    /// @param partId Its part.
    /// @param number The amendment that cancels the credit.
    /// @param mandate Salted commitment to what the beneficiary told the bank; 0 if it acts itself.
    function agreeToCancellation(bytes32 partId, uint8 number, bytes32 mandate) external;

    /// @notice Takes back what an expired part has left, or one that was cancelled with documents open, once nothing is open. In flight; needs ACCEPT, as
    /// requestTransfer.
    /// @param partId The part.
    /// @param mandate As in requestTransfer.
    function reclaimShare(bytes32 partId, bytes32 mandate) external;

    /// @notice Demands the first beneficiary's invoice and draft, or their cure. In flight; needs PRESENT, the transferring
    /// bank's, or the presenter's in its place.
    /// @dev UCP 600 art. 38(i): only a first demand makes a failure possible.
    /// @param key The presentation under the part.
    /// @param answerBy Until when the answer is awaited, Unix time, one to thirty days ahead.
    /// @param demand Salted commitment to the demand.
    function demandSubstitution(PresentationKey calldata key, uint40 answerBy, bytes32 demand) external;

    /// @notice Substitutes the first beneficiary's invoice and draft; no demand is needed. In flight; needs PRESENT, as
    /// requestTransfer.
    /// @dev UCP 600 art. 38(h).
    /// @param key The presentation under the part.
    /// @param amount For how much the invoice is, in minor units.
    /// @param documents Salted commitment to invoice and draft.
    /// @param mandate As in requestTransfer.
    function substitute(PresentationKey calldata key, uint64 amount, bytes32 documents, bytes32 mandate) external;

    /// @notice Takes up the first beneficiary's invoice for documents that the bank honoured; it owes the difference. In
    /// flight; needs EXAMINE, the transferring bank's.
    /// @dev UCP 600 art. 38(h).
    /// @param key The presentation under the part.
    /// @return obligationId What the bank owes; 0 if there is no difference.
    function takeUpSubstitution(PresentationKey calldata key) external returns (bytes32 obligationId);

    /// @notice Claims the difference from a bank that honoured and was silent on the invoice for five banking days. In flight;
    /// needs PRESENT, of whoever substituted.
    /// @dev UCP 600 art. 16(f), 38(h).
    /// @param key The presentation under the part.
    /// @return obligationId What the bank owes; 0 if there is no difference.
    function claimDifference(PresentationKey calldata key) external returns (bytes32 obligationId);

    /// @notice Records that the first beneficiary failed on first demand, or did not cure. In flight; needs PRESENT, the transferring bank's, or
    /// the presenter's in its place.
    /// @dev UCP 600 art. 38(i).
    /// @param key The presentation under the part.
    /// @param statement Salted commitment to what is said of it.
    function recordFailure(PresentationKey calldata key, bytes32 statement) external;

    /// @notice Sends documents on in the place of a transferring bank that is not bound and has let its five banking days pass.
    /// In flight; needs PRESENT, the presenter's.
    /// @dev UCP 600 art. 38(k): they were presented to the transferring bank, as they had to be.
    /// @param key The presentation under the part.
    /// @param to The issuing bank, or the confirming bank.
    /// @param number The presenter's own count for the credit and that bank.
    /// @param schedule Salted commitment to the covering schedule.
    /// @return forwardedId The number of the presentation to the bank that receives.
    function sendOn(PresentationKey calldata key, uint32 to, uint8 number, bytes32 schedule)
        external
        returns (bytes32 forwardedId);

    /// @notice Takes note of a presentation under a part; only Presentations may. It goes to the transferring bank.
    /// @dev UCP 600 art. 38(k).
    /// @param partId The part.
    /// @param bank The bank that receives.
    /// @param inForce Whether the part is in force: the presentation counts as open.
    function opened(bytes32 partId, uint32 bank, bool inForce) external;

    /// @notice Counts a presentation off that is drawn no more: it goes back, or to the applicant; only Disposals may.
    /// @param creditId The part, or the credit that was transferred.
    /// @param presentationId The presentation.
    function closed(bytes32 creditId, bytes32 presentationId) external;

    /// @notice Draws what came from a part in that part, and counts the first beneficiary's difference; only Presentations may.
    /// The documents are open no more.
    /// @param forwardedId The presentation under the credit that was transferred.
    /// @param demanded What is demanded, in minor units.
    /// @param exactly Reverts where the share has not all of it left; else what is left is drawn.
    /// @return amount What is drawn, difference included, in minor units.
    function drawInPart(bytes32 forwardedId, uint64 demanded, bool exactly) external returns (uint64 amount);

    /// @notice Takes note of what is owed on documents of a second beneficiary; only Presentations may. Those under a part are
    /// open no more. Of what is owed to a first beneficiary that substituted, all but the difference is assigned to the second.
    /// @dev UCP 600 art. 38(h).
    /// @param creditId The part, or the credit that was transferred.
    /// @param presentationId The presentation.
    /// @param obligationId What is owed.
    /// @param amount In minor units.
    function incurred(bytes32 creditId, bytes32 presentationId, bytes32 obligationId, uint64 amount) external;

    /// @notice Counts off an amendment of a part that its second beneficiary has answered; only LetterOfCredit may.
    /// @param partId The part.
    /// @param number The part's amendment.
    function answered(bytes32 partId, uint8 number) external;

    /// @notice Ends a part that was cancelled; only LetterOfCredit may. While documents are open under it, it keeps its share.
    /// @param partId The part.
    /// @param drawn What is drawn under it, in minor units.
    /// @return returned What the credit has again, in minor units.
    function end(bytes32 partId, uint64 drawn) external returns (uint64 returned);

    /// @notice Whether every second beneficiary whose part lives has agreed to a cancellation of the whole credit.
    /// @param creditId The credit.
    /// @param number The amendment that cancels.
    /// @return Whether they have; also where there is none.
    function allAgreed(bytes32 creditId, uint8 number) external view returns (bool);

    /// @notice A transfer as it stands.
    /// @param partId The part.
    /// @return What is on record, all zero if nothing is.
    function transferOf(bytes32 partId) external view returns (TransferRecord memory);

    /// @notice A substitution as it stands.
    /// @param presentationId The presentation under the part.
    /// @return What is on record, all zero if nothing is.
    function substitutionOf(bytes32 presentationId) external view returns (SubstitutionRecord memory);

    /// @notice What goes on of documents that were presented under a part; reverts while they wait for the first
    /// beneficiary.
    /// @dev UCP 600 art. 38(h), (i).
    /// @param presentationId The presentation under the part.
    /// @param partId The part.
    /// @param amount What was demanded, or what the bank owes that honoured, in minor units.
    /// @param payee Who is to be paid: that bank, or who was to be paid before.
    /// @param honoured Whether the bank honoured or negotiated.
    /// @param to The bank to which they go, by whose numbers they are looked at.
    /// @return onward What is presented.
    function onwardOf(bytes32 presentationId, bytes32 partId, uint64 amount, uint32 payee, bool honoured, uint32 to)
        external
        view
        returns (Onward memory onward);

    /// @notice What a share has left beyond what the part may be drawn for: what differences may still come to.
    /// @param partId The part.
    /// @return In minor units.
    function leftOf(bytes32 partId) external view returns (uint64);

    /// @notice The percentage of insurance in a part (UCP 600 art. 38(g)): the cover that the credit requires, of the amount
    /// of the part as it was transferred.
    /// @param partId The part.
    /// @return In hundredths of a percent, rounded up; 0 if no insurance is required.
    function insurancePercentage(bytes32 partId) external view returns (uint256);

    /// @notice Which parts of a credit live.
    /// @param creditId The credit.
    /// @return Bit n for transfer n.
    function livingParts(bytes32 creditId) external view returns (uint256);

    /// @notice How many transfers of a credit were asked for.
    /// @param creditId The credit.
    /// @return The number of the last one.
    function transfersOf(bytes32 creditId) external view returns (uint8);

    /// @notice The bank that may transfer a credit available with any bank.
    /// @param creditId The credit.
    /// @return bank The bank, 0 if none is authorised.
    function authorisedBank(bytes32 creditId) external view returns (uint32 bank);

    /// @notice The number of a part.
    /// @param creditId The credit.
    /// @param number The transfer, from 1.
    /// @return partId The number.
    function partIdOf(bytes32 creditId, uint8 number) external pure returns (bytes32 partId);

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

    /// @notice The contract by which documents pass from bank to bank.
    /// @return The contract.
    function forwardings() external view returns (IForwarding);

    /// @notice The obligations.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);

    /// @notice The contract that says what becomes of documents.
    /// @return The address.
    function disposals() external view returns (address);
}

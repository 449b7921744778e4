// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {ICreditSchedules} from "interfaces/ICreditSchedules.sol";
import {ICreditTransfers} from "interfaces/ICreditTransfers.sol";
import {IElectronicRecords} from "interfaces/IElectronicRecords.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";

/// @notice Where a presentation stands. Time alone makes a silent bank `Precluded`; that is stored only of a bank that did not
/// act as its notice of refusal says.
enum PresentationState {
    None,
    Lodged,
    Complying,
    Refused,
    Precluded,
    Claimed,
    // The bank accepted the discrepancies.
    Waived,
    // The presenter asked for its documents after a refusal.
    ReturnDue,
    Returned,
    // A nominated bank that does not act on its nomination sent the documents on.
    Forwarded,
    // An electronic record is corrupt: the count of banking days has stopped (eUCP 2.1 art. e12).
    Suspended,
    // The presenter lets the applicant have refused documents.
    Released,
    // Refused records were disposed of (eUCP 2.1 art. e8).
    Disposed
}

/// @notice What a refusing bank does with the documents (UCP 600 art. 16(c)(iii)).
enum Disposal {
    None,
    Hold,
    Notify,
    Return,
    PreviousInstructions
}

/// @notice What names a presentation; its number is derived from these four.
struct PresentationKey {
    bytes32 creditId;
    // The bank to which it is made.
    uint32 examiner;
    uint32 presenter;
    // The presenter's own count for this credit and bank.
    uint8 number;
}

/// @notice What is presented.
struct Lodging {
    PresentationKey key;
    // The demand, in minor units of the credit's currency.
    uint64 amount;
    // The day from which the period for presentation runs, normally the shipment; 0 if no document starts it.
    uint16 shipped;
    // Pay the presenter, who holds the beneficiary's mandate, instead of the beneficiary.
    bool payPresenter;
    // Salted commitment to the documents. It stands in the event alone: no rule of the chain reads it.
    bytes32 documents;
}

/// @notice A presentation as it stands.
struct Presentation {
    uint64 amount;
    // Time of receipt, Unix time.
    uint40 received;
    // Close of the fifth banking day, Unix time; 0 while the calendar is not published far enough.
    uint40 deadline;
    uint16 shipped;
    // Day of receipt at the bank's place (UCP 600 art. 33), from which "at sight" counts; 0 as the deadline. Where a bank
    // honoured or negotiated before, the day of its own receipt.
    uint16 receiptDay;
    // Who is to be paid: the beneficiary, the presenter that holds its mandate, or a bank that honoured or negotiated.
    uint32 payee;
    PresentationState state;
    Disposal disposal;
    // What the chain itself can see: see PresentationFlags.
    uint8 flags;
    // What is on record beside the state: see PresentationMarks.
    uint16 marks;
    // The day of the notice of refusal in UTC, days since 1970-01-01; 0 without one.
    uint16 refusedOn;
    // How many titles it carries: see ITitleCustody.
    uint8 titles;
}

/// @title Presentations: documents come in, and the bank complies, refuses once, or is precluded.
/// @notice Lodging is always recorded: what is late, overdrawn or short is a discrepancy for the bank to state, not
/// a reason to turn documents away.
///
/// Documents are presented to the issuing bank, to the bank that confirmed, to the nominated bank, or, where the credit says
/// so, to any bank (UCP 600 art. 6(a), (d)(ii)); under a transferred part to the transferring bank alone (art. 38(k)). Each has a presentation, a clock and a decision of its own (art. 14(a), (b)).
///
/// | from | act | by | when | to |
/// |---|---|---|---|---|
/// | None | lodge | beneficiary, or who holds its mandate | any time | Lodged |
/// | None | recordReceipt | Forwarding, see IForwarding | – | Lodged |
/// | None | lodgeMarked | ElectronicRecords, TitleRegistry: see IElectronicRecords, ITitleCustody | – | Lodged, with records or titles |
/// | Lodged | writeWord | TitleCustody: the presenter attaches titles | in time | Lodged, with titles |
/// | Lodged | fixDeadline | anyone | once the calendar is published | Lodged, with its deadline |
/// | Lodged | writeWord | Disposals: the presenter instructs beforehand | – | Lodged, instructed |
/// | Lodged | nameAmendments | presenter | any time | Lodged |
/// | Lodged, out of hours | acceptOutOfHours, once | the examining bank | in time | Lodged, received on the day itself |
/// | Lodged | findComplying, findComplyingWith | the examining bank | in time, if it is bound | Complying, owed |
/// | Lodged | acceptDiscrepancies | the examining bank | in time, if it is bound | Waived, owed |
/// | Lodged | refuse | the examining bank | until the close of the fifth banking day | Refused |
/// | Lodged | setForwarded | Forwarding, see IForwarding | – | Forwarded, unexamined |
/// | Lodged | writeWord | ElectronicRecords: a record is corrupt | – | Suspended |
/// | Suspended | writeWord | ElectronicRecords: it came again, or did not in time | – | Lodged, the rest of its days left |
/// | Lodged | time passes | – | after that | Precluded (a view), if the bank is bound |
/// | Precluded | claimPrecluded | presenter, beneficiary or payee | – | Claimed, owed |
/// | Refused, Notify | acceptDiscrepancies | the examining bank | before any other instruction | Waived, owed |
/// | Refused, Hold or PreviousInstructions | acceptDiscrepancies | the same | once the presenter lets it | Waived, owed |
/// | Refused, ReturnDue, Forwarded | writeWord | Disposals: the presenter instructs, the documents go back or to the applicant | – | Refused, ReturnDue, Returned, Released |
/// | Refused, ReturnDue, Returned | writeWord | Disposals: the bank broke its notice | – | Precluded (stored) |
/// | Refused | writeWord | ElectronicRecords: nobody gave instructions for 60 days | – | Disposed |
/// | Lodged, Refused, Forwarded | writeWord | TitleCustody: titles go back | as its own table says | ReturnDue |
///
/// Bound are issuing and confirming bank (UCP 600 art. 16(f)); a bank that is only nominated owes nothing by receiving,
/// examining or forwarding, and its late decision is still one. There is one notice of refusal, and it never grows (art.
/// 16(c), (d)); cured documents are a presentation of their own. How documents and questions pass from bank to bank
/// stands in IForwarding, what becomes of documents that a bank has decided on in IDisposals.
///
/// After the deadline without a notice nothing leads to Refused; and from Refused to Precluded leads only a breach of what the
/// notice says of the documents (art. 16(f)), see IDisposals. It is claimed as any preclusion, so that the presenter decides
/// whether it wants the money or its documents, and no authority moves money.
///
/// What was presented under a transferred part goes on under the credit that it was taken from, with the first beneficiary's
/// invoice or without (art. 38(h), (i)), see ICreditTransfers. It is drawn within the part's share, which the credit counts
/// already. Taken up unexamined, it is owed to whoever substituted, with all but the difference assigned to the second
/// beneficiary; or to the second beneficiary.
///
/// Under a credit with a schedule (see ICreditSchedules) a bank owes each slice of a mixed payment by itself, with its own
/// maturity; what is drawn recovers advances first, and where it does no more than that nothing is owed and there is no
/// obligation: its number is then 0.
///
/// What was presented before a cancellation goes on by the terms as they were (art. 10(a)). What comes when no credit is in
/// force is recorded, and binds nobody.
interface IPresentations {
    /// @notice The beneficiary's right to present was shared with another member.
    /// @param creditId The credit.
    /// @param presenter Who may present as well.
    /// @param grantedBy The beneficiary, or the bank that acts for one who is no member.
    /// @param mandate Salted commitment to the mandate.
    event MandateRecorded(
        bytes32 indexed creditId, uint32 indexed presenter, uint32 indexed grantedBy, bytes32 mandate
    );

    /// @notice Documents were presented.
    /// @param presentationId Derived from its key.
    /// @param creditId The credit.
    /// @param examiner The bank that examines.
    /// @param lodging All that was presented.
    /// @param payee Who is to be paid.
    /// @param received Time of receipt, Unix time.
    /// @param deadline Close of the fifth banking day, Unix time, or 0 while it is not known.
    /// @param flags What the chain itself can see: see PresentationFlags.
    event DocumentsLodged(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 indexed examiner,
        Lodging lodging,
        uint32 payee,
        uint40 received,
        uint40 deadline,
        uint8 flags
    );

    /// @notice The calendar is published now, and the deadline with it.
    /// @param presentationId The presentation.
    /// @param deadline Close of the fifth banking day, Unix time.
    /// @param flags As in DocumentsLodged, lateness included.
    event DeadlineFixed(bytes32 indexed presentationId, uint40 deadline, uint8 flags);

    /// @notice The bank determined that the presentation complies (UCP 600 art. 15).
    /// @param presentationId The presentation.
    /// @param creditId The credit.
    /// @param examiner The bank.
    /// @param amount What it now owes, in minor units.
    /// @param version The version of the credit on which it was judged: how many amendments bind the bank.
    /// @param obligationId The obligation.
    event FoundComplying(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 indexed examiner,
        uint64 amount,
        uint8 version,
        bytes32 obligationId
    );

    /// @notice The bank refused to honour, by its one notice (UCP 600 art. 16(c), (d)).
    /// @param presentationId The presentation.
    /// @param creditId The credit.
    /// @param examiner The bank.
    /// @param discrepancies Every discrepancy relied on, a bit each: bit n is check Xn, bit 0 any other.
    /// @param disposal What becomes of the documents.
    /// @param notice Salted commitment to the text of the notice.
    event DocumentsRefused(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 indexed examiner,
        uint256 discrepancies,
        Disposal disposal,
        bytes32 notice
    );

    /// @notice A precluded bank's duty was claimed (UCP 600 art. 16(f)).
    /// @param presentationId The presentation.
    /// @param creditId The credit.
    /// @param claimant Who claimed: the presenter, the beneficiary or who is to be paid.
    /// @param amount What the bank now owes, in minor units.
    /// @param obligationId The obligation.
    event PreclusionClaimed(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 indexed claimant,
        uint64 amount,
        bytes32 obligationId
    );

    /// @notice The bank accepted the discrepancies (UCP 600 art. 16(b), (c)(iii)); no other bank is bound by that.
    /// @param presentationId The presentation.
    /// @param creditId The credit.
    /// @param examiner The bank.
    /// @param amount What it now owes, in minor units: the demand, or what the credit still had.
    /// @param version The version of the credit on which it was judged.
    /// @param obligationId The obligation.
    /// @param waiver Salted commitment to what it accepted and who waived it.
    event DiscrepanciesAccepted(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 indexed examiner,
        uint64 amount,
        uint8 version,
        bytes32 obligationId,
        bytes32 waiver
    );

    /// @notice The presenter said on which amendments the documents are presented (UCP 600 art. 10(c)).
    /// @param presentationId The presentation.
    /// @param presenter The presenter.
    /// @param amendments Bit n for amendment n; to those named before.
    event AmendmentsNamed(bytes32 indexed presentationId, uint32 indexed presenter, uint256 amendments);

    /// @notice The bank took in on the day itself what came out of its hours (UCP 600 art. 33).
    /// @param presentationId The presentation.
    /// @param receiptDay The day, days since 1970-01-01.
    /// @param deadline Close of the fifth banking day after it, Unix time.
    /// @param flags As in DocumentsLodged, lateness by that day included.
    event AcceptedOutOfHours(bytes32 indexed presentationId, uint16 receiptDay, uint40 deadline, uint8 flags);

    /// @notice This was lodged before (idempotence: the presentation exists).
    /// @param presentationId The presentation.
    error PresentationExists(bytes32 presentationId);

    /// @notice There is no such presentation.
    /// @param presentationId The number derived from the key given.
    error UnknownPresentation(bytes32 presentationId);

    /// @notice The key names another presenter than the caller's member.
    /// @param presenter The presenter named.
    /// @param memberId The caller's member.
    error NotPresenter(uint32 presenter, uint32 memberId);

    /// @notice The caller's member is not the beneficiary and holds no mandate of it.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NoMandate(bytes32 creditId, uint32 memberId);

    /// @notice The caller's member is neither the beneficiary nor the bank that acts for it.
    /// @param creditId The credit.
    /// @param memberId The caller's member.
    error NotBeneficiary(bytes32 creditId, uint32 memberId);

    /// @notice The mandate is on record already.
    /// @param creditId The credit.
    /// @param presenter Who holds it.
    error MandateExists(bytes32 creditId, uint32 presenter);

    /// @notice Documents may not be presented to this bank under this credit (UCP 600 art. 6(a), (d)(ii)).
    /// @param creditId The credit.
    /// @param examiner The bank named.
    error BankNotPermitted(bytes32 creditId, uint32 examiner);

    /// @notice The caller's member is not the bank that examines this presentation.
    /// @param presentationId The presentation.
    /// @param memberId The caller's member.
    error NotExaminer(bytes32 presentationId, uint32 memberId);

    /// @notice The presentation is not in the state that the act needs.
    /// @param presentationId The presentation.
    /// @param actual Its state.
    /// @param expected The state it would need.
    error WrongPresentationState(bytes32 presentationId, PresentationState actual, PresentationState expected);

    /// @notice The fifth banking day has closed: the bank is precluded (UCP 600 art. 16(d), (f)).
    /// @param presentationId The presentation.
    /// @param deadline Close of the fifth banking day, Unix time.
    /// @param time The time of the block.
    error DeadlinePassed(bytes32 presentationId, uint40 deadline, uint256 time);

    /// @notice The bank is not precluded: its time is not over, or not known yet.
    /// @param presentationId The presentation.
    /// @param deadline Close of the fifth banking day, Unix time, or 0 while it is not known.
    /// @param time The time of the block.
    error NotPrecluded(bytes32 presentationId, uint40 deadline, uint256 time);

    /// @notice The deadline was fixed before.
    /// @param presentationId The presentation.
    /// @param deadline The deadline, Unix time.
    error DeadlineFixedAlready(bytes32 presentationId, uint40 deadline);

    /// @notice The presentation cannot comply: the chain itself sees it late, overdrawn, short or of a missed instalment, or no
    /// credit was in force.
    /// @param presentationId The presentation.
    /// @param flags See PresentationFlags.
    error CannotComply(bytes32 presentationId, uint8 flags);

    /// @notice A notice of refusal must state each discrepancy (UCP 600 art. 16(c)(ii)).
    /// @param presentationId The presentation.
    error NoDiscrepancyStated(bytes32 presentationId);

    /// @notice A bit of the discrepancies has no meaning.
    /// @param discrepancies The bits given.
    /// @param known The bits that have one.
    error UnknownDiscrepancies(uint256 discrepancies, uint256 known);

    /// @notice This disposal is not open to this bank for this presentation (UCP 600 art. 16(c)(iii)).
    /// @param presentationId The presentation.
    /// @param disposal The disposal given.
    error DisposalNotOpen(bytes32 presentationId, Disposal disposal);

    /// @notice A bank that has not confirmed is precluded from nothing: it owes nothing by silence (UCP 600 art. 12(a), 16(f)).
    /// @param presentationId The presentation.
    /// @param examiner The bank.
    error BankNotBound(bytes32 presentationId, uint32 examiner);

    /// @notice The documents may not be taken up: they are on their way back, or the presenter has to let the bank (UCP 600
    /// art. 16(c)(iii)).
    /// @param presentationId The presentation.
    /// @param disposal What the refusal said of the documents.
    error WaiverNotOpen(bytes32 presentationId, Disposal disposal);

    /// @notice Only a nominated bank that negotiates and has not confirmed may do so with recourse (UCP 600 art. 8(a)(ii)).
    /// @param presentationId The presentation.
    /// @param examiner The bank.
    error RecourseNotOpen(bytes32 presentationId, uint32 examiner);

    /// @notice A second beneficiary's documents accept no amendment of the credit that it was transferred from (UCP 600
    /// art. 38(f)).
    /// @param presentationId The presentation.
    error AmendmentsNotOpen(bytes32 presentationId);

    /// @notice Only the contracts of electronic records and of titles lodge what they looked at.
    /// @param caller Who tried.
    error NotLodgingContract(address caller);

    /// @notice The bank has recorded before that it took the documents in on the day itself.
    /// @param presentationId The presentation.
    error AcceptedAlready(bytes32 presentationId);

    /// @notice The documents came within banking hours: their day of receipt is that day anyway.
    /// @param presentationId The presentation.
    /// @param received Time of receipt, Unix time.
    error ReceivedInHours(bytes32 presentationId, uint40 received);

    /// @notice Lets another member present as well. In flight; needs PRESENT, the beneficiary's or, where it is no
    /// member, that of its advising (else nominated) bank, which records the beneficiary's mandate to it or to another.
    /// @param creditId The credit.
    /// @param presenter Who may present.
    /// @param mandate Salted commitment to the mandate.
    function recordMandate(bytes32 creditId, uint32 presenter, bytes32 mandate) external;

    /// @notice Presents documents. In flight; needs PRESENT.
    /// @dev UCP 600 art. 6(d), (e), 14(c), 29(a), 33. Never reverts because the presentation is late, overdrawn or short,
    /// nor because the calendar is not published.
    /// @param lodging All that is presented.
    /// @return presentationId Its number.
    function lodge(Lodging calldata lodging) external returns (bytes32 presentationId);

    /// @notice Fixes a deadline that could not be known at lodging, while nothing is decided. Anyone may.
    /// @dev UCP 600 art. 14(b), 16(d).
    /// @param key The presentation.
    function fixDeadline(PresentationKey calldata key) external;

    /// @notice Puts on record the documents that a bank receives from another, or from whom another left unpaid; only
    /// Forwarding may, which has judged them.
    /// @dev UCP 600 art. 7(a), (c), 8(a), (c).
    /// @param lodging All that is presented.
    /// @param received The presentation, packed: see PresentationWords.
    function recordReceipt(Lodging calldata lodging, uint256 received) external;

    /// @notice Puts on record that a bank sent documents on without examining them; only Forwarding may.
    /// @dev UCP 600 art. 12(a), (c).
    /// @param presentationId The presentation to that bank.
    /// @param forwardedId The presentation to the bank that receives.
    function setForwarded(bytes32 presentationId, bytes32 forwardedId) external;

    /// @notice Puts a presentation on record as it stands after an act that another contract judges; only Disposals,
    /// ElectronicRecords and TitleCustody may: what becomes of the documents, the count of the bank's days, and titles.
    /// @dev UCP 600 art. 16(f); eUCP 2.1 art. e8, e12.
    /// @param presentationId The presentation.
    /// @param word See PresentationWords.
    function writeWord(bytes32 presentationId, uint256 word) external;

    /// @notice Determines that a presentation complies; the bank must honour from now on. In flight; needs EXAMINE.
    /// @dev UCP 600 art. 15(a), 7(a).
    /// @param key The presentation.
    /// @return obligationId What the bank owes.
    function findComplying(PresentationKey calldata key) external returns (bytes32 obligationId);

    /// @notice Determines that a presentation complies with the credit as changed by pending amendments, which are thereby
    /// accepted; or, without any, that it complies and the bank negotiates with recourse. In flight; needs EXAMINE.
    /// @dev UCP 600 art. 10(c), 15. Late, overdrawn and short are seen anew against the amended numbers. A confirming bank
    /// judges by what it extended its confirmation to. An amendment that leaves the beneficiary less, and that the
    /// presentation does without, is accepted only if the presenter named it.
    /// @param key The presentation.
    /// @param amendments Bit n is amendment n; 0 for none.
    /// @param recourse Whether the bank negotiates with recourse.
    /// @return obligationId What the bank owes.
    function findComplyingWith(PresentationKey calldata key, uint256 amendments, bool recourse)
        external
        returns (bytes32 obligationId);

    /// @notice Accepts the discrepancies; this bank, and no other, must honour or negotiates. In flight; needs EXAMINE.
    /// @dev UCP 600 art. 16(b), (c)(iii). Before a refusal in time, or after it while the documents are held for that. What is
    /// owed is the demand or what the credit still has, whichever is less.
    /// @param key The presentation.
    /// @param waiver Salted commitment to what it accepts and who waived it.
    /// @param recourse Whether the bank negotiates with recourse.
    /// @return obligationId What the bank owes.
    function acceptDiscrepancies(PresentationKey calldata key, bytes32 waiver, bool recourse)
        external
        returns (bytes32 obligationId);

    /// @notice Says on which pending amendments documents are presented, before they are decided on. In flight; needs PRESENT,
    /// the presenter's. It binds to nothing: the bank finds.
    /// @dev UCP 600 art. 10(c): a presentation that complies with an amendment accepts it.
    /// @param key The presentation.
    /// @param amendments Bit n is amendment n.
    function nameAmendments(PresentationKey calldata key, uint256 amendments) external;

    /// @notice Records that the bank took in on the day itself what came out of its hours. In flight; needs EXAMINE. In time,
    /// and once.
    /// @dev UCP 600 art. 33. The day of receipt, lateness and the fifth banking day are counted anew; the deadline never moves
    /// to later. What was forwarded keeps the lateness of its first receipt.
    /// @param key The presentation.
    function acceptOutOfHours(PresentationKey calldata key) external;

    /// @notice Refuses to honour, by the one notice there is. In flight; needs EXAMINE.
    /// @dev UCP 600 art. 16(c), (d): not later than the close of the fifth banking day.
    /// @param key The presentation.
    /// @param discrepancies Every discrepancy relied on, a bit each: bit n is check Xn, bit 0 any other.
    /// @param disposal What becomes of the documents.
    /// @param notice Salted commitment to the text of the notice.
    function refuse(PresentationKey calldata key, uint256 discrepancies, Disposal disposal, bytes32 notice) external;

    /// @notice Claims what a precluded bank owes. In flight; needs PRESENT, of the presenter, the beneficiary or who is to be
    /// paid, be it by taking over.
    /// @dev UCP 600 art. 16(f).
    /// @param key The presentation.
    /// @return obligationId What the bank owes.
    function claimPrecluded(PresentationKey calldata key) external returns (bytes32 obligationId);

    /// @notice Lodges electronic records, or documents with titles, whose presenter was looked at; only ElectronicRecords and
    /// TitleRegistry may.
    /// @dev eUCP 2.1 art. e6, e7: receipt of records is the time of the notice of completeness.
    /// @param lodging All that is presented.
    /// @param marks See PresentationMarks and PresentationWords.titleMarks.
    /// @return presentationId Its number.
    /// @return record The number of what the bank owes, or would: titles are kept for it.
    function lodgeMarked(Lodging calldata lodging, uint256 marks)
        external
        returns (bytes32 presentationId, bytes32 record);

    /// @notice Whether the bank is precluded from saying that the documents do not comply (UCP 600 art. 16(f)).
    /// @param key The presentation.
    /// @return Whether its time is over without a finding or a notice.
    function isPrecluded(PresentationKey calldata key) external view returns (bool);

    /// @notice Where a presentation stands at the time of the block; Precluded included.
    /// @param key The presentation.
    /// @return The state; None if there is no such presentation.
    function stateOf(PresentationKey calldata key) external view returns (PresentationState);

    /// @notice A presentation as it is stored.
    /// @param presentationId Its number.
    /// @return What is on record, all zero if nothing is.
    function presentation(bytes32 presentationId) external view returns (Presentation memory);

    /// @notice A presentation as it is stored, packed.
    /// @param presentationId Its number.
    /// @return See PresentationWords; 0 if nothing is on record.
    function asWord(bytes32 presentationId) external view returns (uint256);

    /// @notice On which amendments documents are presented, as their presenter said.
    /// @param presentationId The presentation.
    /// @return amendments Bit n for amendment n.
    function amendmentsPresentedOn(bytes32 presentationId) external view returns (uint256 amendments);

    /// @notice Whether a member may present for the beneficiary.
    /// @param creditId The credit.
    /// @param presenter The member.
    /// @return Whether a mandate is on record.
    function mandateOf(bytes32 creditId, uint32 presenter) external view returns (bool);

    /// @notice The number of a presentation.
    /// @param key What names it.
    /// @return presentationId The number.
    function presentationIdOf(PresentationKey calldata key) external pure returns (bytes32 presentationId);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The banking calendars.
    /// @return The contract.
    function calendar() external view returns (IBankingCalendar);

    /// @notice The credits.
    /// @return The contract.
    function credits() external view returns (ILetterOfCredit);

    /// @notice The obligations.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);

    /// @notice The contract by which documents pass from bank to bank.
    /// @return The address.
    function forwardings() external view returns (address);

    /// @notice The transfers of credits.
    /// @return The contract.
    function transfers() external view returns (ICreditTransfers);

    /// @notice What credits say of their amounts over time.
    /// @return The contract.
    function timetable() external view returns (ICreditSchedules);

    /// @notice The electronic records.
    /// @return The contract.
    function recordsContract() external view returns (IElectronicRecords);

    /// @notice The contract that says what becomes of documents.
    /// @return The address.
    function disposals() external view returns (address);

    /// @notice The contract of titles.
    /// @return The address.
    function titles() external view returns (address);

    /// @notice The contract that has titles in custody. It acts for whoever calls it, whose account follows the arguments of
    /// its call (ERC-2771).
    /// @return The address.
    function custody() external view returns (address);
}

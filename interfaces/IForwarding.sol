// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {ICreditTransfers, Onward} from "interfaces/ICreditTransfers.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey} from "interfaces/IPresentations.sol";

/// @title Forwarding: documents and questions pass from the bank that has them to whoever stands behind it.
/// @notice A bank that honoured, negotiated or only received documents sends them on; who is left unpaid turns to the bank
/// behind the one in default; a bank asks before it refuses. The presentations themselves stay in Presentations, which takes
/// what a bank receives from here and from nowhere else.
///
/// | row | from | act | by | when | to |
/// |---|---|---|---|---|---|
/// | C20 | Complying, Waived, Claimed | forward | nominated or confirming bank | any time | the same, forwarded; Lodged there |
/// | C21 | Lodged | forward | a nominated bank that has not confirmed | any time | Forwarded, unexamined; Lodged there |
/// | C22 | Complying, Waived, Claimed | presentUnpaid | who is to be paid | once that is overdue | the same; Lodged there |
/// | C23 | the same, forwarded | presentUnpaid, as it was forwarded | the same | the same, if the bank there has not paid | the same |
/// | C24 | Lodged, Refused | askForWaiver | the issuing bank | any time; the clock runs on | the same |
/// | C25 | Lodged, Refused | askForAuthority | nominated or confirming bank | any time; the clock runs on | the same |
/// | C26 | Lodged, Forwarded, under a part | forwardFor | CreditTransfers, for the presenter | see there | Forwarded, unexamined; Lodged there |
///
/// What is forwarded may be forwarded anew after it came back, and only then. What was presented under a transferred part goes
/// on under the credit that it was taken from, see ICreditTransfers.onwardOf.
///
/// A bank that found documents complying and does not pay uses up nobody's right: who is to be paid presents them to the bank
/// behind it, or takes over what is owed there on them already (UCP 600 art. 7(a), 8(a); see IPaymentObligations.follow).
interface IForwarding {
    /// @notice A nominated or confirming bank sent documents on (UCP 600 art. 7(c), 8(c), 12(c), 15(b), (c)). That they are
    /// presented there is told by DocumentsLodged.
    /// @param presentationId The presentation to the bank that forwards.
    /// @param forwardedId The presentation to the bank that receives.
    /// @param to The bank that receives.
    /// @param honoured Whether the bank honoured or negotiated and is to be paid itself; else it sends them on unexamined.
    /// @param schedule Salted commitment to the covering schedule.
    event DocumentsForwarded(
        bytes32 indexed presentationId, bytes32 indexed forwardedId, uint32 indexed to, bool honoured, bytes32 schedule
    );

    /// @notice A bank left unpaid what it owes on a presentation, and who is to be paid turns to the bank behind it (UCP 600
    /// art. 7(a), 8(a)). If it presents the documents there itself, DocumentsLodged tells so.
    /// @param presentationId The presentation to the bank that does not pay.
    /// @param onwardId The presentation to the bank behind it.
    /// @param creditor Who is to be paid.
    /// @param documents Salted commitment to the documents, or to what it writes about them.
    event UnpaidDrawingTaken(
        bytes32 indexed presentationId, bytes32 indexed onwardId, uint32 indexed creditor, bytes32 documents
    );

    /// @notice The issuing bank asked the applicant for a waiver (UCP 600 art. 16(b)). No clock stops.
    /// @param presentationId The presentation.
    /// @param examiner The issuing bank.
    /// @param request Salted commitment to the request.
    event WaiverAsked(bytes32 indexed presentationId, uint32 indexed examiner, bytes32 request);

    /// @notice A nominated or confirming bank asked for authority to take up the documents. No clock stops.
    /// @param presentationId The presentation.
    /// @param examiner The bank.
    /// @param request Salted commitment to the request.
    event AuthorityAsked(bytes32 indexed presentationId, uint32 indexed examiner, bytes32 request);

    /// @notice The issuing bank asks nobody for authority and forwards to nobody.
    /// @param presentationId The presentation.
    /// @param issuingBank The bank.
    error NoBankBehind(bytes32 presentationId, uint32 issuingBank);

    /// @notice The documents were forwarded, and they have not come back.
    /// @param presentationId The presentation.
    /// @param forwardedId The presentation to the bank that has them.
    error ForwardedAlready(bytes32 presentationId, bytes32 forwardedId);

    /// @notice Only the contract that passes documents from bank to bank may call this.
    /// @param caller Who tried.
    error NotForwarding(address caller);

    /// @notice Sends documents on to the issuing or confirming bank, to which they are presented thereby, with a clock of its
    /// own. In flight; needs EXAMINE, of the nominated or confirming bank that has them.
    /// @dev UCP 600 art. 7(c), 8(c), 12(c), 15(b), (c), 35. A bank that honoured or negotiated is to be paid itself, what its
    /// own obligation amounts to, and the drawing is not counted again; else whoever was to be paid before. Documents came
    /// in time if they did so at the bank to which they were first presented.
    /// @param key The presentation to the bank that forwards.
    /// @param to The bank that receives.
    /// @param number The forwarding bank's own count for the credit and that bank.
    /// @param schedule Salted commitment to the covering schedule.
    /// @return forwardedId The number of the presentation to the bank that receives.
    function forward(PresentationKey calldata key, uint32 to, uint8 number, bytes32 schedule)
        external
        returns (bytes32 forwardedId);

    /// @notice Sends documents on for the presenter under a part, whose bank does nothing; only CreditTransfers may.
    /// @dev UCP 600 art. 38(k).
    /// @param key The presentation under the part.
    /// @param to The bank that receives.
    /// @param number The presenter's own count for the credit and that bank.
    /// @param onward What is presented.
    /// @param schedule Salted commitment to the covering schedule.
    /// @return forwardedId The number of the presentation to the bank that receives.
    function forwardFor(PresentationKey calldata key, uint32 to, uint8 number, Onward calldata onward, bytes32 schedule)
        external
        returns (bytes32 forwardedId);

    /// @notice Presents to the issuing or confirming bank the documents of a drawing that another bank honoured or negotiated
    /// and left unpaid. In flight; needs PRESENT, of who is to be paid. The bank there has a clock of its own; the drawing is
    /// not counted again, and lateness is that of the first receipt.
    /// @dev UCP 600 art. 7(a), (c), 8(a), (c). If the bank in default has forwarded the documents, they are there already:
    /// nobody examines anew, and what is owed on them there, or comes to be, is paid to who makes this claim. If it was paid to
    /// the bank in default before, the bank there has performed. Of the slices of a mixed payment one must be overdue: where the
    /// documents move on, all of them follow, unless a court stays one; where they are there already, those that are overdue.
    /// @param key The presentation to the bank that does not pay.
    /// @param to The bank that receives, or has received.
    /// @param number The presenter's own count for the credit and that bank; that of the bank that forwarded.
    /// @param documents Salted commitment to the documents, or to what the creditor writes about them.
    /// @return onwardId The number of the presentation to the bank that receives, or has received.
    function presentUnpaid(PresentationKey calldata key, uint32 to, uint8 number, bytes32 documents)
        external
        returns (bytes32 onwardId);

    /// @notice Records that the issuing bank asked the applicant for a waiver. In flight; needs EXAMINE.
    /// @dev UCP 600 art. 16(b): that does not extend its time.
    /// @param key The presentation.
    /// @param request Salted commitment to the request.
    function askForWaiver(PresentationKey calldata key, bytes32 request) external;

    /// @notice Records that a nominated or confirming bank asked for authority to take up the documents. In flight; needs
    /// EXAMINE. It is no notice of refusal and stops no clock.
    /// @param key The presentation.
    /// @param request Salted commitment to the request.
    function askForAuthority(PresentationKey calldata key, bytes32 request) external;

    /// @notice Where documents were forwarded, or presented since they were left unpaid, last.
    /// @param presentationId The presentation to the bank that had them before.
    /// @return forwardedId The presentation to the bank that received them, 0 if none did.
    function forwardedAs(bytes32 presentationId) external view returns (bytes32 forwardedId);

    /// @notice Whether documents have not gone on: they were not forwarded, or came back.
    /// @param presentationId The presentation.
    /// @return Whether that is so.
    function isUnsent(bytes32 presentationId) external view returns (bool);

    /// @notice Whence documents came that were presented under a transferred part.
    /// @param forwardedId The presentation under the credit that was transferred.
    /// @return presentationId The presentation under the part, 0 if there is none.
    /// @return partId The part.
    function originOf(bytes32 forwardedId) external view returns (bytes32 presentationId, bytes32 partId);

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

    /// @notice The obligations.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);

    /// @notice The transfers of credits.
    /// @return The contract.
    function transfers() external view returns (ICreditTransfers);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey} from "interfaces/IPresentations.sol";
import {ITitleRegistry} from "interfaces/ITitleRegistry.sol";

/// @title Titles under a credit: in custody from their presentation until somebody has honoured, or nobody will.
/// @notice A presenter gives its titles into custody and gets money or titles, the bank that honours gives money or its undertaking
/// and gets the titles; nobody has both or neither. Where money moves on the ledger, or an undertaking arises, the titles
/// move in the same transaction. Where it moved elsewhere, the chain learns it from an attestation, and anyone lets the titles
/// follow. UCP 600 knows documents and no custody: what it says of them (art. 7, 8, 14 to 16) decides where titles go.
///
/// ```
/// row  presentation                                       titles go                         act
/// K1   none                                               in                                presentDocuments of TitleRegistry (presenter)
/// K2   lodged, in time, without titles                    in                                attach (presenter)
/// K3   complying, waived, claimed: sight or negotiation   to the bank, as it pays           payForTitles of TitleRegistry (debtor)
/// K4   the same, paid elsewhere or by another bank        to the bank that paid             deliver (anyone)
/// K5   lodged or refused, to be honoured at maturity      to the bank, as it undertakes     findComplying, findComplyingWith, acceptDiscrepancies (examiner)
/// K6   claimed (precluded), to be honoured at maturity    to the bank                       deliver (anyone)
/// K7   released: the presenter lets the applicant have it to the bank                       deliver (anyone)
/// K8   refused, to be returned                            to the presenter, return due      giveBack (anyone)
/// K9   return due, returned, disposed of                  to the presenter                  giveBack (anyone)
/// K10  lodged when no credit was in force                 to the presenter                  giveBack (anyone)
/// K11  lodged, undecided in time, the bank is not bound   to the presenter                  giveBack (presenter)
/// K12  forwarded unexamined with its titles               on, to the next presentation      carryOn (anyone)
/// K13  forwarded unexamined, and came back first          to the presenter                  giveBack (presenter)
/// ```
///
/// In any other state they stay: while a bank examines, while a refusal holds the documents for a waiver or for instructions,
/// while a bank is precluded and not claimed on (UCP 600 art. 16(f): it must honour as if they complied), and while it owes at
/// sight and has not paid. Where a bank pays in parts, the first part counts: with it the bank has acted on the documents,
/// and owes the rest by its undertaking alone.
///
/// A bank that honours takes the titles with a key that may move them on (Roles.TITLE); what goes back needs none. Titles are
/// kept for the number that the obligation of the bank has, or would have (see IPaymentObligations), and leave for the same
/// alone. Whose titles are given back at K8 and K9 is paid no more: the bank cannot be in breach of its refusal then.
interface ITitleCustody {
    /// @notice The presentation has its titles.
    /// @param presentationId The presentation.
    /// @param count How many.
    error TitlesPresentedAlready(bytes32 presentationId, uint8 count);

    /// @notice All titles of a presentation leave together.
    /// @param presentationId The presentation.
    /// @param given How many were named.
    /// @param count How many it has.
    error NotItsTitles(bytes32 presentationId, uint256 given, uint8 count);

    /// @notice The titles stay: the bank owes at sight, and gets them as it pays.
    /// @param obligationId What it owes.
    error TitlesAwaitPayment(bytes32 obligationId);

    /// @notice The titles stay where they are as the presentation stands.
    /// @param presentationId The presentation.
    error TitlesStay(bytes32 presentationId);

    /// @notice The titles go to another member than that of the account named.
    /// @param presentationId The presentation.
    /// @param entitled To whom they go.
    /// @param memberId The member of the account.
    error NotEntitledToTitles(bytes32 presentationId, uint32 entitled, uint32 memberId);

    /// @notice Presents titles with documents that are presented already (K2). In flight; needs PRESENT and TITLE, the
    /// presenter's.
    /// @dev What ElectronicRecords lodged and what a bank forwards after it honoured get their titles so. Documents that came
    /// unexamined from another bank have the titles they came with.
    /// @param key The presentation, undecided and in time.
    /// @param titles The titles, 1 to 63: made out to the presenter, to the bank or in blank, held by the presenter.
    function attach(PresentationKey calldata key, bytes32[] calldata titles) external;

    /// @notice As IPresentations.findComplying, of a credit that is not payable at sight; the bank gets the titles (K5). In
    /// flight; needs EXAMINE and TITLE.
    /// @param key The presentation.
    /// @param titles Its titles.
    /// @return obligationId What the bank owes.
    function findComplying(PresentationKey calldata key, bytes32[] calldata titles)
        external
        returns (bytes32 obligationId);

    /// @notice As IPresentations.findComplyingWith, in the same way (K5). In flight; needs EXAMINE and TITLE.
    /// @param key The presentation.
    /// @param amendments Bit n is amendment n; 0 for none.
    /// @param recourse Whether the bank negotiates with recourse.
    /// @param titles Its titles.
    /// @return obligationId What the bank owes.
    function findComplyingWith(
        PresentationKey calldata key,
        uint256 amendments,
        bool recourse,
        bytes32[] calldata titles
    ) external returns (bytes32 obligationId);

    /// @notice As IPresentations.acceptDiscrepancies, in the same way (K5). In flight; needs EXAMINE and TITLE.
    /// @param key The presentation.
    /// @param waiver Salted commitment to what it accepts and who waived it.
    /// @param recourse Whether the bank negotiates with recourse.
    /// @param titles Its titles.
    /// @return obligationId What the bank owes.
    function acceptDiscrepancies(PresentationKey calldata key, bytes32 waiver, bool recourse, bytes32[] calldata titles)
        external
        returns (bytes32 obligationId);

    /// @notice Lets titles go to the bank that honoured, where they could not in that transaction, or to which the presenter
    /// released them (K4, K6, K7). Anyone may.
    /// @param key The presentation.
    /// @param titles Its titles.
    /// @param account An account of the bank with TITLE.
    function deliver(PresentationKey calldata key, bytes32[] calldata titles, address account) external;

    /// @notice Lets titles go back to the presenter (K8 to K11, K13). Anyone may; K11 and K13 need PRESENT, the
    /// presenter's.
    /// @dev Then the documents are due back, if they were not before.
    /// @param key The presentation.
    /// @param titles Its titles.
    function giveBack(PresentationKey calldata key, bytes32[] calldata titles) external;

    /// @notice Lets titles follow documents that a bank sent on unexamined (K12; UCP 600 art. 12(c)). Anyone may.
    /// @param key The presentation to the bank that forwarded.
    /// @param onward The presentation to the bank that received.
    /// @param titles The titles.
    function carryOn(PresentationKey calldata key, PresentationKey calldata onward, bytes32[] calldata titles) external;

    /// @notice What the titles of a presentation are kept for: the number of what its bank owes, or would.
    /// @param key The presentation.
    /// @return record The number.
    function recordOf(PresentationKey calldata key) external view returns (bytes32 record);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The titles.
    /// @return The contract.
    function titleRegistry() external view returns (ITitleRegistry);

    /// @notice The presentations.
    /// @return The contract.
    function presentations() external view returns (IPresentations);

    /// @notice The obligations.
    /// @return The contract.
    function obligations() external view returns (IPaymentObligations);

    /// @notice The contract by which documents pass from bank to bank.
    /// @return The contract.
    function forwardings() external view returns (IForwarding);
}

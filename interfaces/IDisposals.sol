// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {ICreditTransfers} from "interfaces/ICreditTransfers.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";

/// @notice What a presenter tells the bank.
enum PresenterInstruction {
    None,
    // Before any refusal: what is to become of the documents should there be one.
    Beforehand,
    // After a refusal: the bank may take up the documents if it comes to accept the discrepancies.
    TakeUp,
    // After a refusal: send the documents back.
    Return,
    // After a refusal: let the applicant have them.
    Release
}

/// @title Disposals: what becomes of the documents, and what follows where a bank does not do as its refusal says.
/// @notice The presenter instructs the bank, the bank sends the documents back or releases them to the applicant, and a bank
/// that does otherwise than its notice of refusal says is precluded. The presentations themselves stay in Presentations, which
/// takes what they become from here.
///
/// | row | from | act | by | when | to |
/// |---|---|---|---|---|---|
/// | C27 | Lodged | instruct beforehand | presenter | any time | Lodged, instructed |
/// | C28 | Refused | instruct to take up | presenter | any time | Refused |
/// | C29 | Refused | instruct to return | presenter | any time | ReturnDue |
/// | C30 | Refused, ReturnDue | instruct to release | presenter | any time | Released |
/// | C31 | Refused, ReturnDue | recordReturn | the examining bank | any time | Returned |
/// | C32 | Forwarded | recordReturn | the examining bank | once the documents came back, see IForwarding | Returned |
/// | C33 | Refused, ReturnDue, Returned | stateBreach | the examining bank, if it is bound | any time | Precluded (stored) |
/// | C34 | Refused, ReturnDue, Returned | findInBreach | an authority with COURT that is no party | the same | Precluded (stored) |
/// | C35 | Refused, ReturnDue | releaseToApplicant | the examining bank, if it is bound | any time | Precluded (stored) |
/// | C36 | Complying, Waived, Claimed, Released | releaseToApplicant | the examining bank | once | the same |
///
/// The chain cannot see that a bank broke what its notice of refusal says of the documents (art. 16(f)): the bank admits it,
/// or an authority records the ruling of a court. Of what is counted as drawn that is recorded before the documents go back:
/// they may be forwarded anew then, and would be owed twice.
interface IDisposals {
    /// @notice The presenter told the bank what to do with the documents (UCP 600 art. 16(c)(iii)).
    /// @param presentationId The presentation.
    /// @param presenter The presenter.
    /// @param instruction What it said.
    /// @param message Salted commitment to its words.
    event PresenterInstructed(
        bytes32 indexed presentationId, uint32 indexed presenter, PresenterInstruction instruction, bytes32 message
    );

    /// @notice Refused documents were sent back (UCP 600 art. 16(c)(iii), (e)).
    /// @param presentationId The presentation.
    /// @param examiner The bank.
    /// @param dispatch Salted commitment to courier, date and reference.
    event DocumentsReturned(bytes32 indexed presentationId, uint32 indexed examiner, bytes32 dispatch);

    /// @notice A bank did not act as its notice of refusal says of the documents; it is precluded (UCP 600 art. 16(f)).
    /// @param presentationId The presentation.
    /// @param creditId The credit.
    /// @param examiner The bank.
    /// @param recordedBy The bank itself, or the authority that records the ruling of a court.
    /// @param evidence Salted commitment to what the bank states, or to court, case number and ruling.
    event DisposalBreached(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 indexed examiner,
        uint32 recordedBy,
        bytes32 evidence
    );

    /// @notice The applicant has the documents.
    /// @param presentationId The presentation.
    /// @param examiner The bank that released them.
    /// @param rightful Whether the bank owes for them or the presenter let it; else it is in breach of its notice.
    /// @param receipt Salted commitment to the applicant's receipt.
    event DocumentsReleased(bytes32 indexed presentationId, uint32 indexed examiner, bool rightful, bytes32 receipt);

    /// @notice There is no such instruction, or not at this time.
    /// @param presentationId The presentation.
    /// @param instruction The instruction given.
    /// @param state Where the presentation stands.
    error InstructionNotOpen(bytes32 presentationId, PresenterInstruction instruction, PresentationState state);

    /// @notice A party records no ruling on itself.
    /// @param presentationId The presentation.
    /// @param memberId The caller's member.
    error PartyCannotRule(bytes32 presentationId, uint32 memberId);

    /// @notice That the applicant has the documents is on record already.
    /// @param presentationId The presentation.
    error ReleasedAlready(bytes32 presentationId);

    /// @notice Only the contract that says what becomes of documents may call this.
    /// @param caller Who tried.
    error NotDisposals(address caller);

    /// @notice Records what the presenter tells the bank. In flight; needs PRESENT, the presenter's.
    /// @dev UCP 600 art. 16(c)(iii).
    /// @param key The presentation.
    /// @param instruction What it says.
    /// @param message Salted commitment to its words.
    function instruct(PresentationKey calldata key, PresenterInstruction instruction, bytes32 message) external;

    /// @notice Records that refused documents were sent back, at any time after the notice, or those that came back from the
    /// bank behind. In flight; needs EXAMINE.
    /// @dev UCP 600 art. 16(c)(iii), (e).
    /// @param key The presentation.
    /// @param dispatch Salted commitment to courier, date and reference.
    function recordReturn(PresentationKey calldata key, bytes32 dispatch) external;

    /// @notice Records that the applicant has the documents, once. In flight; needs EXAMINE. Refused documents that the
    /// presenter did not let go put a bank that is bound in breach of its notice: it is precluded.
    /// @dev UCP 600 art. 15, 16(c)(iii), (f).
    /// @param key The presentation.
    /// @param receipt Salted commitment to the applicant's receipt.
    function releaseToApplicant(PresentationKey calldata key, bytes32 receipt) external;

    /// @notice States that the bank did not act as its notice of refusal says of the documents; it is precluded. In flight;
    /// needs EXAMINE, of a bank that is bound.
    /// @dev UCP 600 art. 16(f).
    /// @param key The presentation.
    /// @param evidence Salted commitment to what it states.
    function stateBreach(PresentationKey calldata key, bytes32 evidence) external;

    /// @notice Records a court's ruling that a bank did not act as its notice of refusal says. In flight; needs COURT, of an
    /// authority that is no party to the credit and not the presenter.
    /// @dev UCP 600 art. 16(f).
    /// @param key The presentation.
    /// @param ruling Salted commitment to court, case number and ruling.
    function findInBreach(PresentationKey calldata key, bytes32 ruling) external;

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The credits.
    /// @return The contract.
    function credits() external view returns (ILetterOfCredit);

    /// @notice The presentations.
    /// @return The contract.
    function presentations() external view returns (IPresentations);

    /// @notice The contract by which documents pass from bank to bank.
    /// @return The contract.
    function forwardings() external view returns (IForwarding);

    /// @notice The transfers of credits.
    /// @return The contract.
    function transfers() external view returns (ICreditTransfers);
}

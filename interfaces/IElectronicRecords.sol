// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPresentations, PresentationKey} from "interfaces/IPresentations.sol";

/// @notice Where the records of a presentation stand. `Disposable` is never stored: time makes it true.
enum RecordsState {
    None,
    // Records come in; nothing is presented yet.
    Open,
    // The notice of completeness was given, and the whole is presented.
    Complete,
    // Corrupt records are awaited anew, and the bank's count has stopped.
    Suspended,
    Disposable,
    Disposed
}

/// @notice What kind of thing a record is (eUCP 2.1 art. e5: a credit says which it takes).
enum RecordFormat {
    None,
    // A paper document that is part of the same presentation; it is never corrupt and goes back when it is refused.
    Paper,
    Pdf,
    Xml,
    Json,
    Text,
    Image,
    Other
}

/// @notice The records of a presentation as they stand. Record n, from 0, is bit n.
struct RecordSet {
    // As it is stored; `stateOf` tells what is disposable.
    RecordsState state;
    // How many records there are.
    uint8 count;
    // Banking days that were left when the count stopped, last; 0 if it never did.
    uint8 remaining;
    // When the state began, Unix time.
    uint40 since;
    // Which are paper.
    uint64 paper;
    // Which this bank reported corrupt, once each.
    uint64 reported;
    // Which of those are awaited anew.
    uint64 awaited;
    // Which came not again in time and are deemed not presented.
    uint64 lapsed;
    // The chain of hashes over all records, see IElectronicRecords.
    bytes32 documents;
}

/// @title Electronic records: presented piece by piece, complete by notice, replaced when corrupt (eUCP 2.1).
/// @notice Under a credit that is subject to eUCP 2.1 (CreditSwitches.EUCP) a presenter opens a presentation, adds records, and
/// gives the notice of completeness, by which and when all of them are presented. Until then nothing is presented, nobody has a
/// duty, and no time runs but that of the credit. Who presents paper alone gives no notice (e6) and lodges with Presentations.
///
/// | id | from | act | by | when | to |
/// |---|---|---|---|---|---|
/// | R1 | None | openPresentation | the presenter | any time, under such a credit | Open |
/// | R2 | Open | addRecord | the presenter | up to 64 records | Open |
/// | R3 | Open | completePresentation | the presenter, as in Presentations.lodge | with a record at least | Complete, lodged |
/// | R4 | Open | time passes | – | – | Open: not presented, ever (e6) |
/// | R5 | Complete | reportCorruption, of each record once | the examining bank | in its time, with days left | Suspended |
/// | R6 | Suspended | replaceRecord | the presenter | in time, below | Suspended, then Complete with the last one |
/// | R7 | Suspended | resumeExamination | anyone | after that | Complete: what did not come is deemed not presented |
/// | R8 | Complete | carry | Presentations, when a bank forwards | – | Complete, at the next bank |
/// | R9 | Complete | time passes | – | refused to hold or notify, 60 days without instructions | Disposable (a view) |
/// | R10 | Disposable | disposeRecords | the examining bank | any time | Disposed |
///
/// Corruption (e12). A record is replaced until the 30th calendar day after the report is over everywhere on earth, or until
/// the last day for presentation of the credit is over, whichever comes first; what a bank forwarded came in time where it was
/// presented first, and has the 30 days alone, as has all while the calendar is not published. No date of the credit moves.
///
/// The count of banking days goes on and never begins anew, and no report buys a bank time: a day on which it reports counts as
/// used (outside banking hours that is the next banking day, as with all that comes in, UCP 600 art. 33), that on which the last
/// record comes again does not. So a record that is replaced at once leaves the deadline where it was, and the deadline moves
/// by the banking days that the presenter takes and by no other. Only the first report may come on the last day and then leaves one
/// day; a later one with no day left is refused. All that is corrupt is reported together; each record can be reported once
/// by each bank. So preclusion stays in reach of a presenter that replaces what it is asked for.
///
/// `documents` is the presentation's number when it is opened; each record makes it
/// keccak256(abi.encode(documents, number, format, record, recordReference)), each replacement
/// keccak256(abi.encode(documents, number, record, recordReference)). As of the notice it is what Presentations tells as
/// the commitment to the documents.
interface IElectronicRecords {
    /// @notice A presentation was opened; nothing is presented yet.
    /// @param presentationId The presentation it is to be, derived from its key.
    /// @param creditId The credit.
    /// @param presenter The presenter.
    /// @param key What names it.
    event PresentationOpened(
        bytes32 indexed presentationId, bytes32 indexed creditId, uint32 indexed presenter, PresentationKey key
    );

    /// @notice A record was added.
    /// @param presentationId The presentation.
    /// @param number Its number, from 0.
    /// @param format What it is.
    /// @param record Salted commitment to its content.
    /// @param recordReference Salted commitment to where it is found or what it is called.
    event RecordAdded(
        bytes32 indexed presentationId,
        uint8 indexed number,
        RecordFormat format,
        bytes32 record,
        bytes32 recordReference
    );

    /// @notice The notice of completeness was given (eUCP 2.1 art. e6). That it is lodged is told by DocumentsLodged.
    /// @param presentationId The presentation.
    /// @param creditId The credit, which the notice identifies.
    /// @param records How many there are.
    /// @param notice Salted commitment to the notice.
    event RecordsCompleted(bytes32 indexed presentationId, bytes32 indexed creditId, uint8 records, bytes32 notice);

    /// @notice A bank forwarded records; to the next one they are presented in the same state.
    /// @param presentationId The presentation to the bank that forwards.
    /// @param forwardedId The presentation to the bank that receives.
    /// @param documents The chain of hashes over all records.
    event RecordsCarried(bytes32 indexed presentationId, bytes32 indexed forwardedId, bytes32 documents);

    /// @notice Records are corrupt, and the bank's count stops (eUCP 2.1 art. e12).
    /// @param presentationId The presentation.
    /// @param examiner The bank.
    /// @param records Which, a bit each.
    /// @param remaining How many banking days are left.
    /// @param message Salted commitment to the request to present them again.
    event CorruptionReported(
        bytes32 indexed presentationId, uint32 indexed examiner, uint64 records, uint8 remaining, bytes32 message
    );

    /// @notice A corrupt record was presented again (eUCP 2.1 art. e12).
    /// @param presentationId The presentation.
    /// @param number Its number.
    /// @param record Salted commitment to its content.
    /// @param recordReference Salted commitment to where it is found or what it is called.
    /// @param documents The chain of hashes over all records from now on.
    event RecordReplaced(
        bytes32 indexed presentationId, uint8 indexed number, bytes32 record, bytes32 recordReference, bytes32 documents
    );

    /// @notice Corrupt records were not presented again in time and are deemed not presented (eUCP 2.1 art. e12).
    /// @param presentationId The presentation.
    /// @param records Which, a bit each.
    event RecordsLapsed(bytes32 indexed presentationId, uint64 records);

    /// @notice The bank's count goes on.
    /// @param presentationId The presentation.
    /// @param deadline Close of the last banking day that is left, Unix time, or 0 while the calendar is not published: then
    /// fixDeadline of Presentations fixes it.
    event ExaminationResumed(bytes32 indexed presentationId, uint40 deadline);

    /// @notice Refused records were disposed of (eUCP 2.1 art. e8).
    /// @param presentationId The presentation.
    /// @param examiner The bank.
    /// @param evidence Salted commitment to how.
    event RecordsDisposed(bytes32 indexed presentationId, uint32 indexed examiner, bytes32 evidence);

    /// @notice The credit is not subject to eUCP 2.1.
    /// @param creditId The credit.
    error CreditNotElectronic(bytes32 creditId);

    /// @notice This was opened before.
    /// @param presentationId The presentation.
    error OpenedAlready(bytes32 presentationId);

    /// @notice The records are not in the state that the act needs.
    /// @param presentationId The presentation.
    /// @param actual Their state.
    /// @param expected The state it would need.
    error WrongRecordsState(bytes32 presentationId, RecordsState actual, RecordsState expected);

    /// @notice A record has a format and a commitment.
    /// @param presentationId The presentation.
    /// @param format The format given.
    /// @param record The commitment given.
    error BadRecord(bytes32 presentationId, RecordFormat format, bytes32 record);

    /// @notice A presentation has no more records than this.
    /// @param presentationId The presentation.
    /// @param most The most.
    error TooManyRecords(bytes32 presentationId, uint256 most);

    /// @notice There is nothing of which the notice could say that it is complete.
    /// @param presentationId The presentation.
    error NoRecords(bytes32 presentationId);

    /// @notice No record is named, or one that is not there or is paper.
    /// @param presentationId The presentation.
    /// @param records Those named, a bit each.
    /// @param electronic Those there are.
    error UnknownRecords(bytes32 presentationId, uint64 records, uint64 electronic);

    /// @notice A bank reports each record once.
    /// @param presentationId The presentation.
    /// @param records Those reported before.
    error ReportedAlready(bytes32 presentationId, uint64 records);

    /// @notice The calendar is not published far enough: there is no count yet that could stop.
    /// @param presentationId The presentation.
    error CountNotKnown(bytes32 presentationId);

    /// @notice No day is left to the bank after this one, and its count has stopped before.
    /// @param presentationId The presentation.
    /// @param deadline Its deadline, Unix time.
    error NoDayLeft(bytes32 presentationId, uint40 deadline);

    /// @notice This record is not awaited.
    /// @param presentationId The presentation.
    /// @param number The number given.
    error RecordNotAwaited(bytes32 presentationId, uint8 number);

    /// @notice The time to present it again is over.
    /// @param presentationId The presentation.
    /// @param reported When it was reported corrupt, Unix time.
    /// @param time The time of the block.
    error ReplacementTooLate(bytes32 presentationId, uint40 reported, uint256 time);

    /// @notice The time to present records again is not over.
    /// @param presentationId The presentation.
    /// @param reported When they were reported corrupt, Unix time.
    /// @param time The time of the block.
    error ReplacementStillOpen(bytes32 presentationId, uint40 reported, uint256 time);

    /// @notice The records are not disposable: the presentation is not refused, the notice says that they go back or are dealt
    /// with as instructed, the presenter gave instructions, or the 60 days are not over.
    /// @param presentationId The presentation.
    error NotDisposable(bytes32 presentationId);

    /// @notice Opens a presentation. In flight; needs PRESENT.
    /// @dev eUCP 2.1 art. e6. Whether the member may present is asked when all is complete.
    /// @param key What names it.
    /// @return presentationId Its number.
    function openPresentation(PresentationKey calldata key) external returns (bytes32 presentationId);

    /// @notice Adds a record. In flight; needs PRESENT, the presenter's.
    /// @dev eUCP 2.1 art. e5, e6.
    /// @param key The presentation.
    /// @param format What it is.
    /// @param record Salted commitment to its content, not 0.
    /// @param recordReference Salted commitment to where it is found or what it is called.
    function addRecord(PresentationKey calldata key, RecordFormat format, bytes32 record, bytes32 recordReference)
        external;

    /// @notice Gives the notice of completeness: all records are presented now. In flight; needs PRESENT, the presenter's.
    /// @dev eUCP 2.1 art. e6, e7; all that Presentations.lodge asks of the credit, the bank and the presenter is asked now.
    /// @param key The presentation.
    /// @param amount The demand, in minor units of the credit's currency.
    /// @param shipped The day from which the period for presentation runs, 0 if no document starts it.
    /// @param payPresenter As in Lodging.
    /// @param notice Salted commitment to the notice.
    function completePresentation(
        PresentationKey calldata key,
        uint64 amount,
        uint16 shipped,
        bool payPresenter,
        bytes32 notice
    ) external;

    /// @notice Reports records corrupt, so that the count stops until they come again. In flight; needs EXAMINE, of the bank
    /// that examines, in its time.
    /// @dev eUCP 2.1 art. e12.
    /// @param key The presentation.
    /// @param records Which, a bit each; all that are corrupt.
    /// @param message Salted commitment to the request to present them again.
    function reportCorruption(PresentationKey calldata key, uint64 records, bytes32 message) external;

    /// @notice Presents a corrupt record again; with the last one the count goes on. In flight; needs PRESENT, the presenter's.
    /// @dev eUCP 2.1 art. e12.
    /// @param key The presentation.
    /// @param number Which, from 0.
    /// @param record Salted commitment to its content, not 0.
    /// @param recordReference Salted commitment to where it is found or what it is called.
    function replaceRecord(PresentationKey calldata key, uint8 number, bytes32 record, bytes32 recordReference) external;

    /// @notice Lets the count go on without records that did not come again in time. Anyone may.
    /// @dev eUCP 2.1 art. e12.
    /// @param key The presentation.
    function resumeExamination(PresentationKey calldata key) external;

    /// @notice Records that refused records were disposed of, which ends the presentation unless paper has to go back. In
    /// flight; needs EXAMINE, of the bank that refused.
    /// @dev eUCP 2.1 art. e8.
    /// @param key The presentation.
    /// @param evidence Salted commitment to how.
    function disposeRecords(PresentationKey calldata key, bytes32 evidence) external;

    /// @notice Lets records follow a presentation that was forwarded; only Presentations may.
    /// @dev eUCP 2.1 art. e7(d).
    /// @param presentationId The presentation to the bank that forwards.
    /// @param forwardedId The presentation to the bank that receives.
    function carry(bytes32 presentationId, bytes32 forwardedId) external;

    /// @notice Where the records of a presentation stand at the time of the block; Disposable included.
    /// @param presentationId The presentation.
    /// @return The state; None if nothing was opened.
    function stateOf(bytes32 presentationId) external view returns (RecordsState);

    /// @notice The records of a presentation as they are stored.
    /// @param presentationId The presentation.
    /// @return What is on record, all zero if nothing is.
    function recordSet(bytes32 presentationId) external view returns (RecordSet memory);

    /// @notice How many banking days are counted since when, once a count went on.
    /// @param presentationId The presentation.
    /// @return since When it went on, Unix time.
    /// @return remaining How many banking days were left, 0 if the count never stopped.
    function remainderOf(bytes32 presentationId) external view returns (uint40 since, uint8 remaining);

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
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock} from "interfaces/IBankingCalendar.sol";
import {Availability, ILetterOfCredit, MaturityFrom} from "interfaces/ILetterOfCredit.sol";

/// @notice A part of every drawing under a credit with mixed payment, field 42M.
struct Slice {
    // Its share is its weight over the sum of all: percentages, or amounts in minor units.
    uint64 weight;
    // Any but None and Mixed.
    Availability availability;
    // Days of its usance, or the day of maturity itself; 0 at sight.
    uint16 tenor;
    MaturityFrom tenorFrom;
}

/// @notice A shipment with its drawing within a given period (UCP 600 art. 32).
struct Instalment {
    // In minor units; the credit's tolerance is its own as well.
    uint64 amount;
    // First and last day of shipment, days since 1970-01-01.
    uint16 first;
    uint16 last;
}

/// @notice How the amount of a credit revolves. No article of UCP 600 tells: the credit must.
enum Renewal {
    None,
    // Anew in every period; what a period leaves is lost.
    ByTime,
    // Anew in every period; what a period leaves stays.
    ByTimeCumulative,
    // Every drawing restores what it drew.
    ByUse
}

/// @notice What a credit says of its amounts over time; what it does not say is empty.
struct Schedule {
    // Exactly if the credit is available by mixed payment: 2 to 4.
    Slice[] slices;
    // At most 16, one after the other; together the amount of the credit. Not with a renewal.
    Instalment[] instalments;
    Renewal renewal;
    // How often the amount is renewed: the credit amount can be drawn once more than that.
    uint16 times;
    // Days of a period, and the day with which the first begins; 0 by use.
    uint16 period;
    uint16 start;
    // The most that may be drawn before shipment, minor units (red clause); 0 for nothing.
    uint64 advanceLimit;
}

/// @notice An instalment as it stands.
struct InstalmentRecord {
    Instalment instalment;
    // What was drawn on it, minor units.
    uint64 drawn;
    // Whether documents of a shipment within its days are on record.
    bool shipped;
}

/// @notice A demand under a credit with a schedule.
struct Drawing {
    bytes32 presentationId;
    bytes32 creditId;
    // The bank that undertakes to pay it: its own numbers bind it.
    uint32 bank;
    // In minor units.
    uint64 amount;
    // The day of receipt, and the day of shipment, 0 if no document tells it.
    uint16 day;
    uint16 shipped;
}

/// @notice The advances before shipment under a credit, minor units.
struct Advances {
    // The most they may be in all.
    uint64 limit;
    // What they were, and how much of it later drawings have recovered.
    uint64 advanced;
    uint64 recovered;
}

/// @title Schedules of credits: mixed payment, instalments, revolving amounts and advances before shipment.
/// @notice A credit has a schedule from its issue or never; its flag says so, and no other credit asks this contract.
///
/// Of each instalment (credit machine, row A12; UCP 600 art. 32)
///
/// | row | from | act | by | to |
/// |---|---|---|---|---|
/// | A12 | Open | lodge with a shipment within its days | who presents | Shipped: what is drawn on it counts |
/// | A12 | Open | its days, the period for presentation after them, and the days to which art. 29(a) extends it pass | – | Missed: it and every later one are unavailable |
/// | A12 | Missed | amend, with instalments that the issuing bank proposed for that amendment, and its acceptance | issuing bank, then beneficiary | replaced by Open ones |
///
/// Missed is stored nowhere. A presentation of a shipment in a missed instalment, or on no day of any, is flagged MISSED: that
/// is a discrepancy for the bank to state, and a bank that does not is precluded as on any other. Until the documents of an
/// instalment can no longer come in time nothing says that it was not shipped.
///
/// What may be drawn, of a demand received on a day:
///
/// | the credit | available |
/// |---|---|
/// | instalments | the instalment with its tolerance less what was drawn on it, and no more than the credit has |
/// | ByTime | the amount with its tolerance less what was drawn in the period of the day |
/// | ByTimeCumulative | as many of these amounts as periods have begun, less what is drawn |
/// | ByUse | the amount with its tolerance, while not more than all renewals together are drawn |
/// | an advance: a red clause, and no shipment shown | what the limit leaves, and no more than the credit has |
/// | after an advance | the same as without it; the advance is taken off what is then owed, not off what may be drawn |
///
/// In all never more than (renewals + 1) times the amount with its tolerance.
interface ICreditSchedules {
    /// @notice A credit was issued with a schedule.
    /// @param creditId The credit.
    /// @param schedule All it consists of.
    event ScheduleSet(bytes32 indexed creditId, Schedule schedule);

    /// @notice The issuing bank proposed instalments that are to come with its next amendment (UCP 600 art. 32).
    /// @param creditId The credit.
    /// @param amendment The number of that amendment.
    /// @param instalments All of them, in the place of those in force.
    event InstalmentsProposed(bytes32 indexed creditId, uint8 indexed amendment, Instalment[] instalments);

    /// @notice Proposed instalments are part of the credit: their amendment was accepted (UCP 600 art. 10(c), 32).
    /// @param creditId The credit.
    /// @param amendment The amendment.
    /// @param inForce Whether they are in force; else they came to bind the confirming bank, later than others.
    /// @param confirmed Whether they bind the confirming bank.
    event InstalmentsReplaced(bytes32 indexed creditId, uint8 indexed amendment, bool inForce, bool confirmed);

    /// @notice A drawing was counted.
    /// @param presentationId The presentation.
    /// @param creditId The credit.
    /// @param place The number of the instalment or of the period, from 1; 0 if neither.
    /// @param amount The drawing, in minor units.
    /// @param recovered How much of it recovers advances: the rest is owed.
    /// @param advance Whether it is an advance itself.
    event DrawnOnSchedule(
        bytes32 indexed presentationId,
        bytes32 indexed creditId,
        uint32 place,
        uint64 amount,
        uint64 recovered,
        bool advance
    );

    /// @notice Only the contract of credits sets schedules and draws on them.
    /// @param caller Who tried.
    error NotLetterOfCredit(address caller);

    /// @notice The schedule says nothing.
    /// @param creditId The credit.
    error EmptySchedule(bytes32 creditId);

    /// @notice A credit has 2 to 4 slices exactly if it is available by mixed payment.
    /// @param availability How it is available.
    /// @param slices How many were given.
    error SlicesNotFitting(Availability availability, uint256 slices);

    /// @notice A slice has no weight, or is itself available in no way, or mixed.
    /// @param slice Its place, from 0.
    error BadSlice(uint256 slice);

    /// @notice There are more instalments than a credit may have, or none.
    /// @param instalments How many were given.
    /// @param most The most possible.
    error InstalmentsOutOfBounds(uint256 instalments, uint256 most);

    /// @notice An instalment has no amount, ends before it begins, or does not begin after the one before it has ended.
    /// @param instalment Its place, from 0.
    error BadInstalment(uint256 instalment);

    /// @notice The instalments are not the amount of the credit.
    /// @param sum What they come to, in minor units.
    /// @param amount The amount of the credit.
    error InstalmentsNotWhole(uint256 sum, uint64 amount);

    /// @notice The renewals contradict themselves or the instalments, or come to more than can be counted.
    /// @param renewal How the amount revolves.
    /// @param times How often.
    /// @param period Days of a period.
    /// @param start The day with which the first begins.
    error BadRenewal(Renewal renewal, uint16 times, uint16 period, uint16 start);

    /// @notice More is to be advanced before shipment than the credit has.
    /// @param limit The most to be advanced, in minor units.
    /// @param amount The amount of the credit.
    error BadAdvance(uint64 limit, uint64 amount);

    /// @notice The credit has no instalments to replace.
    /// @param creditId The credit.
    error NoInstalments(bytes32 creditId);

    /// @notice Puts the schedule of a credit on record that is being issued; only LetterOfCredit may.
    /// @param creditId The credit.
    /// @param numbers Its numbers, as the library CreditWords draws them.
    /// @param schedule All it consists of.
    function set(bytes32 creditId, uint256 numbers, Schedule calldata schedule) external;

    /// @notice Proposes instalments that are to come with the next amendment, in the place of those in force; proposing again
    /// before that amendment is issued replaces them. In flight; needs ISSUE, the issuing bank's.
    /// @dev UCP 600 art. 10(b), (c), 32: proposed before the amendment, so that nobody accepts it and finds them changed.
    /// What they leave out can be drawn on no more; what was drawn before does not count on them.
    /// @param creditId The credit.
    /// @param amendment The number of that amendment.
    /// @param instalments What is yet to be shipped: at most 16.
    function proposeInstalments(bytes32 creditId, uint8 amendment, Instalment[] calldata instalments) external;

    /// @notice Replaces the instalments by those of an amendment that was accepted, if it has any; only LetterOfCredit may.
    /// @dev UCP 600 art. 10(b), (c).
    /// @param creditId The credit.
    /// @param amendment The amendment.
    /// @param version The version of the credit that it made.
    /// @param extended Whether the amendment binds the confirming bank.
    function takeUp(bytes32 creditId, uint8 amendment, uint8 version, bool extended) external;

    /// @notice The same for the confirming bank alone, which followed an amendment after others were accepted; instalments of
    /// a later version stay; only LetterOfCredit may.
    /// @dev UCP 600 art. 10(b).
    /// @param creditId The credit.
    /// @param amendment The amendment.
    /// @param version The version of the credit that it made.
    function takeUpLate(bytes32 creditId, uint8 amendment, uint8 version) external;

    /// @notice Counts a drawing; only LetterOfCredit may.
    /// @dev UCP 600 art. 18(b), 30, 32. Reverts if exactly the demand is to be drawn and more is demanded than available, or
    /// if nothing is.
    /// @param drawing The demand.
    /// @param numbers The credit's numbers as they bind the bank.
    /// @param own Whether the bank confirmed and is bound by terms of its own.
    /// @param exactly Whether the whole demand is to be drawn; else what is available of it.
    /// @return owed What the bank then owes, in minor units: the drawing less the advances it recovers.
    function draw(Drawing calldata drawing, uint256 numbers, bool own, bool exactly) external returns (uint64 owed);

    /// @notice Records that documents of a shipment were presented, and judges them; only Presentations may, whose events
    /// tell of it.
    /// @dev UCP 600 art. 18(b), 30, 31, 32.
    /// @param drawing The demand.
    /// @param clock What the calendar of the place says of the receipt.
    /// @return flags As judge tells them.
    function recordLodging(Drawing calldata drawing, Clock calldata clock) external returns (uint8 flags);

    /// @notice Records when documents were received first that a bank sent on unexamined; only Presentations may, whose events
    /// tell of it. The amount of that day is what may be drawn.
    /// @param forwardedId The presentation to the bank that received them from it.
    /// @param day The day on which the bank that sent them on had received them.
    function recordForwarding(bytes32 forwardedId, uint16 day) external;

    /// @notice What the chain itself sees of a demand: see PresentationFlags.
    /// @dev UCP 600 art. 18(b), 30, 31, 32.
    /// @param drawing The demand; reverts if there is no such credit.
    /// @param counted Whether the drawing is counted already.
    /// @param clock What the calendar of the place says of the receipt.
    /// @return flags Any of OVERDRAWN, SHORT and MISSED.
    function judge(Drawing calldata drawing, bool counted, Clock calldata clock) external view returns (uint8 flags);

    /// @notice What a demand that is received on a day may come to. Reverts if there is no such credit.
    /// @param creditId The credit.
    /// @param bank The bank whose undertaking is asked about.
    /// @param day The day of receipt, days since 1970-01-01.
    /// @param shipped The day of shipment; 0 if no document tells it.
    /// @return available In minor units.
    function availableOn(bytes32 creditId, uint32 bank, uint16 day, uint16 shipped)
        external
        view
        returns (uint64 available);

    /// @notice The most that may ever be drawn under a credit.
    /// @param creditId The credit.
    /// @param ceiling Its amount with the tolerance, in minor units.
    /// @return In minor units.
    function most(bytes32 creditId, uint64 ceiling) external view returns (uint64);

    /// @notice Whether instalments were proposed that come with an amendment.
    /// @param creditId The credit.
    /// @param amendment The amendment, from 1.
    /// @return Whether they were.
    function replaces(bytes32 creditId, uint8 amendment) external view returns (bool);

    /// @notice The schedule of a credit with the instalments in force.
    /// @param creditId The credit.
    /// @return The schedule, empty if it has none.
    function scheduleOf(bytes32 creditId) external view returns (Schedule memory);

    /// @notice What a debt is divided into: the slices of a mixed payment; one part where there are none, and an advance is due
    /// at sight.
    /// @dev UCP 600 art. 6(b). Parts round down, and the last takes what that leaves.
    /// @param creditId The credit.
    /// @param numbers Its numbers.
    /// @param shipped The day of shipment, 0 if no document tells it.
    /// @param amount The debt, in minor units.
    /// @return parts As slices, with their amounts in the place of the weights.
    function partsOf(bytes32 creditId, uint256 numbers, uint16 shipped, uint64 amount)
        external
        view
        returns (Slice[] memory parts);

    /// @notice The instalments of a credit as they bind a bank. Reverts if there is no such credit.
    /// @param creditId The credit.
    /// @param bank The bank.
    /// @return The instalments as they stand.
    function instalmentsOf(bytes32 creditId, uint32 bank) external view returns (InstalmentRecord[] memory);

    /// @notice The advances before shipment under a credit.
    /// @param creditId The credit.
    /// @return What is on record.
    function advancesOf(bytes32 creditId) external view returns (Advances memory);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);

    /// @notice The credits.
    /// @return The contract.
    function credits() external view returns (ILetterOfCredit);

    /// @notice The contract of presentations.
    /// @return The address.
    function presentations() external view returns (address);
}

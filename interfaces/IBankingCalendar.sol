// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";

/// @notice What a calendar says of an instant of receipt.
struct Clock {
    // The day of receipt (UCP 600 art. 33): days since 1970-01-01 at the place.
    uint16 receiptDay;
    // The last banking day before it.
    uint16 previousDay;
    // Close of the n-th banking day after it, Unix time.
    uint40 deadline;
    // 0; or one more than the first day that had to be known and is not published (of a span looked back into, its
    // first such day), at most 65535: then all else is 0.
    uint16 missing;
}

/// @title Banking days and hours, published ahead; what has begun is never rewritten.
/// @notice A calendar is a place and a variant (Shanghai with or without make-up working days). Each bank branch
/// names its own when it is admitted. A day that nobody has published is a named outcome, never a guess.
interface IBankingCalendar {
    /// @notice A calendar was opened.
    /// @param calendar Its number.
    /// @param name Place and variant, ASCII.
    event CalendarOpened(uint16 indexed calendar, bytes32 name);

    /// @notice Days were published.
    /// @param calendar The calendar.
    /// @param span Which 192 days: days 192 * span to 192 * span + 191 since 1970-01-01.
    /// @param word The span as it is from now on, laid out as the library BankingDays draws it.
    event DaysPublished(uint16 indexed calendar, uint16 indexed span, uint256 word);

    /// @notice Published days that had begun nowhere were changed. Deadlines that are stored stay as they are.
    /// @param calendar The calendar.
    /// @param span Which 192 days.
    /// @param word The span as it is from now on.
    /// @param reason Why, ASCII, such as the number of the authority's notice.
    event DaysRevised(uint16 indexed calendar, uint16 indexed span, uint256 word, bytes32 reason);

    /// @notice Another member keeps the calendars from now on.
    /// @param previous The member that did.
    /// @param keeper The member that does.
    event KeeperAppointed(uint32 indexed previous, uint32 indexed keeper);

    /// @notice Only the council appoints the keeper.
    /// @param caller Who tried.
    error NotAppointer(address caller);

    /// @notice Only the member that keeps the calendars publishes.
    /// @param memberId The caller's member.
    /// @param keeper The keeper.
    error NotCalendarKeeper(uint32 memberId, uint32 keeper);

    /// @notice The calendar exists already.
    /// @param calendar Its number.
    error CalendarExists(uint16 calendar);

    /// @notice There is no calendar of this number, or none may have it or this name.
    /// @param calendar The number.
    error UnknownCalendar(uint16 calendar);

    /// @notice The word breaks its layout: fields out of range, an open day that is not known, or a full span
    /// without a banking day; or the span is 0 or beyond the days that 16 bits count.
    /// @param word The word given.
    error BadSpan(uint256 word);

    /// @notice A revision must say why.
    /// @param calendar The calendar.
    /// @param span The span.
    error ReasonMissing(uint16 calendar, uint16 span);

    /// @notice A published day, or the hours of a published span, would change that may not; or nothing would change.
    /// @param calendar The calendar.
    /// @param span The span.
    /// @param before The word on record.
    /// @param word The word given.
    error PublishedDaysStand(uint16 calendar, uint16 span, uint256 before, uint256 word);

    /// @notice A day that is needed is not published.
    /// @param calendar The calendar.
    /// @param day The first such day, days since 1970-01-01.
    error CalendarNotPublished(uint16 calendar, uint16 day);

    /// @notice Appoints the member that keeps the calendars; only the council may.
    /// @param memberId The member, an active one.
    function appoint(uint32 memberId) external;

    /// @notice Opens a calendar. Needs KEEP_CALENDARS, the keeper's.
    /// @param calendar Its number, not 0.
    /// @param name Place and variant, ASCII, not empty.
    function open(uint16 calendar, bytes32 name) external;

    /// @notice Publishes days of one span. Days published before stay as they are. Needs KEEP_CALENDARS, the keeper's.
    /// @param calendar The calendar.
    /// @param span Which 192 days.
    /// @param word The whole span with the new days.
    function publish(uint16 calendar, uint16 span, uint256 word) external;

    /// @notice Changes published days that have begun nowhere on earth yet, as when an authority moves a holiday; hours
    /// and offsets only of a span that has not begun. Publishes no further days. Needs KEEP_CALENDARS, the keeper's.
    /// @param calendar The calendar.
    /// @param span Which 192 days.
    /// @param word The whole span with the changed days.
    /// @param reason Why, ASCII, not empty.
    function revise(uint16 calendar, uint16 span, uint256 word, bytes32 reason) external;

    /// @notice The day of receipt and the close of the n-th banking day after it. Never reverts: what is not
    /// published is named in the answer.
    /// @dev UCP 600 art. 33 (hours of presentation), 14(b) and 16(d) (close of the fifth banking day).
    /// @param calendar The calendar.
    /// @param received The instant, Unix time.
    /// @param count How many banking days, at least 1.
    /// @return The answer.
    function clock(uint16 calendar, uint256 received, uint256 count) external view returns (Clock memory);

    /// @notice The same for what a bank took in on the day on which it came, whatever the hour.
    /// @dev UCP 600 art. 33: a bank need not accept a presentation outside its hours, and may. The day of receipt is then the
    /// day itself, be it a banking day or not.
    /// @param calendar The calendar.
    /// @param received The instant, Unix time.
    /// @param count How many banking days, at least 1.
    /// @return The answer.
    function clockAsAccepted(uint16 calendar, uint256 received, uint256 count) external view returns (Clock memory);

    /// @notice One span of a calendar.
    /// @param calendar The calendar.
    /// @param span Which 192 days.
    /// @return word The span, 0 if nothing of it is published.
    function spanOf(uint16 calendar, uint16 span) external view returns (uint256 word);

    /// @notice Place and variant of a calendar.
    /// @param calendar The calendar.
    /// @return name ASCII, 0 if there is none.
    function nameOf(uint16 calendar) external view returns (bytes32 name);

    /// @notice The member that keeps the calendars.
    /// @return The member.
    function keeper() external view returns (uint32);

    /// @notice The council, which appoints the keeper: the registry's governor.
    /// @return The address.
    function governor() external view returns (address);

    /// @notice The register of members.
    /// @return The contract.
    function registry() external view returns (IAllianceRegistry);
}

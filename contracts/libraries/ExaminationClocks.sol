// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord} from "contracts/libraries/CreditWords.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord} from "contracts/libraries/PresentationWords.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";

/// @title The clock of a bank that has documents.
/// @notice Day of receipt, close of the fifth banking day, and lateness, by the bank's own calendar.
library ExaminationClocks {
    /// @dev UCP 600 art. 14(b), 16(d).
    uint256 internal constant EXAMINATION_DAYS = 5;

    /// @notice The clock of what a bank received (UCP 600 art. 14(b), 33).
    /// @param calendar The banking calendars.
    /// @param registry The register of members.
    /// @param examiner The bank.
    /// @param received Time of receipt, Unix time.
    /// @param bankingDays How many banking days it has.
    /// @return The clock.
    function clockOf(
        IBankingCalendar calendar,
        IAllianceRegistry registry,
        uint32 examiner,
        uint256 received,
        uint256 bankingDays
    ) internal view returns (Clock memory) {
        return calendar.clock(registry.calendarOfBranch(examiner), received, bankingDays);
    }

    /// @notice The clock of what a bank took in out of hours on the day itself (UCP 600 art. 33).
    /// @param calendar The banking calendars.
    /// @param registry The register of members.
    /// @param examiner The bank.
    /// @param received Time of receipt, Unix time.
    /// @return The clock.
    function acceptedClockOf(IBankingCalendar calendar, IAllianceRegistry registry, uint32 examiner, uint256 received)
        internal
        view
        returns (Clock memory)
    {
        return calendar.clockAsAccepted(registry.calendarOfBranch(examiner), received, EXAMINATION_DAYS);
    }

    /// @notice Whether documents came too late to the bank that had them first, as the numbers have it.
    /// @dev UCP 600 art. 6(e), 14(c), 29(a), 33.
    /// @param calendar The banking calendars.
    /// @param registry The register of members.
    /// @param examiner The bank that has them.
    /// @param word Their presentation to that bank.
    /// @param numbers The numbers of the credit that bind the bank for which it is asked.
    /// @return LATE or nothing, see PresentationFlags.
    function lateFlag(
        IBankingCalendar calendar,
        IAllianceRegistry registry,
        uint32 examiner,
        PresentationWord word,
        CreditWord numbers
    ) internal view returns (uint8) {
        if (word.has(PresentationMarks.FORWARDED)) return word.flags() & PresentationFlags.LATE;
        Clock memory clock = clockOf(calendar, registry, examiner, word.received(), EXAMINATION_DAYS);
        bool late = numbers.isLate(clock, word.shipped());
        if (late && word.has(PresentationMarks.TAKEN_IN)) {
            late = numbers.isLate(acceptedClockOf(calendar, registry, examiner, word.received()), word.shipped());
        }
        return late ? PresentationFlags.LATE : 0;
    }
}

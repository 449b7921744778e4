// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord} from "contracts/libraries/CreditWords.sol";
import {ExaminationClocks} from "contracts/libraries/ExaminationClocks.sol";
import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {PresentationWord} from "contracts/libraries/PresentationWords.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {Drawing, ICreditSchedules} from "interfaces/ICreditSchedules.sol";
import {PresentationKey} from "interfaces/IPresentations.sol";

/// @title What is demanded by a presentation.
/// @notice As its credit has it, with a schedule or without.
library Demands {
    /// @dev Of a mixed payment: see ICreditSchedules.
    uint256 private constant MOST_SLICES = 4;

    /// @notice How many obligations there may be of a bank on a presentation.
    /// @param word The presentation.
    /// @return 1 where the credit has no schedule.
    function slicesOf(PresentationWord word) internal pure returns (uint256) {
        return word.has(PresentationMarks.SCHEDULED) ? MOST_SLICES : 1;
    }

    /// @notice The demand of a presentation under a credit with a schedule.
    /// @param key The presentation.
    /// @param word Its word.
    /// @return The demand on its bank.
    function drawingOf(PresentationKey calldata key, PresentationWord word) internal pure returns (Drawing memory) {
        return Drawing({
            presentationId: keccak256(abi.encode(key)),
            creditId: key.creditId,
            bank: key.examiner,
            amount: word.amount(),
            day: uint16(word.sightDay()),
            shipped: word.shipped()
        });
    }

    /// @notice What is to be said of a demand under a credit with a schedule, beside its lateness.
    /// @dev UCP 600 art. 18(b), 30, 31, 32, 33.
    /// @param timetable What credits say of their amounts over time.
    /// @param calendar The banking calendars.
    /// @param registry The register of members.
    /// @param drawing The demand.
    /// @param word The presentation to the bank that has it.
    /// @param examiner That bank.
    /// @param counted Whether the drawing is counted already.
    /// @return Any of OVERDRAWN, SHORT and MISSED, see PresentationFlags.
    function judged(
        ICreditSchedules timetable,
        IBankingCalendar calendar,
        IAllianceRegistry registry,
        Drawing memory drawing,
        PresentationWord word,
        uint32 examiner,
        bool counted
    ) internal view returns (uint8) {
        Clock memory clock;
        if (word.has(PresentationMarks.FORWARDED)) {
            // What was missed at the bank that had the documents first stays so.
            return word.flags() & PresentationFlags.MISSED | timetable.judge(drawing, counted, clock);
        }
        if (word.has(PresentationMarks.TAKEN_IN)) {
            clock = ExaminationClocks.acceptedClockOf(calendar, registry, examiner, word.received());
        } else {
            uint256 bankingDays = ExaminationClocks.EXAMINATION_DAYS;
            clock = ExaminationClocks.clockOf(calendar, registry, examiner, word.received(), bankingDays);
        }
        return timetable.judge(drawing, counted, clock);
    }

    /// @notice What is to be said of the amounts of a demand under a credit without a schedule.
    /// @param numbers The numbers of the credit that bind the bank for which it is asked.
    /// @param amount What is demanded, minor units.
    /// @param counted Whether the drawing is counted already.
    /// @return Any of OVERDRAWN and SHORT, see PresentationFlags.
    function amounts(CreditWord numbers, uint64 amount, bool counted) internal pure returns (uint8) {
        return counted ? PresentationFlags.ofCounted(numbers, amount) : PresentationFlags.ofDemand(numbers, amount);
    }
}

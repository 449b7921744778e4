// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Renewal, Slice} from "interfaces/ICreditSchedules.sol";

/// @title Amounts of a credit over time, in whole minor units.
/// @notice The rules alone: what a contract counts it gives them.
library Schedules {
    /// @notice Divides a drawing by the slices of a mixed payment (field 42M; UCP 600 art. 6(b)).
    /// @dev Each part rounds down, and the last takes what that leaves: together they are the drawing.
    /// @param drawing In minor units.
    /// @param slices At least one, each with a weight; in the place of the weights come the parts.
    function divide(uint64 drawing, Slice[] memory slices) internal pure {
        uint256 sum;
        for (uint256 i; i < slices.length; ++i) {
            sum += slices[i].weight;
        }
        uint64 rest = drawing;
        uint256 last = slices.length - 1;
        for (uint256 i; i < last; ++i) {
            // Not more than the drawing, since no weight is more than the sum.
            uint64 part = uint64(uint256(drawing) * slices[i].weight / sum);
            slices[i].weight = part;
            rest -= part;
        }
        slices[last].weight = rest;
    }

    /// @notice How many periods have ended before the one of a day, the first and the last without an end of their own.
    /// @param start The day with which the first period begins.
    /// @param period Days of a period; 0 of a credit that does not revolve by time.
    /// @param times How often the amount is renewed.
    /// @param day The day.
    /// @return The number of the period, from 0.
    function periodOf(uint256 start, uint256 period, uint256 times, uint256 day) internal pure returns (uint256) {
        if (period == 0 || day < start) return 0;
        uint256 ended = (day - start) / period;
        return ended < times ? ended : times;
    }

    /// @notice The most that may be drawn in all up to a period.
    /// @param ceiling The amount with its tolerance.
    /// @param renewal How it revolves.
    /// @param times How often.
    /// @param period The number of the period, from 0.
    /// @return In minor units.
    function whole(uint64 ceiling, Renewal renewal, uint256 times, uint256 period) internal pure returns (uint64) {
        return capped(uint256(ceiling) * ((renewal == Renewal.ByTimeCumulative ? period : times) + 1));
    }

    /// @notice An amount, or the most that can be counted as drawn.
    /// @param amount In minor units.
    /// @return In minor units.
    function capped(uint256 amount) internal pure returns (uint64) {
        return amount < type(uint64).max ? uint64(amount) : type(uint64).max;
    }

    /// @notice What is left of a sum.
    /// @param sum The sum.
    /// @param taken What was taken; more than the sum where it was taken under the terms of another bank.
    /// @return The rest, or 0.
    function left(uint64 sum, uint64 taken) internal pure returns (uint64) {
        return sum > taken ? sum - taken : 0;
    }
}

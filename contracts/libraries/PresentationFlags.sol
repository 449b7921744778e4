// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {CreditWord} from "contracts/libraries/CreditWords.sol";

/// @title What the chain itself can see of a presentation, a bit each.
/// @notice A presentation with one of these cannot be found complying.
library PresentationFlags {
    /// @notice Received after the last day for presentation (UCP 600 art. 6(e), 14(c), 29(a)).
    uint8 internal constant LATE = 1 << 0;
    /// @notice More is demanded than the credit still had at lodging (UCP 600 art. 18(b), 30).
    uint8 internal constant OVERDRAWN = 1 << 1;
    /// @notice Less is demanded than a credit without partial drawings allows, or nothing (UCP 600 art. 30(c), 31).
    uint8 internal constant SHORT = 1 << 2;
    /// @notice Shipped on no day of an instalment, or after an instalment of which nothing was shipped (UCP 600 art. 32).
    uint8 internal constant MISSED = 1 << 3;
    /// @notice No credit was in force when it was lodged: none was issued yet, or it was cancelled (UCP 600 art. 2, 10(a)). No
    /// bank is bound by silence then, nor takes such documents up.
    uint8 internal constant NOT_IN_FORCE = 1 << 4;
    /// @dev What CreditSchedules judges.
    uint8 internal constant ON_SCHEDULE = OVERDRAWN | SHORT | MISSED;

    /// @notice What is to be said of a demand that is not counted in what is drawn.
    /// @param numbers The numbers that bind the bank.
    /// @param amount What is demanded, minor units.
    /// @return flags OVERDRAWN, SHORT, both or none.
    function ofDemand(CreditWord numbers, uint64 amount) internal pure returns (uint8 flags) {
        if (amount > numbers.available()) flags = OVERDRAWN;
        if (amount == 0 || amount < numbers.least()) flags |= SHORT;
    }

    /// @notice What is to be said of a drawing that is counted in what is drawn.
    /// @param numbers The numbers that bind the bank.
    /// @param amount What is drawn, minor units.
    /// @return flags OVERDRAWN, SHORT, both or none.
    function ofCounted(CreditWord numbers, uint64 amount) internal pure returns (uint8 flags) {
        if (numbers.drawn() > numbers.ceiling()) flags = OVERDRAWN;
        if (amount < numbers.least()) flags |= SHORT;
    }
}

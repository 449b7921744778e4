// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What the chain itself can see of a presentation, a bit each.
/// @notice A presentation with one of these cannot be found complying.
library PresentationFlags {
    /// @notice Received after the last day for presentation (UCP 600 art. 6(e), 14(c), 29(a)).
    uint8 internal constant LATE = 1 << 0;
    /// @notice More is demanded than the credit still had at lodging (UCP 600 art. 18(b), 30).
    uint8 internal constant OVERDRAWN = 1 << 1;
    /// @notice Less is demanded than a credit without partial drawings allows, or nothing (UCP 600 art. 30(c), 31).
    uint8 internal constant SHORT = 1 << 2;
    /// @notice No credit was in force when it was lodged: none was issued yet, or it was cancelled (UCP 600 art. 2, 10(a)). No
    /// bank is bound by silence then, nor takes such documents up.
    uint8 internal constant NOT_IN_FORCE = 1 << 4;
}

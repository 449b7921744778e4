// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Amounts of UCP 600 art. 30 in whole minor units.
/// @notice Ceilings round down, floors round up, so that no tolerance is ever exceeded by a fraction.
library Amounts {
    /// @dev UCP 600 art. 30(c): five per cent less, even where partial drawings are not allowed.
    uint256 private constant SHORTFALL = 5;

    /// @notice The most that may be drawn.
    /// @param amount The credit amount.
    /// @param plusTolerance Percent.
    /// @return The ceiling.
    function ceiling(uint128 amount, uint8 plusTolerance) internal pure returns (uint256) {
        // 128 and 9 bits.
        unchecked {
            return uint256(amount) * (100 + uint256(plusTolerance)) / 100;
        }
    }

    /// @notice The least that may be drawn where partial drawings are not allowed.
    /// @dev A credit without a tolerance of its own has that of art. 30(c); whether its further conditions hold is for
    /// the examiner, so the smaller floor is taken.
    /// @param amount The credit amount.
    /// @param plusTolerance Percent.
    /// @param minusTolerance Percent.
    /// @return The floor.
    function least(uint256 amount, uint256 plusTolerance, uint256 minusTolerance) internal pure returns (uint256) {
        uint256 percent = plusTolerance == 0 && minusTolerance == 0 ? SHORTFALL : minusTolerance;
        return (amount * (100 - percent) + 99) / 100;
    }
}

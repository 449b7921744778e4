// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {MaturityFrom} from "interfaces/ILetterOfCredit.sol";

/// @title Days of maturity, and when such a day begins and ends.
/// @notice A maturity is kept as the midnight in UTC that begins its day; the day itself is that of the place of payment,
/// wherever that lies. It is never moved for a day on which banks are closed (UCP 600 art. 29 speaks of presentation).
library Maturities {
    /// @dev A day begins first in UTC+14.
    uint256 private constant BEGINS_BEFORE = 14 hours;
    /// @dev It is over last in UTC-12.
    uint256 private constant OVER_AFTER = 36 hours;

    /// @notice The day of maturity.
    /// @dev UCP 600 art. 3: the day from which a usance counts is itself excluded.
    /// @param from What the usance counts from.
    /// @param tenor Days; or the day itself where the credit fixes it.
    /// @param sight The day of sight.
    /// @param shipped The day of shipment, 0 if no document tells it: sight then takes its place.
    /// @return Days since 1970-01-01.
    function day(MaturityFrom from, uint256 tenor, uint256 sight, uint256 shipped) internal pure returns (uint256) {
        if (from == MaturityFrom.FixedDate) return tenor;
        return (from == MaturityFrom.Shipment && shipped != 0 ? shipped : sight) + tenor;
    }

    /// @notice Whether the day of maturity has begun somewhere on earth.
    /// @param maturity Unix time on that day in UTC.
    /// @return Whether it has.
    function hasBegun(uint256 maturity) internal view returns (bool) {
        return block.timestamp + BEGINS_BEFORE >= maturity / 1 days * 1 days;
    }

    /// @notice Whether the day of maturity is over everywhere on earth.
    /// @param maturity Unix time on that day in UTC.
    /// @return Whether it is.
    function isOver(uint256 maturity) internal view returns (bool) {
        return block.timestamp >= maturity / 1 days * 1 days + OVER_AFTER;
    }
}

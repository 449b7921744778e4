// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title The rules of UCP 600 that a credit may exclude or modify (art. 1), a bit each.
/// @notice Those that the contracts apply themselves; a credit is issued with the union of its bits. A bit is never
/// reused.
library CreditSwitches {
    /// @notice Art. 14(c): a credit that states no period for presentation has none.
    uint16 internal constant NO_DEFAULT_PERIOD = 1 << 0;
    /// @notice Art. 29(a): the last day for presentation does not move when the bank is closed on it.
    uint16 internal constant NO_EXTENSION = 1 << 1;
    /// @notice Art. 30(c): without a tolerance of its own the whole amount is to be drawn.
    uint16 internal constant NO_FIVE_PERCENT_LESS = 1 << 2;
    /// @notice The credit is subject to eUCP 2.1 as well (e1(b), e2). Unlike the others this bit excludes nothing: it adds the
    /// rules by which electronic records are presented piece by piece, examined and disposed of.
    uint16 internal constant EUCP = 1 << 3;

    /// @notice Every bit that has a meaning.
    uint16 internal constant KNOWN = (1 << 4) - 1;
}

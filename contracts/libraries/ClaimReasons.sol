// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title Why a claim for reimbursement does not conform, a bit each.
/// @notice The codes of field 73R (MT 744); a bit is never reused.
library ClaimReasons {
    /// @notice DIFF.
    uint16 internal constant DIFFERS = 1 << 0;
    /// @notice DUPL.
    uint16 internal constant DUPLICATE = 1 << 1;
    /// @notice INSU.
    uint16 internal constant INSUFFICIENT_FUNDS = 1 << 2;
    /// @notice NAUT.
    uint16 internal constant NO_AUTHORISATION = 1 << 3;
    /// @notice OTHR.
    uint16 internal constant OTHER = 1 << 4;
    /// @notice OVER.
    uint16 internal constant OVERDRAWN = 1 << 5;
    /// @notice REFE.
    uint16 internal constant REFERENCE_UNKNOWN = 1 << 6;
    /// @notice TTNA.
    uint16 internal constant NO_TELETRANSMISSION = 1 << 7;
    /// @notice WINF.
    uint16 internal constant WAITING = 1 << 8;
    /// @notice XAMT.
    uint16 internal constant AMOUNTS_DO_NOT_ADD_UP = 1 << 9;

    /// @notice Every bit that has a meaning.
    uint16 internal constant KNOWN = (1 << 10) - 1;
}

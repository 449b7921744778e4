// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What is on record of a claim for reimbursement beside its state, a bit each.
/// @notice None is ever taken back.
library ClaimMarks {
    /// @notice It reached the reimbursing bank more than ten of its banking days before the due date; a warning, no fault.
    uint8 internal constant EARLY = 1 << 0;
    /// @notice The reimbursing bank gave the issuing bank notice of the debit to come.
    uint8 internal constant NOTICED = 1 << 1;
    /// @notice The reimbursing bank's obligation arose.
    uint8 internal constant OWED = 1 << 2;
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What is on record of a presentation beside its state, a bit each.
/// @notice The acts of presenter and banks set them; none is ever taken back. There is room for ten.
library PresentationMarks {
    /// @notice The bank has neither issued nor confirmed the credit: its silence makes it no debtor (UCP 600 art. 12(a), (c),
    /// 16(f)).
    uint16 internal constant UNBOUND = 1 << 0;
    /// @notice Another bank had the documents first: it forwarded them, or left them unpaid.
    uint16 internal constant FORWARDED = 1 << 1;
    /// @notice That bank honoured or negotiated: the drawing is counted, and the presenter is to be paid, which is that bank
    /// (UCP 600 art. 7(c), 8(c)) or whom it left unpaid (art. 7(a), 8(a)).
    uint16 internal constant COUNTED = 1 << 2;
    /// @notice The presenter gave instructions before any refusal (UCP 600 art. 16(c)(iii)(d)).
    uint16 internal constant INSTRUCTED = 1 << 3;
    /// @notice The presenter lets the bank take up the documents after its refusal (UCP 600 art. 16(c)(iii)(a)).
    uint16 internal constant TAKE_UP = 1 << 4;
    /// @notice It consists of electronic records, alone or with paper: see ElectronicRecords (eUCP 2.1).
    uint16 internal constant RECORDS = 1 << 5;
    /// @notice The bank recorded that the applicant has the documents.
    uint16 internal constant RELEASED = 1 << 6;
    /// @notice The credit has a schedule: see ICreditSchedules.
    uint16 internal constant SCHEDULED = 1 << 7;
    /// @notice The documents are a second beneficiary's (UCP 600 art. 38): presented under a transferred part or, once
    /// FORWARDED, under the credit that it was taken from.
    uint16 internal constant TRANSFERRED = 1 << 8;
    /// @notice The bank took in on the day itself what came out of its hours (UCP 600 art. 33).
    uint16 internal constant TAKEN_IN = 1 << 9;
}

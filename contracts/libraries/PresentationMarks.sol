// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @title What is on record of a presentation beside its state, a bit each.
/// @notice The acts of presenter and banks set them; none is ever taken back.
library PresentationMarks {
    /// @notice The bank has neither issued nor confirmed the credit: its silence makes it no debtor (UCP 600 art. 12(a), (c),
    /// 16(f)).
    uint8 internal constant UNBOUND = 1 << 0;
    /// @notice A bank forwarded the documents.
    uint8 internal constant FORWARDED = 1 << 1;
    /// @notice That bank honoured or negotiated: the drawing is counted, and it is the bank that is to be paid (UCP 600
    /// art. 7(c), 8(c)).
    uint8 internal constant COUNTED = 1 << 2;
    /// @notice The presenter gave instructions before any refusal (UCP 600 art. 16(c)(iii)(d)).
    uint8 internal constant INSTRUCTED = 1 << 3;
    /// @notice The presenter lets the bank take up the documents after its refusal (UCP 600 art. 16(c)(iii)(a)).
    uint8 internal constant TAKE_UP = 1 << 4;
    /// @notice The documents are a second beneficiary's (UCP 600 art. 38): presented under a transferred part or, once
    /// FORWARDED, under the credit that it was taken from.
    uint8 internal constant TRANSFERRED = 1 << 5;
}

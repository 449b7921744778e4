// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Declaration, DeclarationStatus, Standing} from "interfaces/ICustomsDeclarations.sol";

/// @notice A customs declaration without its commitment.
type DeclarationWord is uint256;

using DeclarationWords for DeclarationWord global;

/// @title The word behind each customs declaration.
/// @notice Packs and reads it; the commitment lies in a slot of its own.
///
/// ```
/// bit   0..63   cap, minor units
/// bit  64..95   exporter
/// bit  96..135  valid until, Unix time
/// bit 136..175  changed, Unix time
/// bit 176..191  currency, ISO 4217 number
/// bit 192..207  reason
/// bit 208..215  status
/// ```
library DeclarationWords {
    uint256 private constant CHANGED_AT = 136;
    uint256 private constant REASON_AT = 192;
    uint256 private constant STATUS_AT = 208;
    uint256 private constant NUMBERS =
        ~(uint256(type(uint40).max) << CHANGED_AT | uint256(type(uint32).max) << REASON_AT);

    /// @notice Packs a declaration.
    /// @param given What customs attests.
    /// @param status_ Where it stands.
    /// @param time Since when, Unix time.
    /// @return The word.
    function pack(Declaration calldata given, DeclarationStatus status_, uint256 time)
        internal
        pure
        returns (DeclarationWord)
    {
        return DeclarationWord.wrap(
            uint256(given.cap) | uint256(given.exporter) << 64 | uint256(given.validUntil) << 96 | uint256(uint40(time))
                << CHANGED_AT | uint256(given.currency) << 176 | uint256(status_) << STATUS_AT
        );
    }

    /// @notice The word of the same declaration elsewhere.
    /// @param word The word.
    /// @param status_ Where it stands from now on.
    /// @param reason Why, where it is withdrawn; else 0.
    /// @param time Now, Unix time.
    /// @return The new word.
    function moved(DeclarationWord word, DeclarationStatus status_, uint16 reason, uint256 time)
        internal
        pure
        returns (DeclarationWord)
    {
        return DeclarationWord.wrap(
            DeclarationWord.unwrap(word) & NUMBERS | uint256(uint40(time)) << CHANGED_AT | uint256(reason) << REASON_AT
                | uint256(status_) << STATUS_AT
        );
    }

    /// @notice Whether two words have the same numbers, wherever they stand.
    /// @param word The one.
    /// @param other The other.
    /// @return Whether they have.
    function sameNumbers(DeclarationWord word, DeclarationWord other) internal pure returns (bool) {
        return (DeclarationWord.unwrap(word) ^ DeclarationWord.unwrap(other)) & NUMBERS == 0;
    }

    /// @notice Reads a declaration.
    /// @param word The word.
    /// @param document The commitment.
    /// @param time Now, Unix time.
    /// @return The declaration as it stands.
    function unpack(DeclarationWord word, bytes32 document, uint256 time) internal pure returns (Standing memory) {
        DeclarationStatus current = word.status();
        uint40 validUntil = uint40(DeclarationWord.unwrap(word) >> 96);
        return Standing({
            status: current,
            inForce: current != DeclarationStatus.None && current != DeclarationStatus.Withdrawn && time <= validUntil,
            changed: uint40(DeclarationWord.unwrap(word) >> CHANGED_AT),
            reason: uint16(DeclarationWord.unwrap(word) >> REASON_AT),
            declaration: Declaration({
                exporter: word.exporter(),
                cap: uint64(DeclarationWord.unwrap(word)),
                currency: uint16(DeclarationWord.unwrap(word) >> 176),
                validUntil: validUntil,
                document: document
            })
        });
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice The member that exports.
    /// @param word The word.
    /// @return The field.
    function exporter(DeclarationWord word) internal pure returns (uint32) {
        return uint32(DeclarationWord.unwrap(word) >> 64);
    }

    /// @notice Where the declaration stands.
    /// @param word The word.
    /// @return The field.
    function status(DeclarationWord word) internal pure returns (DeclarationStatus) {
        return DeclarationStatus(uint8(DeclarationWord.unwrap(word) >> STATUS_AT));
    }
}

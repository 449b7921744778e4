// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Delivery, DeliveryBasis, DeliveryKey, DeliveryState, DeliveryTerms} from "interfaces/ITitleDeliveries.sol";

/// @notice A delivery of titles.
type DeliveryWord is uint256;

using DeliveryWords for DeliveryWord global;

/// @title The word behind each delivery of titles.
/// @notice Packs and reads a delivery.
///
/// ```
/// bit   0..63   amount, minor units
/// bit  64..95   applicant
/// bit  96..127  bank
/// bit 128..167  last second to take, Unix time
/// bit 168..207  last second to pay what is owed on trust, Unix time; 0 against payment
/// bit 208..223  currency, ISO 4217 number
/// bit 224..231  state
/// bit 232..239  basis
/// ```
library DeliveryWords {
    uint256 private constant STATE = 0xff << 224;

    /// @notice Packs a delivery that is offered.
    /// @param key What names it.
    /// @param terms What the applicant is to give, and when.
    /// @return The word.
    function pack(DeliveryKey calldata key, DeliveryTerms calldata terms) internal pure returns (DeliveryWord) {
        return DeliveryWord.wrap(
            terms.amount | uint256(key.applicant) << 64 | uint256(key.bank) << 96 | uint256(terms.takeBy) << 128
                | uint256(terms.due) << 168 | uint256(terms.currency) << 208 | uint256(DeliveryState.Offered) << 224
                | uint256(terms.basis) << 232
        );
    }

    /// @notice Reads a delivery.
    /// @param word The word.
    /// @return The delivery.
    function unpack(DeliveryWord word) internal pure returns (Delivery memory) {
        return Delivery({
            bank: word.bank(),
            applicant: word.applicant(),
            amount: word.amount(),
            currency: word.currency(),
            basis: word.basis(),
            takeBy: word.takeBy(),
            due: word.due(),
            state: word.state()
        });
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(DeliveryWord word, DeliveryState state_) internal pure returns (DeliveryWord) {
        return DeliveryWord.wrap(DeliveryWord.unwrap(word) & ~STATE | uint256(state_) << 224);
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice What the titles are delivered for, minor units.
    /// @param word The word.
    /// @return The field.
    function amount(DeliveryWord word) internal pure returns (uint64) {
        return uint64(DeliveryWord.unwrap(word));
    }

    /// @notice Who may take the titles.
    /// @param word The word.
    /// @return The field.
    function applicant(DeliveryWord word) internal pure returns (uint32) {
        return uint32(DeliveryWord.unwrap(word) >> 64);
    }

    /// @notice Who offered them.
    /// @param word The word.
    /// @return The field.
    function bank(DeliveryWord word) internal pure returns (uint32) {
        return uint32(DeliveryWord.unwrap(word) >> 96);
    }

    /// @notice Last second to take them, Unix time.
    /// @param word The word.
    /// @return The field.
    function takeBy(DeliveryWord word) internal pure returns (uint40) {
        return uint40(DeliveryWord.unwrap(word) >> 128);
    }

    /// @notice Last second to pay what is owed on trust, Unix time; 0 against payment.
    /// @param word The word.
    /// @return The field.
    function due(DeliveryWord word) internal pure returns (uint40) {
        return uint40(DeliveryWord.unwrap(word) >> 168);
    }

    /// @notice The currency, ISO 4217 number.
    /// @param word The word.
    /// @return The field.
    function currency(DeliveryWord word) internal pure returns (uint16) {
        return uint16(DeliveryWord.unwrap(word) >> 208);
    }

    /// @notice Where the delivery stands, as it is stored.
    /// @param word The word.
    /// @return The field.
    function state(DeliveryWord word) internal pure returns (DeliveryState) {
        return DeliveryState(uint8(DeliveryWord.unwrap(word) >> 224));
    }

    /// @notice What the titles are delivered against.
    /// @param word The word.
    /// @return The field.
    function basis(DeliveryWord word) internal pure returns (DeliveryBasis) {
        return DeliveryBasis(uint8(DeliveryWord.unwrap(word) >> 232));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    Authorisation,
    AuthorisationState,
    AuthorisationProposal,
    ReimbursementTerms
} from "interfaces/IReimbursements.sol";

/// @notice An authorisation to reimburse, or an amendment proposed to it.
type AuthorisationWord is uint256;

using AuthorisationWords for AuthorisationWord global;

/// @title The word behind each authorisation to reimburse.
/// @notice Packs and reads an authorisation. An amendment that is proposed has the same layout, with nothing claimed.
///
/// ```
/// bit   0..63   amount, minor units             ┐
/// bit  64..95   claiming bank                   │
/// bit  96..111  expiry, day                     │ the terms
/// bit 112..119  pre-debit notification, days    │
/// bit 120..123  switches, below                 ┘
/// bit 128..191  claimed, minor units
/// bit 192..199  state
/// bit 200..203  flags, below
/// ```
library AuthorisationWords {
    /// @dev The credit says that URR 725 applies (UCP 600 art. 13(a)); else art. 13(b) does.
    uint256 internal constant URR = 1 << 120;
    /// @dev An undertaking of the reimbursing bank is asked for.
    uint256 internal constant UNDERTAKING_ASKED = 1 << 121;
    /// @dev Charges are the claiming bank's (field 71A CLM), not the issuing bank's.
    uint256 internal constant CLAIMANT_BEARS_CHARGES = 1 << 122;
    /// @dev The claiming bank's consent to an amendment of the undertaking is not needed.
    uint256 internal constant FREELY_AMENDABLE = 1 << 123;

    /// @dev The reimbursing bank declined to undertake.
    uint256 internal constant DECLINED = 1 << 200;
    /// @dev Of a proposal: the claiming bank agrees to it.
    uint256 internal constant AGREED = 1 << 201;
    /// @dev Of a proposal: it cancels the authorisation.
    uint256 internal constant CANCELS = 1 << 202;
    /// @dev Of a proposal: that there is one.
    uint256 internal constant PROPOSED = 1 << 203;

    uint256 private constant TERMS = type(uint128).max;
    uint256 private constant CLAIMED_AT = 128;
    uint256 private constant STATE_AT = 192;
    uint256 private constant STATE = 0xff << STATE_AT;

    /// @notice Packs terms; nothing is claimed and the state is None.
    /// @param given The terms.
    /// @return The word.
    function pack(ReimbursementTerms calldata given) internal pure returns (AuthorisationWord) {
        uint256 word = given.amount | uint256(given.claimingBank) << 64 | uint256(given.expiry) << 96
            | uint256(given.preDebitDays) << 112;
        if (given.urr) word |= URR;
        if (given.undertakingAsked) word |= UNDERTAKING_ASKED;
        if (given.claimantBearsCharges) word |= CLAIMANT_BEARS_CHARGES;
        if (given.freelyAmendable) word |= FREELY_AMENDABLE;
        return AuthorisationWord.wrap(word);
    }

    /// @notice Reads an authorisation.
    /// @param word The word.
    /// @return The authorisation.
    function unpack(AuthorisationWord word) internal pure returns (Authorisation memory) {
        return Authorisation({
            state: word.state(), claimed: word.claimed(), undertakingDeclined: word.has(DECLINED), terms: word.terms()
        });
    }

    /// @notice Reads a proposal.
    /// @param word The word.
    /// @return The proposal.
    function unpackProposal(AuthorisationWord word) internal pure returns (AuthorisationProposal memory) {
        return AuthorisationProposal({
            proposed: word.has(PROPOSED), cancels: word.has(CANCELS), agreed: word.has(AGREED), terms: word.terms()
        });
    }

    /// @notice The terms of an authorisation.
    /// @param word The word.
    /// @return The terms.
    function terms(AuthorisationWord word) internal pure returns (ReimbursementTerms memory) {
        return ReimbursementTerms({
            amount: word.amount(),
            claimingBank: word.claimingBank(),
            expiry: word.expiry(),
            preDebitDays: uint8(word.preDebitDays()),
            urr: word.has(URR),
            undertakingAsked: word.has(UNDERTAKING_ASKED),
            claimantBearsCharges: word.has(CLAIMANT_BEARS_CHARGES),
            freelyAmendable: word.has(FREELY_AMENDABLE)
        });
    }

    /// @notice Whether two authorisations have the same terms.
    /// @param word The one.
    /// @param other The other.
    /// @return Whether they have.
    function sameTerms(AuthorisationWord word, AuthorisationWord other) internal pure returns (bool) {
        return (AuthorisationWord.unwrap(word) ^ AuthorisationWord.unwrap(other)) & TERMS == 0;
    }

    /// @notice The word with the terms of another, and no flags.
    /// @param word The word.
    /// @param other The other.
    /// @param state_ Where it stands from now on.
    /// @return The new word.
    function withTermsOf(AuthorisationWord word, AuthorisationWord other, AuthorisationState state_)
        internal
        pure
        returns (AuthorisationWord)
    {
        return AuthorisationWord.wrap(
            AuthorisationWord.unwrap(other) & TERMS | uint256(word.claimed()) << CLAIMED_AT | uint256(state_)
                << STATE_AT
        );
    }

    /// @notice The word in another state, and no flags.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The new word.
    function inState(AuthorisationWord word, AuthorisationState state_) internal pure returns (AuthorisationWord) {
        return word.withTermsOf(word, state_);
    }

    /// @notice The word with more claimed.
    /// @param word The word.
    /// @param part What is claimed, not above what is left, so that the field cannot overflow, minor units.
    /// @return The new word.
    function claim(AuthorisationWord word, uint64 part) internal pure returns (AuthorisationWord) {
        return AuthorisationWord.wrap(AuthorisationWord.unwrap(word) + (uint256(part) << CLAIMED_AT));
    }

    /// @notice The word with less claimed.
    /// @param word The word.
    /// @param part What is claimed no more, minor units.
    /// @return The new word.
    function release(AuthorisationWord word, uint64 part) internal pure returns (AuthorisationWord) {
        return AuthorisationWord.wrap(AuthorisationWord.unwrap(word) - (uint256(part) << CLAIMED_AT));
    }

    /// @notice The word with a flag set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return The new word.
    function with(AuthorisationWord word, uint256 flag) internal pure returns (AuthorisationWord) {
        return AuthorisationWord.wrap(AuthorisationWord.unwrap(word) | flag);
    }

    /// @notice Whether a flag is set.
    /// @param word The word.
    /// @param flag One of the flags above.
    /// @return Whether it is.
    function has(AuthorisationWord word, uint256 flag) internal pure returns (bool) {
        return AuthorisationWord.unwrap(word) & flag != 0;
    }

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice The most that may be claimed, minor units.
    /// @param word The word.
    /// @return The field.
    function amount(AuthorisationWord word) internal pure returns (uint64) {
        return uint64(AuthorisationWord.unwrap(word));
    }

    /// @notice The bank that may claim, 0 for any with which the credit is available.
    /// @param word The word.
    /// @return The field.
    function claimingBank(AuthorisationWord word) internal pure returns (uint32) {
        return uint32(AuthorisationWord.unwrap(word) >> 64);
    }

    /// @notice The last day for a claim, 0 if there is none.
    /// @param word The word.
    /// @return The field.
    function expiry(AuthorisationWord word) internal pure returns (uint16) {
        return uint16(AuthorisationWord.unwrap(word) >> 96);
    }

    /// @notice The period of notice before a debit, banking days.
    /// @param word The word.
    /// @return The field.
    function preDebitDays(AuthorisationWord word) internal pure returns (uint256) {
        return uint8(AuthorisationWord.unwrap(word) >> 112);
    }

    /// @notice What is claimed and not refused, minor units.
    /// @param word The word.
    /// @return The field.
    function claimed(AuthorisationWord word) internal pure returns (uint64) {
        return uint64(AuthorisationWord.unwrap(word) >> CLAIMED_AT);
    }

    /// @notice Where the authorisation stands.
    /// @param word The word.
    /// @return The field.
    function state(AuthorisationWord word) internal pure returns (AuthorisationState) {
        return AuthorisationState((AuthorisationWord.unwrap(word) & STATE) >> STATE_AT);
    }
}

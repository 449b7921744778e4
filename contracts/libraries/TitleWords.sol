// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {SurrenderPurpose, TitleForm, TitleState} from "interfaces/ITitleRegistry.sol";

/// @notice Where a title stands, in one word.
type TitleWord is uint256;

using TitleWords for TitleWord global;

/// @title The word of a title.
/// @notice Packs, reads and changes it.
///
/// ```
/// bit   0..3    state
/// bit   4..5    form
/// bit   6..7    formerForm   the form before the endorsement that can still be rejected
/// bit   8..10   purpose      of a surrender
/// bit  11       delivering   the custodian is the contract of deliveries, else that of presentations
/// bit  12       revocable    in custody: the endorsement was not accepted, and is undone if a presentation gives the title back
/// bit  16..55   beneficiaryRejectBy  last second at which the beneficiary may reject, Unix time; 0 for nothing to reject
/// bit  56..95   holderRejectBy       last second at which the holder may reject, Unix time; 0 for nothing to reject
/// bit  96..127  issuer
/// bit 128..159  other        the previous beneficiary while beneficiaryRejectBy is set, else the nominee
/// bit 160..191  previousHolder       who may get possession back; of a pledged title the pledgor
/// bit 192..223  beneficiary  0 for a title in blank
/// bit 224..255  holder       of a title in custody: who deposited it; of a surrendered one: who surrendered it
/// ```
///
/// One field serves for the nominee and the previous beneficiary: a beneficiary that nominates has accepted the endorsement.
///
/// In custody nobody rejects anything. Then bits 16 to 95 and 160 to 191 hold those bits, 112 in all, of the number of the record
/// that the title is kept for; nobody finds another record that has the same in them.
library TitleWords {
    uint256 private constant STATE_MASK = 0xf;
    uint256 private constant FORM_AT = 4;
    uint256 private constant FORMS_MASK = 0xf << FORM_AT;
    uint256 private constant FORMER_FORM_AT = 6;
    uint256 private constant TWO_BITS = 3;
    uint256 private constant PURPOSE_AT = 8;
    uint256 private constant PURPOSE_MASK = 7;
    uint256 private constant DELIVERING = 1 << 11;
    uint256 private constant REVOCABLE = 1 << 12;
    uint256 private constant BENEFICIARY_REJECT_AT = 16;
    uint256 private constant HOLDER_REJECT_AT = 56;
    uint256 private constant ISSUER_AT = 96;
    uint256 private constant OTHER_AT = 128;
    uint256 private constant PREVIOUS_HOLDER_AT = 160;
    uint256 private constant BENEFICIARY_AT = 192;
    uint256 private constant HOLDER_AT = 224;

    /// @dev From holder to previous holder, and from beneficiary to previous beneficiary; from form to former form.
    uint256 private constant TO_PREVIOUS = HOLDER_AT - PREVIOUS_HOLDER_AT;
    uint256 private constant TO_FORMER = FORMER_FORM_AT - FORM_AT;

    uint256 private constant MEMBER = type(uint32).max;
    uint256 private constant TIME = type(uint40).max;
    uint256 private constant HOLDER_RIGHT = MEMBER << PREVIOUS_HOLDER_AT | TIME << HOLDER_REJECT_AT;
    uint256 private constant BENEFICIARY_RIGHT = MEMBER << OTHER_AT | TIME << BENEFICIARY_REJECT_AT;
    uint256 private constant KEPT_FOR = HOLDER_RIGHT | TIME << BENEFICIARY_REJECT_AT;

    /// @dev Where one of these is set, the beneficiary has not accepted the endorsement.
    uint256 private constant UNACCEPTED = TIME << BENEFICIARY_REJECT_AT | REVOCABLE;

    /// @notice Packs a title that goes into circulation.
    /// @param issuer_ The carrier.
    /// @param holder_ Who has possession.
    /// @param beneficiary_ To whose order, or to whom; 0 in blank.
    /// @param form_ How it can be passed on.
    /// @return The word.
    function pack(uint32 issuer_, uint32 holder_, uint32 beneficiary_, TitleForm form_)
        internal
        pure
        returns (TitleWord)
    {
        return TitleWord.wrap(
            uint256(holder_) << HOLDER_AT | uint256(beneficiary_) << BENEFICIARY_AT | uint256(issuer_) << ISSUER_AT
                | uint256(form_) << FORM_AT | uint256(TitleState.Live)
        );
    }

    /* CHANGES */

    /// @notice Whoever acts on a title has accepted what came to it: here, possession.
    /// @param word The word.
    /// @return The word whose holder has nothing left to reject.
    function acceptedByHolder(TitleWord word) internal pure returns (TitleWord) {
        return TitleWord.wrap(TitleWord.unwrap(word) & ~HOLDER_RIGHT);
    }

    /// @notice The same, of an endorsement.
    /// @param word The word.
    /// @return The word whose beneficiary has nothing left to reject.
    function acceptedByBeneficiary(TitleWord word) internal pure returns (TitleWord) {
        uint256 bits = TitleWord.unwrap(word);
        return bits & TIME << BENEFICIARY_REJECT_AT == 0 ? word : TitleWord.wrap(bits & ~BENEFICIARY_RIGHT);
    }

    /// @notice The same, of both, where the member that acts has both.
    /// @param word The word.
    /// @param member Who acts.
    /// @return The word in which it has nothing left to reject.
    function acceptedBy(TitleWord word, uint32 member) internal pure returns (TitleWord) {
        if (word.holder() == member) word = word.acceptedByHolder();
        return word.beneficiary() == member ? word.acceptedByBeneficiary() : word;
    }

    /// @notice The word with another holder.
    /// @param word The word.
    /// @param to Who has possession from now on.
    /// @param rejectBy Last second at which it may reject, Unix time; 0 if it may not.
    /// @return The word as it becomes.
    function heldBy(TitleWord word, uint32 to, uint256 rejectBy) internal pure returns (TitleWord) {
        uint256 before = TitleWord.unwrap(word);
        uint256 bits = before & ~(HOLDER_RIGHT | MEMBER << HOLDER_AT);
        if (rejectBy != 0) {
            bits |= before >> TO_PREVIOUS & MEMBER << PREVIOUS_HOLDER_AT | rejectBy << HOLDER_REJECT_AT;
        }
        return TitleWord.wrap(bits | uint256(to) << HOLDER_AT);
    }

    /// @notice The word with another beneficiary.
    /// @param word The word.
    /// @param to To whose order or to whom from now on; 0 in blank.
    /// @param form_ The form from now on.
    /// @param rejectBy Last second at which it may reject, Unix time; 0 if it may not.
    /// @return The word as it becomes, without a nominee.
    function endorsedTo(TitleWord word, uint32 to, TitleForm form_, uint256 rejectBy)
        internal
        pure
        returns (TitleWord)
    {
        uint256 before = TitleWord.unwrap(word);
        uint256 bits = before & ~(BENEFICIARY_RIGHT | MEMBER << BENEFICIARY_AT | FORMS_MASK);
        if (rejectBy != 0) {
            bits |= before >> TO_PREVIOUS & MEMBER << OTHER_AT | before << TO_FORMER & TWO_BITS << FORMER_FORM_AT
                | rejectBy << BENEFICIARY_REJECT_AT;
        }
        return TitleWord.wrap(bits | uint256(to) << BENEFICIARY_AT | uint256(form_) << FORM_AT);
    }

    /// @notice The word with another nominee.
    /// @param word The word, whose beneficiary has nothing to reject.
    /// @param nominee_ To whom the holder may endorse; 0 for nobody.
    /// @return The word as it becomes.
    function nominating(TitleWord word, uint32 nominee_) internal pure returns (TitleWord) {
        return TitleWord.wrap(TitleWord.unwrap(word) & ~(MEMBER << OTHER_AT) | uint256(nominee_) << OTHER_AT);
    }

    /// @notice The word of a title whose holder gives it back.
    /// @param word The word, whose holder has something to reject.
    /// @return The word as it becomes.
    function holderUndone(TitleWord word) internal pure returns (TitleWord) {
        return word.heldBy(word.previousHolder(), 0);
    }

    /// @notice The word of a title whose last endorsement did not happen.
    /// @param word The word, whose beneficiary has something to reject.
    /// @return The word as it becomes.
    function endorsementUndone(TitleWord word) internal pure returns (TitleWord) {
        return word.endorsedTo(word.previousBeneficiary(), word.formerForm(), 0);
    }

    /// @notice The word in another state.
    /// @param word The word.
    /// @param state_ The state.
    /// @return The word as it becomes.
    function moved(TitleWord word, TitleState state_) internal pure returns (TitleWord) {
        return TitleWord.wrap(TitleWord.unwrap(word) & ~STATE_MASK | uint256(state_));
    }

    /// @notice The word of a title that is surrendered.
    /// @param word The word, whose holder has nothing to reject.
    /// @param purpose_ What for.
    /// @return The word as it becomes, without a nominee.
    function surrendered(TitleWord word, SurrenderPurpose purpose_) internal pure returns (TitleWord) {
        uint256 bits = TitleWord.unwrap(word) & ~(PURPOSE_MASK << PURPOSE_AT);
        if (word.beneficiaryRejectBy() == 0) bits &= ~(MEMBER << OTHER_AT);
        return TitleWord.wrap(bits | uint256(purpose_) << PURPOSE_AT).moved(TitleState.Surrendered);
    }

    /// @notice The word of a title that is pledged.
    /// @param word The word, whose holder has nothing to reject.
    /// @param pledgee Who has possession until it releases the title.
    /// @return The word as it becomes.
    function pledgedTo(TitleWord word, uint32 pledgee) internal pure returns (TitleWord) {
        uint256 pledgor = uint256(word.holder()) << PREVIOUS_HOLDER_AT;
        return TitleWord.wrap(TitleWord.unwrap(word.heldBy(pledgee, 0)) | pledgor).moved(TitleState.Pledged);
    }

    /// @notice The word of a title that goes into custody.
    /// @param word The word, whose holder has nothing to reject.
    /// @param delivering_ Whether the custodian is the contract of deliveries.
    /// @param record What it is kept for.
    /// @return The word as it becomes.
    function deposited(TitleWord word, bool delivering_, bytes32 record) internal pure returns (TitleWord) {
        uint256 before = TitleWord.unwrap(word);
        uint256 bits = before & ~(DELIVERING | KEPT_FOR) | uint256(record) & KEPT_FOR;
        if (delivering_) bits |= DELIVERING;
        if (before & TIME << BENEFICIARY_REJECT_AT != 0) bits |= REVOCABLE;
        return TitleWord.wrap(bits).moved(TitleState.InCustody);
    }

    /// @notice The word of a title in custody as it tells of members, without what it is kept for.
    /// @param word The word.
    /// @return The word, in which nobody may reject anything.
    function withoutRecord(TitleWord word) internal pure returns (TitleWord) {
        return TitleWord.wrap(TitleWord.unwrap(word) & ~KEPT_FOR);
    }

    /// @notice The word of a title that goes back to its depositor; from a presentation, an endorsement that was not accepted
    /// did not happen.
    /// @param word The word, of a title in custody.
    /// @return The word as it becomes.
    function givenBack(TitleWord word) internal pure returns (TitleWord) {
        word = word.withoutRecord().moved(TitleState.Live);
        uint256 bits = TitleWord.unwrap(word);
        if (bits & REVOCABLE == 0) return word;
        // An offer that ends changes nobody's right: a holder could else undo what is another's by offering it.
        if (word.delivering()) return TitleWord.wrap(bits & ~(REVOCABLE | MEMBER << OTHER_AT));
        return TitleWord.wrap(bits & ~REVOCABLE).endorsedTo(word.previousBeneficiary(), word.formerForm(), 0);
    }

    /// @notice The word of a title in custody that is kept for another record.
    /// @param word The word, of a title in custody.
    /// @param record What it is kept for from now on.
    /// @param bank The bank that sent it on; what is to its order is to the order of the next.
    /// @param to The next.
    /// @return The word as it becomes.
    function carriedOn(TitleWord word, bytes32 record, uint32 bank, uint32 to) internal pure returns (TitleWord) {
        uint256 bits = TitleWord.unwrap(word);
        if (word.beneficiary() == bank && word.form() == TitleForm.ToOrder) {
            bits = bits & REVOCABLE == 0
                ? TitleWord.unwrap(word.endorsedTo(to, TitleForm.ToOrder, TIME)) | REVOCABLE
                : bits & ~(MEMBER << BENEFICIARY_AT) | uint256(to) << BENEFICIARY_AT;
        }
        return TitleWord.wrap(bits & ~KEPT_FOR | uint256(record) & KEPT_FOR);
    }

    /// @notice The word of a title that goes to the other side, which thereby accepts it.
    /// @param word The word, of a title in custody.
    /// @param to Who has possession from now on, and the right where it was the depositor's and can be passed on.
    /// @return The word as it becomes.
    function handedOver(TitleWord word, uint32 to) internal pure returns (TitleWord) {
        uint32 depositor = word.holder();
        if (to != depositor && word.form() == TitleForm.ToOrder && word.beneficiary() == depositor) {
            word = word.endorsedTo(to, TitleForm.ToOrder, 0);
        }
        uint256 bits = TitleWord.unwrap(word);
        if (bits & REVOCABLE != 0) bits &= ~(REVOCABLE | MEMBER << OTHER_AT);
        return TitleWord.wrap(bits).withoutRecord().heldBy(to, 0).moved(TitleState.Live);
    }

    /* FIELDS */

    // Each getter cuts the word down to its own field: that is what the truncation is for.

    /// @notice Where the title stands.
    /// @param word The word.
    /// @return The field.
    function state(TitleWord word) internal pure returns (TitleState) {
        return TitleState(TitleWord.unwrap(word) & STATE_MASK);
    }

    /// @notice How it can be passed on.
    /// @param word The word.
    /// @return The field.
    function form(TitleWord word) internal pure returns (TitleForm) {
        return TitleForm(TitleWord.unwrap(word) >> FORM_AT & TWO_BITS);
    }

    /// @notice Whether it is straight, which is asked at every endorsement.
    /// @param word The word.
    /// @return Whether it is.
    function isStraight(TitleWord word) internal pure returns (bool) {
        return TitleWord.unwrap(word) >> FORM_AT & TWO_BITS == uint256(TitleForm.Straight);
    }

    /// @notice How it could be passed on before the endorsement that can still be rejected.
    /// @param word The word.
    /// @return The field.
    function formerForm(TitleWord word) internal pure returns (TitleForm) {
        return TitleForm(TitleWord.unwrap(word) >> FORMER_FORM_AT & TWO_BITS);
    }

    /// @notice What it is surrendered for, or was last.
    /// @param word The word.
    /// @return The field.
    function purpose(TitleWord word) internal pure returns (SurrenderPurpose) {
        return SurrenderPurpose(TitleWord.unwrap(word) >> PURPOSE_AT & PURPOSE_MASK);
    }

    /// @notice Whether a title in custody is kept for a record.
    /// @param word The word.
    /// @param record The record.
    /// @return Whether it is.
    function isKeptFor(TitleWord word, bytes32 record) internal pure returns (bool) {
        return (TitleWord.unwrap(word) ^ uint256(record)) & KEPT_FOR == 0;
    }

    /// @notice Whether the custodian is, or was last, the contract of deliveries.
    /// @param word The word.
    /// @return The field.
    function delivering(TitleWord word) internal pure returns (bool) {
        return TitleWord.unwrap(word) & DELIVERING != 0;
    }

    /// @notice Last second at which the beneficiary may reject, Unix time; 0 for nothing to reject.
    /// @param word The word.
    /// @return The field.
    function beneficiaryRejectBy(TitleWord word) internal pure returns (uint40) {
        return uint40(TitleWord.unwrap(word) >> BENEFICIARY_REJECT_AT);
    }

    /// @notice Last second at which the holder may reject, Unix time; 0 for nothing to reject.
    /// @param word The word.
    /// @return The field.
    function holderRejectBy(TitleWord word) internal pure returns (uint40) {
        return uint40(TitleWord.unwrap(word) >> HOLDER_REJECT_AT);
    }

    /// @notice The carrier.
    /// @param word The word.
    /// @return The field.
    function issuer(TitleWord word) internal pure returns (uint32) {
        return uint32(TitleWord.unwrap(word) >> ISSUER_AT);
    }

    /// @notice To whom the holder may endorse with the beneficiary's consent; 0 for nobody.
    /// @param word The word.
    /// @return The field.
    function nominee(TitleWord word) internal pure returns (uint32) {
        return TitleWord.unwrap(word) & UNACCEPTED == 0 ? uint32(TitleWord.unwrap(word) >> OTHER_AT) : 0;
    }

    /// @notice Who was the beneficiary before the endorsement that can still be rejected or, in custody, undone; 0 for nobody.
    /// @param word The word.
    /// @return The field.
    function previousBeneficiary(TitleWord word) internal pure returns (uint32) {
        return TitleWord.unwrap(word) & UNACCEPTED == 0 ? 0 : uint32(TitleWord.unwrap(word) >> OTHER_AT);
    }

    /// @notice Who gets possession back if the holder rejects it, or releases the pledge; 0 for nobody.
    /// @param word The word.
    /// @return The field.
    function previousHolder(TitleWord word) internal pure returns (uint32) {
        return uint32(TitleWord.unwrap(word) >> PREVIOUS_HOLDER_AT);
    }

    /// @notice To whose order or to whom; 0 in blank.
    /// @param word The word.
    /// @return The field.
    function beneficiary(TitleWord word) internal pure returns (uint32) {
        return uint32(TitleWord.unwrap(word) >> BENEFICIARY_AT);
    }

    /// @notice Who has possession, deposited the title or surrendered it.
    /// @param word The word.
    /// @return The field.
    function holder(TitleWord word) internal pure returns (uint32) {
        return uint32(TitleWord.unwrap(word) >> HOLDER_AT);
    }
}

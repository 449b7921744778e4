// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    Amendment,
    Availability,
    Credit,
    CreditState,
    Issuance,
    MaturityFrom,
    PackedIssuance
} from "interfaces/ILetterOfCredit.sol";
import {
    ADVISER,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNY,
    CONFIRMER,
    FORWARDER,
    ISSUER,
    LATE,
    USD
} from "tests/proofs/credits/Alliance.t.sol";
import {AmendmentStory, CreditStory, Reading, Terms} from "tests/proofs/credits/CreditStories.t.sol";
import {Stories} from "tests/proofs/credits/Stories.t.sol";

/// @title Acts around credits and amendments (machines A and B).
abstract contract LetterActs is Stories {
    using Reading for CreditStory;

    uint256 internal constant FEW = 5;

    function issue(uint256 seed_) external told("issue") {
        uint256[1] memory seed = [seed_];
        (uint32 bank, Issuance memory terms) = _terms(seed);
        _as(bank);
        bytes32 id = letters.issue(terms);
        _begin(id, bank, terms).isIssued = true;
        _credits[_placeOf[id] - 1].issues++;
    }

    function issueBatch(uint256 seed_) external told("issueBatch") {
        uint256[1] memory seed = [seed_];
        (uint32 bank, Issuance memory terms) = _terms(seed);
        PackedIssuance[] memory batch = new PackedIssuance[](seed_ % 9 == 0 ? 0 : 1);
        if (batch.length != 0) batch[0] = _packed(terms);
        _as(bank);
        letters.issueBatch(batch);
        if (batch.length == 0) return;
        bytes32 id = letters.creditIdOf(bank, terms.bankReference);
        _begin(id, bank, terms).isIssued = true;
        _credits[_placeOf[id] - 1].issues++;
    }

    function preAdvise(uint256 seed_) external told("preAdvise") {
        uint256[1] memory seed = [seed_];
        (uint32 bank, Issuance memory terms) = _terms(seed);
        _as(bank);
        bytes32 id = letters.preAdvise(terms);
        _begin(id, bank, terms).wasPreAdvised = true;
    }

    function issuePreAdvised(uint256 seed_) external told("issuePreAdvised") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _preAdvised(seed);
        Issuance memory terms = story.issuance;
        terms.bankReference = _reference(story);
        terms.terms = bytes32(_pick(seed, type(uint256).max)) | bytes32(uint256(1));
        if (_pick(seed, 3) == 0) terms.amount = uint64(terms.amount + _pick(seed, 4) - 1);
        if (_pick(seed, 3) == 0) terms.expiry = uint16(terms.expiry + _pick(seed, 4) - 2);
        if (_pick(seed, 8) == 0) terms.beneficiary = FORWARDER;
        if (_pick(seed, 4) == 0) terms.nominatedBank = LATE;
        if (
            terms.tenor == 0
                && (terms.availability == Availability.DeferredPayment || terms.availability == Availability.Acceptance)
        ) {
            (terms.tenor, terms.tenorFrom) = (30, MaturityFrom.Sight);
        }
        _as(_mostly(seed, story.bank));
        require(letters.issuePreAdvised(terms) == story.id, "another credit");
        if (!story.isIssued) story.preAdvice = story.issuance;
        story.issuance = terms;
        story.named = terms.confirmingBank;
        story.isIssued = true;
        story.issues++;
        delete story.amendments;
    }

    function advise(uint256 seed_) external told("advise") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        uint32 bank = _adviser(seed, story);
        _as(bank);
        letters.advise(story.id, true);
        if (story.advised && bank == story.issuance.secondAdvisingBank) {
            (story.secondAdvised, story.secondAdviceDeclined) = (true, false);
        } else if (bank == story.issuance.advisingBank) {
            (story.advised, story.adviceDeclined) = (true, false);
        }
    }

    function declineAdvice(uint256 seed_) external told("declineAdvice") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        uint32 bank = _adviser(seed, story);
        _as(bank);
        letters.declineAdvice(story.id);
        if (story.advised) story.secondAdviceDeclined = true;
        else story.adviceDeclined = true;
    }

    function requestConfirmation(uint256 seed_) external told("requestConfirmation") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        uint32 bank = [CONFIRMER, ADVISER, ISSUER, uint32(0)][_pick(seed, 4)];
        uint32 member = _mostly(seed, story.bank);
        _as(member);
        letters.requestConfirmation(story.id, bank);
        if (isSuspended[member] || isSuspended[bank]) outOfStanding = "requestConfirmation";
        story.named = bank;
    }

    function confirm(uint256 seed_) external told("confirm") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        uint32 bank = _mostly(seed, story.named);
        _as(bank);
        letters.confirm(story.id);
        if (isSuspended[bank]) outOfStanding = "confirm";
        (story.confirmer, story.confirmedBy) = (story.named, bank);
        story.confirmations++;
        story.even = uint8(story.accepted.length);
        delete story.followed;
    }

    function declineConfirmation(uint256 seed_) external told("declineConfirmation") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        _as(_mostly(seed, story.named));
        letters.declineConfirmation(story.id);
    }

    /* AMENDMENTS */

    function amend(uint256 seed_) external told("amend") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        Amendment memory amendment;
        amendment.number = uint8(story.amendments.length + 1 + (_pick(seed, 20) == 0 ? 1 : 0));
        amendment.terms = bytes32(_pick(seed, type(uint256).max)) | bytes32(uint256(1));
        if (!story.isIssued || _pick(seed, 10) == 0) amendment.cancels = true;
        else _fill(seed, amendment, story.issuance.amount);
        uint32 member = _mostly(seed, story.bank);
        _as(member);
        letters.amend(story.id, amendment);
        if (isSuspended[member] && (amendment.increase != 0 && amendment.decrease == 0) && !amendment.setsTolerance) {
            outOfStanding = "amend";
        }
        story.amendments.push().issued = amendment;
    }

    function extendConfirmation(uint256 seed_) external told("extendConfirmation") {
        uint256[1] memory seed = [seed_];
        (CreditStory storage story, uint8 number) = _uncovered(seed);
        uint32 bank = _mostly(seed, story.named);
        _as(bank);
        letters.extendConfirmation(story.id, number);
        AmendmentStory storage found = story.amendments[number - 1];
        (found.covered, found.declined) = (true, false);
        if (found.issued.cancels) {
            found.bankAgreed = true;
            if (found.beneficiaryAgreed) _cancelled(story);
        } else if (found.accepted) {
            story.followed.push(number);
            _catchUp(story);
        }
    }

    function declineExtension(uint256 seed_) external told("declineExtension") {
        uint256[1] memory seed = [seed_];
        (CreditStory storage story, uint8 number) = _uncovered(seed);
        _as(_mostly(seed, story.named));
        letters.declineExtension(story.id, number);
        story.amendments[number - 1].declined = true;
    }

    function acceptAmendment(uint256 seed_) external told("acceptAmendment") {
        uint256[1] memory seed = [seed_];
        (CreditStory storage story, uint8 number) = _amendment(seed);
        uint32 member = _mostly(seed, _principal(story));
        bytes32 mandate = bytes32(_pick(seed, 3));
        _as(member);
        letters.acceptAmendment(story.id, number, mandate);
        AmendmentStory storage found = story.amendments[number - 1];
        if (!found.issued.cancels) {
            _merge(story, number, member, mandate, false);
            return;
        }
        found.beneficiaryAgreed = true;
        found.answers++;
        (found.answeredBy, found.mandate) = (member, mandate);
        if (story.confirmations == 0 || found.bankAgreed) _cancelled(story);
    }

    function rejectAmendment(uint256 seed_) external told("rejectAmendment") {
        uint256[1] memory seed = [seed_];
        (CreditStory storage story, uint8 number) = _amendment(seed);
        uint32 member = _mostly(seed, _principal(story));
        bytes32 mandate = bytes32(_pick(seed, 3));
        _as(member);
        letters.rejectAmendment(story.id, number, mandate);
        AmendmentStory storage found = story.amendments[number - 1];
        found.rejected = true;
        found.answers++;
        (found.answeredBy, found.mandate) = (member, mandate);
    }

    /* STAYS */

    function stay(uint256 seed_) external told("stay") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        uint40 until =
            uint40(block.timestamp + [uint256(1), 1 days, 2 days, 5 days, 400 days, 401 days][_pick(seed, 6)]);
        uint32 member = _mostly(seed, AUTHORITY);
        _as(member);
        letters.stay(story.id, until, bytes32(uint256(1)));
        (story.isStayed, story.stayedUntil, story.stayedAt) = (true, until, uint40(block.timestamp));
        story.stayedBy = member;
    }

    function liftStay(uint256 seed_) external told("liftStay") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        for (uint256 i = _credits.length; i > 0 && _pick(seed, 20) != 0; --i) {
            if (story.isStayed && block.timestamp <= story.stayedUntil) break;
            story = _credits[i - 1];
        }
        _as(_mostly(seed, AUTHORITY));
        letters.liftStay(story.id, bytes32(uint256(2)));
        (story.isStayed, story.stayedUntil, story.stayedBy) = (false, 0, 0);
    }

    /* INTERNALS */

    function _terms(uint256[1] memory seed) private view returns (uint32 bank, Issuance memory terms) {
        bank = _mostly(seed, [ISSUER, ISSUER, CENTRAL, LATE][_pick(seed, 4)]);
        uint256 today = block.timestamp / 1 days;
        // Now and then under a reference that was used.
        terms.bankReference = bytes16(uint128(_credits.length + 1 - (_pick(seed, 8) == 0 ? 1 : 0)) << 64);
        terms.beneficiary = [BENEFICIARY, BENEFICIARY, FORWARDER, uint32(0)][_pick(seed, 4)];
        terms.advisingBank = [ADVISER, ADVISER, CENTRAL, uint32(0)][_pick(seed, 4)];
        terms.secondAdvisingBank = [uint32(0), CONFIRMER, CENTRAL][_pick(seed, 3)];
        terms.nominatedBank = [uint32(0), ADVISER, ADVISER, LATE][_pick(seed, 4)];
        terms.confirmingBank = [CONFIRMER, CONFIRMER, ADVISER, uint32(0)][_pick(seed, 4)];
        terms.amount = uint64(_pick(seed, 1_000_000));
        terms.currency = _pick(seed, 8) == 0 ? USD : CNY;
        terms.plusTolerance = _pick(seed, 3) == 0 ? 10 : 0;
        terms.minusTolerance = _pick(seed, 3) == 0 ? 5 : 0;
        terms.expiry = uint16(today + [uint256(3), 10, 30, 60][_pick(seed, 4)]);
        terms.presentationPeriod = uint16([uint256(0), 5, 15][_pick(seed, 3)]);
        terms.availability = Availability(1 + _pick(seed, 4));
        terms.partialForbidden = _pick(seed, 4) == 0;
        terms.anyBank = _pick(seed, 6) == 0;
        terms.switches = _pick(seed, 3) == 0 ? uint16(_pick(seed, 8)) : 0;
        terms.terms = bytes32(_pick(seed, type(uint256).max)) | bytes32(uint256(1));
        _usance(seed, terms, today);
    }

    function _usance(uint256[1] memory seed, Issuance memory terms, uint256 today) private pure {
        bool atSight = terms.availability == Availability.SightPayment
            || (terms.availability == Availability.Negotiation && _pick(seed, 2) == 0);
        if (atSight) return;
        terms.tenorFrom = MaturityFrom(1 + _pick(seed, 3));
        terms.tenor = uint16(1 + _pick(seed, 90));
        if (terms.tenorFrom == MaturityFrom.FixedDate) terms.tenor += uint16(today);
    }

    function _fill(uint256[1] memory seed, Amendment memory amendment, uint64 amount) private view {
        uint256 today = block.timestamp / 1 days;
        uint256 pick = _pick(seed, 5);
        if (pick < 2) amendment.increase = uint64(_pick(seed, uint256(amount) + 1));
        else if (pick < 4) amendment.decrease = uint64(_pick(seed, uint256(amount) + 1));
        if (_pick(seed, 3) == 0) amendment.expiry = uint16(today + _pick(seed, 90));
        if (_pick(seed, 3) == 0) amendment.latestShipment = uint16(today + _pick(seed, 60));
        if (_pick(seed, 3) == 0) amendment.presentationPeriod = 5;
        if (_pick(seed, 4) == 0) (amendment.setsTolerance, amendment.plusTolerance) = (true, 5);
    }

    function _begin(bytes32 id, uint32 bank, Issuance memory terms) private returns (CreditStory storage story) {
        if (isSuspended[bank]) outOfStanding = "issue";
        if (_placeOf[id] == 0) {
            _credits.push();
            _placeOf[id] = _credits.length;
            story = _credits[_credits.length - 1];
            (story.id, story.bank, story.issuance, story.named) = (id, bank, terms, terms.confirmingBank);
        } else {
            story = _credits[_placeOf[id] - 1];
        }
        story.begun++;
    }

    /// @dev A recent credit.
    function _letter(uint256[1] memory seed) internal view returns (CreditStory storage) {
        return _credits[_recent(seed, _credits.length, FEW)];
    }

    function _preAdvised(uint256[1] memory seed) private view returns (CreditStory storage story) {
        story = _letter(seed);
        for (uint256 i = _credits.length; i > 0 && story.isIssued && _pick(seed, 20) != 0; --i) {
            story = _credits[i - 1];
        }
    }

    /// @dev A recent credit that has amendments, with one of them.
    function _amendment(uint256[1] memory seed) private view returns (CreditStory storage story, uint8 number) {
        story = _letter(seed);
        for (uint256 i = _credits.length; i > 0 && story.amendments.length == 0; --i) {
            story = _credits[i - 1];
        }
        require(story.amendments.length != 0, "nothing");
        number = uint8(_recent(seed, story.amendments.length, 3)) + 1;
    }

    /// @dev Mostly an amendment that the confirming bank may extend to.
    function _uncovered(uint256[1] memory seed) private view returns (CreditStory storage story, uint8 number) {
        (story, number) = _amendment(seed);
        for (uint256 i = _credits.length; i > 0 && _pick(seed, 15) != 0; --i) {
            if (story.confirmations != 0 && !story.isCancelled) {
                for (uint256 n = story.amendments.length; n > 0; --n) {
                    if (!story.amendments[n - 1].covered && !story.amendments[n - 1].rejected) {
                        return (story, uint8(n));
                    }
                }
            }
            story = _credits[i - 1];
        }
    }

    function _adviser(uint256[1] memory seed, CreditStory storage story) private view returns (uint32) {
        bool second = story.advised || _pick(seed, 10) == 0;
        return _mostly(seed, second ? story.issuance.secondAdvisingBank : story.issuance.advisingBank);
    }

    function _principal(CreditStory storage story) internal pure returns (uint32) {
        CreditStory memory copy = story;
        return copy.principal();
    }

    function _reference(CreditStory storage story) private view returns (bytes16) {
        return story.issuance.bankReference;
    }

    function _cancelled(CreditStory storage story) private {
        story.isCancelled = true;
        story.last = _standingStill(letters.credit(story.id));
    }

    function _standingStill(Credit memory found) private pure returns (bytes32) {
        return keccak256(abi.encode(found.amendments, found.version, found.confirmed, found.issuance));
    }

    function _packed(Issuance memory terms) private pure returns (PackedIssuance memory packed) {
        packed.bankReference = terms.bankReference;
        packed.terms = terms.terms;
        packed.parties = uint256(terms.beneficiary) << 160 | uint256(terms.advisingBank) << 128
            | uint256(terms.secondAdvisingBank) << 96 | uint256(terms.nominatedBank) << 64
            | uint256(terms.confirmingBank) << 32;
        packed.numbers = uint256(terms.amount) << 64 | uint256(terms.expiry) << 128 | uint256(terms.presentationPeriod)
            << 160 | uint256(terms.plusTolerance) << 170 | uint256(terms.minusTolerance) << 177
            | uint256(terms.currency) << 200;
        packed.numbers |= uint256(terms.tenor) << 210 | uint256(terms.tenorFrom) << 226 | uint256(terms.availability)
        << 228 | uint256(terms.switches) << 246;
        if (terms.partialForbidden) packed.numbers |= 1 << 235;
        if (terms.anyBank) packed.numbers |= 1 << 236;
    }
}

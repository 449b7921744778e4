// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clock} from "interfaces/IBankingCalendar.sol";
import {PresenterInstruction} from "interfaces/IDisposals.sol";
import {Amendment} from "interfaces/ILetterOfCredit.sol";
import {
    Disposal,
    IPresentations,
    Lodging,
    Presentation,
    PresentationKey,
    PresentationState
} from "interfaces/IPresentations.sol";
import {ADVISER, BENEFICIARY, FORWARDER, LATE_CALENDAR, START} from "tests/proofs/credits/Alliance.t.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";
import {AmendmentStory, CreditStory, DocumentStory, Reading, Terms} from "tests/proofs/credits/CreditStories.t.sol";
import {LetterActs} from "tests/proofs/credits/LetterActs.t.sol";

/// @title Acts around documents (machine C).
abstract contract DocumentActs is LetterActs {
    using Reading for CreditStory;
    using Reading for Terms;

    uint256 private constant SOME = 10;

    /// @dev The late calendar's next span.
    uint16 private _span = uint16(START / 1 days / 192);

    uint8 private constant LATE_FLAG = 1;
    uint8 private constant OVERDRAWN = 2;
    uint8 private constant SHORT = 4;
    uint8 private constant NOT_IN_FORCE = 16;

    function recordMandate(uint256 seed_) external told("recordMandate") {
        uint256[1] memory seed = [seed_];
        CreditStory storage story = _letter(seed);
        uint32 presenter = [FORWARDER, ADVISER, BENEFICIARY][_pick(seed, 3)];
        uint32 member = _mostly(seed, _principal(story));
        _as(member);
        presentations.recordMandate(story.id, presenter, bytes32(uint256(1)));
        story.mandates |= 1 << presenter;
        if (member != _principal(story)) story.foreignMandates |= 1 << presenter;
    }

    function lodge(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        (uint256 place, Lodging memory lodging) = _lodging(seed);
        uint32 member = _mostly(seed, lodging.key.presenter);
        VM.recordLogs();
        _as(member);
        (bool passed, bytes memory answer) =
            address(presentations).call(abi.encodeCall(IPresentations.lodge, (lodging)));
        if (!passed) {
            _requireGoodReason(bytes4(answer));
            return;
        }
        if (VM.getRecordedLogs().length == 0) silent = "lodge";
        _lodged(place, lodging, member);
    }

    function fixDeadline(uint256 seed_) external told("fixDeadline") {
        uint256[1] memory seed = [seed_];
        uint256 place = _recent(seed, _documents.length, SOME);
        for (uint256 i = _documents.length; i > 0; --i) {
            if (_documents[place].deadline == 0 && _standing(place) == PresentationState.Lodged) break;
            place = i - 1;
        }
        if (_pick(seed, 2) == 0) _publish();
        presentations.fixDeadline(_keyOf(place));
        uint40 deadline = presentations.presentation(_documents[place].id).deadline;
        if (_documents[place].deadline == 0) _documents[place].deadline = deadline;
        else _documents[place].deadline = type(uint40).max;
    }

    /* EXAMINATION */

    function findComplying(uint256 seed_) external told("findComplying") {
        uint256[1] memory seed = [seed_];
        uint256 place = _lodgedOne(seed);
        uint8 flags = presentations.presentation(_documents[place].id).flags;
        _as(_mostly(seed, _keyOf(place).examiner));
        bytes32 id = presentations.findComplying(_keyOf(place));
        _documents[place].flagged = flags;
        _arose(place, id, PresentationState.Complying);
    }

    function findComplyingWith(uint256 seed_) external told("findComplyingWith") {
        uint256[1] memory seed = [seed_];
        uint256 place = _lodgedOne(seed);
        CreditStory storage story = _credits[_documents[place].credit];
        uint256 mask;
        if (story.amendments.length != 0 && _pick(seed, 3) != 0) {
            mask = 1 << _pending(seed, story);
            if (_pick(seed, 2) == 0) _name(place, mask);
        }
        bool recourse = _pick(seed, 6) == 0;
        if (mask == 0) _documents[place].flagged = presentations.presentation(_documents[place].id).flags;
        _as(_mostly(seed, _keyOf(place).examiner));
        bytes32 id = presentations.findComplyingWith(_keyOf(place), mask, recourse);
        for (uint256 number = 1; mask >> number != 0; ++number) {
            if (mask >> number & 1 == 0) continue;
            bool isNamed = _documents[place].named >> number & 1 == 1;
            if (!isNamed && _onlyTakes(story, number)) unnamedLoss = "findComplyingWith";
            _merge(story, uint8(number), 0, 0, true);
        }
        _arose(place, id, PresentationState.Complying);
    }

    function nameAmendments(uint256 seed_) external told("nameAmendments") {
        uint256[1] memory seed = [seed_];
        uint256 place = _lodgedOne(seed);
        uint256 mask = _pick(seed, 256);
        _as(_mostly(seed, _keyOf(place).presenter));
        presentations.nameAmendments(_keyOf(place), mask);
        _documents[place].named |= mask;
    }

    function acceptOutOfHours(uint256 seed_) external told("acceptOutOfHours") {
        uint256[1] memory seed = [seed_];
        uint256 place = _lodgedOne(seed);
        for (uint256 i = _documents.length; i > 0 && _pick(seed, 8) != 0; --i) {
            uint256 hour = _documents[place].received / 1 hours % 24;
            if (hour > 8 && _standing(place) == PresentationState.Lodged) break;
            place = i - 1;
        }
        _as(_mostly(seed, _keyOf(place).examiner));
        presentations.acceptOutOfHours(_keyOf(place));
        DocumentStory storage story = _documents[place];
        (story.acceptedOutOfHours, story.acceptedAt) = (true, uint40(block.timestamp));
        story.deadlineBefore = story.deadline;
        story.deadline = presentations.presentation(story.id).deadline;
    }

    function acceptDiscrepancies(uint256 seed_) external told("acceptDiscrepancies") {
        uint256[1] memory seed = [seed_];
        uint256 place = _pick(seed, 2) == 0 ? _refusedOne(seed) : _lodgedOne(seed);
        bool recourse = _pick(seed, 5) == 0;
        _as(_mostly(seed, _keyOf(place).examiner));
        bytes32 id = presentations.acceptDiscrepancies(_keyOf(place), bytes32(uint256(1)), recourse);
        _arose(place, id, PresentationState.Waived);
    }

    function ask(uint256 seed_) external told("ask") {
        uint256[1] memory seed = [seed_];
        uint256 place = _lodgedOne(seed);
        uint32 examiner = _keyOf(place).examiner;
        _as(_mostly(seed, examiner));
        if (examiner == _credits[_documents[place].credit].bank) {
            forwarding.askForWaiver(_keyOf(place), bytes32(uint256(1)));
        } else {
            forwarding.askForAuthority(_keyOf(place), bytes32(uint256(1)));
        }
    }

    function refuse(uint256 seed_) external told("refuse") {
        uint256[1] memory seed = [seed_];
        uint256 place = _lodgedOne(seed);
        uint256 discrepancies = _pick(seed, 10) == 0 ? 0 : 1 << _pick(seed, 26);
        Disposal disposal = Disposal([uint256(0), 1, 1, 1, 2, 3, 4][_pick(seed, 7)]);
        _as(_mostly(seed, _keyOf(place).examiner));
        presentations.refuse(_keyOf(place), discrepancies, disposal, bytes32(uint256(1)));
        DocumentStory storage story = _documents[place];
        story.refusals++;
        (story.refusedAt, story.discrepancies, story.disposal) = (uint40(block.timestamp), discrepancies, disposal);
    }

    function instruct(uint256 seed_) external told("instruct") {
        uint256[1] memory seed = [seed_];
        PresenterInstruction instruction = PresenterInstruction(1 + _pick(seed, 3));
        bool isBefore = instruction == PresenterInstruction.Beforehand;
        uint256 place = isBefore ? _lodgedOne(seed) : _refusedOne(seed);
        _as(_mostly(seed, _keyOf(place).presenter));
        disposals.instruct(_keyOf(place), instruction, bytes32(uint256(1)));
        DocumentStory storage story = _documents[place];
        if (instruction == PresenterInstruction.Beforehand) story.instructed = true;
        else if (instruction == PresenterInstruction.TakeUp) story.takeUp = true;
        else story.returnDue = true;
    }

    function recordReturn(uint256 seed_) external told("recordReturn") {
        uint256[1] memory seed = [seed_];
        uint256 place = _refusedOne(seed);
        _as(_mostly(seed, _keyOf(place).examiner));
        disposals.recordReturn(_keyOf(place), bytes32(uint256(1)));
        _documents[place].sentBack++;
    }

    function forward(uint256 seed_) external told("forward") {
        uint256[1] memory seed = [seed_];
        uint256 place = _recent(seed, _documents.length, SOME);
        CreditStory storage letter = _credits[_documents[place].credit];
        for (uint256 i = _documents.length; i > 0 && _keyOf(place).examiner == letter.bank; --i) {
            place = i - 1;
            letter = _credits[_documents[place].credit];
        }
        uint32 to = _pick(seed, 4) == 0 ? letter.named : letter.bank;
        uint32 member = _mostly(seed, _keyOf(place).examiner);
        _as(member);
        bytes32 id = forwarding.forward(_keyOf(place), to, uint8(1 + _pick(seed, 3)), bytes32(uint256(1)));
        _forwarded(place, id, to, member);
    }

    function claimPrecluded(uint256 seed_) external told("claimPrecluded") {
        uint256[1] memory seed = [seed_];
        uint256 place = _silentOne(seed);
        uint32 right = _pick(seed, 2) == 0 ? _documents[place].payee : _keyOf(place).presenter;
        _as(_mostly(seed, right));
        bytes32 id = presentations.claimPrecluded(_keyOf(place));
        _arose(place, id, PresentationState.Claimed);
    }

    /* INTERNALS */

    /// @dev Some days more of the calendar that is published late.
    function _publish() internal {
        if (_span <= START / 1 days / 192 + 4) alliance.publish(LATE_CALENDAR, _span++);
    }

    /// @dev The presenter presents on an amendment.
    function _name(uint256 place, uint256 mask) private {
        uint32 presenter = _keyOf(place).presenter;
        _as(presenter);
        presentations.nameAmendments(_keyOf(place), mask);
        _documents[place].named |= mask;
    }

    /// @dev Whether an amendment takes from the amount and gives nothing.
    function _onlyTakes(CreditStory storage story, uint256 number) private view returns (bool) {
        Amendment memory each = story.amendments[number - 1].issued;
        bool changesMore =
            each.expiry != 0 || each.latestShipment != 0 || each.presentationPeriod != 0 || each.setsTolerance;
        CreditStory memory copy = story;
        // A decrease may lie within what an earlier one took already.
        bool takes = each.decrease != 0 && copy.inForce().amount > 0;
        return takes && !changesMore && !story.issuance.partialForbidden;
    }

    function _lodging(uint256[1] memory seed) private view returns (uint256 place, Lodging memory lodging) {
        place = _recent(seed, _credits.length, FEW);
        CreditStory memory story = _credits[place];
        uint32[4] memory banks = [story.bank, story.bank, story.issuance.nominatedBank, story.named];
        lodging.key.creditId = story.id;
        lodging.key.examiner = _mostly(seed, banks[_pick(seed, 4)]);
        lodging.key.presenter = story.issuance.beneficiary;
        if (lodging.key.presenter == 0 || _pick(seed, 4) == 0) {
            lodging.key.presenter = [FORWARDER, ADVISER][_pick(seed, 2)];
        }
        lodging.key.number = uint8(1 + _pick(seed, 4));
        uint256 left = letters.credit(story.id).drawn;
        uint256 ceiling = story.binding(lodging.key.examiner).ceiling();
        left = ceiling > left ? ceiling - left : 0;
        lodging.amount = uint64([left, left / 2, left / 3, left / 5, left + 1, 0][_pick(seed, 6)]);
        if (_pick(seed, 3) != 0) lodging.shipped = uint16(block.timestamp / 1 days - _pick(seed, 20));
        lodging.payPresenter = _pick(seed, 3) == 0;
        lodging.documents = bytes32(uint256(1));
    }

    /// @dev Fails as the contract did, for a reason for which documents may be turned away; any other is taken down.
    function _requireGoodReason(bytes4 reason) private {
        require(
            reason != IPresentations.NotPresenter.selector && reason != IPresentations.NoMandate.selector
                && reason != IPresentations.BankNotPermitted.selector
                && reason != IPresentations.PresentationExists.selector,
            "turned away"
        );
        turnedAway = reason;
    }

    function _lodged(uint256 place, Lodging memory lodging, uint32 member) private {
        bytes32 id = presentations.presentationIdOf(lodging.key);
        if (_placeOf[id] != 0) {
            _documents[_placeOf[id] - 1].lodgings++;
            return;
        }
        CreditStory memory letter = _credits[place];
        DocumentStory storage story = _newDocuments(id, place, lodging, member);
        uint32 presenter = lodging.key.presenter;
        uint32 beneficiary = letter.issuance.beneficiary;
        story.payee = lodging.payPresenter || beneficiary == 0 ? presenter : beneficiary;
        story.hadRight = presenter == beneficiary || letter.mandates >> presenter & 1 == 1;
        story.inForce = letter.isIssued && !letter.isCancelled;
        story.bound = letter.binds(lodging.key.examiner) && story.inForce;
        Presentation memory found = presentations.presentation(id);
        (story.deadline, story.seen) = (found.deadline, found.flags);
        story.due = _flags(letter, lodging);
    }

    function _newDocuments(bytes32 id, uint256 credit_, Lodging memory lodging, uint32 member)
        internal
        returns (DocumentStory storage story)
    {
        _documents.push();
        _placeOf[id] = _documents.length;
        story = _documents[_documents.length - 1];
        (story.id, story.credit, story.lodging) = (id, credit_, lodging);
        (story.lodgedBy, story.received, story.lodgings) = (member, uint40(block.timestamp), 1);
    }

    /// @dev What the chain should see of documents that are lodged now.
    function _flags(CreditStory memory letter, Lodging memory lodging) private view returns (uint8 flags) {
        Terms memory terms = letter.binding(lodging.key.examiner);
        uint256 drawn = letters.credit(letter.id).drawn;
        uint256 ceiling = terms.ceiling();
        if (lodging.amount > (ceiling > drawn ? ceiling - drawn : 0)) flags |= OVERDRAWN;
        if (lodging.amount == 0 || lodging.amount < _least(letter, terms)) flags |= SHORT;
        Clock memory clock = _clock(lodging.key.examiner, block.timestamp);
        uint256 last = terms.expiry;
        uint256 period = terms.presentationPeriod;
        if (period == 0 && letter.issuance.switches & 1 == 0) period = 21;
        if (lodging.shipped != 0 && period != 0 && lodging.shipped + period < last) last = lodging.shipped + period;
        bool late = letter.issuance.switches & 2 == 0 ? clock.previousDay >= last : clock.receiptDay > last;
        if (late && clock.receiptDay != 0) flags |= LATE_FLAG;
        if (!letter.isIssued || letter.isCancelled) flags |= NOT_IN_FORCE;
    }

    function _least(CreditStory memory letter, Terms memory terms) private pure returns (uint256) {
        if (!letter.issuance.partialForbidden) return 0;
        uint256 percent = terms.minusTolerance;
        if (terms.plusTolerance == 0 && terms.minusTolerance == 0) {
            percent = letter.issuance.switches & 4 == 0 ? 5 : 0;
        }
        return (terms.positive() * (100 - percent) + 99) / 100;
    }

    function _forwarded(uint256 place, bytes32 id, uint32 to, uint32 member) private {
        DocumentStory storage from = _documents[place];
        CreditStory memory letter = _credits[from.credit];
        bool honoured = from.decisions != 0;
        if (from.onward != 0) {
            PresentationState there = _standing(_placeOf[from.onward] - 1);
            from.inTwoPlaces =
                from.inTwoPlaces || (there != PresentationState.ReturnDue && there != PresentationState.Returned);
        }
        from.fromItsIssuer = from.fromItsIssuer || from.lodging.key.examiner == letter.bank;
        from.toAStranger = from.toAStranger || !letter.binds(to) || to == from.lodging.key.examiner;
        from.onward = id;
        if (!honoured) from.sentOn = true;

        Presentation memory found = presentations.presentation(id);
        Lodging memory lodging = from.lodging;
        (lodging.key.presenter, lodging.key.examiner) = (lodging.key.examiner, to);
        lodging.key.number = _numberOf(lodging.key, id);
        uint32 payee = honoured ? lodging.key.presenter : from.payee;
        if (honoured) lodging.amount = _debts[_placeOf[from.debt] - 1].amount;
        uint256 credit_ = from.credit;
        DocumentStory storage story = _newDocuments(id, credit_, lodging, member);
        (story.payee, story.source, story.honoured) = (payee, place + 1, honoured);
        story.inForce = honoured || _documents[place].inForce;
        (story.bound, story.hadRight) = (story.inForce, true);
        (story.deadline, story.seen, story.due) = (found.deadline, found.flags, found.flags);
    }

    function _numberOf(PresentationKey memory key, bytes32 id) internal pure returns (uint8) {
        for (key.number = 1; key.number < 4; ++key.number) {
            if (keccak256(abi.encode(key)) == id) break;
        }
        return key.number;
    }

    /// @dev Mostly one that waits for a decision.
    function _lodgedOne(uint256[1] memory seed) internal view returns (uint256 place) {
        place = _recent(seed, _documents.length, SOME);
        for (uint256 i = _documents.length; i > 0 && _pick(seed, 8) != 0; --i) {
            if (_standing(place) == PresentationState.Lodged) return place;
            place = i - 1;
        }
    }

    /// @dev Mostly one that was refused, and has not gone back.
    function _refusedOne(uint256[1] memory seed) private view returns (uint256 place) {
        place = _recent(seed, _documents.length, SOME);
        for (uint256 i = _documents.length; i > 0 && _pick(seed, 12) != 0; --i) {
            PresentationState state = _standing(place);
            if (state == PresentationState.Refused || state == PresentationState.ReturnDue) return place;
            place = i - 1;
        }
    }

    /// @dev The number of an amendment, mostly a pending one.
    function _pending(uint256[1] memory seed, CreditStory storage story) private view returns (uint256 number) {
        number = 1 + _pick(seed, story.amendments.length);
        for (uint256 i = story.amendments.length; i > 0 && story.amendments[number - 1].answers != 0; --i) {
            number = i;
        }
    }

    /// @dev Mostly one whose bank is precluded.
    function _silentOne(uint256[1] memory seed) private view returns (uint256 place) {
        place = _recent(seed, _documents.length, SOME);
        for (uint256 i = _documents.length; i > 0 && _pick(seed, 10) != 0; --i) {
            DocumentStory storage story = _documents[place];
            bool isOver = story.deadline != 0 && block.timestamp > story.deadline;
            if (_standing(place) == PresentationState.Lodged && isOver) return place;
            place = i - 1;
        }
    }
}

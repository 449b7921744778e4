// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ObligationState} from "interfaces/IPaymentObligations.sol";
import {Lodging, Presentation, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";
import {
    ADVISER,
    Alliance,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNY,
    FORWARDER,
    LATE,
    MEMBERS,
    START
} from "tests/proofs/credits/Alliance.t.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";
import {CreditStory, DebtStory, DocumentStory, Due, Reading} from "tests/proofs/credits/CreditStories.t.sol";
import {DocumentActs} from "tests/proofs/credits/DocumentActs.t.sol";
import {Stories} from "tests/proofs/credits/Stories.t.sol";

/// @title Acts around what banks owe, cash and time (machine D).
abstract contract ObligationActs is DocumentActs {
    using Reading for CreditStory;
    using Reading for DebtStory;

    uint256 private constant SEVERAL = 8;

    uint256 private _references;

    function pay(uint256 seed_) external told("pay") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _payable(seed);
        uint32 member = _mostly(seed, story.debtor);
        uint256[MEMBERS] memory before = _balances();
        uint256 place = _placeOf[story.id] - 1;
        Due memory due_ = _due(place);
        _as(member);
        obligations.pay(story.id);
        if (_paidInstead(place)) paidTwice = "pay";
        _paid(story, due_, member, before, story.amount);
        story.ended = ObligationState.Paid;
    }

    function agreePrepayment(uint256 seed_) external told("agreePrepayment") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _usance(seed);
        uint64 proceeds = uint64([uint256(story.amount), story.amount * 9 / 10, 0][_pick(seed, 3)]);
        _as(_mostly(seed, story.owner));
        obligations.agreePrepayment(story.id, proceeds);
        story.agreed = proceeds;
    }

    function prepay(uint256 seed_) external told("prepay") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _usance(seed);
        for (uint256 i = _debts.length; i > 0; --i) {
            bool isOpen = story.ends == 0 && block.timestamp > story.stayedUntil && story.currency == CNY;
            bool isFunded = held[story.debtor] >= story.amount;
            if (isOpen && isFunded && story.agreed != 0 && block.timestamp + 1 days < story.maturity) break;
            story = _debts[i - 1];
        }
        if (story.agreed == 0 && _pick(seed, 8) != 0) {
            // The owner agrees on the spot.
            story = _usance(seed);
            _as(story.owner);
            obligations.agreePrepayment(story.id, story.amount * 9 / 10);
            story.agreed = story.amount * 9 / 10;
        }
        uint64 proceeds = _pick(seed, 6) == 0 ? story.amount : story.agreed;
        uint32 member = _mostly(seed, story.debtor);
        uint256[MEMBERS] memory before = _balances();
        uint256 place = _placeOf[story.id] - 1;
        Due memory due_ = _due(place);
        _as(member);
        obligations.prepay(story.id, proceeds);
        if (_paidInstead(place)) paidTwice = "prepay";
        story.agreedThen = story.agreed;
        story.agreed = 0;
        _paid(story, due_, member, before, proceeds);
        story.ended = ObligationState.Prepaid;
    }

    function attestPayment(uint256 seed_) external told("attestPayment") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _owed(seed);
        Due memory due_ = _due(_placeOf[story.id] - 1);
        uint32 member = _mostly(seed, _pick(seed, 2) == 0 && due_.assigned != 0 ? due_.assignee : due_.owner);
        _as(member);
        obligations.attestPayment(story.id, bytes32(uint256(1)));
        if (member == due_.owner) due_.ownerPaid = true;
        else due_.assigneePaid = true;
        bool isOwnerDone = due_.ownerPaid || due_.assigned == story.amount;
        if (isOwnerDone && (due_.assigned == 0 || due_.assigneePaid)) {
            story.ends++;
            story.ended = ObligationState.Paid;
            (story.endedAt, story.paidTo) = (uint40(block.timestamp), due_.owner);
        } else {
            // What is left is so on each of those that are for the drawing.
            DebtStory storage holder = _debts[due_.holder - 1];
            (holder.ownerAttested, holder.assigneeAttested) = (due_.ownerPaid, due_.assigneePaid);
        }
    }

    function settleByCounterpart(uint256 seed_) external told("settleByCounterpart") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _borneByAnother(seed);
        _as(_mostly(seed, _pick(seed, 2) == 0 ? story.debtor : story.owner));
        obligations.settleByCounterpart(story.id);
        if (!_paidInstead(_placeOf[story.id] - 1)) paidTwice = "settled although nobody paid";
        story.ends++;
        story.ended = ObligationState.Settled;
    }

    function presentUnpaid(uint256 seed_) external told("presentUnpaid") {
        _turnFrom([seed_]);
    }

    function assignProceeds(uint256 seed_) external told("assignProceeds") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _owed(seed);
        uint32 assignee = [FORWARDER, ADVISER, BENEFICIARY][_pick(seed, 3)];
        uint64 amount = uint64([uint256(story.amount), story.amount / 2, 0, story.amount + 1][_pick(seed, 4)]);
        uint32 member = _mostly(seed, story.owner);
        _as(member);
        obligations.assignProceeds(story.id, assignee, amount, bytes32(uint256(1)));
        if (story.follows != 0 || story.followedBy != 0 || story.turnedAway) story.assignedWhileTwoOwed = true;
        if (story.assignments == 0) (story.assignee, story.assigned) = (assignee, amount);
        story.assignments++;
    }

    function stayPayment(uint256 seed_) external told("stayPayment") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _owed(seed);
        uint40 until =
            uint40(block.timestamp + [uint256(1), 1 days, 2 days, 3 days, 400 days, 401 days][_pick(seed, 6)]);
        uint32 member = _mostly(seed, AUTHORITY);
        _as(member);
        obligations.stayPayment(story.id, until, bytes32(uint256(1)));
        (story.stayedUntil, story.stayedAt, story.stayedBy) = (until, uint40(block.timestamp), member);
    }

    function liftPaymentStay(uint256 seed_) external told("liftPaymentStay") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _owed(seed);
        for (uint256 i = _debts.length; i > 0 && story.stayedUntil < block.timestamp; --i) {
            story = _debts[i - 1];
        }
        _as(_mostly(seed, AUTHORITY));
        obligations.liftPaymentStay(story.id, bytes32(uint256(2)));
        (story.stayedUntil, story.stayedBy) = (0, 0);
    }

    /* CASH, STANDING AND TIME */

    function mint(uint256 seed_) external told("mint") {
        uint256[1] memory seed = [seed_];
        uint32 member = CENTRAL + uint32(_pick(seed, LATE - CENTRAL + 1));
        uint256 amount = _pick(seed, 5_000_000);
        _as(CENTRAL);
        cash.mint(member, amount, bytes32(++_references));
        held[member] += amount;
        minted += amount;
    }

    function standing(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint32 member = CENTRAL + uint32(_pick(seed, LATE - CENTRAL + 1));
        if (isSuspended[member]) alliance.reinstate(member);
        else if (_pick(seed, 4) == 0) alliance.suspend(member);
        else return;
        isSuspended[member] = !isSuspended[member];
    }

    function publish(uint256 seed_) external {
        if (seed_ % 2 == 0) _publish();
    }

    function wait(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 time = block.timestamp + _pick(seed, 3 days);
        uint256 pick = _pick(seed, 5);
        if (pick == 0 && _documents.length != 0) {
            uint256 deadline = _documents[_recent(seed, _documents.length, SEVERAL)].deadline;
            if (deadline > block.timestamp + 1) time = deadline + _pick(seed, 3) - 1;
        } else if (pick == 1 && _debts.length != 0) {
            uint256 maturity = _debts[_recent(seed, _debts.length, SEVERAL)].maturity;
            if (maturity > block.timestamp) time = maturity;
        }
        if (time < START + 600 days) VM.warp(time);
    }

    /* INTERNALS */

    /// @dev Mostly one that is open.
    function _owed(uint256[1] memory seed) private view returns (DebtStory storage story) {
        story = _debts[_recent(seed, _debts.length, SEVERAL)];
        for (uint256 i = _debts.length; i > 0 && story.ends != 0 && _pick(seed, 10) != 0; --i) {
            story = _debts[i - 1];
        }
    }

    /// @dev Mostly one that its debtor can pay.
    function _payable(uint256[1] memory seed) private view returns (DebtStory storage story) {
        story = _owed(seed);
        for (uint256 i = _debts.length; i > 0 && _pick(seed, 20) != 0; --i) {
            DebtStory memory copy = story;
            bool isDue = !copy.isUsance() || block.timestamp >= copy.begins();
            if (isDue && copy.ends == 0 && copy.currency == CNY && held[copy.debtor] >= copy.amount) break;
            story = _debts[i - 1];
        }
    }

    function _usance(uint256[1] memory seed) private view returns (DebtStory storage story) {
        story = _owed(seed);
        for (uint256 i = _debts.length; i > 0 && _pick(seed, 10) != 0; --i) {
            DebtStory memory copy = story;
            if (copy.isUsance() && copy.ends == 0) break;
            story = _debts[i - 1];
        }
    }

    function _balances() private view returns (uint256[MEMBERS] memory balances) {
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            balances[member - 1] = cash.balanceOf(alliance.treasury(member));
        }
    }

    /// @dev Mostly one that its bank left unpaid although another stands behind it.
    function _leftUnpaid(uint256[1] memory seed) private view returns (DebtStory storage story) {
        story = _owed(seed);
        for (uint256 i = _debts.length; i > 0 && _pick(seed, 30) != 0; --i) {
            if (_isLeftUnpaid(story)) break;
            story = _debts[i - 1];
        }
    }

    function _isLeftUnpaid(DebtStory storage story) private view returns (bool) {
        bool isNew = story.ends == 0 && story.followedBy == 0 && !story.turnedAway;
        return isNew && story.debtor != _credits[story.credit].bank;
    }

    /// @dev What a bank that did not issue the credit takes up on the spot.
    function _undertaken(uint256[1] memory seed) private returns (DebtStory storage story) {
        uint256 place = _lodgedOne(seed);
        for (uint256 i = _documents.length; i > 0; --i) {
            bool isOthers = _keyOf(place).examiner != _credits[_documents[place].credit].bank;
            if (isOthers && _standing(place) == PresentationState.Lodged && _documents[place].inForce) break;
            place = i - 1;
        }
        _takeUp(place);
        story = _debts[_debts.length - 1];
    }

    function _takeUp(uint256 place) private {
        PresentationKey memory key = _keyOf(place);
        _as(key.examiner);
        bytes32 id = presentations.acceptDiscrepancies(key, bytes32(uint256(1)), false);
        _arose(place, id, PresentationState.Waived);
    }

    /// @dev Lets the day of an obligation go by, mostly.
    function _letPass(uint256[1] memory seed, DebtStory storage story) private {
        uint256 time = uint256(story.maturity) / 1 days * 1 days + 36 hours;
        if (story.stayedUntil >= time) time = story.stayedUntil + 1;
        if (time > block.timestamp && time < START + 600 days && _pick(seed, 6) != 0) VM.warp(time);
    }

    /// @dev Whoever is owed had it elsewhere.
    function _attestedByAll(uint256 place) private {
        DebtStory storage story = _debts[place];
        if (story.ends != 0) return;
        Due memory due_ = _due(place);
        bytes32 id = story.id;
        if (due_.assigned != 0 && !due_.assigneePaid) {
            _as(due_.assignee);
            obligations.attestPayment(id, bytes32(uint256(1)));
        }
        if (!due_.ownerPaid && due_.assigned != story.amount) {
            _as(due_.owner);
            obligations.attestPayment(id, bytes32(uint256(1)));
        }
        story.ends++;
        (story.ended, story.endedAt, story.paidTo) = (ObligationState.Paid, uint40(block.timestamp), due_.owner);
    }

    function _cameBack(bytes32 id) private view returns (bool) {
        PresentationState state = _standing(_placeOf[id] - 1);
        return state == PresentationState.ReturnDue || state == PresentationState.Returned;
    }

    /// @dev One for which a bank behind paid; it does on the spot if there is none.
    function _borneByAnother(uint256[1] memory seed) private returns (DebtStory storage story) {
        story = _owed(seed);
        for (uint256 i = _debts.length; i > 0; --i) {
            if (story.ends == 0 && _paidInstead(_placeOf[story.id] - 1)) return story;
            story = _debts[i - 1];
        }
        for (uint256 i = _debts.length; i > 0; --i) {
            if (story.ends == 0 && story.turnedAway) break;
            story = _debts[i - 1];
        }
        if (!story.turnedAway || story.ends != 0) story = _turnFrom(seed);
        if (story.followedBy == 0) {
            _takeUp(_placeOf[_documents[story.documents].onward] - 1);
        }
        if (_pick(seed, 10) != 0) _attestedByAll(story.followedBy - 1);
    }

    /// @dev Who is left unpaid turns to the bank behind.
    function _turnFrom(uint256[1] memory seed) private returns (DebtStory storage story) {
        story = _leftUnpaid(seed);
        if (!_isLeftUnpaid(story)) story = _undertaken(seed);
        _letPass(seed, story);
        uint256 place = story.documents;
        bytes32 there = _documents[place].onward;
        bool isThere = there != 0 && !_cameBack(there);
        uint32 to = isThere ? _keyOf(_placeOf[there] - 1).examiner : _credits[story.credit].bank;
        if (!isThere && _pick(seed, 5) == 0) to = _credits[story.credit].named;
        uint8 number = isThere ? _keyOf(_placeOf[there] - 1).number : uint8(1 + _pick(seed, 3));
        uint32 creditor = _due(_placeOf[story.id] - 1).owner;
        uint32 member = _mostly(seed, creditor);
        story.stateThen = obligations.stateOf(story.id);
        (story.turnedBy, story.creditorThen) = (member, creditor);
        PresentationKey memory key = _keyOf(place);
        _as(member);
        bytes32 onward = forwarding.presentUnpaid(key, to, number, bytes32(uint256(1)));
        story.turnedAway = true;
        _turned(story, place, onward, isThere ? uint32(0) : member, to);
    }

    /// @dev Takes down that the bank behind owes for an unpaid drawing, or comes to; `presenter` is 0 where it has the
    /// documents.
    function _turned(DebtStory storage unpaid, uint256 place, bytes32 onward, uint32 presenter, uint32 to) private {
        bytes32 later = obligations.obligationIdOf(onward, to, presenter == 0 ? unpaid.debtor : presenter);
        _followsWhat[later] = _placeOf[unpaid.id];
        if (_placeOf[later] != 0) {
            unpaid.followedBy = _placeOf[later];
            _debts[_placeOf[later] - 1].follows = _placeOf[unpaid.id];
        }
        if (presenter == 0) return;
        DocumentStory storage from = _documents[place];
        CreditStory memory letter = _credits[from.credit];
        from.fromItsIssuer = from.fromItsIssuer || from.lodging.key.examiner == letter.bank;
        from.toAStranger = from.toAStranger || !letter.binds(to) || to == from.lodging.key.examiner;
        from.onward = onward;
        Lodging memory lodging = from.lodging;
        (lodging.key.presenter, lodging.key.examiner, lodging.amount) = (presenter, to, unpaid.amount);
        lodging.key.number = _numberOf(lodging.key, onward);
        uint256 credit_ = from.credit;
        Presentation memory found = presentations.presentation(onward);
        DocumentStory storage story = _newDocuments(onward, credit_, lodging, presenter);
        (story.payee, story.source, story.honoured, story.turned) = (presenter, place + 1, true, true);
        (story.bound, story.inForce, story.hadRight) = (true, true, true);
        (story.deadline, story.seen, story.due) = (found.deadline, found.flags, found.flags);
    }

    /// @dev Takes down what a payment moved, and what it should have.
    function _paid(
        DebtStory storage story,
        Due memory due_,
        uint32 member,
        uint256[MEMBERS] memory before,
        uint64 amount
    ) private {
        story.ends++;
        (story.endedAt, story.endedBy, story.proceeds) = (uint40(block.timestamp), member, amount);
        story.paidTo = due_.owner;
        uint256 toAssignee = due_.assigneePaid ? 0 : due_.assigned;
        uint256 toOwner = due_.ownerPaid ? 0 : amount - due_.assigned;
        (story.assigneeDue, story.ownerDue) = (toAssignee, toOwner);
        held[story.debtor] -= toAssignee + toOwner;
        held[due_.owner] += toOwner;
        if (due_.assigned != 0) held[due_.assignee] += toAssignee;
        uint256[MEMBERS] memory afterwards = _balances();
        _moved(story, due_, before, afterwards);
        for (uint32 each = 1; each <= MEMBERS; ++each) {
            if (each != story.debtor && afterwards[each - 1] < before[each - 1]) movedOthersCash = "pay";
        }
        if (member != story.debtor) movedOthersCash = "pay by another";
    }

    /// @dev What reached whom; of a debtor that is its own assignee nothing leaves.
    function _moved(
        DebtStory storage story,
        Due memory due_,
        uint256[MEMBERS] memory before,
        uint256[MEMBERS] memory afterwards
    ) private {
        bool isOwn = due_.assigned != 0 && due_.assignee == story.debtor;
        if (isOwn || due_.owner == story.debtor) {
            (story.toAssignee, story.toOwner) = (story.assigneeDue, story.ownerDue);
            story.fromDebtor = story.assigneeDue + story.ownerDue;
            return;
        }
        if (due_.assigned != 0) {
            story.toAssignee = afterwards[due_.assignee - 1] - before[due_.assignee - 1];
        }
        story.toOwner = afterwards[due_.owner - 1] - before[due_.owner - 1];
        story.fromDebtor = before[story.debtor - 1] - afterwards[story.debtor - 1];
    }
}

/// @title Everybody who acts.
contract CreditHandler is ObligationActs {
    constructor(Alliance alliance_) Stories(alliance_) {}
}

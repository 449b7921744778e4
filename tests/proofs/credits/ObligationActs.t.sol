// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {ObligationState} from "interfaces/IPaymentObligations.sol";
import {
    ADVISER,
    Alliance,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNY,
    FORWARDER,
    LATE,
    LATE_CALENDAR,
    MEMBERS,
    START
} from "tests/proofs/credits/Alliance.t.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";
import {DebtStory, Reading} from "tests/proofs/credits/CreditStories.t.sol";
import {DocumentActs} from "tests/proofs/credits/DocumentActs.t.sol";
import {Stories} from "tests/proofs/credits/Stories.t.sol";

/// @title Acts around what banks owe, cash and time (machine D).
abstract contract ObligationActs is DocumentActs {
    using Reading for DebtStory;

    uint256 private constant SEVERAL = 8;

    /// @dev The late calendar's next span.
    uint16 private _span = uint16(START / 1 days / 192);

    uint256 private _references;

    function pay(uint256 seed_) external told("pay") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _payable(seed);
        uint32 member = _mostly(seed, story.debtor);
        uint256[MEMBERS] memory before = _balances();
        _as(member);
        obligations.pay(story.id);
        _paid(story, member, before, story.amount);
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
            if (isOpen && story.agreed != 0 && block.timestamp + 1 days < story.maturity) break;
            story = _debts[i - 1];
        }
        if (story.agreed == 0 && _pick(seed, 2) == 0) {
            // The owner agrees on the spot.
            story = _usance(seed);
            _as(story.owner);
            obligations.agreePrepayment(story.id, story.amount * 9 / 10);
            story.agreed = story.amount * 9 / 10;
        }
        uint64 proceeds = _pick(seed, 6) == 0 ? story.amount : story.agreed;
        uint32 member = _mostly(seed, story.debtor);
        uint256[MEMBERS] memory before = _balances();
        _as(member);
        obligations.prepay(story.id, proceeds);
        story.agreedThen = story.agreed;
        story.agreed = 0;
        _paid(story, member, before, proceeds);
        story.ended = ObligationState.Prepaid;
    }

    function attestPayment(uint256 seed_) external told("attestPayment") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _owed(seed);
        uint32 member = _mostly(seed, _pick(seed, 2) == 0 && story.assignments != 0 ? story.assignee : story.owner);
        _as(member);
        obligations.attestPayment(story.id, bytes32(uint256(1)));
        if (member == story.owner) story.ownerAttested = true;
        else story.assigneeAttested = true;
        bool isOwnerDone = story.ownerAttested || story.assigned == story.amount;
        if (isOwnerDone && (story.assignments == 0 || story.assigneeAttested)) {
            story.ends++;
            story.ended = ObligationState.Paid;
            story.endedAt = uint40(block.timestamp);
        }
    }

    function assignProceeds(uint256 seed_) external told("assignProceeds") {
        uint256[1] memory seed = [seed_];
        DebtStory storage story = _owed(seed);
        uint32 assignee = [FORWARDER, ADVISER, BENEFICIARY][_pick(seed, 3)];
        uint64 amount = uint64([uint256(story.amount), story.amount / 2, 0, story.amount + 1][_pick(seed, 4)]);
        uint32 member = _mostly(seed, story.owner);
        _as(member);
        obligations.assignProceeds(story.id, assignee, amount, bytes32(uint256(1)));
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
        if (seed_ % 2 != 0 || _span > START / 1 days / 192 + 4) return;
        alliance.publish(LATE_CALENDAR, _span++);
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

    /// @dev Takes down what a payment moved, and what it should have.
    function _paid(DebtStory storage story, uint32 member, uint256[MEMBERS] memory before, uint64 amount) private {
        story.ends++;
        (story.endedAt, story.endedBy, story.proceeds) = (uint40(block.timestamp), member, amount);
        uint256 toAssignee = story.assigneeAttested ? 0 : story.assigned;
        uint256 toOwner = story.ownerAttested ? 0 : amount - story.assigned;
        (story.assigneeDue, story.ownerDue) = (toAssignee, toOwner);
        held[story.debtor] -= toAssignee + toOwner;
        held[story.owner] += toOwner;
        if (story.assignments != 0) held[story.assignee] += toAssignee;
        uint256[MEMBERS] memory afterwards = _balances();
        _moved(story, before, afterwards);
        for (uint32 each = 1; each <= MEMBERS; ++each) {
            if (each != story.debtor && afterwards[each - 1] < before[each - 1]) movedOthersCash = "pay";
        }
        if (member != story.debtor) movedOthersCash = "pay by another";
    }

    /// @dev What reached whom; of a debtor that is its own assignee nothing leaves.
    function _moved(DebtStory storage story, uint256[MEMBERS] memory before, uint256[MEMBERS] memory afterwards)
        private
    {
        bool isOwn = story.assignments != 0 && (story.assignee == story.debtor || story.owner == story.debtor);
        if (isOwn || story.owner == story.debtor) {
            (story.toAssignee, story.toOwner) = (story.assigneeDue, story.ownerDue);
            story.fromDebtor = story.assigneeDue + story.ownerDue;
            return;
        }
        if (story.assignments != 0) {
            story.toAssignee = afterwards[story.assignee - 1] - before[story.assignee - 1];
        }
        story.toOwner = afterwards[story.owner - 1] - before[story.owner - 1];
        story.fromDebtor = before[story.debtor - 1] - afterwards[story.debtor - 1];
    }
}

/// @title Everybody who acts.
contract CreditHandler is ObligationActs {
    constructor(Alliance alliance_) Stories(alliance_) {}
}

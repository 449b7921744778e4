// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {IPaymentObligations, ObligationState} from "interfaces/IPaymentObligations.sol";
import {Presentation, PresentationState} from "interfaces/IPresentations.sol";
import {CreditBase} from "tests/proofs/credits/Base.t.sol";
import {CreditStory, DebtStory, DocumentStory, Due, Reading} from "tests/proofs/credits/CreditStories.t.sol";

/// @title What holds where a bank leaves a drawing unpaid, out of hours, and where no credit is in force.
contract UnpaidInvariants is CreditBase {
    using Reading for CreditStory;
    using Reading for DocumentStory;

    function invariant_I67_whoIsToBePaidIsTold() external view {
        IPaymentObligations obligations = _alliance.obligations();
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(obligations.currentCreditor(debt.id) == _acts.due(i).owner);
            if (debt.followedBy != 0) {
                assert(obligations.followedBy(debt.id) == _acts.debt(debt.followedBy - 1).id);
            } else if (!debt.turnedAway) {
                assert(obligations.followedBy(debt.id) == 0);
            }
            bytes32 unpaid = debt.follows == 0 ? bytes32(0) : _acts.debt(debt.follows - 1).id;
            assert(obligations.follows(debt.id) == unpaid);
        }
    }

    function invariant_I68_nobodyIsPaidTwiceAndNoBankPaysTwice() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (!_isPaid(debt)) continue;
            uint256 behind = debt.followedBy;
            for (uint256 steps; behind != 0; ++steps) {
                assert(steps < 2);
                DebtStory memory other = _acts.debt(behind - 1);
                if (_isPaid(other)) {
                    assert(other.debtor != debt.debtor);
                    // A bank that presented for itself owes itself, and is reimbursed all the same; what a creditor
                    // attests it says against itself.
                    bool isInCash = (other.endedAt > debt.endedAt ? other.endedBy : debt.endedBy) != 0;
                    bool isOwn = debt.paidTo == debt.debtor || other.endedAt == debt.endedAt;
                    assert(isOwn || !isInCash || other.paidTo != debt.paidTo);
                }
                behind = other.followedBy;
            }
        }
    }

    function invariant_I69_aBankIsReleasedByOneBehindItThatPaid() external view {
        assert(bytes(_acts.paidTwice()).length == 0);
        for (uint256 i; i < _acts.debts(); ++i) {
            assert(_acts.debt(i).ended != ObligationState.Settled || _acts.paidInstead(i));
        }
    }

    function invariant_I70_whoIsOwedTurnsFromABankInDefault() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (!debt.turnedAway) continue;
            assert(debt.stateThen == ObligationState.Overdue && debt.turnedBy == debt.creditorThen);
        }
    }

    function invariant_I71_whatCameOutOfHoursIsTakenInOnTheDay() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            if (!story.acceptedOutOfHours) continue;
            uint16 calendar = _alliance.registry().calendarOfBranch(story.lodging.key.examiner);
            uint256 day = _alliance.calendar().clockAsAccepted(calendar, story.received, 5).receiptDay;
            assert(day != _alliance.calendar().clock(calendar, story.received, 5).receiptDay);
            // What was counted before keeps the day of the bank that honoured.
            assert(story.honoured || _record(story).receiptDay == day);
            assert(story.acceptedAt <= story.deadline);
        }
    }

    function invariant_I72_whatIsOnRecordOfHoursAndNamesStays() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert((_record(story).marks & PresentationMarks.TAKEN_IN != 0) == story.acceptedOutOfHours);
            assert(_alliance.presentations().amendmentsPresentedOn(story.id) == story.named);
        }
    }

    function invariant_I73_noPresentationTakesRightsAwayUnnamed() external view {
        assert(bytes(_acts.unnamedLoss()).length == 0);
    }

    function invariant_I74_whereNoCreditIsInForceNobodyIsBound() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            Presentation memory found = _record(story);
            assert((found.flags & PresentationFlags.NOT_IN_FORCE == 0) == story.inForce);
            if (story.inForce) continue;
            assert(story.decisions == 0 && found.marks & PresentationMarks.UNBOUND != 0);
            assert(_alliance.presentations().stateOf(story.lodging.key) != PresentationState.Precluded);
        }
    }

    function invariant_I75_nothingIsAssignedWhileTwoBanksOwe() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(!debt.assignedWhileTwoOwed);
        }
    }

    function _isPaid(DebtStory memory debt) private pure returns (bool) {
        return debt.ended == ObligationState.Paid || debt.ended == ObligationState.Prepaid;
    }

    function _record(DocumentStory memory story) private view returns (Presentation memory) {
        return _alliance.presentations().presentation(story.id);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {Obligation, ObligationKind} from "interfaces/IPaymentObligations.sol";
import {
    Disposal,
    IPresentations,
    Presentation,
    PresentationKey,
    PresentationState
} from "interfaces/IPresentations.sol";
import {MEMBERS} from "tests/proofs/credits/Alliance.t.sol";
import {CreditBase} from "tests/proofs/credits/Base.t.sol";
import {CreditStory, DebtStory, DocumentStory, Reading} from "tests/proofs/credits/CreditStories.t.sol";

/// @title What holds of documents and of the banks that examine them; invariants.toml tells of each.
contract DocumentInvariants is CreditBase {
    using Reading for CreditStory;
    using Reading for DocumentStory;

    function invariant_I30_documentsAreAlwaysTakenIn() external view {
        assert(_acts.turnedAway() == 0);
    }

    function invariant_I31_whoMayPresents() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(story.lodgings == 1 && story.hadRight);
            assert(story.lodgedBy == story.lodging.key.presenter);
            assert(_record(story).payee == story.payee);
        }
    }

    function invariant_I32_aDeadlineIsTheCloseOfTheFifthBankingDay() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            if (story.deadline == 0) continue;
            uint16 calendar = _alliance.registry().calendarOfBranch(story.lodging.key.examiner);
            uint256 deadline = story.acceptedOutOfHours
                ? _alliance.calendar().clockAsAccepted(calendar, story.received, 5).deadline
                : _alliance.calendar().clock(calendar, story.received, 5).deadline;
            assert(story.deadline == deadline);
        }
    }

    function invariant_I33_aDeadlineNeverMoves() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(_record(story).deadline == story.deadline);
            assert(_record(story).received == story.received);
            // Its bank alone brings it forward, by taking in what came out of hours.
            assert(story.deadlineBefore == 0 || story.deadline <= story.deadlineBefore);
        }
    }

    function invariant_I34_whatTheChainSeesIsSo() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            assert(_acts.document(i).seen == _acts.document(i).due);
        }
    }

    function invariant_I35_whatCannotComplyIsNotFoundComplying() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            if (story.decided == PresentationState.Complying) assert(story.flagged == 0);
        }
    }

    function invariant_I36_thereIsOneNoticeOfRefusal() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(story.refusals <= 1);
            assert(_record(story).disposal == story.disposal);
            if (story.refusals == 1) assert(story.discrepancies != 0 && story.discrepancies < 1 << 25);
        }
    }

    function invariant_I37_nobodyRefusesAfterTheDeadline() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(story.refusals == 0 || story.deadline == 0 || story.refusedAt <= story.deadline);
        }
    }

    function invariant_I38_silencePrecludes() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            bool isOver = story.deadline != 0 && block.timestamp > story.deadline;
            bool isSilent = story.standing() == PresentationState.Lodged && isOver && story.bound;
            assert((_alliance.presentations().stateOf(story.lodging.key) == PresentationState.Precluded) == isSilent);
            if (!story.bound || story.decisions == 0 || story.decidedAfterRefusal) continue;
            if (story.decided == PresentationState.Claimed || story.deadline == 0) continue;
            assert(story.decidedAt <= story.deadline);
        }
    }

    function invariant_I39_whoIsNotBoundIsNeverPrecluded() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert((_record(story).marks & PresentationMarks.UNBOUND == 0) == story.bound);
            if (story.decided != PresentationState.Claimed) continue;
            assert(story.bound && story.deadline != 0 && story.decidedAt > story.deadline);
        }
    }

    function invariant_I40_aDisposalIsOpenToItsBank() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            if (story.refusals == 0) continue;
            assert(story.disposal != Disposal.None);
            bool isIssuing = story.lodging.key.examiner == _acts.credit(story.credit).bank;
            assert(story.disposal != Disposal.Notify || isIssuing);
            assert(story.disposal != Disposal.PreviousInstructions || story.instructed);
        }
    }

    function invariant_I41_refusedDocumentsAreTakenUpWithLeave() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            if (!story.decidedAfterRefusal) continue;
            assert(story.decided == PresentationState.Waived);
            assert(story.disposal != Disposal.Return && !story.returnDue && story.sentBack == 0);
            assert(story.disposal == Disposal.Notify || story.takeUp);
        }
    }

    function invariant_I42_documentsStandAsTheyWereTreated() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(_record(story).state == story.standing());
            assert(story.sentBack <= 1);
            // What came back from the bank behind goes back too.
            assert(story.sentBack <= story.refusals || story.sentOn);
        }
    }

    function invariant_I43_aDecisionIsOneObligation() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(story.decisions <= 1);
            assert(Reading.isDecided(_record(story).state) == (story.decisions == 1));
            uint32 examiner = story.lodging.key.examiner;
            bytes32 id = _alliance.obligations().obligationIdOf(story.id, examiner, story.payee);
            assert(story.debt == (story.decisions == 1 ? id : bytes32(0)));
            Obligation memory found = _alliance.obligations().obligation(id);
            if (story.decisions == 1) assert(found.debtor == examiner && found.owner == story.payee);
            else assert(found.debtor == 0);
        }
    }

    function invariant_I44_whatIsOwedIsWhatWasDemandedOrLeft() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            uint64 demanded = _acts.document(debt.documents).lodging.amount;
            uint64 due = demanded;
            if (debt.kind != ObligationKind.Complying && debt.counts && debt.left < due) due = debt.left;
            assert(debt.amount == due && due != 0);
        }
    }

    function invariant_I45_whatWasHonouredIsCountedOnce() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            Presentation memory found = _record(story);
            assert((found.marks & PresentationMarks.COUNTED != 0) == story.honoured);
            if (story.source == 0) continue;
            DocumentStory memory from = _acts.document(story.source - 1);
            if (!story.honoured) {
                assert(found.payee == from.payee && found.amount == from.lodging.amount);
                continue;
            }
            assert(from.decisions != 0);
            assert(found.payee == (story.turned ? story.lodging.key.presenter : from.lodging.key.examiner));
            assert(found.amount == _alliance.obligations().obligation(from.debt).amount);
        }
    }

    function invariant_I46_documentsAreInOnePlace() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(!story.inTwoPlaces && !story.fromItsIssuer && !story.toAStranger);
            assert(_alliance.forwarding().forwardedAs(story.id) == story.onward);
        }
    }

    /// @dev What a finding says of its version is asked of its event in tests/evm; here that its terms bind the bank.
    function invariant_I47_documentsAreJudgedOnAVersion() external view {
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            assert(story.decisions == 0 || story.version == story.versionThen);
        }
    }

    function invariant_I48_aMandateIsTheBeneficiarysAndStays() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(story.foreignMandates == 0);
            for (uint32 member = 1; member <= MEMBERS; ++member) {
                bool isOnRecord = _alliance.presentations().mandateOf(story.id, member);
                assert(isOnRecord == (story.mandates >> member & 1 == 1));
            }
        }
    }

    /// @dev Of those that find a decision: see invariants.toml.
    function invariant_I65_documentsFindADecision() external {
        address presentations = address(_alliance.presentations());
        for (uint256 i; i < _acts.documents(); ++i) {
            DocumentStory memory story = _acts.document(i);
            if (story.standing() != PresentationState.Lodged || !story.bound) continue;
            PresentationKey memory key = story.lodging.key;
            if (story.deadline == 0 || block.timestamp <= story.deadline) {
                bytes memory refusal =
                    abi.encodeCall(IPresentations.refuse, (key, uint256(2), Disposal.Hold, bytes32(uint256(1))));
                assert(_passes(key.examiner, presentations, refusal));
            } else if (_isOwed(story)) {
                assert(_passes(story.payee, presentations, abi.encodeCall(IPresentations.claimPrecluded, (key))));
            }
        }
    }

    function _isOwed(DocumentStory memory story) private view returns (bool) {
        if (story.honoured) return true;
        CreditStory memory letter = _acts.credit(story.credit);
        if (story.lodging.amount == 0) return false;
        uint256 ceiling = Reading.ceiling(letter.binding(story.lodging.key.examiner));
        return ceiling > _alliance.credits().credit(letter.id).drawn;
    }

    function _record(DocumentStory memory story) private view returns (Presentation memory) {
        return _alliance.presentations().presentation(story.id);
    }
}

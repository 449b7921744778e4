// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
import {CNY, MEMBERS, USD} from "tests/proofs/credits/Alliance.t.sol";
import {CreditBase} from "tests/proofs/credits/Base.t.sol";
import {CreditStory, DebtStory, Due, Reading} from "tests/proofs/credits/CreditStories.t.sol";

/// @title What holds of what banks owe and of cash; invariants.toml tells of each.
contract ObligationInvariants is CreditBase {
    using Reading for CreditStory;
    using Reading for DebtStory;

    function invariant_I49_maturityIsReckonedFromItsDay() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            assert(_acts.debt(i).maturity == _acts.debt(i).maturityDue);
        }
    }

    function invariant_I50_noObligationIsErasedOrChanged() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            Obligation memory found = _record(debt);
            assert(found.state != ObligationState.None && found.kind == debt.kind);
            assert(found.debtor == debt.debtor && found.owner == debt.owner);
            assert(found.amount == debt.amount && found.currency == debt.currency);
            assert(found.maturity == debt.maturity);
        }
    }

    function invariant_I51_aBankOwesWhatAroseAndWasNotSettled() external view {
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            _requireLiability(member, CNY);
            _requireLiability(member, USD);
        }
    }

    function invariant_I52_aCreditorIsOwedWhatIsItsOwn() external view {
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            _requireClaim(member, CNY);
            _requireClaim(member, USD);
        }
    }

    function invariant_I53_cashIsNeitherMadeNorLost() external view {
        uint256 sum;
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            sum += _alliance.cash().balanceOf(_alliance.treasury(member));
        }
        assert(sum == _alliance.cash().totalSupply() && sum == _acts.minted());
    }

    function invariant_I54_aMemberHoldsWhatPaymentsLeftIt() external view {
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            assert(_alliance.cash().balanceOf(_alliance.treasury(member)) == _acts.held(member));
        }
    }

    function invariant_I55_whatIsOwedIsSettledOnce() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(debt.ends <= 1);
            assert(_record(debt).state == (debt.ends == 0 ? debt.state : debt.ended));
        }
    }

    function invariant_I56_whatIsAssignedGoesToTheAssignee() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (debt.endedBy == 0) continue;
            assert(debt.fromDebtor == debt.toAssignee + debt.toOwner);
            assert(debt.toAssignee == debt.assigneeDue && debt.toOwner == debt.ownerDue);
        }
    }

    function invariant_I57_proceedsAreAssignedOnceAndWithinWhatIsOwed() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(debt.assignments <= 1);
            assert(_alliance.obligations().assignmentOf(debt.id).assignee == debt.assignee);
            assert(_alliance.obligations().assignmentOf(debt.id).amount == debt.assigned);
            if (debt.assignments == 0) continue;
            assert(debt.assignee != debt.owner && debt.assigned != 0 && debt.assigned <= debt.amount);
        }
    }

    function invariant_I58_prepaymentIsAgreedAndBeforeMaturity() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (debt.ended != ObligationState.Prepaid) continue;
            assert(debt.isUsance() && debt.endedAt < debt.begins() && debt.follows == 0);
            assert(debt.proceeds == debt.agreedThen && debt.proceeds != 0);
            assert(debt.proceeds >= debt.assigned && debt.proceeds <= debt.amount);
        }
    }

    function invariant_I59_usanceIsNotPaidBeforeItsDay() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            bool isPaid = debt.ended == ObligationState.Paid && debt.endedBy != 0;
            assert(!isPaid || !debt.isUsance() || debt.endedAt >= debt.begins());
        }
    }

    function invariant_I60_onlyTheDebtorsActMovesItsCash() external view {
        assert(bytes(_acts.movedOthersCash()).length == 0);
    }

    function invariant_I61_recourseIsANominatedBanksThatDidNotConfirm() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(_record(debt).recourse == debt.recourse);
            if (!debt.recourse) continue;
            assert(debt.state == ObligationState.Negotiated && debt.negotiates);
            assert(debt.debtor != _acts.credit(debt.credit).bank);
        }
    }

    function invariant_I62_aBankUndertakesWhatTheCreditIsAvailableBy() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            assert(_acts.debt(i).state == _acts.debt(i).stateDue);
        }
    }

    function invariant_I63_anObligationIsOverdueOrStayedByTime() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            ObligationState state = debt.ends == 0 ? debt.state : debt.ended;
            if (debt.ends == 0 && block.timestamp <= debt.stayedUntil) {
                state = ObligationState.Stayed;
            } else if (debt.ends == 0 && block.timestamp >= uint256(debt.maturity) / 1 days * 1 days + 36 hours) {
                state = ObligationState.Overdue;
            }
            assert(_alliance.obligations().stateOf(debt.id) == state);
        }
    }

    function invariant_I64_whoeverIsOwedCanBeSatisfied() external {
        address obligations = address(_alliance.obligations());
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (debt.ends != 0) continue;
            Due memory due = _acts.due(i);
            uint32 creditor = due.ownerPaid || due.assigned == debt.amount ? due.assignee : due.owner;
            bytes memory attest = abi.encodeCall(IPaymentObligations.attestPayment, (debt.id, bytes32(uint256(1))));
            assert(_passes(creditor, obligations, attest));
            bool isDue = !debt.isUsance() || block.timestamp >= debt.begins();
            bool isPayable = debt.currency == CNY && block.timestamp > debt.stayedUntil;
            if (isDue && isPayable && _acts.held(debt.debtor) >= debt.amount) {
                // A bank behind that paid has borne it.
                bytes memory settle = abi.encodeCall(IPaymentObligations.settleByCounterpart, (debt.id));
                bytes memory pay = abi.encodeCall(IPaymentObligations.pay, (debt.id));
                assert(_passes(debt.debtor, obligations, _acts.paidInstead(i) ? settle : pay));
            }
        }
    }

    function invariant_I66_noActPassesInSilence() external view {
        assert(bytes(_acts.silent()).length == 0);
    }

    /* INTERNALS */

    function _record(DebtStory memory debt) private view returns (Obligation memory) {
        return _alliance.obligations().obligation(debt.id);
    }

    function _requireLiability(uint32 member, uint16 currency) private view {
        uint256 found;
        uint256 due;
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (debt.currency != currency || debt.debtor != member) continue;
            if (debt.ends == 0) due += debt.amount;
            if (Reading.isOpen(_record(debt).state)) found += _record(debt).amount;
        }
        assert(found == due);
    }

    function _requireClaim(uint32 member, uint16 currency) private view {
        uint256 found;
        uint256 due;
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (debt.currency != currency) continue;
            uint64 assigned = _alliance.obligations().assignmentOf(debt.id).amount;
            uint32 assignee = _alliance.obligations().assignmentOf(debt.id).assignee;
            bool isOpen = Reading.isOpen(_record(debt).state);
            if (isOpen && debt.owner == member) found += _record(debt).amount - assigned;
            if (isOpen && assignee == member) found += assigned;
            if (debt.ends == 0 && debt.owner == member) due += debt.amount - debt.assigned;
            if (debt.ends == 0 && debt.assignee == member) due += debt.assigned;
        }
        assert(found == due);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {
    Amendment,
    AmendmentRecord,
    AmendmentState,
    Credit,
    CreditState,
    ILetterOfCredit,
    Issuance
} from "interfaces/ILetterOfCredit.sol";
import {LATE} from "tests/proofs/credits/Alliance.t.sol";
import {CreditBase} from "tests/proofs/credits/Base.t.sol";
import {AmendmentStory, CreditStory, DebtStory, Reading, Terms} from "tests/proofs/credits/CreditStories.t.sol";

/// @title What holds of credits, their amendments and their stays; invariants.toml tells of each.
contract LetterInvariants is CreditBase {
    using Reading for CreditStory;
    using Reading for Terms;

    function invariant_I01_drawnIsWhatArose() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            uint256 sum;
            for (uint256 j; j < _acts.debts(); ++j) {
                DebtStory memory debt = _acts.debt(j);
                if (debt.credit == i && debt.counts) sum += debt.amount;
            }
            assert(_credit(i).drawn == sum);
        }
    }

    function invariant_I02_noBankUndertakesBeyondItsTerms() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(!debt.counts || debt.drawn <= debt.ceiling);
        }
    }

    /// @dev What was drawn before an acceptance is not less than what is drawn by now, so the present terms are asked about.
    function invariant_I03_aDecreaseLeavesWhatIsDrawn() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            uint256 ceiling = story.issued().ceiling();
            uint256 most = ceiling;
            for (uint256 n = 1; n <= story.accepted.length; ++n) {
                Terms memory terms = story.version(n);
                assert(terms.amount > 0);
                if (terms.ceiling() > most) most = terms.ceiling();
            }
            uint256 drawn = _credit(i).drawn;
            // A confirming bank may have been drawn on by terms that are no longer in force.
            if (!_hasOwnDrawings(i, story)) assert(drawn <= story.inForce().ceiling());
            assert(drawn <= most);
        }
    }

    function invariant_I04_amendmentsAreCounted() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(_credit(i).amendments == story.amendments.length);
            assert(_credit(i).version == story.accepted.length);
        }
    }

    function invariant_I05_theTermsCanBeWalked() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            assert(_credit(i).issuance.terms == _acts.credit(i).inForce().text);
        }
    }

    function invariant_I06_acceptedAmendmentsAloneChangeTheNumbers() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            assert(_acts.credit(i).inForce().equal(_credit(i).issuance));
        }
    }

    function invariant_I07_whatNoAmendmentChangesStays() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            Issuance memory expected = story.issuance;
            Issuance memory found = _credit(i).issuance;
            (expected.bankReference, expected.confirmingBank) = (0, story.named);
            (expected.amount, expected.terms) = (found.amount, found.terms);
            (expected.expiry, expected.latestShipment) = (found.expiry, found.latestShipment);
            expected.presentationPeriod = found.presentationPeriod;
            (expected.plusTolerance, expected.minusTolerance) = (found.plusTolerance, found.minusTolerance);
            assert(keccak256(abi.encode(expected)) == keccak256(abi.encode(found)));
        }
    }

    function invariant_I08_aConfirmingBankIsBoundByWhatItFollowed() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(story.binding(story.named).equal(_undertaking(story).issuance));
        }
    }

    function invariant_I09_aConfirmingBanksTermsCanBeWalked() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(_undertaking(story).issuance.terms == story.binding(story.named).text);
            assert(_undertaking(story).version == story.versionOf(story.named));
        }
    }

    function invariant_I10_aBankThatFellBehindIsMarked() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            assert(_credit(i).diverged == _acts.credit(i).isDiverged());
        }
    }

    function invariant_I11_aCreditGoesForwardAlone() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(story.issues <= 1);
            assert(_credit(i).state == _stateOf(story));
        }
    }

    function invariant_I12_aCancellationTakesEveryConsent() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            bool consented;
            for (uint256 n; n < story.amendments.length; ++n) {
                AmendmentStory memory each = story.amendments[n];
                if (each.beneficiaryAgreed && (story.confirmations == 0 || each.bankAgreed)) consented = true;
            }
            assert((_credit(i).state == CreditState.Cancelled) == consented);
        }
    }

    function invariant_I13_aCancelledCreditStandsStill() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            if (!story.isCancelled) continue;
            Credit memory found = _credit(i);
            assert(
                story.last == keccak256(abi.encode(found.amendments, found.version, found.confirmed, found.issuance))
            );
        }
        // What is drawn after is on documents that were lodged before.
        for (uint256 i; i < _acts.debts(); ++i) {
            assert(_acts.document(_acts.debt(i).documents).inForce);
        }
    }

    function invariant_I14_aBankConfirmsByItselfAndOnce() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(story.confirmations <= 1);
            assert(_credit(i).confirmed == (story.confirmations == 1));
            if (story.confirmations == 0) continue;
            assert(story.confirmedBy == story.confirmer && story.confirmer != story.bank && story.confirmer != 0);
        }
    }

    function invariant_I15_adviceKeepsItsOrder() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            Credit memory found = _credit(i);
            assert(found.advised == story.advised && found.secondAdvised == story.secondAdvised);
            assert(found.advised || !found.secondAdvised);
            assert(found.adviceDeclined == story.adviceDeclined);
            assert(found.secondAdviceDeclined == story.secondAdviceDeclined);
        }
    }

    function invariant_I16_timeAloneEndsACreditAndNotEarly() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            CreditState state = _letters().stateOf(story.id);
            Terms memory terms = story.inForce();
            uint32 bank = story.issuance.nominatedBank;
            if (bank == 0 || story.issuance.anyBank) bank = story.bank;
            if (state == CreditState.Expired) {
                assert(_stateOf(story) == CreditState.Issued);
                // Three days of the weekend lie between the last hours of a week and the first of the next.
                assert(block.timestamp + 3 days > uint256(terms.expiry) * 1 days);
            } else {
                assert(state == _stateOf(story));
                bool long = block.timestamp > (uint256(terms.expiry) + 7) * 1 days && bank != LATE;
                assert(state != CreditState.Issued || !long);
            }
        }
    }

    function invariant_I17_aReferenceIsUsedOnce() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(story.begun == 1);
            assert(story.id == _letters().creditIdOf(story.bank, story.issuance.bankReference));
        }
    }

    function invariant_I18_whoIsOutOfStandingTakesNoNewBusiness() external view {
        assert(bytes(_acts.outOfStanding()).length == 0);
    }

    function invariant_I19_aPreAdviceBinds() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            if (!story.wasPreAdvised || !story.isIssued) continue;
            (Issuance memory said, Issuance memory issued) = (story.preAdvice, story.issuance);
            assert(issued.beneficiary == said.beneficiary && issued.advisingBank == said.advisingBank);
            assert(issued.currency == said.currency && issued.availability == said.availability);
            assert(issued.amount >= said.amount && issued.expiry >= said.expiry);
        }
    }

    /* AMENDMENTS */

    function invariant_I20_anAmendmentIsWhatWasSaidToIt() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            for (uint256 n; n < story.amendments.length; ++n) {
                AmendmentStory memory each = story.amendments[n];
                assert(each.answers <= 1);
                AmendmentState state = story.isCancelled ? AmendmentState.Lapsed : AmendmentState.Pending;
                if (each.accepted || each.beneficiaryAgreed) state = AmendmentState.Accepted;
                else if (each.rejected) state = AmendmentState.Rejected;
                assert(_amendment(story, n).state == state);
            }
        }
    }

    function invariant_I21_theBeneficiaryAloneAnswers() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            for (uint256 n; n < story.amendments.length; ++n) {
                AmendmentStory memory each = story.amendments[n];
                if (each.answers == 0 || each.byPresentation) continue;
                assert(each.answeredBy == story.principal());
                assert(story.issuance.beneficiary != 0 || each.mandate != 0);
            }
        }
    }

    function invariant_I22_noPresentationCancels() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            for (uint256 n; n < story.amendments.length; ++n) {
                AmendmentStory memory each = story.amendments[n];
                assert(!each.issued.cancels || !(each.byPresentation || each.accepted));
            }
        }
    }

    function invariant_I23_anAmendmentStaysAsIssued() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            for (uint256 n; n < story.amendments.length; ++n) {
                Amendment memory issued = story.amendments[n].issued;
                assert(issued.number == n + 1);
                assert(keccak256(abi.encode(_amendment(story, n).amendment)) == keccak256(abi.encode(issued)));
            }
        }
    }

    function invariant_I24_aVersionIsOneAmendments() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            uint256 made;
            for (uint256 n; n < story.amendments.length; ++n) {
                if (_amendment(story, n).version != 0) ++made;
            }
            assert(made == story.accepted.length);
            for (uint256 n; n < story.accepted.length; ++n) {
                assert(_amendment(story, story.accepted[n] - 1).version == n + 1);
            }
        }
    }

    function invariant_I25_aConfirmationIsExtendedByItsBank() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            for (uint256 n; n < story.amendments.length; ++n) {
                AmendmentRecord memory found = _amendment(story, n);
                assert(found.extended == story.amendments[n].covered);
                assert(found.extensionDeclined == story.amendments[n].declined);
            }
        }
    }

    function invariant_I26_aPendingAmendmentCanBeAnswered() external {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            if (story.isCancelled || story.principal() == 0) continue;
            for (uint256 n; n < story.amendments.length; ++n) {
                if (story.amendments[n].answers != 0) continue;
                bytes memory answer =
                    abi.encodeCall(ILetterOfCredit.rejectAmendment, (story.id, uint8(n + 1), bytes32(uint256(1))));
                assert(_passes(story.principal(), address(_letters()), answer));
            }
        }
    }

    /* STAYS */

    function invariant_I27_aStayIsACourtsAndEnds() external view {
        for (uint256 i; i < _acts.credits(); ++i) {
            CreditStory memory story = _acts.credit(i);
            assert(_letters().stayOf(story.id) == (story.isStayed ? story.stayedUntil : 0));
            if (!story.isStayed) continue;
            assert(story.stayedUntil > story.stayedAt && story.stayedUntil <= story.stayedAt + 400 days);
            assert(story.stayedBy != story.bank && story.stayedBy != story.issuance.beneficiary);
        }
    }

    function invariant_I28_nothingIsPaidWhileStayed() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(debt.endedBy == 0 || debt.endedAt > debt.stayedUntil || debt.stayedAt > debt.endedAt);
        }
    }

    function invariant_I29_anObligationKeepsItsStay() external view {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            assert(_alliance.obligations().obligation(debt.id).stayedUntil == debt.stayedUntil);
            assert(debt.stayedBy == 0 || (debt.stayedBy != debt.debtor && debt.stayedBy != debt.owner));
        }
    }

    /* INTERNALS */

    function _letters() private view returns (ILetterOfCredit) {
        return _alliance.credits();
    }

    function _credit(uint256 place) private view returns (Credit memory) {
        return _letters().credit(_acts.credit(place).id);
    }

    function _undertaking(CreditStory memory story) private view returns (Credit memory) {
        return _letters().undertaking(story.id, story.named);
    }

    function _amendment(CreditStory memory story, uint256 place) private view returns (AmendmentRecord memory) {
        return _letters().amendmentOf(story.id, uint8(place + 1));
    }

    function _stateOf(CreditStory memory story) private pure returns (CreditState) {
        if (story.isCancelled) return CreditState.Cancelled;
        return story.isIssued ? CreditState.Issued : CreditState.PreAdvised;
    }

    function _hasOwnDrawings(uint256 place, CreditStory memory story) private view returns (bool) {
        for (uint256 i; i < _acts.debts(); ++i) {
            DebtStory memory debt = _acts.debt(i);
            if (debt.credit == place && story.confirms(debt.debtor)) return true;
        }
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Alliance} from "tests/proofs/credits/Alliance.t.sol";
import {Attempts} from "tests/proofs/credits/Attempts.t.sol";
import {CreditHandler} from "tests/proofs/credits/ObligationActs.t.sol";

/// @title What the invariants of credits share: an alliance, and everybody who acts.
abstract contract CreditBase is Attempts {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    CreditHandler internal _acts;

    function setUp() external {
        _alliance = new Alliance();
        _acts = new CreditHandler(_alliance);
    }

    /// @notice The acts, those that come more often several times.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(_acts), selectors: _selectors()});
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_acts);
    }

    function _selectors() private view returns (bytes4[] memory all) {
        bytes4[42] memory once = [
            _acts.issue.selector,
            _acts.issueBatch.selector,
            _acts.preAdvise.selector,
            _acts.issuePreAdvised.selector,
            _acts.advise.selector,
            _acts.declineAdvice.selector,
            _acts.requestConfirmation.selector,
            _acts.confirm.selector,
            _acts.declineConfirmation.selector,
            _acts.amend.selector,
            _acts.extendConfirmation.selector,
            _acts.declineExtension.selector,
            _acts.acceptAmendment.selector,
            _acts.rejectAmendment.selector,
            _acts.stay.selector,
            _acts.liftStay.selector,
            _acts.recordMandate.selector,
            _acts.lodge.selector,
            _acts.fixDeadline.selector,
            _acts.findComplying.selector,
            _acts.findComplyingWith.selector,
            _acts.nameAmendments.selector,
            _acts.acceptOutOfHours.selector,
            _acts.acceptDiscrepancies.selector,
            _acts.ask.selector,
            _acts.refuse.selector,
            _acts.instruct.selector,
            _acts.recordReturn.selector,
            _acts.forward.selector,
            _acts.claimPrecluded.selector,
            _acts.pay.selector,
            _acts.agreePrepayment.selector,
            _acts.prepay.selector,
            _acts.attestPayment.selector,
            _acts.settleByCounterpart.selector,
            _acts.presentUnpaid.selector,
            _acts.assignProceeds.selector,
            _acts.stayPayment.selector,
            _acts.liftPaymentStay.selector,
            _acts.mint.selector,
            _acts.standing.selector,
            _acts.publish.selector
        ];
        bytes4[7] memory often = [
            _acts.issue.selector,
            _acts.lodge.selector,
            _acts.lodge.selector,
            _acts.findComplying.selector,
            _acts.wait.selector,
            _acts.amend.selector,
            _acts.mint.selector
        ];
        all = new bytes4[](once.length + 4 * often.length);
        for (uint256 i; i < all.length; ++i) {
            all[i] = i < once.length ? once[i] : often[(i - once.length) % often.length];
        }
    }
}

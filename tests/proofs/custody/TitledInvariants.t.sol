// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {PresentationFlags} from "contracts/libraries/PresentationFlags.sol";
import {PresentationMarks} from "contracts/libraries/PresentationMarks.sol";
import {IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
import {
    Disposal,
    IPresentations,
    Presentation,
    PresentationKey,
    PresentationState
} from "interfaces/IPresentations.sol";
import {ITitleCustody} from "interfaces/ITitleCustody.sol";
import {ADVISER, Alliance, BENEFICIARY, CONFIRMER, ISSUER} from "tests/proofs/credits/Alliance.t.sol";
import {Attempts} from "tests/proofs/credits/Attempts.t.sol";
import {Leg, TitledActs, Voyage} from "tests/proofs/custody/TitledActs.t.sol";

/// @title What holds of titles under a credit; invariants.toml tells of each.
contract TitledInvariants is Attempts {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    TitledActs private _acts;

    function setUp() external {
        _alliance = new Alliance();
        _acts = new TitledActs(_alliance);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_acts);
    }

    /// @notice The acts, those that come more often several times.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[19] memory all = [
            _acts.presentTitled.selector,
            _acts.attachTitles.selector,
            _acts.findTitledComplying.selector,
            _acts.undertakeForTitles.selector,
            _acts.refuseTitled.selector,
            _acts.waiveTitled.selector,
            _acts.instructTitled.selector,
            _acts.returnTitled.selector,
            _acts.claimTitled.selector,
            _acts.payForTitles.selector,
            _acts.payWithoutTitles.selector,
            _acts.attestForTitles.selector,
            _acts.deliverTitles.selector,
            _acts.giveTitlesBack.selector,
            _acts.forwardTitled.selector,
            _acts.carryTitlesOn.selector,
            _acts.waitWithTitles.selector,
            _acts.presentTitled.selector,
            _acts.giveTitlesBack.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(_acts), selectors: new bytes4[](all.length)});
        for (uint256 i; i < all.length; ++i) {
            targets[0].selectors[i] = all[i];
        }
    }

    function invariant_C01_aBankHasNoTitleForNothing() external view {
        for (uint256 i; i < _acts.voyageCount(); ++i) {
            Voyage memory voyage = _acts.voyage(i);
            for (uint256 place; place < voyage.titles.length; ++place) {
                (uint32 member, address custodian) = _alliance.titles().controllerOf(voyage.titles[place]);
                if (custodian != address(0)) continue;
                assert(member == BENEFICIARY || _earned(voyage, member));
            }
        }
    }

    function invariant_C02_whoeverIsPaidHasNoTitle() external {
        for (uint256 i; i < _acts.voyageCount(); ++i) {
            Voyage memory voyage = _acts.voyage(i);
            bool isOwed;
            for (uint256 each; each < voyage.legs.length; ++each) {
                Leg memory leg = _acts.leg(voyage.legs[each]);
                if (!leg.titled || _debt(leg).debtor == 0) continue;
                isOwed = true;
                assert(!_goesBack(leg, voyage));
            }
            for (uint256 place; isOwed && place < voyage.titles.length; ++place) {
                (uint32 member,) = _alliance.titles().controllerOf(voyage.titles[place]);
                assert(member != BENEFICIARY);
            }
        }
    }

    function invariant_C03_whatIsOverGivesItsTitlesBack() external {
        for (uint256 i; i < _acts.voyageCount(); ++i) {
            Voyage memory voyage = _acts.voyage(i);
            if (!voyage.inCustody) continue;
            Leg memory leg = _acts.leg(voyage.keptFor);
            assert(_goesBack(leg, voyage) == _isOver(leg));
        }
    }

    function invariant_C04_titlesAreKeptForOnePresentation() external view {
        assert(!_acts.strayed());
        for (uint256 i; i < _acts.voyageCount(); ++i) {
            Voyage memory voyage = _acts.voyage(i);
            for (uint256 place; place < voyage.titles.length; ++place) {
                (, address custodian) = _alliance.titles().controllerOf(voyage.titles[place]);
                assert(custodian == (voyage.inCustody ? address(_alliance.custody()) : address(0)));
            }
            for (uint256 each; each < voyage.legs.length; ++each) {
                Leg memory leg = _acts.leg(voyage.legs[each]);
                assert(_found(leg).titles == (leg.titled ? voyage.titles.length : 0));
            }
        }
    }

    /// @dev Whether this bank paid, undertook to pay at maturity, or was let have what it refused.
    function _earned(Voyage memory voyage, uint32 bank) private view returns (bool) {
        for (uint256 each; each < voyage.legs.length; ++each) {
            Leg memory leg = _acts.leg(voyage.legs[each]);
            if (leg.key.examiner != bank) continue;
            if (_found(leg).state == PresentationState.Released) return true;
            ObligationState state = _debt(leg).state;
            bool isUnpaid =
                state == ObligationState.None || state == ObligationState.Due || state == ObligationState.Negotiated;
            if (!isUnpaid) return true;
        }
        return false;
    }

    /// @dev Whether nobody will honour these documents any more, so that their titles are the presenter's.
    function _isOver(Leg memory leg) private view returns (bool) {
        Presentation memory found = _found(leg);
        PresentationState state = found.state;
        if (state == PresentationState.ReturnDue || state == PresentationState.Returned) return true;
        if (state == PresentationState.Refused) return found.disposal == Disposal.Return;
        if (state == PresentationState.Forwarded) return !_isElsewhere(leg);
        if (state != PresentationState.Lodged) return false;
        bool isLeft = found.deadline != 0 && block.timestamp > found.deadline;
        return
            found.flags & PresentationFlags.NOT_IN_FORCE != 0
                || (isLeft && found.marks & PresentationMarks.UNBOUND != 0);
    }

    /// @dev Whether documents that were sent on are there with their titles.
    function _isElsewhere(Leg memory leg) private view returns (bool) {
        bytes32 onward = _alliance.forwarding().forwardedAs(keccak256(abi.encode(leg.key)));
        Presentation memory there = _alliance.presentations().presentation(onward);
        bool isBack = there.state == PresentationState.ReturnDue || there.state == PresentationState.Returned;
        return there.titles != 0 && !isBack;
    }

    function _goesBack(Leg memory leg, Voyage memory voyage) private returns (bool) {
        bytes memory request = abi.encodeCall(ITitleCustody.giveBack, (leg.key, voyage.titles));
        return _passes(leg.key.presenter, address(_alliance.custody()), request);
    }

    function _found(Leg memory leg) private view returns (Presentation memory) {
        return _alliance.presentations().presentation(keccak256(abi.encode(leg.key)));
    }

    function _debt(Leg memory leg) private view returns (Obligation memory) {
        return _alliance.obligations().obligation(_alliance.custody().recordOf(leg.key));
    }
}

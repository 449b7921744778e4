// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Delivery, DeliveryState} from "interfaces/ITitleDeliveries.sol";
import {Title, TitleState} from "interfaces/ITitleRegistry.sol";
import {MEMBERS, TitleActs} from "tests/proofs/titles/TitleActs.t.sol";
import {DeliveryStory, TitleStory} from "tests/proofs/titles/TitleStories.t.sol";

/// @title What holds of titles and of their deliveries.
contract TitleInvariants {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    TitleActs private _acts;

    function setUp() external {
        _acts = new TitleActs();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_acts);
    }

    /// @notice The acts, those that come more often several times.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[37] memory all = [
            _acts.issueTitle.selector,
            _acts.nominate.selector,
            _acts.endorse.selector,
            _acts.transferHolder.selector,
            _acts.transferBoth.selector,
            _acts.rejectHolder.selector,
            _acts.rejectBeneficiary.selector,
            _acts.rejectBoth.selector,
            _acts.pledge.selector,
            _acts.releasePledge.selector,
            _acts.surrender.selector,
            _acts.acceptSurrender.selector,
            _acts.rejectSurrender.selector,
            _acts.restore.selector,
            _acts.returnFromPaper.selector,
            _acts.deposit.selector,
            _acts.giveBack.selector,
            _acts.handOver.selector,
            _acts.offer.selector,
            _acts.take.selector,
            _acts.takeOnTrust.selector,
            _acts.release.selector,
            _acts.withdraw.selector,
            _acts.lapse.selector,
            _acts.payOnTrust.selector,
            _acts.attestOnTrust.selector,
            _acts.letTimePass.selector,
            _acts.issueTitle.selector,
            _acts.transferBoth.selector,
            _acts.surrender.selector,
            _acts.offer.selector,
            _acts.offer.selector,
            _acts.offer.selector,
            _acts.takeOnTrust.selector,
            _acts.takeOnTrust.selector,
            _acts.issueTitle.selector,
            _acts.issueTitle.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(_acts), selectors: new bytes4[](all.length)});
        for (uint256 i; i < all.length; ++i) {
            targets[0].selectors[i] = all[i];
        }
    }

    /* TITLES */

    function invariant_T01_oneControlsATitleThatCirculates() external view {
        for (uint256 i; i < _acts.titleCount(); ++i) {
            TitleStory memory story = _acts.titleStory(i);
            TitleState state = story.told.state;
            (uint32 member, address custodian) = _acts.titles().controllerOf(story.id);
            bool circulates = state != TitleState.Delivered && state != TitleState.OnPaper;
            assert((member != 0) != (custodian != address(0)) == circulates);
            assert(circulates || (member == 0 && custodian == address(0)));
            bool withCarrier = state == TitleState.Surrendered || state == TitleState.Amending;
            if (circulates && state != TitleState.InCustody) {
                assert(member == (withCarrier ? story.told.issuer : story.told.holder));
            }
        }
    }

    function invariant_T02_aSurrenderIsFinalUnlessRejectedOrRestored() external view {
        assert(bytes(_acts.strayed()).length == 0);
        for (uint256 i; i < _acts.titleCount(); ++i) {
            TitleStory memory story = _acts.titleStory(i);
            assert(_acts.titles().titleOf(story.id).state == story.told.state);
        }
    }

    function invariant_T03_theChainOfEventsReplaysToTheTitle() external view {
        for (uint256 i; i < _acts.titleCount(); ++i) {
            TitleStory memory story = _acts.titleStory(i);
            Title memory found = _acts.titles().titleOf(story.id);
            assert(keccak256(abi.encode(found)) == keccak256(abi.encode(story.told)));
        }
    }

    /* DELIVERIES */

    function invariant_V01_cashMovesWithWhatItPaysForAlone() external view {
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            assert(_acts.cash().balanceOf(_acts.treasury(member)) == _acts.held(member));
        }
    }

    function invariant_V02_theTitlesInThisCustodyAreThoseOfTheOpenOffers() external view {
        uint256 offered;
        for (uint256 i; i < _acts.deliveryCount(); ++i) {
            DeliveryStory memory story = _acts.deliveryStory(i);
            if (_found(story).state != DeliveryState.Offered) continue;
            offered += story.key.titles.length;
            for (uint256 place; place < story.key.titles.length; ++place) {
                assert(_acts.titles().titleOf(story.key.titles[place]).custodian == address(_acts.deliveries()));
            }
        }
        uint256 kept;
        for (uint256 i; i < _acts.titleCount(); ++i) {
            if (_acts.titles().titleOf(_acts.titleStory(i).id).custodian == address(_acts.deliveries())) ++kept;
        }
        assert(kept == offered);
    }

    function invariant_V03_whatIsOwedOnTrustIsOwedUntilItIsPaid() external view {
        for (uint256 i; i < _acts.deliveryCount(); ++i) {
            DeliveryStory memory story = _acts.deliveryStory(i);
            bool owed = _found(story).state == DeliveryState.OnTrust;
            assert(owed == (story.state == DeliveryState.OnTrust));
            assert(!owed || _found(story).amount == story.terms.amount);
        }
    }

    function invariant_V04_titlesLeaveForWhatTheDeliverySays() external view {
        assert(bytes(_acts.left()).length == 0);
    }

    function invariant_V05_whatIsSettledOrWithdrawnStaysSo() external view {
        for (uint256 i; i < _acts.deliveryCount(); ++i) {
            DeliveryStory memory story = _acts.deliveryStory(i);
            if (story.state != DeliveryState.Settled && story.state != DeliveryState.Withdrawn) continue;
            assert(_found(story).state == story.state);
        }
        assert(bytes(_acts.strayed()).length == 0);
    }

    function invariant_V06_aDeliveryStandsAsItsEventsAndTheTimeSay() external view {
        for (uint256 i; i < _acts.deliveryCount(); ++i) {
            DeliveryStory memory story = _acts.deliveryStory(i);
            DeliveryState state = story.state;
            Delivery memory told = Delivery({
                bank: story.key.bank,
                applicant: story.key.applicant,
                amount: story.terms.amount,
                currency: story.terms.currency,
                basis: story.terms.basis,
                takeBy: story.terms.takeBy,
                due: story.terms.due,
                state: state
            });
            assert(keccak256(abi.encode(_found(story))) == keccak256(abi.encode(told)));
            if (state == DeliveryState.Offered && block.timestamp > story.terms.takeBy) state = DeliveryState.Lapsed;
            if (state == DeliveryState.OnTrust && block.timestamp > story.terms.due) state = DeliveryState.Overdue;
            assert(_acts.deliveries().stateOf(story.id) == state);
        }
    }

    function _found(DeliveryStory memory story) private view returns (Delivery memory) {
        return _acts.deliveries().delivery(story.id);
    }
}

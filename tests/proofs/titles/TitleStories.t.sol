// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {DeliveryKey, DeliveryState, DeliveryTerms, ITitleDeliveries} from "interfaces/ITitleDeliveries.sol";
import {ITitleRegistry, SurrenderPurpose, Title, TitleForm, TitleState} from "interfaces/ITitleRegistry.sol";
import {Cheats, VM} from "tests/proofs/credits/Cheats.t.sol";

/// @dev A title as its events told.
struct TitleStory {
    bytes32 id;
    Title told;
}

/// @dev A delivery as its events told.
struct DeliveryStory {
    bytes32 id;
    DeliveryKey key;
    DeliveryTerms terms;
    DeliveryState state;
}

/// @title What happened to titles so far, told by events alone.
/// @notice The acts let it happen and the invariants read it.
contract TitleStories {
    uint40 private constant REJECTION_PERIOD = 5 days;

    ITitleRegistry public titles;
    ITitleDeliveries public deliveries;

    /// @notice What each member should have in cash.
    mapping(uint32 member => uint256) public held;

    // What must never have happened.
    string public strayed;
    string public left;

    /// @dev One more than the place.
    mapping(bytes32 => uint256) internal _placeOf;

    TitleStory[] internal _titles;
    DeliveryStory[] internal _deliveries;

    // What is being offered.
    DeliveryKey private _offeredKey;
    DeliveryTerms private _offeredTerms;

    /// @dev An act tells of itself.
    modifier told() {
        VM.recordLogs();
        _;
        Cheats.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(deliveries)) _delivered(logs[i]);
        }
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter == address(titles)) _moved(logs[i], logs);
        }
    }

    /* WHAT WAS TOLD */

    function titleCount() external view returns (uint256) {
        return _titles.length;
    }

    function titleStory(uint256 place) external view returns (TitleStory memory) {
        return _titles[place];
    }

    function deliveryCount() external view returns (uint256) {
        return _deliveries.length;
    }

    function deliveryStory(uint256 place) external view returns (DeliveryStory memory) {
        return _deliveries[place];
    }

    /* INTERNALS */

    function _offering(DeliveryKey memory key, DeliveryTerms memory terms) internal {
        (_offeredKey, _offeredTerms) = (key, terms);
    }

    function _delivered(Cheats.Log memory log) private {
        bytes32 act = log.topics[0];
        bytes32 id = log.topics[1];
        if (act == ITitleDeliveries.TitlesOffered.selector) {
            _deliveries.push(DeliveryStory(id, _offeredKey, _offeredTerms, DeliveryState.Offered));
            _placeOf[id] = _deliveries.length;
            return;
        }
        DeliveryStory storage story = _deliveries[_placeOf[id] - 1];
        if (story.state == DeliveryState.Settled || story.state == DeliveryState.Withdrawn) strayed = "a delivery";
        story.state = _after(act);
        if (act == ITitleDeliveries.TitlesTaken.selector || act == ITitleDeliveries.DeliveryPaid.selector) {
            held[story.key.applicant] -= story.terms.amount;
            held[story.key.bank] += story.terms.amount;
        }
    }

    function _after(bytes32 act) private pure returns (DeliveryState) {
        if (act == ITitleDeliveries.TitlesTakenOnTrust.selector) return DeliveryState.OnTrust;
        bool withdrawn = act == ITitleDeliveries.OfferWithdrawn.selector || act == ITitleDeliveries.OfferLapsed.selector;
        return withdrawn ? DeliveryState.Withdrawn : DeliveryState.Settled;
    }

    function _moved(Cheats.Log memory log, Cheats.Log[] memory logs) private {
        bytes32 act = log.topics[0];
        bytes32 id = log.topics[1];
        if (act == ITitleRegistry.TitleIssued.selector) {
            _titles.push();
            _titles[_titles.length - 1].id = id;
            _placeOf[id] = _titles.length;
        }
        TitleStory storage story = _titles[_placeOf[id] - 1];
        if (!_mayFollow(story.told.state, act)) strayed = "a title";
        if (story.told.custodian == address(deliveries)) _leaves(act, id, log, logs);
        Title storage title = story.told;
        if (!_endorsed(title, act, log) && !_possessed(title, act, log) && !_surrendered(title, act, log)) {
            _kept(title, act, log);
        }
    }

    /// @dev What may happen to a title in a state; an act that is not named needs a live title.
    function _mayFollow(TitleState state, bytes32 act) private pure returns (bool) {
        if (act == ITitleRegistry.TitleIssued.selector) return state == TitleState.None;
        if (act == ITitleRegistry.ReturnedFromPaper.selector) return state == TitleState.OnPaper;
        if (act == ITitleRegistry.TitleRestored.selector) return state == TitleState.Amending;
        if (act == ITitleRegistry.PledgeReleased.selector) return state == TitleState.Pledged;
        if (act == ITitleRegistry.SurrenderAccepted.selector) return state == TitleState.Surrendered;
        if (act == ITitleRegistry.SurrenderRejected.selector) return state == TitleState.Surrendered;
        if (act == ITitleRegistry.TitleGivenBack.selector) return state == TitleState.InCustody;
        if (act == ITitleRegistry.TitleHandedOver.selector) return state == TitleState.InCustody;
        return state == TitleState.Live;
    }

    /// @dev A title leaves the custody of deliveries to the applicant of its delivery, or back to the bank, by an act that says so.
    function _leaves(bytes32 act, bytes32 id, Cheats.Log memory log, Cheats.Log[] memory logs) private {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(deliveries)) continue;
            DeliveryStory storage story = _deliveries[_placeOf[logs[i].topics[1]] - 1];
            bool over = act == ITitleRegistry.TitleHandedOver.selector && story.state != DeliveryState.Withdrawn
                && _member(log.topics[3]) == story.key.applicant;
            bool back = act == ITitleRegistry.TitleGivenBack.selector && story.state == DeliveryState.Withdrawn
                && _member(log.topics[2]) == story.key.bank;
            for (uint256 place; place < story.key.titles.length; ++place) {
                if (story.key.titles[place] == id && (over || back)) return;
            }
        }
        left = "a title";
    }

    /// @dev The acts that move the right.
    function _endorsed(Title storage title, bytes32 act, Cheats.Log memory log) private returns (bool) {
        if (act == ITitleRegistry.TitleIssued.selector || act == ITitleRegistry.ReturnedFromPaper.selector) {
            _clear(title);
            title.state = TitleState.Live;
            (title.issuer, title.holder) = (_member(log.topics[2]), _member(log.topics[3]));
            (title.beneficiary, title.form, title.document) = abi.decode(log.data, (uint32, TitleForm, bytes32));
        } else if (act == ITitleRegistry.EndorseeNominated.selector) {
            _accepted(title, title.beneficiary);
            title.nominee = _member(log.topics[3]);
        } else if (act == ITitleRegistry.TitleEndorsed.selector) {
            uint32 to = _member(log.topics[3]);
            bool other = to != 0 && to != title.holder;
            title.previousBeneficiary = other ? title.beneficiary : 0;
            title.beneficiaryRejectBy = other ? _rejectBy() : 0;
            (title.previousHolder, title.holderRejectBy) = (0, 0);
            (title.beneficiary, title.nominee) = (to, 0);
            title.form = abi.decode(log.data, (TitleForm));
        } else if (act == ITitleRegistry.EndorsementRejected.selector) {
            (title.beneficiary, title.nominee) = (_member(log.topics[3]), 0);
            (title.previousBeneficiary, title.beneficiaryRejectBy) = (0, 0);
            title.form = abi.decode(log.data, (TitleForm));
        } else {
            return false;
        }
        return true;
    }

    /// @dev The acts that move possession.
    function _possessed(Title storage title, bytes32 act, Cheats.Log memory log) private returns (bool) {
        uint32 to = log.topics.length > 3 ? _member(log.topics[3]) : 0;
        if (act == ITitleRegistry.PossessionTransferred.selector) {
            _accepted(title, title.holder);
            (title.previousHolder, title.holder, title.holderRejectBy) = (title.holder, to, _rejectBy());
        } else if (act == ITitleRegistry.PossessionRejected.selector) {
            (title.previousHolder, title.holder, title.holderRejectBy) = (0, to, 0);
        } else if (act == ITitleRegistry.TitlePledged.selector) {
            _accepted(title, title.holder);
            (title.previousHolder, title.holder, title.state) = (title.holder, to, TitleState.Pledged);
        } else if (act == ITitleRegistry.PledgeReleased.selector) {
            (title.previousHolder, title.holder, title.state) = (0, to, TitleState.Live);
        } else {
            return false;
        }
        return true;
    }

    function _surrendered(Title storage title, bytes32 act, Cheats.Log memory log) private returns (bool) {
        if (act == ITitleRegistry.TitleSurrendered.selector) {
            _accepted(title, title.holder);
            (title.state, title.nominee) = (TitleState.Surrendered, 0);
            title.purpose = abi.decode(log.data, (SurrenderPurpose));
        } else if (act == ITitleRegistry.SurrenderAccepted.selector) {
            title.state = TitleState.Amending;
            if (title.purpose == SurrenderPurpose.Delivery) title.state = TitleState.Delivered;
            if (title.purpose == SurrenderPurpose.Paper) title.state = TitleState.OnPaper;
        } else if (act == ITitleRegistry.SurrenderRejected.selector) {
            title.state = TitleState.Live;
        } else if (act == ITitleRegistry.TitleRestored.selector) {
            (title.state, title.document) = (TitleState.Live, abi.decode(log.data, (bytes32)));
        } else {
            return false;
        }
        return true;
    }

    function _kept(Title storage title, bytes32 act, Cheats.Log memory log) private {
        if (act == ITitleRegistry.TitleDeposited.selector) {
            _accepted(title, title.holder);
            (title.previousHolder, title.holderRejectBy) = (0, 0);
            title.custodian = address(uint160(uint256(log.topics[3])));
            title.state = TitleState.InCustody;
            title.beneficiaryRejectBy = 0;
            return;
        }
        (title.state, title.custodian, title.previousBeneficiary) = (TitleState.Live, address(0), 0);
        if (act == ITitleRegistry.TitleGivenBack.selector) {
            (title.beneficiary, title.form) = abi.decode(log.data, (uint32, TitleForm));
        } else {
            uint32 beneficiary;
            (, beneficiary) = abi.decode(log.data, (address, uint32));
            if (beneficiary != title.beneficiary) title.nominee = 0;
            (title.holder, title.beneficiary) = (_member(log.topics[3]), beneficiary);
        }
    }

    /// @dev A chain of endorsements that begins.
    function _clear(Title storage title) private {
        (title.purpose, title.nominee) = (SurrenderPurpose.Delivery, 0);
        (title.previousHolder, title.previousBeneficiary) = (0, 0);
        (title.holderRejectBy, title.beneficiaryRejectBy) = (0, 0);
    }

    /// @dev Whoever acts has accepted what came to it.
    function _accepted(Title storage title, uint32 member) private {
        if (title.holder == member) (title.previousHolder, title.holderRejectBy) = (0, 0);
        if (title.beneficiary == member && title.beneficiaryRejectBy != 0) {
            (title.previousBeneficiary, title.beneficiaryRejectBy) = (0, 0);
        }
    }

    function _rejectBy() private view returns (uint40) {
        return uint40(block.timestamp) + REJECTION_PERIOD;
    }

    function _member(bytes32 topic) private pure returns (uint32) {
        return uint32(uint256(topic));
    }
}

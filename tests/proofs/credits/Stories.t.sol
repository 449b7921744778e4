// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Clock} from "interfaces/IBankingCalendar.sol";
import {IDisposals} from "interfaces/IDisposals.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {Availability, ILetterOfCredit, Issuance, MaturityFrom} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
import {IPresentations, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";
import {Alliance, MEMBERS} from "tests/proofs/credits/Alliance.t.sol";
import {Cheats, VM} from "tests/proofs/credits/Cheats.t.sol";
import {
    AmendmentStory,
    CreditStory,
    DebtStory,
    DocumentStory,
    Due,
    Reading,
    Terms
} from "tests/proofs/credits/CreditStories.t.sol";

/// @title What happened so far, told by the acts that passed.
/// @notice The acts write it down and the invariants read it.
contract Stories {
    using Reading for CreditStory;
    using Reading for Terms;

    Alliance public immutable alliance;
    // Asked for once: a prank is spent by the next call, whatever it is.
    ILetterOfCredit internal immutable letters;
    IPresentations internal immutable presentations;
    IForwarding internal immutable forwarding;
    IDisposals internal immutable disposals;
    IPaymentObligations internal immutable obligations;
    ISettlementCash internal immutable cash;

    CreditStory[] internal _credits;
    DocumentStory[] internal _documents;
    DebtStory[] internal _debts;

    /// @dev One more than the place.
    mapping(bytes32 => uint256) internal _placeOf;

    mapping(uint32 => bool) public isSuspended;
    mapping(uint32 => uint256) public held;
    uint256 public minted;

    // What must never have happened.
    bytes4 public turnedAway;
    string public silent;
    string public outOfStanding;
    string public movedOthersCash;
    string public unnamedLoss;
    string public paidTwice;

    /// @dev What follows an unpaid obligation before it has arisen itself: one more than the place of that.
    mapping(bytes32 => uint256) internal _followsWhat;

    /// @dev An act tells of itself.
    modifier told(string memory name) {
        VM.recordLogs();
        _;
        Cheats.Log[] memory logs = VM.getRecordedLogs();
        if (logs.length == 0) silent = name;
        for (uint256 i; i < logs.length; ++i) {
            _judged(logs[i]);
        }
    }

    constructor(Alliance alliance_) {
        alliance = alliance_;
        (letters, presentations) = (alliance_.credits(), alliance_.presentations());
        forwarding = alliance_.forwarding();
        disposals = alliance_.disposals();
        (obligations, cash) = (alliance_.obligations(), alliance_.cash());
    }

    /// @dev Takes down on which version documents were judged.
    function _judged(Cheats.Log memory log) private {
        uint256 version;
        if (log.topics[0] == IPresentations.FoundComplying.selector) {
            (, version,) = abi.decode(log.data, (uint64, uint8, bytes32));
        } else if (log.topics[0] == IPresentations.DiscrepanciesAccepted.selector) {
            (, version,,) = abi.decode(log.data, (uint64, uint8, bytes32, bytes32));
        } else if (log.topics[0] == IPresentations.PreclusionClaimed.selector) {
            // It says nothing of a version.
            version = _documents[_placeOf[log.topics[1]] - 1].versionThen;
        } else {
            return;
        }
        _documents[_placeOf[log.topics[1]] - 1].version = uint8(version);
    }

    /* READING */

    function credits() external view returns (uint256) {
        return _credits.length;
    }

    function credit(uint256 place) external view returns (CreditStory memory) {
        return _credits[place];
    }

    function documents() external view returns (uint256) {
        return _documents.length;
    }

    function document(uint256 place) external view returns (DocumentStory memory) {
        return _documents[place];
    }

    function debts() external view returns (uint256) {
        return _debts.length;
    }

    function debt(uint256 place) external view returns (DebtStory memory) {
        return _debts[place];
    }

    function due(uint256 place) external view returns (Due memory) {
        return _due(place);
    }

    function paidInstead(uint256 place) external view returns (bool) {
        return _paidInstead(place);
    }

    function placeOf(bytes32 id) external view returns (uint256) {
        return _placeOf[id] - 1;
    }

    function isKnown(bytes32 id) external view returns (bool) {
        return _placeOf[id] != 0;
    }

    /* CHOICES */

    /// @dev A number below `count`; the seed goes on.
    function _pick(uint256[1] memory seed, uint256 count) internal pure returns (uint256 chosen) {
        chosen = seed[0] % count;
        seed[0] = uint256(keccak256(abi.encode(seed[0])));
    }

    /// @dev Mostly the right member.
    function _mostly(uint256[1] memory seed, uint32 right) internal pure returns (uint32) {
        if (right != 0 && _pick(seed, 12) != 0) return right;
        return uint32(_pick(seed, MEMBERS)) + 1;
    }

    function _as(uint32 member) internal {
        address sender = alliance.key(member);
        VM.prank(sender);
    }

    /// @dev One of the last few.
    function _recent(uint256[1] memory seed, uint256 length, uint256 few) internal pure returns (uint256) {
        require(length != 0, "nothing");
        return length - 1 - _pick(seed, length < few ? length : few);
    }

    function _clock(uint32 bank, uint256 received) internal view returns (Clock memory) {
        return alliance.calendar().clock(alliance.registry().calendarOfBranch(bank), received, 5);
    }

    function _clockAsAccepted(uint32 bank, uint256 received) internal view returns (Clock memory) {
        return alliance.calendar().clockAsAccepted(alliance.registry().calendarOfBranch(bank), received, 5);
    }

    /* WHO IS TO BE PAID */

    /// @dev Of what follows an unpaid obligation the creditor of that, until it is paid: then the bank that paid it.
    function _due(uint256 place) internal view returns (Due memory found) {
        DebtStory storage story = _debts[place];
        DebtStory storage at = story;
        found.holder = place + 1;
        while (at.follows != 0) {
            uint256 before = at.follows;
            at = _debts[before - 1];
            if (_isPaid(at)) {
                if (at.debtor == story.owner) {
                    found.holder = place + 1;
                    at = story;
                } else {
                    (found.holder, found.owner) = (0, at.debtor);
                    return found;
                }
                break;
            }
            found.holder = before;
        }
        (found.owner, found.ownerPaid) = (at.owner, at.ownerAttested);
        (found.assignee, found.assigned, found.assigneePaid) = (at.assignee, at.assigned, at.assigneeAttested);
    }

    function _isPaid(DebtStory storage story) internal view returns (bool) {
        return story.ended == ObligationState.Paid || story.ended == ObligationState.Prepaid;
    }

    /// @dev Whether a bank behind has paid for the same drawing.
    function _paidInstead(uint256 place) internal view returns (bool) {
        DebtStory storage story = _debts[place];
        while (story.followedBy != 0) {
            story = _debts[story.followedBy - 1];
            if (_isPaid(story)) return true;
        }
        return false;
    }

    /* WHAT AROSE */

    /// @dev Takes down what a bank's decision made.
    function _arose(uint256 place, bytes32 id, PresentationState decided) internal {
        DocumentStory storage found = _documents[place];
        Obligation memory owed = obligations.obligation(id);
        bool refused = found.refusals != 0;
        found.decisions++;
        found.decided = decided;
        found.decidedAt = uint40(block.timestamp);
        found.decidedAfterRefusal = refused;
        found.debt = id;
        _debts.push();
        _placeOf[id] = _debts.length;
        DebtStory storage story = _debts[_debts.length - 1];
        story.id = id;
        story.credit = found.credit;
        story.documents = place;
        (story.debtor, story.owner, story.amount) = (owed.debtor, owed.owner, owed.amount);
        (story.currency, story.maturity, story.state) = (owed.currency, owed.maturity, owed.state);
        (story.kind, story.recourse, story.arose) = (owed.kind, owed.recourse, uint40(block.timestamp));
        story.counts = !found.honoured;
        story.follows = _followsWhat[id];
        if (story.follows != 0) _debts[story.follows - 1].followedBy = _debts.length;
        _bound(story, found, refused);
    }

    function _bound(DebtStory storage story, DocumentStory storage found, bool refused) private {
        CreditStory memory letter = _credits[found.credit];
        uint32 bank = found.lodging.key.examiner;
        story.drawn = letters.credit(letter.id).drawn;
        story.ceiling = letter.binding(bank).ceiling();
        uint256 before = story.drawn - (story.counts ? story.amount : 0);
        story.left = uint64(story.ceiling > before ? story.ceiling - before : 0);
        story.stayedUntil = letter.isStayed ? letter.stayedUntil : 0;
        (story.stateDue, story.negotiates) = _undertaking(letter, bank);
        story.maturityDue = _maturity(letter.issuance, found, refused);
        found.versionThen = uint8(letter.versionOf(bank));
    }

    /// @dev UCP 600 art. 7(a), 8(a).
    function _undertaking(CreditStory memory letter, uint32 bank) private pure returns (ObligationState, bool) {
        Issuance memory terms = letter.issuance;
        bool there = terms.anyBank || terms.nominatedBank == 0 || terms.nominatedBank == bank;
        bool negotiates = bank != letter.bank && (there || !letter.confirms(bank));
        if (terms.availability == Availability.SightPayment) return (ObligationState.Due, negotiates);
        if (terms.availability == Availability.DeferredPayment) return (ObligationState.Incurred, negotiates);
        if (terms.availability == Availability.Acceptance) return (ObligationState.Accepted, negotiates);
        if (negotiates) return (ObligationState.Negotiated, negotiates);
        bool atSight = terms.tenorFrom == MaturityFrom.None;
        return (atSight ? ObligationState.Due : ObligationState.Incurred, negotiates);
    }

    /// @dev UCP 600 art. 3: the day from which a usance counts is not counted.
    function _maturity(Issuance memory terms, DocumentStory storage found, bool refused) private view returns (uint40) {
        if (terms.tenorFrom == MaturityFrom.None) return uint40(block.timestamp);
        uint256 day = terms.tenor;
        if (terms.tenorFrom == MaturityFrom.Shipment && found.lodging.shipped != 0) {
            day += found.lodging.shipped;
        } else if (terms.tenorFrom != MaturityFrom.FixedDate) {
            uint256 receipt;
            if (refused) {
                receipt = _clock(found.lodging.key.examiner, block.timestamp).receiptDay;
                if (receipt == 0) receipt = block.timestamp / 1 days;
            } else {
                receipt = _sight(found);
            }
            day += receipt;
        }
        return uint40(day * 1 days);
    }

    /// @dev The day of receipt at the bank that honoured first.
    function _sight(DocumentStory storage found) private view returns (uint256 day) {
        while (found.honoured) {
            found = _documents[found.source - 1];
        }
        uint32 bank = found.lodging.key.examiner;
        if (found.acceptedOutOfHours) day = _clockAsAccepted(bank, found.received).receiptDay;
        else if (found.deadline != 0) day = _clock(bank, found.received).receiptDay;
        if (day == 0) day = found.received / 1 days;
    }

    function _keyOf(uint256 place) internal view returns (PresentationKey memory) {
        return _documents[place].lodging.key;
    }

    function _catchUp(CreditStory storage story) internal {
        CreditStory memory copy = story;
        if (!copy.isDiverged()) {
            story.even = uint8(story.accepted.length);
            delete story.followed;
        }
    }

    /// @dev Takes down that an amendment became part of the credit.
    function _merge(CreditStory storage story, uint8 number, uint32 by, bytes32 mandate, bool byPresentation) internal {
        AmendmentStory storage amendment = story.amendments[number - 1];
        amendment.accepted = true;
        amendment.answers++;
        (amendment.answeredBy, amendment.mandate, amendment.byPresentation) = (by, mandate, byPresentation);
        // Whoever confirms later confirms the credit as amended.
        if (story.confirmations == 0) amendment.covered = true;
        story.accepted.push(number);
        if (amendment.covered) story.followed.push(number);
        _catchUp(story);
    }

    function _standing(uint256 place) internal view returns (PresentationState) {
        return Reading.standing(_documents[place]);
    }
}

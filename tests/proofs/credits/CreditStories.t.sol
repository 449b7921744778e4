// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Amendment, Issuance} from "interfaces/ILetterOfCredit.sol";
import {ObligationKind, ObligationState} from "interfaces/IPaymentObligations.sol";
import {Disposal, Lodging, PresentationState} from "interfaces/IPresentations.sol";

/// @dev What was said to an amendment.
struct AmendmentStory {
    Amendment issued;
    bool accepted;
    bool rejected;
    bool beneficiaryAgreed;
    bool bankAgreed;
    // The confirming bank covers it, or there was none to ask.
    bool covered;
    bool declined;
    uint8 answers;
    uint32 answeredBy;
    bytes32 mandate;
    bool byPresentation;
}

/// @dev What became of a credit, told by the acts that passed.
struct CreditStory {
    bytes32 id;
    uint32 bank;
    Issuance issuance;
    Issuance preAdvice;
    bool wasPreAdvised;
    bool isIssued;
    bool isCancelled;
    uint8 begun;
    uint8 issues;
    // Who is asked to confirm, and who confirmed.
    uint32 named;
    uint32 confirmer;
    uint32 confirmedBy;
    uint8 confirmations;
    bool advised;
    bool secondAdvised;
    bool adviceDeclined;
    bool secondAdviceDeclined;
    AmendmentStory[] amendments;
    // Numbers, in the order of acceptance.
    uint8[] accepted;
    // As far as the confirming bank was even, and what it followed since.
    uint8 even;
    uint8[] followed;
    bool isStayed;
    uint40 stayedUntil;
    uint40 stayedAt;
    uint32 stayedBy;
    // Members with a mandate, a bit each; those whose mandate another than the principal gave.
    uint256 mandates;
    uint256 foreignMandates;
    // What was on record when it was cancelled.
    bytes32 last;
}

/// @dev What became of documents.
struct DocumentStory {
    bytes32 id;
    uint256 credit;
    Lodging lodging;
    uint32 lodgedBy;
    uint32 payee;
    uint40 received;
    uint40 deadline;
    uint8 lodgings;
    bool bound;
    // A credit was in force when its drawing was lodged first.
    bool inForce;
    bool hadRight;
    // What the chain should have seen at lodging, and what it saw.
    uint8 due;
    uint8 seen;
    // What was on record when it was found complying by the terms of that time.
    uint8 flagged;
    // One more than the place of the documents that were sent on to become these, and whether that bank had honoured.
    uint256 source;
    bool honoured;
    uint8 refusals;
    uint40 refusedAt;
    uint256 discrepancies;
    Disposal disposal;
    uint8 decisions;
    PresentationState decided;
    uint40 decidedAt;
    bool decidedAfterRefusal;
    uint8 version;
    uint8 versionThen;
    bool instructed;
    bool takeUp;
    bool returnDue;
    uint8 sentBack;
    bool sentOn;
    bytes32 onward;
    bool inTwoPlaces;
    bool fromItsIssuer;
    bool toAStranger;
    bytes32 debt;
    // What its presenter presented on, whether its bank took it in out of hours, and when it did.
    uint256 named;
    bool acceptedOutOfHours;
    uint40 acceptedAt;
    uint40 deadlineBefore;
    // Presented by whom another bank left unpaid.
    bool turned;
}

/// @dev What became of an obligation.
struct DebtStory {
    bytes32 id;
    uint256 credit;
    uint256 documents;
    uint32 debtor;
    uint32 owner;
    uint64 amount;
    uint16 currency;
    uint40 maturity;
    ObligationState state;
    ObligationKind kind;
    // Its drawing counts: that of a bank which honoured before has been counted.
    bool counts;
    bool recourse;
    // What the credit still had, what it had drawn after, and by what the bank was bound.
    uint64 left;
    uint64 drawn;
    uint256 ceiling;
    uint40 arose;
    uint40 maturityDue;
    ObligationState stateDue;
    bool negotiates;
    uint40 stayedUntil;
    uint40 stayedAt;
    uint32 stayedBy;
    uint32 assignee;
    uint64 assigned;
    uint8 assignments;
    bool ownerAttested;
    bool assigneeAttested;
    uint64 agreed;
    uint8 ends;
    ObligationState ended;
    uint40 endedAt;
    uint32 endedBy;
    uint64 proceeds;
    uint64 agreedThen;
    // What reached the assignee and the owner, and what left the debtor.
    uint256 toAssignee;
    uint256 toOwner;
    uint256 fromDebtor;
    uint256 assigneeDue;
    uint256 ownerDue;
    // One more than the place of what follows it, and of what it follows.
    uint256 followedBy;
    uint256 follows;
    // Of what was left unpaid: how it stood when its creditor turned to the bank behind, and who did.
    bool turnedAway;
    ObligationState stateThen;
    uint32 turnedBy;
    uint32 creditorThen;
    // Who was to be paid when it was.
    uint32 paidTo;
    bool assignedWhileTwoOwed;
}

/// @dev Who is to be paid by an obligation, and of which obligation that is told: one more than its place, 0 for a bank
/// that paid the drawing although another follows.
struct Due {
    uint256 holder;
    uint32 owner;
    uint32 assignee;
    uint64 assigned;
    bool ownerPaid;
    bool assigneePaid;
}

/// @dev The numbers and the text by which a bank is bound; a decrease beyond the amount counts.
struct Terms {
    int256 amount;
    uint16 expiry;
    uint16 latestShipment;
    uint16 presentationPeriod;
    uint8 plusTolerance;
    uint8 minusTolerance;
    bytes32 text;
}

/// @title The rules by which stories are read.
library Reading {
    function issued(CreditStory memory story) internal pure returns (Terms memory) {
        Issuance memory from = story.issuance;
        return Terms({
            amount: int256(uint256(from.amount)),
            expiry: from.expiry,
            latestShipment: from.latestShipment,
            presentationPeriod: from.presentationPeriod,
            plusTolerance: from.plusTolerance,
            minusTolerance: from.minusTolerance,
            text: from.terms
        });
    }

    function amend(Terms memory terms, Amendment memory by) internal pure {
        terms.amount += int256(uint256(by.increase)) - int256(uint256(by.decrease));
        if (by.expiry != 0) terms.expiry = by.expiry;
        if (by.latestShipment != 0) terms.latestShipment = by.latestShipment;
        if (by.presentationPeriod != 0) terms.presentationPeriod = by.presentationPeriod;
        if (by.setsTolerance) (terms.plusTolerance, terms.minusTolerance) = (by.plusTolerance, by.minusTolerance);
        terms.text = keccak256(abi.encode(terms.text, by.terms));
    }

    /// @dev The first versions of a credit, `count` of them.
    function version(CreditStory memory story, uint256 count) internal pure returns (Terms memory terms) {
        terms = issued(story);
        for (uint256 i; i < count; ++i) {
            amend(terms, story.amendments[story.accepted[i] - 1].issued);
        }
    }

    function inForce(CreditStory memory story) internal pure returns (Terms memory) {
        return version(story, story.accepted.length);
    }

    function isDiverged(CreditStory memory story) internal pure returns (bool) {
        if (story.confirmations == 0) return false;
        for (uint256 i = story.even; i < story.accepted.length; ++i) {
            if (!story.amendments[story.accepted[i] - 1].covered) return true;
        }
        return false;
    }

    /// @dev What binds a bank: of the amendments since it fell behind, those it follows.
    function binding(CreditStory memory story, uint32 bank) internal pure returns (Terms memory terms) {
        if (bank != story.named || !isDiverged(story)) return inForce(story);
        terms = version(story, story.even);
        bytes32 text = terms.text;
        for (uint256 i; i < story.followed.length; ++i) {
            text = keccak256(abi.encode(text, story.amendments[story.followed[i] - 1].issued.terms));
        }
        for (uint256 i = story.even; i < story.accepted.length; ++i) {
            AmendmentStory memory each = story.amendments[story.accepted[i] - 1];
            if (each.covered) amend(terms, each.issued);
        }
        terms.text = text;
    }

    function versionOf(CreditStory memory story, uint32 bank) internal pure returns (uint256) {
        if (bank != story.named || !isDiverged(story)) return story.accepted.length;
        return story.even + story.followed.length;
    }

    function positive(Terms memory terms) internal pure returns (uint256) {
        return terms.amount > 0 ? uint256(terms.amount) : 0;
    }

    function ceiling(Terms memory terms) internal pure returns (uint256) {
        return positive(terms) * (100 + terms.plusTolerance) / 100;
    }

    /// @dev Whether each of the numbers is as it must be.
    function equal(Terms memory terms, Issuance memory found) internal pure returns (bool) {
        return found.amount == positive(terms) && found.expiry == terms.expiry
            && found.latestShipment == terms.latestShipment && found.presentationPeriod == terms.presentationPeriod
            && found.plusTolerance == terms.plusTolerance && found.minusTolerance == terms.minusTolerance;
    }

    function binds(CreditStory memory story, uint32 bank) internal pure returns (bool) {
        return bank == story.bank || confirms(story, bank);
    }

    function confirms(CreditStory memory story, uint32 bank) internal pure returns (bool) {
        return story.confirmations != 0 && bank == story.confirmer;
    }

    /// @dev Who acts for the beneficiary: itself, or the bank of one who is no member.
    function principal(CreditStory memory story) internal pure returns (uint32) {
        Issuance memory from = story.issuance;
        if (from.beneficiary != 0) return from.beneficiary;
        return from.advisingBank != 0 ? from.advisingBank : from.nominatedBank;
    }

    function isDecided(PresentationState state) internal pure returns (bool) {
        return
            state == PresentationState.Complying || state == PresentationState.Waived
                || state == PresentationState.Claimed;
    }

    /// @dev How documents must stand on record.
    function standing(DocumentStory memory story) internal pure returns (PresentationState) {
        if (story.decisions != 0) return story.decided;
        if (story.sentBack != 0) return PresentationState.Returned;
        if (story.returnDue) return PresentationState.ReturnDue;
        if (story.refusals != 0) return PresentationState.Refused;
        return story.sentOn ? PresentationState.Forwarded : PresentationState.Lodged;
    }

    function isUsance(DebtStory memory story) internal pure returns (bool) {
        return story.state == ObligationState.Incurred || story.state == ObligationState.Accepted;
    }

    function isOpen(ObligationState state) internal pure returns (bool) {
        return state != ObligationState.None && state <= ObligationState.Negotiated;
    }

    /// @dev When the day of maturity begins in the first place on earth.
    function begins(DebtStory memory story) internal pure returns (uint256) {
        return uint256(story.maturity) / 1 days * 1 days - 14 hours;
    }
}

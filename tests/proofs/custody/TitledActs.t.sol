// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IDisposals, PresenterInstruction} from "interfaces/IDisposals.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {Availability, ILetterOfCredit, Issuance, MaturityFrom} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations, Obligation, ObligationState} from "interfaces/IPaymentObligations.sol";
import {Disposal, IPresentations, Lodging, PresentationKey, PresentationState} from "interfaces/IPresentations.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";
import {ITitleCustody} from "interfaces/ITitleCustody.sol";
import {ITitleRegistry, TitleForm, TitleIssuance} from "interfaces/ITitleRegistry.sol";
import {
    ADVISER,
    Alliance,
    BENEFICIARY,
    CENTRAL,
    CNY,
    CONFIRMER,
    FORWARDER,
    ISSUER,
    MEMBERS
} from "tests/proofs/credits/Alliance.t.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";

/// @dev Documents at one bank.
struct Leg {
    PresentationKey key;
    uint256 voyage;
    // They came to the bank with the titles, or got them there.
    bool titled;
}

/// @dev Titles under one drawing, on their way from bank to bank.
struct Voyage {
    bytes32[] titles;
    uint256[] legs;
    // For which leg they are in custody, or were last.
    uint256 keptFor;
    bool inCustody;
}

/// @title Everybody who acts on presentations with titles, and what became of the titles by the acts that passed.
contract TitledActs {
    uint64 private constant AMOUNT = 100;
    uint256 private constant RECENT = 8;
    bytes32 private constant TEXT = keccak256("a message");
    uint256 private constant LODGED = 1 << uint256(PresentationState.Lodged);
    uint256 private constant COMPLYING = 1 << uint256(PresentationState.Complying);
    uint256 private constant REFUSED = 1 << uint256(PresentationState.Refused);
    uint256 private constant PRECLUDED = 1 << uint256(PresentationState.Precluded);
    uint256 private constant CLAIMED = 1 << uint256(PresentationState.Claimed);
    uint256 private constant WAIVED = 1 << uint256(PresentationState.Waived);
    uint256 private constant RETURN_DUE = 1 << uint256(PresentationState.ReturnDue);
    uint256 private constant RETURNED = 1 << uint256(PresentationState.Returned);
    uint256 private constant FORWARDED = 1 << uint256(PresentationState.Forwarded);
    uint256 private constant RELEASED = 1 << uint256(PresentationState.Released);
    uint256 private constant HONOURED = COMPLYING | WAIVED | CLAIMED;

    // Asked for once: a prank is spent by the next call, whatever it is.
    Alliance private immutable _alliance;
    ILetterOfCredit private immutable _credits;
    IPresentations private immutable _presentations;
    IForwarding private immutable _forwarding;
    IDisposals private immutable _disposals;
    IPaymentObligations private immutable _obligations;
    ISettlementCash private immutable _cash;
    ITitleRegistry private immutable _titles;
    ITitleCustody private immutable _custody;

    Leg[] private _legs;
    Voyage[] private _voyages;
    uint256 private _references;

    /// @notice Whether titles ever left for what they are not kept for.
    bool public strayed;

    constructor(Alliance alliance) {
        _alliance = alliance;
        (_credits, _presentations) = (alliance.credits(), alliance.presentations());
        (_forwarding, _disposals) = (alliance.forwarding(), alliance.disposals());
        (_obligations, _cash) = (alliance.obligations(), alliance.cash());
        (_titles, _custody) = (alliance.titles(), alliance.custody());
    }

    /* READING */

    function voyageCount() external view returns (uint256) {
        return _voyages.length;
    }

    function voyage(uint256 place) external view returns (Voyage memory) {
        return _voyages[place];
    }

    function leg(uint256 place) external view returns (Leg memory) {
        return _legs[place];
    }

    /* IN */

    function presentTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        Lodging memory lodging = _lodging(seed);
        uint256 begun = _begin(seed, lodging.key, true);
        bytes32[] memory titles = _voyages[begun].titles;
        _as(BENEFICIARY);
        _titles.presentDocuments(lodging, titles);
    }

    function attachTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place;
        if (_pick(seed, 3) == 0) {
            // What a bank sent on after it had honoured.
            place = _one(seed, LODGED);
        } else {
            Lodging memory lodging = _lodging(seed);
            _begin(seed, lodging.key, false);
            _as(BENEFICIARY);
            _presentations.lodge(lodging);
            place = _legs.length - 1;
        }
        Leg storage to = _legs[place];
        (PresentationKey memory key, bytes32[] memory titles) = _named(place);
        _as(key.presenter);
        _custody.attach(key, titles);
        to.titled = true;
        (_voyages[to.voyage].keptFor, _voyages[to.voyage].inCustody) = (place, true);
    }

    /* THE BANK DECIDES */

    function findTitledComplying(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, LODGED)].key;
        _as(key.examiner);
        _presentations.findComplying(key);
    }

    function undertakeForTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place = _one(seed, LODGED);
        (PresentationKey memory key, bytes32[] memory titles) = _named(place);
        bool waives = _pick(seed, 2) == 0;
        _as(key.examiner);
        if (waives) _custody.acceptDiscrepancies(key, TEXT, false, titles);
        else _custody.findComplying(key, titles);
        _leave(place, key.examiner);
    }

    function refuseTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, LODGED)].key;
        Disposal disposal = [Disposal.Hold, Disposal.Return, Disposal.Notify][_pick(seed, 3)];
        _as(key.examiner);
        _presentations.refuse(key, 1, disposal, TEXT);
    }

    function waiveTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, REFUSED | LODGED)].key;
        _as(key.examiner);
        _presentations.acceptDiscrepancies(key, TEXT, false);
    }

    function instructTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, REFUSED)].key;
        PresenterInstruction instruction = PresenterInstruction(2 + _pick(seed, 3));
        _as(key.presenter);
        _disposals.instruct(key, instruction, TEXT);
    }

    function returnTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, REFUSED | RETURN_DUE)].key;
        _as(key.examiner);
        _disposals.recordReturn(key, TEXT);
    }

    function claimTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, PRECLUDED)].key;
        uint32 payee = _presentations.presentation(_id(key)).payee;
        _as(payee);
        _presentations.claimPrecluded(key);
    }

    /* MONEY */

    function payForTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place = _one(seed, HONOURED);
        (PresentationKey memory key, bytes32[] memory titles) = _named(place);
        bytes32 owed = _custody.recordOf(key);
        _fund(key.examiner);
        _as(key.examiner);
        _titles.payForTitles(owed, titles);
        _leave(place, key.examiner);
    }

    /// @dev What carries no titles: at maturity, or for another bank that has them.
    function payWithoutTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        PresentationKey memory key = _legs[_one(seed, HONOURED)].key;
        bytes32 owed = _custody.recordOf(key);
        Obligation memory found = _obligations.obligation(owed);
        if (found.state != ObligationState.Due && block.timestamp < found.maturity && _pick(seed, 2) == 0) {
            VM.warp(found.maturity);
        }
        _fund(key.examiner);
        _as(key.examiner);
        _obligations.pay(owed);
    }

    function attestForTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        bytes32 owed = _custody.recordOf(_legs[_one(seed, HONOURED)].key);
        uint32 creditor = _obligations.currentCreditor(owed);
        _as(creditor);
        _obligations.attestPayment(owed, TEXT);
    }

    /* OUT */

    function deliverTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place = _one(seed, HONOURED | RELEASED);
        (PresentationKey memory key, bytes32[] memory titles) = _named(place);
        address account = _alliance.key(_pick(seed, 8) == 0 ? _anybody(seed) : key.examiner);
        _tryAnothers(seed, key, abi.encodeCall(ITitleCustody.deliver, (key, _others(seed, place), account)));
        _as(_anybody(seed));
        _custody.deliver(key, titles, account);
        _leave(place, key.examiner);
    }

    function giveTitlesBack(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place = _one(seed, REFUSED | RETURN_DUE | RETURNED | LODGED | FORWARDED);
        (PresentationKey memory key, bytes32[] memory titles) = _named(place);
        _tryAnothers(seed, key, abi.encodeCall(ITitleCustody.giveBack, (key, _others(seed, place))));
        // What was carried on goes back past the bank that sent it on, to whoever gave it.
        uint32 depositor = _titles.titleOf(titles[0]).holder;
        _as(_pick(seed, 4) == 0 ? _anybody(seed) : key.presenter);
        _custody.giveBack(key, titles);
        _leave(place, depositor);
    }

    /* ON */

    function forwardTitled(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place = _one(seed, LODGED | HONOURED | FORWARDED);
        for (uint256 i = _legs.length; i > 0 && _legs[place].key.examiner == ISSUER; --i) {
            place = i - 1;
        }
        PresentationKey memory key = _legs[place].key;
        uint32 to = _pick(seed, 4) == 0 ? CONFIRMER : ISSUER;
        uint8 number = uint8(_voyages[_legs[place].voyage].legs.length);
        _as(key.examiner);
        bytes32 id = _forwarding.forward(key, to, number, TEXT);
        PresentationKey memory onward = PresentationKey(key.creditId, to, key.examiner, number);
        _add(_legs[place].voyage, onward, _presentations.presentation(id).titles != 0);
    }

    function carryTitlesOn(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        uint256 place = _one(seed, FORWARDED);
        (PresentationKey memory key, bytes32[] memory titles) = _named(place);
        Voyage storage story = _voyages[_legs[place].voyage];
        uint256 last = story.legs[story.legs.length - 1];
        PresentationKey memory onward = _legs[last].key;
        _as(_anybody(seed));
        _custody.carryOn(key, onward, titles);
        if (!story.inCustody || story.keptFor != place) strayed = true;
        story.keptFor = last;
    }

    /* THE WORLD */

    function waitWithTitles(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        VM.warp(block.timestamp + [uint256(1 hours), 6 hours, 1 days, 3 days, 9 days][_pick(seed, 5)]);
    }

    /* INTERNALS */

    /// @dev A presentation under a credit of its own, mostly one in force.
    function _lodging(uint256[1] memory seed) private returns (Lodging memory lodging) {
        Issuance memory terms;
        terms.bankReference = bytes16(uint128(++_references) << 64);
        (terms.beneficiary, terms.nominatedBank, terms.confirmingBank) = (BENEFICIARY, ADVISER, CONFIRMER);
        (terms.amount, terms.currency) = (AMOUNT, CNY);
        terms.expiry = uint16(block.timestamp / 1 days + 60);
        terms.terms = TEXT;
        Availability[3] memory available =
            [Availability.SightPayment, Availability.DeferredPayment, Availability.Negotiation];
        terms.availability = available[_pick(seed, 3)];
        if (terms.availability == Availability.DeferredPayment) {
            (terms.tenor, terms.tenorFrom) = (30, MaturityFrom.Sight);
        }
        bool isIssued = _pick(seed, 8) != 0;
        _as(ISSUER);
        lodging.key.creditId = isIssued ? _credits.issue(terms) : _credits.preAdvise(terms);
        if (isIssued) {
            _as(CONFIRMER);
            _credits.confirm(lodging.key.creditId);
        }
        lodging.key.examiner = isIssued ? [ISSUER, ADVISER, CONFIRMER][_pick(seed, 3)] : ISSUER;
        (lodging.key.presenter, lodging.key.number) = (BENEFICIARY, 1);
        (lodging.amount, lodging.shipped) = (AMOUNT, uint16(block.timestamp / 1 days));
        lodging.documents = TEXT;
    }

    /// @dev One or two titles, and the documents with which they are presented.
    function _begin(uint256[1] memory seed, PresentationKey memory key, bool titled) private returns (uint256 begun) {
        begun = _voyages.length;
        Voyage storage story = _voyages.push();
        (story.keptFor, story.inCustody) = (_legs.length, titled);
        for (uint256 left = 1 + _pick(seed, 2); left > 0; --left) {
            TitleIssuance memory issuance;
            (issuance.transportReference, issuance.document) = (bytes32(++_references), TEXT);
            (issuance.holder, issuance.form) = (_alliance.key(BENEFICIARY), TitleForm.ToOrder);
            issuance.beneficiary = issuance.holder;
            _as(FORWARDER);
            story.titles.push(_titles.issue(issuance));
        }
        _add(begun, key, titled);
    }

    function _add(uint256 voyage_, PresentationKey memory key, bool titled) private {
        _voyages[voyage_].legs.push(_legs.length);
        _legs.push(Leg(key, voyage_, titled));
    }

    /// @dev They leave for one of the two sides, out of what they were kept for.
    function _leave(uint256 place, uint32 side) private {
        Voyage storage story = _voyages[_legs[place].voyage];
        if (!story.inCustody || story.keptFor != place) strayed = true;
        story.inCustody = false;
        for (uint256 i; i < story.titles.length; ++i) {
            (uint32 member,) = _titles.controllerOf(story.titles[i]);
            if (member != side) strayed = true;
        }
    }

    /// @dev In a share of cases the call is tried with titles of other documents, which never go.
    function _tryAnothers(uint256[1] memory seed, PresentationKey memory key, bytes memory call_) private {
        if (_pick(seed, 3) != 0) return;
        _as(key.presenter);
        (bool passed,) = address(_custody).call(call_);
        if (passed) strayed = true;
    }

    /// @dev Titles of a voyage that is not that of this leg, as many as its own.
    function _others(uint256[1] memory seed, uint256 place) private view returns (bytes32[] memory titles) {
        uint256 own = _legs[place].voyage;
        for (uint256 i = _voyages.length; i > 0; --i) {
            if (i - 1 == own || _voyages[i - 1].titles.length != _voyages[own].titles.length) continue;
            titles = _voyages[i - 1].titles;
            if (_voyages[i - 1].inCustody && _pick(seed, 2) == 0) break;
        }
    }

    function _named(uint256 place) private view returns (PresentationKey memory key, bytes32[] memory titles) {
        return (_legs[place].key, _voyages[_legs[place].voyage].titles);
    }

    function _id(PresentationKey memory key) private pure returns (bytes32) {
        return keccak256(abi.encode(key));
    }

    /// @dev One of the last legs, mostly one in these states.
    function _one(uint256[1] memory seed, uint256 states) private view returns (uint256 place) {
        require(_legs.length != 0, "nothing");
        uint256 found;
        for (uint256 i = _legs.length; i > 0 && found < RECENT; --i) {
            PresentationState state = _presentations.stateOf(_legs[i - 1].key);
            if (states >> uint256(state) & 1 == 0 && _pick(seed, 24) != 0) continue;
            ++found;
            if (_pick(seed, found) == 0) place = i - 1;
        }
    }

    function _anybody(uint256[1] memory seed) private pure returns (uint32) {
        return 1 + uint32(_pick(seed, MEMBERS));
    }

    function _pick(uint256[1] memory seed, uint256 count) private pure returns (uint256 chosen) {
        chosen = seed[0] % count;
        seed[0] = uint256(keccak256(abi.encode(seed[0])));
    }

    function _fund(uint32 bank) private {
        _as(CENTRAL);
        _cash.mint(bank, AMOUNT, bytes32(++_references));
    }

    function _as(uint32 member) private {
        VM.prank(_alliance.key(member));
    }
}

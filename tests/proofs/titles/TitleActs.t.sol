// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {Admission, IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";
import {
    DeliveryBasis,
    DeliveryKey,
    DeliveryState,
    DeliveryTerms,
    ITitleDeliveries
} from "interfaces/ITitleDeliveries.sol";
import {
    ITitleRegistry,
    SurrenderPurpose,
    Title,
    TitleForm,
    TitleIssuance,
    TitleState
} from "interfaces/ITitleRegistry.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";
import {DeliveryStory, TitleStories, TitleStory} from "tests/proofs/titles/TitleStories.t.sol";

/// @dev The members, by number.
uint32 constant CARRIER = 1;
uint32 constant SHIPPER = 2;
uint32 constant BUYER = 3;
uint32 constant BANK = 4;
uint32 constant CENTRAL = 5;
uint32 constant MEMBERS = 5;

/// @title The contracts of titles as they were built, and everybody who acts on them.
/// @notice It stands for the contract that has titles in custody for presentations.
contract TitleActs is TitleStories {
    uint256 private constant START = 20_332 days;
    uint40 private constant NO_END = type(uint40).max;
    uint256 private constant RECENT = 6;
    uint16 private constant CNY = 156;
    uint64 private constant FUNDS = 1_000_000;
    bytes32 private constant RECORD = keccak256("a presentation");

    IAllianceRegistry public registry;
    ISettlementCash public cash;

    uint256 private _references;
    string private _suite;

    constructor() {
        VM.warp(START);
        _suite = VM.readFile(VM.envOr("YANGSHAN_SUITE", "build/suite.json"));
        uint256 nonce = VM.getNonce(address(this));
        address[5] memory at;
        for (uint256 i; i < at.length; ++i) {
            at[i] = VM.computeCreateAddress(address(this), nonce + i);
        }
        registry = IAllianceRegistry(_deploy("AllianceRegistry", abi.encode(address(this), address(0), _founders())));
        uint16[] memory currencies = new uint16[](1);
        address[] memory tokens = new address[](1);
        (currencies[0], tokens[0]) = (CNY, at[4]);
        address none = address(0);
        _deploy("PaymentObligations", abi.encode(registry, none, none, none, none, none, currencies, tokens));
        titles = ITitleRegistry(_deploy("TitleRegistry", abi.encode(registry, none, none, none, address(this), at[3])));
        deliveries = ITitleDeliveries(_deploy("TitleDeliveries", abi.encode(registry, at[2], at[1])));
        bytes memory terms = abi.encode(registry, at[1], at[3], CENTRAL, CNY, string("CNY"), uint8(2));
        cash = ISettlementCash(_deploy("SettlementCash", terms));
        delete _suite;
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            uint128 roles = Roles.TITLE | Roles.PAY | Roles.ACCEPT | Roles.ATTEST | Roles.CASH;
            if (member == CARRIER) roles |= Roles.CARRY;
            VM.prank(_administrator(member));
            registry.setKey(key(member), roles, NO_END);
        }
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            VM.prank(key(CENTRAL));
            cash.mint(member, FUNDS, bytes32(uint256(member)));
            held[member] = FUNDS;
        }
    }

    function key(uint32 member) public pure returns (address) {
        return address(uint160(0xa11ce000) + member);
    }

    function treasury(uint32 member) public pure returns (address) {
        return address(uint160(0xca500000) + member);
    }

    /* TITLES */

    function issueTitle(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        bytes32 given = bytes32(++_references);
        // The same again, in a share of cases.
        if (_pick(seed, 12) == 0) given = bytes32(1 + _pick(seed, _references));
        TitleIssuance memory issuance = _issuance(seed);
        issuance.transportReference = given;
        _as(_pick(seed, 12) == 0 ? SHIPPER : CARRIER);
        titles.issue(issuance);
    }

    function nominate(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Live);
        address to = _pick(seed, 4) == 0 ? address(0) : key(_other(seed, story.told.beneficiary));
        _by(seed, story.told.beneficiary);
        titles.nominate(story.id, to, 0);
    }

    function endorse(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _endorsable(seed);
        (address to, TitleForm form) = _endorsee(seed, story.told);
        _by(seed, story.told.holder);
        titles.endorseTitle(story.id, to, form, 0);
    }

    function transferHolder(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Live);
        uint32 to = _other(seed, story.told.holder);
        _by(seed, story.told.holder);
        titles.transferHolder(story.id, key(to), 0);
    }

    function transferBoth(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _endorsable(seed);
        (address to, TitleForm form) = _endorsee(seed, story.told);
        address holder = to == address(0) || _pick(seed, 3) == 0 ? key(_other(seed, story.told.holder)) : to;
        _by(seed, story.told.holder);
        titles.transferBoth(story.id, to, form, holder, 0);
    }

    function rejectHolder(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _rejectable(seed);
        _by(seed, story.told.holder);
        titles.rejectHolder(story.id, 0);
    }

    function rejectBeneficiary(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _rejectable(seed);
        _by(seed, story.told.beneficiary);
        titles.rejectBeneficiary(story.id, 0);
    }

    function rejectBoth(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _chosen(seed, TitleState.Live, 4);
        uint32 holder = story.told.holder;
        if (!_isRejectable(story.told)) {
            story = _entitled(seed);
            holder = _other(seed, story.told.holder);
            _as(story.told.holder);
            titles.transferBoth(story.id, key(holder), TitleForm.ToOrder, key(holder), 0);
        }
        _by(seed, holder);
        titles.rejectBoth(story.id, 0);
    }

    function pledge(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _entitled(seed);
        _by(seed, story.told.holder);
        titles.pledge(story.id, key(_pick(seed, 8) == 0 ? BUYER : BANK), 0);
    }

    function releasePledge(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Pledged);
        uint32 holder = story.told.holder;
        if (story.told.state != TitleState.Pledged) {
            story = _entitled(seed);
            holder = story.told.holder == BANK ? CENTRAL : BANK;
            _as(story.told.holder);
            titles.pledge(story.id, key(holder), 0);
        }
        _by(seed, holder);
        titles.releasePledge(story.id, 0);
    }

    function surrender(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _entitled(seed);
        SurrenderPurpose purpose = SurrenderPurpose(_pick(seed, 5));
        _by(seed, story.told.holder);
        titles.surrender(story.id, purpose, 0);
    }

    function acceptSurrender(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Surrendered);
        _by(seed, CARRIER);
        titles.acceptSurrender(story.id, 0);
    }

    function rejectSurrender(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Surrendered);
        _by(seed, CARRIER);
        titles.rejectSurrender(story.id, 0);
    }

    function restore(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Amending);
        if (story.told.state != TitleState.Amending) story = _surrendered(seed, SurrenderPurpose.Amendment);
        bytes32 document = bytes32(1 + _pick(seed, 5));
        _by(seed, CARRIER);
        titles.restore(story.id, document, 0);
    }

    function returnFromPaper(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.OnPaper);
        if (story.told.state != TitleState.OnPaper) story = _surrendered(seed, SurrenderPurpose.Paper);
        TitleIssuance memory issuance = _issuance(seed);
        _by(seed, CARRIER);
        titles.returnFromPaper(story.id, issuance);
    }

    /* CUSTODY FOR PRESENTATIONS */

    function deposit(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        TitleStory memory story = _title(seed, TitleState.Live);
        uint32 to = _pick(seed, 4) == 0 ? _other(seed, 0) : story.told.beneficiary;
        titles.deposit(_list(story.id), story.told.holder, to, RECORD);
    }

    function giveBack(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        titles.giveBack(_list(_title(seed, TitleState.InCustody).id), RECORD);
    }

    function handOver(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        bytes32 title = _title(seed, TitleState.InCustody).id;
        titles.handOver(_list(title), _other(seed, 0), RECORD);
    }

    /* DELIVERIES */

    function offer(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        (DeliveryKey memory named, DeliveryTerms memory terms) = _terms(seed, DeliveryBasis(_pick(seed, 2)));
        _by(seed, named.bank);
        deliveries.offer(named, terms);
    }

    function take(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _open(seed, DeliveryBasis.Payment);
        _by(seed, named.applicant);
        deliveries.take(named, key(named.applicant));
    }

    function takeOnTrust(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _open(seed, DeliveryBasis.TrustReceipt);
        _by(seed, named.applicant);
        deliveries.takeOnTrust(named, key(named.applicant), RECORD);
    }

    function release(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _open(seed, DeliveryBasis(_pick(seed, 2)));
        _by(seed, named.bank);
        deliveries.release(named, key(named.applicant), RECORD);
    }

    function withdraw(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _open(seed, DeliveryBasis(_pick(seed, 2)));
        _by(seed, named.bank);
        deliveries.withdraw(named);
    }

    function lapse(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _open(seed, DeliveryBasis(_pick(seed, 2)));
        uint256 takeBy = deliveries.delivery(deliveries.deliveryIdOf(named)).takeBy;
        // Mostly once its time is over.
        if (block.timestamp <= takeBy && _pick(seed, 4) != 0) VM.warp(takeBy + 1);
        deliveries.lapse(named);
    }

    /* WHAT IS OWED ON TRUST */

    function payOnTrust(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _owed(seed);
        _by(seed, named.applicant);
        deliveries.pay(named);
    }

    function attestOnTrust(uint256 seed_) external told {
        uint256[1] memory seed = [seed_];
        DeliveryKey memory named = _owed(seed);
        _by(seed, named.bank);
        deliveries.attestPayment(named, RECORD);
    }

    /* THE WORLD */

    function letTimePass(uint256 seed_) external {
        uint256[1] memory seed = [seed_];
        VM.warp(block.timestamp + 1 + _pick(seed, 1 days));
    }

    /* INTERNALS */

    function _issuance(uint256[1] memory seed) private pure returns (TitleIssuance memory issuance) {
        issuance.document = bytes32(1 + _pick(seed, 5));
        issuance.holder = key(_other(seed, 0));
        issuance.form = _form(seed);
        if (issuance.form == TitleForm.Blank) return issuance;
        issuance.beneficiary = _pick(seed, 4) == 0 ? key(_other(seed, 0)) : issuance.holder;
    }

    /// @dev Mostly whom the beneficiary nominated, where the holder is another.
    function _endorsee(uint256[1] memory seed, Title memory title) private pure returns (address to, TitleForm form) {
        form = _form(seed);
        if (title.nominee != 0 && _pick(seed, 4) != 0) {
            return (key(title.nominee), form == TitleForm.Blank ? TitleForm.ToOrder : form);
        }
        if (form != TitleForm.Blank) to = key(_other(seed, title.beneficiary));
    }

    function _form(uint256[1] memory seed) private pure returns (TitleForm) {
        uint256 chosen = _pick(seed, 6);
        if (chosen == 0) return TitleForm.Straight;
        return chosen == 1 ? TitleForm.Blank : TitleForm.ToOrder;
    }

    /// @dev One of the last titles, mostly in this state.
    function _title(uint256[1] memory seed, TitleState state) private view returns (TitleStory memory) {
        return _chosen(seed, state, 0);
    }

    /// @dev Mostly one whose holder may endorse it.
    function _endorsable(uint256[1] memory seed) private view returns (TitleStory memory) {
        return _chosen(seed, TitleState.Live, 1);
    }

    /// @dev Mostly one whose holder is entitled to it.
    function _entitled(uint256[1] memory seed) private view returns (TitleStory memory) {
        return _chosen(seed, TitleState.Live, 2);
    }

    /// @dev Mostly one that came by another's act.
    function _rejectable(uint256[1] memory seed) private view returns (TitleStory memory) {
        return _chosen(seed, TitleState.Live, 3);
    }

    function _chosen(uint256[1] memory seed, TitleState state, uint256 kind)
        private
        view
        returns (TitleStory memory story)
    {
        uint256 found;
        for (uint256 i = _titles.length; i > 0 && found < RECENT; --i) {
            TitleStory storage each = _titles[i - 1];
            if ((each.told.state != state || !_fits(each.told, kind)) && _pick(seed, 24) != 0) continue;
            ++found;
            if (_pick(seed, found) == 0) story = each;
        }
    }

    function _fits(Title memory title, uint256 kind) private pure returns (bool) {
        if (kind == 0) return true;
        if (kind == 3) return title.holderRejectBy != 0 || title.beneficiaryRejectBy != 0;
        if (kind == 4) return _isRejectable(title);
        bool own = title.beneficiary == 0 || title.beneficiary == title.holder;
        if (kind == 2) return own;
        return title.form != TitleForm.Straight && (own || title.nominee != 0);
    }

    /// @dev Whether one member may reject both.
    function _isRejectable(Title memory title) private pure returns (bool) {
        bool both = title.holderRejectBy != 0 && title.beneficiaryRejectBy != 0;
        return title.state == TitleState.Live && title.holder == title.beneficiary && both;
    }

    /// @dev One that is surrendered for this just now, and accepted.
    function _surrendered(uint256[1] memory seed, SurrenderPurpose purpose) private returns (TitleStory memory story) {
        story = _entitled(seed);
        _as(story.told.holder);
        titles.surrender(story.id, purpose, 0);
        _as(CARRIER);
        titles.acceptSurrender(story.id, 0);
    }

    /// @dev What is offered.
    function _terms(uint256[1] memory seed, DeliveryBasis basis)
        private
        returns (DeliveryKey memory named, DeliveryTerms memory terms)
    {
        TitleStory memory story = _entitled(seed);
        named.bank = story.told.holder;
        named.applicant = _other(seed, story.told.holder);
        named.number = uint32(_pick(seed, 40));
        named.titles = _list(story.id);
        TitleStory memory second = _entitled(seed);
        if (second.id != story.id && second.told.holder == named.bank) named.titles = _pair(story.id, second.id);
        terms.amount = uint64(_pick(seed, FUNDS / 3));
        terms.currency = CNY;
        terms.basis = basis;
        terms.takeBy = uint40(block.timestamp + 1 + _pick(seed, 2 days));
        if (basis == DeliveryBasis.TrustReceipt) terms.due = terms.takeBy + uint40(_pick(seed, 1 days));
        _offering(named, terms);
    }

    /// @dev A delivery that is offered, mostly; one that is offered just now, where there is none.
    function _open(uint256[1] memory seed, DeliveryBasis basis) private returns (DeliveryKey memory named) {
        DeliveryStory memory story = _delivery(seed, DeliveryState.Offered, basis);
        if (story.state == DeliveryState.Offered || (story.id != 0 && _pick(seed, 3) == 0)) return story.key;
        DeliveryTerms memory terms;
        (named, terms) = _terms(seed, basis);
        _as(named.bank);
        deliveries.offer(named, terms);
    }

    /// @dev One that is taken on trust, mostly; one that is taken just now, where there is none.
    function _owed(uint256[1] memory seed) private returns (DeliveryKey memory named) {
        DeliveryStory memory story = _delivery(seed, DeliveryState.OnTrust, DeliveryBasis.TrustReceipt);
        if (story.state == DeliveryState.OnTrust || (story.id != 0 && _pick(seed, 3) == 0)) return story.key;
        named = _open(seed, DeliveryBasis.TrustReceipt);
        _as(named.applicant);
        deliveries.takeOnTrust(named, key(named.applicant), RECORD);
    }

    /// @dev One of the last deliveries, mostly in this state and against this.
    function _delivery(uint256[1] memory seed, DeliveryState state, DeliveryBasis basis)
        private
        view
        returns (DeliveryStory memory story)
    {
        uint256 found;
        for (uint256 i = _deliveries.length; i > 0 && found < RECENT; --i) {
            DeliveryStory storage each = _deliveries[i - 1];
            if ((each.state != state || each.terms.basis != basis) && _pick(seed, 12) != 0) continue;
            ++found;
            if (_pick(seed, found) == 0) story = each;
        }
    }

    /// @dev A member, not this one.
    function _other(uint256[1] memory seed, uint32 member) private pure returns (uint32 other) {
        other = 1 + uint32(_pick(seed, MEMBERS));
        if (other == member) other = other % MEMBERS + 1;
    }

    function _list(bytes32 title) private pure returns (bytes32[] memory list) {
        list = new bytes32[](1);
        list[0] = title;
    }

    function _pair(bytes32 first, bytes32 second) private pure returns (bytes32[] memory list) {
        list = new bytes32[](2);
        (list[0], list[1]) = (first, second);
    }

    function _pick(uint256[1] memory seed, uint256 count) private pure returns (uint256 chosen) {
        chosen = seed[0] % count;
        seed[0] = uint256(keccak256(abi.encode(seed[0])));
    }

    /// @dev Mostly by this member.
    function _by(uint256[1] memory seed, uint32 member) private {
        _as(_pick(seed, 16) == 0 ? _other(seed, member) : member);
    }

    function _as(uint32 member) private {
        VM.prank(key(member));
    }

    function _administrator(uint32 member) private pure returns (address) {
        return address(uint160(0xad000000) + member);
    }

    function _founders() private pure returns (Admission[] memory founders) {
        MemberKind[MEMBERS] memory kinds =
            [MemberKind.Carrier, MemberKind.Trader, MemberKind.Trader, MemberKind.Bank, MemberKind.CentralBank];
        founders = new Admission[](MEMBERS);
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            bool isBank = member == BANK || member == CENTRAL;
            founders[member - 1] = Admission({
                treasury: treasury(member),
                administrator: _administrator(member),
                validUntil: NO_END,
                calendar: isBank ? 1 : 0,
                country: "CN",
                kind: kinds[member - 1],
                identity: bytes32(uint256(member))
            });
        }
    }

    function _deploy(string memory name, bytes memory arguments) private returns (address at) {
        string memory key_ = string.concat(".contracts.", name, ".bytecode");
        bytes memory code = bytes.concat(VM.parseJsonBytes(_suite, key_), arguments);
        assembly {
            at := create(0, add(code, 32), mload(code))
        }
        require(at != address(0), name);
    }
}

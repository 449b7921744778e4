// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {Roles} from "contracts/libraries/Roles.sol";
import {Admission, IAllianceRegistry, MemberKind} from "interfaces/IAllianceRegistry.sol";
import {IBankingCalendar} from "interfaces/IBankingCalendar.sol";
import {IDisposals} from "interfaces/IDisposals.sol";
import {IForwarding} from "interfaces/IForwarding.sol";
import {ILetterOfCredit} from "interfaces/ILetterOfCredit.sol";
import {IPaymentObligations} from "interfaces/IPaymentObligations.sol";
import {IPresentations} from "interfaces/IPresentations.sol";
import {ISettlementCash} from "interfaces/ISettlementCash.sol";
import {ITitleCustody} from "interfaces/ITitleCustody.sol";
import {ITitleRegistry} from "interfaces/ITitleRegistry.sol";
import {VM} from "tests/proofs/credits/Cheats.t.sol";

/// @dev The members, by number.
uint32 constant AUTHORITY = 1;
uint32 constant CENTRAL = 2;
uint32 constant ISSUER = 3;
uint32 constant ADVISER = 4;
uint32 constant CONFIRMER = 5;
/// @dev Its calendar is published late.
uint32 constant LATE = 6;
uint32 constant BENEFICIARY = 7;
uint32 constant FORWARDER = 8;
uint32 constant MEMBERS = 8;

uint16 constant CNY = 156;
uint16 constant USD = 840;

uint256 constant START = 20_332 days;
uint16 constant LATE_CALENDAR = 2;
uint40 constant NO_END = type(uint40).max;

/// @title The contracts of the suite as they were built, deployed together, with members, keys and calendars.
contract Alliance {
    IAllianceRegistry public registry;
    IBankingCalendar public calendar;
    ILetterOfCredit public credits;
    IPresentations public presentations;
    IForwarding public forwarding;
    IDisposals public disposals;
    IPaymentObligations public obligations;
    ISettlementCash public cash;
    ITitleRegistry public titles;
    ITitleCustody public custody;

    string private _suite;

    constructor() {
        VM.warp(START);
        _suite = VM.readFile(VM.envOr("YANGSHAN_SUITE", "build/suite.json"));
        uint256 nonce = VM.getNonce(address(this));
        address[14] memory at;
        for (uint256 i; i < at.length; ++i) {
            at[i] = VM.computeCreateAddress(address(this), nonce + i);
        }
        (registry, calendar, credits) = (IAllianceRegistry(at[0]), IBankingCalendar(at[1]), ILetterOfCredit(at[2]));
        (presentations, obligations, cash) = (IPresentations(at[3]), IPaymentObligations(at[4]), ISettlementCash(at[5]));
        (forwarding, disposals) = (IForwarding(at[7]), IDisposals(at[11]));
        (titles, custody) = (ITitleRegistry(at[12]), ITitleCustody(at[13]));

        _deploy("AllianceRegistry", abi.encode(address(this), address(0), _founders()));
        _deploy("BankingCalendar", abi.encode(registry, AUTHORITY));
        _deploy("LetterOfCredit", abi.encode(registry, calendar, presentations, at[8], at[9], uint8(1)));
        _deploy(
            "Presentations",
            abi.encode(
                registry, calendar, credits, obligations, forwarding, at[8], at[9], at[10], disposals, titles, custody
            )
        );
        uint16[] memory currencies = new uint16[](1);
        ISettlementCash[] memory tokens = new ISettlementCash[](1);
        (currencies[0], tokens[0]) = (CNY, cash);
        _deploy(
            "PaymentObligations",
            abi.encode(registry, presentations, forwarding, at[8], at[6], titles, currencies, tokens)
        );
        _deploy("SettlementCash", abi.encode(registry, obligations, address(0), CENTRAL, CNY, string("CNY"), uint8(2)));
        _deploy("Reimbursements", abi.encode(registry, calendar, credits, presentations, forwarding, obligations));
        _deploy("Forwarding", abi.encode(registry, calendar, credits, presentations, obligations, at[8]));
        _deploy(
            "CreditTransfers",
            abi.encode(registry, calendar, credits, presentations, forwarding, obligations, disposals)
        );
        _deploy("CreditSchedules", abi.encode(registry, credits, presentations));
        _deploy("ElectronicRecords", abi.encode(registry, calendar, credits, presentations));
        _deploy("Disposals", abi.encode(registry, credits, presentations, forwarding, at[8]));
        _deploy("TitleRegistry", abi.encode(registry, address(0), presentations, obligations, custody, address(0)));
        _deploy("TitleCustody", abi.encode(registry, titles, presentations, obligations, forwarding));
        delete _suite;
        _giveKeys();
        _publish();
    }

    /// @dev The key with every role open to its member.
    function key(uint32 member) public pure returns (address) {
        return address(uint160(0xa11ce000) + member);
    }

    function treasury(uint32 member) public pure returns (address) {
        return address(uint160(0xca500000) + member);
    }

    function suspend(uint32 member) external {
        registry.suspend(member);
    }

    function reinstate(uint32 member) external {
        registry.reinstate(member);
    }

    /// @dev Mondays to Fridays from 9 to 17 h, eight hours east of UTC, all days of a span.
    function publish(uint16 calendar_, uint16 span) public {
        uint256 word = 192 << 192 | 540 << 200 | 1_020 << 211 | 32 << 222 | 32 << 230 | 192 << 238 | 192 << 246;
        for (uint256 i; i < 192; ++i) {
            // The first of January 1970 was a Thursday.
            if ((uint256(span) * 192 + i + 3) % 7 < 5) word |= 1 << i;
        }
        VM.prank(key(AUTHORITY));
        calendar.publish(calendar_, span, word);
    }

    function _founders() private pure returns (Admission[] memory founders) {
        founders = new Admission[](MEMBERS);
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            MemberKind kind = MemberKind.Bank;
            if (member == AUTHORITY) kind = MemberKind.Authority;
            if (member == CENTRAL) kind = MemberKind.CentralBank;
            if (member == BENEFICIARY) kind = MemberKind.Trader;
            if (member == FORWARDER) kind = MemberKind.Carrier;
            founders[member - 1] = Admission({
                treasury: treasury(member),
                administrator: address(uint160(0xad000000) + member),
                validUntil: NO_END,
                calendar: member == LATE ? LATE_CALENDAR : 1,
                country: "CN",
                kind: kind,
                identity: bytes32(uint256(member))
            });
        }
    }

    function _giveKeys() private {
        for (uint32 member = 1; member <= MEMBERS; ++member) {
            uint128 roles = Roles.PRESENT | Roles.PAY | Roles.CASH | Roles.ACCEPT | Roles.ATTEST | Roles.TITLE;
            if (member == FORWARDER) roles |= Roles.CARRY;
            if (member == AUTHORITY) roles |= Roles.COURT | Roles.KEEP_CALENDARS;
            if (member >= CENTRAL && member <= LATE) roles |= Roles.ISSUE | Roles.ADVISE | Roles.EXAMINE;
            VM.prank(address(uint160(0xad000000) + member));
            registry.setKey(key(member), roles, NO_END);
        }
    }

    function _publish() private {
        for (uint16 i = 1; i <= 2; ++i) {
            VM.prank(key(AUTHORITY));
            calendar.open(i, bytes32(uint256(i)));
        }
        uint16 span = uint16(START / 1 days / 192);
        for (uint16 i; i < 5; ++i) {
            publish(1, span - 1 + i);
        }
    }

    function _deploy(string memory name, bytes memory arguments) private {
        string memory key_ = string.concat(".contracts.", name, ".bytecode");
        bytes memory code = bytes.concat(VM.parseJsonBytes(_suite, key_), arguments);
        address at;
        assembly {
            at := create(0, add(code, 32), mload(code))
        }
        require(at != address(0), name);
    }
}

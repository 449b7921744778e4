// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {MemberKind} from "interfaces/IAllianceRegistry.sol";

/// @title What a key may do for its member, one bit each.
/// @notice The only place where role bits are given numbers. A number is never reused.
library Roles {
    /// @notice Adds, changes and revokes the keys of its own member.
    uint128 internal constant ADMINISTER = 1 << 0;
    /// @notice Issues letters of credit (UCP 600 art. 7).
    uint128 internal constant ISSUE = 1 << 1;
    /// @notice Advises letters of credit (UCP 600 art. 9).
    uint128 internal constant ADVISE = 1 << 2;
    /// @notice Presents documents and claims what follows from them (UCP 600 art. 6, 14, 16).
    uint128 internal constant PRESENT = 1 << 3;
    /// @notice Examines documents: finds them complying or refuses them (UCP 600 art. 14 to 16).
    uint128 internal constant EXAMINE = 1 << 4;
    /// @notice Pays what its member owes and moves its member's cash.
    uint128 internal constant PAY = 1 << 5;
    /// @notice Publishes banking days, for the member that keeps the calendars.
    uint128 internal constant KEEP_CALENDARS = 1 << 6;
    /// @notice Proposes to the council, votes in it and executes what it decided.
    uint128 internal constant VOTE = 1 << 7;
    /// @notice Mints and redeems cash, for the member that issues the currency.
    uint128 internal constant CASH = 1 << 8;
    /// @notice Accepts or rejects amendments for the beneficiary, and drafts for the drawee (UCP 600 art. 10); signs trust
    /// receipts for whoever takes titles against one.
    uint128 internal constant ACCEPT = 1 << 9;
    /// @notice Attests what happened off the ledger: a customs record, an inspection, a payment received.
    uint128 internal constant ATTEST = 1 << 10;
    /// @notice Holds and moves electronic titles (UNCITRAL MLETR art. 11).
    uint128 internal constant TITLE = 1 << 11;
    /// @notice Records what a court ordered, for an authority that courts address.
    uint128 internal constant COURT = 1 << 12;
    /// @notice Registers and revokes its member's documents.
    uint128 internal constant DOCUMENT = 1 << 13;
    /// @notice Issues electronic titles and answers their surrender, for a carrier (UNCITRAL MLETR art. 10; DCSA BL 3).
    uint128 internal constant CARRY = 1 << 14;

    /// @dev The acts that UCP 600 art. 2 reserves to banks.
    uint128 private constant BANKING = ISSUE | ADVISE | EXAMINE;
    uint128 private constant COMMON =
        ADMINISTER | PRESENT | PAY | KEEP_CALENDARS | VOTE | CASH | ACCEPT | ATTEST | TITLE | DOCUMENT;

    /// @notice The roles that a member of a kind may give to its keys.
    /// @param kind The kind of the member.
    /// @return The union of the role bits open to it.
    function open(MemberKind kind) internal pure returns (uint128) {
        if (kind == MemberKind.Bank || kind == MemberKind.CentralBank) return COMMON | BANKING;
        if (kind == MemberKind.Authority) return COMMON | COURT;
        if (kind == MemberKind.Carrier) return COMMON | CARRY;
        return COMMON;
    }
}

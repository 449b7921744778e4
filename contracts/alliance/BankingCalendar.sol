// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {BankingDays} from "contracts/libraries/BankingDays.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {IAllianceRegistry} from "interfaces/IAllianceRegistry.sol";
import {Clock, IBankingCalendar} from "interfaces/IBankingCalendar.sol";

/// @title Banking days and hours, published ahead; what has begun is never rewritten.
/// @notice See IBankingCalendar; the layout of a span is drawn in the library BankingDays.
contract BankingCalendar is IBankingCalendar {
    /* IMMUTABLES */

    /// @inheritdoc IBankingCalendar
    IAllianceRegistry public immutable registry;

    /// @inheritdoc IBankingCalendar
    address public immutable governor;

    /* STORAGE */

    /// @inheritdoc IBankingCalendar
    uint32 public keeper;

    mapping(uint16 calendar => mapping(uint256 span => uint256 word)) private _spans;

    mapping(uint16 calendar => bytes32) private _names;

    /* CONSTRUCTOR */

    /// @notice Names the keeper.
    /// @param registry_ The register of members, which has the same governor.
    /// @param keeper_ The member that publishes.
    constructor(IAllianceRegistry registry_, uint32 keeper_) {
        registry = registry_;
        governor = registry_.governor();
        keeper = keeper_;
    }

    /* KEEPER */

    /// @inheritdoc IBankingCalendar
    function appoint(uint32 memberId) external {
        if (msg.sender != governor) revert NotAppointer(msg.sender);
        if (!registry.isActive(memberId)) revert IAllianceRegistry.PartyNotActive(memberId);

        emit KeeperAppointed(keeper, memberId);
        keeper = memberId;
    }

    /* PUBLICATION */

    /// @inheritdoc IBankingCalendar
    function open(uint16 calendar, bytes32 name) external {
        _requireKeeper();
        if (calendar == 0 || name == 0) revert UnknownCalendar(calendar);
        if (_names[calendar] != 0) revert CalendarExists(calendar);

        _names[calendar] = name;
        emit CalendarOpened(calendar, name);
    }

    /// @inheritdoc IBankingCalendar
    function publish(uint16 calendar, uint16 span, uint256 word) external {
        uint256 before = _requirePublishable(calendar, span, word);
        if (!BankingDays.extends(before, word)) revert PublishedDaysStand(calendar, span, before, word);

        _spans[calendar][span] = word;
        emit DaysPublished(calendar, span, word);
    }

    /// @inheritdoc IBankingCalendar
    function revise(uint16 calendar, uint16 span, uint256 word, bytes32 reason) external {
        uint256 before = _requirePublishable(calendar, span, word);
        if (!BankingDays.revises(before, word, BankingDays.begunDays(span, block.timestamp))) {
            revert PublishedDaysStand(calendar, span, before, word);
        }
        if (reason == 0) revert ReasonMissing(calendar, span);

        _spans[calendar][span] = word;
        emit DaysRevised(calendar, span, word, reason);
    }

    /* VIEWS */

    /// @inheritdoc IBankingCalendar
    function clock(uint16 calendar, uint256 received, uint256 count) external view returns (Clock memory) {
        return BankingDays.clock(_spans[calendar], received, count, false);
    }

    /// @inheritdoc IBankingCalendar
    function clockAsAccepted(uint16 calendar, uint256 received, uint256 count) external view returns (Clock memory) {
        return BankingDays.clock(_spans[calendar], received, count, true);
    }

    /// @inheritdoc IBankingCalendar
    function spanOf(uint16 calendar, uint16 span) external view returns (uint256 word) {
        return _spans[calendar][span];
    }

    /// @inheritdoc IBankingCalendar
    function nameOf(uint16 calendar) external view returns (bytes32 name) {
        return _names[calendar];
    }

    /* INTERNALS */

    /// @dev What publishing and revising have in common; answers with the word on record.
    function _requirePublishable(uint16 calendar, uint16 span, uint256 word) private view returns (uint256 before) {
        _requireKeeper();
        if (_names[calendar] == 0) revert UnknownCalendar(calendar);
        if (!BankingDays.countable(span) || !BankingDays.wellFormed(word)) revert BadSpan(word);
        return _spans[calendar][span];
    }

    function _requireKeeper() private view {
        uint32 memberId = registry.actingMemberOf(msg.sender, Roles.KEEP_CALENDARS);
        if (memberId != keeper) revert NotCalendarKeeper(memberId, keeper);
    }
}

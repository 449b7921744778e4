// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AccountWord, AccountWords} from "contracts/libraries/AccountWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {Admission, IAllianceRegistry, Key, Member, MemberKind, MemberStatus} from "interfaces/IAllianceRegistry.sol";

/// @title The members of the alliance, their keys and what each key may do.
/// @notice See IAllianceRegistry. The founders are constructor data; later members come from the council.
contract AllianceRegistry is IAllianceRegistry {
    /* CONSTANTS */

    /// @dev Bounds the work of whatever must touch every account of a member.
    uint256 private constant MOST_ACCOUNTS = 64;

    /// @dev Validity without an end: only such a key counts as an administrator that cannot be lost by waiting.
    uint40 private constant NO_END = type(uint40).max;

    /* IMMUTABLES */

    /// @inheritdoc IAllianceRegistry
    address public immutable governor;

    /* STORAGE */

    /// @dev A member in one word. `standing` holds the status in its upper and the kind in its lower half.
    struct Record {
        address treasury;
        uint40 validUntil;
        uint16 calendar;
        bytes2 country;
        uint8 standing;
        uint8 accounts;
        uint8 administrators;
    }

    mapping(address account => AccountWord) private _accounts;

    mapping(uint32 memberId => Record) private _members;

    mapping(uint32 memberId => mapping(uint256 index => address)) private _accountAt;

    /// @dev 256 members to a word, a bit each by number: eight named parties are checked with one read. No member has
    /// the number 0, so that bit 0 of word 0 is free for a state of the whole alliance.
    mapping(uint256 word => uint256) private _active;

    /// @inheritdoc IAllianceRegistry
    uint32 public memberCount;

    /* CONSTRUCTOR */

    /// @notice Founds the alliance.
    /// @param governor_ The council, which alone admits later members.
    /// @param founders The founding members, numbered from 1 in this order.
    constructor(address governor_, Admission[] memory founders) {
        governor = governor_;
        for (uint256 i; i < founders.length; ++i) {
            _admit(founders[i]);
        }
    }

    /* MEMBERS */

    /// @inheritdoc IAllianceRegistry
    function admit(Admission calldata admission) external returns (uint32 memberId) {
        if (msg.sender != governor) revert NotGovernor(msg.sender);
        return _admit(admission);
    }

    /* KEYS */

    /// @inheritdoc IAllianceRegistry
    function setKey(address account, uint128 roles, uint40 validUntil) external {
        uint32 memberId = actingMember(msg.sender, Roles.ADMINISTER);
        Record storage own = _members[memberId];
        uint128 open = Roles.open(_kind(own.standing));
        if (roles == 0 || roles & ~open != 0) revert RolesNotOpen(roles, open);
        if (validUntil <= block.timestamp) revert NotInFuture(validUntil, block.timestamp);

        AccountWord old = _accounts[account];
        uint16 index = old.index();
        if (old.memberId() == 0) {
            index = own.accounts;
            if (index == MOST_ACCOUNTS) revert TooManyAccounts(memberId, MOST_ACCOUNTS);
            own.accounts = uint8(index + 1);
            _accountAt[memberId][index] = account;
        } else if (old.memberId() != memberId) {
            revert AccountTaken(account, old.memberId());
        }
        AccountWord word = AccountWords.pack(memberId, validUntil, own.validUntil, index, roles);
        if (AccountWord.unwrap(word) == AccountWord.unwrap(old)) revert KeyUnchanged(account);

        _countAdministrators(memberId, own, old, word);
        _accounts[account] = word;
        emit KeySet(memberId, account, roles, validUntil);
    }

    /// @inheritdoc IAllianceRegistry
    function revokeKey(address account) external {
        uint32 memberId = actingMember(msg.sender, Roles.ADMINISTER);
        Record storage own = _members[memberId];
        AccountWord old = _accounts[account];
        if (old.memberId() != memberId) revert NotOwnAccount(account, memberId);
        if (account == own.treasury) revert TreasuryAccount(account);

        _countAdministrators(memberId, own, old, AccountWord.wrap(0));
        // The last account of the list takes the place that becomes free.
        uint8 last = own.accounts - 1;
        address moved = _accountAt[memberId][last];
        if (moved != account) {
            AccountWord word = _accounts[moved];
            _accountAt[memberId][old.index()] = moved;
            _accounts[moved] =
                AccountWords.pack(memberId, word.validUntil(), word.newBusinessUntil(), old.index(), word.roles());
        }
        delete _accountAt[memberId][last];
        _accounts[account] = AccountWord.wrap(0);
        own.accounts = last;
        emit KeyRevoked(memberId, account);
    }

    /* AUTHORITY */

    /// @inheritdoc IAllianceRegistry
    function actingMember(address account, uint256 role) public view returns (uint32 memberId) {
        return _authorised(_accounts[account], account, role);
    }

    /// @inheritdoc IAllianceRegistry
    function tradingMember(address account, uint256 role, uint256 parties) external view returns (uint32 memberId) {
        AccountWord word = _accounts[account];
        memberId = _authorised(word, account, role);
        if (block.timestamp > word.newBusinessUntil()) revert NewBusinessClosed(memberId, word.newBusinessUntil());
        _requireActive(parties);
    }

    /* VIEWS */

    /// @inheritdoc IAllianceRegistry
    function memberOf(address account) external view returns (uint32 memberId) {
        return _accounts[account].memberId();
    }

    /// @inheritdoc IAllianceRegistry
    function treasuriesOf(uint32 first, uint32 second) external view returns (address, address) {
        return (_members[first].treasury, _members[second].treasury);
    }

    /// @inheritdoc IAllianceRegistry
    function calendarOf(uint32 memberId) external view returns (uint16 calendar) {
        return _members[memberId].calendar;
    }

    /// @inheritdoc IAllianceRegistry
    function member(uint32 memberId) external view returns (Member memory) {
        Record storage record = _members[memberId];
        if (record.standing == 0) revert UnknownMember(memberId);
        return Member({
            treasury: record.treasury,
            validUntil: record.validUntil,
            calendar: record.calendar,
            country: record.country,
            status: MemberStatus(record.standing >> 4),
            kind: _kind(record.standing),
            accounts: record.accounts,
            administrators: record.administrators
        });
    }

    /// @inheritdoc IAllianceRegistry
    function key(address account) external view returns (Key memory) {
        AccountWord word = _accounts[account];
        return Key({
            memberId: word.memberId(),
            validUntil: word.validUntil(),
            newBusinessUntil: word.newBusinessUntil(),
            index: word.index(),
            roles: word.roles()
        });
    }

    /// @inheritdoc IAllianceRegistry
    function accountAt(uint32 memberId, uint256 index) external view returns (address account) {
        return _accountAt[memberId][index];
    }

    /* INTERNALS */

    function _authorised(AccountWord word, address account, uint256 role) private view returns (uint32 memberId) {
        // Whoever has a role is a member: the reason is looked for only where there is a refusal.
        if (word.roles() & role == 0 || block.timestamp > word.validUntil()) {
            if (word.memberId() == 0) revert NotAMember(account);
            if (block.timestamp > word.validUntil()) revert KeyExpired(account, word.validUntil());
            revert MissingRole(account, word.memberId(), uint128(role));
        }
        return word.memberId();
    }

    function _kind(uint8 standing) private pure returns (MemberKind) {
        return MemberKind(standing & 0xf);
    }

    function _requireActive(uint256 parties) private view {
        uint256 bits;
        uint256 page = type(uint256).max;
        while (parties != 0) {
            uint256 memberId = parties & type(uint32).max;
            parties >>= 32;
            if (memberId == 0) continue;
            // Parties of one alliance mostly share a word: it is read again only when the next one needs another.
            if (memberId >> 8 != page) {
                page = memberId >> 8;
                bits = _active[page];
            }
            if (bits >> (memberId & 0xff) & 1 == 0) revert PartyNotActive(uint32(memberId));
        }
    }

    function _admit(Admission memory admission) private returns (uint32 memberId) {
        bool bank = admission.kind == MemberKind.Bank || admission.kind == MemberKind.CentralBank;
        if (
            admission.administrator == address(0) || admission.treasury == address(0)
                || admission.kind == MemberKind.None || (bank && admission.calendar == 0)
        ) {
            revert IncompleteAdmission(admission.administrator, admission.treasury, admission.kind, admission.calendar);
        }
        if (admission.validUntil <= block.timestamp) revert NotInFuture(admission.validUntil, block.timestamp);

        memberId = ++memberCount;
        bool separate = admission.treasury != admission.administrator;
        _members[memberId] = Record({
            treasury: admission.treasury,
            validUntil: admission.validUntil,
            calendar: admission.calendar,
            country: admission.country,
            standing: uint8(MemberStatus.Active) << 4 | uint8(admission.kind),
            accounts: separate ? 2 : 1,
            administrators: 1
        });
        _active[memberId >> 8] |= 1 << (memberId & 0xff);
        emit MemberAdmitted(
            memberId,
            admission.kind,
            admission.country,
            admission.calendar,
            admission.validUntil,
            admission.treasury,
            admission.identity
        );

        _bind(memberId, admission.administrator, admission.validUntil, 0, Roles.ADMINISTER);
        if (separate) _bind(memberId, admission.treasury, admission.validUntil, 1, Roles.PAY);
    }

    /// @dev Gives a new member one of its first accounts.
    function _bind(uint32 memberId, address account, uint40 newBusinessUntil, uint16 index, uint128 roles) private {
        uint32 owner = _accounts[account].memberId();
        if (owner != 0) revert AccountTaken(account, owner);
        _accounts[account] = AccountWords.pack(memberId, NO_END, newBusinessUntil, index, roles);
        _accountAt[memberId][index] = account;
        emit KeySet(memberId, account, roles, NO_END);
    }

    /// @dev Keeps the count of administrators whose keys do not expire, and keeps it above zero.
    function _countAdministrators(uint32 memberId, Record storage own, AccountWord old, AccountWord word) private {
        bool was = _standsAsAdministrator(old);
        bool will = _standsAsAdministrator(word);
        if (was == will) return;
        if (will) {
            ++own.administrators;
        } else {
            if (own.administrators == 1) revert LastAdministrator(memberId);
            --own.administrators;
        }
    }

    function _standsAsAdministrator(AccountWord word) private pure returns (bool) {
        return word.roles() & Roles.ADMINISTER != 0 && word.validUntil() == NO_END;
    }
}

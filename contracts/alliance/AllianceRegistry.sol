// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {AccountWord, AccountWords} from "contracts/libraries/AccountWords.sol";
import {Roles} from "contracts/libraries/Roles.sol";
import {
    Admission,
    IAllianceRegistry,
    Key,
    Member,
    MemberKind,
    MemberStatus,
    Recovery
} from "interfaces/IAllianceRegistry.sol";
import {IMemberDesks} from "interfaces/IMemberDesk.sol";

/// @title The members of the alliance, their keys and what each key may do.
/// @notice See IAllianceRegistry. The founders are constructor data; later members come from the council.
contract AllianceRegistry is IAllianceRegistry {
    /* CONSTANTS */

    /// @dev Bounds the work of whatever must touch every account of a member.
    uint256 private constant MOST_ACCOUNTS = 64;

    /// @dev The last place of the list is kept for a recovered administrator, so that a recovery always finds one.
    uint256 private constant RECOVERY_PLACE = MOST_ACCOUNTS - 1;

    /// @dev Validity without an end: only such a key counts as an administrator that cannot be lost by waiting.
    uint40 private constant NO_END = type(uint40).max;

    /// @dev How long a member may object to the recovery of its administrator.
    uint40 private constant RECOVERY_DELAY = 14 days;

    /// @dev One bit a founder in a proposal's word.
    uint256 private constant MOST_FOUNDERS = 32;

    /// @dev What only desks may have in a member that acts through desks alone.
    uint128 private constant DESK_ROLES = Roles.EXAMINE | Roles.PAY;

    /// @dev Layout of the words of active members, see `_active`.
    uint256 private constant PAGE = 192;
    uint256 private constant PAUSED = 1;
    uint256 private constant LAST_EDITION = 63;

    /// @dev Layout of `Record.standing`.
    uint8 private constant DESK_ONLY = 1 << 7;
    uint8 private constant STATUS_MASK = 7;

    /* IMMUTABLES */

    /// @inheritdoc IAllianceRegistry
    address public immutable governor;

    /// @inheritdoc IAllianceRegistry
    IMemberDesks public immutable desks;

    /// @inheritdoc IAllianceRegistry
    uint8 public immutable founders;

    /* STORAGE */

    /// @dev A member in one word.
    ///
    /// ```
    /// standing: bit 7 its desks alone find, refuse and pay; bits 4..6 status; bits 0..3 kind
    /// ```
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

    /// @dev 192 members to a word, a bit each by number: eight named parties are checked with one read, which for most
    /// alliances also answers whether there is business at all.
    ///
    /// ```
    /// word 0       bit 0 new business is paused; bits 1..191 members; bits 193..255 editions 1 to 63 that are closed
    /// word n > 0   bits 0..191 members 192 * n to 192 * n + 191
    /// ```
    mapping(uint256 page => uint256) private _active;

    mapping(uint32 memberId => Recovery) private _recoveries;

    /// @inheritdoc IAllianceRegistry
    mapping(uint32 memberId => address) public nominatedTreasury;

    /// @inheritdoc IAllianceRegistry
    uint32 public memberCount;

    /// @inheritdoc IAllianceRegistry
    uint40 public pausedUntil;

    /* CONSTRUCTOR */

    /// @notice Founds the alliance.
    /// @param governor_ The council, which alone decides on members and on new business.
    /// @param desks_ The contract that creates desks.
    /// @param founders_ The founding members, numbered from 1 in this order.
    constructor(address governor_, IMemberDesks desks_, Admission[] memory founders_) {
        if (founders_.length == 0 || founders_.length > MOST_FOUNDERS) revert FoundersOutOfBounds(founders_.length);
        governor = governor_;
        desks = desks_;
        founders = uint8(founders_.length);
        for (uint256 i; i < founders_.length; ++i) {
            if (founders_[i].validUntil != NO_END) revert FounderWithEnd(uint32(i + 1), founders_[i].validUntil);
            _admit(founders_[i]);
        }
    }

    /* MEMBERS */

    /// @inheritdoc IAllianceRegistry
    function admit(Admission calldata admission) external returns (uint32 memberId) {
        _requireGovernor();
        return _admit(admission);
    }

    /// @inheritdoc IAllianceRegistry
    function suspend(uint32 memberId) external {
        _requireGovernor();
        Record storage record = _existing(memberId);
        _requireStatus(memberId, record, MemberStatus.Active);
        _close(memberId, record, MemberStatus.Suspended);
        emit MemberSuspended(memberId);
    }

    /// @inheritdoc IAllianceRegistry
    function reinstate(uint32 memberId) external {
        _requireGovernor();
        Record storage record = _existing(memberId);
        _requireStatus(memberId, record, MemberStatus.Suspended);
        _setStatus(record, MemberStatus.Active);
        _open(memberId, record);
        emit MemberReinstated(memberId);
    }

    /// @inheritdoc IAllianceRegistry
    function expel(uint32 memberId) external {
        _requireGovernor();
        _leave(memberId, MemberStatus.Expelled);
        emit MemberExpelled(memberId);
    }

    /// @inheritdoc IAllianceRegistry
    function resign() external {
        uint32 memberId = actingMemberOf(msg.sender, Roles.ADMINISTER);
        _leave(memberId, MemberStatus.Resigned);
        emit MemberResigned(memberId);
    }

    /// @inheritdoc IAllianceRegistry
    function renew(uint32 memberId, uint40 validUntil) external {
        _requireGovernor();
        Record storage record = _existing(memberId);
        if (memberId <= founders) revert FounderWithEnd(memberId, validUntil);
        MemberStatus status = _status(record);
        if (status > MemberStatus.Suspended) revert WrongMemberStatus(memberId, status);
        if (validUntil <= block.timestamp) revert NotInFuture(validUntil, block.timestamp);

        record.validUntil = validUntil;
        if (status == MemberStatus.Active) _open(memberId, record);
        emit MemberRenewed(memberId, validUntil);
    }

    /// @inheritdoc IAllianceRegistry
    function lapse(uint32 memberId) external {
        uint40 validUntil = _existing(memberId).validUntil;
        if (block.timestamp <= validUntil || !isActive(memberId)) revert NotLapsed(memberId, validUntil);

        _setActive(memberId, false);
        emit MemberLapsed(memberId);
    }

    /* NEW BUSINESS OF ALL */

    /// @inheritdoc IAllianceRegistry
    function pauseNewBusiness(uint40 until) external {
        _requireGovernor();
        if (until <= block.timestamp) revert NotInFuture(until, block.timestamp);

        _active[0] |= PAUSED;
        pausedUntil = until;
        emit NewBusinessPaused(until);
    }

    /// @inheritdoc IAllianceRegistry
    function resumeNewBusiness() external {
        _requireGovernor();
        if (_active[0] & PAUSED == 0) revert NotPaused();

        _active[0] &= ~PAUSED;
        pausedUntil = 0;
        emit NewBusinessResumed();
    }

    /// @inheritdoc IAllianceRegistry
    function closeEdition(uint8 edition) external {
        _requireGovernor();
        if (edition == 0 || edition > LAST_EDITION) revert UnknownEdition(edition);
        if (isClosed(edition)) revert EditionClosedToNew(edition);

        _active[0] |= 1 << (PAGE + edition);
        emit EditionClosed(edition);
    }

    /* RECOVERY */

    /// @inheritdoc IAllianceRegistry
    function beginRecovery(uint32 memberId, address administrator) external {
        _requireGovernor();
        _existing(memberId);
        _requireFree(administrator);

        uint40 completableFrom = uint40(block.timestamp) + RECOVERY_DELAY;
        _recoveries[memberId] =
            Recovery({administrator: administrator, completableFrom: completableFrom, objected: false});
        emit RecoveryBegun(memberId, administrator, completableFrom);
    }

    /// @inheritdoc IAllianceRegistry
    function objectToRecovery() external {
        uint32 memberId = actingMemberOf(msg.sender, Roles.ADMINISTER);
        Recovery storage recovery = _recoveries[memberId];
        if (recovery.objected || block.timestamp >= recovery.completableFrom) revert NoRecovery(memberId);

        recovery.objected = true;
        emit RecoveryObjected(memberId, msg.sender);
    }

    /// @inheritdoc IAllianceRegistry
    function completeRecovery(uint32 memberId) external {
        Recovery memory recovery = _requireRecovery(memberId);
        if (recovery.objected) revert RecoveryNotDue(memberId, 0, block.timestamp);
        if (block.timestamp < recovery.completableFrom) {
            revert RecoveryNotDue(memberId, recovery.completableFrom, block.timestamp);
        }
        _recover(memberId, recovery.administrator);
    }

    /// @inheritdoc IAllianceRegistry
    function settleRecovery(uint32 memberId) external {
        _requireGovernor();
        Recovery memory recovery = _requireRecovery(memberId);
        if (!recovery.objected) revert NotObjected(memberId);
        _recover(memberId, recovery.administrator);
    }

    /* KEYS */

    /// @inheritdoc IAllianceRegistry
    function setKey(address account, uint128 roles, uint40 validUntil) external {
        (uint32 memberId, Record storage own, AccountWord caller) = _administered();
        AccountWord old = _accounts[account];
        _requireGrantable(account, roles, own, old.has(AccountWords.DESK));
        if (validUntil <= block.timestamp) revert NotInFuture(validUntil, block.timestamp);
        if (old.memberId() == 0) {
            _requireStanding(caller);
            _add(memberId, own, account, roles, validUntil, 0);
            return;
        }
        if (old.memberId() != memberId) revert AccountTaken(account, old.memberId());
        AccountWord word = old.withRoles(roles).withValidUntil(validUntil);
        if (AccountWord.unwrap(word) == AccountWord.unwrap(old)) revert KeyUnchanged(account);

        _countAdministrators(memberId, own, old, word);
        _accounts[account] = word;
        emit KeySet(memberId, account, roles, validUntil);
    }

    /// @inheritdoc IAllianceRegistry
    function rotateKey(address previous, address account) external {
        (uint32 memberId, Record storage own,) = _administered();
        AccountWord old = _ownAccount(memberId, previous);
        if (previous == own.treasury) revert TreasuryAccount(previous);
        if (old.has(AccountWords.DESK)) revert DeskAccount(previous);
        _requireFree(account);

        // What was frozen for fear of the old account is not to be feared of the new one.
        AccountWord word = old.without(AccountWords.FROZEN);
        _countAdministrators(memberId, own, old, word);
        _withdrawNomination(memberId, previous);
        _accounts[previous] = AccountWord.wrap(0);
        _accounts[account] = word;
        _accountAt[memberId][word.index()] = account;
        emit KeyRotated(memberId, previous, account);
    }

    /// @inheritdoc IAllianceRegistry
    function freezeKey(address account) external {
        AccountWord old = _accounts[account];
        uint32 memberId = old.memberId();
        if (msg.sender != account || memberId == 0) {
            memberId = actingMemberOf(msg.sender, Roles.ADMINISTER);
            old = _ownAccount(memberId, account);
        }
        if (old.has(AccountWords.FROZEN)) revert KeyFrozenNow(account);

        _setFlags(memberId, account, old, old.with(AccountWords.FROZEN));
        emit KeyFrozen(memberId, account);
    }

    /// @inheritdoc IAllianceRegistry
    function thawKey(address account) external {
        (uint32 memberId,,) = _administered();
        AccountWord old = _ownAccount(memberId, account);
        if (!old.has(AccountWords.FROZEN)) revert KeyNotFrozen(account);

        _setFlags(memberId, account, old, old.without(AccountWords.FROZEN));
        emit KeyThawed(memberId, account);
    }

    /// @inheritdoc IAllianceRegistry
    function revokeKey(address account) external {
        (uint32 memberId,,) = _administered();
        _remove(memberId, account, _ownAccount(memberId, account));
    }

    /// @inheritdoc IAllianceRegistry
    function renounceKey() external {
        AccountWord old = _accounts[msg.sender];
        if (old.memberId() == 0) revert NotAMember(msg.sender);
        _remove(old.memberId(), msg.sender, old);
    }

    /* DESKS */

    // The address is known only once the desk is made, and what is called is the suite's own and calls nobody else.
    // slither-disable-start reentrancy-no-eth

    /// @inheritdoc IAllianceRegistry
    function createDesk(uint128 roles) external returns (address desk) {
        (uint32 memberId, Record storage own, AccountWord caller) = _administered();
        _requireStanding(caller);
        desk = desks.create(memberId);
        _requireGrantable(desk, roles, own, true);
        emit DeskCreated(memberId, desk);
        _add(memberId, own, desk, roles, NO_END, AccountWords.DESK);
    }

    // slither-disable-end reentrancy-no-eth

    /// @inheritdoc IAllianceRegistry
    function setDeskOnly(bool deskOnly) external {
        (uint32 memberId, Record storage own,) = _administered();
        if (_isDeskOnly(own) == deskOnly) revert DeskOnlyAlready(memberId, deskOnly);

        own.standing ^= DESK_ONLY;
        emit DeskOnlySet(memberId, deskOnly);
        if (deskOnly) {
            _requireDesk(memberId, own, address(0));
            _takeRoles(memberId, own, DESK_ROLES, AccountWords.DESK);
        }
    }

    /* TREASURY */

    /// @inheritdoc IAllianceRegistry
    function nominateTreasury(address account) external {
        (uint32 memberId,,) = _administered();
        if (account != address(0)) _ownAccount(memberId, account);

        nominatedTreasury[memberId] = account;
        emit TreasuryNominated(memberId, account);
    }

    /// @inheritdoc IAllianceRegistry
    function becomeTreasury() external {
        AccountWord word = _accounts[msg.sender];
        uint32 memberId = word.memberId();
        if (memberId == 0) revert NotAMember(msg.sender);
        _requireLive(word, msg.sender);
        if (nominatedTreasury[memberId] != msg.sender) revert NotNominated(memberId, msg.sender);

        delete nominatedTreasury[memberId];
        _setTreasury(memberId, _members[memberId], msg.sender);
    }

    /* AUTHORITY */

    /// @inheritdoc IAllianceRegistry
    function actingMemberOf(address account, uint256 role) public view returns (uint32 memberId) {
        return _authorised(_accounts[account], account, role);
    }

    /// @inheritdoc IAllianceRegistry
    function tradingMember(address account, uint256 role, uint256 parties, uint8 edition)
        external
        view
        returns (uint32 memberId)
    {
        AccountWord word = _accounts[account];
        memberId = _authorised(word, account, role);
        _requireStanding(word);
        uint256 bits = _active[0];
        if (bits & (PAUSED | 1 << (PAGE + edition)) != 0) _requireOpen(edition);
        _requireActive(parties, bits);
    }

    /// @inheritdoc IAllianceRegistry
    function memberInStanding(address account, uint256 role) external view returns (uint32 memberId) {
        AccountWord word = _accounts[account];
        memberId = _authorised(word, account, role);
        _requireStanding(word);
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
    function calendarOfBranch(uint32 memberId) external view returns (uint16 calendar) {
        return _members[memberId].calendar;
    }

    /// @inheritdoc IAllianceRegistry
    function member(uint32 memberId) external view returns (Member memory) {
        Record storage record = _existing(memberId);
        return Member({
            treasury: record.treasury,
            validUntil: record.validUntil,
            calendar: record.calendar,
            country: record.country,
            status: _status(record),
            kind: _kind(record),
            accounts: record.accounts,
            administrators: record.administrators,
            deskOnly: _isDeskOnly(record)
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
            frozen: word.has(AccountWords.FROZEN),
            desk: word.has(AccountWords.DESK),
            roles: word.roles()
        });
    }

    /// @inheritdoc IAllianceRegistry
    function accountAt(uint32 memberId, uint256 index) external view returns (address account) {
        return _accountAt[memberId][index];
    }

    /// @inheritdoc IAllianceRegistry
    function isActive(uint32 memberId) public view returns (bool) {
        return memberId != 0 && _active[memberId / PAGE] >> (memberId % PAGE) & 1 != 0;
    }

    /// @inheritdoc IAllianceRegistry
    function activeFounders() public view returns (uint32) {
        return uint32(_active[0] >> 1 & ((uint256(1) << founders) - 1));
    }

    /// @inheritdoc IAllianceRegistry
    function isClosed(uint8 edition) public view returns (bool) {
        return _active[0] >> (PAGE + edition) & 1 != 0;
    }

    /// @inheritdoc IAllianceRegistry
    function recoveryOf(uint32 memberId) external view returns (Recovery memory) {
        return _recoveries[memberId];
    }

    /* INTERNALS: WHO MAY */

    function _requireGovernor() private view {
        if (msg.sender != governor) revert NotGovernor(msg.sender);
    }

    /// @dev What every act of a member on itself begins with.
    function _administered() private view returns (uint32 memberId, Record storage own, AccountWord caller) {
        caller = _accounts[msg.sender];
        memberId = _authorised(caller, msg.sender, Roles.ADMINISTER);
        own = _members[memberId];
    }

    function _authorised(AccountWord word, address account, uint256 role) private view returns (uint32 memberId) {
        // Whoever has a role is a member: the reason is looked for only where there is a refusal.
        if (word.lacks(role) || block.timestamp > word.validUntil() || word.has(AccountWords.FROZEN)) {
            if (word.memberId() == 0) revert NotAMember(account);
            _requireLive(word, account);
            revert MissingRole(account, word.memberId(), uint128(role) & ~word.roles());
        }
        return word.memberId();
    }

    function _requireLive(AccountWord word, address account) private view {
        if (word.has(AccountWords.FROZEN)) revert KeyFrozenNow(account);
        if (block.timestamp > word.validUntil()) revert KeyExpired(account, word.validUntil());
    }

    function _requireStanding(AccountWord word) private view {
        if (block.timestamp > word.newBusinessUntil()) {
            revert NewBusinessClosed(word.memberId(), word.newBusinessUntil());
        }
    }

    /// @dev Asked where a bit says so: a pause may have passed its end.
    function _requireOpen(uint8 edition) private view {
        if (block.timestamp <= pausedUntil) revert NewBusinessPausedNow(pausedUntil);
        if (isClosed(edition)) revert EditionClosedToNew(edition);
    }

    /// @dev `bits` is the word of page 0, with which the parties of most alliances can be told.
    function _requireActive(uint256 parties, uint256 bits) private view {
        uint256 page;
        while (parties != 0) {
            uint256 memberId = parties & type(uint32).max;
            parties >>= 32;
            if (memberId == 0) continue;
            // Parties of one alliance mostly share a word: it is read again only when the next one needs another.
            if (memberId / PAGE != page) {
                page = memberId / PAGE;
                bits = _active[page];
            }
            if (bits >> (memberId % PAGE) & 1 == 0) revert PartyNotActive(uint32(memberId));
        }
    }

    /* INTERNALS: MEMBERS */

    function _existing(uint32 memberId) private view returns (Record storage record) {
        record = _members[memberId];
        if (record.standing == 0) revert UnknownMember(memberId);
    }

    function _status(Record storage record) private view returns (MemberStatus) {
        return MemberStatus(record.standing >> 4 & STATUS_MASK);
    }

    function _kind(Record storage record) private view returns (MemberKind) {
        return MemberKind(record.standing & 0xf);
    }

    function _isDeskOnly(Record storage record) private view returns (bool) {
        return record.standing & DESK_ONLY != 0;
    }

    function _requireStatus(uint32 memberId, Record storage record, MemberStatus expected) private view {
        MemberStatus actual = _status(record);
        if (actual != expected) revert WrongMemberStatus(memberId, actual);
    }

    function _setStatus(Record storage record, MemberStatus status) private {
        record.standing = record.standing & ~(STATUS_MASK << 4) | uint8(status) << 4;
    }

    /// @dev M4, M5.
    function _leave(uint32 memberId, MemberStatus status) private {
        Record storage record = _existing(memberId);
        MemberStatus actual = _status(record);
        if (actual > MemberStatus.Suspended) revert WrongMemberStatus(memberId, actual);
        _close(memberId, record, status);
    }

    /// @dev Ends the new business of a member, in its own keys and as a party that others name.
    function _close(uint32 memberId, Record storage record, MemberStatus status) private {
        _setStatus(record, status);
        _setActive(memberId, false);
        // A council in which nobody may vote could never be mended.
        if (memberId <= founders && activeFounders() == 0) revert LastFounder(memberId);
        _setNewBusinessUntil(memberId, record, 0);
    }

    /// @dev Opens an active member to new business up to its last day.
    function _open(uint32 memberId, Record storage record) private {
        if (block.timestamp <= record.validUntil) _setActive(memberId, true);
        _setNewBusinessUntil(memberId, record, record.validUntil);
    }

    function _setActive(uint32 memberId, bool active) private {
        uint256 bit = 1 << (memberId % PAGE);
        if (active) _active[memberId / PAGE] |= bit;
        else _active[memberId / PAGE] &= ~bit;
    }

    function _setNewBusinessUntil(uint32 memberId, Record storage record, uint40 until) private {
        uint256 accounts = record.accounts;
        for (uint256 i; i < accounts; ++i) {
            address account = _accountAt[memberId][i];
            _accounts[account] = _accounts[account].withNewBusinessUntil(until);
        }
    }

    function _setTreasury(uint32 memberId, Record storage record, address treasury) private {
        emit TreasuryChanged(memberId, record.treasury, treasury);
        record.treasury = treasury;
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
        _setActive(memberId, true);
        emit MemberAdmitted(
            memberId,
            admission.kind,
            admission.country,
            admission.calendar,
            admission.validUntil,
            admission.treasury,
            admission.identity
        );

        _bind(memberId, admission.administrator, Roles.ADMINISTER, NO_END, admission.validUntil, 0, 0);
        if (separate) _bind(memberId, admission.treasury, Roles.PAY, NO_END, admission.validUntil, 1, 0);
    }

    /* INTERNALS: KEYS */

    function _ownAccount(uint32 memberId, address account) private view returns (AccountWord word) {
        word = _accounts[account];
        if (word.memberId() != memberId) revert NotOwnAccount(account, memberId);
    }

    function _requireFree(address account) private view {
        if (account == address(0)) revert NoAccount();
        uint32 owner = _accounts[account].memberId();
        if (owner != 0) revert AccountTaken(account, owner);
    }

    function _requireGrantable(address account, uint128 roles, Record storage own, bool desk) private view {
        uint128 open = Roles.open(_kind(own));
        if (roles == 0 || roles & ~open != 0) revert RolesNotOpen(roles, open);
        if (!desk && roles & DESK_ROLES != 0 && _isDeskOnly(own)) revert DesksOnly(account, roles);
    }

    /// @dev Adds an account at the end of the list, short of the place kept for a recovery.
    function _add(uint32 memberId, Record storage own, address account, uint128 roles, uint40 validUntil, uint256 flags)
        private
    {
        uint8 index = own.accounts;
        if (index >= RECOVERY_PLACE) revert TooManyAccounts(memberId, RECOVERY_PLACE);
        own.accounts = index + 1;
        if (_standsAsAdministrator(_bind(memberId, account, roles, validUntil, own.validUntil, index, flags))) {
            ++own.administrators;
        }
    }

    /// @dev Makes an account that is nobody's an account of the member.
    function _bind(
        uint32 memberId,
        address account,
        uint128 roles,
        uint40 validUntil,
        uint40 newBusinessUntil,
        uint8 index,
        uint256 flags
    ) private returns (AccountWord word) {
        _requireFree(account);
        word = AccountWords.pack(memberId, validUntil, newBusinessUntil, index, roles).with(flags);
        _accounts[account] = word;
        _accountAt[memberId][index] = account;
        emit KeySet(memberId, account, roles, validUntil);
    }

    /// @dev Makes an account nobody's. The last account of the list takes the place that becomes free.
    function _remove(uint32 memberId, address account, AccountWord old) private {
        Record storage own = _members[memberId];
        if (account == own.treasury) revert TreasuryAccount(account);
        if (old.has(AccountWords.DESK) && _isDeskOnly(own)) _requireDesk(memberId, own, account);

        _countAdministrators(memberId, own, old, AccountWord.wrap(0));
        _withdrawNomination(memberId, account);
        uint8 last = own.accounts - 1;
        address moved = _accountAt[memberId][last];
        if (moved != account) {
            _accountAt[memberId][old.index()] = moved;
            _accounts[moved] = _accounts[moved].withIndex(old.index());
        }
        delete _accountAt[memberId][last];
        _accounts[account] = AccountWord.wrap(0);
        own.accounts = last;
        emit KeyRevoked(memberId, account);
    }

    function _withdrawNomination(uint32 memberId, address account) private {
        if (nominatedTreasury[memberId] != account) return;
        delete nominatedTreasury[memberId];
        emit TreasuryNominated(memberId, address(0));
    }

    function _setFlags(uint32 memberId, address account, AccountWord old, AccountWord word) private {
        _countAdministrators(memberId, _members[memberId], old, word);
        _accounts[account] = word;
    }

    /// @dev Takes roles from every account that has some of them and lacks the flag.
    function _takeRoles(uint32 memberId, Record storage own, uint128 roles, uint256 sparing) private {
        uint256 accounts = own.accounts;
        for (uint256 i; i < accounts; ++i) {
            address account = _accountAt[memberId][i];
            AccountWord word = _accounts[account];
            if (word.roles() & roles == 0 || word.has(sparing)) continue;
            word = word.withRoles(word.roles() & ~roles);
            _accounts[account] = word;
            emit KeySet(memberId, account, word.roles(), word.validUntil());
        }
    }

    function _requireDesk(uint32 memberId, Record storage own, address besides) private view {
        uint256 accounts = own.accounts;
        for (uint256 i; i < accounts; ++i) {
            address account = _accountAt[memberId][i];
            if (account != besides && _accounts[account].has(AccountWords.DESK)) return;
        }
        revert NoDesk(memberId);
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
        return word.roles() & Roles.ADMINISTER != 0 && word.validUntil() == NO_END && !word.has(AccountWords.FROZEN);
    }

    /* INTERNALS: RECOVERY */

    function _requireRecovery(uint32 memberId) private view returns (Recovery memory recovery) {
        recovery = _recoveries[memberId];
        if (recovery.administrator == address(0)) revert NoRecovery(memberId);
    }

    /// @dev The key becomes the member's only administrator. Where every place is taken, the last one is that of an
    /// earlier recovery, since nothing else gets there, and its key goes.
    function _recover(uint32 memberId, address administrator) private {
        delete _recoveries[memberId];
        Record storage own = _members[memberId];
        emit AdministratorRecovered(memberId, administrator);
        _takeRoles(memberId, own, Roles.ADMINISTER, 0);
        own.administrators = 1;
        AccountWord bound = _accounts[administrator];
        // Whoever holds a stolen administrator could otherwise stand in the way by binding the account itself.
        if (bound.memberId() == memberId) {
            _accounts[administrator] =
                bound.withRoles(Roles.ADMINISTER).withValidUntil(NO_END).without(AccountWords.FROZEN);
            emit KeySet(memberId, administrator, Roles.ADMINISTER, NO_END);
            return;
        }
        uint8 index = own.accounts;
        if (index == MOST_ACCOUNTS) {
            index = uint8(RECOVERY_PLACE);
            address displaced = _accountAt[memberId][index];
            _withdrawNomination(memberId, displaced);
            _accounts[displaced] = AccountWord.wrap(0);
            emit KeyRevoked(memberId, displaced);
            if (displaced == own.treasury) _setTreasury(memberId, own, administrator);
        } else {
            own.accounts = index + 1;
        }
        uint40 newBusinessUntil = _status(own) == MemberStatus.Active ? own.validUntil : 0;
        _bind(memberId, administrator, Roles.ADMINISTER, NO_END, newBusinessUntil, index, 0);
    }
}

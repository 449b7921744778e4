// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

/// @notice What an organisation is in the alliance. Only banks and central banks may take banking roles.
enum MemberKind {
    None,
    Authority,
    Customs,
    CentralBank,
    Bank,
    Trader,
    Carrier,
    Insurer,
    Inspector,
    Operator
}

/// @notice Where a member stands. `Active` alone is open to new business.
enum MemberStatus {
    None,
    Active,
    Suspended,
    Resigned,
    Expelled
}

/// @notice What founders state at deployment and the council decides on later.
struct Admission {
    // The account that receives the member's cash; also one of its accounts.
    address treasury;
    // The first key with the role ADMINISTER; it does not expire.
    address administrator;
    // Last second at which the member may take new business, Unix time.
    uint40 validUntil;
    // The banking calendar of the branch (UCP 600 art. 3: each branch is a bank of its own); 0 if it is no bank.
    uint16 calendar;
    // ISO 3166-1 alpha-2, as two ASCII letters.
    bytes2 country;
    MemberKind kind;
    // Salted commitment to the legal name, its registry number and its BIC.
    bytes32 identity;
}

/// @notice A member as it stands.
struct Member {
    address treasury;
    uint40 validUntil;
    uint16 calendar;
    bytes2 country;
    MemberStatus status;
    MemberKind kind;
    // How many accounts it has, and how many of them administer it without an end date.
    uint8 accounts;
    uint8 administrators;
}

/// @notice An account of a member as it stands.
struct Key {
    uint32 memberId;
    // Last second at which the key signs anything, Unix time.
    uint40 validUntil;
    // Last second at which the key takes new business, Unix time: its member's, copied here.
    uint40 newBusinessUntil;
    // Place in the member's list of accounts.
    uint16 index;
    uint128 roles;
}

/// @title The members of the alliance, their keys and what each key may do.
/// @notice Organisations act, through keys: an account belongs to one member and holds roles. Every other
/// contract asks here, with one storage read, which member an account acts for. New business and work in
/// flight are asked apart, because a member that may take no new business still finishes its old one.
interface IAllianceRegistry {
    /// @notice A member was admitted and may act from now on.
    /// @param memberId Its number, for ever.
    /// @param kind What it is.
    /// @param country ISO 3166-1 alpha-2.
    /// @param calendar The banking calendar of the branch, 0 if none.
    /// @param validUntil Last second of new business.
    /// @param treasury Where its cash arrives.
    /// @param identity Salted commitment to who it is.
    event MemberAdmitted(
        uint32 indexed memberId,
        MemberKind indexed kind,
        bytes2 country,
        uint16 calendar,
        uint40 validUntil,
        address treasury,
        bytes32 identity
    );

    /// @notice A key was added or changed.
    /// @param memberId The member it acts for.
    /// @param account The account.
    /// @param roles All its roles from now on.
    /// @param validUntil Last second at which it signs anything.
    event KeySet(uint32 indexed memberId, address indexed account, uint128 roles, uint40 validUntil);

    /// @notice A key was revoked: the account no longer belongs to the member.
    /// @param memberId The member it acted for.
    /// @param account The account.
    event KeyRevoked(uint32 indexed memberId, address indexed account);

    /// @notice Only the council admits members.
    /// @param caller Who tried.
    error NotGovernor(address caller);

    /// @notice The account belongs to no member of the alliance.
    /// @param account The account.
    error NotAMember(address account);

    /// @notice The account belongs to a member already.
    /// @param account The account.
    /// @param memberId The member that has it.
    error AccountTaken(address account, uint32 memberId);

    /// @notice The account is not one of the caller's member.
    /// @param account The account.
    /// @param memberId The caller's member.
    error NotOwnAccount(address account, uint32 memberId);

    /// @notice The key's time is over.
    /// @param account The account.
    /// @param validUntil Its last second.
    error KeyExpired(address account, uint40 validUntil);

    /// @notice The key lacks the role that the act needs.
    /// @param account The account.
    /// @param memberId The member it acts for.
    /// @param role The role bit it would need.
    error MissingRole(address account, uint32 memberId, uint128 role);

    /// @notice The member may take no new business; what it has in flight it may finish.
    /// @param memberId The member.
    /// @param until The last second at which it could.
    error NewBusinessClosed(uint32 memberId, uint40 until);

    /// @notice A party named in new business is not an active member.
    /// @param memberId The number given for it.
    error PartyNotActive(uint32 memberId);

    /// @notice A member with this number does not exist.
    /// @param memberId The number.
    error UnknownMember(uint32 memberId);

    /// @notice A date that must lie ahead does not.
    /// @param validUntil The date given, Unix time.
    /// @param time The time of the block.
    error NotInFuture(uint40 validUntil, uint256 time);

    /// @notice The roles are none at all, or not all open to this kind of member.
    /// @param roles The roles given.
    /// @param open The roles open to it.
    error RolesNotOpen(uint128 roles, uint128 open);

    /// @notice The member would be left without an administrator whose key does not expire.
    /// @param memberId The member.
    error LastAdministrator(uint32 memberId);

    /// @notice The account receives the member's cash, so it stays the member's.
    /// @param account The account.
    error TreasuryAccount(address account);

    /// @notice The member has as many accounts as it may have.
    /// @param memberId The member.
    /// @param most The limit.
    error TooManyAccounts(uint32 memberId, uint256 most);

    /// @notice The key is already as the call would make it.
    /// @param account The account.
    error KeyUnchanged(address account);

    /// @notice An admission lacks an account or a kind, or a bank lacks its calendar.
    /// @param administrator The administrator given.
    /// @param treasury The treasury given.
    /// @param kind The kind given.
    /// @param calendar The calendar given.
    error IncompleteAdmission(address administrator, address treasury, MemberKind kind, uint16 calendar);

    /// @notice Admits a member; only the council may.
    /// @param admission What was decided.
    /// @return memberId Its number.
    function admit(Admission calldata admission) external returns (uint32 memberId);

    /// @notice Adds an account to the caller's member, or changes one of it. Needs ADMINISTER.
    /// @param account The account.
    /// @param roles All its roles from now on; only roles open to the member's kind.
    /// @param validUntil Last second at which it signs anything; the greatest number for no end.
    function setKey(address account, uint128 roles, uint40 validUntil) external;

    /// @notice Takes an account from the caller's member; it signs nothing from now on. Needs ADMINISTER.
    /// @param account The account.
    function revokeKey(address account) external;

    /// @notice Asks on whose behalf an account acts on work in flight; reverts unless its key is alive and has the role.
    /// @param account The account.
    /// @param role The role bit that the act needs.
    /// @return memberId The member.
    function actingMember(address account, uint256 role) external view returns (uint32 memberId);

    /// @notice Asks the same for new business, and that every other party named is active.
    /// @param account The account.
    /// @param role The role bit that the act needs.
    /// @param parties Up to eight member numbers of 32 bits each; zeros are passed over.
    /// @return memberId The member.
    function tradingMember(address account, uint256 role, uint256 parties) external view returns (uint32 memberId);

    /// @notice Which member an account belongs to, whatever its key may do.
    /// @param account The account.
    /// @return memberId The member, or 0.
    function memberOf(address account) external view returns (uint32 memberId);

    /// @notice Where the cash of two members goes; one call, because a payment needs both.
    /// @param first A member.
    /// @param second A member.
    /// @return treasuryOfFirst Its treasury.
    /// @return treasuryOfSecond Its treasury.
    function treasuriesOf(uint32 first, uint32 second)
        external
        view
        returns (address treasuryOfFirst, address treasuryOfSecond);

    /// @notice The banking calendar that decides for a branch (UCP 600 art. 3).
    /// @param memberId The member.
    /// @return calendar The calendar's number, 0 if it has none.
    function calendarOf(uint32 memberId) external view returns (uint16 calendar);

    /// @notice A member as it stands; reverts for a number nobody has.
    /// @param memberId The member.
    /// @return What is on record.
    function member(uint32 memberId) external view returns (Member memory);

    /// @notice An account as it stands; all zero if it is nobody's.
    /// @param account The account.
    /// @return What is on record.
    function key(address account) external view returns (Key memory);

    /// @notice The accounts of a member, one by one.
    /// @param memberId The member.
    /// @param index From 0 to one less than its number of accounts.
    /// @return account The account, or zero beyond the end.
    function accountAt(uint32 memberId, uint256 index) external view returns (address account);

    /// @notice How many members were ever admitted; their numbers run from 1 to this.
    /// @return The count.
    function memberCount() external view returns (uint32);

    /// @notice The council, the only address that may admit members.
    /// @return The address.
    function governor() external view returns (address);
}

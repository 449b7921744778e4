// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.34;

import {IMemberDesks} from "interfaces/IMemberDesk.sol";

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

/// @notice Where a member stands. `Active` alone is open to new business. A proposed member is a motion of the council and
/// has no number yet; the end of its validity makes no status of its own.
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
    // Last second at which the member may take new business, Unix time; the greatest number for no end, as founders have.
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
    // Whether its desks alone find, refuse and pay.
    bool deskOnly;
}

/// @notice An account of a member as it stands.
struct Key {
    uint32 memberId;
    // Last second at which the key signs anything, Unix time.
    uint40 validUntil;
    // Last second at which the key takes new business, Unix time: its member's, copied here.
    uint40 newBusinessUntil;
    // Place in the member's list of accounts.
    uint8 index;
    // Whether it signs nothing until it is thawed.
    bool frozen;
    // Whether it is a desk that the registry created.
    bool desk;
    uint128 roles;
}

/// @notice The recovery of a member whose administrator is lost, while it is under way; all zero if none is.
struct Recovery {
    // The key that becomes the only administrator.
    address administrator;
    // From when on it can be completed, Unix time.
    uint40 completableFrom;
    // Whether the member objected: then only a second vote of the council completes it.
    bool objected;
}

/// @title The members of the alliance, their keys and what each key may do.
/// @notice Organisations act, through keys: an account belongs to one member and holds roles. Every other
/// contract asks here, with one storage read, which member an account acts for. New business and work in
/// flight are asked apart, because a member that may take no new business still finishes its old one.
///
/// ```
/// row  from                 act                              to
/// M1   none                 admit (council)                  active
/// M2   active               suspend (council)                suspended
/// M3   suspended            reinstate (council)              active
/// M4   active, suspended    resign (its administrator)       resigned, for ever
/// M5   active, suspended    expel (council)                  expelled, for ever
/// M6   active, suspended    renew (council)                  the same, with another last day of new business
/// M7   active, past it      lapse (anyone)                   the same, and named in nobody's new business
/// ```
///
/// Whatever its status, a member keeps its live keys for work in flight, and its administrator changes, rotates,
/// freezes and revokes them; only an active member adds accounts.
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

    /// @notice A member may take no new business until it is reinstated.
    /// @param memberId The member.
    event MemberSuspended(uint32 indexed memberId);

    /// @notice A suspended member may take new business again.
    /// @param memberId The member.
    event MemberReinstated(uint32 indexed memberId);

    /// @notice A member left; it finishes what it has in flight.
    /// @param memberId The member.
    event MemberResigned(uint32 indexed memberId);

    /// @notice A member was made to leave; it finishes what it has in flight.
    /// @param memberId The member.
    event MemberExpelled(uint32 indexed memberId);

    /// @notice The last day of a member's new business was set anew.
    /// @param memberId The member.
    /// @param validUntil Last second of new business.
    event MemberRenewed(uint32 indexed memberId, uint40 validUntil);

    /// @notice A member whose validity is over is from now on named in nobody's new business.
    /// @param memberId The member.
    event MemberLapsed(uint32 indexed memberId);

    /// @notice Nobody takes new business until the pause ends or is ended.
    /// @param until Last second of the pause.
    event NewBusinessPaused(uint40 until);

    /// @notice The pause was ended before its time, or what one left behind that ended by itself was cleared.
    event NewBusinessResumed();

    /// @notice The contract that bears this edition takes no new records from now on, and finishes its old ones.
    /// @param edition The edition.
    event EditionClosed(uint8 indexed edition);

    /// @notice A key took the place of another with its roles and validity; the old one is nobody's from now on.
    /// @param memberId The member.
    /// @param previous The account that acted for it.
    /// @param account The account that acts for it.
    event KeyRotated(uint32 indexed memberId, address indexed previous, address indexed account);

    /// @notice A key signs nothing until it is thawed.
    /// @param memberId The member.
    /// @param account The account.
    event KeyFrozen(uint32 indexed memberId, address indexed account);

    /// @notice A frozen key signs again.
    /// @param memberId The member.
    /// @param account The account.
    event KeyThawed(uint32 indexed memberId, address indexed account);

    /// @notice A desk was created for a member; what it may do follows in a KeySet.
    /// @param memberId The member.
    /// @param desk The account contract.
    event DeskCreated(uint32 indexed memberId, address indexed desk);

    /// @notice Whether a member's desks alone find, refuse and pay. Each other key that loses a role by it follows in a
    /// KeySet.
    /// @param memberId The member.
    /// @param deskOnly Whether they alone do.
    event DeskOnlySet(uint32 indexed memberId, bool deskOnly);

    /// @notice An account may become the member's treasury as soon as it says so itself.
    /// @param memberId The member.
    /// @param account The account; zero withdraws the nomination.
    event TreasuryNominated(uint32 indexed memberId, address indexed account);

    /// @notice The member's cash arrives elsewhere from now on; what lies at the previous place stays there.
    /// @param memberId The member.
    /// @param previous The account that received it.
    /// @param treasury The account that receives it.
    event TreasuryChanged(uint32 indexed memberId, address previous, address treasury);

    /// @notice The council decided that a member's administrator is lost.
    /// @param memberId The member.
    /// @param administrator The key that is to be its only administrator.
    /// @param completableFrom From when on that can be completed, unless the member objects, Unix time.
    event RecoveryBegun(uint32 indexed memberId, address administrator, uint40 completableFrom);

    /// @notice The member objected to its recovery: a second vote of the council, by two thirds, settles it.
    /// @param memberId The member.
    /// @param account The administrator that objected.
    event RecoveryObjected(uint32 indexed memberId, address account);

    /// @notice The recovery was completed: the key follows in a KeySet, and each that loses ADMINISTER by it in another.
    /// @param memberId The member.
    /// @param administrator Its only administrator.
    event AdministratorRecovered(uint32 indexed memberId, address administrator);

    /// @notice Only the council decides on members and on new business.
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

    /// @notice The key is frozen.
    /// @param account The account.
    error KeyFrozenNow(address account);

    /// @notice The key is not frozen.
    /// @param account The account.
    error KeyNotFrozen(address account);

    /// @notice An account must be named, and none was.
    error NoAccount();

    /// @notice Nobody takes new business while it is paused; work in flight goes on.
    /// @param until Last second of the pause.
    error NewBusinessPausedNow(uint40 until);

    /// @notice There is no pause to end, nor any bit of one to clear.
    error NotPaused();

    /// @notice The contract takes no new records any more; a later version does.
    /// @param edition Its edition.
    error EditionClosedToNew(uint8 edition);

    /// @notice Editions are numbered from 1 to 63.
    /// @param edition The number given.
    error UnknownEdition(uint8 edition);

    /// @notice The member does not stand where the act needs it.
    /// @param memberId The member.
    /// @param actual Where it stands.
    error WrongMemberStatus(uint32 memberId, MemberStatus actual);

    /// @notice No founder would be left to vote in the council.
    /// @param memberId The founder that is to go.
    error LastFounder(uint32 memberId);

    /// @notice An alliance has 1 to 32 founders.
    /// @param count The number given.
    error FoundersOutOfBounds(uint256 count);

    /// @notice A founder's membership has no last day: the council could otherwise die of old age.
    /// @param memberId The founder.
    /// @param validUntil The day given.
    error FounderWithEnd(uint32 memberId, uint40 validUntil);

    /// @notice The validity of the member is not over, or it has lapsed before.
    /// @param memberId The member.
    /// @param validUntil Last second of new business.
    error NotLapsed(uint32 memberId, uint40 validUntil);

    /// @notice The member's desks alone find, refuse and pay: no other account of it may have these roles.
    /// @param account The account.
    /// @param roles The roles given.
    error DesksOnly(address account, uint128 roles);

    /// @notice Whether desks alone find, refuse and pay is already as the call would make it.
    /// @param memberId The member.
    /// @param deskOnly Whether they alone do.
    error DeskOnlyAlready(uint32 memberId, bool deskOnly);

    /// @notice The member would be left without a desk, and only desks find, refuse and pay for it.
    /// @param memberId The member.
    error NoDesk(uint32 memberId);

    /// @notice A desk cannot be rotated: its people are.
    /// @param account The desk.
    error DeskAccount(address account);

    /// @notice The account was not nominated as treasury.
    /// @param memberId The member.
    /// @param account The account.
    error NotNominated(uint32 memberId, address account);

    /// @notice There is no recovery of this member under way, or none to which it can still object.
    /// @param memberId The member.
    error NoRecovery(uint32 memberId);

    /// @notice The member has not objected, so that there is nothing to settle by a second vote.
    /// @param memberId The member.
    error NotObjected(uint32 memberId);

    /// @notice The recovery cannot be completed: its delay runs, or the member objected.
    /// @param memberId The member.
    /// @param completableFrom From when on it can, Unix time; 0 if only a second vote settles it.
    /// @param time The time of the block.
    error RecoveryNotDue(uint32 memberId, uint40 completableFrom, uint256 time);

    /// @notice Admits a member; only the council may.
    /// @param admission What was decided.
    /// @return memberId Its number.
    function admit(Admission calldata admission) external returns (uint32 memberId);

    /// @notice Suspends an active member (M2); only the council may.
    /// @param memberId The member.
    function suspend(uint32 memberId) external;

    /// @notice Reinstates a suspended member (M3); only the council may.
    /// @param memberId The member.
    function reinstate(uint32 memberId) external;

    /// @notice Expels a member (M5); only the council may.
    /// @param memberId The member.
    function expel(uint32 memberId) external;

    /// @notice Sets the last day of a member's new business (M6); only the council may, and not a founder's.
    /// @param memberId The member.
    /// @param validUntil Last second of new business, ahead of now; the greatest number for no end.
    function renew(uint32 memberId, uint40 validUntil) external;

    /// @notice Ends the caller's own membership (M4). Needs ADMINISTER.
    function resign() external;

    /// @notice Takes a member whose validity is over out of the active ones (M7), so that nobody names it in new
    /// business. Anyone may: the answer follows from the date.
    /// @param memberId The member.
    function lapse(uint32 memberId) external;

    /// @notice Pauses new business of everybody; votes of the council and work in flight go on. Only the council may.
    /// @param until Last second of the pause, ahead of now; a pause that runs gets this end.
    function pauseNewBusiness(uint40 until) external;

    /// @notice Ends a pause before its time, or clears the bit of one that ended by itself, for which every new record
    /// pays a storage read; only the council may.
    function resumeNewBusiness() external;

    /// @notice Closes an edition to new records, for ever; only the council may.
    /// @param edition The edition, 1 to 63.
    function closeEdition(uint8 edition) external;

    /// @notice Begins the recovery of a member whose administrator is lost, or begins it anew; only the council may.
    /// @param memberId The member.
    /// @param administrator The key that is to be its only administrator; nobody's account yet, and at the completion
    /// nobody's or the member's own.
    function beginRecovery(uint32 memberId, address administrator) external;

    /// @notice Objects to the recovery of the caller's own member while its delay runs. Needs ADMINISTER.
    function objectToRecovery() external;

    /// @notice Completes a recovery to which the member did not object in time. Anyone may: it was decided.
    /// @param memberId The member.
    function completeRecovery(uint32 memberId) external;

    /// @notice Completes at once a recovery to which the member objected; only the council may, by its second vote.
    /// @param memberId The member.
    function settleRecovery(uint32 memberId) external;

    /// @notice Adds an account to the caller's member, or changes one of it. Needs ADMINISTER; only an active member adds.
    /// @param account The account.
    /// @param roles All its roles from now on; only roles open to the member's kind.
    /// @param validUntil Last second at which it signs anything; the greatest number for no end.
    function setKey(address account, uint128 roles, uint40 validUntil) external;

    /// @notice Takes an account from the caller's member; it signs nothing from now on. Needs ADMINISTER.
    /// @param account The account.
    function revokeKey(address account) external;

    /// @notice Puts another account in the place of one of the caller's member, with its roles and validity. Needs
    /// ADMINISTER; not for desks and the treasury.
    /// @param previous The account that goes.
    /// @param account The account that comes; nobody's yet.
    function rotateKey(address previous, address account) external;

    /// @notice Stops a key until it is thawed. Needs ADMINISTER; a key stops itself without.
    /// @param account The account.
    function freezeKey(address account) external;

    /// @notice Lets a frozen key sign again. Needs ADMINISTER.
    /// @param account The account.
    function thawKey(address account) external;

    /// @notice Takes the calling account from its member, as when it was added against its holder's will.
    function renounceKey() external;

    /// @notice Creates a desk for the caller's member and makes it one of its accounts. Needs ADMINISTER; as adding a key.
    /// @param roles The desk's roles; only roles open to the member's kind.
    /// @return desk The account contract.
    function createDesk(uint128 roles) external returns (address desk);

    /// @notice Lets only the desks of the caller's member find, refuse and pay, or ends that. Needs ADMINISTER. Every
    /// other account loses these roles; they do not come back by themselves.
    /// @param deskOnly Whether desks alone do.
    function setDeskOnly(bool deskOnly) external;

    /// @notice Nominates an account of the caller's member as its treasury. Needs ADMINISTER.
    /// @param account The account; zero withdraws a nomination.
    function nominateTreasury(address account) external;

    /// @notice Makes the calling account, which was nominated, the treasury of its member.
    function becomeTreasury() external;

    /// @notice Asks on whose behalf an account acts on work in flight; reverts unless its key is alive and has the role.
    /// @param account The account.
    /// @param role The role bit that the act needs; all of them, where it needs several.
    /// @return memberId The member.
    function actingMemberOf(address account, uint256 role) external view returns (uint32 memberId);

    /// @notice Asks the same for new business of a contract: also that its edition is open, that there is no pause, and
    /// that every other party named is active.
    /// @param account The account.
    /// @param role The role bit that the act needs.
    /// @param parties Up to eight member numbers of 32 bits each; zeros are passed over.
    /// @param edition The edition of the contract that asks, 1 to 63; 0 for one that is never closed.
    /// @return memberId The member.
    function tradingMember(address account, uint256 role, uint256 parties, uint8 edition)
        external
        view
        returns (uint32 memberId);

    /// @notice Asks the same for a vote: new business of the member, which no pause stops.
    /// @param account The account.
    /// @param role The role bit that the act needs.
    /// @return memberId The member.
    function memberInStanding(address account, uint256 role) external view returns (uint32 memberId);

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
    function calendarOfBranch(uint32 memberId) external view returns (uint16 calendar);

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

    /// @notice Whether a member is active, so that it may be named in new business.
    /// @param memberId The member.
    /// @return Whether it is.
    function isActive(uint32 memberId) external view returns (bool);

    /// @notice The founders that are active.
    /// @return Bit n - 1 for the member n.
    function activeFounders() external view returns (uint32);

    /// @notice Last second of the pause of new business.
    /// @return Unix time; 0 or in the past if there is none.
    function pausedUntil() external view returns (uint40);

    /// @notice Whether an edition takes no new records any more.
    /// @param edition The edition.
    /// @return Whether it was closed.
    function isClosed(uint8 edition) external view returns (bool);

    /// @notice The recovery of a member that is under way.
    /// @param memberId The member.
    /// @return What is on record, all zero if none is.
    function recoveryOf(uint32 memberId) external view returns (Recovery memory);

    /// @notice The account that may become a member's treasury.
    /// @param memberId The member.
    /// @return account The account, zero if none was nominated.
    function nominatedTreasury(uint32 memberId) external view returns (address account);

    /// @notice How many founders there are: the members numbered from 1 to this.
    /// @return The count, at most 32.
    function founders() external view returns (uint8);

    /// @notice The contract that creates desks for the registry.
    /// @return The contract.
    function desks() external view returns (IMemberDesks);

    /// @notice The council, the only address that decides on members and on new business.
    /// @return The address.
    function governor() external view returns (address);
}

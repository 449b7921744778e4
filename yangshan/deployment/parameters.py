# SPDX-License-Identifier: Apache-2.0
"""What an alliance is made from: its file, its members, their accounts, sealed identities.

The file (TOML) names members by their short key; here every name becomes a number, every place a
calendar, every list of roles a set of bits, so that nothing after this has to look anything up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

from eth_typing import ChecksumAddress
from eth_utils.address import is_checksum_address, to_checksum_address
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from yangshan.alliance.members import (
    AllianceFileError,
    Kind,
    MemberRecord,
    load_members,
    numbered,
    read_alliance_file,
)
from yangshan.alliance.places import places
from yangshan.chain.enums import MemberKind, Role
from yangshan.chain.signers import development_signer
from yangshan.commitments import Sealed, seal
from yangshan.deployment.desk_parameters import (
    DESK_ROLES,
    PEOPLE_TABLE,
    DeskSetup,
    DeskTable,
    desks_of,
    development_person,
)
from yangshan.deployment.plan import (
    HOUR,
    NO_END,
    Admission,
    CashParameters,
    Parameters,
    VotingRules,
)
from yangshan.errors import Unusable
from yangshan.money import Currency, Money, UnknownCurrency
from yangshan.toml_files import tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from yangshan.vault import Vault

IDENTITY_KIND = "member-identity"

AccountName = Literal["administrator", "treasury", "desk"]
# In the order of their indices in the test mnemonic.
ACCOUNT_NAMES: tuple[AccountName, ...] = ("administrator", "treasury", "desk")
DEVELOPMENT_DEPLOYER = 0

_DAY = 24 * HOUR


class AccountsFileError(Unusable):
    """A file of accounts that is missing, is no TOML, or lacks what a member needs."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The accounts file {file} cannot be used: {reason}")
        self.file = file
        self.reason = reason


class NoSuchMember(Unusable):
    """A member that the alliance's files do not have."""

    def __init__(self, key: str, known: Sequence[str]) -> None:
        super().__init__(
            f"The alliance has no member {key} in its files; it has {', '.join(known)}."
        )
        self.key = key


@dataclass(frozen=True, slots=True)
class MemberAccounts:
    """The accounts with which a member begins: each does one thing."""

    administrator: ChecksumAddress
    treasury: ChecksumAddress
    desk: ChecksumAddress


@dataclass(frozen=True, slots=True)
class MemberSetup:
    """One member with everything that its admission needs; ``desk_roles`` may be none."""

    number: int
    record: MemberRecord
    accounts: MemberAccounts
    admission: Admission
    desk_roles: Role


@dataclass(frozen=True, slots=True)
class OpeningCash:
    """Cash for a member's treasury under the reference of the payment received outside."""

    member: int
    money: Money
    reference: str


@dataclass(frozen=True, slots=True)
class AllianceSetup:
    """Everything that deploying and setting up an alliance is made from."""

    name: str
    members: tuple[MemberSetup, ...]
    rules: VotingRules
    keeper: int
    # Last second of new business of every member that is no founder, Unix time.
    valid_until: int
    calendars: Mapping[int, str]
    first_year: int
    last_year: int
    cash: tuple[CashParameters, ...]
    opening: tuple[OpeningCash, ...]
    desks: tuple[DeskSetup, ...] = ()

    @property
    def founders(self) -> tuple[MemberSetup, ...]:
        """The members that are constructor data."""
        return tuple(member for member in self.members if member.record.founder)

    @property
    def later(self) -> tuple[MemberSetup, ...]:
        """The members that the council admits afterwards, in the order of their numbers."""
        return tuple(member for member in self.members if not member.record.founder)

    @property
    def parameters(self) -> Parameters:
        """What the plan of the deployment is made from."""
        return Parameters(
            founders=tuple(founder.admission for founder in self.founders),
            rules=self.rules,
            calendar_keeper=self.keeper,
            cash=self.cash,
        )

    def member(self, number: int) -> MemberSetup:
        """The member with this number, from 1."""
        return self.members[number - 1]

    def named(self, key: str) -> MemberSetup:
        """The member with this key in the members file; raises :class:`NoSuchMember`."""
        for member in self.members:
            if member.record.key == key:
                return member
        raise NoSuchMember(key, [member.record.key for member in self.members])


def load_setup(
    file: Path,
    *,
    accounts: Callable[[MemberRecord], MemberAccounts],
    identity: Callable[[MemberRecord], Sealed],
    people: Callable[[MemberRecord, str, int], ChecksumAddress] = development_person,
) -> AllianceSetup:
    """Reads an alliance file and the members file that it names.

    ``accounts`` and ``identity`` are asked for each member, whose ``id`` is set, and ``people`` for
    each person of a desk, by name and place. Raises AllianceFileError, and what these raise.
    """
    given = read_alliance_file(file, _AllianceFile)
    listed = load_members(file.parent / given.members)
    found = _Names(file, _in_order(file.parent / given.members, listed))
    calendars = found.calendars(given.calendar)
    valid_until = int(given.valid_until.timestamp())
    if not 0 < valid_until < NO_END:
        raise found.fail(f"valid_until {given.valid_until.isoformat()} is out of range.")
    desks = desks_of(given.member_desk, found, people)
    desk_only = {desk.member for desk in desks if desk.only}
    return AllianceSetup(
        name=given.name,
        members=tuple(
            _member(record, accounts(record), identity(record), given, calendars, found, desk_only)
            for record in found.members
        ),
        rules=given.voting.rules(),
        keeper=found.number("calendar_keeper", given.calendar_keeper),
        valid_until=valid_until,
        calendars={number: name for name, number in calendars.items()},
        first_year=given.years.first,
        last_year=given.years.last,
        cash=tuple(
            CashParameters(found.currency("cash", cash.currency), found.number("cash", cash.issuer))
            for cash in given.cash
        ),
        opening=found.opening(given),
        desks=desks,
    )


def development_accounts(record: MemberRecord) -> MemberAccounts:
    """The accounts of a member on a development chain, from the public test mnemonic.

    Index 0 deploys; member n has 3n - 2 (administrator), 3n - 1 (treasury) and 3n (desk).
    """
    return MemberAccounts(
        **{
            name: development_signer(development_index(record.id or 0, name), name).address
            for name in ACCOUNT_NAMES
        }
    )


def kind_named(word: str) -> MemberKind:
    """The kind that a file calls so, such as ``central bank``."""
    return MemberKind[word.upper().replace(" ", "_")]


def development_index(number: int, account: AccountName) -> int:
    """The index in the test mnemonic of an account of member ``number``, from 1."""
    return 3 * number - 2 + ACCOUNT_NAMES.index(account)


def accounts_of(file: Path) -> Callable[[MemberRecord], MemberAccounts]:
    """The accounts that a file (TOML, a table for each member's key) names.

    Each table has ``administrator``, ``treasury`` and ``desk``, and ``people`` where the member has
    a desk. Raises :class:`AccountsFileError`, at once or when asked for a member that the file
    lacks.
    """
    tables = tables_of(file, partial(AccountsFileError, str(file)))

    def find(record: MemberRecord) -> MemberAccounts:
        table = tables.get(record.key)
        if not isinstance(table, dict):
            raise AccountsFileError(str(file), f"it has no table [{record.key}].")
        if odd := sorted(set(table) - {PEOPLE_TABLE} ^ set(ACCOUNT_NAMES)):
            raise AccountsFileError(
                str(file),
                f"[{record.key}] must have {', '.join(ACCOUNT_NAMES)} and nothing else; "
                f"look at {', '.join(odd)}.",
            )
        for name in ACCOUNT_NAMES:
            address = table[name]
            if not isinstance(address, str) or not is_checksum_address(address):
                raise AccountsFileError(
                    str(file), f"{record.key}.{name} is {address}, no address with its checksum."
                )
        return MemberAccounts(**{name: to_checksum_address(table[name]) for name in ACCOUNT_NAMES})

    return find


def identity_of(record: MemberRecord) -> dict[str, object]:
    """Who a member is, as the commitment in its admission binds it."""
    return {
        "legal_name": record.legal_name,
        "other_names": list(record.other_names),
        "lei": record.lei,
        "credit_code": record.credit_code,
        "bic": record.bic,
        "country": record.country,
        "kind": record.kind,
    }


def kept_identity(vault: Vault) -> Callable[[MemberRecord], Sealed]:
    """Identities sealed under salts that are kept in ``vault``, made at the first time of asking.

    Asking raises KeptOtherwise where a member's identity has changed since, and VaultDamaged.
    """
    return lambda record: vault.keep(IDENTITY_KIND, record.key, identity_of(record))


def salted_identity(salts: Mapping[str, bytes]) -> Callable[[MemberRecord], Sealed]:
    """Identities sealed under given salts by member key, for those who keep salts elsewhere."""
    return lambda record: seal(IDENTITY_KIND, identity_of(record), salts[record.key])


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Years(_Table):
    first: int
    last: int


class _Voting(_Table):
    quorum: int
    period_days: int
    delay_days: int
    weights: dict[Kind, int]

    def rules(self) -> VotingRules:
        return VotingRules(
            weights=tuple(
                sorted((int(kind_named(kind)), votes) for kind, votes in self.weights.items())
            ),
            quorum=self.quorum,
            voting_period=self.period_days * _DAY,
            execution_delay=self.delay_days * _DAY,
        )


class _Calendar(_Table):
    number: Annotated[int, Field(gt=0, lt=2**16)]
    name: str


class _Cash(_Table):
    currency: str
    issuer: str


class _Opening(_Table):
    member: str
    currency: str
    minor: Annotated[int, Field(gt=0)]
    reference: Annotated[str, Field(pattern=r"^[\x21-\x7e][\x20-\x7e]{0,31}$")]


class _AllianceFile(_Table):
    name: Annotated[str, Field(min_length=1)]
    members: str
    voting: _Voting
    calendar_keeper: str
    valid_until: AwareDatetime
    years: _Years
    calendar: tuple[_Calendar, ...]
    cash: tuple[_Cash, ...]
    desk: dict[Kind | Literal["founder"], tuple[str, ...]]
    opening: tuple[_Opening, ...] = ()
    member_desk: tuple[DeskTable, ...] = ()


def _in_order(file: Path, listed: tuple[MemberRecord, ...]) -> tuple[MemberRecord, ...]:
    """The members with their numbers: their places in the file, which lists founders first."""
    founding = True
    for member in listed:
        if member.founder and not founding:
            raise AllianceFileError(
                str(file), f"{member.key} is a founder and must stand before all that are none."
            )
        founding = member.founder
    ids = {member.key: number for number, member in enumerate(listed, start=1)}
    for member in listed:
        if member.id not in (None, ids[member.key]):
            raise AllianceFileError(
                str(file),
                f"{member.key} has the number {member.id}, but its place gives {ids[member.key]}.",
            )
    return numbered(listed, ids)


class _Names:
    """Looks up what the file names; each failure says where the name stands."""

    def __init__(self, file: Path, members: tuple[MemberRecord, ...]) -> None:
        self._file = str(file)
        self.members = members
        self._numbers = {member.key: number for number, member in enumerate(members, start=1)}

    def fail(self, reason: str) -> AllianceFileError:
        return AllianceFileError(self._file, reason)

    def number(self, where: str, key: str) -> int:
        if key not in self._numbers:
            raise self.fail(f"{where} names {key}; the members are {', '.join(self._numbers)}.")
        return self._numbers[key]

    def currency(self, where: str, code: str) -> Currency:
        try:
            return Currency.of(code)
        except UnknownCurrency as unknown:
            raise self.fail(f"{where}: {unknown}") from unknown

    def calendars(self, given: tuple[_Calendar, ...]) -> dict[str, int]:
        """The numbers by name."""
        self._once("calendar name", (calendar.name for calendar in given))
        self._once("calendar number", (str(calendar.number) for calendar in given))
        for calendar in given:
            if calendar.name not in places():
                raise self.fail(
                    f"there is no calendar {calendar.name}; there are {', '.join(places())}."
                )
        return {calendar.name: calendar.number for calendar in given}

    def roles(self, where: str, names: Iterable[str]) -> Role:
        roles = Role(0)
        for name in names:
            if name not in Role.__members__:
                raise self.fail(
                    f"{where} names the role {name}; there are {', '.join(Role.__members__)}."
                )
            roles |= Role[name]
        return roles

    def opening(self, given: _AllianceFile) -> tuple[OpeningCash, ...]:
        on_ledger = [cash.currency for cash in given.cash]
        for code in on_ledger:
            self._once(
                f"opening reference in {code}",
                (each.reference for each in given.opening if each.currency == code),
            )
        found = []
        for each in given.opening:
            if each.currency not in on_ledger:
                raise self.fail(
                    f"opening: {each.currency} is not paid on the ledger; "
                    f"the currencies are {', '.join(on_ledger)}."
                )
            money = Money(each.minor, self.currency("opening", each.currency))
            found.append(OpeningCash(self.number("opening", each.member), money, each.reference))
        return tuple(found)

    def _once(self, what: str, values: Iterable[str]) -> None:
        for value, times in Counter(values).items():
            if times > 1:
                raise self.fail(f"the {what} {value} is given {times} times.")


def _member(
    record: MemberRecord,
    accounts: MemberAccounts,
    identity: Sealed,
    given: _AllianceFile,
    calendars: Mapping[str, int],
    found: _Names,
    desk_only: set[int],
) -> MemberSetup:
    if record.calendar is not None and record.calendar not in calendars:
        raise found.fail(
            f"{record.key} has the calendar {record.calendar}, "
            f"which has no number; numbered are {', '.join(calendars)}."
        )
    if record.kind not in given.desk:
        raise found.fail(f"desk lists no roles for the kind {record.kind}.")
    roles = found.roles(f"desk.{record.kind}", given.desk[record.kind])
    if record.founder:
        roles |= found.roles("desk.founder", given.desk.get("founder", ()))
    if record.id in desk_only:
        roles &= ~DESK_ROLES
    return MemberSetup(
        number=record.id or 0,
        record=record,
        accounts=accounts,
        admission=Admission(
            treasury=accounts.treasury,
            administrator=accounts.administrator,
            valid_until=NO_END if record.founder else int(given.valid_until.timestamp()),
            calendar=0 if record.calendar is None else calendars[record.calendar],
            country=record.country.encode(),
            kind=int(kind_named(record.kind)),
            identity=identity.commitment,
        ),
        desk_roles=roles,
    )

# SPDX-License-Identifier: Apache-2.0
"""The desks that an alliance file states: their roles, their people and their policies."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal, Protocol

from eth_utils.address import is_checksum_address, to_checksum_address
from pydantic import BaseModel, ConfigDict, Field

from yangshan.alliance.desk_actions import UnknownDeskAction, desk_action
from yangshan.alliance.desk_policies import PolicyIncomplete, policy_of
from yangshan.chain.enums import Hands, Role
from yangshan.chain.signers import development_signer
from yangshan.errors import Unusable
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from eth_typing import ChecksumAddress

    from yangshan.alliance.members import AllianceFileError, MemberRecord
    from yangshan.money import Currency

PEOPLE_TABLE: Final = "people"
# What keys outside of desks lose where the member's desks alone find, refuse and pay.
DESK_ROLES: Final = Role.EXAMINE | Role.PAY

_HANDS: Final = {"two": Hands.TWO, "one": Hands.ONE_UP_TO_LIMIT}
# Beyond every account of a member, and apart from those of the next one.
_PEOPLE_A_MEMBER: Final = 100


class PersonUnnamed(Unusable):
    """A person of a desk for whom the accounts file has no address with its checksum."""

    def __init__(self, file: str, member: str, name: str) -> None:
        super().__init__(
            f"The accounts file {file} cannot be used: [{member}.{PEOPLE_TABLE}] has no address "
            f"with its checksum for {name}."
        )
        self.file = file
        self.member = member
        self.name = name


@dataclass(frozen=True, slots=True)
class PersonSetup:
    """A person at a desk; ``key`` names the person's key, and ``place`` counts from 1."""

    key: str
    place: int
    account: ChecksumAddress
    maker: bool
    checker: bool


@dataclass(frozen=True, slots=True)
class PolicySetup:
    """The policy of an action; amounts as in :meth:`yangshan.alliance.desks.Desks.set_policy`."""

    action: str
    hands: Hands
    currency: Currency | None
    limit: Money | None
    alone: Money | None


@dataclass(frozen=True, slots=True)
class DeskSetup:
    """A desk of a member, the ``number``-th; ``only``: its desks alone find, refuse and pay."""

    member: int
    number: int
    roles: Role
    people: tuple[PersonSetup, ...]
    policies: tuple[PolicySetup, ...]
    only: bool


class Names(Protocol):
    """Who looks up what a file names; each failure says where the name stands."""

    members: tuple[MemberRecord, ...]

    def fail(self, reason: str) -> AllianceFileError:
        """What to raise."""

    def number(self, where: str, key: str) -> int:
        """A member."""

    def currency(self, where: str, code: str) -> Currency:
        """A currency."""

    def roles(self, where: str, names: Iterable[str]) -> Role:
        """Roles."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Person(_Table):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    maker: bool = False
    checker: bool = False


class _Policy(_Table):
    action: str
    hands: Literal["two", "one"]
    currency: str | None = None
    limit: Annotated[int, Field(gt=0)] | None = None
    alone: Annotated[int, Field(gt=0)] | None = None


class DeskTable(_Table):
    """One ``[[member_desk]]`` of the file; amounts are in minor units of the currency."""

    member: str
    roles: tuple[str, ...]
    desk_only: bool = False
    person: tuple[_Person, ...] = ()
    policy: tuple[_Policy, ...] = ()


def desks_of(
    tables: Sequence[DeskTable],
    found: Names,
    people: Callable[[MemberRecord, str, int], ChecksumAddress],
) -> tuple[DeskSetup, ...]:
    """The desks that a file states; ``people`` gives the account of a person by name and place.

    Raises AllianceFileError, and what ``people`` raises.
    """
    desks: list[DeskSetup] = []
    for table in tables:
        where = f"member_desk of {table.member}"
        number = found.number("member_desk", table.member)
        before = [desk for desk in desks if desk.member == number]
        taken = sum(len(desk.people) for desk in before)
        desks.append(
            DeskSetup(
                member=number,
                number=len(before) + 1,
                roles=found.roles(where, table.roles),
                people=tuple(
                    _person(each, taken + place, where, found, number, people)
                    for place, each in enumerate(table.person, start=1)
                ),
                policies=tuple(_policy(each, where, found) for each in table.policy),
                only=table.desk_only,
            )
        )
    keys = [person.key for desk in desks for person in desk.people]
    for key in keys:
        if keys.count(key) > 1:
            raise found.fail(f"the person {key} is named twice.")
    return tuple(desks)


def development_person(record: MemberRecord, name: str, place: int) -> ChecksumAddress:
    """The account of a person on a development chain, from the public test mnemonic.

    The n-th person of member m has the index 100m + n.
    """
    return development_signer(person_index(record.id or 0, place), name).address


def person_index(member: int, place: int) -> int:
    """The index in the test mnemonic of a person of member ``member``, both from 1."""
    return _PEOPLE_A_MEMBER * member + place


def people_of(file: Path) -> Callable[[MemberRecord, str, int], ChecksumAddress]:
    """The accounts of people that an accounts file names, in ``[<member>.people]``.

    The file was read before. Asking raises :class:`PersonUnnamed`.
    """

    def find(record: MemberRecord, name: str, _place: int) -> ChecksumAddress:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get(record.key)
        people = table.get(PEOPLE_TABLE) if isinstance(table, dict) else None
        address = people.get(name) if isinstance(people, dict) else None
        if not isinstance(address, str) or not is_checksum_address(address):
            raise PersonUnnamed(str(file), record.key, name)
        return to_checksum_address(address)

    return find


def _person(
    given: _Person,
    place: int,
    where: str,
    found: Names,
    number: int,
    people: Callable[[MemberRecord, str, int], ChecksumAddress],
) -> PersonSetup:
    if not given.maker and not given.checker:
        raise found.fail(f"{where}: {given.name} is neither maker nor checker.")
    record = found.members[number - 1]
    return PersonSetup(
        key=f"{record.key}-{given.name}",
        place=place,
        account=people(record, given.name, place),
        maker=given.maker,
        checker=given.checker,
    )


def _policy(given: _Policy, where: str, found: Names) -> PolicySetup:
    currency = found.currency(where, given.currency) if given.currency else None
    if currency is None and (given.limit or given.alone):
        raise found.fail(f"{where}: an amount of {given.action!r} has no currency.")

    def money(minor: int | None) -> Money | None:
        return None if minor is None or currency is None else Money(minor, currency)

    setup = PolicySetup(
        given.action, _HANDS[given.hands], currency, money(given.limit), money(given.alone)
    )
    try:
        policy_of(
            desk_action(given.action),
            setup.hands,
            currency=currency,
            limit=setup.limit,
            alone=setup.alone,
        )
    except (UnknownDeskAction, PolicyIncomplete) as wrong:
        raise found.fail(f"{where}: {wrong}") from wrong
    return setup

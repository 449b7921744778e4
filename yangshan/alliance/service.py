# SPDX-License-Identifier: Apache-2.0
"""The alliance on a chain: members and keys, council, directory, banking calendars and cash.

Every act looks at the chain first: what holds already is reported as done and sends nothing, so
that each act, and the whole of :func:`set_up`, can be repeated after any interruption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.cash import Cash
from yangshan.alliance.council import Council
from yangshan.alliance.desks import Desks
from yangshan.alliance.directory import Directory
from yangshan.alliance.keeper import Calendars
from yangshan.alliance.keys import Keys
from yangshan.alliance.ledger import Ledger
from yangshan.alliance.membership import Membership
from yangshan.alliance.places import build
from yangshan.alliance.recovery import Recoveries
from yangshan.alliance.register import Register
from yangshan.alliance.treasury import Treasury
from yangshan.chain.enums import Role
from yangshan.deployment.progress import silent
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from eth_typing import ChecksumAddress

    from yangshan.chain.connection import Chain
    from yangshan.chain.sender import Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.desk_parameters import DeskSetup
    from yangshan.deployment.parameters import AccountName, AllianceSetup, MemberSetup
    from yangshan.deployment.progress import Report
    from yangshan.deployment.record import Deployment

    KeyOf: TypeAlias = Callable[[MemberSetup, AccountName], Signer]


class NumberDiffers(Refused):
    """A member that was admitted under another number than the one planned for it."""

    def __init__(self, handle: str, expected: int, found: int) -> None:
        super().__init__(
            f"{handle} was to be member {expected} and is member {found}: somebody else was "
            "admitted in between, or members were admitted in another order."
        )
        self.handle = handle
        self.expected = expected
        self.found = found


class Alliance:
    """The contracts of a deployment that make an alliance, a service for each.

    Acts raise the typed errors of :mod:`yangshan.chain.reverts` where a contract refuses, and what
    the sender raises. Each transaction is told to ``report``.
    """

    def __init__(
        self, chain: Chain, sender: Sender, deployment: Deployment, report: Report = silent
    ) -> None:
        ledger = Ledger(chain, sender, deployment, report)
        self.register = Register(ledger)
        self.keys = Keys(ledger)
        self.membership = Membership(ledger)
        self.desks = Desks(ledger, self.keys, chain.chain_id)
        self.treasury = Treasury(ledger)
        self.recoveries = Recoveries(ledger)
        self.council = Council(ledger)
        self.calendars = Calendars(ledger)
        self.cash = Cash(ledger)
        self.directory = Directory(ledger)


def set_up(alliance: Alliance, setup: AllianceSetup, signer: KeyOf) -> None:
    """Brings a freshly deployed alliance to where business begins.

    The founders' administrators give their everyday keys their roles; the keeper publishes the
    banking calendars; the founders admit the later members, whose administrators do the same; desks
    for four eyes are created, staffed and given their policies; the issuers mint the opening cash.
    ``signer`` gives the key of an account of a member. Done twice it sends nothing the second time;
    raises what the acts raise, :class:`NumberDiffers`, and what building calendars raises.
    """

    for founder in setup.founders:
        _give_roles(alliance, founder, signer)
    keeper = signer(setup.member(setup.keeper), "desk")
    for name in setup.calendars.values():
        alliance.calendars.publish(keeper, build(name, setup.first_year, setup.last_year))
    for member in setup.later:
        admit(alliance, setup, member, signer)
    for desk in setup.desks:
        set_up_desk(alliance, desk, signer(setup.member(desk.member), "administrator"))
    issuers = {cash.currency: setup.member(cash.issuer) for cash in setup.cash}
    for opening in setup.opening:
        issuer = signer(issuers[opening.money.currency], "desk")
        alliance.cash.mint(issuer, opening.member, opening.money, opening.reference)


def voters_of(setup: AllianceSetup, signer: KeyOf) -> list[Signer]:
    """The keys with which the founders vote, in the order of their numbers."""
    return [
        signer(founder, "desk") for founder in setup.founders if Role.VOTE in founder.desk_roles
    ]


def admit(alliance: Alliance, setup: AllianceSetup, member: MemberSetup, signer: KeyOf) -> None:
    """Has the founders admit a later member, which then gives its everyday key its roles.

    Raises NotDecided, :class:`NumberDiffers`, and what the acts raise.
    """
    voters = voters_of(setup, signer)
    number = alliance.council.admit(voters, member.admission, member.record.key)
    if number != member.number:
        raise NumberDiffers(member.record.key, member.number, number)
    _give_roles(alliance, member, signer)


def set_up_desk(alliance: Alliance, setup: DeskSetup, administrator: Signer) -> ChecksumAddress:
    """Creates a desk, names its people and opens its actions; returns its address.

    Done twice it sends nothing the second time; raises what the acts raise.
    """
    desk = alliance.desks.create(administrator, setup.roles, setup.number)
    for person in setup.people:
        alliance.desks.set_person(
            administrator, desk, person.account, maker=person.maker, checker=person.checker
        )
    for policy in setup.policies:
        alliance.desks.set_policy(
            administrator,
            desk,
            policy.action,
            policy.hands,
            currency=policy.currency,
            limit=policy.limit,
            alone=policy.alone,
        )
    if setup.only:
        alliance.desks.set_desk_only(administrator, True)
    return desk


def _give_roles(alliance: Alliance, member: MemberSetup, signer: KeyOf) -> None:
    if member.desk_roles:
        administrator = signer(member, "administrator")
        alliance.keys.give(administrator, member.accounts.desk, member.desk_roles)

# SPDX-License-Identifier: Apache-2.0
"""What tests of the register do again and again: its calls, its events, what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from suite import event
from vocabulary import MemberStatus, Role
from world import DAY, World, account

if TYPE_CHECKING:
    from suite import Event
    from world import Receipt

    from yangshan.deployment.plan import Admission

ZERO: Final = "0x" + "00" * 20
GOVERNOR: Final = account("governor")
RECOVERY_DELAY: Final = 14 * DAY
# The last place of a member's 64 is kept for a recovered administrator.
MOST_ADDED: Final = 63
LAST_EDITION: Final = 63
ACTIVE, SUSPENDED, RESIGNED, EXPELLED = list(MemberStatus)[1:]
ADMINISTER, PAY, PRESENT = int(Role.ADMINISTER), int(Role.PAY), int(Role.PRESENT)


def act(world: World, caller: str, function: str, *args: Any) -> Receipt:
    """A call of the register."""
    return world.send(caller, f"AllianceRegistry.{function}", *args)


def governed(world: World, function: str, *args: Any) -> Receipt:
    """A call of the register by its governor, be it a council or a plain account."""
    return act(world, world.view("AllianceRegistry.governor"), function, *args)


def ask(world: World, function: str, *args: Any) -> Any:
    """A view of the register."""
    return world.view(f"AllianceRegistry.{function}", *args)


def accounts_of(world: World, member: int) -> list[str]:
    """A member's accounts in their order."""
    count = ask(world, "member", member).accounts
    return [ask(world, "accountAt", member, place) for place in range(count)]


def told(name: str, **fields: Any) -> Event:
    """An event of the register."""
    return event("AllianceRegistry", name, **fields)


def key_set(member: int, key: str, roles: int, valid_until: int) -> Event:
    return told("KeySet", memberId=member, account=key, roles=roles, validUntil=valid_until)


def key_revoked(member: int, key: str) -> Event:
    return told("KeyRevoked", memberId=member, account=key)


def admitted(number: int, who: Admission) -> Event:
    return told(
        "MemberAdmitted",
        memberId=number,
        kind=who.kind,
        country=who.country,
        calendar=who.calendar,
        validUntil=who.valid_until,
        treasury=who.treasury,
        identity=who.identity,
    )


def packed(*parties: int) -> int:
    """Member numbers as tradingMember takes them."""
    return sum(number << 32 * place for place, number in enumerate(parties))

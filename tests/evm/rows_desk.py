# SPDX-License-Identifier: Apache-2.0
"""Who may call what of the desks and of the workshop that makes them."""

from __future__ import annotations

from typing import Any, Final

from rows import Args, ByContract, ByPerson, ByRole, Row, Stranger
from suite import error, functions
from vocabulary import NO_END, Hands, Role
from world import ADVISER, ISSUER, World, account, admin

MAKER, CHECKER = account("maker"), account("checker")
ACTION: Final = "count the members"
CALL: Final = functions("AllianceRegistry")["memberCount"].selector


def to_create(world: World, caller: str) -> Args:
    return (ISSUER,)


def to_name(world: World, caller: str) -> Args:
    world.open_desk(ISSUER, int(Role.PAY))
    return account("clerk"), True, False, NO_END


def to_decide(world: World, caller: str) -> Args:
    world.open_desk(ISSUER, int(Role.PAY))
    two_hands = (int(Hands.TWO), 0, 0, 0, 0)
    return world.addresses["AllianceRegistry"], CALL, 0, ACTION, two_hands


def instruction(world: World) -> tuple[Any, ...]:
    registry = world.addresses["AllianceRegistry"]
    return (ACTION, registry, 0, 0, CALL, world.time + 1, MAKER, 1)


def to_propose(world: World, caller: str) -> Args:
    policy = to_decide(world, caller)
    world.send(admin(ISSUER), "MemberDesk.setPolicy", *policy)
    for person, maker in ((MAKER, True), (CHECKER, False)):
        world.send(admin(ISSUER), "MemberDesk.setPerson", person, maker, not maker, NO_END)
    return (instruction(world),)


def to_execute(world: World, caller: str) -> Args:
    (proposed,) = to_propose(world, caller)
    world.send(MAKER, "MemberDesk.propose", proposed)
    return proposed, b"", b""


def to_cancel(world: World, caller: str) -> Args:
    world.open_desk(ISSUER, int(Role.PAY))
    return MAKER, 1


STRANGER: Final = (
    Stranger(admin(ADVISER), lambda args: error("NotOwnDesk", ADVISER, ISSUER), ADVISER),
)

ROWS: Final[dict[str, Row]] = {
    "MemberDesks.create": ByContract("NotRegistry", to_create),
    "MemberDesk.setPerson": ByRole(ISSUER, to_name, STRANGER),
    "MemberDesk.setPolicy": ByRole(ISSUER, to_decide, STRANGER),
    "MemberDesk.propose": ByPerson(
        MAKER, lambda caller: error("NotTheMaker", caller, MAKER), to_propose
    ),
    "MemberDesk.execute": ByPerson(
        CHECKER, lambda caller: error("NoHand", caller, False), to_execute
    ),
    "MemberDesk.cancel": ByRole(ISSUER, to_cancel, STRANGER),
}

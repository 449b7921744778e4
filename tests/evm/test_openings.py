# SPDX-License-Identifier: Apache-2.0
"""Where presenting begins: mandates, and credits on a schedule, each tried by every member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from eth_utils import keccak
from letters import ORDER
from machine import ActorMachine, Becomes, Cell, Refuses
from schedules import IN_THREE
from suite import Event, error, event
from vocabulary import CreditState, Role, open_roles
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    DAY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    KINDS,
    Amendment,
    Issuance,
    Receipt,
    World,
    credit_id,
    desk,
)

ACTORS = (ISSUER, ADVISER, FRANKFURT, CENTRAL, BENEFICIARY, APPLICANT, FORWARDER, AUTHORITY)
TEXT = keccak(text="a mandate")
NONE, PRE_ADVISED, ISSUED, CANCELLED, EXPIRED = CreditState


@dataclass
class Scene:
    """A credit, and who may be let present under it."""

    world: World
    terms: Issuance

    @property
    def credit(self) -> bytes:
        return credit_id(ISSUER, self.terms.reference)

    def mandate(self, by: int) -> Receipt:
        args = self.credit, FORWARDER, TEXT
        return self.world.send(desk(by), "Presentations.recordMandate", *args)

    def issue_scheduled(self, by: int) -> Receipt:
        return self.world.send(desk(by), "LetterOfCredit.issueScheduled", self.terms, IN_THREE)

    def state(self) -> int:
        found: int = self.world.view("LetterOfCredit.stateOf", self.credit)
        return found

    def record(self) -> Any:
        number = self.credit
        return (
            self.world.view("Presentations.mandateOf", number, FORWARDER),
            self.world.view("LetterOfCredit.credit", number) if self.state() else None,
            self.world.view("CreditSchedules.scheduleOf", number),
        )


def none(world: World, **changes: Any) -> Scene:
    return Scene(world, Issuance(**changes))


def pre_advised(world: World) -> Scene:
    scene = none(world)
    world.send(desk(ISSUER), "LetterOfCredit.preAdvise", scene.terms)
    return scene


def issued(world: World, **changes: Any) -> Scene:
    scene = none(world, **changes)
    world.send(desk(ISSUER), "LetterOfCredit.issue", scene.terms)
    return scene


def scheduled(world: World) -> Scene:
    scene = none(world)
    scene.issue_scheduled(ISSUER)
    return scene


def cancelled(world: World) -> Scene:
    scene = issued(world)
    amendment = Amendment(1, cancels=True, terms=ORDER)
    world.send(desk(ISSUER), "LetterOfCredit.amend", scene.credit, amendment)
    args = scene.credit, 1, bytes(32)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", *args)
    return scene


def expired(world: World) -> Scene:
    scene = issued(world)
    world.at((scene.terms.expiry + 10) * DAY)
    return scene


def recorded(world: World) -> Scene:
    scene = issued(world)
    scene.mandate(BENEFICIARY)
    return scene


def mandated(by: int) -> Callable[[Scene], Event]:
    return lambda s: event(
        "Presentations",
        "MandateRecorded",
        creditId=s.credit,
        presenter=FORWARDER,
        grantedBy=by,
        mandate=TEXT,
    )


def issues(by: int) -> tuple[Callable[[Scene], Event], ...]:
    """What is told of a credit on a schedule."""
    told = IN_THREE._replace(slices=tuple(IN_THREE.slices), instalments=tuple(IN_THREE.instalments))
    return (
        lambda s: event(
            "LetterOfCredit",
            "CreditIssued",
            creditId=credit_id(by, s.terms.reference),
            issuingBank=by,
            beneficiary=s.terms.beneficiary,
            issuance=s.terms,
        ),
        lambda s: event(
            "CreditSchedules",
            "ScheduleSet",
            creditId=credit_id(by, s.terms.reference),
            schedule=told,
        ),
    )


def refuses(name: str, *args: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error(name, s.credit, *args))


Row = dict[str, dict[int, Cell[Scene]]]


def row(state: Any, issue: Cell[Scene] | None = None, principal: int = BENEFICIARY) -> Row:
    """A credit in a state: who gives a mandate, and what comes of issuing it on a schedule."""
    return {
        "mandate": {principal: Becomes(state, (mandated(principal),))},
        "issue": {ISSUER: issue or refuses("CreditExists")},
    }


TABLE: dict[str, tuple[Callable[[World], Scene], Row]] = {
    "none": (none, {"mandate": {}, "issue": {ISSUER: Becomes(ISSUED, issues(ISSUER))}}),
    "pre-advised": (pre_advised, row(PRE_ADVISED, Becomes(ISSUED, issues(ISSUER)))),
    "issued": (issued, row(ISSUED)),
    "on a schedule": (scheduled, row(ISSUED)),
    "to one outside": (
        lambda world: issued(world, beneficiary=0),
        row(ISSUED, principal=ADVISER),
    ),
    "mandate on record": (
        recorded,
        row(ISSUED) | {"mandate": {BENEFICIARY: refuses("MandateExists", FORWARDER)}},
    ),
    "expired": (expired, row(EXPIRED, Refuses(lambda s: error("ExpiryPassed", *passed(s))))),
    "cancelled": (cancelled, row(CANCELLED)),
}


def passed(scene: Scene) -> tuple[int, int]:
    return scene.terms.expiry, scene.world.time


def stranger(scene: Scene, act: str, actor: int) -> Cell[Scene]:
    """Who may not; any bank issues credits of its own."""
    role = Role.PRESENT if act == "mandate" else Role.ISSUE
    if not open_roles(KINDS[actor][0]) & role:
        return Refuses(lambda _: error("MissingRole", desk(actor), actor, int(role)))
    state = scene.state()
    if act == "mandate":
        return refuses("UnknownCredit") if state == NONE else refuses("NotBeneficiary", actor)
    if state == EXPIRED:
        return Refuses(lambda s: error("ExpiryPassed", *passed(s)))
    return Becomes(state, issues(actor))


MACHINE: ActorMachine[Scene] = ActorMachine(
    stages={name: make for name, (make, _) in TABLE.items()},
    acts={"mandate": Scene.mandate, "issue": Scene.issue_scheduled},
    actors=ACTORS,
    record=Scene.record,
    state=Scene.state,
    table={name: cells for name, (_, cells) in TABLE.items()},
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_credit_by_every_actor(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for make in MACHINE.stages.values():
        with world.aside():
            reached.add(make(world).state())
    assert reached == set(CreditState)

# SPDX-License-Identifier: Apache-2.0
"""The machine of presentations, state by state and act by act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from eth_utils import keccak
from machine import Becomes, Cell, Machine, Refuses
from suite import Event, error, event
from vocabulary import Disposal, ObligationKind, PresentationState
from world import (
    BENEFICIARY,
    CNY,
    DAY,
    EMPTY,
    ISSUER,
    KEEPER,
    OUTSIDER,
    REMOTE,
    START,
    Lodging,
    PresentationKey,
    Receipt,
    World,
    credit_id,
    desk,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.places import build

NONE, LODGED, COMPLYING, REFUSED, PRECLUDED, CLAIMED = PresentationState

# A Monday. The fifth banking day after it is the next Monday.
RECEIVED = instant("2025-09-01T10:00:00+08:00")
DEADLINE = instant("2025-09-08T17:00:00+08:00")
ACT = RECEIVED + 3_600
AMOUNT = 128_000_000
NOTICE = keccak(text="notice")
DOCUMENTS = keccak(text="documents")


@dataclass
class Scene:
    """One presentation of the beneficiary's for the whole amount."""

    world: World
    bank: int = ISSUER

    @property
    def credit(self) -> bytes:
        return credit_id(self.bank, b"LC2025-0001".ljust(16, b"\0"))

    @property
    def key(self) -> PresentationKey:
        return PresentationKey(self.credit, self.bank, BENEFICIARY, 1)

    @property
    def id(self) -> bytes:
        return self.key.id

    @property
    def obligation(self) -> bytes:
        return obligation_id(self.id, self.bank, BENEFICIARY)

    def send(self, member: int, function: str, *args: Any) -> Receipt:
        return self.world.send(desk(member), f"Presentations.{function}", *args)

    def lodge(self) -> Receipt:
        lodging = Lodging(self.key, AMOUNT, START // DAY, False, DOCUMENTS)
        return self.send(BENEFICIARY, "lodge", lodging)

    def fix(self) -> Receipt:
        return self.world.send(OUTSIDER, "Presentations.fixDeadline", self.key)

    def find(self) -> Receipt:
        return self.send(self.bank, "findComplying", self.key)

    def refuse(self) -> Receipt:
        return self.send(self.bank, "refuse", self.key, 1 << 24 | 1, int(Disposal.RETURN), NOTICE)

    def claim(self) -> Receipt:
        return self.send(BENEFICIARY, "claimPrecluded", self.key)

    def record(self) -> Any:
        return self.world.presentation(self.key)

    def state(self) -> int:
        return self.world.state_of(self.key)


def none(world: World) -> Scene:
    world.issue()
    world.at(RECEIVED)
    return Scene(world)


def lodged(world: World) -> Scene:
    scene = none(world)
    scene.lodge()
    world.at(ACT)
    return scene


def complying(world: World) -> Scene:
    scene = lodged(world)
    scene.find()
    return scene


def refused(world: World) -> Scene:
    scene = lodged(world)
    scene.refuse()
    return scene


def precluded(world: World) -> Scene:
    scene = lodged(world)
    world.at(DEADLINE + 1)
    return scene


def claimed(world: World) -> Scene:
    scene = precluded(world)
    scene.claim()
    return scene


def undated(world: World) -> Scene:
    """The examining bank's calendar is not published."""
    world.issue(REMOTE)
    world.at(RECEIVED)
    scene = Scene(world, REMOTE)
    scene.lodge()
    world.at(ACT)
    return scene


def undated_complying(world: World) -> Scene:
    scene = undated(world)
    scene.find()
    return scene


def publish(world: World, first_span: int = 0) -> None:
    """Gives the calendar that has none the days of Shanghai."""
    for span, word in build("CNSHA", 2024, 2026).packed().items():
        if span >= first_span:
            world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)


def datable(world: World) -> Scene:
    """As undated, and the calendar is published since."""
    scene = undated(world)
    publish(world)
    return scene


def datable_refused(world: World) -> Scene:
    scene = undated(world)
    scene.refuse()
    publish(world)
    return scene


def documents_lodged(s: Scene) -> Event:
    return event(
        "Presentations",
        "DocumentsLodged",
        presentationId=s.id,
        creditId=s.credit,
        examiner=ISSUER,
        lodging=(s.key, AMOUNT, START // DAY, False, DOCUMENTS),
        payee=BENEFICIARY,
        received=RECEIVED,
        deadline=DEADLINE,
        flags=0,
    )


def deadline_fixed(s: Scene) -> Event:
    return event("Presentations", "DeadlineFixed", presentationId=s.id, deadline=DEADLINE, flags=0)


def found_complying(s: Scene) -> Event:
    return event(
        "Presentations",
        "FoundComplying",
        presentationId=s.id,
        creditId=s.credit,
        examiner=s.bank,
        amount=AMOUNT,
        obligationId=s.obligation,
    )


def documents_refused(s: Scene) -> Event:
    return event(
        "Presentations",
        "DocumentsRefused",
        presentationId=s.id,
        creditId=s.credit,
        examiner=s.bank,
        discrepancies=1 << 24 | 1,
        disposal=Disposal.RETURN,
        notice=NOTICE,
    )


def preclusion_claimed(s: Scene) -> Event:
    return event(
        "Presentations",
        "PreclusionClaimed",
        presentationId=s.id,
        creditId=s.credit,
        claimant=BENEFICIARY,
        amount=AMOUNT,
        obligationId=s.obligation,
    )


def incurred(kind: Any) -> Any:
    return lambda s: event(
        "PaymentObligations",
        "ObligationIncurred",
        obligationId=s.obligation,
        presentationId=s.id,
        debtor=s.bank,
        owner=BENEFICIARY,
        amount=AMOUNT,
        currency=CNY.number,
        maturity=s.world.time,
        kind=kind,
    )


UNKNOWN = Refuses[Scene](lambda s: error("UnknownPresentation", s.id))
EXISTS = Refuses[Scene](lambda s: error("PresentationExists", s.id))
DATED = Refuses[Scene](lambda s: error("DeadlineFixedAlready", s.id, DEADLINE))
UNPUBLISHED = Refuses[Scene](lambda s: error("CalendarNotPublished", EMPTY, RECEIVED // DAY))
COMPLIES = Becomes[Scene](COMPLYING, (incurred(ObligationKind.SIGHT_HONOUR), found_complying))
REFUSES = Becomes[Scene](REFUSED, (documents_refused,))
CLAIMS = Becomes[Scene](CLAIMED, (incurred(ObligationKind.PRECLUSION), preclusion_claimed))
TOO_LATE = Refuses[Scene](lambda s: error("DeadlinePassed", s.id, DEADLINE, DEADLINE + 1))


def not_precluded(deadline: int) -> Refuses[Scene]:
    return Refuses(lambda s: error("NotPrecluded", s.id, deadline, s.world.time))


def decided(state: Any) -> dict[str, Cell[Scene]]:
    """Whatever was decided stands."""
    wrong = Refuses[Scene](lambda s: error("WrongPresentationState", s.id, state, LODGED))
    return {"lodge": EXISTS, "fix": wrong, "find": wrong, "refuse": wrong, "claim": wrong}


MACHINE: Machine[Scene] = Machine(
    stages={
        "none": none,
        "lodged": lodged,
        "complying": complying,
        "refused": refused,
        "precluded": precluded,
        "claimed": claimed,
        "undated": undated,
        "undated complying": undated_complying,
        "datable": datable,
        "datable refused": datable_refused,
    },
    acts={
        "lodge": Scene.lodge,
        "fix": Scene.fix,
        "find": Scene.find,
        "refuse": Scene.refuse,
        "claim": Scene.claim,
    },
    record=Scene.record,
    state=Scene.state,
    table={
        "none": {
            "lodge": Becomes(LODGED, (documents_lodged,)),
            "fix": UNKNOWN,
            "find": UNKNOWN,
            "refuse": UNKNOWN,
            "claim": UNKNOWN,
        },
        "lodged": {
            "lodge": EXISTS,
            "fix": DATED,
            "find": COMPLIES,
            "refuse": REFUSES,
            "claim": not_precluded(DEADLINE),
        },
        "complying": decided(COMPLYING),
        "refused": decided(REFUSED),
        "precluded": {
            "lodge": EXISTS,
            "fix": DATED,
            "find": TOO_LATE,
            "refuse": TOO_LATE,
            "claim": CLAIMS,
        },
        "claimed": decided(CLAIMED),
        "undated": {
            "lodge": EXISTS,
            "fix": UNPUBLISHED,
            "find": COMPLIES,
            "refuse": REFUSES,
            "claim": not_precluded(0),
        },
        "undated complying": decided(COMPLYING),
        "datable": {
            "lodge": EXISTS,
            "fix": Becomes(LODGED, (deadline_fixed,)),
            "find": COMPLIES,
            "refuse": REFUSES,
            "claim": not_precluded(0),
        },
        "datable refused": decided(REFUSED),
    },
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_presentation(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for stage in MACHINE.stages.values():
        with world.aside():
            reached.add(stage(world).state())
    assert reached == set(PresentationState)


def test_preclusion_is_a_view_that_nobody_stores(world: World) -> None:
    scene = precluded(world)
    assert scene.state() == PRECLUDED
    assert scene.record().state == LODGED
    world.at(DEADLINE)
    assert scene.state() == LODGED


@pytest.mark.parametrize("stage", MACHINE.stages)
def test_only_a_silent_bank_with_a_deadline_is_precluded(world: World, stage: str) -> None:
    scene = MACHINE.stages[stage](world)
    world.at(DEADLINE + 1)
    assert world.view("Presentations.isPrecluded", scene.key) is (stage in ("lodged", "precluded"))


@pytest.mark.parametrize("time", [DEADLINE - 1, DEADLINE, DEADLINE + 1])
def test_the_bank_acts_up_to_the_last_second_and_the_presenter_after_it(
    world: World, time: int
) -> None:
    scene = lodged(world)
    world.at(time)
    in_time = time <= DEADLINE
    assert world.view("Presentations.isPrecluded", scene.key) is not in_time
    assert scene.state() == (LODGED if in_time else PRECLUDED)
    cells = {"find": COMPLIES, "refuse": REFUSES, "claim": not_precluded(DEADLINE)}
    if not in_time:
        cells = {"find": TOO_LATE, "refuse": TOO_LATE, "claim": CLAIMS}
    for act, cell in cells.items():
        with world.aside():
            MACHINE.expect(scene, act, cell)


def test_an_unknown_deadline_precludes_nobody_however_long_the_bank_is_silent(
    world: World,
) -> None:
    scene = undated(world)
    for time in (DEADLINE + 1, instant("2034-12-31T00:00:00")):
        world.at(time)
        assert scene.state() == LODGED
        for act, cell in (("find", COMPLIES), ("refuse", REFUSES)):
            with world.aside():
                MACHINE.expect(scene, act, cell)
        with reverts("NotPrecluded", scene.id, 0, time):
            scene.claim()


@pytest.mark.parametrize("time", [DEADLINE - 1, DEADLINE, DEADLINE + 1])
def test_a_deadline_fixed_later_is_the_one_that_it_would_have_been(world: World, time: int) -> None:
    scene = datable(world)
    before = scene.record()
    assert (before.deadline, before.receiptDay) == (0, 0)
    world.at(time)
    scene.fix().emitted(deadline_fixed(scene))
    assert scene.record() == before._replace(deadline=DEADLINE, receiptDay=RECEIVED // DAY)
    assert scene.state() == (LODGED if time <= DEADLINE else PRECLUDED)
    if time > DEADLINE:
        scene.claim().emitted(incurred(ObligationKind.PRECLUSION)(scene), preclusion_claimed(scene))


def test_the_first_day_that_is_missing_is_named_as_publication_goes_on(world: World) -> None:
    """Received on a Monday; five banking days after it and one before it are needed."""
    scene = undated(world)
    span, index = divmod(RECEIVED // DAY, 192)
    words = build("CNSHA", 2024, 2026).packed()

    def published(known: int) -> int:
        return words[span] & ~(0xFF << 192) & ~(((1 << 192) - 1) >> known << known) | known << 192

    needed = index + 7
    assert index > 0
    assert needed < 192
    for known in (index, index + 1, needed):
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, published(known))
        with reverts("CalendarNotPublished", EMPTY, span * 192 + known):
            scene.fix()
    world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, published(needed + 1))
    scene.fix().emitted(deadline_fixed(scene))

# SPDX-License-Identifier: Apache-2.0
"""Schedules of credits: what may be one, and the table of instalments (UCP 600 art. 32)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from machine import ActorMachine, Becomes, Refuses
from schedules import (
    AT_SIGHT,
    DEFERRED,
    FULL,
    IN_THREE,
    MIXED,
    THREE,
    TODAY,
    Instalment,
    Schedule,
    Slice,
    by_time,
    by_use,
    issue_scheduled,
    red_clause,
)
from suite import Error, Event, error, event
from vocabulary import (
    Availability,
    CreditState,
    Flag,
    Mark,
    MaturityFrom,
    PreAdvisedTerm,
    Renewal,
    Role,
    open_roles,
)
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    DAY,
    EMPTY,
    FORWARDER,
    ISSUER,
    KEEPER,
    KINDS,
    OTHER,
    REMOTE,
    Amendment,
    Issuance,
    PresentationKey,
    Receipt,
    World,
    credit_id,
    desk,
    instant,
    packed,
    reverts,
)

CREDIT = credit_id(ISSUER, Issuance().reference)
A, M, R = Availability, MaturityFrom, Renewal
MIXED_TERMS = {"availability": int(A.MIXED)}
TOO_MANY = [Instalment(1, TODAY + n, TODAY + n) for n in range(17)]


def expect(world: World, schedule: Schedule, name: str, *args: Any, **changes: Any) -> None:
    with reverts(name, *args):
        issue_scheduled(world, schedule, **changes)


# Issue


@pytest.mark.parametrize(
    "schedule",
    [
        MIXED,
        MIXED._replace(slices=(AT_SIGHT, DEFERRED)),
        IN_THREE,
        Schedule(instalments=(Instalment(FULL, TODAY, TODAY),)),
        Schedule(
            instalments=[Instalment(8_000_000, TODAY + n, TODAY + n) for n in range(16)],
            advance_limit=FULL,
        ),
        MIXED._replace(instalments=THREE, advance_limit=1),
        by_time(1, 1),
        by_time(65_535, 65_535, cumulative=True, start=65_535),
        by_use(3)._replace(advance_limit=5),
        red_clause(1),
    ],
)
def test_a_credit_is_issued_with_its_schedule(world: World, schedule: Schedule) -> None:
    changes = MIXED_TERMS if schedule.slices else {}
    terms = Issuance(**changes)
    receipt = world.send(desk(ISSUER), "LetterOfCredit.issueScheduled", terms, schedule)
    assert receipt.value == CREDIT
    told = schedule._replace(slices=tuple(schedule.slices), instalments=tuple(schedule.instalments))
    receipt.emitted(
        event(
            "LetterOfCredit",
            "CreditIssued",
            creditId=CREDIT,
            issuingBank=ISSUER,
            beneficiary=BENEFICIARY,
            issuance=terms,
        ),
        event("CreditSchedules", "ScheduleSet", creditId=CREDIT, schedule=told),
    )
    assert world.view("CreditSchedules.scheduleOf", CREDIT) == told
    found = world.view("LetterOfCredit.credit", CREDIT)
    assert found.issuance == terms._replace(reference=bytes(16))
    assert world.view("LetterOfCredit.bindingWords", CREDIT, 0)[1] >> 255 == 1


def test_a_plain_credit_has_no_schedule(world: World) -> None:
    credit = world.issue()
    assert world.view("CreditSchedules.scheduleOf", credit) == Schedule()
    assert world.view("LetterOfCredit.bindingWords", credit, 0)[1] >> 254 == 0
    assert world.view("CreditSchedules.instalmentsOf", credit, ISSUER) == ()
    assert world.view("CreditSchedules.advancesOf", credit) == (0, 0, 0)
    key = world.lodge(credit)
    assert world.presentation(key).marks == 0


@pytest.mark.parametrize("bit", [254, 255])
def test_no_batch_issues_a_credit_with_a_flag_of_another_contract(world: World, bit: int) -> None:
    good = packed(Issuance())
    bad = good._replace(numbers=good.numbers | 1 << bit)
    with reverts("BadPackedCredit", bad.parties, bad.numbers):
        world.send(desk(ISSUER), "LetterOfCredit.issueBatch", [bad])


def test_a_schedule_says_something(world: World) -> None:
    expect(world, Schedule(), "EmptySchedule", CREDIT)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_mixed_payment_has_two_to_four_slices(world: World, count: int) -> None:
    schedule = red_clause(1)._replace(slices=[AT_SIGHT] * count)
    expect(world, schedule, "SlicesNotFitting", A.MIXED, count, **MIXED_TERMS)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_no_other_credit_has_slices(world: World, count: int) -> None:
    schedule = Schedule(slices=[AT_SIGHT] * count)
    changes = {"availability": int(A.SIGHT_PAYMENT)}
    expect(world, schedule, "SlicesNotFitting", A.SIGHT_PAYMENT, count, **changes)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (Slice(0, int(A.SIGHT_PAYMENT)), Slice(1, int(A.SIGHT_PAYMENT))),
        (Slice(1, int(A.NONE)), Slice(2**64 - 1, int(A.SIGHT_PAYMENT))),
        (Slice(1, int(A.MIXED)), Slice(1, int(A.NEGOTIATION))),
        (
            Slice(1, int(A.NONE), 1, int(M.SIGHT)),
            Slice(1, int(A.DEFERRED_PAYMENT), 1, int(M.FIXED_DATE)),
        ),
        (Slice(1, int(A.MIXED), 1, int(M.SIGHT)), Slice(1, int(A.ACCEPTANCE), 1, int(M.SIGHT))),
        # A usance has days and what they count from, or neither.
        (Slice(1, int(A.NEGOTIATION), 1), Slice(1, int(A.NEGOTIATION), 1, int(M.SIGHT))),
        (
            Slice(1, int(A.NEGOTIATION), 0, int(M.SIGHT)),
            Slice(1, int(A.NEGOTIATION), 1, int(M.FIXED_DATE)),
        ),
        (Slice(1, int(A.SIGHT_PAYMENT), 1, int(M.SIGHT)), Slice(1, int(A.SIGHT_PAYMENT))),
        (Slice(1, int(A.DEFERRED_PAYMENT)), Slice(1, int(A.DEFERRED_PAYMENT), 1, int(M.SIGHT))),
        (Slice(1, int(A.ACCEPTANCE)), Slice(1, int(A.ACCEPTANCE), 65_535, int(M.SHIPMENT))),
    ],
)
def test_article_6_b_each_slice_is_available_in_one_way(
    world: World, bad: Slice, good: Slice
) -> None:
    with world.aside():
        expect(world, Schedule(slices=(bad, AT_SIGHT)), "BadSlice", 0)
    with world.aside():
        expect(world, Schedule(slices=(AT_SIGHT, AT_SIGHT, bad)), "BadSlice", 2)
    issue_scheduled(world, Schedule(slices=(good, AT_SIGHT)))


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        ([Instalment(0, TODAY, TODAY), Instalment(FULL, TODAY + 1, TODAY + 1)], 0),
        ([Instalment(FULL, TODAY + 1, TODAY)], 0),
        # Day 0 stands for none.
        ([Instalment(FULL, 0, TODAY)], 0),
        ([Instalment(1, TODAY, TODAY + 5), Instalment(FULL - 1, TODAY + 5, TODAY + 9)], 1),
        ([Instalment(1, TODAY, TODAY + 5), Instalment(FULL - 1, TODAY - 9, TODAY - 1)], 1),
    ],
)
def test_article_32_instalments_follow_one_another(
    world: World, rows: list[Instalment], bad: int
) -> None:
    expect(world, Schedule(instalments=rows), "BadInstalment", bad)


def test_article_32_instalments_are_at_most_sixteen_and_the_whole_amount(world: World) -> None:
    expect(world, Schedule(instalments=TOO_MANY), "InstalmentsOutOfBounds", 17, 16, amount=17)
    rows = Schedule(instalments=TOO_MANY[:16])
    for amount in (15, 17):
        expect(world, rows, "InstalmentsNotWhole", 16, amount, amount=amount)
    issue_scheduled(world, rows, amount=16)


@pytest.mark.parametrize(
    "schedule",
    [
        by_use(0),
        by_use(1)._replace(period=1),
        by_use(1)._replace(start=1),
        by_time(0, 1),
        by_time(1, 0),
        by_time(1, 1, start=0),
        by_time(1, 0, cumulative=True),
        by_time(1, 1, cumulative=True, start=0),
        red_clause(1)._replace(times=1),
        red_clause(1)._replace(period=1),
        red_clause(1)._replace(start=1),
        by_use(1)._replace(instalments=THREE),
        by_time(1, 1)._replace(instalments=THREE),
    ],
)
def test_renewals_that_contradict_themselves(world: World, schedule: Schedule) -> None:
    given = (R(schedule.renewal), schedule.times, schedule.period, schedule.start)
    expect(world, schedule, "BadRenewal", *given)


def test_all_renewals_together_can_be_counted(world: World) -> None:
    # The ceiling, with a tolerance of 10 %, twice.
    most = (2**63 * 100 - 1) // 110
    given = (R.BY_USE, 1, 0, 0)
    expect(world, by_use(1), "BadRenewal", *given, amount=most + 1, plus_tolerance=10)
    issue_scheduled(world, by_use(1), amount=most, plus_tolerance=10)


def test_no_more_is_advanced_than_the_credit_has(world: World) -> None:
    expect(world, red_clause(FULL + 1), "BadAdvance", FULL + 1, FULL)
    issue_scheduled(world, red_clause(FULL))


@pytest.mark.parametrize("function", ["issue", "issuePreAdvised"])
def test_mixed_payment_needs_a_schedule(world: World, function: str) -> None:
    terms = Issuance(**MIXED_TERMS)
    if function == "issuePreAdvised":
        world.send(desk(ISSUER), "LetterOfCredit.preAdvise", terms)
    for tenor in ((0, 0), (1, 1), (1, 0)):
        usance = terms._replace(tenor=tenor[0], tenor_from=tenor[1])
        with reverts("AvailabilityNotCarried", A.MIXED):
            world.send(desk(ISSUER), f"LetterOfCredit.{function}", usance)
    # The tenors are those of the slices.
    for tenor, from_ in ((1, 0), (0, 1), (1, 1)):
        usance = {"tenor": tenor, "tenor_from": from_}
        expect(world, MIXED, "BadTenor", A.MIXED, tenor, M(from_), **usance)
    issue_scheduled(world, MIXED)


def test_a_credit_with_a_schedule_is_as_sound_as_any(world: World) -> None:
    expect(world, red_clause(1), "BadAmount", 0, 0, amount=0)
    expect(world, red_clause(1), "BadTenor", A.SIGHT_PAYMENT, 1, M.SIGHT, tenor=1, tenor_from=1)
    expect(world, red_clause(1), "AvailabilityNotCarried", A.NONE, availability=0)
    expect(
        world, red_clause(1), "BadTenor", A.ACCEPTANCE, 0, M.NONE, availability=int(A.ACCEPTANCE)
    )
    issue_scheduled(world, red_clause(1))
    expect(world, red_clause(1), "CreditExists", CREDIT)


# Pre-advice (UCP 600 art. 11(b))


def pre_advise(world: World, **changes: Any) -> None:
    world.send(desk(ISSUER), "LetterOfCredit.preAdvise", Issuance(**changes))


def test_article_11_b_a_pre_advised_credit_is_issued_with_a_schedule(world: World) -> None:
    pre_advise(world, **MIXED_TERMS)
    with reverts("ContradictsPreAdvice", CREDIT, PreAdvisedTerm.AVAILABILITY):
        issue_scheduled(world, red_clause(1))
    with reverts("ContradictsPreAdvice", CREDIT, PreAdvisedTerm.AMOUNT):
        issue_scheduled(world, MIXED, amount=FULL - 1)
    # The bank is bound to issue as it pre-advised, and to no more.
    world.governed("AllianceRegistry.suspend", ISSUER)
    with reverts("NewBusinessClosed", ISSUER, 0):
        issue_scheduled(world, MIXED._replace(renewal=int(R.BY_USE), times=1))
    with reverts("NewBusinessClosed", ISSUER, 0):
        issue_scheduled(world, MIXED, amount=FULL + 1)
    assert issue_scheduled(world, MIXED) == CREDIT
    assert world.view("LetterOfCredit.stateOf", CREDIT) == CreditState.ISSUED


def test_what_was_lodged_before_the_issue_is_under_no_schedule(world: World) -> None:
    """It complies with nothing, and is lodged anew."""
    pre_advise(world)
    key = world.lodge(CREDIT, shipped=TODAY + 9)
    assert world.presentation(key).marks == Mark.UNBOUND
    assert world.presentation(key).flags == Flag.NOT_IN_FORCE
    issue_scheduled(world, IN_THREE)
    with reverts("CannotComply", key.id, Flag.NOT_IN_FORCE):
        world.send(desk(ISSUER), "Presentations.findComplying", key)
    anew = world.lodge(CREDIT, shipped=TODAY + 9, amount=28_000_000, number=2)
    world.send(desk(ISSUER), "Presentations.findComplying", anew)


# The table of an instalment

RECEIVED = instant("2025-09-02T10:00:00+08:00")
# Documents of a shipment on its last day, 10 September, are in time up to 1 October, 21 days later;
# that is a holiday, and the next banking day is the 9th (UCP 600 art. 14(c), 29(a)).
IN_TIME = instant("2025-10-09T17:00:00+08:00")
LATER = (
    Instalment(50_000_000, TODAY + 40, TODAY + 49),
    Instalment(30_000_000, TODAY + 50, TODAY + 55),
)
EXPIRY = TODAY + 100
ACTORS = (ISSUER, ADVISER, OTHER, BENEFICIARY, FORWARDER, APPLICANT, AUTHORITY)


@dataclass
class Scene:
    """A credit in three instalments, of which the second is to be presented."""

    world: World
    credit: bytes
    keys: list[PresentationKey] = field(default_factory=list)
    # What the last presentation was flagged with.
    flags: int | None = None
    amendments: int = 0

    def propose(self, actor: int = ISSUER) -> Receipt:
        number = self.amendments + 1
        args = self.credit, number, LATER
        return self.world.send(desk(actor), "CreditSchedules.proposeInstalments", *args)

    def amend(self, actor: int = ISSUER) -> Receipt:
        amendment = Amendment(self.amendments + 1)
        receipt = self.world.send(desk(actor), "LetterOfCredit.amend", self.credit, amendment)
        self.amendments += 1
        return receipt

    def accept(self, actor: int = BENEFICIARY) -> Receipt:
        args = self.credit, max(1, self.amendments), bytes(32)
        return self.world.send(desk(actor), "LetterOfCredit.acceptAmendment", *args)

    def lodge(self, actor: int = BENEFICIARY, shipped: int = TODAY + 10) -> Receipt:
        key = PresentationKey(self.credit, ISSUER, BENEFICIARY, len(self.keys) + 1)
        lodging = (key, 1, shipped, False, bytes(32))
        receipt = self.world.send(desk(actor), "Presentations.lodge", lodging)
        self.keys.append(key)
        self.flags = self.world.presentation(key).flags
        return receipt


def open_(world: World) -> Scene:
    scene = Scene(world, issue_scheduled(world, IN_THREE, expiry=EXPIRY))
    world.at(RECEIVED)
    return scene


def shipped(world: World) -> Scene:
    scene = open_(world)
    scene.lodge(shipped=TODAY + 9)
    world.at(IN_TIME + 1)
    return scene


def missed(world: World) -> Scene:
    scene = open_(world)
    world.at(IN_TIME + 1)
    return scene


def proposed(world: World) -> Scene:
    scene = missed(world)
    scene.propose()
    return scene


def pending(world: World) -> Scene:
    scene = proposed(world)
    scene.amend()
    return scene


def replaced(world: World) -> Scene:
    scene = pending(world)
    scene.accept()
    return scene


def standing(scene: Scene) -> Any:
    """The instalments, what is flagged and how many amendments there are."""
    rows = scene.world.view("CreditSchedules.instalmentsOf", scene.credit, ISSUER)
    return rows, scene.flags, scene.world.view("LetterOfCredit.credit", scene.credit).amendments


def is_missed(scene: Scene) -> Any:
    """Whether the next presentation of the second instalment is missed; None if not in it."""
    rows = scene.world.view("CreditSchedules.instalmentsOf", scene.credit, ISSUER)
    with scene.world.aside():
        keys, flags = list(scene.keys), scene.flags
        scene.lodge(shipped=rows[1].instalment.first)
        found = bool(scene.flags & Flag.MISSED)
        scene.keys, scene.flags = keys, flags
    return found


def lodged_event(scene: Scene) -> Event:
    key = scene.keys[-1]
    found = scene.world.presentation(key)
    return event(
        "Presentations",
        "DocumentsLodged",
        presentationId=key.id,
        creditId=scene.credit,
        examiner=ISSUER,
        lodging=(key, 1, TODAY + 10, False, bytes(32)),
        payee=BENEFICIARY,
        received=scene.world.time,
        deadline=found.deadline,
        flags=scene.flags,
    )


def proposed_event(scene: Scene) -> Event:
    return event(
        "CreditSchedules",
        "InstalmentsProposed",
        creditId=scene.credit,
        amendment=scene.amendments + 1,
        instalments=LATER,
    )


def amended_event(scene: Scene) -> Event:
    amendment = Amendment(scene.amendments)
    return event(
        "LetterOfCredit",
        "AmendmentIssued",
        creditId=scene.credit,
        number=amendment.number,
        amendment=amendment,
    )


def replaced_event(scene: Scene) -> Event:
    return event(
        "CreditSchedules",
        "InstalmentsReplaced",
        creditId=scene.credit,
        amendment=scene.amendments,
        inForce=True,
        confirmed=True,
    )


def accepted_event(scene: Scene) -> Event:
    found = scene.world.view("LetterOfCredit.credit", scene.credit)
    return event(
        "LetterOfCredit",
        "AmendmentAccepted",
        creditId=scene.credit,
        number=scene.amendments,
        acceptedBy=BENEFICIARY,
        version=scene.amendments,
        terms=found.issuance.terms,
        diverged=False,
        mandate=bytes(32),
    )


def no_amendment(scene: Scene) -> Error:
    return error("UnknownAmendment", scene.credit, 1)


def answered(scene: Scene) -> Error:
    state = scene.world.view("LetterOfCredit.amendmentOf", scene.credit, 1).state
    return error("WrongAmendmentState", scene.credit, 1, state, 1)


def row(missed: bool, *, pending: bool = False, answerable: Any = None) -> dict[str, Any]:
    """The acts and what comes of them where the next instalment is missed or not.

    What is accepted while it is pending is the instalments that were proposed for it, if any.
    """
    accept = answerable or {BENEFICIARY: Refuses(no_amendment)}
    return {
        "propose": {ISSUER: Becomes(missed, (proposed_event,))},
        "amend": {ISSUER: Becomes(missed, (amended_event,))},
        "accept": accept,
        "lodge": {BENEFICIARY: Becomes(missed, (lodged_event,))},
    }


TABLE = {
    "open": row(False),
    "shipped": row(False),
    "missed": row(True),
    "proposed": row(True),
    "pending": row(
        True,
        answerable={BENEFICIARY: Becomes(False, (replaced_event, accepted_event))},
    ),
    "replaced": row(False, answerable={BENEFICIARY: Refuses(answered)}),
}


def stranger(scene: Scene, act: str, actor: int) -> Refuses[Scene]:
    kind = open_roles(KINDS[actor][0])
    role = Role.ACCEPT if act == "accept" else Role.ISSUE
    if act == "lodge":
        return Refuses(lambda _: error("NotPresenter", BENEFICIARY, actor))
    if not kind & role:
        return Refuses(lambda _: error("MissingRole", desk(actor), actor, int(role)))
    if act == "accept":
        if not scene.amendments:
            return Refuses(no_amendment)
        return Refuses(lambda s: error("NotForBeneficiary", s.credit, actor))
    return Refuses(lambda s: error("NotIssuingBank", s.credit, actor))


MACHINE: ActorMachine[Scene] = ActorMachine(
    stages={
        "open": open_,
        "shipped": shipped,
        "missed": missed,
        "proposed": proposed,
        "pending": pending,
        "replaced": replaced,
    },
    acts={
        "propose": Scene.propose,
        "amend": Scene.amend,
        "accept": Scene.accept,
        "lodge": Scene.lodge,
    },
    actors=ACTORS,
    record=standing,
    state=is_missed,
    table=TABLE,
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a12_each_cell_of_the_table(world: World, stage: str, act: str) -> None:
    scene = MACHINE.stages[stage](world)
    before = (list(scene.keys), scene.amendments, scene.flags)
    record = MACHINE.record(scene)
    for actor in MACHINE.actors:
        with world.aside():
            scene.keys, scene.amendments, scene.flags = list(before[0]), before[1], before[2]
            cell = TABLE[stage][act].get(actor) or stranger(scene, act, actor)
            if isinstance(cell, Refuses):
                with reverts(*_named(cell.error(scene))):
                    MACHINE.acts[act](scene, actor)
                assert MACHINE.record(scene) == record
            else:
                receipt = MACHINE.acts[act](scene, actor)
                receipt.emitted(*(make(scene) for make in cell.events))
                assert MACHINE.state(scene) == cell.state


def _named(expected: Error) -> tuple[Any, ...]:
    return (expected.name, *expected.args)


# When an instalment is missed


@pytest.mark.parametrize(("later", "flags"), [(-1, 0), (0, 0), (1, int(Flag.MISSED))])
def test_article_32_missed_once_its_documents_would_come_too_late(
    world: World, later: int, flags: int
) -> None:
    scene = open_(world)
    world.at(IN_TIME + later)
    scene.lodge(shipped=TODAY + 25)
    assert scene.flags == flags


@pytest.mark.parametrize(
    ("day", "flags"),
    [
        (TODAY - 1, Flag.MISSED),
        (TODAY, 0),
        (TODAY + 9, 0),
        (TODAY + 10, 0),
        (TODAY + 19, 0),
        (TODAY + 20, Flag.MISSED),
        (TODAY + 24, Flag.MISSED),
        (TODAY + 25, 0),
        (TODAY + 34, 0),
        (TODAY + 35, Flag.MISSED),
        (0, Flag.MISSED),
    ],
)
def test_article_32_a_shipment_on_no_day_of_an_instalment(
    world: World, day: int, flags: int
) -> None:
    scene = open_(world)
    scene.lodge(shipped=day)
    assert scene.flags == flags
    if flags:
        with reverts("CannotComply", scene.keys[0].id, flags):
            world.send(desk(ISSUER), "Presentations.findComplying", scene.keys[0])


@pytest.mark.parametrize(
    ("day", "counts"),
    [(TODAY - 1, False), (TODAY, True), (TODAY + 9, True), (TODAY + 20, False)],
)
def test_article_32_documents_of_its_days_keep_it(world: World, day: int, counts: bool) -> None:
    scene = open_(world)
    scene.lodge(shipped=day)
    world.at(IN_TIME + 1)
    scene.lodge(shipped=TODAY + 19)
    assert scene.flags == (0 if counts else Flag.MISSED)
    rows = world.view("CreditSchedules.instalmentsOf", scene.credit, ISSUER)
    assert [each.shipped for each in rows] == [counts, True, False]


@pytest.mark.parametrize("first", [251, 252, 255, 256, 257, 300, 511, 512])
@pytest.mark.parametrize("length", [0, 1, 4, 256, 600])
def test_documents_are_found_in_any_days(world: World, first: int, length: int) -> None:
    """Days of shipment are kept 256 to a word: every edge of a word."""
    rows = (Instalment(FULL, first, first + length),)
    scene = Scene(world, issue_scheduled(world, Schedule(instalments=rows)))
    for day in sorted({first - 1, first, first + length, first + length + 1}):
        with world.aside():
            scene.keys = []
            scene.lodge(shipped=day)
            (found,) = world.view("CreditSchedules.instalmentsOf", scene.credit, ISSUER)
            assert found.shipped == (first <= day <= first + length), day


def test_what_is_missed_is_a_discrepancy_that_a_bank_may_accept(world: World) -> None:
    scene = missed(world)
    scene.lodge(shipped=TODAY + 10)
    owed = world.send(
        desk(ISSUER), "Presentations.acceptDiscrepancies", scene.keys[0], bytes(32), False
    ).value
    assert world.view("PaymentObligations.obligation", owed).amount == 1


def test_article_16_f_a_silent_bank_is_precluded_of_what_was_missed(world: World) -> None:
    scene = missed(world)
    scene.lodge(shipped=TODAY + 22)
    world.at(world.presentation(scene.keys[0]).deadline + 1)
    receipt = world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", scene.keys[0])
    assert world.view("PaymentObligations.obligation", receipt.value).amount == 1


def test_a_missed_instalment_is_seen_when_the_calendar_is_published(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE, REMOTE, expiry=EXPIRY)
    world.at(IN_TIME + 1)
    key = PresentationKey(credit, REMOTE, BENEFICIARY, 1)
    world.send(desk(BENEFICIARY), "Presentations.lodge", (key, 1, TODAY + 10, False, bytes(32)))
    assert world.presentation(key).flags == 0
    hours = 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246
    word = (1 << 192) - 1 | 192 << 192 | hours
    begin = world.time // DAY // 192 - 1
    for span in range(begin, begin + 3):
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    receipt = world.send(desk(FORWARDER), "Presentations.fixDeadline", key)
    found = world.presentation(key)
    receipt.emitted(
        event(
            "Presentations",
            "DeadlineFixed",
            presentationId=key.id,
            deadline=found.deadline,
            flags=Flag.MISSED | Flag.LATE,
        )
    )


# Drawing on instalments


def draw(world: World, credit: bytes, number: int, amount: int, day: int, **more: Any) -> Receipt:
    key = world.lodge(credit, number=number, amount=amount, shipped=day, **more)
    return world.send(desk(ISSUER), "Presentations.findComplying", key)


def drawn_event(key: PresentationKey, place: int, amount: int, **more: Any) -> Event:
    fields = {"place": place, "amount": amount, "recovered": 0, "advance": False} | more
    return event(
        "CreditSchedules",
        "DrawnOnSchedule",
        presentationId=key.id,
        creditId=key.credit,
        **fields,
    )


def test_each_instalment_is_drawn_within_its_own_amount_and_tolerance(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE, plus_tolerance=5, minus_tolerance=5)
    # 28,000,000 and five per cent.
    receipt = draw(world, credit, 1, 20_000_000, TODAY)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 1)
    assert receipt.events[0] == drawn_event(key, 1, 20_000_000)
    for amount, flags in ((9_400_000, 0), (9_400_001, Flag.OVERDRAWN)):
        with world.aside():
            key = world.lodge(credit, number=2, amount=amount, shipped=TODAY + 9)
            assert world.presentation(key).flags == flags
    draw(world, credit, 2, 9_400_000, TODAY + 9)
    draw(world, credit, 3, 42_000_000, TODAY + 10)
    key = world.lodge(credit, number=4, amount=1, shipped=TODAY + 19)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    with reverts("NothingToDraw", credit):
        world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    drawn = [x.drawn for x in world.view("CreditSchedules.instalmentsOf", credit, ISSUER)]
    assert drawn == [29_400_000, 42_000_000, 0]
    assert world.view("LetterOfCredit.credit", credit).drawn == 71_400_000


def test_article_31_where_parts_are_forbidden_an_instalment_is_whole(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE, partial_forbidden=True)
    # Five per cent less than 40,000,000 (art. 30(c)).
    for amount, flags in ((0, Flag.SHORT), (37_999_999, Flag.SHORT), (38_000_000, 0)):
        with world.aside():
            key = world.lodge(credit, amount=amount, shipped=TODAY + 10)
            assert world.presentation(key).flags == flags


def test_a_waiver_is_for_what_the_instalment_still_has(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE)
    key = world.lodge(credit, amount=FULL, shipped=TODAY)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    receipt = world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    assert world.view("PaymentObligations.obligation", receipt.value).amount == 28_000_000


def test_what_is_of_no_instalment_and_waived_has_what_the_credit_has(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE)
    draw(world, credit, 1, 28_000_000, TODAY)
    key = world.lodge(credit, number=2, amount=FULL, shipped=TODAY + 20)
    assert world.presentation(key).flags == Flag.OVERDRAWN | Flag.MISSED
    receipt = world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    assert receipt.events[0] == drawn_event(key, 0, 100_000_000)
    # The rest of the schedule is used up with it.
    assert world.view("CreditSchedules.availableOn", credit, ISSUER, TODAY, TODAY + 10) == 0


# Replacing instalments


def amended(
    world: World,
    credit: bytes,
    number: int,
    rows: Any = None,
    *,
    extend: bool = True,
    **changes: Any,
) -> None:
    """An amendment, with instalments if they are given, accepted."""
    if rows:
        world.send(desk(ISSUER), "CreditSchedules.proposeInstalments", credit, number, rows)
    amendment = Amendment(number, **changes)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment)
    if extend:
        world.send(desk(ADVISER), "LetterOfCredit.extendConfirmation", credit, number)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, number, bytes(32))


def rows_for(world: World, credit: bytes, bank: int) -> list[Instalment]:
    found = world.view("CreditSchedules.instalmentsOf", credit, bank)
    return [Instalment(*each.instalment) for each in found]


ONE, TWO = (LATER[0],), LATER


def confirmed(world: World) -> bytes:
    credit = issue_scheduled(world, IN_THREE, confirming_bank=ADVISER, expiry=EXPIRY)
    world.send(desk(ADVISER), "LetterOfCredit.confirm", credit)
    return credit


def test_article_10_b_a_confirming_bank_keeps_the_instalments_it_knows(world: World) -> None:
    credit = confirmed(world)
    amended(world, credit, 1, ONE, extend=False)
    assert rows_for(world, credit, ISSUER) == [*ONE]
    assert rows_for(world, credit, ADVISER) == [*THREE]
    # An amendment without any changes none.
    amended(world, credit, 2, extend=False)
    assert (rows_for(world, credit, ISSUER), rows_for(world, credit, ADVISER)) == ([*ONE], [*THREE])
    amended(world, credit, 3, TWO)
    assert rows_for(world, credit, ISSUER) == rows_for(world, credit, ADVISER) == [*TWO]
    # What it follows late takes nothing back that came after.
    receipt = world.send(desk(ADVISER), "LetterOfCredit.extendConfirmation", credit, 1)
    assert [each.name for each in receipt.events] == ["ConfirmationExtended"]
    assert rows_for(world, credit, ADVISER) == [*TWO]


def test_a_confirming_bank_follows_late(world: World) -> None:
    credit = confirmed(world)
    amended(world, credit, 1, extend=False)
    amended(world, credit, 2, ONE, extend=False)
    receipt = world.send(desk(ADVISER), "LetterOfCredit.extendConfirmation", credit, 2)
    receipt.emitted(
        event(
            "CreditSchedules",
            "InstalmentsReplaced",
            creditId=credit,
            amendment=2,
            inForce=False,
            confirmed=True,
        ),
        event("LetterOfCredit", "ConfirmationExtended", creditId=credit, number=2, diverged=True),
    )
    assert rows_for(world, credit, ADVISER) == [*ONE]
    # It falls behind once more: what it is bound by then is what was in force.
    world.send(desk(ADVISER), "LetterOfCredit.extendConfirmation", credit, 1)
    amended(world, credit, 3, TWO, extend=False)
    assert (rows_for(world, credit, ISSUER), rows_for(world, credit, ADVISER)) == ([*TWO], [*ONE])


def test_each_bank_judges_by_the_instalments_that_bind_it(world: World) -> None:
    credit = confirmed(world)
    amended(world, credit, 1, ONE, extend=False)
    for bank, day, flags in (
        (ADVISER, TODAY, 0),
        (ADVISER, TODAY + 40, Flag.MISSED),
        (ISSUER, TODAY, Flag.MISSED),
        (ISSUER, TODAY + 40, 0),
    ):
        with world.aside():
            key = world.lodge(credit, examiner=bank, amount=1, shipped=day)
            assert world.presentation(key).flags == flags
            if not flags:
                world.send(desk(bank), "Presentations.findComplying", key)
                rows = world.view("CreditSchedules.instalmentsOf", credit, bank)
                assert [each.drawn for each in rows if each.drawn] == [1]


@pytest.mark.parametrize(("day", "flags"), [(TODAY, 0), (TODAY + 40, Flag.MISSED)])
def test_what_is_sent_on_is_judged_by_the_instalments_of_the_bank_that_receives(
    world: World, day: int, flags: int
) -> None:
    credit = issue_scheduled(
        world, IN_THREE, nominated_bank=OTHER, confirming_bank=ADVISER, expiry=EXPIRY
    )
    world.send(desk(ADVISER), "LetterOfCredit.confirm", credit)
    amended(world, credit, 1, ONE, extend=False)
    key = world.lodge(credit, examiner=OTHER, amount=1, shipped=day)
    assert world.presentation(key).flags == Flag.MISSED - flags
    world.send(desk(OTHER), "Forwarding.forward", key, ADVISER, 1, bytes(32))
    there = PresentationKey(credit, ADVISER, OTHER, 1)
    assert world.presentation(there).flags == flags


def test_documents_on_record_count_for_instalments_that_come_later(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE, expiry=EXPIRY)
    world.at(RECEIVED)
    world.lodge(credit, amount=1, shipped=TODAY + 5)
    rows = (Instalment(1_000, TODAY + 2, TODAY + 6), Instalment(1_000, TODAY + 60, TODAY + 61))
    world.send(desk(ISSUER), "CreditSchedules.proposeInstalments", credit, 1, rows)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment())
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    world.at(IN_TIME + 1)
    key = world.lodge(credit, amount=1, number=2, shipped=TODAY + 60)
    assert world.presentation(key).flags == 0


def test_article_10_c_a_presentation_accepts_the_instalments_it_complies_with(
    world: World,
) -> None:
    scene = pending(world)
    scene.lodge(shipped=TODAY + 40)
    assert scene.flags == Flag.MISSED
    key = scene.keys[-1]
    receipt = world.send(desk(ISSUER), "Presentations.findComplyingWith", key, 0b10, False)
    names = [each.name for each in receipt.events]
    assert names[:3] == ["InstalmentsReplaced", "AmendmentAccepted", "DrawnOnSchedule"]
    assert receipt.events[2] == drawn_event(key, 1, 1)


def test_article_10_c_instalments_that_nobody_pointed_to_are_not_accepted(world: World) -> None:
    """The documents do without them, and they may take as well as give."""
    scene = Scene(world, issue_scheduled(world, IN_THREE, expiry=EXPIRY))
    scene.propose()
    world.send(desk(ISSUER), "LetterOfCredit.amend", scene.credit, Amendment())
    assert world.view("CreditSchedules.replaces", scene.credit, 1) is True
    world.send(desk(ISSUER), "LetterOfCredit.amend", scene.credit, Amendment(2))
    assert world.view("CreditSchedules.replaces", scene.credit, 2) is False
    scene.lodge(shipped=TODAY)
    assert scene.flags == 0
    key = scene.keys[-1]
    with_ = "Presentations.findComplyingWith"
    with reverts("AmendmentNotNamed", scene.credit, 1):
        world.send(desk(ISSUER), with_, key, 0b110, False)
    with world.aside():
        # One without instalments, and otherwise empty, takes nothing.
        world.send(desk(ISSUER), with_, key, 0b100, False)
    world.send(desk(BENEFICIARY), "Presentations.nameAmendments", key, 0b10)
    # Named, it is held to: no instalment of it has these days.
    with reverts("CannotComply", key.id, Flag.MISSED):
        world.send(desk(ISSUER), with_, key, 0b10, False)


@pytest.mark.parametrize(("earlier", "flags"), [(True, 0), (False, int(Flag.MISSED))])
def test_article_33_what_was_taken_in_out_of_hours_came_on_that_day(
    world: World, earlier: bool, flags: int
) -> None:
    """After the close of the last day on which documents of the first instalment could come."""
    scene = open_(world)
    world.at(IN_TIME + 1 if earlier else IN_TIME + DAY + 1)
    scene.lodge(shipped=TODAY + 19)
    assert scene.flags == Flag.MISSED
    key = scene.keys[-1]
    receipt = world.send(desk(ISSUER), "Presentations.acceptOutOfHours", key)
    assert receipt.events[0].fields["flags"] == flags
    # And is seen so again.
    world.send(desk(ISSUER), "LetterOfCredit.amend", scene.credit, Amendment())
    args = "Presentations.findComplyingWith", key, 0b10, False
    if flags:
        with reverts("CannotComply", key.id, flags):
            world.send(desk(ISSUER), *args)
    else:
        world.send(desk(ISSUER), *args)


def test_documents_sent_on_unexamined_are_judged_by_when_they_came_first(world: World) -> None:
    credit = issue_scheduled(world, IN_THREE, nominated_bank=OTHER, expiry=EXPIRY)
    world.at(IN_TIME)
    key = world.lodge(credit, examiner=OTHER, amount=1, shipped=TODAY + 19)
    assert world.presentation(key).flags == 0
    # By now nothing of the first instalment could come in time.
    world.at(IN_TIME + DAY)
    world.send(desk(OTHER), "Forwarding.forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(credit, ISSUER, OTHER, 1)
    assert world.presentation(onward).flags == 0
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment())
    with world.aside():
        world.send(desk(ISSUER), "Presentations.findComplyingWith", onward, 0b10, False)
    # What came first when it was missed stays so.
    late = world.lodge(credit, examiner=OTHER, amount=1, number=2, shipped=TODAY + 25)
    assert world.presentation(late).flags == Flag.MISSED
    world.send(desk(OTHER), "Forwarding.forward", late, ISSUER, 2, bytes(32))
    onward = PresentationKey(credit, ISSUER, OTHER, 2)
    assert world.presentation(onward).flags == Flag.MISSED
    with reverts("CannotComply", onward.id, Flag.MISSED):
        world.send(desk(ISSUER), "Presentations.findComplyingWith", onward, 0b10, False)


def test_what_may_not_be_proposed(world: World) -> None:
    plain = world.issue(reference=b"PLAIN".ljust(16, b"\0"))
    credit = issue_scheduled(world, IN_THREE)
    propose = "CreditSchedules.proposeInstalments"
    with reverts("NoInstalments", plain):
        world.send(desk(ISSUER), propose, plain, 1, LATER)
    with reverts("UnknownCredit", bytes(32)):
        world.send(desk(ISSUER), propose, bytes(32), 1, LATER)
    for number in (0, 2, 255):
        with reverts("AmendmentOutOfOrder", credit, number, 1):
            world.send(desk(ISSUER), propose, credit, number, LATER)
    with reverts("InstalmentsOutOfBounds", 0, 16):
        world.send(desk(ISSUER), propose, credit, 1, ())
    with reverts("InstalmentsOutOfBounds", 17, 16):
        world.send(desk(ISSUER), propose, credit, 1, TOO_MANY)
    with reverts("BadInstalment", 1):
        world.send(desk(ISSUER), propose, credit, 1, (LATER[1], LATER[0]))
    # What was proposed for an amendment that is issued stands: nobody accepts what changes.
    world.send(desk(ISSUER), propose, credit, 1, LATER)
    world.send(desk(ISSUER), propose, credit, 1, ONE)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment())
    with reverts("AmendmentOutOfOrder", credit, 1, 2):
        world.send(desk(ISSUER), propose, credit, 1, LATER)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    assert rows_for(world, credit, ISSUER) == [*ONE]


def test_the_contract_knows_its_neighbours(world: World) -> None:
    for view, contract in (
        ("registry", "AllianceRegistry"),
        ("credits", "LetterOfCredit"),
        ("presentations", "Presentations"),
    ):
        assert world.view(f"CreditSchedules.{view}") == world.addresses[contract]
    assert world.view("LetterOfCredit.timetable") == world.addresses["CreditSchedules"]

# SPDX-License-Identifier: Apache-2.0
"""Documents that a bank took in out of its hours (UCP 600 art. 33)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from suite import event
from test_examiners import amended, confirmed
from vocabulary import Availability, Flag, Mark, MaturityFrom, PresentationState
from world import (
    ADVISER,
    BENEFICIARY,
    DAY,
    EMPTY,
    ISSUER,
    KEEPER,
    OTHER,
    REMOTE,
    PresentationKey,
    World,
    desk,
    documents_act,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.places import build

if TYPE_CHECKING:
    from world import Receipt

CONFIRMING, NOMINATED = ADVISER, OTHER


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def act(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), documents_act(function), *args)


def take_in(world: World, key: PresentationKey) -> Receipt:
    return act(world, key.examiner, "acceptOutOfHours", key)


# When it was lodged, with the day of receipt and the deadline: as they are, and once taken in.
CASES = {
    "a second after the close": (
        "2025-09-01T17:00:01+08:00",
        ("2025-09-02", "2025-09-09"),
        ("2025-09-01", "2025-09-08"),
    ),
    "before midnight": (
        "2025-09-01T23:59:59+08:00",
        ("2025-09-02", "2025-09-09"),
        ("2025-09-01", "2025-09-08"),
    ),
    "a Saturday": (
        "2025-09-06T11:00:00+08:00",
        ("2025-09-08", "2025-09-15"),
        ("2025-09-06", "2025-09-12"),
    ),
    "a holiday": (
        "2025-10-02T11:00:00+08:00",
        ("2025-10-09", "2025-10-15"),
        ("2025-10-02", "2025-10-14"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_day_itself_is_the_day_of_receipt(world: World, case: str) -> None:
    moment, *days = CASES[case]
    before, after = ((day(first), instant(f"{last}T17:00:00+08:00")) for first, last in days)
    credit = world.issue()
    world.at(instant(moment))
    key = world.lodge(credit, shipped=0)
    record = world.presentation(key)
    assert (record.receiptDay, record.deadline) == before
    world.at(world.time + 3_600)
    take_in(world, key).emitted(
        event(
            "Presentations",
            "AcceptedOutOfHours",
            presentationId=key.id,
            receiptDay=after[0],
            deadline=after[1],
            flags=0,
        )
    )
    receipt, deadline = after
    taken = {"receiptDay": receipt, "deadline": deadline, "marks": int(Mark.TAKEN_IN)}
    assert world.presentation(key) == record._replace(**taken)
    with reverts("AcceptedAlready", key.id):
        take_in(world, key)


@pytest.mark.parametrize(
    "moment", ["2025-09-01T00:00:00", "2025-09-01T16:59:59", "2025-09-01T17:00:00"]
)
def test_within_hours_there_is_nothing_to_record(world: World, moment: str) -> None:
    credit = world.issue()
    world.at(instant(f"{moment}+08:00"))
    key = world.lodge(credit)
    with reverts("ReceivedInHours", key.id, world.time):
        take_in(world, key)


# A Wednesday.
LAST = day("2025-09-17")


@pytest.mark.parametrize(
    ("received", "late", "late_all_the_same"),
    [
        ("2025-09-17T17:00:01+08:00", True, False),
        ("2025-09-17T23:59:59+08:00", True, False),
        ("2025-09-18T17:00:01+08:00", True, True),
    ],
)
def test_lateness_is_judged_by_the_day_itself(
    world: World, received: str, late: bool, late_all_the_same: bool
) -> None:
    credit = world.issue(expiry=LAST)
    world.at(instant(received))
    key = world.lodge(credit, shipped=0)
    assert bool(world.presentation(key).flags & Flag.LATE) is late
    take_in(world, key)
    assert bool(world.presentation(key).flags & Flag.LATE) is late_all_the_same
    if not late_all_the_same:
        act(world, ISSUER, "findComplying", key)
        assert world.state_of(key) == PresentationState.COMPLYING


def test_an_expiry_that_falls_on_a_closed_day_is_not_lost_by_being_taken_in(world: World) -> None:
    saturday = day("2025-09-13")
    credit = world.issue(expiry=saturday)
    world.at(instant("2025-09-13T11:00:00+08:00"))
    key = world.lodge(credit, shipped=0)
    assert world.presentation(key).flags == 0
    take_in(world, key)
    assert world.presentation(key).flags == 0


def test_other_flags_stay(world: World) -> None:
    credit = world.issue(expiry=LAST, amount=100)
    world.at(instant("2025-09-17T17:00:01+08:00"))
    key = world.lodge(credit, shipped=0, amount=101)
    take_in(world, key)
    assert Flag(world.presentation(key).flags) == Flag.OVERDRAWN


@pytest.mark.parametrize("after", [-1, 0, 1])
def test_it_is_recorded_in_the_time_that_it_leaves(world: World, after: int) -> None:
    credit = world.issue()
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit)
    # A day before the deadline that stands.
    deadline = instant("2025-09-08T17:00:00+08:00")
    world.at(deadline + after)
    if after > 0:
        with reverts("DeadlinePassed", key.id, deadline, world.time):
            take_in(world, key)
        assert world.presentation(key).deadline == deadline + DAY
    else:
        take_in(world, key)
        assert world.presentation(key).deadline == deadline


@pytest.mark.parametrize("after", [0, 1])
def test_the_shorter_time_precludes(world: World, after: int) -> None:
    credit = world.issue()
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit)
    take_in(world, key)
    world.at(instant("2025-09-08T17:00:00+08:00") + after)
    assert world.view("Presentations.isPrecluded", key) is bool(after)


def test_after_a_decision_it_is_not_recorded(world: World) -> None:
    credit = world.issue()
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit)
    act(world, ISSUER, "findComplying", key)
    states = int(PresentationState.COMPLYING), int(PresentationState.LODGED)
    with reverts("WrongPresentationState", key.id, *states):
        take_in(world, key)


def test_sight_counts_from_the_day_itself(world: World) -> None:
    usance = {"tenor": 30, "tenor_from": int(MaturityFrom.SIGHT)}
    credit = world.issue(availability=int(Availability.ACCEPTANCE), **usance)
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit)
    take_in(world, key)
    act(world, ISSUER, "findComplying", key)
    number = obligation_id(key.id, ISSUER, BENEFICIARY)
    found = world.view("PaymentObligations.obligation", number)
    assert found.maturity == (day("2025-09-01") + 30) * DAY


# Seen anew


def test_amended_terms_are_held_to_the_day_itself(world: World) -> None:
    credit = world.issue(expiry=LAST, amount=100)
    world.at(instant("2025-09-17T17:00:01+08:00"))
    key = world.lodge(credit, shipped=0, amount=100)
    take_in(world, key)
    terms = (1, False, 50, 0, 0, 0, 0, False, 0, 0, b"\1" * 32)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    act(world, ISSUER, "findComplyingWith", key, 2, False)
    assert world.state_of(key) == PresentationState.COMPLYING


@pytest.mark.parametrize("taken", [False, True])
def test_what_is_forwarded_came_in_time_if_it_was_taken_in_so(world: World, taken: bool) -> None:
    credit = confirmed(world, CONFIRMING, nominated_bank=NOMINATED, expiry=LAST)
    world.at(instant("2025-09-17T17:00:01+08:00"))
    key = world.lodge(credit, examiner=NOMINATED, shipped=0)
    if taken:
        take_in(world, key)
    act(world, NOMINATED, "forward", key, CONFIRMING, 1, bytes(32))
    onward = PresentationKey(credit, CONFIRMING, NOMINATED, 1)
    assert bool(world.presentation(onward).flags & Flag.LATE) is not taken


def test_the_bank_that_receives_takes_in_for_its_own_clock_alone(world: World) -> None:
    usance = {"tenor": 30, "tenor_from": int(MaturityFrom.SIGHT)}
    terms = {"availability": int(Availability.ACCEPTANCE), **usance}
    credit = confirmed(world, CONFIRMING, nominated_bank=NOMINATED, expiry=LAST, **terms)
    world.at(instant("2025-09-17T17:00:01+08:00"))
    key = world.lodge(credit, examiner=NOMINATED, shipped=0)
    act(world, NOMINATED, "acceptDiscrepancies", key, bytes(32), False)
    world.at(instant("2025-09-18T17:00:01+08:00"))
    act(world, NOMINATED, "forward", key, CONFIRMING, 1, bytes(32))
    onward = PresentationKey(credit, CONFIRMING, NOMINATED, 1)
    before = world.presentation(onward)
    assert Mark(before.marks) == Mark.FORWARDED | Mark.COUNTED
    take_in(world, onward)
    deadline = instant("2025-09-25T17:00:00+08:00")
    assert before.deadline == instant("2025-09-26T17:00:00+08:00")
    # Lateness and sight are those of the first receipt.
    marks = before.marks | int(Mark.TAKEN_IN)
    assert world.presentation(onward) == before._replace(deadline=deadline, marks=marks)
    assert Flag(before.flags) == Flag.LATE
    assert before.receiptDay == LAST + 1


def test_unexamined_documents_get_the_day_of_the_bank_that_receives(world: World) -> None:
    credit = world.issue(nominated_bank=NOMINATED)
    world.at(instant("2025-09-17T10:00:00+08:00"))
    key = world.lodge(credit, examiner=NOMINATED)
    world.at(instant("2025-09-18T17:00:01+08:00"))
    act(world, NOMINATED, "forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(credit, ISSUER, NOMINATED, 1)
    take_in(world, onward)
    assert world.presentation(onward).receiptDay == day("2025-09-18")


# Where the calendar is not published


def publish(world: World, known: int) -> None:
    span = world.time // DAY // 192
    words = build("CNSHA", 2024, 2026).packed()
    word = words[span] & ~(0xFF << 192) & ~(((1 << 192) - 1) >> known << known) | known << 192
    world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)


def test_a_day_that_is_missing_is_named(world: World) -> None:
    credit = world.issue(REMOTE)
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit, examiner=REMOTE)
    with reverts("CalendarNotPublished", EMPTY, day("2025-09-01")):
        take_in(world, key)


def test_a_deadline_may_come_to_be_known_by_it(world: World) -> None:
    """Five banking days after the day itself are known, and no more."""
    credit = world.issue(REMOTE)
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit, examiner=REMOTE)
    last = day("2025-09-08") % 192
    publish(world, last)
    with reverts("CalendarNotPublished", EMPTY, day("2025-09-08")):
        take_in(world, key)
    publish(world, last + 1)
    with reverts("CalendarNotPublished", EMPTY, day("2025-09-09")):
        act(world, BENEFICIARY, "fixDeadline", key)
    take_in(world, key)
    deadline = instant("2025-09-08T17:00:00+08:00")
    assert world.presentation(key).deadline == deadline
    publish(world, 192)
    with reverts("DeadlineFixedAlready", key.id, deadline):
        act(world, BENEFICIARY, "fixDeadline", key)


def test_a_deadline_never_moves_to_later(world: World) -> None:
    """The calendar was revised since: the day on which the bank's time was to end is a holiday."""
    credit = world.issue(REMOTE)
    world.at(instant("2025-09-01T17:00:01+08:00"))
    publish(world, 192)
    key = world.lodge(credit, examiner=REMOTE)
    before = world.presentation(key).deadline
    assert before == instant("2025-09-09T17:00:00+08:00")
    span, index = divmod(day("2025-09-05"), 192)
    word = world.view("BankingCalendar.spanOf", EMPTY, span)
    # The Friday and the two days after the weekend.
    closed = sum(1 << index + place for place in (0, 3, 4))
    assert word & closed == closed
    args = EMPTY, span, word & ~closed, b"holidays".ljust(32, b"\0")
    world.send(desk(KEEPER), "BankingCalendar.revise", *args)
    take_in(world, key)
    assert world.presentation(key).deadline == before


def test_numbers_as_they_are_now_judge_lateness(world: World) -> None:
    credit = world.issue(expiry=LAST)
    world.at(instant("2025-09-18T17:00:01+08:00"))
    key = world.lodge(credit, shipped=0)
    amended(world, credit, 1, expiry=LAST + 1)
    take_in(world, key)
    assert world.presentation(key).flags == 0

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from yangshan.alliance.calendars import CalendarNotPublished, NaiveInstant
from yangshan.credit.dates import (
    examination_deadline,
    extended,
    is_late,
    last_day_for_presentation,
    maturity,
    nth_banking_day_after,
    payment_day,
    presentation_period,
    receipt_day,
    reimbursement_deadline,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import SlowCalendar, UnknownDayError

    from yangshan.alliance.calendars import BankingCalendar

SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)
TEN = time(10)


def shanghai(day: str, of_day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{of_day}+08:00")


# What is asked, of which day, and the answer with and without make-up working days.
DEADLINES: list[tuple[Callable[[datetime, BankingCalendar], datetime], str, str, str]] = [
    (examination_deadline, "2025-09-29", "2025-10-13", "2025-10-14"),
    (examination_deadline, "2025-09-26", "2025-10-10", "2025-10-13"),
    (examination_deadline, "2026-02-13", "2026-02-27", "2026-03-02"),
    (examination_deadline, "2025-12-31", "2026-01-08", "2026-01-09"),
    (reimbursement_deadline, "2025-09-29", "2025-10-10", "2025-10-10"),
    (reimbursement_deadline, "2025-09-26", "2025-09-30", "2025-10-09"),
]


@pytest.mark.parametrize(("ask", "received", "with_make_up", "without"), DEADLINES)
def test_verified_deadlines_in_china(
    calendars: dict[str, BankingCalendar],
    ask: Callable[[datetime, BankingCalendar], datetime],
    received: str,
    with_make_up: str,
    without: str,
) -> None:
    for name, expected in (("CNSHA", with_make_up), ("CNSHA-M", without)):
        for of_day in ("09:00:00", "16:59:59", "17:00:00"):
            deadline = ask(shanghai(received, of_day), calendars[name])
            assert deadline.isoformat() == f"{expected}T17:00:00+08:00"


@pytest.mark.parametrize("name", ["CNSHA", "CNSHA-M"])
def test_verified_days_that_are_the_same_in_both_variants(
    calendars: dict[str, BankingCalendar], name: str
) -> None:
    calendar = calendars[name]
    shipped, far = date(2025, 9, 10), date(2025, 12, 31)
    assert shipped + 21 * ONE_DAY == date(2025, 10, 1)
    period = presentation_period(None, original_transport_document=True)
    assert last_day_for_presentation(shipped, period, far, calendar) == date(2025, 10, 9)
    assert extended(date(2025, 10, 5), calendar) == date(2025, 10, 9)
    assert maturity(date(2025, 1, 31), 60) == date(2025, 4, 1)
    assert maturity(date(2025, 3, 3), 90) == date(2025, 6, 1)
    assert payment_day(date(2025, 6, 1), calendar) == date(2025, 6, 3)


def answer_of(ask: Callable[[], date], unknown_day: type[UnknownDayError]) -> tuple[str, date]:
    """The day that is the answer, or the first day that was missing for it."""
    try:
        return "answered", ask()
    except CalendarNotPublished as missing:
        return "not published", missing.day
    except unknown_day as missing:
        return "not published", missing.day


def test_every_deadline_of_three_years_agrees_with_the_oracle(
    pair: tuple[BankingCalendar, SlowCalendar],
    every_day: list[date],
    unknown_day: type[UnknownDayError],
) -> None:
    calendar, oracle = pair
    outcomes = {"answered": 0, "not published": 0}
    for day in every_day:
        opens, closes = oracle.at(day, oracle.opens), oracle.at(day, oracle.closes)
        midnight = oracle.at(day, time())
        for at in (midnight, opens - SECOND, opens, closes - SECOND, closes, closes + SECOND):
            instant = at.astimezone(UTC)
            for count, ask in ((5, examination_deadline), (3, reimbursement_deadline)):
                expected = answer_of(
                    lambda at=at, count=count: oracle.after(oracle.receipt(at), count),
                    unknown_day,
                )
                actual = answer_of(
                    lambda ask=ask, instant=instant: ask(instant, calendar).date(), unknown_day
                )
                assert actual == expected, at
                outcomes[actual[0]] += 1
                if actual[0] == "answered":
                    close = oracle.at(expected[1], oracle.closes)
                    assert ask(instant, calendar).isoformat() == close.isoformat()
    assert sum(outcomes.values()) == 1096 * 6 * 2
    # The last week of 2026 needs the days of 2027.
    assert outcomes["not published"] > 0


@pytest.mark.parametrize("name", ["CNSHA", "CNSHA-M", "DEFRA"])
def test_a_deadline_beyond_the_calendar_names_its_first_missing_day(
    calendars: dict[str, BankingCalendar], oracles: dict[str, SlowCalendar], name: str
) -> None:
    calendar, oracle = calendars[name], oracles[name]
    open_days = [date(2026, 12, day) for day in range(20, 32)]
    open_days = [day for day in open_days if oracle.is_open(day)]
    in_time = oracle.at(open_days[-6], TEN)
    assert examination_deadline(in_time, calendar).date() == date(2026, 12, 31)
    with pytest.raises(CalendarNotPublished) as caught:
        examination_deadline(oracle.at(open_days[-5], TEN), calendar)
    assert (caught.value.calendar, caught.value.day) == (name, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "of_day", "received"),
    [
        # Monday, a banking day.
        ("2025-09-29", "00:00:00", "2025-09-29"),
        ("2025-09-29", "08:59:59", "2025-09-29"),
        ("2025-09-29", "09:00:00", "2025-09-29"),
        ("2025-09-29", "16:59:59", "2025-09-29"),
        ("2025-09-29", "17:00:00", "2025-09-29"),
        ("2025-09-29", "17:00:01", "2025-09-30"),
        ("2025-09-29", "23:59:59", "2025-09-30"),
        # The last banking day before the October holiday, and the holiday.
        ("2025-09-30", "17:00:00", "2025-09-30"),
        ("2025-09-30", "17:00:01", "2025-10-09"),
        ("2025-10-01", "10:00:00", "2025-10-09"),
        ("2025-10-08", "23:59:59", "2025-10-09"),
        # A Saturday worked in exchange, and the Sunday after it.
        ("2025-10-11", "17:00:00", "2025-10-11"),
        ("2025-10-11", "17:00:01", "2025-10-13"),
        ("2025-10-12", "10:00:00", "2025-10-13"),
    ],
)
def test_receipt_in_shanghai(
    calendars: dict[str, BankingCalendar], day: str, of_day: str, received: str
) -> None:
    answer = receipt_day(shanghai(day, of_day), calendars["CNSHA"])
    assert answer == date.fromisoformat(received)


def test_what_a_bank_accepts_out_of_hours_is_received_there_and_then(
    calendars: dict[str, BankingCalendar],
) -> None:
    calendar = calendars["CNSHA"]
    for day, of_day in (("2025-09-29", "17:00:01"), ("2025-10-01", "10:00:00")):
        instant = shanghai(day, of_day)
        accepted = receipt_day(instant, calendar, accepted_out_of_hours=True)
        assert accepted == date.fromisoformat(day)
    late = shanghai("2025-09-29", "17:00:01")
    assert examination_deadline(late, calendar).date() == date(2025, 10, 14)
    accepted_deadline = examination_deadline(late, calendar, accepted_out_of_hours=True)
    assert accepted_deadline.date() == date(2025, 10, 13)


def test_the_nth_banking_day_counts_from_the_day_after(
    calendars: dict[str, BankingCalendar],
) -> None:
    calendar = calendars["CNSHA"]
    expected = ["2025-09-30", "2025-10-09", "2025-10-10", "2025-10-11", "2025-10-13"]
    for count, day in enumerate(expected, 1):
        answer = nth_banking_day_after(date(2025, 9, 29), count, calendar)
        assert answer == date.fromisoformat(day)
    # From a closed day too: the first banking day after it is the first counted.
    assert nth_banking_day_after(date(2025, 10, 4), 1, calendar) == date(2025, 10, 9)


def test_a_time_without_offset_is_refused(calendars: dict[str, BankingCalendar]) -> None:
    naive = datetime(2025, 9, 29, 10)  # noqa: DTZ001 - the case under test
    for ask in (receipt_day, examination_deadline, reimbursement_deadline):
        with pytest.raises(NaiveInstant):
            ask(naive, calendars["CNSHA"])


@pytest.mark.parametrize(
    ("stated", "original", "period"),
    [(None, True, 21), (None, False, None), (10, True, 10), (10, False, 10), (0, True, 0)],
)
def test_21_days_hold_only_with_an_original_transport_document(
    stated: int | None, original: bool, period: int | None
) -> None:
    assert presentation_period(stated, original_transport_document=original) == period


@pytest.mark.parametrize(
    ("shipped", "period", "expiry", "last"),
    [
        # The period ends first, then the expiry does, then both on closed days.
        ("2025-08-01", 21, "2025-09-30", "2025-08-22"),
        ("2025-08-15", 21, "2025-08-29", "2025-08-29"),
        ("2025-09-10", 21, "2025-10-05", "2025-10-09"),
        ("2025-09-10", 0, "2025-10-05", "2025-09-10"),
        # Without a shipment or a period the expiry alone counts.
        (None, 21, "2025-10-05", "2025-10-09"),
        ("2025-08-01", None, "2025-09-30", "2025-09-30"),
        # A worked Saturday is a day for presentation.
        ("2025-09-20", 21, "2025-12-31", "2025-10-11"),
    ],
)
def test_the_last_day_for_presentation(
    calendars: dict[str, BankingCalendar],
    shipped: str | None,
    period: int | None,
    expiry: str,
    last: str,
) -> None:
    calendar = calendars["CNSHA"]
    on_board = None if shipped is None else date.fromisoformat(shipped)
    expires, last_day = date.fromisoformat(expiry), date.fromisoformat(last)
    assert last_day_for_presentation(on_board, period, expires, calendar) == last_day
    for received, late in (
        (last_day - ONE_DAY, False),
        (last_day, False),
        (last_day + ONE_DAY, True),
    ):
        assert is_late(received, on_board, period, expires, calendar) is late


def test_the_last_second_of_the_last_day_is_in_time(
    calendars: dict[str, BankingCalendar],
) -> None:
    calendar = calendars["CNSHA"]
    for of_day, late in (("16:59:59", False), ("17:00:00", False), ("17:00:01", True)):
        received = receipt_day(shanghai("2025-10-09", of_day), calendar)
        assert is_late(received, None, None, date(2025, 10, 5), calendar) is late


def test_lateness_by_the_past_is_lateness_by_the_last_day(
    pair: tuple[BankingCalendar, SlowCalendar],
) -> None:
    calendar, _ = pair
    received = [date(2025, 9, 1) + n * ONE_DAY for n in range(60)]
    answers = set()
    for expiry in received:
        for shipped, period in ((None, None), (date(2025, 9, 10), 21), (date(2025, 9, 5), 5)):
            last = last_day_for_presentation(shipped, period, expiry, calendar)
            for day in received:
                late = is_late(day, shipped, period, expiry, calendar)
                assert late == (day > last), (day, expiry, shipped)
                answers.add(late)
    assert answers == {True, False}


def test_lateness_needs_no_day_that_is_still_to_come(
    calendars: dict[str, BankingCalendar],
) -> None:
    calendar = calendars["CNSHA"]
    beyond = date(2027, 6, 30)
    with pytest.raises(CalendarNotPublished):
        last_day_for_presentation(None, None, beyond, calendar)
    assert not is_late(date(2026, 12, 31), None, None, beyond, calendar)
    assert not is_late(date(2026, 12, 31), None, None, date(2026, 12, 31), calendar)
    assert is_late(date(2026, 12, 31), None, None, date(2026, 12, 30), calendar)


def test_maturity_leaves_out_the_day_of_the_event_and_ignores_closed_days() -> None:
    assert maturity(date(2025, 9, 30), 1) == date(2025, 10, 1)
    assert maturity(date(2024, 2, 28), 2) == date(2024, 3, 1)
    assert maturity(date(2025, 9, 30), 0) == date(2025, 9, 30)

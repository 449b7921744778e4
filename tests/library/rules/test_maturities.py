# SPDX-License-Identifier: Apache-2.0
"""Days of maturity against the vectors of practice and an oracle that counts by the calendar."""

from __future__ import annotations

import calendar
import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.calendars import NaiveInstant
from yangshan.alliance.places import build
from yangshan.chain.enums import MaturityFrom
from yangshan.credit.dates import payment_day
from yangshan.credit.maturities import has_begun, is_over, maturity_day

SIGHT, SHIPMENT, FIXED = MaturityFrom.SIGHT, MaturityFrom.SHIPMENT, MaturityFrom.FIXED_DATE
SECOND = timedelta(seconds=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("basis", "tenor", "sight", "shipped", "expected"),
    [
        (SHIPMENT, 60, "2025-03-20", "2025-01-31", "2025-04-01"),
        (SIGHT, 90, "2025-03-03", None, "2025-06-01"),
        # Sight counts, whatever was shipped; and in place of a shipment that no document tells.
        (SIGHT, 90, "2025-03-03", "2025-01-31", "2025-06-01"),
        (SHIPMENT, 90, "2025-03-03", None, "2025-06-01"),
        (SHIPMENT, 1, "2024-12-31", "2024-02-28", "2024-02-29"),
        (FIXED, day_number(date(2025, 10, 5)), "2025-03-03", "2025-01-31", "2025-10-05"),
    ],
)
def test_article_3_the_day_counted_from_is_left_out(
    basis: MaturityFrom, tenor: int, sight: str, shipped: str | None, expected: str
) -> None:
    found = maturity_day(basis, tenor, day(sight), day(shipped) if shipped else None)
    assert found == day(expected)


def test_a_maturity_on_a_closed_day_is_paid_later_and_not_moved() -> None:
    """Sunday 2025-06-01, and the Monday is a holiday in Shanghai."""
    due = maturity_day(SIGHT, 90, day("2025-03-03"), None)
    assert due == day("2025-06-01")
    assert payment_day(due, build("CNSHA", 2025, 2025)) == day("2025-06-03")


def counted(first: date, days: int) -> date:
    """The oracle: month by month, without any arithmetic on dates."""
    year, month, of_month = first.year, first.month, first.day + days
    while of_month > (length := calendar.monthrange(year, month)[1]):
        of_month -= length
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, of_month)


def test_any_usance_is_counted_by_the_calendar() -> None:
    chance = random.Random(600)
    for _ in range(2_000):
        sight = date(1999, 12, 1) + timedelta(days=chance.randrange(40_000))
        shipped = sight - timedelta(days=chance.randrange(200)) if chance.random() < 0.7 else None
        tenor = chance.choice([1, 29, 30, 90, 180, 360, chance.randrange(1, 65_536)])
        basis = chance.choice([SIGHT, SHIPMENT])
        first = shipped if basis is SHIPMENT and shipped else sight
        assert maturity_day(basis, tenor, sight, shipped) == counted(first, tenor)


@pytest.mark.parametrize("hours", [-12, 0, 8, 14])
def test_a_day_begins_and_ends_by_the_clock_of_all_places(hours: int) -> None:
    """From its midnight in UTC+14 to its end in UTC-12, whatever clock the question comes by."""
    zone = timezone(timedelta(hours=hours)) if abs(hours) < 24 else UTC
    due = day("2025-06-01")
    begins = datetime(2025, 5, 31, 10, tzinfo=UTC).astimezone(zone)
    ends = datetime(2025, 6, 2, 12, tzinfo=UTC).astimezone(zone)
    assert [has_begun(due, begins + step) for step in (-SECOND, 0 * SECOND, SECOND)] == [
        False,
        True,
        True,
    ]
    assert [is_over(due, ends + step) for step in (-SECOND, 0 * SECOND, SECOND)] == [
        False,
        True,
        True,
    ]


def test_a_time_without_its_place_is_no_time() -> None:
    for ask in (has_begun, is_over):
        with pytest.raises(NaiveInstant):
            ask(day("2025-06-01"), datetime(2025, 6, 1))  # noqa: DTZ001

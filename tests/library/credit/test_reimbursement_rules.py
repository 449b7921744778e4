# SPDX-License-Identifier: Apache-2.0
"""The clock and the amount of a claim, against an oracle that counts days by itself."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest

from yangshan.alliance.calendars import BankingCalendar, CalendarNotPublished, NaiveInstant
from yangshan.alliance.places import build
from yangshan.credit.claims import first_day_for_claim
from yangshan.credit.dates import receipt_day, reimbursement_deadline
from yangshan.credit.reimbursement_rules import (
    answer_deadline,
    is_early,
    most_claimable,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
WITH, WITHOUT = (build(name, 2024, 2026) for name in ("CNSHA", "CNSHA-M"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("received", "with_makeup", "without"),
    [
        ("2025-09-29T10:00", "2025-10-10", "2025-10-10"),
        ("2025-09-26T10:00", "2025-09-30", "2025-10-09"),
        ("2025-09-26T17:00:00", "2025-09-30", "2025-10-09"),
        ("2025-09-26T17:00:01", "2025-10-09", "2025-10-10"),
        ("2025-09-27T10:00", "2025-10-09", "2025-10-10"),
        ("2025-12-31T10:00", "2026-01-06", "2026-01-07"),
    ],
)
def test_the_third_banking_day_after_receipt(received: str, with_makeup: str, without: str) -> None:
    for calendar, day in ((WITH, with_makeup), (WITHOUT, without)):
        expected = at(f"{day}T17:00")
        assert answer_deadline(at(received), calendar) == expected
        assert reimbursement_deadline(at(received), calendar) == expected


def is_working(day: date) -> bool:
    """The working days of mainland China, by the package that publishes them."""
    return bool(chinese_calendar.is_workday(day))


def counted(received: datetime, days: int) -> datetime:
    """The same deadline, day by day and second by second."""
    day = received.astimezone(SHANGHAI).date()
    close = datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=17)
    if not is_working(day) or received > close:
        day += timedelta(days=1)
        while not is_working(day):
            day += timedelta(days=1)
    while days:
        day += timedelta(days=1)
        days -= is_working(day)
    return datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=17)


def test_any_claim_has_the_deadline_that_counting_gives() -> None:
    source = random.Random(725)
    first = int(at("2024-02-01T00:00").timestamp())
    last = int(at("2026-10-01T00:00").timestamp())
    for _ in range(2_000):
        received = datetime.fromtimestamp(source.randint(first, last), UTC)
        notice = source.choice((0, 0, 1, 2, 5, 10))
        found = answer_deadline(received, WITH, pre_debit_days=notice)
        assert found == counted(received, 3 + notice)
        tenth = counted(received, 10).date()
        for due in (tenth, tenth + timedelta(days=1)):
            assert is_early(received, due, WITH) is (due > tenth)


@pytest.mark.parametrize(
    ("honoured", "authorised", "claimed", "most"),
    [(100, 100, 0, 100), (100, 90, 0, 90), (100, 90, 80, 10), (100, 90, 90, 0), (5, 3, 9, 0)],
)
def test_the_most_that_may_be_claimed(
    honoured: int, authorised: int, claimed: int, most: int
) -> None:
    assert most_claimable(honoured, authorised, claimed) == most


def test_early_is_before_the_first_day_for_a_claim() -> None:
    source = random.Random(10)
    for _ in range(500):
        received = at("2025-01-02T10:00") + timedelta(days=source.randint(0, 300))
        due = received.date() + timedelta(days=source.randint(8, 25))
        day = receipt_day(received, WITH)
        assert is_early(received, due, WITH) is (day < first_day_for_claim(due, WITH))


def test_days_that_nobody_published_are_named() -> None:
    empty = BankingCalendar("EMPTY", {})
    with pytest.raises(CalendarNotPublished):
        answer_deadline(at("2025-09-01T10:00"), empty)
    with pytest.raises(NaiveInstant):
        answer_deadline(datetime(2025, 9, 1, 10), WITH)  # noqa: DTZ001

# SPDX-License-Identifier: Apache-2.0
"""The count of banking days that stops for corrupt records, second by second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from yangshan.alliance.calendars import BankingCalendar
from yangshan.alliance.places import build
from yangshan.credit.dates import examination_deadline
from yangshan.credit.suspensions import (
    days_left,
    is_disposable,
    is_replacement_over,
    resumed_deadline,
)

SHANGHAI = build("CNSHA", 2024, 2026)
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


# A Monday, and the close of the fifth banking day after it.
RECEIVED, DEADLINE = at("2025-09-01T10:00:00"), at("2025-09-08T17:00:00")


@pytest.mark.parametrize(
    ("reported", "later", "first"),
    [
        (RECEIVED, 5, 5),
        (at("2025-09-01T17:00:00"), 5, 5),
        (at("2025-09-01T17:00:01"), 4, 4),
        (at("2025-09-02T16:59:59"), 4, 4),
        (at("2025-09-02T17:00:00"), 4, 4),
        (at("2025-09-02T17:00:01"), 3, 3),
        # A Friday after hours, and the days without banking after it, count as Monday.
        (at("2025-09-05T17:00:00"), 1, 1),
        (at("2025-09-05T17:00:01"), 0, 1),
        (at("2025-09-06T12:00:00"), 0, 1),
        (at("2025-09-08T09:00:00"), 0, 1),
        (DEADLINE, 0, 1),
    ],
)
def test_days_left(reported: datetime, later: int, first: int) -> None:
    assert examination_deadline(RECEIVED, SHANGHAI) == DEADLINE
    assert days_left(reported, DEADLINE, SHANGHAI, first=False) == later
    assert days_left(reported, DEADLINE, SHANGHAI) == first


@pytest.mark.parametrize("hour", range(0, 24 * 8, 5))
def test_a_report_answered_at_once_moves_no_deadline_but_on_the_last_day(hour: int) -> None:
    reported = RECEIVED + timedelta(hours=hour)
    if reported > DEADLINE:
        return
    left = days_left(reported, DEADLINE, SHANGHAI, first=False)
    if left:
        assert resumed_deadline(reported, left, SHANGHAI) == DEADLINE
    else:
        assert resumed_deadline(reported, 1, SHANGHAI) == at("2025-09-09T17:00:00")


@pytest.mark.parametrize(
    ("resumed", "deadline"),
    [
        ("2025-09-03T17:00:00", "2025-09-09T17:00:00"),
        ("2025-09-03T17:00:01", "2025-09-10T17:00:00"),
        # Over the National Day holiday: the 28th, a Sunday made up for, the 29th, 30th and the 9th.
        ("2025-09-26T12:00:00", "2025-10-09T17:00:00"),
    ],
)
def test_four_days_after_the_record_came_again(resumed: str, deadline: str) -> None:
    assert resumed_deadline(at(resumed), 4, SHANGHAI) == at(deadline)


def test_what_is_not_published_lies_beyond_the_deadline() -> None:
    words = SHANGHAI.packed()
    day = (DEADLINE.date() - date(1970, 1, 1)).days
    span, index = divmod(day, 192)
    full = words[span]
    known = index + 1
    cut = full >> 200 << 200 | known << 192 | full & (1 << known) - 1
    short = BankingCalendar.unpacked("SHORT", {span - 1: words[span - 1], span: cut})
    assert days_left(RECEIVED, DEADLINE, short) == 5
    assert days_left(DEADLINE, DEADLINE, short, first=False) == 0


# The 30th day after the first of September is the first of October; over at noon of the next, UTC.
LAST = datetime(2025, 10, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(("time", "over"), [(LAST - SECOND, False), (LAST, True)])
def test_thirty_days_are_over_everywhere(time: datetime, over: bool) -> None:
    reported = datetime(2025, 9, 1, 23, 59, 59, tzinfo=UTC)
    expiry = date(2025, 12, 1)
    assert is_replacement_over(time, reported, None, None, expiry, SHANGHAI) is over


@pytest.mark.parametrize(
    ("time", "over"),
    [("2025-09-10T16:59:59", False), ("2025-09-10T17:00:00", False), ("2025-09-10T17:00:01", True)],
)
def test_the_last_day_for_presentation_comes_first(time: str, over: bool) -> None:
    expiry = date(2025, 9, 10)
    assert is_replacement_over(at(time), RECEIVED, None, None, expiry, SHANGHAI) is over
    shipped, later = date(2025, 8, 20), date(2025, 12, 1)
    assert is_replacement_over(at(time), RECEIVED, shipped, 21, later, SHANGHAI) is over


# The 60th day after the first of September is the 31st of October.
GONE = datetime(2025, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("time", "over"), [(GONE - SECOND, False), (GONE, True)])
def test_sixty_days_without_instructions(time: datetime, over: bool) -> None:
    assert is_disposable(time, datetime(2025, 9, 1, 0, 0, tzinfo=UTC)) is over

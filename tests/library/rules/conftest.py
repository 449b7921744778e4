# SPDX-License-Identifier: Apache-2.0
"""The oracles: each calendar of the table once more, day by day, without a word or a bit.

China asks chinesecalendar, Frankfurt computes Easter, and both ask zoneinfo for the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest

from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.alliance.calendars import BankingCalendar

FIRST_YEAR, LAST_YEAR = 2024, 2026
ONE_DAY = timedelta(days=1)


class UnknownDayError(Exception):
    """The first day that the oracle did not know."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


@dataclass(frozen=True)
class SlowCalendar:
    zone: ZoneInfo
    opens: time
    closes: time
    works: Callable[[date], bool]

    def is_open(self, day: date) -> bool:
        if day.year > LAST_YEAR:
            raise UnknownDayError(day)
        return self.works(day)

    def at(self, day: date, of_day: time) -> datetime:
        return datetime.combine(day, of_day, self.zone)

    def receipt(self, instant: datetime) -> date:
        local = instant.astimezone(self.zone)
        day = local.date()
        # Compared as wall clocks of one day, on which the clock never changes after opening time.
        if self.is_open(day) and local.time() <= self.closes:
            return day
        return self.after(day, 1)

    def after(self, day: date, count: int) -> date:
        while count:
            day += ONE_DAY
            count -= self.is_open(day)
        return day


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def works_in_hesse(day: date) -> bool:
    fixed = {(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)}
    moving = {-2, 1, 39, 50, 60}
    closed = (day.month, day.day) in fixed or (day - easter(day.year)).days in moving
    return day.weekday() < 5 and not closed


def works_in_china_without_make_up_days(day: date) -> bool:
    return day.weekday() < 5 and chinese_calendar.is_workday(day)


ORACLES = {
    "CNSHA": SlowCalendar(
        ZoneInfo("Asia/Shanghai"), time(9), time(17), chinese_calendar.is_workday
    ),
    "CNSHA-M": SlowCalendar(
        ZoneInfo("Asia/Shanghai"), time(9), time(17), works_in_china_without_make_up_days
    ),
    "DEFRA": SlowCalendar(ZoneInfo("Europe/Berlin"), time(9), time(16), works_in_hesse),
}


@pytest.fixture(scope="session")
def oracles() -> dict[str, SlowCalendar]:
    return ORACLES


@pytest.fixture(scope="session")
def calendars() -> dict[str, BankingCalendar]:
    """Every calendar that has an oracle, for the years that the oracle knows."""
    return {name: build(name, FIRST_YEAR, LAST_YEAR) for name in ORACLES}


@pytest.fixture(scope="session")
def every_day() -> list[date]:
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.fixture(params=sorted(ORACLES))
def pair(
    request: pytest.FixtureRequest, calendars: dict[str, BankingCalendar]
) -> tuple[BankingCalendar, SlowCalendar]:
    """A calendar beside its oracle."""
    return calendars[request.param], ORACLES[request.param]


@pytest.fixture(scope="session")
def unknown_day() -> type[UnknownDayError]:
    return UnknownDayError

# SPDX-License-Identifier: Apache-2.0
"""Building the banking calendar of a place from the published holidays and clock changes.

The places are data (``data/places.toml``). A year that the source of a place does not know is
:class:`YearNotKnown`: the days off of a Chinese year, for one, are ordered late in the year before.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays

from yangshan.alliance.calendar_words import (
    SECONDS_PER_QUARTER,
    SPAN_DAYS,
    CalendarWord,
    day_number,
    day_of,
)
from yangshan.alliance.calendars import BankingCalendar
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_QUARTER: Final = timedelta(seconds=SECONDS_PER_QUARTER)


class UnknownPlace(Unusable):
    """A calendar that the table of places does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no calendar {name}; there are {', '.join(known)}.")
        self.name = name
        self.known = tuple(known)


class YearNotKnown(Unusable):
    """A year whose holidays the source of a calendar does not know."""

    def __init__(self, calendar: str, year: int, first: int, last: int) -> None:
        super().__init__(
            f"The holidays of {year} are not known for the calendar {calendar}; "
            f"its source has the years {first} to {last}."
        )
        self.calendar = calendar
        self.year = year
        self.first = first
        self.last = last


class NoYears(Unusable):
    """A calendar asked for from a year to an earlier one."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(f"There are no years from {first} to {last}; the first must come first.")
        self.first = first
        self.last = last


class ClockNotHeld(Unusable):
    """A span whose clock changes do not fit one calendar word."""

    def __init__(self, calendar: str, first: date, last: date) -> None:
        super().__init__(
            f"The clock of {calendar} from {first} to {last} does not fit a calendar word: "
            "expected whole quarter hours from UTC and at most one stretch with a second offset."
        )
        self.calendar = calendar
        self.first = first
        self.last = last


@dataclass(frozen=True, slots=True)
class Place:
    """One calendar of the table; its fields are explained there."""

    name: str
    title: str
    zone: str
    opens: time
    closes: time
    days: str
    make_up_days: bool
    compared_with: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A day on which the second source of a calendar disagrees with the first."""

    day: date
    banking_day: bool
    compared_with: str


class _WorkingDays(Protocol):
    """A source of working days; ``first`` and ``last`` are the years that it knows."""

    first: int
    last: int

    def has(self, day: date) -> bool: ...


@functools.cache
def _is_working_day_in_china(day: date) -> bool:
    """Kept, since the package searches all its days each time for the first and the last."""
    return bool(chinese_calendar.is_workday(day))


class _ChineseDays:
    def __init__(self) -> None:
        listed = chinese_calendar.constants.holidays
        self.first = min(listed).year
        self.last = max(listed).year

    def has(self, day: date) -> bool:
        return _is_working_day_in_china(day)


class _PublicHolidays:
    """Working days by the package ``holidays``: of a country, a subdivision or a market."""

    def __init__(self, code: str) -> None:
        country, _, subdivision = code.partition("-")
        if country in holidays.list_supported_financial():
            self._days = holidays.financial_holidays(country)
        else:
            self._days = holidays.country_holidays(country, subdiv=subdivision or None)
        self.first = self._days.start_year
        self.last = self._days.end_year

    def has(self, day: date) -> bool:
        return self._days.is_working_day(day)


def places() -> Mapping[str, Place]:
    """The calendars that can be built, by name."""
    return _places()


def local_time(instant: datetime, calendar: str | None) -> datetime:
    """The same instant on the clock of a calendar's place, where the table has that place."""
    place = places().get(calendar or "")
    return instant.astimezone(ZoneInfo(place.zone)) if place else instant


@functools.cache
def _places() -> dict[str, Place]:
    table = resources.files("yangshan.alliance").joinpath("data/places.toml").read_text("utf-8")
    return {name: Place(name, **fields) for name, fields in tomllib.loads(table).items()}


@functools.cache
def build(name: str, first_year: int, last_year: int) -> BankingCalendar:
    """The calendar ``name`` from 1 January of ``first_year`` to 31 December of ``last_year``.

    The days of its first span before ``first_year`` read as closed, those after ``last_year`` as
    not published, as does a first span of which these years hold no banking day. Raises
    :class:`UnknownPlace`, :class:`NoYears`, :class:`YearNotKnown` and :class:`ClockNotHeld`.
    """
    return build_place(_place(name), first_year, last_year)


def build_from(name: str, year: int) -> BankingCalendar:
    """The calendar ``name`` for a year and the next one, if that one is known yet.

    What lies beyond is not published. Raises :class:`UnknownPlace` and :class:`YearNotKnown`.
    """
    return build(name, year, max(year, min(year + 1, _source(_place(name).days).last)))


def build_place(place: Place, first_year: int, last_year: int) -> BankingCalendar:
    """As :func:`build`, for a place outside the table."""
    if first_year > last_year:
        raise NoYears(first_year, last_year)
    source = _source(place.days)
    for year in (first_year, last_year):
        _expect_year(place.name, source, year)
    first, last = day_number(date(first_year, 1, 1)), day_number(date(last_year, 12, 31))
    words = {}
    for span in range(first // SPAN_DAYS, last // SPAN_DAYS + 1):
        start = span * SPAN_DAYS
        known = min(SPAN_DAYS, last - start + 1)
        open_days = 0
        for index in range(max(0, first - start), known):
            if _is_banking_day(source, place, day_of(start + index)):
                open_days |= 1 << index
        if not open_days and known == SPAN_DAYS:
            continue
        clock = _clock(place, span)
        words[span] = CalendarWord(
            open_days, known, _minutes(place.opens), _minutes(place.closes), *clock
        )
    return BankingCalendar(place.name, words)


def cross_check(name: str, year: int) -> list[Difference]:
    """The days of ``year`` on which the two sources of the calendar ``name`` differ.

    Raises :class:`UnknownPlace`, and :class:`YearNotKnown` if either source lacks the year.
    """
    place = _place(name)
    source, other = _source(place.days), _source(place.compared_with)
    for each in (source, other):
        _expect_year(name, each, year)
    differences = []
    day = date(year, 1, 1)
    while day.year == year:
        ours = _is_banking_day(source, place, day)
        if ours != _is_banking_day(other, place, day):
            differences.append(Difference(day, ours, place.compared_with))
        day += _ONE_DAY
    return differences


def _place(name: str) -> Place:
    try:
        return places()[name]
    except KeyError:
        raise UnknownPlace(name, sorted(places())) from None


def _source(days: str) -> _WorkingDays:
    kind, _, code = days.partition(":")
    return _PublicHolidays(code) if kind == "holidays" else _ChineseDays()


def _expect_year(calendar: str, source: _WorkingDays, year: int) -> None:
    if not source.first <= year <= source.last:
        raise YearNotKnown(calendar, year, source.first, source.last)


def _is_banking_day(source: _WorkingDays, place: Place, day: date) -> bool:
    return source.has(day) and (place.make_up_days or day.weekday() < _SATURDAY)


def _minutes(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


def _clock(place: Place, span: int) -> tuple[int, int, int, int]:
    """The fields offset, summer, change1 and change2 of a span."""
    zone = ZoneInfo(place.zone)
    days = [day_of(span * SPAN_DAYS + index) for index in range(SPAN_DAYS)]
    offsets = []
    for day in days:
        offset = datetime.combine(day, place.opens, zone).utcoffset()
        if offset is None or offset % _QUARTER:
            raise ClockNotHeld(place.name, days[0], days[-1])
        offsets.append(offset // _QUARTER)
    changes = [index for index, (a, b) in enumerate(pairwise(offsets), 1) if a != b]
    match changes:
        case []:
            return offsets[0], offsets[0], SPAN_DAYS, SPAN_DAYS
        case [change] if offsets[0] < offsets[change]:
            return offsets[0], offsets[change], change, SPAN_DAYS
        case [change]:
            return offsets[change], offsets[0], 0, change
        case [change1, change2] if offsets[0] == offsets[change2]:
            return offsets[0], offsets[change1], change1, change2
        case _:
            raise ClockNotHeld(place.name, days[0], days[-1])

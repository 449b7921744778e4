# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from yangshan.alliance.calendar_words import CalendarWord, day_number, day_of
from yangshan.alliance.calendars import (
    BankingCalendar,
    CalendarNotPublished,
    NaiveInstant,
)
from yangshan.alliance.places import build_place, places
from yangshan.credit.dates import receipt_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import SlowCalendar

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)

# A span in the middle of nowhere for words made by hand: days 19200 to 19391.
SPAN = 100
START = day_of(SPAN * 192)


def word_of(*open_indices: int, known: int = 192, **clock: int) -> CalendarWord:
    fields = {"opens": 540, "closes": 1020, "offset": 32, "summer": 32, "change1": 192}
    fields |= {"change2": 192} | clock
    return CalendarWord(sum(1 << index for index in open_indices), known, **fields)


def calendar_of(**words: CalendarWord) -> BankingCalendar:
    """A calendar of up to three neighbouring spans."""
    places_of = {"before": SPAN - 1, "here": SPAN, "after": SPAN + 1}
    return BankingCalendar("HAND", {places_of[key]: word for key, word in words.items()})


def test_words_go_to_the_chain_and_come_back(calendars: dict[str, BankingCalendar]) -> None:
    for name, calendar in calendars.items():
        packed = calendar.packed()
        assert list(packed) == sorted(calendar.words)
        assert BankingCalendar.unpacked(name, packed) == calendar


def test_a_calendar_does_not_change_with_the_mapping_that_it_was_made_from() -> None:
    words = {SPAN: word_of(0)}
    calendar = BankingCalendar("HAND", words)
    words.clear()
    assert calendar.is_open(START)


def test_searches_agree_with_the_oracle(
    pair: tuple[BankingCalendar, SlowCalendar], every_day: list[date]
) -> None:
    calendar, oracle = pair
    open_days = [day for day in every_day if oracle.is_open(day)]
    for day in every_day:
        later = [each for each in open_days if each > day]
        earlier = [each for each in open_days if each < day]
        if later:
            assert calendar.next_open(day) == later[0]
            assert calendar.on_or_after(day) == (day if day in open_days else later[0])
        if earlier:
            assert calendar.previous_open(day) == earlier[-1]


def test_a_day_that_is_not_published_is_named(calendars: dict[str, BankingCalendar]) -> None:
    last, first_unknown = date(2026, 12, 31), date(2027, 1, 1)
    for name, calendar in calendars.items():
        assert calendar.is_open(last)
        assert calendar.next_open(date(2026, 12, 30)) == last
        asks: list[Callable[[date], object]] = [
            calendar.is_open,
            calendar.on_or_after,
            calendar.open_instant,
            calendar.close_instant,
        ]
        for ask in asks:
            with pytest.raises(CalendarNotPublished) as caught:
                ask(first_unknown)
            assert (caught.value.calendar, caught.value.day) == (name, first_unknown)
            assert caught.value.exit_code == 1
        with pytest.raises(CalendarNotPublished) as caught:
            calendar.next_open(last)
        assert caught.value.day == first_unknown
        with pytest.raises(CalendarNotPublished) as caught:
            calendar.previous_open(date(2027, 1, 3))
        assert caught.value.day == first_unknown


def test_a_search_goes_on_until_a_banking_day_or_an_unpublished_one() -> None:
    calendar = calendar_of(before=word_of(0), here=word_of(190), after=word_of(5, known=9))
    first, target, last = START - 192 * ONE_DAY, START + 190 * ONE_DAY, START + 197 * ONE_DAY
    assert calendar.next_open(first) == calendar.on_or_after(START) == target
    assert calendar.previous_open(target) == first
    assert calendar.next_open(target) == last
    assert calendar.previous_open(last) == target
    assert calendar.has_open_between(first, target)
    assert not calendar.has_open_between(first + ONE_DAY, target)
    end = START + 201 * ONE_DAY
    for search, day, missing in (
        (calendar.next_open, last, end),
        (calendar.on_or_after, last + ONE_DAY, end),
        # Looking back ends in a span of which nothing is published; it begins with its first day.
        (calendar.previous_open, first, first - 192 * ONE_DAY),
        # And in one of which a part is: with the first day of the rest.
        (calendar.previous_open, end + 3 * ONE_DAY, end),
    ):
        with pytest.raises(CalendarNotPublished) as caught:
            search(day)
        assert (caught.value.calendar, caught.value.day) == ("HAND", missing)


def test_looking_back_stops_at_the_first_day_asked_for() -> None:
    # The days before the span are not published, and are not needed.
    calendar = calendar_of(here=word_of(3))
    day = [START + index * ONE_DAY for index in range(8)]
    assert not calendar.has_open_between(day[0], day[3])
    assert calendar.has_open_between(day[0], day[4])
    assert calendar.has_open_between(day[3], day[4])
    assert not calendar.has_open_between(day[4], day[7])
    assert not calendar.has_open_between(day[7], day[3])
    # Many days without a banking day are an answer.
    assert not calendar.has_open_between(day[4], day[4] + 180 * ONE_DAY)
    with pytest.raises(CalendarNotPublished) as caught:
        calendar.has_open_between(day[0] - ONE_DAY, day[3])
    assert caught.value.day == day[0] - 192 * ONE_DAY


# Summer time in the south, half an hour of it, odd quarters, the west, and both ends of the date.
ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]


@pytest.mark.parametrize("name", ZONES)
def test_the_local_day_of_every_hour_of_2025(name: str) -> None:
    zone = ZoneInfo(name)
    place = replace(places()["DEFRA"], name=name, zone=name)
    calendar = build_place(place, 2024, 2026)
    instant = datetime(2025, 1, 1, tzinfo=UTC)
    days = set()
    while instant.year == 2025:
        for at in (instant - SECOND, instant):
            expected = at.astimezone(zone).date()
            assert calendar.local_day(at) == expected, at
            days.add(expected)
        instant += HOUR
    assert len(days) >= 365


def test_receipt_in_frankfurt_at_every_hour_of_2025(
    calendars: dict[str, BankingCalendar], oracles: dict[str, SlowCalendar]
) -> None:
    calendar, oracle = calendars["DEFRA"], oracles["DEFRA"]
    instant = datetime(2025, 1, 1, tzinfo=UTC)
    while instant.year == 2025:
        for at in (instant, instant + SECOND):
            assert receipt_day(at, calendar) == oracle.receipt(at), at
        instant += HOUR


@pytest.mark.parametrize(
    ("day", "before", "change", "after"),
    [
        # Local midnight, the change at 01:00 UTC, and the next local midnight, in UTC.
        (date(2025, 3, 30), "2025-03-29T23:00:00", "2025-03-30T01:00:00", "2025-03-30T22:00:00"),
        (date(2025, 10, 26), "2025-10-25T22:00:00", "2025-10-26T01:00:00", "2025-10-26T23:00:00"),
    ],
)
def test_a_day_of_a_clock_change_begins_and_ends_at_local_midnight(
    calendars: dict[str, BankingCalendar], day: date, before: str, change: str, after: str
) -> None:
    local_day = calendars["DEFRA"].local_day
    starts, changes, ends = (
        datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (before, change, after)
    )
    assert local_day(starts - SECOND) == day - ONE_DAY
    assert local_day(starts) == local_day(changes - SECOND) == local_day(changes) == day
    assert local_day(ends - SECOND) == day
    assert local_day(ends) == day + ONE_DAY


# Friday before, the Sunday itself, Monday after; close in UTC.
CLOCK_CHANGES = [
    (date(2025, 3, 28), datetime(2025, 3, 28, 15, tzinfo=UTC), "2025-03-28T16:00:00+01:00"),
    (date(2025, 3, 30), datetime(2025, 3, 30, 14, tzinfo=UTC), "2025-03-30T16:00:00+02:00"),
    (date(2025, 3, 31), datetime(2025, 3, 31, 14, tzinfo=UTC), "2025-03-31T16:00:00+02:00"),
    (date(2025, 10, 24), datetime(2025, 10, 24, 14, tzinfo=UTC), "2025-10-24T16:00:00+02:00"),
    (date(2025, 10, 26), datetime(2025, 10, 26, 15, tzinfo=UTC), "2025-10-26T16:00:00+01:00"),
    (date(2025, 10, 27), datetime(2025, 10, 27, 15, tzinfo=UTC), "2025-10-27T16:00:00+01:00"),
]


@pytest.mark.parametrize(("day", "close", "written"), CLOCK_CHANGES)
def test_frankfurt_closes_by_the_clock_of_the_day(
    calendars: dict[str, BankingCalendar], day: date, close: datetime, written: str
) -> None:
    calendar = calendars["DEFRA"]
    assert calendar.close_instant(day) == close
    assert calendar.close_instant(day).isoformat() == written
    following = calendar.next_open(day)
    on_the_day = day if day.weekday() < 5 else following
    assert receipt_day(close - SECOND, calendar) == on_the_day
    assert receipt_day(close, calendar) == on_the_day
    assert receipt_day(close + SECOND, calendar) == following


def test_the_first_day_of_a_calendar_begins_under_its_own_offset() -> None:
    west = calendar_of(here=word_of(0, offset=-20))
    assert west.local_day(datetime.combine(START, time(), timezone(-5 * HOUR))) == START
    east = calendar_of(here=word_of(0))
    assert east.local_day(datetime.combine(START, time(), UTC)) == START
    midnight = datetime.combine(START, time(), timezone(8 * HOUR))
    # With the span before, that span's last offset decides: two hours to the east, day by day.
    other = calendar_of(before=word_of(0, offset=40), here=word_of(0))
    assert other.local_day(midnight - 2 * HOUR) == START
    assert other.local_day(midnight - 2 * HOUR - SECOND) == START - ONE_DAY
    # That this span is published in part is enough: its offsets hold for all of it.
    partly = calendar_of(before=word_of(0, known=1, offset=40), here=word_of(0))
    assert partly.local_day(midnight - 2 * HOUR) == START


def test_the_local_day_may_be_one_that_is_not_published() -> None:
    calendar = calendar_of(here=word_of(0, known=1))
    day = START + 5 * ONE_DAY
    noon = datetime.combine(day, time(12), UTC)
    assert calendar.local_day(noon) == day
    with pytest.raises(CalendarNotPublished) as caught:
        calendar.is_open(day)
    assert caught.value.day == day


@pytest.mark.parametrize(
    ("offset", "instant", "missing"),
    [
        # The UTC day is in a span of which nothing is published.
        (32, datetime.combine(START, time(), UTC) - SECOND, START - ONE_DAY),
        (32, datetime.combine(START + 192 * ONE_DAY, time(), UTC), START + 192 * ONE_DAY),
        # The UTC day is published, the local one is in a span of which nothing is.
        (
            32,
            datetime.combine(START + 192 * ONE_DAY, time(), UTC) - 8 * HOUR,
            START + 192 * ONE_DAY,
        ),
        (-20, datetime.combine(START, time(), UTC) + 5 * HOUR - SECOND, START - ONE_DAY),
    ],
)
def test_an_instant_outside_every_span_names_the_first_day_needed(
    offset: int, instant: datetime, missing: date
) -> None:
    calendar = calendar_of(here=word_of(0, offset=offset))
    with pytest.raises(CalendarNotPublished) as caught:
        calendar.local_day(instant)
    assert (caught.value.calendar, caught.value.day) == ("HAND", missing)


def test_the_guess_is_moved_by_a_day_where_the_offset_field_is_not_the_one_in_force() -> None:
    # Seven days of summer time in the middle: the guess by the winter offset is an hour short.
    calendar = calendar_of(here=word_of(0, offset=4, summer=8, change1=10, change2=17))
    day = START + 13 * ONE_DAY
    midnight = datetime.combine(day, time(), timezone(2 * HOUR))
    assert calendar.local_day(midnight) == day
    assert calendar.local_day(midnight - SECOND) == day - ONE_DAY
    # And with the offsets exchanged it is an hour too far.
    calendar = calendar_of(here=word_of(0, offset=8, summer=4, change1=10, change2=17))
    midnight = datetime.combine(day, time(), timezone(HOUR))
    assert calendar.local_day(midnight) == day
    assert calendar.local_day(midnight - SECOND) == day - ONE_DAY


def test_a_time_without_offset_is_refused(calendars: dict[str, BankingCalendar]) -> None:
    naive = datetime(2025, 9, 29, 10)  # noqa: DTZ001 - the case under test
    with pytest.raises(NaiveInstant) as caught:
        calendars["CNSHA"].local_day(naive)
    assert caught.value.given == naive
    assert caught.value.exit_code == 2


def test_a_fraction_of_a_second_after_the_close_is_after_it(
    calendars: dict[str, BankingCalendar],
) -> None:
    calendar = calendars["CNSHA"]
    close = calendar.close_instant(date(2025, 9, 29))
    assert receipt_day(close + timedelta(microseconds=1), calendar) == date(2025, 9, 30)


def test_days_and_numbers_agree_at_the_edges_of_a_span() -> None:
    calendar = calendar_of(before=word_of(191), here=word_of(0, 191), after=word_of(0))
    edges = [START - ONE_DAY, START, START + 191 * ONE_DAY, START + 192 * ONE_DAY]
    assert [day_number(day) % 192 for day in edges] == [191, 0, 191, 0]
    assert all(calendar.is_open(day) for day in edges)
    assert calendar.next_open(edges[0]) == edges[1]
    assert calendar.previous_open(edges[3]) == edges[2]

# SPDX-License-Identifier: Apache-2.0
"""The clock on the chain against the clock of the library: one rule, two programs."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from clocks import EXAMINATION, Answer, library_clock
from world import (
    CALENDARS,
    CNSHA,
    CNSHA_M,
    DAY,
    DEFRA,
    EMPTY,
    KEEPER,
    World,
    ascii32,
    desk,
    instant,
)

from yangshan.alliance.calendar_words import CalendarWord, day_number, day_of
from yangshan.alliance.calendars import BankingCalendar, CalendarNotPublished
from yangshan.alliance.places import build, places

SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)


def chain_clock(world: World, calendar: int, received: int, count: int = EXAMINATION) -> Answer:
    answer: Answer = world.view("BankingCalendar.clock", calendar, received, count)
    return answer


def accepted_clock(world: World, calendar: int, received: int, count: int = EXAMINATION) -> Answer:
    """Of what the bank took in on the day itself."""
    answer: Answer = world.view("BankingCalendar.clockAsAccepted", calendar, received, count)
    return answer


# Every day of the published years


@pytest.mark.parametrize("number", [CNSHA, CNSHA_M, DEFRA])
def test_every_day_of_three_years_has_one_clock(world: World, number: int, note: list[str]) -> None:
    name = CALENDARS[number]
    calendar, zone = build(name, 2024, 2026), ZoneInfo(places()[name].zone)
    outcomes: Counter[str] = Counter()
    day = date(2024, 1, 1)
    while day.year < 2027:
        opens, closes = calendar.open_instant(day), calendar.close_instant(day)
        midnight = datetime.combine(day, time(), zone)
        end = datetime.combine(day, time(23, 59, 59), zone)
        for moment in (
            midnight,
            *(opens + n * SECOND for n in (-1, 0, 1)),
            *(closes + n * SECOND for n in (-1, 0, 1)),
            end,
        ):
            received = int(moment.timestamp())
            expected = library_clock(calendar, received, EXAMINATION)
            assert chain_clock(world, number, received) == expected, moment
            accepted = library_clock(calendar, received, EXAMINATION, accepted=True)
            assert accepted_clock(world, number, received) == accepted, moment
            outcomes["not published" if expected[3] else "answered"] += 1
        day += ONE_DAY
    note.append(f"clock of {name}: {dict(outcomes)}")
    assert outcomes["answered"] > 8_600
    # The first days lack a banking day before them, the last ones five after them.
    assert 0 < outcomes["not published"] < 100


@pytest.mark.parametrize("number", [CNSHA, CNSHA_M, DEFRA])
def test_the_years_around_are_named_as_not_published(world: World, number: int) -> None:
    calendar = build(CALENDARS[number], 2024, 2026)
    first_span = min(calendar.words)
    for day in (date(2020, 5, 1), date(2023, 6, 30), date(2027, 1, 1), date(2031, 3, 3)):
        received = instant(f"{day}T10:00:00")
        expected = library_clock(calendar, received, EXAMINATION)
        assert expected == (0, 0, 0, day_number(day) + 1)
        assert chain_clock(world, number, received) == expected
    # The first banking day has none before it; what is missing begins with the span before.
    first = calendar.on_or_after(date(2024, 1, 1))
    received = int(calendar.close_instant(first).timestamp())
    missing = (0, 0, 0, (first_span - 1) * 192 + 1)
    assert library_clock(calendar, received, EXAMINATION) == missing
    assert chain_clock(world, number, received) == missing


def test_where_nothing_is_published_the_day_of_receipt_is_missing(world: World) -> None:
    received = instant("2025-09-01T23:59:59")
    assert chain_clock(world, EMPTY, received) == (0, 0, 0, received // DAY + 1)


# Vectors

VECTORS = [
    # Received in Shanghai within hours, how many banking days, and which day with and without
    # make-up working days (domain vectors, checked against the published holidays).
    ("2025-09-29", 5, "2025-10-13", "2025-10-14"),
    ("2025-09-26", 5, "2025-10-10", "2025-10-13"),
    ("2026-02-13", 5, "2026-02-27", "2026-03-02"),
    ("2025-12-31", 5, "2026-01-08", "2026-01-09"),
    ("2025-09-29", 3, "2025-10-10", "2025-10-10"),
    ("2025-09-26", 3, "2025-09-30", "2025-10-09"),
]


@pytest.mark.parametrize(("received", "count", "with_make_up", "without"), VECTORS)
@pytest.mark.parametrize("of_day", ["09:00:00", "16:59:59", "17:00:00"])
def test_the_verified_deadlines(
    world: World, received: str, count: int, with_make_up: str, without: str, of_day: str
) -> None:
    for calendar, last in ((CNSHA, with_make_up), (CNSHA_M, without)):
        found = world.view(
            "BankingCalendar.clock", calendar, instant(f"{received}T{of_day}+08:00"), count
        )
        assert found.receiptDay == day_number(date.fromisoformat(received))
        assert found.deadline == instant(f"{last}T17:00:00+08:00")
        assert found.missing == 0


def test_a_make_up_sunday_counts_only_where_it_is_a_banking_day(world: World) -> None:
    """Sunday 2025-09-28 is worked in exchange for a day of the October holiday."""
    received = instant("2025-09-28T10:00:00+08:00")
    sunday, monday = day_number(date(2025, 9, 28)), day_number(date(2025, 9, 29))
    assert chain_clock(world, CNSHA, received)[:2] == (sunday, sunday - 2)
    assert chain_clock(world, CNSHA_M, received)[:2] == (monday, sunday - 2)


# Friday before, Sunday of the change, Monday after; the close in UTC, and the day of receipt at and
# after the close.
CLOCK_CHANGES = [
    ("2025-03-28", "2025-03-28T15:00:00", "2025-03-28", "2025-03-31"),
    ("2025-03-30", "2025-03-30T14:00:00", "2025-03-31", "2025-03-31"),
    ("2025-03-31", "2025-03-31T14:00:00", "2025-03-31", "2025-04-01"),
    ("2025-10-24", "2025-10-24T14:00:00", "2025-10-24", "2025-10-27"),
    ("2025-10-26", "2025-10-26T15:00:00", "2025-10-27", "2025-10-27"),
    ("2025-10-27", "2025-10-27T15:00:00", "2025-10-27", "2025-10-28"),
]


@pytest.mark.parametrize(("day", "close", "at_close", "after"), CLOCK_CHANGES)
def test_frankfurt_closes_by_the_clock_of_the_day(
    world: World, day: str, close: str, at_close: str, after: str
) -> None:
    calendar = build("DEFRA", 2024, 2026)
    closes = instant(close)
    assert closes == int(calendar.close_instant(date.fromisoformat(day)).timestamp())
    for received, receipt in ((closes - 1, at_close), (closes, at_close), (closes + 1, after)):
        found = chain_clock(world, DEFRA, received)
        assert found[0] == day_number(date.fromisoformat(receipt))
        assert found == library_clock(calendar, received, EXAMINATION)


@pytest.mark.parametrize(
    ("received", "deadline"),
    [
        # Across the change to summer time the close comes an hour earlier in UTC, and later back.
        ("2025-03-26T12:00:00", "2025-04-02T14:00:00"),
        ("2025-10-22T12:00:00", "2025-10-29T15:00:00"),
    ],
)
def test_a_deadline_across_a_clock_change(world: World, received: str, deadline: str) -> None:
    assert chain_clock(world, DEFRA, instant(received))[2] == instant(deadline)


# Random words

FIRST_SPAN = 100
SPANS = 4


def random_word(source: random.Random, known: int) -> int:
    """Any well-formed word; open days anything from hardly any to nearly all."""
    closes = source.randint(1, 1_439)
    change2 = source.randint(0, 192)
    density = source.choice((0.02, 0.1, 0.7, 0.97))
    open_days = sum(1 << index for index in range(known) if source.random() < density)
    word = CalendarWord(
        open_days=open_days or 1 << source.randrange(known),
        known=known,
        opens=source.randrange(closes),
        closes=closes,
        offset=source.randint(-48, 56),
        summer=source.randint(-48, 56),
        change1=source.randint(0, change2),
        change2=change2,
    )
    return word.pack()


def random_words(source: random.Random) -> dict[int, int]:
    """Up to four spans: mostly published one after the other, here and there with a gap."""
    words = {}
    for span in range(FIRST_SPAN, FIRST_SPAN + SPANS):
        kind = source.random()
        if kind < 0.1:
            continue
        known = source.randint(1, 191) if kind < 0.3 else 192
        words[span] = random_word(source, known)
    return words


def random_instant(source: random.Random, calendar: BankingCalendar) -> int:
    """Anywhere around the spans, and often within a second of a close or a midnight."""
    first, last = FIRST_SPAN * 192 - 3, (FIRST_SPAN + SPANS) * 192 + 3
    received = source.randrange(first * DAY, last * DAY)
    if source.random() < 0.6:
        day = day_of(received // DAY)
        # Around the edges of spans more than elsewhere.
        if source.random() < 0.3:
            edge = source.randint(FIRST_SPAN, FIRST_SPAN + SPANS) * 192
            day = day_of(edge + source.randint(-2, 2))
        try:
            closes = calendar.close_instant(day)
        except CalendarNotPublished:
            return received
        midnight = closes.replace(hour=0, minute=0)
        moment = source.choice((closes, midnight)) + source.randint(-1, 1) * SECOND
        received = int(moment.timestamp())
    return received


def test_random_calendars_have_one_clock(world: World, seed: int, note: list[str]) -> None:
    source = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(EMPTY + 1, EMPTY + 101):
        words = random_words(source)
        calendar = BankingCalendar.unpacked("RANDOM", words)
        world.send(desk(KEEPER), "BankingCalendar.open", number, ascii32("RANDOM"))
        for span, word in words.items():
            world.send(desk(KEEPER), "BankingCalendar.publish", number, span, word)
        for _ in range(200):
            received = random_instant(source, calendar)
            count = source.choice((1, 3, 5, 5, 5, 20))
            expected = library_clock(calendar, received, count)
            found = chain_clock(world, number, received, count)
            assert found == expected, (seed, words, received, count)
            accepted = library_clock(calendar, received, count, accepted=True)
            found = accepted_clock(world, number, received, count)
            assert found == accepted, (seed, words, received, count)
            outcomes["not published" if expected[3] else "answered"] += 1
    note.append(f"clock of random calendars: {dict(outcomes)}")
    assert outcomes.total() == 20_000
    assert outcomes["answered"] > 5_000
    assert outcomes["not published"] > 2_000

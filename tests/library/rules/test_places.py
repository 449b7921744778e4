# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from yangshan.alliance.calendar_words import SPAN_DAYS, day_number
from yangshan.alliance.calendars import CalendarNotPublished
from yangshan.alliance.places import (
    ClockNotHeld,
    Difference,
    NoYears,
    UnknownPlace,
    YearNotKnown,
    build,
    build_place,
    cross_check,
    places,
)

if TYPE_CHECKING:
    from conftest import SlowCalendar

    from yangshan.alliance.calendars import BankingCalendar


def test_every_place_has_an_oracle(oracles: dict[str, SlowCalendar]) -> None:
    assert set(places()) == set(oracles)


def test_every_day_is_open_as_the_oracle_says(
    pair: tuple[BankingCalendar, SlowCalendar], every_day: list[date]
) -> None:
    calendar, oracle = pair
    for day in every_day:
        assert calendar.is_open(day) == oracle.is_open(day), day


def test_hours_are_those_of_the_local_clock(
    pair: tuple[BankingCalendar, SlowCalendar], every_day: list[date]
) -> None:
    calendar, oracle = pair
    for day in every_day:
        for answer, of_day in (
            (calendar.open_instant(day), oracle.opens),
            (calendar.close_instant(day), oracle.closes),
        ):
            expected = oracle.at(day, of_day)
            assert answer.isoformat() == expected.isoformat(), day


def test_days_of_the_first_span_before_the_first_year_read_as_closed(
    calendars: dict[str, BankingCalendar],
) -> None:
    # 2023-12-29 is a Friday, and a working day in both places.
    for calendar in calendars.values():
        assert not calendar.is_open(date(2023, 12, 29))


def test_words_of_more_years_only_add_days(calendars: dict[str, BankingCalendar]) -> None:
    # What the contract demands of a later publication: published days and hours stay.
    for name, longer in calendars.items():
        shorter = build(name, 2024, 2025)
        assert len(shorter.words) < len(longer.words)
        for span, before in shorter.words.items():
            after = longer.words[span]
            assert after.known >= before.known
            assert after.open_days % (1 << before.known) == before.open_days
            assert before.pack() >> 200 == after.pack() >> 200


def test_a_year_without_known_holidays_is_named() -> None:
    with pytest.raises(YearNotKnown) as caught:
        build("CNSHA", 2026, 2027)
    error = caught.value
    assert (error.calendar, error.year, error.first, error.last) == ("CNSHA", 2027, 2004, 2026)
    assert error.exit_code == 2
    with pytest.raises(YearNotKnown) as caught:
        build("CNSHA-M", 2003, 2004)
    assert (caught.value.calendar, caught.value.year) == ("CNSHA-M", 2003)
    with pytest.raises(YearNotKnown) as caught:
        build("DEFRA", 2100, 2101)
    assert (caught.value.calendar, caught.value.year) == ("DEFRA", 2101)


def test_the_comparison_too_needs_a_known_year() -> None:
    # Known to the source of the calendar, but not to the one that it is compared with.
    with pytest.raises(YearNotKnown) as caught:
        cross_check("DEFRA", 1998)
    error = caught.value
    assert (error.calendar, error.year, error.first) == ("DEFRA", 1998, 1999)
    with pytest.raises(YearNotKnown) as caught:
        cross_check("CNSHA", 2027)
    assert caught.value.last == 2026


def test_an_unknown_place_is_named_with_the_known_ones() -> None:
    for ask in (lambda: build("CNBJS", 2025, 2025), lambda: cross_check("CNBJS", 2025)):
        with pytest.raises(UnknownPlace) as caught:
            ask()
        assert caught.value.name == "CNBJS"
        assert caught.value.known == ("CNSHA", "CNSHA-M", "DEFRA")
        assert caught.value.exit_code == 2


def test_years_in_the_wrong_order_are_named() -> None:
    with pytest.raises(NoYears) as caught:
        build("CNSHA", 2026, 2025)
    assert (caught.value.first, caught.value.last) == (2026, 2025)


@pytest.mark.parametrize("name", ["CNSHA", "CNSHA-M"])
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_both_sources_agree_on_china(name: str, year: int) -> None:
    assert cross_check(name, year) == []


def test_frankfurt_is_closed_on_four_days_of_2025_on_which_euro_are_settled() -> None:
    days = [date(2025, 5, 29), date(2025, 6, 9), date(2025, 6, 19), date(2025, 10, 3)]
    assert cross_check("DEFRA", 2025) == [Difference(day, False, "holidays:ECB") for day in days]


def test_the_clock_of_frankfurt_in_words(calendars: dict[str, BankingCalendar]) -> None:
    shapes = []
    for span, word in calendars["DEFRA"].words.items():
        start = date(1970, 1, 1) + timedelta(days=192 * span)
        first, end = (start + timedelta(days=index) for index in (word.change1, word.change2))
        shapes.append((start, word.offset, word.summer, first, end))
    assert shapes == [
        # Begins in summer time: summer from the first day of the span.
        (date(2023, 8, 15), 4, 8, date(2023, 8, 15), date(2023, 10, 29)),
        # Ends in summer time: summer to the last day of the span.
        (date(2024, 2, 23), 4, 8, date(2024, 3, 31), date(2024, 9, 2)),
        (date(2024, 9, 2), 4, 8, date(2024, 9, 2), date(2024, 10, 27)),
        (date(2025, 3, 13), 4, 8, date(2025, 3, 30), date(2025, 9, 21)),
        # Begins and ends in summer time: the offsets are exchanged, winter is in the middle.
        (date(2025, 9, 21), 8, 4, date(2025, 10, 26), date(2026, 3, 29)),
        # All summer: no change.
        (date(2026, 4, 1), 8, 8, date(2026, 10, 10), date(2026, 10, 10)),
        (date(2026, 10, 10), 8, 4, date(2026, 10, 25), date(2027, 3, 28)),
    ]


def test_a_clock_that_changes_three_times_in_a_span_is_named() -> None:
    # Egypt, 2014: summer time from 16 May, interrupted for Ramadan from 27 June to 31 July.
    place = replace(places()["DEFRA"], name="EGCAI", zone="Africa/Cairo")
    with pytest.raises(ClockNotHeld) as caught:
        build_place(place, 2014, 2014)
    error = caught.value
    assert error.calendar == "EGCAI"
    assert (error.first, error.last) == (date(2014, 2, 27), date(2014, 9, 6))
    assert error.exit_code == 2


def test_a_clock_with_three_offsets_in_a_span_is_named() -> None:
    # Samoa, 2011: summer time from 24 September, and on 30 December across the date line.
    place = replace(places()["DEFRA"], name="WSAPW", zone="Pacific/Apia", days="holidays:WS")
    with pytest.raises(ClockNotHeld) as caught:
        build_place(place, 2011, 2011)
    assert (caught.value.first, caught.value.last) == (date(2011, 7, 13), date(2012, 1, 20))


def test_a_clock_off_the_quarter_hour_is_named() -> None:
    # Liberia kept 44 minutes and 30 seconds west of UTC until 7 January 1972.
    place = replace(places()["CNSHA"], name="LRMLW", zone="Africa/Monrovia", days="holidays:LR")
    with pytest.raises(ClockNotHeld) as caught:
        build_place(place, 1971, 1971)
    assert caught.value.calendar == "LRMLW"


def test_a_first_span_without_a_banking_day_is_left_out() -> None:
    # The span that ends with 2011 holds one day of that year, a Saturday and a holiday.
    calendar = build("DEFRA", 2011, 2011)
    assert min(calendar.words) == day_number(date(2011, 1, 2)) // SPAN_DAYS
    assert calendar.previous_open(date(2011, 1, 4)) == date(2011, 1, 3)
    with pytest.raises(CalendarNotPublished) as caught:
        calendar.is_open(date(2011, 1, 1))
    assert caught.value.day == date(2011, 1, 1)

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta

import pytest

from yangshan.credit.date_words import (
    DateRange,
    EmptyDateRange,
    MonthPart,
    ShipmentWord,
    between,
    on_or_about,
    part_of_month,
    shipment_period,
    within_days_of,
)

ONE_DAY = timedelta(days=1)
DAY = date(2025, 3, 15)

# Which of the day before, the day itself and the day after each word allows.
AROUND = {
    ShipmentWord.TO: (True, True, False),
    ShipmentWord.UNTIL: (True, True, False),
    ShipmentWord.TILL: (True, True, False),
    ShipmentWord.FROM: (False, True, True),
    ShipmentWord.BEFORE: (True, False, False),
    ShipmentWord.AFTER: (False, False, True),
}


@pytest.mark.parametrize("word", list(ShipmentWord))
def test_a_word_around_its_day(word: ShipmentWord) -> None:
    allowed = shipment_period(word, DAY)
    assert (DAY - ONE_DAY in allowed, DAY in allowed, DAY + ONE_DAY in allowed) == AROUND[word]


def test_one_word_leaves_the_other_side_open() -> None:
    assert shipment_period(ShipmentWord("until"), DAY) == DateRange(None, DAY)
    assert shipment_period(ShipmentWord("before"), DAY) == DateRange(None, date(2025, 3, 14))
    assert shipment_period(ShipmentWord("from"), DAY) == DateRange(DAY, None)
    assert shipment_period(ShipmentWord("after"), DAY) == DateRange(date(2025, 3, 16), None)


def test_between_includes_both_dates() -> None:
    allowed = between(date(2025, 3, 1), DAY)
    assert date(2025, 2, 28) not in allowed
    assert date(2025, 3, 1) in allowed
    assert DAY in allowed
    assert date(2025, 3, 16) not in allowed
    assert between(DAY, DAY) == DateRange(DAY, DAY)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(EmptyDateRange) as caught:
        between(DAY, DAY - ONE_DAY)
    assert (caught.value.first, caught.value.last) == (DAY, date(2025, 3, 14))
    assert caught.value.exit_code == 1


def test_on_or_about_is_five_days_either_side() -> None:
    # Verified vector: "on or about 15 Mar 2025".
    allowed = on_or_about(DAY)
    assert allowed == DateRange(date(2025, 3, 10), date(2025, 3, 20))
    assert [date(2025, 3, day) in allowed for day in (9, 10, 20, 21)] == [False, True, True, False]


def test_within_days_of_reaches_both_ways() -> None:
    assert within_days_of(DAY, 2) == DateRange(date(2025, 3, 13), date(2025, 3, 17))
    assert within_days_of(date(2025, 3, 1), 1) == DateRange(date(2025, 2, 28), date(2025, 3, 2))


LAST_DAYS = [(2025, 2, 28), (2024, 2, 29), (2025, 4, 30), (2025, 12, 31)]
PARTS = {
    MonthPart.FIRST_HALF: (1, 15),
    MonthPart.SECOND_HALF: (16, None),
    MonthPart.BEGINNING: (1, 10),
    MonthPart.MIDDLE: (11, 20),
    MonthPart.END: (21, None),
}


@pytest.mark.parametrize("part", list(MonthPart))
@pytest.mark.parametrize(("year", "month", "last_day"), LAST_DAYS)
def test_parts_of_a_month(part: MonthPart, year: int, month: int, last_day: int) -> None:
    first, last = PARTS[part]
    expected = DateRange(date(year, month, first), date(year, month, last or last_day))
    assert part_of_month(part, year, month) == expected

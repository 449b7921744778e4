# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from yangshan.alliance.calendar_words import (
    UNPUBLISHED,
    BadCalendarWord,
    CalendarWord,
    day_number,
    day_of,
)

PLAIN = CalendarWord(
    open_days=0b1011,
    known=192,
    opens=540,
    closes=1020,
    offset=32,
    summer=-8,
    change1=37,
    change2=191,
)

# Bit of the layout: the value there of each field of PLAIN, a negative number in two's complement.
PLACED = {0: 0b1011, 192: 192, 200: 540, 211: 1020, 222: 32, 230: 248, 238: 37, 246: 191}


def random_word(source: random.Random) -> CalendarWord:
    known = source.randint(1, 192)
    closes = source.randint(1, 1439)
    change2 = source.randint(0, 192)
    return CalendarWord(
        open_days=source.getrandbits(known),
        known=known,
        opens=source.randrange(closes),
        closes=closes,
        offset=source.randint(-48, 56),
        summer=source.randint(-48, 56),
        change1=source.randint(0, change2),
        change2=change2,
    )


def test_every_field_stands_at_its_bit() -> None:
    assert PLAIN.pack() == sum(value << bit for bit, value in PLACED.items())


def test_random_words_come_back_as_they_went() -> None:
    source = random.Random(600)
    words = [random_word(source) for _ in range(2_000)]
    assert any(word.offset < 0 < word.summer for word in words)
    for word in words:
        packed = word.pack()
        assert packed >> 254 == 0
        assert CalendarWord.unpack(packed) == word


def test_zero_is_the_unpublished_span() -> None:
    assert UNPUBLISHED.pack() == 0
    assert CalendarWord.unpack(0) == UNPUBLISHED
    assert UNPUBLISHED.known == 0


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("known", 0, "1 to 192"),
        ("known", 193, "1 to 192"),
        ("known", -1, "1 to 192"),
        ("open_days", 1 << 192, "no banking day beyond the 192 published days"),
        ("open_days", -1, "no banking day beyond the 192 published days"),
        ("closes", 0, "1 to 1439"),
        ("closes", 1440, "1 to 1439"),
        ("opens", 1020, "0 to 1019"),
        ("opens", -1, "0 to 1019"),
        ("open_days", 0, "a banking day in a span published in full"),
        ("offset", 57, "-48 to 56"),
        ("offset", -49, "-48 to 56"),
        ("summer", 57, "-48 to 56"),
        ("summer", -49, "-48 to 56"),
        ("change1", 192, "0 to 191"),
        ("change1", -1, "0 to 191"),
        ("change2", 193, "0 to 192"),
    ],
)
def test_a_field_out_of_range_is_named(field: str, value: int, expected: str) -> None:
    with pytest.raises(BadCalendarWord) as caught:
        replace(PLAIN, **{field: value})
    assert (caught.value.field, caught.value.value) == (field, value)
    assert caught.value.expected == expected
    assert caught.value.exit_code == 1


def test_a_banking_day_needs_to_be_published() -> None:
    assert replace(PLAIN, known=4).is_open(3)
    with pytest.raises(BadCalendarWord) as caught:
        replace(PLAIN, known=3)
    assert (caught.value.field, caught.value.value) == ("open_days", 0b1011)


@pytest.mark.parametrize("word", [1 << 254, 1 << 255, 1 << 256, -1])
def test_a_word_beyond_its_layout_is_refused(word: int) -> None:
    with pytest.raises(BadCalendarWord) as caught:
        CalendarWord.unpack(word)
    assert (caught.value.field, caught.value.value) == ("word", word)


def test_the_second_offset_holds_from_change1_to_the_day_before_change2() -> None:
    assert [PLAIN.offset_on(index) for index in (0, 36, 37, 190, 191)] == [32, 32, -8, -8, 32]
    no_change = replace(PLAIN, change1=192, change2=192)
    assert {no_change.offset_on(index) for index in range(192)} == {32}


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1970, 1, 1), 0),
        (date(1969, 12, 31), -1),
        (date(2025, 10, 13), 20374),
    ],
)
def test_days_are_numbered_from_1970(day: date, number: int) -> None:
    assert day_number(day) == number
    assert day_of(number) == day

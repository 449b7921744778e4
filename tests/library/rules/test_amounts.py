# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest

from yangshan.credit.amounts import (
    ABOUT,
    EXACT,
    FIVE_PERCENT,
    BadTolerance,
    Tolerance,
    available,
    five_percent_less_allowed,
    insured_minimum,
    insured_minimum_without_value,
    is_overdrawn,
    is_short_drawn,
    least_drawing,
    payable,
    quantity_tolerance,
    says_about,
)

AMOUNT = 100_000_00


@pytest.mark.parametrize(
    ("stated", "tolerance", "lowest", "highest"),
    [
        # About USD 100 000.00.
        (AMOUNT, ABOUT, 90_000_00, 110_000_00),
        # 39A 05/10 on 100 000.00, and 05/05 on EUR 486 250.00.
        (AMOUNT, Tolerance(5, 10), 90_000_00, 105_000_00),
        (48_625_000, Tolerance(5, 5), 46_193_750, 51_056_250),
        # The floor is rounded up and the ceiling down.
        (9_999_999, Tolerance(5, 5), 9_500_000, 10_499_998),
        (AMOUNT, EXACT, AMOUNT, AMOUNT),
        # 1000 MT.
        (1000, FIVE_PERCENT, 950, 1050),
        (0, ABOUT, 0, 0),
        (1, ABOUT, 1, 1),
        (1, Tolerance(99, 99), 1, 1),
    ],
)
def test_verified_tolerances(stated: int, tolerance: Tolerance, lowest: int, highest: int) -> None:
    assert tolerance.lowest(stated) == lowest
    assert tolerance.highest(stated) == highest


@pytest.mark.parametrize(
    ("value", "percent", "minimum"),
    [
        (100_000_00, 110, 110_000_00),
        (9_999_999, 110, 10_999_999),
        # JPY, whose minor unit is the yen.
        (1_234_567, 110, 1_358_024),
        (9_999_999, 150, 14_999_999),
    ],
)
def test_verified_insurance(value: int, percent: int, minimum: int) -> None:
    assert insured_minimum(value, percent) == minimum


def test_insurance_is_110_per_cent_unless_stated() -> None:
    assert insured_minimum(9_999_999) == 10_999_999


def test_insurance_without_a_value_follows_the_greater_sum() -> None:
    assert insured_minimum_without_value(9_999_999, 9_000_000) == 10_999_999
    assert insured_minimum_without_value(9_000_000, 9_999_999) == 10_999_999


def test_rounding_agrees_with_exact_fractions() -> None:
    source = random.Random(600)
    amounts = list(range(250)) + [source.randrange(10**18) for _ in range(250)]
    rounded = 0
    for amount in amounts:
        for percent in (0, 1, 3, 5, 10, 33, 50, 99):
            exact_floor = Fraction(amount) * (100 - percent) / 100
            exact_ceiling = Fraction(amount) * (100 + percent) / 100
            tolerance = Tolerance(percent, percent)
            assert tolerance.lowest(amount) == math.ceil(exact_floor)
            assert tolerance.highest(amount) == math.floor(exact_ceiling)
            assert insured_minimum(amount, 100 + percent) == math.ceil(exact_ceiling)
            rounded += exact_floor.denominator != 1
    assert rounded > 1000


@pytest.mark.parametrize(("plus", "minus"), [(-1, 0), (0, -1), (100, 0), (0, 100)])
def test_an_impossible_tolerance_is_refused(plus: int, minus: int) -> None:
    with pytest.raises(BadTolerance) as caught:
        Tolerance(plus, minus)
    assert (caught.value.plus, caught.value.minus) == (plus, minus)
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    "item",
    [
        "about USD 100 000.00",
        "ABOUT USD100,000.00",
        "APPROXIMATELY 1000 MT",
        "Approximately  1000 MT",
        "QUANTITY: ABOUT 1000 MT",
        "about\n5 EUR per kg",
    ],
)
def test_two_words_before_the_figure_say_about(item: str) -> None:
    assert says_about(item)


@pytest.mark.parametrize(
    "item",
    [
        "USD 100 000.00",
        "circa USD 100 000.00",
        "approx. 1000 MT",
        "ca. 1000 MT",
        "maximum 1000 MT",
        "not exceeding USD 100 000.00",
        "roundabout 1000 MT",
        "1000 cartons of books about ships",
        "",
    ],
)
def test_no_other_word_says_about(item: str) -> None:
    assert not says_about(item)


def test_a_quantity_varies_unless_it_counts_units() -> None:
    assert quantity_tolerance(None, counted_in_units=False) == FIVE_PERCENT
    cartons = quantity_tolerance(None, counted_in_units=True)
    assert (cartons.lowest(1000), cartons.highest(1000)) == (1000, 1000)
    for counted in (True, False):
        assert quantity_tolerance(ABOUT, counted_in_units=counted) == ABOUT
        stated = quantity_tolerance(Tolerance(3, 2), counted_in_units=counted)
        assert (stated.lowest(1000), stated.highest(1000)) == (980, 1030)


# tolerance_stated, counted_in_units, quantity_in_full, unit_price_kept: allowed.
FIVE_PERCENT_LESS = {
    (False, False, False, False): False,
    (False, False, False, True): False,
    (False, False, True, False): False,
    (False, False, True, True): True,
    (False, True, False, False): True,
    (False, True, False, True): True,
    (False, True, True, False): True,
    (False, True, True, True): True,
}


@pytest.mark.parametrize("stated", [False, True])
@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("in_full", [False, True])
@pytest.mark.parametrize("kept", [False, True])
def test_five_per_cent_less(stated: bool, counted: bool, in_full: bool, kept: bool) -> None:
    # A tolerance of the credit's own excludes it in every case.
    expected = FIVE_PERCENT_LESS.get((stated, counted, in_full, kept), False)
    answer = five_percent_less_allowed(
        tolerance_stated=stated,
        counted_in_units=counted,
        quantity_in_full=in_full,
        unit_price_kept=kept,
    )
    assert answer is expected


@pytest.mark.parametrize(
    ("tolerance", "partial", "five_less", "least"),
    [
        (None, False, True, 95_000_00),
        (None, False, False, 100_000_00),
        (Tolerance(5, 10), False, False, 90_000_00),
        (Tolerance(5, 0), False, False, 100_000_00),
        (ABOUT, False, False, 90_000_00),
        # Where partial drawings are allowed no floor binds.
        (None, True, True, 0),
        (Tolerance(5, 10), True, False, 0),
    ],
)
def test_the_least_drawing(
    tolerance: Tolerance | None, partial: bool, five_less: bool, least: int
) -> None:
    answer = least_drawing(
        AMOUNT, tolerance, partial_drawings_allowed=partial, five_percent_less=five_less
    )
    assert answer == least
    assert is_short_drawn(least - 1, answer)
    assert not is_short_drawn(least, answer)
    assert not is_short_drawn(least + 1, answer)


@pytest.mark.parametrize(
    ("tolerance", "additional", "drawn", "left"),
    [
        (Tolerance(5, 10), 0, 0, 105_000_00),
        (None, 0, 0, 100_000_00),
        (None, 0, 60_000_00, 40_000_00),
        # The tolerance does not raise the additional amounts.
        (Tolerance(5, 10), 10_000_00, 15_000_00, 100_000_00),
        # More was honoured than is now in force, as after an amendment that lowers the amount.
        (None, 0, 100_000_01, 0),
    ],
)
def test_what_is_available(
    tolerance: Tolerance | None, additional: int, drawn: int, left: int
) -> None:
    answer = available(AMOUNT, tolerance, additional=additional, drawn=drawn)
    assert answer == left
    assert not is_overdrawn(left - 1, answer)
    assert not is_overdrawn(left, answer)
    assert is_overdrawn(left + 1, answer)


def test_a_bank_pays_no_more_than_is_available() -> None:
    assert payable(101_000_00, 100_000_00) == 100_000_00
    assert payable(99_000_00, 100_000_00) == 99_000_00

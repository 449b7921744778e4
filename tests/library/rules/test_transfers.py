# SPDX-License-Identifier: Apache-2.0
"""Transfers by UCP 600 art. 38: what a part reduces, its insurance and its share."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangshan.credit.transfers import (
    NothingTransferred,
    Reduction,
    Wider,
    insurance_percentage,
    left_for_differences,
    permitted_reductions,
    printed_percentage,
    rise,
)

PART = Reduction(100, 100, date(2025, 11, 30), date(2025, 11, 15), 15)


def wider(part: Reduction, **changes: object) -> list[Wider]:
    credit: dict[str, object] = {
        "plus_tolerance": 0,
        "expiry": date(2025, 11, 30),
        "latest_shipment": date(2025, 11, 15),
        "presentation_period": 15,
    }
    return permitted_reductions(part, **credit | changes)  # type: ignore[arg-type]


def test_a_part_as_wide_as_its_credit_is_allowed() -> None:
    assert wider(PART) == []


@pytest.mark.parametrize(
    ("part", "credit", "expected"),
    [
        (
            Reduction(100, 101, PART.expiry, PART.latest_shipment, 15),
            {},
            [Wider("amount", 101, 100)],
        ),
        (Reduction(100, 0, PART.expiry, PART.latest_shipment, 15), {}, [Wider("amount", 0, 100)]),
        (
            Reduction(100, 97, PART.expiry, PART.latest_shipment, 15),
            {"plus_tolerance": 5},
            [Wider("amount", 97, 95)],
        ),
        (
            Reduction(100, 100, date(2025, 12, 1), PART.latest_shipment, 15),
            {},
            [Wider("expiry", date(2025, 12, 1), date(2025, 11, 30))],
        ),
        (
            Reduction(100, 100, PART.expiry, date(2025, 11, 16), 15),
            {},
            [Wider("latest_shipment", date(2025, 11, 16), date(2025, 11, 15))],
        ),
        (
            Reduction(100, 100, PART.expiry, None, 15),
            {},
            [Wider("latest_shipment", None, date(2025, 11, 15))],
        ),
        (Reduction(100, 100, PART.expiry, None, 15), {"latest_shipment": None}, []),
        (
            Reduction(100, 100, PART.expiry, PART.latest_shipment, 16),
            {},
            [Wider("presentation_period", 16, 15)],
        ),
        # Silence is 21 days, in the credit and in the part.
        (
            Reduction(100, 100, PART.expiry, PART.latest_shipment, 22),
            {"presentation_period": 0},
            [Wider("presentation_period", 22, 21)],
        ),
        (
            Reduction(100, 100, PART.expiry, PART.latest_shipment, 0),
            {"presentation_period": 20},
            [Wider("presentation_period", 0, 20)],
        ),
        (
            Reduction(100, 100, PART.expiry, PART.latest_shipment, 0),
            {"presentation_period": 0, "default_period": False},
            [],
        ),
        (
            Reduction(100, 100, PART.expiry, PART.latest_shipment, 0),
            {"presentation_period": 60, "default_period": False},
            [Wider("presentation_period", 0, 60)],
        ),
    ],
)
def test_a_part_that_is_wider_is_told_in_which_term(
    part: Reduction, credit: dict[str, object], expected: list[Wider]
) -> None:
    assert wider(part, **credit) == expected
    assert all(found.article == "UCP 600 art. 38(g)" for found in expected)


def test_every_wider_term_is_told() -> None:
    part = Reduction(1, 2, date(2026, 1, 1), None, 0)
    assert [found.term for found in wider(part)] == [
        "amount",
        "expiry",
        "latest_shipment",
        "presentation_period",
    ]


@pytest.mark.parametrize(
    ("transferred", "text"),
    [(8_000_000, "137.50"), (7_000_000, "157.15"), (6_600_000, "166.67"), (10_000_000, "110.00")],
)
def test_the_percentage_of_insurance_of_the_domain(transferred: int, text: str) -> None:
    assert printed_percentage(insurance_percentage(11_000_000, transferred)) == text


def test_the_percentage_is_kept_as_a_fraction() -> None:
    assert insurance_percentage(11_000_000, 7_000_000) == Fraction(1100, 7)


@pytest.mark.parametrize("value", [0, -1])
def test_a_part_for_nothing_has_no_percentage(value: int) -> None:
    with pytest.raises(NothingTransferred) as caught:
        insurance_percentage(1, value)
    assert caught.value.value == value
    assert str(caught.value) == (
        f"A part for {value} has no percentage of insurance; expected an amount above zero."
    )


@given(st.integers(0, 2**64), st.integers(1, 2**64))
def test_a_printed_percentage_covers_what_is_required(cover: int, transferred: int) -> None:
    printed = Decimal(printed_percentage(insurance_percentage(cover, transferred)))
    assert Fraction(printed) * transferred >= cover * 100
    # A hundredth less would not.
    if cover:
        assert Fraction(printed - Decimal("0.01")) * transferred < cover * 100


@given(st.integers(0, 2**64), st.integers(0, 99))
def test_an_increase_never_adds_more_than_it_may(increase: int, plus: int) -> None:
    exact = Decimal(increase) * (100 + plus) / 100
    assert rise(increase, plus) == int(exact.to_integral_value(ROUND_CEILING))


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 99))
def test_what_an_increase_adds_lies_within_its_rise(amount: int, more: int, plus: int) -> None:
    """Whatever the amount that it comes upon, the share is enough."""
    share = 2 * (amount + more + 1)
    before = left_for_differences(share, amount, plus, 0, 0)
    after = left_for_differences(share, amount + more, plus, 0, 0)
    assert before - after <= rise(more, plus)


def test_what_a_share_has_left() -> None:
    assert left_for_differences(100, 80, 0, 0, 0) == 20
    assert left_for_differences(100, 80, 10, 5, 7) == 0
    assert left_for_differences(99, 90, 5, 2, 1) == 2

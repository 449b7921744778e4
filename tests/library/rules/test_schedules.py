# SPDX-License-Identifier: Apache-2.0
"""Amounts of a credit over time, against exact fractions and counts of single days."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from yangshan.credit.schedules import (
    BadSchedule,
    Instalment,
    Renewal,
    Revolving,
    Standing,
    advance_available_on,
    available_on,
    check_instalments,
    divide,
    instalment_of,
    is_missed,
    recovered,
)

START = date(2025, 9, 1)
DAY = timedelta(days=1)
# Three months with a gap of two days before the last.
ROWS = (
    Instalment(100, date(2025, 9, 1), date(2025, 9, 30)),
    Instalment(200, date(2025, 10, 1), date(2025, 10, 29)),
    Instalment(300, date(2025, 11, 1), date(2025, 11, 30)),
)


# Slices


@pytest.mark.parametrize(
    ("drawing", "weights", "parts"),
    [
        (100, (30, 70), (30, 70)),
        (101, (30, 70), (30, 71)),
        (1, (30, 50, 15, 5), (0, 0, 0, 1)),
        (10, (1, 1, 1), (3, 3, 4)),
        (0, (1, 2), (0, 0)),
        (128_000_000, (30, 50, 15, 5), (38_400_000, 64_000_000, 19_200_000, 6_400_000)),
        (7, (5,), (7,)),
    ],
)
def test_a_drawing_is_divided(drawing: int, weights: tuple[int, ...], parts: object) -> None:
    assert divide(drawing, weights) == parts


def test_each_part_but_the_last_is_the_exact_one_rounded_down() -> None:
    source = random.Random(600)
    for _ in range(2_000):
        weights = [source.randint(1, 10**6) for _ in range(source.randint(1, 4))]
        drawing = source.randint(0, 10**12)
        parts = divide(drawing, weights)
        exact = [Fraction(drawing * weight, sum(weights)) for weight in weights]
        assert sum(parts) == drawing
        assert list(parts[:-1]) == [each.numerator // each.denominator for each in exact[:-1]]
        assert 0 <= parts[-1] - exact[-1] < len(weights)


@pytest.mark.parametrize("weights", [(), (0,), (1, 0), (-1, 2)])
def test_what_does_not_divide(weights: tuple[int, ...]) -> None:
    with pytest.raises(BadSchedule) as caught:
        divide(1, weights)
    assert "weights above zero" in str(caught.value)


# Revolving


def brute_period(revolving: Revolving, day: date) -> int:
    """Periods counted day by day."""
    assert revolving.start is not None
    period, current = 0, revolving.start
    while current < day:
        current += DAY
        if (current - revolving.start).days % revolving.period == 0:
            period += 1
    return min(period, revolving.times)


@pytest.mark.parametrize("length", [1, 2, 7, 30, 31, 365])
@pytest.mark.parametrize("times", [1, 2, 11])
def test_a_period_is_whole_days(length: int, times: int) -> None:
    revolving = Revolving(Renewal.BY_TIME, times, length, START)
    for days in (-400, -1, 0, 1, length - 1, length, length + 1, times * length, 5 * 365):
        day = START + days * DAY
        expected = brute_period(revolving, day) if day > START else 0
        assert revolving.period_of(day) == expected, day


@pytest.mark.parametrize("renewal", Renewal)
def test_what_is_drawn_stays_within_all_renewals(renewal: Renewal) -> None:
    """A greedy beneficiary that demands all there is, every day."""
    by_time = renewal is not Renewal.BY_USE
    revolving = Revolving(renewal, 3, 30, START) if by_time else Revolving(renewal, 3)
    drawn, here = 0, {}
    for days in range(-10, 200):
        day = START + days * DAY
        period = revolving.period_of(day)
        standing = Standing(drawn=drawn, here=here.get(period, 0))
        left = available_on(day, 1_000, standing, revolving=revolving)
        assert 0 <= left <= 1_000
        here[period] = here.get(period, 0) + left
        drawn += left
        if renewal is not Renewal.BY_USE:
            assert drawn == 1_000 * (period + 1)
    assert drawn == 4_000


def test_what_a_period_leaves() -> None:
    for renewal, expected in ((Renewal.BY_TIME, 1_000), (Renewal.BY_TIME_CUMULATIVE, 1_700)):
        revolving = Revolving(renewal, 1, 30, START)
        standing = Standing(drawn=300)
        assert available_on(START + 30 * DAY, 1_000, standing, revolving=revolving) == expected


@pytest.mark.parametrize(
    ("renewal", "times", "period", "start"),
    [
        (Renewal.BY_TIME, 0, 30, START),
        (Renewal.BY_TIME, 1, 0, START),
        (Renewal.BY_TIME, 1, 30, None),
        (Renewal.BY_TIME_CUMULATIVE, 1, 0, None),
        (Renewal.BY_USE, 0, 0, None),
        (Renewal.BY_USE, 1, 30, None),
        (Renewal.BY_USE, 1, 0, START),
    ],
)
def test_what_does_not_revolve(
    renewal: Renewal, times: int, period: int, start: date | None
) -> None:
    with pytest.raises(BadSchedule):
        Revolving(renewal, times, period, start)


def test_no_more_is_available_than_the_chain_can_count() -> None:
    most = 2**64 - 1
    revolving = Revolving(Renewal.BY_TIME_CUMULATIVE, 9, 1, START)
    assert available_on(START + 9 * DAY, most, Standing(), revolving=revolving) == most
    assert available_on(START, 2 * most, Standing()) == most


# Instalments (UCP 600 art. 32)


def test_article_32_a_shipment_belongs_to_the_instalment_of_its_day() -> None:
    for days in range(-2, 95):
        day = START + days * DAY
        # Day by day: the instalments whose days it is one of.
        expected = None
        for place, row in enumerate(ROWS):
            each = row.first
            while each <= row.last:
                if each == day:
                    expected = place
                each += DAY
        assert instalment_of(day, ROWS) == expected
        nothing_late = is_missed(day, ROWS, (), lambda _: False)
        assert nothing_late == (expected is None)
    assert instalment_of(None, ROWS) is None
    assert is_missed(None, ROWS, (), lambda _: False)


@pytest.mark.parametrize(
    ("shipped", "on_record", "late_from", "missed"),
    [
        # The first was not shipped, and its documents would be late.
        (date(2025, 10, 5), (), date(2025, 9, 30), True),
        # They could still come.
        (date(2025, 10, 5), (), date(2025, 9, 29), False),
        (date(2025, 10, 5), (date(2025, 9, 1),), date(2025, 9, 30), False),
        (date(2025, 10, 5), (date(2025, 9, 30),), date(2025, 9, 30), False),
        (date(2025, 10, 5), (date(2025, 8, 31), date(2025, 10, 1)), date(2025, 9, 30), True),
        # The second of the two before it is enough, and later ones do not count.
        (date(2025, 11, 5), (date(2025, 9, 5),), date(2025, 10, 29), True),
        (date(2025, 10, 5), (date(2025, 9, 5),), date(2025, 12, 31), False),
        (date(2025, 9, 5), (), date(2025, 12, 31), False),
    ],
)
def test_article_32_what_follows_a_missed_instalment_is_missed(
    shipped: date, on_record: tuple[date, ...], late_from: date, missed: bool
) -> None:
    assert is_missed(shipped, ROWS, on_record, lambda last: last <= late_from) == missed


def test_without_instalments_nothing_is_missed() -> None:
    assert not is_missed(None, (), (), lambda _: True)
    assert not is_missed(START, (), (), lambda _: True)


def test_article_32_what_may_be_instalments() -> None:
    check_instalments(ROWS, 600)
    check_instalments(ROWS)
    one = Instalment(1, START, START)
    check_instalments([Instalment(1, START + n * DAY, START + n * DAY) for n in range(16)], 16)
    for rows, amount in (
        ((), None),
        ([Instalment(1, START + n * DAY, START + n * DAY) for n in range(17)], None),
        (ROWS, 599),
        (ROWS, 601),
        ((Instalment(0, START, START),), None),
        ((Instalment(1, START, START - DAY),), None),
        ((one, one), None),
        ((one, Instalment(1, START - DAY, START - DAY)), None),
    ):
        with pytest.raises(BadSchedule):
            check_instalments(rows, amount)


def test_an_instalment_and_the_credit_bound_each_other() -> None:
    assert available_on(START, 600, Standing(here=30), instalment_ceiling=100) == 70
    assert available_on(START, 600, Standing(drawn=550), instalment_ceiling=100) == 50
    assert available_on(START, 600, Standing(here=101), instalment_ceiling=100) == 0
    assert available_on(START, 600, Standing(drawn=601)) == 0


# Advances before shipment


def test_what_is_drawn_is_never_counted_twice() -> None:
    """Advances and shipments in any order: owed in all is what is shipped or advanced."""
    source = random.Random(39)
    for _ in range(500):
        limit, standing, owed, shipped = source.randint(1, 1_000), Standing(), 0, 0
        for _ in range(20):
            drawn, taken, back = standing.drawn, standing.advanced, standing.recovered
            if source.random() < 0.4:
                most = advance_available_on(START, 1_000, limit, standing)
                amount = source.randint(0, most)
                owed += amount
                standing = Standing(drawn + amount, 0, taken + amount, back)
            else:
                most = available_on(START, 1_000, standing)
                demanded = source.randint(0, most)
                part = recovered(demanded, standing.outstanding)
                shipped += demanded
                owed += demanded - part
                standing = Standing(drawn + demanded - part, 0, taken, back + part)
            assert standing.advanced <= limit
            assert standing.drawn == owed == shipped + standing.outstanding <= 1_000


def test_an_advance_stays_within_what_the_credit_has() -> None:
    assert advance_available_on(START, 1_000, 300, Standing()) == 300
    assert advance_available_on(START, 1_000, 300, Standing(200, 0, 200, 200)) == 100
    assert advance_available_on(START, 1_000, 300, Standing(drawn=900)) == 100
    assert advance_available_on(START, 1_000, 300, Standing(drawn=1_001)) == 0
    revolving = Revolving(Renewal.BY_TIME_CUMULATIVE, 1, 30, START)
    later = START + 30 * DAY
    assert (
        advance_available_on(later, 1_000, 300, Standing(drawn=1_900), revolving=revolving) == 100
    )

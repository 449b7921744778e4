# SPDX-License-Identifier: Apache-2.0
"""Ceilings and floors on the chain against the library and against exact fractions."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from vocabulary import Flag
from world import ISSUER, Issuance, World, account, desk

from yangshan.credit.amounts import (
    Tolerance,
    available,
    five_percent_less_allowed,
    is_overdrawn,
    is_short_drawn,
    least_drawing,
)
from yangshan.deployment.plan import CREDITS_EDITION

MOST = 2**64 - 1
DRAWER = account("a contract of presentations")
TRANSFERS = account("a contract of transfers")

# Amount, plus and minus tolerance; the most and the least of a single drawing.
VECTORS = [
    (10_000_000, 5, 10, 10_500_000, 9_000_000),
    (10_000_000, 10, 10, 11_000_000, 9_000_000),
    (48_625_000, 5, 5, 51_056_250, 46_193_750),
    # Article 30(c) for a credit without a tolerance of its own.
    (10_000_000, 0, 0, 10_000_000, 9_500_000),
    (9_999_999, 0, 0, 9_999_999, 9_500_000),
    (9_999_999, 5, 5, 10_499_998, 9_500_000),
    (9_999_999, 5, 0, 10_499_998, 9_999_999),
    (1, 99, 99, 1, 1),
    (1, 0, 0, 1, 1),
    (100, 99, 99, 199, 1),
    (MOST, 0, 0, MOST, MOST - MOST // 20),
]


def ceiling(world: World, amount: int, plus: int, minus: int) -> int:
    """What a contract that draws is told that is left of an undrawn credit."""
    with world.aside():
        at = world.addresses
        arguments = (
            at["AllianceRegistry"],
            at["BankingCalendar"],
            DRAWER,
            TRANSFERS,
            at["CreditSchedules"],
            CREDITS_EDITION,
        )
        world.deploy("Credits", "LetterOfCredit", *arguments)
        terms = issuance(amount, plus, minus)
        number = world.send(desk(ISSUER), "Credits.issue", terms).value
        drawn: int = world.send(DRAWER, "Credits.drawUpTo", number, ISSUER, MOST).value[0]
        return drawn


def issuance(amount: int, plus: int, minus: int) -> Issuance:
    return Issuance(
        amount=amount, plus_tolerance=plus, minus_tolerance=minus, partial_forbidden=True
    )


def is_short(world: World, amount: int, plus: int, minus: int, drawing: int) -> bool:
    with world.aside():
        credit = world.send(
            desk(ISSUER), "LetterOfCredit.issue", issuance(amount, plus, minus)
        ).value
        flags = world.presentation(world.lodge(credit, amount=drawing)).flags
        return bool(Flag(flags) & Flag.SHORT)


def library(amount: int, plus: int, minus: int) -> tuple[int, int]:
    """The most and the least by the library; the chain knows no more than percentages."""
    own = Tolerance(plus, minus) if plus or minus else None
    less = five_percent_less_allowed(
        tolerance_stated=own is not None,
        counted_in_units=True,
        quantity_in_full=True,
        unit_price_kept=True,
    )
    least = least_drawing(amount, own, partial_drawings_allowed=False, five_percent_less=less)
    return available(amount, own, drawn=0), least


@pytest.mark.parametrize(("amount", "plus", "minus", "most", "least"), VECTORS)
def test_vectors(world: World, amount: int, plus: int, minus: int, most: int, least: int) -> None:
    assert library(amount, plus, minus) == (most, least)
    assert ceiling(world, amount, plus, minus) == most
    assert not is_short(world, amount, plus, minus, least)
    assert is_short(world, amount, plus, minus, least - 1)


def test_random_amounts(world: World, seed: int) -> None:
    source = random.Random(seed)
    for _ in range(400):
        plus, minus = source.choice(((0, 0), (source.randint(0, 99), source.randint(0, 99))))
        largest = ((MOST + 1) * 100 - 1) // (100 + plus)
        amount = source.choice(
            (source.randint(1, 200), source.randint(1, 10**10), source.randint(1, largest), largest)
        )
        most = math.floor(amount * Fraction(100 + plus, 100))
        least = math.ceil(amount * Fraction(100 - (minus if plus or minus else 5), 100))
        assert library(amount, plus, minus) == (most, least)
        assert ceiling(world, amount, plus, minus) == most
        assert not is_short(world, amount, plus, minus, least)
        assert is_short(world, amount, plus, minus, least - 1)


def test_the_library_sees_the_flags_of_a_presentation_as_the_chain_does(
    world: World, seed: int
) -> None:
    source = random.Random(seed)
    seen = set()
    for number in range(300):
        amount, plus = source.randint(100, 10**9), source.choice((0, 0, 5, 10))
        minus = source.choice((0, plus))
        most, least = library(amount, plus, minus)
        drawing = source.choice((0, least - 1, least, amount, most, most + 1, most * 2))
        with world.aside():
            credit = world.send(
                desk(ISSUER), "LetterOfCredit.issue", issuance(amount, plus, minus)
            ).value
            flags = Flag(world.presentation(world.lodge(credit, amount=drawing)).flags)
        assert bool(flags & Flag.OVERDRAWN) == is_overdrawn(drawing, most), number
        assert bool(flags & Flag.SHORT) == is_short_drawn(drawing, least), number
        seen.add(flags)
    assert seen == {Flag(0), Flag.OVERDRAWN, Flag.SHORT}

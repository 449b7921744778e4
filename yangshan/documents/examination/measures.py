# SPDX-License-Identifier: Apache-2.0
"""Numbers with their units (UN Recommendations 20 and 21), compared exactly."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from yangshan.documents.examination.model import Measure, exact


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: ``code``, what it measures, how many of the base unit it is, its words.

    ``counted``: packing units and individual items, for which art. 30(b) gives no tolerance.
    """

    code: str
    dimension: str
    factor: Fraction
    words: tuple[str, ...]
    counted: bool


_PACKAGE_IN_20: Final = re.compile(r"X([A-Z0-9]{2})")


@functools.cache
def units() -> Mapping[str, Unit]:
    """The units of the table by code."""
    table = tomllib.loads(files(__package__).joinpath("data/units.toml").read_text("utf-8"))
    found = {}
    for row in table["unit"]:
        unit = Unit(
            row["code"],
            row["dimension"],
            Fraction(row.get("factor", "1")),
            tuple(row["words"]),
            row.get("counted", False),
        )
        for code in (row["code"], *row.get("codes", ())):
            found[code] = unit
    return MappingProxyType(found)


@functools.cache
def _words() -> Mapping[str, Unit]:
    return {word: unit for unit in units().values() for word in unit.words}


def unit_of(code: str) -> Unit | None:
    """The unit of a code; Recommendation 20 writes a package CT as XCT."""
    if found := units().get(code):
        return found
    package = _PACKAGE_IN_20.fullmatch(code)
    return units().get(package[1]) if package else None


def unit_named(word: str) -> Unit | None:
    """The unit that a word of a credit means, in capitals, such as METRIC TONS."""
    return _words().get(word)


def unit_words() -> tuple[str, ...]:
    """Every word of the table, the longest first."""
    return tuple(sorted(_words(), key=lambda word: (-len(word), word)))


def agree(one: Measure, other: Measure) -> bool | None:
    """Whether two measures are one, each as exact as it is written; None if that is not known.

    In one unit they are compared as numbers. In two units each stands for what rounds to it, so
    that 82011.4 LBR and 37200 KGM agree.
    """
    if one.unit == other.unit:
        return one.value == other.value
    first, second = unit_of(one.unit), unit_of(other.unit)
    if first is None or second is None or first.dimension != second.dimension:
        return None
    if first.counted:
        return one.value * first.factor == other.value * second.factor
    apart = abs(one.value * first.factor - other.value * second.factor)
    slack = first.factor * Fraction(1, 2 * 10**one.decimals) + second.factor * Fraction(
        1, 2 * 10**other.decimals
    )
    whole = one.value * first.factor == other.value * second.factor
    return whole or (first.factor / second.factor not in _POWERS and apart <= slack)


# Between tonnes and kilograms nothing is rounded.
_POWERS: Final = frozenset(Fraction(10) ** power for power in range(-9, 10))


def shown(value: Fraction) -> str:
    """An exact number in decimal digits, as a person writes it; nine places where it has no end."""
    places = next((n for n in range(9) if (value * 10**n).denominator == 1), 9)
    whole = f"{round(value * 10**places):0{places + 1}d}"
    return f"{whole[:-places]}.{whole[-places:]}" if places else whole


def number_in(text: str) -> Fraction | None:
    """A number of a credit's text: 1,000.50 or 1000.5."""
    return exact(re.sub(r",(?=\d{3}(?:\D|$))", "", text))

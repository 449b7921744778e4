# SPDX-License-Identifier: Apache-2.0
"""Amounts, quantities and their tolerances (UCP 600 arts 18, 28 and 30).

Amounts are whole minor units of the credit's currency, quantities whole units of the smallest step
in which the documents measure, percentages whole per cent. Ceilings round down and floors round up,
so that no rounding ever allows more than the exact rule does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from yangshan.errors import Refused

INSURED_PERCENT: Final = 110

_HIGHEST_PERCENT: Final = 99
# The word stands before the figure, with at most a currency code between them.
_ABOUT: Final = re.compile(r"\b(?:about|approximately)\s+(?:[a-z]{3}\s*)?\d", re.IGNORECASE)


class BadTolerance(Refused):
    """A tolerance outside 0 to 99 per cent."""

    def __init__(self, plus: int, minus: int) -> None:
        super().__init__(
            f"A tolerance of plus {plus} and minus {minus} per cent is not possible; "
            f"expected 0 to {_HIGHEST_PERCENT} each."
        )
        self.plus = plus
        self.minus = minus


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How many per cent more and less than stated is allowed; raises :class:`BadTolerance`."""

    plus: int
    minus: int

    def __post_init__(self) -> None:
        if not (0 <= self.plus <= _HIGHEST_PERCENT and 0 <= self.minus <= _HIGHEST_PERCENT):
            raise BadTolerance(self.plus, self.minus)

    def highest(self, stated: int) -> int:
        """The most that this allows of ``stated``."""
        return stated * (100 + self.plus) // 100

    def lowest(self, stated: int) -> int:
        """The least that this allows of ``stated``."""
        return -(-stated * (100 - self.minus) // 100)


EXACT: Final = Tolerance(0, 0)
ABOUT: Final = Tolerance(10, 10)
FIVE_PERCENT: Final = Tolerance(5, 5)


def says_about(item: str) -> bool:
    """Whether "about" or "approximately" stands before the figure of ``item`` (art. 30(a)).

    ``item`` is the text of one amount, quantity or unit price, and :data:`ABOUT` then goes for that
    item alone. No other word has this effect.
    """
    return _ABOUT.search(item) is not None


def quantity_tolerance(stated: Tolerance | None, *, counted_in_units: bool) -> Tolerance:
    """The tolerance of a quantity (UCP 600 art. 30(b)).

    ``stated`` is the credit's own one for this quantity, or :data:`ABOUT`. Without it, five per
    cent either way unless the credit counts packing units or individual items. More goods never
    raise the amount that may be drawn.
    """
    if stated is not None:
        return stated
    return EXACT if counted_in_units else FIVE_PERCENT


def five_percent_less_allowed(
    *,
    tolerance_stated: bool,
    counted_in_units: bool,
    quantity_in_full: bool,
    unit_price_kept: bool,
    excluded: bool = False,
) -> bool:
    """Whether five per cent less than the amount may be drawn (UCP 600 art. 30(c)).

    Not where the credit states a tolerance of its own or says "about" or "approximately" anywhere,
    nor where it has the rule ``excluded`` (art. 1).
    Otherwise where the quantity is shipped in full and the unit price is not reduced, each if the
    credit states one, and in any case where art. 30(b) does not apply to the quantity.
    """
    if tolerance_stated or excluded:
        return False
    return counted_in_units or (quantity_in_full and unit_price_kept)


def least_drawing(
    amount: int,
    tolerance: Tolerance | None,
    *,
    partial_drawings_allowed: bool,
    five_percent_less: bool,
) -> int:
    """The least that one drawing may be (UCP 600 arts 30(a), 30(c) and 31(a)).

    ``tolerance`` is the amount's own one, :data:`ABOUT` included. A floor binds only where partial
    drawings are not allowed; ``five_percent_less`` is :func:`five_percent_less_allowed`.
    """
    if partial_drawings_allowed:
        return 0
    if tolerance is not None:
        return tolerance.lowest(amount)
    return FIVE_PERCENT.lowest(amount) if five_percent_less else amount


def available(
    amount: int,
    tolerance: Tolerance | None,
    *,
    additional: int = 0,
    additional_raised: bool = False,
    drawn: int,
) -> int:
    """What may still be drawn (UCP 600 arts 18(b) and 30(a)); never less than nothing.

    ``amount`` is the one in force in the terms of the bank that undertakes, ``additional`` the sum
    of the additional amounts (39C) of the items that are claimed, and ``drawn`` what has been
    honoured or is due. No tolerance raises the additional amounts, unless the credit says so:
    ``additional_raised``. That is how banks read it; no article settles it.
    """
    allowed = tolerance or EXACT
    most = (
        allowed.highest(amount + additional)
        if additional_raised
        else (allowed.highest(amount) + additional)
    )
    return max(0, most - drawn)


def is_overdrawn(drawing: int, still_available: int) -> bool:
    """Whether a drawing is more than what is :func:`available`."""
    return drawing > still_available


def is_short_drawn(drawing: int, least: int) -> bool:
    """Whether a drawing is less than the :func:`least_drawing`."""
    return drawing < least


def payable(invoiced: int, still_available: int) -> int:
    """What a bank pays on an invoice that it accepts above the credit (UCP 600 art. 18(b))."""
    return min(invoiced, still_available)


def insured_minimum(value: int, percent: int = INSURED_PERCENT) -> int:
    """The least insurance cover of a CIF or CIP value (UCP 600 art. 28(f)(ii)).

    ``percent`` is the credit's own percentage, if it states one.
    """
    return -(-value * percent // 100)


def insured_minimum_without_value(
    demanded: int, invoiced: int, percent: int = INSURED_PERCENT
) -> int:
    """The least insurance cover if no CIF or CIP value can be determined (UCP 600 art. 28(f)(ii)).

    Of the amount demanded and the gross value of the goods on the invoice, the greater counts.
    """
    return insured_minimum(max(demanded, invoiced), percent)

# SPDX-License-Identifier: Apache-2.0
"""Transfers of a credit (UCP 600 art. 38): what a part may reduce, insurance, and its share.

Amounts are whole minor units, percentages whole per cent, days the days by which the caller counts
them: whole numbers, or dates. The contracts hold the same rules; a test holds the two to each
other.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from yangshan.credit.amounts import EXACT, Tolerance
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

# UCP 600 art. 14(c), where a credit states no period for presentation.
DEFAULT_PERIOD = 21


class NothingTransferred(Refused):
    """An insurance percentage of a part that is for nothing."""

    def __init__(self, value: int) -> None:
        super().__init__(
            f"A part for {value} has no percentage of insurance; expected an amount above zero."
        )
        self.value = value


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a part is to have of its credit; ``share`` is what it takes with the tolerance.

    ``latest_shipment`` is None and ``presentation_period`` 0 where the part states none.
    """

    share: int
    amount: int
    expiry: Any
    latest_shipment: Any
    presentation_period: int


@dataclass(frozen=True, slots=True)
class Wider:
    """A term in which a part would be wider than its credit, and the widest it may be."""

    term: str
    given: Any
    most: Any
    article: str = "UCP 600 art. 38(g)"


def permitted_reductions(
    part: Reduction,
    *,
    plus_tolerance: int,
    expiry: Any,
    latest_shipment: Any,
    presentation_period: int,
    default_period: bool = True,
) -> list[Wider]:
    """Every term in which a part is wider than its credit, whose terms the keywords give.

    Only the amount, the expiry, the latest shipment and the period for presentation may shrink; a
    unit price shrinks with the amount, and the insurance percentage rises instead
    (:func:`insurance_percentage`). ``default_period``: a credit that is silent has 21 days.
    """
    return list(
        _wider(part, plus_tolerance, expiry, latest_shipment, presentation_period, default_period)
    )


def _wider(
    part: Reduction,
    plus_tolerance: int,
    expiry: Any,
    latest_shipment: Any,
    presentation_period: int,
    default_period: bool,
) -> Iterator[Wider]:
    most = part.share * 100 // (100 + plus_tolerance)
    if part.amount <= 0 or _highest(part.amount, plus_tolerance) > part.share:
        yield Wider("amount", part.amount, most)
    if part.expiry > expiry:
        yield Wider("expiry", part.expiry, expiry)
    latest = part.latest_shipment
    if latest_shipment is not None and (latest is None or latest > latest_shipment):
        yield Wider("latest_shipment", latest, latest_shipment)
    bound = _period(presentation_period, default_period)
    period = _period(part.presentation_period, default_period)
    if bound is not None and (period is None or period > bound):
        yield Wider("presentation_period", part.presentation_period, bound)


def _period(stated: int, default_period: bool) -> int | None:
    if stated:
        return stated
    return DEFAULT_PERIOD if default_period else None


def _highest(amount: int, plus_tolerance: int) -> int:
    tolerance = Tolerance(plus_tolerance, 0) if plus_tolerance else EXACT
    return tolerance.highest(amount)


def insurance_percentage(required_cover: int, transferred: int) -> Fraction:
    """The percentage that gives a part for ``transferred`` the cover that the credit requires.

    Raises :class:`NothingTransferred`.
    """
    if transferred <= 0:
        raise NothingTransferred(transferred)
    return Fraction(required_cover * 100, transferred)


def printed_percentage(percentage: Fraction) -> str:
    """A percentage as a credit states it: two decimals, rounded up."""
    hundredths = -(-percentage.numerator * 100 // percentage.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def left_for_differences(
    share: int, amount: int, plus_tolerance: int, differences: int, reserved: int
) -> int:
    """What a share has left beyond what its part may be drawn for (art. 38(h)).

    ``differences`` are what the first beneficiary draws already, ``reserved`` what amendments that
    the second one has not answered may add.
    """
    return share - differences - reserved - _highest(amount, plus_tolerance)


def rise(increase: int, plus_tolerance: int) -> int:
    """What an increase of a part may add to what can be drawn, at most: rounded up."""
    return -(-increase * (100 + plus_tolerance) // 100)

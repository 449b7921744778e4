# SPDX-License-Identifier: Apache-2.0
"""What a credit says of its amounts over time: slices, instalments, revolving amounts, advances.

The rules of the contract CreditSchedules, offline: mixed payment (field 42M; UCP 600 art. 6(b)),
instalments (art. 32), and revolving amounts and advances before shipment, of which no article of
UCP 600 tells: the credit itself must. Amounts are whole minor units, days are dates.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yangshan.errors import Refused

MOST_SLICES = 4
MOST_INSTALMENTS = 16
# What the chain can count as drawn.
_LARGEST = 2**64 - 1


class BadSchedule(Refused):
    """A schedule that contradicts itself, or more than a credit may have."""


class Renewal(StrEnum):
    """How the amount of a credit revolves."""

    BY_TIME = "by time"
    BY_TIME_CUMULATIVE = "by time, cumulative"
    BY_USE = "by use"


@dataclass(frozen=True, slots=True)
class Revolving:
    """An amount that is renewed ``times`` times, so that it can be drawn once more than that.

    By time every ``period`` days from ``start`` on; by use with every drawing, by what that drew.
    Raises :class:`BadSchedule`.
    """

    renewal: Renewal
    times: int
    period: int = 0
    start: date | None = None

    def __post_init__(self) -> None:
        by_time = self.renewal is not Renewal.BY_USE
        if self.times < 1:
            raise BadSchedule(f"A revolving credit is renewed at least once, not {self.times}.")
        if by_time != (self.period > 0) or by_time != (self.start is not None):
            raise BadSchedule(
                "A credit that revolves by time has periods of whole days and a first day; one "
                "that revolves by use has neither."
            )

    def period_of(self, day: date) -> int:
        """The number of the period of a day, from 0; the first and the last have no end."""
        if self.start is None or day < self.start:
            return 0
        return min((day - self.start).days // self.period, self.times)

    def whole(self, ceiling: int, day: date) -> int:
        """The most that may be drawn in all up to a day, of an amount with its tolerance."""
        cumulative = self.renewal is Renewal.BY_TIME_CUMULATIVE
        renewals = self.period_of(day) if cumulative else self.times
        return min(ceiling * (renewals + 1), _LARGEST)


@dataclass(frozen=True, slots=True)
class Instalment:
    """A shipment with its drawing within given days, both included (UCP 600 art. 32)."""

    amount: int
    first: date
    last: date

    def includes(self, day: date) -> bool:
        """Whether a shipment of this day is within it."""
        return self.first <= day <= self.last


def check_instalments(instalments: Sequence[Instalment], amount: int | None = None) -> None:
    """Raises :class:`BadSchedule` unless they are one after the other and come to ``amount``."""
    if not 1 <= len(instalments) <= MOST_INSTALMENTS:
        raise BadSchedule(
            f"A schedule has 1 to {MOST_INSTALMENTS} instalments; {len(instalments)} were given."
        )
    before: date | None = None
    for place, each in enumerate(instalments, 1):
        follows = before is None or before < each.first
        if each.amount < 1 or each.last < each.first or not follows:
            raise BadSchedule(
                f"Instalment {place} has an amount above zero and days that begin after those of "
                f"the one before it; {each.amount} from {each.first} to {each.last} was given."
            )
        before = each.last
    total = sum(each.amount for each in instalments)
    if amount is not None and total != amount:
        raise BadSchedule(f"The instalments come to {total}; the credit is for {amount}.")


def instalment_of(shipped: date | None, instalments: Sequence[Instalment]) -> int | None:
    """The place of the instalment of a shipment, from 0; None if it is in none."""
    if shipped is None:
        return None
    return next((i for i, each in enumerate(instalments) if each.includes(shipped)), None)


def is_missed(
    shipped: date | None,
    instalments: Sequence[Instalment],
    on_record: Collection[date],
    comes_late: Callable[[date], bool],
) -> bool:
    """Whether documents are of no instalment, or come after one of which nothing was shipped.

    UCP 600 art. 32: then the credit is not available for that and any later instalment.
    ``on_record`` are the days of shipment of all documents lodged so far; ``comes_late`` says
    whether documents of a shipment on a day would now come too late (art. 14(c), 29(a)): until then
    nothing shows that an instalment was not shipped. Without instalments nothing is missed.
    """
    if not instalments:
        return False
    place = instalment_of(shipped, instalments)
    if place is None:
        return True
    return any(
        comes_late(each.last) and not any(each.includes(day) for day in on_record)
        for each in instalments[:place]
    )


def divide(drawing: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The parts of a drawing by the weights of its slices; together they are the drawing.

    Each part rounds down to a minor unit, and the last takes what that leaves. Raises
    :class:`BadSchedule` without a weight, or for one that is not above zero.
    """
    if not weights or min(weights) < 1:
        raise BadSchedule("A drawing is divided by weights above zero, at least one.")
    total = sum(weights)
    parts = [drawing * weight // total for weight in weights[:-1]]
    return (*parts, drawing - sum(parts))


def recovered(drawing: int, outstanding: int) -> int:
    """How much of a drawing recovers advances before shipment: all that it can."""
    return min(drawing, outstanding)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was drawn under a credit so far, in minor units.

    ``drawn`` is what banks owe or paid; ``here`` what was drawn in the instalment of the shipment,
    or in the period of the day; ``advanced`` and ``recovered`` are the advances before shipment.
    """

    drawn: int = 0
    here: int = 0
    advanced: int = 0
    recovered: int = 0

    @property
    def outstanding(self) -> int:
        """Advances that no drawing has recovered yet."""
        return self.advanced - self.recovered


def available_on(
    day: date,
    ceiling: int,
    standing: Standing,
    *,
    revolving: Revolving | None = None,
    instalment_ceiling: int | None = None,
) -> int:
    """What a demand that is received on a day may come to, what recovers advances included.

    ``ceiling`` is the amount with its tolerance, ``instalment_ceiling`` that of the instalment of
    the shipment, None if it is of none.
    """
    whole = revolving.whole(ceiling, day) if revolving else min(ceiling, _LARGEST)
    left = max(0, whole - (standing.drawn - standing.outstanding))
    if instalment_ceiling is not None:
        return min(left, max(0, min(instalment_ceiling, _LARGEST) - standing.here))
    if revolving is not None and revolving.renewal is Renewal.BY_TIME:
        return min(left, max(0, ceiling - standing.here))
    if revolving is not None and revolving.renewal is Renewal.BY_USE:
        return min(left, ceiling)
    return left


def advance_available_on(
    day: date,
    ceiling: int,
    limit: int,
    standing: Standing,
    *,
    revolving: Revolving | None = None,
) -> int:
    """What may be advanced before shipment on a day under a red clause of this limit."""
    whole = revolving.whole(ceiling, day) if revolving else min(ceiling, _LARGEST)
    return max(0, min(limit - standing.advanced, whole - standing.drawn))

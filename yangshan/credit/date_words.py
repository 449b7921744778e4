# SPDX-License-Identifier: Apache-2.0
"""What the words that a credit uses around dates include and exclude (UCP 600 art. 3)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Final

from yangshan.errors import Refused

_ONE_DAY: Final = timedelta(days=1)
_ON_OR_ABOUT: Final = timedelta(days=5)


class EmptyDateRange(Refused):
    """A range of dates that ends before it begins."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"A period cannot begin on {first} and end on {last}.")
        self.first = first
        self.last = last


@dataclass(frozen=True, slots=True)
class DateRange:
    """The dates from ``first`` to ``last``, both included; None leaves that side open.

    Raises :class:`EmptyDateRange`.
    """

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise EmptyDateRange(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class ShipmentWord(StrEnum):
    """A word that bounds a period of shipment by one date (UCP 600 art. 3)."""

    TO = "to"
    UNTIL = "until"
    TILL = "till"
    FROM = "from"
    BEFORE = "before"
    AFTER = "after"


class MonthPart(Enum):
    """A part of a month: its first day and its last, None for the end of the month (art. 3)."""

    FIRST_HALF = (1, 15)
    SECOND_HALF = (16, None)
    BEGINNING = (1, 10)
    MIDDLE = (11, 20)
    END = (21, None)


def shipment_period(word: ShipmentWord, day: date) -> DateRange:
    """The dates that ``word`` with ``day`` allows for shipment (UCP 600 art. 3).

    "Before" and "after" leave out the date that they name, all other words include it.
    """
    match word:
        case ShipmentWord.TO | ShipmentWord.UNTIL | ShipmentWord.TILL:
            return DateRange(None, day)
        case ShipmentWord.FROM:
            return DateRange(day, None)
        case ShipmentWord.BEFORE:
            return DateRange(None, day - _ONE_DAY)
        case ShipmentWord.AFTER:
            return DateRange(day + _ONE_DAY, None)


def between(first: date, last: date) -> DateRange:
    """Shipment "between" two dates, both included (UCP 600 art. 3); raises EmptyDateRange."""
    return DateRange(first, last)


def on_or_about(day: date) -> DateRange:
    """Five days before to five days after the date of an event (UCP 600 art. 3).

    For events such as shipment; an expiry date is never "about".
    """
    return DateRange(day - _ON_OR_ABOUT, day + _ON_OR_ABOUT)


def part_of_month(part: MonthPart, year: int, month: int) -> DateRange:
    """The dates of a half, the beginning, the middle or the end of a month (UCP 600 art. 3)."""
    first, last = part.value
    if last is None:
        last = calendar.monthrange(year, month)[1]
    return DateRange(date(year, month, first), date(year, month, last))


def within_days_of(event: date, days: int, *, after_only: bool = False) -> DateRange:
    """What "within ``days`` days of" an event means: that many days before and after (ISBP A12).

    Practice rather than rule: a date outside is a matter for the examiner, not a refusal by itself.
    ``after_only`` for a credit that means the days after the event alone.
    """
    first = event if after_only else event - timedelta(days=days)
    return DateRange(first, event + timedelta(days=days))

# SPDX-License-Identifier: Apache-2.0
"""When an examining bank's time ends, from a place and a receipt, without a chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from yangshan.alliance.places import build_from
from yangshan.credit.dates import examination_deadline, receipt_day
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

EXAMINATION_ARTICLE = "UCP 600 art. 14(b), 16(d), 33"

_WITHOUT_MAKEUP_DAYS = "-M"


class BadReceipt(Unusable):
    """A receipt that is neither a day nor an instant with its offset."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given!r} says no receipt: expected a day (2025-09-29) or an instant with its offset "
            "from UTC (2025-09-29T16:30:00+08:00)."
        )
        self.given = given


@dataclass(frozen=True, slots=True)
class Examination:
    """Day of receipt and the close of the fifth banking day after it, by one calendar."""

    calendar: str
    receipt_day: date
    deadline: datetime


def examination_of(place: str, received: str, *, without_makeup_days: bool = False) -> Examination:
    """The time that a bank at ``place`` has (UCP 600 arts 14(b), 16(d) and 33).

    ``received`` in ISO 8601: a day, meaning within banking hours, or an instant with its offset.
    Raises :class:`BadReceipt`, UnknownPlace, YearNotKnown and CalendarNotPublished.
    """
    name = place + (_WITHOUT_MAKEUP_DAYS if without_makeup_days else "")
    day, instant = _parsed(received)
    calendar = build_from(name, day.year)
    at = instant or _within_hours(day, calendar)
    return Examination(name, receipt_day(at, calendar), examination_deadline(at, calendar))


def _parsed(received: str) -> tuple[date, datetime | None]:
    try:
        return date.fromisoformat(received), None
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(received)
    except ValueError:
        raise BadReceipt(received) from None
    if instant.utcoffset() is None:
        raise BadReceipt(received)
    return instant.date(), instant


def _within_hours(day: date, calendar: BankingCalendar) -> datetime:
    return datetime.combine(day, time(12), calendar.open_instant(day).tzinfo)

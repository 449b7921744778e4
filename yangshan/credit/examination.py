# SPDX-License-Identifier: Apache-2.0
"""When an examining bank's time ends, from a place and a receipt, without a chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from yangshan.alliance.calendars import CalendarNotPublished
from yangshan.alliance.places import build_from, places
from yangshan.credit.cautions import Caution
from yangshan.credit.dates import examination_deadline, receipt_day, received_at
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

EXAMINATION_ARTICLE = "UCP 600 art. 14(b), 16(d), 33"

_WITHOUT_MAKEUP_DAYS = "-M"
_DECIDES = "Whether worked weekend days are banking days decides"


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
    cautions: tuple[Caution, ...] = ()


def examination_of(
    place: str, received: str, *, asserted: str | None = None, without_makeup_days: bool = False
) -> Examination:
    """The time that a bank at ``place`` has (UCP 600 arts 14(b), 16(d) and 33).

    ``received`` in ISO 8601: a day, meaning within banking hours, or an instant with its offset;
    ``asserted`` likewise, where the bank says that it had the documents earlier. Where worked
    weekend days decide, a caution says both deadlines.
    Raises :class:`BadReceipt`, LaterReceipt, UnknownPlace, YearNotKnown and CalendarNotPublished.
    """
    name = place + (_WITHOUT_MAKEUP_DAYS if without_makeup_days else "")
    days = [_parsed(received), *([_parsed(asserted)] if asserted is not None else [])]
    calendar = build_from(name, min(day for day, _ in days).year)
    at = received_at(*(instant or _within_hours(day, calendar) for day, instant in days))
    deadline = examination_deadline(at, calendar)
    return Examination(
        name, receipt_day(at, calendar), deadline, _make_up_cautions(name, at, deadline)
    )


def _make_up_cautions(name: str, at: datetime, deadline: datetime) -> tuple[Caution, ...]:
    other = (
        name.removesuffix(_WITHOUT_MAKEUP_DAYS)
        if name.endswith(_WITHOUT_MAKEUP_DAYS)
        else name + _WITHOUT_MAKEUP_DAYS
    )
    if other not in places():
        return ()
    try:
        otherwise = examination_deadline(at, build_from(other, at.year))
    except CalendarNotPublished as missing:
        return (Caution.of("make-up-days", f"{_DECIDES}, and by the other reading: {missing}"),)
    if otherwise == deadline:
        return ()
    first, last = sorted((deadline, otherwise))
    said = (
        f"{_DECIDES}: refuse by {first:%Y-%m-%d}, and call another bank precluded only after "
        f"{last:%Y-%m-%d}, unless its branch was open."
    )
    return (Caution.of("make-up-days", said),)


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

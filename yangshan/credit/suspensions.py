# SPDX-License-Identifier: Apache-2.0
"""Corrupt electronic records: the count of banking days that stops and goes on (eUCP 2.1 art. e12).

The rules of the contract ElectronicRecords, offline. Instants are aware; whatever needs a day that
a calendar does not have raises CalendarNotPublished.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from yangshan.alliance.calendars import CalendarNotPublished
from yangshan.credit.dates import (
    EXAMINATION_DAYS,
    is_late,
    nth_banking_day_after,
    receipt_day,
)

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

REPLACEMENT_DAYS: Final = 30
DISPOSAL_DAYS: Final = 60
# Where a day is over last: twelve hours after it is in UTC.
_LAST_ZONE: Final = timedelta(hours=12)


def days_left(
    reported: datetime, deadline: datetime, calendar: BankingCalendar, *, first: bool = True
) -> int:
    """How many banking days a bank has left when it reports records corrupt in its time.

    The day of the report counts as used; out of banking hours that is the next banking day. The
    first report leaves a day at least; a later one may leave none, and is then not open. At most
    five. What is not published counts as lying beyond the deadline, which was computed.
    """
    left = 0
    with suppress(CalendarNotPublished):
        day = receipt_day(reported, calendar)
        while left < EXAMINATION_DAYS:
            day = nth_banking_day_after(day, 1, calendar)
            if calendar.close_instant(day) > deadline:
                break
            left += 1
    return max(left, 1) if first else left


def resumed_deadline(resumed: datetime, remaining: int, calendar: BankingCalendar) -> datetime:
    """The close of the last of ``remaining`` banking days after the day on which a count goes on.

    That day itself is not counted; out of banking hours it is the next banking day.
    """
    day = receipt_day(resumed, calendar)
    return calendar.close_instant(nth_banking_day_after(day, remaining, calendar))


def is_replacement_over(
    at: datetime,
    reported: datetime,
    shipped: date | None,
    period: int | None,
    expiry: date,
    calendar: BankingCalendar,
) -> bool:
    """Whether a corrupt record can no longer be presented again.

    30 calendar days after the report are over everywhere on earth, or the last day for presentation
    at the bank is, as in :func:`yangshan.credit.dates.is_late`, whichever comes first. What a bank
    forwarded has the 30 days alone: ask :func:`is_day_over`.
    """
    if is_day_over(at, reported.astimezone(UTC).date() + timedelta(days=REPLACEMENT_DAYS)):
        return True
    return is_late(receipt_day(at, calendar), shipped, period, expiry, calendar)


def is_disposable(at: datetime, refused: datetime) -> bool:
    """Whether 60 calendar days after a refusal are over everywhere on earth (eUCP 2.1 art. e8).

    Of records that the notice holds and for which no instructions came.
    """
    return is_day_over(at, refused.astimezone(UTC).date() + timedelta(days=DISPOSAL_DAYS))


def is_day_over(at: datetime, day: date) -> bool:
    """Whether a calendar day is over everywhere on earth."""
    ends = datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC) + _LAST_ZONE
    return at >= ends

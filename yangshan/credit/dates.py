# SPDX-License-Identifier: Apache-2.0
"""The clocks of a credit: receipt, examination, presentation, reimbursement and maturity.

Days are calendar days at the place of the bank whose calendar is given; deadlines are instants, and
an act at the very second of a deadline is in time. Whatever needs a day that a calendar does not
have raises CalendarNotPublished.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from yangshan.alliance.calendars import BankingCalendar

EXAMINATION_DAYS: Final = 5
REIMBURSEMENT_DAYS: Final = 3
DEFAULT_PRESENTATION_DAYS: Final = 21


def nth_banking_day_after(day: date, count: int, calendar: BankingCalendar) -> date:
    """The ``count``-th banking day, at least the first, strictly after ``day``."""
    for _ in range(count):
        day = calendar.next_open(day)
    return day


class LaterReceipt(Refused):
    """A bank that states a later receipt than the one on record."""

    def __init__(self, lodged: datetime, asserted: datetime) -> None:
        super().__init__(
            f"The documents were lodged at {lodged.isoformat()}, and the bank says that it had them"
            f" at {asserted.isoformat()}; expected an earlier time. A later one would give the bank"
            " more than its time."
        )
        self.lodged = lodged
        self.asserted = asserted


def received_at(lodged: datetime, asserted: datetime | None = None) -> datetime:
    """When a presentation was received: when it was lodged, or earlier where the bank says so.

    No bank can put off its own clock: raises :class:`LaterReceipt`. No article says how the two
    times stand to each other.
    """
    if asserted is None:
        return lodged
    if asserted > lodged:
        raise LaterReceipt(lodged, asserted)
    return asserted


def receipt_day(
    instant: datetime, calendar: BankingCalendar, *, accepted_out_of_hours: bool = False
) -> date:
    """The day on which what arrives at ``instant`` counts as received (UCP 600 art. 33).

    Before or within banking hours of a banking day: that day. Otherwise the next banking day,
    unless the bank in fact accepted the presentation there and then. Raises NaiveInstant.
    """
    day = calendar.local_day(instant)
    if accepted_out_of_hours:
        return day
    if calendar.is_open(day) and instant <= calendar.close_instant(day):
        return day
    return calendar.next_open(day)


def examination_deadline(
    received: datetime, calendar: BankingCalendar, *, accepted_out_of_hours: bool = False
) -> datetime:
    """The last second for a notice of refusal (UCP 600 arts 14(b) and 16(d)).

    The close of the fifth banking day after the day of receipt. Raises NaiveInstant.
    """
    day = receipt_day(received, calendar, accepted_out_of_hours=accepted_out_of_hours)
    return calendar.close_instant(nth_banking_day_after(day, EXAMINATION_DAYS, calendar))


def reimbursement_deadline(received: datetime, calendar: BankingCalendar) -> datetime:
    """The last second for a reimbursing bank to process a claim (URR 725 art. 11(a)).

    The close of the third banking day after the day of receipt; a claim out of hours always counts
    as received on the next banking day. Raises NaiveInstant.
    """
    day = receipt_day(received, calendar)
    return calendar.close_instant(nth_banking_day_after(day, REIMBURSEMENT_DAYS, calendar))


def extended(day: date, calendar: BankingCalendar) -> date:
    """An expiry date or last day for presentation, moved if banks are closed (UCP 600 art. 29(a)).

    The calendar is that of the branch to which presentation is made, and holds no closure by force
    majeure (art. 36). A latest date of shipment is never moved (art. 29(c)).
    """
    return calendar.on_or_after(day)


def presentation_period(
    stated: int | None, *, original_transport_document: bool, excluded: bool = False
) -> int | None:
    """Calendar days for presentation after shipment; None where there is no such period.

    A period that the credit states holds whatever the documents; otherwise 21 days, and only where
    an original transport document of arts 19 to 25 is presented (UCP 600 art. 14(c)), unless the
    credit has that rule ``excluded`` (art. 1).
    """
    if stated is None and original_transport_document and not excluded:
        return DEFAULT_PRESENTATION_DAYS
    return stated


def last_day_for_presentation(
    shipped: date | None,
    period: int | None,
    expiry: date,
    calendar: BankingCalendar,
    *,
    extension: bool = True,
    outages: Collection[date] = (),
) -> date:
    """The last day on which a presentation is in time (UCP 600 arts 6(d), 14(c) and 29(a)).

    ``shipped`` is the date of shipment, or of the event that the credit's period names; the latest
    one of several (art. 31(b)). ``period`` is the one of :func:`presentation_period`. Where either
    is None, the expiry date alone counts. Without ``extension``, which a credit may exclude
    (art. 1), the day stands although banks are closed on it. On each of the ``outages`` the bank
    was open and its system could not receive electronic records: it counts as closed, and the day
    moves to the first banking day on which it can receive (eUCP 2.1 art. e6).
    """
    last = _unextended(shipped, period, expiry)
    # The extended dates keep the order of the dates, so that the earlier one is extended alone.
    day = extended(last, calendar) if extension else last
    while day in outages:
        day = extended(day + timedelta(days=1), calendar)
    return day


def is_late(
    received: date,
    shipped: date | None,
    period: int | None,
    expiry: date,
    calendar: BankingCalendar,
    *,
    extension: bool = True,
) -> bool:
    """Whether a presentation received on the day ``received`` is after its last day.

    The same question as ``received > last_day_for_presentation(...)`` (UCP 600 arts 14(c), 29(a)),
    asked of the past alone: it is late once a banking day on which it was due has gone by, and no
    calendar of the days to come is needed.
    """
    last = _unextended(shipped, period, expiry)
    return calendar.has_open_between(last, received) if extension else received > last


def _unextended(shipped: date | None, period: int | None, expiry: date) -> date:
    if shipped is None or period is None:
        return expiry
    return min(shipped + timedelta(days=period), expiry)


def date_of_shipment(dates: Iterable[date]) -> date:
    """The date of shipment of a presentation with one or more transport documents.

    The latest one, for the period for presentation and for the latest shipment date (UCP 600 art.
    31(b)).
    """
    return max(dates)


class OnBoard(Enum):
    """How goods came on board on several dates (ISBP B2)."""

    TRANSHIPMENT = "one vessel after the other"
    SEVERAL_PORTS = "one vessel, at several ports of the credit"
    SEVERAL_SETS = "several sets of bills of lading under one draft"


def date_on_board(dates: Iterable[date], how: OnBoard) -> date:
    """The date of shipment from which a maturity counts, of one or more (ISBP B2).

    The earliest with transhipment, else the latest. Practice rather than rule; a credit that says
    from which date it counts is followed.
    """
    return min(dates) if how is OnBoard.TRANSHIPMENT else max(dates)


def sight_day(
    received: date, *, taken_up: date | None = None, accepted_by_drawee: date | None = None
) -> date:
    """The day from which "after sight" counts (ISBP B5).

    Of a complying presentation the day of its receipt; of a refused one that is taken up after all
    the day of that, ``taken_up``; where the draft is drawn on another bank, the day on which that
    bank accepts it. Practice rather than rule.
    """
    return accepted_by_drawee or taken_up or received


def maturity(event: date, days: int) -> date:
    """When a draft or undertaking at ``days`` days after, or from, an event falls due.

    The day of the event is not counted, with either word (UCP 600 art. 3). The maturity date is
    never moved by closed days: see :func:`payment_day`.
    """
    return event + timedelta(days=days)


def payment_day(due: date, calendar: BankingCalendar) -> date:
    """The first banking day, at the place of payment, on which a sum due on ``due`` can be paid.

    UCP 600 is silent on this: interest or value for the days between is for the law and the
    practice of that place.
    """
    return calendar.on_or_after(due)

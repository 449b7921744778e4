# SPDX-License-Identifier: Apache-2.0
"""The rules of a claim for reimbursement: its clock, its amount, and what ought not to be asked.

Amounts are whole minor units of the credit's currency. Days are those of the place of the
reimbursing bank, whose calendar is given; whatever needs a day that it does not have raises
CalendarNotPublished.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.credit.dates import REIMBURSEMENT_DAYS, nth_banking_day_after, receipt_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from yangshan.alliance.calendars import BankingCalendar

EARLIEST_DAYS: Final = 10


def answer_deadline(
    received: datetime, calendar: BankingCalendar, *, pre_debit_days: int = 0
) -> datetime:
    """The last second for a reimbursing bank to pay or to refuse a claim (URR 725 art. 11(a)).

    The close of the third banking day after the day of receipt, and of so many banking days more as
    the bank is to give notice before it debits. Out of hours a claim counts as received on the next
    banking day. Raises NaiveInstant.
    """
    days = REIMBURSEMENT_DAYS + pre_debit_days
    return calendar.close_instant(
        nth_banking_day_after(receipt_day(received, calendar), days, calendar)
    )


def is_early(received: datetime, due: date, calendar: BankingCalendar) -> bool:
    """Whether a claim comes more than ten banking days before its due date; a warning, no fault."""
    tenth = nth_banking_day_after(receipt_day(received, calendar), EARLIEST_DAYS, calendar)
    return tenth < due


def most_claimable(honoured: int, authorised: int, claimed: int) -> int:
    """The most that a claim may be for (UCP 600 art. 7(c), 13).

    What the claiming bank honoured or negotiated, and what is left of the authorisation. Never
    below zero.
    """
    return max(0, min(honoured, authorised - claimed))


def claim_doubts(
    received: datetime,
    due: date | None,
    calendar: BankingCalendar,
    *,
    value: date | None = None,
    under_reserve: bool = False,
) -> Iterator[str]:
    """What ought not to be so in a claim, as sentences; none of it makes a claim invalid.

    ``due`` is None at sight; ``value`` is the day from which money is asked for, ``under_reserve``
    whether it is claimed so or against an indemnity. The sources do not settle these rules.
    """
    if due is not None and is_early(received, due, calendar):
        yield (
            f"The claim is due on {due}, and the tenth banking day after its receipt lies before "
            "that; expected not more than ten banking days ahead."
        )
    first = due or receipt_day(received, calendar)
    if value is not None and value < first:
        yield f"The claim asks for value {value}; expected {first} or later: no back value."
    if under_reserve:
        yield "The claim is made under reserve or against an indemnity; expected neither."

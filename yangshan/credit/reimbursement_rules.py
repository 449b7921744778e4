# SPDX-License-Identifier: Apache-2.0
"""The rules of a claim for reimbursement: its clock and its amount.

Amounts are whole minor units of the credit's currency. Days are those of the place of the
reimbursing bank, whose calendar is given; whatever needs a day that it does not have raises
CalendarNotPublished.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.claims import EARLIEST_CLAIM_DAYS
from yangshan.credit.dates import REIMBURSEMENT_DAYS, nth_banking_day_after, receipt_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from yangshan.alliance.calendars import BankingCalendar


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
    """Whether a claim comes more than ten banking days before its due date; a warning, no fault.

    Asked of the days after receipt alone: those before a distant due date need not be published.
    """
    tenth = nth_banking_day_after(receipt_day(received, calendar), EARLIEST_CLAIM_DAYS, calendar)
    return tenth < due


def most_claimable(honoured: int, authorised: int, claimed: int) -> int:
    """The most that a claim may be for (UCP 600 art. 7(c), 13).

    What the claiming bank honoured or negotiated, and what is left of the authorisation. Never
    below zero.
    """
    return max(0, min(honoured, authorised - claimed))

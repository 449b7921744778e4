# SPDX-License-Identifier: Apache-2.0
"""The clock of a bank's calendar as the library's rules give it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.calendars import CalendarNotPublished
from yangshan.credit.dates import nth_banking_day_after, receipt_day

if TYPE_CHECKING:
    from yangshan.alliance.calendars import BankingCalendar

EXAMINATION = 5

# Day of receipt, the banking day before it, deadline, and one more than the day that is missing.
Answer = tuple[int, int, int, int]


def library_clock(
    calendar: BankingCalendar, received: int, count: int = EXAMINATION, *, accepted: bool = False
) -> Answer:
    """What the contract's clock should say; ``accepted`` on the day itself, out of hours or not."""
    moment = datetime.fromtimestamp(received, UTC)
    try:
        receipt = receipt_day(moment, calendar, accepted_out_of_hours=accepted)
        # A day that nobody published is no day of receipt.
        calendar.is_open(receipt)
        previous = calendar.previous_open(receipt)
        deadline = calendar.close_instant(nth_banking_day_after(receipt, count, calendar))
    except CalendarNotPublished as missing:
        return 0, 0, 0, day_number(missing.day) + 1
    return day_number(receipt), day_number(previous), int(deadline.timestamp()), 0

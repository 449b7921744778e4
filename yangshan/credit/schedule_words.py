# SPDX-License-Identifier: Apache-2.0
"""What a credit says of its amounts over time, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.enums import Renewal
from yangshan.credit.usances import usance_words
from yangshan.money import Money

if TYPE_CHECKING:
    from yangshan.chain.records import Schedule
    from yangshan.money import Currency


def is_scheduled(schedule: Schedule) -> bool:
    """Whether it says anything."""
    return bool(
        schedule.slices
        or schedule.instalments
        or schedule.renewal is not Renewal.NONE
        or schedule.advance_limit
    )


def schedule_words(schedule: Schedule, currency: Currency) -> list[str]:
    """A line for each slice, instalment, renewal and advance."""
    lines = []
    total = sum(each.weight for each in schedule.slices)
    for each in schedule.slices:
        usance = usance_words(each)
        when = f", {usance}" if usance else ""
        lines.append(f"{each.weight} of {total} parts by {each.availability.label}{when}")
    for place, row in enumerate(schedule.instalments, 1):
        amount = Money(row.amount, currency)
        lines.append(f"instalment {place}: {amount}, shipped from {row.first} to {row.last}")
    if schedule.renewal is not Renewal.NONE:
        lines.append(f"revolves {schedule.renewal.label}, {_times(schedule)}")
    if schedule.advance_limit:
        lines.append(f"up to {Money(schedule.advance_limit, currency)} advanced before shipment")
    return lines


def _times(schedule: Schedule) -> str:
    times = f"{schedule.times} times" if schedule.times > 1 else "once"
    if schedule.start is None:
        return times
    return f"{times}, every {schedule.period} days from {schedule.start}"

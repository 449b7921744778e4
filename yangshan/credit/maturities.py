# SPDX-License-Identifier: Apache-2.0
"""When what a bank undertook falls due: the same rule as the Solidity library Maturities.

A maturity is a day at the place of payment, wherever that lies, and never moves for a day on which
banks are closed (UCP 600 art. 29 speaks of presentation). Until the place is known, the day begins
where it begins first and is over where it ends last.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from yangshan.alliance.calendar_words import day_of
from yangshan.alliance.calendars import NaiveInstant
from yangshan.chain.enums import MaturityFrom
from yangshan.credit.dates import maturity

# A day begins first in UTC+14, and is over last in UTC-12.
_BEGINS_BEFORE: Final = timedelta(hours=14)
_OVER_AFTER: Final = timedelta(hours=36)


def maturity_day(basis: MaturityFrom, tenor: int, sight: date, shipped: date | None) -> date:
    """The day of maturity of a usance (UCP 600 art. 3: the day it counts from is left out).

    ``tenor`` counts days, or is the number of the day itself (days since 1970-01-01) where the
    credit fixes it. Sight takes the place of a shipment of which no document tells (None).
    """
    if basis is MaturityFrom.FIXED_DATE:
        return day_of(tenor)
    return maturity(shipped if basis is MaturityFrom.SHIPMENT and shipped else sight, tenor)


def has_begun(day: date, now: datetime) -> bool:
    """Whether a day of maturity has begun somewhere on earth; raises NaiveInstant."""
    return _aware(now) >= _midnight(day) - _BEGINS_BEFORE


def is_over(day: date, now: datetime) -> bool:
    """Whether a day of maturity is over everywhere on earth; raises NaiveInstant."""
    return _aware(now) >= _midnight(day) + _OVER_AFTER


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def _aware(now: datetime) -> datetime:
    if now.utcoffset() is None:
        raise NaiveInstant(now)
    return now

# SPDX-License-Identifier: Apache-2.0
"""How sentences for people say what the chain knows by number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from yangshan.money import Currency, Money, UnknownCurrency

if TYPE_CHECKING:
    from collections.abc import Mapping

# Digits of an identifier that a person can compare; the whole one is a field of whatever is told.
_SHOWN_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Wording:
    """What is known beyond the chain's numbers; a sentence is good without any of it.

    ``members`` gives names by member number, ``accounts`` by address with its checksum; ``credits``
    gives references by credit id (0x); ``currency`` is the one of the amounts told; ``zone`` is
    that of the times told, normally the bank's place.
    """

    members: Mapping[int, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)
    currency: Currency | None = None
    zone: tzinfo = UTC

    def member(self, number: int) -> str:
        """A member, such as ``Huangpu Bank (member 4)`` or ``member 4``."""
        plain = f"member {number}"
        return f"{self.members[number]} ({plain})" if number in self.members else plain

    def account(self, address: str) -> str:
        """An account, such as ``Huangpu Bank, desk (0x…)`` or ``account 0x…``."""
        name = self.accounts.get(address)
        return f"account {address}" if name is None else f"{name} ({address})"

    def credit(self, credit_id: str) -> str:
        """A credit, by its reference where that is known."""
        return f"credit {self.credits.get(credit_id) or shortened(credit_id)}"

    def money(self, minor: int) -> str:
        """An amount, in minor units where the currency is not known."""
        if self.currency is None:
            return f"{minor:,} minor units"
        return str(Money(minor, self.currency))

    def time(self, instant: datetime) -> str:
        """An instant, such as ``2025-10-13 at 09:00 UTC``; seconds only where there are some."""
        local = instant.astimezone(self.zone)
        clock = "%H:%M:%S" if local.second else "%H:%M"
        east = local.utcoffset() or timedelta(0)
        offset = _offset(east) if east else ""
        return f"{local:%Y-%m-%d} at {local:{clock}} UTC{offset}"

    def day(self, day: date) -> str:
        """A day, as 2025-10-13."""
        return day.isoformat()


PLAIN: Final = Wording()


def shortened(identifier: str) -> str:
    """The first digits of an identifier of 32 bytes."""
    return f"{identifier[: 2 + _SHOWN_DIGITS]}…"


def currency_name(number: int) -> str:
    """The letters of a currency, or its number where ISO 4217 lists none."""
    try:
        return Currency.numbered(number).code
    except UnknownCurrency:
        return f"currency {number}"


def _offset(east: timedelta) -> str:
    minutes = round(abs(east).total_seconds() / 60)
    return f"{'-' if east < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}"

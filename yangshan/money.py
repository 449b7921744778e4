# SPDX-License-Identifier: Apache-2.0
"""Amounts of money: whole minor units of an ISO 4217 currency, never a float."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import iso4217

from yangshan.errors import Refused


class UnknownCurrency(Refused):
    """A currency code or number that ISO 4217 does not list."""

    def __init__(self, given: object) -> None:
        super().__init__(f"{given!s} is not a currency of ISO 4217.")
        self.given = given


@dataclass(frozen=True, slots=True)
class Currency:
    """One ISO 4217 currency: its letters, its number and how many decimals its minor unit has."""

    code: str
    number: int
    decimals: int

    @staticmethod
    @functools.cache
    def of(code: str) -> Currency:
        """The currency with these three letters; raises :class:`UnknownCurrency`."""
        try:
            found = iso4217.Currency(code)
        except ValueError:
            raise UnknownCurrency(code) from None
        return _known(found, code)

    @staticmethod
    @functools.cache
    def numbered(number: int) -> Currency:
        """The currency with this ISO 4217 number; raises :class:`UnknownCurrency`."""
        for found in iso4217.Currency:
            if found.number == number:
                return _known(found, number)
        raise UnknownCurrency(number)


def _known(found: iso4217.Currency, given: object) -> Currency:
    # Metals and testing codes have no minor unit, so no amount can be stated in them.
    if found.exponent is None or found.number is None:
        raise UnknownCurrency(given)
    return Currency(found.code, int(found.number), int(found.exponent))


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``minor`` units of ``currency``: Money(128000000, CNY) is CNY 1,280,000.00."""

    minor: int
    currency: Currency

    @staticmethod
    def of(minor: int, code: str) -> Money:
        """Money from minor units and a currency's three letters; raises UnknownCurrency."""
        return Money(minor, Currency.of(code))

    @property
    def digits(self) -> str:
        """The amount with a point and no thousands marks, as ``1280000.00`` or ``5000`` (JPY)."""
        return self._written("")

    def __str__(self) -> str:
        return f"{self.currency.code} {self._written(',')}"

    def _written(self, thousands: str) -> str:
        sign, size = ("-", -self.minor) if self.minor < 0 else ("", self.minor)
        whole, part = divmod(size, 10**self.currency.decimals)
        text = f"{whole:,}".replace(",", thousands)
        if self.currency.decimals:
            text += f".{part:0{self.currency.decimals}d}"
        return sign + text

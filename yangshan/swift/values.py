# SPDX-License-Identifier: Apache-2.0
"""What a field means: exact amounts, dates, BICs and parties. The raw text stays with the field.

Every function here takes a field as :mod:`yangshan.swift.grammar` read it. FieldNotUsable says that
the field is not written in its format, BadContent that a part of it breaks its rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yangshan.credit.amounts import Tolerance
from yangshan.money import Currency, Money, UnknownCurrency
from yangshan.swift.definitions import definitions, match
from yangshan.swift.errors import BadContent, FieldNotUsable
from yangshan.swift.formats import Mismatch

if TYPE_CHECKING:
    from yangshan.swift.grammar import Field

_BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_SLASHED = re.compile(r"/([A-Z]{1,8})/(.*)")
_CHARGE = re.compile(r"([A-Z]{3})([0-9,]{1,13})(.*)")

# Years 80 to 99 are of the twentieth century, all others of this one.
_CENTURY_TURNS_AT = 80
# Of 15d, the comma counted.
_AMOUNT_WIDTH = 15


@dataclass(frozen=True, slots=True)
class Party:
    """A party in option A (``bic``, eleven characters), B or D (``lines``)."""

    option: str
    mark: str | None
    account: str | None
    bic: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Availability:
    """Field 41a: the code words of how, and the bank with which, as BIC or in words."""

    by: str
    bic: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Field 48: days, and from what they run; None is the date of shipment."""

    days: int
    start: str | None


@dataclass(frozen=True, slots=True)
class Charge:
    """A line of field 71D or 73A; ``code`` is None in plain narrative."""

    code: str | None
    amount: Money | None
    text: str


def parts(field: Field) -> dict[str, str]:
    """The named parts of a field as text, lines joined by a line feed; raises FieldNotUsable."""
    if field.tag not in definitions().formats:
        raise FieldNotUsable(field.tag, field.line, "there is no such field.")
    found = match(field.tag, field.value)
    if isinstance(found, Mismatch):
        where = f"line {field.line + found.line}"
        raise FieldNotUsable(field.tag, field.line, f"expected {found.expected} in {where}.")
    return dict(found.parts)


def text(field: Field) -> str:
    """The narrative of a field, its lines joined by a line feed."""
    return field.value


def day(field: Field) -> date:
    """The date in a field (31C, 31D, 32A, 33A, 44C ...)."""
    return read_date(parts(field)["date"])


def money(field: Field) -> Money:
    """The amount in a field (32A, 32B, 33A, 33B ...)."""
    found = parts(field)
    return read_money(found["currency"], found["amount"])


def party(field: Field) -> Party:
    """A party field in option A, B or D, or 59 and 50, whose option is empty."""
    found = parts(field)
    return Party(
        option=field.tag[2:],
        mark=found.get("mark"),
        account=found.get("account"),
        bic=full_bic(found["bic"]) if "bic" in found else None,
        lines=_lines(found),
    )


def availability(field: Field) -> Availability:
    """Field 41A or 41D."""
    found = parts(field)
    bic = full_bic(found["bic"]) if "bic" in found else None
    return Availability(found["by"], bic, _lines(found))


def tolerance(field: Field) -> Tolerance:
    """Field 39A: per cent more and less."""
    found = parts(field)
    return Tolerance(int(found["plus"]), int(found["minus"]))


def period(field: Field) -> Period:
    """Field 48."""
    found = parts(field)
    return Period(int(found["days"]), found.get("start"))


def charges(field: Field) -> tuple[Charge, ...]:
    """Fields 71D and 73A line by line; a line that is no code line is plain narrative."""
    found = []
    for line in field.lines:
        slashed = _SLASHED.fullmatch(line)
        amount, rest = None, slashed[2] if slashed else line
        priced = _CHARGE.match(rest) if slashed else None
        if priced:
            amount, rest = read_money(priced[1], priced[2]), priced[3]
        found.append(Charge(slashed[1] if slashed else None, amount, rest))
    return tuple(found)


def slash_code(line: str) -> tuple[str, str] | None:
    """Code word and rest of a line such as ``/HOLD/AT YOUR DISPOSAL``; None if it is none."""
    found = _SLASHED.fullmatch(line)
    return (found[1], found[2]) if found else None


def charge_amount(rest: str) -> Money | None:
    """The amount at the head of what follows a code word; raises BadContent."""
    found = _CHARGE.match(rest)
    return read_money(found[1], found[2]) if found else None


def is_bic(given: str) -> bool:
    """Whether this has the shape of a BIC; no list of banks is asked."""
    return _BIC.fullmatch(given) is not None


def full_bic(bic: str) -> str:
    """A BIC in eleven characters: eight of them name the head office, XXX (ISO 9362)."""
    return bic if len(bic) == 11 else bic + "XXX"


def read_date(given: str) -> date:
    """A date written YYMMDD; raises BadContent T50."""
    year, month, number = int(given[:2]), int(given[2:4]), int(given[4:])
    century = 1900 if year >= _CENTURY_TURNS_AT else 2000
    try:
        return date(century + year, month, number)
    except ValueError:
        raise BadContent("T50", f"{given} is no date;", "YYMMDD of a day that exists") from None


def write_date(when: date) -> str:
    """A date as YYMMDD; raises BadContent T50 outside 1980 to 2079."""
    if not 1900 + _CENTURY_TURNS_AT <= when.year < 2000 + _CENTURY_TURNS_AT:
        raise BadContent("T50", f"{when} cannot be written;", "a year from 1980 to 2079")
    return f"{when:%y%m%d}"


def read_money(currency: str, amount: str) -> Money:
    """Minor units from ``1280000,00``; raises BadContent T52, T40, T43 or C03."""
    try:
        known = Currency.of(currency)
    except UnknownCurrency:
        raise BadContent("T52", f"{currency} is no currency;", "a code of ISO 4217") from None
    if not amount[:1].isdigit():
        raise BadContent(
            "T40",
            f"The amount {amount!r} has no digit in front;",
            "at least one digit before the comma",
        )
    whole, comma, decimals = amount.partition(",")
    if not comma or "," in decimals:
        raise BadContent(
            "T43",
            f"The amount {amount} has {amount.count(',') or 'no'} comma{'s' if comma else ''};",
            "exactly one decimal comma",
        )
    if len(decimals) > known.decimals:
        raise BadContent(
            "C03",
            f"The amount {amount} has {len(decimals)} decimals;",
            f"at most {known.decimals} for {currency} (ISO 4217)",
        )
    return Money(int(whole + decimals.ljust(known.decimals, "0")), known)


def write_money(amount: Money) -> str:
    """Currency and amount as in field 32B, ``CNY1280000,00`` or ``JPY100,``."""
    whole, _, part = amount.digits.partition(".")
    # Zeros at the end say nothing, and are left out where they would not fit.
    if len(whole) + 1 + len(part) > _AMOUNT_WIDTH:
        part = part.rstrip("0")
    return f"{amount.currency.code}{whole},{part}"


def _lines(found: dict[str, str]) -> tuple[str, ...]:
    return tuple(found["lines"].split("\n")) if found.get("lines") else ()

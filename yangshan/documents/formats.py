# SPDX-License-Identifier: Apache-2.0
"""What the value of one field must be, each format with its rule in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from yangshan.alliance.identifiers import BadIdentifier, country_code, credit_code, lei
from yangshan.documents import identifiers
from yangshan.money import Currency, UnknownCurrency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.documents.schema import Row

# An amount has no sign, which is in the name of its field, and fits 64 bits in minor units.
_AMOUNT: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")
_NUMBER: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
_DAY: Final = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_UNIT: Final = re.compile(r"[A-Z0-9]{1,3}")
_PACKAGE: Final = re.compile(r"[A-Z0-9]{2}")
_DIGITS: Final = re.compile(r"[0-9]+")
# Bidirectional overrides and other controls show one text and commit to another.
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: ``rule`` in words, and what is wrong with a value, or None.

    ``doubtful`` ones rest on rules that are not certain, so that a breach is a warning.
    """

    rule: str
    wrong: Callable[[Row, Any], str | None]
    doubtful: bool = False


def decimals(number: str) -> int:
    """How many digits stand behind the point, zeros at the end not counted."""
    return len(number.partition(".")[2].rstrip("0"))


def _text(row: Row, value: Any) -> str | None:
    if not isinstance(value, str):
        return "it is no text"
    if not value.strip():
        return "it is empty"
    if value != value.strip():
        return "it begins or ends with a blank"
    if found := _CONTROL.search(value):
        return f"it holds the control character {ord(found[0]):#06x}"
    if row.most and len(value) > row.most:
        return f"it has {len(value)} characters, and at most {row.most} are allowed"
    return None


def _code(row: Row, value: Any) -> str | None:
    if isinstance(value, str) and value in row.codes:
        return None
    return f"{_shown(value)} is none of {', '.join(row.codes)}"


def _boolean(_row: Row, value: Any) -> str | None:
    return None if isinstance(value, bool) else f"{_shown(value)} is neither true nor false"


def _count(row: Row, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"{_shown(value)} is no whole number"
    return None if 0 <= value <= row.most else f"{value} is not between 0 and {row.most}"


def is_day(value: Any) -> bool:
    """Whether a value is a day of the calendar as 2025-09-04."""
    try:
        return bool(isinstance(value, str) and _DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _day(_row: Row, value: Any) -> str | None:
    return None if is_day(value) else f"{_shown(value)} is no day of the calendar"


def _matches(pattern: re.Pattern[str], what: str) -> Callable[[Row, Any], str | None]:
    def wrong(_row: Row, value: Any) -> str | None:
        if isinstance(value, str) and pattern.fullmatch(value):
            return None
        return f"{_shown(value)} is no {what}"

    return wrong


def _digits(row: Row, value: Any) -> str | None:
    if not isinstance(value, str) or not _DIGITS.fullmatch(value):
        return f"{_shown(value)} is not made of digits"
    if len(value) not in row.lengths:
        lengths = " or ".join(str(each) for each in row.lengths)
        return f"it has {len(value)} digits, and {lengths} were expected"
    return None


def _currency(_row: Row, value: Any) -> str | None:
    try:
        Currency.of(value if isinstance(value, str) else "")
    except UnknownCurrency:
        return f"ISO 4217 lists no currency {_shown(value)}"
    return None


def _identifier(check: Callable[[str], object]) -> Callable[[Row, Any], str | None]:
    def wrong(_row: Row, value: Any) -> str | None:
        if not isinstance(value, str):
            return "it is no text"
        try:
            check(value)
        except BadIdentifier as bad:
            return str(bad).rstrip(".")
        return None

    return wrong


def _contains(_row: Row, _value: Any) -> str | None:
    raise AssertionError("what contains others is checked where they are")


FORMATS: Final[Mapping[str, Format]] = {
    "object": Format("an object of the fields below it", _contains),
    "list": Format("a list that is not empty", _contains),
    "text": Format("text without control characters, blanks at its ends, or nothing", _text),
    "code": Format("one of the codes listed", _code),
    "digits": Format("digits, as many as are listed", _digits),
    "boolean": Format("true or false", _boolean),
    "count": Format("a whole number from 0 on", _count),
    "date": Format("a day as 2025-09-04 (ISO 8601)", _day),
    "amount": Format(
        "an amount in decimal digits as text, as 1280000.00, with no more decimals than its "
        "currency has (ISO 4217)",
        _matches(_AMOUNT, "amount such as 1280000.00"),
    ),
    "price": Format(
        "a price in decimal digits as text, up to nine of them behind the point",
        _matches(_NUMBER, "price such as 12.5"),
    ),
    "quantity": Format(
        "a number in decimal digits as text, up to nine of them behind the point",
        _matches(_NUMBER, "number such as 12.5"),
    ),
    "currency": Format("a currency of ISO 4217", _currency),
    "country": Format("a country of ISO 3166-1 in two letters", _identifier(country_code)),
    "locode": Format("a UN/LOCODE, as CNSHA", _identifier(identifiers.locode)),
    "unit": Format(
        "a unit of UN/ECE Recommendation 20, as KGM", _matches(_UNIT, "unit such as KGM")
    ),
    "package": Format(
        "a package of UN/ECE Recommendation 21, as CT", _matches(_PACKAGE, "package such as CT")
    ),
    "commodity": Format("a code of the Harmonized System in digits alone", _digits),
    "bic": Format("a BIC (ISO 9362)", _identifier(identifiers.bic)),
    "lei": Format("an LEI with its check digits (ISO 17442)", _identifier(lei)),
    "uscc": Format(
        "a unified social credit code with its check character (GB 32100)",
        _identifier(credit_code),
    ),
    "container": Format(
        "a container number with its check digit (ISO 6346)", _identifier(identifiers.container)
    ),
    "imo": Format("an IMO ship number with its check digit", _identifier(identifiers.ship)),
    "declaration": Format(
        "a declaration number of 18 characters: district, year, direction, sequence",
        _identifier(identifiers.declaration),
        doubtful=True,
    ),
}


def _shown(value: Any) -> str:
    """A value in a message: short, whatever it is."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."

# SPDX-License-Identifier: Apache-2.0
"""Values as people type them: instants, roles, amounts, and the arguments of a call by name."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from yangshan.alliance.calendar_words import day_number
from yangshan.chain import enums
from yangshan.chain.calls import inputs_of
from yangshan.chain.enums import Role
from yangshan.chain.values import seconds_of, text_bytes, unhexadecimal
from yangshan.credit.discrepancies import to_bits
from yangshan.deployment.plan import NO_END
from yangshan.errors import Unusable
from yangshan.money import Currency, Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from eth_typing import ChecksumAddress

NONE: Final = "none"

_AMOUNT: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
_SPANS: Final = {"votingPeriod", "executionDelay"}
_DAYS: Final = {"expiry", "latestShipment", "shipped"}


class BadInstant(Unusable):
    """What is no instant, or none that is the same everywhere."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given} is no instant with its offset from UTC: expected one such as "
            "2026-12-31T23:59:59+08:00."
        )
        self.given = given


class UnknownRole(Unusable):
    """A word that names no role."""

    def __init__(self, given: str) -> None:
        super().__init__(f"There is no role {given}; there are {', '.join(Role.__members__)}.")
        self.given = given


class BadAmount(Unusable):
    """What is no amount of its currency."""

    def __init__(self, given: str, currency: Currency) -> None:
        super().__init__(
            f"{given} is no amount in {currency.code}: expected digits with at most "
            f"{currency.decimals} after the point, such as {Money(123456, currency).digits}."
        )
        self.given = given
        self.currency = currency


class BadArgument(Unusable):
    """An argument that cannot be what its function takes."""

    def __init__(self, name: str, given: str, expected: str) -> None:
        super().__init__(f"The argument {name} cannot be {given}: {expected} was expected.")
        self.name = name
        self.given = given
        self.expected = expected


class ArgumentsDiffer(Unusable):
    """Arguments that a function needs and were not given, or were given and it does not have."""

    def __init__(self, function: str, missing: Sequence[str], unknown: Sequence[str]) -> None:
        reasons = [
            *([f"it needs {', '.join(missing)}"] if missing else []),
            *([f"it has no {', '.join(unknown)}"] if unknown else []),
        ]
        super().__init__(f"{function} cannot be called with these arguments: {'; '.join(reasons)}.")
        self.function = function
        self.missing = tuple(missing)
        self.unknown = tuple(unknown)


class Names(Protocol):
    """Who finds members and accounts by their names."""

    def member(self, given: str) -> int:
        """The number of a member."""

    def account(self, given: str) -> ChecksumAddress:
        """An address."""


def instant(given: str) -> datetime:
    """An instant in ISO 8601 with its offset; raises :class:`BadInstant`."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise BadInstant(given) from None
    if found.utcoffset() is None:
        raise BadInstant(given)
    return found


def end(given: str) -> datetime | None:
    """As :func:`instant`; ``none`` is no end."""
    return None if given == NONE else instant(given)


def roles(given: str) -> Role:
    """Roles by name, with commas between them; raises :class:`UnknownRole`."""
    found = Role(0)
    for word in given.split(","):
        name = word.strip().upper()
        if name not in Role.__members__:
            raise UnknownRole(word.strip())
        found |= Role[name]
    return found


def amount(given: str, currency: Currency) -> Money:
    """An amount in whole units, such as ``5,000,000.00``; raises :class:`BadAmount`."""
    found = _AMOUNT.fullmatch(given)
    if found is None or len(found[2] or "") > currency.decimals:
        raise BadAmount(given, currency)
    return Money(
        int(found[1].replace(",", "") + (found[2] or "").ljust(currency.decimals, "0")), currency
    )


def arguments_of(
    contract: str, function: str, given: Mapping[str, str], names: Names
) -> tuple[object, ...]:
    """The arguments of a call from what was typed for each, by name; dots lead into structs.

    Members and accounts by their names, roles as ``ISSUE,ADVISE``, instants with their offset or
    ``none``, dates as 2025-12-30, amounts in minor units, discrepancies as ``X08,X12``. What a
    motion's action does not need may be left out. Raises :class:`ArgumentsDiffer`,
    :class:`BadArgument`, what ``names`` raises, BadInstant, UnknownRole.
    """
    inputs = inputs_of(contract, function)
    known = list(_leaves("", inputs))
    missing = [path for path, _, optional in known if path not in given and not optional]
    unknown = sorted(set(given) - {path for path, _, _ in known})
    if missing or unknown:
        raise ArgumentsDiffer(f"{contract}.{function}", missing, unknown)
    return tuple(_built(item["name"], item, given, names) for item in inputs)


def _leaves(
    prefix: str, inputs: Sequence[Mapping[str, Any]], optional: bool = False
) -> list[tuple[str, Mapping[str, Any], bool]]:
    found = []
    for item in inputs:
        path = f"{prefix}{item['name']}"
        if item["type"] == "tuple":
            free = optional or item.get("internalType") == "struct Motion"
            found += _leaves(f"{path}.", item["components"], free)
        else:
            found.append((path, item, optional))
    return found


def _built(path: str, item: Mapping[str, Any], given: Mapping[str, str], names: Names) -> object:
    if item["type"] == "tuple":
        return tuple(
            _built(f"{path}.{part['name']}", part, given, names) for part in item["components"]
        )
    if path not in given:
        return _nothing(item["type"])
    try:
        return _value(item, given[path], names)
    except (ValueError, KeyError):
        raise BadArgument(path, given[path], _expected(item)) from None


def _value(item: Mapping[str, Any], given: str, names: Names) -> object:
    kind, name = item["type"], item["name"]
    word, _, enum = str(item.get("internalType", "")).partition(" ")
    if word == "enum":
        return getattr(enums, enum)[given.strip().upper().replace(" ", "_")]
    if kind == "address":
        return names.account(given)
    if kind == "bool":
        return {"yes": True, "no": False}[given.lower()]
    if kind == "string":
        return given
    if kind.startswith("bytes"):
        return _bytes(kind, given)
    if kind == "uint32" and name not in _SPANS:
        return names.member(given)
    if kind == "uint40":
        last = end(given)
        return NO_END if last is None else seconds_of(last)
    if name == "roles":
        return int(roles(given))
    if name == "currency":
        return Currency.of(given).number
    if name == "discrepancies":
        return to_bits([code.strip() for code in given.split(",")])
    if name in _DAYS:
        return day_number(date.fromisoformat(given))
    return int(given, 0)


def _bytes(kind: str, given: str) -> bytes:
    length = int(kind.removeprefix("bytes") or 0)
    if given.startswith("0x"):
        found = unhexadecimal(given)
        if length in (0, len(found)):
            return found
        raise ValueError(given)
    if not length or kind == "bytes4":
        raise ValueError(given)
    return text_bytes(given, length)


def _nothing(kind: str) -> object:
    if kind == "address":
        return "0x" + "00" * 20
    if kind.startswith("bytes"):
        return bytes(int(kind.removeprefix("bytes")))
    return 0


def _expected(item: Mapping[str, Any]) -> str:
    kind, name = item["type"], item["name"]
    word, _, enum = str(item.get("internalType", "")).partition(" ")
    if word == "enum":
        labels = [choice.label for choice in getattr(enums, enum) if choice]
        return f"one of {', '.join(labels)}"
    if kind == "bool":
        return "yes or no"
    if kind.startswith("bytes"):
        return f"0x and the digits of {kind.removeprefix('bytes') or 'any number of'} bytes"
    return "a date such as 2025-12-30" if name in _DAYS else "a whole number"

# SPDX-License-Identifier: Apache-2.0
"""The numbers by which the world knows an organisation, held to their standards.

LEI (ISO 17442), unified social credit code (GB 32100-2015) with the organisation code in it
(GB 11714-1997), BIC (ISO 9362) and country (ISO 3166-1). Only what follows from the number itself
is checked: whether it was ever assigned, and to whom, its register says.

Each function takes a number as it is written, in capitals and without blanks, and returns it.
"""

from __future__ import annotations

import functools
import string
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

DIGITS: Final = string.digits
LETTERS: Final = string.ascii_uppercase
BOTH: Final = DIGITS + LETTERS
# GB 32100-2015: without the letters that are taken for digits or for each other.
_CREDIT_CODE: Final = "".join(each for each in BOTH if each not in "IOSVZ")

_NAMES: Final[Mapping[str, str]] = {
    DIGITS: "a digit",
    LETTERS: "a capital letter",
    BOTH: "a capital letter or digit",
    _CREDIT_CODE: "a digit or a capital letter other than I, O, S, V and Z",
}

_LEI: Final = "LEI"
_USCC: Final = "unified social credit code"
_BIC: Final = "BIC"

# What stands at each place.
_LEI_FORM: Final = (BOTH,) * 18 + (DIGITS,) * 2
_USCC_FORM: Final = (_CREDIT_CODE,) * 2 + (DIGITS,) * 6 + (_CREDIT_CODE,) * 10
_BIC_FORM: Final = (LETTERS,) * 6 + (BOTH,) * 2
_BIC_BRANCH: Final = (BOTH,) * 3

_ORGANISATION: Final = slice(8, 17)
_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


class BadIdentifier(Refused):
    """A number that breaks its standard; ``scheme`` names it, ``given`` is the number."""

    def __init__(self, scheme: str, given: str, reason: str) -> None:
        super().__init__(f"{given!r} is no {scheme}: {reason}.")
        self.scheme = scheme
        self.given = given


class WrongLength(BadIdentifier):
    """Too short or too long; ``expected`` are the lengths there are."""

    def __init__(self, scheme: str, given: str, expected: tuple[int, ...]) -> None:
        lengths = " or ".join(str(each) for each in expected)
        super().__init__(
            scheme, given, f"{lengths} characters were expected, and it has {len(given)}"
        )
        self.expected = expected


class WrongCharacter(BadIdentifier):
    """A character that cannot stand at its ``place``, counted from 1."""

    def __init__(self, scheme: str, given: str, place: int, expected: str) -> None:
        found = given[place - 1]
        super().__init__(
            scheme, given, f"{expected} was expected at place {place}, and {found!r} stands there"
        )
        self.place = place
        self.found = found
        self.expected = expected


class WrongCheck(BadIdentifier):
    """Check characters that the others do not make; ``place`` is that of the first, from 1."""

    def __init__(self, scheme: str, given: str, place: int, expected: str) -> None:
        found = given[place - 1 : place - 1 + len(expected)]
        super().__init__(
            scheme,
            given,
            f"the characters before place {place} make {expected} there, and {found} stands "
            "there, so that one of them is mistyped",
        )
        self.place = place
        self.found = found
        self.expected = expected


class UnknownCountry(BadIdentifier):
    """Two letters that ISO 3166-1 gives to no country; ``country`` is what was looked for."""

    def __init__(self, scheme: str, given: str, country: str) -> None:
        super().__init__(scheme, given, f"ISO 3166-1 lists no country {country}")
        self.country = country


class BicElsewhere(BadIdentifier):
    """A BIC of another country than its member's: a branch abroad is a member of its own."""

    def __init__(self, given: str, country: str) -> None:
        super().__init__(
            _BIC,
            given,
            f"the member is of {country}, and places 5 and 6 say {bic_country(given)} (UCP 600 "
            "art. 3: branches in different countries are separate banks)",
        )
        self.country = country


def lei(given: str) -> str:
    """A legal entity identifier (ISO 17442), its check digits by ISO 7064 MOD 97-10.

    Raises :class:`WrongLength`, :class:`WrongCharacter`, :class:`WrongCheck`.
    """
    require_form(_LEI, given, _LEI_FORM)
    require_check(_LEI, given, 19, lei_check_digits(given[:18]))
    return given


def lei_check_digits(entity: str) -> str:
    """The two digits that follow the first 18 characters of an LEI."""
    return f"{98 - int(''.join(str(BOTH.index(each)) for each in entity) + '00') % 97:02}"


def credit_code(given: str) -> str:
    """A unified social credit code (GB 32100-2015), the organisation code in it checked too.

    Raises :class:`WrongLength`, :class:`WrongCharacter`, :class:`WrongCheck`.
    """
    require_form(_USCC, given, _USCC_FORM)
    require_check(_USCC, given, 17, organisation_check(given[_ORGANISATION][:8]))
    require_check(_USCC, given, 18, credit_code_check(given[:17]))
    return given


def credit_code_check(first: str) -> str:
    """The character that follows the first 17 of a unified social credit code."""
    weighted = sum(_CREDIT_CODE.index(each) * 3**place for place, each in enumerate(first))
    return _CREDIT_CODE[-weighted % 31]


def organisation_check(first: str) -> str:
    """The character that follows the first eight of an organisation code (GB 11714-1997)."""
    pairs = zip(first, _ORGANISATION_WEIGHTS, strict=True)
    return "0123456789X"[-sum(BOTH.index(each) * weight for each, weight in pairs) % 11]


def bic(given: str, country: str | None = None) -> str:
    """A BIC (ISO 9362) in eight or eleven characters; with ``country``, one of that country.

    Raises :class:`WrongLength`, :class:`WrongCharacter`, :class:`UnknownCountry`,
    :class:`BicElsewhere`.
    """
    if len(given) not in (8, 11):
        raise WrongLength(_BIC, given, (8, 11))
    require_form(_BIC, given, (_BIC_FORM + _BIC_BRANCH)[: len(given)])
    if bic_country(given) not in countries():
        raise UnknownCountry(_BIC, given, bic_country(given))
    if country is not None and bic_country(given) != country:
        raise BicElsewhere(given, country)
    return given


def bic_country(given: str) -> str:
    """The country that a BIC names."""
    return given[4:6]


def country_code(given: str) -> str:
    """A country in two letters (ISO 3166-1 alpha-2); raises :class:`UnknownCountry`."""
    if given not in countries():
        raise UnknownCountry("country code", given, given)
    return given


@functools.cache
def countries() -> Mapping[str, str]:
    """The countries of ISO 3166-1 by their two letters, with their English names."""
    # The table of the time zone database, which follows the standard's newsletters.
    text = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def require_form(scheme: str, given: str, form: tuple[str, ...]) -> None:
    """Each character is one of those that ``form`` allows at its place.

    Raises :class:`WrongLength`, :class:`WrongCharacter`.
    """
    if len(given) != len(form):
        raise WrongLength(scheme, given, (len(form),))
    for place, (found, allowed) in enumerate(zip(given, form, strict=True), start=1):
        if found not in allowed:
            raise WrongCharacter(scheme, given, place, _NAMES.get(allowed, f"one of {allowed}"))


def require_check(scheme: str, given: str, place: int, expected: str) -> None:
    """The check characters from ``place`` on, from 1, are those; raises :class:`WrongCheck`."""
    if given[place - 1 : place - 1 + len(expected)] != expected:
        raise WrongCheck(scheme, given, place, expected)

# SPDX-License-Identifier: Apache-2.0
"""Ports and places of documents against those of the credit (UCP 600 art. 20(a)(iii); ISBP E6).

Names decide. A range such as ANY CHINESE PORT needs an actual port inside it. The country alone, or
the code of UN/LOCODE alone, makes a warning, never a discrepancy.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.parties import country_names, parted
from yangshan.documents.examination.words import Same, alike, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yangshan.documents.examination.model import NamedPlace

_RANGE: Final = re.compile(r"^(?:ANY|A|AN)\s+(.+)$")
_OR: Final = re.compile(r"\s+(?:AND/)?OR\s+|\s*/\s*")
_NO_NAMES: Final = (
    "PORT PORTS SEAPORT AIRPORT INTERNATIONAL CITY HARBOUR HARBOR OF THE ANY MAIN AT IN"
)
_EMPTY: Final = frozenset(_NO_NAMES.split())
_WORD: Final = re.compile(r"[A-Z0-9']+")


class Fit(Enum):
    """How a place of a document fits the one of the credit."""

    YES = "the same"
    TYPING = "the same but for what may be a typing error"
    COUNTRY = "the same name, and another country or code"
    RANGE = "the range itself, and no actual port"
    NO = "another"
    UNKNOWN = "not to be told from what stands there"


@dataclass(frozen=True, slots=True)
class Port:
    """A place of the table: its code of UN/LOCODE, its names, its country."""

    code: str
    names: tuple[str, ...]
    country: str


@functools.cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    text = files(__package__).joinpath("data/ports.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, tuple[str, ...]]] = tomllib.loads(text)
    return found


@functools.cache
def ports() -> Mapping[str, Port]:
    """The places of the table by code."""
    return {code: Port(code, tuple(names), code[:2]) for code, names in _table()["ports"].items()}


def is_range(text: str) -> bool:
    """Whether a text names a range of ports and none of them."""
    return _range_of(plain(text).rstrip(" .,;")) is not None


def fit(asked: str, place: NamedPlace) -> Fit:
    """How a place of a document fits a field such as 44E."""
    stated = plain(asked).rstrip(" .,;")
    if (ranged := _range_of(stated)) is not None:
        return _in_range(ranged, place)
    answers = [_fits(choice, place) for choice in _choices(stated)]
    order = (Fit.YES, Fit.TYPING, Fit.COUNTRY, Fit.UNKNOWN, Fit.RANGE, Fit.NO)
    return min(answers, key=order.index)


def _range_of(stated: str) -> str | None:
    """What a range is a range of: ANY CHINESE PORT, or CHINESE MAIN PORT; None if it is none."""
    if found := _RANGE.match(stated):
        return found[1]
    known = " ".join(_words(stated))
    ranged = known in _table()["adjectives"] or known in _table()["regions"]
    return stated if ranged and re.search(r"\bPORTS?\b", stated) else None


def _choices(stated: str) -> list[str]:
    return [each for each in _OR.split(stated) if each] or [stated]


def _fits(asked: str, place: NamedPlace) -> Fit:
    name, country = split(asked)
    if place.name is None:
        port = ports().get(place.locode or "")
        if port is None:
            return Fit.UNKNOWN
        answer = _named(name, " ".join(port.names))
        return Fit.NO if answer is Same.NO else Fit.YES
    if is_range(place.name):
        return Fit.RANGE
    there, named_country = split(place.name)
    answer = _named(name, there)
    if answer is not Same.YES and _alias(name, there):
        answer = Same.YES
    if answer is Same.NO:
        return Fit.NO
    stated = place.country or named_country
    if country and stated and stated != country:
        return Fit.COUNTRY
    if named_country and place.country and named_country != place.country:
        return Fit.COUNTRY
    if place.locode and _other_code(name, place.locode, country):
        return Fit.COUNTRY
    return Fit.TYPING if answer is Same.TYPING else Fit.YES


def split(text: str) -> tuple[str, str | None]:
    """The name of a place and its country, if one stands at its end."""
    name, country = parted(text)
    # Singapore and the like are places as well.
    return (name, country) if name else (plain(text).rstrip(" .,;"), None)


def _named(asked: str, there: str) -> Same:
    """Whether the port that is asked for stands there: the first part of its name at least.

    Further parts, such as the city of a port, may be left out or added.
    """
    main, *more = [_words(part) for part in re.split(r"[,(]", asked) if _words(part)] or [[]]
    having = _words(there)
    if not main or not having:
        return Same.NO
    known = {*main, *(word for part in more for word in part)}
    worst = Same.YES
    for word in main:
        best = max((_rank(alike(word, each)) for each in having), default=0)
        if best == 0:
            return Same.NO
        if best == 1:
            worst = Same.TYPING
    parts = [_words(part) for part in re.split(r"[,(]", there)]
    if main in parts:
        return Same.YES
    first = parts[0]
    # What else stands in front must belong to the name that was asked for, or the port is another.
    strange = [each for each in first if all(alike(each, word) is Same.NO for word in known)]
    return Same.NO if strange else worst


def _rank(answer: Same) -> int:
    return {Same.YES: 2, Same.TYPING: 1, Same.NO: 0}[answer]


def _words(text: str) -> list[str]:
    return [each for each in _WORD.findall(plain(text)) if each not in _EMPTY]


def _codes(name: str) -> frozenset[str]:
    """The codes of the table that a name means."""
    return _codes_by_words().get(tuple(_words(re.split(r"[,(]", name)[0])), frozenset())


@functools.cache
def _codes_by_words() -> Mapping[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], set[str]] = {}
    for port in ports().values():
        for each in port.names:
            found.setdefault(tuple(_words(each)), set()).add(port.code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _alias(asked: str, there: str) -> bool:
    """Whether two names mean one port, as NINGBO and NINGPO."""
    return bool(_codes(asked) & _codes(there))


def _other_code(name: str, code: str, country: str | None) -> bool:
    """Whether a code is that of another place, as far as the table knows."""
    if country and code[:2] != country:
        return True
    port = ports().get(code)
    if port is None:
        return False
    parts = [part for part in re.split(r"[,(]", name) if _words(part)]
    return all(_named(part, ", ".join(port.names)) is Same.NO for part in parts)


def _in_range(stated: str, place: NamedPlace) -> Fit:
    """Whether an actual port lies in a range such as CHINESE PORT or PORT IN EUROPE."""
    if place.name is not None and is_range(place.name):
        return Fit.RANGE
    country = place.country or (place.locode or "")[:2] or split(place.name or "")[1]
    if not country and place.name:
        codes = _codes(place.name)
        country = next(iter(sorted(codes)))[:2] if codes else None
    if not country:
        return Fit.UNKNOWN
    allowed = countries_of(stated)
    if allowed is None:
        return Fit.UNKNOWN
    if country in allowed:
        return Fit.YES
    return Fit.UNKNOWN if country in _doubtful(stated, allowed) else Fit.NO


def _doubtful(stated: str, allowed: frozenset[str]) -> frozenset[str]:
    """The countries that lie in a range by one reading alone."""
    table = _table()["doubtful"]
    name = next(iter(allowed)) if len(allowed) == 1 else " ".join(_words(stated))
    return frozenset(table.get(name, ()))


def countries_of(stated: str) -> frozenset[str] | None:
    """The countries of a range; None if its words are not known."""
    words = [each for each in _words(stated) if each not in {"SEA"}]
    text = " ".join(words)
    if text in country_names():
        return frozenset((country_names()[text],))
    for table in ("adjectives", "regions"):
        if text in _table()[table]:
            return frozenset(_table()[table][text])
    return None

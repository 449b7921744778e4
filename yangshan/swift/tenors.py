# SPDX-License-Identifier: Apache-2.0
"""When a draft or deferred payment falls due, as far as fields 42C, 42M and 42P say it in words.

These fields are narrative. Which words are understood stands in ``data/tenors.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import NamedTuple

from yangshan.swift.texts import NotUnderstood

_WHOLE = 100
_MONTHS = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY"),
    *("AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)
_ABBREVIATED = 3
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:ST|ND|RD|TH)? ([A-Z]+),? (\d{4})")
_MONTH_FIRST = re.compile(r"([A-Z]+) (\d{1,2})(?:ST|ND|RD|TH)?,? (\d{4})")


class MaturityEvent(StrEnum):
    """The event after whose date a sum falls due."""

    SIGHT = "SIGHT"
    BILL_OF_LADING = "BILL_OF_LADING"
    SHIPMENT = "SHIPMENT"
    AIR_WAYBILL = "AIR_WAYBILL"
    TRANSPORT_DOCUMENT = "TRANSPORT_DOCUMENT"
    INVOICE = "INVOICE"
    DRAFT = "DRAFT"
    RECEIPT_OF_DOCUMENTS = "RECEIPT_OF_DOCUMENTS"
    PRESENTATION = "PRESENTATION"


class TimeUnit(StrEnum):
    """What a tenor counts."""

    DAYS = "DAYS"
    MONTHS = "MONTHS"


@dataclass(frozen=True, slots=True)
class Share:
    """A part in per cent, of the ``base`` that the text names; empty if it names none."""

    percent: int
    base: str


@dataclass(frozen=True, slots=True)
class AtSight:
    """Due on presentation."""

    raw: str
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """Due ``count`` days or months after an event, whose own day is not counted (UCP 600 art. 3).

    "From" and "after" mean the same here.
    """

    raw: str
    count: int
    unit: TimeUnit
    event: MaturityEvent
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class OnDate:
    """Due on a day that the text names."""

    raw: str
    day: date
    share: Share | None = None


Tenor = AtSight | AfterEvent | OnDate


@dataclass(frozen=True, slots=True)
class MixedTenors:
    """Parts that together are the whole, each with its own tenor."""

    raw: str
    parts: tuple[Tenor, ...]


class _Words(NamedTuple):
    percent: re.Pattern[str]
    opening: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    sight: frozenset[str]
    counted: re.Pattern[str]
    fixed: re.Pattern[str]
    direct: frozenset[str]
    events: dict[str, MaturityEvent]


def tenor(raw: str) -> Tenor | NotUnderstood:
    """The tenor of a draft (42C) or of a deferred payment (42P)."""
    found = _tenor(_plain(raw))
    return replace(found, raw=raw) if found else NotUnderstood(raw)


def mixed(raw: str) -> MixedTenors | NotUnderstood:
    """Mixed payment (42M): parts in per cent of one base, which make up the whole."""
    text = _plain(raw)
    starts = [found.start() for found in _words().percent.finditer(text)]
    if not starts or starts[0] != 0:
        return NotUnderstood(raw)
    parts = []
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = re.sub(r"(?:[ ,;.+]| AND| PLUS)+$", "", text[start:stop])
        found = _tenor(piece)
        if found is None or found.share is None:
            return NotUnderstood(raw)
        parts.append(found)
    shares = [part.share for part in parts if part.share]
    one_base = len({share.base for share in shares}) == 1
    if not one_base or sum(share.percent for share in shares) != _WHOLE:
        return NotUnderstood(raw)
    return MixedTenors(raw, tuple(parts))


def _plain(raw: str) -> str:
    text = re.sub(r"\bTHE ", "", " ".join(raw.upper().split()))
    return text.rstrip(" .,;")


def _tenor(text: str) -> Tenor | None:
    words = _words()
    whole, share = text, None
    if found := words.leading.match(text):
        share, text = _share(found), text[found.end() :]
    elif found := words.trailing.search(text):
        share, text = _share(found), text[: found.start()].rstrip(" ,")
    if share and not 0 < share.percent <= _WHOLE:
        return None
    if text in words.sight:
        return AtSight(whole, share)
    if found := words.fixed.match(text):
        day = _day(text[found.end() :])
        return OnDate(whole, day, share) if day else None
    text = words.opening.sub("", text, count=1)
    if text in words.sight:
        return AtSight(whole, share)
    if found := words.counted.fullmatch(text):
        event = words.events.get(found["event"])
        if event is None or not int(found["count"]):
            return None
        if not found["preposition"] and found["event"] not in words.direct:
            return None
        return AfterEvent(whole, int(found["count"]), TimeUnit(found["unit"] + "S"), event, share)
    return None


def _share(found: re.Match[str]) -> Share:
    parts = found.groupdict()
    return Share(int(parts["percent"] or _WHOLE), parts["base"] or "")


def _day(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return _of_month(int(found[3]), found[2], int(found[1]))
        if found := _MONTH_FIRST.fullmatch(text):
            return _of_month(int(found[3]), found[1], int(found[2]))
    except ValueError:
        return None
    return None


def _of_month(year: int, name: str, day: int) -> date | None:
    for number, month in enumerate(_MONTHS, start=1):
        if name in {month, month[:_ABBREVIATED]}:
            return date(year, number, day)
    return None


@functools.cache
def _words() -> _Words:
    text = files("yangshan.swift").joinpath("data/tenors.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    signs, bases = _any(raw["percent"]), _any(raw["bases"])
    percent = rf"(?P<percent>\d{{1,3}}) ?(?:{signs})"
    return _Words(
        percent=re.compile(rf"(?<![\d.]){percent}(?= )"),
        opening=re.compile(rf"(?:{_any(raw['openings'])}) "),
        leading=re.compile(rf"{percent}(?: (?:OF )?(?P<base>{bases}))? "),
        trailing=re.compile(
            rf",? FOR (?:{percent}(?: OF)?|(?:{_any(raw['whole'])})) (?P<base>{bases})$"
        ),
        sight=frozenset(raw["sight"]),
        counted=re.compile(
            r"(?P<count>\d{1,3}) (?P<unit>DAY|MONTH)S?'?"
            rf"(?P<preposition> (?:{_any(raw['prepositions'])}))? (?P<event>\S.*)"
        ),
        fixed=re.compile(rf"(?:{_any(raw['fixed'])}) (?=\d{{4}}-|\d{{1,2}}[A-Z ]|[A-Z]+ \d)"),
        direct=frozenset(raw["direct"]),
        events={
            phrase: MaturityEvent(event)
            for event, phrases in raw["events"].items()
            for phrase in phrases
        },
    )


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

# SPDX-License-Identifier: Apache-2.0
"""The corpus: valid messages of each type, and the changes that break one rule of each.

What every message shares, such as a field out of its format, is generated from the tables of the
messages; what is particular stands in ``corpus/mtNNN.toml``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

Rows = list[tuple[str, str]]

FOLDER = Path(__file__).parent / "corpus"
_FIELD = re.compile(r"^:(\w{2,3}):", re.MULTILINE)


class Break(NamedTuple):
    """Changes of a valid message, and the one finding that they give."""

    base: str
    drop: tuple[str, ...]
    change: dict[str, str]
    tag: str
    code: str
    below: int
    severity: str


class Sample(NamedTuple):
    """A value that keeps a format and one that does not, with the code and line of its fault."""

    good: str
    bad: str
    code: str = "T12"
    below: int = 0


def rows_of(text: str) -> Rows:
    """The fields of a text as it stands in the corpus."""
    pieces = _FIELD.split(text.strip("\n"))[1:]
    return [(tag, value.rstrip("\n")) for tag, value in zip(pieces[::2], pieces[1::2], strict=True)]


def place_of(rows: Rows, tag: str) -> int:
    """Where a field stands; ``32B#2`` is the second of its tag."""
    name, _, number = tag.partition("#")
    found = [at for at, (other, _) in enumerate(rows) if other == name]
    assert len(found) >= int(number or 1), f"{tag} is not there"
    return found[int(number or 1) - 1]


def changed(rows: Rows, drop: tuple[str, ...], change: dict[str, str]) -> Rows:
    """The fields without some, with others in place; ``42M>43P`` stands in front of 43P."""
    dropped = {place_of(rows, tag) for tag in drop}
    found = [row for at, row in enumerate(rows) if at not in dropped]
    for key, value in change.items():
        new, arrow, before = key.partition(">")
        if arrow:
            found.insert(place_of(found, before) if before else len(found), (new, value))
        else:
            at = place_of(found, new)
            found[at] = (found[at][0], value)
    return found


def _breaks(given: list[dict[str, Any]]) -> list[Break]:
    defaults: dict[str, Any] = {
        "base": "full",
        "drop": [],
        "change": {},
        "below": 0,
        "severity": "error",
    }
    return [
        Break(**{**defaults, **one, "drop": tuple(one.get("drop", []))})  # type: ignore[arg-type]
        for one in given
    ]


_FILES = {
    path.stem[2:]: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("mt*.toml"))
}
BASES: dict[str, dict[str, Rows]] = {
    kind: {name: rows_of(text) for name, text in file["valid"].items()}
    for kind, file in _FILES.items()
}
BREAKS: dict[str, list[Break]] = {
    kind: _breaks(file.get("breaks", [])) for kind, file in _FILES.items()
}


def _lines(count: int, width: int, *, first: str = "A") -> Sample:
    return Sample(
        f"{first}\n" * (count > 1) + "B" * width, f"{first}\n" * count + "A", "T12", count
    )


PARTY = "[/1!a][/34x] CRLF "
SAMPLES: dict[str, Sample] = {
    "1!n/1!n": Sample("1/1", "1-1"),
    "16x": Sample("A" * 16, "A" * 17),
    "24x": Sample("IRREVOCABLE", "A" * 25),
    "24x CRLF 24x": Sample("IRREVOCABLE\nWITHOUT OUR CONFIRMATION", "IRREVOCABLE"),
    "30x": Sample("NOTURR", "A" * 31),
    "30x[/35x]": Sample("UCP LATEST VERSION", "OTHR/" + "A" * 36),
    "6!n": Sample("251010", "250229", "T50"),
    "6!n29x": Sample("251231HAMBURG", "251231"),
    "3!a15d": Sample("CNY1300,5", "CNY1300", "T43"),
    "6!n3!a15d": Sample("251010CNY1300,", "251010CNX1300,", "T52"),
    "2n/2n": Sample("10/0", "10/100"),
    PARTY + "4!a2!a2!c[3!c]": Sample("/C/1\nYSSLDEHHXXX", "YSSLDEH", "T27"),
    PARTY + "[35x]": Sample("/D/12\nPUDONG", "/D/12\nPUDONG\nLUJIAZUI", "T12", 2),
    PARTY + "4*35x": Sample("/1\nELBE BANK\nHAMBURG", "A\nB\nC\nD\nE", "T12", 4),
    "4*35x": _lines(4, 35),
    "[/34x] CRLF 4*35x": Sample("/1\nA\nB", "/ONLY-AN-ACCOUNT"),
    "4!a2!a2!c[3!c] CRLF 14x": Sample("YSSLDEHH\nBY PAYMENT", "YSSLDEH\nBY PAYMENT", "T27"),
    "4*35x CRLF 14x": Sample("ANY BANK\nBY PAYMENT", "A\nBY DEFERRED PAYMENT", "T12", 1),
    "11x": Sample("ALLOWED", "NOT PERMITTED"),
    "35x": Sample("A" * 35, "A" * 36),
    "3n": Sample("021", "0210"),
    "3!a": Sample("OUR", "OURS"),
    "4!c": Sample("ISSU", "ISSUE"),
    "6!a": Sample("CANCEL", "CANCEL1"),
    "8!c": Sample("GENINFAD", "GENINFA"),
    "7!x": Sample("WITHOUT", "NONE"),
    "3n[/35x]": Sample("21/AFTER RECEIPT OF GOODS", "21 DAYS"),
    "4!c[/35x]": Sample("OTHR/A", "OTHR A"),
    "4!c/65x": Sample("OTHR/A", "OTHR"),
    "4!c[CRLF 6*35z]": Sample("OTHR\nA\nB", "OTHR A"),
    "": Sample("", "A"),
    "2!a": Sample("EN", "ENG"),
    "4!a[/35x]": Sample("URDG", "URDG RULES"),
    "4!c[/30x]": Sample("OTHR/A", "OTHR A"),
    "4!c[CRLF 12*65x]": Sample("OTHR\nA", "OTHR A"),
    "4!c[CRLF 50*65z]": Sample("COMP\nA", "COMP A"),
    "2!a[/35x][CRLF /65x]": Sample("DE/HAMBURG\n/COURT", "DE/HAMBURG\nCOURT", "T12", 1),
    "6!n[/6!n]": Sample("251010/251031", "251010/251032", "T50"),
    "1!a3!n2!a3!a15d": Sample("D060STCNY1,", "D60STCNY1,"),
    "4!a2!a2!c[3!c]": Sample("YSSLDEHH", "YSSLDEH", "T27"),
    "[/34x] CRLF 4!a2!a2!c[3!c]": Sample("/1\nYSSLDEHH", "YSSLDEH", "T27"),
    "3*35x": _lines(3, 35),
    "6*35z": _lines(6, 35),
    "6*65x": _lines(6, 65),
    "6*35x": _lines(6, 35),
    "12*65x": _lines(12, 65),
    "12*65z": _lines(12, 65),
    "20*35x": _lines(20, 35),
    "50*65z": _lines(50, 65),
    "20*35z": _lines(20, 35),
    "35*50x": _lines(35, 50),
    "35*50z": _lines(35, 50),
    "70*50z": _lines(70, 50),
    "100*65z": _lines(100, 65),
    "150*65z": _lines(150, 65),
    "140z": Sample("A" * 140, "A\nB", "T12", 1),
}

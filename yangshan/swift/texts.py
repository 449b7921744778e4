# SPDX-License-Identifier: Apache-2.0
"""What a narrative says where its words allow it; the text as it stands is always kept.

A text that is not understood becomes :class:`NotUnderstood`, never an error and never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.credit.amendments import ChangeWord, TextChange
from yangshan.swift.errors import BadContent
from yangshan.swift.values import Charge, charge_amount, slash_code

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]\s+(\S.*)")
_BULLET = re.compile(r"[+*]\s*(\S.*)")
_AMOUNT = re.compile(r"[A-Z]{3}[0-9,]{1,13}")
_CHANGE_WIDTH = 65


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text that says something this software does not know; for a person to read."""

    raw: str


@dataclass(frozen=True, slots=True)
class StatedDiscrepancy:
    """One discrepancy of field 77J: its code word, if it has one, and its text in one line."""

    code: str | None
    text: str


@dataclass(frozen=True, slots=True)
class StatedDiscrepancies:
    """Field 77J; ``heading`` is what stands in front of the first discrepancy."""

    raw: str
    heading: str
    items: tuple[StatedDiscrepancy, ...]


@dataclass(frozen=True, slots=True)
class StatedCharges:
    """Fields 71D and 73A, continuation lines joined to the charge that they continue."""

    raw: str
    items: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
class StatedChanges:
    """Fields 45B, 46B, 47B, 49M and 49N in the order in which the changes are made."""

    raw: str
    items: tuple[TextChange, ...]


def discrepancies(raw: str) -> StatedDiscrepancies | NotUnderstood:
    """Field 77J in code lines, numbered from 1 without a gap, or in lines with a plus each."""
    lines = raw.split("\n")
    for opens in (_code_line, _numbered_line, _bullet_line):
        items: list[tuple[str, str | None, list[str]]] = []
        heading: list[str] = []
        for line in lines:
            if found := opens(line, len(items) + 1):
                items.append((found[0], found[0] or None, [found[1]] if found[1] else []))
            elif items:
                items[-1][2].append(line.removeprefix("//").strip())
            else:
                heading.append(line.strip())
        if items:
            stated = tuple(
                StatedDiscrepancy(code, " ".join(text for text in texts if text))
                for _, code, texts in items
            )
            if not all(item.text for item in stated) and opens is not _code_line:
                break
            return StatedDiscrepancies(raw, " ".join(heading), stated)
    return NotUnderstood(raw)


def _code_line(line: str, _number: int) -> tuple[str, str] | None:
    found = slash_code(line)
    return (found[0], found[1].strip()) if found else None


def _numbered_line(line: str, number: int) -> tuple[str, str] | None:
    found = _NUMBERED.fullmatch(line.strip())
    return ("", found[2].strip()) if found and int(found[1]) == number else None


def _bullet_line(line: str, _number: int) -> tuple[str, str] | None:
    found = _BULLET.fullmatch(line.strip())
    return ("", found[1].strip()) if found else None


def charges(raw: str) -> StatedCharges | NotUnderstood:
    """Fields 71D and 73A; plain narrative is a charge without code, amount None."""
    items: list[Charge] = []
    for line in raw.split("\n"):
        code = slash_code(line)
        if code:
            try:
                amount = charge_amount(code[1])
            except BadContent:
                return NotUnderstood(raw)
            # The amount is written at the head of what follows the code.
            rest = _AMOUNT.sub("", code[1], count=1) if amount else code[1]
            items.append(Charge(code[0], amount, rest))
        elif line.startswith("//") and items and items[-1].code:
            last = items.pop()
            items.append(Charge(last.code, last.amount, f"{last.text} {line[2:]}".strip()))
        elif line.startswith("/"):
            return NotUnderstood(raw)
        else:
            items.append(Charge(None, None, line))
    return StatedCharges(raw, tuple(items))


def changes(raw: str) -> StatedChanges | NotUnderstood:
    """The changes of a text, each opened by ``/ADD/``, ``/DELETE/`` or ``/REPALL/``."""
    items: list[tuple[ChangeWord, list[str]]] = []
    for line in raw.split("\n"):
        code = slash_code(line)
        if code and code[0] in ChangeWord.__members__:
            items.append((ChangeWord[code[0]], [code[1]] if code[1] else []))
        elif not items or line.startswith("/"):
            return NotUnderstood(raw)
        else:
            items[-1][1].append(line)
    if not all(lines for _, lines in items):
        return NotUnderstood(raw)
    return StatedChanges(raw, tuple(TextChange(word, "\n".join(lines)) for word, lines in items))


def write_changes(items: Sequence[TextChange]) -> str:
    """The changes as they stand in field 45B and its like."""
    written = []
    for change in items:
        opening = f"/{change.word}/"
        first = change.text.partition("\n")[0]
        # A line that is full has its code word in front, on a line of its own.
        apart = "\n" if len(opening) + len(first) > _CHANGE_WIDTH else ""
        written.append(f"{opening}{apart}{change.text}")
    return "\n".join(written)

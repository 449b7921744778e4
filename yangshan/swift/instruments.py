# SPDX-License-Identifier: Apache-2.0
"""A message and its continuations, such as MT 700 with MT 701, as the one instrument they are.

Field 27 numbers the parts, eight at most. The instrument is there when all of them are, each once;
the text of a field is what stands in all parts together, in the order of their numbers.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.errors import Refused
from yangshan.swift import values
from yangshan.swift.definitions import MessageType, definitions
from yangshan.swift.errors import FieldNotUsable
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.grammar import Message, compose, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.swift.definitions import Severity

_SEQUENCE = "27"
_MOST_PARTS = 8

# What the network carries in the text block of one message (unchecked, so a caller may say less).
MOST_CHARACTERS = 10_000


class TooLong(Refused):
    """A text that takes more parts than one instrument may have."""

    def __init__(self, kind: str, parts: int) -> None:
        super().__init__(
            f"The MT {kind} takes {parts} parts; expected at most {_MOST_PARTS}, which field 27 "
            "can number."
        )
        self.parts = parts


class PartNotValid(Refused):
    """A part that would not be a valid message; ``findings`` say which field and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            "The message cannot be written: " + " ".join(found.message for found in findings)
        )
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A message and its continuations, in the order of field 27."""

    main: Message
    continuations: tuple[Message, ...] = ()

    def text(self, tag: str) -> str | None:
        """The text of a field over all parts, its lines joined by a line feed; None if absent.

        What a continuation repeats so that it can be assigned, as a reference, is no text.
        """
        parts = [self.main]
        for part in self.continuations:
            row = definitions().messages[part.type].row(tag)
            if row and row.status == "O":
                parts.append(part)
        found = [field.value for part in parts for field in part.all(tag)[:1]]
        return "\n".join(found) if found else None


def continues(kind: str) -> str | None:
    """The message whose text messages of this type carry on, if they do."""
    table = definitions().messages.get(kind)
    return table.continues if table else None


def is_continuation(kind: str) -> bool:
    """Whether messages of this type only carry on the text of another."""
    return continues(kind) is not None


def join(main: Message, continuations: Sequence[Message]) -> tuple[Instrument, list[Finding]]:
    """The instrument of these parts, and what is wrong between them.

    Missing parts, parts given twice and parts of another instrument are errors, parts that stand
    out of order a warning. What is wrong inside a part is for :func:`yangshan.swift.check`.
    """
    own = _numbers(main)
    if own is None:
        return Instrument(main, tuple(continuations)), []
    findings: list[Finding] = []
    kept: dict[int, Message] = {}
    total = own[1]
    for part in continuations:
        numbers = _numbers(part)
        if fault := _other_instrument(main, part):
            findings.append(fault)
        elif numbers is None:
            continue
        elif numbers[1] != total:
            what = f"This is part {numbers[0]} of {numbers[1]}, and part 1 counts {total}"
            findings.append(_at(part, "Y48", f"{what}; expected the same number of parts"))
        elif numbers[0] in kept:
            what = f"Part {numbers[0]} of {total} stands a second time"
            findings.append(_at(part, "Y47", f"{what}; expected every part once"))
        else:
            if kept and numbers[0] < max(kept):
                what = f"Part {numbers[0]} stands after part {max(kept)}"
                expected = "expected the parts in the order of field 27"
                findings.append(_at(part, "Y53", f"{what}; {expected}", "warning"))
            kept[numbers[0]] = part
    missing = [str(number) for number in range(2, total + 1) if number not in kept]
    if missing:
        what = f"This is part 1 of {total}, and part {' and '.join(missing)} is not here"
        expected = "expected all parts, since they are one instrument"
        findings.append(_at(main, "Y43", f"{what}; {expected}"))
    return Instrument(main, tuple(kept[number] for number in sorted(kept))), findings


def divide(
    kind: str,
    fields: Sequence[tuple[str, str]],
    *,
    sender: str,
    receiver: str,
    most_characters: int = MOST_CHARACTERS,
) -> list[str]:
    """The FIN texts, with CRLF, of a message and of the continuations that its texts need.

    ``fields`` are tags and values, lines joined by a line feed, in order and without field 27; a
    text may be as long as it takes. Sender and receiver are BICs. What changes a text (45B and its
    like) is cut in front of a code word only. Raises :class:`TooLong` and :class:`PartNotValid`.
    """
    table = definitions().messages[kind]
    following = next(
        (other for other in definitions().messages.values() if other.continues == kind), None
    )
    parts = _portions(table, following, fields, most_characters)
    if len(parts) > _MOST_PARTS:
        raise TooLong(kind, len(parts))
    texts = []
    for number, rows in enumerate(parts, start=1):
        part = kind if number == 1 or following is None else following.type
        rows.insert(_place_of_sequence(part, rows), (_SEQUENCE, f"{number}/{len(parts)}"))
        text = compose(part, rows, sender=sender, receiver=receiver)
        findings = check(read(text)[0])
        if not is_valid(findings):
            raise PartNotValid(findings)
        texts.append(text)
    return texts


def _portions(
    table: MessageType,
    following: MessageType | None,
    fields: Sequence[tuple[str, str]],
    most_characters: int,
) -> list[list[tuple[str, str]]]:
    """The fields of each part in order, field 27 left out."""
    carried = {row.tag for row in following.fields if row.status == "O"} if following else set()
    head = [
        found[0]
        for row in (following.fields if following else ())
        # The first of its tag: a further one stands in a later sequence.
        if row.status == "M" and (found := [each for each in fields if each[0] in row.tags])
    ]
    fixed = sum(_size(tag, value) for tag, value in fields if tag not in carried)
    room = [most_characters - fixed]
    texts: list[dict[str, list[str]]] = [{}]
    for tag, value in fields:
        at = 0
        for unit in _units(tag, value) if tag in carried else ():
            lines, size = unit.count("\n") + 1, len(unit) + unit.count("\n") + 2
            while at < len(texts):
                held = sum(each.count("\n") + 1 for each in texts[at].get(tag, []))
                opening = 0 if tag in texts[at] else len(tag) + 2
                fits = held + lines <= _most_lines(tag) and size + opening <= room[at]
                if fits or (at and not texts[at]):
                    break
                at += 1
            else:
                texts.append({})
                room.append(most_characters - sum(_size(*row) for row in head))
                opening = len(tag) + 2
            texts[at].setdefault(tag, []).append(unit)
            room[at] -= size + opening
    order = [tag for tag, _ in fields if tag in carried]
    first = [
        (tag, "\n".join(texts[0][tag]) if tag in carried else value)
        for tag, value in fields
        if tag not in carried or tag in texts[0]
    ]
    rest = [
        [*head, *((tag, "\n".join(part[tag])) for tag in order if tag in part)]
        for part in texts[1:]
    ]
    return [first, *rest]


def _place_of_sequence(kind: str, rows: Sequence[tuple[str, str]]) -> int:
    """Where field 27 goes: in front of all but what opens its sequence."""
    first = definitions().messages[kind].table[0].fields
    openings = {row.tag for row in itertools.takewhile(lambda row: row.tag != _SEQUENCE, first)}
    return sum(1 for _ in itertools.takewhile(lambda row: row[0] in openings, rows))


def _units(tag: str, value: str) -> list[str]:
    """What must not be torn apart: a line, or a change with its code word."""
    changes = next((each for each in definitions().changes if tag in each.tags), None)
    if changes is None:
        return value.split("\n")
    return re.split(rf"\n(?=/(?:{'|'.join(changes.words)})/)", value)


def _most_lines(tag: str) -> int:
    count, lines, _ = definitions().formats[tag].spec.partition("*")
    return int(count) if lines else 1


def _size(tag: str, value: str) -> int:
    return len(tag) + 2 + len(value) + value.count("\n") + 2


def _other_instrument(main: Message, part: Message) -> Finding | None:
    table = definitions().messages.get(part.type)
    if table is None or continues(part.type) != main.type:
        return _at(
            part,
            "Y49",
            f"This is an MT {part.type}, which does not continue an MT {main.type}; "
            "expected its continuations alone",
        )
    for row in table.fields:
        if row.status == "M" and row.tag != _SEQUENCE:
            here, there = part.first(row.tag), main.first(row.tag)
            if here and there and here.value != there.value:
                what = f"Field {row.tag} has {here.value!r}, and part 1 has {there.value!r}"
                return Finding(
                    here.tag,
                    here.line,
                    1,
                    "Y49",
                    "error",
                    f"{what}; expected the parts of one instrument (rule Y49).",
                )
    if (part.sender, part.receiver) != (main.sender, main.receiver):
        what = "This part is between other banks than part 1"
        return _at(part, "Y49", f"{what}; expected the parts of one instrument")
    return None


def _numbers(message: Message) -> tuple[int, int] | None:
    field = message.first(_SEQUENCE)
    if field is None:
        return None
    try:
        found = values.parts(field)
    except FieldNotUsable:
        return None
    return int(found["number"]), int(found["total"])


def _at(message: Message, code: str, what: str, severity: Severity = "error") -> Finding:
    field = message.first(_SEQUENCE)
    line = field.line if field else message.line
    return Finding(_SEQUENCE, line, 1, code, severity, f"{what} (rule {code}).")

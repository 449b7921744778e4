# SPDX-License-Identifier: Apache-2.0
"""Text put into the character sets of SWIFT, on request alone, every replacement told.

Letters of other scripts are written in Latin ones (Chinese in Pinyin, without tones), signs by the
nearest sign of the set, and what has none by a full stop. A person decides whether a name may be
written so: a beneficiary's name is what documents are compared with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from anyascii import anyascii

from yangshan.swift.definitions import definitions
from yangshan.swift.formats import CHARACTER_SETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.swift.grammar import Message

# ASCII signs that one of the sets lacks.
_SIGNS = {
    "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", '"': "'", "`": "'", "^": "'",
    "\\": "/", "|": "/", "_": "-", "~": "-", "&": "+", "*": "+", ";": ",", "\t": " ", "@": "(AT)",
    "%": " PERCENT", "=": "-", "!": ".", "#": "NO.",
}  # fmt: skip
_WITHOUT = "."
_LINE_BREAKS = "\r\n"
_SURROGATES = re.compile("[\ud800-\udfff]")
# A line of a field does not begin with these; a plus opens an item instead.
_NOT_FIRST = {"-": "+", ":": "."}


class Replacement(NamedTuple):
    """What was replaced: line and column from 1 (of the text given, or of the file), the field's
    tag (empty for a text alone), what stood there and what stands there now."""

    line: int
    column: int
    tag: str
    found: str
    written: str


def transliterate(
    text: str, charset: Literal["x", "z"] = "x"
) -> tuple[str, tuple[Replacement, ...]]:
    """The text in a character set of SWIFT, line breaks as they were, and what was replaced.

    Bytes that are no UTF-8 stay: nobody can say what they were.
    """
    done, replaced = _replaced(text, charset)
    return done, tuple(replaced)


def transliterate_rows(
    rows: Sequence[tuple[str, str]],
) -> tuple[list[tuple[str, str]], list[Replacement]]:
    """The same of tags and values, each in the set of its format; lines count from 1 in a value."""
    done: list[tuple[str, str]] = []
    replaced: list[Replacement] = []
    for tag, value in rows:
        text, found = _replaced(value, charset_of(tag), tag)
        done.append((tag, text))
        replaced += found
    return done, replaced


def transliterate_message(message: Message) -> tuple[str, list[Replacement]]:
    """The text of a message with its fields in their sets; lines count in its file."""
    text = message.head
    replaced: list[Replacement] = []
    for field in message.fields:
        opening = len(field.tag) + 2
        value, found = _replaced(
            field.raw[opening:], charset_of(field.tag), field.tag, field.line, opening
        )
        text += field.raw[:opening] + value
        replaced += found
    return text + message.tail, replaced


def charset_of(tag: str) -> Literal["x", "z"]:
    """The set in which a field is written: z where its format says so, else x."""
    known = definitions().formats.get(tag)
    return "z" if known and re.search(r"\dz", known.spec) else "x"


def _replaced(
    text: str, charset: Literal["x", "z"], tag: str = "", line: int = 1, opening: int = 0
) -> tuple[str, list[Replacement]]:
    allowed = CHARACTER_SETS[charset]
    done: list[str] = []
    replaced: list[Replacement] = []
    column = opening + 1
    for sign in text:
        start = not done or done[-1].endswith("\n")
        if sign in allowed or sign in _LINE_BREAKS or _SURROGATES.match(sign):
            done.append(sign)
        else:
            written = "".join(_fitting(each, allowed) for each in anyascii(sign)) or _WITHOUT
            if start and written[0] in _NOT_FIRST:
                written = _NOT_FIRST[written[0]] + written[1:]
            done.append(written)
            last = replaced[-1] if replaced else None
            if last and (last.line, last.column + len(last.found)) == (line, column):
                replaced[-1] = last._replace(
                    found=last.found + sign, written=last.written + written
                )
            else:
                replaced.append(Replacement(line, column, tag, sign, written))
        line, column = (line + 1, 1) if sign == "\n" else (line, column + 1)
    return "".join(done), replaced


def _fitting(sign: str, allowed: str) -> str:
    """A sign of ASCII, or what stands for it in the set."""
    if sign in allowed:
        return sign
    other = _SIGNS.get(sign, _WITHOUT)
    return other if all(each in allowed for each in other) else _WITHOUT

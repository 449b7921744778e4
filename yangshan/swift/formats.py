# SPDX-License-Identifier: Apache-2.0
"""SWIFT format specifications, compiled from the notation of the message tables.

``16x`` up to sixteen characters of set x · ``6!n`` exactly six digits · ``4*35x`` up to four lines
of up to 35 · ``[3!c]`` optional · ``CRLF`` a line break · anything else stands for itself. A
mismatch tells where it begins and what was expected there.

A format has no choice to make but whether an optional group is there, so matching is linear in
practice: a run of characters always takes what it can, and lines in front of further mandatory
lines leave exactly those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from yangshan.errors import Unusable

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_X = _UPPER + _UPPER.lower() + _DIGITS + " /-?:().,'+"

CHARACTER_SETS: dict[str, str] = {
    "n": _DIGITS,
    "a": _UPPER,
    "c": _UPPER + _DIGITS,
    "d": _DIGITS + ",",
    "x": _X,
    "y": _UPPER + _DIGITS + " .,-()/='+:?!\"%&*<>;",
    "z": _X + '=!"%&*<>;{@#_',
}
_NAMES = {
    "n": "digit",
    "a": "capital letter",
    "c": "capital letter or digit",
    "d": "digit or comma",
    "x": "character of set x",
    "y": "character of set y",
    "z": "character of set z",
}
_END = "nothing more"
_NO_LINE = "no such line"
_RUNS = {name: re.compile(f"[{re.escape(chars)}]*") for name, chars in CHARACTER_SETS.items()}


class BadSpecification(Unusable):
    """A format in the message data that is not written in the notation."""

    def __init__(self, spec: str, at: int) -> None:
        super().__init__(f"The format {spec!r} cannot be read from position {at + 1} on.")


class Match(NamedTuple):
    """What each named part holds; the lines of one part are joined by a line feed."""

    parts: dict[str, str]


class Mismatch(NamedTuple):
    """Where a value leaves its format: line and column from 0, the part, what was expected."""

    line: int
    column: int
    part: str | None
    expected: str


@dataclass(frozen=True, slots=True)
class _Literal:
    text: str


@dataclass(frozen=True, slots=True)
class _Break:
    pass


@dataclass(frozen=True, slots=True)
class _Run:
    charset: str
    least: int
    most: int
    part: str | None


@dataclass(frozen=True, slots=True)
class _Lines:
    charset: str
    lines: int
    most: int
    part: str | None


@dataclass(frozen=True, slots=True)
class _Group:
    nodes: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _OptionalLine:
    """A first line made of groups alone, as ``[/1!a][/34x] CRLF``: absent with its line break.

    A line that begins as one of its groups does is that line, never the next one.
    """

    groups: tuple[_Node, ...]


_Node = _Literal | _Break | _Run | _Lines | _Group | _OptionalLine

_TOKEN = re.compile(
    r"\s*(?:(?P<crlf>CRLF)|(?P<open>\[)|(?P<close>\])"
    r"|(?P<lines>\d+)\*(?P<width>\d+)(?P<lset>[nacdxyz])"
    r"|(?P<most>\d+)(?P<exact>!?)(?P<set>[nacdxyz])"
    r"|(?P<literal>[^\sA-Za-z0-9\[\]]))"
)


@dataclass(slots=True)
class _Builder:
    spec: str
    names: list[str]
    at: int = 0
    used: int = 0

    def nodes(self, inside: bool) -> tuple[_Node, ...]:
        found: list[_Node] = []
        while self.at < len(self.spec):
            token = _TOKEN.match(self.spec, self.at)
            if token is None:
                raise BadSpecification(self.spec, self.at)
            start, self.at = self.at, token.end()
            if token["open"]:
                found.append(_Group(self.nodes(True)))
            elif token["close"]:
                if not inside:
                    raise BadSpecification(self.spec, start)
                return tuple(found)
            elif token["crlf"]:
                if not inside and found and all(isinstance(node, _Group) for node in found):
                    found = [_OptionalLine(tuple(found))]
                else:
                    found.append(_Break())
            elif token["lines"]:
                count, width = int(token["lines"]), int(token["width"])
                found.append(_Lines(token["lset"], count, width, self.name()))
            elif token["set"]:
                most = int(token["most"])
                least = most if token["exact"] else 1
                found.append(_Run(token["set"], least, most, self.name()))
            else:
                found.append(_Literal(token["literal"]))
        if inside:
            raise BadSpecification(self.spec, self.at)
        return tuple(found)

    def name(self) -> str | None:
        self.used += 1
        return self.names[self.used - 1] if self.used <= len(self.names) else None


class Format:
    """One compiled specification.

    ``parts`` names its runs from left to right; neighbours of one name, as the four runs of a BIC,
    make one part. Raises BadSpecification.
    """

    def __init__(self, spec: str, parts: tuple[str, ...] = ()) -> None:
        builder = _Builder(spec, list(parts))
        self.spec = spec
        self.parts = tuple(dict.fromkeys(parts))
        self._nodes = builder.nodes(False)
        if parts and builder.used != len(parts):
            raise BadSpecification(spec, len(spec))

    def match(self, value: str) -> Match | Mismatch:
        """Compares a value, its lines joined by a line feed, with the specification."""
        attempt = _Attempt(value)
        taken = attempt.run(self._nodes, 0, ())
        if taken is None:
            return attempt.mismatch()
        parts: dict[str, str] = {}
        for part, text in taken:
            if part is not None:
                parts[part] = parts.get(part, "") + text
        return Match(parts)


_Taken = tuple[tuple[str | None, str], ...]


class _Wanted(NamedTuple):
    """How many of what would have been welcome; put into words only where that is asked."""

    bound: str
    most: int
    charset: str

    def __str__(self) -> str:
        return f"{self.bound} {_count(self.most, _NAMES[self.charset])}"


@dataclass(slots=True)
class _Attempt:
    text: str
    furthest: int = 0
    part: str | None = None
    full: bool = True
    expected: list[str | _Wanted] = field(default_factory=list)

    def expect(
        self, at: int, what: str | _Wanted, part: str | None = None, full: bool = False
    ) -> None:
        """Remembers what would have been welcome at the furthest position that was reached.

        A part that is too short there is more to blame than one that is already ``full``.
        """
        if at > self.furthest:
            self.furthest, self.part, self.full, self.expected = at, None, True, []
        if at == self.furthest:
            if part and (self.part is None or (self.full and not full)):
                self.part, self.full = part, full
            if what not in self.expected:
                self.expected.append(what)

    def mismatch(self) -> Mismatch:
        # Where the format could have ended, the fault is the line that still follows.
        if _END in self.expected and self.text.startswith("\n", self.furthest):
            self.furthest, self.part, self.expected = self.furthest + 1, None, [_NO_LINE]
        before = self.text[: self.furthest]
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        return Mismatch(line, column, self.part, " or ".join(str(what) for what in self.expected))

    def run(self, nodes: tuple[_Node, ...], at: int, taken: _Taken) -> _Taken | None:
        if not nodes:
            if at == len(self.text):
                return taken
            self.expect(at, _END)
            return None
        head, rest = nodes[0], nodes[1:]
        if isinstance(head, _Literal):
            if self.text.startswith(head.text, at):
                return self.run(rest, at + len(head.text), taken)
            self.expect(at, f"'{head.text}'")
            return None
        if isinstance(head, _Break):
            if self.text.startswith("\n", at):
                return self.run(rest, at + 1, taken)
            self.expect(at, "a further line")
            return None
        if isinstance(head, _Run):
            end = self.characters(head, at, _next_literal(rest))
            if end is None:
                return None
            return self.run(rest, end, (*taken, (head.part, self.text[at:end])))
        if isinstance(head, _Lines):
            end = self.lines(head, at, _breaks(rest))
            if end is None:
                return None
            return self.run(rest, end, (*taken, (head.part, self.text[at:end])))
        if isinstance(head, _Group):
            there = self.run(head.nodes + rest, at, taken)
            return self.run(rest, at, taken) if there is None else there
        return self.optional_line(head, rest, at, taken)

    def optional_line(
        self, head: _OptionalLine, rest: tuple[_Node, ...], at: int, taken: _Taken
    ) -> _Taken | None:
        firsts = {_next_literal((group,)) for group in head.groups}
        if not any(first and self.text.startswith(first, at) for first in firsts):
            return self.run(rest, at, taken)
        if "\n" not in self.text[at:] and all(isinstance(node, _Group) for node in rest):
            return self.run(head.groups, at, taken)
        return self.run((*head.groups, _Break(), *rest), at, taken)

    def characters(self, node: _Run, at: int, until: str) -> int | None:
        limit = min(at + node.most, len(self.text))
        if until:
            stop = self.text.find(until, at, limit)
            limit = limit if stop < 0 else stop
        run = _RUNS[node.charset].match(self.text, at, limit)
        end = at if run is None else run.end()
        if end - at == node.most:
            wanted = _Wanted("at most", node.most, node.charset)
            self.expect(end, wanted, node.part, full=True)
            return end
        bound = "exactly" if node.least == node.most else "up to"
        wanted = _Wanted(bound, node.most, node.charset)
        self.expect(end, wanted, node.part, full=end - at >= node.least)
        return end if end - at >= node.least else None

    def lines(self, node: _Lines, at: int, kept: int) -> int | None:
        """The end of the lines of this part, which leave ``kept`` lines to what follows it."""
        rows = self.text[at:].split("\n")
        mine = rows[: max(len(rows) - kept, 1)]
        line = _Run(node.charset, 1, node.most, node.part)
        for number, row in enumerate(mine, start=1):
            if number > node.lines:
                self.expect(at, f"at most {_count(node.lines, 'line')}", node.part)
                return None
            end = self.characters(line, at, "")
            if end is None or end != at + len(row):
                return None
            at = end + 1
        return at - 1


def _next_literal(nodes: tuple[_Node, ...]) -> str:
    """The character by which what follows is told from the run before it, if there is one."""
    head = nodes[0] if nodes else None
    if isinstance(head, _Group):
        return _next_literal(head.nodes)
    return head.text if isinstance(head, _Literal) else ""


def _breaks(nodes: tuple[_Node, ...]) -> int:
    return sum(isinstance(node, _Break) for node in nodes)


def _count(number: int, what: str) -> str:
    if number == 1:
        return f"1 {what}"
    head, _, tail = what.partition(" ")
    plural = {
        "capital letter or digit": "capital letters or digits",
        "digit or comma": "digits or commas",
        "capital letter": "capital letters",
    }
    return f"{number} " + plural.get(what, f"{head}s {tail}".strip())

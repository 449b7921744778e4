# SPDX-License-Identifier: Apache-2.0
"""What faults change in sources, and what is written into sources for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, order=True)
class Fault:
    """Text that stands once in a file, and what a fault writes in its place."""

    file: str
    original: str
    replacement: str


@dataclass(frozen=True)
class Change:
    """What a fault changes: bytes ``start`` to ``end`` of its file become ``text``."""

    number: int
    fault: Fault
    start: int
    end: int
    text: bytes

    def lies_in(self, start: int, end: int) -> bool:
        return start <= self.start and self.end <= end

    def applied(self, source: bytes, start: int, end: int) -> bytes:
        """Bytes ``start`` to ``end`` of the source with the fault in them."""
        return source[start : self.start] + self.text + source[self.end : end]


@dataclass
class Insertion:
    """What is written at a place of a source, and for which faults each piece is there."""

    place: int
    pieces: list[tuple[bytes, tuple[Fault, ...]]] = field(default_factory=list)

    def add(self, text: str | bytes, *faults: Fault) -> None:
        self.pieces.append((text.encode() if isinstance(text, str) else text, faults))


@dataclass(frozen=True)
class Span:
    """Bytes ``start`` to ``end`` of a source, which are there for some faults alone."""

    start: int
    end: int
    faults: tuple[Fault, ...]


def extent(node: Json) -> tuple[int, int]:
    """Where a node of a tree begins and ends."""
    start, length, _ = map(int, node["src"].split(":"))
    return start, start + length


def nodes(tree: Any, *kinds: str) -> Iterator[Json]:
    """The nodes of these kinds in a tree."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("nodeType") in kinds:
                yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def change_of(number: int, fault: Fault, source: bytes) -> Change | None:
    before, after = fault.original.encode(), fault.replacement.encode()
    if source.count(before) != 1 or before == after:
        return None
    start = source.index(before)
    end = start + len(before)
    same = in_common(before, after)
    start, before, after = start + same, before[same:], after[same:]
    same = in_common(reversed(before), reversed(after))
    return Change(number, fault, start, end - same, after[: len(after) - same])


def in_common(one: Iterable[int], other: Iterable[int]) -> int:
    """With how many bytes both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def written(source: bytes, insertions: list[Insertion]) -> tuple[str, list[Span]]:
    """The source with the insertions, and where in it the faults' pieces are."""
    text, spans, at = bytearray(), [], 0
    for insertion in sorted(insertions, key=lambda one: one.place):
        text += source[at : insertion.place]
        at = insertion.place
        for piece, faults in insertion.pieces:
            if faults:
                spans.append(Span(len(text), len(text) + len(piece), faults))
            text += piece
    return (text + source[at:]).decode(), spans

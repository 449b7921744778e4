# SPDX-License-Identifier: Apache-2.0
"""How attributes of a model stand in elements, both ways.

A path is names between slashes. ``AddtlPty[Tp/Cd=OBLG]`` is the one among several whose element
holds this value, and ``[!Tp]`` one that has none of this name. Readers note every element that they
took, so that what nobody took can be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from yangshan.errors import Refused
from yangshan.swift.iso20022.xml import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STEP: Final = re.compile(r"(\w+)(?:\[(!?)([\w/]+)(?:=(\w+))?\])?")
_SPLIT: Final = re.compile(r"/(?![^\[]*\])")


class Unsaid(Refused):
    """What the other standard cannot state, with the reason; ``warning`` if it is no term."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Reading:
    """What readers took of a message, and what they laid out anew."""

    taken: set[int] = field(default_factory=set)
    laid_out: list[tuple[Node, int]] = field(default_factory=list)

    def text(self, node: Node) -> str:
        """The value of an element, which counts as taken."""
        self.taken.add(id(node))
        return node.text

    def one(self, node: Node, path: str) -> str | None:
        """The value of the only element at a path, None if there is none."""
        found = find(self, node, path)
        return self.text(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Codec:
    """Reads the elements at a path into as many values as its place has names, and writes them.

    A reader gives None if they state nothing; a writer gets what makes one more such element.
    """

    read: Callable[[Reading, list[Node]], tuple[Any, ...] | None]
    write: Callable[..., None]
    absent: object = None


@dataclass(frozen=True, slots=True)
class Place:
    """Attributes that stand in the elements at one path; ``says`` explains it where it needs to."""

    names: tuple[str, ...]
    path: str
    codec: Codec
    says: str = ""


def place(names: str, path: str, codec: Codec, says: str = "") -> Place:
    """A place; several ``names`` are separated by blanks."""
    return Place(tuple(names.split()), path, codec, says)


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    without: bool
    within: str
    value: str | None


def _steps(path: str) -> Iterator[_Step]:
    for said in _SPLIT.split(path):
        found = _STEP.fullmatch(said)
        assert found is not None, path
        yield _Step(found[1], bool(found[2]), found[3] or "", found[4])


def find(reading: Reading, node: Node, path: str) -> list[Node]:
    """All elements at a path below a node; what tells one among several counts as taken."""
    here = [node]
    for step in _steps(path):
        here = [child for each in here for child in each.all(step.name)]
        if step.without:
            here = [each for each in here if not each.all(step.within)]
        elif step.value is not None:
            kept = []
            for each in here:
                marks = find(reading, each, step.within)
                if [mark.text for mark in marks] == [step.value]:
                    reading.taken.add(id(marks[0]))
                    kept.append(each)
            here = kept
    return here


def make(node: Node, path: str) -> Node:
    """One more element at a path below a node; those on the way there are made once."""
    *way, last = _steps(path)
    for step in way:
        node = _existing(node, step) or _new(node, step)
    return _new(node, last)


def _existing(node: Node, step: _Step) -> Node | None:
    for child in node.all(step.name):
        if step.without:
            matches = not child.all(step.within)
        elif step.value is not None:
            matches = [mark.text for mark in find(Reading(), child, step.within)] == [step.value]
        else:
            matches = True
        if matches:
            return child
    return None


def _new(node: Node, step: _Step) -> Node:
    child = Node(step.name)
    node.children.append(child)
    if step.value is not None:
        make(child, step.within).text = step.value
    return child

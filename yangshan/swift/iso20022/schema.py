# SPDX-License-Identifier: Apache-2.0
"""Which elements the messages of ISO 20022 have, and what each may hold (``messages.toml``)."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from yangshan.swift.errors import BadMessageData

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = "messages.toml"
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
ROOT = "Document"
CURRENCY = "Ccy"

_OFTEN = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
_RANGE = re.compile(r"(\d+)\.\.(\d+)")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a type: its name, its own type, and how often it stands there."""

    name: str
    type: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Elements in their order, or a choice of exactly one of them."""

    elements: tuple[Element, ...]
    choice: bool

    def element(self, name: str) -> Element | None:
        """The element of this name, if there is one."""
        return next((each for each in self.elements if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Anything:
    """What is not looked into, such as a signature."""


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, at least and at most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Characters that match as a whole."""

    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Codes:
    """One of these code words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number of so many digits, so many of them behind the point.

    ``currency``: with the code of a currency in its attribute.
    """

    digits: int
    fraction: int
    negative: bool = False
    currency: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A type of XML Schema by its name, such as ``date``."""

    kind: str


Type = Group | Anything | Text | Pattern | Codes | Number | Plain


@dataclass(frozen=True, slots=True)
class Schema:
    """All messages, by their identifiers, and the types that they are made of."""

    messages: dict[str, Element]
    types: dict[str, Type]

    def group(self, name: str) -> Group:
        """The elements of a type that has elements."""
        found = self.types[name]
        assert isinstance(found, Group)
        return found

    def at(self, message: str, path: str) -> Element:
        """The element of a message at a path from its root, such as ``UdrtkgIssnc/BkToBkInf``.

        Raises KeyError if there is none.
        """
        here = self.messages[message]
        first, *rest = path.split("/")
        if first != here.name:
            raise KeyError(path)
        for name in rest:
            group = self.types[here.type]
            found = group.element(name) if isinstance(group, Group) else None
            if found is None:
                raise KeyError(path)
            here = found
        return here


@functools.cache
def schema() -> Schema:
    """The definitions of this package."""
    text = (resources.files(__package__) / "data" / DATA).read_text(encoding="utf-8")
    return schema_of(tomllib.loads(text))


def schema_of(data: dict[str, Any]) -> Schema:
    """Definitions as they stand in a file; raises BadMessageData where they contradict themselves.

    A type may have one definition, and every type that an element has must have one.
    """
    types: dict[str, Type] = {}
    for name, kind in _types(data):
        if name in types:
            raise BadMessageData(DATA, f"the type {name} is defined twice.")
        types[name] = kind
    messages = {name: _element(said) for name, said in data["messages"].items()}
    used = [*messages.values()]
    for kind in types.values():
        used += kind.elements if isinstance(kind, Group) else ()
    for element in used:
        if element.type not in types:
            raise BadMessageData(DATA, f"{element.name} has the type {element.type}, unknown here.")
    return Schema(messages, types)


def _types(data: dict[str, Any]) -> Iterator[tuple[str, Type]]:
    for table, choice in (("sequences", False), ("choices", True)):
        for name, said in data[table].items():
            yield name, Group(tuple(_element(each) for each in said), choice)
    for name in data["any"]["types"]:
        yield name, Anything()
    for name, (digits, fraction) in data["amounts"].items():
        yield name, Number(digits, fraction, currency=True)
    for name, (least, most) in data["texts"].items():
        yield name, Text(least, most)
    for name, pattern in data["patterns"].items():
        yield name, Pattern(re.compile(pattern, re.ASCII))
    for name, words in data["codes"].items():
        yield name, Codes(tuple(words))
    for name, (digits, fraction, *least) in data["numbers"].items():
        yield name, Number(digits, fraction, negative=not least)
    for name, kind in data["plain"].items():
        yield name, Plain(kind)


def _element(said: str) -> Element:
    name, kind, often = (*said.split(" "), "")[:3]
    if often in _OFTEN:
        least, most = _OFTEN[often]
    else:
        found = _RANGE.fullmatch(often)
        if found is None:
            raise BadMessageData(DATA, f"{said!r} does not tell how often it stands.")
        least, most = int(found[1]), int(found[2])
    return Element(name, kind, least, most)

# SPDX-License-Identifier: Apache-2.0
"""XML of messages: read within bounds and without anything from outside, and written again.

A document type is refused, and with it every entity of its own; nothing is fetched. Size, depth
and the number of elements are bounded, so that no input takes long.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape

from yangshan.swift.errors import UnreadableMessage
from yangshan.swift.iso20022.schema import NAMESPACE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# A notification of a busy day is some megabytes long; an enclosed file may have two.
LARGEST = 16 * 2**20
_DEEPEST = 64
_MOST = 250_000
_ENCODINGS = {None, "UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII"}


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name and place in the file, its text, attributes and children.

    ``stray``: text stands between its children, which no message has.
    """

    name: str
    line: int = 0
    column: int = 1
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    namespace: str = ""
    stray: bool = False

    def all(self, name: str) -> list[Node]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Node]:
        """This element and all within it."""
        left = [self]
        while left:
            here = left.pop()
            yield here
            left += reversed(here.children)


@dataclass(frozen=True, slots=True)
class IsoMessage:
    """One message: its identifier, such as ``tsrv.001.001.01``, and its outermost element."""

    file: str
    type: str
    root: Node

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.root.line


def is_xml(data: bytes) -> bool:
    """Whether a file is XML and no MT, by its first sign."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:1] == b"<" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}


def read(data: bytes, file: str = "") -> IsoMessage:
    """The message in a file; raises UnreadableMessage for what is no XML or too large.

    What is wrong within it are findings of the check.
    """
    root = _Reader(file).read(data)
    _, known, name = root.namespace.partition(NAMESPACE)
    return IsoMessage(file, name if known else "", root)


class _Reader:
    """Builds the elements while expat reads."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.open: list[Node] = []
        self.pieces: list[list[str]] = []
        self.root: Node | None = None
        self.count = 0

    def read(self, data: bytes) -> Node:
        if len(data) > LARGEST:
            self._refuse(f"the file has {len(data)} bytes; expected at most {LARGEST}.", 1)
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as bad:
            said = expat.ErrorString(bad.code)
            self._refuse(f"this is no XML: {said}, at character {bad.offset + 1}.", bad.lineno)
        except (ValueError, LookupError) as bad:
            self._refuse(f"its characters cannot be read: {bad}.", self.parser.CurrentLineNumber)
        assert self.root is not None
        return self.root

    def _refuse(self, reason: str, line: int = 0) -> None:
        raise UnreadableMessage(self.file, line or self.parser.CurrentLineNumber, reason) from None

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding.upper() if encoding else None) not in _ENCODINGS:
            self._refuse(f"the encoding {encoding} is not read; expected UTF-8.")

    def _doctype(self, *_given: object) -> None:
        self._refuse("there is a document type; messages have none, and it is not followed.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _MOST:
            self._refuse(f"there are more than {_MOST} elements.")
        if len(self.open) >= _DEEPEST:
            self._refuse(f"elements stand deeper than {_DEEPEST}.")
        namespace, _, local = name.rpartition(" ")
        node = Node(
            local,
            self.parser.CurrentLineNumber,
            self.parser.CurrentColumnNumber + 1,
            attributes=attributes,
            namespace=namespace,
        )
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.pieces.append([])

    def _end(self, _name: str) -> None:
        node = self.open.pop()
        text = "".join(self.pieces.pop())
        if not node.children:
            node.text = text
        elif text.strip():
            node.stray = True

    def _text(self, text: str) -> None:
        self.pieces[-1].append(text)


def write(message: IsoMessage) -> str:
    """The message as XML in UTF-8, two blanks for each level, lines ending with LF."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += _lines(message.root, 0, f' xmlns="{NAMESPACE}{message.type}"')
    return "\n".join(lines) + "\n"


def _lines(node: Node, depth: int, outer: str = "") -> Iterator[str]:
    indent = "  " * depth
    said = outer + "".join(
        f' {name}="{escape(value, {chr(34): "&quot;"})}"' for name, value in node.attributes.items()
    )
    if node.children:
        yield f"{indent}<{node.name}{said}>"
        for child in node.children:
            yield from _lines(child, depth + 1)
        yield f"{indent}</{node.name}>"
    elif node.text:
        yield f"{indent}<{node.name}{said}>{escape(node.text)}</{node.name}>"
    else:
        yield f"{indent}<{node.name}{said}/>"


def document(kind: str, content: Node) -> IsoMessage:
    """A message of this identifier around its content."""
    return IsoMessage("", kind, Node(ROOT, children=[content], namespace=NAMESPACE + kind))

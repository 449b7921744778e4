# SPDX-License-Identifier: Apache-2.0
"""Messages of ISO 20022 made from their definitions: with what must stand, and with everything."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from yangshan.swift.iso20022.schema import (
    CURRENCY,
    NAMESPACE,
    Anything,
    Codes,
    Element,
    Group,
    Number,
    Pattern,
    Plain,
    Text,
    Type,
    schema,
)
from yangshan.swift.iso20022.xml import IsoMessage, Node, document, read, write

# One value that keeps each pattern, and one that does not.
PATTERNS = {
    "ActiveOrHistoricCurrencyCode": ("CNY", "cny"),
    "AnyBICDec2014Identifier": ("YSHACNSHXXX", "YSHACNSHXX"),
    "AnyBICIdentifier": ("YSHACNSH", "YSHACNS1X"),
    "BICFIDec2014Identifier": ("YSHACNSHXXX", "ysha"),
    "BICFIIdentifier": ("YSHACNSH", "YSHACN0H"),
    "CountryCode": ("CN", "C"),
    "Exact1NumericText": ("7", "77"),
    "Exact3NumericText": ("777", "77"),
    "Exact4AlphaNumericText": ("A1b2", "A1b"),
    "IBAN2007Identifier": ("DE02120300000000202051", "DE"),
    "ISINOct2015Identifier": ("CN0009131243", "CN00"),
    "ISO2ALanguageCode": ("en", "EN"),
    "LEIIdentifier": ("A" * 18 + "42", "A" * 20),
    "Max15NumericText": ("1", ""),
    "Max15PlusSignedNumericText": ("+1", "-1"),
    "Max3NumericText": ("1", "1234"),
    "Max4AlphaNumericText": ("1", "12345"),
    "Max5NumericText": ("1", "123456"),
    "Min2Max3NumericText": ("12", "1"),
    "Min3Max4NumericText": ("123", "12"),
    "Min8Max28NumericText": ("12345678", "1234567"),
    "PhoneNumber": ("+86-21", "8621"),
    "Refused7Text": ("REFUSED", "refused"),
    "UUIDv4Identifier": (
        "e373c465-2112-45fc-be97-86eb1d2219b2",
        "e373c465-2112-55fc-be97-86eb1d2219b2",
    ),
}
PLAINS = {
    "boolean": (("true", "false", "1", "0"), ("yes", "", "TRUE")),
    "date": (
        ("2025-10-01", "2025-10-01Z", "2025-10-01+08:00", "2024-02-29"),
        ("2025-02-29", "20251001", "2025-10-01T00:00:00", "2025-10-01+15:00", ""),
    ),
    "dateTime": (
        ("2025-10-01T08:00:00", "2025-10-01T08:00:00.5+08:00", "2025-10-01T24:00:00"),
        ("2025-10-01", "2025-10-01T25:00:00", "2025-13-01T08:00:00", "2025-10-01 08:00:00"),
    ),
    "dateTimeZ": (("2025-10-01T08:00:00Z",), ("2025-10-01T08:00:00", "2025-10-01Z")),
    "time": (("08:00:00", "08:00:00+08:00"), ("8:00:00", "08:60:00", "08:00")),
    "gYearMonth": (("2025-10",), ("2025-13", "2025", "2025-10-01")),
    "base64": (("YQ==", "YW\nI="), ("*", "", "YQ")),
}


def good(name: str, kind: Type) -> str:
    """A value of a type."""
    match kind:
        case Text(least=least):
            return "A" * max(least, 1)
        case Pattern():
            return PATTERNS[name][0]
        case Codes(words=words):
            return words[0]
        case Number():
            return "1"
        case Plain(kind=plain):
            return PLAINS[plain][0][0]
    return ""


def bad(name: str, kind: Type) -> Iterator[str]:
    """Values that a type cannot have."""
    match kind:
        case Text(least=least, most=most):
            yield "A" * (most + 1)
            if least:
                yield ""
        case Pattern():
            yield PATTERNS[name][1]
        case Codes():
            yield "????"
        case Number(digits=digits, fraction=fraction, negative=negative, currency=currency):
            yield "1" * (digits + 1)
            yield "one"
            yield "1." + "1" * (fraction + 1)
            yield "1e3"
            if currency or not negative:
                yield "-1"
        case Plain(kind=plain):
            yield from PLAINS[plain][1]


def node(element: Element, *, full: bool = False, chosen: str = "") -> Node:
    """An element with what must stand in it; ``full`` adds what may, one level deep.

    ``chosen`` is the element of a choice, the first if it is empty.
    """
    made = Node(element.name)
    kind = schema().types[element.type]
    if isinstance(kind, Group):
        inner = list(kind.elements)
        if kind.choice:
            inner = [next(each for each in inner if each.name == chosen) if chosen else inner[0]]
        elif not full:
            inner = [each for each in inner if each.least]
        made.children = [node(each) for each in inner]
    elif not isinstance(kind, Anything):
        made.text = good(element.type, kind)
        if isinstance(kind, Number) and kind.currency:
            made.attributes[CURRENCY] = "CNY"
    return made


def everything(element: Element, turn: int = 0) -> Node:
    """An element with all that may stand in it; ``turn`` tells which one of a choice."""
    made = node(element)
    kind = schema().types[element.type]
    if isinstance(kind, Group):
        inner = list(kind.elements)
        if kind.choice:
            inner = [inner[turn % len(inner)]]
        made.children = [everything(each, turn) for each in inner]
    return made


def around(content: Node, message: str) -> IsoMessage:
    """A message as it is read from a file."""
    return read(write(document(message, content)).encode())


def marked(content: Node, message: str) -> IsoMessage:
    """A message of nodes that have no place in a file, all in the message's namespace."""
    for each in content.walk():
        each.namespace = NAMESPACE + message
    return document(message, content)


def places() -> dict[str, tuple[str, tuple[Element, ...]]]:
    """For each type with elements a shortest way to it: its message and the elements down to it."""
    found: dict[str, tuple[str, tuple[Element, ...]]] = {}
    left = deque((name, (root,)) for name, root in schema().messages.items())
    while left:
        message, way = left.popleft()
        kind = schema().types[way[-1].type]
        if way[-1].type in found or not isinstance(kind, Group):
            continue
        found[way[-1].type] = (message, way)
        left.extend((message, (*way, each)) for each in kind.elements)
    return found


def holding(way: tuple[Element, ...], last: Node) -> Node:
    """The smallest content of a message that holds an element at the end of a way."""
    made = last
    for above, below in zip(reversed(way[:-1]), reversed(way[1:]), strict=True):
        kind = schema().group(above.type)
        children = []
        for each in kind.elements:
            if each.name == below.name:
                children.append(made)
            elif each.least and not kind.choice:
                children.append(node(each))
        made = Node(above.name, children=children)
    return made

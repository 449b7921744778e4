# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a message of ISO 20022, every finding at once, in the order of its lines.

The tag of a finding is the path of its element from the message's own, without ``Document``.
Checked is what the published schema says, and that an amount is one of its currency (ISO 4217).
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date, time
from typing import TYPE_CHECKING, Final

from yangshan.money import Currency, UnknownCurrency
from yangshan.swift.findings import Finding, in_order
from yangshan.swift.iso20022.schema import (
    CURRENCY,
    NAMESPACE,
    ROOT,
    Anything,
    Codes,
    Element,
    Group,
    Number,
    Pattern,
    Text,
    Type,
    schema,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.iso20022.xml import IsoMessage, Node

UNKNOWN: Final = "Y04"
CODE_WORD: Final = "Y10"
MISSING: Final = "Y60"
MISPLACED: Final = "Y61"
TOO_OFTEN: Final = "Y62"
CHOICE: Final = "Y63"
FORMAT: Final = "Y64"
ATTRIBUTE: Final = "Y65"

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ZONE: Final = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DATE: Final = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_ZONE}")
_TIME_OF_DAY: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}"
_DATE_TIME: Final = re.compile(
    rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T({_TIME_OF_DAY})(?:\.[0-9]+)?{_ZONE}"
)
_TIME: Final = re.compile(rf"({_TIME_OF_DAY})(?:\.[0-9]+)?{_ZONE}")
_YEAR_MONTH: Final = re.compile(rf"([0-9]{{4}})-(0[1-9]|1[0-2]){_ZONE}")
_BOOLEANS: Final = frozenset({"true", "false", "1", "0"})
# Characters that XML cannot hold in any way.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN: Final = 40


def check(message: IsoMessage) -> list[Finding]:
    """All findings of one message; one without a finding of severity error is valid."""
    root = message.root
    if not message.type or message.type not in schema().messages:
        known = ", ".join(sorted(schema().messages))
        what = message.type or f"{root.name} of the namespace {root.namespace or 'none'}"
        return [
            _finding(
                root,
                "",
                UNKNOWN,
                f"{what} is not known here, so that nothing was checked",
                f"one of {known}, in the namespace {NAMESPACE}...",
            )
        ]
    if root.name != ROOT:
        return [_finding(root, "", MISPLACED, f"the file begins with {root.name}", ROOT)]
    outer = Group((schema().messages[message.type],), choice=False)
    return in_order(list(_group(root, outer, "", root.namespace)))


def fault(text: str, kind: Type) -> str | None:
    """What is expected in place of a value, None if it keeps its type."""
    found: str | None = None
    if _NO_XML.search(text):
        found = "characters that XML can hold"
    elif isinstance(kind, Text):
        if not kind.least <= len(text) <= kind.most:
            found = f"{kind.least} to {kind.most} characters"
    elif isinstance(kind, Pattern):
        if not kind.pattern.fullmatch(text):
            found = f"the pattern {kind.pattern.pattern}"
    elif isinstance(kind, Codes):
        found = None if text in kind.words else f"one of {', '.join(kind.words)}"
    elif isinstance(kind, Number):
        found = _number(text, kind)
    elif not isinstance(kind, Group | Anything):
        found = _PLAIN[kind.kind](text)
    return found


def _finding(node: Node, path: str, code: str, found: str, expected: str) -> Finding:
    said = f"{found[0].upper()}{found[1:]}; expected {expected} (rule {code})."
    return Finding(path, node.line, node.column, code, "error", said)


def _within(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _group(node: Node, group: Group, path: str, namespace: str) -> Iterator[Finding]:
    if node.attributes:
        names = ", ".join(node.attributes)
        yield _finding(node, path, ATTRIBUTE, f"{node.name} has the attribute {names}", "none")
    if node.stray or (not node.children and node.text.strip()):
        yield _finding(node, path, FORMAT, f"{node.name} has text of its own", "elements alone")
    places = {element.name: place for place, element in enumerate(group.elements)}
    last = 0
    counts: dict[str, int] = {}
    for child in node.children:
        here = _within(path, child.name)
        place = places.get(child.name)
        if place is None or child.namespace != namespace:
            names = ", ".join(places)
            what = f"{child.name} stands in {node.name}"
            yield _finding(child, here, MISPLACED, what, f"one of {names} of this message")
            continue
        element = group.elements[place]
        counts[child.name] = counts.get(child.name, 0) + 1
        if not group.choice and place < last:
            behind = group.elements[last].name
            what = f"{child.name} stands behind {behind}"
            yield _finding(child, here, MISPLACED, what, "it in front of that")
        last = max(last, place)
        if element.most is not None and counts[child.name] == element.most + 1:
            often = "once" if element.most == 1 else f"{element.most} times"
            what = f"{child.name} stands more than {often} in {node.name}"
            yield _finding(child, here, TOO_OFTEN, what, f"it at most {often}")
        yield from _element(child, element, here, namespace)
    yield from _missing(node, group, path, counts)


def _missing(node: Node, group: Group, path: str, counts: dict[str, int]) -> Iterator[Finding]:
    if group.choice:
        if len(counts) != 1:
            names = ", ".join(element.name for element in group.elements)
            what = f"{node.name} has {' and '.join(counts) or 'none of its elements'}"
            yield _finding(node, path, CHOICE, what, f"exactly one of {names}")
        return
    for element in group.elements:
        if element.least and element.name not in counts:
            here = _within(path, element.name)
            what = f"{element.name} is missing in {node.name}"
            yield _finding(node, here, MISSING, what, "it, since it is mandatory")


def _element(node: Node, element: Element, path: str, namespace: str) -> Iterator[Finding]:
    kind = schema().types[element.type]
    if isinstance(kind, Group):
        yield from _group(node, kind, path, namespace)
        return
    if isinstance(kind, Anything):
        return
    if node.children:
        what = f"{node.name} has elements within it"
        yield _finding(node, path, MISPLACED, what, "a value alone")
        return
    yield from _attributes(node, kind, path)
    expected = fault(node.text, kind)
    if expected is not None:
        code = CODE_WORD if isinstance(kind, Codes) else FORMAT
        shown = node.text[:_SHOWN] + ("..." if len(node.text) > _SHOWN else "")
        yield _finding(node, path, code, f"{node.name} is {shown!r}", expected)
    elif isinstance(kind, Number) and kind.currency:
        yield from _amount(node, path)


def _attributes(node: Node, kind: Type, path: str) -> Iterator[Finding]:
    wanted = {CURRENCY} if isinstance(kind, Number) and kind.currency else set()
    for name in node.attributes.keys() - wanted:
        yield _finding(node, path, ATTRIBUTE, f"{node.name} has the attribute {name}", "none such")
    for name in wanted - node.attributes.keys():
        what = f"{node.name} has no {name}"
        yield _finding(node, path, ATTRIBUTE, what, "the currency in it")


def _amount(node: Node, path: str) -> Iterator[Finding]:
    code = node.attributes.get(CURRENCY)
    if code is None:
        return
    try:
        currency = Currency.of(code)
    except UnknownCurrency:
        what = f"the currency of {node.name} is {code!r}"
        yield _finding(node, path, FORMAT, what, "a code of ISO 4217")
        return
    decimals = node.text.partition(".")[2].rstrip("0")
    if len(decimals) > currency.decimals:
        what = f"{node.name} is {node.text} {code}"
        yield _finding(node, path, FORMAT, what, f"at most {currency.decimals} decimals")


def _number(text: str, kind: Number) -> str | None:
    if not _NUMBER.fullmatch(text.strip()):
        return "a decimal number"
    sign, figures = text.strip()[:1], text.strip().lstrip("+-")
    whole, _, part = figures.partition(".")
    whole, part = whole.lstrip("0"), part.rstrip("0")
    if len(part) > kind.fraction or len(whole) + len(part) > kind.digits:
        return f"at most {kind.digits} digits, {kind.fraction} of them behind the point"
    if sign == "-" and (whole or part) and (kind.currency or not kind.negative):
        return "a number not below nothing"
    return None


def _boolean(text: str) -> str | None:
    return None if text.strip() in _BOOLEANS else "true or false"


def _day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _clock(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        # The last moment of a day may be written as 24 hours.
        return text == "24:00:00"
    return True


def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text.strip())
    return None if found and _day(found[1]) else "a date as YYYY-MM-DD"


def _date_time(text: str) -> str | None:
    found = _DATE_TIME.fullmatch(text.strip())
    kept = found and _day(found[1]) and _clock(found[2])
    return None if kept else "a moment as YYYY-MM-DDThh:mm:ss"


def _normalised(text: str) -> str | None:
    return _date_time(text) or (None if text.strip().endswith("Z") else "a moment of UTC, with Z")


def _time(text: str) -> str | None:
    found = _TIME.fullmatch(text.strip())
    return None if found and _clock(found[1]) else "a time as hh:mm:ss"


def _year_month(text: str) -> str | None:
    return None if _YEAR_MONTH.fullmatch(text.strip()) else "a month as YYYY-MM"


def _binary(text: str) -> str | None:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return "base64"
    return None if text.strip() else "base64 of something"


_PLAIN: Final = {
    "boolean": _boolean,
    "date": _date,
    "dateTime": _date_time,
    "dateTimeZ": _normalised,
    "time": _time,
    "gYearMonth": _year_month,
    "base64": _binary,
}

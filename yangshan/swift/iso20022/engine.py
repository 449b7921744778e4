# SPDX-License-Identifier: Apache-2.0
"""From a model to a message of ISO 20022 and back, and what one of the two cannot state.

What has no place is a finding with its field or element, an error where it is a term and a warning
where it is not; nothing is left out in silence, and nothing is made up.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from yangshan.swift import maps
from yangshan.swift.findings import Finding, is_valid
from yangshan.swift.iso20022.check import check
from yangshan.swift.iso20022.places import Reading, Unsaid, find, make
from yangshan.swift.iso20022.schema import Group, schema
from yangshan.swift.iso20022.xml import IsoMessage, Node, document, read, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from yangshan.swift.definitions import Severity
    from yangshan.swift.iso20022.places import Place

NO_PLACE: Final = "Y66"
LAID_OUT: Final = "Y67"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why an attribute has no element; ``term`` False where nobody's rights hang on it."""

    reason: str
    term: bool = True


@dataclass(frozen=True, slots=True)
class Route:
    """What stands around a message: its sender's BIC and the day it is sent, where known."""

    sender: str | None = None
    day: date | None = None


@dataclass(slots=True)
class Notes:
    """The findings of one conversion."""

    found: list[Finding] = field(default_factory=list)

    def say(self, tag: str, line: int, said: str, *, term: bool = True) -> None:
        """Notes what has no place; a term makes it an error."""
        severity: Severity = "error" if term else "warning"
        self.found.append(Finding(tag, line, 1, NO_PLACE, severity, f"{said} (rule {NO_PLACE})."))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a message states besides its places: writes it, and reads it into the values.

    Both get the message's own element, and the writer the one with its details too.
    """

    write: Callable[[Node, Node, Any, Route, Notes], None]
    read: Callable[[Reading, Node, Node, dict[str, Any], Route, Notes], None]


@dataclass(frozen=True, slots=True)
class IsoPart:
    """A model of its own in an element, as ``local`` in ``ReqdLclUdrtkg``.

    ``always`` are elements that stand there even when nothing stands in them.
    """

    path: str
    places: tuple[Place, ...]
    missing: dict[str, Missing]
    always: tuple[str, ...] = ()


def part(
    path: str,
    places: tuple[Place, ...],
    missing: dict[str, Missing],
    always: tuple[str, ...] = (),
) -> IsoPart:
    """A part of a message."""
    return IsoPart(path, places, missing, always)


@dataclass(frozen=True, slots=True)
class IsoMap:
    """A message of ISO 20022 and the MT whose model it states.

    ``places`` count from ``details``, those ``outside`` from the message's own element. ``missing``
    are the attributes without an element, ``defaults`` what such a one holds in the MT.
    """

    message: str
    kind: str
    details: str
    places: tuple[Place, ...]
    missing: dict[str, Missing]
    outside: tuple[Place, ...] = ()
    part: IsoPart | None = None
    beside: Beside | None = None
    defaults: dict[str, str] = field(default_factory=dict)


def to_iso(iso: IsoMap, model: Any, route: Route) -> tuple[IsoMessage, list[Finding]]:
    """The message of a model, and what it does not state or may not hold."""
    notes = Notes()
    content = Node(schema().messages[iso.message].name)
    details = make(content, iso.details)
    fields = _fields(iso.kind)
    _write(content, iso.outside, model, fields, notes)
    _write(details, iso.places, model, fields, notes)
    _told(iso.missing, model, fields, notes, iso.defaults)
    if iso.part and (inner := getattr(model, "local", None)) is not None:
        within = make(details, iso.part.path)
        for path in iso.part.always:
            make(within, path)
        _write(within, iso.part.places, inner, _fields(iso.kind, inner=True), notes)
        _told(iso.part.missing, inner, _fields(iso.kind, inner=True), notes, {})
    if iso.beside:
        iso.beside.write(content, details, model, route, notes)
    # What is told of it is found in what is sent, and so are its lines.
    message = read(write(arranged(iso.message, content)).encode())
    return message, [*notes.found, *check(message)]


def from_iso(iso: IsoMap, message: IsoMessage, route: Route) -> tuple[Any, list[Finding]]:
    """The model of a message, None if it cannot be had, and what MT does not state."""
    findings = check(message)
    if not is_valid(findings):
        return None, findings
    notes = Notes(findings)
    reading = Reading()
    content = message.root.children[0]
    details = find(reading, content, iso.details)[0]
    paths = _paths(content)
    values: dict[str, Any] = dict(iso.defaults)
    values |= _read(reading, content, iso.outside, paths, notes)
    values |= _read(reading, details, iso.places, paths, notes)
    model = maps.MAPS[iso.kind]
    if iso.part and (within := find(reading, details, iso.part.path)):
        inner = _read(reading, within[0], iso.part.places, paths, notes)
        assert model.part is not None
        if _complete(model.part.model, inner, _fields(iso.kind, inner=True), within[0].line, notes):
            values[model.part.name] = model.part.model(**inner)
    if iso.beside:
        iso.beside.read(reading, content, details, values, route, notes)
    _left(reading, content, paths, notes)
    for node, width in reading.laid_out:
        said = f"{node.name} is laid out in lines of {width} characters, word for word"
        found = f"{said} (rule {LAID_OUT})."
        path = paths[id(node)]
        notes.found.append(Finding(path, node.line, node.column, LAID_OUT, "warning", found))
    if not _complete(model.model, values, _fields(iso.kind), message.line, notes):
        return None, notes.found
    return model.model(**values), notes.found


def _fields(kind: str, *, inner: bool = False) -> dict[str, str]:
    """The field of each attribute of a message's model."""
    mapping = maps.MAPS[kind]
    places: Sequence[Any] = mapping.places
    if inner:
        assert mapping.part is not None
        places = mapping.part.places
    return {name: each.tag.rpartition(".")[2] for each in places for name in each.names}


def _write(
    node: Node, places: Sequence[Place], model: Any, fields: dict[str, str], notes: Notes
) -> None:
    for each in places:
        values = [getattr(model, name) for name in each.names]
        if all(value is None or value == each.codec.absent for value in values):
            continue
        before = len(node.children)
        try:
            each.codec.write(
                lambda each=each: make(node, each.path) if each.path else node, *values
            )
        except Unsaid as unsaid:
            del node.children[before:]
            stated = zip(each.names, values, strict=True)
            for tag in dict.fromkeys(fields[name] for name, value in stated if value is not None):
                notes.say(tag, 0, _no_element(tag, unsaid.reason))


def _no_element(tag: str, reason: str) -> str:
    return f"Field {tag} has no place in the message of ISO 20022: {reason}"


def _told(
    missing: dict[str, Missing],
    model: Any,
    fields: dict[str, str],
    notes: Notes,
    defaults: dict[str, str],
) -> None:
    for name, why in missing.items():
        value = getattr(model, name)
        if value not in (None, False, defaults.get(name)):
            notes.say(fields[name], 0, _no_element(fields[name], why.reason), term=why.term)


def arranged(message: str, content: Node) -> IsoMessage:
    """A message around its content, whose elements are put into the order of their types."""
    _arrange(content, schema().messages[message].type)
    return document(message, content)


def _arrange(node: Node, kind: str) -> None:
    """Puts the elements into the order of their types."""
    group = schema().types[kind]
    if not isinstance(group, Group):
        return
    order = {element.name: place for place, element in enumerate(group.elements)}
    node.children.sort(key=lambda child: order[child.name])
    for child in node.children:
        _arrange(child, group.elements[order[child.name]].type)


def _read(
    reading: Reading,
    node: Node,
    places: Sequence[Place],
    paths: dict[int, str],
    notes: Notes,
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in places:
        nodes = find(reading, node, each.path) if each.path else [node]
        try:
            found = each.codec.read(reading, nodes)
        except (Unsaid, ValidationError) as bad:
            reason = bad.reason if isinstance(bad, Unsaid) else "no bank or party of MT"
            for taken in nodes[0].walk():
                reading.taken.add(id(taken))
            notes.say(paths[id(nodes[0])], nodes[0].line, _no_field(nodes[0].name, reason))
            continue
        if found is not None and any(value is not None for value in found):
            values |= dict(zip(each.names, found, strict=True))
    return values


def _no_field(name: str, reason: str) -> str:
    return f"{name} has no place in the MT: {reason}"


def _paths(content: Node) -> dict[int, str]:
    paths: dict[int, str] = {id(content): content.name}
    for node in content.walk():
        for child in node.children:
            paths[id(child)] = f"{paths[id(node)]}/{child.name}"
    return paths


def _left(reading: Reading, content: Node, paths: dict[int, str], notes: Notes) -> None:
    for node in content.walk():
        if not node.children and id(node) not in reading.taken and _says(node):
            shown = f" {node.text[:40]!r}" if node.text.strip() else ""
            said = f"{node.name}{shown} has no place in the MT"
            notes.say(paths[id(node)], node.line, said)


def _says(node: Node) -> bool:
    """Whether an element without others in it says anything."""
    return bool(node.text.strip())


def _complete(
    model: type[Any], values: dict[str, Any], fields: dict[str, str], line: int, notes: Notes
) -> bool:
    """Whether everything that a model must have is there; what is not becomes a finding."""
    lacking = [
        each.name
        for each in dataclasses.fields(model)
        if each.default is dataclasses.MISSING and each.name not in values
    ]
    for name in lacking:
        said = f"Field {fields[name]} must stand in the MT, and the message does not state it"
        notes.say(fields[name], line, said)
    return not lacking


def unsaid_by(iso: IsoMap) -> Iterator[tuple[str, Missing]]:
    """The fields of a message that have no element, with the reason, the part's last."""
    for name, why in iso.missing.items():
        yield _fields(iso.kind)[name], why
    if iso.part:
        for name, why in iso.part.missing.items():
            yield f"C.{_fields(iso.kind, inner=True)[name]}", why

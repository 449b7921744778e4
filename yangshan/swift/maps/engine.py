# SPDX-License-Identifier: Apache-2.0
"""How a message and a model are the same: which attribute stands in which field, both ways.

A map is data: places, each with the names of its attributes, its field, and a codec that reads and
writes the field's value. The order of fields, and the sequences they stand in, come from the table
of the message. What a message does not state is None; nothing is made up.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yangshan.errors import Refused
from yangshan.swift.definitions import definitions
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.grammar import Field, compose, read
from yangshan.swift.instruments import Instrument, PartNotValid, divide, join
from yangshan.swift.values import is_bic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.money import Money
    from yangshan.swift.definitions import MessageType
    from yangshan.swift.grammar import Message

_Model = TypeVar("_Model")
_SEQUENCE_OF_TOTAL = "27"


class Unmapped(Refused):
    """A value that stands in a message and has no place in the model, with the code for that."""

    def __init__(self, code: str, found: str, expected: str) -> None:
        super().__init__(f"{found!r}; expected {expected}")
        self.code = code


class NotBuilt(Refused):
    """A message that may not be sent; ``reasons`` say why, each in a sentence."""

    def __init__(self, kind: str, reasons: Sequence[str]) -> None:
        super().__init__(f"The MT {kind} is not built: " + " ".join(reasons))
        self.kind = kind
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record beside a message and decides whether it may be sent (controls).

    ``earlier_refusal``: reference of a valid notice of refusal on the same presentation.
    ``presenter_instruction``: the presenter's earlier instruction on the documents.
    ``issuer_decision``: the issuing bank's decision on the discrepancies.
    ``found_complying``: who found that the presentation complies, or the accepted waiver.
    ``last_amendment``: number of the credit's last amendment, 0 before the first.
    ``amount_before``: the authorised amount before it is amended.
    ``issuing_bank``: BIC of the issuing bank, where only it may send something.
    """

    earlier_refusal: str | None = None
    presenter_instruction: str | None = None
    issuer_decision: str | None = None
    found_complying: str | None = None
    last_amendment: int | None = None
    amount_before: Money | None = None
    issuing_bank: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """The FIN texts of an instrument, with CRLF, and its doubts, which do not forbid it."""

    texts: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codec:
    """Reads a field into as many values as its place has names, and writes them again.

    Writing gives the letter of the option, empty for a field without options, and the value.
    ``absent`` is what the first name holds, beside None, where the field is not there.
    """

    read: Callable[[Field], tuple[Any, ...]]
    write: Callable[..., tuple[str, str]]
    absent: object = None


@dataclass(frozen=True, slots=True)
class Place:
    """Attributes that stand in one field; ``tag`` as the message's table has it, such as 41a."""

    names: tuple[str, ...]
    tag: str
    codec: Codec


def place(names: str, tag: str, codec: Codec) -> Place:
    """A place; several ``names`` are separated by blanks."""
    return Place(tuple(names.split()), tag, codec)


@dataclass(frozen=True, slots=True)
class Part:
    """Attributes of a model of their own in an optional sequence, as ``local`` in sequence C."""

    name: str
    sequence: str
    model: type[Any]
    places: tuple[Place, ...]


def _nothing_forbids(_model: Any, _record: Record, _sender: str, _receiver: str) -> Iterator[str]:
    yield from ()


def _no_doubts(_model: Any, _record: Record) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True, slots=True)
class Map(Generic[_Model]):
    """A message and the model of what it states.

    ``sequence`` is the one of most of its fields; a place of another names it, as ``A.22A``.
    ``forbids`` yields why the message may not be sent from its sender to its receiver, ``doubts``
    what does not forbid it. Warnings of the codes in ``strict`` forbid it too.
    """

    kind: str
    model: type[_Model]
    places: tuple[Place, ...]
    part: Part | None = None
    forbids: Callable[[_Model, Record, str, str], Iterator[str]] = _nothing_forbids
    doubts: Callable[[_Model, Record], Iterator[str]] = _no_doubts
    strict: frozenset[str] = frozenset()


def model_of(
    mapping: Map[_Model], message: Message, continuations: Sequence[Message] = ()
) -> tuple[_Model | None, list[Finding]]:
    """What a message and its continuations state, and all findings; None if one is an error."""
    instrument, findings = checked(message, continuations)
    if not is_valid(findings):
        return None, findings
    values = values_of(instrument, mapping.places, findings)
    part = mapping.part
    if part:
        within = message.sections(part.sequence)
        inner = values_of(instrument, part.places, findings) if within else None
        if is_valid(findings):
            values[part.name] = part.model(**inner) if inner is not None else None
    return (mapping.model(**values) if is_valid(findings) else None), findings


def checked(message: Message, continuations: Sequence[Message]) -> tuple[Instrument, list[Finding]]:
    """The instrument of these parts, and the findings in and between them in order."""
    instrument, findings = join(message, continuations)
    for part in (message, *continuations):
        findings += check(part)
    findings.sort(key=lambda finding: (finding.line, finding.column))
    return instrument, findings


def values_of(
    instrument: Instrument, places: Sequence[Place], findings: list[Finding]
) -> dict[str, Any]:
    """The attributes that stand in a valid instrument; what has no place becomes a finding."""
    found: dict[str, Any] = {}
    for each in places:
        stated = _field(instrument, each.tag)
        if stated is None:
            continue
        try:
            values = each.codec.read(stated)
        except Unmapped as unmapped:
            what = f"Field {stated.tag} has {unmapped} (rule {unmapped.code})."
            findings.append(Finding(stated.tag, stated.line, 1, unmapped.code, "error", what))
            continue
        found |= dict(zip(each.names, values, strict=True))
    return found


def _field(instrument: Instrument, tag: str) -> Field | None:
    """A field of the instrument; a text that continuations carry on is taken together."""
    first = instrument.main.first(tag)
    plain = tag.rpartition(".")[2]
    if plain not in carried(instrument.main.type):
        return first
    text = instrument.text(plain)
    if text is None:
        return None
    return Field(plain, f":{plain}:{text}\n", first.line if first else instrument.main.end_line)


@functools.cache
def carried(kind: str) -> frozenset[str]:
    """The fields whose text goes on in the continuations of a message."""
    following = next(
        (each for each in definitions().messages.values() if each.continues == kind), None
    )
    rows = following.fields if following else ()
    return frozenset(row.tag for row in rows if row.status == "O")


def build(
    mapping: Map[_Model],
    model: _Model,
    *,
    sender: str,
    receiver: str,
    record: Record | None = None,
) -> Built:
    """The texts of a message, and of the continuations that it needs, from ``sender`` to
    ``receiver``, which are BICs.

    Raises :class:`NotBuilt` for what may not be sent, PartNotValid for what the fields
    cannot hold, TooLong.
    """
    known = record or Record()
    reasons = list(_not_bics(sender, receiver))
    if not reasons:
        reasons += mapping.forbids(model, known, sender, receiver)
    if reasons:
        raise NotBuilt(mapping.kind, reasons)
    rows = fields_of(mapping, model)
    texts = texts_of(mapping.kind, rows, sender=sender, receiver=receiver)
    parts = [part for text in texts for part in read(text)]
    findings = [found for part in parts for found in check(part)]
    reasons = [found.message for found in findings if found.code in mapping.strict]
    reasons += _read_otherwise(mapping, model, parts)
    if reasons:
        raise NotBuilt(mapping.kind, reasons)
    doubts = [found.message for found in findings]
    return Built(tuple(texts), (*doubts, *mapping.doubts(model, known)))


def _read_otherwise(mapping: Map[Any], model: Any, parts: Sequence[Message]) -> Iterator[str]:
    """What the receiver would not read as it is meant, such as an account that reads as a mark."""
    instrument = Instrument(parts[0], tuple(parts[1:]))
    pairs = [(mapping.places, model)]
    if mapping.part and (inner := getattr(model, mapping.part.name)) is not None:
        pairs.append((mapping.part.places, inner))
    for places, meant in pairs:
        findings: list[Finding] = []
        found = values_of(instrument, places, findings)
        for each in places:
            for name in each.names:
                value = getattr(meant, name)
                absent = value is None or value == each.codec.absent
                if found.get(name) != value and not (absent and name not in found):
                    yield (
                        f"The {name.replace('_', ' ')} cannot be written in field "
                        f"{each.tag.rpartition('.')[2]} so that it is read again as it is."
                    )


def texts_of(
    kind: str, rows: Sequence[tuple[str, str]], *, sender: str, receiver: str
) -> list[str]:
    """The FIN texts of fields in order without field 27; raises PartNotValid and TooLong."""
    table = definitions().messages[kind]
    if table.row(_SEQUENCE_OF_TOTAL):
        return divide(kind, rows, sender=sender, receiver=receiver)
    text = compose(kind, rows, sender=sender, receiver=receiver)
    findings = check(read(text)[0])
    if not is_valid(findings):
        raise PartNotValid(findings)
    return [text]


def _not_bics(sender: str, receiver: str) -> Iterator[str]:
    for role, given in (("sender", sender), ("receiver", receiver)):
        if not is_bic(given):
            yield (
                f"The {role} is given as {given!r}; expected a BIC of 8 or 11 characters (rule "
                "T27)."
            )


def fields_of(mapping: Map[Any], model: Any) -> list[tuple[str, str]]:
    """Tags and values of a model in the order of the message's table, without field 27."""
    said = dict(_said(mapping.kind, mapping.places, model))
    within = ""
    if mapping.part and (inner := getattr(model, mapping.part.name)) is not None:
        within = mapping.part.sequence
        said |= _said(mapping.kind, mapping.part.places, inner)
    table = definitions().messages[mapping.kind]
    rows: list[tuple[str, str]] = []
    for sequence in table.table:
        prefix = f"{sequence.id}." if sequence.id else ""
        stated = [said[prefix + row.tag] for row in sequence.fields if prefix + row.tag in said]
        # A part that says nothing is a fault of its own, and not as if it were not there.
        if sequence.id and (stated or sequence.id == within):
            rows.append((sequence.fields[0].tag, ""))
        rows += stated
    return rows


def _said(kind: str, places: Sequence[Place], model: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    table = definitions().messages[kind]
    for each in places:
        values = tuple(getattr(model, name) for name in each.names)
        if values[0] is None or values[0] == each.codec.absent:
            continue
        option, text = each.codec.write(*values)
        yield each.tag, (_tag(table, each.tag, option), text)


def _tag(table: MessageType, stated: str, option: str) -> str:
    tag = stated.rpartition(".")[2]
    row = table.row(stated)
    if row is None or not row.options:
        return tag
    if option not in row.options:
        allowed = " or ".join(row.tags)
        raise NotBuilt(
            table.type,
            [f"The {row.name.lower()} would be field {tag[:2]}{option}; expected {allowed}."],
        )
    return tag[:2] + option

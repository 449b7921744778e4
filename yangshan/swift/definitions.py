# SPDX-License-Identifier: Apache-2.0
"""The tables of messages, fields, formats, code words and rules, read from ``data`` and validated.

Adding a message is adding a file ``mtNNN.toml``; adding a field, a line of ``fields.toml``.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.swift.errors import BadMessageData
from yangshan.swift.formats import BadSpecification, Format, Match, Mismatch

if TYPE_CHECKING:
    from collections.abc import Sequence as TagSequence

_Model = TypeVar("_Model", bound=BaseModel)
Severity = Literal["error", "warning"]

_Tag = Annotated[str, Field(pattern=r"^[0-9]{2}[A-Za-z]?$")]
# A rule may name the sequence that a field stands in, as B.32B.
_Place = Annotated[str, Field(pattern=r"^(?:[A-Z]\.)?[0-9]{2}[A-Za-z]?$")]
_Code = Annotated[str, Field(pattern=r"^[A-Z][0-9]{2}$")]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Data):
    """One row of a message's table. A tag such as ``41a`` stands for one of its options.

    An option without a letter is empty. ``repeats``: the field may stand any number of times.
    """

    tag: _Tag
    options: tuple[Annotated[str, Field(pattern=r"^[A-Z]?$")], ...] = ()
    status: Literal["M", "O"]
    name: str
    repeats: bool = False

    @functools.cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags as they may stand in a message."""
        return tuple(self.tag[:2] + option for option in self.options) or (self.tag,)


class Sequence(_Data):
    """Fields of a message that stand together, such as those from 15B on.

    It begins where one of ``opens`` stands, which is its first field unless the data says more.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]?$")]
    status: Literal["M", "O"] = "M"
    repeats: bool = False
    opens: tuple[_Tag, ...] = ()
    fields: tuple[Row, ...]

    @functools.cached_property
    def places(self) -> dict[str, int]:
        """Tag, option included, to the number of its row, counted from 0."""
        return {tag: place for place, row in enumerate(self.fields) for tag in row.tags}

    @functools.cached_property
    def opening(self) -> frozenset[str]:
        """The tags that begin it."""
        return frozenset(self.opens or self.fields[0].tags)


class Narrative(_Data):
    """A part that may only stand with some of the code words.

    ``absent``: how bad it is if it does not stand with them. ``patterns``: regular expressions
    that it keeps after a word.
    """

    part: str
    words: tuple[str, ...] = Field(alias="with")
    code: _Code | None = None
    absent: Severity | None = None
    patterns: dict[str, str] = {}


class Codes(_Data):
    """The words that a part of a field may hold, in these messages or in all.

    ``today`` says of each word of an earlier release what would stand instead.
    """

    tags: tuple[_Tag, ...]
    messages: tuple[str, ...] = ()
    part: str
    words: tuple[str, ...]
    today: dict[str, str] = {}
    code: _Code
    severity: Severity = "error"
    narrative: Narrative | None = None

    @property
    def legacy(self) -> tuple[str, ...]:
        """The words of earlier releases."""
        return tuple(self.today)


class Slashes(_Data):
    """Words between slashes at the start of lines; without ``words`` any word will do.

    ``single``: exactly one, at the very start. ``amounts``: a currency and amount may follow.
    """

    tags: tuple[_Tag, ...]
    messages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    single: bool = False
    amounts: bool = False
    code: _Code
    severity: Severity


class Changes(_Data):
    """A text in which a code word between slashes opens each change (3.3 of the field tables).

    The first line begins with a word, and no line begins with a slash but by one. ``alone`` stands
    once and with no other.
    """

    tags: tuple[_Tag, ...]
    words: tuple[str, ...]
    alone: str
    code: _Code


class _Rule(_Data):
    id: str
    code: _Code
    severity: Severity = "error"
    says: str


class BothOrNeither(_Rule):
    """Either both fields are there or none."""

    kind: Literal["both_or_neither"]
    tags: tuple[_Place, _Place]


class AtMostOne(_Rule):
    """At most one of the groups; a group is there as soon as one of its fields is."""

    kind: Literal["at_most_one"]
    groups: tuple[tuple[_Place, ...], ...]


class ExactlyOne(_Rule):
    """One of the fields is there, and only one."""

    kind: Literal["exactly_one"]
    tags: tuple[_Place, ...]


class AtLeastOne(_Rule):
    """One of the fields is there, or several."""

    kind: Literal["at_least_one"]
    tags: tuple[_Place, ...]


class Requires(_Rule):
    """Any of ``tags``, or all of them ``together``, demand ``needs`` and one of ``needs_any``."""

    kind: Literal["requires"]
    tags: tuple[_Place, ...]
    together: bool = False
    needs: tuple[_Place, ...] = ()
    needs_any: tuple[_Place, ...] = ()


class SameCurrency(_Rule):
    """All amounts that are there are in one currency."""

    kind: Literal["same_currency"]
    tags: tuple[_Place, ...]


class DateOrder(_Rule):
    """The date in ``later`` is not before the one in ``earlier``."""

    kind: Literal["date_order"]
    earlier: _Place
    later: _Place


class PartOf(_Rule):
    """Field 27: this message is one of the parts ``first`` to ``last`` of at most ``most``."""

    kind: Literal["part_of"]
    tag: _Place
    first: int
    last: int
    most: int


class Begins(_Rule):
    """The field, if it is there, begins with ``text``."""

    kind: Literal["begins"]
    tag: _Place
    text: str


class Condition(_Data):
    """A part of a field that equals, begins with or contains one of some words.

    Without a part it is enough that the field is there.
    """

    tag: _Place
    part: str | None = None
    equals: tuple[str, ...] = Field(default=(), alias="is")
    begins: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()

    def holds(self, value: str) -> bool:
        """Whether the part's value is as the condition wants it."""
        return (
            value in self.equals
            or any(value.startswith(word) for word in self.begins)
            or any(word in value for word in self.contains)
        )


class When(_Rule):
    """Where every condition holds: fields that must, or must not, stand beside them.

    ``then``: conditions that hold as well.
    """

    kind: Literal["when"]
    when: tuple[Condition, ...]
    needs: tuple[_Place, ...] = ()
    needs_any: tuple[_Place, ...] = ()
    forbids: tuple[_Place, ...] = ()
    then: tuple[Condition, ...] = ()
    never: bool = False


class DifferentNames(_Rule):
    """The first name lines of two parties differ."""

    kind: Literal["different_names"]
    tags: tuple[_Place, _Place]


class PlaceAgrees(_Rule):
    """The bank named in words stands at the place named in the other field."""

    kind: Literal["place_agrees"]
    bank: _Place
    place: _Place


class Mentions(_Rule):
    """One of the words stands in one of the fields; of those in ``first_line``, on line one.

    It is the first of ``tags`` that should say so.
    """

    kind: Literal["mentions"]
    tags: tuple[_Place, ...]
    first_line: tuple[_Place, ...] = ()
    words: tuple[str, ...]


class Sums(_Rule):
    """``total`` is the sum of ``plus`` less ``minus``: fields of one amount, or of charges.

    It speaks where every amount is stated, the first of ``plus`` and the total among them.
    """

    kind: Literal["sums"]
    total: _Place
    plus: tuple[_Place, ...]
    minus: tuple[_Place, ...]


Rule = (
    BothOrNeither
    | AtMostOne
    | ExactlyOne
    | AtLeastOne
    | Requires
    | SameCurrency
    | DateOrder
    | PartOf
    | Begins
    | When
    | DifferentNames
    | PlaceAgrees
    | Mentions
    | Sums
)


class Section(NamedTuple):
    """Fields from ``start`` to before ``stop``, counted from 0, that stand in one sequence."""

    sequence: Sequence
    start: int
    stop: int


class MessageType(_Data):
    """One message: its table in order, in one sequence or several, and its rules.

    ``continues`` is the message whose text this one carries on.
    """

    type: Annotated[str, Field(pattern=r"^[0-9]{3}$")]
    name: str
    continues: Annotated[str, Field(pattern=r"^[0-9]{3}$")] | None = None
    fields: tuple[Row, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    rules: tuple[Annotated[Rule, Field(discriminator="kind")], ...] = ()

    @functools.cached_property
    def table(self) -> tuple[Sequence, ...]:
        """The sequences in order; a message that has none is one itself, without a name."""
        return self.sequences or (Sequence(id="", fields=self.fields),)

    @functools.cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sequences."""
        return tuple(row for sequence in self.table for row in sequence.fields)

    @functools.cached_property
    def tags(self) -> frozenset[str]:
        """Every tag that may stand in the message, options included."""
        return frozenset(tag for row in self.rows for tag in row.tags)

    def row(self, place: str) -> Row | None:
        """The row of a tag, ``41A`` or ``41a`` or ``B.41a``; None if the message has none."""
        return self._by_place.get(place)

    @functools.cached_property
    def _by_place(self) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for sequence in self.table:
            for row in sequence.fields:
                for tag in (row.tag, *row.tags):
                    found.setdefault(tag, row)
                    found.setdefault(f"{sequence.id}.{tag}", row)
        return found

    def sections(self, tags: TagSequence[str]) -> list[Section]:
        """Which fields, given by their tags in order, stand in which sequence."""
        found: list[Section] = []
        at = start = 0
        seen: list[int] = []
        for number, tag in enumerate(tags if len(self.table) > 1 or self.table[0].repeats else ()):
            here = self.table[at]
            place = here.places.get(tag)
            # A field once more, and behind others, is of a sequence whose beginning is missing.
            again = place in seen and place != seen[-1]
            further = range(at + 1, len(self.table))
            new = next((k for k in further if tag in self.table[k].opening), None)
            if new is None and (place is None or again):
                new = next((k for k in further if tag in self.table[k].places), None)
            if new is None and here.repeats and seen and (tag in here.opening or again):
                new = at
            if new is not None:
                if number > start:
                    found.append(Section(here, start, number))
                start, at, seen = number, new, []
            place = self.table[at].places.get(tag)
            seen += [place] if place is not None else []
        return [*found, Section(self.table[at], start, len(tags))]


class OldField(_Data):
    """A field as it was before November 2018: its format then, and what it is today in words.

    ``becomes`` is the tag that holds the same today, if there is one.
    """

    tag: _Tag
    messages: tuple[str, ...]
    spec: str
    parts: tuple[str, ...] = ()
    becomes: _Tag | None = None
    today: str

    @functools.cached_property
    def compiled(self) -> Format:
        """Its format."""
        return Format(self.spec, self.parts)


class Since(_Data):
    """What a message need not keep before: fields mandatory today, rules, and places of fields.

    A message that has none of ``marks`` is of before.
    """

    type: str
    tags: tuple[_Tag, ...]
    rules: tuple[str, ...]
    moved: tuple[_Tag, ...]
    marks: tuple[_Tag, ...]


class OldRule(_Data):
    """A rule of before; ``instead`` is that of today which took its place."""

    messages: tuple[str, ...]
    rule: Annotated[Rule, Field(discriminator="kind")]
    instead: str | None = None


class Legacy(_Data):
    """What messages were before November 2018, where that is not what they are."""

    fields: tuple[OldField, ...]
    since: tuple[Since, ...]
    rules: tuple[OldRule, ...]

    def field(self, kind: str, tag: str) -> OldField | None:
        """What a tag was in a message; None if it was never another than today."""
        return next((old for old in self.fields if old.tag == tag and kind in old.messages), None)

    def since_of(self, kind: str) -> Since | None:
        """What a message need not keep; None if nothing."""
        return next((since for since in self.since if since.type == kind), None)


class _NamedFormat(_Data):
    spec: str
    parts: tuple[str, ...]


class _Fields(_Data):
    formats: dict[str, _NamedFormat]
    fields: dict[_Tag, str]
    codes: tuple[Codes, ...]
    slashes: tuple[Slashes, ...]
    changes: tuple[Changes, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything the data says; raises BadMessageData where it contradicts itself."""

    formats: dict[str, Format]
    messages: dict[str, MessageType]
    codes: tuple[Codes, ...]
    slashes: tuple[Slashes, ...]
    changes: tuple[Changes, ...]
    own_codes: dict[str, str]
    legacy: Legacy


@functools.cache
def definitions() -> Definitions:
    """The package's tables, read once."""
    found: dict[str, Any] = {}
    for entry in sorted(resources.files("yangshan.swift").joinpath("data").iterdir(), key=str):
        if entry.name.endswith(".toml"):
            found[entry.name] = tomllib.loads(entry.read_text(encoding="utf-8"))
    return load(found)


def load(files: dict[str, Any]) -> Definitions:
    """Validates parsed TOML files: ``fields.toml``, ``codes.toml``, ``legacy.toml`` and one for
    each message."""
    fields = _validated(_Fields, "fields.toml", files["fields.toml"])
    own_codes = {str(code): str(text) for code, text in files["codes.toml"].items()}
    compiled: dict[str, Format] = {}
    for name, given in fields.formats.items():
        try:
            compiled[name] = Format(given.spec, given.parts)
        except BadSpecification as bad:
            raise BadMessageData("fields.toml", str(bad)) from bad
    formats: dict[str, Format] = {}
    for tag, name in fields.fields.items():
        if name not in compiled:
            raise BadMessageData("fields.toml", f"field {tag} has no format {name!r}.")
        formats[tag] = compiled[name]
    messages: dict[str, MessageType] = {}
    for file, raw in files.items():
        if re.match(r"mt\d", file):
            message = _validated(MessageType, file, raw)
            _check_message(file, message, formats, own_codes)
            messages[message.type] = message
    worded: tuple[Codes | Slashes | Changes, ...] = (
        *fields.codes,
        *fields.slashes,
        *fields.changes,
    )
    for given_codes in worded:
        _check_own_code("fields.toml", given_codes.code, own_codes)
        for tag in given_codes.tags:
            known = formats[tag].parts if tag in formats else ()
            if isinstance(given_codes, Codes) and given_codes.part not in known:
                raise BadMessageData("fields.toml", f"{tag} has no part {given_codes.part!r}.")
            if not known:
                raise BadMessageData("fields.toml", f"{tag} has code words but no format.")
    legacy = _validated(Legacy, "legacy.toml", files["legacy.toml"])
    _check_legacy(legacy, messages)
    return Definitions(
        formats, messages, fields.codes, fields.slashes, fields.changes, own_codes, legacy
    )


def _validated(model: type[_Model], file: str, raw: object) -> _Model:
    try:
        return model.model_validate(raw)
    except ValidationError as bad:
        raise BadMessageData(file, str(bad)) from bad


def _check_message(
    file: str, message: MessageType, formats: dict[str, Format], own_codes: dict[str, str]
) -> None:
    for row in message.rows:
        for tag in row.tags:
            if tag not in formats:
                raise BadMessageData(file, f"field {tag} has no format in fields.toml.")
    for rule in message.rules:
        _check_own_code(file, rule.code, own_codes)
        for tag in _tags_of(rule.model_dump()):
            if message.row(tag) is None:
                raise BadMessageData(file, f"rule {rule.id!r} speaks of {tag}, not a field here.")


def _check_legacy(legacy: Legacy, messages: dict[str, MessageType]) -> None:
    file = "legacy.toml"
    for old in legacy.fields:
        try:
            _ = old.compiled
        except BadSpecification as bad:
            raise BadMessageData(file, str(bad)) from bad
        for kind in old.messages:
            if old.becomes and old.becomes not in messages[kind].tags:
                raise BadMessageData(file, f"MT {kind} has no field {old.becomes}.")
    for each in legacy.rules:
        for kind in each.messages:
            for tag in _tags_of(each.rule.model_dump()):
                if not messages[kind].row(tag) and not legacy.field(kind, tag):
                    raise BadMessageData(file, f"rule {each.rule.id!r} speaks of {tag}.")
            if each.instead and each.instead not in {rule.id for rule in messages[kind].rules}:
                raise BadMessageData(file, f"MT {kind} has no rule {each.instead!r}.")
    for since in legacy.since:
        named = {*since.tags, *since.moved, *since.marks}
        if unknown := named - messages[since.type].tags:
            raise BadMessageData(file, f"MT {since.type} has no field {min(unknown)}.")


def _check_own_code(file: str, code: str, own_codes: dict[str, str]) -> None:
    if code.startswith("Y") and code not in own_codes:
        raise BadMessageData(file, f"the code {code} is not explained in codes.toml.")


_TAG_KEYS = {
    "tag",
    "tags",
    "needs",
    "needs_any",
    "forbids",
    "groups",
    "earlier",
    "later",
    "bank",
    "place",
    "first_line",
    "total",
    "plus",
    "minus",
}


def _tags_of(rule: object, wanted: bool = False) -> list[str]:
    if isinstance(rule, dict):
        return [tag for key, value in rule.items() for tag in _tags_of(value, key in _TAG_KEYS)]
    if isinstance(rule, tuple | list):
        return [tag for value in rule for tag in _tags_of(value, wanted)]
    return [rule] if wanted and isinstance(rule, str) else []


@functools.cache
def words_of(message_type: str, tag: str) -> tuple[Codes | Slashes | Changes, ...]:
    """What words a field may hold in a message."""
    known = definitions()
    listed: tuple[Codes | Slashes, ...] = (*known.codes, *known.slashes)
    return (
        *(
            each
            for each in listed
            if tag in each.tags and (not each.messages or message_type in each.messages)
        ),
        *(changes for changes in known.changes if tag in changes.tags),
    )


@functools.lru_cache(maxsize=128)
def match(tag: str, value: str) -> Match | Mismatch:
    """A value held to the format of its field, which must have one.

    The rules of a message ask for the same again and again, so the last ones are remembered: what
    comes out must not be changed.
    """
    return definitions().formats[tag].match(value)


@functools.cache
def tags_of(message_type: str, place: str) -> tuple[str, ...]:
    """The tags that ``41a`` stands for in a message; any other tag stands for itself."""
    tag = place.rpartition(".")[2]
    message = definitions().messages.get(message_type)
    row = message.row(place) if message and tag[-1].islower() else None
    return row.tags if row else (tag,)


@functools.lru_cache(maxsize=16)
def sections_of(message_type: str, tags: tuple[str, ...]) -> tuple[Section, ...]:
    """Which fields of a message stand in which sequence; nothing of an unknown message.

    The rules of a message ask for the same again and again, so it is remembered.
    """
    table = definitions().messages.get(message_type)
    return tuple(table.sections(tags)) if table else ()


def likely_type(tags: list[str]) -> str | None:
    """The message that a bare text block with these tags is; None if none or several fit best."""
    present = set(tags)
    scores: dict[str, int] = {}
    for name, message in definitions().messages.items():
        known = message.tags
        missing = sum(
            row.status == "M" and not present & set(row.tags)
            for sequence in message.table
            if sequence.status == "M"
            for row in sequence.fields
        )
        if present & known:
            scores[name] = len(present & known) - len(present - known) - missing
    best = [name for name, score in scores.items() if score == max(scores.values())]
    return best[0] if len(best) == 1 else None

# SPDX-License-Identifier: Apache-2.0
"""The schemas of documents, read from ``schemas`` and validated.

Adding a kind of document is adding a file; adding a field is a line in one.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_Model = TypeVar("_Model", bound=BaseModel)

FormatName = Literal[
    "object",
    "list",
    "text",
    "code",
    "digits",
    "boolean",
    "count",
    "date",
    "amount",
    "price",
    "quantity",
    "currency",
    "country",
    "locode",
    "unit",
    "package",
    "commodity",
    "bic",
    "lei",
    "uscc",
    "container",
    "imo",
    "declaration",
]
_Path = Annotated[str, Field(pattern=r"^(?:/(?:\*|[A-Za-z][A-Za-z0-9]*))+$")]


class BadSchema(Unusable):
    """A file of this package's schemas that is wrong in itself."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The schema {file} is wrong: {reason}.")


class UnknownKind(Refused):
    """A kind of document, or a version of its schema, that is not known here."""

    def __init__(self, kind: str, version: int | None, known: Iterable[str]) -> None:
        shown = repr(kind[:100]) if version is None else f"{kind[:100]!r} in version {version}"
        super().__init__(f"{shown} is no kind of document here; known are {', '.join(known)}.")
        self.kind = kind
        self.version = version


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Data):
    """One field: where it stands, its name, and what it must be.

    ``path`` is a JSON pointer in which ``*`` is any item of a list; ``element`` the number of the
    data element in UNTDED (ISO 7372), where one is certain. ``status`` holds where what contains
    it stands: M mandatory, O optional, C as the rules say. ``most`` is the longest text, the
    greatest number of items or the greatest count. An amount has no more decimals than the currency
    that stands at ``currency``.
    """

    path: _Path
    name: str
    element: Annotated[str, Field(pattern=r"^(?:[0-9]{4})?$")] = ""
    status: Literal["M", "O", "C"] = "O"
    format: FormatName
    most: int = 0
    codes: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()
    group: str = ""
    currency: str = ""


class When(_Data):
    """What must stand at a path for a rule to apply; anything, if nothing is listed."""

    path: str
    among: tuple[str | bool, ...]


class Rule(_Data):
    """What holds between fields; paths begin at each item that ``each`` names, or at the top.

    ``exactly_one`` and ``at_least_one`` of ``paths``; ``requires`` and ``forbids`` them;
    ``equals``: what stands there is ``value``; ``order``: no date of ``paths`` is later than the
    next.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,3}-[0-9]{1,2}$")]
    kind: Literal["exactly_one", "at_least_one", "requires", "forbids", "equals", "order"]
    paths: Annotated[tuple[_Path, ...], Field(min_length=1)]
    when: tuple[When, ...] = ()
    each: str = ""
    value: bool | str = ""
    severity: Literal["error", "warning"] = "error"
    text: str
    source: str


class _File(_Data):
    kind: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    number: Annotated[int, Field(ge=1, le=255)]
    version: Annotated[int, Field(ge=1, le=255)]
    title: str
    about: str
    issuer: Annotated[str, Field(pattern=r"^(?:(?:/[A-Za-z][A-Za-z0-9]*)+)?$")] = ""
    fields: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()


class _Groups(_Data):
    groups: dict[str, tuple[Row, ...]]


@dataclass(slots=True)
class Node:
    """A place in a document: its row, and what may stand below it by name, or as items."""

    row: Row
    parts: dict[str, Node] = field(default_factory=dict)
    item: Node | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of document; ``number`` is the kind's on the chain, ``rows`` include the groups'.

    ``issuer`` is where the party stands that issues it, empty if none does.
    """

    kind: str
    number: int
    version: int
    title: str
    about: str
    issuer: str
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...]
    top: Node


@functools.cache
def schemas() -> Mapping[str, Schema]:
    """The schemas by kind, in the order of their numbers; raises :class:`BadSchema`."""
    folder = resources.files("yangshan.documents").joinpath("schemas")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    texts = {name: folder.joinpath(name).read_text("utf-8") for name in files}
    groups = _read("groups.toml", texts.pop("groups.toml"), _Groups).groups
    found = [schema_from(name, text, groups) for name, text in texts.items()]
    return {each.kind: each for each in sorted(found, key=lambda each: each.number)}


def schema_of(kind: str, version: int | None = None) -> Schema:
    """The schema of a kind; raises :class:`UnknownKind`, also for another version."""
    found = schemas().get(kind)
    if found is None or version not in {None, found.version}:
        known = (f"{each.kind} (version {each.version})" for each in schemas().values())
        raise UnknownKind(kind, version, known)
    return found


def numbered(number: int) -> Schema:
    """The schema of the kind with this number on the chain; raises :class:`UnknownKind`."""
    for each in schemas().values():
        if each.number == number:
            return each
    raise UnknownKind(f"number {number}", None, schemas())


def _read(name: str, text: str, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(tomllib.loads(text))
    except (ValidationError, tomllib.TOMLDecodeError) as bad:
        raise BadSchema(name, str(bad)) from bad


def schema_from(name: str, text: str, groups: Mapping[str, tuple[Row, ...]]) -> Schema:
    """The schema that a file of this name states; raises :class:`BadSchema`."""
    file = _read(name, text, _File)
    rows = tuple(_expanded(name, file.fields, groups))
    top = Node(Row(path="/document", name=file.title, format="object"))
    for row in rows:
        _place(name, top, row)
    known = {row.path for row in rows}
    for rule in file.rules:
        for path in (*rule.paths, *(when.path for when in rule.when)):
            if rule.each + path not in known:
                raise BadSchema(name, f"{rule.id} names {rule.each + path}, which is no field")
    if file.issuer and not any(row.path == file.issuer and row.group == "party" for row in rows):
        raise BadSchema(name, f"its issuer {file.issuer} is no party")
    return Schema(
        file.kind,
        file.number,
        file.version,
        file.title,
        file.about,
        file.issuer,
        rows,
        file.rules,
        top,
    )


def _expanded(name: str, rows: Iterable[Row], groups: Mapping[str, tuple[Row, ...]]) -> list[Row]:
    found = []
    for row in rows:
        found.append(row)
        if row.group:
            if row.group not in groups:
                raise BadSchema(name, f"{row.path} names the group {row.group}, which is not there")
            inside = [
                each.model_copy(update={"path": row.path + each.path}) for each in groups[row.group]
            ]
            found += _expanded(name, inside, groups)
    return found


def _place(name: str, top: Node, row: Row) -> None:
    """Puts a row under what contains it, which must stand before it."""
    *above, last = row.path.split("/")[1:]
    here: Node | None = top
    for part in above:
        here = here and (here.item if part == "*" else here.parts.get(part))
    if here is None or here.row.format not in {"object", "list"}:
        raise BadSchema(name, f"nothing before {row.path} contains it")
    if (last == "*") != (here.row.format == "list"):
        raise BadSchema(name, f"{row.path} does not fit what contains it")
    if last == "*":
        if here.item is not None:
            raise BadSchema(name, f"{row.path} stands twice")
        here.item = Node(row)
    elif last in here.parts:
        raise BadSchema(name, f"{row.path} stands twice")
    else:
        here.parts[last] = Node(row)

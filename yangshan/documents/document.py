# SPDX-License-Identifier: Apache-2.0
"""A trade document as data: its kind, the version of its schema, its fields."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.documents.canonical import BadJson, Json, NotCanonical, normal, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A document; ``fields`` is a JSON object by the names of its schema, strings in NFC.

    Amounts and quantities are strings of decimal digits: an amount in major units with a point, as
    ``1280000.00``, its currency in the field that the schema names.
    """

    kind: str
    version: int
    fields: Mapping[str, Json]

    @property
    def type(self) -> str:
        """Kind and version as leaves carry them, such as ``invoice/1``."""
        return f"{self.kind}/{self.version}"

    def get(self, pointer: str) -> Json:
        """The value at a JSON pointer, or None where nothing stands."""
        if "*" in pointer:
            return next((value for _, value in self.find(pointer)), None)
        value: Json = self.fields
        for part in _parts(pointer):
            found = _step(value, part)
            if not found:
                return None
            (value,) = found
        return value

    def find(self, pattern: str) -> Iterator[tuple[str, Json]]:
        """Pointers and values that fit a pattern, in which ``*`` is any item of a list."""
        yield from _find(self.fields, _parts(pattern), "")


def read_document(data: bytes, file: object) -> Document:
    """The document that a JSON file states as ``kind``, ``version`` and ``fields``.

    Whether it keeps its schema is for :func:`yangshan.documents.validation.check`. Raises
    :class:`~yangshan.documents.canonical.BadJson`.
    """
    return document_of(parse(data, file), file)


def document_of(value: Json, file: object) -> Document:
    """The document that a JSON value states; raises as :func:`read_document`."""
    if not isinstance(value, dict):
        raise BadJson(file, "expected an object of kind, version and fields")
    if odd := sorted(set(value) ^ {"kind", "version", "fields"}):
        raise BadJson(file, f"expected kind, version and fields alone, and {odd[0]!r} is not so")
    kind, version, fields = value["kind"], value["version"], value["fields"]
    if not isinstance(kind, str) or not kind:
        raise BadJson(file, "kind must be text")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 255:
        raise BadJson(file, "version must be a number from 1 to 255")
    if not isinstance(fields, dict) or not fields:
        raise BadJson(file, "fields must be an object that is not empty")
    try:
        found = normal(fields)
        named = normal(kind)
    except NotCanonical as bad:
        raise BadJson(file, f"{bad.path or 'fields'}: {bad.reason}") from bad
    assert isinstance(found, dict)
    assert isinstance(named, str)
    return Document(named, version, found)


@functools.lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split("/")[1:])


def _find(value: Json, parts: tuple[str, ...], path: str) -> Iterator[tuple[str, Json]]:
    for place, part in enumerate(parts):
        if part == "*" and isinstance(value, list):
            rest = parts[place + 1 :]
            for number, item in enumerate(value):
                yield from _find(item, rest, f"{path}/{number}")
            return
        found = _step(value, part)
        if not found:
            return
        (value,) = found
        path = f"{path}/{part}"
    yield path, value


def _step(value: Json, part: str) -> tuple[Json, ...]:
    """What stands under a name or a number: one value, or none."""
    if isinstance(value, dict):
        name = part.replace("~1", "/").replace("~0", "~") if "~" in part else part
        return (value[name],) if name in value else ()
    # As RFC 6901 writes places: digits of ASCII alone, no zero before others.
    if isinstance(value, list) and part.isascii() and part.isdigit() and str(int(part[:9])) == part:
        return tuple(value[int(part) : int(part) + 1])
    return ()

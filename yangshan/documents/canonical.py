# SPDX-License-Identifier: Apache-2.0
"""JSON in one form alone: NFC strings, then RFC 8785, so that equal content has equal bytes.

RFC 8785 writes every number as a double and does not normalise text. So amounts and quantities are
strings of decimal digits, a number with a fraction or beyond 2**53 is refused, and every string is
brought to Unicode's form NFC first. What a JSON reader may take in more than one way (a name twice,
half a surrogate pair, NaN) is refused as well.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import rfc8785

from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

# As deep as any document here is by far; deeper ones only wear out whoever reads them.
MOST_LEVELS: Final = 32
MOST_BYTES: Final = 8 * 2**20
# The integers that a double, and so RFC 8785, keeps apart from their neighbours.
_MOST_INTEGER: Final = 2**53 - 1


class BadJson(Unusable):
    """A file that is no JSON of the strict kind that is read here."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"{file} is not the JSON that was expected: {reason}.")
        self.file = file
        self.reason = reason


class NotCanonical(Refused):
    """A value that has no single canonical form; ``path`` is the JSON pointer to it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path or 'The document'} cannot be committed to: {reason}.")
        self.path = path
        self.reason = reason


def parse(data: bytes, file: object, most: int = MOST_BYTES) -> Any:
    """The value that a file of at most ``most`` bytes states; raises :class:`BadJson`.

    UTF-8, no name twice in one object, no NaN or infinity, integers alone as numbers.
    """
    if len(data) > most:
        raise BadJson(file, f"it has {len(data)} bytes, and at most {most} are read")
    try:
        value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except UnicodeDecodeError as bad:
        raise BadJson(file, f"byte {bad.start + 1} is not UTF-8") from bad
    except RecursionError as bad:
        raise BadJson(file, f"it is nested more than {MOST_LEVELS} levels deep") from bad
    except ValueError as bad:
        raise BadJson(file, str(bad).rstrip(".")) from bad
    if _deeper(value, MOST_LEVELS):
        raise BadJson(file, f"it is nested more than {MOST_LEVELS} levels deep")
    # Only an escape can bring one in.
    if b"\\u" in data and not _is_text(json.dumps(value, ensure_ascii=False)):
        raise BadJson(file, "it holds half of a surrogate pair, which is no text")
    return value


def normal(value: Json, path: str = "") -> Json:
    """The value with every string in NFC; raises :class:`NotCanonical` for what has no one form."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > _MOST_INTEGER:
            raise NotCanonical(path, "the number is beyond 2**53; write it as a string of digits")
        return value
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, float):
        raise NotCanonical(path, "a number with a fraction is written as a string of digits")
    if path.count("/") >= MOST_LEVELS:
        raise NotCanonical(path, f"it is nested more than {MOST_LEVELS} levels deep")
    if isinstance(value, list | tuple):
        return [normal(item, f"{path}/{place}") for place, item in enumerate(value)]
    if isinstance(value, dict):
        found: dict[str, Json] = {}
        for name, item in value.items():
            if not isinstance(name, str):
                raise NotCanonical(path, f"the name {name!r} is not text")
            name = _text(name, path)
            if name in found:
                raise NotCanonical(path, f"the name {name!r} stands there twice")
            found[name] = normal(item, f"{path}/{escaped(name)}")
        return found
    raise NotCanonical(path, f"{type(value).__name__} is no JSON")


def canonical(value: Json) -> bytes:
    """The one form of a value: NFC, then RFC 8785; raises :class:`NotCanonical`."""
    return rfc8785.dumps(normal(value))


def flat(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """The leaves of a normal value with their JSON pointers (RFC 6901), in its order.

    A leaf is what has no parts: text, a number, true, false, null, and an empty list or object.
    """
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from flat(item, f"{path}/{escaped(name)}")
    elif isinstance(value, list) and value:
        for place, item in enumerate(value):
            yield from flat(item, f"{path}/{place}")
    else:
        yield path, value


def escaped(name: str) -> str:
    """A name as a part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _text(value: str, path: str) -> str:
    if not _is_text(value):
        raise NotCanonical(path, "it holds half of a surrogate pair, which is no text")
    return unicodedata.normalize("NFC", value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found


def _no_float(text: str) -> Any:
    raise ValueError(f"{text[:40]} is no whole number; write it as a string of digits")


def _deeper(value: Any, levels: int) -> bool:
    """Whether a value has more levels than these, found without going deeper."""
    layer = [value]
    for _ in range(levels + 1):
        layer = [
            item
            for each in layer
            if isinstance(each, dict | list)
            for item in (each.values() if isinstance(each, dict) else each)
        ]
        if not layer:
            return False
    return True

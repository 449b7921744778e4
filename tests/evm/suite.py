# SPDX-License-Identifier: Apache-2.0
"""The compiled suite: encoding of calls, decoding of answers, events and errors."""

from __future__ import annotations

import functools
import json
import os
from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eth_utils import keccak, to_checksum_address
from vocabulary import ROOT
from words import read, write

Json = dict[str, Any]

# tests/mutants lays a suite with a fault in the place of the sound one.
_FILE: Final = Path(os.environ.get("YANGSHAN_SUITE", ROOT / "build/suite.json"))
_SUITE: Final[Json] = json.loads(_FILE.read_text("utf-8"))
# Libraries of internal functions compile to contracts without any.
ARTIFACTS: Final[dict[str, Json]] = {
    name: artifact for name, artifact in _SUITE["contracts"].items() if artifact["abi"]
}

# What the tests asserted, by name, for the test that nothing was left out.
ASSERTED_ERRORS: Final[set[str]] = set()
ASSERTED_EVENTS: Final[set[str]] = set()


def type_of(entry: Json) -> str:
    """The type of an ABI parameter as eth_abi wants it."""
    kind: str = entry["type"]
    if not kind.startswith("tuple"):
        return kind
    inner = ",".join(type_of(part) for part in entry["components"])
    return f"({inner}){kind.removeprefix('tuple')}"


@functools.cache
def _record(names: tuple[str, ...]) -> Any:
    return namedtuple("Record", names)


Shaper = Callable[[Any], Any]
checksummed = functools.cache(to_checksum_address)


def shaper(entry: Json) -> Shaper | None:
    """What gives a decoded value checksummed addresses and named fields; None if it needs none."""
    kind: str = entry["type"]
    if kind.endswith("[]"):
        inner = shaper(entry | {"type": kind.removesuffix("[]")})
        return (lambda value: tuple(map(inner, value))) if inner else tuple
    if kind == "tuple":
        parts = entry["components"]
        record = _record(tuple(part["name"] for part in parts))
        inner_of = [(place, shaper(part)) for place, part in enumerate(parts)]
        needed = [(place, inner) for place, inner in inner_of if inner]

        def to_record(value: Any) -> Any:
            values = list(value)
            for place, inner in needed:
                values[place] = inner(values[place])
            return record._make(values)

        return to_record
    return checksummed if kind == "address" else None


def shapers(entries: Iterable[Json]) -> list[Shaper | None]:
    """One for each value."""
    return [shaper(entry) for entry in entries]


def shaped(found: list[Shaper | None], values: Iterable[Any]) -> list[Any]:
    """Values in their shapes."""
    return [shape(value) if shape else value for shape, value in zip(found, values, strict=True)]


@dataclass(frozen=True)
class Function:
    """One function of a contract's ABI."""

    contract: str
    name: str
    inputs: tuple[Json, ...]
    outputs: tuple[Json, ...]
    is_view: bool

    @functools.cached_property
    def types(self) -> list[str]:
        return [type_of(each) for each in self.inputs]

    @functools.cached_property
    def selector(self) -> bytes:
        return keccak(text=f"{self.name}({','.join(self.types)})")[:4]

    def calldata(self, *args: Any) -> bytes:
        return self.selector + write(self.types, args)

    @functools.cached_property
    def _outputs(self) -> tuple[list[str], list[Shaper | None]]:
        return [type_of(each) for each in self.outputs], shapers(self.outputs)

    def answer(self, data: bytes) -> Any:
        """None, the value, or a tuple of the values."""
        types, shapes = self._outputs
        values = shaped(shapes, read(types, data))
        if not values:
            return None
        return values[0] if len(values) == 1 else tuple(values)


@dataclass(frozen=True)
class Event:
    """One event with the contract that emitted it and all its fields."""

    contract: str
    name: str
    fields: Json = field(hash=False)


@dataclass(frozen=True)
class Error:
    """One custom error with all its arguments, in the order of its declaration."""

    name: str
    args: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(repr, self.args))})"


class RevertedError(Exception):
    """A call that was refused, with the error that it gave."""

    def __init__(self, error: Error) -> None:
        super().__init__(str(error))
        self.error = error


def error(name: str, *args: Any) -> Error:
    """An error to expect; as many arguments as it has."""
    expected = _ERROR_INPUTS[name]
    assert len(args) == len(expected), f"{name} has {len(expected)} arguments, not {len(args)}"
    return Error(name, tuple(args))


def event(contract: str, name: str, /, **fields: Any) -> Event:
    """An event to expect; all its fields."""
    expected = [each["name"] for each in _EVENT_INPUTS[name]]
    assert list(fields) == expected, f"{name} has the fields {expected}, not {list(fields)}"
    return Event(contract, name, fields)


def signature(entry: Json) -> str:
    return f"{entry['name']}({','.join(type_of(each) for each in entry['inputs'])})"


_BUILT_IN: Final = {
    keccak(text="Error(string)")[:4]: ("Error", [{"name": "text", "type": "string"}]),
    keccak(text="Panic(uint256)")[:4]: ("Panic", [{"name": "code", "type": "uint256"}]),
}
_ERRORS: Final = _BUILT_IN | {
    keccak(text=signature(entry))[:4]: (entry["name"], entry["inputs"])
    for entry in _SUITE["errors"]
}
_ERROR_INPUTS: Final = dict(_ERRORS.values())
_EVENTS: Final = {keccak(text=signature(entry)): entry for entry in _SUITE["events"]}
_EVENT_INPUTS: Final = {entry["name"]: entry["inputs"] for entry in _SUITE["events"]}

ERROR_NAMES: Final = frozenset(entry["name"] for entry in _SUITE["errors"])
EVENT_NAMES: Final = frozenset(_EVENT_INPUTS)


@functools.cache
def _error_shape(selector: bytes) -> tuple[str, list[str], list[Shaper | None]]:
    name, inputs = _ERRORS[selector]
    return name, [type_of(each) for each in inputs], shapers(inputs)


def decode_error(data: bytes) -> Error:
    name, types, shapes = _error_shape(bytes(data[:4]))
    return Error(name, tuple(shaped(shapes, read(types, data[4:]))))


@functools.cache
def _event_shape(topic: bytes) -> tuple[str, list[tuple[str, str, bool, Shaper | None]], list[str]]:
    """The name of an event, its fields, and the types of those that are not indexed."""
    entry = _EVENTS[topic]
    fields = [
        (each["name"], type_of(each), each["indexed"], shaper(each)) for each in entry["inputs"]
    ]
    return entry["name"], fields, [kind for _, kind, indexed, _ in fields if not indexed]


def decode_event(contract: str, topics: list[bytes], data: bytes) -> Event:
    name, entries, plain = _event_shape(bytes(topics[0]))
    in_data = iter(read(plain, data))
    in_topics = iter(topics[1:])
    fields = {}
    for field_name, kind, indexed, shape in entries:
        value = read([kind], next(in_topics))[0] if indexed else next(in_data)
        fields[field_name] = shape(value) if shape else value
    return Event(contract, name, fields)


@functools.cache
def functions(contract: str) -> dict[str, Function]:
    """The functions of a contract by name; none of the suite is overloaded."""
    found = {}
    for entry in ARTIFACTS[contract]["abi"]:
        if entry["type"] == "function":
            assert entry["name"] not in found, f"{contract}.{entry['name']} is overloaded"
            found[entry["name"]] = Function(
                contract,
                entry["name"],
                tuple(entry["inputs"]),
                tuple(entry["outputs"]),
                entry["stateMutability"] in ("view", "pure"),
            )
    return found


def changing_functions() -> list[str]:
    """Every function that can change state, of every contract, as ``Contract.function``."""
    return sorted(
        f"{contract}.{name}"
        for contract in ARTIFACTS
        for name, function in functions(contract).items()
        if not function.is_view
    )


def creation_code(contract: str, arguments: tuple[Any, ...]) -> bytes:
    artifact = ARTIFACTS[contract]
    inputs = next(entry["inputs"] for entry in artifact["abi"] if entry["type"] == "constructor")
    code = bytes.fromhex(artifact["bytecode"].removeprefix("0x"))
    return code + write([type_of(each) for each in inputs], arguments)

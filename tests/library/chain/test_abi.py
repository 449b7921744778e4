# SPDX-License-Identifier: Apache-2.0
"""Records, events and errors against the compiled ABI: by name, by field, in both directions.

An error, event or struct that is added to the contracts fails here until it has its class.
"""

from __future__ import annotations

from typing import Any, get_args, get_origin

import pytest
from chain_samples import sample
from eth_typing import ChecksumAddress

from yangshan.chain import enums, records
from yangshan.chain.events import SuiteEvent
from yangshan.chain.reverts import custom_errors
from yangshan.chain.suite import Suite
from yangshan.chain.values import Record, slots

SUITE = Suite.load()
ERRORS = {entry["name"]: entry for entry in SUITE.errors}
EVENTS = {entry["name"]: entry for entry in SUITE.events}
ERROR_CLASSES = {kind.__name__: kind for kind in custom_errors()}
EVENT_CLASSES = {kind.__name__: kind for kind in SuiteEvent.__subclasses__()}
RECORD_CLASSES = {kind.__name__: kind for kind in Record.__subclasses__()}


def parameters(abi: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every parameter of an ABI, those within structs included."""
    found = []
    waiting = [item for entry in abi for item in (*entry.get("inputs", ()), *_outputs(entry))]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].get("components", ())
    return found


def _outputs(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return entry.get("outputs", [])


def structs() -> dict[str, list[dict[str, Any]]]:
    faces = [*SUITE.contracts.values(), *SUITE.interfaces.values()]
    every = [item for face in faces for item in parameters(face["abi"])]
    return {
        item["internalType"].removeprefix("struct ").removesuffix("[]"): item["components"]
        for item in every
        if item["type"].startswith("tuple")
    }


STRUCTS = structs()


def of_abi(inputs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Name and type of each parameter; of an enum or a struct also which."""
    return [(item["name"], _type(item)) for item in inputs]


def _type(item: dict[str, Any]) -> str:
    word, _, name = item["internalType"].partition(" ")
    if word == "struct":
        return f"struct {name}"
    return f"{item['type']} {name}" if word == "enum" else str(item["type"])


def of_class(kind: type) -> list[tuple[str, str]]:
    return [(slot.abi_name, _slot_type(slot.hint, slot.codec.solidity)) for slot in slots(kind)]


def _slot_type(hint: Any, solidity: str) -> str:
    if isinstance(hint, type) and issubclass(hint, Record):
        return f"struct {hint.__name__}"
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return f"struct {inner.__name__}[]" if isinstance(inner, type) else solidity
    if isinstance(hint, type) and issubclass(hint, enums.Choice):
        return f"{solidity} {hint.__name__}"
    return solidity


def test_no_two_errors_or_events_share_a_name() -> None:
    assert len(ERRORS) == len(SUITE.errors)
    assert len(EVENTS) == len(SUITE.events)


def test_every_error_has_its_class_and_no_other_has() -> None:
    assert set(ERROR_CLASSES) == set(ERRORS)
    assert len(ERRORS) >= 124


def test_every_event_has_its_class_and_no_other_has() -> None:
    assert set(EVENT_CLASSES) == set(EVENTS)
    assert len(EVENTS) >= 50


def test_every_struct_has_its_record_and_no_other_has() -> None:
    assert set(RECORD_CLASSES) == set(STRUCTS)
    assert len(STRUCTS) >= 18
    for kind in RECORD_CLASSES.values():
        assert getattr(records, kind.__name__) is kind


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_an_error_has_the_arguments_of_the_abi(name: str) -> None:
    assert of_class(ERROR_CLASSES[name]) == of_abi(ERRORS[name]["inputs"])


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_event_has_the_arguments_of_the_abi(name: str) -> None:
    kind, inputs = EVENT_CLASSES[name], EVENTS[name]["inputs"]
    assert of_class(kind) == of_abi(inputs)
    assert [item["indexed"] for item in inputs] == [
        place < kind.indexed for place in range(len(inputs))
    ]


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_a_record_has_the_fields_of_the_struct(name: str) -> None:
    assert of_class(RECORD_CLASSES[name]) == of_abi(STRUCTS[name])


@pytest.mark.parametrize("kind", [*ERROR_CLASSES.values(), *EVENT_CLASSES.values()])
def test_every_annotated_field_stands_in_the_abi(kind: type) -> None:
    # A field whose type says nothing of the ABI would silently be left out of decoding.
    own = [
        name for name in vars(kind).get("__annotations__", {}) if name not in ("article", "text")
    ]
    assert own == [slot.name for slot in slots(kind)]


@pytest.mark.parametrize("kind", RECORD_CLASSES.values())
def test_every_field_of_a_record_stands_in_the_abi(kind: type) -> None:
    assert list(kind.__annotations__) == [slot.name for slot in slots(kind)]


def test_the_types_of_fields_are_what_they_read() -> None:
    # The Python side of an annotation is only a promise to the type checker: kept here.
    for kind in (*ERROR_CLASSES.values(), *EVENT_CLASSES.values(), *RECORD_CLASSES.values()):
        for slot in slots(kind):
            value = slot.codec.read(sample(slot.codec.solidity))
            if get_origin(slot.hint) is tuple:
                assert isinstance(value, tuple), (kind, slot.name)
                (value,) = value
            promised = slot.hint
            while get_args(promised):
                promised = get_args(promised)[0]
            if promised is ChecksumAddress:
                promised = str
            assert isinstance(value, promised), (kind, slot.name)

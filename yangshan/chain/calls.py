# SPDX-License-Identifier: Apache-2.0
"""Calls of the suite's functions as data, and their answers as values of Python."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.abi import collapse_if_tuple, function_abi_to_4byte_selector
from eth_utils.address import to_checksum_address

from yangshan.chain import enums, records
from yangshan.chain.suite import Suite
from yangshan.chain.values import Record, hexadecimal, unhexadecimal
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yangshan.chain.suite import AbiEntry


class BadArguments(Unusable):
    """A function that the contract does not have, or arguments that it does not take."""

    def __init__(self, contract: str, function: str, reason: str) -> None:
        super().__init__(f"{contract}.{function} cannot be called like this: {reason}.")
        self.contract = contract
        self.function = function
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call: its name and Solidity type, and its value as one of Python."""

    name: str
    solidity: str
    value: Any


@dataclass(frozen=True, slots=True)
class Call:
    """A call as its data says it."""

    contract: str
    function: str
    arguments: tuple[Argument, ...]


def encode_call(contract: str, function: str, args: Sequence[Any]) -> bytes:
    """The data of a call; records, 0x strings and enums stand for what they write.

    Raises :class:`BadArguments`, UnfitReference and UnknownArtifact.
    """
    entry = _function(contract, function)
    return function_selector(contract, function) + _encoded(
        contract, function, entry["inputs"], args
    )


def encode_creation(contract: str, args: Sequence[Any]) -> bytes:
    """The data that creates a contract; otherwise as :func:`encode_call`."""
    artifact = Suite.load().artifact(contract)
    constructors = [entry["inputs"] for entry in artifact.abi if entry["type"] == "constructor"]
    inputs = constructors[0] if constructors else []
    return artifact.bytecode + _encoded(contract, "constructor", inputs, args)


def decode_answer(contract: str, function: str, data: bytes) -> Any:
    """What a function answered: one value, or several as a tuple.

    Structs come as records, enums as enums, words of 32 bytes as 0x strings, and addresses with
    their checksum.
    Raises :class:`BadArguments` where the answer is not one of this function.
    """
    outputs = _function(contract, function)["outputs"]
    try:
        values = decode([collapse_if_tuple(item) for item in outputs], data)
        read = tuple(_read(item, value) for item, value in zip(outputs, values, strict=True))
    except (DecodingError, ValueError, OverflowError) as reason:
        raise BadArguments(contract, function, f"its answer is another's ({reason})") from None
    return read[0] if len(read) == 1 else read


def decode_call(contract: str, data: bytes) -> Call:
    """The call of a contract's function that ``data`` is, values as in :func:`decode_answer`.

    Raises :class:`BadArguments` where it is none, or where the same call is written otherwise than
    :func:`encode_call` writes it, so that what is read is all there is.
    """
    for entry in Suite.load().abi(contract):
        if entry["type"] == "function" and data[:4] == function_selector(contract, entry["name"]):
            break
    else:
        raise BadArguments(contract, f"0x{data[:4].hex()}", "it has no such function")
    name, inputs = entry["name"], entry["inputs"]
    types = [collapse_if_tuple(item) for item in inputs]
    try:
        values = decode(types, data[4:])
        read = [_read(item, value) for item, value in zip(inputs, values, strict=True)]
    except (DecodingError, ValueError, OverflowError) as reason:
        raise BadArguments(contract, name, f"its arguments cannot be read ({reason})") from None
    if encode(types, values) != data[4:]:
        raise BadArguments(contract, name, "its arguments are written in an unusual way")
    return Call(
        contract,
        name,
        tuple(
            Argument(item["name"], item["type"], value)
            for item, value in zip(inputs, read, strict=True)
        ),
    )


def inputs_of(contract: str, function: str) -> Sequence[Mapping[str, Any]]:
    """The arguments of a function as its ABI lists them; raises :class:`BadArguments`."""
    inputs: Sequence[Mapping[str, Any]] = _function(contract, function)["inputs"]
    return inputs


def argument_place(contract: str, function: str, path: str) -> int:
    """Which 32-byte word of the arguments is the one named, from 1; dots lead into structs.

    Raises :class:`BadArguments` where there is no such argument, or its place is not fixed.
    """
    place = 1
    inputs = inputs_of(contract, function)
    *structs, last = path.split(".")
    for step in (*structs, last):
        for item in inputs:
            if item["name"] == step:
                break
            # Of what has no fixed length one word stands here, which tells where it is.
            place += 1 if _is_dynamic(item) else _words(item)
        else:
            raise BadArguments(contract, function, f"it has no argument {path}")
        if _is_dynamic(item):
            raise BadArguments(contract, function, f"the argument {step} has no fixed length")
        inputs = item.get("components", ())
    if _words(item) != 1 or inputs:
        raise BadArguments(contract, function, f"its argument {path} is no single word")
    return place


@functools.cache
def _function(contract: str, function: str) -> AbiEntry:
    for entry in Suite.load().abi(contract):
        if entry["type"] == "function" and entry["name"] == function:
            return entry
    raise BadArguments(contract, function, "it has no such function")


@functools.cache
def function_selector(contract: str, function: str) -> bytes:
    """The four bytes with which calls of a function begin; raises :class:`BadArguments`."""
    entry: Any = _function(contract, function)
    return function_abi_to_4byte_selector(entry)


def _words(item: Mapping[str, Any]) -> int:
    """How many words an argument of a fixed length takes."""
    if item["type"] == "tuple":
        return sum(_words(part) for part in item["components"])
    return 1


def _is_dynamic(item: Mapping[str, Any]) -> bool:
    """Whether an argument has no fixed length."""
    kind: str = item["type"]
    if kind == "tuple":
        return any(map(_is_dynamic, item["components"]))
    return kind.endswith("]") or kind in ("string", "bytes")


def _encoded(
    contract: str, function: str, inputs: Sequence[Mapping[str, Any]], args: Sequence[Any]
) -> bytes:
    if len(inputs) != len(args):
        raise BadArguments(
            contract, function, f"{len(inputs)} arguments were expected, not {len(args)}"
        )
    try:
        values = [_written(item, value) for item, value in zip(inputs, args, strict=True)]
        return encode([collapse_if_tuple(dict(item)) for item in inputs], values)
    except (EncodingError, ValueError, TypeError) as reason:
        raise BadArguments(contract, function, str(reason).rstrip(".")) from None


def _written(item: Mapping[str, Any], value: Any) -> Any:
    kind: str = item["type"]
    if isinstance(value, Record):
        return value.as_argument()
    if kind.endswith("[]"):
        inner = {**item, "type": kind.removesuffix("[]")}
        return [_written(inner, each) for each in value]
    if kind == "tuple":
        return tuple(
            _written(part, each) for part, each in zip(item["components"], value, strict=True)
        )
    if kind.startswith("bytes") and isinstance(value, str):
        return unhexadecimal(value)
    return value


def _read(item: Mapping[str, Any], value: Any) -> Any:
    internal = str(item.get("internalType", ""))
    if item["type"].endswith("[]"):
        each = {
            **item,
            "type": item["type"].removesuffix("[]"),
            "internalType": internal.removesuffix("[]"),
        }
        return tuple(_read(each, one) for one in value)
    word, _, name = internal.partition(" ")
    if word == "struct":
        record: type[Record] = getattr(records, name.removesuffix("[]"))
        many = name.endswith("[]")
        return tuple(record.read(each) for each in value) if many else record.read(value)
    if word == "enum":
        return getattr(enums, name)(value)
    if item["type"] == "address":
        return to_checksum_address(value)
    return hexadecimal(value) if item["type"] == "bytes32" else value

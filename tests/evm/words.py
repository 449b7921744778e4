# SPDX-License-Identifier: Apache-2.0
"""Values of a fixed size to words of the ABI and back, many times as fast as eth_abi.

Almost everything the contracts are asked and answer is of a fixed size. What is not, or does not
fit, is left to eth_abi.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final

from eth_abi import decode, encode
from eth_utils import to_checksum_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WORD: Final = 32
_UINT: Final = re.compile(r"uint(\d+)")
_BYTES: Final = re.compile(r"bytes(\d+)")


class _OtherError(Exception):
    """Something for eth_abi."""


def _parts(kind: str) -> list[str]:
    """The types inside a tuple, at its first level."""
    found, depth, start = [], 0, 1
    for place, letter in enumerate(kind):
        depth += (letter == "(") - (letter == ")")
        if (letter == "," and depth == 1) or (letter == ")" and depth == 0):
            found.append(kind[start:place])
            start = place + 1
    return found


@functools.cache
def _reader(kind: str) -> tuple[int, Callable[[bytes, int], Any]]:
    """How many words a type takes, and what reads them from a place on."""
    if kind.startswith("(") and kind.endswith(")"):
        parts = [_reader(part) for part in _parts(kind)]
        places = [sum(size for size, _ in parts[:n]) * WORD for n in range(len(parts))]
        reads = list(zip(places, (read for _, read in parts), strict=True))

        def of_tuple(data: bytes, at: int) -> Any:
            return tuple([read(data, at + place) for place, read in reads])

        return sum(size for size, _ in parts), of_tuple
    if uint := _UINT.fullmatch(kind):
        bits = int(uint[1])

        def of_uint(data: bytes, at: int) -> Any:
            value = int.from_bytes(data[at : at + WORD], "big")
            if value >> bits:
                raise _OtherError
            return value

        return 1, of_uint
    if wide := _BYTES.fullmatch(kind):
        size, rest = int(wide[1]), bytes(WORD - int(wide[1]))

        def of_bytes(data: bytes, at: int) -> Any:
            if data[at + size : at + WORD] != rest:
                raise _OtherError
            return data[at : at + size]

        return 1, of_bytes
    if kind == "bool":
        read_bit = _reader("uint1")[1]
        return 1, lambda data, at: read_bit(data, at) == 1
    if kind == "address":
        read_address = _reader("uint160")[1]
        return 1, lambda data, at: _address(read_address(data, at))
    raise _OtherError


@functools.cache
def _address(number: int) -> str:
    return to_checksum_address(number.to_bytes(20, "big"))


@functools.cache
def _readers(kinds: tuple[str, ...]) -> tuple[int, Callable[[bytes, int], Any]] | None:
    try:
        return _reader(f"({','.join(kinds)})") if kinds else (0, lambda data, at: ())
    except _OtherError:
        return None


def read(kinds: Sequence[str], data: bytes) -> tuple[Any, ...]:
    """As ``eth_abi.decode``; addresses come with their checksums."""
    found = _readers(tuple(kinds))
    if found is not None and len(data) >= found[0] * WORD:
        try:
            values: tuple[Any, ...] = found[1](data, 0)
        except _OtherError:
            pass
        else:
            return values
    return decode(kinds, data)


@functools.cache
def _writer(kind: str) -> Callable[[Any], bytes]:
    if kind.startswith("(") and kind.endswith(")"):
        writes = [_writer(part) for part in _parts(kind)]

        def to_tuple(value: Any) -> bytes:
            if len(value) != len(writes):
                raise _OtherError
            return b"".join([write(one) for write, one in zip(writes, value, strict=True)])

        return to_tuple
    if uint := _UINT.fullmatch(kind):
        bits = int(uint[1])

        def to_uint(value: Any) -> bytes:
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << bits:
                raise _OtherError
            return value.to_bytes(WORD, "big")

        return to_uint
    if wide := _BYTES.fullmatch(kind):
        size = int(wide[1])

        def to_bytes(value: Any) -> bytes:
            if not isinstance(value, bytes) or len(value) != size:
                raise _OtherError
            return value.ljust(WORD, b"\0")

        return to_bytes
    if kind == "bool":

        def to_bool(value: Any) -> bytes:
            if not isinstance(value, bool):
                raise _OtherError
            return value.to_bytes(WORD, "big")

        return to_bool
    raise _OtherError


@functools.cache
def _writers(kinds: tuple[str, ...]) -> Callable[[Any], bytes] | None:
    try:
        return _writer(f"({','.join(kinds)})") if kinds else None
    except _OtherError:
        return None


def write(kinds: Sequence[str], values: Sequence[Any]) -> bytes:
    """As ``eth_abi.encode``."""
    found = _writers(tuple(kinds))
    if found is not None:
        try:
            return found(values)
        except _OtherError:
            pass
    return encode(kinds, values)

# SPDX-License-Identifier: Apache-2.0
"""The discrepancies a notice of refusal can rely on, and the bits under which the chain keeps them.

UCP 600 art. 16(c)(ii): the one notice states each discrepancy; the text goes off chain, the codes
on it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from yangshan.errors import Refused


class UnknownDiscrepancy(Refused):
    """A code that names no discrepancy, or a bit that stands for none."""

    def __init__(self, given: str | int) -> None:
        known = discrepancies()
        super().__init__(f"{given} is no discrepancy; known are {', '.join(known)}.")
        self.given = given


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One kind of discrepancy: its code, its bit on chain, what it means and by which rule."""

    code: str
    bit: int
    title: str
    rule: str


@functools.cache
def discrepancies() -> Mapping[str, Discrepancy]:
    """All kinds, by code, in the order of their bits."""
    text = files("yangshan.credit").joinpath("data/discrepancies.toml").read_text("utf-8")
    found = [Discrepancy(**row) for row in tomllib.loads(text)["discrepancy"]]
    return MappingProxyType({row.code: row for row in sorted(found, key=lambda row: row.bit)})


def to_bits(codes: Iterable[str]) -> int:
    """The number the contract takes for these codes; raises :class:`UnknownDiscrepancy`."""
    bits = 0
    for code in codes:
        if code not in discrepancies():
            raise UnknownDiscrepancy(code)
        bits |= 1 << discrepancies()[code].bit
    return bits


def names_of(bits: int) -> tuple[str, ...]:
    """The codes of a number from the chain; a bit that stands for none is called by its place."""
    codes = {row.bit: row.code for row in discrepancies().values()}
    set_bits = (bit for bit in range(bits.bit_length()) if bits >> bit & 1)
    return tuple(codes.get(bit, f"bit {bit}") for bit in set_bits)


def from_bits(bits: int) -> tuple[Discrepancy, ...]:
    """The discrepancies of a number from the chain; raises :class:`UnknownDiscrepancy`."""
    found = tuple(row for row in discrepancies().values() if bits >> row.bit & 1)
    rest = bits - sum(1 << row.bit for row in found)
    if rest:
        raise UnknownDiscrepancy(rest.bit_length() - 1)
    return found

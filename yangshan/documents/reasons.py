# SPDX-License-Identifier: Apache-2.0
"""Why documents are revoked and customs declarations withdrawn: codes for people, numbers on chain.

The chain keeps a number that is not zero and knows nothing of its meaning; the tables are data.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from yangshan.errors import Unusable

DOCUMENT: Final = "document"
DECLARATION: Final = "declaration"


class UnknownReason(Unusable):
    """A code or number that stands for no reason."""

    def __init__(self, given: str, table: str) -> None:
        super().__init__(
            f"{given!r} is no reason here; there are {', '.join(reasons(table))} "
            "(docs/reference/documents.md says what each means)."
        )
        self.given = given


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code, its number on the chain, and what it means."""

    code: str
    number: int
    meaning: str

    def __str__(self) -> str:
        return f"{self.code} ({self.meaning})" if self.meaning else self.code


@functools.cache
def reasons(table: str) -> Mapping[str, Reason]:
    """The reasons of a table, ``document`` or ``declaration``, by code in their order."""
    text = files("yangshan.documents").joinpath("data/reasons.toml").read_text("utf-8")
    found = [Reason(**row) for row in tomllib.loads(text)[table]]
    return MappingProxyType({each.code: each for each in found})


def reason_of(given: str, table: str) -> Reason:
    """The reason that a code or a number names; raises :class:`UnknownReason`."""
    for each in reasons(table).values():
        if given.strip().lower() in {each.code, str(each.number)}:
            return each
    raise UnknownReason(given, table)


def numbered_reason(number: int, table: str) -> Reason:
    """The reason with a number on the chain; one that no table has is called by its number."""
    for each in reasons(table).values():
        if each.number == number:
            return each
    return Reason(f"reason {number}", number, "")

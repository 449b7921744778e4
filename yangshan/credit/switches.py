# SPDX-License-Identifier: Apache-2.0
"""The switch table: rules of UCP 600 that a credit may modify, and readings that are not settled.

A rule may be modified or excluded by the credit itself (UCP 600 art. 1). A reading is not settled
where the sources at hand differ or do not bear it: it is then an option or a caution, never a rule
that refuses business. Each row says what holds where a credit is silent.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class SwitchKind(StrEnum):
    """Why a row is in the table."""

    MODIFIABLE = "modifiable"
    UNSETTLED = "unsettled"


class Means(StrEnum):
    """What keeps or sets a switch.

    A chain bit of the library CreditSwitches, a function of a contract that keeps the default or
    does only what somebody asks of it, a parameter of a function of the library or of a command,
    a function of the library that warns, or a check of documents, by its id, that does.
    """

    CHAIN_BIT = "chain bit"
    CONTRACT = "contract"
    OPTION = "library option"
    WARNING = "warning"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Enforcement:
    """Where a switch is kept: ``NO_EXTENSION``, ``LetterOfCredit.stay`` or ``module:function``.

    An option names its parameter: ``module:function(parameter)``.
    """

    means: Means
    name: str


@dataclass(frozen=True, slots=True)
class Switch:
    """One row; ``tests`` are ``file::function`` from the root of the repository.

    ``awaits`` names what has to exist first: the row then has no enforcement, or only a part of it.
    """

    id: str
    kind: SwitchKind
    part: str
    article: str
    rule: str
    default: str
    enforced: tuple[Enforcement, ...] = ()
    tests: tuple[str, ...] = ()
    awaits: str | None = None

    @property
    def bits(self) -> tuple[str, ...]:
        """The constants of CreditSwitches that set it on chain."""
        return tuple(each.name for each in self.enforced if each.means is Means.CHAIN_BIT)


@functools.cache
def switches() -> Mapping[str, Switch]:
    """All rows, by id, in the order of the table."""
    text = files("yangshan.credit").joinpath("data/switches.toml").read_text("utf-8")
    rows = [_switch(row) for row in tomllib.loads(text)["switch"]]
    return MappingProxyType({row.id: row for row in rows})


def _switch(row: dict[str, Any]) -> Switch:
    enforced = tuple(
        Enforcement(Means(each["means"]), each["name"]) for each in row.get("enforced", ())
    )
    return Switch(
        **row
        | {
            "kind": SwitchKind(row["kind"]),
            "enforced": enforced,
            "tests": tuple(row.get("tests", ())),
        }
    )

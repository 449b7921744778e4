# SPDX-License-Identifier: Apache-2.0
"""How work of many transactions tells what it does, one report each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class StepReport:
    """One transaction that took effect.

    ``kind`` is the function called (``deploy`` for a contract's creation), ``actor`` who acted,
    ``what`` a phrase for people, ``article`` the rule or nothing. ``time`` is that of the block.
    ``already``: it was done before, and nothing was sent now. Then ``transaction``, ``gas`` and
    ``time`` are those of that time, or None where only its effect is still known.
    """

    kind: str
    actor: str
    what: str
    article: str
    transaction: str | None
    gas: int | None
    time: datetime | None
    already: bool


Report: TypeAlias = Callable[[StepReport], None]


def silent(_report: StepReport) -> None:
    """Reports to nobody."""

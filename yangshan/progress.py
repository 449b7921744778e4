# SPDX-License-Identifier: Apache-2.0
"""How long work tells what it does: one report a step, to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StepReport:
    """One act on the chain: who did what, by which rule, in which transaction.

    ``gas`` is what the receipt says; ``time`` the time of the block, aware; ``already`` that an
    earlier run did it and nothing was sent now.
    """

    actor: str
    action: str
    article: str
    transaction: str
    gas: int
    time: datetime
    already: bool = False


Report = Callable[[StepReport], None]


def unheard(_: StepReport) -> None:
    """A listener that does not listen."""

# SPDX-License-Identifier: Apache-2.0
"""What the rules leave to a person: said, with its source, and never a refusal by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from yangshan.credit.switches import switches


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that a person should look at: its code, the rule it comes from, and a sentence."""

    code: str
    article: str
    text: str

    @classmethod
    def of(cls, switch: str, text: str) -> Self:
        """One of a row of the switch table, which is its code."""
        return cls(switch, switches()[switch].article, text)

    def __str__(self) -> str:
        return f"{self.text} ({self.article})"

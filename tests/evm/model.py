# SPDX-License-Identifier: Apache-2.0
"""The life of credits by their rules: parties, states, clocks, balances, and who may do what.

A model to hold the contracts against. It is written from the rules that the interfaces state, keeps
plain Python records, and computes clocks and amounts with the library. An act either returns the
events that tell of it, or raises :class:`RefusedError`. What is asked first: the key, then whether
the record is there, then whose it is, then its state, then the time, then what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from credit_model import Credit, RefusedError
from model_documents import D, Documents, P

__all__ = ["Credit", "D", "Model", "P", "RefusedError"]


@dataclass
class Model(Documents):
    """All credits of the alliance and what became of them."""

    def local(self) -> datetime:
        """The time, for people."""
        return datetime.fromtimestamp(self.time, UTC)

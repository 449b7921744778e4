# SPDX-License-Identifier: Apache-2.0
"""Random runs: each step has an expected outcome, and each act must succeed often enough."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING

from suite import Error, RevertedError

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

LEAST_SHARE = 0.01


class Run:
    """The outcomes of a random run, by act."""

    def __init__(self, name: str, source: random.Random) -> None:
        self.name = name
        self.source = source
        self.tried: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        # How often each error was met.
        self.met: Counter[str] = Counter()

    @contextlib.contextmanager
    def expecting(self, act: str, expected: Error | None) -> Iterator[None]:
        """Asserts that the step in the block ends with this error, or without any."""
        self.tried[act] += 1
        met: Error | None = None
        try:
            yield
        except RevertedError as raised:
            met = raised.error
        assert met == expected, f"{self.name}, step {self.tried.total()}, {act}: {met}"
        if met is None:
            self.done[act] += 1
        else:
            self.met[met.name] += 1

    def shares(self) -> str:
        """How many calls of each act succeeded, for people."""
        parts = (
            f"{act} {self.done[act]}/{tried} ({self.done[act] / tried:.0%})"
            for act, tried in sorted(self.tried.items())
        )
        return f"{self.name}: {', '.join(parts)}"

    def expect_each_succeeds(self) -> None:
        """A run in which an act hardly ever succeeds tests nothing of it."""
        for act, tried in self.tried.items():
            assert self.done[act] >= LEAST_SHARE * tried, self.shares()
            assert self.done[act] > 0, self.shares()

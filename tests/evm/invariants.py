# SPDX-License-Identifier: Apache-2.0
"""What holds of credits after every act, whoever did what before.

Each function of the modules ``invariants_*.py`` is one row of tests/proofs/invariants.toml, under
its number. It holds the stories that events told against what is on record. Some are asked of each
record that an act touched, some of the act itself, some of all records together. They are asked of
the contracts and of the model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from clocks import library_clock
from facts import Remembered
from suite import RevertedError
from world import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from book import Act, Book
    from facts import Facts

    from yangshan.alliance.calendars import BankingCalendar

# Of how many last records everything is asked now and then.
RECENT: Final = 8


@dataclass
class Scene:
    """What an invariant looks at."""

    book: Book
    facts: Facts | Remembered
    time: int
    calendars: dict[int, BankingCalendar]

    def clock(
        self, bank: int, received: int, days: int = 5, *, accepted: bool = False
    ) -> tuple[int, int, int, int]:
        """What the library says of a bank's banking days."""
        return library_clock(self.calendars[KINDS[bank][1]], received, days, accepted=accepted)


Check = Callable[..., None]


@dataclass(frozen=True)
class Invariant:
    """A check with what it is asked of.

    That is a record touched (``credit``, ``documents``, ``debt``), an ``act`` that passed, one that
    was refused (``refusal``), all records together (``all``), or what could be done next (``way
    out``); ``papers`` are documents and declarations, ``titles`` titles and their deliveries,
    ``custody`` titles under a credit, each in lives of their own.
    """

    id: str
    of: str
    check: Check


INVARIANTS: Final[dict[str, Invariant]] = {}


def asked(of: str, number: str) -> Callable[[Check], Check]:
    """Enters a check under its number."""

    def enter(check: Check) -> Check:
        assert number not in INVARIANTS, number
        INVARIANTS[number] = Invariant(number, of, check)
        return check

    return enter


def latest(stories: dict[Any, Any], count: int | None) -> Iterator[tuple[Any, Any]]:
    """The last few, the last first."""
    return islice(reversed(stories.items()), count)


class Watch:
    """Asks the invariants after every act; what was found broken first, by number.

    Every ``often`` acts it asks everything of the last records, and what concerns all of them.
    """

    def __init__(self, scene: Scene, ids: set[str] | None = None, often: int = 50) -> None:
        self.scene, self.often = scene, often
        self.asked: dict[str, list[Invariant]] = {}
        for each in INVARIANTS.values():
            if ids is None or each.id in ids:
                self.asked.setdefault(each.of, []).append(each)
        self.acts = 0
        self.broken: dict[str, str] = {}

    def see(self, act: Act) -> None:
        """An act that passed, or was refused."""
        self.scene.time = act.time
        self._forget()
        self.acts += 1
        if act.error is None:
            self.scene.book.enter(act)
            self._ask("act", act)
            self._ask_of(*touched(act))
        else:
            self._ask("refusal", act)
        if self.acts % self.often == 0:
            self.sweep(RECENT)
            self._ask("way out")

    def sweep(self, count: int | None = None) -> None:
        """Asks everything of the last records of each kind, or of all records."""
        self._forget()
        book = self.scene.book
        of = (book.credits, book.documents, book.debts)
        self._ask_of(*([number for number, _ in latest(each, count)] for each in of))
        self._ask("all")

    def _forget(self) -> None:
        if isinstance(self.scene.facts, Remembered):
            self.scene.facts.forget()

    def _ask_of(
        self, letters: Iterable[bytes], documents: Iterable[bytes], debts: Iterable[bytes]
    ) -> None:
        book = self.scene.book
        for number in letters:
            self._ask("credit", number, book.credits[number])
        for number in documents:
            self._ask("documents", book.documents[number].key, book.documents[number])
        for number in debts:
            self._ask("debt", number, book.debts[number])

    def _ask(self, of: str, *about: Any) -> None:
        for each in self.asked.get(of, ()):
            try:
                each.check(self.scene, *about)
            # What is not on record at all is broken too.
            except (AssertionError, RevertedError) as failure:
                self.broken.setdefault(each.id, f"{place(failure)}, act {self.acts}: {failure}")


def place(failure: Exception) -> str:
    """Where a check failed."""
    where = failure.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return f"{where.tb_frame.f_code.co_name}, line {where.tb_lineno}" if where is not None else ""


def touched(act: Act) -> tuple[dict[bytes, None], dict[bytes, None], dict[bytes, None]]:
    """Credits, documents and obligations that the events of an act name."""
    letters, documents, debts = (
        dict.fromkeys(each.fields[name] for each in act.events if name in each.fields)
        for name in ("creditId", "presentationId", "obligationId")
    )
    return letters, documents, debts

# SPDX-License-Identifier: Apache-2.0
"""What is to be sent, stored before anything is sent.

First the intent, then the signed bytes with their hash and number. So whatever happens between two
steps, the next attempt knows what may be on its way: the same bytes are sent again, and the chain
takes them once.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE intents (
  id INTEGER PRIMARY KEY,
  genesis TEXT NOT NULL,
  sender TEXT NOT NULL,
  key TEXT NOT NULL,
  content TEXT NOT NULL,
  intent TEXT NOT NULL,
  created TEXT NOT NULL,
  UNIQUE (genesis, sender, key)
);
CREATE TABLE transactions (
  id INTEGER PRIMARY KEY,
  intent INTEGER NOT NULL REFERENCES intents,
  nonce INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signed BLOB NOT NULL,
  state TEXT NOT NULL,
  created TEXT NOT NULL,
  UNIQUE (intent, hash)
);
CREATE INDEX transactions_by_state ON transactions (state, intent);
"""
# How long one process waits for another that is storing.
_WAIT_SECONDS: Final = 30.0


class OutboxUnusable(Unusable):
    """A file that is no outbox of this version, or cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The outbox {path} cannot be used: {reason}.")
        self.path = path
        self.reason = reason


class KeyReused(Refused):
    """Something else was done, or is on its way, under the same idempotency key."""

    def __init__(self, key: str, intent: str, stored: str) -> None:
        super().__init__(
            f"This was done before with another content ({stored}), so that nothing was sent for "
            f"what is stated now ({intent}): the business key {key} stands for one act."
        )
        self.key = key
        self.intent = intent
        self.stored = stored


class Lane(NamedTuple):
    """Where transaction numbers run: one sender on one chain, told by the hash of its block 0."""

    genesis: str
    sender: str


class State(StrEnum):
    """What is known of a signed transaction.

    ``open``: it may be on its way. ``done``, ``failed``: on the chain. ``void``: its number went to
    another transaction, or the node turned it away.
    """

    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
    VOID = "void"


class Signed(NamedTuple):
    """Bytes that a node takes, and the hash (0x) under which the chain then knows them."""

    content: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be done once: ``content`` tells one act from another, ``words`` say it."""

    number: int
    lane: Lane
    key: str
    content: str
    words: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A signed transaction of an intent."""

    number: int
    nonce: int
    signed: Signed
    state: State


class Outbox:
    """An outbox in a SQLite file, shared by any number of processes on one machine.

    Raises :class:`OutboxUnusable`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._named_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Transactions are begun by hand: which statements belong together matters here.
            self._database = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._database.close()
                raise

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def find(self, lane: Lane, key: str, content: str, words: str) -> Intent | None:
        """The intent under a key; None too for another one of which nothing is on its way.

        Raises :class:`KeyReused` if another act under this key is done or may be on its way.
        """
        with self._named_errors():
            row = self._database.execute(
                "SELECT id, content, intent FROM intents "
                "WHERE genesis = ? AND sender = ? AND key = ?",
                (*lane, key),
            ).fetchone()
        if row is None:
            return None
        found = Intent(row[0], lane, key, row[1], row[2])
        if found.content == content:
            return found
        if any(each.state in (State.OPEN, State.DONE) for each in self.attempts(found)):
            raise KeyReused(key, words, found.words)
        return None

    def intend(self, lane: Lane, key: str, content: str, words: str) -> Intent:
        """Stores what is to be done under a key; raises as :meth:`find`."""
        with self._writing():
            found = self.find(lane, key, content, words)
            if found is not None:
                return found
            # Another act under this key came to nothing, so that this one may take its place.
            (number,) = self._database.execute(
                "INSERT INTO intents (genesis, sender, key, content, intent, created) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (genesis, sender, key) "
                "DO UPDATE SET content = excluded.content, intent = excluded.intent RETURNING id",
                (*lane, key, content, words, _now()),
            ).fetchone()
            return Intent(number, lane, key, content, words)

    def attempts(self, intent: Intent) -> list[Stored]:
        """The signed transactions of an intent, the oldest first."""
        return self._stored("intent = ?", (intent.number,))

    def open(self, lane: Lane) -> list[Stored]:
        """The transactions of a sender that may be on their way, in the order of their numbers."""
        return self._stored(
            "state = 'open' AND intent IN "
            "(SELECT id FROM intents WHERE genesis = ? AND sender = ?)",
            lane,
        )

    def prepare(
        self, intent: Intent, first: Callable[[], int], sign: Callable[[int], Signed]
    ) -> Stored:
        """Numbers, signs and stores a transaction of an intent, in one step for all processes.

        The number is ``first()``, or the one after the highest that is open. If another process
        was faster with this very intent, its transaction is the answer.
        """
        with self._writing():
            for each in self.attempts(intent):
                if each.state in (State.OPEN, State.DONE):
                    return each
            nonce = max([first(), *(each.nonce + 1 for each in self.open(intent.lane))])
            signed = sign(nonce)
            cursor = self._database.execute(
                "INSERT INTO transactions (intent, nonce, hash, signed, state, created) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (intent.number, nonce, signed.hash, signed.content, State.OPEN, _now()),
            )
            assert cursor.lastrowid is not None
            return Stored(cursor.lastrowid, nonce, signed, State.OPEN)

    def settle(self, stored: Stored, state: State) -> None:
        """Stores what became of a transaction."""
        with self._writing():
            self._database.execute(
                "UPDATE transactions SET state = ? WHERE id = ?", (state, stored.number)
            )

    def _stored(self, condition: str, values: tuple[object, ...]) -> list[Stored]:
        with self._named_errors():
            rows = self._database.execute(
                "SELECT id, nonce, signed, hash, state FROM transactions "
                f"WHERE {condition} ORDER BY nonce, id",
                values,
            ).fetchall()
        return [
            Stored(number, nonce, Signed(signed, digest), State(state))
            for number, nonce, signed, digest, state in rows
        ]

    def _prepare(self) -> None:
        # A commit is on the disk when it returns; readers do not wait for writers.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("PRAGMA foreign_keys = ON")
        with self._writing():
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            tables = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if version == _VERSION:
                return
            if version or tables:
                raise OutboxUnusable(self.path, "it is a database of something else")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {_VERSION}")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """All of it or nothing, and no other process in between."""
        with self._named_errors():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    @contextlib.contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as reason:
            raise OutboxUnusable(self.path, str(reason)) from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

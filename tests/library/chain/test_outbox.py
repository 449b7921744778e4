# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import multiprocessing
import sqlite3
from typing import TYPE_CHECKING

import pytest

from yangshan.chain.outbox import (
    Intent,
    KeyReused,
    Lane,
    Outbox,
    OutboxUnusable,
    Signed,
    State,
    Stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANE = Lane("0xgenesis", "0xsender")
OTHER_CHAIN = Lane("0xother", "0xsender")
OTHER_SENDER = Lane("0xgenesis", "0xother")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with Outbox(tmp_path / "new" / "outbox.db") as opened:
        yield opened


def signed(nonce: int) -> Signed:
    return Signed(b"signed %d" % nonce, f"0x{nonce:064x}")


def prepared(outbox: Outbox, lane: Lane, key: str, first: int = 0) -> Stored:
    intent = outbox.intend(lane, key, "content", "words")
    return outbox.prepare(intent, lambda: first, signed)


def test_an_intent_is_found_again_in_the_file(outbox: Outbox) -> None:
    assert outbox.find(LANE, "key", "content", "issue LC-1") is None
    intent = outbox.intend(LANE, "key", "content", "issue LC-1")
    assert intent == Intent(intent.number, LANE, "key", "content", "issue LC-1")
    outbox.close()
    with Outbox(outbox.path) as again:
        assert again.find(LANE, "key", "content", "issue LC-1") == intent
        assert again.intend(LANE, "key", "content", "issue LC-1") == intent


def test_a_key_is_one_senders_on_one_chain(outbox: Outbox) -> None:
    numbers = {
        outbox.intend(lane, "key", "content", "words").number
        for lane in (LANE, OTHER_CHAIN, OTHER_SENDER)
    }
    assert len(numbers) == 3


@pytest.mark.parametrize("state", [State.OPEN, State.DONE])
def test_another_act_under_a_key_that_is_taken(outbox: Outbox, state: State) -> None:
    stored = prepared(outbox, LANE, "key")
    outbox.settle(stored, state)
    with pytest.raises(KeyReused) as caught:
        outbox.find(LANE, "key", "other content", "other words")
    assert (caught.value.key, caught.value.intent, caught.value.stored) == (
        "key",
        "other words",
        "words",
    )
    assert caught.value.exit_code == 1
    with pytest.raises(KeyReused):
        outbox.intend(LANE, "key", "other content", "other words")
    assert outbox.find(LANE, "key", "content", "words") is not None


@pytest.mark.parametrize("state", [State.FAILED, State.VOID, None])
def test_an_act_of_which_nothing_came_may_be_corrected(outbox: Outbox, state: State | None) -> None:
    intent = outbox.intend(LANE, "key", "content", "words")
    if state is not None:
        outbox.settle(outbox.prepare(intent, lambda: 0, signed), state)
    assert outbox.find(LANE, "key", "other content", "other words") is None
    corrected = outbox.intend(LANE, "key", "other content", "other words")
    assert corrected == Intent(intent.number, LANE, "key", "other content", "other words")


def test_the_signed_bytes_are_stored_with_hash_and_number(outbox: Outbox) -> None:
    intent = outbox.intend(LANE, "key", "content", "words")
    stored = outbox.prepare(intent, lambda: 7, signed)
    assert (stored.nonce, stored.signed, stored.state) == (7, signed(7), State.OPEN)
    outbox.close()
    with Outbox(outbox.path) as again:
        assert again.attempts(intent) == [stored]
        assert again.open(LANE) == [stored]


def test_numbers_go_on_from_the_highest_that_is_open(outbox: Outbox) -> None:
    assert prepared(outbox, LANE, "a", first=5).nonce == 5
    assert prepared(outbox, LANE, "b", first=5).nonce == 6
    assert prepared(outbox, LANE, "c", first=9).nonce == 9
    assert prepared(outbox, LANE, "d", first=5).nonce == 10
    assert prepared(outbox, OTHER_CHAIN, "a", first=5).nonce == 5
    assert prepared(outbox, OTHER_SENDER, "a", first=5).nonce == 5
    assert [each.nonce for each in outbox.open(LANE)] == [5, 6, 9, 10]


def test_a_settled_number_is_the_chains_affair(outbox: Outbox) -> None:
    for state in (State.DONE, State.FAILED, State.VOID):
        stored = prepared(outbox, LANE, f"key {state}", first=3)
        assert stored.nonce == 3
        outbox.settle(stored, state)
    assert outbox.open(LANE) == []


@pytest.mark.parametrize("state", [State.OPEN, State.DONE])
def test_an_intent_is_signed_once_while_it_lives(outbox: Outbox, state: State) -> None:
    intent = outbox.intend(LANE, "key", "content", "words")
    first = outbox.prepare(intent, lambda: 1, signed)
    outbox.settle(first, state)
    again = outbox.prepare(intent, lambda: 2, signed)
    assert (again.number, again.nonce) == (first.number, 1)


@pytest.mark.parametrize("state", [State.FAILED, State.VOID])
def test_an_intent_that_came_to_nothing_is_signed_anew(outbox: Outbox, state: State) -> None:
    intent = outbox.intend(LANE, "key", "content", "words")
    outbox.settle(outbox.prepare(intent, lambda: 1, signed), state)
    assert outbox.prepare(intent, lambda: 2, signed).nonce == 2
    assert [(each.nonce, each.state) for each in outbox.attempts(intent)] == [
        (1, state),
        (2, State.OPEN),
    ]


def test_nothing_is_stored_if_signing_fails(outbox: Outbox) -> None:
    intent = outbox.intend(LANE, "key", "content", "words")

    def no_signature(_nonce: int) -> Signed:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        outbox.prepare(intent, lambda: 1, no_signature)
    assert outbox.attempts(intent) == []
    assert outbox.prepare(intent, lambda: 1, signed).nonce == 1


def _take_numbers(path: Path, who: int, count: int) -> None:
    with Outbox(path) as outbox:
        for turn in range(count):
            intent = outbox.intend(LANE, f"{who}/{turn}", "content", "words")
            outbox.prepare(intent, lambda: 0, signed)
            shared = outbox.intend(LANE, f"shared/{turn}", "content", "words")
            outbox.prepare(shared, lambda: 0, signed)


def test_processes_share_one_outbox_without_gaps_or_doubles(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_take_numbers, args=(path, who, 8)) for who in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    with Outbox(path) as outbox:
        # Three times eight of their own, and eight that all three wanted.
        assert [each.nonce for each in outbox.open(LANE)] == list(range(32))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    path.write_text("a letter of credit is not a database, and long enough to be none")
    with pytest.raises(OutboxUnusable) as caught:
        Outbox(path)
    assert caught.value.path == path
    assert path.read_text().startswith("a letter")


@pytest.mark.parametrize("statement", ["CREATE TABLE letters (id)", "PRAGMA user_version = 2"])
def test_a_database_of_something_else(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "outbox.db"
    database = sqlite3.connect(path)
    database.execute(statement)
    database.commit()
    database.close()
    with pytest.raises(OutboxUnusable, match="it is a database of something else"):
        Outbox(path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutboxUnusable):
        Outbox(tmp_path / "file" / "outbox.db")

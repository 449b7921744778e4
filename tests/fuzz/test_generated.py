# SPDX-License-Identifier: Apache-2.0
"""Messages made at random from the tables: found valid, written to the same byte, faults found."""

from __future__ import annotations

import os
import random

import pytest
from generated import drawn, message
from sound import (
    expect_agreement,
    expect_fault_found,
    expect_json,
    expect_sound,
    expect_valid,
    text_of,
)
from standard import complaints

from yangshan.swift.definitions import definitions

EACH = 100
FIRST = int(os.environ.get("YANGSHAN_SEED", "0")) * EACH
KINDS = sorted(definitions().messages)


@pytest.mark.parametrize("kind", KINDS)
def test_valid_messages_are_found_valid_and_keep_every_byte(kind: str) -> None:
    for seed in range(FIRST, FIRST + EACH):
        expect_valid(kind, message(kind, seed), random.Random(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_one_fault_is_found_where_it_stands(kind: str) -> None:
    for seed in range(FIRST, FIRST + EACH):
        expect_fault_found(kind, message(kind, seed), random.Random(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_the_engine_and_the_second_reading_agree(kind: str) -> None:
    verdicts = {expect_agreement(kind, drawn(kind, seed)) for seed in range(FIRST, FIRST + EACH)}
    assert verdicts == {True, False}


@pytest.mark.parametrize("kind", KINDS)
def test_json_gives_back_the_same_text(kind: str) -> None:
    for seed in range(FIRST, FIRST + EACH // 4):
        expect_json(kind, message(kind, seed))


def test_several_messages_in_a_file_stay_apart() -> None:
    for seed in range(FIRST, FIRST + EACH):
        dice = random.Random(seed)
        texts = [text_of(kind, message(kind, seed), dice) for kind in dice.choices(KINDS, k=3)]
        expect_sound(dice.choice(("\r\n", "\r\n$\r\n", "")).join(texts).encode())


def test_the_same_seed_makes_the_same_message() -> None:
    assert message("760", 7) == message("760", 7) != message("760", 8)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_filled_sooner_or_later(kind: str) -> None:
    """Where the generator leaves a field out, nothing here would be said about it."""
    found = {tag for seed in range(200) for tag, _ in message(kind, seed)}
    rows = definitions().messages[kind].rows
    assert [row.tag for row in rows if not found & set(row.tags)] == []


def test_the_second_reading_sees_what_is_wrong() -> None:
    rows = message("734", 1)
    assert complaints("734", rows) == []
    assert complaints("734", rows[1:]) == ["no 20"]
    assert complaints("734", [rows[1], rows[0], *rows[2:]]) == ["fields out of order"]
    assert complaints("734", [("20", "A//B"), *rows[1:]]) == ["20: slashes"]
    assert complaints("734", [*rows[:-1], ("77B", "/KEEP/")]) == [
        "77B: not one word between slashes"
    ]

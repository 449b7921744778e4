# SPDX-License-Identifier: Apache-2.0
"""ISO 20022: undertakings made at random there and back, and XML mutated."""

from __future__ import annotations

import os
import random
import tomllib
from pathlib import Path

import pytest
from generated import message
from iso import expect_same_undertaking, expect_xml_sound, mutated

EACH = 75
FIRST = int(os.environ.get("YANGSHAN_SEED", "0")) * EACH
FOLDER = Path(__file__).parents[1] / "library" / "swift" / "corpus" / "iso20022"
SEEDS = {
    f"{path.stem}-{name}": case["xml"].lstrip("\n").encode()
    for path in sorted(FOLDER.glob("*.toml"))
    for name, case in tomllib.loads(path.read_text("utf-8")).items()
    if isinstance(case, dict)
}


@pytest.mark.parametrize("kind", ["760", "765", "767", "785", "787"])
def test_undertakings_come_back_as_they_went(kind: str) -> None:
    found = []
    for seed in range(FIRST, FIRST + EACH):
        # The code words of 22G are not listed, so that others than those of tsrv come along.
        rows = [
            (tag, "PAEX" if tag == "22G" and seed % 3 else value)
            for tag, value in message(kind, seed)
        ]
        found.append(expect_same_undertaking(kind, rows))
    assert any(written for written, _ in found)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_mutated_xml_is_sound(name: str) -> None:
    assert expect_xml_sound(SEEDS[name])
    verdicts = set()
    for seed in range(FIRST, FIRST + 2 * EACH):
        dice = random.Random(seed)
        data = SEEDS[name]
        for _ in range(dice.choice((1, 1, 2, 5))):
            data = mutated(data, dice)
        verdicts.add(expect_xml_sound(data))
    assert verdicts == {True, False}

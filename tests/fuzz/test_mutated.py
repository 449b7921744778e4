# SPDX-License-Identifier: Apache-2.0
"""Mutated files, guided by coverage: no crash, no hang, and nothing wrong that goes unfound."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import examination_seeds
import examination_sound
import inputs_seeds
import inputs_sound
import paper_seeds
import paper_sound
import pytest
import seeds
import sound

HERE = Path(__file__).parent
RUNS = {"swift": 15_000, "documents": 10_000, "inputs": 6_000, "examination": 800}
LONGEST = {"swift": 20_000, "documents": 20_000, "inputs": 20_000, "examination": 60_000}
SEED = int(os.environ.get("YANGSHAN_SEED", "0")) + 1
SEEDS = {
    "swift": seeds,
    "documents": paper_seeds,
    "inputs": inputs_seeds,
    "examination": examination_seeds,
}
SOUND: dict[str, Callable[[bytes], None]] = {
    "swift": sound.expect_sound,
    "documents": paper_sound.expect_sound,
    "inputs": inputs_sound.expect_sound,
    "examination": examination_sound.expect_sound,
}


@pytest.mark.parametrize(
    ("target", "count"),
    [("swift", 100), ("documents", 42), ("inputs", 100), ("examination", 24)],
)
def test_every_seed_is_sound(target: str, count: int, tmp_path: Path) -> None:
    SEEDS[target].write_corpus(tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) >= count
    for file in files:
        SOUND[target](file.read_bytes())


@pytest.mark.parametrize("target", SOUND)
@pytest.mark.parametrize("file", sorted((HERE / "found").iterdir()), ids=lambda file: file.name)
def test_what_was_once_found_stays_mended(file: Path, target: str) -> None:
    SOUND[target](file.read_bytes())


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is made for Linux on x86-64 alone"
)
@pytest.mark.parametrize("target", SOUND)
def test_mutated_files_are_sound(target: str, tmp_path: Path) -> None:
    corpus, own, found = (tmp_path / name for name in ("corpus", "own", "found"))
    for folder in (corpus, own, found):
        folder.mkdir()
    SEEDS[target].write_corpus(corpus)
    seeds.write_dictionary(tmp_path / "words")
    done = subprocess.run(
        [
            sys.executable,
            HERE / "mutate.py",
            target,
            f"-runs={RUNS[target]}",
            f"-seed={SEED}",
            f"-dict={tmp_path / 'words'}",
            f"-artifact_prefix={found}/",
            f"-max_len={LONGEST[target]}",
            "-timeout=20",
            own,
            corpus,
        ],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        check=False,
    )
    left = {file.name: file.read_bytes() for file in found.iterdir()}
    assert (done.returncode, left) == (0, {}), done.stderr[-3000:]
    assert f"Done {RUNS[target]} runs" in done.stderr
    # Guided at all: it keeps the files that reach something new.
    assert len(list(own.iterdir())) > 50

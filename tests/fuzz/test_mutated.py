# SPDX-License-Identifier: Apache-2.0
"""Mutated files, guided by coverage: no crash, no hang, and nothing wrong that goes unfound."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from seeds import write_corpus, write_dictionary
from sound import expect_sound

HERE = Path(__file__).parent
RUNS = 15_000
SEED = int(os.environ.get("YANGSHAN_SEED", "0")) + 1


def test_every_seed_is_sound(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) > 100
    for file in files:
        expect_sound(file.read_bytes())


@pytest.mark.parametrize("file", sorted((HERE / "found").iterdir()), ids=lambda file: file.name)
def test_what_was_once_found_stays_mended(file: Path) -> None:
    expect_sound(file.read_bytes())


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is made for Linux on x86-64 alone"
)
def test_mutated_files_are_sound(tmp_path: Path) -> None:
    corpus, own, found = (tmp_path / name for name in ("corpus", "own", "found"))
    for folder in (corpus, own, found):
        folder.mkdir()
    write_corpus(corpus)
    write_dictionary(tmp_path / "words")
    done = subprocess.run(
        [
            sys.executable,
            HERE / "mutate.py",
            f"-runs={RUNS}",
            f"-seed={SEED}",
            f"-dict={tmp_path / 'words'}",
            f"-artifact_prefix={found}/",
            "-max_len=12000",
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
    assert f"Done {RUNS} runs" in done.stderr
    # Guided at all: it keeps the files that reach something new.
    assert len(list(own.iterdir())) > 50

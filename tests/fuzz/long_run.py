# SPDX-License-Identifier: Apache-2.0
"""A long run of one kind of test, written down in runs.toml with its seed, date and commit.

    long_run.py KIND [--count N] [--seed N]

``generated``: that many valid messages of all types in turn, each read, checked, written, spoilt by
one fault, and every tenth through JSON; and as many more that break what they like. ``mutated``:
that many mutated files of messages; ``documents``: of documents, sealed ones, proofs, batches,
envelopes and ciphertext together, and ``sealed``, ``proofs``, ``batches``, ``envelopes``,
``ciphertext`` of one of these; ``inputs``: of the files that an examination takes;
``examination``: of terms with presentations.
``dictionary``: that many guesses at what a committed invoice and declaration say. A run that fails
writes nothing and shows what it found; one that is stopped, with Ctrl-C or by SIGTERM, writes how
far it came.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import dictionary
import examination_seeds
import inputs_seeds
import paper_seeds
import seeds
from generated import drawn, message
from sound import expect_agreement, expect_fault_found, expect_json, expect_valid

from yangshan.swift.definitions import definitions

HERE = Path(__file__).resolve().parent
RUNS = HERE / "runs.toml"
PORTION = 20_000
# How the seeds end that are of one parser of documents.
PARSERS = {
    "sealed": ("-sealed",),
    "proofs": ("-proof", "-under"),
    "batches": ("batch",),
    "envelopes": ("-envelope",),
    "ciphertext": ("encrypted",),
}
SEEDS = {
    "swift": seeds,
    "documents": paper_seeds,
    "inputs": inputs_seeds,
    "examination": examination_seeds,
}
# Bytes of the longest file, where it is not that of messages.
LONGEST = {"examination": 60_000}


def generated(count: int, seed: int) -> Iterator[int]:
    """How many are done, one by one; fails at the first that breaks a rule of sound.py."""
    kinds = sorted(definitions().messages)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        rows = message(kind, seed * count + number)
        dice = random.Random(number)
        expect_valid(kind, rows, dice)
        expect_fault_found(kind, rows, dice)
        expect_agreement(kind, drawn(kind, seed * count + number))
        if number % 10 == 0:
            expect_json(kind, rows)
        yield number + 1


def mutated(target: str, count: int, seed: int, endings: tuple[str, ...] = ("",)) -> Iterator[int]:
    """The same of mutated files, portion by portion; what fails is left under found/."""
    start = SEEDS[target]
    with tempfile.TemporaryDirectory() as work:
        corpus, own, words = (Path(work) / name for name in ("corpus", "own", "words"))
        corpus.mkdir()
        own.mkdir()
        start.write_corpus(corpus)
        for file in corpus.iterdir():
            if not file.name.endswith(endings):
                file.unlink()
        seeds.write_dictionary(words)
        for done in range(0, count, PORTION):
            runs = min(PORTION, count - done)
            subprocess.run(
                [
                    sys.executable,
                    HERE / "mutate.py",
                    target,
                    f"-runs={runs}",
                    # Zero would be another each time.
                    f"-seed={seed * count + done + 1}",
                    f"-dict={words}",
                    f"-artifact_prefix={HERE / 'found'}/",
                    f"-max_len={LONGEST.get(target, 20_000)}",
                    "-timeout=20",
                    "-verbosity=0",
                    own,
                    corpus,
                ],
                env=os.environ | {"PYTHONHASHSEED": "0"},
                check=True,
            )
            yield done + runs


def guessed(count: int, seed: int) -> Iterator[int]:
    """The same of guesses at committed documents."""
    pair = dictionary.sealed_pair()
    seen = dictionary.seen_of(pair)
    for number, guess in enumerate(dictionary.guesses(pair, count, seed)):
        assert dictionary.found_by(seen, guess) is None, guess
        yield number + 1


RUNNERS = {
    "generated": generated,
    "mutated": partial(mutated, "swift"),
    "documents": partial(mutated, "documents"),
    **{kind: partial(mutated, "documents", endings=endings) for kind, endings in PARSERS.items()},
    "inputs": partial(mutated, "inputs"),
    "examination": partial(mutated, "examination"),
    "dictionary": guessed,
}


def commit() -> str:
    """The commit that is tested; its tree must be what is tested."""
    said = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=no", "--", "yangshan", "tests/fuzz"],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if [line for line in said.splitlines() if RUNS.name not in line]:
        sys.exit("yangshan/ or tests/fuzz/ has changes without a commit; commit them first")
    head = ["git", "rev-parse", "HEAD"]
    return subprocess.run(head, cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Runs one kind and appends what it was."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=RUNNERS)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tested = commit()
    # Set anew, since what a shell starts in the background ignores Ctrl-C.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    began, started = datetime.now(UTC), time.monotonic()
    reached = 0
    try:
        for reached in RUNNERS[given.kind](given.count, given.seed):
            if reached % PORTION == 0:
                sys.stderr.write(f"{reached} of {given.count}\n")
    except KeyboardInterrupt:
        sys.stderr.write(f"stopped after {reached} of {given.count}\n")
    if not reached:
        return
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[runs]]\nkind = "{given.kind}"\nseed = {given.seed}\ncount = {reached}\n'
            f"date = {began.date()}\n"
            f"minutes = {round((time.monotonic() - started) / 60)}\n"
            f'commit = "{tested}"\n'
            f'python = "{platform.python_version()}"\n'
        )


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""A long run of random lives of credits, written down in runs.toml.

    long_run.py [--count N] [--seed N] [--processes N]

So many transactions, in alliances that live one after another, each held against the model with the
invariants asked after every act. What was reached is kept under build/; a run that was stopped goes
on from there when it is started again with the same seed at the same commit. A run that fails shows
the seed and the alliance, and writes nothing. Done again at the commit that it names, a run ends in
the same state.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from long_life import TRANSACTIONS, alliances, chained
from runs import LEAST_SHARE

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RUNS = HERE / "runs.toml"
# What a run depends on.
TESTED = ("contracts", "interfaces", "tests/evm", "yangshan/credit", "yangshan/alliance")


def commit() -> str:
    """The commit that is tested; its tree must be what is tested."""
    said = _git("status", "--porcelain", "--untracked-files=no", "--", *TESTED)
    if [line for line in said.splitlines() if RUNS.name not in line]:
        sys.exit(f"{', '.join(TESTED)} have changes without a commit; commit them first")
    return _git("rev-parse", "HEAD").strip()


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def main() -> None:
    """Runs, and appends what it was."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    tested = commit()
    kept = ROOT / f"build/life-{given.seed}-{tested[:12]}.json"
    so_far: dict[str, Any] = {"digests": [], "count": 0, "seconds": 0.0, "tried": {}, "done": {}}
    if kept.exists():
        so_far = json.loads(kept.read_text("utf-8"))
        say(f"goes on after {so_far['count']} transactions")
    tried, done = Counter(so_far["tried"]), Counter(so_far["done"])
    began = time.monotonic() - so_far["seconds"]
    lives = alliances(given.seed, len(so_far["digests"]), given.processes)
    try:
        while so_far["count"] < given.count:
            each = next(lives)
            tried.update(each.tried)
            done.update(each.done)
            so_far["digests"].append(each.digest)
            so_far["count"] += each.transactions
            so_far |= {"tried": tried, "done": done, "seconds": time.monotonic() - began}
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(json.dumps(so_far), "utf-8")
            say(f"{so_far['count']} of {given.count}")
    except KeyboardInterrupt:
        sys.exit(f"stopped after {so_far['count']} of {given.count}; the same again goes on")
    finally:
        lives.close()
    rare = {act: done[act] / tried[act] for act in tried if done[act] < LEAST_SHARE * tried[act]}
    if rare:
        sys.exit(f"hardly ever succeeded: {rare}")
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(
            f"\n[[runs]]\nseed = {given.seed}\ncount = {so_far['count']}\n"
            f"alliances = {len(so_far['digests'])}\n"
            f"transactions_each = {TRANSACTIONS}\n"
            f"passed = {done.total()}\n"
            f"date = {datetime.now(UTC).date()}\n"
            f"minutes = {round(so_far['seconds'] / 60)}\n"
            f'commit = "{tested}"\n'
            f'python = "{platform.python_version()}"\n'
            f'final_state = "{chained(so_far["digests"])}"\n'
        )
    kept.unlink()


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Run the invariants of tests/proofs under forge, on the contracts as they were built.

    run.py [--junitxml FILE] [-k PART] [--seed N] [--runs N] [--depth N] [--together N] [--jobs N]

forge gives every invariant of one call the same histories; so they run some together, each such
group under a seed of its own that follows from the seed given. A run fails if an invariant is
broken, or if an act hardly ever passes in all histories: then nothing was tested of it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import junit

ROOT: Final = Path(__file__).resolve().parents[2]
PROOFS: Final = ROOT / "tests/proofs"
LEAST_SHARE: Final = 0.01
NOTHING_SELECTED: Final = 5
DECLARED: Final = re.compile(r"function (invariant_\w+)\(")
HOUR: Final = 3_600

Json = dict[str, Any]


@dataclass
class Group:
    """Some invariants under one seed, and what came of them."""

    names: list[str]
    seed: int
    cases: list[junit.Case] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    reverts: Counter[str] = field(default_factory=Counter)


def invariants() -> list[str]:
    """The functions, in the order of their numbers."""
    found = [
        name
        for path in PROOFS.rglob("*.t.sol")
        for name in DECLARED.findall(path.read_text("utf-8"))
    ]
    return sorted(found)


def forge(*words: str, **settings: int) -> subprocess.CompletedProcess[str]:
    """A call of forge with the settings of the proofs."""
    program = shutil.which("forge")
    if program is None:
        sys.exit("there is no forge; run this by `make test-proofs`")
    env = os.environ | {"HOME": str(ROOT / ".home"), "FOUNDRY_PROFILE": "proofs"}
    env |= {f"FOUNDRY_INVARIANT_{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.run(
        [program, *words, "--offline"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=HOUR,
        check=False,
    )


def tried(group: Group, settings: dict[str, int]) -> Group:
    """The group after its histories."""
    began = time.monotonic()
    match = f"^({'|'.join(group.names)})\\("
    done = forge(
        "test",
        *("--json", "--threads", "1", "--fuzz-seed", str(group.seed), "--match-test", match),
        **settings,
    )
    try:
        answer: Json = json.loads(done.stdout)
    except ValueError:
        sys.exit(done.stdout + done.stderr)
    results = {
        name.partition("(")[0]: result
        for contract in answer.values()
        for name, result in contract["test_results"].items()
    }
    seconds = (time.monotonic() - began) / len(group.names)
    for name in group.names:
        result = results.get(name)
        failure = "forge did not run it" if result is None else fault(group, result)
        group.cases.append(junit.Case(name, seconds, failure))
        for act, count in (
            ((result or {}).get("kind", {}).get("Invariant") or {}).get("metrics", {}).items()
        ):
            act_name = act.rpartition(".")[2]
            group.calls[act_name] += count["calls"]
            group.reverts[act_name] += count["reverts"]
    return group


def fault(group: Group, result: Json) -> str | None:
    """What is wrong with an invariant, with the seed that shows it."""
    if result["status"] == "Success":
        return None
    calls = (result.get("counterexample") or {}).get("Sequence") or [0, []]
    shown = "\n".join(
        f"    {call.get('func_name', call.get('function_name', ''))}({call.get('args', '')})"
        for call in calls[-1]
    )
    return f"{result.get('reason')} (seed {group.seed})\n{shown}"


def main() -> int:
    """Runs them, and tells."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--junitxml", type=Path, help="write the results there")
    parser.add_argument("-k", default="", help="only invariants whose name contains this")
    parser.add_argument("--seed", type=int, default=600)
    parser.add_argument("--runs", type=int, default=3, help="histories of each group")
    parser.add_argument("--depth", type=int, default=150, help="acts of a history")
    parser.add_argument("--together", type=int, default=6, help="invariants of one group")
    parser.add_argument("--jobs", type=int, default=2, help="how many groups at once")
    given = parser.parse_args()

    chosen = [name for name in invariants() if given.k in name]
    if not chosen:
        return NOTHING_SELECTED
    built = forge("build")
    if built.returncode:
        sys.exit(built.stdout + built.stderr)
    parts = [chosen[at : at + given.together] for at in range(0, len(chosen), given.together)]
    groups = [Group(part, given.seed * 1_000 + number) for number, part in enumerate(parts)]
    settings = {"runs": given.runs, "depth": given.depth}
    with ThreadPoolExecutor(given.jobs) as pool:
        done = list(pool.map(lambda group: tried(group, settings), groups))
    cases = [case for group in done for case in group.cases]
    calls = sum((group.calls for group in done), Counter[str]())
    reverts = sum((group.reverts for group in done), Counter[str]())
    shares = {act: 1 - reverts[act] / count for act, count in sorted(calls.items())}
    rare = [act for act, share in shares.items() if share < LEAST_SHARE]
    if not given.k:
        lack = f"hardly ever pass: {', '.join(rare)}" if rare else None
        cases.append(junit.Case("every act passes often enough", 0, lack))
    for case in cases:
        if case.failure is not None:
            say(f"FAILED {case.name}: {case.failure}")
    say(f"seed {given.seed}; {calls.total()} calls, of which passed: " + told(shares))
    if given.junitxml:
        junit.write(given.junitxml, "proofs", cases)
    failed = sum(case.failure is not None for case in cases)
    say(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


def told(shares: dict[str, float]) -> str:
    return ", ".join(f"{act} {share:.0%}" for act, share in shares.items())


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

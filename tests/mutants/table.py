# SPDX-License-Identifier: Apache-2.0
"""The tables of mutants, and what is to be said of them before any is tried."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from edits import Fault

HERE: Final = Path(__file__).resolve().parent
INVARIANTS: Final = HERE.parents[1] / "tests/proofs/invariants.toml"


@dataclass(frozen=True)
class Mutant:
    """One fault; the fields are explained in mutants.toml."""

    id: str
    file: str
    original: str
    replacement: str
    breaks: str
    tests: tuple[str, ...]
    guards: tuple[str, ...] = ()

    @property
    def fault(self) -> Fault:
        """What it does to its source; several mutants may do the same, each for other tests."""
        return Fault(self.file, self.original, self.replacement)


def mutants() -> list[Mutant]:
    """The tables, one after another."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))]
    return [
        Mutant(**entry | {"tests": tuple(entry["tests"]), "guards": tuple(entry.get("guards", ()))})
        for table in tables
        for entry in table["mutant"]
    ]


def with_invariants(table: list[Mutant]) -> list[Mutant]:
    """The mutants, and again those against which an invariant is to be found broken by itself."""
    rows = tomllib.loads(INVARIANTS.read_text("utf-8"))["invariant"]
    by_id = {mutant.id: mutant for mutant in table}
    unknown = [row["mutant"] for row in rows if row["mutant"] not in by_id]
    if unknown:
        sys.exit(f"invariants.toml names no mutant with {', '.join(unknown)}")
    return table + [
        replace(by_id[row["mutant"]], id=f"{row['id']} by {row['mutant']}", tests=(test_of(row),))
        for row in rows
        if test_of(row) not in by_id[row["mutant"]].tests
    ]


def test_of(row: dict[str, Any]) -> str:
    """The test of an invariant."""
    return f"test_invariants.py::test_it_holds[{row['id']}]"


def by_file(table: list[Mutant]) -> dict[str, list[str]]:
    """The tests that the mutants name, each once, by their files."""
    tests = sorted({test for mutant in table for test in mutant.tests})
    return {file: list(group) for file, group in groupby(tests, lambda one: one.split("::")[0])}


def unguarded(table: list[Mutant]) -> Iterator[tuple[str, str | None]]:
    """Each changing function, and what is wrong with the mutants of its authority check."""
    changing = importlib.import_module("suite").changing_functions()
    unchecked = importlib.import_module("access").unchecked()
    guarded = {name: mutant.id for mutant in table for name in mutant.guards}
    for name in sorted({*changing, *guarded}):
        fault = None
        if name not in changing:
            fault = f"{guarded[name]} guards it, and there is no such function"
        elif name in unchecked and name in guarded:
            fault = f"it checks nobody, yet {guarded[name]} takes its check away"
        elif name not in unchecked and name not in guarded:
            fault = "no mutant takes its authority check away"
        yield f"guard of {name}", fault


def twice(table: list[Mutant]) -> str | None:
    """Two mutants of one name."""
    ids = [mutant.id for mutant in table]
    found = sorted({one for one in ids if ids.count(one) > 1})
    return f"named twice: {', '.join(found)}" if found else None

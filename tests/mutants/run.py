# SPDX-License-Identifier: Apache-2.0
"""Sow faults into the contracts, one at a time, and hold that the tests named beside each find it.

    run.py [--junitxml FILE] [-k PART] [--jobs N]

The faults stand in the TOML files beside this one (table.py). Nearly all of them are compiled at
once, into contracts that run without a fault until one is switched on (schemata.py); what cannot
be switched is compiled by itself, with copies of its own of what it changes (compiling.py). The
tests of tests/evm are collected once and then run on each fault, in a process that was forked for
it (trying.py). Only behaviour matters here, so the compiler's quick way is taken (no optimizer, not
through the IR; the EVM of the tests takes contracts of any size); each test that finds a fault must
pass on the same contracts with no fault switched on.

A mutant fails this run if its text does not stand in the source exactly once, if it does not
compile, if no test fails on it, or if its tests end otherwise than by a failed assertion. So does a
changing function whose authority check no mutant takes away. Each row of the table
tests/proofs/invariants.toml names a mutant, on which that invariant alone must be found broken as
well. Where there is no pyrevm nothing is tried, and the run says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import junit
import pytest
from compiling import Compiled, Unfit, compiled
from table import Mutant, by_file, mutants, twice, unguarded, with_invariants
from trying import SECONDS, Outcome, Tests, Trial, with_tests

NOTHING_SELECTED: Final = 5
# Of a test's name in the table: the values of its case may be long.
WIDTH: Final = 36


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the test that found it, or what is wrong."""

    id: str
    seconds: float
    found_by: str | None
    fault: str | None


class Report:
    """The table of verdicts, printed as it grows."""

    def __init__(self, expected: int) -> None:
        self.verdicts: list[Verdict] = []
        self._expected = expected

    def add(self, verdict: Verdict) -> None:
        """A line of a hundred columns, unless it tells a fault."""
        self.verdicts.append(verdict)
        percent = min(100, 100 * len(self.verdicts) // self._expected)
        found_by = (verdict.found_by or "").split("::")[-1][:WIDTH]
        said = f"FAILED: {verdict.fault}" if verdict.fault else found_by
        say(f"[{percent:3}%] {verdict.id:47} {verdict.seconds:5.1f} s  {said}")

    def add_silently(self, verdict: Verdict) -> None:
        """Only what is wrong is worth a line."""
        if verdict.fault:
            self.add(verdict)
        else:
            self.verdicts.append(verdict)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def judged(tests: Tests, made: Compiled, chosen: list[Mutant], jobs: int) -> Iterator[Verdict]:
    """Tries the mutants, and then the tests that found them on contracts without a fault."""
    trials = []
    for mutant in chosen:
        try:
            trials.append(trial(mutant, tests, made))
        except Unfit as reason:
            yield Verdict(mutant.id, 0, None, str(reason))
    tests.found(made.code)
    finders: dict[str, dict[str, None]] = {}
    for one, outcome, seconds in tests.each(trials, jobs):
        found_by = fault = None
        try:
            found_by = found(outcome)
            finders.setdefault(found_by.partition("::")[0], {})[found_by] = None
        except Unfit as reason:
            fault = str(reason)
        yield Verdict(one.name, seconds, found_by, fault)
    sound = [
        Trial(f"sound contracts, {file}", items_of(tests, names), made.code)
        for file, names in sorted(finders.items())
    ]
    for one, outcome, seconds in tests.each(sound, jobs):
        fault = wrong_with(outcome)
        yield Verdict(one.name, seconds, None if fault else "nothing", fault)


def items_of(tests: Tests, names: Iterable[str]) -> list[pytest.Item]:
    """The tests of these names, each once."""
    return [*dict.fromkeys(chain.from_iterable(map(tests.named, names)))]


def trial(mutant: Mutant, tests: Tests, made: Compiled) -> Trial:
    """How a mutant is tried; raises Unfit."""
    apart = made.apart.get(mutant.fault, {})
    if isinstance(apart, Unfit):
        raise apart
    if not mutant.tests:
        raise Unfit("it names no test")
    unknown = [name for name in mutant.tests if not tests.named(name)]
    if unknown:
        raise Unfit(f"there is no test {unknown[0]}")
    items = items_of(tests, mutant.tests)
    switch = made.numbers.get(mutant.fault, 0)
    founded = mutant.fault in made.numbers
    return Trial(mutant.id, items, made.code | apart, switch, seeks=True, founded=founded)


def found(outcome: Outcome | None) -> str:
    """The test that found a mutant; raises Unfit."""
    if outcome is None:
        raise Unfit(f"its tests came to no end within {SECONDS} seconds")
    if outcome.failed:
        return outcome.failed[0]
    if outcome.broken:
        raise Unfit(f"a test was broken rather than failed: {outcome.broken[0]}")
    raise Unfit(f"it survives {outcome.passed} tests")


def wrong_with(outcome: Outcome | None) -> str | None:
    """What is wrong with tests themselves."""
    if outcome is None:
        return f"the tests came to no end within {SECONDS} seconds"
    wrong = outcome.failed + outcome.broken
    return f"without a fault these fail too: {', '.join(wrong[:5])}" if wrong else None


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--junitxml", type=Path, help="write the results there")
    parser.add_argument("-k", default="", help="only mutants whose id contains this")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    options = parser.parse_args()

    table = with_invariants(mutants())
    chosen = [mutant for mutant in table if options.k in mutant.id]
    if not chosen:
        return NOTHING_SELECTED
    if importlib.util.find_spec("pyrevm") is None:
        say("not tried: pyrevm has no build for this Python, and a slow EVM takes too long;")
        say("what the tests find does not depend on the Python that runs them")
        say("0 passed, 0 failed")
        return 0
    files = [*by_file(chosen)]
    report = Report(len(files) + len(chosen))
    report.add_silently(Verdict("ids", 0, None, twice(table)))

    def work(tests: Tests) -> None:
        made = compiling.result()
        thread.shutdown()
        say(f"{len(made.numbers)} faults compiled at once, {len(made.apart)} by themselves")
        for verdict in judged(tests, made, chosen, options.jobs):
            report.add(verdict)
        if not options.k:
            for guard, lack in unguarded(table):
                report.add_silently(Verdict(guard, 0, None, lack))

    # The compiler is a process of its own, and the tests are collected meanwhile.
    with ThreadPoolExecutor(1) as thread:
        compiling = thread.submit(compiled, {mutant.fault for mutant in chosen})
        with_tests(files, work)

    verdicts = report.verdicts
    failed = sum(verdict.fault is not None for verdict in verdicts)
    if options.junitxml:
        cases = [junit.Case(one.id, one.seconds, one.fault) for one in verdicts]
        junit.write(options.junitxml, "mutants", cases)
    say(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Sow faults into the contracts, one at a time, and hold that the tests named beside each find it.

    run.py [--junitxml FILE] [-k PART] [--jobs N]

The faults stand in the TOML files beside this one. Each is compiled alone, by a compiler that stays
loaded, and laid into a copy of build/suite.json, on which the tests of tests/evm then run. Only
behaviour matters here, so the compiler's quick way is taken (no optimizer, not through the IR; the
EVM of the tests takes contracts of any size); the same tests must first pass on the sound contracts
compiled that way.

A mutant fails this run if its text does not stand in the source exactly once, if it does not
compile, if no test fails on it, or if its tests end otherwise than by a failed assertion. So does a
changing function whose authority check no mutant takes away. Where there is no pyrevm nothing is
tried, and the run says so.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.util
import io
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final

import pytest

from yangshan.alliance import places
from yangshan.errors import Unusable

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import junit

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
EVM_TESTS: Final = ROOT / "tests/evm"
SUITE: Final = ROOT / "build/suite.json"
REMAPPING: Final = "@openzeppelin/=node_modules/@openzeppelin/"
# Of one mutant's tests.
SECONDS: Final = 60
NOTHING_SELECTED: Final = 5
# Nobody reads what these add to a run, and two of them collect all garbage twice.
UNUSED: Final = [
    f"-pno:{plugin}" for plugin in ("cacheprovider", "unraisableexception", "threadexception")
]
# Of a test's name in the table: the values of its case may be long.
WIDTH: Final = 90

Json = dict[str, Any]
FORK: Final = multiprocessing.get_context("fork")


class Unfit(Exception):
    """A mutant that cannot be tried."""


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

    def applied(self, sources: dict[str, str]) -> dict[str, str]:
        """The sources with the fault; raises Unfit."""
        text = sources.get(self.file, "")
        count = text.count(self.original)
        if count != 1:
            raise Unfit(f"its text stands {count} times in {self.file}, not once")
        if self.original == self.replacement:
            raise Unfit("it changes nothing")
        return sources | {self.file: text.replace(self.original, self.replacement)}


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the test that found it, or what is wrong."""

    id: str
    seconds: float
    found_by: str | None
    fault: str | None


def mutants() -> list[Mutant]:
    """The tables, one after another."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))]
    lists = ("tests", "guards")
    return [
        Mutant(**{k: tuple(v) if k in lists else v for k, v in entry.items()})
        for table in tables
        for entry in table["mutant"]
    ]


def sources() -> dict[str, str]:
    """Every Solidity file of ours by its path from the root."""
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for folder in ("contracts", "interfaces")
        for path in sorted((ROOT / folder).rglob("*.sol"))
    }


def with_imports(file: str, texts: dict[str, str]) -> set[str]:
    """A source and those of ours that it imports, one from another."""
    found, waiting = set(), [file]
    while waiting:
        one = waiting.pop()
        if one not in found and one in texts:
            found.add(one)
            waiting += re.findall(r'import[^;]*?"([^"]+)";', texts[one])
    return found


class Compiler:
    """npm's compiler in a process that stays."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "compiler.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def compiled(self, texts: dict[str, str], wanted: dict[str, str]) -> dict[str, Json]:
        """Code of the contracts ``wanted``, name to source; raises Unfit."""
        question = {
            "language": "Solidity",
            "sources": {name: {"content": text} for name, text in texts.items()},
            "settings": {
                "evmVersion": "paris",
                "remappings": [REMAPPING],
                "outputSelection": {
                    source: {name: ["evm.bytecode.object"]} for name, source in wanted.items()
                },
            },
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        errors = [one for one in answer.get("errors", []) if one["severity"] == "error"]
        if errors:
            raise Unfit(f"it does not compile: {errors[0]['message']}")
        return {
            name: answer["contracts"][source][name]["evm"]["bytecode"]["object"]
            for name, source in wanted.items()
        }

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class Watch:
    """What pytest tells of a run: which tests failed, and whether anything else went wrong."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed: list[str] = []
        self.broken: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.split("/")[-1]
        if report.when == "call" and report.passed:
            self.passed += 1
        elif report.when == "call" and report.failed:
            self.failed.append(name)
        elif report.failed:
            self.broken.append(f"{name} ({report.when})")


def run_tests(tests: list[str], suite: Path, *, stop_at_first: bool) -> tuple[int, Watch]:
    """Runs tests of tests/evm on a suite, here in this process."""
    os.environ["YANGSHAN_SUITE"] = str(suite)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(EVM_TESTS)
    watch = Watch()
    options = [*UNUSED, "--assert=plain", "-q", "--tb=no", "--no-header", "--no-summary"]
    if stop_at_first:
        options.append("-x")
    with redirect_stdout(io.StringIO()):
        code = pytest.main([*options, *tests], plugins=[watch])
    return int(code), watch


def in_a_child(tests: list[str], suite: Path, *, stop_at_first: bool) -> tuple[int, Watch] | None:
    """The same in a process of its own, which has loaded all but the suite; None if it hangs."""
    receiver, sender = FORK.Pipe(duplex=False)

    def work() -> None:
        signal.alarm(SECONDS)
        code, watch = run_tests(tests, suite, stop_at_first=stop_at_first)
        sender.send((code, watch))

    child = FORK.Process(target=work)
    child.start()
    sender.close()
    try:
        found: tuple[int, Watch] = receiver.recv()
    except EOFError:
        return None
    finally:
        child.join()
    return found


class Field:
    """The sound contracts, and the place where the spoilt suites are laid."""

    def __init__(self, folder: Path, compiler: Compiler) -> None:
        self.folder = folder
        self.compiler = compiler
        self.texts = sources()
        self.suite: Json = json.loads(SUITE.read_text("utf-8"))
        # Libraries of internal functions stand in their callers' code.
        self.contracts = {
            name: entry["source"] for name, entry in self.suite["contracts"].items() if entry["abi"]
        }
        self.needs = {
            name: with_imports(source, self.texts) for name, source in self.contracts.items()
        }
        self.sound = compiler.compiled(self.texts, self.contracts)

    def laid(self, name: str, code: dict[str, str]) -> Path:
        """A suite file with this code."""
        contracts = {
            contract: entry | {"bytecode": "0x" + code[contract]} if contract in code else entry
            for contract, entry in self.suite["contracts"].items()
        }
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(self.suite | {"contracts": contracts}), "utf-8")
        return path

    def judged(self, mutant: Mutant) -> Verdict:
        """Tries one mutant."""
        began = time.monotonic()
        found_by = fault = None
        try:
            found_by = self._found_by(mutant)
        except Unfit as reason:
            fault = str(reason)
        return Verdict(mutant.id, time.monotonic() - began, found_by, fault)

    def _found_by(self, mutant: Mutant) -> str:
        if not mutant.tests:
            raise Unfit("it names no test")
        spoilt = mutant.applied(self.texts)
        wanted = {n: s for n, s in self.contracts.items() if mutant.file in self.needs[n]}
        if not wanted:
            raise Unfit(f"no contract needs {mutant.file}")
        code = self.sound | self.compiler.compiled(spoilt, wanted)
        if code == self.sound:
            raise Unfit("it compiles to the same code")
        suite = self.laid(mutant.id, code)
        result = in_a_child(list(mutant.tests), suite, stop_at_first=True)
        suite.unlink()
        if result is None:
            raise Unfit(f"its tests did not end within {SECONDS} seconds")
        code_of_pytest, watch = result
        if watch.failed:
            return watch.failed[0]
        if watch.broken:
            raise Unfit(f"a test was broken rather than failed: {watch.broken[0]}")
        if code_of_pytest == 0:
            raise Unfit(f"it survives {watch.passed} tests")
        raise Unfit(f"pytest ended with code {code_of_pytest}")


_field: Field | None = None


def _start(field: Field) -> None:
    """Makes a worker, with a compiler of its own."""
    global _field
    field.compiler = Compiler()
    _field = field


def _judge(mutant: Mutant) -> Verdict:
    assert _field is not None
    return _field.judged(mutant)


def _judge_tests(tests: list[str]) -> Verdict:
    """What is wrong with tests themselves, on contracts without a fault."""
    assert _field is not None
    began = time.monotonic()
    file = tests[0].partition("::")[0]
    suite = _field.laid(f"sound for {file}", _field.sound)
    result = in_a_child(tests, suite, stop_at_first=False)
    if result is None:
        fault: str | None = f"the tests did not end within {SECONDS} seconds"
    else:
        code, watch = result
        wrong = ", ".join((watch.failed + watch.broken)[:5])
        fault = f"pytest ended with code {code}: {wrong}" if code else None
    return Verdict(f"sound contracts, {file}", time.monotonic() - began, "nothing", fault)


def by_file(table: list[Mutant]) -> list[list[str]]:
    """The tests that the mutants name, each once, a list for each file."""
    tests = sorted({test for mutant in table for test in mutant.tests})
    return [list(group) for _, group in groupby(tests, lambda test: test.partition("::")[0])]


def unguarded(table: list[Mutant]) -> Iterator[tuple[str, str | None]]:
    """Each changing function, and what is wrong with the mutants of its authority check."""
    receiver, sender = FORK.Pipe(duplex=False)

    def work() -> None:
        sys.path.insert(0, str(EVM_TESTS))
        access, suite = importlib.import_module("access"), importlib.import_module("suite")
        sender.send((suite.changing_functions(), access.open_to_all()))

    child = FORK.Process(target=work)
    child.start()
    sender.close()
    changing, open_to_all = receiver.recv()
    child.join()
    guarded = {name: mutant.id for mutant in table for name in mutant.guards}
    for name in sorted({*changing, *guarded}):
        fault = None
        if name not in changing:
            fault = f"{guarded[name]} guards it, and there is no such function"
        elif name in open_to_all and name in guarded:
            fault = f"it is open to all, yet {guarded[name]} takes its check away"
        elif name not in open_to_all and name not in guarded:
            fault = "no mutant takes its authority check away"
        yield f"guard of {name}", fault


def twice(table: list[Mutant]) -> str | None:
    """Two mutants of one name."""
    ids = [mutant.id for mutant in table]
    found = sorted({one for one in ids if ids.count(one) > 1})
    return f"named twice: {', '.join(found)}" if found else None


def warm() -> None:
    """Loads and builds what every test needs, once, before the children are forked."""
    for name in ("pyrevm", "eth_abi", "eth_utils", "hypothesis", "yangshan.deployment.plan"):
        importlib.import_module(name)
    # A calendar never changes, and to build one takes longer than most tests.
    places.build = functools.cache(places.build)
    for calendar in places.places():
        with suppress(Unusable):
            places.build(calendar, 2024, 2026)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--junitxml", type=Path, help="write the results there")
    parser.add_argument("-k", default="", help="only mutants whose id contains this")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    options = parser.parse_args()

    table = mutants()
    chosen = [mutant for mutant in table if options.k in mutant.id]
    if not chosen:
        return NOTHING_SELECTED
    if importlib.util.find_spec("pyrevm") is None:
        say("not tried: pyrevm has no build for this Python, and a slow EVM takes too long;")
        say("what the tests find does not depend on the Python that runs them")
        say("0 passed, 0 failed")
        return 0
    warm()
    verdicts = [Verdict("ids", 0, None, twice(table))]
    if verdicts[0].fault:
        report(verdicts[0])
    with tempfile.TemporaryDirectory() as folder:
        field = Field(Path(folder), Compiler())
        field.compiler.close()
        with ProcessPoolExecutor(options.jobs, FORK, _start, (field,)) as pool:
            sound = pool.map(_judge_tests, by_file(chosen))
            judged = pool.map(_judge, chosen)
            for verdict in chain(sound, judged):
                verdicts.append(verdict)
                report(verdict)
    if not options.k:
        for guard, lack in unguarded(table):
            verdicts.append(Verdict(guard, 0, None, lack))
            if lack:
                report(verdicts[-1])

    failed = sum(verdict.fault is not None for verdict in verdicts)
    if options.junitxml:
        cases = [junit.Case(one.id, one.seconds, one.fault) for one in verdicts]
        junit.write(options.junitxml, "mutants", cases)
    say(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed else 0


def report(verdict: Verdict) -> None:
    said = f"FAILED: {verdict.fault}" if verdict.fault else (verdict.found_by or "")[:WIDTH]
    say(f"{verdict.id:44} {verdict.seconds:5.1f} s  {said}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

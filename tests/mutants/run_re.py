# SPDX-License-Identifier: Apache-2.0
"""Sow faults into the contracts, one at a time, and hold that the tests named beside each find it.

    run.py [--junitxml FILE] [-k PART] [--jobs N]

The faults stand in the TOML files beside this one. Those of one file are compiled some at a time,
each with copies of its own of what it changes, by a compiler that stays loaded: what no fault
touches is read once for them all. The tests of tests/evm then run on each, in a process that was
forked when all but the code was loaded. Only behaviour matters here, so the compiler's quick way is
taken (no optimizer, not through the IR; the EVM of the tests takes contracts of any size); the same
tests must first pass on the sound contracts compiled that way.

A mutant fails this run if its text does not stand in the source exactly once, if it does not
compile, if no test fails on it, or if its tests end otherwise than by a failed assertion. So does a
changing function whose authority check no mutant takes away. Each row of the table
tests/proofs/invariants.toml names a mutant, on which that invariant alone must be found broken as
well. Where there is no pyrevm nothing is tried, and the run says so.
"""

from __future__ import annotations

import argparse
import functools
import gc
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
import time
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, replace
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
INVARIANTS: Final = ROOT / "tests/proofs/invariants.toml"
REMAPPING: Final = "@openzeppelin/=node_modules/@openzeppelin/"
# Of one mutant's tests.
SECONDS: Final = 60
# Random lives of credits in which a test looks for a fault.
LIVES: Final = "6"
# Contracts in one question to the compiler: with more of them little is saved.
AT_ONCE: Final = 12
# What behaviour does not depend on takes time.
STEPS: Final = (
    *("peephole", "inliner", "jumpdestRemover", "orderLiterals"),
    *("deduplicate", "cse", "constantOptimizer", "yul"),
)
UNOPTIMIZED: Final = {"enabled": False, "details": dict.fromkeys(STEPS, False)}
NOTHING_SELECTED: Final = 5
# Nobody reads what these add to a run, and two of them collect all garbage twice.
UNUSED: Final = [
    f"-pno:{plugin}" for plugin in ("cacheprovider", "unraisableexception", "threadexception")
]
# conftest is pytest's own to load; the other stands in where there is no pyrevm.
NOT_LOADED: Final = ("conftest", "pure_evm")
# Of a test's name in the table: the values of its case may be long.
WIDTH: Final = 36

Json = dict[str, Any]
# A source and a contract in it.
Place = tuple[str, str]
# Code by the contract's name.
Code = dict[str, str]
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


def test_of(row: Json) -> str:
    """The test of an invariant."""
    return f"test_invariants.py::test_it_holds[{row['id']}]"


def sources() -> dict[str, str]:
    """Every Solidity file of ours by its path from the root."""
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for folder in ("contracts", "interfaces")
        for path in sorted((ROOT / folder).rglob("*.sol"))
    }


def with_imports(files: Iterable[str], texts: dict[str, str]) -> set[str]:
    """Sources and those of ours that they import, one from another."""
    found, waiting = set(), [*files]
    while waiting:
        one = waiting.pop()
        if one not in found and one in texts:
            found.add(one)
            waiting += re.findall(r'import[^;]*?"([^"]+)";', texts[one])
    return found


def apart(folder: str, touched: set[str], texts: dict[str, str]) -> dict[str, str]:
    """Copies of the sources ``touched`` in a folder of their own, which import each other there."""
    copies = {}
    for path in touched:
        text = texts[path]
        for other in touched:
            text = text.replace(f'"{other}"', f'"{folder}/{other}"')
        copies[f"{folder}/{path}"] = text
    return copies


class Compiler:
    """npm's compiler in a process that stays."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(HERE / "compiler.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def compiled(self, texts: dict[str, str], wanted: list[Place]) -> dict[Place, str]:
        """Code of the contracts ``wanted``; raises Unfit."""
        selection: dict[str, dict[str, list[str]]] = {}
        for source, name in wanted:
            selection.setdefault(source, {})[name] = ["evm.bytecode.object"]
        question = {
            "language": "Solidity",
            "sources": {name: {"content": text} for name, text in texts.items()},
            "settings": {
                "evmVersion": "paris",
                "remappings": [REMAPPING],
                "optimizer": UNOPTIMIZED,
                # Else no two sources would compile to the same code.
                "metadata": {"appendCBOR": False},
                "outputSelection": selection,
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
            (source, name): answer["contracts"][source][name]["evm"]["bytecode"]["object"]
            for source, name in wanted
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


def run_tests(tests: list[str], code: Code, *, stop_at_first: bool) -> tuple[int, Watch]:
    """Runs tests of tests/evm on this code, here in this process."""
    artifacts = importlib.import_module("suite").ARTIFACTS
    for name, each in code.items():
        artifacts[name]["bytecode"] = each
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(EVM_TESTS)
    watch = Watch()
    options = [*UNUSED, "--assert=plain", "-q", "--tb=no", "--no-header", "--no-summary"]
    if stop_at_first:
        options.append("-x")
    with redirect_stdout(io.StringIO()):
        code_of_pytest = pytest.main([*options, *tests], plugins=[watch])
    return int(code_of_pytest), watch


def in_a_child(tests: list[str], code: Code, *, stop_at_first: bool) -> tuple[int, Watch] | None:
    """The same in a process of its own, which has loaded all but the code; None if it hangs."""
    receiver, sender = FORK.Pipe(duplex=False)

    def work() -> None:
        signal.alarm(SECONDS)
        if stop_at_first:
            os.environ["YANGSHAN_LIVES"] = LIVES
        sender.send(run_tests(tests, code, stop_at_first=stop_at_first))

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
    """The sound contracts, and what each of them is made of."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.texts = sources()
        suite: Json = json.loads(SUITE.read_text("utf-8"))
        # Libraries of internal functions stand in their callers' code.
        self.contracts = {
            name: entry["source"] for name, entry in suite["contracts"].items() if entry["abi"]
        }
        self.needs = {
            name: with_imports([source], self.texts) for name, source in self.contracts.items()
        }
        places = [(source, name) for name, source in self.contracts.items()]
        compiled = compiler.compiled(self.texts, places)
        self.sound: Code = {name: code for (_, name), code in compiled.items()}

    def touched_by(self, file: str) -> list[str]:
        """The contracts into which a source goes."""
        return [name for name, needs in self.needs.items() if file in needs]

    def chunks(self, table: list[Mutant]) -> Iterator[list[Mutant]]:
        """The mutants of each file, as many as are compiled at once, equal ones together."""
        in_order = sorted(table, key=lambda one: (one.file, one.original, one.replacement))
        for file, group in groupby(in_order, lambda one: one.file):
            size = max(1, AT_ONCE // max(1, len(self.touched_by(file))))
            of_file = list(group)
            yield from (of_file[at : at + size] for at in range(0, len(of_file), size))

    def judged(self, mutants: list[Mutant]) -> list[Verdict]:
        """Tries mutants of one file."""
        began = time.monotonic()
        codes = self._codes(mutants)
        each = (time.monotonic() - began) / len(mutants)
        return [self._verdict(mutant, codes[mutant.id], each) for mutant in mutants]

    def _codes(self, mutants: list[Mutant]) -> dict[str, Code | Unfit]:
        """What each compiles to; one that does not compile is found by trying them one by one."""
        try:
            return dict(self._compiled(mutants))
        except Unfit as reason:
            if len(mutants) == 1:
                return {mutants[0].id: reason}
        return {key: code for one in mutants for key, code in self._codes([one]).items()}

    def _compiled(self, mutants: list[Mutant]) -> dict[str, Code]:
        file = mutants[0].file
        names = self.touched_by(file)
        if not names:
            raise Unfit(f"no contract needs {file}")
        needed = with_imports([self.contracts[name] for name in names], self.texts)
        touched = {path for path in needed if file in with_imports([path], self.texts)}
        texts = {path: self.texts[path] for path in needed - touched}
        wanted = {}
        # The same fault may stand there for several tests.
        folders: dict[tuple[str, str], str] = {}
        for mutant in mutants:
            fault = (mutant.original, mutant.replacement)
            if fault not in folders:
                folders[fault] = f"fault{len(folders)}"
                texts |= apart(folders[fault], touched, mutant.applied(self.texts))
            folder = folders[fault]
            wanted[mutant.id] = {(f"{folder}/{self.contracts[name]}", name) for name in names}
        found = self.compiler.compiled(texts, sorted(set(chain(*wanted.values()))))
        return {key: {place[1]: found[place] for place in of} for key, of in wanted.items()}

    def _verdict(self, mutant: Mutant, code: Code | Unfit, compiling: float) -> Verdict:
        began = time.monotonic()
        found_by = fault = None
        try:
            if isinstance(code, Unfit):
                raise code
            found_by = self._found_by(mutant, code)
        except Unfit as reason:
            fault = str(reason)
        return Verdict(mutant.id, compiling + time.monotonic() - began, found_by, fault)

    def _found_by(self, mutant: Mutant, code: Code) -> str:
        if not mutant.tests:
            raise Unfit("it names no test")
        spoilt = self.sound | code
        if spoilt == self.sound:
            raise Unfit("it compiles to the same code")
        result = in_a_child(list(mutant.tests), spoilt, stop_at_first=True)
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


def _judge(chunk: list[Mutant]) -> list[Verdict]:
    assert _field is not None
    return _field.judged(chunk)


def _judge_tests(tests: list[str]) -> list[Verdict]:
    """What is wrong with tests themselves, on contracts without a fault."""
    assert _field is not None
    began = time.monotonic()
    file = tests[0].partition("::")[0]
    result = in_a_child(tests, _field.sound, stop_at_first=False)
    if result is None:
        fault: str | None = f"the tests did not end within {SECONDS} seconds"
    else:
        code, watch = result
        wrong = ", ".join((watch.failed + watch.broken)[:5])
        fault = f"pytest ended with code {code}: {wrong}" if code else None
    return [Verdict(f"sound contracts, {file}", time.monotonic() - began, "nothing", fault)]


def by_file(table: list[Mutant]) -> list[list[str]]:
    """The tests that the mutants name, each once, a list for each file."""
    tests = sorted({test for mutant in table for test in mutant.tests})
    return [list(group) for _, group in groupby(tests, lambda test: test.partition("::")[0])]


def unguarded(table: list[Mutant]) -> Iterator[tuple[str, str | None]]:
    """Each changing function, and what is wrong with the mutants of its authority check."""
    changing = importlib.import_module("suite").changing_functions()
    open_to_all = importlib.import_module("access").open_to_all()
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
    with redirect_stdout(io.StringIO()):
        pytest.main(["--version", "--assert=plain", *UNUSED])
    # A calendar never changes, and to build one takes longer than most tests.
    places.build = functools.cache(places.build)
    for calendar in places.places():
        with suppress(Unusable):
            places.build(calendar, 2024, 2026)
    sys.path.insert(0, str(EVM_TESTS))
    for path in sorted(EVM_TESTS.glob("*.py")):
        if path.stem not in NOT_LOADED:
            importlib.import_module(path.stem)
    # Nothing of this is ever freed: a child that looked through it would copy it.
    gc.freeze()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--junitxml", type=Path, help="write the results there")
    parser.add_argument("-k", default="", help="only mutants whose id contains this")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")
    options = parser.parse_args()

    table = with_invariants(mutants())
    chosen = [mutant for mutant in table if re.search(options.k, mutant.id)]
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
        report(verdicts[0], 0)
    field = Field(Compiler())
    field.compiler.close()
    with ProcessPoolExecutor(options.jobs, FORK, _start, (field,)) as pool:
        tests = by_file(chosen)
        sound = pool.map(_judge_tests, tests)
        judged = pool.map(_judge, field.chunks(chosen))
        for verdict in chain.from_iterable(chain(sound, judged)):
            verdicts.append(verdict)
            report(verdict, 100 * (len(verdicts) - 1) // (len(tests) + len(chosen)))
    if not options.k:
        for guard, lack in unguarded(table):
            verdicts.append(Verdict(guard, 0, None, lack))
            if lack:
                report(verdicts[-1], 100)

    failed = sum(verdict.fault is not None for verdict in verdicts)
    if options.junitxml:
        cases = [junit.Case(one.id, one.seconds, one.fault) for one in verdicts]
        junit.write(options.junitxml, "mutants", cases)
    say(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed else 0


def report(verdict: Verdict, percent: int) -> None:
    """A line of a hundred columns, unless it tells a fault; ``percent`` of all are done."""
    found_by = (verdict.found_by or "").split("::")[-1][:WIDTH]
    said = f"FAILED: {verdict.fault}" if verdict.fault else found_by
    say(f"[{percent:3}%] {verdict.id:47} {verdict.seconds:5.1f} s  {said}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Tests of tests/evm, collected once and run as often as wanted, each time in a forked process."""

from __future__ import annotations

import functools
import gc
import importlib
import io
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Final

import psutil
import pytest

from yangshan.alliance import places
from yangshan.errors import Unusable

EVM_TESTS: Final = Path(__file__).resolve().parents[1] / "evm"
# Of the tests of one process.
SECONDS: Final = 120
# Random lives of credits in which a test looks for a fault.
LIVES: Final = "6"
# Nobody reads what these add to a run.
UNUSED: Final = (
    *("cacheprovider", "unraisableexception", "threadexception"),
    *("terminal", "logging", "capture", "junitxml"),
)
FORK: Final = multiprocessing.get_context("fork")


@dataclass
class Outcome:
    """What became of tests: which failed, and whether anything else went wrong."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Trial:
    """Tests, the code of the contracts on which they run, and the fault that is on in it.

    Whether it ``seeks`` a fault: then it ends with the first test that fails. With ``founded`` the
    alliance on which most tests begin was founded without the fault, once for all trials.
    """

    name: str
    tests: list[pytest.Item]
    code: dict[str, str]
    switch: int = 0
    seeks: bool = False
    founded: bool = False


class Tests:
    """A session of pytest that has collected files, and runs what it is told of them."""

    def __init__(self, work: Callable[[Tests], None]) -> None:
        self._work = work
        self._items: dict[str, list[pytest.Item]] = {}
        self._broken: list[str] = []
        self.outcome = Outcome()
        self.error: BaseException | None = RuntimeError("pytest did not come to its tests")

    def named(self, name: str) -> list[pytest.Item]:
        """The tests of a name: of a file, of a function or of one of its cases."""
        return self._items.get(name, [])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._broken.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            function = item.nodeid.partition("[")[0]
            for name in {item.nodeid, function, function.partition("::")[0]}:
                self._items.setdefault(name, []).append(item)
        try:
            if self._broken:
                raise SystemExit("\n".join(self._broken))
            self._work(self)
            self.error = None
        except BaseException as error:  # pytest would keep it for itself
            self.error = error
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport | None:
        """What pytest reports, without the picture of a failure, which takes it long to draw."""
        if call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
            return None
        return pytest.TestReport(
            item.nodeid, item.location, {}, "failed", str(call.excinfo.type), call.when
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.outcome.passed += 1
        elif report.when == "call" and report.failed:
            self.outcome.failed.append(report.nodeid)
        elif report.failed:
            self.outcome.broken.append(f"{report.nodeid} ({report.when})")

    def found(self, code: dict[str, str]) -> None:
        """Founds the alliance on which trials may begin."""
        lay(code)
        self._alliance = module("world").alliance()

    def run(self, trial: Trial) -> Outcome:
        """Runs tests here in this process, which is good for nothing else afterwards."""
        lay(trial.code)
        module("world").World.prevrandao = trial.switch.to_bytes(32, "big")
        if trial.founded:
            world = self._alliance
            module("conftest").alliance = lambda: world.at(world.time)
        if trial.seeks:
            os.environ["YANGSHAN_LIVES"] = LIVES
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            for item, following in zip(trial.tests, [*trial.tests[1:], None], strict=True):
                # Fixtures ask what else is to be run.
                item.session.items = trial.tests
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if trial.seeks and (self.outcome.failed or self.outcome.broken):
                    break
        return self.outcome

    def each(
        self, trials: Iterable[Trial], jobs: int
    ) -> Iterator[tuple[Trial, Outcome | None, float]]:
        """Tries each in a process of its own, some at a time; None if it does not end.

        What is not found in an alliance that was founded without the fault is tried once more.
        """
        # Nothing of this is ever freed: a child that looked through it would copy it.
        gc.freeze()
        waiting = deque(trials)
        running: list[_Running] = []
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_Running(self, waiting.popleft()))
            wait([one.answer for one in running], timeout=1)
            for one in [one for one in running if one.has_ended()]:
                running.remove(one)
                outcome, seconds = one.outcome()
                if one.trial.founded and not (outcome and outcome.failed):
                    waiting.appendleft(replace(one.trial, founded=False))
                else:
                    yield one.trial, outcome, seconds


class _Running:
    """A trial in a process of its own."""

    def __init__(self, tests: Tests, trial: Trial) -> None:
        self.trial = trial
        self.answer, sender = FORK.Pipe(duplex=False)
        self._began = time.monotonic()
        self._child = FORK.Process(target=lambda: sender.send(tests.run(trial)))
        self._child.start()
        sender.close()

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._began

    def has_ended(self) -> bool:
        """Whether it has; it is ended if it takes too long, with what it has started itself."""
        if self._seconds > SECONDS and self._child.is_alive():
            process = psutil.Process(self._child.pid)
            for each in [*process.children(recursive=True), process]:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
        return self.answer.poll() or not self._child.is_alive()

    def outcome(self) -> tuple[Outcome | None, float]:
        """What came of it, None if nothing did, and the seconds that it took."""
        outcome = None
        with suppress(EOFError):
            outcome = self.answer.recv() if self.answer.poll() else None
        self.answer.close()
        self._child.join()
        return outcome, self._seconds


def module(name: str) -> Any:
    """One of tests/evm, which pytest has put on the path."""
    return importlib.import_module(name)


def lay(code: dict[str, str]) -> None:
    """Puts code in the place of that of the built contracts."""
    artifacts = module("suite").ARTIFACTS
    for name, each in code.items():
        artifacts[name]["bytecode"] = each


def with_tests(files: list[str], work: Callable[[Tests], None]) -> None:
    """Collects files of tests/evm and lets ``work`` use the tests in them."""
    # A calendar never changes, and to build one takes longer than most tests.
    places.build = functools.cache(places.build)
    for calendar in places.places():
        with suppress(Unusable):
            places.build(calendar, 2024, 2026)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tests = Tests(work)
    options = [*(f"-pno:{plugin}" for plugin in UNUSED), "--assert=plain"]
    found = [str(path) for file in files if (path := EVM_TESTS / file).is_file()]
    pytest.main([*options, *found], plugins=[tests])
    if tests.error:
        raise tests.error

# SPDX-License-Identifier: Apache-2.0
"""Run suites side by side: as many at once as there are lanes, the next one where a lane is free.

    lanes.py [--lanes N] [--reports FOLDER] [--make MAKE] SUITE...

Each is `MAKE BUILT=yes test-SUITE`. What it says goes to FOLDER/SUITE.log and is shown as a whole
when it has ended; after the last comes the table of tools/reports.py, and then what those said that
failed. How far the others are is told meanwhile: in a line that is written over on a terminal,
every half minute elsewhere.

Exit code: 0 if all passed, 1 if any failed, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import reports

POLL_SECONDS = 0.2
# Between two words on how far it is, on a terminal and elsewhere.
TELL_SECONDS = {True: 1.0, False: 30.0}
# What suites have to clear up after Ctrl-C; tools/contained.py ends what is left.
GRACE_SECONDS = 15.0
WIDTH = 100
# As pytest says it at the end of a line, and tests/mutants/run.py at the beginning.
PERCENT = re.compile(r"\[ *(\d+)%\]")


@dataclass
class Suite:
    """One suite that has begun."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it has, noted when it is first asked."""
        if self.ended is None and self.process.poll() is not None:
            self.ended = time.monotonic()
        return self.ended is not None

    @property
    def seconds(self) -> float:
        """How long it ran, or has run."""
        return (self.ended or time.monotonic()) - self.began

    @property
    def passed(self) -> bool:
        """Whether it has ended well."""
        return self.process.returncode == 0

    def progress(self) -> str:
        """Its name, and how far it says it is."""
        found = PERCENT.findall(self.log.read_text("utf-8", errors="replace"))
        return f"{self.name} {found[-1]} %" if found else self.name


def own_jobs(flags: str) -> str:
    """MAKEFLAGS without the number of jobs of the make above, whose job server ends there."""
    options, dashes, variables = flags.partition(" -- ")
    kept = [one for one in options.split(" ") if not re.match(r"-j|--jobserver", one)]
    return " ".join(kept) + dashes + variables


def environment(present: Mapping[str, str]) -> dict[str, str]:
    """For the makes below."""
    return {**present, "MAKEFLAGS": own_jobs(present.get("MAKEFLAGS", ""))}


class Screen:
    """Where people look: whole outputs, and one line on what is going on."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.terminal = out.isatty()
        self.began = self.told = time.monotonic()

    def says(self, text: str) -> None:
        """Text that stays, in the place of the line."""
        self.out.write("\r\x1b[K" * self.terminal + text)
        self.out.flush()

    def goes_on(self, running: list[Suite], waiting: list[str]) -> None:
        """How far it is, if it is time to tell."""
        now = time.monotonic()
        if now - self.told < TELL_SECONDS[self.terminal]:
            return
        self.told = now
        minutes, seconds = divmod(int(now - self.began), 60)
        line = f"{minutes}:{seconds:02}  " + ", ".join(suite.progress() for suite in running)
        if waiting:
            line += f"; then {', '.join(waiting)}"
        width = min(WIDTH, shutil.get_terminal_size().columns) - 1
        self.says(line[:width] + "\n" * (not self.terminal))

    def shows(self, suite: Suite) -> None:
        """Its whole output under a headline."""
        verdict = "passed" if suite.passed else "FAILED"
        head = f"== {suite.name} {verdict} in {suite.seconds:.0f} s "
        text = suite.log.read_text("utf-8", errors="replace")
        self.says(f"{head:=<{WIDTH}}\n{text}" + "\n" * (not text.endswith("\n")))


def begun(make: str, name: str, folder: Path) -> Suite:
    log = folder / f"{name}.log"
    # Silent: its headline names it, and the command would be twice as wide as the screen.
    command = [make, "--silent", "BUILT=yes", f"test-{name}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment(os.environ),
        )
    return Suite(name, log, process)


def ended(
    names: list[str], lanes: int, make: str, folder: Path, screen: Screen, running: list[Suite]
) -> Iterator[Suite]:
    """Each suite when it has ended; those in ``running`` have not."""
    waiting = list(names)
    while waiting or running:
        while waiting and len(running) < lanes:
            running.append(begun(make, waiting.pop(0), folder))
        time.sleep(POLL_SECONDS)
        for suite in [one for one in running if one.has_ended]:
            running.remove(suite)
            yield suite
        screen.goes_on(running, waiting)


def let_end(running: list[Suite]) -> None:
    """Waits for those that Ctrl-C has reached too, and stops those that it has not."""
    deadline = time.monotonic() + GRACE_SECONDS
    for suite in running:
        with suppress(subprocess.TimeoutExpired):
            suite.process.wait(max(0, deadline - time.monotonic()))
            continue
        suite.process.terminate()


def run(names: list[str], lanes: int, make: str, folder: Path) -> int:
    """Run them all; return the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    screen, failed = Screen(sys.stdout), []
    running: list[Suite] = []
    try:
        for suite in ended(names, lanes, make, folder, screen, running):
            if suite.passed:
                screen.shows(suite)
            else:
                failed.append(suite)
                screen.says(f"{suite.name} FAILED; what it said comes at the end\n")
        screen.says("")
        code = reports.show(folder)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        screen.says(f"stopped: {', '.join(suite.name for suite in running)}\n")
        code = 130
    for suite in failed:
        screen.shows(suite)
    if failed:
        screen.says(f"FAILED: {', '.join(suite.name for suite in failed)}\n")
    let_end(running)
    return code or int(bool(failed))


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lanes", type=int, default=2, help="how many at once")
    parser.add_argument("--reports", type=Path, default=Path("reports"), help="folder of the logs")
    parser.add_argument("--make", default="make", help="the make that runs them")
    parser.add_argument(
        "suites", nargs="+", metavar="SUITE", help="in the order of their beginning"
    )
    options = parser.parse_args()
    return run(options.suites, options.lanes, options.make, options.reports)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""How `make test` runs its suites, with a make that only says what it was asked."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))
import lanes

TOOLS = Path(lanes.__file__).parent
# Speaks twice, in between waits until two have begun; leaves a report, fails where it is asked to.
MAKE = """#!/bin/sh
for suite; do :; done
echo "begins $suite" >> order
echo "$* first"
while test $(grep -c begins order) -lt 2; do sleep 0.05; done
case $suite in
  *waits*) echo $$ >> waiting; sleep 60;;
  *fails*) failed=1;;
  *breaks*) exit 2;;
esac
echo "$suite last"
echo "<testsuite tests='3' failures='${failed:-0}' time='1'/>" > "reports/$suite.xml"
echo "ends $suite" >> order
exit ${failed:-0}
"""


@pytest.fixture(autouse=True)
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make = tmp_path / "make"
    make.write_text(MAKE)
    make.chmod(0o755)


def command(*suites: str) -> list[str]:
    return [sys.executable, str(TOOLS / "lanes.py"), "--make", "./make", *suites]


def said_by(name: str) -> str:
    return f"--silent BUILT=yes test-{name} first\ntest-{name} last\n"


def test_each_is_shown_as_a_whole_and_two_run_at_once() -> None:
    done = subprocess.run(command("a", "b", "c"), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len([line for line in done.stdout.splitlines() if len(line) > 100]) == 0
    for name in "abc":
        _, _, after = done.stdout.partition(f"== {name} passed in ")
        assert after.partition("\n")[2].startswith(said_by(name))
    assert done.stdout.endswith("\n9 passed, 0 failed, 0 skipped\n")
    order = Path("order").read_text().splitlines()
    assert sorted(order) == [f"{word} test-{name}" for word in ("begins", "ends") for name in "abc"]
    running = most = 0
    for line in order:
        running += 1 if line.startswith("begins") else -1
        most = max(most, running)
    assert (most, running) == (2, 0)
    assert Path("reports/b.log").read_text() == said_by("b")


def test_what_failed_comes_last_and_fails_the_run() -> None:
    done = subprocess.run(
        command("fails", "breaks", "c", "d"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    at = [
        done.stdout.index(words)
        for words in (
            "fails FAILED; what it said comes at the end\n",
            "== c passed in ",
            "8 passed, 1 failed, 0 skipped\n",
            "== fails FAILED in ",
            said_by("fails"),
        )
    ]
    assert at == sorted(at)
    # That it broke, and has no report at all, nothing but its exit code tells.
    (broken,) = done.stdout.split("== breaks FAILED in ")[1:]
    assert "test-breaks first\n" in broken
    assert "test-breaks last\n" not in broken
    last = done.stdout.splitlines()[-1]
    assert last in ("FAILED: fails, breaks", "FAILED: breaks, fails")


def test_where_no_test_ran_nothing_was_proved() -> None:
    Path("make").write_text("#!/bin/sh\n")
    done = subprocess.run(command("a"), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "no test ran\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_shows_what_failed_and_leaves_no_process(number: int) -> None:
    process = subprocess.Popen(
        [sys.executable, str(TOOLS / "contained.py"), *command("fails", "waits", "waits-too", "d")],
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    waiting = Path("waiting")
    deadline = time.monotonic() + 60
    while not waiting.exists() or len(waiting.read_text().split()) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    pids = [int(word) for word in waiting.read_text().split()]
    # Ctrl-C reaches the whole group, a signal from elsewhere one process.
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "begins test-d" not in Path("order").read_text()
    assert "stopped: waits, waits-too\n== fails FAILED in " in out
    assert out.endswith(f"{said_by('fails')}FAILED: fails\n")
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("out", "expected"),
    [(Terminal(), "\r\x1b[K{line}\r\x1b[Kthe end\n"), (io.StringIO(), "{line}\nthe end\n")],
    ids=["terminal", "elsewhere"],
)
def test_how_far_it_is_is_told_in_one_line(
    out: io.StringIO, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    Path("a.log").write_text("...... [ 22%]\n...... [ 44%]\n...\n")
    Path("b.log").write_text("")
    with subprocess.Popen(["true"]) as process:
        running = [lanes.Suite(name, Path(f"{name}.log"), process) for name in "ab"]
        screen = lanes.Screen(out)
        screen.goes_on(running, ["c", "d"])
        assert out.getvalue() == ""
        screen.began -= 150.5
        screen.told -= 150.5
        for _ in range(2):
            screen.goes_on(running, ["c", "d" * 60])
        screen.says("the end\n")
    line = "2:30  a 44 %, b; then c, " + "d" * 34
    assert len(line) == 59
    assert out.getvalue() == expected.format(line=line)


@pytest.mark.parametrize(
    ("flags", "own"),
    [
        ("", ""),
        ("k", "k"),
        (" -- K=a\\ or\\ b SEED=7", " -- K=a\\ or\\ b SEED=7"),
        ("k -j2 --jobserver-auth=3,4 -- K=a\\ -j\\ b", "k -- K=a\\ -j\\ b"),
        (" -j4 --jobserver-auth=fifo:/tmp/GMfifo1 --no-print-directory", " --no-print-directory"),
        (" --jobserver-fds=3,4 -j -- SEED=1", " -- SEED=1"),
    ],
)
def test_the_makes_below_have_no_part_in_the_job_server(flags: str, own: str) -> None:
    assert lanes.environment({"A": "1", "MAKEFLAGS": flags}) == {"A": "1", "MAKEFLAGS": own}

# SPDX-License-Identifier: Apache-2.0
"""Run a command under a time limit and leave no process of it behind.

    contained.py [--seconds N] [--interactive] COMMAND [ARGUMENT...]

Whatever the command started (a node, a worker) is ended with it: after a normal end, a failure, a
time-out (exit 124), Ctrl-C or a signal to this process. Brownie alone does not: when it is killed
its node lives on. With --interactive Ctrl-C is the command's own affair, as in a console.
"""

from __future__ import annotations

import argparse
import ctypes
import signal
import subprocess
import sys
from types import FrameType

import psutil

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
GRACE_SECONDS = 5.0


def watch() -> None:
    """Be told when the parent dies, and adopt orphaned descendants so that they can be found."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_all(*steps: signal.Signals) -> None:
    """Send each signal in turn to every descendant that is left, with a little time to obey."""
    for step in steps:
        processes = psutil.Process().children(recursive=True)
        for process in processes:
            try:
                process.send_signal(step)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(processes, timeout=GRACE_SECONDS)


class Stopped(Exception):
    """A signal asked this process to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop(number: int, _frame: FrameType | None) -> None:
    """Turn the first signal into an exception; later ones do not disturb the clearing up."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def leave(_number: int, _frame: FrameType | None) -> None:
    """Do nothing. Not SIG_IGN, which the command would inherit."""


def run(command: list[str], seconds: float | None, *, interactive: bool = False) -> int:
    """Run `command`; return its exit code, 124 after a time-out, 128 + n after signal n."""
    watch()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, leave if interactive and each == signal.SIGINT else stop)
    try:
        try:
            child = subprocess.Popen(command)
        except OSError as error:
            print(f"{command[0]}: {error.strerror}", file=sys.stderr)
            return 127
        code = child.wait(timeout=seconds)
        return code if code >= 0 else 128 - code
    except subprocess.TimeoutExpired:
        print(f"stopped after {seconds:g} s: {' '.join(command)}", file=sys.stderr)
        return 124
    except Stopped as stopped:
        if stopped.number == signal.SIGINT:
            # The terminal sent it to the command too, which is clearing up.
            psutil.wait_procs(psutil.Process().children(recursive=True), timeout=GRACE_SECONDS)
        return 128 + stopped.number
    finally:
        # First as Ctrl-C does: Python programs clear up then, which SIGTERM does not let them.
        end_all(signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, help="time limit")
    parser.add_argument("--interactive", action="store_true", help="leave Ctrl-C to the command")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("a command is needed")
    return run(arguments.command, arguments.seconds, interactive=arguments.interactive)


if __name__ == "__main__":
    sys.exit(main())

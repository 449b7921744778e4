# SPDX-License-Identifier: Apache-2.0
"""Run a command under a time limit and leave no process of it behind.

    contained.py [--seconds N] [--interactive] COMMAND [ARGUMENT...]

Whatever the command started (a node, a worker) is ended with it: after a normal end, a failure, a
time-out (exit 124), Ctrl-C or a signal to this process. Brownie alone does not: when it is killed its node
lives on. With --interactive Ctrl-C is the command's own affair, as in a console.
"""

from __future__ import annotations

import argparse
import ctypes
import signal
import subprocess
import sys
import time
from types import FrameType

import psutil

PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 5.0


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can still be found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end(processes: list[psutil.Process]) -> None:
    """Ask, wait a little, insist."""
    for process in processes:
        try:
            process.terminate()
        except psutil.NoSuchProcess:
            continue
    _, alive = psutil.wait_procs(processes, timeout=GRACE_SECONDS)
    for process in alive:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(alive, timeout=GRACE_SECONDS)


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
    adopt_orphans()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, leave if interactive and each == signal.SIGINT else stop)
    child: subprocess.Popen[bytes] | None = None
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
        if child is not None:
            # It clears up after an interrupt of its own accord; from a terminal it has had one already.
            if stopped.number != signal.SIGINT:
                child.send_signal(signal.SIGINT)
            wait_until = time.monotonic() + GRACE_SECONDS
            while child.poll() is None and time.monotonic() < wait_until:
                time.sleep(0.05)
        return 128 + stopped.number
    finally:
        end(psutil.Process().children(recursive=True))


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

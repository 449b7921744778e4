# SPDX-License-Identifier: Apache-2.0
"""Killing a process outright at every point at which something lasting has just happened.

The points: after each storing in the outbox (intent, signed bytes, outcome), each sending of a
transaction, each writing of a record, and before its new file takes the old one's place. The moment
before a step is the one after the step before it.
"""

from __future__ import annotations

import functools
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yangshan.chain import connection
from yangshan.chain.outbox import Outbox
from yangshan.deployment.record import Deployment

Visit = Callable[[str], None]


def run_killed(work: Callable[[], object], at: Callable[[int, str], bool]) -> str:
    """Runs ``work`` in a process of its own, killed outright at the first point that ``at`` picks.

    A point has a number from 1 and a label. Returns the label, or nothing if the work was done.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        code = 1
        try:
            visited = 0

            def visit(label: str) -> None:
                nonlocal visited
                visited += 1
                if at(visited, label):
                    os.write(write, label.encode())
                    os.kill(os.getpid(), signal.SIGKILL)

            _watch(visit)
            work()
            code = 0
        except BaseException:
            os.write(write, traceback.format_exc().encode())
        finally:
            # Not through pytest's own ending.
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return said
    assert os.WEXITSTATUS(status) == 0, said
    return ""


def _watch(visit: Visit) -> None:
    """Only ever in a process that ends soon: nothing is put back."""
    for name in ("intend", "prepare", "settle"):
        setattr(Outbox, name, _after(getattr(Outbox, name), name, visit))
    Deployment.save = _after(Deployment.save, "record", visit)  # type: ignore[method-assign]
    take_place = Path.replace

    def replace(self: Path, target: Any) -> Path:
        visit("draft")
        return take_place(self, target)

    Path.replace = replace  # type: ignore[method-assign,assignment]
    provider = connection._Provider
    request = provider.make_request
    sending = _after(request, "send", visit)

    def make_request(self: Any, method: Any, params: Any) -> Any:
        chosen = sending if method == "eth_sendRawTransaction" else request
        return chosen(self, method, params)

    provider.make_request = make_request  # type: ignore[method-assign]


def _after(function: Any, label: str, visit: Visit) -> Any:
    @functools.wraps(function)
    def after(*arguments: Any, **options: Any) -> Any:
        result = function(*arguments, **options)
        visit(label)
        return result

    return after

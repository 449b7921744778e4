# SPDX-License-Identifier: Apache-2.0
"""Development nodes of one's own: Anvil or Ganache on a free port, gone with whoever started them.

A node is ended by leaving its ``with`` block, by Ctrl-C, by SIGTERM or SIGHUP, at the end of the
process, and on Linux also when the process is killed outright.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Literal, Self

from yangshan.alliance.calendars import NaiveInstant
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

NodeKind = Literal["anvil", "ganache"]

CHAIN_IDS: Final[dict[NodeKind, int]] = {"anvil": 31337, "ganache": 1337}
# Public and worthless: every development node knows it.
TEST_MNEMONIC: Final = "test test test test test test test test test test test junk"

BLOCK_GAS_LIMIT: Final = 30_000_000

_HOST: Final = "127.0.0.1"
_READY_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 0.02
_ATTEMPTS: Final = 5
_PR_SET_PDEATHSIG: Final = 1


class UnknownNode(Unusable):
    """A kind of node that this package cannot start."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"There is no development node {kind!r}; there are {' and '.join(CHAIN_IDS)}."
        )
        self.kind = kind
        self.known = tuple(CHAIN_IDS)


class NodeMissing(Unusable):
    """A node's program that is not installed."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"The program {program} was found neither in node_modules/.bin nor on PATH; "
            "`make setup` installs it."
        )
        self.program = program


class NodeFailed(Unusable):
    """A node that ended, or did not answer, before it could be used."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(f"The development node {kind} could not be started: {reason}")
        self.kind = kind
        self.reason = reason


class Node:
    """A running node; made by :func:`start_node`, ended by :meth:`stop` or its ``with`` block."""

    def __init__(
        self, kind: NodeKind, port: int, chain_id: int, process: subprocess.Popen[bytes]
    ) -> None:
        self.kind = kind
        self.port = port
        self.chain_id = chain_id
        self.process = process
        self._owner = os.getpid()
        _running.append(self)

    @property
    def url(self) -> str:
        """Where it answers JSON-RPC over HTTP."""
        return f"http://{_HOST}:{self.port}"

    def stop(self) -> None:
        """Ends the node; does nothing the second time, nor in a process forked from its owner."""
        if self._owner != os.getpid():
            return
        with contextlib.suppress(ValueError):
            _running.remove(self)
        _end(self.process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


_running: list[Node] = []


def start_node(
    kind: str,
    *,
    start: datetime,
    port: int = 0,
    accounts: int = 60,
    chain_id: int | None = None,
) -> Node:
    """Starts a node whose genesis block carries ``start`` and waits until it answers.

    Port 0 takes a free one. Its accounts are those of the public test mnemonic, each with money;
    gas costs nothing, a block holds 30,000,000. The instruction set is one on which bytecode for
    ``paris`` runs. Start it from a thread that lives as long as the node is needed: on Linux the
    node ends with that thread. Raises :class:`UnknownNode`, :class:`NodeMissing`,
    :class:`NodeFailed`, and NaiveInstant for a ``start`` without an offset from UTC.
    """
    known = _known(kind)
    if start.utcoffset() is None:
        raise NaiveInstant(start)
    number = CHAIN_IDS[known] if chain_id is None else chain_id
    program = _program(known)
    _prepare_to_leave()
    attempts = 1 if port else _ATTEMPTS
    while True:
        attempts -= 1
        try:
            chosen = _free_port(known, port)
            command = [program, *_ARGUMENTS[known](chosen, number, accounts, start.astimezone(UTC))]
            return _started(known, command, chosen, number)
        except NodeFailed:
            # Between finding a port free and the node's taking it, another program may be faster.
            if not attempts:
                raise


def _known(kind: str) -> NodeKind:
    for each in CHAIN_IDS:
        if each == kind:
            return each
    raise UnknownNode(kind)


def _anvil(port: int, chain_id: int, accounts: int, start: datetime) -> list[str]:
    return [
        *("--silent", "--host", _HOST, "--port", str(port)),
        *("--chain-id", str(chain_id), "--timestamp", str(int(start.timestamp()))),
        *("--hardfork", "paris", "--base-fee", "0", "--gas-price", "0"),
        *("--gas-limit", str(BLOCK_GAS_LIMIT)),
        *("--accounts", str(accounts), "--mnemonic", TEST_MNEMONIC),
        # With the default of 1,000 it stalls for good once as many transactions are ready at once.
        *("--max-transactions", "1000000"),
    ]


def _ganache(port: int, chain_id: int, accounts: int, start: datetime) -> list[str]:
    return [
        *("--server.host", _HOST, "--server.port", str(port)),
        *("--chain.chainId", str(chain_id), "--chain.networkId", str(chain_id)),
        *("--chain.time", start.strftime("%Y-%m-%dT%H:%M:%SZ")),
        # No wall clock: a block carries the time of the one before it until a clock sets another.
        *("--miner.timestampIncrement", "0"),
        # From `london` on a block has a base fee, which zero-fee transactions cannot pay.
        *("--chain.hardfork", "berlin", "--miner.defaultGasPrice", "0"),
        *("--miner.blockGasLimit", str(BLOCK_GAS_LIMIT)),
        *("--wallet.totalAccounts", str(accounts), "--wallet.mnemonic", TEST_MNEMONIC),
    ]


_ARGUMENTS: Final[dict[NodeKind, Callable[[int, int, int, datetime], list[str]]]] = {
    "anvil": _anvil,
    "ganache": _ganache,
}


def _program(name: str) -> str:
    beside = Path(__file__).resolve().parents[2] / "node_modules" / ".bin"
    here = Path.cwd() / "node_modules" / ".bin"
    search = os.pathsep.join([str(beside), str(here), os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=search)
    if found is None:
        raise NodeMissing(name)
    return found


def _free_port(kind: NodeKind, port: int) -> int:
    with socket.socket() as probe:
        # A port whose last user has just gone counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as taken:
            raise NodeFailed(kind, f"port {port} is not free ({taken.strerror}).") from taken
        chosen: int = probe.getsockname()[1]
        return chosen


def _started(kind: NodeKind, command: list[str], port: int, chain_id: int) -> Node:
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=complaints,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C in a terminal goes to us, and we end the node.
                process_group=0,
                preexec_fn=_die_with_parent(),
            )
        except OSError as error:
            raise NodeFailed(kind, f"{command[0]}: {error.strerror}.") from error
        node = Node(kind, port, chain_id, process)
        try:
            _wait_until_ready(node, complaints)
        except BaseException:
            node.stop()
            raise
        return node


def _die_with_parent() -> Callable[[], None] | None:
    """What the child does before it becomes the node, where the system can watch its parent."""
    if sys.platform != "linux":
        return None
    # Loaded here, since little is safe between fork and exec.
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _wait_until_ready(node: Node, complaints: IO[bytes]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        answer = _chain_id_of(node.port)
        if (code := node.process.poll()) is not None:
            raise NodeFailed(node.kind, f"it ended with code {code}: {_last_words(complaints)}")
        if answer == node.chain_id:
            return
        if answer is not None:
            raise NodeFailed(node.kind, f"another chain ({answer}) answers on port {node.port}.")
        time.sleep(_POLL_SECONDS)
    raise NodeFailed(node.kind, f"no answer on port {node.port} in {_READY_SECONDS:g} seconds.")


def _chain_id_of(port: int) -> int | None:
    """The chain that answers there, or None; without the proxies that an environment may name."""
    question = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []})
    connection = http.client.HTTPConnection(_HOST, port, timeout=2)
    try:
        connection.request("POST", "/", question, {"Content-Type": "application/json"})
        return int(json.loads(connection.getresponse().read())["result"], 16)
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()


def _last_words(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = [line.strip() for line in complaints.read().decode(errors="replace").splitlines()]
    said = [line for line in lines if line]
    errors = [line for line in said if "error" in line.lower()]
    return (errors[:1] or said[-1:] or ["it said nothing."])[0]


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks, waits a little, insists."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        # A group whose leader has not been waited for still exists, so that this hits nobody else.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)


def stop_all() -> None:
    """Ends every node that this process has started."""
    for node in list(_running):
        node.stop()


atexit.register(stop_all)


def _prepare_to_leave() -> None:
    """Ends the nodes first when a signal is about to end the process without further ado."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    stop_all()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil
import pytest
from eth_typing import HexStr
from eth_utils.address import to_checksum_address
from web3._utils.http_session_manager import HTTPSessionManager

from yangshan.alliance.calendars import NaiveInstant
from yangshan.chain.clock import Clock, NoClock, TimeRunsForward
from yangshan.chain.connection import Chain, ChainUnreachable, connect
from yangshan.chain.nodes import (
    CHAIN_IDS,
    Node,
    NodeFailed,
    NodeMissing,
    UnknownNode,
    start_node,
)

START = datetime(2025, 9, 1, tzinfo=UTC)
KINDS = sorted(CHAIN_IDS)
SECOND = timedelta(seconds=1)
NOBODY = to_checksum_address("0x" + "12" * 20)


def gone(pid: int) -> bool:
    """Whether a process has ended within five seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def send(chain: Chain) -> tuple[int, datetime]:
    """Sends something; the number and the time of its block."""
    eth = chain.web3.eth
    first, second = eth.accounts[:2]
    sent = eth.send_transaction({"from": first, "to": second, "gas": 21_000, "gasPrice": 0})  # type: ignore[typeddict-item]
    number = eth.wait_for_transaction_receipt(sent, poll_latency=0.01)["blockNumber"]
    return number, datetime.fromtimestamp(eth.get_block(number)["timestamp"], UTC)


@pytest.mark.parametrize("kind", KINDS)
def test_a_node_answers_as_agreed_and_is_gone_afterwards(kind: str) -> None:
    with start_node(kind, start=START, accounts=40) as node:
        chain = connect(node.url)
        assert chain.chain_id == CHAIN_IDS[node.kind] == node.chain_id
        assert chain.is_development
        assert chain.now() == START
        assert len(chain.web3.eth.accounts) == 40
        assert chain.web3.eth.accounts[0] == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
        block = chain.web3.eth.get_block("latest")
        assert block["gasLimit"] == 30_000_000
        assert block.get("baseFeePerGas", 0) == 0
        assert node.process.poll() is None
        pid = node.process.pid
    assert gone(pid)
    with pytest.raises(ChainUnreachable):
        connect(node.url)
    node.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_a_chain_id_can_be_chosen(kind: str) -> None:
    with start_node(kind, start=START, chain_id=4711) as node:
        assert connect(node.url).chain_id == 4711


def test_two_nodes_take_two_ports() -> None:
    with start_node("anvil", start=START) as one, start_node("anvil", start=START) as other:
        assert one.port != other.port
        with pytest.raises(NodeFailed) as caught:
            start_node("anvil", start=START, port=one.port)
    assert f"port {one.port} is not free" in caught.value.reason


def test_an_exception_ends_the_node() -> None:
    with pytest.raises(RuntimeError, match="on purpose"), start_node("anvil", start=START) as node:
        raise RuntimeError("on purpose")
    assert gone(node.process.pid)


OWNER = """
import sys, time
from datetime import UTC, datetime
from yangshan.chain.nodes import start_node
node = start_node(sys.argv[1], start=datetime(2025, 9, 1, tzinfo=UTC))
print(node.process.pid, flush=True)
{then}
"""


def owner(kind: str, then: str) -> tuple[subprocess.Popen[str], int]:
    """A process that has started a node, and the node's process id."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER.format(then=then), kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGINT, -signal.SIGINT),
        (signal.SIGTERM, -signal.SIGTERM),
        (signal.SIGHUP, -signal.SIGHUP),
        pytest.param(
            signal.SIGKILL,
            -signal.SIGKILL,
            marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux ends it"),
        ),
    ],
)
def test_a_signal_to_the_owner_ends_the_node(kind: str, number: int, code: int) -> None:
    process, node = owner(kind, "time.sleep(60)")
    assert psutil.pid_exists(node)
    process.send_signal(number)
    assert process.wait(10) == code
    assert gone(node)


def test_the_end_of_the_owner_ends_the_node() -> None:
    process, node = owner("anvil", "")
    assert process.wait(10) == 0
    assert gone(node)


def test_an_owner_that_handles_a_signal_itself_keeps_its_handler() -> None:
    def own(_number: int, _frame: object) -> None:
        pass

    before = signal.signal(signal.SIGTERM, own)
    try:
        with start_node("anvil", start=START):
            assert signal.getsignal(signal.SIGTERM) is own
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_process_forked_from_the_owner_leaves_the_node_alone() -> None:
    with start_node("anvil", start=START) as node:
        child = os.fork()
        if child == 0:
            node.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert connect(node.url).chain_id == 31337


def test_an_unknown_kind_is_named_with_those_known() -> None:
    with pytest.raises(UnknownNode) as caught:
        start_node("geth", start=START)
    assert (caught.value.kind, caught.value.known) == ("geth", ("anvil", "ganache"))


def test_a_missing_program_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_options: None)
    with pytest.raises(NodeMissing) as caught:
        start_node("ganache", start=START)
    assert caught.value.program == "ganache"
    assert "make setup" in str(caught.value)


def test_a_node_that_cannot_start_says_its_last_words() -> None:
    with pytest.raises(NodeFailed) as caught:
        start_node("anvil", start=START, accounts=-1)
    assert caught.value.reason == "it ended with code 2: error: unexpected argument '-1' found"


def test_a_start_needs_its_offset() -> None:
    with pytest.raises(NaiveInstant):
        start_node("anvil", start=datetime(2025, 9, 1))  # noqa: DTZ001


def test_the_clock_sets_the_next_block_to_the_second(chain: Chain) -> None:
    clock = Clock(chain)
    for instant in (
        START + SECOND,
        START + 2 * SECOND,
        START + 2 * SECOND,
        datetime(2025, 9, 29, 2, 0, tzinfo=UTC),
        datetime.fromisoformat("2025-10-13T17:00:00+08:00"),
        datetime.fromisoformat("2025-10-13T17:00:01+08:00"),
        datetime(2025, 10, 20, tzinfo=UTC),
    ):
        clock.at(instant)
        # What a call sees is what the transaction will see.
        assert (clock.now, chain.now()) == (instant, instant)
        before = chain.web3.eth.block_number
        assert send(chain) == (before + 1, instant)
        assert send(chain) == (before + 2, instant)


def test_the_clock_stands_still_by_itself(chain: Chain) -> None:
    clock = Clock(chain)
    clock.at(START + SECOND)
    time.sleep(1.1)
    assert send(chain)[1] == START + SECOND


def test_a_call_sees_the_time_that_was_set(chain: Chain) -> None:
    # 42 60 00 52 60 20 60 00 f3: returns the block's timestamp.
    creation = "0x600980600b6000396000f3" + "4260005260206000f3"
    eth = chain.web3.eth
    sent = eth.send_transaction(
        {"from": eth.accounts[0], "data": creation, "gas": 100_000, "gasPrice": 0}  # type: ignore[typeddict-item]
    )
    address = eth.wait_for_transaction_receipt(sent)["contractAddress"]
    assert address is not None
    instant = START + timedelta(days=1)
    Clock(chain).at(instant)
    assert int.from_bytes(eth.call({"to": address}), "big") == int(instant.timestamp())


def test_mining_at_an_instant_adds_a_block(chain: Chain) -> None:
    clock = Clock(chain)
    before = chain.web3.eth.block_number
    clock.mine_at(START + SECOND)
    clock.mine_at(START + SECOND)
    assert chain.web3.eth.block_number == before + 2
    assert chain.now() == START + SECOND


def test_the_clock_never_runs_back(chain: Chain) -> None:
    clock = Clock(chain)
    clock.at(START + 2 * SECOND)
    before = chain.web3.eth.block_number
    for act in (clock.at, clock.mine_at):
        with pytest.raises(TimeRunsForward) as caught:
            act(START + SECOND)
        assert (caught.value.instant, caught.value.now) == (START + SECOND, START + 2 * SECOND)
        with pytest.raises(NaiveInstant):
            act(datetime(2025, 10, 1))  # noqa: DTZ001
    assert (chain.web3.eth.block_number, chain.now()) == (before, START + 2 * SECOND)


def test_only_a_chain_of_ones_own_has_a_clock(anvil_chain: Chain) -> None:
    lasting = Chain(anvil_chain.web3, anvil_chain.url, 1, anvil_chain.genesis, "Geth/v1.14.0")
    with pytest.raises(NoClock) as caught:
        Clock(lasting)
    assert (caught.value.client, caught.value.reason) == (
        "Geth/v1.14.0",
        "it is neither Anvil nor Ganache.",
    )


def test_a_connection_asks_for_the_chains_id_once(
    anvil: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    post = HTTPSessionManager.make_post_request

    def counted(self: HTTPSessionManager, *arguments: Any, **options: Any) -> Any:
        asked.append(json.loads(arguments[1])["method"])
        return post(self, *arguments, **options)

    monkeypatch.setattr(HTTPSessionManager, "make_post_request", counted)
    chain = connect(anvil.url)
    asked.clear()
    for _ in range(3):
        chain.web3.eth.call({"to": NOBODY, "data": HexStr("0x")})
    assert asked == ["eth_call"] * 3

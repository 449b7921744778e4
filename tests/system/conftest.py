# SPDX-License-Identifier: Apache-2.0
"""Nodes of this run, each test on a chain as it was at the start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chains import START, rpc
from founding import Founded, SetUp, as_set_up, set_up_on
from terminals import Running, Terminal, answer_of, node_process

from yangshan.chain.clock import Clock
from yangshan.chain.connection import Chain, connect
from yangshan.chain.nodes import CHAIN_IDS, Node, start_node


@pytest.fixture(scope="session", params=sorted(CHAIN_IDS))
def node(request: pytest.FixtureRequest) -> Iterator[Node]:
    """Each kind of node in turn."""
    with start_node(request.param, start=START) as started:
        yield started


@pytest.fixture(scope="session")
def anvil() -> Iterator[Node]:
    with start_node("anvil", start=START) as started:
        yield started


@pytest.fixture
def chain(node: Node) -> Iterator[Chain]:
    yield from _as_at_the_start(node)


@pytest.fixture
def anvil_chain(anvil: Node) -> Iterator[Chain]:
    yield from _as_at_the_start(anvil)


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SetUp]:
    with set_up_on("anvil", tmp_path_factory.mktemp("business")) as once:
        yield once


@pytest.fixture
def in_business(set_up_once: SetUp, tmp_path: Path) -> Iterator[Founded]:
    """The alliance set up, as it was before each test."""
    with as_set_up(set_up_once, tmp_path / "deployments") as founded:
        yield founded


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`yangshan node` in a process of its own, for the tests of one file."""
    home = tmp_path_factory.mktemp("commands") / "node"
    with node_process(home) as process:
        try:
            answer = answer_of(process)
            chain = connect(answer["url"])
            yield Running(home, answer, chain, Clock(chain))
        finally:
            process.terminate()
    assert process.returncode == 0
    assert not home.exists()


@pytest.fixture
def away(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, where commands find the running node by themselves."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("YANGSHAN_HOME", str(running.home))
    monkeypatch.setenv("YANGSHAN_RPC", running.url)
    monkeypatch.delenv("YANGSHAN_PASSWORD", raising=False)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def _as_at_the_start(node: Node) -> Iterator[Chain]:
    chain = connect(node.url)
    snapshot = rpc(chain, "evm_snapshot")
    yield chain
    assert rpc(chain, "evm_revert", snapshot) is True

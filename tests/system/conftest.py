# SPDX-License-Identifier: Apache-2.0
"""Nodes of this run, each test on a chain as it was at the start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chains import START, rpc

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


def _as_at_the_start(node: Node) -> Iterator[Chain]:
    chain = connect(node.url)
    snapshot = rpc(chain, "evm_snapshot")
    yield chain
    assert rpc(chain, "evm_revert", snapshot) is True

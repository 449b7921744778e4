# SPDX-License-Identifier: Apache-2.0
"""Known faults of a public registry of documents, each shown there and shown to be absent here.

The peer is the npm package @trustvc/document-store as it is published, deployed in the same EVM.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest
from eth_abi import decode, encode
from eth_utils import keccak
from suite import RevertedError
from test_documents import FORGED, REGISTERED, REVOKED, Inclusion, Registration, act, ask, inclusion
from vocabulary import ROOT, DocumentStatus
from world import BENEFICIARY, DEPLOYER, World

from yangshan.documents.batches import Batch
from yangshan.documents.leaves import batch_leaf, node

FOUR = [keccak(text=f"document {number}") for number in range(4)]
SHARED = FOUR[0]


@dataclass
class Store:
    """The peer's contract, with its deployer as issuer and revoker."""

    world: World
    at: str

    def call(self, signature: str, *args: Any, answers: bool = False) -> Any:
        types = signature.partition("(")[2].removesuffix(")")
        data = keccak(text=signature)[:4] + encode(types.split(","), args)
        try:
            answer = self.world.evm.message_call(DEPLOYER, self.at, calldata=data, gas=10_000_000)
        except RuntimeError as failure:
            raise RevertedError(failure) from None  # type: ignore[arg-type]
        return decode(["bool"], bytes(answer))[0] if answers else None

    def is_active(self, root: bytes, document: bytes, proof: list[bytes]) -> bool:
        found: bool = self.call(
            "isActive(bytes32,bytes32,bytes32[])", root, document, proof, answers=True
        )
        return found


@pytest.fixture(scope="module")
def peer_code() -> bytes:
    done = subprocess.run(
        ["node", ROOT / "bench/document_store.js"], capture_output=True, check=True, text=True
    )
    return bytes.fromhex(json.loads(done.stdout)["bytecode"].removeprefix("0x"))


@pytest.fixture
def store(world: World, peer_code: bytes) -> Store:
    arguments = encode(["string", "address"], ["a store", DEPLOYER])
    return Store(world, world.evm.deploy(DEPLOYER, peer_code + arguments))


def sorted_node(one: bytes, other: bytes) -> bytes:
    """As the peer's trees are joined: in the order of the hashes, without a tag."""
    return keccak(min(one, other) + max(one, other))


def test_there_an_inner_node_passes_for_a_document(store: Store) -> None:
    left, right = sorted_node(*FOUR[:2]), sorted_node(*FOUR[2:])
    root = sorted_node(left, right)
    store.call("issue(bytes32)", root)
    assert store.is_active(root, FOUR[0], [FOUR[1], right])
    # Nobody ever issued this.
    assert store.is_active(root, left, [right])


def test_here_it_does_not(world: World) -> None:
    batch = Batch(FOUR)
    leaves = [batch_leaf(each) for each in FOUR]
    left, right = node(*leaves[:2]), node(*leaves[2:])
    assert node(left, right) == batch.root
    for size in range(10):
        with world.aside():
            act(world, "register", Registration(batch.root, size=size))
            for sides in range(4):
                for inner, proof in ((left, (right,)), (right, (left,)), (batch.root, ())):
                    assert not ask(world, "isIncluded", batch.root, inner, Inclusion(sides, proof))


def test_there_a_leaf_that_is_revoked_is_dead_under_every_batch(store: Store) -> None:
    one, other = sorted_node(SHARED, FOUR[1]), sorted_node(SHARED, FOUR[2])
    for root in (one, other):
        store.call("issue(bytes32)", root)
    assert store.is_active(other, SHARED, [FOUR[2]])
    store.call("revoke(bytes32,bytes32,bytes32[])", one, SHARED, [FOUR[1]])
    assert not store.is_active(one, SHARED, [FOUR[1]])
    assert not store.is_active(other, SHARED, [FOUR[2]])


def test_here_it_lives_on_under_another(world: World) -> None:
    one, other = Batch([SHARED, FOUR[1]]), Batch([SHARED, FOUR[2]])
    for batch in (one, other):
        act(world, "register", Registration(batch.root, size=2))
    proofs = {batch.root: inclusion(batch.prove(SHARED).proof) for batch in (one, other)}
    act(world, "revokeLeaf", one.root, SHARED, proofs[one.root], FORGED)
    stands = {
        root: DocumentStatus(ask(world, "leafStatusAt", root, SHARED, proof, world.time))
        for root, proof in proofs.items()
    }
    assert stands == {one.root: REVOKED, other.root: REGISTERED}


def test_there_neither_issuer_nor_time_is_known_and_here_both_are(
    world: World, store: Store
) -> None:
    store.call("issue(bytes32)", SHARED)
    with pytest.raises(RevertedError):
        # Whoever comes second with the same document is turned away, whoever comes first has it.
        store.call("issue(bytes32)", SHARED)
    act(world, "register", Registration(SHARED))
    assert ask(world, "documentOf", SHARED).registered == world.time
    assert ask(world, "documentOf", SHARED, member=BENEFICIARY - 1).registered == 0

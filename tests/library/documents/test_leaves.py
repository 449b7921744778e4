# SPDX-License-Identifier: Apache-2.0
"""The trees, byte for byte: vectors as data, which the contract is held to as well."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from Crypto.Hash import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from yangshan.commitments import BadSalt, commit
from yangshan.documents.batches import Batch, NotInBatch, TwiceInBatch
from yangshan.documents.leaves import (
    MOST_PARTNERS,
    NoLeaves,
    Proof,
    TooLong,
    Tree,
    batch_leaf,
    field_leaf,
    node,
)
from yangshan.documents.sealing import InBatch

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
hashes = st.binary(min_size=32, max_size=32)


def other_keccak(data: bytes) -> bytes:
    """Another implementation than the library's."""
    return keccak.new(data=data, digest_bits=256).digest()


def proof_of(vector: dict[str, Any]) -> Proof:
    return Proof(vector["sides"], tuple(bytes.fromhex(each) for each in vector["partners"]))


@pytest.mark.parametrize("vector", VECTORS["field_leaves"], ids=lambda each: each["path"] or "none")
def test_leaf_of_a_field(vector: dict[str, str]) -> None:
    salt = bytes.fromhex(vector["salt"])
    leaf = field_leaf(vector["type"], vector["path"], salt, vector["value"].encode())
    assert leaf.hex() == vector["hash"]
    preimage = bytes.fromhex(vector["preimage"])
    assert other_keccak(preimage) == leaf
    # The bytes as they are published, put together by hand.
    kind, path = vector["type"].encode(), vector["path"].encode()
    assert preimage == b"".join(
        (
            b"\x00",
            len(kind).to_bytes(2, "big"),
            kind,
            len(path).to_bytes(2, "big"),
            path,
            salt,
            vector["value"].encode(),
        )
    )


@pytest.mark.parametrize("vector", VECTORS["batch_leaves"], ids=lambda each: each["hash"][:8])
def test_leaf_of_a_batch(vector: dict[str, str]) -> None:
    commitment = bytes.fromhex(vector["commitment"])
    assert batch_leaf(commitment).hex() == vector["hash"]
    assert other_keccak(b"\x00" + commitment).hex() == vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["nodes"], ids=lambda each: each["hash"][:8])
def test_node(vector: dict[str, str]) -> None:
    left, right = bytes.fromhex(vector["left"]), bytes.fromhex(vector["right"])
    assert node(left, right).hex() == vector["hash"]
    assert other_keccak(b"\x01" + left + right).hex() == vector["hash"]
    assert node(right, left) != node(left, right)


@pytest.mark.parametrize("vector", VECTORS["trees"], ids=lambda each: str(len(each["leaves"])))
def test_tree_with_the_proof_of_each_leaf(vector: dict[str, Any]) -> None:
    leaves = [bytes.fromhex(each) for each in vector["leaves"]]
    tree = Tree(leaves)
    assert (tree.root.hex(), len(tree)) == (vector["root"], len(leaves))
    assert [proof["place"] for proof in vector["proofs"]] == list(range(len(leaves)))
    for expected in vector["proofs"]:
        proof = tree.proof(expected["place"])
        assert proof == proof_of(expected)
        assert proof.wrong is None
        assert proof.root(leaves[expected["place"]]) == tree.root


@pytest.mark.parametrize(
    "vector", VECTORS["batches"], ids=lambda each: str(len(each["commitments"]))
)
def test_batch_with_the_proof_of_each_document(vector: dict[str, Any]) -> None:
    commitments = [bytes.fromhex(each) for each in vector["commitments"]]
    batch = Batch(commitments)
    assert batch.root.hex() == vector["root"]
    for expected in vector["proofs"]:
        commitment = commitments[expected["place"]]
        assert batch.prove(commitment) == InBatch(batch.root, proof_of(expected))
        assert proof_of(expected).root(batch_leaf(commitment)) == batch.root


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda each: each["why"])
def test_what_is_no_proof_of_a_document(vector: dict[str, Any]) -> None:
    commitment = bytes.fromhex(vector["commitment"])
    assert proof_of(vector).root(batch_leaf(commitment)).hex() != vector["root"]


def test_a_batch_of_one_is_not_its_document() -> None:
    commitment = bytes(range(32))
    batch = Batch([commitment])
    assert batch.root == batch_leaf(commitment) != commitment
    assert batch.prove(commitment).proof == Proof(0, ())


def test_a_batch_refuses_what_stands_twice_and_what_it_has_not() -> None:
    first, second, third = (bytes([each]) * 32 for each in range(3))
    with pytest.raises(TwiceInBatch) as twice:
        Batch([first, second, first])
    assert twice.value.commitment == first
    with pytest.raises(NotInBatch) as absent:
        Batch([first, second]).prove(third)
    assert (absent.value.commitment, absent.value.exit_code) == (third, 1)
    with pytest.raises(NoLeaves):
        Batch([])


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_has_thirty_two_bytes(length: int) -> None:
    with pytest.raises(BadSalt) as caught:
        field_leaf("invoice/1", "/a", bytes(length), b"1")
    assert caught.value.length == length


def test_lengths_fit_their_two_bytes() -> None:
    longest = "a" * 65535
    assert field_leaf(longest, longest, bytes(32), b"") != field_leaf("a", "a", bytes(32), b"")
    for kind, path, what in ((longest + "a", "a", "type"), ("a", longest + "a", "path")):
        with pytest.raises(TooLong) as caught:
            field_leaf(kind, path, bytes(32), b"")
        assert (caught.value.what, caught.value.length) == (what, 65536)
    # Bytes count, not characters.
    with pytest.raises(TooLong):
        field_leaf("a", "é" * 32768, bytes(32), b"")


# The same bytes cut in different places.
NEIGHBOURS = [
    ("ab", "/c", b"d"),
    ("a", "b/c", b"d"),
    ("ab/c", "", b"d"),
    ("ab", "/cd", b""),
    ("ab", "", b"/cd"),
    ("", "ab/c", b"d"),
]


@pytest.mark.parametrize(("one", "other"), list(combinations(NEIGHBOURS, 2)))
def test_no_part_of_a_leaf_passes_for_another(
    one: tuple[str, str, bytes], other: tuple[str, str, bytes]
) -> None:
    salt = bytes(32)
    assert field_leaf(one[0], one[1], salt, one[2]) != field_leaf(
        other[0], other[1], salt, other[2]
    )


def test_leaves_nodes_and_commitments_are_apart() -> None:
    """Bytes of one kind, shown as another, lead to another hash."""
    left, right = b"l" * 32, b"r" * 32
    hashed = {
        node(left, right),
        batch_leaf(left),
        batch_leaf(right),
        field_leaf("", "", left, right),
        field_leaf("", "", right, b""),
        commit("", right, left),
        commit("", b"", left),
    }
    assert len(hashed) == 7


def test_a_place_beyond_the_tree() -> None:
    tree = Tree([b"a" * 32, b"b" * 32])
    for place in (-1, 2):
        with pytest.raises(IndexError):
            tree.proof(place)


def test_what_is_wrong_with_a_proof_whatever_it_hashes_to() -> None:
    partner = b"p" * 32
    assert Proof(1, (partner,)).wrong is None
    assert Proof(2, (partner,)).wrong == "its proof names the side of a partner that is not there"
    assert Proof(1, ()).wrong == Proof(-1, ()).wrong == Proof(2, (partner,)).wrong
    assert Proof(0, (partner,) * MOST_PARTNERS).wrong is None
    assert Proof(0, (partner,) * (MOST_PARTNERS + 1)).wrong == "its proof has more than 48 partners"


@settings(max_examples=50, deadline=None)
@given(st.lists(hashes, min_size=1, max_size=40, unique=True), st.data())
def test_every_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    tree = Tree(leaves)
    place = data.draw(st.integers(0, len(leaves) - 1))
    proof = tree.proof(place)
    assert proof.root(leaves[place]) == tree.root
    other = data.draw(hashes.filter(lambda each: each != leaves[place]))
    assert proof.root(other) != tree.root
    if proof.partners:
        flipped = proof.sides ^ 1 << data.draw(st.integers(0, len(proof.partners) - 1))
        assert Proof(flipped, proof.partners).root(leaves[place]) != tree.root

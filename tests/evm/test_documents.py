# SPDX-License-Identifier: Apache-2.0
"""The registry of documents: each row of its table, its word, its trees, and what was at a time."""

from __future__ import annotations

import json
import random
from typing import Any, NamedTuple

import pytest
from eth_utils import keccak
from suite import event
from vocabulary import NO_END, ROOT, DocumentStatus, Role
from world import (
    BENEFICIARY,
    FORWARDER,
    ISSUER,
    OUTSIDER,
    Receipt,
    World,
    desk,
    reverts,
)

from yangshan.documents.batches import Batch
from yangshan.documents.leaves import Proof, Tree, batch_leaf

UNKNOWN, REGISTERED = DocumentStatus.UNKNOWN, DocumentStatus.REGISTERED
REVOKED, SUPERSEDED = DocumentStatus.REVOKED, DocumentStatus.SUPERSEDED
EXPIRED = DocumentStatus.EXPIRED
INVOICE, LADING = 1, 3
FORGED = 2
VECTORS: dict[str, Any] = json.loads(
    (ROOT / "tests/library/documents/vectors.json").read_text("utf-8")
)


class Registration(NamedTuple):
    root: bytes
    kind: int = INVOICE
    schema: int = 1
    expires: int = 0
    size: int = 0


class Inclusion(NamedTuple):
    sides: int = 0
    partners: tuple[bytes, ...] = ()


def of(text: str) -> bytes:
    return bytes(keccak(text=text))


ONE, TWO = of("one"), of("two")
PAPERS = tuple(of(f"paper {number}") for number in range(5))
BATCH = Batch(PAPERS)


def inclusion(proof: Proof) -> Inclusion:
    return Inclusion(proof.sides, proof.partners)


def proof_of(document: bytes, batch: Batch = BATCH) -> Inclusion:
    return inclusion(batch.prove(document).proof)


def act(world: World, function: str, *args: Any, member: int = BENEFICIARY) -> Receipt:
    return world.send(desk(member), f"DocumentRegistry.{function}", *args)


def register(world: World, root: bytes, member: int = BENEFICIARY, **more: int) -> Registration:
    given = Registration(root, **more)
    act(world, "register", given, member=member).emitted(registered(world, given, member))
    return given


def register_batch_root(world: World, batch: Batch = BATCH, **more: int) -> bytes:
    return register(world, batch.root, size=len(batch.commitments), **more).root


def registered(world: World, given: Registration, member: int = BENEFICIARY) -> Any:
    return told(
        "DocumentRegistered", issuer=member, root=given.root, word=word_for(world.time, given)
    )


def word_for(time: int, given: Registration) -> int:
    """The word of a document that is registered at a time."""
    return time | given.expires << 40 | given.size << 80 | given.kind << 112 | given.schema << 120


def told(name: str, **fields: Any) -> Any:
    return event("DocumentRegistry", name, **fields)


def ask(world: World, function: str, *args: Any, member: int = BENEFICIARY) -> Any:
    return world.view(f"DocumentRegistry.{function}", member, *args)


def status(world: World, root: bytes, instant: int | None = None, member: int = BENEFICIARY) -> Any:
    return ask(world, "statusAt", root, world.time if instant is None else instant, member=member)


def leaf_status(
    world: World, root: bytes, document: bytes, proof: Inclusion, instant: int | None = None
) -> Any:
    at = world.time if instant is None else instant
    return ask(world, "leafStatusAt", root, document, proof, at)


# Registration


def test_a_document_is_registered_with_issuer_and_time(world: World) -> None:
    assert ask(world, "documentOf", ONE) == (0, 0, 0, 0, 0, 0, 0)
    expires = world.time + 1
    register(world, ONE, kind=255, schema=65_535, expires=expires)
    assert ask(world, "documentOf", ONE) == (world.time, expires, 0, 0, 255, 65_535, 0)
    assert status(world, ONE) == REGISTERED
    assert world.view("DocumentRegistry.registry") == world.addresses["AllianceRegistry"]


def test_the_same_document_of_another_issuer_is_another_record(world: World) -> None:
    """Nobody registers anything first in another's name, and nobody ends what is another's."""
    register(world, ONE, member=FORWARDER, kind=LADING)
    register(world, ONE)
    with reverts("DocumentExists", BENEFICIARY, ONE):
        act(world, "register", Registration(ONE, LADING))
    act(world, "revoke", ONE, FORGED)
    assert status(world, ONE) == REVOKED
    assert status(world, ONE, member=FORWARDER) == REGISTERED
    with reverts("WrongDocumentStatus", ISSUER, ONE, UNKNOWN):
        act(world, "revoke", ONE, FORGED, member=ISSUER)


def test_single_documents_are_registered_in_a_list_with_one_event(world: World) -> None:
    expires = world.time + 9
    act(world, "registerBatch", PAPERS, LADING, 3, expires).emitted(
        told(
            "DocumentsRegistered",
            issuer=BENEFICIARY,
            kind=LADING,
            schema=3,
            expires=expires,
            roots=PAPERS,
        )
    )
    for each in PAPERS:
        assert ask(world, "documentOf", each) == (world.time, expires, 0, 0, LADING, 3, 0)


@pytest.mark.parametrize(
    "given", [Registration(bytes(32)), Registration(ONE, kind=0), Registration(ONE, schema=0)]
)
def test_a_document_has_a_commitment_a_kind_and_a_schema(world: World, given: Registration) -> None:
    with reverts("BadRegistration", given.root, given.kind, given.schema):
        act(world, "register", given)
    with reverts("BadRegistration", given.root, given.kind, given.schema):
        act(world, "registerBatch", (given.root,), given.kind, given.schema, 0)


def test_nor_is_a_later_version_without_a_commitment_or_a_schema(world: World) -> None:
    register(world, TWO)
    for given in (Registration(bytes(32)), Registration(ONE, schema=0)):
        with reverts("BadRegistration", given.root, given.kind, given.schema):
            act(world, "supersede", TWO, given)


def test_a_last_second_lies_ahead(world: World) -> None:
    for late in (1, world.time - 1, world.time):
        with reverts("NotInFuture", late, world.time):
            act(world, "register", Registration(ONE, expires=late))
        with reverts("NotInFuture", late, world.time):
            act(world, "registerBatch", (ONE,), INVOICE, 1, late)
    register(world, ONE, expires=world.time + 1)


def test_nothing_is_registered_twice(world: World) -> None:
    register(world, ONE)
    with reverts("DocumentExists", BENEFICIARY, ONE):
        act(world, "register", Registration(ONE))
    with reverts("DocumentExists", BENEFICIARY, ONE):
        act(world, "registerBatch", (TWO, ONE), INVOICE, 1, 0)
    with reverts("DocumentExists", BENEFICIARY, TWO):
        act(world, "registerBatch", (TWO, TWO), INVOICE, 1, 0)
    # All or nothing.
    assert status(world, TWO) == UNKNOWN
    act(world, "revoke", ONE, FORGED)
    with reverts("DocumentExists", BENEFICIARY, ONE):
        act(world, "register", Registration(ONE))


def test_an_empty_list_is_refused(world: World) -> None:
    with reverts("NoDocuments"):
        act(world, "registerBatch", (), INVOICE, 1, 0)
    with reverts("NoDocuments"):
        act(world, "revokeBatch", (), FORGED)


# The word


@pytest.mark.parametrize("seed", range(20))
def test_the_word_holds_every_field_apart(world: World, seed: int) -> None:
    """The layout as it is drawn, bit by bit, against the storage itself."""
    source = random.Random(seed)
    pick = (lambda bits: (1 << bits) - 1) if seed == 0 else source.getrandbits
    world.at(max(world.time, min(pick(39), 2**39)))
    given = Registration(
        ONE,
        kind=pick(8) or 1,
        schema=pick(16) or 1,
        expires=min(world.time + 1 + pick(38), 2**40 - 1),
        size=pick(32),
    )
    # A founder, whose time has no end.
    act(world, "register", given, member=ISSUER)
    plain = word_for(world.time, given)
    assert word_of(world, ONE, ISSUER) == plain
    begun, reason = world.time, pick(16) or 1
    world.at(world.time + 5)
    act(world, "revoke", ONE, reason, member=ISSUER)
    assert word_of(world, ONE, ISSUER) == plain | world.time << 136 | reason << 176
    assert ask(world, "documentOf", ONE, member=ISSUER) == (
        *(begun, given.expires, world.time, reason, given.kind, given.schema, given.size),
    )


def word_of(world: World, root: bytes, member: int) -> int:
    inner = keccak(member.to_bytes(32, "big") + bytes(32))
    slot = int.from_bytes(keccak(root + inner), "big")
    found: int = world.evm.storage(world.addresses["DocumentRegistry"], slot)
    return found


# Revocation


def test_a_document_is_revoked_with_its_reason_once_and_for_ever(world: World) -> None:
    register(world, ONE)
    world.at(world.time + 10)
    act(world, "revoke", ONE, FORGED).emitted(
        told("DocumentRevoked", issuer=BENEFICIARY, root=ONE, reason=FORGED)
    )
    found = ask(world, "documentOf", ONE)
    assert (found.ended, found.reason) == (world.time, FORGED)
    for again in (
        ("revoke", ONE, FORGED),
        ("revokeBatch", (ONE,), FORGED),
        ("supersede", ONE, Registration(TWO)),
    ):
        with reverts("WrongDocumentStatus", BENEFICIARY, ONE, REVOKED):
            act(world, *again)


def test_many_are_revoked_with_one_event(world: World) -> None:
    act(world, "registerBatch", PAPERS, INVOICE, 1, 0)
    act(world, "revokeBatch", PAPERS[:3], FORGED).emitted(
        told("DocumentsRevoked", issuer=BENEFICIARY, reason=FORGED, roots=PAPERS[:3])
    )
    assert [status(world, each) for each in PAPERS] == [REVOKED] * 3 + [REGISTERED] * 2
    with reverts("WrongDocumentStatus", BENEFICIARY, PAPERS[3], REVOKED):
        act(world, "revokeBatch", (PAPERS[3], PAPERS[3]), FORGED)
    assert status(world, PAPERS[3]) == REGISTERED


def test_a_revocation_names_its_reason(world: World) -> None:
    root = register_batch_root(world)
    with reverts("RevokedWithoutReason"):
        act(world, "revoke", root, 0)
    with reverts("RevokedWithoutReason"):
        act(world, "revokeBatch", (root,), 0)
    with reverts("RevokedWithoutReason"):
        act(world, "revokeLeaf", root, PAPERS[0], proof_of(PAPERS[0]), 0)


@pytest.mark.parametrize("function", ["revoke", "revokeBatch", "revokeLeaf", "supersede"])
def test_what_was_never_registered_does_not_end(world: World, function: str) -> None:
    args: dict[str, tuple[Any, ...]] = {
        "revoke": (ONE, FORGED),
        "revokeBatch": ((ONE,), FORGED),
        "revokeLeaf": (ONE, TWO, Inclusion(), FORGED),
        "supersede": (ONE, Registration(TWO)),
    }
    with reverts("WrongDocumentStatus", BENEFICIARY, ONE, UNKNOWN):
        act(world, function, *args[function])


def test_what_expired_can_still_turn_out_to_be_false_or_get_a_later_version(world: World) -> None:
    register(world, ONE, expires=world.time + 1)
    register(world, TWO, expires=world.time + 1)
    world.at(world.time + 2)
    act(world, "revoke", ONE, FORGED)
    act(world, "supersede", TWO, Registration(PAPERS[0]))
    assert (status(world, ONE), status(world, TWO)) == (REVOKED, SUPERSEDED)


# Later versions


def test_a_later_version_takes_the_place_of_an_earlier_one(world: World) -> None:
    register(world, ONE, kind=LADING)
    world.at(world.time + 5)
    later = Registration(TWO, LADING, 2, NO_END)
    act(world, "supersede", ONE, later).emitted(
        told("DocumentSuperseded", issuer=BENEFICIARY, root=ONE, successor=TWO),
        registered(world, later),
    )
    assert ask(world, "successorOf", ONE) == TWO
    assert ask(world, "successorOf", TWO) == bytes(32)
    found = ask(world, "documentOf", ONE)
    assert (found.ended, found.reason) == (world.time, 0)
    assert (status(world, ONE), status(world, TWO)) == (SUPERSEDED, REGISTERED)
    assert status(world, ONE, world.time - 1) == REGISTERED
    for again in (("revoke", ONE, FORGED), ("supersede", ONE, Registration(PAPERS[0], LADING))):
        with reverts("WrongDocumentStatus", BENEFICIARY, ONE, SUPERSEDED):
            act(world, *again)


def test_no_document_is_its_own_later_version_nor_one_that_exists(world: World) -> None:
    register(world, ONE)
    register(world, TWO)
    for root in (ONE, TWO):
        with reverts("DocumentExists", BENEFICIARY, root):
            act(world, "supersede", ONE, Registration(root))


def test_a_later_version_is_of_the_same_kind_and_has_no_more_documents(world: World) -> None:
    root = register_batch_root(world)
    size = len(PAPERS)
    for wrong in (Registration(ONE, LADING, size=size), Registration(ONE, size=size + 1)):
        with reverts("NotAVersion", root, INVOICE, size):
            act(world, "supersede", root, wrong)
    act(world, "supersede", root, Registration(ONE, size=size))
    register(world, TWO)
    with reverts("NotAVersion", TWO, INVOICE, 0):
        act(world, "supersede", TWO, Registration(PAPERS[0], size=1))


# What was at a time


def test_where_a_document_stood_at_each_second(world: World) -> None:
    begun = world.time
    last, ended = begun + 10, begun + 20
    for root in (ONE, TWO):
        register(world, root, expires=last)
    world.at(ended)
    act(world, "revoke", ONE, FORGED)
    world.at(ended + 10)
    expected = {
        0: UNKNOWN,
        begun - 1: UNKNOWN,
        begun: REGISTERED,
        last - 1: REGISTERED,
        last: REGISTERED,
        last + 1: EXPIRED,
        ended - 1: EXPIRED,
        ended: REVOKED,
        ended + 1: REVOKED,
        ended + 10: REVOKED,
    }
    for instant, stood in expected.items():
        assert status(world, ONE, instant) == stood, instant
        assert status(world, TWO, instant) == (EXPIRED if stood == REVOKED else stood), instant


def test_nobody_knows_where_a_document_will_stand(world: World) -> None:
    register(world, ONE)
    ahead = world.time + 1
    with reverts("InstantAhead", ahead, world.time):
        status(world, ONE, ahead)
    with reverts("InstantAhead", ahead, world.time):
        leaf_status(world, ONE, TWO, Inclusion(), ahead)


# Batches


def test_one_of_a_batch_is_revoked_under_this_batch_alone(world: World) -> None:
    root = register_batch_root(world)
    other = Batch(PAPERS[:2])
    register_batch_root(world, other)
    begun = world.time
    world.at(begun + 5)
    document, proof = PAPERS[1], proof_of(PAPERS[1])
    act(world, "revokeLeaf", root, document, proof, FORGED).emitted(
        told("LeafRevoked", issuer=BENEFICIARY, root=root, document=document, reason=FORGED)
    )
    assert ask(world, "leafRevocationOf", root, document) == (world.time, FORGED)
    for instant, stood in (
        (begun - 1, UNKNOWN),
        (begun, REGISTERED),
        (begun + 4, REGISTERED),
        (begun + 5, REVOKED),
    ):
        assert leaf_status(world, root, document, proof, instant) == stood
    # Its neighbours, its batch, and itself under another batch live on.
    assert leaf_status(world, root, PAPERS[0], proof_of(PAPERS[0])) == REGISTERED
    assert status(world, root) == REGISTERED
    assert leaf_status(world, other.root, document, proof_of(document, other)) == REGISTERED
    assert ask(world, "leafRevocationOf", other.root, document) == (0, 0)
    assert ask(world, "leafRevocationOf", root, document, member=FORWARDER) == (0, 0)
    with reverts("LeafRevokedAlready", root, document, begun + 5):
        act(world, "revokeLeaf", root, document, proof, FORGED)


def test_one_of_a_batch_stands_where_its_batch_does(world: World) -> None:
    root = register_batch_root(world, expires=world.time + 10)
    document, proof = PAPERS[4], proof_of(PAPERS[4])
    act(world, "revokeLeaf", root, PAPERS[0], proof_of(PAPERS[0]), FORGED)
    world.at(world.time + 11)
    assert leaf_status(world, root, document, proof) == EXPIRED
    with world.aside():
        act(world, "revoke", root, FORGED)
        assert leaf_status(world, root, document, proof) == REVOKED
        assert ask(world, "leafRevocationOf", root, document) == (0, 0)
        with reverts("WrongDocumentStatus", BENEFICIARY, root, REVOKED):
            act(world, "revokeLeaf", root, document, proof, FORGED)
    act(world, "supersede", root, Registration(ONE, size=5))
    assert leaf_status(world, root, document, proof) == SUPERSEDED
    # What was revoked by itself is no earlier version of anything.
    assert leaf_status(world, root, PAPERS[0], proof_of(PAPERS[0])) == REVOKED


def test_what_stands_in_no_batch_is_not_revoked_by_mistake(world: World) -> None:
    root = register_batch_root(world)
    for document, proof in (
        (ONE, proof_of(PAPERS[0])),
        (PAPERS[1], proof_of(PAPERS[0])),
        (batch_leaf(PAPERS[0]), proof_of(PAPERS[0])),
    ):
        with reverts("NotInBatch", root, document):
            act(world, "revokeLeaf", root, document, proof, FORGED)
        assert leaf_status(world, root, document, proof) == UNKNOWN
    register(world, ONE)
    with reverts("NotInBatch", ONE, ONE):
        act(world, "revokeLeaf", ONE, ONE, Inclusion(), FORGED)


# Trees


def included(world: World, root: bytes, size: int, document: bytes, proof: Inclusion) -> bool:
    """Whether a registry that knows the root with this size finds the document in it."""
    with world.aside():
        act(world, "register", Registration(root, size=size))
        found = ask(world, "isIncluded", root, document, proof)
        stood = leaf_status(world, root, document, proof)
    assert stood == (REGISTERED if found else UNKNOWN)
    return bool(found)


@pytest.mark.parametrize(
    "vector", VECTORS["batches"], ids=lambda each: str(len(each["commitments"]))
)
def test_every_vector_of_a_batch_is_proved_and_under_no_other_size(
    world: World, vector: dict[str, Any]
) -> None:
    root, size = bytes.fromhex(vector["root"]), len(vector["commitments"])
    act(world, "register", Registration(root, size=size))
    for expected in vector["proofs"]:
        document = bytes.fromhex(vector["commitments"][expected["place"]])
        assert ask(world, "isIncluded", root, document, of_vector(expected))
    # A proof has exactly the length that the size demands at its place.
    document = bytes.fromhex(vector["commitments"][-1])
    proof = of_vector(vector["proofs"][-1])
    sizes = [other for other in range(70) if included_under(world, root, other, document, proof)]
    assert sizes == [
        other
        for other in range(1, 70)
        if any(
            inclusion_shape(other, place) == (proof.sides, len(proof.partners))
            for place in range(other)
        )
    ]
    assert size in sizes
    assert 0 not in sizes


def included_under(world: World, root: bytes, size: int, document: bytes, proof: Inclusion) -> bool:
    """By another issuer, which says of the same root what it likes."""
    with world.aside():
        act(world, "register", Registration(root, size=size), member=FORWARDER)
        return bool(ask(world, "isIncluded", root, document, proof, member=FORWARDER))


def inclusion_shape(size: int, place: int) -> tuple[int, int]:
    """Sides and length of the proof of a place, as the library joins levels."""
    sides = count = 0
    while size > 1:
        if place ^ 1 < size:
            sides |= (place & 1) << count
            count += 1
        place, size = place >> 1, (size + 1) // 2
    return sides, count


def of_vector(vector: dict[str, Any]) -> Inclusion:
    return Inclusion(vector["sides"], tuple(bytes.fromhex(each) for each in vector["partners"]))


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda each: each["why"])
def test_every_vector_that_is_no_proof_is_refused_whatever_size_is_stated(
    world: World, vector: dict[str, Any]
) -> None:
    root, document = (bytes.fromhex(vector[name]) for name in ("root", "commitment"))
    four = Batch([bytes.fromhex(each) for each in VECTORS["batches"][-1]["commitments"][:4]])
    assert four.root == root
    for size in range(70):
        assert not included(world, root, size, document, of_vector(vector)), size


@pytest.mark.parametrize("vector", VECTORS["trees"], ids=lambda each: str(len(each["leaves"])))
def test_leaves_of_a_tree_are_no_documents_of_it(world: World, vector: dict[str, Any]) -> None:
    """The leaves of fields prove nothing here: they are not hashed once more."""
    root, size = bytes.fromhex(vector["root"]), len(vector["leaves"])
    act(world, "register", Registration(root, size=size))
    for expected in vector["proofs"]:
        leaf = bytes.fromhex(vector["leaves"][expected["place"]])
        assert not ask(world, "isIncluded", root, leaf, of_vector(expected))


@pytest.mark.parametrize("size", [*range(1, 18), 31, 32, 33, 64, 65])
def test_every_place_of_every_size_is_proved_and_nothing_beside_it(
    world: World, seed: int, size: int
) -> None:
    source = random.Random(seed + size)
    batch = Batch([source.randbytes(32) for _ in range(size)])
    root = register_batch_root(world, batch)
    for place in range(size) if size < 18 else (0, size // 2, size - 2, size - 1):
        document = batch.commitments[place]
        proof = proof_of(document, batch)
        assert ask(world, "isIncluded", root, document, proof)
        for wrong in spoilt(proof):
            assert not ask(world, "isIncluded", root, document, wrong), wrong


def spoilt(proof: Inclusion) -> list[Inclusion]:
    """The same proof with one thing wrong; what names the side of nobody, too."""
    length = len(proof.partners)
    wrong = [
        proof._replace(sides=proof.sides | 1 << length),
        proof._replace(sides=proof.sides | 1 << 63),
        proof._replace(partners=(*proof.partners, bytes(32))),
    ]
    if length:
        wrong += [
            proof._replace(partners=proof.partners[:-1]),
            proof._replace(partners=proof.partners[1:]),
            proof._replace(sides=proof.sides ^ 1),
            proof._replace(sides=proof.sides ^ 1 << length - 1),
            proof._replace(partners=(ONE, *proof.partners[1:])),
        ]
    return wrong


def test_a_proof_beyond_every_size_is_refused_without_being_walked(world: World) -> None:
    root = register(world, BATCH.root, size=2**32 - 1).root
    for length in (33, 64, 300):
        proof = Inclusion(0, (ONE,) * length)
        assert not ask(world, "isIncluded", root, PAPERS[0], proof)


def test_a_proof_among_a_million_documents_holds_on_the_chain(
    world: World, seed: int, note: list[str]
) -> None:
    """The tree over a million leaves without its million leaves: all but one half are alike."""
    size = 10**6
    source = random.Random(seed)
    first, last = source.randbytes(32), source.randbytes(32)
    filler = source.randbytes(32)
    leaves = [batch_leaf(first), *[filler] * (size - 2), batch_leaf(last)]
    tree = Tree(leaves)
    register(world, tree.root, size=size)
    for document, place in ((first, 0), (last, size - 1)):
        proof = inclusion(tree.proof(place))
        assert ask(world, "isIncluded", tree.root, document, proof)
        assert not ask(world, "isIncluded", tree.root, ONE, proof)
        act(world, "revokeLeaf", tree.root, document, proof, FORGED)
        assert leaf_status(world, tree.root, document, proof) == REVOKED
    note.append(f"proofs of the first and the last of {size:,} documents hold on the chain")


# Who


def test_a_desk_registers_for_its_member(world: World) -> None:
    """A desk is an account of its member with the role; here the call is its own."""
    counter = world.open_desk(FORWARDER, int(Role.DOCUMENT))
    given = Registration(ONE, LADING)
    world.send(counter, "DocumentRegistry.register", given).emitted(
        registered(world, given, FORWARDER)
    )
    world.send(desk(FORWARDER), "DocumentRegistry.revoke", ONE, FORGED)
    assert status(world, ONE, member=FORWARDER) == REVOKED


def test_an_issuer_out_of_standing_ends_its_documents_and_registers_none(world: World) -> None:
    register(world, ONE)
    register(world, TWO)
    root = register_batch_root(world)
    world.governed("AllianceRegistry.suspend", BENEFICIARY)
    with reverts("NewBusinessClosed", BENEFICIARY, 0):
        act(world, "register", Registration(PAPERS[0]))
    with reverts("NewBusinessClosed", BENEFICIARY, 0):
        act(world, "registerBatch", PAPERS, INVOICE, 1, 0)
    act(world, "revoke", ONE, FORGED)
    act(world, "supersede", TWO, Registration(PAPERS[0]))
    act(world, "revokeLeaf", root, PAPERS[1], proof_of(PAPERS[1]), FORGED)
    act(world, "revokeBatch", (root,), FORGED)


def test_a_key_without_the_role_registers_nothing(world: World) -> None:
    key = world.give_key(BENEFICIARY, "a key", int(Role.PRESENT))
    with reverts("MissingRole", key, BENEFICIARY, int(Role.DOCUMENT)):
        world.send(key, "DocumentRegistry.register", Registration(ONE))
    with reverts("NotAMember", OUTSIDER):
        world.send(OUTSIDER, "DocumentRegistry.register", Registration(ONE))

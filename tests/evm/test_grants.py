# SPDX-License-Identifier: Apache-2.0
"""The exchange of documents: keys, each row of the table of grants, their word, who might read."""

from __future__ import annotations

from typing import Any

import pytest
from eth_utils import keccak
from suite import event
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    ISSUER,
    MEMBERS,
    Receipt,
    World,
    admin,
    desk,
    reverts,
)

CONTENT, OTHER_CONTENT = keccak(text="ciphertext"), keccak(text="another ciphertext")
DOCUMENT, OTHER_DOCUMENT = keccak(text="document"), keccak(text="another document")
MOST = 64


def key_for(member: int, number: int = 1) -> bytes:
    return keccak(text=f"key {number} of {member}")


def publish(world: World, *members: int) -> None:
    for member in members:
        world.send(admin(member), "DocumentGrants.publishKey", key_for(member))


def act(world: World, function: str, *args: Any, member: int = BENEFICIARY) -> Receipt:
    return world.send(desk(member), f"DocumentGrants.{function}", *args)


def grant_of(
    world: World, reader: int, content: bytes = CONTENT, granter: int = BENEFICIARY
) -> Any:
    return tuple(world.view("DocumentGrants.grantOf", granter, content, reader))


def may_read(world: World, reader: int, instant: int, granter: int = BENEFICIARY) -> bool:
    found: bool = world.view("DocumentGrants.mayRead", granter, CONTENT, reader, instant)
    return found


def granted(reader: int, content: bytes = CONTENT, granter: int = BENEFICIARY) -> Any:
    return event(
        "DocumentGrants",
        "AccessGranted",
        granter=granter,
        reader=reader,
        content=content,
        document=DOCUMENT,
    )


def withdrawn(reader: int) -> Any:
    return event(
        "DocumentGrants", "AccessWithdrawn", granter=BENEFICIARY, reader=reader, content=CONTENT
    )


# Keys


def test_a_key_is_published_and_replaced(world: World) -> None:
    assert world.view("DocumentGrants.encryptionKeyOf", ISSUER) == bytes(32)
    for number in (1, 2, 1):
        key = key_for(ISSUER, number)
        world.send(admin(ISSUER), "DocumentGrants.publishKey", key).emitted(
            event("DocumentGrants", "EncryptionKeyPublished", memberId=ISSUER, key=key)
        )
        assert world.view("DocumentGrants.encryptionKeyOf", ISSUER) == key
    assert world.view("DocumentGrants.encryptionKeyOf", ADVISER) == bytes(32)
    assert world.view("DocumentGrants.registry") == world.addresses["AllianceRegistry"]


def test_a_key_is_one_and_another_than_before(world: World) -> None:
    with reverts("BadEncryptionKey", ISSUER, bytes(32)):
        world.send(admin(ISSUER), "DocumentGrants.publishKey", bytes(32))
    publish(world, ISSUER)
    with reverts("BadEncryptionKey", ISSUER, key_for(ISSUER)):
        publish(world, ISSUER)
    # Others may have the same: nobody can keep a key from its member.
    world.send(admin(ADVISER), "DocumentGrants.publishKey", key_for(ISSUER))


# Grants


def test_a_document_is_granted_and_withdrawn(world: World) -> None:
    publish(world, ISSUER, ADVISER)
    assert grant_of(world, ISSUER) == (0, 0)
    begun = world.time + 5
    world.at(begun)
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER, ADVISER]).emitted(
        granted(ISSUER), granted(ADVISER)
    )
    assert grant_of(world, ISSUER) == grant_of(world, ADVISER) == (begun, 0)
    ended = begun + 9
    world.at(ended)
    act(world, "withdraw", CONTENT, [ADVISER]).emitted(withdrawn(ADVISER))
    assert grant_of(world, ADVISER) == (begun, ended)
    assert grant_of(world, ISSUER) == (begun, 0)


def test_each_second_of_a_grant(world: World) -> None:
    publish(world, ISSUER)
    begun, ended = world.time + 5, world.time + 14
    act(world.at(begun), "grant", CONTENT, DOCUMENT, [ISSUER])
    seen = {at: may_read(world, ISSUER, at) for at in (begun - 1, begun)}
    assert seen == {begun - 1: False, begun: True}
    act(world.at(ended), "withdraw", CONTENT, [ISSUER])
    world.at(ended + 1)
    instants = (0, begun - 1, begun, begun + 1, ended - 1, ended, ended + 1)
    found = [may_read(world, ISSUER, at) for at in instants]
    assert found == [False, False, True, True, True, False, False]
    with reverts("InstantAhead", ended + 2, ended + 1):
        may_read(world, ISSUER, ended + 2)


def test_nobody_reads_what_was_never_granted(world: World) -> None:
    publish(world, ISSUER, ADVISER)
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    for granter, reader in ((BENEFICIARY, ADVISER), (ADVISER, ISSUER), (ISSUER, BENEFICIARY)):
        assert not may_read(world, reader, world.time, granter)
    assert not world.view("DocumentGrants.mayRead", BENEFICIARY, OTHER_CONTENT, ISSUER, world.time)


def test_nobody_grants_or_withdraws_in_anothers_name(world: World) -> None:
    publish(world, ISSUER)
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    with reverts("NotGranted", CONTENT, ISSUER, 0):
        act(world, "withdraw", CONTENT, [ISSUER], member=APPLICANT)
    # Another may say that it gives the same; that touches nothing of this grant.
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER], member=APPLICANT).emitted(
        granted(ISSUER, granter=APPLICANT)
    )
    act(world, "withdraw", CONTENT, [ISSUER], member=APPLICANT)
    assert may_read(world, ISSUER, world.time)
    assert not may_read(world, ISSUER, world.time, APPLICANT)


def test_a_content_is_granted_to_a_reader_once(world: World) -> None:
    publish(world, ISSUER, ADVISER)
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    for document in (DOCUMENT, OTHER_DOCUMENT):
        with reverts("GrantExists", CONTENT, ISSUER, 0):
            act(world, "grant", CONTENT, document, [ADVISER, ISSUER])
    assert grant_of(world, ADVISER) == (0, 0)
    act(world, "withdraw", CONTENT, [ISSUER])
    ended = world.time
    with reverts("GrantExists", CONTENT, ISSUER, ended):
        act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    act(world, "grant", CONTENT, DOCUMENT, [ADVISER])
    act(world, "grant", OTHER_CONTENT, DOCUMENT, [ISSUER])


def test_a_reader_stands_in_a_list_once(world: World) -> None:
    publish(world, ISSUER)
    with reverts("GrantExists", CONTENT, ISSUER, 0):
        act(world, "grant", CONTENT, DOCUMENT, [ISSUER, ISSUER])
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    with reverts("NotGranted", CONTENT, ISSUER, world.time):
        act(world, "withdraw", CONTENT, [ISSUER, ISSUER])
    assert may_read(world, ISSUER, world.time)


def test_only_what_stands_is_withdrawn(world: World) -> None:
    publish(world, ISSUER, ADVISER)
    with reverts("NotGranted", CONTENT, ISSUER, 0):
        act(world, "withdraw", CONTENT, [ISSUER])
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    with reverts("NotGranted", CONTENT, ADVISER, 0):
        act(world, "withdraw", CONTENT, [ISSUER, ADVISER])
    with reverts("NotGranted", OTHER_CONTENT, ISSUER, 0):
        act(world, "withdraw", OTHER_CONTENT, [ISSUER])
    act(world, "withdraw", CONTENT, [ISSUER])
    ended = world.time
    world.at(ended + 3)
    with reverts("NotGranted", CONTENT, ISSUER, ended):
        act(world, "withdraw", CONTENT, [ISSUER])


def test_a_reader_has_published_a_key(world: World) -> None:
    publish(world, ISSUER)
    for nobody in (0, ADVISER, MEMBERS + 1, 2**32 - 1):
        with reverts("NoEncryptionKey", nobody):
            act(world, "grant", CONTENT, DOCUMENT, [ISSUER, nobody])
    assert grant_of(world, ISSUER) == (0, 0)


@pytest.mark.parametrize(
    ("content", "document"), [(bytes(32), DOCUMENT), (CONTENT, bytes(32)), (bytes(32), bytes(32))]
)
def test_a_grant_is_complete(world: World, content: bytes, document: bytes) -> None:
    publish(world, ISSUER)
    with reverts("IncompleteGrant", content, document):
        act(world, "grant", content, document, [ISSUER])


def test_lists_are_bounded(world: World) -> None:
    for count in (0, MOST + 1):
        readers = [ISSUER] * count
        with reverts("ReadersOutOfBounds", count, MOST):
            act(world, "grant", CONTENT, DOCUMENT, readers)
        with reverts("ReadersOutOfBounds", count, MOST):
            act(world, "withdraw", CONTENT, readers)
    # The longest list is looked at, reader by reader.
    publish(world, ISSUER)
    with reverts("GrantExists", CONTENT, ISSUER, 0):
        act(world, "grant", CONTENT, DOCUMENT, [ISSUER] * MOST)


def test_whoever_is_out_of_standing_finishes_what_is_under_way(world: World) -> None:
    publish(world, ISSUER)
    world.governed("AllianceRegistry.suspend", BENEFICIARY)
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    publish(world, BENEFICIARY)
    act(world, "withdraw", CONTENT, [ISSUER])
    # What is due to a reader out of standing still reaches it.
    world.governed("AllianceRegistry.suspend", ISSUER)
    act(world, "grant", OTHER_CONTENT, DOCUMENT, [ISSUER])


def test_the_word_holds_both_times(world: World) -> None:
    """The layout as it is drawn, bit by bit, against the storage itself."""
    publish(world, ISSUER)
    act(world, "grant", CONTENT, DOCUMENT, [ISSUER])
    begun = world.time
    assert word_of(world) == begun
    act(world.at(begun + 1_000), "withdraw", CONTENT, [ISSUER])
    assert word_of(world) == begun | (begun + 1_000) << 40


def word_of(world: World) -> int:
    slot = (1).to_bytes(32, "big")
    for key in (BENEFICIARY.to_bytes(32, "big"), CONTENT, ISSUER.to_bytes(32, "big")):
        slot = keccak(key + slot)
    return world.evm.storage(world.addresses["DocumentGrants"], int.from_bytes(slot, "big"))

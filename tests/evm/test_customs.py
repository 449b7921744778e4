# SPDX-License-Identifier: Apache-2.0
"""Customs declarations: each row of their table from each status, their word, who changes one."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import pytest
from eth_utils import keccak
from suite import event
from vocabulary import NO_END, DeclarationStatus, MemberKind
from world import (
    AUTHORITY,
    BENEFICIARY,
    CUSTOMS,
    FORWARDER,
    ISSUER,
    MEMBERS,
    Receipt,
    World,
    admin,
    admission,
    desk,
    reverts,
)

NONE, DECLARED = DeclarationStatus.NONE, DeclarationStatus.DECLARED
RELEASED, AMENDED = DeclarationStatus.RELEASED, DeclarationStatus.AMENDED
WITHDRAWN = DeclarationStatus.WITHDRAWN
KEY, OTHER_KEY = keccak(text="a random key"), keccak(text="another")
FORGED = 3
NOTHING = (NONE, False, 0, 0, (0, 0, 0, 0, bytes(32)))


class Declaration(NamedTuple):
    exporter: int = BENEFICIARY
    cap: int = 128_000_000
    currency: int = 156
    valid_until: int = NO_END
    document: bytes = keccak(text="declaration")


PLAIN = Declaration()
OTHER_NUMBERS = PLAIN._replace(cap=1, document=keccak(text="amended"))


def act(world: World, function: str, *args: Any, member: int = CUSTOMS) -> Receipt:
    return world.send(desk(member), f"CustomsDeclarations.{function}", *args)


def standing(world: World, key: bytes = KEY, customs: int = CUSTOMS) -> Any:
    return world.view("CustomsDeclarations.standing", customs, key)


def told(name: str, key: bytes = KEY, **fields: Any) -> Any:
    return event("CustomsDeclarations", name, key=key, customs=CUSTOMS, **fields)


def brought(world: World, status: Any) -> None:
    """A declaration in this status."""
    if status == NONE:
        return
    act(world, "declare", KEY, PLAIN)
    if status == RELEASED:
        act(world, "release", KEY)
    elif status == AMENDED:
        act(world, "amend", KEY, OTHER_NUMBERS)
    elif status == WITHDRAWN:
        act(world, "withdraw", KEY, FORGED)
    assert standing(world).status == status


def test_what_customs_attests_stands_for_all_to_see(world: World) -> None:
    assert standing(world) == NOTHING
    act(world, "declare", KEY, PLAIN).emitted(
        told(
            "GoodsDeclared",
            exporter=PLAIN.exporter,
            cap=PLAIN.cap,
            currency=PLAIN.currency,
            validUntil=PLAIN.valid_until,
            document=PLAIN.document,
        )
    )
    assert standing(world) == (DECLARED, True, world.time, 0, PLAIN)
    assert world.view("CustomsDeclarations.registry") == world.addresses["AllianceRegistry"]


# Each act in each status, and where it leads.
TABLE = {
    "release": {DECLARED: RELEASED, AMENDED: RELEASED},
    "amend": {DECLARED: AMENDED, RELEASED: AMENDED, AMENDED: AMENDED},
    "withdraw": {DECLARED: WITHDRAWN, RELEASED: WITHDRAWN, AMENDED: WITHDRAWN},
}
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "release": (KEY,),
    "amend": (KEY, PLAIN._replace(cap=7)),
    "withdraw": (KEY, FORGED),
}


@pytest.mark.parametrize("status", list(DeclarationStatus), ids=lambda each: each.name)
@pytest.mark.parametrize("function", TABLE)
def test_each_act_in_each_status(world: World, function: str, status: Any) -> None:
    brought(world, status)
    world.at(world.time + 7)
    before, args = standing(world), ARGUMENTS[function]
    target = TABLE[function].get(status)
    if target is None:
        with reverts("WrongDeclarationStatus", CUSTOMS, KEY, status):
            act(world, function, *args)
        assert standing(world) == before
        return
    numbers = before.declaration
    if function == "amend":
        numbers = args[1]
        expected = told(
            "DeclarationAmended",
            cap=7,
            currency=numbers.currency,
            validUntil=numbers.valid_until,
            document=numbers.document,
        )
    elif function == "release":
        expected = told("GoodsReleased")
    else:
        expected = told("DeclarationWithdrawn", reason=FORGED)
    act(world, function, *args).emitted(expected)
    withdrawn = target == WITHDRAWN
    reason = FORGED if withdrawn else 0
    assert standing(world) == (target, not withdrawn, world.time, reason, numbers)


@pytest.mark.parametrize("status", list(DeclarationStatus)[1:], ids=lambda each: each.name)
def test_a_key_is_used_once(world: World, status: Any) -> None:
    brought(world, status)
    before = standing(world)
    with reverts("DeclarationExists", CUSTOMS, KEY):
        act(world, "declare", KEY, OTHER_NUMBERS)
    assert standing(world) == before
    act(world, "declare", OTHER_KEY, OTHER_NUMBERS)


@pytest.mark.parametrize("status", [DECLARED, RELEASED, AMENDED], ids=lambda each: each.name)
def test_others_rely_on_it_up_to_its_last_second(world: World, status: Any) -> None:
    last = world.time + 100
    act(world, "declare", KEY, PLAIN._replace(valid_until=last))
    if status == RELEASED:
        act(world, "release", KEY)
    elif status == AMENDED:
        act(world, "amend", KEY, OTHER_NUMBERS._replace(valid_until=last))
    for instant, relied in ((last - 1, True), (last, True), (last + 1, False)):
        assert standing(world.at(instant)).inForce is relied
    # Customs may give it more time.
    act(world, "amend", KEY, PLAIN)
    assert standing(world).inForce is True


def test_from_a_withdrawal_on_nobody_relies_on_it(world: World) -> None:
    brought(world, RELEASED)
    assert standing(world).inForce is True
    act(world, "withdraw", KEY, FORGED)
    assert standing(world).inForce is False


@pytest.mark.parametrize(
    ("key", "given"),
    [
        (bytes(32), PLAIN),
        (KEY, PLAIN._replace(cap=0)),
        (KEY, PLAIN._replace(currency=0)),
        (KEY, PLAIN._replace(document=bytes(32))),
    ],
)
def test_a_declaration_is_complete(world: World, key: bytes, given: Declaration) -> None:
    with reverts("IncompleteDeclaration", key, given.cap, given.currency, given.document):
        act(world, "declare", key, given)
    if key == KEY:
        act(world, "declare", KEY, PLAIN)
        with reverts("IncompleteDeclaration", key, given.cap, given.currency, given.document):
            act(world, "amend", key, given)


def test_its_last_second_lies_ahead(world: World) -> None:
    for late in (0, world.time - 1, world.time):
        with reverts("NotInFuture", late, world.time):
            act(world, "declare", KEY, PLAIN._replace(valid_until=late))
    act(world, "declare", KEY, PLAIN._replace(valid_until=world.time + 1))
    with reverts("NotInFuture", world.time, world.time):
        act(world, "amend", KEY, PLAIN._replace(valid_until=world.time))


def test_the_exporter_is_an_active_member_and_stays(world: World) -> None:
    for nobody in (0, MEMBERS + 1, 2**32 - 1):
        with reverts("PartyNotActive", nobody):
            act(world, "declare", KEY, PLAIN._replace(exporter=nobody))
    act(world, "declare", KEY, PLAIN)
    with reverts("ExporterStays", KEY, BENEFICIARY):
        act(world, "amend", KEY, OTHER_NUMBERS._replace(exporter=FORWARDER))
    world.governed("AllianceRegistry.suspend", BENEFICIARY)
    act(world, "amend", KEY, OTHER_NUMBERS)
    with reverts("PartyNotActive", BENEFICIARY):
        act(world, "declare", OTHER_KEY, PLAIN)


def test_an_amendment_changes_something(world: World) -> None:
    act(world, "declare", KEY, PLAIN)
    with reverts("DeclarationUnchanged", KEY):
        act(world, "amend", KEY, PLAIN)
    for changed in (
        PLAIN._replace(cap=PLAIN.cap - 1),
        PLAIN._replace(currency=840),
        PLAIN._replace(valid_until=NO_END - 1),
        PLAIN._replace(document=keccak(text="amended")),
    ):
        with world.aside():
            act(world, "amend", KEY, changed)
            assert standing(world).declaration == changed


def test_a_withdrawal_names_its_reason(world: World) -> None:
    brought(world, DECLARED)
    with reverts("WithdrawnWithoutReason", KEY):
        act(world, "withdraw", KEY, 0)
    assert standing(world).status == DECLARED


def test_only_customs_attests_and_only_its_own(world: World) -> None:
    brought(world, DECLARED)
    for member in (AUTHORITY, ISSUER, BENEFICIARY):
        with reverts("NotCustoms", member):
            act(world, "declare", OTHER_KEY, PLAIN, member=member)
    before = standing(world)
    another = second_customs(world)
    for function, args in ARGUMENTS.items():
        with reverts("WrongDeclarationStatus", another, KEY, NONE):
            act(world, function, *args, member=another)
    assert standing(world) == before


def test_who_sees_a_key_on_its_way_takes_it_from_nobody(world: World) -> None:
    """Another customs that is faster with the same key stands in nobody's way, nor for it."""
    another = second_customs(world)
    act(world, "declare", KEY, OTHER_NUMBERS, member=another)
    assert standing(world) == NOTHING
    act(world, "declare", KEY, PLAIN)
    assert standing(world).declaration == PLAIN
    act(world, "withdraw", KEY, FORGED, member=another)
    assert standing(world).inForce is True
    theirs = standing(world, customs=another)
    assert (theirs.status, theirs.declaration) == (WITHDRAWN, OTHER_NUMBERS)


def second_customs(world: World) -> int:
    another = world.admit(admission(MEMBERS + 1, kind=int(MemberKind.CUSTOMS)))
    roles = world.view("AllianceRegistry.key", desk(CUSTOMS)).roles
    world.send(admin(another), "AllianceRegistry.setKey", desk(another), roles, NO_END)
    return another


@pytest.mark.parametrize("seed", range(10))
def test_the_word_holds_every_field_apart(world: World, seed: int) -> None:
    """The layout as it is drawn, bit by bit, against the storage itself."""
    source = random.Random(seed)
    pick = (lambda bits: (1 << bits) - 1) if seed == 0 else source.getrandbits
    given = Declaration(
        cap=pick(64) or 1,
        currency=pick(16) or 1,
        valid_until=min(world.time + 1 + pick(39), 2**40 - 1),
        document=source.randbytes(32),
    )
    act(world, "declare", KEY, given)
    numbers = given.cap | BENEFICIARY << 64 | given.valid_until << 96 | given.currency << 176
    assert words_of(world) == (
        numbers | world.time << 136 | int(DECLARED) << 208,
        int.from_bytes(given.document, "big"),
    )
    world.at(world.time + 3)
    act(world, "release", KEY)
    assert words_of(world)[0] == numbers | world.time << 136 | int(RELEASED) << 208
    reason = pick(16) or 1
    act(world, "withdraw", KEY, reason)
    expected = numbers | world.time << 136 | reason << 192 | int(WITHDRAWN) << 208
    assert words_of(world)[0] == expected


def words_of(world: World) -> tuple[int, int]:
    own = keccak(CUSTOMS.to_bytes(32, "big") + bytes(32))
    slot = int.from_bytes(keccak(KEY + own), "big")
    at = world.addresses["CustomsDeclarations"]
    return world.evm.storage(at, slot), world.evm.storage(at, slot + 1)

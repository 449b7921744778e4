# SPDX-License-Identifier: Apache-2.0
"""Messages that a desk signs for others to verify (ERC-1271)."""

from __future__ import annotations

from typing import Any

import pytest
from desks import (
    CHECKER,
    CLOSED,
    MAKER,
    ask,
    digest,
    furnish,
    instruction,
    message_digest,
    mirrored,
    name_person,
    person,
    relayed,
    send,
    set_policy,
    signature,
)
from eth_utils import keccak
from suite import RevertedError, functions
from vocabulary import NO_END, Hands, Role
from world import ADVISER, ISSUER, OUTSIDER, START, World, admin

VALID = bytes.fromhex("1626ba7e")
INVALID = b"\xff" * 4
MESSAGE = keccak(text="a message of another contract")
SIGNING = "sign a message"
SELECTOR = functions("MemberDesk")["isValidSignature"].selector
TWO = (int(Hands.TWO), 0, 0, 0, 0)


@pytest.fixture
def signing(world: World) -> World:
    """A desk whose member lets it sign messages."""
    furnish(world)
    let_sign(world)
    return world


def let_sign(world: World, policy: tuple[int, ...] = TWO, **changes: Any) -> None:
    place = {"target": own(world), "selector": SELECTOR, "currency": 0, "action": SIGNING}
    set_policy(world, policy, **place | changes)


def own(world: World) -> str:
    return world.addresses["MemberDesk"]


def by(world: World, who: str, message: bytes = MESSAGE) -> bytes:
    return signature(who, message_digest(message, own(world)))


def both(world: World, message: bytes = MESSAGE) -> bytes:
    return by(world, "maker", message) + by(world, "checker", message)


def says(world: World, signed: bytes, message: bytes = MESSAGE) -> bytes:
    answer: bytes = ask(world, "isValidSignature", message, signed)
    assert answer in (VALID, INVALID)
    return answer


def test_a_message_takes_the_maker_and_then_the_checker(signing: World) -> None:
    world = signing
    assert says(world, both(world)) == VALID
    makers, checkers = by(world, "maker"), by(world, "checker")
    for wrong in (checkers + makers, makers + makers, checkers + checkers, makers, checkers, b""):
        assert says(world, wrong) == INVALID


def test_a_desk_signs_nothing_unless_its_member_said_so(world: World) -> None:
    furnish(world)
    assert says(world, both(world)) == INVALID
    # A policy near to the one that opens it opens nothing.
    let_sign(world, action="sign")
    let_sign(world, selector=functions("MemberDesk")["cancel"].selector)
    let_sign(world, (int(Hands.TWO), 0, 1, 0, 0), currency=156)
    let_sign(world, target=world.addresses["AllianceRegistry"])
    assert says(world, both(world)) == INVALID
    let_sign(world)
    assert says(world, both(world)) == VALID
    let_sign(world, CLOSED)
    assert says(world, both(world)) == INVALID


def test_one_person_with_both_hands_is_one_person(signing: World) -> None:
    world = signing
    name_person(world, MAKER, maker=True, checker=True)
    assert says(world, by(world, "maker") * 2) == INVALID
    assert says(world, both(world)) == VALID
    assert says(world, by(world, "checker") + by(world, "maker")) == INVALID
    name_person(world, CHECKER, maker=True, checker=True)
    assert says(world, by(world, "checker") + by(world, "maker")) == VALID


@pytest.mark.parametrize("hand", ["maker", "checker"])
def test_a_message_counts_while_its_people_have_their_hands(signing: World, hand: str) -> None:
    world = signing
    last = START + 60
    named = {"maker": hand == "maker", "checker": hand == "checker"}
    name_person(world, person(hand), **named, until=last)
    for time, expected in ((last - 1, VALID), (last, VALID), (last + 1, INVALID)):
        assert says(world.at(time), both(world)) == expected
    name_person(world, person(hand), **named)
    assert says(world, both(world)) == VALID
    name_person(world, person(hand))
    assert says(world, both(world)) == INVALID


def test_a_message_is_that_message_at_that_desk(signing: World) -> None:
    world = signing
    assert says(world, both(world), keccak(text="another message")) == INVALID
    world.open_desk(ISSUER, int(Role.PAY), "Other desk")
    for account, maker in ((MAKER, True), (CHECKER, False)):
        args = (account, maker, not maker, NO_END)
        send(world, admin(ISSUER), "setPerson", *args, desk="Other desk")
    other = world.addresses["Other desk"]
    policy = (other, SELECTOR, 0, SIGNING, TWO)
    send(world, admin(ISSUER), "setPolicy", *policy, desk="Other desk")
    signed = both(world)
    assert ask(world, "isValidSignature", MESSAGE, signed, desk="Other desk") == INVALID
    theirs = b"".join(
        signature(who, message_digest(MESSAGE, other)) for who in ("maker", "checker")
    )
    assert ask(world, "isValidSignature", MESSAGE, theirs, desk="Other desk") == VALID
    assert says(world, theirs) == INVALID
    # Nor does the bare hash do, which could be a transaction's or another contract's.
    bare = signature("maker", MESSAGE) + signature("checker", MESSAGE)
    assert says(world, bare) == INVALID


def test_a_signature_that_is_none_is_told_and_not_refused(signing: World) -> None:
    world = signing
    makers, checkers = by(world, "maker"), by(world, "checker")
    for wrong in (
        mirrored(makers) + checkers,
        makers + mirrored(checkers),
        bytes(65) + checkers,
        makers + bytes(65),
        bytes(130),
        makers[:64] + b"\x00" + checkers,
        makers + checkers[:64],
        makers[:64],
        b"",
        makers + checkers + b"\x00",
        makers[:64] + checkers[:64],
    ):
        assert says(world, wrong) == INVALID


def test_a_key_that_signs_nothing_signs_no_message(signing: World) -> None:
    """The desk is an account like others: frozen, expired or revoked, it says nothing."""
    world = signing
    registry = "AllianceRegistry"
    with world.aside():
        world.send(admin(ISSUER), f"{registry}.freezeKey", own(world))
        assert says(world, both(world)) == INVALID
        world.send(admin(ISSUER), f"{registry}.thawKey", own(world))
        assert says(world, both(world)) == VALID
    with world.aside():
        last = START + 60
        world.send(admin(ISSUER), f"{registry}.setKey", own(world), int(Role.PAY), last)
        for time, expected in ((last - 1, VALID), (last, VALID), (last + 1, INVALID)):
            assert says(world.at(time), both(world)) == expected
    world.send(admin(ISSUER), f"{registry}.revokeKey", own(world))
    assert says(world, both(world)) == INVALID
    # Nor does it speak for another member that takes it up.
    world.send(admin(ADVISER), f"{registry}.setKey", own(world), int(Role.PAY), NO_END)
    assert says(world, both(world)) == INVALID


def test_a_signed_message_is_no_instruction_and_an_instruction_no_message(signing: World) -> None:
    """Else a message with an instruction's digest would go past every policy, or the reverse."""
    world = signing
    given = instruction(world)
    named = digest(given, own(world))
    makers, checkers = by(world, "maker", named), by(world, "checker", named)
    assert says(world, makers + checkers, named) == VALID
    with pytest.raises(RevertedError) as caught:
        send(world, OUTSIDER, "execute", given, makers, checkers)
    assert caught.value.error.name == "NotTheMaker"
    signed = signature("maker", named) + signature("checker", named)
    assert says(world, signed, named) == INVALID
    relayed(world, given)


def test_an_instruction_may_ask_the_desk_itself_and_changes_nothing_by_it(signing: World) -> None:
    """The policy that opens messages also lets the desk call the view, with two hands."""
    world = signing
    call = functions("MemberDesk")["isValidSignature"].calldata(MESSAGE, both(world))
    given = instruction(world, 0, action=SIGNING, target=own(world), currency=0, call=call)
    assert relayed(world, given).value == VALID.ljust(32, b"\0")

# SPDX-License-Identifier: Apache-2.0
"""A desk's people, policies and nonces, and a desk that is its member's administrator."""

from __future__ import annotations

import random
from typing import Any

import pytest
from desks import (
    ACTION,
    ALONE,
    CHECKER,
    CLOSED,
    LIMIT,
    MAKER,
    NOBODY,
    ONE_HAND,
    SELECTOR,
    TWO_HANDS,
    Instruction,
    ask,
    executed,
    furnish,
    instruction,
    name_person,
    person,
    relayed,
    send,
    set_policy,
    told,
)
from suite import functions
from vocabulary import NO_END, Hands, Role
from world import (
    ADVISER,
    CNY,
    ISSUER,
    OUTSIDER,
    START,
    World,
    admin,
    desk,
    reverts,
)

CLERK = person("clerk")
LAST_NONCE = 2**64 - 1
# Nonces of which 128 stand in one word.
PAGE = 128

SETTERS = functions("MemberDesk")


@pytest.fixture
def desk_at_work(world: World) -> World:
    return furnish(world)


def own(world: World) -> str:
    return world.addresses["MemberDesk"]


# People


def test_a_person_is_named_changed_and_dismissed(desk_at_work: World) -> None:
    world = desk_at_work
    assert ask(world, "person", CLERK) == (False, False, 0)
    for maker, checker, until in (
        (True, False, NO_END),
        (True, True, START + 10),
        (False, True, START + 10),
        (False, True, START + 11),
    ):
        name_person(world, CLERK, maker=maker, checker=checker, until=until).emitted(
            told("PersonSet", person=CLERK, maker=maker, checker=checker, validUntil=until)
        )
        assert ask(world, "person", CLERK) == (maker, checker, until)
    # A person with neither hand is nobody, whatever end was given.
    name_person(world, CLERK, until=START + 12).emitted(
        told("PersonSet", person=CLERK, maker=False, checker=False, validUntil=0)
    )
    assert ask(world, "person", CLERK) == (False, False, 0)


def test_a_person_as_it_is_already_is_not_named_again(desk_at_work: World) -> None:
    world = desk_at_work
    with reverts("PersonUnchanged", MAKER):
        name_person(world, MAKER, maker=True)
    with reverts("PersonUnchanged", CLERK):
        name_person(world, CLERK, until=START + 12)
    # Nonces that were used change nothing of that.
    relayed(world, instruction(world))
    with reverts("PersonUnchanged", MAKER):
        name_person(world, MAKER, maker=True)


@pytest.mark.parametrize(("maker", "checker"), [(True, False), (False, True), (True, True)])
def test_a_person_acts_at_least_a_second(desk_at_work: World, maker: bool, checker: bool) -> None:
    world = desk_at_work
    for until in (0, START - 1, START):
        with reverts("NotInFuture", until, START):
            name_person(world, CLERK, maker=maker, checker=checker, until=until)
    name_person(world, CLERK, maker=maker, checker=checker, until=START + 1)


def test_a_person_has_an_account(desk_at_work: World) -> None:
    with reverts("NoAccount"):
        name_person(desk_at_work, NOBODY, maker=True, checker=True)


def test_people_and_policies_are_the_business_of_the_desks_own_member(
    desk_at_work: World,
) -> None:
    world = desk_at_work
    naming = (CLERK, True, True, NO_END)
    deciding = (world.addresses["Target"], SELECTOR, CNY.number, ACTION, ONE_HAND)
    for function, args in (("setPerson", naming), ("setPolicy", deciding)):
        with reverts("NotOwnDesk", ADVISER, ISSUER):
            send(world, admin(ADVISER), function, *args)
        with reverts("MissingRole", desk(ISSUER), ISSUER, int(Role.ADMINISTER)):
            send(world, desk(ISSUER), function, *args)
        for nobody in (MAKER, CHECKER, OUTSIDER):
            with reverts("NotAMember", nobody):
                send(world, nobody, function, *args)


# Policies


def policy_of(world: World) -> Any:
    return ask(world, "policy", world.addresses["Target"], SELECTOR, CNY.number, ACTION)


def test_a_policy_is_set_changed_and_closed(desk_at_work: World) -> None:
    world = desk_at_work
    assert policy_of(world) == TWO_HANDS
    most = 2**64 - 1
    for policy in (ONE_HAND, (2, 255, 254, most, most), (1, 1, 1, 0, 1), CLOSED):
        set_policy(world, policy).emitted(
            told(
                "PolicySet",
                target=world.addresses["Target"],
                selector=SELECTOR,
                currency=CNY.number,
                action=ACTION,
                policy=policy,
            )
        )
        assert policy_of(world) == policy
        with reverts("PolicyUnchanged", world.addresses["Target"], SELECTOR, CNY.number):
            set_policy(world, policy)


ONE, TWO = int(Hands.ONE_UP_TO_LIMIT), int(Hands.TWO)
# Currency, and the policy: hands, places of amount and currency, limit of one hand, limit.
SENSIBLE: list[tuple[int, tuple[int, ...]]] = [
    (0, (TWO, 0, 0, 0, 0)),
    (0, (TWO, 1, 0, 0, 1)),
    (156, (TWO, 0, 1, 0, 0)),
    (156, (TWO, 1, 2, 0, 1)),
    (0, (ONE, 0, 0, 0, 0)),
    (0, (ONE, 1, 0, 1, 1)),
    (156, (ONE, 0, 1, 0, 0)),
    (156, (ONE, 1, 2, 1, 2)),
]
SENSELESS: list[tuple[int, tuple[int, ...]]] = [
    # Closed, with something in it.
    (156, (0, 1, 0, 0, 0)),
    (156, (0, 0, 1, 0, 0)),
    (156, (0, 0, 0, 1, 0)),
    (156, (0, 0, 0, 0, 1)),
    # A currency without its place, and a place without its currency.
    (156, (TWO, 1, 0, 0, 1)),
    (0, (TWO, 1, 2, 0, 1)),
    (156, (ONE, 1, 0, 1, 1)),
    (0, (ONE, 1, 2, 1, 1)),
    # An amount without a limit, and a limit without an amount.
    (0, (TWO, 1, 0, 0, 0)),
    (0, (TWO, 0, 0, 0, 1)),
    (0, (ONE, 1, 0, 0, 0)),
    (0, (ONE, 0, 0, 1, 1)),
    (0, (ONE, 0, 0, 0, 1)),
    # Two hands, and a limit for one.
    (0, (TWO, 1, 0, 1, 1)),
    (0, (TWO, 0, 0, 1, 0)),
    # One hand for nothing, and one for more than there is.
    (0, (ONE, 1, 0, 0, 1)),
    (0, (ONE, 1, 0, 2, 1)),
    (0, (ONE, 0, 0, 1, 0)),
]


@pytest.mark.parametrize(("currency", "policy"), SENSIBLE)
def test_a_policy_with_a_sense_is_set(
    desk_at_work: World, currency: int, policy: tuple[int, ...]
) -> None:
    set_policy(desk_at_work, policy, currency=currency, action="another")


@pytest.mark.parametrize(("currency", "policy"), SENSELESS)
def test_a_policy_without_a_sense_is_not(
    desk_at_work: World, currency: int, policy: tuple[int, ...]
) -> None:
    with reverts("BadPolicy", policy):
        set_policy(desk_at_work, policy, currency=currency)


def test_an_action_has_a_name_that_people_can_read(desk_at_work: World) -> None:
    with reverts("BadPolicy", TWO_HANDS):
        set_policy(desk_at_work, TWO_HANDS, action="")
    with reverts("BadPolicy", ONE_HAND):
        set_policy(desk_at_work, ONE_HAND, action="")


def test_a_policy_is_for_a_contract(desk_at_work: World) -> None:
    for target in (OUTSIDER, NOBODY):
        with reverts("NotATarget", target):
            set_policy(desk_at_work, TWO_HANDS, target=target)


# Nonces


def test_nonces_come_in_any_order_and_each_once(desk_at_work: World) -> None:
    world = desk_at_work
    order = [5, 0, 127, 128, 1, 300, 129, 2, LAST_NONCE, 255, 256, 3, LAST_NONCE - 1]
    for place, nonce in enumerate(order):
        for other in order:
            assert ask(world, "isUsed", MAKER, other) == (other in order[:place])
        relayed(world, instruction(world, nonce=nonce)).emitted(
            executed(world, instruction(world, nonce=nonce))
        )
        for used in order[: place + 1]:
            with reverts("NonceUsed", MAKER, used):
                relayed(world, instruction(world, ALONE, nonce=used))


def test_nonces_are_the_makers_own(desk_at_work: World) -> None:
    world = desk_at_work
    name_person(world, CLERK, maker=True)
    for nonce in (0, PAGE):
        relayed(world, instruction(world, nonce=nonce))
        assert not ask(world, "isUsed", CLERK, nonce)
        given = instruction(world, maker=CLERK, nonce=nonce)
        relayed(world, given, maker="clerk")
        assert ask(world, "isUsed", CLERK, nonce)


def test_nonces_of_any_run_are_used_once(desk_at_work: World, seed: int) -> None:
    """Against a set: every page comes and goes, and none forgets."""
    world, chance = desk_at_work, random.Random(seed)
    used: set[int] = set()
    near = [page * PAGE + place for page in range(4) for place in (0, 1, 64, 127)]
    far = [2**63, 2**63 + 1, LAST_NONCE - PAGE, LAST_NONCE]
    for _ in range(120):
        nonce = chance.choice(far if chance.random() < 0.1 else near)
        assert ask(world, "isUsed", MAKER, nonce) == (nonce in used)
        if nonce in used:
            with reverts("NonceUsed", MAKER, nonce):
                send(world, MAKER, "cancel", MAKER, nonce)
        else:
            send(world, MAKER, "cancel", MAKER, nonce)
            used.add(nonce)
    assert {each for each in near + far if ask(world, "isUsed", MAKER, each)} == used
    assert ask(world, "person", MAKER) == (True, False, NO_END)


def test_a_person_named_anew_keeps_its_nonces(desk_at_work: World) -> None:
    """Dismissed and named again, a maker does not repeat what it did."""
    world = desk_at_work
    for nonce in (1, PAGE + 1):
        relayed(world, instruction(world, nonce=nonce))
    name_person(world, MAKER)
    for nonce in (1, PAGE + 1):
        assert ask(world, "isUsed", MAKER, nonce)
    name_person(world, MAKER, maker=True, checker=True, until=START + 50)
    for nonce in (1, PAGE + 1):
        with reverts("NonceUsed", MAKER, nonce):
            relayed(world, instruction(world, nonce=nonce))
    relayed(world, instruction(world, nonce=2))
    assert ask(world, "person", MAKER) == (True, True, START + 50)


# Cancellation

CANCELLERS = {
    "maker": MAKER,
    "checker": CHECKER,
    "administrator": admin(ISSUER),
    "maker without a hand": MAKER,
}


@pytest.mark.parametrize("who", CANCELLERS)
def test_a_cancelled_instruction_is_carried_out_by_nobody(desk_at_work: World, who: str) -> None:
    world = desk_at_work
    given = instruction(world)
    send(world, MAKER, "propose", given)
    if who == "maker without a hand":
        name_person(world, MAKER)
    caller = CANCELLERS[who]
    send(world, caller, "cancel", MAKER, 1).emitted(
        told("NonceCancelled", maker=MAKER, nonce=1, by=caller)
    )
    name_person(world, MAKER, maker=True, until=START + 9)
    assert ask(world, "isUsed", MAKER, 1)
    with reverts("NonceUsed", MAKER, 1):
        send(world, CHECKER, "execute", given, b"", b"")
    with reverts("NonceUsed", MAKER, 1):
        relayed(world, given)
    with reverts("NonceUsed", MAKER, 1):
        send(world, MAKER, "propose", instruction(world, ALONE))
    with reverts("NonceUsed", MAKER, 1):
        send(world, caller, "cancel", MAKER, 1)


def test_nobody_else_cancels(desk_at_work: World) -> None:
    world = desk_at_work
    last = START + 60
    name_person(world, person("other maker"), maker=True)
    name_person(world, CLERK, checker=True, until=last)
    for caller in (person("other maker"), OUTSIDER, world.addresses["Target"]):
        with reverts("NotAMember", caller):
            send(world, caller, "cancel", MAKER, 1)
    with reverts("NotOwnDesk", ADVISER, ISSUER):
        send(world, admin(ADVISER), "cancel", MAKER, 1)
    with reverts("MissingRole", desk(ISSUER), ISSUER, int(Role.ADMINISTER)):
        send(world, desk(ISSUER), "cancel", MAKER, 1)
    for time in (last - 1, last):
        with world.aside():
            send(world.at(time), CLERK, "cancel", MAKER, 1)
    world.at(last + 1)
    with reverts("NotAMember", CLERK):
        send(world, CLERK, "cancel", MAKER, 1)
    assert not ask(world, "isUsed", MAKER, 1)


def test_a_nonce_that_was_used_is_not_cancelled(desk_at_work: World) -> None:
    world = desk_at_work
    relayed(world, instruction(world))
    with reverts("NonceUsed", MAKER, 1):
        send(world, MAKER, "cancel", MAKER, 1)


# A desk that is its member's administrator

ADMINISTERING = "administer the desk"
TWO_HANDS_WITHOUT_AMOUNT = (TWO, 0, 0, 0, 0)


def to_itself(world: World, function: str, *args: Any, nonce: int = 1) -> Instruction:
    call = SETTERS[function].calldata(*args)
    return instruction(
        world,
        0,
        action=ADMINISTERING,
        target=own(world),
        currency=0,
        call=call,
        nonce=nonce,
    )


@pytest.fixture
def alone(desk_at_work: World) -> World:
    """The desk is the only administrator of its member."""
    world = desk_at_work
    world.send(
        admin(ISSUER),
        "AllianceRegistry.setKey",
        own(world),
        int(Role.ISSUE | Role.ADMINISTER),
        NO_END,
    )
    for function in ("setPerson", "setPolicy", "cancel"):
        set_policy(
            world,
            TWO_HANDS_WITHOUT_AMOUNT,
            target=own(world),
            selector=SETTERS[function].selector,
            currency=0,
            action=ADMINISTERING,
        )
    world.send(own(world), "AllianceRegistry.revokeKey", admin(ISSUER))
    return world


def test_the_desk_names_its_people_with_two_hands(alone: World) -> None:
    world = alone
    naming = to_itself(world, "setPerson", CLERK, True, False, NO_END)
    with reverts("SamePerson", MAKER):
        send(world, MAKER, "execute", naming, b"", b"")
    relayed(world, naming).emitted(
        executed(world, naming),
        told("PersonSet", person=CLERK, maker=True, checker=False, validUntil=NO_END),
    )
    given = instruction(world, maker=CLERK, nonce=0)
    relayed(world, given, maker="clerk")


def test_the_desk_decides_its_policies_with_two_hands(alone: World) -> None:
    world = alone
    target = world.addresses["Target"]
    deciding = to_itself(world, "setPolicy", target, SELECTOR, CNY.number, ACTION, ONE_HAND)
    relayed(world, deciding).emitted(
        executed(world, deciding),
        told(
            "PolicySet",
            target=target,
            selector=SELECTOR,
            currency=CNY.number,
            action=ACTION,
            policy=ONE_HAND,
        ),
    )
    send(world, MAKER, "execute", instruction(world, ALONE, nonce=2), b"", b"")


def test_the_desk_cancels_with_two_hands(alone: World) -> None:
    world = alone
    cancelling = to_itself(world, "cancel", MAKER, 2)
    relayed(world, cancelling).emitted(
        executed(world, cancelling),
        told("NonceCancelled", maker=MAKER, nonce=2, by=own(world)),
    )
    # An instruction that cancels itself has used its nonce before.
    with reverts("NonceUsed", MAKER, 3):
        relayed(world, to_itself(world, "cancel", MAKER, 3, nonce=3))


def test_who_was_dismissed_by_an_instruction_approves_no_other(alone: World) -> None:
    world = alone
    name_other = to_itself(world, "setPerson", CLERK, False, True, NO_END, nonce=1)
    relayed(world, name_other)
    relayed(world, to_itself(world, "setPerson", CHECKER, False, False, 0, nonce=2))
    with reverts("NoHand", CHECKER, False):
        relayed(world, instruction(world, nonce=3))
    relayed(world, instruction(world, nonce=3), checker="clerk")


def test_a_desk_that_does_not_administer_cannot_change_itself(desk_at_work: World) -> None:
    world = desk_at_work
    set_policy(
        world,
        TWO_HANDS_WITHOUT_AMOUNT,
        target=own(world),
        selector=SETTERS["setPerson"].selector,
        currency=0,
        action=ADMINISTERING,
    )
    with reverts("MissingRole", own(world), ISSUER, int(Role.ADMINISTER)):
        relayed(world, to_itself(world, "setPerson", CLERK, True, True, NO_END))


@pytest.mark.parametrize("function", ["setPerson", "setPolicy", "cancel", "isValidSignature"])
def test_what_the_desk_does_to_itself_takes_two_hands(desk_at_work: World, function: str) -> None:
    world = desk_at_work
    place = {"target": own(world), "selector": SETTERS[function].selector, "currency": 0}
    one_hand = (ONE, 0, 0, 0, 0)
    with reverts("BadPolicy", one_hand):
        set_policy(world, one_hand, **place)
    set_policy(world, TWO_HANDS_WITHOUT_AMOUNT, **place)


@pytest.mark.parametrize(
    "function",
    sorted({*SETTERS} - {"setPerson", "setPolicy", "cancel", "isValidSignature"}),
)
def test_the_desk_calls_nothing_else_of_itself(desk_at_work: World, function: str) -> None:
    world = desk_at_work
    with reverts("NotATarget", own(world)):
        set_policy(
            world,
            TWO_HANDS_WITHOUT_AMOUNT,
            target=own(world),
            selector=SETTERS[function].selector,
            currency=0,
        )
    given = instruction(world, 0, target=own(world), currency=0, call=SETTERS[function].selector)
    with reverts("ActionClosed", own(world), SETTERS[function].selector, 0):
        relayed(world, given)


def test_another_desk_of_the_member_may_administer_it(desk_at_work: World) -> None:
    world = desk_at_work
    second = world.open_desk(ISSUER, int(Role.ADMINISTER), "Second desk")
    for account, maker in ((MAKER, True), (CHECKER, False)):
        args = (account, maker, not maker, NO_END)
        send(world, admin(ISSUER), "setPerson", *args, desk="Second desk")
    selector = SETTERS["setPerson"].selector
    policy = (own(world), selector, 0, ADMINISTERING, (ONE, 0, 0, 0, 0))
    # One hand is the member's to decide, of a desk over another.
    send(world, admin(ISSUER), "setPolicy", *policy, desk="Second desk")
    given = to_itself(world, "setPerson", CLERK, True, False, NO_END)
    send(world, MAKER, "execute", given, b"", b"", desk="Second desk")
    assert ask(world, "person", CLERK) == (True, False, NO_END)
    assert second != own(world)


def test_a_limit_is_never_that_of_the_wrong_currency(desk_at_work: World) -> None:
    """Each currency has a policy of its own, and none means that nothing is done in it."""
    world = desk_at_work
    set_policy(world, (TWO, 1, 2, 0, 5 * LIMIT), currency=392)
    given = instruction(world, LIMIT + 1)
    with reverts("OverLimit", LIMIT + 1, LIMIT):
        relayed(world, given)
    with reverts("InstructionMisstated", 392, CNY.number):
        relayed(world, given.but(currency=392))

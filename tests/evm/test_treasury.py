# SPDX-License-Identifier: Apache-2.0
"""Where a member's cash arrives: nominated by its administrator, accepted by the account itself."""

from __future__ import annotations

import pytest
from eth_utils import keccak
from registry_acts import (
    ADMINISTER,
    PAY,
    PRESENT,
    ZERO,
    act,
    ask,
    governed,
    key_revoked,
    told,
)
from vocabulary import NO_END
from world import (
    ADVISER,
    CASH,
    CENTRAL,
    ISSUER,
    OUTSIDER,
    START,
    World,
    account,
    admin,
    desk,
    reverts,
    treasury,
)

NEW = account("a new treasury")


def nominated(world: World) -> str:
    key = world.give_key(ISSUER, "a new treasury", PAY)
    act(world, admin(ISSUER), "nominateTreasury", key).emitted(
        told("TreasuryNominated", memberId=ISSUER, account=key)
    )
    return key


def test_an_account_is_nominated_and_becomes_the_treasury_by_its_own_word(world: World) -> None:
    key = nominated(world)
    assert ask(world, "nominatedTreasury", ISSUER) == key
    assert ask(world, "member", ISSUER).treasury == treasury(ISSUER)
    act(world, key, "becomeTreasury").emitted(
        told("TreasuryChanged", memberId=ISSUER, previous=treasury(ISSUER), treasury=key)
    )
    assert ask(world, "member", ISSUER).treasury == key
    assert ask(world, "nominatedTreasury", ISSUER) == ZERO
    assert ask(world, "treasuriesOf", ISSUER, ADVISER) == (key, treasury(ADVISER))
    # One word is good for one time.
    with reverts("NotNominated", ISSUER, key):
        act(world, key, "becomeTreasury")
    with reverts("TreasuryAccount", key):
        act(world, admin(ISSUER), "revokeKey", key)
    with reverts("TreasuryAccount", key):
        act(world, admin(ISSUER), "rotateKey", key, account("another"))


def test_cash_arrives_at_the_new_treasury_and_what_lies_at_the_old_one_stays(
    world: World,
) -> None:
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, 5, keccak(text="before"))
    key = nominated(world)
    act(world, key, "becomeTreasury")
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, 7, keccak(text="after"))
    balances = [world.view(f"{CASH}.balanceOf", each) for each in (treasury(ISSUER), key)]
    assert balances == [5, 7]
    # The old one is a key as before: it moves what it has, and may go then.
    world.send(treasury(ISSUER), f"{CASH}.transfer", key, 5)
    act(world, admin(ISSUER), "revokeKey", treasury(ISSUER))
    assert world.view(f"{CASH}.balanceOf", key) == 12


def test_only_the_account_that_was_nominated_becomes_the_treasury(world: World) -> None:
    key = nominated(world)
    for other in (admin(ISSUER), desk(ISSUER), treasury(ISSUER)):
        with reverts("NotNominated", ISSUER, other):
            act(world, other, "becomeTreasury")
    with reverts("NotNominated", ADVISER, desk(ADVISER)):
        act(world, desk(ADVISER), "becomeTreasury")
    with reverts("NotAMember", OUTSIDER):
        act(world, OUTSIDER, "becomeTreasury")
    act(world, key, "becomeTreasury")


def test_only_an_own_account_is_nominated(world: World) -> None:
    for other in (OUTSIDER, desk(ADVISER)):
        with reverts("NotOwnAccount", other, ISSUER):
            act(world, admin(ISSUER), "nominateTreasury", other)


def test_a_nomination_is_replaced_and_withdrawn(world: World) -> None:
    key = nominated(world)
    act(world, admin(ISSUER), "nominateTreasury", desk(ISSUER))
    with reverts("NotNominated", ISSUER, key):
        act(world, key, "becomeTreasury")
    act(world, admin(ISSUER), "nominateTreasury", ZERO).emitted(
        told("TreasuryNominated", memberId=ISSUER, account=ZERO)
    )
    with reverts("NotNominated", ISSUER, desk(ISSUER)):
        act(world, desk(ISSUER), "becomeTreasury")


@pytest.mark.parametrize("how", ["revoked", "renounced", "rotated"])
def test_a_nomination_goes_with_its_key(world: World, how: str) -> None:
    key = nominated(world)
    withdrawn = told("TreasuryNominated", memberId=ISSUER, account=ZERO)
    if how == "revoked":
        act(world, admin(ISSUER), "revokeKey", key).emitted(withdrawn, key_revoked(ISSUER, key))
    elif how == "renounced":
        act(world, key, "renounceKey").emitted(withdrawn, key_revoked(ISSUER, key))
    else:
        other = account("another")
        act(world, admin(ISSUER), "rotateKey", key, other).emitted(
            withdrawn, told("KeyRotated", memberId=ISSUER, previous=key, account=other)
        )
        with reverts("NotNominated", ISSUER, other):
            act(world, other, "becomeTreasury")
        act(world, admin(ISSUER), "revokeKey", other)
    assert ask(world, "nominatedTreasury", ISSUER) == ZERO
    # Nor does it come back with the account.
    world.give_key(ISSUER, "a new treasury", PAY)
    with reverts("NotNominated", ISSUER, key):
        act(world, key, "becomeTreasury")


def test_the_nomination_of_another_account_stays(world: World) -> None:
    key = nominated(world)
    other = world.give_key(ISSUER, "another", PAY)
    act(world, admin(ISSUER), "revokeKey", other).emitted(key_revoked(ISSUER, other))
    assert ask(world, "nominatedTreasury", ISSUER) == key


@pytest.mark.parametrize("state", ["frozen", "expired"])
def test_a_dead_key_becomes_no_treasury(world: World, state: str) -> None:
    key = nominated(world)
    if state == "frozen":
        act(world, admin(ISSUER), "freezeKey", key)
        with reverts("KeyFrozenNow", key):
            act(world, key, "becomeTreasury")
        act(world, admin(ISSUER), "thawKey", key)
    else:
        act(world, admin(ISSUER), "setKey", key, PRESENT, START + 1)
        world.at(START + 2)
        with reverts("KeyExpired", key, START + 1):
            act(world, key, "becomeTreasury")
        act(world, admin(ISSUER), "setKey", key, PRESENT, NO_END)
    act(world, key, "becomeTreasury")


def test_a_member_out_of_standing_changes_its_treasury(world: World) -> None:
    key = nominated(world)
    governed(world, "suspend", ISSUER)
    act(world, key, "becomeTreasury")
    assert ask(world, "member", ISSUER).treasury == key


def test_the_administrator_may_be_the_treasury(world: World) -> None:
    act(world, admin(ISSUER), "nominateTreasury", admin(ISSUER))
    act(world, admin(ISSUER), "becomeTreasury")
    deputy = world.give_key(ISSUER, "deputy", ADMINISTER)
    with reverts("TreasuryAccount", admin(ISSUER)):
        act(world, deputy, "revokeKey", admin(ISSUER))

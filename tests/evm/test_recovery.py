# SPDX-License-Identifier: Apache-2.0
"""The recovery of a member whose administrator is lost or stolen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from registry_acts import (
    ADMINISTER,
    GOVERNOR,
    MOST_ADDED,
    PAY,
    PRESENT,
    RECOVERY_DELAY,
    SUSPENDED,
    ZERO,
    accounts_of,
    act,
    ask,
    governed,
    key_revoked,
    key_set,
    told,
)
from vocabulary import MOST_ACCOUNTS, NO_END
from world import (
    ADVISER,
    APPLICANT,
    FAR,
    ISSUER,
    MEMBERS,
    OUTSIDER,
    START,
    World,
    account,
    admin,
    admission,
    desk,
    register,
    reverts,
    treasury,
)

if TYPE_CHECKING:
    from world import Receipt

HEIR, SECOND, THIRD = (account(f"heir {number}") for number in range(3))
DUE = START + RECOVERY_DELAY
NONE = (ZERO, 0, False)


def begin(world: World, member: int = APPLICANT, heir: str = HEIR) -> Receipt:
    return governed(world, "beginRecovery", member, heir)


def recover(world: World, member: int, heir: str) -> Receipt:
    """Begins, waits and completes."""
    begin(world, member, heir)
    world.at(world.time + RECOVERY_DELAY)
    return act(world, OUTSIDER, "completeRecovery", member)


def test_a_recovery_is_completed_after_its_delay_by_anyone(world: World) -> None:
    deputy = world.give_key(APPLICANT, "deputy", ADMINISTER | PRESENT, FAR)
    begin(world).emitted(
        told("RecoveryBegun", memberId=APPLICANT, administrator=HEIR, completableFrom=DUE)
    )
    assert ask(world, "recoveryOf", APPLICANT) == (HEIR, DUE, False)
    for time in (START, DUE - 1):
        world.at(time)
        with reverts("RecoveryNotDue", APPLICANT, DUE, time):
            act(world, OUTSIDER, "completeRecovery", APPLICANT)
    for time in (DUE, DUE + 1):
        with world.aside():
            world.at(time)
            act(world, OUTSIDER, "completeRecovery", APPLICANT).emitted(
                told("AdministratorRecovered", memberId=APPLICANT, administrator=HEIR),
                # Every other key stays without ADMINISTER, be it with no role at all.
                key_set(APPLICANT, admin(APPLICANT), 0, NO_END),
                key_set(APPLICANT, deputy, PRESENT, FAR),
                key_set(APPLICANT, HEIR, ADMINISTER, NO_END),
            )
            assert ask(world, "recoveryOf", APPLICANT) == NONE
            assert ask(world, "member", APPLICANT).administrators == 1
            heir = ask(world, "key", HEIR)
            assert heir == (APPLICANT, NO_END, FAR, 4, False, False, ADMINISTER)
            for key in (admin(APPLICANT), deputy):
                with reverts("MissingRole", key, APPLICANT, ADMINISTER):
                    act(world, key, "revokeKey", HEIR)
            act(world, HEIR, "revokeKey", admin(APPLICANT))
            with reverts("LastAdministrator", APPLICANT):
                act(world, HEIR, "renounceKey")
            with reverts("NoRecovery", APPLICANT):
                act(world, OUTSIDER, "completeRecovery", APPLICANT)


def test_the_member_objects_while_the_delay_runs(world: World) -> None:
    begin(world)
    for time in (START, DUE - 1, DUE):
        with world.aside():
            world.at(time)
            if time == DUE:
                with reverts("NoRecovery", APPLICANT):
                    act(world, admin(APPLICANT), "objectToRecovery")
                continue
            act(world, admin(APPLICANT), "objectToRecovery").emitted(
                told("RecoveryObjected", memberId=APPLICANT, account=admin(APPLICANT))
            )
            assert ask(world, "recoveryOf", APPLICANT) == (HEIR, DUE, True)
            with reverts("NoRecovery", APPLICANT):
                act(world, admin(APPLICANT), "objectToRecovery")
            for later in (time, DUE, DUE + RECOVERY_DELAY):
                world.at(later)
                with reverts("RecoveryNotDue", APPLICANT, 0, later):
                    act(world, OUTSIDER, "completeRecovery", APPLICANT)
            # Its second vote settles it, whenever that comes.
            settled = governed(world, "settleRecovery", APPLICANT)
            assert settled.events[0] == told(
                "AdministratorRecovered", memberId=APPLICANT, administrator=HEIR
            )
            assert ask(world, "recoveryOf", APPLICANT) == NONE
            with reverts("MissingRole", admin(APPLICANT), APPLICANT, ADMINISTER):
                act(world, admin(APPLICANT), "revokeKey", HEIR)


def test_what_was_not_objected_to_is_not_settled(world: World) -> None:
    begin(world)
    for time in (START, DUE - 1, DUE, DUE + 1):
        world.at(time)
        with reverts("NotObjected", APPLICANT):
            governed(world, "settleRecovery", APPLICANT)


def test_where_there_is_no_recovery_nothing_of_it_can_be_done(world: World) -> None:
    for member in (APPLICANT, MEMBERS + 5, 0):
        with reverts("NoRecovery", member):
            act(world, OUTSIDER, "completeRecovery", member)
        with reverts("NoRecovery", member):
            governed(world, "settleRecovery", member)
    with reverts("NoRecovery", APPLICANT):
        act(world, admin(APPLICANT), "objectToRecovery")


def test_a_recovery_is_of_a_member_and_for_an_account_that_is_free(world: World) -> None:
    with reverts("UnknownMember", MEMBERS + 1):
        begin(world, MEMBERS + 1)
    with reverts("NoAccount"):
        begin(world, APPLICANT, ZERO)
    for member in (APPLICANT, ADVISER):
        with reverts("AccountTaken", desk(member), member):
            begin(world, APPLICANT, desk(member))


@pytest.mark.parametrize("objected", [False, True])
def test_a_recovery_is_begun_anew(world: World, objected: bool) -> None:
    begin(world)
    if objected:
        act(world, admin(APPLICANT), "objectToRecovery")
    world.at(DUE - 1)
    begin(world, APPLICANT, SECOND)
    due = DUE - 1 + RECOVERY_DELAY
    assert ask(world, "recoveryOf", APPLICANT) == (SECOND, due, False)
    # The member has the whole time again, to object to this one.
    world.at(due - 1)
    with reverts("RecoveryNotDue", APPLICANT, due, due - 1):
        act(world, OUTSIDER, "completeRecovery", APPLICANT)
    with world.aside():
        act(world, admin(APPLICANT), "objectToRecovery")
    world.at(due)
    act(world, OUTSIDER, "completeRecovery", APPLICANT)
    assert ask(world, "memberOf", SECOND) == APPLICANT
    assert ask(world, "memberOf", HEIR) == 0


@pytest.mark.parametrize("state", ["frozen", "expired", "without the role", "of another member"])
def test_only_a_live_administrator_of_the_member_objects(world: World, state: str) -> None:
    deputy = world.give_key(APPLICANT, "deputy", ADMINISTER, START + 1)
    begin(world)
    if state == "frozen":
        act(world, deputy, "freezeKey", deputy)
        with reverts("KeyFrozenNow", deputy):
            act(world, deputy, "objectToRecovery")
    elif state == "expired":
        world.at(START + 2)
        with reverts("KeyExpired", deputy, START + 1):
            act(world, deputy, "objectToRecovery")
    elif state == "without the role":
        with reverts("MissingRole", desk(APPLICANT), APPLICANT, ADMINISTER):
            act(world, desk(APPLICANT), "objectToRecovery")
    else:
        with reverts("NoRecovery", ADVISER):
            act(world, admin(ADVISER), "objectToRecovery")
    assert ask(world, "recoveryOf", APPLICANT) == (HEIR, DUE, False)


@pytest.mark.parametrize("how", ["suspend", "expel", "resign"])
def test_a_member_out_of_standing_is_recovered_for_its_work_in_flight(
    world: World, how: str
) -> None:
    if how == "resign":
        act(world, admin(APPLICANT), "resign")
    else:
        governed(world, how, APPLICANT)
    recover(world, APPLICANT, HEIR)
    assert ask(world, "key", HEIR) == (APPLICANT, NO_END, 0, 3, False, False, ADMINISTER)
    with reverts("NewBusinessClosed", APPLICANT, 0):
        act(world, HEIR, "setKey", SECOND, PAY, NO_END)
    act(world, HEIR, "rotateKey", desk(APPLICANT), SECOND)
    if how == "suspend":
        assert ask(world, "member", APPLICANT).status == SUSPENDED
        governed(world, "reinstate", APPLICANT)
        assert ask(world, "key", HEIR).newBusinessUntil == FAR


def test_a_founder_is_recovered_and_votes_again(world: World) -> None:
    recover(world, ISSUER, HEIR)
    assert ask(world, "key", HEIR).newBusinessUntil == NO_END
    act(world, HEIR, "setKey", SECOND, PAY, NO_END)


# Places


@pytest.fixture
def full() -> World:
    """A member, number 2, all of whose places are taken but the one for a recovery."""
    world = register(GOVERNOR, admission(1))
    governed(world, "admit", admission(2).as_argument())
    for place in range(2, MOST_ADDED):
        world.give_key(2, f"key {place}", PAY)
    return world


def test_a_recovery_finds_a_place_however_often(full: World) -> None:
    recover(full, 2, HEIR)
    assert ask(full, "key", HEIR).index == MOST_ACCOUNTS - 1
    begin(full, 2, SECOND)
    full.at(full.time + RECOVERY_DELAY)
    act(full, OUTSIDER, "completeRecovery", 2).emitted(
        told("AdministratorRecovered", memberId=2, administrator=SECOND),
        key_set(2, HEIR, 0, NO_END),
        key_revoked(2, HEIR),
        key_set(2, SECOND, ADMINISTER, NO_END),
    )
    assert ask(full, "memberOf", HEIR) == 0
    assert ask(full, "key", HEIR) == (0, 0, 0, 0, False, False, 0)
    assert ask(full, "key", SECOND) == (2, NO_END, NO_END, 63, False, False, ADMINISTER)
    listed = accounts_of(full, 2)
    assert len(set(listed)) == MOST_ACCOUNTS
    assert listed[-1] == SECOND
    assert ask(full, "member", 2).administrators == 1
    recover(full, 2, THIRD)
    assert accounts_of(full, 2) == [*listed[:-1], THIRD]


def test_a_recovered_administrator_moves_down_and_its_place_is_free_again(full: World) -> None:
    recover(full, 2, HEIR)
    act(full, HEIR, "revokeKey", account("key 7"))
    assert ask(full, "key", HEIR).index == 7
    recover(full, 2, SECOND)
    # There was room for both.
    assert ask(full, "key", HEIR) == (2, NO_END, NO_END, 7, False, False, 0)
    assert ask(full, "key", SECOND).index == MOST_ACCOUNTS - 1


def test_a_treasury_that_is_displaced_follows_the_administrator(full: World) -> None:
    recover(full, 2, HEIR)
    act(full, HEIR, "nominateTreasury", HEIR)
    act(full, HEIR, "becomeTreasury")
    begin(full, 2, SECOND)
    full.at(full.time + RECOVERY_DELAY)
    act(full, OUTSIDER, "completeRecovery", 2).emitted(
        told("AdministratorRecovered", memberId=2, administrator=SECOND),
        key_set(2, HEIR, 0, NO_END),
        key_revoked(2, HEIR),
        told("TreasuryChanged", memberId=2, previous=HEIR, treasury=SECOND),
        key_set(2, SECOND, ADMINISTER, NO_END),
    )
    assert ask(full, "member", 2).treasury == SECOND
    assert ask(full, "memberOf", SECOND) == 2


def test_a_treasury_that_is_not_displaced_stays(full: World) -> None:
    recover(full, 2, HEIR)
    recover(full, 2, SECOND)
    assert ask(full, "member", 2).treasury == treasury(2)


def test_the_nomination_of_a_displaced_account_is_withdrawn(full: World) -> None:
    recover(full, 2, HEIR)
    act(full, HEIR, "nominateTreasury", HEIR)
    begin(full, 2, SECOND)
    full.at(full.time + RECOVERY_DELAY)
    act(full, OUTSIDER, "completeRecovery", 2).emitted(
        told("AdministratorRecovered", memberId=2, administrator=SECOND),
        key_set(2, HEIR, 0, NO_END),
        told("TreasuryNominated", memberId=2, account=ZERO),
        key_revoked(2, HEIR),
        key_set(2, SECOND, ADMINISTER, NO_END),
    )
    assert ask(full, "nominatedTreasury", 2) == ZERO


# Whoever stands in the way


def test_a_heir_bound_by_another_member_leaves_it_and_inherits(world: World) -> None:
    begin(world)
    act(world, admin(ADVISER), "setKey", HEIR, PAY, NO_END)
    world.at(DUE)
    with reverts("AccountTaken", HEIR, ADVISER):
        act(world, OUTSIDER, "completeRecovery", APPLICANT)
    assert ask(world, "recoveryOf", APPLICANT) == (HEIR, DUE, False)
    act(world, HEIR, "renounceKey")
    act(world, OUTSIDER, "completeRecovery", APPLICANT)
    assert ask(world, "memberOf", HEIR) == APPLICANT


@pytest.mark.parametrize("objected", [False, True])
@pytest.mark.parametrize("how", ["added", "rotated", "frozen"])
def test_a_thief_does_not_stop_it_by_binding_the_heir_itself(
    world: World, how: str, objected: bool
) -> None:
    """Who holds a stolen administrator can add accounts, or rotate keys where it may not add."""
    begin(world)
    thief = admin(APPLICANT)
    if how == "rotated":
        governed(world, "suspend", APPLICANT)
        act(world, thief, "rotateKey", desk(APPLICANT), HEIR)
    else:
        act(world, thief, "setKey", HEIR, PRESENT, START + 1)
    if how == "frozen":
        act(world, thief, "freezeKey", HEIR)
    if objected:
        act(world, thief, "objectToRecovery")
    before = accounts_of(world, APPLICANT)
    world.at(DUE)
    expected = (
        told("AdministratorRecovered", memberId=APPLICANT, administrator=HEIR),
        key_set(APPLICANT, thief, 0, NO_END),
        key_set(APPLICANT, HEIR, ADMINISTER, NO_END),
    )
    if objected:
        governed(world, "settleRecovery", APPLICANT).emitted(*expected)
    else:
        act(world, OUTSIDER, "completeRecovery", APPLICANT).emitted(*expected)
    assert accounts_of(world, APPLICANT) == before
    until = 0 if how == "rotated" else FAR
    place = before.index(HEIR)
    assert ask(world, "key", HEIR) == (
        APPLICANT, NO_END, until, place, False, False, ADMINISTER,
    )  # fmt: skip
    assert ask(world, "member", APPLICANT).administrators == 1
    act(world, HEIR, "revokeKey", thief)


def test_an_administrator_made_of_the_heir_meanwhile_is_the_only_one(world: World) -> None:
    begin(world)
    act(world, admin(APPLICANT), "setKey", HEIR, ADMINISTER, NO_END)
    assert ask(world, "member", APPLICANT).administrators == 2
    world.at(DUE)
    act(world, OUTSIDER, "completeRecovery", APPLICANT)
    assert ask(world, "member", APPLICANT).administrators == 1
    with reverts("MissingRole", admin(APPLICANT), APPLICANT, ADMINISTER):
        act(world, admin(APPLICANT), "revokeKey", HEIR)

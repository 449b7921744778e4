# SPDX-License-Identifier: Apache-2.0
"""Desks in the register: created for a member, its accounts like others, and if it wants alone."""

from __future__ import annotations

from typing import Any

import pytest
from registry_acts import (
    ADMINISTER,
    MOST_ADDED,
    PAY,
    PRESENT,
    accounts_of,
    act,
    ask,
    governed,
    key_revoked,
    key_set,
    told,
)
from vocabulary import NO_END, Role
from world import (
    ADVISER,
    APPLICANT,
    FAR,
    ISSUER,
    World,
    account,
    admin,
    contract_address,
    desk,
    reverts,
    treasury,
)

EXAMINE = int(Role.EXAMINE)
# What desks alone may have where they act alone.
KEPT = EXAMINE | PAY
NEW = account("a new account")


def create(world: World, roles: int = KEPT, member: int = ISSUER, name: str = "Desk") -> str:
    return world.open_desk(member, roles, name)


def keep(world: World, desk_only: bool = True, member: int = ISSUER) -> Any:
    return act(world, admin(member), "setDeskOnly", desk_only)


# Creation


def test_a_desk_is_an_account_of_its_member(world: World) -> None:
    receipt = act(world, admin(APPLICANT), "createDesk", PAY | PRESENT)
    own = receipt.value
    receipt.emitted(
        told("DeskCreated", memberId=APPLICANT, desk=own),
        key_set(APPLICANT, own, PAY | PRESENT, NO_END),
    )
    found = ask(world, "key", own)
    assert found == (APPLICANT, NO_END, FAR, 3, False, True, PAY | PRESENT)
    assert accounts_of(world, APPLICANT)[-1] == own
    world.addresses["Desk"], world.contracts["Desk"] = own, "MemberDesk"
    assert world.view("Desk.memberId") == APPLICANT
    assert world.view("Desk.registry") == world.addresses["AllianceRegistry"]
    # It is changed like any other key, and stays a desk.
    act(world, admin(APPLICANT), "setKey", own, PAY, FAR)
    act(world, admin(APPLICANT), "freezeKey", own)
    assert ask(world, "key", own) == (APPLICANT, FAR, FAR, 3, True, True, PAY)
    act(world, admin(APPLICANT), "thawKey", own)
    act(world, admin(APPLICANT), "revokeKey", own).emitted(key_revoked(APPLICANT, own))
    # As an account that comes back it is one like others.
    act(world, admin(APPLICANT), "setKey", own, PAY, FAR)
    assert not ask(world, "key", own).desk


def test_a_desk_that_was_frozen_is_a_desk(world: World) -> None:
    own = create(world)
    before = ask(world, "key", own)
    act(world, admin(ISSUER), "freezeKey", own)
    act(world, admin(ISSUER), "thawKey", own)
    assert ask(world, "key", own) == before
    keep(world)


def test_each_desk_has_an_address_of_its_own(world: World) -> None:
    desks = [create(world, PAY, member, f"Desk {n}") for n, member in enumerate((4, 4, 5))]
    assert len(set(desks)) == 3
    assert [ask(world, "memberOf", each) for each in desks] == [4, 4, 5]


@pytest.mark.parametrize("roles", [0, int(Role.ISSUE), 1 << 15])
def test_a_desk_has_roles_open_to_its_member(world: World, roles: int) -> None:
    with reverts("RolesNotOpen", roles, int(Role(0x7FFF) & ~_closed())):
        act(world, admin(APPLICANT), "createDesk", roles)


def _closed() -> int:
    return int(Role.ISSUE | Role.ADVISE | Role.EXAMINE | Role.COURT | Role.CARRY)


def test_a_desk_that_administers_counts_as_an_administrator(world: World) -> None:
    own = create(world, ADMINISTER)
    assert ask(world, "member", ISSUER).administrators == 2
    act(world, admin(ISSUER), "renounceKey")
    with reverts("LastAdministrator", ISSUER):
        act(world, own, "renounceKey")


def test_nobody_stops_desks_by_taking_the_address_of_the_next(world: World) -> None:
    """Whoever could reckon it in advance would bind it, and no desk of anybody could be created."""
    workshop = world.addresses["MemberDesks"]
    for nonce in range(1, 4):
        next_one = contract_address(workshop, nonce)
        act(world, admin(ADVISER), "setKey", next_one, PAY, NO_END)
    with world.aside():
        tried = create(world)
    # Nor by what was seen of a desk that did not come to be.
    act(world, admin(ADVISER), "setKey", tried, PAY, NO_END)
    with reverts("AccountTaken", tried, ADVISER):
        create(world)
    world.next_block()
    assert create(world) != tried


# Desks alone


def test_every_other_account_loses_what_desks_alone_do(world: World) -> None:
    own = create(world)
    examiner = world.give_key(ISSUER, "examiner", EXAMINE | PRESENT, FAR)
    both = world.give_key(ISSUER, "both", KEPT)
    rest = ask(world, "key", desk(ISSUER)).roles & ~KEPT
    keep(world).emitted(
        told("DeskOnlySet", memberId=ISSUER, deskOnly=True),
        # The treasury too, and none that has nothing to lose.
        key_set(ISSUER, treasury(ISSUER), 0, NO_END),
        key_set(ISSUER, desk(ISSUER), rest, NO_END),
        key_set(ISSUER, examiner, PRESENT, FAR),
        key_set(ISSUER, both, 0, NO_END),
    )
    assert ask(world, "member", ISSUER).deskOnly
    assert ask(world, "key", own).roles == KEPT
    for key in (treasury(ISSUER), desk(ISSUER), examiner, both):
        for role in (EXAMINE, PAY):
            with reverts("MissingRole", key, ISSUER, role):
                ask(world, "actingMemberOf", key, role)
    assert ask(world, "actingMemberOf", own, PAY) == ISSUER
    # Other members are as they were.
    assert not ask(world, "member", ADVISER).deskOnly
    assert ask(world, "actingMemberOf", desk(ADVISER), EXAMINE) == ADVISER


def test_no_other_account_gets_what_desks_alone_do(world: World) -> None:
    own = create(world, PAY)
    keep(world)
    for key in (NEW, desk(ISSUER), treasury(ISSUER)):
        for roles in (EXAMINE, PAY, KEPT, PRESENT | PAY):
            with reverts("DesksOnly", key, roles):
                act(world, admin(ISSUER), "setKey", key, roles, NO_END)
    act(world, admin(ISSUER), "setKey", NEW, PRESENT, NO_END)
    # Desks do, the first and those that follow.
    act(world, admin(ISSUER), "setKey", own, KEPT, NO_END)
    other = create(world, KEPT, name="Other")
    assert ask(world, "actingMemberOf", other, EXAMINE) == ISSUER
    # An account of another member is not told apart by it.
    act(world, admin(ADVISER), "setKey", account("x"), KEPT, NO_END)
    with reverts("DesksOnly", account("x"), PAY):
        act(world, admin(ISSUER), "setKey", account("x"), PAY, NO_END)


def test_it_ends_and_roles_do_not_come_back_by_themselves(world: World) -> None:
    create(world)
    keep(world)
    keep(world, False).emitted(told("DeskOnlySet", memberId=ISSUER, deskOnly=False))
    assert not ask(world, "member", ISSUER).deskOnly
    with reverts("MissingRole", treasury(ISSUER), ISSUER, PAY):
        ask(world, "actingMemberOf", treasury(ISSUER), PAY)
    act(world, admin(ISSUER), "setKey", treasury(ISSUER), PAY, NO_END)
    assert ask(world, "actingMemberOf", treasury(ISSUER), PAY) == ISSUER


@pytest.mark.parametrize("desk_only", [False, True])
def test_a_member_is_not_set_to_what_it_is(world: World, desk_only: bool) -> None:
    create(world)
    if desk_only:
        keep(world)
    with reverts("DeskOnlyAlready", ISSUER, desk_only):
        keep(world, desk_only)


def test_a_member_without_a_desk_keeps_its_roles(world: World) -> None:
    with reverts("NoDesk", ISSUER):
        keep(world)
    # What came back as a plain account is no desk.
    own = create(world)
    act(world, admin(ISSUER), "revokeKey", own)
    act(world, admin(ISSUER), "setKey", own, PAY, NO_END)
    with reverts("NoDesk", ISSUER):
        keep(world)
    assert ask(world, "actingMemberOf", treasury(ISSUER), PAY) == ISSUER


def test_the_last_desk_stays_where_desks_act_alone(world: World) -> None:
    first, second = create(world), create(world, PAY, name="Second")
    keep(world)
    with world.aside():
        act(world, second, "renounceKey")
        for caller, function, *args in (
            (admin(ISSUER), "revokeKey", first),
            (first, "renounceKey"),
        ):
            with reverts("NoDesk", ISSUER):
                act(world, caller, function, *args)
    act(world, admin(ISSUER), "revokeKey", first)
    with reverts("NoDesk", ISSUER):
        act(world, admin(ISSUER), "revokeKey", second)
    keep(world, False)
    act(world, admin(ISSUER), "revokeKey", second)


def test_the_kind_and_standing_of_a_member_are_not_touched_by_it(world: World) -> None:
    create(world, PAY, APPLICANT)
    keep(world, member=APPLICANT)
    found = ask(world, "member", APPLICANT)
    governed(world, "suspend", APPLICANT)
    now = ask(world, "member", APPLICANT)
    assert (now.kind, now.deskOnly, now.calendar, now.country) == (
        found.kind, True, found.calendar, found.country,
    )  # fmt: skip
    keep(world, False, APPLICANT)
    assert ask(world, "member", APPLICANT).status == now.status
    governed(world, "reinstate", APPLICANT)
    assert not ask(world, "member", APPLICANT).deskOnly


def test_a_desk_may_be_the_treasury(world: World) -> None:
    own = create(world)
    keep(world)
    act(world, admin(ISSUER), "nominateTreasury", own)
    act(world, own, "becomeTreasury")
    act(world, admin(ISSUER), "revokeKey", treasury(ISSUER))
    assert ask(world, "member", ISSUER).treasury == own


def test_a_member_with_every_place_taken_acts_through_desks_alone(world: World) -> None:
    own = create(world)
    count = ask(world, "member", ISSUER).accounts
    keys = [world.give_key(ISSUER, f"key {n}", KEPT) for n in range(count, MOST_ADDED)]
    receipt = keep(world)
    # The event of the act, the treasury, the desk key of the tests, and each of the others.
    assert len(receipt.events) == 3 + len(keys)
    assert {ask(world, "key", key).roles for key in keys} == {0}
    assert ask(world, "key", own).roles == KEPT

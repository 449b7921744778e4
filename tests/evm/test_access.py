# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from access import ROWS, Business, ByAnyone, ByContract, ByRole, Stranger, deployed_name
from suite import RevertedError, changing_functions, error, functions
from vocabulary import NO_END, open_roles
from world import (
    CASH,
    DEPLOYER,
    KINDS,
    MEMBERS,
    OUTSIDER,
    START,
    World,
    account,
    admin,
    alliance,
    desk,
    refused,
    reverts,
    treasury,
)

BY_ROLE = {name: row for name, row in ROWS.items() if isinstance(row, ByRole)}
BY_CONTRACT = {name: row for name, row in ROWS.items() if isinstance(row, ByContract)}
BY_ANYONE = {name: row for name, row in ROWS.items() if isinstance(row, ByAnyone)}

WITH_ROLE = pytest.mark.parametrize("function", BY_ROLE)
# An hour after the start: before every deadline of the scenes.
LIMIT = START + 3_600


@pytest.fixture(scope="module")
def closing() -> World:
    """An alliance whose members take new business up to LIMIT."""
    return alliance(valid_until=LIMIT)


def key_with(world: World, row: ByRole, roles: int, valid_until: int = NO_END) -> str:
    return world.give_key(row.member, "the key under test", roles, valid_until)


def test_every_function_has_a_row_and_every_row_a_function() -> None:
    assert sorted(ROWS) == changing_functions()


@WITH_ROLE
def test_a_key_with_the_role_alone_is_enough(world: World, function: str) -> None:
    row = BY_ROLE[function]
    key = key_with(world, row, int(row.role))
    world.send(key, deployed_name(function), *row.prepare(world, key))


@WITH_ROLE
def test_an_account_of_nobody_is_no_member(world: World, function: str) -> None:
    args = BY_ROLE[function].prepare(world, OUTSIDER)
    with reverts("NotAMember", OUTSIDER):
        world.send(OUTSIDER, deployed_name(function), *args)


@WITH_ROLE
def test_a_key_with_every_other_role_lacks_the_role(world: World, function: str) -> None:
    row = BY_ROLE[function]
    roles = open_roles(KINDS[row.member][0]) & ~int(row.role)
    key = key_with(world, row, roles)
    args = row.prepare(world, key)
    with reverts("MissingRole", key, row.member, int(row.role)):
        world.send(key, deployed_name(function), *args)


@WITH_ROLE
def test_a_revoked_key_is_no_member(world: World, function: str) -> None:
    row = BY_ROLE[function]
    key = key_with(world, row, int(row.role))
    args = row.prepare(world, key)
    world.send(admin(row.member), "AllianceRegistry.revokeKey", key)
    with reverts("NotAMember", key):
        world.send(key, deployed_name(function), *args)


@WITH_ROLE
def test_a_key_signs_until_its_last_second(world: World, function: str) -> None:
    row = BY_ROLE[function]
    key = key_with(world, row, int(row.role))
    args = row.prepare(world, key)
    last = world.time + 10
    key_with(world, row, int(row.role), last)
    for time in (last - 1, last):
        with world.aside():
            world.at(time).send(key, deployed_name(function), *args)
    world.at(last + 1)
    with reverts("KeyExpired", key, last):
        world.send(key, deployed_name(function), *args)


STRANGERS = [
    pytest.param(function, stranger, id=f"{function}-{place}")
    for function, row in BY_ROLE.items()
    for place, stranger in enumerate(row.strangers)
]


@pytest.mark.parametrize(("function", "stranger"), STRANGERS)
def test_a_live_key_of_the_wrong_member_meets_its_own_error(
    world: World, function: str, stranger: Stranger
) -> None:
    args = BY_ROLE[function].prepare(world, stranger.caller)
    with refused(stranger.error(args)):
        world.send(stranger.caller, deployed_name(function), *args)


@WITH_ROLE
def test_new_business_ends_with_the_members_validity_and_work_in_flight_does_not(
    closing: World, function: str
) -> None:
    row = BY_ROLE[function]
    with closing.aside() as world:
        key = key_with(world, row, int(row.role))
        args = row.prepare(world, key)
        for time in (LIMIT - 1, LIMIT):
            with world.aside():
                world.at(max(world.time, time)).send(key, deployed_name(function), *args)
        world.at(max(world.time, LIMIT + 1))
        if row.business is Business.NEW:
            with reverts("NewBusinessClosed", row.member, LIMIT):
                world.send(key, deployed_name(function), *args)
        else:
            world.send(key, deployed_name(function), *args)


@pytest.mark.parametrize("function", BY_CONTRACT)
def test_what_one_contract_may_call_no_key_may(world: World, function: str) -> None:
    row = BY_CONTRACT[function]
    args = row.prepare(world, OUTSIDER)
    everybody = [OUTSIDER, DEPLOYER]
    for member in range(1, MEMBERS + 1):
        everybody += [admin(member), treasury(member), desk(member)]
    for caller in everybody:
        with reverts(row.error, caller):
            world.send(caller, deployed_name(function), *args)


@pytest.mark.parametrize("function", BY_ANYONE)
def test_what_anyone_may_call_a_stranger_may(world: World, function: str) -> None:
    args = BY_ANYONE[function].prepare(world, OUTSIDER)
    world.send(OUTSIDER, deployed_name(function), *args)


# The deployer


@pytest.mark.parametrize("function", ROWS)
def test_the_deployers_key_can_do_nothing(world: World, function: str) -> None:
    row = ROWS[function]
    args = row.prepare(world, DEPLOYER)
    if isinstance(row, ByAnyone):
        before = holdings(world)
        world.send(DEPLOYER, deployed_name(function), *args)
        assert holdings(world) == before
        return
    expected = error(row.error if isinstance(row, ByContract) else "NotAMember", DEPLOYER)
    with refused(expected):
        world.send(DEPLOYER, deployed_name(function), *args)


def test_only_two_functions_are_open_to_the_deployer() -> None:
    assert sorted(BY_ANYONE) == ["Presentations.fixDeadline", "SettlementCash.approve"]


def holdings(world: World) -> dict[str, object]:
    """Everybody's cash, keys and standing."""
    found: dict[str, object] = {"supply": world.view(f"{CASH}.totalSupply")}
    for member in range(1, MEMBERS + 1):
        found[f"member {member}"] = world.view("AllianceRegistry.member", member)
        for each in (admin(member), treasury(member), desk(member)):
            found[each] = (
                world.view("AllianceRegistry.key", each),
                world.view(f"{CASH}.balanceOf", each),
            )
    for each in (DEPLOYER, account("spender")):
        found[each] = world.view("AllianceRegistry.key", each)
    return found


def test_no_contract_takes_money_of_the_chain_or_calls_it_does_not_know(world: World) -> None:
    world.evm.set_balance(DEPLOYER, 10)
    for name, contract in world.contracts.items():
        known = {function.selector for function in functions(contract).values()}
        for data in (b"", bytes(4), b"\xff" * 4, b"\0"):
            assert data not in known
            with pytest.raises(RevertedError, match=r"^\(\)$"):
                world.raw(DEPLOYER, name, data)
        for function in functions(contract).values():
            with pytest.raises(RevertedError, match=r"^\(\)$"):
                world.raw(DEPLOYER, name, function.selector + bytes(1024), value=1)

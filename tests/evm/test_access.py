# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from access import ROWS, business_fits, deployed_name, function_of, kind_of, open_to_all
from rows import LINES, Business, ByAnyone, ByContract, ByItself, ByPerson, ByRole, Stranger
from suite import Error, RevertedError, changing_functions, error, functions
from vocabulary import NO_END, Role, open_roles
from world import (
    CASH,
    CENTRAL,
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
BY_ITSELF = {name: row for name, row in ROWS.items() if isinstance(row, ByItself)}
BY_PERSON = {name: row for name, row in ROWS.items() if isinstance(row, ByPerson)}
BY_ANYONE = {name: row for name, row in ROWS.items() if isinstance(row, ByAnyone)}
BY_MEMBER = BY_ROLE | BY_ITSELF
# What a pause stops.
PAUSABLE = (Business.NEW, Business.ADDED)

WITH_ROLE = pytest.mark.parametrize("function", BY_ROLE)
OF_MEMBER = pytest.mark.parametrize("function", BY_MEMBER)
PAUSED = pytest.mark.parametrize("paused", [False, True], ids=["open", "paused"])
LAST_EDITION = 63
# An hour after the start: before every deadline of the scenes.
LIMIT = START + 3_600
# Founders have no last day of new business; in this alliance only these are founders.
WITHOUT_END = CENTRAL


@pytest.fixture(scope="module")
def closing() -> World:
    """An alliance whose later members take new business up to LIMIT."""
    return alliance(WITHOUT_END, LIMIT)


def key_of(world: World, function: str, valid_until: int = NO_END) -> str:
    """A key that has the role alone; for what an account does on itself, one that has any."""
    row = BY_MEMBER[function]
    roles = int(LINES[function].who) if isinstance(row, ByRole) else int(Role.PRESENT)
    return world.give_key(row.member, "the key under test", roles, valid_until)


def edition_of(world: World, function: str) -> int:
    """The edition of the function's contract, 0 if it has none."""
    contract = deployed_name(function).partition(".")[0]
    if "edition" not in functions(world.contracts[contract]):
        return 0
    edition: int = world.view(f"{contract}.edition")
    return edition


# The page, the rows and the contracts


def test_every_function_has_a_line_and_every_line_a_function() -> None:
    assert sorted({function_of(name) for name in LINES}) == changing_functions()


def test_every_line_has_a_row_of_its_kind_and_every_row_a_line() -> None:
    assert sorted(ROWS) == sorted(LINES)
    for name, line in LINES.items():
        assert type(ROWS[name]) is kind_of(line.who), name
        assert business_fits(line), name


# Keys


@OF_MEMBER
def test_a_key_with_the_role_alone_is_enough(world: World, function: str) -> None:
    key = key_of(world, function)
    world.send(key, deployed_name(function), *ROWS[function].prepare(world, key))


@OF_MEMBER
def test_an_account_of_nobody_is_no_member(world: World, function: str) -> None:
    args = ROWS[function].prepare(world, OUTSIDER)
    with reverts("NotAMember", OUTSIDER):
        world.send(OUTSIDER, deployed_name(function), *args)


@WITH_ROLE
def test_a_key_with_every_other_role_lacks_the_role(world: World, function: str) -> None:
    row, role = BY_ROLE[function], int(LINES[function].who)
    others = open_roles(KINDS[row.member][0]) & ~role
    key = world.give_key(row.member, "the key under test", others)
    args = row.prepare(world, key)
    with reverts("MissingRole", key, row.member, role):
        world.send(key, deployed_name(function), *args)


@OF_MEMBER
def test_a_revoked_key_is_no_member(world: World, function: str) -> None:
    key = key_of(world, function)
    args = ROWS[function].prepare(world, key)
    world.send(admin(BY_MEMBER[function].member), "AllianceRegistry.revokeKey", key)
    with reverts("NotAMember", key):
        world.send(key, deployed_name(function), *args)


@OF_MEMBER
def test_a_key_signs_until_its_last_second(world: World, function: str) -> None:
    key = key_of(world, function)
    args = ROWS[function].prepare(world, key)
    last = world.time + 10
    key_of(world, function, last)
    for time in (last - 1, last):
        with world.aside():
            world.at(time).send(key, deployed_name(function), *args)
    world.at(last + 1)
    expect_stopped(world, function, "expired", key, args, last)


@OF_MEMBER
def test_a_frozen_key_signs_nothing_until_it_is_thawed(world: World, function: str) -> None:
    key = key_of(world, function)
    args = ROWS[function].prepare(world, key)
    administrator = admin(BY_MEMBER[function].member)
    world.send(administrator, "AllianceRegistry.freezeKey", key)
    with world.aside():
        expect_stopped(world, function, "frozen", key, args, NO_END)
    world.send(administrator, "AllianceRegistry.thawKey", key)
    world.send(key, deployed_name(function), *args)


def expect_stopped(
    world: World, function: str, state: str, key: str, args: tuple[object, ...], last: int
) -> None:
    """The key does nothing any more, or what its row leaves to it on itself."""
    row = ROWS[function]
    if isinstance(row, ByItself):
        stopped = row.stopped.get(state)
        expected = stopped(key, last) if stopped else None
    elif state == "frozen":
        expected = error("KeyFrozenNow", key)
    else:
        expected = error("KeyExpired", key, last)
    expect(world, function, key, args, expected)


def expect(
    world: World, function: str, key: str, args: tuple[object, ...], expected: Error | None
) -> None:
    """The call ends with this error, or without any."""
    if expected is None:
        world.send(key, deployed_name(function), *args)
        return
    with refused(expected):
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
    role = LINES[function].who
    missing = error("MissingRole", stranger.caller, stranger.member, int(role))
    with refused(stranger.error(args) if stranger.error else missing):
        world.send(stranger.caller, deployed_name(function), *args)


# Standings of the member


def stop(world: World, member: int, standing: str) -> None:
    """Brings a member into a standing."""
    if standing == "suspended":
        world.governed("AllianceRegistry.suspend", member)
    elif standing == "expelled":
        world.governed("AllianceRegistry.expel", member)
    elif standing == "resigned":
        world.send(admin(member), "AllianceRegistry.resign")


@PAUSED
@pytest.mark.parametrize("standing", ["active", "suspended", "expelled", "resigned"])
@OF_MEMBER
def test_a_member_out_of_standing_finishes_and_begins_nothing(
    world: World, function: str, standing: str, paused: bool
) -> None:
    row, business = BY_MEMBER[function], LINES[function].business
    key = key_of(world, function)
    args = row.prepare(world, key)
    stop(world, row.member, standing)
    until = world.time + 1
    if paused:
        world.governed("AllianceRegistry.pauseNewBusiness", until)
    expected = row.instead.get(standing) if isinstance(row, ByRole) else None
    if business is not Business.IN_FLIGHT and standing != "active":
        expected = error("NewBusinessClosed", row.member, 0)
    elif business in PAUSABLE and paused:
        expected = error("NewBusinessPausedNow", until)
    expect(world, function, key, args, expected)


@PAUSED
@pytest.mark.parametrize(
    "function", [name for name, row in BY_MEMBER.items() if row.member > WITHOUT_END]
)
def test_new_business_ends_with_the_members_validity_and_work_in_flight_does_not(
    closing: World, function: str, paused: bool
) -> None:
    row, business = BY_MEMBER[function], LINES[function].business
    with closing.aside() as world:
        key = key_of(world, function)
        args = row.prepare(world, key)
        until = max(world.time, LIMIT) + 1
        if paused:
            world.governed("AllianceRegistry.pauseNewBusiness", until)
        stopped = error("NewBusinessPausedNow", until)
        for time in (LIMIT - 1, LIMIT):
            with world.aside():
                world.at(max(world.time, time))
                held = paused and business in PAUSABLE
                expect(world, function, key, args, stopped if held else None)
        world.at(max(world.time, LIMIT + 1))
        is_over = business is not Business.IN_FLIGHT
        over = error("NewBusinessClosed", row.member, LIMIT)
        expect(world, function, key, args, over if is_over else None)


@pytest.mark.parametrize("function", ROWS)
def test_a_closed_edition_takes_no_new_record_and_finishes_old_ones(
    world: World, function: str
) -> None:
    row, line = ROWS[function], LINES[function]
    # Some contracts that call are there only once all is prepared.
    by_contract = isinstance(row, ByContract)
    key = OUTSIDER if by_contract else caller_of(world, function)
    args = row.prepare(world, key)
    key = caller_of(world, function) if by_contract else key
    edition = edition_of(world, function)
    # The closing itself needs one to close.
    kept = {edition, *args} if function == "AllianceRegistry.closeEdition" else {edition}
    for number in {*range(1, LAST_EDITION + 1)} - kept:
        world.governed("AllianceRegistry.closeEdition", number)
    if edition:
        with world.aside():
            world.send(key, deployed_name(function), *args)
        world.governed("AllianceRegistry.closeEdition", edition)
    is_new = line.business is Business.NEW
    # What is new business and can never be closed would outlive every version.
    assert edition or not is_new, function
    expect(world, function, key, args, error("EditionClosedToNew", edition) if is_new else None)


def caller_of(world: World, function: str) -> str:
    """An account that may call the function."""
    row, line = ROWS[function], LINES[function]
    if isinstance(row, ByContract):
        return world.addresses[line.who]
    if isinstance(row, ByPerson):
        return row.person
    if isinstance(row, ByAnyone):
        return OUTSIDER
    return key_of(world, function)


# Other callers


@pytest.mark.parametrize("function", BY_CONTRACT | BY_PERSON)
def test_what_one_caller_may_do_nobody_else_may(world: World, function: str) -> None:
    row = ROWS[function]
    assert isinstance(row, ByContract | ByPerson)
    args = row.prepare(world, OUTSIDER)
    everybody = [OUTSIDER, DEPLOYER]
    for member in range(1, MEMBERS + 1):
        everybody += [admin(member), treasury(member), desk(member)]
    for caller in everybody:
        with refused(turned_away(row, caller)):
            world.send(caller, deployed_name(function), *args)
    world.send(caller_of(world, function), deployed_name(function), *args)


def turned_away(row: ByContract | ByPerson, caller: str) -> Error:
    return error(row.error, caller) if isinstance(row, ByContract) else row.error(caller)


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
        # What anyone may do has one outcome, and the deployer gains nothing by it.
        with world.aside():
            world.send(OUTSIDER, deployed_name(function), *args)
            expected = holdings(world)
        world.send(DEPLOYER, deployed_name(function), *args)
        assert holdings(world) == expected
        return
    is_alone = isinstance(row, ByContract | ByPerson)
    with refused(turned_away(row, DEPLOYER) if is_alone else error("NotAMember", DEPLOYER)):
        world.send(DEPLOYER, deployed_name(function), *args)


def test_only_what_changes_no_authority_is_open_to_the_deployer() -> None:
    assert open_to_all() == [
        "AllianceRegistry.completeRecovery",
        "AllianceRegistry.lapse",
        "ElectronicRecords.resumeExamination",
        "Presentations.fixDeadline",
        "Reimbursements.fixClaimDeadline",
        "SettlementCash.approve",
        "TitleCustody.carryOn",
        "TitleCustody.deliver",
        "TitleCustody.giveBack",
        "TitleDeliveries.lapse",
        "TitleFacades.create",
    ]


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

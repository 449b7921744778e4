# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_utils import keccak
from runs import Run
from suite import Error, error, event
from vocabulary import (
    ALL_ROLES,
    BANKING_ROLES,
    MOST_ACCOUNTS,
    NO_END,
    MemberKind,
    MemberStatus,
    Role,
    open_roles,
)
from world import (
    ADVISER,
    BENEFICIARY,
    CASH,
    CNSHA,
    DEPLOYER,
    FAR,
    FOUNDERS,
    ISSUER,
    KINDS,
    MEMBERS,
    OUTSIDER,
    START,
    World,
    account,
    admin,
    admission,
    deployed,
    desk,
    parameters,
    reverts,
    treasury,
)

ZERO = "0x" + "00" * 20
ADMINISTER = int(Role.ADMINISTER)
PAY = int(Role.PAY)
GOVERNOR = account("governor")


def set_key(world: World, caller: str, *args: Any) -> Any:
    return world.send(caller, "AllianceRegistry.setKey", *args)


def revoke(world: World, caller: str, key: str) -> Any:
    return world.send(caller, "AllianceRegistry.revokeKey", key)


def accounts_of(world: World, member: int) -> list[str]:
    count = world.view("AllianceRegistry.member", member).accounts
    return [world.view("AllianceRegistry.accountAt", member, place) for place in range(count)]


# Founding and admission


def test_the_founders_are_members_with_two_keys_each() -> None:
    world = deployed()
    assert world.view("AllianceRegistry.memberCount") == FOUNDERS
    assert world.view("AllianceRegistry.governor") == world.addresses["AllianceCouncil"]
    for number in range(1, FOUNDERS + 1):
        expect_admitted(world, number)


def test_founding_tells_of_every_founder_and_key() -> None:
    world = World().at(START)
    founders = parameters().founders
    arguments = [each.as_argument() for each in founders]
    receipt = world.deploy("AllianceRegistry", "AllianceRegistry", GOVERNOR, arguments)
    # What a constructor emits comes from an address that was not known before.
    expected = []
    for number, founder in enumerate(founders, 1):
        expected.append(admitted_event(number, founder))
        expected.append(key_event(number, founder.administrator, ADMINISTER))
        expected.append(key_event(number, founder.treasury, PAY))
    receipt.emitted(*expected)


def admitted_event(number: int, who: Any) -> Any:
    return event(
        "AllianceRegistry",
        "MemberAdmitted",
        memberId=number,
        kind=who.kind,
        country=who.country,
        calendar=who.calendar,
        validUntil=who.valid_until,
        treasury=who.treasury,
        identity=who.identity,
    )


def key_event(number: int, key: str, roles: int, valid_until: int = NO_END) -> Any:
    return event(
        "AllianceRegistry",
        "KeySet",
        memberId=number,
        account=key,
        roles=roles,
        validUntil=valid_until,
    )


def expect_admitted(world: World, number: int) -> None:
    kind, calendar = KINDS[number]
    found = world.view("AllianceRegistry.member", number)
    country = admission(number).country
    active = MemberStatus.ACTIVE
    assert found == (treasury(number), FAR, calendar, country, active, kind, 2, 1)
    assert accounts_of(world, number) == [admin(number), treasury(number)]
    for index, (key, roles) in enumerate(((admin(number), ADMINISTER), (treasury(number), PAY))):
        assert world.view("AllianceRegistry.key", key) == (number, NO_END, FAR, index, roles)
        assert world.view("AllianceRegistry.memberOf", key) == number
    assert world.view("AllianceRegistry.calendarOf", number) == calendar


@pytest.fixture
def governed() -> World:
    """A registry whose governor is a plain account."""
    world = World().at(START)
    world.deploy("AllianceRegistry", "AllianceRegistry", GOVERNOR, [])
    return world


def admit(world: World, **changes: Any) -> Any:
    who = admission(ISSUER, **changes)
    return world.send(GOVERNOR, "AllianceRegistry.admit", who.as_argument())


def test_a_member_with_one_account_for_both_has_one_key(governed: World) -> None:
    admit(governed, treasury=admin(ISSUER)).emitted(
        admitted_event(1, admission(ISSUER, treasury=admin(ISSUER))),
        key_event(1, admin(ISSUER), ADMINISTER),
    )
    assert accounts_of(governed, 1) == [admin(ISSUER)]


INCOMPLETE: list[dict[str, Any]] = [
    {"administrator": ZERO},
    {"treasury": ZERO},
    {"kind": int(MemberKind.NONE)},
    {"kind": int(MemberKind.BANK), "calendar": 0},
    {"kind": int(MemberKind.CENTRAL_BANK), "calendar": 0},
]


@pytest.mark.parametrize("changes", INCOMPLETE)
def test_an_incomplete_admission_is_refused(governed: World, changes: dict[str, Any]) -> None:
    who = admission(ISSUER, **changes)
    with reverts("IncompleteAdmission", who.administrator, who.treasury, who.kind, who.calendar):
        admit(governed, **changes)
    assert governed.view("AllianceRegistry.memberCount") == 0


@pytest.mark.parametrize("kind", list(MemberKind)[1:])
def test_every_kind_is_admitted_with_a_calendar(governed: World, kind: Any) -> None:
    admit(governed, kind=int(kind), calendar=CNSHA)
    assert governed.view("AllianceRegistry.member", 1).kind == kind
    for role in Role:
        is_open = kind in (MemberKind.BANK, MemberKind.CENTRAL_BANK) or not role & BANKING_ROLES
        with governed.aside():
            if is_open:
                set_key(governed, admin(ISSUER), desk(ISSUER), int(role), NO_END)
            else:
                rest = ALL_ROLES & ~BANKING_ROLES
                with reverts("RolesNotOpen", int(role), rest):
                    set_key(governed, admin(ISSUER), desk(ISSUER), int(role), NO_END)


@pytest.mark.parametrize("valid_until", [START - 1, START, START + 1])
def test_a_member_is_admitted_for_a_time_ahead(governed: World, valid_until: int) -> None:
    if valid_until > START:
        admit(governed, valid_until=valid_until)
    else:
        with reverts("NotInFuture", valid_until, START):
            admit(governed, valid_until=valid_until)


@pytest.mark.parametrize("place", ["treasury", "administrator"])
@pytest.mark.parametrize("taken", [admin(ISSUER), treasury(ISSUER)])
def test_an_account_of_one_member_is_no_other_members(
    governed: World, place: str, taken: str
) -> None:
    admit(governed)
    fresh = {"treasury": account("fresh one"), "administrator": account("fresh two")}
    with reverts("AccountTaken", taken, 1):
        admit(governed, **fresh | {place: taken})


@pytest.mark.parametrize("member", [0, MEMBERS + 1, 2**32 - 1])
def test_a_member_that_is_not_there_is_named(world: World, member: int) -> None:
    with reverts("UnknownMember", member):
        world.view("AllianceRegistry.member", member)


# Keys


def test_a_key_is_set_changed_and_revoked(world: World) -> None:
    key = account("a key")
    set_key(world, admin(ISSUER), key, int(Role.ISSUE), FAR).emitted(
        key_event(ISSUER, key, int(Role.ISSUE), FAR)
    )
    assert world.view("AllianceRegistry.key", key) == (ISSUER, FAR, FAR, 3, Role.ISSUE)
    set_key(world, admin(ISSUER), key, int(Role.ADVISE), NO_END).emitted(
        key_event(ISSUER, key, int(Role.ADVISE))
    )
    assert world.view("AllianceRegistry.key", key) == (ISSUER, NO_END, FAR, 3, Role.ADVISE)
    revoke(world, admin(ISSUER), key).emitted(
        event("AllianceRegistry", "KeyRevoked", memberId=ISSUER, account=key)
    )
    assert world.view("AllianceRegistry.key", key) == (0, 0, 0, 0, 0)
    # Whoever comes next may have it.
    set_key(world, admin(ADVISER), key, int(Role.ISSUE), FAR)
    assert world.view("AllianceRegistry.memberOf", key) == ADVISER


@pytest.mark.parametrize("roles", [0, 1 << 9, 1 << 127, ALL_ROLES | 1 << 9])
def test_roles_without_a_meaning_are_refused(world: World, roles: int) -> None:
    with reverts("RolesNotOpen", roles, ALL_ROLES):
        set_key(world, admin(ISSUER), account("a key"), roles, NO_END)


def test_a_trader_gives_its_keys_no_banking_role(world: World) -> None:
    rest = open_roles(MemberKind.TRADER)
    for roles in (int(Role.ISSUE), int(Role.ADVISE), int(Role.EXAMINE), ALL_ROLES):
        with reverts("RolesNotOpen", roles, rest):
            set_key(world, admin(BENEFICIARY), account("a key"), roles, NO_END)


@pytest.mark.parametrize("valid_until", [0, START - 1, START, START + 1])
def test_a_key_is_set_for_a_time_ahead(world: World, valid_until: int) -> None:
    if valid_until > START:
        set_key(world, admin(ISSUER), account("a key"), PAY, valid_until)
        return
    with reverts("NotInFuture", valid_until, START):
        set_key(world, admin(ISSUER), account("a key"), PAY, valid_until)


def test_a_call_that_changes_nothing_is_refused(world: World) -> None:
    key = world.give_key(ISSUER, "a key", PAY, FAR)
    with reverts("KeyUnchanged", key):
        set_key(world, admin(ISSUER), key, PAY, FAR)


def test_an_account_of_another_member_is_out_of_reach(world: World) -> None:
    for key in (admin(ISSUER), treasury(ISSUER), desk(ISSUER)):
        with reverts("AccountTaken", key, ISSUER):
            set_key(world, admin(ADVISER), key, PAY, NO_END)
        with reverts("NotOwnAccount", key, ADVISER):
            revoke(world, admin(ADVISER), key)
    with reverts("NotOwnAccount", OUTSIDER, ADVISER):
        revoke(world, admin(ADVISER), OUTSIDER)


def test_the_treasury_stays_the_members(world: World) -> None:
    with reverts("TreasuryAccount", treasury(ISSUER)):
        revoke(world, admin(ISSUER), treasury(ISSUER))
    # Its roles and its time may change, and it receives all the same.
    set_key(world, admin(ISSUER), treasury(ISSUER), int(Role.PRESENT), world.time + 1)
    world.at(world.time + 2)
    receivers = world.view("AllianceRegistry.treasuriesOf", ISSUER, BENEFICIARY)
    assert receivers == (treasury(ISSUER), treasury(BENEFICIARY))
    world.send(desk(3), f"{CASH}.mint", ISSUER, 5, keccak(text="in"))
    assert world.balance(ISSUER) == 5


def test_a_member_has_64_accounts_and_no_more(world: World) -> None:
    for number in range(3, MOST_ACCOUNTS):
        world.give_key(ISSUER, f"key {number}", PAY)
    assert len(accounts_of(world, ISSUER)) == MOST_ACCOUNTS
    with reverts("TooManyAccounts", ISSUER, MOST_ACCOUNTS):
        world.give_key(ISSUER, "one too many", PAY)
    world.give_key(ISSUER, "key 5", int(Role.PRESENT))
    revoke(world, admin(ISSUER), account("key 3"))
    world.give_key(ISSUER, "one too many", PAY)
    assert len(set(accounts_of(world, ISSUER))) == MOST_ACCOUNTS


def test_the_last_account_takes_the_place_that_becomes_free(world: World) -> None:
    keys = [world.give_key(ISSUER, f"key {n}", PAY, FAR - n) for n in range(3)]
    listed = [admin(ISSUER), treasury(ISSUER), desk(ISSUER)]
    assert accounts_of(world, ISSUER) == listed + keys
    moved = world.view("AllianceRegistry.key", keys[2])
    revoke(world, admin(ISSUER), keys[0])
    assert accounts_of(world, ISSUER) == [*listed, keys[2], keys[1]]
    assert world.view("AllianceRegistry.key", keys[2]) == moved._replace(index=3)
    revoke(world, admin(ISSUER), keys[1])
    assert accounts_of(world, ISSUER) == [*listed, keys[2]]
    assert world.view("AllianceRegistry.accountAt", ISSUER, 4) == ZERO


# Administrators


def test_the_last_administrator_cannot_be_lost(world: World) -> None:
    last = reverts("LastAdministrator", ISSUER)
    with last:
        revoke(world, admin(ISSUER), admin(ISSUER))
    with reverts("LastAdministrator", ISSUER):
        set_key(world, admin(ISSUER), admin(ISSUER), PAY, NO_END)
    with reverts("LastAdministrator", ISSUER):
        set_key(world, admin(ISSUER), admin(ISSUER), ADMINISTER, NO_END - 1)
    # One whose key ends does not count.
    deputy = world.give_key(ISSUER, "deputy", ADMINISTER, FAR)
    with reverts("LastAdministrator", ISSUER):
        revoke(world, deputy, admin(ISSUER))
    set_key(world, deputy, deputy, ADMINISTER, NO_END)
    assert world.view("AllianceRegistry.member", ISSUER).administrators == 2
    revoke(world, deputy, admin(ISSUER))
    assert world.view("AllianceRegistry.member", ISSUER).administrators == 1
    with reverts("LastAdministrator", ISSUER):
        revoke(world, deputy, deputy)


def test_an_administrator_works_after_the_members_own_time(world: World) -> None:
    world.at(FAR + 1)
    world.give_key(ISSUER, "late key", PAY)
    with reverts("NewBusinessClosed", ISSUER, FAR):
        world.view("AllianceRegistry.tradingMember", admin(ISSUER), ADMINISTER, 0)


def test_new_business_and_work_in_flight_are_asked_apart(world: World) -> None:
    key = world.give_key(ISSUER, "a key", PAY)
    for time in (FAR - 1, FAR, FAR + 1):
        world.at(time)
        assert world.view("AllianceRegistry.actingMember", key, PAY) == ISSUER
        if time <= FAR:
            assert world.view("AllianceRegistry.tradingMember", key, PAY, 0) == ISSUER
        else:
            with reverts("NewBusinessClosed", ISSUER, FAR):
                world.view("AllianceRegistry.tradingMember", key, PAY, 0)


@pytest.mark.parametrize("view", ["actingMember", "tradingMember"])
def test_a_role_is_asked_bit_by_bit(world: World, view: str) -> None:
    more = (0,) if view == "tradingMember" else ()
    for held in Role:
        key = world.give_key(ISSUER, f"key for {held!r}", int(held))
        for asked in Role:
            if asked == held:
                assert world.view(f"AllianceRegistry.{view}", key, int(asked), *more) == ISSUER
            else:
                with reverts("MissingRole", key, ISSUER, int(asked)):
                    world.view(f"AllianceRegistry.{view}", key, int(asked), *more)
        with reverts("MissingRole", key, ISSUER, 0):
            world.view(f"AllianceRegistry.{view}", key, 0, *more)


# A random run against a model


@dataclass
class Model:
    """The register, from its rules, in plain dictionaries and lists."""

    time: int
    keys: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    listed: dict[int, list[str]] = field(default_factory=dict)

    def stands(self, key: str) -> bool:
        _, roles, valid_until = self.keys[key]
        return bool(roles & ADMINISTER) and valid_until == NO_END

    def administrators(self, member: int) -> int:
        return sum(self.stands(key) for key in self.listed[member])

    def refusal(self, caller: str, role: int) -> Error | None:
        if caller not in self.keys:
            return error("NotAMember", caller)
        member, roles, valid_until = self.keys[caller]
        if self.time > valid_until:
            return error("KeyExpired", caller, valid_until)
        if not roles & role:
            return error("MissingRole", caller, member, role)
        return None

    def set_key(self, caller: str, key: str, roles: int, valid_until: int) -> Error | None:
        if refusal := self.refusal(caller, ADMINISTER):
            return refusal
        member = self.keys[caller][0]
        allowed = open_roles(KINDS[member][0])
        if not roles or roles & ~allowed:
            return error("RolesNotOpen", roles, allowed)
        if valid_until <= self.time:
            return error("NotInFuture", valid_until, self.time)
        if key not in self.keys:
            if len(self.listed[member]) == MOST_ACCOUNTS:
                return error("TooManyAccounts", member, MOST_ACCOUNTS)
            self.listed[member].append(key)
        elif self.keys[key][0] != member:
            return error("AccountTaken", key, self.keys[key][0])
        elif self.keys[key] == (member, roles, valid_until):
            return error("KeyUnchanged", key)
        elif (
            self.stands(key)
            and self.administrators(member) == 1
            and not (roles & ADMINISTER and valid_until == NO_END)
        ):
            return error("LastAdministrator", member)
        self.keys[key] = (member, roles, valid_until)
        return None

    def revoke(self, caller: str, key: str) -> Error | None:
        if refusal := self.refusal(caller, ADMINISTER):
            return refusal
        member = self.keys[caller][0]
        if key not in self.keys or self.keys[key][0] != member:
            return error("NotOwnAccount", key, member)
        if key == treasury(member):
            return error("TreasuryAccount", key)
        if self.stands(key) and self.administrators(member) == 1:
            return error("LastAdministrator", member)
        listed = self.listed[member]
        place, last = listed.index(key), listed.pop()
        if last != key:
            listed[place] = last
        del self.keys[key]
        return None


def test_the_register_is_what_a_model_of_its_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    source = random.Random(seed)
    run, model = Run("register", source), Model(world.time)
    members = (ISSUER, ADVISER, BENEFICIARY)
    for member in members:
        model.listed[member] = accounts_of(world, member)
        for key in model.listed[member]:
            found = world.view("AllianceRegistry.key", key)
            model.keys[key] = (member, found.roles, found.validUntil)
    # More accounts than one member may have, so that the limit is met.
    crowd = [account(f"crowd {number}") for number in range(120)]
    pool = [*crowd, *model.keys]

    for _ in range(3_000):
        administrators = [key for key in model.keys if model.refusal(key, ADMINISTER) is None]
        caller = source.choice(administrators if source.random() < 0.85 else pool)
        # One of the three members takes most, and comes to its limit.
        if source.random() < 0.5:
            caller = admin(ISSUER)
        key = source.choice(pool)
        act = source.choices(("set", "revoke", "wait", "ask"), (70, 8, 2, 20))[0]
        if act == "set":
            roles = source.choice((ADMINISTER, PAY, int(Role.ISSUE), source.getrandbits(9)))
            valid_until = source.choice(
                (NO_END, NO_END, model.time + source.randint(-2, 400), model.time + 10**6)
            )
            with run.expecting(act, model.set_key(caller, key, roles, valid_until)):
                set_key(world, caller, key, roles, valid_until)
        elif act == "revoke":
            with run.expecting(act, model.revoke(caller, key)):
                revoke(world, caller, key)
        elif act == "wait":
            model.time += source.randint(0, 300)
            with run.expecting(act, None):
                world.at(model.time)
        else:
            role = int(source.choice(list(Role)))
            with run.expecting(act, model.refusal(key, role)):
                member = world.view("AllianceRegistry.actingMember", key, role)
                assert member == model.keys[key][0]
        expect_equal(world, model, source.choice(members))
    for member in members:
        expect_equal(world, model, member)
    for key in pool:
        held = model.keys.get(key, (0, 0, 0))
        found = world.view("AllianceRegistry.key", key)
        assert (found.memberId, found.roles, found.validUntil) == held
    assert run.met["TooManyAccounts"] > 0
    note.append(run.shares())
    run.expect_each_succeeds()


def expect_equal(world: World, model: Model, member: int) -> None:
    found = world.view("AllianceRegistry.member", member)
    listed = model.listed[member]
    assert (found.accounts, found.administrators) == (
        len(listed),
        model.administrators(member),
    )
    assert found.administrators >= 1
    assert found.treasury in listed
    assert world.view("AllianceRegistry.accountAt", member, len(listed)) == ZERO
    for place, key in enumerate(listed):
        if place % 8 == len(listed) % 8:
            assert world.view("AllianceRegistry.accountAt", member, place) == key
            stored = world.view("AllianceRegistry.key", key)
            assert stored == (member, model.keys[key][2], FAR, place, model.keys[key][1])


def test_the_deployer_is_nobody(world: World) -> None:
    assert world.view("AllianceRegistry.memberOf", DEPLOYER) == 0
    assert world.view("AllianceRegistry.key", DEPLOYER) == (0, 0, 0, 0, 0)

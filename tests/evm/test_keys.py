# SPDX-License-Identifier: Apache-2.0
"""Keys of a member: added, changed, rotated, frozen, thawed, revoked, renounced, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from eth_utils import keccak
from registry_acts import (
    ADMINISTER,
    GOVERNOR,
    MOST_ADDED,
    PAY,
    PRESENT,
    RECOVERY_DELAY,
    ZERO,
    accounts_of,
    act,
    ask,
    governed,
    key_revoked,
    key_set,
    told,
)
from vocabulary import ALL_ROLES, BANKING_ROLES, MOST_ACCOUNTS, NO_END, MemberKind, Role, open_roles
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    FAR,
    ISSUER,
    KINDS,
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

NEW = account("a new account")
BLANK = (0, 0, 0, 0, False, False, 0)


def set_key(world: World, caller: str, *args: Any) -> Receipt:
    return act(world, caller, "setKey", *args)


def key_of(world: World, key: str) -> Any:
    return ask(world, "key", key)


# Adding and changing


def test_a_key_is_added_changed_and_revoked(world: World) -> None:
    key = account("a key")
    set_key(world, admin(APPLICANT), key, PRESENT, FAR + 9).emitted(
        key_set(APPLICANT, key, PRESENT, FAR + 9)
    )
    assert key_of(world, key) == (APPLICANT, FAR + 9, FAR, 3, False, False, Role.PRESENT)
    set_key(world, admin(APPLICANT), key, PAY, NO_END).emitted(key_set(APPLICANT, key, PAY, NO_END))
    assert key_of(world, key) == (APPLICANT, NO_END, FAR, 3, False, False, Role.PAY)
    act(world, admin(APPLICANT), "revokeKey", key).emitted(key_revoked(APPLICANT, key))
    assert key_of(world, key) == BLANK
    assert ask(world, "memberOf", key) == 0
    # Whoever comes next may have it, and finds nothing of what it was.
    set_key(world, admin(ADVISER), key, int(Role.ISSUE), FAR)
    assert key_of(world, key) == (ADVISER, FAR, NO_END, 3, False, False, Role.ISSUE)


@pytest.mark.parametrize("unknown", [1 << 15, 1 << 64, 1 << 127])
def test_roles_without_a_meaning_are_refused(world: World, unknown: int) -> None:
    allowed = open_roles(MemberKind.BANK)
    for roles in (0, unknown, allowed | unknown):
        with reverts("RolesNotOpen", roles, allowed):
            set_key(world, admin(ISSUER), NEW, roles, NO_END)
    with reverts("RolesNotOpen", ALL_ROLES, allowed):
        set_key(world, admin(ISSUER), NEW, ALL_ROLES, NO_END)
    set_key(world, admin(ISSUER), NEW, allowed, NO_END)


def test_no_role_of_another_kind_is_given(world: World) -> None:
    for member, closed in (
        (BENEFICIARY, BANKING_ROLES | Role.COURT),
        (AUTHORITY, BANKING_ROLES),
        (ISSUER, Role.COURT),
    ):
        allowed = open_roles(KINDS[member][0])
        for role in Role:
            if role & closed:
                for roles in (int(role), int(role) | PAY):
                    with reverts("RolesNotOpen", roles, allowed):
                        set_key(world, admin(member), NEW, roles, NO_END)
                    with reverts("RolesNotOpen", roles, allowed):
                        set_key(world, admin(member), desk(member), roles, NO_END)
                    with reverts("RolesNotOpen", roles, allowed):
                        act(world, admin(member), "createDesk", roles)


@pytest.mark.parametrize("key", [NEW, desk(ISSUER)], ids=["new", "old"])
@pytest.mark.parametrize("valid_until", [0, START - 1, START, START + 1])
def test_a_key_is_set_for_a_time_ahead(world: World, key: str, valid_until: int) -> None:
    if valid_until > START:
        set_key(world, admin(ISSUER), key, PAY, valid_until)
        return
    with reverts("NotInFuture", valid_until, START):
        set_key(world, admin(ISSUER), key, PAY, valid_until)


def test_a_call_that_changes_nothing_is_refused(world: World) -> None:
    key = world.give_key(ISSUER, "a key", PAY, FAR)
    with reverts("KeyUnchanged", key):
        set_key(world, admin(ISSUER), key, PAY, FAR)
    set_key(world, admin(ISSUER), key, PAY, FAR + 1)


def test_nobody_is_no_account(world: World) -> None:
    with reverts("NoAccount"):
        set_key(world, admin(ISSUER), ZERO, PAY, NO_END)
    with reverts("NoAccount"):
        act(world, admin(ISSUER), "rotateKey", desk(ISSUER), ZERO)


def test_an_account_of_another_member_is_out_of_reach(world: World) -> None:
    for key in (admin(ISSUER), treasury(ISSUER), desk(ISSUER)):
        before = key_of(world, key)
        with reverts("AccountTaken", key, ISSUER):
            set_key(world, admin(ADVISER), key, PAY, NO_END)
        with reverts("AccountTaken", key, ISSUER):
            act(world, admin(ADVISER), "rotateKey", desk(ADVISER), key)
        for function, *more in (
            ("revokeKey",),
            ("rotateKey", NEW),
            ("freezeKey",),
            ("thawKey",),
            ("nominateTreasury",),
        ):
            with reverts("NotOwnAccount", key, ADVISER):
                act(world, admin(ADVISER), function, key, *more)
        assert key_of(world, key) == before
    for function, *more in (("revokeKey",), ("rotateKey", NEW), ("freezeKey",), ("thawKey",)):
        with reverts("NotOwnAccount", OUTSIDER, ADVISER):
            act(world, admin(ADVISER), function, OUTSIDER, *more)


def test_roles_of_one_member_never_reach_another(world: World) -> None:
    """An account that goes from a bank to a trader leaves everything behind."""
    key = world.give_key(ISSUER, "a key", int(Role.ISSUE | Role.ADMINISTER))
    act(world, admin(ISSUER), "nominateTreasury", key)
    act(world, key, "freezeKey", key)
    act(world, key, "renounceKey")
    assert ask(world, "nominatedTreasury", ISSUER) == ZERO
    set_key(world, admin(BENEFICIARY), key, PRESENT, FAR)
    assert key_of(world, key) == (BENEFICIARY, FAR, FAR, 3, False, False, Role.PRESENT)
    with reverts("MissingRole", key, BENEFICIARY, int(Role.ISSUE)):
        ask(world, "actingMemberOf", key, int(Role.ISSUE))
    with reverts("NotNominated", BENEFICIARY, key):
        act(world, key, "becomeTreasury")


# Members out of standing


def suspend(world: World, member: int) -> int:
    governed(world, "suspend", member)
    return 0


def expel(world: World, member: int) -> int:
    governed(world, "expel", member)
    return 0


def resign(world: World, member: int) -> int:
    act(world, admin(member), "resign")
    return 0


def expire(world: World, member: int) -> int:
    world.at(FAR + 1)
    return FAR


@pytest.mark.parametrize("stop", [suspend, expel, resign, expire])
def test_a_member_out_of_standing_changes_its_keys_and_adds_none(
    world: World, stop: Callable[[World, int], int]
) -> None:
    member, caller = APPLICANT, admin(APPLICANT)
    world.give_key(member, "old", PAY)
    last = stop(world, member)
    with reverts("NewBusinessClosed", member, last):
        set_key(world, caller, NEW, PAY, NO_END)
    with reverts("NewBusinessClosed", member, last):
        act(world, caller, "createDesk", PAY)
    set_key(world, caller, account("old"), PRESENT, FAR + 99)
    act(world, caller, "rotateKey", account("old"), NEW).emitted(
        told("KeyRotated", memberId=member, previous=account("old"), account=NEW)
    )
    # What came by rotation takes no new business either.
    assert key_of(world, NEW) == (member, FAR + 99, last, 3, False, False, Role.PRESENT)
    assert ask(world, "actingMemberOf", NEW, PRESENT) == member
    with reverts("NewBusinessClosed", member, last):
        ask(world, "memberInStanding", NEW, PRESENT)
    act(world, caller, "freezeKey", NEW)
    act(world, caller, "thawKey", NEW)
    act(world, caller, "nominateTreasury", NEW)
    act(world, NEW, "becomeTreasury")
    act(world, caller, "revokeKey", treasury(member))
    act(world, caller, "revokeKey", desk(member))
    assert accounts_of(world, member) == [caller, NEW]


# Rotation


def test_a_rotated_key_takes_roles_validity_and_place_along(world: World) -> None:
    old = world.give_key(ISSUER, "old", PAY | PRESENT, FAR)
    last = world.give_key(ISSUER, "last", PRESENT)
    act(world, admin(ISSUER), "rotateKey", old, NEW).emitted(
        told("KeyRotated", memberId=ISSUER, previous=old, account=NEW)
    )
    assert key_of(world, old) == BLANK
    assert key_of(world, NEW) == (ISSUER, FAR, NO_END, 3, False, False, PAY | PRESENT)
    assert accounts_of(world, ISSUER)[3:] == [NEW, last]
    assert ask(world, "member", ISSUER).accounts == 5
    with reverts("NotAMember", old):
        ask(world, "actingMemberOf", old, PAY)
    # The old account is free, for anybody.
    set_key(world, admin(ADVISER), old, PAY, NO_END)


def test_an_administrator_rotates_itself(world: World) -> None:
    act(world, admin(ISSUER), "rotateKey", admin(ISSUER), NEW)
    assert ask(world, "member", ISSUER).administrators == 1
    with reverts("NotAMember", admin(ISSUER)):
        set_key(world, admin(ISSUER), account("x"), PAY, NO_END)
    set_key(world, NEW, account("x"), PAY, NO_END)
    with reverts("LastAdministrator", ISSUER):
        act(world, NEW, "revokeKey", NEW)


def test_what_was_frozen_is_rotated_into_a_live_key(world: World) -> None:
    deputy = world.give_key(ISSUER, "deputy", ADMINISTER)
    act(world, admin(ISSUER), "freezeKey", deputy)
    assert ask(world, "member", ISSUER).administrators == 1
    act(world, admin(ISSUER), "rotateKey", deputy, NEW)
    assert not key_of(world, NEW).frozen
    assert ask(world, "member", ISSUER).administrators == 2
    act(world, NEW, "revokeKey", admin(ISSUER))


def test_an_expired_key_is_rotated_into_an_expired_one(world: World) -> None:
    old = world.give_key(ISSUER, "old", PAY, START + 1)
    world.at(START + 2)
    act(world, admin(ISSUER), "rotateKey", old, NEW)
    with reverts("KeyExpired", NEW, START + 1):
        ask(world, "actingMemberOf", NEW, PAY)


def test_the_treasury_and_desks_are_not_rotated(world: World) -> None:
    with reverts("TreasuryAccount", treasury(ISSUER)):
        act(world, admin(ISSUER), "rotateKey", treasury(ISSUER), NEW)
    own = world.open_desk(ISSUER, PAY)
    with reverts("DeskAccount", own):
        act(world, admin(ISSUER), "rotateKey", own, NEW)


@pytest.mark.parametrize("taken", [admin(ISSUER), desk(ISSUER), admin(ADVISER)])
def test_a_key_is_not_rotated_onto_a_taken_account(world: World, taken: str) -> None:
    owner = ask(world, "memberOf", taken)
    with reverts("AccountTaken", taken, owner):
        act(world, admin(ISSUER), "rotateKey", desk(ISSUER), taken)


# Freezing


def test_a_key_is_frozen_and_thawed_by_its_administrator(world: World) -> None:
    key = desk(ISSUER)
    before = key_of(world, key)
    act(world, admin(ISSUER), "freezeKey", key).emitted(
        told("KeyFrozen", memberId=ISSUER, account=key)
    )
    assert key_of(world, key) == before._replace(frozen=True)
    for view, more in (("actingMemberOf", ()), ("tradingMember", (0, 0)), ("memberInStanding", ())):
        with reverts("KeyFrozenNow", key):
            ask(world, view, key, PAY, *more)
        # Even for a role that it does not have: first it is told that it is frozen.
        with reverts("KeyFrozenNow", key):
            ask(world, view, key, ADMINISTER, *more)
    with reverts("KeyFrozenNow", key):
        act(world, admin(ISSUER), "freezeKey", key)
    act(world, admin(ISSUER), "thawKey", key).emitted(
        told("KeyThawed", memberId=ISSUER, account=key)
    )
    assert key_of(world, key) == before
    assert ask(world, "actingMemberOf", key, PAY) == ISSUER
    with reverts("KeyNotFrozen", key):
        act(world, admin(ISSUER), "thawKey", key)


def test_a_key_freezes_itself_and_does_not_thaw_itself(world: World) -> None:
    deputy = world.give_key(ISSUER, "deputy", ADMINISTER)
    act(world, deputy, "freezeKey", deputy).emitted(
        told("KeyFrozen", memberId=ISSUER, account=deputy)
    )
    with reverts("KeyFrozenNow", deputy):
        act(world, deputy, "thawKey", deputy)
    with reverts("KeyFrozenNow", deputy):
        act(world, deputy, "freezeKey", deputy)
    with reverts("KeyFrozenNow", deputy):
        act(world, deputy, "freezeKey", desk(ISSUER))
    act(world, admin(ISSUER), "thawKey", deputy)
    act(world, deputy, "freezeKey", desk(ISSUER))


def test_a_key_without_administer_freezes_no_other(world: World) -> None:
    with reverts("MissingRole", desk(ISSUER), ISSUER, ADMINISTER):
        act(world, desk(ISSUER), "freezeKey", treasury(ISSUER))
    with reverts("NotAMember", OUTSIDER):
        act(world, OUTSIDER, "freezeKey", desk(ISSUER))


def test_a_frozen_key_keeps_its_state_through_a_change_and_a_suspension(world: World) -> None:
    key = desk(APPLICANT)
    act(world, admin(APPLICANT), "freezeKey", key)
    set_key(world, admin(APPLICANT), key, PRESENT, FAR)
    governed(world, "suspend", APPLICANT)
    assert key_of(world, key) == (APPLICANT, FAR, 0, 2, True, False, Role.PRESENT)
    governed(world, "reinstate", APPLICANT)
    assert key_of(world, key) == (APPLICANT, FAR, FAR, 2, True, False, Role.PRESENT)
    with reverts("KeyFrozenNow", key):
        ask(world, "actingMemberOf", key, PRESENT)


def test_a_frozen_key_that_expired_is_told_frozen(world: World) -> None:
    key = world.give_key(ISSUER, "a key", PAY, START + 1)
    act(world, key, "freezeKey", key)
    world.at(START + 2)
    with reverts("KeyFrozenNow", key):
        ask(world, "actingMemberOf", key, PAY)
    act(world, admin(ISSUER), "thawKey", key)
    with reverts("KeyExpired", key, START + 1):
        ask(world, "actingMemberOf", key, PAY)
    with reverts("KeyExpired", key, START + 1):
        ask(world, "actingMemberOf", key, PRESENT)


# Renouncing: an account that was bound against its holder's will


@pytest.mark.parametrize("state", ["live", "frozen", "expired", "suspended", "paused"])
def test_an_account_leaves_a_member_at_any_time(world: World, state: str) -> None:
    victim = account("somebody's own account")
    set_key(world, admin(APPLICANT), victim, PRESENT, START + 1)
    if state == "frozen":
        act(world, admin(APPLICANT), "freezeKey", victim)
    elif state == "expired":
        world.at(START + 2)
    elif state == "suspended":
        governed(world, "suspend", APPLICANT)
    elif state == "paused":
        governed(world, "pauseNewBusiness", NO_END)
    with reverts("AccountTaken", victim, APPLICANT):
        world.admit(admission(99, administrator=victim))
    act(world, victim, "renounceKey").emitted(key_revoked(APPLICANT, victim))
    assert key_of(world, victim) == BLANK
    with reverts("NotAMember", victim):
        act(world, victim, "renounceKey")
    world.admit(admission(99, administrator=victim), keccak(text="again"))


def test_an_account_made_the_last_administrator_passes_that_on_and_leaves(world: World) -> None:
    victim = account("somebody's own account")
    set_key(world, admin(APPLICANT), victim, ADMINISTER, NO_END)
    act(world, admin(APPLICANT), "renounceKey").emitted(key_revoked(APPLICANT, admin(APPLICANT)))
    governed(world, "suspend", APPLICANT)
    with reverts("LastAdministrator", APPLICANT):
        act(world, victim, "renounceKey")
    # The treasury is never the victim: it became treasury by its own word.
    set_key(world, victim, treasury(APPLICANT), ADMINISTER, NO_END)
    act(world, victim, "renounceKey").emitted(key_revoked(APPLICANT, victim))


def test_the_treasury_stays_the_members(world: World) -> None:
    for caller, function, *args in (
        (admin(ISSUER), "revokeKey", treasury(ISSUER)),
        (treasury(ISSUER), "renounceKey"),
    ):
        with reverts("TreasuryAccount", treasury(ISSUER)):
            act(world, caller, function, *args)
    # Its roles and its time may change, it may be frozen, and it receives all the same.
    set_key(world, admin(ISSUER), treasury(ISSUER), PRESENT, world.time + 1)
    act(world, admin(ISSUER), "freezeKey", treasury(ISSUER))
    world.at(world.time + 2)
    receivers = ask(world, "treasuriesOf", ISSUER, BENEFICIARY)
    assert receivers == (treasury(ISSUER), treasury(BENEFICIARY))
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, 5, keccak(text="in"))
    assert world.balance(ISSUER) == 5


# The list of accounts


def full(world: World, member: int = ISSUER) -> list[str]:
    """As many accounts as the member adds itself; returns those that were added."""
    count = ask(world, "member", member).accounts
    return [world.give_key(member, f"key {place}", PAY) for place in range(count, MOST_ADDED)]


def test_a_member_adds_63_accounts_and_keeps_a_place_for_a_recovery(world: World) -> None:
    keys = full(world)
    assert len(set(accounts_of(world, ISSUER))) == MOST_ADDED == MOST_ACCOUNTS - 1
    for caller, function, *args in (
        (admin(ISSUER), "setKey", NEW, PAY, NO_END),
        (admin(ISSUER), "createDesk", PAY),
    ):
        with reverts("TooManyAccounts", ISSUER, MOST_ADDED):
            act(world, caller, function, *args)
    # What is there changes, is rotated, and makes room.
    set_key(world, admin(ISSUER), keys[5], PRESENT, NO_END)
    act(world, admin(ISSUER), "rotateKey", keys[5], NEW)
    act(world, admin(ISSUER), "revokeKey", keys[3])
    world.give_key(ISSUER, "one more", PAY)
    assert len(set(accounts_of(world, ISSUER))) == MOST_ADDED
    with reverts("TooManyAccounts", ISSUER, MOST_ADDED):
        world.give_key(ISSUER, "one too many", PAY)


def test_a_full_list_with_a_recovered_administrator_takes_none(world: World) -> None:
    full(world)
    governed(world, "beginRecovery", ISSUER, NEW)
    world.at(world.time + RECOVERY_DELAY)
    act(world, OUTSIDER, "completeRecovery", ISSUER)
    assert ask(world, "member", ISSUER).accounts == MOST_ACCOUNTS
    for removed in ("key 3", "key 4"):
        with reverts("TooManyAccounts", ISSUER, MOST_ADDED):
            set_key(world, NEW, account("one more"), PAY, NO_END)
        act(world, NEW, "revokeKey", account(removed))
    set_key(world, NEW, account("one more"), PAY, NO_END)
    assert ask(world, "member", ISSUER).accounts == MOST_ADDED


def test_the_last_account_takes_the_place_that_becomes_free(world: World) -> None:
    keys = [world.give_key(ISSUER, f"key {n}", PAY, FAR - n) for n in range(3)]
    listed = [admin(ISSUER), treasury(ISSUER), desk(ISSUER)]
    assert accounts_of(world, ISSUER) == listed + keys
    moved = key_of(world, keys[2])
    act(world, admin(ISSUER), "revokeKey", keys[0])
    assert accounts_of(world, ISSUER) == [*listed, keys[2], keys[1]]
    assert key_of(world, keys[2]) == moved._replace(index=3)
    act(world, keys[1], "renounceKey")
    assert accounts_of(world, ISSUER) == [*listed, keys[2]]
    for place in (4, 5, 63, 64, 2**255):
        assert ask(world, "accountAt", ISSUER, place) == ZERO
    # The moved account is at home there: it goes, and the list is whole.
    act(world, admin(ISSUER), "revokeKey", keys[2])
    assert accounts_of(world, ISSUER) == listed


def test_a_suspension_reaches_every_one_of_64_accounts_within_a_block(
    note: list[str],
) -> None:
    world = register(GOVERNOR, admission(1))
    governed(world, "admit", admission(2).as_argument())
    full(world, 2)
    governed(world, "beginRecovery", 2, NEW)
    world.at(world.time + RECOVERY_DELAY)
    act(world, OUTSIDER, "completeRecovery", 2)
    assert len(accounts_of(world, 2)) == MOST_ACCOUNTS
    figures = {}
    for function, until in (("suspend", 0), ("reinstate", NO_END), ("expel", 0)):
        # Here every word was touched before. On a chain each account's two are not: 2,000 more for
        # each to be read, and 2,800 for the one to be written.
        figures[function] = governed(world, function, 2).gas + MOST_ACCOUNTS * 6_800
        assert {key_of(world, key).newBusinessUntil for key in accounts_of(world, 2)} == {until}
    # A tenth of a block of 30 million.
    assert max(figures.values()) < 3_000_000
    spent = ", ".join(f"{function} {gas:,}" for function, gas in figures.items())
    note.append(f"gas for a member with {MOST_ACCOUNTS} accounts: {spent}")


# Administrators


def lose(world: World, how: str, last: str) -> Receipt:
    """One way in which the last administrator could go."""
    acts: dict[str, tuple[Any, ...]] = {
        "revoked": ("revokeKey", last),
        "renounced": ("renounceKey",),
        "frozen": ("freezeKey", last),
        "without the role": ("setKey", last, PAY, NO_END),
        "with an end": ("setKey", last, ADMINISTER, NO_END - 1),
    }
    return act(world, last, *acts[how])


WAYS = ["revoked", "renounced", "frozen", "without the role", "with an end"]


@pytest.mark.parametrize("how", WAYS)
def test_the_last_administrator_cannot_be_lost(world: World, how: str) -> None:
    with reverts("LastAdministrator", ISSUER):
        lose(world, how, admin(ISSUER))
    # A deputy that ends, or is frozen, does not count.
    deputy = world.give_key(ISSUER, "deputy", ADMINISTER, NO_END - 1)
    assert ask(world, "member", ISSUER).administrators == 1
    with reverts("LastAdministrator", ISSUER):
        lose(world, how, admin(ISSUER))
    set_key(world, admin(ISSUER), deputy, ADMINISTER, NO_END)
    act(world, deputy, "freezeKey", deputy)
    assert ask(world, "member", ISSUER).administrators == 1
    with reverts("LastAdministrator", ISSUER):
        lose(world, how, admin(ISSUER))
    act(world, admin(ISSUER), "thawKey", deputy)
    assert ask(world, "member", ISSUER).administrators == 2
    lose(world, how, admin(ISSUER))
    assert ask(world, "member", ISSUER).administrators == 1
    for again in WAYS:
        with reverts("LastAdministrator", ISSUER):
            lose(world, again, deputy)


@pytest.mark.parametrize("how", WAYS)
def test_a_deputy_that_does_not_count_goes_freely(world: World, how: str) -> None:
    deputy = world.give_key(ISSUER, "deputy", ADMINISTER, FAR)
    if how == "with an end":
        set_key(world, deputy, deputy, ADMINISTER, FAR - 1)
    else:
        lose(world, how, deputy)
    assert ask(world, "member", ISSUER).administrators == 1


def test_administrators_are_counted_through_every_change(world: World) -> None:
    def count() -> int:
        found: int = ask(world, "member", ISSUER).administrators
        return found

    caller, key = admin(ISSUER), account("deputy")
    for function, args, expected in (
        ("setKey", (key, ADMINISTER, NO_END), 2),
        ("setKey", (key, ADMINISTER | PAY, NO_END), 2),
        ("setKey", (key, ADMINISTER | PAY, FAR), 1),
        ("setKey", (key, ADMINISTER, NO_END), 2),
        ("freezeKey", (key,), 1),
        ("setKey", (key, ADMINISTER | PAY, NO_END), 1),
        ("thawKey", (key,), 2),
        ("setKey", (key, PAY, NO_END), 1),
        ("freezeKey", (key,), 1),
        ("setKey", (key, ADMINISTER, NO_END), 1),
        ("rotateKey", (key, NEW), 2),
        ("rotateKey", (NEW, key), 2),
        ("revokeKey", (key,), 1),
        ("createDesk", (ADMINISTER,), 2),
    ):
        act(world, caller, function, *args)
        assert count() == expected, (function, args)

# SPDX-License-Identifier: Apache-2.0
"""Members of the register: how they come, stand and go, and when there is new business at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from machine import Becomes, Machine, Refuses
from registry_acts import (
    ACTIVE,
    ADMINISTER,
    EXPELLED,
    GOVERNOR,
    LAST_EDITION,
    PAY,
    RESIGNED,
    SUSPENDED,
    ZERO,
    accounts_of,
    act,
    admitted,
    ask,
    governed,
    key_set,
    packed,
    told,
)
from suite import error
from vocabulary import NO_END, MemberKind, Role, open_roles
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CNSHA,
    DAY,
    DEPLOYER,
    FAR,
    FORWARDER,
    FOUNDERS,
    ISSUER,
    KINDS,
    MEMBERS,
    START,
    World,
    account,
    admin,
    admission,
    deployed,
    desk,
    parameters,
    register,
    reverts,
    treasury,
)

from yangshan.deployment.plan import CREDITS_EDITION

if TYPE_CHECKING:
    from world import Receipt

FIRST = admission(AUTHORITY)


# Founding and admission (M1)


def test_the_founders_are_members_with_two_keys_each() -> None:
    world = deployed()
    assert ask(world, "memberCount") == FOUNDERS
    assert ask(world, "founders") == FOUNDERS
    assert ask(world, "activeFounders") == 2**FOUNDERS - 1
    assert ask(world, "governor") == world.addresses["AllianceCouncil"]
    assert ask(world, "desks") == world.addresses["MemberDesks"]
    assert ask(world, "pausedUntil") == 0
    for number in range(1, FOUNDERS + 1):
        expect_admitted(world, number, NO_END)


def test_founding_tells_of_every_founder_and_key() -> None:
    world = World().at(START)
    founders = parameters().founders
    arguments = [each.as_argument() for each in founders]
    receipt = world.deploy("AllianceRegistry", "AllianceRegistry", GOVERNOR, ZERO, arguments)
    expected = []
    for number, founder in enumerate(founders, 1):
        expected += [
            admitted(number, founder),
            key_set(number, founder.administrator, ADMINISTER, NO_END),
            key_set(number, founder.treasury, PAY, NO_END),
        ]
    receipt.emitted(*expected)


def expect_admitted(world: World, number: int, valid_until: int) -> None:
    kind, calendar = KINDS[number]
    found = ask(world, "member", number)
    country = admission(number).country
    standing = (treasury(number), valid_until, calendar, country, ACTIVE, kind)
    assert found == (*standing, 2, 1, False)
    assert accounts_of(world, number) == [admin(number), treasury(number)]
    for index, (key, roles) in enumerate(((admin(number), ADMINISTER), (treasury(number), PAY))):
        expected = (number, NO_END, valid_until, index, False, False, roles)
        assert ask(world, "key", key) == expected
        assert ask(world, "memberOf", key) == number
    assert ask(world, "calendarOfBranch", number) == calendar
    assert ask(world, "isActive", number)
    assert ask(world, "nominatedTreasury", number) == ZERO
    assert ask(world, "recoveryOf", number) == (ZERO, 0, False)


def test_later_members_come_with_a_last_day_and_are_no_founders(world: World) -> None:
    assert ask(world, "memberCount") == MEMBERS
    assert ask(world, "founders") == FOUNDERS
    assert ask(world, "activeFounders") == 2**FOUNDERS - 1
    # Each got a desk's key afterwards.
    world = register(GOVERNOR, FIRST)
    governed(world, "admit", admission(APPLICANT).as_argument()).emitted(
        admitted(2, admission(APPLICANT)),
        key_set(2, admin(APPLICANT), ADMINISTER, NO_END),
        key_set(2, treasury(APPLICANT), PAY, NO_END),
    )
    assert ask(world, "activeFounders") == 1
    assert ask(world, "member", 2).validUntil == FAR
    assert ask(world, "key", admin(APPLICANT)).newBusinessUntil == FAR


@pytest.mark.parametrize("count", [0, 1, 2, 32, 33])
def test_an_alliance_has_1_to_32_founders(count: int) -> None:
    founders = [admission(100 + number, valid_until=NO_END) for number in range(count)]
    if 1 <= count <= 32:
        world = register(GOVERNOR, *founders)
        assert ask(world, "founders") == count
        assert ask(world, "activeFounders") == 2**count - 1
    else:
        with reverts("FoundersOutOfBounds", count):
            register(GOVERNOR, *founders)


@pytest.mark.parametrize("place", [1, 2])
def test_no_founder_has_a_last_day(place: int) -> None:
    founders = [admission(1), admission(2)]
    founders[place - 1] = admission(place, valid_until=NO_END - 1)
    with reverts("FounderWithEnd", place, NO_END - 1):
        register(GOVERNOR, *founders)


@pytest.fixture
def small() -> World:
    """A register with one founder, whose governor is a plain account."""
    return register(GOVERNOR, FIRST)


def admit(world: World, **changes: Any) -> Receipt:
    return governed(world, "admit", admission(ISSUER, **changes).as_argument())


def test_a_member_with_one_account_for_both_has_one_key(small: World) -> None:
    who = admission(ISSUER, treasury=admin(ISSUER))
    admit(small, treasury=admin(ISSUER)).emitted(
        admitted(2, who), key_set(2, admin(ISSUER), ADMINISTER, NO_END)
    )
    assert accounts_of(small, 2) == [admin(ISSUER)]
    assert ask(small, "member", 2).accounts == 1


INCOMPLETE: list[dict[str, Any]] = [
    {"administrator": ZERO},
    {"treasury": ZERO},
    {"kind": int(MemberKind.NONE)},
    {"kind": int(MemberKind.BANK), "calendar": 0},
    {"kind": int(MemberKind.CENTRAL_BANK), "calendar": 0},
]


@pytest.mark.parametrize("changes", INCOMPLETE)
def test_an_incomplete_admission_is_refused(small: World, changes: dict[str, Any]) -> None:
    who = admission(ISSUER, **changes)
    with reverts("IncompleteAdmission", who.administrator, who.treasury, who.kind, who.calendar):
        admit(small, **changes)
    assert ask(small, "memberCount") == 1


@pytest.mark.parametrize("kind", list(MemberKind)[1:])
def test_every_kind_is_admitted_and_has_its_roles_alone(small: World, kind: Any) -> None:
    admit(small, kind=int(kind), calendar=CNSHA)
    assert ask(small, "member", 2).kind == kind
    allowed = open_roles(kind)
    for role in Role:
        with small.aside():
            args = (desk(ISSUER), int(role), NO_END)
            if role & allowed:
                act(small, admin(ISSUER), "setKey", *args)
            else:
                with reverts("RolesNotOpen", int(role), allowed):
                    act(small, admin(ISSUER), "setKey", *args)


@pytest.mark.parametrize("kind", set(MemberKind) - {0, MemberKind.BANK, MemberKind.CENTRAL_BANK})
def test_whoever_is_no_bank_needs_no_calendar(small: World, kind: Any) -> None:
    admit(small, kind=int(kind), calendar=0)
    assert ask(small, "calendarOfBranch", 2) == 0


@pytest.mark.parametrize("valid_until", [START - 1, START, START + 1])
def test_a_member_is_admitted_for_a_time_ahead(small: World, valid_until: int) -> None:
    if valid_until > START:
        admit(small, valid_until=valid_until)
    else:
        with reverts("NotInFuture", valid_until, START):
            admit(small, valid_until=valid_until)


@pytest.mark.parametrize("place", ["treasury", "administrator"])
@pytest.mark.parametrize("taken", [admin(ISSUER), treasury(ISSUER)])
def test_an_account_of_one_member_is_no_other_members(small: World, place: str, taken: str) -> None:
    admit(small)
    fresh = {"treasury": account("fresh one"), "administrator": account("fresh two")}
    with reverts("AccountTaken", taken, 2):
        admit(small, **fresh | {place: taken})


@pytest.mark.parametrize("member", [0, MEMBERS + 1, 2**32 - 1])
def test_a_member_that_is_not_there_is_named(world: World, member: int) -> None:
    with reverts("UnknownMember", member):
        ask(world, "member", member)
    assert not ask(world, "isActive", member)


def test_the_deployer_is_nobody(world: World) -> None:
    assert ask(world, "memberOf", DEPLOYER) == 0
    assert ask(world, "key", DEPLOYER) == (0, 0, 0, 0, False, False, 0)


# Standing (M2 to M7)

LATER = FAR + 365 * DAY
NOBODY = MEMBERS + 5


@dataclass
class Scene:
    """A member that is no founder, or the number of nobody."""

    world: World
    member: int = APPLICANT

    def governed(self, function: str, *args: Any) -> Receipt:
        return governed(self.world, function, self.member, *args)

    def resign(self) -> Receipt:
        return act(self.world, admin(self.member), "resign")

    def standing(self) -> Any:
        """Its status, whether others may name it, and how long it takes new business itself."""
        if self.member == NOBODY:
            return None
        keys = [ask(self.world, "key", key) for key in accounts_of(self.world, self.member)]
        (until,) = {key.newBusinessUntil for key in keys}
        status = ask(self.world, "member", self.member).status
        return status, ask(self.world, "isActive", self.member), until


def active(world: World) -> Scene:
    return Scene(world)


def suspended(world: World) -> Scene:
    scene = Scene(world)
    scene.governed("suspend")
    return scene


def resigned(world: World) -> Scene:
    scene = Scene(world)
    scene.resign()
    return scene


def expelled(world: World) -> Scene:
    scene = Scene(world)
    scene.governed("expel")
    return scene


def past(world: World) -> Scene:
    return Scene(world.at(FAR + 1))


def lapsed(world: World) -> Scene:
    scene = past(world)
    scene.governed("lapse")
    return scene


def suspended_and_past(world: World) -> Scene:
    scene = suspended(world)
    world.at(FAR + 1)
    return scene


def unknown(world: World) -> Scene:
    return Scene(world, NOBODY)


def becomes(status: Any, named: bool, until: int, event: str, **fields: Any) -> Becomes[Scene]:
    return Becomes(
        (status, named, until), (lambda scene: told(event, memberId=scene.member, **fields),)
    )


def refuses(name: str, *args: Any) -> Refuses[Scene]:
    return Refuses(lambda scene: error(name, scene.member, *args))


SUSPENDS = becomes(SUSPENDED, False, 0, "MemberSuspended")
RESIGNS = becomes(RESIGNED, False, 0, "MemberResigned")
EXPELS = becomes(EXPELLED, False, 0, "MemberExpelled")
RENEWS = becomes(ACTIVE, True, LATER, "MemberRenewed", validUntil=LATER)
RENEWS_SUSPENDED = becomes(SUSPENDED, False, 0, "MemberRenewed", validUntil=LATER)
NOT_LAPSED = refuses("NotLapsed", FAR)


def gone(status: Any) -> dict[str, Any]:
    wrong = refuses("WrongMemberStatus", status)
    acts = ("suspend", "reinstate", "resign", "expel", "renew")
    return {**dict.fromkeys(acts, wrong), "lapse": NOT_LAPSED}


UNKNOWN = refuses("UnknownMember")

STANDING: Machine[Scene] = Machine(
    stages={
        "active": active,
        "suspended": suspended,
        "resigned": resigned,
        "expelled": expelled,
        "past": past,
        "lapsed": lapsed,
        "suspended_and_past": suspended_and_past,
        "unknown": unknown,
    },
    acts={
        "suspend": lambda scene: scene.governed("suspend"),
        "reinstate": lambda scene: scene.governed("reinstate"),
        "resign": Scene.resign,
        "expel": lambda scene: scene.governed("expel"),
        "renew": lambda scene: scene.governed("renew", LATER),
        "lapse": lambda scene: act(scene.world, DEPLOYER, "lapse", scene.member),
    },
    record=lambda scene: (scene.standing(), scene.world.view("AllianceRegistry.memberCount")),
    state=Scene.standing,
    table={
        "active": {
            "suspend": SUSPENDS,
            "reinstate": refuses("WrongMemberStatus", ACTIVE),
            "resign": RESIGNS,
            "expel": EXPELS,
            "renew": RENEWS,
            "lapse": NOT_LAPSED,
        },
        "suspended": {
            "suspend": refuses("WrongMemberStatus", SUSPENDED),
            "reinstate": becomes(ACTIVE, True, FAR, "MemberReinstated"),
            "resign": RESIGNS,
            "expel": EXPELS,
            "renew": RENEWS_SUSPENDED,
            "lapse": NOT_LAPSED,
        },
        "resigned": gone(RESIGNED),
        "expelled": gone(EXPELLED),
        "past": {
            "suspend": SUSPENDS,
            "reinstate": refuses("WrongMemberStatus", ACTIVE),
            "resign": RESIGNS,
            "expel": EXPELS,
            "renew": RENEWS,
            "lapse": becomes(ACTIVE, False, FAR, "MemberLapsed"),
        },
        "lapsed": {
            "suspend": SUSPENDS,
            "reinstate": refuses("WrongMemberStatus", ACTIVE),
            "resign": RESIGNS,
            "expel": EXPELS,
            "renew": RENEWS,
            "lapse": NOT_LAPSED,
        },
        "suspended_and_past": {
            "suspend": refuses("WrongMemberStatus", SUSPENDED),
            # Nobody names it until it is renewed, which needs no lapse first.
            "reinstate": becomes(ACTIVE, False, FAR, "MemberReinstated"),
            "resign": RESIGNS,
            "expel": EXPELS,
            "renew": RENEWS_SUSPENDED,
            "lapse": NOT_LAPSED,
        },
        "unknown": {
            "suspend": UNKNOWN,
            "reinstate": UNKNOWN,
            "resign": Refuses(lambda scene: error("NotAMember", admin(NOBODY))),
            "expel": UNKNOWN,
            "renew": UNKNOWN,
            "lapse": UNKNOWN,
        },
    },
)


def test_every_standing_and_act_has_its_outcome() -> None:
    STANDING.expect_complete()


@pytest.mark.parametrize(("stage", "act"), STANDING.cells())
def test_a_member(world: World, stage: str, act: str) -> None:
    STANDING.run(world, stage, act)


def test_a_reinstated_member_takes_new_business_as_before(world: World) -> None:
    key = desk(APPLICANT)
    for _ in range(2):
        assert ask(world, "memberInStanding", key, PAY) == APPLICANT
        governed(world, "suspend", APPLICANT)
        with reverts("NewBusinessClosed", APPLICANT, 0):
            ask(world, "memberInStanding", key, PAY)
        assert ask(world, "actingMemberOf", key, PAY) == APPLICANT
        governed(world, "reinstate", APPLICANT)


def test_a_renewal_that_came_while_suspended_holds_from_the_reinstatement(world: World) -> None:
    scene = suspended(world)
    scene.governed("renew", LATER)
    scene.governed("reinstate")
    assert scene.standing() == (ACTIVE, True, LATER)


@pytest.mark.parametrize("time", [FAR - 1, FAR, FAR + 1])
def test_a_member_is_reinstated_to_its_last_second(world: World, time: int) -> None:
    scene = suspended(world)
    world.at(time)
    scene.governed("reinstate")
    assert scene.standing() == (ACTIVE, time <= FAR, FAR)


@pytest.mark.parametrize("valid_until", [START, START + 1, FAR - 1])
def test_a_renewal_may_shorten_and_lies_ahead(world: World, valid_until: int) -> None:
    if valid_until <= world.time:
        with reverts("NotInFuture", valid_until, world.time):
            governed(world, "renew", APPLICANT, valid_until)
        return
    governed(world, "renew", APPLICANT, valid_until)
    for time, named in ((valid_until - 1, True), (valid_until, True), (valid_until + 1, False)):
        world.at(time)
        if named:
            assert ask(world, "memberInStanding", desk(APPLICANT), PAY) == APPLICANT
            with reverts("NotLapsed", APPLICANT, valid_until):
                act(world, DEPLOYER, "lapse", APPLICANT)
        else:
            with reverts("NewBusinessClosed", APPLICANT, valid_until):
                ask(world, "memberInStanding", desk(APPLICANT), PAY)
            act(world, DEPLOYER, "lapse", APPLICANT)


def test_a_member_past_its_validity_is_named_until_it_has_lapsed(world: World) -> None:
    world.at(FAR + 1)
    issue = (desk(ISSUER), int(Role.ISSUE), packed(APPLICANT), CREDITS_EDITION)
    assert ask(world, "tradingMember", *issue) == ISSUER
    act(world, DEPLOYER, "lapse", APPLICANT)
    with reverts("PartyNotActive", APPLICANT):
        ask(world, "tradingMember", *issue)
    governed(world, "renew", APPLICANT, LATER)
    assert ask(world, "tradingMember", *issue) == ISSUER


# Founders


def leave(world: World, how: str, member: int) -> Receipt:
    if how == "resign":
        return act(world, admin(member), "resign")
    return governed(world, how, member)


@pytest.mark.parametrize("how", ["suspend", "expel", "resign"])
def test_one_founder_stays(world: World, how: str) -> None:
    for member in range(1, FOUNDERS):
        leave(world, how, member)
        assert ask(world, "activeFounders") == 2**FOUNDERS - 2**member
    for last in ("suspend", "expel", "resign"):
        with reverts("LastFounder", FOUNDERS):
            leave(world, last, FOUNDERS)
    assert ask(world, "member", FOUNDERS).status == ACTIVE
    # Whoever came later does not sit in the council: it neither stays nor goes for the founders.
    for later, last in ((APPLICANT, "suspend"), (BENEFICIARY, "expel"), (MEMBERS, "resign")):
        leave(world, last, later)
    assert ask(world, "activeFounders") == 2 ** (FOUNDERS - 1)
    if how == "suspend":
        governed(world, "reinstate", AUTHORITY)
        assert ask(world, "activeFounders") == 2 ** (FOUNDERS - 1) + 1
        leave(world, "resign", FOUNDERS)


def test_a_founder_is_not_renewed(world: World) -> None:
    for member in (AUTHORITY, FOUNDERS):
        for valid_until in (FAR, NO_END):
            with reverts("FounderWithEnd", member, valid_until):
                governed(world, "renew", member, valid_until)
    governed(world, "renew", FOUNDERS + 1, NO_END)


@pytest.mark.parametrize("time", [FAR + 1, NO_END])
def test_a_founder_does_not_lapse(world: World, time: int) -> None:
    world.at(time)
    with reverts("NotLapsed", AUTHORITY, NO_END):
        act(world, DEPLOYER, "lapse", AUTHORITY)


# A pause


def trade(world: World, member: int = ISSUER, edition: int = CREDITS_EDITION) -> Any:
    return ask(world, "tradingMember", desk(member), PAY, packed(APPLICANT), edition)


def test_a_pause_ends_by_itself(world: World) -> None:
    until = START + 10
    governed(world, "pauseNewBusiness", until).emitted(told("NewBusinessPaused", until=until))
    assert ask(world, "pausedUntil") == until
    for time in (START, until - 1, until):
        world.at(time)
        with reverts("NewBusinessPausedNow", until):
            trade(world)
        # Not even with a contract that is never closed.
        with reverts("NewBusinessPausedNow", until):
            trade(world, edition=0)
        assert ask(world, "actingMemberOf", desk(ISSUER), PAY) == ISSUER
        assert ask(world, "memberInStanding", desk(ISSUER), PAY) == ISSUER
    world.at(until + 1)
    assert trade(world) == ISSUER
    assert trade(world, edition=0) == ISSUER
    # What is left of it stands in nobody's way: parties and editions are still told.
    governed(world, "suspend", APPLICANT)
    with reverts("PartyNotActive", APPLICANT):
        trade(world)
    governed(world, "closeEdition", CREDITS_EDITION)
    with reverts("EditionClosedToNew", CREDITS_EDITION):
        trade(world)


def test_a_pause_is_ended_before_its_time(world: World) -> None:
    governed(world, "pauseNewBusiness", NO_END)
    with reverts("NewBusinessPausedNow", NO_END):
        trade(world)
    governed(world, "resumeNewBusiness").emitted(told("NewBusinessResumed"))
    assert ask(world, "pausedUntil") == 0
    assert trade(world) == ISSUER


@pytest.mark.parametrize("change", [-5, 5])
def test_a_pause_that_runs_gets_another_end(world: World, change: int) -> None:
    governed(world, "pauseNewBusiness", START + 10)
    until = START + 10 + change
    governed(world, "pauseNewBusiness", until)
    world.at(until)
    with reverts("NewBusinessPausedNow", until):
        trade(world)
    world.at(until + 1)
    assert trade(world) == ISSUER


@pytest.mark.parametrize("until", [0, START - 1, START, START + 1])
def test_a_pause_ends_ahead(world: World, until: int) -> None:
    if until > START:
        governed(world, "pauseNewBusiness", until)
        return
    with reverts("NotInFuture", until, START):
        governed(world, "pauseNewBusiness", until)
    assert trade(world) == ISSUER


def test_where_there_is_no_pause_none_is_ended(world: World) -> None:
    with reverts("NotPaused"):
        governed(world, "resumeNewBusiness")
    # One that ended by itself leaves a bit behind, which is cleared once.
    for time in (START + 10, START + 11):
        with world.aside():
            governed(world, "pauseNewBusiness", START + 10)
            world.at(time)
            governed(world, "resumeNewBusiness").emitted(told("NewBusinessResumed"))
            assert trade(world) == ISSUER
            with reverts("NotPaused"):
                governed(world, "resumeNewBusiness")


# Editions


@pytest.mark.parametrize("edition", [1, 2, 62, LAST_EDITION])
def test_an_edition_is_closed_once_and_no_other_with_it(world: World, edition: int) -> None:
    governed(world, "closeEdition", edition).emitted(told("EditionClosed", edition=edition))
    with reverts("EditionClosedToNew", edition):
        governed(world, "closeEdition", edition)
    for other in (*range(LAST_EDITION + 1), 64, 255):
        assert ask(world, "isClosed", other) == (other == edition)
        if other == edition:
            with reverts("EditionClosedToNew", edition):
                trade(world, edition=other)
        else:
            assert trade(world, edition=other) == ISSUER


@pytest.mark.parametrize("edition", [0, LAST_EDITION + 1, 255])
def test_an_edition_beyond_the_numbers_cannot_be_closed(world: World, edition: int) -> None:
    with reverts("UnknownEdition", edition):
        governed(world, "closeEdition", edition)


def test_a_closed_edition_is_told_after_a_pause(world: World) -> None:
    governed(world, "closeEdition", CREDITS_EDITION)
    governed(world, "pauseNewBusiness", START + 1)
    with reverts("NewBusinessPausedNow", START + 1):
        trade(world)
    world.at(START + 2)
    with reverts("EditionClosedToNew", CREDITS_EDITION):
        trade(world)


# Authority


def test_new_business_and_work_in_flight_are_asked_apart(world: World) -> None:
    key = world.give_key(APPLICANT, "a key", PAY)
    for time in (FAR - 1, FAR, FAR + 1):
        world.at(time)
        assert ask(world, "actingMemberOf", key, PAY) == APPLICANT
        for view, more in (("tradingMember", (0, 0)), ("memberInStanding", ())):
            if time <= FAR:
                assert ask(world, view, key, PAY, *more) == APPLICANT
            else:
                with reverts("NewBusinessClosed", APPLICANT, FAR):
                    ask(world, view, key, PAY, *more)


@pytest.mark.parametrize("view", ["actingMemberOf", "tradingMember", "memberInStanding"])
def test_a_role_is_asked_bit_by_bit(world: World, view: str) -> None:
    more = (0, 0) if view == "tradingMember" else ()
    for held in Role:
        # Courts address an authority alone, and carriers alone issue titles.
        member = {Role.COURT: AUTHORITY, Role.CARRY: FORWARDER}.get(held, ISSUER)
        key = world.give_key(member, f"key for {held!r}", int(held))
        for asked in Role:
            if asked == held:
                assert ask(world, view, key, int(asked), *more) == member
            else:
                with reverts("MissingRole", key, member, int(asked)):
                    ask(world, view, key, int(asked), *more)
        with reverts("MissingRole", key, member, 0):
            ask(world, view, key, 0, *more)


# The numbers are public: bindings and books of members hold them.
NUMBERS = {
    "ADMINISTER": 0,
    "ISSUE": 1,
    "ADVISE": 2,
    "PRESENT": 3,
    "EXAMINE": 4,
    "PAY": 5,
    "KEEP_CALENDARS": 6,
    "VOTE": 7,
    "CASH": 8,
    "ACCEPT": 9,
    "ATTEST": 10,
    "TITLE": 11,
    "COURT": 12,
    "DOCUMENT": 13,
    "CARRY": 14,
}


@pytest.mark.parametrize("kind", list(MemberKind)[1:])
def test_each_role_has_the_number_that_it_always_had(small: World, kind: Any) -> None:
    admit(small, kind=int(kind), calendar=CNSHA)
    banking = {"ISSUE", "ADVISE", "EXAMINE"}
    closed = {"COURT"} if kind in (MemberKind.BANK, MemberKind.CENTRAL_BANK) else banking
    closed |= {"COURT"} if kind != MemberKind.AUTHORITY else set()
    closed |= {"CARRY"} if kind != MemberKind.CARRIER else set()
    expected = sum(1 << bit for name, bit in NUMBERS.items() if name not in closed)
    with reverts("RolesNotOpen", 2**128 - 1, expected):
        act(small, admin(ISSUER), "setKey", desk(ISSUER), 2**128 - 1, NO_END)
    assert {role.name: role.bit_length() - 1 for role in Role} == NUMBERS


# Pages of members


@pytest.fixture(scope="module")
def crowded() -> World:
    """A register of 200 members, of whom the first is a founder."""
    world = register(GOVERNOR, FIRST)
    for number in range(2, 201):
        args = admission(number, administrator=treasury(number)).as_argument()
        assert governed(world, "admit", args).value == number
    return world


@pytest.mark.parametrize("edges", [(191, 192, 193), (193, 192, 191), (192, 1, 193, 191, 2, 200)])
def test_members_beyond_191_are_parties_like_others(crowded: World, edges: tuple[int, ...]) -> None:
    with crowded.aside() as world:
        asked = (admin(AUTHORITY), ADMINISTER, packed(*edges), CREDITS_EDITION)
        assert ask(world, "tradingMember", *asked) == AUTHORITY
        for member in edges:
            assert ask(world, "isActive", member)
            if member == AUTHORITY:
                continue
            governed(world, "suspend", member)
            assert not ask(world, "isActive", member)
            with reverts("PartyNotActive", member):
                ask(world, "tradingMember", *asked)
            others = packed(*(each for each in edges if each != member))
            assert ask(world, "tradingMember", *asked[:2], others, 0) == AUTHORITY
            governed(world, "reinstate", member)
        assert ask(world, "tradingMember", *asked) == AUTHORITY


def test_editions_and_the_pause_are_nobody(crowded: World) -> None:
    """They share a word with members 1 to 191."""
    with crowded.aside() as world:
        before = [ask(world, "isActive", number) for number in range(600)]
        assert before == [1 <= number <= 200 for number in range(600)]
        governed(world, "pauseNewBusiness", world.time + 1)
        for edition in range(1, LAST_EDITION + 1):
            governed(world, "closeEdition", edition)
        assert [ask(world, "isActive", number) for number in range(600)] == before
        assert ask(world, "activeFounders") == 1
        for number in (191, 192, 193):
            governed(world, "expel", number)
        assert all(ask(world, "isClosed", edition) for edition in range(1, LAST_EDITION + 1))
        assert ask(world, "pausedUntil") == world.time + 1
        with reverts("NewBusinessPausedNow", world.time + 1):
            ask(world, "tradingMember", admin(AUTHORITY), ADMINISTER, 0, 0)


def test_of_no_party_at_all_nobody_is_missing(world: World) -> None:
    assert ask(world, "tradingMember", desk(ADVISER), PAY, 0, CREDITS_EDITION) == ADVISER

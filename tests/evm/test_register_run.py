# SPDX-License-Identifier: Apache-2.0
"""A long life of the register in random acts: every outcome and record as its rules say."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from model import RefusedError
from register_model import DESK_ROLES, Register
from registry_acts import (
    ACTIVE,
    ADMINISTER,
    GOVERNOR,
    LAST_EDITION,
    MOST_ADDED,
    PAY,
    PRESENT,
    SUSPENDED,
    ZERO,
    accounts_of,
    act,
    ask,
    governed,
    packed,
)
from runs import Run
from suite import Error, RevertedError, error
from vocabulary import MOST_ACCOUNTS, NO_END, MemberKind, Role, open_roles
from world import DAY, OUTSIDER, account, admission, refused, register

if TYPE_CHECKING:
    from suite import Event

STEPS = 3_500
FOUNDERS = (MemberKind.AUTHORITY, MemberKind.CENTRAL_BANK, MemberKind.BANK, MemberKind.BANK)
LATER = (MemberKind.BANK, MemberKind.TRADER, MemberKind.CARRIER, MemberKind.INSURER)
ROLES = [int(role) for role in Role]

# How often each act is tried, of all that are.
WEIGHTS: dict[str, float] = {
    "setKey": 34,
    "rotateKey": 4,
    "freezeKey": 5,
    "thawKey": 3,
    "revokeKey": 4,
    "renounceKey": 3,
    "createDesk": 3,
    "setDeskOnly": 3,
    "nominateTreasury": 4,
    "becomeTreasury": 3,
    "suspend": 3,
    "reinstate": 3,
    "expel": 0.5,
    "resign": 0.5,
    "renew": 4,
    "lapse": 2,
    "admit": 1,
    "beginRecovery": 4,
    "objectToRecovery": 3,
    "completeRecovery": 3,
    "settleRecovery": 2,
    "pauseNewBusiness": 1,
    "resumeNewBusiness": 1,
    "closeEdition": 1,
    "acting": 6,
    "standing": 7,
    "trading": 12,
    "wait": 4,
}


class Life:
    """The register and its model side by side."""

    def __init__(self, source: random.Random) -> None:
        self.source = source
        self.run = Run("register", source)
        founders = [
            admission(number, kind=int(kind), calendar=1, valid_until=NO_END)
            for number, kind in enumerate(FOUNDERS, 1)
        ]
        self.world = register(GOVERNOR, *founders)
        self.model = Register(GOVERNOR, self.world.time, len(founders))
        for founder in founders:
            self.model.bring(founder)
        # More accounts than one member may have, so that the limit is met; some are contracts'.
        self.crowd = [account(f"crowd {number}") for number in range(160)]
        self.served: Counter[str] = Counter()
        self.fill(len(founders))
        for kind in LATER:
            who = self.newcomer(int(kind))
            self.expect("admit", GOVERNOR, who)

    def fill(self, member: int) -> None:
        """Brings a member to its limit, and beyond it by two recoveries."""
        for key in self.crowd[: MOST_ADDED - 2]:
            caller = self.model.members[member].who.administrator
            roles = self.source.getrandbits(15) & open_roles(FOUNDERS[member - 1]) | PRESENT
            self.expect("setKey", caller, key, roles, NO_END)
        for heir in self.crowd[-2:]:
            self.expect("beginRecovery", GOVERNOR, member, heir)
            self.model.time = self.model.members[member].recovery[1]
            self.world.at(self.model.time)
            self.expect("completeRecovery", OUTSIDER, member)
        assert len(self.model.members[member].listed) == MOST_ACCOUNTS

    # Choices

    def newcomer(self, kind: int, days: int = 40) -> Any:
        number = len(self.model.members) + 1
        return admission(
            number,
            kind=kind,
            calendar=1,
            valid_until=self.model.time + days * DAY,
        )

    def any_of(self, choices: Any, otherwise: Any) -> Any:
        found = list(choices)
        return self.source.choice(found) if found else otherwise

    def member(self) -> int:
        """One that is mostly there, and mostly still a member."""
        if self.source.random() < 0.02:
            return self.source.choice((0, len(self.model.members) + 1, 2**32 - 1))
        there = [n for n, each in self.model.members.items() if each.status in (ACTIVE, SUSPENDED)]
        choices = there if self.source.random() < 0.9 else list(self.model.members)
        return self.source.choice(choices)

    def hoarder(self) -> int:
        """The member in standing that has most accounts: it comes to its limit."""
        time = self.model.time
        in_standing = [n for n, each in self.model.members.items() if time <= each.until]
        return max(in_standing, key=lambda n: len(self.model.members[n].listed))

    def account(self, member: int = 0) -> str:
        """An account of the member, mostly; or of the crowd."""
        if member in self.model.members and self.source.random() < 0.8:
            return self.source.choice(self.model.members[member].listed)
        return self.source.choice(self.crowd)

    def free(self) -> str:
        choices = [key for key in self.crowd if key not in self.model.keys]
        if self.source.random() < 0.1 or not choices:
            return self.source.choice((ZERO, *self.crowd, *self.model.keys))
        return self.source.choice(choices)

    def administrator(self, member: int) -> str:
        """A live administrator of the member, mostly."""
        if member not in self.model.members or self.source.random() < 0.08:
            return self.source.choice((OUTSIDER, *self.crowd, *self.model.keys))
        listed = self.model.members[member].listed
        return self.source.choice([key for key in listed if self.model.keys[key].stands])

    def governor(self) -> str:
        return self.account(self.member()) if self.source.random() < 0.02 else GOVERNOR

    def roles(self, member: int) -> int:
        if member not in self.model.members or self.source.random() < 0.03:
            return self.source.getrandbits(15)
        allowed = open_roles(self.model.members[member].who.kind)
        if self.model.members[member].desk_only and self.source.random() < 0.8:
            allowed &= ~DESK_ROLES
        if self.source.random() < 0.2:
            return ADMINISTER
        return self.source.getrandbits(15) & allowed | PRESENT

    def until(self) -> int:
        time = self.model.time
        return self.source.choice(
            (NO_END, NO_END, time + self.source.randint(-1, 5 * DAY), time + 60 * DAY)
        )

    # Acts: the caller and the arguments

    def choose(self, name: str) -> tuple[str, tuple[Any, ...]]:
        source, model = self.source, self.model
        hoards = name in ("setKey", "beginRecovery") and source.random() < 0.5
        member = self.hoarder() if hoards else self.member()
        caller = self.administrator(member)
        match name:
            case "setKey":
                if hoards or source.random() < 0.4:
                    return caller, (self.free(), self.roles(member), self.until())
                return caller, (self.account(member), self.roles(member), self.until())
            case "rotateKey":
                return caller, (self.account(member), self.free())
            case "freezeKey":
                key = self.account(member)
                return (key if source.random() < 0.4 else caller), (key,)
            case "thawKey":
                frozen = [key for key, each in model.keys.items() if each.frozen]
                key = self.any_of(frozen, self.account(member))
                if source.random() < 0.2 or key not in model.keys:
                    key = self.account(member)
                if key in model.keys and source.random() < 0.9:
                    caller = self.administrator(model.keys[key].member)
                return caller, (key,)
            case "revokeKey":
                return caller, (self.account(member),)
            case "renounceKey":
                return self.account(member), ()
            case "createDesk":
                return caller, (self.roles(member),)
            case "setDeskOnly":
                record = model.members.get(member)
                change = not record.desk_only if record else True
                return caller, (change if source.random() < 0.8 else not change,)
            case "nominateTreasury":
                return caller, (ZERO if source.random() < 0.05 else self.account(member),)
            case "becomeTreasury":
                nominated = [m.nominated for m in model.members.values() if m.nominated != ZERO]
                key = self.account(member)
                return (self.any_of(nominated, key) if source.random() < 0.7 else key), ()
            case "resign" | "objectToRecovery":
                if name == "objectToRecovery" and source.random() < 0.8:
                    member = self.recovering(objected=False) or member
                # Founders leave so seldom that some stay for the whole run.
                elif name == "resign" and member <= model.founders and source.random() < 0.8:
                    member = self.any_of([n for n in model.members if n > model.founders], member)
                return self.administrator(member), ()
            case "suspend":
                return self.governor(), (member,)
            case "reinstate":
                waiting = [n for n, each in model.members.items() if each.status == SUSPENDED]
                return self.governor(), (self.any_of(waiting, member),)
            case "expel":
                if member <= model.founders and source.random() < 0.8:
                    member = len(model.members)
                return self.governor(), (member,)
            case "renew":
                past = [
                    n
                    for n, each in model.members.items()
                    if each.valid_until < model.time and each.status in (ACTIVE, SUSPENDED)
                ]
                if source.random() < 0.7:
                    member = self.any_of(past, member)
                ahead = model.time + source.randint(-1, 40 * DAY)
                return self.governor(), (member, ahead)
            case "lapse":
                past = [
                    n
                    for n, each in model.members.items()
                    if each.named and each.valid_until < model.time
                ]
                return OUTSIDER, (self.any_of(past, member),)
            case "admit":
                who = self.newcomer(int(source.choice(list(MemberKind))))
                if source.random() < 0.2:
                    who = replace(who, administrator=self.free(), treasury=self.free())
                return self.governor(), (who,)
            case "beginRecovery":
                full = [n for n, m in model.members.items() if len(m.listed) >= MOST_ADDED]
                if source.random() < 0.5:
                    member = self.any_of(full, member)
                record = model.members.get(member)
                # One that is under way is seldom begun anew, or none would come to its end.
                if record and record.recovery[0] != ZERO and source.random() < 0.9:
                    member = self.any_of(
                        [n for n, each in model.members.items() if each.recovery[0] == ZERO], member
                    )
                return self.governor(), (member, self.free())
            case "completeRecovery":
                due = [
                    n
                    for n, each in model.members.items()
                    if each.recovery[1] and not each.recovery[2] and each.recovery[1] <= model.time
                ]
                return OUTSIDER, (self.any_of(due, member),)
            case "settleRecovery":
                return self.governor(), (self.recovering(objected=True) or member,)
            case "pauseNewBusiness":
                return self.governor(), (model.time + source.randint(-1, 3 * DAY),)
            case "resumeNewBusiness":
                return self.governor(), ()
            case _:
                assert name == "closeEdition"
                # Not all of them, so that there is something left to trade with.
                return self.governor(), (source.choice((0, 64, *range(20, LAST_EDITION + 1))),)

    def recovering(self, *, objected: bool) -> int:
        return int(
            self.any_of(
                [
                    n
                    for n, each in self.model.members.items()
                    if each.recovery[0] != ZERO and each.recovery[2] is objected
                ],
                0,
            )
        )

    # Steps

    def step(self) -> None:
        name = self.source.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if name == "wait":
            self.wait()
        elif name in ("acting", "standing", "trading"):
            self.question(name)
        else:
            caller, args = self.choose(name)
            self.expect(name, caller, *args)

    def expect(self, name: str, caller: str, *args: Any) -> None:
        """Tries an act on both sides: equal errors, or equal events."""
        expected, refusal = self.expected(name, caller, args)
        given = [each.as_argument() if name == "admit" else each for each in args]
        with self.run.expecting(name, refusal):
            act(self.world, caller, name, *given).emitted(*expected)

    def expected(
        self, name: str, caller: str, args: tuple[Any, ...]
    ) -> tuple[list[Event], Error | None]:
        if name == "createDesk":
            args = (*args, self.next_desk(caller, *args))
        try:
            return getattr(self.model, name)(caller, *args), None
        except RefusedError as refusal:
            return [], refusal.error

    def next_desk(self, caller: str, roles: int) -> str:
        """The address of a desk that is created now; nobody's if none is."""
        self.world.next_block()
        with self.world.aside():
            try:
                desk: str = act(self.world, caller, "createDesk", roles).value
            except RevertedError:
                return ZERO
        return desk

    def question(self, name: str) -> None:
        """Asks in whose name a key acts."""
        source, model = self.source, self.model
        key = source.choice(list(model.keys)) if source.random() < 0.95 else OUTSIDER
        held = [role for role in ROLES if key in model.keys and model.keys[key].roles & role]
        role = self.any_of(held, PAY) if source.random() < 0.8 else source.choice(ROLES)
        views = {"acting": "actingMemberOf", "standing": "memberInStanding"}
        view, more, given = views.get(name, "tradingMember"), (), ()
        if name == "trading":
            named = [number for number, each in model.members.items() if each.named]
            parties = tuple(
                source.choice(named) if source.random() < 0.97 else source.choice(range(12))
                for _ in range(source.randint(0, 8))
            )
            edition = source.choice((0, 1, 2, 20, 30))
            more, given = (parties, edition), (packed(*parties), edition)
        try:
            number, refusal = getattr(model, name)(key, role, *more), None
        except RefusedError as found:
            number, refusal = 0, found.error
        with self.run.expecting(name, refusal):
            assert ask(self.world, view, key, role, *given) == number

    def wait(self) -> None:
        """Some hours or days; or to the second around the end of something."""
        source, model = self.source, self.model
        target = model.time + source.randint(0, DAY // 2)
        ends = [each.recovery[1] for each in model.members.values() if each.recovery[1]]
        ends += [each.valid_until for each in model.members.values()]
        ends += [key.valid_until for key in model.keys.values()] + [model.paused_until]
        ahead = sorted(each for each in ends if model.time + 1 < each < model.time + 20 * DAY)
        due = sorted(
            each.recovery[1]
            for each in model.members.values()
            if each.recovery[1] > model.time + 1 and not each.recovery[2]
        )
        if due and source.random() < 0.25:
            target = due[0] + source.randint(-1, 1)
        elif ahead and source.random() < 0.6:
            target = source.choice(ahead[:4]) + source.randint(-1, 1)
        model.time = max(model.time, target)
        with self.run.expecting("wait", None):
            self.world.at(model.time)

    # Comparison

    def compare(self) -> None:
        """Every record on both sides."""
        world, model = self.world, self.model
        assert ask(world, "memberCount") == len(model.members)
        assert ask(world, "pausedUntil") == model.paused_until
        closed = {n for n in range(LAST_EDITION + 1) if ask(world, "isClosed", n)}
        assert closed == model.closed
        for number, member in model.members.items():
            found = ask(world, "member", number)
            assert found == (
                member.treasury,
                member.valid_until,
                member.who.calendar,
                member.who.country,
                member.status,
                member.who.kind,
                len(member.listed),
                model.administrators(number),
                member.desk_only,
            )
            assert ask(world, "isActive", number) == member.named
            assert ask(world, "recoveryOf", number) == member.recovery
            assert ask(world, "nominatedTreasury", number) == member.nominated
            assert ask(world, "calendarOfBranch", number) == member.who.calendar
            assert accounts_of(world, number) == member.listed
            assert ask(world, "accountAt", number, len(member.listed)) == ZERO
            for place, each in enumerate(member.listed):
                key = model.keys[each]
                assert ask(world, "key", each) == (
                    number,
                    key.valid_until,
                    member.until,
                    place,
                    key.frozen,
                    key.desk,
                    key.roles,
                )
        for each in self.crowd:
            if each not in model.keys:
                assert ask(world, "key", each) == (0, 0, 0, 0, False, False, 0)

    # Invariants, asked of the chain alone

    def expect_invariants(self) -> None:
        everybody = {
            number: [
                (each, ask(self.world, "key", each)) for each in accounts_of(self.world, number)
            ]
            for number in range(1, ask(self.world, "memberCount") + 1)
        }
        for number, keys in everybody.items():
            self.every_member_has_an_administrator_without_end(number, keys)
            self.no_member_has_more_accounts_than_bounded_work_allows(number, keys)
            self.the_treasury_is_an_account_of_its_member(number, keys)
            self.a_member_out_of_standing_has_no_key_for_new_business(number, keys)
            self.desks_alone_have_what_they_alone_do(number, keys)
        self.roles_of_one_member_never_leak_to_another(everybody)
        self.a_founder_is_active()
        self.dead_keys_move_nothing(everybody)

    def every_member_has_an_administrator_without_end(self, number: int, keys: Any) -> None:
        standing = [
            each
            for each, key in keys
            if key.roles & ADMINISTER and key.validUntil == NO_END and not key.frozen
        ]
        assert len(standing) == ask(self.world, "member", number).administrators
        assert standing
        for each in standing:
            assert ask(self.world, "actingMemberOf", each, ADMINISTER) == number
        # And if it were lost, the council could replace it, whatever its standing.
        if self.source.random() < 0.7:
            return
        with self.world.aside():
            governed(self.world, "beginRecovery", number, account("an heir"))
            self.world.at(self.world.time + 14 * DAY)
            act(self.world, OUTSIDER, "completeRecovery", number)
            assert ask(self.world, "actingMemberOf", account("an heir"), ADMINISTER) == number

    def no_member_has_more_accounts_than_bounded_work_allows(self, number: int, keys: Any) -> None:
        assert len({each for each, _ in keys}) == len(keys) <= MOST_ACCOUNTS

    def the_treasury_is_an_account_of_its_member(self, number: int, keys: Any) -> None:
        assert ask(self.world, "member", number).treasury in {each for each, _ in keys}

    def a_member_out_of_standing_has_no_key_for_new_business(self, number: int, keys: Any) -> None:
        found = ask(self.world, "member", number)
        in_time = self.world.time <= found.validUntil
        if found.status == ACTIVE and in_time:
            return
        self.served["members out of standing"] += 1
        assert in_time or found.status == ACTIVE or not ask(self.world, "isActive", number)
        for each, key in keys:
            assert key.newBusinessUntil < self.world.time
            is_live = not key.frozen and self.world.time <= key.validUntil
            if not (is_live and key.roles):
                continue
            role = key.roles & -key.roles
            assert ask(self.world, "actingMemberOf", each, role) == number
            for view, more in (("memberInStanding", ()), ("tradingMember", (0, 0))):
                with refused(error("NewBusinessClosed", number, key.newBusinessUntil)):
                    ask(self.world, view, each, role, *more)

    def desks_alone_have_what_they_alone_do(self, number: int, keys: Any) -> None:
        if not ask(self.world, "member", number).deskOnly:
            return
        self.served["members with desks alone"] += 1
        assert any(key.desk for _, key in keys)
        assert not any(key.roles & DESK_ROLES for _, key in keys if not key.desk)

    def roles_of_one_member_never_leak_to_another(self, everybody: Any) -> None:
        owner: dict[str, int] = {}
        for number, keys in everybody.items():
            allowed = open_roles(ask(self.world, "member", number).kind)
            for place, (each, key) in enumerate(keys):
                assert owner.setdefault(each, number) == number
                assert (key.memberId, key.index) == (number, place)
                assert key.roles & ~allowed == 0
        for each in self.crowd:
            assert ask(self.world, "memberOf", each) == owner.get(each, 0)

    def a_founder_is_active(self) -> None:
        bits = ask(self.world, "activeFounders")
        active = [n for n in range(1, len(FOUNDERS) + 1) if ask(self.world, "isActive", n)]
        assert bits == sum(1 << n - 1 for n in active)
        assert active

    def dead_keys_move_nothing(self, everybody: Any) -> None:
        """One of each sort: a frozen, an expired, and one that is nobody's or not any more."""
        time = self.world.time
        dead = {
            "revoked": (self.any_of([k for k in self.crowd if k not in self.model.keys], ZERO), 0)
        }
        for number, keys in everybody.items():
            for each, key in keys:
                if key.frozen:
                    dead["frozen"] = each, number
                elif key.validUntil < time:
                    dead["expired"] = each, number
        for sort, (each, number) in dead.items():
            own = next((other for other, _ in everybody.get(number, ()) if other != each), OUTSIDER)
            calls: list[tuple[str, tuple[Any, ...]]] = [
                ("setKey", (own, PAY, NO_END)),
                ("setKey", (OUTSIDER, PAY, NO_END)),
                ("rotateKey", (own, OUTSIDER)),
                ("freezeKey", (own,)),
                ("thawKey", (own,)),
                ("revokeKey", (own,)),
                ("createDesk", (PAY,)),
                ("setDeskOnly", (True,)),
                ("nominateTreasury", (each,)),
                ("becomeTreasury", ()),
                ("objectToRecovery", ()),
                ("resign", ()),
            ]
            expected = {
                "revoked": lambda key: error("NotAMember", key),
                "frozen": lambda key: error("KeyFrozenNow", key),
                "expired": lambda key: error(
                    "KeyExpired", key, ask(self.world, "key", key).validUntil
                ),
            }[sort](each)
            self.served[f"{sort} keys"] += 1
            for function, args in calls:
                with refused(expected):
                    act(self.world, each, function, *args)


def test_the_register_lives_as_a_model_of_its_rules_says(seed: int, note: list[str]) -> None:
    life = Life(random.Random(seed))
    for number in range(STEPS):
        life.step()
        if number % 100 == 0:
            life.compare()
            life.expect_invariants()
    life.compare()
    life.expect_invariants()
    note.append(life.run.shares())
    note.append(f"register: {len(life.run.met)} errors met; {dict(life.served)}")
    life.run.expect_each_succeeds()
    # The run came to what it is for.
    assert set(life.run.tried) == set(WEIGHTS)
    assert min(life.served.values()) > 0
    assert len(life.served) == 5

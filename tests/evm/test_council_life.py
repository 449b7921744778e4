# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts around the council, each held against a model of its rules."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from council import CASES, GIVEN, LETTERS, answering, founded, hash_of, rules
from council_model import Alliance, Council, Member
from eth_utils import keccak
from model import RefusedError
from runs import Run
from vocabulary import NO_END, Action, MemberKind, MemberStatus, ProposalState, Role
from world import (
    CASH,
    DAY,
    OUTSIDER,
    START,
    Motion,
    account,
    admin,
    admission,
    ascii32,
    desk,
    treasury,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from suite import Error, Event

ALLIANCES, STEPS = 12, 400
FAR_OFF = START + 3 * 365 * DAY
NONE, OPEN, PASSED, DEFEATED, LAPSED, CANCELLED, EXECUTED = ProposalState

# Each act with its weight.
ACTS = {
    "propose": 8,
    "vote": 50,
    "cancel": 1,
    "execute": 20,
    "resign": 0.2,
    "object": 2,
    "complete": 3,
    "lapse": 3,
    "wait": 12,
}
# Founders do not leave so often that none is left soon, nor do rules change under every vote.
WEIGHTS = dict.fromkeys(CASES, 6) | {
    Action.EXPEL_MEMBER: 2,
    Action.CHANGE_RULES: 2,
    Action.SUSPEND_MEMBER: 8,
    Action.REINSTATE_MEMBER: 12,
    Action.BEGIN_RECOVERY: 10,
    Action.SETTLE_RECOVERY: 14,
}


class Life:
    """One random run: an alliance, its model, and the choices."""

    def __init__(self, source: random.Random, run: Run, founders: int) -> None:
        self.source, self.run = source, run
        kinds = tuple(source.choice([k for k in MemberKind if k]) for _ in range(founders))
        by = self.any_rules()
        self.world = world = founded(kinds, by)
        members = {
            number: Member(int(kind), NO_END, admin(number)) for number, kind in enumerate(kinds, 1)
        }
        owners = {key(n): n for n in members for key in (admin, treasury, desk)}
        code = dict.fromkeys(world.addresses.values(), 0)
        code[world.addresses["LetterOfCredit"]] = 1
        self.model = Council(
            Alliance(world.time, members, founders, 1, owners, code), by.as_argument()
        )
        self.model.alliance.versions = [
            (ascii32(name), at) for name, at in world.addresses.items() if name != "Directory"
        ]
        for edition in (0, 1, 2, 3, 4, 63, 64, 300):
            code[answering(world, 1, value=edition)] = edition
        for later in range(founders + 1, founders + 4):
            until = START + source.randint(1, 20) * DAY
            newcomer = admission(later, valid_until=until)
            world.governed("AllianceRegistry.admit", newcomer.as_argument())
            members[later] = Member(newcomer.kind, until, admin(later))
            owners |= {admin(later): later, treasury(later): later}
        if founders > 2:
            world.governed("AllianceRegistry.suspend", founders)
            members[founders].status, members[founders].is_named = MemberStatus.SUSPENDED, False
        teller = world.give_key(1, "teller", int(Role.CASH))
        owners[teller] = 1
        for number in members:
            world.send(teller, f"{CASH}.mint", number, number, keccak(number))
        self.untouched = self.holdings()
        self.done: Counter[Any] = Counter()
        # The founders that were in favour of a proposal, as the votes were cast.
        self.voices: dict[bytes, dict[int, int]] = {}

    @property
    def alliance(self) -> Alliance:
        return self.model.alliance

    def any_rules(self) -> Any:
        source = self.source
        weights = [(kind, source.choice((1, 1, 2, 3, 7, 255))) for kind in MemberKind if kind]
        return rules(
            *weights,
            quorum=source.choice((51, 51, 60, 67, 75, 100)),
            voting_period=source.choice((DAY, 7 * DAY, 7 * DAY, 30 * DAY, 30 * DAY)),
            execution_delay=source.choice((0, 3_600, DAY, 10 * DAY)),
        )

    # Choices

    def any_of(self, found: Sequence[Any], otherwise: Any) -> Any:
        return self.source.choice(found) if found else otherwise

    def founder(self) -> int:
        """Mostly one that may vote."""
        if self.source.random() < 0.95:
            return int(self.any_of(self.alliance.active_founders(), 1))
        return self.source.randint(0, len(self.alliance.members))

    def member(self, *statuses: Any, later: float = 0.4) -> int:
        """Mostly one that stands so; in a share of cases one that is no founder."""
        found = [n for n, each in self.alliance.members.items() if each.status in statuses]
        if self.source.random() < 0.9:
            others = [n for n in found if n > self.alliance.founders]
            return int(self.any_of(others if self.source.random() < later else found, 1))
        return self.source.randint(1, len(self.alliance.members) + 1)

    def proposal(self, *states: Any) -> bytes:
        numbers = list(self.model.proposals)
        if self.source.random() < 0.9:
            numbers = [each for each in numbers if self.model.state(each) in states]
        return bytes(self.any_of(numbers[-5:], keccak(text="no proposal")))

    def motion(self) -> Motion:
        source, alliance, time = self.source, self.alliance, self.alliance.time
        action = source.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        salt = source.randbytes(32)
        fields: dict[str, Any] = {}
        active, suspended = MemberStatus.ACTIVE, MemberStatus.SUSPENDED
        new = account(f"administrator {source.randint(1, 400)}")
        match action:
            case Action.ADMIT_MEMBER:
                purse = source.choice((new, account(f"purse {source.randint(1, 400)}")))
                until = source.choice((NO_END, time + source.randint(1, 10) * DAY, time))
                newcomer = admission(99, treasury=purse, administrator=new, valid_until=until)
                fields["admission"] = newcomer.as_argument()
            case Action.SUSPEND_MEMBER | Action.APPOINT_KEEPER:
                fields["member"] = self.member(active)
            case Action.REINSTATE_MEMBER:
                fields["member"] = self.member(suspended)
            case Action.EXPEL_MEMBER:
                fields["member"] = self.member(active, suspended)
            case Action.RENEW_MEMBER:
                fields["member"] = self.member(active, suspended, later=0.9)
                fields["until"] = time + source.randint(1, 10) * DAY
            case Action.BEGIN_RECOVERY:
                fields |= {"member": self.member(active), "account": new}
            case Action.SETTLE_RECOVERY:
                number = int(self.any_of(list(alliance.recoveries), 1))
                right = alliance.recoveries.get(number)
                fields |= {"member": number, "account": right.administrator if right else new}
            case Action.CHANGE_RULES:
                fields["rules"] = self.any_rules().as_argument()
                if source.random() < 0.1:
                    fields["rules"] = (*fields["rules"][:1], 50, *fields["rules"][2:])
            case Action.REGISTER_VERSION:
                known = {at for _, at in alliance.versions}
                fresh = [at for at in alliance.code if at not in known]
                at = source.choice((OUTSIDER, *alliance.code, *fresh * 3))
                fields |= {"account": at, "name": source.choice((LETTERS, ascii32("Other")))}
            case Action.CLOSE_EDITION:
                to_close = sorted(set(alliance.bearers()) - alliance.closed)
                fields["edition"] = source.choice((1, 2, 5, 64, *to_close * 3))
            case Action.PAUSE_NEW_BUSINESS:
                fields["until"] = time + source.randint(1, 30) * DAY
        if source.random() < 0.05:
            name = source.choice(list(GIVEN))
            fields[name] = getattr(Motion(0), name) if name in fields else GIVEN[name]
        return Motion(action, **fields)._replace(resolution=salt)

    # Acts: the founder's number, what is called, and what the model says

    def propose(self) -> None:
        motion = self.motion()
        if self.source.random() < 0.05 and self.model.proposals:
            motion = self.source.choice(list(self.model.proposals.values())).motion
        number = hash_of(motion)
        founder = self.founder()
        self.act("propose", founder, number, motion, sent=(motion,))

    def stand(self, *states: Any) -> bool:
        """Whether a proposal stands so; now and then an act is tried without."""
        found = any(self.model.state(each) in states for each in self.model.proposals)
        return found or self.source.random() < 0.1

    def late(self) -> list[tuple[bytes, int]]:
        """Now and then: open proposals with founders in standing that were not so at the start."""
        if self.source.random() > 0.1:
            return []
        return [
            (number, founder)
            for number, each in self.model.proposals.items()
            if self.model.state(number) == OPEN
            for founder in self.alliance.active_founders()
            if founder not in each.electors
        ]

    def vote(self) -> None:
        if not self.stand(OPEN):
            self.propose()
            return
        number, founder = self.proposal(OPEN), self.founder()
        if number in self.model.proposals and self.source.random() < 0.9:
            proposal, active = self.model.proposals[number], self.alliance.active_founders()
            silent = [n for n in active if n in proposal.electors and n not in proposal.votes]
            founder = int(self.any_of(silent, founder))
        if late := self.late():
            number, founder = self.source.choice(late)
        self.act("vote", founder, number, self.source.random() < 0.85)

    def cancel(self) -> None:
        number, founder = self.proposal(OPEN, PASSED), self.founder()
        if number in self.model.proposals and self.source.random() < 0.7:
            founder = self.model.proposals[number].proposer
        self.act("cancel", founder, number)

    def execute(self) -> None:
        if not self.stand(PASSED):
            self.wait()
            return
        number, founder = self.proposal(PASSED), self.founder()
        due = [
            number
            for number, each in self.model.proposals.items()
            if self.model.state(number) == PASSED and each.execution[0] <= self.alliance.time
        ]
        if self.source.random() < 0.8:
            number = bytes(self.any_of(due, number))
        motion = Motion(Action.RESUME_NEW_BUSINESS, resolution=number)
        if number in self.model.proposals:
            motion = self.model.proposals[number].motion
        else:
            number = hash_of(motion)
        if self.act("execute", founder, number, motion, sent=(motion,)):
            self.check_execution(number, motion)

    def check_execution(self, number: bytes, motion: Motion) -> None:
        """What the founders said, kept apart from model and contract, was enough, once."""
        self.done[number] += 1
        self.run.done[f"({motion.action.name.lower()})"] += 1
        proposal = self.model.proposals[number]
        share = Fraction(sum(self.voices[number].values()), sum(proposal.electors.values()))
        assert share > Fraction(1, 2)
        if self.model.is_grave(motion):
            assert share >= Fraction(2, 3)

    def resign(self) -> None:
        number = self.member(MemberStatus.ACTIVE)
        if number in self.alliance.members:
            self.other("resign", number, self.alliance.members[number].administrator, ())

    def object(self) -> None:
        time, recoveries = self.alliance.time, self.alliance.recoveries
        if (number := self.one_of(recoveries, lambda r: r.completable_from > time)) is not None:
            self.other("objectToRecovery", number, self.alliance.members[number].administrator, ())

    def complete(self) -> None:
        time, recoveries = self.alliance.time, self.alliance.recoveries
        if (number := self.one_of(recoveries, lambda r: r.completable_from <= time)) is not None:
            self.other("completeRecovery", number, OUTSIDER, (number,))

    def lapse(self) -> None:
        time, members = self.alliance.time, self.alliance.members
        if (number := self.one_of(members, lambda m: m.is_named and m.valid_until < time)) is None:
            return
        self.other("lapse", number, OUTSIDER, (number,))

    def one_of(self, found: dict[int, Any], fits: Callable[[Any], bool]) -> int | None:
        """One that fits; now and then one that does not."""
        fitting = [number for number, each in found.items() if fits(each)]
        if fitting and self.source.random() < 0.8:
            return int(self.source.choice(fitting))
        return int(self.any_of(list(found), 1)) if self.source.random() < 0.2 else None

    def wait(self) -> None:
        """Some hours; or to the second around a time that decides something."""
        alliance, source = self.alliance, self.source
        target = alliance.time + source.randint(0, DAY // 2)
        ahead = [
            instant
            for each in self.model.proposals.values()
            if each.end is None
            for instant in each.execution or (each.deadline,)
        ]
        recoveries = [r.completable_from for r in alliance.recoveries.values() if not r.objected]
        choice = source.random()
        instants = [*ahead, *recoveries] if choice < 0.3 else recoveries if choice < 0.4 else []
        if instants := [each for each in instants if each > alliance.time + 1]:
            target = min(instants) + source.randint(-1, 1)
        if alliance.time < target < FAR_OFF:
            alliance.time = target
            self.world.at(target)

    # Comparison

    def act(
        self, name: str, founder: int, number: bytes, *args: Any, sent: tuple[Any, ...] = ()
    ) -> bool:
        """Tries an act of the council on both sides: equal errors, or equal events."""
        founder, caller = self.voice(founder)
        expected, refusal = self.said(
            lambda: getattr(self.model, name)(founder, caller, number, *args)
        )
        with self.run.expecting(name, refusal):
            receipt = self.world.send(caller, f"AllianceCouncil.{name}", *(sent or (number, *args)))
            receipt.emitted(*expected)
        for each in expected:
            if each.name == "VoteCast" and each.fields["inFavour"]:
                voices = self.voices.setdefault(number, {})
                assert founder not in voices
                voices[founder] = each.fields["weight"]
        self.check(number)
        return refusal is None

    def voice(self, number: int) -> tuple[int, str]:
        """A member and its key with VOTE; an account of nobody where it never had one."""
        if 1 <= number <= self.alliance.founders:
            return number, desk(number)
        key = account(f"key of {number}")
        if key not in self.alliance.owners:
            member = self.alliance.members.get(number)
            if member is None or self.alliance.time > member.open_until():
                return 0, OUTSIDER
            vote = int(Role.VOTE)
            self.world.send(member.administrator, "AllianceRegistry.setKey", key, vote, NO_END)
            self.alliance.owners[key] = number
        return number, key

    def other(self, function: str, number: int, caller: str, args: tuple[Any, ...]) -> None:
        name = {"objectToRecovery": "object", "completeRecovery": "complete"}.get(
            function, function
        )
        expected, refusal = self.said(lambda: getattr(self.alliance, name)(number))
        with self.run.expecting(name, refusal):
            self.world.send(caller, f"AllianceRegistry.{function}", *args).emitted(*expected)

    def said(self, ask: Callable[[], list[Event]]) -> tuple[list[Event], Error | None]:
        try:
            return ask(), None
        except RefusedError as refusal:
            return [], refusal.error

    def check(self, number: bytes) -> None:
        """The proposal is on both sides the same; votes never exceed those who may vote."""
        found = self.world.view("AllianceCouncil.proposal", number)
        assert found.state == self.model.state(number)
        if number not in self.model.proposals:
            return
        proposal = self.model.proposals[number]
        electors = sum(1 << each - 1 for each in proposal.electors)
        assert found.eligible == electors
        assert found.voted == sum(1 << each - 1 for each in proposal.votes)
        assert found.voted & ~electors == 0
        assert (found.inFavour, found.against) == (proposal.in_favour(), proposal.against())
        assert found.inFavour + found.against <= found.total == sum(proposal.electors.values())
        assert (found.needed, found.proposer) == (proposal.needed, proposal.proposer)
        assert found.action == proposal.motion.action
        if proposal.execution is None:
            times = (proposal.deadline, 0, 0)
        else:
            times = (0, *proposal.execution)
        assert (found.deadline, found.executableFrom, found.executableUntil) == times

    def compare(self) -> None:
        """Members, calendars, directory, rules and proposals on both sides."""
        world, alliance = self.world, self.alliance
        assert world.view("AllianceRegistry.memberCount") == len(alliance.members)
        for number, member in alliance.members.items():
            found = world.view("AllianceRegistry.member", number)
            assert (found.status, found.validUntil) == (member.status, member.valid_until)
            assert world.view("AllianceRegistry.isActive", number) is member.is_named
            key = world.view("AllianceRegistry.key", member.administrator)
            assert (key.memberId, key.roles) == (number, Role.ADMINISTER)
            assert key.newBusinessUntil == member.open_until()
        assert world.view("BankingCalendar.keeper") == alliance.keeper
        assert world.view("AllianceRegistry.pausedUntil") == alliance.paused_until
        editions = (*range(1, 7), 62, 63)
        closed = {e for e in editions if world.view("AllianceRegistry.isClosed", e)}
        assert closed == alliance.closed
        for edition, at in alliance.bearers().items():
            assert world.view("Directory.bearerOf", edition) == at
        for name in {name for name, _ in alliance.versions}:
            count = world.view("Directory.versionCount", name)
            assert count == alliance.version_count(name)
        assert world.view("AllianceCouncil.votingRules") == self.model.rules
        for number in self.model.proposals:
            self.check(number)
        # No decision moves money.
        assert self.holdings() == self.untouched
        assert not self.done or max(self.done.values()) == 1
        executed = {n for n, p in self.model.proposals.items() if p.end == EXECUTED}
        assert executed == set(self.done)

    def holdings(self) -> list[int]:
        """The cash of each founder, and of all."""
        each = [self.world.balance(n) for n in range(1, self.alliance.founders + 1)]
        return [*each, self.world.view(f"{CASH}.totalSupply")]

    def expect_it_can_decide(self) -> None:
        """The active founders together carry through whatever needs most votes."""
        world, active = self.world, self.alliance.active_founders()
        assert active
        with world.aside():
            for number in active:
                # What a founder needs for it its administrator gives.
                administrator = self.alliance.members[number].administrator
                key = account(f"last key of {number}")
                world.send(administrator, "AllianceRegistry.setKey", key, int(Role.VOTE), NO_END)
            motion = Motion(
                Action.CHANGE_RULES, rules=rules().as_argument(), resolution=keccak(text="last")
            )
            keys = [account(f"last key of {number}") for number in active]
            proposal = world.send(keys[0], "AllianceCouncil.propose", motion).value
            for key in keys[1:]:
                if world.view("AllianceCouncil.proposal", proposal).state == OPEN:
                    world.send(key, "AllianceCouncil.vote", proposal, True)
            found = world.view("AllianceCouncil.proposal", proposal)
            assert found.state == PASSED
            world.at(found.executableFrom)
            world.send(keys[-1], "AllianceCouncil.execute", motion)
            assert world.view("AllianceCouncil.votingRules") == rules().as_argument()


def test_the_council_is_what_a_model_of_its_rules_says(seed: int, note: list[str]) -> None:
    source = random.Random(seed)
    run = Run("life of councils", source)
    ends: Counter[Any] = Counter()
    for number in range(ALLIANCES):
        life = Life(source, run, (1, 2, 12)[number] if number < 3 else source.randint(3, 9))
        for step in range(STEPS):
            getattr(life, source.choices(list(ACTS), list(ACTS.values()))[0])()
            if step % 100 == 99:
                life.expect_it_can_decide()
        life.compare()
        ends.update(life.model.state(each) for each in life.model.proposals)
    note.append(run.shares())
    note.append(f"life of councils: {len(run.met)} errors met; {sum(ends.values())} proposals")
    run.expect_each_succeeds()
    # The run went through what it is for.
    assert set(ends) >= {DEFEATED, LAPSED, CANCELLED, EXECUTED}
    executed = {name for name in run.done if name.startswith("(")}
    assert executed == {f"({action.name.lower()})" for action in CASES}
    assert run.met.keys() >= {
        "BadMotion",
        "EditionOfNobody",
        "ExecutionDelayed",
        "NewBusinessClosed",
        "NotAMember",
        "NotProposer",
        "RecoveryOfAnother",
        "VotedAlready",
        "WrongMemberStatus",
        "WrongProposalState",
    }

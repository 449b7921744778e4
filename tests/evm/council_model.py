# SPDX-License-Identifier: Apache-2.0
"""The council by the rules that its interface states, and what its decisions do to the members.

A model to hold the contracts against, of plain Python records. An act returns the events that tell
of it, or raises :class:`model.RefusedError`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from council import CASES, FIELDS, bits, key_set, registry_event
from model import RefusedError
from suite import Event, event
from vocabulary import Action, MemberStatus, ProposalState, Role
from world import DAY, Motion

S, M = ProposalState, MemberStatus
EMPTY: Final = Motion(0)
HOUR: Final = 3_600


@dataclass
class Member:
    """A member, as far as the council's decisions reach it."""

    kind: int
    valid_until: int
    administrator: str
    status: Any = M.ACTIVE
    # Whether it may be named in new business; past its validity until somebody says so.
    is_named: bool = True

    def open_until(self) -> int:
        """Last second of its own new business."""
        return self.valid_until if self.status == M.ACTIVE else 0


@dataclass
class Recovery:
    administrator: str
    completable_from: int
    objected: bool = False


@dataclass
class Alliance:
    """Members, calendars' keeper, directory: whatever the council decides on."""

    time: int
    members: dict[int, Member]
    founders: int
    keeper: int
    # Accounts of members.
    owners: dict[str, int]
    # What has code, and its edition.
    code: dict[str, int]
    recoveries: dict[int, Recovery] = field(default_factory=dict)
    is_paused: bool = False
    paused_until: int = 0
    closed: set[int] = field(default_factory=set)
    versions: list[tuple[bytes, str]] = field(default_factory=list)

    def active_founders(self) -> list[int]:
        numbers = range(1, self.founders + 1)
        return [number for number in numbers if self.members[number].is_named]

    def existing(self, number: int) -> Member:
        if number not in self.members:
            raise RefusedError("UnknownMember", number)
        return self.members[number]

    def free(self, key: str) -> None:
        if key in self.owners:
            raise RefusedError("AccountTaken", key, self.owners[key])

    def ahead(self, instant: int) -> None:
        if instant <= self.time:
            raise RefusedError("NotInFuture", instant, self.time)

    # What the council alone does

    def admit(self, motion: Motion) -> list[Event]:
        treasury, administrator, valid_until, calendar, country, kind, identity = motion.admission
        self.ahead(valid_until)
        self.free(administrator)
        number = len(self.members) + 1
        if treasury != administrator:
            self.free(treasury)
        self.members[number] = Member(kind, valid_until, administrator)
        self.owners |= {administrator: number, treasury: number}
        came = registry_event(
            "MemberAdmitted",
            memberId=number,
            kind=kind,
            country=country,
            calendar=calendar,
            validUntil=valid_until,
            treasury=treasury,
            identity=identity,
        )
        keys = [key_set(number, administrator, Role.ADMINISTER)]
        if treasury != administrator:
            keys.append(key_set(number, treasury, Role.PAY))
        return [came, *keys]

    def leave(self, number: int, status: Any) -> None:
        member = self.existing(number)
        others = [each for each in self.active_founders() if each != number]
        if number <= self.founders and not others:
            raise RefusedError("LastFounder", number)
        member.status, member.is_named = status, False

    def suspend(self, motion: Motion) -> list[Event]:
        member = self.existing(motion.member)
        if member.status != M.ACTIVE:
            raise RefusedError("WrongMemberStatus", motion.member, member.status)
        self.leave(motion.member, M.SUSPENDED)
        return [registry_event("MemberSuspended", memberId=motion.member)]

    def reinstate(self, motion: Motion) -> list[Event]:
        member = self.existing(motion.member)
        if member.status != M.SUSPENDED:
            raise RefusedError("WrongMemberStatus", motion.member, member.status)
        member.status, member.is_named = M.ACTIVE, self.time <= member.valid_until
        return [registry_event("MemberReinstated", memberId=motion.member)]

    def staying(self, number: int) -> Member:
        member = self.existing(number)
        if member.status in (M.RESIGNED, M.EXPELLED):
            raise RefusedError("WrongMemberStatus", number, member.status)
        return member

    def expel(self, motion: Motion) -> list[Event]:
        self.staying(motion.member)
        self.leave(motion.member, M.EXPELLED)
        return [registry_event("MemberExpelled", memberId=motion.member)]

    def renew(self, motion: Motion) -> list[Event]:
        self.existing(motion.member)
        if motion.member <= self.founders:
            raise RefusedError("FounderWithEnd", motion.member, motion.until)
        member = self.staying(motion.member)
        self.ahead(motion.until)
        member.valid_until = motion.until
        if member.status == M.ACTIVE:
            member.is_named = True
        return [registry_event("MemberRenewed", memberId=motion.member, validUntil=motion.until)]

    def begin_recovery(self, motion: Motion) -> list[Event]:
        self.existing(motion.member)
        self.free(motion.account)
        start = self.time + 14 * DAY
        self.recoveries[motion.member] = Recovery(motion.account, start)
        return [
            registry_event(
                "RecoveryBegun",
                memberId=motion.member,
                administrator=motion.account,
                completableFrom=start,
            )
        ]

    def settle_recovery(self, motion: Motion) -> list[Event]:
        recovery = self.recoveries.get(motion.member)
        if recovery is None or recovery.administrator != motion.account:
            current = recovery.administrator if recovery else EMPTY.account
            raise RefusedError("RecoveryOfAnother", motion.member, motion.account, current)
        if not recovery.objected:
            raise RefusedError("NotObjected", motion.member)
        return self.recovered(motion.member)

    def recovered(self, number: int) -> list[Event]:
        new, member = self.recoveries[number].administrator, self.members[number]
        self.free(new)
        del self.recoveries[number]
        old, member.administrator = member.administrator, new
        self.owners[new] = number
        return [
            registry_event("AdministratorRecovered", memberId=number, administrator=new),
            key_set(number, old, 0),
            key_set(number, new, Role.ADMINISTER),
        ]

    def appoint(self, motion: Motion) -> list[Event]:
        if motion.member not in self.members or not self.members[motion.member].is_named:
            raise RefusedError("PartyNotActive", motion.member)
        previous, self.keeper = self.keeper, motion.member
        return [
            event("BankingCalendar", "KeeperAppointed", previous=previous, keeper=motion.member)
        ]

    def bearers(self) -> dict[int, str]:
        return {self.code[at]: at for _, at in self.versions if self.code[at]}

    def register(self, motion: Motion) -> list[Event]:
        at = motion.account
        if at not in self.code:
            raise RefusedError("BadVersion", motion.name, at)
        edition = self.code[at]
        if edition > 63:
            raise RefusedError("BadEdition", at, edition)
        if at in [each for _, each in self.versions]:
            raise RefusedError("VersionExists", at, edition)
        if edition in self.bearers():
            raise RefusedError("VersionExists", self.bearers()[edition], edition)
        self.versions.append((motion.name, at))
        return [
            event(
                "Directory",
                "VersionRegistered",
                name=motion.name,
                version=self.version_count(motion.name),
                at=at,
                edition=edition,
            )
        ]

    def version_count(self, name: bytes) -> int:
        return [each for each, _ in self.versions].count(name)

    def close(self, motion: Motion) -> list[Event]:
        if motion.edition not in self.bearers():
            raise RefusedError("EditionOfNobody", motion.edition)
        if motion.edition in self.closed:
            raise RefusedError("EditionClosedToNew", motion.edition)
        self.closed.add(motion.edition)
        return [registry_event("EditionClosed", edition=motion.edition)]

    def pause(self, motion: Motion) -> list[Event]:
        self.ahead(motion.until)
        self.is_paused, self.paused_until = True, motion.until
        return [registry_event("NewBusinessPaused", until=motion.until)]

    def resume(self, motion: Motion) -> list[Event]:
        if not self.is_paused:
            raise RefusedError("NotPaused")
        self.is_paused, self.paused_until = False, 0
        return [registry_event("NewBusinessResumed")]

    # What members and others do meanwhile

    def resign(self, number: int) -> list[Event]:
        self.staying(number)
        self.leave(number, M.RESIGNED)
        return [registry_event("MemberResigned", memberId=number)]

    def object(self, number: int) -> list[Event]:
        recovery = self.recoveries.get(number)
        if recovery is None or recovery.objected or self.time >= recovery.completable_from:
            raise RefusedError("NoRecovery", number)
        recovery.objected = True
        by = self.members[number].administrator
        return [registry_event("RecoveryObjected", memberId=number, account=by)]

    def complete(self, number: int) -> list[Event]:
        recovery = self.recoveries.get(number)
        if recovery is None:
            raise RefusedError("NoRecovery", number)
        if recovery.objected or self.time < recovery.completable_from:
            start = 0 if recovery.objected else recovery.completable_from
            raise RefusedError("RecoveryNotDue", number, start, self.time)
        return self.recovered(number)

    def lapse(self, number: int) -> list[Event]:
        member = self.existing(number)
        if self.time <= member.valid_until or not member.is_named:
            raise RefusedError("NotLapsed", number, member.valid_until)
        member.is_named = False
        return [registry_event("MemberLapsed", memberId=number)]


@dataclass
class Proposal:
    """A proposal with each founder's vote."""

    motion: Motion
    proposer: int
    # The founders that may vote, with their votes.
    electors: dict[int, int]
    needed: int
    deadline: int
    rules: int
    votes: dict[int, bool] = field(default_factory=dict)
    # From when on, until when.
    execution: tuple[int, int] | None = None
    end: Any = None

    def in_favour(self) -> int:
        return sum(self.electors[each] for each, voice in self.votes.items() if voice)

    def against(self) -> int:
        return sum(self.electors[each] for each, voice in self.votes.items() if not voice)


class Council:
    """The founders' votes."""

    def __init__(self, alliance: Alliance, rules: tuple[int, int, int, int]) -> None:
        self.alliance = alliance
        self.rules = rules
        # How often the rules changed.
        self.changes = 0
        self.proposals: dict[bytes, Proposal] = {}

    @property
    def time(self) -> int:
        return self.alliance.time

    def weight(self, founder: int) -> int:
        return self.rules[0] >> 8 * self.alliance.members[founder].kind & 0xFF

    def state(self, number: bytes) -> Any:
        if number not in self.proposals:
            return S.NONE
        proposal = self.proposals[number]
        if proposal.end is not None:
            return proposal.end
        if proposal.execution is not None:
            return S.PASSED if self.time <= proposal.execution[1] else S.LAPSED
        if sum(proposal.electors.values()) - proposal.against() < proposal.needed:
            return S.DEFEATED
        over = self.time > proposal.deadline or proposal.rules != self.changes
        return S.LAPSED if over else S.OPEN

    def require(self, number: bytes, expected: Any) -> None:
        actual = self.state(number)
        if actual != expected:
            raise RefusedError("WrongProposalState", number, actual, expected)

    def seated(self, member: int, caller: str) -> None:
        """Who acts with a key that has VOTE; 0 is nobody."""
        if not member:
            raise RefusedError("NotAMember", caller)
        until = self.alliance.members[member].open_until()
        if self.time > until:
            raise RefusedError("NewBusinessClosed", member, until)
        if member > self.alliance.founders:
            raise RefusedError("NotAFounder", member)

    def fitting(self, motion: Motion) -> None:
        given = tuple(name for name in FIELDS if getattr(motion, name) != getattr(EMPTY, name))
        needs = CASES[motion.action].needs if motion.action else ()
        if not motion.action or set(given) != set(needs):
            raise RefusedError("BadMotion", motion.action, bits(given), bits(needs))
        if motion.action == Action.CHANGE_RULES:
            weights, quorum, period, delay = motion.rules
            kinds = {self.alliance.members[n].kind for n in range(1, self.alliance.founders + 1)}
            if (
                not 50 < quorum <= 100
                or not HOUR <= period <= 365 * DAY
                or delay > 90 * DAY
                or any(weights >> 8 * kind & 0xFF == 0 for kind in kinds)
            ):
                raise RefusedError("BadVotingRules", motion.rules)

    def is_grave(self, motion: Motion) -> bool:
        of_founder = motion.action == Action.SUSPEND_MEMBER and (
            motion.member <= self.alliance.founders
        )
        return CASES[motion.action].grave or of_founder

    # Acts: the caller's member, its account, the number of the proposal, and what is said.

    def propose(self, member: int, caller: str, number: bytes, motion: Motion) -> list[Event]:
        self.seated(member, caller)
        self.fitting(motion)
        self.require(number, S.NONE)
        electors = {each: self.weight(each) for each in self.alliance.active_founders()}
        total, (_, quorum, period, _) = sum(electors.values()), self.rules
        needed = next(n for n in range(total + 1) if 100 * n >= quorum * total)
        if self.is_grave(motion):
            needed = max(needed, next(n for n in range(total + 1) if 3 * n >= 2 * total))
        deadline = self.time + period
        self.proposals[number] = Proposal(motion, member, electors, needed, deadline, self.changes)
        made = event(
            "AllianceCouncil",
            "ProposalMade",
            proposalId=number,
            founder=member,
            motion=motion,
            eligible=sum(1 << each - 1 for each in electors),
            total=total,
            needed=needed,
            deadline=deadline,
        )
        return [made, *self.cast(number, member, in_favour=True)]

    def vote(self, member: int, caller: str, number: bytes, in_favour: bool) -> list[Event]:
        self.seated(member, caller)
        self.require(number, S.OPEN)
        return self.cast(number, member, in_favour=in_favour)

    def cast(self, number: bytes, founder: int, *, in_favour: bool) -> list[Event]:
        proposal = self.proposals[number]
        if founder not in proposal.electors:
            raise RefusedError("NotEligible", number, founder)
        if founder in proposal.votes:
            raise RefusedError("VotedAlready", number, founder)
        proposal.votes[founder] = in_favour
        cast = event(
            "AllianceCouncil",
            "VoteCast",
            proposalId=number,
            founder=founder,
            inFavour=in_favour,
            weight=proposal.electors[founder],
        )
        if not in_favour or proposal.in_favour() < proposal.needed:
            return [cast]
        _, _, period, delay = self.rules
        start = self.time + (delay if CASES[proposal.motion.action].waits else 0)
        proposal.execution = start, start + period
        passed = event(
            "AllianceCouncil",
            "ProposalPassed",
            proposalId=number,
            executableFrom=start,
            executableUntil=start + period,
        )
        return [cast, passed]

    def cancel(self, member: int, caller: str, number: bytes) -> list[Event]:
        self.seated(member, caller)
        if self.state(number) != S.PASSED:
            self.require(number, S.OPEN)
        proposal = self.proposals[number]
        if member != proposal.proposer:
            raise RefusedError("NotProposer", number, member, proposal.proposer)
        proposal.end = S.CANCELLED
        return [event("AllianceCouncil", "ProposalCancelled", proposalId=number, founder=member)]

    def execute(self, member: int, caller: str, number: bytes, motion: Motion) -> list[Event]:
        self.seated(member, caller)
        self.require(number, S.PASSED)
        proposal = self.proposals[number]
        assert proposal.execution is not None
        if self.time < proposal.execution[0]:
            raise RefusedError("ExecutionDelayed", number, proposal.execution[0], self.time)
        events = self.effect(motion)
        proposal.end = S.EXECUTED
        result = 0
        if motion.action == Action.ADMIT_MEMBER:
            result = len(self.alliance.members)
        if motion.action == Action.REGISTER_VERSION:
            result = self.alliance.version_count(motion.name)
        done = event(
            "AllianceCouncil",
            "ProposalExecuted",
            proposalId=number,
            action=motion.action,
            result=result,
        )
        return [*events, done]

    def effect(self, motion: Motion) -> list[Event]:
        if motion.action == Action.CHANGE_RULES:
            self.rules, self.changes = motion.rules, self.changes + 1
            return [event("AllianceCouncil", "VotingRulesChanged", rules=motion.rules)]
        alliance = self.alliance
        effects = {
            Action.ADMIT_MEMBER: alliance.admit,
            Action.SUSPEND_MEMBER: alliance.suspend,
            Action.REINSTATE_MEMBER: alliance.reinstate,
            Action.EXPEL_MEMBER: alliance.expel,
            Action.RENEW_MEMBER: alliance.renew,
            Action.BEGIN_RECOVERY: alliance.begin_recovery,
            Action.SETTLE_RECOVERY: alliance.settle_recovery,
            Action.APPOINT_KEEPER: alliance.appoint,
            Action.REGISTER_VERSION: alliance.register,
            Action.CLOSE_EDITION: alliance.close,
            Action.PAUSE_NEW_BUSINESS: alliance.pause,
            Action.RESUME_NEW_BUSINESS: alliance.resume,
        }
        return effects[motion.action](motion)

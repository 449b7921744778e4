# SPDX-License-Identifier: Apache-2.0
"""The council: every state and act, every action, every bound of its rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from council import (
    CASES,
    FIELDS,
    GIVEN,
    HOUR,
    NEW_RULES,
    NEXT,
    OTHER_ADMINISTRATOR,
    Case,
    bits,
    decided,
    execute,
    founded,
    passed,
    proposal_id,
    propose,
    record,
    rules,
    salted,
    status,
    vote,
)
from eth_utils import keccak
from machine import Becomes, Machine, Refuses
from suite import ARTIFACTS, Event, RevertedError, error, event, functions
from vocabulary import NO_END, Action, MemberKind, MemberStatus, ProposalState, Role
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CUSTOMS,
    DAY,
    FORWARDER,
    FOUNDERS,
    ISSUER,
    MEMBERS,
    OTHER,
    OUTSIDER,
    REMOTE,
    RULES,
    START,
    Motion,
    Receipt,
    World,
    account,
    admin,
    admission,
    desk,
    reverts,
    treasury,
)

from yangshan.deployment.plan import ZERO_ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable

NONE, OPEN, PASSED, DEFEATED, LAPSED, CANCELLED, EXECUTED = ProposalState
PERIOD, DELAY = RULES.voting_period, RULES.execution_delay
ACTIONS = [pytest.param(action, id=action.name.lower()) for action in CASES]
ALL_FOUNDERS = (1 << FOUNDERS) - 1


def test_every_action_has_its_row() -> None:
    assert set(CASES) == set(Action) - {Action.NONE}


# States and acts


@dataclass
class Scene:
    """One proposal; each act comes from a founder of its own."""

    world: World
    motion: Motion

    @property
    def case(self) -> Case:
        return CASES[self.motion.action]

    @property
    def proposal(self) -> bytes:
        return proposal_id(self.world, self.motion)

    def record(self) -> Any:
        return record(self.world, self.proposal)

    def vote(self, *founders: int, in_favour: bool = True) -> Receipt:
        for founder in founders:
            receipt = self.world.send(
                desk(founder), "AllianceCouncil.vote", self.proposal, in_favour
            )
        return receipt

    def cancel(self, founder: int) -> Receipt:
        return self.world.send(desk(founder), "AllianceCouncil.cancel", self.proposal)


# A founder is suspended by two thirds, at once; an appointment needs the quorum, and waits.
AT_ONCE = Motion(Action.SUSPEND_MEMBER, OTHER)
WAITING = Motion(Action.APPOINT_KEEPER, CENTRAL)


def at_once(world: World) -> Scene:
    return Scene(world, AT_ONCE)


def waiting(world: World) -> Scene:
    return Scene(world, WAITING)


def opened(start: Callable[[World], Scene]) -> Callable[[World], Scene]:
    def stage(world: World) -> Scene:
        scene = start(world)
        propose(world, scene.motion, AUTHORITY)
        return scene

    return stage


def needed(scene: Scene) -> int:
    return 6 if scene.motion == AT_ONCE else 5


def one_short(start: Callable[[World], Scene]) -> Callable[[World], Scene]:
    def stage(world: World) -> Scene:
        scene = opened(start)(world)
        founders = [each for each in range(1, FOUNDERS + 1) if each not in (AUTHORITY, ADVISER)]
        scene.vote(*founders[: needed(scene) - 2])
        return scene

    return stage


def on_the_brink(start: Callable[[World], Scene]) -> Callable[[World], Scene]:
    """As many against as may be while it can still pass."""

    def stage(world: World) -> Scene:
        scene = opened(start)(world)
        scene.vote(*(CUSTOMS, CENTRAL, ISSUER)[: FOUNDERS - needed(scene)], in_favour=False)
        return scene

    return stage


def after(before: Callable[[World], Scene], *acts: str, time: int = 0) -> Callable[[World], Scene]:
    def stage(world: World) -> Scene:
        scene = before(world)
        for act in acts:
            ACTS[act](scene)
        world.at(world.time + time)
        return scene

    return stage


def rules_changed(start: Callable[[World], Scene]) -> Callable[[World], Scene]:
    def stage(world: World) -> Scene:
        scene = opened(start)(world)
        decided(world, Motion(Action.CHANGE_RULES, rules=RULES.as_argument()))
        return scene

    return stage


ACTS: dict[str, Callable[[Scene], Receipt]] = {
    "propose": lambda s: s.world.send(desk(ADVISER), "AllianceCouncil.propose", s.motion),
    "vote for": lambda s: s.vote(ADVISER),
    "vote against": lambda s: s.vote(ADVISER, in_favour=False),
    "vote again": lambda s: s.vote(AUTHORITY),
    "cancel": lambda s: s.cancel(AUTHORITY),
    "cancel another's": lambda s: s.cancel(ADVISER),
    "execute": lambda s: execute(s.world, s.motion, ADVISER),
}


def stages(start: Callable[[World], Scene]) -> dict[str, Callable[[World], Scene]]:
    waits = start is waiting
    passing = after(one_short(start), "vote for")
    due = after(passing, time=DELAY) if waits else passing
    late = (DELAY if waits else 0) + PERIOD + 1
    return {
        "none": start,
        "open": opened(start),
        "one short": one_short(start),
        "on the brink": on_the_brink(start),
        **({"passed, waiting": passing} if waits else {}),
        "passed": due,
        "executed": after(due, "execute"),
        "cancelled": after(opened(start), "cancel"),
        "cancelled after it passed": after(passing, "cancel"),
        "defeated": after(on_the_brink(start), "vote against"),
        "lapsed by time": after(opened(start), time=PERIOD + 1),
        "lapsed by new rules": rules_changed(start),
        "lapsed after it passed": after(passing, time=late),
    }


def made(s: Scene) -> Event:
    return event(
        "AllianceCouncil",
        "ProposalMade",
        proposalId=s.proposal,
        founder=ADVISER,
        motion=s.motion,
        eligible=ALL_FOUNDERS,
        total=FOUNDERS,
        needed=needed(s),
        deadline=s.world.time + PERIOD,
    )


def cast(in_favour: bool) -> Callable[[Scene], Event]:
    return lambda s: event(
        "AllianceCouncil",
        "VoteCast",
        proposalId=s.proposal,
        founder=ADVISER,
        inFavour=in_favour,
        weight=1,
    )


def has_passed(s: Scene) -> Event:
    start = s.world.time + (DELAY if s.case.waits else 0)
    return event(
        "AllianceCouncil",
        "ProposalPassed",
        proposalId=s.proposal,
        executableFrom=start,
        executableUntil=start + PERIOD,
    )


def taken_back(s: Scene) -> Event:
    return event("AllianceCouncil", "ProposalCancelled", proposalId=s.proposal, founder=AUTHORITY)


def effect(s: Scene) -> Event:
    (only,) = s.case.effect(s.world, s.motion)
    return only


def carried_out(s: Scene) -> Event:
    return event(
        "AllianceCouncil",
        "ProposalExecuted",
        proposalId=s.proposal,
        action=s.motion.action,
        result=0,
    )


def wrong(actual: Any, expected: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error("WrongProposalState", s.proposal, actual, expected))


AGAIN = Refuses[Scene](lambda s: error("VotedAlready", s.proposal, AUTHORITY))
TAKEN_BACK = Becomes[Scene](CANCELLED, (taken_back,))
NOT_PROPOSER = Refuses[Scene](lambda s: error("NotProposer", s.proposal, ADVISER, AUTHORITY))
TOO_EARLY = Refuses[Scene](
    lambda s: error("ExecutionDelayed", s.proposal, s.world.time + DELAY, s.world.time)
)


def voting(in_favour: Any, against: Any) -> dict[str, Any]:
    return {
        "propose": wrong(OPEN, NONE),
        "vote for": in_favour,
        "vote against": against,
        "vote again": AGAIN,
        "cancel": TAKEN_BACK,
        "cancel another's": NOT_PROPOSER,
        "execute": wrong(OPEN, PASSED),
    }


def row(propose: Any, voting: Any, cancel: Any, cancel_another: Any, execute: Any) -> Any:
    cells = (propose, voting, voting, voting, cancel, cancel_another, execute)
    return dict(zip(ACTS, cells, strict=True))


def ended(state: Any) -> Any:
    voting, executing = wrong(state, OPEN), wrong(state, PASSED)
    return row(wrong(state, NONE), voting, voting, voting, executing)


def table(start: Callable[[World], Scene]) -> dict[str, Any]:
    for_it, against = cast(in_favour=True), cast(in_favour=False)
    stays_for, stays_against = Becomes[Scene](OPEN, (for_it,)), Becomes[Scene](OPEN, (against,))
    decides = Becomes[Scene](PASSED, (for_it, has_passed))
    defeats = Becomes[Scene](DEFEATED, (against,))
    executes = Becomes[Scene](EXECUTED, (effect, carried_out))
    no_vote = wrong(PASSED, OPEN)
    waits = start is waiting
    early = row(wrong(PASSED, NONE), no_vote, TAKEN_BACK, NOT_PROPOSER, TOO_EARLY)
    nothing = row(
        Becomes(OPEN, (made, for_it)),
        wrong(NONE, OPEN),
        wrong(NONE, OPEN),
        wrong(NONE, OPEN),
        wrong(NONE, PASSED),
    )
    return {
        "none": nothing,
        "open": voting(stays_for, stays_against),
        "one short": voting(decides, stays_against),
        "on the brink": voting(stays_for, defeats),
        **({"passed, waiting": early} if waits else {}),
        "passed": row(wrong(PASSED, NONE), no_vote, TAKEN_BACK, NOT_PROPOSER, executes),
        "executed": ended(EXECUTED),
        "cancelled": ended(CANCELLED),
        "cancelled after it passed": ended(CANCELLED),
        "defeated": ended(DEFEATED),
        "lapsed by time": ended(LAPSED),
        "lapsed by new rules": ended(LAPSED),
        "lapsed after it passed": ended(LAPSED),
    }


def machine(start: Callable[[World], Scene]) -> Machine[Scene]:
    return Machine(
        stages=stages(start),
        acts=ACTS,
        record=Scene.record,
        state=lambda s: s.record().state,
        table=table(start),
    )


MACHINES = {"at once": machine(at_once), "waiting": machine(waiting)}
CELLS = [
    pytest.param(name, *cell.values, id=f"{name}-{cell.id}")
    for name, each in MACHINES.items()
    for cell in each.cells()
]


def test_the_tables_are_complete() -> None:
    for each in MACHINES.values():
        each.expect_complete()


@pytest.mark.parametrize(("name", "stage", "act"), CELLS)
def test_a_proposal(world: World, name: str, stage: str, act: str) -> None:
    MACHINES[name].run(world, stage, act)


def test_the_stages_show_every_state(world: World) -> None:
    for each in MACHINES.values():
        found = set()
        for stage in each.stages.values():
            with world.aside():
                found.add(stage(world).record().state)
        assert found == set(ProposalState)


def test_a_proposal_is_on_record_whole(world: World) -> None:
    """Before it passes, after it, and when it was taken back."""
    scene = opened(waiting)(world)
    scene.vote(CUSTOMS)
    scene.vote(FOUNDERS, in_favour=False)
    common = {
        "action": Action.APPOINT_KEEPER,
        "proposer": AUTHORITY,
        "eligible": ALL_FOUNDERS,
        "total": FOUNDERS,
        "needed": 5,
    }
    assert scene.record()._asdict() == common | {
        "state": OPEN,
        "voted": 0b1000_0011,
        "inFavour": 2,
        "against": 1,
        "deadline": START + PERIOD,
        "executableFrom": 0,
        "executableUntil": 0,
    }
    world.at(START + 5)
    scene.vote(CENTRAL, ISSUER, ADVISER)
    decided_on = common | {
        "voted": 0b1001_1111,
        "inFavour": 5,
        "against": 1,
        "deadline": 0,
        "executableFrom": START + 5 + DELAY,
        "executableUntil": START + 5 + DELAY + PERIOD,
    }
    assert scene.record()._asdict() == decided_on | {"state": PASSED}
    scene.cancel(AUTHORITY)
    assert scene.record()._asdict() == decided_on | {"state": CANCELLED}


@pytest.mark.parametrize("stage", ["executed", "cancelled", "defeated"])
def test_an_end_is_an_end(world: World, stage: str) -> None:
    """No time and no rules make another of it."""
    scene = MACHINES["waiting"].stages[stage](world)
    state = scene.record().state
    world.at(START + PERIOD + 1)
    assert scene.record().state == state
    decided(world, Motion(Action.CHANGE_RULES, rules=NEW_RULES.as_argument()))
    assert scene.record().state == state
    with reverts("WrongProposalState", scene.proposal, state, NONE):
        propose(world, scene.motion)


def test_of_what_was_never_proposed_nothing_is_on_record(world: World) -> None:
    assert record(world, keccak(text="nothing")) == (NONE, *(0,) * 11)


# Actions


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_has_its_effect_and_no_other_event(world: World, action: Any) -> None:
    case = CASES[action]
    motion = case.prepare(world)
    assert not case.holds(world, motion)
    proposal = passed(world, motion)
    world.at(world.time + (DELAY if case.waits else 0))
    assert not case.holds(world, motion)
    receipt = execute(world, motion)
    done = event(
        "AllianceCouncil",
        "ProposalExecuted",
        proposalId=proposal,
        action=action,
        result=case.result,
    )
    receipt.emitted(*case.effect(world, motion), done)
    assert receipt.value == case.result
    assert case.holds(world, motion)
    with reverts("WrongProposalState", proposal, EXECUTED, PASSED):
        execute(world, motion)
    with reverts("WrongProposalState", proposal, EXECUTED, NONE):
        propose(world, motion)


@pytest.mark.parametrize("action", ACTIONS)
def test_the_grave_need_two_thirds(world: World, action: Any) -> None:
    case = CASES[action]
    found = record(world, propose(world, case.prepare(world)))
    assert (found.total, found.needed) == (8, 6 if case.grave else 5)


@pytest.mark.parametrize("action", ACTIONS)
def test_one_vote_less_than_needed_decides_nothing(world: World, action: Any) -> None:
    case = CASES[action]
    motion = case.prepare(world)
    proposal = propose(world, motion)
    vote(world, proposal, *range(2, 6 if case.grave else 5))
    with reverts("WrongProposalState", proposal, OPEN, PASSED):
        execute(world, motion)
    assert not case.holds(world, motion)
    vote(world, proposal, FOUNDERS)
    assert record(world, proposal).state == PASSED


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_what_waits_is_carried_out_after_the_delay(world: World, action: Any, offset: int) -> None:
    case = CASES[action]
    motion = case.prepare(world)
    proposal = passed(world, motion)
    start = world.time + (DELAY if case.waits else 0)
    assert record(world, proposal).executableFrom == start
    if not case.waits:
        execute(world, motion)
        return
    world.at(start + offset)
    if offset < 0:
        with reverts("ExecutionDelayed", proposal, start, start - 1):
            execute(world, motion)
    else:
        execute(world, motion)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_what_passed_is_carried_out_within_a_period(world: World, action: Any, offset: int) -> None:
    case = CASES[action]
    motion = case.prepare(world)
    if action == Action.PAUSE_NEW_BUSINESS:
        motion = motion._replace(until=NO_END)
    proposal = passed(world, motion)
    end = world.time + (DELAY if case.waits else 0) + PERIOD
    assert record(world, proposal).executableUntil == end
    world.at(end + offset)
    if offset <= 0:
        execute(world, motion)
        return
    with reverts("WrongProposalState", proposal, LAPSED, PASSED):
        execute(world, motion)
    with reverts("WrongProposalState", proposal, LAPSED, OPEN):
        world.send(desk(AUTHORITY), "AllianceCouncil.cancel", proposal)
    assert not case.holds(world, motion)


OBSTRUCTED = [
    pytest.param(action, id=action.name.lower()) for action, case in CASES.items() if case.obstruct
]


@pytest.mark.parametrize("action", OBSTRUCTED)
def test_an_effect_that_is_refused_says_why_and_leaves_the_proposal_passed(
    world: World, action: Any
) -> None:
    case = CASES[action]
    assert case.obstruct is not None
    assert case.refusal is not None
    motion = case.prepare(world)
    proposal = passed(world, motion)
    before = world.time + (DELAY if case.waits else 0)
    with world.aside():
        world.at(before)
        case.obstruct(world, motion)
        stood, held = record(world, proposal), case.holds(world, motion)
        refusal = case.refusal(world, motion)
        with reverts(refusal.name, *refusal.args):
            execute(world, motion)
        assert record(world, proposal) == stood
        assert stood.state == PASSED
        assert case.holds(world, motion) == held
    # Without the obstacle it is carried out.
    world.at(before)
    execute(world, motion)


def test_what_was_refused_is_carried_out_once_the_obstacle_is_gone(world: World) -> None:
    motion = Motion(Action.SUSPEND_MEMBER, APPLICANT)
    passed(world, motion)
    world.governed("AllianceRegistry.suspend", APPLICANT)
    with reverts("WrongMemberStatus", APPLICANT, MemberStatus.SUSPENDED):
        execute(world, motion)
    world.governed("AllianceRegistry.reinstate", APPLICANT)
    execute(world, motion)
    assert status(world, APPLICANT) == MemberStatus.SUSPENDED


def test_what_is_carried_out_is_what_was_voted_on(world: World) -> None:
    """A motion that differs in any word is another proposal."""
    motion = CASES[Action.ADMIT_MEMBER].prepare(world)
    passed(world, motion)
    fields = admission(NEXT)
    others = [
        salted(motion, "another"),
        *(
            motion._replace(admission=replace(fields, **change).as_argument())
            for change in (
                {"treasury": account("x")},
                {"administrator": account("x")},
                {"valid_until": fields.valid_until - 1},
                {"calendar": 1},
                {"country": b"XX"},
                {"kind": int(MemberKind.BANK)},
                {"identity": bytes(32)},
            )
        ),
    ]
    for other in others:
        with reverts("WrongProposalState", proposal_id(world, other), NONE, PASSED):
            execute(world, other)
    assert execute(world, motion).value == NEXT
    assert world.view("AllianceRegistry.memberCount") == NEXT


@pytest.mark.parametrize("action", ACTIONS)
def test_the_resolution_tells_equal_motions_apart(world: World, action: Any) -> None:
    motion = CASES[action].prepare(world)
    propose(world, motion)
    first, other = proposal_id(world, motion), proposal_id(world, salted(motion, "2"))
    assert first != other
    propose(world, salted(motion, "2"))
    assert record(world, other).inFavour == 1
    vote(world, other, CUSTOMS)
    assert (record(world, first).inFavour, record(world, other).inFavour) == (1, 2)


def test_the_number_of_a_proposal_is_the_hash_of_its_motion(world: World) -> None:
    """Nothing but the words of the motion, so that anybody can reckon it."""
    motion = salted(CASES[Action.ADMIT_MEMBER].prepare(world), "minutes")
    words = functions("AllianceCouncil")["propose"].calldata(motion)[4:]
    assert len(words) == 18 * 32
    assert proposal_id(world, motion) == keccak(words)
    assert propose(world, motion) == keccak(words)
    # What follows the motion in a call is no part of it.
    calldata = functions("AllianceCouncil")["execute"].calldata(motion) + b"more"
    vote(world, keccak(words), *range(2, 6))
    world.raw(desk(1), "AllianceCouncil", calldata)
    assert record(world, keccak(words)).state == EXECUTED


# A second vote settles the recovery that it was about


def test_a_settlement_holds_for_one_administrator_alone(world: World) -> None:
    """Else a vote on one key would put another into its place."""
    motion = CASES[Action.SETTLE_RECOVERY].prepare(world)
    passed(world, motion)
    with world.aside():
        world.governed("AllianceRegistry.settleRecovery", BENEFICIARY)
        with reverts("RecoveryOfAnother", BENEFICIARY, motion.account, ZERO_ADDRESS):
            execute(world, motion)
    world.governed("AllianceRegistry.beginRecovery", BENEFICIARY, OTHER_ADMINISTRATOR)
    world.send(admin(BENEFICIARY), "AllianceRegistry.objectToRecovery")
    with reverts("RecoveryOfAnother", BENEFICIARY, motion.account, OTHER_ADMINISTRATOR):
        execute(world, motion)
    # Begun anew with the same key it is another chance to object, not yet taken.
    world.governed("AllianceRegistry.beginRecovery", BENEFICIARY, motion.account)
    with reverts("NotObjected", BENEFICIARY):
        execute(world, motion)
    world.send(admin(BENEFICIARY), "AllianceRegistry.objectToRecovery")
    execute(world, motion)
    assert world.view("AllianceRegistry.key", motion.account).roles == Role.ADMINISTER


def test_an_edition_that_nobody_bears_is_not_closed(world: World) -> None:
    """Else the contract that bears it one day would be dead on arrival."""
    motion = Motion(Action.CLOSE_EDITION, edition=2)
    passed(world, motion)
    world.at(world.time + DELAY)
    with reverts("EditionOfNobody", 2):
        execute(world, motion)
    assert not world.view("AllianceRegistry.isClosed", 2)
    new = CASES[Action.REGISTER_VERSION].prepare(world)
    world.governed("Directory.register", new.name, new.account)
    execute(world, motion)
    assert world.view("AllianceRegistry.isClosed", 2)


@pytest.mark.parametrize("edition", [64, 255])
def test_an_edition_beyond_the_last_is_nobodys(world: World, edition: int) -> None:
    motion = Motion(Action.CLOSE_EDITION, edition=edition)
    passed(world, motion)
    world.at(world.time + DELAY)
    with reverts("EditionOfNobody", edition):
        execute(world, motion)


# Motions


def given(fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: GIVEN[name] for name in fields}


SUBSETS = [chosen for count in range(len(FIELDS) + 1) for chosen in combinations(FIELDS, count)]


@pytest.mark.parametrize("action", ACTIONS)
def test_a_motion_has_the_fields_of_its_action_and_no_other(world: World, action: Any) -> None:
    needs = CASES[action].needs
    assert len(SUBSETS) == 2 ** len(FIELDS)
    for fields in SUBSETS:
        motion = Motion(action, **given(fields))
        if set(fields) == set(needs):
            assert record(world, propose(world, motion)).state == OPEN
            continue
        with reverts("BadMotion", action, bits(fields), bits(needs)):
            propose(world, motion)


def test_a_motion_without_an_action_is_none(world: World) -> None:
    for fields in SUBSETS:
        with reverts("BadMotion", Action.NONE, bits(fields), 0):
            propose(world, Motion(Action.NONE, **given(fields)))


def test_an_action_that_there_is_not_is_no_motion(world: World) -> None:
    for act in ("propose", "execute"):
        with pytest.raises(RevertedError) as caught:
            world.send(desk(1), f"AllianceCouncil.{act}", Motion(len(Action)))
        assert caught.value.error.name == ""


EMPTY = Motion(0)
PARTS = [
    pytest.param(name, (*empty[:i], GIVEN[name][i], *empty[i + 1 :]), id=f"{name}-{i}")
    for name, empty in (("rules", EMPTY.rules), ("admission", EMPTY.admission))
    for i in range(len(empty))
]


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_any_part_of_a_struct_counts_as_given(
    world: World, name: str, part: tuple[Any, ...]
) -> None:
    """A motion to suspend shows no admission that nobody would carry out."""
    assert part != getattr(EMPTY, name)
    with reverts("BadMotion", Action.SUSPEND_MEMBER, bits(("member", name)), bits(("member",))):
        propose(world, Motion(Action.SUSPEND_MEMBER, APPLICANT, **{name: part}))


# Rules

KINDS_OF_FOUNDERS = {1, 2, 3, 4}
SOUND = [
    rules(quorum=51),
    rules(quorum=100),
    rules(voting_period=HOUR),
    rules(voting_period=365 * DAY),
    rules(execution_delay=0),
    rules(execution_delay=90 * DAY),
    rules((MemberKind.TRADER, 0), (MemberKind.OPERATOR, 0)),
    rules(*((kind, 255) for kind in MemberKind if kind)),
]
UNSOUND = [
    rules(quorum=0),
    rules(quorum=50),
    rules(quorum=101),
    rules(quorum=255),
    rules(voting_period=0),
    rules(voting_period=HOUR - 1),
    rules(voting_period=365 * DAY + 1),
    rules(voting_period=2**32 - 1),
    rules(execution_delay=90 * DAY + 1),
    rules(execution_delay=2**32 - 1),
    *(rules((kind, 0)) for kind in MemberKind if kind in KINDS_OF_FOUNDERS),
]


def shown(rule: Any) -> str:
    return f"{rule.quorum}-{rule.voting_period}-{rule.execution_delay}-{rule.as_argument()[0]:x}"


def seat(world: World, argument: tuple[int, ...]) -> Receipt:
    parts = (world.addresses[name] for name in ("AllianceRegistry", "BankingCalendar", "Directory"))
    return world.deploy("Council", "AllianceCouncil", *parts, argument)


@pytest.mark.parametrize("rule", SOUND, ids=shown)
def test_sound_rules_seat_a_council_and_are_decided_on(world: World, rule: Any) -> None:
    argument = rule.as_argument()
    seat(world, argument).emitted(event("Council", "VotingRulesChanged", rules=argument))
    assert world.view("Council.votingRules") == argument
    for name in ("registry", "calendar", "directory"):
        assert world.view(f"Council.{name}") == world.view(f"AllianceCouncil.{name}")
    decided(world, Motion(Action.CHANGE_RULES, rules=argument))
    assert world.view("AllianceCouncil.votingRules") == argument


@pytest.mark.parametrize("rule", UNSOUND, ids=shown)
def test_unsound_rules_seat_none_and_are_not_voted_on(world: World, rule: Any) -> None:
    argument = rule.as_argument()
    with reverts("BadVotingRules", argument):
        seat(world, argument)
    with reverts("BadVotingRules", argument):
        propose(world, Motion(Action.CHANGE_RULES, rules=argument))


def test_votes_of_a_kind_that_no_founder_has_change_nothing(world: World) -> None:
    assert {world.view("AllianceRegistry.member", n).kind for n in range(1, FOUNDERS + 1)} == (
        KINDS_OF_FOUNDERS
    )
    decided(world, Motion(Action.CHANGE_RULES, rules=rules((MemberKind.TRADER, 99)).as_argument()))
    found = record(world, propose(world, Motion(Action.RESUME_NEW_BUSINESS)))
    assert (found.total, found.needed) == (8, 5)


def test_new_rules_hold_for_what_is_proposed_from_then_on(world: World) -> None:
    before = Motion(Action.PAUSE_NEW_BUSINESS, until=NO_END)
    late = salted(before, "late")
    passed(world, before)
    decided(world, Motion(Action.CHANGE_RULES, rules=NEW_RULES.as_argument()))
    assert [world.view("AllianceCouncil.weightOf", n) for n in range(10)] == [
        0, 1, 3, 1, 1, 1, 1, 1, 1, 0,
    ]  # fmt: skip
    found = record(world, propose(world, late))
    # Ten votes, of which 75 in a hundred are needed; an hour to vote.
    assert (found.total, found.needed, found.deadline) == (10, 8, world.time + HOUR)
    # What had passed keeps its time.
    world.at(START + PERIOD)
    execute(world, before)
    assert world.view("AllianceRegistry.pausedUntil") == NO_END


def test_what_has_passed_outlives_a_change_of_rules(world: World) -> None:
    motion = Motion(Action.APPOINT_KEEPER, CENTRAL)
    proposal = passed(world, motion)
    decided(world, Motion(Action.CHANGE_RULES, rules=NEW_RULES.as_argument()))
    found = record(world, proposal)
    assert (found.state, found.executableUntil) == (PASSED, START + DELAY + PERIOD)
    execute(world, motion)
    assert world.view("BankingCalendar.keeper") == CENTRAL


# Votes

AUTHORITIES = (MemberKind.AUTHORITY, MemberKind.CUSTOMS, MemberKind.CENTRAL_BANK)
ARITHMETIC: list[tuple[tuple[int, ...], int, int, int]] = [
    # Votes of the founders, quorum; needed for a plain and for a grave action.
    ((1,), 51, 1, 1),
    ((1,), 100, 1, 1),
    ((1, 1), 51, 2, 2),
    ((1, 2), 51, 2, 2),
    ((2, 2), 51, 3, 3),
    ((2, 3), 60, 3, 4),
    ((2, 3), 61, 4, 4),
    ((3, 3), 51, 4, 4),
    ((3, 3), 66, 4, 4),
    ((3, 3), 67, 5, 5),
    ((4, 5), 51, 5, 6),
    ((5, 5), 51, 6, 7),
    ((5, 5), 70, 7, 7),
    ((5, 5), 71, 8, 8),
    ((50, 50), 51, 51, 67),
    ((50, 51), 51, 52, 68),
    ((50, 50), 66, 66, 67),
    ((50, 50), 67, 67, 67),
    ((50, 50), 68, 68, 68),
    ((100, 100), 99, 198, 198),
    ((255, 255), 51, 261, 340),
    ((255, 255), 100, 510, 510),
    ((255, 255, 255), 51, 391, 510),
]


@pytest.mark.parametrize(
    ("votes", "quorum", "plain", "grave"), ARITHMETIC, ids=[f"{v}-{q}" for v, q, _, _ in ARITHMETIC]
)
def test_votes_needed_are_rounded_up(
    votes: tuple[int, ...], quorum: int, plain: int, grave: int
) -> None:
    kinds = AUTHORITIES[: len(votes)]
    world = founded(kinds, rules(*zip(kinds, votes, strict=True), quorum=quorum))
    assert [world.view("AllianceCouncil.weightOf", n) for n in range(len(votes) + 2)] == [
        0, *votes, 0,
    ]  # fmt: skip
    for action, expected in ((Action.SUSPEND_MEMBER, plain), (Action.EXPEL_MEMBER, grave)):
        found = record(world, propose(world, Motion(action, 99)))
        assert (found.total, found.needed, found.inFavour) == (sum(votes), expected, votes[0])
        assert 100 * found.needed >= quorum * found.total > 100 * (found.needed - 1) or (
            action == Action.EXPEL_MEMBER
            and 3 * found.needed >= 2 * found.total > 3 * (found.needed - 1)
        )


def test_every_kind_has_votes_of_its_own() -> None:
    kinds = [kind for kind in MemberKind if kind]
    # Votes given to no kind are nobody's.
    by = rules((MemberKind.NONE, 99), *((kind, 10 + kind) for kind in kinds))
    world = founded((*kinds, *kinds), by)
    votes = [world.view("AllianceCouncil.weightOf", n) for n in range(2 * len(kinds) + 2)]
    assert votes == [0, *(10 + kind for kind in (*kinds, *kinds)), 0]


# Six kinds of founders with so many votes each: 63 in all, of which 60 in a hundred are 37.8.
SIX = (1, 2, 3, 4, 5, 6)
POWERS = {kind: 1 << place for place, kind in enumerate(SIX)}


@pytest.mark.parametrize("in_favour", [36, 37, 38, 39])
def test_votes_count_by_the_kind_of_the_founder(in_favour: int) -> None:
    """One vote less than needed, exactly so many, and one more: reached with the last voter."""
    world = founded(SIX, rules(*POWERS.items()))
    voters = [n for n in SIX if in_favour >> n - 1 & 1]
    motion = Motion(Action.PAUSE_NEW_BUSINESS, until=NO_END)
    proposal = propose(world, motion, voters[-1])
    for voter in voters[:-1]:
        assert record(world, proposal).state == OPEN
        world.send(desk(voter), "AllianceCouncil.vote", proposal, True)
    found = record(world, proposal)
    assert (found.total, found.needed, found.inFavour) == (63, 38, in_favour)
    assert found.state == (PASSED if in_favour >= 38 else OPEN)


@pytest.mark.parametrize("against", [24, 25, 26, 27])
def test_it_is_defeated_as_soon_as_it_cannot_pass(against: int) -> None:
    """25 may be against while 38 are needed of 63."""
    kinds = (*SIX, MemberKind.INSURER)
    # The proposer has a vote of its own, which is one of the 63.
    powers = dict(zip(SIX, (1, 2, 4, 8, 16, 31), strict=True)) | {MemberKind.INSURER: 1}
    world = founded(kinds, rules(*powers.items()))
    voters = {24: (4, 5), 25: (1, 4, 5), 26: (2, 4, 5), 27: (1, 2, 4, 5)}[against]
    proposal = propose(world, Motion(Action.PAUSE_NEW_BUSINESS, until=NO_END), 7)
    vote(world, proposal, *voters, in_favour=False)
    found = record(world, proposal)
    assert (found.total, found.needed, found.against) == (63, 38, against)
    assert found.state == (DEFEATED if against > 25 else OPEN)
    if against <= 25:
        vote(world, proposal, *(n for n in SIX if n not in voters))
        assert record(world, proposal).state == PASSED


def test_the_same_votes_weigh_otherwise_under_other_rules() -> None:
    """Two authorities against six banks: by head the banks decide, by weight they do not."""
    kinds = (MemberKind.AUTHORITY, MemberKind.CUSTOMS, *(MemberKind.BANK,) * 6)
    banks = range(3, 9)
    motion = Motion(Action.PAUSE_NEW_BUSINESS, until=NO_END)
    heavy = ((MemberKind.AUTHORITY, 5), (MemberKind.CUSTOMS, 4))
    outcomes = {}
    for name, rule in (("by head", rules()), ("by weight", rules(*heavy))):
        world = founded(kinds, rule)
        proposal = propose(world, motion, 3)
        for bank in banks[1:]:
            if record(world, proposal).state == OPEN:
                vote(world, proposal, bank)
        found = record(world, proposal)
        outcomes[name] = (found.state, found.inFavour, found.needed, found.total)
    assert outcomes == {"by head": (PASSED, 5, 5, 8), "by weight": (OPEN, 6, 9, 15)}


@pytest.mark.parametrize("offset", [-1, 0, 1])
@pytest.mark.parametrize("in_favour", [True, False])
def test_votes_are_taken_up_to_the_deadline(world: World, in_favour: bool, offset: int) -> None:
    proposal = propose(world, WAITING)
    deadline = START + PERIOD
    world.at(deadline + offset)
    if offset <= 0:
        vote(world, proposal, CUSTOMS, in_favour=in_favour)
        assert record(world, proposal).voted == 0b11
        return
    assert record(world, proposal).state == LAPSED
    with reverts("WrongProposalState", proposal, LAPSED, OPEN):
        vote(world, proposal, CUSTOMS, in_favour=in_favour)


def test_two_keys_of_a_founder_have_one_vote(world: World) -> None:
    second = world.give_key(AUTHORITY, "second key", int(Role.VOTE))
    proposal = propose(world, WAITING, CUSTOMS)
    world.send(second, "AllianceCouncil.vote", proposal, False)
    for key in (second, desk(AUTHORITY)):
        for in_favour in (True, False):
            with reverts("VotedAlready", proposal, AUTHORITY):
                world.send(key, "AllianceCouncil.vote", proposal, in_favour)
    assert (record(world, proposal).inFavour, record(world, proposal).against) == (1, 1)
    # Either takes back what the other proposed: it is the founder's.
    mine = propose(world, salted(WAITING, "mine"), AUTHORITY)
    world.send(second, "AllianceCouncil.cancel", mine)
    assert record(world, mine).state == CANCELLED


CALLS: dict[str, Callable[[World, bytes], tuple[Any, ...]]] = {
    "propose": lambda w, p: (salted(WAITING, "another"),),
    "vote": lambda w, p: (p, True),
    "cancel": lambda w, p: (p,),
    "execute": lambda w, p: (WAITING,),
}


@pytest.mark.parametrize("call", CALLS)
def test_only_a_founder_in_standing_with_a_key_for_it_has_a_voice(world: World, call: str) -> None:
    proposal = propose(world, WAITING)
    args = CALLS[call](world, proposal)
    function = f"AllianceCouncil.{call}"
    for member in (APPLICANT, BENEFICIARY, FORWARDER):
        with reverts("NotAFounder", member):
            world.send(desk(member), function, *args)
    for key in (admin(CUSTOMS), treasury(CUSTOMS)):
        with reverts("MissingRole", key, CUSTOMS, int(Role.VOTE)):
            world.send(key, function, *args)
    with reverts("NotAMember", OUTSIDER):
        world.send(OUTSIDER, function, *args)
    world.governed("AllianceRegistry.suspend", CUSTOMS)
    with reverts("NewBusinessClosed", CUSTOMS, 0):
        world.send(desk(CUSTOMS), function, *args)
    assert record(world, proposal).inFavour == 1


def test_a_pause_of_business_stops_no_vote(world: World) -> None:
    world.governed("AllianceRegistry.pauseNewBusiness", NO_END)
    decided(world, Motion(Action.RESUME_NEW_BUSINESS))
    assert world.view("AllianceRegistry.pausedUntil") == 0


# Who may vote is fixed at the start


def test_who_was_suspended_at_the_start_has_no_vote_even_when_reinstated(world: World) -> None:
    world.governed("AllianceRegistry.suspend", REMOTE)
    proposal = propose(world, WAITING)
    found = record(world, proposal)
    # Seven votes, of which 60 in a hundred are 4.2.
    assert (found.eligible, found.total, found.needed) == (ALL_FOUNDERS & ~(1 << 5), 7, 5)
    with reverts("NewBusinessClosed", REMOTE, 0):
        vote(world, proposal, REMOTE)
    world.governed("AllianceRegistry.reinstate", REMOTE)
    with reverts("NotEligible", proposal, REMOTE):
        vote(world, proposal, REMOTE)
    # It may vote on what is proposed from now on, and carry out what others passed.
    later = propose(world, salted(WAITING, "later"), REMOTE)
    assert record(world, later).eligible == ALL_FOUNDERS
    vote(world, proposal, 2, 3, 4, 5)
    world.at(world.time + DELAY)
    execute(world, WAITING, REMOTE)


def test_who_is_suspended_later_still_counts_and_votes_when_reinstated(world: World) -> None:
    proposal = propose(world, WAITING)
    world.governed("AllianceRegistry.suspend", REMOTE)
    found = record(world, proposal)
    assert (found.eligible, found.total, found.needed) == (ALL_FOUNDERS, 8, 5)
    with reverts("NewBusinessClosed", REMOTE, 0):
        vote(world, proposal, REMOTE)
    world.governed("AllianceRegistry.reinstate", REMOTE)
    vote(world, proposal, REMOTE)
    assert record(world, proposal).voted == 0b10_0001


def test_a_vote_stands_when_its_founder_is_suspended_or_leaves(world: World) -> None:
    proposal = propose(world, WAITING)
    vote(world, proposal, CUSTOMS, CENTRAL, ISSUER)
    world.governed("AllianceRegistry.suspend", AUTHORITY)
    world.governed("AllianceRegistry.expel", CUSTOMS)
    world.send(admin(CENTRAL), "AllianceRegistry.resign")
    vote(world, proposal, ADVISER)
    assert record(world, proposal).state == PASSED
    # Its proposer is no founder in standing, so that nobody takes it back.
    with reverts("NewBusinessClosed", AUTHORITY, 0):
        world.send(desk(AUTHORITY), "AllianceCouncil.cancel", proposal)


def test_an_admitted_member_gets_no_vote(world: World) -> None:
    proposal = propose(world, WAITING)
    world.admit(admission(NEXT))
    key = account("key of the next")
    world.send(admin(NEXT), "AllianceRegistry.setKey", key, int(Role.VOTE), NO_END)
    with reverts("NotAFounder", NEXT):
        world.send(key, "AllianceCouncil.vote", proposal, True)
    assert record(world, propose(world, salted(WAITING, "2"))).total == FOUNDERS


def test_a_founder_is_suspended_by_two_thirds(world: World) -> None:
    """Else a bare majority would silence the others, and have two thirds of what is left."""
    found = record(world, propose(world, Motion(Action.SUSPEND_MEMBER, FOUNDERS)))
    assert found.needed == 6
    found = record(world, propose(world, Motion(Action.SUSPEND_MEMBER, FOUNDERS + 1)))
    assert found.needed == 5
    # What gives a founder its voice back needs no more than the quorum.
    found = record(world, propose(world, Motion(Action.REINSTATE_MEMBER, FOUNDERS)))
    assert found.needed == 5


# As few and as many founders as may be


def test_one_founder_decides_alone() -> None:
    world = founded((MemberKind.AUTHORITY,), rules(quorum=100))
    motion = Motion(Action.PAUSE_NEW_BUSINESS, until=NO_END)
    receipt = world.send(desk(1), "AllianceCouncil.propose", motion)
    assert [each.name for each in receipt.events] == ["ProposalMade", "VoteCast", "ProposalPassed"]
    execute(world, motion)
    assert world.view("AllianceRegistry.pausedUntil") == NO_END
    leaving = Motion(Action.EXPEL_MEMBER, 1)
    passed(world, leaving)
    world.at(world.time + DELAY)
    with reverts("LastFounder", 1):
        execute(world, leaving)


def test_the_last_of_32_founders_has_a_bit_and_the_33rd_member_none() -> None:
    world = founded((MemberKind.BANK,) * 32, rules((MemberKind.BANK, 255), quorum=51))
    newcomer = admission(33).as_argument()
    assert decided(world, Motion(Action.ADMIT_MEMBER, admission=newcomer)).value == 33
    world.send(admin(33), "AllianceRegistry.setKey", desk(33), int(Role.VOTE), NO_END)
    proposal = propose(world, WAITING, 32)
    vote(world, proposal, 1)
    found = record(world, proposal)
    assert (found.proposer, found.eligible, found.voted) == (32, 2**32 - 1, 1 << 31 | 1)
    # 8,160 votes, of which 51 in a hundred are 4,161.6.
    assert (found.total, found.needed, found.inFavour) == (8_160, 4_162, 510)
    with reverts("NotAFounder", 33):
        vote(world, proposal, 33)
    assert [world.view("AllianceCouncil.weightOf", n) for n in (0, 1, 32, 33)] == [0, 255, 255, 0]
    vote(world, proposal, *range(2, 16))
    assert record(world, proposal).state == OPEN
    vote(world, proposal, 16)
    assert record(world, proposal).state == PASSED
    with reverts("NotProposer", proposal, 31, 32):
        world.send(desk(31), "AllianceCouncil.cancel", proposal)
    world.send(desk(32), "AllianceCouncil.cancel", proposal)


# What is out of its reach


def test_no_instrument_knows_the_council() -> None:
    """Nobody but the registry, the calendars and the directory has it as a governor."""
    having = {name for name in ARTIFACTS if "governor" in functions(name)}
    assert having == {"AllianceRegistry", "BankingCalendar", "Directory"}


@pytest.mark.parametrize("action", ACTIONS)
def test_no_decision_touches_an_instrument(world: World, action: Any) -> None:
    """Credits, presentations, debts and cash stand as they stood, and go on to their end."""
    credit = world.issue()
    found, lodged = (world.lodge(credit, number=n, amount=64_000_000) for n in (1, 2))
    owed = world.send(desk(ISSUER), "Presentations.findComplying", found).value
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, 128_000_000, keccak(text="funds"))

    def instruments() -> list[Any]:
        return [
            world.view("LetterOfCredit.credit", credit),
            world.presentation(found),
            world.presentation(lodged),
            world.view("PaymentObligations.obligation", owed),
            *(world.balance(member) for member in range(1, MEMBERS + 1)),
            world.view(f"{CASH}.totalSupply"),
        ]

    before = instruments()
    decided(world, CASES[action].prepare(world))
    assert instruments() == before
    other = world.send(desk(ISSUER), "Presentations.findComplying", lodged).value
    for each in (owed, other):
        world.send(desk(ISSUER), "PaymentObligations.pay", each)
    assert world.balance(BENEFICIARY) == 128_000_000

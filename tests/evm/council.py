# SPDX-License-Identifier: Apache-2.0
"""Alliances of any founders and rules, and what each action of the council needs and does.

The table is generated over: an action without a row fails by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from eth_utils import keccak, to_checksum_address
from suite import Error, Event, error, event, functions
from vocabulary import NO_END, Action, MemberKind, MemberStatus, ProposalState, Role
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CENTRAL,
    CNSHA,
    CNY,
    DAY,
    DEPLOYER,
    FAR,
    FORWARDER,
    KEEPER,
    MEMBERS,
    START,
    Motion,
    Receipt,
    World,
    account,
    admin,
    admission,
    ascii32,
    desk,
    treasury,
)

from yangshan.deployment.plan import CashParameters, Parameters, VotingRules, plan

BANKS: Final = (MemberKind.BANK, MemberKind.CENTRAL_BANK)
HOUR: Final = 3_600
NEXT: Final = MEMBERS + 1
NEW_ADMINISTRATOR: Final = account("a new administrator")
# The fields of a motion, in the order of their bits in BadMotion.
FIELDS: Final = ("member", "until", "account", "name", "edition", "rules", "admission")


def rules(*weights: tuple[Any, int], **changes: int) -> VotingRules:
    """One vote for each kind, but for those named; five of eight votes decide."""
    votes = {int(kind): 1 for kind in MemberKind if kind}
    votes |= {int(kind): weight for kind, weight in weights}
    times = {"quorum": 60, "voting_period": 7 * DAY, "execution_delay": 2 * DAY} | changes
    return VotingRules(weights=tuple(votes.items()), **times)


def founded(kinds: tuple[Any, ...], by: VotingRules) -> World:
    """An alliance whose founders have these kinds; each has a key with VOTE."""
    founders = tuple(
        admission(
            number,
            kind=int(kind),
            calendar=CNSHA if kind in BANKS else 0,
            valid_until=NO_END,
        )
        for number, kind in enumerate(kinds, 1)
    )
    world = World().at(START)
    for step in plan(Parameters(founders, by, 1, (CashParameters(CNY, 1),)), DEPLOYER, 0):
        world.deploy(step.name, step.contract, *step.arguments)
    for number in range(1, len(kinds) + 1):
        vote = int(Role.VOTE | Role.KEEP_CALENDARS)
        world.send(admin(number), "AllianceRegistry.setKey", desk(number), vote, NO_END)
    return world


def answering(world: World, words: int, *, value: int = 0, reverting: bool = False) -> str:
    """A contract that answers any call with so many words, the first of them ``value``."""
    end = "fd" if reverting else "f3"
    # PUSH32 value, MSTORE at 0; RETURN or REVERT so many bytes.
    runtime = bytes.fromhex(f"7f{value:064x}60005261{32 * words:04x}6000{end}")
    # PUSH1 size, DUP1, PUSH1 11, PUSH1 0, CODECOPY, PUSH1 0, RETURN.
    creation = bytes.fromhex(f"60{len(runtime):02x}80600b6000396000f3") + runtime
    return to_checksum_address(world.evm.deploy(DEPLOYER, creation))


def propose(world: World, motion: Motion, founder: int = 1) -> bytes:
    number: bytes = world.send(desk(founder), "AllianceCouncil.propose", motion).value
    return number


def vote(world: World, proposal: bytes, *founders: int, in_favour: bool = True) -> None:
    for founder in founders:
        world.send(desk(founder), "AllianceCouncil.vote", proposal, in_favour)


def execute(world: World, motion: Motion, founder: int = 1) -> Receipt:
    return world.send(desk(founder), "AllianceCouncil.execute", motion)


def record(world: World, proposal: bytes) -> Any:
    return world.view("AllianceCouncil.proposal", proposal)


def proposal_id(world: World, motion: Motion) -> bytes:
    found: bytes = world.view("AllianceCouncil.proposalIdOf", motion)
    return found


def hash_of(motion: Motion) -> bytes:
    """The number of a proposal: the hash of the motion's words."""
    return keccak(functions("AllianceCouncil")["propose"].calldata(motion)[4:])


def passed(world: World, motion: Motion) -> bytes:
    """Proposes and lets founders vote, one after another, until it has passed; the time stands."""
    proposal = propose(world, motion)
    for founder in range(2, world.view("AllianceRegistry.founders") + 1):
        if record(world, proposal).state == ProposalState.PASSED:
            break
        vote(world, proposal, founder)
    assert record(world, proposal).state == ProposalState.PASSED
    return proposal


def decided(world: World, motion: Motion) -> Receipt:
    """Passes a motion, waits and carries it out."""
    proposal = passed(world, motion)
    world.at(max(world.time, record(world, proposal).executableFrom))
    return execute(world, motion)


# What each action needs and does


@dataclass(frozen=True)
class Case:
    """One action as the interface tells of it.

    ``prepare`` brings the world to where the motion that it returns can be carried out; ``effect``
    are the events that then come, beside the council's own; ``holds`` is what is so afterwards, and
    was not before. ``obstruct`` brings about what the effect then meets with ``refusal``.
    """

    needs: tuple[str, ...]
    grave: bool
    waits: bool
    prepare: Callable[[World], Motion]
    effect: Callable[[World, Motion], tuple[Event, ...]]
    holds: Callable[[World, Motion], bool]
    obstruct: Callable[[World, Motion], object] | None
    refusal: Callable[[World, Motion], Error] | None
    result: int = 0


def registry_event(name: str, **fields: Any) -> Event:
    return event("AllianceRegistry", name, **fields)


def key_set(member: int, key: str, roles: int) -> Event:
    return registry_event("KeySet", memberId=member, account=key, roles=roles, validUntil=NO_END)


def status(world: World, member: int) -> Any:
    return world.view("AllianceRegistry.member", member).status


def to_admit(world: World) -> Motion:
    return Motion(Action.ADMIT_MEMBER, admission=admission(NEXT).as_argument())


def admitted(world: World, motion: Motion) -> tuple[Event, ...]:
    new = admission(NEXT)
    came = registry_event(
        "MemberAdmitted",
        memberId=NEXT,
        kind=MemberKind.TRADER,
        country=b"CN",
        calendar=0,
        validUntil=FAR,
        treasury=new.treasury,
        identity=new.identity,
    )
    keys = key_set(NEXT, admin(NEXT), Role.ADMINISTER), key_set(NEXT, treasury(NEXT), Role.PAY)
    return came, *keys


def take_account(world: World, motion: Motion) -> None:
    world.send(admin(FORWARDER), "AllianceRegistry.setKey", admin(NEXT), int(Role.PAY), NO_END)


def to_suspend(world: World) -> Motion:
    return Motion(Action.SUSPEND_MEMBER, APPLICANT)


def suspend(world: World, motion: Motion) -> None:
    world.governed("AllianceRegistry.suspend", motion.member)


def to_reinstate(world: World) -> Motion:
    motion = Motion(Action.REINSTATE_MEMBER, APPLICANT)
    suspend(world, motion)
    return motion


def resign(world: World, motion: Motion) -> None:
    world.send(admin(motion.member), "AllianceRegistry.resign")


def to_begin_recovery(world: World) -> Motion:
    return Motion(Action.BEGIN_RECOVERY, BENEFICIARY, account=NEW_ADMINISTRATOR)


def recovery_begun(world: World, motion: Motion) -> tuple[Event, ...]:
    begun = registry_event(
        "RecoveryBegun",
        memberId=motion.member,
        administrator=motion.account,
        completableFrom=world.time + 14 * DAY,
    )
    return (begun,)


def take_new_administrator(world: World, motion: Motion) -> None:
    world.send(admin(FORWARDER), "AllianceRegistry.setKey", motion.account, int(Role.PAY), NO_END)


def to_settle_recovery(world: World) -> Motion:
    world.governed("AllianceRegistry.beginRecovery", BENEFICIARY, NEW_ADMINISTRATOR)
    world.send(admin(BENEFICIARY), "AllianceRegistry.objectToRecovery")
    return Motion(Action.SETTLE_RECOVERY, BENEFICIARY, account=NEW_ADMINISTRATOR)


def recovered(world: World, motion: Motion) -> tuple[Event, ...]:
    return (
        registry_event(
            "AdministratorRecovered", memberId=motion.member, administrator=motion.account
        ),
        key_set(motion.member, admin(motion.member), 0),
        key_set(motion.member, motion.account, Role.ADMINISTER),
    )


OTHER_ADMINISTRATOR: Final = account("another administrator")


def recover_otherwise(world: World, motion: Motion) -> None:
    """Another key is to be the administrator, to which the member objects likewise."""
    world.governed("AllianceRegistry.beginRecovery", motion.member, OTHER_ADMINISTRATOR)
    world.send(admin(motion.member), "AllianceRegistry.objectToRecovery")


NEW_RULES: Final = rules((MemberKind.CUSTOMS, 3), quorum=75, voting_period=HOUR, execution_delay=0)


def to_change_rules(world: World) -> Motion:
    return Motion(Action.CHANGE_RULES, rules=NEW_RULES.as_argument())


def to_appoint(world: World) -> Motion:
    return Motion(Action.APPOINT_KEEPER, CENTRAL)


def appointed(world: World, motion: Motion) -> tuple[Event, ...]:
    return (event("BankingCalendar", "KeeperAppointed", previous=KEEPER, keeper=motion.member),)


LETTERS: Final = ascii32("LetterOfCredit")


def to_register(world: World) -> Motion:
    names = (
        *("AllianceRegistry", "BankingCalendar", "Presentations"),
        *("CreditTransfers", "CreditSchedules"),
    )
    neighbours = (world.addresses[name] for name in names)
    new = world.deploy("NewLetters", "LetterOfCredit", *neighbours, 2).value
    return Motion(Action.REGISTER_VERSION, account=new, name=LETTERS)


def registered(world: World, motion: Motion) -> tuple[Event, ...]:
    return (
        event(
            "Directory",
            "VersionRegistered",
            name=LETTERS,
            version=2,
            at=motion.account,
            edition=2,
        ),
    )


def register(world: World, motion: Motion) -> None:
    world.governed("Directory.register", ascii32("Letters"), motion.account)


def to_close(world: World) -> Motion:
    return Motion(Action.CLOSE_EDITION, edition=1)


def to_pause(world: World) -> Motion:
    return Motion(Action.PAUSE_NEW_BUSINESS, until=world.time + 3 * DAY)


def to_resume(world: World) -> Motion:
    world.governed("AllianceRegistry.pauseNewBusiness", world.time + 30 * DAY)
    return Motion(Action.RESUME_NEW_BUSINESS)


def resume(world: World, motion: Motion) -> None:
    world.governed("AllianceRegistry.resumeNewBusiness")


def wrong_status(actual: Any) -> Callable[[World, Motion], Error]:
    return lambda world, motion: error("WrongMemberStatus", motion.member, actual)


CASES: Final[dict[Any, Case]] = {
    Action.ADMIT_MEMBER: Case(
        needs=("admission",),
        grave=False,
        waits=False,
        prepare=to_admit,
        effect=admitted,
        holds=lambda w, m: w.view("AllianceRegistry.memberCount") == NEXT,
        obstruct=take_account,
        refusal=lambda w, m: error("AccountTaken", admin(NEXT), FORWARDER),
        result=NEXT,
    ),
    Action.SUSPEND_MEMBER: Case(
        needs=("member",),
        grave=False,
        waits=False,
        prepare=to_suspend,
        effect=lambda w, m: (registry_event("MemberSuspended", memberId=m.member),),
        holds=lambda w, m: status(w, m.member) == MemberStatus.SUSPENDED,
        obstruct=suspend,
        refusal=wrong_status(MemberStatus.SUSPENDED),
    ),
    Action.REINSTATE_MEMBER: Case(
        needs=("member",),
        grave=False,
        waits=False,
        prepare=to_reinstate,
        effect=lambda w, m: (registry_event("MemberReinstated", memberId=m.member),),
        holds=lambda w, m: w.view("AllianceRegistry.isActive", m.member),
        obstruct=lambda w, m: w.governed("AllianceRegistry.reinstate", m.member),
        refusal=wrong_status(MemberStatus.ACTIVE),
    ),
    Action.EXPEL_MEMBER: Case(
        needs=("member",),
        grave=True,
        waits=True,
        prepare=lambda w: Motion(Action.EXPEL_MEMBER, ADVISER),
        effect=lambda w, m: (registry_event("MemberExpelled", memberId=m.member),),
        holds=lambda w, m: status(w, m.member) == MemberStatus.EXPELLED,
        obstruct=resign,
        refusal=wrong_status(MemberStatus.RESIGNED),
    ),
    Action.RENEW_MEMBER: Case(
        needs=("member", "until"),
        grave=False,
        waits=False,
        prepare=lambda w: Motion(Action.RENEW_MEMBER, APPLICANT, FAR + 1),
        effect=lambda w, m: (
            registry_event("MemberRenewed", memberId=m.member, validUntil=FAR + 1),
        ),
        holds=lambda w, m: w.view("AllianceRegistry.member", m.member).validUntil == FAR + 1,
        obstruct=resign,
        refusal=wrong_status(MemberStatus.RESIGNED),
    ),
    Action.BEGIN_RECOVERY: Case(
        needs=("member", "account"),
        grave=False,
        waits=True,
        prepare=to_begin_recovery,
        effect=recovery_begun,
        holds=lambda w, m: (
            w.view("AllianceRegistry.recoveryOf", m.member) == (m.account, w.time + 14 * DAY, False)
        ),
        obstruct=take_new_administrator,
        refusal=lambda w, m: error("AccountTaken", m.account, FORWARDER),
    ),
    Action.SETTLE_RECOVERY: Case(
        needs=("member", "account"),
        grave=True,
        waits=False,
        prepare=to_settle_recovery,
        effect=recovered,
        holds=lambda w, m: w.view("AllianceRegistry.key", m.account).roles == Role.ADMINISTER,
        obstruct=recover_otherwise,
        refusal=lambda w, m: error("RecoveryOfAnother", m.member, m.account, OTHER_ADMINISTRATOR),
    ),
    # Rules that are sound when they are proposed stay so, since founders keep their kinds.
    Action.CHANGE_RULES: Case(
        needs=("rules",),
        grave=True,
        waits=True,
        prepare=to_change_rules,
        effect=lambda w, m: (event("AllianceCouncil", "VotingRulesChanged", rules=m.rules),),
        holds=lambda w, m: w.view("AllianceCouncil.votingRules") == m.rules,
        obstruct=None,
        refusal=None,
    ),
    Action.APPOINT_KEEPER: Case(
        needs=("member",),
        grave=False,
        waits=True,
        prepare=to_appoint,
        effect=appointed,
        holds=lambda w, m: w.view("BankingCalendar.keeper") == m.member,
        obstruct=suspend,
        refusal=lambda w, m: error("PartyNotActive", m.member),
    ),
    Action.REGISTER_VERSION: Case(
        needs=("account", "name"),
        grave=False,
        waits=True,
        prepare=to_register,
        effect=registered,
        holds=lambda w, m: w.view("Directory.inForce", LETTERS) == (2, m.account),
        obstruct=register,
        refusal=lambda w, m: error("VersionExists", m.account, 2),
        result=2,
    ),
    Action.CLOSE_EDITION: Case(
        needs=("edition",),
        grave=False,
        waits=True,
        prepare=to_close,
        effect=lambda w, m: (registry_event("EditionClosed", edition=m.edition),),
        holds=lambda w, m: w.view("AllianceRegistry.isClosed", m.edition),
        obstruct=lambda w, m: w.governed("AllianceRegistry.closeEdition", m.edition),
        refusal=lambda w, m: error("EditionClosedToNew", m.edition),
    ),
    Action.PAUSE_NEW_BUSINESS: Case(
        needs=("until",),
        grave=False,
        waits=False,
        prepare=to_pause,
        effect=lambda w, m: (registry_event("NewBusinessPaused", until=m.until),),
        holds=lambda w, m: w.view("AllianceRegistry.pausedUntil") == m.until,
        # Its end is over before it began.
        obstruct=lambda w, m: w.at(m.until),
        refusal=lambda w, m: error("NotInFuture", m.until, m.until),
    ),
    Action.RESUME_NEW_BUSINESS: Case(
        needs=(),
        grave=False,
        waits=False,
        prepare=to_resume,
        effect=lambda w, m: (registry_event("NewBusinessResumed"),),
        holds=lambda w, m: w.view("AllianceRegistry.pausedUntil") == 0,
        obstruct=resume,
        refusal=lambda w, m: error("NotPaused"),
    ),
}

# No part of them is zero.
GIVEN: Final[dict[str, Any]] = {
    "member": APPLICANT,
    "until": FAR,
    "account": account("somebody"),
    "name": ascii32("Name"),
    "edition": 1,
    "rules": rules().as_argument(),
    "admission": admission(NEXT, kind=int(MemberKind.BANK), calendar=CNSHA).as_argument(),
}


def bits(fields: tuple[str, ...]) -> int:
    return sum(1 << FIELDS.index(name) for name in fields)


def salted(motion: Motion, text: str) -> Motion:
    return motion._replace(resolution=keccak(text=text))

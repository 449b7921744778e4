# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from eth_utils import keccak
from machine import Becomes, Machine, Refuses
from suite import Error, Event, error, event
from vocabulary import NO_END, MemberKind, ProposalState, Role
from world import (
    ADVISER,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CUSTOMS,
    FAR,
    FOUNDERS,
    ISSUER,
    MEMBERS,
    OUTSIDER,
    THRESHOLD,
    Receipt,
    World,
    admin,
    admission,
    desk,
    reverts,
    treasury,
)

NEXT = MEMBERS + 1
SALT = keccak(text="salt")
NONE, OPEN, EXECUTED = ProposalState


@dataclass
class Scene:
    """One proposal to admit the next member; each act comes from a founder of its own."""

    world: World

    @property
    def proposal(self) -> bytes:
        found: bytes = self.world.view("AllianceCouncil.proposalIdOf", *self.args)
        return found

    @property
    def args(self) -> tuple[Any, bytes]:
        return admission(NEXT).as_argument(), SALT

    def propose(self, founder: int) -> Receipt:
        return self.world.send(desk(founder), "AllianceCouncil.propose", *self.args)

    def approve(self, founder: int) -> Receipt:
        return self.world.send(desk(founder), "AllianceCouncil.approve", self.proposal)

    def execute(self, founder: int) -> Receipt:
        return self.world.send(desk(founder), "AllianceCouncil.execute", *self.args)

    def record(self) -> Any:
        return self.world.view("AllianceCouncil.proposal", self.proposal)


def proposed(world: World) -> Scene:
    scene = Scene(world)
    scene.propose(AUTHORITY)
    return scene


def one_short(world: World) -> Scene:
    scene = proposed(world)
    for founder in (CUSTOMS, CENTRAL):
        scene.approve(founder)
    return scene


def enough(world: World) -> Scene:
    scene = one_short(world)
    scene.approve(ISSUER)
    return scene


def executed(world: World) -> Scene:
    scene = enough(world)
    scene.execute(ADVISER)
    return scene


def wrong(actual: Any, expected: Any) -> Refuses[Scene]:
    return Refuses(lambda s: error("WrongProposalState", s.proposal, actual, expected))


def already(scene: Scene) -> Error:
    return error("ApprovedAlready", scene.proposal, AUTHORITY)


def admission_proposed(s: Scene) -> Event:
    return event(
        "AllianceCouncil",
        "AdmissionProposed",
        proposalId=s.proposal,
        founder=ADVISER,
        admission=admission(NEXT).as_argument(),
        salt=SALT,
    )


def approved(s: Scene) -> Event:
    return event("AllianceCouncil", "ProposalApproved", proposalId=s.proposal, founder=ADVISER)


def admitted(s: Scene) -> Event:
    new = admission(NEXT)
    return event(
        "AllianceRegistry",
        "MemberAdmitted",
        memberId=NEXT,
        kind=MemberKind.TRADER,
        country=b"CN",
        calendar=0,
        validUntil=FAR,
        treasury=new.treasury,
        identity=new.identity,
    )


def key_set(account: str, role: Any) -> Any:
    return lambda s: event(
        "AllianceRegistry", "KeySet", memberId=NEXT, account=account, roles=role, validUntil=NO_END
    )


def was_executed(s: Scene) -> Event:
    return event("AllianceCouncil", "ProposalExecuted", proposalId=s.proposal, memberId=NEXT)


EXECUTES = Becomes[Scene](
    EXECUTED,
    (
        admitted,
        key_set(admin(NEXT), Role.ADMINISTER),
        key_set(treasury(NEXT), Role.PAY),
        was_executed,
    ),
)


def too_few(count: int) -> Refuses[Scene]:
    return Refuses(lambda s: error("NotEnoughApprovals", s.proposal, count, THRESHOLD))


MACHINE: Machine[Scene] = Machine(
    stages={
        "none": Scene,
        "proposed": proposed,
        "one short": one_short,
        "enough": enough,
        "executed": executed,
    },
    acts={
        "propose": lambda s: s.propose(ADVISER),
        "approve": lambda s: s.approve(ADVISER),
        "approve again": lambda s: s.approve(AUTHORITY),
        "execute": lambda s: s.execute(ADVISER),
    },
    record=Scene.record,
    state=lambda s: s.record().state,
    table={
        "none": {
            "propose": Becomes(OPEN, (admission_proposed, approved)),
            "approve": wrong(NONE, OPEN),
            "approve again": wrong(NONE, OPEN),
            "execute": wrong(NONE, OPEN),
        },
        "proposed": {
            "propose": wrong(OPEN, NONE),
            "approve": Becomes(OPEN, (approved,)),
            "approve again": Refuses(already),
            "execute": too_few(1),
        },
        "one short": {
            "propose": wrong(OPEN, NONE),
            "approve": Becomes(OPEN, (approved,)),
            "approve again": Refuses(already),
            "execute": too_few(3),
        },
        "enough": {
            "propose": wrong(OPEN, NONE),
            "approve": Becomes(OPEN, (approved,)),
            "approve again": Refuses(already),
            "execute": EXECUTES,
        },
        "executed": {
            "propose": wrong(EXECUTED, NONE),
            "approve": wrong(EXECUTED, OPEN),
            "approve again": wrong(EXECUTED, OPEN),
            "execute": wrong(EXECUTED, OPEN),
        },
    },
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_proposal(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_approvals_are_kept_by_founder(world: World) -> None:
    assert enough(world).record() == (
        OPEN,
        4,
        sum(1 << founder for founder in (AUTHORITY, CUSTOMS, CENTRAL, ISSUER)),
    )


def test_what_is_executed_is_the_member_that_was_approved(world: World) -> None:
    scene = enough(world)
    other = admission(NEXT, country=b"XX").as_argument()
    unknown = world.view("AllianceCouncil.proposalIdOf", other, SALT)
    with reverts("WrongProposalState", unknown, NONE, OPEN):
        world.send(desk(AUTHORITY), "AllianceCouncil.execute", other, SALT)
    assert scene.execute(ADVISER).value == NEXT
    assert world.view("AllianceRegistry.memberCount") == NEXT


def test_an_equal_admission_with_another_salt_is_another_proposal(world: World) -> None:
    one = proposed(world)
    other = world.send(desk(AUTHORITY), "AllianceCouncil.propose", one.args[0], keccak(text="2"))
    assert other.value != one.proposal
    assert world.view("AllianceCouncil.proposal", other.value).approvals == 1


def test_what_the_registry_refuses_leaves_the_proposal_open(world: World) -> None:
    taken = admission(NEXT, administrator=admin(BENEFICIARY)).as_argument()
    proposal = world.send(desk(1), "AllianceCouncil.propose", taken, SALT).value
    for founder in range(2, THRESHOLD + 1):
        world.send(desk(founder), "AllianceCouncil.approve", proposal)
    with reverts("AccountTaken", admin(BENEFICIARY), BENEFICIARY):
        world.send(desk(1), "AllianceCouncil.execute", taken, SALT)
    assert world.view("AllianceCouncil.proposal", proposal).state == OPEN
    assert world.view("AllianceRegistry.memberCount") == MEMBERS


@pytest.mark.parametrize(("founders", "threshold"), [(8, 0), (8, 9), (0, 0), (128, 1)])
def test_a_council_that_could_not_decide_is_not_seated(
    world: World, founders: int, threshold: int
) -> None:
    with reverts("UnreachableThreshold", threshold, founders):
        world.deploy("Council", "AllianceCouncil", OUTSIDER, founders, threshold)


@pytest.mark.parametrize(("founders", "threshold"), [(1, 1), (127, 127), (8, FOUNDERS)])
def test_a_council_that_can_decide_is_seated(world: World, founders: int, threshold: int) -> None:
    registry = world.addresses["AllianceRegistry"]
    world.deploy("Council", "AllianceCouncil", registry, founders, threshold)
    assert world.view("Council.founders") == founders
    assert world.view("Council.threshold") == threshold
    assert world.view("Council.registry") == registry


def test_the_first_and_the_last_of_127_founders_have_a_bit_each() -> None:
    """A council as large as may be, in an alliance of its own."""
    world = World().at(1_000)
    founders = [admission(number) for number in range(1, 129)]
    registry = world.deploy(
        "AllianceRegistry",
        "AllianceRegistry",
        OUTSIDER,
        [founder.as_argument() for founder in founders],
    ).value
    world.deploy("AllianceCouncil", "AllianceCouncil", registry, 127, 2)
    for number in (1, 127, 128):
        world.give_key(number, f"desk of {number}", int(Role.VOTE))
    proposal = world.send(
        desk(127), "AllianceCouncil.propose", admission(129).as_argument(), SALT
    ).value
    world.send(desk(1), "AllianceCouncil.approve", proposal)
    assert world.view("AllianceCouncil.proposal", proposal).approvedBy == 1 << 127 | 1 << 1
    with reverts("NotAFounder", 128):
        world.send(desk(128), "AllianceCouncil.approve", proposal)

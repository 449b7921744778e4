# SPDX-License-Identifier: Apache-2.0
"""Who may call what of the council, the directory and the calendars."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByContract, ByRole, Row, first, meets
from vocabulary import Action, ProposalState
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    CENTRAL,
    CUSTOMS,
    EMPTY,
    ISSUER,
    KEEPER,
    MEMBERS,
    OTHER,
    Motion,
    World,
    admission,
    ascii32,
    desk,
)

MOTION: Final = Motion(
    int(Action.ADMIT_MEMBER),
    admission=admission(MEMBERS + 1).as_argument(),
    resolution=keccak(text="minutes"),
)


def to_propose(world: World, caller: str) -> Args:
    return (MOTION,)


def to_vote(world: World, caller: str) -> Args:
    return world.send(desk(CUSTOMS), "AllianceCouncil.propose", MOTION).value, True


def to_cancel(world: World, caller: str) -> Args:
    return (world.send(desk(AUTHORITY), "AllianceCouncil.propose", MOTION).value,)


def to_execute(world: World, caller: str) -> Args:
    proposal, _ = to_vote(world, caller)
    for founder in (CENTRAL, ISSUER, ADVISER, OTHER):
        world.send(desk(founder), "AllianceCouncil.vote", proposal, True)
    assert world.view("AllianceCouncil.proposal", proposal).state == ProposalState.PASSED
    return (MOTION,)


def to_register(world: World, caller: str) -> Args:
    world.deploy("SecondCalendar", "BankingCalendar", world.addresses["AllianceRegistry"], KEEPER)
    return ascii32("BankingCalendar"), world.addresses["SecondCalendar"]


def to_appoint(world: World, caller: str) -> Args:
    return (AUTHORITY,)


def to_open(world: World, caller: str) -> Args:
    return EMPTY + 1, ascii32("NEW")


def to_publish(world: World, caller: str) -> Args:
    return EMPTY, 105, 0b11 | 2 << 192 | 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246


def to_revise(world: World, caller: str) -> Args:
    calendar, span, word = to_publish(world, caller)
    # A span that has begun nowhere at the world's start.
    world.send(desk(KEEPER), "BankingCalendar.publish", calendar, span + 1, word)
    return calendar, span + 1, word ^ 0b10, ascii32("NOTICE 7")


NO_FOUNDER: Final = meets(APPLICANT, "NotAFounder", APPLICANT)
NO_KEEPER: Final = meets(AUTHORITY, "NotCalendarKeeper", AUTHORITY, KEEPER)

ROWS: Final[dict[str, Row]] = {
    "AllianceCouncil.propose": ByRole(AUTHORITY, to_propose, (NO_FOUNDER,)),
    "AllianceCouncil.vote": ByRole(AUTHORITY, to_vote, (NO_FOUNDER,)),
    "AllianceCouncil.cancel": ByRole(
        AUTHORITY,
        to_cancel,
        (NO_FOUNDER, meets(CUSTOMS, "NotProposer", first, CUSTOMS, AUTHORITY)),
    ),
    "AllianceCouncil.execute": ByRole(AUTHORITY, to_execute, (NO_FOUNDER,)),
    "Directory.register": ByContract("NotCouncil", to_register),
    "BankingCalendar.appoint": ByContract("NotAppointer", to_appoint),
    "BankingCalendar.open": ByRole(KEEPER, to_open, (NO_KEEPER,)),
    "BankingCalendar.publish": ByRole(KEEPER, to_publish, (NO_KEEPER,)),
    "BankingCalendar.revise": ByRole(KEEPER, to_revise, (NO_KEEPER,)),
}

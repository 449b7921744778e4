# SPDX-License-Identifier: Apache-2.0
"""Faults that public contracts of this kind are known for, each shown to be absent here.

What is known of registries, permissioning and credits. Faults of documents (an inner Merkle node
taken for a document, a leaf revoked under every batch), of titles (one that is pushed onto its own
owner, a right to reject that never lapses) and of escrows that are never paid out belong to the
contracts of documents, titles and settlement, and are shown there.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from access import ROWS, deployed_name
from eth_utils import keccak
from registry_acts import (
    ADMINISTER,
    GOVERNOR,
    MOST_ADDED,
    PAY,
    act,
    ask,
    governed,
    told,
)
from rows import LINES, Business, ByContract, ByRole
from schedules import Drawing, red_clause
from suite import ARTIFACTS, Error, RevertedError, error, functions
from vocabulary import MOST_ACCOUNTS, NO_END, Action, CreditState, Disposal, ProposalState, Role
from vocabulary import PresentationState as P
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    DEPLOYER,
    FOUNDERS,
    ISSUER,
    MEMBERS,
    OUTSIDER,
    Amendment,
    Issuance,
    Motion,
    World,
    account,
    admin,
    admission,
    desk,
    packed,
    refused,
    register,
    reverts,
    treasury,
)

from yangshan.deployment.plan import CREDITS_EDITION

# EIP-170.
SIZE_LIMIT = 24_576
EVERYBODY = [OUTSIDER, DEPLOYER] + [
    each(member) for member in range(1, MEMBERS + 1) for each in (admin, treasury, desk)
]


# A stranger rewrites a credit


# Amounts, dates and periods in a credit's word of numbers.
TERMS = ((1 << 128) - 1) << 64


def test_a_credit_once_issued_is_rewritten_by_nobody(world: World) -> None:
    credit = world.issue()
    before = world.view("LetterOfCredit.bindingWords", credit, ISSUER)
    rewritten = Issuance(amount=1, beneficiary=APPLICANT)
    # Every function that changes anything, in an order in which one caller could use them.
    attempts: dict[str, tuple[Any, ...]] = {
        "issue": (rewritten,),
        "issueBatch": ([packed(rewritten)],),
        "preAdvise": (rewritten,),
        "issuePreAdvised": (rewritten,),
        "advise": (credit, True),
        "declineAdvice": (credit,),
        "requestConfirmation": (credit, ADVISER),
        "confirm": (credit,),
        "declineConfirmation": (credit,),
        "amend": (credit, Amendment(decrease=1)),
        "extendConfirmation": (credit, 1),
        "declineExtension": (credit, 1),
        "acceptAmendment": (credit, 1, bytes(32)),
        "rejectAmendment": (credit, 1, bytes(32)),
        "acceptByPresentation": (credit, 2, 2, False),
        "stay": (credit, world.time + 1, bytes(32)),
        "liftStay": (credit, bytes(32)),
        "noteAssignment": (credit,),
        "drawExactly": (credit, ISSUER, 1),
        "drawUpTo": (credit, ISSUER, 1),
        "carveOut": (credit, bytes(32), 1, 1, 1, bytes(32)),
        "amendAsPart": (credit, Amendment(decrease=1), 0),
        "settleCancellation": (credit, 1),
        "returnPart": (credit, 1),
        "issueScheduled": (rewritten, red_clause(1)),
        "drawScheduled": (Drawing(bytes(32), credit, ISSUER, 1, 1, 1), True),
    }
    changing = {name for name, one in functions("LetterOfCredit").items() if not one.is_view}
    assert set(attempts) == changing
    for caller in EVERYBODY:
        with world.aside():
            for function, args in attempts.items():
                with contextlib.suppress(RevertedError):
                    world.send(caller, f"LetterOfCredit.{function}", *args)
            parties, numbers = world.view("LetterOfCredit.bindingWords", credit, ISSUER)
            assert numbers & TERMS == before[1] & TERMS
            assert world.view("LetterOfCredit.credit", credit).issuance.beneficiary == BENEFICIARY
            assert world.view("LetterOfCredit.stateOf", credit) == CreditState.ISSUED
            # Whom the issuing bank asks to confirm is its own matter.
            assert parties >> 64 == before[0] >> 64


# The registry's pause freezes what was issued


def stopped_by_a_pause(world: World) -> None:
    governed(world, "pauseNewBusiness", NO_END)


def stopped_by_a_closed_edition(world: World) -> None:
    governed(world, "closeEdition", CREDITS_EDITION)


def stopped_by_suspensions(world: World) -> None:
    for member in (ISSUER, ADVISER, APPLICANT, BENEFICIARY):
        governed(world, "suspend", member)


def stopped_by_expulsions(world: World) -> None:
    for member in (ISSUER, ADVISER, APPLICANT, BENEFICIARY):
        governed(world, "expel", member)


def stopped_by_everything(world: World) -> None:
    stopped_by_suspensions(world)
    stopped_by_a_closed_edition(world)
    stopped_by_a_pause(world)


GONE = error("NewBusinessClosed", ISSUER, 0)
STOPS = pytest.mark.parametrize(
    ("stop", "expected"),
    [
        (stopped_by_a_pause, error("NewBusinessPausedNow", NO_END)),
        (stopped_by_a_closed_edition, error("EditionClosedToNew", CREDITS_EDITION)),
        (stopped_by_suspensions, GONE),
        (stopped_by_expulsions, GONE),
        (stopped_by_everything, GONE),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)


@STOPS
def test_what_was_issued_runs_to_its_end(world: World, stop: Any, expected: Error) -> None:
    amount = Issuance().amount
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, amount, keccak(text="funds"))
    credit = world.issue()
    stop(world)
    with refused(expected):
        world.issue(reference=b"ANOTHER".ljust(16, b"\0"))

    world.send(desk(ADVISER), "LetterOfCredit.advise", credit, True)
    refused_one = world.lodge(credit, number=1)
    notice = (0b10, int(Disposal.RETURN), keccak(text="notice"))
    world.send(desk(ISSUER), "Presentations.refuse", refused_one, *notice)
    assert world.state_of(refused_one) == P.REFUSED
    second = world.lodge(credit, number=2)
    owed = world.send(desk(ISSUER), "Presentations.findComplying", second).value
    world.send(desk(ISSUER), "PaymentObligations.pay", owed)
    assert world.balance(BENEFICIARY) == amount


@STOPS
def test_silence_has_its_price_during_all_of_it(world: World, stop: Any, expected: Error) -> None:
    credit = world.issue()
    key = world.lodge(credit)
    stop(world)
    with refused(expected):
        world.issue(reference=b"ANOTHER".ljust(16, b"\0"))
    world.at(world.presentation(key).deadline + 1)
    world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key)
    assert world.state_of(key) == P.CLAIMED


# Suspended members that can still take new business


NEW = [name for name, line in LINES.items() if line.business is Business.NEW]


@pytest.mark.parametrize("function", NEW)
@pytest.mark.parametrize("how", ["suspend", "expel"])
def test_a_suspended_member_takes_no_new_business_with_any_key(
    world: World, function: str, how: str
) -> None:
    row = ROWS[function]
    assert isinstance(row, ByRole)
    roles = int(LINES[function].who)
    keys = [desk(row.member), world.give_key(row.member, "further", roles)]
    keys.append(world.open_desk(row.member, roles))
    args = row.prepare(world, keys[0])
    governed(world, how, row.member)
    # Neither a key that comes by rotation, nor one whose roles are given anew, nor one recovered.
    act(world, admin(row.member), "rotateKey", keys[1], account("rotated"))
    act(world, admin(row.member), "setKey", keys[0], roles, NO_END)
    governed(world, "beginRecovery", row.member, account("heir"))
    world.at(world.time + 14 * 86_400)
    act(world, OUTSIDER, "completeRecovery", row.member)
    act(world, account("heir"), "setKey", account("heir"), ADMINISTER | roles, NO_END)
    for key in (keys[0], account("rotated"), keys[2], account("heir")):
        assert ask(world, "actingMemberOf", key, roles) == row.member
        with reverts("NewBusinessClosed", row.member, 0):
            world.send(key, deployed_name(function), *args)


@pytest.mark.parametrize("how", ["suspend", "expel", "resign"])
def test_nor_is_it_named_in_the_new_business_of_others(world: World, how: str) -> None:
    for party, member in (
        ("applicant", APPLICANT),
        ("beneficiary", BENEFICIARY),
        ("advising_bank", ADVISER),
    ):
        with world.aside():
            if how == "resign":
                act(world, admin(member), "resign")
            else:
                governed(world, how, member)
            with reverts("PartyNotActive", member):
                world.issue(**{party: member})


# A single administrator acts alone


def test_one_founder_decides_nothing(world: World) -> None:
    motion = Motion(int(Action.ADMIT_MEMBER), admission=admission(MEMBERS + 1).as_argument())
    for founder in range(1, FOUNDERS + 1):
        with world.aside():
            proposal = world.send(desk(founder), "AllianceCouncil.propose", motion).value
            with reverts("VotedAlready", proposal, founder):
                world.send(desk(founder), "AllianceCouncil.vote", proposal, True)
            with reverts("WrongProposalState", proposal, ProposalState.OPEN, ProposalState.PASSED):
                world.send(desk(founder), "AllianceCouncil.execute", motion)
    assert ask(world, "memberCount") == MEMBERS


@pytest.mark.parametrize(
    "function", [name for name, line in LINES.items() if line.who == "AllianceCouncil"]
)
def test_no_key_of_the_alliance_decides_for_it(world: World, function: str) -> None:
    row = ROWS[function]
    assert isinstance(row, ByContract)
    args = row.prepare(world, OUTSIDER)
    for caller in EVERYBODY:
        with refused(error(row.error, caller)):
            world.send(caller, deployed_name(function), *args)


def test_an_administrator_reaches_no_other_member(world: World) -> None:
    others = [member for member in range(1, MEMBERS + 1) if member != AUTHORITY]
    before = [ask(world, "member", member) for member in others]
    for member in others:
        for function, *more in (
            ("revokeKey",),
            ("freezeKey",),
            ("thawKey",),
            ("rotateKey", account("new")),
            ("nominateTreasury",),
        ):
            with reverts("NotOwnAccount", desk(member), AUTHORITY):
                act(world, admin(AUTHORITY), function, desk(member), *more)
        with reverts("AccountTaken", desk(member), member):
            act(world, admin(AUTHORITY), "setKey", desk(member), PAY, NO_END)
    assert [ask(world, "member", member) for member in others] == before


# A flat list of those who are allowed


def test_being_a_member_allows_nothing_by_itself(world: World) -> None:
    """Where a list says allowed or not, each key here has the roles that it was given."""
    key = world.give_key(ISSUER, "a key", PAY)
    for role in Role:
        if role != Role.PAY:
            with reverts("MissingRole", key, ISSUER, int(role)):
                ask(world, "actingMemberOf", key, int(role))


# Lists without a bound


def test_every_list_that_is_walked_has_a_bound(world: World) -> None:
    with reverts("FoundersOutOfBounds", 33):
        register(GOVERNOR, *(admission(100 + n, valid_until=NO_END) for n in range(33)))
    for place in range(3, MOST_ADDED):
        world.give_key(ISSUER, f"key {place}", PAY)
    with reverts("TooManyAccounts", ISSUER, MOST_ADDED):
        world.give_key(ISSUER, "one too many", PAY)
    governed(world, "suspend", ISSUER).emitted(told("MemberSuspended", memberId=ISSUER))
    assert ask(world, "member", ISSUER).accounts < MOST_ACCOUNTS


# Contracts beyond the size that a chain takes


@pytest.mark.parametrize("contract", ARTIFACTS)
def test_every_contract_fits_on_any_chain(contract: str) -> None:
    code = bytes.fromhex(ARTIFACTS[contract]["deployedBytecode"].removeprefix("0x"))
    assert len(code) < SIZE_LIMIT

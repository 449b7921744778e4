# SPDX-License-Identifier: Apache-2.0
"""Presentations around a cancellation, and before an issue: what goes on, and what binds nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_examiners import amended, amendment, confirmed
from vocabulary import CreditState, Disposal, Flag, Mark, ObligationKind, PresentationState
from world import (
    ADVISER,
    BENEFICIARY,
    FORWARDER,
    ISSUER,
    OTHER,
    START,
    Issuance,
    PresentationKey,
    World,
    credit_id,
    desk,
    documents_act,
    instant,
    obligation_id,
    reverts,
)

if TYPE_CHECKING:
    from world import Receipt

P = PresentationState
CONFIRMING, NOMINATED = ADVISER, OTHER
RECEIVED = instant("2025-09-01T10:00:00+08:00")
BANKS = pytest.mark.parametrize("bank", [ISSUER, CONFIRMING, NOMINATED])
NOT_IN_FORCE = int(Flag.NOT_IN_FORCE)


def act(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), documents_act(function), *args)


def both(world: World) -> bytes:
    credit = confirmed(world, CONFIRMING, nominated_bank=NOMINATED, amount=100)
    world.at(RECEIVED)
    return credit


def cancelled(world: World, credit: bytes) -> None:
    """By every consent."""
    amended(world, credit, 1, cancels=True, extends=CONFIRMING)
    assert world.view("LetterOfCredit.stateOf", credit) == CreditState.CANCELLED


def owed(world: World, key: PresentationKey, owner: int = BENEFICIARY) -> Any:
    number = obligation_id(key.id, key.examiner, owner)
    return world.view("PaymentObligations.obligation", number)


# What was presented before


@BANKS
@pytest.mark.parametrize("decision", ["findComplying", "acceptDiscrepancies"])
def test_a_bank_decides_on_what_came_before_the_cancellation(
    world: World, bank: int, decision: str
) -> None:
    credit = both(world)
    key = world.lodge(credit, examiner=bank, amount=60)
    cancelled(world, credit)
    args = (key,) if decision == "findComplying" else (key, bytes(32), False)
    act(world, bank, decision, *args)
    assert owed(world, key).amount == 60
    found = world.view("LetterOfCredit.credit", credit)
    assert (found.state, found.drawn) == (CreditState.CANCELLED, 60)


@pytest.mark.parametrize("bank", [ISSUER, CONFIRMING])
def test_a_claim_that_the_view_promises_is_not_refused(world: World, bank: int) -> None:
    credit = both(world)
    world.send(desk(BENEFICIARY), "Presentations.recordMandate", credit, FORWARDER, bytes(32))
    key = world.lodge(
        credit, examiner=bank, presenter=FORWARDER, pay_presenter=True, amount=100, shipped=0
    )
    cancelled(world, credit)
    world.at(world.presentation(key).deadline + 1)
    assert world.state_of(key) == P.PRECLUDED
    act(world, FORWARDER, "claimPrecluded", key)
    found = owed(world, key, FORWARDER)
    assert (found.kind, found.amount) == (ObligationKind.PRECLUSION, 100)


def test_more_than_there_was_is_drawn_by_nobody(world: World) -> None:
    credit = both(world)
    keys = [world.lodge(credit, amount=60, number=number) for number in (1, 2)]
    cancelled(world, credit)
    act(world, ISSUER, "findComplying", keys[0])
    with reverts("Overdrawn", credit, 60, 40):
        act(world, ISSUER, "findComplying", keys[1])
    act(world, ISSUER, "acceptDiscrepancies", keys[1], bytes(32), False)
    assert owed(world, keys[1]).amount == 40


def test_pending_amendments_are_accepted_no_more(world: World) -> None:
    credit = both(world)
    key = world.lodge(credit, amount=100)
    terms = amendment(1, increase=50)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    amended(world, credit, 2, cancels=True, extends=CONFIRMING)
    states = int(CreditState.CANCELLED), int(CreditState.ISSUED)
    with reverts("WrongCreditState", credit, *states):
        act(world, ISSUER, "findComplyingWith", key, 2, False)
    act(world, ISSUER, "findComplyingWith", key, 0, False)


@pytest.mark.parametrize("honoured", [False, True])
def test_what_came_before_is_forwarded_after(world: World, honoured: bool) -> None:
    credit = both(world)
    key = world.lodge(credit, examiner=NOMINATED, amount=100)
    cancelled(world, credit)
    if honoured:
        act(world, NOMINATED, "findComplying", key)
    act(world, NOMINATED, "forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(credit, ISSUER, NOMINATED, 1)
    assert world.presentation(onward).flags == 0
    act(world, ISSUER, "findComplying", onward)
    assert owed(world, onward, NOMINATED if honoured else BENEFICIARY).amount == 100


# What comes when no credit is in force


def after_the_cancellation(world: World) -> bytes:
    credit = both(world)
    cancelled(world, credit)
    return credit


def pre_advised(world: World, *, issued: bool = False, withdrawn: bool = False) -> bytes:
    terms = Issuance(
        nominated_bank=NOMINATED,
        confirming_bank=CONFIRMING,
        amount=100,
        expiry=START // 86_400 + 90,
    )
    world.send(desk(ISSUER), "LetterOfCredit.preAdvise", terms)
    credit = credit_id(ISSUER, terms.reference)
    if issued:
        world.send(desk(ISSUER), "LetterOfCredit.issuePreAdvised", terms)
    if withdrawn:
        amended(world, credit, 1, cancels=True)
    return credit


@pytest.mark.parametrize("bank", [ISSUER, NOMINATED])
@pytest.mark.parametrize("stage", [after_the_cancellation, pre_advised])
def test_it_is_recorded_and_binds_nobody(world: World, stage: Any, bank: int) -> None:
    credit = stage(world)
    key = world.lodge(credit, examiner=bank, amount=100, shipped=0)
    record = world.presentation(key)
    assert (Flag(record.flags), Mark(record.marks)) == (Flag.NOT_IN_FORCE, Mark.UNBOUND)
    for function, args in (
        ("findComplying", (key,)),
        ("findComplyingWith", (key, 0, False)),
        ("acceptDiscrepancies", (key, bytes(32), False)),
    ):
        with reverts("CannotComply", key.id, NOT_IN_FORCE):
            act(world, bank, function, *args)
    world.at(record.deadline + 1)
    assert world.state_of(key) == P.LODGED
    assert world.view("Presentations.isPrecluded", key) is False
    with reverts("BankNotBound", key.id, bank):
        act(world, BENEFICIARY, "claimPrecluded", key)


def test_the_documents_are_refused_and_go_back(world: World) -> None:
    key = world.lodge(after_the_cancellation(world), amount=100)
    act(world, ISSUER, "refuse", key, 1, int(Disposal.RETURN), bytes(32))
    act(world, ISSUER, "recordReturn", key, bytes(32))
    assert world.state_of(key) == P.RETURNED


def test_forwarding_gives_it_no_force(world: World) -> None:
    key = world.lodge(after_the_cancellation(world), examiner=NOMINATED, amount=100)
    act(world, NOMINATED, "forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(key.credit, ISSUER, NOMINATED, 1)
    record = world.presentation(onward)
    assert Flag(record.flags) == Flag.NOT_IN_FORCE
    assert Mark(record.marks) == Mark.FORWARDED | Mark.UNBOUND
    world.at(record.deadline + 1)
    with reverts("BankNotBound", onward.id, ISSUER):
        act(world, BENEFICIARY, "claimPrecluded", onward)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_came_under_a_pre_advice_is_presented_anew_once_there_is_a_credit(
    world: World, withdrawn: bool
) -> None:
    credit = pre_advised(world)
    early = world.lodge(credit, amount=100)
    if withdrawn:
        amended(world, credit, 1, cancels=True)
    else:
        terms = Issuance(
            nominated_bank=NOMINATED,
            confirming_bank=CONFIRMING,
            amount=100,
            expiry=START // 86_400 + 90,
        )
        world.send(desk(ISSUER), "LetterOfCredit.issuePreAdvised", terms)
    with reverts("CannotComply", early.id, NOT_IN_FORCE):
        act(world, ISSUER, "findComplying", early)
    if not withdrawn:
        act(world, ISSUER, "findComplying", world.lodge(credit, amount=100, number=2))


def test_amendments_do_not_cure_it(world: World) -> None:
    credit = pre_advised(world)
    key = world.lodge(credit, amount=100)
    terms = Issuance(
        nominated_bank=NOMINATED,
        confirming_bank=CONFIRMING,
        amount=100,
        expiry=START // 86_400 + 90,
    )
    world.send(desk(ISSUER), "LetterOfCredit.issuePreAdvised", terms)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment(1, increase=5))
    with reverts("CannotComply", key.id, NOT_IN_FORCE):
        act(world, ISSUER, "findComplyingWith", key, 2, False)

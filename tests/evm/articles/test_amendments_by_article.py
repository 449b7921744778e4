# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 10, one short scenario for each of its parts."""

from __future__ import annotations

import pytest
from article_acts import (
    CONFIRMING,
    FIFTH_DAY,
    NO_TEXT,
    accept,
    amend,
    confirmed,
    of_credit,
    of_documents,
    owed,
    presented,
)
from suite import event
from vocabulary import AmendmentState, CreditState, Flag
from world import BENEFICIARY, DAY, ISSUER, World, reverts

PENDING, ACCEPTED, REJECTED = (
    AmendmentState.PENDING,
    AmendmentState.ACCEPTED,
    AmendmentState.REJECTED,
)


def state(world: World, credit: bytes, number: int = 1) -> int:
    found: int = world.view("LetterOfCredit.amendmentOf", credit, number).state
    return found


def amount(world: World, credit: bytes, bank: int = ISSUER) -> int:
    found: int = world.view("LetterOfCredit.undertaking", credit, bank).issuance.amount
    return found


def test_article_10_a_a_credit_is_cancelled_with_every_consent_alone(world: World) -> None:
    credit = confirmed(world)
    amend(world, credit, cancels=True)
    accept(world, credit)
    assert world.view("LetterOfCredit.stateOf", credit) == CreditState.ISSUED
    of_credit(world, CONFIRMING, "extendConfirmation", credit, 1)
    assert world.view("LetterOfCredit.stateOf", credit) == CreditState.CANCELLED


def test_article_10_a_a_cancellation_takes_nothing_from_what_was_presented_before(
    world: World,
) -> None:
    credit = world.issue(amount=100)
    key = presented(world, credit)
    amend(world, credit, cancels=True)
    accept(world, credit)
    world.at(FIFTH_DAY + 1)
    assert world.view("Presentations.isPrecluded", key) is True
    of_documents(world, BENEFICIARY, "claimPrecluded", key)
    assert owed(world, key).amount == 100


def test_article_10_a_no_amendment_without_the_beneficiary(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, decrease=50)
    assert amount(world, credit) == 100
    with reverts("NotForBeneficiary", credit, ISSUER):
        of_credit(world, ISSUER, "acceptAmendment", credit, 1, NO_TEXT)


def test_article_10_b_the_issuing_bank_is_bound_by_its_amendment_at_once(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=50)
    # It has no act to take it back: a further amendment leaves this one to the beneficiary.
    amend(world, credit, 2, decrease=50)
    accept(world, credit)
    assert (amount(world, credit), state(world, credit, 2)) == (150, PENDING)


@pytest.mark.parametrize(("extends", "bound"), [(True, 150), (False, 100)])
def test_article_10_b_a_confirming_bank_extends_to_an_amendment_or_not(
    world: World, extends: bool, bound: int
) -> None:
    credit = confirmed(world)
    amend(world, credit, increase=50)
    of_credit(world, CONFIRMING, "extendConfirmation" if extends else "declineExtension", credit, 1)
    accept(world, credit)
    assert (amount(world, credit), amount(world, credit, CONFIRMING)) == (150, bound)


def test_article_10_c_the_old_terms_are_in_force_until_acceptance(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=50)
    key = presented(world, credit, amount=150)
    assert Flag(world.presentation(key).flags) == Flag.OVERDRAWN
    accept(world, credit)
    again = presented(world, credit, amount=150, number=2)
    assert world.presentation(again).flags == 0


def test_article_10_c_a_presentation_accepts_what_it_complies_with(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=50)
    key = presented(world, credit, amount=150)
    of_documents(world, ISSUER, "findComplyingWith", key, 1 << 1, False)
    assert (owed(world, key).amount, state(world, credit)) == (150, ACCEPTED)


def test_article_10_c_one_that_complies_with_the_old_terms_leaves_it_pending(
    world: World,
) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=50)
    key = presented(world, credit)
    of_documents(world, ISSUER, "findComplying", key)
    assert state(world, credit) == PENDING


def test_article_10_c_documents_that_do_without_it_accept_no_loss_that_they_do_not_name(
    world: World,
) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, decrease=50)
    key = world.lodge(credit, amount=40)
    with reverts("AmendmentNotNamed", credit, 1):
        of_documents(world, ISSUER, "findComplyingWith", key, 1 << 1, False)
    of_documents(world, BENEFICIARY, "nameAmendments", key, 1 << 1)
    of_documents(world, ISSUER, "findComplyingWith", key, 1 << 1, False)
    assert amount(world, credit) == 50


def test_article_10_d_the_answer_to_an_amendment_is_told_to_all(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=1)
    of_credit(world, BENEFICIARY, "rejectAmendment", credit, 1, NO_TEXT).emitted(
        event(
            "LetterOfCredit",
            "AmendmentRejected",
            creditId=credit,
            number=1,
            rejectedBy=BENEFICIARY,
            mandate=NO_TEXT,
        )
    )


def test_article_10_e_whoever_takes_a_part_rejects_the_whole(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, increase=50, presentation_period=5)
    # There is no act that takes a part: the amendment is accepted or rejected by its number.
    of_credit(world, BENEFICIARY, "rejectAmendment", credit, 1, NO_TEXT)
    found = world.view("LetterOfCredit.credit", credit).issuance
    assert (found.amount, found.presentationPeriod, state(world, credit)) == (100, 0, REJECTED)
    with reverts("WrongAmendmentState", credit, 1, int(REJECTED), int(PENDING)):
        accept(world, credit)


def test_article_10_f_no_time_makes_an_amendment_binding(world: World) -> None:
    credit = world.issue(amount=100)
    amend(world, credit, decrease=50)
    for later in (1, 30 * DAY, 3 * 365 * DAY):
        world.at(world.time + later)
        assert (state(world, credit), amount(world, credit)) == (PENDING, 100)

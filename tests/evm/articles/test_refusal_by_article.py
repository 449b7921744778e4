# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 16, one short scenario for each of its parts."""

from __future__ import annotations

import pytest
from article_acts import (
    CONFIRMING,
    FIFTH_DAY,
    NO_TEXT,
    NOMINATED,
    confirmed,
    forward,
    of_documents,
    owed,
    presented,
    refuse,
    waive,
)
from vocabulary import Disposal, PresentationState, PresenterInstruction
from world import BENEFICIARY, DAY, ISSUER, PresentationKey, World, reverts

P = PresentationState


@pytest.fixture
def key(world: World) -> PresentationKey:
    """Documents at the issuing bank, on a Monday."""
    return presented(world, world.issue(amount=100))


def instruct(world: World, key: PresentationKey, instruction: PresenterInstruction) -> None:
    of_documents(world, key.presenter, "instruct", key, int(instruction), NO_TEXT)


def test_article_16_a_a_bank_may_refuse_what_does_not_comply(
    world: World, key: PresentationKey
) -> None:
    refuse(world, key)
    assert (world.state_of(key), owed(world, key).debtor) == (P.REFUSED, 0)


def test_article_16_a_each_bank_refuses_for_itself(world: World) -> None:
    credit = confirmed(world, nominated_bank=NOMINATED)
    for bank in (NOMINATED, CONFIRMING, ISSUER):
        documents = presented(world, credit, examiner=bank)
        refuse(world, documents)
        assert world.state_of(documents) == P.REFUSED


def test_article_16_b_asking_for_a_waiver_stops_no_clock(
    world: World, key: PresentationKey
) -> None:
    of_documents(world, ISSUER, "askForWaiver", key, NO_TEXT)
    assert world.presentation(key).deadline == FIFTH_DAY
    world.at(FIFTH_DAY + 1)
    assert world.state_of(key) == P.PRECLUDED


def test_article_16_b_the_waiver_is_the_banks_own_decision(
    world: World, key: PresentationKey
) -> None:
    of_documents(world, ISSUER, "askForWaiver", key, NO_TEXT)
    with world.aside():
        refuse(world, key)
        assert world.state_of(key) == P.REFUSED
    waive(world, key)
    assert (world.state_of(key), owed(world, key).amount) == (P.WAIVED, 100)


def test_article_16_b_only_the_issuing_bank_asks_the_applicant(world: World) -> None:
    credit = confirmed(world)
    documents = presented(world, credit, examiner=CONFIRMING)
    with reverts("NotIssuingBank", credit, CONFIRMING):
        of_documents(world, CONFIRMING, "askForWaiver", documents, NO_TEXT)


def test_article_16_b_what_one_bank_waives_binds_no_other(world: World) -> None:
    documents = presented(world, confirmed(world), examiner=CONFIRMING, amount=120)
    waive(world, documents)
    onward = forward(world, documents)
    refuse(world, onward)
    assert (owed(world, documents).amount, owed(world, onward, CONFIRMING).debtor) == (100, 0)


def test_article_16_c_there_is_one_notice_of_refusal(world: World, key: PresentationKey) -> None:
    refuse(world, key)
    with reverts("WrongPresentationState", key.id, int(P.REFUSED), int(P.LODGED)):
        refuse(world, key, Disposal.RETURN)


def test_article_16_c_ii_a_notice_without_a_discrepancy_is_none(
    world: World, key: PresentationKey
) -> None:
    with reverts("NoDiscrepancyStated", key.id):
        of_documents(world, ISSUER, "refuse", key, 0, int(Disposal.HOLD), NO_TEXT)
    assert world.state_of(key) == P.LODGED


def test_article_16_c_iii_the_notice_says_one_thing_of_the_documents(
    world: World, key: PresentationKey
) -> None:
    with reverts("DisposalNotOpen", key.id, int(Disposal.NONE)):
        refuse(world, key, Disposal.NONE)


def test_article_16_c_iii_a_documents_held_wait_for_the_presenter(
    world: World, key: PresentationKey
) -> None:
    refuse(world, key, Disposal.HOLD)
    with reverts("WaiverNotOpen", key.id, int(Disposal.HOLD)):
        waive(world, key)
    instruct(world, key, PresenterInstruction.TAKE_UP)
    waive(world, key)
    assert owed(world, key).amount == 100


def test_article_16_c_iii_b_the_issuing_bank_may_hold_for_a_waiver(
    world: World, key: PresentationKey
) -> None:
    refuse(world, key, Disposal.NOTIFY)
    with world.aside():
        waive(world, key)
        assert owed(world, key).amount == 100
    # Not once the presenter has said otherwise.
    instruct(world, key, PresenterInstruction.RETURN)
    with reverts("WrongPresentationState", key.id, int(P.RETURN_DUE), int(P.LODGED)):
        waive(world, key)


def test_article_16_c_iii_b_no_other_bank_holds_for_a_waiver(world: World) -> None:
    credit = confirmed(world, nominated_bank=NOMINATED)
    for bank in (CONFIRMING, NOMINATED):
        documents = presented(world, credit, examiner=bank)
        with reverts("DisposalNotOpen", documents.id, int(Disposal.NOTIFY)):
            refuse(world, documents, Disposal.NOTIFY)


def test_article_16_c_iii_c_documents_returned_are_taken_up_no_more(
    world: World, key: PresentationKey
) -> None:
    refuse(world, key, Disposal.RETURN)
    with reverts("WaiverNotOpen", key.id, int(Disposal.RETURN)):
        waive(world, key)
    of_documents(world, ISSUER, "recordReturn", key, NO_TEXT)
    assert world.state_of(key) == P.RETURNED


def test_article_16_c_iii_d_instructions_must_have_been_given_before(
    world: World, key: PresentationKey
) -> None:
    with reverts("DisposalNotOpen", key.id, int(Disposal.PREVIOUS_INSTRUCTIONS)):
        refuse(world, key, Disposal.PREVIOUS_INSTRUCTIONS)
    instruct(world, key, PresenterInstruction.BEFOREHAND)
    refuse(world, key, Disposal.PREVIOUS_INSTRUCTIONS)
    assert world.state_of(key) == P.REFUSED


def test_article_16_d_a_refusal_after_the_fifth_banking_day_is_none(
    world: World, key: PresentationKey
) -> None:
    with world.aside():
        world.at(FIFTH_DAY)
        refuse(world, key)
    world.at(FIFTH_DAY + 1)
    with reverts("DeadlinePassed", key.id, FIFTH_DAY, FIFTH_DAY + 1):
        refuse(world, key)


@pytest.mark.parametrize("disposal", [Disposal.HOLD, Disposal.NOTIFY])
def test_article_16_e_documents_are_returned_at_any_time_after_the_notice(
    world: World, key: PresentationKey, disposal: Disposal
) -> None:
    refuse(world, key, disposal)
    world.at(FIFTH_DAY + 90 * DAY)
    of_documents(world, ISSUER, "recordReturn", key, NO_TEXT)
    assert world.state_of(key) == P.RETURNED
    with reverts("WrongPresentationState", key.id, int(P.RETURNED), int(P.LODGED)):
        waive(world, key)


@pytest.mark.parametrize("bank", [ISSUER, CONFIRMING])
def test_article_16_f_a_bank_without_a_notice_is_precluded(world: World, bank: int) -> None:
    documents = presented(world, confirmed(world), examiner=bank)
    world.at(FIFTH_DAY)
    assert world.view("Presentations.isPrecluded", documents) is False
    with reverts("NotPrecluded", documents.id, FIFTH_DAY, FIFTH_DAY):
        of_documents(world, BENEFICIARY, "claimPrecluded", documents)
    world.at(FIFTH_DAY + 1)
    assert world.view("Presentations.isPrecluded", documents) is True
    of_documents(world, BENEFICIARY, "claimPrecluded", documents)
    assert owed(world, documents).debtor == bank


def test_article_16_f_even_documents_that_came_late_preclude_a_silent_bank(world: World) -> None:
    credit = world.issue(amount=100, expiry=world.time // DAY)
    world.at(world.time + 10 * DAY)
    documents = world.lodge(credit, amount=100)
    assert world.presentation(documents).flags == 1
    world.at(world.presentation(documents).deadline + 1)
    of_documents(world, BENEFICIARY, "claimPrecluded", documents)
    assert owed(world, documents).amount == 100


def test_article_16_f_acts_against_the_notice_preclude(world: World, key: PresentationKey) -> None:
    refuse(world, key)
    of_documents(world, ISSUER, "stateBreach", key, NO_TEXT)
    assert world.state_of(key) == P.PRECLUDED
    of_documents(world, BENEFICIARY, "claimPrecluded", key)
    assert owed(world, key).amount == 100


def test_article_16_f_documents_released_without_right_preclude(
    world: World, key: PresentationKey
) -> None:
    refuse(world, key)
    of_documents(world, ISSUER, "releaseToApplicant", key, NO_TEXT)
    assert world.state_of(key) == P.PRECLUDED

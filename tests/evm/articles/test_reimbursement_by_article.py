# SPDX-License-Identifier: Apache-2.0
"""Reimbursement between banks, article by article."""

from __future__ import annotations

from typing import Any

from reimbursing import (
    AMOUNT,
    CHARGES,
    CLAIMANT,
    FUNDS,
    MESSAGE,
    REIMBURSER,
    UNDERTAKING,
    Scene,
    Terms,
)
from vocabulary import ClaimReason, ClaimState, ObligationKind, ObligationState
from world import DAY, ISSUER, START, World, instant, reverts

C, D = ClaimState, ObligationState


def claimed(world: World, terms: Terms | None = None, **changes: Any) -> Scene:
    scene = Scene(world, terms or Terms(), **changes).ready()
    if scene.terms.undertaking_asked:
        scene.undertaken()
    scene.claim()
    return scene


def test_article_13_a_the_issuing_bank_says_whether_urr_725_applies(world: World) -> None:
    for urr in (True, False):
        with world.aside():
            scene = Scene(world, Terms(urr=urr)).authorised()
            assert scene.record()[1].terms.urr is urr


def test_article_13_b_nothing_expires_and_the_issuing_bank_bears_charges(world: World) -> None:
    scene = Scene(world, Terms(urr=False)).ready()
    with reverts("ExpiryNotOpen", scene.credit, START // DAY + 90):
        terms = UNDERTAKING._replace(urr=False, expiry=START // DAY + 90)
        scene.send(ISSUER, "amendAuthorisation", scene.credit, terms, MESSAGE)
    assert not scene.record()[1].terms.claimantBearsCharges
    # However late, and with nobody's word that the documents comply.
    scene.at(START + 300 * DAY)
    scene.claim()
    assert scene.state() == C.CLAIMED


def test_article_13_b_interest_and_costs_are_the_issuing_banks(world: World) -> None:
    scene = claimed(world)
    scene.refuse()
    scene.notify()
    scene.fall_back()
    scene.acknowledge()
    record = scene.obligation(scene.charged(ISSUER, CLAIMANT))
    assert (record.debtor, record.owner, record.amount) == (ISSUER, CLAIMANT, CHARGES)


def test_article_13_c_the_issuing_bank_owes_whatever_the_reimbursing_bank_does(
    world: World,
) -> None:
    scene = claimed(world).found_complying()
    scene.at(scene.deadline + 1)
    assert scene.state() == C.UNPAID
    scene.notify()
    scene.fall_back()
    assert scene.obligation(scene.direct).state == D.DUE
    scene.pay(ISSUER, scene.direct)
    assert world.balance(CLAIMANT) == FUNDS


def test_article_13_c_one_drawing_is_reimbursed_once(world: World) -> None:
    for first, second in (("owed", "direct"), ("direct", "owed")):
        with world.aside():
            scene = claimed(world).found_complying()
            scene.honour()
            debtors = {"owed": REIMBURSER, "direct": ISSUER}
            paid, other = getattr(scene, first), getattr(scene, second)
            scene.pay(debtors[first], paid)
            with reverts("PaidByCounterpart", other, paid):
                scene.pay(debtors[second], other)
            scene.settle(CLAIMANT, other)
            assert scene.obligation(other).state == D.SETTLED
            assert world.balance(CLAIMANT) == FUNDS


def test_article_16_g_a_reimbursement_of_refused_documents_goes_back_with_interest(
    world: World,
) -> None:
    scene = claimed(world)
    scene.honour()
    scene.pay(REIMBURSER, scene.owed)
    with reverts("NotRefused", scene.onward.id, 1):
        scene.claim_refund()
    scene.refused()
    scene.claim_refund()
    scene.acknowledge(CLAIMANT)
    for number, amount, kind in (
        (scene.refund, AMOUNT, ObligationKind.REFUND),
        (scene.charged(CLAIMANT, ISSUER), CHARGES, ObligationKind.CHARGES),
    ):
        record = scene.obligation(number)
        assert (record.debtor, record.owner, record.amount) == (CLAIMANT, ISSUER, amount)
        assert record.kind == kind
        scene.pay(CLAIMANT, number)
    assert world.balance(ISSUER) == FUNDS + AMOUNT + CHARGES


def test_urr_11_reasons_are_stated_to_both_banks_where_there_is_an_undertaking(
    world: World,
) -> None:
    scene = claimed(world, UNDERTAKING)
    with reverts("NoReasonStated", scene.id):
        scene.refuse(reasons=0)
    told = scene.refuse(reasons=int(ClaimReason.DIFFERS)).events[0].fields
    # To both banks.
    assert (told["claimingBank"], told["issuingBank"]) == (CLAIMANT, ISSUER)


def test_urr_11_a_a_claim_is_answered_in_three_banking_days(world: World) -> None:
    scene = Scene(world, UNDERTAKING).ready().undertaken()
    scene.at(instant("2025-09-26T17:00:01+08:00"))
    scene.claim()
    # Out of hours, so received on Sunday, a day on which Shanghai works.
    assert scene.deadline == instant("2025-10-09T17:00:00+08:00")
    with world.aside():
        scene.at(scene.deadline)
        scene.refuse()
    scene.at(scene.deadline + 1)
    with reverts("ClaimDeadlinePassed", scene.id, scene.deadline, world.time):
        scene.refuse()
    scene.hold()
    assert scene.obligation(scene.owed).state == D.DUE

# SPDX-License-Identifier: Apache-2.0
"""A bank that does not act as its notice of refusal says (UCP 600 art. 16(f)), and releases.

The table of every state, act and caller is that of test_presentations.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_presentations import (
    ACT,
    AMOUNT,
    CONFIRMING,
    DEADLINE,
    NOMINATED,
    TEXT,
    Scene,
    complying,
    disposal_breached,
    in_breach,
    refused,
    returned,
    wrongly_released,
)
from vocabulary import Disposal, ObligationKind, ObligationState, PresentationState, Role
from world import (
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    DAY,
    ISSUER,
    World,
    account,
    admission,
    desk,
    reverts,
)

if TYPE_CHECKING:
    from collections.abc import Callable

P = PresentationState


@pytest.mark.parametrize("disposal", [Disposal.HOLD, Disposal.NOTIFY, Disposal.RETURN])
@pytest.mark.parametrize("act", [Scene.breach, Scene.rule, Scene.release])
def test_article_16f_a_broken_notice_precludes_and_the_presenter_claims(
    world: World, disposal: Any, act: Callable[[Scene], Any]
) -> None:
    scene = refused(world, disposal)
    act(scene)
    assert world.view("Presentations.isPrecluded", scene.key) is True
    scene.claim()
    owed = world.view("PaymentObligations.obligation", scene.obligation)
    assert (owed.debtor, owed.owner, owed.amount) == (ISSUER, BENEFICIARY, AMOUNT)
    assert (owed.kind, owed.state) == (ObligationKind.PRECLUSION, ObligationState.DUE)
    assert scene.state() == P.CLAIMED
    with reverts("WrongPresentationState", scene.id, P.CLAIMED, P.LODGED):
        scene.claim()


def test_a_breach_moves_no_money_by_itself(world: World) -> None:
    scene = in_breach(world)
    owed = world.view("PaymentObligations.obligation", scene.obligation)
    assert owed.state == ObligationState.NONE


@pytest.mark.parametrize("time", [ACT, DEADLINE + 1, DEADLINE + 500 * DAY])
def test_a_breach_is_recorded_at_any_time(world: World, time: int) -> None:
    scene = refused(world, Disposal.HOLD)
    world.at(time)
    scene.rule()
    scene.claim()


def test_invariant_4_only_a_breach_leads_from_a_refusal_to_preclusion(world: World) -> None:
    """However long a refused presentation waits."""
    scene = refused(world, Disposal.HOLD)
    world.at(DEADLINE + 500 * DAY)
    assert scene.state() == P.REFUSED
    with reverts("WrongPresentationState", scene.id, P.REFUSED, P.LODGED):
        scene.claim()


def test_a_second_record_changes_nothing(world: World) -> None:
    scene = in_breach(world)
    for act in (scene.breach, scene.rule):
        with reverts("WrongPresentationState", scene.id, P.PRECLUDED, P.REFUSED):
            act()


def test_a_bank_in_breach_neither_returns_nor_accepts(world: World) -> None:
    scene = in_breach(world)
    with reverts("WrongPresentationState", scene.id, P.PRECLUDED, P.REFUSED):
        scene.return_()
    with reverts("WrongPresentationState", scene.id, P.PRECLUDED, P.LODGED):
        scene.waive()


def test_documents_that_went_back_too_late_are_a_breach(world: World) -> None:
    scene = returned(world)
    scene.rule()
    assert scene.state() == P.PRECLUDED


@pytest.mark.parametrize("place", ["beneficiary", "applicant"])
def test_no_party_to_the_credit_records_a_ruling(world: World, place: str) -> None:
    world.issue(**{place: AUTHORITY})
    key = world.lodge(
        Scene(world).credit, presenter=AUTHORITY if place == "beneficiary" else BENEFICIARY
    )
    world.send(desk(ISSUER), "Presentations.refuse", key, 1, int(Disposal.HOLD), TEXT)
    with reverts("PartyCannotRule", key.id, AUTHORITY):
        world.send(desk(AUTHORITY), "Disposals.findInBreach", key, TEXT)


def test_a_presenter_with_a_mandate_records_no_ruling_of_its_own(world: World) -> None:
    credit = world.issue()
    mandate = credit, AUTHORITY, TEXT
    world.send(desk(BENEFICIARY), "Presentations.recordMandate", *mandate)
    key = world.lodge(credit, presenter=AUTHORITY)
    world.send(desk(ISSUER), "Presentations.refuse", key, 1, int(Disposal.HOLD), TEXT)
    with reverts("PartyCannotRule", key.id, AUTHORITY):
        world.send(desk(AUTHORITY), "Disposals.findInBreach", key, TEXT)
    another = world.admit(admission(AUTHORITY, administrator=account("a"), treasury=account("b")))
    roles = int(Role.COURT)
    world.send(account("a"), "AllianceRegistry.setKey", account("court"), roles, 2**40 - 1)
    assert another > CENTRAL
    world.send(account("court"), "Disposals.findInBreach", key, TEXT)


@pytest.mark.parametrize("bank", [NOMINATED, CONFIRMING])
def test_what_is_counted_is_in_breach_only_before_it_goes_back(world: World, bank: int) -> None:
    """It could be forwarded anew then, and the drawing would be owed twice."""
    scene = complying(world, bank)
    scene.forward()
    onward = scene.onward
    world.send(desk(ISSUER), "Presentations.refuse", onward, 1, int(Disposal.HOLD), TEXT)
    with world.aside():
        world.send(desk(ISSUER), "Disposals.stateBreach", onward, TEXT)
        world.send(desk(bank), "Presentations.claimPrecluded", onward)
        # Nor can it be forwarded a second time then.
        with reverts("ForwardedAlready", scene.id, onward.id):
            world.send(desk(bank), "Forwarding.forward", scene.key, ISSUER, 2, TEXT)
    world.send(desk(bank), "Disposals.instruct", onward, 3, TEXT)
    for act in ("stateBreach", "releaseToApplicant"):
        with reverts("WrongPresentationState", onward.id, P.RETURN_DUE, P.REFUSED):
            world.send(desk(ISSUER), f"Disposals.{act}", onward, TEXT)
    world.send(desk(ISSUER), "Disposals.recordReturn", onward, TEXT)
    with reverts("WrongPresentationState", onward.id, P.RETURNED, P.REFUSED):
        world.send(desk(ISSUER), "Disposals.stateBreach", onward, TEXT)
    world.send(desk(bank), "Forwarding.forward", scene.key, ISSUER, 2, TEXT)


def test_a_wrongful_release_is_recorded_once(world: World) -> None:
    scene = refused(world, Disposal.HOLD)
    scene.release().emitted(disposal_breached(scene), wrongly_released(scene))
    scene.claim()
    with reverts("ReleasedAlready", scene.id):
        scene.release()


def test_documents_that_the_presenter_let_go_are_no_breach(world: World) -> None:
    scene = refused(world, Disposal.HOLD)
    scene.ask_release()
    scene.release()
    assert scene.state() == P.RELEASED
    for act in (scene.breach, scene.rule):
        with reverts("WrongPresentationState", scene.id, P.RELEASED, P.REFUSED):
            act()

# SPDX-License-Identifier: Apache-2.0
"""Reimbursement of a credit available by mixed payment, slice by slice (UCP 600 art. 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from eth_utils import keccak
from reimbursing import CLAIMANT, MESSAGE, REIMBURSER, Request, Terms
from schedules import MIXED, TODAY, issue_scheduled, slice_id
from suite import event
from vocabulary import ClaimDisposal, ClaimReason, ClaimState, ObligationState
from world import (
    BENEFICIARY,
    CASH,
    CENTRAL,
    DAY,
    ISSUER,
    PresentationKey,
    World,
    desk,
    documents_act,
    instant,
    obligation_id,
    reverts,
)

if TYPE_CHECKING:
    from world import Receipt

RECEIVED = instant("2025-09-01T10:00:00+08:00")
SHIPPED = TODAY - 12
FULL = 1_000
# At sight, 60 days after shipment, 90 days after sight, and negotiated at once.
PARTS = (300, 500, 150, 50)
SIGHT, DEFERRED, DRAFT, BOUGHT = range(4)
DUE = (0, SHIPPED + 60, TODAY + 90, 0)
# The day of maturity begins first in UTC+14.
BEGINS = (SHIPPED + 60) * DAY - 14 * 3_600


@dataclass
class Drawing:
    """Documents that the claiming bank found complying and sent to the issuing bank."""

    world: World
    key: PresentationKey

    @property
    def onward(self) -> PresentationKey:
        return PresentationKey(self.key.credit, ISSUER, CLAIMANT, 1)

    def own(self, place: int) -> bytes:
        return slice_id(self.key.id, CLAIMANT, BENEFICIARY, place)

    def direct(self, place: int) -> bytes:
        return slice_id(self.onward.id, ISSUER, CLAIMANT, place)

    def request(self, place: int, number: int, **changes: Any) -> Request:
        found = Request(self.key, 1, number, place, PARTS[place] if place < 4 else 1)
        return found._replace(**changes)

    def claim(self, place: int, number: int | None = None, **changes: Any) -> Receipt:
        request = self.request(place, place + 1 if number is None else number, **changes)
        return self.world.send(desk(CLAIMANT), "Reimbursements.claim", request)

    def answer(self, act: str, number: int, *args: Any) -> Receipt:
        claim = self.request(0, number).id
        return self.world.send(desk(REIMBURSER), f"Reimbursements.{act}", claim, *args)

    def pay(self, member: int, obligation: bytes) -> None:
        owed = self.world.view("PaymentObligations.obligation", obligation)
        reference = keccak(obligation)
        self.world.send(desk(CENTRAL), f"{CASH}.mint", member, owed.amount, reference)
        self.world.send(desk(member), "PaymentObligations.pay", obligation)

    def record(self, number: int) -> Any:
        return self.world.view("Reimbursements.claimRecord", self.request(0, number).id)

    def state(self, number: int) -> Any:
        return ClaimState(self.world.view("Reimbursements.stateOf", self.request(0, number).id))

    def paired(self, place: int) -> bytes:
        found: bytes = self.world.view("PaymentObligations.pairedWith", self.direct(place))
        return found


@pytest.fixture
def drawing(world: World) -> Drawing:
    """What is due at once is paid; the documents are at the issuing bank."""
    credit = issue_scheduled(
        world,
        MIXED,
        nominated_bank=CLAIMANT,
        reimbursing_bank=REIMBURSER,
        amount=FULL,
        expiry=TODAY + 200,
    )
    world.send(desk(ISSUER), "Reimbursements.authorise", credit, Terms(amount=FULL), MESSAGE)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=CLAIMANT, amount=FULL, shipped=SHIPPED)
    world.send(desk(CLAIMANT), documents_act("findComplying"), key)
    world.send(desk(CLAIMANT), documents_act("forward"), key, ISSUER, 1, MESSAGE)
    return Drawing(world, key)


def test_article_13_each_slice_is_claimed_for_itself(drawing: Drawing) -> None:
    drawing.pay(CLAIMANT, drawing.own(SIGHT))
    for place in range(4):
        receipt = drawing.claim(place)
        request = drawing.request(place, place + 1)
        (claimed, paired) = receipt.events
        assert (claimed.name, claimed.fields["request"], claimed.fields["due"]) == (
            "ReimbursementClaimed",
            tuple(request),
            DUE[place],
        )
        assert paired == event(
            "PaymentObligations",
            "ObligationsPaired",
            first=drawing.direct(place),
            second=obligation_id(request.id, REIMBURSER, CLAIMANT),
            paired=True,
        )
        found = drawing.record(place + 1)
        assert (found.slice, found.amount, found.due) == (place, PARTS[place], DUE[place])
    claimed = drawing.world.view("Reimbursements.authorisationOf", drawing.key.credit).claimed
    assert claimed == FULL
    assert drawing.state(DEFERRED + 1) == ClaimState.DUE_LATER


def test_a_slice_is_owed_by_the_reimbursing_bank_when_it_matures(drawing: Drawing) -> None:
    for place in (DEFERRED, BOUGHT):
        drawing.claim(place)
        receipt = drawing.answer("honourClaim", place + 1)
        owed = drawing.world.view("PaymentObligations.obligation", receipt.value)
        assert (owed.debtor, owed.owner, owed.amount) == (REIMBURSER, CLAIMANT, PARTS[place])
        later = place == DEFERRED
        assert owed.state == (ObligationState.INCURRED if later else ObligationState.DUE)
        assert owed.maturity == (DUE[place] * DAY if later else drawing.world.time)


def test_at_sight_a_slice_has_to_be_paid_first(drawing: Drawing) -> None:
    with reverts("NotHonoured", drawing.key.id, CLAIMANT):
        drawing.claim(SIGHT)
    drawing.claim(DEFERRED)
    drawing.pay(CLAIMANT, drawing.own(SIGHT))
    drawing.claim(SIGHT)


def test_there_is_no_claim_for_a_slice_that_nobody_owes(drawing: Drawing) -> None:
    for place in (4, 255):
        with reverts("NotHonoured", drawing.key.id, CLAIMANT):
            drawing.claim(place, 1)


def test_no_more_is_claimed_than_the_slice(drawing: Drawing) -> None:
    for amount in (0, PARTS[DEFERRED] + 1):
        with reverts("ClaimOutOfBounds", drawing.key.id, amount, PARTS[DEFERRED]):
            drawing.claim(DEFERRED, amount=amount)
    drawing.claim(DEFERRED)


def test_one_claim_stands_for_a_slice_and_does_not_bar_the_others(drawing: Drawing) -> None:
    drawing.claim(DEFERRED)
    with reverts("ClaimExists", drawing.request(DRAFT, DEFERRED + 1).id):
        drawing.claim(DRAFT, DEFERRED + 1)
    standing = drawing.request(DEFERRED, DEFERRED + 1).id
    with reverts("ClaimStands", drawing.key.id, standing):
        drawing.claim(DEFERRED, 9)
    drawing.claim(DRAFT)
    view = "Reimbursements.lastClaimOf"
    place = keccak(drawing.key.id + DEFERRED.to_bytes(32, "big"))
    assert drawing.world.view(view, place) == standing
    assert drawing.world.view(view, drawing.key.id) == bytes(32)


def test_a_refused_claim_frees_its_slice_alone(drawing: Drawing) -> None:
    drawing.claim(DEFERRED)
    drawing.claim(DRAFT)
    reasons, held = int(ClaimReason.DIFFERS), int(ClaimDisposal.HELD)
    drawing.answer("refuseClaim", DEFERRED + 1, reasons, held, MESSAGE)
    assert drawing.paired(DEFERRED) == bytes(32)
    assert drawing.paired(DRAFT) != bytes(32)
    authorisation = drawing.world.view("Reimbursements.authorisationOf", drawing.key.credit)
    assert authorisation.claimed == PARTS[DRAFT]
    drawing.claim(DEFERRED, 9)


def test_what_the_issuing_bank_paid_is_not_claimed_and_the_rest_is(drawing: Drawing) -> None:
    world = drawing.world
    world.send(desk(ISSUER), documents_act("findComplying"), drawing.onward)
    drawing.pay(ISSUER, drawing.direct(BOUGHT))
    with reverts("PaidByIssuingBank", drawing.direct(BOUGHT)):
        drawing.claim(BOUGHT)
    drawing.claim(DRAFT)
    drawing.answer("honourClaim", DRAFT + 1)


def test_what_the_issuing_bank_pays_meanwhile_is_not_owed_a_second_time(drawing: Drawing) -> None:
    world = drawing.world
    drawing.claim(BOUGHT)
    world.send(desk(ISSUER), documents_act("findComplying"), drawing.onward)
    drawing.pay(ISSUER, drawing.direct(BOUGHT))
    with reverts("PaidByIssuingBank", drawing.direct(BOUGHT)):
        drawing.answer("honourClaim", BOUGHT + 1)


@pytest.mark.parametrize(("after", "due"), [(-1, DUE[DEFERRED]), (0, 0), (1, 0)])
def test_a_slice_whose_usance_is_over_is_due_at_once(
    drawing: Drawing, after: int, due: int
) -> None:
    drawing.world.at(BEGINS + after)
    drawing.claim(DEFERRED)
    assert drawing.record(DEFERRED + 1).due == due


def test_a_slice_that_a_reimbursing_bank_owes_holds_up_no_other(drawing: Drawing) -> None:
    """The creditor of a bank in default turns to the bank behind for what nobody else owes."""
    world = drawing.world
    drawing.claim(DEFERRED)
    owed = drawing.answer("honourClaim", DEFERRED + 1).value
    world.at((SHIPPED + 61) * DAY + 12 * 3_600)
    unpaid = (drawing.key, ISSUER, 1, MESSAGE)
    world.send(desk(BENEFICIARY), "Forwarding.presentUnpaid", *unpaid)
    followed = [
        world.view("PaymentObligations.followedBy", drawing.own(place)) for place in range(4)
    ]
    assert followed == [
        drawing.direct(SIGHT),
        bytes(32),
        bytes(32),
        drawing.direct(BOUGHT),
    ]
    for place in (SIGHT, DRAFT, BOUGHT):
        world.at(max(world.time, DUE[place] * DAY))
        drawing.pay(CLAIMANT, drawing.own(place))
    with reverts("PairedObligation", drawing.direct(DEFERRED), owed):
        world.send(desk(BENEFICIARY), "Forwarding.presentUnpaid", *unpaid)

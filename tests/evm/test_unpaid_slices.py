# SPDX-License-Identifier: Apache-2.0
"""What a bank leaves unpaid of a mixed payment, slice by slice (UCP 600 art. 6(b), 7, 8)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from eth_utils import keccak
from schedules import MIXED, TODAY, issue_scheduled, slice_id
from suite import RevertedError, event
from vocabulary import Disposal, Flag, Mark, ObligationState, PresenterInstruction
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    DAY,
    FORWARDER,
    ISSUER,
    OTHER,
    Amendment,
    PresentationKey,
    World,
    desk,
    documents_act,
    instant,
    reverts,
)

if TYPE_CHECKING:
    from world import Receipt

D = ObligationState
NOMINATED, CONFIRMING = OTHER, ADVISER
RECEIVED = instant("2025-09-01T10:00:00+08:00")
# What is due on the first of September is over where that day ends last.
OVER = instant("2025-09-02T12:00:00")
SHIPPED = TODAY - 12
FULL = 1_000
# At sight, 60 days after shipment, 90 days after sight, and negotiated at once.
PARTS = (300, 500, 150, 50)
SIGHT, DEFERRED, DRAFT, BOUGHT = range(4)
# The deferred slice is due on the 19th of October, the draft on the 30th of November.
DEFERRED_OVER = instant("2025-10-20T12:00:00") + DAY
TEXT = keccak(text="the documents")


def act(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), documents_act(function), *args)


@dataclass
class Drawing:
    """Documents at a bank, and what that bank owes on them."""

    world: World
    key: PresentationKey
    owner: int

    def owed(self, place: int) -> bytes:
        return slice_id(self.key.id, self.key.examiner, self.owner, place)

    def state(self, place: int) -> Any:
        return D(self.world.view("PaymentObligations.stateOf", self.owed(place)))

    @property
    def creditors(self) -> list[int]:
        view = "PaymentObligations.currentCreditor"
        return [self.world.view(view, self.owed(place)) for place in range(4)]

    @property
    def followed(self) -> list[int]:
        """Which slices another bank's follow."""
        view = "PaymentObligations.followedBy"
        return [n for n in range(4) if self.world.view(view, self.owed(n)) != bytes(32)]

    def comply(self) -> Drawing:
        act(self.world, self.key.examiner, "findComplying", self.key)
        return self

    def forward(self, to: int = ISSUER, number: int = 1) -> Drawing:
        bank = self.key.examiner
        act(self.world, bank, "forward", self.key, to, number, TEXT)
        return Drawing(self.world, PresentationKey(self.key.credit, to, bank, number), bank)

    def turn(self, to: int = ISSUER, number: int = 1, by: int = BENEFICIARY) -> Drawing:
        """The creditor presents to the bank behind."""
        act(self.world, by, "presentUnpaid", self.key, to, number, TEXT)
        return Drawing(self.world, PresentationKey(self.key.credit, to, by, number), by)

    def take_over(self, there: Drawing, by: int = BENEFICIARY) -> Receipt:
        """The creditor turns to the bank to which the documents were forwarded."""
        key = there.key
        return act(self.world, by, "presentUnpaid", self.key, key.examiner, key.number, TEXT)

    def do(self, act_: str, place: int, *args: Any, by: int | None = None) -> Receipt:
        member = self.key.examiner if by is None else by
        function = f"PaymentObligations.{act_}"
        return self.world.send(desk(member), function, self.owed(place), *args)

    def pay(self, *places: int) -> None:
        for place in places:
            reference = keccak(self.owed(place) + b"cash")
            bank = self.key.examiner
            self.world.send(desk(CENTRAL), f"{CASH}.mint", bank, PARTS[place], reference)
            self.do("pay", place)


def held(world: World, *members: int) -> list[int]:
    return [world.balance(member) for member in members]


def complied(world: World, bank: int = NOMINATED, **changes: Any) -> Drawing:
    """Documents that a bank found complying on the Monday."""
    fields = {
        "nominated_bank": NOMINATED,
        "confirming_bank": CONFIRMING,
        "amount": FULL,
        "expiry": TODAY + 200,
    }
    credit = issue_scheduled(world, MIXED, **fields | changes)
    world.send(desk(CONFIRMING), "LetterOfCredit.confirm", credit)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=bank, amount=FULL, shipped=SHIPPED)
    return Drawing(world, key, BENEFICIARY).comply()


def overdue(world: World, bank: int = NOMINATED, **changes: Any) -> Drawing:
    """What is due at once is overdue, and the usances run."""
    drawing = complied(world, bank, **changes)
    world.at(OVER)
    assert [drawing.state(place) for place in range(4)] == [
        D.OVERDUE,
        D.INCURRED,
        D.ACCEPTED,
        D.OVERDUE,
    ]
    return drawing


# The documents move on


@pytest.mark.parametrize("bank", [ISSUER, CONFIRMING])
def test_article_7a_and_8a_every_slice_follows_its_own(world: World, bank: int) -> None:
    first = overdue(world)
    receipt = act(world, BENEFICIARY, "presentUnpaid", first.key, bank, 1, TEXT)
    there = Drawing(world, PresentationKey(first.key.credit, bank, BENEFICIARY, 1), BENEFICIARY)
    receipt.emitted(
        event(
            "Forwarding",
            "UnpaidDrawingTaken",
            presentationId=first.key.id,
            onwardId=there.key.id,
            creditor=BENEFICIARY,
            documents=TEXT,
        ),
        *(
            event(
                "PaymentObligations",
                "ObligationFollowed",
                unpaid=first.owed(place),
                later=there.owed(place),
                creditor=BENEFICIARY,
            )
            for place in range(4)
        ),
        receipt.events[-1],
    )
    record = world.presentation(there.key)
    assert (record.amount, record.payee, record.flags) == (FULL, BENEFICIARY, 0)
    assert record.marks == Mark.FORWARDED | Mark.COUNTED | Mark.SCHEDULED
    there.comply()
    sums = world.view("PaymentObligations.owedOn", there.key.id, bank, BENEFICIARY, 4)
    assert (sums, there.creditors) == (FULL, [BENEFICIARY] * 4)
    there.pay(SIGHT, BOUGHT)
    assert held(world, BENEFICIARY, bank) == [350, 0]
    with reverts("PaidByCounterpart", first.owed(SIGHT), there.owed(SIGHT)):
        first.do("pay", SIGHT)
    for place in (SIGHT, BOUGHT):
        first.do("settleByCounterpart", place)
        assert first.state(place) == D.SETTLED
    # What the bank in default pays in time after all it is reimbursed for, and that is paid once.
    world.at(DEFERRED_OVER - 2 * DAY)
    first.pay(DEFERRED)
    assert there.creditors == [BENEFICIARY, NOMINATED, BENEFICIARY, BENEFICIARY]
    there.pay(DEFERRED)
    assert held(world, BENEFICIARY, NOMINATED) == [850, 500]
    assert world.view("LetterOfCredit.credit", first.key.credit).drawn == FULL


def test_a_slice_that_was_paid_goes_along_for_its_reimbursement(world: World) -> None:
    first = complied(world)
    first.pay(SIGHT)
    world.at(OVER)
    receipt = act(world, BENEFICIARY, "presentUnpaid", first.key, ISSUER, 1, TEXT)
    told = [each.fields for each in receipt.events if each.name == "ObligationFollowed"]
    assert [each["creditor"] for each in told] == [NOMINATED, *[BENEFICIARY] * 3]
    there = Drawing(world, PresentationKey(first.key.credit, ISSUER, BENEFICIARY, 1), BENEFICIARY)
    there.comply()
    assert first.followed == [0, 1, 2, 3]
    assert there.creditors == [NOMINATED, BENEFICIARY, BENEFICIARY, BENEFICIARY]
    there.pay(SIGHT, BOUGHT)
    assert held(world, BENEFICIARY, NOMINATED) == [350, 300]


def test_who_paid_claims_on_a_bank_that_is_silent_on_what_the_creditor_presented(
    world: World,
) -> None:
    """Though the first slice is the creditor's, and the second its own."""
    first = overdue(world)
    there = first.turn()
    world.at(world.presentation(there.key).deadline + 1)
    first.do("agreePrepayment", DEFERRED, 400, by=BENEFICIARY)
    with reverts("NotPresenter", BENEFICIARY, NOMINATED):
        act(world, NOMINATED, "claimPrecluded", there.key)
    world.send(desk(CENTRAL), f"{CASH}.mint", NOMINATED, 400, TEXT)
    first.do("prepay", DEFERRED, 400)
    with reverts("NotPresenter", BENEFICIARY, APPLICANT):
        act(world, APPLICANT, "claimPrecluded", there.key)
    act(world, NOMINATED, "claimPrecluded", there.key)
    assert there.creditors == [BENEFICIARY, NOMINATED, BENEFICIARY, BENEFICIARY]


@pytest.mark.parametrize("place", range(4))
def test_nothing_moves_on_while_a_court_stays_a_slice(world: World, place: int) -> None:
    first = overdue(world)
    first.do("stayPayment", place, world.time + 5 * DAY, TEXT, by=AUTHORITY)
    with reverts("NotOverdue", first.owed(place), int(D.STAYED)):
        first.turn()
    first.do("liftPaymentStay", place, TEXT, by=AUTHORITY)
    assert first.turn().comply().creditors == [BENEFICIARY] * 4


def test_a_slice_is_overdue_before_anything_moves_on(world: World) -> None:
    first = complied(world)
    first.pay(SIGHT, BOUGHT)
    # Of what is still owed the last tells why.
    with reverts("NotOverdue", first.owed(DRAFT), int(D.ACCEPTED)):
        first.turn()
    world.at(DEFERRED_OVER)
    with reverts("NotCreditor", first.owed(DRAFT), APPLICANT):
        first.turn(by=APPLICANT)
    there = first.turn()
    assert first.followed == [0, 1, 2, 3]
    there.comply()
    there.pay(DEFERRED)
    assert held(world, BENEFICIARY) == [850]


def test_nothing_moves_on_once_all_is_paid(world: World) -> None:
    first = complied(world)
    first.pay(SIGHT, BOUGHT)
    world.at(DEFERRED_OVER + 60 * DAY)
    first.pay(DEFERRED, DRAFT)
    with reverts("NotOverdue", first.owed(SIGHT), int(D.PAID)):
        first.turn()


def test_documents_on_which_nothing_is_owed_are_not_unpaid(world: World) -> None:
    credit = issue_scheduled(world, MIXED, nominated_bank=NOMINATED, amount=FULL)
    key = world.lodge(credit, examiner=NOMINATED, amount=FULL, shipped=SHIPPED)
    first = Drawing(world, key, BENEFICIARY)
    with reverts("UnknownObligation", first.owed(SIGHT)):
        first.turn()


def test_a_slice_of_nothing_is_not_followed(world: World) -> None:
    credit = issue_scheduled(
        world, MIXED, nominated_bank=NOMINATED, amount=FULL, expiry=TODAY + 200
    )
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED, amount=1, shipped=SHIPPED)
    first = Drawing(world, key, BENEFICIARY).comply()
    world.at(OVER)
    there = first.turn()
    assert first.followed == [BOUGHT]
    receipt = act(world, ISSUER, "findComplying", there.key)
    assert receipt.value == there.owed(BOUGHT)


# The documents are with the bank behind


def test_article_7c_of_what_was_forwarded_the_overdue_slices_are_taken_over(world: World) -> None:
    first = overdue(world)
    there = first.forward().comply()
    first.take_over(there)
    assert first.followed == [SIGHT, BOUGHT]
    assert there.creditors == [BENEFICIARY, NOMINATED, NOMINATED, BENEFICIARY]
    with reverts("FollowedAlready", first.owed(BOUGHT), there.owed(BOUGHT)):
        first.take_over(there)
    # What is overdue later is taken over by a further act.
    world.at(DEFERRED_OVER)
    first.take_over(there)
    assert first.followed == [SIGHT, DEFERRED, BOUGHT]
    assert there.creditors == [BENEFICIARY, BENEFICIARY, NOMINATED, BENEFICIARY]
    there.pay(SIGHT, DEFERRED, BOUGHT)
    assert held(world, BENEFICIARY, NOMINATED) == [850, 0]


def test_article_7c_a_slice_that_was_reimbursed_is_left_to_the_bank_in_default(
    world: World,
) -> None:
    first = overdue(world)
    there = first.forward().comply()
    there.pay(SIGHT)
    first.take_over(there)
    assert first.followed == [BOUGHT]
    there.pay(BOUGHT)
    assert held(world, BENEFICIARY, NOMINATED) == [50, 300]
    with world.aside():
        first.do("settleByCounterpart", BOUGHT)
        with reverts("NotPaired", first.owed(SIGHT)):
            first.do("settleByCounterpart", SIGHT)
    world.send(desk(NOMINATED), "PaymentObligations.pay", first.owed(SIGHT))
    assert held(world, BENEFICIARY, NOMINATED) == [350, 0]


def test_a_slice_that_a_court_stays_is_not_taken_over(world: World) -> None:
    first = overdue(world)
    there = first.forward().comply()
    first.do("stayPayment", SIGHT, world.time + 5 * DAY, TEXT, by=AUTHORITY)
    first.take_over(there)
    assert first.followed == [BOUGHT]


def test_a_silent_bank_is_claimed_on_by_whoever_took_over_a_slice(world: World) -> None:
    credit = issue_scheduled(
        world, MIXED, beneficiary=0, nominated_bank=NOMINATED, amount=FULL, expiry=TODAY + 200
    )
    world.send(desk(CONFIRMING), "Presentations.recordMandate", credit, FORWARDER, bytes(32))
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED, presenter=FORWARDER, amount=FULL, shipped=SHIPPED)
    first = Drawing(world, key, FORWARDER).comply()
    first.pay(SIGHT)
    there = first.forward()
    world.at(world.presentation(there.key).deadline + 1)
    with reverts("NotPresenter", NOMINATED, FORWARDER):
        act(world, FORWARDER, "claimPrecluded", there.key)
    first.take_over(there, by=FORWARDER)
    assert first.followed == [BOUGHT]
    act(world, FORWARDER, "claimPrecluded", there.key)
    assert there.creditors == [NOMINATED, NOMINATED, NOMINATED, FORWARDER]


# What follows is not prepaid


def test_what_follows_is_not_prepaid(world: World) -> None:
    """Its creditor may change until it is due."""
    first = overdue(world)
    there = first.turn().comply()
    for place in (DEFERRED, DRAFT):
        refusal = "PairedObligation", there.owed(place), first.owed(place)
        with reverts(*refusal):
            there.do("agreePrepayment", place, 1, by=BENEFICIARY)


def test_what_was_agreed_before_it_followed_is_not_prepaid(world: World) -> None:
    """The bank in default lets itself be discounted what its creditor has taken over."""
    first = overdue(world)
    there = first.forward()
    # Sight counts from the day on which the bank takes the documents up, so that this is due later.
    act(world, ISSUER, "refuse", there.key, 1, int(Disposal.HOLD), bytes(32))
    letter = int(PresenterInstruction.TAKE_UP), bytes(32)
    act(world, NOMINATED, "instruct", there.key, *letter)
    world.at(OVER + 30 * DAY)
    act(world, ISSUER, "acceptDiscrepancies", there.key, bytes(32), False)
    there.do("agreePrepayment", DRAFT, 100, by=NOMINATED)
    world.at(DEFERRED_OVER + 43 * DAY)
    assert (first.state(DRAFT), there.state(DRAFT)) == (D.OVERDUE, D.ACCEPTED)
    first.take_over(there)
    with reverts("PairedObligation", there.owed(DRAFT), first.owed(DRAFT)):
        there.do("prepay", DRAFT, 100)


# Three banks, in any order


def test_nobody_is_paid_twice_and_no_bank_pays_twice(world: World, seed: int) -> None:
    """Random acts of a nominated, a confirming and an issuing bank until everything is paid."""
    for run in range(25):
        with world.aside():
            _play(world, random.Random(f"{seed} {run}"))


def _play(world: World, source: random.Random) -> None:
    banks = (NOMINATED, CONFIRMING, ISSUER)
    for bank in banks:
        world.send(desk(CENTRAL), f"{CASH}.mint", bank, _GIVEN, keccak(bytes([bank])))
    drawings = [overdue(world, source.choice((NOMINATED, CONFIRMING)))]
    for _ in range(40):
        drawing = source.choice(drawings)
        place = source.randrange(4)
        to = source.choice((CONFIRMING, ISSUER))
        number = len(drawings)
        choice = source.randrange(8)
        try:
            if choice == 0:
                drawings.append(drawing.forward(to, number).comply())
            elif choice == 1:
                by = source.choice((BENEFICIARY, *banks))
                drawings.append(drawing.turn(to, number, by).comply())
            elif choice == 2:
                drawing.take_over(source.choice(drawings), source.choice((BENEFICIARY, *banks)))
            elif choice == 3:
                drawing.do("settleByCounterpart", place)
            elif choice == 4:
                world.at(world.time + source.choice((1, 10, 40)) * DAY)
            else:
                drawing.do("pay", place)
        except RevertedError:
            continue
        paid = world.balance(BENEFICIARY)
        assert paid <= FULL
        assert _gone(world, ISSUER) <= FULL
    world.at(max(world.time, DEFERRED_OVER + 60 * DAY))
    # In the end every bank does what it owes, the last ones first or last.
    for drawing in source.sample(drawings, len(drawings)):
        for place in range(4):
            for each in ("settleByCounterpart", "pay"):
                try:
                    drawing.do(each, place)
                except RevertedError:
                    continue
    assert world.balance(BENEFICIARY) == FULL
    last = max(banks.index(each.key.examiner) for each in drawings)
    assert [_gone(world, bank) for bank in banks] == [FULL * (n == last) for n in range(3)]


def _gone(world: World, bank: int) -> int:
    """What a bank is out of pocket, of what it was given."""
    return _GIVEN - world.balance(bank)


_GIVEN = 10 * FULL


# A cancellation, and what comes after it (docs/decisions/0008)


def test_article_10a_a_mixed_drawing_goes_on_after_a_cancellation(world: World) -> None:
    credit = issue_scheduled(world, MIXED, amount=FULL, expiry=TODAY + 200)
    world.at(RECEIVED)
    key = world.lodge(credit, amount=FULL, shipped=SHIPPED)
    waived = world.lodge(credit, amount=1, shipped=SHIPPED, number=2)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment(cancels=True))
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    later = world.lodge(credit, amount=1, shipped=SHIPPED, number=3)
    record = world.presentation(later)
    assert (record.flags, record.marks) == (Flag.NOT_IN_FORCE, Mark.UNBOUND | Mark.SCHEDULED)
    with reverts("CannotComply", later.id, Flag.NOT_IN_FORCE):
        act(world, ISSUER, "findComplying", later)
    act(world, ISSUER, "acceptDiscrepancies", waived, bytes(32), False)
    with reverts("Overdrawn", credit, FULL, FULL - 1):
        act(world, ISSUER, "findComplying", key)
    act(world, ISSUER, "acceptDiscrepancies", key, bytes(32), False)
    assert world.view("LetterOfCredit.credit", credit).drawn == FULL
    assert world.view("PaymentObligations.owedOn", key.id, ISSUER, BENEFICIARY, 4) == FULL - 1

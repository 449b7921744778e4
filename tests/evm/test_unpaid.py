# SPDX-License-Identifier: Apache-2.0
"""A bank that found documents complying and does not pay, and the bank behind it.

UCP 600 art. 7(a), (c), 8(a), (c): the creditor of the one turns to the other, is paid by one of the
two, and whoever bears the loss in the end is reimbursed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from eth_utils import keccak
from suite import event
from test_examiners import amended, confirmed
from vocabulary import (
    Availability,
    Disposal,
    Flag,
    Mark,
    MaturityFrom,
    ObligationKind,
    ObligationState,
    PresentationState,
    PresenterInstruction,
)
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    CNY,
    DAY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    OTHER,
    REMOTE,
    Lodging,
    PresentationKey,
    World,
    desk,
    documents_act,
    instant,
    obligation_id,
    reverts,
    treasury,
)

if TYPE_CHECKING:
    from world import Receipt

D, P = ObligationState, PresentationState
NOMINATED, CONFIRMING = OTHER, ADVISER
RECEIVED = instant("2025-09-01T10:00:00+08:00")
# What is due on the first of September is over where that day ends last.
OVER = instant("2025-09-02T12:00:00")
TEXT = keccak(text="the documents")
FULL = 100
USANCE = {"tenor": 30, "tenor_from": int(MaturityFrom.SIGHT)}
KINDS_OF_CREDIT = {
    "sight": {},
    "deferred": {"availability": int(Availability.DEFERRED_PAYMENT), **USANCE},
    "acceptance": {"availability": int(Availability.ACCEPTANCE), **USANCE},
    "negotiation": {"availability": int(Availability.NEGOTIATION)},
}


def act(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), documents_act(function), *args)


@dataclass
class Drawing:
    """Documents at a bank, and what that bank owes on them."""

    world: World
    key: PresentationKey
    owner: int

    @property
    def id(self) -> bytes:
        return obligation_id(self.key.id, self.key.examiner, self.owner)

    @property
    def state(self) -> Any:
        return D(self.world.view("PaymentObligations.stateOf", self.id))

    @property
    def creditor(self) -> int:
        found: int = self.world.view("PaymentObligations.currentCreditor", self.id)
        return found

    def comply(self) -> Drawing:
        act(self.world, self.key.examiner, "findComplying", self.key)
        return self

    def forward(self, to: int = ISSUER, number: int = 1) -> Drawing:
        bank = self.key.examiner
        act(self.world, bank, "forward", self.key, to, number, TEXT)
        return Drawing(self.world, PresentationKey(self.key.credit, to, bank, number), bank)

    def turn(self, to: int = ISSUER, number: int = 1, by: int = BENEFICIARY) -> Drawing:
        """The creditor presents to the bank behind."""
        receipt = act(self.world, by, "presentUnpaid", self.key, to, number, TEXT)
        onward = PresentationKey(self.key.credit, to, by, number)
        assert receipt.value == onward.id
        return Drawing(self.world, onward, by)

    def take_over(self, there: Drawing, by: int = BENEFICIARY) -> Receipt:
        """The creditor turns to the bank to which the documents were forwarded."""
        key = there.key
        return act(self.world, by, "presentUnpaid", self.key, key.examiner, key.number, TEXT)

    def pay(self) -> Receipt:
        bank = self.key.examiner
        record = self.world.view("PaymentObligations.obligation", self.id)
        mint = "SettlementCash-CNY.mint"
        self.world.send(desk(CENTRAL), mint, bank, record.amount, keccak(self.id + b"cash"))
        return self.world.send(desk(bank), "PaymentObligations.pay", self.id)

    def attest(self, by: int) -> Receipt:
        return self.world.send(desk(by), "PaymentObligations.attestPayment", self.id, TEXT)

    def close(self) -> Receipt:
        bank = self.key.examiner
        return self.world.send(desk(bank), "PaymentObligations.settleByCounterpart", self.id)


def held(world: World, *members: int) -> list[int]:
    return [world.balance(member, "SettlementCash-CNY") for member in members]


def both(world: World, **changes: Any) -> bytes:
    """A credit of 100 with a nominated bank and one that confirmed."""
    return confirmed(world, CONFIRMING, **{"nominated_bank": NOMINATED, "amount": FULL} | changes)


def complied(world: World, bank: int = NOMINATED, **changes: Any) -> Drawing:
    """Documents that a bank found complying on the Monday."""
    credit = both(world, **changes)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=bank, amount=FULL, shipped=0)
    return Drawing(world, key, BENEFICIARY).comply()


def overdue(world: World, bank: int = NOMINATED, **changes: Any) -> Drawing:
    drawing = complied(world, bank, **changes)
    world.at(OVER + (30 * DAY if "tenor" in changes else 0))
    assert drawing.state == D.OVERDUE
    return drawing


# The creditor presents to the bank behind


@pytest.mark.parametrize("bank", [ISSUER, CONFIRMING])
@pytest.mark.parametrize("kind", KINDS_OF_CREDIT)
def test_article_7a_and_8a_the_bank_behind_owes_what_a_nominated_bank_left_unpaid(
    world: World, kind: str, bank: int
) -> None:
    first = overdue(world, **KINDS_OF_CREDIT[kind])
    second = first.turn(bank)
    record = world.presentation(second.key)
    assert (record.payee, record.amount, record.flags) == (BENEFICIARY, FULL, 0)
    assert Mark(record.marks) == Mark.FORWARDED | Mark.COUNTED
    assert record.received == world.time
    assert world.view("Forwarding.forwardedAs", first.key.id) == second.key.id
    second.comply()
    assert world.view("LetterOfCredit.credit", first.key.credit).drawn == FULL
    # The day of maturity is that of the first receipt, and is over.
    assert world.view("PaymentObligations.obligation", second.id).amount == FULL
    second.pay()
    assert held(world, BENEFICIARY, bank, NOMINATED) == [FULL, 0, 0]


def test_a_confirming_bank_in_default_is_passed_over_as_well(world: World) -> None:
    first = overdue(world, CONFIRMING)
    first.turn().comply().pay()
    assert held(world, BENEFICIARY) == [FULL]
    with reverts("PaidByCounterpart", first.id, first_follower(first)):
        first.pay()


def first_follower(drawing: Drawing) -> bytes:
    found: bytes = drawing.world.view("PaymentObligations.followedBy", drawing.id)
    return found


def test_what_is_told_of_it(world: World) -> None:
    first = overdue(world)
    key = PresentationKey(first.key.credit, ISSUER, BENEFICIARY, 3)
    later = obligation_id(key.id, ISSUER, BENEFICIARY)
    # It comes in the evening of the second.
    deadline = instant("2025-09-10T17:00:00+08:00")
    act(world, BENEFICIARY, "presentUnpaid", first.key, ISSUER, 3, TEXT).emitted(
        event(
            "Forwarding",
            "UnpaidDrawingTaken",
            presentationId=first.key.id,
            onwardId=key.id,
            creditor=BENEFICIARY,
            documents=TEXT,
        ),
        event(
            "PaymentObligations",
            "ObligationFollowed",
            unpaid=first.id,
            later=later,
            creditor=BENEFICIARY,
        ),
        event(
            "Presentations",
            "DocumentsLodged",
            presentationId=key.id,
            creditId=key.credit,
            examiner=ISSUER,
            lodging=Lodging(key, FULL, 0, True, TEXT),
            payee=BENEFICIARY,
            received=world.time,
            deadline=deadline,
            flags=0,
        ),
    )
    assert world.view("PaymentObligations.followedBy", first.id) == later
    assert world.view("PaymentObligations.follows", later) == first.id


@pytest.mark.parametrize("after", [-1, 0, 1])
def test_a_creditor_waits_until_the_day_is_over_everywhere(world: World, after: int) -> None:
    first = complied(world)
    world.at(OVER + after)
    if after < 0:
        with reverts("NotOverdue", first.id, int(D.DUE)):
            first.turn()
    else:
        first.turn()


def test_a_stayed_payment_is_no_default(world: World) -> None:
    first = overdue(world)
    until = world.time + DAY
    court = desk(AUTHORITY), "PaymentObligations.stayPayment"
    world.send(*court, first.id, until, TEXT)
    with reverts("NotOverdue", first.id, int(D.STAYED)):
        first.turn()
    world.at(until + 1)
    first.turn()


def test_who_is_owed_turns_and_nobody_else(world: World) -> None:
    first = overdue(world)
    for member in (NOMINATED, ISSUER, CONFIRMING, APPLICANT, FORWARDER):
        with reverts("NotCreditor", first.id, member):
            act(world, member, "presentUnpaid", first.key, ISSUER, 1, TEXT)


def test_the_presenter_that_is_to_be_paid_turns_for_a_beneficiary_that_is_no_member(
    world: World,
) -> None:
    credit = both(world, beneficiary=0)
    grant = "Presentations.recordMandate"
    world.send(desk(CONFIRMING), grant, credit, FORWARDER, bytes(32))
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED, presenter=FORWARDER, amount=FULL, shipped=0)
    first = Drawing(world, key, FORWARDER).comply()
    world.at(OVER)
    first.turn(by=FORWARDER).comply().pay()
    assert held(world, FORWARDER) == [FULL]


def test_what_is_owed_on_a_waiver_is_left_unpaid_as_well(world: World) -> None:
    credit = both(world)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED, amount=130, shipped=0)
    act(world, NOMINATED, "acceptDiscrepancies", key, bytes(32), False)
    world.at(OVER)
    second = Drawing(world, key, BENEFICIARY).turn()
    # The bank there finds for itself: what is owed is the demand now.
    assert world.presentation(second.key).amount == FULL
    act(world, ISSUER, "refuse", second.key, 1, int(Disposal.HOLD), bytes(32))
    assert world.state_of(second.key) == P.REFUSED


def test_a_precluded_bank_in_default_is_passed_over(world: World) -> None:
    credit = both(world)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=CONFIRMING, amount=FULL, shipped=0)
    world.at(world.presentation(key).deadline + 1)
    act(world, BENEFICIARY, "claimPrecluded", key)
    world.at(world.time + 3 * DAY)
    second = Drawing(world, key, BENEFICIARY).turn()
    world.at(world.presentation(second.key).deadline + 1)
    act(world, BENEFICIARY, "claimPrecluded", second.key)
    record = world.view("PaymentObligations.obligation", second.id)
    assert (record.kind, record.amount) == (ObligationKind.PRECLUSION, FULL)


def test_documents_on_which_nothing_is_owed_are_not_unpaid(world: World) -> None:
    credit = both(world)
    key = world.lodge(credit, examiner=NOMINATED, amount=FULL)
    with reverts("UnknownObligation", obligation_id(key.id, NOMINATED, BENEFICIARY)):
        act(world, BENEFICIARY, "presentUnpaid", key, ISSUER, 1, TEXT)
    nobody = PresentationKey(credit, NOMINATED, BENEFICIARY, 9)
    with reverts("UnknownPresentation", nobody.id):
        act(world, BENEFICIARY, "presentUnpaid", nobody, ISSUER, 1, TEXT)


def test_behind_the_issuing_bank_there_is_nobody(world: World) -> None:
    first = overdue(world, ISSUER)
    with reverts("NoBankBehind", first.key.id, ISSUER):
        first.turn(CONFIRMING)


@pytest.mark.parametrize("to", [0, NOMINATED, FRANKFURT, APPLICANT, BENEFICIARY])
def test_the_bank_behind_is_one_that_is_bound(world: World, to: int) -> None:
    first = overdue(world)
    with reverts("BankNotPermitted", first.key.credit, to):
        first.turn(to, number=2)


def test_no_bank_turns_to_itself(world: World) -> None:
    credit = both(world)
    world.send(desk(BENEFICIARY), "Presentations.recordMandate", credit, CONFIRMING, bytes(32))
    world.at(RECEIVED)
    key = world.lodge(
        credit, examiner=NOMINATED, presenter=CONFIRMING, amount=FULL, shipped=0, pay_presenter=True
    )
    first = Drawing(world, key, CONFIRMING).comply()
    world.at(OVER)
    with reverts("BankNotPermitted", credit, CONFIRMING):
        first.turn(CONFIRMING, by=CONFIRMING)
    first.turn(by=CONFIRMING)


def test_the_bank_behind_is_not_the_bank_in_default(world: World) -> None:
    first = overdue(world, CONFIRMING)
    with reverts("BankNotPermitted", first.key.credit, CONFIRMING):
        first.turn(CONFIRMING, number=2)


def test_it_is_presented_once(world: World) -> None:
    first = overdue(world)
    second = first.turn(CONFIRMING)
    for to, number in ((ISSUER, 1), (CONFIRMING, 1), (CONFIRMING, 2)):
        with reverts("ForwardedAlready", first.key.id, second.key.id):
            first.turn(to, number)
    with reverts("ForwardedAlready", first.key.id, second.key.id):
        first.forward()


def test_a_number_is_used_once(world: World) -> None:
    first = overdue(world)
    key = world.lodge(first.key.credit, examiner=ISSUER, amount=1)
    with reverts("PresentationExists", key.id):
        first.turn(number=key.number)
    first.turn(number=key.number + 1)


@pytest.mark.parametrize("back", ["asked for", "sent"])
def test_documents_that_came_back_are_presented_anew(world: World, back: str) -> None:
    first = overdue(world)
    second = first.turn(CONFIRMING)
    act(world, CONFIRMING, "refuse", second.key, 1, int(Disposal.HOLD), bytes(32))
    with reverts("ForwardedAlready", first.key.id, second.key.id):
        first.turn()
    if back == "sent":
        act(world, CONFIRMING, "recordReturn", second.key, bytes(32))
    else:
        instruction = second.key, int(PresenterInstruction.RETURN), bytes(32)
        act(world, BENEFICIARY, "instruct", *instruction)
    third = first.turn().comply()
    assert first_follower(first) == third.id
    third.pay()
    assert first.close().events[-1].fields["counterpart"] == third.id


def test_lateness_is_that_of_the_first_receipt(world: World) -> None:
    last = RECEIVED // DAY
    for received, flags in ((RECEIVED, 0), (instant("2025-09-01T17:00:01+08:00"), Flag.LATE)):
        with world.aside():
            credit = both(world, expiry=last)
            world.at(received)
            key = world.lodge(credit, examiner=NOMINATED, amount=FULL, shipped=0)
            act(world, NOMINATED, "acceptDiscrepancies", key, bytes(32), False)
            world.at(OVER + 30 * DAY)
            second = Drawing(world, key, BENEFICIARY).turn()
            assert Flag(world.presentation(second.key).flags) == Flag(flags)


def test_amounts_are_judged_by_what_the_bank_behind_is_bound_to(world: World) -> None:
    credit = both(world, partial_forbidden=True, minus_tolerance=10)
    amended(world, credit, 1, decrease=20)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=CONFIRMING, amount=FULL, shipped=0)
    first = Drawing(world, key, BENEFICIARY).comply()
    world.at(OVER)
    second = first.turn()
    assert Flag(world.presentation(second.key).flags) == Flag.OVERDRAWN


def test_a_deadline_that_is_not_known_is_fixed_later(world: World) -> None:
    credit = world.issue(REMOTE, nominated_bank=NOMINATED, amount=FULL)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED, amount=FULL, shipped=0)
    first = Drawing(world, key, BENEFICIARY).comply()
    world.at(OVER)
    assert world.presentation(first.turn(REMOTE).key).deadline == 0


# Nobody is paid twice, and no bank pays twice


def test_the_bank_in_default_is_freed_by_the_payment_of_the_other(world: World) -> None:
    first = overdue(world)
    second = first.turn().comply()
    assert second.creditor == BENEFICIARY
    with reverts("CounterpartUnpaid", first.id, second.id):
        first.close()
    second.pay()
    with reverts("PaidByCounterpart", first.id, second.id):
        first.pay()
    first.close().emitted(
        event(
            "PaymentObligations",
            "ObligationSettled",
            obligationId=first.id,
            counterpart=second.id,
            amount=FULL,
            settled=True,
        )
    )
    assert (first.state, second.state) == (D.SETTLED, D.PAID)
    assert held(world, BENEFICIARY) == [FULL]


@pytest.mark.parametrize("decided", ["before", "after"])
def test_article_7c_a_bank_that_pays_late_is_reimbursed_in_the_creditors_place(
    world: World, decided: str
) -> None:
    first = overdue(world)
    second = first.turn()
    if decided == "before":
        second.comply()
    first.pay()
    if decided == "after":
        second.comply()
    assert second.creditor == NOMINATED
    with reverts("NotPaired", second.id):
        second.close()
    second.pay().emitted(
        event(
            "PaymentObligations",
            "ObligationPaid",
            obligationId=second.id,
            debtor=ISSUER,
            owner=NOMINATED,
            amount=FULL,
            currency=CNY.number,
        ),
        event(
            "SettlementCash-CNY",
            "Transfer",
            **{"from": treasury(ISSUER), "to": treasury(NOMINATED)},
            value=FULL,
        ),
    )
    assert held(world, BENEFICIARY, NOMINATED, ISSUER) == [FULL, FULL, 0]


@pytest.mark.parametrize("paid", [False, True], ids=["not paid late", "paid late"])
def test_payment_elsewhere_is_attested_by_who_is_to_be_paid(world: World, paid: bool) -> None:
    first = overdue(world)
    second = first.turn().comply()
    right, wrong = BENEFICIARY, NOMINATED
    if paid:
        first.attest(BENEFICIARY)
        right, wrong = wrong, right
    with reverts("NotCreditor", second.id, wrong):
        second.attest(wrong)
    second.attest(right)
    assert second.state == D.PAID
    if not paid:
        with reverts("PaidByCounterpart", first.id, second.id):
            first.pay()


# What the bank in default has forwarded


@pytest.mark.parametrize("decided", ["before", "after"])
@pytest.mark.parametrize("kind", KINDS_OF_CREDIT)
def test_article_7c_what_is_owed_to_the_bank_in_default_goes_to_whom_it_left_unpaid(
    world: World, kind: str, decided: str
) -> None:
    first = overdue(world, **KINDS_OF_CREDIT[kind])
    there = first.forward()
    if decided == "before":
        there.comply()
    first.take_over(there).emitted(
        event(
            "Forwarding",
            "UnpaidDrawingTaken",
            presentationId=first.key.id,
            onwardId=there.key.id,
            creditor=BENEFICIARY,
            documents=TEXT,
        ),
        event(
            "PaymentObligations",
            "ObligationFollowed",
            unpaid=first.id,
            later=there.id,
            creditor=BENEFICIARY,
        ),
    )
    assert there.creditor == BENEFICIARY
    if decided == "after":
        there.comply()
    # It stays on record as owed to the bank.
    assert world.view("PaymentObligations.obligation", there.id).owner == NOMINATED
    there.pay()
    assert held(world, BENEFICIARY, NOMINATED, ISSUER) == [FULL, 0, 0]
    with reverts("PaidByCounterpart", first.id, there.id):
        first.pay()
    first.close()
    assert first.state == D.SETTLED


def test_article_7c_what_was_taken_over_goes_to_the_bank_that_pays_late(world: World) -> None:
    first = overdue(world)
    there = first.forward().comply()
    first.take_over(there)
    assert there.creditor == BENEFICIARY
    first.pay()
    assert there.creditor == NOMINATED
    there.pay()
    assert held(world, BENEFICIARY, NOMINATED, ISSUER) == [FULL, FULL, 0]


def test_article_7c_an_issuing_bank_that_has_reimbursed_has_performed(world: World) -> None:
    first = overdue(world)
    there = first.forward().comply()
    there.pay()
    with reverts("WrongObligationState", there.id, int(D.PAID), int(D.DUE)):
        first.take_over(there)
    # The claim on the bank in default stands.
    first.pay()
    assert held(world, BENEFICIARY) == [FULL]


def test_it_is_taken_over_once_and_as_it_was_forwarded(world: World) -> None:
    first = overdue(world)
    there = first.forward(number=2)
    for to, number in ((ISSUER, 1), (CONFIRMING, 2), (ISSUER, 3)):
        with reverts("ForwardedAlready", first.key.id, there.key.id):
            act(world, BENEFICIARY, "presentUnpaid", first.key, to, number, TEXT)
    first.take_over(there)
    with reverts("FollowedAlready", first.id, there.id):
        first.take_over(there)


def test_a_silent_bank_is_claimed_on_by_whoever_took_over(world: World) -> None:
    credit = both(world, beneficiary=0)
    world.send(desk(CONFIRMING), "Presentations.recordMandate", credit, FORWARDER, bytes(32))
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED, presenter=FORWARDER, amount=FULL, shipped=0)
    first = Drawing(world, key, FORWARDER).comply()
    there = first.forward()
    world.at(world.presentation(there.key).deadline + 1)
    with reverts("NotPresenter", NOMINATED, FORWARDER):
        act(world, FORWARDER, "claimPrecluded", there.key)
    first.take_over(there, by=FORWARDER)
    with reverts("NotPresenter", NOMINATED, APPLICANT):
        act(world, APPLICANT, "claimPrecluded", there.key)
    act(world, FORWARDER, "claimPrecluded", there.key)
    there.pay()
    assert held(world, FORWARDER) == [FULL]


def test_documents_that_were_refused_to_the_bank_in_default_are_presented_anew(
    world: World,
) -> None:
    first = overdue(world)
    there = first.forward()
    first.take_over(there)
    act(world, ISSUER, "refuse", there.key, 1, int(Disposal.RETURN), bytes(32))
    act(world, ISSUER, "recordReturn", there.key, bytes(32))
    first.turn(CONFIRMING).comply().pay()
    assert held(world, BENEFICIARY) == [FULL]


def test_a_bank_that_paid_late_may_forward_what_was_refused_to_its_creditor(world: World) -> None:
    first = overdue(world)
    second = first.turn()
    act(world, ISSUER, "refuse", second.key, 1, int(Disposal.RETURN), bytes(32))
    act(world, ISSUER, "recordReturn", second.key, bytes(32))
    first.pay()
    there = first.forward(CONFIRMING).comply()
    assert there.creditor == NOMINATED
    there.pay()
    assert held(world, BENEFICIARY, NOMINATED) == [FULL, FULL]


# Three banks


def three(world: World) -> tuple[Drawing, Drawing, Drawing]:
    """The nominated and then the confirming bank in default, and the issuing bank."""
    first = overdue(world)
    second = first.turn(CONFIRMING).comply()
    world.at(world.time + 3 * DAY)
    return first, second, second.turn().comply()


def test_the_last_of_three_banks_pays_for_all(world: World) -> None:
    first, second, third = three(world)
    third.pay()
    assert held(world, BENEFICIARY) == [FULL]
    for each in (first, second):
        with reverts("PaidByCounterpart", each.id, third.id):
            each.pay()
        each.close()
        assert each.state == D.SETTLED


def test_the_second_of_three_banks_pays_and_is_reimbursed_by_the_third(world: World) -> None:
    first, second, third = three(world)
    second.pay()
    with world.aside(), reverts("PaidByCounterpart", first.id, second.id):
        first.pay()
    assert third.creditor == CONFIRMING
    third.pay()
    assert held(world, BENEFICIARY, CONFIRMING, NOMINATED) == [FULL, FULL, 0]


@pytest.mark.parametrize("second_pays", [False, True])
def test_the_first_of_three_banks_pays_late(world: World, second_pays: bool) -> None:
    first, second, third = three(world)
    first.pay()
    assert [each.creditor for each in (second, third)] == [NOMINATED, NOMINATED]
    if second_pays:
        second.pay()
        assert third.creditor == CONFIRMING
        third.pay()
        assert held(world, BENEFICIARY, NOMINATED, CONFIRMING, ISSUER) == [FULL, FULL, FULL, 0]
    else:
        third.pay()
        with world.aside(), reverts("PaidByCounterpart", second.id, third.id):
            second.pay()
        assert held(world, BENEFICIARY, NOMINATED, CONFIRMING, ISSUER) == [FULL, FULL, 0, 0]


def test_a_bank_that_paid_late_turns_to_the_next_one(world: World) -> None:
    first = overdue(world)
    second = first.turn(CONFIRMING).comply()
    world.at(world.time + 3 * DAY)
    first.pay()
    with reverts("NotCreditor", second.id, BENEFICIARY):
        second.turn()
    third = second.turn(by=NOMINATED).comply()
    third.pay()
    assert held(world, BENEFICIARY, NOMINATED) == [FULL, FULL]


def test_a_nominated_bank_that_honoured_passes_over_a_confirming_bank_in_default(
    world: World,
) -> None:
    first = complied(world)
    first.pay()
    second = first.forward(CONFIRMING).comply()
    world.at(OVER)
    third = second.turn(by=NOMINATED).comply()
    third.pay()
    assert held(world, BENEFICIARY, NOMINATED, ISSUER) == [FULL, FULL, 0]


def test_article_10a_it_goes_on_after_a_cancellation(world: World) -> None:
    first = overdue(world)
    amended(world, first.key.credit, 1, cancels=True)
    world.send(desk(CONFIRMING), "LetterOfCredit.extendConfirmation", first.key.credit, 1)
    first.turn().comply().pay()
    assert held(world, BENEFICIARY) == [FULL]


def test_what_was_taken_over_is_not_prepaid_to_the_bank_in_default(world: World) -> None:
    """A bank behind that took refused documents up owes later than the bank in default did."""
    first = complied(world, **KINDS_OF_CREDIT["deferred"])
    there = first.forward()
    act(world, ISSUER, "refuse", there.key, 1, int(Disposal.NOTIFY), TEXT)
    world.at(RECEIVED + 20 * DAY)
    act(world, ISSUER, "acceptDiscrepancies", there.key, TEXT, False)
    agree = ("PaymentObligations.agreePrepayment", there.id, FULL)
    world.send(desk(NOMINATED), *agree)
    world.at(OVER + 30 * DAY)
    first.take_over(there)
    assert (there.state, there.creditor) == (D.INCURRED, BENEFICIARY)
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", ISSUER, FULL, keccak(text="cash"))
    for member, prepaid in (
        (ISSUER, ("PaymentObligations.prepay", there.id, FULL)),
        (NOMINATED, agree),
    ):
        with reverts("PairedObligation", there.id, first.id):
            world.send(desk(member), *prepaid)
    world.at(OVER + 60 * DAY)
    there.pay()
    assert held(world, NOMINATED, BENEFICIARY, ISSUER) == [0, FULL, FULL]

# SPDX-License-Identifier: Apache-2.0
"""Documents that one bank sends on to another, and the duty of the one to the other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
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
    BENEFICIARY,
    CENTRAL,
    DAY,
    EMPTY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    KEEPER,
    OTHER,
    OUTSIDER,
    REMOTE,
    PresentationKey,
    World,
    desk,
    documents_act,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.places import build

AMOUNT = 128_000_000
NOMINATED, CONFIRMING = OTHER, ADVISER
RECEIVED = instant("2025-09-01T10:00:00+08:00")
P = PresentationState


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def both(world: World, **changes: Any) -> bytes:
    """A credit with a nominated bank and one that confirmed."""
    return confirmed(world, CONFIRMING, nominated_bank=NOMINATED, **changes)


def act(world: World, member: int, function: str, *args: Any) -> Any:
    return world.send(desk(member), documents_act(function), *args)


def forward(
    world: World, key: PresentationKey, to: int = ISSUER, number: int = 1
) -> PresentationKey:
    """Sends documents on; returns what names them there."""
    onward = PresentationKey(key.credit, to, key.examiner, number)
    assert act(world, key.examiner, "forward", key, to, number, bytes(32)).value == onward.id
    assert world.view("Forwarding.forwardedAs", key.id) == onward.id
    return onward


def owed(world: World, key: PresentationKey, owner: int) -> Any:
    number = obligation_id(key.id, key.examiner, owner)
    return world.view("PaymentObligations.obligation", number)


def drawn(world: World, credit: bytes) -> int:
    found: int = world.view("LetterOfCredit.credit", credit).drawn
    return found


# Whom it is for, and what it counts


def test_article_7c_what_a_nominated_bank_honoured_is_owed_to_it_and_counted_once(
    world: World,
) -> None:
    credit = both(world, amount=100)
    key = world.lodge(credit, examiner=NOMINATED, amount=100)
    act(world, NOMINATED, "findComplying", key)
    assert drawn(world, credit) == 100
    onward = forward(world, key)
    record = world.presentation(onward)
    assert (record.payee, record.amount, record.flags) == (NOMINATED, 100, 0)
    assert Mark(record.marks) == Mark.FORWARDED | Mark.COUNTED
    act(world, ISSUER, "findComplying", onward)
    assert drawn(world, credit) == 100
    # Two duties, each on record by itself; paying one leaves the other.
    for where, creditor in ((key, BENEFICIARY), (onward, NOMINATED)):
        found = owed(world, where, creditor)
        assert (found.debtor, found.owner) == (where.examiner, creditor)
        assert (found.amount, found.kind) == (100, ObligationKind.COMPLYING)
    cash = "SettlementCash-CNY.mint"
    world.send(desk(CENTRAL), cash, NOMINATED, 100, bytes(31) + b"1")
    number = obligation_id(key.id, NOMINATED, BENEFICIARY)
    world.send(desk(NOMINATED), "PaymentObligations.pay", number)
    assert owed(world, key, BENEFICIARY).state == ObligationState.PAID
    assert owed(world, onward, NOMINATED).state == ObligationState.DUE


def test_article_12c_documents_sent_on_unexamined_are_for_whoever_was_to_be_paid(
    world: World,
) -> None:
    credit = both(world, amount=100)
    world.send(desk(BENEFICIARY), "Presentations.recordMandate", credit, FORWARDER, bytes(32))
    key = world.lodge(
        credit, examiner=NOMINATED, presenter=FORWARDER, amount=100, pay_presenter=True
    )
    onward = forward(world, key)
    record = world.presentation(onward)
    assert (record.payee, Mark(record.marks)) == (FORWARDER, Mark.FORWARDED)
    assert (world.state_of(key), drawn(world, credit)) == (P.FORWARDED, 0)
    # All three claim what a silent bank owes: it is for the payee alone.
    world.at(record.deadline + 1)
    for claimant in (NOMINATED, FORWARDER, BENEFICIARY):
        with world.aside():
            act(world, claimant, "claimPrecluded", onward)
            assert owed(world, onward, FORWARDER).amount == 100
            assert drawn(world, credit) == 100
    for stranger in (APPLICANT, CONFIRMING):
        with world.aside(), reverts("NotPresenter", NOMINATED, stranger):
            act(world, stranger, "claimPrecluded", onward)


@pytest.mark.parametrize("decision", ["findComplying", "acceptDiscrepancies", "claimPrecluded"])
def test_a_confirming_bank_sends_on_what_it_honoured_waived_or_was_precluded_on(
    world: World, decision: str
) -> None:
    credit = both(world, amount=100)
    demanded = 100 if decision == "findComplying" else 130
    key = world.lodge(credit, examiner=CONFIRMING, amount=demanded)
    args, member = (key,), CONFIRMING
    if decision == "acceptDiscrepancies":
        args = (key, bytes(32), False)
    elif decision == "claimPrecluded":
        world.at(world.presentation(key).deadline + 1)
        member = BENEFICIARY
    act(world, member, decision, *args)
    # What it owes, not what was demanded of it.
    record = world.presentation(forward(world, key))
    assert (record.payee, record.amount, record.flags) == (CONFIRMING, 100, 0)


def test_a_chain_of_three_banks_has_three_duties(world: World) -> None:
    credit = both(world, amount=100)
    first = world.lodge(credit, examiner=NOMINATED, amount=100)
    act(world, NOMINATED, "findComplying", first)
    second = forward(world, first, CONFIRMING)
    act(world, CONFIRMING, "findComplying", second)
    third = forward(world, second, ISSUER)
    act(world, ISSUER, "findComplying", third)
    duties = [
        owed(world, where, creditor).amount
        for where, creditor in ((first, BENEFICIARY), (second, NOMINATED), (third, CONFIRMING))
    ]
    assert (duties, drawn(world, credit)) == ([100, 100, 100], 100)


def test_a_silent_bank_is_precluded_towards_the_bank_that_honoured(world: World) -> None:
    credit = both(world, amount=100)
    key = world.lodge(credit, examiner=NOMINATED, amount=100)
    act(world, NOMINATED, "findComplying", key)
    onward = forward(world, key)
    world.at(world.presentation(onward).deadline + 1)
    act(world, NOMINATED, "claimPrecluded", onward)
    found = owed(world, onward, NOMINATED)
    assert (found.amount, found.kind, drawn(world, credit)) == (100, ObligationKind.PRECLUSION, 100)


def test_what_was_counted_is_owed_after_a_cancellation_too(world: World) -> None:
    credit = world.issue(nominated_bank=NOMINATED, amount=100)
    key = world.lodge(credit, examiner=NOMINATED, amount=100)
    act(world, NOMINATED, "findComplying", key)
    onward = forward(world, key)
    amended(world, credit, 1, cancels=True)
    act(world, ISSUER, "findComplying", onward)
    assert owed(world, onward, NOMINATED).amount == 100


# To whom, and how often


def test_documents_are_sent_to_the_banks_that_are_bound(world: World) -> None:
    credit = both(world)
    key = world.lodge(credit, examiner=NOMINATED)
    for to in (0, NOMINATED, FRANKFURT, APPLICANT, BENEFICIARY):
        with reverts("BankNotPermitted", credit, to):
            act(world, NOMINATED, "forward", key, to, 1, bytes(32))
    for to in (ISSUER, CONFIRMING):
        with world.aside():
            forward(world, key, to)


def test_a_bank_that_was_only_asked_to_confirm_is_sent_nothing(world: World) -> None:
    credit = world.issue(nominated_bank=NOMINATED, confirming_bank=CONFIRMING)
    key = world.lodge(credit, examiner=NOMINATED)
    with reverts("BankNotPermitted", credit, CONFIRMING):
        act(world, NOMINATED, "forward", key, CONFIRMING, 1, bytes(32))


def test_the_issuing_bank_has_nobody_to_send_to(world: World) -> None:
    credit = both(world)
    key = world.lodge(credit)
    act(world, ISSUER, "findComplying", key)
    for to in (ISSUER, CONFIRMING):
        with reverts("NoBankBehind", key.id, ISSUER):
            act(world, ISSUER, "forward", key, to, 1, bytes(32))


@pytest.mark.parametrize("honoured", [False, True], ids=["unexamined", "honoured"])
def test_documents_are_sent_anew_only_after_they_came_back(world: World, honoured: bool) -> None:
    credit = both(world)
    key = world.lodge(credit, examiner=NOMINATED)
    if honoured:
        act(world, NOMINATED, "findComplying", key)
    onward = forward(world, key, CONFIRMING)

    def again() -> Any:
        return act(world, NOMINATED, "forward", key, ISSUER, 1, bytes(32))

    with reverts("ForwardedAlready", key.id, onward.id):
        again()
    notice = onward, 1, int(Disposal.HOLD), bytes(32)
    act(world, CONFIRMING, "refuse", *notice)
    # A refusing bank that holds documents might yet take them up.
    with reverts("ForwardedAlready", key.id, onward.id):
        again()
    for back in ("asked for", "sent"):
        with world.aside():
            if back == "asked for":
                act(
                    world,
                    NOMINATED,
                    "instruct",
                    onward,
                    int(PresenterInstruction.RETURN),
                    bytes(32),
                )
            else:
                act(world, CONFIRMING, "recordReturn", onward, bytes(32))
            elsewhere = forward(world, key, ISSUER)
            with reverts("ForwardedAlready", key.id, elsewhere.id):
                act(world, NOMINATED, "forward", key, CONFIRMING, 2, bytes(32))


def test_a_number_is_used_once(world: World) -> None:
    credit = both(world)
    keys = [world.lodge(credit, examiner=NOMINATED, number=number, amount=1) for number in (1, 2)]
    onward = forward(world, keys[0])
    with reverts("PresentationExists", onward.id):
        act(world, NOMINATED, "forward", keys[1], ISSUER, 1, bytes(32))
    forward(world, keys[1], number=2)


# In time, by the first receipt

WEEKDAY = day("2025-09-17")
IN_TIME, LATE = instant("2025-09-17T17:00:00+08:00"), instant("2025-09-17T17:00:01+08:00")


@pytest.mark.parametrize(("received", "flags"), [(IN_TIME, Flag(0)), (LATE, Flag.LATE)])
@pytest.mark.parametrize("honoured", [False, True], ids=["unexamined", "waived"])
def test_article_14_and_15_lateness_is_that_of_the_first_receipt(
    world: World, received: int, flags: Any, honoured: bool
) -> None:
    credit = both(world, expiry=WEEKDAY)
    world.at(received)
    key = world.lodge(credit, examiner=NOMINATED, shipped=0)
    assert Flag(world.presentation(key).flags) == flags
    if honoured:
        act(world, NOMINATED, "acceptDiscrepancies", key, bytes(32), False)
    # A week after the expiry.
    world.at(received + 7 * DAY)
    onward = forward(world, key, CONFIRMING)
    assert Flag(world.presentation(onward).flags) == flags
    if honoured:
        act(world, CONFIRMING, "acceptDiscrepancies", onward, bytes(32), False)
        assert Flag(world.presentation(forward(world, onward, ISSUER)).flags) == flags


def test_lateness_is_judged_by_the_terms_that_bind_the_bank_that_receives(world: World) -> None:
    credit = both(world, expiry=WEEKDAY)
    amended(world, credit, 1, expiry=WEEKDAY + 30)
    world.at(LATE)
    key = world.lodge(credit, examiner=NOMINATED, shipped=0)
    for to, flags in ((ISSUER, Flag(0)), (CONFIRMING, Flag.LATE)):
        with world.aside():
            assert Flag(world.presentation(forward(world, key, to)).flags) == flags


def test_amounts_are_judged_by_what_the_bank_that_receives_is_bound_to(world: World) -> None:
    credit = both(world, amount=100, partial_forbidden=True, minus_tolerance=10)
    amended(world, credit, 1, decrease=20)
    # The confirming bank stays bound to 100; the issuing bank to 80.
    key = world.lodge(credit, examiner=CONFIRMING, amount=100)
    act(world, CONFIRMING, "findComplying", key)
    assert Flag(world.presentation(forward(world, key)).flags) == Flag.OVERDRAWN

    less = both(world, reference=b"OTHER".ljust(16, b"\0"), amount=100, partial_forbidden=True)
    amended(world, less, 1, increase=100)
    key = world.lodge(less, examiner=CONFIRMING, amount=100)
    act(world, CONFIRMING, "findComplying", key)
    onward = forward(world, key)
    assert Flag(world.presentation(onward).flags) == Flag.SHORT
    with reverts("CannotComply", onward.id, int(Flag.SHORT)):
        act(world, ISSUER, "findComplying", onward)
    act(world, ISSUER, "acceptDiscrepancies", onward, bytes(32), False)
    assert (owed(world, onward, CONFIRMING).amount, drawn(world, less)) == (100, 100)


def test_unexamined_documents_are_seen_against_what_is_left_now(world: World) -> None:
    credit = both(world, amount=100)
    one, other = (
        world.lodge(credit, examiner=NOMINATED, amount=60, number=number) for number in (1, 2)
    )
    act(world, NOMINATED, "findComplying", one)
    assert Flag(world.presentation(forward(world, other)).flags) == Flag.OVERDRAWN


# Clocks


def test_the_bank_that_receives_has_a_clock_of_its_own(world: World) -> None:
    credit = both(world)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED)
    act(world, NOMINATED, "findComplying", key)
    world.at(RECEIVED + 2 * DAY)
    record = world.presentation(forward(world, key))
    assert record.received == RECEIVED + 2 * DAY
    assert record.deadline == instant("2025-09-10T17:00:00+08:00")


def undated(world: World, honoured: bool) -> PresentationKey:
    """Forwarded late to an issuing bank whose calendar is not published."""
    credit = world.issue(REMOTE, nominated_bank=NOMINATED, expiry=WEEKDAY, **ON_DEMAND)
    world.at(IN_TIME)
    key = world.lodge(credit, examiner=NOMINATED, shipped=0)
    if honoured:
        act(world, NOMINATED, "findComplying", key)
    world.at(IN_TIME + 7 * DAY)
    return forward(world, key, REMOTE)


ON_DEMAND = {
    "availability": int(Availability.ACCEPTANCE),
    "tenor": 30,
    "tenor_from": int(MaturityFrom.SIGHT),
}


@pytest.mark.parametrize("honoured", [False, True], ids=["unexamined", "honoured"])
def test_a_deadline_that_is_fixed_later_judges_no_lateness(world: World, honoured: bool) -> None:
    onward = undated(world, honoured)
    before = world.presentation(onward)
    assert (before.deadline, before.flags) == (0, 0)
    for span, word in build("CNSHA", 2024, 2026).packed().items():
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    deadline = instant("2025-09-30T17:00:00+08:00")
    world.send(OUTSIDER, "Presentations.fixDeadline", onward).emitted(
        event(
            "Presentations", "DeadlineFixed", presentationId=onward.id, deadline=deadline, flags=0
        )
    )
    after = world.presentation(onward)
    assert after.deadline == deadline
    # Sight is that of the bank that accepted; else of the one that receives.
    assert after.receiptDay == (WEEKDAY if honoured else day("2025-09-24"))


@pytest.mark.parametrize("honoured", [False, True], ids=["unexamined", "honoured"])
def test_article_7c_reimbursement_is_due_when_the_honouring_bank_pays(
    world: World, honoured: bool
) -> None:
    credit = both(world, **ON_DEMAND)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=NOMINATED)
    if honoured:
        act(world, NOMINATED, "findComplying", key)
    world.at(RECEIVED + 2 * DAY)
    onward = forward(world, key)
    act(world, ISSUER, "findComplying", onward)
    found = owed(world, onward, NOMINATED if honoured else BENEFICIARY)
    first = RECEIVED // DAY
    assert found.state == ObligationState.ACCEPTED
    assert found.maturity == (first + 30 if honoured else first + 32) * DAY


def test_a_bank_without_a_calendar_counts_its_receipt_in_utc(world: World) -> None:
    credit = world.issue(nominated_bank=REMOTE, **ON_DEMAND)
    world.at(instant("2025-09-02T00:00:00"))
    key = world.lodge(credit, examiner=REMOTE)
    act(world, REMOTE, "findComplying", key)
    world.at(world.time + 3 * DAY)
    onward = forward(world, key)
    assert world.presentation(onward).receiptDay == day("2025-09-02")
    # Nobody can tell whether it came in time.
    assert world.presentation(onward).flags == 0

# SPDX-License-Identifier: Apache-2.0
"""What a claim may be, its clock, and that a drawing is reimbursed once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from reimbursing import (
    AMOUNT,
    CHARGES,
    CLAIMANT,
    FUNDS,
    MESSAGE,
    REIMBURSER,
    TENOR,
    UNDERTAKING,
    Scene,
    Terms,
    moment,
    undated,
)
from vocabulary import (
    AuthorisationState,
    Availability,
    ClaimMark,
    ClaimReason,
    ClaimState,
    Disposal,
    MaturityFrom,
    ObligationKind,
    ObligationState,
    PresenterInstruction,
)
from world import (
    ADVISER,
    BENEFICIARY,
    CENTRAL,
    DAY,
    EMPTY,
    FRANKFURT,
    ISSUER,
    KEEPER,
    OTHER,
    REMOTE,
    START,
    PresentationKey,
    World,
    account,
    desk,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.calendar_words import day_number, day_of
from yangshan.alliance.places import build
from yangshan.credit.reimbursement_rules import answer_deadline, is_early, most_claimable

C, D = ClaimState, ObligationState
TODAY = START // DAY


def shanghai(text: str) -> int:
    return instant(f"{text}+08:00")


def claimed(world: World, terms: Terms | None = None, **changes: Any) -> Scene:
    scene = Scene(world, terms or Terms(), **changes).ready()
    if scene.terms.undertaking_asked:
        scene.undertaken()
    scene.claim()
    return scene


def honoured(world: World, **changes: Any) -> Scene:
    scene = claimed(world, **changes)
    scene.honour()
    return scene


def paid(world: World, **changes: Any) -> Scene:
    scene = honoured(world, **changes)
    scene.pay(scene.reimburser, scene.owed)
    return scene


def deadline_of(scene: Scene) -> int:
    found: int = scene.record()[0].deadline
    return found


# The clock


@pytest.mark.parametrize(
    ("bank", "received", "third"),
    [
        # The verified vectors: with make-up working days and without.
        (ADVISER, "2025-09-29T10:00", "2025-10-10T17:00"),
        (OTHER, "2025-09-29T10:00", "2025-10-10T17:00"),
        (ADVISER, "2025-09-26T10:00", "2025-09-30T17:00"),
        (OTHER, "2025-09-26T10:00", "2025-10-09T17:00"),
        # Within hours up to the close, then the next banking day: nobody accepts out of hours.
        (ADVISER, "2025-09-26T16:59:59", "2025-09-30T17:00"),
        (ADVISER, "2025-09-26T17:00:00", "2025-09-30T17:00"),
        (ADVISER, "2025-09-26T17:00:01", "2025-10-09T17:00"),
        # A Saturday, before a Sunday on which Shanghai works.
        (ADVISER, "2025-09-27T10:00", "2025-10-09T17:00"),
    ],
)
def test_urr_11a_three_banking_days_follow_the_day_of_receipt(
    world: World, bank: int, received: str, third: str
) -> None:
    claimant = ADVISER if bank == OTHER else OTHER
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", claimant, FUNDS, MESSAGE)
    credit = world.issue(nominated_bank=claimant, reimbursing_bank=bank, amount=AMOUNT)
    world.send(desk(ISSUER), "Reimbursements.authorise", credit, Terms(), MESSAGE)
    key = world.lodge(credit, examiner=claimant, amount=AMOUNT)
    world.send(desk(claimant), "Presentations.findComplying", key)
    number = obligation_id(key.id, claimant, BENEFICIARY)
    world.send(desk(claimant), "PaymentObligations.pay", number)
    world.send(desk(claimant), "Forwarding.forward", key, ISSUER, 1, MESSAGE)
    world.at(shanghai(received))
    made = world.send(desk(claimant), "Reimbursements.claim", (key, 1, 1, 0, AMOUNT, MESSAGE))
    record = world.view("Reimbursements.claimRecord", made.value)
    assert record.received == shanghai(received)
    assert record.deadline == shanghai(third)
    place = "CNSHA" if bank == ADVISER else "CNSHA-M"
    said = answer_deadline(moment(shanghai(received)), build(place, 2024, 2026))
    assert record.deadline == int(said.timestamp())


@pytest.mark.parametrize(("days", "last"), [(0, "09-04"), (1, "09-05"), (2, "09-08"), (7, "09-15")])
def test_urr_11a_the_period_of_notice_before_a_debit_is_added(
    world: World, days: int, last: str
) -> None:
    scene = claimed(world, Terms(pre_debit_days=days))
    assert deadline_of(scene) == shanghai(f"2025-{last}T17:00") == scene.deadline


@pytest.mark.parametrize("after", [-1, 0, 1])
def test_urr_11a_notice_is_given_by_the_close_of_the_third_day(world: World, after: int) -> None:
    scene = claimed(world, UNDERTAKING)
    deadline = scene.deadline
    scene.at(deadline + after)
    if after <= 0:
        with world.aside(), reverts("ClaimNotOverdue", scene.id, deadline, world.time):
            scene.hold()
        with reverts("WrongClaimState", scene.id, C.CLAIMED, C.UNPAID):
            scene.notify()
        scene.refuse()
        assert scene.state() == C.NON_CONFORMING
        return
    assert scene.state() == C.UNPAID
    with reverts("ClaimDeadlinePassed", scene.id, deadline, world.time):
        scene.refuse()
    with world.aside():
        scene.notify()
        assert scene.state() == C.NON_PAYMENT_NOTIFIED
    scene.hold()
    assert scene.state() == C.HONOURED


def test_a_calendar_that_ends_leaves_the_deadline_open(world: World) -> None:
    scene = Scene(world, reimburser=REMOTE).ready()
    scene.claim()
    assert deadline_of(scene) == 0
    with reverts("CalendarNotPublished", EMPTY, TODAY):
        scene.fix()
    # A deadline that is not known is never over.
    scene.at(scene.received + 300 * DAY)
    assert scene.state() == C.CLAIMED
    scene.refuse()


def test_a_deadline_that_is_fixed_later_counts_from_receipt(world: World) -> None:
    scene = undated(world)
    scene.at(scene.received + 10 * DAY)
    scene.fix()
    assert deadline_of(scene) == (TODAY + 3) * DAY + 17 * 3_600
    assert scene.state() == C.UNPAID


# Due dates


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_a_claim_comes_no_more_than_ten_banking_days_before_its_due_date(
    world: World, ahead: int
) -> None:
    scene = Scene(world, usance=True).ready()
    # Ten banking days of Shanghai before the due date, 2025-10-31.
    assert day_of(scene.due) == date(2025, 10, 31)
    tenth = day_number(date(2025, 10, 17)) - ahead
    scene.at(tenth * DAY + 2 * 3_600)
    scene.claim()
    marks = ClaimMark.EARLY if ahead > 0 else 0
    assert scene.record()[0].marks == marks == scene.marks
    assert is_early(moment(world.time), day_of(scene.due), scene.calendar) is bool(marks)


def test_a_claim_that_nobody_can_count_the_days_of_is_not_marked(world: World) -> None:
    scene = Scene(world, reimburser=REMOTE, usance=True).ready()
    scene.claim()
    assert scene.record()[0].marks == 0


@pytest.mark.parametrize("known", [9, 10, 11])
def test_a_claim_is_marked_once_the_calendar_knows_its_tenth_day(world: World, known: int) -> None:
    """Every day is open, and that many after receipt are published, and one before it."""
    scene = Scene(world, reimburser=REMOTE, usance=True).ready()
    scene.at(TODAY * DAY + 10 * 3_600)
    span, index = divmod(TODAY, 192)
    days = index + known + 1
    hours = 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246
    word = (1 << days) - 1 | days << 192 | hours
    assert index > 0
    assert days <= 192
    world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    scene.claim()
    assert scene.record()[0].marks == (ClaimMark.EARLY if known > 10 else 0)


@pytest.mark.parametrize("after", [-1, 0, 1])
def test_a_claim_is_held_until_its_due_date_begins(world: World, after: int) -> None:
    for act in (lambda _: None, Scene.honour):
        with world.aside():
            scene = claimed(world, usance=True)
            act(scene)
            scene.at(scene.due * DAY - 14 * 3_600 + after)
            assert (scene.state() == C.DUE_LATER) is (after < 0)


@pytest.mark.parametrize("after", [-1, 0, 1])
def test_a_claim_is_unpaid_once_its_due_date_is_over(world: World, after: int) -> None:
    for act in (lambda _: None, Scene.honour):
        with world.aside():
            scene = claimed(world, usance=True)
            act(scene)
            scene.at(scene.due * DAY + 36 * 3_600 + after)
            assert (scene.state() == C.UNPAID) is (after >= 0)


def test_a_claim_that_came_after_its_due_date_waits_for_an_answer(world: World) -> None:
    scene = Scene(world, usance=True).ready()
    scene.at(scene.due * DAY + 10 * DAY)
    scene.claim()
    assert scene.state() == C.CLAIMED
    scene.at(scene.deadline + 1)
    assert scene.state() == C.UNPAID


def test_article_7c_reimbursement_is_due_with_what_the_claiming_bank_owes(world: World) -> None:
    scene = honoured(world, usance=True)
    owed, own = scene.obligation(scene.owed), scene.obligation(scene.own)
    assert owed == own._replace(
        debtor=REIMBURSER, owner=CLAIMANT, kind=ObligationKind.REIMBURSEMENT
    )
    assert owed.maturity == (TODAY + TENOR) * DAY
    with reverts("NotMatured", scene.owed, owed.maturity, world.time):
        scene.pay(REIMBURSER, scene.owed)


# Who may claim, and what


def test_article_2_who_owes_at_sight_has_not_honoured_until_it_paid(world: World) -> None:
    scene = Scene(world).fund().authorised()
    world.lodge(scene.credit, examiner=CLAIMANT, amount=AMOUNT)
    for _ in range(2):
        with reverts("NotHonoured", scene.key.id, CLAIMANT), world.aside():
            scene.forwarded()
            scene.claim()
        if scene.obligation(scene.own).state == D.NONE:
            scene.document(CLAIMANT, "findComplying", scene.key)
    scene.forwarded()
    with reverts("NotHonoured", scene.key.id, CLAIMANT):
        scene.claim()
    # Paid elsewhere is paid.
    world.send(desk(BENEFICIARY), "PaymentObligations.attestPayment", scene.own, MESSAGE)
    scene.claim()
    assert scene.state() == C.CLAIMED


@pytest.mark.parametrize(
    "availability",
    [Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE, Availability.NEGOTIATION],
)
def test_article_2_who_undertook_accepted_or_negotiated_may_claim(
    world: World, availability: Any
) -> None:
    usance = availability != Availability.NEGOTIATION
    tenor_from = int(MaturityFrom.SIGHT if usance else MaturityFrom.NONE)
    changes = {"availability": int(availability), "tenor": TENOR * usance, "tenor_from": tenor_from}
    scene = Scene(world, changes=changes).fund().authorised()
    world.lodge(scene.credit, examiner=CLAIMANT, amount=AMOUNT)
    scene.document(CLAIMANT, "findComplying", scene.key)
    scene.forwarded()
    scene.claim()
    assert scene.record()[0].due == (TODAY + TENOR if usance else 0)


def test_article_7c_the_documents_went_to_the_issuing_bank(world: World) -> None:
    scene = Scene(world, usance=True).fund().authorised()
    world.lodge(scene.credit, examiner=CLAIMANT, amount=AMOUNT)
    scene.document(CLAIMANT, "findComplying", scene.key)
    with reverts("NotForwarded", scene.key.id, scene.onward.id):
        scene.claim()
    scene.forwarded()
    other = PresentationKey(scene.credit, ISSUER, CLAIMANT, 2)
    with reverts("NotForwarded", scene.key.id, other.id):
        scene.claim(forwarded_number=2)
    # They came back, and were sent anew under another count.
    scene.refused()
    scene.document(ISSUER, "recordReturn", scene.onward, MESSAGE)
    scene.document(CLAIMANT, "forward", scene.key, ISSUER, 2, MESSAGE)
    with reverts("NotForwarded", scene.key.id, scene.onward.id):
        scene.claim()
    scene.claim(forwarded_number=2)
    assert scene.record()[0].forwardedId == other.id


def test_article_8c_a_bank_that_another_bank_reimburses_claims_nothing_here(world: World) -> None:
    confirming = CENTRAL
    scene = Scene(world, usance=True, changes={"confirming_bank": confirming}).fund().authorised()
    world.send(desk(confirming), "LetterOfCredit.confirm", scene.credit)
    world.lodge(scene.credit, examiner=CLAIMANT, amount=AMOUNT)
    scene.document(CLAIMANT, "findComplying", scene.key)
    there = PresentationKey(scene.credit, confirming, CLAIMANT, 1)
    scene.document(CLAIMANT, "forward", scene.key, confirming, 1, MESSAGE)
    with reverts("NotForwarded", scene.key.id, scene.onward.id):
        scene.claim()
    scene.document(confirming, "findComplying", there)
    scene.document(confirming, "forward", there, ISSUER, 1, MESSAGE)
    made = scene.send(confirming, "claim", (there, 1, 1, 0, AMOUNT, MESSAGE))
    assert world.view("Reimbursements.claimRecord", made.value).claimingBank == confirming


def test_who_is_paid_by_nobody_but_itself_claims_nothing(world: World) -> None:
    """The reimbursing bank may be any bank with which a credit is available."""
    scene = Scene(world, usance=True, changes={"any_bank": True, "nominated_bank": 0})
    scene.fund().authorised()
    key = world.lodge(scene.credit, examiner=REIMBURSER, amount=AMOUNT)
    scene.document(REIMBURSER, "findComplying", key)
    scene.document(REIMBURSER, "forward", key, ISSUER, 1, MESSAGE)
    for bank in (REIMBURSER, ISSUER):
        request = scene.request._replace(key=key._replace(examiner=bank))
        with reverts("BadClaimingBank", scene.credit, bank):
            scene.send(bank, "claim", request)


def test_only_the_bank_that_is_named_claims(world: World) -> None:
    scene = Scene(world, Terms(claiming_bank=FRANKFURT)).ready()
    with reverts("NotClaimingBank", scene.credit, CLAIMANT):
        scene.claim()


@pytest.mark.parametrize("kind", [ObligationKind.WAIVER, ObligationKind.PRECLUSION])
def test_article_7c_what_a_bank_took_up_for_itself_the_issuing_bank_takes_up_first(
    world: World, kind: Any
) -> None:
    confirms = kind == ObligationKind.PRECLUSION
    scene = Scene(world, usance=True, changes={"confirming_bank": CLAIMANT})
    scene.fund().authorised()
    if confirms:
        world.send(desk(CLAIMANT), "LetterOfCredit.confirm", scene.credit)
    world.lodge(scene.credit, examiner=CLAIMANT, amount=AMOUNT)
    if confirms:
        scene.at(world.presentation(scene.key).deadline + 1)
        scene.document(BENEFICIARY, "claimPrecluded", scene.key)
    else:
        scene.document(CLAIMANT, "acceptDiscrepancies", scene.key, MESSAGE, False)
    assert scene.obligation(scene.own).kind == kind
    scene.forwarded()
    with reverts("NoRightToReimbursement", scene.key.id, kind):
        scene.claim()
    scene.found_complying()
    scene.claim()


@pytest.mark.parametrize("amount", [0, 1, AMOUNT - 1, AMOUNT, AMOUNT + 1])
def test_a_claim_is_for_no_more_than_was_honoured(world: World, amount: int) -> None:
    scene = Scene(world, Terms(amount=2 * AMOUNT), changes={"amount": 2 * AMOUNT}).ready()
    assert most_claimable(AMOUNT, 2 * AMOUNT, 0) == AMOUNT
    if 0 < amount <= AMOUNT:
        scene.claim(amount=amount)
        assert scene.record()[0].amount == scene.record()[1].claimed == amount
    else:
        with reverts("ClaimOutOfBounds", scene.key.id, amount, AMOUNT):
            scene.claim(amount=amount)


def second_drawing(scene: Scene) -> PresentationKey:
    world = scene.world
    key = world.lodge(scene.credit, examiner=CLAIMANT, number=2, amount=AMOUNT)
    scene.document(CLAIMANT, "findComplying", key)
    scene.pay(CLAIMANT, obligation_id(key.id, CLAIMANT, BENEFICIARY))
    scene.document(CLAIMANT, "forward", key, ISSUER, 2, MESSAGE)
    return key


def test_all_claims_stay_within_the_authorisation(world: World) -> None:
    scene = Scene(world, Terms(amount=1_500), changes={"amount": 2 * AMOUNT}).ready()
    scene.claim()
    key = second_drawing(scene)
    assert most_claimable(AMOUNT, 1_500, AMOUNT) == 500
    with reverts("ClaimOutOfBounds", key.id, 501, 500):
        scene.claim(key=key, forwarded_number=2, amount=501)
    with world.aside():
        scene.claim(key=key, forwarded_number=2, amount=500)
        assert scene.record()[1].claimed == 1_500
    # What is refused is free again.
    scene.refuse()
    assert scene.record()[1].claimed == 0
    scene.claim(key=key, forwarded_number=2)
    assert scene.record()[1].claimed == AMOUNT


@pytest.mark.parametrize(
    ("last", "is_open"), [(TODAY - 1, False), (TODAY, True), (TODAY + 1, True)]
)
def test_an_undertaking_expires_as_the_bank_agreed(world: World, last: int, is_open: bool) -> None:
    terms = UNDERTAKING._replace(expiry=last)
    scene = Scene(world, terms).ready()
    # Not before it agreed.
    with world.aside():
        scene.claim()
    scene.undertaken()
    if is_open:
        scene.claim()
        return
    with reverts("AuthorisationExpired", scene.credit, last):
        scene.claim()


def test_a_claim_out_of_hours_on_the_last_day_comes_too_late(world: World) -> None:
    scene = Scene(world, UNDERTAKING._replace(expiry=TODAY)).ready().undertaken()
    scene.at(shanghai("2025-09-01T17:00:00"))
    with world.aside():
        scene.claim()
    scene.at(world.time + 1)
    with reverts("AuthorisationExpired", scene.credit, TODAY):
        scene.claim()


def test_nothing_is_said_to_have_expired_by_a_calendar_that_is_not_published(world: World) -> None:
    scene = Scene(world, UNDERTAKING._replace(expiry=TODAY), reimburser=REMOTE).ready()
    scene.undertaken().at(START + 30 * DAY)
    scene.claim()
    assert scene.state() == C.CLAIMED


# Answers


@pytest.mark.parametrize("reasons", [0, 1 << 10, int(max(ClaimReason)), (1 << 10) - 1])
@pytest.mark.parametrize("undertaken", [False, True])
def test_urr_11_who_undertook_says_why(world: World, undertaken: bool, reasons: int) -> None:
    scene = claimed(world, UNDERTAKING if undertaken else Terms())
    known = int(sum(ClaimReason))
    assert known == (1 << 10) - 1
    if reasons & ~known:
        with reverts("UnknownReasons", reasons, known):
            scene.refuse(reasons=reasons)
    elif undertaken and not reasons:
        with reverts("NoReasonStated", scene.id):
            scene.refuse(reasons=reasons)
    else:
        scene.refuse(reasons=reasons)


def test_a_notice_says_what_becomes_of_the_claim(world: World) -> None:
    scene = claimed(world)
    with reverts("NoClaimDisposal", scene.id):
        scene.send(REIMBURSER, "refuseClaim", scene.id, 1, 0, MESSAGE)


def test_a_corrected_claim_follows_one_that_did_not_conform(world: World) -> None:
    scene = claimed(world)
    first = scene.id
    scene.refuse()
    second = scene.request._replace(number=2, amount=AMOUNT - 1)
    assert scene.send(CLAIMANT, "claim", second).value == second.id
    assert world.view("Reimbursements.lastClaimOf", scene.key.id) == second.id != first
    assert world.view("Reimbursements.claimIdOf", scene.key.id, 2) == second.id
    world.send(desk(REIMBURSER), "Reimbursements.honourClaim", second.id)
    owed = obligation_id(second.id, REIMBURSER, CLAIMANT)
    assert scene.obligation(owed).amount == AMOUNT - 1
    # And no third while the second stands.
    with reverts("ClaimStands", scene.key.id, second.id):
        scene.claim(number=3)


def test_article_13c_the_first_claim_of_two_binds_nobody_once_it_is_over(world: World) -> None:
    scene = claimed(world)
    scene.at(scene.deadline + 1)
    scene.notify()
    with reverts("WrongClaimState", scene.id, C.NON_PAYMENT_NOTIFIED, C.CLAIMED):
        scene.honour()
    assert scene.record()[1].claimed == 0


def test_a_courts_stay_of_the_credit_reaches_what_a_reimbursing_bank_owes(world: World) -> None:
    scene = claimed(world)
    until = world.time + 50 * DAY
    court = world.give_key(1, "court", 1 << 12)
    world.send(court, "LetterOfCredit.stay", scene.credit, until, MESSAGE)
    scene.honour()
    assert scene.obligation(scene.owed).stayedUntil == until
    with reverts("PaymentIsStayed", scene.owed, until):
        scene.pay(REIMBURSER, scene.owed)
    scene.at(until + 1)
    scene.pay(REIMBURSER, scene.owed)
    # What is owed between the banks is not paid under the credit.
    scene.take_recourse()
    assert scene.obligation(scene.recourse).stayedUntil == 0
    assert account("court") == court


# One drawing is reimbursed once


def test_article_13c_who_was_reimbursed_is_not_paid_by_the_issuing_bank_as_well(
    world: World,
) -> None:
    for found_before in (True, False):
        with world.aside():
            scene = Scene(world).ready()
            if found_before:
                scene.found_complying()
            scene.claim()
            scene.honour()
            scene.pay(REIMBURSER, scene.owed)
            if not found_before:
                scene.found_complying()
            assert scene.obligation(scene.direct).state == D.DUE
            with reverts("PaidByCounterpart", scene.direct, scene.owed):
                scene.pay(ISSUER, scene.direct)
            scene.settle(CLAIMANT, scene.direct)
            assert scene.obligation(scene.direct).state == D.SETTLED
            assert world.balance(CLAIMANT) == FUNDS
            assert world.balance(ISSUER) == FUNDS


def test_article_13c_who_was_paid_by_the_issuing_bank_is_not_reimbursed_as_well(
    world: World,
) -> None:
    scene = honoured(world).found_complying()
    scene.pay(ISSUER, scene.direct)
    with reverts("PaidByCounterpart", scene.owed, scene.direct):
        scene.pay(REIMBURSER, scene.owed)
    assert scene.state() == C.HONOURED
    scene.settle(REIMBURSER, scene.owed)
    assert scene.state() == C.PAID
    # It paid nothing, and takes no recourse.
    with reverts("NotReimbursed", scene.id):
        scene.take_recourse()
    assert world.balance(CLAIMANT) == FUNDS


def test_article_13c_who_was_paid_by_the_issuing_bank_claims_nothing(world: World) -> None:
    scene = Scene(world).ready().found_complying()
    scene.pay(ISSUER, scene.direct)
    with reverts("PaidByIssuingBank", scene.direct):
        scene.claim()


def test_article_13c_silence_after_payment_by_the_issuing_bank_raises_no_debt(
    world: World,
) -> None:
    scene = claimed(world, UNDERTAKING).found_complying()
    scene.pay(ISSUER, scene.direct)
    scene.at(scene.deadline + 1)
    with reverts("PaidByIssuingBank", scene.direct):
        scene.hold()


@pytest.mark.parametrize("part", [1, 400, AMOUNT - 1])
def test_article_13c_what_is_claimed_in_part_leaves_the_rest_to_the_issuing_bank(
    world: World, part: int
) -> None:
    scene = Scene(world).ready().found_complying()
    scene.claim(amount=part)
    scene.honour()
    scene.pay(REIMBURSER, scene.owed)
    with reverts("PaidByCounterpart", scene.direct, scene.owed):
        scene.pay(ISSUER, scene.direct)
    scene.settle(ISSUER, scene.direct)
    scene.pay(ISSUER, scene.direct)
    assert world.balance(CLAIMANT) == FUNDS
    assert world.balance(REIMBURSER) == FUNDS - part


def test_proceeds_that_are_assigned_are_not_claimed(world: World) -> None:
    scene = Scene(world).ready().found_complying()
    assign = "PaymentObligations.assignProceeds"
    world.send(desk(CLAIMANT), assign, scene.direct, FRANKFURT, 1, MESSAGE)
    with reverts("AssignedAlready", scene.direct, FRANKFURT):
        scene.claim()


def test_while_a_claim_stands_its_proceeds_are_not_assigned(world: World) -> None:
    scene = honoured(world).found_complying()
    assign = "PaymentObligations.assignProceeds"
    pair = (scene.direct, scene.owed)
    for number, other in (pair, pair[::-1]):
        with reverts("PairedObligation", number, other):
            world.send(desk(CLAIMANT), assign, number, FRANKFURT, 1, MESSAGE)


def test_prepaid_early_it_is_owed_back_on_its_day(world: World) -> None:
    scene = honoured(world, usance=True)
    agree, prepay = "PaymentObligations.agreePrepayment", "PaymentObligations.prepay"
    world.send(desk(CLAIMANT), agree, scene.owed, 990)
    world.send(desk(REIMBURSER), prepay, scene.owed, 990)
    assert scene.state() == C.PAID
    scene.take_recourse()
    record = scene.obligation(scene.recourse)
    assert (record.debtor, record.owner, record.amount) == (ISSUER, REIMBURSER, AMOUNT)
    assert (record.state, record.maturity) == (D.INCURRED, scene.due * DAY)
    assert record.kind == ObligationKind.RECOURSE


def test_recourse_on_the_due_date_is_due_at_once(world: World) -> None:
    scene = honoured(world, usance=True)
    scene.at(scene.due * DAY - 14 * 3_600)
    scene.pay(REIMBURSER, scene.owed)
    scene.take_recourse()
    record = scene.obligation(scene.recourse)
    assert (record.state, record.maturity) == (D.DUE, world.time)
    scene.pay(ISSUER, scene.recourse)
    assert [world.balance(bank) for bank in (ISSUER, REIMBURSER)] == [FUNDS - AMOUNT, FUNDS]


def test_an_attested_reimbursement_is_one(world: World) -> None:
    scene = honoured(world)
    world.send(desk(CLAIMANT), "PaymentObligations.attestPayment", scene.owed, MESSAGE)
    assert scene.state() == C.PAID
    scene.take_recourse()
    assert scene.obligation(scene.recourse).state == D.DUE


# Refund


def test_article_16g_refused_documents_are_paid_back_with_interest(world: World) -> None:
    scene = paid(world).refused()
    scene.claim_refund()
    record = scene.obligation(scene.refund)
    assert (record.debtor, record.owner, record.amount) == (CLAIMANT, ISSUER, AMOUNT)
    assert (record.kind, record.currency) == (ObligationKind.REFUND, 156)
    assert scene.record()[0].charges == CHARGES
    scene.acknowledge(CLAIMANT)
    number = scene.charged(CLAIMANT, ISSUER)
    assert scene.obligation(number)[:3] == (CLAIMANT, ISSUER, CHARGES)
    scene.pay(CLAIMANT, scene.refund)
    scene.pay(CLAIMANT, number)
    assert world.balance(ISSUER) == FUNDS + AMOUNT + CHARGES


@pytest.mark.parametrize("came", ["refused", "asked for back", "back"])
def test_article_16g_wherever_the_refused_documents_are(world: World, came: str) -> None:
    scene = paid(world)
    scene.document(ISSUER, "refuse", scene.onward, 2, int(Disposal.HOLD), MESSAGE)
    if came == "asked for back":
        instruction = int(PresenterInstruction.RETURN)
        scene.document(CLAIMANT, "instruct", scene.onward, instruction, MESSAGE)
    elif came == "back":
        scene.document(ISSUER, "recordReturn", scene.onward, MESSAGE)
    scene.claim_refund()
    assert scene.state() == C.REFUND_DUE


def test_article_16g_documents_taken_up_after_a_refund_are_paid_for(world: World) -> None:
    scene = paid(world)
    scene.document(ISSUER, "refuse", scene.onward, 2, int(Disposal.NOTIFY), MESSAGE)
    scene.claim_refund()
    scene.document(ISSUER, "acceptDiscrepancies", scene.onward, MESSAGE, False)
    with reverts("NotPaired", scene.direct):
        scene.settle(ISSUER, scene.direct)
    scene.pay(ISSUER, scene.direct)
    scene.pay(CLAIMANT, scene.refund)
    assert world.balance(CLAIMANT) == FUNDS


def test_nothing_is_owed_of_interest_that_nobody_attested(world: World) -> None:
    scene = paid(world).refused()
    scene.send(ISSUER, "claimRefund", scene.id, 0, MESSAGE)
    with reverts("NothingAttested", scene.id):
        scene.acknowledge(CLAIMANT)
    with world.aside():
        scene = claimed(world, changes={"reference": b"OTHER".ljust(16, b"\0")})
        scene.refuse()
        scene.notify()
        scene.send(CLAIMANT, "fallBack", scene.id, 0, MESSAGE)
        with reverts("NothingAttested", scene.id):
            scene.acknowledge()


# The issuing bank's duty


def test_article_13c_a_claim_falls_back_on_the_issuing_bank(world: World) -> None:
    """The reimbursing bank is silent to the end; documents are found complying meanwhile."""
    scene = claimed(world).found_complying()
    scene.at(scene.deadline + 1)
    scene.notify()
    scene.fall_back()
    scene.acknowledge()
    scene.pay(ISSUER, scene.direct)
    scene.pay(ISSUER, scene.charged(ISSUER, CLAIMANT))
    assert world.balance(CLAIMANT) == FUNDS + CHARGES


def test_everybody_finishes_while_new_business_pauses(world: World) -> None:
    scene = Scene(world, UNDERTAKING).ready().undertaken()
    world.governed("AllianceRegistry.pauseNewBusiness", world.time + 300 * DAY)
    for member in (ISSUER, CLAIMANT, REIMBURSER):
        world.governed("AllianceRegistry.suspend", member)
    scene.claim()
    scene.at(scene.deadline + 1)
    scene.hold()
    scene.pay(REIMBURSER, scene.owed)
    scene.take_recourse()
    scene.pay(ISSUER, scene.recourse)
    assert [world.balance(bank) for bank in (ISSUER, REIMBURSER, CLAIMANT)] == [
        *(FUNDS - AMOUNT, FUNDS, FUNDS),
    ]


# Records and neighbours


def test_a_claim_is_kept_field_by_field(world: World) -> None:
    scene = claimed(world, usance=True)
    assert scene.record()[0] == (
        scene.credit,
        scene.onward.id,
        CLAIMANT,
        AMOUNT,
        scene.received,
        scene.deadline,
        TODAY + TENOR,
        C.CLAIMED,
        ClaimMark.EARLY,
        0,
        0,
    )
    scene.honour()
    assert scene.record()[0][7:] == (C.HONOURED, ClaimMark.EARLY | ClaimMark.OWED, 0, 0)
    with world.aside():
        noticed = claimed(
            world, Terms(pre_debit_days=1), changes={"reference": b"OTHER".ljust(16, b"\0")}
        )
        noticed.notice()
        assert noticed.record()[0].marks == ClaimMark.NOTICED


def test_what_is_not_there_is_all_zero(world: World) -> None:
    nothing = bytes(32)
    assert world.view("Reimbursements.claimRecord", nothing) == (nothing, nothing, *(0,) * 9)
    assert world.view("Reimbursements.stateOf", nothing) == C.NONE
    found = world.view("Reimbursements.authorisationOf", nothing)
    assert found.state == AuthorisationState.NONE


def test_the_contract_knows_its_neighbours(world: World) -> None:
    for view, name in (
        ("registry", "AllianceRegistry"),
        ("calendar", "BankingCalendar"),
        ("credits", "LetterOfCredit"),
        ("presentations", "Presentations"),
        ("forwardings", "Forwarding"),
        ("obligations", "PaymentObligations"),
    ):
        assert world.view(f"Reimbursements.{view}") == world.addresses[name]

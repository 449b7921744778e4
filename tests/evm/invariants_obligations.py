# SPDX-License-Identifier: Apache-2.0
"""What holds of what banks owe, of cash, and of the ways out."""

from __future__ import annotations

from collections import Counter
from typing import Final

from book import OPEN, Act, D, DebtStory, DocumentStory, P
from credit_model import ceiling_of
from invariants import Scene, asked, latest
from vocabulary import Availability, Disposal, MaturityFrom
from world import DAY, KINDS, treasury

# A day begins first fourteen hours before it does in UTC, and is over last twelve hours after.
FIRST: Final = 14 * 3_600
LAST: Final = DAY + 12 * 3_600
USANCE: Final = (D.INCURRED, D.ACCEPTED)


@asked("act", "I49")
def maturity_is_reckoned_from_its_day(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationIncurred"):
        debt = scene.book.debts[said["obligationId"]]
        documents = scene.book.documents[debt.presentation]
        terms = scene.book.credits[debt.credit].issuance
        if terms.tenor_from == MaturityFrom.NONE:
            assert debt.maturity == act.time
            continue
        shipped = documents.lodging.shipped
        if terms.tenor_from == MaturityFrom.FIXED_DATE:
            day = terms.tenor
        elif terms.tenor_from == MaturityFrom.SHIPMENT and shipped:
            day = shipped + terms.tenor
        else:
            day = sight_day(scene, documents, act.time) + terms.tenor
        assert debt.maturity == day * DAY


def sight_day(scene: Scene, story: DocumentStory, time: int) -> int:
    """Receipt, at the first bank that honoured; after a refusal the day of taking up."""
    if story.decisions[-1][2] == P.REFUSED:
        return scene.clock(story.key.examiner, time)[0] or time // DAY
    while story.honoured and story.source is not None:
        story = scene.book.documents[story.source]
    # A calendar published since the decision fixes nothing.
    clock = scene.clock(story.key.examiner, story.received, accepted=story.accepted)
    known = clock[0] if story.deadline else 0
    return known or story.received // DAY


@asked("debt", "I50")
def no_obligation_is_erased_or_changed(scene: Scene, number: bytes, story: DebtStory) -> None:
    found = scene.facts.obligation(number)
    assert (found.debtor, found.owner) == (story.debtor, story.owner)
    assert (found.amount, found.currency) == (story.amount, story.currency)
    assert (found.maturity, found.kind) == (story.maturity, story.kind)


def nonzero(sums: Counter[tuple[int, int]]) -> dict[tuple[int, int], int]:
    return {who: amount for who, amount in sums.items() if amount}


@asked("all", "I51")
def a_bank_owes_what_arose_and_was_not_settled(scene: Scene) -> None:
    sums: Counter[tuple[int, int]] = Counter()
    for number in scene.book.debts:
        found = scene.facts.obligation(number)
        if found.state in OPEN:
            sums[found.debtor, found.currency] += found.amount
    assert nonzero(sums) == nonzero(scene.book.owed_by)


@asked("all", "I52")
def a_creditor_is_owed_what_is_its_own(scene: Scene) -> None:
    sums: Counter[tuple[int, int]] = Counter()
    for number in scene.book.debts:
        found = scene.facts.obligation(number)
        if found.state in OPEN:
            assignee, assigned = scene.facts.assignment(number)
            sums[found.owner, found.currency] += found.amount - assigned
            sums[assignee, found.currency] += assigned
    assert nonzero(sums) == nonzero(scene.book.owed_to)


@asked("all", "I53")
def cash_is_neither_made_nor_lost(scene: Scene) -> None:
    for currency, minted in scene.book.minted.items():
        held = sum(scene.facts.balance(member, currency) for member in KINDS)
        assert held == scene.facts.supply(currency) == minted


@asked("all", "I54")
def a_member_holds_what_payments_left_it(scene: Scene) -> None:
    for currency in scene.book.minted:
        for member in KINDS:
            assert scene.facts.balance(member, currency) == scene.book.held[member, currency]


@asked("debt", "I55")
def what_is_owed_is_settled_once(scene: Scene, number: bytes, story: DebtStory) -> None:
    assert len(story.ended) <= 1
    state = scene.facts.obligation(number).state
    assert state == (story.ended[-1][0] if story.ended else story.state)


@asked("act", "I56")
def what_is_assigned_goes_to_the_assignee(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationPaid") + act.told("ObligationPrepaid"):
        story = scene.book.debts[said["obligationId"]]
        amount = said.get("amount", said.get("proceeds"))
        assert amount is not None
        moved = {(each["from"], each["to"]): each["value"] for each in act.told("Transfer")}
        parts = scene.book.paid[said["obligationId"]]
        due = {(treasury(story.debtor), treasury(who)): part for who, part in parts.items()}
        assert moved == due
        told = {each["assignee"]: each["amount"] for each in act.told("ProceedsPaid")}
        assignees = {who: part for who, part in parts.items() if who != said["owner"]}
        assert told == assignees
        assert sum(parts.values()) <= amount


@asked("debt", "I57")
def proceeds_are_assigned_once_and_within_what_is_owed(
    scene: Scene, number: bytes, story: DebtStory
) -> None:
    assert len(story.assignments) <= 1
    for assignee, amount in story.assignments:
        assert assignee != story.owner
        assert 0 < amount <= story.amount
    assert scene.facts.assignment(number) == (story.assignee, story.assigned)


@asked("act", "I58")
def prepayment_is_agreed_and_before_maturity(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationPrepaid"):
        story, proceeds = scene.book.debts[said["obligationId"]], said["proceeds"]
        assert story.state in USANCE
        assert max(1, story.assigned) <= proceeds == story.agreed <= story.amount
        assert act.time < story.maturity - FIRST
        # What follows an unpaid obligation goes to the creditor of that.
        assert said["obligationId"] not in scene.book.follows


@asked("act", "I59")
def usance_is_not_paid_before_its_day(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationPaid"):
        story = scene.book.debts[said["obligationId"]]
        assert story.state not in USANCE or act.time >= story.maturity - FIRST


@asked("act", "I60")
def only_the_debtors_act_moves_its_cash(scene: Scene, act: Act) -> None:
    paid = act.told("ObligationPaid") + act.told("ObligationPrepaid")
    assert len(paid) <= 1
    if not act.function.endswith(".mint"):
        assert bool(paid) == bool(act.told("Transfer"))
    for said in paid:
        assert said["debtor"] == act.member == scene.book.debts[said["obligationId"]].debtor


@asked("debt", "I61")
def recourse_is_a_nominated_banks_that_did_not_confirm(
    scene: Scene, number: bytes, story: DebtStory
) -> None:
    assert scene.facts.obligation(number).recourse == story.recourse
    if story.recourse:
        assert story.state == D.NEGOTIATED
        documents = scene.book.documents[story.presentation]
        assert scene.book.credits[story.credit].bank != documents.key.examiner


@asked("act", "I62")
def a_bank_undertakes_what_the_credit_is_available_by(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationIncurred"):
        debt = scene.book.debts[said["obligationId"]]
        credit = scene.book.credits[debt.credit]
        terms, bank = credit.issuance, debt.debtor
        there = terms.any_bank or terms.nominated_bank in (0, bank)
        negotiates = bank != credit.bank and (there or not credit.confirms(bank))
        plain = D.DUE if terms.tenor_from == MaturityFrom.NONE else D.INCURRED
        undertakings = {
            Availability.SIGHT_PAYMENT: D.DUE,
            Availability.DEFERRED_PAYMENT: D.INCURRED,
            Availability.ACCEPTANCE: D.ACCEPTED,
            Availability.NEGOTIATION: D.NEGOTIATED if negotiates else plain,
        }
        assert debt.state == undertakings[Availability(terms.availability)]
        if act.told("RecourseReserved"):
            assert negotiates
            assert not credit.confirms(bank)


@asked("debt", "I63")
def an_obligation_is_overdue_or_stayed_by_time(
    scene: Scene, number: bytes, story: DebtStory
) -> None:
    state = story.ended[-1][0] if story.ended else story.state
    if story.is_open and scene.time <= story.stayed_until:
        state = D.STAYED
    elif story.is_open and scene.time >= story.maturity // DAY * DAY + LAST:
        state = D.OVERDUE
    assert scene.facts.obligation_state(number) == state


@asked("way out", "I64")
def whoever_is_owed_can_be_satisfied(scene: Scene) -> None:
    for number, story in latest(scene.book.debts, 6):
        if not story.is_open:
            continue
        creditor = next(iter(scene.book.due(number, story.amount)))
        attested = scene.facts.tried(
            creditor, "PaymentObligations.attestPayment", number, b"\1" * 32
        )
        assert attested is None
        matured = story.state not in USANCE or scene.time >= story.maturity - FIRST
        held = scene.book.held[story.debtor, story.currency]
        if matured and scene.time > story.stayed_until and held >= story.amount:
            # A bank behind that paid has borne it.
            borne = scene.book.paid_instead(number)
            pay = "settleByCounterpart" if borne else "pay"
            function = f"PaymentObligations.{pay}"
            assert scene.facts.tried(story.debtor, function, number) is None


@asked("way out", "I65")
def documents_find_a_decision(scene: Scene) -> None:
    for _, story in latest(scene.book.documents, 24):
        key, credit = story.key, scene.book.credits[story.key.credit]
        if story.state != P.LODGED or not story.bound:
            continue
        if not story.is_over(scene.time):
            args = (key, 2, int(Disposal.HOLD), b"\1" * 32)
            assert scene.facts.tried(key.examiner, "Presentations.refuse", *args) is None
        else:
            terms = credit.undertaking(key.examiner)
            left = ceiling_of(terms) - scene.facts.credit(key.credit).drawn
            if story.honoured or (left > 0 and story.lodging.amount):
                claim = "Presentations.claimPrecluded"
                assert scene.facts.tried(story.payee, claim, key) is None


@asked("act", "I66")
def no_act_passes_in_silence(scene: Scene, act: Act) -> None:
    assert act.events

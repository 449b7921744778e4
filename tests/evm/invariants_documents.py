# SPDX-License-Identifier: Apache-2.0
"""What holds of documents and of the banks that examine them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book import DECIDED, Act, CreditStory, DocumentStory, P
from credit_model import ceiling_of, tolerance_of
from invariants import Scene, asked
from model_documents import comes_late
from vocabulary import Disposal, Flag, Mark, ObligationKind, Switch
from world import FORWARDER, KINDS, obligation_id

from yangshan.credit.amounts import least_drawing

if TYPE_CHECKING:
    from world import PresentationKey

BACK = (P.RETURN_DUE, P.RETURNED)


@asked("refusal", "I30")
def documents_are_always_taken_in(scene: Scene, act: Act) -> None:
    if act.function == "Presentations.lodge":
        assert act.error is not None
        named = {"NotPresenter", "NoMandate", "BankNotPermitted", "PresentationExists"}
        assert act.error.name in named | {"UnknownCredit"}


@asked("documents", "I31")
def who_may_presents(scene: Scene, key: PresentationKey, story: DocumentStory) -> None:
    credit = scene.book.credits[key.credit]
    beneficiary = credit.issuance.beneficiary
    assert story.lodged == 1
    if story.source is None:
        assert story.lodged_by == key.presenter
        assert key.presenter == beneficiary or key.presenter in credit.mandates
        own = story.lodging.pay_presenter or not beneficiary
        assert story.payee == (key.presenter if own else beneficiary)
    elif story.turned:
        assert story.lodged_by == key.presenter == story.payee
    else:
        assert story.lodged_by == key.presenter == scene.book.documents[story.source].key.examiner
    assert scene.facts.presentation(key).payee == story.payee


@asked("documents", "I32")
def a_deadline_is_the_close_of_the_fifth_banking_day(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    if story.deadline:
        clock = scene.clock(key.examiner, story.received, accepted=story.accepted)
        assert story.deadline == clock[2]


@asked("documents", "I33")
def a_deadline_never_moves(scene: Scene, key: PresentationKey, story: DocumentStory) -> None:
    found = scene.facts.presentation(key)
    assert (found.deadline, found.received) == (story.deadline, story.received)
    assert story.fixed <= 1
    # Its bank alone brings it forward, and once: by taking in what came out of hours.
    assert story.deadlines == sorted(story.deadlines, reverse=True)
    assert len(set(story.deadlines)) <= 1 + story.accepted


def flags_of(scene: Scene, story: DocumentStory, drawn: int) -> int:
    """What the chain sees of documents by the terms in force now, with so much drawn."""
    key, amount = story.key, story.lodging.amount
    terms = scene.book.credits[key.credit].undertaking(key.examiner)
    flags = Flag(0) if story.in_force else Flag.NOT_IN_FORCE
    if story.source is not None:
        flags |= story.flags & Flag.LATE
    else:
        receipt = scene.clock(key.examiner, story.received, accepted=story.accepted)[0]
        calendar = scene.calendars[KINDS[key.examiner][1]]
        if comes_late(terms, calendar, story.lodging.shipped, receipt):
            flags |= Flag.LATE
    left = max(0, ceiling_of(terms) - drawn)
    if drawn > ceiling_of(terms) if story.honoured else amount > left:
        flags |= Flag.OVERDRAWN
    least = least_drawing(
        terms.amount,
        tolerance_of(terms),
        partial_drawings_allowed=not terms.partial_forbidden,
        five_percent_less=not terms.switches & Switch.NO_FIVE_PERCENT_LESS,
    )
    if not amount or amount < least:
        flags |= Flag.SHORT
    return int(flags)


@asked("act", "I34")
def what_the_chain_sees_is_so(scene: Scene, act: Act) -> None:
    if act.function == "Presentations.lodge":
        for said in act.told("DocumentsLodged"):
            story = scene.book.documents[said["presentationId"]]
            drawn = scene.facts.credit(story.key.credit).drawn
            assert story.flags == flags_of(scene, story, drawn)


@asked("act", "I35")
def what_cannot_comply_is_not_found_complying(scene: Scene, act: Act) -> None:
    for said in act.told("FoundComplying"):
        story = scene.book.documents[said["presentationId"]]
        if act.told("AmendmentAccepted"):
            counts = 0 if story.honoured else said["amount"]
            drawn = scene.facts.credit(story.key.credit).drawn - counts
            assert flags_of(scene, story, drawn) == 0
        else:
            assert story.flags == 0


@asked("documents", "I36")
def there_is_one_notice_of_refusal(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    assert len(story.refusals) <= 1
    assert all(0 < discrepancies < 1 << 25 for _, discrepancies, _ in story.refusals)
    assert scene.facts.presentation(key).disposal == story.disposal


@asked("documents", "I37")
def nobody_refuses_after_the_deadline(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    assert not any(story.is_over(time) for time, *_ in story.refusals)


@asked("documents", "I38")
def silence_precludes(scene: Scene, key: PresentationKey, story: DocumentStory) -> None:
    for state, time, before in story.decisions:
        if before == P.LODGED and state != P.CLAIMED:
            assert not (story.bound and story.is_over(time))
    is_silent = story.state == P.LODGED and story.is_over(scene.time)
    precluded = scene.facts.presentation_state(key) == P.PRECLUDED
    assert precluded == (is_silent and story.bound)


@asked("documents", "I39")
def who_is_not_bound_is_never_precluded(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    for state, time, before in story.decisions:
        if state == P.CLAIMED:
            assert before == P.LODGED
            assert story.bound
            assert story.is_over(time)
    unbound = bool(scene.facts.presentation(key).marks & Mark.UNBOUND)
    assert unbound != story.bound


@asked("documents", "I40")
def a_disposal_is_open_to_its_bank(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    for _, _, disposal in story.refusals:
        assert disposal != Disposal.NONE
        if disposal == Disposal.NOTIFY:
            assert key.examiner == scene.book.credits[key.credit].bank
        if disposal == Disposal.PREVIOUS_INSTRUCTIONS:
            assert story.instructed


@asked("documents", "I41")
def refused_documents_are_taken_up_with_leave(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    for state, _, before in story.decisions:
        assert before in (P.LODGED, P.REFUSED)
        if before == P.REFUSED:
            assert state == P.WAIVED
            assert story.disposal != Disposal.RETURN
            assert story.disposal == Disposal.NOTIFY or story.take_up


@asked("documents", "I42")
def documents_stand_as_they_were_treated(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    assert scene.facts.presentation(key).state == story.state
    assert story.returned <= 1
    # What came back from the bank behind goes back too.
    assert not story.returned or story.refusals or story.sent_on


@asked("documents", "I43")
def a_decision_is_one_obligation(scene: Scene, key: PresentationKey, story: DocumentStory) -> None:
    assert len(story.decisions) == len(story.debts) <= 1
    is_decided = scene.facts.presentation(key).state in DECIDED
    assert is_decided == bool(story.debts)
    for number in story.debts:
        assert number == obligation_id(key.id, key.examiner, story.payee)
        found = scene.facts.obligation(number)
        assert (found.debtor, found.owner) == (key.examiner, story.payee)


@asked("act", "I44")
def what_is_owed_is_what_was_demanded_or_left(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationIncurred"):
        debt = scene.book.debts[said["obligationId"]]
        documents = scene.book.documents[debt.presentation]
        demanded = documents.lodging.amount
        left = demanded
        if debt.counts:
            terms = scene.book.credits[debt.credit].undertaking(debt.debtor)
            drawn = scene.facts.credit(debt.credit).drawn - debt.amount
            left = max(0, ceiling_of(terms) - drawn)
        whole = debt.kind == ObligationKind.COMPLYING
        assert 0 < debt.amount == (demanded if whole else min(demanded, left))


@asked("documents", "I45")
def what_was_honoured_is_counted_once(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    found = scene.facts.presentation(key)
    assert bool(found.marks & Mark.COUNTED) == story.honoured
    if story.source is not None:
        before = scene.book.documents[story.source]
        assert story.honoured == bool(before.decisions)
        if story.honoured:
            assert story.payee == (key.presenter if story.turned else before.key.examiner)
            assert found.amount == scene.book.debts[before.debts[0]].amount
        else:
            assert (story.payee, found.amount) == (before.payee, before.lodging.amount)


@asked("documents", "I46")
def documents_are_in_one_place(scene: Scene, key: PresentationKey, story: DocumentStory) -> None:
    credit = scene.book.credits[key.credit]
    for each in story.forwardings:
        assert each.before is None or each.stood in BACK
        to = scene.book.documents[each.to].key
        assert key.examiner not in (credit.bank, to.examiner)
        assert credit.binds(to.examiner)
    last = story.forwardings[-1].to if story.forwardings else bytes(32)
    assert scene.facts.onward(key) == last


@asked("act", "I47")
def documents_are_judged_on_a_version(scene: Scene, act: Act) -> None:
    for said in act.told("FoundComplying") + act.told("DiscrepanciesAccepted"):
        credit = scene.book.credits[said["creditId"]]
        assert said["version"] == credit.version(said["examiner"])


@asked("credit", "I48")
def a_mandate_is_the_beneficiarys_and_stays(
    scene: Scene, number: bytes, story: CreditStory
) -> None:
    assert all(giver == story.principal for giver in story.mandates.values())
    for member in {FORWARDER, *story.mandates}:
        assert scene.facts.mandate(number, member) == (member in story.mandates)

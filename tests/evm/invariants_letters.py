# SPDX-License-Identifier: Apache-2.0
"""What holds of credits, their amendments and their stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from book import Act, C, CreditStory, DebtStory
from credit_model import LONGEST_STAY, ceiling_of
from invariants import Scene, asked, latest
from vocabulary import AmendmentState
from world import DAY, credit_id

if TYPE_CHECKING:
    from world import Issuance

A = AmendmentState
# No bank is closed for so many days.
LONG: Final = 20


@asked("credit", "I01")
def drawn_is_what_arose(scene: Scene, number: bytes, story: CreditStory) -> None:
    debts = [scene.book.debts[each] for each in story.debts]
    assert scene.facts.credit(number).drawn == sum(each.amount for each in debts if each.counts)


@asked("act", "I02")
def no_bank_undertakes_beyond_its_terms(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationIncurred"):
        story = scene.book.debts[said["obligationId"]]
        if story.counts:
            drawn = scene.facts.credit(story.credit).drawn
            terms = scene.book.credits[story.credit].undertaking(story.debtor)
            assert drawn <= ceiling_of(terms)


@asked("act", "I03")
def a_decrease_leaves_what_is_drawn(scene: Scene, act: Act) -> None:
    for said in act.told("AmendmentAccepted"):
        story, version = scene.book.credits[said["creditId"]], said["version"]
        after, before = (ceiling_of(story.terms(n)) for n in (version, version - 1))
        drawn = scene.facts.credit(said["creditId"]).drawn
        for owed in act.told("ObligationIncurred"):
            drawn -= owed["amount"] * scene.book.debts[owed["obligationId"]].counts
        assert after >= min(before, drawn)
        assert story.terms(version).amount


@asked("credit", "I04")
def amendments_are_counted(scene: Scene, number: bytes, story: CreditStory) -> None:
    found = scene.facts.credit(number)
    assert (found.amendments, found.version) == (len(story.numbers), len(story.accepted))


@asked("credit", "I05")
def the_terms_can_be_walked(scene: Scene, number: bytes, story: CreditStory) -> None:
    assert scene.facts.credit(number).issuance.terms == story.terms().terms


def numbers_of(terms: Issuance) -> tuple[int, ...]:
    """What an amendment may change."""
    return (
        terms.amount,
        terms.expiry,
        terms.latest_shipment,
        terms.presentation_period,
        terms.plus_tolerance,
        terms.minus_tolerance,
    )


@asked("credit", "I06")
def accepted_amendments_alone_change_the_numbers(
    scene: Scene, number: bytes, story: CreditStory
) -> None:
    assert numbers_of(scene.facts.credit(number).issuance) == numbers_of(story.terms())


@asked("credit", "I07")
def what_no_amendment_changes_stays(scene: Scene, number: bytes, story: CreditStory) -> None:
    found = scene.facts.credit(number).issuance
    kept = found._replace(reference=story.issuance.reference)
    for name in ("amount", "expiry", "latest_shipment", "presentation_period", "terms"):
        kept = kept._replace(**{name: getattr(story.issuance, name)})
    for name in ("plus_tolerance", "minus_tolerance"):
        kept = kept._replace(**{name: getattr(story.issuance, name)})
    assert kept == story.issuance._replace(confirming_bank=story.named)


@asked("credit", "I08")
def a_confirming_bank_is_bound_by_what_it_followed(
    scene: Scene, number: bytes, story: CreditStory
) -> None:
    found = scene.facts.undertaking(number, story.named).issuance
    assert numbers_of(found) == numbers_of(story.undertaking(story.named))


@asked("credit", "I09")
def a_confirming_banks_terms_can_be_walked(scene: Scene, number: bytes, story: CreditStory) -> None:
    found = scene.facts.undertaking(number, story.named)
    assert found.issuance.terms == story.undertaking(story.named).terms
    assert found.version == story.version(story.named)


@asked("credit", "I10")
def a_bank_that_fell_behind_is_marked(scene: Scene, number: bytes, story: CreditStory) -> None:
    assert scene.facts.credit(number).diverged == story.diverged


@asked("credit", "I11")
def a_credit_goes_forward_alone(scene: Scene, number: bytes, story: CreditStory) -> None:
    assert story.issued <= 1
    assert story.cancelled <= 1
    assert scene.facts.credit(number).state == story.state


def consented(story: CreditStory, place: int) -> bool:
    """Whether all whose consent counts have agreed to a cancellation."""
    agreed = set(story.amendments[place].agreed)
    return agreed >= ({True, False} if story.confirmed else {True})


@asked("credit", "I12")
def a_cancellation_takes_every_consent(scene: Scene, number: bytes, story: CreditStory) -> None:
    is_cancelled = scene.facts.credit(number).state == C.CANCELLED
    assert is_cancelled == any(consented(story, place) for place in story.amendments)


@asked("credit", "I13")
def a_cancelled_credit_stands_still(scene: Scene, number: bytes, story: CreditStory) -> None:
    if story.cancelled:
        found = scene.facts.credit(number)
        last = (found.amendments, found.version, found.confirmed, found.issuance)
        story.last = story.last or last
        assert last == story.last
        # Drawn is what was lodged before.
        debts = [scene.book.debts[each] for each in story.debts]
        assert all(scene.book.documents[each.presentation].in_force for each in debts)


@asked("credit", "I14")
def a_bank_confirms_by_itself_and_once(scene: Scene, number: bytes, story: CreditStory) -> None:
    assert len(story.confirmed) <= 1
    assert all(bank == named != story.bank for bank, named in story.confirmed)
    assert scene.facts.credit(number).confirmed == bool(story.confirmed)


@asked("credit", "I15")
def advice_keeps_its_order(scene: Scene, number: bytes, story: CreditStory) -> None:
    first, second = story.issuance.advising_bank, story.issuance.second_advising_bank
    turns = [first, second] if second != first else [first]
    assert story.advised == turns[: len(story.advised)]
    found = scene.facts.credit(number)
    assert (found.advised, found.secondAdvised) == (
        first in story.advised,
        second in story.advised[1:],
    )
    assert found.adviceDeclined == (first in story.advice_declined)


@asked("credit", "I16")
def time_alone_ends_a_credit_and_not_early(scene: Scene, number: bytes, story: CreditStory) -> None:
    state, terms = scene.facts.credit_state(number), story.terms()
    bank = story.bank if terms.any_bank else terms.nominated_bank or story.bank
    # Without published days nobody can tell.
    receipt = scene.clock(bank, scene.time, 1)[0]
    long_over = scene.time > (terms.expiry + LONG) * DAY and receipt
    if state == C.EXPIRED:
        assert story.state == C.ISSUED
        # What is received now is received after the last day.
        assert receipt > terms.expiry
    else:
        assert state == story.state
        assert not (state == C.ISSUED and long_over)


@asked("credit", "I17")
def a_reference_is_used_once(scene: Scene, number: bytes, story: CreditStory) -> None:
    assert story.begun == 1
    assert number == credit_id(story.bank, story.issuance.reference)


@asked("act", "I18")
def who_is_out_of_standing_takes_no_new_business(scene: Scene, act: Act) -> None:
    bound = [
        *((said, "issuingBank") for said in act.told("CreditPreAdvised")),
        *((said, "confirmingBank") for said in act.told("CreditConfirmed")),
        *((said, "confirmingBank") for said in act.told("ConfirmationRequested")),
    ]
    if act.function != "LetterOfCredit.issuePreAdvised":
        bound += [(said, "issuingBank") for said in act.told("CreditIssued")]
    assert not scene.book.suspended & {said[name] for said, name in bound}
    for said in act.told("AmendmentIssued"):
        amendment = said["amendment"]
        terms = scene.book.credits[said["creditId"]].terms()
        wider = amendment.increase or amendment.expiry > terms.expiry
        assert not (wider and act.member in scene.book.suspended and not amendment.setsTolerance)


@asked("credit", "I19")
def a_pre_advice_binds(scene: Scene, number: bytes, story: CreditStory) -> None:
    said, terms = story.pre_advice, story.issuance
    if said is not None:
        for name in ("beneficiary", "advising_bank", "currency", "availability"):
            assert getattr(terms, name) == getattr(said, name), name
        assert terms.amount >= said.amount
        assert terms.expiry >= said.expiry


# Amendments


@asked("credit", "I20")
def an_amendment_is_what_was_said_to_it(scene: Scene, number: bytes, story: CreditStory) -> None:
    for place, each in story.amendments.items():
        answers = len(each.accepted) + len(each.rejected)
        agreed = each.agreed.count(True)
        assert answers + agreed <= 1
        state = A.LAPSED if story.cancelled else A.PENDING
        if each.accepted or agreed:
            state = A.ACCEPTED
        elif each.rejected:
            state = A.REJECTED
        assert scene.facts.amendment(number, place).state == state


@asked("act", "I21")
def the_beneficiary_alone_answers(scene: Scene, act: Act) -> None:
    answers = [
        *((said, "acceptedBy") for said in act.told("AmendmentAccepted")),
        *((said, "rejectedBy") for said in act.told("AmendmentRejected")),
        *((said, "agreedBy") for said in act.told("CancellationAgreed")),
    ]
    for said, name in answers:
        story = scene.book.credits[said["creditId"]]
        who = said[name]
        if act.function == "LetterOfCredit.extendConfirmation":
            assert story.confirms(who)
        elif who:
            assert who == act.member == story.principal
            assert story.issuance.beneficiary or any(said["mandate"])
        else:
            assert act.told("FoundComplying")


@asked("act", "I22")
def no_presentation_cancels(scene: Scene, act: Act) -> None:
    for said in act.told("AmendmentAccepted"):
        story = scene.book.credits[said["creditId"]]
        assert not story.amendments[said["number"]].amendment.cancels
    if not act.function.startswith("LetterOfCredit."):
        assert not act.told("CancellationAgreed")


@asked("credit", "I23")
def an_amendment_stays_as_issued(scene: Scene, number: bytes, story: CreditStory) -> None:
    assert story.numbers == list(range(1, len(story.numbers) + 1))
    for place, each in story.amendments.items():
        assert scene.facts.amendment(number, place).amendment == each.amendment


@asked("credit", "I24")
def a_version_is_one_amendments(scene: Scene, number: bytes, story: CreditStory) -> None:
    made = {place: version for version, place in enumerate(story.accepted, 1)}
    for place in story.amendments:
        assert scene.facts.amendment(number, place).version == made.get(place, 0)


@asked("credit", "I25")
def a_confirmation_is_extended_by_its_bank(scene: Scene, number: bytes, story: CreditStory) -> None:
    for place, each in story.amendments.items():
        assert all(story.confirms(who or 0) for who in each.extended_by)
        found = scene.facts.amendment(number, place)
        assert found.extended == each.covered
        assert found.extensionDeclined == each.declined


@asked("way out", "I26")
def a_pending_amendment_can_be_answered(scene: Scene) -> None:
    for number, story in latest(scene.book.credits, 4):
        if story.state in (C.ISSUED, C.PRE_ADVISED) and story.principal:
            for place, each in story.amendments.items():
                if not (each.accepted or each.rejected or each.agreed):
                    args = (number, place, b"\1" * 32)
                    answer = "LetterOfCredit.rejectAmendment"
                    assert scene.facts.tried(story.principal, answer, *args) is None
                    break


# Stays


@asked("credit", "I27")
def a_stay_is_a_courts_and_ends(scene: Scene, number: bytes, story: CreditStory) -> None:
    if story.stay is None:
        assert scene.facts.stay(number) == 0
    else:
        until, authority, since = story.stay
        assert scene.facts.stay(number) == until
        assert since < until <= since + LONGEST_STAY
        assert authority not in story.parties


@asked("act", "I28")
def nothing_is_paid_while_stayed(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationPaid") + act.told("ObligationPrepaid"):
        assert act.time > scene.book.debts[said["obligationId"]].stayed_until


@asked("debt", "I29")
def an_obligation_keeps_its_stay(scene: Scene, number: bytes, story: DebtStory) -> None:
    assert scene.facts.obligation(number).stayedUntil == story.stayed_until
    assert story.stayed_by not in {story.debtor, story.owner}

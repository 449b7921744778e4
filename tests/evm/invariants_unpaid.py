# SPDX-License-Identifier: Apache-2.0
"""What holds where a bank does not pay, out of hours, and where no credit is in force."""

from __future__ import annotations

from book import Act, D, DebtStory, DocumentStory, P
from credit_model import loses
from invariants import Scene, asked
from invariants_documents import flags_of
from invariants_obligations import LAST
from vocabulary import Flag, Mark
from world import DAY, PresentationKey


@asked("debt", "I67")
def who_is_to_be_paid_is_told(scene: Scene, number: bytes, story: DebtStory) -> None:
    assert scene.facts.current_creditor(number) == scene.book.creditor(number)
    followed, follows = scene.book.followed.get(number), scene.book.follows.get(number)
    empty = bytes(32)
    assert scene.facts.followed_by(number) == (followed or empty)
    assert scene.facts.follows(number) == (follows or empty)


def chain_of(scene: Scene, number: bytes) -> list[DebtStory]:
    """What the banks owe that stand behind one another for a drawing, the first first."""
    book = scene.book
    while number in book.follows:
        number = book.follows[number]
    chain = [number]
    while number in book.followed:
        number = book.followed[number]
        chain.append(number)
    return [book.debts[each] for each in chain if each in book.debts]


@asked("act", "I68")
def nobody_is_paid_twice_and_no_bank_pays_twice(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationPaid") + act.told("ObligationPrepaid"):
        story = scene.book.debts[said["obligationId"]]
        chain = chain_of(scene, said["obligationId"])
        assert len(chain) <= 3
        for other in chain:
            if other is not story and other.is_paid:
                assert other.debtor != story.debtor
                assert other.satisfied != story.satisfied


@asked("act", "I69")
def a_bank_is_released_by_one_behind_it_that_paid(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationSettled"):
        number = said["obligationId"]
        story = scene.book.debts[number]
        assert act.member in (story.debtor, story.owner)
        paid = scene.book.paid_instead(number)
        assert said["counterpart"] == paid
        assert scene.book.debts[paid].amount == story.amount == said["amount"]


@asked("act", "I70")
def who_is_owed_turns_from_a_bank_in_default(scene: Scene, act: Act) -> None:
    for said in act.told("ObligationFollowed"):
        story = scene.book.debts[said["unpaid"]]
        assert story.is_open
        assert act.time >= story.maturity // DAY * DAY + LAST
        assert act.time > story.stayed_until
        assert said["creditor"] == act.member == scene.book.creditor(said["unpaid"])
        later = scene.book.debts.get(said["later"])
        assert later is None or later.is_open


@asked("act", "I71")
def what_came_out_of_hours_is_taken_in_on_the_day(scene: Scene, act: Act) -> None:
    for said in act.told("AcceptedOutOfHours"):
        story = scene.book.documents[said["presentationId"]]
        key = story.key
        assert act.member == key.examiner
        plain = scene.clock(key.examiner, story.received)[0]
        receipt = scene.clock(key.examiner, story.received, accepted=True)[0]
        assert said["receiptDay"] == receipt != plain
        assert act.time <= said["deadline"]
        late = flags_of(scene, story, 0) & Flag.LATE
        assert story.flags & Flag.LATE == late


@asked("documents", "I72")
def what_is_on_record_of_hours_and_names_stays(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    assert scene.facts.accepted_out_of_hours(key) is story.accepted
    assert scene.facts.named(key) == story.named


@asked("act", "I73")
def no_presentation_takes_rights_away_unnamed(scene: Scene, act: Act) -> None:
    for said in act.told("AmendmentAccepted"):
        if said["acceptedBy"]:
            continue
        credit = scene.book.credits[said["creditId"]]
        before, after = (credit.terms(said["version"] - back) for back in (1, 0))
        for found in act.told("FoundComplying"):
            if scene.book.documents[found["presentationId"]].named >> said["number"] & 1:
                continue
            # What also gives may be what the documents need.
            assert not loses(before, after) or loses(after, before)


@asked("documents", "I74")
def where_no_credit_is_in_force_nobody_is_bound(
    scene: Scene, key: PresentationKey, story: DocumentStory
) -> None:
    found = scene.facts.presentation(key)
    assert bool(found.flags & Flag.NOT_IN_FORCE) != story.in_force
    if not story.in_force:
        assert not story.decisions
        assert found.marks & Mark.UNBOUND
        assert scene.facts.presentation_state(key) != P.PRECLUDED


@asked("act", "I75")
def nothing_is_assigned_while_two_banks_owe(scene: Scene, act: Act) -> None:
    for said in act.told("ProceedsAssigned"):
        number = said["obligationId"]
        assert scene.book.debts[number].state in (D.DUE, D.INCURRED, D.ACCEPTED, D.NEGOTIATED)
        assert number not in scene.book.followed
        assert number not in scene.book.follows

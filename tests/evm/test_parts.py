# SPDX-License-Identifier: Apache-2.0
"""Parts of a transferred credit: what they copy, reduce, take, pay and give back (art. 38)."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from eth_utils import keccak
from schedules import red_clause
from suite import event
from transfers import (
    AMOUNT,
    BUYER,
    CREDIT,
    EXPIRY,
    FIRST,
    PART,
    PART_TERMS,
    SECOND,
    SHARE,
    TERMS,
    TEXT,
    TRANSFERRING,
    TransferRequest,
    Transfers,
    told,
)
from vocabulary import (
    AmendmentState,
    Availability,
    CreditState,
    Disposal,
    Flag,
    Mark,
    MaturityFrom,
    ObligationKind,
    ObligationState,
    PresentationState,
    PresenterInstruction,
    Switch,
    TransferredTerm,
    TransferState,
)
from world import (
    ADVISER,
    AUTHORITY,
    CASH,
    CENTRAL,
    CUSTOMS,
    DAY,
    ISSUER,
    MEMBERS,
    OTHER,
    REMOTE,
    START,
    Amendment,
    Issuance,
    PresentationKey,
    World,
    desk,
    obligation_id,
    reverts,
)

from yangshan.credit.transfers import (
    Reduction,
    insurance_percentage,
    left_for_differences,
    permitted_reductions,
    printed_percentage,
)

T, C, P, A = TransferState, CreditState, PresentationState, AmendmentState
Term = TransferredTerm
NOTHING = bytes(32)
MOST = 2**64 - 1
CONFIRMED = TERMS._replace(confirming_bank=TRANSFERRING)
BY_OTHER = TERMS._replace(confirming_bank=OTHER)


def transferred(world: World, terms: Any = TERMS, **changes: Any) -> Transfers:
    scene = Transfers(world, terms)
    return scene.transferred(**changes)


def shown(scene: Transfers, part: bytes) -> Any:
    return scene.view("LetterOfCredit.credit", part)


def terms_of(scene: Transfers, part: bytes) -> Issuance:
    return Issuance(*shown(scene, part).issuance)


# 38(g): what a part copies


@pytest.mark.parametrize(
    "terms",
    [
        TERMS,
        CONFIRMED,
        BY_OTHER,
        TERMS._replace(plus_tolerance=5, minus_tolerance=10, amount=1_000),
        TERMS._replace(partial_forbidden=True, switches=int(Switch.NO_EXTENSION)),
        TERMS._replace(
            availability=int(Availability.ACCEPTANCE),
            tenor=60,
            tenor_from=int(MaturityFrom.SHIPMENT),
            reimbursing_bank=CENTRAL,
            currency=392,
        ),
    ],
)
@pytest.mark.parametrize("replaces", [True, False])
def test_article_38g_a_part_is_its_credit_reduced(world: World, terms: Any, replaces: bool) -> None:
    changes = {"amount": 80, "second_bank": ADVISER, "replaces_applicant": replaces}
    scene = transferred(world, terms, **changes)
    found = shown(scene, PART)
    expected = terms._replace(
        reference=bytes(16),
        applicant=FIRST if replaces else BUYER,
        beneficiary=SECOND,
        advising_bank=ADVISER,
        second_advising_bank=0,
        amount=80,
        expiry=EXPIRY - 7,
        presentation_period=15,
        transferable=False,
        terms=PART_TERMS,
    )
    assert found.issuance == expected
    confirmed = terms.confirming_bank != 0
    assert (found.state, found.confirmed, found.part) == (C.ISSUED, confirmed, True)
    assert not any((found.advised, found.diverged, found.stayed, found.confirmationDeclined))
    assert (found.amendments, found.version, found.drawn) == (0, 0, 0)
    whole = shown(scene, CREDIT)
    assert (whole.drawn, whole.part) == (SHARE, False)


def test_a_bank_that_was_asked_to_confirm_and_has_not_is_no_party_of_a_part(world: World) -> None:
    scene = Transfers(world, TERMS._replace(confirming_bank=OTHER))
    scene.send(ISSUER, "LetterOfCredit.issue", scene.terms)
    scene.request().transfer()
    assert terms_of(scene, PART).confirming_bank == 0
    with reverts("NotConfirmingBank", PART, OTHER):
        scene.send(OTHER, "LetterOfCredit.confirm", PART)
    with reverts("TransferredPart", PART):
        scene.send(ISSUER, "LetterOfCredit.requestConfirmation", PART, OTHER)


def test_a_stay_of_the_credit_is_one_of_the_part_that_is_made_under_it(world: World) -> None:
    scene = Transfers(world).issue().request()
    until = world.time + 100 * DAY
    scene.send(AUTHORITY, "LetterOfCredit.stay", CREDIT, until, TEXT)
    scene.transfer()
    assert shown(scene, PART).stayed
    assert scene.view("LetterOfCredit.stayOf", PART) == until
    scene.lodge().honour()
    owed = scene.view("PaymentObligations.obligation", scene.owed)
    assert owed.stayedUntil == until
    # What is lifted for the credit is lifted for the part by an act of its own.
    scene.send(AUTHORITY, "LetterOfCredit.liftStay", CREDIT, TEXT)
    assert scene.view("LetterOfCredit.stayOf", PART) == until
    scene.substitute().take_up()
    assert difference(scene).stayedUntil == 0


# 38(g): what it may reduce


REDUCTIONS: list[tuple[dict[str, Any], dict[str, Any], Any]] = [
    # Changes to the credit, to the request, and the term in which it is wider.
    ({}, {}, None),
    ({}, {"amount": 0}, Term.AMOUNT),
    ({}, {"amount": 1, "share": 1}, None),
    ({}, {"amount": 100}, None),
    ({}, {"amount": 101}, Term.AMOUNT),
    ({"plus_tolerance": 5}, {"amount": 95, "share": 100}, None),
    ({"plus_tolerance": 5}, {"amount": 96, "share": 100}, None),
    ({"plus_tolerance": 5}, {"amount": 97, "share": 100}, Term.AMOUNT),
    ({}, {"expiry": EXPIRY}, None),
    ({}, {"expiry": EXPIRY + 1}, Term.EXPIRY),
    ({}, {"latest_shipment": TERMS.latest_shipment}, None),
    ({}, {"latest_shipment": TERMS.latest_shipment + 1}, Term.LATEST_SHIPMENT),
    ({}, {"latest_shipment": 0}, Term.LATEST_SHIPMENT),
    ({"latest_shipment": 0}, {"latest_shipment": 0}, None),
    ({"latest_shipment": 0}, {"latest_shipment": EXPIRY + 9}, None),
    ({}, {"presentation_period": 21}, None),
    ({}, {"presentation_period": 22}, Term.PRESENTATION_PERIOD),
    # Silence is 21 days (art. 14(c)), where the credit does not exclude it.
    ({}, {"presentation_period": 0}, None),
    ({"presentation_period": 20}, {"presentation_period": 0}, Term.PRESENTATION_PERIOD),
    ({"presentation_period": 0}, {"presentation_period": 21}, None),
    ({"presentation_period": 0}, {"presentation_period": 22}, Term.PRESENTATION_PERIOD),
    ({"presentation_period": 22}, {"presentation_period": 0}, None),
    ({"presentation_period": 0, "switches": 1}, {"presentation_period": 999}, None),
    ({"presentation_period": 0, "switches": 1}, {"presentation_period": 0}, None),
    (
        {"presentation_period": 30, "switches": 1},
        {"presentation_period": 0},
        Term.PRESENTATION_PERIOD,
    ),
]


def reduction_of(asked: TransferRequest) -> Reduction:
    return Reduction(
        share=asked.share,
        amount=asked.amount,
        expiry=asked.expiry,
        latest_shipment=asked.latest_shipment or None,
        presentation_period=asked.presentation_period,
    )


def said_by_the_library(terms: Any, asked: TransferRequest) -> list[str]:
    return [
        finding.term
        for finding in permitted_reductions(
            reduction_of(asked),
            plus_tolerance=terms.plus_tolerance,
            expiry=terms.expiry,
            latest_shipment=terms.latest_shipment or None,
            presentation_period=terms.presentation_period,
            default_period=not terms.switches & Switch.NO_DEFAULT_PERIOD,
        )
    ]


@pytest.mark.parametrize(("credit", "asked", "term"), REDUCTIONS)
def test_article_38g_only_reductions(
    world: World, credit: dict[str, Any], asked: dict[str, Any], term: Any
) -> None:
    scene = Transfers(world).issue(**credit)
    wanted = scene.asked._replace(**asked)
    library = said_by_the_library(scene.terms, wanted)
    if term is None:
        assert library == []
        scene.request(**asked).transfer()
        return
    assert library == [Term(term).name.lower()]
    with reverts("NotReduced", CREDIT, term):
        scene.request(**asked)


def test_the_library_and_the_contract_allow_the_same_reductions(world: World, seed: int) -> None:
    source = random.Random(seed)
    refused = 0
    for _ in range(300):
        with world.aside():
            scene = Transfers(world).issue(
                amount=source.randint(1, 10**6),
                plus_tolerance=source.choice((0, 5, 99)),
                expiry=EXPIRY + source.randint(0, 3),
                latest_shipment=source.choice((0, EXPIRY - 20)),
                presentation_period=source.choice((0, 10, 21, 40)),
                switches=source.choice((0, 1)),
            )
            share = source.randint(1, scene.terms.amount)
            asked = scene.asked._replace(
                share=share,
                amount=source.randint(0, share),
                expiry=EXPIRY + source.randint(-1, 4),
                latest_shipment=source.choice((0, EXPIRY - 21, EXPIRY - 20, EXPIRY - 19)),
                presentation_period=source.choice((0, 9, 10, 11, 20, 21, 22, 40, 41)),
            )
            library = said_by_the_library(scene.terms, asked)
            if not library:
                scene.request(**asked._asdict()).transfer()
                continue
            refused += 1
            with reverts("NotReduced", CREDIT, Term[library[0].upper()]):
                scene.request(**asked._asdict())
    assert 50 < refused < 250


def test_a_part_expires_ahead(world: World) -> None:
    scene = Transfers(world).issue().request(expiry=START // DAY + 3)
    over_everywhere = (START // DAY + 4) * DAY + DAY // 2
    for time in (over_everywhere, over_everywhere + 1):
        with world.aside(), reverts("ExpiryPassed", START // DAY + 3, time):
            world.at(time)
            scene.transfer()
    world.at(over_everywhere - 1)
    scene.transfer()


# 38(b), (d): by whom, how often, how much


def test_article_38b_who_transfers(world: World) -> None:
    for named, terms in ((TRANSFERRING, TERMS), (ISSUER, TERMS), (ISSUER, {"nominated_bank": 0})):
        with world.aside():
            scene = Transfers(world)
            scene.issue(**(terms if isinstance(terms, dict) else {}))
            scene.request(transferring_bank=named).transfer()
            assert terms_of(scene, PART).nominated_bank == named
    scene = Transfers(world).issue()
    for other in (OTHER, ADVISER, BUYER, 0):
        with reverts("NotTransferringBank", CREDIT, other):
            scene.request(transferring_bank=other)


def test_a_credit_with_a_schedule_is_not_transferred(world: World) -> None:
    scene = Transfers(world)
    scene.send(ISSUER, "LetterOfCredit.issueScheduled", TERMS, red_clause(TERMS.amount))
    with reverts("ScheduledNotTransferable", CREDIT):
        scene.request()


def test_article_38b_a_credit_that_nominates_nobody_is_transferred_by_its_issuing_bank(
    world: World,
) -> None:
    scene = Transfers(world).issue(nominated_bank=0)
    with reverts("NotTransferringBank", CREDIT, 0):
        scene.request(transferring_bank=0)


def test_article_38b_a_bank_is_authorised_for_a_credit_available_with_any(world: World) -> None:
    scene = Transfers(world).issue(any_bank=True)
    # The nominated bank of such a credit is none.
    with reverts("NotTransferringBank", CREDIT, TRANSFERRING):
        scene.request()
    with reverts("NotTransferringBank", CREDIT, CUSTOMS):
        scene.send(ISSUER, "authoriseTransfer", CREDIT, CUSTOMS)
    with reverts("PartyNotActive", MEMBERS + 1):
        scene.send(ISSUER, "authoriseTransfer", CREDIT, MEMBERS + 1)
    scene.send(ISSUER, "authoriseTransfer", CREDIT, TRANSFERRING)
    assert scene.view("authorisedBank", CREDIT) == TRANSFERRING
    scene.request()
    # Another takes its place, and what was asked of the first is no longer for it to do.
    scene.send(ISSUER, "authoriseTransfer", CREDIT, OTHER)
    with reverts("NotTransferringBank", CREDIT, TRANSFERRING):
        scene.transfer()
    scene.send(ISSUER, "authoriseTransfer", CREDIT, CENTRAL)
    scene.send(ISSUER, "authoriseTransfer", CREDIT, TRANSFERRING)
    scene.transfer()
    found = terms_of(scene, PART)
    assert (found.nominated_bank, found.any_bank) == (TRANSFERRING, False)


def test_article_38d_a_part_is_not_transferred_on(world: World) -> None:
    scene = transferred(world)
    onward = scene.asked._replace(credit=PART, second_beneficiary=BUYER, share=10, amount=10)
    with reverts("NotTransferable", PART):
        scene.send(SECOND, "requestTransfer", onward, NOTHING)


def test_article_38d_a_part_may_go_back_to_the_first_beneficiary(world: World) -> None:
    scene = transferred(world, second_beneficiary=FIRST, keeps_substitution=False)
    scene.lodge().honour().forward()
    assert scene.drawn(PART) == AMOUNT


def test_article_38d_parts_take_no_more_than_is_available(world: World) -> None:
    scene = Transfers(world).issue(amount=100, plus_tolerance=10)
    key = world.lodge(CREDIT, amount=30)
    scene.send(ISSUER, "Presentations.findComplying", key)
    scene.request(share=81, amount=70)
    with reverts("Overdrawn", CREDIT, 81, 80):
        scene.transfer()
    first = Transfers(world, scene.terms, scene.asked).another(share=50, amount=40)
    # What came of the request that could not be met is known before the next.
    assert first.view("transfersOf", CREDIT) == 2
    second = first.another(share=30, amount=27, second_beneficiary=BUYER)
    assert (first.drawn(), first.view("livingParts", CREDIT)) == (110, 0b1100)
    with reverts("Overdrawn", CREDIT, 1, 0):
        second.another(share=1, amount=1)
    # Nor does the first beneficiary draw what it transferred.
    again = world.lodge(CREDIT, number=2, amount=1)
    assert world.presentation(again).flags == Flag.OVERDRAWN


def test_article_38d_without_partial_drawings_there_is_one_second_beneficiary(
    world: World,
) -> None:
    scene = transferred(world, TERMS._replace(partial_forbidden=True), share=90)
    another = Transfers(world, scene.terms, scene.asked._replace(number=2, share=10, amount=8))
    another.request()
    with reverts("PartialTransferForbidden", CREDIT):
        another.transfer()
    # Once the first is no more, another may be.
    scene.pass_on(0, cancels=True).accept()
    another.transfer()
    assert scene.view("livingParts", CREDIT) == 0b100


def test_a_transfer_that_is_out_of_order(world: World) -> None:
    scene = Transfers(world).issue()
    for number in (0, 2, 255):
        with reverts("TransferOutOfOrder", CREDIT, number, 1):
            scene.request(number=number)
    for number in range(1, 256):
        scene.request(number=number, share=1, amount=1)
    assert scene.view("transfersOf", CREDIT) == 255
    with reverts("TransferOutOfOrder", CREDIT, 255, 256):
        scene.request(number=255)
    # The last place of a credit's parts is one as any other.
    scene.transfer()
    assert scene.view("livingParts", CREDIT) == 1 << 255
    assert scene.part == scene.view("partIdOf", CREDIT, 255)


def test_a_request_has_terms_and_a_credit(world: World) -> None:
    scene = Transfers(world).issue()
    with reverts("MissingTerms"):
        scene.request(terms=NOTHING)
    unknown = scene.asked._replace(credit=keccak(text="no credit"))
    with reverts("UnknownCredit", unknown.credit):
        scene.send(FIRST, "requestTransfer", unknown, NOTHING)
    with reverts("UnknownTransfer", PART):
        scene.view("insurancePercentage", PART)


def test_a_second_beneficiary_is_an_active_member(world: World) -> None:
    scene = Transfers(world).issue().request(second_bank=ADVISER)
    for member in (SECOND, ADVISER):
        with world.aside(), reverts("PartyNotActive", member):
            world.governed("AllianceRegistry.suspend", member)
            scene.transfer()


def test_a_first_beneficiary_that_is_no_member_acts_through_its_bank(world: World) -> None:
    scene = Transfers(world).issue(beneficiary=0)
    with reverts("MandateMissing", CREDIT, ADVISER):
        scene.send(ADVISER, "requestTransfer", scene.asked, NOTHING)
    with reverts("NotForBeneficiary", CREDIT, TRANSFERRING):
        scene.send(TRANSFERRING, "requestTransfer", scene.asked, TEXT)
    scene.send(ADVISER, "requestTransfer", scene.asked, TEXT)
    scene.transfer()
    assert shown(scene, PART).issuance.applicant == 0
    scene.lodge().honour()
    scene.send(ADVISER, "substitute", scene.key, 90, TEXT, TEXT)
    scene.take_up()
    assert difference(scene, ADVISER).amount == 10


def test_a_second_beneficiary_that_is_no_member_acts_through_its_bank(world: World) -> None:
    scene = transferred(world, second_beneficiary=0)
    scene.propose_cancellation()
    for member, name in ((TRANSFERRING, "MandateMissing"), (ADVISER, "NotForBeneficiary")):
        with reverts(name, PART, member):
            scene.send(member, "agreeToCancellation", PART, 1, NOTHING)
    scene.send(TRANSFERRING, "Presentations.recordMandate", PART, ADVISER, TEXT)
    key = world.lodge(PART, examiner=TRANSFERRING, presenter=ADVISER, amount=AMOUNT)
    assert world.presentation(key).payee == ADVISER
    scene.send(TRANSFERRING, "agreeToCancellation", PART, 1, TEXT)


# 38(g): insurance


@pytest.mark.parametrize(
    ("cover", "amount", "hundredths", "text"),
    [
        (11_000_000, 8_000_000, 13_750, "137.50"),
        (11_000_000, 7_000_000, 15_715, "157.15"),
        (11_000_000, 6_600_000, 16_667, "166.67"),
        (0, 8_000_000, 0, "0.00"),
        (1, 3, 3_334, "33.34"),
        (MOST, 1, MOST * 10_000, f"{MOST * 100}.00"),
        (MOST, MOST, 10_000, "100.00"),
    ],
)
def test_article_38g_the_percentage_of_insurance_rises(
    world: World, cover: int, amount: int, hundredths: int, text: str
) -> None:
    scene = Transfers(world).issue(amount=MOST)
    scene.request(required_cover=cover, amount=amount, share=amount)
    assert scene.view("insurancePercentage", PART) == hundredths
    assert insurance_percentage(cover, amount) == Fraction(cover * 100, amount)
    assert printed_percentage(insurance_percentage(cover, amount)) == text


# 38(k): presentation


def test_article_38k_only_to_the_transferring_bank(world: World) -> None:
    scene = transferred(world, BY_OTHER)
    for bank in (ISSUER, OTHER, ADVISER, CENTRAL):
        with reverts("BankNotPermitted", PART, bank):
            world.lodge(PART, examiner=bank, presenter=SECOND, amount=AMOUNT)
    scene.lodge()
    marks = Mark(world.presentation(scene.key).marks)
    assert marks == Mark.UNBOUND | Mark.TRANSFERRED
    # The first beneficiary presents under its own credit, and not under the part.
    with reverts("NoMandate", PART, FIRST):
        world.lodge(PART, examiner=TRANSFERRING, presenter=FIRST, number=2, amount=AMOUNT)


@pytest.mark.parametrize("bank", [TRANSFERRING, ISSUER])
def test_a_transferring_bank_that_is_bound_is_precluded(world: World, bank: int) -> None:
    scene = transferred(world, CONFIRMED, transferring_bank=bank).lodge()
    assert Mark(world.presentation(scene.key).marks) == Mark.TRANSFERRED
    world.at(world.presentation(scene.key).deadline + 1)
    # Nobody acts in the place of a bank that owes by its silence.
    with reverts("BankNotIdle", scene.key.id, SECOND):
        scene.send(SECOND, "sendOn", scene.key, ISSUER, 1, TEXT)
    scene.send(SECOND, "Presentations.claimPrecluded", scene.key)
    assert scene.view("PaymentObligations.obligation", scene.owed).amount == AMOUNT
    assert (scene.drawn(PART), scene.drawn()) == (AMOUNT, SHARE)


def difference(scene: Transfers, owner: int = FIRST) -> Any:
    kind = int(ObligationKind.DIFFERENCE).to_bytes(32, "big")
    number = obligation_id(keccak(scene.key.id + kind), scene.key.examiner, owner)
    return scene.view("PaymentObligations.obligation", number)


def test_article_38h_a_bank_that_honoured_owes_each_its_part_and_is_owed_the_whole(
    world: World,
) -> None:
    scene = transferred(world).lodge().honour().substitute(15).take_up().forward()
    owed = scene.view("PaymentObligations.obligation", scene.owed)
    assert (owed.debtor, owed.owner, owed.amount) == (TRANSFERRING, SECOND, AMOUNT)
    found = difference(scene)
    assert (found.debtor, found.owner, found.amount) == (TRANSFERRING, FIRST, 15)
    assert (found.state, found.kind) == (ObligationState.DUE, ObligationKind.DIFFERENCE)
    assert (found.maturity, found.currency, found.recourse) == (world.time, 156, False)
    onward = scene.onward
    assert onward is not None
    record = world.presentation(onward)
    assert (record.payee, record.amount, record.flags) == (TRANSFERRING, AMOUNT + 15, 0)
    assert scene.marks == Mark.FORWARDED | Mark.COUNTED | Mark.TRANSFERRED
    scene.send(ISSUER, "Presentations.findComplying", onward)
    number = obligation_id(onward.id, ISSUER, TRANSFERRING)
    assert scene.view("PaymentObligations.obligation", number).amount == AMOUNT + 15
    assert not scene.view("PaymentObligations.obligation", number).assigned
    assert (scene.drawn(), scene.drawn(PART)) == (SHARE, AMOUNT)
    assert scene.view("transferOf", PART).open == 0


def test_article_38h_of_documents_that_go_on_unexamined_each_is_paid_its_part(
    world: World,
) -> None:
    scene = transferred(world).lodge().substitute(15).forward()
    onward = scene.onward
    assert onward is not None
    scene.send(ISSUER, "Presentations.findComplying", onward)
    number = obligation_id(onward.id, ISSUER, FIRST)
    assert scene.view("PaymentObligations.assignmentOf", number) == (SECOND, AMOUNT)
    assert scene.receipt is not None
    scene.receipt.emitted(
        event(
            "PaymentObligations",
            "ObligationIncurred",
            obligationId=number,
            presentationId=onward.id,
            debtor=ISSUER,
            owner=FIRST,
            amount=AMOUNT + 15,
            currency=156,
            maturity=world.time,
            state=int(ObligationState.DUE),
            kind=int(ObligationKind.COMPLYING),
        ),
        event(
            "PaymentObligations",
            "ProceedsAssigned",
            obligationId=number,
            owner=FIRST,
            assignee=SECOND,
            amount=AMOUNT,
            assignment=NOTHING,
        ),
        event(
            "Presentations",
            "FoundComplying",
            presentationId=onward.id,
            creditId=CREDIT,
            examiner=ISSUER,
            amount=AMOUNT + 15,
            version=0,
            obligationId=number,
        ),
    )
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, 200, TEXT)
    scene.send(ISSUER, "PaymentObligations.pay", number)
    assert (world.balance(SECOND), world.balance(FIRST)) == (AMOUNT, 15)
    found = scene.view("transferOf", PART)
    assert (found.open, found.differences) == (0, 15)
    assert (scene.drawn(), scene.drawn(PART)) == (SHARE, AMOUNT)


def test_article_38i_without_an_invoice_the_documents_go_on_as_received(world: World) -> None:
    scene = transferred(world).lodge().fail().forward()
    onward = scene.onward
    assert onward is not None
    assert world.presentation(onward).payee == SECOND
    assert scene.marks == Mark.FORWARDED | Mark.TRANSFERRED
    world.at(world.presentation(onward).deadline + 1)
    for claimant in (TRANSFERRING, SECOND, FIRST):
        with world.aside():
            scene.send(claimant, "Presentations.claimPrecluded", onward)
            number = obligation_id(onward.id, ISSUER, SECOND)
            assert scene.view("PaymentObligations.obligation", number).amount == AMOUNT
            assert not scene.view("PaymentObligations.obligation", number).assigned
            assert scene.view("transferOf", PART).differences == 0


def test_a_second_beneficiary_claims_its_part_of_what_was_substituted(world: World) -> None:
    scene = transferred(world).lodge().substitute().forward()
    onward = scene.onward
    assert onward is not None
    world.at(world.presentation(onward).deadline + 1)
    for stranger in (BUYER, ADVISER):
        with reverts("NotPresenter", TRANSFERRING, stranger):
            scene.send(stranger, "Presentations.claimPrecluded", onward)
    scene.send(SECOND, "Presentations.claimPrecluded", onward)
    number = obligation_id(onward.id, ISSUER, FIRST)
    assert scene.view("PaymentObligations.assignmentOf", number) == (SECOND, AMOUNT)


def test_what_a_bank_honoured_is_for_that_bank_to_claim(world: World) -> None:
    scene = transferred(world).lodge().honour().substitute().take_up().forward()
    onward = scene.onward
    assert onward is not None
    world.at(world.presentation(onward).deadline + 1)
    with reverts("NotPresenter", TRANSFERRING, SECOND):
        scene.send(SECOND, "Presentations.claimPrecluded", onward)
    scene.send(TRANSFERRING, "Presentations.claimPrecluded", onward)


def test_documents_go_on_from_a_confirming_bank(world: World) -> None:
    """The transferring bank sends on unexamined, the confirming bank honours and goes on."""
    scene = transferred(world, BY_OTHER).lodge().substitute(15).forward(to=OTHER)
    there = scene.onward
    assert there is not None
    scene.send(OTHER, "Presentations.findComplying", there)
    number = obligation_id(there.id, OTHER, FIRST)
    assert scene.view("PaymentObligations.assignmentOf", number) == (SECOND, AMOUNT)
    onward = PresentationKey(CREDIT, ISSUER, OTHER, 1)
    scene.send(OTHER, "Forwarding.forward", there, ISSUER, 1, TEXT)
    record = world.presentation(onward)
    assert (record.payee, record.amount, record.flags) == (OTHER, AMOUNT + 15, 0)
    scene.send(ISSUER, "Presentations.findComplying", onward)
    found = scene.view("PaymentObligations.obligation", obligation_id(onward.id, ISSUER, OTHER))
    assert (found.amount, found.assigned) == (AMOUNT + 15, False)
    assert (scene.drawn(), scene.drawn(PART)) == (SHARE, AMOUNT)
    assert scene.view("transferOf", PART).open == 0


def test_a_usance_gives_the_difference_the_maturity_of_the_rest(world: World) -> None:
    terms = TERMS._replace(
        availability=int(Availability.ACCEPTANCE), tenor=5, tenor_from=int(MaturityFrom.SIGHT)
    )
    scene = transferred(world, terms).lodge().honour().substitute().take_up()
    owed = scene.view("PaymentObligations.obligation", scene.owed)
    found = difference(scene)
    assert (found.state, found.maturity) == (ObligationState.ACCEPTED, owed.maturity)


def test_a_difference_that_arises_late_is_due_when_it_arises(world: World) -> None:
    terms = TERMS._replace(
        availability=int(Availability.DEFERRED_PAYMENT),
        tenor=5,
        tenor_from=int(MaturityFrom.SIGHT),
    )
    scene = transferred(world, terms).lodge().honour()
    world.at(world.time + 20 * DAY)
    scene.substitute().take_up()
    found = difference(scene)
    assert (found.state, found.maturity) == (ObligationState.INCURRED, world.time)


def test_the_difference_in_what_was_honoured_for_less(world: World) -> None:
    """A demand beyond the part is waived up to it: the difference is to the invoice."""
    scene = transferred(world).lodge(90).substitute(5)
    scene.send(TRANSFERRING, "Presentations.acceptDiscrepancies", scene.key, TEXT, False)
    scene.take_up().forward()
    assert difference(scene).amount == 15
    assert world.presentation(scene.onward).amount == 95  # type: ignore[arg-type]


def test_a_difference_is_owed_though_the_rest_is_paid(world: World) -> None:
    world.send(desk(CENTRAL), f"{CASH}.mint", TRANSFERRING, 200, TEXT)
    scene = transferred(world).lodge().honour()
    scene.send(TRANSFERRING, "PaymentObligations.pay", scene.owed)
    scene.substitute(15).take_up()
    assert difference(scene).state == ObligationState.DUE
    assert scene.receipt is not None
    owed = scene.receipt.events[0].fields["obligationId"]
    scene.send(TRANSFERRING, "PaymentObligations.pay", owed)
    assert (world.balance(SECOND), world.balance(FIRST)) == (AMOUNT, 15)


def test_a_failed_cure_goes_on_as_received(world: World) -> None:
    scene = transferred(world).lodge().substitute(15).fail().forward()
    found = world.presentation(scene.onward)  # type: ignore[arg-type]
    assert (found.payee, found.amount) == (SECOND, AMOUNT)
    scene.send(ISSUER, "Presentations.findComplying", scene.onward)
    assert scene.view("transferOf", PART).differences == 0


def test_article_38d_a_first_beneficiary_that_took_its_part_back_is_paid_at_once(
    world: World,
) -> None:
    scene = transferred(world, second_beneficiary=FIRST).lodge().substitute(15).forward()
    scene.send(ISSUER, "Presentations.findComplying", scene.onward)
    number = obligation_id(scene.onward.id, ISSUER, FIRST)  # type: ignore[union-attr]
    found = scene.view("PaymentObligations.obligation", number)
    assert (found.amount, found.assigned) == (AMOUNT + 15, False)


def test_a_deadline_that_is_not_known_is_not_over(world: World) -> None:
    scene = transferred(world, TERMS._replace(nominated_bank=REMOTE), transferring_bank=REMOTE)
    scene.lodge().substitute()
    world.at(world.time + 100 * DAY)
    with reverts("BankNotIdle", scene.key.id, SECOND):
        scene.send(SECOND, "sendOn", scene.key, ISSUER, 1, TEXT)
    scene.honour()
    with reverts("DifferenceNotDue", scene.key.id, 0, world.time):
        scene.send(FIRST, "claimDifference", scene.key)


def test_a_bank_that_honoured_sends_on_itself(world: World) -> None:
    scene = transferred(world).lodge().honour()
    world.at(world.presentation(scene.key).deadline + 1)
    with reverts("BankNotIdle", scene.key.id, SECOND):
        scene.send(SECOND, "sendOn", scene.key, ISSUER, 1, TEXT)
    with reverts("BankNotIdle", scene.key.id, SECOND):
        scene.send(SECOND, "recordFailure", scene.key, TEXT)


def test_documents_that_nobody_presented(world: World) -> None:
    scene = transferred(world)
    with reverts("UnknownPresentation", scene.key.id):
        scene.demand()
    with reverts("UnknownPresentation", scene.key.id):
        scene.send(FIRST, "substitute", scene.key, 90, TEXT, NOTHING)
    # Nor are documents under a credit that is no part.
    whole = PresentationKey(CREDIT, TRANSFERRING, FIRST, 1)
    with reverts("UnknownTransfer", CREDIT):
        scene.send(TRANSFERRING, "demandSubstitution", whole, world.time + DAY, TEXT)


# What the issuing bank sees


@pytest.mark.parametrize(
    ("terms", "lodged", "invoice", "flags"),
    [
        ({}, AMOUNT, None, 0),
        ({}, AMOUNT, 20, 0),
        ({}, 81, None, Flag.OVERDRAWN),
        ({}, 0, None, Flag.SHORT),
        # The floor of a part that is not substituted is its own, with an invoice the credit's.
        ({"partial_forbidden": True}, AMOUNT, None, 0),
        ({"partial_forbidden": True}, 76, None, 0),
        ({"partial_forbidden": True}, 75, None, Flag.SHORT),
        ({"partial_forbidden": True}, AMOUNT, 15, 0),
        ({"partial_forbidden": True}, AMOUNT, 14, Flag.SHORT),
    ],
)
def test_what_goes_on_is_seen_against_the_credit(
    world: World, terms: dict[str, Any], lodged: int, invoice: int | None, flags: int
) -> None:
    scene = transferred(world, TERMS._replace(**terms)).lodge(lodged)
    if invoice is None:
        scene.fail()
    else:
        scene.substitute(invoice)
    scene.forward()
    assert world.presentation(scene.onward).flags == flags  # type: ignore[arg-type]


def test_what_was_short_for_the_part_stays_short(world: World) -> None:
    scene = transferred(world, BY_OTHER._replace(partial_forbidden=True)).lodge(75)
    scene.fail().forward(to=OTHER)
    there = scene.onward
    assert there is not None
    assert world.presentation(there).flags == Flag.SHORT
    scene.send(OTHER, "Presentations.acceptDiscrepancies", there, TEXT, False)
    scene.send(OTHER, "Forwarding.forward", there, ISSUER, 1, TEXT)
    onward = PresentationKey(CREDIT, ISSUER, OTHER, 1)
    assert world.presentation(onward).flags == Flag.SHORT


def test_article_38g_documents_late_for_the_part_may_be_in_time_for_the_credit(
    world: World,
) -> None:
    scene = transferred(world)
    world.at((EXPIRY - 3) * DAY)
    shipped = EXPIRY - 10
    scene.key = world.lodge(
        PART, examiner=TRANSFERRING, presenter=SECOND, amount=AMOUNT, shipped=shipped
    )
    assert world.presentation(scene.key).flags == Flag.LATE
    scene.substitute().forward()
    assert world.presentation(scene.onward).flags == 0  # type: ignore[arg-type]
    with world.aside():
        world.at((EXPIRY + 5) * DAY)
        late = Transfers(world, scene.terms, scene.asked).lodge(number=2).substitute(0)
        late.forward(number=2)
        assert world.presentation(late.onward).flags == Flag.LATE  # type: ignore[arg-type]


def test_article_38f_what_the_part_kept_is_in_time_though_the_credit_shrank(world: World) -> None:
    """An amendment that the second beneficiary does not have leaves its terms, also there."""
    scene = transferred(world).amended(expiry=START // DAY + 10)
    world.at((START // DAY + 20) * DAY)
    scene.key = world.lodge(
        PART, examiner=TRANSFERRING, presenter=SECOND, amount=AMOUNT, shipped=START // DAY + 12
    )
    assert world.presentation(scene.key).flags == 0
    scene.substitute().forward()
    assert world.presentation(scene.onward).flags == 0  # type: ignore[arg-type]


def test_article_38f_a_second_beneficiarys_documents_accept_no_amendment_of_the_credit(
    world: World,
) -> None:
    scene = transferred(world).lodge().substitute().forward()
    scene.send(ISSUER, "LetterOfCredit.amend", CREDIT, Amendment(1, increase=5))
    args = (scene.onward, 1 << 1, False)
    with reverts("AmendmentsNotOpen", scene.onward.id):  # type: ignore[union-attr]
        scene.send(ISSUER, "Presentations.findComplyingWith", *args)
    scene.send(ISSUER, "Presentations.findComplyingWith", scene.onward, 0, False)


def test_article_10c_a_presentation_accepts_an_amendment_of_its_part(world: World) -> None:
    scene = transferred(world, share=90).amended(increase=10)
    scene.pass_on(share=0, increase=5).lodge(85)
    assert world.presentation(scene.key).flags == Flag.OVERDRAWN
    scene.send(TRANSFERRING, "Presentations.findComplyingWith", scene.key, 1 << 1, False)
    found = scene.view("transferOf", PART)
    assert (found.reserved, found.unanswered, scene.drawn(PART)) == (0, 0, 85)


def test_refused_documents_go_back_to_the_second_beneficiary(world: World) -> None:
    scene = transferred(world).lodge().substitute().forward()
    notice = (scene.onward, 2, int(Disposal.RETURN), TEXT)
    scene.send(ISSUER, "Presentations.refuse", *notice)
    # They are with the issuing bank until it sends them back.
    with reverts("WrongPresentationState", scene.key.id, P.FORWARDED, P.REFUSED):
        scene.send(TRANSFERRING, "Disposals.recordReturn", scene.key, TEXT)
    scene.send(ISSUER, "Disposals.recordReturn", scene.onward, TEXT)
    assert scene.view("transferOf", PART).open == 1
    scene.send(TRANSFERRING, "Disposals.recordReturn", scene.key, TEXT)
    assert world.state_of(scene.key) == P.RETURNED
    assert scene.view("transferOf", PART).open == 0
    # Cured, they come again, and the share is there for them.
    scene.lodge(number=2).honour()
    assert scene.drawn(PART) == AMOUNT


def test_what_is_released_to_the_applicant_is_open_no_more(world: World) -> None:
    """At the transferring bank, and at the issuing bank to which it went on."""
    refusal = (2, int(Disposal.HOLD), TEXT)
    release = (int(PresenterInstruction.RELEASE), TEXT)
    scene = transferred(world).lodge(30)
    scene.send(TRANSFERRING, "Presentations.refuse", scene.key, *refusal)
    assert scene.view("transferOf", PART).open == 1
    scene.send(SECOND, "Disposals.instruct", scene.key, *release)
    assert scene.view("transferOf", PART).open == 0
    scene.lodge(30, number=2).substitute().forward()
    scene.send(ISSUER, "Presentations.refuse", scene.onward, *refusal)
    assert scene.view("transferOf", PART).open == 1
    scene.send(TRANSFERRING, "Disposals.instruct", scene.onward, *release)
    assert scene.view("transferOf", PART).open == 0


def test_what_was_honoured_before_is_counted_off_once(world: World) -> None:
    scene = transferred(world).lodge(30).honour().substitute(5).take_up().forward()
    scene.lodge(20, number=2)
    scene.send(ISSUER, "Presentations.refuse", scene.onward, 2, int(Disposal.HOLD), TEXT)
    release = (int(PresenterInstruction.RELEASE), TEXT)
    scene.send(TRANSFERRING, "Disposals.instruct", scene.onward, *release)
    assert scene.view("transferOf", PART).open == 1


def test_no_breach_is_stated_of_documents_of_a_part_that_went_back(world: World) -> None:
    """They may go on anew, and would be owed twice."""
    scene = transferred(world).lodge().substitute().forward()
    assert scene.onward is not None
    scene.send(ISSUER, "Presentations.refuse", scene.onward, 2, int(Disposal.RETURN), TEXT)
    scene.send(ISSUER, "Disposals.recordReturn", scene.onward, TEXT)
    with reverts("WrongPresentationState", scene.onward.id, P.RETURNED, P.REFUSED):
        scene.send(ISSUER, "Disposals.stateBreach", scene.onward, TEXT)
    scene.forward(number=2)


def test_no_electronic_records_are_presented_under_a_part(world: World) -> None:
    scene = transferred(world, TERMS._replace(switches=int(Switch.EUCP)))
    with reverts("TransferredPart", PART):
        scene.send(SECOND, "ElectronicRecords.openPresentation", scene.key)


def test_proceeds_that_the_first_beneficiary_assigned_ahead(world: World) -> None:
    """They are its own: neither of a part, nor of what a second beneficiary has its part of."""
    scene = Transfers(world).issue()
    scene.send(FIRST, "PaymentObligations.assignUnderCredit", CREDIT, BUYER, 50, TEXT)
    scene.request().transfer()
    _, numbers = scene.view("LetterOfCredit.bindingWords", PART, 0)
    assert not numbers >> 254 & 1
    scene.lodge(30).honour()
    assert scene.view("PaymentObligations.assignmentOf", scene.owed) == (0, 0)
    scene.lodge(20, number=2).substitute(5).forward()
    assert scene.onward is not None
    scene.send(ISSUER, "Presentations.findComplying", scene.onward)
    owed = obligation_id(scene.onward.id, ISSUER, FIRST)
    assert scene.view("PaymentObligations.assignmentOf", owed) == (SECOND, 20)
    assert scene.view("PaymentObligations.creditAssignmentOf", CREDIT).left == 50


def test_proceeds_that_a_second_beneficiary_assigned_ahead(world: World) -> None:
    scene = transferred(world)
    scene.send(SECOND, "PaymentObligations.assignUnderCredit", PART, BUYER, 12, TEXT)
    scene.lodge(30).honour()
    assert scene.view("PaymentObligations.assignmentOf", scene.owed) == (BUYER, 12)


# Amendments


PASSED: list[tuple[dict[str, Any], dict[str, Any], Any]] = [
    # The credit's amendment, what is passed on of it, and the term in which that goes beyond.
    ({}, {}, None),
    ({"decrease": 5}, {}, None),
    ({"increase": 9}, {"increase": 9}, None),
    ({"increase": 9}, {"increase": 10}, Term.AMOUNT),
    ({"increase": 9}, {"decrease": 1}, Term.AMOUNT),
    ({"expiry": EXPIRY + 9}, {"expiry": EXPIRY + 9}, None),
    ({"expiry": EXPIRY + 9}, {"expiry": EXPIRY + 10}, Term.EXPIRY),
    ({}, {"expiry": EXPIRY - 9}, Term.EXPIRY),
    ({"latest_shipment": EXPIRY - 15}, {"latest_shipment": EXPIRY - 15}, None),
    ({"latest_shipment": EXPIRY - 15}, {"latest_shipment": EXPIRY - 14}, Term.LATEST_SHIPMENT),
    ({}, {"latest_shipment": EXPIRY - 30}, Term.LATEST_SHIPMENT),
    ({"presentation_period": 25}, {"presentation_period": 25}, None),
    ({"presentation_period": 25}, {"presentation_period": 26}, Term.PRESENTATION_PERIOD),
    ({}, {"presentation_period": 5}, Term.PRESENTATION_PERIOD),
    (
        {"sets_tolerance": True, "plus_tolerance": 5},
        {"sets_tolerance": True, "plus_tolerance": 5},
        Term.TOLERANCE,
    ),
]


@pytest.mark.parametrize(("whole", "passed", "term"), PASSED)
def test_article_38f_no_more_reaches_a_part_than_the_credit_has(
    world: World, whole: dict[str, Any], passed: dict[str, Any], term: Any
) -> None:
    scene = transferred(world, share=90).amended(**whole)
    if term is not None:
        with reverts("NotReduced", CREDIT, term):
            scene.pass_on(**passed)
        return
    scene.pass_on(**passed).accept()
    found = terms_of(scene, PART)
    base = scene.asked
    assert found.amount == base.amount + passed.get("increase", 0)
    for name in ("expiry", "latest_shipment", "presentation_period"):
        assert getattr(found, name) == passed.get(name, getattr(base, name))


def test_article_38f_what_the_first_beneficiary_has_not_accepted_does_not_pass(
    world: World,
) -> None:
    scene = transferred(world)
    scene.send(ISSUER, "LetterOfCredit.amend", CREDIT, Amendment(1, expiry=EXPIRY + 9))
    with reverts("WrongAmendmentState", CREDIT, 1, A.PENDING, A.ACCEPTED):
        scene.pass_on(expiry=EXPIRY + 1)
    scene.send(FIRST, "LetterOfCredit.rejectAmendment", CREDIT, 1, NOTHING)
    with reverts("WrongAmendmentState", CREDIT, 1, A.REJECTED, A.ACCEPTED):
        scene.pass_on(expiry=EXPIRY + 1)


def test_a_decrease_passed_on_leaves_more_for_differences(world: World) -> None:
    scene = transferred(world, share=90).amended(decrease=10)
    with reverts("NotReduced", CREDIT, Term.AMOUNT):
        scene.pass_on(decrease=11)
    scene.pass_on(decrease=10).accept()
    assert (scene.view("leftOf", PART), scene.drawn()) == (20, 90)


def test_article_38f_each_second_beneficiary_answers_for_itself(world: World) -> None:
    one = transferred(world, share=50, amount=40)
    two = one.another(share=50, amount=40, second_beneficiary=BUYER)
    one.amended(expiry=EXPIRY + 10)
    one.pass_on(expiry=EXPIRY + 10).accept()
    two.pass_on(expiry=EXPIRY + 10).reject()
    assert shown(one, one.part).issuance.expiry == EXPIRY + 10
    assert shown(two, two.part).issuance.expiry == EXPIRY - 7
    assert shown(two, two.part).version == 0


def test_a_part_is_amended_by_its_transferring_bank_alone(world: World) -> None:
    scene = transferred(world)
    for amendment in (Amendment(), Amendment(cancels=True)):
        with reverts("TransferredPart", PART):
            scene.send(ISSUER, "LetterOfCredit.amend", PART, amendment)
    scene.amended()
    with reverts("AmendmentOutOfOrder", PART, 2, 1):
        scene.send(TRANSFERRING, "passAmendment", PART, 1, Amendment(2), 0)
    with reverts("MissingTerms"):
        scene.send(TRANSFERRING, "passAmendment", PART, 1, Amendment(terms=NOTHING), 0)
    with reverts("ShareWithoutUse", PART, 1):
        scene.send(TRANSFERRING, "passAmendment", PART, 0, Amendment(cancels=True), 1)


def test_an_increase_takes_of_the_credit_what_the_share_has_not(world: World) -> None:
    scene = transferred(world, TERMS._replace(plus_tolerance=10), share=90, amount=80)
    assert scene.view("leftOf", PART) == 2
    scene.amended(increase=20)
    # 110 per cent of the increase, rounded up.
    with reverts("ShareTooSmall", PART, 3, 17):
        scene.pass_on(share=1, increase=15)
    with reverts("Overdrawn", CREDIT, 43, 42):
        scene.pass_on(share=43, increase=15)
    scene.pass_on(share=15, increase=15)
    found = scene.view("transferOf", PART)
    assert (found.request.share, found.reserved, found.unanswered) == (105, 17, 1)
    assert (scene.drawn(), scene.view("leftOf", PART)) == (105, 0)
    with world.aside():
        # What was rejected is left for differences, and comes back with the end.
        scene.reject()
        found = scene.view("transferOf", PART)
        assert (found.reserved, found.unanswered, scene.view("leftOf", PART)) == (0, 0, 17)
        scene.pass_on(0, cancels=True).accept(2)
        assert scene.drawn() == 0
    scene.accept()
    found = scene.view("transferOf", PART)
    assert (found.reserved, found.unanswered, scene.view("leftOf", PART)) == (0, 0, 1)


def test_a_confirming_bank_that_transfers_follows_what_it_passes_on(world: World) -> None:
    scene = transferred(world, CONFIRMED).amended(expiry=EXPIRY + 5)
    scene.pass_on(expiry=EXPIRY + 5).accept()
    found = shown(scene, PART)
    assert (found.diverged, found.issuance.expiry) == (False, EXPIRY + 5)
    assert scene.view("LetterOfCredit.amendmentOf", PART, 1).extended
    # Its consent to the part's cancellation is its proposal.
    scene.pass_on(0, cancels=True).accept(2)
    assert scene.view("LetterOfCredit.stateOf", PART) == C.CANCELLED


def test_article_10a_another_confirming_bank_agrees_to_a_parts_cancellation(world: World) -> None:
    scene = transferred(world, BY_OTHER).pass_on(0, cancels=True).accept()
    assert scene.view("LetterOfCredit.stateOf", PART) == C.ISSUED
    scene.send(OTHER, "LetterOfCredit.extendConfirmation", PART, 1)
    assert scene.view("LetterOfCredit.stateOf", PART) == C.CANCELLED
    assert scene.view("transferOf", PART).state == T.ENDED
    assert scene.drawn() == 0


def test_a_part_of_a_credit_whose_confirming_bank_fell_behind_lies_within_both(
    world: World,
) -> None:
    scene = Transfers(world, BY_OTHER).issue()
    for number, changes in enumerate(({"expiry": EXPIRY + 9}, {"increase": 50}), 1):
        scene.send(ISSUER, "LetterOfCredit.amend", CREDIT, Amendment(number, **changes))
        scene.send(FIRST, "LetterOfCredit.acceptAmendment", CREDIT, number, NOTHING)
    scene.request(expiry=EXPIRY + 1)
    with reverts("NotReduced", CREDIT, Term.EXPIRY):
        scene.transfer()
    scene.request(number=2, share=101, expiry=EXPIRY)
    with reverts("Overdrawn", CREDIT, 101, 100):
        scene.transfer()
    scene.request(number=3, share=100).transfer()
    assert (shown(scene, scene.part).confirmed, scene.drawn()) == (True, 100)


# 7(a), 38: where the transferring bank does not pay


def test_a_second_beneficiary_turns_to_the_issuing_bank_where_the_transferring_bank_does_not_pay(
    world: World,
) -> None:
    """Under its part: what it is owed there is no drawing of the first beneficiary's."""
    scene = transferred(world).lodge(50).honour()
    world.at(world.time + 5 * DAY)
    scene.send(SECOND, "Forwarding.presentUnpaid", scene.key, ISSUER, 1, TEXT)
    there = PresentationKey(PART, ISSUER, SECOND, 1)
    record = world.presentation(there)
    assert (record.marks, record.flags) == (Mark.FORWARDED | Mark.COUNTED, 0)
    scene.send(ISSUER, "Presentations.findComplying", there)
    owed = obligation_id(there.id, ISSUER, SECOND)
    assert scene.view("PaymentObligations.obligation", owed).amount == 50
    assert (scene.drawn(PART), scene.view("transferOf", PART).open) == (50, 0)


def test_what_went_on_to_the_issuing_bank_is_owed_to_the_transferring_bank_alone(
    world: World,
) -> None:
    """It is for the first beneficiary's invoice; the second has a claim that is overdue."""
    scene = transferred(world).lodge(50).honour().substitute(10).take_up().forward()
    world.at(world.time + 5 * DAY)
    assert scene.onward is not None
    with reverts("ForwardedAlready", scene.key.id, scene.onward.id):
        scene.send(SECOND, "Forwarding.presentUnpaid", scene.key, ISSUER, 1, TEXT)
    assert scene.view("PaymentObligations.stateOf", scene.owed) == ObligationState.OVERDUE


# 10(a): cancellation


def test_article_10a_a_credit_is_cancelled_with_every_second_beneficiarys_consent(
    world: World,
) -> None:
    """Whoever comes last completes it; the applicant and the advising bank are not asked."""
    one = transferred(world, BY_OTHER, share=50, amount=40)
    two = one.another(share=50, amount=40, second_beneficiary=BUYER)
    two.propose_cancellation()
    consents: dict[str, Any] = {
        "first": two.accept_cancellation,
        "confirming": lambda: two.send(OTHER, "LetterOfCredit.extendConfirmation", CREDIT, 1),
        "one": one.agree,
        "two": two.agree,
    }
    cancelled = event("LetterOfCredit", "CreditCancelled", creditId=CREDIT)
    for last in consents:
        with world.aside():
            for name, consent in consents.items():
                if name != last:
                    consent()
                    assert two.view("LetterOfCredit.stateOf", CREDIT) == C.ISSUED
            consents[last]()
            assert two.receipt is not None or one.receipt is not None
            receipt = (one if last == "one" else two).receipt
            assert receipt is not None
            assert receipt.events[-1] == cancelled
            for number in (CREDIT, one.part, two.part):
                assert two.view("LetterOfCredit.stateOf", number) == C.CANCELLED
                with reverts("WrongCreditState", number, C.CANCELLED, C.ISSUED):
                    two.send(AUTHORITY, "LetterOfCredit.stay", number, world.time + 1, TEXT)


def test_documents_outlive_a_cancellation_under_a_part_too(world: World) -> None:
    scene = transferred(world).lodge(30).propose_cancellation().agree().accept_cancellation()
    with reverts("PartInUse", PART, 1, 0):
        scene.send(FIRST, "reclaimShare", PART, NOTHING)
    scene.honour()
    assert scene.drawn(PART) == 30
    scene.send(FIRST, "reclaimShare", PART, NOTHING)
    assert scene.drawn() == 30


def test_amendments_of_a_part_lapse_with_the_whole_credit(world: World) -> None:
    scene = transferred(world).amended(expiry=EXPIRY + 1).pass_on(expiry=EXPIRY + 1)
    scene.propose_cancellation().agree(2).accept_cancellation(2)
    assert scene.view("LetterOfCredit.amendmentOf", PART, 1).state == A.LAPSED
    with reverts("WrongCreditState", PART, C.CANCELLED, C.ISSUED):
        scene.accept()


def test_no_presentation_accepts_an_amendment_of_a_part_of_a_cancelled_credit(world: World) -> None:
    scene = transferred(world).amended(expiry=EXPIRY + 1).pass_on(expiry=EXPIRY + 1).lodge()
    scene.propose_cancellation().agree(2).accept_cancellation(2)
    with reverts("WrongCreditState", PART, C.CANCELLED, C.ISSUED):
        scene.send(TRANSFERRING, "Presentations.findComplyingWith", scene.key, 1 << 1, False)


def test_a_part_that_ended_is_not_asked(world: World) -> None:
    scene = transferred(world).propose_cancellation()
    scene.pass_on(0, cancels=True).accept()
    scene.accept_cancellation()
    assert scene.view("LetterOfCredit.stateOf", CREDIT) == C.CANCELLED


def test_a_consent_is_to_a_cancellation_that_is_open(world: World) -> None:
    scene = transferred(world).propose_cancellation()
    scene.send(FIRST, "LetterOfCredit.rejectAmendment", CREDIT, 1, NOTHING)
    with reverts("WrongAmendmentState", CREDIT, 1, A.REJECTED, A.PENDING):
        scene.agree()
    # A consent is to one cancellation, not to the next.
    scene.propose_cancellation().agree(2).propose_cancellation().accept_cancellation(3)
    assert scene.view("LetterOfCredit.stateOf", CREDIT) == C.ISSUED
    assert not scene.view("allAgreed", CREDIT, 3)
    assert scene.view("allAgreed", CREDIT, 2)


def test_a_credit_is_cancelled_once(world: World) -> None:
    """Of two cancellations that were accepted the one that is agreed to first is the last."""
    scene = transferred(world)
    for number in (1, 2):
        scene.propose_cancellation().accept_cancellation(number)
    scene.agree(2)
    with reverts("WrongCreditState", PART, C.CANCELLED, C.ISSUED):
        scene.agree(1)


# Ends


def test_a_part_gives_back_what_is_neither_drawn_nor_a_difference(world: World) -> None:
    scene = transferred(world).lodge(50).honour().substitute(10).take_up()
    scene.pass_on(0, cancels=True).accept()
    assert scene.receipt is not None
    scene.receipt.emitted(
        event(
            "LetterOfCredit",
            "CancellationAgreed",
            creditId=PART,
            number=1,
            agreedBy=SECOND,
            mandate=NOTHING,
        ),
        event("LetterOfCredit", "CreditCancelled", creditId=PART),
        told("PartEnded", partId=PART, creditId=CREDIT, returned=40),
    )
    assert (scene.drawn(), scene.view("livingParts", CREDIT)) == (60, 0)
    assert scene.view("leftOf", PART) == 0
    # The first beneficiary draws it, or transfers it anew.
    with world.aside():
        key = world.lodge(CREDIT, amount=40)
        assert world.presentation(key).flags == 0
    scene.another(share=40, amount=40)
    # What was honoured before goes on as before.
    scene.forward()
    assert world.presentation(scene.onward).flags == 0  # type: ignore[arg-type]


def test_a_part_that_is_cancelled_keeps_its_share_for_the_documents_at_its_bank(
    world: World,
) -> None:
    """What is lodged after the cancellation is open to nothing and holds nothing."""
    scene = transferred(world).amended(increase=20).lodge(30)
    scene.pass_on(1, share=20, increase=20).pass_on(0, cancels=True).accept(2)
    assert scene.receipt is not None
    assert [each.name for each in scene.receipt.events] == ["CancellationAgreed", "CreditCancelled"]
    assert (scene.drawn(), scene.view("livingParts", CREDIT)) == (SHARE + 20, 0)
    assert scene.view("LetterOfCredit.amendmentOf", PART, 1).state == A.LAPSED
    early = scene.key
    scene.lodge(10, number=2)
    record = world.presentation(scene.key)
    assert (Flag(record.flags), record.marks) == (
        Flag.NOT_IN_FORCE,
        Mark.UNBOUND | Mark.TRANSFERRED,
    )
    scene.send(TRANSFERRING, "Presentations.refuse", scene.key, 2, Disposal.RETURN, TEXT)
    scene.send(TRANSFERRING, "Disposals.recordReturn", scene.key, TEXT)
    with reverts("PartInUse", PART, 1, 1):
        scene.send(FIRST, "reclaimShare", PART, NOTHING)
    scene.key = early
    scene.honour().substitute(5).take_up()
    # The amendment that pended has lapsed, and holds nothing.
    scene.send(FIRST, "reclaimShare", PART, NOTHING)
    assert (scene.drawn(), scene.view("transferOf", PART).state) == (35, T.ENDED)


def test_an_unused_part_is_reclaimed_once_it_has_expired(world: World) -> None:
    scene = transferred(world).amended(expiry=EXPIRY + 5)
    scene.pass_on(expiry=EXPIRY - 6).lodge(30)
    # The part's last day is a Friday at the transferring bank, whose Monday is the next.
    world.at((EXPIRY - 7) * DAY + 10 * 3_600)
    assert scene.view("LetterOfCredit.stateOf", PART) == C.ISSUED
    with reverts("PartNotOver", PART):
        scene.send(FIRST, "reclaimShare", PART, NOTHING)
    world.at((EXPIRY - 4) * DAY + 20 * 3_600)
    assert scene.view("LetterOfCredit.stateOf", PART) == C.EXPIRED
    with reverts("PartInUse", PART, 1, 1):
        scene.send(FIRST, "reclaimShare", PART, NOTHING)
    with world.aside(), reverts("PartInUse", PART, 0, 1):
        scene.honour()
        scene.send(FIRST, "reclaimShare", PART, NOTHING)
    scene.reject()
    with reverts("PartInUse", PART, 1, 0):
        scene.send(FIRST, "reclaimShare", PART, NOTHING)
    scene.honour()
    scene.send(FIRST, "reclaimShare", PART, NOTHING)
    assert (scene.drawn(), scene.drawn(PART)) == (30, 30)
    assert scene.view("LetterOfCredit.stateOf", PART) == C.CANCELLED
    assert scene.view("livingParts", CREDIT) == 0
    with reverts("WrongTransferState", PART, T.ENDED, T.TRANSFERRED):
        scene.send(FIRST, "reclaimShare", PART, NOTHING)


def test_a_substitution_in_a_part_that_ended_has_nothing_left(world: World) -> None:
    scene = transferred(world).lodge(50).honour()
    scene.pass_on(0, cancels=True).accept()
    with reverts("InvoiceOutOfBounds", scene.key.id, 51, 50, 50):
        scene.substitute(1)
    scene.substitute(0).take_up().forward()


def test_share_arithmetic_is_the_librarys(world: World, seed: int) -> None:
    source = random.Random(seed)
    for _ in range(60):
        with world.aside():
            plus = source.choice((0, 5, 10))
            terms = TERMS._replace(amount=10_000, plus_tolerance=plus)
            share = source.randint(2_000, 9_000)
            amount = share * 100 // (100 + plus) - source.randint(0, 900)
            scene = transferred(world, terms, share=share, amount=amount)
            drawn = source.randint(1, amount)
            most = left_for_differences(share, amount, plus, 0, 0)
            assert scene.view("leftOf", PART) == most
            granted = source.randint(0, most)
            scene.lodge(drawn).honour().substitute(granted).take_up()
            assert scene.view("leftOf", PART) == left_for_differences(
                share, amount, plus, granted, 0
            )

# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 38, one short scenario for each paragraph."""

from __future__ import annotations

import pytest
from suite import Event
from transfers import (
    AMOUNT,
    BUYER,
    CREDIT,
    EXPIRY,
    FIRST,
    PART,
    SECOND,
    SHARE,
    TERMS,
    TEXT,
    TRANSFERRING,
    Transfers,
    told,
)
from vocabulary import AmendmentPassing, CreditState, TransferredTerm
from world import ADVISER, DAY, ISSUER, OTHER, Issuance, World, obligation_id, reverts

NO_TEXT = bytes(32)
# The struct of what is owed, by place: amount at 2.
OWED = 2


def part_of(scene: Transfers) -> Issuance:
    return Issuance(*scene.view("LetterOfCredit.credit", scene.part).issuance)


def events(scene: Transfers) -> list[Event]:
    assert scene.receipt is not None
    return scene.receipt.events


def test_article_38_a_no_bank_need_transfer(world: World) -> None:
    scene = Transfers(world).issue().request()
    assert scene.view("LetterOfCredit.stateOf", PART) == CreditState.NONE
    scene.send(TRANSFERRING, "declineTransfer", PART)
    assert events(scene) == [
        told("TransferDeclined", partId=PART, creditId=CREDIT, bank=TRANSFERRING)
    ]
    assert scene.drawn() == 0


def test_article_38_b_the_nominated_bank_transfers_or_one_that_is_authorised(
    world: World,
) -> None:
    scene = Transfers(world).issue(any_bank=True, nominated_bank=0)
    with reverts("NotTransferringBank", CREDIT, OTHER):
        scene.request(transferring_bank=OTHER)
    scene.send(ISSUER, "authoriseTransfer", CREDIT, OTHER)
    scene.request(transferring_bank=OTHER).transfer()
    assert scene.view("LetterOfCredit.stateOf", PART) == CreditState.ISSUED


def test_article_38_b_a_credit_is_transferable_if_it_says_so(world: World) -> None:
    scene = Transfers(world).issue(transferable=False)
    with reverts("NotTransferable", CREDIT):
        scene.request()


def test_article_38_c_charges_are_a_term_of_the_request(world: World) -> None:
    """Who bears them stands behind the commitment; the part is for its whole amount."""
    scene = Transfers(world).transferred()
    assert events(scene)[0].fields["terms"] == scene.asked.terms
    assert part_of(scene).amount == AMOUNT


def test_article_38_d_in_parts_where_partial_drawings_are_allowed(world: World) -> None:
    one = Transfers(world).transferred(share=60, amount=50)
    two = one.another(share=40, amount=30, second_beneficiary=BUYER)
    assert one.drawn() == 100
    assert two.view("livingParts", CREDIT) == 0b110
    with world.aside(), reverts("PartialTransferForbidden", other_credit(world)):
        forbidden = Transfers(world, TERMS._replace(partial_forbidden=True, reference=OTHER_REF))
        forbidden.asked = forbidden.asked._replace(credit=other_credit(world), share=60, amount=50)
        forbidden.issue().request().transfer()
        forbidden.request(number=2, share=40, amount=30).transfer()


OTHER_REF = b"ANOTHER".ljust(16, b"\0")


def other_credit(world: World) -> bytes:
    found: bytes = world.view("LetterOfCredit.creditIdOf", ISSUER, OTHER_REF)
    return found


def test_article_38_d_a_second_beneficiary_does_not_transfer_on(world: World) -> None:
    scene = Transfers(world).transferred()
    asked = scene.asked._replace(credit=PART, share=10, amount=10, second_beneficiary=BUYER)
    with reverts("NotTransferable", PART):
        scene.send(SECOND, "requestTransfer", asked, NO_TEXT)


@pytest.mark.parametrize("passing", list(AmendmentPassing))
def test_article_38_e_the_request_says_whether_amendments_pass(
    world: World, passing: AmendmentPassing
) -> None:
    scene = Transfers(world).transferred(passing=int(passing)).amended(expiry=EXPIRY + 1)
    if passing == AmendmentPassing.NEVER:
        with reverts("AmendmentNotPassedOn", PART, 1):
            scene.pass_on(expiry=EXPIRY + 1)
        return
    if passing == AmendmentPassing.ASK:
        with reverts("PassingNotApproved", PART, 1):
            scene.pass_on(expiry=EXPIRY + 1)
        scene.approve()
    scene.pass_on(expiry=EXPIRY + 1).accept()
    assert part_of(scene).expiry == EXPIRY + 1


def test_article_38_f_one_accepts_what_another_rejects(world: World) -> None:
    one = Transfers(world).transferred(share=50, amount=40)
    two = one.another(share=50, amount=40, second_beneficiary=BUYER)
    two.amended(expiry=EXPIRY + 1)
    one.pass_on(expiry=EXPIRY + 1).reject()
    two.pass_on(expiry=EXPIRY + 1).accept()
    assert (part_of(one).expiry, part_of(two).expiry) == (EXPIRY - 7, EXPIRY + 1)


def test_article_38_g_terms_are_copied_and_only_reduced(world: World) -> None:
    terms = TERMS._replace(confirming_bank=TRANSFERRING)
    scene = Transfers(world, terms).transferred()
    found = part_of(scene)
    assert (found.currency, found.availability) == (terms.currency, terms.availability)
    assert (found.amount, found.expiry, found.applicant) == (AMOUNT, EXPIRY - 7, FIRST)
    assert scene.view("LetterOfCredit.credit", PART).confirmed
    with reverts("NotReduced", CREDIT, TransferredTerm.EXPIRY):
        scene.another(share=1, amount=1, expiry=EXPIRY + 1)


def test_article_38_g_the_percentage_of_insurance_is_raised(world: World) -> None:
    scene = Transfers(world).issue().request(required_cover=110, amount=70)
    assert scene.view("insurancePercentage", PART) == 15_715


def test_article_38_h_the_first_beneficiary_draws_the_difference(world: World) -> None:
    scene = Transfers(world).transferred().lodge().honour().substitute(SHARE - AMOUNT).take_up()
    incurred = events(scene)[0].fields
    assert (incurred["debtor"], incurred["owner"]) == (TRANSFERRING, FIRST)
    assert incurred["amount"] == SHARE - AMOUNT


def test_article_38_i_on_first_demand_or_the_documents_go_on_as_received(world: World) -> None:
    scene = Transfers(world).transferred().lodge()
    with reverts("WrongSubstitutionState", scene.key.id, 0, 1):
        scene.send(TRANSFERRING, "recordFailure", scene.key, TEXT)
    scene.fail().forward()
    scene.send(ISSUER, "Presentations.findComplying", scene.onward)
    assert scene.onward is not None
    number = obligation_id(scene.onward.id, ISSUER, SECOND)
    assert scene.view("PaymentObligations.obligation", number)[OWED] == AMOUNT


def test_article_38_j_the_place_may_be_where_the_credit_was_transferred(world: World) -> None:
    """Its calendar decides, up to the expiry, and the right to substitute stays."""
    scene = Transfers(world).transferred(pays_where_transferred=True, expiry=EXPIRY)
    assert scene.view("transferOf", PART).request.paysWhereTransferred
    world.at(EXPIRY * DAY + 9 * 3_600)
    scene.key = world.lodge(
        PART, examiner=TRANSFERRING, presenter=SECOND, amount=AMOUNT, shipped=EXPIRY - 5
    )
    assert world.presentation(scene.key).flags == 0
    scene.substitute()


def test_article_38_k_a_second_beneficiary_presents_to_the_transferring_bank(
    world: World,
) -> None:
    scene = Transfers(world).transferred()
    for bank in (ISSUER, ADVISER):
        with reverts("BankNotPermitted", PART, bank):
            world.lodge(PART, examiner=bank, presenter=SECOND, amount=AMOUNT)
    scene.lodge()

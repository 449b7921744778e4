# SPDX-License-Identifier: Apache-2.0
"""Electronic titles: issued, endorsed, moved, rejected, pledged, surrendered; one path an act."""

import brownie
import pytest
from acceptance import CARRY, NO_END, WORK, assert_events, reverts_with, unix, word

NONE, LIVE, PLEDGED, IN_CUSTODY, SURRENDERED, AMENDING, ON_PAPER, DELIVERED = range(8)
TO_ORDER, STRAIGHT, BLANK = range(1, 4)
DELIVERY, AMENDMENT, PAPER = range(3)
TRANSFER_HOLDER = 2
NO_REMARK = b"\0" * 32
NOBODY = "0x" + "00" * 20
REFERENCE, DOCUMENT, AMENDED = word("reference"), word("bill of lading"), word("amended")


@pytest.fixture
def titles(suite):
    return suite.titles


@pytest.fixture
def carrier(suite, forwarder):
    suite.registry.setKey(forwarder.desk, WORK | CARRY, NO_END, {"from": forwarder.administrator})
    return forwarder


@pytest.fixture
def title(titles, carrier, beneficiary):
    given = (REFERENCE, DOCUMENT, beneficiary.desk, beneficiary.desk, TO_ORDER, NO_REMARK)
    tx = titles.issue(given, {"from": carrier.desk})
    number = titles.titleIdOf(carrier.number, REFERENCE)
    issued = {
        "title": number,
        "issuer": carrier.number,
        "holder": beneficiary.number,
        "beneficiary": beneficiary.number,
        "form": TO_ORDER,
        "document": DOCUMENT,
    }
    assert_events(tx, (titles, "TitleIssued", issued))
    return number


def by(member):
    return {"from": member.desk}


def state(titles, title):
    return titles.titleOf(title)[0]


def parties(titles, title):
    """Holder and beneficiary."""
    found = titles.titleOf(title)
    return found[4], found[5]


def test_a_title_is_issued_once_by_a_carrier(titles, title, carrier, beneficiary, applicant):
    given = (REFERENCE, DOCUMENT, beneficiary.desk, beneficiary.desk, TO_ORDER, NO_REMARK)
    with reverts_with("TitleExists", title):
        titles.issue(given, by(carrier))
    with reverts_with("MissingRole", applicant.desk, applicant.number, CARRY):
        titles.issue(given, by(applicant))
    others = [(word(text), *given[1:]) for text in ("two", "three")]
    titles.issueBatch(others, by(carrier))
    assert state(titles, titles.titleIdOf(carrier.number, word("three"))) == LIVE
    assert titles.controllerOf(title) == (beneficiary.number, NOBODY)


def test_a_title_is_endorsed_by_its_holder_with_consent(
    titles, title, beneficiary, applicant, issuing_bank
):
    titles.nominate(title, issuing_bank.desk, NO_REMARK, by(beneficiary))
    titles.transferHolder(title, applicant.desk, NO_REMARK, by(beneficiary))
    with reverts_with("NotTheNominee", title, issuing_bank.number, applicant.number):
        titles.endorseTitle(title, applicant.desk, TO_ORDER, NO_REMARK, by(applicant))
    tx = titles.endorseTitle(title, issuing_bank.desk, STRAIGHT, NO_REMARK, by(applicant))
    endorsed = {
        "title": title,
        "previous": beneficiary.number,
        "beneficiary": issuing_bank.number,
        "form": STRAIGHT,
    }
    assert_events(tx, (titles, "TitleEndorsed", endorsed))
    assert parties(titles, title) == (applicant.number, issuing_bank.number)


def test_what_came_is_rejected(titles, title, beneficiary, applicant):
    both = (title, applicant.desk, TO_ORDER, applicant.desk, NO_REMARK)
    titles.transferBoth(*both, by(beneficiary))
    titles.rejectBoth(title, NO_REMARK, by(applicant))
    assert parties(titles, title) == (beneficiary.number, beneficiary.number)
    titles.transferBoth(*both, by(beneficiary))
    titles.rejectHolder(title, NO_REMARK, by(applicant))
    titles.rejectBeneficiary(title, NO_REMARK, by(applicant))
    assert parties(titles, title) == (beneficiary.number, beneficiary.number)
    with reverts_with("NothingToReject", title, beneficiary.number):
        titles.rejectHolder(title, NO_REMARK, by(beneficiary))


def test_what_came_is_kept_after_five_days(titles, title, beneficiary, applicant, clock):
    titles.transferHolder(title, applicant.desk, NO_REMARK, by(beneficiary))
    clock("2025-09-09 10:00")
    with brownie.reverts():
        titles.rejectHolder(title, NO_REMARK, by(applicant))
    assert parties(titles, title) == (applicant.number, beneficiary.number)


def test_a_title_is_pledged_to_a_bank_and_released(
    titles, title, beneficiary, issuing_bank, applicant
):
    with reverts_with("PledgeeNotABank", title, applicant.number):
        titles.pledge(title, applicant.desk, NO_REMARK, by(beneficiary))
    titles.pledge(title, issuing_bank.desk, NO_REMARK, by(beneficiary))
    assert state(titles, title) == PLEDGED
    titles.releasePledge(title, NO_REMARK, by(issuing_bank))
    assert parties(titles, title) == (beneficiary.number, beneficiary.number)


def test_a_title_is_delivered_against_or_given_back(titles, title, beneficiary, carrier):
    titles.surrender(title, DELIVERY, NO_REMARK, by(beneficiary))
    titles.rejectSurrender(title, NO_REMARK, by(carrier))
    titles.surrender(title, DELIVERY, NO_REMARK, by(beneficiary))
    remark = word("delivered at the quay")
    tx = titles.acceptSurrender(title, remark, by(carrier))
    accepted = {
        "title": title,
        "issuer": carrier.number,
        "holder": beneficiary.number,
        "purpose": DELIVERY,
    }
    assert_events(
        tx,
        (titles, "SurrenderAccepted", accepted),
        (titles, "Remarked", {"title": title, "remark": remark}),
    )
    assert state(titles, title) == DELIVERED


def test_a_title_is_amended_and_goes_to_paper_and_back(
    titles, title, beneficiary, applicant, carrier
):
    titles.surrender(title, AMENDMENT, NO_REMARK, by(beneficiary))
    titles.acceptSurrender(title, NO_REMARK, by(carrier))
    assert state(titles, title) == AMENDING
    titles.restore(title, AMENDED, NO_REMARK, by(carrier))
    assert parties(titles, title) == (beneficiary.number, beneficiary.number)
    titles.surrender(title, PAPER, NO_REMARK, by(beneficiary))
    titles.acceptSurrender(title, NO_REMARK, by(carrier))
    assert state(titles, title) == ON_PAPER
    given = (NO_REMARK, AMENDED, applicant.desk, NOBODY, BLANK, NO_REMARK)
    titles.returnFromPaper(title, given, by(carrier))
    assert (state(titles, title), parties(titles, title)) == (LIVE, (applicant.number, 0))


def test_one_call_moves_several_titles(titles, title, carrier, beneficiary, issuing_bank):
    given = (word("two"), DOCUMENT, beneficiary.desk, beneficiary.desk, TO_ORDER, NO_REMARK)
    titles.issue(given, by(carrier))
    both = [title, titles.titleIdOf(carrier.number, word("two"))]
    order = (TRANSFER_HOLDER, issuing_bank.desk, NOBODY, TO_ORDER, DELIVERY, NO_REMARK)
    titles.instruct(both, order, by(beneficiary))
    assert {parties(titles, each)[0] for each in both} == {issuing_bank.number}


def test_nobody_but_a_custodian_takes_titles_into_custody(
    suite, titles, title, beneficiary, applicant
):
    for call in (
        lambda: titles.deposit([title], beneficiary.number, 0, title, by(beneficiary)),
        lambda: titles.giveBack([title], title, by(beneficiary)),
        lambda: titles.handOver([title], applicant.number, title, by(beneficiary)),
    ):
        with reverts_with("NotCustodian", beneficiary.desk):
            call()
    keepers = suite.custody.address, suite.deliveries.address
    assert (titles.custody(), titles.deliveries()) == keepers
    assert state(titles, title) == LIVE


def test_a_facade_reads_and_acts_for_its_title(
    suite, titles, title, beneficiary, applicant, stranger
):
    suite.facades.create(title, {"from": stranger})
    facade = brownie.TitleFacade.at(suite.facades.facadeOf(title))
    assert facade.holder() == facade.beneficiary() == beneficiary.treasury
    facade.transferOwners(applicant.treasury, applicant.desk, b"", by(beneficiary))
    assert parties(titles, title) == (applicant.number, applicant.number)
    facade.rejectTransferOwners(b"not ours", by(applicant))
    assert facade.holder() == beneficiary.treasury
    with reverts_with("NotTitleHolder", title, beneficiary.number, applicant.number):
        facade.transferHolder(applicant.desk, b"", by(applicant))
    facade.returnToIssuer(b"", by(beneficiary))
    assert not facade.isHoldingToken()


PAYMENT, TRUST = range(2)
OFFERED, ON_TRUST, SETTLED, WITHDRAWN, LAPSED = range(1, 6)
AMOUNT, SOURCE, PAPER_SIGNED = 120_000_000, word("presentation"), word("trust receipt")


@pytest.fixture
def delivery(suite, titles, carrier, issuing_bank, applicant, cash, central_bank):
    """Offers titles of the bank's; what names the delivery."""
    cash.mint(applicant.number, 150_000_000, word("RTGS-2"), by(central_bank))

    def offered(basis, number=1):
        reference = word(f"of delivery {number}")
        given = (reference, DOCUMENT, issuing_bank.desk, issuing_bank.desk, TO_ORDER, NO_REMARK)
        titles.issue(given, by(carrier))
        listed = [titles.titleIdOf(carrier.number, reference)]
        key = (issuing_bank.number, applicant.number, SOURCE, number, listed)
        take_by = unix("2025-09-10")
        terms = (AMOUNT, 156, basis, take_by, unix("2025-12-01") if basis == TRUST else 0)
        suite.deliveries.offer(key, terms, by(issuing_bank))
        assert state(titles, listed[0]) == IN_CUSTODY
        assert titles.controllerOf(listed[0]) == (0, suite.deliveries.address)
        return key

    return offered


def where(suite, titles, key):
    """Who holds the title and whose it is, the state of the delivery, and the bank's cash."""
    bank = suite.registry.member(key[0])[0]
    stands = suite.deliveries.stateOf(suite.deliveries.deliveryIdOf(key))
    return *parties(titles, key[4][0]), stands, suite.cash.balanceOf(bank)


def test_titles_are_delivered_against_payment(suite, titles, delivery, issuing_bank, applicant):
    key = delivery(PAYMENT)
    with reverts_with("NotDeliveryApplicant", key_id(suite, key), key[1], key[0]):
        suite.deliveries.take(key, issuing_bank.desk, by(issuing_bank))
    tx = suite.deliveries.take(key, applicant.desk, by(applicant))
    assert where(suite, titles, key) == (key[1], key[1], SETTLED, AMOUNT)
    taken = {
        "deliveryId": key_id(suite, key),
        "bank": key[0],
        "applicant": key[1],
        "amount": AMOUNT,
        "currency": 156,
    }
    moved = {
        "from": applicant.treasury.address,
        "to": issuing_bank.treasury.address,
        "value": AMOUNT,
    }
    over = {
        "title": key[4][0],
        "depositor": key[0],
        "holder": key[1],
        "custodian": suite.deliveries.address,
        "beneficiary": key[1],
    }
    assert_events(
        tx,
        (suite.deliveries, "TitlesTaken", taken),
        (suite.cash, "Transfer", moved),
        (titles, "TitleHandedOver", over),
    )


def test_titles_are_delivered_on_trust_and_paid_for_later(
    suite, titles, delivery, issuing_bank, applicant
):
    paid, attested = delivery(TRUST), delivery(TRUST, 2)
    for key in (paid, attested):
        suite.deliveries.takeOnTrust(key, applicant.desk, PAPER_SIGNED, by(applicant))
        assert where(suite, titles, key) == (key[1], key[1], ON_TRUST, 0)
    suite.deliveries.attestPayment(attested, word("RTGS-3"), by(issuing_bank))
    assert where(suite, titles, attested) == (key[1], key[1], SETTLED, 0)
    suite.deliveries.pay(paid, by(applicant))
    assert where(suite, titles, paid) == (key[1], key[1], SETTLED, AMOUNT)


def test_what_is_not_taken_goes_back(
    suite, titles, delivery, issuing_bank, applicant, stranger, clock
):
    withdrawn, released, lapsed = (delivery(PAYMENT, number) for number in (1, 2, 3))
    suite.deliveries.withdraw(withdrawn, by(issuing_bank))
    assert where(suite, titles, withdrawn) == (*[withdrawn[0]] * 2, WITHDRAWN, 0)
    suite.deliveries.release(released, applicant.desk, word("RTGS-3"), by(issuing_bank))
    assert where(suite, titles, released) == (*[released[1]] * 2, SETTLED, 0)
    clock("2025-09-10 10:00")
    suite.deliveries.lapse(lapsed, {"from": stranger})
    assert where(suite, titles, lapsed) == (*[lapsed[0]] * 2, WITHDRAWN, 0)


def key_id(suite, key):
    return suite.deliveries.deliveryIdOf(key)

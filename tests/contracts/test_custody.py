# SPDX-License-Identifier: Apache-2.0
"""Titles under a credit: presented, paid for, delivered, given back, carried on; a path an act."""

import pytest
from acceptance import (
    AMOUNT,
    COMPLYING,
    DEFERRED_PAYMENT,
    LODGED,
    RETURN,
    Issuance,
    Lodging,
    assert_events,
    reverts_with,
    word,
)

TO_ORDER = 1
FROM_SIGHT, RETURN_DUE = 1, 7
NO_REMARK = b"\0" * 32
NOBODY = "0x" + "00" * 20
CARRY, NO_END = 1 << 14, 2**40 - 1
MESSAGE = word("message")


def by(member):
    return {"from": member.desk}


@pytest.fixture
def titles(suite):
    return suite.titles


@pytest.fixture
def custody(suite):
    return suite.custody


@pytest.fixture
def title(titles, registry, forwarder, beneficiary):
    """A title of the beneficiary's."""
    registry.setKey(forwarder.desk, CARRY, NO_END, {"from": forwarder.administrator})
    desk = beneficiary.desk
    given = (word("reference"), word("bill"), desk, desk, TO_ORDER, NO_REMARK)
    titles.issue(given, by(forwarder))
    return titles.titleIdOf(forwarder.number, word("reference"))


def usance(letters, bank):
    terms = Issuance(availability=DEFERRED_PAYMENT, tenor=30, tenor_from=FROM_SIGHT)
    letters.issue(terms, by(bank))
    return letters.creditIdOf(bank.number, word("LC2025-0001", 16))


def present(titles, credit, presenter, title, bank=4):
    key = (credit, bank, presenter.number, 1)
    titles.presentDocuments(Lodging(key), [title], by(presenter))
    return key


def test_a_title_is_presented_and_paid_for(
    titles,
    custody,
    presentations,
    obligations,
    cash,
    issued,
    title,
    issuing_bank,
    beneficiary,
    funded,
):
    key = (issued, 4, beneficiary.number, 1)
    titles.presentDocuments(Lodging(key), [title], by(beneficiary))
    assert titles.controllerOf(title) == (0, custody.address)
    presentation = presentations.presentationIdOf(key)
    assert presentations.presentation(presentation)["titles"] == 1
    owed = custody.recordOf(key)
    assert owed == obligations.obligationIdOf(presentation, 4, beneficiary.number)
    presentations.findComplying(key, by(issuing_bank))
    with reverts_with("TitlesGoToPayer", owed, 0, 1):
        obligations.pay(owed, by(issuing_bank))
    with reverts_with("TitlesAwaitPayment", owed):
        custody.deliver(key, [title], issuing_bank.desk, by(beneficiary))
    tx = titles.payForTitles(owed, [title], by(issuing_bank))
    assert tx.events["TitleHandedOver"]["holder"] == issuing_bank.number
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT
    assert titles.controllerOf(title) == (issuing_bank.number, NOBODY)


def test_titles_come_after_the_documents(
    titles, custody, presentations, lodged, title, beneficiary
):
    tx = custody.attach(lodged, [title], by(beneficiary))
    deposited = {
        "title": title,
        "depositor": beneficiary.number,
        "custodian": custody.address,
        "record": custody.recordOf(lodged),
    }
    assert_events(tx, (titles, "TitleDeposited", deposited))
    with reverts_with("TitlesPresentedAlready", presentations.presentationIdOf(lodged), 1):
        custody.attach(lodged, [title], by(beneficiary))


@pytest.mark.parametrize("decision", ["findComplying", "findComplyingWith", "acceptDiscrepancies"])
def test_a_bank_gets_the_title_with_its_undertaking(
    titles, custody, presentations, letters, title, issuing_bank, beneficiary, decision
):
    key = present(titles, usance(letters, issuing_bank), beneficiary, title)
    with reverts_with("TitlesGoAlong", custody.recordOf(key), 1):
        presentations.findComplying(key, by(issuing_bank))
    more = {"findComplyingWith": (0, False), "acceptDiscrepancies": (MESSAGE, False)}
    args = more.get(decision, ())
    getattr(custody, decision)(key, *args, [title], by(issuing_bank))
    assert titles.controllerOf(title) == (issuing_bank.number, NOBODY)


def test_a_title_follows_money_that_moved_elsewhere(
    titles, custody, presentations, obligations, issued, title, issuing_bank, beneficiary, applicant
):
    key = present(titles, issued, beneficiary, title)
    presentations.findComplying(key, by(issuing_bank))
    obligations.attestPayment(custody.recordOf(key), MESSAGE, by(beneficiary))
    number = presentations.presentationIdOf(key)
    with reverts_with("NotEntitledToTitles", number, issuing_bank.number, applicant.number):
        custody.deliver(key, [title], applicant.desk, by(applicant))
    custody.deliver(key, [title], issuing_bank.desk, by(applicant))
    assert titles.controllerOf(title) == (issuing_bank.number, NOBODY)


def test_a_refused_title_goes_back(
    titles, custody, presentations, issued, title, issuing_bank, beneficiary, applicant
):
    key = present(titles, issued, beneficiary, title)
    number = presentations.presentationIdOf(key)
    with reverts_with("TitlesStay", number):
        custody.giveBack(key, [title], by(beneficiary))
    presentations.refuse(key, 1, RETURN, MESSAGE, by(issuing_bank))
    with reverts_with("NotItsTitles", number, 0, 1):
        custody.giveBack(key, [], by(applicant))
    custody.giveBack(key, [title], by(applicant))
    assert titles.controllerOf(title) == (beneficiary.number, NOBODY)
    assert presentations.stateOf(key) == RETURN_DUE


def test_a_title_follows_its_documents(
    titles,
    custody,
    presentations,
    forwarding,
    letters,
    title,
    issuing_bank,
    other_bank,
    beneficiary,
):
    letters.issue(Issuance(nominated_bank=other_bank.number), by(issuing_bank))
    credit = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    key = present(titles, credit, beneficiary, title, other_bank.number)
    forwarding.forward(key, issuing_bank.number, 1, MESSAGE, by(other_bank))
    onward = (credit, issuing_bank.number, other_bank.number, 1)
    tx = custody.carryOn(key, onward, [title], by(beneficiary))
    carried = {
        "title": title,
        "depositor": beneficiary.number,
        "record": custody.recordOf(onward),
        "beneficiary": beneficiary.number,
    }
    assert_events(tx, (titles, "TitleCarriedOn", carried))
    assert presentations.stateOf(onward) == LODGED
    presentations.findComplying(onward, by(issuing_bank))
    assert presentations.stateOf(onward) == COMPLYING


def test_nobody_calls_the_doors(
    titles, custody, presentations, obligations, lodged, title, applicant
):
    with reverts_with("NotCustodian", applicant.desk):
        titles.letGoOn([title], title, title, 4, 5, by(applicant))
    with reverts_with("NotTitleRegistry", applicant.desk):
        obligations.payFor(title, 4, 1, by(applicant))
    with reverts_with("NotLodgingContract", applicant.desk):
        presentations.lodgeMarked(Lodging(lodged), 1 << 10, by(applicant))

# SPDX-License-Identifier: Apache-2.0
"""A bank that does not pay and the bank behind it, receipt out of hours, amendments by name."""

import pytest
from acceptance import (
    AMOUNT,
    COMPLYING,
    CREDIT_CANCELLED,
    ISSUED,
    LATE,
    PAID,
    PRECLUDED,
    SETTLED,
    Issuance,
    Lodging,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)

TEXT = word("text")
NOBODYS = "0x" + "00" * 32


@pytest.fixture
def credit(letters, cash, issuing_bank, advising_bank, central_bank):
    """A credit with a nominated bank, and both banks in funds."""
    letters.issue(Issuance(nominated_bank=advising_bank.number), {"from": issuing_bank.desk})
    for bank in (issuing_bank, advising_bank):
        reference = word(f"RTGS-{bank.number}")
        cash.mint(bank.number, 200_000_000, reference, {"from": central_bank.desk})
    return letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))


@pytest.fixture
def unpaid(presentations, credit, advising_bank, beneficiary):
    """The nominated bank found complying; what names the documents there."""
    key = (credit, advising_bank.number, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    presentations.findComplying(key, {"from": advising_bank.desk})
    return key


def owed_on(presentations, obligations, key, owner):
    number = presentations.presentationIdOf(key)
    return obligations.obligationIdOf(number, key[1], owner.number)


def test_the_issuing_bank_pays_what_the_nominated_bank_left_unpaid(
    presentations,
    forwarding,
    obligations,
    letters,
    cash,
    unpaid,
    issuing_bank,
    advising_bank,
    beneficiary,
    clock,
):
    owed = owed_on(presentations, obligations, unpaid, beneficiary)
    with reverts_with("NotOverdue", owed, 1):
        forwarding.presentUnpaid(unpaid, issuing_bank.number, 1, TEXT, {"from": beneficiary.desk})
    clock("2025-09-04 10:00")
    tx = forwarding.presentUnpaid(unpaid, issuing_bank.number, 1, TEXT, {"from": beneficiary.desk})

    onward = (unpaid[0], issuing_bank.number, beneficiary.number, 1)
    number = presentations.presentationIdOf(onward)
    later = owed_on(presentations, obligations, onward, beneficiary)
    taken = {
        "presentationId": presentations.presentationIdOf(unpaid),
        "onwardId": number,
        "creditor": beneficiary.number,
        "documents": TEXT,
    }
    followed = {"unpaid": owed, "later": later, "creditor": beneficiary.number}
    lodged = {
        "presentationId": number,
        "creditId": unpaid[0],
        "examiner": issuing_bank.number,
        "lodging": (onward, AMOUNT, day("2025-09-01"), True, TEXT),
        "payee": beneficiary.number,
        "received": unix("2025-09-04 10:00"),
        "deadline": unix("2025-09-11 17:00"),
        "flags": 0,
    }
    assert_events(
        tx,
        (forwarding, "UnpaidDrawingTaken", taken),
        (obligations, "ObligationFollowed", followed),
        (presentations, "DocumentsLodged", lodged),
    )
    presentations.findComplying(onward, {"from": issuing_bank.desk})
    assert presentations.stateOf(onward) == COMPLYING
    assert letters.credit(unpaid[0])["drawn"] == AMOUNT
    obligations.pay(later, {"from": issuing_bank.desk})
    with reverts_with("PaidByCounterpart", owed, later):
        obligations.pay(owed, {"from": advising_bank.desk})
    obligations.settleByCounterpart(owed, {"from": advising_bank.desk})
    assert (obligations.stateOf(owed), obligations.stateOf(later)) == (SETTLED, PAID)
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT


def test_a_forwarded_drawing_is_taken_over_and_goes_to_who_pays_late(
    presentations,
    forwarding,
    obligations,
    cash,
    unpaid,
    issuing_bank,
    advising_bank,
    beneficiary,
    clock,
):
    bank = {"from": advising_bank.desk}
    forwarding.forward(unpaid, issuing_bank.number, 1, TEXT, bank)
    onward = (unpaid[0], issuing_bank.number, advising_bank.number, 1)
    presentations.findComplying(onward, {"from": issuing_bank.desk})
    clock("2025-09-04 10:00")
    forwarding.presentUnpaid(unpaid, issuing_bank.number, 1, TEXT, {"from": beneficiary.desk})
    owed = owed_on(presentations, obligations, unpaid, beneficiary)
    direct = owed_on(presentations, obligations, onward, advising_bank)
    assert obligations.currentCreditor(direct) == beneficiary.number
    obligations.pay(owed, bank)
    assert obligations.currentCreditor(direct) == advising_bank.number
    obligations.pay(direct, {"from": issuing_bank.desk})
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT
    assert cash.balanceOf(advising_bank.treasury) == 200_000_000


def test_documents_are_taken_in_out_of_hours(
    presentations, letters, issuing_bank, beneficiary, clock
):
    letters.issue(Issuance(expiry=day("2025-09-03")), {"from": issuing_bank.desk})
    credit = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    clock("2025-09-03 17:00:01")
    key = (credit, issuing_bank.number, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    number = presentations.presentationIdOf(key)
    assert presentations.presentation(number)["flags"] == LATE
    tx = presentations.acceptOutOfHours(key, {"from": issuing_bank.desk})
    fields = {
        "presentationId": number,
        "receiptDay": day("2025-09-03"),
        "deadline": unix("2025-09-10 17:00"),
        "flags": 0,
    }
    assert_events(tx, (presentations, "AcceptedOutOfHours", fields))
    with reverts_with("AcceptedAlready", number):
        presentations.acceptOutOfHours(key, {"from": issuing_bank.desk})
    presentations.findComplying(key, {"from": issuing_bank.desk})


def test_an_amendment_to_a_loss_is_accepted_by_name(
    presentations, letters, lodged, issuing_bank, beneficiary
):
    credit, bank = lodged[0], {"from": issuing_bank.desk}
    amendment = (1, False, 0, 0, day("2025-10-01"), 0, 0, False, 0, 0, TEXT)
    letters.amend(credit, amendment, bank)
    with reverts_with("AmendmentNotNamed", credit, 1):
        presentations.findComplyingWith(lodged, 2, False, bank)
    tx = presentations.nameAmendments(lodged, 2, {"from": beneficiary.desk})
    fields = {
        "presentationId": presentations.presentationIdOf(lodged),
        "presenter": beneficiary.number,
        "amendments": 2,
    }
    assert_events(tx, (presentations, "AmendmentsNamed", fields))
    presentations.findComplyingWith(lodged, 2, False, bank)
    assert letters.credit(credit)["version"] == 1


def test_an_open_presentation_outlives_a_cancellation(
    presentations, letters, obligations, lodged, issuing_bank, beneficiary, clock
):
    credit = lodged[0]
    assert letters.stateOf(credit) == ISSUED
    cancellation = (1, True, 0, 0, 0, 0, 0, False, 0, 0, TEXT)
    letters.amend(credit, cancellation, {"from": issuing_bank.desk})
    letters.acceptAmendment(credit, 1, NOBODYS, {"from": beneficiary.desk})
    assert letters.stateOf(credit) == CREDIT_CANCELLED
    clock("2025-09-09 17:00:01")
    assert presentations.stateOf(lodged) == PRECLUDED
    presentations.claimPrecluded(lodged, {"from": beneficiary.desk})
    owed = owed_on(presentations, obligations, lodged, beneficiary)
    assert obligations.obligation(owed)["amount"] == AMOUNT
    after = (credit, issuing_bank.number, beneficiary.number, 2)
    presentations.lodge(Lodging(after, amount=1), {"from": beneficiary.desk})
    with reverts_with("BankNotBound", presentations.presentationIdOf(after), issuing_bank.number):
        presentations.claimPrecluded(after, {"from": beneficiary.desk})

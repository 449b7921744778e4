# SPDX-License-Identifier: Apache-2.0
import pytest
from acceptance import (
    AMENDMENT_ACCEPTED,
    AMENDMENT_LAPSED,
    AMENDMENT_PENDING,
    AMENDMENT_REJECTED,
    AMOUNT,
    CREDIT_CANCELLED,
    ISSUED,
    Amendment,
    Issuance,
    assert_events,
    day,
    reverts_with,
    word,
)
from eth_utils import keccak

NOBODYS = word("")


@pytest.fixture
def amended(letters, issued, issuing_bank):
    """The plain credit with a decrease that waits for the beneficiary."""
    letters.amend(issued, Amendment(decrease=100), {"from": issuing_bank.desk})
    return issued


@pytest.fixture
def confirmed(letters, issued, issuing_bank, advising_bank):
    letters.requestConfirmation(issued, advising_bank.number, {"from": issuing_bank.desk})
    letters.confirm(issued, {"from": advising_bank.desk})
    return issued


def test_amend(letters, issued, issuing_bank):
    amendment = Amendment(increase=500, expiry=day("2025-12-15"))

    tx = letters.amend(issued, amendment, {"from": issuing_bank.desk})

    fields = {"creditId": issued, "number": 1, "amendment": amendment}
    assert_events(tx, (letters, "AmendmentIssued", fields))
    assert letters.amendmentOf(issued, 1) == (AMENDMENT_PENDING, False, False, 0, amendment)
    # Nothing changes until the beneficiary accepts.
    assert letters.credit(issued)[13][8] == AMOUNT


def test_accept_an_amendment(letters, amended, beneficiary):
    tx = letters.acceptAmendment(amended, 1, NOBODYS, {"from": beneficiary.desk})

    terms = keccak(bytes.fromhex(Issuance().terms[2:]) + bytes.fromhex(Amendment().terms[2:]))
    fields = {
        "creditId": amended,
        "number": 1,
        "acceptedBy": beneficiary.number,
        "version": 1,
        "terms": "0x" + terms.hex(),
        "diverged": False,
        "mandate": NOBODYS,
    }
    assert_events(tx, (letters, "AmendmentAccepted", fields))
    assert letters.amendmentOf(amended, 1)[0] == AMENDMENT_ACCEPTED
    assert letters.credit(amended)[13][8] == AMOUNT - 100


def test_reject_an_amendment(letters, amended, beneficiary):
    tx = letters.rejectAmendment(amended, 1, NOBODYS, {"from": beneficiary.desk})

    rejected = {"creditId": amended, "number": 1, "rejectedBy": beneficiary.number}
    assert_events(tx, (letters, "AmendmentRejected", rejected | {"mandate": NOBODYS}))
    with reverts_with("WrongAmendmentState", amended, 1, AMENDMENT_REJECTED, AMENDMENT_PENDING):
        letters.acceptAmendment(amended, 1, NOBODYS, {"from": beneficiary.desk})


def test_only_the_beneficiary_accepts(letters, amended, issuing_bank, advising_bank, applicant):
    for member in (issuing_bank, advising_bank, applicant):
        with reverts_with("NotForBeneficiary", amended, member.number):
            letters.acceptAmendment(amended, 1, NOBODYS, {"from": member.desk})


def test_only_the_issuing_bank_amends(letters, issued, advising_bank):
    with reverts_with("NotIssuingBank", issued, advising_bank.number):
        letters.amend(issued, Amendment(), {"from": advising_bank.desk})


def test_amendments_are_numbered_one_by_one(letters, amended, issuing_bank):
    with reverts_with("AmendmentOutOfOrder", amended, 1, 2):
        letters.amend(amended, Amendment(), {"from": issuing_bank.desk})


def test_extend_the_confirmation(letters, confirmed, issuing_bank, advising_bank, beneficiary):
    letters.amend(confirmed, Amendment(increase=500), {"from": issuing_bank.desk})
    letters.acceptAmendment(confirmed, 1, NOBODYS, {"from": beneficiary.desk})
    # The confirming bank has not extended to it, and is bound as before.
    assert letters.undertaking(confirmed, issuing_bank.number)[13][8] == AMOUNT + 500
    assert letters.undertaking(confirmed, advising_bank.number)[13][8] == AMOUNT

    tx = letters.extendConfirmation(confirmed, 1, {"from": advising_bank.desk})

    fields = {"creditId": confirmed, "number": 1, "diverged": False}
    assert_events(tx, (letters, "ConfirmationExtended", fields))
    assert letters.undertaking(confirmed, advising_bank.number)[13][8] == AMOUNT + 500


def test_decline_to_extend(letters, confirmed, issuing_bank, advising_bank):
    letters.amend(confirmed, Amendment(increase=500), {"from": issuing_bank.desk})

    tx = letters.declineExtension(confirmed, 1, {"from": advising_bank.desk})

    assert_events(tx, (letters, "ExtensionDeclined", {"creditId": confirmed, "number": 1}))
    with reverts_with("ExtensionDeclinedAlready", confirmed, 1):
        letters.declineExtension(confirmed, 1, {"from": advising_bank.desk})


def test_cancel_with_every_consent(letters, confirmed, issuing_bank, advising_bank, beneficiary):
    letters.amend(confirmed, Amendment(decrease=1), {"from": issuing_bank.desk})
    letters.amend(confirmed, Amendment(2, cancels=True), {"from": issuing_bank.desk})

    tx = letters.acceptAmendment(confirmed, 2, NOBODYS, {"from": beneficiary.desk})

    agreed = {"creditId": confirmed, "number": 2, "agreedBy": beneficiary.number}
    assert_events(tx, (letters, "CancellationAgreed", agreed | {"mandate": NOBODYS}))
    assert letters.stateOf(confirmed) == ISSUED

    tx = letters.extendConfirmation(confirmed, 2, {"from": advising_bank.desk})

    agreed = {"creditId": confirmed, "number": 2, "agreedBy": advising_bank.number}
    assert_events(
        tx,
        (letters, "CancellationAgreed", agreed | {"mandate": NOBODYS}),
        (letters, "CreditCancelled", {"creditId": confirmed}),
    )
    assert letters.stateOf(confirmed) == CREDIT_CANCELLED
    assert letters.amendmentOf(confirmed, 1)[0] == AMENDMENT_LAPSED
    with reverts_with("WrongCreditState", confirmed, CREDIT_CANCELLED, ISSUED):
        letters.acceptAmendment(confirmed, 1, NOBODYS, {"from": beneficiary.desk})


def test_only_presentations_accept_by_presentation(letters, amended, beneficiary):
    with reverts_with("NotPresentations", beneficiary.desk):
        letters.acceptByPresentation(amended, 2, 2, False, {"from": beneficiary.desk})

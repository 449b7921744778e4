# SPDX-License-Identifier: Apache-2.0
"""Reimbursement between banks: each act once, as the parties to it see it."""

from typing import NamedTuple

import pytest
from acceptance import (
    AMOUNT,
    AUTHORISATION_CANCELLED,
    AUTHORISED,
    BY_COMPLYING,
    CHARGES,
    CLAIM_HONOURED,
    CLAIM_MADE,
    CLAIM_PAID,
    CLAIM_UNPAID,
    CNY,
    DUE,
    FALLEN_BACK,
    HOLD,
    NON_CONFORMING,
    NON_PAYMENT_NOTIFIED,
    RECOURSE,
    REFUND,
    REFUND_DUE,
    REIMBURSEMENT,
    SETTLED,
    UNDERTAKEN,
    Issuance,
    Lodging,
    assert_events,
    reverts_with,
    unix,
    word,
)

from yangshan.alliance.places import build

MESSAGE = word("message")
DUPLICATE, HELD = 1 << 1, 2
INTEREST = 12_000


class Terms(NamedTuple):
    """The struct of IReimbursements; the defaults let any bank claim the whole credit."""

    amount: int = AMOUNT
    claiming_bank: int = 0
    expiry: int = 0
    pre_debit_days: int = 0
    urr: bool = True
    undertaking_asked: bool = False
    claimant_bears_charges: bool = False
    freely_amendable: bool = False


# The advising bank is nominated, honours and claims.
UNDERTAKING = Terms(claiming_bank=5, undertaking_asked=True)


@pytest.fixture(scope="session")
def reimbursing_bank(central_bank):
    return central_bank


@pytest.fixture
def credit(letters, cash, issuing_bank, advising_bank, reimbursing_bank, central_bank):
    """A credit that names the nominated and the reimbursing bank, and three banks in funds."""
    terms = Issuance(nominated_bank=advising_bank.number, reimbursing_bank=reimbursing_bank.number)
    letters.issue(terms, {"from": issuing_bank.desk})
    for bank in (issuing_bank, advising_bank, reimbursing_bank):
        reference = word(f"RTGS-{bank.number}")
        cash.mint(bank.number, 200_000_000, reference, {"from": central_bank.desk})
    return letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))


@pytest.fixture
def authorised(reimbursements, credit, issuing_bank):
    reimbursements.authorise(credit, Terms(), MESSAGE, {"from": issuing_bank.desk})
    return credit


@pytest.fixture
def asked(reimbursements, credit, issuing_bank):
    """An undertaking is asked for."""
    reimbursements.authorise(credit, UNDERTAKING, MESSAGE, {"from": issuing_bank.desk})
    return credit


@pytest.fixture
def undertaken(reimbursements, asked, reimbursing_bank):
    reimbursements.undertake(asked, UNDERTAKING, {"from": reimbursing_bank.desk})
    return asked


@pytest.fixture
def honoured(
    presentations, forwarding, obligations, credit, issuing_bank, advising_bank, beneficiary
):
    """The nominated bank found complying, paid, and sent the documents on; what names it there."""
    key = (credit, advising_bank.number, beneficiary.number, 1)
    bank = {"from": advising_bank.desk}
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    presentations.findComplying(key, bank)
    number = presentations.presentationIdOf(key)
    owed = obligations.obligationIdOf(number, advising_bank.number, beneficiary.number)
    obligations.pay(owed, bank)
    forwarding.forward(key, issuing_bank.number, 1, MESSAGE, bank)
    return key


@pytest.fixture
def onward(credit, issuing_bank, advising_bank):
    """What names the documents at the issuing bank."""
    return (credit, issuing_bank.number, advising_bank.number, 1)


@pytest.fixture
def direct(presentations, obligations, onward, issuing_bank, advising_bank):
    """What the issuing bank owes the claiming bank."""
    number = presentations.presentationIdOf(onward)
    return obligations.obligationIdOf(number, issuing_bank.number, advising_bank.number)


@pytest.fixture
def claim_id(presentations, reimbursements, honoured):
    return reimbursements.claimIdOf(presentations.presentationIdOf(honoured), 1)


@pytest.fixture
def owed(obligations, claim_id, reimbursing_bank, advising_bank):
    """What the reimbursing bank owes."""
    return obligations.obligationIdOf(claim_id, reimbursing_bank.number, advising_bank.number)


def claim(reimbursements, honoured, advising_bank):
    request = (honoured, 1, 1, 0, AMOUNT, MESSAGE)
    return reimbursements.claim(request, {"from": advising_bank.desk})


@pytest.fixture
def claimed(reimbursements, authorised, honoured, claim_id, advising_bank):
    claim(reimbursements, honoured, advising_bank)
    return claim_id


@pytest.fixture
def paid(reimbursements, obligations, claimed, owed, reimbursing_bank):
    reimbursements.honourClaim(claimed, {"from": reimbursing_bank.desk})
    obligations.pay(owed, {"from": reimbursing_bank.desk})
    return claimed


@pytest.fixture
def refused(reimbursements, claimed, reimbursing_bank):
    reimbursements.refuseClaim(claimed, DUPLICATE, HELD, MESSAGE, {"from": reimbursing_bank.desk})
    return claimed


def incurred(number, source, debtor, owner, amount, tx, kind):
    return {
        "obligationId": number,
        "presentationId": source,
        "debtor": debtor.number,
        "owner": owner.number,
        "amount": amount,
        "currency": CNY,
        "maturity": tx.timestamp,
        "state": DUE,
        "kind": kind,
    }


# Authorisation


def test_authorise(reimbursements, credit, issuing_bank, reimbursing_bank):
    tx = reimbursements.authorise(credit, Terms(), MESSAGE, {"from": issuing_bank.desk})

    told = {
        "creditId": credit,
        "reimbursingBank": reimbursing_bank.number,
        "claimingBank": 0,
        "terms": Terms(),
        "message": MESSAGE,
    }
    assert_events(tx, (reimbursements, "ReimbursementAuthorised", told))
    assert reimbursements.authorisationOf(credit) == (AUTHORISED, 0, False, Terms())


def test_amend_authorisation(reimbursements, authorised, issuing_bank):
    terms = Terms(amount=AMOUNT - 1)
    tx = reimbursements.amendAuthorisation(authorised, terms, MESSAGE, {"from": issuing_bank.desk})

    told = {"creditId": authorised, "terms": terms, "message": MESSAGE}
    assert_events(tx, (reimbursements, "AuthorisationAmended", told))
    assert reimbursements.authorisationOf(authorised) == (AUTHORISED, 0, False, terms)


def test_cancel_authorisation(reimbursements, authorised, issuing_bank, advising_bank, honoured):
    tx = reimbursements.cancelAuthorisation(authorised, MESSAGE, {"from": issuing_bank.desk})

    told = {"creditId": authorised, "message": MESSAGE}
    assert_events(tx, (reimbursements, "AuthorisationCancelled", told))
    with reverts_with("WrongAuthorisationState", authorised, AUTHORISATION_CANCELLED, AUTHORISED):
        claim(reimbursements, honoured, advising_bank)


def test_undertake(reimbursements, asked, reimbursing_bank, advising_bank):
    tx = reimbursements.undertake(asked, UNDERTAKING, {"from": reimbursing_bank.desk})

    told = {
        "creditId": asked,
        "reimbursingBank": reimbursing_bank.number,
        "claimingBank": advising_bank.number,
        "terms": UNDERTAKING,
    }
    assert_events(tx, (reimbursements, "ReimbursementUndertaken", told))
    assert reimbursements.authorisationOf(asked) == (UNDERTAKEN, 0, False, UNDERTAKING)


def test_decline_undertaking(reimbursements, asked, reimbursing_bank):
    tx = reimbursements.declineUndertaking(asked, {"from": reimbursing_bank.desk})

    told = {"creditId": asked, "reimbursingBank": reimbursing_bank.number, "standing": False}
    assert_events(tx, (reimbursements, "UndertakingDeclined", told))
    assert reimbursements.authorisationOf(asked) == (AUTHORISED, 0, True, UNDERTAKING)


def test_an_undertaking_is_amended_with_the_claiming_bank(
    reimbursements, undertaken, issuing_bank, advising_bank, reimbursing_bank
):
    less = UNDERTAKING._replace(amount=AMOUNT - 1)
    proposed = reimbursements.amendAuthorisation(
        undertaken, less, MESSAGE, {"from": issuing_bank.desk}
    )
    told = {"creditId": undertaken, "cancels": False, "terms": less, "message": MESSAGE}
    assert_events(proposed, (reimbursements, "AuthorisationAmendmentProposed", told))
    with reverts_with("ConsentMissing", undertaken, advising_bank.number):
        reimbursements.undertake(undertaken, less, {"from": reimbursing_bank.desk})

    tx = reimbursements.agreeToAmendment(undertaken, less, False, {"from": advising_bank.desk})
    told = {"creditId": undertaken, "claimingBank": advising_bank.number, "cancels": False}
    assert_events(tx, (reimbursements, "AuthorisationAmendmentAgreed", told))
    reimbursements.undertake(undertaken, less, {"from": reimbursing_bank.desk})
    assert reimbursements.authorisationOf(undertaken) == (UNDERTAKEN, 0, False, less)


# Claim


def test_claim(
    reimbursements,
    obligations,
    authorised,
    honoured,
    claim_id,
    owed,
    direct,
    advising_bank,
    clock,
):
    clock("2025-09-26 10:00")
    tx = claim(reimbursements, honoured, advising_bank)

    told = {
        "claimId": claim_id,
        "creditId": authorised,
        "claimingBank": advising_bank.number,
        "request": (honoured, 1, 1, 0, AMOUNT, MESSAGE),
        # The third banking day, after a Sunday on which Shanghai works.
        "deadline": unix("2025-09-30 17:00"),
        "due": 0,
        "marks": 0,
    }
    paired = {"first": direct, "second": owed, "paired": True}
    assert_events(
        tx,
        (reimbursements, "ReimbursementClaimed", told),
        (obligations, "ObligationsPaired", paired),
    )
    assert reimbursements.stateOf(claim_id) == CLAIM_MADE


def test_fix_claim_deadline(
    reimbursements,
    letters,
    calendar,
    presentations,
    forwarding,
    issuing_bank,
    advising_bank,
    other_bank,
    beneficiary,
    obligations,
    keeper,
    stranger,
    credit,
):
    """The calendar of the reimbursing bank is published after the claim."""
    reference = word("LC2025-0002", 16)
    terms = Issuance(
        reference=reference,
        nominated_bank=advising_bank.number,
        reimbursing_bank=other_bank.number,
    )
    issuer, bank = {"from": issuing_bank.desk}, {"from": advising_bank.desk}
    letters.issue(terms, issuer)
    number = letters.creditIdOf(issuing_bank.number, reference)
    reimbursements.authorise(number, Terms(), MESSAGE, issuer)
    key = (number, advising_bank.number, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    presentations.findComplying(key, bank)
    presented = presentations.presentationIdOf(key)
    owed = obligations.obligationIdOf(presented, advising_bank.number, beneficiary.number)
    obligations.pay(owed, bank)
    forwarding.forward(key, issuing_bank.number, 1, MESSAGE, bank)
    claim(reimbursements, key, advising_bank)
    made = reimbursements.claimIdOf(presented, 1)
    assert reimbursements.claimRecord(made)["deadline"] == 0
    for span, days in build("CNSHA-M", 2025, 2025).packed().items():
        calendar.publish(2, span, days, {"from": keeper.desk})

    tx = reimbursements.fixClaimDeadline(made, {"from": stranger})
    deadline = unix("2025-09-05 17:00")
    told = {"claimId": made, "deadline": deadline}
    assert_events(tx, (reimbursements, "ClaimDeadlineFixed", told))
    with reverts_with("ClaimDeadlineFixedAlready", made, deadline):
        reimbursements.fixClaimDeadline(made, {"from": stranger})


def test_give_pre_debit_notice(
    reimbursements, credit, honoured, claim_id, issuing_bank, advising_bank, reimbursing_bank
):
    terms = Terms(pre_debit_days=2)
    reimbursements.authorise(credit, terms, MESSAGE, {"from": issuing_bank.desk})
    claim(reimbursements, honoured, advising_bank)
    tx = reimbursements.givePreDebitNotice(claim_id, MESSAGE, {"from": reimbursing_bank.desk})

    told = {"claimId": claim_id, "reimbursingBank": reimbursing_bank.number, "notice": MESSAGE}
    assert_events(tx, (reimbursements, "PreDebitNoticeGiven", told))
    assert reimbursements.claimRecord(claim_id)["deadline"] == unix("2025-09-09 17:00")


def test_honour_claim(
    reimbursements, obligations, cash, claimed, credit, owed, reimbursing_bank, advising_bank
):
    tx = reimbursements.honourClaim(claimed, {"from": reimbursing_bank.desk})

    arisen = incurred(owed, claimed, reimbursing_bank, advising_bank, AMOUNT, tx, REIMBURSEMENT)
    told = {
        "claimId": claimed,
        "creditId": credit,
        "reimbursingBank": reimbursing_bank.number,
        "amount": AMOUNT,
        "obligationId": owed,
    }
    assert_events(
        tx, (obligations, "ObligationIncurred", arisen), (reimbursements, "ClaimHonoured", told)
    )
    assert reimbursements.stateOf(claimed) == CLAIM_HONOURED
    obligations.pay(owed, {"from": reimbursing_bank.desk})
    assert reimbursements.stateOf(claimed) == CLAIM_PAID
    assert cash.balanceOf(advising_bank.treasury) == 200_000_000


def test_refuse_claim(
    reimbursements,
    obligations,
    claimed,
    credit,
    owed,
    direct,
    issuing_bank,
    advising_bank,
    reimbursing_bank,
):
    tx = reimbursements.refuseClaim(
        claimed, DUPLICATE, HELD, MESSAGE, {"from": reimbursing_bank.desk}
    )

    told = {
        "claimId": claimed,
        "creditId": credit,
        "claimingBank": advising_bank.number,
        "issuingBank": issuing_bank.number,
        "reasons": DUPLICATE,
        "disposal": HELD,
        "notice": MESSAGE,
    }
    parted = {"first": direct, "second": owed, "paired": False}
    assert_events(
        tx,
        (reimbursements, "ClaimNotConforming", told),
        (obligations, "ObligationsPaired", parted),
    )
    assert reimbursements.stateOf(claimed) == NON_CONFORMING


def test_a_notice_one_second_after_the_third_banking_day_is_late(
    reimbursements, claimed, reimbursing_bank, clock
):
    deadline = unix("2025-09-05 17:00")
    clock("2025-09-05 17:00:01")
    with reverts_with("ClaimDeadlinePassed", claimed, deadline, deadline + 1):
        reimbursements.refuseClaim(
            claimed, DUPLICATE, HELD, MESSAGE, {"from": reimbursing_bank.desk}
        )
    assert reimbursements.stateOf(claimed) == CLAIM_UNPAID


def test_claim_undertaking(
    reimbursements,
    obligations,
    undertaken,
    honoured,
    claim_id,
    owed,
    advising_bank,
    reimbursing_bank,
    clock,
):
    claim(reimbursements, honoured, advising_bank)
    clock("2025-09-05 17:00:01")
    tx = reimbursements.claimUndertaking(claim_id, {"from": advising_bank.desk})

    arisen = incurred(owed, claim_id, reimbursing_bank, advising_bank, AMOUNT, tx, REIMBURSEMENT)
    told = {
        "claimId": claim_id,
        "creditId": undertaken,
        "claimingBank": advising_bank.number,
        "amount": AMOUNT,
        "obligationId": owed,
    }
    assert_events(
        tx,
        (obligations, "ObligationIncurred", arisen),
        (reimbursements, "UndertakingClaimed", told),
    )


# What was not paid


def test_notify_non_payment(reimbursements, refused, credit, advising_bank):
    tx = reimbursements.notifyNonPayment(refused, MESSAGE, {"from": advising_bank.desk})

    told = {
        "claimId": refused,
        "creditId": credit,
        "claimingBank": advising_bank.number,
        "notice": MESSAGE,
    }
    assert_events(tx, (reimbursements, "NonPaymentNotified", told))
    assert reimbursements.stateOf(refused) == NON_PAYMENT_NOTIFIED


@pytest.fixture
def fallen_back(reimbursements, refused, advising_bank):
    reimbursements.notifyNonPayment(refused, MESSAGE, {"from": advising_bank.desk})
    return refused


def test_fall_back(reimbursements, fallen_back, credit, issuing_bank, advising_bank):
    tx = reimbursements.fallBack(fallen_back, INTEREST, MESSAGE, {"from": advising_bank.desk})

    told = {
        "claimId": fallen_back,
        "creditId": credit,
        "issuingBank": issuing_bank.number,
        "amount": AMOUNT,
        "charges": INTEREST,
        "account": MESSAGE,
    }
    assert_events(tx, (reimbursements, "ClaimFellBack", told))
    assert reimbursements.stateOf(fallen_back) == FALLEN_BACK


def test_acknowledge_charges(
    reimbursements, obligations, cash, fallen_back, credit, issuing_bank, advising_bank
):
    reimbursements.fallBack(fallen_back, INTEREST, MESSAGE, {"from": advising_bank.desk})
    tx = reimbursements.acknowledgeCharges(fallen_back, {"from": issuing_bank.desk})

    number, source = tx.return_value, tx.events["ObligationIncurred"]["presentationId"]
    arisen = incurred(number, source, issuing_bank, advising_bank, INTEREST, tx, CHARGES)
    told = {
        "claimId": fallen_back,
        "creditId": credit,
        "debtor": issuing_bank.number,
        "amount": INTEREST,
        "obligationId": number,
    }
    assert_events(
        tx,
        (obligations, "ObligationIncurred", arisen),
        (reimbursements, "ChargesAcknowledged", told),
    )
    obligations.pay(number, {"from": issuing_bank.desk})
    assert cash.balanceOf(advising_bank.treasury) == 200_000_000 - AMOUNT + INTEREST


# What was paid


def test_claim_recourse(reimbursements, obligations, paid, credit, issuing_bank, reimbursing_bank):
    tx = reimbursements.claimRecourse(paid, {"from": reimbursing_bank.desk})

    number = obligations.obligationIdOf(paid, issuing_bank.number, reimbursing_bank.number)
    arisen = incurred(number, paid, issuing_bank, reimbursing_bank, AMOUNT, tx, RECOURSE)
    told = {
        "claimId": paid,
        "creditId": credit,
        "reimbursingBank": reimbursing_bank.number,
        "amount": AMOUNT,
        "obligationId": number,
    }
    assert_events(
        tx, (obligations, "ObligationIncurred", arisen), (reimbursements, "RecourseClaimed", told)
    )


def test_claim_refund(
    reimbursements,
    presentations,
    obligations,
    paid,
    credit,
    onward,
    owed,
    direct,
    issuing_bank,
    advising_bank,
):
    presentations.refuse(onward, 1 << 8, HOLD, MESSAGE, {"from": issuing_bank.desk})
    tx = reimbursements.claimRefund(paid, INTEREST, MESSAGE, {"from": issuing_bank.desk})

    number = obligations.obligationIdOf(paid, advising_bank.number, issuing_bank.number)
    arisen = incurred(number, paid, advising_bank, issuing_bank, AMOUNT, tx, REFUND)
    told = {
        "claimId": paid,
        "creditId": credit,
        "claimingBank": advising_bank.number,
        "amount": AMOUNT,
        "interest": INTEREST,
        "account": MESSAGE,
        "obligationId": number,
    }
    parted = {"first": direct, "second": owed, "paired": False}
    assert_events(
        tx,
        (obligations, "ObligationIncurred", arisen),
        (reimbursements, "RefundClaimed", told),
        (obligations, "ObligationsPaired", parted),
    )
    assert reimbursements.stateOf(paid) == REFUND_DUE


def test_settle_by_counterpart(
    obligations, presentations, cash, paid, onward, owed, direct, issuing_bank, advising_bank
):
    tx = presentations.findComplying(onward, {"from": issuing_bank.desk})
    assert tx.events["ObligationIncurred"]["kind"] == BY_COMPLYING
    with reverts_with("PaidByCounterpart", direct, owed):
        obligations.pay(direct, {"from": issuing_bank.desk})
    tx = obligations.settleByCounterpart(direct, {"from": issuing_bank.desk})

    told = {"obligationId": direct, "counterpart": owed, "amount": AMOUNT, "settled": True}
    assert_events(tx, (obligations, "ObligationSettled", told))
    assert obligations.stateOf(direct) == SETTLED
    assert cash.balanceOf(advising_bank.treasury) == 200_000_000
    assert cash.balanceOf(issuing_bank.treasury) == 200_000_000

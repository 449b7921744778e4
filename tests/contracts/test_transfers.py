# SPDX-License-Identifier: Apache-2.0
from typing import NamedTuple

import pytest
from acceptance import (
    AMOUNT,
    CREDIT_CANCELLED,
    ISSUED,
    Amendment,
    Issuance,
    Lodging,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)
from eth_utils import keccak

NOBODYS = word("")
TEXT = word("text")
REQUESTED, WITHDRAWN, DECLINED = 1, 2, 3
ENDED = 5
NONE, TAKEN_UP = 0, 3
ASK, ALWAYS = 1, 2
# The part is for CNY 1,000,000.00, and the difference for 100,000.00.
PART_AMOUNT, DIFFERENCE = 100_000_000, 10_000_000
OF_DIFFERENCE = 8


class TransferRequest(NamedTuple):
    """The struct of ICreditTransfers; beneficiary 8 asks bank 5 to transfer to member 9."""

    credit: str
    terms: str = word("terms of the part")
    share: int = AMOUNT
    amount: int = PART_AMOUNT
    required_cover: int = 0
    second_beneficiary: int = 9
    second_bank: int = 0
    transferring_bank: int = 5
    expiry: int = day("2025-11-01")
    latest_shipment: int = day("2025-10-20")
    presentation_period: int = 15
    number: int = 1
    passing: int = ALWAYS
    keeps_substitution: bool = True
    replaces_applicant: bool = True
    pays_where_transferred: bool = False


@pytest.fixture
def transferable(letters, issuing_bank):
    """A transferable credit that nominates the advising bank; its number."""
    terms = Issuance(transferable=True, nominated_bank=5)
    letters.issue(terms, {"from": issuing_bank.desk})
    return letters.creditIdOf(issuing_bank.number, terms.reference)


@pytest.fixture
def requested(transfers, transferable, beneficiary):
    transfers.requestTransfer(TransferRequest(transferable), NOBODYS, {"from": beneficiary.desk})
    return transfers.partIdOf(transferable, 1)


@pytest.fixture
def part(transfers, requested, advising_bank):
    """The part, transferred to the forwarder."""
    transfers.transfer(requested, {"from": advising_bank.desk})
    return requested


@pytest.fixture
def presented(presentations, part, advising_bank, forwarder):
    """The second beneficiary's documents at the transferring bank; what names them."""
    key = (part, advising_bank.number, forwarder.number, 1)
    presentations.lodge(Lodging(key, amount=PART_AMOUNT), {"from": forwarder.desk})
    return key


@pytest.fixture
def honoured(presentations, presented, advising_bank):
    presentations.findComplying(presented, {"from": advising_bank.desk})
    return presented


def substitute(transfers, key, beneficiary):
    amount = PART_AMOUNT + DIFFERENCE
    return transfers.substitute(key, amount, TEXT, NOBODYS, {"from": beneficiary.desk})


def test_authorise_a_bank(transfers, letters, issuing_bank, advising_bank):
    terms = Issuance(transferable=True, any_bank=True)
    letters.issue(terms, {"from": issuing_bank.desk})
    credit = letters.creditIdOf(issuing_bank.number, terms.reference)

    tx = transfers.authoriseTransfer(credit, advising_bank.number, {"from": issuing_bank.desk})

    fields = {"creditId": credit, "bank": advising_bank.number}
    assert_events(tx, (transfers, "TransferAuthorised", fields))
    assert transfers.authorisedBank(credit) == advising_bank.number


def test_request_a_transfer(transfers, transferable, beneficiary):
    request = TransferRequest(transferable, required_cover=AMOUNT + AMOUNT // 10)

    tx = transfers.requestTransfer(request, NOBODYS, {"from": beneficiary.desk})

    number = "0x" + keccak(bytes(transferable) + bytes(31) + b"\1").hex()
    fields = {"partId": number, "creditId": transferable, "requestedBy": beneficiary.number}
    told = fields | {"request": request, "mandate": NOBODYS}
    assert_events(tx, (transfers, "TransferRequested", told))
    assert transfers.transferOf(number)[0] == REQUESTED
    assert transfers.insurancePercentage(number) == 14_080


def test_only_the_first_beneficiary_requests(transfers, transferable, forwarder):
    with reverts_with("NotForBeneficiary", transferable, forwarder.number):
        transfers.requestTransfer(TransferRequest(transferable), NOBODYS, {"from": forwarder.desk})


def test_withdraw_a_request(transfers, transferable, requested, beneficiary):
    tx = transfers.withdrawRequest(requested, NOBODYS, {"from": beneficiary.desk})

    fields = {"partId": requested, "creditId": transferable}
    assert_events(tx, (transfers, "TransferWithdrawn", fields))
    assert transfers.transferOf(requested)[0] == WITHDRAWN


def test_decline_a_transfer(transfers, transferable, requested, advising_bank):
    tx = transfers.declineTransfer(requested, {"from": advising_bank.desk})

    fields = {"partId": requested, "creditId": transferable, "bank": advising_bank.number}
    assert_events(tx, (transfers, "TransferDeclined", fields))
    with reverts_with("WrongTransferState", requested, DECLINED, REQUESTED):
        transfers.transfer(requested, {"from": advising_bank.desk})


def test_transfer(transfers, letters, transferable, requested, advising_bank):
    tx = transfers.transfer(requested, {"from": advising_bank.desk})

    parties, numbers = letters.bindingWords(requested, 0)
    fields = {
        "partId": requested,
        "creditId": transferable,
        "bank": advising_bank.number,
        "parties": parties,
        "numbers": numbers,
        "share": AMOUNT,
        "terms": TransferRequest(transferable).terms,
    }
    assert_events(tx, (transfers, "CreditTransferred", fields))
    assert letters.stateOf(requested) == ISSUED
    assert letters.credit(requested)[13][8] == PART_AMOUNT
    # What the part takes is the first beneficiary's no longer.
    assert letters.credit(transferable)[12] == AMOUNT
    assert transfers.leftOf(requested) == AMOUNT - PART_AMOUNT


def test_a_part_is_not_transferred_on(transfers, part, forwarder):
    with reverts_with("NotTransferable", part):
        transfers.requestTransfer(TransferRequest(part), NOBODYS, {"from": forwarder.desk})


def test_pass_an_amendment_on(
    transfers, letters, transferable, requested, issuing_bank, advising_bank, beneficiary, forwarder
):
    transfers.withdrawRequest(requested, NOBODYS, {"from": beneficiary.desk})
    asks = TransferRequest(transferable, number=2, passing=ASK)
    transfers.requestTransfer(asks, NOBODYS, {"from": beneficiary.desk})
    part = transfers.partIdOf(transferable, 2)
    transfers.transfer(part, {"from": advising_bank.desk})
    later = Amendment(expiry=day("2025-12-01"))
    letters.amend(transferable, later, {"from": issuing_bank.desk})
    letters.acceptAmendment(transferable, 1, NOBODYS, {"from": beneficiary.desk})
    with reverts_with("PassingNotApproved", part, 1):
        transfers.passAmendment(part, 1, later, 0, {"from": advising_bank.desk})

    tx = transfers.approvePassing(part, 1, NOBODYS, {"from": beneficiary.desk})
    fields = {"partId": part, "creditId": transferable, "number": 1}
    assert_events(tx, (transfers, "PassingApproved", fields))
    tx = transfers.passAmendment(part, 1, later, 0, {"from": advising_bank.desk})

    fields = {"partId": part, "creditId": transferable, "from": 1, "share": 0, "amendment": later}
    assert_events(tx, (transfers, "AmendmentPassed", fields))
    letters.acceptAmendment(part, 1, NOBODYS, {"from": forwarder.desk})
    assert letters.credit(part)[13][12] == day("2025-12-01")


def test_cancel_a_part(transfers, letters, transferable, part, advising_bank, forwarder):
    cancels = Amendment(cancels=True)
    transfers.passAmendment(part, 0, cancels, 0, {"from": advising_bank.desk})

    tx = letters.acceptAmendment(part, 1, NOBODYS, {"from": forwarder.desk})

    agreed = {"creditId": part, "number": 1, "agreedBy": forwarder.number, "mandate": NOBODYS}
    assert_events(
        tx,
        (letters, "CancellationAgreed", agreed),
        (letters, "CreditCancelled", {"creditId": part}),
        (transfers, "PartEnded", {"partId": part, "creditId": transferable, "returned": AMOUNT}),
    )
    assert transfers.transferOf(part)[0] == ENDED
    assert letters.credit(transferable)[12] == 0


def test_cancel_the_whole_credit(
    transfers, letters, transferable, part, issuing_bank, beneficiary, forwarder
):
    letters.amend(transferable, Amendment(cancels=True), {"from": issuing_bank.desk})
    letters.acceptAmendment(transferable, 1, NOBODYS, {"from": beneficiary.desk})
    assert letters.stateOf(transferable) == ISSUED

    tx = transfers.agreeToCancellation(part, 1, NOBODYS, {"from": forwarder.desk})

    agreed = {"partId": part, "creditId": transferable, "number": 1}
    assert_events(
        tx,
        (
            transfers,
            "PartCancellationAgreed",
            agreed | {"agreedBy": forwarder.number, "mandate": NOBODYS},
        ),
        (letters, "CreditCancelled", {"creditId": transferable}),
    )
    for number in (transferable, part):
        assert letters.stateOf(number) == CREDIT_CANCELLED


def test_reclaim_an_expired_part(transfers, letters, transferable, part, beneficiary, clock):
    with reverts_with("PartNotOver", part):
        transfers.reclaimShare(part, NOBODYS, {"from": beneficiary.desk})
    clock("2025-11-05 10:00")
    tx = transfers.reclaimShare(part, NOBODYS, {"from": beneficiary.desk})

    fields = {"partId": part, "creditId": transferable, "returned": AMOUNT}
    assert_events(tx, (transfers, "PartEnded", fields))
    assert letters.credit(transferable)[12] == 0


def test_the_first_beneficiary_draws_the_difference(
    transfers, presentations, obligations, honoured, advising_bank, beneficiary
):
    number = presentations.presentationIdOf(honoured)
    tx = substitute(transfers, honoured, beneficiary)
    fields = {
        "presentationId": number,
        "partId": honoured[0],
        "payee": beneficiary.number,
        "amount": PART_AMOUNT + DIFFERENCE,
        "documents": TEXT,
        "mandate": NOBODYS,
    }
    assert_events(tx, (transfers, "DocumentsSubstituted", fields))

    tx = transfers.takeUpSubstitution(honoured, {"from": advising_bank.desk})

    owed = tx.return_value
    taken = {"presentationId": number, "partId": honoured[0], "difference": DIFFERENCE}
    assert tx.events["SubstitutionTakenUp"] == taken | {"obligationId": owed}
    assert tx.events["ObligationIncurred"]["kind"] == OF_DIFFERENCE
    found = obligations.obligation(owed)
    assert found[:3] == (advising_bank.number, beneficiary.number, DIFFERENCE)
    assert transfers.substitutionOf(number)[0] == TAKEN_UP


def test_the_first_beneficiary_claims_the_difference(
    transfers, obligations, honoured, beneficiary, clock
):
    substitute(transfers, honoured, beneficiary)
    clock("2025-09-20 10:00")

    tx = transfers.claimDifference(honoured, {"from": beneficiary.desk})

    assert obligations.obligation(tx.return_value)[2] == DIFFERENCE


def test_the_first_beneficiary_fails_on_first_demand(
    transfers,
    presentations,
    forwarding,
    transferable,
    presented,
    issuing_bank,
    advising_bank,
    clock,
):
    number = presentations.presentationIdOf(presented)
    bank = {"from": advising_bank.desk}
    until = unix("2025-09-08 10:00")
    with reverts_with("SubstitutionOpen", number, NONE):
        forwarding.forward(presented, issuing_bank.number, 1, TEXT, bank)
    tx = transfers.demandSubstitution(presented, until, TEXT, bank)
    fields = {
        "presentationId": number,
        "partId": presented[0],
        "demandedBy": advising_bank.number,
        "demandedAt": tx.timestamp,
        "answerBy": until,
        "cure": False,
        "demand": TEXT,
    }
    assert_events(tx, (transfers, "SubstitutionDemanded", fields))
    clock("2025-09-08 10:00:01")

    tx = transfers.recordFailure(presented, TEXT, bank)

    failed = {"presentationId": number, "partId": presented[0]}
    assert_events(
        tx,
        (
            transfers,
            "SubstitutionFailed",
            failed | {"recordedBy": advising_bank.number, "statement": TEXT},
        ),
    )
    forwarding.forward(presented, issuing_bank.number, 1, TEXT, bank)
    onward = presentations.presentationIdOf((transferable, issuing_bank.number, 5, 1))
    # As received: for the second beneficiary's demand, and to be paid to it.
    assert presentations.presentation(onward)[0] == PART_AMOUNT
    assert presentations.presentation(onward)[5] == 9


def test_a_presenter_sends_on_for_a_bank_that_does_nothing(
    transfers, presentations, transferable, presented, issuing_bank, beneficiary, forwarder, clock
):
    substitute(transfers, presented, beneficiary)
    number = presentations.presentationIdOf(presented)
    with reverts_with("BankNotIdle", number, forwarder.number):
        transfers.sendOn(presented, issuing_bank.number, 1, TEXT, {"from": forwarder.desk})
    clock("2025-09-09 17:00:01")

    transfers.sendOn(presented, issuing_bank.number, 1, TEXT, {"from": forwarder.desk})

    key = (transferable, issuing_bank.number, forwarder.number, 1)
    onward = presentations.presentation(presentations.presentationIdOf(key))
    assert (onward[0], onward[5]) == (PART_AMOUNT + DIFFERENCE, beneficiary.number)


def test_each_is_paid_its_part(
    transfers,
    presentations,
    forwarding,
    obligations,
    cash,
    funded,
    transferable,
    presented,
    issuing_bank,
    advising_bank,
    beneficiary,
    forwarder,
):
    substitute(transfers, presented, beneficiary)
    bank = {"from": advising_bank.desk}
    forwarding.forward(presented, issuing_bank.number, 1, TEXT, bank)
    key = (transferable, issuing_bank.number, advising_bank.number, 1)

    tx = presentations.findComplying(key, {"from": issuing_bank.desk})

    owed = tx.return_value
    assert obligations.assignmentOf(owed) == (forwarder.number, PART_AMOUNT)
    obligations.pay(owed, {"from": issuing_bank.desk})
    assert cash.balanceOf(forwarder.treasury) == PART_AMOUNT
    assert cash.balanceOf(beneficiary.treasury) == DIFFERENCE


@pytest.mark.parametrize("bank", [4, 7])
def test_a_second_beneficiary_presents_to_the_transferring_bank(
    presentations, part, forwarder, bank
):
    key = (part, bank, forwarder.number, 1)
    with reverts_with("BankNotPermitted", part, bank):
        presentations.lodge(Lodging(key, amount=PART_AMOUNT), {"from": forwarder.desk})


def test_what_the_contracts_alone_call(
    transfers, letters, forwarding, obligations, part, presented, stranger, beneficiary
):
    """Of one another, and nobody else."""
    caller = {"from": beneficiary.desk}
    onward = (part, 1, 9, 0)
    for call, error in (
        (lambda: transfers.opened(part, 1, True, caller), "NotPresentations"),
        (lambda: transfers.closed(part, TEXT, caller), "NotDisposals"),
        (lambda: transfers.drawInPart(TEXT, 1, True, caller), "NotPresentations"),
        (lambda: transfers.incurred(part, TEXT, TEXT, 1, caller), "NotPresentations"),
        (lambda: transfers.answered(part, 1, caller), "NotLetterOfCredit"),
        (lambda: transfers.end(part, 0, caller), "NotLetterOfCredit"),
        (lambda: letters.carveOut(part, TEXT, 1, 1, 1, TEXT, caller), "NotTransfers"),
        (lambda: letters.amendAsPart(part, Amendment(), 0, caller), "NotTransfers"),
        (lambda: letters.settleCancellation(part, 1, caller), "NotTransfers"),
        (lambda: letters.returnPart(part, 1, caller), "NotTransfers"),
        (
            lambda: forwarding.forwardFor(presented, 4, 1, onward, TEXT, caller),
            "NotTransfers",
        ),
        (lambda: obligations.incurDifference(TEXT, TEXT, 8, 1, 0, caller), "NotTransfers"),
        (lambda: obligations.assignOnArising(TEXT, 8, 1, caller), "NotTransfers"),
    ):
        with reverts_with(error, beneficiary.desk):
            call()

# SPDX-License-Identifier: Apache-2.0
"""Acts are done once, however often they are asked for, and texts are kept before they are sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from credit_edges import GAS, Edge, log_address, transaction
from test_acts import CREDIT, ISSUANCE, KEY, MONEY, OTHER, OWED, TEXT, change

from yangshan.chain.enums import CreditState, ObligationState, PresenterInstruction
from yangshan.chain.events import (
    AmendmentIssued,
    ConfirmationRequested,
    CreditAdvised,
    CreditIssued,
    DocumentsReturned,
    PrepaymentAgreed,
    PresenterInstructed,
    WaiverAsked,
)
from yangshan.chain.outbox import KeyReused
from yangshan.chain.reverts import ContractError
from yangshan.chain.reverts.credits import AdvisedAlready, CreditExists
from yangshan.credit import advising, amending, confirming, examining, opening, paying, presenting
from yangshan.credit.acts import Draft
from yangshan.credit.ids import credit_id, presentation_id
from yangshan.vault import Vault

BANK, ADVISER = 4, 10
ADVISED: ContractError = AdvisedAlready(credit_id=CREDIT, member_id=ADVISER)


@pytest.fixture
def edge() -> Edge:
    return Edge()


def test_an_act_is_sent_under_its_business_key(edge: Edge) -> None:
    done = edge.credits.do(edge.signer("key", ADVISER), advising.advise(CREDIT))
    assert not done.already
    assert edge.sent == [
        ("advise", f"advise:{CREDIT}", "advises it as apparently authentic"),
    ]


def test_what_another_key_of_the_member_did_is_already_done(edge: Edge) -> None:
    first = edge.happened(
        CreditAdvised,
        "LetterOfCredit",
        credit_id=CREDIT,
        advising_bank=ADVISER,
        apparently_authentic=True,
    )
    edge.refusal = ADVISED
    done = edge.credits.do(edge.signer("other key", ADVISER), advising.advise(CREDIT))
    assert (done.already, done.transaction, done.gas, done.block) == (True, first, GAS, 1)
    assert [type(event) for event in done.events] == [CreditAdvised]
    assert edge.sent == []


def test_another_content_under_the_same_key_is_refused(edge: Edge) -> None:
    first = edge.happened(
        CreditAdvised,
        "LetterOfCredit",
        credit_id=CREDIT,
        advising_bank=ADVISER,
        apparently_authentic=True,
    )
    edge.refusal = ADVISED
    act = advising.advise(CREDIT, apparently_authentic=False)
    with pytest.raises(KeyReused) as caught:
        edge.credits.do(edge.signer("key", ADVISER), act)
    assert (caught.value.key, caught.value.stored) == (
        f"advise:{CREDIT}",
        f"transaction {first}",
    )
    assert edge.sent == []


def test_what_another_member_did_is_not_done_for_this_one(edge: Edge) -> None:
    edge.happened(
        CreditAdvised,
        "LetterOfCredit",
        credit_id=CREDIT,
        advising_bank=5,
        apparently_authentic=True,
    )
    edge.refusal = ADVISED
    with pytest.raises(AdvisedAlready):
        edge.credits.do(edge.signer("key", ADVISER), advising.advise(CREDIT))


def test_what_an_event_without_an_actor_tells_is_its_senders(edge: Edge) -> None:
    """Of an amendment the event does not say who issued it: the transaction does."""
    act = amending.amend(CREDIT, change())
    first = edge.happened(
        AmendmentIssued, "LetterOfCredit", credit_id=CREDIT, number=1, amendment=change()
    )
    issuer, other = edge.signer("key", BANK), edge.signer("other", 5)
    edge.senders[first] = (log_address("LetterOfCredit"), issuer.address)
    edge.refusal = ADVISED
    assert edge.credits.do(issuer, act).transaction == first
    with pytest.raises(AdvisedAlready):
        edge.credits.do(other, act)
    # Through a desk it was sent by whoever relayed it.
    edge.senders[first] = ("a desk", "anybody")
    assert edge.credits.do(issuer, act).already


def test_a_refusal_that_nothing_explains_is_the_answer(edge: Edge) -> None:
    edge.refusal = ADVISED
    with pytest.raises(AdvisedAlready):
        edge.credits.do(edge.signer("key", ADVISER), advising.advise(CREDIT))
    assert edge.sent == []


def test_a_batch_is_done_if_every_credit_of_it_is(edge: Edge) -> None:
    other = replace(ISSUANCE, bank_reference="LC-2025-0918", terms=OTHER)
    act = opening.issue_batch(BANK, [ISSUANCE, other])
    edge.refusal = CreditExists(credit_id=CREDIT)
    signer = edge.signer("key", BANK)
    for issuance in (ISSUANCE, other):
        with pytest.raises(CreditExists):
            edge.credits.do(signer, act)
        edge.happened(
            CreditIssued,
            "LetterOfCredit",
            credit_id=credit_id(BANK, issuance.bank_reference),
            issuing_bank=BANK,
            beneficiary=11,
            issuance=issuance,
        )
    assert edge.credits.do(signer, act).transaction == transaction(1)


# What the contracts would do again


def test_the_same_question_is_asked_once_and_another_one_anew(edge: Edge) -> None:
    name = presentation_id(KEY)
    edge.happened(WaiverAsked, "Forwarding", presentation_id=name, examiner=BANK, request=TEXT)
    signer = edge.signer("key", BANK)
    assert edge.credits.do(signer, examining.ask_for_waiver(KEY, TEXT)).already
    assert edge.sent == []
    assert not edge.credits.do(signer, examining.ask_for_waiver(KEY, OTHER)).already
    assert [key for _, key, _ in edge.sent] == [f"askForWaiver:{name}:{OTHER}"]


def test_what_was_taken_back_since_is_done_anew_and_once(edge: Edge) -> None:
    for proceeds in (MONEY.minor, 0):
        edge.happened(
            PrepaymentAgreed,
            "PaymentObligations",
            obligation_id=OWED,
            owner=11,
            proceeds=proceeds,
        )
    act, signer = paying.agree_prepayment(OWED, MONEY), edge.signer("key", 11)
    edge.answers["PaymentObligations.obligation"] = SimpleNamespace(state=ObligationState.INCURRED)
    edge.answers["PaymentObligations.agreedPrepayment"] = MONEY.minor
    assert edge.credits.do(signer, act).transaction == transaction(1)
    edge.answers["PaymentObligations.agreedPrepayment"] = 0
    assert not edge.credits.do(signer, act).already
    assert [key for _, key, _ in edge.sent] == [f"agreePrepayment:{act.key} after 2"]
    # One that was used stands, though it is on record no more.
    edge.answers["PaymentObligations.obligation"] = SimpleNamespace(state=ObligationState.PREPAID)
    assert edge.credits.do(signer, act).transaction == transaction(1)


def test_a_bank_that_declined_is_asked_anew(edge: Edge) -> None:
    edge.happened(
        ConfirmationRequested, "LetterOfCredit", credit_id=CREDIT, confirming_bank=ADVISER
    )
    issuance = replace(ISSUANCE, confirming_bank=ADVISER)
    act, signer = confirming.request(CREDIT, ADVISER), edge.signer("key", BANK)

    def stands(*, declined: bool) -> None:
        edge.answers["LetterOfCredit.credit"] = SimpleNamespace(
            issuance=issuance, confirmation_declined=declined
        )

    stands(declined=False)
    assert edge.credits.do(signer, act).already
    stands(declined=True)
    assert not edge.credits.do(signer, act).already


# Texts


def returned(text: str) -> Draft:
    return Draft(
        "dispatch",
        presentation_id(KEY),
        {"text": text},
        lambda commitment: examining.record_return(KEY, commitment),
    )


def settle(edge: Edge, vault: Vault, draft: Draft) -> Any:
    signer = edge.signer("key", BANK)

    def attempt(act: Any) -> Any:
        return edge.credits.attempt(signer, act)

    return edge.credits.settled(vault, draft, BANK, attempt)


def test_a_text_is_kept_before_it_is_sent_and_is_the_same_again(edge: Edge, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    act = settle(edge, vault, returned("DHL 123"))
    _, commitment = act.arguments
    kept = vault.find("dispatch", presentation_id(KEY))
    assert kept is not None
    assert commitment == "0x" + kept.commitment.hex()
    assert kept.content == b'{"text":"DHL 123"}'
    assert settle(edge, vault, returned("DHL 123")) == act
    assert edge.tried == 1


def test_a_text_that_the_contracts_would_refuse_is_not_kept_and_can_be_mended(
    edge: Edge, tmp_path: Path
) -> None:
    vault = Vault(tmp_path)
    edge.refusal = ADVISED
    with pytest.raises(AdvisedAlready):
        settle(edge, vault, returned("DHL 12"))
    assert list(tmp_path.rglob("*.json")) == []
    edge.refusal = None
    mended = settle(edge, vault, returned("DHL 123"))
    # Prepared for a desk and turned down by its checker, it is worded once more.
    again = settle(edge, vault, returned("DHL 123, two parcels"))
    assert mended.arguments != again.arguments
    assert len(list(tmp_path.rglob("*.json"))) == 2


def test_a_text_beside_one_that_counts_is_refused_and_not_kept(edge: Edge, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    _, commitment = settle(edge, vault, returned("DHL 123")).arguments
    edge.happened(
        DocumentsReturned,
        "Disposals",
        presentation_id=presentation_id(KEY),
        examiner=BANK,
        dispatch=commitment,
    )
    edge.refusal = ADVISED
    with pytest.raises(KeyReused):
        settle(edge, vault, returned("DHL 124"))
    assert len(list(tmp_path.rglob("*.json"))) == 1
    done = edge.credits.do(edge.signer("key", BANK), settle(edge, vault, returned("DHL 123")))
    assert done.already


# Trying


def test_a_trial_sends_nothing_and_says_what_is_done(edge: Edge) -> None:
    signer, act = edge.signer("key", ADVISER), advising.advise(CREDIT)
    credits_ = edge.credits
    assert credits_.try_out(ADVISER, credits_.attempt(signer, act), act) is None
    edge.happened(
        CreditAdvised,
        "LetterOfCredit",
        credit_id=CREDIT,
        advising_bank=ADVISER,
        apparently_authentic=True,
    )
    edge.refusal = ADVISED
    done = credits_.try_out(ADVISER, credits_.attempt(signer, act), act)
    assert done is not None
    assert done.already
    assert edge.sent == []


def test_what_would_be_repeated_is_not_even_tried(edge: Edge) -> None:
    signer = edge.signer("key", 11)
    act = presenting.instruct(KEY, PresenterInstruction.TAKE_UP, TEXT)
    edge.happened(
        PresenterInstructed,
        "Disposals",
        presentation_id=presentation_id(KEY),
        presenter=11,
        instruction=PresenterInstruction.TAKE_UP,
        message=TEXT,
    )
    done = edge.credits.try_out(11, edge.credits.attempt(signer, act), act)
    assert done is not None
    assert edge.tried == 0


def test_a_credit_of_no_state_does_not_exist(edge: Edge) -> None:
    for state, exists in ((CreditState.NONE, False), (CreditState.PRE_ADVISED, True)):
        edge.answers["LetterOfCredit.stateOf"] = state
        assert edge.credits.exists(CREDIT) is exists

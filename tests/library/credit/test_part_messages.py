# SPDX-License-Identifier: Apache-2.0
"""The messages under a part of a transferred credit, without a chain."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from yangshan.chain.events import (
    AmendmentIssued,
    AmendmentPassed,
    AuthorisationAmended,
    ClaimNotConforming,
    CreditConfirmed,
    CreditIssued,
    CreditPreAdvised,
    ReimbursementAuthorised,
    ReimbursementClaimed,
)
from yangshan.credit.correspondence import HAPPENINGS
from yangshan.credit.messages import (
    Correspondent,
    ExpectedMessage,
    KnownCredit,
    PassedOn,
    messages_of,
)
from yangshan.credit.part_correspondence import PART_HAPPENINGS
from yangshan.credit.terms import PresentationPeriod
from yangshan.money import Money
from yangshan.swift import check, read
from yangshan.swift.mapping import terms_from_mt700

EXAMPLES = Path(__file__).parents[3] / "examples"
(CREDIT,) = read((EXAMPLES / "credits" / "import-credit.mt700").read_bytes())
TERMS, _ = terms_from_mt700(CREDIT)
assert TERMS is not None
ISSUER = Correspondent("Yangshan Harbour Bank", "YSHACNSHXXX")
BANK = Correspondent("Sieben Leuchtfeuer Handelsbank", "YSSLDEHHXXX")
ADVISER = Correspondent("Two Cranes Bank", "YSMTCNSHXXX")
NO_TERMS = "The terms of the part are not kept here; expected those that its request committed to."
NO_TEXT = (
    f"The text of amendment 2 is not kept here; expected the one that {BANK.name} committed to."
)
NO_REFERENCE = f"The reference that {BANK.name} gives this message (field 20) is not known."
PASSED = PassedOn(
    bank=BANK,
    adviser=ADVISER,
    number=2,
    on=date(2025, 9, 20),
    terms=TERMS,
    confirmed=False,
    cancels=False,
    increase=Money.of(500_000, "CNY"),
    decrease=None,
    expiry=date(2025, 12, 10),
    latest_shipment=date(2025, 11, 20),
    presentation_period=PresentationPeriod(days=14),
    text="SHIPMENT FROM HAMBURG OR FROM BREMERHAVEN, AT THE OPTION OF THE SECOND BENEFICIARY",
)


def one(passed: PassedOn, reference: str | None = "TIDE25LC1") -> ExpectedMessage:
    known = KnownCredit(TERMS.reference, ISSUER, TERMS, {1: reference} if reference else {})
    ((message,),) = messages_of(known, [passed])
    return message


def fields(passed: PassedOn) -> dict[str, str]:
    expected = one(passed)
    assert expected.reasons == ()
    (text,) = expected.texts
    (message,) = read(text)
    assert check(message) == []
    assert (message.type, message.sender, message.receiver) == ("707", BANK.bic, ADVISER.bic)
    return {field.tag: field.value for field in message.fields}


def test_what_is_passed_on_is_advised_by_an_mt_707() -> None:
    assert fields(PASSED) == {
        "27": "1/1",
        "20": "TIDE25LC1",
        "21": "NONREF",
        "23": TERMS.reference,
        "52A": "YSHACNSHXXX",
        "31C": TERMS.issued.strftime("%y%m%d"),
        "26E": "2",
        "30": "250920",
        "22A": "ADVI",
        "31D": f"251210{TERMS.expiry_place}",
        "32B": "CNY5000,00",
        "44C": "251120",
        "47B": (
            "/ADD/\nSHIPMENT FROM HAMBURG OR FROM BREMERHAVEN, AT THE OPTION OF THE\nSECOND "
            "BENEFICIARY"
        ),
        "48": "14",
    }


def test_a_bank_that_confirmed_the_part_confirms_what_it_passes_on() -> None:
    assert fields(dataclasses.replace(PASSED, confirmed=True))["22A"] == "ACNF"


def test_a_part_is_reduced_by_an_mt_707() -> None:
    less = dataclasses.replace(PASSED, increase=None, decrease=Money.of(100, "CNY"), expiry=None)
    found = fields(less)
    assert found["33B"] == "CNY1,00"
    assert not {"32B", "31D"} & set(found)


def test_the_cancellation_of_a_part_is_proposed_by_an_mt_707() -> None:
    cancelled = dataclasses.replace(
        PASSED,
        cancels=True,
        increase=None,
        expiry=None,
        latest_shipment=None,
        presentation_period=None,
        text="NO FREIGHT",
    )
    found = fields(cancelled)
    assert (found["23S"], found["47B"]) == ("CANCEL", "/ADD/NO FREIGHT")
    assert not {"32B", "33B", "31D", "44C", "48"} & set(found)


@pytest.mark.parametrize(
    ("passed", "why"),
    [
        (dataclasses.replace(PASSED, terms=None), NO_TERMS),
        (dataclasses.replace(PASSED, text=None), NO_TEXT),
        (
            dataclasses.replace(PASSED, adviser=dataclasses.replace(ADVISER, bic=None)),
            "The BIC of Two Cranes Bank is not known.",
        ),
    ],
    ids=["terms", "text", "bic"],
)
def test_nothing_is_made_up(passed: PassedOn, why: str) -> None:
    made = one(passed)
    assert (made.kind, made.texts, made.reasons) == ("707", (), (why,))


def test_the_sender_gives_its_own_reference() -> None:
    assert one(PASSED, None).reasons == (NO_REFERENCE,)


def test_whatever_a_credit_tells_is_answered_for_a_part() -> None:
    """An event of which banks are told under a credit has words of its own under a part."""
    untold = {
        kind for kind, says in HAPPENINGS.items() if says.__qualname__ == "untold.<locals>.<lambda>"
    }
    # A part is not issued, amended or confirmed by itself, and reimbursed as a credit is.
    alike = {
        *(CreditIssued, CreditPreAdvised, CreditConfirmed, AmendmentIssued),
        *(ReimbursementAuthorised, AuthorisationAmended, ReimbursementClaimed, ClaimNotConforming),
    }
    assert untold
    assert set(HAPPENINGS) - untold - alike == set(PART_HAPPENINGS) - untold
    assert AmendmentPassed in PART_HAPPENINGS

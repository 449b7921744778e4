# SPDX-License-Identifier: Apache-2.0
"""Parts of a transferred credit: how they are called, and their terms (UCP 600 art. 38)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yangshan.credit.advices import Transfer
from yangshan.credit.amounts import Tolerance
from yangshan.credit.issuing import stated_terms
from yangshan.credit.parts import (
    NoPartNumber,
    Reduced,
    named,
    party_of,
    reference_of,
    share_of,
    terms_of_part,
)
from yangshan.credit.terms import Confirmation, PresentationPeriod
from yangshan.money import Money
from yangshan.swift import check, read
from yangshan.swift.maps import build

FILE = Path(__file__).parents[3] / "examples" / "credits" / "transferable-credit.mt700"
WHOLE, _ = stated_terms(FILE.read_bytes(), FILE.name)
SECOND = party_of("Tortoise Gate Marine Insurance Co., Ltd.")
REDUCED = Reduced(
    amount=Money.of(4_200_000, "CNY"),
    expiry=date(2025, 11, 20),
    latest_shipment=date(2025, 10, 20),
    presentation_period=PresentationPeriod(days=15),
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("YBL25LC000090", ("YBL25LC000090", 0)),
        ("YBL25LC000090#1", ("YBL25LC000090", 1)),
        ("A/B-1#255", ("A/B-1", 255)),
    ],
)
def test_a_part_is_called_by_its_credit_and_its_number(
    given: str, expected: tuple[str, int]
) -> None:
    assert named(given) == expected
    if expected[1]:
        assert reference_of(*expected) == given


@pytest.mark.parametrize(
    "given", ["A#", "A#0", "A#256", "A#1x", "A#-1", "A#1#2", "#1", "A#0001", "A#١"]
)
def test_what_names_no_part_is_refused(given: str) -> None:
    with pytest.raises(NoPartNumber) as caught:
        named(given)
    assert caught.value.given == given


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [(None, 1_001), (Tolerance(0, 10), 1_001), (Tolerance(10, 0), 1_101)],
)
def test_a_share_has_the_tolerance_in_it(tolerance: Tolerance | None, expected: int) -> None:
    assert share_of(Money.of(1_001, "CNY"), tolerance) == expected


def test_a_party_is_named_on_lines_of_its_field() -> None:
    assert party_of("A" * 30 + " " + "B" * 30).lines == ("A" * 30, "B" * 30)


def test_article_38g_a_part_has_the_terms_of_its_credit_but_for_what_may_differ() -> None:
    part = terms_of_part(WHOLE, SECOND, REDUCED, replaces_applicant=True, confirmed=False)
    differing = {
        name for name in type(WHOLE).model_fields if getattr(part, name) != getattr(WHOLE, name)
    }
    assert differing == {
        *("transferable", "applicant", "beneficiary", "amount", "expiry", "latest_shipment"),
        *("presentation_period", "advising_bank"),
    }
    assert not part.transferable
    assert (part.applicant, part.beneficiary) == (WHOLE.beneficiary, SECOND)
    kept = terms_of_part(WHOLE, SECOND, REDUCED, replaces_applicant=False, confirmed=False)
    assert kept.applicant == WHOLE.applicant


def test_documents_of_its_own_and_the_confirmation_of_its_credit() -> None:
    asked = WHOLE.model_copy(update={"confirmation": Confirmation.CONFIRM})
    reduced = Reduced(
        amount=REDUCED.amount,
        expiry=REDUCED.expiry,
        latest_shipment=None,
        presentation_period=None,
        documents="+ POLICY FOR 137.50 PER CENT.",
    )
    for confirmed, expected in ((True, Confirmation.CONFIRM), (False, Confirmation.WITHOUT)):
        part = terms_of_part(asked, SECOND, reduced, replaces_applicant=True, confirmed=confirmed)
        assert (part.confirmation, part.documents) == (expected, reduced.documents)
        assert (part.latest_shipment, part.presentation_period) == (None, None)


def test_the_mt_720_of_a_part_names_its_first_beneficiary_without_an_account() -> None:
    part = terms_of_part(WHOLE, SECOND, REDUCED, replaces_applicant=True, confirmed=False)
    assert WHOLE.beneficiary.account is not None
    model = Transfer.of(part, WHOLE.beneficiary, reference="TIDE25LC1", confirmed=True)
    (text,) = build(model, sender="YSSLDEHHXXX", receiver="YSMTCNSHXXX").texts
    (message,) = read(text)
    assert check(message) == []
    fields = {each.tag: each.value for each in message.fields}
    assert (fields["20"], fields["21"]) == ("TIDE25LC1", WHOLE.reference)
    assert fields["50"] == "\n".join(WHOLE.beneficiary.lines)
    assert fields["59"] == "Tortoise Gate Marine Insurance Co.,\nLtd."
    assert (fields["32B"], fields["44C"], fields["48"]) == ("CNY42000,00", "251020", "15")
    assert fields["40B"] == "IRREVOCABLE\nADDING OUR CONFIRMATION"

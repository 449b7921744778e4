# SPDX-License-Identifier: Apache-2.0
"""What is told of an authority to reimburse and of a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from yangshan.alliance.places import build
from yangshan.credit.claims import authorisation_cautions, claim_cautions, first_day_for_claim
from yangshan.credit.reimbursement import (
    ReimbursementAuthorisation,
    ReimbursementClaim,
    ReimbursementRules,
)
from yangshan.credit.terms import AvailableBy, AvailableWith, Bank
from yangshan.money import Currency, Money

AMOUNT = Money(100_00, Currency.of("CNY"))
BANK = Bank(bic="YSHACNSHXXX")
RECEIVED = date(2025, 9, 29)
CLAIM = ReimbursementClaim(
    reference="CLAIM", credit_number="LC", issuing_bank=BANK, principal=AMOUNT, total=AMOUNT
)
AUTHORITY = ReimbursementAuthorisation(
    credit_number="LC",
    rules=ReimbursementRules.URR,
    amount=AMOUNT,
    available_by=AvailableBy.SIGHT_PAYMENT,
    available_with=AvailableWith(bic="YSHACNSHXXX"),
)


def test_an_authority_that_expires_is_told() -> None:
    assert authorisation_cautions(AUTHORITY) == ()
    (caution,) = authorisation_cautions(replace(AUTHORITY, expiry=date(2025, 12, 31)))
    assert caution.code == "authorisation-expiry"
    assert "2025-12-31" in caution.text


def test_a_claim_that_comes_too_early_is_told() -> None:
    calendar = build("CNSHA", 2025, 2026)
    # Before 20 October: 17, 16, 15, 14, 13, 11 (a worked Saturday), 10, 9 and 30, 29 September.
    due = date(2025, 10, 20)
    assert first_day_for_claim(due, calendar) == RECEIVED
    for received, told in ((RECEIVED, ()), (RECEIVED - timedelta(days=1), ("early-claim",))):
        found = claim_cautions(CLAIM, received, calendar, due)
        assert tuple(each.code for each in found) == told
    assert claim_cautions(CLAIM, date(2025, 1, 2), calendar) == ()


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (replace(CLAIM, sender_to_receiver="WE CLAIM UNDER\nRESERVE"), "under reserve"),
        (replace(CLAIM, charges="AGAINST OUR INDEMNITY"), "indemnity"),
        (replace(CLAIM, total_on=RECEIVED - timedelta(days=1)), "value on 2025-09-28"),
    ],
)
def test_conditions_of_a_claim_are_told(claim: ReimbursementClaim, said: str) -> None:
    calendar = build("CNSHA", 2025, 2026)
    (caution,) = claim_cautions(claim, RECEIVED, calendar)
    assert caution.code == "claim-conditions"
    assert said in caution.text
    for plain in (CLAIM, replace(CLAIM, total_on=RECEIVED, sender_to_receiver="RESERVED")):
        assert claim_cautions(plain, RECEIVED, calendar) == ()

# SPDX-License-Identifier: Apache-2.0
"""MT 742: a reimbursement claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.reimbursement import ReimbursementClaim
from yangshan.swift.maps.codecs import AMOUNT, AMOUNT_DATED_A, BANK, DAY, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import ACCOUNT_WITH, CHARGES, SENDER_TO_RECEIVER
from yangshan.swift.texts import NotUnderstood, charges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _doubts(claim: ReimbursementClaim, _record: Record) -> Iterator[str]:
    amounts = [claim.principal, *([claim.additional] if claim.additional else [])]
    if len({amount.currency for amount in (*amounts, claim.total)}) > 1:
        yield "The amounts of the claim are in several currencies; expected one."
        return
    stated = charges(claim.charges) if claim.charges else None
    if isinstance(stated, NotUnderstood):
        return
    items = [charge.amount for charge in stated.items] if stated else []
    if any(amount is None or amount.currency != claim.total.currency for amount in items):
        return
    fees = sum(amount.minor for amount in items if amount)
    principal = sum(amount.minor for amount in amounts)
    # The sources do not settle whether charges are added to a claim or deducted.
    if claim.total.minor not in {principal + fees, principal - fees}:
        yield (
            f"The claim is for {claim.total}, and its other amounts do not make that (field 34a is "
            "32B and 33B with the charges of 71D added or deducted)."
        )


MT742 = Map(
    "742",
    ReimbursementClaim,
    (
        place("reference", "20", TEXT),
        place("credit_number", "21", TEXT),
        place("issued", "31C", DAY),
        place("issuing_bank", "52a", BANK),
        place("principal", "32B", AMOUNT),
        place("additional", "33B", AMOUNT),
        CHARGES,
        place("total total_on", "34a", AMOUNT_DATED_A),
        ACCOUNT_WITH,
        place("beneficiary_bank", "58a", BANK),
        SENDER_TO_RECEIVER,
    ),
    doubts=_doubts,
)

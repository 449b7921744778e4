# SPDX-License-Identifier: Apache-2.0
"""MT 754: an advice of payment, acceptance or negotiation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.settlements import PaymentAdvice
from yangshan.swift.maps.codecs import AMOUNT, AMOUNT_DATED_A, BANK, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import ACCOUNT_WITH, SENDER_TO_RECEIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _forbids(_advice: PaymentAdvice, record: Record, _sender: str, _receiver: str) -> Iterator[str]:
    if not record.found_complying:
        yield (
            "Nobody is on record who found that the presentation complies, and no accepted waiver; "
            "expected one of the two."
        )


MT754 = Map(
    "754",
    PaymentAdvice,
    (
        place("reference", "20", TEXT),
        place("credit_number", "21", TEXT),
        place("principal principal_on", "32a", AMOUNT_DATED_A),
        place("additional", "33B", AMOUNT),
        place("charges_deducted", "71D", TEXT),
        place("charges_added", "73A", TEXT),
        place("total total_on", "34a", AMOUNT_DATED_A),
        place("reimbursing_bank", "53a", BANK),
        ACCOUNT_WITH,
        place("beneficiary_bank", "58a", BANK),
        SENDER_TO_RECEIVER,
        place("narrative", "77", TEXT),
    ),
    forbids=_forbids,
)

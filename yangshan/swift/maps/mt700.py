# SPDX-License-Identifier: Apache-2.0
"""MT 700 (and 701): the terms of a credit.

Sender and receiver of the message are issuing and advising bank, so they are no fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.terms import CreditTerms
from yangshan.swift.maps.codecs import BANK, DAY, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import (
    AMOUNTS,
    APPLICABLE_RULES,
    CONDITIONS,
    EXPIRES,
    FORM,
    PARTIES,
    REIMBURSING_BANK,
    TEXTS,
)
from yangshan.swift.values import full_bic, is_bic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _forbids(terms: CreditTerms, _record: Record, sender: str, receiver: str) -> Iterator[str]:
    for role, bank, stated in (
        ("issuing", terms.issuing_bank, sender),
        ("advising", terms.advising_bank, receiver),
    ):
        if bank and is_bic(stated) and full_bic(stated) != bank:
            yield (
                f"The message would have {stated} as {role} bank; expected {bank}, as the terms "
                "have it."
            )


MT700 = Map(
    "700",
    CreditTerms,
    (
        FORM,
        place("reference", "20", TEXT),
        place("pre_advice", "23", TEXT),
        place("issued", "31C", DAY),
        APPLICABLE_RULES,
        EXPIRES,
        place("applicant_bank", "51a", BANK),
        *PARTIES,
        *AMOUNTS,
        *CONDITIONS,
        *TEXTS,
        REIMBURSING_BANK,
    ),
    forbids=_forbids,
)

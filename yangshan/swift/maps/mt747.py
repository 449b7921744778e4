# SPDX-License-Identifier: Apache-2.0
"""MT 747: the amendment of an authorisation to reimburse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.reimbursement import AuthorisationAmendment
from yangshan.swift.maps.codecs import AMOUNT, DAY, TEXT, TOLERANCE
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import SENDER_TO_RECEIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _doubts(amendment: AuthorisationAmendment, record: Record) -> Iterator[str]:
    before, after = record.amount_before, amendment.amount
    if before is None or after is None:
        return
    more = amendment.increase.minor if amendment.increase else 0
    less = amendment.decrease.minor if amendment.decrease else 0
    if before.currency != after.currency or before.minor + more - less != after.minor:
        yield (
            f"The new amount is {after}, and {before} with the change does not make that (field "
            "34B is the old amount with 32B added or 33B deducted)."
        )


MT747 = Map(
    "747",
    AuthorisationAmendment,
    (
        place("credit_number", "20", TEXT),
        place("reimbursing_reference", "21", TEXT),
        place("authorised", "30", DAY),
        place("expiry", "31E", DAY),
        place("increase", "32B", AMOUNT),
        place("decrease", "33B", AMOUNT),
        place("amount", "34B", AMOUNT),
        place("tolerance", "39A", TOLERANCE),
        place("additional_amounts", "39C", TEXT),
        SENDER_TO_RECEIVER,
        place("narrative", "77", TEXT),
    ),
    doubts=_doubts,
)

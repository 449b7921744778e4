# SPDX-License-Identifier: Apache-2.0
"""MT 750: an advice of discrepancies, which is no refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.settlements import DiscrepancyAdvice
from yangshan.swift.maps.codecs import AMOUNT, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import ACCOUNT_WITH, SENDER_TO_RECEIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _forbids(
    _advice: DiscrepancyAdvice, record: Record, _sender: str, _receiver: str
) -> Iterator[str]:
    if record.earlier_refusal:
        yield (
            f"The presentation was refused by {record.earlier_refusal}; expected no refusal before "
            "authority is asked for."
        )


MT750 = Map(
    "750",
    DiscrepancyAdvice,
    (
        place("reference", "20", TEXT),
        place("credit_number", "21", TEXT),
        place("principal", "32B", AMOUNT),
        place("additional", "33B", AMOUNT),
        place("charges_deducted", "71D", TEXT),
        place("charges_added", "73A", TEXT),
        place("total", "34B", AMOUNT),
        ACCOUNT_WITH,
        SENDER_TO_RECEIVER,
        place("discrepancies", "77J", TEXT),
    ),
    forbids=_forbids,
)

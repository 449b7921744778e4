# SPDX-License-Identifier: Apache-2.0
"""MT 734: the notice of refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.refusals import AlreadyRefused, DisposalNotOpen, NoDiscrepancy, expect_open
from yangshan.credit.settlements import Disposal, Refusal
from yangshan.swift.maps.codecs import AMOUNT_DATED_A, DATE_AND_AMOUNT, TEXT, slashed
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import ACCOUNT_WITH, SENDER_TO_RECEIVER
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _forbids(refusal: Refusal, record: Record, sender: str, _receiver: str) -> Iterator[str]:
    if record.earlier_refusal:
        yield str(AlreadyRefused(record.earlier_refusal))
    if not refusal.discrepancies.strip():
        yield str(NoDiscrepancy())
    issuer = record.issuing_bank
    by_issuer = issuer is not None and full_bic(issuer) == full_bic(sender)
    try:
        expect_open(refusal.disposal, by_issuer, record.presenter_instruction)
    except DisposalNotOpen as not_open:
        yield str(not_open)


MT734 = Map(
    "734",
    Refusal,
    (
        place("reference", "20", TEXT),
        place("presenting_reference", "21", TEXT),
        place("utilised amount", "32A", DATE_AND_AMOUNT),
        place("charges_claimed", "73A", TEXT),
        place("total total_on", "33a", AMOUNT_DATED_A),
        ACCOUNT_WITH,
        SENDER_TO_RECEIVER,
        place("discrepancies", "77J", TEXT),
        place("disposal disposal_text", "77B", slashed(Disposal)),
    ),
    forbids=_forbids,
    # The message type alone is no refusal: it has to say so.
    strict=frozenset({"Y30"}),
)

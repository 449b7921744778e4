# SPDX-License-Identifier: Apache-2.0
"""MT 767 (and 775): the amendment of an undertaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.undertakings import (
    ExpiryType,
    LocalUndertakingAmendment,
    UndertakingAmendment,
)
from yangshan.swift.maps.codecs import (
    AMOUNT,
    BANK,
    BANK_OR_PARTY,
    DAY,
    NUMBER,
    PARTY,
    TEXT,
    codes,
    flag,
)
from yangshan.swift.maps.engine import Map, Part, place

if TYPE_CHECKING:
    from yangshan.swift.maps.engine import Place


def _stated(sequence: str) -> tuple[Place, ...]:
    """What sequences B and C have in the same fields."""
    return (
        place("increase", f"{sequence}.32B", AMOUNT),
        place("decrease", f"{sequence}.33B", AMOUNT),
        place("expiry_type", f"{sequence}.23B", codes(ExpiryType)),
        place("expiry", f"{sequence}.31E", DAY),
        place("expiry_condition", f"{sequence}.35G", TEXT),
        place("delivery", f"{sequence}.24E", TEXT),
        place("delivery_to", f"{sequence}.24G", TEXT),
    )


MT767 = Map(
    "767",
    UndertakingAmendment,
    (
        place("related_reference", "A.21", TEXT),
        place("purpose", "A.22A", TEXT),
        place("cancellation", "A.23S", flag("CANCEL")),
        place("sender_to_receiver", "A.72Z", TEXT),
        place("file", "A.23X", TEXT),
        place("reference", "B.20", TEXT),
        place("number", "B.26E", NUMBER),
        place("amended", "B.30", DAY),
        place("issuer", "B.52a", BANK),
        place("other_reference", "B.23", TEXT),
        *_stated("B"),
        place("beneficiary", "B.59a", BANK_OR_PARTY),
        place("other", "B.77U", TEXT),
    ),
    Part(
        "local",
        "C",
        LocalUndertakingAmendment,
        (
            *_stated("C"),
            place("beneficiary", "C.59", PARTY),
            place("other", "C.77L", TEXT),
        ),
    ),
)

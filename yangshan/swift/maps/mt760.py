# SPDX-License-Identifier: Apache-2.0
"""MT 760 (and 761): an undertaking, and the local one that it may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.undertakings import (
    Demands,
    ExpiryType,
    Extension,
    LocalUndertaking,
    Undertaking,
    UndertakingForm,
    UndertakingRules,
    UndertakingType,
)
from yangshan.swift.maps.codecs import (
    AMOUNT,
    AVAILABLE_WITH,
    BANK,
    BANK_OR_PARTY,
    DAY,
    NUMBER,
    PARTY,
    TEXT,
    coded,
    codes,
    flag,
    words,
)
from yangshan.swift.maps.engine import Map, Part, place
from yangshan.swift.maps.rows import CONFIRMATIONS

if TYPE_CHECKING:
    from yangshan.swift.maps.engine import Place


def _stated(sequence: str) -> tuple[Place, ...]:
    """What sequences B and C have in the same fields."""
    return (
        place("form", f"{sequence}.22D", codes(UndertakingForm)),
        place("rules rules_text", f"{sequence}.40C", coded(UndertakingRules)),
        place("expiry_type", f"{sequence}.23B", codes(ExpiryType)),
        place("expiry", f"{sequence}.31E", DAY),
        place("expiry_condition", f"{sequence}.35G", TEXT),
        place("applicant", f"{sequence}.50", PARTY),
        place("obligor", f"{sequence}.51", PARTY),
        place("issuer", f"{sequence}.52a", BANK),
        place("amount", f"{sequence}.32B", AMOUNT),
        place("amount_text", f"{sequence}.39F", TEXT),
        place("available_with", f"{sequence}.41a", AVAILABLE_WITH),
        place("charges", f"{sequence}.71D", TEXT),
        place("presentation", f"{sequence}.45C", TEXT),
        place("jurisdiction", f"{sequence}.44J", TEXT),
        place("extension extension_text", f"{sequence}.23F", coded(Extension)),
        place("extension_notice", f"{sequence}.78", TEXT),
        place("extension_notice_days", f"{sequence}.26E", NUMBER),
        place("final_expiry", f"{sequence}.31S", DAY),
        place("demands", f"{sequence}.48B", codes(Demands)),
        place("transferable", f"{sequence}.48D", flag("TRAN")),
        place("transfer_conditions", f"{sequence}.39E", TEXT),
        place("transaction", f"{sequence}.45L", TEXT),
        place("advise_through", f"{sequence}.57a", BANK),
        place("delivery", f"{sequence}.24E", TEXT),
        place("delivery_to", f"{sequence}.24G", TEXT),
    )


MT760 = Map(
    "760",
    Undertaking,
    (
        place("purpose", "A.22A", TEXT),
        place("sender_to_receiver", "A.72Z", TEXT),
        place("file", "A.23X", TEXT),
        place("reference", "B.20", TEXT),
        place("issued", "B.30", DAY),
        *_stated("B"),
        place("beneficiary", "B.59a", BANK_OR_PARTY),
        place("advising_bank", "B.56a", BANK),
        place("other_reference", "B.23", TEXT),
        place("terms", "B.77U", TEXT),
        place("confirmation", "B.49", words(CONFIRMATIONS)),
        place("requested_confirming_bank", "B.58a", BANK),
    ),
    Part(
        "local",
        "C",
        LocalUndertaking,
        (
            place("requested", "C.31C", DAY),
            *_stated("C"),
            place("type type_text", "C.22K", coded(UndertakingType)),
            place("beneficiary", "C.59", PARTY),
            place("terms", "C.77L", TEXT),
            place("standard_wording", "C.22Y", flag("STND")),
            place("wording_language", "C.40D", TEXT),
        ),
    ),
)

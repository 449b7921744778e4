# SPDX-License-Identifier: Apache-2.0
"""MT 765: a demand under an undertaking."""

from __future__ import annotations

from yangshan.credit.undertakings import UndertakingDemand
from yangshan.swift.maps.codecs import AMOUNT, BANK, BANK_OR_PARTY, DAY, TEXT
from yangshan.swift.maps.engine import Map, place

MT765 = Map(
    "765",
    UndertakingDemand,
    (
        place("reference", "20", TEXT),
        place("related_reference", "21", TEXT),
        place("beneficiary_reference", "23", TEXT),
        place("issuer", "52a", BANK),
        place("beneficiary", "59a", BANK_OR_PARTY),
        place("demanded", "31L", DAY),
        place("type", "22G", TEXT),
        place("amount", "32B", AMOUNT),
        place("amount_text", "78", TEXT),
        place("statement", "49A", TEXT),
        place("completion", "77", TEXT),
        place("requested_expiry", "31E", DAY),
        place("requested_period", "31R", TEXT),
        place("intermediary", "56a", BANK),
        place("account_with", "57a", BANK),
        place("sender_to_receiver", "72Z", TEXT),
        place("file", "23X", TEXT),
    ),
)

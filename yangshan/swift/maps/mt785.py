# SPDX-License-Identifier: Apache-2.0
"""MT 785: the notice that an undertaking is not extended."""

from __future__ import annotations

from yangshan.credit.undertakings import NonExtension
from yangshan.swift.maps.codecs import BANK, BANK_OR_PARTY, DAY, TEXT
from yangshan.swift.maps.engine import Map, place

MT785 = Map(
    "785",
    NonExtension,
    (
        place("reference", "20", TEXT),
        place("related_reference", "21", TEXT),
        place("issuer", "52a", BANK),
        place("issued", "31C", DAY),
        place("beneficiary", "59a", BANK_OR_PARTY),
        place("advising_bank", "56a", BANK),
        place("advise_through", "57a", BANK),
        place("final_expiry", "31E", DAY),
        place("sender_to_receiver", "72Z", TEXT),
        place("file", "23X", TEXT),
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""MT 787: the answer to the amendment of an undertaking."""

from __future__ import annotations

from yangshan.credit.undertakings import AmendmentAnswer, AmendmentResponse
from yangshan.swift.maps.codecs import BANK, NUMBER, TEXT, coded
from yangshan.swift.maps.engine import Map, place

MT787 = Map(
    "787",
    AmendmentResponse,
    (
        place("reference", "20", TEXT),
        place("related_reference", "21", TEXT),
        place("issuer", "52a", BANK),
        place("number", "26E", NUMBER),
        place("answer answer_text", "23R", coded(AmendmentAnswer)),
        place("sender_to_receiver", "72Z", TEXT),
        place("file", "23X", TEXT),
    ),
)

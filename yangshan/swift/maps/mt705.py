# SPDX-License-Identifier: Apache-2.0
"""MT 705: a pre-advice."""

from __future__ import annotations

from yangshan.credit.advices import PreAdvice
from yangshan.swift.maps.codecs import BANK, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import (
    AMOUNTS,
    AVAILABILITY,
    EXPIRES,
    FORM,
    PARTIES,
    SENDER_TO_RECEIVER,
    SHIPMENT,
)

MT705 = Map(
    "705",
    PreAdvice,
    (
        FORM,
        place("reference", "20", TEXT),
        EXPIRES,
        *PARTIES,
        *AMOUNTS,
        AVAILABILITY,
        *SHIPMENT,
        place("goods", "45A", TEXT),
        place("second_advising_bank", "57a", BANK),
        place("narrative", "79Z", TEXT),
        SENDER_TO_RECEIVER,
    ),
)

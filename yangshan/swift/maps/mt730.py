# SPDX-License-Identifier: Apache-2.0
"""MT 730: an acknowledgement."""

from __future__ import annotations

from yangshan.credit.advices import Acknowledgement
from yangshan.swift.maps.codecs import AMOUNT_DATED_D, DAY, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import ACCOUNT_WITH, CHARGES, SENDER_TO_RECEIVER

MT730 = Map(
    "730",
    Acknowledgement,
    (
        place("reference", "20", TEXT),
        place("receiver_reference", "21", TEXT),
        place("account", "25", TEXT),
        place("acknowledged", "30", DAY),
        place("charged charged_on", "32a", AMOUNT_DATED_D),
        ACCOUNT_WITH,
        CHARGES,
        SENDER_TO_RECEIVER,
        place("narrative", "79Z", TEXT),
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""MT 732: an advice of discharge."""

from __future__ import annotations

from yangshan.credit.settlements import Discharge
from yangshan.swift.maps.codecs import AMOUNT, DAY, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import SENDER_TO_RECEIVER

MT732 = Map(
    "732",
    Discharge,
    (
        place("reference", "20", TEXT),
        place("presenting_reference", "21", TEXT),
        place("advised", "30", DAY),
        place("amount", "32B", AMOUNT),
        SENDER_TO_RECEIVER,
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""MT 756: an advice of reimbursement or payment."""

from __future__ import annotations

from yangshan.credit.settlements import ReimbursementAdvice
from yangshan.swift.maps.codecs import AMOUNT, BANK, DATE_AND_AMOUNT, TEXT
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import SENDER_TO_RECEIVER

MT756 = Map(
    "756",
    ReimbursementAdvice,
    (
        place("reference", "20", TEXT),
        place("presenting_reference", "21", TEXT),
        place("claimed", "32B", AMOUNT),
        place("paid_on paid", "33A", DATE_AND_AMOUNT),
        place("senders_correspondent", "53a", BANK),
        place("receivers_correspondent", "54a", BANK),
        SENDER_TO_RECEIVER,
        place("narrative", "79Z", TEXT),
    ),
)

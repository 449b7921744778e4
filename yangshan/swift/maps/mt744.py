# SPDX-License-Identifier: Apache-2.0
"""MT 744: the notice of a reimbursement claim that does not conform."""

from __future__ import annotations

from yangshan.credit.reimbursement import ClaimDisposal, NonConformingClaim, NonConformity
from yangshan.swift.maps.codecs import AMOUNT_DATED_A, BANK, DAY, TEXT, coded
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import CHARGES, SENDER_TO_RECEIVER

MT744 = Map(
    "744",
    NonConformingClaim,
    (
        place("reference", "20", TEXT),
        place("claim_reference", "21", TEXT),
        place("issuing_bank", "52a", BANK),
        place("credit_number", "21A", TEXT),
        place("issued", "31C", DAY),
        place("total total_on", "34a", AMOUNT_DATED_A),
        place("reason reason_text", "73R", coded(NonConformity)),
        place("disposal disposal_text", "73S", coded(ClaimDisposal)),
        CHARGES,
        SENDER_TO_RECEIVER,
    ),
)

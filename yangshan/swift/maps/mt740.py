# SPDX-License-Identifier: Apache-2.0
"""MT 740: an authorisation to reimburse."""

from __future__ import annotations

from yangshan.credit.reimbursement import ReimbursementAuthorisation, ReimbursementRules
from yangshan.swift.maps.codecs import BANK, PARTY, TEXT, codes
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import (
    AMOUNTS,
    AVAILABILITY,
    CHARGES,
    DRAFTS,
    EXPIRES,
    SENDER_TO_RECEIVER,
)

MT740 = Map(
    "740",
    ReimbursementAuthorisation,
    (
        place("credit_number", "20", TEXT),
        place("account", "25", TEXT),
        place("rules", "40F", codes(ReimbursementRules)),
        EXPIRES,
        place("negotiating_bank", "58a", BANK),
        place("beneficiary", "59", PARTY),
        *AMOUNTS,
        AVAILABILITY,
        *DRAFTS,
        place("charges_of", "71A", TEXT),
        CHARGES,
        SENDER_TO_RECEIVER,
    ),
)

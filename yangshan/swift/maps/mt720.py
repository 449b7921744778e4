# SPDX-License-Identifier: Apache-2.0
"""MT 720 (and 721): the transfer of a credit.

Its form is always written IRREVOCABLE, since a transferred credit cannot be transferred on (UCP 600
art. 38(d)); the other form is read.
"""

from __future__ import annotations

from yangshan.credit.advices import Transfer
from yangshan.swift.maps.codecs import DAY, PARTY, TEXT, transferred_form
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import (
    AMOUNTS,
    APPLICABLE_RULES,
    CONDITIONS,
    EXPIRES,
    FORMS,
    ISSUER,
    TEXTS,
)

MT720 = Map(
    "720",
    Transfer,
    (
        place("confirmed", "40B", transferred_form(FORMS)),
        place("reference", "20", TEXT),
        place("credit_number", "21", TEXT),
        place("issued", "31C", DAY),
        APPLICABLE_RULES,
        EXPIRES,
        *ISSUER,
        place("first_beneficiary", "50", PARTY),
        place("beneficiary", "59", PARTY),
        *AMOUNTS,
        *CONDITIONS,
        *TEXTS,
        place("intermediary_instructions", "78D", TEXT),
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""MT 710 (and 711): the advice of a credit that another has issued."""

from __future__ import annotations

from yangshan.credit.advices import Advice
from yangshan.swift.maps.codecs import BANK, DAY, TEXT, advised_form
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import (
    AMOUNTS,
    APPLICABLE_RULES,
    CONDITIONS,
    EXPIRES,
    FORMS,
    ISSUER,
    PARTIES,
    REIMBURSING_BANK,
    TEXTS,
)

MT710 = Map(
    "710",
    Advice,
    (
        place("transferable confirmed", "40B", advised_form(FORMS)),
        place("reference", "20", TEXT),
        place("credit_number", "21", TEXT),
        place("pre_advice", "23", TEXT),
        place("issued", "31C", DAY),
        APPLICABLE_RULES,
        EXPIRES,
        *ISSUER,
        place("applicant_bank", "51a", BANK),
        *PARTIES,
        *AMOUNTS,
        *CONDITIONS,
        *TEXTS,
        REIMBURSING_BANK,
        place("intermediary_instructions", "78D", TEXT),
    ),
)

# SPDX-License-Identifier: Apache-2.0
"""MT 707 (and 708): an amendment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.amendments import (
    Amendment,
    AmendmentHeld,
    AmendmentPayer,
    AmendmentPurpose,
)
from yangshan.swift.maps.codecs import (
    AMOUNT,
    CHANGES,
    DAY,
    NUMBER,
    TEXT,
    TOLERANCE,
    coded,
    codes,
    flag,
)
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import (
    APPLICABLE_RULES,
    CONDITIONS,
    EXPIRES,
    FORM,
    ISSUER,
    PARTIES,
    REIMBURSING_BANK,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _forbids(amendment: Amendment, record: Record, _sender: str, _receiver: str) -> Iterator[str]:
    last = record.last_amendment
    if last is not None and amendment.number != last + 1:
        yield str(AmendmentHeld(amendment.number, last + 1))


MT707 = Map(
    "707",
    Amendment,
    (
        place("reference", "20", TEXT),
        place("receiver_reference", "21", TEXT),
        place("credit_number", "23", TEXT),
        *ISSUER,
        place("issued", "31C", DAY),
        place("number", "26E", NUMBER),
        place("amended", "30", DAY),
        place("purpose", "22A", codes(AmendmentPurpose)),
        place("cancellation", "23S", flag("CANCEL")),
        FORM,
        APPLICABLE_RULES,
        EXPIRES,
        *PARTIES,
        place("increase", "32B", AMOUNT),
        place("decrease", "33B", AMOUNT),
        place("tolerance", "39A", TOLERANCE),
        place("additional_amounts", "39C", TEXT),
        *CONDITIONS,
        place("goods", "45B", CHANGES),
        place("documents", "46B", CHANGES),
        place("conditions", "47B", CHANGES),
        place("beneficiary_conditions", "49M", CHANGES),
        place("bank_only_conditions", "49N", CHANGES),
        place("amendment_payer amendment_payer_text", "71N", coded(AmendmentPayer, "\n")),
        REIMBURSING_BANK,
    ),
    forbids=_forbids,
)

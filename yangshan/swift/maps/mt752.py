# SPDX-License-Identifier: Apache-2.0
"""MT 752: an authorisation to pay, accept or negotiate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.credit.settlements import Authorisation, PaymentAuthorisation
from yangshan.swift.maps.codecs import AMOUNT, AMOUNT_DATED_A, BANK, DAY, TEXT, codes
from yangshan.swift.maps.engine import Map, place
from yangshan.swift.maps.rows import SENDER_TO_RECEIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.swift.maps.engine import Record


def _forbids(
    _authorisation: PaymentAuthorisation, record: Record, _sender: str, _receiver: str
) -> Iterator[str]:
    if not record.issuer_decision:
        yield "No decision of the issuing bank is on record; expected one that authorises it."


MT752 = Map(
    "752",
    PaymentAuthorisation,
    (
        place("credit_number", "20", TEXT),
        place("presenting_reference", "21", TEXT),
        place("authorises", "23", codes(Authorisation)),
        place("advised", "30", DAY),
        place("total", "32B", AMOUNT),
        place("charges_deducted", "71D", TEXT),
        place("net net_on", "33a", AMOUNT_DATED_A),
        place("senders_correspondent", "53a", BANK),
        place("receivers_correspondent", "54a", BANK),
        SENDER_TO_RECEIVER,
        place("narrative", "79Z", TEXT),
    ),
    forbids=_forbids,
)

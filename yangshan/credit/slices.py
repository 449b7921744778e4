# SPDX-License-Identifier: Apache-2.0
"""From the words of field 42M to the slices that a credit by mixed payment is issued with.

The field is narrative. Only what is understood without a doubt becomes slices: parts in per cent at
sight, in days after sight or shipment, or on a day; the rest is for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.calendar_words import day_number
from yangshan.chain.enums import Availability, MaturityFrom
from yangshan.chain.records import Slice
from yangshan.credit.schedules import MOST_SLICES
from yangshan.errors import Refused
from yangshan.swift.tenors import AfterEvent, AtSight, MaturityEvent, TimeUnit, mixed
from yangshan.swift.texts import NotUnderstood

if TYPE_CHECKING:
    from yangshan.swift.tenors import Tenor

_EVENTS = {
    MaturityEvent.SIGHT: MaturityFrom.SIGHT,
    MaturityEvent.SHIPMENT: MaturityFrom.SHIPMENT,
    # The on board date is the date of shipment (UCP 600 art. 20(a)(ii)).
    MaturityEvent.BILL_OF_LADING: MaturityFrom.SHIPMENT,
}


class SlicesUnclear(Refused):
    """Mixed payment in words from which no slices follow without a doubt."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(
            f"Field 42M, {text!r}, gives no slices: {why}. Parts in per cent were expected, such "
            "as 30 PCT AT SIGHT, 70 PCT AT 60 DAYS AFTER B/L DATE."
        )
        self.text = text
        self.why = why


def slices_of(mixed_payment: str, usance: Availability) -> tuple[Slice, ...]:
    """The slices of a field 42M, weighted in per cent; raises :class:`SlicesUnclear`.

    The field does not say how a part that is not due at sight is available, so ``usance`` does:
    deferred payment, acceptance or negotiation (UCP 600 art. 6(b)).
    """
    found = mixed(mixed_payment)
    if isinstance(found, NotUnderstood):
        raise SlicesUnclear(mixed_payment, "its words are not understood")
    if not 1 < len(found.parts) <= MOST_SLICES:
        raise SlicesUnclear(
            mixed_payment, f"it has {len(found.parts)} parts, and 2 to {MOST_SLICES} are carried"
        )
    return tuple(_slice(mixed_payment, part, usance) for part in found.parts)


def _slice(text: str, part: Tenor, usance: Availability) -> Slice:
    weight = part.share.percent if part.share else 0
    if isinstance(part, AtSight):
        return Slice(weight, Availability.SIGHT_PAYMENT, 0, MaturityFrom.NONE)
    if not isinstance(part, AfterEvent):
        return Slice(weight, usance, day_number(part.day), MaturityFrom.FIXED_DATE)
    if part.unit is not TimeUnit.DAYS:
        raise SlicesUnclear(text, "the chain counts days, not months")
    if part.event not in _EVENTS:
        event = part.event.value.lower().replace("_", " ")
        raise SlicesUnclear(text, f"the chain does not know the date of the {event}")
    return Slice(weight, usance, part.count, _EVENTS[part.event])

# SPDX-License-Identifier: Apache-2.0
"""From what a credit says of its drafts and payments to the usance that the contracts count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.alliance.calendar_words import day_number, day_of
from yangshan.chain.enums import MaturityFrom
from yangshan.credit.terms import AvailableBy
from yangshan.errors import Refused
from yangshan.swift.tenors import AfterEvent, AtSight, MaturityEvent, OnDate, TimeUnit, tenor
from yangshan.swift.texts import NotUnderstood

if TYPE_CHECKING:
    from yangshan.chain.records import Issuance, Slice
    from yangshan.credit.terms import CreditTerms

# What a date of shipment tells; the contracts know no other date of a document.
_SHIPMENT: Final = frozenset(
    {
        MaturityEvent.BILL_OF_LADING,
        MaturityEvent.SHIPMENT,
        MaturityEvent.AIR_WAYBILL,
        MaturityEvent.TRANSPORT_DOCUMENT,
    }
)


class NotCarried(Refused):
    """A credit that the contracts cannot carry to its end, so that they do not begin it."""

    def __init__(self, available_by: AvailableBy, why: str) -> None:
        words = available_by.value.lower().replace("_", " ")
        super().__init__(
            f"The credit is available by {words}, and cannot be carried to its end here: {why} "
            "(UCP 600 art. 6(b))."
        )
        self.available_by = available_by
        self.why = why


@dataclass(frozen=True, slots=True)
class Usance:
    """``tenor`` days counted from ``basis``, or the number of the day of maturity itself."""

    basis: MaturityFrom
    tenor: int


_AT_SIGHT: Final = Usance(MaturityFrom.NONE, 0)


def usance_of(terms: CreditTerms) -> Usance:
    """The usance of a credit, from fields 42C and 42P; raises :class:`NotCarried`.

    That of mixed payment is told by its slices, from field 42M.

    UCP 600 art. 2 (honour), 6(b) and 7(a). Nothing is guessed: words that are not understood, and
    dates that the contracts do not know, are not carried.
    """
    by = terms.available_by
    if by is AvailableBy.MIXED:
        # Its slices have one each.
        return _AT_SIGHT
    tag, text = (
        ("42P", terms.deferred_payment)
        if by is AvailableBy.DEFERRED_PAYMENT
        else ("42C", terms.drafts)
    )
    if text is None:
        if by in (AvailableBy.SIGHT_PAYMENT, AvailableBy.NEGOTIATION):
            return _AT_SIGHT
        raise NotCarried(by, f"field {tag} does not say when it falls due")
    usance = _counted(by, tag, text)
    if by is AvailableBy.SIGHT_PAYMENT and usance != _AT_SIGHT:
        raise NotCarried(by, f"its drafts are payable later ({text!r}, field {tag})")
    if by in (AvailableBy.DEFERRED_PAYMENT, AvailableBy.ACCEPTANCE) and usance == _AT_SIGHT:
        raise NotCarried(by, f"it is payable at sight all the same ({text!r}, field {tag})")
    return usance


def _counted(by: AvailableBy, tag: str, text: str) -> Usance:
    stated = tenor(text)
    match stated:
        case NotUnderstood():
            raise NotCarried(by, f"when it falls due is not understood ({text!r}, field {tag})")
        case AtSight():
            found = _AT_SIGHT
        case OnDate():
            found = Usance(MaturityFrom.FIXED_DATE, day_number(stated.day))
        case AfterEvent() if stated.unit is TimeUnit.MONTHS:
            raise NotCarried(by, f"its usance counts months, not days ({text!r}, field {tag})")
        case AfterEvent() if stated.event is MaturityEvent.SIGHT:
            found = Usance(MaturityFrom.SIGHT, stated.count)
        case AfterEvent() if stated.event in _SHIPMENT:
            found = Usance(MaturityFrom.SHIPMENT, stated.count)
        case AfterEvent():
            event = stated.event.value.lower().replace("_", " ")
            raise NotCarried(
                by,
                f"its usance counts from the date of {event}, which the contracts do not know "
                f"({text!r}, field {tag})",
            )
    if stated.share is not None and stated.share.percent != 100:
        raise NotCarried(by, f"the tenor is for a part alone ({text!r}, field {tag})")
    return found


def usance_words(issuance: Issuance | Slice) -> str | None:
    """When what is drawn falls due, in words; None at sight."""
    match issuance.tenor_from:
        case MaturityFrom.NONE:
            return None
        case MaturityFrom.FIXED_DATE:
            return f"on {day_of(issuance.tenor)}"
        case basis:
            days = "day" if issuance.tenor == 1 else "days"
            return f"{issuance.tenor} {days} after {basis.label}"

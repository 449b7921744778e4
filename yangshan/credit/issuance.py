# SPDX-License-Identifier: Apache-2.0
"""From the terms of a credit to the numbers that the contract LetterOfCredit takes.

The order and meaning are those of the struct Issuance of ILetterOfCredit; the text of the terms
stays off chain, bound by its commitment.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from yangshan.alliance.calendar_words import day_number
from yangshan.credit.terms import AvailableBy, Permission
from yangshan.errors import Refused

if TYPE_CHECKING:
    from yangshan.commitments import Sealed
    from yangshan.credit.terms import CreditTerms
    from yangshan.swift.mapping import PartyIds

# SightPayment in the enum Availability of ILetterOfCredit.
_SIGHT_PAYMENT = 1


class NotCarried(Refused):
    """A credit that this version cannot carry to its end, so that it does not begin it."""

    def __init__(self, available_by: AvailableBy) -> None:
        words = available_by.value.lower().replace("_", " ")
        super().__init__(
            f"The credit is available by {words}; this version carries credits available by sight "
            "payment (field 41a BY PAYMENT, UCP 600 art. 6(b))."
        )
        self.available_by = available_by


@dataclass(frozen=True, slots=True)
class IssuanceNumbers:
    """The struct Issuance; days are counted from 1970-01-01, 0 where the credit is silent."""

    bank_reference: bytes
    applicant: int
    beneficiary: int
    advising_bank: int
    second_advising_bank: int
    nominated_bank: int
    confirming_bank: int
    reimbursing_bank: int
    amount: int
    currency: int
    plus_tolerance: int
    minus_tolerance: int
    expiry: int
    latest_shipment: int
    presentation_period: int
    tenor: int
    availability: int
    transferable: bool
    partial_forbidden: bool
    any_bank: bool
    terms: bytes

    def as_argument(self) -> tuple[object, ...]:
        """The struct in the order of its fields."""
        return astuple(self)


def reference_bytes(reference: str) -> bytes:
    """A reference as the contracts take it: 16 bytes of ASCII, zero-padded on the right."""
    return reference.encode("ascii").ljust(16, b"\0")


def issuance_numbers(terms: CreditTerms, parties: PartyIds, sealed: Sealed) -> IssuanceNumbers:
    """The numbers of a credit; raises :class:`NotCarried`.

    ``sealed`` is the commitment to ``terms``. Field 43P binds only where it says NOT ALLOWED: a
    condition is for the examiner (UCP 600 art. 31(a)).
    """
    if terms.available_by is not AvailableBy.SIGHT_PAYMENT:
        raise NotCarried(terms.available_by)
    return IssuanceNumbers(
        bank_reference=reference_bytes(terms.reference),
        applicant=parties.applicant,
        beneficiary=parties.beneficiary,
        advising_bank=parties.advising,
        second_advising_bank=parties.second_advising,
        nominated_bank=parties.nominated,
        confirming_bank=parties.requested_confirming,
        reimbursing_bank=parties.reimbursing,
        amount=terms.amount.minor,
        currency=terms.amount.currency.number,
        plus_tolerance=terms.tolerance.plus if terms.tolerance else 0,
        minus_tolerance=terms.tolerance.minus if terms.tolerance else 0,
        expiry=day_number(terms.expiry),
        latest_shipment=day_number(terms.latest_shipment) if terms.latest_shipment else 0,
        presentation_period=terms.presentation_period.days if terms.presentation_period else 0,
        tenor=0,
        availability=_SIGHT_PAYMENT,
        transferable=terms.transferable,
        partial_forbidden=terms.partial_shipments is Permission.NOT_ALLOWED,
        any_bank=terms.available_with.any_bank,
        terms=sealed.commitment,
    )

# SPDX-License-Identifier: Apache-2.0
"""From the terms of a credit to the numbers that the contract LetterOfCredit takes.

The text of the terms stays off chain, bound by its commitment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.enums import Availability, CreditSwitch, MaturityFrom
from yangshan.chain.records import Issuance
from yangshan.chain.values import hexadecimal
from yangshan.credit.clauses import exclusions_of
from yangshan.credit.switches import switches
from yangshan.credit.terms import AvailableBy, Permission
from yangshan.errors import Refused

if TYPE_CHECKING:
    from yangshan.commitments import Sealed
    from yangshan.credit.terms import CreditTerms
    from yangshan.swift.mapping import PartyIds


class NotCarried(Refused):
    """A credit that this version cannot carry to its end, so that it does not begin it."""

    def __init__(self, available_by: AvailableBy) -> None:
        words = available_by.value.lower().replace("_", " ")
        super().__init__(
            f"The credit is available by {words}; this version carries credits available by sight "
            "payment (field 41a BY PAYMENT, UCP 600 art. 6(b))."
        )
        self.available_by = available_by


def issuance_of(terms: CreditTerms, parties: PartyIds, sealed: Sealed) -> Issuance:
    """What a credit is issued with; raises :class:`NotCarried`.

    ``sealed`` is the commitment to ``terms``. Field 43P binds only where it says NOT ALLOWED: a
    condition is for the examiner (UCP 600 art. 31(a)).
    """
    if terms.available_by is not AvailableBy.SIGHT_PAYMENT:
        raise NotCarried(terms.available_by)
    return Issuance(
        bank_reference=terms.reference,
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
        expiry=terms.expiry,
        latest_shipment=terms.latest_shipment,
        presentation_period=terms.presentation_period.days if terms.presentation_period else 0,
        tenor=0,
        tenor_from=MaturityFrom.NONE,
        availability=Availability.SIGHT_PAYMENT,
        transferable=terms.transferable,
        partial_forbidden=terms.partial_shipments is Permission.NOT_ALLOWED,
        any_bank=terms.available_with.any_bank,
        switches=_switches(terms),
        terms=hexadecimal(sealed.commitment),
    )


def _switches(terms: CreditTerms) -> CreditSwitch:
    """The rules that the words of the credit exclude and the chain applies (UCP 600 art. 1)."""
    found = CreditSwitch(0)
    for row in sorted(exclusions_of(terms).switches):
        for bit in switches()[row].bits:
            found |= CreditSwitch[bit]
    return found

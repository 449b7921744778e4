# SPDX-License-Identifier: Apache-2.0
"""From the terms of a credit to the numbers that the contract LetterOfCredit takes.

The text of the terms stays off chain, bound by its commitment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import Availability, CreditSwitch, MaturityFrom
from yangshan.chain.records import NO_COMMITMENT, Issuance
from yangshan.chain.values import hexadecimal
from yangshan.credit.clauses import exclusions_of
from yangshan.credit.electronic import is_electronic
from yangshan.credit.switches import switches
from yangshan.credit.terms import Permission
from yangshan.credit.usances import usance_of
from yangshan.errors import Refused

if TYPE_CHECKING:
    from yangshan.commitments import Sealed
    from yangshan.credit.advices import PreAdvice
    from yangshan.credit.terms import CreditTerms
    from yangshan.swift.mapping import PartyIds

_NONE_EXCLUDED: Final = CreditSwitch(0)


class AvailabilityUnsaid(Refused):
    """A pre-advice that leaves open how the credit is available."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The pre-advice {reference} does not say how the credit is available; expected field "
            "41a, since the issuing bank is bound to it (UCP 600 art. 6(b), 11(b))."
        )
        self.reference = reference


def issuance_of(
    terms: CreditTerms,
    parties: PartyIds,
    sealed: Sealed,
    excluded: CreditSwitch = _NONE_EXCLUDED,
) -> Issuance:
    """What a credit is issued with; raises NotCarried.

    ``sealed`` is the commitment to ``terms``; ``excluded`` are rules that a person read in them to
    be excluded, beside those that are recognised there (UCP 600 art. 1). Field 43P binds only where
    it says NOT ALLOWED: a condition is for the examiner (art. 31(a)).
    """
    usance = usance_of(terms)
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
        tenor=usance.tenor,
        tenor_from=usance.basis,
        availability=Availability[terms.available_by.name],
        transferable=terms.transferable,
        partial_forbidden=terms.partial_shipments is Permission.NOT_ALLOWED,
        any_bank=terms.available_with.any_bank,
        switches=_switches(terms) | excluded,
        terms=hexadecimal(sealed.commitment),
    )


def pre_issuance_of(advice: PreAdvice, parties: PartyIds) -> Issuance:
    """What a credit is pre-advised with, its commitment left open; raises AvailabilityUnsaid.

    The usance stays open until the issue, and of banks a pre-advice names few (MT 705).
    """
    if advice.available_by is None:
        raise AvailabilityUnsaid(advice.reference)
    return Issuance(
        bank_reference=advice.reference,
        applicant=parties.applicant,
        beneficiary=parties.beneficiary,
        advising_bank=parties.advising,
        second_advising_bank=parties.second_advising,
        nominated_bank=parties.nominated,
        confirming_bank=0,
        reimbursing_bank=0,
        amount=advice.amount.minor,
        currency=advice.amount.currency.number,
        plus_tolerance=advice.tolerance.plus if advice.tolerance else 0,
        minus_tolerance=advice.tolerance.minus if advice.tolerance else 0,
        expiry=advice.expiry,
        latest_shipment=advice.latest_shipment,
        presentation_period=0,
        tenor=0,
        tenor_from=MaturityFrom.NONE,
        availability=Availability[advice.available_by.name],
        transferable=advice.transferable,
        partial_forbidden=False,
        any_bank=advice.available_with is not None and advice.available_with.any_bank,
        switches=_NONE_EXCLUDED,
        terms=NO_COMMITMENT,
    )


def _switches(terms: CreditTerms) -> CreditSwitch:
    """The rules that the words of the credit exclude and the chain applies (UCP 600 art. 1).

    And those that field 40E adds: the latest version of the eUCP is 2.1.
    """
    found = CreditSwitch.EUCP if is_electronic(terms) else CreditSwitch(0)
    for row in sorted(exclusions_of(terms).switches):
        for bit in switches()[row].bits:
            found |= CreditSwitch[bit]
    return found

# SPDX-License-Identifier: Apache-2.0
"""The terms of a part of a transferred credit, and how it is called (UCP 600 art. 38)."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.credit.amounts import EXACT
from yangshan.credit.terms import Confirmation, PartyName
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from datetime import date

    from yangshan.credit.amounts import Tolerance
    from yangshan.credit.terms import CreditTerms, PresentationPeriod
    from yangshan.money import Money

TRANSFER_TERMS_KIND: Final = "transfer-terms"
PART_AMENDMENT_KIND: Final = "part-amendment"

# No character of a field 20, so that a reference is never taken for a part.
PART_SIGN: Final = "#"

_HIGHEST_NUMBER: Final = 255
# Of a line of field 59.
_PARTY_WIDTH: Final = 35


class NoPartNumber(Unusable):
    """A reference with the sign of a part and no number of a transfer after it."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given} names no part of a credit; expected the credit's reference, {PART_SIGN} and "
            f"the number of the transfer, such as LC-2025-0917{PART_SIGN}1."
        )
        self.given = given


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """What a part has of its own, beside its second beneficiary.

    ``documents`` are all the documents that it calls for (field 46A), None as in the credit.
    """

    amount: Money
    expiry: date
    latest_shipment: date | None
    presentation_period: PresentationPeriod | None
    documents: str | None = None


def reference_of(reference: str, number: int) -> str:
    """How a part is called: ``LC-2025-0917#1`` is the first transfer of credit LC-2025-0917."""
    return f"{reference}{PART_SIGN}{number}"


def named(reference: str) -> tuple[str, int]:
    """The credit that is meant and the number of its transfer, 0 for the credit itself.

    Raises :class:`NoPartNumber`.
    """
    whole, sign, given = reference.partition(PART_SIGN)
    if not sign:
        return whole, 0
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= 3 else 0
    if not whole or not 0 < number <= _HIGHEST_NUMBER:
        raise NoPartNumber(reference)
    return whole, number


def party_of(name: str) -> PartyName:
    """A member as a field 59 names it."""
    return PartyName(lines=tuple(textwrap.wrap(name, _PARTY_WIDTH)))


def share_of(amount: Money, tolerance: Tolerance | None) -> int:
    """What a part takes of its credit: its amount with the tolerance, in minor units."""
    return (tolerance or EXACT).highest(amount.minor)


def terms_of_part(
    whole: CreditTerms,
    second: PartyName,
    reduced: Reduced,
    *,
    replaces_applicant: bool,
    confirmed: bool,
) -> CreditTerms:
    """The terms of a part: those of the credit, but for what art. 38(g) lets differ.

    The name of the first beneficiary stands in place of the applicant's where that is asked for.
    The part keeps the credit's reference; the transferring bank's own stands in its message.
    """
    return whole.model_copy(
        update={
            "transferable": False,
            "pre_advice": None,
            "applicant": whole.beneficiary if replaces_applicant else whole.applicant,
            "applicant_bank": None if replaces_applicant else whole.applicant_bank,
            "beneficiary": second,
            "amount": reduced.amount,
            "expiry": reduced.expiry,
            "latest_shipment": reduced.latest_shipment,
            "shipment_period": None if reduced.latest_shipment else whole.shipment_period,
            "presentation_period": reduced.presentation_period,
            "documents": reduced.documents or whole.documents,
            "confirmation": whole.confirmation if confirmed else Confirmation.WITHOUT,
            "requested_confirming_bank": whole.requested_confirming_bank if confirmed else None,
            "advising_bank": None,
            "second_advising_bank": None,
            "sender_to_receiver": None,
        }
    )

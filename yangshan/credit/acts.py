# SPDX-License-Identifier: Apache-2.0
"""What acts on credits are made of: :mod:`yangshan.acts`, and the contracts that they call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.acts import Act, Draft, Trace

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Act", "Draft", "Trace", "numbered"]

CREDITS: Final = "LetterOfCredit"
PRESENTATIONS: Final = "Presentations"
OBLIGATIONS: Final = "PaymentObligations"
REIMBURSEMENTS: Final = "Reimbursements"
FORWARDING: Final = "Forwarding"
DISPOSALS: Final = "Disposals"
TRANSFERS: Final = "CreditTransfers"
SCHEDULES: Final = "CreditSchedules"
RECORDS: Final = "ElectronicRecords"


def numbered(amendments: Collection[int]) -> str:
    """Amendments in words, such as ``amendments 1 and 3``."""
    found = sorted(set(amendments))
    return f"amendment{'' if len(found) == 1 else 's'} {' and '.join(map(str, found))}"

# SPDX-License-Identifier: Apache-2.0
"""What to look at in an authority to reimburse and in a claim (UCP 600 art. 13, URR 725)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yangshan.credit.cautions import Caution

if TYPE_CHECKING:
    from datetime import date

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.credit.reimbursement import ReimbursementAuthorisation, ReimbursementClaim

EARLIEST_CLAIM_DAYS: Final = 10

_RESERVE: Final = re.compile(r"\bUNDER\s+RESERVE\b|\bINDEMNIT(?:Y|IES)\b", re.IGNORECASE)


def first_day_for_claim(due: date, calendar: BankingCalendar) -> date:
    """The first day on which a claim with a due date should reach the reimbursing bank.

    Ten of that bank's banking days before the due date. Raises CalendarNotPublished.
    """
    day = due
    for _ in range(EARLIEST_CLAIM_DAYS):
        day = calendar.previous_open(day)
    return day


def authorisation_cautions(authorisation: ReimbursementAuthorisation) -> tuple[Caution, ...]:
    """What to look at in an authority to reimburse: one that expires (UCP 600 art. 13(b))."""
    if authorisation.expiry is None:
        return ()
    return (
        Caution.of(
            "authorisation-expiry",
            f"The authority to reimburse expires on {authorisation.expiry}; expected none, unless "
            "the reimbursing bank agreed to a date (field 31D).",
        ),
    )


def claim_cautions(
    claim: ReimbursementClaim, received: date, calendar: BankingCalendar, due: date | None = None
) -> tuple[Caution, ...]:
    """What to look at in a claim that was received on a day of the reimbursing bank.

    ``due`` is a due date that is known. Raises CalendarNotPublished.
    """
    found = []
    if due is not None and received < (first := first_day_for_claim(due, calendar)):
        found.append(
            Caution.of(
                "early-claim",
                f"The claim is due on {due} and came on {received}; expected it not before {first},"
                f" {EARLIEST_CLAIM_DAYS} banking days ahead.",
            )
        )
    said = [text for text in (claim.charges, claim.sender_to_receiver) if text]
    if any(_RESERVE.search(text) for text in said):
        found.append(
            Caution.of(
                "claim-conditions",
                "The claim is made under reserve or against an indemnity; expected neither.",
            )
        )
    if claim.total_on is not None and claim.total_on < received:
        found.append(
            Caution.of(
                "claim-conditions",
                f"The claim asks for value on {claim.total_on}, before it came on {received}; "
                "expected no value in the past.",
            )
        )
    return tuple(found)

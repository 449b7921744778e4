# SPDX-License-Identifier: Apache-2.0
"""Confirmation: asked for, added, declined, extended to amendments (rows A7 and A8, machine B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.events import (
    CancellationAgreed,
    ConfirmationDeclined,
    ConfirmationExtended,
    ConfirmationRequested,
    CreditConfirmed,
    ExtensionDeclined,
)
from yangshan.credit.acts import CREDITS, Act, Trace

if TYPE_CHECKING:
    from yangshan.chain.records import AmendmentRecord
    from yangshan.credit.service import Credits


def request(credit: str, bank: int, name: str = "") -> Act:
    """Asks a bank for its confirmation, where none is named or the one named declined.

    ``name`` is the bank's, for people.
    """

    def stands(credits_: Credits) -> bool:
        held = credits_.credit(credit)
        return held.issuance.confirming_bank == bank and not held.confirmation_declined

    return Act(
        contract=CREDITS,
        function="requestConfirmation",
        arguments=(credit, bank),
        key=f"{credit}:{bank}",
        what=f"asks {name or f'member {bank}'} to confirm it",
        article="UCP 600 art. 8(d)",
        traces=(Trace(ConfirmationRequested, credit, key={"confirming_bank": bank}),),
        repeatable=True,
        standing=stands,
    )


def confirm(credit: str) -> Act:
    """Adds the confirmation of the bank that was asked; it is bound from then on."""
    return Act(
        contract=CREDITS,
        function="confirm",
        arguments=(credit,),
        key=credit,
        what="confirms it",
        article="UCP 600 art. 8(b)",
        traces=(Trace(CreditConfirmed, credit, actor="confirming_bank"),),
    )


def decline(credit: str) -> Act:
    """Declines to confirm; the issuing bank may ask again, this bank or another."""

    def stands(credits_: Credits) -> bool:
        return credits_.credit(credit).confirmation_declined

    return Act(
        contract=CREDITS,
        function="declineConfirmation",
        arguments=(credit,),
        key=credit,
        what="declines to confirm it",
        article="UCP 600 art. 8(d)",
        traces=(Trace(ConfirmationDeclined, credit, actor="confirming_bank"),),
        repeatable=True,
        standing=stands,
    )


def extend(credit: str, amendment: AmendmentRecord) -> Act:
    """Extends the confirmation to an amendment, or agrees to a cancellation."""
    number = amendment.amendment.number
    cancels = amendment.amendment.cancels
    return Act(
        contract=CREDITS,
        function="extendConfirmation",
        arguments=(credit, number),
        key=f"{credit}:{number}",
        what=(
            f"agrees to the cancellation that amendment {number} proposes"
            if cancels
            else f"extends its confirmation to amendment {number}"
        ),
        article="UCP 600 art. 10(a)" if cancels else "UCP 600 art. 10(b)",
        traces=(
            Trace(CancellationAgreed, credit, {"number": number}, actor="agreed_by")
            if cancels
            else Trace(ConfirmationExtended, credit, {"number": number}),
        ),
    )


def decline_extension(credit: str, amendment: AmendmentRecord) -> Act:
    """States that the confirmation is not extended to an amendment; it may yet be."""
    number = amendment.amendment.number
    return Act(
        contract=CREDITS,
        function="declineExtension",
        arguments=(credit, number),
        key=f"{credit}:{number}",
        what=(
            f"does not agree to the cancellation that amendment {number} proposes"
            if amendment.amendment.cancels
            else f"does not extend its confirmation to amendment {number}"
        ),
        article="UCP 600 art. 10(b)",
        traces=(Trace(ExtensionDeclined, credit, {"number": number}),),
    )

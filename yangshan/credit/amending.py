# SPDX-License-Identifier: Apache-2.0
"""Amending a credit, or proposing to cancel it, and the beneficiary's answer (machine B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.events import (
    AmendmentAccepted,
    AmendmentIssued,
    AmendmentRejected,
    CancellationAgreed,
    InstalmentsProposed,
)
from yangshan.chain.records import NO_COMMITMENT
from yangshan.credit.acts import CREDITS, SCHEDULES, Act, Trace
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.records import Amendment, Instalment
    from yangshan.credit.view import AmendmentView
    from yangshan.money import Currency


def amend(credit: str, amendment: Amendment) -> Act:
    """Issues an amendment, or proposes a cancellation; the issuing bank is bound from then on."""
    number = amendment.number
    return Act(
        contract=CREDITS,
        function="amend",
        arguments=(credit, amendment),
        key=f"{credit}:{number}",
        what=(
            f"proposes to cancel it, as amendment {number}"
            if amendment.cancels
            else f"issues amendment {number}"
        ),
        article="UCP 600 art. 10(a)" if amendment.cancels else "UCP 600 art. 10(b)",
        traces=(Trace(AmendmentIssued, credit, {"number": number}, {"amendment": amendment}),),
    )


def propose_instalments(credit: str, number: int, instalments: Sequence[Instalment]) -> Act:
    """Proposes instalments that are to come with amendment ``number``, which is yet to be issued.

    Proposing others before that amendment is issued replaces them.
    """
    rows = tuple(instalments)
    told = ", ".join(f"{row.first} {row.last} {row.amount}" for row in rows)
    return Act(
        contract=SCHEDULES,
        function="proposeInstalments",
        arguments=(credit, number, rows),
        key=f"{credit}:{number}:{told}",
        what=f"proposes {len(rows)} instalments that are to come with amendment {number}",
        article="UCP 600 art. 10(b), 32",
        traces=(Trace(InstalmentsProposed, credit, {"amendment": number, "instalments": rows}),),
    )


def accept(credit: str, amendment: Amendment, mandate: str = NO_COMMITMENT) -> Act:
    """Accepts a whole amendment, or agrees to a cancellation.

    ``mandate`` is the commitment to what a beneficiary that is no member told its bank, which acts
    for it.
    """
    number = amendment.number
    key, content = {"number": number}, {"mandate": mandate}
    return Act(
        contract=CREDITS,
        function="acceptAmendment",
        arguments=(credit, number, mandate),
        key=f"{credit}:{number}",
        what=(
            f"agrees to the cancellation that amendment {number} proposes"
            if amendment.cancels
            else f"accepts amendment {number}"
        ),
        article="UCP 600 art. 10(a)" if amendment.cancels else "UCP 600 art. 10(c)",
        traces=(
            Trace(CancellationAgreed, credit, key, content, actor="agreed_by")
            if amendment.cancels
            else Trace(AmendmentAccepted, credit, key, content, actor="accepted_by"),
        ),
    )


def reject(credit: str, amendment: Amendment, mandate: str = NO_COMMITMENT) -> Act:
    """Rejects an amendment as a whole; whoever accepts a part of it rejects it (art. 10(e))."""
    number = amendment.number
    return Act(
        contract=CREDITS,
        function="rejectAmendment",
        arguments=(credit, number, mandate),
        key=f"{credit}:{number}",
        what=f"rejects amendment {number}",
        article="UCP 600 art. 10(c), (e)",
        traces=(
            Trace(
                AmendmentRejected,
                credit,
                {"number": number},
                {"mandate": mandate},
                actor="rejected_by",
            ),
        ),
    )


def changes_in_words(amendment: Amendment | AmendmentView, currency: Currency) -> str:
    """What an amendment changes of what the chain holds, in words."""
    changes = ["cancels the credit"] if amendment.cancels else []
    if amendment.increase:
        changes.append(f"increase of {Money(amendment.increase, currency)}")
    if amendment.decrease:
        changes.append(f"decrease of {Money(amendment.decrease, currency)}")
    if amendment.sets_tolerance:
        changes.append(f"+{amendment.plus_tolerance}/-{amendment.minus_tolerance} %")
    if amendment.expiry:
        changes.append(f"expires {amendment.expiry}")
    if amendment.latest_shipment:
        changes.append(f"latest shipment {amendment.latest_shipment}")
    if amendment.presentation_period:
        changes.append(f"{amendment.presentation_period} days to present")
    return ", ".join(changes) or "changes texts alone"

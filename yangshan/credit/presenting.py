# SPDX-License-Identifier: Apache-2.0
"""Presenting documents: the acts of the beneficiary's side on presentations (machine C)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import PresenterInstruction
from yangshan.chain.events import (
    AmendmentsNamed,
    DeadlineFixed,
    DocumentsLodged,
    MandateRecorded,
    PreclusionClaimed,
    PresenterInstructed,
    UnpaidDrawingTaken,
)
from yangshan.credit.acts import DISPOSALS, FORWARDING, PRESENTATIONS, Act, Trace, numbered
from yangshan.credit.ids import presentation_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from yangshan.chain.records import Lodging, PresentationKey
    from yangshan.money import Money

_INSTRUCTIONS: Final = {
    PresenterInstruction.BEFOREHAND: (
        "says beforehand what is to become of the documents if they are refused"
    ),
    PresenterInstruction.TAKE_UP: (
        "lets the bank take up the documents if it accepts the discrepancies"
    ),
    PresenterInstruction.RETURN: "asks for the documents back",
    PresenterInstruction.RELEASE: "lets the bank give the documents to the applicant",
}


def record_mandate(credit: str, presenter: int, mandate: str, name: str = "") -> Act:
    """Lets another member present as well; ``mandate`` is the commitment to what it was told.

    ``name`` is the presenter's, for people.
    """
    return Act(
        contract=PRESENTATIONS,
        function="recordMandate",
        arguments=(credit, presenter, mandate),
        key=f"{credit}:{presenter}",
        what=f"lets {name or f'member {presenter}'} present",
        article="UCP 600 art. 2",
        traces=(
            Trace(
                MandateRecorded,
                credit,
                {"presenter": presenter},
                {"mandate": mandate},
                "granted_by",
            ),
        ),
    )


def lodge(lodging: Lodging, amount: Money | None = None) -> Act:
    """Presents documents, which ``amount`` says in words; late or overdrawn ones are recorded."""
    name = presentation_id(lodging.key)
    return Act(
        contract=PRESENTATIONS,
        function="lodge",
        arguments=(lodging,),
        key=name,
        what=f"presents documents for {amount}" if amount else "presents documents",
        article="UCP 600 art. 6(d), 14(b)",
        traces=(Trace(DocumentsLodged, name, content={"lodging": lodging}),),
    )


def fix_deadline(key: PresentationKey) -> Act:
    """Fixes a deadline that the calendar did not reach at lodging; anyone may."""
    name = presentation_id(key)
    return Act(
        contract=PRESENTATIONS,
        function="fixDeadline",
        arguments=(key,),
        key=name,
        what=f"fixes the deadline for presentation {key.number}",
        article="UCP 600 art. 14(b)",
        traces=(Trace(DeadlineFixed, name),),
    )


def instruct(key: PresentationKey, instruction: PresenterInstruction, message: str) -> Act:
    """Tells the bank what to do with the documents; ``message`` is the commitment to the words."""
    name = presentation_id(key)
    return Act(
        contract=DISPOSALS,
        function="instruct",
        arguments=(key, int(instruction), message),
        key=f"{name}:{message}",
        what=_INSTRUCTIONS[instruction],
        article="UCP 600 art. 16(c)(iii)",
        traces=(
            Trace(
                PresenterInstructed,
                name,
                {"instruction": instruction, "message": message},
                actor="presenter",
            ),
        ),
        repeatable=True,
    )


def name_amendments(key: PresentationKey, amendments: Collection[int]) -> Act:
    """Says on which pending amendments (by their numbers) the documents are presented."""
    name = presentation_id(key)
    bits = sum(1 << number for number in set(amendments))
    return Act(
        contract=PRESENTATIONS,
        function="nameAmendments",
        arguments=(key, bits),
        key=f"{name}:{bits}",
        what=f"presents the documents on the credit as changed by {numbered(amendments)}",
        article="UCP 600 art. 10(c)",
        traces=(Trace(AmendmentsNamed, name, {"amendments": bits}, actor="presenter"),),
    )


def present_unpaid(
    key: PresentationKey, to: int, number: int, documents: str, creditor: int, bank: str = ""
) -> Act:
    """Turns from a bank that honoured or negotiated and does not pay to the bank ``to`` behind it.

    ``number`` is the creditor's own count for that bank, or that of the bank in default where it
    has forwarded the documents; ``documents`` is the commitment to them, or to what the creditor
    writes of them; ``creditor`` is who is to be paid, ``bank`` the name of the bank behind, for
    people.
    """
    name = presentation_id(key)
    return Act(
        contract=FORWARDING,
        function="presentUnpaid",
        arguments=(key, to, number, documents),
        key=f"{name}:{to}:{number}",
        what=f"turns to {bank or f'member {to}'} for a drawing that was left unpaid",
        article="UCP 600 art. 7(a), 8(a)",
        traces=(
            Trace(
                UnpaidDrawingTaken,
                name,
                {"creditor": creditor},
                {"documents": documents},
                actor="creditor",
            ),
        ),
    )


def claim_precluded(key: PresentationKey) -> Act:
    """Claims what a precluded bank owes."""
    name = presentation_id(key)
    return Act(
        contract=PRESENTATIONS,
        function="claimPrecluded",
        arguments=(key,),
        key=name,
        what="claims what the precluded bank owes",
        article="UCP 600 art. 16(f)",
        traces=(Trace(PreclusionClaimed, name, actor="claimant"),),
    )

# SPDX-License-Identifier: Apache-2.0
"""Transferring a credit, its amendments and the first beneficiary's invoice: acts of machine E."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.events import (
    AmendmentPassed,
    CreditTransferred,
    DocumentsForwarded,
    DocumentsSubstituted,
    PartCancellationAgreed,
    PartEnded,
    PassingApproved,
    SubstitutionDemanded,
    SubstitutionFailed,
    SubstitutionTakenUp,
    TransferAuthorised,
    TransferDeclined,
    TransferRequested,
    TransferWithdrawn,
)
from yangshan.chain.records import NO_COMMITMENT
from yangshan.chain.values import seconds_of
from yangshan.credit.acts import FORWARDING, TRANSFERS, Act, Trace
from yangshan.credit.ids import part_id, presentation_id

if TYPE_CHECKING:
    from datetime import datetime

    from yangshan.chain.records import Amendment, PresentationKey, TransferRequest
    from yangshan.money import Money


def authorise(credit: str, bank: int, name: str = "") -> Act:
    """Lets a bank transfer a credit that is available with any bank; ``name`` is for people."""
    return Act(
        contract=TRANSFERS,
        function="authoriseTransfer",
        arguments=(credit, bank),
        key=f"{credit}:{bank}",
        what=f"authorises {name or f'member {bank}'} to transfer the credit",
        article="UCP 600 art. 38(b)",
        traces=(Trace(TransferAuthorised, credit, {"bank": bank}),),
        repeatable=True,
        standing=lambda credits_: credits_.authorised_bank(credit) == bank,
    )


def request(
    asked: TransferRequest, mandate: str = NO_COMMITMENT, amount: Money | None = None
) -> Act:
    """Asks for a transfer, which ``amount`` says in words.

    ``mandate`` is the commitment to what a first beneficiary that is no member told its bank, which
    acts for it; so also below.
    """
    part = part_id(asked.credit_id, asked.number)
    return Act(
        contract=TRANSFERS,
        function="requestTransfer",
        arguments=(asked, mandate),
        key=part,
        what=f"asks for transfer {asked.number}" + (f", of {amount}" if amount else ""),
        article="UCP 600 art. 38(b), (d)",
        traces=(
            Trace(
                TransferRequested,
                part,
                content={"request": asked, "mandate": mandate},
                actor="requested_by",
            ),
        ),
    )


def withdraw(part: str, number: int, mandate: str = NO_COMMITMENT) -> Act:
    """Takes a request back."""
    return Act(
        contract=TRANSFERS,
        function="withdrawRequest",
        arguments=(part, mandate),
        key=part,
        what=f"takes back its request for transfer {number}",
        article="UCP 600 art. 38(a)",
        traces=(Trace(TransferWithdrawn, part),),
    )


def decline(part: str, number: int) -> Act:
    """Does not transfer, which no bank has to."""
    return Act(
        contract=TRANSFERS,
        function="declineTransfer",
        arguments=(part,),
        key=part,
        what=f"does not make transfer {number}",
        article="UCP 600 art. 38(a)",
        traces=(Trace(TransferDeclined, part, actor="bank"),),
    )


def transfer(part: str, number: int) -> Act:
    """Consents and transfers, as it was asked for: the part is a credit of its own."""
    return Act(
        contract=TRANSFERS,
        function="transfer",
        arguments=(part,),
        key=part,
        what=f"makes transfer {number}",
        article="UCP 600 art. 38(a), (g)",
        traces=(Trace(CreditTransferred, part, actor="bank"),),
    )


def approve_passing(part: str, number: int, mandate: str = NO_COMMITMENT) -> Act:
    """Lets an amendment of the credit reach a part whose request left that open."""
    return Act(
        contract=TRANSFERS,
        function="approvePassing",
        arguments=(part, number, mandate),
        key=f"{part}:{number}",
        what=f"lets amendment {number} reach the second beneficiary",
        article="UCP 600 art. 38(e)",
        traces=(Trace(PassingApproved, part, {"number": number}),),
    )


def pass_amendment(part: str, from_: int, amendment: Amendment, share: int = 0) -> Act:
    """Issues an amendment of a part: amendment ``from_`` of the credit as far as it goes there.

    ``share`` is what more the part takes of the credit, in minor units. A cancellation of the part
    is none of the credit's: ``from_`` is 0.
    """
    number = amendment.number
    return Act(
        contract=TRANSFERS,
        function="passAmendment",
        arguments=(part, from_, amendment, share),
        key=f"{part}:{number}",
        what=(
            f"proposes to cancel the part, as its amendment {number}"
            if amendment.cancels
            else f"passes amendment {from_} on, as amendment {number} of the part"
        ),
        article="UCP 600 art. 10(a)" if amendment.cancels else "UCP 600 art. 38(e), (f)",
        traces=(
            Trace(
                AmendmentPassed,
                part,
                {"from_": from_, **({"amendment": amendment} if amendment.cancels else {})},
                {"amendment": amendment, "share": share},
            ),
        ),
    )


def agree_to_cancellation(part: str, number: int, mandate: str = NO_COMMITMENT) -> Act:
    """Agrees, as a second beneficiary, that the whole credit is cancelled."""
    return Act(
        contract=TRANSFERS,
        function="agreeToCancellation",
        arguments=(part, number, mandate),
        key=f"{part}:{number}",
        what=f"agrees that the whole credit is cancelled, as amendment {number} proposes",
        article="UCP 600 art. 10(a)",
        traces=(
            Trace(
                PartCancellationAgreed,
                part,
                {"number": number},
                {"mandate": mandate},
                actor="agreed_by",
            ),
        ),
    )


def reclaim(part: str, number: int, mandate: str = NO_COMMITMENT) -> Act:
    """Takes back what a part that is over has left."""
    return Act(
        contract=TRANSFERS,
        function="reclaimShare",
        arguments=(part, mandate),
        key=part,
        what=f"takes back what is left of transfer {number}",
        article="UCP 600 art. 38(d)",
        traces=(Trace(PartEnded, part),),
    )


def demand_substitution(key: PresentationKey, answer_by: datetime, demand: str) -> Act:
    """Demands the first beneficiary's invoice and draft, or once that what is wrong is mended."""
    name = presentation_id(key)
    return Act(
        contract=TRANSFERS,
        function="demandSubstitution",
        arguments=(key, seconds_of(answer_by), demand),
        key=f"{name}:{demand}",
        what="demands the first beneficiary's invoice and draft",
        article="UCP 600 art. 38(i)",
        traces=(
            Trace(
                SubstitutionDemanded,
                name,
                {"demand": demand},
                {"answer_by": answer_by},
                actor="demanded_by",
            ),
        ),
    )


def substitute(
    key: PresentationKey, amount: Money, documents: str, mandate: str = NO_COMMITMENT
) -> Act:
    """Puts the first beneficiary's own invoice and draft in place of the second's."""
    name = presentation_id(key)
    return Act(
        contract=TRANSFERS,
        function="substitute",
        arguments=(key, amount.minor, documents, mandate),
        key=f"{name}:{documents}",
        what=f"substitutes its own invoice for {amount}",
        article="UCP 600 art. 38(h)",
        traces=(
            Trace(
                DocumentsSubstituted,
                name,
                {"documents": documents},
                {"amount": amount.minor, "mandate": mandate},
            ),
        ),
    )


def take_up(key: PresentationKey) -> Act:
    """Takes the first beneficiary's invoice up, and owes it the difference."""
    name = presentation_id(key)
    return Act(
        contract=TRANSFERS,
        function="takeUpSubstitution",
        arguments=(key,),
        key=name,
        what="takes up the first beneficiary's invoice",
        article="UCP 600 art. 38(h)",
        traces=(Trace(SubstitutionTakenUp, name),),
    )


def claim_difference(key: PresentationKey) -> Act:
    """Claims the difference from a bank that honoured and was silent on the invoice."""
    name = presentation_id(key)
    return Act(
        contract=TRANSFERS,
        function="claimDifference",
        arguments=(key,),
        key=name,
        what="claims the difference between its invoice and the second beneficiary's",
        article="UCP 600 art. 38(h)",
        traces=(Trace(SubstitutionTakenUp, name),),
    )


def record_failure(key: PresentationKey, statement: str) -> Act:
    """Records that the first beneficiary failed on first demand."""
    name = presentation_id(key)
    return Act(
        contract=TRANSFERS,
        function="recordFailure",
        arguments=(key, statement),
        key=name,
        what="records that the first beneficiary failed on first demand",
        article="UCP 600 art. 38(i)",
        traces=(
            Trace(SubstitutionFailed, name, content={"statement": statement}, actor="recorded_by"),
        ),
    )


def send_on(key: PresentationKey, to: int, number: int, schedule: str, name: str = "") -> Act:
    """Sends documents on, as their presenter, in the place of a transferring bank that is idle.

    ``number`` is the presenter's own count for the credit and the bank ``to``; ``name`` is that
    bank's, for people.
    """
    presented = presentation_id(key)
    return Act(
        contract=TRANSFERS,
        function="sendOn",
        arguments=(key, to, number, schedule),
        key=f"{presented}:{to}:{number}",
        what=f"sends the documents on to {name or f'member {to}'} in the place of an idle bank",
        article="UCP 600 art. 38(k)",
        traces=(
            Trace(
                DocumentsForwarded,
                presented,
                {"to": to},
                {"schedule": schedule},
                contract=FORWARDING,
            ),
        ),
    )

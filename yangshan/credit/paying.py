# SPDX-License-Identifier: Apache-2.0
"""Paying what is owed, and what its owner does with the claim (machine D)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import ObligationState
from yangshan.chain.events import (
    CreditProceedsAssigned,
    ObligationPaid,
    ObligationPrepaid,
    ObligationSettled,
    PaymentAttested,
    PrepaymentAgreed,
    ProceedsAssigned,
)
from yangshan.chain.values import hexadecimal, text_bytes
from yangshan.credit.acts import OBLIGATIONS, Act, Trace

if TYPE_CHECKING:
    from yangshan.credit.service import Credits
    from yangshan.money import Money

# As many characters as the chain keeps of the reference of a payment made elsewhere.
PAYMENT_REFERENCE_BYTES: Final = 32


def pay(obligation: str, owed: Money | None = None) -> Act:
    """Pays an obligation in full in cash on the ledger; ``owed`` says the amount in words."""
    return Act(
        contract=OBLIGATIONS,
        function="pay",
        arguments=(obligation,),
        key=obligation,
        what=f"pays {owed}" if owed else "pays what it owes",
        article="UCP 600 art. 7(a), 8(a), 15",
        traces=(Trace(ObligationPaid, obligation, actor="debtor"),),
    )


def agree_prepayment(obligation: str, proceeds: Money) -> Act:
    """Agrees to be paid ``proceeds`` before maturity; 0 takes the agreement back."""

    def stands(credits_: Credits) -> bool:
        # Used, it is on record no more.
        used = credits_.obligation(obligation).state is ObligationState.PREPAID
        return used or credits_.agreed_prepayment(obligation) == proceeds.minor

    return Act(
        contract=OBLIGATIONS,
        function="agreePrepayment",
        arguments=(obligation, proceeds.minor),
        key=f"{obligation}:{proceeds.minor}",
        what=(
            f"agrees to be paid {proceeds} before maturity"
            if proceeds.minor
            else "agrees no more to be paid before maturity"
        ),
        article="UCP 600 art. 12(b)",
        traces=(Trace(PrepaymentAgreed, obligation, {"proceeds": proceeds.minor}, actor="owner"),),
        repeatable=True,
        standing=stands,
    )


def prepay(obligation: str, proceeds: Money) -> Act:
    """Pays before maturity exactly what the owner agreed to, in full settlement."""
    return Act(
        contract=OBLIGATIONS,
        function="prepay",
        arguments=(obligation, proceeds.minor),
        key=obligation,
        what=f"pays {proceeds} before maturity, in full settlement",
        article="UCP 600 art. 12(b)",
        traces=(
            Trace(
                ObligationPrepaid, obligation, content={"proceeds": proceeds.minor}, actor="debtor"
            ),
        ),
    )


def attest_payment(obligation: str, reference: str) -> Act:
    """Attests that the creditor was paid elsewhere, by the reference of that payment.

    Raises UnfitReference for one of more than 32 printable ASCII characters.
    """
    kept = hexadecimal(text_bytes(reference, PAYMENT_REFERENCE_BYTES))
    return _attested(obligation, kept, reference)


def attest_by_evidence(obligation: str, commitment: str, reference: str) -> Act:
    """Attests the same by the commitment to a bank's notification that shows the payment.

    ``reference`` is that of the payment, for people.
    """
    return _attested(obligation, commitment, reference)


def _attested(obligation: str, kept: str, reference: str) -> Act:
    return Act(
        contract=OBLIGATIONS,
        function="attestPayment",
        arguments=(obligation, kept),
        key=obligation,
        what=f"attests that it was paid elsewhere, under {reference}",
        article="UCP 600 art. 7(a), 8(a)",
        traces=(
            Trace(
                PaymentAttested, obligation, content={"payment_reference": kept}, actor="creditor"
            ),
        ),
    )


def assign_proceeds(
    obligation: str, assignee: int, amount: Money, assignment: str, name: str = ""
) -> Act:
    """Assigns proceeds to a member, once; ``assignment`` is the commitment to its text.

    ``name`` is the assignee's, for people.
    """
    content = {"assignee": assignee, "amount": amount.minor, "assignment": assignment}
    return Act(
        contract=OBLIGATIONS,
        function="assignProceeds",
        arguments=(obligation, assignee, amount.minor, assignment),
        key=obligation,
        what=f"assigns {amount} of the proceeds to {name or f'member {assignee}'}",
        article="UCP 600 art. 39",
        traces=(Trace(ProceedsAssigned, obligation, content=content, actor="owner"),),
    )


def assign_under_credit(
    credit: str, assignee: int, amount: Money, assignment: str, name: str = ""
) -> Act:
    """Assigns, once, what the beneficiary comes to be owed; otherwise as :func:`assign_proceeds`.

    Obligations that arise later carry it, each as much as is left.
    """
    content = {"assignee": assignee, "amount": amount.minor, "assignment": assignment}
    return Act(
        contract=OBLIGATIONS,
        function="assignUnderCredit",
        arguments=(credit, assignee, amount.minor, assignment),
        key=credit,
        what=f"assigns {amount} of what it comes to be owed to {name or f'member {assignee}'}",
        article="UCP 600 art. 39",
        traces=(Trace(CreditProceedsAssigned, credit, content=content, actor="assignor"),),
    )


def settle_by_counterpart(obligation: str) -> Act:
    """Closes an obligation by the payment of its counterpart, as far as that reaches."""
    return Act(
        contract=OBLIGATIONS,
        function="settleByCounterpart",
        arguments=(obligation,),
        key=obligation,
        what="closes the debt by what another bank paid for the same drawing",
        article="UCP 600 art. 13(c)",
        traces=(Trace(ObligationSettled, obligation),),
    )

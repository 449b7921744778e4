# SPDX-License-Identifier: Apache-2.0
"""Errors of what a bank leaves unpaid, of receipt out of hours and of amendments that are named."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import ObligationState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    CreditId,
    Instant,
    MemberNumber,
    Number8,
    ObligationId,
    PresentationId,
)


class NotOverdue(ContractError):
    """A creditor turns to another bank only once a payment is overdue, and not stayed."""

    article = "UCP 600 art. 7(a), 8(a)"
    text = (
        "{obligation_id} is {state}: its creditor turns to the bank behind once the day of "
        "maturity is over everywhere, and while no court stays the payment"
    )

    obligation_id: ObligationId
    state: ObligationState


class FollowedAlready(ContractError):
    """The creditor turned to this one before."""

    text = "the creditor of {unpaid} turned to {later} before"

    unpaid: ObligationId
    later: ObligationId


class OwedToAnother(ContractError):
    """Whom the bank to be reimbursed left unpaid is to be paid instead."""

    article = "UCP 600 art. 7(c), 8(c)"
    text = (
        "the bank that would be reimbursed has not paid what it owes itself, so that "
        "{obligation_id} is to be paid to {creditor} for now"
    )

    obligation_id: ObligationId
    creditor: MemberNumber


class AmendmentNotNamed(ContractError):
    """An amendment to the beneficiary's loss that the presenter did not name."""

    article = "UCP 600 art. 10(c)"
    text = (
        "amendment {number} leaves the beneficiary of {credit_id} less, the documents do without "
        "it, and their presenter did not name it"
    )

    credit_id: CreditId
    number: Number8


class AcceptedAlready(ContractError):
    """The bank has recorded before that it took the documents in on the day itself."""

    text = "that {presentation_id} was taken in out of hours is on record already"

    presentation_id: PresentationId


class ReceivedInHours(ContractError):
    """The documents came within banking hours."""

    article = "UCP 600 art. 33"
    text = (
        "{presentation_id} came within the bank's hours, {received}, and counts as received on "
        "that day anyway"
    )

    presentation_id: PresentationId
    received: Instant

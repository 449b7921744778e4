# SPDX-License-Identifier: Apache-2.0
"""Errors of the transfers of credits."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import SubstitutionState, TransferredTerm, TransferState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    CreditId,
    Deadline,
    Instant,
    MemberNumber,
    Minor64,
    Minor256,
    Number8,
    Number16,
    PresentationId,
)

# Transfer


class NotTransferable(ContractError):
    """The credit does not say that it is transferable, or is itself a part."""

    article = "UCP 600 art. 38(b), (d)"
    text = "{credit_id} is not transferable, or is itself a part of one that was transferred"

    credit_id: CreditId


class ScheduledNotTransferable(ContractError):
    """The credit has a schedule, and what its parts could draw, and when, is not carried."""

    article = "UCP 600 art. 38(b)"
    text = (
        "{credit_id} has a schedule of what may be drawn and when, and is not transferred here; "
        "its first beneficiary draws it"
    )

    credit_id: CreditId


class NotAvailableWithAnyBank(ContractError):
    """A bank is authorised to transfer only where the credit is available with any bank."""

    article = "UCP 600 art. 38(b)"
    text = "{credit_id} is not available with any bank: its nominated bank transfers it"

    credit_id: CreditId


class NotTransferringBank(ContractError):
    """This bank does not transfer this credit."""

    article = "UCP 600 art. 38(b)"
    text = "{bank} is not the bank that transfers {credit_id}"

    credit_id: CreditId
    bank: MemberNumber


class TransferOutOfOrder(ContractError):
    """Transfers are numbered one by one."""

    text = (
        "the next transfer of {credit_id} has the number {expected}, and {number} was given; "
        "there are at most 255"
    )

    credit_id: CreditId
    number: Number8
    expected: Number16


class NotReduced(ContractError):
    """A part would be wider than its credit, its confirmation, or the amendment it follows."""

    article = "UCP 600 art. 38(g)"
    text = "the {term} would go beyond that of {credit_id}: a transfer only reduces it"

    credit_id: CreditId
    term: TransferredTerm


class PartialTransferForbidden(ContractError):
    """Without partial drawings there is one second beneficiary."""

    article = "UCP 600 art. 38(d)"
    text = "{credit_id} forbids partial drawings: it has one second beneficiary at a time"

    credit_id: CreditId


class UnknownTransfer(ContractError):
    """There is no such transfer."""

    text = "there is no transfer {part_id} on this chain"

    part_id: CreditId


class WrongTransferState(ContractError):
    """The transfer does not stand where the act needs it."""

    text = "the transfer {part_id} is {actual}; for this it would have to be {expected}"

    part_id: CreditId
    actual: TransferState
    expected: TransferState


class TransferredPart(ContractError):
    """Of a part the transferring bank passes amendments on, and nobody adds a confirmation."""

    article = "UCP 600 art. 38"
    text = (
        "{part_id} is a part of a transferred credit: its transferring bank passes amendments "
        "on to it, and its confirmation is that of the credit"
    )

    part_id: CreditId


class NotTransfers(ContractError):
    """Only the contract of transfers makes parts of credits and amends them."""

    text = "only the contract of transfers makes and amends parts of credits, not {caller}"

    caller: Account


class AmendmentNotPassedOn(ContractError):
    """The request said that no amendment reaches the second beneficiary."""

    article = "UCP 600 art. 38(e)"
    text = (
        "the transfer {part_id} was asked for on the condition that no amendment reaches the "
        "second beneficiary, nor does number {number}"
    )

    part_id: CreditId
    number: Number8


class PassingNotApproved(ContractError):
    """The first beneficiary has not approved that this amendment reaches the second."""

    article = "UCP 600 art. 38(e)"
    text = (
        "the first beneficiary has not approved that amendment {number} reaches the second one "
        "of {part_id}"
    )

    part_id: CreditId
    number: Number8


class ApprovedAlready(ContractError):
    """That is approved already, here or in the request."""

    text = "that amendment {number} reaches {part_id} is approved already"

    part_id: CreditId
    number: Number8


class PassedAlready(ContractError):
    """The amendment reached the part before."""

    text = "amendment {number} was passed on to {part_id} before"

    part_id: CreditId
    number: Number8


class ShareTooSmall(ContractError):
    """The share would not cover what the part could come to be drawn for."""

    text = (
        "the amendment may add {needed} to {part_id}, and its share has {left} left; it takes "
        "more of the credit"
    )

    part_id: CreditId
    left: Minor64
    needed: Minor256


class ShareWithoutUse(ContractError):
    """A part's cancellation takes no share."""

    text = "{part_id} is to be cancelled, and would take {share} more of its credit"

    part_id: CreditId
    share: Minor64


class NotACancellation(ContractError):
    """The amendment does not cancel the credit."""

    article = "UCP 600 art. 10(a)"
    text = "amendment {number} does not cancel {credit_id}"

    credit_id: CreditId
    number: Number8


class CancellationAgreedAlready(ContractError):
    """The second beneficiary has agreed to this cancellation before."""

    article = "UCP 600 art. 10(a)"
    text = "the second beneficiary of {part_id} has agreed to amendment {number} before"

    part_id: CreditId
    number: Number8


class PartNotOver(ContractError):
    """The part has neither expired nor been cancelled."""

    text = (
        "{part_id} has not expired, nor was it cancelled: its second beneficiary may still use it"
    )

    part_id: CreditId


class PartInUse(ContractError):
    """Under the part something is still open."""

    text = (
        "under {part_id} something is open: presentations {open}, amendments without an answer "
        "{unanswered}"
    )

    part_id: CreditId
    open: Number16
    unanswered: Number8


# Substitution


class SubstitutionNotKept(ContractError):
    """The first beneficiary did not keep the right to substitute."""

    article = "UCP 600 art. 38(h)"
    text = "the first beneficiary did not keep the right to substitute its invoice under {part_id}"

    part_id: CreditId


class WrongSubstitutionState(ContractError):
    """The substitution does not stand where the act needs it."""

    article = "UCP 600 art. 38(h), (i)"
    text = (
        "the substitution for {presentation_id} is {actual}; for this it would have to be "
        "{expected}"
    )

    presentation_id: PresentationId
    actual: SubstitutionState
    expected: SubstitutionState


class DocumentsNotHere(ContractError):
    """The documents are not with the transferring bank."""

    text = "the documents of {presentation_id} were refused, sent back or sent on"

    presentation_id: PresentationId


class AnswerOutOfBounds(ContractError):
    """A first beneficiary is given a day at least to answer, and thirty at most."""

    article = "UCP 600 art. 38(i)"
    text = (
        "the first beneficiary would have until {answer_by} for {presentation_id}; it has one "
        "to thirty days, from {earliest} to {latest}"
    )

    presentation_id: PresentationId
    answer_by: Instant
    earliest: BlockTime
    latest: BlockTime


class AnswerAwaited(ContractError):
    """The first beneficiary may still answer."""

    article = "UCP 600 art. 38(i)"
    text = (
        "the first beneficiary may answer until {answer_by} for {presentation_id}; the block is "
        "of {time}"
    )

    presentation_id: PresentationId
    answer_by: Instant
    time: BlockTime


class InvoiceOutOfBounds(ContractError):
    """The first beneficiary's invoice lies outside the demand and what the share leaves."""

    article = "UCP 600 art. 38(h)"
    text = (
        "the first beneficiary's invoice for {presentation_id} is for {amount}; it is for "
        "{least} at least and {most} at most"
    )

    presentation_id: PresentationId
    amount: Minor64
    least: Minor64
    most: Minor256


class NotYetHonoured(ContractError):
    """The transferring bank has not honoured or negotiated: it owes nobody a difference."""

    article = "UCP 600 art. 38(h)"
    text = "the transferring bank has not honoured {presentation_id}, and owes no difference"

    presentation_id: PresentationId


class DifferenceNotDue(ContractError):
    """The transferring bank's five banking days from the substitution are not over."""

    article = "UCP 600 art. 16(f), 38(h)"
    text = (
        "the transferring bank has until {deadline} for the invoice to {presentation_id}; the "
        "block is of {time}"
    )

    presentation_id: PresentationId
    deadline: Deadline
    time: BlockTime


class SubstitutionOpen(ContractError):
    """The documents do not go on before the first beneficiary has substituted, or failed to."""

    article = "UCP 600 art. 38(i)"
    text = (
        "the documents of {presentation_id} do not go on while the substitution is {actual}: "
        "the first beneficiary substitutes, or fails to on first demand"
    )

    presentation_id: PresentationId
    actual: SubstitutionState


class BankNotIdle(ContractError):
    """The bank is bound, or its five banking days are not over: it acts itself."""

    article = "UCP 600 art. 38(k)"
    text = (
        "{member_id} acts in the place of the bank that has {presentation_id} only once it has "
        "let its five banking days pass, and is not bound"
    )

    presentation_id: PresentationId
    member_id: MemberNumber


class BeyondShare(ContractError):
    """The share has less left than the difference."""

    article = "UCP 600 art. 38(h)"
    text = "the difference is {difference}, and the share of {part_id} has {left} left"

    part_id: CreditId
    difference: Minor64
    left: Minor64


class AmendmentsNotOpen(ContractError):
    """A second beneficiary's documents accept no amendment of the credit it came from."""

    article = "UCP 600 art. 38(f)"
    text = (
        "{presentation_id} is of a second beneficiary's documents, which accept no amendment of "
        "the credit that was transferred"
    )

    presentation_id: PresentationId

# SPDX-License-Identifier: Apache-2.0
"""Errors of the payment obligations."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import ObligationState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    CurrencyNumber,
    Instant,
    MaturityTime,
    MemberNumber,
    Minor64,
    ObligationId,
)


class NotPresentationsContract(ContractError):
    """Only the contract of presentations lets obligations arise."""

    text = (
        "only the contract of presentations lets obligations arise, and {caller} is not that "
        "contract"
    )

    caller: Account


class ObligationExists(ContractError):
    """The obligation arose before."""

    text = "{obligation_id} arose before, and is owed once"

    obligation_id: ObligationId


class UnknownObligation(ContractError):
    """There is no such obligation."""

    text = "there is no {obligation_id}"

    obligation_id: ObligationId


class WrongObligationState(ContractError):
    """The obligation is not in the state that the act needs."""

    text = "{obligation_id} is {actual}; for this it would have to be {expected}"

    obligation_id: ObligationId
    actual: ObligationState
    expected: ObligationState


class NotDebtor(ContractError):
    """The caller's member does not owe this."""

    text = "{member_id} does not owe {obligation_id}, and only the debtor pays"

    obligation_id: ObligationId
    member_id: MemberNumber


class NoCash(ContractError):
    """There is no cash of this currency on the ledger."""

    text = "there is no cash in {currency} on this ledger, so the obligation cannot be paid here"

    currency: CurrencyNumber


class CashTwice(ContractError):
    """Two cash contracts were given for one currency."""

    text = "two cash contracts were given for {currency}; one was expected"

    currency: CurrencyNumber


class NotCreditor(ContractError):
    """The caller's member is not owed this."""

    text = "{obligation_id} is not owed to {member_id}"

    obligation_id: ObligationId
    member_id: MemberNumber


class NotMatured(ContractError):
    """The day of maturity has begun nowhere yet."""

    article = "UCP 600 art. 7(a), 8(a)"
    text = (
        "{obligation_id} matures on {maturity}, and it is {time}; before that day it is prepaid by "
        "agreement or not at all"
    )

    obligation_id: ObligationId
    maturity: MaturityTime
    time: BlockTime


class MaturedAlready(ContractError):
    """The day of maturity has begun: what is owed is paid in full."""

    article = "UCP 600 art. 12(b)"
    text = (
        "{obligation_id} matures on {maturity}, and it is {time}; it is paid in full now, not "
        "prepaid"
    )

    obligation_id: ObligationId
    maturity: MaturityTime
    time: BlockTime


class PaymentIsStayed(ContractError):
    """A court stays this payment."""

    text = "a court stays the payment of {obligation_id} until {until}"

    obligation_id: ObligationId
    until: Instant


class PaymentReferenceMissing(ContractError):
    """A payment that is attested has a reference."""

    text = "a payment of {obligation_id} elsewhere is attested with a reference; none was given"

    obligation_id: ObligationId


class AttestedAlready(ContractError):
    """The creditor has attested this before."""

    text = "{member_id} has attested before that {obligation_id} was paid to it"

    obligation_id: ObligationId
    member_id: MemberNumber


class PrepaymentNotAgreed(ContractError):
    """Owner and debtor have not agreed on these proceeds."""

    article = "UCP 600 art. 12(b)"
    text = "{obligation_id} cannot be prepaid with {proceeds}: the owner agreed to {agreed}"

    obligation_id: ObligationId
    proceeds: Minor64
    agreed: Minor64


class ProceedsOutOfBounds(ContractError):
    """The proceeds would be more than is owed, or less than was assigned of it."""

    article = "UCP 600 art. 12(b), 39"
    text = (
        "{obligation_id} cannot be prepaid with {proceeds}; between {least} and {most} was expected"
    )

    obligation_id: ObligationId
    proceeds: Minor64
    least: Minor64
    most: Minor64


class AssignedAlready(ContractError):
    """Proceeds are assigned already; there is one assignee."""

    article = "UCP 600 art. 39"
    text = "proceeds of {obligation_id} are assigned to {assignee} already, and to one alone"

    obligation_id: ObligationId
    assignee: MemberNumber


class BadAssignment(ContractError):
    """An assignment is of something, of no more than is owed, and to another."""

    article = "UCP 600 art. 39"
    text = (
        "of {obligation_id}, {amount} cannot be assigned to {assignee}: another member, and an "
        "amount above zero and not above what is owed, was expected"
    )

    obligation_id: ObligationId
    assignee: MemberNumber
    amount: Minor64


class PartyCannotStayPayment(ContractError):
    """A debtor or creditor records no stay of its payment."""

    text = "{member_id} is a party to {obligation_id} and cannot record a stay of its payment"

    obligation_id: ObligationId
    member_id: MemberNumber


class PaymentStayOutOfBounds(ContractError):
    """A stay ends ahead of now, and not later than a certain time."""

    text = "a stay of payment ends ahead of now and by {latest} at the latest; {until} was given"

    until: Instant
    latest: BlockTime


class PaymentStayedByAnother(ContractError):
    """Another authority's stay runs: it alone renews or lifts it."""

    text = "{authority} recorded the stay of {obligation_id} until {until}, and it alone changes it"

    obligation_id: ObligationId
    authority: MemberNumber
    until: Instant


class PaymentNotStayed(ContractError):
    """No stay runs."""

    text = "no stay of the payment of {obligation_id} runs that could be lifted"

    obligation_id: ObligationId


class NotReimbursementsContract(ContractError):
    """Only the contract of reimbursements pairs obligations."""

    text = (
        "only the contract of reimbursements pairs obligations, and {caller} is not that contract"
    )

    caller: Account


class PaidByCounterpart(ContractError):
    """Another bank paid this drawing to the same creditor."""

    article = "UCP 600 art. 13(c)"
    text = (
        "another bank paid this drawing, by {counterpart}; {obligation_id} is closed by that and "
        "not paid again"
    )

    obligation_id: ObligationId
    counterpart: ObligationId


class CounterpartUnpaid(ContractError):
    """The counterpart was not paid."""

    article = "UCP 600 art. 13(c)"
    text = "{counterpart} is not paid, so that it closes nothing, and {obligation_id} is owed"

    obligation_id: ObligationId
    counterpart: ObligationId


class NotPaired(ContractError):
    """The obligation has no counterpart."""

    text = "{obligation_id} has no counterpart by which it could be closed"

    obligation_id: ObligationId


class PairedObligation(ContractError):
    """The proceeds of one of two counterparts are neither assigned nor taken over."""

    article = "UCP 600 art. 39"
    text = (
        "{obligation_id} and {counterpart} are for one drawing, and either may be the one paid: "
        "meanwhile the proceeds are neither assigned nor prepaid, and nobody takes them over"
    )

    obligation_id: ObligationId
    counterpart: ObligationId


class NotPartyToObligation(ContractError):
    """The caller's member neither owes this nor is owed it."""

    text = "{member_id} neither owes {obligation_id} nor is owed it"

    obligation_id: ObligationId
    member_id: MemberNumber

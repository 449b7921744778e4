# SPDX-License-Identifier: Apache-2.0
"""Errors of the letters of credit and their amendments."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import (
    AmendmentState,
    Availability,
    CreditState,
    MaturityFrom,
    PreAdvisedTerm,
)
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    CreditId,
    CurrencyNumber,
    Day,
    Instant,
    MemberNumber,
    Minor64,
    Minor256,
    Number8,
    Number16,
    SwitchBits,
    Word,
)

# Issue


class CreditExists(ContractError):
    """The issuing bank has used this reference before."""

    text = "the issuing bank has issued {credit_id} before, and a reference is used once"

    credit_id: CreditId


class UnknownCredit(ContractError):
    """There is no such credit."""

    text = "there is no {credit_id} on this chain"

    credit_id: CreditId


class WrongCreditState(ContractError):
    """The credit does not stand where the act needs it."""

    text = "{credit_id} is {actual}; for this it would have to be {expected}"

    credit_id: CreditId
    actual: CreditState
    expected: CreditState


class MissingReference(ContractError):
    """The credit has no reference."""

    text = "the credit has no reference; field 20 has to give one of up to 16 characters"


class BadAmount(ContractError):
    """The amount is zero, or with its tolerance larger than can be counted."""

    text = (
        "the credit amount must be more than zero and, with its tolerance, less than 2^64 minor "
        "units: {amount} and +{plus_tolerance} % were given"
    )

    amount: Minor64
    plus_tolerance: Number8


class BadCurrency(ContractError):
    """The currency number is none of ISO 4217."""

    text = "{currency} is not a currency of ISO 4217"

    currency: CurrencyNumber


class BadTolerance(ContractError):
    """A tolerance has more than two digits (field 39A)."""

    text = (
        "a tolerance has at most two digits (field 39A): +{plus_tolerance} % and "
        "-{minus_tolerance} % were given"
    )

    plus_tolerance: Number8
    minus_tolerance: Number8


class BadPeriod(ContractError):
    """The period for presentation has more than three digits (field 48)."""

    text = "a period for presentation has at most three digits (field 48): {period} days were given"

    period: Number16


class ExpiryPassed(ContractError):
    """The credit would have expired before it is issued or amended, wherever its place."""

    article = "UCP 600 art. 6(d)"
    text = "the credit would expire on {expiry}, and it is {time}: that day is over everywhere"

    expiry: Day
    time: BlockTime


class AvailabilityNotCarried(ContractError):
    """A credit says how it is available, and one by mixed payment is issued with its slices."""

    article = "UCP 600 art. 6(b)"
    text = (
        "a credit available by {availability} cannot be issued so; sight payment, deferred "
        "payment, acceptance or negotiation was expected, or mixed payment with its slices"
    )

    availability: Availability


class BadTenor(ContractError):
    """The usance does not fit how the credit is available."""

    article = "UCP 600 art. 6(b), 7(a)"
    text = (
        "a credit available by {availability} cannot have a usance of {tenor} days counted from "
        "{tenor_from}: at sight there is none, deferred payment and acceptance have one, and "
        "each counts from something (fields 42C, 42P)"
    )

    availability: Availability
    tenor: Number16
    tenor_from: MaturityFrom


class UnknownSwitches(ContractError):
    """A rule that the credit would exclude or add is none that the contract knows."""

    article = "UCP 600 art. 1"
    text = (
        "the rules that the credit excludes or adds are {switches}; the chain knows of {known} and "
        "no other"
    )

    switches: SwitchBits
    known: SwitchBits


class MissingTerms(ContractError):
    """There is no commitment to the terms."""

    text = "what is issued is bound to its terms, and no commitment to them was given"


class BadPackedCredit(ContractError):
    """A packed credit fills a place that only the contract fills."""

    text = (
        "a credit of the batch fills places that only the contract fills (parties {parties}, "
        "numbers {numbers})"
    )

    parties: Word
    numbers: Word


class EmptyBatch(ContractError):
    """There is nothing in the batch."""

    text = "a batch issues at least one credit, and none was given"


class ContradictsPreAdvice(ContractError):
    """The credit is not what its pre-advice said."""

    article = "UCP 600 art. 11(b)"
    text = (
        "{credit_id} was pre-advised with other terms: its {term} contradicts them, and the "
        "issuing bank is bound to what it pre-advised"
    )

    credit_id: CreditId
    term: PreAdvisedTerm


class NotIssuingBank(ContractError):
    """The caller's member did not issue this credit."""

    text = "{member_id} did not issue {credit_id}, and only its issuing bank may do this"

    credit_id: CreditId
    member_id: MemberNumber


# Advice and confirmation


class NotAdvisingBank(ContractError):
    """The caller's member is not named to advise this credit, or not yet."""

    article = "UCP 600 art. 9"
    text = (
        "{member_id} is not named to advise {credit_id}, or not yet: a second advising bank "
        "follows the first"
    )

    credit_id: CreditId
    member_id: MemberNumber


class AdvisedAlready(ContractError):
    """The bank has advised this credit before."""

    article = "UCP 600 art. 9"
    text = "{member_id} has advised {credit_id} before"

    credit_id: CreditId
    member_id: MemberNumber


class AdviceDeclinedAlready(ContractError):
    """The bank has declined to advise this credit before."""

    article = "UCP 600 art. 9(e)"
    text = "{member_id} has declined to advise {credit_id} before"

    credit_id: CreditId
    member_id: MemberNumber


class NotConfirmingBank(ContractError):
    """The caller's member is not the bank that confirms this credit."""

    article = "UCP 600 art. 8"
    text = (
        "{member_id} is not the confirming bank of {credit_id}: it is not asked to confirm, or "
        "has not confirmed, or issued the credit itself"
    )

    credit_id: CreditId
    member_id: MemberNumber


class ConfirmedAlready(ContractError):
    """The credit is confirmed."""

    article = "UCP 600 art. 8(b)"
    text = "{confirming_bank} has confirmed {credit_id}, and is bound"

    credit_id: CreditId
    confirming_bank: MemberNumber


class ConfirmationDeclinedAlready(ContractError):
    """The bank has declined to confirm."""

    article = "UCP 600 art. 8(d)"
    text = "{confirming_bank} has declined to confirm {credit_id}; the issuing bank may ask it anew"

    credit_id: CreditId
    confirming_bank: MemberNumber


class ConfirmationPending(ContractError):
    """A bank is asked to confirm and has not answered."""

    article = "UCP 600 art. 8(d)"
    text = (
        "{confirming_bank} is asked to confirm {credit_id} and has not answered yet; another "
        "bank is asked once it declined"
    )

    credit_id: CreditId
    confirming_bank: MemberNumber


# Amendments


class AmendmentOutOfOrder(ContractError):
    """Amendments are numbered one by one."""

    text = (
        "the next amendment of {credit_id} has the number {expected}, and {number} was given; "
        "there are at most 255"
    )

    credit_id: CreditId
    number: Number8
    expected: Number16


class UnknownAmendment(ContractError):
    """There is no such amendment."""

    text = "{credit_id} has no amendment {number}"

    credit_id: CreditId
    number: Number8


class WrongAmendmentState(ContractError):
    """The amendment is not in the state that the act needs."""

    article = "UCP 600 art. 10(c)"
    text = "amendment {number} of {credit_id} is {actual}; for this it would have to be {expected}"

    credit_id: CreditId
    number: Number8
    actual: AmendmentState
    expected: AmendmentState


class ContradictoryAmendment(ContractError):
    """An amendment says what cannot stand together."""

    text = (
        "amendment {number} of {credit_id} contradicts itself: it increases and decreases, "
        "gives tolerances that it does not set, or cancels and changes something"
    )

    credit_id: CreditId
    number: Number8


class BadAmendedAmount(ContractError):
    """The amount would be nothing, or with its tolerance larger than can be counted."""

    text = (
        "the credit amount would become {amount} and +{plus_tolerance} %: it must stay more "
        "than zero and, with its tolerance, less than 2^64 minor units"
    )

    amount: Minor256
    plus_tolerance: Number8


class BelowDrawings(ContractError):
    """A decrease would leave less than was drawn before it was accepted."""

    article = "UCP 600 art. 10(b)"
    text = (
        "with this decrease {ceiling} could be drawn in all under {credit_id}, and {drawn} is "
        "drawn already"
    )

    credit_id: CreditId
    ceiling: Minor64
    drawn: Minor64


class NotForBeneficiary(ContractError):
    """The caller's member neither is the beneficiary nor acts for it."""

    article = "UCP 600 art. 10(a), (c)"
    text = (
        "{member_id} is neither the beneficiary of {credit_id} nor the bank that acts for one "
        "who is no member"
    )

    credit_id: CreditId
    member_id: MemberNumber


class MandateMissing(ContractError):
    """A bank acts for a beneficiary by a mandate, and none was given."""

    article = "UCP 600 art. 10(a), (c)"
    text = (
        "{member_id} answers for the beneficiary of {credit_id} under its mandate, and no "
        "commitment to one was given"
    )

    credit_id: CreditId
    member_id: MemberNumber


class ConsentNotExpress(ContractError):
    """A cancellation needs express consents: no presentation accepts it."""

    article = "UCP 600 art. 10(a)"
    text = (
        "amendment {number} cancels {credit_id}: that takes express consents, and no "
        "presentation gives one"
    )

    credit_id: CreditId
    number: Number8


class ExtendedAlready(ContractError):
    """The confirmation covers the amendment already."""

    article = "UCP 600 art. 10(b)"
    text = "the confirmation of {credit_id} covers amendment {number} already"

    credit_id: CreditId
    number: Number8


class ExtensionDeclinedAlready(ContractError):
    """The confirming bank has said before that it does not extend."""

    article = "UCP 600 art. 10(b)"
    text = (
        "the confirming bank of {credit_id} has said before that it does not extend to "
        "amendment {number}; it may yet extend"
    )

    credit_id: CreditId
    number: Number8


# Stay of payment


class StayOutOfBounds(ContractError):
    """A stay ends ahead of now, and not later than a certain time."""

    text = (
        "a stay ends ahead of now and not after {latest}, and {until} was given; it can be "
        "renewed before it lapses"
    )

    until: Instant
    latest: BlockTime


class PartyCannotStay(ContractError):
    """A party of the credit records no stay of its payment."""

    text = "{member_id} is a party of {credit_id}, and no party stays its payment"

    credit_id: CreditId
    member_id: MemberNumber


class StayedByAnother(ContractError):
    """Another authority's stay runs."""

    text = (
        "payment under {credit_id} is stayed until {until} by {authority}, which alone renews "
        "or lifts that stay"
    )

    credit_id: CreditId
    authority: MemberNumber
    until: Instant


class NotStayed(ContractError):
    """No stay runs."""

    text = "no stay of payment runs under {credit_id}"

    credit_id: CreditId


# Drawings


class NotPresentations(ContractError):
    """Only the contract of presentations draws, and accepts by presentation."""

    text = "only the contract of presentations may do this, and {caller} is not that contract"

    caller: Account


class Overdrawn(ContractError):
    """More is demanded than the credit still has."""

    article = "UCP 600 art. 18(b), 30"
    text = "the demand of {demanded} exceeds the {available} still to be drawn under {credit_id}"

    credit_id: CreditId
    demanded: Minor64
    available: Minor64


class NothingToDraw(ContractError):
    """Nothing is left to draw."""

    article = "UCP 600 art. 18(b)"
    text = "nothing is left to draw under {credit_id}"

    credit_id: CreditId

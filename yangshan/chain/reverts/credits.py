# SPDX-License-Identifier: Apache-2.0
"""Errors of the credits, the presentations and the payment obligations."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import (
    Availability,
)
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Commitment,
    CreditId,
    CurrencyNumber,
    Day,
    MemberNumber,
    Minor64,
    Number8,
    Number16,
)

# Letters of credit


class CreditExists(ContractError):
    """The issuing bank has used this reference before."""

    text = "the issuing bank has issued {credit_id} before, and a reference is used once"

    credit_id: CreditId


class UnknownCredit(ContractError):
    """There is no such credit."""

    text = "there is no {credit_id} on this chain"

    credit_id: CreditId


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


class ExpiryPassed(ContractError):
    """The credit would have expired before it is issued, wherever its place."""

    article = "UCP 600 art. 6(d)"
    text = "the credit would expire on {expiry} and cannot be issued any more: it is {time}"

    expiry: Day
    time: BlockTime


class AvailabilityNotCarried(ContractError):
    """This version carries credits that are available by sight payment."""

    article = "UCP 600 art. 6(b)"
    text = "a credit available by {availability} cannot be issued; sight payment was expected"

    availability: Availability


class BadTerms(ContractError):
    """A credit at sight has no usance, and the terms must be committed to."""

    text = (
        "a credit at sight has no usance and is bound to its terms: a usance of {tenor} days and "
        "the commitment {terms} were given"
    )

    tenor: Number16
    terms: Commitment


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


class NotPresentations(ContractError):
    """Only the contract of presentations draws."""

    text = "only the contract of presentations counts drawings, and {caller} is not that contract"

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

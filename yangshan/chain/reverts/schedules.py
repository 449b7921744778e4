# SPDX-License-Identifier: Apache-2.0
"""Errors of the schedules of credits."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import Availability, Renewal
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    CreditId,
    Minor64,
    Minor256,
    Number16,
    Number256,
    OptionalDay,
)


class NotLetterOfCredit(ContractError):
    """Only the contract of credits sets schedules, draws on them, and tells of parts' ends."""

    text = (
        "only the contract of credits sets schedules, draws on them, and tells of the amendments "
        "and the end of a part; {caller} is not that contract"
    )

    caller: Account


class EmptySchedule(ContractError):
    """The schedule says nothing."""

    text = "the schedule of {credit_id} says nothing, and a credit without one is issued as such"

    credit_id: CreditId


class SlicesNotFitting(ContractError):
    """A credit has 2 to 4 slices exactly if it is available by mixed payment."""

    article = "UCP 600 art. 6(b)"
    text = (
        "a credit has 2 to 4 slices if it is available by mixed payment, and none else; this one "
        "is available by {availability} and was given {slices}"
    )

    availability: Availability
    slices: Number256


class BadSlice(ContractError):
    """A slice has no weight, or is itself available in no way, or mixed."""

    article = "UCP 600 art. 6(b)"
    text = (
        "the slice at place {slice}, counted from 0, needs a weight, one way to be available and "
        "the usance of that way"
    )

    slice: Number256


class InstalmentsOutOfBounds(ContractError):
    """There are more instalments than a credit may have, or none."""

    article = "UCP 600 art. 32"
    text = "a schedule has 1 to {most} instalments, and {instalments} were given"

    instalments: Number256
    most: Number256


class BadInstalment(ContractError):
    """An instalment has no amount, or its days do not follow those of the one before it."""

    article = "UCP 600 art. 32"
    text = (
        "the instalment at place {instalment}, counted from 0, needs an amount, and days that end "
        "no earlier than they begin and begin after those of the one before it"
    )

    instalment: Number256


class InstalmentsNotWhole(ContractError):
    """The instalments are not the amount of the credit."""

    article = "UCP 600 art. 32"
    text = "the instalments come to {sum}, and the credit is for {amount}"

    sum: Minor256
    amount: Minor64


class BadRenewal(ContractError):
    """The renewals contradict themselves or the instalments, or are more than can be counted."""

    text = (
        "the amount cannot revolve so: {renewal}, {times} times, every {period} days from {start} "
        "on"
    )

    renewal: Renewal
    times: Number16
    period: Number16
    start: OptionalDay


class BadAdvance(ContractError):
    """More is to be advanced before shipment than the credit has."""

    text = "at most {limit} are to be advanced before shipment, and the credit is for {amount}"

    limit: Minor64
    amount: Minor64


class NoInstalments(ContractError):
    """The credit has no instalments to replace."""

    article = "UCP 600 art. 32"
    text = "{credit_id} has no instalments that an amendment could replace"

    credit_id: CreditId

# SPDX-License-Identifier: Apache-2.0
"""Errors of electronic records, and of what presentations and obligations hold of them."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import RecordFormat, RecordsState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    Account,
    BlockTime,
    Commitment,
    CreditId,
    Deadline,
    Instant,
    MemberNumber,
    Minor64,
    Number256,
    PresentationId,
    RecordBits,
    RecordNumber,
)


class CreditNotElectronic(ContractError):
    """The credit is not subject to eUCP 2.1."""

    article = "eUCP 2.1 art. e1, e2"
    text = "{credit_id} is not subject to eUCP 2.1, so no electronic records are presented under it"

    credit_id: CreditId


class OpenedAlready(ContractError):
    """This was opened before."""

    text = "{presentation_id} was opened before; records go into it, or another takes a new number"

    presentation_id: PresentationId


class WrongRecordsState(ContractError):
    """The records are not in the state that the act needs."""

    article = "eUCP 2.1 art. e6, e8, e12"
    text = (
        "the records of {presentation_id} are {actual}; for this they would have to be {expected}"
    )

    presentation_id: PresentationId
    actual: RecordsState
    expected: RecordsState


class BadRecord(ContractError):
    """A record has a format and a commitment."""

    article = "eUCP 2.1 art. e5"
    text = (
        "a record of {presentation_id} needs a format and a commitment to its content; {format} "
        "and {record} were given"
    )

    presentation_id: PresentationId
    format: RecordFormat
    record: Commitment


class TooManyRecords(ContractError):
    """A presentation has no more records than this."""

    text = "{presentation_id} has {most} records already, and no presentation has more"

    presentation_id: PresentationId
    most: Number256


class NoRecords(ContractError):
    """There is nothing of which the notice could say that it is complete."""

    article = "eUCP 2.1 art. e6"
    text = "{presentation_id} has no record yet, so there is nothing that could be complete"

    presentation_id: PresentationId


class UnknownRecords(ContractError):
    """No record is named, or one that is not there or is paper."""

    article = "eUCP 2.1 art. e12"
    text = (
        "the records {records} were reported of {presentation_id}; its electronic records are "
        "{electronic}, and one of them at least was expected"
    )

    presentation_id: PresentationId
    records: RecordBits
    electronic: RecordBits


class ReportedAlready(ContractError):
    """A bank reports each record once."""

    article = "eUCP 2.1 art. e12"
    text = "of {presentation_id} the records {records} were reported before, and each is once"

    presentation_id: PresentationId
    records: RecordBits


class CountNotKnown(ContractError):
    """The calendar is not published far enough: there is no count yet that could stop."""

    text = "no deadline of {presentation_id} is known yet, so there is no count that could stop"

    presentation_id: PresentationId


class NoDayLeft(ContractError):
    """No day is left to the bank after this one, and its count has stopped before."""

    article = "eUCP 2.1 art. e12"
    text = (
        "the count of {presentation_id} stopped before and ends today, {deadline}: a further "
        "report would leave no day"
    )

    presentation_id: PresentationId
    deadline: Deadline


class RecordNotAwaited(ContractError):
    """This record is not awaited."""

    article = "eUCP 2.1 art. e12"
    text = "record {number} of {presentation_id} is not awaited"

    presentation_id: PresentationId
    number: RecordNumber


class ReplacementTooLate(ContractError):
    """The time to present it again is over."""

    article = "eUCP 2.1 art. e12"
    text = (
        "at {time} the time is over to present again what was reported corrupt in "
        "{presentation_id} at {reported}: 30 calendar days, or the last day for presentation"
    )

    presentation_id: PresentationId
    reported: Instant
    time: BlockTime


class ReplacementStillOpen(ContractError):
    """The time to present records again is not over."""

    article = "eUCP 2.1 art. e12"
    text = (
        "at {time} what was reported corrupt in {presentation_id} at {reported} may still be "
        "presented again"
    )

    presentation_id: PresentationId
    reported: Instant
    time: BlockTime


class NotDisposable(ContractError):
    """The records are not disposable."""

    article = "eUCP 2.1 art. e8"
    text = (
        "the records of {presentation_id} are not disposable: 60 calendar days without "
        "instructions after a refusal that holds them were expected"
    )

    presentation_id: PresentationId


class NotLodgingContract(ContractError):
    """Only the contracts of electronic records and of titles lodge what they looked at."""

    text = (
        "only the contracts of electronic records and of titles lodge what they looked at, and "
        "{caller} is neither"
    )

    caller: Account


class CreditAssignedAlready(ContractError):
    """What may come to be owed under the credit is assigned already; there is one assignee."""

    article = "UCP 600 art. 39"
    text = (
        "what comes to be owed under {credit_id} is assigned to {assignee} already, and to one "
        "alone"
    )

    credit_id: CreditId
    assignee: MemberNumber


class BadCreditAssignment(ContractError):
    """An assignment is of something, and to another."""

    article = "UCP 600 art. 39"
    text = (
        "under {credit_id}, {amount} cannot be assigned to {assignee}: another member, and an "
        "amount above zero, was expected"
    )

    credit_id: CreditId
    assignee: MemberNumber
    amount: Minor64


class NotObligationsContract(ContractError):
    """Only the contract of obligations tells of assigned proceeds."""

    text = (
        "only the contract of obligations tells of assigned proceeds, and {caller} is not that "
        "contract"
    )

    caller: Account

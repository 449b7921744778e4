# SPDX-License-Identifier: Apache-2.0
"""Errors of deliveries of titles against payment or a trust receipt."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import DeliveryBasis, DeliveryState
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    BlockTime,
    CurrencyNumber,
    DeliveryId,
    Instant,
    MemberNumber,
    Number64,
    Number256,
    OptionalInstant,
    TitleId,
)


class DeliveryExists(ContractError):
    """The bank has offered this before."""

    text = "{delivery_id} was offered before, under the same number and with the same titles"

    delivery_id: DeliveryId


class UnknownDelivery(ContractError):
    """Nothing was offered under this key."""

    text = (
        "there is no {delivery_id}: by this bank, to this applicant, for this and with exactly "
        "these titles nothing was offered"
    )

    delivery_id: DeliveryId


class WrongDeliveryState(ContractError):
    """The delivery does not stand where the act needs it."""

    text = "{delivery_id} is {actual}; for this it would have to be {expected}"

    delivery_id: DeliveryId
    actual: DeliveryState
    expected: DeliveryState


class WrongDeliveryBasis(ContractError):
    """The titles are delivered against something else."""

    text = "the titles of {delivery_id} are delivered against {basis}"

    delivery_id: DeliveryId
    basis: DeliveryBasis


class NotDeliveringBank(ContractError):
    """Only the bank of a delivery does this."""

    text = "{delivery_id} is {bank}'s, not {member_id}'s"

    delivery_id: DeliveryId
    bank: MemberNumber
    member_id: MemberNumber


class NotDeliveryApplicant(ContractError):
    """Only the applicant of a delivery takes the titles, pays, and has them come to an account."""

    text = "the titles of {delivery_id} are for {applicant}, not for {member_id}"

    delivery_id: DeliveryId
    applicant: MemberNumber
    member_id: MemberNumber


class DeliveredToItself(ContractError):
    """Nobody delivers to itself."""

    text = "{member_id} would deliver to itself"

    member_id: MemberNumber


class DeliveryForNothing(ContractError):
    """A delivery is for an amount above zero in a currency."""

    text = (
        "titles are delivered for an amount above zero in a currency; {amount} minor units of "
        "{currency} were given"
    )

    amount: Number64
    currency: CurrencyNumber


class NoTimeToTake(ContractError):
    """The applicant gets time to take the titles."""

    text = "the last second to take the titles would be {take_by}, and it is {time}"

    take_by: Instant
    time: BlockTime


class BadDueTime(ContractError):
    """What is taken on trust is due at some time, not before it may be taken."""

    text = (
        "against {basis}, to be taken until {take_by}, payment cannot be due {due}: a trust "
        "receipt needs a time not before that, a payment has none"
    )

    basis: DeliveryBasis
    take_by: Instant
    due: OptionalInstant


class TooManyTitles(ContractError):
    """One delivery has a bounded number of titles."""

    text = "one delivery has at most {most} titles; {count} were given"

    count: Number256
    most: Number256


class MadeOutToAnother(ContractError):
    """A straight title that is not made out to the applicant gives it no goods."""

    text = "{title} is straight and made out to {beneficiary}: it gives the applicant no goods"

    title: TitleId
    beneficiary: MemberNumber


class OfferOver(ContractError):
    """The time to take the titles is over."""

    text = "the titles of {delivery_id} could be taken until {take_by}; it is {time}"

    delivery_id: DeliveryId
    take_by: Instant
    time: BlockTime


class OfferOpen(ContractError):
    """The applicant may still take the titles."""

    text = "the titles of {delivery_id} may be taken until {take_by}; it is {time}"

    delivery_id: DeliveryId
    take_by: Instant
    time: BlockTime


class DeliveryReferenceMissing(ContractError):
    """A trust receipt, and a payment made elsewhere, is told by a reference that is not zero."""

    text = (
        "{delivery_id} needs the reference of the trust receipt, or of the payment made elsewhere"
    )

    delivery_id: DeliveryId

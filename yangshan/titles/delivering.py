# SPDX-License-Identifier: Apache-2.0
"""Acts on deliveries: titles offered to an applicant, taken against payment or a trust receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yangshan.acts import Act, Trace
from yangshan.chain.enums import DeliveryBasis
from yangshan.chain.events import (
    DeliveryPaid,
    DeliveryPaymentAttested,
    OfferLapsed,
    OfferWithdrawn,
    TitlesOffered,
    TitlesReleased,
    TitlesTaken,
    TitlesTakenOnTrust,
)
from yangshan.chain.values import hexadecimal, text_bytes
from yangshan.money import Currency, Money
from yangshan.titles.acting import counted

if TYPE_CHECKING:
    from eth_typing import ChecksumAddress

    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.records import DeliveryKey, DeliveryTerms

DELIVERIES: Final = "TitleDeliveries"
REFERENCE_BYTES: Final = 32


def offer(delivery: str, key: DeliveryKey, terms: DeliveryTerms, applicant: str) -> Act:
    """Offers titles; ``delivery`` is the number of the key, ``applicant`` the name for people."""
    against = "payment of" if terms.basis is DeliveryBasis.PAYMENT else "a trust receipt for"
    return Act(
        contract=DELIVERIES,
        function="offer",
        arguments=(key, terms),
        key=delivery,
        what=f"offers {counted(key.titles)} to {applicant} against {against} {money_of(terms)}",
        article="",
        traces=(
            Trace(
                TitlesOffered,
                delivery,
                content={
                    "amount": terms.amount,
                    "currency": terms.currency,
                    "basis": terms.basis,
                    "take_by": terms.take_by,
                    "due": terms.due,
                },
                actor="bank",
            ),
        ),
    )


def take(delivery: str, key: DeliveryKey, account: ChecksumAddress, owed: Money) -> Act:
    """Pays in cash and takes the titles; ``account`` is the applicant's own, with TITLE."""
    what = f"pays {owed} and takes {counted(key.titles)}"
    return _act("take", delivery, (key, account), what, TitlesTaken, "applicant")


def take_on_trust(
    delivery: str, key: DeliveryKey, account: ChecksumAddress, owed: Money, receipt: str
) -> Act:
    """Takes the titles against a trust receipt, by the commitment to it, and owes for them."""
    what = f"takes {counted(key.titles)} against its trust receipt and owes {owed}"
    arguments = (key, account, receipt)
    return _act(
        "takeOnTrust", delivery, arguments, what, TitlesTakenOnTrust, "applicant", receipt=receipt
    )


def release(delivery: str, key: DeliveryKey, account: ChecksumAddress, reference: str) -> Act:
    """Hands the titles over, as the bank that was paid elsewhere under a reference.

    Raises UnfitReference for one of more than 32 printable ASCII characters.
    """
    kept = _kept(reference)
    what = f"hands over {counted(key.titles)}, paid for elsewhere under {reference}"
    arguments = (key, account, kept)
    return _act(
        "release", delivery, arguments, what, TitlesReleased, "bank", payment_reference=kept
    )


def withdraw(delivery: str, key: DeliveryKey) -> Act:
    """Takes the titles back, as the bank."""
    what = f"takes back {counted(key.titles)}"
    return _act("withdraw", delivery, (key,), what, OfferWithdrawn, "bank")


def lapse(delivery: str, key: DeliveryKey) -> Act:
    """Sends titles back that were not taken in time; anybody may."""
    what = f"sends back {counted(key.titles)} that nobody took in time"
    return _act("lapse", delivery, (key,), what, OfferLapsed, "")


def pay(delivery: str, key: DeliveryKey, owed: Money) -> Act:
    """Pays in cash what is owed on trust."""
    what = f"pays {owed} for {counted(key.titles)} taken on trust"
    return _act("pay", delivery, (key,), what, DeliveryPaid, "applicant")


def attest_payment(delivery: str, key: DeliveryKey, reference: str) -> Act:
    """Attests, as the bank, that what is owed on trust was paid elsewhere; as :func:`release`."""
    kept = _kept(reference)
    were = "was" if len(key.titles) == 1 else "were"
    what = f"attests that {counted(key.titles)} taken on trust {were} paid for elsewhere"
    return _act(
        "attestPayment",
        delivery,
        (key, kept),
        f"{what} under {reference}",
        DeliveryPaymentAttested,
        "bank",
        payment_reference=kept,
    )


def money_of(terms: DeliveryTerms) -> Money:
    """What the applicant is to give."""
    return Money(terms.amount, Currency.numbered(terms.currency))


def _act(
    function: str,
    delivery: str,
    arguments: tuple[object, ...],
    what: str,
    event: type[SuiteEvent],
    actor: str,
    **content: Any,
) -> Act:
    return Act(
        contract=DELIVERIES,
        function=function,
        arguments=arguments,
        key=delivery,
        what=what,
        article="",
        traces=(Trace(event, delivery, content=content, actor=actor),),
    )


def _kept(reference: str) -> str:
    return hexadecimal(text_bytes(reference, REFERENCE_BYTES))

# SPDX-License-Identifier: Apache-2.0
"""Whether a notification of a bank shows that an obligation was paid elsewhere.

The payment is the one that names the credit: as its end-to-end reference, by the UETR of the order
that was written for it, or in the words of its remittance. What differs is told by name.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.errors import Refused
from yangshan.swift.findings import Finding, errors_in_words
from yangshan.swift.iso20022.payments import Order, write_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from yangshan.money import Money
    from yangshan.swift.iso20022.payments import Party, Payment, SettlementMethod

_CODES: Final = {"amount": "Y70", "party": "Y71", "state": "Y72", "order": "Y73"}
_INSTITUTION: Final = 8
# As long as a reference of the payment systems may be.
_REFERENCE: Final = 16
_WORD: Final = r"(?<![A-Z0-9]){}(?![A-Z0-9])"


class NoBank(Refused):
    """A party of a payment that is no bank, between which alone a pacs.009 moves money."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__(
            f"{name}, which {role}, has no BIC in the file of members; expected two banks, between "
            "which alone a pacs.009 moves money."
        )
        self.name = name


class PaymentNotFound(Refused):
    """A file in which no payment, or more than one, names the credit; ``lines`` say where."""

    def __init__(self, file: str, reference: str, lines: Sequence[int]) -> None:
        where = ", ".join(str(line) for line in lines)
        found = f"several payments (lines {where}) name" if lines else "no payment names"
        super().__init__(
            f"In {file} {found} the credit {reference} or the transfer written for it; expected "
            "exactly one."
        )
        self.lines = tuple(lines)


class EvidenceDiffers(Refused):
    """A payment that is not the one owed; ``findings`` say what differs."""

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        super().__init__(f"{file} does not show this payment: {errors_in_words(findings)}")
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who owes or is owed: the legal name, and the BIC of eleven characters if it has one."""

    name: str
    bic: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is to be shown: an obligation of a credit, by whom it is owed to whom.

    ``assignee``: it is the part of its proceeds that is assigned (UCP 600 art. 39).
    """

    obligation: str
    reference: str
    amount: Money
    debtor: Member
    creditor: Member
    assignee: bool = False


def uetr_of(obligation: str, *, assignee: bool = False) -> str:
    """The reference of the transfer that pays an obligation, the same whenever it is written.

    In the form of a random UUID, as the standard wants it, so that an order that is written twice
    is known as the same one.
    """
    part = " to its assignee" if assignee else ""
    digest = hashlib.sha256(f"yangshan transfer {obligation}{part}".encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def transfer_order(
    owed: Owed,
    *,
    issuing_bic: str | None,
    method: SettlementMethod,
    on: date,
    created: datetime,
) -> str:
    """The pacs.009 that pays an obligation on a day; ``created`` is aware.

    Its end-to-end reference is that of the credit, its UETR that of the obligation, and its
    remittance names both in words. Raises :class:`NoBank` where one of the two has no BIC, and
    OrderNotWritten.
    """
    for role, member in (("owes", owed.debtor), ("is owed", owed.creditor)):
        if member.bic is None:
            raise NoBank(member.name, role)
    assert owed.debtor.bic is not None
    assert owed.creditor.bic is not None
    uetr = uetr_of(owed.obligation, assignee=owed.assignee)
    of = f" OF {issuing_bic}" if issuing_bic else ""
    order = Order(
        instruction=uetr.replace("-", "")[:_REFERENCE],
        end_to_end=owed.reference,
        uetr=uetr,
        amount=owed.amount,
        on=on,
        debtor=owed.debtor.bic,
        creditor=owed.creditor.bic,
        method=method,
        remittance=f"DOCUMENTARY CREDIT {owed.reference}{of} OBLIGATION {owed.obligation}",
        created=created,
    )
    return write_order(order)


def payment_of(payments: Sequence[Payment], owed: Owed, file: str) -> Payment:
    """The one payment of a file that names the credit; raises :class:`PaymentNotFound`."""
    found = [each for each in payments if _names(each, owed)]
    if len(found) != 1:
        raise PaymentNotFound(file, owed.reference, [each.line for each in found])
    return found[0]


def differences(payment: Payment, owed: Owed) -> list[Finding]:
    """What the payment has otherwise than the obligation, and warnings of what it does not say."""
    return list(_differences(payment, owed))


def _names(payment: Payment, owed: Owed) -> bool:
    if payment.uetr is not None and payment.uetr in {
        uetr_of(owed.obligation, assignee=assignee) for assignee in (False, True)
    }:
        return payment.uetr == uetr_of(owed.obligation, assignee=owed.assignee)
    if payment.end_to_end == owed.reference:
        return True
    word = re.compile(_WORD.format(re.escape(owed.reference.upper())))
    return any(
        owed.obligation in line.lower() or word.search(line.upper()) for line in payment.remittance
    )


def _differences(payment: Payment, owed: Owed) -> Iterator[Finding]:
    if payment.amount != owed.amount:
        found = f"the amount is {payment.amount}"
        yield _finding(payment, "amount", found, f"{owed.amount}, which is owed")
    if not payment.credited:
        found = "the entry is not a booked credit, or was taken back"
        yield _finding(payment, "state", found, "a credit that is booked")
    if payment.ordered:
        found = "this is an order to pay"
        expected = "the notification that it arrived, which an order does not show"
        yield _finding(payment, "order", found, expected, error=False)
    yield from _party(payment, "debtor", payment.debtor, owed.debtor)
    yield from _party(payment, "creditor", payment.creditor, owed.creditor)


def _party(payment: Payment, role: str, stated: Party, member: Member) -> Iterator[Finding]:
    expected = f"{member.name}{f' ({member.bic})' if member.bic else ''}"
    if stated.bic and member.bic:
        if stated.bic[:_INSTITUTION] != member.bic[:_INSTITUTION]:
            yield _finding(payment, "party", f"the {role} is {stated.bic}", expected)
    elif stated.name and _plain(stated.name) != _plain(member.name):
        yield _finding(payment, "party", f"the {role} is {stated.name}", expected)
    elif not stated.name:
        yield _finding(payment, "party", f"the {role} is not named", expected, error=False)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name).casefold().split())


def _finding(
    payment: Payment, what: str, found: str, expected: str, *, error: bool = True
) -> Finding:
    code = _CODES[what]
    said = f"{found[0].upper()}{found[1:]}; expected {expected} (rule {code})."
    return Finding("", payment.line, 1, code, "error" if error else "warning", said)

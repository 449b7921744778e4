# SPDX-License-Identifier: Apache-2.0
"""What banks tell each other of a presentation: refusal, discrepancies, authority, payment.

Field numbers in the comments are those of MT 732, 734, 750, 752, 754 and 756. Totals are kept as
they are stated, whether or not the other amounts make them.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yangshan.credit.terms import Amount, Bank


class Disposal(StrEnum):
    """What the bank does with the documents (field 77B, UCP 600 art. 16(c)(iii))."""

    HOLD = "HOLD"
    NOTIFY = "NOTIFY"
    RETURN = "RETURN"
    PREVINST = "PREVINST"


class Authorisation(StrEnum):
    """Field 23 of MT 752: what the receiver may do; the last one is of an earlier release."""

    ACCEPT = "ACCEPT"
    DEBIT = "DEBIT"
    NEGOTIATE = "NEGOTIATE"
    REIMBURSE = "REIMBURSE"
    REMITTED = "REMITTED"
    SEE_NARRATIVE = "SEE79Z"
    SEE_INFORMATION = "SEE72"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """Documents that were sent for acceptance, or refused, are taken up (MT 732)."""

    reference: str  # 20
    presenting_reference: str  # 21
    advised: date  # 30, the advice of payment, acceptance or negotiation
    amount: Amount  # 32B
    sender_to_receiver: str | None = None  # 72Z


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The one notice of refusal of a presentation (MT 734; UCP 600 art. 16(c)).

    ``discrepancies`` is the text of field 77J as it stands.
    """

    reference: str  # 20
    presenting_reference: str  # 21
    utilised: date  # 32A
    amount: Amount
    charges_claimed: str | None = None  # 73A
    total: Amount | None = None  # 33a
    total_on: date | None = None
    account_with: Bank | None = None  # 57a
    sender_to_receiver: str | None = None  # 72Z
    discrepancies: str  # 77J
    disposal: Disposal  # 77B
    disposal_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepancyAdvice:
    """Discrepancies, with a request for authority all the same; no refusal (MT 750)."""

    reference: str  # 20
    credit_number: str  # 21
    principal: Amount  # 32B
    additional: Amount | None = None  # 33B
    charges_deducted: str | None = None  # 71D
    charges_added: str | None = None  # 73A
    total: Amount | None = None  # 34B
    account_with: Bank | None = None  # 57a
    sender_to_receiver: str | None = None  # 72Z
    discrepancies: str  # 77J


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAuthorisation:
    """The issuing bank's authority to pay, accept or negotiate (MT 752)."""

    credit_number: str  # 20
    presenting_reference: str  # 21
    authorises: Authorisation  # 23
    advised: date  # 30
    total: Amount | None = None  # 32B
    charges_deducted: str | None = None  # 71D
    net: Amount | None = None  # 33a
    net_on: date | None = None
    senders_correspondent: Bank | None = None  # 53a
    receivers_correspondent: Bank | None = None  # 54a
    sender_to_receiver: str | None = None  # 72Z
    narrative: str | None = None  # 79Z


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAdvice:
    """A nominated bank has paid, accepted or negotiated (MT 754).

    ``principal_on`` is the maturity or value date.
    """

    reference: str  # 20
    credit_number: str  # 21
    principal: Amount  # 32a
    principal_on: date | None = None
    additional: Amount | None = None  # 33B
    charges_deducted: str | None = None  # 71D
    charges_added: str | None = None  # 73A
    total: Amount | None = None  # 34a
    total_on: date | None = None
    reimbursing_bank: Bank | None = None  # 53a
    account_with: Bank | None = None  # 57a
    beneficiary_bank: Bank | None = None  # 58a
    sender_to_receiver: str | None = None  # 72Z
    narrative: str | None = None  # 77


@dataclass(frozen=True, slots=True, kw_only=True)
class ReimbursementAdvice:
    """The claiming bank has been reimbursed or paid (MT 756)."""

    reference: str  # 20
    presenting_reference: str  # 21
    claimed: Amount  # 32B
    paid_on: date  # 33A
    paid: Amount
    senders_correspondent: Bank | None = None  # 53a
    receivers_correspondent: Bank | None = None  # 54a
    sender_to_receiver: str | None = None  # 72Z
    narrative: str | None = None  # 79Z

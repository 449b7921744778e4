# SPDX-License-Identifier: Apache-2.0
"""Reimbursement between banks: authorisation, claim, non-conforming claim, amendment (URR 725).

Field numbers in the comments are those of MT 740, 742, 744 and 747. Totals are kept as they are
stated, whether or not the other amounts make them.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yangshan.credit.terms import (
    Amount,
    AvailableBy,
    AvailableWith,
    Bank,
    PartyName,
    Percentages,
)


class ReimbursementRules(StrEnum):
    """Field 40F: whether the rules for reimbursements apply (UCP 600 art. 13(a))."""

    URR = "URR LATEST VERSION"
    NONE = "NOTURR"


class NonConformity(StrEnum):
    """Field 73R: why a claim does not conform; the meanings are not settled by the sources."""

    DIFFERS = "DIFF"
    DUPLICATE = "DUPL"
    INSUFFICIENT_FUNDS = "INSU"
    NO_AUTHORISATION = "NAUT"
    OTHER = "OTHR"
    OVERDRAWN = "OVER"
    REFERENCE_UNKNOWN = "REFE"
    NO_TELETRANSMISSION = "TTNA"
    WAITING = "WINF"
    AMOUNTS_DO_NOT_ADD_UP = "XAMT"


class ClaimDisposal(StrEnum):
    """Field 73S: what becomes of a claim that does not conform."""

    CANCELLED = "CANC"
    HELD = "HOLD"
    RETURNED = "RETD"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReimbursementAuthorisation:
    """The issuing bank's authority to a reimbursing bank to honour claims (MT 740).

    ``charges_of`` is the code of field 71A, which the sources do not settle.
    """

    credit_number: str  # 20
    account: str | None = None  # 25
    rules: ReimbursementRules  # 40F
    expiry: date | None = None  # 31D
    expiry_place: str | None = None
    negotiating_bank: Bank | None = None  # 58a
    beneficiary: PartyName | None = None  # 59
    amount: Amount  # 32B
    tolerance: Percentages | None = None  # 39A
    additional_amounts: str | None = None  # 39C
    available_by: AvailableBy  # 41a
    available_with: AvailableWith
    drafts: str | None = None  # 42C
    drawee: Bank | None = None  # 42a
    mixed_payment: str | None = None  # 42M
    deferred_payment: str | None = None  # 42P
    charges_of: str | None = None  # 71A
    charges: str | None = None  # 71D
    sender_to_receiver: str | None = None  # 72Z


@dataclass(frozen=True, slots=True, kw_only=True)
class ReimbursementClaim:
    """A bank's claim on the reimbursing bank (MT 742)."""

    reference: str  # 20
    credit_number: str  # 21
    issued: date | None = None  # 31C
    issuing_bank: Bank  # 52a
    principal: Amount  # 32B
    additional: Amount | None = None  # 33B
    charges: str | None = None  # 71D
    total: Amount  # 34a
    total_on: date | None = None
    account_with: Bank | None = None  # 57a
    beneficiary_bank: Bank | None = None  # 58a
    sender_to_receiver: str | None = None  # 72Z


@dataclass(frozen=True, slots=True, kw_only=True)
class NonConformingClaim:
    """The reimbursing bank's notice that a claim does not conform (MT 744)."""

    reference: str  # 20
    claim_reference: str  # 21
    issuing_bank: Bank  # 52a
    credit_number: str  # 21A
    issued: date | None = None  # 31C
    total: Amount  # 34a
    total_on: date | None = None
    reason: NonConformity  # 73R
    reason_text: str | None = None
    disposal: ClaimDisposal  # 73S
    disposal_text: str | None = None
    charges: str | None = None  # 71D
    sender_to_receiver: str | None = None  # 72Z


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationAmendment:
    """The amendment of an authority to reimburse (MT 747)."""

    credit_number: str  # 20
    reimbursing_reference: str | None = None  # 21
    authorised: date  # 30
    expiry: date | None = None  # 31E
    increase: Amount | None = None  # 32B
    decrease: Amount | None = None  # 33B
    amount: Amount | None = None  # 34B
    tolerance: Percentages | None = None  # 39A
    additional_amounts: str | None = None  # 39C
    sender_to_receiver: str | None = None  # 72Z
    narrative: str | None = None  # 77

# SPDX-License-Identifier: Apache-2.0
"""The terms of demand guarantees and standby letters of credit, and their amendments.

Field numbers in the comments are those of MT 760 and 767; the local undertaking that a
counter-undertaking asks for stands in sequence C, the undertaking itself in B. Codes that the
sources do not settle stay texts.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yangshan.credit.terms import Amount, AvailableWith, Bank, Confirmation, PartyName


class UndertakingForm(StrEnum):
    """Field 22D: guarantee, standby, or dependent undertaking."""

    GUARANTEE = "DGAR"
    STANDBY = "STBY"
    DEPENDENT = "DEPU"


class UndertakingRules(StrEnum):
    """Field 40C; other rules are named in the text beside."""

    ISP = "ISPR"
    UCP = "UCPR"
    URDG = "URDG"
    OTHER = "OTHR"
    NONE = "NONE"


class ExpiryType(StrEnum):
    """Field 23B: on a date, on a condition, or open."""

    FIXED = "FIXD"
    CONDITION = "COND"
    OPEN = "OPEN"


class Extension(StrEnum):
    """Field 23F: by how much an undertaking is extended by itself."""

    DAYS = "DAYS"
    ONE_YEAR = "ONEY"
    OTHER = "OTHR"


class Demands(StrEnum):
    """Field 48B; absent, several and partial demands are allowed."""

    NO_MULTIPLE = "NMLT"
    NO_MULTIPLE_OR_PARTIAL = "NMPT"
    NO_PARTIAL = "NPRT"


class UndertakingType(StrEnum):
    """Field 22K: what the local undertaking secures."""

    ADVANCE_PAYMENT = "APAY"
    BILL_OF_LADING = "BILL"
    CUSTOMS = "CUST"
    DIRECT_PAYMENT = "DPAY"
    INSURANCE = "INSU"
    JUDICIAL = "JUDI"
    LEASE = "LEAS"
    OTHER = "OTHR"
    PAYMENT = "PAYM"
    PERFORMANCE = "PERF"
    RETENTION = "RETN"
    SHIPPING = "SHIP"
    TENDER = "TEND"
    WARRANTY = "WARR"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """What an undertaking and a local one that is asked for have in common."""

    form: UndertakingForm  # 22D
    rules: UndertakingRules  # 40C
    rules_text: str | None = None
    expiry_type: ExpiryType  # 23B
    expiry: date | None = None  # 31E
    expiry_condition: str | None = None  # 35G
    obligor: PartyName | None = None  # 51
    amount: Amount  # 32B
    amount_text: str | None = None  # 39F
    available_with: AvailableWith | None = None  # 41a
    charges: str | None = None  # 71D
    presentation: str | None = None  # 45C
    jurisdiction: str | None = None  # 44J
    extension: Extension | None = None  # 23F
    extension_text: str | None = None
    extension_notice: str | None = None  # 78
    extension_notice_days: int | None = None  # 26E
    final_expiry: date | None = None  # 31S
    demands: Demands | None = None  # 48B
    transferable: bool = False  # 48D
    transfer_conditions: str | None = None  # 39E
    advise_through: Bank | None = None  # 57a
    delivery: str | None = None  # 24E
    delivery_to: str | None = None  # 24G


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalUndertaking(_Stated):
    """The local undertaking that a counter-undertaking asks for (MT 760, sequence C)."""

    requested: date | None = None  # 31C
    type: UndertakingType | None = None  # 22K
    type_text: str | None = None
    applicant: PartyName  # 50
    issuer: Bank | None = None  # 52a
    beneficiary: PartyName  # 59
    terms: str | None = None  # 77L
    standard_wording: bool = False  # 22Y
    wording_language: str | None = None  # 40D
    transaction: str  # 45L


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking(_Stated):
    """A guarantee or standby as it is issued or advised (MT 760)."""

    purpose: str  # 22A
    sender_to_receiver: str | None = None  # 72Z
    file: str | None = None  # 23X
    reference: str  # 20
    issued: date  # 30
    applicant: PartyName | None = None  # 50
    issuer: Bank  # 52a
    beneficiary: Bank | PartyName  # 59a
    advising_bank: Bank | None = None  # 56a
    other_reference: str | None = None  # 23
    terms: str  # 77U
    confirmation: Confirmation | None = None  # 49
    requested_confirming_bank: Bank | None = None  # 58a
    transaction: str | None = None  # 45L
    local: LocalUndertaking | None = None  # sequence C


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amended:
    """What the amendments of an undertaking and of a local one have in common."""

    increase: Amount | None = None  # 32B
    decrease: Amount | None = None  # 33B
    expiry_type: ExpiryType | None = None  # 23B
    expiry: date | None = None  # 31E
    expiry_condition: str | None = None  # 35G
    delivery: str | None = None  # 24E
    delivery_to: str | None = None  # 24G


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalUndertakingAmendment(_Amended):
    """What is to change in the local undertaking (MT 767, sequence C)."""

    beneficiary: PartyName | None = None  # 59
    other: str | None = None  # 77L


@dataclass(frozen=True, slots=True, kw_only=True)
class UndertakingAmendment(_Amended):
    """The amendment of a guarantee or standby (MT 767)."""

    related_reference: str  # 21
    purpose: str  # 22A
    cancellation: bool = False  # 23S
    sender_to_receiver: str | None = None  # 72Z
    file: str | None = None  # 23X
    reference: str  # 20
    number: int  # 26E
    amended: date  # 30
    issuer: Bank  # 52a
    other_reference: str | None = None  # 23
    beneficiary: Bank | PartyName | None = None  # 59a
    other: str | None = None  # 77U
    local: LocalUndertakingAmendment | None = None  # sequence C


@dataclass(frozen=True, slots=True, kw_only=True)
class UndertakingDemand:
    """A demand under a guarantee or standby (MT 765)."""

    reference: str  # 20
    related_reference: str  # 21
    beneficiary_reference: str | None = None  # 23
    issuer: Bank  # 52a
    beneficiary: Bank | PartyName | None = None  # 59a
    demanded: date | None = None  # 31L
    type: str  # 22G
    amount: Amount  # 32B
    amount_text: str | None = None  # 78
    statement: str | None = None  # 49A
    completion: str | None = None  # 77
    requested_expiry: date | None = None  # 31E
    requested_period: str | None = None  # 31R
    intermediary: Bank | None = None  # 56a
    account_with: Bank | None = None  # 57a
    sender_to_receiver: str | None = None  # 72Z
    file: str | None = None  # 23X


@dataclass(frozen=True, slots=True, kw_only=True)
class NonExtension:
    """The notice that an undertaking will not be extended by itself (MT 785)."""

    reference: str  # 20
    related_reference: str | None = None  # 21
    issuer: Bank  # 52a
    issued: date  # 31C
    beneficiary: Bank | PartyName  # 59a
    advising_bank: Bank | None = None  # 56a
    advise_through: Bank | None = None  # 57a
    final_expiry: date | None = None  # 31E
    sender_to_receiver: str | None = None  # 72Z
    file: str | None = None  # 23X


class AmendmentAnswer(StrEnum):
    """Field 23R: what the beneficiary says to an amendment."""

    ACCEPTED = "ACCP"
    REJECTED = "REJT"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentResponse:
    """The beneficiary's answer to the amendment of an undertaking (MT 787)."""

    reference: str  # 20
    related_reference: str  # 21
    issuer: Bank  # 52a
    number: int  # 26E
    answer: AmendmentAnswer  # 23R
    answer_text: str | None = None
    sender_to_receiver: str | None = None  # 72Z
    file: str | None = None  # 23X

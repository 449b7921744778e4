# SPDX-License-Identifier: Apache-2.0
"""The structs of the contracts.

Amounts are whole minor units; instants are aware datetimes in UTC; days are dates at the place of
the bank that examines; identifiers and commitments are 0x and 64 digits; currencies are ISO 4217
numbers; parties are member numbers, 0 for one that is no member or not named.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass

from yangshan.chain.enums import (
    Availability,
    CreditState,
    Disposal,
    MemberKind,
    MemberStatus,
    ObligationKind,
    ObligationState,
    PresentationState,
    ProposalState,
)
from yangshan.chain.values import (
    Account,
    Commitment,
    CreditId,
    CurrencyNumber,
    Day,
    Deadline,
    FlagBits,
    Instant,
    MemberNumber,
    Minor64,
    MissingDay,
    Number8,
    Number16,
    Number128,
    OptionalDay,
    Record,
    RoleBits,
    Text2,
    Text16,
    Until,
)
from yangshan.money import Currency, Money


@dataclass(frozen=True, slots=True)
class Admission(Record):
    """What founders state at deployment and the council decides on later."""

    treasury: Account
    administrator: Account
    valid_until: Until
    calendar: Number16
    country: Text2
    kind: MemberKind
    identity: Commitment


@dataclass(frozen=True, slots=True)
class Member(Record):
    """A member as it stands."""

    treasury: Account
    valid_until: Until
    calendar: Number16
    country: Text2
    status: MemberStatus
    kind: MemberKind
    accounts: Number8
    administrators: Number8


@dataclass(frozen=True, slots=True)
class Key(Record):
    """An account of a member as it stands; ``member_id`` 0 if it is nobody's."""

    member_id: MemberNumber
    valid_until: Until
    new_business_until: Until
    index: Number16
    roles: RoleBits


@dataclass(frozen=True, slots=True)
class Proposal(Record):
    """A proposal to the council as it stands; bit n of ``approved_by`` is founder n."""

    state: ProposalState
    approvals: Number8
    approved_by: Number128


@dataclass(frozen=True, slots=True)
class Clock(Record):
    """What a calendar says of an instant of receipt (UCP 600 arts 14(b), 16(d), 33).

    ``missing`` is the first day that had to be known and is not published: then all else is None.
    """

    receipt_day: OptionalDay
    previous_day: OptionalDay
    deadline: Deadline
    missing: MissingDay


@dataclass(frozen=True, slots=True)
class Issuance(Record):
    """What a credit is issued with: its numbers, and the commitment to all its terms.

    ``presentation_period`` counts days after shipment, 0 where the credit is silent (UCP 600
    art. 14(c) then gives 21). Tolerances are percentages (field 39A).
    """

    bank_reference: Text16
    applicant: MemberNumber
    beneficiary: MemberNumber
    advising_bank: MemberNumber
    second_advising_bank: MemberNumber
    nominated_bank: MemberNumber
    confirming_bank: MemberNumber
    reimbursing_bank: MemberNumber
    amount: Minor64
    currency: CurrencyNumber
    plus_tolerance: Number8
    minus_tolerance: Number8
    expiry: Day
    latest_shipment: OptionalDay
    presentation_period: Number16
    tenor: Number16
    availability: Availability
    transferable: bool
    partial_forbidden: bool
    any_bank: bool
    terms: Commitment

    @property
    def money(self) -> Money:
        """The credit amount; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.amount, Currency.numbered(self.currency))


@dataclass(frozen=True, slots=True)
class Credit(Record):
    """A credit as it stands; its reference is not stored, and empty here."""

    state: CreditState
    advised: bool
    second_advised: bool
    issuing_bank: MemberNumber
    drawn: Minor64
    issuance: Issuance


@dataclass(frozen=True, slots=True)
class PresentationKey(Record):
    """What names a presentation; ``number`` is the presenter's own count for credit and bank."""

    credit_id: CreditId
    examiner: MemberNumber
    presenter: MemberNumber
    number: Number8


@dataclass(frozen=True, slots=True)
class Lodging(Record):
    """What is presented; ``shipped`` is the day from which the period for presentation runs."""

    key: PresentationKey
    amount: Minor64
    shipped: OptionalDay
    pay_presenter: bool
    documents: Commitment


@dataclass(frozen=True, slots=True)
class Presentation(Record):
    """A presentation as it is stored.

    ``deadline`` is the close of the fifth banking day, None while the calendar is not published
    far enough. PRECLUDED is never stored: time makes it true, and stateOf says so.
    """

    amount: Minor64
    received: Instant
    deadline: Deadline
    shipped: OptionalDay
    receipt_day: OptionalDay
    payee: MemberNumber
    state: PresentationState
    disposal: Disposal
    flags: FlagBits


@dataclass(frozen=True, slots=True)
class Obligation(Record):
    """What a bank owes under a credit, and to whom."""

    debtor: MemberNumber
    owner: MemberNumber
    amount: Minor64
    maturity: Instant
    currency: CurrencyNumber
    state: ObligationState
    kind: ObligationKind

    @property
    def money(self) -> Money:
        """What is owed; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.amount, Currency.numbered(self.currency))

# SPDX-License-Identifier: Apache-2.0
"""The structs of the contracts.

Amounts are whole minor units; instants are aware datetimes in UTC; days are dates at the place of
the bank that examines; identifiers and commitments are 0x and 64 digits; currencies are ISO 4217
numbers; parties are member numbers, 0 for one that is no member or not named.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from eth_utils.address import to_checksum_address

from yangshan.chain.enums import (
    Action,
    AmendmentPassing,
    AmendmentState,
    AuthorisationState,
    Availability,
    ClaimState,
    CreditState,
    DeclarationStatus,
    DeliveryBasis,
    DeliveryState,
    Disposal,
    Hands,
    MaturityFrom,
    MemberKind,
    MemberStatus,
    ObligationKind,
    ObligationState,
    PresentationState,
    ProposalState,
    RecordsState,
    Renewal,
    SubstitutionState,
    SurrenderPurpose,
    TitleAct,
    TitleForm,
    TitleState,
    TransferState,
)
from yangshan.chain.values import (
    Account,
    CallData,
    ClaimMarkBits,
    Commitment,
    CreditId,
    CurrencyNumber,
    Day,
    Deadline,
    FlagBits,
    FounderBits,
    Instant,
    MarkBits,
    MemberNumber,
    Minor64,
    Minor256,
    MissingDay,
    Number8,
    Number16,
    Number32,
    Number40,
    Number64,
    OptionalDay,
    OptionalInstant,
    PresentationId,
    Record,
    RecordBits,
    RoleBits,
    Span,
    SwitchBits,
    Text,
    Text2,
    Text16,
    Text32,
    TitleId,
    Until,
    VotesByKind,
    Word,
    hexadecimal,
    instant_of,
)
from yangshan.money import Currency, Money

NO_ACCOUNT: Final = to_checksum_address("0x" + "00" * 20)
NO_COMMITMENT: Final = hexadecimal(bytes(32))


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


NO_ADMISSION: Final = Admission(
    treasury=NO_ACCOUNT,
    administrator=NO_ACCOUNT,
    valid_until=instant_of(0),
    calendar=0,
    country="",
    kind=MemberKind.NONE,
    identity=NO_COMMITMENT,
)


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
    desk_only: bool


@dataclass(frozen=True, slots=True)
class Key(Record):
    """An account of a member as it stands; ``member_id`` 0 if it is nobody's.

    ``new_business_until`` is the beginning of Unix time while its member may take none.
    """

    member_id: MemberNumber
    valid_until: Until
    new_business_until: Until
    index: Number8
    frozen: bool
    desk: bool
    roles: RoleBits


@dataclass(frozen=True, slots=True)
class Recovery(Record):
    """The recovery of a member whose administrator is lost; ``completable_from`` None: none is."""

    administrator: Account
    completable_from: OptionalInstant
    objected: bool


@dataclass(frozen=True, slots=True)
class VotingRules(Record):
    """How the council decides; ``quorum`` in percent of all votes.

    ``weights`` has a byte of votes for each kind of member, the kind 0 in the lowest.
    ``voting_period`` is also how long a passed proposal can be executed.
    """

    weights: VotesByKind = 0
    quorum: Number8 = 0
    voting_period: Span = timedelta(0)
    execution_delay: Span = timedelta(0)

    def weight(self, kind: MemberKind) -> int:
        """The votes of a founder of this kind."""
        return self.weights >> 8 * kind & 0xFF


@dataclass(frozen=True, slots=True)
class Motion(Record):
    """What is proposed to the council; only what the action needs is given.

    ``until`` is Unix time, 2**40 - 1 for no end. ``resolution`` tells equal motions apart.
    """

    action: Action
    member_id: MemberNumber = 0
    until: Number40 = 0
    account: Account = NO_ACCOUNT
    name: Text32 = ""
    edition: Number8 = 0
    rules: VotingRules = VotingRules()
    admission: Admission = NO_ADMISSION
    resolution: Commitment = NO_COMMITMENT


@dataclass(frozen=True, slots=True)
class Proposal(Record):
    """A proposal to the council as it stands.

    ``eligible`` and ``voted`` have bit n - 1 for the member n. ``deadline`` is the last second of
    the vote, None once it has passed; the other two instants are None before.
    """

    state: ProposalState
    action: Action
    proposer: MemberNumber
    eligible: FounderBits
    voted: FounderBits
    in_favour: Number16
    against: Number16
    total: Number16
    needed: Number16
    deadline: OptionalInstant
    executable_from: OptionalInstant
    executable_until: OptionalInstant


@dataclass(frozen=True, slots=True)
class Version(Record):
    """One version of a contract of the suite; ``edition`` 0 if it is never closed."""

    at: Account
    registered: Instant
    edition: Number8


@dataclass(frozen=True, slots=True)
class Policy(Record):
    """What a member decided for one action of its desk.

    ``amount_at`` and ``currency_at`` count the 32-byte words of the arguments from 1, 0 for none;
    ``alone`` and ``limit`` are minor units of the policy's currency.
    """

    hands: Hands
    amount_at: Number8
    currency_at: Number8
    alone: Minor64
    limit: Minor64


@dataclass(frozen=True, slots=True)
class Instruction(Record):
    """What a maker wants a desk to do and a checker reads; both sign it as typed data.

    ``currency`` and ``amount`` (minor units) are 0 for an action that has none; ``nonce`` is the
    maker's own, in any order, each once.
    """

    action: Text
    target: Account
    currency: CurrencyNumber
    amount: Minor256
    call: CallData
    deadline: Instant
    maker: Account
    nonce: Number64


@dataclass(frozen=True, slots=True)
class Person(Record):
    """A person at a desk; neither maker nor checker if it is nobody there."""

    maker: bool
    checker: bool
    valid_until: Until


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
    art. 14(c) then gives 21). Tolerances are percentages (field 39A). ``tenor`` counts days, or is
    the number of the day of maturity where ``tenor_from`` is FIXED_DATE; 0 at sight. ``switches``
    are the rules of UCP 600 that the credit excludes (art. 1).
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
    tenor_from: MaturityFrom
    availability: Availability
    transferable: bool
    partial_forbidden: bool
    any_bank: bool
    switches: SwitchBits
    terms: Commitment

    @property
    def money(self) -> Money:
        """The credit amount; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.amount, Currency.numbered(self.currency))


@dataclass(frozen=True, slots=True)
class PackedIssuance(Record):
    """A credit for a batch in the words in which it is stored; see ``credit_words``."""

    bank_reference: Text16
    parties: Word
    numbers: Word
    terms: Commitment


@dataclass(frozen=True, slots=True)
class Amendment(Record):
    """What an amendment changes: its numbers, and the commitment to its text.

    Days and period are None or 0 where they stay as they are; the tolerances count where
    ``sets_tolerance`` says so. One that cancels changes nothing else.
    """

    number: Number8
    cancels: bool
    increase: Minor64
    decrease: Minor64
    expiry: OptionalDay
    latest_shipment: OptionalDay
    presentation_period: Number16
    sets_tolerance: bool
    plus_tolerance: Number8
    minus_tolerance: Number8
    terms: Commitment

    @classmethod
    def cancellation(cls, number: int, terms: str) -> Self:
        """One that cancels; ``terms`` is the commitment to its text."""
        return cls(
            number=number,
            cancels=True,
            increase=0,
            decrease=0,
            expiry=None,
            latest_shipment=None,
            presentation_period=0,
            sets_tolerance=False,
            plus_tolerance=0,
            minus_tolerance=0,
            terms=terms,
        )


@dataclass(frozen=True, slots=True)
class AmendmentRecord(Record):
    """An amendment as it stands; ``version`` is the one that it made, 0 until it is accepted.

    ``extended``: the confirming bank extends its confirmation to it, or agrees to the
    cancellation, or there was none to ask (UCP 600 art. 10(a), (b)).
    """

    state: AmendmentState
    extended: bool
    extension_declined: bool
    version: Number8
    amendment: Amendment


@dataclass(frozen=True, slots=True)
class Credit(Record):
    """A credit as it stands; its reference is not stored, and empty here.

    EXPIRED is never its state here: time makes it true, and stateOf says so. ``diverged``: the
    confirming bank is bound by other terms than those in force (UCP 600 art. 10(b)). ``amendments``
    counts those issued, ``version`` those accepted. ``drawn`` is what is honoured, due or
    transferred; ``part``: it is a part of a transferred credit (art. 38).
    """

    state: CreditState
    advised: bool
    second_advised: bool
    advice_declined: bool
    second_advice_declined: bool
    confirmed: bool
    confirmation_declined: bool
    diverged: bool
    stayed: bool
    amendments: Number8
    version: Number8
    issuing_bank: MemberNumber
    drawn: Minor64
    issuance: Issuance
    part: bool


@dataclass(frozen=True, slots=True)
class PresentationKey(Record):
    """What names a presentation; ``number`` is the presenter's own count for credit and bank."""

    credit_id: CreditId
    examiner: MemberNumber
    presenter: MemberNumber
    number: Number8


@dataclass(frozen=True, slots=True)
class Slice(Record):
    """A part of every drawing by mixed payment: its share is its weight over the sum of all."""

    weight: Number64
    availability: Availability
    tenor: Number16
    tenor_from: MaturityFrom


@dataclass(frozen=True, slots=True)
class Instalment(Record):
    """A shipment with its drawing within given days (UCP 600 art. 32)."""

    amount: Minor64
    first: Day
    last: Day


@dataclass(frozen=True, slots=True)
class Schedule(Record):
    """What a credit says of its amounts over time; what it does not say is empty.

    ``times`` is how often the amount is renewed, ``period`` days of a period, ``start`` the day
    with which the first begins.
    """

    slices: tuple[Slice, ...]
    instalments: tuple[Instalment, ...]
    renewal: Renewal
    times: Number16
    period: Number16
    start: OptionalDay
    advance_limit: Minor64


@dataclass(frozen=True, slots=True)
class InstalmentRecord(Record):
    """An instalment as it stands; ``shipped``: documents of a shipment in it are on record."""

    instalment: Instalment
    drawn: Minor64
    shipped: bool


@dataclass(frozen=True, slots=True)
class Drawing(Record):
    """A demand under a credit with a schedule, as the contracts give it to each other."""

    presentation_id: PresentationId
    credit_id: CreditId
    bank: MemberNumber
    amount: Minor64
    day: Day
    shipped: OptionalDay


@dataclass(frozen=True, slots=True)
class Advances(Record):
    """The advances before shipment under a credit: the most they may be, and what they were."""

    limit: Minor64
    advanced: Minor64
    recovered: Minor64


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
    far enough. PRECLUDED is stored only of a bank that broke its notice of refusal; else time makes
    it true, and stateOf says so. ``refused_on`` is the day of that notice in UTC; ``titles``
    says how many it carries.
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
    marks: MarkBits
    refused_on: OptionalDay
    titles: Number8


@dataclass(frozen=True, slots=True)
class RecordSet(Record):
    """The electronic records of a presentation as they are stored (eUCP 2.1).

    ``since`` is when the state began, ``remaining`` how many banking days were left when the count
    stopped last. Bit n of the others is record n, counted from 0. DISPOSABLE is never stored: time
    makes it true, and stateOf says so.
    """

    state: RecordsState
    count: Number8
    remaining: Number8
    since: OptionalInstant
    paper: RecordBits
    reported: RecordBits
    awaited: RecordBits
    lapsed: RecordBits
    documents: Commitment


@dataclass(frozen=True, slots=True)
class Obligation(Record):
    """What a bank owes under a credit, and to whom.

    ``maturity`` is the midnight in UTC that begins the day of maturity; at sight, when it arose.
    ``stayed_until`` is the last second of a court's stay, which may have lapsed. OVERDUE and
    STAYED are never stored: time makes them true, and stateOf says so. ``titles`` says how many go
    to the debtor as it pays.
    """

    debtor: MemberNumber
    owner: MemberNumber
    amount: Minor64
    maturity: Instant
    currency: CurrencyNumber
    state: ObligationState
    kind: ObligationKind
    stayed_until: OptionalInstant
    recourse: bool
    assigned: bool
    titles: Number8

    @property
    def money(self) -> Money:
        """What is owed; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.amount, Currency.numbered(self.currency))


@dataclass(frozen=True, slots=True)
class Assignment(Record):
    """Proceeds that are assigned, all zero where none are (UCP 600 art. 39)."""

    assignee: MemberNumber
    amount: Minor64


@dataclass(frozen=True, slots=True)
class CreditAssignment(Record):
    """Proceeds of a credit, assigned before they are owed, all zero where none are (art. 39).

    ``left`` is what no obligation carries yet.
    """

    assignor: MemberNumber
    assignee: MemberNumber
    amount: Minor64
    left: Minor64
    assignment: Commitment


@dataclass(frozen=True, slots=True)
class ReimbursementTerms(Record):
    """On which terms a reimbursing bank is to pay (UCP 600 art. 13, URR 725).

    ``claiming_bank`` 0 is any bank with which the credit is available; ``pre_debit_days`` are
    banking days. Where not ``urr``, art. 13(b) applies. An expiry binds from when the reimbursing
    bank undertakes these terms.
    """

    amount: Minor64
    claiming_bank: MemberNumber
    expiry: OptionalDay
    pre_debit_days: Number8
    urr: bool
    undertaking_asked: bool
    claimant_bears_charges: bool
    freely_amendable: bool


@dataclass(frozen=True, slots=True)
class Authorisation(Record):
    """An authorisation to reimburse as it stands; ``claimed`` is neither refused nor given up."""

    state: AuthorisationState
    claimed: Minor64
    undertaking_declined: bool
    terms: ReimbursementTerms


@dataclass(frozen=True, slots=True)
class AuthorisationProposal(Record):
    """An amendment proposed to terms for which an undertaking was given."""

    proposed: bool
    cancels: bool
    agreed: bool
    terms: ReimbursementTerms


@dataclass(frozen=True, slots=True)
class ClaimRequest(Record):
    """What a bank claims, for which presentation; the numbers are its own counts.

    ``forwarded_number`` is the one under which it forwarded the documents to the issuing bank,
    ``slice`` that of a mixed payment, counted from 0 as they are owed; else 0.
    """

    key: PresentationKey
    forwarded_number: Number8
    number: Number8
    slice: Number8
    amount: Minor64
    message: Commitment


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """A claim for reimbursement as it is stored; ``charges`` are attested by its creditor.

    ``deadline`` is the close of the last banking day for an answer, None while the calendar is not
    published far enough. DUE_LATER, UNPAID and PAID are never stored: stateOf tells them.
    """

    credit_id: CreditId
    forwarded_id: PresentationId
    claiming_bank: MemberNumber
    amount: Minor64
    received: Instant
    deadline: Deadline
    due: OptionalDay
    state: ClaimState
    marks: ClaimMarkBits
    charges: Minor64
    slice: Number8


@dataclass(frozen=True, slots=True)
class TransferRequest(Record):
    """What a first beneficiary asks for (UCP 600 art. 38).

    ``share`` is what the part takes of the credit with its tolerance, ``required_cover`` the
    insurance that the credit requires, 0 for none. ``second_bank`` 0: the transferring bank advises
    the part itself. Days and period as in an :class:`Issuance`.
    """

    credit_id: CreditId
    terms: Commitment
    share: Minor64
    amount: Minor64
    required_cover: Minor64
    second_beneficiary: MemberNumber
    second_bank: MemberNumber
    transferring_bank: MemberNumber
    expiry: Day
    latest_shipment: OptionalDay
    presentation_period: Number16
    number: Number8
    passing: AmendmentPassing
    keeps_substitution: bool
    replaces_applicant: bool
    pays_where_transferred: bool


@dataclass(frozen=True, slots=True)
class TransferRecord(Record):
    """A transfer as it stands; the share in ``request`` has grown with what amendments added.

    ``open`` counts presentations that may yet be drawn on, ``unanswered`` amendments of the part;
    ``reserved`` is what pending ones may add, ``differences`` what the first beneficiary draws.
    """

    state: TransferState
    open: Number16
    unanswered: Number8
    reserved: Minor64
    differences: Minor64
    request: TransferRequest


@dataclass(frozen=True, slots=True)
class SubstitutionRecord(Record):
    """A substitution of invoice and draft as it stands (UCP 600 art. 38(h), (i)).

    ``demanded_at`` is the first demand. ``difference`` is the invoice less the second beneficiary's
    demand; once counted, what the first one draws.
    """

    state: SubstitutionState
    demanded_at: OptionalInstant
    answer_by: OptionalInstant
    cure_demanded: bool
    substituted_at: OptionalInstant
    payee: MemberNumber
    difference: Minor64


@dataclass(frozen=True, slots=True)
class Onward(Record):
    """What a bank presents that sends on documents presented under a part."""

    credit_id: CreditId
    amount: Minor64
    payee: MemberNumber
    flags: FlagBits


@dataclass(frozen=True, slots=True)
class Registration(Record):
    """What an issuer registers: one document, or a batch of them under one root.

    ``size`` is how many documents the batch has, 0 for a single document; ``expires`` is its last
    second.
    """

    root: Commitment
    kind: Number8
    schema: Number16
    expires: OptionalInstant
    size: Number32


@dataclass(frozen=True, slots=True)
class DocumentRecord(Record):
    """A document or a batch as it stands; ``registered`` is None for one that is not registered.

    ``ended`` is when it was revoked, with a ``reason``, or superseded, with the reason 0.
    """

    registered: OptionalInstant
    expires: OptionalInstant
    ended: OptionalInstant
    reason: Number16
    kind: Number8
    schema: Number16
    size: Number32


@dataclass(frozen=True, slots=True)
class Inclusion(Record):
    """That a document stands in a batch: ``yangshan.documents.leaves.Proof`` for the chain."""

    sides: Number64
    partners: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Declaration(Record):
    """What customs attests; ``cap`` is the greatest value, in minor units of ``currency``."""

    exporter: MemberNumber
    cap: Minor64
    currency: CurrencyNumber
    valid_until: OptionalInstant
    document: Commitment


@dataclass(frozen=True, slots=True)
class Standing(Record):
    """A customs declaration as it stands; ``in_force``: others may rely on it now."""

    status: DeclarationStatus
    in_force: bool
    changed: OptionalInstant
    reason: Number16
    declaration: Declaration


@dataclass(frozen=True, slots=True)
class TitleIssuance(Record):
    """What a carrier issues; members are named by an account that holds the role TITLE.

    ``transport_reference`` and ``document`` are salted commitments, ``remark`` is one or 0.
    """

    transport_reference: Commitment
    document: Commitment
    holder: Account
    beneficiary: Account
    form: TitleForm
    remark: Commitment


@dataclass(frozen=True, slots=True)
class TitleInstruction(Record):
    """An act on a title; each act reads the fields it needs and no other."""

    act: TitleAct
    to: Account
    holder: Account
    form: TitleForm
    purpose: SurrenderPurpose
    remark: Commitment


@dataclass(frozen=True, slots=True)
class Title(Record):
    """A title as it stands; ``state`` is NONE for one that was never issued.

    The two last seconds are None where there is nothing to reject.
    """

    state: TitleState
    form: TitleForm
    purpose: SurrenderPurpose
    issuer: MemberNumber
    holder: MemberNumber
    beneficiary: MemberNumber
    nominee: MemberNumber
    previous_holder: MemberNumber
    previous_beneficiary: MemberNumber
    holder_reject_by: OptionalInstant
    beneficiary_reject_by: OptionalInstant
    custodian: Account
    document: Commitment


@dataclass(frozen=True, slots=True)
class DeliveryKey(Record):
    """What names a delivery of titles; ``number`` is the bank's own."""

    bank: MemberNumber
    applicant: MemberNumber
    source: Commitment
    number: Number32
    titles: tuple[TitleId, ...]


@dataclass(frozen=True, slots=True)
class DeliveryTerms(Record):
    """What the applicant is to give for the titles; ``due`` is None against payment."""

    amount: Minor64
    currency: CurrencyNumber
    basis: DeliveryBasis
    take_by: Instant
    due: OptionalInstant


@dataclass(frozen=True, slots=True)
class Delivery(Record):
    """A delivery of titles as it stands; ``state`` is NONE for one that was never offered."""

    bank: MemberNumber
    applicant: MemberNumber
    amount: Minor64
    currency: CurrencyNumber
    basis: DeliveryBasis
    take_by: OptionalInstant
    due: OptionalInstant
    state: DeliveryState

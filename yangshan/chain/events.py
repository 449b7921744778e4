# SPDX-License-Identifier: Apache-2.0
"""The events of the contracts, one class each; units and types are those of the records.

``address`` is the contract that emitted it, ``transaction`` the hash with 0x, ``log_index`` the
place in the block.
"""

# Annotations are read while the program runs, so they are not left unevaluated here.

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, dataclass_transform

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_typing import ChecksumAddress
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from yangshan.chain.enums import (
    Action,
    ClaimDisposal,
    DeliveryBasis,
    Disposal,
    MemberKind,
    ObligationKind,
    ObligationState,
    PresenterInstruction,
    RecordFormat,
    SurrenderPurpose,
    TitleForm,
)
from yangshan.chain.records import (
    Amendment,
    ClaimRequest,
    DocumentRecord,
    Instalment,
    Instruction,
    Issuance,
    Lodging,
    Motion,
    Policy,
    PresentationKey,
    Registration,
    ReimbursementTerms,
    Schedule,
    TransferRequest,
    VotingRules,
)
from yangshan.chain.values import (
    Account,
    AmendmentBits,
    ClaimId,
    ClaimMarkBits,
    Commitment,
    CreditId,
    CurrencyNumber,
    Day,
    Deadline,
    DeliveryId,
    DiscrepancyBits,
    FlagBits,
    FounderBits,
    Instant,
    InstructionDigest,
    MemberNumber,
    Minor64,
    Minor256,
    Number8,
    Number16,
    Number32,
    Number64,
    Number256,
    ObligationId,
    OptionalDay,
    OptionalInstant,
    PresentationId,
    ProposalId,
    ReasonBits,
    RecordBits,
    RecordNumber,
    RoleBits,
    Selector,
    Text,
    Text2,
    Text32,
    TitleId,
    Until,
    Word,
    slots,
    tuple_type,
)
from yangshan.credit.discrepancies import names_of
from yangshan.money import Currency, Money


@dataclass_transform(frozen_default=True, kw_only_default=True)
@dataclass(frozen=True, kw_only=True)
class SuiteEvent:
    """Base of all events. ``indexed``: so many first fields stand in the topics of the log."""

    indexed: ClassVar[int]

    address: ChecksumAddress
    block_number: int
    transaction: str
    log_index: int

    def __init_subclass__(cls, *, indexed: int) -> None:
        super().__init_subclass__()
        cls.indexed = indexed
        dataclass(frozen=True, kw_only=True)(cls)


class MemberAdmitted(SuiteEvent, indexed=2):
    """A member was admitted and may act from now on."""

    member_id: MemberNumber
    kind: MemberKind
    country: Text2
    calendar: Number16
    valid_until: Until
    treasury: Account
    identity: Commitment


class KeySet(SuiteEvent, indexed=2):
    """A key was added or changed; ``roles`` are all its roles from now on."""

    member_id: MemberNumber
    account: Account
    roles: RoleBits
    valid_until: Until


class KeyRevoked(SuiteEvent, indexed=2):
    """A key was revoked: the account no longer belongs to the member."""

    member_id: MemberNumber
    account: Account


class MemberSuspended(SuiteEvent, indexed=1):
    """A member may take no new business until it is reinstated."""

    member_id: MemberNumber


class MemberReinstated(SuiteEvent, indexed=1):
    """A suspended member may take new business again."""

    member_id: MemberNumber


class MemberResigned(SuiteEvent, indexed=1):
    """A member left; it finishes what it has in flight."""

    member_id: MemberNumber


class MemberExpelled(SuiteEvent, indexed=1):
    """A member was made to leave; it finishes what it has in flight."""

    member_id: MemberNumber


class MemberRenewed(SuiteEvent, indexed=1):
    """The last day of a member's new business was set anew."""

    member_id: MemberNumber
    valid_until: Until


class MemberLapsed(SuiteEvent, indexed=1):
    """A member whose validity is over is from now on named in nobody's new business."""

    member_id: MemberNumber


class NewBusinessPaused(SuiteEvent, indexed=0):
    """Nobody takes new business until the pause ends or is ended; ``until`` is its last second."""

    until: Instant


class NewBusinessResumed(SuiteEvent, indexed=0):
    """The pause was ended before its time."""


class EditionClosed(SuiteEvent, indexed=1):
    """The contract of this edition takes no new records from now on."""

    edition: Number8


class KeyRotated(SuiteEvent, indexed=3):
    """A key took the place of another with its roles and validity."""

    member_id: MemberNumber
    previous: Account
    account: Account


class KeyFrozen(SuiteEvent, indexed=2):
    """A key signs nothing until it is thawed."""

    member_id: MemberNumber
    account: Account


class KeyThawed(SuiteEvent, indexed=2):
    """A frozen key signs again."""

    member_id: MemberNumber
    account: Account


class DeskCreated(SuiteEvent, indexed=2):
    """A desk was created for a member; its roles follow in a KeySet."""

    member_id: MemberNumber
    desk: Account


class DeskOnlySet(SuiteEvent, indexed=1):
    """Whether a member's desks alone find, refuse and pay."""

    member_id: MemberNumber
    desk_only: bool


class TreasuryNominated(SuiteEvent, indexed=2):
    """An account may become the member's treasury; zero withdraws the nomination."""

    member_id: MemberNumber
    account: Account


class TreasuryChanged(SuiteEvent, indexed=1):
    """The member's cash arrives elsewhere from now on."""

    member_id: MemberNumber
    previous: Account
    treasury: Account


class RecoveryBegun(SuiteEvent, indexed=1):
    """The council decided that a member's administrator is lost."""

    member_id: MemberNumber
    administrator: Account
    completable_from: Instant


class RecoveryObjected(SuiteEvent, indexed=1):
    """The member objected to its recovery: a second vote of the council settles it."""

    member_id: MemberNumber
    account: Account


class AdministratorRecovered(SuiteEvent, indexed=1):
    """The recovery was completed; the keys that change follow in a KeySet each."""

    member_id: MemberNumber
    administrator: Account


class ProposalMade(SuiteEvent, indexed=2):
    """A founder made a proposal, and thereby voted for it."""

    proposal_id: ProposalId
    founder: MemberNumber
    motion: Motion
    eligible: FounderBits
    total: Number16
    needed: Number16
    deadline: Instant


class VoteCast(SuiteEvent, indexed=2):
    """A founder voted, with ``weight`` votes."""

    proposal_id: ProposalId
    founder: MemberNumber
    in_favour: bool
    weight: Number16


class ProposalPassed(SuiteEvent, indexed=1):
    """A proposal has the votes that it needs."""

    proposal_id: ProposalId
    executable_from: Instant
    executable_until: Instant


class ProposalCancelled(SuiteEvent, indexed=2):
    """The member that made a proposal took it back."""

    proposal_id: ProposalId
    founder: MemberNumber


class ProposalExecuted(SuiteEvent, indexed=2):
    """A proposal took effect; ``result`` numbers the member admitted or version registered."""

    proposal_id: ProposalId
    action: Action
    result: Number256


class VotingRulesChanged(SuiteEvent, indexed=0):
    """The rules of voting changed; what was being voted on has lapsed."""

    rules: VotingRules


class VersionRegistered(SuiteEvent, indexed=3):
    """A version of a contract was registered; ``edition`` 0 if it is never closed."""

    name: Text32
    version: Number256
    at: Account
    edition: Number8


class PersonSet(SuiteEvent, indexed=1):
    """A person of a desk was named, changed or, with neither hand, dismissed."""

    person: Account
    maker: bool
    checker: bool
    valid_until: Until


class PolicySet(SuiteEvent, indexed=3):
    """A policy of a desk was set."""

    target: Account
    selector: Selector
    currency: CurrencyNumber
    action: Text
    policy: Policy


class InstructionProposed(SuiteEvent, indexed=2):
    """A maker proposed to a desk by a transaction; ``digest`` is what a signature would sign."""

    digest: InstructionDigest
    maker: Account
    instruction: Instruction


class InstructionExecuted(SuiteEvent, indexed=3):
    """A desk carried out an instruction; ``checker`` is zero where the maker was enough."""

    digest: InstructionDigest
    maker: Account
    checker: Account
    nonce: Number64


class NonceCancelled(SuiteEvent, indexed=2):
    """A nonce of a maker was used up: no instruction with it will be carried out."""

    maker: Account
    nonce: Number64
    by: Account


class EIP712DomainChanged(SuiteEvent, indexed=0):
    """The domain of typed data changed; no desk of the suite's ever does."""


class KeeperAppointed(SuiteEvent, indexed=2):
    """Another member keeps the banking calendars from now on."""

    previous: MemberNumber
    keeper: MemberNumber


class CalendarOpened(SuiteEvent, indexed=1):
    """A banking calendar was opened."""

    calendar: Number16
    name: Text32


class DaysPublished(SuiteEvent, indexed=2):
    """Banking days were published; ``word`` is the whole span from now on."""

    calendar: Number16
    span: Number16
    word: Word


class DaysRevised(SuiteEvent, indexed=2):
    """Published days that had begun nowhere were changed; stored deadlines stay as they are."""

    calendar: Number16
    span: Number16
    word: Word
    reason: Text32


class CreditIssued(SuiteEvent, indexed=3):
    """A credit was issued; its issuing bank is bound from now on (UCP 600 art. 7(b))."""

    credit_id: CreditId
    issuing_bank: MemberNumber
    beneficiary: MemberNumber
    issuance: Issuance


class CreditAdvised(SuiteEvent, indexed=2):
    """A credit was advised (UCP 600 art. 9)."""

    credit_id: CreditId
    advising_bank: MemberNumber
    apparently_authentic: bool


class CreditPreAdvised(SuiteEvent, indexed=3):
    """A credit was pre-advised; its issuing bank is bound to issue it (UCP 600 art. 11(b))."""

    credit_id: CreditId
    issuing_bank: MemberNumber
    beneficiary: MemberNumber
    issuance: Issuance


class AdviceDeclined(SuiteEvent, indexed=2):
    """A bank declined to advise a credit; it may yet advise it (UCP 600 art. 9(e))."""

    credit_id: CreditId
    advising_bank: MemberNumber


class ConfirmationRequested(SuiteEvent, indexed=2):
    """The issuing bank asked a bank for its confirmation (UCP 600 art. 8(d))."""

    credit_id: CreditId
    confirming_bank: MemberNumber


class CreditConfirmed(SuiteEvent, indexed=2):
    """A credit was confirmed; the confirming bank is bound from now on (UCP 600 art. 8(b))."""

    credit_id: CreditId
    confirming_bank: MemberNumber


class ConfirmationDeclined(SuiteEvent, indexed=2):
    """A bank declined to confirm (UCP 600 art. 8(d))."""

    credit_id: CreditId
    confirming_bank: MemberNumber


class AmendmentIssued(SuiteEvent, indexed=2):
    """An amendment was issued; the issuing bank is bound by it from now on (UCP 600 art. 10(b))."""

    credit_id: CreditId
    number: Number8
    amendment: Amendment


class ConfirmationExtended(SuiteEvent, indexed=2):
    """The confirming bank extended its confirmation to an amendment (UCP 600 art. 10(b)).

    ``diverged``: it stays bound by other terms than those in force.
    """

    credit_id: CreditId
    number: Number8
    diverged: bool


class ExtensionDeclined(SuiteEvent, indexed=2):
    """The confirming bank does not extend to an amendment (UCP 600 art. 10(a), (b))."""

    credit_id: CreditId
    number: Number8


class AmendmentAccepted(SuiteEvent, indexed=3):
    """An amendment is part of the credit (UCP 600 art. 10(c)); ``accepted_by`` 0: by presentation.

    ``terms`` commits to all terms of the ``version``: the hash of those before and the amendment's.
    ``mandate`` is the beneficiary's to the bank that acts for it, zero where it acts itself.
    """

    credit_id: CreditId
    number: Number8
    accepted_by: MemberNumber
    version: Number8
    terms: Commitment
    diverged: bool
    mandate: Commitment


class AmendmentRejected(SuiteEvent, indexed=3):
    """An amendment was rejected as a whole (UCP 600 art. 10(c) to (e))."""

    credit_id: CreditId
    number: Number8
    rejected_by: MemberNumber
    mandate: Commitment


class CancellationAgreed(SuiteEvent, indexed=3):
    """The beneficiary or the confirming bank agreed to a cancellation (UCP 600 art. 10(a))."""

    credit_id: CreditId
    number: Number8
    agreed_by: MemberNumber
    mandate: Commitment


class CreditCancelled(SuiteEvent, indexed=1):
    """All have agreed: the credit, or the pre-advice, is no more (UCP 600 art. 10(a))."""

    credit_id: CreditId


class PaymentStayed(SuiteEvent, indexed=2):
    """A court stays payment under a credit until ``until``; no clock stops."""

    credit_id: CreditId
    authority: MemberNumber
    until: Instant
    order: Commitment


class StayLifted(SuiteEvent, indexed=2):
    """A court's stay was lifted before its time."""

    credit_id: CreditId
    authority: MemberNumber
    order: Commitment


class MandateRecorded(SuiteEvent, indexed=3):
    """The beneficiary's right to present was shared with another member."""

    credit_id: CreditId
    presenter: MemberNumber
    granted_by: MemberNumber
    mandate: Commitment


class DocumentsLodged(SuiteEvent, indexed=3):
    """Documents were presented; ``flags`` is what the chain itself sees of them."""

    presentation_id: PresentationId
    credit_id: CreditId
    examiner: MemberNumber
    lodging: Lodging
    payee: MemberNumber
    received: Instant
    deadline: Deadline
    flags: FlagBits


class DeadlineFixed(SuiteEvent, indexed=1):
    """The calendar is published now, and the deadline with it (UCP 600 art. 14(b))."""

    presentation_id: PresentationId
    deadline: Deadline
    flags: FlagBits


class FoundComplying(SuiteEvent, indexed=3):
    """The bank determined that the presentation complies (UCP 600 art. 15)."""

    presentation_id: PresentationId
    credit_id: CreditId
    examiner: MemberNumber
    amount: Minor64
    version: Number8
    obligation_id: ObligationId


class DiscrepanciesAccepted(SuiteEvent, indexed=3):
    """The bank accepted the discrepancies; no other bank is bound by that (UCP 600 art. 16)."""

    presentation_id: PresentationId
    credit_id: CreditId
    examiner: MemberNumber
    amount: Minor64
    version: Number8
    obligation_id: ObligationId
    waiver: Commitment


class WaiverAsked(SuiteEvent, indexed=2):
    """The issuing bank asked the applicant for a waiver; no clock stops (UCP 600 art. 16(b))."""

    presentation_id: PresentationId
    examiner: MemberNumber
    request: Commitment


class AuthorityAsked(SuiteEvent, indexed=2):
    """A nominated or confirming bank asked for authority to take up; no clock stops."""

    presentation_id: PresentationId
    examiner: MemberNumber
    request: Commitment


class PresenterInstructed(SuiteEvent, indexed=2):
    """The presenter told the bank what to do with the documents (UCP 600 art. 16(c)(iii))."""

    presentation_id: PresentationId
    presenter: MemberNumber
    instruction: PresenterInstruction
    message: Commitment


class DocumentsReturned(SuiteEvent, indexed=2):
    """Refused documents were sent back (UCP 600 art. 16(c)(iii), (e))."""

    presentation_id: PresentationId
    examiner: MemberNumber
    dispatch: Commitment


class DocumentsForwarded(SuiteEvent, indexed=3):
    """A bank sent documents on; ``honoured``: it is to be paid itself (UCP 600 art. 7(c), 12)."""

    presentation_id: PresentationId
    forwarded_id: PresentationId
    to: MemberNumber
    honoured: bool
    schedule: Commitment


class UnpaidDrawingTaken(SuiteEvent, indexed=3):
    """A creditor turned from a bank that does not pay to the bank behind it (UCP 600 art. 7(a))."""

    presentation_id: PresentationId
    onward_id: PresentationId
    creditor: MemberNumber
    documents: Commitment


class AmendmentsNamed(SuiteEvent, indexed=2):
    """The presenter said on which amendments documents are presented (UCP 600 art. 10(c))."""

    presentation_id: PresentationId
    presenter: MemberNumber
    amendments: AmendmentBits


class AcceptedOutOfHours(SuiteEvent, indexed=1):
    """A bank took in on the day itself what came out of its hours (UCP 600 art. 33)."""

    presentation_id: PresentationId
    receipt_day: Day
    deadline: Instant
    flags: FlagBits


class DocumentsRefused(SuiteEvent, indexed=3):
    """The bank refused to honour, by its one notice (UCP 600 art. 16(c), (d))."""

    presentation_id: PresentationId
    credit_id: CreditId
    examiner: MemberNumber
    discrepancies: DiscrepancyBits
    disposal: Disposal
    notice: Commitment

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks relied on, such as ``("X03", "X14")``."""
        return names_of(self.discrepancies)


class PreclusionClaimed(SuiteEvent, indexed=3):
    """A precluded bank's duty was claimed (UCP 600 art. 16(f))."""

    presentation_id: PresentationId
    credit_id: CreditId
    claimant: MemberNumber
    amount: Minor64
    obligation_id: ObligationId


class DisposalBreached(SuiteEvent, indexed=3):
    """A bank did not act as its notice of refusal says; it is precluded (UCP 600 art. 16(f))."""

    presentation_id: PresentationId
    credit_id: CreditId
    examiner: MemberNumber
    recorded_by: MemberNumber
    evidence: Commitment


class DocumentsReleased(SuiteEvent, indexed=2):
    """The applicant has the documents; ``rightful``: owed for, or let go by the presenter."""

    presentation_id: PresentationId
    examiner: MemberNumber
    rightful: bool
    receipt: Commitment


class PresentationOpened(SuiteEvent, indexed=3):
    """A presentation of electronic records was opened; nothing is presented yet (eUCP e6)."""

    presentation_id: PresentationId
    credit_id: CreditId
    presenter: MemberNumber
    key: PresentationKey


class RecordAdded(SuiteEvent, indexed=2):
    """A record was added; the chain counts from 0."""

    presentation_id: PresentationId
    number: RecordNumber
    format: RecordFormat
    record: Commitment
    record_reference: Commitment


class RecordsCompleted(SuiteEvent, indexed=2):
    """The notice of completeness was given (eUCP 2.1 art. e6)."""

    presentation_id: PresentationId
    credit_id: CreditId
    records: Number8
    notice: Commitment


class RecordsCarried(SuiteEvent, indexed=2):
    """A bank forwarded records; to the next one they are presented in the same state."""

    presentation_id: PresentationId
    forwarded_id: PresentationId
    documents: Commitment


class CorruptionReported(SuiteEvent, indexed=2):
    """Records are corrupt, and the bank's count stops (eUCP 2.1 art. e12)."""

    presentation_id: PresentationId
    examiner: MemberNumber
    records: RecordBits
    remaining: Number8
    message: Commitment


class RecordReplaced(SuiteEvent, indexed=2):
    """A corrupt record was presented again (eUCP 2.1 art. e12)."""

    presentation_id: PresentationId
    number: RecordNumber
    record: Commitment
    record_reference: Commitment
    documents: Commitment


class RecordsLapsed(SuiteEvent, indexed=1):
    """Corrupt records did not come again in time: deemed not presented (eUCP 2.1 art. e12)."""

    presentation_id: PresentationId
    records: RecordBits


class ExaminationResumed(SuiteEvent, indexed=1):
    """The bank's count goes on."""

    presentation_id: PresentationId
    deadline: Deadline


class RecordsDisposed(SuiteEvent, indexed=2):
    """Refused records were disposed of (eUCP 2.1 art. e8)."""

    presentation_id: PresentationId
    examiner: MemberNumber
    evidence: Commitment


class ObligationIncurred(SuiteEvent, indexed=3):
    """An obligation arose."""

    obligation_id: ObligationId
    presentation_id: PresentationId
    debtor: MemberNumber
    owner: MemberNumber
    amount: Minor64
    currency: CurrencyNumber
    maturity: Instant
    state: ObligationState
    kind: ObligationKind

    @property
    def money(self) -> Money:
        """What is owed; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.amount, Currency.numbered(self.currency))


class ObligationPaid(SuiteEvent, indexed=3):
    """An obligation was paid in cash on the ledger."""

    obligation_id: ObligationId
    debtor: MemberNumber
    owner: MemberNumber
    amount: Minor64
    currency: CurrencyNumber

    @property
    def money(self) -> Money:
        """What was paid; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.amount, Currency.numbered(self.currency))


class SliceIncurred(SuiteEvent, indexed=1):
    """What arose is one of the slices of a mixed payment, and not the first, which is 0."""

    obligation_id: ObligationId
    slice: Number8


class ScheduleSet(SuiteEvent, indexed=1):
    """A credit was issued with a schedule."""

    credit_id: CreditId
    schedule: Schedule


class InstalmentsProposed(SuiteEvent, indexed=2):
    """The issuing bank proposed instalments that are to come with its next amendment."""

    credit_id: CreditId
    amendment: Number8
    instalments: tuple[Instalment, ...]


class InstalmentsReplaced(SuiteEvent, indexed=2):
    """Proposed instalments are part of the credit (UCP 600 art. 10(c), 32).

    ``in_force``: for the credit, else later for the confirming bank alone; ``confirmed``: they bind
    that bank.
    """

    credit_id: CreditId
    amendment: Number8
    in_force: bool
    confirmed: bool


class DrawnOnSchedule(SuiteEvent, indexed=2):
    """A drawing was counted; what it recovers of advances is not owed again.

    ``place`` is the number of the instalment or of the period, from 1; 0 if neither.
    """

    presentation_id: PresentationId
    credit_id: CreditId
    place: Number32
    amount: Minor64
    recovered: Minor64
    advance: bool


class RecourseReserved(SuiteEvent, indexed=2):
    """A bank negotiated with recourse to the beneficiary."""

    obligation_id: ObligationId
    debtor: MemberNumber


class PaymentAttested(SuiteEvent, indexed=2):
    """A creditor attested that it was paid elsewhere; ``settled``: nothing is left to pay."""

    obligation_id: ObligationId
    creditor: MemberNumber
    payment_reference: Commitment
    settled: bool


class PrepaymentAgreed(SuiteEvent, indexed=2):
    """The owner agreed to be paid before maturity, or with 0 took that back."""

    obligation_id: ObligationId
    owner: MemberNumber
    proceeds: Minor64


class ObligationPrepaid(SuiteEvent, indexed=3):
    """A bank prepaid or purchased its own undertaking (UCP 600 art. 12(b))."""

    obligation_id: ObligationId
    debtor: MemberNumber
    owner: MemberNumber
    proceeds: Minor64
    currency: CurrencyNumber

    @property
    def money(self) -> Money:
        """What was paid; raises UnknownCurrency for a number that ISO 4217 does not list."""
        return Money(self.proceeds, Currency.numbered(self.currency))


class ProceedsAssigned(SuiteEvent, indexed=3):
    """Proceeds of an obligation were assigned (UCP 600 art. 39)."""

    obligation_id: ObligationId
    owner: MemberNumber
    assignee: MemberNumber
    amount: Minor64
    assignment: Commitment


class CreditProceedsAssigned(SuiteEvent, indexed=3):
    """A beneficiary assigned what it comes to be owed under a credit (UCP 600 art. 39)."""

    credit_id: CreditId
    assignor: MemberNumber
    assignee: MemberNumber
    amount: Minor64
    assignment: Commitment


class ProceedsPaid(SuiteEvent, indexed=2):
    """An assignee was paid its part, in cash on the ledger."""

    obligation_id: ObligationId
    assignee: MemberNumber
    amount: Minor64


class ObligationStayed(SuiteEvent, indexed=2):
    """A court stays the payment of an obligation; ``until`` is the last second of that."""

    obligation_id: ObligationId
    authority: MemberNumber
    until: Instant
    order: Commitment


class ObligationStayLifted(SuiteEvent, indexed=2):
    """A court's stay of an obligation was lifted before its time."""

    obligation_id: ObligationId
    authority: MemberNumber
    order: Commitment


class ObligationsPaired(SuiteEvent, indexed=2):
    """Two obligations are for one drawing and to one creditor, from now on or no longer."""

    first: ObligationId
    second: ObligationId
    paired: bool


class ObligationSettled(SuiteEvent, indexed=2):
    """An obligation was closed by the payment of its counterpart, or so much of it as that was."""

    obligation_id: ObligationId
    counterpart: ObligationId
    amount: Minor64
    settled: bool


class ObligationFollowed(SuiteEvent, indexed=3):
    """The obligation of the bank behind follows one left unpaid (UCP 600 art. 7(a), 8(a))."""

    unpaid: ObligationId
    later: ObligationId
    creditor: MemberNumber


class ReimbursementAuthorised(SuiteEvent, indexed=3):
    """An issuing bank authorised a reimbursing bank to pay (MT 740)."""

    credit_id: CreditId
    reimbursing_bank: MemberNumber
    claiming_bank: MemberNumber
    terms: ReimbursementTerms
    message: Commitment


class AuthorisationAmended(SuiteEvent, indexed=1):
    """An authorisation to reimburse was amended (MT 747); ``terms`` are those from now on."""

    credit_id: CreditId
    terms: ReimbursementTerms
    message: Commitment


class AuthorisationAmendmentProposed(SuiteEvent, indexed=1):
    """An amendment or cancellation was proposed to terms for which an undertaking was given."""

    credit_id: CreditId
    cancels: bool
    terms: ReimbursementTerms
    message: Commitment


class AuthorisationAmendmentAgreed(SuiteEvent, indexed=2):
    """The claiming bank agreed to what is proposed."""

    credit_id: CreditId
    claiming_bank: MemberNumber
    cancels: bool


class AuthorisationCancelled(SuiteEvent, indexed=1):
    """An authorisation to reimburse was cancelled."""

    credit_id: CreditId
    message: Commitment


class ReimbursementUndertaken(SuiteEvent, indexed=3):
    """A reimbursing bank undertook to pay claims that conform, irrevocably."""

    credit_id: CreditId
    reimbursing_bank: MemberNumber
    claiming_bank: MemberNumber
    terms: ReimbursementTerms


class UndertakingDeclined(SuiteEvent, indexed=2):
    """A reimbursing bank declined; ``standing``: its earlier undertaking stands as it was."""

    credit_id: CreditId
    reimbursing_bank: MemberNumber
    standing: bool


class ReimbursementClaimed(SuiteEvent, indexed=3):
    """A bank that honoured or negotiated claimed reimbursement (MT 742)."""

    claim_id: ClaimId
    credit_id: CreditId
    claiming_bank: MemberNumber
    request: ClaimRequest
    deadline: Deadline
    due: OptionalDay
    marks: ClaimMarkBits


class ClaimDeadlineFixed(SuiteEvent, indexed=1):
    """The calendar is published now, and the deadline of a claim with it."""

    claim_id: ClaimId
    deadline: Instant


class PreDebitNoticeGiven(SuiteEvent, indexed=2):
    """A reimbursing bank told the issuing bank of the debit to come."""

    claim_id: ClaimId
    reimbursing_bank: MemberNumber
    notice: Commitment


class ClaimHonoured(SuiteEvent, indexed=3):
    """A reimbursing bank agreed to pay a claim."""

    claim_id: ClaimId
    credit_id: CreditId
    reimbursing_bank: MemberNumber
    amount: Minor64
    obligation_id: ObligationId


class UndertakingClaimed(SuiteEvent, indexed=3):
    """A reimbursing bank that neither agreed nor refused in time was held to its undertaking."""

    claim_id: ClaimId
    credit_id: CreditId
    claiming_bank: MemberNumber
    amount: Minor64
    obligation_id: ObligationId


class ClaimNotConforming(SuiteEvent, indexed=3):
    """A reimbursing bank gave notice that a claim does not conform (MT 744)."""

    claim_id: ClaimId
    credit_id: CreditId
    claiming_bank: MemberNumber
    issuing_bank: MemberNumber
    reasons: ReasonBits
    disposal: ClaimDisposal
    notice: Commitment


class NonPaymentNotified(SuiteEvent, indexed=3):
    """A claiming bank gave the issuing bank notice that it was not paid."""

    claim_id: ClaimId
    credit_id: CreditId
    claiming_bank: MemberNumber
    notice: Commitment


class ClaimFellBack(SuiteEvent, indexed=3):
    """A claiming bank claims on the issuing bank, with interest and costs as it attests them."""

    claim_id: ClaimId
    credit_id: CreditId
    issuing_bank: MemberNumber
    amount: Minor64
    charges: Minor64
    account: Commitment


class RecourseClaimed(SuiteEvent, indexed=3):
    """A reimbursing bank that paid took recourse to the issuing bank."""

    claim_id: ClaimId
    credit_id: CreditId
    reimbursing_bank: MemberNumber
    amount: Minor64
    obligation_id: ObligationId


class RefundClaimed(SuiteEvent, indexed=3):
    """An issuing bank that refused the documents claims back what was reimbursed."""

    claim_id: ClaimId
    credit_id: CreditId
    claiming_bank: MemberNumber
    amount: Minor64
    interest: Minor64
    account: Commitment
    obligation_id: ObligationId


class ChargesAcknowledged(SuiteEvent, indexed=3):
    """The debtor of attested interest and costs acknowledged them."""

    claim_id: ClaimId
    credit_id: CreditId
    debtor: MemberNumber
    amount: Minor64
    obligation_id: ObligationId


class CashMinted(SuiteEvent, indexed=2):
    """Cash was minted against money received elsewhere; ``amount`` in minor units."""

    outside_reference: Text32
    member_id: MemberNumber
    amount: Minor256


class CashRedeemed(SuiteEvent, indexed=1):
    """Cash was taken off the ledger against money paid elsewhere; ``amount`` in minor units."""

    outside_reference: Text32
    amount: Minor256


# Transfers of credits


class TransferAuthorised(SuiteEvent, indexed=2):
    """A bank may transfer a credit that is available with any bank (UCP 600 art. 38(b))."""

    credit_id: CreditId
    bank: MemberNumber


class TransferRequested(SuiteEvent, indexed=3):
    """A first beneficiary asked for a transfer.

    ``mandate`` is the beneficiary's to the bank that acts for it, zero where it acts itself.
    """

    part_id: CreditId
    credit_id: CreditId
    requested_by: MemberNumber
    request: TransferRequest
    mandate: Commitment


class TransferWithdrawn(SuiteEvent, indexed=2):
    """A request was taken back."""

    part_id: CreditId
    credit_id: CreditId


class TransferDeclined(SuiteEvent, indexed=3):
    """A bank does not transfer as it was asked to (UCP 600 art. 38(a))."""

    part_id: CreditId
    credit_id: CreditId
    bank: MemberNumber


class CreditTransferred(SuiteEvent, indexed=3):
    """A part of a credit is a credit of its own; parties and numbers are its packed words."""

    part_id: CreditId
    credit_id: CreditId
    bank: MemberNumber
    parties: Word
    numbers: Word
    share: Minor64
    terms: Commitment


class PassingApproved(SuiteEvent, indexed=3):
    """The first beneficiary lets an amendment of the credit reach a part (UCP 600 art. 38(e))."""

    part_id: CreditId
    credit_id: CreditId
    number: Number8


class AmendmentPassed(SuiteEvent, indexed=3):
    """An amendment of a part was issued; ``from_`` is the credit's, 0 of a cancellation."""

    part_id: CreditId
    credit_id: CreditId
    from_: Number8
    share: Minor64
    amendment: Amendment


class PartCancellationAgreed(SuiteEvent, indexed=3):
    """A second beneficiary agreed that the whole credit is cancelled (UCP 600 art. 10(a), 38)."""

    part_id: CreditId
    credit_id: CreditId
    number: Number8
    agreed_by: MemberNumber
    mandate: Commitment


class PartEnded(SuiteEvent, indexed=2):
    """A part is no more; the first beneficiary has ``returned`` again."""

    part_id: CreditId
    credit_id: CreditId
    returned: Minor64


class SubstitutionDemanded(SuiteEvent, indexed=3):
    """The first beneficiary's invoice and draft, or their cure, were demanded; first then."""

    presentation_id: PresentationId
    part_id: CreditId
    demanded_by: MemberNumber
    demanded_at: Instant
    answer_by: Instant
    cure: bool
    demand: Commitment


class DocumentsSubstituted(SuiteEvent, indexed=3):
    """The first beneficiary substituted its invoice and draft (UCP 600 art. 38(h))."""

    presentation_id: PresentationId
    part_id: CreditId
    payee: MemberNumber
    amount: Minor64
    documents: Commitment
    mandate: Commitment


class SubstitutionTakenUp(SuiteEvent, indexed=2):
    """A bank that had honoured took the invoice up; the obligation is zero without difference."""

    presentation_id: PresentationId
    part_id: CreditId
    difference: Minor64
    obligation_id: ObligationId


class SubstitutionFailed(SuiteEvent, indexed=3):
    """The first beneficiary failed on first demand (UCP 600 art. 38(i))."""

    presentation_id: PresentationId
    part_id: CreditId
    recorded_by: MemberNumber
    statement: Commitment


class DocumentRegistered(SuiteEvent, indexed=2):
    """A document, or a batch of documents under one root, was registered.

    ``word`` is what is on record, as the library DocumentWords of the contracts draws it;
    :attr:`record` reads it.
    """

    issuer: MemberNumber
    root: Commitment
    word: Word

    @property
    def record(self) -> DocumentRecord:
        """What is on record from now on."""
        word = self.word
        fields = (word, word >> 40, word >> 136, word >> 176, word >> 112, word >> 120, word >> 80)
        bits = (40, 40, 40, 16, 8, 16, 32)
        return DocumentRecord.read(
            [field & ((1 << size) - 1) for field, size in zip(fields, bits, strict=True)]
        )

    @property
    def registration(self) -> Registration:
        """What was registered."""
        held = self.record
        return Registration(self.root, held.kind, held.schema, held.expires, held.size)


class DocumentsRegistered(SuiteEvent, indexed=1):
    """Single documents were registered, one by one."""

    issuer: MemberNumber
    kind: Number8
    schema: Number16
    expires: OptionalInstant
    roots: tuple[Commitment, ...]


class DocumentSuperseded(SuiteEvent, indexed=3):
    """A later version took the place of a document."""

    issuer: MemberNumber
    root: Commitment
    successor: Commitment


class DocumentRevoked(SuiteEvent, indexed=2):
    """A document, or a whole batch, was revoked."""

    issuer: MemberNumber
    root: Commitment
    reason: Number16


class DocumentsRevoked(SuiteEvent, indexed=1):
    """Documents, or whole batches, were revoked, one by one."""

    issuer: MemberNumber
    reason: Number16
    roots: tuple[Commitment, ...]


class LeafRevoked(SuiteEvent, indexed=3):
    """One document of a batch was revoked; under another batch it lives on."""

    issuer: MemberNumber
    root: Commitment
    document: Commitment
    reason: Number16


class GoodsDeclared(SuiteEvent, indexed=3):
    """Customs attested a declaration; ``cap`` in minor units of the currency."""

    key: Commitment
    customs: MemberNumber
    exporter: MemberNumber
    cap: Minor64
    currency: CurrencyNumber
    valid_until: Instant
    document: Commitment


class GoodsReleased(SuiteEvent, indexed=2):
    """Customs released the goods."""

    key: Commitment
    customs: MemberNumber


class DeclarationAmended(SuiteEvent, indexed=2):
    """Customs amended a declaration; ``cap`` in minor units of the currency."""

    key: Commitment
    customs: MemberNumber
    cap: Minor64
    currency: CurrencyNumber
    valid_until: Instant
    document: Commitment


class DeclarationWithdrawn(SuiteEvent, indexed=2):
    """Customs withdrew a declaration."""

    key: Commitment
    customs: MemberNumber
    reason: Number16


class TitleIssued(SuiteEvent, indexed=3):
    """A title was issued (MLETR art. 10)."""

    title: TitleId
    issuer: MemberNumber
    holder: MemberNumber
    beneficiary: MemberNumber
    form: TitleForm
    document: Commitment


class Remarked(SuiteEvent, indexed=1):
    """A remark on the act whose event came before it."""

    title: TitleId
    remark: Commitment


class EndorseeNominated(SuiteEvent, indexed=3):
    """The beneficiary named to whom the holder may endorse."""

    title: TitleId
    beneficiary: MemberNumber
    nominee: MemberNumber


class TitleEndorsed(SuiteEvent, indexed=3):
    """The holder endorsed a title; possession did not move by it (MLETR art. 15)."""

    title: TitleId
    previous: MemberNumber
    beneficiary: MemberNumber
    form: TitleForm


class PossessionTransferred(SuiteEvent, indexed=3):
    """Possession moved (MLETR art. 11(2))."""

    title: TitleId
    previous: MemberNumber
    holder: MemberNumber


class PossessionRejected(SuiteEvent, indexed=3):
    """A holder rejected what came to it."""

    title: TitleId
    previous: MemberNumber
    holder: MemberNumber


class EndorsementRejected(SuiteEvent, indexed=3):
    """An endorsee rejected what came to it."""

    title: TitleId
    previous: MemberNumber
    beneficiary: MemberNumber
    form: TitleForm


class TitlePledged(SuiteEvent, indexed=3):
    """A title was pledged; the right stays with the beneficiary."""

    title: TitleId
    pledgor: MemberNumber
    pledgee: MemberNumber


class PledgeReleased(SuiteEvent, indexed=3):
    """A pledge was released."""

    title: TitleId
    pledgee: MemberNumber
    pledgor: MemberNumber


class TitleSurrendered(SuiteEvent, indexed=3):
    """A title was surrendered to its carrier."""

    title: TitleId
    holder: MemberNumber
    issuer: MemberNumber
    purpose: SurrenderPurpose


class SurrenderAccepted(SuiteEvent, indexed=3):
    """The carrier accepted a surrender."""

    title: TitleId
    issuer: MemberNumber
    holder: MemberNumber
    purpose: SurrenderPurpose


class SurrenderRejected(SuiteEvent, indexed=3):
    """The carrier rejected a surrender."""

    title: TitleId
    issuer: MemberNumber
    holder: MemberNumber


class TitleRestored(SuiteEvent, indexed=3):
    """A title lives on under an amended document (MLETR art. 16)."""

    title: TitleId
    issuer: MemberNumber
    holder: MemberNumber
    document: Commitment


class ReturnedFromPaper(SuiteEvent, indexed=3):
    """A title took the place of the paper again (MLETR art. 17)."""

    title: TitleId
    issuer: MemberNumber
    holder: MemberNumber
    beneficiary: MemberNumber
    form: TitleForm
    document: Commitment


class TitleDeposited(SuiteEvent, indexed=3):
    """A title went into custody, kept for a record of the contract that has it."""

    title: TitleId
    depositor: MemberNumber
    custodian: Account
    record: Commitment


class TitleGivenBack(SuiteEvent, indexed=3):
    """A title came back from custody; an endorsement that was made for it is undone."""

    title: TitleId
    depositor: MemberNumber
    custodian: Account
    beneficiary: MemberNumber
    form: TitleForm


class TitleCarriedOn(SuiteEvent, indexed=3):
    """A title in custody follows documents that a bank sent on, and is kept for that."""

    title: TitleId
    depositor: MemberNumber
    record: Commitment
    beneficiary: MemberNumber


class TitleHandedOver(SuiteEvent, indexed=3):
    """A title went from custody to the other side."""

    title: TitleId
    depositor: MemberNumber
    holder: MemberNumber
    custodian: Account
    beneficiary: MemberNumber


class FacadeCreated(SuiteEvent, indexed=2):
    """The facade of a title was made."""

    title: TitleId
    facade: Account


class TitlesOffered(SuiteEvent, indexed=3):
    """Titles were offered against payment or a trust receipt; ``number`` is the bank's own."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber
    amount: Minor64
    currency: CurrencyNumber
    basis: DeliveryBasis
    take_by: Instant
    due: OptionalInstant
    source: Commitment
    number: Number32
    titles: tuple[TitleId, ...]


class TitlesTaken(SuiteEvent, indexed=3):
    """The applicant paid in cash and has the titles."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber
    amount: Minor64
    currency: CurrencyNumber


class TitlesTakenOnTrust(SuiteEvent, indexed=3):
    """The applicant signed a trust receipt, has the titles and owes for them."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber
    amount: Minor64
    currency: CurrencyNumber
    due: Instant
    receipt: Commitment


class TitlesReleased(SuiteEvent, indexed=3):
    """The bank said that it was paid elsewhere, and the applicant has the titles."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber
    payment_reference: Commitment


class OfferWithdrawn(SuiteEvent, indexed=3):
    """The bank took the titles back that it had offered."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber


class OfferLapsed(SuiteEvent, indexed=3):
    """The titles went back to the bank, as they were not taken in time."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber


class DeliveryPaid(SuiteEvent, indexed=3):
    """What was owed on trust was paid in cash."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber
    amount: Minor64
    currency: CurrencyNumber


class DeliveryPaymentAttested(SuiteEvent, indexed=3):
    """The bank said that what was owed on trust was paid elsewhere."""

    delivery_id: DeliveryId
    bank: MemberNumber
    applicant: MemberNumber
    payment_reference: Commitment


class EncryptionKeyPublished(SuiteEvent, indexed=1):
    """A member published the key to which documents for it are encrypted from now on."""

    member_id: MemberNumber
    key: Commitment


class AccessGranted(SuiteEvent, indexed=3):
    """A member was given a document to read; ``content`` is where its ciphertext lies."""

    granter: MemberNumber
    reader: MemberNumber
    content: Commitment
    document: Commitment


class AccessWithdrawn(SuiteEvent, indexed=3):
    """A grant was withdrawn, for the future."""

    granter: MemberNumber
    reader: MemberNumber
    content: Commitment


class Transfer(SuiteEvent, indexed=2):
    """Cash moved between accounts; ``value`` in minor units."""

    from_: Account
    to: Account
    value: Minor256


class Approval(SuiteEvent, indexed=2):
    """An account allowed another to move its cash; ``value`` in minor units."""

    owner: Account
    spender: Account
    value: Minor256


def decode_log(log: Mapping[str, Any]) -> SuiteEvent | None:
    """The event of a log as web3.py or a node's JSON gives it; None for one that is not ours."""
    topics = [bytes(HexBytes(topic)) for topic in log["topics"]]
    kind = _by_topic().get(topics[0]) if topics else None
    # Another token's Transfer may carry the same signature and index more of its fields.
    if kind is None or len(topics) != 1 + kind.indexed:
        return None
    types = [slot.codec.solidity for slot in slots(kind)]
    try:
        values = [
            *(decode([each], topic)[0] for each, topic in zip(types, topics[1:], strict=False)),
            *decode(types[kind.indexed :], bytes(HexBytes(log["data"]))),
        ]
        told = {
            slot.name: slot.codec.read(value)
            for slot, value in zip(slots(kind), values, strict=True)
        }
    except (DecodingError, ValueError, OverflowError):
        return None
    return kind(
        address=to_checksum_address(log["address"]),
        block_number=_number(log["blockNumber"]),
        transaction=HexBytes(log["transactionHash"]).to_0x_hex(),
        log_index=_number(log["logIndex"]),
        **told,
    )


def decode_receipt(receipt: Mapping[str, Any]) -> list[SuiteEvent]:
    """The events of a receipt in their order; logs that are not ours are left out."""
    found = (decode_log(log) for log in receipt["logs"])
    return [event for event in found if event is not None]


@functools.cache
def _by_topic() -> dict[bytes, type[SuiteEvent]]:
    kinds = SuiteEvent.__subclasses__()
    return {keccak(text=kind.__name__ + tuple_type(kind)): kind for kind in kinds}


def _number(value: int | str) -> int:
    return value if isinstance(value, int) else int(value, 16)

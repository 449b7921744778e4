# SPDX-License-Identifier: Apache-2.0
"""The messages of a credit on the chain: its events, and the texts that are kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yangshan.alliance.places import local_time
from yangshan.chain.credit_words import confirming_bank_of
from yangshan.chain.enums import Availability, ClaimReason, ObligationKind, ObligationState
from yangshan.chain.events import (
    AcceptedOutOfHours,
    AdviceDeclined,
    AmendmentAccepted,
    AmendmentIssued,
    AmendmentPassed,
    AmendmentRejected,
    AmendmentsNamed,
    AuthorisationAmended,
    AuthorisationAmendmentAgreed,
    AuthorisationAmendmentProposed,
    AuthorisationCancelled,
    AuthorityAsked,
    CancellationAgreed,
    ChargesAcknowledged,
    ClaimDeadlineFixed,
    ClaimFellBack,
    ClaimHonoured,
    ClaimNotConforming,
    ConfirmationDeclined,
    ConfirmationExtended,
    ConfirmationRequested,
    CorruptionReported,
    CreditAdvised,
    CreditCancelled,
    CreditConfirmed,
    CreditIssued,
    CreditPreAdvised,
    CreditProceedsAssigned,
    CreditTransferred,
    DeadlineFixed,
    DiscrepanciesAccepted,
    DisposalBreached,
    DocumentsForwarded,
    DocumentsLodged,
    DocumentsRefused,
    DocumentsReleased,
    DocumentsReturned,
    DocumentsSubstituted,
    DrawnOnSchedule,
    ExaminationResumed,
    ExtensionDeclined,
    FoundComplying,
    InstalmentsProposed,
    InstalmentsReplaced,
    MandateRecorded,
    NonPaymentNotified,
    ObligationFollowed,
    ObligationIncurred,
    ObligationPaid,
    ObligationPrepaid,
    ObligationSettled,
    ObligationsPaired,
    ObligationStayed,
    ObligationStayLifted,
    PartCancellationAgreed,
    PartEnded,
    PassingApproved,
    PaymentAttested,
    PaymentStayed,
    PreclusionClaimed,
    PreDebitNoticeGiven,
    PrepaymentAgreed,
    PresentationOpened,
    PresenterInstructed,
    ProceedsAssigned,
    ProceedsPaid,
    RecordAdded,
    RecordReplaced,
    RecordsCarried,
    RecordsCompleted,
    RecordsDisposed,
    RecordsLapsed,
    RecourseClaimed,
    RecourseReserved,
    RefundClaimed,
    ReimbursementAuthorised,
    ReimbursementClaimed,
    ReimbursementUndertaken,
    ScheduleSet,
    SliceIncurred,
    StayLifted,
    SubstitutionDemanded,
    SubstitutionFailed,
    SubstitutionTakenUp,
    TransferAuthorised,
    TransferDeclined,
    TransferRequested,
    TransferWithdrawn,
    UndertakingClaimed,
    UndertakingDeclined,
    UnpaidDrawingTaken,
    WaiverAsked,
)
from yangshan.chain.records import NO_COMMITMENT
from yangshan.credit import messages as told
from yangshan.credit.history import history
from yangshan.credit.kept import KeptTexts
from yangshan.credit.parts import TRANSFER_TERMS_KIND
from yangshan.credit.reimbursement import ClaimDisposal, NonConformity
from yangshan.credit.settlements import Authorisation
from yangshan.credit.terms import CreditTerms
from yangshan.errors import Refused
from yangshan.money import Currency, Money
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.records import Issuance
    from yangshan.credit.messages import Correspondent, ExpectedMessage, Happening, KnownCredit
    from yangshan.deployment.record import Deployment
    from yangshan.vault import Vault

NOTICE = "refusal-notice"
AUTHORITY_REQUEST = "authority-request"

_WE_AGREE = "WE AGREE TO THE CANCELLATION"
_BENEFICIARY_AGREES = "THE BENEFICIARY AGREES TO THE CANCELLATION"
# What a bank that asked may do then, where that is one act.
_AUTHORISES = {
    Availability.ACCEPTANCE: Authorisation.ACCEPT,
    Availability.NEGOTIATION: Authorisation.NEGOTIATE,
}


class LettersOfPart(Refused):
    """A part of a transferred credit, of which no messages are composed."""

    def __init__(self) -> None:
        super().__init__(
            "What banks tell each other under a part is not composed here; expected the credit "
            "itself, whose transfer an MT 720 states."
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is expected of an event, and the event's place in the list, from 1."""

    number: int
    event: SuiteEvent
    message: ExpectedMessage


def letters(
    chain: Chain,
    deployment: Deployment,
    members: Mapping[int, MemberRecord],
    vault: Vault,
    credit: str,
    references: Mapping[int, str] | None = None,
) -> list[Letter]:
    """The messages expected of every event of a credit, in the order of the chain.

    ``credit`` is its number (0x and 64 digits), ``references`` the senders' own ones by the place
    of the event, counted from 1. Empty if the credit was never issued. Raises NotDeployed,
    ChainUnreachable, VaultDamaged and, for a part of a credit, :class:`LettersOfPart`.
    """
    events = history(chain, deployment, credit)
    if not events:
        return []
    if not any(isinstance(each, CreditIssued | CreditPreAdvised) for each in events):
        raise LettersOfPart
    days = _days(chain, events, members)
    story = _Story(events, members, vault, days, references or {})
    known = story.known()
    happenings = [HAPPENINGS[type(event)](story, event) for event in events]
    expected = zip(events, told.messages_of(known, happenings), strict=True)
    return [
        Letter(number, event, message)
        for number, (event, messages) in enumerate(expected, start=1)
        for message in messages
    ]


def _days(
    chain: Chain, events: Sequence[SuiteEvent], members: Mapping[int, MemberRecord]
) -> Callable[[SuiteEvent, int], date]:
    """The day of an event at the place of a member."""
    instants = {
        number: chain.instant_of(number) for number in {event.block_number for event in events}
    }

    def day(event: SuiteEvent, member: int) -> date:
        calendar = members[member].calendar if member in members else None
        return local_time(instants[event.block_number], calendar).date()

    return day


@dataclass(frozen=True, slots=True)
class _Story:
    """The events of one credit, and who and what stands behind their numbers."""

    events: Sequence[SuiteEvent]
    members: Mapping[int, MemberRecord]
    vault: Vault
    day: Callable[[SuiteEvent, int], date]
    # The senders' own references by the place of the event, from 1.
    references: Mapping[int, str]

    @property
    def issue(self) -> CreditIssued | CreditPreAdvised:
        """What the credit was issued with; until then, what it was pre-advised with."""
        opened = [each for each in self.events if isinstance(each, CreditIssued | CreditPreAdvised)]
        return next((each for each in opened if isinstance(each, CreditIssued)), opened[0])

    @property
    def money(self) -> Currency:
        return Currency.numbered(self.issue.issuance.currency)

    def adviser(self) -> Correspondent | None:
        """To whom the credit and its amendments go (UCP 600 art. 9(d)); None if to no member."""
        first = self.issue.issuance.advising_bank
        return self.party(first) if first else None

    def confirmed_by(self, bank: int) -> bool | None:
        """Whether a bank confirmed, or declined to; None where it has not answered."""
        answers = [
            isinstance(each, CreditConfirmed)
            for each in self.events
            if isinstance(each, CreditConfirmed | ConfirmationDeclined)
            and each.confirming_bank == bank
        ]
        return answers[-1] if answers else None

    def amended_on(self, number: int) -> date:
        """The day of an amendment, at the place of the issuing bank."""
        issued = next(
            each
            for each in self.events
            if isinstance(each, AmendmentIssued) and each.number == number
        )
        return self.day(issued, self.issue.issuing_bank)

    def lodged(self, presentation: str) -> DocumentsLodged:
        return next(
            event
            for event in self.events
            if isinstance(event, DocumentsLodged) and event.presentation_id == presentation
        )

    def incurred(self, obligation: str) -> ObligationIncurred:
        return next(
            each
            for each in self.events
            if isinstance(each, ObligationIncurred) and each.obligation_id == obligation
        )

    def matures(self, obligation: str) -> date | None:
        """The day of maturity of an obligation, None at sight."""
        incurred = self.incurred(obligation)
        at_sight = incurred.state is ObligationState.DUE
        return None if at_sight else incurred.maturity.date()

    def party(self, number: int) -> Correspondent:
        record = self.members.get(number)
        if record is None:
            return told.Correspondent(f"member {number}", None)
        bic = full_bic(record.bic) if record.bic else None
        return told.Correspondent(record.legal_name, bic)

    def was_refused(self, presentation: str) -> bool:
        return any(
            isinstance(each, DocumentsRefused) and each.presentation_id == presentation
            for each in self.events
        )

    def presenter(self, presentation: str) -> Correspondent:
        return self.party(self.lodged(presentation).lodging.key.presenter)

    @property
    def texts(self) -> KeptTexts:
        return KeptTexts(self.vault, self.events, self.party(self.issue.issuing_bank).bic)

    def known(self) -> KnownCredit:
        issued = self.issue.issuance
        issuing = self.party(self.issue.issuing_bank)
        return told.KnownCredit(issued.bank_reference, issuing, self.texts.terms(), self.references)

    def kept(self, kind: str, name: str, commitment: str) -> Any | None:
        return self.texts.value(kind, name, commitment)


def _issued(story: _Story, event: CreditIssued) -> Happening:
    return told.Issued(story.party(event.issuing_bank))


def _advised(story: _Story, event: CreditAdvised) -> Happening:
    issue, bank = story.issue, event.advising_bank
    first, second = issue.issuance.advising_bank, issue.issuance.second_advising_bank
    sender, sent, onward = issue.issuing_bank, story.day(issue, issue.issuing_bank), None
    if bank == first:
        onward = story.party(second) if second else None
    elif bank == second:
        advised = [each for each in story.events if isinstance(each, CreditAdvised)]
        sender = first
        sent = next(
            (story.day(each, first) for each in advised if each.advising_bank == first), sent
        )
    return told.Advised(
        story.party(bank),
        story.party(sender),
        sent,
        event.apparently_authentic,
        onward,
        story.confirmed_by(bank),
    )


def _pre_advised(story: _Story, event: CreditPreAdvised) -> Happening:
    advice = story.texts.pre_advice()
    return told.PreAdvised(story.party(event.issuing_bank), story.adviser(), advice)


def _confirmed(story: _Story, event: CreditConfirmed) -> Happening:
    issue = story.issue
    sent = story.day(issue, issue.issuing_bank)
    return told.Confirmed(story.party(event.confirming_bank), story.party(issue.issuing_bank), sent)


def _amended(story: _Story, event: AmendmentIssued) -> Happening:
    bank = story.party(story.issue.issuing_bank)
    amendment = story.texts.amendment(event.number)
    if amendment is None and event.amendment.cancels:
        day = story.amended_on(event.number)
        return told.CancellationProposed(bank, story.adviser(), event.number, day)
    return told.Amended(bank, story.adviser(), event.number, amendment)


def _answered(words: str) -> Callable[[_Story, Any], Happening]:
    """The beneficiary's answer, which its adviser tells to the issuing bank (art. 10(d))."""

    def happening(story: _Story, event: AmendmentAccepted | AmendmentRejected) -> Happening:
        if isinstance(event, AmendmentAccepted) and not event.accepted_by:
            return told.Untold("A presentation that complies with the amendment accepted it.")
        return _told_by(story, event.number, words, story.adviser())

    return happening


def _agreed(story: _Story, event: CancellationAgreed) -> Happening:
    confirming = next(
        (each.confirming_bank for each in story.events if isinstance(each, CreditConfirmed)), 0
    )
    if event.agreed_by == confirming:
        return _told_by(story, event.number, _WE_AGREE, story.party(confirming))
    return _told_by(story, event.number, _BENEFICIARY_AGREES, story.adviser())


def _told_by(story: _Story, number: int, words: str, teller: Correspondent | None) -> Happening:
    if teller is None:
        return told.Untold("No bank advised the amendment, so that none tells its sender.")
    issuing = story.party(story.issue.issuing_bank)
    answer = f"AMENDMENT {number}: {words}"
    return told.AmendmentAnswered(teller, issuing, story.amended_on(number), answer)


def _found_complying(story: _Story, event: FoundComplying) -> Happening:
    amount = Money(event.amount, story.money)
    matures = story.matures(event.obligation_id)
    return told.FoundComplying(story.party(event.examiner), amount, matures)


def _waived(story: _Story, event: DiscrepanciesAccepted) -> Happening:
    """For the issuing bank an answer to who presented, for any other its advice of payment."""
    amount, issue = Money(event.amount, story.money), story.issue
    bank = story.party(event.examiner)
    if event.examiner != issue.issuing_bank:
        return told.FoundComplying(bank, amount, story.matures(event.obligation_id), waived=True)
    lodged = story.lodged(event.presentation_id)
    presenter = lodged.lodging.key.presenter
    return told.TakenUp(
        bank,
        story.party(presenter),
        amount,
        story.day(lodged, presenter),
        asked=next(
            (
                story.day(each, presenter)
                for each in reversed(story.events)
                if isinstance(each, AuthorityAsked) and each.examiner == presenter
            ),
            None,
        ),
        refused=story.was_refused(event.presentation_id),
        authorises=authority_of(issue.issuance),
    )


def authority_of(issued: Issuance) -> Authorisation:
    """What a bank that asked may do: where another is to reimburse it, it claims from that one."""
    claims = Authorisation.REIMBURSE if issued.reimbursing_bank else Authorisation.SEE_NARRATIVE
    return _AUTHORISES.get(issued.availability, claims)


def _authority_asked(story: _Story, event: AuthorityAsked) -> Happening:
    lodged = story.lodged(event.presentation_id)
    kept = story.kept(AUTHORITY_REQUEST, event.presentation_id, event.request)
    return told.AskedForAuthority(
        story.party(event.examiner),
        Money(lodged.lodging.amount, story.money),
        kept["text"] if kept else None,
        refused=story.was_refused(event.presentation_id),
    )


def _refused(story: _Story, event: DocumentsRefused) -> Happening:
    kept = story.kept(NOTICE, event.presentation_id, event.notice)
    return told.RefusedDocuments(
        story.party(event.examiner),
        story.presenter(event.presentation_id),
        kept["text"] if kept else None,
    )


_BETWEEN_BANKS = (
    ObligationKind.REIMBURSEMENT,
    ObligationKind.RECOURSE,
    ObligationKind.REFUND,
    ObligationKind.CHARGES,
)


def _paid(story: _Story, event: ObligationPaid) -> Happening:
    incurred = story.incurred(event.obligation_id)
    if incurred.kind in _BETWEEN_BANKS:
        return told.Untold("Banks that reimburse one another pay by a message of category 2.")
    if event.owner != incurred.owner:
        return told.Untold("To whom it goes instead is told in free text, MT 799.")
    return told.Paid(
        story.party(event.debtor),
        story.presenter(incurred.presentation_id),
        Money(event.amount, Currency.numbered(event.currency)),
        story.day(event, event.debtor),
    )


def _amount(story: _Story, minor: int) -> Money:
    return Money(minor, Currency.numbered(story.issue.issuance.currency))


def _reimburser(story: _Story) -> Correspondent:
    return story.party(story.issue.issuance.reimbursing_bank)


def _authorised(story: _Story, event: ReimbursementAuthorised) -> Happening:
    terms = event.terms
    return told.AuthorisedReimbursement(
        issuing=story.party(story.issue.issuing_bank),
        reimbursing=story.party(event.reimbursing_bank),
        claiming=story.party(terms.claiming_bank) if terms.claiming_bank else None,
        amount=_amount(story, terms.amount),
        expiry=terms.expiry,
        urr=terms.urr,
        claimant_bears_charges=terms.claimant_bears_charges,
    )


def _authorisation_amended(story: _Story, event: AuthorisationAmended) -> Happening:
    if event.message == NO_COMMITMENT:
        return told.Untold("It was proposed before, and its undertaking follows.")
    earlier = [
        each
        for each in story.events[: story.events.index(event)]
        if isinstance(each, ReimbursementAuthorised | AuthorisationAmended)
    ]
    first = next(each for each in reversed(earlier) if isinstance(each, ReimbursementAuthorised))
    before, after = earlier[-1].terms, event.terms
    same = replace(before, amount=after.amount, expiry=after.expiry) == after
    issuer = story.issue.issuing_bank
    return told.AmendedAuthorisation(
        issuing=story.party(issuer),
        reimbursing=_reimburser(story),
        authorised=story.day(first, issuer),
        before=_amount(story, before.amount),
        after=_amount(story, after.amount),
        expiry=after.expiry if after.expiry != before.expiry else None,
        more=not same or (before.expiry is not None and after.expiry is None),
    )


def _claimed(story: _Story, event: ReimbursementClaimed) -> Happening:
    return told.ClaimedReimbursement(
        story.party(event.claiming_bank), _reimburser(story), _amount(story, event.request.amount)
    )


def _claim_refused(story: _Story, event: ClaimNotConforming) -> Happening:
    place, claim = next(
        (place, each)
        for place, each in enumerate(story.events, start=1)
        if isinstance(each, ReimbursementClaimed) and each.claim_id == event.claim_id
    )
    return told.RefusedClaim(
        reimbursing=_reimburser(story),
        claiming=story.party(event.claiming_bank),
        claim_reference=story.references.get(place),
        amount=_amount(story, claim.request.amount),
        reasons=_reasons(event.reasons),
        disposal=ClaimDisposal[event.disposal.name],
    )


def _reasons(bits: ClaimReason) -> tuple[NonConformity, ...]:
    return tuple(NonConformity[str(each.name)] for each in ClaimReason if each in bits)


def _transferred(story: _Story, event: CreditTransferred) -> Happening:
    asked = next(
        each.request
        for each in reversed(story.events)
        if isinstance(each, TransferRequested) and each.part_id == event.part_id
    )
    value = story.kept(TRANSFER_TERMS_KIND, event.part_id, event.terms)
    return told.Transferred(
        bank=story.party(event.bank),
        adviser=story.party(asked.second_bank) if asked.second_bank else None,
        number=asked.number,
        terms=None if value is None else CreditTerms.from_canonical(value),
        confirmed=confirming_bank_of(event.parties, event.numbers) == event.bank,
    )


def _untold(why: str) -> Callable[[_Story, Any], Happening]:
    return lambda _story, _event: told.Untold(why)


HAPPENINGS: dict[type[SuiteEvent], Callable[[_Story, Any], Happening]] = {
    CreditIssued: _issued,
    CreditAdvised: _advised,
    MandateRecorded: _untold("A mandate is between the beneficiary and who presents for it."),
    DocumentsLodged: _untold("Documents are presented with the presenter's own covering letter."),
    DeadlineFixed: _untold("The deadline follows from the calendar and is told to nobody."),
    FoundComplying: _found_complying,
    DocumentsRefused: _refused,
    PreclusionClaimed: _untold(
        "The claim stands on the chain; no message of category 7 states it."
    ),
    ObligationIncurred: _untold("What is owed follows from the event before it."),
    ObligationPaid: _paid,
    CreditPreAdvised: _pre_advised,
    AdviceDeclined: _untold("It is told in free text, MT 799."),
    ConfirmationRequested: _untold("It is told in free text, MT 799."),
    CreditConfirmed: _confirmed,
    ConfirmationDeclined: _untold("It is told in free text, MT 799."),
    AmendmentIssued: _amended,
    ConfirmationExtended: _untold("The advice with the confirmation is the confirming bank's own."),
    ExtensionDeclined: _untold("It is told in free text, MT 799."),
    AmendmentAccepted: _answered("ACCEPTED BY THE BENEFICIARY"),
    AmendmentRejected: _answered("REJECTED BY THE BENEFICIARY"),
    CancellationAgreed: _agreed,
    CreditCancelled: _untold("It follows from the consents before it."),
    PaymentStayed: _untold("A court's order is served on paper."),
    StayLifted: _untold("A court's order is served on paper."),
    WaiverAsked: _untold("The issuing bank asks its applicant in a letter of its own."),
    AuthorityAsked: _authority_asked,
    DiscrepanciesAccepted: _waived,
    DisposalBreached: _untold("The bank, or the court, states it in a letter of its own."),
    DocumentsReleased: _untold("The applicant receipts on paper."),
    PresentationOpened: _untold("Nothing is presented yet."),
    RecordAdded: _untold("The record itself is sent to the bank's electronic address."),
    RecordsCompleted: _untold("The notice of completeness is the presenter's own."),
    RecordsCarried: _untold("It follows from the forwarding before it."),
    CorruptionReported: _untold("The bank asks for the record in free text, MT 799 or a letter."),
    RecordReplaced: _untold("The record itself is sent to the bank's electronic address."),
    RecordsLapsed: _untold("It follows from the time that passed."),
    ExaminationResumed: _untold("It follows from the event before it."),
    RecordsDisposed: _untold("The bank tells the presenter in a letter of its own."),
    CreditProceedsAssigned: _untold("The beneficiary assigns in a letter of its own."),
    PresenterInstructed: _untold("The presenter writes in a letter of its own."),
    DocumentsReturned: _untold("Documents travel with a letter of their own."),
    DocumentsForwarded: _untold("Documents travel with a covering schedule."),
    SliceIncurred: _untold("It follows from the finding before it."),
    ScheduleSet: _untold("It is part of the credit, and told with it."),
    InstalmentsProposed: _untold("The amendment that follows tells of them."),
    InstalmentsReplaced: _untold("It follows from the acceptance of the amendment."),
    DrawnOnSchedule: _untold("It follows from the finding after it."),
    UnpaidDrawingTaken: _untold("Who is to be paid writes in a letter of its own."),
    AmendmentsNamed: _untold("The presenter names them in its covering letter."),
    AcceptedOutOfHours: _untold("The presenter sees it from the day of receipt."),
    RecourseReserved: _untold("It follows from the finding before it."),
    PrepaymentAgreed: _untold("The parties agree in letters of their own."),
    ObligationPrepaid: _untold("The parties agree in letters of their own."),
    PaymentAttested: _untold("The payment itself was told where it was made."),
    ProceedsAssigned: _untold("The beneficiary assigns in a letter of its own."),
    ProceedsPaid: _untold("The assignee is paid on the ledger, and told by it."),
    ObligationStayed: _untold("A court's order is served on paper."),
    ObligationStayLifted: _untold("A court's order is served on paper."),
    TransferAuthorised: _untold("It is told in free text, MT 799."),
    TransferRequested: _untold("The first beneficiary writes to the transferring bank itself."),
    TransferWithdrawn: _untold("The first beneficiary writes to the transferring bank itself."),
    TransferDeclined: _untold("The bank answers the first beneficiary in a letter of its own."),
    CreditTransferred: _transferred,
    PassingApproved: _untold("The first beneficiary writes to the transferring bank itself."),
    AmendmentPassed: _untold("An MT 707 states it, which a person words from the text kept here."),
    PartCancellationAgreed: _untold("Its bank tells it in free text, MT 799."),
    PartEnded: _untold("It follows from the consents or the expiry before it."),
    SubstitutionDemanded: _untold("The bank writes to the first beneficiary itself."),
    DocumentsSubstituted: _untold("The invoice comes with the first beneficiary's own letter."),
    SubstitutionTakenUp: _untold("The bank writes to the first beneficiary itself."),
    SubstitutionFailed: _untold("The bank writes to the first beneficiary itself."),
    ObligationsPaired: _untold("It follows from the claim for reimbursement."),
    ObligationFollowed: _untold("It follows from what its creditor presents."),
    ObligationSettled: _untold("The payment itself was told where it was made."),
    ReimbursementAuthorised: _authorised,
    AuthorisationAmended: _authorisation_amended,
    AuthorisationAmendmentProposed: _untold("An MT 747 proposes it; it is not written here yet."),
    AuthorisationAmendmentAgreed: _untold("It is told in free text, MT 799."),
    AuthorisationCancelled: _untold("It is told in free text, MT 799."),
    ReimbursementUndertaken: _untold("It is told in free text, MT 799."),
    UndertakingDeclined: _untold("It is told in free text, MT 799."),
    ReimbursementClaimed: _claimed,
    ClaimDeadlineFixed: _untold("The deadline follows from the calendar and is told to nobody."),
    PreDebitNoticeGiven: _untold("It is told in free text, MT 759 or 799."),
    ClaimHonoured: _untold("The payment itself tells the claiming bank."),
    UndertakingClaimed: _untold(
        "The claim stands on the chain; no message of category 7 states it."
    ),
    ClaimNotConforming: _claim_refused,
    NonPaymentNotified: _untold("It is told in free text, MT 799."),
    ClaimFellBack: _untold("It is told in free text, MT 799."),
    RecourseClaimed: _untold("The debit itself tells the issuing bank."),
    RefundClaimed: _untold("It is told in free text, MT 799."),
    ChargesAcknowledged: _untold("It is told in free text, MT 799."),
}

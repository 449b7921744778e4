# SPDX-License-Identifier: Apache-2.0
"""What the events of a credit say to banks, with the texts that are kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

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
from yangshan.credit.kept import KeptTexts
from yangshan.credit.parts import TRANSFER_TERMS_KIND
from yangshan.credit.reimbursement import ClaimDisposal, NonConformity
from yangshan.credit.settlements import Authorisation
from yangshan.credit.terms import CreditTerms
from yangshan.money import Currency, Money
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.records import Issuance
    from yangshan.credit.messages import Correspondent, Happening, KnownCredit
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


@dataclass(frozen=True, slots=True)
class Story:
    """The events of one credit, and who and what stands behind their numbers."""

    events: Sequence[SuiteEvent]
    members: Mapping[int, MemberRecord]
    vault: Vault
    day: Callable[[SuiteEvent, int], date]
    # The senders' own references by the place of the event, from 1.
    references: Mapping[int, str]
    # Of the events of a part: how the credit was issued that it was taken from.
    whole: CreditIssued | CreditPreAdvised | None = None

    @property
    def issue(self) -> CreditIssued | CreditPreAdvised:
        """What the credit was issued with; until then, what it was pre-advised with."""
        if self.whole is not None:
            return self.whole
        opened = [each for each in self.events if isinstance(each, CreditIssued | CreditPreAdvised)]
        return next((each for each in opened if isinstance(each, CreditIssued)), opened[0])

    @property
    def money(self) -> Currency:
        """The currency of the credit."""
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
        """The event with which a presentation began."""
        return next(
            event
            for event in self.events
            if isinstance(event, DocumentsLodged) and event.presentation_id == presentation
        )

    def incurred(self, obligation: str) -> ObligationIncurred:
        """The event with which an obligation arose."""
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
        """A member, by the alliance's file."""
        record = self.members.get(number)
        if record is None:
            return told.Correspondent(f"member {number}", None)
        bic = full_bic(record.bic) if record.bic else None
        return told.Correspondent(record.legal_name, bic)

    def was_refused(self, presentation: str) -> bool:
        """Whether there was a notice of refusal."""
        return any(
            isinstance(each, DocumentsRefused) and each.presentation_id == presentation
            for each in self.events
        )

    def presenter(self, presentation: str) -> Correspondent:
        """Who presented."""
        return self.party(self.lodged(presentation).lodging.key.presenter)

    @property
    def texts(self) -> KeptTexts:
        """What is kept of the credit."""
        return KeptTexts(self.vault, self.events, self.party(self.issue.issuing_bank).bic)

    def known(self) -> KnownCredit:
        """What messages state beside what happened."""
        issued = self.issue.issuance
        issuing = self.party(self.issue.issuing_bank)
        return told.KnownCredit(issued.bank_reference, issuing, self.texts.terms(), self.references)

    def kept(self, kind: str, name: str, commitment: str) -> Any | None:
        """The text that a commitment is to, or None."""
        return self.texts.value(kind, name, commitment)


def _issued(story: Story, event: CreditIssued) -> Happening:
    return told.Issued(story.party(event.issuing_bank))


def _advised(story: Story, event: CreditAdvised) -> Happening:
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


def _pre_advised(story: Story, event: CreditPreAdvised) -> Happening:
    advice = story.texts.pre_advice()
    return told.PreAdvised(story.party(event.issuing_bank), story.adviser(), advice)


def _confirmed(story: Story, event: CreditConfirmed) -> Happening:
    issue = story.issue
    sent = story.day(issue, issue.issuing_bank)
    return told.Confirmed(story.party(event.confirming_bank), story.party(issue.issuing_bank), sent)


def _amended(story: Story, event: AmendmentIssued) -> Happening:
    bank = story.party(story.issue.issuing_bank)
    amendment = story.texts.amendment(event.number)
    if amendment is None and event.amendment.cancels:
        day = story.amended_on(event.number)
        return told.CancellationProposed(bank, story.adviser(), event.number, day)
    return told.Amended(bank, story.adviser(), event.number, amendment)


def _answered(words: str) -> Callable[[Story, Any], Happening]:
    """The beneficiary's answer, which its adviser tells to the issuing bank (art. 10(d))."""

    def happening(story: Story, event: AmendmentAccepted | AmendmentRejected) -> Happening:
        if isinstance(event, AmendmentAccepted) and not event.accepted_by:
            return told.Untold("A presentation that complies with the amendment accepted it.")
        return _told_by(story, event.number, words, story.adviser())

    return happening


def _agreed(story: Story, event: CancellationAgreed) -> Happening:
    confirming = next(
        (each.confirming_bank for each in story.events if isinstance(each, CreditConfirmed)), 0
    )
    if event.agreed_by == confirming:
        return _told_by(story, event.number, _WE_AGREE, story.party(confirming))
    return _told_by(story, event.number, _BENEFICIARY_AGREES, story.adviser())


def _told_by(story: Story, number: int, words: str, teller: Correspondent | None) -> Happening:
    if teller is None:
        return told.Untold("No bank advised the amendment, so that none tells its sender.")
    issuing = story.party(story.issue.issuing_bank)
    answer = f"AMENDMENT {number}: {words}"
    return told.AmendmentAnswered(teller, issuing, story.amended_on(number), answer)


def _found_complying(story: Story, event: FoundComplying) -> Happening:
    amount = Money(event.amount, story.money)
    matures = story.matures(event.obligation_id)
    return told.FoundComplying(story.party(event.examiner), amount, matures)


def _waived(story: Story, event: DiscrepanciesAccepted) -> Happening:
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


def _authority_asked(story: Story, event: AuthorityAsked) -> Happening:
    lodged = story.lodged(event.presentation_id)
    kept = story.kept(AUTHORITY_REQUEST, event.presentation_id, event.request)
    return told.AskedForAuthority(
        story.party(event.examiner),
        Money(lodged.lodging.amount, story.money),
        kept["text"] if kept else None,
        refused=story.was_refused(event.presentation_id),
    )


def _refused(story: Story, event: DocumentsRefused) -> Happening:
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


def _paid(story: Story, event: ObligationPaid) -> Happening:
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


def _amount(story: Story, minor: int) -> Money:
    return Money(minor, Currency.numbered(story.issue.issuance.currency))


def _reimburser(story: Story) -> Correspondent:
    return story.party(story.issue.issuance.reimbursing_bank)


def _authorised(story: Story, event: ReimbursementAuthorised) -> Happening:
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


def _authorisation_amended(story: Story, event: AuthorisationAmended) -> Happening:
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


def _claimed(story: Story, event: ReimbursementClaimed) -> Happening:
    return told.ClaimedReimbursement(
        story.party(event.claiming_bank), _reimburser(story), _amount(story, event.request.amount)
    )


def _claim_refused(story: Story, event: ClaimNotConforming) -> Happening:
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


def transferred(story: Story, event: CreditTransferred) -> Happening:
    """A part of the credit, whose terms are those that its request committed to."""
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


def untold(why: str) -> Callable[[Any, Any], Happening]:
    """What is said of an event of which banks send each other no message."""
    return lambda _story, _event: told.Untold(why)


HAPPENINGS: dict[type[SuiteEvent], Callable[[Story, Any], Happening]] = {
    CreditIssued: _issued,
    CreditAdvised: _advised,
    MandateRecorded: untold("A mandate is between the beneficiary and who presents for it."),
    DocumentsLodged: untold("Documents are presented with the presenter's own covering letter."),
    DeadlineFixed: untold("The deadline follows from the calendar and is told to nobody."),
    FoundComplying: _found_complying,
    DocumentsRefused: _refused,
    PreclusionClaimed: untold("The claim stands on the chain; no message of category 7 states it."),
    ObligationIncurred: untold("What is owed follows from the event before it."),
    ObligationPaid: _paid,
    CreditPreAdvised: _pre_advised,
    AdviceDeclined: untold("It is told in free text, MT 799."),
    ConfirmationRequested: untold("It is told in free text, MT 799."),
    CreditConfirmed: _confirmed,
    ConfirmationDeclined: untold("It is told in free text, MT 799."),
    AmendmentIssued: _amended,
    ConfirmationExtended: untold("The advice with the confirmation is the confirming bank's own."),
    ExtensionDeclined: untold("It is told in free text, MT 799."),
    AmendmentAccepted: _answered("ACCEPTED BY THE BENEFICIARY"),
    AmendmentRejected: _answered("REJECTED BY THE BENEFICIARY"),
    CancellationAgreed: _agreed,
    CreditCancelled: untold("It follows from the consents before it."),
    PaymentStayed: untold("A court's order is served on paper."),
    StayLifted: untold("A court's order is served on paper."),
    WaiverAsked: untold("The issuing bank asks its applicant in a letter of its own."),
    AuthorityAsked: _authority_asked,
    DiscrepanciesAccepted: _waived,
    DisposalBreached: untold("The bank, or the court, states it in a letter of its own."),
    DocumentsReleased: untold("The applicant receipts on paper."),
    PresentationOpened: untold("Nothing is presented yet."),
    RecordAdded: untold("The record itself is sent to the bank's electronic address."),
    RecordsCompleted: untold("The notice of completeness is the presenter's own."),
    RecordsCarried: untold("It follows from the forwarding before it."),
    CorruptionReported: untold("The bank asks for the record in free text, MT 799 or a letter."),
    RecordReplaced: untold("The record itself is sent to the bank's electronic address."),
    RecordsLapsed: untold("It follows from the time that passed."),
    ExaminationResumed: untold("It follows from the event before it."),
    RecordsDisposed: untold("The bank tells the presenter in a letter of its own."),
    CreditProceedsAssigned: untold("The beneficiary assigns in a letter of its own."),
    PresenterInstructed: untold("The presenter writes in a letter of its own."),
    DocumentsReturned: untold("Documents travel with a letter of their own."),
    DocumentsForwarded: untold("Documents travel with a covering schedule."),
    SliceIncurred: untold("It follows from the finding before it."),
    ScheduleSet: untold("It is part of the credit, and told with it."),
    InstalmentsProposed: untold("The amendment that follows tells of them."),
    InstalmentsReplaced: untold("It follows from the acceptance of the amendment."),
    DrawnOnSchedule: untold("It follows from the finding after it."),
    UnpaidDrawingTaken: untold("Who is to be paid writes in a letter of its own."),
    AmendmentsNamed: untold("The presenter names them in its covering letter."),
    AcceptedOutOfHours: untold("The presenter sees it from the day of receipt."),
    RecourseReserved: untold("It follows from the finding before it."),
    PrepaymentAgreed: untold("The parties agree in letters of their own."),
    ObligationPrepaid: untold("The parties agree in letters of their own."),
    PaymentAttested: untold("The payment itself was told where it was made."),
    ProceedsAssigned: untold("The beneficiary assigns in a letter of its own."),
    ProceedsPaid: untold("The assignee is paid on the ledger, and told by it."),
    ObligationStayed: untold("A court's order is served on paper."),
    ObligationStayLifted: untold("A court's order is served on paper."),
    TransferAuthorised: untold("It is told in free text, MT 799."),
    TransferRequested: untold("The first beneficiary writes to the transferring bank itself."),
    TransferWithdrawn: untold("The first beneficiary writes to the transferring bank itself."),
    TransferDeclined: untold("The bank answers the first beneficiary in a letter of its own."),
    CreditTransferred: transferred,
    PassingApproved: untold("The first beneficiary writes to the transferring bank itself."),
    AmendmentPassed: untold("It is told under the part, see the messages of REF#N."),
    PartCancellationAgreed: untold("Its bank tells it in free text, MT 799."),
    PartEnded: untold("It follows from the consents or the expiry before it."),
    SubstitutionDemanded: untold("The bank writes to the first beneficiary itself."),
    DocumentsSubstituted: untold("The invoice comes with the first beneficiary's own letter."),
    SubstitutionTakenUp: untold("The bank writes to the first beneficiary itself."),
    SubstitutionFailed: untold("The bank writes to the first beneficiary itself."),
    ObligationsPaired: untold("It follows from the claim for reimbursement."),
    ObligationFollowed: untold("It follows from what its creditor presents."),
    ObligationSettled: untold("The payment itself was told where it was made."),
    ReimbursementAuthorised: _authorised,
    AuthorisationAmended: _authorisation_amended,
    AuthorisationAmendmentProposed: untold("An MT 747 proposes it; it is not written here yet."),
    AuthorisationAmendmentAgreed: untold("It is told in free text, MT 799."),
    AuthorisationCancelled: untold("It is told in free text, MT 799."),
    ReimbursementUndertaken: untold("It is told in free text, MT 799."),
    UndertakingDeclined: untold("It is told in free text, MT 799."),
    ReimbursementClaimed: _claimed,
    ClaimDeadlineFixed: untold("The deadline follows from the calendar and is told to nobody."),
    PreDebitNoticeGiven: untold("It is told in free text, MT 759 or 799."),
    ClaimHonoured: untold("The payment itself tells the claiming bank."),
    UndertakingClaimed: untold(
        "The claim stands on the chain; no message of category 7 states it."
    ),
    ClaimNotConforming: _claim_refused,
    NonPaymentNotified: untold("It is told in free text, MT 799."),
    ClaimFellBack: untold("It is told in free text, MT 799."),
    RecourseClaimed: untold("The debit itself tells the issuing bank."),
    RefundClaimed: untold("It is told in free text, MT 799."),
    ChargesAcknowledged: untold("It is told in free text, MT 799."),
}

# SPDX-License-Identifier: Apache-2.0
"""The messages of a credit on the chain: its events, and the texts that are kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from yangshan.alliance.places import local_time
from yangshan.chain.events import (
    AdviceDeclined,
    AmendmentAccepted,
    AmendmentIssued,
    AmendmentPassed,
    AmendmentRejected,
    AuthorityAsked,
    CancellationAgreed,
    ConfirmationDeclined,
    ConfirmationExtended,
    ConfirmationRequested,
    CreditAdvised,
    CreditCancelled,
    CreditConfirmed,
    CreditIssued,
    CreditPreAdvised,
    CreditTransferred,
    DeadlineFixed,
    DiscrepanciesAccepted,
    DocumentsForwarded,
    DocumentsLodged,
    DocumentsRefused,
    DocumentsReturned,
    DocumentsSubstituted,
    ExtensionDeclined,
    FoundComplying,
    MandateRecorded,
    ObligationIncurred,
    ObligationPaid,
    ObligationPrepaid,
    ObligationStayed,
    ObligationStayLifted,
    PartCancellationAgreed,
    PartEnded,
    PassingApproved,
    PaymentAttested,
    PaymentStayed,
    PreclusionClaimed,
    PrepaymentAgreed,
    PresenterInstructed,
    ProceedsAssigned,
    ProceedsPaid,
    RecourseReserved,
    StayLifted,
    SubstitutionDemanded,
    SubstitutionFailed,
    SubstitutionTakenUp,
    TransferAuthorised,
    TransferDeclined,
    TransferRequested,
    TransferWithdrawn,
    WaiverAsked,
)
from yangshan.chain.values import hexadecimal
from yangshan.credit import messages as told
from yangshan.credit.history import history
from yangshan.credit.terms import BANK_ONLY_KIND, TERMS_KIND, CreditTerms
from yangshan.money import Currency, Money
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.messages import Correspondent, ExpectedMessage, Happening, KnownCredit
    from yangshan.deployment.record import Deployment
    from yangshan.vault import Vault

NOTICE = "refusal-notice"


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
    ChainUnreachable and VaultDamaged.
    """
    events = history(chain, deployment, credit)
    if not events:
        return []
    days = _days(chain, events, members)
    story = _Story(events, members, vault, days)
    known = story.known(references or {})
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

    @property
    def issue(self) -> CreditIssued:
        return next(event for event in self.events if isinstance(event, CreditIssued))

    def party(self, number: int) -> Correspondent:
        record = self.members.get(number)
        if record is None:
            return told.Correspondent(f"member {number}", None)
        bic = full_bic(record.bic) if record.bic else None
        return told.Correspondent(record.legal_name, bic)

    def presenter(self, presentation: str) -> Correspondent:
        lodged = next(
            event
            for event in self.events
            if isinstance(event, DocumentsLodged) and event.presentation_id == presentation
        )
        return self.party(lodged.lodging.key.presenter)

    def known(self, references: Mapping[int, str]) -> KnownCredit:
        issued = self.issue.issuance
        issuing = self.party(self.issue.issuing_bank)
        return told.KnownCredit(issued.bank_reference, issuing, self._terms(issuing), references)

    def _terms(self, issuing: Correspondent) -> CreditTerms | None:
        """The kept terms, if they are those that the chain is committed to."""
        issued = self.issue.issuance
        name = f"{issuing.bic}-{issued.bank_reference}"
        value = self.kept(TERMS_KIND, name, issued.terms)
        if value is None:
            return None
        conditions = self.vault.find(BANK_ONLY_KIND, name)
        if conditions is not None:
            value["bank_only_conditions"] = json.loads(conditions.content)
        return CreditTerms.from_canonical(value)

    def kept(self, kind: str, name: str, commitment: str) -> dict[str, Any] | None:
        sealed = self.vault.find(kind, name)
        if sealed is None or hexadecimal(sealed.commitment) != commitment:
            return None
        return cast("dict[str, Any]", json.loads(sealed.content))


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
        story.party(bank), story.party(sender), sent, event.apparently_authentic, onward
    )


def _found_complying(story: _Story, event: FoundComplying) -> Happening:
    amount = Money(event.amount, Currency.numbered(story.issue.issuance.currency))
    return told.FoundComplying(story.party(event.examiner), amount)


def _refused(story: _Story, event: DocumentsRefused) -> Happening:
    kept = story.kept(NOTICE, event.presentation_id, event.notice)
    return told.RefusedDocuments(
        story.party(event.examiner),
        story.presenter(event.presentation_id),
        kept["text"] if kept else None,
    )


def _paid(story: _Story, event: ObligationPaid) -> Happening:
    incurred = next(
        each
        for each in story.events
        if isinstance(each, ObligationIncurred) and each.obligation_id == event.obligation_id
    )
    return told.Paid(
        story.party(event.debtor),
        story.presenter(incurred.presentation_id),
        Money(event.amount, Currency.numbered(event.currency)),
        story.day(event, event.debtor),
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
    CreditPreAdvised: _untold("An MT 705 states it, which is not written here yet."),
    AdviceDeclined: _untold("It is told in free text, MT 799."),
    ConfirmationRequested: _untold("It is told in free text, MT 799."),
    CreditConfirmed: _untold("The advice with the confirmation is the confirming bank's own."),
    ConfirmationDeclined: _untold("It is told in free text, MT 799."),
    AmendmentIssued: _untold("An MT 707 states it; its text is not among what is kept here yet."),
    ConfirmationExtended: _untold("The advice with the confirmation is the confirming bank's own."),
    ExtensionDeclined: _untold("It is told in free text, MT 799."),
    AmendmentAccepted: _untold("An MT 730 tells it, which is not written here yet."),
    AmendmentRejected: _untold("An MT 730 tells it, which is not written here yet."),
    CancellationAgreed: _untold("An MT 730 tells it, which is not written here yet."),
    CreditCancelled: _untold("It follows from the consents before it."),
    PaymentStayed: _untold("A court's order is served on paper."),
    StayLifted: _untold("A court's order is served on paper."),
    WaiverAsked: _untold("The issuing bank asks its applicant in a letter of its own."),
    AuthorityAsked: _untold("An MT 750 asks it, which is not written here yet."),
    DiscrepanciesAccepted: _untold("An MT 732 or 752 tells it, which is not written here yet."),
    PresenterInstructed: _untold("The presenter writes in a letter of its own."),
    DocumentsReturned: _untold("Documents travel with a letter of their own."),
    DocumentsForwarded: _untold("Documents travel with a covering schedule."),
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
    CreditTransferred: _untold("An MT 720 states the part; its text is not among what is kept."),
    PassingApproved: _untold("The first beneficiary writes to the transferring bank itself."),
    AmendmentPassed: _untold("An MT 707 states it; its text is not among what is kept here yet."),
    PartCancellationAgreed: _untold("An MT 730 tells it, which is not written here yet."),
    PartEnded: _untold("It follows from the consents or the expiry before it."),
    SubstitutionDemanded: _untold("The bank writes to the first beneficiary itself."),
    DocumentsSubstituted: _untold("The invoice comes with the first beneficiary's own letter."),
    SubstitutionTakenUp: _untold("The bank writes to the first beneficiary itself."),
    SubstitutionFailed: _untold("The bank writes to the first beneficiary itself."),
}

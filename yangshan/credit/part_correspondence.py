# SPDX-License-Identifier: Apache-2.0
"""What the events of a part of a transferred credit say to banks (UCP 600 art. 38).

Transferring bank and second beneficiary's bank write to each other under the part as issuing and
advising bank do under a credit. What the issuing bank is told stays with the credit: before the
first beneficiary has substituted its invoice it is not to learn what the second one invoices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yangshan.chain.credit_words import confirming_bank_of
from yangshan.chain.events import (
    AmendmentAccepted,
    AmendmentPassed,
    AmendmentRejected,
    AuthorityAsked,
    CancellationAgreed,
    CreditAdvised,
    CreditTransferred,
    DiscrepanciesAccepted,
    DocumentsRefused,
    FoundComplying,
    ObligationPaid,
    TransferRequested,
)
from yangshan.credit import messages as told
from yangshan.credit.correspondence import HAPPENINGS, NOTICE, Story, transferred, untold
from yangshan.credit.parts import PART_AMENDMENT_KIND, TRANSFER_TERMS_KIND
from yangshan.credit.terms import CreditTerms, PresentationPeriod
from yangshan.money import Money

if TYPE_CHECKING:
    from datetime import date

    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.messages import Correspondent, Happening


@dataclass(frozen=True, slots=True)
class PartStory:
    """The events of a part, and those of the credit that it was taken from."""

    part: Story
    whole: Story
    made: CreditTransferred

    @property
    def bank(self) -> Correspondent:
        """The transferring bank."""
        return self.part.party(self.made.bank)

    @property
    def adviser(self) -> Correspondent | None:
        """The second beneficiary's bank; None where the transferring bank advises it itself."""
        asked = next(each for each in self.part.events if isinstance(each, TransferRequested))
        number = asked.request.second_bank
        return self.part.party(number) if number else None

    def terms(self) -> CreditTerms | None:
        """The terms of the part as it was made; None where they are not kept here."""
        made = self.made
        value = self.part.kept(TRANSFER_TERMS_KIND, made.part_id, made.terms)
        return None if value is None else CreditTerms.from_canonical(value)

    def passed_on(self, number: int) -> date:
        """The day of an amendment of the part, at the place of the transferring bank."""
        passed = next(
            each
            for each in self.part.events
            if isinstance(each, AmendmentPassed) and each.amendment.number == number
        )
        return self.part.day(passed, self.made.bank)


def happening(story: PartStory, event: SuiteEvent) -> Happening:
    """What an event of the part says."""
    own = PART_HAPPENINGS.get(type(event))
    return own(story, event) if own else HAPPENINGS[type(event)](story.part, event)


def _advised(story: PartStory, event: CreditAdvised) -> Happening:
    sent = story.part.day(story.made, story.made.bank)
    bank = story.part.party(event.advising_bank)
    return told.Advised(bank, story.bank, sent, event.apparently_authentic)


def _passed(story: PartStory, event: AmendmentPassed) -> Happening:
    adviser, said = story.adviser, event.amendment
    if adviser is None:
        return told.Untold(
            f"{story.bank.name} passes it on to the second beneficiary in a letter of its own."
        )
    currency = story.part.money
    name = f"{event.part_id}-{said.number}"
    kept = story.part.kept(PART_AMENDMENT_KIND, name, said.terms)
    days = said.presentation_period
    return told.PassedOn(
        bank=story.bank,
        adviser=adviser,
        number=said.number,
        on=story.passed_on(said.number),
        terms=story.terms(),
        confirmed=confirming_bank_of(story.made.parties, story.made.numbers) == story.made.bank,
        cancels=said.cancels,
        increase=Money(said.increase, currency) if said.increase else None,
        decrease=Money(said.decrease, currency) if said.decrease else None,
        expiry=said.expiry,
        latest_shipment=said.latest_shipment,
        presentation_period=PresentationPeriod(days=days) if days else None,
        text=kept["text"] if kept else None,
    )


def _answered(words: str) -> Callable[[PartStory, Any], Happening]:
    def made(story: PartStory, event: AmendmentAccepted | AmendmentRejected) -> Happening:
        if isinstance(event, AmendmentAccepted) and not event.accepted_by:
            return told.Untold("A presentation that complies with the amendment accepted it.")
        return _told_by_adviser(story, event.number, words)

    return made


def _agreed(story: PartStory, event: CancellationAgreed) -> Happening:
    words = "THE SECOND BENEFICIARY AGREES TO THE CANCELLATION"
    return _told_by_adviser(story, event.number, words)


def _refused(story: PartStory, event: DocumentsRefused) -> Happening:
    kept = story.part.kept(NOTICE, event.presentation_id, event.notice)
    return told.RefusedDocuments(
        story.part.party(event.examiner),
        story.part.presenter(event.presentation_id),
        kept["text"] if kept else None,
    )


def _told_by_adviser(story: PartStory, number: int, words: str) -> Happening:
    adviser = story.adviser
    if adviser is None:
        return told.Untold("The second beneficiary answers the transferring bank itself.")
    answer = f"AMENDMENT {number}: {words}"
    return told.AmendmentAnswered(adviser, story.bank, story.passed_on(number), answer)


PART_HAPPENINGS: Final[dict[type[SuiteEvent], Callable[[PartStory, Any], Happening]]] = {
    CreditTransferred: lambda story, event: transferred(story.whole, event),
    CreditAdvised: _advised,
    AmendmentPassed: _passed,
    AmendmentAccepted: _answered("ACCEPTED BY THE SECOND BENEFICIARY"),
    AmendmentRejected: _answered("REJECTED BY THE SECOND BENEFICIARY"),
    CancellationAgreed: _agreed,
    DocumentsRefused: _refused,
    FoundComplying: untold(
        "The issuing bank is told when the documents go on to it, under the credit; what the "
        "second beneficiary invoices is not for it before."
    ),
    DiscrepanciesAccepted: untold(
        "The issuing bank is told when the documents go on to it, under the credit; the presenter "
        "is told in free text, MT 799."
    ),
    AuthorityAsked: untold(
        "An MT 750 would show the issuing bank what the second beneficiary invoices; a person "
        "words it, or asks once the documents were sent on."
    ),
    ObligationPaid: untold("The payment itself tells the presenter."),
}

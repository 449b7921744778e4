# SPDX-License-Identifier: Apache-2.0
"""A confirmed credit that is amended: accepted, rejected, and accepted by presenting under it.

The confirming bank extends its confirmation to an amendment or does not, and so may be bound by
earlier terms than the issuing bank (UCP 600 art. 10(b)).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, cast

from yangshan.credit import amending, confirming, examining
from yangshan.credit.amending import changes_in_words
from yangshan.credit.kept import KeptTexts
from yangshan.credit.proposing import amend_draft, stated_amendment
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.story.acts import ONE_HOUR, RunningAct
from yangshan.story.script import ActScript, StoryFileError, Table
from yangshan.story.summary import TermsEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.credit.proposing import StatedAmendment

Answer = Literal["accepts", "rejects", "presents"]


class NobodyConfirms(Refused):
    """A credit without a confirming bank where the story has one answer."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Credit {reference} names no bank of the alliance that is to confirm it (fields 49 "
            "and 58a), and a bank that confirms is to answer its amendments."
        )


class AmendmentScript(Table):
    """One amendment: what the beneficiary answers, and whether the confirmation is extended to it.

    ``presents``: the beneficiary says nothing and presents documents that comply with it.
    """

    file: Path
    answer: Answer
    extended: bool


class AmendedScript(ActScript):
    """One act with its amendments, in the order in which they are issued."""

    ending: Literal["amended"]
    amendment: tuple[AmendmentScript, ...]

    def beside(self, folder: Path) -> Self:
        """The same with all its files named from a folder."""
        found = super().beside(folder)
        amendments = tuple(
            each.model_copy(update={"file": folder / each.file}) for each in self.amendment
        )
        return found.model_copy(update={"amendment": amendments})


class AmendedAct(RunningAct):
    """The issuing bank amends, the beneficiary and the confirming bank answer each for itself."""

    script: AmendedScript

    def __post_init__(self) -> None:
        """Raises NobodyConfirms too."""
        super().__post_init__()
        if not self.parties.requested_confirming:
            raise NobodyConfirms(self.terms.reference)
        self._terms: list[TermsEntry] = []

    @staticmethod
    def expect_usable(script: ActScript) -> None:
        """Raises what its files raise, the amendments' too."""
        RunningAct.expect_usable(script)
        for each in cast("AmendedScript", script).amendment:
            _stated(each.file)

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield from self.open()
        yield (self.hours.advised() or self.hours.issued()) + ONE_HOUR
        self.do(self._confirming, confirming.confirm(self.credit), mark="confirmed")
        self._note_terms(self.parties.issuing, self.hours.issued())
        self._note_terms(self._confirming, self.stage.now())
        for each in self.script.amendment:
            yield from self._amend(each)
        drawn = self.stage.credits.credit(self.credit).issuance.amount
        yield from self.present(Money(drawn, self.terms.amount.currency))
        found = self.hours.found()
        yield found
        self.presented.look_up(self.key.examiner)
        presented = [
            self._stated(each.file).amendment.number
            for each in self.script.amendment
            if each.answer == "presents"
        ]
        act = examining.find_complying_with(self.key, presented)
        listed = " and ".join(str(number) for number in presented)
        self.did(
            act.function,
            self.key.examiner,
            f"finds the documents complying as amended: presenting them accepts amendment {listed}",
            act.article,
            self.stage.credits.do(self.stage.signers[self.key.examiner], act),
            mark="complying",
        )
        self._note_terms(self.parties.issuing, self.stage.now())
        self._note_terms(self._confirming, self.stage.now())
        self._compare_terms()
        yield found + ONE_HOUR
        self.pay(self.owes(self.key), "UCP 600 art. 7(a)(i)")

    def terms_in_force(self) -> Sequence[TermsEntry]:
        """Who was bound by which terms from when on."""
        return self._terms

    @property
    def _confirming(self) -> int:
        return self.parties.requested_confirming

    def _amend(self, script: AmendmentScript) -> Iterator[datetime]:
        stated = self._stated(script.file)
        number = stated.amendment.number
        issuing, confirms = self.parties.issuing, self._confirming
        issued = self.hours.on(self.place, stated.amendment.amended)
        yield issued
        signer = self.stage.signers[issuing]
        kept = KeptTexts(self.stage.vault, self.stage.events(self.credit), self.terms.issuing_bank)
        draft, _ = amend_draft(self.credit, kept, stated, self.stage.members.values())
        act = self.stage.credits.settled(
            self.stage.vault,
            draft,
            issuing,
            lambda each: self.stage.credits.attempt(signer, each),
        )
        self.messages[f"MT 707, amendment {number}"] = script.file.read_bytes().decode()
        done = self.stage.credits.do(signer, act)
        held = self.stage.credits.amendment(self.credit, number)
        changes = changes_in_words(held.amendment, self.terms.amount.currency)
        action, mark = f"{act.what}: {changes}", f"amendment {number}"
        self.did(act.function, issuing, action, act.article, done, mark=mark)
        answered = self.hours.answered(self.stage.calendar(confirms), issued)
        yield answered
        if script.extended:
            self.do(confirms, confirming.extend(self.credit, held))
        else:
            self.do(confirms, confirming.decline_extension(self.credit, held))
        if script.answer != "presents":
            yield answered + ONE_HOUR
            self._answer(script.answer, number)
        for bank in (issuing, confirms):
            self._note_terms(bank, self.stage.now())

    def _stated(self, file: Path) -> StatedAmendment:
        stated = _stated(file)
        told, by = stated.amendment, self.moved
        amendment = replace(
            told,
            issued=told.issued + by,
            amended=told.amended + by,
            expiry=told.expiry and told.expiry + by,
            latest_shipment=told.latest_shipment and told.latest_shipment + by,
        )
        return replace(stated, amendment=amendment)

    def _answer(self, answer: Answer, number: int) -> None:
        held = self.stage.credits.amendment(self.credit, number).amendment
        member = self.parties.beneficiary or self.key.presenter
        if answer == "accepts":
            self.do(member, amending.accept(self.credit, held), mark=f"{number} accepted")
        else:
            self.do(member, amending.reject(self.credit, held), mark=f"{number} rejected")

    def _note_terms(self, bank: int, since: datetime) -> None:
        """Notes the terms that bind a bank now, if they are others than before."""
        held = self.stage.credits.undertaking(self.credit, bank)
        noted = [each for each in self._terms if each.bank == self.name(bank)]
        if noted and noted[-1].version == held.version:
            return
        self._terms.append(
            TermsEntry(
                bank=self.name(bank),
                version=held.version,
                since=self.local(since),
                amount=held.issuance.amount,
                expiry=held.issuance.expiry,
                latest_shipment=held.issuance.latest_shipment,
            )
        )

    def _compare_terms(self) -> None:
        """Anyone sees by which version each bank is bound."""
        issuing, confirms = (
            self.stage.credits.undertaking(self.credit, bank).version
            for bank in (self.parties.issuing, self._confirming)
        )
        self.see(
            self.stage.observer,
            f"sees {self.name(self.parties.issuing)} bound by version {issuing} of the terms, and "
            f"{self.name(self._confirming)} by version {confirms}",
            "UCP 600 art. 10(b)",
        )


def _stated(file: Path) -> StatedAmendment:
    try:
        data = file.read_bytes()
    except OSError as missing:
        raise StoryFileError(file, f"{missing.strerror}.") from missing
    return stated_amendment(data, str(file))

# SPDX-License-Identifier: Apache-2.0
"""What all acts have in common: a credit from its MT 700 on, step by step at the hours of its
parties.

An act is a generator that yields the hour of its next step and goes on when that hour has come, so
that several acts can run over one chain in the order of their dates.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import MaturityFrom, ObligationState, PresentationFlag, PresentationState
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.chain.reverts import ContractError
from yangshan.chain.values import hexadecimal
from yangshan.chain.wording import Wording
from yangshan.credit import paying
from yangshan.credit.history import incurred_in
from yangshan.credit.ids import credit_id, obligation_id, presentation_id
from yangshan.credit.issuing import issue
from yangshan.credit.papers import DOCUMENTS_KIND
from yangshan.money import Money
from yangshan.story.documented import PresentedSet, entries_of, expect_documents
from yangshan.story.stage import DeadlineUnknown, NobodyPresents, NotRefused
from yangshan.story.summary import (
    Act,
    AmendmentEntry,
    Attempt,
    CreditEntry,
    DeclarationEntry,
    ObligationEntry,
    Observation,
    PartEntry,
    PresentationEntry,
    Step,
    TermsEntry,
    TitleEntry,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.acts import Acts
    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.chain.events import ObligationIncurred, SuiteEvent
    from yangshan.chain.sender import Done
    from yangshan.credit import acts
    from yangshan.credit.issuing import StatedCredit
    from yangshan.credit.terms import CreditTerms
    from yangshan.credit.timetables import Timetable
    from yangshan.story.script import ActScript, Hours
    from yangshan.story.stage import Stage
    from yangshan.swift.mapping import PartyIds

ONE_HOUR: Final = timedelta(hours=1)

_NUMBER = 1


@dataclass
class RunningAct(ABC):
    """An act under way; :meth:`steps` plays it and :meth:`summary` tells what came of it.

    ``moved`` is by how much the dates of its files are too early; ``refusal_delay`` moves a refusal
    to that time after the deadline, to see it fail.
    """

    number: int
    script: ActScript
    stage: Stage
    stated: StatedCredit
    mt700: str
    hours: Hours
    moved: timedelta = timedelta()
    refusal_delay: timedelta | None = None
    key: PresentationKey = field(init=False)
    presented: PresentedSet = field(init=False)
    messages: dict[str, str] = field(default_factory=dict, init=False)
    paid: int = field(default=0, init=False)
    _heard: list[Step | Observation | Attempt] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        presenter = self.presenter_among(self.parties)
        if not presenter:
            raise NobodyPresents(self.terms.reference)
        self.key = PresentationKey(
            self.credit, self.examiner_among(self.parties), presenter, _NUMBER
        )
        self.presented = PresentedSet(self, self.script.documents)
        self.messages["MT 700"] = self.mt700

    @staticmethod
    def expect_usable(script: ActScript) -> None:
        """Raises what its other files than the credit raise, before anything is started."""
        expect_documents(script.documents)

    @staticmethod
    def examiner_among(parties: PartyIds) -> int:
        """The bank that is presented to first."""
        return parties.issuing

    @staticmethod
    def presenter_among(parties: PartyIds) -> int:
        """The member that presents, 0 if there is none."""
        return parties.beneficiary or parties.advising

    def timetable(self) -> Timetable | None:
        """What the credit says of its amounts over time, beside its fields."""
        return None

    @abstractmethod
    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""

    def further(self) -> Sequence[PresentationKey]:
        """The presentations that followed from the first, in their order."""
        return ()

    def references(self) -> dict[str, str]:
        """How credits are called in refusals, by their numbers."""
        return {self.credit: self.terms.reference}

    def events(self) -> Sequence[SuiteEvent]:
        """What happened under its credit so far, in the order of the chain."""
        return self.stage.events(self.credit)

    def parts(self) -> Sequence[PartEntry]:
        """What was transferred to others."""
        return ()

    def sets(self) -> Sequence[PresentedSet]:
        """What is presented, set by set."""
        return (self.presented,)

    def declarations(self) -> Sequence[DeclarationEntry]:
        """What customs attests of the goods."""
        return ()

    def titles(self) -> Sequence[TitleEntry]:
        """The electronic titles under its credit."""
        return ()

    def part_of(self, key: PresentationKey) -> int:
        """The transfer under whose part a presentation was made, 0 for the credit itself."""
        return 0

    def terms_in_force(self) -> Sequence[TermsEntry]:
        """Who was bound by which terms from when on, where that changed."""
        return ()

    def summary(self) -> Act:
        """What came of the act, read from the chain."""
        held = self.stage.credits.credit(self.credit)
        return Act(
            number=self.number,
            title=self.script.title,
            credit=CreditEntry(
                id=self.credit,
                reference=self.terms.reference,
                currency=self.terms.amount.currency.code,
                amount=held.issuance.amount,
                drawn=held.drawn,
                state=held.state.name,  # type: ignore[arg-type]
                advised=held.advised,
                confirmed=held.confirmed,
                issuing_bank=self.name(self.parties.issuing),
                beneficiary=self.beneficiary,
            ),
            presentation=self._presentation(self.key),
            further=tuple(self._presentation(key) for key in self.further()),
            documents=entries_of(self.sets()),
            declarations=tuple(self.declarations()),
            titles=tuple(self.titles()),
            parts=tuple(self.parts()),
            amendments=tuple(
                AmendmentEntry(
                    number=each.amendment.number,
                    state=each.state.name,  # type: ignore[arg-type]
                    extended=each.extended,
                    version=each.version or None,
                )
                for each in self.stage.credits.amendments(self.credit)
            ),
            terms=tuple(self.terms_in_force()),
            obligations=tuple(self._obligation(owed) for owed in incurred_in(self.events())),
            paid=self.paid,
            steps=tuple(heard for heard in self._heard if isinstance(heard, Step)),
            observations=tuple(heard for heard in self._heard if isinstance(heard, Observation)),
            attempts=tuple(heard for heard in self._heard if isinstance(heard, Attempt)),
            messages=self.messages,
        )

    def refused_for(self) -> tuple[tuple[str, ...], str | None]:
        """The codes of the refusal and what becomes of the documents."""
        return (), None

    def _presentation(self, key: PresentationKey) -> PresentationEntry:
        found = self.stage.credits.presentation(key)
        state = self.stage.credits.presentation_state(key)
        claimed = state is PresentationState.CLAIMED
        codes, disposal = self.refused_for() if state is PresentationState.REFUSED else ((), None)
        return PresentationEntry(
            id=presentation_id(key),
            part=self.part_of(key),
            examiner=self.name(key.examiner),
            state="PRECLUDED" if claimed else state.name,  # type: ignore[arg-type]
            claimed=claimed,
            amount=found.amount,
            received=self.local(found.received, key.examiner),
            deadline=self.deadline(key),
            late=PresentationFlag.LATE in found.flags,
            discrepancies=codes,
            disposal=disposal,
        )

    def _obligation(self, incurred: ObligationIncurred) -> ObligationEntry:
        owed = incurred.obligation_id
        found = self.stage.credits.obligation(owed)
        basis = self.stage.credits.credit(self.credit).issuance.tenor_from
        at_sight = basis is MaturityFrom.NONE or incurred.state is ObligationState.DUE
        return ObligationEntry(
            id=owed,
            debtor=self.name(found.debtor),
            creditor=self.name(found.owner),
            amount=found.amount,
            kind=found.kind.name,
            state=self.stage.credits.obligation_state(owed).name,
            matures=None if at_sight else found.maturity.date(),
        )

    # The steps that acts share

    def open(self) -> Iterator[datetime]:
        """The credit is issued, advised and, where it asks for that, confirmed."""
        yield self.hours.issued()
        issuing = self.parties.issuing
        signer = self.stage.signers[issuing]
        stage, said = self.stage, self.timetable()
        done = issue(stage.credits, stage.vault, signer, self.stated, timetable=said)
        self.did(
            "issue",
            issuing,
            f"issues credit {self.terms.reference} for {self.terms.amount}",
            "UCP 600 art. 7(b)",
            done,
            mark="issued",
        )
        advised = self.hours.advised()
        if advised is None:
            return
        yield advised
        bank = self.parties.advising
        done = self.stage.credits.advise(self.stage.signers[bank], self.credit)
        self.did(
            "advise",
            bank,
            f"advises it to {self.beneficiary}, apparently authentic",
            "UCP 600 art. 9(b)",
            done,
            mark="advised",
        )

    def present(self, amount: Money) -> Iterator[datetime]:
        """Documents are issued and registered, and presented.

        A bank that presents them for the beneficiary has its mandate.
        """
        if self.presented.own:
            yield self.hours.documented()
            self.presented.register()
        lodged = self.hours.lodged()
        if self.key.presenter != self.parties.beneficiary:
            yield lodged - ONE_HOUR
            self._record_mandate()
        yield lodged
        self._lodge(amount)

    def _record_mandate(self) -> None:
        grantor = self.parties.beneficiary or self.key.presenter
        mandate = self.commit(
            "mandate",
            self.stated.name,
            {"credit": self.terms.reference, "presenter": self.name(self.key.presenter)},
        )
        done = self.stage.credits.record_mandate(
            self.stage.signers[grantor], self.credit, self.key.presenter, mandate
        )
        self.did(
            "recordMandate",
            grantor,
            f"lets {self.name(self.key.presenter)} present",
            "UCP 600 art. 2",
            done,
        )

    def _lodge(self, amount: Money) -> None:
        shipped = self.hours.shipped()
        lodging = Lodging(
            key=self.key,
            amount=amount.minor,
            shipped=shipped,
            pay_presenter=False,
            documents=self.commit(
                DOCUMENTS_KIND, presentation_id(self.key), self.presented.content(shipped)
            ),
        )
        done = self.stage.credits.lodge(self.stage.signers[self.key.presenter], lodging)
        self.did(
            "lodge",
            self.key.presenter,
            f"presents documents for {amount}",
            "UCP 600 art. 6(d), 14(b)",
            done,
            self.deadline(self.key),
            mark="presented",
        )

    def comply(self) -> Iterator[datetime]:
        """The bank that is presented to first asks for the documents and finds them complying."""
        yield self.hours.found()
        self.presented.look_up(self.key.examiner)
        done = self.stage.credits.find_complying(self.stage.signers[self.key.examiner], self.key)
        self.did(
            "findComplying",
            self.key.examiner,
            "finds the documents complying and must honour",
            "UCP 600 art. 15(a)",
            done,
            mark="complying",
        )

    def owes(self, key: PresentationKey) -> str:
        """The obligation that arose from a presentation."""
        payee = self.stage.credits.presentation(key).payee
        return obligation_id(presentation_id(key), key.examiner, payee)

    def pay(self, owed: str, article: str, mark: str = "paid", *, part: int = 0) -> None:
        """The debtor of an obligation pays it, in cash on the ledger."""
        found = self.stage.credits.obligation(owed)
        amount = Money(found.amount, self.terms.amount.currency)
        self.stage.fund(found.debtor, amount, self.terms.reference)
        done = self.stage.credits.do(self.stage.signers[found.debtor], paying.pay(owed, amount))
        # What banks pay one another the beneficiary does not get.
        if owed == self.owes(self.key):
            self.paid += found.amount
        action = f"pays {amount} to {self.name(found.owner)}"
        self.did("pay", found.debtor, action, article, done, mark=mark, part=part)

    # What is heard of them

    def do(
        self,
        actor: int,
        act: acts.Act,
        *,
        mark: str = "",
        part: int = 0,
        begins: PresentationKey | None = None,
        by: Acts | None = None,
    ) -> Done:
        """Does an act in a member's name and tells it in the act's own words.

        ``begins`` is the presentation whose examination it begins; ``by`` is the service that does
        it, the credits' if absent.
        """
        done = (by or self.stage.credits).do(self.stage.signers[actor], act)
        deadline = self.deadline(begins) if begins else None
        self.did(act.function, actor, act.what, act.article, done, deadline, mark=mark, part=part)
        return done

    def did(
        self,
        kind: str,
        actor: int,
        action: str,
        article: str,
        done: Done,
        deadline: datetime | None = None,
        *,
        mark: str = "",
        part: int = 0,
    ) -> None:
        """Tells a step that took effect; ``mark`` is its word on the timeline.

        ``part`` is the transfer under whose part it was done, 0 for the credit itself.
        """
        step = Step(
            kind=kind,
            actor=self.name(actor),
            action=action,
            article=article,
            tx=done.transaction,
            gas=done.gas,
            time=self.local(done.time),
            mark=mark,
            part=part,
        )
        self._hear(step, deadline)

    def see(self, actor: int, what: str, article: str) -> None:
        """Tells what somebody read from the chain."""
        now = self.local(self.stage.now())
        self._hear(Observation(actor=self.name(actor), what=what, article=article, time=now))

    def attempt(self, actor: int, action: str, act: acts.Act) -> None:
        """Tries what the contracts must refuse; that they did not is an error of this program."""
        try:
            self.stage.credits.do(self.stage.signers[actor], act)
        except ContractError as refused:
            wording = Wording(
                zone=self._zone(self.stage.now(), self.parties.issuing),
                currency=self.terms.amount.currency,
                members={number: each.legal_name for number, each in self.stage.members.items()},
                credits=self.references(),
            )
            tried = Attempt(
                actor=self.name(actor),
                action=action,
                article=refused.article or "",
                error=type(refused).__name__,
                message=refused.explain(wording),
                time=self.local(self.stage.now()),
            )
            self._hear(tried)
            return
        raise NotRefused(act.function)

    def _hear(self, heard: Step | Observation | Attempt, deadline: datetime | None = None) -> None:
        self._heard.append(heard)
        self.stage.hear(self.number, heard, deadline)

    # What it plays with

    @property
    def terms(self) -> CreditTerms:
        """The terms of its credit."""
        return self.stated.terms

    @property
    def parties(self) -> PartyIds:
        """The parties of its credit by member number."""
        return self.stated.parties

    @property
    def credit(self) -> str:
        """The number of its credit."""
        return credit_id(self.parties.issuing, self.terms.reference)

    @property
    def beneficiary(self) -> str:
        """The beneficiary's name."""
        if self.parties.beneficiary:
            return self.name(self.parties.beneficiary)
        return self.terms.beneficiary.lines[0]

    @property
    def place(self) -> BankingCalendar:
        """The calendar of the issuing bank."""
        return self.stage.calendar(self.parties.issuing)

    def name(self, member: int) -> str:
        """A member's legal name."""
        return self.stage.members[member].legal_name

    def commit(self, kind: str, name: str, value: object) -> str:
        """Keeps a text; the commitment to it."""
        return hexadecimal(self.stage.vault.keep(kind, name, value).commitment)

    def deadline(self, key: PresentationKey) -> datetime:
        """The end of the examination of a presentation; raises DeadlineUnknown."""
        deadline = self.stage.credits.presentation(key).deadline
        if deadline is None:
            raise DeadlineUnknown(self.terms.reference)
        return self.local(deadline, key.examiner)

    def local(self, instant: datetime, bank: int | None = None) -> datetime:
        """The same instant on the clock of a bank's place, the issuing bank's if none is named."""
        return instant.astimezone(self._zone(instant, bank or self.parties.issuing))

    def _zone(self, instant: datetime, bank: int) -> tzinfo:
        place = self.stage.calendar(bank)
        return place.open_instant(place.local_day(instant)).tzinfo or UTC

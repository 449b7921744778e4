# SPDX-License-Identifier: Apache-2.0
"""One act: a credit from its MT 700 to its end, step by step at the hours of its parties.

An act is a generator that yields the hour of its next step and goes on when that hour has come, so
that several acts can run over one chain in the order of their dates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, cast

from yangshan.chain.enums import Disposal as DisposalOnChain
from yangshan.chain.enums import PresentationFlag, PresentationState
from yangshan.chain.records import Lodging, PresentationKey
from yangshan.chain.reverts import ContractError
from yangshan.chain.values import hexadecimal
from yangshan.chain.wording import Wording
from yangshan.credit.correspondence import NOTICE
from yangshan.credit.ids import credit_id, obligation_id, presentation_id
from yangshan.credit.issuing import issue
from yangshan.credit.papers import DOCUMENTS_KIND, DocumentsFileError, documents_in
from yangshan.credit.settlements import Disposal
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.story.summary import (
    Act,
    Attempt,
    CreditEntry,
    Observation,
    PresentationEntry,
    Step,
)
from yangshan.swift.refusal import refusal_mt734

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.sender import Done
    from yangshan.chain.signers import Signer
    from yangshan.credit.issuing import StatedCredit
    from yangshan.credit.service import Credits
    from yangshan.credit.terms import CreditTerms
    from yangshan.story.script import ActScript, Hours
    from yangshan.swift.mapping import PartyIds
    from yangshan.vault import Vault

_NUMBER = 1
_ON_CHAIN = {
    Disposal.HOLD: DisposalOnChain.HOLD,
    Disposal.NOTIFY: DisposalOnChain.NOTIFY,
    Disposal.RETURN: DisposalOnChain.RETURN,
    Disposal.PREVINST: DisposalOnChain.PREVIOUS_INSTRUCTIONS,
}
_ONE_SECOND = timedelta(seconds=1)
_ONE_HOUR = timedelta(hours=1)
_CLAIM_AFTER = timedelta(hours=17)
_PAY_AFTER = timedelta(hours=22)


class NobodyPresents(Refused):
    """A credit whose beneficiary's side is outside the alliance altogether."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Under credit {reference} nobody could present: neither the beneficiary nor the bank "
            "that advises it is a member of the alliance."
        )


class NotRefused(Refused):
    """An act that the contracts had to refuse and did not."""

    def __init__(self, function: str) -> None:
        super().__init__(f"{function} was carried out after its deadline; the story ends here.")


class DeadlineUnknown(Refused):
    """A presentation so late in the calendar that its deadline is not published."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Under credit {reference} documents are presented when the banking days of the fifth "
            "day after are not published; expected a credit within the published years."
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """What every act plays on: the services, who signs for whom, and who listens."""

    credits: Credits
    members: Mapping[int, MemberRecord]
    signers: Mapping[int, Signer]
    calendars: Mapping[str, BankingCalendar]
    vault: Vault
    now: Callable[[], datetime]
    hear: Callable[[int, Step | Observation | Attempt, datetime | None], None]
    fund: Callable[[int, Money, str], None]
    observer: int


def read_documents(file: Path) -> dict[str, object]:
    """The documents of a presentation; raises DocumentsFileError."""
    try:
        return documents_in(file.read_bytes(), file)
    except OSError as missing:
        raise DocumentsFileError(file, str(missing.strerror)) from missing


@dataclass(slots=True)
class RunningAct:
    """An act under way; :meth:`steps` plays it and :meth:`summary` tells what came of it.

    ``refusal_delay`` moves the refusal to that time after the deadline, to see it fail.
    """

    number: int
    script: ActScript
    stage: Stage
    stated: StatedCredit
    mt700: str
    hours: Hours
    refusal_delay: timedelta | None = None
    key: PresentationKey = field(init=False)
    _heard: list[Step | Observation | Attempt] = field(default_factory=list)
    _messages: dict[str, str] = field(default_factory=dict)
    _paid: int = 0

    def __post_init__(self) -> None:
        presenter = self.parties.advising or self.parties.nominated or self.parties.beneficiary
        if not presenter:
            raise NobodyPresents(self.terms.reference)
        self.key = PresentationKey(self._credit, self.parties.issuing, presenter, _NUMBER)
        self._messages["MT 700"] = self.mt700

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield self.hours.issued()
        self._issue()
        advised = self.hours.advised()
        if advised is not None:
            yield advised
            self._advise()
        yield self.hours.lodged() - _ONE_HOUR
        self._record_mandate()
        yield self.hours.lodged()
        self._lodge()
        yield from {
            "paid": self._comply_and_pay,
            "refused": self._refuse,
            "precluded": self._stay_silent,
        }[self.script.ending]()

    def summary(self) -> Act:
        """What came of the act, read from the chain."""
        held = self.stage.credits.credit(self._credit)
        found = self.stage.credits.presentation(self.key)
        state = self.stage.credits.presentation_state(self.key)
        claimed = state is PresentationState.CLAIMED
        refused = state is PresentationState.REFUSED
        deadline = self._deadline()
        return Act(
            number=self.number,
            title=self.script.title,
            credit=CreditEntry(
                id=self._credit,
                reference=self.terms.reference,
                currency=self.terms.amount.currency.code,
                amount=self.terms.amount.minor,
                drawn=held.drawn,
                state=held.state.name,  # type: ignore[arg-type]
                advised=held.advised,
                issuing_bank=self._name(self.parties.issuing),
                beneficiary=self._beneficiary,
            ),
            presentation=PresentationEntry(
                id=presentation_id(self.key),
                state="PRECLUDED" if claimed else state.name,  # type: ignore[arg-type]
                claimed=claimed,
                amount=found.amount,
                received=self._local(found.received),
                deadline=deadline,
                late=PresentationFlag.LATE in found.flags,
                discrepancies=tuple(said.code for said in self.script.discrepancy)
                if refused
                else (),
                disposal=str(self.script.disposal) if refused else None,
            ),
            paid=self._paid,
            steps=tuple(heard for heard in self._heard if isinstance(heard, Step)),
            observations=tuple(heard for heard in self._heard if isinstance(heard, Observation)),
            attempts=tuple(heard for heard in self._heard if isinstance(heard, Attempt)),
            messages=self._messages,
        )

    # The steps

    def _issue(self) -> None:
        issuing = self.parties.issuing
        signer = self.stage.signers[issuing]
        done = issue(self.stage.credits, self.stage.vault, signer, self.stated)
        self._did(
            "issue",
            issuing,
            f"issues credit {self.terms.reference} for {self.terms.amount}",
            "UCP 600 art. 7(b)",
            done,
        )

    def _advise(self) -> None:
        bank = self.parties.advising
        done = self.stage.credits.advise(self.stage.signers[bank], self._credit)
        self._did(
            "advise",
            bank,
            f"advises it to {self._beneficiary}, apparently authentic",
            "UCP 600 art. 9(b)",
            done,
        )

    def _record_mandate(self) -> None:
        grantor = self.parties.beneficiary or self.key.presenter
        if grantor == self.key.presenter == self.parties.beneficiary:
            return
        sealed = self.stage.vault.keep(
            "mandate",
            self.stated.name,
            {"credit": self.terms.reference, "presenter": self._name(self.key.presenter)},
        )
        done = self.stage.credits.record_mandate(
            self.stage.signers[grantor],
            self._credit,
            self.key.presenter,
            hexadecimal(sealed.commitment),
        )
        self._did(
            "recordMandate",
            grantor,
            f"lets {self._name(self.key.presenter)} present",
            "UCP 600 art. 2",
            done,
        )

    def _lodge(self) -> None:
        shipped = self.hours.shipped()
        documents = read_documents(self.script.documents)
        sealed = self.stage.vault.keep(
            DOCUMENTS_KIND, presentation_id(self.key), {"shipped": str(shipped), **documents}
        )
        lodging = Lodging(
            key=self.key,
            amount=self.terms.amount.minor,
            shipped=shipped,
            pay_presenter=False,
            documents=hexadecimal(sealed.commitment),
        )
        done = self.stage.credits.lodge(self.stage.signers[self.key.presenter], lodging)
        self._did(
            "lodge",
            self.key.presenter,
            f"presents documents for {self.terms.amount}",
            "UCP 600 art. 6(d), 14(b)",
            done,
            self._deadline(),
        )

    def _comply_and_pay(self) -> Iterator[datetime]:
        yield self.hours.found()
        done = self.stage.credits.find_complying(self.stage.signers[self.parties.issuing], self.key)
        self._did(
            "findComplying",
            self.parties.issuing,
            "finds the documents complying and must honour",
            "UCP 600 art. 15(a)",
            done,
        )
        yield self.hours.found() + _ONE_HOUR
        self._pay("UCP 600 art. 7(a)(i)")

    def _refuse(self) -> Iterator[datetime]:
        planned = cast("datetime", self.script.refused)
        if self.refusal_delay is not None:
            planned = self._deadline() + self.refusal_delay
        yield planned
        disposal = cast("Disposal", self.script.disposal)
        presenter = self.stage.members[self.key.presenter]
        notice = refusal_mt734(
            sender=self.terms.issuing_bank,
            receiver=presenter.bic or self.terms.issuing_bank,
            issuing_bank=self.terms.issuing_bank,
            reference=self.terms.reference,
            presenting_reference=None,
            utilised_on=self._local(self.stage.now()).date(),
            amount=self.terms.amount,
            discrepancies=[said.text for said in self.script.discrepancy],
            disposal=disposal,
            disposal_text=self.script.disposal_text,
        )
        name = presentation_id(self.key)
        sealed = self.stage.vault.keep(NOTICE, name, {"text": notice})
        codes = [said.code for said in self.script.discrepancy]
        done = self.stage.credits.refuse(
            self.stage.signers[self.parties.issuing],
            self.key,
            codes,
            _ON_CHAIN[disposal],
            hexadecimal(sealed.commitment),
        )
        self._messages["MT 734"] = notice
        self._did(
            "refuse",
            self.parties.issuing,
            f"refuses by one notice with {len(codes)} discrepancies ({', '.join(codes)})",
            "UCP 600 art. 16(c), (d)",
            done,
        )

    def _stay_silent(self) -> Iterator[datetime]:
        deadline = self._deadline()
        yield deadline + _ONE_SECOND
        issuer = self.stage.signers[self.parties.issuing]
        self._see(
            self.stage.observer,
            f"sees that {self._name(self.parties.issuing)} is "
            + ("precluded" if self.stage.credits.is_precluded(self.key) else "not precluded"),
            "UCP 600 art. 16(f)",
        )
        self._try(
            "refuse",
            "tries to refuse one second too late",
            lambda: self.stage.credits.refuse(
                issuer, self.key, ["OTHER"], DisposalOnChain.HOLD, hexadecimal(bytes(32))
            ),
        )
        self._try(
            "findComplying",
            "tries to find the documents complying after all",
            lambda: self.stage.credits.find_complying(issuer, self.key),
        )
        yield deadline + _CLAIM_AFTER
        claimant = self.parties.beneficiary or self.key.presenter
        done = self.stage.credits.claim_precluded(self.stage.signers[claimant], self.key)
        self._did(
            "claimPrecluded",
            claimant,
            "claims what the precluded bank owes",
            "UCP 600 art. 16(f)",
            done,
        )
        yield deadline + _PAY_AFTER
        self._pay("UCP 600 art. 7(a)(i), 16(f)")

    def _pay(self, article: str) -> None:
        payee = self.stage.credits.presentation(self.key).payee
        debtor = self.parties.issuing
        owed = obligation_id(presentation_id(self.key), debtor, payee)
        amount = self.stage.credits.obligation(owed).amount
        paid = Money(amount, self.terms.amount.currency)
        self.stage.fund(debtor, paid, self.terms.reference)
        done = self.stage.credits.pay(self.stage.signers[debtor], owed)
        self._paid += amount
        self._did("pay", debtor, f"pays {paid} to {self._name(payee)}", article, done)

    # What is heard of them

    def _did(
        self,
        kind: str,
        actor: int,
        action: str,
        article: str,
        done: Done,
        deadline: datetime | None = None,
    ) -> None:
        step = Step(
            kind=kind,
            actor=self._name(actor),
            action=action,
            article=article,
            tx=done.transaction,
            gas=done.gas,
            time=self._local(done.time),
        )
        self._hear(step, deadline)

    def _see(self, actor: int, what: str, article: str) -> None:
        seen = Observation(
            actor=self._name(actor),
            what=what,
            article=article,
            time=self._local(self.stage.now()),
        )
        self._hear(seen)

    def _try(self, kind: str, action: str, act: Callable[[], Done]) -> None:
        """Tries what the contracts must refuse; that they did not is an error of this program."""
        try:
            act()
        except ContractError as refused:
            tried = Attempt(
                actor=self._name(self.parties.issuing),
                action=action,
                article=refused.article or "",
                error=type(refused).__name__,
                message=refused.explain(Wording(zone=self._zone(self.stage.now()))),
                time=self._local(self.stage.now()),
            )
            self._hear(tried)
            return
        raise NotRefused(kind)

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
    def _credit(self) -> str:
        return credit_id(self.parties.issuing, self.terms.reference)

    @property
    def _beneficiary(self) -> str:
        if self.parties.beneficiary:
            return self._name(self.parties.beneficiary)
        return self.terms.beneficiary.lines[0]

    def _name(self, member: int) -> str:
        return self.stage.members[member].legal_name

    @property
    def place(self) -> BankingCalendar:
        """The calendar of the bank that examines."""
        return self.stage.calendars[self.stage.members[self.parties.issuing].calendar or ""]

    def _deadline(self) -> datetime:
        deadline = self.stage.credits.presentation(self.key).deadline
        if deadline is None:
            raise DeadlineUnknown(self.terms.reference)
        return self._local(deadline)

    def _local(self, instant: datetime) -> datetime:
        """The same instant on the clock of the issuing bank's place."""
        return instant.astimezone(self._zone(instant))

    def _zone(self, instant: datetime) -> tzinfo:
        return self.place.open_instant(self.place.local_day(instant)).tzinfo or UTC

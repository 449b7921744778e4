# SPDX-License-Identifier: Apache-2.0
"""A credit that a nominated bank honours: it accepts a draft, defers payment or negotiates.

It sends the documents on; the issuing bank examines them as well and reimburses that bank.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self, cast

from pydantic import PositiveInt

from yangshan.chain.enums import MaturityFrom, ObligationState
from yangshan.credit import confirming, examining, paying
from yangshan.credit.ids import presentation_id
from yangshan.credit.papers import SCHEDULE_KIND
from yangshan.credit.terms import AvailableBy, Confirmation
from yangshan.money import Money
from yangshan.story.acts import ONE_HOUR, RunningAct
from yangshan.story.declared import ActDeclaration, DeclarationScript
from yangshan.story.script import ActScript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.chain.records import PresentationKey
    from yangshan.story.summary import DeclarationEntry
    from yangshan.swift.mapping import PartyIds

_REIMBURSES: Final = "UCP 600 art. 7(c)"

NUMBER: Final = 1
# What a bank does when the documents comply, and its word on the timeline.
_TAKES_UP: Final = {
    AvailableBy.ACCEPTANCE: ("accepts the draft, payable", "accepted"),
    AvailableBy.DEFERRED_PAYMENT: ("undertakes to pay", "undertaken"),
    AvailableBy.NEGOTIATION: ("negotiates", "negotiated"),
    AvailableBy.SIGHT_PAYMENT: ("must honour", "complying"),
}


class HonouredScript(ActScript):
    """An act of a nominated bank. ``proceeds`` are what it pays before maturity by agreement.

    They are minor units of the credit's currency. The goods may be declared before maturity.
    """

    proceeds: PositiveInt | None = None
    declaration: DeclarationScript | None = None

    def beside(self, folder: Path) -> Self:
        """The same with all its files named from a folder."""
        found, given = super().beside(folder), self.declaration
        return found.model_copy(update={"declaration": given and given.beside(folder)})

    def moved(self, by: timedelta) -> Self:
        """The same with all its dates later."""
        found, given = super().moved(by), self.declaration
        return found.model_copy(update={"declaration": given and given.moved(by)})


class NominatedScript(HonouredScript):
    """One act in which the issuing bank itself reimburses."""

    ending: Literal["honoured"]


class NominatedAct(RunningAct):
    """The nominated bank takes up the documents, and the issuing bank reimburses it."""

    script: HonouredScript

    def __post_init__(self) -> None:
        """Raises NobodyAttests too."""
        super().__post_init__()
        given = self.script.declaration
        self._declaration = ActDeclaration(self, given) if given else None

    @staticmethod
    def expect_usable(script: ActScript) -> None:
        """Raises what its files raise, the declaration's too."""
        RunningAct.expect_usable(script)
        given = cast("HonouredScript", script).declaration
        if given is not None:
            given.expect_usable()

    @staticmethod
    def examiner_among(parties: PartyIds) -> int:
        """The nominated bank; where any bank may negotiate, the advising one."""
        return parties.nominated or parties.advising

    @staticmethod
    def presenter_among(parties: PartyIds) -> int:
        """The beneficiary, which presents to its own bank."""
        return parties.beneficiary

    def steps(self) -> Iterator[datetime]:
        """Plays the act, yielding the hour of each step before it is done."""
        yield from self.open()
        yield from self.confirm()
        yield from self.present(self.terms.amount)
        found = self.hours.found()
        yield found
        self.take_up(self.key, *_TAKES_UP[self.terms.available_by])
        if self.due is None:
            yield found + ONE_HOUR
            self.pay(self.owes(self.key), self.honours)
        yield found + 2 * ONE_HOUR
        self._forward()
        yield from self.reimburse()
        yield from self._pay_early()
        yield from self._declare()
        yield from self.pay_at_maturity()

    def confirm(self) -> Iterator[datetime]:
        """The confirming bank adds its confirmation, where the credit asks for it."""
        advised = self.hours.advised()
        if self.terms.confirmation is Confirmation.CONFIRM and advised is not None:
            yield advised + ONE_HOUR
            self.do(
                self.parties.requested_confirming, confirming.confirm(self.credit), mark="confirmed"
            )

    def reimburse(self) -> Iterator[datetime]:
        """The issuing bank takes up the documents as well; at sight it reimburses at once."""
        received = self.stage.credits.presentation(self.onward).received
        found = self.hours.found_by(self.place, received)
        yield found
        self.take_up(self.onward, "must reimburse", "complying")
        if self.due is None:
            yield found + ONE_HOUR
            self._reimburse()

    def pay_at_maturity(self) -> Iterator[datetime]:
        """On the day of maturity the banks pay, each in the morning of its own place."""
        if self.due is None:
            return
        open_ = [key for key in (self.key, self.onward) if not self.is_prepaid(key)]
        due = self.due
        hours = {key: self.hours.on(self.stage.calendar(key.examiner), due) for key in open_}
        for key in sorted(open_, key=lambda each: hours[each]):
            yield hours[key]
            if key == self.key:
                self.pay(self.owes(key), self.honours)
                continue
            if self._declaration is not None:
                self._declaration.look_up(key.examiner)
            self._reimburse()

    def further(self) -> Sequence[PresentationKey]:
        """That to the issuing bank."""
        return (self.onward,)

    def declarations(self) -> Sequence[DeclarationEntry]:
        """That of the goods, if they were declared."""
        return (self._declaration.entry(),) if self._declaration else ()

    @property
    def onward(self) -> PresentationKey:
        """The presentation to the issuing bank."""
        return examining.forwarded_key(self.key, self.parties.issuing, NUMBER)

    @property
    def due(self) -> date | None:
        """The day of maturity, once the documents were taken up; None at sight."""
        held = self.stage.credits.credit(self.credit).issuance
        if held.tenor_from is MaturityFrom.NONE:
            return None
        return self.stage.credits.obligation(self.owes(self.key)).maturity.date()

    @property
    def _confirms(self) -> bool:
        return self.key.examiner == self.parties.requested_confirming

    @property
    def honours(self) -> str:
        """The article by which the bank pays the beneficiary."""
        return "UCP 600 art. 8(a)" if self._confirms else "UCP 600 art. 2"

    def is_prepaid(self, key: PresentationKey) -> bool:
        """Whether what is owed on a presentation was paid before maturity."""
        return self.stage.credits.obligation(self.owes(key)).state is ObligationState.PREPAID

    def _reimburse(self) -> None:
        self.pay(self.owes(self.onward), _REIMBURSES, mark="reimbursed")

    def take_up(self, key: PresentationKey, what: str, mark: str) -> None:
        """A bank finds the documents complying, and owes thereby."""
        self.presented.look_up(key.examiner)
        act = examining.find_complying(key)
        done = self.stage.credits.do(self.stage.signers[key.examiner], act)
        due = f" on {self.due}" if self.due else ""
        article = "7(c), 15(a)" if key == self.onward else "15(b)" if self._confirms else "2, 15(c)"
        self.did(
            act.function,
            key.examiner,
            f"finds the documents complying and {what}{due}",
            f"UCP 600 art. {article}",
            done,
            mark=mark,
        )

    def _forward(self) -> None:
        issuing = self.parties.issuing
        schedule = self.commit(
            SCHEDULE_KIND, presentation_id(self.onward), {"credit": self.terms.reference}
        )
        act = examining.forward(self.key, issuing, NUMBER, schedule, self.name(issuing))
        done = self.stage.credits.do(self.stage.signers[self.key.examiner], act)
        self.did(
            act.function,
            self.key.examiner,
            act.what,
            "UCP 600 art. 15(b)" if self._confirms else "UCP 600 art. 15(c)",
            done,
            self.deadline(self.onward),
            mark="sent on",
        )

    def _declare(self) -> Iterator[datetime]:
        """The goods arrive, and customs attests and releases them."""
        if self._declaration is None:
            return
        yield self._declaration.script.declared
        self._declaration.declare()
        yield self._declaration.script.released
        self._declaration.release()

    def _pay_early(self) -> Iterator[datetime]:
        """Before maturity nothing is paid but what the beneficiary agrees to."""
        if self.due is None:
            return
        bank, owed = self.key.examiner, self.owes(self.key)
        offered = self.hours.answered(self.stage.calendar(bank), self.stage.now())
        yield offered
        currency = self.terms.amount.currency
        proceeds = Money(self.script.proceeds or self.terms.amount.minor, currency)
        self.attempt(bank, "tries to pay before maturity", paying.pay(owed))
        self.attempt(
            bank,
            f"tries to settle it early for {proceeds}, to which nobody agreed",
            paying.prepay(owed, proceeds),
        )
        if self.script.proceeds is None:
            return
        yield offered + ONE_HOUR
        self.do(self.key.presenter, paying.agree_prepayment(owed, proceeds))
        yield offered + 2 * ONE_HOUR
        self.stage.fund(bank, proceeds, self.terms.reference)
        self.do(bank, paying.prepay(owed, proceeds), mark="prepaid")
        self.paid += proceeds.minor

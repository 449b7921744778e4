# SPDX-License-Identifier: Apache-2.0
"""What the commands that act on credits share: which credit, and what is under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from yangshan.alliance.entries import amount as amount_of
from yangshan.alliance.places import local_time
from yangshan.chain.enums import MaturityFrom
from yangshan.chain.reverts import TitlesGoAlong
from yangshan.cli.common import naming
from yangshan.cli.hands import Actor, Folder, Found, Hands, Plan, acting_command
from yangshan.credit.history import history, incurred_in, lodged_in
from yangshan.credit.ids import obligation_id, presentation_id
from yangshan.credit.kept import KeptTexts
from yangshan.credit.view import Viewer
from yangshan.errors import Refused
from yangshan.money import Currency, Money
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from datetime import datetime

    from yangshan.acts import Act
    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.records import Credit, Obligation, PresentationKey
    from yangshan.chain.wording import Wording
    from yangshan.credit.service import Credits

ReferenceText = Annotated[str, typer.Argument(metavar="REF", help="Field 20 of the credit.")]
PresentationText = Annotated[
    str,
    typer.Option(
        "--presentation",
        "-p",
        metavar="N",
        help="Its number in `show`, or the first digits of its id; needed if there are several.",
    ),
]
ObligationText = Annotated[
    str,
    typer.Option(
        "--obligation",
        "-o",
        metavar="N",
        help="Its number in `show`, or the first digits of its id; needed if there are several.",
    ),
]
WordsText = Annotated[
    str,
    typer.Option(
        "--text",
        help="Its words, or @FILE. Kept here; the chain gets a salted commitment to them.",
    ),
]

_FEWEST_DIGITS: Final = 3

BankOption = Annotated[
    str, typer.Option("--bank", help="BIC of the issuing bank, if several used REF.")
]


class NoneOfThat(Refused):
    """A presentation or obligation that there is not."""

    def __init__(self, what: str, given: str, reference: str, count: int) -> None:
        there = "none" if not count else str(count)
        named = f"{what} {given}" if given else f"{what} that this member could act on"
        super().__init__(
            f"Credit {reference} has no {named}; it has {there} in all (`yangshan credit show "
            f"{reference}` lists them)."
        )
        self.given = given
        self.count = count


class SeveralOfThat(Refused):
    """More than one presentation or obligation where one was to be meant."""

    def __init__(self, what: str, option: str, reference: str, numbers: Sequence[int]) -> None:
        listed = ", ".join(str(number) for number in numbers)
        super().__init__(
            f"Credit {reference} has several {what}s that could be meant ({listed}); name one with "
            f"--{option} N, its number in `yangshan credit show {reference}`."
        )
        self.numbers = tuple(numbers)


@dataclass
class Dossier(Folder):
    """A credit at hand, in a workspace on a chain.

    Nothing is asked of the chain before a command needs it, so that faulty files are told first.
    """

    bank: str | None
    reference: str = field(default="", init=False)
    credit_id: str = field(default="", init=False)

    @property
    def service(self) -> Credits:
        """The credits there."""
        return self.office.credits

    def bic(self, member: int) -> str | None:
        """A member's BIC in eleven characters, if it has one."""
        record = self.office.members.get(member)
        return full_bic(record.bic) if record and record.bic else None

    def local(self, instant_: datetime, member: int) -> datetime:
        """The same instant by the clock of a member's place."""
        record = self.office.members.get(member)
        return local_time(instant_, record.calendar if record else None)

    # The credit and what is under it

    def open(self, reference: str) -> str:
        """Takes a credit at hand; its number. Raises NoSuchCredit, SeveralCredits, UnknownBank."""
        viewer = Viewer(
            self.office.chain, self.office.deployment, self.service, self.office.members
        )
        self.take(reference, viewer.number_of(reference, self.bank))
        return self.credit_id

    def take(self, reference: str, number: str) -> None:
        """Takes a credit at hand by its number, so that refusals call it by its reference."""
        self.reference, self.credit_id = reference, number
        naming.set(self._wording)

    def _wording(self) -> Wording:
        known = replace(self.office.wording, credits={self.credit_id: self.reference})
        if self.service.exists(self.credit_id):
            known = replace(known, currency=self.currency)
        return known

    @cached_property
    def held(self) -> Credit:
        """The credit at hand as it stands."""
        return self.service.credit(self.credit_id)

    @property
    def currency(self) -> Currency:
        """Its currency."""
        return self.held.issuance.money.currency

    @cached_property
    def events(self) -> list[SuiteEvent]:
        """All that happened under it."""
        return history(self.office.chain, self.office.deployment, self.credit_id)

    @property
    def kept(self) -> KeptTexts:
        """The texts that are kept of it."""
        return KeptTexts(self.vault, self.events, self.bic(self.held.issuing_bank))

    def presentation(
        self, given: str, mine: Callable[[PresentationKey], bool] = lambda _: True
    ) -> PresentationKey:
        """A presentation under the credit; where none is named, the only one that is ``mine``.

        Raises :class:`NoneOfThat`, :class:`SeveralOfThat`.
        """
        listed = [event.lodging.key for event in lodged_in(self.events)]
        ids = [presentation_id(key) for key in listed]
        place = self._place("presentation", given, ids, [mine(key) for key in listed])
        return listed[place]

    def obligation(
        self, given: str, mine: Callable[[str, Obligation], bool] = lambda _, __: True
    ) -> tuple[str, Obligation]:
        """An obligation under the credit and how it stands; otherwise as :meth:`presentation`."""
        ids = [event.obligation_id for event in incurred_in(self.events)]
        standing = [self.service.obligation(each) for each in ids]
        fitting = [mine(*each) for each in zip(ids, standing, strict=True)]
        place = self._place("obligation", given, ids, fitting)
        return ids[place], standing[place]

    def _place(self, what: str, given: str, ids: Sequence[str], mine: Sequence[bool]) -> int:
        if given.isascii() and given.isdigit() and 0 < int(given) <= len(ids):
            return int(given) - 1
        fitting = [place for place, each in enumerate(mine) if each]
        if given:
            digits = given.lower()
            whole = digits.startswith("0x") and len(digits) >= _FEWEST_DIGITS
            fitting = [place for place, each in enumerate(ids) if whole and each.startswith(digits)]
        if not fitting:
            raise NoneOfThat(what, given, self.reference, len(ids))
        if len(fitting) > 1:
            raise SeveralOfThat(what, what, self.reference, [place + 1 for place in fitting])
        return fitting[0]

    def amount(self, given: str) -> Money:
        """An amount in the credit's currency; raises BadAmount."""
        return amount_of(given, self.currency)


@dataclass
class Bureau(Dossier, Actor):
    """A credit at hand, and one member that acts on it by its key or its desk."""

    @property
    def heading(self) -> str:
        """Who acts, and on which credit."""
        return f"{super().heading}, credit [bold]{escape(self.reference)}[/]"

    @property
    def about(self) -> Mapping[str, Any]:
        """The credit, for programs."""
        return {"credit": {"id": self.credit_id, "reference": self.reference}}

    def examined(self, given: str) -> PresentationKey:
        """A presentation that the acting bank examines."""
        return self.presentation(given, lambda key: key.examiner == self.member)

    def presented(self, given: str) -> PresentationKey:
        """A presentation that the acting member made."""
        return self.presentation(given, lambda key: key.presenter == self.member)

    def owed(self, given: str) -> tuple[str, Obligation]:
        """An obligation that the acting bank owes."""
        return self.obligation(given, lambda _, each: each.debtor == self.member)

    def claimed(self, given: str) -> tuple[str, Obligation]:
        """An obligation that is owed to the acting member."""
        return self.obligation(given, lambda _, each: each.owner == self.member)

    def due_to(self, given: str) -> tuple[str, Obligation]:
        """An obligation of which the acting member is to be paid all or an assigned part."""

        def mine(name: str, each: Obligation) -> bool:
            if self.service.current_creditor(name) == self.member:
                return True
            return each.assigned and self.service.assignment(name).assignee == self.member

        return self.obligation(given, mine)

    def titles_of(self, key: PresentationKey) -> list[str]:
        """The titles that a presentation came with."""
        lodged = self.service.presentation(key)
        if not lodged.titles:
            return []
        record = obligation_id(presentation_id(key), key.examiner, lodged.payee)
        return self.office.titles.kept_for(record)

    def titles_for(self, obligation: str, found: Obligation) -> list[str]:
        """The titles that a debtor gets as it pays, or got; none of what it owes at maturity."""
        if not found.titles:
            return []
        own = self.office.titles.kept_for(obligation)
        if own:
            return own
        # What follows an unpaid obligation gets the titles of that.
        listed = (self.titles_of(event.lodging.key) for event in lodged_in(self.events))
        return next((each for each in listed if len(each) == found.titles), [])

    def with_titles(
        self, key: PresentationKey, plain: Act, titled: Callable[[list[str]], Act]
    ) -> Act:
        """How a bank undertakes to honour: through custody where it gets titles by it."""
        titles = self.titles_of(key)
        if titles:
            try:
                self.service.try_out(self.member, self.attempt(plain), plain)
            except TitlesGoAlong:
                return titled(titles)
        return plain

    def receipt(self, key: PresentationKey) -> Found:
        """What the chain sees of documents that came in, for :attr:`Plan.found`."""
        lodged = self.service.presentation(key)
        deadline = lodged.deadline and self.local(lodged.deadline, key.examiner)
        seen = lodged.flags.label if lodged.flags else "in time, and within the amount"
        return (
            {
                "presentation": presentation_id(key),
                "deadline": deadline.isoformat() if deadline else None,
                "flags": [flag.name for flag in lodged.flags],
            },
            [
                ("examined by", self.name(key.examiner)),
                ("deadline", f"{deadline:%Y-%m-%d %H:%M %z}" if deadline else "not known yet"),
                ("the chain sees", seen),
            ],
        )

    def debt(self, key: PresentationKey) -> Found:
        """What a bank owes after its decision on a presentation, for :attr:`Plan.found`."""
        payee = self.service.presentation(key).payee
        owed = obligation_id(presentation_id(key), key.examiner, payee)
        found, creditor = self.service.obligation(owed), self.service.current_creditor(owed)
        due = self.local(found.maturity, key.examiner)
        at_sight = self.held.issuance.tenor_from is MaturityFrom.NONE
        return (
            {
                "obligation": owed,
                "amount": found.amount,
                "state": found.state.name,
                "due": due.isoformat() if at_sight else found.maturity.date().isoformat(),
            },
            [
                ("owes", f"{Money(found.amount, self.currency)} to {self.name(creditor)}"),
                ("due", "now" if at_sight else found.maturity.date().isoformat()),
            ],
        )


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., Plan]], None]:
    """Makes a command of a function that plans an act on a credit.

    The function takes a :class:`Bureau` and its own arguments, and returns a :class:`Plan`.
    """

    def bureau(hands: Hands, **common: Any) -> Bureau:
        bank = common.pop("bank") or None
        return Bureau(**common, bank=bank, hands=hands)

    return acting_command(app, name, bureau, {"bank": (BankOption, "")})

# SPDX-License-Identifier: Apache-2.0
"""What the commands that act on credits share: which credit, in whose name, by which hands.

Every act is done by a key (``--key``), or prepared for a desk (``--desk``, ``--maker``, ``--out``),
where a maker and a checker sign it. What a text says is kept here before anything is sent.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from yangshan.alliance.desk_actions import action_of
from yangshan.alliance.desk_messages import digest_of
from yangshan.alliance.entries import amount as amount_of
from yangshan.alliance.entries import instant
from yangshan.alliance.places import local_time
from yangshan.chain.enums import MaturityFrom
from yangshan.cli.acting import opened, row
from yangshan.cli.common import (
    AsJson,
    Home,
    Rpc,
    console,
    naming,
    print_cautions,
    print_indented,
    print_json,
    read_bytes,
)
from yangshan.cli.instructions import prepared_at, write_instruction
from yangshan.credit.acts import Act, Draft
from yangshan.credit.history import history, incurred_in, lodged_in
from yangshan.credit.ids import obligation_id, presentation_id
from yangshan.credit.kept import KeptTexts
from yangshan.credit.view import Viewer
from yangshan.errors import Refused, Unusable
from yangshan.money import Currency, Money
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.records import Credit, Obligation, PresentationKey
    from yangshan.chain.sender import Done
    from yangshan.chain.signers import Signer
    from yangshan.chain.wording import Wording
    from yangshan.cli.acting import Office
    from yangshan.credit.cautions import Caution
    from yangshan.credit.service import Credits
    from yangshan.vault import Vault

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

# What was read once an act is done: facts for programs, and some as ``(label, text)`` for people.
Found = tuple[Mapping[str, Any], Sequence[tuple[str, str]]]

_FEWEST_DIGITS: Final = 3
# A deadline to try with, before the instruction has its own.
_SOON: Final = timedelta(days=1)
_LABEL: Final = 16

BankOption = Annotated[
    str, typer.Option("--bank", help="BIC of the issuing bank, if several used REF.")
]
_KeyOption = Annotated[str, typer.Option("--key", help="Name of the key that signs.")]
_DeskOption = Annotated[
    str,
    typer.Option(
        "--desk", help="Instead of a key: the desk that is to do it; MEMBER is its first desk."
    ),
]
_MakerOption = Annotated[
    str, typer.Option("--maker", help="For a desk: address or key of the maker.")
]
_OutOption = Annotated[
    Path | None, typer.Option("--out", help="For a desk: file to write the instruction into.")
]
_DeadlineOption = Annotated[
    str,
    typer.Option("--deadline", help="For a desk: last second; five days from now if absent."),
]
_DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Try it on the chain and send nothing.")
]


class HandsMissing(Unusable):
    """Neither a key nor a desk, or both, or a desk without what it needs."""

    def __init__(self) -> None:
        super().__init__(
            "Say who acts: --key NAME, or --desk DESK with --maker ACCOUNT and --out FILE for an "
            "instruction that a maker and a checker sign."
        )


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


class FileNotText(Unusable):
    """A file of words that is no UTF-8 text."""

    def __init__(self, file: str) -> None:
        super().__init__(f"The file {file} holds no text in UTF-8; expected the words themselves.")
        self.file = file


class NothingSaid(Unusable):
    """Words that are needed and were not given."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Say {what}: --text WORDS, or --text @FILE.")
        self.what = what


@dataclass(frozen=True, slots=True)
class Plan:
    """What a command is about to do, and what it has to say of it.

    ``said`` are facts known before, ``found`` those read once it is done; both by their names for
    programs, and told to people as ``(label, text)`` where that is given. ``doubts`` and
    ``cautions`` are what a person should read first. ``act`` may also make the act when it is asked
    for, and is told whether it is only tried. ``kept`` keeps what belongs to it and is no
    commitment's text. ``status`` is what programs are told when it is done; ``tell`` tells people
    instead of what all such commands say.
    """

    act: Act | Draft | Callable[[bool], Act]
    said: Mapping[str, Any] = field(default_factory=dict)
    found: Callable[[], Found] | None = None
    doubts: Sequence[str] = ()
    cautions: Sequence[Caution] = ()
    kept: Callable[[Act], None] | None = None
    status: str = "done"
    tell: Callable[[Mapping[str, Any]], None] | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """By whom an act is done: a key, or a desk with its maker and the file of the instruction."""

    key: str
    desk: str
    maker: str
    out: Path | None
    deadline: str


@dataclass
class Dossier:
    """A credit at hand, in a workspace on a chain.

    Nothing is asked of the chain before a command needs it, so that faulty files are told first.
    """

    rpc: str
    home: Path | None
    as_json: bool
    bank: str | None
    reference: str = field(default="", init=False)
    credit_id: str = field(default="", init=False)

    @cached_property
    def office(self) -> Office:
        """The workspace on the chain."""
        return opened(self.rpc, self.home, as_json=self.as_json)

    @property
    def service(self) -> Credits:
        """The credits there."""
        return self.office.credits

    @cached_property
    def vault(self) -> Vault:
        """Texts and salts."""
        return self.office.workspace.vault(self.office.chain)

    def name(self, member: int) -> str:
        """A member's legal name, or its number."""
        record = self.office.members.get(member)
        return record.legal_name if record else f"member {member}"

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
class Bureau(Dossier):
    """A credit at hand, and one member that acts on it by its key or its desk."""

    hands: Hands = field(kw_only=True)
    dry_run: bool = field(kw_only=True)

    def __post_init__(self) -> None:
        by_desk = bool(self.hands.desk and self.hands.maker and self.hands.out)
        if bool(self.hands.key) == by_desk or (self.hands.key and self.hands.desk):
            raise HandsMissing

    @cached_property
    def signer(self) -> Signer:
        """The key; raises UnknownKey, WrongPassword, NoPassword, BadKeyFile."""
        return self.office.signer(self.hands.key)

    @cached_property
    def desk(self) -> ChecksumAddress:
        """The desk; raises NoSuchDesk, NotADesk."""
        return self.office.desk(self.hands.desk)

    @cached_property
    def member(self) -> int:
        """The member that acts; 0 for a key that is nobody's."""
        if self.hands.key:
            return self.service.member_of(self.signer)
        return self.office.alliance.desks.member_of(self.desk)

    @property
    def actor(self) -> str:
        """The acting member's legal name, or how else it is known."""
        return self.name(self.member) if self.member else self.hands.key

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

    # Doing it

    def carry_out(self, plan: Plan) -> int:
        """Does what is planned and tells it; returns the exit code."""
        answer, act, done = self._carried_out(plan)
        facts: Sequence[tuple[str, str]] = ()
        if plan.found is not None and done is not None:
            found, facts = plan.found()
            answer |= found
        if self.as_json:
            print_json(answer)
            return 0
        if plan.tell is not None:
            plan.tell(answer)
            return 0
        print_cautions(plan.cautions)
        for doubt in plan.doubts:
            console.print("[yellow]To look at[/]")
            print_indented(doubt, 4)
        self._print(answer, act)
        for label, text in facts:
            row(label, text, _LABEL)
        return 0

    def _carried_out(self, plan: Plan) -> tuple[dict[str, Any], Act, Done | None]:
        done: Done | None = None
        more: dict[str, Any] = {}
        if self.dry_run:
            act = self._committed(plan.act)
            done = self.service.try_out(self.member, self.attempt(act), act)
            status = "already done" if done else "dry run"
        else:
            act = self._settled(plan.act)
            if plan.kept is not None:
                plan.kept(act)
            if self.hands.key:
                done = self.service.do(self.signer, act)
                status = "already done" if done.already else plan.status
            else:
                done = self.service.try_out(self.member, self.attempt(act), act)
                status = "already done" if done else "prepared"
                more = {} if done else self._prepared(act)
        return (
            {
                "status": status,
                "act": act.function,
                "actor": self.actor,
                "what": act.what,
                "article": act.article,
                "credit": {"id": self.credit_id, "reference": self.reference},
                **plan.said,
                **more,
                "transaction": done.transaction if done else None,
                "gas": done.gas if done else None,
                "time": done.time.isoformat() if done else None,
            },
            act,
            done,
        )

    def _committed(self, act: Act | Draft | Callable[[bool], Act]) -> Act:
        if isinstance(act, Draft):
            return act.committed(self.vault.holds(act.kind, act.name, act.value))
        return act if isinstance(act, Act) else act(True)

    def _settled(self, act: Act | Draft | Callable[[bool], Act]) -> Act:
        if isinstance(act, Draft):
            return self.service.settled(self.vault, act, self.member, self.attempt)
        return act if isinstance(act, Act) else act(False)

    def attempt(self, act: Act) -> Callable[[], None]:
        """Tries an act's call in the name of the key or desk."""
        if self.hands.key:
            return self.service.attempt(self.signer, act)
        return lambda: self._try_at_desk(act)

    def _try_at_desk(self, act: Act) -> None:
        """Tries both what the desk would call and whether its maker may propose it."""
        desks, action = self.office.alliance.desks, action_of(act.contract, act.function).name
        desks.try_out(self.desk, action, act.arguments)
        maker = self.office.account(self.hands.maker)
        soon = self.office.now() + _SOON
        desks.try_propose(desks.prepare(self.desk, action, act.arguments, maker, soon))

    def _prepared(self, act: Act) -> dict[str, Any]:
        signed = prepared_at(
            self.office,
            self.desk,
            action_of(act.contract, act.function).name,
            act.arguments,
            self.office.account(self.hands.maker),
            instant(self.hands.deadline) if self.hands.deadline else None,
        )
        file = self.hands.out
        assert file is not None
        write_instruction(file, signed)
        return {
            "desk": self.desk,
            "instruction": str(file),
            "digest": digest_of(signed.instruction, signed.domain),
        }

    def _print(self, answer: Mapping[str, Any], act: Act) -> None:
        said = {
            "done": "[green]Done[/]",
            "already done": "[green]Already done[/]",
            "dry run": "[yellow]Would be done[/]",
            "prepared": "[yellow]Prepared for the desk[/]",
        }[answer["status"]]
        console.print(
            f"{said}  {escape(self.actor)}, credit [bold]{escape(self.reference)}[/]",
            soft_wrap=True,
        )
        print_indented(f"{act.what} ({act.article})", 2)
        if answer["transaction"]:
            print_indented(f"transaction {answer['transaction']}", 2)
            print_indented(f"gas {answer['gas']:,}, block time {answer['time']}", 2)
        if "instruction" in answer:
            print_indented(f"instruction {answer['instruction']}", 2)
            print_indented(f"digest {answer['digest']}", 2)


def words(given: str, what: str) -> str:
    """The words of an option: themselves, or what stands in @FILE.

    Raises :class:`NothingSaid`, FileUnread, :class:`FileNotText`.
    """
    if not given.startswith("@"):
        if not given.strip():
            raise NothingSaid(what)
        return given
    found = text_of(given[1:])
    if not found.strip():
        raise NothingSaid(what)
    return found


def worded(
    kind: str,
    name: str,
    text: str,
    what: str,
    act: Callable[[str], Act],
    *,
    beside: Mapping[str, object] | None = None,
    needed: bool = True,
) -> Draft:
    """An act that the chain sees with a commitment to words, which are kept here.

    ``text`` is the option that :func:`words` reads, and ``what`` tells what is missing; where the
    words are not ``needed`` there may be none. ``beside`` are facts kept with them. Raises as
    :func:`words`.
    """
    spoken = {"text": words(text, what)} if needed or text else {}
    return Draft(kind, name, {**(beside or {}), **spoken}, act)


def text_of(file: str) -> str:
    """What stands in a file of text; raises FileUnread, :class:`FileNotText`."""
    try:
        return read_bytes(file).decode("utf-8")
    except UnicodeDecodeError:
        raise FileNotText(file) from None


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., Plan]], None]:
    """Makes a command of a function that plans an act; the options of all such acts are added.

    The function takes a :class:`Bureau` and its own arguments, and returns a :class:`Plan`.
    """

    def register(plan: Callable[..., Plan]) -> None:
        own = list(inspect.signature(plan, eval_str=True).parameters.values())[1:]

        def run(**given: Any) -> int:
            hands = Hands(
                *(given.pop(each) for each in ("key", "desk", "maker", "out", "deadline"))
            )
            bureau = Bureau(
                given.pop("rpc"),
                given.pop("home"),
                given.pop("as_json"),
                given.pop("bank") or None,
                hands=hands,
                dry_run=given.pop("dry_run"),
            )
            return bureau.carry_out(plan(bureau, **given))

        run.__doc__ = plan.__doc__
        run.__name__ = plan.__name__
        parameters = [*own, *_common()]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        app.command(name)(run)

    return register


def _common() -> list[inspect.Parameter]:
    """The options of every act: the credit's bank, whose hands, the chain, and how it is told."""
    options: dict[str, tuple[Any, Any]] = {
        "rpc": (Rpc, inspect.Parameter.empty),
        "key": (_KeyOption, ""),
        "desk": (_DeskOption, ""),
        "maker": (_MakerOption, ""),
        "out": (_OutOption, None),
        "deadline": (_DeadlineOption, ""),
        "bank": (BankOption, ""),
        "dry_run": (_DryRunOption, False),
        "home": (Home, None),
        "as_json": (AsJson, False),
    }
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, (annotation, default) in options.items()
    ]

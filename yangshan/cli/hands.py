# SPDX-License-Identifier: Apache-2.0
"""What all commands that act share: in whose name, by which hands, and how an act is told.

Every act is done by a key (``--key``), or prepared for a desk (``--desk``, ``--maker``, ``--out``),
where a maker and a checker sign it. What a text says is kept here before anything is sent.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from yangshan.acts import Act, Draft
from yangshan.alliance.desk_actions import action_of
from yangshan.alliance.desk_messages import digest_of
from yangshan.alliance.entries import instant
from yangshan.cli.acting import opened, row
from yangshan.cli.common import (
    AsJson,
    Home,
    Rpc,
    console,
    print_cautions,
    print_indented,
    print_json,
    read_bytes,
)
from yangshan.cli.instructions import prepared_at, write_instruction
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from eth_typing import ChecksumAddress

    from yangshan.acts import Acts
    from yangshan.chain.sender import Done
    from yangshan.chain.signers import Signer
    from yangshan.cli.acting import Office
    from yangshan.credit.cautions import Caution
    from yangshan.vault import Vault

# A deadline to try with, before the instruction has its own.
_SOON: Final = timedelta(days=1)
_LABEL: Final = 16

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


# What was read once an act is done: facts for programs, and some as ``(label, text)`` for people.
Found = tuple[Mapping[str, Any], Sequence[tuple[str, str]]]


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
class Folder:
    """A workspace on a chain.

    Nothing is asked of the chain before a command needs it, so that faulty files are told first.
    """

    rpc: str
    home: Path | None
    as_json: bool

    @cached_property
    def office(self) -> Office:
        """The workspace on the chain."""
        return opened(self.rpc, self.home, as_json=self.as_json)

    @cached_property
    def vault(self) -> Vault:
        """Texts and salts."""
        return self.office.workspace.vault(self.office.chain)

    def name(self, member: int) -> str:
        """A member's legal name, or its number."""
        record = self.office.members.get(member)
        return record.legal_name if record else f"member {member}"


@dataclass
class Actor(Folder, ABC):
    """One member that acts by its key or its desk."""

    hands: Hands = field(kw_only=True)
    dry_run: bool = field(kw_only=True)

    @property
    @abstractmethod
    def service(self) -> Acts:
        """What the member acts on."""

    @property
    def heading(self) -> str:
        """Who acts, and on what, for people."""
        return escape(self.actor)

    @property
    def about(self) -> Mapping[str, Any]:
        """What is acted on, for programs."""
        return {}

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
                **self.about,
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
        console.print(f"{said}  {self.heading}", soft_wrap=True)
        print_indented(f"{act.what} ({act.article})" if act.article else act.what, 2)
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


def acting_command(
    app: typer.Typer,
    name: str | None,
    make: Callable[..., Actor],
    options: Mapping[str, tuple[Any, Any]],
) -> Callable[[Callable[..., Plan]], None]:
    """Makes a command of a function that plans an act; the options of all such acts are added.

    The function takes what ``make`` makes of the hands, ``dry_run``, ``rpc``, ``home``, ``as_json``
    and ``options`` (type and default by name), then its own arguments, and returns a :class:`Plan`.
    """

    def register(plan: Callable[..., Plan]) -> None:
        own = list(inspect.signature(plan, eval_str=True).parameters.values())[1:]
        common = _common(options)

        def run(**given: Any) -> int:
            taken = {each.name: given.pop(each.name) for each in common}
            hands = Hands(*(taken.pop(each) for each in _HANDS))
            actor = make(hands, **taken)
            return actor.carry_out(plan(actor, **given))

        run.__doc__ = plan.__doc__
        run.__name__ = plan.__name__
        parameters = [*own, *common]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {each.name: each.annotation for each in parameters}
        app.command(name)(run)

    return register


_HANDS: Final = ("key", "desk", "maker", "out", "deadline")


def _common(more: Mapping[str, tuple[Any, Any]]) -> list[inspect.Parameter]:
    """The options of every act: whose hands, the chain, and how it is told."""
    options: dict[str, tuple[Any, Any]] = {
        "rpc": (Rpc, inspect.Parameter.empty),
        "key": (_KeyOption, ""),
        "desk": (_DeskOption, ""),
        "maker": (_MakerOption, ""),
        "out": (_OutOption, None),
        "deadline": (_DeadlineOption, ""),
        **more,
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

# SPDX-License-Identifier: Apache-2.0
"""``yangshan alliance desk prepare``, ``sign``, ``approve`` ...: instructions on their way.

An instruction is a file: its maker prepares it, maker and checker sign it, each where his key is,
and anyone relays it. Or maker and checker send transactions instead of signatures.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

import typer
from rich.markup import escape

from yangshan.alliance.desk_actions import desk_action
from yangshan.alliance.desk_messages import SignedInstruction, digest_of
from yangshan.alliance.desk_words import instruction_words
from yangshan.alliance.desks import words_of
from yangshan.alliance.entries import arguments_of, instant
from yangshan.cli.acting import ActionText, DeskText, KeyName, names_of, opened, row
from yangshan.cli.common import (
    AsJson,
    Home,
    Rpc,
    console,
    print_json,
    read_bytes,
)
from yangshan.cli.folders import password_of, workspace_at
from yangshan.credit.issuing import (
    expect_own,
    issue_draft,
    keep_bank_only,
    stated_credit,
    stated_terms,
)
from yangshan.errors import Refused, Unusable
from yangshan.money import Currency
from yangshan.vault import KeptOtherwise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.desk_words import InstructionWords
    from yangshan.chain.records import Issuance
    from yangshan.chain.wording import Wording
    from yangshan.cli.acting import Office
    from yangshan.credit.acts import Act
    from yangshan.workspace import Workspace

INSTRUCTION_KIND: Final = "instruction"
_ISSUE: Final = "issue a credit"
# Time enough for the other pair of eyes, over a weekend too.
_DEADLINE: Final = timedelta(days=5)

# As wide as the longest name of an argument, and two more.
_LABEL: Final = 24

FileText = Annotated[
    str, typer.Argument(metavar="FILE", help="An instruction; - is standard input.")
]


class IssuedOtherwise(Refused):
    """A credit that is not issued by the plain act."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The credit {reference} was pre-advised or is available by mixed payment; expected "
            "`yangshan credit issue` with --desk, which prepares the act that it takes. Nothing "
            "was sent."
        )
        self.reference = reference


class FileUnwritten(Unusable):
    """A file that cannot be written."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The file {file} cannot be written: {reason}.")
        self.file = file


class BadPair(Unusable):
    """An argument without its value."""

    def __init__(self, given: str) -> None:
        super().__init__(f"{given} is no argument: expected NAME=VALUE.")
        self.given = given


class OtherChain(Unusable):
    """An instruction for another chain than the one at hand."""

    def __init__(self, signed: int, found: int) -> None:
        super().__init__(
            f"The instruction is for chain {signed}, and this is chain {found}: it counts only "
            "where it was made for."
        )


class UnknownInstruction(Unusable):
    """First digits that no waiting instruction, or more than one, has."""

    def __init__(self, given: str, count: int) -> None:
        super().__init__(
            f"One instruction that waits at this desk was to begin with {given}, and "
            f"{count or 'none'} {'do' if count else 'does'}."
        )
        self.given = given


def waiting(desk: DeskText, rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """List what was proposed by a transaction and waits for a checker."""
    office = opened(rpc, home, as_json=as_json)
    found = office.alliance.desks.waiting(office.desk(desk))
    if as_json:
        print_json([_instruction_as_json(each, office.workspace) for each in found])
        return 0
    wording = office.wording
    if not found:
        console.print("Nothing waits at this desk.")
    for each in found:
        instruction = each.instruction
        console.print(f"[bold]{_digest(each)}[/]", soft_wrap=True)
        row("action", words_of(instruction))
        row("maker", wording.account(instruction.maker))
        row("nonce", str(instruction.nonce))
        row("until", wording.time(instruction.deadline))
    return 0


def fetch(
    desk: DeskText,
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="First digits, of `waiting`.")],
    out: Annotated[Path, typer.Option("--out", help="File to write the instruction into.")],
    rpc: Rpc,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Write an instruction that waits at a desk into a file, to be shown and approved."""
    office = opened(rpc, home, as_json=as_json)
    fitting = [
        each
        for each in office.alliance.desks.waiting(office.desk(desk))
        if _digest(each).removeprefix("0x").startswith(digest.lower().removeprefix("0x"))
    ]
    if len(fitting) != 1:
        raise UnknownInstruction(digest, len(fitting))
    write_instruction(out, fitting[0])
    return _shown(fitting[0], office.workspace, as_json=as_json)


def show(file: FileText, home: Home = None, as_json: AsJson = False) -> int:
    """Show an instruction in words, everything that its call says; needs no chain."""
    return _shown(_read(file), workspace_at(home), as_json=as_json)


# What the people of a desk do


def prepare(
    desk: DeskText,
    action: ActionText,
    maker: Annotated[str, typer.Option("--maker", help="Address or key of the maker.")],
    out: Annotated[Path, typer.Option("--out", help="File to write the instruction into.")],
    rpc: Rpc,
    given: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME=VALUE", help="An argument; may be repeated."),
    ] = None,
    mt700: Annotated[
        str, typer.Option("--mt700", help="For `issue a credit`: the message that states it.")
    ] = "",
    currency: Annotated[str, typer.Option("--currency", help="For cash: which, as CNY.")] = "",
    deadline: Annotated[
        str, typer.Option("--deadline", help="Last second; five days from now if absent.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Write an instruction into a file, for its maker and a checker to sign; sends nothing."""
    known = desk_action(action)
    pairs = dict(_pair(each) for each in given or ())
    money = Currency.of(currency) if currency else None
    last = instant(deadline) if deadline else None
    office = opened(rpc, home, as_json=as_json)
    where, who = office.desk(desk), office.account(maker)
    arguments = (
        (_issuance(office, mt700, where),)
        if mt700 and action == _ISSUE
        else arguments_of(known.contract, known.function, pairs, office)
    )
    signed = prepared_at(office, where, action, arguments, who, last, money)
    write_instruction(out, signed)
    return _shown(signed, office.workspace, as_json=as_json)


def sign(
    file: FileText,
    key: KeyName,
    out: Annotated[Path | None, typer.Option("--out", help="Another file for the result.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Sign without being asked.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Sign an instruction, as its maker or as a checker, whichever the key is; needs no chain."""
    workspace = workspace_at(home)
    signed = _read(file)
    signer = workspace.keys.load(key, password_of(workspace, key))
    if not yes:
        _print_instruction(signed, workspace)
        typer.confirm(f"Does {key} sign this?", abort=True, err=True)
    is_maker = signer.address == signed.instruction.maker
    done = signed.made(signer) if is_maker else signed.approved(signer)
    write_instruction(out or Path(file), done)
    return _shown(done, workspace, as_json=as_json)


def propose(
    file: FileText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Propose an instruction by a transaction of its maker."""
    office = opened(rpc, home, as_json=as_json)
    signed = _of_this_chain(file, office)
    digest = office.alliance.desks.propose(office.signer(key), signed)
    return office.answer(digest=digest)


def approve(
    file: FileText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Approve an instruction by a transaction of a checker, and carry it out."""
    office = opened(rpc, home, as_json=as_json)
    signed = _of_this_chain(file, office)
    office.alliance.desks.approve(office.signer(key), signed)
    return office.answer(digest=_digest(signed))


def relay(
    file: FileText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Carry out an instruction that is signed; any key may send it."""
    office = opened(rpc, home, as_json=as_json)
    signed = _of_this_chain(file, office)
    office.alliance.desks.relay(office.signer(key), signed)
    return office.answer(digest=_digest(signed))


def cancel(
    file: FileText, rpc: Rpc, key: KeyName, home: Home = None, as_json: AsJson = False
) -> int:
    """Cancel an instruction, signed or proposed: its maker, a checker or an administrator may."""
    office = opened(rpc, home, as_json=as_json)
    signed = _of_this_chain(file, office)
    instruction = signed.instruction
    office.alliance.desks.cancel(
        office.signer(key), signed.domain.desk, instruction.maker, instruction.nonce
    )
    return office.answer(digest=_digest(signed))


# How it is done


def prepared_at(
    office: Office,
    desk: ChecksumAddress,
    action: str,
    arguments: Sequence[object],
    maker: ChecksumAddress,
    deadline: datetime | None = None,
    currency: Currency | None = None,
) -> SignedInstruction:
    """An instruction to a desk under the maker's next free number, tried and kept; sends nothing.

    Without a ``deadline`` it is open for five days. Raises what the desk refuses.
    """
    desks = office.alliance.desks
    nonce = desks.next_nonce(desk, maker)
    while True:
        signed = desks.prepare(
            desk,
            action,
            arguments,
            maker,
            deadline or office.now() + _DEADLINE,
            currency=currency,
            nonce=nonce,
        )
        desks.try_propose(signed)
        # The chain does not know what waits here for signatures, so it is kept beside it.
        try:
            office.workspace.vault(office.chain).keep(
                INSTRUCTION_KIND, f"{desk}-{maker}-{nonce}", signed.text()
            )
        except KeptOtherwise:
            nonce += 1
            continue
        return signed


def _pair(given: str) -> tuple[str, str]:
    name, sign_, value = given.partition("=")
    if not sign_ or not name:
        raise BadPair(given)
    return name, value


def _issuance(office: Office, file: str, desk: ChecksumAddress) -> Issuance:
    """With which the credit of a message is issued; the desk is tried before terms are kept."""
    terms, findings = stated_terms(read_bytes(file), file)
    stated = stated_credit(terms, findings, file, office.members)
    desks = office.alliance.desks
    bank = desks.member_of(desk)
    expect_own(bank, desk, stated.parties, terms, office.wording.member(bank))
    service, vault = office.credits, office.workspace.vault(office.chain)

    def attempt(act: Act) -> Callable[[], None]:
        return lambda: desks.try_out(desk, _ISSUE, act.arguments)

    draft = issue_draft(service, stated)
    if draft.committed().function != "issue":
        raise IssuedOtherwise(terms.reference)
    act = service.settled(vault, draft, bank, attempt)
    keep_bank_only(vault, [stated], act)
    (issuance,) = act.arguments
    return cast("Issuance", issuance)


def _read(file: str) -> SignedInstruction:
    return SignedInstruction.read(read_bytes(file))


def _of_this_chain(file: str, office: Office) -> SignedInstruction:
    signed = _read(file)
    if signed.domain.chain_id != office.chain.chain_id:
        raise OtherChain(signed.domain.chain_id, office.chain.chain_id)
    return signed


def write_instruction(file: Path, signed: SignedInstruction) -> None:
    """Writes an instruction whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=".draft-", delete=False
        ) as draft:
            draft.write(signed.text())
        Path(draft.name).replace(file)
    except OSError as unwritten:
        raise FileUnwritten(str(file), unwritten.strerror or "unknown reason") from unwritten


def _digest(signed: SignedInstruction) -> str:
    return digest_of(signed.instruction, signed.domain)


def _words(signed: SignedInstruction, workspace: Workspace) -> tuple[InstructionWords, Wording]:
    contracts, wording = names_of(workspace, signed.domain.chain_id)
    said = instruction_words(signed.instruction, contracts, signed.domain.desk, wording)
    return said, wording


def _shown(signed: SignedInstruction, workspace: Workspace, *, as_json: bool) -> int:
    if as_json:
        print_json(_instruction_as_json(signed, workspace))
    else:
        _print_instruction(signed, workspace)
    return 0


def _instruction_as_json(signed: SignedInstruction, workspace: Workspace) -> dict[str, Any]:
    said, _ = _words(signed, workspace)
    instruction = signed.instruction
    return {
        "digest": _digest(signed),
        "chain_id": signed.domain.chain_id,
        "desk": signed.domain.desk,
        "action": instruction.action,
        "words": [list(each) for each in (*said.frame, *said.arguments)],
        "doubts": list(said.doubts),
        "maker": instruction.maker,
        "nonce": instruction.nonce,
        "deadline": instruction.deadline.isoformat(),
        "signed_by_maker": signed.maker_signature is not None,
        "checker": signed.checker,
    }


def _print_instruction(signed: SignedInstruction, workspace: Workspace) -> None:
    said, wording = _words(signed, workspace)
    console.print(f"[bold]{escape(said.heading)}[/]")
    for label, text in said.frame:
        row(label, text, _LABEL)
    if said.arguments:
        console.print("  which is to say")
    for label, text in said.arguments:
        row(label, text, _LABEL)
    row("chain", str(signed.domain.chain_id), _LABEL)
    row("digest", _digest(signed), _LABEL)
    row("maker signed", "yes" if signed.maker_signature else "no", _LABEL)
    checker = wording.account(signed.checker) if signed.checker else "no"
    row("checker signed", checker, _LABEL)
    for doubt in said.doubts:
        console.print(f"[yellow]![/] {escape(doubt)}", soft_wrap=True)

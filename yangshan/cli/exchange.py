# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents share``, ``fetch``, ``withdraw`` ...: documents passed on, encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yangshan.alliance.desk_actions import action_of
from yangshan.alliance.desk_messages import digest_of
from yangshan.alliance.entries import instant
from yangshan.alliance.ledger import Ledger
from yangshan.cli.acting import opened, row
from yangshan.cli.bureau import BankOption, Hands, HandsMissing
from yangshan.cli.common import AsJson, Home, Rpc, console, print_indented, read_bytes
from yangshan.cli.documents import NotWritten
from yangshan.cli.instructions import prepared_at, write_instruction
from yangshan.credit.view import Viewer
from yangshan.documents.files import read_sealed, sealed_text
from yangshan.errors import Unusable
from yangshan.exchange.encryption import key_of, recipient_of
from yangshan.exchange.grants import GRANTS, Grants, grant_arguments, withdraw_arguments
from yangshan.exchange.service import Exchange, parties_of
from yangshan.vault import write_private
from yangshan.workspace import NoPassword

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yangshan.chain.signers import Signer
    from yangshan.cli.acting import Office
    from yangshan.exchange.grants import Grant
    from yangshan.exchange.service import Withdrawn

_LABEL = 12
_STAYS_READ = (
    "What was read before stays read, and a copy that somebody kept stays with it: a withdrawal is "
    "for the future."
)
_STILL_THERE = (
    "The encrypted document still lies in the store, and the key of a reader that was left out "
    "still opens it there; --renew removes it and gives it to the others under another address."
)

ContentText = Annotated[
    str,
    typer.Argument(metavar="CONTENT", help="Address of a document, or its first digits."),
]
MemberOption = Annotated[
    str,
    typer.Option("--member", help="Who reads; needed if reading keys of several members are here."),
]
KeyOption = Annotated[str, typer.Option("--key", help="Name of the key that signs.")]
DeskOption = Annotated[
    str,
    typer.Option(
        "--desk", help="Instead of a key: the desk that is to do it; MEMBER is its first desk."
    ),
]
MakerOption = Annotated[
    str, typer.Option("--maker", help="For a desk: address or key of the maker.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="For a desk: file to write the instruction into.")
]
DeadlineOption = Annotated[
    str,
    typer.Option("--deadline", help="For a desk: last second; five days from now if absent."),
]


class NobodyNamed(Unusable):
    """A document shared with neither a credit's parties nor members, or with both."""

    def __init__(self) -> None:
        super().__init__(
            "Say with whom: --credit REF for the parties of a credit, or --to MEMBER for each."
        )


class ReaderUnclear(Unusable):
    """A reader that was not named, where there is not exactly one that it could be."""

    def __init__(self, known: Sequence[str]) -> None:
        there = f"there are those of {', '.join(known)}" if known else "there are none"
        super().__init__(
            f"Say who reads with --member MEMBER: of the reading keys here {there} (`yangshan "
            "documents publish-key` makes one)."
        )
        self.known = tuple(known)


class KeyOnly(Unusable):
    """What takes several transactions, asked of a desk."""

    def __init__(self) -> None:
        super().__init__(
            "--renew takes several transactions, so it is done with --key. With a desk withdraw "
            "first, then share the document anew."
        )


class OtherHalfLost(Unusable):
    """A published key whose private half is not here."""

    def __init__(self, member: str, key: bytes) -> None:
        super().__init__(
            f"The encryption key {recipient_of(key)} that {member} has published is not here, so "
            "that nothing that is sent to it can be read here. Fetch where it is, or publish "
            "another with --rotate."
        )
        self.key = key


@dataclass
class Counter:
    """Where documents are passed on: the workspace on a chain, with its store and its keys."""

    office: Office

    @cached_property
    def ledger(self) -> Ledger:
        """The contracts, whose acts are told as they are done."""
        office = self.office
        return Ledger(office.chain, office.sender, office.deployment, office.tell)

    @cached_property
    def exchange(self) -> Exchange:
        """The exchange; raises BadStoreFile, StoreUnusable."""
        workspace, chain = self.office.workspace, self.office.chain
        return Exchange(
            Grants(self.ledger),
            workspace.store,
            workspace.reading_keys(chain),
            workspace.outgoing(chain),
            self.name,
        )

    def name(self, member: int) -> str:
        """A member's legal name, or its number."""
        record = self.office.members.get(member)
        return record.legal_name if record else f"member {member}"

    def reader(self, given: str) -> int:
        """The member that reads; raises :class:`ReaderUnclear`, UnknownMemberName."""
        if given:
            return self.office.member(given)
        here = self.office.workspace.reading_keys(self.office.chain).members()
        if len(here) != 1:
            raise ReaderUnclear([self.ledger.handle(each) for each in here])
        return here[0]

    def password(self, member: int) -> str:
        """That of a member's reading keys; raises NoPassword where nobody can be asked."""
        name = f"reading key of {self.ledger.handle(member)}"
        try:
            return self.office.workspace.password(name)
        except NoPassword:
            if not console.is_terminal:
                raise
            return str(typer.prompt(f"Password of the {name}", hide_input=True))

    def signer(self, hands: Hands) -> Signer | None:
        """The key, or None for a desk; raises HandsMissing and what loading the key raises."""
        by_desk = bool(hands.desk and hands.maker and hands.out)
        if bool(hands.key) == by_desk or (hands.key and hands.desk):
            raise HandsMissing
        return self.office.signer(hands.key) if hands.key else None

    def member(self, signer: Signer | None, hands: Hands) -> int:
        """The member that acts."""
        if signer is not None:
            return self.ledger.number_of(signer)
        return self.office.alliance.desks.member_of(self.office.desk(hands.desk))

    def instruct(
        self, hands: Hands, function: str, arguments: tuple[object, ...]
    ) -> dict[str, Any]:
        """Prepares an act for a desk and writes it down; raises what it would be refused with."""
        desk = self.office.desk(hands.desk)
        action = action_of(GRANTS, function).name
        self.office.alliance.desks.try_out(desk, action, arguments)
        signed = prepared_at(
            self.office,
            desk,
            action,
            arguments,
            self.office.account(hands.maker),
            instant(hands.deadline) if hands.deadline else None,
        )
        assert hands.out is not None
        write_instruction(hands.out, signed)
        digest = digest_of(signed.instruction, signed.domain)
        if not self.office.as_json:
            console.print("[yellow]Prepared for the desk[/]")
            row("instruction", str(hands.out), _LABEL)
            row("digest", digest, _LABEL)
        return {"instruction": str(hands.out), "digest": digest}

    def tell(self, *rows: tuple[str, str]) -> None:
        """Facts for people."""
        if not self.office.as_json:
            for label, text in rows:
                row(label, text, _LABEL)

    def say(self, text: str) -> None:
        """A sentence for people."""
        if not self.office.as_json:
            print_indented(text, 2)


def register(documents: typer.Typer) -> None:
    """Adds these commands."""
    documents.command("publish-key")(publish_key)
    documents.command()(share)
    documents.command()(inbox)
    documents.command()(fetch)
    documents.command()(withdraw)


def publish_key(
    rpc: Rpc,
    key: KeyOption = "",
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Make another key in the place of the published one.")
    ] = False,
    desk: DeskOption = "",
    maker: MakerOption = "",
    out: OutOption = None,
    deadline: DeadlineOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Make the key with which your member reads, keep it here, and publish its public half.

    Its administrator signs. Earlier keys stay here: what was encrypted to them is read with them.
    """
    hands = Hands(key, desk, maker, out, deadline)
    counter = Counter(opened(rpc, home, as_json=as_json))
    signer = counter.signer(hands)
    member = counter.member(signer, hands)
    grants = Grants(counter.ledger)
    keys = counter.office.workspace.reading_keys(counter.office.chain)
    published = grants.key_of(member)
    if published is not None and not rotate:
        if not keys.has(member, published):
            raise OtherHalfLost(counter.name(member), published)
        chosen = published
    else:
        # One that was kept and not published, as after an interruption, is taken first.
        known = {recipient_of(each) for each in grants.keys_of(member)}
        waiting = [each for each in keys.names(member) if each not in known]
        chosen = key_of(waiting[0]) if waiting else keys.make(member, counter.password(member))
    more: dict[str, Any] = {}
    if signer is not None:
        grants.publish(signer, chosen)
    else:
        more = counter.instruct(hands, "publishKey", (chosen,))
    counter.tell(("key", recipient_of(chosen)))
    return counter.office.answer(key=recipient_of(chosen), **more)


def share(
    file: Annotated[str, typer.Argument(metavar="SEALED", help="A sealed document.")],
    rpc: Rpc,
    credit: Annotated[
        str,
        typer.Option("--credit", metavar="REF", help="With the parties of this credit."),
    ] = "",
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="MEMBER", help="With this member.")
    ] = None,
    leave_out: Annotated[
        list[str] | None,
        typer.Option("--except", metavar="MEMBER", help="Not with this party of the credit."),
    ] = None,
    original: Annotated[
        str | None, typer.Option("--original", help="Its original file, to be passed on with it.")
    ] = None,
    key: KeyOption = "",
    bank: BankOption = "",
    desk: DeskOption = "",
    maker: MakerOption = "",
    out: OutOption = None,
    deadline: DeadlineOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Encrypt a sealed document to members, put it into the store, and grant them access.

    They get its salts with it: each can verify it, and show fields of it on.
    """
    if bool(credit) == bool(to) or (leave_out and not credit):
        raise NobodyNamed
    sealed = read_sealed(read_bytes(file), file)
    content = read_bytes(original) if original is not None else None
    hands = Hands(key, desk, maker, out, deadline)
    counter = Counter(opened(rpc, home, as_json=as_json))
    signer = counter.signer(hands)
    office = counter.office
    readers = {office.member(each) for each in to or ()}
    if credit:
        viewer = Viewer(office.chain, office.deployment, office.credits, office.members)
        held = office.credits.credit(viewer.number_of(credit, bank or None))
        readers = set(parties_of(held)) - {office.member(each) for each in leave_out or ()}
    exchange, more = counter.exchange, {}
    if signer is not None:
        prepared = exchange.share(signer, sealed, content, readers, credit)
    else:
        sender = counter.member(signer, hands)
        prepared = exchange.prepare(sender, sealed, content, readers, credit)
        arguments = grant_arguments(prepared.content, prepared.document, prepared.readers)
        more = counter.instruct(hands, "grant", arguments)
    counter.tell(
        ("content", prepared.content),
        ("document", prepared.document),
        *(("reader", counter.name(each)) for each in prepared.readers),
    )
    return office.answer(
        content=prepared.content,
        document=prepared.document,
        readers=[_member(counter, each) for each in prepared.readers],
        **more,
    )


def inbox(
    rpc: Rpc,
    member: MemberOption = "",
    sent: Annotated[
        bool, typer.Option("--sent", help="What the member granted to others instead.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what was withdrawn since.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """List the documents that were granted to a member, by whom and since when."""
    counter = Counter(opened(rpc, home, as_json=as_json))
    reader, grants = counter.reader(member), Grants(counter.ledger)
    found = grants.given_by(reader) if sent else grants.given_to(reader)
    shown = [each for each in found if everything or each.withdrawn is None]
    if not as_json:
        if not shown:
            console.print(f"Nothing was granted {'by' if sent else 'to'} {counter.name(reader)}.")
        for each in shown:
            console.print(f"[bold]{each.content}[/]", soft_wrap=True)
            row(
                "to" if sent else "from",
                counter.name(each.reader if sent else each.granter),
                _LABEL,
            )
            row("document", each.document, _LABEL)
            row("granted", counter.office.wording.time(each.granted), _LABEL)
            if each.withdrawn is not None:
                row("withdrawn", counter.office.wording.time(each.withdrawn), _LABEL)
    return counter.office.answer(
        member=_member(counter, reader), grants=[_grant_json(counter, each) for each in shown]
    )


def fetch(
    content: ContentText,
    out: Annotated[
        Path, typer.Option("--out", help="File for the sealed document; one that is there stays.")
    ],
    rpc: Rpc,
    original_out: Annotated[
        Path | None,
        typer.Option("--original-out", help="File for its original file, if it came with one."),
    ] = None,
    member: MemberOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Fetch a document that was granted to a member, open it, and hold it to its commitment."""
    counter = Counter(opened(rpc, home, as_json=as_json))
    reader = counter.reader(member)
    exchange = counter.exchange
    address = exchange.content(reader, content)
    found = exchange.fetch(reader, address, counter.password(reader))
    inside = found.envelope
    files: dict[Path, str | bytes] = {out: sealed_text(inside.sealed)}
    if original_out is not None and inside.original is not None:
        files[original_out] = inside.original
    _write_all(files)
    commitment = inside.sealed.commitment.hex()
    if not as_json:
        console.print(
            f"[green]✓[/] fetched and held to its commitment: {inside.sealed.document.type}"
        )
    counter.tell(
        ("from", counter.name(found.granter)),
        ("document", commitment),
        *([("credit", inside.credit)] if inside.credit else []),
        *(("file", str(each)) for each in files),
    )
    if inside.original is not None and original_out is None:
        counter.say("Its original file came with it; --original-out writes that too.")
    if inside.original is None and original_out is not None:
        counter.say("It came without its original file; only the sealed document was written.")
    return counter.office.answer(
        content=address,
        granter=_member(counter, found.granter),
        document=commitment,
        kind=inside.sealed.document.kind,
        credit=inside.credit or None,
        sealed=str(out),
        original=str(original_out) if original_out in files else None,
    )


def withdraw(
    content: ContentText,
    rpc: Rpc,
    readers: Annotated[
        list[str], typer.Option("--from", metavar="MEMBER", help="Who may not read it any more.")
    ],
    renew: Annotated[
        bool,
        typer.Option(
            "--renew",
            help="Give it to the others under another address, encrypted anew, and remove it here.",
        ),
    ] = False,
    key: KeyOption = "",
    desk: DeskOption = "",
    maker: MakerOption = "",
    out: OutOption = None,
    deadline: DeadlineOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Withdraw a document from members, for the future; what was read stays read."""
    hands = Hands(key, desk, maker, out, deadline)
    if renew and desk:
        raise KeyOnly
    counter = Counter(opened(rpc, home, as_json=as_json))
    signer = counter.signer(hands)
    sender = counter.member(signer, hands)
    exchange = counter.exchange
    address = exchange.content(sender, content)
    chosen = [counter.office.member(each) for each in readers]
    if signer is None:
        named = exchange.granted_to(sender, address, chosen)
        more = counter.instruct(hands, "withdraw", withdraw_arguments(address, named))
        return counter.office.answer(content=address, note=_STAYS_READ, **more)
    if renew:
        done = exchange.withdraw_and_renew(signer, address, chosen, counter.password(sender))
    else:
        done = exchange.withdraw(signer, address, chosen)
    _tell_withdrawn(counter, done, renew=renew)
    return counter.office.answer(
        content=address,
        readers=[_member(counter, each) for each in done.readers],
        anew=done.anew and done.anew.content,
        removed=done.removed,
        note=_STAYS_READ if renew else f"{_STAYS_READ} {_STILL_THERE}",
    )


def _tell_withdrawn(counter: Counter, done: Withdrawn, *, renew: bool) -> None:
    if done.anew is not None:
        counter.tell(
            ("anew", done.anew.content),
            *(("reader", counter.name(each)) for each in done.anew.readers),
        )
    if done.removed:
        counter.say("The encrypted document was removed from the store.")
    counter.say(_STAYS_READ)
    if not renew:
        counter.say(_STILL_THERE)


def _write_all(files: Mapping[Path, str | bytes]) -> None:
    """Writes all of these or none; raises NotWritten."""
    written: list[Path] = []
    try:
        for path, text in files.items():
            try:
                if not write_private(path, text):
                    raise NotWritten(path, "another file stands there, and stays")
            except OSError as unwritten:
                raise NotWritten(path, unwritten.strerror or "unknown reason") from unwritten
            written.append(path)
    except NotWritten:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _member(counter: Counter, number: int) -> dict[str, Any]:
    return {"number": number, "name": counter.name(number)}


def _grant_json(counter: Counter, grant: Grant) -> dict[str, Any]:
    return {
        "content": grant.content,
        "document": grant.document,
        "granter": _member(counter, grant.granter),
        "reader": _member(counter, grant.reader),
        "granted": grant.granted.isoformat(),
        "withdrawn": grant.withdrawn.isoformat() if grant.withdrawn else None,
    }

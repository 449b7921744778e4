# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents share``, ``fetch``, ``withdraw`` ...: documents passed on, encrypted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.markup import escape

from yangshan.cli.acting import row
from yangshan.cli.bureau import BankOption
from yangshan.cli.common import (
    AsJson,
    Home,
    Rpc,
    console,
    print_indented,
    print_json,
    read_bytes,
)
from yangshan.cli.hands import Actor, Folder, Plan, acting_command
from yangshan.cli.private_files import NotWritten, write_all
from yangshan.credit.view import Viewer
from yangshan.documents.files import read_sealed, sealed_text
from yangshan.errors import Unusable, YangshanError
from yangshan.exchange import granting
from yangshan.exchange.encryption import key_of, new_secret, public_of, recipient_of
from yangshan.exchange.grants import Grants
from yangshan.exchange.service import Exchange, parties_of
from yangshan.workspace import NoPassword

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yangshan.exchange.grants import Grant
    from yangshan.exchange.service import Prepared

_LABEL: Final = 12
_STAYS_READ: Final = (
    "What was read before stays read, and so does every copy that was kept: a withdrawal is for "
    "the future."
)
_STILL_THERE: Final = (
    "The encrypted document still lies in the store, where the key of whoever may not read it any "
    "more would still open it; --renew removes it, and gives it to the others under another "
    "address."
)

ContentText = Annotated[
    str,
    typer.Argument(metavar="CONTENT", help="Address of a document, or its first digits."),
]
MemberOption = Annotated[
    str,
    typer.Option("--member", help="Who reads; needed if reading keys of several members are here."),
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


class NotRenewed(Unusable):
    """A withdrawal that is done, while what was to follow it is not."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "The access was withdrawn on the chain, but the document is not out of reach yet. "
            f"{reason} Run the command again: it goes on from there."
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
class Mailroom(Folder):
    """Where documents are passed on: a workspace on a chain, with its store and reading keys."""

    @cached_property
    def grants(self) -> Grants:
        """What the chain says."""
        office = self.office
        return Grants(office.chain, office.sender, office.deployment)

    @cached_property
    def exchange(self) -> Exchange:
        """The exchange; raises BadStoreFile, StoreUnusable."""
        workspace, chain = self.office.workspace, self.office.chain
        return Exchange(
            self.grants,
            workspace.store,
            workspace.reading_keys(chain),
            workspace.outgoing(chain),
            self.name,
        )

    def reader(self, given: str) -> int:
        """The member that reads; raises :class:`ReaderUnclear`, UnknownMemberName."""
        if given:
            return self.office.member(given)
        here = self.office.workspace.reading_keys(self.office.chain).members()
        if len(here) != 1:
            raise ReaderUnclear([self.name(each) for each in here])
        return here[0]

    def password(self, member: int) -> str:
        """That of a member's reading keys; raises NoPassword where nobody can be asked."""
        name = f"with which {self.name(member)} reads documents"
        try:
            return self.office.workspace.password(name)
        except NoPassword:
            if not console.is_terminal:
                raise
            return str(typer.prompt(f"Password of the key {name}", hide_input=True))

    def named(self, number: int) -> dict[str, Any]:
        """A member for programs."""
        return {"number": number, "name": self.name(number)}


@dataclass
class Sender(Actor, Mailroom):
    """A member that passes documents on, by its key or its desk."""

    @property
    def service(self) -> Grants:
        """The keys and grants there."""
        return self.grants

    def told(self, prepared: Prepared) -> dict[str, Any]:
        """What was prepared, for programs."""
        return {
            "content": prepared.content,
            "document": prepared.document,
            "readers": [self.named(each) for each in prepared.readers],
        }

    def rows(self, prepared: Prepared) -> list[tuple[str, str]]:
        """What was prepared, for people."""
        return [
            ("content", prepared.content),
            ("document", prepared.document),
            *(("reader", self.name(each)) for each in prepared.readers),
        ]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    acting_command(app, "publish-key", _sender, {})(_publish_key)
    acting_command(app, "share", _sender, {})(_share)
    app.command()(inbox)
    app.command()(fetch)
    acting_command(app, "withdraw", _sender, {})(_withdraw)


def _sender(hands: Any, **common: Any) -> Sender:
    return Sender(**common, hands=hands)


def _publish_key(
    sender: Sender,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Make another key in the place of the published one.")
    ] = False,
) -> Plan:
    """Make the key with which your member reads, keep it here, and publish its public half.

    Its administrator signs. Earlier keys stay here: what was encrypted to them is read with them.
    """
    key = _reading_key(sender, rotate=rotate)
    said = {"key": recipient_of(key)}
    return Plan(
        granting.publish_key(sender.member, key), said, found=lambda: ({}, list(said.items()))
    )


def _reading_key(sender: Sender, *, rotate: bool) -> bytes:
    """The public half of the key to publish, its private half on disk before anything is sent."""
    member, grants = sender.member, sender.grants
    keys = sender.office.workspace.reading_keys(sender.office.chain)
    published = grants.key_of(member)
    if published is not None and not rotate:
        if not keys.has(member, published):
            raise OtherHalfLost(sender.name(member), published)
        return published
    # One that was kept and not published, as after an interruption, is taken first.
    known = {recipient_of(each) for each in grants.keys_of(member)}
    if waiting := [each for each in keys.names(member) if each not in known]:
        return key_of(waiting[0])
    new_public = public_of(new_secret())
    trial = granting.publish_key(member, new_public)
    # What the chain would refuse leaves no key behind.
    sender.service.try_out(member, sender.attempt(trial), trial)
    if sender.dry_run:
        return new_public
    return keys.make(member, sender.password(member))


def _share(
    sender: Sender,
    file: Annotated[str, typer.Argument(metavar="SEALED", help="A sealed document.")],
    credit: Annotated[
        str, typer.Option("--credit", metavar="REF", help="With the parties of this credit.")
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
    bank: BankOption = "",
) -> Plan:
    """Encrypt a sealed document to members, put it into the store, and grant them access.

    They get its salts with it: each can verify it, and show fields of it on.
    """
    if bool(credit) == bool(to) or (leave_out and not credit):
        raise NobodyNamed
    sealed = read_sealed(read_bytes(file), file)
    content = read_bytes(original) if original is not None else None
    office = sender.office
    readers = {office.member(each) for each in to or ()}
    if credit:
        viewer = Viewer(office.chain, office.deployment, office.credits, office.members)
        held = office.credits.credit(viewer.number_of(credit, bank or None))
        readers = set(parties_of(held)) - {office.member(each) for each in leave_out or ()}
    exchange, given = sender.exchange, (sender.member, sealed, content, readers, credit)
    prepared = exchange.prepare(*given, tried=True)
    if not sender.dry_run:
        # What the chain would refuse is not stored either.
        trial = exchange.granting(sender.member, prepared)
        sender.service.try_out(sender.member, sender.attempt(trial), trial)
        prepared = exchange.prepare(*given)
    return Plan(
        exchange.granting(sender.member, prepared),
        sender.told(prepared),
        found=lambda: ({}, sender.rows(prepared)),
    )


def _withdraw(
    sender: Sender,
    content: ContentText,
    readers: Annotated[
        list[str], typer.Option("--from", metavar="MEMBER", help="Who may not read it any more.")
    ],
    renew: Annotated[
        bool,
        typer.Option(
            "--renew",
            help="Give it to the others under another address, encrypted anew, and remove it.",
        ),
    ] = False,
) -> Plan:
    """Withdraw a document from members, for the future; what was read stays read."""
    if renew and sender.hands.desk:
        raise KeyOnly
    address = sender.exchange.content(sender.member, content)
    chosen = [sender.office.member(each) for each in readers]
    password = sender.password(sender.member) if renew else ""

    def found() -> tuple[Mapping[str, Any], Sequence[tuple[str, str]]]:
        if not renew or sender.dry_run:
            return {}, [("to know", f"{_STAYS_READ} {_STILL_THERE}")]
        try:
            done = sender.exchange.renew(sender.signer, address, password)
        except YangshanError as failed:
            raise NotRenewed(str(failed)) from failed
        removed = "the encrypted document" if done.removed else "nothing, it was gone already"
        rows = [("removed", removed), ("to know", _STAYS_READ)]
        if done.anew is not None:
            rows = [*sender.rows(done.anew), *rows]
        return {"anew": done.anew and sender.told(done.anew), "removed": done.removed}, rows

    return Plan(
        sender.exchange.withdrawing(sender.member, address, chosen),
        {
            "content": address,
            "readers": [sender.named(each) for each in sorted(set(chosen))],
            "note": _STAYS_READ if renew else f"{_STAYS_READ} {_STILL_THERE}",
        },
        found=found,
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
    room = Mailroom(rpc, home, as_json)
    reader = room.reader(member)
    found = room.grants.given_by(reader) if sent else room.grants.given_to(reader)
    shown = [each for each in found if everything or each.withdrawn is None]
    if as_json:
        print_json(
            {"member": room.named(reader), "grants": [_as_json(room, each) for each in shown]}
        )
        return 0
    if not shown:
        by = "by" if sent else "to"
        console.print(f"Nothing is granted {by} {escape(room.name(reader))}.", soft_wrap=True)
    tell = room.office.wording.time
    for each in shown:
        console.print(f"[bold]{each.content}[/]", soft_wrap=True)
        row(
            *(("to", room.name(each.reader)) if sent else ("from", room.name(each.granter))), _LABEL
        )
        row("document", each.document, _LABEL)
        row("granted", tell(each.granted), _LABEL)
        if each.withdrawn is not None:
            row("withdrawn", tell(each.withdrawn), _LABEL)
    return 0


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
    room = Mailroom(rpc, home, as_json)
    reader = room.reader(member)
    address = room.exchange.content(reader, content)
    found = room.exchange.fetch(reader, address, room.password(reader))
    inside = found.envelope
    files: list[tuple[Path, str | bytes]] = [(out, sealed_text(inside.sealed))]
    if original_out is not None and inside.original is not None:
        if original_out == out:
            raise NotWritten(out, "it is to be both the sealed document and its original file")
        files.append((original_out, inside.original))
    write_all(files)
    document = inside.sealed.document
    if as_json:
        print_json(
            {
                "content": address,
                "granter": room.named(found.granter),
                "document": inside.sealed.commitment.hex(),
                "kind": document.kind,
                "version": document.version,
                "credit": inside.credit or None,
                "sealed": str(out),
                "original": str(original_out) if len(files) > 1 else None,
            }
        )
        return 0
    console.print(
        f"[green]✓[/] fetched, opened and held to its commitment: {escape(document.type)}",
        soft_wrap=True,
    )
    row("from", room.name(found.granter), _LABEL)
    row("document", inside.sealed.commitment.hex(), _LABEL)
    if inside.credit:
        row("credit", inside.credit, _LABEL)
    for path, _ in files:
        row("file", str(path), _LABEL)
    if inside.original is not None and original_out is None:
        print_indented("Its original file came with it; --original-out writes that too.", 2)
    if inside.original is None and original_out is not None:
        print_indented("It came without its original file; the sealed document is all.", 2)
    return 0


def _as_json(room: Mailroom, grant: Grant) -> dict[str, Any]:
    return {
        "content": grant.content,
        "document": grant.document,
        "granter": room.named(grant.granter),
        "reader": room.named(grant.reader),
        "granted": grant.granted.isoformat(),
        "withdrawn": grant.withdrawn.isoformat() if grant.withdrawn else None,
    }

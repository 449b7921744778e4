# SPDX-License-Identifier: Apache-2.0
"""``yangshan titles``: electronic bills of lading, held, endorsed, pledged and surrendered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from yangshan.acts import Draft
from yangshan.chain.enums import DocumentStatus, SurrenderPurpose, TitleAct, TitleForm
from yangshan.chain.records import NO_COMMITMENT
from yangshan.chain.values import hexadecimal
from yangshan.cli import title_deliveries, title_views
from yangshan.cli.acting import opened, row
from yangshan.cli.common import AsJson, Home, Rpc, console, print_indented, print_json, read_bytes
from yangshan.cli.hands import Actor, Plan, acting_command, words
from yangshan.cli.private_files import NotWritten, write
from yangshan.cli.title_names import TitlesText, TitleText, file_at, once, title_at, titles_at
from yangshan.cli.title_views import document_told, next_told, party_of, told
from yangshan.documents.files import read_sealed
from yangshan.errors import Unusable
from yangshan.titles import acting
from yangshan.titles.bills import Bill, bill_of
from yangshan.titles.endorsements import chain_json, endorsement_chain
from yangshan.titles.references import (
    NamedTitle,
    ReferenceKeyMissing,
    new_reference_key,
    title_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yangshan.acts import Act
    from yangshan.cli.hands import Found, Hands
    from yangshan.titles.acting import Recipient
    from yangshan.titles.references import ReferenceKey
    from yangshan.titles.service import Titles

_LABEL: Final = 18
_NOT_REGISTERED: Final = (
    "The document behind the title is not registered by its carrier: `yangshan documents register` "
    "does that, and whoever relies on the title will ask for it."
)
_PURPOSES: Final = {each.label: each for each in SurrenderPurpose}
_REJECTED: Final = {
    "both": TitleAct.REJECT_BOTH,
    "possession": TitleAct.REJECT_HOLDER,
    "endorsement": TitleAct.REJECT_BENEFICIARY,
}

app = typer.Typer(
    help="Electronic titles: issued, held, endorsed, pledged, surrendered.", no_args_is_help=True
)

_SealedText = Annotated[str, typer.Argument(metavar="SEALED", help="The sealed bill of lading.")]
_HolderText = Annotated[str, typer.Option("--holder", help="The member that has possession.")]
_MadeOutText = Annotated[
    str,
    typer.Option(
        "--to",
        help="The member to whose order it is, or the consignee; absent of one to order: in blank.",
    ),
]
_ToText = Annotated[str, typer.Option("--to", help="The member.")]


class ToWhom(Unusable):
    """Neither a member nor nobody is named, or both."""

    def __init__(self, instead: str) -> None:
        super().__init__(f"Say to whom: --to MEMBER, or {instead}.")
        self.instead = instead


class UnknownWord(Unusable):
    """A word of an option that is none of those expected."""

    def __init__(self, option: str, given: str, known: Sequence[str]) -> None:
        super().__init__(f"{option} {given} is not known; expected one of {', '.join(known)}.")
        self.given = given
        self.known = tuple(known)


class OneTitleFile(Unusable):
    """A file for one title where several are issued."""

    def __init__(self) -> None:
        super().__init__("--title-file is for one title; issue these one by one, or without it.")


@dataclass
class TitleParty(Actor):
    """A member that acts on titles by its key or its desk."""

    remark: str = field(kw_only=True)

    @property
    def service(self) -> Titles:
        """The titles there."""
        return self.office.titles

    def to(self, given: str, *, standing: bool = False) -> Recipient:
        """A member, by an account that could move a title on."""
        number = self.office.member(given)
        return self.service.recipient(number, self.name(number), standing=standing)

    def plan(
        self,
        titles: Sequence[str],
        act: Callable[[str], Act],
        said: Mapping[str, Any] | None = None,
        *,
        doubts: Sequence[str] = (),
        kept: Callable[[Act], None] | None = None,
    ) -> Plan:
        """An act on titles, with a remark or without, told with how they stand once it is done."""

        def found() -> Found:
            views = [self.service.view(each) for each in titles]
            wording = self.office.wording
            label = "stands" if len(views) == 1 else "titles"
            facts = [(label, told(each, wording)) for each in views]
            return {"stands": [title_views.as_json(each, wording) for each in views]}, facts

        plain = act(NO_COMMITMENT)
        made: Act | Draft = plain
        if self.remark:
            said_too = {"text": words(self.remark, "the remark")}
            made = Draft("title-remark", f"{plain.function} {','.join(titles)}", said_too, act)
        return Plan(
            made, {"titles": list(titles), **(said or {})}, found=found, doubts=doubts, kept=kept
        )


def _party(hands: Hands, **common: Any) -> TitleParty:
    return TitleParty(**common, hands=hands)


# By the carrier


def _issue(
    carrier: TitleParty,
    files: Annotated[
        list[str], typer.Argument(metavar="SEALED...", help="Sealed bills of lading, electronic.")
    ],
    holder: _HolderText,
    to: _MadeOutText = "",
    title_file: Annotated[
        Path | None,
        typer.Option("--title-file", help="File to write, by which the title is known from now."),
    ] = None,
) -> Plan:
    """Issue titles for sealed bills of lading; the chain gets commitments alone.

    The first title makes the carrier's key for references, which gives a reference the same title
    wherever it is issued.
    """
    bills = [_bill_at(file) for file in files]
    if title_file and len(bills) > 1:
        raise OneTitleFile
    forms = [bill.form(named=bool(to)) for bill in bills]
    key, keep_key = _reference_key(carrier)
    named = [_named(carrier.member, bill, key) for bill in bills]
    titles = once([hexadecimal(each.title) for each in named])
    holding = carrier.to(holder, standing=True)
    made_out = carrier.to(to, standing=True) if to else None
    given = [
        acting.Issue(
            title=title,
            transport_reference=hexadecimal(each.commitment),
            document=hexadecimal(each.document),
            holder=holding,
            beneficiary=made_out,
            form=form,
        )
        for title, each, form in zip(titles, named, forms, strict=True)
    ]

    def kept(act: Act) -> None:
        # What the chain would refuse leaves no files behind.
        carrier.service.try_out(carrier.member, carrier.attempt(act), act)
        keep_key()
        if title_file:
            _write_title(title_file, named[0])

    return carrier.plan(
        titles,
        lambda remark: acting.issue(carrier.member, given, remark),
        {"bills": [_bill_json(file, each) for file, each in zip(files, named, strict=True)]},
        doubts=_doubts(carrier, *(each.document for each in given)),
        kept=kept,
    )


def _accept(carrier: TitleParty, titles: TitlesText) -> Plan:
    """Accept a surrender: the goods are delivered, or paper or another bill takes its place."""
    named = titles_at(titles)
    return carrier.plan(named, lambda remark: acting.accept(carrier.member, named, remark))


def _decline(carrier: TitleParty, titles: TitlesText) -> Plan:
    """Reject a surrender: the title is again with whoever surrendered it."""
    named = titles_at(titles)
    return carrier.plan(named, lambda remark: acting.decline(carrier.member, named, remark))


def _restore(carrier: TitleParty, title: TitleText, file: _SealedText) -> Plan:
    """Put a title into circulation again under the amended bill, with whoever surrendered it."""
    named, document = title_at(title), hexadecimal(_bill_at(file).document)
    return carrier.plan(
        [named],
        lambda remark: acting.restore(carrier.member, named, document, remark),
        {"document": document},
        doubts=_doubts(carrier, document),
    )


def _from_paper(
    carrier: TitleParty,
    title: TitleText,
    file: _SealedText,
    holder: _HolderText,
    to: _MadeOutText = "",
) -> Plan:
    """Put a title in the place of its paper again, which was given back to the carrier."""
    named, bill = title_at(title), _bill_at(file)
    given = acting.Issue(
        title=named,
        transport_reference=NO_COMMITMENT,
        document=hexadecimal(bill.document),
        holder=carrier.to(holder),
        beneficiary=carrier.to(to) if to else None,
        form=bill.form(named=bool(to)),
    )
    return carrier.plan(
        [named],
        lambda remark: acting.return_from_paper(carrier.member, given, remark),
        {"document": given.document},
        doubts=_doubts(carrier, given.document),
    )


# By beneficiary and holder


def _nominate(
    party: TitleParty,
    titles: TitlesText,
    to: _ToText = "",
    nobody: Annotated[
        bool, typer.Option("--nobody", help="Take the nomination back instead.")
    ] = False,
) -> Plan:
    """Consent, as the beneficiary, to an endorsement by the holder to a member."""
    if bool(to) == nobody:
        raise ToWhom("--nobody to take the nomination back")
    named = titles_at(titles)
    nominee = party.to(to) if to else None
    return party.plan(named, lambda remark: acting.nominate(party.member, named, nominee, remark))


def _endorse(
    party: TitleParty,
    titles: TitlesText,
    to: _ToText = "",
    straight: Annotated[
        bool, typer.Option("--straight", help="So that the endorsee cannot endorse it on.")
    ] = False,
    blank: Annotated[bool, typer.Option("--blank", help="In blank instead.")] = False,
    holder: Annotated[
        str, typer.Option("--holder", help="Transfer possession as well, to this member.")
    ] = "",
) -> Plan:
    """Endorse titles to a member's order; possession stays unless --holder names who gets it."""
    if bool(to) == blank or (blank and straight):
        raise ToWhom("--blank for an endorsement in blank, which is not straight")
    form = TitleForm.BLANK if blank else TitleForm.STRAIGHT if straight else TitleForm.TO_ORDER
    named = titles_at(titles)
    endorsee = party.to(to) if to else None
    if not holder:
        return party.plan(
            named, lambda remark: acting.endorse(party.member, named, endorsee, form, remark)
        )
    holding = party.to(holder)
    return party.plan(
        named,
        lambda remark: acting.transfer_both(party.member, named, endorsee, form, holding, remark),
    )


def _transfer(
    party: TitleParty,
    titles: TitlesText,
    to: Annotated[str, typer.Option("--to", help="The member that gets possession.")],
) -> Plan:
    """Transfer possession; whose the title is does not change."""
    named, holder = titles_at(titles), party.to(to)
    return party.plan(named, lambda remark: acting.transfer(party.member, named, holder, remark))


def _reject(
    party: TitleParty,
    titles: TitlesText,
    what: Annotated[
        str, typer.Option("--what", help=f"What came: {', '.join(_REJECTED)}.")
    ] = "both",
) -> Plan:
    """Reject, within five days, what came by another's act: it goes back."""
    if what not in _REJECTED:
        raise UnknownWord("--what", what, list(_REJECTED))
    named = titles_at(titles)
    return party.plan(
        named, lambda remark: acting.reject(party.member, named, _REJECTED[what], remark)
    )


def _pledge(
    party: TitleParty,
    titles: TitlesText,
    to: Annotated[str, typer.Option("--to", help="The bank that gets them as security.")],
) -> Plan:
    """Give titles to a bank as security, until it releases them."""
    named, bank = titles_at(titles), party.to(to)
    return party.plan(named, lambda remark: acting.pledge(party.member, named, bank, remark))


def _release(party: TitleParty, titles: TitlesText) -> Plan:
    """Release a pledge, as the bank: possession goes back to the pledgor."""
    named = titles_at(titles)
    return party.plan(named, lambda remark: acting.release(party.member, named, remark))


def _surrender(
    party: TitleParty,
    titles: TitlesText,
    purpose: Annotated[
        str, typer.Option("--for", help=f"What for: {', '.join(_PURPOSES)}.")
    ] = "delivery",
) -> Plan:
    """Surrender titles to their carrier, which accepts or rejects that."""
    if purpose not in _PURPOSES:
        raise UnknownWord("--for", purpose, list(_PURPOSES))
    named = titles_at(titles)
    return party.plan(
        named, lambda remark: acting.surrender(party.member, named, _PURPOSES[purpose], remark)
    )


_REMARK: Final = (
    Annotated[
        str,
        typer.Option("--remark", help="Words, or @FILE; the chain gets a salted commitment."),
    ],
    "",
)
for _each, _name in (
    (_issue, "issue"),
    (_nominate, "nominate"),
    (_endorse, "endorse"),
    (_transfer, "transfer"),
    (_reject, "reject"),
    (_pledge, "pledge"),
    (_release, "release"),
    (_surrender, "surrender"),
    (_accept, "accept"),
    (_decline, "decline"),
    (_restore, "restore"),
    (_from_paper, "from-paper"),
):
    acting_command(app, _name, _party, {"remark": _REMARK})(_each)


title_deliveries.register(app)

# To look at


@app.command("list")
def list_titles(
    rpc: Rpc,
    member: Annotated[
        str, typer.Option("--member", help="Those with which this member has to do now.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """List titles: where each stands, who has it and whose it is."""
    office = opened(rpc, home, as_json=as_json)
    found = office.titles.issued(office.member(member) if member else 0)
    if as_json:
        print_json([title_views.as_json(each, office.wording) for each in found])
        return 0
    for each in found:
        console.print(f"[bold]{each.title}[/]", soft_wrap=True)
        print_indented(told(each, office.wording), 2)
    return 0


@app.command()
def show(title: TitleText, rpc: Rpc, home: Home = None, as_json: AsJson = False) -> int:
    """Show a title as it stands, the document behind it, and who can do what next and by when."""
    number = title_at(title)
    office = opened(rpc, home, as_json=as_json)
    view, wording = office.titles.view(number), office.wording
    if as_json:
        print_json(title_views.as_json(view, wording))
        return 0
    console.print(f"[bold]{number}[/]", soft_wrap=True)
    print_indented(told(view, wording), 2)
    row("carrier", wording.member(view.record.issuer), _LABEL)
    row("document", f"{view.record.document}, {document_told(view.document)}", _LABEL)
    for each in view.next:
        row("next", next_told(each, wording), _LABEL)
    return 0


@app.command()
def chain(
    title: TitleText,
    rpc: Rpc,
    export: Annotated[
        Path | None, typer.Option("--export", help="File to write it to, as --json prints it.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show a title's chain of endorsements, rebuilt from events and held to where it stands.

    --json prints it in the shape of DCSA PINT 3: modelled on that, and certified by nobody.
    """
    named, number = file_at(title), title_at(title)
    office = opened(rpc, home, as_json=as_json)
    history, wording = office.titles.chain(number), office.wording
    reference = named.reference if named else ""
    made = endorsement_chain(number, history, lambda member: party_of(office, member), reference)
    answer = chain_json(made)
    if export is not None:
        write(export, json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    if as_json:
        print_json(answer)
        return 0
    console.print(f"[bold]{number}[/]", soft_wrap=True)
    for each in made.chains:
        print_indented(f"document {each.transport_document.commitment}", 2)
        for entry in each.envelope_transfer_chain:
            for change in entry.transactions:
                to = f" to {change.recipient.party_name}" if change.recipient else ""
                when = wording.time(change.at)
                print_indented(f"{when}  {change.action_code}  {change.actor.party_name}{to}", 4)
    return 0


# Files


def _bill_at(file: str) -> Bill:
    return bill_of(read_sealed(read_bytes(file), file), file)


def _named(issuer: int, bill: Bill, key: ReferenceKey) -> NamedTitle:
    return NamedTitle(issuer, bill.reference, key.salt(bill.reference), bill.document)


def _bill_json(file: str, named: NamedTitle) -> dict[str, Any]:
    return {
        "file": file,
        "title": hexadecimal(named.title),
        "transport_reference": hexadecimal(named.commitment),
        "document": hexadecimal(named.document),
    }


def _reference_key(carrier: TitleParty) -> tuple[ReferenceKey, Callable[[], None]]:
    """The carrier's key for references, a new one before its first title; and what keeps it."""
    keys = carrier.office.workspace.reference_keys(carrier.office.chain)
    found = keys.find(carrier.member)
    if found is None and carrier.service.has_issued(carrier.member):
        raise ReferenceKeyMissing(carrier.actor, keys.path(carrier.member))
    key = found or new_reference_key()
    return key, lambda: keys.keep(carrier.member, key)


def _write_title(file: Path, named: NamedTitle) -> None:
    """Writes it; the same file may be there from an act that is repeated."""
    text = title_text(named)
    try:
        write(file, text)
    except NotWritten:
        if not file.is_file() or file.read_bytes() != text.encode():
            raise


def _doubts(carrier: TitleParty, *documents: str) -> list[str]:
    statuses = (carrier.service.document(carrier.member, each) for each in documents)
    return [] if all(each is DocumentStatus.REGISTERED for each in statuses) else [_NOT_REGISTERED]

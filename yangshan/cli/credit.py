# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit``: letters of credit on a chain."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from yangshan.alliance.places import build_from
from yangshan.chain.connection import connect
from yangshan.chain.sender import Sender
from yangshan.cli.common import (
    AsJson,
    Home,
    Rpc,
    console,
    password_of,
    print_indented,
    print_json,
    read_bytes,
    workspace_at,
)
from yangshan.credit import issuing as issuing_service
from yangshan.credit.clauses import clause_cautions
from yangshan.credit.correspondence import letters
from yangshan.credit.examination import EXAMINATION_ARTICLE, examination_of
from yangshan.credit.figures import credit_amounts, credit_dates, credit_year, valid_mt700
from yangshan.credit.ids import credit_id
from yangshan.credit.service import Credits
from yangshan.credit.view import Viewer
from yangshan.money import Currency, Money
from yangshan.swift.report import finding_as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yangshan.credit.cautions import Caution
    from yangshan.credit.correspondence import Letter
    from yangshan.credit.issuing import StatedCredit
    from yangshan.credit.view import CreditView

# As wide as the longest name of an event, and two more.
_LABEL = 21

app = typer.Typer(help="Issue letters of credit and look at them.", no_args_is_help=True)


@app.command()
def issue(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An MT 700; - is standard input.")],
    rpc: Rpc,
    key: Annotated[str, typer.Option("--key", help="Name of the key that signs.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Try it on the chain and send nothing.")
    ] = False,
    issuing: Annotated[
        str | None, typer.Option("--issuing", help="BIC, for a text without a header.")
    ] = None,
    advising: Annotated[
        str | None, typer.Option("--advising", help="BIC, for a text without a header.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Issue the credit that an MT 700 states. Repeated, it answers "already done"."""
    # A faulty message is told before any chain is asked.
    terms, findings = issuing_service.stated_terms(
        read_bytes(file), file, issuing_bic=issuing, advising_bic=advising
    )
    workspace = workspace_at(home)
    chain = connect(rpc)
    deployment = workspace.deployment(chain)
    members = workspace.members(deployment)
    stated = issuing_service.stated_credit(terms, findings, file, members)
    signer = workspace.keys.load(key, password_of(workspace, key))
    service = Credits(chain, Sender(chain, workspace.outbox(chain)), deployment)
    number = service.member_of(signer)
    bank = members[number].legal_name if number in members else None
    answer = _stated(stated)
    if dry_run:
        issuing_service.try_issue(service, signer, stated, bank)
    else:
        done = issuing_service.issue(service, workspace.vault(chain), signer, stated, bank)
        answer |= {
            "status": "already done" if done.already else "issued",
            "transaction": done.transaction,
            "gas": done.gas,
            "time": done.time.isoformat(),
        }
    if as_json:
        print_json(answer)
    else:
        _print_issue(answer, stated)
    return 0


@app.command()
def show(
    reference: Annotated[str, typer.Argument(metavar="REF", help="Field 20 of the credit.")],
    rpc: Rpc,
    bank: Annotated[
        str | None, typer.Option("--bank", help="BIC of the issuing bank, if several used REF.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show a credit: where it stands, its presentations with their deadlines, what is owed."""
    workspace = workspace_at(home)
    chain = connect(rpc)
    deployment = workspace.deployment(chain)
    service = Credits(chain, Sender(chain, workspace.outbox(chain)), deployment)
    viewer = Viewer(chain, deployment, service, workspace.members(deployment))
    view = viewer.find(reference, bank)
    if as_json:
        print_json(view.model_dump(mode="json"))
    else:
        _print_view(view)
    return 0


@app.command()
def messages(
    reference: Annotated[str, typer.Argument(metavar="REF", help="Field 20 of the credit.")],
    rpc: Rpc,
    bank: Annotated[
        str | None, typer.Option("--bank", help="BIC of the issuing bank, if several used REF.")
    ] = None,
    own: Annotated[
        list[str] | None,
        typer.Option(
            "--reference",
            metavar="N=REF",
            help="The sender's own reference for event N of the list; may be repeated.",
        ),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Write the SWIFT messages that are expected of a credit's events: 0, or 1 if one is not built.

    Nothing is made up: a message for which something is not known says what is missing.
    """
    references = _own_references(own or [])
    workspace = workspace_at(home)
    chain = connect(rpc)
    deployment = workspace.deployment(chain)
    service = Credits(chain, Sender(chain, workspace.outbox(chain)), deployment)
    members = workspace.members(deployment)
    number = Viewer(chain, deployment, service, members).number_of(reference, bank)
    found = letters(chain, deployment, members, workspace.vault(chain), number, references)
    if as_json:
        print_json([_letter(letter) for letter in found])
    else:
        for letter in found:
            _print_letter(letter)
    return 1 if any(each.message.kind and not each.message.texts for each in found) else 0


def _own_references(given: list[str]) -> dict[int, str]:
    found = {}
    for pair in given:
        place, _, reference = pair.partition("=")
        if not place.isdecimal() or not reference:
            raise typer.BadParameter(
                f"{pair!r}; expected a number and a reference, as 2=REF", param_hint="'--reference'"
            )
        found[int(place)] = reference
    return found


def _letter(letter: Letter) -> dict[str, Any]:
    message = letter.message
    return {
        "number": letter.number,
        "event": type(letter.event).__name__,
        "transaction": letter.event.transaction,
        "type": message.kind,
        "sender": message.sender,
        "receiver": message.receiver,
        "texts": list(message.texts),
        "reasons": list(message.reasons),
        "doubts": list(message.doubts),
    }


def _print_letter(letter: Letter) -> None:
    message = letter.message
    what = f"MT {message.kind}" if message.kind else "no message"
    ends = f"  {message.sender} → {message.receiver}" if message.texts else ""
    colour = "green" if message.texts else "red" if message.kind else "dim"
    console.print(
        f"{letter.number:>3}  {type(letter.event).__name__:{_LABEL}}[{colour}]{what}[/]{ends}",
        soft_wrap=True,
    )
    for reason in message.reasons:
        print_indented(reason, 5)
    for text in message.texts:
        for line in text.replace("\r\n", "\n").split("\n"):
            print_indented(line, 5)
    for doubt in message.doubts:
        console.print("     [yellow]To look at[/]")
        print_indented(doubt, 5)


@app.command()
def deadline(
    place: Annotated[str, typer.Option("--place", help="Calendar of the bank, such as CNSHA.")],
    received: Annotated[
        str, typer.Option("--received", help="Day, or instant with its offset from UTC.")
    ],
    without_makeup_days: Annotated[
        bool,
        typer.Option("--without-makeup-days", help="Worked weekend days are no banking days."),
    ] = False,
    asserted: Annotated[
        str | None,
        typer.Option("--asserted", help="When the bank says it had them, if earlier."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say when the five banking days for examination end; needs no chain."""
    found = examination_of(
        place, received, asserted=asserted, without_makeup_days=without_makeup_days
    )
    if as_json:
        print_json(
            {
                "place": found.calendar,
                "received": received,
                "receipt_day": found.receipt_day.isoformat(),
                "deadline": found.deadline.date().isoformat(),
                "closes": found.deadline.isoformat(),
                "article": EXAMINATION_ARTICLE,
                "cautions": _cautions(found.cautions),
            }
        )
    else:
        console.print(
            f"Received {found.receipt_day} ({found.calendar}); the fifth banking day closes on "
            f"[bold]{found.deadline:%Y-%m-%d at %H:%M %z}[/] ({EXAMINATION_ARTICLE})"
        )
        _print_cautions(found.cautions)
    return 0


@app.command()
def deadlines(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An MT 700; - is standard input.")],
    place: Annotated[
        str, typer.Option("--place", help="Calendar of the bank that is presented to.")
    ] = "CNSHA",
    shipped: Annotated[
        datetime | None,
        typer.Option("--shipped", formats=["%Y-%m-%d"], help="Date of shipment to reckon with."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say all dates of an MT 700 with their articles; needs no chain."""
    message = valid_mt700(read_bytes(file), file)
    calendar = build_from(place, credit_year(message))
    found = credit_dates(message, calendar, shipped.date() if shipped else None)
    if as_json:
        rows = [
            {"name": each.name, "date": each.day.isoformat(), "article": each.article}
            for each in found
        ]
        print_json({"place": place, "dates": rows})
    else:
        for each in found:
            console.print(f"{each.day}  {each.name} ({each.article})")
    return 0


@app.command()
def amounts(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An MT 700; - is standard input.")],
    as_json: AsJson = False,
) -> int:
    """Say what may be drawn under an MT 700, with its tolerance; needs no chain."""
    found = credit_amounts(valid_mt700(read_bytes(file), file))
    if as_json:
        print_json(
            {
                "currency": found.currency.code,
                "minor_units": found.currency.decimals,
                "amount": found.amount,
                "maximum": found.maximum,
                "minimum": found.minimum,
                "minimum_binds": found.minimum_binds,
                "article": "UCP 600 art. 30, 31(a)",
                "cautions": _cautions(found.cautions),
            }
        )
        return 0
    floor = "" if found.minimum_binds else ", which does not bind: partial drawings are allowed"
    console.print(
        f"{Money(found.amount, found.currency)}, at most {Money(found.maximum, found.currency)}, "
        f"at least {Money(found.minimum, found.currency)}{floor} (UCP 600 art. 30, 31(a))"
    )
    _print_cautions(found.cautions)
    return 0


def _stated(stated: StatedCredit) -> dict[str, Any]:
    terms, parties = stated.terms, stated.parties
    return {
        "status": "dry run",
        "credit": {
            "id": credit_id(parties.issuing, terms.reference),
            "reference": terms.reference,
            "currency": terms.amount.currency.code,
            "amount": terms.amount.minor,
            "expiry": terms.expiry.isoformat(),
            "issuing_bank": parties.issuing,
            "advising_bank": parties.advising,
            "applicant": parties.applicant,
            "beneficiary": parties.beneficiary,
        },
        "findings": [finding_as_json(doubt) for doubt in stated.doubts],
        "cautions": _cautions(clause_cautions(terms)),
        "transaction": None,
        "gas": None,
        "time": None,
    }


def _print_issue(answer: Mapping[str, Any], stated: StatedCredit) -> None:
    for doubt in stated.doubts:
        console.print(f"[yellow]warning {doubt.code}[/]")
        print_indented(doubt.message, 4)
    _print_cautions(clause_cautions(stated.terms))
    said = {
        "issued": "[green]Issued[/]",
        "already done": "[green]Already done[/]",
        "dry run": "[yellow]Would be issued[/]",
    }[answer["status"]]
    terms = stated.terms
    console.print(
        f"{said}  credit [bold]{escape(terms.reference)}[/] for {terms.amount} (UCP 600 art. 7(b))"
    )
    print_indented(f"expires {terms.expiry} in {terms.expiry_place}", 2)
    if answer["transaction"]:
        print_indented(f"transaction {answer['transaction']}", 2)
        print_indented(f"gas {answer['gas']:,}, block time {answer['time']}", 2)


def _cautions(found: Sequence[Caution]) -> list[dict[str, str]]:
    return [asdict(each) for each in found]


def _print_cautions(found: Sequence[Caution]) -> None:
    for each in found:
        console.print(f"[yellow]To look at[/]  {each.code}")
        print_indented(str(each), 4)


def _print_view(view: CreditView) -> None:
    currency = Currency.of(view.currency)
    console.print(
        f"[bold]{escape(view.reference)}[/]  {view.state.lower()}"
        f"{', advised' if view.advised else ''}"
    )
    _row("amount", f"{Money(view.amount, currency)}, drawn {Money(view.drawn, currency)}")
    _row("expires", str(view.expiry))
    for role, name in view.parties:
        if name:
            _row(role.replace("_", " "), name)
    for shown in view.presentations:
        state = shown.state.lower() + (", claimed" if shown.claimed else "")
        _row("presentation", f"{Money(shown.amount, currency)} by {shown.presenter}: {state}")
        deadline = _stamp(shown.deadline) if shown.deadline else "not known yet"
        _row("", f"received {_stamp(shown.received)}, deadline {deadline}")
        flags = [name for name in ("late", "overdrawn", "short") if getattr(shown, name)]
        if flags:
            _row("", ", ".join(flags))
        if shown.disposal:
            listed = ", ".join(shown.discrepancies)
            _row("", f"refused for {listed}; documents: {shown.disposal.lower()}")
    for owed in view.obligations:
        amount = Money(owed.amount, currency)
        _row("obligation", f"{amount} of {owed.debtor} to {owed.owner}: {owed.state.lower()}")
    console.print()
    for event in view.events:
        _row(event.event, f"{event.transaction}  block {event.block}")


def _row(label: str, text: str) -> None:
    console.print(Text.assemble((f"  {label:{_LABEL}}", "dim"), text), soft_wrap=True)


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S %z")

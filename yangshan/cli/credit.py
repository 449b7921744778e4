# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit``: letters of credit on a chain."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from yangshan.chain.connection import connect
from yangshan.chain.sender import Sender
from yangshan.cli import (
    credit_advice,
    credit_amendments,
    credit_documents,
    credit_examine,
    credit_figures,
    credit_issue,
    credit_payments,
    credit_records,
    credit_reimburse,
    credit_titles,
    credit_transfers,
    credit_unpaid,
)
from yangshan.cli.common import (
    AsJson,
    Home,
    Rpc,
    console,
    print_indented,
    print_json,
)
from yangshan.cli.folders import workspace_at
from yangshan.credit.amending import changes_in_words
from yangshan.credit.letters import letters
from yangshan.credit.service import Credits
from yangshan.credit.view import Viewer
from yangshan.money import Currency, Money

if TYPE_CHECKING:
    from yangshan.credit.letters import Letter
    from yangshan.credit.view import AmendmentView, CreditView, ScheduleView

# As wide as the longest name of an event, and two more.
_LABEL = 23

app = typer.Typer(help="Letters of credit from their issue to their payment.", no_args_is_help=True)
for each in (
    credit_figures,
    credit_issue,
    credit_advice,
    credit_amendments,
    credit_documents,
    credit_examine,
    credit_payments,
    credit_unpaid,
    credit_records,
    credit_reimburse,
    credit_transfers,
    credit_titles,
):
    each.register(app)


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


def _print_view(view: CreditView) -> None:
    currency = Currency.of(view.currency)
    said = [
        view.state.lower().replace("_", "-"),
        *(["advised"] if view.advised else []),
        *(["advice declined"] if view.advice_declined else []),
        *(["confirmed"] if view.confirmed else []),
        *(["confirmation declined"] if view.confirmation_declined else []),
    ]
    console.print(f"[bold]{escape(view.reference)}[/]  {', '.join(said)}")
    _row("amount", _amount_words(view, currency))
    by = view.available_by.lower().replace("_", " ")
    _row("available by", f"{by}{f', {view.usance}' if view.usance else ''}")
    shipment = f", latest shipment {view.latest_shipment}" if view.latest_shipment else ""
    _row("expires", f"{view.expiry}{shipment}")
    for role, name in view.parties:
        if name:
            _row(role.replace("_", " "), name)
    if view.schedule:
        _print_schedule(view.schedule, currency)
    if view.diverged:
        _row("", "the confirming bank is bound by an earlier version of the terms")
    if view.stayed_until:
        _row("payment stayed", f"by a court until {_stamp(view.stayed_until)}")
    for amendment in view.amendments:
        _row(f"amendment {amendment.number}", _answers(amendment))
        _row("", changes_in_words(amendment, currency))
    for made in view.transfers:
        amount, state = Money(made.amount, currency), made.state.lower()
        _row(f"transfer {made.number}", f"{amount} to {made.second_beneficiary}: {state}")
        _row("", f"{made.reference}, expires {made.expiry}")
    for shown in view.presentations:
        state = shown.state.lower().replace("_", " ") + (", claimed" if shown.claimed else "")
        _row(f"presentation {shown.number}", f"{Money(shown.amount, currency)}: {state}")
        _row("", f"by {shown.presenter} to {shown.examiner}")
        deadline = _stamp(shown.deadline) if shown.deadline else "not known yet"
        _row("", f"received {_stamp(shown.received)}, deadline {deadline}")
        flags = [name for name in ("late", "overdrawn", "short", "missed") if getattr(shown, name)]
        if flags:
            _row("", ", ".join(flags))
        if shown.disposal:
            listed = ", ".join(shown.discrepancies)
            disposal = shown.disposal.lower().replace("_", " ")
            _row("", f"refused for {listed}; documents: {disposal}")
    for owed in view.obligations:
        amount = Money(owed.amount, currency)
        due = f", due {owed.matures}" if owed.matures else ""
        _row(f"obligation {owed.number}", f"{amount}: {owed.state.lower()}{due}")
        recourse = ", with recourse" if owed.recourse else ""
        _row("", f"of {owed.debtor} to {owed.owner}{recourse}")
        if owed.creditor != owed.owner:
            _row("", f"is to be paid to {owed.creditor}")
        if owed.assignee:
            _row("", f"{Money(owed.assigned, currency)} of it assigned to {owed.assignee}")
        if owed.prepayment:
            _row("", f"may be paid before maturity for {Money(owed.prepayment, currency)}")
        if owed.stayed_until:
            _row("", f"stayed by a court until {_stamp(owed.stayed_until)}")
    if ahead := view.assigned_ahead:
        amount, left = (Money(each, currency) for each in (ahead.amount, ahead.left))
        _row("assigned ahead", f"{amount} to {ahead.assignee}, {left} of it not owed yet")
    console.print()
    _row("event", f"{'transaction':66}  block")
    for event in view.events:
        _row(event.event, f"{event.transaction}  {event.block}")


def _print_schedule(schedule: ScheduleView, currency: Currency) -> None:
    whole = sum(each.weight for each in schedule.slices)
    for place, part in enumerate(schedule.slices, start=1):
        by = part.available_by.lower().replace("_", " ")
        usance = f", {part.usance}" if part.usance else ""
        _row(f"part {place}", f"{part.weight} of {whole} by {by}{usance}")
    for row in schedule.instalments:
        amount, drawn = Money(row.amount, currency), Money(row.drawn, currency)
        _row(f"instalment {row.number}", f"{amount}, shipped {row.first} to {row.last}")
        _row("", f"drawn {drawn}, {'documents' if row.shipped else 'nothing'} on record")
    if schedule.renewal:
        times = f"{schedule.times} times" if schedule.times > 1 else "once"
        by = schedule.renewal.lower().replace("_", " ")
        from_ = f", every {schedule.period} days from {schedule.start}" if schedule.start else ""
        _row("revolves", f"{by}, {times}{from_}")
    if schedule.advance_limit:
        limit, advanced = (
            Money(each, currency) for each in (schedule.advance_limit, schedule.advanced)
        )
        back = Money(schedule.recovered, currency)
        _row("red clause", f"up to {limit}, advanced {advanced}, recovered {back}")


def _amount_words(view: CreditView, currency: Currency) -> str:
    tolerance = ""
    if view.plus_tolerance or view.minus_tolerance:
        tolerance = f" +{view.plus_tolerance}/-{view.minus_tolerance} %"
    drawn, rest = Money(view.drawn, currency), Money(view.available, currency)
    return f"{Money(view.amount, currency)}{tolerance}, drawn {drawn}, available {rest}"


def _answers(amendment: AmendmentView) -> str:
    state = amendment.state.lower()
    if amendment.version:
        state += f" as version {amendment.version}"
    if amendment.extension_declined:
        state += ", not extended by the confirming bank"
    return state


def _row(label: str, text: str) -> None:
    console.print(Text.assemble((f"  {label:{_LABEL}}", "dim"), text), soft_wrap=True)


def _stamp(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S %z")

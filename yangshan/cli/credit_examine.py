# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit examine``: what the chain sees of a presentation, for whoever examines it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer
from rich.markup import escape

from yangshan.chain.enums import Disposal, PresentationMark, PresentationState
from yangshan.cli.acting import row
from yangshan.cli.bureau import BankOption, Dossier, PresentationText, ReferenceText
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json
from yangshan.credit.acts import numbered
from yangshan.credit.history import lodged_in
from yangshan.credit.ids import presentation_id
from yangshan.credit.papers import DOCUMENTS_KIND
from yangshan.credit.view import available_under
from yangshan.money import Money

if TYPE_CHECKING:
    from yangshan.chain.records import Presentation, PresentationKey

_LABEL: Final = 18


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("examine")(_examine)


def _examine(
    reference: ReferenceText,
    rpc: Rpc,
    presentation: PresentationText = "",
    bank: BankOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show what the chain sees of a presentation, and the deadline; changes nothing.

    Whether the documents comply is for the examiner (UCP 600 art. 14); what the chain sees no bank
    can overlook, except by accepting the discrepancies.
    """
    dossier = Dossier(rpc, home, as_json, bank or None)
    dossier.open(reference)
    key = dossier.presentation(presentation)
    found = dossier.service.presentation(key)
    answer = _seen(dossier, key, found)
    if as_json:
        print_json(answer)
    else:
        _print(dossier, key, found, answer)
    return 0


def _seen(dossier: Dossier, key: PresentationKey, found: Presentation) -> dict[str, Any]:
    held = dossier.service.undertaking(key.credit_id, key.examiner)
    state = dossier.service.presentation_state(key)
    bound = PresentationMark.UNBOUND not in found.marks
    deadline = found.deadline and dossier.local(found.deadline, key.examiner)
    name = presentation_id(key)
    pending = [
        {"number": each.amendment.number, "cancels": each.amendment.cancels}
        for each in dossier.service.amendments(key.credit_id)
        if each.state.name == "PENDING"
    ]
    listed = lodged_in(dossier.events)
    place = [each.presentation_id for each in listed].index(name)
    lodged = listed[place]
    documents = dossier.kept.value(DOCUMENTS_KIND, name, lodged.lodging.documents)
    return {
        "presentation": name,
        "number": place + 1,
        "state": state.name,
        "presenter": key.presenter,
        "examiner": key.examiner,
        "amount": found.amount,
        "available": available_under(held),
        "currency": dossier.currency.code,
        "shipped": found.shipped.isoformat() if found.shipped else None,
        "received": dossier.local(found.received, key.examiner).isoformat(),
        "receipt_day": found.receipt_day.isoformat() if found.receipt_day else None,
        "deadline": deadline.isoformat() if deadline else None,
        "bound": bound,
        "flags": [flag.name for flag in found.flags],
        "version": held.version,
        "pending_amendments": pending,
        "named_amendments": list(dossier.service.amendments_named(key)),
        "disposals": [each.name for each in _disposals(dossier, key, found)],
        "documents": documents,
    }


def _disposals(dossier: Dossier, key: PresentationKey, found: Presentation) -> list[Disposal]:
    """What a refusal of this bank could say of the documents (UCP 600 art. 16(c)(iii))."""
    open_ = [Disposal.HOLD, Disposal.RETURN]
    if key.examiner == dossier.held.issuing_bank:
        open_.append(Disposal.NOTIFY)
    if PresentationMark.INSTRUCTED in found.marks:
        open_.append(Disposal.PREVIOUS_INSTRUCTIONS)
    return sorted(open_)


def _print(
    dossier: Dossier, key: PresentationKey, found: Presentation, answer: dict[str, Any]
) -> None:
    state = PresentationState[answer["state"]].label
    console.print(f"[bold]{escape(dossier.reference)}[/]  presentation {answer['number']}: {state}")
    row("id", answer["presentation"], _LABEL)
    row("presented by", dossier.name(key.presenter), _LABEL)
    row("examined by", dossier.name(key.examiner), _LABEL)
    available = Money(answer["available"], dossier.currency)
    demand = Money(found.amount, dossier.currency)
    row("demand", f"{demand}; the credit has {available} left", _LABEL)
    if found.shipped:
        row("shipped", str(found.shipped), _LABEL)
    received = dossier.local(found.received, key.examiner)
    counted = f", counts as {found.receipt_day}" if found.receipt_day else ""
    row("received", f"{received:%Y-%m-%d %H:%M:%S %z}{counted}", _LABEL)
    row("deadline", _deadline_words(dossier, key, found, bound=answer["bound"]), _LABEL)
    seen = found.flags.label if found.flags else "nothing that keeps it from complying"
    row("the chain sees", seen, _LABEL)
    row("version", str(answer["version"]), _LABEL)
    for each in answer["pending_amendments"]:
        what = "proposes to cancel the credit" if each["cancels"] else "is pending"
        row("", f"amendment {each['number']} {what}", _LABEL)
    if answer["named_amendments"]:
        row("", f"is presented on {numbered(answer['named_amendments'])}", _LABEL)
    disposals = ", ".join(Disposal[each].label for each in answer["disposals"])
    row("a refusal may say", disposals, _LABEL)
    documents = answer["documents"]
    listed = documents.get("documents") if isinstance(documents, dict) else None
    if not listed:
        row("documents", "not kept here; the chain has a commitment to them", _LABEL)
    for each in listed or ():
        row("document", _document_words(each), _LABEL)


def _deadline_words(
    dossier: Dossier, key: PresentationKey, found: Presentation, *, bound: bool
) -> str:
    if found.deadline is None:
        return "not known yet: the banking days are not published (`fix-deadline`)"
    deadline = dossier.local(found.deadline, key.examiner)
    silence = (
        "after that the bank is precluded (UCP 600 art. 16(f))"
        if bound
        else "silence makes this bank no debtor (UCP 600 art. 12(a))"
    )
    return f"{deadline:%Y-%m-%d %H:%M:%S %z}; {silence}"


def _document_words(document: object) -> str:
    if not isinstance(document, dict):
        return str(document)
    parts = [str(document.get("type", "document"))]
    if "number" in document:
        parts.append(str(document["number"]))
    if "date" in document:
        parts.append(f"of {document['date']}")
    if "originals" in document:
        parts.append(f"originals: {document['originals']}")
    return ", ".join(parts)

# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit present-unpaid`` and ``settle``: a drawing that two banks owe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from yangshan.chain.enums import PresentationState
from yangshan.chain.records import PresentationKey
from yangshan.cli.bureau import (
    Bureau,
    ObligationText,
    PresentationText,
    ReferenceText,
    WordsText,
    command,
)
from yangshan.cli.common import read_bytes
from yangshan.cli.hands import (
    Plan,
    words,
)
from yangshan.credit import paying, presenting
from yangshan.credit.acts import Draft
from yangshan.credit.history import lodged_in
from yangshan.credit.ids import obligation_id, presentation_id
from yangshan.credit.papers import DOCUMENTS_KIND, documents_in
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNPAID_KIND: Final = "unpaid-drawing"

_DECIDED: Final = (PresentationState.COMPLYING, PresentationState.WAIVED, PresentationState.CLAIMED)


class DocumentsOrWords(Unusable):
    """Neither documents nor words about them, or both."""

    def __init__(self) -> None:
        super().__init__(
            "Give the FILE of the documents, or --text with what you write about them, and not "
            "both."
        )


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in ((_present_unpaid, "present-unpaid"), (_settle, "settle")):
        command(app, name)(each)


def _present_unpaid(
    bureau: Bureau,
    reference: ReferenceText,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The documents, as for `present`.")
    ] = "",
    text: WordsText = "",
    to: Annotated[
        str,
        typer.Option("--to", help="The bank behind; if absent the issuing bank."),
    ] = "",
    number: Annotated[
        int,
        typer.Option(
            "--number", min=1, max=255, help="Your own count for the credit and that bank."
        ),
    ] = 1,
    presentation: PresentationText = "",
) -> Plan:
    """Turn to the bank behind one that honoured or negotiated and does not pay.

    For who is to be paid, once that is overdue (UCP 600 art. 7(a), 8(a)). The documents are
    presented there, or, if they were sent on before, what is owed for them there is owed to you;
    --to and --number are not needed then.
    """
    if bool(file) == bool(text):
        raise DocumentsOrWords
    value: Any = documents_in(read_bytes(file), file) if file else {"text": words(text, "it")}
    credit = bureau.open(reference)
    key = bureau.presentation(presentation, lambda each: _is_left_to(bureau, each))
    before = _sent_on(bureau, key)
    bank = bureau.office.member(to) if to else bureau.held.issuing_bank
    onward = before or PresentationKey(credit, bank, bureau.member, number)
    draft = Draft(
        DOCUMENTS_KIND if file else UNPAID_KIND,
        presentation_id(onward),
        value,
        lambda commitment: presenting.present_unpaid(
            key,
            onward.examiner,
            onward.number,
            commitment,
            bureau.member,
            bureau.name(onward.examiner),
        ),
    )
    said = {"presentation": presentation_id(key), "presented_as": presentation_id(onward)}
    return Plan(draft, said, lambda: _found(bureau, onward))


def _settle(bureau: Bureau, reference: ReferenceText, obligation: ObligationText = "") -> Plan:
    """Close an obligation by what another bank paid for the same drawing (UCP 600 art. 13(c)).

    For the bank that owes it or the owner; it moves no money.
    """
    bureau.open(reference)
    owed, found = bureau.obligation(
        obligation, lambda _, each: bureau.member in (each.debtor, each.owner)
    )
    return Plan(paying.settle_by_counterpart(owed), {"obligation": owed, "amount": found.amount})


def _is_left_to(bureau: Bureau, key: PresentationKey) -> bool:
    """Whether the acting member is to be paid what a bank owes that has another behind it."""
    if key.examiner == bureau.held.issuing_bank:
        return False
    payee = bureau.service.presentation(key).payee
    owed = obligation_id(presentation_id(key), key.examiner, payee)
    return bureau.service.current_creditor(owed) == bureau.member


def _sent_on(bureau: Bureau, key: PresentationKey) -> PresentationKey | None:
    """As what the documents of a presentation went on to the bank behind, if they did."""
    onward = bureau.service.forwarded_as(key)
    listed = lodged_in(bureau.events)
    return next((each.lodging.key for each in listed if each.presentation_id == onward), None)


def _found(
    bureau: Bureau, onward: PresentationKey
) -> tuple[Mapping[str, Any], Sequence[tuple[str, str]]]:
    """What became of it: the bank behind examines, or owes already."""
    if bureau.service.presentation_state(onward) in _DECIDED:
        return bureau.debt(onward)
    facts, rows = bureau.receipt(onward)
    return {"deadline": facts["deadline"], "flags": facts["flags"]}, rows

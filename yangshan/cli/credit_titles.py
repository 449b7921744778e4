# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit titles ...``: titles in custody under a credit, where no other act moves them.

Which titles belong to a presentation the events tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer

from yangshan.chain.enums import ObligationState
from yangshan.chain.records import NO_COMMITMENT
from yangshan.cli.bureau import Bureau, PresentationText, ReferenceText, command
from yangshan.cli.hands import Plan
from yangshan.cli.title_names import TitlesText, titles_at
from yangshan.credit.history import lodged_in
from yangshan.credit.ids import obligation_id, presentation_id
from yangshan.errors import Refused
from yangshan.titles import presented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.records import PresentationKey

_PAID: Final = (ObligationState.PAID, ObligationState.PREPAID)

app = typer.Typer(help="Titles in custody under a credit.", no_args_is_help=True)


class NoTitlesPresented(Refused):
    """A presentation that came without titles."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"What was presented under credit {reference} came without titles, so that none move."
        )
        self.reference = reference


class NotSentOn(Refused):
    """Documents that were not sent on with their titles."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"No bank has what was presented under credit {reference} from that one, so that its "
            "titles go nowhere: `yangshan credit forward` comes first, and what is received."
        )
        self.reference = reference


def register(credit: typer.Typer) -> None:
    """Adds these commands."""
    credit.add_typer(app, name="titles")


def _attach(
    bureau: Bureau,
    reference: ReferenceText,
    titles: TitlesText,
    presentation: PresentationText = "",
) -> Plan:
    """Present titles with documents that are presented already, before the bank decides."""
    named = titles_at(titles)
    bureau.open(reference)
    key = bureau.presented(presentation)
    return Plan(presented.attach(key, named), _said(key, named))


def _deliver(bureau: Bureau, reference: ReferenceText, presentation: PresentationText = "") -> Plan:
    """Let titles go to the bank that paid elsewhere, or was released them; anybody may."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    titles = _titles(bureau, key)
    bank = _bank(bureau, key)
    account = bureau.office.titles.recipient(bank, bureau.name(bank)).account
    act = presented.deliver(key, titles, bureau.name(bank), account)
    return Plan(act, _said(key, titles))


def _give_back(
    bureau: Bureau, reference: ReferenceText, presentation: PresentationText = ""
) -> Plan:
    """Let titles of refused or returned documents go back to their presenter; anybody may."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    titles = _titles(bureau, key)
    return Plan(presented.give_back(key, titles), _said(key, titles))


def _carry_on(
    bureau: Bureau, reference: ReferenceText, presentation: PresentationText = ""
) -> Plan:
    """Let titles follow documents that a bank sent on unexamined; anybody may."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    found = bureau.service.forwarded_as(key)
    keys = [each.lodging.key for each in lodged_in(bureau.events)]
    listed = {presentation_id(each): each for each in keys}
    if found not in listed:
        raise NotSentOn(bureau.reference)
    onward = listed[found]
    # What was carried on before is kept for the next presentation.
    titles = bureau.titles_of(key) or _titles(bureau, onward)
    record = obligation_id(found, onward.examiner, bureau.service.presentation(onward).payee)
    act = presented.carry_on(key, onward, titles, record)
    return Plan(act, {**_said(key, titles), "onward": found})


for _each, _name in (
    (_attach, "attach"),
    (_deliver, "deliver"),
    (_give_back, "give-back"),
    (_carry_on, "carry-on"),
):
    command(app, _name)(_each)


def _titles(bureau: Bureau, key: PresentationKey) -> list[str]:
    titles = bureau.titles_of(key)
    if not titles:
        raise NoTitlesPresented(bureau.reference)
    return titles


def _bank(bureau: Bureau, key: PresentationKey) -> int:
    """Who honoured: the bank that examined, or one behind it that paid what it left unpaid."""
    owed = obligation_id(presentation_id(key), key.examiner, bureau.service.presentation(key).payee)
    while owed != NO_COMMITMENT:
        found = bureau.service.obligation(owed)
        if found.state in _PAID:
            return found.debtor
        owed = bureau.service.followed_by(owed)
    return key.examiner


def _said(key: PresentationKey, titles: Sequence[str]) -> dict[str, Any]:
    return {"presentation": presentation_id(key), "titles": list(titles)}

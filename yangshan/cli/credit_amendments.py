# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit amend``, ``accept``, ``cancel`` ...: amendments and their answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yangshan.chain.enums import AmendmentState
from yangshan.chain.records import NO_COMMITMENT
from yangshan.cli.bureau import Bureau, ReferenceText, WordsText, command
from yangshan.cli.common import read_bytes
from yangshan.cli.hands import Plan, worded, words
from yangshan.credit import amending, confirming
from yangshan.credit.ids import credit_id
from yangshan.credit.kept import keep_bank_only_changes
from yangshan.credit.proposing import amend_draft, cancellation_draft, stated_amendment
from yangshan.credit.timetables import instalments_of, read_timetable
from yangshan.errors import Refused
from yangshan.swift.values import full_bic

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.chain.records import Amendment
    from yangshan.credit.acts import Act
    from yangshan.credit.proposing import StatedAmendment

NumberText = Annotated[
    int, typer.Argument(metavar="N", min=1, max=255, help="Number of the amendment, field 26E.")
]
MandateText = Annotated[
    str,
    typer.Option(
        "--mandate",
        help="For the bank that acts for a beneficiary outside the alliance: what it was told, or "
        "@FILE.",
    ),
]

ACCEPTANCE_KIND = "amendment-mandate"


class NotTheIssuer(Refused):
    """An amendment of a bank that is none of the alliance."""

    def __init__(self, bic: str, known: list[str]) -> None:
        super().__init__(
            f"The amendment is one of {bic}, which is no bank of the alliance; its banks are "
            f"{', '.join(known)}."
        )
        self.bic = bic


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_amend, "amend"),
        (_propose_instalments, "propose-instalments"),
        (_cancel, "cancel"),
        (_accept, "accept"),
        (_reject, "reject"),
        (_extend, "extend"),
        (_decline_extension, "decline-extension"),
    ):
        command(app, name)(each)


def _amend(
    bureau: Bureau,
    file: Annotated[str, typer.Argument(metavar="FILE", help="An MT 707; - is standard input.")],
) -> Plan:
    """Issue the amendment that an MT 707 states, or propose a cancellation with it (art. 10).

    The issuing bank is bound from then on, the beneficiary only once it accepts.
    """
    stated = stated_amendment(read_bytes(file), file)
    amendment = stated.amendment
    reference = amendment.credit_number
    bureau.take(reference, credit_id(_issuer(bureau, stated), reference))
    # Its own error says which credit is missing, by its reference.
    assert bureau.held
    draft, doubts = amend_draft(
        bureau.credit_id, bureau.kept, stated, bureau.office.members.values()
    )
    doubts = (*(finding.message for finding in stated.doubts), *doubts)
    keep = partial(_keep_bank_only, bureau, stated)
    return Plan(draft, {"amendment": amendment.number}, doubts=doubts, kept=keep)


def _propose_instalments(
    bureau: Bureau,
    reference: ReferenceText,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A schedule with [[instalments]] (TOML).")
    ],
) -> Plan:
    """Propose instalments that come with the next amendment, in place of those in force (art. 32).

    What is yet to be shipped, before `amend`; nothing changes until that amendment is accepted.
    Proposed again before it is issued, they replace these.
    """
    timetable = read_timetable(read_bytes(file), file)
    credit = bureau.open(reference)
    number = bureau.held.amendments + 1
    rows = instalments_of(timetable, bureau.held.issuance.money.currency)
    return Plan(amending.propose_instalments(credit, number, rows), {"amendment": number})


def _cancel(bureau: Bureau, reference: ReferenceText, text: WordsText = "") -> Plan:
    """Propose to cancel a credit, or to withdraw its pre-advice (UCP 600 art. 10(a), 11(b)).

    Nothing changes until the beneficiary accepts, and the confirming bank, if there is one, extends
    to it.
    """
    credit = bureau.open(reference)
    proposed = _proposed_cancellation(bureau)
    number = proposed or bureau.held.amendments + 1
    said = words(text, "why") if text else ""
    draft = cancellation_draft(credit, number, reference, said)
    return Plan(draft, {"amendment": number})


def _accept(
    bureau: Bureau, reference: ReferenceText, number: NumberText, mandate: MandateText = ""
) -> Plan:
    """Accept a whole amendment, or agree to a cancellation, as the beneficiary (UCP 600 art. 10).

    There is no time limit and no partial acceptance.
    """
    return _answered(bureau, reference, number, mandate, amending.accept)


def _reject(
    bureau: Bureau, reference: ReferenceText, number: NumberText, mandate: MandateText = ""
) -> Plan:
    """Reject an amendment as a whole, as the beneficiary (UCP 600 art. 10(c), (e))."""
    return _answered(bureau, reference, number, mandate, amending.reject)


def _extend(bureau: Bureau, reference: ReferenceText, number: NumberText) -> Plan:
    """Extend the confirmation to an amendment, or agree to a cancellation (UCP 600 art. 10)."""
    credit = bureau.open(reference)
    found = bureau.service.amendment(credit, number)
    return Plan(confirming.extend(credit, found), {"amendment": number})


def _decline_extension(bureau: Bureau, reference: ReferenceText, number: NumberText) -> Plan:
    """State that the confirmation is not extended to an amendment; it may yet be (art. 10(b))."""
    credit = bureau.open(reference)
    found = bureau.service.amendment(credit, number)
    return Plan(confirming.decline_extension(credit, found), {"amendment": number})


def _answered(
    bureau: Bureau,
    reference: str,
    number: int,
    mandate: str,
    answer: Callable[[str, Amendment, str], Act],
) -> Plan:
    credit = bureau.open(reference)
    amendment = bureau.service.amendment(credit, number).amendment
    said: dict[str, Any] = {"amendment": number}
    if not mandate:
        return Plan(answer(credit, amendment, NO_COMMITMENT), said)
    draft = worded(
        ACCEPTANCE_KIND,
        f"{credit}-{number}",
        mandate,
        "what it was told",
        lambda commitment: answer(credit, amendment, commitment),
        beside={"credit": reference, "amendment": number},
    )
    return Plan(draft, said)


def _issuer(bureau: Bureau, stated: StatedAmendment) -> int:
    banks = {
        number: full_bic(record.bic)
        for number, record in bureau.office.members.items()
        if record.bic
    }
    for number, bic in banks.items():
        if bic == stated.issuing_bic:
            return number
    raise NotTheIssuer(stated.issuing_bic, list(banks.values()))


def _keep_bank_only(bureau: Bureau, stated: StatedAmendment, act: Act) -> None:
    _, amendment = act.arguments
    keep_bank_only_changes(bureau.vault, stated.amendment, amendment.terms)  # type: ignore[attr-defined]


def _proposed_cancellation(bureau: Bureau) -> int:
    """The number of a cancellation that is proposed and not rejected, 0 if there is none."""
    for found in bureau.service.amendments(bureau.credit_id):
        if found.amendment.cancels and found.state is not AmendmentState.REJECTED:
            return found.amendment.number
    return 0

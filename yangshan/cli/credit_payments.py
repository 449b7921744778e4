# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit honour``, ``assign``, ``stay`` ...: what is owed, and who stays its payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from yangshan.alliance.entries import instant
from yangshan.chain.enums import ObligationState
from yangshan.cli.bureau import (
    Bureau,
    ObligationText,
    Plan,
    ReferenceText,
    command,
    words,
)
from yangshan.cli.common import cautions_as_json
from yangshan.credit import paying, staying
from yangshan.credit.acts import Draft
from yangshan.credit.history import incurred_in
from yangshan.credit.notices import BankRole
from yangshan.credit.stays import GoodFaithAct, stay_cautions
from yangshan.credit.view import available_under
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.chain.records import Obligation
    from yangshan.credit.acts import Act

ASSIGNMENT_KIND: Final = "assignment"
ORDER_KIND: Final = "court-order"

_GOOD_FAITH: Final = {
    ObligationState.PAID: GoodFaithAct.PAID,
    ObligationState.PREPAID: GoodFaithAct.PAID,
    ObligationState.NEGOTIATED: GoodFaithAct.NEGOTIATED,
    ObligationState.ACCEPTED: GoodFaithAct.ACCEPTED_DRAFT,
    ObligationState.INCURRED: GoodFaithAct.UNDERTOOK_LATER_PAYMENT,
}

ProceedsText = Annotated[
    str, typer.Option("--proceeds", help="What is paid in full settlement, as 1,250,000.00.")
]
OrderText = Annotated[
    str,
    typer.Option(
        "--order",
        help="Court, case number and ruling, or @FILE. Kept here; the chain gets a commitment.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_honour, "honour"),
        (_agree, "agree"),
        (_prepay, "prepay"),
        (_attest, "attest"),
        (_assign, "assign"),
        (_stay, "stay"),
        (_lift, "lift"),
    ):
        command(app, name)(each)


def _honour(bureau: Bureau, reference: ReferenceText, obligation: ObligationText = "") -> Plan:
    """Pay what this bank owes, in full, in cash on the ledger; from the day of maturity on."""
    bureau.open(reference)
    owed, found = bureau.owed(obligation)
    return Plan(paying.pay(owed, found.money), _named(owed, found))


def _agree(
    bureau: Bureau,
    reference: ReferenceText,
    proceeds: ProceedsText,
    obligation: ObligationText = "",
) -> Plan:
    """Agree, as the owner, to be paid so much before maturity; 0 takes it back (art. 12(b))."""
    bureau.open(reference)
    owed, found = bureau.claimed(obligation)
    return Plan(paying.agree_prepayment(owed, bureau.amount(proceeds)), _named(owed, found))


def _prepay(
    bureau: Bureau,
    reference: ReferenceText,
    proceeds: ProceedsText,
    obligation: ObligationText = "",
) -> Plan:
    """Pay before maturity exactly what the owner agreed to (UCP 600 art. 12(b))."""
    bureau.open(reference)
    owed, found = bureau.owed(obligation)
    return Plan(paying.prepay(owed, bureau.amount(proceeds)), _named(owed, found))


def _attest(
    bureau: Bureau,
    reference: ReferenceText,
    payment: Annotated[
        str, typer.Option("--payment", help="Reference of the payment that was received elsewhere.")
    ],
    obligation: ObligationText = "",
) -> Plan:
    """Attest, as the creditor, that it was paid elsewhere and not on the ledger."""
    bureau.open(reference)
    owed, found = bureau.due_to(obligation)
    return Plan(paying.attest_payment(owed, payment), _named(owed, found))


def _assign(
    bureau: Bureau,
    reference: ReferenceText,
    to: Annotated[str, typer.Option("--to", help="The assignee, a member.")],
    amount: Annotated[
        str, typer.Option("--amount", help="How much of it; all of it if absent.")
    ] = "",
    obligation: ObligationText = "",
    ahead: Annotated[
        bool,
        typer.Option("--ahead", help="What the beneficiary comes to be owed, before anything is."),
    ] = False,
    text: Annotated[
        str, typer.Option("--text", help="Words of the assignment, or @FILE. Kept here.")
    ] = "",
) -> Plan:
    """Assign proceeds, once, to one assignee: a right to money alone (UCP 600 art. 39).

    With --ahead the beneficiary assigns what it comes to be owed under the credit, which every
    obligation towards it that arises later carries.
    """
    credit = bureau.open(reference)
    assignee = bureau.office.member(to)
    if ahead:
        return _assign_ahead(bureau, credit, assignee, amount, text)
    owed, found = bureau.claimed(obligation)
    part = bureau.amount(amount) if amount else Money(found.amount, bureau.currency)
    value = {"obligation": owed, "assignee": bureau.name(assignee), "amount": str(part)}
    if text:
        value["text"] = words(text, "the assignment")
    draft = Draft(
        ASSIGNMENT_KIND,
        owed,
        value,
        lambda commitment: paying.assign_proceeds(
            owed, assignee, part, commitment, bureau.name(assignee)
        ),
    )
    return Plan(draft, {**_named(owed, found), "assignee": assignee, "assigned": part.minor})


def _assign_ahead(bureau: Bureau, credit: str, assignee: int, amount: str, text: str) -> Plan:
    part = bureau.amount(amount) if amount else Money(available_under(bureau.held), bureau.currency)
    value = {"credit": credit, "assignee": bureau.name(assignee), "amount": str(part)}
    if text:
        value["text"] = words(text, "the assignment")
    draft = Draft(
        ASSIGNMENT_KIND,
        credit,
        value,
        lambda commitment: paying.assign_under_credit(
            credit, assignee, part, commitment, bureau.name(assignee)
        ),
    )
    return Plan(draft, {"assignee": assignee, "assigned": part.minor})


def _stay(
    bureau: Bureau,
    reference: ReferenceText,
    until: Annotated[
        str, typer.Option("--until", help="Last second of the stay, as 2026-03-31T23:59:59+08:00.")
    ],
    order: OrderText,
    obligation: ObligationText = "",
) -> Plan:
    """Record that a court stays payment, of the credit or of one obligation; no clock stops.

    An authority that is no party does, with a key that has COURT; for at most 400 days, renewable.
    """
    last = instant(until)
    credit = bureau.open(reference)
    said: dict[str, object] = {"until": last.isoformat()}
    if obligation:
        owed, found = bureau.obligation(obligation)
        said |= _named(owed, found)
        act = _ordered(
            order, owed, lambda commitment: staying.stay_obligation(owed, last, commitment)
        )
    else:
        act = _ordered(
            order, credit, lambda commitment: staying.stay_credit(credit, last, commitment)
        )
    cautions = stay_cautions(_good_faith(bureau))
    return Plan(act, {**said, "cautions": cautions_as_json(cautions)}, cautions=cautions)


def _lift(
    bureau: Bureau, reference: ReferenceText, order: OrderText, obligation: ObligationText = ""
) -> Plan:
    """Record that a court lifted its stay, of the credit or of one obligation."""
    credit = bureau.open(reference)
    if not obligation:
        return Plan(
            _ordered(order, credit, lambda commitment: staying.lift_credit(credit, commitment))
        )
    owed, found = bureau.obligation(obligation)
    return Plan(
        _ordered(order, owed, lambda commitment: staying.lift_obligation(owed, commitment)),
        _named(owed, found),
    )


def _good_faith(bureau: Bureau) -> list[tuple[BankRole, GoodFaithAct]]:
    """What banks have done under the credit that may stand against a stay."""
    held = bureau.held
    confirming = held.issuance.confirming_bank if held.confirmed else 0
    found = []
    for event in incurred_in(bureau.events):
        owed = bureau.service.obligation(event.obligation_id)
        role = BankRole.NOMINATED
        if owed.debtor == held.issuing_bank:
            role = BankRole.ISSUING
        elif owed.debtor == confirming:
            role = BankRole.CONFIRMING
        if owed.state in _GOOD_FAITH:
            found.append((role, _GOOD_FAITH[owed.state]))
    return found


def _ordered(order: str, name: str, act: Callable[[str], Act]) -> Draft:
    return Draft(ORDER_KIND, name, {"order": words(order, "the court's order")}, act)


def _named(obligation: str, found: Obligation) -> dict[str, object]:
    return {"obligation": obligation, "amount": found.amount}

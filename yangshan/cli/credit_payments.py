# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit honour``, ``assign``, ``stay`` ...: what is owed, and who stays its payment."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from yangshan.alliance.entries import instant
from yangshan.chain.enums import ObligationState
from yangshan.cli.bureau import BankOption, Bureau, Dossier, ObligationText, ReferenceText, command
from yangshan.cli.common import AsJson, Home, Rpc, cautions_as_json, print_json, read_bytes
from yangshan.cli.hands import Plan, text_of, worded, words
from yangshan.cli.vouching import RelyingOn, require
from yangshan.credit import paying, staying
from yangshan.credit.acts import Draft
from yangshan.credit.evidence import (
    EvidenceDiffers,
    Member,
    Owed,
    differences,
    payment_of,
    transfer_order,
    uetr_of,
)
from yangshan.credit.history import incurred_in
from yangshan.credit.notices import BankRole
from yangshan.credit.stays import GoodFaithAct, stay_cautions
from yangshan.credit.view import available_under
from yangshan.errors import Refused
from yangshan.money import Money
from yangshan.swift.findings import is_valid
from yangshan.swift.iso20022.payments import SettlementMethod, payments_in
from yangshan.titles import presented

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.chain.records import Obligation
    from yangshan.credit.acts import Act

ASSIGNMENT_KIND: Final = "assignment"
ORDER_KIND: Final = "court-order"
PAYMENT_KIND: Final = "payment-notification"

_UNPAID: Final = frozenset(
    {
        ObligationState.DUE,
        ObligationState.INCURRED,
        ObligationState.ACCEPTED,
        ObligationState.NEGOTIATED,
    }
)
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


class NothingToPay(Refused):
    """An obligation of which nothing is left to pay."""

    def __init__(self, reference: str, state: str) -> None:
        super().__init__(f"Nothing of it is left to pay under credit {reference}: it is {state}.")
        self.state = state


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
    app.command("order")(_order)


def _honour(
    bureau: Bureau,
    reference: ReferenceText,
    obligation: ObligationText = "",
    relying_on: RelyingOn = None,
) -> Plan:
    """Pay what this bank owes, in full, in cash on the ledger; from the day of maturity on.

    Titles that were presented come to it in the same transaction.
    """
    bureau.open(reference)
    owed, found = bureau.owed(obligation)
    require(bureau.office, relying_on)
    titles = bureau.titles_for(owed, found)
    if titles:
        said = {**_named(owed, found), "titles": titles}
        return Plan(presented.pay(owed, titles, found.money), said)
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
    relying_on: RelyingOn = None,
) -> Plan:
    """Pay before maturity exactly what the owner agreed to (UCP 600 art. 12(b))."""
    bureau.open(reference)
    owed, found = bureau.owed(obligation)
    require(bureau.office, relying_on)
    return Plan(paying.prepay(owed, bureau.amount(proceeds)), _named(owed, found))


def _attest(
    bureau: Bureau,
    reference: ReferenceText,
    payment: Annotated[
        str, typer.Option("--payment", help="Reference of the payment that was received elsewhere.")
    ] = "",
    notification: Annotated[
        str,
        typer.Option(
            "--notification",
            metavar="FILE",
            help="Instead: the bank's camt.054 (or the pacs.009), held against what is owed. "
            "Kept here; the chain gets a commitment.",
        ),
    ] = "",
    obligation: ObligationText = "",
) -> Plan:
    """Attest, as the creditor, that it was paid elsewhere and not on the ledger."""
    if bool(payment) == bool(notification):
        raise typer.BadParameter("say --payment REFERENCE, or --notification FILE, and not both")
    told = payments_in(read_bytes(notification), notification) if notification else []
    bureau.open(reference)
    owed, found = bureau.due_to(obligation)
    if payment:
        return Plan(paying.attest_payment(owed, payment), _named(owed, found))
    assigned = bureau.service.current_creditor(owed) != bureau.member
    sought = _part(bureau, owed, found, assignee=assigned)
    paid = payment_of(told, sought, notification)
    findings = differences(paid, sought)
    if not is_valid(findings):
        raise EvidenceDiffers(notification, findings)
    name = paid.reference or paid.uetr or paid.end_to_end or owed
    value = {"obligation": owed, "payment": name, "notification": text_of(notification)}
    draft = Draft(
        PAYMENT_KIND, owed, value, lambda kept: paying.attest_by_evidence(owed, kept, name)
    )
    said = {**_named(owed, found), "payment": name}
    return Plan(draft, said, doubts=[each.message for each in findings])


def _order(
    reference: ReferenceText,
    rpc: Rpc,
    method: Annotated[
        SettlementMethod,
        typer.Option(
            "--settlement",
            help="How the banks settle: over the account with the instructed (INDA) or instructing "
            "(INGA) bank, or through a clearing system (CLRG).",
        ),
    ],
    on: Annotated[
        datetime,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day of settlement, as 2026-03-31."),
    ],
    obligation: ObligationText = "",
    assignee: Annotated[
        bool, typer.Option("--assignee", help="Pay the assignee of its proceeds its part.")
    ] = False,
    bank: BankOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Write the pacs.009 with which the bank that owes pays outside the ledger; sends nothing.

    Between banks alone. Written again for the same obligation it has the same UETR.
    """
    dossier = Dossier(rpc, home, as_json, bank or None)
    dossier.open(reference)
    owed, found = dossier.obligation(obligation, lambda _, each: each.state in _UNPAID)
    if found.state not in _UNPAID:
        raise NothingToPay(dossier.reference, found.state.name)
    part = _part(dossier, owed, found, assignee=assignee)
    if not part.amount.minor:
        raise NothingToPay(dossier.reference, "assigned to nobody" if assignee else "all assigned")
    text = transfer_order(
        part,
        issuing_bic=dossier.bic(dossier.held.issuing_bank),
        method=method,
        on=on.date(),
        created=datetime.now(UTC),
    )
    if as_json:
        uetr = uetr_of(owed, assignee=assignee)
        print_json({"obligation": owed, "amount": part.amount.minor, "uetr": uetr, "text": text})
    else:
        sys.stdout.write(text)
    return 0


def _part(dossier: Dossier, owed: str, found: Obligation, *, assignee: bool) -> Owed:
    """The creditor's part of what is owed, or that of the assignee of its proceeds."""
    assignment = dossier.service.assignment(owed)
    part = found.amount - assignment.amount
    creditor = dossier.service.current_creditor(owed)
    if assignee:
        part, creditor = assignment.amount, assignment.assignee
    return Owed(
        obligation=owed,
        reference=dossier.reference,
        amount=Money(part, dossier.currency),
        debtor=_member(dossier, found.debtor),
        creditor=_member(dossier, creditor),
        assignee=assignee,
    )


def _member(dossier: Dossier, number: int) -> Member:
    return Member(name=dossier.name(number), bic=dossier.bic(number))


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
    draft = worded(
        ASSIGNMENT_KIND,
        owed,
        text,
        "the assignment",
        lambda commitment: paying.assign_proceeds(
            owed, assignee, part, commitment, bureau.name(assignee)
        ),
        beside={"obligation": owed, "assignee": bureau.name(assignee), "amount": str(part)},
        needed=False,
    )
    return Plan(draft, {**_named(owed, found), "assignee": assignee, "assigned": part.minor})


def _assign_ahead(bureau: Bureau, credit: str, assignee: int, amount: str, text: str) -> Plan:
    part = bureau.amount(amount) if amount else Money(available_under(bureau.held), bureau.currency)
    draft = worded(
        ASSIGNMENT_KIND,
        credit,
        text,
        "the assignment",
        lambda commitment: paying.assign_under_credit(
            credit, assignee, part, commitment, bureau.name(assignee)
        ),
        beside={"credit": credit, "assignee": bureau.name(assignee), "amount": str(part)},
        needed=False,
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

# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit advise``, ``confirm`` ...: what advising and confirming banks do."""

from __future__ import annotations

from typing import Annotated

import typer

from yangshan.cli.bureau import Bureau, ReferenceText, command
from yangshan.cli.hands import Plan
from yangshan.credit import advising, confirming

BankText = Annotated[
    str, typer.Argument(metavar="MEMBER", help="The bank: its number, or key in members.toml.")
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_advise, "advise"),
        (_decline_advice, "decline-advice"),
        (_request_confirmation, "request-confirmation"),
        (_confirm, "confirm"),
        (_decline_confirmation, "decline-confirmation"),
    ):
        command(app, name)(each)


def _advise(
    bureau: Bureau,
    reference: ReferenceText,
    unsatisfied: Annotated[
        bool,
        typer.Option(
            "--unsatisfied",
            help="The bank has not satisfied itself that the credit is authentic, and says so.",
        ),
    ] = False,
) -> Plan:
    """Advise a credit, as its advising or second advising bank (UCP 600 art. 9)."""
    return Plan(advising.advise(bureau.open(reference), apparently_authentic=not unsatisfied))


def _decline_advice(bureau: Bureau, reference: ReferenceText) -> Plan:
    """Decline to advise a credit; the bank may yet advise it (UCP 600 art. 9(e))."""
    return Plan(advising.decline(bureau.open(reference)))


def _request_confirmation(bureau: Bureau, reference: ReferenceText, asked: BankText) -> Plan:
    """Ask a bank to confirm, where none is named or the one named declined (UCP 600 art. 8(d))."""
    credit, bank = bureau.open(reference), bureau.office.member(asked)
    return Plan(confirming.request(credit, bank, bureau.name(bank)), {"confirming_bank": bank})


def _confirm(bureau: Bureau, reference: ReferenceText) -> Plan:
    """Add the confirmation of the bank that was asked; it is bound from then on (art. 8(b))."""
    return Plan(confirming.confirm(bureau.open(reference)))


def _decline_confirmation(bureau: Bureau, reference: ReferenceText) -> Plan:
    """Decline to confirm; the issuing bank may ask again (UCP 600 art. 8(d))."""
    return Plan(confirming.decline(bureau.open(reference)))

# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents release-draft`` and ``notice``: from candidates to MT 734 and MT 750."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from yangshan.cli.common import AsJson, print_json, read_bytes
from yangshan.cli.private_files import write
from yangshan.credit.settlements import Disposal
from yangshan.documents.examination.drafting import (
    Released,
    advice_text,
    read_draft,
    read_released,
    refusal_text,
    release,
    written,
)
from yangshan.errors import Unusable
from yangshan.money import Currency, Money, UnknownCurrency

_DISPOSALS: Final[dict[str, Disposal]] = {
    "hold": Disposal.HOLD,
    "notify": Disposal.NOTIFY,
    "return": Disposal.RETURN,
    "previous-instructions": Disposal.PREVINST,
}


class NotStated(Unusable):
    """Something that the message needs and nobody gave."""

    def __init__(self, option: str, why: str) -> None:
        super().__init__(f"The message needs {option}: {why}.")
        self.option = option


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("release-draft")(_release)
    app.command("notice")(_notice)


def _release(
    file: Annotated[
        str, typer.Argument(metavar="DRAFT", help="A draft that the examiner has decided on.")
    ],
    checker: Annotated[
        str, typer.Option("--checker", help="Who releases it; another person than the examiner.")
    ],
    out: Annotated[Path, typer.Option("--out", help="File to write; one that is there stays.")],
    as_json: AsJson = False,
) -> int:
    """Release a draft as a second person: what a notice states from then on, and nothing else."""
    found = release(read_draft(read_bytes(file), file), checker)
    write(out, written(found))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return 0
    typer.echo(f"{found.credit}: released by {found.checker}, examined by {found.maker}.")
    for number, each in enumerate(found.discrepancies, start=1):
        raised = f" (raised: {each.reason})" if each.reason else ""
        typer.echo(f"  {number}. {each.code}  {each.text}{raised}")
    for hold in found.holds:
        typer.echo(f"  beside the notice: {hold}")
    return 0


def _notice(
    file: Annotated[str, typer.Argument(metavar="RELEASED", help="What a checker released.")],
    kind: Annotated[
        Literal["734", "750"],
        typer.Option("--type", help="734 refuses, 750 asks for authority and refuses nothing."),
    ],
    sender: Annotated[str, typer.Option("--sender", help="BIC of the bank that sends it.")],
    receiver: Annotated[str, typer.Option("--receiver", help="BIC of the bank that gets it.")],
    amount: Annotated[
        str, typer.Option("--amount", help="The drawing, as CNY 1,280,000.00; else as examined.")
    ] = "",
    reference: Annotated[
        str,
        typer.Option("--reference", help="Of an MT 750 the sender's own, of an MT 734 field 21."),
    ] = "",
    issuing_bank: Annotated[
        str, typer.Option("--issuing-bank", help="BIC; the sender if absent.")
    ] = "",
    utilised: Annotated[
        datetime | None,
        typer.Option("--utilised", formats=["%Y-%m-%d"], help="Day of the drawing (field 32A)."),
    ] = None,
    disposal: Annotated[
        Literal["hold", "notify", "return", "previous-instructions"] | None,
        typer.Option("--disposal", help="What becomes of the documents (field 77B)."),
    ] = None,
    instruction: Annotated[
        str, typer.Option("--instruction", help="The presenter's, for previous-instructions.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Print the text of the notice of refusal or of the advice of discrepancies; sends nothing."""
    found = read_released(read_bytes(file), file)
    drawn = _amount(found, amount)
    if kind == "750":
        text = advice_text(
            found,
            sender=sender,
            receiver=receiver,
            reference=reference or found.credit,
            amount=drawn,
        )
    else:
        if utilised is None:
            raise NotStated("--utilised", "field 32A has the day of the drawing")
        if disposal is None:
            raise NotStated(
                "--disposal", "a refusal says what becomes of the documents (UCP 600 art. 16(c))"
            )
        text = refusal_text(
            found,
            sender=sender,
            receiver=receiver,
            issuing_bank=issuing_bank or sender,
            presenting_reference=reference or None,
            utilised_on=utilised.date(),
            amount=drawn,
            disposal=_DISPOSALS[disposal],
            presenter_instruction=instruction or None,
        )
    if as_json:
        print_json({"type": kind, "codes": list(found.codes), "message": text})
    else:
        typer.echo(text.replace("\r\n", "\n"))
    return 0


def _amount(found: Released, given: str) -> Money:
    text = given or found.demanded or ""
    code, _, number = text.strip().partition(" ")
    whole, _, part = number.replace(",", "").partition(".")
    currency: Currency | None
    try:
        currency = Currency.of(code)
    except UnknownCurrency:
        currency = None
    if currency is None or not (whole + part).isdigit() or len(part) > currency.decimals:
        raise NotStated("--amount", "the amount of the drawing, such as CNY 1,280,000.00")
    return Money(int(whole + part.ljust(currency.decimals, "0")), currency)

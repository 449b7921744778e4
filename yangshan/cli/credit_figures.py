# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit deadline``, ``deadlines`` and ``amounts``: what needs no chain.

They stand apart so that they answer without what a chain needs being loaded.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from yangshan.alliance.places import build_from
from yangshan.cli.common import (
    AsJson,
    cautions_as_json,
    console,
    print_cautions,
    print_json,
    read_bytes,
)
from yangshan.credit.examination import EXAMINATION_ARTICLE, examination_of
from yangshan.credit.figures import credit_amounts, credit_dates, credit_year, valid_mt700
from yangshan.money import Money


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each in (deadline, deadlines, amounts):
        app.command()(each)


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
                "cautions": cautions_as_json(found.cautions),
            }
        )
    else:
        console.print(
            f"Received {found.receipt_day} ({found.calendar}); the fifth banking day closes on "
            f"[bold]{found.deadline:%Y-%m-%d at %H:%M %z}[/] ({EXAMINATION_ARTICLE})"
        )
        print_cautions(found.cautions)
    return 0


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
                "cautions": cautions_as_json(found.cautions),
            }
        )
        return 0
    floor = "" if found.minimum_binds else ", which does not bind: partial drawings are allowed"
    console.print(
        f"{Money(found.amount, found.currency)}, at most {Money(found.maximum, found.currency)}, "
        f"at least {Money(found.minimum, found.currency)}{floor} (UCP 600 art. 30, 31(a))"
    )
    print_cautions(found.cautions)
    return 0

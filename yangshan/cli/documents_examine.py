# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents examine``: a presentation held to the terms in force, by machine."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yangshan.cli.common import AsJson, Home, print_json, read_bytes
from yangshan.cli.private_files import write
from yangshan.documents.examination import Lists, Severity, examine
from yangshan.documents.examination.beside import earlier_sets, read_declarations
from yangshan.documents.examination.drafting import draft_of, written
from yangshan.documents.examination.inputs import minor_of, terms_in_force
from yangshan.documents.examination.listing import read_listing
from yangshan.documents.examination.reading import read_folder, read_presentation, received_of
from yangshan.documents.examination.report import as_json as report_as_json
from yangshan.documents.examination.report import as_table

if TYPE_CHECKING:
    from yangshan.documents.examination import Presentation

# What stops a payment, once a person has confirmed it.
_STOPS = (Severity.DISCREPANCY, Severity.BLOCK, Severity.HOLD)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("examine")(_examine)


def _examine(
    credit: Annotated[
        str, typer.Option("--credit", help="The credit: an MT 700, or its terms as JSON.")
    ],
    presentation: Annotated[
        str,
        typer.Option("--presentation", help="A folder of documents, or one file of all; - too."),
    ],
    amendments: Annotated[
        list[str] | None,
        typer.Option("--amendments", help="An accepted amendment, an MT 707; once for each."),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option("--part", help="Of a transferred credit the part: an MT 720, or terms."),
    ] = None,
    substituted: Annotated[
        bool,
        typer.Option("--substituted", help="The first beneficiary has substituted its invoice."),
    ] = False,
    drawn: Annotated[
        str | None, typer.Option("--drawn", help="What was drawn before, such as 64000.00.")
    ] = None,
    additional: Annotated[
        str | None, typer.Option("--additional", help="What is claimed of field 39C.")
    ] = None,
    received: Annotated[
        str | None,
        typer.Option("--received", help="2025-09-29, or 2025-09-29T16:30:00+08:00."),
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", help="The calendar of the branch, such as CNSHA.")
    ] = None,
    listing: Annotated[
        str | None,
        typer.Option("--list", help="Sanctions or goods of dual use, a list of your own (X23)."),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--earlier", help="A folder of sets that were presented before (X24)."),
    ] = None,
    declarations: Annotated[
        str | None,
        typer.Option("--declarations", help="What customs attests, JSON by number (X20)."),
    ] = None,
    tolerance: Annotated[
        int,
        typer.Option(
            "--value-tolerance", min=0, max=100, help="Declared to invoiced value, per cent."
        ),
    ] = 5,
    forwarded: Annotated[
        bool,
        typer.Option(
            "--forwarded", help="A nominated bank examined these, found them complying, sent them."
        ),
    ] = False,
    rpc: Annotated[
        str,
        typer.Option(
            "--rpc", help="A node: what the chain says of sealed documents and declarations (R01)."
        ),
    ] = "",
    batches: Annotated[
        list[str] | None,
        typer.Option("--batch", help="With --rpc, a batch that documents may be registered in."),
    ] = None,
    home: Home = None,
    draft: Annotated[
        Path | None,
        typer.Option("--draft", help="Write the candidates for the examiner to decide on."),
    ] = None,
    maker: Annotated[
        str, typer.Option("--maker", help="Who examines, for the draft; or written into it later.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Examine documents: 0 no discrepancy found, 1 candidates for a person, 2 cannot be read."""
    stated = terms_in_force(
        (read_bytes(credit), credit),
        amendments=[(read_bytes(each), each) for each in amendments or ()],
        part=None if part is None else (read_bytes(part), part),
        substituted=substituted,
    )
    terms = stated.terms
    currency = terms.invoice_terms
    terms = dataclasses.replace(
        terms,
        drawn=minor_of(drawn, currency) if drawn is not None else 0,
        additional=minor_of(additional, currency) if additional is not None else None,
    )
    given = _presentation(presentation, received, place)
    given = dataclasses.replace(given, forwarded=given.forwarded or forwarded)
    lists = Lists(
        listing=None if listing is None else read_listing(read_bytes(listing), listing),
        history=earlier_sets(earlier, Path(presentation)) if earlier is not None else (),
        declarations={}
        if declarations is None
        else read_declarations(read_bytes(declarations), declarations),
        value_tolerance=Fraction(tolerance),
    )
    if rpc:
        # What asks a chain is loaded where one is asked.
        vouching = import_module("yangshan.cli.vouching")
        lists = vouching.asked(rpc, home, given, lists, batches or ())
    found = examine(terms, given, lists)
    if draft is not None:
        write(draft, written(draft_of(found, terms.terms.reference, given.demanded, maker)))
    if as_json:
        print_json(report_as_json(found, stated.doubts))
    else:
        for doubt in stated.doubts:
            typer.echo(f"To look at: {doubt}")
        typer.echo(as_table(found), nl=False)
    return 1 if any(found.of(each) for each in _STOPS) else 0


def _presentation(given: str, received: str | None, place: str | None) -> Presentation:
    folder = Path(given)
    found = read_folder(folder) if folder.is_dir() else read_presentation(read_bytes(given), given)
    if received is not None:
        found = dataclasses.replace(found, received=received_of(received, "--received"))
    return dataclasses.replace(found, place=place) if place is not None else found

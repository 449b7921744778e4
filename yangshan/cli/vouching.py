# SPDX-License-Identifier: Apache-2.0
"""What commands ask of the chain before documents are relied on: whether they still stand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from yangshan.cli.acting import opened
from yangshan.cli.common import read_bytes
from yangshan.documents.files import read_batch, read_sealed
from yangshan.documents.vouching import Vouching

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yangshan.cli.acting import Office
    from yangshan.documents.examination import Lists, Presentation

RelyingOn = Annotated[
    list[str] | None,
    typer.Option(
        "--relying-on",
        metavar="SEALED",
        help="A sealed document or declaration that must stand on the chain now, or nothing is "
        "sent; may be repeated.",
    ),
]


def asked(
    rpc: str, home: Path | None, presentation: Presentation, lists: Lists, batches: Sequence[str]
) -> Lists:
    """The same lists with what a chain says of the sealed documents of a presentation."""
    made = [read_batch(read_bytes(each), each) for each in batches]
    office = opened(rpc, home, as_json=False)
    vouching = Vouching(office.papers, office.members, office.wording, made)
    return dataclasses.replace(
        lists,
        vouched=vouching.words(presentation),
        declarations={**lists.declarations, **vouching.standings(presentation)},
    )


def require(office: Office, files: Sequence[str] | None) -> None:
    """Raises NotRelied unless each of these stands; and what reading the files raises."""
    sealed = [(each, read_sealed(read_bytes(each), each)) for each in files or ()]
    if sealed:
        vouching = Vouching(office.papers, office.members, office.wording)
        for file, held in sealed:
            vouching.require(held, file)

# SPDX-License-Identifier: Apache-2.0
"""What all commands share: how they read files, print, and fail."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from yangshan.errors import Unusable, YangshanError
from yangshan.swift.report import finding_as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yangshan.chain.wording import Wording
    from yangshan.credit.cautions import Caution
    from yangshan.swift import Finding

STANDARD_INPUT = "-"

Rpc = Annotated[
    str, typer.Option("--rpc", envvar="YANGSHAN_RPC", help="URL of the node, such as http://...")
]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder with keys, deployments and outbox (YANGSHAN_HOME)."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

# Gives the names by which a refusal of a contract is told, once a command knows its folder.
naming: ContextVar[Callable[[], Wording] | None] = ContextVar("naming", default=None)

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


class FileUnread(Unusable):
    """A file that is not there or cannot be read."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The file {file} cannot be read: {reason}.")
        self.file = file


def read_bytes(file: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``; raises :class:`FileUnread`."""
    try:
        return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    except OSError as unread:
        raise FileUnread(file, unread.strerror or "unknown reason") from unread


def print_json(value: Any) -> None:
    """One JSON document on standard output, there at once for whoever reads along."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def cautions_as_json(found: Sequence[Caution]) -> list[dict[str, str]]:
    """What a person should look at, for programs."""
    return [asdict(each) for each in found]


def print_cautions(found: Sequence[Caution]) -> None:
    """What a person should look at, for people."""
    for each in found:
        console.print(f"[yellow]To look at[/]  {each.code}")
        print_indented(str(each), 4)


def print_indented(text: str, columns: int) -> None:
    """A text whose every line on the terminal stands this far from the edge."""
    if console.is_terminal:
        console.print(Padding(Text(text), (0, 0, 0, columns), expand=False))
    else:
        # Whoever reads a file or a pipe wants a line to stay one.
        console.print(Text(" " * columns + text), soft_wrap=True)


def wants_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON, so that its errors are JSON too."""
    return "--json" in words


def explained(refused: YangshanError) -> str:
    """The sentence of an error, with the names of members and accounts that are known here."""
    names = naming.get()
    if names is None:
        return str(refused)
    # Loaded by whatever gave the names.
    from yangshan.chain.reverts import ContractError

    if not isinstance(refused, ContractError):
        return str(refused)
    try:
        return refused.explain(names())
    except YangshanError:
        # A folder that cannot be read any more is no reason to hide why the chain refused.
        return str(refused)


def fail(sentence: str, name: str, *, as_json: bool, findings: Iterable[Finding] = ()) -> None:
    """Says why a command did not succeed: for people on standard error, as JSON on output."""
    if as_json:
        error: dict[str, Any] = {"name": name, "message": sentence}
        if listed := [finding_as_json(finding) for finding in findings]:
            error["findings"] = listed
        print_json({"error": error})
    else:
        complaints.print(f"[bold red]✗[/] {_plain(sentence)}", soft_wrap=True)


def _plain(text: str) -> str:
    """Text that may hold square brackets, which rich would read as its own marks."""
    return text.replace("[", r"\[")

# SPDX-License-Identifier: Apache-2.0
"""``yangshan swift``: SWIFT messages, without a chain or a network."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from yangshan.cli.common import (
    AsJson,
    FileUnread,
    console,
    print_indented,
    print_json,
    read_bytes,
)
from yangshan.swift.report import MessageReport, exit_code, report

app = typer.Typer(
    help="Read and check SWIFT messages (modelled on SWIFT MT).", no_args_is_help=True
)


@app.callback()
def _noun() -> None:
    """Keeps the verb in the command while there is only one."""


@app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Message files; - is standard input.")
    ],
    as_json: AsJson = False,
) -> int:
    """Check messages and print every finding: 0 all valid, 1 findings, 2 cannot be read."""
    found: list[MessageReport] = []
    for file in files:
        try:
            found += report(read_bytes(file), file)
        except FileUnread as missing:
            found.append(_missing(file, str(missing)))
    if as_json:
        print_json(found)
    else:
        for message in found:
            _print(message)
    return exit_code(found)


def _missing(file: str, why: str) -> MessageReport:
    finding = {"tag": "", "line": 0, "code": "Y00", "severity": "error", "message": why}
    return MessageReport(file=file, type=None, valid=False, findings=[finding])  # type: ignore[list-item]


def _print(message: MessageReport) -> None:
    kind = f"MT {message['type']}" if message["type"] else "no message"
    verdict = "[green]valid[/]" if message["valid"] else "[red]not valid[/]"
    console.print(f"[bold]{escape(message['file'])}[/]  {kind}  {verdict}", soft_wrap=True)
    for finding in message["findings"]:
        colour = "red" if finding["severity"] == "error" else "yellow"
        place = f"  line {finding['line']}" if finding["line"] else ""
        place += f", field {finding['tag']}" if finding["tag"] else ""
        console.print(f"  [{colour}]{finding['severity']} {finding['code']}[/]{place}")
        print_indented(finding["message"], 4)

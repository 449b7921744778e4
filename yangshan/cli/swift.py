# SPDX-License-Identifier: Apache-2.0
"""``yangshan swift``: SWIFT messages, without a chain or a network."""

from __future__ import annotations

import dataclasses
import sys
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from yangshan.cli.common import (
    STANDARD_INPUT,
    AsJson,
    FileUnread,
    complaints,
    console,
    print_indented,
    print_json,
    read_bytes,
)
from yangshan.swift import check as check_message
from yangshan.swift import read
from yangshan.swift.as_json import (
    MessageJson,
    MessageNotBuilt,
    message_as_json,
    texts_from_json,
)
from yangshan.swift.compare import Comparison, compare_files
from yangshan.swift.definitions import definitions
from yangshan.swift.iso20022 import conversion
from yangshan.swift.iso20022.xml import is_xml
from yangshan.swift.report import MessageReport, exit_code, finding_as_json, report
from yangshan.swift.statement import as_json as as_json_of
from yangshan.swift.statement import stated
from yangshan.swift.transliteration import Replacement, transliterate_message
from yangshan.swift.values import full_bic, is_bic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yangshan.swift.findings import Finding


class Form(StrEnum):
    """What messages are converted to."""

    JSON = "json"
    MT = "mt"
    TERMS = "terms"
    ISO20022 = "iso20022"


MessageType = Annotated[
    str | None,
    typer.Option("--type", help="Type of a text block without a header, such as 700."),
]

app = typer.Typer(
    help="Read, check and convert SWIFT messages (modelled on SWIFT MT).", no_args_is_help=True
)


@app.command()
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Message files; - is standard input.")
    ],
    kind: MessageType = None,
    legacy: Annotated[
        bool,
        typer.Option("--legacy", help="Read forms of before November 2018."),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Check messages and print every finding: 0 all valid, 1 findings, 2 cannot be read."""
    _expect_known(kind)
    _expect_input_once(files)
    found: list[MessageReport] = []
    for file in files:
        try:
            found += report(read_bytes(file), file, message_type=kind, legacy=legacy)
        except FileUnread as missing:
            found.append(_missing(file, str(missing)))
    if as_json:
        print_json(found)
    else:
        for message in found:
            _print(message)
    return exit_code(found)


@app.command()
def show(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A message file; - is standard input.")
    ],
    kind: MessageType = None,
    as_json: AsJson = False,
) -> int:
    """Show the messages of a file field by field, each with its name."""
    _expect_known(kind)
    read_messages = read(read_bytes(file), file, message_type=kind)
    messages = [message_as_json(message) for message in read_messages]
    if as_json:
        print_json([message.model_dump(mode="json") for message in messages])
    else:
        for message in messages:
            _print_fields(message)
    return 0


@app.command()
def convert(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Messages, or their JSON; - is standard input.")
    ],
    to: Annotated[
        Form,
        typer.Option("--to", help="json, mt (FIN text), iso20022 (XML), or terms: what it states."),
    ],
    issuing: Annotated[
        str | None, typer.Option("--issuing", help="BIC, for a text without a header.")
    ] = None,
    advising: Annotated[
        str | None, typer.Option("--advising", help="BIC, for a text without a header.")
    ] = None,
    kind: MessageType = None,
    transliterated: Annotated[
        bool,
        typer.Option("--transliterate", help="Replace what is outside the set, and tell each."),
    ] = False,
    sender: Annotated[
        str | None, typer.Option("--sender", help="Between MT and XML: BIC of who sends the MT.")
    ] = None,
    receiver: Annotated[
        str | None, typer.Option("--receiver", help="From XML: BIC of who receives the MT.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(
            "--on", formats=["%Y-%m-%d"], help="To XML: the day of an advice, as 2026-03-31."
        ),
    ] = None,
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Between MT and XML: leave out what has no place, told."),
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Write messages in another form on standard output; what has errors is not built from JSON.

    With --json a FIN text or XML stands in an object too, as its text.
    """
    _expect_known(kind)
    data = read_bytes(file)
    if to is Form.ISO20022 or is_xml(data):
        if transliterated:
            raise typer.BadParameter("--transliterate is for MT alone; convert to --to mt first")
        bics = _bics(sender, receiver)
        return _between_standards(data, file, to, kind, bics, on, partial, as_json)
    from_json = data.lstrip()[:1] == b"[" or data.lstrip()[:2] in {b'{"', b"{\n", b"{\r", b"{ "}
    replaced: list[Replacement] = []
    if transliterated and not from_json:
        data = _transliterated(data, file, kind, replaced)
    if to is Form.TERMS:
        model, _ = stated(data, file, message_type=kind, issuing_bic=issuing, advising_bic=advising)
        print_json(as_json_of(model))
    elif to is Form.JSON:
        messages = [message_as_json(message) for message in read(data, file, message_type=kind)]
        print_json([message.model_dump(mode="json") for message in messages])
    else:
        if from_json:
            texts = texts_from_json(data, file, replaced=replaced if transliterated else None)
            text = "".join(texts).encode()
        else:
            text = _text_of(data, file, kind).encode("utf-8", "surrogateescape")
        if as_json:
            written: dict[str, object] = {"text": text.decode("utf-8", "replace")}
            if transliterated:
                written["replacements"] = [each._asdict() for each in replaced]
            print_json(written)
        else:
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()
    _tell(replaced)
    return 0


@app.command()
def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The MT 700 as it was; - is standard input.")
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The MT 700 as it is to be, or an MT 707.")
    ],
    issuing: Annotated[
        str | None, typer.Option("--issuing", help="BIC, for a text without a header.")
    ] = None,
    advising: Annotated[
        str | None, typer.Option("--advising", help="BIC, for a text without a header.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="Type of NEW without a header: 700 or 707.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show what an MT 707 changes in a credit, or what it would state between two MT 700.

    1 if something differs that no MT 707 can change, or if a person has to decide.
    """
    _expect_known(kind)
    _expect_input_once([old, new])
    found = compare_files(
        read_bytes(old),
        old,
        read_bytes(new),
        new,
        new_type=kind,
        issuing_bic=issuing,
        advising_bic=advising,
    )
    if as_json:
        print_json(dataclasses.asdict(found))
    else:
        _print_comparison(found)
    return 1 if found.unsaid else 0


def _between_standards(
    data: bytes,
    file: str,
    to: Form,
    kind: str | None,
    bics: tuple[str | None, str | None],
    on: datetime | None,
    partial: bool,
    as_json: bool,
) -> int:
    """From MT to XML, or from XML to MT and its terms; what has no place is told."""
    sender, receiver = bics
    day = on.date() if on else None
    if to is Form.ISO20022 and not is_xml(data):
        done = conversion.mt_to_iso(
            data, file, message_type=kind, sender=sender, day=day, partial=partial
        )
    elif to is Form.TERMS:
        model, findings = conversion.iso_to_model(data, file, sender=sender, partial=partial)
        print_json(as_json_of(model))
        _tell_findings(findings)
        return 0
    elif to is Form.MT:
        done = conversion.iso_to_mt(data, file, sender=sender, receiver=receiver, partial=partial)
    else:
        raise typer.BadParameter(f"{file} is XML, which is written --to mt or --to terms")
    if as_json:
        told = [finding_as_json(each) for each in done.findings]
        print_json({"text": done.text, "findings": told})
        return 0
    sys.stdout.buffer.write(done.text.encode())
    sys.stdout.buffer.flush()
    _tell_findings(done.findings)
    return 0


def _tell_findings(findings: Iterable[Finding]) -> None:
    """What the other standard does not say, on standard error."""
    for each in findings:
        place = f"line {each.line}: " if each.line else ""
        complaints.print(f"{place}{each.message}", soft_wrap=True, markup=False)


def _bics(sender: str | None, receiver: str | None) -> tuple[str | None, str | None]:
    for name, given in (("--sender", sender), ("--receiver", receiver)):
        if given is not None and not is_bic(given):
            raise typer.BadParameter(f"{name} is {given}; expected a BIC of 8 or 11 characters")
    return (full_bic(sender) if sender else None), (full_bic(receiver) if receiver else None)


def _expect_known(kind: str | None) -> None:
    if kind is not None and kind not in definitions().messages:
        known = ", ".join(sorted(definitions().messages))
        raise typer.BadParameter(f"{kind} is not known here; expected one of {known}")


def _expect_input_once(files: list[str]) -> None:
    if files.count(STANDARD_INPUT) > 1:
        raise typer.BadParameter("standard input is read once; expected - at most once")


def _text_of(data: bytes, file: str, kind: str | None) -> str:
    """The text of all messages of a file, every one of which could be read."""
    return "".join(message.text for message in read(data, file, message_type=kind))


def _transliterated(data: bytes, file: str, kind: str | None, replaced: list[Replacement]) -> bytes:
    """The file in the sets of SWIFT; refused where a field then breaks its rules."""
    texts = []
    for message in read(data, file, message_type=kind):
        text, found = transliterate_message(message)
        texts.append(text)
        replaced += found
        tags = {each.tag for each in found}
        for again in read(text, file, message_type=message.type) if found else ():
            errors = [each for each in check_message(again) if each.severity == "error"]
            if wrong := [each for each in errors if each.tag in tags]:
                raise MessageNotBuilt(wrong)
    return "".join(texts).encode("utf-8", "surrogateescape")


def _tell(replaced: list[Replacement]) -> None:
    """Each replacement on standard error, so that the output stays the message alone."""
    for each in replaced:
        complaints.print(
            f"line {each.line}, character {each.column}, field {each.tag}: {each.found!r} is "
            f"written {each.written!r}",
            soft_wrap=True,
            markup=False,
        )


def _print_fields(message: MessageJson) -> None:
    console.print(
        f"[bold]MT {message.type}[/]  {message.name or 'not known here'}  "
        f"{message.sender or 'nobody named'} → {message.receiver or 'nobody named'}",
        soft_wrap=True,
    )
    for field in message.fields:
        _print_heading(field.tag, field.name)
        for line in field.value.split("\n"):
            print_indented("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line), 6)


def _print_heading(tag: str, name: str | None) -> None:
    said = f"  {escape(name)}" if name else ""
    console.print(f"  [bold]{tag:<4}[/]{said}", soft_wrap=True)


def _print_comparison(found: Comparison) -> None:
    what = f"amendment {found.number}" if found.number is not None else "what an MT 707 would state"
    console.print(f"Credit [bold]{escape(found.reference)}[/], {what}", soft_wrap=True)
    if not found.changes and not found.unsaid:
        console.print("  Nothing differs.")
    texts = {tag for changes in definitions().changes for tag in changes.tags}
    for change in found.changes:
        _print_heading(change.tag, change.name)
        _print_value("MT 707", change.says)
        # A text is long, and its change says what becomes of it.
        if change.tag not in texts:
            _print_value("was", change.before)
            _print_value("becomes", change.after if change.after != change.says else None)
    for unsaid in found.unsaid:
        _print_heading(unsaid.tag, unsaid.name)
        said = "no MT 707 can change this" if unsaid.after else "no MT 707 can take this away"
        console.print(f"      [red]{said}[/]", soft_wrap=True)
        _print_value("was", unsaid.before)
        _print_value("becomes", unsaid.after)
    for doubt in found.doubts:
        console.print("[yellow]To look at[/]")
        print_indented(doubt, 4)


def _print_value(label: str, value: str | None) -> None:
    """The lines of a value beside what it is, if there is one."""
    for number, line in enumerate(value.split("\n") if value else ()):
        print_indented(f"{'' if number else label:<9}{line}", 6)


def _missing(file: str, why: str) -> MessageReport:
    finding = {"tag": "", "line": 0, "code": "Y00", "severity": "error", "message": why}
    return MessageReport(file=file, type=None, valid=False, findings=[finding])  # type: ignore[list-item]


def _print(message: MessageReport) -> None:
    kind = "no message"
    if known := message["type"]:
        kind = known if "." in known else f"MT {known}"
    verdict = "[green]valid[/]" if message["valid"] else "[red]not valid[/]"
    console.print(f"[bold]{escape(message['file'])}[/]  {kind}  {verdict}", soft_wrap=True)
    for finding in message["findings"]:
        colour = "red" if finding["severity"] == "error" else "yellow"
        place = f"  line {finding['line']}" if finding["line"] else ""
        place += f", field {finding['tag']}" if finding["tag"] else ""
        console.print(f"  [{colour}]{finding['severity']} {finding['code']}[/]{place}")
        print_indented(finding["message"], 4)

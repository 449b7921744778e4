# SPDX-License-Identifier: Apache-2.0
"""``yangshan credit records ...``: documents presented as electronic records (eUCP 2.1)."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from yangshan.chain.enums import RecordFormat, RecordsState
from yangshan.chain.records import PresentationKey
from yangshan.chain.values import records_of
from yangshan.cli.acting import row
from yangshan.cli.bureau import (
    BankOption,
    Bureau,
    Dossier,
    PresentationText,
    ReferenceText,
    WordsText,
    command,
)
from yangshan.cli.common import AsJson, Home, Rpc, console, print_json, read_bytes
from yangshan.cli.hands import Plan, worded
from yangshan.credit import recording
from yangshan.credit.acts import Draft
from yangshan.credit.ids import presentation_id
from yangshan.errors import Refused

if TYPE_CHECKING:
    from yangshan.chain.records import RecordSet

RECORD_KIND: Final = "electronic-record"
COMPLETENESS_KIND: Final = "notice-of-completeness"
CORRUPTION_KIND: Final = "corruption-report"
DISPOSAL_KIND: Final = "records-disposal"

_LABEL: Final = 18

app = typer.Typer(
    help="Documents presented as electronic records (eUCP 2.1).", no_args_is_help=True
)

FormatWord = Literal["pdf", "xml", "json", "text", "image", "other", "paper"]
FormatText = Annotated[
    FormatWord,
    typer.Option("--format", help="What it is; paper is a document that travels beside them."),
]
FileText = Annotated[
    str, typer.Argument(metavar="FILE", help="The record, kept where it is; - is standard input.")
]
LocationText = Annotated[
    str, typer.Option("--location", help="Where the bank finds it, if it is not sent to it.")
]
ToText = Annotated[
    str,
    typer.Option("--to", help="The bank; if absent the nominated bank, else the issuing one."),
]
CountText = Annotated[
    int,
    typer.Option(
        "--number", min=1, max=255, help="The presenter's own count for the credit and that bank."
    ),
]


class NothingOpened(Refused):
    """Electronic records of a presentation for which none were opened."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"The presentation under credit {reference} has no electronic records; expected one "
            "that was opened for them (`yangshan credit records open`)."
        )
        self.reference = reference


def register(credit: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_open, "open"),
        (_add, "add"),
        (_complete, "complete"),
        (_corrupt, "corrupt"),
        (_replace, "replace"),
        (_resume, "resume"),
        (_dispose, "dispose"),
    ):
        command(app, name)(each)
    app.command("show")(_show)
    credit.add_typer(app, name="records")


# The presenter


def _open(bureau: Bureau, reference: ReferenceText, to: ToText = "", number: CountText = 1) -> Plan:
    """Open a presentation, so that records can be added; nothing is presented by it (art. e6)."""
    bureau.open(reference)
    key = _key(bureau, to, number)
    return Plan(recording.open_presentation(key), _named(key))


def _add(
    bureau: Bureau,
    reference: ReferenceText,
    file: FileText,
    kind: FormatText,
    location: LocationText = "",
    to: ToText = "",
    number: CountText = 1,
) -> Plan:
    """Add a record to what was opened (art. e6).

    The chain gets a salted commitment to its name, digest and location; the record itself is sent
    to the bank.
    """
    bureau.open(reference)
    key = _key(bureau, to, number)
    draft = Draft(
        RECORD_KIND,
        presentation_id(key),
        _described(file, location),
        lambda commitment: recording.add_record(key, RecordFormat[kind.upper()], commitment),
    )

    def found() -> tuple[dict[str, object], list[tuple[str, str]]]:
        count = bureau.service.records(key).count
        return {"records": count}, [("records so far", str(count))]

    return Plan(draft, _named(key), found)


def _complete(
    bureau: Bureau,
    reference: ReferenceText,
    amount: Annotated[str, typer.Option("--amount", help="The demand, as 1,280,000.00.")],
    shipped: Annotated[
        datetime | None,
        typer.Option(
            "--shipped",
            formats=["%Y-%m-%d"],
            help="Date of shipment, from which the period for presentation runs.",
        ),
    ] = None,
    text: Annotated[
        str, typer.Option("--text", help="Words of the notice, or @FILE. Kept here.")
    ] = "",
    to: ToText = "",
    number: CountText = 1,
    pay_presenter: Annotated[
        bool,
        typer.Option("--pay-presenter", help="The presenter is to be paid, not the beneficiary."),
    ] = False,
) -> Plan:
    """Give the notice of completeness: all records are presented by it (art. e6)."""
    bureau.open(reference)
    key = _key(bureau, to, number)
    demand, day = bureau.amount(amount), shipped.date() if shipped else None
    draft = worded(
        COMPLETENESS_KIND,
        presentation_id(key),
        text,
        "the notice",
        lambda commitment: recording.complete_presentation(
            key, demand, day, commitment, pay_presenter=pay_presenter
        ),
        beside={"amount": str(demand), "shipped": str(day)},
        needed=False,
    )

    def found() -> tuple[dict[str, object], list[tuple[str, str]]]:
        lodged = bureau.service.presentation(key)
        deadline = lodged.deadline and bureau.local(lodged.deadline, key.examiner)
        return (
            {
                "deadline": deadline.isoformat() if deadline else None,
                "flags": [flag.name for flag in lodged.flags],
            },
            [
                ("examined by", bureau.name(key.examiner)),
                ("deadline", f"{deadline:%Y-%m-%d %H:%M %z}" if deadline else "not known yet"),
            ],
        )

    return Plan(draft, _named(key), found)


def _replace(
    bureau: Bureau,
    reference: ReferenceText,
    record: Annotated[
        int, typer.Argument(metavar="N", min=1, max=64, help="Its number in `records show`.")
    ],
    file: FileText,
    location: LocationText = "",
    presentation: PresentationText = "",
) -> Plan:
    """Present a corrupt record again; with the last one the bank's count goes on (art. e12)."""
    bureau.open(reference)
    key = bureau.presented(presentation)
    draft = Draft(
        RECORD_KIND,
        presentation_id(key),
        _described(file, location),
        lambda commitment: recording.replace_record(key, record, commitment),
    )
    return Plan(draft, _named(key), lambda: _standing(bureau, key))


# The bank


def _corrupt(
    bureau: Bureau,
    reference: ReferenceText,
    records: Annotated[
        list[int],
        typer.Argument(metavar="N...", min=1, max=64, help="Their numbers in `records show`."),
    ],
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Report records corrupt: the count of banking days stops until they come again (art. e12).

    All that are corrupt at once; the words ask the presenter for them.
    """
    bureau.open(reference)
    key = bureau.examined(presentation)
    draft = worded(
        CORRUPTION_KIND,
        presentation_id(key),
        text,
        "what is asked of the presenter",
        lambda commitment: recording.report_corruption(key, set(records), commitment),
        beside={"records": sorted(set(records))},
    )
    return Plan(draft, _named(key), lambda: _standing(bureau, key))


def _resume(bureau: Bureau, reference: ReferenceText, presentation: PresentationText = "") -> Plan:
    """Let the count go on without what did not come again in time; anyone may (art. e12)."""
    bureau.open(reference)
    key = bureau.presentation(presentation)
    return Plan(recording.resume_examination(key), _named(key), lambda: _standing(bureau, key))


def _dispose(
    bureau: Bureau,
    reference: ReferenceText,
    presentation: PresentationText = "",
    text: WordsText = "",
) -> Plan:
    """Record that refused records were disposed of, 60 days without instructions (art. e8)."""
    bureau.open(reference)
    key = bureau.examined(presentation)
    draft = worded(
        DISPOSAL_KIND,
        presentation_id(key),
        text,
        "how they were disposed of",
        lambda commitment: recording.dispose_records(key, commitment),
    )
    return Plan(draft, _named(key))


# What stands


def _show(
    reference: ReferenceText,
    rpc: Rpc,
    presentation: PresentationText = "",
    bank: BankOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """Show the records of a presentation: how many, which are corrupt, awaited or lapsed."""
    dossier = Dossier(rpc, home, as_json, bank or None)
    dossier.open(reference)
    key = dossier.presentation(
        presentation,
        lambda each: dossier.service.records(each).state is not RecordsState.NONE,
    )
    held = dossier.service.records(key)
    if held.state is RecordsState.NONE:
        raise NothingOpened(reference)
    if as_json:
        print_json({**_named(key), **_facts(held)})
        return 0
    console.print(f"[bold]{reference}[/]  electronic records: {held.state.label}")
    row("records", str(held.count), _LABEL)
    for label, which in (
        ("paper", held.paper),
        ("reported corrupt", held.reported),
        ("awaited again", held.awaited),
        ("lapsed", held.lapsed),
    ):
        if which:
            row(label, ", ".join(map(str, records_of(which))), _LABEL)
    return 0


# What the commands share


def _key(bureau: Bureau, to: str, number: int) -> PresentationKey:
    """What names a presentation of the acting member, which may not have been lodged yet."""
    bank = bureau.office.member(to) if to else 0
    stated = bureau.held.issuance
    bank = bank or stated.nominated_bank or bureau.held.issuing_bank
    return PresentationKey(bureau.credit_id, bank, bureau.member, number)


def _described(file: str, location: str) -> dict[str, object]:
    """What the commitment to a record covers."""
    data = read_bytes(file)
    value: dict[str, object] = {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
    if file != "-":
        value["name"] = Path(file).name
    if location:
        value["location"] = location
    return value


def _standing(
    bureau: Bureau, key: PresentationKey
) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """Where records and clock stand after an act, for :attr:`Plan.found`."""
    held, lodged = bureau.service.records(key), bureau.service.presentation(key)
    facts = _facts(held)
    if held.state is RecordsState.SUSPENDED:
        awaited = ", ".join(map(str, records_of(held.awaited)))
        days = f"{held.remaining} banking day{'' if held.remaining == 1 else 's'} left"
        return facts, [("awaited again", awaited), ("the count", f"stopped, {days}")]
    deadline = lodged.deadline and bureau.local(lodged.deadline, key.examiner)
    facts["deadline"] = deadline.isoformat() if deadline else None
    said = f"{deadline:%Y-%m-%d %H:%M %z}" if deadline else "not known yet"
    return facts, [("deadline", said)]


def _facts(held: RecordSet) -> dict[str, object]:
    return {
        "state": held.state.name,
        "records": held.count,
        "remaining": held.remaining,
        "paper": records_of(held.paper),
        "reported": records_of(held.reported),
        "awaited": records_of(held.awaited),
        "lapsed": records_of(held.lapsed),
    }


def _named(key: PresentationKey) -> dict[str, object]:
    return {"presentation": presentation_id(key)}

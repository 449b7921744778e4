# SPDX-License-Identifier: Apache-2.0
"""An examination as a table of a hundred columns and as JSON."""

from __future__ import annotations

import dataclasses
import textwrap
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.model import Examination, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final[Literal["yangshan-examination/1"]] = "yangshan-examination/1"
WIDTH: Final = 100
_COLUMNS: Final = (5, 5, 24, 60)
# What decides first.
_ORDER: Final = (
    Severity.BLOCK,
    Severity.HOLD,
    Severity.DISCREPANCY,
    Severity.WARNING,
    Severity.INFORMATION,
)
_NAMES: Final = {
    Severity.BLOCK: ("stop of financing", "stops of financing"),
    Severity.HOLD: ("hold", "holds"),
    Severity.DISCREPANCY: ("discrepancy", "discrepancies"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFORMATION: ("piece of information", "pieces of information"),
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CandidateOut(_Part):
    """Something that an examiner should look at; field is a JSON pointer in the document."""

    check: str
    severity: Severity
    document: str
    field: str
    found: str
    expected: str
    rule: str
    sentence: str


class UndoneOut(_Part):
    """What a check could not see, so that a person has to look."""

    check: str
    sentence: str


class ExaminationOut(_Part):
    """What a machine found in a presentation; a person decides on each candidate."""

    format: Literal["yangshan-examination/1"]
    candidates: list[CandidateOut]
    undone: list[UndoneOut]
    disregarded: list[str]
    doubts: list[str]
    checks: list[str]
    tables: dict[str, str]


def as_json(found: Examination, doubts: Sequence[str] = ()) -> dict[str, Any]:
    """An examination for programs; its schema is docs/reference/examination.schema.json.

    ``doubts`` are what a person should look at in the amendments.
    """
    return ExaminationOut(
        format=FORMAT,
        candidates=[CandidateOut(**dataclasses.asdict(each)) for each in found.candidates],
        undone=[UndoneOut(**dataclasses.asdict(each)) for each in found.undone],
        disregarded=list(found.disregarded),
        doubts=list(doubts),
        checks=list(found.checks),
        tables=dict(found.tables),
    ).model_dump(mode="json")


def schema() -> dict[str, Any]:
    """The JSON Schema of :func:`as_json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ExaminationOut.model_json_schema(),
        "title": "Examination",
    }


def as_table(found: Examination) -> str:
    """An examination for people, no line longer than a hundred characters."""
    lines = [*textwrap.wrap(summary(found), WIDTH), ""]
    if found.candidates:
        lines += _row(("check", "", "document", "candidate"))
        lines.append("  ".join("-" * width for width in _COLUMNS))
        for each in found.candidates:
            where = each.document + (f" {each.field}" if each.field else "")
            said = f"{each.sentence} ({each.rule})"
            lines += _row((each.check, each.severity.value, where, said))
            lines += _row(("", "", "", f"found: {each.found}"))
            lines += _row(("", "", "", f"expected: {each.expected}"))
        lines.append("")
    if found.undone:
        lines.append("To look at by a person:")
        for undone in found.undone:
            lines += textwrap.wrap(
                f"{undone.check}  {undone.sentence}", WIDTH, initial_indent="  ",
                subsequent_indent="       ",
            )  # fmt: skip
        lines.append("")
    if found.disregarded:
        said = "Not called for, so disregarded (UCP 600 art. 14(g)): " + ", ".join(
            found.disregarded
        )
        lines += [*textwrap.wrap(said + ".", WIDTH), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def summary(found: Examination) -> str:
    """How many candidates there are of what kind, in one sentence."""
    counts = [(severity, len(found.of(severity))) for severity in _ORDER]
    said = [f"{count} {_NAMES[each][count > 1]}" for each, count in counts if count]
    looked = f"{len(found.checks)} checks"
    if not said:
        return f"No candidate in {looked}."
    return f"Candidates of {looked}: {', '.join(said)}. A person decides on each."


def titles() -> dict[str, str]:
    """What each check is about."""
    return {each.id: each.title for each in checks().values()}


def _row(cells: Sequence[str]) -> list[str]:
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, _COLUMNS, strict=True)
    ]
    height = max(len(cell) for cell in wrapped)
    return [
        "  ".join(
            (cell[at] if at < len(cell) else "").ljust(width)
            for cell, width in zip(wrapped, _COLUMNS, strict=True)
        ).rstrip()
        for at in range(height)
    ]

# SPDX-License-Identifier: Apache-2.0
"""An examination as a table of a hundred columns and as JSON."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.model import Examination, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT: Final = "yangshan-examination/1"
WIDTH: Final = 100
_COLUMNS: Final = (5, 6, 24, 62)
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


def as_json(found: Examination) -> dict[str, Any]:
    """An examination for programs; its schema is docs/reference/examination.schema.json."""
    return {
        "format": FORMAT,
        "candidates": [
            {
                "check": each.check,
                "severity": each.severity.value,
                "document": each.document,
                "field": each.field,
                "found": each.found,
                "expected": each.expected,
                "rule": each.rule,
                "sentence": each.sentence,
            }
            for each in found.candidates
        ],
        "undone": [{"check": each.check, "sentence": each.sentence} for each in found.undone],
        "disregarded": list(found.disregarded),
        "checks": list(found.checks),
        "tables": dict(found.tables),
    }


def as_table(found: Examination) -> str:
    """An examination for people, no line longer than a hundred characters."""
    lines = [summary(found), ""]
    if found.candidates:
        lines += _row(("check", "", "document", "candidate"))
        lines.append("  ".join("-" * width for width in _COLUMNS)[:WIDTH])
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

# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/examination.md from the table of checks, and the schemas of its files.

With --check a page that is not current fails.
"""

from __future__ import annotations

from pathlib import Path

from generated import renew, schema_text

from yangshan.documents.examination import reading, report
from yangshan.documents.examination.checks import Check, checks

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs/reference"

HEAD = """# Checks of documents

`yangshan documents examine` holds a presentation to the terms in force. What it finds are
*candidates*: a person confirms them and another approves the notice, since a notice of refusal is
final (UCP 600 art. 16(c)). The rows below are those of
`yangshan/documents/examination/data/checks.toml`; `make docs` renews this page.

| | what it is good for |
|---|---|
| D | a discrepancy candidate: may stand in a notice of refusal once a person has confirmed it |
| W | a warning: to look at; never by itself in a notice of refusal |
| I | information |
| block | stops financing, whatever the credit says |
| hold | stops until somebody lifts it; the days of examination run on |

Documents that the credit does not call for are disregarded (art. 14(g)) and listed. What a check
cannot see (words of the credit that it does not understand, a unit or a place that it does not
know, documents of which nobody counted the originals) it leaves to a person by name, as `undone`:
it is never passed over as if it were in order. The same input always gives the same answer, with
the version of each table.

| check | | what it looks at | rule |
|---|---|---|---|
"""

TAIL = """
Beside the checks, and with a node alone, **R01** tells of sealed documents what a registry says of
them: revoked by its issuer (block); not registered, registered by another or as what it is not,
superseded, expired (W). UCP 600 asks nothing of it, so that it is never a discrepancy; raised to a
notice it has the code OTHER.

## Words, numbers, places

Case, accents, punctuation, plurals, usual abbreviations and British or American spelling make no
difference (`data/words.toml`). One letter off in a word of four to seven letters, or two in a
longer one, with the same first letter, may be a typing error: a warning (ISBP A23). Digits, model
numbers, and words that deny, exclude or say that goods are not new, are never one. Amounts,
quantities and weights are exact numbers; units are those of UN Recommendation 20 and packages those
of Recommendation 21 (`data/units.toml`). A weight in pounds agrees with one in kilograms if both
are roundings of one weight. Ports are compared by name, with older names and ranges from a
selection of UN/LOCODE (`data/ports.toml`, which says what it was compared with and when). The
documents that field 46A calls for are found by their names
(`data/kinds.toml`).

## Files

| file | what it holds | schema |
|---|---|---|
| presentation | documents by name, time, place, amount demanded | [it](presentation.schema.json) |
| examination | candidates, what is left to a person, versions | [it](examination.schema.json) |
"""


def row(check: Check) -> str:
    """One check, and below it what it reads."""
    letters = ", ".join(each.value for each in check.severities)
    reads = ", ".join(f"`{each}`" for each in check.reads)
    about = f"**{check.title}**. {check.about} Reads {reads}."
    return f"| {check.id} | {letters} | {about} | {check.rule} |\n"


def pages() -> dict[Path, str]:
    """Every file with its text."""
    found = {REFERENCE / "examination.md": HEAD + "".join(map(row, checks().values())) + TAIL}
    for name, schema in (("examination", report.schema()), ("presentation", reading.schema())):
        found[REFERENCE / f"{name}.schema.json"] = schema_text(schema)
    return found


if __name__ == "__main__":
    renew(pages())

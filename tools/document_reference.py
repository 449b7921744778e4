# SPDX-License-Identifier: Apache-2.0
"""Write the pages of trade documents from their schemas, and the schemas of their files.

docs/reference/documents.md, a page for each kind below it, and the JSON Schemas of sealed
documents, proofs and batches. With --check a page that is not current fails.
"""

from __future__ import annotations

from pathlib import Path

from generated import ROOT, renew, schema_text

from yangshan.documents import leaves
from yangshan.documents.files import file_schemas
from yangshan.documents.formats import FORMATS
from yangshan.documents.reasons import DECLARATION, DOCUMENT, reasons
from yangshan.documents.schema import Row, Rule, Schema, schemas

REFERENCE = ROOT / "docs/reference"

HEAD = """# Trade documents

A document is a JSON object of `kind`, `version` and `fields`; `examples/documents` has one of each
kind. `yangshan documents check` holds it to the schema below its kind and tells every finding with
the field's name and rule. Names of fields are those of the ICC's key trade documents and data
elements (KTDDE) in one word, and of the DCSA bill of lading; numbers of elements those of UNTDED
(ISO 7372:2005), where one is certain. Amounts and quantities are strings of decimal digits. The
schemas lie as data in `yangshan/documents/schemas`; `make docs` renews these pages.

| number on the chain | kind | version | document |
|--:|---|--:|---|
"""

FORMATS_HEAD = """
## Formats

| format | rule |
|---|---|
"""

LAYOUT_HEAD = """
## Commitments, byte for byte

"""

LAYOUT_TAIL = """
`tests/library/documents/vectors.json` has vectors of all of it, computed with another
implementation, and proofs that must be refused. The commitment of a document is the root over the
leaves of its values, each under the JSON pointer to it, of the file it was made from, under
`#file`, and of empty leaves, under the empty path and without a value, that fill up to a power of
two and at least sixteen; all in the order of their hashes. A batch is in the order that it states.

## Files

| file | what it holds | schema |
|---|---|---|
| sealed document | the document with all its salts: secret | [it](sealed-document.schema.json) |
| proof | fields with their salts, the way to the commitment | [it](document-proof.schema.json) |
| batch | commitments of documents under one root | [it](document-batch.schema.json) |
"""

REASONS_HEAD = """
## Reasons

Why a document is revoked or a customs declaration withdrawn: the chain keeps the number, commands
take the code or the number.
"""

LEGEND = """M mandatory, O optional, C as the rules say, each where what contains the field stands;
`*` is any item of a list. [What the formats are](../documents.md#formats)."""

COLUMNS = "| field | name | element | | format |\n|---|---|---|---|---|\n"


def kind_page(schema: Schema) -> str:
    """The page of one kind."""
    title = schema.title[0].upper() + schema.title[1:]
    named = f"`{schema.kind}`, version {schema.version}, number {schema.number} on the chain."
    parts = [f"# {title}\n\n{named} {schema.about}\n\n{LEGEND}\n\n{COLUMNS}"]
    parts += [row_line(row) for row in schema.rows]
    if schema.rules:
        parts.append("\n| rule | | field | what holds | source |\n|---|---|---|---|---|\n")
        parts += [rule_line(rule) for rule in schema.rules]
    return "".join(parts)


def row_line(row: Row) -> str:
    """One field."""
    limits = []
    if row.most:
        what = {"text": "characters", "list": "items"}.get(row.format, "")
        limits.append(f"at most {row.most} {what}".strip())
    if row.codes:
        limits.append(", ".join(f"`{code}`" for code in row.codes))
    if row.lengths:
        limits.append(" or ".join(str(each) for each in row.lengths) + " digits")
    if row.currency:
        limits.append(f"in `{row.currency}`")
    form = row.format + (": " + "; ".join(limits) if limits else "")
    return f"| `{row.path}` | {row.name} | {row.element} | {row.status} | {form} |\n"


def rule_line(rule: Rule) -> str:
    """One rule between fields."""
    fields = ", ".join(f"`{rule.each}{path}`" for path in rule.paths)
    return f"| {rule.id} | {rule.severity} | {fields} | {rule.text} | {rule.source} |\n"


def overview() -> str:
    """The page of all kinds, formats and commitments."""
    parts = [HEAD]
    for each in schemas().values():
        page = f"documents/{each.kind}.md"
        parts.append(
            f"| {each.number} | [`{each.kind}`]({page}) | {each.version} | {each.title} |\n"
        )
    parts.append(FORMATS_HEAD)
    for name, form in FORMATS.items():
        doubt = "; a breach is a warning" if form.doubtful else ""
        parts.append(f"| {name} | {form.rule}{doubt} |\n")
    _, _, layout = (leaves.__doc__ or "").partition("\n\n")
    parts += [LAYOUT_HEAD, layout.replace("``", "`").strip(), "\n", LAYOUT_TAIL, REASONS_HEAD]
    for table, what in ((DOCUMENT, "document"), (DECLARATION, "customs declaration")):
        parts.append(f"\n| number | reason to end a {what} | meaning |\n|--:|---|---|\n")
        parts += [
            f"| {each.number} | `{each.code}` | {each.meaning} |\n"
            for each in reasons(table).values()
        ]
    return "".join(parts)


def pages() -> dict[Path, str]:
    """Every file with its text."""
    found = {REFERENCE / "documents.md": overview()}
    for schema in schemas().values():
        found[REFERENCE / "documents" / f"{schema.kind}.md"] = kind_page(schema)
    for name, schema_json in file_schemas().items():
        found[REFERENCE / f"{name}.schema.json"] = schema_text(schema_json)
    return found


if __name__ == "__main__":
    renew(pages(), set((REFERENCE / "documents").glob("*.md")))

# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/swift.md: each message with its fields, code words and rules.

Everything on it is read from the tables of ``yangshan/swift/data``; with --check a page that is
not current fails.
"""

from __future__ import annotations

import sys
from pathlib import Path

from yangshan.swift.definitions import Codes, MessageType, definitions

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/swift.md"

HEAD = """# SWIFT messages

What `yangshan swift check` reads and checks, message by message. Modelled on SWIFT MT, the public
model of the 2025 standards release; not certified by SWIFT, and a message without findings may
still be refused by the network. `make docs` renews this page.

Every field is checked for its place (T13), its format and character set (T12), its dates (T50),
currency (T52), amount (T40, T43, C03), BIC (T27) and references (T26). M is mandatory, O optional.
A finding is an error unless the page says warning. Codes that begin with Y are this software's own.

Not checked: whether a BIC exists (no directory is at hand) or is a financial institution's (C05);
the sums between amounts, but where a rule says so; what is said in narrative; the
network rules and limits of repetition of the collections, which the public sources do not give.
"""


def cell(text: str) -> str:
    """A text that may stand in a cell of a table."""
    return text.replace("|", "\\|")


def words_of(codes: Codes) -> str:
    """The code words of one part of a field, and when a narrative stands with them."""
    said = ", ".join(f"`{word}`" for word in codes.words)
    said += f" ({codes.code}{', warning' if codes.severity == 'warning' else ''})"
    if codes.legacy:
        legacy = ", ".join(f"`{word}`" for word in codes.legacy)
        said += f"; of earlier releases, with a warning (Y11): {legacy}"
    if codes.narrative:
        takes = ", ".join(f"`{word}`" for word in codes.narrative.words)
        said += f"; a narrative with {takes} alone ({codes.narrative.code or codes.code})"
    return said


def notes(kind: str, tags: tuple[str, ...]) -> str:
    """What is particular to a field of a message."""
    found = []
    for codes in definitions().codes:
        if set(tags) & set(codes.tags) and (not codes.messages or kind in codes.messages):
            found.append(words_of(codes))
    for slashes in definitions().slashes:
        if set(tags) & set(slashes.tags) and (not slashes.messages or kind in slashes.messages):
            named = ", ".join(f"`/{word}/`" for word in slashes.words) or "any word between slashes"
            found.append(f"{named} ({slashes.code}, {slashes.severity})")
    for changes in definitions().changes:
        if set(tags) & set(changes.tags):
            named = ", ".join(f"`/{word}/`" for word in changes.words if word != changes.alone)
            found.append(
                f"each change begins with {named}; `/{changes.alone}/` is alone ({changes.code})"
            )
    return ". ".join(dict.fromkeys(found))


def section(message: MessageType) -> list[str]:
    """The lines of one message."""
    lines = [f"\n## MT {message.type}: {message.name}\n"]
    if message.continues:
        lines.append(f"Continues MT {message.continues}: the parts are one instrument.\n")
    for sequence in message.table:
        if sequence.id:
            status = "mandatory" if sequence.status == "M" else "optional"
            again = ", may stand again" if sequence.repeats else ""
            lines.append(f"Sequence {sequence.id}, {status}{again}:\n")
        lines += ["| field | | name | format | words |", "|---|:-:|---|---|---|"]
        for row in sequence.fields:
            formats = "<br>".join(
                (f"{tag[2:] or 'no letter'}: " if row.options else "")
                + (f"`{spec}`" if (spec := definitions().formats[tag].spec) else "empty")
                for tag in row.tags
            )
            status = row.status + (" (repeats)" if row.repeats else "")
            said = cell(notes(message.type, row.tags))
            lines.append(f"| {row.tag} | {status} | {cell(row.name)} | {formats} | {said} |")
        lines.append("")
    if message.rules:
        lines += ["| rule | code | what it says |", "|---|---|---|"]
        for rule in message.rules:
            code = rule.code + (", warning" if rule.severity == "warning" else "")
            lines.append(f"| {rule.id} | {code} | {cell(rule.says)} |")
    else:
        lines.append("No rules between its fields are known here.")
    return lines


def page() -> str:
    """The whole page."""
    known = definitions()
    lines = [HEAD]
    lines.append("\n## Own codes\n\n| code | for |\n|---|---|")
    lines += [f"| {code} | {cell(text)} |" for code, text in sorted(known.own_codes.items())]
    for _, message in sorted(known.messages.items()):
        lines += section(message)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main() -> None:
    """Writes the page, or with --check says whether it is current."""
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text("utf-8") != text:
            sys.exit(f"{PAGE.relative_to(ROOT)} is not current; `make docs` renews it")
        return
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

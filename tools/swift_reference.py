# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/swift.md and a page under docs/reference/swift for each message.

Everything on them is read from the tables of ``yangshan/swift/data``, the speed from
bench/swift.json; with --check pages that are not current fail.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from yangshan.swift.definitions import Codes, MessageType, Row, definitions, words_of
from yangshan.swift.maps import terms_in

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/swift.md"
FOLDER = ROOT / "docs/reference/swift"
BENCH = ROOT / "bench/swift.json"

HEAD = """# SWIFT messages

What `yangshan swift check` reads and checks; each message has its page. Modelled on SWIFT MT, the
public model of the 2025 standards release; not certified by SWIFT, and a message without findings
may still be refused by the network. `make docs` renews these pages.

Every field is checked for its place (T13), its format and character set (T12), its dates (T50),
currency (T52), amount (T40, T43, C03), BIC (T27) and references (T26). A finding is an error unless
the page says warning. Codes that begin with Y are this software's own.

## Not checked, in any message

- whether a BIC exists, or is a financial institution's (C05): no directory is at hand;
- what is said in narrative, but where a rule of the page says so;
- sums between amounts, but where a rule says so: the network does not check them either;
- limits on the length of a whole message, and the header blocks beyond their form;
- whether a message may be sent now: that is a matter of the credit, not of the message.

## Text outside the character sets

A character outside the set of its field is an error with its place. `yangshan swift convert
--transliterate` writes it in the set: letters of other scripts in Latin ones (Chinese in Pinyin,
without tones), signs by the nearest sign, what has none by a full stop. Each replacement is told on
standard error. Names then are what documents are compared with: a person should look at them. What
no longer fits its field afterwards is refused, never cut.

## Messages of before November 2018

`yangshan swift check --legacy` reads the fields and rules of before and warns what each would be
today (Y15, Y16); the pages say which. Without it they are errors. Code words of earlier releases
are read in both, with a warning (Y11). Which fields there were follows the public field tables of
the releases of 2016 and 2017 where these are at hand (MT 700, 707, 710, 734, 740, 747, 752, 754),
and their like elsewhere; the formats are general knowledge. Undertakings as they were before 2021
are not read.

## JSON and ISO 20022

`yangshan swift convert --to json` writes every message as JSON, and `--to mt` reads it back to the
same bytes; the [schema](swift-message.schema.json) is published. A last line that is cut short is
ended.

Nothing is written as ISO 20022. No set of messages for commercial documentary credits exists there.
For undertakings `tsrv` has counterparts (issuance, amendment, demand, refusal, non-extension), and
payment legs become `pacs.009` with their statement in `camt.054`; but the sources at hand name
these messages alone and not which element takes which field, and a mapping that is guessed would
look like one that is right.
"""

# In front of the fields of every message.
MODELLED = (
    "Modelled on SWIFT MT, the public model of the 2025 standards release; not certified by SWIFT. "
    "What holds for all messages stands on [SWIFT messages](../swift.md).\n"
)


def cell(text: str) -> str:
    """A text that may stand in a cell of a table."""
    return text.replace("|", "\\|")


def said_of(codes: Codes) -> str:
    """The code words of one part of a field, and when a narrative stands with them."""
    said = ", ".join(f"`{word}`" for word in codes.words)
    said += f" ({codes.code}{', warning' if codes.severity == 'warning' else ''})"
    if codes.legacy:
        old = ", ".join(f"`{word}` (today {today})" for word, today in codes.today.items())
        said += f"; of earlier releases, with a warning (Y11): {old}"
    if codes.narrative:
        takes = ", ".join(f"`{word}`" for word in codes.narrative.words)
        said += f"; a narrative with {takes} alone ({codes.narrative.code or codes.code})"
    return said


def notes(kind: str, tags: tuple[str, ...]) -> str:
    """What words a field of a message may hold."""
    found = []
    for words in (words for tag in tags for words in words_of(kind, tag)):
        listed = ", ".join(f"`/{word}/`" for word in words.words)
        if isinstance(words, Codes):
            found.append(said_of(words))
        elif alone := getattr(words, "alone", None):
            listed = ", ".join(f"`/{word}/`" for word in words.words if word != alone)
            found.append(f"each change begins with {listed}; `/{alone}/` is alone ({words.code})")
        else:
            severity = getattr(words, "severity", "error")
            found.append(f"{listed or 'any word between slashes'} ({words.code}, {severity})")
    return ". ".join(dict.fromkeys(found))


def format_of(row: Row) -> str:
    """The format of a field, option by option."""
    return "<br>".join(
        (f"{tag[2:] or 'no letter'}: " if row.options else "")
        + (f"`{spec}`" if (spec := definitions().formats[tag].spec) else "empty")
        for tag in row.tags
    )


def fields(message: MessageType) -> Iterator[str]:
    """The tables of its fields, with the terms where there are any."""
    terms = terms_in(message.type)
    for sequence in message.table:
        if sequence.id:
            status = "mandatory" if sequence.status == "M" else "optional"
            again = ", may stand again" if sequence.repeats else ""
            yield f"### Sequence {sequence.id}, {status}{again}\n"
        yield "| field | | name | format | words |" + (" term |" if terms else "")
        yield "|---|:-:|---|---|---|" + ("---|" if terms else "")
        for row in sequence.fields:
            status = row.status + (" (repeats)" if row.repeats else "")
            said = cell(notes(message.type, row.tags))
            line = f"| {row.tag} | {status} | {cell(row.name)} | {format_of(row)} | {said} |"
            if terms:
                place = f"{sequence.id}.{row.tag}" if sequence.id else row.tag
                line += f" {', '.join(f'`{name}`' for name in terms.get(place, ()))} |"
            yield line
        yield ""


def unchecked(message: MessageType) -> Iterator[str]:
    """What is not checked of this message in particular, and why."""
    unlisted = [
        row.tag
        for row in message.rows
        if any("code" in definitions().formats[tag].parts for tag in row.tags)
        and not any(words_of(message.type, tag) for tag in row.tags)
    ]
    for tag in dict.fromkeys(unlisted):
        yield f"the code words of {tag}: the public sources do not list them;"
    if any(
        isinstance(words, Codes) and words.severity == "warning"
        for row in message.rows
        for tag in row.tags
        for words in words_of(message.type, tag)
    ):
        yield "code words whose list the sources are not sure of are warnings, not errors;"
    if not message.rules:
        yield "rules between its fields: the public sources give none;"
    if message.type.startswith("4") and any(sequence.repeats for sequence in message.table):
        yield "how often a sequence may stand: the public sources do not say;"
    narrative = [row.tag for row in message.rows if _is_narrative(row)]
    if narrative:
        yield f"what is said in {', '.join(dict.fromkeys(narrative))}, which is narrative."


def _is_narrative(row: Row) -> bool:
    return all(definitions().formats[tag].parts == ("text",) for tag in row.tags)


def legacy(message: MessageType) -> Iterator[str]:
    """What it was before November 2018."""
    known = definitions().legacy
    old = [each for each in known.fields if message.type in each.messages]
    rules = [each.rule for each in known.rules if message.type in each.messages]
    since = known.since_of(message.type)
    if not old and not rules and not since:
        return
    yield "## Before November 2018\n"
    if old:
        yield "| field | format | today |\n|---|---|---|"
        yield from (f"| {each.tag} | `{each.spec}` | {cell(each.today)} |" for each in old)
        yield ""
    if since:
        yield f"Not demanded then: {', '.join(since.tags)}; rule {', '.join(since.rules)}. "
        yield f"In another order: {', '.join(since.moved)}.\n"
    if rules:
        yield "| rule | code | what it said |\n|---|---|---|"
        yield from (f"| {rule.id} | {rule.code} | {cell(rule.says)} |" for rule in rules)
        yield ""


def page_of(message: MessageType) -> str:
    """The page of one message."""
    lines = [f"# MT {message.type}: {message.name}\n", MODELLED]
    if message.continues:
        link = f"[MT {message.continues}](MT{message.continues}.md)"
        lines.append(f"Continues {link}: the parts are one instrument.\n")
    for other in definitions().messages.values():
        if other.continues == message.type:
            lines.append(f"Continued by [MT {other.type}](MT{other.type}.md).\n")
    lines += ["## Fields\n", "M is mandatory, O optional.\n", *fields(message), "## Rules\n"]
    if message.rules:
        lines.append("| rule | code | what it says |\n|---|---|---|")
        for rule in message.rules:
            code = rule.code + (", warning" if rule.severity == "warning" else "")
            lines.append(f"| {rule.id} | {code} | {cell(rule.says)} |")
    else:
        lines.append("None between its fields are known here.")
    lines.append("")
    if particular := list(unchecked(message)):
        lines += ["## Not checked\n", *(f"- {each}" for each in particular), ""]
    lines += legacy(message)
    return _joined(lines)


def speed() -> Iterator[str]:
    """How fast, beside another library."""
    if not BENCH.exists():
        return
    found = json.loads(BENCH.read_text())
    yield "\n## Speed\n"
    own, other = found["yangshan"], found["swiftlib"]
    yield (
        f"On one core, in one run over different valid MT 700, Yangshan reads\n"
        f"{found['ratio_read']:.2f} and reads and checks {found['ratio_checked']:.2f} messages for "
        f"each one of {found['peer']}, the other\nlibrary that reads an MT 700 "
        "(`make bench-swift`). Of the messages under `examples/credits` it finds\n"
        f"{own['faults_found']} of {found['faulty']} faulty ones not valid, the other "
        f"{other['faults_found']}; it writes {own['same_bytes']} of {found['valid']} back to the "
        f"same bytes, the other {other['same_bytes']}.\n"
        "The other looks for eight mandatory fields, and at no format, code word or rule."
    )


def page() -> str:
    """The page of all messages."""
    known = definitions()
    lines = [HEAD, "## Messages\n", "| message | fields | rules |\n|---|--:|--:|"]
    for kind, message in sorted(known.messages.items()):
        link = f"[MT {kind}](swift/MT{kind}.md) {cell(message.name)}"
        lines.append(f"| {link} | {len(message.rows)} | {len(message.rules)} |")
    lines += speed()
    lines.append("\n## Own codes\n\n| code | for |\n|---|---|")
    lines += [f"| {code} | {cell(text)} |" for code, text in sorted(known.own_codes.items())]
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip(" ") for line in lines).rstrip("\n") + "\n"


def pages() -> dict[Path, str]:
    """Every page with its text."""
    known = sorted(definitions().messages.items())
    return {PAGE: page()} | {FOLDER / f"MT{kind}.md": page_of(message) for kind, message in known}


def main() -> None:
    """Writes the pages, or with --check says which are not current."""
    texts = pages()
    there = {PAGE, *FOLDER.glob("*.md")}
    if "--check" in sys.argv[1:]:
        stale = [
            str(path.relative_to(ROOT))
            for path in sorted(there | set(texts))
            if not path.exists() or path not in texts or path.read_text("utf-8") != texts[path]
        ]
        if stale:
            sys.exit(f"{', '.join(stale)}: not current; `make docs` renews it")
        return
    FOLDER.mkdir(exist_ok=True)
    for path in there - set(texts):
        path.unlink()
    for path, text in texts.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a message: every finding at once, in the order of its lines.

Codes that begin with T, C or D are those of the SWIFT network; those that begin with Y are our own
(``data/codes.toml``) where the network has none or the public sources do not tell it. Modelled on
SWIFT MT; a message without findings may still be refused by the network.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.swift.definitions import (
    Changes,
    Codes,
    MessageType,
    Row,
    Rule,
    Sequence,
    Severity,
    Slashes,
    definitions,
    match,
    sections_of,
    words_of,
)
from yangshan.swift.errors import BadContent
from yangshan.swift.formats import Mismatch
from yangshan.swift.rules import Breach, breaches
from yangshan.swift.values import charge_amount, read_date, read_money, slash_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yangshan.swift.grammar import Field, Message

# The code of a part that is not written in its format; any other part is T12.
_FORMAT_CODES = {"bic": "T27", "date": "T50", "until": "T50", "currency": "T52", "amount": "T40"}
_FORMAT_CODE = "T12"
_PLACE_CODE = "T13"
_REFERENCE_CODE = "T26"

# The rules of findings that say that a mandatory field is not there, or not in its place.
MISSING = "missing"
ORDER = "order"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the field's tag (empty for the message as a whole), line and column in the file,
    counted from 1, the code, how bad it is, and one sentence that says it. ``rule`` is the id of a
    rule of the message's table, MISSING or ORDER."""

    tag: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    rule: str = ""


def errors_in_words(findings: Iterable[Finding]) -> str:
    """What makes a message unusable, as sentences, each with its line where it has one."""
    return " ".join(
        (f"Line {each.line}: " if each.line else "") + each.message
        for each in findings
        if each.severity == "error"
    )


def check(message: Message) -> list[Finding]:
    """All findings of one message; one without a finding of severity error is valid."""
    found = list(_of_whole(message))
    table = definitions().messages.get(message.type)
    if table is None:
        known = ", ".join(sorted(definitions().messages))
        found.append(
            Finding(
                "",
                message.line,
                1,
                "Y04",
                "error",
                f"MT {message.type} is not known here, so that nothing was checked; "
                f"expected one of {known}.",
            )
        )
        return in_order(found)
    found += _of_order(message, table)
    for field in message.fields:
        if field.tag in table.tags:
            found += _of_field(field, table.type)
    for rule in table.rules:
        found += [of_breach(message, rule, breach) for breach in breaches(message, rule)]
    return in_order(found)


def of_breach(message: Message, rule: Rule, breach: Breach) -> Finding:
    """The finding that a rule of the message's table is not kept."""
    return Finding(
        breach.field.tag if breach.field else breach.tag,
        breach.field.line if breach.field else message.end_line,
        1,
        rule.code,
        rule.severity,
        f"{breach.found}; {rule.says} (rule {rule.id} of MT {message.type}, {rule.code}).",
        rule.id,
    )


def in_order(findings: list[Finding]) -> list[Finding]:
    """By line and column."""
    return sorted(findings, key=lambda finding: (finding.line, finding.column))


def is_valid(findings: list[Finding]) -> bool:
    """Whether none of the findings is an error."""
    return all(finding.severity != "error" for finding in findings)


def _of_whole(message: Message) -> Iterator[Finding]:
    for line, fault in message.header_faults:
        yield Finding("", line, 1, "Y02", "error", f"{fault} (rule Y02).")
    if message.stray:
        yield Finding(
            "",
            message.stray.line,
            1,
            "Y03",
            "error",
            f"The text block begins with {message.stray.text[:40]!r}, which is no field; "
            "expected a line break and a field such as ':20:' (rule Y03).",
        )
    if message.lf_line is not None:
        yield Finding(
            "",
            message.lf_line,
            1,
            "Y01",
            "warning",
            "Lines end with LF alone; expected CRLF, with which the network ends a line "
            "(rule Y01).",
        )


def _of_order(message: Message, table: MessageType) -> Iterator[Finding]:
    """Unknown, repeated, misplaced and missing fields, and missing sequences."""
    sections = sections_of(table.type, tuple(field.tag for field in message.fields))
    for number, section in enumerate(sections):
        after = sections[number + 1].start if number + 1 < len(sections) else None
        end = message.end_line if after is None else message.fields[after].line
        fields = message.fields[section.start : section.stop]
        yield from _of_sequence(fields, section.sequence, table, end)
    present = {section.sequence.id for section in sections}
    for sequence in table.table:
        if sequence.status == "M" and sequence.id not in present:
            row = sequence.fields[0]
            yield _missing(row, message.end_line, f"sequence {sequence.id} begins with it", table)


def _of_sequence(
    fields: tuple[Field, ...], sequence: Sequence, table: MessageType, end: int
) -> Iterator[Finding]:
    """The same of one occurrence of a sequence, behind which stands line ``end``."""
    where = f"MT {table.type}" + (f", sequence {sequence.id}" if sequence.id else "")
    seen: dict[int, Field] = {}
    placed: list[tuple[int, Field]] = []
    mistaken: set[str] = set()
    for field in fields:
        place = sequence.places.get(field.tag)
        if place is None:
            row = _row_of_another_option(field.tag, sequence)
            if row is None:
                was = definitions().legacy.field(table.type, field.tag)
                today = f", and today it is {was.today}" if was else ""
                yield _out_of_place(
                    field,
                    f"Field {field.tag} does not belong to {where}{today}; expected only fields "
                    "of its table",
                )
            else:
                mistaken.add(row.tag)
                yield _out_of_place(
                    field,
                    f"Field {field.tag} is not an option of {row.name}; expected "
                    f"{' or '.join(row.tags)}",
                )
        elif place in seen and not sequence.fields[place].repeats:
            yield _out_of_place(
                field,
                f"Field {field.tag} stands a second time, after field "
                f"{seen[place].tag} in line {seen[place].line}; expected it "
                "once",
            )
        else:
            if place not in seen:
                placed.append((place, field))
            seen[place] = field
    kept = _longest_rise([place for place, _ in placed])
    for index, (place, field) in enumerate(placed):
        if index not in kept:
            yield _out_of_place(
                field,
                f"Field {field.tag} is out of order; expected it "
                f"{_expected_place(place, seen, sequence)}",
                ORDER,
            )
    for place, row in enumerate(sequence.fields):
        if row.status == "M" and place not in seen and row.tag not in mistaken:
            after = [field.line for other, field in seen.items() if other > place]
            expected = _expected_place(place, seen, sequence)
            yield _missing(row, min(after, default=end), f"expected it {expected}", table)


def _missing(row: Row, line: int, expected: str, table: MessageType) -> Finding:
    return Finding(
        row.tag,
        line,
        1,
        _PLACE_CODE,
        "error",
        f"Field {row.tag} ({row.name}) is missing; {expected}, "
        f"since MT {table.type} demands it (rule {_PLACE_CODE}).",
        MISSING,
    )


def _out_of_place(field: Field, why: str, rule: str = "") -> Finding:
    what = f"{why} (rule {_PLACE_CODE})."
    return Finding(field.tag, field.line, 1, _PLACE_CODE, "error", what, rule)


def _row_of_another_option(tag: str, table: Sequence) -> Row | None:
    """The row that a tag misses by its option alone, as 41B does 41a."""
    for row in table.fields:
        if row.options and tag[:2] == row.tag[:2] and len(tag) <= len(row.tag):
            return row
    return None


def _expected_place(place: int, seen: dict[int, Field], table: Sequence) -> str:
    before = [row.tag for number, row in enumerate(table.fields[:place]) if number in seen]
    return f"after field {before[-1]}" if before else "as the first field"


def _longest_rise(places: list[int]) -> set[int]:
    """The indices of a longest rising run: what is left over is the least that can be misplaced."""
    tails: list[int] = []
    previous: list[int] = []
    for index, place in enumerate(places):
        at = bisect.bisect_left([places[tail] for tail in tails], place)
        previous.append(tails[at - 1] if at else -1)
        tails[at : at + 1] = [index]
    kept = set()
    index = tails[-1] if tails else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept


def _of_field(field: Field, kind: str) -> Iterator[Finding]:
    lines = field.lines
    if not any(line.strip() for line in lines) and definitions().formats[field.tag].spec:
        yield _at(
            field,
            0,
            0,
            "Y06",
            f"Field {field.tag} has no text; expected {definitions().formats[field.tag].spec}",
        )
        return
    for number, line in enumerate(lines):
        if not line and definitions().formats[field.tag].spec:
            yield _at(
                field,
                number,
                0,
                _FORMAT_CODE,
                f"Field {field.tag} has an empty line; expected no line without text",
            )
            return
        if line[:1] in {":", "-"}:
            yield _at(
                field,
                number,
                0,
                "Y05",
                f"A line of field {field.tag} begins with "
                f"{line[0]!r}; expected any other character there",
            )
    found = match(field.tag, field.value)
    if isinstance(found, Mismatch):
        yield _mismatch(field, found)
        return
    yield from _of_parts(field, found.parts)
    for words in words_of(kind, field.tag):
        if isinstance(words, Codes):
            yield from _of_codes(field, found.parts, words)
        elif isinstance(words, Slashes):
            yield from _of_slashes(field, words)
        else:
            yield from _of_changes(field, words)


def _mismatch(field: Field, found: Mismatch) -> Finding:
    line = field.lines[found.line] if found.line < len(field.lines) else ""
    here = line[found.column : found.column + 1]
    what = f"has {here!r}" if here else "ends"
    spec = definitions().formats[field.tag].spec
    return _at(
        field,
        found.line,
        found.column,
        _FORMAT_CODES.get(found.part or "", _FORMAT_CODE),
        f"Field {field.tag} {what} at character {found.column + 1} of its line "
        f"{found.line + 1}; expected {found.expected} (format {spec})",
    )


def _of_parts(field: Field, parts: dict[str, str]) -> Iterator[Finding]:
    reference = parts.get("reference", "")
    if reference.startswith("/") or reference.endswith("/") or "//" in reference:
        yield _at(
            field,
            0,
            0,
            _REFERENCE_CODE,
            f"Field {field.tag} has {reference!r}; expected no "
            "slash at either end and no two together",
        )
    for date in ("date", "until"):
        try:
            if date in parts:
                read_date(parts[date])
        except BadContent as bad:
            yield _bad(field, parts[date], bad)
    try:
        if "amount" in parts:
            read_money(parts["currency"], parts["amount"])
    except BadContent as bad:
        yield _bad(field, parts["currency" if bad.code == "T52" else "amount"], bad)


def _bad(field: Field, part: str, bad: BadContent) -> Finding:
    column = _column(field, 0, field.lines[0].find(part))
    return Finding(field.tag, field.line, column, bad.code, "error", f"Field {field.tag}: {bad}")


def _of_codes(field: Field, parts: dict[str, str], codes: Codes) -> Iterator[Finding]:
    word = parts[codes.part]
    line = field.lines.index(word) if word in field.lines else 0
    expected = ", ".join(codes.words)
    if word in codes.legacy:
        yield _at(
            field,
            line,
            0,
            "Y11",
            f"Field {field.tag} has {word!r} of an earlier release; today {codes.today[word]}, "
            f"and here expected one of {expected}",
            "warning",
        )
    elif word not in codes.words:
        yield _at(
            field,
            line,
            0,
            codes.code,
            f"Field {field.tag} has {word!r}; expected one of {expected}",
            codes.severity,
        )
    if codes.narrative is None or word not in codes.words:
        return
    yield from _of_narrative(field, word, parts.get(codes.narrative.part), codes)


def _of_narrative(field: Field, word: str, there: str | None, codes: Codes) -> Iterator[Finding]:
    narrative = codes.narrative
    if narrative is None:
        return
    code = narrative.code or codes.code
    if there and word not in narrative.words:
        yield _at(
            field,
            0,
            len(word),
            code,
            f"Field {field.tag} has the narrative {there!r} "
            f"after {word!r}; expected one only after {' or '.join(narrative.words)}",
            codes.severity,
        )
    if not there and word in narrative.words and narrative.absent:
        yield _at(
            field,
            0,
            len(word),
            "Y14" if narrative.absent == "warning" else code,
            f"Field {field.tag} has {word!r} alone; expected a narrative after it that says which",
            "warning" if codes.severity == "warning" else narrative.absent,
        )
    pattern = narrative.patterns.get(word)
    if there and pattern and not re.fullmatch(pattern, there):
        yield _at(
            field,
            0,
            len(word) + 1,
            code,
            f"Field {field.tag} has {there!r} after {word!r}; expected it as {pattern}",
        )


def _of_slashes(field: Field, slashes: Slashes) -> Iterator[Finding]:
    expected = ", ".join(f"/{word}/" for word in slashes.words) or "a code word of up to 8 letters"
    coded = 0
    for number, line in enumerate(field.lines):
        code = slash_code(line)
        if line.startswith("//") and number:
            continue
        if code and (not slashes.words or code[0] in slashes.words):
            coded += 1
            if slashes.amounts:
                yield from _of_charge(field, number, code[1], slashes.severity)
            if not slashes.single or coded == 1:
                continue
        elif not slashes.single and not line.startswith("/"):
            continue
        rule = "exactly one of" if slashes.single else "one of"
        yield _at(
            field,
            number,
            0,
            slashes.code,
            f"Field {field.tag} has the line {line!r}; "
            f"expected {rule} {expected}, its text and continuation lines with '//'",
            slashes.severity,
        )
        return


def _of_changes(field: Field, changes: Changes) -> Iterator[Finding]:
    """The first line that breaks the grammar of changes."""
    expected = ", ".join(f"/{word}/" for word in changes.words)
    found: list[str] = []
    for number, line in enumerate(field.lines):
        code = slash_code(line)
        if code and code[0] in changes.words:
            found.append(code[0])
            if len(found) == 1 or changes.alone not in found:
                continue
            why = f"the code words {' and '.join(found)}; expected /{changes.alone}/ alone and once"
        elif number and not line.startswith("/"):
            continue
        else:
            why = f"the line {line!r}; expected one of {expected} there"
        yield _at(field, number, 0, changes.code, f"Field {field.tag} has {why}")
        return


def _of_charge(field: Field, number: int, rest: str, severity: Severity) -> Iterator[Finding]:
    try:
        charge_amount(rest)
    except BadContent as bad:
        column = _column(field, number, len(field.lines[number]) - len(rest))
        yield Finding(
            field.tag, field.line + number, column, bad.code, severity, f"Field {field.tag}: {bad}"
        )


def _at(
    field: Field, line: int, column: int, code: str, what: str, severity: Severity = "error"
) -> Finding:
    return Finding(
        field.tag,
        field.line + line,
        _column(field, line, column),
        code,
        severity,
        f"{what} (rule {code}).",
    )


def _column(field: Field, line: int, column: int) -> int:
    """The column in the file: the first line of a field stands behind its tag."""
    return column + 1 + (len(field.tag) + 2 if line == 0 else 0)

# SPDX-License-Identifier: Apache-2.0
"""Messages as they were written before the standards release of November 2018, and what they would
be today (``data/legacy.toml``).

A message is put into today's fields as far as there are any, checked like any other, and every
difference is told as a warning. For archives alone: the network takes none of it any more.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from yangshan.swift.definitions import OldField, definitions
from yangshan.swift.findings import MISSING, ORDER, Finding, check, in_order, of_breach
from yangshan.swift.formats import Mismatch
from yangshan.swift.grammar import Field
from yangshan.swift.rules import breaches

if TYPE_CHECKING:
    from yangshan.swift.grammar import Message


def check_legacy(message: Message) -> list[Finding]:
    """All findings of a message that may be of before November 2018.

    What it has otherwise than today is a warning: Y15 a field, Y16 what only today demands, Y11 a
    code word. A message of today has the findings of :func:`yangshan.swift.check`.
    """
    old = {id(field): _old(message.type, field) for field in message.fields}
    since = definitions().legacy.since_of(message.type)
    unmarked = since and not any(message.first(tag) for tag in since.marks)
    if not unmarked and not any(old.values()):
        return check(message)
    found: list[Finding] = []
    kept: list[Field] = []
    given: dict[tuple[str, int], str] = {}
    for field in message.fields:
        was = old[id(field)]
        if was is None:
            kept.append(field)
            continue
        found.append(_told(field, was))
        if was.becomes:
            raw = f":{was.becomes}:{field.raw[len(field.tag) + 2 :]}"
            kept.append(Field(was.becomes, raw, field.line))
            given[was.becomes, field.line] = field.tag
        elif isinstance(bad := was.compiled.match(field.value), Mismatch):
            found.append(_mismatch(field, was, bad))
    today = dataclasses.replace(message, fields=tuple(kept))
    for finding in check(today):
        if mild := _as_of_before(message.type, finding):
            found.append(_named_as_given(mild, given))
    for each in definitions().legacy.rules:
        if message.type in each.messages:
            found += [
                of_breach(message, each.rule, breach) for breach in breaches(message, each.rule)
            ]
    return in_order(found)


def _old(kind: str, field: Field) -> OldField | None:
    was = definitions().legacy.field(kind, field.tag)
    table = definitions().messages.get(kind)
    if was and table and field.tag in table.tags:
        # The tag is the same today: only a value that today's format does not take is of before.
        now = definitions().formats[field.tag].match(field.value)
        then = was.compiled.match(field.value)
        return was if isinstance(now, Mismatch) and not isinstance(then, Mismatch) else None
    return was


def _as_of_before(kind: str, finding: Finding) -> Finding | None:
    """A finding of today's check, milder where that was not demanded; None where it was not so."""
    said = [each for each in definitions().legacy.rules if kind in each.messages and each.instead]
    if any(finding.rule == each.instead for each in said):
        return None
    since = definitions().legacy.since_of(kind)
    if since is None:
        return finding
    demanded = finding.rule == MISSING and finding.tag in since.tags
    moved = finding.rule == ORDER and finding.tag in since.moved
    if demanded or moved or finding.rule in since.rules:
        told = finding.message.removesuffix(".")
        return dataclasses.replace(
            finding,
            code="Y16",
            severity="warning",
            message=f"{told}; it was otherwise before November 2018 (rule Y16).",
        )
    return finding


def _named_as_given(finding: Finding, given: dict[tuple[str, int], str]) -> Finding:
    """The finding with the tag, and the column, of the field as it stands in the file."""
    for (tag, line), was in given.items():
        if finding.tag == tag and finding.line >= line:
            shift = len(tag) - len(was) if finding.line == line and finding.column > 1 else 0
            message = finding.message.replace(f"Field {tag} ", f"Field {was} ")
            return dataclasses.replace(
                finding, tag=was, column=finding.column - shift, message=message
            )
    return finding


def _told(field: Field, was: OldField) -> Finding:
    return Finding(
        field.tag,
        field.line,
        1,
        "Y15",
        "warning",
        f"Field {field.tag} is written as before November 2018; today it is {was.today} "
        "(rule Y15).",
    )


def _mismatch(field: Field, was: OldField, bad: Mismatch) -> Finding:
    return Finding(
        field.tag,
        field.line + bad.line,
        bad.column + 1 + (len(field.tag) + 2 if bad.line == 0 else 0),
        "T12",
        "error",
        f"Field {field.tag} is not written in its format; expected {bad.expected} (format "
        f"{was.spec}, rule T12).",
    )

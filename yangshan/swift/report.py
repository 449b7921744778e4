# SPDX-License-Identifier: Apache-2.0
"""The findings of files in the shape that the command line prints as JSON."""

from __future__ import annotations

import dataclasses
from typing import TypedDict

from yangshan.swift.errors import UnreadableMessage
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.grammar import Message, split
from yangshan.swift.instruments import continues, is_continuation, join
from yangshan.swift.iso20022 import check as iso_check
from yangshan.swift.iso20022 import xml
from yangshan.swift.legacy import check_legacy


class FindingReport(TypedDict):
    """One finding; ``line`` is a line of the file, counted from 1."""

    tag: str
    line: int
    code: str
    severity: str
    message: str


class MessageReport(TypedDict):
    """One message; ``type`` is None for a part that is none, which is never valid."""

    file: str
    type: str | None
    valid: bool
    findings: list[FindingReport]


def report(
    data: str | bytes, file: str = "", *, message_type: str | None = None, legacy: bool = False
) -> list[MessageReport]:
    """One object for each message, or unreadable part, of a file; raises nothing.

    A file of XML is one message of ISO 20022, whose tags are the paths of its elements.

    ``message_type`` is the type of bare text blocks. With ``legacy`` messages of before November
    2018 are read as such, and what they would be today is a warning.

    What is wrong between the parts of one instrument is told with the message that it is about. A
    part that is not in the file may well be in another, so that it is only a warning here. Lines
    that end with LF are told of once, with the first message that has them.
    """
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")
    if xml.is_xml(raw):
        return [_of_xml(raw, file)]
    reports: list[MessageReport] = []
    lf_told = False
    parts = split(data, file, message_type=message_type)
    between = _between([part for part in parts if isinstance(part, Message)])
    for part in parts:
        if isinstance(part, UnreadableMessage):
            reports.append(_unreadable(file, part))
        else:
            findings = [*(check_legacy if legacy else check)(part), *between.get(part.line, [])]
            findings.sort(key=lambda finding: (finding.line, finding.column))
            if lf_told:
                findings = [finding for finding in findings if finding.code != "Y01"]
            lf_told |= part.lf_line is not None
            reports.append(_report(file, part.type, findings))
    return reports


def _unreadable(file: str, part: UnreadableMessage) -> MessageReport:
    said = part.reason[0].upper() + part.reason[1:-1]
    fault = Finding("", part.line, 1, "Y00", "error", f"{said} (rule Y00).")
    return _report(file, None, [fault])


def _of_xml(data: bytes, file: str) -> MessageReport:
    try:
        message = xml.read(data, file)
    except UnreadableMessage as unreadable:
        return _unreadable(file, unreadable)
    return _report(file, message.type or None, iso_check.check(message))


def _between(messages: list[Message]) -> dict[int, list[Finding]]:
    """The findings between the parts of each instrument, by the line of the message they hit."""
    found: dict[int, list[Finding]] = {}
    following: dict[tuple[str, str], list[Message]] = {}
    for message in messages:
        if (kind := continues(message.type)) and (named := message.first("20")):
            following.setdefault((kind, named.value), []).append(message)
    for main in messages:
        reference = main.first("20")
        if reference is None or is_continuation(main.type):
            continue
        parts = following.get((main.type, reference.value), [])
        for finding in join(main, parts)[1]:
            hit = max(part.line for part in [main, *parts] if part.line <= finding.line)
            mild = dataclasses.replace(finding, severity="warning")
            found.setdefault(hit, []).append(mild if finding.code == "Y43" else finding)
    return found


def finding_as_json(found: Finding) -> FindingReport:
    """One finding in this shape."""
    return FindingReport(
        tag=found.tag,
        line=found.line,
        code=found.code,
        severity=found.severity,
        message=found.message,
    )


def exit_code(reports: list[MessageReport]) -> int:
    """0 if all messages are valid, 1 if one has an error, 2 if a part cannot be read at all."""
    if any(found["type"] is None for found in reports):
        return 2
    return 0 if all(found["valid"] for found in reports) else 1


def _report(file: str, kind: str | None, findings: list[Finding]) -> MessageReport:
    return MessageReport(
        file=file,
        type=kind,
        valid=is_valid(findings),
        findings=[finding_as_json(found) for found in findings],
    )

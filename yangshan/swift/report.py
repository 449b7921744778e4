# SPDX-License-Identifier: Apache-2.0
"""The findings of files in the shape that the command line prints as JSON."""

from __future__ import annotations

from typing import TypedDict

from yangshan.swift.errors import UnreadableMessage
from yangshan.swift.findings import Finding, check, is_valid
from yangshan.swift.grammar import split


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


def report(data: str | bytes, file: str = "") -> list[MessageReport]:
    """One object for each message, or unreadable part, of a file; raises nothing."""
    reports: list[MessageReport] = []
    for part in split(data, file):
        if isinstance(part, UnreadableMessage):
            fault = Finding("", part.line, 1, "Y00", "error", f"{str(part)[:-1]} (rule Y00).")
            reports.append(_report(file, None, [fault]))
        else:
            reports.append(_report(file, part.type, check(part)))
    return reports


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

# SPDX-License-Identifier: Apache-2.0
"""What the reading and writing of SWIFT messages raises; faults of content are findings instead."""

from __future__ import annotations

from yangshan.errors import Refused, Unusable


class UnreadableMessage(Unusable):
    """A part of a file that is no message at all: not even its fields can be told apart."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        where = f"{file}, line {line}" if file else f"Line {line}"
        super().__init__(f"{where}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class BadMessageData(Unusable):
    """The package's own tables of messages contradict themselves."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"The message data in {file} is wrong: {reason}")
        self.file = file
        self.reason = reason


class BadContent(Refused):
    """A value that its field's rule does not allow; ``code`` is the SWIFT error code."""

    def __init__(self, code: str, found: str, expected: str) -> None:
        super().__init__(f"{found} expected {expected} (rule {code}).")
        self.code = code


class FieldNotUsable(Refused):
    """A typed value was asked of a field that is not written in its format."""

    def __init__(self, tag: str, line: int, reason: str) -> None:
        super().__init__(f"Field {tag}, line {line}: {reason}")
        self.tag = tag
        self.line = line

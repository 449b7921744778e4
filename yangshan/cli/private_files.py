# SPDX-License-Identifier: Apache-2.0
"""Files that commands write: private, whole, and never in the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.errors import Unusable
from yangshan.vault import write_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class NotWritten(Unusable):
    """A file that cannot be written, or would take the place of another."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The file {file} is not written: {reason}.")
        self.file = file


def write(out: Path, content: str | bytes) -> None:
    """Writes a file that its owner alone reads; raises :class:`NotWritten`."""
    try:
        written = write_private(out, content)
    except OSError as unwritten:
        raise NotWritten(out, unwritten.strerror or "unknown reason") from unwritten
    if not written:
        raise NotWritten(out, "another file stands there, and stays")


def write_all(files: Sequence[tuple[Path, str | bytes]]) -> None:
    """Writes all of these or none, otherwise as :func:`write`."""
    written: list[Path] = []
    try:
        for path, content in files:
            write(path, content)
            written.append(path)
    except NotWritten:
        for path in written:
            path.unlink(missing_ok=True)
        raise

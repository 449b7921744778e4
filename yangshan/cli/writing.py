# SPDX-License-Identifier: Apache-2.0
"""Files that commands write: private, whole, never over another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.errors import Unusable
from yangshan.vault import write_private

if TYPE_CHECKING:
    from pathlib import Path


class NotWritten(Unusable):
    """A file that cannot be written, or would take the place of another."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The file {file} is not written: {reason}.")
        self.file = file


def write_new(*files: tuple[Path, str | bytes]) -> None:
    """Writes all of these or none; raises :class:`NotWritten`."""
    written: list[Path] = []
    try:
        for path, content in files:
            try:
                if not write_private(path, content):
                    raise NotWritten(path, "another file stands there, and stays")
            except OSError as unwritten:
                raise NotWritten(path, unwritten.strerror or "unknown reason") from unwritten
            written.append(path)
    except NotWritten:
        for path in written:
            path.unlink(missing_ok=True)
        raise

# SPDX-License-Identifier: Apache-2.0
"""Files of presented documents, as they are committed to until they are examined one by one."""

from __future__ import annotations

import json
from typing import Final

from yangshan.errors import Unusable

DOCUMENTS_KIND: Final = "documents"
# What a bank writes beside documents that it sends on.
SCHEDULE_KIND: Final = "covering-schedule"


class DocumentsFileError(Unusable):
    """A file of presented documents that is missing or is no JSON object."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"The documents file {file} cannot be used: {reason}.")


def documents_in(data: bytes, file: object) -> dict[str, object]:
    """The documents that a file states, a JSON object; raises :class:`DocumentsFileError`."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as bad:
        raise DocumentsFileError(file, f"it is not JSON ({bad})") from bad
    if not isinstance(found, dict):
        raise DocumentsFileError(file, "it is not a JSON object")
    return found

# SPDX-License-Identifier: Apache-2.0
"""What is inside an encrypted document: the sealed document, and the file it was made from.

With the salts whoever reads it can verify it against its commitment, and show fields of it on. The
credit that it is shared under is said inside as well, where only readers see it.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from yangshan.documents.canonical import MOST_BYTES, BadJson, parse
from yangshan.documents.files import read_sealed, sealed_text
from yangshan.documents.sealing import FileHash, OtherFile
from yangshan.errors import Refused

if TYPE_CHECKING:
    from yangshan.documents.sealing import SealedDocument

MOST_ORIGINAL_BYTES: Final = 32 * 2**20
MOST_ENVELOPE_BYTES: Final = MOST_ORIGINAL_BYTES * 4 // 3 + 2 * MOST_BYTES
MOST_REFERENCE: Final = 35


class OriginalTooLong(Refused):
    """An original file beyond what is passed on."""

    def __init__(self, size: int) -> None:
        super().__init__(
            f"The original file has {size:,} bytes, and at most {MOST_ORIGINAL_BYTES:,} are passed "
            "on with a document."
        )
        self.size = size


class _EnvelopeFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal["yangshan-document-envelope/1"]
    credit: str
    sealed: str
    original: str | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed document as it travels; ``credit`` is its reference, empty where there is none."""

    sealed: SealedDocument
    original: bytes | None = None
    credit: str = ""


def envelope(sealed: SealedDocument, original: bytes | None, credit: str) -> Envelope:
    """An envelope, held to what was sealed.

    Raises :class:`~yangshan.documents.sealing.OtherFile`, :class:`OriginalTooLong`.
    """
    if original is not None:
        if len(original) > MOST_ORIGINAL_BYTES:
            raise OriginalTooLong(len(original))
        if sealed.file is None:
            raise OtherFile("the document was sealed without one")
        if sealed.file != FileHash.of(original):
            raise OtherFile(
                f"it has the sha256 {FileHash.of(original).sha256}, not {sealed.file.sha256}"
            )
    return Envelope(sealed, original, credit)


def envelope_bytes(given: Envelope) -> bytes:
    """An envelope as it is encrypted."""
    original = None if given.original is None else base64.b64encode(given.original).decode()
    return (
        _EnvelopeFile(
            format="yangshan-document-envelope/1",
            credit=given.credit,
            sealed=sealed_text(given.sealed),
            original=original,
        )
        .model_dump_json()
        .encode()
    )


def read_envelope(data: bytes, file: object) -> Envelope:
    """What an envelope says, its document held to its commitment and its file to the document.

    Raises :class:`~yangshan.documents.canonical.BadJson`,
    :class:`~yangshan.documents.files.SealedDamaged`,
    :class:`~yangshan.documents.sealing.OtherFile`, :class:`OriginalTooLong`.
    """
    value = parse(data, file, MOST_ENVELOPE_BYTES)
    try:
        found = _EnvelopeFile.model_validate(value)
    except ValidationError as bad:
        first = bad.errors()[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise BadJson(file, f"{place or 'the whole'}: {first['msg']}") from None
    if len(found.credit) > MOST_REFERENCE or not found.credit.isprintable():
        raise BadJson(file, f"credit: expected up to {MOST_REFERENCE} printable characters")
    sealed = read_sealed(found.sealed.encode(), file)
    original = None
    if found.original is not None:
        try:
            original = base64.b64decode(found.original, validate=True)
        except (binascii.Error, ValueError):
            raise BadJson(file, "original: it is not base64") from None
    return envelope(sealed, original, found.credit)

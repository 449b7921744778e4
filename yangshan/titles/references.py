# SPDX-License-Identifier: Apache-2.0
"""What stands on the chain for the reference of a transport document, and the title's own number.

A reference is short, so its commitment has a salt; and a reference has one title, so the salt is
always the same for it: it is made from the reference with a key of 32 random bytes that the carrier
has once for all its places (HMAC-SHA256). The salt of one reference tells nothing of another's, and
goes with the title to whoever is to see what it stands for.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from eth_utils.crypto import keccak
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.commitments import seal
from yangshan.documents.canonical import BadJson, parse
from yangshan.errors import Refused, Unusable
from yangshan.vault import write_private

if TYPE_CHECKING:
    from pathlib import Path

_KIND: Final = "transport-reference"
_KEY_BYTES: Final = 32
_KEY_TEXT: Final = re.compile(r"[0-9a-f]{64}\n?")
_PURPOSE: Final = b"yangshan/transport-reference/1\0"
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ReferenceKeyDamaged(Unusable):
    """A file of a carrier's key that does not hold one, or cannot be read or written."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"The key for references {file} cannot be used: {reason}.")
        self.file = file
        self.reason = reason


class ReferenceKeyMissing(Refused):
    """A carrier that has issued titles, and whose key for references is not here."""

    def __init__(self, carrier: str, file: Path) -> None:
        super().__init__(
            f"{carrier} has issued titles before, under a key for references that is not here: "
            f"bring it from where they were issued to {file}. With another key one bill could get "
            "two titles."
        )
        self.carrier = carrier
        self.file = file


class TitleFileDamaged(Unusable):
    """A file of a title whose reference and salt do not make the title that it names."""

    def __init__(self, file: object) -> None:
        super().__init__(
            f"The file {file} is of no title: its carrier, reference and salt do not make the "
            "number that it states."
        )
        self.file = file


@dataclass(frozen=True, slots=True)
class ReferenceKey:
    """A carrier's key for references: whoever has it can try guesses at all its titles."""

    secret: bytes

    def salt(self, reference: str) -> bytes:
        """The salt of a reference: 32 bytes, always the same."""
        return hmac.digest(self.secret, _PURPOSE + reference.encode(), "sha256")


@dataclass(frozen=True, slots=True)
class ReferenceKeys:
    """The keys for references in one folder, each carrier's in a file of its number."""

    folder: Path

    def path(self, carrier: int) -> Path:
        """Where the key of a carrier is kept."""
        return self.folder / f"{carrier}.key"

    def find(self, carrier: int) -> ReferenceKey | None:
        """The key of a carrier, None if it is not here; raises :class:`ReferenceKeyDamaged`."""
        path = self.path(carrier)
        if not path.exists():
            return None
        try:
            text = path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as unread:
            raise ReferenceKeyDamaged(path, "it cannot be read") from unread
        if not _KEY_TEXT.fullmatch(text):
            raise ReferenceKeyDamaged(path, "it does not hold 64 hexadecimal digits")
        return ReferenceKey(bytes.fromhex(text))

    def keep(self, carrier: int, key: ReferenceKey) -> None:
        """Keeps a carrier's key; raises :class:`ReferenceKeyDamaged` if another is there."""
        path = self.path(carrier)
        try:
            write_private(path, key.secret.hex() + "\n")
        except OSError as unwritten:
            reason = f"it cannot be written ({unwritten.strerror})"
            raise ReferenceKeyDamaged(path, reason) from unwritten
        if self.find(carrier) != key:
            raise ReferenceKeyDamaged(path, "another one was kept there meanwhile; try again")


@dataclass(frozen=True, slots=True)
class NamedTitle:
    """A title with what it stands for: the carrier, the reference, and the salt between them.

    ``document`` is the commitment to the bill of lading that it was issued for, 32 bytes.
    """

    issuer: int
    reference: str
    salt: bytes
    document: bytes

    @property
    def commitment(self) -> bytes:
        """What stands on the chain for the reference: 32 bytes."""
        return seal(_KIND, self.reference, self.salt).commitment

    @property
    def title(self) -> bytes:
        """The number of the title, as TitleRegistry makes it: 32 bytes."""
        return bytes(keccak(self.issuer.to_bytes(32, "big") + self.commitment))


class TitleFile(BaseModel):
    """A title with what it stands for; hashes and salts are 64 hexadecimal digits, without 0x."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    format: Literal["yangshan-title/1"]
    title: _Hash
    issuer: Annotated[int, Field(ge=1, lt=2**32)]
    reference: Annotated[
        str, Field(alias="transportDocumentReference", min_length=1, max_length=20)
    ]
    salt: _Hash
    document: _Hash


def title_schema() -> dict[str, Any]:
    """The JSON Schema of the file of a title."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TitleFile.model_json_schema(),
        "title": "Title",
    }


def new_reference_key() -> ReferenceKey:
    """A fresh one."""
    return ReferenceKey(secrets.token_bytes(_KEY_BYTES))


def title_text(named: NamedTitle) -> str:
    """The file of a title."""
    found = TitleFile(
        format="yangshan-title/1",
        title=named.title.hex(),
        issuer=named.issuer,
        reference=named.reference,
        salt=named.salt.hex(),
        document=named.document.hex(),
    )
    return (
        json.dumps(found.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)
        + "\n"
    )


def read_title(data: bytes, file: object) -> NamedTitle:
    """A title from its file; raises :class:`~yangshan.documents.canonical.BadJson`,
    :class:`TitleFileDamaged`.
    """
    value = parse(data, file)
    try:
        found = TitleFile.model_validate(value)
    except ValidationError as bad:
        first = bad.errors()[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise BadJson(file, f"{place or 'the whole'}: {first['msg']}") from None
    named = NamedTitle(
        found.issuer,
        found.reference,
        bytes.fromhex(found.salt),
        bytes.fromhex(found.document),
    )
    if named.title.hex() != found.title:
        raise TitleFileDamaged(file)
    return named

# SPDX-License-Identifier: Apache-2.0
"""The files of sealed documents: what is kept secret, what is shown, and batches, as JSON.

A sealed document holds all salts: whoever has it can show everything, and whoever loses it nothing
any more. A proof holds the fields that are shown, with their salts alone, and may go anywhere.
Hashes and salts are 64 hexadecimal digits, without 0x. ``docs/reference`` has the schemas.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yangshan.documents.batches import Batch
from yangshan.documents.canonical import MOST_BYTES, BadJson, Json, parse
from yangshan.documents.document import document_of
from yangshan.documents.leaves import Proof
from yangshan.documents.sealing import (
    Disclosure,
    FileHash,
    InBatch,
    SealedDocument,
    ShownField,
    require_salts,
)
from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Mapping

_Model = TypeVar("_Model", bound="_File")
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Version = Annotated[int, Field(ge=1, le=255)]
_Count = Annotated[int, Field(ge=0, lt=2**53)]
# Ten million commitments of 64 digits.
MOST_BATCH_BYTES: Final = 10_000_000 * 80


class SealedDamaged(Unusable):
    """A file of a sealed document that does not fit its commitment."""

    def __init__(self, file: object, reason: str) -> None:
        super().__init__(f"The sealed document {file} cannot be used: {reason}.")
        self.file = file
        self.reason = reason


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class OriginalFile(_File):
    """The hash of the file that a document was made from."""

    sha256: _Hash
    size: _Count


class SealedFile(_File):
    """A document with all its salts: keep it secret, and keep it safe."""

    format: Literal["yangshan-sealed-document/1"]
    kind: str
    version: _Version
    commitment: _Hash
    fields: dict[str, Any]
    original: OriginalFile | None
    salts: dict[str, _Hash]
    empty: list[_Hash]
    key: _Hash | None = None


class ProofOf(_File):
    """The way from a leaf to a root: partners, lowest first; bit i of sides: partner i is left."""

    sides: _Count
    partners: list[_Hash]


class FieldOf(ProofOf):
    """One field that is shown."""

    path: str
    value: Any
    salt: _Hash


class BatchOf(ProofOf):
    """That the document belongs to a batch."""

    root: _Hash


class ProofFile(_File):
    """What is shown of a document; whoever has it can verify it without anything else."""

    format: Literal["yangshan-document-proof/1"]
    kind: str
    version: _Version
    commitment: _Hash
    fields: list[FieldOf]
    batch: BatchOf | None = None


class BatchFile(_File):
    """The commitments of a batch, in order."""

    format: Literal["yangshan-document-batch/1"]
    root: _Hash
    commitments: list[_Hash]


def sealed_text(sealed: SealedDocument) -> str:
    """The file of a sealed document."""
    document, file = sealed.document, sealed.file
    return _written(
        SealedFile(
            format="yangshan-sealed-document/1",
            kind=document.kind,
            version=document.version,
            commitment=sealed.commitment.hex(),
            fields=dict(document.fields),
            original=OriginalFile(sha256=file.sha256, size=file.size) if file else None,
            salts={path: salt.hex() for path, salt in sealed.salts.items()},
            empty=[salt.hex() for salt in sealed.empty],
            key=sealed.key.hex() if sealed.key else None,
        )
    )


def read_sealed(data: bytes, file: object) -> SealedDocument:
    """A sealed document, held to its commitment.

    Raises :class:`~yangshan.documents.canonical.BadJson`, :class:`SealedDamaged`.
    """
    found = _read(data, file, SealedFile)
    document = document_of(
        {"kind": found.kind, "version": found.version, "fields": found.fields}, file
    )
    kept = found.original
    original = FileHash(kept.sha256, kept.size) if kept else None
    sealed = SealedDocument(
        document,
        original,
        {path: bytes.fromhex(salt) for path, salt in found.salts.items()},
        tuple(bytes.fromhex(salt) for salt in found.empty),
        bytes.fromhex(found.key) if found.key else None,
    )
    try:
        require_salts(sealed)
        commitment = sealed.commitment
    except Refused as bad:
        raise SealedDamaged(file, str(bad).rstrip(".")) from bad
    if commitment.hex() != found.commitment:
        raise SealedDamaged(file, "its fields and salts do not make its commitment")
    return sealed


def proof_text(disclosure: Disclosure) -> str:
    """The file of what is shown."""
    batch = disclosure.batch
    return _written(
        ProofFile(
            format="yangshan-document-proof/1",
            kind=disclosure.kind,
            version=disclosure.version,
            commitment=disclosure.commitment.hex(),
            fields=[
                FieldOf(
                    path=shown.path,
                    value=shown.value,
                    salt=shown.salt.hex(),
                    sides=shown.proof.sides,
                    partners=_hexadecimal(shown.proof),
                )
                for shown in disclosure.fields
            ],
            batch=BatchOf(
                root=batch.root.hex(), sides=batch.proof.sides, partners=_hexadecimal(batch.proof)
            )
            if batch
            else None,
        )
    )


def read_proof(data: bytes, file: object) -> Disclosure:
    """What a file shows; :func:`yangshan.documents.sealing.verify` says whether it holds.

    Raises :class:`~yangshan.documents.canonical.BadJson`.
    """
    found = _read(data, file, ProofFile)
    shown = tuple(
        ShownField(each.path, each.value, bytes.fromhex(each.salt), _proof(each))
        for each in found.fields
    )
    kept = found.batch
    batch = InBatch(bytes.fromhex(kept.root), _proof(kept)) if kept else None
    return Disclosure(found.kind, found.version, bytes.fromhex(found.commitment), shown, batch)


def batch_text(batch: Batch) -> str:
    """The file of a batch."""
    return _written(
        BatchFile(
            format="yangshan-document-batch/1",
            root=batch.root.hex(),
            commitments=[each.hex() for each in batch.commitments],
        )
    )


def read_batch(data: bytes, file: object) -> Batch:
    """A batch, held to its root.

    Raises :class:`~yangshan.documents.canonical.BadJson`, :class:`SealedDamaged`.
    """
    found = _read(data, file, BatchFile, MOST_BATCH_BYTES)
    try:
        batch = Batch([bytes.fromhex(each) for each in found.commitments])
    except Refused as bad:
        raise SealedDamaged(file, str(bad).rstrip(".")) from bad
    if batch.root.hex() != found.root:
        raise SealedDamaged(file, "its commitments do not make its root")
    return batch


def format_of(value: Json) -> str:
    """Which of these files a JSON value is, by its ``format``; empty for a plain document."""
    named = value.get("format") if isinstance(value, dict) else None
    return named if isinstance(named, str) else ""


def file_schemas() -> Mapping[str, dict[str, Any]]:
    """The JSON Schemas of the three files, by the names of their pages."""
    models: dict[str, type[_File]] = {
        "sealed-document": SealedFile,
        "document-proof": ProofFile,
        "document-batch": BatchFile,
    }
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": name.replace("-", " ").capitalize(),
            **model.model_json_schema(),
        }
        for name, model in models.items()
    }


def _read(data: bytes, file: object, model: type[_Model], most: int = MOST_BYTES) -> _Model:
    value = parse(data, file, most)
    try:
        return model.model_validate(value)
    except ValidationError as bad:
        first = bad.errors()[0]
        place = ".".join(str(part) for part in first["loc"])[:100]
        raise BadJson(file, f"{place or 'the whole'}: {first['msg']}") from None


def _written(model: _File) -> str:
    return json.dumps(model.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def _proof(found: ProofOf) -> Proof:
    return Proof(found.sides, tuple(bytes.fromhex(each) for each in found.partners))


def _hexadecimal(proof: Proof) -> list[str]:
    return [each.hex() for each in proof.partners]

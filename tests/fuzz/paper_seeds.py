# SPDX-License-Identifier: Apache-2.0
"""Where the mutation of documents starts: the examples, sealed, shown and in a batch, each the same
in every run, and the names of their fields."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from yangshan.documents import Document, SealedDocument, disclose, read_document
from yangshan.documents.batches import Batch
from yangshan.documents.canonical import flat
from yangshan.documents.files import batch_text, proof_text, sealed_text
from yangshan.documents.schema import schemas
from yangshan.documents.sealing import FILE_PATH, FileHash

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
SHOWN = 3


@cache
def sealed_examples() -> dict[bytes, SealedDocument]:
    """Each example by its commitment; the salts are hashes, so that a file is found again."""
    found = [_sealed(read_document(file.read_bytes(), file)) for file in sorted(EXAMPLES.iterdir())]
    return {each.commitment: each for each in found}


def _sealed(document: Document) -> SealedDocument:
    file = FileHash.of(document.kind.encode())
    paths = [*dict(flat(document.fields)), FILE_PATH]
    leaves = 16
    while leaves < len(paths):
        leaves *= 2
    empty = range(leaves - len(paths))
    return SealedDocument(
        document,
        file,
        {path: _salt(f"{document.kind} {path}") for path in paths},
        tuple(_salt(f"{document.kind} {each}") for each in empty),
    )


def _salt(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def write_corpus(folder: Path) -> None:
    """Documents, sealed documents, proofs alone and under a batch, and the batch."""
    batch = Batch(list(sealed_examples()))
    folder.joinpath("batch").write_text(batch_text(batch))
    for commitment, sealed in sealed_examples().items():
        kind = sealed.document.kind
        folder.joinpath(kind).write_bytes((EXAMPLES / f"{kind}.json").read_bytes())
        folder.joinpath(f"{kind}-sealed").write_text(sealed_text(sealed))
        some = list(sealed.salts)[:SHOWN]
        folder.joinpath(f"{kind}-proof").write_text(proof_text(disclose(sealed, some)))
        under = disclose(sealed, [*some, FILE_PATH], batch.prove(commitment))
        folder.joinpath(f"{kind}-under").write_text(proof_text(under))


@cache
def words() -> tuple[str, ...]:
    """Names of fields, and codes."""
    rows = [row for schema in schemas().values() for row in schema.rows]
    found = {row.path.rpartition("/")[2] for row in rows} | {
        each for row in rows for each in row.codes
    }
    return tuple(sorted({*found, *schemas()}))

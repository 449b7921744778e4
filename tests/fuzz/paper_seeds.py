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
from yangshan.exchange.envelopes import envelope, envelope_bytes

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
SHOWN = 3
# Encrypted once, since it comes out otherwise each time, to the key of which this is the secret.
SECRET = bytes.fromhex("a05a889828d9d3adbf8456c0ab0ba1f0a8a6dfe9bdcf8f6815bbb31c6d5c6829")
PLAIN = b"a document for one reader"
ENCRYPTED = bytes.fromhex(
    "6167652d656e6372797074696f6e2e6f72672f76310a2d3e20583235353139207276754d5076444d2f536542"
    "373253675347426c4d64766c477365373074314668462b596e486e536278590a756d69414131527269515358"
    "536759746a50695a7041364f497a45476a394b7137354d61586e66353939670a2d3e207b2d67726561736520"
    "705855782040346e75692f0a3148784f324f427a6151674d34776d6571554242686d335a44454a766f596369"
    "44637a546d437379656b647372464a52784d4f4f66326664545a4c4471416a360a4e6c58434443674a694353"
    "7146764849336c7333425868492f4a4f783874622b44544a71445653666c4349534e53576e5754683649434a"
    "6558762f2b716349470a5258550a2d2d2d2073323678663150323865332b744d6454616b7775546c682b7974"
    "2b775873644b4570774753754f383870590a663ecaad4a0eeb820394d7303bb332155847c6e0cc7d491b633b"
    "d31ee1deda8892e6beb5752db2e756f1bb1c9d641f259e46b37bb4a673ac0b"
)


@cache
def sealed_examples() -> dict[bytes, SealedDocument]:
    """Each example by its commitment; the salts are hashes, so that a file is found again."""
    found = [
        _sealed(read_document(file.read_bytes(), file)) for file in sorted(EXAMPLES.glob("*.json"))
    ]
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
    """Documents, sealed ones, proofs, alone and under a batch, the batch, envelopes, ciphertext."""
    batch = Batch(list(sealed_examples()))
    folder.joinpath("batch").write_text(batch_text(batch))
    folder.joinpath("encrypted").write_bytes(ENCRYPTED)
    for commitment, sealed in sealed_examples().items():
        kind = sealed.document.kind
        folder.joinpath(kind).write_bytes((EXAMPLES / f"{kind}.json").read_bytes())
        folder.joinpath(f"{kind}-sealed").write_text(sealed_text(sealed))
        inside = envelope(sealed, kind.encode(), f"LC-{kind[:20]}")
        folder.joinpath(f"{kind}-envelope").write_bytes(envelope_bytes(inside))
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

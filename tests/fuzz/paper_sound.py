# SPDX-License-Identifier: Apache-2.0
"""What holds of any file whatever that is given to the parsers of documents and to ``verify``."""

from __future__ import annotations

import re
import time
from typing import Any

from paper_seeds import PLAIN, SECRET, sealed_examples

from yangshan.documents import check, disclose, read_document, seal, verify
from yangshan.documents.canonical import canonical, flat, parse
from yangshan.documents.files import (
    format_of,
    proof_text,
    read_batch,
    read_proof,
    read_sealed,
    sealed_text,
)
from yangshan.documents.sealing import FILE_PATH, FileHash
from yangshan.errors import YangshanError
from yangshan.exchange.encryption import decrypt
from yangshan.exchange.envelopes import envelope_bytes, read_envelope

SECONDS = 2.0
SENTENCE = re.compile(r"\S.*\S\.(?: Fields there: .*\.| \(\d+ findings; .*\))?", re.S)


def expect_sound(data: bytes) -> None:
    """Reads a file as whatever it may be: it is taken as it should, or refused by name."""
    started = time.process_time()
    said = _refusal(data)
    assert said is None or SENTENCE.fullmatch(said), said
    assert time.process_time() - started < SECONDS, "it takes too long"


def _refusal(data: bytes) -> str | None:
    try:
        _read(data)
    except YangshanError as refused:
        return str(refused)
    return None


def _read(data: bytes) -> None:
    if data.startswith(b"age-"):
        # Whatever opens is what was encrypted, whole.
        assert decrypt(data, [SECRET]) == PLAIN
        return
    value = parse(data, "file")
    match format_of(value):
        case "yangshan-sealed-document/1":
            _sealed(data)
        case "yangshan-document-proof/1":
            _proof(data)
        case "yangshan-document-envelope/1":
            _envelope(data)
        case "yangshan-document-batch/1":
            batch = read_batch(data, "file")
            first = batch.prove(batch.commitments[0])
            assert first.root == batch.root
        case _:
            _document(data)


def _document(data: bytes) -> None:
    document = read_document(data, "file")
    found = check(document)
    for each in found:
        assert each.message.endswith("."), each
        assert each.name, each
        assert each.path.startswith("/"), each
        assert len(each.message) < 2000, each
    assert canonical(document.fields) == canonical(parse(canonical(document.fields), "file"))
    if any(each.severity == "error" for each in found):
        return
    sealed = seal(document)
    again = read_sealed(sealed_text(sealed).encode(), "file")
    assert again == sealed
    whole = disclose(sealed, list(sealed.salts))
    shown = verify(read_proof(proof_text(whole).encode(), "file"))
    assert shown.fields == dict(flat(document.fields))


def _sealed(data: bytes) -> None:
    sealed = read_sealed(data, "file")
    known = sealed_examples().get(sealed.commitment)
    # Nothing but the document itself makes its commitment.
    assert known is None or (known.document, known.file) == (sealed.document, sealed.file)


def _envelope(data: bytes) -> None:
    found = read_envelope(data, "file")
    again = read_envelope(envelope_bytes(found), "file")
    assert again == found
    known = sealed_examples().get(found.sealed.commitment)
    assert known is None or (known.document, known.file) == (
        found.sealed.document,
        found.sealed.file,
    )
    if found.original is not None:
        assert found.sealed.file == FileHash.of(found.original)


def _proof(data: bytes) -> None:
    shown = verify(read_proof(data, "file"))
    known = sealed_examples().get(shown.commitment)
    if known is None:
        return
    values: dict[str, Any] = dict(flat(known.document.fields))
    assert shown.kind == known.document.kind
    assert shown.file in {None, known.file}
    for path, value in shown.fields.items():
        assert path != FILE_PATH
        assert (path in values, values[path]) == (True, value), path
        assert type(value) is type(values[path]), path

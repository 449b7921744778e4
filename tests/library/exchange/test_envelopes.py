# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from yangshan.documents import read_document, seal
from yangshan.documents.canonical import BadJson
from yangshan.documents.files import SealedDamaged, sealed_text
from yangshan.documents.sealing import FileHash, OtherFile, SealedDocument
from yangshan.exchange import envelopes
from yangshan.exchange.envelopes import (
    MOST_ENVELOPE_BYTES,
    MOST_ORIGINAL_BYTES,
    OriginalTooLong,
    envelope,
    envelope_bytes,
    read_envelope,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "documents" / "invoice.json"
ORIGINAL = b"%PDF the invoice \x00\xff"


def sealed(original: bytes | None = ORIGINAL) -> SealedDocument:
    document = read_document(EXAMPLE.read_bytes(), EXAMPLE)
    return seal(document, None if original is None else FileHash.of(original))


@pytest.mark.parametrize("original", [None, ORIGINAL, b""])
@pytest.mark.parametrize("credit", ["", "LC-1", "YSH25LC000817#2"])
def test_what_goes_in_comes_out(original: bytes | None, credit: str) -> None:
    given = envelope(sealed(original), original, credit)
    found = read_envelope(envelope_bytes(given), "it")
    assert (found.original, found.credit) == (original, credit)
    assert found.sealed.commitment == given.sealed.commitment
    assert sealed_text(found.sealed) == sealed_text(given.sealed)


def test_a_document_goes_without_its_file_too() -> None:
    assert read_envelope(envelope_bytes(envelope(sealed(), None, "")), "it").original is None


def test_only_its_own_file_goes_with_a_document() -> None:
    with pytest.raises(OtherFile):
        envelope(sealed(), b"another", "")
    with pytest.raises(OtherFile):
        envelope(sealed(None), ORIGINAL, "")


def test_an_original_file_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    # The greatest one fits into an envelope.
    assert (MOST_ORIGINAL_BYTES + 2) // 3 * 4 + 8 * 2**20 < MOST_ENVELOPE_BYTES
    monkeypatch.setattr(envelopes, "MOST_ORIGINAL_BYTES", len(ORIGINAL))
    envelope(sealed(), ORIGINAL, "")
    monkeypatch.setattr(envelopes, "MOST_ORIGINAL_BYTES", len(ORIGINAL) - 1)
    with pytest.raises(OriginalTooLong) as refused:
        envelope(sealed(), ORIGINAL, "")
    assert refused.value.size == len(ORIGINAL)


def written() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(envelope_bytes(envelope(sealed(), ORIGINAL, "LC-1")))
    return found


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("format", "yangshan-document-envelope/2", BadJson),
        ("credit", 1, BadJson),
        ("credit", "x" * 36, BadJson),
        ("credit", "a\nb", BadJson),
        ("credit", "\u202e", BadJson),
        ("sealed", {}, BadJson),
        ("sealed", "", BadJson),
        ("sealed", "{}", BadJson),
        ("original", "no base64!", BadJson),
        ("original", "AA=A", BadJson),
        ("original", "é", BadJson),
        ("original", base64.b64encode(b"another").decode(), OtherFile),
        ("other", 1, BadJson),
    ],
)
def test_anything_else_is_refused_by_name(name: str, value: object, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        read_envelope(json.dumps({**written(), name: value}).encode(), "it")


@pytest.mark.parametrize("name", ["format", "credit", "sealed", "original"])
def test_nothing_is_left_out(name: str) -> None:
    given = written()
    del given[name]
    with pytest.raises(BadJson) as refused:
        read_envelope(json.dumps(given).encode(), "it")
    assert name in refused.value.reason


def test_its_document_is_held_to_its_commitment() -> None:
    given = written()
    inner = json.loads(given["sealed"])
    inner["fields"]["invoiceNumber"] = "EF-2025-1108"
    with pytest.raises(SealedDamaged):
        read_envelope(json.dumps({**given, "sealed": json.dumps(inner)}).encode(), "it")


def test_no_name_stands_twice() -> None:
    text = json.dumps(written())
    with pytest.raises(BadJson):
        read_envelope(text.replace('"credit"', '"credit": "x", "credit"', 1).encode(), "it")

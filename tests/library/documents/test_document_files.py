# SPDX-License-Identifier: Apache-2.0
"""Files of sealed documents, proofs and batches: written, read again, held to their schemas."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from documents_samples import KINDS, ROOT, example
from jsonschema import Draft202012Validator, ValidationError

from yangshan.documents import disclose, read_document, seal, verify
from yangshan.documents.batches import Batch
from yangshan.documents.canonical import BadJson
from yangshan.documents.files import (
    SealedDamaged,
    batch_text,
    file_schemas,
    format_of,
    proof_text,
    read_batch,
    read_proof,
    read_sealed,
    sealed_text,
)
from yangshan.documents.sealing import FileHash, ProofBroken

PUBLISHED = ROOT / "docs" / "reference"
SCHEMAS = {
    name: Draft202012Validator(json.loads((PUBLISHED / f"{name}.schema.json").read_text("utf-8")))
    for name in ("sealed-document", "document-proof", "document-batch")
}
HASH = "0" * 64


def test_pages_and_schemas_are_current() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "document_reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert set(SCHEMAS) == set(file_schemas())
    for validator in SCHEMAS.values():
        Draft202012Validator.check_schema(validator.schema)


@pytest.mark.parametrize("kind", KINDS)
def test_files_come_again_and_keep_their_schemas(kind: str) -> None:
    sealed = seal(example(kind), FileHash.of(b"paper"))
    batch = Batch([bytes(32), sealed.commitment, bytes([1]) * 32])
    shown = disclose(sealed, [*sealed.salts], batch.prove(sealed.commitment))
    texts = {
        "sealed-document": sealed_text(sealed),
        "document-proof": proof_text(shown),
        "document-batch": batch_text(batch),
    }
    for name, text in texts.items():
        SCHEMAS[name].validate(json.loads(text))
        assert text.endswith("}\n")
        assert format_of(json.loads(text)) == f"yangshan-{name}/1"
    assert read_sealed(texts["sealed-document"].encode(), "f") == sealed
    assert read_proof(texts["document-proof"].encode(), "f") == shown
    again = read_batch(texts["document-batch"].encode(), "f")
    assert (again.root, again.commitments) == (batch.root, batch.commitments)
    assert verify(read_proof(texts["document-proof"].encode(), "f")).registered == batch.root


def test_without_file_and_batch() -> None:
    sealed = seal(example("draft"))
    text = sealed_text(sealed)
    assert json.loads(text)["original"] is None
    assert read_sealed(text.encode(), "f") == sealed
    proof = proof_text(disclose(sealed, ["/amount"]))
    assert json.loads(proof)["batch"] is None
    without = {name: value for name, value in json.loads(proof).items() if name != "batch"}
    assert read_proof(json.dumps(without).encode(), "f").batch is None


def test_a_plain_document_has_no_format() -> None:
    assert format_of({"kind": "invoice"}) == format_of([1]) == format_of({"format": 1}) == ""


def sealed_json() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sealed_text(seal(example("draft"), FileHash.of(b""))))
    return found


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("format", "yangshan-sealed-document/2", "format: Input should be"),
        ("version", 0, "version: Input should be greater than or equal to 1"),
        ("version", "1", "version: Input should be a valid integer"),
        ("commitment", "0x" + HASH[2:], "commitment: String should match pattern"),
        ("commitment", HASH.upper()[:-1] + "A", "commitment: String should match pattern"),
        ("commitment", HASH + "\n", "commitment: String should match pattern"),
        ("salts", [], "salts: Input should be a valid dictionary"),
        ("empty", ["00"], "empty.0: String should match pattern"),
        ("original", {"sha256": HASH}, "original.size: Field required"),
        ("odd", 1, "odd: Extra inputs are not permitted"),
        ("fields", {}, "fields must be an object that is not empty"),
    ],
)
def test_a_sealed_file_of_another_form(path: str, value: Any, reason: str) -> None:
    found = sealed_json()
    found[path] = value
    with pytest.raises(BadJson) as caught:
        read_sealed(json.dumps(found).encode(), "kept.json")
    assert caught.value.reason.startswith(reason)
    assert caught.value.exit_code == 2
    # Python's $ takes a last line feed too, and JSON Schema's does not.
    if path != "fields" and value != HASH + "\n":
        with pytest.raises(ValidationError):
            SCHEMAS["sealed-document"].validate(found)


def spoil(found: dict[str, Any], how: str) -> None:
    if how == "value":
        found["fields"]["amount"] = "1280000.01"
    elif how == "salt":
        found["salts"]["/amount"] = HASH
    elif how == "empty":
        found["empty"][0] = HASH
    elif how == "file":
        found["original"]["size"] = 1
    elif how == "no file":
        found["original"] = None
    elif how == "commitment":
        found["commitment"] = HASH
    elif how == "kind":
        found["kind"] = "invoice"
    elif how == "missing salt":
        del found["salts"]["/amount"]


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("value", "its fields and salts do not make its commitment"),
        ("salt", "its fields and salts do not make its commitment"),
        ("empty", "its fields and salts do not make its commitment"),
        ("file", "its fields and salts do not make its commitment"),
        ("kind", "its fields and salts do not make its commitment"),
        ("commitment", "its fields and salts do not make its commitment"),
        ("no file", "What is shown of #file is not proved: there is no such field"),
        ("missing salt", "What is shown of /amount is not proved: its salt is missing"),
    ],
)
def test_a_sealed_file_that_was_changed(how: str, reason: str) -> None:
    found = sealed_json()
    spoil(found, how)
    with pytest.raises(SealedDamaged) as caught:
        read_sealed(json.dumps(found).encode(), "kept.json")
    assert (caught.value.reason, caught.value.exit_code) == (reason, 2)
    assert str(caught.value) == f"The sealed document kept.json cannot be used: {reason}."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sides": -1}, "fields.0.sides: Input should be greater than or equal to 0"),
        ({"sides": 2**53}, "fields.0.sides: Input should be less than 9007199254740992"),
        ({"sides": True}, "fields.0.sides: Input should be a valid integer"),
        ({"partners": ["zz"]}, "fields.0.partners.0: String should match pattern"),
        ({"salt": "00"}, "fields.0.salt: String should match pattern"),
        ({"path": None}, "fields.0.path: Input should be a valid string"),
        ({"value": "\ud800"}, "it holds half of a surrogate pair, which is no text"),
        ({"more": 1}, "fields.0.more: Extra inputs are not permitted"),
    ],
)
def test_a_proof_of_another_form(change: dict[str, Any], reason: str) -> None:
    found = json.loads(proof_text(disclose(seal(example("draft")), ["/amount"])))
    found["fields"][0] |= change
    with pytest.raises(BadJson) as caught:
        read_proof(json.dumps(found).encode(), "p")
    assert caught.value.reason.startswith(reason)
    if "value" not in change:
        with pytest.raises(ValidationError):
            SCHEMAS["document-proof"].validate(found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": 2**60}, "the number is beyond 2**53; write it as a string of digits"),
        ({"value": {"a": 1}}, "it has parts, and only they have proofs"),
        ({"path": "/draftNumber"}, "the value, its salt and its proof do not make the commitment"),
        ({"sides": 2**40}, "its proof names the side of a partner that is not there"),
        ({"partners": [HASH] * 49, "sides": 0}, "its proof has more than 48 partners"),
    ],
)
def test_a_proof_that_is_read_and_does_not_hold(change: dict[str, Any], reason: str) -> None:
    found = json.loads(proof_text(disclose(seal(example("draft")), ["/amount"])))
    found["fields"][0] |= change
    with pytest.raises(ProofBroken) as caught:
        verify(read_proof(json.dumps(found).encode(), "p"))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("commitments", "reason"),
    [
        ([], "There is nothing to commit to; expected at least one leaf"),
        ([HASH, HASH], f"The document with the commitment {HASH} stands in the batch twice; "),
        ([HASH], "its commitments do not make its root"),
    ],
)
def test_a_batch_that_does_not_fit(commitments: list[str], reason: str) -> None:
    found = {"format": "yangshan-document-batch/1", "root": HASH, "commitments": commitments}
    with pytest.raises(SealedDamaged) as caught:
        read_batch(json.dumps(found).encode(), "b")
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "expected an object of kind, version and fields"),
        ({"kind": "a", "version": 1}, "expected kind, version and fields alone, and 'fields'"),
        ({"kind": "a", "version": 1, "fields": {"a": 1}, "x": 1}, "expected kind, version and"),
        ({"kind": "", "version": 1, "fields": {"a": 1}}, "kind must be text"),
        ({"kind": 1, "version": 1, "fields": {"a": 1}}, "kind must be text"),
        ({"kind": "a", "version": True, "fields": {"a": 1}}, "version must be a number"),
        ({"kind": "a", "version": 256, "fields": {"a": 1}}, "version must be a number"),
        ({"kind": "a", "version": 1, "fields": {}}, "fields must be an object"),
        ({"kind": "a", "version": 1, "fields": ["a"]}, "fields must be an object"),
        ({"kind": "a", "version": 1, "fields": {"a": 2**53}}, "/a: the number is beyond 2**53"),
        ({"kind": "\ud800", "version": 1, "fields": {"a": 1}}, "it holds half of a surrogate"),
    ],
)
def test_what_is_no_document(value: Any, reason: str) -> None:
    with pytest.raises(BadJson) as caught:
        read_document(json.dumps(value).encode(), "d")
    assert caught.value.reason.startswith(reason)


def test_values_at_pointers() -> None:
    document = example("invoice")
    assert document.get("/lineItems/0/quantity") == "2"
    for pointer in ("/lineItems/1", "/lineItems/00", "/lineItems/-", "/lineItems/٠", "/x", "/a/b"):
        assert document.get(pointer) is None
    assert dict(document.find("/seller/address/*")) == {
        "/seller/address/0": "Speicherkai 21",
        "/seller/address/1": "20457 Hamburg",
    }
    assert list(document.find("/seller/*")) == []


def test_private_files_are_the_owners_alone(tmp_path: Path) -> None:
    from yangshan.vault import write_private

    path = tmp_path / "below" / "kept.json"
    assert write_private(path, "one") is True
    assert write_private(path, "other") is False
    assert path.read_text() == "one"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["kept.json"]

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest
from documents_samples import KINDS, altered, changed, example

from yangshan.documents import Disclosure, SealedDocument, disclose, seal, verify
from yangshan.documents.batches import Batch
from yangshan.documents.canonical import canonical, flat
from yangshan.documents.leaves import Proof, field_leaf, node
from yangshan.documents.schema import UnknownKind
from yangshan.documents.sealing import (
    FILE_PATH,
    FileHash,
    InBatch,
    NoSuchField,
    OtherFile,
    ProofBroken,
    ShownField,
    TooManyFields,
    require_file,
    require_salts,
)
from yangshan.documents.validation import SchemaBroken

PDF = b"%PDF-1.7 an invoice"


def by_hand(sealed: SealedDocument) -> bytes:
    """The commitment computed in another way: every leaf, sorted, then level by level."""
    kind = sealed.document.type
    values: dict[str, Any] = dict(flat(sealed.document.fields))
    if sealed.file:
        values["#file"] = {"sha256": sealed.file.sha256, "size": sealed.file.size}
    level = [field_leaf(kind, path, sealed.salts[path], canonical(values[path])) for path in values]
    level += [field_leaf(kind, "", salt, b"") for salt in sealed.empty]
    level.sort()
    assert len(level) & (len(level) - 1) == 0
    while len(level) > 1:
        level = [node(*level[at : at + 2]) for at in range(0, len(level), 2)]
    return level[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_is_proved(kind: str) -> None:
    document = example(kind)
    sealed = seal(document, FileHash.of(PDF))
    assert sealed.commitment == by_hand(sealed)
    fields = dict(flat(document.fields))
    shown = verify(disclose(sealed, [*fields, FILE_PATH]))
    assert shown.fields == fields
    assert (shown.kind, shown.version) == (kind, 1)
    assert shown.commitment == shown.registered == sealed.commitment
    assert shown.file == FileHash.of(PDF)


def test_two_fields_and_nothing_else() -> None:
    sealed = seal(example("invoice"))
    disclosure = disclose(sealed, ["/totalInvoiceAmount", "/invoiceNumber"])
    assert [field.path for field in disclosure.fields] == ["/invoiceNumber", "/totalInvoiceAmount"]
    shown = verify(disclosure)
    assert shown.fields == {
        "/invoiceNumber": "EF-2025-1107",
        "/totalInvoiceAmount": "1280000.00",
    }
    assert shown.file is None
    # Of what is not shown neither value, path nor salt is in what is shown.
    text = repr(dataclasses.asdict(disclosure))
    for path, value in flat(sealed.document.fields):
        if path not in shown.fields:
            assert path not in text
            assert repr(sealed.salts[path]) not in text
            if isinstance(value, str) and len(value) > 5 and value != "1280000.00":
                assert value not in text


def test_a_field_stands_for_all_below_it() -> None:
    sealed = seal(example("invoice"))
    shown = verify(disclose(sealed, ["/seller", "/lineItems/0/quantity"]))
    assert list(shown.fields) == [
        "/lineItems/0/quantity",
        "/seller/address/0",
        "/seller/address/1",
        "/seller/countryCode",
        "/seller/legalEntityIdentifier",
        "/seller/name",
    ]


@pytest.mark.parametrize("path", ["/sellr", "seller", "", "/", "/seller/", "/seller/name/x", "#f"])
def test_a_field_that_is_not_there(path: str) -> None:
    with pytest.raises(NoSuchField) as caught:
        disclose(seal(example("invoice")), ["/seller", path])
    assert caught.value.path == path


def test_a_missing_field_is_told_with_its_neighbours() -> None:
    with pytest.raises(NoSuchField) as caught:
        disclose(seal(example("invoice")), ["/seller/nme"])
    assert str(caught.value) == (
        "The document has no field /seller/nme. Fields there: /seller/address, "
        "/seller/countryCode, /seller/legalEntityIdentifier, /seller/name."
    )
    # Without an original file there is none to show.
    with pytest.raises(NoSuchField):
        disclose(seal(example("invoice")), [FILE_PATH])


def test_salts_are_fresh_and_each_its_own() -> None:
    one, other = seal(example("draft")), seal(example("draft"))
    salts = [*one.salts.values(), *one.empty, *other.salts.values(), *other.empty]
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {32}
    assert one.commitment != other.commitment


def test_the_number_of_leaves_tells_little() -> None:
    """Sixteen, thirty-two, sixty-four, with empty leaves among them."""
    for count in range(1, 60):
        document = changed("draft", endorsements=None)
        values = dict(list(flat(document.fields))[:1])
        assert values
        fields = {
            **document.fields,
            "endorsements": [{"endorser": f"Bank {each}"} for each in range(min(count, 20))],
        }
        sealed = seal(replace(document, fields=fields))
        leaves = len(sealed.salts) + len(sealed.empty)
        assert leaves & (leaves - 1) == 0
        assert 16 <= leaves < 2 * max(len(sealed.salts), 16)
        depths = {
            len(field.proof.partners) for field in disclose(sealed, list(sealed.salts)).fields
        }
        assert depths == {leaves.bit_length() - 1}


def test_places_tell_nothing_of_the_order_of_fields() -> None:
    places = set()
    for _ in range(40):
        sealed = seal(example("draft"))
        places.add(disclose(sealed, ["/amount"]).fields[0].proof.sides)
    assert len(places) > 5


SPOILT = {
    "value": {"value": "EF-2025-1108"},
    "type of value": {"value": 20251107},
    "salt": {"salt": bytes(32)},
    "path": {"path": "/invoiceDate"},
    "sides": {"proof": "flip"},
    "partner": {"proof": "partner"},
    "no partner": {"proof": "short"},
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_whatever_is_changed_is_not_proved(spoilt: dict[str, Any]) -> None:
    disclosure = disclose(seal(example("invoice")), ["/invoiceNumber"])
    (field,) = disclosure.fields
    changes = dict(spoilt)
    if how := changes.get("proof"):
        sides, partners = field.proof.sides, field.proof.partners
        changes["proof"] = {
            "flip": Proof(sides ^ 1, partners),
            "partner": Proof(sides, (bytes(32), *partners[1:])),
            "short": Proof(sides & 15, partners[:4]),
        }[how]
    with pytest.raises(ProofBroken) as caught:
        verify(replace(disclosure, fields=(replace(field, **changes),)))
    assert caught.value.path == changes.get("path", "/invoiceNumber")
    assert caught.value.reason == "the value, its salt and its proof do not make the commitment"
    assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    "change", [{"kind": "draft"}, {"version": 2}, {"commitment": bytes(32)}], ids=str
)
def test_kind_version_and_commitment_are_bound(change: dict[str, Any]) -> None:
    disclosure = disclose(seal(example("invoice")), ["/invoiceNumber"])
    with pytest.raises(ProofBroken):
        verify(replace(disclosure, **change))


def test_what_is_no_text_is_not_proved() -> None:
    disclosure = disclose(seal(example("invoice")), ["/invoiceNumber"])
    (field,) = disclosure.fields
    for spoilt in (
        replace(disclosure, fields=(replace(field, path="/\ud800"),)),
        replace(disclosure, fields=(replace(field, value="\udfff"),)),
        replace(disclosure, kind="\ud800"),
    ):
        with pytest.raises(ProofBroken) as caught:
            verify(spoilt)
        assert caught.value.reason == "it holds half of a surrogate pair, which is no text"


def test_a_field_is_shown_once() -> None:
    disclosure = disclose(seal(example("invoice")), ["/invoiceNumber"])
    with pytest.raises(ProofBroken) as caught:
        verify(replace(disclosure, fields=disclosure.fields * 2))
    assert caught.value.reason == "it is shown twice"


def test_an_inner_node_is_no_field() -> None:
    """The tag before it: a node's bytes cannot be read as a leaf of any type, path and value."""
    sealed = seal(example("invoice"))
    (field,) = disclose(sealed, ["/invoiceNumber"]).fields
    up = Proof(field.proof.sides >> 1, field.proof.partners[1:])
    with pytest.raises(ProofBroken):
        verify(Disclosure("invoice", 1, sealed.commitment, (replace(field, proof=up),)))


def test_what_is_no_field_is_never_shown() -> None:
    """An empty leaf, an object in one leaf: proved by the hashes, and refused all the same."""
    salt = bytes(32)
    for path, value, reason in (
        ("", "x", "it is no field"),
        ("x", "x", "it is no field"),
        ("/seller", {"name": "x"}, "it has parts, and only they have proofs"),
        ("/x", ["y"], "it has parts, and only they have proofs"),
    ):
        root = field_leaf("invoice/1", path, salt, canonical(value))
        field = ShownField(path, value, salt, Proof(0, ()))
        with pytest.raises(ProofBroken) as caught:
            verify(Disclosure("invoice", 1, root, (field,)))
        assert caught.value.reason == reason
    root = field_leaf("invoice/1", FILE_PATH, salt, b'"x"')
    with pytest.raises(ProofBroken) as caught:
        verify(Disclosure("invoice", 1, root, (ShownField(FILE_PATH, "x", salt, Proof(0, ())),)))
    assert caught.value.reason == "expected sha256 and size"


def test_batches() -> None:
    sealed = [seal(example(kind)) for kind in KINDS]
    batch = Batch([each.commitment for each in sealed])
    for each in sealed:
        proof = batch.prove(each.commitment)
        shown = verify(disclose(each, [next(iter(each.salts))], proof))
        assert (shown.commitment, shown.registered) == (each.commitment, batch.root)
    foreign = batch.prove(sealed[0].commitment)
    with pytest.raises(ProofBroken) as caught:
        verify(disclose(sealed[1], ["/issueDate"], foreign))
    assert caught.value.path == "the batch"
    # The partners of a batch do not prove a field, and those of a field no batch.
    (field,) = disclose(sealed[1], ["/issueDate"]).fields
    with pytest.raises(ProofBroken):
        verify(disclose(sealed[1], ["/issueDate"], InBatch(sealed[1].commitment, field.proof)))
    beyond = InBatch(batch.root, Proof(1 << 60, foreign.proof.partners))
    with pytest.raises(ProofBroken) as caught:
        verify(disclose(sealed[0], ["/invoiceNumber"], beyond))
    assert caught.value.reason == "its proof names the side of a partner that is not there"


def test_a_proof_of_nothing_proves_nothing() -> None:
    """Not even of which kind the document is."""
    sealed = seal(example("draft"))
    batch = Batch([sealed.commitment])
    for disclosure in (
        disclose(sealed, []),
        disclose(sealed, [], batch.prove(sealed.commitment)),
    ):
        with pytest.raises(ProofBroken) as caught:
            verify(disclosure)
        assert caught.value.reason == "no field of it is shown"


def test_text_is_shown_in_one_form() -> None:
    document = altered("draft", {"/drawer/name": "Cafe\u0301 Elbe"})
    assert document.get("/drawer/name") == "Café Elbe"
    disclosure = disclose(seal(document), ["/drawer/name"])
    (field,) = disclosure.fields
    written_otherwise = replace(field, value="Cafe\u0301 Elbe")
    shown = verify(replace(disclosure, fields=(written_otherwise,)))
    assert shown.fields == {"/drawer/name": "Café Elbe"}


def test_the_original_file() -> None:
    sealed = seal(example("invoice"), FileHash.of(PDF))
    shown = verify(disclose(sealed, [FILE_PATH]))
    assert shown.fields == {}
    require_file(shown, PDF)
    with pytest.raises(OtherFile) as other:
        require_file(shown, PDF + b" ")
    assert FileHash.of(PDF).sha256 in str(other.value)
    with pytest.raises(OtherFile) as none:
        require_file(verify(disclose(sealed, ["/invoiceNumber"])), PDF)
    assert none.value.reason == "the proof shows no file; prove #file too"
    assert FileHash.of(b"") == FileHash(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0
    )


def test_what_is_not_sealed() -> None:
    with pytest.raises(SchemaBroken) as broken:
        seal(changed("invoice", invoiceNumber=None, invoiceDate="2025-02-30"))
    assert [(each.path, each.rule) for each in broken.value.found] == [
        ("/invoiceNumber", "mandatory"),
        ("/invoiceDate", "date"),
    ]
    assert str(broken.value) == (
        "This is no invoice/1: Invoice number (/invoiceNumber): it is missing, and is mandatory. "
        "(2 findings; `documents check` lists them.)"
    )
    with pytest.raises(UnknownKind):
        seal(replace(example("invoice"), kind="letter"))
    with pytest.raises(UnknownKind):
        seal(replace(example("invoice"), version=2))


def test_too_many_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    document = example("draft")
    count = len(list(flat(document.fields)))
    monkeypatch.setattr("yangshan.documents.sealing.MOST_LEAVES", count + 1)
    assert len(seal(document).salts) == count
    with pytest.raises(TooManyFields) as caught:
        seal(document, FileHash.of(PDF))
    assert caught.value.count == count + 1


def test_salts_fit_the_fields() -> None:
    sealed = seal(example("draft"))
    require_salts(sealed)
    first = next(iter(sealed.salts))
    fewer = {path: salt for path, salt in sealed.salts.items() if path != first}
    for spoilt, path in (
        (replace(sealed, salts=fewer), first),
        (replace(sealed, salts={**sealed.salts, "/zz": bytes(32)}), "/zz"),
        (replace(sealed, empty=sealed.empty[1:]), "the empty leaves"),
        (replace(sealed, empty=(*sealed.empty, bytes(32))), "the empty leaves"),
    ):
        with pytest.raises(ProofBroken) as caught:
            require_salts(spoilt)
        assert caught.value.path == path

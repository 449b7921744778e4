# SPDX-License-Identifier: Apache-2.0
"""What a sealed bill of lading says of its title; keys for references; the files of titles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from yangshan.chain.enums import TitleForm
from yangshan.commitments import commit
from yangshan.documents.canonical import BadJson
from yangshan.documents.document import document_of
from yangshan.documents.sealing import SealedDocument, seal
from yangshan.titles.bills import ConsigneeMissing, NotATitle, bill_of
from yangshan.titles.references import (
    NamedTitle,
    ReferenceKey,
    ReferenceKeyDamaged,
    ReferenceKeys,
    TitleFileDamaged,
    new_reference_key,
    read_title,
    title_schema,
    title_text,
)

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
CONSIGNEE = {"name": "Silver Heron Machinery Import Co., Ltd."}
KEY = ReferenceKey(bytes(range(32)))
NAMED = NamedTitle(12, "PCLHAM2500418", KEY.salt("PCLHAM2500418"), bytes([7]) * 32)


def sealed(name: str = "titles/bill-of-lading", **changes: Any) -> SealedDocument:
    value = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    value["fields"] |= changes
    if not value["fields"].get("isToOrder", True):
        value["fields"]["documentParties"]["consignee"] = CONSIGNEE
    return seal(document_of(value, name))


# Bills


def test_a_bill_says_its_reference_and_whether_it_is_to_order() -> None:
    given = sealed()
    bill = bill_of(given, "bill.json")
    assert (bill.reference, bill.document) == ("PCLHAM2500418", given.commitment)
    assert bill.form(named=True) is TitleForm.TO_ORDER
    assert bill.form(named=False) is TitleForm.BLANK


def test_a_straight_bill_has_a_consignee() -> None:
    bill = bill_of(sealed(isToOrder=False), "bill.json")
    assert bill.form(named=True) is TitleForm.STRAIGHT
    with pytest.raises(ConsigneeMissing) as caught:
        bill.form(named=False)
    assert (caught.value.file, caught.value.exit_code) == ("bill.json", 1)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            sealed("documents/invoice"),
            "it is of the kind invoice, and a bill-of-lading was expected",
        ),
        (
            sealed(transportDocumentTypeCode="SWB", isToOrder=False),
            "it is a sea waybill, which is no document of title (DCSA BL 3)",
        ),
        (sealed(transportDocumentStatus="DRAFT"), "its status is DRAFT, not ISSUED"),
        (sealed(transportDocumentStatus="VOIDED"), "its status is VOIDED, not ISSUED"),
        (
            sealed("documents/bill-of-lading"),
            "it is on paper (isElectronic is false), and goods have one title (MLETR art. 10)",
        ),
    ],
)
def test_nothing_else_gets_a_title(given: SealedDocument, reason: str) -> None:
    with pytest.raises(NotATitle) as caught:
        bill_of(given, "file.json")
    assert (caught.value.reason, caught.value.exit_code) == (reason, 1)
    assert str(caught.value) == f"No title is issued for file.json: {reason}."


# References and numbers


def test_a_reference_has_one_salt_under_a_key() -> None:
    assert KEY.salt("PCL1") == ReferenceKey(bytes(range(32))).salt("PCL1")
    others = {KEY.salt("PCL1"), KEY.salt("PCL2"), new_reference_key().salt("PCL1")}
    assert {len(each) for each in others} == {32}
    assert len(others) == 3
    assert KEY.salt("PCLHAM2500418").hex() == (
        "2fd52930fabe8d366d51ca24a25c4124829ab100c549b8467d876dcd32d95303"
    )


def test_a_title_is_numbered_as_the_registry_does() -> None:
    reference = commit("transport-reference", b'"PCLHAM2500418"', NAMED.salt)
    assert NAMED.commitment == reference
    assert NAMED.title == keccak(encode(["uint32", "bytes32"], [12, reference]))


# Keys for references


def test_a_key_is_kept_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    keys = ReferenceKeys(tmp_path / "references")
    assert keys.find(12) is None
    keys.keep(12, KEY)
    keys.keep(12, KEY)
    assert keys.find(12) == KEY
    assert keys.find(13) is None
    assert keys.path(12) == tmp_path / "references" / "12.key"
    assert keys.path(12).stat().st_mode & 0o777 == 0o600
    with pytest.raises(ReferenceKeyDamaged) as caught:
        keys.keep(12, new_reference_key())
    assert "another one was kept there" in caught.value.reason
    assert keys.find(12) == KEY


@pytest.mark.parametrize("content", [b"", b"00", b"\xff" * 64, b"0" * 65, b"G" * 64])
def test_a_damaged_key_is_never_replaced(tmp_path: Path, content: bytes) -> None:
    keys = ReferenceKeys(tmp_path)
    keys.path(12).write_bytes(content)
    for attempt in (lambda: keys.find(12), lambda: keys.keep(12, KEY)):
        with pytest.raises(ReferenceKeyDamaged) as caught:
            attempt()
        assert (caught.value.file, caught.value.exit_code) == (keys.path(12), 2)
    assert keys.path(12).read_bytes() == content


def test_a_key_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "references"
    blocked.write_text("a file")
    with pytest.raises(ReferenceKeyDamaged, match="cannot be written"):
        ReferenceKeys(blocked).keep(12, KEY)


# Files of titles


def test_a_title_is_read_as_it_was_written() -> None:
    text = title_text(NAMED)
    assert read_title(text.encode(), "title.json") == NAMED
    written = json.loads(text)
    assert written == {
        "format": "yangshan-title/1",
        "title": NAMED.title.hex(),
        "issuer": 12,
        "transportDocumentReference": "PCLHAM2500418",
        "salt": NAMED.salt.hex(),
        "document": "07" * 32,
    }
    schema = title_schema()
    assert set(schema["properties"]) == set(schema["required"]) == set(written)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"issuer": 13}, TitleFileDamaged),
        ({"transportDocumentReference": "PCLHAM2500419"}, TitleFileDamaged),
        ({"salt": "00" * 32}, TitleFileDamaged),
        ({"title": "00" * 32}, TitleFileDamaged),
        ({"title": "00" * 31}, BadJson),
        ({"salt": "XY" * 32}, BadJson),
        ({"issuer": "12"}, BadJson),
        ({"issuer": 0}, BadJson),
        ({"issuer": 2**32}, BadJson),
        ({"transportDocumentReference": ""}, BadJson),
        ({"transportDocumentReference": "P" * 21}, BadJson),
        ({"format": "yangshan-title/2"}, BadJson),
        ({"more": 1}, BadJson),
    ],
)
def test_a_file_of_no_title_is_refused(
    changes: dict[str, object], error: type[TitleFileDamaged | BadJson]
) -> None:
    found = {**json.loads(title_text(NAMED)), **changes}
    with pytest.raises(error) as caught:
        read_title(json.dumps(found).encode(), "title.json")
    assert (caught.value.file, caught.value.exit_code) == ("title.json", 2)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_json_object_is_no_title(data: bytes) -> None:
    with pytest.raises(BadJson):
        read_title(data, "title.json")

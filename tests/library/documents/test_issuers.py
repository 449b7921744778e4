# SPDX-License-Identifier: Apache-2.0
"""Who a document says issued it, and which member that is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yangshan.alliance.members import MemberRecord, load_members
from yangshan.documents.canonical import flat
from yangshan.documents.document import Document, read_document
from yangshan.documents.examination import examine
from yangshan.documents.examination.inputs import terms_in_force
from yangshan.documents.examination.model import Paper, Party, Presentation, Severity
from yangshan.documents.issuers import issuer_in, issuer_shown, member_meant
from yangshan.documents.schema import BadSchema, schema_from, schemas

EXAMPLES = Path(__file__).parents[3] / "examples"
DOCUMENTS = EXAMPLES / "documents"
LISTED = load_members(EXAMPLES / "shanghai-alliance" / "members.toml")
MEMBERS = dict(enumerate(LISTED, start=1))
LAKE, ADVISER, EXPORTER, CARRIER, INSURER = 5, 10, 11, 12, 13


def of_kind(kind: str) -> Document:
    file = DOCUMENTS / f"{kind}.json"
    return read_document(file.read_bytes(), file)


@pytest.mark.parametrize(
    ("kind", "name", "member"),
    [
        ("invoice", "Elbfalke Maschinenbau GmbH", EXPORTER),
        ("packing-list", "Elbfalke Maschinenbau GmbH", EXPORTER),
        ("bill-of-lading", "Paper Crane Line Shipping Co., Ltd.", CARRIER),
        ("certificate-of-origin", "Chamber of Commerce of the Elbe Ports", 0),
        ("insurance", "Tortoise Gate Marine Insurance Co., Ltd.", INSURER),
        ("inspection", "Quay Lantern Inspection GmbH", 0),
        ("draft", "Elbfalke Maschinenbau GmbH", EXPORTER),
        ("transport-document", "Sky Lantern Air Cargo GmbH", 0),
    ],
)
def test_the_issuer_of_each_kind(kind: str, name: str, member: int) -> None:
    party = issuer_in(of_kind(kind))
    assert party is not None
    assert (party.name, member_meant(party, MEMBERS)) == (name, member)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("invoice", "/seller"),
        ("bill-of-lading", "/documentParties/issuingParty"),
        ("insurance", "/insurer"),
    ],
)
def test_the_issuer_that_a_proof_shows(kind: str, path: str) -> None:
    document = of_kind(kind)
    whole = dict(flat(document.fields))
    expected = issuer_in(document)
    assert expected is not None
    shown = issuer_shown(kind, whole)
    assert shown is not None
    assert (shown.path, shown.name, shown.identifiers) == (
        path,
        expected.name,
        expected.identifiers,
    )
    assert issuer_shown(kind, {f"{path}/name": "X"}) == Party(path, "X")
    without = {at: value for at, value in whole.items() if at != f"{path}/name"}
    assert issuer_shown(kind, without) is None
    assert issuer_shown(kind, {}) is None
    assert issuer_shown("customs-declaration", whole) is None
    assert issuer_shown("poem", whole) is None


def test_customs_attests_what_nobody_issues_by_name() -> None:
    assert issuer_in(of_kind("customs-declaration")) is None
    assert {kind for kind, schema in schemas().items() if not schema.issuer} == {
        "customs-declaration"
    }


def test_a_document_without_its_issuer_or_of_no_known_kind_names_none() -> None:
    invoice = of_kind("invoice")
    fields = {name: value for name, value in invoice.fields.items() if name != "seller"}
    assert issuer_in(Document("invoice", 1, fields)) is None
    assert issuer_in(Document("poem", 1, invoice.fields)) is None


ELBFALKE = "Elbfalke Maschinenbau GmbH"


@pytest.mark.parametrize(
    ("party", "member"),
    [
        (Party("", ELBFALKE), EXPORTER),
        (Party("", "ELBFALKE  MASCHINENBAU G.M.B.H"), EXPORTER),
        # A number that both carry decides, whatever the name.
        (Party("", "Elbfalke Trading", identifiers=("YANG00ELBFALKE000050",)), EXPORTER),
        (Party("", ELBFALKE, identifiers=("529900ELBFALKE008192",)), 0),
        # A number of a sort that the member has none of decides nothing.
        (Party("", ELBFALKE, identifiers=("9131000010000595XD",)), EXPORTER),
        (Party("", "another name", identifiers=("YSDLCNSH",)), LAKE),
        (Party("", "another name", identifiers=("YSDLCNSHXXX",)), LAKE),
        (Party("", "Seven Lights Merchant Bank"), ADVISER),
        # One letter off is not the same issuer.
        (Party("", "Elbfalke Maschinenbau GmbE"), 0),
        (Party("", "Elbfalke"), 0),
    ],
)
def test_the_member_that_a_party_is(party: Party, member: int) -> None:
    assert member_meant(party, MEMBERS) == member


def test_a_name_of_two_members_is_nobodys() -> None:
    exporter = MEMBERS[EXPORTER]
    twin: MemberRecord = exporter.model_copy(update={"key": "twin", "lei": None})
    both = {**MEMBERS, 99: twin}
    assert member_meant(Party("", ELBFALKE), both) == 0
    assert member_meant(Party("", "", identifiers=("YANG00ELBFALKE000050",)), both) == EXPORTER


@pytest.mark.parametrize("issuer", ["/nobody", "/invoiceNumber", "/references"])
def test_an_issuer_in_a_schema_is_a_party(issuer: str) -> None:
    text = f'''kind = "note"
number = 9
version = 1
title = "note"
about = ""
issuer = "{issuer}"
fields = [
  {{ path = "/invoiceNumber", name = "Number", format = "text" }},
  {{ path = "/references", name = "References", format = "object", group = "references" }},
]
'''
    with pytest.raises(BadSchema, match=f"its issuer {issuer} is no party"):
        schema_from("note.toml", text, {"references": ()})


# The sets of the story, each under its credit: what an examiner would find.

CREDITS = EXAMPLES / "credits"
AMENDMENTS = [EXAMPLES / "amendments" / f"amended-credit-{number}.mt707" for number in (1, 3)]


def papers(*names: str) -> tuple[Paper, ...]:
    files = [DOCUMENTS / f"{name}.json" for name in names]
    return tuple(Paper(file.stem, read_document(file.read_bytes(), file)) for file in files)


def in_folder(folder: str, *more: str) -> tuple[Paper, ...]:
    return papers(*(f"{folder}/{each}" for each in ("invoice", "bill-of-lading", *more)))


@pytest.mark.parametrize(
    ("credit", "presented", "received", "place", "amendments", "expected"),
    [
        (
            "import",
            papers(
                *("invoice", "bill-of-lading", "packing-list", "insurance"),
                "certificate-of-origin",
            ),
            "2025-09-10",
            "CNSHA",
            [],
            [],
        ),
        (
            "discrepant",
            in_folder("discrepant", "packing-list"),
            "2025-09-24",
            "CNSHA",
            [],
            ["X08", "X09", "X12"],
        ),
        ("silent-bank", in_folder("silent-bank", "packing-list"), "2025-09-29", "CNSHA", [], []),
        ("usance", in_folder("usance", "packing-list", "draft"), "2025-09-12", "DEFRA", [], []),
        (
            "usance",
            in_folder("usance", "packing-list", "draft", "customs-declaration"),
            "2025-09-12",
            "DEFRA",
            [],
            [],
        ),
        (
            "amended",
            in_folder("amendments", "packing-list"),
            "2025-10-27",
            "CNSHA",
            AMENDMENTS,
            [],
        ),
    ],
)
def test_what_an_examiner_would_find_in_the_sets_of_the_story(
    credit: str,
    presented: tuple[Paper, ...],
    received: str,
    place: str,
    amendments: list[Path],
    expected: list[str],
) -> None:
    file = CREDITS / f"{credit}-credit.mt700"
    stated = terms_in_force(
        (file.read_bytes(), file.name),
        amendments=[(each.read_bytes(), each.name) for each in amendments],
    )
    given = Presentation(papers=presented, received=date.fromisoformat(received), place=place)
    found = examine(stated.terms, given)
    assert [each.check for each in found.candidates] == expected
    assert {each.severity for each in found.candidates} <= {Severity.DISCREPANCY}


@pytest.mark.parametrize("second", ["carrier", "insurer"])
def test_what_second_beneficiaries_present_is_theirs_alone(second: str) -> None:
    """Held to the credit itself, it is issued by and made out to others than the credit says."""
    file = CREDITS / "transferable-credit.mt700"
    stated = terms_in_force((file.read_bytes(), file.name))
    found = examine(stated.terms, Presentation(papers=in_folder(f"transfer/{second}")))
    assert [(each.check, each.field) for each in found.candidates] == [
        ("X03", "/seller/name"),
        ("X03", "/buyer/name"),
    ]


def test_the_substituted_invoice_is_that_of_the_first_beneficiary() -> None:
    file = CREDITS / "transferable-credit.mt700"
    stated = terms_in_force((file.read_bytes(), file.name))
    given = papers("transfer/substituted-invoice", "transfer/carrier/bill-of-lading")
    assert examine(stated.terms, Presentation(papers=given)).candidates == ()


def test_every_document_of_the_examples_is_of_its_kind_alone() -> None:
    files = sorted(DOCUMENTS.rglob("*.json"))
    held: list[dict[str, Any]] = [json.loads(file.read_text()) for file in files]
    assert len(files) == 9 + 3 + 3 + 5 + 3 + 5 + 3
    for file, each in zip(files, held, strict=True):
        assert file.stem.endswith(each["kind"]), file

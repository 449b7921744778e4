# SPDX-License-Identifier: Apache-2.0
"""Terms in force and presentations from files, and examinations as JSON and as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from documents_samples import ROOT, example, example_json
from examination_corpus import CORPUS, base_set, base_terms, examined, examples

from yangshan.credit.advices import Transfer
from yangshan.credit.amendments import OtherCreditsAmendment
from yangshan.credit.terms import BadTerms
from yangshan.documents.canonical import BadJson
from yangshan.documents.document import document_of
from yangshan.documents.examination import (
    Examination,
    Paper,
    Presentation,
    Severity,
    TermsInForce,
    Undone,
    examine,
)
from yangshan.documents.examination.checks import Case, Check, checks
from yangshan.documents.examination.examine import NameTwice, tables
from yangshan.documents.examination.inputs import (
    AmendmentTwice,
    NotTheseTerms,
    credit_in,
    minor_of,
    part_of,
    terms_in_force,
)
from yangshan.documents.examination.model import Lists
from yangshan.documents.examination.reading import (
    NoPresentation,
    presentation_of,
    read_folder,
    read_presentation,
)
from yangshan.documents.examination.report import as_json, as_table, schema
from yangshan.documents.files import sealed_text
from yangshan.documents.sealing import seal
from yangshan.documents.validation import SchemaBroken

CREDIT = ROOT / "examples/credits/import-credit.mt700"
AMENDMENT = ROOT / "examples/amendments/import-credit.mt707"
BASE = "sea-cif-sight"


def file(path: Path) -> tuple[bytes, str]:
    return path.read_bytes(), path.name


# Terms


def test_a_credit_as_message_and_as_json_is_one() -> None:
    terms = credit_in(*file(CREDIT))
    text = json.dumps(terms.model_dump(mode="json", exclude_none=True)).encode()
    assert credit_in(text, "terms.json") == terms
    assert terms.reference == "YSH25LC000817"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'{"reference": "A"}', BadTerms),
        (b'{"a": 1', BadJson),
        (AMENDMENT.read_bytes(), NotTheseTerms),
    ],
)
def test_what_is_no_credit(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        credit_in(data, "file")


def test_accepted_amendments_are_applied_once_each() -> None:
    before = credit_in(*file(CREDIT))
    after = terms_in_force(file(CREDIT), amendments=[file(AMENDMENT)]).terms.terms
    assert after != before
    with pytest.raises(AmendmentTwice) as caught:
        terms_in_force(file(CREDIT), amendments=[file(AMENDMENT), file(AMENDMENT)])
    assert caught.value.number == 1
    with pytest.raises(OtherCreditsAmendment):
        terms_in_force(
            file(ROOT / "examples/credits/usance-credit.mt700"), amendments=[file(AMENDMENT)]
        )
    with pytest.raises(NotTheseTerms):
        terms_in_force(file(CREDIT), amendments=[file(CREDIT)])


def test_the_part_of_a_transferred_credit() -> None:
    base = base_terms("transferred-part")
    assert base.original is not None
    transfer = Transfer.of(base.terms, base.terms.applicant, reference="TR-1", confirmed=False)
    part = part_of(base.original, transfer)
    assert (part.reference, part.issuing_bank) == (
        base.original.reference,
        base.original.issuing_bank,
    )
    for name in ("amount", "beneficiary", "applicant", "goods", "expiry", "latest_shipment"):
        assert getattr(part, name) == getattr(base.terms, name), name
    credit = CORPUS / "bases/transferred-part/credit.mt700"
    text = json.dumps(base.terms.model_dump(mode="json", exclude_none=True)).encode()
    found = terms_in_force(file(credit), part=(text, "part.json"), substituted=True).terms
    assert (found.terms, found.original, found.substituted) == (base.terms, base.original, True)
    assert found.invoice_terms == base.original


def test_an_amount_on_the_command_line() -> None:
    terms = credit_in(*file(CREDIT))
    assert [minor_of(each, terms) for each in ("0", "1280000", "0.5", "0.05")] == [
        *(0, 128000000, 50, 5)
    ]
    for odd in ("", "1,000.00", "-1", "0.005", ".5", "١", "1e3"):
        with pytest.raises(NotTheseTerms):
            minor_of(odd, terms)


# Presentations


def test_a_folder_holds_what_a_file_does(tmp_path: Path) -> None:
    whole = base_set(BASE)
    one = presentation_of(whole, "file")
    for name, document in whole.pop("documents").items():
        tmp_path.joinpath(f"{name}.json").write_text(json.dumps(document))
    tmp_path.joinpath("presentation.json").write_text(json.dumps(whole))
    tmp_path.joinpath("notes.txt").write_text("not looked at")
    found = read_folder(tmp_path)
    assert sorted(found.papers, key=lambda paper: paper.name) == sorted(
        one.papers, key=lambda paper: paper.name
    )
    assert (found.received, found.place, found.demanded, found.schedule) == (
        *(one.received, one.place, one.demanded, one.schedule),
    )


def test_a_sealed_document_in_a_folder_is_the_document(tmp_path: Path) -> None:
    sealed = seal(example("invoice"))
    tmp_path.joinpath("invoice.json").write_text(sealed_text(sealed))
    assert read_folder(tmp_path).papers == (Paper("invoice", example("invoice"), sealed),)


def test_a_folder_without_documents(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoPresentation) as caught:
            read_folder(folder)
        assert caught.value.file == folder


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": "other"}, "format: Input should be 'yangshan-presentation/1'"),
        ({"received": "yesterday"}, "received: 'yesterday' is neither a day"),
        ({"received": "2025-09-15T10:30:00"}, "neither a day (2025-09-29) nor an instant"),
        ({"demanded": {"currency": "CNY", "amount": "1,5"}}, "demanded.amount"),
        ({"demanded": {"currency": "XXX", "amount": "1"}}, "demanded.currency: XXX is not"),
        ({"demanded": {"currency": "JPY", "amount": "1.5"}}, "1.5 has too many decimals"),
        ({"schedule": {"dated": "soon"}}, "schedule: 'soon' is no day"),
        ({"more": 1}, "more: Extra inputs are not permitted"),
        ({"documents": {"": {}}}, "'' is no name of a document"),
        ({"documents": {"a": 1}}, "expected an object of kind, version and fields"),
    ],
)
def test_a_presentation_that_cannot_be_read(changes: dict[str, Any], reason: str) -> None:
    value = json.dumps({**base_set(BASE), **changes}).encode()
    with pytest.raises(BadJson) as caught:
        read_presentation(value, "set.json")
    assert reason in str(caught.value)


# Examinations


def test_a_document_that_breaks_its_schema_is_refused_by_name() -> None:
    value = example_json("invoice")
    del value["fields"]["invoiceNumber"]
    paper = Paper("invoice", document_of(value, "invoice"))
    with pytest.raises(SchemaBroken) as caught:
        examine(base_terms(BASE), Presentation(papers=(paper,)))
    assert caught.value.found[0].path == "/invoiceNumber"


def test_every_document_has_a_name_of_its_own() -> None:
    paper = Paper("invoice", example("invoice"))
    with pytest.raises(NameTwice) as caught:
        examine(base_terms(BASE), Presentation(papers=(paper, paper)))
    assert caught.value.name == "invoice"


def test_the_same_input_gives_the_same_answer() -> None:
    for each in examples()[::7]:
        assert examined(each) == examined(each)


def test_an_examination_says_what_it_looked_at() -> None:
    found = examine(base_terms(BASE), presentation_of(base_set(BASE), "set"))
    assert found.checks == tuple(checks())
    assert dict(found.tables) == dict(tables())
    assert {"checks", "kinds", "ports", "units", "words"} <= set(tables())
    assert all(len(each) == 12 for each in tables().values())


def test_an_examination_as_json_has_its_schema() -> None:
    example_found = next(each for each in examples() if each.id == "two-of-three-bills-of-lading")
    value = as_json(examined(example_found), ["Look at this."])
    assert value["candidates"] == [
        {
            "check": "X12",
            "severity": "D",
            "document": "bill-of-lading",
            "field": "/presented/originalsPresented",
            "found": "2 of 3 originals",
            "expected": "a full set of 3",
            "rule": "UCP 600 art. 20(a)(iv)",
            "sentence": "Less than a full set: 2 of the 3 originals that were issued are "
            "presented.",
        }
    ]
    assert value["doubts"] == ["Look at this."]
    assert set(value) == set(schema()["required"]) == set(schema()["properties"])


def test_a_table_keeps_within_a_hundred_columns() -> None:
    for each in examples():
        lines = as_table(examined(each)).splitlines()
        assert max(map(len, lines)) <= 100, each.id


def test_a_table_tells_candidates_and_what_is_left() -> None:
    candidate = examined(next(each for each in examples() if each.flags)).candidates[0]
    found = Examination((candidate,), (Undone("X09", "Look at the port."),), ("draft",), ("X01",))
    text = as_table(found)
    assert text.startswith("Candidates of 1 checks: 1 discrepancy. A person decides on each.\n")
    assert candidate.check in text
    assert "  X09  Look at the port.\n" in text
    assert "disregarded (UCP 600 art. 14(g)): draft.\n" in text


# The table of checks


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.id)
def test_a_check_is_whole(check: Check) -> None:
    assert check.title
    assert check.rule
    assert check.reads
    assert check.about.endswith(".")
    given = {
        Severity(expected.split()[1])
        for each in examples()
        for expected in each.expect
        if expected.startswith(check.id)
    }
    assert given == set(check.severities), "every severity that it may give has a case"


def test_checks_stand_in_their_order() -> None:
    assert list(checks()) == [f"X{number:02}" for number in range(1, len(checks()) + 1)]


def test_a_check_gives_no_severity_that_its_row_does_not_have() -> None:
    case = Case(
        checks()["X01"], TermsInForce(base_terms(BASE).terms), Presentation(papers=()), Lists()
    )
    with pytest.raises(AssertionError, match="X01 gives no WARNING"):
        case.found(None, "", found=1, expected=2, sentence="So.", severity=Severity.WARNING)


def test_cases_have_names_of_their_own_and_say_what_they_are() -> None:
    names = [(each.check, each.id) for each in examples()]
    assert len(names) == len(set(names))
    for each in examples():
        assert each.about
        assert each.check in checks()

# SPDX-License-Identifier: Apache-2.0
"""Lists, attestations and earlier sets, from the user's files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from examination_corpus import base_set, base_terms

from yangshan.documents.canonical import BadJson
from yangshan.documents.examination import Lists, Severity, examine
from yangshan.documents.examination.beside import STANDINGS, earlier_sets, read_declarations
from yangshan.documents.examination.fingerprints import stripped
from yangshan.documents.examination.listing import BadList, read_listing
from yangshan.documents.examination.reading import NoPresentation, presentation_of

ROOT = Path(__file__).parents[3]
LIST = ROOT / "examples/examination/invented-list.toml"
NUMBER = "224820250000077120"
HEAD = 'name = "x"\nversion = "1"\npublished = 2025-09-01\n'


def test_the_example_list_holds_goods_and_nobody() -> None:
    held = read_listing(LIST.read_bytes(), LIST)
    base = "sea-cif-sight"
    found = examine(base_terms(base), presentation_of(base_set(base), base), Lists(listing=held))
    assert {each.severity for each in found.candidates} == {Severity.HOLD}
    assert {"D-1" in each.sentence for each in found.candidates} == {True}
    assert all("The days of examination run on." in each.sentence for each in found.candidates)
    assert found.tables["list Invented list"] == "2025-09"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        'name = "x"',
        'name = "x"\nversion = "1"\npublished = "never"',
        'name = "x"\nversion = "1"\npublished = 2025-09-01\nother = 1',
        f'{HEAD}[[entry]]\nid = "1"\nkind = "ship"\nreason = "r"',
        f'{HEAD}[[entry]]\nid = "1"\nkind = "party"',
    ],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(BadList, match="The list some"):
        read_listing(text.encode(), "some")


def test_a_list_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadList):
        read_listing(b"\xff\xfe", "some")


@pytest.mark.parametrize("standing", STANDINGS)
def test_attestations_are_by_number(standing: str) -> None:
    for number in (NUMBER, NUMBER + "001"):
        found = read_declarations(json.dumps({number: standing}).encode(), "file")
        assert found == {NUMBER: standing}


@pytest.mark.parametrize(
    "value", [[], {"22482025": "released"}, {NUMBER: "gone"}, {NUMBER: None}, {"": "released"}]
)
def test_what_attests_nothing_is_refused(value: object) -> None:
    with pytest.raises(BadJson):
        read_declarations(json.dumps(value).encode(), "file")


def test_earlier_sets_are_files_and_folders_but_not_the_set_itself(tmp_path: Path) -> None:
    value = base_set("sea-cif-sight")
    own = tmp_path / "now.json"
    own.write_text(json.dumps(value))
    (tmp_path / "before.json").write_text(json.dumps(value))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "invoice.json").write_text(json.dumps(value["documents"]["invoice"]))
    (tmp_path / "notes.txt").write_text("no set")
    found = earlier_sets(tmp_path, own)
    assert [each.name for each in found] == ["before", "folder"]
    assert [len(each.exact) for each in found] == [2, 1]
    assert len(earlier_sets(tmp_path)) == 3


def test_what_is_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoPresentation):
        earlier_sets(tmp_path / "nowhere")
    (tmp_path / "set.json").write_text("{}")
    with pytest.raises(BadJson):
        earlier_sets(tmp_path)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("INV-0107", "INV107"),
        ("inv 107", "INV107"),
        ("INV 001/2025", "INV12025"),
        ("0042", "42"),
        ("A100", "A100"),
        ("ＩＮＶ－１０７", "INV107"),
    ],
)
def test_numbers_lose_signs_and_leading_zeros(text: str, key: str) -> None:
    assert stripped(text) == key

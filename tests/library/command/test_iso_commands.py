# SPDX-License-Identifier: Apache-2.0
"""``yangshan swift check`` and ``convert`` of ISO 20022, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from yangshan.cli import run
from yangshan.swift import read

EXAMPLES = Path(__file__).parents[3] / "examples"
GUARANTEE = EXAMPLES / "undertakings" / "counter-guarantee.mt760"
NOTIFICATION = EXAMPLES / "payments" / "deferred-credit.camt054.xml"
ROUTE = ("--sender", "YSHACNSH", "--receiver", "YSSLDEHHXXX")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def xml_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["swift", "convert", str(GUARANTEE), "--to", "iso20022"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    file = tmp_path / "guarantee.xml"
    file.write_text(out)
    return file


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = run(["swift", *words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out or err)


def test_an_undertaking_goes_there_and_back(
    xml_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["swift", "convert", str(xml_file), "--to", "mt", *ROUTE]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    (before,), (after,) = read(GUARANTEE.read_bytes()), read(out)
    assert [(each.tag, each.value) for each in after.fields] == [
        (each.tag, each.value) for each in before.fields
    ]
    assert (after.sender, after.receiver) == (before.sender, before.receiver)


def test_terms_of_xml_are_those_of_its_mt(
    xml_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, of_mt = told(capsys, "convert", str(GUARANTEE), "--to", "terms")
    _, of_xml = told(capsys, "convert", str(xml_file), "--to", "terms")
    assert of_mt == of_xml
    assert of_xml["local"]["type"] == "PERF"


def test_check_tells_of_xml_in_the_same_form(
    xml_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = tmp_path / "spoilt.xml"
    spoilt.write_text(xml_file.read_text().replace("<Nm>DGAR<", "<Nm>SURE<"))
    cut = tmp_path / "cut.xml"
    cut.write_text(xml_file.read_text()[:200])
    other = tmp_path / "other.xml"
    other.write_text("<html/>")
    files = [xml_file, NOTIFICATION, spoilt, cut, other, GUARANTEE]
    code, found = told(capsys, "check", *map(str, files))
    assert code == 2
    assert [(each["type"], each["valid"]) for each in found] == [
        ("tsrv.001.001.01", True),
        ("camt.054.001.08", True),
        ("tsrv.001.001.01", False),
        (None, False),
        (None, False),
        ("760", True),
    ]
    (finding,) = found[2]["findings"]
    assert finding == {
        "tag": "UdrtkgIssnc/UdrtkgIssncDtls/Nm",
        "line": 6,
        "code": "Y10",
        "severity": "error",
        "message": "Nm is 'SURE'; expected one of STBY, DGAR (rule Y10).",
    }
    assert [each["code"] for each in found[3]["findings"]] == ["Y00"]
    assert [each["code"] for each in found[4]["findings"]] == ["Y04"]
    assert told(capsys, "check", str(spoilt))[0] == 1
    assert run(["swift", "check", str(xml_file)]) == 0
    assert "tsrv.001.001.01  valid" in capsys.readouterr().out


def test_what_has_no_place_is_told_and_left_out_on_demand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "available.mt760"
    text = GUARANTEE.read_bytes().replace(b":77U:", b":41G:ANY BANK\r\n:77U:")
    file.write_bytes(text.replace(b":22D:DGAR", b":22D:STBY", 1))
    words = ("convert", str(file), "--to", "iso20022")
    code, refused = told(capsys, *words)
    assert (code, refused["error"]["name"]) == (1, "NotConverted")
    (finding,) = refused["error"]["findings"]
    assert (finding["tag"], finding["code"], finding["severity"]) == ("41a", "Y66", "error")
    assert run(["swift", *words, "--partial"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("<?xml")
    assert "Field 41a has no place" in err
    code, done = told(capsys, *words, "--partial")
    assert code == 0
    assert done["text"] == out
    assert [each["tag"] for each in done["findings"]] == ["41a"]


def test_an_advice_takes_its_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "advice.mt760"
    text = GUARANTEE.read_bytes().split(b":15C:")[0] + b"-}\r\n"
    file.write_bytes(text.replace(b":22A:ISCO", b":22A:ADVI"))
    words = ("convert", str(file), "--to", "iso20022")
    code, refused = told(capsys, *words)
    assert (code, refused["error"]["name"]) == (1, "NotConverted")
    code, done = told(capsys, *words, "--on", "2025-09-03")
    assert code == 0
    assert "<Dt>2025-09-03</Dt>" in done["text"]
    assert "urn:iso:std:iso:20022:tech:xsd:tsrv.002.001.01" in done["text"]


@pytest.mark.parametrize(
    ("words", "code", "name", "said"),
    [
        (("--to", "mt"), 2, "RouteNotNamed", "--sender and --receiver"),
        (("--to", "mt", "--sender", "YSHA"), 2, "BadParameter", "--sender is YSHA"),
        (("--to", "json"), 2, "BadParameter", "written --to mt or --to terms"),
        (("--to", "iso20022"), 2, "BadParameter", "written --to mt or --to terms"),
        (("--to", "mt", "--transliterate"), 2, "BadParameter", "for MT alone"),
        (("--to", "terms", "--on", "soon"), 2, "BadParameter", "'soon' does not match"),
    ],
)
def test_what_cannot_be_asked_is_said(
    words: tuple[str, ...],
    code: int,
    name: str,
    said: str,
    xml_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found, refused = told(capsys, "convert", str(xml_file), *words)
    assert (found, refused["error"]["name"]) == (code, name)
    assert said in refused["error"]["message"]


def test_a_payment_is_no_undertaking(capsys: pytest.CaptureFixture[str]) -> None:
    code, refused = told(capsys, "convert", str(NOTIFICATION), "--to", "mt", *ROUTE)
    assert (code, refused["error"]["name"]) == (1, "NoCounterpart")

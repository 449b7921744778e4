# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from yangshan.cli import run

CREDITS = Path(__file__).parents[3] / "examples" / "credits"

CREDIT = str(CREDITS / "import-credit.mt700")

# Exit code, and of each finding its field, line and rule.
EXPECTED: dict[str, tuple[int, list[tuple[str, int, str]]]] = {
    **{
        f"{name}-credit": (0, [])
        for name in (
            *("amended", "deferred", "discrepant", "instalment", "mixed", "negotiation"),
            *("reimbursed", "revolving", "titled", "transferable", "usance"),
        )
    },
    "electronic-credit": (0, []),
    "import-credit": (0, []),
    "silent-bank-credit": (0, []),
    "yen-credit": (0, []),
    "broken/cut-off": (2, [("", 1, "Y00")]),
    "broken/drafts-without-drawee": (1, [("42C", 20, "C90")]),
    "broken/impossible-date": (1, [("44C", 24, "T50")]),
    "broken/line-too-long": (1, [("45A", 26, "T12")]),
    "broken/missing-amount": (1, [("32B", 16, "T13")]),
    "broken/yen-with-decimals": (1, [("32B", 15, "C03")]),
}


def file_of(name: str) -> str:
    return str(CREDITS / f"{name}.mt700")


def as_json(capsys: pytest.CaptureFixture[str], *files: str) -> tuple[int, list[dict[str, Any]]]:
    code = run(["swift", "check", *files, "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    return code, json.loads(out)


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def test_every_example_is_expected_here() -> None:
    found = {str(file.relative_to(CREDITS).with_suffix("")) for file in CREDITS.rglob("*.mt700")}
    assert found == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_as_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected, findings = EXPECTED[name]
    code, (message,) = as_json(capsys, file_of(name))
    assert code == expected
    assert set(message) == {"file", "type", "valid", "findings"}
    assert message["file"] == file_of(name)
    assert message["type"] == (None if expected == 2 else "700")
    assert message["valid"] is (expected == 0)
    for finding in message["findings"]:
        assert set(finding) == {"tag", "line", "code", "severity", "message"}
        assert (finding["severity"], finding["message"][-1]) == ("error", ".")
    found = [(each["tag"], each["line"], each["code"]) for each in message["findings"]]
    assert found == findings


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_for_people(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected, findings = EXPECTED[name]
    assert run(["swift", "check", file_of(name)]) == expected
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    kind, verdict = {
        0: ("MT 700", "valid"),
        1: ("MT 700", "not valid"),
        2: ("no message", "not valid"),
    }[expected]
    assert lines[0] == f"{file_of(name)}  {kind}  {verdict}"
    # A rule and a place, then a sentence on a line of its own however long, for each finding.
    assert len(lines) == 1 + 2 * len(findings)
    for (tag, line, code), said, sentence in zip(findings, lines[1::2], lines[2::2], strict=True):
        assert said == f"  error {code}  line {line}" + (f", field {tag}" if tag else "")
        assert sentence.startswith("    ")
        assert file_of(name) not in sentence
        assert sentence.endswith(".")


def test_on_a_terminal_every_line_of_a_sentence_is_indented(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rich.console.Console.is_terminal", True)
    assert run(["swift", "check", file_of("broken/missing-amount")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert all(line.startswith("    ") for line in lines[2:])
    assert all(len(line) <= 100 for line in lines[1:])


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["import-credit", "yen-credit"], 0),
        (["import-credit", "broken/missing-amount"], 1),
        (["broken/missing-amount", "broken/cut-off"], 2),
        (["broken/cut-off", "import-credit"], 2),
    ],
)
def test_of_several_files_the_worst_decides(
    names: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found, messages = as_json(capsys, *map(file_of, names))
    assert found == code
    assert [message["file"] for message in messages] == [file_of(name) for name in names]


def test_several_messages_of_one_file_are_reported_apart(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    both = tmp_path / "both.mt700"
    both.write_bytes(
        Path(file_of("import-credit")).read_bytes() + Path(file_of("yen-credit")).read_bytes()
    )
    code, messages = as_json(capsys, str(both))
    assert (code, [(each["file"], each["valid"]) for each in messages]) == (
        0,
        [(str(both), True)] * 2,
    )


def test_line_feeds_are_told_once_for_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "unix.mt700"
    one = Path(CREDIT).read_bytes()
    file.write_bytes(one + (one + one).replace(b"\r\n", b"\n"))
    code, messages = as_json(capsys, str(file))
    assert code == 0
    told = [[(each["code"], each["line"]) for each in found["findings"]] for found in messages]
    assert told == [[], [("Y01", one.count(b"\n") + 1)], []]


def test_a_missing_file_is_a_finding_and_the_others_are_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = str(tmp_path / "[none].mt700")
    code, messages = as_json(capsys, missing, file_of("import-credit"))
    assert code == 2
    assert messages[0] == {
        "file": missing,
        "type": None,
        "valid": False,
        "findings": [
            {
                "tag": "",
                "line": 0,
                "code": "Y00",
                "severity": "error",
                "message": f"The file {missing} cannot be read: No such file or directory.",
            }
        ],
    }
    assert messages[1]["valid"] is True
    assert run(["swift", "check", missing]) == 2
    assert capsys.readouterr().out.splitlines() == [
        f"{missing}  no message  not valid",
        "  error Y00",
        f"    The file {missing} cannot be read: No such file or directory.",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (Path(file_of("import-credit")).read_bytes(), 0),
        (Path(file_of("broken/missing-amount")).read_bytes(), 1),
        (b"", 2),
        (b"\xff\xfe\x00", 2),
        (b"hello", 2),
    ],
)
def test_standard_input_is_a_dash(
    data: bytes,
    code: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found, messages = as_json(capsys, "-")
    assert (found, messages[0]["file"]) == (code, "-")


def test_a_bare_text_whose_fields_do_not_tell_takes_its_type(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bare"
    file.write_bytes(b":27:2/2\r\n:20:A\r\n:21:B\r\n:45A:GOODS\r\n")
    code, (unread,) = as_json(capsys, str(file))
    assert (code, unread["type"]) == (2, None)
    code, (found,) = as_json(capsys, str(file), "--type", "711")
    assert (code, found["type"], found["valid"]) == (0, "711", True)
    code, (found,) = as_json(capsys, str(file), "--type", "701")
    assert (code, found["type"]) == (1, "701")
    assert run(["swift", "show", str(file), "--type", "721"]) == 0
    assert capsys.readouterr().out.startswith("MT 721  ")


def test_a_type_that_is_not_known_is_a_mistake_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["check", CREDIT], ["show", CREDIT], ["convert", CREDIT, "--to", "mt"]):
        assert run(["swift", *words, "--type", "103"]) == 2
        assert "103 is not known here" in capsys.readouterr().err


def test_a_form_of_before_2018_is_valid_when_it_is_read_as_such(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "old"
    text = Path(CREDIT).read_bytes()
    file.write_bytes(text.replace(b":71D:", b":71B:"))
    code, (found,) = as_json(capsys, str(file))
    assert (code, [(each["tag"], each["code"]) for each in found["findings"]]) == (
        1,
        [("71B", "T13")],
    )
    code, (found,) = as_json(capsys, str(file), "--legacy")
    assert (code, [(each["tag"], each["code"]) for each in found["findings"]]) == (
        0,
        [("71B", "Y15")],
    )

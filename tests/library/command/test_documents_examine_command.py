# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents examine``: table, JSON and exit codes."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from documents_calls import answer, call

from yangshan.cli import run
from yangshan.documents.examination.inputs import credit_in

ROOT = Path(__file__).parents[3]
CREDIT = ROOT / "examples/credits/import-credit.mt700"
FOLDER = ROOT / "examples/documents"
DISCREPANT = ROOT / "examples/examination/discrepant.json"
PAGE = ROOT / "docs/how-to/examine-documents.md"
BASES = ROOT / "tests/library/documents/examination/bases"
WITH = (
    '{"format": "yangshan-presentation/1", "documents": '
    '{"a": {"kind": "%s", "version": 1, "fields": {"a": "b"}}}}'
)
IN_TIME = ("--received", "2025-09-15", "--place", "CNSHA")


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def keep_all(draft: Path) -> None:
    """What an examiner does who keeps every discrepancy."""
    value = json.loads(draft.read_text("utf-8"))
    for each in value["candidates"]:
        each["decision"] = "keep" if each["severity"] == "D" else "strike"
    draft.write_text(json.dumps(value))


def test_a_clean_folder(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--credit", CREDIT, "--presentation", FOLDER, *IN_TIME)
    code, found = answer(capsys, "examine", *words)
    assert (code, found["candidates"]) == (0, [])
    assert {"draft", "transport-document"} <= set(found["disregarded"])
    code, out, err = call(capsys, "examine", *words)
    assert (code, err) == (0, "")
    assert out.startswith("No candidate in ")


def test_a_discrepant_file(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--credit", CREDIT, "--presentation", DISCREPANT)
    code, found = answer(capsys, "examine", *words)
    assert code == 1
    stops = [each["check"] for each in found["candidates"] if each["severity"] == "D"]
    assert {"X05", "X07", "X09", "X10", "X12"} <= set(stops)
    code, out, _ = call(capsys, "examine", *words)
    assert code == 1
    assert "Late presentation: received on 2025-09-29" in " ".join(out.split())


def test_time_and_place_of_the_command_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(
        capsys, "examine", "--credit", CREDIT, "--presentation", DISCREPANT, *IN_TIME
    )
    assert code == 1
    assert "X10" not in [each["check"] for each in found["candidates"]]


def test_what_was_drawn_before(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--credit", CREDIT, "--presentation", FOLDER, *IN_TIME, "--drawn", "64000.01")
    code, found = answer(capsys, "examine", *words)
    assert (code, [each["check"] for each in found["candidates"]]) == (1, ["X02"])
    code, found = answer(capsys, "examine", *words[:-1], "64000.00")
    assert (code, found["candidates"]) == (0, [])
    code, found = answer(capsys, "examine", *words[:-1], "a lot")
    assert (code, found["error"]["name"]) == (2, "NotTheseTerms")


def test_the_part_of_a_transferred_credit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = tomllib.loads((BASES / "transferred-part/terms.toml").read_text("utf-8"))["part"]
    credit = BASES / "transferred-part/credit.mt700"
    whole = credit_in(credit.read_bytes(), "credit").model_dump(mode="json", exclude_none=True)
    part = tmp_path / "part.json"
    part.write_text(json.dumps(whole | own))
    folder = BASES / "transferred-part"
    words = ("--credit", credit, "--presentation", folder / "presentation.json")
    code, found = answer(capsys, "examine", *words, "--part", part)
    assert (code, found["candidates"]) == (0, [])
    code, found = answer(capsys, "examine", *words, "--part", part, "--substituted")
    assert code == 1
    assert {"X03", "X07"} <= {each["check"] for each in found["candidates"]}


def test_an_amendment_that_was_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    amendment = ROOT / "examples/amendments/import-credit.mt707"
    words = ("--credit", CREDIT, "--presentation", FOLDER, *IN_TIME)
    code, found = answer(capsys, "examine", *words, "--amendments", amendment)
    assert code in {0, 1}
    code, found = answer(
        capsys, "examine", *words, "--amendments", amendment, "--amendments", amendment
    )
    assert (code, found["error"]["name"]) == (1, "AmendmentTwice")


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("{", "BadJson", 2),
        ('{"format": "yangshan-presentation/1", "received": "soon"}', "BadJson", 2),
        (WITH % "letter", "UnknownKind", 1),
        (WITH % "invoice", "SchemaBroken", 1),
    ],
)
def test_what_cannot_be_examined(
    text: str, name: str, code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "set.json"
    file.write_text(text)
    given, found = answer(capsys, "examine", "--credit", CREDIT, "--presentation", file)
    assert (given, found["error"]["name"]) == (code, name)


def test_the_page_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text("utf-8")
    codes = []
    for line in re.findall(r"^    (yangshan documents .+)$", page, re.MULTILINE):
        words = shlex.split(line)[1:]
        if words[1] == "release-draft":
            keep_all(tmp_path / words[2])
        codes.append(run(words))
        out, err = capsys.readouterr()
        assert err == ""
        assert out
    assert codes == [0, 1, 1, 0, 0, 0]
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(program, PAGE.name, "exec"), {})
    said = capsys.readouterr().out
    assert [line[:3] for line in said.splitlines()] == sorted(
        line[:3] for line in said.splitlines()
    )
    assert "X12 bill-of-lading /presented/originalsPresented Less than a full set" in said

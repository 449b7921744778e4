# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents examine --draft``, ``release-draft`` and ``notice``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from documents_calls import call

ROOT = Path(__file__).parents[3]
CREDIT = ROOT / "examples/credits/import-credit.mt700"
DISCREPANT = ROOT / "examples/examination/discrepant.json"
LIST = ROOT / "examples/examination/invented-list.toml"
REFUSAL = ("--type", "734", "--sender", "YSHACNSH", "--receiver", "YSSLDEHH")
DRAWN = ("--utilised", "2025-09-15", "--disposal", "hold")


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def error(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    code, out, _ = call(capsys, *words, "--json")
    return code, json.loads(out)["error"]["name"]


def drafted(capsys: pytest.CaptureFixture[str], folder: Path, *more: str | Path) -> Path:
    file = folder / "draft.json"
    words = ("examine", "--credit", CREDIT, "--presentation", DISCREPANT, "--draft", file, *more)
    assert call(capsys, *words, "--maker", "first")[0] == 1
    return file


def decided(file: Path, decision: str = "keep") -> Path:
    value: dict[str, Any] = json.loads(file.read_text("utf-8"))
    for each in value["candidates"]:
        each["decision"] = decision if each["severity"] == "D" else "strike"
    file.write_text(json.dumps(value))
    return file


def released(capsys: pytest.CaptureFixture[str], folder: Path, *more: str | Path) -> Path:
    out = folder / "released.json"
    draft = decided(drafted(capsys, folder, *more))
    assert call(capsys, "release-draft", draft, "--checker", "second", "--out", out)[0] == 0
    return out


def test_the_refusal_of_what_was_released(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = released(capsys, tmp_path)
    code, out, err = call(capsys, "notice", file, *REFUSAL, *DRAWN)
    assert (code, err) == (0, "")
    assert ":20:YSH25LC000817" in out
    assert ":32A:250915CNY1280000," in out
    assert "1. " in out
    assert ":77B:/HOLD/" in out
    code, out, _ = call(capsys, "notice", file, *REFUSAL, *DRAWN, "--json")
    found = json.loads(out)
    assert (code, found["type"]) == (0, "734")
    assert {"X09", "X12"} <= set(found["codes"])
    assert "\r\n:77J:WE REFUSE" in found["message"]


def test_the_advice_of_what_was_released(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("--type", "750", "--sender", "YSSLDEHH", "--receiver", "YSHACNSH")
    code, out, _ = call(
        capsys, "notice", released(capsys, tmp_path), *words, "--amount", "CNY 1,000.5"
    )
    assert code == 0
    assert ":32B:CNY1000,5" in out
    assert "WE ASK FOR AUTHORITY" in out


def test_holds_are_told_beside_the_notice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = released(capsys, tmp_path, "--list", LIST)
    held = json.loads(file.read_text("utf-8"))["holds"]
    assert held
    assert all(each.startswith("X23 (hold): ") for each in held)
    assert "D-1" not in call(capsys, "notice", file, *REFUSAL, *DRAWN)[1]


def test_what_is_open_or_one_persons_is_not_released(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    draft, out = drafted(capsys, tmp_path), tmp_path / "out.json"
    words = ("release-draft", draft, "--out", out, "--checker")
    assert error(capsys, *words, "second") == (1, "NotDecided")
    decided(draft)
    assert error(capsys, *words, "First") == (1, "OnePerson")
    decided(draft, "strike")
    assert error(capsys, *words, "second") == (1, "NothingToState")
    assert not out.exists()


def test_a_file_that_is_there_stays(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = released(capsys, tmp_path)
    before = file.read_bytes()
    words = ("release-draft", tmp_path / "draft.json", "--checker", "third", "--out", file)
    assert error(capsys, *words) == (2, "NotWritten")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        (*REFUSAL, "--disposal", "hold"),
        (*REFUSAL, "--utilised", "2025-09-15"),
        (*REFUSAL, *DRAWN, "--amount", "a lot"),
        (*REFUSAL, *DRAWN, "--amount", "CNY 1.001"),
    ],
)
def test_what_the_message_needs_is_asked_for(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = call(capsys, "notice", released(capsys, tmp_path), *words)
    assert (code, out) == (2, "")
    assert "The message needs" in err


def test_other_files_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = call(capsys, "notice", DISCREPANT, *REFUSAL, *DRAWN)
    assert (code, "Traceback" in err) == (2, False)
    words = ("release-draft", DISCREPANT, "--checker", "second", "--out", tmp_path / "x")
    assert error(capsys, *words) == (2, "BadJson")


def test_sets_presented_before_and_attestations(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "earlier"
    folder.mkdir()
    (folder / "august.json").write_bytes(DISCREPANT.read_bytes())
    attested = tmp_path / "customs.json"
    attested.write_text("{}")
    words = ("examine", "--credit", CREDIT, "--presentation", DISCREPANT, "--earlier", folder)
    code, out, _ = call(capsys, *words, "--declarations", attested, "--json")
    found = json.loads(out)["candidates"]
    taken = [each for each in found if each["check"] == "X24"]
    assert code == 1
    assert {each["severity"] for each in taken} == {"block"}
    assert all("august" in each["sentence"] for each in taken)

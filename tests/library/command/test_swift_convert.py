# SPDX-License-Identifier: Apache-2.0
"""``yangshan swift show`` and ``yangshan swift convert``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from yangshan.cli import run
from yangshan.credit.terms import CreditTerms
from yangshan.swift import read
from yangshan.swift.mapping import terms_from_mt700

CREDITS = Path(__file__).parents[3] / "examples" / "credits"
CREDIT = CREDITS / "import-credit.mt700"
BROKEN = CREDITS / "broken" / "missing-amount.mt700"


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def convert(capsysbinary: pytest.CaptureFixture[bytes], file: Path, to: str) -> tuple[int, bytes]:
    code = run(["swift", "convert", str(file), "--to", to])
    return code, capsysbinary.readouterr().out


def as_json(capsysbinary: pytest.CaptureFixture[bytes], file: Path) -> list[dict[str, Any]]:
    code, out = convert(capsysbinary, file, "json")
    assert code == 0
    return json.loads(out)  # type: ignore[no-any-return]


def test_show_names_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["swift", "show", str(CREDIT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    (message,) = read(CREDIT.read_bytes())
    assert lines[0] == (
        f"MT 700  Issue of a Documentary Credit  {message.sender} → {message.receiver}"
    )
    assert "  20    Documentary Credit Number" in lines
    for field in message.fields:
        for line in field.lines:
            assert f"      {line}" in lines
    assert len(lines) == 1 + sum(1 + len(field.lines) for field in message.fields)


def test_show_does_not_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["swift", "show", str(BROKEN)]) == 0
    assert capsys.readouterr().out.startswith("MT 700  ")


def test_show_as_json_is_what_convert_writes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["swift", "show", str(CREDIT), "--json"]) == 0
    shown = json.loads(capsysbinary.readouterr().out)
    assert shown == as_json(capsysbinary, CREDIT)
    (message,) = shown
    (read_again,) = read(CREDIT.read_bytes())
    assert [(field["tag"], field["value"]) for field in message["fields"]] == [
        (field.tag, field.value) for field in read_again.fields
    ]
    amount = next(field for field in message["fields"] if field["tag"] == "32B")
    assert amount["name"] == "Currency Code, Amount"
    assert amount["parts"] == {"currency": "CNY", "amount": "1280000,00"}
    assert amount["line"] == read_again.all("32B")[0].line


@pytest.mark.parametrize("file", sorted(CREDITS.glob("*.mt700")), ids=lambda file: file.stem)
def test_json_and_back_gives_the_same_bytes(
    file: Path, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    whole = tmp_path / "messages.json"
    whole.write_text(json.dumps(as_json(capsysbinary, file)))
    assert convert(capsysbinary, whole, "mt") == (0, file.read_bytes())


def test_what_stands_between_messages_stays_as_it_came(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    one = CREDIT.read_bytes()
    both = tmp_path / "both.mt700"
    both.write_bytes(b"\n" + one.rstrip() + b"\n$\n" + one + b"\n\n")
    whole = tmp_path / "both.json"
    whole.write_text(json.dumps(as_json(capsysbinary, both)))
    assert convert(capsysbinary, whole, "mt") == (0, both.read_bytes())


def test_json_without_head_is_written_from_the_banks(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (message,) = as_json(capsysbinary, CREDIT)
    small = {key: message[key] for key in ("type", "sender", "receiver")}
    small["fields"] = [{key: f[key] for key in ("tag", "value")} for f in message["fields"]]
    file = tmp_path / "small.json"
    file.write_text(json.dumps(small))
    code, out = convert(capsysbinary, file, "mt")
    assert code == 0
    (written,) = read(out)
    (given,) = read(CREDIT.read_bytes())
    assert (written.sender, written.receiver, written.fields[5].value) == (
        given.sender,
        given.receiver,
        given.fields[5].value,
    )


def test_line_feeds_stay_in_a_text_and_become_crlf_from_json(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "unix.mt700"
    file.write_bytes(CREDIT.read_bytes().replace(b"\r\n", b"\n"))
    assert convert(capsysbinary, file, "mt") == (0, file.read_bytes())
    written = tmp_path / "unix.json"
    written.write_text(json.dumps(as_json(capsysbinary, file)))
    code, out = convert(capsysbinary, written, "mt")
    assert (code, out.rstrip()) == (0, CREDIT.read_bytes().rstrip())


def test_a_fin_text_for_programs(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["swift", "convert", str(CREDIT), "--to", "mt", "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out) == {"text": CREDIT.read_bytes().decode()}


def test_terms_are_those_of_the_mapping(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out = convert(capsysbinary, CREDIT, "terms")
    assert code == 0
    terms, _ = terms_from_mt700(read(CREDIT.read_bytes())[0])
    assert CreditTerms.model_validate_json(out) == terms


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"type": "7000"}, 2, "type"),
        ({"type": "734"}, 2, "not one MT 734"),
        ({"head": None}, 0, ""),
        ({"head": None, "sender": None}, 2, "sender and receiver"),
        ({"head": None, "sender": "YSH1CNSH"}, 2, "YSH1CNSH is no BIC"),
        ({"head": "{4:"}, 2, "another field"),
        ({"fields": []}, 2, "no field"),
        ({"fields": [{"tag": "20", "value": "A\n:21:B"}]}, 2, "another field"),
        ({"fields": [{"tag": "20", "value": "A"}]}, 1, "is missing"),
        ({"unheard": 1}, 2, "unheard"),
    ],
)
def test_what_would_be_no_valid_message_is_not_built(
    changes: dict[str, Any],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    assert run(["swift", "convert", str(CREDIT), "--to", "json"]) == 0
    (message,) = json.loads(capsys.readouterr().out)
    file = tmp_path / "changed.json"
    file.write_text(json.dumps([message | changes]))
    assert run(["swift", "convert", str(file), "--to", "mt"]) == code
    out, err = capsys.readouterr()
    assert said in err.replace("\n", " ")
    assert (out == "") == (code != 0)


@pytest.mark.parametrize("data", [b"[", b'{"a', b'["' + b"\xff", b"[" * 100_000, b"[1]"])
def test_what_is_no_json_is_a_named_error(
    data: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(data)
    assert run(["swift", "convert", str(file), "--to", "mt"]) == 2
    assert "holds no messages as JSON" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("to", ["json", "terms", "mt"])
def test_what_cannot_be_read_is_not_converted(
    to: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "prose.txt"
    file.write_text("Dear colleagues")
    assert run(["swift", "convert", str(file), "--to", to]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "expected a block" in err.replace("\n", " ")


def test_bytes_that_are_no_text_are_refused_with_their_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = CREDIT.read_bytes()
    file = tmp_path / "latin.mt700"
    at = data.index(b":45A:") + 5
    file.write_bytes(data[:at] + b"\xe9" + data[at:])
    assert run(["swift", "convert", str(file), "--to", "json"]) == 2
    line = data[:at].count(b"\n") + 1
    assert f"line {line}: there are bytes that are no UTF-8" in capsys.readouterr().err


def test_terms_of_a_broken_credit_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["swift", "convert", str(BROKEN), "--to", "terms"]) == 1
    assert "Field 32B" in capsys.readouterr().err.replace("\n", " ")


def test_transliteration_is_told_and_the_rest_stays(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "credit"
    text = CREDIT.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    file.write_bytes(text.replace(b":45A:", ":45A:GRÖSSE 5\r\n".encode()))
    words = ["swift", "convert", str(file), "--to", "mt"]
    assert run(words) == 0
    assert capsysbinary.readouterr().out == file.read_bytes()
    assert run([*words, "--transliterate"]) == 0
    out, err = capsysbinary.readouterr()
    assert out == text.replace(b":45A:", b":45A:GROSSE 5\r\n")
    line = text[: text.index(b":45A:")].count(b"\n") + 1
    assert err.decode() == f"line {line}, character 8, field 45A: 'Ö' is written 'O'\n"
    assert run([*words, "--transliterate", "--json"]) == 0
    printed = json.loads(capsysbinary.readouterr().out)
    assert printed["text"].encode() == out
    assert printed["replacements"] == [
        {"line": line, "column": 8, "tag": "45A", "found": "Ö", "written": "O"}
    ]


def test_what_no_longer_fits_after_transliteration_is_refused(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "credit"
    name = "上" * 12
    text = CREDIT.read_bytes()
    start, end = text.index(b":50:") + 4, text.index(b":59:")
    file.write_bytes(text[:start] + name.encode() + b"\r\n" + text[end:])
    words = ["swift", "convert", str(file), "--to", "mt", "--transliterate"]
    assert run(words) == 1
    out, err = capsysbinary.readouterr()
    assert out == b""
    assert b"Field 50" in err


def test_transliteration_from_json(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    messages = as_json(capsysbinary, CREDIT)
    next(field for field in messages[0]["fields"] if field["tag"] == "50")["value"] = "MÜLLER"
    file = tmp_path / "credit.json"
    file.write_text(json.dumps(messages))
    assert run(["swift", "convert", str(file), "--to", "mt"]) == 1
    capsysbinary.readouterr()
    assert run(["swift", "convert", str(file), "--to", "mt", "--transliterate"]) == 0
    out, err = capsysbinary.readouterr()
    assert b":50:MULLER\r\n" in out or b":50:MULLER\n" in out
    assert err.decode() == "line 1, character 2, field 50: 'Ü' is written 'U'\n"

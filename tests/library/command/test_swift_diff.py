# SPDX-License-Identifier: Apache-2.0
"""``yangshan swift diff`` and ``swift convert --to terms`` of messages other than MT 700."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from yangshan.cli import run

CREDIT = Path(__file__).parents[3] / "examples" / "credits" / "import-credit.mt700"
TEXT = CREDIT.read_bytes().decode()
AMENDMENT = (
    "{1:F01YSHACNSHAXXX0000000000}{2:I707YSSLDEHHXXXXN}{4:\r\n"
    ":27:1/1\r\n:20:YSH25LC000817\r\n:21:NONREF\r\n:23:YSH25LC000817\r\n:52A:YSHACNSH\r\n"
    ":31C:250901\r\n:26E:1\r\n:30:251001\r\n:22A:ISSU\r\n:33B:CNY280000,00\r\n"
    ":46B:/DELETE/+ PACKING LIST IN THREE ORIGINALS.\r\n"
    ":72Z:/BENCON/\r\n-}"
)


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def written(tmp_path: Path) -> dict[str, str]:
    """Files beside the credit of the examples, by name."""
    texts = {
        "amended": TEXT.replace(":32B:CNY1280000,00", ":32B:CNY1300000,00").replace(
            "+ DOCUMENTS IN ENGLISH.", "+ DOCUMENTS IN GERMAN."
        ),
        "silent": TEXT.replace(":43T:ALLOWED\r\n", ""),
        "707": AMENDMENT,
        "other 707": AMENDMENT.replace(":23:YSH25LC000817", ":23:YSH25LC000818"),
        "unclear 707": AMENDMENT.replace("PACKING LIST", "WEIGHT LIST"),
        "732": (
            "{1:F01YSHACNSHAXXX0000000000}{2:I732YSSLDEHHXXXXN}{4:\r\n"
            ":20:YSH25RE01\r\n:21:YSS25BP01\r\n:30:251002\r\n:32B:CNY1280000,00\r\n-}"
        ),
        "799": ("{1:F01YSHACNSHAXXX0000000000}{2:I799YSSLDEHHXXXXN}{4:\r\n:20:A\r\n:79:B\r\n-}"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    return {name: str(tmp_path / name) for name in texts}


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = run(["swift", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_what_an_amendment_changes(
    capsys: pytest.CaptureFixture[str], written: dict[str, str]
) -> None:
    code, found = answer(capsys, "diff", str(CREDIT), written["707"])
    assert code == 0
    documents = TEXT.partition(":46A:")[2].partition("\r\n:47A:")[0].replace("\r\n", "\n")
    assert found == {
        "reference": "YSH25LC000817",
        "number": 1,
        "changes": [
            {
                "tag": "33B",
                "name": "Decrease of Documentary Credit Amount",
                "says": "CNY280000,00",
                "before": "CNY1280000,00",
                "after": "CNY1000000,00",
            },
            {
                "tag": "46B",
                "name": "Documents Required",
                "says": "/DELETE/+ PACKING LIST IN THREE ORIGINALS.",
                "before": documents,
                "after": documents.replace("+ PACKING LIST IN THREE ORIGINALS.\n", ""),
            },
            {
                "tag": "72Z",
                "name": "Sender to Receiver Information",
                "says": "/BENCON/",
                "before": None,
                "after": None,
            },
        ],
        "unsaid": [],
        "doubts": [],
    }


def test_what_an_amendment_would_state(
    capsys: pytest.CaptureFixture[str], written: dict[str, str]
) -> None:
    code, found = answer(capsys, "diff", str(CREDIT), written["amended"])
    assert (code, found["number"], found["unsaid"]) == (0, None, [])
    assert [(change["tag"], change["says"][:8]) for change in found["changes"]] == [
        ("32B", "CNY20000"),
        ("47B", "/REPALL/"),
    ]


def test_what_no_amendment_can_state(
    capsys: pytest.CaptureFixture[str], written: dict[str, str]
) -> None:
    code, found = answer(capsys, "diff", str(CREDIT), written["silent"])
    assert code == 1
    assert found["changes"] == []
    assert found["unsaid"] == [
        {"tag": "43T", "name": "Transhipment", "before": "ALLOWED", "after": None}
    ]


def test_banks_of_the_header_are_compared_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.mt700"
    other.write_bytes(TEXT.replace("I700YSSLDEHHX", "I700YSMTCNSHX").encode())
    code, found = answer(capsys, "diff", str(CREDIT), str(other))
    assert code == 1
    assert found["unsaid"] == [
        {"tag": "", "name": "Advising bank", "before": "YSSLDEHHXXX", "after": "YSMTCNSHXXX"}
    ]


def test_for_people_each_field_says_what_it_was_and_becomes(
    capsys: pytest.CaptureFixture[str], written: dict[str, str]
) -> None:
    assert run(["swift", "diff", str(CREDIT), written["707"]]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Credit YSH25LC000817, amendment 1",
        "  33B   Decrease of Documentary Credit Amount",
        "      MT 707   CNY280000,00",
        "      was      CNY1280000,00",
        "      becomes  CNY1000000,00",
        "  46B   Documents Required",
        "      MT 707   /DELETE/+ PACKING LIST IN THREE ORIGINALS.",
        "  72Z   Sender to Receiver Information",
        "      MT 707   /BENCON/",
    ]


def test_for_people_a_party_with_an_account_says_what_it_was(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = tmp_path / "other.mt700"
    other.write_bytes(
        TEXT.replace("SPEICHERKAI 21", "SPEICHERKAI 22").replace(":43T:ALLOWED\r\n", "").encode()
    )
    assert run(["swift", "diff", str(CREDIT), str(other)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Credit YSH25LC000817, what an MT 707 would state",
        "  59    Beneficiary",
        "      MT 707   /DE02000000000000000817",
        "               ELBFALKE MASCHINENBAU GMBH",
        "               SPEICHERKAI 22",
        "               20457 HAMBURG, GERMANY",
        "      was      /DE02000000000000000817",
        "               ELBFALKE MASCHINENBAU GMBH",
        "               SPEICHERKAI 21",
        "               20457 HAMBURG, GERMANY",
        "  43T   Transhipment",
        "      no MT 707 can take this away",
        "      was      ALLOWED",
    ]


def test_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["swift", "diff", str(CREDIT), str(CREDIT)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Credit YSH25LC000817, what an MT 707 would state",
        "  Nothing differs.",
    ]


def test_either_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, written: dict[str, str]
) -> None:
    for words in (("-", written["707"]), (str(CREDIT), "-")):
        given = CREDIT.read_bytes() if words[0] == "-" else AMENDMENT.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code, found = answer(capsys, "diff", *words)
        assert (code, len(found["changes"])) == (0, 3)


@pytest.mark.parametrize("words", [["diff", "-", "-"], ["check", "-", str(CREDIT), "-"]])
def test_standard_input_is_read_once(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CREDIT.read_bytes())))
    assert run(["swift", *words]) == 2
    assert "expected - at most once" in capsys.readouterr().err


def test_the_type_is_that_of_a_new_text_without_header(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    bare.write_bytes(b":27:1/1\r\n" + TEXT.partition("{4:\r\n:27:1/1\r\n")[2].encode())
    words = ("diff", str(CREDIT), str(bare), "--issuing", "YSHACNSH", "--advising", "YSSLDEHH")
    for kind in ((), ("--type", "700")):
        code, found = answer(capsys, *words, *kind)
        assert (code, found["changes"], found["unsaid"]) == (0, [], [])
    code, found = answer(capsys, *words, "--type", "707")
    assert (code, found["error"]["name"]) == (1, "NotStated")
    assert "since MT 707 demands it" in found["error"]["findings"][1]["message"]
    assert run(["swift", *words, "--type", "103"]) == 2


@pytest.mark.parametrize(
    ("old", "new", "name", "code"),
    [
        ("700", "other 707", "OtherCreditsAmendment", 1),
        ("700", "unclear 707", "AmendmentUnclear", 1),
        ("707", "700", "NotComparable", 1),
        ("700", "732", "NotComparable", 1),
        ("700", "799", "NothingMapped", 1),
        ("700", "missing", "FileUnread", 2),
    ],
)
def test_what_cannot_be_compared(
    old: str,
    new: str,
    name: str,
    code: int,
    capsys: pytest.CaptureFixture[str],
    written: dict[str, str],
) -> None:
    files = {**written, "700": str(CREDIT), "missing": "missing"}
    assert answer(capsys, "diff", files[old], files[new])[0] == code
    run(["swift", "diff", files[old], files[new], "--json"])
    assert json.loads(capsys.readouterr().out)["error"]["name"] == name


def test_a_text_without_header_needs_its_bank(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, written: dict[str, str]
) -> None:
    bare = tmp_path / "bare"
    bare.write_bytes(TEXT.partition("{4:")[2].encode())
    code, found = answer(capsys, "diff", str(bare), written["707"])
    assert (code, found["error"]["name"]) == (1, "NotStated")
    words = ("--issuing", "YSHACNSH", "--advising", "YSSLDEHH")
    assert answer(capsys, "diff", str(bare), written["707"], *words)[0] == 0


def test_convert_any_mapped_message_to_its_terms(
    capsys: pytest.CaptureFixture[str], written: dict[str, str]
) -> None:
    assert answer(capsys, "convert", written["732"], "--to", "terms") == (
        0,
        {
            "reference": "YSH25RE01",
            "presenting_reference": "YSS25BP01",
            "advised": "2025-10-02",
            "amount": {"minor": 128_000_000, "currency": "CNY"},
            "sender_to_receiver": None,
        },
    )
    code, found = answer(capsys, "convert", written["707"], "--to", "terms")
    assert code == 0
    assert found["number"] == 1
    assert found["decrease"] == {"minor": 28_000_000, "currency": "CNY"}
    assert found["documents"] == [{"word": "DELETE", "text": "+ PACKING LIST IN THREE ORIGINALS."}]


def test_convert_to_terms_takes_the_type_of_a_bare_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    bare.write_bytes(b":20:A\r\n:21:B\r\n:32B:JPY1,\r\n:77J:LATE\r\n")
    code, found = answer(capsys, "convert", str(bare), "--to", "terms", "--type", "750")
    assert (code, found["discrepancies"]) == (0, "LATE")
    code, found = answer(capsys, "convert", str(bare), "--to", "terms", "--type", "754")
    assert (code, found["error"]["name"]) == (1, "NotStated")


def test_convert_to_terms_says_what_has_none(
    capsys: pytest.CaptureFixture[str], written: dict[str, str], tmp_path: Path
) -> None:
    code, found = answer(capsys, "convert", written["799"], "--to", "terms")
    assert (code, found["error"]["name"]) == (1, "NothingMapped")
    both = tmp_path / "both"
    both.write_bytes(Path(written["732"]).read_bytes() + CREDIT.read_bytes())
    code, found = answer(capsys, "convert", str(both), "--to", "terms")
    assert (code, found["error"]["name"]) == (1, "OneInstrumentExpected")
    broken = tmp_path / "broken"
    broken.write_bytes(Path(written["732"]).read_bytes().replace(b"CNY1280000,00", b"CNX1,"))
    code, found = answer(capsys, "convert", str(broken), "--to", "terms")
    assert (code, found["error"]["name"]) == (1, "NotStated")
    assert [finding["code"] for finding in found["error"]["findings"]] == ["T52"]

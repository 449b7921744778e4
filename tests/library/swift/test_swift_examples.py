# SPDX-License-Identifier: Apache-2.0
"""The messages under examples/, and the report of the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from yangshan.alliance.members import load_members, numbered
from yangshan.credit.amendments import Amendment, amended
from yangshan.credit.terms import AvailableBy, CreditTerms
from yangshan.money import Money
from yangshan.swift import check, read, write
from yangshan.swift.errors import UnreadableMessage
from yangshan.swift.mapping import pre_advice_from_mt705, resolve_parties, terms_from_mt700
from yangshan.swift.report import exit_code, report
from yangshan.swift.statement import stated

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
AMENDMENTS = sorted((EXAMPLES / "amendments").glob("*.mt707"))
CREDITS = sorted((EXAMPLES / "credits").glob("*.mt700"))
PRE_ADVICES = sorted((EXAMPLES / "credits").glob("*.mt705"))
BROKEN = sorted((EXAMPLES / "credits" / "broken").glob("*.mt700"))

# Name: tag, line and code of the one finding; None for what cannot be read at all.
FAULTS = {
    "cut-off": None,
    "drafts-without-drawee": ("42C", 20, "C90"),
    "impossible-date": ("44C", 24, "T50"),
    "line-too-long": ("45A", 26, "T12"),
    "missing-amount": ("32B", 16, "T13"),
    "yen-with-decimals": ("32B", 15, "C03"),
}


def terms_of(name: str) -> CreditTerms:
    (message,) = read((EXAMPLES / "credits" / name).read_bytes(), name)
    terms, findings = terms_from_mt700(message)
    assert findings == []
    assert terms is not None
    return terms


@pytest.mark.parametrize(
    "file", CREDITS + BROKEN + AMENDMENTS + PRE_ADVICES, ids=lambda file: file.stem
)
def test_examples_end_their_lines_with_crlf_and_keep_their_bytes(file: Path) -> None:
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 10
    if file.stem != "cut-off":
        assert b"".join(write(message) for message in read(data)) == data


@pytest.mark.parametrize("file", CREDITS, ids=lambda file: file.stem)
def test_a_valid_example_is_a_credit_between_members(file: Path) -> None:
    (message,) = read(file.read_bytes(), file.name)
    assert check(message) == []
    members = load_members(EXAMPLES / "shanghai-alliance" / "members.toml")
    ids = {member.key: number for number, member in enumerate(members, start=1)}
    parties, findings = resolve_parties(terms_of(file.name), numbered(members, ids))
    assert findings == []
    assert members[parties.issuing - 1].kind == "bank"
    assert members[parties.issuing - 1].founder
    assert parties.advising == ids["exporter-bank"]
    assert parties.applicant == ids["importer"]
    assert parties.beneficiary == ids["exporter"]
    at = (
        *("deferred-credit", "mixed-credit", "reimbursed-credit"),
        *("transferable-credit", "usance-credit"),
    )
    elsewhere = file.stem in at
    assert parties.nominated == (ids["exporter-bank"] if elsewhere else 0)
    confirms = file.stem in ("amended-credit", "deferred-credit", "reimbursed-credit")
    assert parties.requested_confirming == (ids["exporter-bank"] if confirms else 0)
    reimburses = file.stem == "reimbursed-credit"
    assert parties.reimbursing == (ids["lighthouse-bank"] if reimburses else 0)


def test_the_amendment_of_the_first_credit() -> None:
    file = EXAMPLES / "amendments" / "import-credit.mt707"
    first = terms_of("import-credit.mt700")
    amendment, findings = stated(file.read_bytes(), file.name)
    assert findings == []
    assert isinstance(amendment, Amendment)
    made = amended(first, amendment, last=0)
    assert made.doubts == ()
    assert made.terms.amount == Money.of(192_000_000, "CNY")
    assert (made.terms.expiry, made.terms.latest_shipment) == (
        date(2026, 1, 30),
        date(2025, 12, 15),
    )
    assert (made.terms.goods or "").split("\n")[-2:] == [
        "3 UNITS FIVE-AXIS MILLING CENTRE, MODEL EF-5000,",
        "WITH STANDARD TOOLS AND SPARE PARTS FOR ONE YEAR.",
    ]


def test_the_python_of_the_page_on_messages_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "how-to" / "work-with-messages.md").read_text("utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    exec(compile(code, "work-with-messages.md", "exec"), {})
    out = capsys.readouterr().out
    assert ":31D:260130SHANGHAI\n" in out.replace("\r", "")
    assert "event=<MaturityEvent.BILL_OF_LADING" in out


def test_the_credits_of_the_story() -> None:
    first = terms_of("import-credit.mt700")
    assert (first.amount, first.issued) == (Money.of(128_000_000, "CNY"), date(2025, 9, 1))
    assert first.available_by is AvailableBy.SIGHT_PAYMENT
    assert first.available_with.bic == first.issuing_bank
    third = terms_of("silent-bank-credit.mt700")
    assert third.latest_shipment is not None
    assert third.latest_shipment < date(2025, 9, 29) < third.expiry
    assert terms_of("yen-credit.mt700").amount == Money.of(98_750_000, "JPY")
    terms = [terms_of(file.name) for file in CREDITS]
    assert len({found.reference for found in terms}) == len(terms) == 15
    assert {found.available_by for found in terms} == set(AvailableBy)


def test_the_three_rounds_of_amendments() -> None:
    """Each can be made of the credit itself, since each is accepted or rejected by itself."""
    first = terms_of("amended-credit.mt700")
    found = []
    for number in (1, 2, 3):
        file = EXAMPLES / "amendments" / f"amended-credit-{number}.mt707"
        amendment, findings = stated(file.read_bytes(), file.name)
        assert findings == []
        assert isinstance(amendment, Amendment)
        made = amended(first, amendment)
        found.append((made.terms.amount.minor, made.terms.expiry, made.terms.latest_shipment))
    assert found == [
        (160_000_000, date(2025, 12, 15), date(2025, 10, 10)),
        (100_000_000, date(2025, 11, 30), date(2025, 9, 30)),
        (120_000_000, date(2025, 11, 30), date(2025, 10, 25)),
    ]


def test_the_pre_advice_is_that_of_the_first_credit() -> None:
    file = EXAMPLES / "credits" / "import-credit.mt705"
    (message,) = read(file.read_bytes(), file.name)
    pre_advised, findings = pre_advice_from_mt705(message)
    first = terms_of("import-credit.mt700")
    assert findings == []
    assert pre_advised is not None
    assert (pre_advised.issuing_bank, pre_advised.advising_bank) == (
        first.issuing_bank,
        first.advising_bank,
    )
    advice = pre_advised.advice
    for name in ("reference", "amount", "expiry", "beneficiary", "applicant", "available_by"):
        assert getattr(advice, name) == getattr(first, name), name


def test_every_broken_example_is_named_here() -> None:
    assert {file.stem for file in BROKEN} == set(FAULTS)


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_example_is_broken_in_one_way(file: Path) -> None:
    fault = FAULTS[file.stem]
    found = report(file.read_bytes(), file.name)
    assert len(found) == 1
    assert not found[0]["valid"]
    if fault is None:
        assert found[0]["type"] is None
        assert exit_code(found) == 2
        with pytest.raises(UnreadableMessage):
            read(file.read_bytes(), file.name)
        return
    (finding,) = found[0]["findings"]
    assert (finding["tag"], finding["line"], finding["code"]) == fault
    assert finding["severity"] == "error"
    assert exit_code(found) == 1


def test_the_report_has_the_published_shape() -> None:
    good = CREDITS[0].read_bytes()
    late = (EXAMPLES / "credits" / "broken" / "impossible-date.mt700").read_bytes()
    cut = (EXAMPLES / "credits" / "broken" / "cut-off.mt700").read_bytes()
    found = json.loads(json.dumps(report(good + late + cut + good, "all.mt700")))
    assert [(one["file"], one["type"], one["valid"]) for one in found] == [
        ("all.mt700", "700", True),
        ("all.mt700", "700", False),
        ("all.mt700", None, False),
        ("all.mt700", "700", True),
    ]
    assert found[0]["findings"] == []
    assert [set(one) for one in found] == [{"file", "type", "valid", "findings"}] * 4
    lines = good.count(b"\n")
    assert found[1]["findings"] == [
        {
            "tag": "44C",
            "line": lines + 24,
            "code": "T50",
            "severity": "error",
            "message": (
                "Field 44C: 251131 is no date; expected YYMMDD of a day that exists (rule T50)."
            ),
        }
    ]
    (unreadable,) = found[2]["findings"]
    assert (unreadable["tag"], unreadable["code"], unreadable["severity"]) == ("", "Y00", "error")
    assert unreadable["line"] == lines + late.count(b"\n") + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CREDITS[0].read_bytes(), 0),
        (CREDITS[0].read_bytes().replace(b"\r\n", b"\n"), 0),
        (BROKEN[1].read_bytes(), 1),
        (BROKEN[1].read_bytes() + b"\r\nand so on", 2),
        (b"", 2),
    ],
)
def test_the_exit_code_is_the_worst_of_all(text: bytes, code: int) -> None:
    assert exit_code(report(text)) == code

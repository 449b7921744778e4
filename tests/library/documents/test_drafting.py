# SPDX-License-Identifier: Apache-2.0
"""From candidates to a notice: decided by an examiner, released by a checker."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from examination_corpus import examined, examples

from yangshan.credit.discrepancies import UnknownDiscrepancy, discrepancies
from yangshan.credit.refusals import NoDiscrepancy
from yangshan.credit.settlements import Disposal
from yangshan.documents.canonical import BadJson
from yangshan.documents.examination import Candidate, Examination, Severity
from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.drafting import (
    DraftChanged,
    DraftFile,
    NotDecided,
    NothingToState,
    NotToBeKept,
    OnePerson,
    advice_text,
    draft_of,
    read_draft,
    read_released,
    refusal_text,
    release,
    written,
)
from yangshan.money import Money
from yangshan.swift.refusal import advice_mt750
from yangshan.swift.statement import stated

AMOUNT = Money.of(128000000, "CNY")
SEVERITIES = tuple(Severity)


def candidate(severity: Severity, sentence: str = "The packing list is late.") -> Candidate:
    return Candidate(
        "X15", severity, "packing-list", "/issueDate", "a", "b", "art. 14(i)", sentence
    )


def examination(*found: Candidate) -> Examination:
    return Examination(found, (), (), ("X15",))


def draft(*found: Candidate, maker: str = "first") -> DraftFile:
    return draft_of(examination(*found), "YSH25LC000817", AMOUNT, maker)


def decided(file: DraftFile, **changes: Any) -> DraftFile:
    """A draft with its first candidate decided on, read back from its text as an editor left it."""
    value = json.loads(written(file))
    value["candidates"][0] |= changes
    return read_draft(json.dumps(value).encode(), "draft.json")


def test_the_codes_of_a_notice_are_the_checks() -> None:
    assert set(checks()) == set(discrepancies()) - {"OTHER"}


def test_a_draft_is_open_on_everything() -> None:
    file = draft(*(candidate(each) for each in SEVERITIES))
    assert [each.decision for each in file.candidates] == ["open"] * len(SEVERITIES)
    assert file.demanded == "CNY 1,280,000.00"
    assert read_draft(written(file).encode(), "draft.json") == file


def test_words_are_in_the_set_of_swift() -> None:
    file = draft(candidate(Severity.DISCREPANCY, "Issued by Müller & Söhne; 5% short."))
    assert file.candidates[0].text == "Issued by Muller & Sohne; 5% short."


def test_kept_discrepancies_are_released_in_their_order() -> None:
    file = draft(candidate(Severity.DISCREPANCY), maker="first examiner")
    released = release(decided(file, decision="keep", text="  Dated\n late. "), "second")
    assert [(each.code, each.text, each.reason) for each in released.discrepancies] == [
        ("X15", "Dated late.", "")
    ]
    assert (released.maker, released.checker, released.holds) == ("first examiner", "second", ())
    assert read_released(written(released).encode(), "released.json") == released


def test_what_nobody_decided_on_is_not_released() -> None:
    with pytest.raises(NotDecided) as refused:
        release(draft(candidate(Severity.WARNING), candidate(Severity.DISCREPANCY)), "second")
    assert refused.value.numbers == (2,)


def test_an_open_warning_stays_out() -> None:
    file = draft(candidate(Severity.DISCREPANCY), candidate(Severity.WARNING, "To look at."))
    released = release(decided(file, decision="keep"), "second")
    assert released.texts == ("The packing list is late.",)


@pytest.mark.parametrize(
    "severity", [each for each in SEVERITIES if each is not Severity.DISCREPANCY]
)
def test_only_a_discrepancy_is_kept(severity: Severity) -> None:
    with pytest.raises(NotToBeKept) as refused:
        release(decided(draft(candidate(severity)), decision="keep", reason="why"), "second")
    assert refused.value.number == 1


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFORMATION])
def test_a_warning_is_raised_with_a_reason(severity: Severity) -> None:
    file = draft(candidate(severity))
    with pytest.raises(NotToBeKept):
        release(decided(file, decision="raise", reason="  "), "second")
    released = release(decided(file, decision="raise", reason="seen on the paper"), "second")
    assert released.discrepancies[0].reason == "seen on the paper"


@pytest.mark.parametrize("severity", [Severity.DISCREPANCY, Severity.BLOCK, Severity.HOLD])
def test_nothing_else_is_raised(severity: Severity) -> None:
    with pytest.raises(NotToBeKept):
        release(decided(draft(candidate(severity)), decision="raise", reason="why"), "second")


@pytest.mark.parametrize("severity", [Severity.BLOCK, Severity.HOLD])
def test_a_hold_stands_beside_the_notice_whatever_is_decided(severity: Severity) -> None:
    file = draft(candidate(Severity.DISCREPANCY), candidate(severity, "Listed."))
    released = release(decided(file, decision="keep"), "second")
    assert released.holds == (f"X15 ({severity}): Listed.",)
    assert released.texts == ("The packing list is late.",)


@pytest.mark.parametrize("decision", ["keep", "raise"])
def test_what_has_no_words_is_not_stated(decision: str) -> None:
    severity = Severity.DISCREPANCY if decision == "keep" else Severity.WARNING
    with pytest.raises(NotToBeKept):
        release(decided(draft(candidate(severity)), decision=decision, reason="r", text=" "), "two")


@pytest.mark.parametrize(
    ("maker", "checker"),
    [("one", "one"), ("one", " ONE "), ("Ann  Lee", "ann lee"), ("", "two"), ("one", " ")],
)
def test_maker_and_checker_are_two(maker: str, checker: str) -> None:
    file = decided(draft(candidate(Severity.DISCREPANCY), maker=maker), decision="keep")
    with pytest.raises(OnePerson):
        release(file, checker)


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "W"},
        {"check": "X16"},
        {"document": "invoice"},
        {"field": "/x"},
        {"found": "c"},
        {"expected": "c"},
        {"rule": "UCP 600 art. 1"},
    ],
)
def test_what_was_found_is_not_changed(change: dict[str, str]) -> None:
    with pytest.raises(DraftChanged):
        release(decided(draft(candidate(Severity.DISCREPANCY)), decision="keep", **change), "two")


@pytest.mark.parametrize("name", ["credit", "demanded"])
def test_nor_for_which_credit(name: str) -> None:
    value = json.loads(written(draft(candidate(Severity.DISCREPANCY))))
    value[name] = "CNY 1.00"
    with pytest.raises(DraftChanged):
        release(read_draft(json.dumps(value).encode(), "draft.json"), "second")


def test_no_candidate_is_lost() -> None:
    value = json.loads(written(draft(candidate(Severity.DISCREPANCY))))
    value["candidates"] = []
    with pytest.raises(DraftChanged):
        release(read_draft(json.dumps(value).encode(), "draft.json"), "second")


def test_nothing_left_is_no_ground_for_a_notice() -> None:
    file = decided(draft(candidate(Severity.DISCREPANCY)), decision="strike")
    with pytest.raises(NothingToState):
        release(file, "second")


def test_an_examiner_adds_what_only_a_person_sees() -> None:
    value = json.loads(written(draft()))
    value["added"] = [
        {"text": "A page of the invoice is missing."},
        {"code": "X12", "text": "Two."},
    ]
    released = release(read_draft(json.dumps(value).encode(), "draft.json"), "second")
    assert released.codes == ("OTHER", "X12")
    value["added"] = [{"code": "X99", "text": "No such code."}]
    with pytest.raises(UnknownDiscrepancy):
        release(read_draft(json.dumps(value).encode(), "draft.json"), "second")


@pytest.mark.parametrize(
    "change",
    [{"checker": "other"}, {"credit": "OTHER"}, {"holds": ["x"]}, {"demanded": "CNY 1.00"}],
)
def test_what_was_released_is_not_changed(change: dict[str, Any]) -> None:
    file = decided(draft(candidate(Severity.DISCREPANCY)), decision="keep")
    value = json.loads(written(release(file, "second"))) | change
    with pytest.raises(DraftChanged):
        read_released(json.dumps(value).encode(), "released.json")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": "yangshan-discrepancies-draft/1"}', '{"format": "other"}', "1"],
)
def test_what_is_no_draft_is_refused_by_name(text: str) -> None:
    for read in (read_draft, read_released):
        with pytest.raises(BadJson):
            read(text.encode(), "file.json")


def test_an_unknown_decision_names_its_candidate() -> None:
    with pytest.raises(BadJson, match=r"candidates\.0\.decision"):
        decided(draft(candidate(Severity.DISCREPANCY)), decision="kept")


def test_the_notice_of_refusal_says_what_was_released() -> None:
    (example,) = (each for each in examples() if each.id == "torn-cases")
    file = draft_of(examined(example), "YSH25LC000817", AMOUNT, "first")
    released = release(decided(file, decision="keep"), "second")
    text = refusal_text(
        released,
        sender="YSHACNSH",
        receiver="YSSLDEHH",
        issuing_bank="YSHACNSH",
        presenting_reference=None,
        utilised_on=date(2025, 9, 15),
        amount=AMOUNT,
        disposal=Disposal.HOLD,
    )
    assert (
        ":77J:WE REFUSE TO HONOUR OR NEGOTIATE.\r\n1. The transport document is not clean" in text
    )
    assert ":77B:/HOLD/" in text
    model, findings = stated(text.encode(), "notice")
    assert [each for each in findings if each.severity == "error"] == []
    assert type(model).__name__ == "Refusal"


def test_the_advice_asks_and_refuses_nothing() -> None:
    file = decided(draft(candidate(Severity.DISCREPANCY)), decision="keep")
    text = advice_text(
        release(file, "second"),
        sender="YSSLDEHH",
        receiver="YSHACNSH",
        reference="ELB-1",
        amount=AMOUNT,
    )
    assert ":77J:WE ASK FOR AUTHORITY TO TAKE UP THE DOCUMENTS.\r\n1. The packing list" in text
    assert ":21:YSH25LC000817" in text
    assert "REFUSE" not in text
    model, _ = stated(text.encode(), "advice")
    assert type(model).__name__ == "DiscrepancyAdvice"


@pytest.mark.parametrize("words", [[], ["  "], ["Late.", ""]])
def test_an_advice_without_a_discrepancy_is_none(words: list[str]) -> None:
    with pytest.raises(NoDiscrepancy):
        advice_mt750(
            sender="YSSLDEHH",
            receiver="YSHACNSH",
            reference="ELB-1",
            credit_number="YSH25LC000817",
            principal=AMOUNT,
            discrepancies=words,
        )

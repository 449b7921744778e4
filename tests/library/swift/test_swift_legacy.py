# SPDX-License-Identifier: Apache-2.0
"""Messages of before November 2018, and what is said of them today."""

from __future__ import annotations

import pytest
from swift_corpus import BASES
from swift_texts import FULL_700, FULL_734, changed, fin

from yangshan.swift import Finding, check, check_legacy, is_valid, read
from yangshan.swift.definitions import definitions
from yangshan.swift.report import report

WARNING = "warning"
Rows = list[tuple[str, str]]

OLD_700: Rows = list(
    changed(
        FULL_700,
        {
            "39A": None,
            "39B>39C": "NOT EXCEEDING",
            "71D": None,
            "71B>48": "OUTSIDE CHINA\nFOR THE BENEFICIARY",
            "48": "WITHIN 21 DAYS AFTER SHIPMENT",
            "58A": None,
            "72Z": None,
            "72>": "/PHONBEN/",
        },
    ).items()
)
OLD_707: Rows = [
    ("20", "YSH25LC000001"),
    ("21", "NONREF"),
    ("52A", "YSHACNSH"),
    ("31C", "170901"),
    ("30", "171001"),
    ("26E", "1"),
    ("59", "ELBFALKE MASCHINENBAU GMBH"),
    ("31E", "171231"),
    ("32B", "CNY1000,"),
    ("34B", "CNY1281000,"),
    ("39B", "MAXIMUM"),
    ("79", "FIELD 46A: DELETE ITEM 2"),
    ("79", "FIELD 47A: ADD ITEM 5"),
    ("72", "NONE"),
]
OLD_734: Rows = [
    (tag.replace("73A", "73").replace("72Z", "72"), value) for tag, value in FULL_734.items()
]


def found(kind: str, rows: Rows) -> list[tuple[str, str, str]]:
    return [(each.tag, each.code, each.severity) for each in check_legacy(read(fin(kind, rows))[0])]


def errors(kind: str, rows: Rows) -> list[tuple[str, str]]:
    return [(tag, code) for tag, code, severity in found(kind, rows) if severity == "error"]


def said(kind: str, rows: Rows, tag: str, code: str) -> Finding:
    (one,) = [
        each
        for each in check_legacy(read(fin(kind, rows))[0])
        if (each.tag, each.code) == (tag, code)
    ]
    return one


def test_an_old_700_is_valid_and_each_difference_is_told() -> None:
    assert found("700", OLD_700) == [
        ("39B", "Y15", WARNING),
        ("71B", "Y15", WARNING),
        ("48", "Y15", WARNING),
        ("49", "Y28", WARNING),
        ("72", "Y15", WARNING),
    ]
    assert "today it is 71D" in said("700", OLD_700, "71B", "Y15").message


def test_the_same_message_of_today_has_errors_that_say_what_it_would_be() -> None:
    findings = check(read(fin("700", OLD_700))[0])
    assert not is_valid(findings)
    assert [each.code for each in findings if each.tag == "71B"] == ["T13"]
    (one,) = [each for each in findings if each.tag == "71B"]
    assert "today it is 71D" in one.message


def test_an_old_707_is_valid() -> None:
    assert errors("707", OLD_707) == []
    told = [(tag, code) for tag, code, _ in found("707", OLD_707)]
    assert told == [
        ("27", "Y16"),
        ("23", "Y16"),
        ("30", "Y16"),
        ("22A", "Y16"),
        ("31E", "Y15"),
        ("34B", "Y15"),
        ("39B", "Y15"),
        ("79", "Y15"),
        ("79", "Y15"),
        ("72", "Y15"),
    ]
    assert "45B" in said("707", OLD_707[:-2], "79", "Y15").message


def test_an_old_734_is_valid() -> None:
    assert [(tag, code) for tag, code, _ in found("734", OLD_734)] == [
        ("73", "Y15"),
        ("72", "Y15"),
    ]


def without(rows: Rows, *tags: str) -> Rows:
    return [row for row in rows if row[0] not in tags]


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [
        ("700", [*OLD_700[:11], ("39A", "05/05"), *OLD_700[11:]], ("39B", "D05")),
        ("707", without(OLD_707, "34B"), ("32B", "C12")),
        ("707", without(OLD_707, "32B"), ("34B", "C12")),
        ("707", [*OLD_707[:2], ("23", "ISSUERREF"), *OLD_707[3:]], ("23", "C16")),
        (
            "707",
            [row if row[0] != "34B" else ("34B", "EUR5,") for row in OLD_707],
            ("34B", "C02"),
        ),
        (
            "710",
            [
                row
                for each in BASES["710"]["full"]
                for row in ([("39B", "MAXIMUM"), each] if each[0] == "39C" else [each])
            ],
            ("39B", "D05"),
        ),
        ("700", [row if row[0] != "71B" else ("71B", "A" * 36) for row in OLD_700], ("71B", "T12")),
        ("700", [row if row[0] != "39B" else ("39B", "A" * 14) for row in OLD_700], ("39B", "T12")),
        ("700", [row if row[0] != "48" else ("48", "A" * 36) for row in OLD_700], ("48", "T12")),
        ("707", [row if row[0] != "31E" else ("31E", "1712") for row in OLD_707], ("31E", "T12")),
    ],
)
def test_what_was_wrong_then_is_an_error(kind: str, rows: Rows, expected: tuple[str, str]) -> None:
    assert errors(kind, rows) == [expected]


def test_an_old_amendment_that_changes_nothing_has_the_one_error_of_then() -> None:
    rows = without(OLD_707, "31E", "32B", "34B", "39B", "79", "72")
    assert errors("707", rows) == [("31E", "C30")]
    rows = [*rows, ("72", "NONE")]
    assert errors("707", rows) == []


def test_every_rule_of_then_is_broken_alone() -> None:
    told = " ".join(
        each.message
        for kind, rows in (
            ("707", without(OLD_707, "31E", "32B", "34B", "39B", "79", "72")),
            ("707", without(OLD_707, "34B")),
            ("707", without(OLD_707, "32B")),
            ("707", [*OLD_707[:2], ("23", "ISSUERREF"), *OLD_707[3:]]),
            ("707", [row if row[0] != "34B" else ("34B", "EUR5,") for row in OLD_707]),
            ("700", [*OLD_700[:11], ("39A", "05/05"), *OLD_700[11:]]),
        )
        for each in check_legacy(read(fin(kind, rows))[0])
    )
    for each in definitions().legacy.rules:
        assert f"(rule {each.rule.id} of" in told


@pytest.mark.parametrize("kind", sorted(BASES))
def test_a_message_of_today_is_the_same_in_both(kind: str) -> None:
    for rows in BASES[kind].values():
        (message,) = read(fin(kind, rows))
        assert check_legacy(message) == check(message) == []


@pytest.mark.parametrize(
    ("kind", "tag"),
    [(kind, old.tag) for old in definitions().legacy.fields for kind in old.messages],
)
def test_every_old_field_is_told(kind: str, tag: str) -> None:
    value = {"31E": "171231", "34B": "CNY1,", "48": "WITHIN 21 DAYS"}.get(tag, "NONE")
    message = read(fin(kind, [("20", "A"), (tag, value)]))[0]
    assert [each.code for each in check_legacy(message) if each.tag == tag][:1] == ["Y15"]


def test_the_column_is_that_of_the_field_as_it_stands() -> None:
    rows = [row if row[0] != "71B" else ("71B", "AB~") for row in OLD_700]
    one = said("700", rows, "71B", "T12")
    # Behind ":71B:AB" the tilde is the eighth character.
    assert one.column == 8
    rows = [row if row[0] != "72" else ("72", "AB~") for row in OLD_700]
    assert said("700", rows, "72", "T12").column == 7


def test_the_report_reads_them_when_it_is_asked_to() -> None:
    text = fin("700", OLD_700)
    assert [each["valid"] for each in report(text)] == [False]
    assert [each["valid"] for each in report(text, legacy=True)] == [True]


def test_an_old_code_word_says_what_it_would_be() -> None:
    rows = list(changed(FULL_700, {"40A": "IRREVOCABLE STANDBY"}).items())
    assert "MT 760 with 22D STBY" in said("700", rows, "40A", "Y11").message

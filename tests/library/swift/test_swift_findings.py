# SPDX-License-Identifier: Apache-2.0
"""What findings say of place and order; which fault gives which is in test_swift_corpus."""

from __future__ import annotations

import pytest
from swift_corpus import BASES
from swift_texts import (
    FULL_700,
    MINIMAL_700,
    MINIMAL_734,
    block_4,
    changed,
    fin,
    line_of,
)

from yangshan.swift import check, read

LONG_65 = "A\n" + "B" * 66


def test_all_findings_come_at_once_in_the_order_of_the_lines() -> None:
    fields = changed(
        FULL_700,
        {"31C": "250230", "32B": "JPY5,5", "42A": None, "45A": "A\n" + "B" * 66, "49": None},
    )
    (message,) = read(fin("700", fields))
    assert [(found.tag, found.code) for found in check(message)] == [
        ("31C", "T50"),
        ("32B", "C03"),
        ("42C", "C90"),
        ("45A", "T12"),
        ("49", "T13"),
    ]


def test_the_column_is_that_of_the_file() -> None:
    (message,) = read(fin("700", changed(FULL_700, {"45A": LONG_65, "20": "AB;"})))
    reference, goods = check(message)
    # Behind ":20:AB" the semicolon is the seventh character; a further line counts from its start.
    assert (reference.line, reference.column) == (line_of(FULL_700, "20"), 7)
    assert goods.column == 66


def test_the_end_of_a_century_is_1980() -> None:
    first = changed(MINIMAL_700, {"31C": "791231", "31D": "800101SHANGHAI"})
    (finding,) = check(read(fin("700", first))[0])
    assert finding.code == "Y20"
    assert "1980-01-01" in finding.message
    assert "2079-12-31" in finding.message


def test_a_repeated_field_is_reported_where_it_stands_again() -> None:
    rows = [*MINIMAL_734.items(), ("77B", "/HOLD/")]
    (message,) = read(fin("734", rows))
    (finding,) = check(message)
    assert (finding.tag, finding.line, finding.code) == ("77B", 7, "T13")
    assert "a second time" in finding.message


def test_moving_one_field_is_one_finding_however_far_it_moves() -> None:
    for tag in MINIMAL_700:
        value = MINIMAL_700[tag]
        rest = {key: text for key, text in MINIMAL_700.items() if key != tag}
        for rows in ([(tag, value), *rest.items()], [*rest.items(), (tag, value)]):
            if list(dict(rows)) == list(MINIMAL_700):
                continue
            findings = check(read(fin("700", rows))[0])
            assert [found.code for found in findings] == ["T13"]
            # Two neighbours that changed places may each be called the one that moved.
            if abs(list(dict(rows)).index(tag) - list(MINIMAL_700).index(tag)) > 1:
                assert findings[0].tag == tag


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (fin("734", MINIMAL_734).replace("F01YSHACNSHAXXX", "F01YSHACNSH"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("I734YSSLDEHHXXXXN", "I734YSSL"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("I734YSSLDEHHXXXXN", "X"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("YSSLDEHH", "YS9LDEHH"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("{4:", "{3:{108:É}}{4:"), "Y02", 1),
        (fin("734", MINIMAL_734).replace("{4:", "{6:}{4:"), "Y02", 1),
        (fin("734", MINIMAL_734) + "{5:{CHK:\x7f}}", "Y02", 7),
        (fin("734", MINIMAL_734).replace("{4:\r\n", "{4:\r\nHELLO\r\n"), "Y03", 2),
        (fin("103", MINIMAL_734), "Y04", 1),
    ],
)
def test_faults_of_the_whole_message(text: str, code: str, line: int) -> None:
    (finding,) = check(read(text)[0])
    assert (finding.tag, finding.code, finding.line, finding.severity) == ("", code, line, "error")


def test_a_first_field_on_the_line_of_the_block_is_no_field() -> None:
    text = "{4::20:A\r\n" + block_4(MINIMAL_734).partition("\r\n")[2] + "-}"
    assert [found.code for found in check(read(text)[0])] == ["Y03", "T13"]


@pytest.mark.parametrize(
    ("kind", "tag", "value", "code", "severity", "below", "column"),
    [
        ("700", "20", "AB//C", "T26", "error", 0, 5),
        ("700", "44C", "250230", "T50", "error", 0, 6),
        ("700", "32B", "CNX1,", "T52", "error", 0, 6),
        ("700", "32B", "JPY1,5", "C03", "error", 0, 9),
        ("700", "32B", "CNY1", "T43", "error", 0, 9),
        ("700", "40A", "IRREVOCABLES", "T60", "error", 0, 6),
        ("700", "40A", "REVOCABLE", "Y11", "warning", 0, 6),
        ("700", "41D", "ANY BANK\nBY POST", "Y10", "error", 1, 1),
        ("700", "40E", "UCP LATEST VERSION/A", "D81", "error", 0, 24),
        ("700", "40E", "OTHR", "Y14", "warning", 0, 10),
        ("760", "23F", "DAYS/1", "D81", "error", 0, 11),
        ("760", "24G", "OTHR", "D97", "warning", 0, 10),
        ("760", "24G", "BENE\nA", "D97", "warning", 0, 10),
        ("700", "71D", "/COMM/CNX1,", "T52", "warning", 0, 12),
        ("700", "71D", "/COMM/\n/NONSENSE/", "Y12", "warning", 1, 1),
        ("707", "45B", "/ADD/A\n/REPALL/B", "T67", "error", 1, 1),
        ("700", "45A", "A\n-B", "Y05", "error", 1, 1),
        ("700", "45A", "A\n\nB", "T12", "error", 1, 1),
        ("734", "77B", "/HOLD/A\n/HOLD/B", "Y13", "error", 1, 1),
    ],
)
def test_a_finding_in_a_field_points_at_its_sign(
    kind: str, tag: str, value: str, code: str, severity: str, below: int, column: int
) -> None:
    rows = list(BASES[kind]["full"])
    at = [there for there, _ in rows].index(tag)
    line = 2 + sum(text.count("\n") + 1 for _, text in rows[:at]) + below
    rows[at] = (tag, value)
    assert [
        (found.tag, found.code, found.severity, found.line, found.column)
        for found in check(read(fin(kind, rows))[0])
    ] == [(tag, code, severity, line, column)]

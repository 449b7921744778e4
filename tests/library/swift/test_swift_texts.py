# SPDX-License-Identifier: Apache-2.0
"""Discrepancies, charges and changes in words."""

from __future__ import annotations

import pytest

from yangshan.credit.amendments import ChangeWord, TextChange
from yangshan.money import Money
from yangshan.swift.texts import (
    NotUnderstood,
    StatedChanges,
    StatedCharges,
    StatedDiscrepancies,
    StatedDiscrepancy,
    changes,
    charges,
    discrepancies,
    write_changes,
)
from yangshan.swift.values import Charge


def test_numbered_discrepancies() -> None:
    raw = "WE REFUSE TO HONOUR.\n1. INVOICE NOT\n   SIGNED\n2. LATE SHIPMENT"
    assert discrepancies(raw) == StatedDiscrepancies(
        raw,
        "WE REFUSE TO HONOUR.",
        (
            StatedDiscrepancy(None, "INVOICE NOT SIGNED"),
            StatedDiscrepancy(None, "LATE SHIPMENT"),
        ),
    )


def test_discrepancies_with_code_words() -> None:
    raw = "/LATE/SHIPPED ON 20 NOVEMBER\n//AND NOT BEFORE\n/OVERDRAW/"
    assert discrepancies(raw) == StatedDiscrepancies(
        raw,
        "",
        (
            StatedDiscrepancy("LATE", "SHIPPED ON 20 NOVEMBER AND NOT BEFORE"),
            StatedDiscrepancy("OVERDRAW", ""),
        ),
    )


def test_discrepancies_in_bullets() -> None:
    raw = "+ LATE\n+ OVERDRAWN"
    assert discrepancies(raw) == StatedDiscrepancies(
        raw, "", (StatedDiscrepancy(None, "LATE"), StatedDiscrepancy(None, "OVERDRAWN"))
    )


@pytest.mark.parametrize("raw", ["LATE SHIPMENT", "2. LATE\n3. SHORT", "", "1.LATE"])
def test_discrepancies_that_cannot_be_told_apart(raw: str) -> None:
    assert discrepancies(raw) == NotUnderstood(raw)


def test_charges() -> None:
    raw = "/COMM/CNY100,50OUTSIDE CHINA\n//OF THE SELLER\n/POST/\nFOR THE BENEFICIARY"
    assert charges(raw) == StatedCharges(
        raw,
        (
            Charge("COMM", Money.of(10050, "CNY"), "OUTSIDE CHINA OF THE SELLER"),
            Charge("POST", None, ""),
            Charge(None, None, "FOR THE BENEFICIARY"),
        ),
    )


@pytest.mark.parametrize("raw", ["/COMM/JPY1,5", "/COMM/CNX1,", "/TOOLONGWORD/1", "//OF WHAT"])
def test_charges_that_are_not_understood(raw: str) -> None:
    assert charges(raw) == NotUnderstood(raw)


def test_changes() -> None:
    raw = "/DELETE/2 CENTRES\n/ADD/\n3 CENTRES\nCIF YANGSHAN"
    assert changes(raw) == StatedChanges(
        raw,
        (
            TextChange(ChangeWord.DELETE, "2 CENTRES"),
            TextChange(ChangeWord.ADD, "3 CENTRES\nCIF YANGSHAN"),
        ),
    )


@pytest.mark.parametrize("raw", ["2 CENTRES", "/ADD/A\n/MORE/B", "/ADD/", "/ADD/A\n/DELETE/"])
def test_changes_that_are_not_understood(raw: str) -> None:
    assert changes(raw) == NotUnderstood(raw)


@pytest.mark.parametrize(
    ("first", "lines"),
    [("A" * 60, ["/ADD/" + "A" * 60]), ("A" * 61, ["/ADD/", "A" * 61])],
)
def test_a_full_line_has_its_code_word_above_it(first: str, lines: list[str]) -> None:
    made = (TextChange(ChangeWord.ADD, f"{first}\nB"),)
    written = write_changes(made)
    assert written.split("\n") == [*lines, "B"]
    assert changes(written) == StatedChanges(written, made)

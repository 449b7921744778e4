# SPDX-License-Identifier: Apache-2.0
"""Tenors in words: what is understood, and that everything else says it is not."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

import yangshan.swift
from yangshan.swift.tenors import (
    AfterEvent,
    AtSight,
    MaturityEvent,
    MixedTenors,
    OnDate,
    Share,
    TimeUnit,
    mixed,
    tenor,
)
from yangshan.swift.texts import NotUnderstood

WORDS = tomllib.loads(
    (Path(yangshan.swift.__file__).parent / "data" / "tenors.toml").read_text("utf-8")
)
INVOICE = "INVOICE VALUE"


def days(raw: str, count: int, event: MaturityEvent, share: Share | None = None) -> AfterEvent:
    return AfterEvent(raw, count, TimeUnit.DAYS, event, share)


@pytest.mark.parametrize("raw", ["SIGHT", "AT SIGHT", "DRAFTS AT SIGHT.", "Payable at\nsight"])
def test_sight(raw: str) -> None:
    assert tenor(raw) == AtSight(raw)


@pytest.mark.parametrize(
    ("raw", "count", "event"),
    [
        ("60 DAYS AFTER B/L DATE", 60, MaturityEvent.BILL_OF_LADING),
        ("AT 90 DAYS FROM THE DATE OF SHIPMENT", 90, MaturityEvent.SHIPMENT),
        ("60 DAYS SIGHT", 60, MaturityEvent.SIGHT),
        ("DRAFTS AT 1 DAY AFTER SIGHT", 1, MaturityEvent.SIGHT),
        ("30 DAYS DATE", 30, MaturityEvent.DRAFT),
        ("60 DAYS AFTER\nBILL OF LADING DATE", 60, MaturityEvent.BILL_OF_LADING),
        ("180 DAYS AFTER RECEIPT OF DOCUMENTS", 180, MaturityEvent.RECEIPT_OF_DOCUMENTS),
    ],
)
def test_days_after_an_event(raw: str, count: int, event: MaturityEvent) -> None:
    assert tenor(raw) == days(raw, count, event)


def test_months_are_not_days() -> None:
    raw = "3 MONTHS AFTER INVOICE DATE"
    assert tenor(raw) == AfterEvent(raw, 3, TimeUnit.MONTHS, MaturityEvent.INVOICE)


@pytest.mark.parametrize(
    "raw", ["ON 31 DECEMBER 2025", "DUE 2025-12-31", "DUE ON DEC 31, 2025", "ON 31ST DEC 2025"]
)
def test_a_fixed_date(raw: str) -> None:
    assert tenor(raw) == OnDate(raw, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("raw", "percent", "base"),
    [
        ("AT SIGHT FOR 100 PCT OF INVOICE VALUE", 100, INVOICE),
        ("AT SIGHT FOR FULL INVOICE VALUE", 100, INVOICE),
        ("AT SIGHT FOR 90% OF THE INVOICE VALUE", 90, INVOICE),
        ("90 PERCENT AT SIGHT", 90, ""),
        ("90 PCT OF CREDIT AMOUNT AT SIGHT", 90, "CREDIT AMOUNT"),
    ],
)
def test_the_share_of_a_tenor(raw: str, percent: int, base: str) -> None:
    assert tenor(raw) == AtSight(raw, Share(percent, base))


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "SOON",
        "60 DAYS",
        "60 DAYS B/L DATE",
        "60 (NINETY) DAYS SIGHT",
        "0 DAYS SIGHT",
        "60 DAYS BEFORE B/L DATE",
        "60 DAYS AFTER B/L DATE OR AT SIGHT",
        "60 DAYS AFTER ARRIVAL OF THE VESSEL",
        "ON 31 NOVEMBER 2025",
        "ON 12/11/2025",
        "0 PCT AT SIGHT",
        "101 PCT AT SIGHT",
        "33.3 PCT AT SIGHT",
        "NOT AT SIGHT",
    ],
)
def test_what_is_not_understood_says_so(raw: str) -> None:
    assert tenor(raw) == NotUnderstood(raw)


def test_mixed_payment() -> None:
    raw = "30 PCT AT SIGHT AND 70 PCT AT 60 DAYS\nAFTER B/L DATE"
    second = "70 PCT AT 60 DAYS AFTER B/L DATE"
    assert mixed(raw) == MixedTenors(
        raw,
        (
            AtSight("30 PCT AT SIGHT", Share(30, "")),
            days(second, 60, MaturityEvent.BILL_OF_LADING, Share(70, "")),
        ),
    )


@pytest.mark.parametrize(
    "raw",
    [
        "HALF AT SIGHT",
        "50 PCT AT SIGHT, 49 PCT AT 60 DAYS SIGHT",
        "50 PCT AT SIGHT, 51 PCT AT 60 DAYS SIGHT",
        "50 PCT AT SIGHT, THE REST LATER",
        "50 PCT OF INVOICE VALUE AT SIGHT, 50 PCT OF CREDIT AMOUNT AT 60 DAYS SIGHT",
        "PAYMENT: 50 PCT AT SIGHT, 50 PCT AT 60 DAYS SIGHT",
    ],
)
def test_mixed_payment_that_is_not_understood(raw: str) -> None:
    assert mixed(raw) == NotUnderstood(raw)


def test_every_event_has_words_of_its_own() -> None:
    assert list(WORDS["events"]) == list(MaturityEvent)
    phrases = [phrase for listed in WORDS["events"].values() for phrase in listed]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("event", list(MaturityEvent))
def test_every_word_of_an_event_is_understood(event: MaturityEvent) -> None:
    for phrase in WORDS["events"][event]:
        for preposition in WORDS["prepositions"]:
            raw = f"60 DAYS {preposition} {phrase}"
            assert tenor(raw) == days(raw, 60, event)


@pytest.mark.parametrize("opening", WORDS["openings"])
def test_every_opening_is_understood(opening: str) -> None:
    raw = f"{opening} 60 DAYS SIGHT"
    assert tenor(raw) == days(raw, 60, MaturityEvent.SIGHT)


@pytest.mark.parametrize("word", WORDS["fixed"])
def test_every_word_before_a_date_is_understood(word: str) -> None:
    raw = f"{word} 2025-12-31"
    assert tenor(raw) == OnDate(raw, date(2025, 12, 31))


@pytest.mark.parametrize("sign", WORDS["percent"])
@pytest.mark.parametrize("base", WORDS["bases"])
def test_every_word_of_a_share_is_understood(sign: str, base: str) -> None:
    assert tenor(f"AT SIGHT FOR 80 {sign} OF {base}") == AtSight(
        f"AT SIGHT FOR 80 {sign} OF {base}", Share(80, base)
    )

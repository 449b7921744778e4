# SPDX-License-Identifier: Apache-2.0
"""Amounts and dates of an MT 700, and the time of an examining bank, without a chain."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from yangshan.alliance.calendars import CalendarNotPublished
from yangshan.alliance.places import UnknownPlace, YearNotKnown, build_from
from yangshan.credit.examination import BadReceipt, examination_of
from yangshan.credit.figures import (
    CreditDate,
    NoFigures,
    credit_amounts,
    credit_dates,
    credit_year,
    valid_mt700,
)

CREDITS = Path(__file__).parents[3] / "examples" / "credits"
IMPORT = (CREDITS / "import-credit.mt700").read_bytes().decode()


def changed(*pairs: tuple[str, str]) -> bytes:
    text = IMPORT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


# The verified vectors: day of receipt, with make-up days, without.
VECTORS = [
    ("2025-09-29", "2025-10-13", "2025-10-14"),
    ("2025-09-26", "2025-10-10", "2025-10-13"),
    ("2026-02-13", "2026-02-27", "2026-03-02"),
    ("2025-12-31", "2026-01-08", "2026-01-09"),
]


@pytest.mark.parametrize(("received", "worked", "unworked"), VECTORS)
def test_the_fifth_banking_day(received: str, worked: str, unworked: str) -> None:
    for without, expected in ((False, worked), (True, unworked)):
        found = examination_of("CNSHA", received, without_makeup_days=without)
        assert found.receipt_day == date.fromisoformat(received)
        assert found.deadline == datetime.fromisoformat(f"{expected}T17:00:00+08:00")
        assert found.calendar == ("CNSHA-M" if without else "CNSHA")


@pytest.mark.parametrize(
    ("received", "day"),
    [
        ("2025-09-29T17:00:00+08:00", "2025-09-29"),
        ("2025-09-29T17:00:01+08:00", "2025-09-30"),
        ("2025-09-29T09:00:00+00:00", "2025-09-29"),
        ("2025-09-28T23:30:00Z", "2025-09-29"),
    ],
)
def test_an_instant_counts_by_the_hours_of_the_place(received: str, day: str) -> None:
    assert examination_of("CNSHA", received).receipt_day == date.fromisoformat(day)


@pytest.mark.parametrize("received", ["yesterday", "2025-02-29", "2025-09-29T10:00:00", ""])
def test_a_receipt_is_a_day_or_an_instant_with_its_offset(received: str) -> None:
    with pytest.raises(BadReceipt) as caught:
        examination_of("CNSHA", received)
    assert caught.value.given == received


def test_days_that_nobody_knows_are_named() -> None:
    with pytest.raises(CalendarNotPublished) as missing:
        examination_of("CNSHA", "2026-12-28")
    assert missing.value.day == date(2027, 1, 1)
    with pytest.raises(YearNotKnown) as unknown:
        examination_of("CNSHA", "2035-01-01")
    assert unknown.value.year == 2035
    with pytest.raises(UnknownPlace):
        examination_of("DEFRA", "2025-09-29", without_makeup_days=True)


def test_amounts_with_a_tolerance() -> None:
    data = changed((":32B:CNY1280000,00", ":32B:EUR486250,00"))
    found = credit_amounts(valid_mt700(data, "a"))
    assert (found.currency.code, found.currency.decimals) == ("EUR", 2)
    assert (found.amount, found.maximum, found.minimum) == (48_625_000, 51_056_250, 46_193_750)
    assert found.minimum_binds is False


@pytest.mark.parametrize(
    ("tolerance", "maximum", "minimum"),
    [("05/10", 10_499_998, 9_000_000), ("00/05", 9_999_999, 9_500_000)],
)
def test_ceilings_round_down_and_floors_up(tolerance: str, maximum: int, minimum: int) -> None:
    data = changed(
        (":32B:CNY1280000,00", ":32B:CNY99999,99"),
        (":39A:05/05", f":39A:{tolerance}"),
        (":43P:ALLOWED", ":43P:NOT ALLOWED"),
    )
    found = credit_amounts(valid_mt700(data, "a"))
    assert (found.maximum, found.minimum, found.minimum_binds) == (maximum, minimum, True)


def test_a_credit_without_a_tolerance_is_exact() -> None:
    found = credit_amounts(valid_mt700((CREDITS / "yen-credit.mt700").read_bytes(), "yen"))
    assert (found.currency.code, found.currency.decimals) == ("JPY", 0)
    assert found.amount == found.maximum == found.minimum == 98_750_000


def test_the_dates_of_a_credit() -> None:
    message = valid_mt700(changed(("251230SHANGHAI", "251005SHANGHAI"), ("251115", "250910")), "a")
    found = credit_dates(message, build_from("CNSHA", credit_year(message)))
    assert found == [
        CreditDate("issue", date(2025, 9, 1), "UCP 600 art. 7(b)"),
        CreditDate("latest shipment", date(2025, 9, 10), "UCP 600 art. 29(c)"),
        CreditDate("expiry", date(2025, 10, 5), "UCP 600 art. 6(d)"),
        CreditDate("expiry, extended", date(2025, 10, 9), "UCP 600 art. 29(a)"),
        CreditDate(
            "last day for presentation, shipped 2025-09-10",
            date(2025, 10, 9),
            "UCP 600 art. 14(c), 29(a)",
        ),
    ]
    earlier = credit_dates(message, build_from("CNSHA", 2025), date(2025, 9, 4))
    assert (
        CreditDate(
            "last day for presentation, shipped 2025-09-04",
            date(2025, 9, 25),
            "UCP 600 art. 14(c), 29(a)",
        )
        in earlier
    )


def test_a_credit_that_is_silent_on_its_period_has_21_days() -> None:
    message = valid_mt700(changed((":48:21\r\n", ""), ("251115", "250910")), "a")
    found = credit_dates(message, build_from("CNSHA", 2025))
    assert [each.day for each in found if "last day" in each.name] == [date(2025, 10, 9)]


@pytest.mark.parametrize(
    "data",
    [
        changed((":32B:CNY1280000,00\r\n", "")),
        IMPORT.encode() * 2,
        b"{1:F01YSHACNSHAXXX0042000817}{2:I734YSSLDEHHXXXXN}{4:\r\n:20:A\r\n-}",
    ],
)
def test_figures_are_of_one_valid_mt700(data: bytes) -> None:
    with pytest.raises(NoFigures) as caught:
        valid_mt700(data, "the file")
    assert str(caught.value).startswith("the file is not the one valid MT 700")

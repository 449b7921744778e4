# SPDX-License-Identifier: Apache-2.0
"""What a credit says of its amounts over time, from its fields and a file to the chain."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yangshan.chain.enums import Availability, MaturityFrom, Renewal
from yangshan.chain.records import Instalment, Schedule, Slice
from yangshan.credit.issuing import stated_terms
from yangshan.credit.schedule_words import is_scheduled, schedule_words
from yangshan.credit.schedules import BadSchedule
from yangshan.credit.slices import SlicesUnclear
from yangshan.credit.terms import CreditTerms
from yangshan.credit.timetables import (
    PartsUnsaid,
    Timetable,
    TimetableUnread,
    instalments_of,
    read_timetable,
    schedule_of,
)
from yangshan.money import Currency

CREDITS = Path(__file__).resolve().parents[3] / "examples" / "credits"
CNY, JPY = Currency.of("CNY"), Currency.of("JPY")
ROWS = (
    Instalment(30_000_000, date(2025, 9, 1), date(2025, 9, 30)),
    Instalment(30_000_000, date(2025, 10, 1), date(2025, 10, 31)),
    Instalment(30_000_000, date(2025, 11, 1), date(2025, 11, 30)),
)


def terms(name: str, **changes: Any) -> CreditTerms:
    found, _ = stated_terms((CREDITS / f"{name}.mt700").read_bytes(), name)
    return found.model_copy(update=changes)


def timetable(text: str) -> Timetable:
    return read_timetable(text.encode(), "schedule.toml")


def of_example(name: str) -> Schedule | None:
    data = (CREDITS / f"{name}.toml").read_bytes()
    return schedule_of(terms(name), read_timetable(data, name))


def instalment(amount: str, first: str = "2025-09-01", last: str = "2025-09-30") -> str:
    return f'[[instalments]]\namount = "{amount}"\nfirst = {first}\nlast = {last}\n'


def test_article_6_b_parts_of_mixed_payment_are_slices() -> None:
    assert of_example("mixed-credit") == Schedule(
        slices=(
            Slice(30, Availability.SIGHT_PAYMENT, 0, MaturityFrom.NONE),
            Slice(70, Availability.DEFERRED_PAYMENT, 60, MaturityFrom.SHIPMENT),
        ),
        instalments=(),
        renewal=Renewal.NONE,
        times=0,
        period=0,
        start=None,
        advance_limit=0,
    )


def test_article_32_instalments_and_an_advance_are_stated_in_a_file() -> None:
    assert of_example("instalment-credit") == Schedule(
        (), ROWS, Renewal.NONE, 0, 0, None, 9_000_000
    )


def test_an_amount_revolves_as_the_file_says() -> None:
    assert of_example("revolving-credit") == Schedule(
        (), (), Renewal.BY_TIME, 2, 30, date(2025, 9, 1), 0
    )
    by_use = timetable('[revolving]\nrenewal = "by use"\ntimes = 3\n')
    found = schedule_of(terms("revolving-credit"), by_use)
    assert found == Schedule((), (), Renewal.BY_USE, 3, 0, None, 0)
    cumulative = timetable(
        '[revolving]\nrenewal = "by time, cumulative"\ntimes = 1\nperiod = 7\nstart = 2025-09-08\n'
    )
    found = schedule_of(terms("revolving-credit"), cumulative)
    assert found == Schedule((), (), Renewal.BY_TIME_CUMULATIVE, 1, 7, date(2025, 9, 8), 0)


def test_a_credit_that_says_nothing_has_no_schedule() -> None:
    assert schedule_of(terms("import-credit")) is None


def test_the_parts_that_fall_due_later_are_available_as_the_file_says() -> None:
    mixed = terms("mixed-credit")
    with pytest.raises(PartsUnsaid) as caught:
        schedule_of(mixed)
    assert caught.value.text == "30 PCT AT SIGHT,\n70 PCT AT 60 DAYS AFTER B/L DATE"
    for said, availability in (
        ("acceptance", Availability.ACCEPTANCE),
        ("negotiation", Availability.NEGOTIATION),
    ):
        found = schedule_of(mixed, timetable(f'parts_by = "{said}"'))
        assert found is not None
        assert [each.availability for each in found.slices] == [
            Availability.SIGHT_PAYMENT,
            availability,
        ]
    # Where all is at sight nothing is left open.
    at_sight = mixed.model_copy(update={"mixed_payment": "30 PCT AT SIGHT, 70 PCT AT SIGHT"})
    found = schedule_of(at_sight)
    assert found is not None
    assert [each.weight for each in found.slices] == [30, 70]


def test_words_that_leave_a_doubt_are_no_slices() -> None:
    for text in (None, "HALF AT SIGHT"):
        with pytest.raises(SlicesUnclear) as caught:
            schedule_of(terms("mixed-credit", mixed_payment=text))
        assert caught.value.text == (text or "")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("import-credit", "", "says nothing of amounts over time"),
        ("import-credit", 'parts_by = "acceptance"', "parts_by is for a credit by mixed payment"),
        (
            "instalment-credit",
            instalment("900000.00") + '[revolving]\nrenewal = "by use"\ntimes = 1\n',
            "has instalments or revolves",
        ),
        ("instalment-credit", instalment("899999.99"), "come to 89999999; the credit is for"),
        ("instalment-credit", instalment("900000.00", last="2025-08-31"), "Instalment 1 has"),
        (
            "instalment-credit",
            instalment("450000.00") + instalment("450000.00", "2025-09-30", "2025-10-31"),
            "Instalment 2 has",
        ),
        (
            "instalment-credit",
            "".join(instalment("1.00", f"2025-09-{n:02}", f"2025-09-{n:02}") for n in range(1, 18)),
            "1 to 16 instalments; 17 were given",
        ),
        ("instalment-credit", instalment("900000.001"), "'900000.001' is no amount in CNY"),
        ("instalment-credit", instalment("-1.00"), "'-1.00' is no amount in CNY"),
        ("instalment-credit", instalment("much"), "'much' is no amount in CNY"),
        ("instalment-credit", instalment("Infinity"), "'Infinity' is no amount in CNY"),
        ("instalment-credit", '[red_clause]\nlimit = "0.00"\n', "CNY 0.00 was given"),
        ("instalment-credit", '[red_clause]\nlimit = "900000.01"\n', "CNY 900,000.01 was given"),
        ("revolving-credit", '[revolving]\nrenewal = "by use"\ntimes = 0\n', "at least once"),
        (
            "revolving-credit",
            '[revolving]\nrenewal = "by use"\ntimes = 1\nperiod = 30\nstart = 2025-09-01\n',
            "one that revolves by use has neither",
        ),
        ("revolving-credit", '[revolving]\nrenewal = "by time"\ntimes = 1\n', "periods of whole"),
        (
            "revolving-credit",
            '[revolving]\nrenewal = "by use"\ntimes = 65536\n',
            "more than the contracts count",
        ),
        (
            "revolving-credit",
            '[revolving]\nrenewal = "by time"\ntimes = 1\nperiod = 65536\nstart = 2025-09-01\n',
            "more than the contracts count",
        ),
    ],
)
def test_what_contradicts_itself_or_the_credit_is_refused(name: str, text: str, why: str) -> None:
    with pytest.raises(BadSchedule, match=re.escape(why)):
        schedule_of(terms(name), timetable(text))


def test_all_renewals_with_the_tolerance_can_be_counted() -> None:
    whole = terms("revolving-credit")
    by_use = timetable('[revolving]\nrenewal = "by use"\ntimes = 1\n')
    most = whole.model_copy(
        update={"amount": whole.amount.__class__((2**64 - 1) // 2, whole.amount.currency)}
    )
    assert schedule_of(most, by_use) is not None
    more = most.model_copy(
        update={"amount": whole.amount.__class__(most.amount.minor + 1, whole.amount.currency)}
    )
    with pytest.raises(BadSchedule, match="more than the contracts count"):
        schedule_of(more, by_use)


def test_the_largest_advance_is_the_amount_of_the_credit() -> None:
    found = schedule_of(
        terms("instalment-credit"), timetable('[red_clause]\nlimit = "900000.00"\n')
    )
    assert found is not None
    assert found.advance_limit == 90_000_000


def test_instalments_of_an_amendment_come_to_what_is_left() -> None:
    said = timetable(instalment("450000") + instalment("1.5", "2025-10-01", "2025-10-02"))
    assert instalments_of(said, CNY) == (
        Instalment(45_000_000, date(2025, 9, 1), date(2025, 9, 30)),
        Instalment(150, date(2025, 10, 1), date(2025, 10, 2)),
    )
    assert instalments_of(timetable(instalment("450")), JPY)[0].amount == 450
    with pytest.raises(BadSchedule, match="no amount in JPY; expected one such as 12345678"):
        instalments_of(timetable(instalment("450.5")), JPY)
    assert instalments_of(Timetable(), CNY) == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff", "it is not TOML"),
        (b"[[instalments", "it is not TOML"),
        (b"instalment = 1", "instalment: Extra inputs"),
        (b'parts_by = "sight"', "parts_by: Input should be"),
        (b'[revolving]\nrenewal = "sometimes"\ntimes = 1', "revolving.renewal: Input should be"),
        (b'[[instalments]]\namount = "1"\nfirst = 2025-09-01', "instalments.0.last: Field"),
    ],
)
def test_a_file_that_is_no_timetable(data: bytes, reason: str) -> None:
    with pytest.raises(TimetableUnread) as caught:
        read_timetable(data, "schedule.toml")
    assert caught.value.file == "schedule.toml"
    assert caught.value.reason.startswith(reason)


def test_a_schedule_is_told_line_by_line() -> None:
    for name, lines in {
        "mixed-credit": [
            "30 of 100 parts by sight payment",
            "70 of 100 parts by deferred payment, 60 days after shipment",
        ],
        "instalment-credit": [
            "instalment 1: CNY 300,000.00, shipped from 2025-09-01 to 2025-09-30",
            "instalment 2: CNY 300,000.00, shipped from 2025-10-01 to 2025-10-31",
            "instalment 3: CNY 300,000.00, shipped from 2025-11-01 to 2025-11-30",
            "up to CNY 90,000.00 advanced before shipment",
        ],
        "revolving-credit": ["revolves by time, 2 times, every 30 days from 2025-09-01"],
    }.items():
        found = of_example(name)
        assert found is not None
        assert is_scheduled(found)
        assert schedule_words(found, CNY) == lines
    once = Schedule((), (), Renewal.BY_USE, 1, 0, None, 0)
    assert schedule_words(once, CNY) == ["revolves by use, once"]
    assert not is_scheduled(Schedule((), (), Renewal.NONE, 0, 0, None, 0))
    assert is_scheduled(Schedule((), (), Renewal.NONE, 0, 0, None, 1))

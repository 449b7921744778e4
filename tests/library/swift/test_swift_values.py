# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest
from swift_texts import FULL_700, FULL_734, Fields, changed, fin

from yangshan.credit.amounts import Tolerance
from yangshan.money import Money
from yangshan.swift import Field, read, values
from yangshan.swift.errors import BadContent, FieldNotUsable
from yangshan.swift.values import Availability, Charge, Party, Period


def field(tag: str, fields: Fields = FULL_700, kind: str = "700") -> Field:
    found = read(fin(kind, fields))[0].first(tag)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "minor", "code"),
    [
        ("CNY1280000,00", 128_000_000, "CNY"),
        ("CNY1280000,", 128_000_000, "CNY"),
        ("CNY0,5", 50, "CNY"),
        ("CNY0,05", 5, "CNY"),
        ("JPY100,", 100, "JPY"),
        ("KWD1,005", 1005, "KWD"),
        ("USD99999999999,99", 9_999_999_999_999, "USD"),
    ],
)
def test_amounts_are_exact_minor_units(written: str, minor: int, code: str) -> None:
    money = values.money(field("32B", changed(FULL_700, {"32B": written})))
    assert money == Money.of(minor, code)
    assert values.read_money(code, values.write_money(money)[3:]) == money


@pytest.mark.parametrize(
    ("money", "written"),
    [
        (Money.of(128_000_000, "CNY"), "CNY1280000,00"),
        (Money.of(5, "CNY"), "CNY0,05"),
        (Money.of(100, "JPY"), "JPY100,"),
        (Money.of(1005, "KWD"), "KWD1,005"),
        # Decimals of nothing are left out where 15 signs do not hold them.
        (Money.of(12_345_678_901_200, "CNY"), "CNY123456789012,00"),
        (Money.of(1_234_567_890_123_400, "CNY"), "CNY12345678901234,"),
        (Money.of(123_456_789_012_350, "CNY"), "CNY1234567890123,5"),
        (Money.of(1_234_567_890_123_401, "CNY"), "CNY12345678901234,01"),
    ],
)
def test_amounts_are_written_with_a_comma(money: Money, written: str) -> None:
    assert values.write_money(money) == written


@pytest.mark.parametrize(
    ("currency", "amount", "code"),
    [
        ("CNX", "1,", "T52"),
        ("CNY", ",5", "T40"),
        ("CNY", "", "T40"),
        ("CNY", "100", "T43"),
        ("CNY", "1,0,", "T43"),
        ("CNY", "1,005", "C03"),
        ("JPY", "1,0", "C03"),
    ],
)
def test_an_amount_that_breaks_its_rule_carries_its_code(
    currency: str, amount: str, code: str
) -> None:
    with pytest.raises(BadContent) as bad:
        values.read_money(currency, amount)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("250901", date(2025, 9, 1)),
        ("800101", date(1980, 1, 1)),
        ("791231", date(2079, 12, 31)),
        ("991231", date(1999, 12, 31)),
        ("000229", date(2000, 2, 29)),
        ("240229", date(2024, 2, 29)),
    ],
)
def test_dates_follow_the_century_rule_both_ways(written: str, day: date) -> None:
    assert values.read_date(written) == day
    assert values.write_date(day) == written


@pytest.mark.parametrize("written", ["250229", "251301", "250900", "250931", "000000"])
def test_a_day_that_does_not_exist_is_t50(written: str) -> None:
    with pytest.raises(BadContent) as bad:
        values.read_date(written)
    assert bad.value.code == "T50"


@pytest.mark.parametrize("day", [date(1979, 12, 31), date(2080, 1, 1)])
def test_a_year_that_six_digits_cannot_hold_is_not_written(day: date) -> None:
    with pytest.raises(BadContent) as bad:
        values.write_date(day)
    assert bad.value.code == "T50"


def test_dates_stand_in_many_fields() -> None:
    assert values.day(field("31D")) == date(2025, 12, 31)
    assert values.day(field("32A", FULL_734, "734")) == date(2025, 10, 2)


def test_parties_of_each_option() -> None:
    assert values.party(field("51A")) == Party("A", None, None, "YSMTCNSHXXX", ())
    assert values.party(field("53A")) == Party("A", "C", "ACCOUNT-1", "YSBLCNSHXXX", ())
    assert values.party(field("57D")) == Party(
        "D", None, "ACCOUNT-2", None, ("SIEBEN LEUCHTFEUER HANDELSBANK", "HAMBURG")
    )
    in_b = changed(FULL_700, {"57D": None, "57B>72Z": "/D/12"})
    assert values.party(field("57a", in_b)) == Party("B", "D", "12", None, ())
    assert values.party(field("59")) == Party(
        "", None, "DE02000000000000000817", None, ("ELBFALKE MASCHINENBAU GMBH", "HAMBURG")
    )


def test_availability_in_both_options() -> None:
    assert values.availability(field("41a")) == Availability(
        "BY NEGOTIATION", None, ("ANY BANK IN HAMBURG",)
    )
    in_a = changed(FULL_700, {"41D": None, "41A>42C": "YSHACNSH\nBY PAYMENT"})
    assert values.availability(field("41a", in_a)) == Availability("BY PAYMENT", "YSHACNSHXXX", ())


def test_tolerance_and_period_are_numbers() -> None:
    assert values.tolerance(field("39A")) == Tolerance(5, 10)
    assert values.period(field("48")) == Period(21, "AFTER RECEIPT OF GOODS")
    for written in ("021", "21"):
        assert values.period(field("48", changed(FULL_700, {"48": written}))) == Period(21, None)


def test_charges_line_by_line() -> None:
    assert values.charges(field("71D")) == (
        Charge("COMM", Money.of(10_050, "CNY"), "OUTSIDE CHINA"),
        Charge(None, None, "FOR THE BENEFICIARY"),
    )


def test_a_field_out_of_format_has_no_value() -> None:
    with pytest.raises(FieldNotUsable) as refused:
        values.money(field("32B", changed(FULL_700, {"32B": "1280000"})))
    assert (refused.value.tag, refused.value.line) == ("32B", 16)
    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        ("YSHACNSH", True),
        ("YSHACNSHXXX", True),
        ("YSHACN2A", True),
        ("YSHACNS", False),
        ("YSHACNSHXX", False),
        ("YSHA1NSH", False),
        ("yshacnsh", False),
        ("YSHACNSH\n", False),
    ],
)
def test_the_shape_of_a_bic(given: str, shape: bool) -> None:
    assert values.is_bic(given) is shape

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import iso4217
import pytest

from yangshan.money import Currency, Money, UnknownCurrency

# ISO 4217 as its maintenance agency lists it: letters, number, decimals of the minor unit.
LISTED = [
    ("CNY", 156, 2),
    ("USD", 840, 2),
    ("EUR", 978, 2),
    ("GBP", 826, 2),
    ("HKD", 344, 2),
    ("CHF", 756, 2),
    ("SGD", 702, 2),
    ("ALL", 8, 2),
    ("JPY", 392, 0),
    ("KRW", 410, 0),
    ("VND", 704, 0),
    ("CLP", 152, 0),
    ("ISK", 352, 0),
    ("KWD", 414, 3),
    ("BHD", 48, 3),
    ("OMR", 512, 3),
    ("TND", 788, 3),
    ("IQD", 368, 3),
    ("CLF", 990, 4),
    ("UYW", 927, 4),
]
# Metals, units of account, testing and nothing at all: listed, but without a minor unit.
WITHOUT_MINOR_UNIT = [("XAU", 959), ("XAG", 961), ("XDR", 960), ("XTS", 963), ("XXX", 999)]


@pytest.mark.parametrize(("code", "number", "decimals"), LISTED)
def test_a_currency_is_known_by_its_letters_and_by_its_number(
    code: str, number: int, decimals: int
) -> None:
    expected = Currency(code, number, decimals)
    assert Currency.of(code) == expected
    assert Currency.numbered(number) == expected


def test_every_listed_currency_with_a_minor_unit_comes_back_by_its_number() -> None:
    codes = [each.code for each in iso4217.Currency if each.exponent is not None]
    assert len(codes) > 150
    for code in codes:
        assert Currency.numbered(Currency.of(code).number).code == code


@pytest.mark.parametrize("code", ["", "cny", "CNY ", "EU", "DEM", "CNH", "ABC", "156"])
def test_letters_that_are_no_currency(code: str) -> None:
    with pytest.raises(UnknownCurrency) as caught:
        Currency.of(code)
    assert (caught.value.given, caught.value.exit_code) == (code, 1)


@pytest.mark.parametrize("number", [-1, 0, 157, 1000])
def test_numbers_that_are_no_currency(number: int) -> None:
    with pytest.raises(UnknownCurrency) as caught:
        Currency.numbered(number)
    assert caught.value.given == number


@pytest.mark.parametrize(("code", "number"), WITHOUT_MINOR_UNIT)
def test_no_amount_can_be_stated_without_a_minor_unit(code: str, number: int) -> None:
    for ask, given in ((Currency.of, code), (Currency.numbered, number)):
        with pytest.raises(UnknownCurrency) as caught:
            ask(given)
        assert caught.value.given == given


@pytest.mark.parametrize(
    ("minor", "code", "digits", "text"),
    [
        (128_000_000, "CNY", "1280000.00", "CNY 1,280,000.00"),
        (46_850_050, "CNY", "468500.50", "CNY 468,500.50"),
        (0, "CNY", "0.00", "CNY 0.00"),
        (1, "CNY", "0.01", "CNY 0.01"),
        (99, "EUR", "0.99", "EUR 0.99"),
        (100, "EUR", "1.00", "EUR 1.00"),
        (98_750_000, "JPY", "98750000", "JPY 98,750,000"),
        (0, "JPY", "0", "JPY 0"),
        (1_005, "KWD", "1.005", "KWD 1.005"),
        (12_345, "CLF", "1.2345", "CLF 1.2345"),
        (-50, "CNY", "-0.50", "CNY -0.50"),
        (-100_000, "CNY", "-1000.00", "CNY -1,000.00"),
        # More than a double could tell apart.
        (2**64 - 1, "CNY", "184467440737095516.15", "CNY 184,467,440,737,095,516.15"),
    ],
)
def test_an_amount_is_written_to_its_last_minor_unit(
    minor: int, code: str, digits: str, text: str
) -> None:
    amount = Money.of(minor, code)
    assert amount == Money(minor, Currency.of(code))
    assert (amount.digits, str(amount)) == (digits, text)


def test_amounts_of_two_currencies_are_two_amounts() -> None:
    assert Money.of(100, "CNY") != Money.of(100, "EUR")


def test_an_amount_of_an_unknown_currency_is_none() -> None:
    with pytest.raises(UnknownCurrency):
        Money.of(1, "ABC")

# SPDX-License-Identifier: Apache-2.0
"""Standard numbers, held to published examples and to another implementation (python-stdnum)."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest
import stdnum.exceptions
from hypothesis import given
from hypothesis import strategies as st
from stdnum import bic as oracle_bic
from stdnum import lei as oracle_lei
from stdnum.cn import uscc as oracle_uscc

from yangshan.alliance.identifiers import (
    BadIdentifier,
    BicElsewhere,
    UnknownCountry,
    WrongCharacter,
    WrongCheck,
    WrongLength,
    bic,
    bic_country,
    countries,
    country_code,
    credit_code,
    credit_code_check,
    lei,
    lei_check_digits,
    organisation_check,
)
from yangshan.errors import Refused

BOTH = string.digits + string.ascii_uppercase
CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# Both published as examples, the second by the oracle.
LEIS = ("54930084UKLVMY22DS16", "213800KUD8LAJWSQ9D15")
# The example of GB 32100-2015, and one that the oracle documents.
CREDIT_CODES = ("91350100M000100Y43", "91110000600037341L")

entities = st.text(st.sampled_from(BOTH), min_size=18, max_size=18)
divisions = st.text(st.sampled_from(string.digits), min_size=8, max_size=8)
organisations = st.text(st.sampled_from(CREDIT_CODE), min_size=8, max_size=8)


def valid_lei(entity: str) -> str:
    return entity + lei_check_digits(entity)


def valid_credit_code(division: str, organisation: str) -> str:
    first = division + organisation + organisation_check(organisation)
    return first + credit_code_check(first)


def refused(
    kind: type[BadIdentifier], check: Callable[[str], str], number: str
) -> dict[str, object]:
    with pytest.raises(kind) as caught:
        check(number)
    assert type(caught.value) is kind
    assert isinstance(caught.value, Refused)
    assert caught.value.exit_code == 1
    assert str(caught.value).startswith(f"{number!r} is no {caught.value.scheme}: ")
    return vars(caught.value)


# LEI


@pytest.mark.parametrize("number", LEIS)
def test_published_leis_are_valid(number: str) -> None:
    assert lei(number) == number
    assert lei_check_digits(number[:18]) == number[18:]


@given(entities)
def test_an_lei_with_the_check_digits_made_is_valid_for_another_implementation(entity: str) -> None:
    number = valid_lei(entity)
    assert lei(number) == oracle_lei.validate(number) == number
    assert 2 <= int(number[18:]) <= 98


@given(entities, st.integers(0, 99))
def test_other_check_digits_are_refused_with_the_right_ones(entity: str, digits: int) -> None:
    expected = lei_check_digits(entity)
    wrong = f"{digits:02}"
    if wrong == expected:
        return
    fields = refused(WrongCheck, lei, entity + wrong)
    assert (fields["place"], fields["found"], fields["expected"]) == (19, wrong, expected)
    # The remainder alone would also take 00 for 97, 01 for 98 and 99 for 02, which none is given.
    if (digits - int(expected)) % 97:
        assert not oracle_lei.is_valid(entity + wrong)


@given(entities, st.integers(0, 17), st.sampled_from(BOTH))
def test_one_mistyped_character_of_an_lei_is_found(entity: str, at: int, other: str) -> None:
    number = valid_lei(entity)
    # Between letters and digits one in 97 is not found: the number changes its length by it.
    if number[at] == other or number[at].isdigit() != other.isdigit():
        return
    mistyped = number[:at] + other + number[at + 1 :]
    assert refused(WrongCheck, lei, mistyped)["found"] == number[18:]


@pytest.mark.parametrize(
    ("number", "place", "found", "expected"),
    [
        ("213800kUD8LAJWSQ9D15", 7, "k", "a capital letter or digit"),
        ("2138 0KUD8LAJWSQ9D15", 5, " ", "a capital letter or digit"),
        ("213800KUD8LAJWSQ9D1O", 20, "O", "a digit"),
        ("213800KUD8LAJWSQ9DA5", 19, "A", "a digit"),
        ("２13800KUD8LAJWSQ9D15", 1, "２", "a capital letter or digit"),
    ],
)
def test_a_character_that_no_lei_has_is_named_with_its_place(
    number: str, place: int, found: str, expected: str
) -> None:
    fields = refused(WrongCharacter, lei, number)
    assert (fields["place"], fields["found"], fields["expected"]) == (place, found, expected)


@pytest.mark.parametrize("number", ["", LEIS[0][:-1], LEIS[0] + "0"])
def test_an_lei_has_twenty_characters(number: str) -> None:
    assert refused(WrongLength, lei, number)["expected"] == (20,)


def test_the_sentence_about_check_digits() -> None:
    with pytest.raises(WrongCheck) as caught:
        lei("213800KUD8LAJWSQ9D51")
    assert str(caught.value) == (
        "'213800KUD8LAJWSQ9D51' is no LEI: the characters before place 19 make 15 there, and 51 "
        "stands there, so that one of them is mistyped."
    )


# Unified social credit code


@pytest.mark.parametrize("number", CREDIT_CODES)
def test_published_credit_codes_are_valid(number: str) -> None:
    assert credit_code(number) == number
    assert credit_code_check(number[:17]) == number[17]
    assert organisation_check(number[8:16]) == number[16]


@given(divisions, organisations)
def test_a_credit_code_made_is_valid_for_another_implementation(
    division: str, organisation: str
) -> None:
    number = valid_credit_code(division, organisation)
    assert credit_code(number) == oracle_uscc.validate(number) == number


def test_the_organisation_code_of_the_standards_example() -> None:
    assert organisation_check("D2143569") == "X"


@given(st.text(st.sampled_from(BOTH), min_size=8, max_size=8))
def test_an_organisation_code_with_its_check_is_nothing_modulo_11(first: str) -> None:
    check = organisation_check(first)
    values = [int(each, 36) for each in first] + [10 if check == "X" else int(check)]
    weights = (3, 7, 9, 10, 5, 8, 4, 2, 1)
    assert sum(value * weight for value, weight in zip(values, weights, strict=True)) % 11 == 0


@given(divisions, organisations, st.sampled_from(CREDIT_CODE))
def test_a_wrong_last_character_is_refused_with_the_right_one(
    division: str, organisation: str, other: str
) -> None:
    number = valid_credit_code(division, organisation)
    if other == number[17]:
        return
    fields = refused(WrongCheck, credit_code, number[:17] + other)
    assert (fields["place"], fields["found"], fields["expected"]) == (18, other, number[17])
    with pytest.raises(stdnum.exceptions.InvalidChecksum):
        oracle_uscc.validate(number[:17] + other)


@given(divisions, organisations, st.integers(0, 16), st.sampled_from(CREDIT_CODE))
def test_one_mistyped_character_of_a_credit_code_is_found(
    division: str, organisation: str, at: int, other: str
) -> None:
    number = valid_credit_code(division, organisation)
    mistyped = number[:at] + other + number[at + 1 :]
    if number[at] == other or (2 <= at < 8 and not other.isdigit()):
        return
    assert refused(WrongCheck, credit_code, mistyped)["place"] in (17, 18)


def test_the_organisation_code_is_checked_by_itself() -> None:
    # Its own check character is wrong, and the last character right for what stands before it.
    first = "91350100M000100Y5"
    number = first + credit_code_check(first)
    assert oracle_uscc.is_valid(number)
    fields = refused(WrongCheck, credit_code, number)
    assert (fields["place"], fields["found"], fields["expected"]) == (17, "5", "4")


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_are_taken_for_others_stand_in_no_credit_code(letter: str) -> None:
    number = letter.join(("91350100M0001", "0Y43"))
    fields = refused(WrongCharacter, credit_code, number)
    assert (fields["place"], fields["found"]) == (14, letter)
    assert fields["expected"] == "a digit or a capital letter other than I, O, S, V and Z"


def test_the_place_of_registration_is_in_digits() -> None:
    fields = refused(WrongCharacter, credit_code, "9135A100M000100Y43")
    assert (fields["place"], fields["found"], fields["expected"]) == (5, "A", "a digit")


def test_registering_bodies_may_be_letters() -> None:
    first = "Y1350100M000100Y4"
    assert credit_code(first + credit_code_check(first))


@pytest.mark.parametrize("number", ["", CREDIT_CODES[0][:-1], CREDIT_CODES[0] + "0"])
def test_a_credit_code_has_eighteen_characters(number: str) -> None:
    assert refused(WrongLength, credit_code, number)["expected"] == (18,)


# BIC and country


@pytest.mark.parametrize("number", ["YSHACNSH", "YSHACNSHXXX", "YSSLDEHH", "YSSLDE2H1A0"])
def test_bics_in_eight_and_eleven(number: str) -> None:
    assert bic(number) == bic(number, number[4:6]) == number
    assert oracle_bic.validate(number) == number
    assert bic_country(number) == number[4:6]


@pytest.mark.parametrize(
    ("number", "place", "expected"),
    [
        ("YS1ACNSH", 3, "a capital letter"),
        ("YSHAC2SH", 6, "a capital letter"),
        ("YSHACN-H", 7, "a capital letter or digit"),
        ("YSHACNSHxXX", 9, "a capital letter or digit"),
    ],
)
def test_a_character_that_no_bic_has_is_named_with_its_place(
    number: str, place: int, expected: str
) -> None:
    fields = refused(WrongCharacter, bic, number)
    assert (fields["place"], fields["expected"]) == (place, expected)


@pytest.mark.parametrize("number", ["", "YSHA", "YSHACNS", "YSHACNSHX", "YSHACNSHXXXX"])
def test_a_bic_has_eight_or_eleven_characters(number: str) -> None:
    assert refused(WrongLength, bic, number)["expected"] == (8, 11)


def test_a_bic_names_a_country_there_is() -> None:
    assert refused(UnknownCountry, bic, "YSHAXXSH")["country"] == "XX"


def test_a_bic_is_of_its_members_country() -> None:
    fields = refused(BicElsewhere, lambda given: bic(given, "DE"), "YSHACNSH")
    assert fields["country"] == "DE"


def test_countries_are_those_of_the_standard() -> None:
    assert len(countries()) == 249
    assert all(len(code) == 2 and code.isalpha() and code.isupper() for code in countries())
    assert [country_code(code) for code in ("CN", "DE", "HK", "SG")] == ["CN", "DE", "HK", "SG"]
    assert refused(UnknownCountry, country_code, "UK")["country"] == "UK"
    assert refused(UnknownCountry, country_code, "cn")["country"] == "cn"
    assert refused(UnknownCountry, country_code, "")["country"] == ""

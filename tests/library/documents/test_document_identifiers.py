# SPDX-License-Identifier: Apache-2.0
"""The numbers in documents: published vectors, and each wrong place and digit."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest

from yangshan.alliance.identifiers import (
    BadIdentifier,
    WrongCharacter,
    WrongCheck,
    WrongLength,
    credit_code,
    credit_code_check,
    lei,
)
from yangshan.documents.identifiers import (
    Declaration,
    bic,
    container,
    container_check,
    declaration,
    locode,
    ship,
    ship_check,
)


@pytest.mark.parametrize(
    ("check", "first", "expected"),
    [
        (credit_code_check, "9131000010000595X", "D"),
        (credit_code_check, "91100000100003962", "T"),
        (container_check, "CSQU305438", "3"),
        (ship_check, "907472", "9"),
        # The remainder 10 of ISO 6346 counts as 0.
        (container_check, "AAAU000006", "0"),
    ],
)
def test_published_check_digits(check: Callable[[str], str], first: str, expected: str) -> None:
    assert check(first) == expected


def test_whole_numbers() -> None:
    assert credit_code("9131000010000595XD") == "9131000010000595XD"
    assert credit_code("91100000100003962T") == "91100000100003962T"
    assert container("CSQU3054383") == "CSQU3054383"
    assert ship("9074729") == "9074729"
    assert lei("54930084UKLVMY22DS16") == "54930084UKLVMY22DS16"


@pytest.mark.parametrize(
    ("check", "number"),
    [(container, "CSQU3054383"), (ship, "9074729"), (credit_code, "9131000010000595XD")],
)
def test_one_wrong_character_is_found(check: Callable[[str], str], number: str) -> None:
    for place, right in enumerate(number):
        alike = string.digits if right.isdigit() else string.ascii_uppercase
        missed = []
        for wrong in alike.replace(right, ""):
            try:
                check(number[:place] + wrong + number[place + 1 :])
            except BadIdentifier:
                continue
            missed.append(wrong)
        # Modulo 11 with 10 as 0 cannot tell all letters and digits; modulo 10 cannot where the
        # weight takes the difference to a multiple of ten.
        most = {container: 3, ship: 4, credit_code: 0}[check]
        assert len(missed) <= most, (place, missed)


@pytest.mark.parametrize(
    ("check", "given", "kind", "place"),
    [
        (container, "CSQU3054384", WrongCheck, 11),
        (container, "CSQA3054383", WrongCharacter, 4),
        (container, "CS1U3054383", WrongCharacter, 3),
        (container, "csqu3054383", WrongCharacter, 1),
        (container, "CSQU305438", WrongLength, None),
        (ship, "9074720", WrongCheck, 7),
        (ship, "IMO9074729", WrongLength, None),
        (ship, "907472X", WrongCharacter, 7),
        (ship, "９074729", WrongCharacter, 1),
        (declaration, "22482025100004120", WrongLength, None),
        (declaration, "2248202510000412070", WrongLength, None),
        (declaration, "224820252000041207", WrongCharacter, 9),
        (declaration, "2248A0251000041207", WrongCharacter, 5),
        (declaration, "224820251000041207101", WrongCharacter, 19),
        (bic, "YSHACNS", WrongLength, None),
        (bic, "YSHAC1SH", WrongCharacter, 6),
        (bic, "YSHACNSHxxx", WrongCharacter, 9),
        (locode, "CNSH", WrongLength, None),
        (locode, "CNSH1", WrongCharacter, 5),
        (locode, "C2SHA", WrongCharacter, 2),
    ],
)
def test_what_is_no_such_number(
    check: Callable[[str], object], given: str, kind: type[BadIdentifier], place: int | None
) -> None:
    with pytest.raises(kind) as caught:
        check(given)
    assert type(caught.value) is kind
    assert caught.value.given == given
    assert getattr(caught.value, "place", None) == place
    assert str(caught.value).startswith(f"{given!r} is no ")


def test_others_that_pass() -> None:
    assert bic("1A2BCNSH") == "1A2BCNSH"
    assert bic("YSHACNSHXXX") == "YSHACNSHXXX"
    assert locode("CNSHA") == "CNSHA"
    assert locode("CN2AB") == "CN2AB"


@pytest.mark.parametrize(
    ("given", "item", "imports", "consolidated"),
    [
        ("224820251000041207", None, True, False),
        ("224820250000041207", None, False, False),
        ("22482025I000041207", None, True, True),
        ("22482025E000041207", None, False, True),
        ("224820250000041207001", 1, False, False),
        ("224820250000041207050", 50, False, False),
    ],
)
def test_parts_of_a_declaration_number(
    given: str, item: int | None, imports: bool, consolidated: bool
) -> None:
    found = declaration(given)
    assert found == Declaration(given[:18], item)
    assert (found.district, found.year) == ("2248", 2025)
    assert (found.imports, found.consolidated) == (imports, consolidated)

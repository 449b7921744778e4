# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import yangshan.swift
from yangshan.swift.formats import (
    CHARACTER_SETS,
    BadSpecification,
    Format,
    Match,
    Mismatch,
)

DATA = Path(yangshan.swift.__file__).parent / "data" / "fields.toml"
FORMATS = {
    given["spec"]: tuple(given["parts"])
    for given in tomllib.loads(DATA.read_text())["formats"].values()
}

# Specification: a longest valid value, and one just beyond it with line and column of the fault.
CASES: dict[str, list[tuple[str, str, int, int]]] = {
    "1!n/1!n": [("1/8", "1/", 0, 2), ("1/8", "11/1", 0, 1), ("1/8", "1/88", 0, 3)],
    "16x": [("A" * 16, "A" * 17, 0, 16), ("A", "A;", 0, 1)],
    "24x": [("A" * 24, "A" * 25, 0, 24)],
    "30x[/35x]": [
        ("A" * 30 + "/" + "B" * 35, "A" * 30 + "/" + "B" * 36, 0, 66),
        ("OTHR/A/B", "OTHR/", 0, 5),
        ("A" * 30, "A" * 31, 0, 30),
    ],
    "6!n": [("250901", "25090", 0, 5), ("250901", "2509011", 0, 6), ("250901", "25O901", 0, 2)],
    "6!n29x": [("250901" + "A" * 29, "250901" + "A" * 30, 0, 35), ("250901A", "250901", 0, 6)],
    "3!a15d": [
        ("CNY123456789012,34", "CNY1234567890123,34"[:18] + "1", 0, 18),
        ("CNY1,", "CN1,", 0, 2),
        ("CNY1,", "CNY1.00", 0, 4),
    ],
    "6!n3!a15d": [("250901CNY1,", "250901CNY", 0, 9), ("250901CNY1,", "250901cny1,", 0, 6)],
    "2n/2n": [("05/10", "05/100", 0, 5), ("5/1", "5-1", 0, 1)],
    "[/1!a][/34x] CRLF 4!a2!a2!c[3!c]": [
        ("YSHACNSH", "YSHACNS", 0, 7),
        ("YSHACNSHXXX", "YSHACNSHXXXX", 0, 11),
        ("/D/" + "1" * 34 + "\nYSHACNSH", "/D/" + "1" * 35 + "\nYSHACNSH", 0, 37),
        ("/D\nYSHACNSH", "/D\nYSHA1NSH", 1, 4),
        ("/123\nYSHACNSH", "/123", 0, 4),
    ],
    "[/1!a][/34x] CRLF [35x]": [
        ("A" * 35, "A" * 36, 0, 35),
        ("/C/1\nA", "/C/1\nA\nB", 2, 0),
        ("/123", "/" + "1" * 35, 0, 35),
    ],
    "[/1!a][/34x] CRLF 4*35x": [
        ("/1\nA\nB\nC\nD", "/1\nA\nB\nC\nD\nE", 5, 0),
        ("A", "/A", 0, 2),
        ("A\nB", "A\n" + "B" * 36, 1, 35),
    ],
    "4*35x": [("A\nB\nC\n" + "D" * 35, "A\nB\nC\nD\nE", 4, 0), ("A", "A\n;", 1, 0)],
    "[/34x] CRLF 4*35x": [
        ("/" + "1" * 34 + "\nA", "/" + "1" * 35 + "\nA", 0, 35),
        ("A\n/B", "/B", 0, 2),
    ],
    "4!a2!a2!c[3!c] CRLF 14x": [
        ("YSHACNSHXXX\nBY MIXED PYMT", "YSHACNSHXX\nBY PAYMENT", 0, 10),
        ("YSHACNSH\n" + "A" * 14, "YSHACNSH\n" + "A" * 15, 1, 14),
        ("YSHACNSH\nA", "YSHACNSH", 0, 8),
    ],
    "4*35x CRLF 14x": [
        ("A\nB\nC\nD\nBY PAYMENT", "A\nB\nC\nD\nE\nBY PAYMENT", 4, 0),
        ("ANY BANK\n" + "A" * 14, "ANY BANK\n" + "A" * 15, 1, 14),
        ("A\nB", "BY PAYMENT", 0, 10),
    ],
    "11x": [("NOT ALLOWED", "NOT ALLOWED.", 0, 11)],
    "7!x": [("MAY ADD", "MAYADD", 0, 6), ("WITHOUT", "WITHOUT.", 0, 7)],
    "3n[/35x]": [
        ("021/" + "A" * 35, "021/" + "A" * 36, 0, 39),
        ("21", "2100", 0, 3),
        ("21/A", "21 DAYS", 0, 2),
    ],
    "3*35x": [("A\nB\nC", "A\nB\nC\nD", 3, 0), ("A" * 35, "A" * 36, 0, 35)],
    "6*35z": [("A\n" * 5 + "A", "A\n" * 6 + "A", 6, 0), ("A" * 35, "A" * 36, 0, 35)],
    "6*65x": [("A\n" * 5 + "A", "A\n" * 6 + "A", 6, 0), ("A" * 65, "A" * 66, 0, 65)],
    "12*65x": [("A\n" * 11 + "A", "A\n" * 12 + "A", 12, 0), ("A" * 65, "A" * 66, 0, 65)],
    "70*50z": [("A\n" * 69 + "A", "A\n" * 70 + "A", 70, 0), ("A" * 50, "A" * 51, 0, 50)],
    "100*65z": [
        ("A\n" * 99 + "A", "A\n" * 100 + "A", 100, 0),
        ("A" * 65, "A" * 66, 0, 65),
        ('=!"%&*<>;{@#_', "A}", 0, 1),
    ],
    "": [("", "A", 0, 0)],
    "2!a": [("EN", "ENG", 0, 2)],
    "4!a[/35x]": [("OTHR/" + "A" * 35, "OTHR/" + "A" * 36, 0, 40), ("NONE", "NON", 0, 3)],
    "4!c[/30x]": [("OTHR/" + "A" * 30, "OTHR/" + "A" * 31, 0, 35), ("OTHR", "OTH", 0, 3)],
    "4!c[CRLF 12*65x]": [("OTHR\n" + "A\n" * 11 + "A", "OTHR\n" + "A\n" * 12 + "A", 13, 0)],
    "4!c[CRLF 50*65z]": [("INCP\n" + "A\n" * 49 + "A", "INCP\n" + "A\n" * 50 + "A", 51, 0)],
    "1!a3!n2!a3!a15d": [("D060STCNY1,", "D60STCNY1,", 0, 3), ("M002STCNY1,", "M002ST1,", 0, 6)],
    "4!a2!a2!c[3!c]": [("YSHACNSHXXX", "YSHACNSHXX", 0, 10)],
    "[/34x] CRLF 4!a2!a2!c[3!c]": [
        ("/" + "1" * 34 + "\nYSHACNSH", "/" + "1" * 35 + "\nYSHACNSH", 0, 35),
        ("YSHACNSH", "YSHACNS", 0, 7),
    ],
    "6*35x": [("A\n" * 5 + "A", "A\n" * 6 + "A", 6, 0), ("A" * 35, "A=", 0, 1)],
    "12*65z": [("A\n" * 11 + "A", "A\n" * 12 + "A", 12, 0), ("A" * 65, "A" * 66, 0, 65)],
    "20*35x": [("A\n" * 19 + "A", "A\n" * 20 + "A", 20, 0), ("A" * 35, "A" * 36, 0, 35)],
    "50*65z": [("A\n" * 49 + "A", "A\n" * 50 + "A", 50, 0), ("A" * 65, "A" * 66, 0, 65)],
    "24x CRLF 24x": [
        ("A" * 24 + "\n" + "B" * 24, "A\n" + "B" * 25, 1, 24),
        ("A\nB", "A", 0, 1),
        ("A\nB", "A\nB\nC", 2, 0),
    ],
    "30x": [("A" * 30, "A" * 31, 0, 30)],
    "35x": [("A" * 35, "A" * 36, 0, 35)],
    "3n": [("021", "0210", 0, 3), ("2", "A", 0, 0)],
    "3!a": [("CLM", "CL", 0, 2), ("OUR", "OURS", 0, 3)],
    "4!c": [("ISSU", "ISS", 0, 3), ("ISSU", "ISSUE", 0, 4)],
    "6!a": [("CANCEL", "CANCE1", 0, 5)],
    "8!c": [("OTHERFNC", "OTHERFN", 0, 7), ("ISSUANCE", "ISSUANCES", 0, 8)],
    "4!c[/35x]": [
        ("OTHR/" + "A" * 35, "OTHR/" + "A" * 36, 0, 40),
        ("DUPL", "DUPL/", 0, 5),
        ("DUPL", "DUP", 0, 3),
    ],
    "4!c/65x": [("EMAL/" + "A" * 65, "EMAL/" + "A" * 66, 0, 70), ("EMAL/A", "EMAL", 0, 4)],
    "4!c[CRLF 6*35z]": [
        ("OTHR\n" + "A\n" * 5 + "A", "OTHR\n" + "A\n" * 6 + "A", 7, 0),
        ("APPL", "APPL ", 0, 4),
        ("OTHR\n" + "A" * 35, "OTHR\n" + "A" * 36, 1, 35),
        ("OTHR\nA", "OTHR\n", 1, 0),
    ],
    "20*35z": [("A\n" * 19 + "A", "A\n" * 20 + "A", 20, 0), ("A" * 35, "A" * 36, 0, 35)],
    "35*50x": [("A\n" * 34 + "A", "A\n" * 35 + "A", 35, 0), ("A" * 50, "A" * 51, 0, 50)],
    "35*50z": [("A\n" * 34 + "A", "A\n" * 35 + "A", 35, 0), ("A" * 50, "A" * 51, 0, 50)],
    "150*65z": [("A\n" * 149 + "A", "A\n" * 150 + "A", 150, 0), ("A" * 65, "A" * 66, 0, 65)],
    "140z": [("A" * 140, "A" * 141, 0, 140), ("A", "A\nB", 1, 0)],
    # Notation that further messages use.
    "2!a[/35x][CRLF /65x]": [("CN/SH\n/PUDONG", "CN/SH\nPUDONG", 1, 0), ("CN", "CNX", 0, 2)],
    "6!n[/6!n]": [("250901/250930", "250901/25093", 0, 12)],
    "2*24x": [("IRREVOCABLE\nA", "A\nB\nC", 2, 0)],
}
ROWS = [(spec, *case) for spec, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("spec", "valid", "invalid", "line", "column"), ROWS)
def test_a_value_fits_and_one_just_beyond_does_not(
    spec: str, valid: str, invalid: str, line: int, column: int
) -> None:
    compiled = Format(spec, FORMATS.get(spec, ()))
    assert isinstance(compiled.match(valid), Match)
    found = compiled.match(invalid)
    assert isinstance(found, Mismatch)
    assert (found.line, found.column) == (line, column)
    assert found.expected


def test_every_format_of_the_data_has_its_cases() -> None:
    assert set(FORMATS) - set(CASES) == set()


@pytest.mark.parametrize(
    ("spec", "parts", "value", "expected"),
    [
        ("30x[/35x]", ("code", "text"), "OTHR/A/B", {"code": "OTHR", "text": "A/B"}),
        ("3n[/35x]", ("days", "start"), "021", {"days": "021"}),
        (
            "[/1!a][/34x] CRLF 4*35x",
            ("mark", "account", "lines"),
            "/D/12\nA\nB",
            {"mark": "D", "account": "12", "lines": "A\nB"},
        ),
        (
            "[/1!a][/34x] CRLF 4*35x",
            ("mark", "account", "lines"),
            "/DE12\nA",
            {"account": "DE12", "lines": "A"},
        ),
        (
            "4*35x CRLF 14x",
            ("lines", "by"),
            "ANY BANK\nIN HAMBURG\nBY PAYMENT",
            {"lines": "ANY BANK\nIN HAMBURG", "by": "BY PAYMENT"},
        ),
        (
            "4!a2!a2!c[3!c] CRLF 14x",
            ("bic", "bic", "bic", "bic", "by"),
            "YSHACNSHXXX\nBY PAYMENT",
            {"bic": "YSHACNSHXXX", "by": "BY PAYMENT"},
        ),
    ],
)
def test_parts_are_told_apart(
    spec: str, parts: tuple[str, ...], value: str, expected: dict[str, str]
) -> None:
    assert Format(spec, parts).match(value) == Match(expected)


@pytest.mark.parametrize(
    ("spec", "value", "part", "expected"),
    [
        ("3!a15d", "CN1,", "currency", "exactly 3 capital letters"),
        ("3!a15d", "CNY", "amount", "up to 15 digits or commas"),
        ("16x", "A" * 17, "reference", "at most 16 characters of set x"),
        ("4*35x", "A\nB\nC\nD\nE", "lines", "at most 4 lines"),
    ],
)
def test_a_mismatch_names_the_part_and_what_was_expected(
    spec: str, value: str, part: str, expected: str
) -> None:
    found = Format(spec, FORMATS.get(spec, ())).match(value)
    assert isinstance(found, Mismatch)
    assert expected in found.expected
    if part != "lines":
        assert found.part == part


def test_character_sets_are_those_of_the_standard() -> None:
    upper, digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
    letters = upper + upper.lower()
    assert {name: set(chars) for name, chars in CHARACTER_SETS.items()} == {
        "n": set(digits),
        "a": set(upper),
        "c": set(upper + digits),
        "d": set(digits + ","),
        "x": set(letters + digits + " /-?:().,'+"),
        "y": set(upper + digits + " .,-()/='+:?!\"%&*<>;"),
        "z": set(letters + digits + " /-?:().,'+" + '=!"%&*<>;{@#_'),
    }


@pytest.mark.parametrize("name", sorted(CHARACTER_SETS))
def test_each_set_takes_its_characters_and_no_other(name: str) -> None:
    one = Format(f"1!{name}", ())
    for code in range(1, 0x250):
        char = chr(code)
        assert isinstance(one.match(char), Match) == (char in CHARACTER_SETS[name]), ascii(char)


@pytest.mark.parametrize(
    ("spec", "parts"), [("16q", ()), ("[16x", ()), ("16x]", ()), ("16x", ("a", "b")), ("x16", ())]
)
def test_a_specification_in_no_notation_is_refused(spec: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(BadSpecification):
        Format(spec, parts)

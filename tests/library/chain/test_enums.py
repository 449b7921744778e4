# SPDX-License-Identifier: Apache-2.0
"""The Python enumerations against the Solidity sources, read here and now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yangshan.chain import enums

ROOT = Path(__file__).parents[3]
SOURCES = [*(ROOT / "interfaces").rglob("*.sol"), *(ROOT / "contracts").rglob("*.sol")]


def code_of(path: Path) -> str:
    """A source without its comments."""
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def solidity_enums() -> dict[str, list[str]]:
    found = {}
    for path in SOURCES:
        for name, body in re.findall(r"\benum\s+(\w+)\s*\{([^}]*)\}", code_of(path)):
            found[name] = [value.strip() for value in body.split(",")]
    return found


def solidity_bits(library: str) -> dict[str, int]:
    code = code_of(ROOT / "contracts/libraries" / f"{library}.sol")
    bits = re.findall(r"internal constant (\w+) = 1 << (\d+);", code)
    return {name: 1 << int(bit) for name, bit in bits}


def python_name(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def test_every_enum_of_the_sources_has_its_class_and_no_other_has() -> None:
    classes = {each.__name__ for each in enums.Choice.__subclasses__()}
    assert classes == set(solidity_enums())
    assert len(classes) == 33


@pytest.mark.parametrize("name", sorted(solidity_enums()))
def test_an_enum_has_the_values_of_the_source_in_its_order(name: str) -> None:
    values = [(python_name(value), n) for n, value in enumerate(solidity_enums()[name])]
    assert [(each.name, each.value) for each in getattr(enums, name)] == values


@pytest.mark.parametrize(
    ("flags", "library"),
    [
        (enums.Role, "Roles"),
        (enums.CreditSwitch, "CreditSwitches"),
        (enums.PresentationFlag, "PresentationFlags"),
        (enums.PresentationMark, "PresentationMarks"),
        (enums.ClaimReason, "ClaimReasons"),
        (enums.ClaimMark, "ClaimMarks"),
    ],
)
def test_flags_are_the_bits_of_the_library(flags: type[enums.Role], library: str) -> None:
    bits = solidity_bits(library)
    assert len(bits) >= 3
    assert {each.name: each.value for each in flags} == bits


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (enums.MemberKind.CENTRAL_BANK, "central bank"),
        (enums.Disposal.PREVIOUS_INSTRUCTIONS, "previous instructions"),
        (enums.Role.ISSUE, "ISSUE"),
        (enums.Role.ISSUE | enums.Role.ADVISE | enums.Role.KEEP_CALENDARS, None),
        (enums.Role(0), "NONE"),
        (enums.Role.PAY | enums.Role(1 << 77), "PAY and 0x20000000000000000000"),
        (enums.PresentationFlag.LATE | enums.PresentationFlag.SHORT, "late and short"),
        (enums.PresentationFlag(128), "0x80"),
        (enums.PresentationMark.COUNTED | enums.PresentationMark.TAKE_UP, "counted and take up"),
        (enums.ClaimReason.DUPLICATE | enums.ClaimReason.OVERDRAWN, "duplicate and overdrawn"),
        (enums.ClaimMark.EARLY | enums.ClaimMark.OWED, "early and owed"),
        (enums.MaturityFrom.NONE, "nothing"),
        (enums.MaturityFrom.FIXED_DATE, "fixed date"),
        (
            enums.CreditSwitch.NO_EXTENSION | enums.CreditSwitch.NO_FIVE_PERCENT_LESS,
            "no extension and no five percent less",
        ),
        (enums.CreditSwitch(128), "0x80"),
    ],
)
def test_labels(value: enums.Choice | enums.Role, label: str | None) -> None:
    assert value.label == (label or "ISSUE, ADVISE and KEEP_CALENDARS")

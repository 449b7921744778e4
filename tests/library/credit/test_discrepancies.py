# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from pathlib import Path

import pytest

from yangshan.credit.discrepancies import (
    UnknownDiscrepancy,
    discrepancies,
    from_bits,
    to_bits,
)

CONTRACT = Path(__file__).parents[3] / "contracts" / "credits" / "Presentations.sol"
CODES = ["OTHER", *(f"X{number:02}" for number in range(1, 25))]


def known_to_the_contract() -> int:
    """The number in the Solidity source, such as (1 << 25) - 1."""
    found = re.search(
        r"constant KNOWN_DISCREPANCIES = \(1 << (\d+)\) - 1;", CONTRACT.read_text("utf-8")
    )
    assert found is not None
    return (1 << int(found[1])) - 1


def test_each_bit_that_the_contract_knows_has_one_discrepancy() -> None:
    rows = discrepancies()
    assert [(row.code, row.bit) for row in rows.values()] == list(
        zip(CODES, range(25), strict=True)
    )
    assert to_bits(rows) == known_to_the_contract() == 0x1FFFFFF


def test_each_says_what_it_means_and_by_which_rule() -> None:
    titles = [row.title for row in discrepancies().values()]
    assert len(set(titles)) == 25
    assert all(titles)
    outside = [row for row in discrepancies().values() if not row.rule.startswith("UCP 600 art. ")]
    # Sanctions are law, and a digital register is a matter of its own: no rules of credits.
    assert [(row.code, row.rule) for row in outside] == [
        ("X23", "outside UCP 600"),
        ("X24", "outside UCP 600"),
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_its_bit_and_back(code: str) -> None:
    bit = CODES.index(code)
    assert to_bits([code]) == 2**bit
    assert [row.code for row in from_bits(2**bit)] == [code]


def test_several_are_one_number_in_any_order_and_once_each() -> None:
    assert to_bits(["X12", "X08", "X09", "X08"]) == 2**8 + 2**9 + 2**12
    assert [row.code for row in from_bits(2**12 + 2**9 + 2**8)] == ["X08", "X09", "X12"]
    assert (to_bits([]), from_bits(0)) == (0, ())
    assert [row.code for row in from_bits(known_to_the_contract())] == CODES


@pytest.mark.parametrize("code", ["X00", "X25", "x08", "X8", "", "OTHER "])
def test_a_code_that_is_none_is_named_with_those_known(code: str) -> None:
    with pytest.raises(UnknownDiscrepancy) as caught:
        to_bits(["X01", code])
    assert (caught.value.given, caught.value.exit_code) == (code, 1)
    assert "OTHER, X01, X02" in str(caught.value)


@pytest.mark.parametrize("bit", [25, 26, 255])
def test_a_bit_that_stands_for_none_is_named(bit: int) -> None:
    with pytest.raises(UnknownDiscrepancy) as caught:
        from_bits(2**bit + 1)
    assert caught.value.given == bit

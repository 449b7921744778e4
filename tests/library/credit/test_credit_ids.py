# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from eth_utils.crypto import keccak

from yangshan.chain.records import PresentationKey
from yangshan.chain.values import UnfitReference
from yangshan.credit.ids import claim_id, credit_id, obligation_id, presentation_id, slice_id


def words(*values: int | bytes) -> str:
    """keccak256 of 32-byte words: numbers on the right, texts on the left."""
    parts = [
        value.to_bytes(32, "big") if isinstance(value, int) else value.ljust(32, b"\0")
        for value in values
    ]
    return "0x" + keccak(b"".join(parts)).hex()


@pytest.mark.parametrize("reference", ["A", "YSH25LC000817", "ABCDEFGHIJKLMNOP", "A/B-C 1"])
def test_a_credit_is_its_bank_and_its_reference(reference: str) -> None:
    assert credit_id(4, reference) == words(4, reference.encode())
    assert credit_id(4, reference) != credit_id(5, reference)
    assert credit_id(2**32 - 1, reference) == words(2**32 - 1, reference.encode())


@pytest.mark.parametrize("reference", ["A" * 17, "Ä", "A\n"])
def test_a_reference_that_does_not_fit_is_none(reference: str) -> None:
    with pytest.raises(UnfitReference) as caught:
        credit_id(4, reference)
    assert (caught.value.text, caught.value.length) == (reference, 16)


def test_a_presentation_is_each_part_of_its_key() -> None:
    credit = credit_id(4, "A")
    key = PresentationKey(credit, 4, 10, 1)
    assert presentation_id(key) == words(bytes.fromhex(credit[2:]), 4, 10, 1)
    others = [
        PresentationKey(credit_id(4, "B"), 4, 10, 1),
        PresentationKey(credit, 5, 10, 1),
        PresentationKey(credit, 4, 11, 1),
        PresentationKey(credit, 4, 10, 2),
        PresentationKey(credit, 10, 4, 1),
    ]
    assert len({presentation_id(each) for each in [key, *others]}) == 6


def test_an_obligation_is_its_presentation_debtor_and_owner() -> None:
    presentation = presentation_id(PresentationKey(credit_id(4, "A"), 4, 10, 1))
    assert obligation_id(presentation, 4, 11) == words(bytes.fromhex(presentation[2:]), 4, 11)
    assert obligation_id(presentation, 4, 11) != obligation_id(presentation, 11, 4)


def test_a_slice_is_the_first_and_its_place() -> None:
    first = obligation_id(presentation_id(PresentationKey(credit_id(4, "A"), 4, 10, 1)), 4, 11)
    assert slice_id(first, 0) == first
    assert slice_id(first, 3) == words(bytes.fromhex(first[2:]), 3)


def test_a_claim_is_its_presentation_and_the_banks_count() -> None:
    presentation = presentation_id(PresentationKey(credit_id(4, "A"), 10, 11, 1))
    assert claim_id(presentation, 2) == words(bytes.fromhex(presentation[2:]), 2)
    assert claim_id(presentation, 1) != claim_id(presentation, 2)

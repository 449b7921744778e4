# SPDX-License-Identifier: Apache-2.0
"""Field 42M as slices, where its words leave no doubt."""

from __future__ import annotations

import pytest

from yangshan.chain.enums import Availability, MaturityFrom
from yangshan.chain.records import Slice
from yangshan.credit.slices import SlicesUnclear, slices_of

DEFERRED, DRAFT = Availability.DEFERRED_PAYMENT, Availability.ACCEPTANCE
SIGHT = Availability.SIGHT_PAYMENT
M = MaturityFrom


@pytest.mark.parametrize(
    ("text", "usance", "slices"),
    [
        (
            "30 PCT AT SIGHT, 70 PCT AT 60 DAYS AFTER B/L DATE",
            DEFERRED,
            (Slice(30, SIGHT, 0, M.NONE), Slice(70, DEFERRED, 60, M.SHIPMENT)),
        ),
        (
            "50 PCT AT 90 DAYS AFTER SIGHT AND 50 PCT AT SIGHT",
            DRAFT,
            (Slice(50, DRAFT, 90, M.SIGHT), Slice(50, SIGHT, 0, M.NONE)),
        ),
        (
            "10 PCT AT SIGHT, 90 PCT ON 2025-10-19",
            DEFERRED,
            # 2025-10-19 is the 20,380th day after 1970-01-01.
            (Slice(10, SIGHT, 0, M.NONE), Slice(90, DEFERRED, 20_380, M.FIXED_DATE)),
        ),
    ],
)
def test_article_6_b_parts_in_per_cent_are_slices(
    text: str, usance: Availability, slices: tuple[Slice, ...]
) -> None:
    assert slices_of(text, usance) == slices


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("HALF AT SIGHT", "its words are not understood"),
        ("30 PCT AT SIGHT, 60 PCT AT 60 DAYS AFTER B/L DATE", "its words are not understood"),
        ("100 PCT AT SIGHT", "it has 1 parts, and 2 to 4 are carried"),
        (
            ", ".join(["20 PCT AT SIGHT"] * 5),
            "it has 5 parts, and 2 to 4 are carried",
        ),
        (
            "30 PCT AT SIGHT, 70 PCT AT 2 MONTHS AFTER SIGHT",
            "the chain counts days, not months",
        ),
        (
            "30 PCT AT SIGHT, 70 PCT AT 60 DAYS AFTER INVOICE DATE",
            "the chain does not know the date of the invoice",
        ),
    ],
)
def test_what_leaves_a_doubt_is_for_a_person(text: str, why: str) -> None:
    with pytest.raises(SlicesUnclear) as caught:
        slices_of(text, DEFERRED)
    assert (caught.value.text, caught.value.why) == (text, why)
    assert why in str(caught.value)

# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 18, 30, 31, 37 and 39 where they are about amounts, one short scenario each."""

from __future__ import annotations

import pytest
from article_acts import NO_TEXT, comply, debt, of_debt, owed, pay, presented, waive
from vocabulary import Flag
from world import (
    ADVISER,
    BENEFICIARY,
    CENTRAL,
    FORWARDER,
    ISSUER,
    World,
    desk,
    obligation_id,
    reverts,
)


def test_article_18_b_no_more_is_paid_than_the_credit_allows(world: World) -> None:
    key = presented(world, world.issue(amount=10_000_000), amount=10_100_000)
    with reverts("CannotComply", key.id, int(Flag.OVERDRAWN)):
        comply(world, key)
    waive(world, key)
    assert owed(world, key).amount == 10_000_000


@pytest.mark.parametrize(
    ("amount", "flags"),
    [
        (11_000_000, Flag(0)),
        (11_000_001, Flag.OVERDRAWN),
        (9_000_000, Flag(0)),
        (8_999_999, Flag.SHORT),
    ],
)
def test_article_30_a_about_is_ten_per_cent_either_way(
    world: World, amount: int, flags: Flag
) -> None:
    about = {"plus_tolerance": 10, "minus_tolerance": 10, "partial_forbidden": True}
    key = presented(world, world.issue(amount=10_000_000, **about), amount=amount)
    assert Flag(world.presentation(key).flags) == flags


@pytest.mark.parametrize(("amount", "flags"), [(9_500_000, Flag(0)), (9_499_999, Flag.SHORT)])
def test_article_30_c_five_per_cent_less_where_parts_are_not_allowed(
    world: World, amount: int, flags: Flag
) -> None:
    credit = world.issue(amount=10_000_000, partial_forbidden=True)
    assert Flag(world.presentation(presented(world, credit, amount=amount)).flags) == flags


def test_article_31_a_drawings_in_part_are_allowed_unless_forbidden(world: World) -> None:
    credit = world.issue(amount=100)
    for number, amount in ((1, 60), (2, 40)):
        comply(world, presented(world, credit, amount=amount, number=number))
    assert world.view("LetterOfCredit.credit", credit).drawn == 100
    whole = world.issue(amount=100, partial_forbidden=True, reference=b"WHOLE".ljust(16, b"\0"))
    key = presented(world, whole, amount=60)
    assert Flag(world.presentation(key).flags) == Flag.SHORT


def test_article_37_c_charges_take_nothing_from_what_is_paid(world: World) -> None:
    key = presented(world, world.issue(amount=100))
    comply(world, key)
    before = world.balance(BENEFICIARY)
    pay(world, key)
    assert world.balance(BENEFICIARY) - before == 100


def test_article_39_proceeds_are_assigned_and_the_right_to_perform_is_not(world: World) -> None:
    credit = world.issue(amount=100)
    key = presented(world, credit, amount=60)
    comply(world, key)
    of_debt(world, BENEFICIARY, "assignProceeds", debt(key), ADVISER, 25, bytes([1]) * 32)
    before = world.balance(ADVISER), world.balance(BENEFICIARY)
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", ISSUER, 60, key.id)
    of_debt(world, ISSUER, "pay", debt(key))
    after = world.balance(ADVISER), world.balance(BENEFICIARY)
    assert (after[0] - before[0], after[1] - before[1]) == (25, 35)
    with reverts("NoMandate", credit, ADVISER):
        presented(world, credit, presenter=ADVISER, amount=40)


def test_article_39_what_comes_to_be_owed_is_assigned_before_it_is(world: World) -> None:
    credit = world.issue(amount=100)
    of_debt(world, BENEFICIARY, "assignUnderCredit", credit, FORWARDER, 60, NO_TEXT)
    key = presented(world, credit)
    comply(world, key)
    number = obligation_id(key.id, ISSUER, BENEFICIARY)
    assert world.view("PaymentObligations.assignmentOf", number) == (FORWARDER, 60)

# SPDX-License-Identifier: Apache-2.0
"""Readings that the chain keeps by its default: a court's stay, and the day of sight."""

from __future__ import annotations

from article_acts import (
    ACCEPTANCE,
    FIFTH_DAY,
    MONDAY,
    NO_TEXT,
    comply,
    day,
    debt,
    debt_state,
    of_credit,
    of_debt,
    owed,
    pay,
    presented,
    refuse,
    waive,
)
from vocabulary import Disposal, ObligationState, PresentationState, Role
from world import AUTHORITY, DAY, ISSUER, World, desk, instant, reverts

D = ObligationState


def test_a_stay_stops_payment_and_no_clock_and_lapses(world: World) -> None:
    credit = world.issue(amount=100)
    key = presented(world, credit)
    until = MONDAY + 400 * DAY
    with reverts("StayOutOfBounds", until + 1, until):
        of_credit(world, AUTHORITY, "stay", credit, until + 1, NO_TEXT)
    of_credit(world, AUTHORITY, "stay", credit, until, NO_TEXT)
    with world.aside():
        world.at(FIFTH_DAY + 1)
        assert world.state_of(key) == PresentationState.PRECLUDED
    comply(world, key)
    assert debt_state(world, key) == D.STAYED
    world.at(until)
    with reverts("PaymentIsStayed", debt(key), until):
        of_debt(world, ISSUER, "pay", debt(key))
    world.at(until + 1)
    assert debt_state(world, key) == D.OVERDUE
    pay(world, key)
    assert debt_state(world, key) == D.PAID


def test_no_bank_stays_its_own_payment(world: World) -> None:
    credit = world.issue(amount=100)
    with reverts("MissingRole", desk(ISSUER), ISSUER, int(Role.COURT)):
        of_credit(world, ISSUER, "stay", credit, MONDAY, NO_TEXT)


def test_sight_counts_from_receipt_and_after_a_refusal_from_taking_up(world: World) -> None:
    key = presented(world, world.issue(amount=100, **ACCEPTANCE))
    with world.aside():
        world.at(MONDAY + 2 * DAY)
        comply(world, key)
        assert owed(world, key).maturity == (day("2025-09-01") + 90) * DAY
    refuse(world, key, Disposal.NOTIFY)
    world.at(instant("2025-09-12T10:00:00+08:00"))
    waive(world, key)
    assert owed(world, key).maturity == (day("2025-09-12") + 90) * DAY

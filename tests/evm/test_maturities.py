# SPDX-License-Identifier: Apache-2.0
"""Maturities on the chain against those of the library, second by second at their edges."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from vocabulary import Availability, MaturityFrom, ObligationState
from world import CENTRAL, DAY, ISSUER, World, ascii32, desk, instant, reverts

from yangshan.alliance.calendar_words import day_number, day_of
from yangshan.alliance.places import build
from yangshan.chain import enums
from yangshan.credit.dates import receipt_day
from yangshan.credit.maturities import has_begun, is_over, maturity_day

SHANGHAI = build("CNSHA", 2025, 2025)
EXPIRY = day_number(date(2025, 12, 31))


def accepted(
    world: World, basis: MaturityFrom, tenor: int, shipped: int, received: int
) -> tuple[bytes, int]:
    """A draft that the issuing bank accepted on a presentation of that second; its maturity."""
    credit = world.issue(
        availability=int(Availability.ACCEPTANCE), tenor=tenor, tenor_from=int(basis), expiry=EXPIRY
    )
    world.at(received)
    key = world.lodge(credit, shipped=shipped)
    world.at(received + 1)
    # With a waiver, since some were shipped long before.
    owed = world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    return owed.value, world.view("PaymentObligations.obligation", owed.value).maturity


def of_the_library(basis: MaturityFrom, tenor: int, shipped: int, received: int) -> date:
    sight = receipt_day(datetime.fromtimestamp(received, UTC), SHANGHAI)
    return maturity_day(
        enums.MaturityFrom(int(basis)), tenor, sight, day_of(shipped) if shipped else None
    )


@pytest.mark.parametrize("seed", [600])
def test_random_usances(world: World, seed: int) -> None:
    chance = random.Random(seed)
    bases = [MaturityFrom.SIGHT, MaturityFrom.SHIPMENT, MaturityFrom.FIXED_DATE]
    first = instant("2025-09-02T00:00:00+08:00")
    for _ in range(150):
        received = first + chance.randrange(30 * DAY)
        shipped = chance.choice([0, received // DAY - chance.randrange(90)])
        basis = chance.choice(bases)
        tenor = chance.choice([1, 30, 60, 90, 180, chance.randrange(1, 2_000)])
        if basis is MaturityFrom.FIXED_DATE:
            tenor += received // DAY
        with world.aside():
            _, maturity = accepted(world, basis, tenor, shipped, received)
        assert maturity == day_number(of_the_library(basis, tenor, shipped, received)) * DAY


@pytest.mark.parametrize("tenor", [1, 60])
def test_a_day_of_maturity_begins_and_ends_as_the_library_has_it(world: World, tenor: int) -> None:
    received = instant("2025-09-01T10:00:00+08:00")
    paid_in = (ISSUER, 128_000_000, ascii32("OPENING"))
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", *paid_in)
    owed, maturity = accepted(world, MaturityFrom.SIGHT, tenor, 0, received)
    due = day_of(maturity // DAY)
    for edge in (maturity - 14 * 3_600, maturity + 36 * 3_600):
        for second in (edge - 1, edge, edge + 1):
            world.at(second)
            now = datetime.fromtimestamp(second, UTC)
            overdue = world.view("PaymentObligations.stateOf", owed) == ObligationState.OVERDUE
            assert overdue == is_over(due, now)
            with world.aside():
                if has_begun(due, now):
                    world.send(desk(ISSUER), "PaymentObligations.pay", owed)
                    continue
                with reverts("NotMatured", owed, maturity, second):
                    world.send(desk(ISSUER), "PaymentObligations.pay", owed)

# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 32, and art. 6(b) where a credit is available in several ways, one story each."""

from __future__ import annotations

from article_acts import comply, day, presented, waive
from schedules import Instalment, Schedule, Slice, issue_scheduled, slice_id
from vocabulary import Availability, Flag, MaturityFrom, ObligationState
from world import BENEFICIARY, DAY, ISSUER, Amendment, World, desk, instant, reverts

AUTUMN = (
    Instalment(40, day("2025-09-01"), day("2025-09-10")),
    Instalment(60, day("2025-10-10"), day("2025-10-20")),
)


def test_article_32_a_missed_instalment_ends_the_credit_for_it_and_all_later_ones(
    world: World,
) -> None:
    credit = issue_scheduled(world, Schedule(instalments=AUTUMN), amount=100)
    # Nothing was shipped by 10 September; documents of that day were in time up to 9 October.
    world.at(instant("2025-10-13T10:00:00+08:00"))
    key = world.lodge(credit, amount=60, shipped=day("2025-10-10"))
    assert Flag(world.presentation(key).flags) == Flag.MISSED
    with reverts("CannotComply", key.id, int(Flag.MISSED)):
        comply(world, key)
    # A bank may still accept that; or the beneficiary accepts other instalments.
    with world.aside():
        waive(world, key)
    later = (Instalment(60, day("2025-10-10"), day("2025-10-25")),)
    world.send(desk(ISSUER), "CreditSchedules.proposeInstalments", credit, 1, later)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment())
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    comply(world, world.lodge(credit, amount=60, number=2, shipped=day("2025-10-10")))


def test_article_6_b_a_credit_is_available_in_several_ways_slice_by_slice(world: World) -> None:
    slices = (
        Slice(30, int(Availability.SIGHT_PAYMENT)),
        Slice(70, int(Availability.DEFERRED_PAYMENT), 60, int(MaturityFrom.SHIPMENT)),
    )
    credit = issue_scheduled(world, Schedule(slices=slices), amount=100)
    key = presented(world, credit, amount=100, shipped=day("2025-08-20"))
    comply(world, key)
    numbers = [slice_id(key.id, ISSUER, BENEFICIARY, place) for place in range(2)]
    now, later = (world.view("PaymentObligations.obligation", each) for each in numbers)
    assert (now.amount, now.state) == (30, ObligationState.DUE)
    assert (later.amount, later.state) == (70, ObligationState.INCURRED)
    assert later.maturity == day("2025-10-19") * DAY

# SPDX-License-Identifier: Apache-2.0
"""eUCP 2.1, one short scenario for each article that the chain keeps."""

from __future__ import annotations

from records import ACT, DEADLINE, NOMINATED, complete, empty, none, opened, suspended
from vocabulary import Disposal, PresentationState, RecordFormat, RecordsState
from world import DAY, World, reverts

P, R = PresentationState, RecordsState


def test_eucp_e1_records_are_presented_under_a_credit_that_says_so(world: World) -> None:
    found = none(world, switches=0)
    with reverts("CreditNotElectronic", found.credit):
        found.open()


def test_eucp_e5_any_format_may_be_presented_and_is_told(world: World) -> None:
    found = empty(world)
    for format_ in list(RecordFormat)[1:]:
        (told,) = found.add(format_=format_).events
        assert told.fields["format"] == format_


def test_eucp_e6_the_notice_of_completeness_makes_the_presentation(world: World) -> None:
    found = opened(world)
    assert (found.state(), world.state_of(found.key)) == (R.OPEN, P.NONE)
    found.complete()
    assert (found.state(), world.state_of(found.key)) == (R.COMPLETE, P.LODGED)


def test_eucp_e7_the_banks_time_runs_from_the_notice(world: World) -> None:
    found = opened(world)
    world.at(ACT + DAY)
    found.complete()
    assert found.presentation().deadline == DEADLINE + DAY


def test_eucp_e7_records_follow_a_bank_that_forwards(world: World) -> None:
    found = complete(world, NOMINATED)
    found.send(NOMINATED, "Presentations.findComplying")
    onward = found.forward()
    assert onward.record().documents == found.documents


def test_eucp_e8_refused_records_may_be_disposed_of_after_60_days(world: World) -> None:
    found = complete(world)
    found.refuse(Disposal.HOLD)
    with reverts("NotDisposable", found.id):
        found.dispose()
    world.at(ACT + 62 * DAY)
    found.dispose()
    assert found.state() == R.DISPOSED


def test_eucp_e12_the_count_stops_and_its_remaining_days_resume(world: World) -> None:
    found = suspended(world)
    assert (world.state_of(found.key), found.record().remaining) == (P.SUSPENDED, 5)
    world.at(ACT + DAY)
    found.replace()
    assert found.presentation().deadline == DEADLINE + DAY


def test_eucp_e12_what_does_not_come_again_is_not_presented(world: World) -> None:
    found = suspended(world)
    world.at(ACT + 32 * DAY)
    found.resume()
    assert (found.record().lapsed, world.state_of(found.key)) == (1, P.LODGED)

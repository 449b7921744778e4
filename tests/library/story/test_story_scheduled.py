# SPDX-License-Identifier: Apache-2.0
"""What an act of a credit with a schedule is made from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from yangshan.credit.timetables import TimetableUnread
from yangshan.story.repertoire import load_act, played_by
from yangshan.story.scheduled import ScheduledAct, ScheduledScript
from yangshan.story.script import StoryFileError

ACTS = Path(__file__).resolve().parents[3] / "examples" / "acts"
FOUR_WEEKS = timedelta(weeks=4)


def script(name: str) -> ScheduledScript:
    return cast("ScheduledScript", load_act(ACTS / f"{name}.toml"))


def test_an_act_names_its_schedule_beside_its_credit() -> None:
    found = script("instalments")
    assert played_by(found) is ScheduledAct
    assert found.schedule.resolve() == ACTS.parent / "credits" / "instalment-credit.toml"
    ScheduledAct.expect_usable(found)


def test_all_its_dates_move_and_no_amount() -> None:
    before, after = script("instalments"), script("instalments").moved(FOUR_WEEKS)
    assert [(each.shipped, each.received) for each in after.drawing] == [
        (each.shipped and each.shipped + FOUR_WEEKS, each.received + FOUR_WEEKS)
        for each in before.drawing
    ]
    assert after.drawing[0].shipped is None
    assert after.drawing[1].received == datetime(2025, 10, 27, 2, tzinfo=UTC)
    rows = after.timetable().instalments
    assert [(row.first, row.last) for row in rows] == [
        (row.first + FOUR_WEEKS, row.last + FOUR_WEEKS) for row in before.timetable().instalments
    ]
    assert (rows[0].first, rows[0].amount) == (date(2025, 9, 29), "300000.00")
    revolving = script("revolving").moved(FOUR_WEEKS).timetable().revolving
    assert revolving is not None
    assert (revolving.start, revolving.times) == (date(2025, 9, 29), 2)


def test_a_schedule_that_cannot_be_read_is_named_before_anything_is_started(tmp_path: Path) -> None:
    found = script("revolving")
    missing = found.model_copy(update={"schedule": tmp_path / "none.toml"})
    with pytest.raises(StoryFileError, match=r"none\.toml"):
        ScheduledAct.expect_usable(missing)
    (tmp_path / "bad.toml").write_text("instalments = 3")
    bad = found.model_copy(update={"schedule": tmp_path / "bad.toml"})
    with pytest.raises(TimetableUnread, match=r"bad\.toml"):
        ScheduledAct.expect_usable(bad)

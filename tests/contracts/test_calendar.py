# SPDX-License-Identifier: Apache-2.0
import pytest
from acceptance import (
    APPOINT_KEEPER,
    KEEP_CALENDARS,
    Motion,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)

# Calendar 1 is published, 2 is opened alone, 3 is free.
SPAN = day("2025-10-01") // 192
HOURS = 540 << 200 | 1020 << 211 | 32 << 222 | 32 << 230 | 192 << 238 | 192 << 246
FIRST_TWO_DAYS = 0b11 | 2 << 192 | HOURS


@pytest.fixture
def published(calendar, keeper):
    """The first two days of a span of calendar 2."""
    calendar.publish(2, SPAN, FIRST_TWO_DAYS, {"from": keeper.desk})


def test_appoint(calendar, council, decide, keeper, customs):
    motion = Motion(APPOINT_KEEPER, member_id=customs.number)
    tx = decide(motion)

    appointed = {"previous": keeper.number, "keeper": customs.number}
    done = {"proposalId": council.proposalIdOf(motion), "action": APPOINT_KEEPER, "result": 0}
    assert_events(tx, (calendar, "KeeperAppointed", appointed), (council, "ProposalExecuted", done))
    assert calendar.keeper() == customs.number
    calendar.open(3, word("DEFRA"), {"from": customs.desk})
    with reverts_with("NotCalendarKeeper", keeper.number, customs.number):
        calendar.open(4, word("DEBER"), {"from": keeper.desk})
    with reverts_with("NotAppointer", keeper.desk):
        calendar.appoint(keeper.number, {"from": keeper.desk})


def test_open(calendar, keeper):
    tx = calendar.open(3, word("DEFRA"), {"from": keeper.desk})

    assert_events(tx, (calendar, "CalendarOpened", {"calendar": 3, "name": word("DEFRA")}))
    assert calendar.nameOf(3) == word("DEFRA")


def test_publish(calendar, keeper):
    tx = calendar.publish(2, SPAN, FIRST_TWO_DAYS, {"from": keeper.desk})

    fields = {"calendar": 2, "span": SPAN, "word": FIRST_TWO_DAYS}
    assert_events(tx, (calendar, "DaysPublished", fields))
    assert calendar.spanOf(2, SPAN) == FIRST_TWO_DAYS


def test_publish_further_days(calendar, keeper, published):
    three_days = 0b111 | 3 << 192 | HOURS
    tx = calendar.publish(2, SPAN, three_days, {"from": keeper.desk})

    fields = {"calendar": 2, "span": SPAN, "word": three_days}
    assert_events(tx, (calendar, "DaysPublished", fields))
    assert calendar.spanOf(2, SPAN) == three_days


def test_revise(calendar, keeper):
    to_come = SPAN + 1
    calendar.publish(2, to_come, FIRST_TWO_DAYS, {"from": keeper.desk})
    one_day = 0b01 | 2 << 192 | HOURS
    tx = calendar.revise(2, to_come, one_day, word("NOTICE 7"), {"from": keeper.desk})

    fields = {"calendar": 2, "span": to_come, "word": one_day, "reason": word("NOTICE 7")}
    assert_events(tx, (calendar, "DaysRevised", fields))
    assert calendar.spanOf(2, to_come) == one_day
    with reverts_with("ReasonMissing", 2, to_come):
        calendar.revise(2, to_come, FIRST_TWO_DAYS, word(""), {"from": keeper.desk})


def test_the_clock_over_the_october_holiday(calendar):
    # The banking day before Monday the 29th is a Sunday: a make-up working day.
    assert calendar.clock(1, unix("2025-09-29 11:00"), 5) == (
        day("2025-09-29"),
        day("2025-09-28"),
        unix("2025-10-13 17:00"),
        0,
    )
    # A calendar without days names the first that is missing, plus one.
    missing = day("2025-09-29")
    assert calendar.clock(2, unix("2025-09-29 11:00"), 5) == (0, 0, 0, missing + 1)


def test_published_days_stand(calendar, keeper, published):
    changed = 0b101 | 3 << 192 | HOURS
    with reverts_with("PublishedDaysStand", 2, SPAN, FIRST_TWO_DAYS, changed):
        calendar.publish(2, SPAN, changed, {"from": keeper.desk})
    with reverts_with("PublishedDaysStand", 2, SPAN, FIRST_TWO_DAYS, FIRST_TWO_DAYS):
        calendar.publish(2, SPAN, FIRST_TWO_DAYS, {"from": keeper.desk})


def test_an_open_day_that_is_not_known_is_refused(calendar, keeper):
    bad = 0b111 | 2 << 192 | HOURS
    with reverts_with("BadSpan", bad):
        calendar.publish(2, SPAN, bad, {"from": keeper.desk})


def test_a_calendar_is_opened_once_and_before_it_is_published(calendar, keeper):
    with reverts_with("CalendarExists", 1):
        calendar.open(1, word("CNSHA"), {"from": keeper.desk})
    with reverts_with("UnknownCalendar", 3):
        calendar.publish(3, SPAN, FIRST_TWO_DAYS, {"from": keeper.desk})


def test_only_the_keeper_publishes(calendar, customs, keeper):
    with reverts_with("NotCalendarKeeper", customs.number, keeper.number):
        calendar.publish(2, SPAN, FIRST_TWO_DAYS, {"from": customs.desk})
    with reverts_with("NotCalendarKeeper", customs.number, keeper.number):
        calendar.open(3, word("DEFRA"), {"from": customs.desk})


def test_the_keeper_needs_a_key_for_it(calendar, keeper):
    with reverts_with("MissingRole", keeper.administrator, keeper.number, KEEP_CALENDARS):
        calendar.open(3, word("DEFRA"), {"from": keeper.administrator})

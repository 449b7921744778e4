# SPDX-License-Identifier: Apache-2.0
"""Publication of banking days: what is a word, and that published days stand."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from suite import event
from world import (
    AUTHORITY,
    CALENDARS,
    CENTRAL,
    CNSHA,
    DAY,
    DEPLOYER,
    EMPTY,
    FORWARDER,
    KEEPER,
    MEMBERS,
    OUTSIDER,
    START,
    World,
    ascii32,
    desk,
    reverts,
)

from yangshan.alliance.calendar_words import BadCalendarWord, CalendarWord
from yangshan.alliance.places import build

SPAN = 105
PLAIN = CalendarWord(
    open_days=0b1011,
    known=10,
    opens=540,
    closes=1020,
    offset=32,
    summer=32,
    change1=192,
    change2=192,
)


def publish(world: World, word: int, span: int = SPAN, calendar: int = EMPTY) -> Any:
    return world.send(desk(KEEPER), "BankingCalendar.publish", calendar, span, word)


# Opening


def test_a_calendar_is_opened_once_with_its_name(world: World) -> None:
    receipt = world.send(desk(KEEPER), "BankingCalendar.open", 5, ascii32("DEFRA-X"))
    receipt.emitted(event("BankingCalendar", "CalendarOpened", calendar=5, name=ascii32("DEFRA-X")))
    assert world.view("BankingCalendar.nameOf", 5) == ascii32("DEFRA-X")
    with reverts("CalendarExists", 5):
        world.send(desk(KEEPER), "BankingCalendar.open", 5, ascii32("OTHER"))


@pytest.mark.parametrize(("number", "name"), [(0, ascii32("ZERO")), (5, bytes(32)), (0, bytes(32))])
def test_a_calendar_has_a_number_and_a_name(world: World, number: int, name: bytes) -> None:
    with reverts("UnknownCalendar", number):
        world.send(desk(KEEPER), "BankingCalendar.open", number, name)


def test_days_belong_to_a_calendar_that_is_open(world: World) -> None:
    with reverts("UnknownCalendar", 5):
        publish(world, PLAIN.pack(), calendar=5)
    assert world.view("BankingCalendar.nameOf", 5) == bytes(32)
    assert world.view("BankingCalendar.spanOf", EMPTY, SPAN) == 0


def test_the_contract_knows_its_keeper(world: World) -> None:
    assert world.view("BankingCalendar.keeper") == KEEPER
    assert world.view("BankingCalendar.registry") == world.addresses["AllianceRegistry"]
    for number, name in CALENDARS.items():
        assert world.view("BankingCalendar.nameOf", number) == ascii32(name)


# The keeper


def appoint(world: World, member: int) -> Any:
    return world.governed("BankingCalendar.appoint", member)


def test_the_council_appoints_another_keeper(world: World) -> None:
    appoint(world, CENTRAL).emitted(
        event("BankingCalendar", "KeeperAppointed", previous=KEEPER, keeper=CENTRAL)
    )
    assert world.view("BankingCalendar.keeper") == CENTRAL
    word, later = PLAIN.pack(), replace(PLAIN, known=11).pack()
    # The old one publishes nothing more, the new one does, and what was published stands.
    acts = {
        "open": (5, ascii32("DEFRA-X")),
        "publish": (EMPTY, SPAN, word),
        "revise": (EMPTY, SPAN + 1, word, ascii32("WHY")),
    }
    for act, args in acts.items():
        with reverts("NotCalendarKeeper", KEEPER, CENTRAL):
            world.send(desk(KEEPER), f"BankingCalendar.{act}", *args)
    world.send(desk(CENTRAL), "BankingCalendar.publish", EMPTY, SPAN, word)
    appoint(world, KEEPER)
    world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, SPAN, later)
    with reverts("NotCalendarKeeper", CENTRAL, KEEPER):
        world.send(desk(CENTRAL), "BankingCalendar.publish", EMPTY, SPAN, later)


def test_a_keeper_may_come_after_the_founders(world: World) -> None:
    appoint(world, FORWARDER)
    world.send(desk(FORWARDER), "BankingCalendar.open", 5, ascii32("DEFRA-X"))


@pytest.mark.parametrize("caller", [desk(KEEPER), desk(AUTHORITY), DEPLOYER, OUTSIDER])
def test_the_council_alone_appoints(world: World, caller: str) -> None:
    with reverts("NotAppointer", caller):
        world.send(caller, "BankingCalendar.appoint", CENTRAL)
    assert world.view("BankingCalendar.keeper") == KEEPER
    assert world.view("BankingCalendar.governor") == world.addresses["AllianceCouncil"]


@pytest.mark.parametrize("member", [0, MEMBERS + 1, 192, 2**32 - 1])
def test_nobody_is_no_keeper(world: World, member: int) -> None:
    with reverts("PartyNotActive", member):
        appoint(world, member)


def test_an_active_member_is_appointed(world: World) -> None:
    world.governed("AllianceRegistry.suspend", CENTRAL)
    with reverts("PartyNotActive", CENTRAL):
        appoint(world, CENTRAL)
    world.governed("AllianceRegistry.reinstate", CENTRAL)
    appoint(world, CENTRAL)
    world.governed("AllianceRegistry.expel", FORWARDER)
    with reverts("PartyNotActive", FORWARDER):
        appoint(world, FORWARDER)
    assert world.view("BankingCalendar.keeper") == CENTRAL


def test_a_keeper_that_is_suspended_keeps_the_calendars_until_another_is_appointed(
    world: World,
) -> None:
    """Deadlines of what is in flight need its days."""
    world.governed("AllianceRegistry.suspend", KEEPER)
    publish(world, PLAIN.pack())
    appoint(world, CENTRAL)
    with reverts("NotCalendarKeeper", KEEPER, CENTRAL):
        publish(world, replace(PLAIN, known=11).pack())


# The word


def test_a_word_is_published_and_read_back(world: World) -> None:
    word = PLAIN.pack()
    publish(world, word).emitted(
        event("BankingCalendar", "DaysPublished", calendar=EMPTY, span=SPAN, word=word)
    )
    assert world.view("BankingCalendar.spanOf", EMPTY, SPAN) == word


FULL = (1 << 192) - 1
FIELDS: list[tuple[dict[str, int], bool]] = [
    ({"known": 0, "open_days": 0}, False),
    ({"known": 1, "open_days": 0}, True),
    ({"known": 191, "open_days": 0}, True),
    ({"known": 192, "open_days": 0}, False),
    ({"known": 192, "open_days": 1}, True),
    ({"known": 192, "open_days": 1 << 191}, True),
    ({"known": 193, "open_days": 1}, False),
    ({"known": 255, "open_days": 1}, False),
    ({"known": 3}, False),
    ({"known": 4}, True),
    ({"open_days": FULL}, False),
    ({"open_days": FULL, "known": 192}, True),
    ({"opens": 1019}, True),
    ({"opens": 1020}, False),
    ({"opens": 1021}, False),
    ({"opens": 0, "closes": 0}, False),
    ({"opens": 0, "closes": 1}, True),
    ({"closes": 1439}, True),
    # The last second within hours would be the first of the next day.
    ({"closes": 1440}, False),
    ({"closes": 2047}, False),
    # From UTC-12 to UTC+14: no place lies beyond.
    *(
        ({field: quarters}, -48 <= quarters <= 56)
        for field in ("offset", "summer")
        for quarters in (-128, -96, -49, -48, -1, 0, 56, 57, 96, 127)
    ),
    ({"change1": 0, "change2": 0}, True),
    ({"change1": 0, "change2": 192}, True),
    ({"change1": 10, "change2": 9}, False),
    ({"change1": 10, "change2": 10}, True),
    ({"change1": 192, "change2": 192}, True),
    ({"change1": 192, "change2": 193}, False),
    ({"change1": 255, "change2": 255}, False),
]


def raw(fields: dict[str, int]) -> int:
    """A word without any check."""
    value = {
        "open_days": PLAIN.open_days,
        "known": PLAIN.known,
        "opens": PLAIN.opens,
        "closes": PLAIN.closes,
        "offset": PLAIN.offset,
        "summer": PLAIN.summer,
        "change1": PLAIN.change1,
        "change2": PLAIN.change2,
    } | fields
    shifts = (0, 192, 200, 211, 222, 230, 238, 246)
    widths = (192, 8, 11, 11, 8, 8, 8, 8)
    return sum(
        (each & (1 << width) - 1) << shift
        for each, shift, width in zip(value.values(), shifts, widths, strict=True)
    )


@pytest.mark.parametrize(("fields", "is_good"), FIELDS, ids=[str(f) for f, _ in FIELDS])
def test_a_word_is_good_here_and_in_the_library_alike(
    world: World, fields: dict[str, int], is_good: bool
) -> None:
    word = raw(fields)
    if is_good:
        publish(world, word)
        assert CalendarWord.unpack(word).pack() == word
        return
    with reverts("BadSpan", word):
        publish(world, word)
    with pytest.raises(BadCalendarWord):
        CalendarWord.unpack(word)


@pytest.mark.parametrize("bit", [254, 255])
def test_the_two_highest_bits_are_zero(world: World, bit: int) -> None:
    word = PLAIN.pack() | 1 << bit
    with reverts("BadSpan", word):
        publish(world, word)


def test_random_words_are_good_here_and_in_the_library_alike(world: World, seed: int) -> None:
    """Near misses: good words of which a few bits are turned."""
    source = random.Random(seed)
    verdicts = []
    for _ in range(3_000):
        word = PLAIN.pack() if source.random() < 0.5 else replace(PLAIN, known=192).pack()
        for _ in range(source.randint(1, 4)):
            word ^= 1 << source.choice((source.randrange(192), source.randint(192, 255)))
        try:
            is_good = CalendarWord.unpack(word).pack() == word != 0
        except BadCalendarWord:
            is_good = False
        verdicts.append(is_good)
        with world.aside():
            if is_good:
                publish(world, word)
            else:
                with reverts("BadSpan", word):
                    publish(world, word)
    assert 300 < sum(verdicts) < 2_700


# Published days stand


def test_days_are_added_and_nothing_else(world: World) -> None:
    before = PLAIN.pack()
    publish(world, before)
    for word in (
        before,
        replace(PLAIN, known=9).pack(),
        replace(PLAIN, known=11, open_days=0b1010).pack(),
        replace(PLAIN, known=11, open_days=0b1111).pack(),
        # The last day published.
        replace(PLAIN, known=11, open_days=PLAIN.open_days ^ 1 << 9).pack(),
        replace(PLAIN, known=192, opens=541).pack(),
        replace(PLAIN, known=192, closes=1021).pack(),
        replace(PLAIN, known=192, offset=31).pack(),
        replace(PLAIN, known=192, summer=31).pack(),
        replace(PLAIN, known=192, change1=191).pack(),
        replace(PLAIN, known=192, change1=100, change2=191).pack(),
    ):
        with reverts("PublishedDaysStand", EMPTY, SPAN, before, word):
            publish(world, word)
        assert world.view("BankingCalendar.spanOf", EMPTY, SPAN) == before
    for known, more in ((11, 0), (12, 1 << 10), (192, 1 << 191)):
        word = replace(PLAIN, known=known, open_days=PLAIN.open_days | more).pack()
        with world.aside():
            publish(world, word)
            assert world.view("BankingCalendar.spanOf", EMPTY, SPAN) == word


def test_a_full_span_stands_for_ever(world: World) -> None:
    words = build("CNSHA", 2024, 2026).packed()
    span = START // DAY // 192
    with reverts("PublishedDaysStand", CNSHA, span, words[span], words[span]):
        publish(world, words[span], span, CNSHA)


# Days that have begun nowhere are revised, with a reason

REASON = ascii32("STATE COUNCIL NOTICE 2026/3")
LATER = SPAN + 1
# Days begin first in UTC+14.
BEGINS = LATER * 192 * DAY - 14 * 3_600


def revise(world: World, word: int, span: int = LATER, reason: bytes = REASON) -> Any:
    return world.send(desk(KEEPER), "BankingCalendar.revise", EMPTY, span, word, reason)


def test_days_to_come_are_revised_with_a_reason(world: World) -> None:
    publish(world, PLAIN.pack(), LATER)
    word = replace(PLAIN, open_days=0b0110, closes=1000, offset=8).pack()
    revise(world, word).emitted(
        event(
            "BankingCalendar", "DaysRevised", calendar=EMPTY, span=LATER, word=word, reason=REASON
        )
    )
    assert world.view("BankingCalendar.spanOf", EMPTY, LATER) == word
    with reverts("ReasonMissing", EMPTY, LATER):
        revise(world, PLAIN.pack(), reason=bytes(32))


@pytest.mark.parametrize(
    ("instant", "begun"),
    [
        (BEGINS - 1, 0),
        (BEGINS, 1),
        (BEGINS + DAY - 1, 1),
        (BEGINS + DAY, 2),
        (BEGINS + 9 * DAY, 10),
        (BEGINS + 191 * DAY, 192),
        (BEGINS + 400 * DAY, 192),
    ],
)
def test_what_has_begun_somewhere_stands(world: World, instant: int, begun: int) -> None:
    before = PLAIN.pack()
    publish(world, before, LATER)
    world.at(instant)
    for day in range(PLAIN.known):
        word = replace(PLAIN, open_days=PLAIN.open_days ^ 1 << day).pack()
        with world.aside():
            if day < begun:
                with reverts("PublishedDaysStand", EMPTY, LATER, before, word):
                    revise(world, word)
            else:
                revise(world, word)
                assert world.view("BankingCalendar.spanOf", EMPTY, LATER) == word
    hours = replace(PLAIN, opens=541).pack()
    if begun:
        with reverts("PublishedDaysStand", EMPTY, LATER, before, hours):
            revise(world, hours)
    else:
        revise(world, hours)


def test_a_revision_changes_published_days_and_their_number_not(world: World) -> None:
    before = PLAIN.pack()
    with reverts("PublishedDaysStand", EMPTY, LATER, 0, before):
        revise(world, before)
    publish(world, before, LATER)
    for word in (before, replace(PLAIN, known=9).pack(), replace(PLAIN, known=11).pack()):
        with reverts("PublishedDaysStand", EMPTY, LATER, before, word):
            revise(world, word)
    with reverts("BadSpan", before | 1 << 254):
        revise(world, before | 1 << 254)
    with reverts("UnknownCalendar", 5):
        world.send(desk(KEEPER), "BankingCalendar.revise", 5, LATER, before, REASON)


def test_a_stored_deadline_does_not_move_with_its_calendar(world: World) -> None:
    """A holiday that comes after lodging is none for what was lodged before."""
    words = build("CNSHA", 2024, 2026).packed()
    credit = world.issue()
    world.at(START + 10 * 3_600)
    key = world.lodge(credit)
    deadline = world.presentation(key).deadline
    day = deadline // DAY
    span = day // 192
    closed = words[span] & ~(1 << day % 192)
    world.send(desk(KEEPER), "BankingCalendar.revise", CNSHA, span, closed, REASON)
    assert world.presentation(key).deadline == deadline
    again = world.lodge(credit, number=2)
    assert world.presentation(again).deadline > deadline


def test_calendars_and_spans_are_kept_apart(world: World) -> None:
    publish(world, PLAIN.pack(), SPAN)
    for calendar, span in ((EMPTY, SPAN + 1), (EMPTY, SPAN - 1), (EMPTY + 1, SPAN)):
        assert world.view("BankingCalendar.spanOf", calendar, span) == 0


def test_every_published_day_can_be_counted_in_16_bits(world: World) -> None:
    """And every published day has a day before it."""
    last = 65_535 // 192 - 1
    for span in (1, last):
        publish(world, PLAIN.pack(), span)
    for span in (0, last + 1, 65_535):
        with reverts("BadSpan", PLAIN.pack()):
            publish(world, PLAIN.pack(), span)


@pytest.mark.parametrize("instant", [0, 65_535 * DAY - 1, 65_535 * DAY, 2**40, 2**256 - 1])
def test_the_clock_never_reverts_and_always_says_what_is_missing(
    world: World, instant: int
) -> None:
    """Not even for instants that no block will have."""
    found = world.view("BankingCalendar.clock", CNSHA, instant, 5)
    assert found == (0, 0, 0, min(instant // DAY + 1, 65_535))

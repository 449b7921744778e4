# SPDX-License-Identifier: Apache-2.0
"""What time does to a credit: it expires (row A10), and a court's stay lapses (row A13)."""

from __future__ import annotations

from typing import Any

import pytest
from letters import (
    EXPIRY,
    LIFTED,
    NOMINATED,
    ORDER,
    PLAIN,
    Letter,
    after,
    cancels,
    issued,
    told,
)
from vocabulary import NO_END, CreditState, MemberKind, Role, Switch
from world import (
    AUTHORITY,
    CNSHA,
    DAY,
    DEFRA,
    EMPTY,
    FRANKFURT,
    ISSUER,
    KEEPER,
    MEMBERS,
    REMOTE,
    Issuance,
    World,
    admin,
    admission,
    desk,
    instant,
    reverts,
)

from yangshan.alliance.places import build

ISSUED, EXPIRED = CreditState.ISSUED, CreditState.EXPIRED


def day(text: str) -> int:
    return instant(f"{text}T00:00:00") // DAY


# Expiry (UCP 600 art. 6(d), (e), 29(a), 33)

FRIDAY, SATURDAY = "2025-10-31", "2025-11-01"
# The last day of the credit, the changes to it, and the last second at which it has not expired.
CASES: list[tuple[str, dict[str, Any], str]] = [
    # The issuing bank's place, Shanghai: banking hours end at five.
    (FRIDAY, {"nominated_bank": 0}, "2025-10-31T17:00:00+08:00"),
    # A Saturday: the next banking day is the Monday.
    (SATURDAY, {"nominated_bank": 0}, "2025-11-03T17:00:00+08:00"),
    # The National Day holidays of 2025, to the eighth.
    ("2025-10-01", {"nominated_bank": 0}, "2025-10-09T17:00:00+08:00"),
    # Available with a bank in Frankfurt, where banking hours and holidays are others.
    ("2025-10-01", {"nominated_bank": FRANKFURT}, "2025-10-01T16:00:00+02:00"),
    (FRIDAY, {"nominated_bank": FRANKFURT}, "2025-10-31T16:00:00+01:00"),
    # Available with any bank: the issuing bank's place is the one that is certain.
    (FRIDAY, {"nominated_bank": FRANKFURT, "any_bank": True}, "2025-10-31T17:00:00+08:00"),
    # The credit excludes art. 29(a): the day stands, and a receipt counts on the next.
    (
        SATURDAY,
        {"nominated_bank": 0, "switches": int(Switch.NO_EXTENSION)},
        "2025-10-31T17:00:00+08:00",
    ),
    (
        FRIDAY,
        {"nominated_bank": 0, "switches": int(Switch.NO_EXTENSION)},
        "2025-10-31T17:00:00+08:00",
    ),
    # The shipment has no part in it, nor has what does not concern the last day.
    (FRIDAY, {"nominated_bank": 0, "presentation_period": 1}, "2025-10-31T17:00:00+08:00"),
]


@pytest.mark.parametrize(("expiry", "changes", "last"), CASES)
def test_a_credit_expires_with_the_last_hour_in_which_documents_may_come(
    world: World, expiry: str, changes: dict[str, Any], last: str
) -> None:
    letter = issued(world, PLAIN._replace(expiry=day(expiry), **changes))
    close = instant(last)
    for time, state in ((close - 1, ISSUED), (close, ISSUED), (close + 1, EXPIRED)):
        world.at(time)
        assert letter.state() == state
        assert letter.view("credit").state == ISSUED


def test_an_amendment_revives_an_expired_credit(world: World) -> None:
    letter = issued(world)
    world.at((EXPIRY + 3) * DAY)
    assert letter.state() == EXPIRED
    letter.amend(expiry=EXPIRY + 30)
    assert letter.state() == EXPIRED
    letter.accept()
    assert letter.state() == ISSUED


def test_nothing_expires_by_a_calendar_that_is_not_published(world: World) -> None:
    letter = issued(world, nominated_bank=REMOTE)
    world.at((EXPIRY + 3) * DAY)
    assert letter.state() == ISSUED
    for span, word in build("CNSHA", 2024, 2026).packed().items():
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    assert letter.state() == EXPIRED


@pytest.mark.parametrize("state", ["PRE_ADVISED", "CANCELLED"])
def test_what_is_not_issued_does_not_expire(world: World, state: str) -> None:
    letter = issued(world)
    if state == "CANCELLED":
        after(lambda w: letter, cancels, Letter.accept)(world)
    else:
        letter.terms = letter.terms._replace(reference=b"another".ljust(16, b"\0"))
        letter.pre_advise()
    world.at((EXPIRY + 400) * DAY)
    assert letter.state() == CreditState[state]


# Stays

LONGEST = 400 * DAY


def test_a_stay_runs_to_its_last_second_and_lapses_by_itself(world: World) -> None:
    letter = issued(world, expiry=EXPIRY + 1_000)
    begin, until = world.time, world.time + 10 * DAY
    letter.send(AUTHORITY, "stay", letter.id, until, ORDER).emitted(
        told("PaymentStayed", authority=AUTHORITY, until=until, order=ORDER)(letter)
    )
    assert letter.view("stayOf") == until
    for time in (begin, until - 1, until, until + 1):
        world.at(time)
        # Whoever asks compares with the time; the flag says that there is something to compare.
        assert letter.view("stayOf") == until
        assert letter.view("credit").stayed
        with world.aside():
            if time <= until:
                letter.lift().emitted(told("StayLifted", authority=AUTHORITY, order=LIFTED)(letter))
                assert letter.view("stayOf") == 0
                assert not letter.view("credit").stayed
            else:
                with reverts("NotStayed", letter.id):
                    letter.lift()


def test_a_stay_is_at_most_400_days_ahead_and_can_be_renewed(world: World) -> None:
    letter = issued(world, expiry=EXPIRY + 2_000)
    for time in (world.time, world.time + 399 * DAY):
        world.at(time)
        latest = time + LONGEST
        for until in (0, time - 1, time, latest + 1, 2**40 - 1):
            with reverts("StayOutOfBounds", until, latest):
                letter.send(AUTHORITY, "stay", letter.id, until, ORDER)
        for until in (time + 1, latest, latest - 1):
            letter.send(AUTHORITY, "stay", letter.id, until, ORDER)
            assert letter.view("stayOf") == until


def another_authority(world: World) -> int:
    number: int = world.governed(
        "AllianceRegistry.admit",
        admission(MEMBERS + 1, kind=int(MemberKind.AUTHORITY)).as_argument(),
    ).value
    world.send(admin(number), "AllianceRegistry.setKey", desk(number), int(Role.COURT), NO_END)
    return number


def test_an_authority_touches_no_stay_of_another_while_it_runs(world: World) -> None:
    other = another_authority(world)
    letter = issued(world, expiry=EXPIRY + 2_000)
    until = world.time + 100
    letter.send(AUTHORITY, "stay", letter.id, until, ORDER)
    for time in (until - 1, until):
        world.at(time)
        with reverts("StayedByAnother", letter.id, AUTHORITY, until):
            letter.stay(other)
        with reverts("StayedByAnother", letter.id, AUTHORITY, until):
            letter.lift(other)
    world.at(until + 1)
    letter.stay(other)
    with reverts("StayedByAnother", letter.id, other, letter.view("stayOf")):
        letter.lift()
    letter.lift(other)
    # A stay that was lifted is nobody's.
    letter.stay()


@pytest.mark.parametrize("place", Issuance._fields[1:8])
def test_no_party_stays_its_own_payment(world: World, place: str) -> None:
    letter = issued(world, **{place: AUTHORITY})
    with reverts("PartyCannotStay", letter.id, AUTHORITY):
        letter.stay()


def test_a_stay_stops_nothing_but_payment(world: World) -> None:
    letter = after(issued, Letter.stay)(world)
    letter.advise()
    letter.confirm()
    letter.amend()
    letter.extend()
    letter.accept()
    letter.draw(amount=1)
    cancels(letter)
    letter.accept(number=2)
    letter.extend(number=2)
    assert letter.view("credit").state == CreditState.CANCELLED
    # An order on record can be lifted after the end of the credit.
    letter.lift()
    assert letter.view("credit").state == CreditState.CANCELLED


def test_calendars_are_those_of_the_members(world: World) -> None:
    """The cases above say nothing if the banks had other calendars."""
    calendars = [
        world.view("AllianceRegistry.calendarOfBranch", b) for b in (ISSUER, NOMINATED, REMOTE)
    ]
    assert calendars == [CNSHA, DEFRA, EMPTY]

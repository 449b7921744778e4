# SPDX-License-Identifier: Apache-2.0
"""UCP 600 art. 12, 14, 15, 29, 33 and 35, one short scenario each."""

from __future__ import annotations

import pytest
from article_acts import (
    CONFIRMING,
    DEFERRED,
    FIFTH_DAY,
    MONDAY,
    NOMINATED,
    comply,
    confirmed,
    day,
    debt,
    debt_state,
    forward,
    of_debt,
    of_documents,
    owed,
    presented,
    refuse,
)
from vocabulary import Flag, ObligationState, PresentationState
from world import BENEFICIARY, CENTRAL, DAY, FRANKFURT, ISSUER, World, desk, instant, reverts

P, D = PresentationState, ObligationState


def flags(world: World, credit: bytes, received: str, number: int = 1, shipped: int = 0) -> int:
    world.at(instant(received))
    key = world.lodge(credit, amount=100, number=number, shipped=shipped)
    found: int = world.presentation(key).flags
    return found


def test_article_12_a_a_nominated_bank_that_has_not_confirmed_need_not_honour(
    world: World,
) -> None:
    key = presented(world, world.issue(amount=100, nominated_bank=NOMINATED), examiner=NOMINATED)
    world.at(FIFTH_DAY + 30 * DAY)
    assert world.state_of(key) == P.LODGED
    with reverts("BankNotBound", key.id, NOMINATED):
        of_documents(world, BENEFICIARY, "claimPrecluded", key)


def test_article_12_b_a_nominated_bank_may_prepay_what_it_undertook(world: World) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED, **DEFERRED)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    of_debt(world, BENEFICIARY, "agreePrepayment", debt(key), 90)
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", NOMINATED, 90, key.id)
    before = world.balance(BENEFICIARY)
    of_debt(world, NOMINATED, "prepay", debt(key), 90)
    assert world.balance(BENEFICIARY) - before == 90
    assert debt_state(world, key) == D.PREPAID


def test_article_12_c_to_receive_and_forward_is_not_to_honour(world: World) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED)
    key = presented(world, credit, examiner=NOMINATED)
    onward = forward(world, key)
    assert (world.state_of(key), owed(world, key).debtor) == (P.FORWARDED, 0)
    # The issuing bank owes the beneficiary, by a clock of its own.
    comply(world, onward)
    assert owed(world, onward).owner == BENEFICIARY


def test_article_14_a_each_bank_examines_for_itself(world: World) -> None:
    credit = confirmed(world)
    key = presented(world, credit, examiner=CONFIRMING)
    comply(world, key)
    onward = forward(world, key)
    refuse(world, onward)
    assert (world.state_of(key), world.state_of(onward)) == (P.COMPLYING, P.REFUSED)
    assert owed(world, key).amount == 100


def test_article_14_b_a_bank_has_five_banking_days_after_receipt(world: World) -> None:
    key = presented(world, world.issue(amount=100))
    assert world.presentation(key).deadline == FIFTH_DAY
    for offset in (-1, 0):
        with world.aside():
            world.at(FIFTH_DAY + offset)
            refuse(world, key)
            assert world.state_of(key) == P.REFUSED
    world.at(FIFTH_DAY + 1)
    with reverts("DeadlinePassed", key.id, FIFTH_DAY, FIFTH_DAY + 1):
        refuse(world, key)


def test_article_14_b_each_bank_has_days_of_its_own(world: World) -> None:
    credit = confirmed(world)
    key = presented(world, credit, examiner=CONFIRMING)
    comply(world, key)
    world.at(instant("2025-09-05T10:00:00+08:00"))
    onward = forward(world, key)
    assert world.presentation(key).deadline == FIFTH_DAY
    assert world.presentation(onward).deadline == instant("2025-09-12T17:00:00+08:00")


def test_article_14_b_receipt_is_the_time_of_the_block(world: World) -> None:
    key = presented(world, world.issue(amount=100))
    record = world.presentation(key)
    assert (record.received, record.receiptDay) == (MONDAY, MONDAY // DAY)


def test_article_14_c_documents_come_within_21_days_of_shipment(world: World) -> None:
    credit = world.issue(amount=100)
    shipped = day("2025-09-01")
    assert flags(world, credit, "2025-09-22T17:00:00+08:00", 1, shipped) == 0
    assert flags(world, credit, "2025-09-22T17:00:01+08:00", 2, shipped) == Flag.LATE
    # Without a transport document the expiry alone counts.
    assert flags(world, credit, "2025-09-22T17:00:01+08:00", 3) == 0


def test_article_15_what_complies_is_owed_at_once(world: World) -> None:
    key = presented(world, world.issue(amount=100))
    comply(world, key)
    assert (world.state_of(key), owed(world, key).maturity) == (P.COMPLYING, MONDAY)


def test_article_15_c_a_nominated_bank_that_honours_forwards_and_is_owed(world: World) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    onward = forward(world, key)
    assert world.presentation(onward).payee == NOMINATED
    comply(world, onward)
    assert owed(world, onward, NOMINATED).amount == 100
    # The drawing is one.
    assert world.view("LetterOfCredit.credit", credit).drawn == 100


def test_article_29_a_a_last_day_on_which_the_bank_is_closed_moves(world: World) -> None:
    # A Saturday; the next banking day is the Monday.
    credit = world.issue(amount=100, expiry=day("2025-09-13"))
    assert flags(world, credit, "2025-09-15T17:00:00+08:00", 1) == 0
    assert flags(world, credit, "2025-09-15T17:00:01+08:00", 2) == Flag.LATE


def test_article_29_a_it_moves_by_the_days_of_the_bank_presented_to(world: World) -> None:
    # The holidays of October close Shanghai, and not Frankfurt.
    credit = world.issue(amount=100, any_bank=True, expiry=day("2025-10-01"))
    world.at(instant("2025-10-02T10:00:00+02:00"))
    for bank, found in ((FRANKFURT, int(Flag.LATE)), (ISSUER, 0)):
        assert world.presentation(world.lodge(credit, examiner=bank, shipped=0)).flags & 1 == found


def test_article_29_c_a_latest_shipment_moves_by_an_amendment_alone(world: World) -> None:
    saturday = day("2025-09-13")
    credit = world.issue(amount=100, latest_shipment=saturday)
    world.at(instant("2025-09-20T10:00:00+08:00"))
    assert world.view("LetterOfCredit.credit", credit).issuance.latestShipment == saturday


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        ("2025-09-01T16:59:59+08:00", "2025-09-01"),
        ("2025-09-01T17:00:00+08:00", "2025-09-01"),
        ("2025-09-01T17:00:01+08:00", "2025-09-02"),
        # After the hours of a Friday before a holiday.
        ("2025-09-30T17:00:01+08:00", "2025-10-09"),
    ],
)
def test_article_33_after_banking_hours_is_the_next_banking_day(
    world: World, received: str, counts: str
) -> None:
    credit = world.issue(amount=100)
    world.at(instant(received))
    assert world.presentation(world.lodge(credit, amount=100)).receiptDay == day(counts)


def test_article_33_a_bank_may_take_documents_in_out_of_hours(world: World) -> None:
    last = day("2025-09-01")
    credit = world.issue(amount=100, expiry=last)
    world.at(instant("2025-09-01T17:00:01+08:00"))
    key = world.lodge(credit, amount=100, shipped=0)
    assert Flag(world.presentation(key).flags) == Flag.LATE
    of_documents(world, ISSUER, "acceptOutOfHours", key)
    found = world.presentation(key)
    assert (found.receiptDay, found.flags, found.deadline) == (last, 0, FIFTH_DAY)
    comply(world, key)
    assert owed(world, key).amount == 100


def test_article_35_documents_lost_on_their_way_are_honoured_all_the_same(world: World) -> None:
    credit = world.issue(amount=100, nominated_bank=NOMINATED)
    key = presented(world, credit, examiner=NOMINATED)
    comply(world, key)
    onward = forward(world, key)
    # The issuing bank never sees them and says nothing.
    world.at(world.presentation(onward).deadline + 1)
    of_documents(world, NOMINATED, "claimPrecluded", onward)
    assert owed(world, onward, NOMINATED).amount == 100

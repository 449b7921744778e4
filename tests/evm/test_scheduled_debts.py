# SPDX-License-Identifier: Apache-2.0
"""What banks owe under credits with a schedule: slices, revolving amounts, advances."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from schedules import (
    FULL,
    MIXED,
    TODAY,
    Schedule,
    Slice,
    by_time,
    by_use,
    issue_scheduled,
    red_clause,
    slice_id,
)
from suite import Event, event
from vocabulary import (
    Availability,
    Disposal,
    Flag,
    Mark,
    ObligationKind,
    ObligationState,
    PresentationState,
    Renewal,
)
from world import (
    ADVISER,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    DAY,
    ISSUER,
    OTHER,
    Amendment,
    PresentationKey,
    Receipt,
    World,
    desk,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.calendar_words import day_of
from yangshan.credit import schedules as rules

D = ObligationState
# A Monday; sight counts from it.
RECEIVED = instant("2025-09-01T10:00:00+08:00")
SHIPPED = TODAY - 12
EXPIRY = TODAY + 200
PARTS = (38_400_000, 64_000_000, 19_200_000, 6_400_000)
SITES = {"issuing": ISSUER, "confirming": ADVISER, "nominated": OTHER}


# Mixed payment (UCP 600 art. 6(b), 7(a), 8(a))


@dataclass(frozen=True)
class Case:
    """Who decides, how, and what it then owes in the slice that is negotiable."""

    bank: str
    negotiable: Any
    nominated: int = OTHER


CASES = [
    Case("issuing", D.DUE),
    Case("confirming", D.DUE),
    Case("confirming", D.NEGOTIATED, ADVISER),
    Case("nominated", D.NEGOTIATED),
]


def lodged(world: World, bank: str, nominated: int = OTHER, amount: int = FULL) -> PresentationKey:
    credit = issue_scheduled(
        world, MIXED, nominated_bank=nominated, confirming_bank=ADVISER, expiry=EXPIRY
    )
    world.send(desk(ADVISER), "LetterOfCredit.confirm", credit)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=SITES[bank], amount=amount, shipped=SHIPPED)
    world.at(RECEIVED + 3_600)
    return key


def expected_debts(
    world: World,
    key: PresentationKey,
    kind: Any,
    parts: Any,
    negotiable: Any,
    *,
    owner: int = BENEFICIARY,
    recourse: bool = False,
) -> list[Event]:
    """The events of each slice, with its own state and maturity."""
    # Sixty days after the shipment, and ninety after sight: neither day counts itself (art. 3).
    terms = (
        (D.DUE, world.time),
        (D.INCURRED, (SHIPPED + 60) * DAY),
        (D.ACCEPTED, (TODAY + 90) * DAY),
        (negotiable, world.time),
    )
    told = []
    for place, (part, (state, maturity)) in enumerate(zip(parts, terms, strict=True)):
        if not part:
            continue
        owed = slice_id(key.id, key.examiner, owner, place)
        told.append(
            event(
                "PaymentObligations",
                "ObligationIncurred",
                obligationId=owed,
                presentationId=key.id,
                debtor=key.examiner,
                owner=owner,
                amount=part,
                currency=CNY.number,
                maturity=maturity,
                state=state,
                kind=kind,
            )
        )
        if place:
            told.append(
                event("PaymentObligations", "SliceIncurred", obligationId=owed, slice=place)
            )
        if recourse and state == D.NEGOTIATED:
            told.append(
                event(
                    "PaymentObligations",
                    "RecourseReserved",
                    obligationId=owed,
                    debtor=key.examiner,
                )
            )
    return told


def drawn(key: PresentationKey, amount: int, **more: Any) -> Event:
    fields = {"place": 0, "amount": amount, "recovered": 0, "advance": False} | more
    return event(
        "CreditSchedules",
        "DrawnOnSchedule",
        presentationId=key.id,
        creditId=key.credit,
        **fields,
    )


def found(key: PresentationKey, amount: int, owed: bytes) -> Event:
    return event(
        "Presentations",
        "FoundComplying",
        presentationId=key.id,
        creditId=key.credit,
        examiner=key.examiner,
        amount=amount,
        version=0,
        obligationId=owed,
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_article_6_b_each_slice_is_owed_by_itself(world: World, case: Case) -> None:
    key = lodged(world, case.bank, case.nominated)
    assert world.presentation(key).marks & Mark.SCHEDULED
    receipt = world.send(desk(key.examiner), "Presentations.findComplying", key)
    debts = expected_debts(world, key, ObligationKind.COMPLYING, PARTS, case.negotiable)
    first = obligation_id(key.id, key.examiner, BENEFICIARY)
    receipt.emitted(drawn(key, FULL), *debts, found(key, FULL, first))
    assert receipt.value == first
    view = "PaymentObligations.owedOn"
    sums = [world.view(view, key.id, key.examiner, BENEFICIARY, n) for n in range(5)]
    assert sums == [0, *(sum(PARTS[:n]) for n in range(1, 5))]
    firsts = [world.view("PaymentObligations.idOfSlice", first, n) for n in range(4)]
    assert firsts == [slice_id(key.id, key.examiner, BENEFICIARY, n) for n in range(4)]


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("late", [False, True], ids=["waiver", "waiver after refusal"])
def test_a_waiver_incurs_each_slice(world: World, case: Case, late: bool) -> None:
    key = lodged(world, case.bank, case.nominated, FULL + 1)
    if late:
        world.send(
            desk(key.examiner), "Presentations.refuse", key, 1, int(Disposal.HOLD), bytes(32)
        )
        world.send(desk(BENEFICIARY), "Disposals.instruct", key, 2, bytes(32))
    receipt = world.send(
        desk(key.examiner), "Presentations.acceptDiscrepancies", key, bytes(32), False
    )
    debts = expected_debts(world, key, ObligationKind.WAIVER, PARTS, case.negotiable)
    assert receipt.events[:-1] == [drawn(key, FULL), *debts]
    assert receipt.events[-1].fields["amount"] == FULL


@pytest.mark.parametrize("case", CASES[:3], ids=str)
def test_article_16_f_a_precluded_bank_owes_each_slice(world: World, case: Case) -> None:
    key = lodged(world, case.bank, case.nominated)
    world.at(world.presentation(key).deadline + 1)
    receipt = world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key)
    debts = expected_debts(world, key, ObligationKind.PRECLUSION, PARTS, case.negotiable)
    assert receipt.events[:-1] == [drawn(key, FULL), *debts]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_article_8_recourse_is_for_the_slice_that_is_negotiated(world: World, case: Case) -> None:
    key = lodged(world, case.bank, case.nominated)
    args = key, 0, True
    if case.bank != "nominated":
        with reverts("RecourseNotOpen", key.id, key.examiner):
            world.send(desk(key.examiner), "Presentations.findComplyingWith", *args)
        return
    receipt = world.send(desk(OTHER), "Presentations.findComplyingWith", *args)
    debts = expected_debts(
        world, key, ObligationKind.COMPLYING, PARTS, case.negotiable, recourse=True
    )
    assert receipt.events[1:-1] == debts
    recourse = [
        world.view(
            "PaymentObligations.obligation", slice_id(key.id, OTHER, BENEFICIARY, n)
        ).recourse
        for n in range(4)
    ]
    assert recourse == [False, False, False, True]


def test_article_7_c_what_a_bank_honoured_in_slices_is_owed_to_it_in_slices(world: World) -> None:
    key = lodged(world, "nominated", amount=FULL - 1)
    world.send(desk(OTHER), "Presentations.findComplying", key)
    world.at(world.time + DAY)
    world.send(desk(OTHER), "Forwarding.forward", key, ADVISER, 1, bytes(32))
    onward = PresentationKey(key.credit, ADVISER, OTHER, 1)
    there = world.presentation(onward)
    assert (there.amount, there.flags, there.payee) == (FULL - 1, 0, OTHER)
    assert there.marks == Mark.FORWARDED | Mark.COUNTED | Mark.SCHEDULED
    receipt = world.send(desk(ADVISER), "Presentations.findComplying", onward)
    # Less by one: each part rounds down, and the last takes the rest.
    parts = (38_399_999, 63_999_999, 19_199_999, 6_400_002)
    assert sum(parts) == FULL - 1
    debts = expected_debts(world, onward, ObligationKind.COMPLYING, parts, D.DUE, owner=OTHER)
    first = obligation_id(onward.id, ADVISER, OTHER)
    receipt.emitted(*debts, found(onward, FULL - 1, first))
    assert world.view("LetterOfCredit.credit", key.credit).drawn == FULL - 1
    # And from there to the issuing bank.
    world.send(desk(ADVISER), "Forwarding.forward", onward, ISSUER, 1, bytes(32))
    last = PresentationKey(key.credit, ISSUER, ADVISER, 1)
    world.send(desk(ISSUER), "Presentations.findComplying", last)
    assert world.view("PaymentObligations.owedOn", last.id, ISSUER, ADVISER, 4) == FULL - 1


def test_each_slice_is_paid_in_its_time(world: World) -> None:
    key = lodged(world, "issuing")
    world.send(desk(CENTRAL), f"{CASH}.mint", ISSUER, FULL, bytes([1]) * 32)
    world.send(desk(ISSUER), "Presentations.findComplying", key)
    debts = [slice_id(key.id, ISSUER, BENEFICIARY, n) for n in range(4)]
    for owed in (debts[0], debts[3]):
        world.send(desk(ISSUER), "PaymentObligations.pay", owed)
    for owed, matures in ((debts[1], SHIPPED + 60), (debts[2], TODAY + 90)):
        # The day begins fourteen hours earlier in the east.
        begins = matures * DAY - 14 * 3_600
        world.at(begins - 1)
        with reverts("NotMatured", owed, matures * DAY, begins - 1):
            world.send(desk(ISSUER), "PaymentObligations.pay", owed)
        world.at(begins)
        world.send(desk(ISSUER), "PaymentObligations.pay", owed)
    assert world.balance(BENEFICIARY) == FULL
    assert world.balance(ISSUER) == 0


def test_a_stay_of_the_credit_stays_each_slice(world: World) -> None:
    key = lodged(world, "issuing")
    until = world.time + 100
    world.send(desk(1), "LetterOfCredit.stay", key.credit, until, bytes(32))
    world.send(desk(ISSUER), "Presentations.findComplying", key)
    for place in range(4):
        owed = slice_id(key.id, ISSUER, BENEFICIARY, place)
        assert world.view("PaymentObligations.stateOf", owed) == D.STAYED


def test_a_slice_of_nothing_is_not_owed(world: World) -> None:
    key = lodged(world, "issuing", amount=1)
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", key)
    debts = expected_debts(world, key, ObligationKind.COMPLYING, (0, 0, 0, 1), D.DUE)
    last = slice_id(key.id, ISSUER, BENEFICIARY, 3)
    receipt.emitted(drawn(key, 1), *debts, found(key, 1, last))
    assert receipt.value == last


def test_a_drawing_is_divided_to_the_last_unit(world: World, seed: int) -> None:
    """The contract, the library and exact fractions."""
    source = random.Random(seed)
    for _ in range(60):
        weights = [
            source.choice((1, source.randint(1, 100), source.randint(1, 2**64 - 1)))
            for _ in range(source.randint(2, 4))
        ]
        slices = [Slice(weight, int(Availability.SIGHT_PAYMENT)) for weight in weights]
        with world.aside():
            credit = issue_scheduled(world, Schedule(slices=slices), amount=1)
            _, numbers = world.view("LetterOfCredit.bindingWords", credit, ISSUER)
            for _ in range(5):
                amount = source.choice(
                    (0, 1, source.randint(0, 1_000), source.randint(0, 2**64 - 1))
                )
                answer = world.view("CreditSchedules.partsOf", credit, numbers, TODAY, amount)
                parts = tuple(each.weight for each in answer)
                assert [each[1:] for each in answer] == [each[1:] for each in slices]
                assert parts == rules.divide(amount, weights)
                exact = [Fraction(amount * weight, sum(weights)) for weight in weights]
                assert sum(parts) == amount
                assert all(
                    0 <= x - part < 1 for x, part in zip(exact[:-1], parts[:-1], strict=True)
                )


def test_a_credit_without_slices_is_one_part(world: World) -> None:
    credit = issue_scheduled(world, red_clause(1))
    _, numbers = world.view("LetterOfCredit.bindingWords", credit, ISSUER)
    at_sight = (5, Availability.SIGHT_PAYMENT, 0, 0)
    assert world.view("CreditSchedules.partsOf", credit, numbers, TODAY, 5) == (at_sight,)


# Revolving amounts


CEILING = 1_100


def revolving(world: World, schedule: Schedule, **changes: Any) -> bytes:
    changes = {"amount": 1_000, "plus_tolerance": 10, "expiry": TODAY + 600} | changes
    return issue_scheduled(world, schedule, **changes)


def available(world: World, credit: bytes, day: int, bank: int = ISSUER) -> int:
    amount: int = world.view("CreditSchedules.availableOn", credit, bank, day, TODAY)
    return amount


def present(world: World, credit: bytes, number: int, amount: int) -> PresentationKey:
    """Documents of a shipment not long ago, so that they are in time."""
    return world.lodge(credit, number=number, amount=amount, shipped=world.time // DAY)


def comply(world: World, credit: bytes, number: int, amount: int) -> Receipt:
    key = present(world, credit, number, amount)
    assert world.presentation(key).flags == 0
    return world.send(desk(ISSUER), "Presentations.findComplying", key)


@pytest.mark.parametrize(
    ("day", "period"),
    [(-400, 0), (-1, 0), (0, 0), (29, 0), (30, 1), (59, 1), (60, 2), (89, 2), (90, 2), (500, 2)],
)
def test_the_amount_is_renewed_in_each_period(world: World, day: int, period: int) -> None:
    """Twice, every thirty days; the first period and the last have no end of their own."""
    plain, cumulative = by_time(2, 30), by_time(2, 30, cumulative=True)
    assert available(world, revolving(world, plain), TODAY + day) == CEILING
    credit = revolving(world, cumulative, reference=b"CUMULATIVE".ljust(16, b"\0"))
    assert available(world, credit, TODAY + day) == CEILING * (period + 1)


def test_what_a_period_leaves_is_lost(world: World) -> None:
    credit = revolving(world, by_time(2, 30))
    receipt = comply(world, credit, 1, 700)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 1)
    assert receipt.events[0] == drawn(key, 700, place=1)
    assert available(world, credit, TODAY + 29) == 400
    # Tuesday, the first of October: a holiday; the ninth is the first banking day of the second.
    world.at(instant("2025-10-09T10:00:00+08:00"))
    assert available(world, credit, world.time // DAY) == CEILING
    key = present(world, credit, 2, CEILING + 1)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    with reverts("CannotComply", key.id, Flag.OVERDRAWN):
        world.send(desk(ISSUER), "Presentations.findComplying", key)
    receipt = comply(world, credit, 3, CEILING)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 3)
    assert receipt.events[0] == drawn(key, CEILING, place=2)
    key = present(world, credit, 4, 1)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    with reverts("NothingToDraw", credit):
        world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    assert world.view("LetterOfCredit.credit", credit).drawn == 1_800


def test_what_a_period_leaves_stays_where_the_credit_is_cumulative(world: World) -> None:
    credit = revolving(world, by_time(1, 30, cumulative=True))
    receipt = comply(world, credit, 1, 700)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 1)
    assert receipt.events[0] == drawn(key, 700, place=1)
    world.at(instant("2025-10-09T10:00:00+08:00"))
    key = present(world, credit, 2, 1_501)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    comply(world, credit, 3, 1_500)
    assert available(world, credit, TODAY + 400) == 0


def test_each_drawing_restores_what_it_drew_where_the_amount_revolves_by_use(
    world: World,
) -> None:
    credit = revolving(world, by_use(1))
    for number, (amount, left) in enumerate(((900, 1_100), (1_100, 200), (150, 50), (50, 0)), 1):
        receipt = comply(world, credit, number, amount)
        key = PresentationKey(credit, ISSUER, BENEFICIARY, number)
        assert receipt.events[0] == drawn(key, amount)
        assert available(world, credit, TODAY) == left
    assert world.view("LetterOfCredit.credit", credit).drawn == 2 * CEILING


@pytest.mark.parametrize(("seconds", "period"), [(0, 1), (1, 2)])
def test_the_day_of_receipt_decides_of_the_period(world: World, seconds: int, period: int) -> None:
    """Not the day on which the bank decides, which it could put off (UCP 600 art. 33)."""
    credit = revolving(world, by_time(2, 2))
    world.at(instant("2025-09-02T17:00:00+08:00") + seconds)
    key = present(world, credit, 1, CEILING)
    world.at(world.time + 5 * DAY)
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", key)
    assert receipt.events[0] == drawn(key, CEILING, place=period)


def test_article_33_what_was_taken_in_out_of_hours_is_of_the_period_of_that_day(
    world: World,
) -> None:
    credit = revolving(world, by_time(2, 2))
    comply(world, credit, 1, CEILING - 1)
    world.at(instant("2025-09-02T17:00:00+08:00") + 1)
    key = present(world, credit, 2, 2)
    assert world.presentation(key).flags == 0
    world.send(desk(ISSUER), "Presentations.acceptOutOfHours", key)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    with reverts("CannotComply", key.id, Flag.OVERDRAWN):
        world.send(desk(ISSUER), "Presentations.findComplying", key)
    last = present(world, credit, 3, 1)
    world.send(desk(ISSUER), "Presentations.acceptOutOfHours", last)
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", last)
    assert receipt.events[0] == drawn(last, 1, place=1)


def test_documents_sent_on_unexamined_are_of_the_day_they_came_first(world: World) -> None:
    credit = revolving(world, by_time(2, 2), nominated_bank=OTHER)
    world.at(instant("2025-09-02T10:00:00+08:00"))
    key = world.lodge(credit, examiner=OTHER, amount=CEILING, shipped=TODAY)
    world.at(world.time + 5 * DAY)
    world.send(desk(OTHER), "Forwarding.forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(credit, ISSUER, OTHER, 1)
    assert world.presentation(onward).flags == 0
    with world.aside():
        # What came in its own period is as good as before.
        comply(world, credit, 1, CEILING)
        receipt = world.send(desk(ISSUER), "Presentations.findComplying", onward)
        assert receipt.events[0] == drawn(onward, CEILING, place=1)
    # Seen anew with an amendment, it is still of that day: period 1, though it is the last by now.
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment())
    with_ = "Presentations.findComplyingWith"
    receipt = world.send(desk(ISSUER), with_, onward, 0b10, False)
    assert receipt.events[1] == drawn(onward, CEILING, place=1)


@pytest.mark.parametrize("kind", list(Renewal)[1:])
def test_in_all_no_more_is_drawn_than_all_renewals_together(
    world: World, seed: int, kind: Any
) -> None:
    """Against the library, and against a count of every day."""
    source = random.Random(f"{seed} {kind}")
    times, period, start = source.randint(1, 5), source.randint(1, 40), TODAY + source.randint(0, 9)
    by_day = kind != Renewal.BY_USE
    schedule = Schedule(
        renewal=int(kind), times=times, period=period * by_day, start=start * by_day
    )
    credit = revolving(world, schedule, expiry=TODAY + 600)
    library = rules.Revolving(
        list(rules.Renewal)[kind - 1],
        times,
        period * by_day,
        day_of(start) if by_day else None,
    )
    drawn_in: dict[int, int] = {}
    total = 0
    for number in range(1, 40):
        world.at(world.time + source.randint(0, 12) * DAY)
        if world.time > instant("2026-11-01T00:00:00"):
            break
        key = present(world, credit, number, source.randint(1, CEILING))
        day = world.presentation(key).receiptDay
        # A period counted day by day.
        place = sum(1 for n in range(1, times + 1) if day >= start + n * period) * by_day
        assert library.period_of(day_of(day)) == place
        standing = rules.Standing(drawn=total, here=drawn_in.get(place, 0))
        left = rules.available_on(day_of(day), CEILING, standing, revolving=library)
        assert available(world, credit, day) == left
        assert (
            left
            == {
                Renewal.BY_TIME: CEILING - drawn_in.get(place, 0),
                Renewal.BY_TIME_CUMULATIVE: CEILING * (place + 1) - total,
                Renewal.BY_USE: min(CEILING, CEILING * (times + 1) - total),
            }[kind]
        )
        if not left:
            with reverts("NothingToDraw", credit):
                world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
            continue
        world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
        amount = world.view("LetterOfCredit.credit", credit).drawn - total
        assert amount == min(left, world.presentation(key).amount)
        drawn_in[place] = drawn_in.get(place, 0) + amount
        total += amount
    assert 0 < total <= CEILING * (times + 1)


def test_a_decrease_leaves_what_was_drawn_of_all_renewals(world: World) -> None:
    credit = revolving(world, by_use(1))
    for number in (1, 2):
        comply(world, credit, number, 1_000)
    assert world.view("CreditSchedules.most", credit, CEILING) == 2 * CEILING
    for number, decrease in ((1, 91), (2, 90)):
        amendment = Amendment(number, decrease=decrease)
        world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment)
    accept = "LetterOfCredit.acceptAmendment"
    # 909 and ten per cent, twice.
    with reverts("BelowDrawings", credit, 1_998, 2_000):
        world.send(desk(BENEFICIARY), accept, credit, 1, bytes(32))
    world.send(desk(BENEFICIARY), accept, credit, 2, bytes(32))
    assert available(world, credit, TODAY) == 2


def test_the_most_that_is_counted_is_what_a_counter_holds(world: World) -> None:
    credit = revolving(world, by_use(2), amount=2**62, plus_tolerance=0)
    assert world.view("CreditSchedules.most", credit, 2**62) == 3 * 2**62
    amendment = Amendment(increase=2**62)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    assert world.view("CreditSchedules.most", credit, 2**63) == 2**64 - 1
    for number, left in ((1, 2**63 - 1), (2, 0)):
        key = present(world, credit, number, 2**63)
        world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
        assert available(world, credit, TODAY) == left
    assert world.view("LetterOfCredit.credit", credit).drawn == 2**64 - 1


# Advances before shipment (red clause)


LIMIT = 300


def advance(world: World, credit: bytes, number: int, amount: int) -> PresentationKey:
    return world.lodge(credit, number=number, amount=amount, shipped=0)


def red(world: World, **changes: Any) -> bytes:
    schedule = red_clause(LIMIT)._replace(**changes.pop("schedule", {}))
    return issue_scheduled(world, schedule, **{"amount": 1_000, "expiry": EXPIRY} | changes)


def test_an_advance_is_due_at_sight_up_to_the_limit(world: World) -> None:
    usance = {"availability": int(Availability.DEFERRED_PAYMENT), "tenor": 60, "tenor_from": 2}
    credit = red(world, partial_forbidden=True, **usance)
    key = advance(world, credit, 1, LIMIT + 1)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    key = advance(world, credit, 2, 200)
    assert world.presentation(key).flags == 0
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", key)
    owed = receipt.value
    assert receipt.events[0] == drawn(key, 200, advance=True)
    debt = world.view("PaymentObligations.obligation", owed)
    assert (debt.amount, debt.state, debt.maturity) == (200, D.DUE, world.time)
    assert world.view("CreditSchedules.advancesOf", credit) == (LIMIT, 200, 0)
    key = advance(world, credit, 3, 101)
    assert world.presentation(key).flags == Flag.OVERDRAWN
    owed = world.send(
        desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False
    ).value
    assert world.view("PaymentObligations.obligation", owed).amount == 100
    key = advance(world, credit, 4, 1)
    with reverts("NothingToDraw", credit):
        world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    assert world.presentation(advance(world, credit, 5, 0)).flags == Flag.SHORT


def test_what_is_drawn_later_is_net_of_advances(world: World) -> None:
    credit = red(world)
    key = advance(world, credit, 1, LIMIT)
    world.send(desk(ISSUER), "Presentations.findComplying", key)
    # The whole shipment is demanded, not what is left.
    over = present(world, credit, 2, 1_001)
    assert world.presentation(over).flags == Flag.OVERDRAWN
    with world.aside():
        owed = world.send(
            desk(ISSUER), "Presentations.acceptDiscrepancies", over, bytes(32), False
        ).value
        assert world.view("PaymentObligations.obligation", owed).amount == 700
    receipt = comply(world, credit, 3, 200)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 3)
    # It only recovers: nothing is owed, and there is no obligation.
    receipt.emitted(drawn(key, 200, recovered=200), found(key, 0, bytes(32)))
    assert receipt.value == bytes(32)
    receipt = comply(world, credit, 4, 800)
    key = PresentationKey(credit, ISSUER, BENEFICIARY, 4)
    assert receipt.events[0] == drawn(key, 800, recovered=100)
    assert world.view("PaymentObligations.obligation", receipt.value).amount == 700
    assert world.view("CreditSchedules.advancesOf", credit) == (LIMIT, LIMIT, LIMIT)
    assert world.view("LetterOfCredit.credit", credit).drawn == 1_000
    assert world.presentation(present(world, credit, 5, 1)).flags == Flag.OVERDRAWN


def test_without_a_red_clause_no_shipment_is_no_advance(world: World) -> None:
    credit = issue_scheduled(world, by_use(1), amount=1_000)
    key = advance(world, credit, 1, 500)
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", key)
    assert receipt.events[0] == drawn(key, 500)


def test_article_7_c_an_advance_goes_on_to_the_issuing_bank(world: World) -> None:
    negotiable = {"availability": int(Availability.NEGOTIATION), "nominated_bank": OTHER}
    credit = red(world, partial_forbidden=True, **negotiable)
    key = world.lodge(credit, examiner=OTHER, amount=LIMIT, shipped=0)
    with reverts("RecourseNotOpen", key.id, OTHER):
        world.send(desk(OTHER), "Presentations.findComplyingWith", key, 0, True)
    world.send(desk(OTHER), "Presentations.findComplying", key)
    world.send(desk(OTHER), "Forwarding.forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(credit, ISSUER, OTHER, 1)
    assert world.presentation(onward).flags == 0
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", onward)
    debt = world.view("PaymentObligations.obligation", receipt.value)
    assert (debt.amount, debt.state, debt.owner) == (LIMIT, D.DUE, OTHER)
    # The shipment: the nominated bank owes what is not advanced, and claims no more.
    whole = world.lodge(credit, examiner=OTHER, amount=1_000, number=2, shipped=TODAY)
    world.send(desk(OTHER), "Presentations.findComplying", whole)
    world.send(desk(OTHER), "Forwarding.forward", whole, ISSUER, 2, bytes(32))
    onward = PresentationKey(credit, ISSUER, OTHER, 2)
    assert (world.presentation(onward).amount, world.presentation(onward).flags) == (700, 0)
    world.send(desk(ISSUER), "Presentations.findComplying", onward)
    assert world.view("LetterOfCredit.credit", credit).drawn == 1_000


def test_what_only_recovered_goes_on_as_nothing(world: World) -> None:
    credit = red(world, nominated_bank=OTHER)
    key = world.lodge(credit, examiner=OTHER, amount=LIMIT, shipped=0)
    world.send(desk(OTHER), "Presentations.findComplying", key)
    key = world.lodge(credit, examiner=OTHER, amount=LIMIT, number=2, shipped=TODAY)
    world.send(desk(OTHER), "Presentations.findComplying", key)
    world.send(desk(OTHER), "Forwarding.forward", key, ISSUER, 1, bytes(32))
    onward = PresentationKey(credit, ISSUER, OTHER, 1)
    assert (world.presentation(onward).amount, world.presentation(onward).flags) == (0, 0)
    receipt = world.send(desk(ISSUER), "Presentations.findComplying", onward)
    receipt.emitted(found(onward, 0, bytes(32)))
    assert world.state_of(onward) == PresentationState.COMPLYING


def test_a_decrease_may_leave_less_than_a_bank_counted(world: World) -> None:
    """A counted drawing above what binds the bank that receives it is seen, as on any credit."""
    credit = red(world, nominated_bank=OTHER, confirming_bank=ADVISER)
    world.send(desk(ADVISER), "LetterOfCredit.confirm", credit)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, Amendment(increase=500))
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    key = world.lodge(credit, examiner=OTHER, amount=1_500, shipped=TODAY)
    world.send(desk(OTHER), "Presentations.findComplying", key)
    for to, flags in ((ADVISER, Flag.OVERDRAWN), (ISSUER, 0)):
        with world.aside():
            world.send(desk(OTHER), "Forwarding.forward", key, to, 1, bytes(32))
            onward = PresentationKey(credit, to, OTHER, 1)
            assert world.presentation(onward).flags == flags
    # What the confirming bank has left is nothing, and never less.
    assert available(world, credit, TODAY, ADVISER) == 0
    assert world.view("CreditSchedules.availableOn", credit, ADVISER, TODAY, 0) == 0


def test_an_advance_leaves_the_amounts_of_periods_and_instalments(world: World) -> None:
    schedule = by_time(1, 30)._asdict() | {"advance_limit": LIMIT}
    credit = red(world, schedule=schedule)
    key = advance(world, credit, 1, LIMIT)
    world.send(desk(ISSUER), "Presentations.findComplying", key)
    assert available(world, credit, TODAY) == 1_000
    receipt = comply(world, credit, 2, 1_000)
    assert receipt.events[0].fields["recovered"] == LIMIT
    assert available(world, credit, TODAY + 29) == 0
    assert available(world, credit, TODAY + 30) == 1_000

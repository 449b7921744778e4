# SPDX-License-Identifier: Apache-2.0
"""Lodging is always recorded: what the chain itself sees is a flag, never a reason to turn away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from eth_utils import keccak
from suite import event
from vocabulary import Disposal, Flag, ObligationKind, ObligationState, PresentationState
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CNY,
    EMPTY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    KEEPER,
    OTHER,
    REMOTE,
    Lodging,
    PresentationKey,
    World,
    desk,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.places import build

LODGED, COMPLYING, REFUSED, CLAIMED = (
    PresentationState.LODGED,
    PresentationState.COMPLYING,
    PresentationState.REFUSED,
    PresentationState.CLAIMED,
)
AMOUNT = 128_000_000
LATE, OVERDRAWN, SHORT, _, NOT_IN_FORCE = Flag
NOTHING = Flag(0)


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


@dataclass(frozen=True)
class Case:
    """A credit, what is presented under it and when (Shanghai time), and what the chain sees."""

    name: str
    received: str
    flags: Any
    credit: dict[str, Any] = field(default_factory=dict)
    amount: int = AMOUNT
    shipped: str | None = None


# A Sunday in the October holiday of 2025; the next banking day is Thursday 2025-10-09.
HOLIDAY = {"expiry": day("2025-10-05")}
WEEKDAY = {"expiry": day("2025-09-17")}
MONTH_END = {"expiry": day("2025-12-31")}
EXACT = {"partial_forbidden": True}
BAND = {"plus_tolerance": 5, "minus_tolerance": 10}

CASES = [
    # Expiry (UCP 600 art. 6(d), (e)); hours (art. 33): 17:00:00 is within them.
    Case("on the day of expiry", "2025-09-17T09:00:00", NOTHING, WEEKDAY),
    Case("a second before the close", "2025-09-17T16:59:59", NOTHING, WEEKDAY),
    Case("at the close", "2025-09-17T17:00:00", NOTHING, WEEKDAY),
    Case("a second after the close", "2025-09-17T17:00:01", LATE, WEEKDAY),
    Case("before hours on the day of expiry", "2025-09-17T00:00:00", NOTHING, WEEKDAY),
    Case("a second before that day", "2025-09-16T23:59:59", NOTHING, WEEKDAY),
    Case("a second after that day", "2025-09-18T00:00:00", LATE, WEEKDAY),
    Case("long after expiry", "2026-06-01T10:00:00", LATE, WEEKDAY),
    # Art. 29(a): an expiry on a closed day moves to the next banking day.
    Case("expiry on a holiday, before it", "2025-09-30T10:00:00", NOTHING, HOLIDAY),
    Case("expiry on a holiday, on it", "2025-10-05T10:00:00", NOTHING, HOLIDAY),
    Case("expiry on a holiday, at the close", "2025-10-09T17:00:00", NOTHING, HOLIDAY),
    Case("expiry on a holiday, after it", "2025-10-09T17:00:01", LATE, HOLIDAY),
    # Art. 14(c): 21 days after shipment where the credit is silent; the earlier day counts.
    Case("21st day", "2025-09-22T17:00:00", NOTHING, MONTH_END, shipped="2025-09-01"),
    Case("22nd day", "2025-09-22T17:00:01", LATE, MONTH_END, shipped="2025-09-01"),
    Case("21st day closed", "2025-10-09T17:00:00", NOTHING, MONTH_END, shipped="2025-09-10"),
    Case("21st day closed, after", "2025-10-09T17:00:01", LATE, MONTH_END, shipped="2025-09-10"),
    Case("no shipment, no period", "2025-12-31T17:00:00", NOTHING, MONTH_END),
    Case(
        "expiry before the period ends", "2025-09-18T09:00:00", LATE, WEEKDAY, shipped="2025-09-16"
    ),
    Case(
        "a stated period of five days",
        "2025-09-08T17:00:00",
        NOTHING,
        MONTH_END | {"presentation_period": 5},
        shipped="2025-09-03",
    ),
    Case(
        "after a stated period of five days",
        "2025-09-08T17:00:01",
        LATE,
        MONTH_END | {"presentation_period": 5},
        shipped="2025-09-03",
    ),
    Case(
        "the longest period and the last day",
        "2025-09-08T10:00:00",
        NOTHING,
        {"expiry": 2**16 - 1, "presentation_period": 999},
        shipped="2025-09-03",
    ),
    # Art. 18(b), 30(a), 30(b): what may be drawn.
    Case("one unit too much", "2025-09-02T10:00:00", OVERDRAWN, amount=AMOUNT + 1),
    Case("all of the tolerance", "2025-09-02T10:00:00", NOTHING, BAND, AMOUNT * 105 // 100),
    Case("above it", "2025-09-02T10:00:00", OVERDRAWN, BAND, AMOUNT * 105 // 100 + 1),
    Case("the greatest number", "2025-09-02T10:00:00", OVERDRAWN, amount=2**64 - 1),
    # Art. 31(a): less is a partial drawing, which is allowed unless forbidden.
    Case("one unit", "2025-09-02T10:00:00", NOTHING, amount=1),
    Case("one unit, forbidden", "2025-09-02T10:00:00", SHORT, EXACT, amount=1),
    Case("nothing", "2025-09-02T10:00:00", SHORT, amount=0),
    Case("nothing, forbidden", "2025-09-02T10:00:00", SHORT, EXACT, amount=0),
    # Art. 30(c): five per cent less, unless the credit has a tolerance of its own.
    Case("95 %", "2025-09-02T10:00:00", NOTHING, EXACT, 121_600_000),
    Case("below 95 %", "2025-09-02T10:00:00", SHORT, EXACT, 121_599_999),
    Case("own floor", "2025-09-02T10:00:00", NOTHING, EXACT | BAND, 115_200_000),
    Case("below the own floor", "2025-09-02T10:00:00", SHORT, EXACT | BAND, 115_199_999),
    Case(
        "plus alone has no floor below",
        "2025-09-02T10:00:00",
        SHORT,
        EXACT | {"plus_tolerance": 5},
        AMOUNT - 1,
    ),
    Case("plus alone", "2025-09-02T10:00:00", NOTHING, EXACT | {"plus_tolerance": 5}, AMOUNT),
    # Together.
    Case("late and overdrawn", "2025-09-18T10:00:00", LATE | OVERDRAWN, WEEKDAY, AMOUNT + 1),
    Case("late and short", "2025-09-18T10:00:00", LATE | SHORT, WEEKDAY, 0),
]


def lodge(world: World, case: Case) -> PresentationKey:
    credit = world.issue(**case.credit)
    world.at(instant(f"{case.received}+08:00"))
    shipped = day(case.shipped) if case.shipped else 0
    return world.lodge(credit, amount=case.amount, shipped=shipped)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_chain_sees_is_a_flag(world: World, case: Case) -> None:
    key = lodge(world, case)
    record = world.presentation(key)
    assert Flag(record.flags) == case.flags
    assert record.state == LODGED
    assert (record.amount, record.received) == (case.amount, world.time)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_flagged_does_not_comply_and_can_be_refused(world: World, case: Case) -> None:
    key = lodge(world, case)
    with world.aside():
        if case.flags:
            with reverts("CannotComply", key.id, int(case.flags)):
                world.send(desk(ISSUER), "Presentations.findComplying", key)
            assert world.state_of(key) == LODGED
        else:
            world.send(desk(ISSUER), "Presentations.findComplying", key)
            assert world.state_of(key) == COMPLYING
    world.send(desk(ISSUER), "Presentations.refuse", key, 1, int(Disposal.HOLD), bytes(32))
    assert world.state_of(key) == REFUSED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_silent_bank_is_precluded_on_what_is_flagged_too(world: World, case: Case) -> None:
    key = lodge(world, case)
    world.at(world.presentation(key).deadline + 1)
    if case.amount == 0:
        with reverts("NothingToDraw", key.credit):
            world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key)
        return
    # Preclusion cures discrepancies, not the amount of the credit (art. 18(b)).
    ceiling = AMOUNT * (100 + case.credit.get("plus_tolerance", 0)) // 100
    owed = world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key).value
    found = world.view("PaymentObligations.obligation", owed)
    assert found.amount == min(case.amount, ceiling)
    assert found.kind == ObligationKind.PRECLUSION
    assert world.view("LetterOfCredit.credit", key.credit).drawn == found.amount


# Where the calendar is not published


def test_an_undated_presentation_lives_its_whole_life(world: World) -> None:
    """Late, and only seen to be so once the calendar is published, when the bank's time is over."""
    credit = world.issue(REMOTE, **WEEKDAY)
    world.at(instant("2025-09-18T10:00:00+08:00"))
    key = world.lodge(credit, examiner=REMOTE, amount=AMOUNT + 1)
    record = world.presentation(key)
    assert (record.deadline, record.receiptDay) == (0, 0)
    assert Flag(record.flags) == OVERDRAWN

    world.at(instant("2025-12-01T10:00:00+08:00"))
    with reverts("NotPrecluded", key.id, 0, world.time):
        world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key)
    with world.aside():
        world.send(desk(REMOTE), "Presentations.refuse", key, 1, int(Disposal.HOLD), bytes(32))
        assert world.state_of(key) == REFUSED
    with reverts("CannotComply", key.id, int(OVERDRAWN)):
        world.send(desk(REMOTE), "Presentations.findComplying", key)

    for span, word in build("CNSHA", 2024, 2026).packed().items():
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    deadline = instant("2025-09-25T17:00:00+08:00")
    world.send(desk(APPLICANT), "Presentations.fixDeadline", key).emitted(
        event(
            "Presentations",
            "DeadlineFixed",
            presentationId=key.id,
            deadline=deadline,
            flags=LATE | OVERDRAWN,
        )
    )
    assert world.state_of(key) == PresentationState.PRECLUDED
    for act, args in (
        ("findComplying", ()),
        ("refuse", (1, int(Disposal.HOLD), bytes(32))),
    ):
        with reverts("DeadlinePassed", key.id, deadline, world.time):
            world.send(desk(REMOTE), f"Presentations.{act}", key, *args)
    owed = world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key).value
    assert world.view("PaymentObligations.obligation", owed).amount == AMOUNT


def test_what_is_undated_may_be_found_complying(world: World) -> None:
    key = world.lodge(world.issue(REMOTE), examiner=REMOTE)
    assert world.presentation(key).deadline == 0
    world.send(desk(REMOTE), "Presentations.findComplying", key)
    assert world.state_of(key) == COMPLYING


# What lodging refuses


def lodging(key: PresentationKey, *, pay_presenter: bool = False) -> Lodging:
    return Lodging(key, AMOUNT, 0, pay_presenter, keccak(text="documents"))


def test_a_credit_that_is_not_there_takes_no_documents(world: World) -> None:
    missing = keccak(text="no credit")
    key = PresentationKey(missing, ISSUER, BENEFICIARY, 1)
    with reverts("UnknownCredit", missing):
        world.send(desk(BENEFICIARY), "Presentations.lodge", lodging(key))
    with reverts("UnknownCredit", missing):
        world.send(desk(BENEFICIARY), "Presentations.recordMandate", missing, 1, bytes(32))


def test_the_same_key_twice_is_one_presentation(world: World) -> None:
    credit = world.issue()
    key = world.lodge(credit)
    before = world.presentation(key)
    with reverts("PresentationExists", key.id):
        world.send(desk(BENEFICIARY), "Presentations.lodge", Lodging(key, 1, 1, True, bytes(32)))
    assert world.presentation(key) == before
    # Every count of the presenter's own is another one, also after a refusal (cured documents).
    world.send(desk(ISSUER), "Presentations.refuse", key, 1, int(Disposal.HOLD), bytes(32))
    for number in (0, 2, 255):
        again = world.lodge(credit, number=number)
        assert world.state_of(again) == LODGED
    assert world.state_of(key) == REFUSED


def test_the_number_of_a_presentation_is_the_hash_of_its_key(world: World) -> None:
    key = PresentationKey(keccak(text="credit"), ISSUER, BENEFICIARY, 255)
    assert world.view("Presentations.presentationIdOf", key) == key.id


# Mandates


def record(world: World, grantor: int, credit: bytes, presenter: int) -> Any:
    mandate = keccak(text=f"mandate to {presenter}")
    return world.send(desk(grantor), "Presentations.recordMandate", credit, presenter, mandate)


@pytest.mark.parametrize("presenter", [0, 2**32 - 1])
def test_a_mandate_is_given_to_a_member(world: World, presenter: int) -> None:
    credit = world.issue()
    with reverts("UnknownMember", presenter):
        record(world, BENEFICIARY, credit, presenter)
    assert world.view("Presentations.mandateOf", credit, presenter) is False


def test_a_mandate_lets_another_member_present(world: World) -> None:
    credit = world.issue()
    key = PresentationKey(credit, ISSUER, FORWARDER, 1)
    with reverts("NoMandate", credit, FORWARDER):
        world.send(desk(FORWARDER), "Presentations.lodge", lodging(key))
    record(world, BENEFICIARY, credit, FORWARDER).emitted(
        event(
            "Presentations",
            "MandateRecorded",
            creditId=credit,
            presenter=FORWARDER,
            grantedBy=BENEFICIARY,
            mandate=keccak(text=f"mandate to {FORWARDER}"),
        )
    )
    assert world.view("Presentations.mandateOf", credit, FORWARDER) is True
    assert world.view("Presentations.mandateOf", credit, APPLICANT) is False
    world.send(desk(FORWARDER), "Presentations.lodge", lodging(key))
    assert world.presentation(key).payee == BENEFICIARY
    with reverts("MandateExists", credit, FORWARDER):
        record(world, BENEFICIARY, credit, FORWARDER)


def test_a_mandate_goes_for_one_credit_alone(world: World) -> None:
    credit, other = world.issue(), world.issue(reference=b"OTHER".ljust(16, b"\0"))
    record(world, BENEFICIARY, credit, FORWARDER)
    with reverts("NoMandate", other, FORWARDER):
        world.lodge(other, presenter=FORWARDER)


def test_a_presenter_with_a_mandate_is_paid_only_if_it_asks(world: World) -> None:
    credit = world.issue()
    record(world, BENEFICIARY, credit, FORWARDER)
    for number, pay_presenter, payee in ((1, False, BENEFICIARY), (2, True, FORWARDER)):
        key = world.lodge(
            credit, presenter=FORWARDER, number=number, pay_presenter=pay_presenter, amount=1
        )
        assert world.presentation(key).payee == payee
        owed = world.send(desk(ISSUER), "Presentations.findComplying", key).value
        assert owed == obligation_id(key.id, ISSUER, payee)
        assert world.view("PaymentObligations.obligation", owed).owner == payee


def test_the_beneficiary_itself_is_always_its_own_payee(world: World) -> None:
    key = world.lodge(world.issue(), pay_presenter=True)
    assert world.presentation(key).payee == BENEFICIARY


BANKS = [
    pytest.param({"advising_bank": ADVISER, "nominated_bank": OTHER}, ADVISER, id="advising"),
    pytest.param({"advising_bank": 0, "nominated_bank": OTHER}, OTHER, id="nominated"),
]


@pytest.mark.parametrize(("banks", "bank"), BANKS)
def test_a_beneficiary_outside_is_presented_for_by_its_bank(
    world: World, banks: dict[str, int], bank: int
) -> None:
    credit = world.issue(beneficiary=0, **banks)
    for nobody in (APPLICANT, ISSUER, BENEFICIARY, ADVISER if bank == OTHER else OTHER):
        with reverts("NotBeneficiary", credit, nobody):
            record(world, nobody, credit, nobody)
    # Even that bank needs the mandate on record.
    with reverts("NoMandate", credit, bank):
        world.lodge(credit, presenter=bank)
    record(world, bank, credit, bank)
    record(world, bank, credit, FORWARDER)
    for presenter in (bank, FORWARDER):
        for number, pay_presenter in ((1, False), (2, True)):
            key = world.lodge(
                credit, presenter=presenter, number=number, pay_presenter=pay_presenter, amount=1
            )
            assert world.presentation(key).payee == presenter


def test_a_beneficiary_outside_without_a_bank_has_nobody_to_present(world: World) -> None:
    credit = world.issue(beneficiary=0, advising_bank=0, second_advising_bank=OTHER)
    for member in (APPLICANT, ISSUER, OTHER, BENEFICIARY):
        with reverts("NotBeneficiary", credit, member):
            record(world, member, credit, member)
        with reverts("NoMandate", credit, member):
            world.lodge(credit, presenter=member)


@pytest.mark.parametrize("claimant", [FORWARDER, BENEFICIARY])
def test_presenter_and_beneficiary_claim_a_preclusion(world: World, claimant: int) -> None:
    credit = world.issue()
    record(world, BENEFICIARY, credit, FORWARDER)
    key = world.lodge(credit, presenter=FORWARDER, pay_presenter=True)
    world.at(world.presentation(key).deadline + 1)
    receipt = world.send(desk(claimant), "Presentations.claimPrecluded", key)
    owed = obligation_id(key.id, ISSUER, FORWARDER)
    receipt.emitted(
        event(
            "PaymentObligations",
            "ObligationIncurred",
            obligationId=owed,
            presentationId=key.id,
            debtor=ISSUER,
            owner=FORWARDER,
            amount=AMOUNT,
            currency=CNY.number,
            maturity=world.time,
            state=ObligationState.DUE,
            kind=ObligationKind.PRECLUSION,
        ),
        event(
            "Presentations",
            "PreclusionClaimed",
            presentationId=key.id,
            creditId=credit,
            claimant=claimant,
            amount=AMOUNT,
            obligationId=owed,
        ),
    )


def test_nobody_else_claims_a_preclusion(world: World) -> None:
    credit = world.issue(beneficiary=0)
    record(world, ADVISER, credit, FORWARDER)
    record(world, ADVISER, credit, APPLICANT)
    key = world.lodge(credit, presenter=FORWARDER)
    world.at(world.presentation(key).deadline + 1)
    for member in (ADVISER, APPLICANT, ISSUER, BENEFICIARY):
        with reverts("NotPresenter", FORWARDER, member):
            world.send(desk(member), "Presentations.claimPrecluded", key)


# Refusal


def test_a_refusal_states_each_discrepancy_and_only_known_ones(world: World) -> None:
    key = world.lodge(world.issue())
    known = (1 << 25) - 1
    with reverts("NoDiscrepancyStated", key.id):
        world.send(desk(ISSUER), "Presentations.refuse", key, 0, int(Disposal.HOLD), bytes(32))
    for bits in (1 << 25, 1 << 255, known + 1, 2**256 - 1):
        with reverts("UnknownDiscrepancies", bits, known):
            world.send(
                desk(ISSUER), "Presentations.refuse", key, bits, int(Disposal.HOLD), bytes(32)
            )
    for bit in range(25):
        with world.aside():
            world.send(
                desk(ISSUER), "Presentations.refuse", key, 1 << bit, int(Disposal.HOLD), bytes(32)
            )
            assert world.state_of(key) == REFUSED


def test_a_refusal_frees_the_amount_for_the_cured_documents(world: World) -> None:
    credit = world.issue()
    key = world.lodge(credit)
    world.send(desk(ISSUER), "Presentations.refuse", key, 1, int(Disposal.HOLD), bytes(32))
    again = world.lodge(credit, number=2)
    world.send(desk(ISSUER), "Presentations.findComplying", again)
    assert world.view("LetterOfCredit.credit", credit).drawn == AMOUNT


# The balance


def test_two_presentations_that_overdraw_together(world: World) -> None:
    credit = world.issue(amount=100)
    one = world.lodge(credit, number=1, amount=60)
    other = world.lodge(credit, number=2, amount=41)
    # Each alone is within the credit, so neither is flagged.
    assert world.presentation(one).flags == world.presentation(other).flags == 0
    world.send(desk(ISSUER), "Presentations.findComplying", one)
    with reverts("Overdrawn", credit, 41, 40):
        world.send(desk(ISSUER), "Presentations.findComplying", other)
    assert world.state_of(other) == LODGED
    # A third, lodged now, is seen against what is left.
    assert Flag(world.presentation(world.lodge(credit, number=3, amount=41)).flags) == OVERDRAWN
    assert Flag(world.presentation(world.lodge(credit, number=4, amount=40)).flags) == NOTHING

    world.at(world.presentation(other).deadline + 1)
    owed = world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", other).value
    assert world.view("PaymentObligations.obligation", owed).amount == 40
    assert world.view("LetterOfCredit.credit", credit).drawn == 100
    assert world.state_of(other) == CLAIMED

    third = PresentationKey(credit, ISSUER, BENEFICIARY, 3)
    with reverts("NothingToDraw", credit):
        world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", third)
    assert world.state_of(third) == PresentationState.PRECLUDED


# Places and clocks


def test_the_calendar_of_the_examining_branch_decides(world: World) -> None:
    """Received at one instant by banks of three calendars; the first case of the vectors."""
    world.at(instant("2025-09-29T10:00:00+08:00"))
    expected = {
        ISSUER: instant("2025-10-13T17:00:00+08:00"),
        OTHER: instant("2025-10-14T17:00:00+08:00"),
        # Four in the morning in Frankfurt; 3 October is a holiday there.
        FRANKFURT: instant("2025-10-07T16:00:00+02:00"),
        REMOTE: 0,
    }
    for bank, deadline in expected.items():
        key = world.lodge(world.issue(bank), examiner=bank)
        assert world.presentation(key).deadline == deadline


def test_the_contract_knows_its_neighbours(world: World) -> None:
    for view, contract in (
        ("registry", "AllianceRegistry"),
        ("calendar", "BankingCalendar"),
        ("credits", "LetterOfCredit"),
        ("obligations", "PaymentObligations"),
        ("forwardings", "Forwarding"),
        ("timetable", "CreditSchedules"),
        ("disposals", "Disposals"),
    ):
        assert world.view(f"Presentations.{view}") == world.addresses[contract]

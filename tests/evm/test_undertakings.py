# SPDX-License-Identifier: Apache-2.0
"""What a bank undertakes: by availability, by its place in the credit, and with which maturity."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from suite import event
from vocabulary import Availability, Disposal, MaturityFrom, ObligationState, PresenterInstruction
from world import (
    ADVISER,
    BENEFICIARY,
    CNY,
    DAY,
    EMPTY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    KEEPER,
    OTHER,
    REMOTE,
    PresentationKey,
    World,
    desk,
    instant,
    obligation_id,
    reverts,
)

from yangshan.alliance.calendar_words import day_number
from yangshan.alliance.places import build

AT_SIGHT, DEFERRED, ACCEPTANCE, NEGOTIATION = (
    Availability.SIGHT_PAYMENT,
    Availability.DEFERRED_PAYMENT,
    Availability.ACCEPTANCE,
    Availability.NEGOTIATION,
)
DUE, INCURRED, ACCEPTED, NEGOTIATED = (
    ObligationState.DUE,
    ObligationState.INCURRED,
    ObligationState.ACCEPTED,
    ObligationState.NEGOTIATED,
)
AMOUNT = 128_000_000
# A Monday.
RECEIVED = instant("2025-09-01T10:00:00+08:00")


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


SHIPPED = day("2025-08-20")
USANCE = {"tenor": 60, "tenor_from": int(MaturityFrom.SHIPMENT)}
# 20 August and sixty days: the day of shipment is not counted (UCP 600 art. 3).
MATURITY = day("2025-10-19") * DAY
NOW = "the time of the block"
SITES = {"issuing": ISSUER, "confirming": ADVISER, "nominated": OTHER, "any": FRANKFURT}


@dataclass(frozen=True)
class Case:
    """How a credit is available, a bank that decides, and what it then owes."""

    availability: Any
    bank: str
    state: Any
    usance: bool = False
    credit: dict[str, Any] = field(default_factory=dict)
    # Whether it could negotiate with recourse.
    recourse: bool = False

    @property
    def name(self) -> str:
        usance = "usance" if self.usance else "sight"
        with_ = ", ".join(f"{key} {value}" for key, value in self.credit.items())
        return f"{self.availability.name}, {usance}, {self.bank} bank {with_}".lower().strip()


ALONE = {"nominated_bank": 0}
ANYWHERE = {"nominated_bank": 0, "any_bank": True}
WITH_CONFIRMER = {"nominated_bank": ADVISER}
CASES = [
    *(Case(AT_SIGHT, bank, DUE) for bank in ("issuing", "confirming", "nominated")),
    *(Case(DEFERRED, bank, INCURRED, True) for bank in ("issuing", "confirming", "nominated")),
    *(Case(ACCEPTANCE, bank, ACCEPTED, True) for bank in ("issuing", "confirming", "nominated")),
    Case(ACCEPTANCE, "any", ACCEPTED, True, ANYWHERE),
    # UCP 600 art. 7(a)(v): the issuing bank honours and never negotiates.
    Case(NEGOTIATION, "issuing", DUE),
    Case(NEGOTIATION, "issuing", INCURRED, True),
    # Art. 8(a)(i)(e): where another bank is to negotiate and does not, the confirming bank honours.
    Case(NEGOTIATION, "confirming", DUE),
    Case(NEGOTIATION, "confirming", INCURRED, True),
    # Art. 8(a)(ii): it negotiates where that is available with it, without recourse.
    *(
        Case(NEGOTIATION, "confirming", NEGOTIATED, usance, credit)
        for usance in (False, True)
        for credit in (ALONE, ANYWHERE, WITH_CONFIRMER)
    ),
    # Art. 2, 12(a): another bank negotiates by what it agreed with the beneficiary.
    *(Case(NEGOTIATION, "nominated", NEGOTIATED, usance, {}, True) for usance in (False, True)),
    *(Case(NEGOTIATION, "any", NEGOTIATED, usance, ANYWHERE, True) for usance in (False, True)),
]


def lodged(world: World, case: Case) -> PresentationKey:
    terms = {
        "availability": int(case.availability),
        "nominated_bank": OTHER,
        "confirming_bank": ADVISER,
        **(USANCE if case.usance else {}),
        **case.credit,
    }
    credit = world.issue(**terms)
    world.send(desk(ADVISER), "LetterOfCredit.confirm", credit)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=SITES[case.bank], shipped=SHIPPED)
    world.at(RECEIVED + 3_600)
    return key


def comply(key: PresentationKey) -> tuple[int, str, tuple[Any, ...]]:
    return key.examiner, "findComplying", (key,)


def comply_with_recourse(key: PresentationKey) -> tuple[int, str, tuple[Any, ...]]:
    return key.examiner, "findComplyingWith", (key, 0, True)


def waive(key: PresentationKey) -> tuple[int, str, tuple[Any, ...]]:
    return key.examiner, "acceptDiscrepancies", (key, bytes(32), False)


def waive_with_recourse(key: PresentationKey) -> tuple[int, str, tuple[Any, ...]]:
    return key.examiner, "acceptDiscrepancies", (key, bytes(32), True)


def claim(key: PresentationKey) -> tuple[int, str, tuple[Any, ...]]:
    return BENEFICIARY, "claimPrecluded", (key,)


@pytest.mark.parametrize("act", [comply, waive, claim], ids=["comply", "waive", "claim"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_article_7_and_8_what_a_bank_undertakes(world: World, case: Case, act: Any) -> None:
    key = lodged(world, case)
    if act is claim:
        world.at(world.presentation(key).deadline + 1)
        if case.bank in ("nominated", "any"):
            with reverts("BankNotBound", key.id, key.examiner):
                world.send(desk(BENEFICIARY), "Presentations.claimPrecluded", key)
            return
    member, function, args = act(key)
    owed = world.send(desk(member), f"Presentations.{function}", *args).value
    assert owed == obligation_id(key.id, key.examiner, BENEFICIARY)
    found = world.view("PaymentObligations.obligation", owed)
    assert (found.debtor, found.owner) == (key.examiner, BENEFICIARY)
    assert (found.amount, found.currency) == (AMOUNT, CNY.number)
    assert found.state == case.state
    assert found.maturity == (MATURITY if case.usance else world.time)
    assert not found.recourse


@pytest.mark.parametrize("act", [comply_with_recourse, waive_with_recourse])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_article_8_recourse_is_for_banks_that_negotiate_and_have_not_confirmed(
    world: World, case: Case, act: Any
) -> None:
    key = lodged(world, case)
    member, function, args = act(key)
    if not case.recourse:
        with reverts("RecourseNotOpen", key.id, member):
            world.send(desk(member), f"Presentations.{function}", *args)
        return
    receipt = world.send(desk(member), f"Presentations.{function}", *args)
    assert world.view("PaymentObligations.obligation", receipt.value).recourse
    told = event(
        "PaymentObligations", "RecourseReserved", obligationId=receipt.value, debtor=member
    )
    assert receipt.events[1] == told


# Maturities

TENORS = [
    # From, tenor, shipped, received (Shanghai), the day of maturity.
    (MaturityFrom.SIGHT, 1, None, "2025-09-01T10:00:00", "2025-09-02"),
    (MaturityFrom.SIGHT, 90, None, "2025-09-01T10:00:00", "2025-11-30"),
    # Not the instant but the day of receipt: after hours that is the next banking day (art. 33).
    (MaturityFrom.SIGHT, 90, None, "2025-09-05T17:00:00", "2025-12-04"),
    (MaturityFrom.SIGHT, 90, None, "2025-09-05T17:00:01", "2025-12-07"),
    (MaturityFrom.SIGHT, 1, "2025-08-20", "2025-09-01T10:00:00", "2025-09-02"),
    (MaturityFrom.SHIPMENT, 60, "2025-01-31", "2025-09-01T10:00:00", "2025-04-01"),
    (MaturityFrom.SHIPMENT, 1, "2025-08-20", "2025-09-01T10:00:00", "2025-08-21"),
    (MaturityFrom.SHIPMENT, 65_535, "2025-08-20", "2025-09-01T10:00:00", "2205-01-24"),
    # No document tells of a shipment.
    (MaturityFrom.SHIPMENT, 60, None, "2025-09-01T10:00:00", "2025-10-31"),
    # A day that the credit fixes, on a Sunday in a holiday: art. 29 moves no maturity.
    (MaturityFrom.FIXED_DATE, day("2025-10-05"), "2025-08-20", "2025-09-01T10:00:00", "2025-10-05"),
]


@pytest.mark.parametrize(("from_", "tenor", "shipped", "received", "matures"), TENORS)
def test_article_3_the_day_of_maturity(
    world: World, from_: Any, tenor: int, shipped: str | None, received: str, matures: str
) -> None:
    credit = world.issue(
        availability=int(DEFERRED), tenor=tenor, tenor_from=int(from_), expiry=day("2025-12-31")
    )
    world.at(instant(f"{received}+08:00"))
    key = world.lodge(credit, shipped=day(shipped) if shipped else 0)
    world.at(world.time + DAY)
    # With a waiver, since some are shipped long before.
    owed = world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    found = world.view("PaymentObligations.obligation", owed.value)
    assert (found.state, found.maturity) == (INCURRED, day(matures) * DAY)


SIGHT_USANCE = {
    "availability": int(ACCEPTANCE),
    "tenor": 30,
    "tenor_from": int(MaturityFrom.SIGHT),
}


def test_after_a_refusal_sight_is_the_day_on_which_the_documents_are_taken_up(
    world: World,
) -> None:
    credit = world.issue(**SIGHT_USANCE)
    world.at(RECEIVED)
    key = world.lodge(credit)
    notice = key, 1, int(Disposal.NOTIFY), bytes(32)
    world.send(desk(ISSUER), "Presentations.refuse", *notice)
    # A Saturday counts as the Monday after it.
    world.at(instant("2025-09-13T10:00:00+08:00"))
    owed = world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False)
    found = world.view("PaymentObligations.obligation", owed.value)
    assert (found.state, found.maturity) == (ACCEPTED, day("2025-10-15") * DAY)


def test_without_a_calendar_days_are_those_of_utc(world: World) -> None:
    credit = world.issue(REMOTE, **SIGHT_USANCE)
    for number, received in enumerate(("2025-09-01T23:59:59", "2025-09-02T00:00:00"), 1):
        world.at(instant(received))
        key = world.lodge(credit, examiner=REMOTE, amount=1, number=number)
        with world.aside():
            owed = world.send(desk(REMOTE), "Presentations.findComplying", key).value
            found = world.view("PaymentObligations.obligation", owed)
            assert found.maturity == (world.time // DAY + 30) * DAY
        notice = key, 1, int(Disposal.HOLD), bytes(32)
        world.send(desk(REMOTE), "Presentations.refuse", *notice)
        take_up = key, int(PresenterInstruction.TAKE_UP), bytes(32)
        world.send(desk(BENEFICIARY), "Disposals.instruct", *take_up)
        world.at(world.time + 5 * DAY)
        waived = world.send(
            desk(REMOTE), "Presentations.acceptDiscrepancies", key, bytes(32), False
        ).value
        found = world.view("PaymentObligations.obligation", waived)
        assert found.maturity == (world.time // DAY + 30) * DAY


def test_a_calendar_that_is_published_later_gives_the_day_of_sight(world: World) -> None:
    credit = world.issue(REMOTE, **SIGHT_USANCE)
    # A Saturday in Shanghai.
    world.at(instant("2025-09-06T10:00:00+08:00"))
    key = world.lodge(credit, examiner=REMOTE)
    for span, word in build("CNSHA", 2024, 2026).packed().items():
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    world.send(desk(FORWARDER), "Presentations.fixDeadline", key)
    owed = world.send(desk(REMOTE), "Presentations.findComplying", key).value
    found = world.view("PaymentObligations.obligation", owed)
    assert found.maturity == day("2025-10-08") * DAY


# Amounts


def test_a_waiver_is_for_the_demand_or_for_what_the_credit_still_has(world: World) -> None:
    credit = world.issue(amount=100)
    for number, demanded, owed in ((1, 60, 60), (2, 60, 40)):
        key = world.lodge(credit, amount=demanded, number=number)
        if number == 2:
            with world.aside(), reverts("CannotComply", key.id, 2):
                world.send(desk(ISSUER), "Presentations.findComplying", key)
        found = world.send(
            desk(ISSUER), "Presentations.acceptDiscrepancies", key, bytes(32), False
        ).value
        assert world.view("PaymentObligations.obligation", found).amount == owed
    assert world.view("LetterOfCredit.credit", credit).drawn == 100
    last = world.lodge(credit, amount=1, number=3)
    with reverts("NothingToDraw", credit):
        world.send(desk(ISSUER), "Presentations.acceptDiscrepancies", last, bytes(32), False)


# Stays


def test_an_obligation_that_arises_while_its_credit_is_stayed_is_stayed(world: World) -> None:
    credit = world.issue()
    one, other = (world.lodge(credit, amount=1, number=number) for number in (1, 2))
    before = world.send(desk(ISSUER), "Presentations.findComplying", one).value
    until = world.time + 100
    world.send(desk(1), "LetterOfCredit.stay", credit, until, bytes(32))
    after = world.send(desk(ISSUER), "Presentations.findComplying", other).value
    stays = [
        world.view("PaymentObligations.obligation", owed).stayedUntil for owed in (before, after)
    ]
    assert stays == [0, until]
    with reverts("PaymentIsStayed", after, until):
        world.send(desk(ISSUER), "PaymentObligations.pay", after)

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from eth_utils import keccak
from machine import Becomes, Machine, Refuses
from suite import Event, error, event
from vocabulary import ObligationKind, ObligationState
from world import (
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    ISSUER,
    JPY,
    USD,
    Receipt,
    World,
    account,
    desk,
    obligation_id,
    reverts,
    treasury,
)

NONE, DUE, PAID = ObligationState
PRESENTATION = keccak(text="presentation")
AMOUNT = 1_000
INCURRER = account("a contract of presentations")


@dataclass
class Scene:
    """One obligation in a contract where a plain account lets obligations arise."""

    world: World
    currency: int = CNY.number

    @property
    def id(self) -> bytes:
        return obligation_id(PRESENTATION, ISSUER, BENEFICIARY)

    @property
    def owed(self) -> tuple[int, ...]:
        kind = int(ObligationKind.SIGHT_HONOUR)
        return ISSUER, BENEFICIARY, AMOUNT, self.world.time, self.currency, int(DUE), kind

    def incur(self) -> Receipt:
        return self.world.send(INCURRER, "Obligations.incur", PRESENTATION, self.owed)

    def pay(self, member: int = ISSUER) -> Receipt:
        return self.world.send(desk(member), "Obligations.pay", self.id)

    def record(self) -> Any:
        return self.world.view("Obligations.obligation", self.id)

    def state(self) -> int:
        found: int = self.world.view("Obligations.stateOf", self.id)
        return found


def none(world: World) -> Scene:
    """The debtor is in funds, in cash that this contract settles."""
    registry = world.addresses["AllianceRegistry"]
    settler, cash = world.next_address(1), world.next_address(0)
    world.deploy(
        "Cash", "SettlementCash", registry, settler, INCURRER, CENTRAL, CNY.number, "CNY", 2
    )
    world.deploy("Obligations", "PaymentObligations", registry, INCURRER, [CNY.number], [cash])
    assert (world.addresses["Cash"], world.addresses["Obligations"]) == (cash, settler)
    world.send(desk(CENTRAL), "Cash.mint", ISSUER, AMOUNT, keccak(text="funds"))
    return Scene(world)


def due(world: World) -> Scene:
    scene = none(world)
    scene.incur()
    return scene


def paid(world: World) -> Scene:
    scene = due(world)
    scene.pay()
    return scene


def incurred(s: Scene) -> Event:
    return event(
        "Obligations",
        "ObligationIncurred",
        obligationId=s.id,
        presentationId=PRESENTATION,
        debtor=ISSUER,
        owner=BENEFICIARY,
        amount=AMOUNT,
        currency=CNY.number,
        maturity=s.world.time,
        kind=ObligationKind.SIGHT_HONOUR,
    )


def was_paid(s: Scene) -> Event:
    return event(
        "Obligations",
        "ObligationPaid",
        obligationId=s.id,
        debtor=ISSUER,
        owner=BENEFICIARY,
        amount=AMOUNT,
        currency=CNY.number,
    )


def transferred(s: Scene) -> Event:
    parties = {"from": treasury(ISSUER), "to": treasury(BENEFICIARY)}
    return event("Cash", "Transfer", **parties, value=AMOUNT)


UNKNOWN = Refuses[Scene](lambda s: error("UnknownObligation", s.id))
EXISTS = Refuses[Scene](lambda s: error("ObligationExists", s.id))
NOT_DUE = Refuses[Scene](lambda s: error("WrongObligationState", s.id, PAID, DUE))
NOT_THE_DEBTOR = Refuses[Scene](lambda s: error("NotDebtor", s.id, BENEFICIARY))

MACHINE: Machine[Scene] = Machine(
    stages={"none": none, "due": due, "paid": paid},
    acts={
        "incur": Scene.incur,
        "pay": Scene.pay,
        "pay by another": lambda s: s.pay(BENEFICIARY),
    },
    record=Scene.record,
    state=Scene.state,
    table={
        "none": {
            "incur": Becomes(DUE, (incurred,)),
            "pay": UNKNOWN,
            "pay by another": UNKNOWN,
        },
        "due": {
            "incur": EXISTS,
            "pay": Becomes(PAID, (was_paid, transferred)),
            "pay by another": NOT_THE_DEBTOR,
        },
        "paid": {"incur": EXISTS, "pay": NOT_DUE, "pay by another": NOT_THE_DEBTOR},
    },
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_an_obligation(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_every_state_has_its_stage(world: World) -> None:
    reached = []
    for stage in MACHINE.stages.values():
        with world.aside():
            reached.append(stage(world).state())
    assert reached == list(ObligationState)


def test_an_obligation_is_kept_field_by_field(world: World) -> None:
    scene = due(world)
    assert scene.record() == scene.owed
    assert scene.id == world.view("Obligations.obligationIdOf", PRESENTATION, ISSUER, BENEFICIARY)
    scene.pay()
    assert scene.record() == (*scene.owed[:5], PAID, ObligationKind.SIGHT_HONOUR)


def test_who_owes_and_who_is_owed_make_obligations_of_their_own(world: World) -> None:
    scene = due(world)
    for debtor, owner in ((ISSUER, CENTRAL), (CENTRAL, BENEFICIARY)):
        other = (debtor, owner, *scene.owed[2:])
        number = world.send(INCURRER, "Obligations.incur", PRESENTATION, other).value
        assert number == obligation_id(PRESENTATION, debtor, owner) != scene.id


def test_a_payment_without_funds_leaves_the_obligation_due(world: World) -> None:
    scene = due(world)
    world.send(treasury(ISSUER), "Cash.transfer", desk(ISSUER), 1)
    # What counts is the treasury, not what the member holds elsewhere.
    with reverts("ERC20InsufficientBalance", treasury(ISSUER), AMOUNT - 1, AMOUNT):
        scene.pay()
    assert scene.state() == DUE
    world.send(desk(ISSUER), "Cash.transfer", treasury(ISSUER), 1)
    scene.pay()
    assert scene.state() == PAID


def test_a_currency_without_cash_cannot_be_paid_here(world: World) -> None:
    scene = none(world)
    scene.currency = USD.number
    scene.incur()
    with reverts("NoCash", USD.number):
        scene.pay()
    assert scene.state() == DUE


def test_two_cash_contracts_for_one_currency_are_refused(world: World) -> None:
    registry, cash = world.addresses["AllianceRegistry"], world.addresses[CASH]
    with reverts("CashTwice", JPY.number):
        world.deploy(
            "Other",
            "PaymentObligations",
            registry,
            INCURRER,
            [JPY.number, CNY.number, JPY.number],
            [cash, cash, cash],
        )


def test_the_contract_knows_its_neighbours(world: World) -> None:
    assert world.view("PaymentObligations.registry") == world.addresses["AllianceRegistry"]
    assert world.view("PaymentObligations.presentations") == world.addresses["Presentations"]
    for currency in (CNY, JPY):
        cash = world.addresses[f"SettlementCash-{currency.code}"]
        assert world.view("PaymentObligations.cashOf", currency.number) == cash
    assert int(world.view("PaymentObligations.cashOf", USD.number), 16) == 0

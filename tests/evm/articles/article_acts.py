# SPDX-License-Identifier: Apache-2.0
"""What the scenarios of the articles do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from vocabulary import Availability, Disposal, MaturityFrom
from world import (
    ADVISER,
    BENEFICIARY,
    CENTRAL,
    DAY,
    ISSUER,
    OTHER,
    Amendment,
    PresentationKey,
    World,
    desk,
    documents_act,
    instant,
    obligation_id,
)

if TYPE_CHECKING:
    from world import Receipt

# The bank that confirms and the one that is nominated, where a scenario has them.
CONFIRMING, NOMINATED = ADVISER, OTHER
# A Monday, within banking hours in Shanghai; the fifth banking day closes a week later.
MONDAY: Final = instant("2025-09-01T10:00:00+08:00")
FIFTH_DAY: Final = instant("2025-09-08T17:00:00+08:00")
# Ninety days from the day of sight, the first of September.
USANCE: Final = {"tenor": 90, "tenor_from": int(MaturityFrom.SIGHT)}
MATURITY: Final = instant("2025-11-30T00:00:00")
DEFERRED: Final = {"availability": int(Availability.DEFERRED_PAYMENT), **USANCE}
ACCEPTANCE: Final = {"availability": int(Availability.ACCEPTANCE), **USANCE}
NEGOTIATION: Final = {"availability": int(Availability.NEGOTIATION)}
NO_TEXT: Final = bytes(32)


def day(text: str) -> int:
    return instant(f"{text}T00:00:00") // DAY


def of_credit(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), f"LetterOfCredit.{function}", *args)


def of_documents(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), documents_act(function), *args)


def of_debt(world: World, member: int, function: str, *args: Any) -> Receipt:
    return world.send(desk(member), f"PaymentObligations.{function}", *args)


def confirmed(world: World, **changes: Any) -> bytes:
    """A credit of 100 that a bank has confirmed."""
    credit = world.issue(**{"amount": 100, "confirming_bank": CONFIRMING} | changes)
    of_credit(world, CONFIRMING, "confirm", credit)
    return credit


def presented(world: World, credit: bytes, **changes: Any) -> PresentationKey:
    """Documents for 100, lodged on the Monday."""
    world.at(MONDAY)
    return world.lodge(credit, **{"amount": 100} | changes)


def comply(world: World, key: PresentationKey) -> None:
    of_documents(world, key.examiner, "findComplying", key)


def waive(world: World, key: PresentationKey) -> None:
    of_documents(world, key.examiner, "acceptDiscrepancies", key, NO_TEXT, False)


def refuse(world: World, key: PresentationKey, disposal: Any = Disposal.HOLD) -> Receipt:
    return of_documents(world, key.examiner, "refuse", key, 1, int(disposal), NO_TEXT)


def forward(world: World, key: PresentationKey, to: int = ISSUER) -> PresentationKey:
    of_documents(world, key.examiner, "forward", key, to, key.number, NO_TEXT)
    return PresentationKey(key.credit, to, key.examiner, key.number)


def amend(world: World, credit: bytes, number: int = 1, **changes: Any) -> None:
    of_credit(world, ISSUER, "amend", credit, Amendment(number=number, **changes))


def accept(world: World, credit: bytes, number: int = 1) -> None:
    of_credit(world, BENEFICIARY, "acceptAmendment", credit, number, NO_TEXT)


def debt(key: PresentationKey, owner: int = BENEFICIARY) -> bytes:
    """The number of what the examining bank owes on a presentation."""
    return obligation_id(key.id, key.examiner, owner)


def owed(world: World, key: PresentationKey, owner: int = BENEFICIARY) -> Any:
    return world.view("PaymentObligations.obligation", debt(key, owner))


def debt_state(world: World, key: PresentationKey, owner: int = BENEFICIARY) -> int:
    state: int = world.view("PaymentObligations.stateOf", debt(key, owner))
    return state


def pay(world: World, key: PresentationKey, owner: int = BENEFICIARY) -> None:
    """The examining bank pays in cash that it has."""
    amount = owed(world, key, owner).amount
    mint = "SettlementCash-CNY.mint"
    world.send(desk(CENTRAL), mint, key.examiner, amount, key.id)
    of_debt(world, key.examiner, "pay", debt(key, owner))

# SPDX-License-Identifier: Apache-2.0
"""Presentations that carry titles, brought to wherever one can stand, and every act on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from eth_utils import keccak
from records import Set
from test_examiners import confirmed
from titles import Bill, bill
from vocabulary import Availability, Disposal, MaturityFrom, PresenterInstruction
from world import (
    ADVISER,
    BENEFICIARY,
    CENTRAL,
    ISSUER,
    OTHER,
    START,
    Issuance,
    Lodging,
    PresentationKey,
    Receipt,
    World,
    desk,
    documents_act,
    obligation_id,
)

AMOUNT: Final = 100
NOMINATED, CONFIRMING = OTHER, ADVISER
USANCE: Final = {
    "availability": int(Availability.DEFERRED_PAYMENT),
    "tenor": 30,
    "tenor_from": int(MaturityFrom.SIGHT),
}
NEGOTIATED: Final = {"availability": int(Availability.NEGOTIATION)}
TEXT: Final = bytes(keccak(text="a message"))


@dataclass
class Cargo:
    """Documents with their titles, at one bank."""

    world: World
    key: PresentationKey
    bills: tuple[Bill, ...]
    # Who is to be paid.
    payee: int = BENEFICIARY

    @property
    def bound(self) -> tuple[bytes, ...]:
        return tuple(each.id for each in self.bills)

    @property
    def record(self) -> bytes:
        """What the titles are kept for: the number of what the bank owes, or would."""
        return obligation_id(self.key.id, self.key.examiner, self.payee)

    @property
    def bank(self) -> int:
        return self.key.examiner

    def act(self, member: int, function: str, *args: Any) -> Receipt:
        """An act on the documents, by the contract that has it."""
        return self.world.send(desk(member), documents_act(function), self.key, *args)

    def honour(self, function: str = "findComplying", *args: Any, by: int = 0) -> Receipt:
        """The same decisions through the contract of custody."""
        caller = desk(by or self.bank)
        return self.world.send(caller, f"TitleCustody.{function}", self.key, *args, self.bound)

    def attach(self, by: int | None = None) -> Receipt:
        return self.world.send(
            desk(by or self.key.presenter), "TitleCustody.attach", self.key, self.bound
        )

    def pay(self, by: int | None = None, number: bytes | None = None) -> Receipt:
        return self.world.send(
            desk(by or self.bank),
            "TitleRegistry.payForTitles",
            number or self.record,
            self.bound,
        )

    def deliver(self, caller: str, bank: int | None = None) -> Receipt:
        account = desk(bank or self.bank)
        return self.world.send(caller, "TitleCustody.deliver", self.key, self.bound, account)

    def give_back(self, caller: str) -> Receipt:
        return self.world.send(caller, "TitleCustody.giveBack", self.key, self.bound)

    def carry_on(self, caller: str, onward: PresentationKey) -> Receipt:
        return self.world.send(caller, "TitleCustody.carryOn", self.key, onward, self.bound)

    def forward(self, to: int = ISSUER, number: int = 1) -> Cargo:
        """Sends the documents on; they are for whoever was to be paid, as long as unexamined."""
        self.act(self.bank, "forward", to, number, TEXT)
        onward = PresentationKey(self.key.credit, to, self.bank, number)
        return Cargo(self.world, onward, self.bills, self.payee)

    def state(self) -> int:
        return self.world.state_of(self.key)

    def refuse(self, disposal: Any) -> None:
        self.act(self.bank, "refuse", 1, int(disposal), TEXT)

    def instruct(self, instruction: Any) -> None:
        self.act(self.key.presenter, "instruct", int(instruction), TEXT)

    def is_over(self) -> None:
        """The bank's time to decide has passed."""
        self.world.at(self.world.presentation(self.key).deadline + 1)

    def attested(self) -> None:
        """Whoever is to be paid says that it was, elsewhere."""
        args = self.record, TEXT
        self.world.send(desk(self.payee), "PaymentObligations.attestPayment", *args)


@dataclass
class Terms:
    """Under which credit, and with which bank."""

    examiner: int = ISSUER
    changes: dict[str, Any] = field(default_factory=dict)

    def credit(self, world: World) -> bytes:
        changes = {"amount": AMOUNT, "nominated_bank": NOMINATED, **self.changes}
        return confirmed(world, CONFIRMING, **changes)


SIGHT: Final = Terms()
LATER: Final = Terms(changes=USANCE)
AT_NOMINATED: Final = Terms(NOMINATED)


def bills(world: World, *texts: str, **terms: int) -> tuple[Bill, ...]:
    return tuple(bill(world, text, **terms) for text in texts or ("one",))


def presented(
    world: World,
    credit: bytes,
    made: tuple[Bill, ...],
    *,
    examiner: int = ISSUER,
    presenter: int = BENEFICIARY,
    number: int = 1,
    amount: int = AMOUNT,
) -> Cargo:
    """Documents presented with titles."""
    key = PresentationKey(credit, examiner, presenter, number)
    cargo = Cargo(world, key, made)
    given = lodging(key, amount), cargo.bound
    assert world.send(desk(presenter), "TitleRegistry.presentDocuments", *given).value == key.id
    return cargo


def lodging(key: PresentationKey, amount: int = AMOUNT) -> Lodging:
    return Lodging(key, amount, START // 86_400, False, TEXT)


def lodged(world: World, terms: Terms = SIGHT) -> Cargo:
    return presented(world, terms.credit(world), bills(world), examiner=terms.examiner)


def funded(world: World, *banks: int) -> None:
    """Cash for banks that are to pay."""
    for bank in banks or (ISSUER, NOMINATED, CONFIRMING):
        mint = bank, AMOUNT, bytes(keccak(text=f"cash of {bank}"))
        world.send(desk(CENTRAL), "SettlementCash-CNY.mint", *mint)


Stage = Callable[[World], Cargo]


def complying(world: World, terms: Terms = SIGHT) -> Cargo:
    cargo = lodged(world, terms)
    cargo.act(cargo.bank, "findComplying")
    return cargo


def paid_elsewhere(world: World) -> Cargo:
    cargo = complying(world)
    cargo.attested()
    return cargo


def waived(world: World) -> Cargo:
    cargo = lodged(world)
    cargo.act(ISSUER, "acceptDiscrepancies", TEXT, False)
    return cargo


def precluded(world: World, terms: Terms = SIGHT) -> Cargo:
    cargo = lodged(world, terms)
    cargo.is_over()
    return cargo


def claimed(world: World, terms: Terms = SIGHT) -> Cargo:
    cargo = precluded(world, terms)
    cargo.act(BENEFICIARY, "claimPrecluded")
    return cargo


def claimed_usance(world: World) -> Cargo:
    return claimed(world, LATER)


def refused(disposal: Any) -> Stage:
    def stage(world: World) -> Cargo:
        cargo = lodged(world)
        if disposal == Disposal.PREVIOUS_INSTRUCTIONS:
            cargo.instruct(PresenterInstruction.BEFOREHAND)
        cargo.refuse(disposal)
        return cargo

    return stage


def instructed(disposal: Any, instruction: Any) -> Stage:
    def stage(world: World) -> Cargo:
        cargo = refused(disposal)(world)
        cargo.instruct(instruction)
        return cargo

    return stage


def returned(world: World) -> Cargo:
    cargo = refused(Disposal.HOLD)(world)
    cargo.act(ISSUER, "recordReturn", TEXT)
    return cargo


def in_breach(world: World) -> Cargo:
    cargo = refused(Disposal.HOLD)(world)
    cargo.act(ISSUER, "stateBreach", TEXT)
    return cargo


def not_in_force(world: World) -> Cargo:
    """Nothing but a pre-advice."""
    terms = Issuance(amount=AMOUNT)
    credit = world.send(desk(ISSUER), "LetterOfCredit.preAdvise", terms).value
    return presented(world, credit, bills(world))


def at_nominated(world: World) -> Cargo:
    return lodged(world, AT_NOMINATED)


def forgotten(world: World) -> Cargo:
    """A nominated bank lets its time pass."""
    return precluded(world, AT_NOMINATED)


def sent_on(world: World) -> Cargo:
    cargo = at_nominated(world)
    cargo.forward()
    return cargo


def came_back(world: World) -> Cargo:
    """The issuing bank sent the documents back before anybody let the titles follow."""
    cargo = at_nominated(world)
    onward = cargo.forward()
    onward.refuse(Disposal.HOLD)
    onward.act(ISSUER, "recordReturn", TEXT)
    return cargo


def with_records(made: Set) -> Cargo:
    """Electronic records, with titles presented after their notice of completeness."""
    cargo = Cargo(made.world, made.key, bills(made.world))
    cargo.attach()
    return cargo

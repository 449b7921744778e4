# SPDX-License-Identifier: Apache-2.0
"""Random lives of presentations with titles."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from custody import (
    AMOUNT,
    CONFIRMING,
    NEGOTIATED,
    NOMINATED,
    TEXT,
    USANCE,
    Cargo,
    Terms,
    bills,
    presented,
)
from eth_utils import keccak
from suite import RevertedError
from vocabulary import (
    Disposal,
    Flag,
    Mark,
    ObligationState,
    PresentationState,
    PresenterInstruction,
    TitleState,
)
from world import BENEFICIARY, CENTRAL, DAY, ISSUER, OUTSIDER, PresentationKey, World, desk

from yangshan.deployment.plan import ZERO_ADDRESS

P, D = PresentationState, ObligationState
HONOURED: Final = (P.COMPLYING, P.WAIVED, P.CLAIMED)
UNPAID_AT_SIGHT: Final = (D.DUE, D.NEGOTIATED)
BANKS: Final = (ISSUER, NOMINATED, CONFIRMING)
KINDS: Final = ({}, {}, USANCE, NEGOTIATED)
TO_BANK, TO_PRESENTER, STAYS = "to the bank", "to the presenter", "stays"


@dataclass
class Voyage:
    """One title under one drawing, from bank to bank; the last cargo is where the documents are."""

    legs: list[Cargo]
    # For which documents the title is in custody, or was last.
    kept: Cargo
    in_custody: bool = True

    @property
    def now(self) -> Cargo:
        return self.legs[-1]


def entitled(world: World, cargo: Cargo) -> tuple[str, int]:
    """To whom titles that are kept for documents go as these stand, and to which bank."""
    found = world.presentation(cargo.key)
    state, marks = found.state, Mark(found.marks)
    if state in HONOURED:
        payer = payer_of(world, cargo.record)
        if payer:
            return TO_BANK, payer
        owed = world.view("PaymentObligations.obligation", cargo.record)
        return (STAYS, 0) if owed.state in UNPAID_AT_SIGHT else (TO_BANK, cargo.bank)
    if state == P.RELEASED:
        return TO_BANK, cargo.bank
    back = state in (P.RETURN_DUE, P.RETURNED, P.DISPOSED)
    refused = state == P.REFUSED and found.disposal == Disposal.RETURN
    nothing = state == P.LODGED and Flag.NOT_IN_FORCE in Flag(found.flags)
    over = found.deadline and world.time > found.deadline
    left = state == P.LODGED and over and Mark.UNBOUND in marks
    unsent = state == P.FORWARDED and not goes_on(world, cargo)
    if back or refused or nothing or left or unsent:
        return TO_PRESENTER, 0
    return STAYS, 0


def goes_on(world: World, cargo: Cargo) -> bool:
    onward = world.view("Forwarding.forwardedAs", cargo.key.id)
    there = world.view("Presentations.presentation", onward)
    return there.titles != 0 and there.state not in (P.RETURN_DUE, P.RETURNED)


def payer_of(world: World, number: bytes) -> int:
    """The bank that paid what is owed, or what another owed instead; 0 for none."""
    while number != bytes(32):
        owed = world.view("PaymentObligations.obligation", number)
        if owed.state in (D.PAID, D.PREPAID):
            debtor: int = owed.debtor
            return debtor
        number = world.view("PaymentObligations.followedBy", number)
    return 0


@dataclass
class Life:
    """One alliance; voyages begin and go on at random.

    Unless ``strict``, what comes of an act is only watched.
    """

    world: World
    source: random.Random
    strict: bool = True
    voyages: list[Voyage] = field(default_factory=list)
    # On what the last act was.
    acted: Voyage | None = None
    watchers: list[Callable[[Life], None]] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    begun: int = 0

    def begin(self) -> None:
        """A credit of its own, documents at some bank, the title with them or after them."""
        self.begun += 1
        text = f"title {self.begun}"
        reference = f"LC{self.begun:014}".encode()
        today = self.world.time // DAY
        changes = dict(self.source.choice(KINDS)) | {"reference": reference}
        changes |= {"expiry": today + 90, "latest_shipment": today + 40}
        examiner = self.source.choice((ISSUER, NOMINATED, CONFIRMING))
        credit = Terms(changes=changes).credit(self.world)
        if self.source.random() < 0.7:
            cargo = presented(self.world, credit, bills(self.world, text), examiner=examiner)
        else:
            key = self.world.lodge(credit, examiner=examiner, amount=AMOUNT)
            cargo = Cargo(self.world, key, bills(self.world, text))
            cargo.attach()
            self.counts["attach", "done"] += 1
        self.voyages.append(Voyage([cargo], cargo))

    def step(self) -> None:
        if len(self.voyages) < 6 or self.source.random() < 0.04:
            self.begin()
            self.voyages = self.voyages[-8:]
        if self.source.random() < 0.03:
            self.world.at(self.world.time + self.source.choice((3_600, DAY, 3 * DAY, 9 * DAY)))
        voyage = self.source.choice(self.voyages)
        cargo = self.source.choice([voyage.now, voyage.now, self.source.choice(voyage.legs)])
        act = self.source.choice(ACTS_THERE_ARE)
        if act == "refuse" and self.source.random() < 0.6:
            act = "find"
        outcome = "done"
        try:
            getattr(self, act)(voyage, cargo)
        except RevertedError as refusal:
            outcome = refusal.error.name
        except AssertionError:
            if self.strict:
                raise
        self.counts[act, outcome] += 1
        self.acted = voyage
        for watcher in self.watchers:
            watcher(self)

    # Acts

    def find(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.act(cargo.bank, "findComplying")

    def honour(self, voyage: Voyage, cargo: Cargo) -> None:
        decision, args = self.source.choice(
            (("findComplying", ()), ("acceptDiscrepancies", (TEXT, False)))
        )
        cargo.honour(decision, *args)
        voyage.in_custody = False

    def waive(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.act(cargo.bank, "acceptDiscrepancies", TEXT, False)

    def refuse(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.refuse(self.source.choice((Disposal.HOLD, Disposal.NOTIFY, Disposal.RETURN)))

    def instruct(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.instruct(self.source.choice(list(PresenterInstruction)))

    def return_(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.act(cargo.bank, "recordReturn", TEXT)

    def breach(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.act(cargo.bank, "stateBreach", TEXT)

    def claim(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.act(BENEFICIARY, "claimPrecluded")

    def pay(self, voyage: Voyage, cargo: Cargo) -> None:
        """Without titles: open to what carries none."""
        fund(self.world, cargo.bank, self.begun)
        before = self.world.view("PaymentObligations.obligation", cargo.record)
        self.world.send(desk(cargo.bank), "PaymentObligations.pay", cargo.record)
        assert before.titles == 0

    def pay_for(self, voyage: Voyage, cargo: Cargo) -> None:
        self._pays(voyage, cargo, cargo.record, cargo.bound)

    def attest(self, voyage: Voyage, cargo: Cargo) -> None:
        creditor = self.world.view("PaymentObligations.currentCreditor", cargo.record)
        args = cargo.record, TEXT
        caller = desk(creditor) if creditor else OUTSIDER
        self.world.send(caller, "PaymentObligations.attestPayment", *args)

    def deliver(self, voyage: Voyage, cargo: Cargo) -> None:
        where, bank = entitled(self.world, cargo)
        self._moves(
            voyage, cargo, where == TO_BANK, lambda: cargo.deliver(OUTSIDER, bank or cargo.bank)
        )

    def give_back(self, voyage: Voyage, cargo: Cargo) -> None:
        where, _ = entitled(self.world, cargo)
        caller = desk(cargo.key.presenter)
        self._moves(voyage, cargo, where == TO_PRESENTER, lambda: cargo.give_back(caller))

    def astray(self, voyage: Voyage, cargo: Cargo) -> None:
        """The titles of other documents are asked back with these, and stay."""
        other = self.source.choice(self.voyages)
        if other is voyage:
            return
        with contextlib.suppress(RevertedError):
            replace(cargo, bills=other.now.bills).give_back(desk(cargo.key.presenter))
            raise AssertionError("titles went astray")

    def _moves(self, voyage: Voyage, cargo: Cargo, expected: bool, act: Callable[[], Any]) -> None:
        """The act is open exactly where the rules say so, if the title is kept for it at all."""
        (made,) = cargo.bills
        kept = made.record().state == TitleState.IN_CUSTODY
        try:
            act()
        except RevertedError as refusal:
            name = refusal.error.name
            # Wherever the rules let it go, only that it is not there can hinder it.
            gone = ("WrongTitleState", "NotKeptFor", "NotItsTitles")
            assert not expected or name in gone, name
            raise
        voyage.in_custody = False
        assert expected
        assert kept

    def forward(self, voyage: Voyage, cargo: Cargo) -> None:
        to = self.source.choice((ISSUER, CONFIRMING))
        owed = self.world.presentation(cargo.key).state in HONOURED
        onward = cargo.forward(to, len(voyage.legs))
        onward = replace(onward, payee=cargo.bank if owed else cargo.payee)
        voyage.legs.append(onward)

    def carry_on(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.carry_on(OUTSIDER, voyage.now.key)
        voyage.kept = voyage.now

    def attach(self, voyage: Voyage, cargo: Cargo) -> None:
        cargo.attach()
        voyage.kept, voyage.in_custody = cargo, True

    def turn(self, voyage: Voyage, cargo: Cargo) -> None:
        """Turns to the bank behind one that does not pay, if there is one."""
        unpaid = (each for each in voyage.legs if self.state_of(each) == D.OVERDUE)
        cargo = next(unpaid, cargo)
        args = cargo.key, ISSUER, 30 + len(voyage.legs), TEXT
        self.world.send(desk(BENEFICIARY), "Forwarding.presentUnpaid", *args)
        before = voyage.now
        onward = self.world.view("Forwarding.forwardedAs", cargo.key.id)
        if onward != before.key.id:
            key = PresentationKey(cargo.key.credit, ISSUER, BENEFICIARY, args[2])
            voyage.legs.append(Cargo(self.world, key, cargo.bills))

    def state_of(self, cargo: Cargo) -> Any:
        return self.world.view("PaymentObligations.stateOf", cargo.record)

    def pay_behind(self, voyage: Voyage, cargo: Cargo) -> None:
        """The bank behind pays what follows, with the titles that are kept for the unpaid one."""
        behind = voyage.now
        self._pays(voyage, behind, behind.record, behind.bound)

    def _pays(self, voyage: Voyage, cargo: Cargo, number: bytes, bound: tuple[bytes, ...]) -> None:
        """Money and title change hands in one transaction, or neither does."""
        world, bank = self.world, cargo.bank
        fund(world, bank, self.begun)
        before = [world.balance(each) for each in (bank, BENEFICIARY, NOMINATED, CONFIRMING)]
        held = cargo.bills[0].controller()
        try:
            world.send(desk(bank), "TitleRegistry.payForTitles", number, bound)
        except RevertedError:
            after = [world.balance(each) for each in (bank, BENEFICIARY, NOMINATED, CONFIRMING)]
            assert (after, cargo.bills[0].controller()) == (before, held)
            raise
        voyage.in_custody = False
        assert world.balance(bank) == before[0] - AMOUNT
        assert cargo.bills[0].controller() == (bank, ZERO_ADDRESS)


ACTS_THERE_ARE: Final = (
    *("find", "find", "honour", "waive", "refuse", "instruct", "return_", "breach", "claim"),
    *("pay", "pay", "pay_for", "pay_for", "pay_behind", "attest"),
    *("deliver", "deliver", "give_back", "give_back", "astray"),
    *("forward", "forward", "carry_on", "carry_on", "attach", "turn", "turn", "turn"),
)


def fund(world: World, bank: int, salt: int) -> None:
    """Enough to pay once."""
    if world.balance(bank) >= AMOUNT:
        return
    number = world.view("SettlementCash-CNY.totalSupply")
    reference = bytes(keccak(text=f"{bank} {salt} {number} {world.time}"))
    world.send(desk(CENTRAL), "SettlementCash-CNY.mint", bank, AMOUNT, reference)

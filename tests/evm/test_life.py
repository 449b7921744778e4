# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts around credits, each held against a model of the rules."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from eth_utils import keccak
from model import D, Model, P, RefusedError
from runs import Run
from vocabulary import CreditState, Disposal
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CENTRAL,
    CNSHA,
    CNSHA_M,
    CNY,
    DAY,
    DEFRA,
    EMPTY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    JPY,
    KEEPER,
    KINDS,
    OTHER,
    OUTSIDER,
    REMOTE,
    USD,
    Issuance,
    Lodging,
    PresentationKey,
    World,
    credit_id,
    desk,
    instant,
)

from yangshan.alliance.calendars import BankingCalendar
from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from suite import Error, Event

STEPS = 5_000
END = instant("2027-02-01T00:00:00")
BANKS = (ISSUER, OTHER, REMOTE, FRANKFURT)
PRESENTERS = (BENEFICIARY, FORWARDER, ADVISER, APPLICANT)
EVERYBODY = (*BANKS, *PRESENTERS, CENTRAL)
ISSUERS = {CNY.number: CENTRAL, JPY.number: OTHER}

# Each act with its weight.
ACTS = {
    "issue": 5,
    "advise": 7,
    "mandate": 4,
    "lodge": 20,
    "fix": 3,
    "find": 12,
    "refuse": 8,
    "claim": 14,
    "pay": 10,
    "mint": 6,
    "publish": 6,
    "wait": 12,
}


class Life:
    """One random run: a world, its model, and the choices."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.source = world, random.Random(seed)
        self.run = Run("life of credits", self.source)
        self.words = build("CNSHA", 2024, 2026).packed()
        published = {CNSHA: "CNSHA", CNSHA_M: "CNSHA-M", DEFRA: "DEFRA"}
        self.model = Model(
            world.time,
            {number: build(name, 2024, 2026) for number, name in published.items()}
            | {EMPTY: BankingCalendar("EMPTY", {})},
            {each.number: f"SettlementCash-{each.code}" for each in (CNY, JPY)},
        )

    # Choices

    def any_of(self, found: Sequence[Any], otherwise: Any) -> Any:
        return self.source.choice(found) if found else otherwise

    def member(self, right: int) -> int:
        """Mostly the right one."""
        return right if self.source.random() < 0.9 else self.source.choice(EVERYBODY)

    def credit(self) -> bytes:
        recent = list(self.model.credits)[-12:]
        if self.source.random() < 0.03 or not recent:
            return keccak(text="no credit")
        return self.source.choice(recent)

    def presentation(self, *states: Any) -> PresentationKey:
        """One that stands so, mostly; or any; or none."""
        nobody = PresentationKey(keccak(text="no credit"), ISSUER, BENEFICIARY, 1)
        if self.source.random() < 0.03:
            return nobody
        found = list(self.model.presentations.items())[-60:]
        if self.source.random() < 0.85:
            time = self.model.time
            standing = [
                key
                for key, each in found
                if (P.PRECLUDED if each.is_precluded(time) else each.state) in states
            ]
            return self.any_of(standing, nobody)
        return self.any_of([key for key, _ in found], nobody)

    # Acts: the caller, the function with its arguments, and what the model says.

    def issue(self) -> None:
        source, today = self.source, self.model.time // DAY
        bank, number = self.member(source.choice(BANKS)), len(self.model.credits)
        if number and source.random() < 0.1:
            number -= 1
        plus = source.choice((0, 0, 5, 10))
        terms = Issuance(
            reference=f"RUN{number:06}".encode().ljust(16, b"\0"),
            beneficiary=source.choice((BENEFICIARY, BENEFICIARY, FORWARDER, 0)),
            advising_bank=source.choice((ADVISER, ADVISER, OTHER, 0)),
            second_advising_bank=source.choice((0, OTHER, FRANKFURT)),
            nominated_bank=source.choice((0, FRANKFURT)),
            amount=source.choice((0, *(source.randint(1, 10**6) for _ in range(20)))),
            currency=source.choice((CNY, CNY, JPY, USD)).number,
            plus_tolerance=plus,
            minus_tolerance=source.choice((0, plus)),
            expiry=today + source.choice((-2, -1, 3, 10, 30, 60, 60, 90)),
            presentation_period=source.choice((0, 0, 5, 15)),
            partial_forbidden=source.random() < 0.3,
        )
        self.act("issue", bank, "LetterOfCredit.issue", terms)

    def advise(self) -> None:
        number = self.credit()
        right = self.source.choice((ADVISER, OTHER, FRANKFURT))
        if number in self.model.credits:
            credit = self.model.credits[number]
            right = credit.terms.advising_bank or right
            if right in credit.advised:
                right = credit.terms.second_advising_bank or right
        authentic = self.source.random() < 0.8
        self.act("advise", self.member(right), "LetterOfCredit.advise", number, authentic)

    def mandate(self) -> None:
        number = self.credit()
        right = BENEFICIARY
        if number in self.model.credits:
            right = self.model.credits[number].principal or right
        presenter, text = self.source.choice(PRESENTERS), self.source.randbytes(32)
        self.act(
            "mandate", self.member(right), "Presentations.recordMandate", number, presenter, text
        )

    def lodge(self) -> None:
        source, number = self.source, self.credit()
        bank, presenter, amount = ISSUER, BENEFICIARY, 100
        if number in self.model.credits:
            credit = self.model.credits[number]
            bank = credit.bank
            may = [each for each in (credit.terms.beneficiary, *credit.mandates) if each]
            presenter = self.any_of(may, BENEFICIARY)
            amount = source.choice(
                (
                    *(credit.left,) * 4,
                    credit.left // 2,
                    credit.left // 3,
                    credit.left + 1,
                    credit.least,
                    max(0, credit.least - 1),
                    credit.terms.amount,
                    0,
                )
            )
        if source.random() < 0.03:
            bank = source.choice(EVERYBODY)
        if source.random() < 0.05:
            presenter = source.choice(PRESENTERS)
        key = PresentationKey(number, bank, presenter, source.choice((1, 1, 2, 2, 3, 4, 5)))
        today = self.model.time // DAY
        shipped = source.choice((0, today - source.randint(0, 30)))
        lodging = Lodging(key, amount, shipped, source.random() < 0.3, source.randbytes(32))
        self.act("lodge", self.member(presenter), "Presentations.lodge", lodging)

    def fix(self) -> None:
        key = self.presentation(P.LODGED)
        undated = [key for key, each in self.model.presentations.items() if not each.deadline]
        if self.source.random() < 0.8:
            key = self.any_of(undated, key)
        self.act("fix", None, "Presentations.fixDeadline", key)

    def find(self) -> None:
        key = self.presentation(P.LODGED)
        plain = [
            key
            for key, each in self.model.presentations.items()
            if each.state == P.LODGED and not each.flags and not each.is_precluded(self.model.time)
        ]
        choice = self.source.random()
        if choice < 0.6:
            key = self.any_of(plain, key)
        if choice < 0.2:
            too_much = [key for key in plain if self.exceeds(key)]
            key = self.any_of(too_much, key)
        self.act("find", self.member(key.examiner), "Presentations.findComplying", key)

    def refuse(self) -> None:
        key = self.presentation(P.LODGED)
        reasons = self.source.choice((0, 1 << 25, *(1 << bit for bit in range(25))))
        disposal = int(self.source.choice((*list(Disposal), *(Disposal.HOLD,) * 5)))
        member, notice = self.member(key.examiner), self.source.randbytes(32)
        self.act("refuse", member, "Presentations.refuse", key, reasons, disposal, notice)

    def exceeds(self, key: PresentationKey) -> bool:
        """Whether more is demanded than is left by now."""
        demanded = self.model.presentations[key].lodging.amount
        return demanded > self.model.credits[key.credit].left

    def claim(self) -> None:
        key = self.presentation(P.PRECLUDED)
        worth = [
            key
            for key, each in self.model.presentations.items()
            if each.is_precluded(self.model.time) and self.model.credits[key.credit].left
        ]
        if self.source.random() < 0.6:
            key = self.any_of(worth, key)
        right = key.presenter
        if key.credit in self.model.credits and self.source.random() < 0.3:
            right = self.model.credits[key.credit].terms.beneficiary or right
        self.act("claim", self.member(right), "Presentations.claimPrecluded", key)

    def pay(self) -> None:
        due = [
            number
            for number, each in self.model.obligations.items()
            if (each.state == D.DUE and each.currency in self.model.cash)
            or self.source.random() < 0.05
        ]
        number = self.any_of(due, keccak(text="no obligation"))
        right = ISSUER
        if number in self.model.obligations:
            right = self.model.obligations[number].debtor
        self.act("pay", self.member(right), "PaymentObligations.pay", number)

    def mint(self) -> None:
        currency, issuer = self.source.choice(list(ISSUERS.items()))
        bank, amount = self.source.choice(BANKS), self.source.randint(0, 3 * 10**6)
        reference = self.source.randbytes(32)
        cash = self.model.cash[currency]
        self.world.send(desk(issuer), f"{cash}.mint", bank, amount, reference)
        self.model.held[bank, currency] += amount

    def publish(self) -> None:
        """Some more days for the calendar that is published late, mostly once they are needed."""
        source, known = self.source, self.model.calendars[EMPTY].packed()
        span = max(known, default=min(self.words))
        count = (known.get(span, 0) >> 192) & 0xFF
        if span * 192 + count - self.model.time // DAY > source.randint(-25, 3):
            return
        if count == 192:
            span, count = span + 1, 0
        full = self.words[span]
        count = min(count + source.randint(10, 60), full >> 192 & 0xFF)
        if known.get(span, 0) >> 192 & 0xFF == count:
            return
        days = full & (1 << count) - 1
        word = full >> 200 << 200 | count << 192 | days
        self.world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
        published = BankingCalendar.unpacked("EMPTY", known | {span: word})
        self.model.calendars[EMPTY] = published

    def wait(self) -> None:
        """Some hours; or to the second around a deadline or a close."""
        model, source = self.model, self.source
        target = model.time + source.randint(0, DAY // 3)
        ahead = [
            each.deadline
            for each in model.presentations.values()
            if each.state == P.LODGED and each.deadline > model.time + 1
        ]
        if ahead and source.random() < 0.15:
            target = min(ahead) + source.randint(-1, 1)
        elif source.random() < 0.2:
            # The close of banking hours in Shanghai, at nine in UTC.
            target = (
                model.time // DAY * DAY + source.choice((9, 33)) * 3_600 + source.randint(-1, 1)
            )
        if model.time < target < END:
            model.time = target
            self.world.at(target)

    # Comparison

    def act(self, name: str, member: int | None, function: str, *args: Any) -> None:
        """Tries an act on both sides: equal errors, or equal events."""
        expected, refusal = self.expected(name, member, args)
        caller = OUTSIDER if member is None else desk(member)
        with self.run.expecting(name, refusal):
            self.world.send(caller, function, *args).emitted(*expected)

    def expected(
        self, name: str, member: int | None, args: tuple[Any, ...]
    ) -> tuple[list[Event], Error | None]:
        method = getattr(self.model, name)
        try:
            return method(*args) if member is None else method(member, *args), None
        except RefusedError as refusal:
            return [], refusal.error

    def compare(self) -> None:
        """Every record and every balance on both sides."""
        world, model = self.world, self.model
        for number, credit in model.credits.items():
            found = world.view("LetterOfCredit.credit", number)
            assert number == credit_id(credit.bank, credit.terms.reference)
            assert found.issuance == credit.terms._replace(reference=bytes(16))
            assert (found.state, found.drawn) == (CreditState.ISSUED, credit.drawn)
            assert found.advised == (credit.terms.advising_bank in credit.advised)
            owed = sum(each.amount for each in model.obligations.values() if each.credit == number)
            assert found.drawn == owed
        for key, each in model.presentations.items():
            stored = world.presentation(key)
            assert (stored.state, stored.flags) == (each.state, each.flags)
            assert (stored.deadline, stored.received) == (each.deadline, each.received)
            assert (stored.amount, stored.payee) == (each.lodging.amount, each.payee)
            precluded = each.is_precluded(model.time)
            assert world.state_of(key) == (P.PRECLUDED if precluded else each.state)
            assert world.view("Presentations.isPrecluded", key) is precluded
        for number, owed in model.obligations.items():
            record = world.view("PaymentObligations.obligation", number)
            assert (record.debtor, record.owner) == (owed.debtor, owed.owner)
            assert (record.amount, record.currency) == (owed.amount, owed.currency)
            assert record.state == owed.state
        for currency, cash in model.cash.items():
            held = {member: world.balance(member, cash) for member in KINDS}
            assert held == {member: model.held[member, currency] for member in KINDS}
            assert sum(held.values()) == world.view(f"{cash}.totalSupply")


def test_the_life_of_credits_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        if step % 1_000 == 999:
            life.compare()
    note.append(life.run.shares())
    note.append(f"life of credits: {len(life.run.met)} errors met, to {life.model.local()}")
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    states = {each.state for each in life.model.presentations.values()}
    assert states == {P.LODGED, P.COMPLYING, P.REFUSED, P.CLAIMED}
    assert {each.flags for each in life.model.presentations.values()} >= set(range(6))
    assert life.run.met.keys() >= {
        "DeadlinePassed",
        "NotPrecluded",
        "Overdrawn",
        "CannotComply",
        "NothingToDraw",
        "CalendarNotPublished",
        "PresentationExists",
        "WrongPresentationState",
    }

# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts around banks that do not pay, each held against a model of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from choices import BANKS
from lives import Life
from model import D, P
from obligation_acts import ISSUERS
from vocabulary import Disposal
from watching import watch
from world import ADVISER, DAY, Lodging, PresentationKey

if TYPE_CHECKING:
    from world import World

STEPS = 4_000

# Each act with its weight; those of Life pay, wait and decide.
ACTS = {
    "deliver": 14,
    "decide": 16,
    "turn": 14,
    "pay": 22,
    "settle": 6,
    "attest": 5,
    "assign": 5,
    "forward": 3,
    "claim": 2,
    "give_back": 4,
    "stay_payment": 1,
    "mint": 6,
    "days": 14,
    "wait": 3,
}


class Unpaid(Life):
    """A random run in which banks often let the day of payment go by."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.run.name = "unpaid drawings"

    def deliver(self) -> None:
        """A nominated or confirming bank owes on a drawing under a credit, old or new."""
        source, model = self.source, self.model
        if source.random() < 0.5 or not model.credits:
            self.issue()
            number = next(reversed(model.credits), b"")
            bank = model.credits[number].origin.confirming_bank if number else 0
            if bank and not model.credits[number].confirmed and source.random() < 0.8:
                self.act("confirm", bank, "LetterOfCredit.confirm", number)
        open_ = [
            (number, bank)
            for number, each in list(model.credits.items())[-12:]
            for bank in {each.origin.nominated_bank, each.origin.confirming_bank} - {0, each.bank}
            if each.left(bank)
            and each.origin.beneficiary
            and each.terms.expiry > model.time // DAY
            and (bank == each.origin.nominated_bank or each.confirms(bank))
        ]
        if not open_:
            return
        number, bank = source.choice(open_)
        credit, seller = model.credits[number], model.credits[number].origin.beneficiary
        key = PresentationKey(number, bank, seller, source.randint(1, 200))
        amount = credit.left(bank)
        if not credit.origin.partial_forbidden:
            amount = max(1, amount // source.choice((1, 2, 3)))
        lodging = Lodging(key, amount, 0, False, self.text())
        self.act("lodge", seller, "Presentations.lodge", lodging)
        if source.random() < 0.1:
            self.act("waive", bank, "Presentations.acceptDiscrepancies", key, self.text(), False)
        else:
            self.act("find", bank, "Presentations.findComplying", key)
        if source.random() < 0.4:
            self.send_on(key)

    def send_on(self, key: PresentationKey) -> None:
        """To the issuing bank, or to the one that confirmed."""
        credit = self.model.credits[key.credit]
        to = self.source.choice((credit.bank, credit.bank, credit.origin.confirming_bank))
        number = self.source.randint(1, 200)
        self.act("forward", key.examiner, "Forwarding.forward", key, to, number, self.text())

    def decide(self) -> None:
        """A bank behind finds complying, or refuses, what was sent on or presented to it."""
        model = self.model
        open_ = [
            key
            for key, each in list(model.presentations.items())[-60:]
            if each.counted and each.state == P.LODGED and not each.is_over(model.time)
        ]
        key = self.any_of(open_, self.presentation(P.LODGED))
        if self.source.random() < 0.2:
            notice = 1, int(Disposal.HOLD), self.text()
            self.examined("refuse", "refuse", key, *notice)
        elif key in model.presentations and model.presentations[key].flags:
            self.examined("waive", "acceptDiscrepancies", key, self.text(), False)
        else:
            self.examined("find", "findComplying", key)

    def give_back(self) -> None:
        self.examined("return_", "recordReturn", self.presentation(P.REFUSED), self.text())

    def days(self) -> None:
        """Some days go by."""
        self.model.time += self.source.randint(1, 4) * DAY // 2
        self.world.at(self.model.time)

    def usance(self, today: int) -> tuple[int, int, int]:
        """Often payable at sight, so that a default is near."""
        return (1, 0, 0) if self.source.random() < 0.6 else super().usance(today)

    def mint(self) -> None:
        currency, issuer = self.source.choice(list(ISSUERS.items()))
        bank, amount = self.source.choice((*BANKS, ADVISER)), self.source.randint(0, 6 * 10**6)
        self.sent(issuer, f"{self.model.cash[currency]}.mint", bank, amount, self.text())
        self.model.held[bank, currency] += amount


def test_unpaid_drawings_are_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Unpaid(world, seed)
    asked = watch(life)
    for step in range(STEPS):
        getattr(life, life.source.choices(list(ACTS), list(ACTS.values()))[0])()
        assert asked.broken == {}
        if step % 1_000 == 999:
            life.compare()
    note.append(life.run.shares())
    note.append(f"unpaid drawings: {len(life.run.met)} errors met, to {life.model.local()}")
    life.run.expect_each_succeeds()
    model = life.model
    assert D.SETTLED in {each.state for each in model.obligations.values()}
    # Where a bank turned to stood behind one that was turned to as well: three banks.
    assert set(model.followed.values()) & model.followed.keys()
    # Some paid late, and were reimbursed in the place of whom they owed.
    late = [later for later, first in model.follows.items() if model.is_paid(first)]
    assert any(model.is_paid(each) for each in late)
    assert once(model) > 20
    assert life.run.met.keys() >= {
        "AssignedAlready",
        "CounterpartUnpaid",
        "FollowedAlready",
        "ForwardedAlready",
        "NotCreditor",
        "NotOverdue",
        "NotPaired",
        "PaidByCounterpart",
        "PairedObligation",
        "WrongObligationState",
    }


def once(model: Any) -> int:
    """Of each chain of banks the creditor is paid by one; every bank that pays does so once.

    How many chains there are.
    """
    heads = model.followed.keys() - model.follows.keys()
    for head in heads:
        chain, number = [head], head
        while number in model.followed:
            number = model.followed[number]
            chain.append(number)
        paid = [each for each in chain if model.is_paid(each)]
        # The later banks reimburse the earlier ones.
        debtors = [model.obligations[each].debtor for each in paid]
        assert len(debtors) == len(set(debtors))
    return len(heads)

# SPDX-License-Identifier: Apache-2.0
"""Random lives of credits and amendments alone, with the acts of the contract that draws.

Beside the life of everything together: here drawings and acceptances come in every order and
amount, also as no documents would bring them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from letter_acts import LETTER_ACTS
from letters import DRAWER, TRANSFERS
from lives import Life
from vocabulary import AmendmentState, CreditState
from world import ISSUER

from yangshan.deployment.plan import CREDITS_EDITION

if TYPE_CHECKING:
    from world import World

STEPS = 4_000
DRAWING_ACTS = {
    "accept_by_presentation": 5,
    "draw": 5,
    "draw_up_to": 3,
    "suspend": 2,
    "wait": 4,
}
ACTS = LETTER_ACTS | DRAWING_ACTS


class LettersAlone(Life):
    """Credits of which an account of its own draws."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.run.name = "life of amendments"
        at = world.addresses
        arguments = (
            at["AllianceRegistry"],
            at["BankingCalendar"],
            DRAWER,
            TRANSFERS,
            at["CreditSchedules"],
            CREDITS_EDITION,
        )
        world.deploy("Credits", "LetterOfCredit", *arguments)
        self.model.contract = "Credits"

    def step(self) -> None:
        getattr(self, self.source.choices(list(ACTS), list(ACTS.values()))[0])()

    def act(
        self,
        name: str,
        member: int | None,
        function: str,
        *args: Any,
        said: tuple[Any, ...] | None = None,
    ) -> None:
        function = function.replace("LetterOfCredit.", "Credits.")
        super().act(name, member, function, *args, said=said)

    def by_contract(
        self, name: str, function: str, *args: Any, said: tuple[Any, ...] | None = None
    ) -> None:
        """An act of the contract that draws."""
        expected, refusal = self.expected(name, None, args if said is None else said)
        with self.run.expecting(name, refusal):
            self.world.send(DRAWER, f"Credits.{function}", *args).emitted(*expected)

    def accept_by_presentation(self) -> None:
        number, credit = self.credit()
        places = {self.place(credit, AmendmentState.PENDING) for _ in range(2)}
        if self.source.random() < 0.05:
            places = set()
        named = {place for place in places if self.source.random() < 0.8}
        carried = self.source.random() < 0.5
        masks = [sum(1 << place for place in each) for each in (places, named)]
        said = number, tuple(places), tuple(named), carried
        args = number, *masks, carried
        self.by_contract("accept_by_presentation", "acceptByPresentation", *args, said=said)

    def draw(self) -> None:
        self.by_contract("draw", "drawExactly", *self.drawing())

    def draw_up_to(self) -> None:
        self.by_contract("draw_up_to", "drawUpTo", *self.drawing())

    def drawing(self) -> tuple[bytes, int, int]:
        number, credit = self.credit()
        if credit is None:
            return number, ISSUER, 1
        bank = self.source.choice((credit.bank, self.confirmer(credit)))
        left = credit.left(bank)
        amounts = (left, left + 1, left // 2, left // 3, left // 5, 1, 0)
        return number, bank, self.source.choice(amounts)

    def compare(self, count: int | None = None) -> None:
        for number in list(self.model.credits)[-40:]:
            self.compare_credit(number)


def test_the_life_of_amendments_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = LettersAlone(world, seed)
    for step in range(STEPS):
        life.step()
        if step % 150 == 149:
            life.look()
            life.compare()
    note.append(life.run.shares())
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert life.states.keys() == set(CreditState) - {CreditState.NONE}
    met = life.run.met
    note.append(
        f"life of amendments: {len(met)} errors met; {len(life.behind)} confirming banks fell "
        f"behind, {len(life.caught_up)} caught up"
    )
    assert len(life.behind) > 10
    assert life.caught_up
    assert len(met) >= 30, met
    accepted = [len(each.accepted) for each in life.model.credits.values()]
    assert max(accepted) >= 5

# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts around credits, each held against a model of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lives import Life
from model import D, P
from vocabulary import CreditState

if TYPE_CHECKING:
    from world import World

STEPS = 7_000


def test_the_life_of_credits_is_what_a_model_of_the_rules_says(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    for step in range(STEPS):
        life.step()
        if step % 200 == 199:
            life.look()
        if step % 1_000 == 999:
            life.compare()
    note.append(life.run.shares())
    note.append(f"life of credits: {len(life.run.met)} errors met, to {life.model.local()}")
    note.append(f"{len(life.behind)} confirming banks fell behind, {len(life.caught_up)} caught up")
    life.run.expect_each_succeeds()
    # The run went through what it is for.
    assert life.states.keys() == set(CreditState) - {CreditState.NONE}
    states = {each.state for each in life.model.presentations.values()}
    assert states == set(P) - {P.NONE, P.PRECLUDED}
    owed = {each.state for each in life.model.obligations.values()}
    assert owed == set(D) - {D.NONE, D.OVERDUE, D.STAYED}

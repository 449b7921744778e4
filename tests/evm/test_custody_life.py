# SPDX-License-Identifier: Apache-2.0
"""Random lives of presentations with titles: money and title are never both with one side."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from custody_lives import ACTS_THERE_ARE, TO_PRESENTER, Life, P, entitled
from invariants_custody import CustodyWatch
from suite import RevertedError
from vocabulary import Disposal, PresenterInstruction
from world import BENEFICIARY, OUTSIDER

if TYPE_CHECKING:
    from world import World

ACTS: Final = 9_000


@pytest.mark.parametrize("part", range(2))
def test_random_presentations_with_titles_keep_what_always_holds(
    world: World, seed: int, note: list[str], part: int
) -> None:
    life = Life(world, random.Random(seed * 10 + part))
    watch = CustodyWatch(life)
    for _ in range(ACTS):
        life.step()
        assert watch.broken == {}
    done = Counter[str]()
    for (act, outcome), count in life.counts.items():
        done[act] += count if outcome == "done" else 0
    tried = Counter[str]()
    for (act, _), count in life.counts.items():
        tried[act] += count
    assert not set(ACTS_THERE_ARE) - {act for act, count in done.items() if count}
    met = {outcome for _, outcome in life.counts} - {"done"}
    assert met >= {
        *("TitlesStay", "TitlesAwaitPayment", "TitlesGoAlong", "TitlesGoToPayer", "NotKeptFor"),
        *("WrongTitleState", "TitlesPresentedAlready"),
    }
    shares = ", ".join(f"{act} {done[act]}/{tried[act]}" for act in sorted(tried))
    note.append(f"{life.begun} presentations with a title, {len(watch.ids)} invariants: {shares}")


def test_every_title_has_a_way_out(world: World, seed: int) -> None:
    """Whatever happened, whoever is not honoured gets its title back by its own acts."""
    life = Life(world, random.Random(seed))
    for _ in range(ACTS // 10):
        life.step()
    for voyage in life.voyages:
        for cargo in voyage.legs:
            found = world.presentation(cargo.key)
            if found.state != P.REFUSED or found.titles == 0:
                continue
            with world.aside():
                if found.disposal != Disposal.RETURN:
                    cargo.instruct(PresenterInstruction.RETURN)
                where, _ = entitled(world, cargo)
                assert where == TO_PRESENTER
                # It may have gone before, or wait for somebody to let it follow.
                with contextlib.suppress(RevertedError):
                    cargo.give_back(OUTSIDER)
                    assert cargo.bills[0].controller()[0] == BENEFICIARY

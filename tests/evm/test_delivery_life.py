# SPDX-License-Identifier: Apache-2.0
"""Thousands of acts on titles and their deliveries, each held against a model of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from delivery_lives import Life
from invariants import INVARIANTS
from invariants_titles import TITLES, TitleWatch
from vocabulary import DeliveryState

if TYPE_CHECKING:
    from world import World

ACTS: Final = 2_000
OF_TITLES: Final = {number for number, each in INVARIANTS.items() if each.of == TITLES}


def test_random_titles_and_deliveries_follow_the_rules_and_keep_what_always_holds(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    watch = TitleWatch(life, OF_TITLES)
    for _ in range(ACTS):
        life.step()
    note.append(life.run.shares())
    assert watch.broken == {}
    life.run.expect_each_succeeds()
    assert life.seen == {int(each) for each in DeliveryState if each != DeliveryState.NONE}
    # What the rules refuse was met too.
    assert set(life.run.met) >= {
        *("UnknownDelivery", "DeliveryExists", "WrongDeliveryState", "WrongDeliveryBasis"),
        *("NotDeliveringBank", "NotDeliveryApplicant", "DeliveredToItself", "NoTitles"),
        *("DeliveryForNothing", "NoTimeToTake", "BadDueTime", "MadeOutToAnother"),
        *("OfferOver", "OfferOpen", "ERC20InsufficientBalance", "NotTitleHolder"),
        *("NotTitleBeneficiary", "WrongTitleState"),
    }

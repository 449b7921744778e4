# SPDX-License-Identifier: Apache-2.0
"""Random lives of deliveries, and what holds after every act, whoever did what before."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pytest
from delivery_lives import Life, Seen
from vocabulary import DeliveryState
from world import CUSTODIANS

if TYPE_CHECKING:
    from world import World

ACTS: Final = 1_000
FINAL: Final = (DeliveryState.SETTLED, DeliveryState.WITHDRAWN)

Check = Callable[[Seen], None]
INVARIANTS: Final[dict[str, Check]] = {}


def invariant(check: Check) -> Check:
    INVARIANTS[check.__name__] = check
    return check


@invariant
def together(seen: Seen) -> None:
    """Cash and titles change hands together, or neither does."""
    taken = seen.of("TitlesTaken")
    for each in taken:
        assert seen.key
        for title in seen.key.titles:
            assert seen.title(title).holder == each.fields["applicant"]
    named = taken + seen.of("DeliveryPaid")
    due = {}
    for each in named:
        due = {
            each.fields["applicant"]: -each.fields["amount"],
            each.fields["bank"]: each.fields["amount"],
        }
    assert seen.paid() == due


@invariant
def for_something(seen: Seen) -> None:
    """Titles leave for the applicant once it paid, signed or is said to have paid."""
    over = [
        each
        for each in seen.of("TitleHandedOver")
        if each.fields["custodian"] == CUSTODIANS["TitleDeliveries"]
    ]
    ways = ("TitlesTaken", "TitlesTakenOnTrust", "TitlesReleased")
    assert bool(over) == any(map(seen.of, ways))


@invariant
def kept(seen: Seen) -> None:
    """The titles in this custody are those of the open offers."""
    open_ = [
        each
        for each in seen.model.dealings.values()
        if (each.state == DeliveryState.OFFERED or each.key.id in seen.states)
        and seen.record(each.key.id).state == DeliveryState.OFFERED
    ]
    offered = Counter(title for each in open_ for title in each.key.titles)
    here = CUSTODIANS["TitleDeliveries"]
    looked_at = offered.keys() | set(seen.titles)
    assert offered == Counter(each for each in looked_at if seen.title(each).custodian == here)


@invariant
def owed(seen: Seen) -> None:
    """What is owed on trust is owed until it is paid, or said to be."""
    ended = {each.fields["deliveryId"] for each in seen.of("DeliveryPaid")}
    ended |= {each.fields["deliveryId"] for each in seen.of("DeliveryPaymentAttested")}
    for number, before in seen.states.items():
        if before == DeliveryState.ON_TRUST:
            found = seen.record(number)
            assert (found.state != DeliveryState.ON_TRUST) == (number in ended)
            assert found.amount == seen.model.dealings[number].terms.amount


@invariant
def final(seen: Seen) -> None:
    """What is settled or withdrawn stays so."""
    for number, before in seen.states.items():
        if before in FINAL:
            assert seen.record(number).state == before


@invariant
def back(seen: Seen) -> None:
    """What was not taken is with whoever offered it."""
    for each in seen.of("OfferWithdrawn") + seen.of("OfferLapsed"):
        assert seen.key
        for title in seen.key.titles:
            assert seen.title(title).holder == each.fields["bank"]


@invariant
def replays(seen: Seen) -> None:
    """The chain of events replays to the record."""
    for number in seen.states:
        each = seen.model.dealings[number]
        assert tuple(seen.record(number)) == each.as_record()
        state = seen.world.view("TitleDeliveries.stateOf", number)
        assert state == each.seen_at(seen.world.time)


class Watch:
    """Asks the invariants after every act; what was found broken first, by name."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.broken: dict[str, str] = {}

    def see(self, seen: Seen) -> None:
        for name in self.names - self.broken.keys():
            try:
                INVARIANTS[name](seen)
            except AssertionError as failure:
                self.broken[name] = f"{seen.events}: {failure}"


@pytest.fixture(scope="session")
def broken_deliveries(founded: World, seed: int, request: pytest.FixtureRequest) -> dict[str, str]:
    """What was found broken in lives that nothing else judges; only what is asked is looked at."""
    names = {
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == "test_it_holds_of_deliveries"
    }
    found: dict[str, str] = {}
    # Where a fault was sown, it is looked for in more than one life.
    for number in range(int(os.environ.get("YANGSHAN_LIVES", "1"))):
        with founded.aside():
            life, watch = Life(founded, seed * 100 + number, strict=False), Watch(names)
            life.watchers.append(watch.see)
            for _ in range(ACTS):
                life.step()
                if watch.broken.keys() == names:
                    return watch.broken
            found = watch.broken | found
    return found


@pytest.mark.parametrize("name", INVARIANTS)
def test_it_holds_of_deliveries(broken_deliveries: dict[str, str], name: str) -> None:
    assert broken_deliveries.get(name) is None


def test_random_deliveries_follow_the_rules_and_keep_what_always_holds(
    world: World, seed: int, note: list[str]
) -> None:
    life = Life(world, seed)
    watch = Watch(set(INVARIANTS))
    life.watchers.append(watch.see)
    for _ in range(2 * ACTS):
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

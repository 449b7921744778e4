# SPDX-License-Identifier: Apache-2.0
"""Random lives of deliveries, beside a model of their rules.

The titles live on between deliveries: they are issued, endorsed, moved, surrendered and delivered.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from deliveries import PAYMENT, SOURCE, TRUST, DeliveryKey, DeliveryTerms, Sale
from delivery_model import NEEDS, Dealing, Model
from eth_utils import keccak
from runs import Run
from suite import Error, Event, RevertedError
from title_model import OF_CARRIER, Standing
from titles import BLANK, BUYER, CARRIER, NOBODY, SHIPPER, STRAIGHT, TO_ORDER, Bill, reference_of
from vocabulary import SurrenderPurpose, TitleState
from world import ADVISER, CASH, CENTRAL, CNY, ISSUER, World, desk

ACTORS: Final = (CARRIER, SHIPPER, BUYER, ISSUER, ADVISER)
FORMS: Final = (TO_ORDER, TO_ORDER, TO_ORDER, STRAIGHT, BLANK)
TITLES: Final = 6
FUNDS: Final = 3_000
# How many of the last deliveries are acted on.
RECENT: Final = 8
OF_LIVE: Final = (
    *("transfer_both", "transfer_both", "endorse", "transfer", "nominate", "pledge"),
    *("surrender", "surrender", "reject_both", "reject_holder", "reject_beneficiary"),
)
# The acts on a title, by where it stands.
FITTING: Final[dict[int, tuple[str, ...]]] = {
    TitleState.NONE: ("issue",),
    TitleState.LIVE: OF_LIVE,
    TitleState.PLEDGED: ("release_pledge",),
    TitleState.IN_CUSTODY: OF_LIVE,
    TitleState.SURRENDERED: ("accept", "accept", "reject_surrender"),
    TitleState.AMENDING: ("restore",),
    TitleState.ON_PAPER: ("return_from_paper",),
    TitleState.DELIVERED: (*OF_LIVE, "accept", "restore"),
}
OF_TITLES: Final = tuple(dict.fromkeys(act for acts in FITTING.values() for act in acts))
# Both a title and a delivery are released.
NAMED: Final = {"release_pledge": "release"}
# How often each act on a delivery comes.
WEIGHTS: Final = {
    "offer": 4,
    "take": 4,
    "take_on_trust": 4,
    "release": 1,
    "withdraw": 1,
    "lapse": 3,
    "pay": 3,
    "attest": 2,
}


@dataclass
class Seen:
    """One act with what came of it, and what was before."""

    world: World
    model: Model
    key: DeliveryKey | None
    events: list[Event]
    balances: dict[int, int]
    states: dict[bytes, int]
    # Those that circulate, and those of the delivery, as they stood.
    titles: dict[bytes, Standing]

    def of(self, name: str) -> list[Event]:
        return [each for each in self.events if each.name == name]

    def paid(self) -> dict[int, int]:
        """How the balances changed."""
        now = {member: self.world.balance(member) for member in ACTORS}
        changes = {each: now[each] - self.balances[each] for each in ACTORS}
        return {each: change for each, change in changes.items() if change}

    def title(self, title: bytes) -> Any:
        return self.world.view("TitleRegistry.titleOf", title)

    def record(self, number: bytes) -> Any:
        return self.world.view("TitleDeliveries.delivery", number)


def of_live(title: Standing) -> list[str]:
    """The acts that its holder or its beneficiary may do on a live title."""
    found = ["transfer", "nominate"]
    if title.right:
        found += ["reject_beneficiary", "reject_beneficiary"]
    if title.possession:
        found += ["reject_holder", "reject_holder"]
    if title.right and title.possession and title.holder == title.beneficiary:
        found += ["reject_both"] * 4
    if title.beneficiary in (NOBODY, title.holder):
        found += ["transfer_both", "transfer_both", "endorse", "pledge", "surrender", "surrender"]
    return found


class Life:
    """Deliveries that are acted on at random, with a leaning to what can succeed.

    Each act is held against the model; unless ``strict``, what comes of it is only watched.
    """

    def __init__(self, world: World, seed: int | str, *, strict: bool = True) -> None:
        self.world, self.strict = world, strict
        self.source = random.Random(seed)
        self.run = Run("deliveries", self.source)
        self.model = Model()
        self.bills = [Bill(world, reference_of(str(number))) for number in range(TITLES)]
        self.numbers = 0
        self.given: list[Sale] = []
        self.seen: set[int] = set()
        self.watchers: list[Callable[[Seen], None]] = []
        for member in ACTORS:
            reference = keccak(text=f"cash of {member}")
            world.send(desk(CENTRAL), f"{CASH}.mint", member, FUNDS, reference)
            self.model.cash[member] = FUNDS

    def step(self) -> None:
        source = self.source
        if source.random() < 0.15:
            self.world.at(self.world.time + source.choice((1, 10, 40, 100)))
        on_title = source.random() < 0.3
        act = source.choice(OF_TITLES) if on_title else self.of_delivery()
        balances = {member: self.world.balance(member) for member in ACTORS}
        recent = list(self.model.dealings)[-RECENT:]
        states = {each: int(self.model.dealings[each].state) for each in recent}
        standings = dict(self.model.titles.chain.titles)
        key, events = self.on_title(act) if on_title else self.on_delivery(act)
        looked_at = (*(each.id for each in self.bills), *(key.titles if key else ()))
        titles = {each: standings.get(each, Standing()) for each in looked_at}
        seen = Seen(self.world, self.model, key, events, balances, states, titles)
        for watcher in self.watchers:
            watcher(seen)
        self.seen |= {each.seen_at(self.world.time) for each in self.model.dealings.values()}

    def on_title(self, act: str) -> tuple[None, list[Event]]:
        source = self.source
        chain = self.model.titles.chain
        at_hand = [
            place
            for place, each in enumerate(self.bills)
            if chain.of(each.id).state != TitleState.IN_CUSTODY or source.random() < 0.1
        ]
        place = source.choice(at_hand or range(TITLES))
        made = self.bills[place]
        title = chain.of(made.id)
        parted = title.beneficiary not in (NOBODY, title.holder)
        if source.random() < (0.6 if title.state == TitleState.DELIVERED else 0.3 * parted):
            self.bills[place] = made = Bill(self.world, reference_of(f"{place} {made.id.hex()}"))
            title = chain.of(made.id)
        if source.random() < 0.95:
            act = source.choice(FITTING[title.state])
            if title.state == TitleState.LIVE and source.random() < 0.85:
                act = source.choice(of_live(title))
        holder, form = source.choice(ACTORS), source.choice(FORMS)
        to = NOBODY if form == BLANK else holder
        if to and source.random() < 0.15:
            to = source.choice((title.nominee or BUYER, *ACTORS))
        args: dict[str, tuple[Any, ...]] = {
            "issue": (holder, to, int(form)),
            "return_from_paper": (holder, to, int(form)),
            "endorse": (to, int(form)),
            "nominate": (source.choice((*ACTORS, NOBODY)),),
            "transfer": (source.choice(ACTORS),),
            "transfer_both": (to, holder, int(form)),
            "pledge": (source.choice((ISSUER, ADVISER)),),
            "surrender": (int(source.choice(list(SurrenderPurpose))),),
        }
        actor = CARRIER
        if act in ("nominate", "reject_beneficiary"):
            actor = title.beneficiary or actor
        elif act not in OF_CARRIER:
            actor = title.holder or actor
        given, name = args.get(act, ()), NAMED.get(act, act)
        events = self.tried(
            act,
            lambda: self.model.titles.expect(name, made.id, actor, self.world.time, *given),
            lambda: getattr(made, name)(actor, *given),
        )
        self.model.titles.chain.tell(events, self.world.time)
        return None, events

    def on_delivery(self, act: str) -> tuple[DeliveryKey, list[Event]]:
        made = self.new() if act == "offer" else self.chosen(act)
        key, terms = made.key, made.terms
        source, args = self.source, ()
        actor = key.bank if act in ("offer", "release", "withdraw", "attest") else key.applicant
        if source.random() < 0.07:
            actor = source.choice(ACTORS)
        if act in ("take", "take_on_trust", "release"):
            args = (key.applicant if source.random() < 0.95 else source.choice(ACTORS),)
        events = self.tried(
            act,
            lambda: self.model.expect(act, key, terms, actor, self.world.time, *args),
            lambda: getattr(made, act)(actor, *args),
        )
        self.model.tell(key, terms, events, self.world.time)
        return key, events

    def tried(
        self, act: str, by_rule: Callable[[], list[Event] | Error], call: Callable[[], Any]
    ) -> list[Event]:
        """The events of an act; none if it is refused."""
        events: list[Event] = []
        if not self.strict:
            with contextlib.suppress(RevertedError):
                events = call().events
            return events
        expected = by_rule()
        with self.run.expecting(act, expected if isinstance(expected, Error) else None):
            events = call().events
            assert events == expected, act
        return events

    def new(self) -> Sale:
        """A delivery of what somebody holds, mostly; sometimes one that was offered before."""
        source, now = self.source, self.world.time
        if self.given and source.random() < 0.05:
            return source.choice(self.given[-RECENT:])
        chain = self.model.titles.chain
        mine = [
            each.id
            for each in self.bills
            if (found := chain.of(each.id)).state == TitleState.LIVE
            and (found.beneficiary in (NOBODY, found.holder) or source.random() < 0.05)
        ]
        bank = source.choice(ACTORS)
        if mine and source.random() < 0.95:
            bank = chain.of(source.choice(mine)).holder
            mine = [each for each in mine if chain.of(each).holder == bank]
        titles = tuple(source.sample(mine, min(len(mine), source.choice((1, 1, 2, 3)))))
        if source.random() < 0.03:
            titles = (*titles, source.choice(self.bills).id)
        basis = source.choice((PAYMENT, TRUST))
        take_by = now + source.choice((1, 50, 100, 200)) - (source.random() < 0.03) * 200
        due = take_by + source.choice((0, 1, 100)) if basis == TRUST else 0
        if source.random() < 0.03:
            due = source.choice((0, 1, take_by + 1))
        amount = 0 if source.random() < 0.03 else source.randrange(1, FUNDS // 2)
        self.numbers += 1
        key = DeliveryKey(bank, self.other(bank, titles), SOURCE, self.numbers, titles)
        made = Sale(self.world, key, DeliveryTerms(amount, CNY.number, int(basis), take_by, due))
        self.given.append(made)
        return made

    def other(self, bank: int, titles: tuple[bytes, ...]) -> int:
        """An applicant, mostly one to whom the titles are of use."""
        chain = self.model.titles.chain
        named = [chain.of(each).beneficiary for each in titles]
        straight = [each for each in named if each not in (NOBODY, bank)]
        if straight and self.source.random() < 0.9:
            return straight[0]
        others = [each for each in ACTORS if each != bank or self.source.random() < 0.05]
        return self.source.choice(others)

    def of_delivery(self) -> str:
        """An act, mostly one for which there is a delivery."""
        (act,) = self.source.choices(list(WEIGHTS), list(WEIGHTS.values()))
        if act == "offer" or self.fitting(act) or self.source.random() < 0.1:
            return act
        return "offer"

    def fitting(self, act: str) -> list[Sale]:
        """The last ones that can be acted on so."""
        dealings = self.model.dealings
        return [
            each
            for each in self.given[-4 * RECENT :]
            if (found := dealings.get(each.id)) and self.fits(act, found)
        ]

    def chosen(self, act: str) -> Sale:
        """One that can be acted on so, mostly."""
        recent = self.given[-4 * RECENT :] or [self.new()]
        fitting = self.fitting(act)
        if fitting and self.source.random() < 0.85:
            return self.source.choice(fitting)
        return self.source.choice(recent)

    def fits(self, act: str, found: Dealing) -> bool:
        """Whether it stands so; mostly, and is delivered so and in time."""
        if found.state != NEEDS[act]:
            return False
        over = self.world.time > found.terms.take_by
        in_time = {
            "take": not over and found.terms.basis == PAYMENT,
            "take_on_trust": not over and found.terms.basis == TRUST,
            "lapse": over,
        }
        return in_time.get(act, True) or self.source.random() < 0.2

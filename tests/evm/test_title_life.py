# SPDX-License-Identifier: Apache-2.0
"""Random lives of titles: every act beside a model of the rules, and named invariants after it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import pytest
from suite import Error, Event, RevertedError
from title_model import OF_CUSTODIAN, Chain, Model, Standing
from titles import (
    BLANK,
    BUYER,
    CARRIER,
    NOBODY,
    PERIOD,
    SHIPPER,
    STRAIGHT,
    TO_ORDER,
    Bill,
    reference_of,
)
from vocabulary import SurrenderPurpose, TitleForm, TitleState
from world import ADVISER, CUSTODIANS, ISSUER, World

from yangshan.deployment.plan import ZERO_ADDRESS

ACTORS: Final = (CARRIER, SHIPPER, BUYER, ISSUER, ADVISER)
TITLES: Final = 5
ACTS: Final = 2_500
ENDED: Final = (TitleState.NONE, TitleState.ON_PAPER, TitleState.DELIVERED)

Seen = tuple[Bill, Standing, list[Event], Any]
Check = Callable[[Seen, Standing], None]
INVARIANTS: Final[dict[str, Check]] = {}


def invariant(name: str) -> Callable[[Check], Check]:
    def enter(check: Check) -> Check:
        INVARIANTS[name] = check
        return check

    return enter


@invariant("the chain of events replays to the state")
def replays(seen: Seen, title: Standing) -> None:
    _, _, _, record = seen
    assert record._asdict() == title.as_record()


@invariant("exactly one controls a title that circulates, and nobody one that does not")
def one_controller(seen: Seen, title: Standing) -> None:
    made, _, _, record = seen
    member, custodian = made.controller()
    controls = (member != NOBODY) + (custodian != ZERO_ADDRESS)
    assert controls == (0 if record.state in ENDED else 1)
    assert (member, custodian) == title.controller()


@invariant("a surrender is final unless it is rejected or restored")
def final(seen: Seen, title: Standing) -> None:
    _, before, events, record = seen
    names = {each.name for each in events}
    if before.state == TitleState.DELIVERED:
        assert (events, record.state) == ([], TitleState.DELIVERED)
    if before.state == TitleState.SURRENDERED:
        assert names <= {"SurrenderAccepted", "SurrenderRejected"}
    if before.state == TitleState.AMENDING:
        assert names <= {"TitleRestored"}
    if before.state == TitleState.ON_PAPER:
        assert names <= {"ReturnedFromPaper"}


@invariant("possession moves by an endorsement never, and the right by a transfer never")
def two_registers(seen: Seen, title: Standing) -> None:
    _, before, events, record = seen
    names = {each.name for each in events}
    if names == {"TitleEndorsed"} or names == {"EndorsementRejected"}:
        assert record.holder == before.holder
    if names == {"PossessionTransferred"} or names == {"PossessionRejected"}:
        assert (record.beneficiary, record.form) == (before.beneficiary, before.form)


@invariant("a right changes hands only where its owner did it, consented to it or rejects it")
def consent(seen: Seen, title: Standing) -> None:
    _, before, events, record = seen
    if record.beneficiary == before.beneficiary or before.beneficiary == NOBODY:
        return
    names = {each.name for each in events}
    own = before.holder == before.beneficiary
    asked = record.beneficiary == before.nominee
    # A bank that sends documents on sends on what is to its order.
    ways = {"EndorsementRejected", "TitleGivenBack", "ReturnedFromPaper", "TitleCarriedOn"}
    assert own or asked or names & ways


@invariant("nobody may reject for longer than five days, nor what nobody sent")
def rejectable(seen: Seen, title: Standing) -> None:
    made, _, _, record = seen
    now = made.world.time
    for until, source in (
        (record.holderRejectBy, record.previousHolder),
        (record.beneficiaryRejectBy, record.previousBeneficiary),
    ):
        assert until <= now + PERIOD
        if record.state == TitleState.LIVE and until == 0:
            assert source == NOBODY


@invariant("what is in custody is moved by its custodian alone, and comes back whole")
def kept(seen: Seen, title: Standing) -> None:
    _, before, events, record = seen
    if before.state != TitleState.IN_CUSTODY or not events:
        return
    (event,) = events
    if event.name == "TitleCarriedOn":
        assert (record.holder, record.custodian) == (before.holder, before.custodian)
        return
    assert event.fields["custodian"] == before.custodian
    if event.name == "TitleGivenBack":
        assert record.holder == before.holder


@invariant("a title has one issuer for ever")
def issuer(seen: Seen, title: Standing) -> None:
    _, before, _, record = seen
    assert before.issuer in (0, record.issuer)


class Life:
    """Titles that are acted on at random, with a leaning to what can succeed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.source = random.Random(seed)
        self.model = Model()
        self.bills = [Bill(world, reference_of(str(number))) for number in range(TITLES)]
        self.fresh = TITLES
        self.counts: Counter[tuple[str, str]] = Counter()

    def step(self) -> None:
        source = self.source
        if source.random() < 0.1:
            late = source.choice((1, 3_600, 86_400, PERIOD, PERIOD + 1))
            self.world.at(self.world.time + late)
        place = source.randrange(TITLES)
        made = self.bills[place]
        act, actor, args = self.choose(made)
        before = self.model.chain.of(made.id)
        expected = self.model.expect(act, made.id, actor, self.world.time, *args)
        found = self.tried(made, act, actor, args)
        assert found == expected, (act, actor, args, before)
        events = found if isinstance(found, list) else []
        self.model.chain.tell(events, self.world.time)
        self.counts[act, found.name if isinstance(found, Error) else "done"] += 1
        seen = (made, before, events, made.record())
        for check in INVARIANTS.values():
            check(seen, self.model.chain.of(made.id))
        if self.model.chain.of(made.id).state == TitleState.DELIVERED and source.random() < 0.6:
            self.bills[place] = Bill(self.world, reference_of(str(self.fresh)))
            self.fresh += 1

    def tried(self, made: Bill, act: str, actor: int, args: tuple[Any, ...]) -> Any:
        try:
            if act == "deposit":
                return made.deposit(actor, *args).events
            if act in OF_CUSTODIAN:
                return getattr(made, act)(*args).events
            return getattr(made, act)(actor, *args).events
        except RevertedError as refusal:
            return refusal.error

    def banks(self, title: Standing) -> tuple[int, int]:
        """One that sends documents on, often with the title to its order, and another."""
        sends = self.source.choice((title.beneficiary or ISSUER, ISSUER))
        return sends, self.source.choice([each for each in ACTORS if each != sends])

    def member(self) -> int:
        return self.source.choice(ACTORS)

    def choose(self, made: Bill) -> tuple[str, int, tuple[Any, ...]]:
        title = self.model.chain.of(made.id)
        act = self.source.choice(FITTING[title.state] if self.source.random() < 0.9 else ALL)
        if act in ("issue", "accept", "reject_surrender", "restore", "return_from_paper"):
            actor = CARRIER if self.source.random() < 0.95 else self.member()
        elif act in ("nominate", "reject_beneficiary"):
            actor = title.beneficiary if self.source.random() < 0.9 else self.member()
        else:
            actor = title.holder if self.source.random() < 0.9 else self.member()
        return act, actor or self.member(), self.arguments(act, title)

    def arguments(self, act: str, title: Standing) -> tuple[Any, ...]:
        source = self.source
        to = source.choice((*ACTORS, title.nominee or BUYER))
        form = source.choice((TO_ORDER, TO_ORDER, TO_ORDER, STRAIGHT, BLANK))
        if form == BLANK and source.random() < 0.9:
            to = NOBODY
        if source.random() < 0.02:
            form, to = source.choice(list(TitleForm)), source.choice((NOBODY, to))
        custodian = title_custodian(title) if source.random() < 0.9 else source.choice(NAMES)
        made: dict[str, tuple[Any, ...]] = {
            "issue": (self.member(), to, int(form)),
            "return_from_paper": (self.member(), to, int(form)),
            "nominate": (source.choice((self.member(), NOBODY)),),
            "endorse": (to, int(form)),
            "transfer": (source.choice((self.member(), self.member(), self.member(), NOBODY)),),
            "transfer_both": (to, self.member(), int(form)),
            "pledge": (source.choice((ISSUER, ADVISER, self.member())),),
            "surrender": (int(source.choice(list(SurrenderPurpose))),),
            "deposit": (source.choice((title.beneficiary or ISSUER, ISSUER)), custodian),
            "give_back": (custodian,),
            "hand_over": (source.choice((title.beneficiary or ISSUER, ISSUER)), custodian),
            "let_go_on": self.banks(title),
        }
        return made.get(act, ())


NAMES: Final = tuple(CUSTODIANS)
OF_LIVE: Final = (
    *("nominate", "endorse", "transfer", "transfer_both", "pledge", "surrender", "deposit"),
    *("reject_holder", "reject_beneficiary", "reject_both"),
)
FITTING: Final[dict[int, tuple[str, ...]]] = {
    TitleState.NONE: ("issue",),
    TitleState.LIVE: OF_LIVE,
    TitleState.PLEDGED: ("release",),
    TitleState.IN_CUSTODY: ("give_back", "hand_over", "let_go_on"),
    TitleState.SURRENDERED: ("accept", "reject_surrender"),
    TitleState.AMENDING: ("restore",),
    TitleState.ON_PAPER: ("return_from_paper",),
    TitleState.DELIVERED: OF_LIVE,
}
ALL: Final = tuple(dict.fromkeys(act for acts in FITTING.values() for act in acts))


def title_custodian(title: Standing) -> str:
    found = [name for name, where in CUSTODIANS.items() if where == title.custodian]
    return found[0] if found else NAMES[0]


@pytest.mark.parametrize("part", range(2))
def test_random_lives_follow_the_rules_and_keep_what_always_holds(
    world: World, seed: int, note: list[str], part: int
) -> None:
    life = Life(world, seed * 10 + part)
    for _ in range(ACTS):
        life.step()
    done = {act for act, outcome in life.counts if outcome == "done"}
    refused = {outcome for _, outcome in life.counts} - {"done"}
    assert done == set(ALL), set(ALL) - done
    # What the rules refuse was met too, each refusal of an act on a title that exists.
    assert refused >= {
        *("WrongTitleState", "NotTitleHolder", "NotTitleBeneficiary", "NotToOrder"),
        *("NotTheNominee", "HolderAlready", "BeneficiaryAlready", "NominatedAlready"),
        *("NothingToReject", "RejectionLapsed", "PledgeeNotABank", "NotAMember"),
        *("FormMismatch", "MissingRole", "NotItsCustodian"),
    }
    acts = sum(life.counts.values())
    succeeded = sum(count for (_, outcome), count in life.counts.items() if outcome == "done")
    note.append(
        f"{acts:,} random acts on {life.fresh} titles, {succeeded:,} of them done, beside a model "
        f"and {len(INVARIANTS)} invariants"
    )


def test_events_alone_rebuild_every_title(world: World, seed: int) -> None:
    """What an index does that sees no transaction: the same from the logs, told once more."""
    life, logged = Life(world, seed), []
    tell = life.model.chain.tell

    def kept_too(events: list[Event], time: int) -> None:
        logged.append((events, time))
        tell(events, time)

    life.model.chain.tell = kept_too  # type: ignore[method-assign]
    for _ in range(300):
        life.step()
    rebuilt = Chain()
    for events, time in logged:
        rebuilt.tell(events, time)
    assert rebuilt.titles == life.model.chain.titles
    for title, standing in rebuilt.titles.items():
        record = world.view("TitleRegistry.titleOf", title)
        assert record._asdict() == standing.as_record()

# SPDX-License-Identifier: Apache-2.0
"""What holds of titles and of their deliveries after every act, whoever did what before.

Each function is one row of tests/proofs/invariants.toml, under its number. It holds what events
told against what is on record.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from invariants import INVARIANTS, asked
from vocabulary import DeliveryState, TitleState
from world import CUSTODIANS

from yangshan.deployment.plan import ZERO_ADDRESS

if TYPE_CHECKING:
    from delivery_lives import Life, Seen

TITLES: Final = "titles"
HERE: Final = CUSTODIANS["TitleDeliveries"]
OUT_OF_CIRCULATION: Final = (TitleState.NONE, TitleState.ON_PAPER, TitleState.DELIVERED)
# What alone may follow in a state in which a title is not its holder's.
MAY_FOLLOW: Final = {
    TitleState.SURRENDERED: {"SurrenderAccepted", "SurrenderRejected"},
    TitleState.AMENDING: {"TitleRestored"},
    TitleState.ON_PAPER: {"ReturnedFromPaper"},
    TitleState.DELIVERED: set[str](),
}
ENDED: Final = (DeliveryState.SETTLED, DeliveryState.WITHDRAWN)


class TitleWatch:
    """Asks the invariants after every act of a life; what was found broken first, by number."""

    def __init__(self, life: Life, ids: set[str]) -> None:
        self.ids = ids
        self.acts = 0
        self.broken: dict[str, str] = {}
        life.watchers.append(self.see)

    def see(self, seen: Seen) -> None:
        self.acts += 1
        for number in self.ids - self.broken.keys():
            try:
                INVARIANTS[number].check(seen)
            except AssertionError as failure:
                self.broken[number] = f"act {self.acts}: {seen.events}: {failure}"


# Titles


@asked(TITLES, "T01")
def one_controls_a_title_that_circulates(seen: Seen) -> None:
    for title in seen.titles:
        told = seen.model.titles.chain.of(title)
        member, custodian = seen.world.view("TitleRegistry.controllerOf", title)
        controls = (member != 0) + (custodian != ZERO_ADDRESS)
        assert controls == (told.state not in OUT_OF_CIRCULATION)
        assert (member, custodian) == told.controller()


@asked(TITLES, "T02")
def a_surrender_is_final_unless_rejected_or_restored(seen: Seen) -> None:
    for title, before in seen.titles.items():
        names = {each.name for each in seen.events if each.fields.get("title") == title}
        found = seen.title(title).state
        if before.state in MAY_FOLLOW:
            assert names <= MAY_FOLLOW[before.state]
            assert names or found == before.state


@asked(TITLES, "T03")
def the_chain_of_events_replays_to_the_title(seen: Seen) -> None:
    for title in seen.titles:
        told = seen.model.titles.chain.of(title)
        assert seen.title(title)._asdict() == told.as_record()


# Deliveries


@asked(TITLES, "V01")
def cash_moves_with_what_it_pays_for_alone(seen: Seen) -> None:
    due: dict[int, int] = {}
    for each in seen.of("TitlesTaken") + seen.of("DeliveryPaid"):
        amount = each.fields["amount"]
        due = {each.fields["applicant"]: -amount, each.fields["bank"]: amount}
    assert seen.paid() == due
    for each in seen.of("TitlesTaken"):
        assert seen.key
        for title in seen.key.titles:
            assert seen.title(title).holder == each.fields["applicant"]


@asked(TITLES, "V02")
def the_titles_in_this_custody_are_those_of_the_open_offers(seen: Seen) -> None:
    offers = [
        each
        for each in seen.model.dealings.values()
        if (each.state == DeliveryState.OFFERED or each.key.id in seen.states)
        and seen.record(each.key.id).state == DeliveryState.OFFERED
    ]
    offered = Counter(title for each in offers for title in each.key.titles)
    looked_at = offered.keys() | seen.titles.keys()
    assert offered == Counter(each for each in looked_at if seen.title(each).custodian == HERE)


@asked(TITLES, "V03")
def what_is_owed_on_trust_is_owed_until_it_is_paid(seen: Seen) -> None:
    paid = seen.of("DeliveryPaid") + seen.of("DeliveryPaymentAttested")
    ended = {each.fields["deliveryId"] for each in paid}
    for number, before in seen.states.items():
        if before == DeliveryState.ON_TRUST:
            found = seen.record(number)
            assert (found.state != DeliveryState.ON_TRUST) == (number in ended)
            assert found.amount == seen.model.dealings[number].terms.amount


@asked(TITLES, "V04")
def titles_leave_for_what_the_delivery_says(seen: Seen) -> None:
    over = [each for each in seen.of("TitleHandedOver") if each.fields["custodian"] == HERE]
    ways = seen.of("TitlesTaken") + seen.of("TitlesTakenOnTrust") + seen.of("TitlesReleased")
    assert bool(over) == bool(ways)
    for each in over:
        assert each.fields["holder"] == ways[0].fields["applicant"]
    for each in seen.of("OfferWithdrawn") + seen.of("OfferLapsed"):
        assert seen.key
        for title in seen.key.titles:
            assert seen.title(title).holder == each.fields["bank"]


@asked(TITLES, "V05")
def what_is_settled_or_withdrawn_stays_so(seen: Seen) -> None:
    for number, before in seen.states.items():
        if before in ENDED:
            assert seen.record(number).state == before


@asked(TITLES, "V06")
def a_delivery_stands_as_its_events_and_the_time_say(seen: Seen) -> None:
    for number in seen.states:
        each = seen.model.dealings[number]
        assert tuple(seen.record(number)) == each.as_record()
        state = seen.world.view("TitleDeliveries.stateOf", number)
        assert state == each.seen_at(seen.world.time)

# SPDX-License-Identifier: Apache-2.0
"""The library's replay of titles, its chains of endorsements and who can do what next.

Each held to random lives on the contracts: what the events tell is all that the library knows.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from eth_utils import to_checksum_address
from suite import Event
from test_title_life import ACTORS, Life
from titles import BLANK, BUYER, TO_ORDER, Bill
from vocabulary import SurrenderPurpose
from world import ADVISER, CUSTODIANS, ISSUER, World

from yangshan.chain import enums
from yangshan.titles.endorsements import Party, chain_json, endorsement_chain
from yangshan.titles.lives import NOBODY, Standing, Told, replayed
from yangshan.titles.prospects import Step, prospects

ACTS: Final = 900
FORMS: Final = {
    "ENDORSE": enums.TitleForm.STRAIGHT,
    "ENDORSE_TO_ORDER": enums.TitleForm.TO_ORDER,
    "BLANK_ENDORSE": enums.TitleForm.BLANK,
}
# Each step as the model knows it: whether it takes a member, and what else.
STEPS: Final[dict[Step, tuple[str, bool, tuple[Any, ...]]]] = {
    Step.TRANSFER: ("transfer", True, ()),
    Step.ENDORSE: ("endorse", True, (int(TO_ORDER),)),
    Step.PLEDGE: ("pledge", True, ()),
    Step.SURRENDER: ("surrender", False, (int(SurrenderPurpose.DELIVERY),)),
    Step.SURRENDER_OTHERWISE: ("surrender", False, (int(SurrenderPurpose.SWITCH),)),
    Step.NOMINATE: ("nominate", True, ()),
    Step.REJECT_POSSESSION: ("reject_holder", False, ()),
    Step.REJECT_ENDORSEMENT: ("reject_beneficiary", False, ()),
    Step.RELEASE: ("release", False, ()),
    Step.ACCEPT: ("accept", False, ()),
    Step.DECLINE: ("reject_surrender", False, ()),
    Step.RESTORE: ("restore", False, ()),
    Step.RETURN: ("return_from_paper", False, (BUYER, BUYER, int(TO_ORDER))),
}


def read(name: str, value: Any) -> Any:
    """A value of the contracts as the library has it."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if name == "form":
        return enums.TitleForm(value)
    if name == "purpose":
        return enums.SurrenderPurpose(value)
    if name == "state":
        return enums.TitleState(value)
    if name.endswith("_reject_by"):
        return datetime.fromtimestamp(value, UTC) if value else None
    return to_checksum_address(value) if isinstance(value, str) else value


def snake(name: str) -> str:
    return re.sub("[A-Z]", lambda found: "_" + found[0].lower(), name)


def values(given: dict[str, Any]) -> dict[str, Any]:
    return {snake(name): read(snake(name), value) for name, value in given.items()}


def told(event: Event, time: int, place: int) -> Told:
    return Told(event.name, values(event.fields), read("at_reject_by", time), hex(place))


class Watched(Life):
    """A random life of which the library hears what the events tell."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.heard: dict[bytes, list[Told]] = {}
        tell = self.model.chain.tell

        def listening(events: list[Event], time: int) -> None:
            for each in events:
                history = self.heard.setdefault(each.fields["title"], [])
                history.append(told(each, time, sum(self.counts.values())))
            tell(events, time)

        self.model.chain.tell = listening  # type: ignore[method-assign]

    def possible(self, made: Bill, step: Step, member: int) -> set[int]:
        """To whom a member can do a step by the rules: to members, or 0 where nobody is named."""
        act, named, more = STEPS[step]
        found = set()
        for to in ACTORS if named else (NOBODY,):
            args = (to, *more) if named else more
            outcome = self.model.expect(act, made.id, member, self.world.time, *args)
            if isinstance(outcome, list):
                found.add(to)
        return found


def after_chain(document: dict[str, Any]) -> tuple[int, int, enums.TitleForm]:
    """Possessor, endorsee and form of a title by its chain alone, as a reader of PINT goes."""

    def number(party: dict[str, Any] | None) -> int:
        if party is None:
            return NOBODY
        (code,) = (
            each["partyCode"]
            for each in party["identifyingCodes"]
            if each["codeListName"] == "MEMBER"
        )
        return int(code)

    chain = document["chains"][-1]
    issued = chain["transportDocument"]
    endorsee = number(issued.get("endorsee") or issued.get("consignee"))
    form = enums.TitleForm.STRAIGHT
    if issued["isToOrder"]:
        form = enums.TitleForm.TO_ORDER if endorsee else enums.TitleForm.BLANK
    possessor = NOBODY
    for entry in chain["envelopeTransferChain"]:
        for change in entry["transactions"]:
            code = change["actionCode"]
            if code in ("ISSUE", "TRANSFER"):
                possessor = number(change["recipient"])
            elif code in FORMS:
                endorsee, form = number(change.get("recipient")), FORMS[code]
    return possessor, endorsee, form


def codes_of(chain: dict[str, Any]) -> list[str]:
    return [
        change["actionCode"]
        for entry in chain["envelopeTransferChain"]
        for change in entry["transactions"]
    ]


def test_what_the_library_makes_of_random_lives_is_what_stands(
    world: World, seed: int, note: list[str]
) -> None:
    life = Watched(world, seed + 700)
    steps: Counter[Step] = Counter()
    codes: Counter[str] = Counter()
    for number in range(ACTS):
        life.step()
        made = life.bills[number % len(life.bills)]
        history = life.heard.get(made.id, [])
        standing = replayed(history)
        assert standing == Standing(**values(made.record()._asdict()))
        found = prospects(standing, datetime.fromtimestamp(world.time, UTC))
        steps.update(each.step for each in found)
        for step, member in itertools.product(Step if history else (), ACTORS):
            possible = life.possible(made, step, member)
            said = [each for each in found if (each.step, each.member) == (step, member)]
            assert len(said) == (1 if possible else 0), (step, member, standing)
            if said and said[0].to:
                assert possible == {said[0].to}
            elif said and step is Step.ENDORSE:
                assert possible == set(ACTORS) - {standing.beneficiary}
    for title, history in life.heard.items():
        standing = replayed(history)
        made_of = endorsement_chain("0x" + title.hex(), history, lambda number: Party(number, "X"))
        document = chain_json(made_of)
        assert after_chain(document) == (standing.holder, standing.beneficiary, standing.form)
        for chain in document["chains"]:
            told_codes = codes_of(chain)
            codes.update(told_codes)
            assert (told_codes[0], told_codes.count("ISSUE")) == ("ISSUE", 1)
            assert "SACC" not in told_codes[:-1]
    assert set(steps) == set(Step)
    assert set(codes) == {
        *("ISSUE", "TRANSFER", "ENDORSE", "ENDORSE_TO_ORDER", "BLANK_ENDORSE", "SACC", "SREJ"),
        *("SURRENDER_FOR_DELIVERY", "SURRENDER_FOR_AMENDMENT"),
    }
    note.append(f"{sum(codes.values()):,} transactions of PINT of {len(life.heard)} titles")


@pytest.mark.parametrize(
    ("handed_over", "codes", "now"),
    [
        (True, ["ISSUE", "ENDORSE_TO_ORDER", "TRANSFER"], (ISSUER, ISSUER)),
        (False, ["ISSUE", "ENDORSE_TO_ORDER", "ENDORSE_TO_ORDER"], (BUYER, BUYER)),
    ],
)
def test_custody_shows_in_the_chain_once_the_title_leaves_it(
    world: World, handed_over: bool, codes: list[str], now: tuple[int, int]
) -> None:
    """Endorsed to a bank and deposited; then handed over to it, or given back."""
    made = Bill(world)
    events = [
        *made.issue(holder=BUYER, beneficiary=BUYER).events,
        *made.endorse(BUYER, ISSUER).events,
        *made.deposit(BUYER, ISSUER).events,
    ]
    for more in ([], (made.hand_over(ISSUER) if handed_over else made.give_back()).events):
        events += more
        history = [told(event, world.time, place) for place, event in enumerate(events)]
        document = chain_json(endorsement_chain("0x", history, lambda each: Party(each, "X")))
        if not more:
            assert codes_of(document["chains"][0]) == codes[:2]
            assert (document["state"], "possessor" in document) == ("IN_CUSTODY", False)
            assert document["custodian"] == CUSTODIANS["TitleCustody"]
    assert codes_of(document["chains"][0]) == codes
    assert after_chain(document)[:2] == now


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize(
    ("holder", "endorsed", "codes"),
    [
        # To the order of the bank that sends it on, by an endorsement that it had not accepted.
        (BUYER, True, ["ISSUE", "ENDORSE_TO_ORDER", "ENDORSE_TO_ORDER"]),
        # In blank before that, so that there was nobody.
        (NOBODY, True, ["ISSUE", "ENDORSE_TO_ORDER", "ENDORSE_TO_ORDER"]),
        # Issued to its order: it passes the right on.
        (ADVISER, False, ["ISSUE", "ENDORSE_TO_ORDER"]),
        # To the presenter's order still, and in blank: possession alone will move.
        (BUYER, False, ["ISSUE"]),
        (NOBODY, False, ["ISSUE"]),
    ],
)
def test_what_a_bank_sends_on_is_replayed_too(
    world: World, holder: int, endorsed: bool, codes: list[str], back: bool
) -> None:
    made, heard = Bill(world), []

    def hear(events: list[Event]) -> Standing:
        heard.extend(told(each, world.time, len(heard)) for each in events)
        standing = replayed(heard)
        assert standing == Standing(**values(made.record()._asdict()))
        return standing

    form = TO_ORDER if holder else BLANK
    hear(made.issue(holder=BUYER, beneficiary=holder, form=form).events)
    if endorsed:
        hear(made.endorse(BUYER, ADVISER).events)
    hear(made.deposit(BUYER, ADVISER).events)
    hear(made.let_go_on(ADVISER, ISSUER).events)
    document = chain_json(endorsement_chain("0x", heard, lambda each: Party(each, "X")))
    assert codes_of(document["chains"][0]) == codes
    if back:
        ended = hear(made.give_back().events)
        assert (ended.holder, ended.beneficiary) == (BUYER, holder)
    else:
        ended = hear(made.hand_over(ISSUER).events)
        assert ended.holder == ISSUER
        assert ended.beneficiary == (NOBODY if not holder and not endorsed else ISSUER)
    document = chain_json(endorsement_chain("0x", heard, lambda each: Party(each, "X")))
    now = ended.holder, ended.beneficiary, ended.form
    assert after_chain(document) == now

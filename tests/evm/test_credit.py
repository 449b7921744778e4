# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import pytest
from eth_utils import keccak
from machine import Becomes, Machine, Refuses
from suite import Event, error, event
from vocabulary import NO_END, Availability, CreditState, MemberKind, Role
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CENTRAL,
    DAY,
    ISSUER,
    MEMBERS,
    OTHER,
    REMOTE,
    START,
    Issuance,
    Receipt,
    World,
    account,
    admission,
    credit_id,
    desk,
    register,
    reverts,
    treasury,
)

from yangshan.deployment.plan import CREDITS_EDITION

NONE, ISSUED = CreditState
MOST = 2**64 - 1
# The largest amount of which 199 per cent, rounded down, can be counted.
LARGEST = ((MOST + 1) * 100 - 1) // 199
PLAIN = Issuance()
DRAWER = account("a contract of presentations")


@dataclass
class Scene:
    """One credit in a contract whose drawings come from a plain account."""

    world: World
    terms: Issuance = PLAIN

    @property
    def id(self) -> bytes:
        return credit_id(ISSUER, self.terms.reference)

    def issue(self) -> Receipt:
        return self.world.send(desk(ISSUER), "Credits.issue", self.terms)

    def advise(self, bank: int, authentic: bool = True) -> Receipt:
        return self.world.send(desk(bank), "Credits.advise", self.id, authentic)

    def draw(self, amount: int) -> Receipt:
        return self.world.send(DRAWER, "Credits.draw", self.id, amount)

    def draw_up_to(self, amount: int) -> Receipt:
        return self.world.send(DRAWER, "Credits.drawUpTo", self.id, amount)

    def record(self) -> Any:
        if self.state() == NONE:
            return None
        return self.world.view("Credits.credit", self.id)

    def state(self) -> int:
        found: int = self.world.view("Credits.stateOf", self.id)
        return found


def none(world: World) -> Scene:
    registry = world.addresses["AllianceRegistry"]
    world.deploy("Credits", "LetterOfCredit", registry, DRAWER, CREDITS_EDITION)
    return Scene(world)


def issued(world: World, **changes: Any) -> Scene:
    scene = none(world)
    scene.terms = Issuance(**changes)
    scene.issue()
    return scene


def advised(world: World) -> Scene:
    scene = issued(world)
    scene.advise(ADVISER)
    return scene


def advised_by_both(world: World) -> Scene:
    scene = advised(world)
    scene.advise(OTHER)
    return scene


def drawn(world: World) -> Scene:
    """Nothing is left."""
    scene = advised_by_both(world)
    scene.draw(scene.terms.amount)
    return scene


def credit_issued(s: Scene) -> Event:
    return event(
        "Credits",
        "CreditIssued",
        creditId=s.id,
        issuingBank=ISSUER,
        beneficiary=BENEFICIARY,
        issuance=s.terms,
    )


def credit_advised(bank: int, authentic: bool) -> Any:
    return lambda s: event(
        "Credits",
        "CreditAdvised",
        creditId=s.id,
        advisingBank=bank,
        apparentlyAuthentic=authentic,
    )


UNKNOWN = Refuses[Scene](lambda s: error("UnknownCredit", s.id))
EXISTS = Refuses[Scene](lambda s: error("CreditExists", s.id))
BY_THIRD = Refuses[Scene](lambda s: error("NotAdvisingBank", s.id, REMOTE))
NOT_YET = Refuses[Scene](lambda s: error("NotAdvisingBank", s.id, OTHER))
FIRST_AGAIN = Refuses[Scene](lambda s: error("AdvisedAlready", s.id, ADVISER))
SECOND_AGAIN = Refuses[Scene](lambda s: error("AdvisedAlready", s.id, OTHER))
FIRST = Becomes[Scene](ISSUED, (credit_advised(ADVISER, True),))
SECOND = Becomes[Scene](ISSUED, (credit_advised(OTHER, False),))
DRAWS = Becomes[Scene](ISSUED, ())

# Rows A4, A5 and A5a of the credit machine, and the drawing.
MACHINE: Machine[Scene] = Machine(
    stages={
        "none": none,
        "issued": issued,
        "advised": advised,
        "advised by both": advised_by_both,
        "drawn": drawn,
    },
    acts={
        "issue": Scene.issue,
        "advise": lambda s: s.advise(ADVISER),
        "advise second": lambda s: s.advise(OTHER, False),
        "advise third": lambda s: s.advise(REMOTE),
        "draw": lambda s: s.draw(1),
        "draw up to": lambda s: s.draw_up_to(1),
    },
    record=Scene.record,
    state=Scene.state,
    table={
        "none": {
            "issue": Becomes(ISSUED, (credit_issued,)),
            "advise": UNKNOWN,
            "advise second": UNKNOWN,
            "advise third": UNKNOWN,
            "draw": UNKNOWN,
            "draw up to": UNKNOWN,
        },
        "issued": {
            "issue": EXISTS,
            "advise": FIRST,
            "advise second": NOT_YET,
            "advise third": BY_THIRD,
            "draw": DRAWS,
            "draw up to": DRAWS,
        },
        "advised": {
            "issue": EXISTS,
            "advise": FIRST_AGAIN,
            "advise second": SECOND,
            "advise third": BY_THIRD,
            "draw": DRAWS,
            "draw up to": DRAWS,
        },
        "advised by both": {
            "issue": EXISTS,
            "advise": FIRST_AGAIN,
            "advise second": SECOND_AGAIN,
            "advise third": BY_THIRD,
            "draw": DRAWS,
            "draw up to": DRAWS,
        },
        "drawn": {
            "issue": EXISTS,
            "advise": FIRST_AGAIN,
            "advise second": SECOND_AGAIN,
            "advise third": BY_THIRD,
            "draw": Refuses(lambda s: error("Overdrawn", s.id, 1, 0)),
            "draw up to": Refuses(lambda s: error("NothingToDraw", s.id)),
        },
    },
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_credit(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_advice_sets_its_own_flag_alone(world: World) -> None:
    scene = issued(world)
    flags = [(False, False), (True, False), (True, True)]
    for bank, before, after in zip((ADVISER, OTHER), flags, flags[1:], strict=False):
        found = scene.record()
        assert (found.advised, found.secondAdvised) == before
        scene.advise(bank)
        assert scene.record() == found._replace(advised=after[0], secondAdvised=after[1])


def test_one_bank_named_twice_advises_once(world: World) -> None:
    scene = issued(world, second_advising_bank=ADVISER)
    scene.advise(ADVISER)
    with reverts("AdvisedAlready", scene.id, ADVISER):
        scene.advise(ADVISER)


def test_a_credit_without_an_advising_bank_is_advised_by_nobody(world: World) -> None:
    scene = issued(world, advising_bank=0)
    for bank in (ADVISER, OTHER):
        with reverts("NotAdvisingBank", scene.id, bank):
            scene.advise(bank)


# Issue

DAY_NOW = START // DAY
PARTIES = (
    "applicant",
    "beneficiary",
    "advising_bank",
    "second_advising_bank",
    "nominated_bank",
    "confirming_bank",
    "reimbursing_bank",
)

BAD: list[tuple[dict[str, Any], str, tuple[Any, ...]]] = [
    ({"reference": bytes(16)}, "MissingReference", ()),
    ({"amount": 0}, "BadAmount", (0, 0)),
    ({"amount": MOST, "plus_tolerance": 1}, "BadAmount", (MOST, 1)),
    (
        {"amount": LARGEST + 1, "plus_tolerance": 99},
        "BadAmount",
        (LARGEST + 1, 99),
    ),
    ({"currency": 0}, "BadCurrency", (0,)),
    ({"currency": 1_000}, "BadCurrency", (1_000,)),
    ({"plus_tolerance": 100}, "BadTolerance", (100, 0)),
    ({"minus_tolerance": 100}, "BadTolerance", (0, 100)),
    ({"plus_tolerance": 255, "minus_tolerance": 255}, "BadTolerance", (255, 255)),
    ({"expiry": 0}, "ExpiryPassed", (0, START)),
    ({"expiry": DAY_NOW - 2}, "ExpiryPassed", (DAY_NOW - 2, START)),
    ({"tenor": 1}, "BadTerms", (1, Issuance().terms)),
    ({"terms": bytes(32)}, "BadTerms", (0, bytes(32))),
    *(
        ({"availability": each}, "AvailabilityNotCarried", (each,))
        for each in Availability
        if each != Availability.SIGHT_PAYMENT
    ),
    *(
        ({party: stranger}, "PartyNotActive", (stranger,))
        for party in PARTIES
        for stranger in (MEMBERS + 1, 256 + ISSUER, 2**32 - 1)
    ),
]


@pytest.mark.parametrize(
    ("changes", "name", "args"), BAD, ids=[f"{name}-{next(iter(c))}" for c, name, _ in BAD]
)
def test_a_credit_that_cannot_be_issued(
    world: World, changes: dict[str, Any], name: str, args: tuple[Any, ...]
) -> None:
    with reverts(name, *args):
        world.issue(**changes)
    reference = changes.get("reference", Issuance().reference)
    assert world.view("LetterOfCredit.stateOf", credit_id(ISSUER, reference)) == NONE


GOOD: list[dict[str, Any]] = [
    {"amount": 1},
    {"amount": MOST},
    {"amount": LARGEST, "plus_tolerance": 99},
    {"currency": 1},
    {"currency": 999},
    {"plus_tolerance": 99, "minus_tolerance": 99},
    {"expiry": DAY_NOW - 1},
    {"expiry": 2**16 - 1},
    # Dates other than the expiry only warn, off chain (row A4).
    {"latest_shipment": 0},
    {"latest_shipment": DAY_NOW - 30},
    {"latest_shipment": 2**16 - 1},
    {"presentation_period": 2**16 - 1},
    # Nobody but the issuing bank need be a member, and one member may stand in every place.
    dict.fromkeys(PARTIES, 0),
    dict.fromkeys(PARTIES, ISSUER),
    {"transferable": True},
    {"partial_forbidden": True},
    {"any_bank": True},
    {"reference": b"\0" * 15 + b"\1"},
]


@pytest.mark.parametrize("changes", GOOD)
def test_a_credit_at_the_edge_is_issued_as_it_is(world: World, changes: dict[str, Any]) -> None:
    expect_stored(world, Issuance(**changes))


def test_random_credits_are_stored_field_by_field(world: World, seed: int) -> None:
    source = random.Random(seed)
    for _ in range(200):
        percent = source.randint(0, 99)
        terms = Issuance(
            source.randbytes(16),
            *(source.randint(0, MEMBERS) for _ in PARTIES),
            source.randint(1, MOST * 100 // (100 + percent)),
            source.randint(1, 999),
            percent,
            source.randint(0, 99),
            source.randint(DAY_NOW - 1, 2**16 - 1),
            source.getrandbits(16),
            source.getrandbits(16),
            0,
            int(Availability.SIGHT_PAYMENT),
            *(source.random() < 0.5 for _ in range(3)),
            source.randbytes(32),
        )
        expect_stored(world, terms)


def expect_stored(world: World, terms: Issuance) -> None:
    receipt = world.send(desk(ISSUER), "LetterOfCredit.issue", terms)
    number = credit_id(ISSUER, terms.reference)
    assert (
        receipt.value == number == world.view("LetterOfCredit.creditIdOf", ISSUER, terms.reference)
    )
    receipt.emitted(
        event(
            "LetterOfCredit",
            "CreditIssued",
            creditId=number,
            issuingBank=ISSUER,
            beneficiary=terms.beneficiary,
            issuance=terms,
        )
    )
    stored = terms._replace(reference=bytes(16))
    assert world.view("LetterOfCredit.credit", number) == (ISSUED, False, False, ISSUER, 0, stored)


def test_a_credit_is_issued_until_its_expiry_is_over_everywhere(world: World) -> None:
    expiry = DAY_NOW + 10
    # UTC-12 is the last place where that day ends.
    over = (expiry + 1) * DAY + 12 * 3_600
    for time in (over - 1, over, over + 1):
        with world.aside():
            world.at(time)
            if time < over:
                world.issue(expiry=expiry)
                continue
            with reverts("ExpiryPassed", expiry, time):
                world.issue(expiry=expiry)


def test_a_reference_is_the_issuing_banks_own(world: World) -> None:
    one, other = world.issue(ISSUER), world.issue(ADVISER)
    assert one == credit_id(ISSUER, Issuance().reference)
    assert other == credit_id(ADVISER, Issuance().reference)
    assert one != other
    for bank, credit in ((ISSUER, one), (ADVISER, other)):
        with reverts("CreditExists", credit):
            world.issue(bank, amount=5)


def test_a_party_of_a_credit_may_be_any_of_400_members() -> None:
    """Members are marked active 192 to a word: parties of three words, in any order."""
    governor = account("governor")
    banks = [
        admission(number, administrator=treasury(number), kind=int(MemberKind.BANK), calendar=1)
        for number in range(1, 401)
    ]
    world = register(governor, replace(banks[0], valid_until=NO_END))
    for bank in banks[1:]:
        world.send(governor, "AllianceRegistry.admit", bank.as_argument())
    registry = world.addresses["AllianceRegistry"]
    world.deploy("LetterOfCredit", "LetterOfCredit", registry, DRAWER, CREDITS_EDITION)
    key = account("desk of 400")
    world.send(treasury(400), "AllianceRegistry.setKey", key, int(Role.ISSUE), NO_END)
    for parties, missing in (
        ((191, 192, 1, 400, 384, 193, 383), None),
        ((384, 191, 383, 1, 192, 400, 2), None),
        ((191, 192, 401, 400, 2, 193, 383), 401),
        ((576, 192, 1, 400, 2, 193, 383), 576),
        ((1, 2, 3, 192 + 400, 191, 0, 193), 192 + 400),
    ):
        terms = Issuance(keccak(repr(parties).encode())[:16], *parties)
        if missing is None:
            world.send(key, "LetterOfCredit.issue", terms)
        else:
            with reverts("PartyNotActive", missing):
                world.send(key, "LetterOfCredit.issue", terms)
    # One that is suspended in each word, and its neighbours stay.
    for gone in (191, 192, 383, 384):
        parties = (190, 191, 192, 193, 383, 384, 385)
        with world.aside():
            world.send(governor, "AllianceRegistry.suspend", gone)
            with reverts("PartyNotActive", gone):
                world.send(key, "LetterOfCredit.issue", Issuance(b"parties".ljust(16), *parties))
            others = tuple(each if each != gone else 0 for each in parties)
            world.send(key, "LetterOfCredit.issue", Issuance(b"parties".ljust(16), *others))


def test_of_two_inactive_parties_the_last_in_the_word_is_named(world: World) -> None:
    with reverts("PartyNotActive", 78):
        world.issue(applicant=77, reimbursing_bank=78)


@pytest.mark.parametrize("view", ["credit", "wordsOf"])
def test_a_credit_that_is_not_there_is_named(world: World, view: str) -> None:
    with reverts("UnknownCredit", bytes(32)):
        world.view(f"LetterOfCredit.{view}", bytes(32))


def test_the_contract_knows_its_neighbours(world: World) -> None:
    assert world.view("LetterOfCredit.registry") == world.addresses["AllianceRegistry"]
    assert world.view("LetterOfCredit.presentations") == world.addresses["Presentations"]


# Drawings


def test_a_drawing_counts_to_the_last_unit(world: World) -> None:
    scene = issued(world, amount=1_000, plus_tolerance=5, currency=392)
    assert scene.draw(1_000).value == 392
    with reverts("Overdrawn", scene.id, 51, 50):
        scene.draw(51)
    assert scene.draw(49).value == 392
    assert scene.record().drawn == 1_049
    assert scene.draw_up_to(2).value == (1, 392)
    assert scene.record().drawn == 1_050
    with reverts("NothingToDraw", scene.id):
        scene.draw_up_to(MOST)
    with reverts("Overdrawn", scene.id, 1, 0):
        scene.draw(1)


def test_a_drawing_of_the_largest_credit_spills_into_no_other_field(world: World) -> None:
    scene = issued(world, amount=MOST)
    before = scene.record()
    assert scene.draw(MOST).value == scene.terms.currency
    assert scene.record() == before._replace(drawn=MOST)
    with reverts("Overdrawn", scene.id, MOST, 0):
        scene.draw(MOST)


def test_the_smaller_of_the_demand_and_the_rest_is_drawn(world: World) -> None:
    scene = issued(world, amount=10)
    assert scene.draw_up_to(4).value == (4, scene.terms.currency)
    assert scene.draw_up_to(6).value == (6, scene.terms.currency)
    assert scene.record().drawn == 10


def test_a_zero_demand_draws_nothing(world: World) -> None:
    scene = issued(world)
    with reverts("NothingToDraw", scene.id):
        scene.draw_up_to(0)


def test_central_bank_and_trader_stand_where_they_are_named(world: World) -> None:
    credit = world.view("LetterOfCredit.credit", world.issue(CENTRAL, applicant=APPLICANT))
    assert (credit.issuingBank, credit.issuance.applicant) == (CENTRAL, APPLICANT)

# SPDX-License-Identifier: Apache-2.0
"""Machine A: the credit, by every act and every actor; and what a credit may be issued with."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any

import pytest
from eth_utils import keccak
from letters import (
    ACTORS,
    CONFIRMER,
    DRAWER,
    EXPIRY,
    FULL,
    LIFTED,
    NOMINATED,
    ORDER,
    PLAIN,
    PRESENTATIONS,
    SECOND,
    STAY,
    TRANSFERS,
    Letter,
    after,
    caller,
    cancels,
    confirmed,
    issued,
    later,
    no_longer_stayed,
    none,
    own_credit,
    pre_advised,
    shown,
    stayed,
    told,
    unasked,
)
from machine import ActorMachine, Becomes, Cell, Refuses
from suite import error
from vocabulary import (
    NO_END,
    Availability,
    CreditState,
    MaturityFrom,
    MemberKind,
    PreAdvisedTerm,
    Role,
    Switch,
    open_roles,
)
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CENTRAL,
    DAY,
    ISSUER,
    KINDS,
    MEMBERS,
    OTHER,
    START,
    Issuance,
    World,
    account,
    admission,
    credit_id,
    desk,
    packed,
    register,
    reverts,
    treasury,
)

from yangshan.deployment.plan import CREDITS_EDITION, ZERO_ADDRESS

NONE, PRE_ADVISED, ISSUED, GONE, EXPIRED = CreditState
MOST = 2**64 - 1
# The largest amount of which 199 per cent, rounded down, can be counted.
LARGEST = ((MOST + 1) * 100 - 1) // 199

# Machine A: stages, acts and what comes of them. The row of the interface's table stands beside.

Cells = dict[int, Cell[Letter]]
Row = dict[str, Cells]


def becomes(state: Any, *events: Any) -> Becomes[Letter]:
    return Becomes(state, events)


def meets(name: str, *shape: Any) -> Refuses[Letter]:
    """An error of the credit; a callable in the shape takes the letter."""

    def make(letter: Letter) -> Any:
        return error(name, letter.id, *(x(letter) if callable(x) else x for x in shape))

    return Refuses(make)


def wrong(actual: Any, expected: Any = ISSUED) -> Refuses[Letter]:
    return meets("WrongCreditState", actual, expected)


UNKNOWN = meets("UnknownCredit")
EXISTS = meets("CreditExists")
ADVISES = told("CreditAdvised", advisingBank=ADVISER, apparentlyAuthentic=True)
SECOND_ADVISES = told("CreditAdvised", advisingBank=SECOND, apparentlyAuthentic=True)
DECLINES_ADVICE = told("AdviceDeclined", advisingBank=ADVISER)
SECOND_DECLINES_ADVICE = told("AdviceDeclined", advisingBank=SECOND)
REQUESTED = told("ConfirmationRequested", confirmingBank=NOMINATED)
CONFIRMS = told("CreditConfirmed", confirmingBank=CONFIRMER)
DECLINES = told("ConfirmationDeclined", confirmingBank=CONFIRMER)
STAYS = told("PaymentStayed", authority=AUTHORITY, until=lambda s: s.world.time + STAY, order=ORDER)
LIFTS = told("StayLifted", authority=AUTHORITY, order=LIFTED)
ADVISED_ALREADY = meets("AdvisedAlready", ADVISER)
SECOND_ADVISED_ALREADY = meets("AdvisedAlready", SECOND)
NOT_STAYED = meets("NotStayed")


def live(state: Any = ISSUED, **changes: Cells) -> Row:
    """A row of a credit that was issued: what is open in it, but for these changes."""
    row: Row = {
        "pre_advise": {ISSUER: EXISTS},
        "issue": {ISSUER: EXISTS},
        "issue_batch": {ISSUER: EXISTS},
        "issue_pre_advised": {ISSUER: wrong(ISSUED, PRE_ADVISED)},
        "advise": {ADVISER: becomes(state, ADVISES)},  # A5
        "decline_advice": {ADVISER: becomes(state, DECLINES_ADVICE)},  # A6
        "request": {ISSUER: meets("ConfirmationPending", CONFIRMER)},
        "confirm": {CONFIRMER: becomes(state, CONFIRMS)},  # A7
        "decline_confirmation": {CONFIRMER: becomes(state, DECLINES)},  # A8
        "stay": {AUTHORITY: becomes(state, STAYS)},  # A13
        "lift": {AUTHORITY: NOT_STAYED},
        "draw": {PRESENTATIONS: becomes(state)},
        "draw_up_to": {PRESENTATIONS: becomes(state)},
    }
    assert set(changes) <= set(row)
    return row | changes


def ended(state: Any, **changes: Cells) -> Row:
    """A row of a credit that is not, or no longer, issued."""
    acts = ("advise", "decline_advice", "confirm", "decline_confirmation", "request", "stay")
    owners = (ADVISER, ADVISER, CONFIRMER, CONFIRMER, ISSUER, AUTHORITY)
    cells = {act: {owner: wrong(state)} for act, owner in zip(acts, owners, strict=True)}
    draws = {act: {PRESENTATIONS: wrong(state)} for act in ("draw", "draw_up_to")}
    pre_advised = {"issue_pre_advised": {ISSUER: wrong(state, PRE_ADVISED)}}
    return live() | cells | draws | pre_advised | changes


# On what was presented before it; whether that is so, Presentations know.
DRAWN_ON = {act: {PRESENTATIONS: becomes(GONE)} for act in ("draw", "draw_up_to")}

MACHINE: ActorMachine[Letter] = ActorMachine(
    actors=ACTORS,
    stages={
        "none": none,
        "pre-advised": pre_advised,
        "pre-advice withdrawn": after(pre_advised, cancels, Letter.accept),
        "issued": issued,
        "issued as pre-advised": after(pre_advised, Letter.issue_pre_advised),
        "advised": after(issued, Letter.advise),
        "advised by both": after(issued, Letter.advise, lambda s: s.advise(SECOND)),
        "advice declined": after(issued, Letter.decline_advice),
        "advised after all": after(issued, Letter.decline_advice, Letter.advise),
        "second advice declined": after(issued, Letter.advise, lambda s: s.decline_advice(SECOND)),
        "nobody asked to confirm": unasked,
        "confirmed": confirmed,
        "confirmation declined": after(issued, Letter.decline_confirmation),
        "asked anew": after(
            issued, Letter.decline_confirmation, lambda s: s.request(bank=CONFIRMER)
        ),
        "stayed": stayed,
        "stay lapsed": no_longer_stayed,
        "stay lifted": after(stayed, Letter.lift),
        "drawn": after(issued, lambda s: s.draw(amount=FULL)),
        "expired": after(issued, later),
        "cancelled": after(issued, cancels, Letter.accept),
    },
    acts={
        "pre_advise": Letter.pre_advise,
        "issue": Letter.issue,
        "issue_batch": Letter.issue_batch,
        "issue_pre_advised": Letter.issue_pre_advised,
        "advise": Letter.advise,
        "decline_advice": Letter.decline_advice,
        "request": Letter.request,
        "confirm": Letter.confirm,
        "decline_confirmation": Letter.decline_confirmation,
        "stay": Letter.stay,
        "lift": Letter.lift,
        "draw": Letter.draw,
        "draw_up_to": Letter.draw_up_to,
    },
    record=Letter.record,
    state=Letter.state,
    table={
        "none": {
            "pre_advise": {ISSUER: becomes(PRE_ADVISED, own_credit("CreditPreAdvised", ISSUER))},
            "issue": {ISSUER: becomes(ISSUED, own_credit("CreditIssued", ISSUER))},
            "issue_batch": {ISSUER: becomes(ISSUED, own_credit("CreditIssued", ISSUER))},
            **{
                act: {owner: UNKNOWN}
                for act, owner in (
                    ("issue_pre_advised", ISSUER),
                    ("advise", ADVISER),
                    ("decline_advice", ADVISER),
                    ("request", ISSUER),
                    ("confirm", CONFIRMER),
                    ("decline_confirmation", CONFIRMER),
                    ("stay", AUTHORITY),
                    ("lift", AUTHORITY),
                    ("draw", PRESENTATIONS),
                    ("draw_up_to", PRESENTATIONS),
                )
            },
        },
        "pre-advised": ended(
            PRE_ADVISED,
            issue_pre_advised={ISSUER: becomes(ISSUED, own_credit("CreditIssued", ISSUER))},
        ),
        "pre-advice withdrawn": ended(GONE, **DRAWN_ON),
        "issued": live(),
        "issued as pre-advised": live(),
        "advised": live(
            advise={ADVISER: ADVISED_ALREADY, SECOND: becomes(ISSUED, SECOND_ADVISES)},  # A5a
            decline_advice={
                ADVISER: ADVISED_ALREADY,
                SECOND: becomes(ISSUED, SECOND_DECLINES_ADVICE),
            },
        ),
        "advised by both": live(
            advise={ADVISER: ADVISED_ALREADY, SECOND: SECOND_ADVISED_ALREADY},
            decline_advice={ADVISER: ADVISED_ALREADY, SECOND: SECOND_ADVISED_ALREADY},
        ),
        "advice declined": live(decline_advice={ADVISER: meets("AdviceDeclinedAlready", ADVISER)}),
        "advised after all": live(
            advise={ADVISER: ADVISED_ALREADY, SECOND: becomes(ISSUED, SECOND_ADVISES)},
            decline_advice={
                ADVISER: ADVISED_ALREADY,
                SECOND: becomes(ISSUED, SECOND_DECLINES_ADVICE),
            },
        ),
        "second advice declined": live(
            advise={ADVISER: ADVISED_ALREADY, SECOND: becomes(ISSUED, SECOND_ADVISES)},
            decline_advice={
                ADVISER: ADVISED_ALREADY,
                SECOND: meets("AdviceDeclinedAlready", SECOND),
            },
        ),
        "nobody asked to confirm": live(
            request={ISSUER: becomes(ISSUED, REQUESTED)}, confirm={}, decline_confirmation={}
        ),
        "confirmed": live(
            request={ISSUER: meets("ConfirmedAlready", CONFIRMER)},
            confirm={CONFIRMER: meets("ConfirmedAlready", CONFIRMER)},
            decline_confirmation={CONFIRMER: meets("ConfirmedAlready", CONFIRMER)},
        ),
        "confirmation declined": live(
            request={ISSUER: becomes(ISSUED, REQUESTED)},
            confirm={CONFIRMER: meets("ConfirmationDeclinedAlready", CONFIRMER)},
            decline_confirmation={CONFIRMER: meets("ConfirmationDeclinedAlready", CONFIRMER)},
        ),
        "asked anew": live(),
        "stayed": live(lift={AUTHORITY: becomes(ISSUED, LIFTS)}),
        "stay lapsed": live(),
        "stay lifted": live(),
        "drawn": live(
            draw={PRESENTATIONS: meets("Overdrawn", 1, 0)},
            draw_up_to={PRESENTATIONS: meets("NothingToDraw")},
        ),
        # A10: an expired credit stays issued; what is done under it still binds.
        "expired": live(EXPIRED),
        "cancelled": ended(GONE, **DRAWN_ON),
    },
    stranger=lambda letter, act, actor: turned_away(letter, act, actor),
)

# The role that each act needs, and what a bank meets whose act it is not.
ROLES: dict[str, tuple[Any, str]] = {
    "pre_advise": (Role.ISSUE, "CreditPreAdvised"),
    "issue": (Role.ISSUE, "CreditIssued"),
    "issue_batch": (Role.ISSUE, "CreditIssued"),
    "issue_pre_advised": (Role.ISSUE, "UnknownCredit"),
    "advise": (Role.ADVISE, "NotAdvisingBank"),
    "decline_advice": (Role.ADVISE, "NotAdvisingBank"),
    "request": (Role.ISSUE, "NotIssuingBank"),
    "confirm": (Role.ISSUE, "NotConfirmingBank"),
    "decline_confirmation": (Role.ISSUE, "NotConfirmingBank"),
    "stay": (Role.COURT, "PartyCannotStay"),
    "lift": (Role.COURT, "StayedByAnother"),
}


def turned_away(letter: Letter, act: str, actor: int) -> Cell[Letter]:
    """What an actor meets to whom the table does not open the act."""
    if act not in ROLES:
        return Refuses(lambda s: error("NotPresentations", caller(actor)))
    role, name = ROLES[act]
    if actor == PRESENTATIONS:
        return Refuses(lambda s: error("NotAMember", DRAWER))
    if not open_roles(KINDS[actor][0]) & role:
        return Refuses(lambda s: error("MissingRole", desk(actor), actor, int(role)))
    if act in ("pre_advise", "issue", "issue_batch"):
        # Any bank issues credits of its own, and this one stays as it is.
        return becomes(letter.state(), own_credit(name, actor))
    if act == "issue_pre_advised":
        return Refuses(lambda s: error(name, s.id_of(actor)))
    return UNKNOWN if letter.state() == NONE else meets(name, actor)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_a_credit_by_every_actor(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


# What every act leaves on record


FLAGS: list[tuple[Any, dict[str, Any]]] = [
    (issued, {}),
    (after(issued, Letter.advise), {"advised": True}),
    (
        after(issued, Letter.advise, lambda s: s.advise(SECOND)),
        {"advised": True, "second_advised": True},
    ),
    (after(issued, Letter.decline_advice), {"advice_declined": True}),
    (after(issued, Letter.decline_advice, Letter.advise), {"advised": True}),
    (
        after(issued, Letter.advise, lambda s: s.decline_advice(SECOND)),
        {"advised": True, "second_advice_declined": True},
    ),
    (confirmed, {"confirmed": True}),
    (after(issued, Letter.decline_confirmation), {"confirmation_declined": True}),
    (stayed, {"stayed": True}),
    (after(stayed, Letter.lift), {}),
    (after(issued, lambda s: s.draw(amount=77)), {"drawn": 77}),
    (pre_advised, {"state": int(PRE_ADVISED)}),
    (after(pre_advised, cancels, Letter.accept), {"state": int(GONE), "amendments": 1}),
    (after(pre_advised, cancels, Letter.issue_pre_advised), {}),
    (after(issued, cancels, Letter.accept), {"state": int(GONE), "amendments": 1}),
    (
        after(
            issued,
            Letter.advise,
            lambda s: s.advise(SECOND),
            Letter.confirm,
            Letter.stay,
            lambda s: s.draw(amount=5),
        ),
        {
            "advised": True,
            "second_advised": True,
            "confirmed": True,
            "stayed": True,
            "drawn": 5,
        },
    ),
]


@pytest.mark.parametrize(("stage", "changes"), FLAGS)
def test_an_act_changes_its_own_fields_alone(
    world: World, stage: Any, changes: dict[str, Any]
) -> None:
    letter = stage(world)
    assert letter.view("credit") == shown(letter, **changes)


def test_another_bank_takes_the_place_of_the_one_that_declined(world: World) -> None:
    letter = after(issued, Letter.decline_confirmation, Letter.request)(world)
    asked = letter.terms._replace(confirming_bank=NOMINATED)
    assert letter.view("credit") == shown(letter, terms=asked)
    with reverts("NotConfirmingBank", letter.id, CONFIRMER):
        letter.confirm()
    letter.confirm(NOMINATED)
    assert letter.view("credit") == shown(letter, terms=asked, confirmed=True)


def test_nobody_confirms_its_own_credit(world: World) -> None:
    """UCP 600 art. 2: a confirmation is an undertaking in addition to the issuing bank's."""
    letter = issued(world, confirming_bank=ISSUER)
    for act in (letter.confirm, letter.decline_confirmation):
        with reverts("NotConfirmingBank", letter.id, ISSUER):
            act(ISSUER)
    # Having named itself, it still may ask another.
    letter.request(bank=NOMINATED)
    letter.confirm(NOMINATED)
    letter = unasked(world)
    with reverts("NotConfirmingBank", letter.id, ISSUER):
        letter.request(bank=ISSUER)


def test_a_confirmation_is_asked_of_an_active_member(world: World) -> None:
    letter = unasked(world)
    with reverts("NotConfirmingBank", letter.id, 0):
        letter.request(bank=0)
    with reverts("PartyNotActive", MEMBERS + 1):
        letter.request(bank=MEMBERS + 1)
    world.governed("AllianceRegistry.suspend", NOMINATED)
    with reverts("PartyNotActive", NOMINATED):
        letter.request(bank=NOMINATED)


def test_an_advice_says_whether_the_credit_is_apparently_authentic(world: World) -> None:
    letter = issued(world)
    letter.send(ADVISER, "advise", letter.id, False).emitted(
        told("CreditAdvised", advisingBank=ADVISER, apparentlyAuthentic=False)(letter)
    )


def test_one_bank_named_twice_advises_once(world: World) -> None:
    letter = issued(world, second_advising_bank=ADVISER)
    letter.advise()
    with reverts("AdvisedAlready", letter.id, ADVISER):
        letter.advise()


def test_a_credit_without_an_advising_bank_is_advised_by_nobody(world: World) -> None:
    letter = issued(world, advising_bank=0)
    for bank in (ADVISER, OTHER):
        with reverts("NotAdvisingBank", letter.id, bank):
            letter.advise(bank)


# Issue

DAY_NOW = START // DAY
PARTIES = Issuance._fields[1:8]

# What no credit and no pre-advice may be.
BAD: list[tuple[dict[str, Any], str, tuple[Any, ...]]] = [
    ({"reference": bytes(16)}, "MissingReference", ()),
    ({"amount": 0}, "BadAmount", (0, 0)),
    ({"amount": MOST, "plus_tolerance": 1}, "BadAmount", (MOST, 1)),
    ({"amount": LARGEST + 1, "plus_tolerance": 99}, "BadAmount", (LARGEST + 1, 99)),
    ({"currency": 0}, "BadCurrency", (0,)),
    ({"currency": 1_000}, "BadCurrency", (1_000,)),
    ({"currency": 2**16 - 1}, "BadCurrency", (2**16 - 1,)),
    ({"plus_tolerance": 100}, "BadTolerance", (100, 0)),
    ({"minus_tolerance": 100}, "BadTolerance", (0, 100)),
    ({"plus_tolerance": 255, "minus_tolerance": 255}, "BadTolerance", (255, 255)),
    ({"presentation_period": 1_000}, "BadPeriod", (1_000,)),
    ({"presentation_period": 2**16 - 1}, "BadPeriod", (2**16 - 1,)),
    ({"expiry": 0}, "ExpiryPassed", (0, START)),
    ({"expiry": DAY_NOW - 2}, "ExpiryPassed", (DAY_NOW - 2, START)),
    ({"switches": sum(Switch) + 1}, "UnknownSwitches", (sum(Switch) + 1, sum(Switch))),
    ({"switches": 2**16 - 1}, "UnknownSwitches", (2**16 - 1, sum(Switch))),
    ({"terms": bytes(32)}, "MissingTerms", ()),
    ({"availability": int(Availability.NONE)}, "AvailabilityNotCarried", (Availability.NONE,)),
    *(
        ({party: stranger}, "PartyNotActive", (stranger,))
        for party in PARTIES
        for stranger in (MEMBERS + 1, 256 + ISSUER, 2**32 - 1)
    ),
]
# What no field of a packed credit can hold.
TOO_WIDE = {"currency": 2**10, "plus_tolerance": 2**7, "presentation_period": 2**10}
TOO_WIDE |= {"switches": 2**8}
BAD_CASES = [
    pytest.param(act, changes, name, args, id=f"{name}-{next(iter(changes))}-{act.__name__}")
    for changes, name, args in BAD
    for act in (Letter.issue, Letter.pre_advise, Letter.issue_batch)
    if act is not Letter.issue_batch
    or all(changes.get(field, 0) < limit for field, limit in TOO_WIDE.items())
]


@pytest.mark.parametrize(("act", "changes", "name", "args"), BAD_CASES)
def test_a_credit_that_cannot_be_issued(
    world: World, act: Any, changes: dict[str, Any], name: str, args: tuple[Any, ...]
) -> None:
    letter = none(world, PLAIN._replace(**changes))
    with reverts(name, *args):
        act(letter)
    assert letter.state() == NONE


SIGHT, DEFERRED, ACCEPTANCE, NEGOTIATION = list(Availability)[1:5]
MIXED = Availability.MIXED


@pytest.mark.parametrize("act", [Letter.issue, Letter.issue_batch])
def test_mixed_payment_needs_slices(world: World, act: Any) -> None:
    for tenor, from_ in ((0, 0), (1, 1), (1, 0), (0, 1)):
        terms = PLAIN._replace(availability=int(MIXED), tenor=tenor, tenor_from=from_)
        letter = none(world, terms)
        with reverts("AvailabilityNotCarried", MIXED):
            act(letter)
    letter.pre_advise()
    assert letter.state() == PRE_ADVISED


AT_SIGHT, FROM_SIGHT, FROM_SHIPMENT, ON_A_DAY = MaturityFrom


@pytest.mark.parametrize("tenor_from", MaturityFrom)
@pytest.mark.parametrize("tenor", [0, 1, 2**16 - 1])
@pytest.mark.parametrize("availability", [SIGHT, DEFERRED, ACCEPTANCE, NEGOTIATION])
def test_a_usance_fits_how_the_credit_is_available(
    world: World, availability: Any, tenor: int, tenor_from: Any
) -> None:
    """UCP 600 art. 6(b), 7(a): none at sight, one for deferred payment and acceptance."""
    terms = PLAIN._replace(availability=int(availability), tenor=tenor, tenor_from=int(tenor_from))
    at_sight = tenor == 0 and tenor_from == AT_SIGHT
    usance = tenor != 0 and tenor_from != AT_SIGHT
    allowed = {
        SIGHT: at_sight,
        DEFERRED: usance,
        ACCEPTANCE: usance,
        NEGOTIATION: at_sight or usance,
    }[availability]
    for act in (Letter.issue, Letter.issue_batch):
        letter = none(world, terms)
        if allowed:
            act(letter)
            assert letter.view("credit") == shown(letter)
        else:
            with reverts("BadTenor", availability, tenor, tenor_from):
                act(letter)
    # A pre-advice may leave it open, and the credit may not.
    letter = none(world, terms)
    letter.pre_advise()
    assert letter.view("credit") == shown(letter, state=PRE_ADVISED)
    if not allowed:
        with reverts("BadTenor", availability, tenor, tenor_from):
            letter.issue_pre_advised()


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
    {"presentation_period": 999},
    # Nobody but the issuing bank need be a member, and one member may stand in every place.
    dict.fromkeys(PARTIES, 0),
    dict.fromkeys(PARTIES, ISSUER),
    {"transferable": True},
    {"partial_forbidden": True},
    {"any_bank": True},
    *({"switches": int(each)} for each in Switch),
    {"switches": sum(Switch)},
    {"reference": b"\0" * 15 + b"\1"},
]


@pytest.mark.parametrize("act", ["issue", "issue_batch"])
@pytest.mark.parametrize("changes", GOOD)
def test_a_credit_at_the_edge_is_issued_as_it_is(
    world: World, changes: dict[str, Any], act: str
) -> None:
    expect_stored(none(world, PLAIN._replace(**changes)), act)


@pytest.mark.parametrize("act", ["issue", "issue_batch"])
def test_random_credits_are_stored_field_by_field(world: World, act: str, seed: int) -> None:
    source = random.Random(seed)
    letter = none(world)
    for _ in range(200):
        percent = source.randint(0, 99)
        availability = source.choice([SIGHT, DEFERRED, ACCEPTANCE, NEGOTIATION])
        usance = availability in (DEFERRED, ACCEPTANCE) or (
            availability == NEGOTIATION and source.random() < 0.5
        )
        letter.terms = Issuance(
            source.randbytes(16),
            *(source.randint(0, MEMBERS) for _ in PARTIES),
            source.randint(1, MOST * 100 // (100 + percent)),
            source.randint(1, 999),
            percent,
            source.randint(0, 99),
            source.randint(DAY_NOW - 1, 2**16 - 1),
            source.getrandbits(16),
            source.randint(0, 999),
            source.randint(1, 2**16 - 1) if usance else 0,
            source.randint(1, 3) if usance else 0,
            int(availability),
            *(source.random() < 0.5 for _ in range(3)),
            source.randint(0, sum(Switch)),
            source.randbytes(32),
        )
        expect_stored(letter, act)


def expect_stored(letter: Letter, act: str) -> None:
    receipt = getattr(letter, act)()
    assert letter.id == letter.world.view("Credits.creditIdOf", ISSUER, letter.terms.reference)
    if act == "issue":
        assert receipt.value == letter.id
    receipt.emitted(own_credit("CreditIssued", ISSUER)(letter))
    assert letter.view("credit") == shown(letter)
    # The words are those in which a batch gives them, with the issuing bank and the state.
    words = packed(letter.terms)
    expected = (words.parties | ISSUER << 224, words.numbers | int(ISSUED) << 231)
    for bank in (ISSUER, CONFIRMER, 0):
        assert letter.view("bindingWords", bank) == expected


@pytest.mark.parametrize("act", [Letter.issue, Letter.pre_advise, Letter.issue_batch])
def test_a_credit_is_issued_until_its_expiry_is_over_everywhere(world: World, act: Any) -> None:
    expiry = DAY_NOW + 10
    # UTC-12 is the last place where that day ends.
    over = (expiry + 1) * DAY + 12 * 3_600
    for time in (over - 1, over, over + 1):
        with world.aside():
            letter = none(world.at(time), PLAIN._replace(expiry=expiry))
            if time < over:
                act(letter)
                continue
            with reverts("ExpiryPassed", expiry, time):
                act(letter)


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
    neighbours = (world.addresses["AllianceRegistry"], ZERO_ADDRESS, DRAWER, TRANSFERS)
    world.deploy("LetterOfCredit", "LetterOfCredit", *neighbours, ZERO_ADDRESS, CREDITS_EDITION)
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


@pytest.mark.parametrize("view", ["credit", "bindingWords", "undertaking", "amendmentOf"])
def test_a_credit_that_is_not_there_is_named(world: World, view: str) -> None:
    rest = () if view == "credit" else (1,)
    with reverts("UnknownCredit", bytes(32)):
        world.view(f"LetterOfCredit.{view}", bytes(32), *rest)


def test_the_contract_knows_its_neighbours(world: World) -> None:
    assert world.view("LetterOfCredit.registry") == world.addresses["AllianceRegistry"]
    assert world.view("LetterOfCredit.calendar") == world.addresses["BankingCalendar"]
    assert world.view("LetterOfCredit.presentations") == world.addresses["Presentations"]
    assert world.view("LetterOfCredit.edition") == CREDITS_EDITION


# Batches


def numbered(count: int) -> list[Issuance]:
    """Credits of which each differs from the next, so that none keeps what another said."""
    kinds = itertools.cycle(GOOD)
    return [
        PLAIN._replace(
            **next(kinds)
            | {
                "reference": f"BATCH{n}".encode().ljust(16, b"\0"),
                "terms": keccak(text=f"terms {n}"),
            }
        )
        for n in range(count)
    ]


def test_a_batch_issues_each_as_issue_does(world: World) -> None:
    letter, batch = none(world), numbered(100)
    receipt = letter.send(ISSUER, "issueBatch", [packed(each) for each in batch])
    expected = []
    for letter.terms in batch:
        assert letter.view("credit") == shown(letter)
        expected.append(own_credit("CreditIssued", ISSUER)(letter))
    receipt.emitted(*expected)


def test_a_batch_is_issued_whole_or_not_at_all(world: World) -> None:
    letter, batch = none(world), numbered(3)
    for faulty, name, args in (
        (batch[2]._replace(currency=0), "BadCurrency", (0,)),
        (batch[0], "CreditExists", (credit_id(ISSUER, batch[0].reference),)),
    ):
        with reverts(name, *args):
            letter.send(
                ISSUER, "issueBatch", [packed(each) for each in (batch[0], batch[1], faulty)]
            )
        for letter.terms in batch:
            assert letter.state() == NONE


def test_an_empty_batch_is_no_act(world: World) -> None:
    with reverts("EmptyBatch"):
        none(world).send(ISSUER, "issueBatch", [])


# Bits of the numbers that a credit is issued with; all others are filled by later acts.
GIVEN = (*range(64, 184), *range(200, 231), *range(234, 237), *range(246, 254))


@pytest.mark.parametrize("bit", sorted(set(range(256)) - set(GIVEN)))
def test_a_packed_credit_fills_no_place_of_later_acts(world: World, bit: int) -> None:
    words = packed(PLAIN)
    words = words._replace(numbers=words.numbers | 1 << bit)
    with reverts("BadPackedCredit", words.parties, words.numbers):
        none(world).send(ISSUER, "issueBatch", [words])


@pytest.mark.parametrize("availability", [6, 7])
def test_a_packed_credit_is_available_in_a_way_that_there_is(
    world: World, availability: int
) -> None:
    words = packed(PLAIN._replace(availability=availability))
    with reverts("BadPackedCredit", words.parties, words.numbers):
        none(world).send(ISSUER, "issueBatch", [words])


@pytest.mark.parametrize("bit", [224, 255])
def test_a_packed_credit_names_no_issuing_bank(world: World, bit: int) -> None:
    words = packed(PLAIN)
    words = words._replace(parties=words.parties | 1 << bit)
    with reverts("BadPackedCredit", words.parties, words.numbers):
        none(world).send(ISSUER, "issueBatch", [words])


# Pre-advice (UCP 600 art. 11(b))

SAID = PLAIN._replace(amount=1_000, plus_tolerance=5, minus_tolerance=5, expiry=EXPIRY)
# What may differ between the pre-advice and the credit.
CONSISTENT: list[dict[str, Any]] = [
    {},
    {"amount": 1_001},
    {"expiry": EXPIRY + 1},
    {"latest_shipment": 0},
    {"presentation_period": 10},
    {"plus_tolerance": 0, "minus_tolerance": 0},
    {"partial_forbidden": True},
    {"transferable": True},
    {"any_bank": True},
    {"switches": sum(Switch)},
    {"applicant": 0},
    {"second_advising_bank": 0},
    {"nominated_bank": 0},
    {"confirming_bank": CONFIRMER},
    {"reimbursing_bank": 0},
    {"terms": keccak(text="the full terms")},
]
CONTRADICTING: list[tuple[dict[str, Any], Any]] = [
    ({"beneficiary": 0}, PreAdvisedTerm.BENEFICIARY),
    ({"advising_bank": SECOND}, PreAdvisedTerm.ADVISING_BANK),
    ({"currency": 392}, PreAdvisedTerm.CURRENCY),
    ({"availability": int(NEGOTIATION)}, PreAdvisedTerm.AVAILABILITY),
    ({"amount": 999}, PreAdvisedTerm.AMOUNT),
    ({"expiry": EXPIRY - 1}, PreAdvisedTerm.EXPIRY),
]


@pytest.mark.parametrize("changes", CONSISTENT)
def test_a_credit_is_issued_on_terms_that_do_not_contradict_its_pre_advice(
    world: World, changes: dict[str, Any]
) -> None:
    letter = none(world, SAID)
    letter.pre_advise()
    letter.terms = SAID._replace(**changes)
    receipt = letter.issue_pre_advised()
    assert receipt.value == letter.id
    receipt.emitted(own_credit("CreditIssued", ISSUER)(letter))
    assert letter.view("credit") == shown(letter)


@pytest.mark.parametrize(("changes", "term"), CONTRADICTING)
def test_a_credit_that_contradicts_its_pre_advice_is_not_issued(
    world: World, changes: dict[str, Any], term: Any
) -> None:
    letter = none(world, SAID)
    letter.pre_advise()
    letter.terms = SAID._replace(**changes)
    with reverts("ContradictsPreAdvice", letter.id, term):
        letter.issue_pre_advised()
    assert letter.state() == PRE_ADVISED


def test_every_pre_advised_term_is_tried() -> None:
    assert [term for _, term in CONTRADICTING] == list(PreAdvisedTerm)


@pytest.mark.parametrize(
    ("changes", "name", "args"), [each for each in BAD if each[1] != "PartyNotActive"]
)
def test_a_pre_advice_excuses_no_bad_credit(
    world: World, changes: dict[str, Any], name: str, args: tuple[Any, ...]
) -> None:
    letter = none(world, PLAIN)
    letter.pre_advise()
    letter.terms = PLAIN._replace(**changes)
    if "reference" in changes:
        name, args = "UnknownCredit", (letter.id,)
    with reverts(name, *args):
        letter.issue_pre_advised()


# Whether a suspended bank may still issue the credit that it pre-advised.
BEYOND: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"latest_shipment": 0, "terms": keccak(text="the full terms")}, False),
    ({"amount": 1_001}, True),
    # More with the tolerance, or less: 1,000 and 5 per cent are 1,050.
    ({"amount": 1_050, "plus_tolerance": 0}, False),
    ({"amount": 1_051, "plus_tolerance": 0}, True),
    ({"plus_tolerance": 6}, True),
    ({"expiry": EXPIRY + 1}, True),
    ({"confirming_bank": CONFIRMER}, True),
    ({"reimbursing_bank": 0}, True),
]


@pytest.mark.parametrize(("changes", "beyond"), BEYOND)
def test_a_bank_out_of_standing_issues_what_it_pre_advised_and_no_more(
    world: World, changes: dict[str, Any], beyond: bool
) -> None:
    letter = none(world, SAID)
    letter.pre_advise()
    world.governed("AllianceRegistry.suspend", ISSUER)
    letter.terms = SAID._replace(**changes)
    if beyond:
        with reverts("NewBusinessClosed", ISSUER, 0):
            letter.issue_pre_advised()
    else:
        letter.issue_pre_advised()
        assert letter.state() == ISSUED


def test_other_parties_than_pre_advised_are_active_members(world: World) -> None:
    letter = none(world, SAID)
    letter.pre_advise()
    # Those that were pre-advised need not be any more.
    world.governed("AllianceRegistry.suspend", BENEFICIARY)
    letter.terms = SAID._replace(confirming_bank=MEMBERS + 1)
    with reverts("PartyNotActive", MEMBERS + 1):
        letter.issue_pre_advised()
    letter.terms = SAID
    letter.issue_pre_advised()


def test_a_withdrawal_that_was_proposed_falls_away_with_the_issue(world: World) -> None:
    letter = after(pre_advised, cancels, Letter.issue_pre_advised)(world)
    with reverts("UnknownAmendment", letter.id, 1):
        letter.accept()
    # The first amendment of the credit has its number.
    letter.amend()
    letter.accept()
    assert letter.state() == ISSUED


# Drawings


def test_a_drawing_counts_to_the_last_unit(world: World) -> None:
    letter = issued(world, amount=1_000, plus_tolerance=5)
    _, numbers = letter.view("bindingWords", ISSUER)
    assert letter.draw(amount=1_000).value == numbers + 1_000
    with reverts("Overdrawn", letter.id, 51, 50):
        letter.draw(amount=51)
    assert letter.draw(amount=49).value == numbers + 1_049
    assert letter.view("credit").drawn == 1_049
    assert letter.draw_up_to(amount=2).value == (1, numbers + 1_050)
    assert letter.view("credit").drawn == 1_050
    with reverts("NothingToDraw", letter.id):
        letter.draw_up_to(amount=MOST)
    with reverts("Overdrawn", letter.id, 1, 0):
        letter.draw()


def test_a_drawing_of_the_largest_credit_spills_into_no_other_field(world: World) -> None:
    letter = issued(world, amount=MOST)
    letter.draw(amount=MOST)
    assert letter.view("credit") == shown(letter, drawn=MOST)
    with reverts("Overdrawn", letter.id, MOST, 0):
        letter.draw(amount=MOST)


def test_the_smaller_of_the_demand_and_the_rest_is_drawn(world: World) -> None:
    letter = issued(world, amount=10)
    assert letter.draw_up_to(amount=4).value[0] == 4
    assert letter.draw_up_to(amount=7).value[0] == 6
    assert letter.view("credit").drawn == 10


def test_a_zero_demand_draws_nothing(world: World) -> None:
    letter = issued(world)
    with reverts("NothingToDraw", letter.id):
        letter.draw_up_to(amount=0)


def test_central_bank_and_trader_stand_where_they_are_named(world: World) -> None:
    credit = world.view("LetterOfCredit.credit", world.issue(CENTRAL, applicant=APPLICANT))
    assert (credit.issuingBank, credit.issuance.applicant) == (CENTRAL, APPLICANT)

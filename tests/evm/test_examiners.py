# SPDX-License-Identifier: Apache-2.0
"""Banks that examine: where documents may be presented, and who is bound by silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from eth_utils import keccak
from suite import Error, error
from vocabulary import Disposal, Flag, Mark, PresentationState
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CENTRAL,
    DAY,
    FRANKFURT,
    ISSUER,
    OTHER,
    REMOTE,
    START,
    Lodging,
    PresentationKey,
    World,
    desk,
    instant,
    refused,
    reverts,
)

LODGED, COMPLYING, REFUSED, PRECLUDED = (
    PresentationState.LODGED,
    PresentationState.COMPLYING,
    PresentationState.REFUSED,
    PresentationState.PRECLUDED,
)
AMOUNT = 128_000_000
NOBODY = 2**32 - 1
BOUND, UNBOUND = Mark(0), Mark.UNBOUND
# A Monday; the first case of the vectors.
RECEIVED = instant("2025-09-29T10:00:00+08:00")


def confirmed(world: World, bank: int = ADVISER, **changes: Any) -> bytes:
    """A credit that the bank has confirmed."""
    credit = world.issue(**{"expiry": START // DAY + 90, "confirming_bank": bank} | changes)
    world.send(desk(bank), "LetterOfCredit.confirm", credit)
    return credit


@dataclass(frozen=True)
class Place:
    """A credit, a bank, and what a presentation there is: bound, unbound, or refused."""

    name: str
    bank: int
    outcome: Any
    credit: dict[str, Any] = field(default_factory=dict)
    confirms: int = 0


NOT_PERMITTED = "BankNotPermitted"
UNKNOWN = "UnknownMember"
NOMINATED = {"nominated_bank": OTHER}
ANY = {"any_bank": True}
PLACES = [
    # UCP 600 art. 6(a): the issuing bank always.
    *(
        Place(f"the issuing bank, {name}", ISSUER, BOUND, credit, confirms)
        for name, credit, confirms in (
            ("alone", {}, 0),
            ("with a nominated bank", NOMINATED, 0),
            ("with a confirming bank", {}, ADVISER),
            ("with any bank", ANY, 0),
        )
    ),
    # Art. 6(d)(ii): the nominated bank, or any bank.
    Place("the nominated bank", OTHER, UNBOUND, NOMINATED),
    Place("another than the nominated bank", FRANKFURT, NOT_PERMITTED, NOMINATED),
    Place("the advising bank", ADVISER, NOT_PERMITTED),
    Place("any bank", FRANKFURT, UNBOUND, ANY),
    Place("the central bank as any bank", CENTRAL, UNBOUND, ANY),
    Place("no bank as any bank", APPLICANT, NOT_PERMITTED, ANY),
    Place("nobody as any bank", NOBODY, UNKNOWN, ANY),
    Place("no number as any bank", 0, UNKNOWN, ANY),
    Place("no number", 0, NOT_PERMITTED),
    Place("nobody", NOBODY, NOT_PERMITTED),
    Place("a trader", BENEFICIARY, NOT_PERMITTED),
    # Art. 8(a): the bank that confirmed, not the one that was only asked to.
    Place("the bank that confirmed", ADVISER, BOUND, {}, ADVISER),
    Place("the nominated bank that confirmed", OTHER, BOUND, NOMINATED, OTHER),
    Place("any bank that confirmed", ADVISER, BOUND, ANY, ADVISER),
    Place("a bank asked to confirm", ADVISER, NOT_PERMITTED, {"confirming_bank": ADVISER}),
    Place("the nominated bank beside the one that confirmed", OTHER, UNBOUND, NOMINATED, ADVISER),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda each: each.name)
def test_article_6_where_documents_may_be_presented(world: World, place: Place) -> None:
    if place.confirms:
        credit = confirmed(world, place.confirms, **place.credit)
    else:
        credit = world.issue(**place.credit)
    if isinstance(place.outcome, str):
        args = (place.bank,) if place.outcome == UNKNOWN else (credit, place.bank)
        key = PresentationKey(credit, place.bank, BENEFICIARY, 1)
        lodging = Lodging(key, AMOUNT, 0, False, bytes(32))
        with reverts(place.outcome, *args):
            world.send(desk(BENEFICIARY), "Presentations.lodge", lodging)
        return
    record = world.presentation(world.lodge(credit, examiner=place.bank))
    assert (record.state, Mark(record.marks)) == (LODGED, place.outcome)


# Clocks of their own

BANKS = {
    # The banks, with the close of their fifth banking day.
    ISSUER: instant("2025-10-13T17:00:00+08:00"),
    ADVISER: instant("2025-10-13T17:00:00+08:00"),
    OTHER: instant("2025-10-14T17:00:00+08:00"),
    # 3 October is a holiday in Frankfurt.
    FRANKFURT: instant("2025-10-07T16:00:00+02:00"),
    REMOTE: 0,
}


def test_article_14_each_bank_has_its_own_five_days(world: World) -> None:
    credit = confirmed(world, any_bank=True, nominated_bank=OTHER)
    world.at(RECEIVED)
    for bank, deadline in BANKS.items():
        key = world.lodge(credit, examiner=bank)
        assert world.presentation(key).deadline == deadline


@pytest.mark.parametrize("after", [-1, 0, 1])
@pytest.mark.parametrize(
    "bank", [pytest.param(each, id=f"bank {each}") for each, deadline in BANKS.items() if deadline]
)
def test_article_16_silence_binds_issuing_and_confirming_bank_alone(
    world: World, bank: int, after: int
) -> None:
    credit = confirmed(world, any_bank=True, nominated_bank=OTHER)
    world.at(RECEIVED)
    key = world.lodge(credit, examiner=bank, shipped=0)
    deadline = BANKS[bank]
    world.at(deadline + after)
    bound, late = bank in (ISSUER, ADVISER), after > 0
    precluded = bound and late
    assert world.view("Presentations.isPrecluded", key) is precluded
    assert world.state_of(key) == (PRECLUDED if precluded else LODGED)

    passed = error("DeadlinePassed", key.id, deadline, world.time)
    notice = key, 1, int(Disposal.HOLD), bytes(32)
    # Nobody refuses late; who is not bound may still honour.
    expect(world, bank, "refuse", notice, passed if late else None)
    for act, args in (
        ("findComplying", (key,)),
        ("findComplyingWith", (key, 0, False)),
        ("acceptDiscrepancies", (key, bytes(32), False)),
    ):
        expect(world, bank, act, args, passed if precluded else None)

    claim = error("NotPrecluded", key.id, deadline, world.time)
    if not bound:
        claim = error("BankNotBound", key.id, bank)
    expect(world, BENEFICIARY, "claimPrecluded", (key,), None if precluded else claim)


def expect(
    world: World, member: int, act: str, args: tuple[Any, ...], expected: Error | None
) -> None:
    """The act ends with this error, or without any; then it is undone."""
    with world.aside():
        if expected is None:
            world.send(desk(member), f"Presentations.{act}", *args)
        else:
            with refused(expected):
                world.send(desk(member), f"Presentations.{act}", *args)


def test_a_bank_that_confirms_later_was_not_bound_before(world: World) -> None:
    credit = world.issue(nominated_bank=OTHER, confirming_bank=OTHER)
    before = world.lodge(credit, examiner=OTHER, number=1, amount=1)
    world.send(desk(OTHER), "LetterOfCredit.confirm", credit)
    after = world.lodge(credit, examiner=OTHER, number=2, amount=1)
    world.at(world.presentation(after).deadline + 1)
    assert [world.state_of(key) for key in (before, after)] == [LODGED, PRECLUDED]


# Decisions of their own


def test_article_14_no_bank_is_bound_by_what_another_found(world: World) -> None:
    credit = confirmed(world)
    one = world.lodge(credit, examiner=ADVISER, amount=60_000_000)
    other = world.lodge(credit, examiner=ISSUER, amount=60_000_000)
    world.send(desk(ADVISER), "Presentations.findComplying", one)
    world.send(desk(ISSUER), "Presentations.refuse", other, 1, int(Disposal.HOLD), bytes(32))
    assert (world.state_of(one), world.state_of(other)) == (COMPLYING, REFUSED)


def test_both_undertakings_stand_behind_the_same_drawings(world: World) -> None:
    credit = confirmed(world, amount=100)
    at_issuer = world.lodge(credit, examiner=ISSUER, amount=60)
    at_confirmer = world.lodge(credit, examiner=ADVISER, amount=41)
    world.send(desk(ADVISER), "Presentations.findComplying", at_confirmer)
    with reverts("Overdrawn", credit, 60, 59):
        world.send(desk(ISSUER), "Presentations.findComplying", at_issuer)
    assert world.view("LetterOfCredit.credit", credit).drawn == 41


def amended(world: World, credit: bytes, number: int, extends: int = 0, **changes: Any) -> None:
    """An amendment that the beneficiary accepts, the confirming bank only if it extends."""
    terms = amendment(number, **changes)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    if extends:
        world.send(desk(extends), "LetterOfCredit.extendConfirmation", credit, number)
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, number, bytes(32))


def amendment(number: int, **changes: Any) -> tuple[Any, ...]:
    """The struct of ILetterOfCredit, of nothing but its changes."""
    fields = {
        "number": number,
        "cancels": False,
        "increase": 0,
        "decrease": 0,
        "expiry": 0,
        "latest_shipment": 0,
        "presentation_period": 0,
        "sets_tolerance": False,
        "plus_tolerance": 0,
        "minus_tolerance": 0,
        "terms": keccak(text=f"amendment {number}"),
    }
    assert changes.keys() <= fields.keys()
    return tuple((fields | changes).values())


def test_article_10_each_bank_judges_by_the_numbers_that_bind_it(world: World) -> None:
    credit = confirmed(world, amount=100)
    amended(world, credit, 1, increase=50)
    amended(world, credit, 2, decrease=60, extends=ADVISER)
    # 90 in force; what the confirming bank follows alone leaves 40.
    flags = {
        (bank, amount): Flag(
            world.presentation(
                world.lodge(credit, examiner=bank, amount=amount, number=amount)
            ).flags
        )
        for bank in (ISSUER, ADVISER)
        for amount in (40, 41, 90, 91)
    }
    assert {place for place, each in flags.items() if each} == {
        (ISSUER, 91),
        (ADVISER, 41),
        (ADVISER, 90),
        (ADVISER, 91),
    }
    found = world.send(
        desk(ADVISER),
        "Presentations.findComplying",
        PresentationKey(credit, ADVISER, BENEFICIARY, 40),
    )
    (told,) = (each for each in found.events if each.name == "FoundComplying")
    assert told.fields["version"] == 1
    found = world.send(
        desk(ISSUER),
        "Presentations.findComplying",
        PresentationKey(credit, ISSUER, BENEFICIARY, 40),
    )
    (told,) = (each for each in found.events if each.name == "FoundComplying")
    assert told.fields["version"] == 2


# Refusals of their own

DISPOSALS = {
    Disposal.NONE: (),
    Disposal.HOLD: (ISSUER, ADVISER, OTHER),
    # Art. 16(c)(iii)(b): it is the issuing bank that hears from an applicant.
    Disposal.NOTIFY: (ISSUER,),
    Disposal.RETURN: (ISSUER, ADVISER, OTHER),
    Disposal.PREVIOUS_INSTRUCTIONS: (),
}


@pytest.mark.parametrize(
    "bank", [ISSUER, ADVISER, OTHER], ids=["issuing", "confirming", "nominated"]
)
@pytest.mark.parametrize("disposal", DISPOSALS)
def test_article_16_which_disposals_are_open_to_which_bank(
    world: World, disposal: Any, bank: int
) -> None:
    credit = confirmed(world, nominated_bank=OTHER)
    key = world.lodge(credit, examiner=bank)
    is_open = bank in DISPOSALS[disposal]
    notice = key, (1 << 25) - 1, int(disposal), bytes(32)
    expected = error("DisposalNotOpen", key.id, disposal)
    expect(world, bank, "refuse", notice, None if is_open else expected)
    # Art. 16(c)(iii)(d): by instructions that were on record before.
    if disposal == Disposal.PREVIOUS_INSTRUCTIONS:
        world.send(desk(BENEFICIARY), "Disposals.instruct", key, 1, bytes(32))
        assert Mark(world.presentation(key).marks) & Mark.INSTRUCTED
        world.send(desk(bank), "Presentations.refuse", *notice)
        assert world.presentation(key).disposal == disposal


# Presentations that comply with pending amendments


def find_with(world: World, key: PresentationKey, amendments: int) -> Any:
    return world.send(desk(key.examiner), "Presentations.findComplyingWith", key, amendments, False)


def test_article_10c_a_presentation_accepts_the_amendments_with_which_it_complies(
    world: World,
) -> None:
    credit = world.issue(amount=100, expiry=START // DAY + 3)
    for number, changes in enumerate(
        ({"increase": 50}, {"expiry": START // DAY + 90}, {"decrease": 10}), 1
    ):
        terms = amendment(number, **changes)
        world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    world.at(START + 10 * DAY)
    key = world.lodge(credit, amount=140)
    assert Flag(world.presentation(key).flags) == Flag.LATE | Flag.OVERDRAWN
    # As it stands, and with either amendment alone, it does not comply.
    for amendments, flags in ((0, Flag.LATE | Flag.OVERDRAWN), (2, Flag.LATE), (4, Flag.OVERDRAWN)):
        with world.aside(), reverts("CannotComply", key.id, int(flags)):
            find_with(world, key, amendments)
    with world.aside(), reverts("UnknownAmendment", credit, 4):
        find_with(world, key, 1 << 4 | 2)
    found = find_with(world, key, 2 | 4)
    assert [each.name for each in found.events] == [
        "AmendmentAccepted",
        "AmendmentAccepted",
        "ObligationIncurred",
        "FoundComplying",
    ]
    assert found.events[-1].fields["version"] == 2
    assert world.state_of(key) == COMPLYING
    # Judged anew, nothing is flagged any more.
    assert world.presentation(key).flags == 0
    after = world.view("LetterOfCredit.credit", credit)
    assert (after.issuance.amount, after.issuance.expiry) == (150, START // DAY + 90)
    assert (after.drawn, after.version, after.amendments) == (140, 2, 3)


def test_what_a_confirming_bank_did_not_extend_to_is_not_what_it_judges_by(world: World) -> None:
    credit = confirmed(world, amount=100)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment(1, increase=50))
    key = world.lodge(credit, examiner=ADVISER, amount=150)
    with reverts("CannotComply", key.id, int(Flag.OVERDRAWN)):
        find_with(world, key, 2)
    world.send(desk(ADVISER), "LetterOfCredit.extendConfirmation", credit, 1)
    find_with(world, key, 2)
    assert world.view("LetterOfCredit.credit", credit).drawn == 150


def name(world: World, key: PresentationKey, amendments: int) -> None:
    world.send(desk(key.presenter), "Presentations.nameAmendments", key, amendments)


def test_article_10c_a_decrease_that_documents_do_without_is_accepted_if_it_is_named(
    world: World,
) -> None:
    credit = world.issue(amount=100)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment(1, decrease=50))
    key = world.lodge(credit, amount=40)
    with reverts("AmendmentNotNamed", credit, 1):
        find_with(world, key, 2)
    # Another one.
    name(world, key, 4)
    with reverts("AmendmentNotNamed", credit, 1):
        find_with(world, key, 2)
    name(world, key, 2)
    assert world.view("Presentations.amendmentsPresentedOn", key.id) == 6
    find_with(world, key, 2)
    assert world.view("LetterOfCredit.credit", credit).issuance.amount == 50


def test_article_10c_a_decrease_that_documents_need_is_accepted_without_a_name(
    world: World,
) -> None:
    credit = world.issue(amount=100, partial_forbidden=True)
    terms = amendment(1, decrease=50)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    key = world.lodge(credit, amount=50)
    assert Flag(world.presentation(key).flags) == Flag.SHORT
    find_with(world, key, 2)
    assert world.view("LetterOfCredit.credit", credit).issuance.amount == 50


def test_article_10c_what_carries_is_seen_now_and_not_at_lodging(world: World) -> None:
    credit = world.issue(amount=100)
    # The second takes and gives: documents that need it accept it.
    mixed = {"decrease": 10, "expiry": START // DAY + 300}
    for number, changes in ((1, {"increase": 50}), (2, mixed)):
        terms = amendment(number, **changes)
        world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    key = world.lodge(credit, amount=120)
    assert Flag(world.presentation(key).flags) == Flag.OVERDRAWN
    world.send(desk(BENEFICIARY), "LetterOfCredit.acceptAmendment", credit, 1, bytes(32))
    with reverts("AmendmentNotNamed", credit, 2):
        find_with(world, key, 4)


def test_no_presentation_accepts_a_cancellation(world: World) -> None:
    credit = world.issue()
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, amendment(1, cancels=True))
    key = world.lodge(credit)
    with reverts("ConsentNotExpress", credit, 1):
        find_with(world, key, 2)


def test_a_smaller_floor_lets_a_short_drawing_comply(world: World) -> None:
    credit = world.issue(amount=100, partial_forbidden=True)
    terms = amendment(1, sets_tolerance=True, minus_tolerance=20)
    world.send(desk(ISSUER), "LetterOfCredit.amend", credit, terms)
    key = world.lodge(credit, amount=80)
    with reverts("CannotComply", key.id, int(Flag.SHORT)):
        world.send(desk(ISSUER), "Presentations.findComplying", key)
    find_with(world, key, 2)
    assert world.state_of(key) == COMPLYING

# SPDX-License-Identifier: Apache-2.0
"""What binds a confirming bank that does not follow every amendment (UCP 600 art. 10(b))."""

from __future__ import annotations

import random
from typing import Any

import pytest
from eth_utils import keccak
from letters import (
    ASKED,
    CONFIRMER,
    EXPIRY,
    ISSUER,
    NOMINATED,
    PRESENTATIONS,
    SECOND,
    Letter,
    confirmed,
    issued,
    joined,
    told,
)
from vocabulary import AmendmentState
from world import Amendment, Issuance, World, packed, reverts

# Amount and expiry at issue; the ceiling is 1,050.
SMALL = ASKED._replace(amount=1_000, plus_tolerance=5, minus_tolerance=5)
TEXTS = [keccak(text=f"text {number}") for number in range(9)]


def small(world: World) -> Letter:
    letter = issued(world, SMALL)
    letter.confirm()
    return letter


def expect(letter: Letter, bank: int, **changes: Any) -> None:
    """What binds the bank is the small credit with these changes."""
    expected = SMALL._replace(reference=bytes(16), **changes)
    assert letter.undertaking(bank) == expected
    _, word = letter.view("bindingWords", bank)
    half = (1 << 120) - 1
    assert word >> 64 & half == packed(expected).numbers >> 64 & half


def test_a_bank_that_does_not_extend_is_bound_as_before(world: World) -> None:
    letter = small(world)
    letter.amend(increase=500, expiry=EXPIRY + 30, terms=TEXTS[1])
    letter.accept()
    amended = {"amount": 1_500, "expiry": EXPIRY + 30, "terms": joined(SMALL.terms, TEXTS[1])}
    # Every other bank, and the beneficiary towards it, stands on the credit as amended.
    for bank in (ISSUER, NOMINATED, SECOND, 0):
        expect(letter, bank, **amended)
    expect(letter, CONFIRMER)
    found = letter.view("credit")
    assert (found.diverged, found.version) == (True, 1)
    assert letter.view("undertaking", CONFIRMER).version == 0


def test_each_bank_is_drawn_on_up_to_its_own_ceiling(world: World) -> None:
    letter = small(world)
    letter.amend(increase=500)
    letter.accept()
    with reverts("Overdrawn", letter.id, 1_051, 1_050):
        letter.draw(amount=1_051, bank=CONFIRMER)
    assert letter.draw_up_to(amount=1_051, bank=CONFIRMER).value[0] == 1_050
    with reverts("NothingToDraw", letter.id):
        letter.draw_up_to(bank=CONFIRMER)
    # One counter: what the confirming bank honoured is drawn for the issuing bank as well.
    with reverts("Overdrawn", letter.id, 526, 525):
        letter.draw(amount=526)
    _, words = letter.view("bindingWords", ISSUER)
    assert letter.draw(amount=525).value == words + 525
    # Nothing is left anywhere, and no counter runs below zero.
    for bank in (ISSUER, CONFIRMER):
        with reverts("Overdrawn", letter.id, 1, 0):
            letter.draw(bank=bank)


def test_a_drawing_answers_with_the_numbers_that_bind_the_bank(world: World) -> None:
    letter = small(world)
    letter.amend(increase=500)
    letter.accept()
    for bank in (ISSUER, CONFIRMER):
        _, before = letter.view("bindingWords", bank)
        assert letter.draw(amount=3, bank=bank).value == before + 3
        _, before = letter.view("bindingWords", bank)
        assert letter.draw_up_to(amount=4, bank=bank).value == (4, before + 4)
        # What is drawn on one bank changes the terms of neither.
        assert letter.undertaking(ISSUER).amount == 1_500
        assert letter.undertaking(CONFIRMER).amount == 1_000
    # One counter for both.
    assert [letter.view("undertaking", bank).drawn for bank in (ISSUER, CONFIRMER)] == [14, 14]


def test_a_bank_that_keeps_the_larger_amount_can_be_drawn_on_beyond_the_smaller(
    world: World,
) -> None:
    letter = small(world)
    letter.amend(decrease=900)
    letter.accept()
    letter.draw(amount=800, bank=CONFIRMER)
    # Drawn above the ceiling of 105: nothing is left, and later amendments still pass.
    with reverts("Overdrawn", letter.id, 1, 0):
        letter.draw()
    letter.amend(latest_shipment=EXPIRY)
    letter.accept(number=2)
    letter.amend(decrease=1)
    with reverts("BelowDrawings", letter.id, 103, 800):
        letter.accept(number=3)
    letter.amend(increase=1)
    letter.accept(number=4)
    assert letter.view("credit").issuance.amount == 101


def test_a_bank_follows_one_amendment_and_not_the_one_before(world: World) -> None:
    letter = small(world)
    letter.amend(increase=500, terms=TEXTS[1])
    letter.amend(expiry=EXPIRY + 30, terms=TEXTS[2])
    letter.extend(number=2)
    letter.accept(number=1)
    letter.accept(number=2)
    expect(letter, CONFIRMER, expiry=EXPIRY + 30, terms=joined(SMALL.terms, TEXTS[2]))
    expect(
        letter,
        ISSUER,
        amount=1_500,
        expiry=EXPIRY + 30,
        terms=joined(SMALL.terms, TEXTS[1], TEXTS[2]),
    )
    letter.extend(number=1).emitted(told("ConfirmationExtended", number=1, diverged=False)(letter))
    assert not letter.view("credit").diverged
    assert letter.view("undertaking", CONFIRMER) == letter.view("undertaking", ISSUER)


def test_what_a_later_amendment_set_stands_when_an_earlier_one_is_followed(world: World) -> None:
    letter = small(world)
    letter.amend(expiry=EXPIRY + 1, latest_shipment=EXPIRY - 1, terms=TEXTS[1])
    letter.amend(expiry=EXPIRY + 2, terms=TEXTS[2])
    letter.amend(increase=1, terms=TEXTS[3])
    letter.extend(number=2)
    for number in (1, 2, 3):
        letter.accept(number=number)
    letter.extend(number=1).emitted(told("ConfirmationExtended", number=1, diverged=True)(letter))
    # The expiry of the second amendment, which was accepted later; the shipment of the first.
    expect(
        letter,
        CONFIRMER,
        expiry=EXPIRY + 2,
        latest_shipment=EXPIRY - 1,
        terms=joined(SMALL.terms, TEXTS[2], TEXTS[1]),
    )


def test_a_pending_amendment_stands_in_the_way_of_nothing(world: World) -> None:
    """What is extended to and not accepted has set nothing yet."""
    letter = small(world)
    letter.amend(expiry=EXPIRY + 1)
    letter.amend(expiry=EXPIRY + 2)
    letter.amend(increase=1)
    letter.extend(number=2)
    letter.accept(number=1)
    letter.accept(number=3)
    letter.extend(number=1)
    assert letter.undertaking(CONFIRMER).expiry == EXPIRY + 1
    letter.accept(number=2)
    assert letter.undertaking(CONFIRMER).expiry == EXPIRY + 2


def test_decreases_followed_without_their_increases_leave_nothing_and_no_less(
    world: World,
) -> None:
    letter = small(world)
    letter.amend(increase=4_000)
    letter.amend(increase=300)
    letter.amend(decrease=1_200)
    letter.extend(number=3)
    for number in (1, 2, 3):
        letter.accept(number=number)
    assert letter.undertaking(CONFIRMER).amount == 0
    with reverts("NothingToDraw", letter.id):
        letter.draw_up_to(bank=CONFIRMER)
    # 1,000 and 300 less 1,200, whichever came first.
    letter.extend(number=2)
    assert letter.undertaking(CONFIRMER).amount == 100
    letter.extend(number=1)
    assert letter.undertaking(CONFIRMER).amount == 4_100
    assert not letter.view("credit").diverged


def test_whoever_confirms_later_confirms_the_credit_as_amended(world: World) -> None:
    letter = issued(world, SMALL)
    letter.amend(increase=500, terms=TEXTS[1])
    letter.accept()
    letter.confirm()
    letter.amend(increase=1, terms=TEXTS[2])
    letter.accept(number=2)
    expect(letter, CONFIRMER, amount=1_500, terms=joined(SMALL.terms, TEXTS[1]))
    assert letter.view("undertaking", CONFIRMER).version == 1
    with reverts("ExtendedAlready", letter.id, 1):
        letter.extend(number=1)
    letter.extend(number=2)
    assert letter.undertaking(CONFIRMER) == letter.undertaking(ISSUER)


def test_a_bank_can_fall_behind_again(world: World) -> None:
    letter = small(world)
    for number in (1, 2):
        letter.amend(increase=100)
        letter.accept(number=number)
        assert letter.undertaking(CONFIRMER).amount == 900 + 100 * number
        letter.extend(number=number)
        assert letter.undertaking(CONFIRMER).amount == 1_000 + 100 * number
        assert not letter.view("credit").diverged


def test_a_presentation_leaves_behind_the_bank_that_did_not_extend(world: World) -> None:
    letter = small(world)
    letter.amend(increase=100)
    letter.amend(increase=10)
    letter.extend(number=2)
    letter.accept_by_presentation(PRESENTATIONS, 1, 2)
    assert letter.undertaking(ISSUER).amount == 1_110
    assert letter.undertaking(CONFIRMER).amount == 1_010


def test_the_confirmation_of_a_bank_that_followed_all_is_the_credit(world: World) -> None:
    letter = confirmed(world)
    for number in range(1, 6):
        letter.amend(increase=number, expiry=EXPIRY + number)
        letter.extend(number=number)
        letter.accept(number=number)
        assert letter.view("undertaking", CONFIRMER) == letter.view("undertaking", ISSUER)
        assert not letter.view("credit").diverged


# Any order of proposing, extending, refusing to and accepting

FIELDS = ("expiry", "latest_shipment", "presentation_period")


def amended(terms: Issuance, amendments: list[Amendment]) -> Issuance:
    """The terms as these amendments, accepted in this order, change them."""
    amount = terms.amount
    for each in amendments:
        amount += each.increase - each.decrease
        changes = {name: getattr(each, name) for name in FIELDS if getattr(each, name)}
        if each.sets_tolerance:
            changes |= {
                "plus_tolerance": each.plus_tolerance,
                "minus_tolerance": each.minus_tolerance,
            }
        terms = terms._replace(**changes)
    return terms._replace(amount=max(0, amount))


def some_amendment(source: random.Random, number: int, left: int) -> Amendment:
    def one_of(first: int, last: int) -> int:
        return source.choice((0, source.randint(first, last)))

    changes = [0, source.randint(0, left)]
    if source.random() < 0.5:
        changes = [source.randint(0, 2_000), 0]
    sets = source.random() < 0.3
    return Amendment(
        number,
        False,
        *changes,
        one_of(EXPIRY - 20, EXPIRY + 50),
        one_of(EXPIRY - 40, EXPIRY),
        one_of(1, 99),
        sets,
        source.randint(0, 99) if sets else 0,
        source.randint(0, 99) if sets else 0,
        source.randbytes(32),
    )


@pytest.mark.parametrize("run", range(16))
def test_the_order_in_which_a_bank_follows_changes_nothing_but_when(
    world: World, run: int, seed: int
) -> None:
    source = random.Random(f"{seed} {run}")
    letter = small(world)
    issued_amendments: list[Amendment] = []
    in_force: list[Amendment] = []
    followed: set[int] = set()
    # In the order in which they came to bind the confirming bank.
    bound: list[bytes] = []
    for _ in range(50):
        current = amended(SMALL, in_force)
        choice = source.random()
        number = source.randint(1, len(issued_amendments) or 1)
        open_ones = [each for each in issued_amendments if each not in in_force]
        if choice < 0.25 or not issued_amendments:
            letter.amendment = some_amendment(
                source, len(issued_amendments) + 1, current.amount // 3
            )
            letter.propose()
            issued_amendments.append(letter.amendment)
        elif choice < 0.6:
            if number not in followed:
                letter.extend(number=number)
                followed.add(number)
                if issued_amendments[number - 1] in in_force:
                    bound.append(issued_amendments[number - 1].terms)
        elif open_ones:
            chosen = source.choice(open_ones)
            if amended(SMALL, [*in_force, chosen]).amount == 0:
                continue
            letter.accept(number=chosen.number)
            in_force.append(chosen)
            if chosen.number in followed:
                bound.append(chosen.terms)
        if all(each.number in followed for each in in_force):
            bound = [each.terms for each in in_force]

        expect(letter, ISSUER, **rest(in_force, [each.terms for each in in_force]))
        own = [each for each in in_force if each.number in followed]
        expect(letter, CONFIRMER, **rest(own, bound))
        assert letter.view("credit").diverged == (own != in_force)
        assert letter.view("undertaking", CONFIRMER).version == len(own)
    assert len(in_force) >= 5
    states = {letter.amendment_state(each.number) for each in in_force}
    assert states == {AmendmentState.ACCEPTED}


def rest(amendments: list[Amendment], texts: list[bytes]) -> dict[str, Any]:
    """The small credit after these amendments, as changes to it."""
    found = amended(SMALL, amendments)._asdict()
    found.pop("reference")
    return found | {"terms": joined(SMALL.terms, *texts)}

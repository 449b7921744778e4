# SPDX-License-Identifier: Apache-2.0
"""Alliances that live one after another, and what became of each, down to the last record.

A run has a seed, and each of its alliances one that follows from it, so that a run can be cut
anywhere, divided among processes, and done again.
"""

from __future__ import annotations

import functools
import hashlib
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from lives import Life
from suite import functions
from vocabulary import CreditState, ObligationState, PresentationState
from watching import expect_of_model, watched
from world import KINDS, OUTSIDER, World, alliance, treasury

# Of one alliance.
TRANSACTIONS: Final = 7_000
# How often the last records are compared, and all of them.
SOON, SELDOM = 500, 3_500
RECENT: Final = 60
OF_PRESENTATIONS: Final = (
    "presentation",
    "amendmentsPresentedOn",
)
OF_OBLIGATIONS: Final = (
    "obligation",
    "assignmentOf",
    "agreedPrepayment",
    "currentCreditor",
    "followedBy",
    "follows",
)
FORK: Final = multiprocessing.get_context("fork")


@dataclass
class Outcome:
    """What an alliance went through."""

    number: int
    transactions: int
    # By act: how often it was tried, and passed.
    tried: Counter[str]
    done: Counter[str]
    # How often each error was met.
    met: Counter[str]
    # The states in which records were at the end, and credits on the way.
    credits: set[Any]
    documents: set[Any]
    debts: set[Any]
    # What the chain saw of documents, and whether their drawings were counted before.
    flags: set[int]
    counted: set[bool]
    # How many confirming banks fell behind, and caught up.
    behind: int
    caught_up: int
    # SHA-256 of everything on record.
    digest: str
    until: str = ""


def name_of(seed: int, number: int) -> str:
    """The seed of an alliance."""
    return f"{seed}, alliance {number}"


@functools.cache
def founded() -> World:
    """The alliance at work, deployed once in each process."""
    return alliance()


def lived(seed: int, number: int, transactions: int = TRANSACTIONS) -> Outcome:
    """Lets an alliance live; raises AssertionError at the first that is not as it should be."""
    with founded().aside() as world:
        life, watch = watched(world, name_of(seed, number), often=200)
        looked = 0
        while watch.acts < transactions:
            life.step()
            assert watch.broken == {}, f"seed {seed}, alliance {number}: {watch.broken}"
            if watch.acts // SOON > looked:
                looked = watch.acts // SOON
                life.look()
                life.compare(None if looked % (SELDOM // SOON) == 0 else RECENT)
                expect_of_model(life, watch, RECENT)
        life.compare()
        watch.sweep()
        assert watch.broken == {}, f"seed {seed}, alliance {number}: {watch.broken}"
        expect_of_model(life, watch, None)
        return outcome(number, life, watch.acts)


def outcome(number: int, life: Life, transactions: int) -> Outcome:
    model = life.model
    return Outcome(
        number,
        transactions,
        life.run.tried,
        life.run.done,
        life.run.met,
        {CreditState(each) for each in life.states},
        {PresentationState(each.state) for each in model.presentations.values()},
        {ObligationState(each.state) for each in model.obligations.values()},
        {each.flags for each in model.presentations.values()},
        {each.counted for each in model.presentations.values()},
        len(life.behind),
        len(life.caught_up),
        digest(life),
        str(model.local()),
    )


def digest(life: Life) -> str:
    """SHA-256 of every record and balance, as the contracts answer."""
    world, model = life.world, life.model
    found = hashlib.sha256()
    questions: list[tuple[Any, ...]] = []
    for number, credit in model.credits.items():
        questions.append(("LetterOfCredit", "credit", number))
        bank = credit.origin.confirming_bank
        questions.append(("LetterOfCredit", "undertaking", number, bank))
        questions.append(("LetterOfCredit", "stayOf", number))
        for place in range(1, len(credit.proposals) + 1):
            questions.append(("LetterOfCredit", "amendmentOf", number, place))
    for key in model.presentations:
        questions.extend(("Presentations", view, key.id) for view in OF_PRESENTATIONS)
        questions.append(("Forwarding", "forwardedAs", key.id))
    for number in model.obligations:
        for view in OF_OBLIGATIONS:
            questions.append(("PaymentObligations", view, number))
    for cash in model.cash.values():
        questions.extend((cash, "balanceOf", treasury(member)) for member in KINDS)
    for contract, view, *about in questions:
        function = functions(world.contracts[contract])[view]
        found.update(world.raw(OUTSIDER, contract, function.calldata(*about)))
    return found.hexdigest()


def alliances(seed: int, first: int, processes: int) -> Iterator[Outcome]:
    """The lives of a run one by one, from the alliance numbered ``first``, without end."""
    with ProcessPoolExecutor(processes, FORK) as pool:
        waiting = [pool.submit(lived, seed, first + ahead) for ahead in range(processes)]
        try:
            while True:
                done = waiting.pop(0)
                waiting.append(pool.submit(lived, seed, first + processes))
                first += 1
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def several(seed: int, count: int, processes: int = 2) -> list[Outcome]:
    """So many of them."""
    with ProcessPoolExecutor(processes, FORK) as pool:
        return list(pool.map(functools.partial(lived, seed), range(count)))


def chained(digests: list[str]) -> str:
    """SHA-256 over alliances, each joined to those before it."""
    state = ""
    for each in digests:
        state = hashlib.sha256(bytes.fromhex(state + each)).hexdigest()
    return state

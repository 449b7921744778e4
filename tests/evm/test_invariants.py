# SPDX-License-Identifier: Apache-2.0
"""Every invariant, over random lives of credits, documents and titles that nothing else judges."""

from __future__ import annotations

import os
import random
import re
import tomllib
from typing import TYPE_CHECKING

import custody_lives
import delivery_lives
import papers_lives
import pytest
from invariants import INVARIANTS
from invariants_custody import CUSTODY, CustodyWatch
from invariants_papers import PAPERS, PaperWatch
from invariants_titles import TITLES, TitleWatch
from long_life import name_of
from vocabulary import ROOT
from watching import watched

if TYPE_CHECKING:
    from world import World

STEPS = 3_000
ACTS_ON_TITLES = 1_000
ACTS_IN_CUSTODY = 1_500
PROOFS = ROOT / "tests/proofs"
TABLE = tomllib.loads((PROOFS / "invariants.toml").read_text("utf-8"))
# Seed, alliance and acts of lives in which something was once found broken.
KEPT = [(3, 2, 2_900), (4, 16, 1_450)]
FUNCTION = re.compile(r"function invariant_([A-Z]\d+)_(\w+)\(")


@pytest.fixture(scope="session")
def broken(founded: World, seed: int, request: pytest.FixtureRequest) -> dict[str, str]:
    """What was found broken, by the invariant's number.

    Only those are asked whose tests run, and no longer than until each of them is broken.
    """
    ids = {
        item.callspec.params["number"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "broken" in item.fixturenames
    }
    of_papers = {number for number in ids if INVARIANTS[number].of == PAPERS}
    of_titles = {number for number in ids if INVARIANTS[number].of == TITLES}
    of_custody = {number for number in ids if INVARIANTS[number].of == CUSTODY}
    of_credits = ids - of_papers - of_titles - of_custody
    found: dict[str, str] = {}
    # Where a fault was sown, it is looked for in more than one life.
    for number in range(int(os.environ.get("YANGSHAN_LIVES", "1"))):
        name = f"{seed}, life {number}"
        if of_credits - found.keys():
            with founded.aside():
                life, watch = watched(founded, name, ids=of_credits, strict=False)
                for _ in range(STEPS):
                    life.step()
                    if watch.broken.keys() == of_credits:
                        break
                found = watch.broken | found
        if of_papers - found.keys():
            with founded.aside():
                papers = papers_lives.Life(founded, name, strict=False)
                seen = PaperWatch(papers, of_papers)
                while seen.acts < STEPS and seen.broken.keys() != of_papers:
                    papers.step()
                found = seen.broken | found
        if of_titles - found.keys():
            with founded.aside():
                titles = delivery_lives.Life(founded, name, strict=False)
                told = TitleWatch(titles, of_titles)
                while told.acts < ACTS_ON_TITLES and told.broken.keys() != of_titles:
                    titles.step()
                found = told.broken | found
        if of_custody - found.keys():
            with founded.aside():
                voyages = custody_lives.Life(founded, random.Random(name), strict=False)
                kept = CustodyWatch(voyages, of_custody)
                while kept.acts < ACTS_IN_CUSTODY and kept.broken.keys() != of_custody:
                    voyages.step()
                found = kept.broken | found
    return found


@pytest.mark.parametrize("number", INVARIANTS)
def test_it_holds(broken: dict[str, str], number: str) -> None:
    assert broken.get(number) is None


@pytest.mark.parametrize(("seed_of_run", "number", "acts"), KEPT)
def test_a_life_that_failed_once(founded: World, seed_of_run: int, number: int, acts: int) -> None:
    with founded.aside():
        life, watch = watched(founded, name_of(seed_of_run, number), often=200)
        while watch.acts < acts:
            life.step()
    assert watch.broken == {}


def test_every_row_is_held_in_each_place() -> None:
    """By a check here and by a function of forge's, of the same name."""
    functions = [
        found
        for path in sorted(PROOFS.rglob("*.t.sol"))
        for found in FUNCTION.findall(path.read_text("utf-8"))
    ]
    ids = [row["id"] for row in TABLE["invariant"]]
    assert len(set(ids)) == len(ids) >= 40
    assert sorted(number for number, _ in functions) == sorted(ids)
    named = {number: camel(each.check.__name__) for number, each in INVARIANTS.items()}
    assert dict(functions) == named


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)


def test_every_row_says_what_and_whose_rule_and_finds_a_fault_of_its_own() -> None:
    for row in TABLE["invariant"]:
        assert row.keys() == {"id", "holds", "source", "mutant"}
        assert all(row.values()), row["id"]
    mutants = [row["mutant"] for row in TABLE["invariant"]]
    assert len(set(mutants)) == len(mutants)


def test_every_property_is_held_by_a_row_or_waits() -> None:
    numbers = [each["number"] for each in TABLE["property"]]
    assert numbers == list(range(1, 14))
    sources = [row["source"].partition("propert")[2] for row in TABLE["invariant"]]
    held = {int(number) for source in sources for number in re.findall(r"\d+", source)}
    elsewhere = [each for each in TABLE["property"] if {"waits", "test"} & each.keys()]
    assert held == set(numbers) - {each["number"] for each in elsewhere}
    for each in elsewhere:
        path, _, name = each.get("test", "").partition("::")
        assert "waits" in each or f"def {name}(" in (ROOT / path).read_text("utf-8")

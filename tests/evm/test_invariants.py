# SPDX-License-Identifier: Apache-2.0
"""Every invariant, over a random life of credits that nothing but the invariants judges."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from invariants import INVARIANTS
from watching import watched

if TYPE_CHECKING:
    from world import World

STEPS = 3_000


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
    found: dict[str, str] = {}
    # Where a fault was sown, it is looked for in more than one life.
    for number in range(int(os.environ.get("YANGSHAN_LIVES", "1"))):
        with founded.aside():
            life, watch = watched(founded, f"{seed}, life {number}", ids=ids, strict=False)
            for _ in range(STEPS):
                life.step()
                if watch.broken.keys() == ids:
                    break
        found = watch.broken | found
        if found.keys() == ids:
            break
    return found


@pytest.mark.parametrize("number", INVARIANTS)
def test_it_holds(broken: dict[str, str], number: str) -> None:
    assert broken.get(number) is None

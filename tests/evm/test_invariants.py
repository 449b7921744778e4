# SPDX-License-Identifier: Apache-2.0
"""Every invariant, over a random life of credits that nothing but the invariants judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from invariants import INVARIANTS
from watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from world import World

STEPS = 3_000


@pytest.fixture(scope="session")
def broken(founded: World, seed: int, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What was found broken, by the invariant's number.

    Only those are asked whose tests run, and no longer than until each of them is broken.
    """
    ids = {
        item.callspec.params["number"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "broken" in item.fixturenames
    }
    with founded.aside():
        life, watch = watched(founded, seed, ids=ids, strict=False)
        for _ in range(STEPS):
            life.step()
            if watch.broken.keys() == ids:
                break
        yield watch.broken


@pytest.mark.parametrize("number", INVARIANTS)
def test_it_holds(broken: dict[str, str], number: str) -> None:
    assert broken.get(number) is None

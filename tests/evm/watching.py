# SPDX-License-Identifier: Apache-2.0
"""A random life with the invariants looking on."""

from __future__ import annotations

import invariants_documents
import invariants_letters
import invariants_obligations
import invariants_unpaid
from book import Book
from facts import ChainFacts, ModelFacts, Remembered
from invariants import Scene, Watch
from lives import Life
from world import World

# Each enters its rows.
ROWS = (invariants_letters, invariants_documents, invariants_obligations, invariants_unpaid)


def watched(
    world: World,
    seed: int | str,
    *,
    ids: set[str] | None = None,
    strict: bool = True,
    often: int = 50,
) -> tuple[Life, Watch]:
    """A life, and who asks the contracts after every act whether the invariants hold."""
    life = Life(world, seed, strict=strict)
    return life, watch(life, ids, often)


def watch(life: Life, ids: set[str] | None = None, often: int = 50) -> Watch:
    """Who asks the contracts after every act of a life, of whatever kind."""
    world, cash = life.world, life.model.cash
    book = Book({name: currency for currency, name in cash.items()})
    facts = Remembered(ChainFacts(world, cash))
    found = Watch(Scene(book, facts, world.time, life.model.calendars), ids, often)
    life.watchers.append(found.see)
    return found


def expect_of_model(life: Life, watch: Watch, count: int | None) -> None:
    """Asserts that the invariants hold of the last records, or of all, as the model has them."""
    scene = watch.scene
    facts = Remembered(ModelFacts(life.model))
    of_model = Watch(Scene(scene.book, facts, life.model.time, scene.calendars))
    of_model.sweep(count)
    assert of_model.broken == {}

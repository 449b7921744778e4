# SPDX-License-Identifier: Apache-2.0
"""Transition tables: for every state and act the next state with its events, or the error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import pytest
from suite import Error, Event
from world import Receipt, World, refused

Scene = TypeVar("Scene")


@dataclass(frozen=True)
class Becomes(Generic[Scene]):
    """The act succeeds: the record is in ``state`` and exactly these events came, in order."""

    state: Any
    events: tuple[Callable[[Scene], Event], ...]


@dataclass(frozen=True)
class Refuses(Generic[Scene]):
    """The act reverts with this error and the record stays as it was."""

    error: Callable[[Scene], Error]


Cell = Becomes[Scene] | Refuses[Scene]

# What the acts of all tables sent: contract, function and caller.
DRIVEN: Final[set[tuple[str, str, str]]] = set()


def noted(act: Callable[..., Receipt]) -> Callable[..., Receipt]:
    """An act of which the last transaction is noted, passed or refused."""

    def tried(scene: Any, *args: Any) -> Receipt:
        world: World = scene.world
        world.sent = None
        try:
            return act(scene, *args)
        finally:
            if world.sent is not None:
                DRIVEN.add(world.sent)

    return tried


@dataclass(frozen=True)
class Machine(Generic[Scene]):
    """``stages`` bring a world into each state, ``acts`` try something there."""

    stages: Mapping[str, Callable[[World], Scene]]
    acts: Mapping[str, Callable[[Scene], Receipt]]
    record: Callable[[Scene], Any]
    state: Callable[[Scene], int]
    table: Mapping[str, Mapping[str, Cell[Scene]]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "acts", {name: noted(act) for name, act in self.acts.items()})

    def expect_complete(self) -> None:
        """No stage, act or cell is missing or left over."""
        assert list(self.table) == list(self.stages)
        for stage, row in self.table.items():
            assert list(row) == list(self.acts), stage

    def cells(self) -> list[Any]:
        return [
            pytest.param(stage, act, id=f"{stage}-{act}")
            for stage in self.stages
            for act in self.acts
        ]

    def run(self, world: World, stage: str, act: str) -> None:
        scene = self.stages[stage](world)
        self.expect(scene, act, self.table[stage][act])

    def expect(self, scene: Scene, act: str, cell: Cell[Scene]) -> None:
        """Asserts that the act does here what the cell says."""
        if isinstance(cell, Refuses):
            before = self.record(scene)
            with refused(cell.error(scene)):
                self.acts[act](scene)
            assert self.record(scene) == before
        else:
            receipt = self.acts[act](scene)
            assert self.state(scene) == cell.state
            receipt.emitted(*(make(scene) for make in cell.events))


@dataclass(frozen=True)
class ActorMachine(Generic[Scene]):
    """A machine in which every act is tried by every actor.

    The table names whom an act is open to in a stage, and what comes of it; ``stranger`` says what
    everybody else meets there.
    """

    stages: Mapping[str, Callable[[World], Scene]]
    acts: Mapping[str, Callable[[Scene, int], Receipt]]
    actors: tuple[int, ...]
    record: Callable[[Scene], Any]
    state: Callable[[Scene], Any]
    table: Mapping[str, Mapping[str, Mapping[int, Cell[Scene]]]]
    stranger: Callable[[Scene, str, int], Cell[Scene]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "acts", {name: noted(act) for name, act in self.acts.items()})

    def expect_complete(self) -> None:
        """No stage, act or cell is missing or left over."""
        assert list(self.table) == list(self.stages)
        for stage, row in self.table.items():
            assert list(row) == list(self.acts), stage
            for act, cells in row.items():
                assert set(cells) <= set(self.actors), (stage, act)

    def cells(self) -> list[Any]:
        return [
            pytest.param(stage, act, id=f"{stage}-{act}")
            for stage in self.stages
            for act in self.acts
        ]

    def run(self, world: World, stage: str, act: str) -> None:
        """Tries the act by each actor in a stage of its own."""
        scene = self.stages[stage](world)
        before = self.record(scene)
        for actor in self.actors:
            with world.aside():
                cell = self.table[stage][act].get(actor) or self.stranger(scene, act, actor)
                if isinstance(cell, Refuses):
                    with refused(cell.error(scene)):
                        self.acts[act](scene, actor)
                    assert self.record(scene) == before, (act, actor)
                else:
                    receipt = self.acts[act](scene, actor)
                    assert self.state(scene) == cell.state, (act, actor)
                    receipt.emitted(*(make(scene) for make in cell.events))

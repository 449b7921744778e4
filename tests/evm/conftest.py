# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

pytest.register_assert_rewrite("machine", "world")

from world import World, alliance  # noqa: E402 - what it asserts is to be explained

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = int(os.environ.get("YANGSHAN_SEED", "600"))
NOTES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def founded() -> World:
    """The alliance at work, deployed once."""
    return alliance()


@pytest.fixture
def world(founded: World) -> Iterator[World]:
    """The alliance at work; what a test does to it is undone after the test."""
    with founded.aside():
        yield founded


@pytest.fixture(scope="session")
def seed() -> int:
    """The seed of every random run: SEED=n of `make test`, else always the same."""
    return SEED


@pytest.fixture
def note(request: pytest.FixtureRequest) -> list[str]:
    """Lines that a test wants to see printed at the end of the run."""
    return request.config.stash[NOTES]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[NOTES] = [f"seed {SEED} (SEED=n chooses another)"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks whether everything was asserted comes last."""
    items.sort(key=lambda item: item.path.stem == "test_completeness")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash[NOTES]:
        terminalreporter.write_line(line)

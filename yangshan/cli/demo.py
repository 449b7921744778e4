# SPDX-License-Identifier: Apache-2.0
"""``yangshan demo``: plays the story on a node of its own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yangshan.cli.common import AsJson, console, print_json
from yangshan.story.play import Options, play
from yangshan.story.screen import Screen

if TYPE_CHECKING:
    from datetime import datetime

    from yangshan.deployment.progress import StepReport
    from yangshan.story.play import Network
    from yangshan.story.repertoire import Story
    from yangshan.story.summary import Attempt, Observation, Step


class NetworkChoice(StrEnum):
    """The nodes that the demo can play on."""

    ANVIL = "anvil"
    GANACHE = "ganache"


class _Silence:
    """An audience for programs, which read the summary."""

    def begins(self, network: Network, story: Story) -> None:
        """Says nothing."""

    def prepared(self, step: StepReport) -> None:
        """Says nothing."""

    def act(self, number: int, title: str, credit: str) -> None:
        """Says nothing."""

    def hears(
        self, number: int, heard: Step | Observation | Attempt, deadline: datetime | None
    ) -> None:
        """Says nothing."""


def demo(
    network: Annotated[
        NetworkChoice, typer.Option("--network", help="The node to play on.")
    ] = NetworkChoice.ANVIL,
    credit: Annotated[
        Path | None, typer.Option("--credit", help="Another MT 700 for the first act.")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for report.html and summary.json.")
    ] = Path("build/demo"),
    as_json: AsJson = False,
) -> int:
    """Play the story: seven credits issued, amended, transferred, presented under and paid."""
    options = Options(network=network.value, credit=credit)
    if as_json:
        played = play(options, _Silence())
        played.write(out)
        print_json(played.summary.model_dump(mode="json"))
        return 0
    screen = Screen(console)
    try:
        played = play(options, screen)
        played.write(out)
        screen.ends(played, str(out))
    finally:
        screen.close()
    return 0

# SPDX-License-Identifier: Apache-2.0
"""The story as it runs, for a person at a terminal of about 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from yangshan.money import Money
from yangshan.story.summary import Attempt, Observation, Step

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from yangshan.deployment.progress import StepReport
    from yangshan.story.play import Network, Played
    from yangshan.story.repertoire import Story

_MARKS = {Step: ("●", "green"), Observation: ("○", "cyan"), Attempt: ("✗", "red")}
_INDENT = (0, 0, 0, 5)
_OUTCOMES = {"COMPLYING": "green", "REFUSED": "yellow", "PRECLUDED": "magenta"}


class Screen:
    """Prints each step when it has happened."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._prepared = 0
        self._gas = 0
        self._stands = False
        self._status = console.status("")

    def begins(self, network: Network, story: Story) -> None:
        """The node is about to start."""
        self._console.print(Rule("[bold]Yangshan[/]", style="dim"))
        self._console.print(
            f"{len(story.acts)} credits on a fresh chain ({network}) that begins on "
            f"{story.start:%Y-%m-%d} at {story.start:%H:%M} UTC.\n"
        )
        self._status.update("starting the node")
        self._status.start()

    def prepared(self, step: StepReport) -> None:
        """A transaction of deploying and setting up, or of funding a payment, took effect."""
        if self._stands:
            self._console.print(Text.assemble(("●    ", "dim"), f"{step.actor} {step.what}"))
            return
        self._prepared += 1
        self._gas += step.gas or 0
        self._status.update(f"{self._prepared:3} {escape(step.actor)} {escape(step.what)}")

    def act(self, number: int, title: str, credit: str) -> None:
        """An act has come to its first step."""
        self._settle()
        self._console.print()
        self._console.print(
            Rule(
                f"[bold]Act {number}[/]  {escape(title)}  [dim]{credit}[/]",
                style="dim",
                align="left",
            )
        )

    def hears(
        self, number: int, heard: Step | Observation | Attempt, deadline: datetime | None
    ) -> None:
        """A step, or what was seen or tried in vain, and the deadline it set."""
        mark, colour = _MARKS[type(heard)]
        what = heard.what if isinstance(heard, Observation) else heard.action
        self._console.print(
            Text.assemble(
                (f"{mark} {number}  ", colour),
                (f"{heard.time:%Y-%m-%d %H:%M:%S %z}  ", "dim"),
                (heard.actor, "bold"),
            )
        )
        for line in (Text(what), _last_line(heard, deadline)):
            self._console.print(Padding(line, _INDENT, expand=False))

    def ends(self, played: Played, folder: str) -> None:
        """Every act has come to its end, and the results are written."""
        self._console.print()
        self._console.print(Rule(style="dim"))
        for act in played.summary.acts:
            shown = act.presentation
            colour = _OUTCOMES.get(shown.state, "white")
            self._console.print(
                f"Act {act.number}  {act.credit.reference:16}  "
                f"[{colour}]{shown.state.lower():10}[/]  "
                f"deadline {shown.deadline:%Y-%m-%d %H:%M %z}  "
                f"paid {Money.of(act.paid, act.credit.currency)}"
            )
        transactions = len(played.summary.setup) + sum(len(a.steps) for a in played.summary.acts)
        self._console.print(
            f"\n{transactions} transactions, {played.summary.gas:,} gas\n"
            f"Report   [bold]{escape(folder)}/report.html[/]\n"
            f"Figures  {escape(folder)}/summary.json",
            soft_wrap=True,
        )

    def close(self) -> None:
        """Leaves the terminal as it was, also when the story fails."""
        self._status.stop()

    def _settle(self) -> None:
        """The preparations are over: says so once."""
        if not self._stands:
            self._stands = True
            self._status.stop()
            self._console.print(
                f"The alliance stands: {self._prepared} transactions, {self._gas:,} gas."
            )


def _last_line(heard: Step | Observation | Attempt, deadline: datetime | None) -> Text:
    parts = [heard.article]
    if isinstance(heard, Step):
        if deadline is not None:
            parts.append(f"deadline {deadline:%Y-%m-%d %H:%M %z}")
        parts += [f"{heard.tx[:10]}…{heard.tx[-4:]}", f"gas {heard.gas:,}"]
    elif isinstance(heard, Attempt):
        return Text.assemble((f"{heard.error}: ", "red"), (heard.message, "dim"))
    return Text("  ·  ".join(part for part in parts if part), style="dim")

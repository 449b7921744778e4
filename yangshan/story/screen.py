# SPDX-License-Identifier: Apache-2.0
"""The story as it runs, for a person at a terminal of about 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from yangshan.money import Currency, Money
from yangshan.story.summary import Attempt, Observation, Step

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from yangshan.deployment.progress import StepReport
    from yangshan.story.play import Network, Played
    from yangshan.story.repertoire import Story
    from yangshan.story.summary import Act

_MARKS = {Step: ("●", "green"), Observation: ("○", "cyan"), Attempt: ("✗", "red")}
_WHEN = "%Y-%m-%d %H:%M %z"
_INDENT = (0, 0, 0, 5)
_OUTCOMES = {"COMPLYING": "green", "REFUSED": "yellow", "PRECLUDED": "magenta"}


class Screen:
    """Prints each step when it has happened.

    ``alone``: one act is played, and by its name instead of its number.
    """

    def __init__(self, console: Console, *, alone: bool = False) -> None:
        self._console = console
        self._alone = alone
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
        if step.already:
            return
        if self._stands:
            self._console.print(Text.assemble(("●    ", "dim"), f"{step.actor} {step.what}"))
            return
        self._status.start()
        self._prepared += 1
        self._gas += step.gas or 0
        self._status.update(f"{self._prepared:3} {escape(step.actor)} {escape(step.what)}")

    def act(self, number: int, title: str, credit: str) -> None:
        """An act has come to its first step."""
        self._settle()
        self._console.print()
        self._console.print(
            Rule(
                f"{self._act(number)}{escape(title)}  [dim]{credit}[/]",
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
                (mark.ljust(5) if self._alone else f"{mark} {number}  ", colour),
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
        acts = Table.grid(padding=(0, 2, 0, 0))
        acts.add_row("[dim]Act", "[dim]Credit", "[dim]Documents", "[dim]Deadline", "[dim]Paid")
        for act in played.summary.acts:
            shown = act.presentation
            colour = _OUTCOMES.get(shown.state, "white")
            acts.add_row(
                str(act.number),
                act.credit.reference,
                f"[{colour}]{shown.state.lower()}[/]",
                f"{shown.deadline:{_WHEN}}",
                str(Money.of(act.paid, act.credit.currency)),
            )
        acts.columns[-1].justify = "right"
        self._console.print(acts)
        held = [each for act in played.summary.acts for each in act.documents]
        stand = [each for each in held if each.status == "REGISTERED"]
        self._console.print(f"\n{len(stand)} of {len(held)} documents stand in the registry")
        transactions = len(played.summary.setup) + sum(len(a.steps) for a in played.summary.acts)
        self._console.print(
            f"{transactions} transactions, {played.summary.gas:,} gas\n"
            f"Report   [bold]{escape(folder)}/report.html[/]\n"
            f"Figures  {escape(folder)}/summary.json",
            soft_wrap=True,
        )

    def tells(self, act: Act) -> None:
        """What came of an act that is played alone."""
        currency = Currency.of(act.credit.currency)
        self._console.print()
        self._console.print(Rule(style="dim"))
        drawn, amount = (Money(each, currency) for each in (act.credit.drawn, act.credit.amount))
        gas = sum(step.gas for step in act.steps)
        self._console.print(
            f"[bold]{escape(act.credit.reference)}[/]  {drawn} drawn of {amount}  ·  "
            f"{len(act.steps)} transactions, {gas:,} gas"
        )
        for part in act.parts:
            amount, used = (Money(each, currency) for each in (part.amount, part.drawn))
            self._row(f"transfer {part.number}", f"{amount} to {part.second_beneficiary}")
            self._row("", f"{used} drawn, expires {part.expiry}")
        if act.documents:
            held = [each for each in act.documents if each.status == "REGISTERED"]
            self._row("documents", f"{len(held)} of {len(act.documents)} stand in the registry")
        for each in act.declarations:
            force = "in force" if each.in_force else "not in force"
            self._row("declared", f"{each.status.lower()} by {each.customs}, {force}")
        for title in act.titles:
            state = title.state.lower().replace("_", " ")
            self._row("title", f"{state}, {len(title.moves)} entries in its chain of endorsements")
        for shown in (act.presentation, *act.further):
            colour = _OUTCOMES.get(shown.state, "white")
            self._row("presented", f"{Money(shown.amount, currency)} to {shown.examiner}")
            self._row("", f"[{colour}]{shown.state.lower()}[/], deadline {shown.deadline:{_WHEN}}")
        for terms in act.terms:
            self._row(f"version {terms.version}", f"binds {terms.bank} from {terms.since:{_WHEN}}")
            latest = f", latest shipment {terms.latest_shipment}" if terms.latest_shipment else ""
            self._row("", f"{Money(terms.amount, currency)}, expires {terms.expiry}{latest}")
        for owed in act.obligations:
            self._row("owed", f"{Money(owed.amount, currency)} by {owed.debtor}")
            due = f", due {owed.matures}" if owed.matures else ""
            self._row("", f"to {owed.creditor}: {owed.state.lower()}{due}")
        paid = Money(act.paid, currency)
        self._row("received", f"{paid} by {act.credit.beneficiary}")

    def close(self) -> None:
        """Leaves the terminal as it was, also when the story fails."""
        self._status.stop()

    def _act(self, number: int) -> str:
        return "" if self._alone else f"[bold]Act {number}[/]  "

    def _row(self, label: str, text: str) -> None:
        self._console.print(f"  [dim]{label:11}[/]{text}", soft_wrap=True)

    def _settle(self) -> None:
        """The preparations are over: says so once."""
        if not self._stands:
            self._stands = True
            self._status.stop()
            if self._prepared:
                self._console.print(
                    f"The alliance stands: {self._prepared} transactions, {self._gas:,} gas."
                )


def _last_line(heard: Step | Observation | Attempt, deadline: datetime | None) -> Text:
    parts = [heard.article]
    if isinstance(heard, Step):
        if deadline is not None:
            parts.append(f"deadline {deadline:{_WHEN}}")
        parts += [f"{heard.tx[:10]}…{heard.tx[-4:]}", f"gas {heard.gas:,}"]
    elif isinstance(heard, Attempt):
        return Text.assemble((f"{heard.error}: ", "red"), (heard.message, "dim"))
    return Text("  ·  ".join(part for part in parts if part), style="dim")

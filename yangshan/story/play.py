# SPDX-License-Identifier: Apache-2.0
"""Plays the story: a node of its own, an alliance on it, and the acts in the order of their dates.

Nothing is written before every act has come to its end.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from yangshan import __version__
from yangshan.alliance.members import load_members, numbered
from yangshan.chain.clock import Clock
from yangshan.chain.nodes import start_node
from yangshan.credit.issuance import issuance_of
from yangshan.deployment.session import Settings, open_session
from yangshan.errors import Unusable
from yangshan.story.repertoire import load_story, played_by
from yangshan.story.report import report_html
from yangshan.story.stage import Listener
from yangshan.story.staging import Staging, stated_in
from yangshan.story.summary import Step, Summary
from yangshan.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from yangshan.alliance.members import MemberRecord
    from yangshan.deployment.progress import StepReport
    from yangshan.deployment.session import Session
    from yangshan.story.acts import RunningAct
    from yangshan.story.repertoire import Story

Network = Literal["anvil", "ganache"]

STORY = Path(__file__).resolve().parents[2] / "examples" / "story.toml"
REPORT, SUMMARY = "report.html", "summary.json"

_ALLIANCE_FILE, _MEMBERS_FILE = "alliance.toml", "members.toml"
# Sees the preclusion of the third act without any part in the credit.
_OBSERVER = "commission"
_FUNDING = "STORY"


class NotWritten(Unusable):
    """Results that could not be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written: {reason}.")


class Audience(Listener, Protocol):
    """Who listens while the story is played."""

    def begins(self, network: Network, story: Story) -> None:
        """The node is about to start."""


@dataclass(frozen=True, slots=True)
class Options:
    """What of the story may be changed.

    ``credit`` is another MT 700 for the first act; ``refusal_delay`` moves every refusal to that
    time after its deadline, when it must fail.
    """

    network: Network = "anvil"
    credit: Path | None = None
    refusal_delay: timedelta | None = None
    story: Path = STORY


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it: all figures, and the same as a page."""

    summary: Summary
    report: str

    def write(self, folder: Path) -> None:
        """Writes report.html, summary.json and each notice; raises :class:`NotWritten`."""
        texts = {
            REPORT: self.report,
            SUMMARY: json.dumps(self.summary.model_dump(mode="json"), indent=2, ensure_ascii=False)
            + "\n",
        }
        for act in self.summary.acts:
            if "MT 734" in act.messages:
                name = act.credit.reference.replace("/", "-")
                texts[f"{name}.mt734"] = act.messages["MT 734"]
        for name, text in texts.items():
            path = folder / name
            try:
                folder.mkdir(parents=True, exist_ok=True)
                draft = path.with_name(f".{name}.draft")
                # Messages have line ends of their own, which must stay as they are.
                draft.write_text(text, "utf-8", newline="")
                draft.replace(path)
            except OSError as unwritten:
                raise NotWritten(path, str(unwritten.strerror)) from unwritten


def play(
    options: Options,
    audience: Audience,
    inspect: Callable[[Session, Summary], None] | None = None,
) -> Played:
    """Plays the whole story on a fresh node and stops the node again.

    ``inspect`` looks at the chain after the last act, before the node stops. Raises what the acts
    raise: NotACredit for a message that states no credit, NotCarried for one that this version does
    not carry, ContractError where the contracts refuse, and errors of files, node and chain.
    """
    story = load_story(options.story)
    if options.credit is not None:
        first = story.acts[0].model_copy(update={"credit": options.credit})
        story = story.model_copy(update={"acts": (first, *story.acts[1:])})
    _expect_readable(story)
    audience.begins(options.network, story)
    with (
        start_node(options.network, start=story.start) as node,
        tempfile.TemporaryDirectory(prefix="yangshan-") as private,
    ):
        folder = Path(private)
        session = open_session(node.url, Settings(story.alliance / _ALLIANCE_FILE, folder))
        played = _Performance(options, story, session, folder, audience).played()
        if inspect is not None:
            inspect(session, played.summary)
        return played


def _expect_readable(story: Story) -> None:
    """Refuses files that no act could be played with before anything is started."""
    members = _numbered_as_in_file(story)
    for script in story.acts:
        stated, _ = stated_in(script, members)
        issuance_of(stated.terms, stated.parties, stated.terms.sealed())
        played_by(script).expect_usable(script)


def _numbered_as_in_file(story: Story) -> dict[int, MemberRecord]:
    listed = load_members(story.alliance / _MEMBERS_FILE)
    order = {member.key: place for place, member in enumerate(listed, start=1)}
    return {order[member.key]: member for member in numbered(listed, order)}


class _Performance:
    """One run of the story over one chain."""

    def __init__(
        self, options: Options, story: Story, session: Session, folder: Path, audience: Audience
    ) -> None:
        self._options, self._story, self._audience = options, story, audience
        self._session = session
        # Before anything is deployed, so that time stands still meanwhile.
        clock = Clock(session.chain)
        self._setup: list[Step] = []
        self._deployment = session.deploy(self._prepared)
        session.set_up(self._prepared)
        self._staging = Staging(
            session, clock, Vault(folder / "story"), audience.hears, self._prepared
        )

    def played(self) -> Played:
        """Plays the acts and reads what came of them."""
        acts = [
            self._staging.act(
                number, script, self._story.start, refusal_delay=self._options.refusal_delay
            )
            for number, script in enumerate(self._story.acts, start=1)
        ]
        self._staging.run(
            acts,
            lambda act: self._audience.act(act.number, act.script.title, act.terms.reference),
        )
        done = tuple(act.summary() for act in acts)
        summary = Summary(
            version=__version__,
            network=self._options.network,
            chain_id=self._session.chain.chain_id,
            genesis=self._session.chain.genesis,
            alliance=self._session.setup.name,
            members={member.key: member.legal_name for member in self._staging.members.values()},
            contracts={each.name: each.address for each in self._deployment.contracts},
            setup=tuple(self._setup),
            acts=done,
            gas=sum(step.gas for step in self._setup)
            + sum(step.gas for act in done for step in act.steps),
        )
        return Played(summary, report_html(summary, self._closed(summary, acts)))

    def _prepared(self, step: StepReport) -> None:
        if step.transaction is None or step.gas is None or step.time is None:
            raise AssertionError("a fresh chain has done nothing before")
        self._setup.append(
            Step(
                kind=step.kind,
                actor=step.actor,
                action=step.what,
                article=step.article,
                tx=step.transaction,
                gas=step.gas,
                time=step.time,
            )
        )
        self._audience.prepared(step)

    def _closed(self, summary: Summary, acts: list[RunningAct]) -> list[date]:
        """The days of the story on which every issuing bank is closed, as its act saw them."""
        last = max(
            max(
                shown.deadline for act in summary.acts for shown in (act.presentation, *act.further)
            ),
            max(step.time for act in summary.acts for step in act.steps),
        ).date()
        first = self._story.start.date() - timedelta(days=7)
        # Nobody has published what comes after the last year.
        end = min(last + timedelta(days=7), date(self._session.setup.last_year, 12, 31))
        days = [first + timedelta(days=ahead) for ahead in range((end - first).days + 1)]
        calendars = {act.place.name: act.place for act in acts}.values()
        return [day for day in days if not any(calendar.is_open(day) for calendar in calendars)]

# SPDX-License-Identifier: Apache-2.0
"""Plays the story: a node of its own, an alliance on it, and the acts in the order of their dates.

Nothing is written before every act has come to its end.
"""

from __future__ import annotations

import heapq
import json
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from yangshan import __version__
from yangshan.alliance.members import load_members, numbered
from yangshan.alliance.places import build
from yangshan.chain.clock import Clock
from yangshan.chain.nodes import start_node
from yangshan.credit.history import history
from yangshan.credit.issuance import issuance_of
from yangshan.credit.issuing import StatedCredit, stated_credit, stated_terms
from yangshan.credit.service import Credits
from yangshan.deployment.session import Settings, open_session
from yangshan.errors import Unusable
from yangshan.money import Money
from yangshan.story.repertoire import load_story, played_by
from yangshan.story.report import report_html
from yangshan.story.script import Hours, StoryFileError
from yangshan.story.stage import Stage
from yangshan.story.summary import Step, Summary
from yangshan.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from yangshan.alliance.calendars import BankingCalendar
    from yangshan.alliance.members import MemberRecord
    from yangshan.deployment.progress import StepReport
    from yangshan.deployment.session import Session
    from yangshan.story.acts import RunningAct
    from yangshan.story.repertoire import Story
    from yangshan.story.script import ActScript
    from yangshan.story.summary import Attempt, Observation

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


class Audience(Protocol):
    """Who listens while the story is played."""

    def begins(self, network: Network, story: Story) -> None:
        """The node is about to start."""

    def prepared(self, step: StepReport) -> None:
        """A transaction of deploying and setting up took effect."""

    def act(self, number: int, title: str, credit: str) -> None:
        """An act has come to its first step."""

    def hears(
        self, number: int, heard: Step | Observation | Attempt, deadline: datetime | None
    ) -> None:
        """A step of act ``number``, or what was seen or tried in vain; a deadline it set."""


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
        stated, _ = _stated(script, members)
        issuance_of(stated.terms, stated.parties, stated.terms.sealed())
        played_by(script).expect_usable(script)


def _stated(script: ActScript, members: Mapping[int, MemberRecord]) -> tuple[StatedCredit, str]:
    """The credit of an act and the text that states it."""
    try:
        data = script.credit.read_bytes()
    except OSError as missing:
        raise StoryFileError(script.credit, f"{missing.strerror}.") from missing
    terms, findings = stated_terms(data, str(script.credit))
    stated = stated_credit(terms, findings, str(script.credit), members)
    return stated, data.decode("utf-8", "replace")


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
        self._clock = Clock(session.chain)
        self._setup: list[Step] = []
        self._deployment = session.deploy(self._prepared)
        session.set_up(self._prepared)
        self._alliance = session.alliance(self._prepared)
        self._members = _numbered_as_in_file(story)
        self._calendars: Mapping[str, BankingCalendar] = {
            name: build(name, session.setup.first_year, session.setup.last_year)
            for name in session.setup.calendars.values()
        }
        self._stage = Stage(
            credits=Credits(session.chain, session.sender, self._deployment),
            members=self._members,
            signers={
                member.number: session.member_signer(member, "desk")
                for member in session.setup.members
            },
            calendars=self._calendars,
            vault=Vault(folder / "story"),
            now=lambda: self._clock.now,
            hear=audience.hears,
            fund=self._fund,
            observer=next(
                number for number, each in self._members.items() if each.key == _OBSERVER
            ),
            events=lambda credit: history(session.chain, self._deployment, credit),
        )

    def played(self) -> Played:
        """Plays the acts and reads what came of them."""
        acts = [self._act(number, act) for number, act in enumerate(self._story.acts, start=1)]
        self._in_order_of_dates(acts)
        done = tuple(act.summary() for act in acts)
        summary = Summary(
            version=__version__,
            network=self._options.network,
            chain_id=self._session.chain.chain_id,
            genesis=self._session.chain.genesis,
            alliance=self._session.setup.name,
            members={member.key: member.legal_name for member in self._members.values()},
            contracts={each.name: each.address for each in self._deployment.contracts},
            setup=tuple(self._setup),
            acts=done,
            gas=sum(step.gas for step in self._setup)
            + sum(step.gas for act in done for step in act.steps),
        )
        return Played(summary, report_html(summary, self._closed(summary, acts)))

    def _act(self, number: int, script: ActScript) -> RunningAct:
        stated, text = _stated(script, self._members)
        parties, kind = stated.parties, played_by(script)
        hours = Hours(
            script,
            stated.terms,
            self._story.start,
            self._calendar(parties.issuing),
            self._calendar(parties.advising) if parties.advising else None,
            self._calendar(kind.examiner_among(parties)),
        )
        return kind(number, script, self._stage, stated, text, hours, self._options.refusal_delay)

    def _calendar(self, bank: int) -> BankingCalendar:
        return self._calendars[self._members[bank].calendar or ""]

    def _in_order_of_dates(self, acts: list[RunningAct]) -> None:
        """Gives each step its hour: the act whose next step is earliest goes on."""
        waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
        for act in acts:
            steps = act.steps()
            heapq.heappush(waiting, (next(steps), act.number, steps))
        begun: set[int] = set()
        while waiting:
            hour, number, steps = heapq.heappop(waiting)
            if number not in begun:
                begun.add(number)
                act = acts[number - 1]
                self._audience.act(number, act.script.title, act.terms.reference)
            self._clock.at(max(hour, self._clock.now))
            following = next(steps, None)
            if following is not None:
                heapq.heappush(waiting, (following, number, steps))

    def _fund(self, member: int, owed: Money, reference: str) -> None:
        """Lets the issuer of the currency mint what a bank lacks to pay, if it lacks any."""
        held = self._alliance.cash.balance(member, owed.currency)
        if held.minor >= owed.minor:
            return
        issuer = next(
            each for each in self._session.setup.cash if each.currency == owed.currency
        ).issuer
        lacking = Money(owed.minor - held.minor, owed.currency)
        self._alliance.cash.mint(
            self._stage.signers[issuer], member, lacking, f"{_FUNDING}-{reference}"
        )

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

# SPDX-License-Identifier: Apache-2.0
"""Puts acts on a chain with a deployed alliance, and lets them run in the order of their dates."""

from __future__ import annotations

import heapq
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from yangshan.alliance.places import build
from yangshan.credit.history import history
from yangshan.credit.issuing import StatedCredit, stated_credit, stated_terms
from yangshan.credit.service import Credits
from yangshan.documents.service import Papers
from yangshan.money import Money
from yangshan.story.repertoire import played_by
from yangshan.story.script import Hours, StoryFileError
from yangshan.story.stage import Stage
from yangshan.titles.deliveries import Deliveries
from yangshan.titles.service import Titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.clock import Clock
    from yangshan.deployment.progress import Report
    from yangshan.deployment.session import Session
    from yangshan.story.acts import RunningAct
    from yangshan.story.script import ActScript
    from yangshan.story.stage import Hearing
    from yangshan.vault import Vault

# Sees what anyone can see, without any part in a credit.
_OBSERVER: Final = "commission"
_FUNDING: Final = "STORY"
_UNMOVED: Final = timedelta()


def stated_in(
    script: ActScript, members: Mapping[int, MemberRecord], moved: timedelta = _UNMOVED
) -> tuple[StatedCredit, str]:
    """The credit of an act, its dates later by ``moved``, and the text that states it.

    Raises StoryFileError and NotACredit.
    """
    try:
        data = script.credit.read_bytes()
    except OSError as missing:
        raise StoryFileError(script.credit, f"{missing.strerror}.") from missing
    terms, findings = stated_terms(data, str(script.credit))
    latest = terms.latest_shipment
    terms = terms.model_copy(
        update={
            "issued": terms.issued + moved,
            "expiry": terms.expiry + moved,
            "latest_shipment": latest and latest + moved,
        }
    )
    stated = stated_credit(terms, findings, str(script.credit), members)
    return stated, data.decode("utf-8", "replace")


class Staging:
    """A stage on the chain of a session, whose clock is the acts' alone.

    ``prepared`` hears what the alliance has to do for them, such as funding a payment. Raises what
    the session and its chain raise.
    """

    def __init__(
        self, session: Session, clock: Clock, vault: Vault, hear: Hearing, prepared: Report
    ) -> None:
        self._session = session
        deployment = session.deployment()
        self._clock = clock
        self.members = {each.number: each.record for each in session.setup.members}
        self._alliance = session.alliance(prepared)
        self.stage = Stage(
            credits=Credits(session.chain, session.sender, deployment),
            papers=Papers(session.chain, session.sender, deployment),
            titles=Titles(session.chain, session.sender, deployment),
            deliveries=Deliveries(session.chain, session.sender, deployment),
            members=self.members,
            signers={
                member.number: session.member_signer(member, "desk")
                for member in session.setup.members
            },
            calendars={
                name: build(name, session.setup.first_year, session.setup.last_year)
                for name in session.setup.calendars.values()
            },
            vault=vault,
            now=lambda: clock.now,
            hear=hear,
            fund=self._fund,
            observer=next(number for number, each in self.members.items() if each.key == _OBSERVER),
            events=lambda credit: history(session.chain, deployment, credit),
        )

    def act(
        self,
        number: int,
        script: ActScript,
        start: datetime,
        *,
        moved: timedelta = _UNMOVED,
        refusal_delay: timedelta | None = None,
    ) -> RunningAct:
        """An act that can run from ``start`` on, all its dates later by ``moved``."""
        script = script.moved(moved)
        stated, text = stated_in(script, self.members, moved)
        parties, kind = stated.parties, played_by(script)
        hours = Hours(
            script,
            stated.terms,
            start,
            self.stage.calendar(parties.issuing),
            self.stage.calendar(parties.advising) if parties.advising else None,
            self.stage.calendar(kind.examiner_among(parties)),
        )
        return kind(number, script, self.stage, stated, text, hours, moved, refusal_delay)

    def run(self, acts: Sequence[RunningAct], begun: Callable[[RunningAct], None]) -> None:
        """Gives each step its hour: the act whose next step is earliest goes on.

        ``begun`` hears of each act when it comes to its first step.
        """
        waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
        for place, act in enumerate(acts):
            steps = act.steps()
            heapq.heappush(waiting, (next(steps), place, steps))
        ahead = set(range(len(acts)))
        while waiting:
            hour, place, steps = heapq.heappop(waiting)
            if place in ahead:
                ahead.remove(place)
                begun(acts[place])
            self._clock.at(max(hour, self._clock.now))
            following = next(steps, None)
            if following is not None:
                heapq.heappush(waiting, (following, place, steps))

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
            self.stage.signers[issuer], member, lacking, f"{_FUNDING}-{reference}"
        )

# SPDX-License-Identifier: Apache-2.0
"""One act by itself, over a chain that runs already and has a history of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from yangshan.chain.clock import Clock
from yangshan.deployment.record import private_path
from yangshan.errors import Refused
from yangshan.story.repertoire import load_act
from yangshan.story.staging import Staging, stated_in
from yangshan.vault import Vault

if TYPE_CHECKING:
    from yangshan.deployment.session import Session
    from yangshan.story.stage import Listener
    from yangshan.story.summary import Act

ACTS: Final = Path(__file__).resolve().parents[2] / "examples" / "acts"

_WEEK: Final = timedelta(days=7)


class PlayedBefore(Refused):
    """A scenario whose credit is on the chain already."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            f"Credit {reference} was issued on this chain before; a scenario is played once on a "
            "chain."
        )
        self.reference = reference


def play_scenario(session: Session, name: str, audience: Listener) -> Act:
    """Plays an act of the examples on a development chain; deploys and sets up first if need be.

    A chain that is past the dates of its credit has all of them moved ahead by whole weeks. The
    texts are kept in the session's folder. Raises :class:`PlayedBefore`, StoryFileError, NoClock,
    and what the session and the act raise.
    """
    clock = Clock(session.chain)
    session.deploy(audience.prepared)
    session.set_up(audience.prepared)
    vault = Vault(private_path(session.folder, session.chain.chain_id))
    staging = Staging(session, clock, vault, audience.hears, audience.prepared)
    script = load_act(ACTS / f"{name}.toml")
    stated, _ = stated_in(script, staging.members)
    if staging.stage.credits.exists(stated.id):
        raise PlayedBefore(stated.terms.reference)
    start = clock.now
    today = staging.stage.calendar(stated.parties.issuing).local_day(start)
    # Whole weeks, so that no banking day becomes a Sunday.
    moved = max(-((stated.terms.issued - today) // _WEEK), 0) * _WEEK
    act = staging.act(1, script, start, moved=moved)
    staging.run([act], lambda act: audience.act(act.number, script.title, act.terms.reference))
    return act.summary()

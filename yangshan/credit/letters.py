# SPDX-License-Identifier: Apache-2.0
"""The messages of a credit on the chain, or of a part of one, in the order of its events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yangshan.alliance.places import local_time
from yangshan.chain.events import CreditTransferred
from yangshan.credit.correspondence import HAPPENINGS, Story
from yangshan.credit.history import history
from yangshan.credit.messages import messages_of
from yangshan.credit.part_correspondence import PartStory, happening

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.credit.messages import ExpectedMessage
    from yangshan.deployment.record import Deployment
    from yangshan.vault import Vault


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that is expected of an event, and the event's place in the list, from 1."""

    number: int
    event: SuiteEvent
    message: ExpectedMessage


def letters(
    chain: Chain,
    deployment: Deployment,
    members: Mapping[int, MemberRecord],
    vault: Vault,
    credit: str,
    references: Mapping[int, str] | None = None,
) -> list[Letter]:
    """The messages expected of every event of a credit or part, in the order of the chain.

    ``credit`` is its number (0x and 64 digits), ``references`` the senders' own ones by the place
    of the event, counted from 1. Empty if the credit was never issued, or the part never made.
    Raises NotDeployed, ChainUnreachable and VaultDamaged.
    """
    events = history(chain, deployment, credit)
    if not events:
        return []
    made = next(
        (each for each in events if isinstance(each, CreditTransferred) and each.part_id == credit),
        None,
    )
    around = events if made is None else history(chain, deployment, made.credit_id)
    days = _days(chain, [*events, *around], members)
    whole = Story(around, members, vault, days, references or {})
    if made is None:
        happenings = [HAPPENINGS[type(event)](whole, event) for event in events]
    else:
        part = PartStory(replace(whole, events=events, whole=whole.issue), whole, made)
        happenings = [happening(part, event) for event in events]
    expected = zip(events, messages_of(whole.known(), happenings), strict=True)
    return [
        Letter(number, event, message)
        for number, (event, messages) in enumerate(expected, start=1)
        for message in messages
    ]


def _days(
    chain: Chain, events: Sequence[SuiteEvent], members: Mapping[int, MemberRecord]
) -> Callable[[SuiteEvent, int], date]:
    """The day of an event at the place of a member."""
    instants = {
        number: chain.instant_of(number) for number in {event.block_number for event in events}
    }

    def day(event: SuiteEvent, member: int) -> date:
        calendar = members[member].calendar if member in members else None
        return local_time(instants[event.block_number], calendar).date()

    return day

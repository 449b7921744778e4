# SPDX-License-Identifier: Apache-2.0
"""What happened under a credit, from the events of its contracts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.chain.events import (
    ChargesAcknowledged,
    CreditIssued,
    CreditPreAdvised,
    CreditTransferred,
    DocumentsLodged,
    ObligationIncurred,
    PresentationOpened,
    ReimbursementClaimed,
)
from yangshan.chain.logs import events_with
from yangshan.credit.acts import (
    CREDITS,
    DISPOSALS,
    FORWARDING,
    OBLIGATIONS,
    PRESENTATIONS,
    RECORDS,
    REIMBURSEMENTS,
    SCHEDULES,
    TRANSFERS,
)
from yangshan.credit.ids import difference_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.deployment.record import Deployment


def history(chain: Chain, deployment: Deployment, credit: str) -> list[SuiteEvent]:
    """All events of a credit: its transfers, presentations, claims and obligations, in order.

    ``credit`` is its number (0x and 64 digits). Empty if it was never issued nor pre-advised.
    Raises NotDeployed and ChainUnreachable.
    """
    found = list(events_with(chain, deployment, CREDITS, [None, credit]))
    # An authorised bank has the credit as its first topic, and a part its transfer; of what
    # concerns a part the credit is the second, and the part of what concerns its presentations.
    transfers = list(events_with(chain, deployment, TRANSFERS, [None, credit]))
    begun = CreditIssued | CreditPreAdvised | CreditTransferred
    if not any(isinstance(event, begun) for event in (*found, *transfers)):
        return []
    found += transfers
    found += events_with(chain, deployment, TRANSFERS, [None, None, credit])
    # A schedule has the credit as its first topic, what is drawn on it as its second.
    found += events_with(chain, deployment, SCHEDULES, [None, credit])
    found += events_with(chain, deployment, SCHEDULES, [None, None, credit])
    # A mandate has the credit as its first topic, whatever concerns a presentation as its second.
    found += events_with(chain, deployment, PRESENTATIONS, [None, credit])
    about = list(events_with(chain, deployment, PRESENTATIONS, [None, None, credit]))
    found += about
    reimbursed = list(_reimbursed(chain, deployment, credit))
    found += reimbursed
    lodged = [event.presentation_id for event in about if isinstance(event, DocumentsLodged)]
    # Records may have been added to what is never lodged.
    opened = list(events_with(chain, deployment, RECORDS, [None, None, credit]))
    found += opened
    known = {each.presentation_id for each in opened if isinstance(each, PresentationOpened)}
    if known | set(lodged):
        ids = sorted(known | set(lodged))
        found += events_with(chain, deployment, RECORDS, [None, ids])
    # What is assigned before anything is owed has the credit as its first topic.
    found += events_with(chain, deployment, OBLIGATIONS, [None, credit])
    if lodged:
        found += events_with(chain, deployment, PRESENTATIONS, [None, lodged])
        found += events_with(chain, deployment, FORWARDING, [None, lodged])
        found += events_with(chain, deployment, DISPOSALS, [None, lodged])
        claims = [each.claim_id for each in reimbursed if isinstance(each, ReimbursementClaimed)]
        sources = [*lodged, *map(difference_source, lodged), *claims]
        arisen = list(events_with(chain, deployment, OBLIGATIONS, [None, None, sources]))
        found += arisen
        owed = [event.obligation_id for event in arisen if isinstance(event, ObligationIncurred)]
        owed += [each.obligation_id for each in reimbursed if isinstance(each, ChargesAcknowledged)]
        if owed:
            found += events_with(chain, deployment, OBLIGATIONS, [None, owed])
    unique = {(event.block_number, event.log_index): event for event in found}
    return [unique[place] for place in sorted(unique)]


def _reimbursed(chain: Chain, deployment: Deployment, credit: str) -> Iterator[SuiteEvent]:
    """All events of the reimbursement under a credit."""
    # An authorisation has the credit as its first topic, most of what concerns a claim as second.
    yield from events_with(chain, deployment, REIMBURSEMENTS, [None, credit])
    about = list(events_with(chain, deployment, REIMBURSEMENTS, [None, None, credit]))
    yield from about
    claims = [event.claim_id for event in about if isinstance(event, ReimbursementClaimed)]
    if claims:
        yield from events_with(chain, deployment, REIMBURSEMENTS, [None, claims])


def lodged_in(events: Sequence[SuiteEvent]) -> list[DocumentsLodged]:
    """The presentations in the events of a credit; the first of them is number 1 for people."""
    return [event for event in events if isinstance(event, DocumentsLodged)]


def incurred_in(events: Sequence[SuiteEvent]) -> list[ObligationIncurred]:
    """The obligations in the events of a credit; the first of them is number 1 for people."""
    return [event for event in events if isinstance(event, ObligationIncurred)]


def claimed_in(events: Sequence[SuiteEvent]) -> list[ReimbursementClaimed]:
    """The claims for reimbursement in the events of a credit; number 1 for people comes first."""
    return [event for event in events if isinstance(event, ReimbursementClaimed)]

# SPDX-License-Identifier: Apache-2.0
"""What happened under a credit, from the events of its contracts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangshan.chain.events import CreditIssued, DocumentsLodged, ObligationIncurred, decode_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.deployment.record import Deployment

_CREDITS = "LetterOfCredit"
_PRESENTATIONS = "Presentations"
_OBLIGATIONS = "PaymentObligations"
_TRANSFERS = "CreditTransfers"

# Nodes answer so many blocks at once without complaint.
_PAGE = 10_000


def history(chain: Chain, deployment: Deployment, credit: str) -> list[SuiteEvent]:
    """All events of a credit, its transfers, presentations and obligations, as the chain has them.

    ``credit`` is its number (0x and 64 digits). Empty if it was never issued. Raises NotDeployed
    and ChainUnreachable.
    """
    found = list(_events(chain, deployment, _CREDITS, [None, credit]))
    if not any(isinstance(event, CreditIssued) for event in found):
        return []
    # An authorised bank has the credit as its first topic, a transfer as its second.
    found += _events(chain, deployment, _TRANSFERS, [None, credit])
    found += _events(chain, deployment, _TRANSFERS, [None, None, credit])
    # A mandate has the credit as its first topic, whatever concerns a presentation as its second.
    found += _events(chain, deployment, _PRESENTATIONS, [None, credit])
    about = list(_events(chain, deployment, _PRESENTATIONS, [None, None, credit]))
    found += about
    lodged = [event.presentation_id for event in about if isinstance(event, DocumentsLodged)]
    if lodged:
        found += _events(chain, deployment, _PRESENTATIONS, [None, lodged])
        arisen = list(_events(chain, deployment, _OBLIGATIONS, [None, None, lodged]))
        found += arisen
        owed = [event.obligation_id for event in arisen if isinstance(event, ObligationIncurred)]
        if owed:
            found += _events(chain, deployment, _OBLIGATIONS, [None, owed])
    unique = {(event.block_number, event.log_index): event for event in found}
    return [unique[place] for place in sorted(unique)]


def _events(
    chain: Chain, deployment: Deployment, name: str, topics: Sequence[object]
) -> Iterator[SuiteEvent]:
    address = deployment.address(name)
    last = chain.web3.eth.block_number
    for first in range(0, last + 1, _PAGE):
        criteria: dict[str, Any] = {
            "address": address,
            "topics": list(topics),
            "fromBlock": first,
            "toBlock": min(first + _PAGE - 1, last),
        }
        for log in chain.web3.eth.get_logs(criteria):  # type: ignore[arg-type]
            event = decode_log(log)
            if event is not None:
                yield event

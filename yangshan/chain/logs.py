# SPDX-License-Identifier: Apache-2.0
"""The events of a deployment's contracts, asked of the node page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangshan.chain.events import decode_log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.deployment.record import Deployment

# Nodes answer so many blocks at once without complaint.
_PAGE = 10_000


def events_about(
    chain: Chain, deployment: Deployment, contract: str, *topics: str
) -> list[SuiteEvent]:
    """The events of one contract about something: by their first topic, and the next if given.

    In the order of the chain. Raises NotDeployed and ChainUnreachable.
    """
    return list(events_with(chain, deployment, contract, [None, *topics]))


def events_with(
    chain: Chain, deployment: Deployment, name: str, topics: Sequence[object]
) -> Iterator[SuiteEvent]:
    """The events of one contract with these topics, None for any; raises as events_about."""
    address = deployment.address(name)
    last = chain.web3.eth.block_number
    for first in range(deployment.created(name).block, last + 1, _PAGE):
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

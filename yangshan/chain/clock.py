# SPDX-License-Identifier: Apache-2.0
"""The clock of a development node. The only module that uses a node's cheat codes.

Under a :class:`Clock` time stands still between two instants: the latest block and the next one
carry the same time. So a call that tries out a transaction sees the very second at which the
transaction will be carried out, on Anvil and on Ganache alike.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from web3.types import RPCEndpoint

from yangshan.alliance.calendars import NaiveInstant
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from yangshan.chain.connection import Chain


class NoClock(Unusable):
    """A chain whose time cannot be set."""

    def __init__(self, client: str, reason: str) -> None:
        super().__init__(f"The time of this chain ({client}) cannot be set: {reason}")
        self.client = client
        self.reason = reason


class TimeRunsForward(Unusable):
    """An instant before the latest block."""

    def __init__(self, instant: datetime, now: datetime) -> None:
        super().__init__(
            f"The chain stands at {now.isoformat()} and cannot go back to {instant.isoformat()}."
        )
        self.instant = instant
        self.now = now


class Clock:
    """Sets the time of a development chain; from its making on, time moves only as it says.

    Raises :class:`NoClock` for any chain but Anvil, and Ganache with ``timestampIncrement`` 0 as
    :func:`yangshan.chain.nodes.start_node` starts it.
    """

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        client = chain.client.lower()
        self._anvil = client.startswith("anvil")
        if self._anvil:
            self._rpc("anvil_setBlockTimestampInterval", 0)
        elif not client.startswith("ganache"):
            raise NoClock(chain.client, "it is neither Anvil nor Ganache.")
        elif self._ticks():
            raise NoClock(chain.client, "start it with --miner.timestampIncrement 0.")

    @property
    def now(self) -> datetime:
        """The time of the latest block, which is that of the next one."""
        return datetime.fromtimestamp(self._seconds(), UTC)

    def at(self, instant: datetime) -> None:
        """Makes the next transaction's block, and those after it, carry exactly ``instant``.

        Whole seconds; raises :class:`TimeRunsForward` and NaiveInstant.
        """
        if instant.utcoffset() is None:
            raise NaiveInstant(instant)
        if int(instant.timestamp()) != self._seconds():
            self.mine_at(instant)

    def mine_at(self, instant: datetime) -> None:
        """Mines a block that carries exactly ``instant``; otherwise as :meth:`at`."""
        if instant.utcoffset() is None:
            raise NaiveInstant(instant)
        seconds = int(instant.timestamp())
        if seconds < self._seconds():
            raise TimeRunsForward(instant, self.now)
        if self._anvil:
            self._rpc("evm_setNextBlockTimestamp", seconds)
            self._rpc("evm_mine")
        else:
            self._rpc("evm_mine", seconds)

    def _ticks(self) -> bool:
        """Whether a Ganache gives its blocks a time of its own; leaves it as it was."""
        before = self._seconds()
        snapshot = self._rpc("evm_snapshot")
        self._rpc("evm_mine")
        after = self._seconds()
        self._rpc("evm_revert", snapshot)
        return after != before

    def _seconds(self) -> int:
        return int(self._chain.web3.eth.get_block("latest")["timestamp"])

    def _rpc(self, method: str, *parameters: object) -> Any:
        answer = self._chain.web3.provider.make_request(RPCEndpoint(method), parameters)
        if "error" in answer:
            raise NoClock(self._chain.client, f"{method} answered {answer['error']}.")
        return answer.get("result")

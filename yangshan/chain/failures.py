# SPDX-License-Identifier: Apache-2.0
"""Why a transaction could not be sent, beside what a contract itself refuses."""

from __future__ import annotations

from yangshan.errors import Refused, Unusable


class Underfunded(Refused):
    """The key cannot pay the fee; ``has`` and ``needs`` are in wei."""

    def __init__(self, name: str, address: str, has: int, needs: int) -> None:
        super().__init__(
            f"The key {name} ({address}) has {has:,} wei and needs {needs:,} wei to pay the fee "
            "of this transaction. Nothing was sent."
        )
        self.name = name
        self.address = address
        self.has = has
        self.needs = needs


class NodeRefused(Unusable):
    """The node, not a contract, turned the call or the transaction away."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(f"The node refused {what}: {message.rstrip('.')}. Nothing was done.")
        self.what = what
        self.message = message


class StillPending(Unusable):
    """The chain has not taken a transaction in time: what becomes of it is not known."""

    def __init__(self, transaction: str, seconds: float) -> None:
        super().__init__(
            f"The chain has not taken transaction {transaction} within {seconds:g} s; it may still "
            "do so. Repeat the same command: it will be done once."
        )
        self.transaction = transaction
        self.seconds = seconds


class FailedOnChain(Refused):
    """A transaction was taken and failed; nothing changed but the fee."""

    def __init__(self, transaction: str, gas: int) -> None:
        super().__init__(
            f"Transaction {transaction} failed on the chain after {gas:,} gas, and gave no reason."
        )
        self.transaction = transaction
        self.gas = gas


class NumberTaken(Refused):
    """The account's next transaction number is not the one that an address was computed from."""

    def __init__(self, address: str, expected: int, actual: int) -> None:
        super().__init__(
            f"The next transaction of {address} is number {actual}; number {expected} was planned "
            "for this contract. The account was used elsewhere in between."
        )
        self.address = address
        self.expected = expected
        self.actual = actual


class LostTransaction(Unusable):
    """The chain no longer has a transaction that was done."""

    def __init__(self, transaction: str) -> None:
        super().__init__(
            f"Transaction {transaction} was done, but the chain does not have it any more: it was "
            "started anew or went back. Take a new outbox for a new chain."
        )
        self.transaction = transaction

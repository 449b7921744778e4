# SPDX-License-Identifier: Apache-2.0
"""What these tests use of pyrevm, done by py-evm where pyrevm has no build (Python 3.13 and later).

Pure Python and slower. Gas is that of the execution and of the transaction itself, before refunds.
"""

from __future__ import annotations

from dataclasses import dataclass

import rlp
from eth.abc import ComputationAPI
from eth.constants import BLANK_ROOT_HASH, CREATE_CONTRACT_ADDRESS
from eth.db.atomic import AtomicDB
from eth.vm.execution_context import ExecutionContext
from eth.vm.forks.paris.state import ParisState
from eth.vm.message import Message
from eth_typing import Address, BlockNumber, Hash32
from eth_utils import keccak, to_canonical_address, to_checksum_address

NOBODY = Address(bytes(20))


@dataclass(frozen=True)
class BlockEnv:
    """The block in which calls are made."""

    number: int
    timestamp: int
    basefee: int
    gas_limit: int
    prevrandao: bytes = bytes(32)


@dataclass(frozen=True)
class AccountInfo:
    """What the tests ask of an account, and put in its place."""

    nonce: int
    code: bytes = b""


@dataclass(frozen=True)
class Log:
    """An event: its contract, and its topics with its data."""

    address: str
    data: tuple[list[bytes], bytes]


@dataclass(frozen=True)
class Result:
    """What a call cost and logged."""

    gas_used: int
    logs: list[Log]


class EVM:
    """A chain of the paris rules, in memory."""

    def __init__(self, gas_limit: int, spec_id: str) -> None:
        assert spec_id == "MERGE"
        self._gas_limit = gas_limit
        self._state = ParisState(
            AtomicDB(), _context(BlockEnv(0, 0, 0, gas_limit)), BLANK_ROOT_HASH
        )
        self.result = Result(0, [])

    def set_block_env(self, block: BlockEnv) -> None:
        """Go on in another block."""
        self._state.execution_context = _context(block)

    def set_balance(self, address: str, amount: int) -> None:
        """Give an account money of the chain."""
        self._state.set_balance(to_canonical_address(address), amount)

    def get_balance(self, address: str) -> int:
        """An account's money of the chain."""
        return self._state.get_balance(to_canonical_address(address))

    def basic(self, address: str) -> AccountInfo:
        """An account's transaction count and code."""
        account = to_canonical_address(address)
        return AccountInfo(self._state.get_nonce(account), self._state.get_code(account))

    def insert_account_info(self, address: str, info: AccountInfo) -> None:
        """Put this in the place of an account; its money stays."""
        account = to_canonical_address(address)
        self._state.set_nonce(account, info.nonce)
        self._state.set_code(account, info.code)

    def snapshot(self) -> tuple[Hash32, object]:
        """A point to go back to."""
        return self._state.snapshot()

    def revert(self, point: tuple[Hash32, object]) -> None:
        """Go back."""
        self._state.revert(point)

    def deploy(self, deployer: str, code: bytes) -> str:
        """Create a contract; its address."""
        sender = to_canonical_address(deployer)
        nonce = self._state.get_nonce(sender)
        address = Address(keccak(rlp.encode([sender, nonce]))[-20:])
        self._state.increment_nonce(sender)
        self._run(
            Message(
                gas=self._gas_limit,
                to=CREATE_CONTRACT_ADDRESS,
                sender=sender,
                value=0,
                data=b"",
                code=code,
                create_address=address,
            )
        )
        return to_checksum_address(address)

    def message_call(
        self, caller: str, to: str, calldata: bytes = b"", value: int = 0, gas: int | None = None
    ) -> bytes:
        """Call a contract; its answer."""
        target = to_canonical_address(to)
        return self._run(
            Message(
                gas=gas or self._gas_limit,
                to=target,
                sender=to_canonical_address(caller),
                value=value,
                data=calldata,
                code=self._state.get_code(target),
            )
        ).output

    def _run(self, message: Message) -> ComputationAPI:
        context = self._state.transaction_context_class(gas_price=0, origin=message.sender)
        kind = self._state.computation_class
        apply = kind.apply_create_message if message.is_create else kind.apply_message
        computation = apply(self._state, message, context)
        if computation.is_error:
            if computation.error.__class__.__name__ != "Revert":
                raise RuntimeError(str(computation.error))
            gas, output = computation.get_gas_used(), computation.output.hex()
            raise RuntimeError(f"Revert {{ gas_used: {gas}, output: 0x{output} }}")
        self.result = Result(
            computation.get_gas_used() + _intrinsic(message),
            [
                Log(to_checksum_address(a), ([t.to_bytes(32) for t in topics], data))
                for a, topics, data in computation.get_log_entries()
            ],
        )
        return computation


def _context(block: BlockEnv) -> ExecutionContext:
    return ExecutionContext(
        NOBODY,
        block.timestamp,
        BlockNumber(block.number),
        0,
        Hash32(block.prevrandao),
        block.gas_limit,
        (Hash32(keccak(text=f"parent of {block.number}")),),
        1,
        block.basefee,
    )


def _intrinsic(message: Message) -> int:
    data = bytes(message.code if message.is_create else message.data)
    zeroes = data.count(0)
    return 21_000 + 32_000 * message.is_create + 4 * zeroes + 16 * (len(data) - zeroes)

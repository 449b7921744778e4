# SPDX-License-Identifier: Apache-2.0
"""Sends signed transactions, each act once, whatever happens in between.

Transactions are of the legacy type with a gas price, which every chain of the EVM takes: those
without fees (price 0), proof of authority, and development nodes.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from eth_utils.address import to_checksum_address
from eth_utils.conversions import to_bytes, to_hex
from eth_utils.crypto import keccak
from web3.exceptions import TransactionNotFound, Web3Exception
from web3.types import RPCEndpoint

from yangshan.chain.calls import decode_answer, encode_call, encode_creation
from yangshan.chain.connection import NoContract
from yangshan.chain.events import decode_receipt
from yangshan.chain.failures import (
    FailedOnChain,
    LostTransaction,
    NodeRefused,
    NumberTaken,
    StillPending,
    Underfunded,
)
from yangshan.chain.outbox import Lane, Signed, State
from yangshan.chain.reverts import from_web3
from yangshan.chain.signers import DevelopmentKeyRefused
from yangshan.chain.values import instant_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eth_typing import BlockIdentifier, ChecksumAddress
    from web3.providers import JSONBaseProvider
    from web3.types import TxParams, TxReceipt

    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.outbox import Intent, Outbox, Stored
    from yangshan.chain.signers import Signer

WAIT_SECONDS: Final = 120.0
# An estimate is made on the state of now; a storage slot may have been cleared or filled by then.
GAS_MARGIN_PERCENT: Final = 10

_FIRST_POLL: Final = 0.004
_LONGEST_POLL: Final = 1.0
_ATTEMPTS: Final = 5
# Calls in one request; nodes take a thousand at the most.
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Done:
    """An act on the chain. ``time`` is that of its block; ``already``: it was done before.

    ``contract`` is the address of the contract created, None for a call.
    """

    transaction: str
    gas: int
    block: int
    time: datetime
    events: list[SuiteEvent]
    already: bool
    contract: ChecksumAddress | None = None


@dataclass(frozen=True, slots=True)
class _Act:
    """What is to be done: a call of ``to``, or a creation where it is None."""

    signer: Signer
    to: ChecksumAddress | None
    data: bytes
    words: str

    @property
    def content(self) -> str:
        """Tells this act from every other one of the same sender."""
        return keccak(bytes.fromhex(self.to[2:] if self.to else "") + self.data).hex()

    @property
    def call(self) -> TxParams:
        call: TxParams = {"from": self.signer.address, "data": self.data}
        if self.to is not None:
            call["to"] = self.to
        return call


@dataclass
class Sender:
    """Sends for any number of signers on one chain, through one outbox.

    ``gas_price`` in wei; None asks the chain (0 where its base fee is 0). ``wait_seconds`` is how
    long a receipt is waited for.
    """

    chain: Chain
    outbox: Outbox
    gas_price: int | None = field(default=None, kw_only=True)
    wait_seconds: float = field(default=WAIT_SECONDS, kw_only=True)
    _standing: set[ChecksumAddress] = field(default_factory=set, init=False, repr=False)

    def call(
        self,
        contract_name: str,
        address: str,
        function: str,
        args: Sequence[Any] = (),
        *,
        block: BlockIdentifier = "latest",
    ) -> Any:
        """What a function answers, as values of Python; see :func:`calls.decode_answer`.

        Raises the contract's errors, NoContract, BadArguments and NodeRefused.
        """
        to = to_checksum_address(address)
        data = encode_call(contract_name, function, args)
        answer = self._called({"to": to, "data": data}, block)
        if not answer:
            raise NoContract(contract_name, to, self.chain.chain_id)
        return decode_answer(contract_name, function, answer)

    def calls(
        self,
        contract_name: str,
        address: str,
        function: str,
        many: Sequence[Sequence[Any]],
        *,
        block: int,
    ) -> list[Any]:
        """What a function answers to each of many lists of arguments at one block, in their order.

        As many as fit go in one request. Raises as :meth:`call`, but NodeRefused where the contract
        refuses one of them.
        """
        to = to_checksum_address(address)
        asked = [
            (
                RPCEndpoint("eth_call"),
                (
                    {"to": to, "data": to_hex(encode_call(contract_name, function, args))},
                    hex(block),
                ),
            )
            for args in many
        ]
        answers: list[bytes] = []
        for begin in range(0, len(asked), _AT_ONCE):
            some = asked[begin : begin + _AT_ONCE]
            found = cast("JSONBaseProvider", self.chain.web3.provider).make_batch_request(some)
            if not isinstance(found, list) or len(found) != len(some):
                raise NodeRefused("the calls", "it does not answer several at once")
            for each in found:
                if "result" not in each:
                    raise NodeRefused("the call", str(each.get("error")))
                answers.append(to_bytes(hexstr=each["result"]))
        if not all(answers):
            raise NoContract(contract_name, to, self.chain.chain_id)
        return [decode_answer(contract_name, function, each) for each in answers]

    def send(
        self,
        signer: Signer,
        contract_name: str,
        address: str,
        function: str,
        args: Sequence[Any] = (),
        *,
        key: str,
        intent: str,
    ) -> Done:
        """Calls a function in a transaction, once for each ``key`` of this signer and chain.

        It is tried out first: what a contract refuses raises its error, and nothing is sent.
        ``intent`` says the act to people. Raises also KeyReused, Underfunded, StillPending,
        NodeRefused, NoContract, BadArguments and DevelopmentKeyRefused.
        """
        to = to_checksum_address(address)
        data = encode_call(contract_name, function, args)
        if to not in self._standing:
            self.chain.require_contract(contract_name, to)
            self._standing.add(to)
        return self._do(_Act(signer, to, data, intent), key, None)

    def try_out(
        self,
        signer: Signer,
        contract_name: str,
        address: str,
        function: str,
        args: Sequence[Any] = (),
    ) -> None:
        """Tries what :meth:`send` would do, and sends nothing; raises the contract's errors."""
        self.try_as(signer.address, contract_name, address, function, args)

    def try_as(
        self,
        account: ChecksumAddress,
        contract_name: str,
        address: str,
        function: str,
        args: Sequence[Any] = (),
    ) -> None:
        """Tries a call of any account, which needs no key; raises the contract's errors."""
        to = to_checksum_address(address)
        self.chain.require_contract(contract_name, to)
        data = encode_call(contract_name, function, args)
        self._called({"from": account, "to": to, "data": data}, "pending")

    def deploy(
        self,
        signer: Signer,
        artifact_name: str,
        args: Sequence[Any] = (),
        *,
        key: str,
        intent: str,
        nonce: int | None = None,
    ) -> Done:
        """Creates a contract, otherwise as :meth:`send`.

        ``nonce``: the transaction number from which its address was computed; NumberTaken is
        raised, and nothing sent, if another one is next.
        """
        data = encode_creation(artifact_name, args)
        return self._do(_Act(signer, None, data, intent), key, nonce)

    def _do(self, act: _Act, key: str, nonce: int | None) -> Done:
        if act.signer.development and not self.chain.is_development:
            raise DevelopmentKeyRefused(act.signer.name, self.chain.client)
        lane = Lane(self.chain.genesis, act.signer.address)
        earlier = self._resumed(act, lane, key)
        if earlier is not None:
            return earlier

        self._push(lane)
        self._called(act.call, "pending")
        gas = self._estimated(act.call)
        price = self._price()
        self._require_funds(act.signer, gas * price)
        stored_intent = self.outbox.intend(lane, key, act.content, act.words)
        for _ in range(_ATTEMPTS):
            stored = self._prepared(act, stored_intent, gas, price, nonce)
            receipt = self._delivered(lane, stored)
            if receipt is not None:
                return self._outcome(act, stored, receipt, already=False)
        raise NodeRefused("the transaction", "its number was taken again and again")

    def _resumed(self, act: _Act, lane: Lane, key: str) -> Done | None:
        """The outcome of an earlier attempt under this key; None if a new one is needed."""
        intent = self.outbox.find(lane, key, act.content, act.words)
        if intent is None:
            return None
        # Also what the node turned away may have come through another one all the same.
        for stored in self.outbox.attempts(intent):
            receipt = self._receipt(stored)
            if receipt is not None and receipt["status"]:
                return self._outcome(act, stored, receipt, already=True)
            if receipt is None and stored.state is State.DONE:
                self._bring_back(stored, lane)
        self._push(lane)
        for stored in self.outbox.attempts(intent):
            if stored.state in (State.OPEN, State.DONE):
                receipt = self._awaited(lane, stored)
                if receipt is not None and receipt["status"]:
                    return self._outcome(act, stored, receipt, already=False)
        return None

    def _outcome(self, act: _Act, stored: Stored, receipt: TxReceipt, *, already: bool) -> Done:
        block = receipt["blockNumber"]
        if not receipt["status"]:
            self.outbox.settle(stored, State.FAILED)
            failed = FailedOnChain(stored.signed.hash, receipt["gasUsed"])
            # On the state and at the time of its own block it fails for the same reason.
            try:
                self.chain.web3.eth.call(act.call, block)
            except Web3Exception as error:
                reason = from_web3(error)
                if reason is not None:
                    raise reason from failed
            raise failed
        if stored.state is not State.DONE:
            self.outbox.settle(stored, State.DONE)
        created = receipt.get("contractAddress")
        return Done(
            transaction=stored.signed.hash,
            gas=receipt["gasUsed"],
            block=block,
            time=instant_of(self.chain.web3.eth.get_block(block)["timestamp"]),
            events=decode_receipt(receipt),
            already=already,
            contract=to_checksum_address(created) if act.to is None and created else None,
        )

    # Preparation

    def _called(self, call: TxParams, block: BlockIdentifier) -> bytes:
        try:
            return bytes(self.chain.web3.eth.call(call, block))
        except Web3Exception as error:
            raise from_web3(error) or NodeRefused("the call", _message(error)) from None

    def _estimated(self, call: TxParams) -> int:
        try:
            estimate = self.chain.web3.eth.estimate_gas(call, "pending")
        except Web3Exception as error:
            raise from_web3(error) or NodeRefused("the call", _message(error)) from None
        limit = self.chain.web3.eth.get_block("latest")["gasLimit"]
        return min(estimate * (100 + GAS_MARGIN_PERCENT) // 100, limit)

    def _price(self) -> int:
        if self.gas_price is not None:
            return self.gas_price
        base = self.chain.web3.eth.get_block("latest").get("baseFeePerGas")
        if base == 0:
            return 0
        # A base fee can grow by an eighth in each block while the transaction waits.
        return max(self.chain.web3.eth.gas_price, 2 * (base or 0))

    def _require_funds(self, signer: Signer, needs: int) -> None:
        has = self.chain.web3.eth.get_balance(signer.address) if needs else 0
        if has < needs:
            raise Underfunded(signer.name, signer.address, has, needs)

    def _prepared(
        self, act: _Act, intent: Intent, gas: int, price: int, expected: int | None
    ) -> Stored:
        def sign(nonce: int) -> Signed:
            if expected is not None and nonce != expected:
                raise NumberTaken(act.signer.address, expected, nonce)
            transaction: dict[str, Any] = {
                "chainId": self.chain.chain_id,
                "nonce": nonce,
                "gas": gas,
                "gasPrice": price,
                "value": 0,
                "data": act.data,
            }
            if act.to is not None:
                transaction["to"] = act.to
            signed = act.signer.sign(transaction)
            return Signed(bytes(signed.raw_transaction), signed.hash.to_0x_hex())

        return self.outbox.prepare(intent, lambda: self._count(intent.lane, "pending"), sign)

    # Delivery

    def _count(self, lane: Lane, block: BlockIdentifier) -> int:
        return self.chain.web3.eth.get_transaction_count(to_checksum_address(lane.sender), block)

    def _receipt(self, stored: Stored) -> TxReceipt | None:
        try:
            return self.chain.web3.eth.get_transaction_receipt(_hash(stored))
        except TransactionNotFound:
            return None

    def _known(self, stored: Stored) -> bool:
        try:
            self.chain.web3.eth.get_transaction(_hash(stored))
        except TransactionNotFound:
            return False
        return True

    def _bring_back(self, stored: Stored, lane: Lane) -> None:
        """What was done and is gone, after a fork, can come back only as the very next number."""
        if not self._known(stored):
            if self._count(lane, "pending") != stored.nonce:
                raise LostTransaction(stored.signed.hash)
            self._broadcast(stored)

    def _push(self, lane: Lane) -> None:
        """Sends again whatever of this sender may not have arrived: numbers leave no gaps."""
        for stored in self.outbox.open(lane):
            receipt = self._receipt(stored)
            if receipt is not None:
                self.outbox.settle(stored, State.DONE if receipt["status"] else State.FAILED)
            elif self._broadcast(stored) is not None and not self._known(stored):
                self.outbox.settle(stored, State.VOID)

    def _broadcast(self, stored: Stored) -> str | None:
        """Hands the bytes to the node; what it said if it turned them away."""
        try:
            self.chain.web3.eth.send_raw_transaction(stored.signed.content)
        except Web3Exception as error:
            return _message(error)
        return None

    def _delivered(self, lane: Lane, stored: Stored) -> TxReceipt | None:
        """The receipt of a transaction; None if its number went to another one."""
        refusal = self._broadcast(stored)
        if refusal is not None and self._receipt(stored) is None and not self._known(stored):
            self.outbox.settle(stored, State.VOID)
            if self._count(lane, "pending") > stored.nonce:
                return None
            raise NodeRefused("the transaction", refusal)
        return self._awaited(lane, stored)

    def _awaited(self, lane: Lane, stored: Stored) -> TxReceipt | None:
        started = time.monotonic()
        pause = _FIRST_POLL
        while True:
            receipt = self._receipt(stored)
            if receipt is not None:
                return receipt
            if time.monotonic() - started > self.wait_seconds:
                raise StillPending(stored.signed.hash, self.wait_seconds)
            time.sleep(pause)
            if pause == _LONGEST_POLL:
                # Another process may have ended before it sent the number before this one.
                self._push(lane)
                if self._count(lane, "latest") > stored.nonce and self._receipt(stored) is None:
                    self.outbox.settle(stored, State.VOID)
                    return None
            pause = min(pause * 1.5, _LONGEST_POLL)


def _hash(stored: Stored) -> Any:
    return stored.signed.hash


def _message(error: Web3Exception) -> str:
    """The node's own words, without the stack that some nodes add."""
    response = getattr(error, "rpc_response", None) or {}
    answer = response.get("error") if isinstance(response, dict) else None
    if isinstance(answer, dict) and isinstance(answer.get("message"), str):
        return str(answer["message"])
    return getattr(error, "user_message", None) or str(error)

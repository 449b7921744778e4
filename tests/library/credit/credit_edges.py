# SPDX-License-Identifier: Apache-2.0
"""A chain in memory at the edge of the service of credits: logs, answers, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from yangshan.chain.calls import encode_call
from yangshan.chain.connection import Chain
from yangshan.chain.events import SuiteEvent, decode_log
from yangshan.chain.reverts import ContractError
from yangshan.chain.sender import Done, Sender
from yangshan.chain.signers import Signer
from yangshan.chain.values import slots
from yangshan.credit.service import Credits
from yangshan.deployment.record import Deployment

ADDRESSES = {
    name: f"0x{number:040x}"
    for number, name in enumerate(
        (
            *("AllianceRegistry", "LetterOfCredit", "Presentations", "Forwarding"),
            "Disposals",
            "PaymentObligations",
        ),
        start=1,
    )
}
START = datetime(2025, 9, 1, tzinfo=UTC)
GAS = 50_000


def transaction(number: int) -> str:
    return f"0x{number:064x}"


def log_address(contract: str) -> str:
    """Where a contract is, as an event says it."""
    return to_checksum_address(ADDRESSES[contract])


def log_of(event: type[SuiteEvent], contract: str, block: int, **values: Any) -> dict[str, Any]:
    """A log as web3.py gives it, of an event with these fields; decoding gives them back."""
    listed = [each for each in slots(event) if each.name in values]
    assert {each.name for each in listed} == set(values), event
    count = event.indexed
    types = [each.codec.solidity for each in listed]
    written = [each.codec.write(values[each.name]) for each in listed]
    signature = f"{event.__name__}({','.join(types)})"
    log = {
        "address": ADDRESSES[contract],
        "blockNumber": block,
        "transactionHash": HexBytes(transaction(block)),
        "logIndex": 0,
        "topics": [
            HexBytes(keccak(text=signature)),
            *(
                HexBytes(encode([kind], [value]))
                for kind, value in zip(types[:count], written[:count], strict=True)
            ),
        ],
        "data": HexBytes(encode(types[count:], written[count:])),
    }
    assert isinstance(decode_log(log), event)
    return log


@dataclass
class Edge:
    """What the service meets outside: an empty chain that answers and refuses as it is told."""

    logs: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    refusal: ContractError | None = None
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    tried: int = 0
    members: dict[str, int] = field(default_factory=dict)
    # By transaction: what it called, and whose account it came from.
    senders: dict[str, tuple[str, str]] = field(default_factory=dict)

    def happened(self, event: type[SuiteEvent], contract: str, **values: Any) -> str:
        """Puts an event on the chain, and gives its transaction."""
        block = len(self.logs) + 1
        self.logs.append(log_of(event, contract, block, **values))
        return transaction(block)

    @property
    def credits(self) -> Credits:
        return Credits(cast("Chain", self), cast("Sender", self), cast("Deployment", self))

    def signer(self, name: str, member: int) -> Signer:
        address = f"0x{member:040x}"
        self.members[address] = member
        return cast("Signer", SimpleNamespace(name=name, address=address))

    # The chain

    @property
    def web3(self) -> Any:
        return SimpleNamespace(eth=self)

    @property
    def block_number(self) -> int:
        return len(self.logs)

    def get_logs(self, criteria: dict[str, Any]) -> list[dict[str, Any]]:
        def fits(log: dict[str, Any]) -> bool:
            topics = [each.to_0x_hex() for each in log["topics"]]
            return log["address"] == criteria["address"] and all(
                wanted is None
                or (place < len(topics) and topics[place] in (wanted, *_several(wanted)))
                for place, wanted in enumerate(criteria["topics"])
            )

        return [
            log
            for log in self.logs
            if fits(log) and criteria["fromBlock"] <= log["blockNumber"] <= criteria["toBlock"]
        ]

    def get_transaction_receipt(self, digest: str) -> dict[str, Any]:
        block = int(digest, 16)
        logs = [log for log in self.logs if log["blockNumber"] == block]
        return {"blockNumber": block, "gasUsed": GAS, "logs": logs}

    def get_transaction(self, digest: str) -> dict[str, Any]:
        called, sender = self.senders.get(digest, ("a desk", ""))
        return {"to": called, "from": sender}

    def get_block(self, number: int) -> dict[str, int]:
        return {"timestamp": int((START + timedelta(hours=number)).timestamp())}

    # The deployment

    def address(self, name: str) -> str:
        return ADDRESSES[name]

    def created(self, _name: str) -> Any:
        return SimpleNamespace(block=0)

    # The sender

    def call(self, contract: str, _address: str, function: str, args: tuple[Any, ...]) -> Any:
        if function == "memberOf":
            return self.members.get(args[0], 0)
        return self.answers[f"{contract}.{function}"]

    def try_out(
        self, _signer: Signer, contract: str, address: str, function: str, args: tuple[Any, ...]
    ) -> None:
        assert address == ADDRESSES[contract]
        encode_call(contract, function, args)
        self.tried += 1
        if self.refusal is not None:
            raise self.refusal

    def send(
        self,
        signer: Signer,
        contract: str,
        address: str,
        function: str,
        args: tuple[Any, ...],
        *,
        key: str,
        intent: str,
    ) -> Done:
        self.try_out(signer, contract, address, function, args)
        self.sent.append((function, key, intent))
        return Done(transaction(999), GAS, 999, START, [], already=False)


def _several(wanted: object) -> list[str]:
    return list(wanted) if isinstance(wanted, list) else []

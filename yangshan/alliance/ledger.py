# SPDX-License-Identifier: Apache-2.0
"""What every service of the alliance does alike: read, find again, and act at most once.

Every act looks at the chain first: what holds already is reported as done and sends nothing, so
that each act can be repeated after any interruption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eth_utils.address import to_checksum_address

from yangshan.chain.values import instant_of
from yangshan.deployment.progress import StepReport, silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.chain.connection import Chain
    from yangshan.chain.sender import Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.progress import Report
    from yangshan.deployment.record import Deployment

REGISTRY: Final = "AllianceRegistry"
_DESK: Final = "MemberDesk-"


@dataclass(frozen=True, slots=True)
class Trace:
    """The event by which an act can be found again on the chain, with some of its arguments."""

    event: str
    arguments: Mapping[str, object]


class Ledger:
    """The contracts of a deployment, by their names in the plan; each transaction is reported."""

    def __init__(
        self, chain: Chain, sender: Sender, deployment: Deployment, report: Report = silent
    ) -> None:
        self._chain = chain
        self._sender = sender
        self.deployment = deployment
        self._report = report
        self._handles = {member.number: member.handle for member in deployment.members}

    def act(
        self,
        signer: Signer,
        name: str,
        function: str,
        arguments: tuple[object, ...],
        *,
        holds: bool,
        trace: Trace,
        what: str,
        key: str,
        article: str = "",
    ) -> None:
        """Sends one transaction, unless what it is for holds already; reports it either way.

        ``key`` tells this act from every other one of the same function. Raises what the sender
        raises.
        """
        # Who acts is asked before, since an act may leave its signer nobody's.
        actor = self.actor(signer)
        if holds:
            log = self.last(name, trace)
            done, already = self._done(log), True
            actor = self._who(log, signer, actor)
        else:
            sent = self._sender.send(
                signer,
                _contract_of(name),
                self.address(name),
                function,
                arguments,
                key=f"{name} {function} {key}",
                intent=f"{actor} {what}",
            )
            done, already = (sent.transaction, sent.gas, sent.time), sent.already
        self._report(
            StepReport(
                kind=function,
                actor=actor,
                what=what,
                article=article,
                transaction=done[0],
                gas=done[1],
                time=done[2],
                already=already,
            )
        )

    def try_as(
        self, account: ChecksumAddress, name: str, function: str, arguments: Sequence[object]
    ) -> None:
        """Tries an act of an account and sends nothing; raises what the contract refuses."""
        self._sender.try_as(account, _contract_of(name), self.address(name), function, arguments)

    def read(self, name: str, function: str, *arguments: object) -> Any:
        """What a contract answers now."""
        return self._sender.call(_contract_of(name), self.address(name), function, arguments)

    def logs(self, name: str, trace: Trace) -> list[Any]:
        """All events of a trace since the contract was created, in their order."""
        contract = self._chain.contract(_contract_of(name), self.address(name))
        event = contract.events[trace.event]()
        # A desk is made by the registry.
        created = self.deployment.created(REGISTRY if name.startswith(_DESK) else name)
        return list(
            event.get_logs(from_block=created.block, argument_filters=dict(trace.arguments))
        )

    def last(self, name: str, trace: Trace) -> Any | None:
        """The last event of a trace, if there is one."""
        logs = self.logs(name, trace)
        return logs[-1] if logs else None

    def find(self, name: str, trace: Trace) -> Any:
        """The last event of a trace that must be there."""
        return self.logs(name, trace)[-1]

    def happened(self, name: str, trace: Trace) -> bool:
        """Whether there is an event of a trace."""
        return self.last(name, trace) is not None

    def address(self, name: str) -> ChecksumAddress:
        """Where a contract is: one of the plan, or a desk by :func:`desk_name`."""
        if name.startswith(_DESK):
            return to_checksum_address(name.removeprefix(_DESK))
        return self.deployment.address(name)

    def number_of(self, signer: Signer) -> int:
        """The member that a signer acts for, 0 if it is none."""
        return self.number_of_account(signer.address)

    def number_of_account(self, account: ChecksumAddress) -> int:
        """The member that an account belongs to, 0 if it is nobody's."""
        return int(self.read(REGISTRY, "memberOf", account))

    def actor(self, signer: Signer) -> str:
        """The short name of the signer's member, or its own."""
        return self._handles.get(self.number_of(signer), signer.name)

    def handle(self, number: int) -> str:
        """The short name of a member, or its number."""
        return self._handles.get(number, f"member {number}")

    def sent(self, signer: Signer) -> int:
        """How many transactions a signer has sent: tells a repeated act from an earlier one."""
        return self._chain.web3.eth.get_transaction_count(signer.address, "latest")

    def now(self) -> datetime:
        """The time of the latest block."""
        return instant_of(self._chain.web3.eth.get_block("latest")["timestamp"])

    def time_of(self, log: Any) -> datetime:
        """When an event happened: the time of its block."""
        return instant_of(self._chain.web3.eth.get_block(log["blockNumber"])["timestamp"])

    def _who(self, log: Any | None, signer: Signer, actor: str) -> str:
        """Who did what was done before: maybe not whoever would do it now."""
        if log is None:
            return actor
        sender = self._chain.web3.eth.get_transaction(log["transactionHash"])["from"]
        if sender == signer.address:
            return actor
        return self._handles.get(self.number_of_account(sender), sender)

    def _done(self, log: Any | None) -> tuple[str | None, int | None, datetime | None]:
        """Transaction, gas and time of what an event tells; nothing where no event does."""
        if log is None:
            return None, None, None
        receipt = self._chain.web3.eth.get_transaction_receipt(log["transactionHash"])
        return log["transactionHash"].to_0x_hex(), receipt["gasUsed"], self.time_of(log)


def fields_of(struct: Any) -> Any:
    """A struct of an event as its fields in order, which Record.read takes."""
    if isinstance(struct, Mapping):
        return tuple(fields_of(field) for field in struct.values())
    return struct


def desk_name(desk: ChecksumAddress) -> str:
    """The name by which a ledger knows a desk, which stands in no plan."""
    return f"{_DESK}{desk}"


def _contract_of(name: str) -> str:
    """The contract behind a name: the cash of each currency is one of its own, and each desk."""
    return name.partition("-")[0]

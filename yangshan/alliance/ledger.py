# SPDX-License-Identifier: Apache-2.0
"""What every service of the alliance does alike: read, find again, and act at most once.

Every act looks at the chain first: what holds already is reported as done and sends nothing, so
that each act can be repeated after any interruption.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yangshan.chain.values import instant_of
from yangshan.deployment.progress import StepReport, silent

if TYPE_CHECKING:
    from yangshan.chain.connection import Chain
    from yangshan.chain.sender import Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.progress import Report
    from yangshan.deployment.record import Deployment

REGISTRY: Final = "AllianceRegistry"


@dataclass(frozen=True, slots=True)
class Trace:
    """The event by which an act can be found again on the chain, with its indexed arguments."""

    event: str
    arguments: dict[str, object]


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
        if holds:
            transaction = self.find(name, trace)["transactionHash"]
            receipt = self._chain.web3.eth.get_transaction_receipt(transaction)
            block = self._chain.web3.eth.get_block(receipt["blockNumber"])
            done = (
                transaction.to_0x_hex(),
                receipt["gasUsed"],
                instant_of(block["timestamp"]),
            )
            already = True
        else:
            sent = self._sender.send(
                signer,
                _contract_of(name),
                self.deployment.address(name),
                function,
                arguments,
                key=f"{name} {function} {key}",
                intent=f"{self.actor(signer)} {what}",
            )
            done, already = (sent.transaction, sent.gas, sent.time), sent.already
        self._report(
            StepReport(
                kind=function,
                actor=self.actor(signer),
                what=what,
                article=article,
                transaction=done[0],
                gas=done[1],
                time=done[2],
                already=already,
            )
        )

    def read(self, name: str, function: str, *arguments: object) -> Any:
        """What a contract answers now."""
        address = self.deployment.address(name)
        return self._sender.call(_contract_of(name), address, function, arguments)

    def logs(self, name: str, trace: Trace) -> list[Any]:
        """All events of a trace since the contract was created, in their order."""
        contract = self._chain.contract(_contract_of(name), self.deployment.address(name))
        event = contract.events[trace.event]()
        return list(
            event.get_logs(
                from_block=self.deployment.created(name).block, argument_filters=trace.arguments
            )
        )

    def last(self, name: str, trace: Trace) -> Any | None:
        """The last event of a trace, if there is one."""
        logs = self.logs(name, trace)
        return logs[-1] if logs else None

    def find(self, name: str, trace: Trace) -> Any:
        """The last event of a trace that must be there."""
        return self.logs(name, trace)[-1]

    def number_of(self, signer: Signer) -> int:
        """The member that a signer acts for, 0 if it is none."""
        return int(self.read(REGISTRY, "memberOf", signer.address))

    def actor(self, signer: Signer) -> str:
        """The short name of the signer's member, or its own."""
        return self._handles.get(self.number_of(signer), signer.name)

    def handle(self, number: int) -> str:
        """The short name of a member, or its number."""
        return self._handles.get(number, f"member {number}")

    def sent(self, signer: Signer) -> int:
        """How many transactions a signer has sent: tells a repeated act from an earlier one."""
        return self._chain.web3.eth.get_transaction_count(signer.address, "latest")


def _contract_of(name: str) -> str:
    """The contract behind a name of the plan: the cash of each currency is one of its own."""
    return name.partition("-")[0]

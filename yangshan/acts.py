# SPDX-License-Identifier: Apache-2.0
"""Acts on a chain, before they are done and how they are: tried, done once, or found done.

An act is done by a key of its member, or by its member's desk: the call is the same. What has a
text beside it is a draft until the text is committed to.

The contracts hold the rules; what they refuse comes back as a typed ContractError and nothing is
sent. An act is known by its business key: repeated with the same content it answers with the
transaction that did it, and with other content it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yangshan.chain.events import decode_receipt
from yangshan.chain.logs import events_about
from yangshan.chain.outbox import KeyReused
from yangshan.chain.reverts import ContractError
from yangshan.chain.sender import Done
from yangshan.chain.values import hexadecimal, instant_of
from yangshan.commitments import Sealed, seal

if TYPE_CHECKING:
    from yangshan.chain.connection import Chain
    from yangshan.chain.events import SuiteEvent
    from yangshan.chain.sender import Sender
    from yangshan.chain.signers import Signer
    from yangshan.deployment.record import Deployment
    from yangshan.vault import Vault

_REGISTRY = "AllianceRegistry"


@dataclass(frozen=True, slots=True)
class Trace:
    """The event that an act leaves, by which it is known again.

    ``subject`` is what the event is about, such as a credit or an obligation: its first topic;
    ``second`` is its second topic, where that is known too. ``key`` are the fields that say which
    act it was, ``content`` those that say what it stated. ``actor`` names the field that holds the
    acting member, if there is one. ``contract`` is whose event it is, where that is not the
    contract that is called.
    """

    event: type[SuiteEvent]
    subject: str
    key: Mapping[str, object] = field(default_factory=dict)
    content: Mapping[str, object] = field(default_factory=dict)
    actor: str = ""
    contract: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One call of a contract, with what makes it the same one when it is repeated.

    ``key`` is its business key: what it concerns, with the numbers and references that tell it
    from every other act of its function and sender. ``what`` is a phrase for people whose subject
    is the acting member; ``article`` is the rule, or empty. ``repeatable``: the contract would do
    it again, so that whether it was done is asked first; ``standing`` then says, asked with the
    service, whether what it brought about has stood since.
    """

    contract: str
    function: str
    arguments: tuple[object, ...]
    key: str
    what: str
    article: str
    traces: tuple[Trace, ...]
    repeatable: bool = False
    standing: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An act with a text that goes on the chain as a salted commitment alone.

    ``kind`` and ``name`` say where the text ``value`` (JSON) is kept; ``act`` makes the act from
    the commitment.
    """

    kind: str
    name: str
    value: object
    act: Callable[[str], Act]

    def committed(self, sealed: Sealed | None = None) -> Act:
        """The act under a kept text, or, to be tried out, under a salt that nobody keeps."""
        held = sealed or seal(self.kind, self.value)
        return self.act(hexadecimal(held.commitment))


class Acts:
    """The contracts of one deployment, and how acts on them are done.

    Every act raises what the sender raises, ContractError too.
    """

    def __init__(self, chain: Chain, sender: Sender, deployment: Deployment) -> None:
        self._chain, self._sender, self._deployment = chain, sender, deployment

    def do(self, signer: Signer, act: Act) -> Done:
        """Does an act, once; raises KeyReused where its key stands for another content."""
        key = f"{act.function}:{act.key}"
        if act.repeatable:
            found = self.earlier(act, self.member_of(signer))
            if found is not None:
                return found
            if act.standing is not None:
                # What was taken back since is done anew, and once.
                happened = self._events(act.contract, act.traces[0])
                key += f" after {len(happened)}"
        try:
            return self._sender.send(
                signer,
                act.contract,
                self._deployment.address(act.contract),
                act.function,
                act.arguments,
                key=key,
                intent=act.what,
            )
        except ContractError as refused:
            return self._earlier_than(refused, act, self.member_of(signer))

    def try_out(self, member: int, attempt: Callable[[], None], act: Act) -> Done | None:
        """Tries an act and sends nothing; what it was done by where it was done already.

        ``attempt`` tries the act's call in the name of a key or desk of ``member``; raises as
        :meth:`do`.
        """
        found = self.earlier(act, member) if act.repeatable else None
        if found is None:
            try:
                attempt()
            except ContractError as refused:
                return self._earlier_than(refused, act, member)
        return found

    def attempt(self, signer: Signer, act: Act) -> Callable[[], None]:
        """Tries an act's call in the name of a key."""
        address = self._deployment.address(act.contract)
        return lambda: self._sender.try_out(
            signer, act.contract, address, act.function, act.arguments
        )

    def settled(
        self, vault: Vault, draft: Draft, member: int, attempt: Callable[[Act], Callable[[], None]]
    ) -> Act:
        """The act of a draft, its text and salt kept for good before anything is sent.

        A text that the contracts would refuse is not kept, so that it can be mended. Raises as
        :meth:`try_out`, and VaultDamaged.
        """
        kept = vault.holds(draft.kind, draft.name, draft.value)
        if kept is None:
            act = draft.committed()
            self.try_out(member, attempt(act), act)
            kept = vault.add(draft.kind, draft.name, draft.value)
        return draft.committed(kept)

    def earlier(self, act: Act, member: int) -> Done | None:
        """What an act of a member was done by, if the chain shows that it was and that it stands.

        Raises KeyReused where its key stands for another content.
        """
        found = [self._event(act, trace, member) for trace in act.traces]
        event = found[0]
        if event is None or None in found or (act.standing and not act.standing(self)):
            return None
        if not act.traces[0].actor and self._is_anothers(event, member):
            return None
        receipt = self._chain.web3.eth.get_transaction_receipt(_hash(event))
        block = receipt["blockNumber"]
        return Done(
            transaction=event.transaction,
            gas=receipt["gasUsed"],
            block=block,
            time=instant_of(self._chain.web3.eth.get_block(block)["timestamp"]),
            events=decode_receipt(receipt),
            already=True,
        )

    def _earlier_than(self, refused: ContractError, act: Act, member: int) -> Done:
        """What an act was done by that the contracts refuse now; raises the refusal if nothing."""
        found = self.earlier(act, member)
        if found is None:
            raise refused
        return found

    def _is_anothers(self, event: SuiteEvent, member: int) -> bool:
        """Whether another member's key sent what an event tells; of a desk the event says none."""
        sent = self._chain.web3.eth.get_transaction(_hash(event))
        direct = sent.get("to") == event.address
        return direct and int(self._call(_REGISTRY, "memberOf", sent["from"])) != member

    def _event(self, act: Act, trace: Trace, member: int) -> SuiteEvent | None:
        for event in reversed(self._events(trace.contract or act.contract, trace)):
            if not isinstance(event, trace.event):
                continue
            key = dict(trace.key) | ({trace.actor: member} if trace.actor else {})
            if any(getattr(event, name) != value for name, value in key.items()):
                continue
            if any(getattr(event, name) != value for name, value in trace.content.items()):
                stored = f"transaction {event.transaction}"
                raise KeyReused(f"{act.function}:{act.key}", act.what, stored)
            return event
        return None

    def member_of(self, signer: Signer) -> int:
        """The number of the member that a key acts for, 0 if it is nobody's."""
        return int(self._call(_REGISTRY, "memberOf", signer.address))

    def _events(self, contract: str, trace: Trace) -> list[SuiteEvent]:
        topics = [each for each in (trace.subject, trace.second) if each]
        return events_about(self._chain, self._deployment, contract, *topics)

    def _call(self, contract: str, function: str, *arguments: object) -> Any:
        return self._sender.call(contract, self._deployment.address(contract), function, arguments)


def _hash(event: SuiteEvent) -> Any:
    return event.transaction

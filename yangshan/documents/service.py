# SPDX-License-Identifier: Apache-2.0
"""The documents and declarations of a deployment: acts on them, and where each stands.

How acts are done: :mod:`yangshan.acts`. What is read here is read at one block, so that nothing
moves in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yangshan.acts import Acts
from yangshan.chain.enums import DeclarationStatus, DocumentStatus, MemberKind
from yangshan.chain.values import instant_of, seconds_of
from yangshan.documents.declaring import DECLARATIONS
from yangshan.documents.reasons import DECLARATION, DOCUMENT, Reason, numbered_reason
from yangshan.documents.registering import DOCUMENTS, inclusion
from yangshan.documents.schema import UnknownKind, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from yangshan.chain.records import DocumentRecord, Standing
    from yangshan.chain.wording import Wording
    from yangshan.documents.sealing import InBatch

_REGISTRY = "AllianceRegistry"
_NOTHING = "0x" + "00" * 32


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A document, or a batch, as one issuer has it on record, and where it stood at an instant.

    ``document`` is the commitment of the one that is asked for where ``root`` is that of a batch.
    ``ended`` and ``reason`` are of what ended it by then: its own revocation, or that of its batch.
    ``successor`` is the later version that took its place, empty if there is none.
    """

    issuer: int
    root: str
    document: str
    record: DocumentRecord
    at: datetime
    status: DocumentStatus
    ended: datetime | None
    reason: Reason | None
    successor: str

    @property
    def stands(self) -> bool:
        """Whether it was registered at that instant, and neither ended nor expired."""
        return self.status is DocumentStatus.REGISTERED

    @property
    def title(self) -> str:
        """What it is registered as."""
        try:
            return numbered(self.record.kind).title
        except UnknownKind:
            return f"document of kind {self.record.kind}"

    def told(self, wording: Wording) -> str:
        """Who registered it, when and as what, and where it stood, in one sentence."""
        record = self.record
        assert record.registered is not None
        what = f"a {self.title}"
        if self.document != self.root:
            what += f" in a batch of {record.size}"
        elif record.size:
            what = f"a batch of {record.size}, each {what}"
        begun = (
            f"{wording.member(self.issuer)} registered it as {what} on "
            f"{wording.time(record.registered)}"
        )
        return f"{begun}, and {self._stood(wording)}"

    def _stood(self, wording: Wording) -> str:
        at = wording.time(self.at)
        match self.status:
            case DocumentStatus.REGISTERED:
                return f"it stands as of {at}"
            case DocumentStatus.EXPIRED:
                assert self.record.expires is not None
                return f"it expired after {wording.time(self.record.expires)}"
            case DocumentStatus.UNKNOWN:
                return f"it was not registered yet on {at}"
            case DocumentStatus.REVOKED:
                assert self.ended is not None
                return f"revoked it on {wording.time(self.ended)}: {self.reason}"
            case DocumentStatus.SUPERSEDED:
                assert self.ended is not None
                return (
                    f"a later version took its place on {wording.time(self.ended)}: "
                    f"{self.successor}"
                )

    def as_json(self, wording: Wording) -> dict[str, Any]:
        """All of it for programs."""
        record = self.record
        return {
            "issuer": self.issuer,
            "issuer_name": wording.members.get(self.issuer),
            "root": self.root,
            "document": self.document,
            "kind": record.kind,
            "title": self.title,
            "schema": record.schema,
            "size": record.size,
            "registered": _iso(record.registered),
            "expires": _iso(record.expires),
            "at": self.at.isoformat(),
            "status": self.status.name,
            "stands": self.stands,
            "ended": _iso(self.ended),
            "reason": _reason_json(self.reason),
            "successor": self.successor or None,
            "sentence": self.told(wording) + ".",
        }


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """A declaration of one member of customs as it stands now."""

    customs: int
    key: str
    standing: Standing

    @property
    def reason(self) -> Reason | None:
        """Why it was withdrawn."""
        number = self.standing.reason
        return numbered_reason(number, DECLARATION) if number else None


class Papers(Acts):
    """The documents and declarations of one deployment."""

    # Documents

    def find(
        self,
        root: str,
        document: str = "",
        batch: InBatch | None = None,
        at: datetime | None = None,
        issuers: Iterable[int] | None = None,
    ) -> list[RegisteredDocument]:
        """Whoever has a document or batch on record, in the order of members' numbers.

        ``document`` with the proof ``batch`` asks for one of a batch; without an instant, as of
        now; ``issuers`` are the members that are asked about, all if absent. Of an issuer that
        registered it later the status is UNKNOWN. Raises InstantAhead.
        """
        block = self._chain.web3.eth.get_block("latest")
        number, now = block["number"], block["timestamp"]
        instant = seconds_of(at) if at else now
        found = []
        listed = list(self._members(number) if issuers is None else issuers)
        records: list[DocumentRecord] = self._sender.calls(
            DOCUMENTS,
            self._deployment.address(DOCUMENTS),
            "documentOf",
            [(issuer, root) for issuer in listed],
            block=number,
        )
        for issuer, record in zip(listed, records, strict=True):
            if record.registered is None:
                continue
            if batch is None:
                status = self._at(number, DOCUMENTS, "statusAt", issuer, root, instant)
            else:
                proof = inclusion(batch)
                if not self._at(number, DOCUMENTS, "isIncluded", issuer, root, document, proof):
                    continue
                status = self._at(
                    number, DOCUMENTS, "leafStatusAt", issuer, root, document, proof, instant
                )
            ended, reason = self._ending(number, issuer, root, document, record, instant)
            successor = str(self._at(number, DOCUMENTS, "successorOf", issuer, root))
            found.append(
                RegisteredDocument(
                    issuer,
                    root,
                    document or root,
                    record,
                    instant_of(instant),
                    status,
                    ended,
                    reason,
                    "" if successor == _NOTHING else successor,
                )
            )
        return found

    def _ending(
        self,
        block: int,
        issuer: int,
        root: str,
        document: str,
        record: DocumentRecord,
        instant: int,
    ) -> tuple[datetime | None, Reason | None]:
        """What ended it by an instant: its own revocation under the batch, else the end of all."""
        if document and document != root:
            revoked, number = self._at(block, DOCUMENTS, "leafRevocationOf", issuer, root, document)
            if revoked and revoked <= instant:
                return instant_of(revoked), numbered_reason(number, DOCUMENT)
        if record.ended is None or seconds_of(record.ended) > instant:
            return None, None
        reason = numbered_reason(record.reason, DOCUMENT) if record.reason else None
        return record.ended, reason

    # Declarations

    def standing(self, customs: int, key: str) -> Standing:
        """A declaration as it stands, all empty if that customs has none under the key."""
        found: Standing = self._call(DECLARATIONS, "standing", customs, key)
        return found

    def declarations(self, key: str) -> list[DeclarationView]:
        """Whichever customs has a declaration under a key; normally there is one, or none."""
        block = self._chain.web3.eth.block_number
        found = []
        for member in self._members(block):
            if self._at(block, _REGISTRY, "member", member).kind is not MemberKind.CUSTOMS:
                continue
            standing: Standing = self._at(block, DECLARATIONS, "standing", member, key)
            if standing.status is not DeclarationStatus.NONE:
                found.append(DeclarationView(member, key, standing))
        return found

    def _members(self, block: int) -> Iterator[int]:
        count = int(self._at(block, _REGISTRY, "memberCount"))
        return iter(range(1, count + 1))

    def _at(self, block: int, contract: str, function: str, *arguments: object) -> Any:
        address = self._deployment.address(contract)
        return self._sender.call(contract, address, function, arguments, block=block)


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _reason_json(reason: Reason | None) -> dict[str, Any] | None:
    if reason is None:
        return None
    return {"number": reason.number, "code": reason.code, "meaning": reason.meaning}

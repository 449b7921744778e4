# SPDX-License-Identifier: Apache-2.0
"""Documents and declarations by their rules: who may register, end and amend what, and what stood.

A model to hold the contracts against. It is written from the rules that the interfaces state, keeps
plain records, and builds its trees from the top, by halves. An act either returns the events that
tell of it, or raises :class:`RefusedError`. What is asked first: the key, then where the record
stands, then what is said.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from credit_model import RefusedError
from eth_utils import keccak
from suite import Event, event
from vocabulary import DeclarationStatus, DocumentStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

S, C = DocumentStatus, DeclarationStatus
ZERO = bytes(32)


class Registration(NamedTuple):
    root: bytes
    kind: int
    schema: int
    expires: int
    size: int


class Inclusion(NamedTuple):
    sides: int
    partners: tuple[bytes, ...]


class Declaration(NamedTuple):
    exporter: int
    cap: int
    currency: int
    valid_until: int
    document: bytes


@dataclass
class Document:
    """One record of an issuer; ``leaves`` are revocations of single documents: time and reason."""

    given: Registration
    registered: int
    ended: int = 0
    reason: int = 0
    successor: bytes = ZERO
    leaves: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def stood(self, instant: int) -> Any:
        if instant < self.registered:
            return S.UNKNOWN
        if self.ended and self.ended <= instant:
            return S.REVOKED if self.reason else S.SUPERSEDED
        return S.EXPIRED if self.given.expires and self.given.expires < instant else S.REGISTERED

    def leaf_stood(self, document: bytes, proof: Inclusion, instant: int) -> Any:
        if not shows(self.given.root, self.given.size, document, proof):
            return S.UNKNOWN
        revoked, _ = self.leaves.get(document, (0, 0))
        return S.REVOKED if revoked and revoked <= instant else self.stood(instant)

    @property
    def word(self) -> int:
        at = self.given
        parts = ((self.registered, 0), (at.expires, 40), (at.size, 80), (at.kind, 112))
        return sum(value << place for value, place in (*parts, (at.schema, 120)))


@dataclass
class Declared:
    """One declaration of a member of customs."""

    given: Declaration
    status: Any
    changed: int
    reason: int = 0


@dataclass
class Papers:
    """All of it, by whoever vouches for it; ``exporters`` may be named, ``suspended`` may not."""

    time: int
    members: frozenset[int]
    customs: frozenset[int]
    suspended: set[int] = field(default_factory=set)
    documents: dict[tuple[int, bytes], Document] = field(default_factory=dict)
    declarations: dict[tuple[int, bytes], Declared] = field(default_factory=dict)

    # Documents

    def register(self, issuer: int, given: Registration) -> list[Event]:
        self._new_business(issuer)
        return self._registered(issuer, given)

    def register_list(
        self, issuer: int, roots: Sequence[bytes], kind: int, schema: int, expires: int
    ) -> list[Event]:
        self._new_business(issuer)
        if not roots:
            raise RefusedError("NoDocuments")
        kept = dict(self.documents)
        try:
            for root in roots:
                self._put(issuer, Registration(root, kind, schema, expires, 0))
        except RefusedError:
            self.documents = kept
            raise
        said = {"kind": kind, "schema": schema, "expires": expires, "roots": tuple(roots)}
        return [event("DocumentRegistry", "DocumentsRegistered", issuer=issuer, **said)]

    def supersede(self, issuer: int, root: bytes, given: Registration) -> list[Event]:
        before = self._live(issuer, root)
        if given.kind != before.given.kind or given.size > before.given.size:
            raise RefusedError("NotAVersion", root, before.given.kind, before.given.size)
        told = self._registered(issuer, given)
        before.ended, before.successor = self.time, given.root
        named = {"issuer": issuer, "root": root, "successor": given.root}
        return [event("DocumentRegistry", "DocumentSuperseded", **named), *told]

    def revoke(self, issuer: int, root: bytes, reason: int) -> list[Event]:
        self._end(issuer, root, reason)
        named = {"issuer": issuer, "root": root, "reason": reason}
        return [event("DocumentRegistry", "DocumentRevoked", **named)]

    def revoke_list(self, issuer: int, roots: Sequence[bytes], reason: int) -> list[Event]:
        if not roots:
            raise RefusedError("NoDocuments")
        ended: list[Document] = []
        try:
            for root in roots:
                ended.append(self._end(issuer, root, reason))
        except RefusedError:
            for each in ended:
                each.ended, each.reason = 0, 0
            raise
        named = {"issuer": issuer, "reason": reason, "roots": tuple(roots)}
        return [event("DocumentRegistry", "DocumentsRevoked", **named)]

    def revoke_leaf(
        self, issuer: int, root: bytes, document: bytes, proof: Inclusion, reason: int
    ) -> list[Event]:
        held = self._live(issuer, root)
        if not reason:
            raise RefusedError("RevokedWithoutReason")
        if not shows(root, held.given.size, document, proof):
            raise RefusedError("NotInBatch", root, document)
        if document in held.leaves:
            raise RefusedError("LeafRevokedAlready", root, document, held.leaves[document][0])
        held.leaves[document] = (self.time, reason)
        named = {"issuer": issuer, "root": root, "document": document, "reason": reason}
        return [event("DocumentRegistry", "LeafRevoked", **named)]

    def _new_business(self, member: int) -> None:
        if member in self.suspended:
            raise RefusedError("NewBusinessClosed", member, 0)

    def _registered(self, issuer: int, given: Registration) -> list[Event]:
        held = self._put(issuer, given)
        named = {"issuer": issuer, "root": given.root, "word": held.word}
        return [event("DocumentRegistry", "DocumentRegistered", **named)]

    def _put(self, issuer: int, given: Registration) -> Document:
        if given.root == ZERO or not given.kind or not given.schema:
            raise RefusedError("BadRegistration", given.root, given.kind, given.schema)
        self._lies_ahead(given.expires, or_none=True)
        if (issuer, given.root) in self.documents:
            raise RefusedError("DocumentExists", issuer, given.root)
        held = self.documents[issuer, given.root] = Document(given, self.time)
        return held

    def _live(self, issuer: int, root: bytes) -> Document:
        held = self.documents.get((issuer, root))
        if held is None or held.ended:
            stands = held.stood(self.time) if held else S.UNKNOWN
            raise RefusedError("WrongDocumentStatus", issuer, root, stands)
        return held

    def _end(self, issuer: int, root: bytes, reason: int) -> Document:
        held = self._live(issuer, root)
        if not reason:
            raise RefusedError("RevokedWithoutReason")
        held.ended, held.reason = self.time, reason
        return held

    def _lies_ahead(self, until: int, *, or_none: bool = False) -> None:
        if until <= self.time and not (or_none and until == 0):
            raise RefusedError("NotInFuture", until, self.time)

    # Declarations

    def declare(self, member: int, key: bytes, given: Declaration) -> list[Event]:
        self._new_business(member)
        if member not in self.customs:
            raise RefusedError("NotCustoms", member)
        self._complete(key, given)
        if (member, key) in self.declarations:
            raise RefusedError("DeclarationExists", member, key)
        if given.exporter not in self.members - self.suspended:
            raise RefusedError("PartyNotActive", given.exporter)
        self.declarations[member, key] = Declared(given, C.DECLARED, self.time)
        named = {"key": key, "customs": member, "exporter": given.exporter, **_numbers(given)}
        return [event("CustomsDeclarations", "GoodsDeclared", **named)]

    def release(self, member: int, key: bytes) -> list[Event]:
        held = self._own(member, key)
        if held.status == C.RELEASED:
            raise RefusedError("WrongDeclarationStatus", member, key, held.status)
        held.status, held.changed = C.RELEASED, self.time
        return [event("CustomsDeclarations", "GoodsReleased", key=key, customs=member)]

    def amend(self, member: int, key: bytes, given: Declaration) -> list[Event]:
        held = self._own(member, key)
        self._complete(key, given)
        if given.exporter != held.given.exporter:
            raise RefusedError("ExporterStays", key, held.given.exporter)
        if given == held.given:
            raise RefusedError("DeclarationUnchanged", key)
        held.given, held.status, held.changed = given, C.AMENDED, self.time
        named = {"key": key, "customs": member, **_numbers(given)}
        return [event("CustomsDeclarations", "DeclarationAmended", **named)]

    def withdraw(self, member: int, key: bytes, reason: int) -> list[Event]:
        held = self._own(member, key)
        if not reason:
            raise RefusedError("WithdrawnWithoutReason", key)
        held.status, held.changed, held.reason = C.WITHDRAWN, self.time, reason
        named = {"key": key, "customs": member, "reason": reason}
        return [event("CustomsDeclarations", "DeclarationWithdrawn", **named)]

    def in_force(self, held: Declared) -> bool:
        return held.status != C.WITHDRAWN and self.time <= held.given.valid_until

    def _own(self, member: int, key: bytes) -> Declared:
        held = self.declarations.get((member, key))
        if held is None or held.status == C.WITHDRAWN:
            actual = held.status if held else C.NONE
            raise RefusedError("WrongDeclarationStatus", member, key, actual)
        return held

    def _complete(self, key: bytes, given: Declaration) -> None:
        if ZERO in {key, given.document} or not given.cap or not given.currency:
            said = (key, given.cap, given.currency, given.document)
            raise RefusedError("IncompleteDeclaration", *said)
        self._lies_ahead(given.valid_until)


def _numbers(given: Declaration) -> dict[str, Any]:
    return {
        "cap": given.cap,
        "currency": given.currency,
        "validUntil": given.valid_until,
        "document": given.document,
    }


# Trees


def root_of(documents: Sequence[bytes]) -> bytes:
    """The root over documents, from the top."""
    if len(documents) == 1:
        return bytes(keccak(b"\0" + documents[0]))
    half = _left(len(documents))
    return bytes(keccak(b"\1" + root_of(documents[:half]) + root_of(documents[half:])))


def proof_in(documents: Sequence[bytes], place: int) -> Inclusion:
    """The proof of one of them, the lowest partner first."""
    if len(documents) == 1:
        return Inclusion(0, ())
    half = _left(len(documents))
    right = place >= half
    below, beside = (documents[:half], documents[half:])[:: -1 if right else 1]
    inner = proof_in(below, place - half * right)
    level = len(inner.partners)
    return Inclusion(inner.sides | right << level, (*inner.partners, root_of(beside)))


def shows(root: bytes, size: int, document: bytes, proof: Inclusion) -> bool:
    """Whether a proof shows a document: its way is one of a tree of this size, and leads there."""
    if (proof.sides, len(proof.partners)) not in _ways(size):
        return False
    here = bytes(keccak(b"\0" + document))
    for level, partner in enumerate(proof.partners):
        pair = (partner, here) if proof.sides >> level & 1 else (here, partner)
        here = bytes(keccak(b"\1" + pair[0] + pair[1]))
    return here == root


@functools.cache
def _ways(size: int) -> frozenset[tuple[int, int]]:
    """The ways from each leaf of a tree of this size: sides, and how many partners."""
    if size < 2:
        return frozenset({(0, 0)} if size else ())
    half = _left(size)
    found = [(sides, count, 0) for sides, count in _ways(half)]
    found += [(sides, count, 1) for sides, count in _ways(size - half)]
    return frozenset((sides | turn << count, count + 1) for sides, count, turn in found)


def _left(size: int) -> int:
    """The greatest power of two below a size."""
    return 1 << ((size - 1).bit_length() - 1)

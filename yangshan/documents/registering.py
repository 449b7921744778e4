# SPDX-License-Identifier: Apache-2.0
"""Acts of an issuer on its documents: registering, superseding, revoking.

What is registered is the commitment of a sealed document, or the root over a batch of them;
``issuer`` is always the acting member, by its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.acts import Act, Trace
from yangshan.chain.events import (
    DocumentRegistered,
    DocumentRevoked,
    DocumentsRegistered,
    DocumentsRevoked,
    DocumentSuperseded,
    LeafRevoked,
)
from yangshan.chain.records import Inclusion
from yangshan.chain.values import hexadecimal, seconds_of
from yangshan.documents.schema import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from yangshan.chain.records import Registration
    from yangshan.documents.reasons import Reason
    from yangshan.documents.sealing import InBatch

DOCUMENTS: Final = "DocumentRegistry"


def register(issuer: int, given: Registration) -> Act:
    """Registers one document, or a batch under one root."""
    return Act(
        contract=DOCUMENTS,
        function="register",
        arguments=(given,),
        key=given.root,
        what=f"registers {_registered(given)}",
        article="",
        traces=(_registration(issuer, given),),
    )


def register_list(
    issuer: int, roots: Sequence[str], kind: int, schema: int, expires: datetime | None
) -> Act:
    """Registers single documents of one kind, each by itself."""
    listed = tuple(roots)
    return Act(
        contract=DOCUMENTS,
        function="registerBatch",
        arguments=(listed, kind, schema, seconds_of(expires) if expires else 0),
        key=",".join(listed),
        what=f"registers {len(listed)} documents, each {_one(kind)}",
        article="",
        traces=(
            Trace(
                DocumentsRegistered,
                member_topic(issuer),
                {"roots": listed},
                {"kind": kind, "schema": schema, "expires": expires},
                actor="issuer",
            ),
        ),
    )


def supersede(issuer: int, root: str, given: Registration) -> Act:
    """Puts a later version in the place of a document, or of a batch."""
    return Act(
        contract=DOCUMENTS,
        function="supersede",
        arguments=(root, given),
        key=root,
        what=f"puts {_registered(given)} in the place of {root}",
        article="",
        traces=(
            Trace(
                DocumentSuperseded,
                member_topic(issuer),
                content={"successor": given.root},
                actor="issuer",
                second=root,
            ),
            _registration(issuer, given),
        ),
    )


def revoke(issuer: int, root: str, reason: Reason) -> Act:
    """Revokes a document, or a whole batch."""
    return Act(
        contract=DOCUMENTS,
        function="revoke",
        arguments=(root, reason.number),
        key=root,
        what=f"revokes {root}: {reason}",
        article="",
        traces=(
            Trace(
                DocumentRevoked,
                member_topic(issuer),
                content={"reason": reason.number},
                actor="issuer",
                second=root,
            ),
        ),
    )


def revoke_list(issuer: int, roots: Sequence[str], reason: Reason) -> Act:
    """Revokes documents, or whole batches, each by itself."""
    listed = tuple(roots)
    return Act(
        contract=DOCUMENTS,
        function="revokeBatch",
        arguments=(listed, reason.number),
        key=",".join(listed),
        what=f"revokes {len(listed)} documents: {reason}",
        article="",
        traces=(
            Trace(
                DocumentsRevoked,
                member_topic(issuer),
                {"roots": listed},
                {"reason": reason.number},
                actor="issuer",
            ),
        ),
    )


def revoke_leaf(issuer: int, document: str, batch: InBatch, reason: Reason) -> Act:
    """Revokes one document of a batch; under another batch it lives on."""
    root = hexadecimal(batch.root)
    return Act(
        contract=DOCUMENTS,
        function="revokeLeaf",
        arguments=(root, document, inclusion(batch), reason.number),
        key=f"{root}:{document}",
        what=f"revokes {document} of the batch {root}: {reason}",
        article="",
        traces=(
            Trace(
                LeafRevoked,
                member_topic(issuer),
                {"document": document},
                {"reason": reason.number},
                actor="issuer",
                second=root,
            ),
        ),
    )


def inclusion(batch: InBatch) -> Inclusion:
    """A proof of a batch as the contract takes it."""
    return Inclusion(
        sides=batch.proof.sides,
        partners=tuple(hexadecimal(each) for each in batch.proof.partners),
    )


def member_topic(member: int) -> str:
    """A member's number as a topic of events."""
    return hexadecimal(member.to_bytes(32, "big"))


def _registration(issuer: int, given: Registration) -> Trace:
    return Trace(
        DocumentRegistered,
        member_topic(issuer),
        content={"registration": given},
        actor="issuer",
        second=given.root,
    )


def _registered(given: Registration) -> str:
    one = _one(given.kind)
    return f"a batch of {given.size}, each {one}" if given.size else one


def _one(kind: int) -> str:
    title = numbered(kind).title
    return f"an {title}" if title[0] in "aeiou" else f"a {title}"

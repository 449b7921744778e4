# SPDX-License-Identifier: Apache-2.0
"""Grants and encryption keys by their rules: who may give whom what to read, and who might read.

A part of the model of papers (papers_model.py), written from what IDocumentGrants states. What is
asked first: the key of the caller, then what is said, then each reader in its turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from credit_model import RefusedError
from suite import Event, event

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_READERS = 64
ZERO = bytes(32)

# Granting member, content, reader.
Given = tuple[int, bytes, int]


@dataclass
class Grant:
    """One grant, and when it was withdrawn; 0 if it was not."""

    granted: int
    withdrawn: int = 0

    def held(self, instant: int) -> bool:
        return self.granted <= instant and not 0 < self.withdrawn <= instant


@dataclass
class Grants:
    """All grants, and the key that each member published last; out of standing nothing is lost."""

    keys: dict[int, bytes] = field(default_factory=dict)
    grants: dict[Given, Grant] = field(default_factory=dict)

    def publish(self, member: int, key: bytes) -> list[Event]:
        if key in (ZERO, self.keys.get(member)):
            raise RefusedError("BadEncryptionKey", member, key)
        self.keys[member] = key
        return [event("DocumentGrants", "EncryptionKeyPublished", memberId=member, key=key)]

    def grant(
        self, granter: int, content: bytes, document: bytes, readers: Sequence[int], time: int
    ) -> list[Event]:
        if ZERO in (content, document):
            raise RefusedError("IncompleteGrant", content, document)
        self._bounded(readers)
        made: dict[Given, Grant] = {}
        for reader in readers:
            if reader not in self.keys:
                raise RefusedError("NoEncryptionKey", reader)
            given = granter, content, reader
            before = made.get(given) or self.grants.get(given)
            if before is not None:
                raise RefusedError("GrantExists", content, reader, before.withdrawn)
            made[given] = Grant(time)
        self.grants |= made
        return [_told("AccessGranted", each, document=document) for each in made]

    def withdraw_grants(
        self, granter: int, content: bytes, readers: Sequence[int], time: int
    ) -> list[Event]:
        self._bounded(readers)
        ended: list[Given] = []
        for reader in readers:
            given = granter, content, reader
            held = self.grants.get(given)
            if held is None or held.withdrawn or given in ended:
                withdrawn = time if given in ended else held.withdrawn if held else 0
                raise RefusedError("NotGranted", content, reader, withdrawn)
            ended.append(given)
        for given in ended:
            self.grants[given].withdrawn = time
        return [_told("AccessWithdrawn", each) for each in ended]

    def _bounded(self, readers: Sequence[int]) -> None:
        if not 0 < len(readers) <= MOST_READERS:
            raise RefusedError("ReadersOutOfBounds", len(readers), MOST_READERS)


def _told(name: str, given: Given, **more: bytes) -> Event:
    granter, content, reader = given
    return event("DocumentGrants", name, granter=granter, reader=reader, content=content, **more)

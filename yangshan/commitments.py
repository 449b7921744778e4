# SPDX-License-Identifier: Apache-2.0
"""Salted commitments: what the chain carries instead of a text.

A bare hash of a credit's terms could be tried against guesses (a buyer, a round amount, a date), so
every commitment mixes in 32 random bytes that travel with the text and never on the chain. The kind
of content is part of what is hashed, with its length, so that one kind can never be shown as
another.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import rfc8785
from eth_utils.crypto import keccak

from yangshan.errors import Refused

# The tag of a leaf. Inner nodes of a tree carry another, so that neither passes for the other.
LEAF = b"\x00"

SALT_BYTES = 32


class BadSalt(Refused):
    """A salt that is not exactly 32 bytes."""

    def __init__(self, length: int) -> None:
        super().__init__(f"A salt has {SALT_BYTES} bytes; this one has {length}.")
        self.length = length


@dataclass(frozen=True, slots=True)
class Sealed:
    """Content with its salt and the commitment that binds both."""

    kind: str
    content: bytes
    salt: bytes
    commitment: bytes


def commit(kind: str, content: bytes, salt: bytes) -> bytes:
    """The 32-byte commitment to ``content`` of ``kind`` under ``salt``; raises BadSalt.

    keccak256(0x00, length of kind as 2 bytes, kind, salt, content).
    """
    if len(salt) != SALT_BYTES:
        raise BadSalt(len(salt))
    name = kind.encode()
    return bytes(keccak(LEAF + len(name).to_bytes(2, "big") + name + salt + content))


def seal(kind: str, value: object, salt: bytes | None = None) -> Sealed:
    """Commits to a JSON value in its canonical form (RFC 8785) under ``salt`` or a fresh one.

    Money and quantities inside ``value`` must be integers below 2**53 or decimal strings: RFC 8785
    writes every number as a double.
    """
    fresh = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    content = rfc8785.dumps(value)  # type: ignore[arg-type]
    return Sealed(kind, content, fresh, commit(kind, content, fresh))

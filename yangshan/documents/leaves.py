# SPDX-License-Identifier: Apache-2.0
"""The Merkle trees behind commitments to documents, byte for byte as a contract computes them.

All hashes are keccak256. ``uint16(n)`` is n in two bytes, the high one first; ``‖`` joins bytes.

    leaf of a field     H(0x00 ‖ uint16(len type) ‖ type ‖ uint16(len path) ‖ path ‖ salt ‖ value)
    leaf of a batch     H(0x00 ‖ commitment)
    inner node          H(0x01 ‖ left ‖ right)

``type`` is the kind of document and its schema's version in UTF-8, as ``invoice/1``; ``path`` a
JSON pointer (RFC 6901) in UTF-8, ``salt`` 32 random bytes, ``value`` canonical JSON. ``left``,
``right`` and ``commitment``, the root of one document, have 32 bytes each.

The first byte keeps leaves and nodes apart, so that a node never passes for a document; lengths
come before what they measure, so that no two leaves have the same bytes. Of the leaves beginning
with 0x00 only that of a batch has 33 bytes, a field's has 37 and more.

Leaves are joined in pairs, level by level; a last one without a partner goes up as it is. A proof
is the partners on the way up, lowest first, and ``sides``, a number whose bit i is set if partner i
stands on the left:

    for i, partner: node = sides >> i & 1 ? H(0x01 ‖ partner ‖ node) : H(0x01 ‖ node ‖ partner)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sha3 import keccak_256

from yangshan.commitments import LEAF, SALT_BYTES, BadSalt
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

NODE: Final = b"\x01"
HASH_BYTES: Final = 32
# A tree over more leaves than anybody has; a longer proof is none. Its sides are less than 2**53,
# which every reader of JSON keeps.
MOST_PARTNERS: Final = 48
_MOST_LENGTH: Final = 2**16 - 1


class TooLong(Refused):
    """A type or path whose length does not fit its two bytes."""

    def __init__(self, what: str, length: int) -> None:
        super().__init__(f"A {what} has at most {_MOST_LENGTH} bytes; this one has {length}.")
        self.what = what
        self.length = length


class NoLeaves(Refused):
    """A tree over nothing."""

    def __init__(self) -> None:
        super().__init__("There is nothing to commit to; expected at least one leaf.")


def field_leaf(kind: str, path: str, salt: bytes, value: bytes) -> bytes:
    """The leaf of one field; ``kind`` is the type with its version, ``value`` canonical JSON.

    Raises :class:`~yangshan.commitments.BadSalt`, :class:`TooLong`.
    """
    if len(salt) != SALT_BYTES:
        raise BadSalt(len(salt))
    message = LEAF + _measured("type", kind) + _measured("path", path) + salt + value
    return bytes(keccak_256(message).digest())


def batch_leaf(commitment: bytes) -> bytes:
    """The leaf of a batch that stands for one document, by its 32-byte commitment."""
    assert len(commitment) == HASH_BYTES
    return bytes(keccak_256(LEAF + commitment).digest())


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes."""
    return bytes(keccak_256(NODE + left + right).digest())


@dataclass(frozen=True, slots=True)
class Proof:
    """The way from a leaf to a root: partners, lowest first, and on which side each stands."""

    sides: int
    partners: tuple[bytes, ...]

    @property
    def wrong(self) -> str | None:
        """Why this is no proof of anything, or None: then only the hashes decide."""
        if len(self.partners) > MOST_PARTNERS:
            return f"its proof has more than {MOST_PARTNERS} partners"
        if self.sides < 0 or self.sides >> len(self.partners):
            return "its proof names the side of a partner that is not there"
        return None

    def root(self, leaf: bytes) -> bytes:
        """The root that this leaf makes with the partners."""
        here = leaf
        for place, partner in enumerate(self.partners):
            here = node(partner, here) if self.sides >> place & 1 else node(here, partner)
        return here


class Tree:
    """A Merkle tree; a million leaves take two seconds and 64 MB."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """Over 32-byte leaves in this order; raises :class:`NoLeaves`."""
        if not leaves:
            raise NoLeaves
        # Each level in one piece: a hash of its own for each would double the time and the room.
        self._levels = [b"".join(leaves)]
        while len(self._levels[-1]) > HASH_BYTES:
            self._levels.append(_joined(self._levels[-1]))

    @property
    def root(self) -> bytes:
        """What stands for all leaves."""
        return self._levels[-1]

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_BYTES

    def proof(self, place: int) -> Proof:
        """That the leaf at ``place``, counted from 0, belongs to the root; raises IndexError."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        sides, partners = 0, list[bytes]()
        for level in self._levels[:-1]:
            at = (place ^ 1) * HASH_BYTES
            if at < len(level):
                sides |= (place & 1) << len(partners)
                partners.append(level[at : at + HASH_BYTES])
            place >>= 1
        return Proof(sides, tuple(partners))


def _joined(level: bytes) -> bytes:
    pair, tag, hashed = 2 * HASH_BYTES, NODE, keccak_256
    whole = len(level) - len(level) % pair
    nodes = [hashed(tag + level[at : at + pair]).digest() for at in range(0, whole, pair)]
    nodes.append(level[whole:])
    return b"".join(nodes)


def _measured(what: str, text: str) -> bytes:
    data = text.encode()
    if len(data) > _MOST_LENGTH:
        raise TooLong(what, len(data))
    return len(data).to_bytes(2, "big") + data

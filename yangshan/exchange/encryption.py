# SPDX-License-Identifier: Apache-2.0
"""Encryption to members: the format age (age-encryption.org/v1) with X25519 keys, by pyrage.

A file is encrypted once, under a key of its own, and that key to each reader. The file does not say
who its readers are, nor who made it: that it comes from a member is what the chain says.

The chain carries a public key as its 32 bytes; age writes the same as ``age1...``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyrage
from bech32 import bech32_decode, bech32_encode, convertbits
from pyrage import x25519

from yangshan.errors import Refused, Unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY_BYTES: Final = 32
_PUBLIC: Final = "age"
_SECRET: Final = "age-secret-key-"
# 65 readers take 6.5 kB. The reader of a header takes the square of its length in time.
MOST_HEADER_BYTES: Final = 16 * 1024
_HEADER_END: Final = b"\n---"
_PRIME: Final = 2**255 - 19
# With these every exchange of keys gives zero, so that anybody could read: points of small order on
# the curve and its twist (RFC 7748, section 6.1), by their coordinates.
_SMALL_ORDER: Final = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        0x00B8495F16056286FDB1329CEB8D09DA6AC49FF1FAE35616AEB8413B7C7AEBE0,
        0x57119FD0DD4E22D8868E1C58C45C44045BEF839C55B1D0B1248C50A3BC959C5F,
    }
)


class UselessKey(Refused):
    """A public key with which everybody could read what is encrypted to it."""

    def __init__(self, key: bytes) -> None:
        super().__init__(
            f"The encryption key {key.hex()} is none: whatever is encrypted to it, everybody can "
            "read. Expected a key that `yangshan documents publish-key` made."
        )
        self.key = key


class NotForUs(Refused):
    """A file that none of the keys at hand opens."""

    def __init__(self, count: int) -> None:
        sentence = {
            0: "No reading key is here that could open it.",
            1: "The one reading key here does not open it.",
        }.get(count, f"None of the {count} reading keys here opens it.")
        super().__init__(f"The document is not encrypted to this member. {sentence}")
        self.count = count


class CiphertextDamaged(Unusable):
    """What is no encrypted file, or was changed since it was encrypted."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The encrypted document cannot be opened: {reason}.")
        self.reason = reason


def new_secret() -> bytes:
    """The 32 bytes of a fresh private key."""
    return _bytes_of(str(x25519.Identity.generate()))


def public_of(secret: bytes) -> bytes:
    """The public key of a private one."""
    return _bytes_of(str(_identity(secret).to_public()))


def recipient_of(key: bytes) -> str:
    """A public key as age writes it, ``age1...``."""
    return _text_of(_PUBLIC, key)


def key_of(recipient: str) -> bytes:
    """The public key that age wrote as ``age1...``."""
    return _bytes_of(recipient)


def require_useful(key: bytes) -> None:
    """Raises :class:`UselessKey` for a public key with which everybody could read."""
    # The highest bit means nothing (RFC 7748, section 5).
    coordinate = int.from_bytes(key, "little") & (2**255 - 1)
    if len(key) != KEY_BYTES or coordinate % _PRIME in _SMALL_ORDER:
        raise UselessKey(key)


def encrypt(content: bytes, keys: Sequence[bytes]) -> bytes:
    """The content encrypted to each of these public keys, anew each time.

    Raises :class:`UselessKey`.
    """
    for key in keys:
        require_useful(key)
    recipients = [x25519.Recipient.from_str(recipient_of(key)) for key in keys]
    encrypted: bytes = pyrage.encrypt(content, recipients)
    return encrypted


def decrypt(encrypted: bytes, secrets: Sequence[bytes]) -> bytes:
    """What was encrypted to one of these private keys.

    Raises :class:`NotForUs`, :class:`CiphertextDamaged`.
    """
    if _HEADER_END not in encrypted[:MOST_HEADER_BYTES]:
        raise CiphertextDamaged("it does not begin as one")
    if not secrets:
        raise NotForUs(0)
    try:
        content: bytes = pyrage.decrypt(encrypted, [_identity(each) for each in secrets])
    except pyrage.DecryptError as bad:
        if "No matching keys" in str(bad):
            raise NotForUs(len(secrets)) from bad
        raise CiphertextDamaged("it was changed since, or is none") from bad
    return content


def _identity(secret: bytes) -> x25519.Identity:
    return x25519.Identity.from_str(_text_of(_SECRET, secret).upper())


def _text_of(prefix: str, content: bytes) -> str:
    digits = convertbits(content, 8, 5)
    assert digits is not None
    return bech32_encode(prefix, digits)


def _bytes_of(text: str) -> bytes:
    digits = bech32_decode(text)[1]
    assert digits is not None, "pyrage wrote it"
    content = convertbits(digits, 5, 8, False)
    assert content is not None
    return bytes(content)

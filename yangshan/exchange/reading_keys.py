# SPDX-License-Identifier: Apache-2.0
"""The private keys with which a member reads what is encrypted to it, encrypted as its other keys.

One file each, called by its public key as age writes it. None is ever removed: what was encrypted
to an earlier key is read with that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eth_account import Account

from yangshan.chain.signers import KeyStore
from yangshan.exchange.encryption import new_secret, public_of, recipient_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadingKeys:
    """Those of all members in one folder, each member's in a folder of its number."""

    folder: Path

    def members(self) -> list[int]:
        """The members of which there are any."""
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(
            int(each.name) for each in found if each.name.isascii() and each.name.isdigit()
        )

    def names(self, member: int) -> list[str]:
        """The public keys of a member's, as age writes them."""
        return self._of(member).names()

    def make(self, member: int, password: str, *, iterations: int | None = None) -> bytes:
        """Makes and keeps a new one; its public key. ``iterations`` as in KeyStore.save.

        Raises BadKeyFile.
        """
        secret = new_secret()
        key = public_of(secret)
        # Key files hold 32 bytes, whatever curve they are for.
        self._of(member).save(
            recipient_of(key), Account.from_key(secret), password, iterations=iterations
        )
        return key

    def has(self, member: int, key: bytes) -> bool:
        """Whether the private half of a public key is here."""
        return recipient_of(key) in self.names(member)

    def secrets(self, member: int, keys: Sequence[bytes], password: str) -> list[bytes]:
        """The private halves of those of these public keys that are here.

        Raises WrongPassword, BadKeyFile.
        """
        own = self._of(member)
        return [
            bytes(own.load(recipient_of(key), password).account.key)
            for key in keys
            if self.has(member, key)
        ]

    def _of(self, member: int) -> KeyStore:
        return KeyStore(self.folder / str(member))

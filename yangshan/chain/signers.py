# SPDX-License-Identifier: Apache-2.0
"""Keys that sign: encrypted key files known by name, and the public keys of development nodes."""

from __future__ import annotations

import functools
import json
import os
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from eth_account import Account
from eth_account.hdaccount import key_from_seed, seed_from_mnemonic
from eth_utils.address import to_checksum_address

from yangshan.chain.nodes import TEST_MNEMONIC
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from eth_account.datastructures import SignedTransaction
    from eth_account.signers.local import LocalAccount
    from eth_typing import ChecksumAddress

_NO_KEY_FILE: Final = "it is not web3 secret storage, version 3"
_ADDRESS_DIGITS: Final = 40
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class BadKeyName(Unusable):
    """A name that cannot be the name of a key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot be the name of a key: up to 64 letters, digits, dots, dashes and "
            "underscores were expected, a letter or digit first."
        )
        self.name = name


class UnknownKey(Unusable):
    """A name under which no key is stored."""

    def __init__(self, name: str, known: Iterable[str], folder: Path) -> None:
        self.name = name
        self.known = tuple(known)
        self.folder = folder
        there = f"there are {', '.join(self.known)}" if self.known else "there are none"
        super().__init__(f"There is no key named {name} in {folder}; {there}.")


class KeyNameTaken(Unusable):
    """A name under which a key is stored already; a key is never overwritten."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(f"There is a key named {name} in {folder} already; take another name.")
        self.name = name
        self.folder = folder


class WrongPassword(Unusable):
    """A password that does not open the key."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The password does not open the key {name}.")
        self.name = name


class BadKeyFile(Unusable):
    """A file that is no key file (web3 secret storage, version 3), or cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The key file {path} cannot be used: {reason}.")
        self.path = path
        self.reason = reason


class DevelopmentKeyRefused(Unusable):
    """A key that the whole world knows was to sign on a chain that is not for development."""

    def __init__(self, name: str, client: str) -> None:
        super().__init__(
            f"The key {name} is a public one of development nodes. It signs nothing on this chain "
            f"({client}); a key of your own was expected."
        )
        self.name = name
        self.client = client


@dataclass(frozen=True)
class Signer:
    """One key with the name people know it by. ``development``: its secret is public."""

    name: str
    account: LocalAccount = field(repr=False)
    development: bool = False

    @property
    def address(self) -> ChecksumAddress:
        """The account that the key signs for."""
        return self.account.address

    def sign(self, transaction: dict[str, Any]) -> SignedTransaction:
        """The transaction with its signature; sends nothing."""
        signed: SignedTransaction = self.account.sign_transaction(transaction)
        return signed


@dataclass(frozen=True, slots=True)
class KeyStore:
    """A folder of key files, ``NAME.json`` each (web3 secret storage, version 3)."""

    folder: Path

    def names(self) -> list[str]:
        """The names of the keys, in the order of the alphabet."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def load(self, name: str, password: str) -> Signer:
        """The key of this name.

        Raises :class:`UnknownKey`, :class:`WrongPassword` and :class:`BadKeyFile`.
        """
        path = self._path(name)
        content = self._content(name, path)
        try:
            secret = Account.decrypt(content, password)
        except ValueError as reason:
            # The one failure of a sound file: the code over the content does not fit the password.
            if str(reason) == "MAC mismatch":
                raise WrongPassword(name) from None
            raise BadKeyFile(path, str(reason)) from None
        except (KeyError, TypeError, AttributeError, NotImplementedError):
            raise BadKeyFile(path, _NO_KEY_FILE) from None
        return Signer(name, Account.from_key(secret))

    def address(self, name: str) -> ChecksumAddress:
        """The account of the key of this name, which takes no password.

        Raises :class:`UnknownKey` and :class:`BadKeyFile`.
        """
        path = self._path(name)
        given = self._content(name, path).get("address", "")
        digits = given.removeprefix("0x") if isinstance(given, str) else ""
        if len(digits) != _ADDRESS_DIGITS or set(digits.lower()) - set("0123456789abcdef"):
            raise BadKeyFile(path, "it does not say its address")
        return to_checksum_address(f"0x{digits}")

    def save(
        self, name: str, account: LocalAccount, password: str, *, iterations: int | None = None
    ) -> Signer:
        """Store a key under a new name, readable for its owner alone.

        ``iterations`` is the work that trying a password takes, a power of two; the default is the
        usual one. Raises :class:`BadKeyName`, :class:`KeyNameTaken` and :class:`BadKeyFile`.
        """
        path = self._path(name)
        content = Account.encrypt(account.key, password, kdf="scrypt", iterations=iterations)
        draft = self.folder / f".{name}.{secrets.token_hex(8)}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(draft, json.dumps(content))
            # A link appears whole or not at all, and never in the place of another key.
            path.hardlink_to(draft)
        except FileExistsError:
            raise KeyNameTaken(name, self.folder) from None
        except OSError as reason:
            raise BadKeyFile(path, str(reason.strerror)) from None
        finally:
            draft.unlink(missing_ok=True)
        return Signer(name, account)

    def _content(self, name: str, path: Path) -> dict[str, Any]:
        if not path.is_file():
            raise UnknownKey(name, self.names(), self.folder)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as reason:
            raise BadKeyFile(path, str(reason)) from None
        if not isinstance(content, dict):
            raise BadKeyFile(path, _NO_KEY_FILE)
        return content

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadKeyName(name)
        return self.folder / f"{name}.json"


def development_signer(index: int, name: str) -> Signer:
    """Account ``index`` of the public test mnemonic (m/44'/60'/0'/0/index).

    Its secret is known to everybody: the sender refuses it on chains that are not for development.
    """
    return Signer(name, _development_account(index), development=True)


def _write(path: Path, text: str) -> None:
    """Write a file that is its owner's alone from the first byte, down to the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@functools.cache
def _development_seed() -> bytes:
    return seed_from_mnemonic(TEST_MNEMONIC, "")


@functools.cache
def _development_account(index: int) -> LocalAccount:
    account: LocalAccount = Account.from_key(
        key_from_seed(_development_seed(), f"m/44'/60'/0'/0/{index}")
    )
    return account

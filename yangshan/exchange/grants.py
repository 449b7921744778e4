# SPDX-License-Identifier: Apache-2.0
"""What the chain says of documents passed on: keys to encrypt to, and who was granted what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yangshan.alliance.ledger import Trace
from yangshan.chain.values import instant_of, unhexadecimal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.signers import Signer

GRANTS: Final = "DocumentGrants"


@dataclass(frozen=True, slots=True)
class Grant:
    """One document given to one reader; ``content`` and ``document`` without 0x.

    ``withdrawn`` is None while it stands.
    """

    granter: int
    reader: int
    content: str
    document: str
    granted: datetime
    withdrawn: datetime | None


class Grants:
    """Acts on keys and grants; each raises the typed errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # Keys

    def publish(self, administrator: Signer, key: bytes) -> None:
        """Publishes the key to which documents for the administrator's member are encrypted."""
        own = self._ledger.number_of(administrator)
        trace = Trace("EncryptionKeyPublished", {"memberId": own})
        self._ledger.act(
            administrator,
            GRANTS,
            "publishKey",
            (key,),
            holds=self.key_of(own) == key,
            trace=trace,
            what=f"publishes the encryption key 0x{key.hex()}",
            key=f"{key.hex()} after {len(self._ledger.logs(GRANTS, trace))}",
        )

    def key_of(self, member: int) -> bytes | None:
        """The key that a member has published, or None."""
        key = unhexadecimal(self._ledger.read(GRANTS, "encryptionKeyOf", member))
        return key if any(key) else None

    def keys_of(self, member: int) -> list[bytes]:
        """Every key that a member ever published, the latest first."""
        logs = self._ledger.logs(GRANTS, Trace("EncryptionKeyPublished", {"memberId": member}))
        return list(dict.fromkeys(bytes(log["args"]["key"]) for log in reversed(logs)))

    # Grants

    def grant(self, signer: Signer, content: str, document: str, readers: Sequence[int]) -> None:
        """Gives members a document to read, all of them in one transaction."""
        own = self._ledger.number_of(signer)
        self._ledger.act(
            signer,
            GRANTS,
            "grant",
            grant_arguments(content, document, readers),
            holds=all(self.standing(own, content, reader) for reader in readers),
            trace=_trace("AccessGranted", own, content),
            what=f"grants access to the content {content} to {self._names(readers)}",
            key=_business_key(content, readers),
        )

    def withdraw(self, signer: Signer, content: str, readers: Sequence[int]) -> None:
        """Withdraws what was granted to members, all of them in one transaction."""
        own = self._ledger.number_of(signer)
        states = [self._state(own, content, reader) for reader in readers]
        self._ledger.act(
            signer,
            GRANTS,
            "withdraw",
            withdraw_arguments(content, readers),
            holds=all(withdrawn for _, withdrawn in states),
            trace=_trace("AccessWithdrawn", own, content),
            what=f"withdraws access to the content {content} from {self._names(readers)}",
            key=_business_key(content, readers),
        )

    def try_as(self, account: ChecksumAddress, function: str, arguments: Sequence[object]) -> None:
        """Tries an act in the name of an account, and sends nothing; raises what is refused."""
        self._ledger.try_as(account, GRANTS, function, arguments)

    def standing(self, granter: int, content: str, reader: int) -> bool:
        """Whether a grant stands now."""
        granted, withdrawn = self._state(granter, content, reader)
        return bool(granted and not withdrawn)

    def given_to(self, reader: int, content: str | None = None) -> list[Grant]:
        """What a member was given to read, or one content alone, in the order of the chain."""
        return self._found({"reader": reader}, content)

    def given_by(self, granter: int, content: str | None = None) -> list[Grant]:
        """What a member gave others to read, otherwise as :meth:`given_to`."""
        return self._found({"granter": granter}, content)

    def member_of(self, signer: Signer) -> int:
        """The member that a signer acts for, 0 if it is none."""
        return self._ledger.number_of(signer)

    def _found(self, whose: dict[str, object], content: str | None) -> list[Grant]:
        sought = dict(whose)
        if content is not None:
            sought["content"] = unhexadecimal(content)
        return [
            self._grant(log["args"])
            for log in self._ledger.logs(GRANTS, Trace("AccessGranted", sought))
        ]

    def _grant(self, said: Any) -> Grant:
        granter, reader, content = said["granter"], said["reader"], bytes(said["content"]).hex()
        granted, withdrawn = self._state(granter, content, reader)
        return Grant(
            granter,
            reader,
            content,
            bytes(said["document"]).hex(),
            instant_of(granted),
            instant_of(withdrawn) if withdrawn else None,
        )

    def _state(self, granter: int, content: str, reader: int) -> tuple[int, int]:
        """When it was granted and withdrawn, Unix time; 0 for never."""
        granted, withdrawn = self._ledger.read(
            GRANTS, "grantOf", granter, unhexadecimal(content), reader
        )
        return granted, withdrawn

    def _names(self, readers: Sequence[int]) -> str:
        return ", ".join(self._ledger.handle(reader) for reader in readers)


def grant_arguments(content: str, document: str, readers: Sequence[int]) -> tuple[object, ...]:
    """What `grant` of the contract is called with."""
    return unhexadecimal(content), unhexadecimal(document), list(readers)


def withdraw_arguments(content: str, readers: Sequence[int]) -> tuple[object, ...]:
    """What `withdraw` of the contract is called with."""
    return unhexadecimal(content), list(readers)


def _trace(event: str, granter: int, content: str) -> Trace:
    return Trace(event, {"granter": granter, "content": unhexadecimal(content)})


def _business_key(content: str, readers: Sequence[int]) -> str:
    # A content is granted to a reader once, and withdrawn from it once.
    return f"{content} {' '.join(str(reader) for reader in readers)}"

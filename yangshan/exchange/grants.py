# SPDX-License-Identifier: Apache-2.0
"""What the chain says of documents passed on: keys to encrypt to, and who was granted what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.acts import Acts
from yangshan.chain.events import AccessGranted, EncryptionKeyPublished
from yangshan.chain.logs import events_with
from yangshan.chain.values import instant_of, unhexadecimal
from yangshan.documents.registering import member_topic
from yangshan.exchange.granting import GRANTS

if TYPE_CHECKING:
    from datetime import datetime


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


class Grants(Acts):
    """The encryption keys and grants of one deployment."""

    def key_of(self, member: int) -> bytes | None:
        """The key that a member has published, or None."""
        key = unhexadecimal(self._call(GRANTS, "encryptionKeyOf", member))
        return key if any(key) else None

    def keys_of(self, member: int) -> list[bytes]:
        """Every key that a member ever published, the latest first."""
        found = events_with(self._chain, self._deployment, GRANTS, [None, member_topic(member)])
        keys = [each.key for each in found if isinstance(each, EncryptionKeyPublished)]
        return [unhexadecimal(key) for key in dict.fromkeys(reversed(keys))]

    def stands(self, granter: int, content: str, reader: int) -> bool:
        """Whether a grant stands now."""
        granted, withdrawn = self._state(granter, content, reader)
        return bool(granted and not withdrawn)

    def given_to(self, reader: int, content: str | None = None) -> list[Grant]:
        """What a member was given to read, or one content alone, in the order of the chain."""
        return self._found([None, None, member_topic(reader)], content)

    def given_by(self, granter: int, content: str | None = None) -> list[Grant]:
        """What a member gave others to read, otherwise as :meth:`given_to`."""
        return self._found([None, member_topic(granter), None], content)

    def _found(self, topics: list[str | None], content: str | None) -> list[Grant]:
        sought = topics if content is None else [*topics, f"0x{content}"]
        return [
            self._grant(each)
            for each in events_with(self._chain, self._deployment, GRANTS, sought)
            if isinstance(each, AccessGranted)
        ]

    def _grant(self, said: AccessGranted) -> Grant:
        content = said.content.removeprefix("0x")
        granted, withdrawn = self._state(said.granter, content, said.reader)
        return Grant(
            said.granter,
            said.reader,
            content,
            said.document.removeprefix("0x"),
            instant_of(granted),
            instant_of(withdrawn) if withdrawn else None,
        )

    def _state(self, granter: int, content: str, reader: int) -> tuple[int, int]:
        """When it was granted and withdrawn, Unix time; 0 for never."""
        granted, withdrawn = self._call(GRANTS, "grantOf", granter, f"0x{content}", reader)
        return granted, withdrawn

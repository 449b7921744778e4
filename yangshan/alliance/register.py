# SPDX-License-Identifier: Apache-2.0
"""The register on the chain as it stands: the members of the alliance and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY
from yangshan.chain.values import instant_of

if TYPE_CHECKING:
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.records import Key, Member


@dataclass(frozen=True, slots=True)
class KeyView:
    """An account with what the registry has of it."""

    account: ChecksumAddress
    record: Key


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member with what the registry has of it, and all its accounts.

    ``active``: it may be named in new business. A suspended one may not, nor one that has left or
    lapsed.
    """

    number: int
    record: Member
    active: bool
    keys: tuple[KeyView, ...]


class Register:
    """Members and keys, to look at."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def members(self) -> list[MemberView]:
        """All members in the order of their numbers, with all their keys."""
        return [self.member(each + 1) for each in range(self._ledger.read(REGISTRY, "memberCount"))]

    def member(self, number: int) -> MemberView:
        """One member; raises UnknownMember."""
        found = self._ledger.read(REGISTRY, "member", number)
        return MemberView(
            number=number,
            record=found,
            active=self._ledger.read(REGISTRY, "isActive", number),
            keys=tuple(
                self.key(self._ledger.read(REGISTRY, "accountAt", number, index))
                for index in range(found.accounts)
            ),
        )

    def key(self, account: ChecksumAddress) -> KeyView:
        """One account as the registry has it."""
        return KeyView(account, self._ledger.read(REGISTRY, "key", account))

    def founders(self) -> int:
        """How many founders there are: the members numbered from 1 to this."""
        return int(self._ledger.read(REGISTRY, "founders"))

    def paused_until(self) -> datetime | None:
        """The last second of the pause of new business, None if nothing is paused now."""
        seconds = int(self._ledger.read(REGISTRY, "pausedUntil"))
        until = instant_of(seconds)
        return until if self._ledger.now() <= until else None

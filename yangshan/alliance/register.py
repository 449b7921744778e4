# SPDX-License-Identifier: Apache-2.0
"""The register on the chain: the members of the alliance and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY, Trace
from yangshan.chain.values import seconds_of
from yangshan.deployment.plan import NO_END

if TYPE_CHECKING:
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.enums import Role
    from yangshan.chain.records import Key, Member
    from yangshan.chain.signers import Signer


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
    """Members and keys; acts raise the typed errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def set_key(
        self,
        administrator: Signer,
        account: ChecksumAddress,
        roles: Role,
        until: datetime | None = None,
    ) -> None:
        """Gives an account of the administrator's member exactly these roles.

        ``until`` is the last second at which the key signs anything, None for no end.
        """
        old = self._ledger.read(REGISTRY, "key", account)
        own = self._ledger.number_of(administrator)
        end = NO_END if until is None else seconds_of(until)
        self._ledger.act(
            administrator,
            REGISTRY,
            "setKey",
            (account, int(roles), end),
            holds=(old.member_id, old.roles, old.valid_until) == (own, roles, until),
            trace=Trace("KeySet", {"memberId": own, "account": account}),
            what=f"gives the key {account} the roles {roles.label}",
            # Going back to earlier roles is an act of its own, hence the count.
            key=f"{account} {roles:d} {end} after {self._ledger.sent(administrator)}",
        )

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

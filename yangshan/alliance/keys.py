# SPDX-License-Identifier: Apache-2.0
"""The keys of a member: which accounts act for it, with which roles, and until when.

Every act is one of the member's administrator, except that a key stops and renounces itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY, Trace
from yangshan.chain.values import seconds_of
from yangshan.deployment.plan import NO_END

if TYPE_CHECKING:
    from datetime import datetime

    from eth_typing import ChecksumAddress

    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.enums import Role
    from yangshan.chain.records import Key
    from yangshan.chain.signers import Signer


class Keys:
    """Acts on keys; each raises the typed errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def give(
        self,
        administrator: Signer,
        account: ChecksumAddress,
        roles: Role,
        until: datetime | None = None,
    ) -> None:
        """Gives an account of the administrator's member exactly these roles, new or not.

        ``until`` is the last second at which the key signs anything, None for no end.
        """
        old = self._key(account)
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

    def rotate(
        self, administrator: Signer, previous: ChecksumAddress, account: ChecksumAddress
    ) -> None:
        """Puts another account in the place of one, with its roles and validity."""
        # Whoever rotates its own key is nobody's afterwards, and the one that came is whose it was.
        own = self._ledger.number_of(administrator) or self._key(account).member_id
        trace = Trace("KeyRotated", {"memberId": own, "previous": previous, "account": account})
        self._ledger.act(
            administrator,
            REGISTRY,
            "rotateKey",
            (previous, account),
            holds=self._key(account).member_id == own
            and self._key(previous).member_id != own
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=f"puts the key {account} in the place of {previous}",
            key=f"{previous} {account} after {self._ledger.sent(administrator)}",
        )

    def freeze(self, signer: Signer, account: ChecksumAddress) -> None:
        """Stops a key until it is thawed; an administrator does, or the key itself."""
        own = self._ledger.number_of(signer)
        key = self._key(account)
        self._ledger.act(
            signer,
            REGISTRY,
            "freezeKey",
            (account,),
            holds=key.frozen and key.member_id == own,
            trace=Trace("KeyFrozen", {"memberId": own, "account": account}),
            what=f"freezes the key {account}",
            key=f"{account} after {self._ledger.sent(signer)}",
        )

    def thaw(self, administrator: Signer, account: ChecksumAddress) -> None:
        """Lets a frozen key sign again; raises KeyNotFrozen for one that never was."""
        own = self._ledger.number_of(administrator)
        key = self._key(account)
        trace = Trace("KeyThawed", {"memberId": own, "account": account})
        self._ledger.act(
            administrator,
            REGISTRY,
            "thawKey",
            (account,),
            holds=not key.frozen
            and key.member_id == own
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=f"thaws the key {account}",
            key=f"{account} after {self._ledger.sent(administrator)}",
        )

    def revoke(self, administrator: Signer, account: ChecksumAddress) -> None:
        """Takes an account from the administrator's member: it signs nothing from now on."""
        own = self._ledger.number_of(administrator)
        trace = Trace("KeyRevoked", {"memberId": own, "account": account})
        self._ledger.act(
            administrator,
            REGISTRY,
            "revokeKey",
            (account,),
            holds=self._key(account).member_id != own and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=f"revokes the key {account}",
            key=f"{account} after {self._ledger.sent(administrator)}",
        )

    def renounce(self, signer: Signer) -> None:
        """Takes the signer's own account from its member."""
        trace = Trace("KeyRevoked", {"account": signer.address})
        self._ledger.act(
            signer,
            REGISTRY,
            "renounceKey",
            (),
            holds=self._key(signer.address).member_id == 0
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=f"renounces the key {signer.address}",
            key=f"after {self._ledger.sent(signer)}",
        )

    def _key(self, account: ChecksumAddress) -> Key:
        found: Key = self._ledger.read(REGISTRY, "key", account)
        return found

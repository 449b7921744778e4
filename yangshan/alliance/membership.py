# SPDX-License-Identifier: Apache-2.0
"""How a membership ends without a vote: a member resigns, or its validity is over.

Whatever ended it, the member finishes what it has in flight with the keys that it has. To suspend,
reinstate, expel and renew is the council's (:mod:`yangshan.alliance.motions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY, Trace
from yangshan.chain.enums import MemberStatus

if TYPE_CHECKING:
    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.signers import Signer


class Membership:
    """Acts that end a membership; each raises the errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def resign(self, administrator: Signer) -> None:
        """Ends the membership of the administrator's member, for ever."""
        own = self._ledger.number_of(administrator)
        self._ledger.act(
            administrator,
            REGISTRY,
            "resign",
            (),
            holds=own != 0
            and self._ledger.read(REGISTRY, "member", own).status is MemberStatus.RESIGNED,
            trace=Trace("MemberResigned", {"memberId": own}),
            what="resigns from the alliance",
            key=str(own),
        )

    def lapse(self, signer: Signer, member: int) -> None:
        """Takes a member whose validity is over out of the active ones; anyone may."""
        trace = Trace("MemberLapsed", {"memberId": member})
        active = self._ledger.read(REGISTRY, "isActive", member)
        self._ledger.act(
            signer,
            REGISTRY,
            "lapse",
            (member,),
            # A member can be renewed and lapse again; suspended is something else.
            holds=not active
            and self._ledger.happened(REGISTRY, trace)
            and self._ledger.read(REGISTRY, "member", member).status is MemberStatus.ACTIVE,
            trace=trace,
            what=f"lets {self._ledger.handle(member)} lapse, whose validity is over",
            key=f"{member} after {self._ledger.sent(signer)}",
        )

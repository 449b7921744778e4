# SPDX-License-Identifier: Apache-2.0
"""Where a member's cash arrives. It moves in two steps, so that no money goes to an account that
nobody holds: the administrator nominates, and the account itself says that it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY, Trace
from yangshan.chain.records import NO_ACCOUNT

if TYPE_CHECKING:
    from eth_typing import ChecksumAddress

    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.signers import Signer


class Treasury:
    """The two steps; each raises the typed errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def nominate(self, administrator: Signer, account: ChecksumAddress | None) -> None:
        """Nominates an account of the administrator's member; None withdraws a nomination."""
        own = self._ledger.number_of(administrator)
        wanted = NO_ACCOUNT if account is None else account
        trace = Trace("TreasuryNominated", {"memberId": own, "account": wanted})
        self._ledger.act(
            administrator,
            REGISTRY,
            "nominateTreasury",
            (wanted,),
            # Whoever was nominated and has become the treasury need not be nominated again.
            holds=own != 0
            and wanted in (self.nominated(own), self._treasury(own))
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=(
                "withdraws the nomination of a treasury"
                if account is None
                else f"nominates {account} as treasury"
            ),
            key=f"{wanted} after {self._ledger.sent(administrator)}",
        )

    def become(self, signer: Signer) -> None:
        """Makes the signer's account, which was nominated, the treasury of its member."""
        own = self._ledger.number_of(signer)
        trace = Trace("TreasuryChanged", {"memberId": own, "treasury": signer.address})
        self._ledger.act(
            signer,
            REGISTRY,
            "becomeTreasury",
            (),
            holds=own != 0
            and self._treasury(own) == signer.address
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=f"becomes the treasury with {signer.address}",
            key=f"after {self._ledger.sent(signer)}",
        )

    def nominated(self, member: int) -> str:
        """The account that may become the treasury, all zero if there is none."""
        return str(self._ledger.read(REGISTRY, "nominatedTreasury", member))

    def _treasury(self, member: int) -> str:
        return str(self._ledger.read(REGISTRY, "member", member).treasury)

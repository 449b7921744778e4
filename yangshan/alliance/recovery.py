# SPDX-License-Identifier: Apache-2.0
"""The recovery of a member that has lost its administrator.

The council decides on the new one; the member has time to object; then anyone completes it. What
was objected to is settled by a second vote, of two thirds. Both votes are motions
(:mod:`yangshan.alliance.motions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY, Trace

if TYPE_CHECKING:
    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.records import Recovery
    from yangshan.chain.signers import Signer


class Recoveries:
    """What is done beside the votes; each act raises the errors of ``yangshan.chain.reverts``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def object(self, administrator: Signer) -> None:
        """Objects to the recovery of the administrator's own member while its delay runs."""
        own = self._ledger.number_of(administrator)
        self._ledger.act(
            administrator,
            REGISTRY,
            "objectToRecovery",
            (),
            holds=self.under_way(own).objected,
            trace=Trace("RecoveryObjected", {"memberId": own}),
            what="objects to its recovery",
            key=f"{own} after {self._ledger.sent(administrator)}",
        )

    def complete(self, signer: Signer, member: int) -> None:
        """Completes a recovery to which the member did not object in time; anyone may."""
        trace = Trace("AdministratorRecovered", {"memberId": member})
        self._ledger.act(
            signer,
            REGISTRY,
            "completeRecovery",
            (member,),
            holds=self.under_way(member).completable_from is None
            and self._ledger.happened(REGISTRY, trace),
            trace=trace,
            what=f"completes the recovery of {self._ledger.handle(member)}",
            key=f"{member} after {self._ledger.sent(signer)}",
        )

    def under_way(self, member: int) -> Recovery:
        """The recovery of a member; its ``completable_from`` is None if there is none."""
        found: Recovery = self._ledger.read(REGISTRY, "recoveryOf", member)
        return found

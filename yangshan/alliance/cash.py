# SPDX-License-Identifier: Apache-2.0
"""The cash of the alliance on the chain: minted by its issuers, held by treasuries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.alliance.ledger import REGISTRY, Trace
from yangshan.chain.values import text_bytes
from yangshan.deployment.plan import cash_name
from yangshan.money import Money

if TYPE_CHECKING:
    from yangshan.alliance.ledger import Ledger
    from yangshan.chain.signers import Signer
    from yangshan.money import Currency


class Cash:
    """Every currency of the ledger; acts raise the errors of :mod:`yangshan.chain.reverts`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def mint(self, issuer: Signer, member: int, money: Money, reference: str) -> None:
        """Mints cash to a member's treasury against money received outside, once per reference.

        ``reference`` is the issuing member's own, at most 32 ASCII characters. Raises NotDeployed
        for a currency that is not on the ledger, UnfitReference, and ReferenceUsed where the
        reference stands for another payment.
        """
        name = cash_name(money.currency)
        padded = text_bytes(reference, 32)
        trace = Trace("CashMinted", {"outsideReference": padded})
        log = self._ledger.last(name, trace)
        self._ledger.act(
            issuer,
            name,
            "mint",
            (member, money.minor, padded),
            holds=log is not None
            and (log["args"]["memberId"], log["args"]["amount"]) == (member, money.minor),
            trace=trace,
            what=f"mints {money} for {self._ledger.handle(member)} against {reference}",
            key=reference,
        )

    def balance(self, member: int, currency: Currency) -> Money:
        """What a member's treasury holds of a currency; raises NotDeployed, UnknownMember."""
        treasury = self._ledger.read(REGISTRY, "member", member).treasury
        return Money(self._ledger.read(cash_name(currency), "balanceOf", treasury), currency)

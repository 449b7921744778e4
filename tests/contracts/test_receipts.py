# SPDX-License-Identifier: Apache-2.0
"""A node may count a transaction before it can show the receipt; nothing is then given up."""

from __future__ import annotations

from brownie import accounts, web3
from web3.exceptions import TransactionNotFound

# Looks at a receipt that come too early. Brownie by itself gives up at the first.
EARLY = 3


def test_a_receipt_that_comes_late_is_awaited(monkeypatch):
    shown = web3.eth._transaction_receipt
    looks = []

    def late(transaction):
        looks.append(transaction)
        if len(looks) <= EARLY:
            raise TransactionNotFound("not yet")
        return shown(transaction)

    monkeypatch.setattr(web3.eth, "_transaction_receipt", late)
    tx = accounts[0].transfer(accounts[1], 1, silent=True)

    assert len(looks) > EARLY
    assert (tx.status, tx.sender, tx.receiver, tx.value) == (1, accounts[0], accounts[1], 1)

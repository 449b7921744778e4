# SPDX-License-Identifier: Apache-2.0
"""A dictionary finds nothing in committed documents, and finds what is committed to carelessly."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace

import pytest
from dictionary import SECRETS, Seen, found_by, guesses, hashed, sealed_pair, seen_of

from yangshan.documents import SealedDocument
from yangshan.documents.canonical import canonical, flat
from yangshan.documents.leaves import field_leaf

COUNT = 20_000
SEED = int(os.environ.get("YANGSHAN_SEED", "0"))


def found(seen: Seen, pair: tuple[SealedDocument, ...], count: int = 2000) -> set[str]:
    """The paths that the attack finds out."""
    return {guess[1] for guess in guesses(pair, count, SEED) if found_by(seen, guess) is not None}


def test_nothing_is_found() -> None:
    pair = sealed_pair()
    assert found(seen_of(pair), pair, COUNT) == set()


def test_every_secret_is_guessed_right_once() -> None:
    """Or the attack would find nothing for want of guessing it."""
    pair = sealed_pair()
    tried = list(guesses(pair, 5000, SEED))
    assert len(tried) == 5000
    for each in pair:
        values = dict(flat(each.document.fields))
        for path in SECRETS[each.document.kind]:
            assert (each.document.type, path, canonical(values[path])) in tried
    # And hardly anything twice.
    assert len(set(tried)) > 3500


def salted(sealed: SealedDocument, salt_of: dict[str, bytes]) -> SealedDocument:
    return replace(sealed, salts={**sealed.salts, **salt_of})


@pytest.mark.parametrize("salt", ["zero", "counted", "shared", "hashed"])
def test_careless_salts_are_found(salt: str) -> None:
    """Of a field whose salt is known, its neighbour's proof holds the leaf."""
    invoice, declaration = sealed_pair()
    shown = invoice.salts["/seller/name"]
    weak = {
        "zero": bytes(32),
        "counted": (int.from_bytes(shown, "big") + 1).to_bytes(32, "big"),
        "shared": shown,
        "hashed": hashlib.sha256(shown).digest(),
    }[salt]
    spoilt = salted(invoice, {path: weak for path in invoice.salts if "seller" not in path})
    pair = (spoilt, declaration)
    seen = seen_of(pair)
    # Only leaves beside those that are shown can be compared: all of them, to be sure of one.
    leaves = {
        field_leaf("invoice/1", path, spoilt.salts[path], canonical(value))
        for path, value in flat(spoilt.document.fields)
    }
    assert found(Seen(seen.hashes | leaves, seen.salts), pair) == set(SECRETS["invoice"])


def test_a_bare_hash_is_found() -> None:
    pair = sealed_pair()
    seen = seen_of(pair)
    values = dict(flat(pair[0].document.fields))
    number, amount = canonical(values["/invoiceNumber"]), str(values["/totalInvoiceAmount"])
    planted = {hashed(number), hashlib.sha256(amount.encode()).digest()}
    assert found(Seen(seen.hashes | planted, seen.salts), pair) == {
        "/invoiceNumber",
        "/totalInvoiceAmount",
    }


def test_the_attacker_has_leaves_of_hidden_fields() -> None:
    """Else there would be nothing to compare guesses with."""
    assert any(hidden_leaves(sealed_pair()) for _ in range(20))


def hidden_leaves(pair: tuple[SealedDocument, ...]) -> set[bytes]:
    leaves = {
        field_leaf(each.document.type, path, each.salts[path], canonical(value))
        for each in pair
        for path, value in flat(each.document.fields)
    }
    return leaves & seen_of(pair).hashes

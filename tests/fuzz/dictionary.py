# SPDX-License-Identifier: Apache-2.0
"""Guessing what committed documents say, by one who knows all but what is guessed.

The attacker has what a chain and a partner have: the commitments, the root of a batch, and proofs
of some fields with their salts and partners, the lowest of which are leaves of hidden fields. It
knows the schema, the layout and every value but the one that it tries, and it tries each under
every salt that could be known: none, zero, those that were shown and what can be computed of them
and of public hashes.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sha3 import keccak_256

from yangshan.documents import Disclosure, SealedDocument, disclose, read_document, seal
from yangshan.documents.batches import Batch
from yangshan.documents.canonical import canonical, flat
from yangshan.documents.leaves import batch_leaf

EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
Guess = tuple[str, str, bytes]


@dataclass(frozen=True)
class Seen:
    """What the attacker has: hashes that may be of something hidden, and salts that may serve."""

    hashes: frozenset[bytes]
    salts: tuple[bytes, ...]


# The fields that are worth most, with as many values as they could have: number, date, amount,
# price, buyer and its code of the invoice; number, date, value and exporter of the declaration.
SECRETS: dict[str, tuple[str, ...]] = {
    "invoice": (
        "/invoiceNumber",
        "/invoiceDate",
        "/totalInvoiceAmount",
        "/lineItems/0/unitPriceAmount",
        "/lineItems/0/quantity",
        "/buyer/name",
        "/references/contractNumber",
    ),
    "customs-declaration": (
        "/declarationNumber",
        "/declarationDate",
        "/lines/0/lineTotalAmount",
        "/domesticParty/name",
        "/grossWeight/value",
        "/contractNumber",
    ),
}
# What a partner was shown of each.
SHOWN = {"invoice": "/seller", "customs-declaration": "/overseasParty"}


NAMES = ("Heron Machinery Import Co., Ltd.", "Crane Trading", "Harbour Tools", "Sail Industries")


def sealed_pair() -> tuple[SealedDocument, ...]:
    """An invoice and a declaration under fresh salts."""
    return tuple(
        seal(read_document(EXAMPLES.joinpath(f"{kind}.json").read_bytes(), kind))
        for kind in SECRETS
    )


def seen_of(pair: tuple[SealedDocument, ...]) -> Seen:
    """What becomes known of sealed documents when their batch is registered and some is shown."""
    batch = Batch([each.commitment for each in pair])
    hashes, salts = {batch.root}, {bytes(32), batch.root}
    for each in pair:
        proof = disclose(each, [SHOWN[each.document.kind]], batch.prove(each.commitment))
        hashes |= public_hashes(proof)
        salts |= {field.salt for field in proof.fields}
        salts |= {each.commitment, batch_leaf(each.commitment)}
    for salt in tuple(salts):
        after = (int.from_bytes(salt, "big") + 1) % 2**256
        salts |= {hashed(salt), hashlib.sha256(salt).digest(), after.to_bytes(32, "big")}
    return Seen(frozenset(hashes), tuple(sorted(salts)))


def public_hashes(proof: Disclosure) -> set[bytes]:
    """The hashes in a proof."""
    found = {proof.commitment}
    for field in proof.fields:
        found |= set(field.proof.partners)
    if proof.batch:
        found |= {proof.batch.root, *proof.batch.proof.partners}
    return found


def guesses(pair: tuple[SealedDocument, ...], count: int, seed: int) -> Iterator[Guess]:
    """So many guesses of type, path and value; the true value of each secret is among them."""
    dice = random.Random(seed)
    secrets = []
    for each in pair:
        values = dict(flat(each.document.fields))
        secrets += [
            (each.document.type, path, str(values[path])) for path in SECRETS[each.document.kind]
        ]
    true = {dice.randrange(count): place for place in range(len(secrets))}
    while len(true) < len(secrets):
        missing = set(range(len(secrets))) - set(true.values())
        true[dice.randrange(count)] = missing.pop()
    for number in range(count):
        here = true.get(number)
        kind, path, right = secrets[number % len(secrets) if here is None else here]
        value = right if here is not None else like(right, number // len(secrets), dice)
        yield kind, path, canonical(value)


def like(right: str, number: int, dice: random.Random) -> str:
    """A value of the same form: its digits counted through, or a name of a list."""
    count = sum(sign.isdigit() for sign in right)
    if not count:
        return f"{dice.choice(('Silver', 'Golden', 'Jade'))} {dice.choice(NAMES)} {number % 5000}"
    digits = iter(f"{number % 10**count:0{count}d}")
    return "".join(next(digits) if sign.isdigit() else sign for sign in right)


def hashed(data: bytes) -> bytes:
    """keccak256."""
    return bytes(keccak_256(data).digest())


@cache
def head_of(kind: str, path: str) -> bytes:
    """What stands before the salt in a leaf."""
    return b"".join(
        (
            b"\x00",
            len(kind.encode()).to_bytes(2, "big"),
            kind.encode(),
            len(path.encode()).to_bytes(2, "big"),
            path.encode(),
        )
    )


def found_by(seen: Seen, guess: Guess) -> str | None:
    """In which way a guess is confirmed by what is seen, or None."""
    kind, path, value = guess
    # Bare, and without a salt in the leaf: what a commitment of a careless kind would be.
    named = kind.encode() + path.encode() + value
    for form in (value, value.strip(b'"'), named, b"\x00" + value, b"\x00" + named):
        if hashed(form) in seen.hashes or hashlib.sha256(form).digest() in seen.hashes:
            return "a bare hash"
    head = head_of(kind, path)
    for salt in seen.salts:
        if hashed(head + salt + value) in seen.hashes:
            return "a salt that is known"
    return None

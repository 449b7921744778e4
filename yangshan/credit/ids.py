# SPDX-License-Identifier: Apache-2.0
"""The numbers under which the contracts keep credits, presentations and obligations.

Each is derived from what the business calls the thing, so that doing the same thing twice meets
itself. The contracts derive them in the same way (``creditIdOf`` and its like).
"""

from __future__ import annotations

from dataclasses import dataclass

from eth_abi import encode
from eth_utils.crypto import keccak

from yangshan.credit.issuance import reference_bytes


@dataclass(frozen=True, slots=True)
class PresentationKey:
    """What names a presentation: the struct PresentationKey of IPresentations."""

    credit_id: bytes
    examiner: int
    presenter: int
    number: int

    def as_argument(self) -> tuple[object, ...]:
        """The struct in the order of its fields."""
        return (self.credit_id, self.examiner, self.presenter, self.number)


def credit_id(issuing_bank: int, reference: str) -> bytes:
    """The credit that a member issued under a reference (field 20)."""
    return bytes(keccak(encode(["uint32", "bytes16"], [issuing_bank, reference_bytes(reference)])))


def presentation_id(key: PresentationKey) -> bytes:
    """The presentation of a key."""
    return bytes(keccak(encode(["bytes32", "uint32", "uint32", "uint8"], key.as_argument())))


def obligation_id(presentation: bytes, debtor: int, owner: int) -> bytes:
    """The obligation that arose from a presentation between two members."""
    return bytes(keccak(encode(["bytes32", "uint32", "uint32"], [presentation, debtor, owner])))

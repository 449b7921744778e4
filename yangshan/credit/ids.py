# SPDX-License-Identifier: Apache-2.0
"""The numbers under which the contracts keep credits, presentations, obligations, claims.

Each is derived from what the business calls the thing, so that doing the same thing twice meets
itself. The contracts derive them in the same way (``creditIdOf`` and its like). All are 0x and 64
digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eth_abi import encode
from eth_utils.crypto import keccak

from yangshan.chain.enums import ObligationKind
from yangshan.chain.values import hexadecimal, text_bytes, unhexadecimal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yangshan.chain.records import PresentationKey

REFERENCE_BYTES = 16


def credit_id(issuing_bank: int, reference: str) -> str:
    """The credit that a member issued under a reference (field 20); raises UnfitReference."""
    return _derived(("uint32", "bytes16"), (issuing_bank, text_bytes(reference, REFERENCE_BYTES)))


def presentation_id(key: PresentationKey) -> str:
    """The presentation of a key."""
    return _derived(("bytes32", "uint32", "uint32", "uint8"), key.as_argument())


def obligation_id(presentation: str, debtor: int, owner: int) -> str:
    """The obligation that arose from a presentation between two members."""
    return _derived(("bytes32", "uint32", "uint32"), (unhexadecimal(presentation), debtor, owner))


def slice_id(first: str, number: int) -> str:
    """What is owed as slice ``number`` of a mixed payment, counted from 0; ``first`` is slice 0."""
    if not number:
        return first
    return _derived(("bytes32", "uint256"), (unhexadecimal(first), number))


def difference_source(presentation: str) -> str:
    """What stands for a presentation in the number of the first beneficiary's difference on it."""
    return _derived(
        ("bytes32", "uint8"), (unhexadecimal(presentation), int(ObligationKind.DIFFERENCE))
    )


def claim_id(presentation: str, number: int) -> str:
    """A bank's claim for reimbursement of a presentation to it, by its own count."""
    return _derived(("bytes32", "uint8"), (unhexadecimal(presentation), number))


def part_id(credit: str, number: int) -> str:
    """The part of a credit that its transfer of that number makes, a credit of its own."""
    return _derived(("bytes32", "uint8"), (unhexadecimal(credit), number))


def _derived(types: Sequence[str], values: Sequence[object]) -> str:
    return hexadecimal(keccak(encode(types, values)))

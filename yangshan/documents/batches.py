# SPDX-License-Identifier: Apache-2.0
"""One root over the commitments of many documents, and the proof that one belongs to it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from yangshan.documents.leaves import HASH_BYTES, Tree, batch_leaf
from yangshan.documents.sealing import InBatch
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotInBatch(Refused):
    """A document that is looked for in a batch without it."""

    def __init__(self, commitment: bytes) -> None:
        super().__init__(f"The batch has no document with the commitment {commitment.hex()}.")
        self.commitment = commitment


class TwiceInBatch(Refused):
    """A document that stands in a batch more than once."""

    def __init__(self, commitment: bytes) -> None:
        super().__init__(
            f"The document with the commitment {commitment.hex()} stands in the batch twice; "
            "expected each once."
        )
        self.commitment = commitment


class Batch:
    """Documents in an order, by their commitments; a million take two seconds."""

    def __init__(self, commitments: Sequence[bytes]) -> None:
        """Of 32-byte commitments.

        Raises :class:`TwiceInBatch`, :class:`~yangshan.documents.leaves.NoLeaves`.
        """
        assert all(len(each) == HASH_BYTES for each in commitments)
        self.commitments = tuple(commitments)
        if len(set(self.commitments)) < len(self.commitments):
            counted = Counter(self.commitments)
            raise TwiceInBatch(next(each for each in self.commitments if counted[each] > 1))
        self._tree = Tree([batch_leaf(each) for each in self.commitments])

    @property
    def root(self) -> bytes:
        """What is registered for all of them."""
        return self._tree.root

    def prove(self, commitment: bytes) -> InBatch:
        """That a document belongs to it; raises :class:`NotInBatch`."""
        try:
            place = self.commitments.index(commitment)
        except ValueError:
            raise NotInBatch(commitment) from None
        return InBatch(self.root, self._tree.proof(place))

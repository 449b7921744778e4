# SPDX-License-Identifier: Apache-2.0
"""Trade documents: their schemas, salted commitments to them, and proofs of single fields.

Everything here works without a chain. A document is checked against its schema, sealed (each of its
values a salted leaf of a Merkle tree, whose root is all that a chain ever gets), and any of its
fields is shown with a proof that tells nothing of the others.
"""

from yangshan.documents.document import Document, read_document
from yangshan.documents.sealing import Disclosure, SealedDocument, Shown, disclose, seal, verify
from yangshan.documents.validation import Finding, check

__all__ = [
    "Disclosure",
    "Document",
    "Finding",
    "SealedDocument",
    "Shown",
    "check",
    "disclose",
    "read_document",
    "seal",
    "verify",
]

# SPDX-License-Identifier: Apache-2.0
"""Errors of registered documents, of customs declarations and of the exchange of documents."""

# Annotations are read while the program runs, so they are not left unevaluated here.

from yangshan.chain.enums import DeclarationStatus, DocumentStatus
from yangshan.chain.reverts.base import ContractError
from yangshan.chain.values import (
    BlockTime,
    Commitment,
    CurrencyNumber,
    Instant,
    MemberNumber,
    Minor64,
    Number8,
    Number16,
    Number32,
    Number256,
    OptionalInstant,
)


class BadRegistration(ContractError):
    """A document has a commitment, a kind and a version of its schema."""

    text = (
        "a document needs a commitment, a kind and a version of its schema, none of them zero; "
        "{root}, {kind} and {schema} were given"
    )

    root: Commitment
    kind: Number8
    schema: Number16


class DocumentExists(ContractError):
    """The issuer has registered this before."""

    text = "{issuer} registered the document {root} before, and each is registered once"

    issuer: MemberNumber
    root: Commitment


class WrongDocumentStatus(ContractError):
    """The document is not registered by this issuer, or it ended."""

    text = (
        "of {issuer} the document {root} is {actual}; for this it would have to be registered, "
        "and neither revoked nor superseded"
    )

    issuer: MemberNumber
    root: Commitment
    actual: DocumentStatus


class NotAVersion(ContractError):
    """A later version has the kind of the earlier one and no more documents."""

    text = (
        "a later version of {root} has the kind {kind} as well, and at most as many documents: a "
        "single one, or {size} in a batch if that is not 0"
    )

    root: Commitment
    kind: Number8
    size: Number32


class RevokedWithoutReason(ContractError):
    """A revocation names its reason."""

    text = "a document is revoked for a reason, a number that is not zero"


class NoDocuments(ContractError):
    """A list names at least one document."""

    text = "the list names no document; one at least was expected"


class NotInBatch(ContractError):
    """The proof does not show the document in the batch."""

    text = "the proof does not show that the document {document} stands in the batch {root}"

    root: Commitment
    document: Commitment


class LeafRevokedAlready(ContractError):
    """The document was revoked under this batch before."""

    text = "the document {document} of the batch {root} was revoked before, on {revoked}"

    root: Commitment
    document: Commitment
    revoked: Instant


class InstantAhead(ContractError):
    """Nobody knows yet where a document will stand."""

    text = "where the document stands at {instant} is not known yet; it is {time}"

    instant: BlockTime
    time: BlockTime


class NotCustoms(ContractError):
    """Only a member of the kind customs attests declarations."""

    text = "{member_id} is not customs, and customs alone attests declarations"

    member_id: MemberNumber


class IncompleteDeclaration(ContractError):
    """A declaration has a key, a value above zero, a currency and a commitment."""

    text = (
        "a declaration needs a random key, a value above zero, a currency and a commitment; {key}, "
        "{cap}, {currency} and {document} were given"
    )

    key: Commitment
    cap: Minor64
    currency: CurrencyNumber
    document: Commitment


class DeclarationExists(ContractError):
    """The customs has used the key before."""

    text = (
        "{customs} has attested a declaration with the key {key} before; another key is chosen at "
        "random"
    )

    customs: MemberNumber
    key: Commitment


class ExporterStays(ContractError):
    """The exporter of a declaration stays."""

    text = "{exporter} is the exporter of the declaration {key} and stays it"

    key: Commitment
    exporter: MemberNumber


class DeclarationUnchanged(ContractError):
    """An amendment changes something."""

    text = "the amendment leaves the declaration {key} as it is"

    key: Commitment


class WrongDeclarationStatus(ContractError):
    """The declaration of this customs does not stand where the act needs it."""

    text = "of {customs} the declaration {key} is {actual}, which does not allow this"

    customs: MemberNumber
    key: Commitment
    actual: DeclarationStatus


class WithdrawnWithoutReason(ContractError):
    """A withdrawal names its reason."""

    text = "the declaration {key} is withdrawn for a reason, a number that is not zero"

    key: Commitment


class BadEncryptionKey(ContractError):
    """The key is none, or it is the one that is published."""

    text = "{member_id} publishes a key other than {key}: it is none, or it is published already"

    member_id: MemberNumber
    key: Commitment


class IncompleteGrant(ContractError):
    """A grant names where the document lies, and the document."""

    text = (
        "a grant names where the document lies and the commitment to it, neither of them zero; "
        "{content} and {document} were given"
    )

    content: Commitment
    document: Commitment


class ReadersOutOfBounds(ContractError):
    """A list names one reader at least, and no more than the most at once."""

    text = "a list names 1 to {most} readers at once, and {count} were given"

    count: Number256
    most: Number256


class NoEncryptionKey(ContractError):
    """Nothing can be encrypted to a member that has published no key."""

    text = "{member_id} has published no encryption key, so that nothing can be encrypted to it"

    member_id: MemberNumber


class GrantExists(ContractError):
    """The content was granted to this reader before."""

    text = "the content {content} was granted to {reader} before; it was withdrawn: {withdrawn}"

    content: Commitment
    reader: MemberNumber
    withdrawn: OptionalInstant


class NotGranted(ContractError):
    """There is no grant of this member to withdraw."""

    text = (
        "this member has no grant of the content {content} to {reader} that stands; it was "
        "withdrawn: {withdrawn}"
    )

    content: Commitment
    reader: MemberNumber
    withdrawn: OptionalInstant

# SPDX-License-Identifier: Apache-2.0
"""Documents sealed under a commitment, and proofs of single fields of them.

Each value of a document is a leaf of its own with a salt of its own, 32 bytes of the system's
randomness; the root of the tree over them is the commitment (:mod:`yangshan.documents.leaves` has
the bytes). Whoever knows the commitment, and even fields that were shown, can try no guess at
another: its salt is not among what they have.

The leaves stand in the order of their hashes, and empty ones fill up to a power of two, at least
sixteen. So the place of a field and the length of its proof tell nothing of what else a document
says; only a very long document shows by its proofs that it is one.

The file that a document was made from, such as a PDF, is a leaf too: its sha256 and size, under the
path ``#file``, which is no JSON pointer. An empty leaf has the empty path and no value.

Whoever seals could put a field under two values. Who has the whole sealed document would see it
(:meth:`SealedDocument.commitment` is computed from nothing but its fields); who is shown one field
must trust the issuer in this, as in the field itself.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.commitments import SALT_BYTES
from yangshan.documents.canonical import Json, NotCanonical, canonical, flat, normal
from yangshan.documents.leaves import Proof, Tree, batch_leaf, field_leaf
from yangshan.documents.validation import require_valid
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yangshan.documents.document import Document

FILE_PATH: Final = "#file"
# The kind of document that has a key on the chain.
DECLARATION_KIND: Final = "customs-declaration"
KEY_BYTES: Final = 32
_EMPTY_PATH: Final = ""
_FEWEST_LEAVES: Final = 16
# The schema bounds a document first; this bounds what is read from elsewhere.
MOST_LEAVES: Final = 2**17


class TooManyFields(Refused):
    """A document of more values than are sealed."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"The document has {count} values, and at most {MOST_LEAVES - 1} are sealed."
        )
        self.count = count


class NoSuchField(Refused):
    """A field to be shown that the document does not have."""

    def __init__(self, path: str, near: Sequence[str]) -> None:
        known = f" Fields there: {', '.join(near)}." if near else ""
        super().__init__(f"The document has no field {path}.{known}")
        self.path = path


class ProofBroken(Refused):
    """A proof that does not lead from what is shown to the commitment."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"What is shown of {path} is not proved: {reason}.")
        self.path = path
        self.reason = reason


class OtherFile(Refused):
    """A file other than the one that was sealed with the document."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This is not the file that was sealed with the document: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileHash:
    """The file that a document was made from: sha256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int

    @staticmethod
    def of(data: bytes) -> FileHash:
        """That of a file with these bytes."""
        return FileHash(hashlib.sha256(data).hexdigest(), len(data))

    def as_json(self) -> Json:
        """As it is committed to."""
        return {"sha256": self.sha256, "size": self.size}


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """A document with all its salts: the secret half, from which every proof is made.

    ``salts`` by the path of each leaf, ``empty`` those of the empty leaves. ``key``, of a customs
    declaration alone, is the random key under which customs attests it, and is no part of the
    commitment.
    """

    document: Document
    file: FileHash | None
    salts: Mapping[str, bytes]
    empty: tuple[bytes, ...]
    key: bytes | None = None

    @property
    def commitment(self) -> bytes:
        """The 32 bytes that stand for the document, computed from its fields alone."""
        return Tree(_ordered(self, _leaves(self))).root


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field with its salt and the way from its leaf to the commitment."""

    path: str
    value: Json
    salt: bytes
    proof: Proof


@dataclass(frozen=True, slots=True)
class InBatch:
    """That a document belongs to the batch with this root."""

    root: bytes
    proof: Proof


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is shown of a document: the public half, which verifies without anything else."""

    kind: str
    version: int
    commitment: bytes
    fields: tuple[ShownField, ...]
    batch: InBatch | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a disclosure proves; ``registered`` is what must stand in the registry for it."""

    kind: str
    version: int
    commitment: bytes
    registered: bytes
    fields: Mapping[str, Json]
    file: FileHash | None


def seal(
    document: Document, file: FileHash | None = None, key: bytes | None = None
) -> SealedDocument:
    """Seals a document under fresh salts, a customs declaration with a fresh key as well.

    ``key`` is that of the declaration which this one amends.

    Raises :class:`~yangshan.documents.validation.SchemaBroken`,
    :class:`~yangshan.documents.schema.UnknownKind`, :class:`TooManyFields`,
    :class:`~yangshan.documents.canonical.NotCanonical`.
    """
    require_valid(document)
    values = _values(document, file)
    fresh = {path: secrets.token_bytes(SALT_BYTES) for path in values}
    empty = _filled(len(values)) - len(values)
    if document.kind == DECLARATION_KIND and key is None:
        key = secrets.token_bytes(KEY_BYTES)
    return SealedDocument(
        document, file, fresh, tuple(secrets.token_bytes(SALT_BYTES) for _ in range(empty)), key
    )


def disclose(
    sealed: SealedDocument, paths: Iterable[str], batch: InBatch | None = None
) -> Disclosure:
    """Shows the fields at these paths, each with all below it, and nothing else.

    ``#file`` shows the hash of the original file. Raises :class:`NoSuchField`.
    """
    values = _values(sealed.document, sealed.file)
    chosen: dict[str, Json] = {}
    for path in paths:
        if path in values:
            chosen[path] = values[path]
            continue
        below = {at: value for at, value in values.items() if _under(at, path)}
        if not below:
            raise NoSuchField(path, _near(path, values))
        chosen |= below
    leaves = _leaves(sealed)
    order = _ordered(sealed, leaves)
    tree, places = Tree(order), {leaf: place for place, leaf in enumerate(order)}
    shown = (
        ShownField(path, value, sealed.salts[path], tree.proof(places[leaves[path]]))
        for path, value in sorted(chosen.items())
    )
    return Disclosure(sealed.document.kind, sealed.document.version, tree.root, tuple(shown), batch)


def verify(disclosure: Disclosure) -> Shown:
    """What a disclosure proves; raises :class:`ProofBroken` if any of it does not hold."""
    # Only its leaves bind a commitment to a kind of document.
    if not disclosure.fields:
        raise ProofBroken("the document", "no field of it is shown")
    fields: dict[str, Json] = {}
    for shown in disclosure.fields:
        if shown.path in fields:
            raise ProofBroken(shown.path, "it is shown twice")
        fields[shown.path] = _verified(disclosure, shown)
    registered = disclosure.commitment
    if disclosure.batch is not None:
        if wrong := disclosure.batch.proof.wrong:
            raise ProofBroken("the batch", wrong)
        registered = disclosure.batch.root
        if disclosure.batch.proof.root(batch_leaf(disclosure.commitment)) != registered:
            raise ProofBroken("the batch", "the document does not belong to it")
    file = fields.pop(FILE_PATH, None)
    return Shown(
        disclosure.kind,
        disclosure.version,
        disclosure.commitment,
        registered,
        fields,
        None if file is None else _file_of(file),
    )


def require_file(shown: Shown, data: bytes) -> None:
    """Raises :class:`OtherFile` unless these bytes are the file that a disclosure shows."""
    if shown.file is None:
        raise OtherFile(f"the proof shows no file; prove {FILE_PATH} too")
    if shown.file != FileHash.of(data):
        raise OtherFile(f"it has the sha256 {FileHash.of(data).sha256}, not {shown.file.sha256}")


def require_salts(sealed: SealedDocument) -> None:
    """Raises :class:`ProofBroken` unless each value has a salt and nothing else has one."""
    values = _values(sealed.document, sealed.file)
    if odd := sorted(set(values) ^ set(sealed.salts)):
        missing = odd[0] in values
        raise ProofBroken(odd[0], "its salt is missing" if missing else "there is no such field")
    if len(values) + len(sealed.empty) != _filled(len(values)):
        raise ProofBroken("the empty leaves", "there are more or fewer of them than expected")


def _verified(disclosure: Disclosure, shown: ShownField) -> Json:
    """The value that is proved, strings in NFC."""
    if shown.path != FILE_PATH and not shown.path.startswith("/"):
        raise ProofBroken(shown.path or "the empty path", "it is no field")
    # A value with parts is never a leaf; its bytes would say nothing of its parts.
    if shown.path != FILE_PATH and shown.value and isinstance(shown.value, dict | list):
        raise ProofBroken(shown.path, "it has parts, and only they have proofs")
    if wrong := shown.proof.wrong:
        raise ProofBroken(shown.path, wrong)
    kind = f"{disclosure.kind}/{disclosure.version}"
    try:
        value = normal(shown.value)
        normal([kind, shown.path])
        leaf = field_leaf(kind, shown.path, shown.salt, canonical(value))
    except NotCanonical as bad:
        raise ProofBroken(shown.path, bad.reason) from bad
    if shown.proof.root(leaf) != disclosure.commitment:
        raise ProofBroken(
            shown.path, "the value, its salt and its proof do not make the commitment"
        )
    return value


def _file_of(value: Json) -> FileHash:
    if isinstance(value, dict) and set(value) == {"sha256", "size"}:
        sha256, size = value["sha256"], value["size"]
        if isinstance(sha256, str) and isinstance(size, int) and not isinstance(size, bool):
            return FileHash(sha256, size)
    raise ProofBroken(FILE_PATH, "expected sha256 and size")


def _values(document: Document, file: FileHash | None) -> dict[str, Json]:
    """What the leaves say, by their paths."""
    values = dict(flat(document.fields))
    if file is not None:
        values[FILE_PATH] = file.as_json()
    if len(values) >= MOST_LEAVES:
        raise TooManyFields(len(values))
    return values


def _leaves(sealed: SealedDocument) -> dict[str, bytes]:
    """The leaves that say something, by their paths."""
    kind = sealed.document.type
    return {
        path: field_leaf(kind, path, sealed.salts[path], canonical(value))
        for path, value in _values(sealed.document, sealed.file).items()
    }


def _ordered(sealed: SealedDocument, leaves: Mapping[str, bytes]) -> list[bytes]:
    """These and the empty ones, as they stand in the tree."""
    kind = sealed.document.type
    empty = (field_leaf(kind, _EMPTY_PATH, salt, b"") for salt in sealed.empty)
    return sorted((*leaves.values(), *empty))


def _filled(count: int) -> int:
    """How many leaves there are for this many values."""
    return max(_FEWEST_LEAVES, 1 << (count - 1).bit_length())


def _under(path: str, above: str) -> bool:
    # The empty pointer would be the whole: an empty word of a shell must not show everything.
    return path.startswith(above + "/") and above != ""


def _near(path: str, values: Mapping[str, Json]) -> list[str]:
    """Fields beside the one that is not there, to say what there is."""
    above = path.rpartition("/")[0] + "/"
    names = {at[len(above) :].partition("/")[0] for at in values if at.startswith(above)}
    return sorted(above + name for name in names)[:12]

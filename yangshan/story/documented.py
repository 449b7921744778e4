# SPDX-License-Identifier: Apache-2.0
"""The documents of a presentation in the story: sealed, registered by who issued them, looked up.

What is presented goes under a commitment that binds it to these; a bank that examines asks the
registry whether each is its issuer's before it finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import DocumentStatus
from yangshan.chain.records import Registration
from yangshan.chain.values import hexadecimal
from yangshan.credit.papers import DocumentsFileError
from yangshan.documents import registering
from yangshan.documents.document import read_document
from yangshan.documents.issuers import issuer_in, member_meant
from yangshan.documents.schema import schema_of
from yangshan.documents.sealing import FileHash, seal
from yangshan.documents.validation import require_valid
from yangshan.story.stage import read_documents
from yangshan.story.summary import DocumentEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from yangshan.acts import Act
    from yangshan.alliance.members import MemberRecord
    from yangshan.documents.sealing import SealedDocument
    from yangshan.documents.service import RegisteredDocument
    from yangshan.story.acts import RunningAct
    from yangshan.story.script import Documents

# What the registry says binds nobody under UCP 600.
OUTSIDE: Final = "outside UCP 600"


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A sealed document; ``issuer`` is the member that issued it, 0 if that one is none."""

    sealed: SealedDocument
    issuer: int
    name: str

    @property
    def root(self) -> str:
        """Its commitment."""
        return hexadecimal(self.sealed.commitment)

    @property
    def kind(self) -> str:
        """The kind of document, as its schema is called."""
        return self.sealed.document.kind

    @property
    def title(self) -> str:
        """The same for people."""
        return schema_of(self.kind).title

    def registration(self) -> Act:
        """The act of its issuer that registers it."""
        schema = schema_of(self.kind)
        given = Registration(self.root, schema.number, schema.version, None, 0)
        return registering.register(self.issuer, given)


class PresentedSet:
    """What is presented together; a list of documents in one file has none that are sealed."""

    def __init__(self, act: RunningAct, documents: Documents, part: int = 0) -> None:
        self._act, self._part = act, part
        self._listed = {} if isinstance(documents, tuple) else read_documents(documents)
        files = documents if isinstance(documents, tuple) else ()
        self.documents = tuple(sealed_in(file, act.stage.members) for file in files)

    @property
    def own(self) -> Sequence[IssuedDocument]:
        """Those that a member of the alliance issued."""
        return [each for each in self.documents if each.issuer]

    def content(self, shipped: date | None) -> dict[str, object]:
        """What the presentation is committed to."""
        held = [
            {"type": each.title, "kind": each.kind, "commitment": each.root}
            for each in self.documents
        ]
        said = {"shipped": str(shipped)} if shipped else {}
        return {**said, **self._listed, **({"documents": held} if held else {})}

    def register(self) -> None:
        """Each issuer registers what it issued."""
        for each in self.own:
            last = each is self.own[-1]
            self._act.do(
                each.issuer,
                each.registration(),
                by=self._act.stage.papers,
                mark="registered" if last else "",
                part=self._part,
            )

    def look_up(self, bank: int) -> None:
        """A bank asks the registry whether every document is its issuer's, and stands."""
        if not self.documents:
            return
        said: dict[str, list[str]] = {}
        for each in self.documents:
            said.setdefault(self._said(each), []).append(each.kind.replace("-", " "))
        told = "; ".join(f"{_listed(kinds)} {what}" for what, kinds in said.items())
        self._act.see(bank, f"asks the registry: {told}", OUTSIDE)

    def entries(self) -> list[DocumentEntry]:
        """Where each stands now."""
        found = []
        for each in self.documents:
            record = self._record(each)
            held = record and record.record.registered
            found.append(
                DocumentEntry(
                    part=self._part,
                    kind=each.kind,
                    title=each.title,
                    issuer=each.name,
                    member=bool(each.issuer),
                    commitment=each.root,
                    registered=self._act.local(held) if held else None,
                    status=record.status.name if record else "UNKNOWN",  # type: ignore[arg-type]
                )
            )
        return found

    def _record(self, document: IssuedDocument) -> RegisteredDocument | None:
        if not document.issuer:
            return None
        found = self._act.stage.papers.find(document.root, issuers=[document.issuer])
        return found[0] if found else None

    def _said(self, document: IssuedDocument) -> str:
        if not document.issuer:
            return f"of {document.name}, which is no member"
        found = self._record(document)
        status = found.status if found else DocumentStatus.UNKNOWN
        return f"{status.label} by {document.name}"


def sealed_in(file: Path, members: Mapping[int, MemberRecord]) -> IssuedDocument:
    """The document of a file, sealed under fresh salts; raises as :func:`expect_documents`."""
    data = _bytes_of(file)
    document = read_document(data, file)
    sealed = seal(document, FileHash.of(data))
    party = issuer_in(document)
    number = member_meant(party, members) if party else 0
    name = members[number].legal_name if number else party.name if party else ""
    return IssuedDocument(sealed, number, name)


def expect_documents(documents: Documents) -> None:
    """Raises DocumentsFileError for files that cannot be read, BadJson and SchemaBroken."""
    if not isinstance(documents, tuple):
        read_documents(documents)
        return
    for file in documents:
        require_valid(read_document(_bytes_of(file), file))


def entries_of(sets: Iterable[PresentedSet]) -> tuple[DocumentEntry, ...]:
    """Where all documents of several presentations stand."""
    return tuple(entry for each in sets for entry in each.entries())


def _listed(kinds: Sequence[str]) -> str:
    *others, last = kinds
    return f"{', '.join(others)} and {last}" if others else last


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as missing:
        raise DocumentsFileError(file, str(missing.strerror)) from missing

# SPDX-License-Identifier: Apache-2.0
"""Whether documents that somebody was given are their issuers', and stand: asked of the chain.

A sealed document is asked for by its commitment, alone or in a batch, and the word of the member
that it names as its issuer counts. A customs declaration is asked for by its key, and stands if it
is in force under the commitment at hand: what was amended since is another declaration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.chain.enums import DeclarationStatus, DocumentStatus
from yangshan.chain.values import hexadecimal
from yangshan.documents.batches import NotInBatch
from yangshan.documents.examination.beside import NOT_ATTESTED
from yangshan.documents.examination.model import Vouched, Word
from yangshan.documents.identifiers import BadIdentifier, declaration
from yangshan.documents.issuers import issuer_in, member_meant
from yangshan.documents.schema import schema_of
from yangshan.documents.sealing import DECLARATION_KIND
from yangshan.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yangshan.alliance.members import MemberRecord
    from yangshan.chain.wording import Wording
    from yangshan.documents.batches import Batch
    from yangshan.documents.examination.model import Presentation
    from yangshan.documents.sealing import InBatch, SealedDocument
    from yangshan.documents.service import DeclarationView, Papers, RegisteredDocument

_WORDS: Final = {
    DocumentStatus.UNKNOWN: Word.UNKNOWN,
    DocumentStatus.REGISTERED: Word.STANDS,
    DocumentStatus.REVOKED: Word.REVOKED,
    DocumentStatus.SUPERSEDED: Word.SUPERSEDED,
    DocumentStatus.EXPIRED: Word.EXPIRED,
}


class NotRelied(Refused):
    """A document or declaration that does not stand, where one was to be relied on."""

    def __init__(self, file: object, said: str) -> None:
        super().__init__(f"{file} cannot be relied on, so nothing is sent: {said}.")
        self.file = file
        self.said = said


class Vouching:
    """The questions, of one deployment at one alliance; ``batches`` are those at hand."""

    def __init__(
        self,
        papers: Papers,
        members: Mapping[int, MemberRecord],
        wording: Wording,
        batches: Sequence[Batch] = (),
    ) -> None:
        self._papers, self._members, self._wording = papers, members, wording
        self._batches = batches

    def words(self, presentation: Presentation) -> Mapping[str, Vouched]:
        """What the registry says of each document but declarations, by its name."""
        return {
            paper.name: self.word(paper.sealed)
            if paper.sealed
            else Vouched(Word.UNSEALED, "it is not sealed, so that no registry can be asked for it")
            for paper in presentation.papers
            if paper.kind != DECLARATION_KIND
        }

    def word(self, sealed: SealedDocument) -> Vouched:
        """What the registry says of a sealed document now."""
        party = issuer_in(sealed.document)
        number = member_meant(party, self._members) if party else 0
        named = party.name if party else "nobody"
        if not number:
            return Vouched(Word.OUTSIDE, f"its issuer, {named}, is no member that is known here")
        held = list(self._records(sealed))
        own = [each for each in held if each.issuer == number]
        if own:
            return self._own(sealed, min(own, key=lambda each: not each.stands))
        issuer = self._wording.member(number)
        if held:
            said = "; ".join(each.told(self._wording) for each in held)
            return Vouched(Word.ANOTHERS, f"{said}; {issuer}, which is to have issued it, did not")
        return Vouched(Word.UNKNOWN, f"{issuer}, which is to have issued it, has not registered it")

    def standings(self, presentation: Presentation) -> Mapping[str, str]:
        """How customs has each sealed declaration, by its number, in the words of check X20."""
        found: dict[str, str] = {}
        for paper in presentation.of(DECLARATION_KIND):
            if paper.sealed is None:
                continue
            try:
                number = declaration(paper.text("/declarationNumber") or "").number
            except BadIdentifier:
                continue
            found[number] = self._standing(paper.sealed)
        return found

    def require(self, sealed: SealedDocument, file: object) -> None:
        """Raises :class:`NotRelied` unless a document, or a declaration, stands now."""
        if sealed.document.kind == DECLARATION_KIND:
            standing = self._standing(sealed)
            if standing not in {"declared", "released"}:
                raise NotRelied(file, f"the declaration is {standing}")
            return
        held = self.word(sealed)
        if held.word is not Word.STANDS:
            raise NotRelied(file, held.said)

    def _own(self, sealed: SealedDocument, found: RegisteredDocument) -> Vouched:
        schema = schema_of(sealed.document.kind)
        if (found.record.kind, found.record.schema) != (schema.number, sealed.document.version):
            said = f"{found.told(self._wording)}; but it is a {schema.title}"
            return Vouched(Word.MISTAKEN, said)
        return Vouched(_WORDS[found.status], found.told(self._wording))

    def _records(self, sealed: SealedDocument) -> Iterable[RegisteredDocument]:
        """Whoever has it on record, by itself or in a batch at hand."""
        document = hexadecimal(sealed.commitment)
        yield from self._papers.find(document)
        for batch in self._batches:
            try:
                proof: InBatch = batch.prove(sealed.commitment)
            except NotInBatch:
                continue
            yield from self._papers.find(hexadecimal(proof.root), document, proof)

    def _standing(self, sealed: SealedDocument) -> str:
        if sealed.key is None:
            return NOT_ATTESTED
        views = self._papers.declarations(hexadecimal(sealed.key))
        held = sorted(views, key=lambda each: not _is_of(each, sealed))
        return _in_words(held[0], sealed) if held else NOT_ATTESTED


def _is_of(view: DeclarationView, sealed: SealedDocument) -> bool:
    return view.standing.declaration.document == hexadecimal(sealed.commitment)


def _in_words(view: DeclarationView, sealed: SealedDocument) -> str:
    standing = view.standing
    if standing.status is DeclarationStatus.WITHDRAWN:
        return "withdrawn"
    if not standing.in_force:
        return "expired"
    if not _is_of(view, sealed):
        return "amended"
    return "released" if standing.status is DeclarationStatus.RELEASED else "declared"

# SPDX-License-Identifier: Apache-2.0
"""What holds of documents, declarations and grants after every act, whoever did what before.

Each function is one row of tests/proofs/invariants.toml, under its number. It holds what events
told against what is on record; what a batch holds is known to whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from invariants import INVARIANTS, asked, latest, place
from papers_model import Inclusion, proof_in
from suite import RevertedError
from vocabulary import DeclarationStatus, DocumentStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papers_lives import Life
    from suite import Event

PAPERS: Final = "papers"
# Of how many last records everything is asked.
RECENT: Final = 6
ZERO: Final = bytes(32)
S, C = DocumentStatus, DeclarationStatus

Named = tuple[int, bytes]
# Granting member, content, reader.
Given = tuple[int, bytes, int]


@dataclass
class DocumentStory:
    """What events told of a document of one issuer."""

    registered: int
    expires: int
    size: int
    kind: int
    schema: int
    ended: int = 0
    reason: int = 0
    successor: bytes = ZERO
    leaves: dict[bytes, int] = field(default_factory=dict)


@dataclass
class DeclarationStory:
    """What events told of a declaration of one customs."""

    exporter: int
    numbers: dict[str, Any]
    status: Any
    changed: int
    reason: int = 0


@dataclass
class GrantStory:
    """What events told of a grant; ``keyed``: its reader had published a key before."""

    granted: int
    keyed: bool
    withdrawn: int = 0


@dataclass
class PaperScene:
    """What an invariant looks at; ``grown`` are acts of members out of standing that added some."""

    life: Life
    documents: dict[Named, DocumentStory] = field(default_factory=dict)
    declarations: dict[Named, DeclarationStory] = field(default_factory=dict)
    grants: dict[Given, GrantStory] = field(default_factory=dict)
    keys: dict[int, bytes] = field(default_factory=dict)
    touched: list[Named] = field(default_factory=list)
    answers: list[tuple[tuple[Any, ...], Any]] = field(default_factory=list)
    readings: list[tuple[tuple[Any, ...], Any]] = field(default_factory=list)
    grown: list[int] = field(default_factory=list)

    @property
    def time(self) -> int:
        return self.life.world.time

    def ask(self, function: str, *args: Any) -> Any:
        return self.life.world.view(function, *args)

    def recent(self) -> list[Named]:
        """The records that the act touched, and the last few."""
        return [*self.touched, *(named for named, _ in latest(self.documents, RECENT))]

    def enter(self, member: int, events: Sequence[Event]) -> None:
        """What an act told."""
        self.touched = []
        before = self._held(member)
        for each in events:
            self._enter(each.name, each.fields)
        if member in self.life.model.suspended:
            after = self._held(member)
            self.grown += [kind for kind, count in after.items() if count > before.get(kind, 0)]

    def _enter(self, name: str, said: dict[str, Any]) -> None:
        issuer = said.get("issuer", 0)
        match name:
            case "DocumentRegistered":
                word = said["word"]
                fields = [word >> at & ((1 << bits) - 1) for at, bits in _FIELDS]
                self._begin((issuer, said["root"]), DocumentStory(*fields))
            case "DocumentsRegistered":
                for root in said["roots"]:
                    story = DocumentStory(
                        self.time, said["expires"], 0, said["kind"], said["schema"]
                    )
                    self._begin((issuer, root), story)
            case "DocumentSuperseded":
                story = self._end((issuer, said["root"]), 0)
                story.successor = said["successor"]
            case "DocumentRevoked":
                self._end((issuer, said["root"]), said["reason"])
            case "DocumentsRevoked":
                for root in said["roots"]:
                    self._end((issuer, root), said["reason"])
            case "LeafRevoked":
                self.touched.append((issuer, said["root"]))
                self.documents[issuer, said["root"]].leaves[said["document"]] = self.time
            case "EncryptionKeyPublished":
                self.keys[said["memberId"]] = said["key"]
            case "AccessGranted":
                story = GrantStory(self.time, said["reader"] in self.keys)
                self.grants.setdefault(given_in(said), story)
            case "AccessWithdrawn":
                # Of what is withdrawn again the first end counts.
                held = self.grants.get(given_in(said))
                if held is not None and not held.withdrawn:
                    held.withdrawn = self.time
            case _:
                self._declared(name, said)

    def _begin(self, named: Named, story: DocumentStory) -> None:
        self.touched.append(named)
        # Of what is registered anew the first end counts.
        self.documents.setdefault(named, story)

    def _end(self, named: Named, reason: int) -> DocumentStory:
        self.touched.append(named)
        story = self.documents[named]
        if not story.ended:
            story.ended, story.reason = self.time, reason
        return story

    def _declared(self, name: str, said: dict[str, Any]) -> None:
        named = said["customs"], said["key"]
        numbers = {each: said[each] for each in _NUMBERS if each in said}
        if name == "GoodsDeclared":
            story = DeclarationStory(said["exporter"], numbers, C.DECLARED, self.time)
            self.declarations.setdefault(named, story)
            return
        story = self.declarations.get(named) or DeclarationStory(0, {}, C.NONE, 0)
        if story.status == C.WITHDRAWN:
            return
        story.status, story.changed = _STATUS[name], self.time
        story.numbers |= numbers
        story.reason = said.get("reason", 0)

    def _held(self, issuer: int) -> dict[int, int]:
        """How many documents of each kind an issuer has that did not end."""
        found: dict[int, int] = {}
        for (member, _), story in self.documents.items():
            if member == issuer and not story.ended:
                found[story.kind] = found.get(story.kind, 0) + max(story.size, 1)
        return found


def given_in(said: dict[str, Any]) -> Given:
    return said["granter"], said["content"], said["reader"]


_FIELDS: Final = ((0, 40), (40, 40), (80, 32), (112, 8), (120, 16))
_NUMBERS: Final = ("cap", "currency", "validUntil", "document")
_STATUS: Final = {
    "GoodsReleased": C.RELEASED,
    "DeclarationAmended": C.AMENDED,
    "DeclarationWithdrawn": C.WITHDRAWN,
}


class PaperWatch:
    """Asks the invariants after every act of a life; what was found broken first, by number."""

    def __init__(self, life: Life, ids: set[str] | None = None) -> None:
        self.scene = PaperScene(life)
        self.asked = [
            each
            for each in INVARIANTS.values()
            if each.of == PAPERS and (ids is None or each.id in ids)
        ]
        self.acts = 0
        self.broken: dict[str, str] = {}
        life.watchers.append(self.see)

    def see(self, member: int, events: Sequence[Event]) -> None:
        """An act; one that was refused told nothing."""
        self.acts += 1
        self.scene.enter(member, events)
        for each in self.asked if events else ():
            try:
                each.check(self.scene)
            except (AssertionError, RevertedError) as failure:
                self.broken.setdefault(each.id, f"{place(failure)}, act {self.acts}: {failure}")


@asked(PAPERS, "D01")
def what_ended_never_stands_again(scene: PaperScene) -> None:
    for issuer, root in scene.recent():
        story = scene.documents[issuer, root]
        if not story.ended:
            continue
        found = scene.ask("DocumentRegistry.documentOf", issuer, root)
        assert (found.ended, found.reason) == (story.ended, story.reason)
        stands = S.REVOKED if story.reason else S.SUPERSEDED
        assert scene.ask("DocumentRegistry.statusAt", issuer, root, scene.time) == stands
        assert scene.ask("DocumentRegistry.successorOf", issuer, root) == story.successor


@asked(PAPERS, "D02")
def nobody_but_its_issuer_changes_a_record(scene: PaperScene) -> None:
    for _, root in scene.touched:
        for issuer in scene.life.model.members:
            story = scene.documents.get((issuer, root))
            expected = (0, 0, 0, 0, 0, 0, 0)
            if story is not None:
                expected = (
                    *(story.registered, story.expires, story.ended, story.reason),
                    *(story.kind, story.schema, story.size),
                )
            assert scene.ask("DocumentRegistry.documentOf", issuer, root) == expected


@asked(PAPERS, "D03")
def where_a_document_stood_never_changes(scene: PaperScene) -> None:
    for args, answer in (*scene.answers[: 2 * RECENT], *scene.answers[-RECENT:]):
        assert scene.ask("DocumentRegistry.statusAt", *args) == answer
    for issuer, root in scene.recent():
        # Of this very second more may come.
        args = (issuer, root, scene.time - 1)
        answer = scene.ask("DocumentRegistry.statusAt", *args)
        scene.answers.insert(0, (args, answer))
    # The first are kept for ever, the others for the next few acts.
    del scene.answers[2 * RECENT : -RECENT]


@asked(PAPERS, "D04")
def one_of_a_batch_is_revoked_under_it_alone(scene: PaperScene) -> None:
    for issuer, root in scene.recent():
        papers = scene.life.batches.get(root, ())
        story = scene.documents[issuer, root]
        for number, document in enumerate(papers[:3]):
            proof = proof_in(papers, number)
            args = (issuer, root, document, proof)
            if not scene.ask("DocumentRegistry.isIncluded", *args):
                continue
            stands = scene.ask("DocumentRegistry.statusAt", issuer, root, scene.time)
            if document in story.leaves:
                stands = S.REVOKED
            assert scene.ask("DocumentRegistry.leafStatusAt", *args, scene.time) == stands


@asked(PAPERS, "D05")
def what_a_batch_holds_is_found_and_nothing_else(scene: PaperScene) -> None:
    for issuer, root in scene.touched:
        papers = scene.life.batches.get(root, ())
        if not papers or scene.documents[issuer, root].size != len(papers):
            continue
        for number, document in enumerate(papers):
            proof = proof_in(papers, number)
            assert scene.ask("DocumentRegistry.isIncluded", issuer, root, document, proof)
            if proof.partners:
                # The node beside it, in the place of a document.
                inner, *rest = proof.partners
                above = Inclusion(proof.sides >> 1, tuple(rest))
                assert not scene.ask("DocumentRegistry.isIncluded", issuer, root, inner, above)
                assert not scene.ask("DocumentRegistry.isIncluded", issuer, root, inner, proof)


@asked(PAPERS, "D06")
def out_of_standing_nobody_comes_to_more_documents(scene: PaperScene) -> None:
    assert scene.grown == []


@asked(PAPERS, "D07")
def a_withdrawn_declaration_stays_withdrawn(scene: PaperScene) -> None:
    for (customs, key), story in latest(scene.declarations, 3 * RECENT):
        if story.status == C.WITHDRAWN:
            found = scene.ask("CustomsDeclarations.standing", customs, key)
            assert (found.status, found.reason) == (C.WITHDRAWN, story.reason)
            assert (found.inForce, found.changed) == (False, story.changed)


@asked(PAPERS, "D08")
def a_declaration_is_what_its_customs_said_last(scene: PaperScene) -> None:
    for (_, key), _ in latest(scene.declarations, RECENT):
        for customs in scene.life.model.customs:
            story = scene.declarations.get((customs, key))
            found = scene.ask("CustomsDeclarations.standing", customs, key)
            if story is None:
                assert found.status == C.NONE
                continue
            given = found.declaration
            assert (found.status, found.changed) == (story.status, story.changed)
            assert given.exporter == story.exporter
            assert {each: getattr(given, each) for each in _NUMBERS} == story.numbers


@asked(PAPERS, "D09")
def what_was_withdrawn_is_never_granted_again(scene: PaperScene) -> None:
    for given, story in latest(scene.grants, 3 * RECENT):
        if story.withdrawn:
            found = scene.ask("DocumentGrants.grantOf", *given)
            assert found == (story.granted, story.withdrawn)
            assert not scene.ask("DocumentGrants.mayRead", *given, scene.time)


@asked(PAPERS, "D10")
def nobody_grants_or_withdraws_in_anothers_name(scene: PaperScene) -> None:
    for (_, content, reader), _ in latest(scene.grants, RECENT):
        for granter in (0, *scene.life.model.members):
            story = scene.grants.get((granter, content, reader))
            expected = (story.granted, story.withdrawn) if story else (0, 0)
            assert scene.ask("DocumentGrants.grantOf", granter, content, reader) == expected


@asked(PAPERS, "D11")
def who_might_read_never_changes(scene: PaperScene) -> None:
    for args, answer in (*scene.readings[: 4 * RECENT], *scene.readings[-RECENT:]):
        assert scene.ask("DocumentGrants.mayRead", *args) == answer
    for given, _ in latest(scene.grants, RECENT):
        # Of this very second more may come.
        args = (*given, scene.time - 1)
        scene.readings.insert(0, (args, scene.ask("DocumentGrants.mayRead", *args)))
    # The first are kept for ever, the others for the next few acts.
    del scene.readings[4 * RECENT : -RECENT]


@asked(PAPERS, "D12")
def a_reader_has_published_a_key(scene: PaperScene) -> None:
    assert all(story.keyed for _, story in latest(scene.grants, RECENT))
    for member in scene.life.model.members:
        key = scene.keys.get(member, ZERO)
        assert scene.ask("DocumentGrants.encryptionKeyOf", member) == key

# SPDX-License-Identifier: Apache-2.0
"""What a registry says of presented documents, and what may be relied on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from documents_samples import example
from examination_corpus import base_set, base_terms

from yangshan.alliance.members import load_members
from yangshan.chain.enums import DeclarationStatus, DocumentStatus
from yangshan.chain.records import Declaration, DocumentRecord, Standing
from yangshan.chain.wording import Wording
from yangshan.documents.batches import Batch
from yangshan.documents.document import Document
from yangshan.documents.examination import Lists, Presentation, Severity, examine
from yangshan.documents.examination.drafting import (
    NotToBeKept,
    draft_of,
    read_draft,
    release,
    written,
)
from yangshan.documents.examination.model import Candidate, Paper, Undone, Vouched, Word
from yangshan.documents.examination.reading import presentation_of
from yangshan.documents.examination.vouched import RULE, vouched_for
from yangshan.documents.reasons import DOCUMENT, reasons
from yangshan.documents.sealing import InBatch, SealedDocument, seal
from yangshan.documents.service import DeclarationView, Papers, RegisteredDocument
from yangshan.documents.vouching import NotRelied, Vouching

MEMBERS = dict(
    enumerate(
        load_members(Path(__file__).parents[3] / "examples/shanghai-alliance/members.toml"), start=1
    )
)
EXPORTER, CARRIER, CUSTOMS = 11, 12, 2
ELBFALKE = "Elbfalke Maschinenbau GmbH (member 11)"
WORDING = Wording(members={number: each.legal_name for number, each in MEMBERS.items()})
BEGUN, ENDED, NOW = (datetime(2025, 9, day, 8, tzinfo=UTC) for day in (4, 8, 12))
FORGED = reasons(DOCUMENT)["forged"]
INVOICE = seal(example("invoice"))
DECLARED = seal(example("customs-declaration"))


@dataclass
class Registry:
    """What the chain would answer: records by root, declarations by key."""

    records: dict[str, list[RegisteredDocument]] = field(default_factory=dict)
    views: list[DeclarationView] = field(default_factory=list)

    def find(
        self, root: str, document: str = "", batch: InBatch | None = None
    ) -> list[RegisteredDocument]:
        assert (batch is None) == (document == "")
        return self.records.get(root, [])

    def declarations(self, key: str) -> list[DeclarationView]:
        return [each for each in self.views if each.key == key]


def root_of(sealed: SealedDocument) -> str:
    return "0x" + sealed.commitment.hex()


def record(
    status: DocumentStatus = DocumentStatus.REGISTERED,
    *,
    issuer: int = EXPORTER,
    kind: int = 1,
    sealed: SealedDocument = INVOICE,
) -> RegisteredDocument:
    ends = {DocumentStatus.REVOKED, DocumentStatus.SUPERSEDED}
    ended = ENDED if status in ends else None
    reason = FORGED if status is DocumentStatus.REVOKED else None
    expires = ENDED if status is DocumentStatus.EXPIRED else None
    held = DocumentRecord(BEGUN, expires, ended, reason.number if reason else 0, kind, 1, 0)
    root = root_of(sealed)
    return RegisteredDocument(issuer, root, root, held, NOW, status, ended, reason, "0x" + "9" * 64)


def vouching(registry: Registry, *batches: Batch) -> Vouching:
    return Vouching(cast("Papers", registry), MEMBERS, WORDING, batches)


def word(*held: RegisteredDocument, sealed: SealedDocument = INVOICE) -> Vouched:
    return vouching(Registry({root_of(sealed): list(held)})).word(sealed)


BEGIN = f"{ELBFALKE} registered it as a commercial invoice on 2025-09-04 at 08:00 UTC"


@pytest.mark.parametrize(
    ("status", "expected", "said"),
    [
        (DocumentStatus.REGISTERED, Word.STANDS, "and it stands as of 2025-09-12 at 08:00 UTC"),
        (
            DocumentStatus.REVOKED,
            Word.REVOKED,
            f"and revoked it on 2025-09-08 at 08:00 UTC: {FORGED}",
        ),
        (
            DocumentStatus.SUPERSEDED,
            Word.SUPERSEDED,
            f"and a later version took its place on 2025-09-08 at 08:00 UTC: 0x{'9' * 64}",
        ),
        (DocumentStatus.EXPIRED, Word.EXPIRED, "and it expired after 2025-09-08 at 08:00 UTC"),
    ],
)
def test_the_word_of_the_issuer(status: DocumentStatus, expected: Word, said: str) -> None:
    assert word(record(status)) == Vouched(expected, f"{BEGIN}, {said}")


def test_an_issuer_that_has_not_registered_it() -> None:
    expected = f"{ELBFALKE}, which is to have issued it, has not registered it"
    assert word() == Vouched(Word.UNKNOWN, expected)


def test_the_word_of_another_is_not_the_issuers() -> None:
    held = word(record(issuer=CARRIER))
    assert held.word is Word.ANOTHERS
    assert held.said.startswith("Paper Crane Line Shipping Co., Ltd. (member 12) registered it as")
    assert held.said.endswith(f"; {ELBFALKE}, which is to have issued it, did not")
    # Beside the issuer's it counts for nothing.
    both = word(record(DocumentStatus.REVOKED, issuer=CARRIER), record())
    assert both.word is Word.STANDS
    assert word(record(issuer=CARRIER), record(DocumentStatus.REVOKED)).word is Word.REVOKED


@pytest.mark.parametrize("kind", [2, 77])
def test_a_document_registered_as_what_it_is_not(kind: int) -> None:
    held = word(record(kind=kind))
    assert held.word is Word.MISTAKEN
    assert held.said.endswith("; but it is a commercial invoice")


def test_an_issuer_that_is_no_member() -> None:
    sealed = seal(example("certificate-of-origin"))
    held = word(record(sealed=sealed), sealed=sealed)
    named = "Chamber of Commerce of the Elbe Ports"
    assert held == Vouched(Word.OUTSIDE, f"its issuer, {named}, is no member that is known here")


def test_a_document_may_be_registered_in_a_batch_at_hand() -> None:
    other = seal(example("packing-list"))
    batch = Batch([other.commitment, INVOICE.commitment])
    within = replace(record(), root="0x" + batch.root.hex())
    registry = Registry({"0x" + batch.root.hex(): [within]})
    assert vouching(registry).word(INVOICE).word is Word.UNKNOWN
    assert vouching(registry, Batch([other.commitment])).word(INVOICE).word is Word.UNKNOWN
    assert vouching(registry, batch).word(INVOICE).word is Word.STANDS
    # What was revoked alone lives on under the batch.
    registry.records[root_of(INVOICE)] = [record(DocumentStatus.REVOKED)]
    assert vouching(registry, batch).word(INVOICE).word is Word.STANDS
    assert vouching(registry).word(INVOICE).word is Word.REVOKED


def presentation(*papers: Paper) -> Presentation:
    return Presentation(papers=papers)


def test_a_presentation_is_asked_for_document_by_document() -> None:
    registry = Registry({root_of(INVOICE): [record()]})
    given = presentation(
        Paper("invoice", INVOICE.document, INVOICE),
        Paper("list", example("packing-list")),
        Paper("declaration", DECLARED.document, DECLARED),
    )
    found = vouching(registry).words(given)
    assert {name: each.word for name, each in found.items()} == {
        "invoice": Word.STANDS,
        "list": Word.UNSEALED,
    }
    assert vouching(registry).standings(given) == {"224820251000041207": "none"}


# Declarations


def view(
    status: DeclarationStatus,
    *,
    in_force: bool = True,
    sealed: SealedDocument = DECLARED,
    under: SealedDocument = DECLARED,
    customs: int = CUSTOMS,
) -> DeclarationView:
    assert under.key is not None
    given = Declaration(EXPORTER, 128_000_000, 156, NOW, root_of(sealed))
    standing = Standing(status, in_force, BEGUN, 0, given)
    return DeclarationView(customs, "0x" + under.key.hex(), standing)


D = DeclarationStatus
AMENDED = seal(DECLARED.document, key=DECLARED.key)
STANDINGS: list[tuple[list[DeclarationView], str]] = [
    ([], "none"),
    ([view(D.DECLARED)], "declared"),
    ([view(D.RELEASED)], "released"),
    # The one at hand is the amended one, whose goods are not released yet.
    ([view(D.AMENDED)], "declared"),
    ([view(D.AMENDED, sealed=AMENDED)], "amended"),
    ([view(D.RELEASED, sealed=AMENDED)], "amended"),
    ([view(D.WITHDRAWN, in_force=False)], "withdrawn"),
    ([view(D.WITHDRAWN, in_force=False, sealed=AMENDED)], "withdrawn"),
    ([view(D.RELEASED, in_force=False)], "expired"),
    # Somebody else's under the same key is another declaration.
    ([view(D.WITHDRAWN, sealed=AMENDED, customs=1), view(D.RELEASED)], "released"),
]


@pytest.mark.parametrize(("views", "expected"), STANDINGS)
def test_how_customs_has_a_declaration(views: list[DeclarationView], expected: str) -> None:
    given = presentation(Paper("declaration", DECLARED.document, DECLARED))
    found = vouching(Registry(views=views)).standings(given)
    assert found == {"224820251000041207": expected}


def test_a_declaration_without_a_number_or_a_key_is_not_asked_for() -> None:
    odd = Document("customs-declaration", 1, {"declarationNumber": "1"})
    named = Paper("odd", odd, replace(DECLARED, document=odd))
    registry = Registry(views=[view(D.RELEASED)])
    assert vouching(registry).standings(presentation(named)) == {}
    assert vouching(registry).standings(presentation(Paper("bare", DECLARED.document))) == {}
    keyless = Paper("keyless", DECLARED.document, replace(DECLARED, key=None))
    assert vouching(registry).standings(presentation(keyless)) == {"224820251000041207": "none"}


# Relying


@pytest.mark.parametrize(("views", "standing"), STANDINGS)
def test_only_a_declaration_in_force_is_relied_on(
    views: list[DeclarationView], standing: str
) -> None:
    asked = vouching(Registry(views=views))
    if standing in {"declared", "released"}:
        asked.require(DECLARED, "d.json")
        return
    with pytest.raises(NotRelied) as caught:
        asked.require(DECLARED, "d.json")
    assert (caught.value.file, caught.value.exit_code) == ("d.json", 1)
    assert str(caught.value) == (
        f"d.json cannot be relied on, so nothing is sent: the declaration is {standing}."
    )


def test_only_a_document_that_stands_is_relied_on() -> None:
    vouching(Registry({root_of(INVOICE): [record()]})).require(INVOICE, "i.json")
    for held in ([], [record(DocumentStatus.REVOKED)], [record(issuer=CARRIER)]):
        registry = Registry({root_of(INVOICE): held})
        with pytest.raises(NotRelied) as caught:
            vouching(registry).require(INVOICE, "i.json")
        assert caught.value.said == vouching(registry).word(INVOICE).said


# As findings


def found_for(held: Word) -> list[Candidate | Undone]:
    given = presentation(Paper("the invoice", example("invoice")))
    return list(
        vouched_for(
            given,
            {
                "the invoice": Vouched(held, "said so"),
                "another": Vouched(Word.REVOKED, "of no paper here"),
            },
        )
    )


SENTENCE = "Of the commercial invoice (the invoice): said so."


@pytest.mark.parametrize("held", list(Word))
def test_what_is_found_of_a_word(held: Word) -> None:
    found = found_for(held)
    if held is Word.STANDS:
        assert found == []
    elif held in {Word.OUTSIDE, Word.UNSEALED}:
        assert found == [Undone("R01", SENTENCE)]
    else:
        severity = Severity.BLOCK if held is Word.REVOKED else Severity.WARNING
        assert found == [
            Candidate(
                *("R01", severity, "the invoice", "", held.value, "registered", RULE, SENTENCE)
            )
        ]


BASE = "sea-cif-sight"


def examined(**lists: Any) -> list[tuple[str, Severity]]:
    given = presentation_of(base_set(BASE), BASE)
    found = examine(base_terms(BASE), given, Lists(**lists))
    assert len(found.checks) == 24
    return [(each.check, each.severity) for each in found.candidates]


def test_an_examination_tells_it_beside_the_checks() -> None:
    assert examined() == []
    assert examined(vouched={"invoice": Vouched(Word.STANDS, "it stands")}) == []
    said = {"invoice": Vouched(Word.REVOKED, "forged"), "insurance": Vouched(Word.UNKNOWN, "none")}
    assert examined(vouched=said) == [("R01", Severity.BLOCK), ("R01", Severity.WARNING)]


def test_a_word_raised_to_a_notice_has_the_code_of_what_has_none() -> None:
    given = presentation_of(base_set(BASE), BASE)
    said = {"invoice": Vouched(Word.UNKNOWN, "none"), "insurance": Vouched(Word.REVOKED, "forged")}
    found = examine(base_terms(BASE), given, Lists(vouched=said))
    draft = draft_of(found, "YSH25LC000817", None, "first")
    kept = draft.candidates[0].model_copy(update={"decision": "keep"})
    wrong = draft.model_copy(update={"candidates": (kept, draft.candidates[1])})
    with pytest.raises(NotToBeKept):
        release(wrong, "second")
    raised = draft.candidates[0].model_copy(update={"decision": "raise", "reason": "47A asks it"})
    edited = draft.model_copy(update={"candidates": (raised, draft.candidates[1])})
    released = release(read_draft(written(edited).encode(), "draft.json"), "second")
    assert released.codes == ("OTHER",)
    # What stops financing is told beside the notice.
    assert [each.split(":")[0] for each in released.holds] == ["R01 (block)"]

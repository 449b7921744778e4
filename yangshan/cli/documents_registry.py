# SPDX-License-Identifier: Apache-2.0
"""``yangshan documents register``, ``supersede``, ``revoke``; what a node says of a proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from yangshan.alliance.entries import instant
from yangshan.chain.records import Registration
from yangshan.chain.values import hexadecimal
from yangshan.cli.acting import opened
from yangshan.cli.common import read_bytes
from yangshan.cli.hands import Actor, Plan, acting_command
from yangshan.documents import registering
from yangshan.documents.canonical import BadJson, parse
from yangshan.documents.files import MOST_BATCH_BYTES, format_of, read_batch, read_sealed
from yangshan.documents.reasons import DOCUMENT, reason_of
from yangshan.documents.schema import schema_of, schemas
from yangshan.errors import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from yangshan.chain.wording import Wording
    from yangshan.cli.hands import Found, Hands
    from yangshan.documents.sealing import Disclosure, InBatch, Shown
    from yangshan.documents.service import Papers, RegisteredDocument

_COMMITMENT: Final = re.compile(r"(?:0x)?([0-9a-f]{64})")

KindText = Annotated[
    str, typer.Option("--kind", help="Of a batch: the kind of its documents, as invoice.")
]
ExpiresText = Annotated[
    str, typer.Option("--expires", help="Its last second, as 2026-03-31T23:59:59+08:00.")
]
ReasonText = Annotated[
    str, typer.Option("--reason", help="Code of the reason; docs/reference/documents.md has them.")
]


class KindMissing(Unusable):
    """A batch whose documents' kind is not said, which its file does not hold."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"Say of which kind the documents of the batch {file} are: --kind with one of "
            f"{', '.join(schemas())}."
        )
        self.file = file


class KindStated(Unusable):
    """A kind said of a document that has one."""

    def __init__(self, file: str, kind: str) -> None:
        super().__init__(
            f"{file} says itself that it is of the kind {kind}; --kind is for batches."
        )
        self.file = file
        self.kind = kind


class OneByOne(Unusable):
    """Several files where they cannot be done together."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"These are not done together: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file stands for on the chain; ``kind`` is empty where the file does not say it."""

    file: str
    root: str
    kind: str = ""
    size: int = 0


@dataclass
class Clerk(Actor):
    """A member that acts on its documents, by its key or its desk."""

    @property
    def service(self) -> Papers:
        """The documents there."""
        return self.office.papers

    def record(
        self, root: str, document: str = "", batch: InBatch | None = None
    ) -> Callable[[], Found]:
        """What the member has on record, for :attr:`Plan.found`."""

        def found() -> Found:
            wording = self.office.wording
            for each in self.service.find(root, document, batch, issuers=[self.member]):
                return {"registry": each.as_json(wording)}, [("registry", each.told(wording))]
            return {}, []

        return found


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in ((_register, "register"), (_supersede, "supersede"), (_revoke, "revoke")):
        acting_command(app, name, _clerk, {})(each)


def _clerk(hands: Hands, **common: Any) -> Clerk:
    return Clerk(**common, hands=hands)


def _register(
    clerk: Clerk,
    files: Annotated[
        list[str],
        typer.Argument(metavar="SEALED...", help="Sealed documents of one kind, or one batch."),
    ],
    kind: KindText = "",
    expires: ExpiresText = "",
    supersedes: Annotated[
        str,
        typer.Option(
            "--supersedes", help="The earlier version: its sealed file, batch or commitment."
        ),
    ] = "",
) -> Plan:
    """Register documents as this member's: the chain gets their commitments, kind and expiry.

    One sealed document, several of one kind in one transaction, or a batch under its root.
    """
    papers = [_with_kind(paper_at(file), kind) for file in files]
    end = moment(expires) if expires else None
    if len(papers) > 1:
        if supersedes:
            raise OneByOne("one document takes the place of one other")
        return _register_list(clerk, papers, end)
    if supersedes:
        return _in_place(clerk, supersedes, papers[0], end)
    given = _registration(papers[0], end)
    return Plan(
        registering.register(clerk.member, given), _said(papers), found=clerk.record(given.root)
    )


def _supersede(
    clerk: Clerk,
    earlier: Annotated[
        str,
        typer.Argument(metavar="EARLIER", help="Its sealed file or batch, or its commitment."),
    ],
    later: Annotated[str, typer.Argument(metavar="SEALED", help="The later version, or a batch.")],
    kind: KindText = "",
    expires: ExpiresText = "",
) -> Plan:
    """Put a later version in the place of a document, or of a batch: of its kind, and no larger."""
    paper = _with_kind(paper_at(later), kind)
    return _in_place(clerk, earlier, paper, moment(expires) if expires else None)


def _revoke(
    clerk: Clerk,
    files: Annotated[
        list[str],
        typer.Argument(metavar="SEALED...", help="Sealed documents, batches, or commitments."),
    ],
    reason: ReasonText,
    batch: Annotated[
        str, typer.Option("--batch", help="Only this one of the batch, which goes on standing.")
    ] = "",
) -> Plan:
    """Revoke documents, whole batches, or with --batch one document of a batch; for ever."""
    why = reason_of(reason, DOCUMENT)
    papers = [paper_at(file, or_commitment=True) for file in files]
    said = {**_said(papers), "reason": {"number": why.number, "code": why.code}}
    if batch:
        if len(papers) > 1:
            raise OneByOne("one document of a batch is revoked at a time")
        document = papers[0].root
        shown = read_batch(read_bytes(batch), batch).prove(bytes.fromhex(document[2:]))
        root = hexadecimal(shown.root)
        return Plan(
            registering.revoke_leaf(clerk.member, document, shown, why),
            {**said, "batch": root},
            found=clerk.record(root, document, shown),
        )
    roots = [each.root for each in papers]
    _each_once(papers)
    if len(roots) > 1:
        return Plan(registering.revoke_list(clerk.member, roots, why), said)
    return Plan(registering.revoke(clerk.member, roots[0], why), said, found=clerk.record(roots[0]))


def paper_at(file: str, *, or_commitment: bool = False) -> Paper:
    """What a sealed document or a batch stands for, or a commitment of 64 hexadecimal digits.

    Raises FileUnread, BadJson, SealedDamaged.
    """
    digits = _COMMITMENT.fullmatch(file.lower())
    if or_commitment and digits:
        return Paper(file, f"0x{digits[1]}")
    data = read_bytes(file)
    match format_of(parse(data, file, MOST_BATCH_BYTES)):
        case "yangshan-sealed-document/1":
            sealed = read_sealed(data, file)
            return Paper(file, hexadecimal(sealed.commitment), sealed.document.kind)
        case "yangshan-document-batch/1":
            made = read_batch(data, file)
            return Paper(file, hexadecimal(made.root), size=len(made.commitments))
    raise BadJson(file, "expected a sealed document, or a batch of them")


def moment(given: str) -> datetime:
    """An instant in whole seconds, as the chain counts; raises BadInstant."""
    return instant(given).replace(microsecond=0)


# What a node says of a proof


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the registry says of what is proved: the issuers' records, and whether one stands.

    ``doubt`` says why none does although some are there, or is empty.
    """

    found: tuple[RegisteredDocument, ...]
    doubt: str
    nobody: str
    wording: Wording

    @property
    def stands(self) -> bool:
        """Whether one issuer has registered it as what it is, and it stood at the instant."""
        return len(self.found) == 1 and not self.doubt and self.found[0].stands

    @property
    def sentence(self) -> str:
        """All of it for a person; a clause without its full stop."""
        if not self.found:
            return self.nobody
        said = "; ".join(each.told(self.wording) for each in self.found)
        return f"{said}{f'; {self.doubt}' if self.doubt else ''}"

    def as_json(self) -> dict[str, Any]:
        """All of it for programs."""
        return {
            "stands": self.stands,
            "sentence": f"{self.sentence}.",
            "doubt": self.doubt or None,
            "issuers": [each.as_json(self.wording) for each in self.found],
        }


def asked(
    rpc: str, home: Path | None, disclosure: Disclosure, shown: Shown, issuer: str, at: str
) -> Verdict:
    """What the registry says of a proof; raises BadInstant, UnknownMemberName, InstantAhead."""
    instant_ = moment(at) if at else None
    office = opened(rpc, home, as_json=False)
    wording = office.wording
    named = office.member(issuer) if issuer else 0
    found = tuple(
        office.papers.find(
            hexadecimal(shown.registered),
            hexadecimal(shown.commitment),
            disclosure.batch,
            instant_,
            issuers=[named] if named else None,
        )
    )
    nobody = f"{wording.member(named)} has not" if named else "nobody has"
    doubt = ""
    if len(found) > 1:
        doubt = "more than one registered it, so say with --issuer whose word counts"
    elif found:
        schema = schemas().get(shown.kind)
        held = found[0].record
        if schema is None or (held.kind, held.schema) != (schema.number, shown.version):
            doubt = (
                f"but what is proved is of the type {shown.kind}/{shown.version}, so that it was "
                "registered as what it is not"
            )
    return Verdict(found, doubt, f"{nobody} registered it", wording)


def recorded(
    rpc: str, home: Path | None, named: tuple[str, str, InBatch | None]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Whoever has a root on record, or a document under it: for programs, and for people."""
    office = opened(rpc, home, as_json=False)
    found = office.papers.find(*named)
    told = [each.told(office.wording) for each in found]
    return [each.as_json(office.wording) for each in found], told or ["nobody has registered it"]


# How it is done


def _register_list(clerk: Clerk, papers: Sequence[Paper], end: datetime | None) -> Plan:
    kinds = {each.kind for each in papers}
    if any(each.size for each in papers):
        raise OneByOne("a batch is registered by itself")
    if len(kinds) > 1:
        raise OneByOne(
            f"they are of the kinds {' and '.join(sorted(kinds))}; register each kind by itself"
        )
    _each_once(papers)
    schema = schema_of(papers[0].kind)
    roots = [each.root for each in papers]
    act = registering.register_list(clerk.member, roots, schema.number, schema.version, end)
    return Plan(act, _said(papers))


def _in_place(clerk: Clerk, earlier: str, later: Paper, end: datetime | None) -> Plan:
    before = paper_at(earlier, or_commitment=True)
    given = _registration(later, end)
    return Plan(
        registering.supersede(clerk.member, before.root, given),
        {**_said([later]), "supersedes": before.root},
        found=clerk.record(given.root),
    )


def _registration(paper: Paper, end: datetime | None) -> Registration:
    schema = schema_of(paper.kind)
    return Registration(paper.root, schema.number, schema.version, end, paper.size)


def _with_kind(paper: Paper, kind: str) -> Paper:
    if paper.kind:
        if kind:
            raise KindStated(paper.file, paper.kind)
        return paper
    if not kind:
        raise KindMissing(paper.file)
    return Paper(paper.file, paper.root, schema_of(kind).kind, paper.size)


def _each_once(papers: Sequence[Paper]) -> None:
    roots = [each.root for each in papers]
    for place, each in enumerate(papers):
        if each.root in roots[:place]:
            raise OneByOne(f"{each.file} is named twice")


def _said(papers: Sequence[Paper]) -> dict[str, Any]:
    return {
        "documents": [
            {"file": each.file, "commitment": each.root, "kind": each.kind, "size": each.size}
            for each in papers
        ]
    }

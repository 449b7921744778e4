# SPDX-License-Identifier: Apache-2.0
"""X16: data of one document do not conflict with those of another (UCP 600 art. 14(d))."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families import transport
from yangshan.documents.examination.families.speaking import spoken
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.words import Same, same_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone

_KINDS: Final = (
    "bill-of-lading",
    "transport-document",
    "invoice",
    "packing-list",
    "certificate-of-origin",
    "insurance",
    "inspection",
    "customs-declaration",
    "draft",
)
_BEFORE_VESSEL: Final = re.compile(r"^(?:M ?V|M ?S|S ?S|M ?T|MOTOR VESSEL|VESSEL|THE) (?=\S)")
_BEFORE_VOYAGE: Final = re.compile(r"^(?:VOYAGE|VOY|V|NO|TRIP)(?= |\d)")
_ZEROS: Final = re.compile(r"\b0+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class _Fact:
    """One thing that several documents may say, each in its field.

    ``key`` brings a value to what is compared; ``name`` stands in the sentence. Where the value is
    a name (``words``), one letter off is a warning: a typing error is no discrepancy (ISBP A23).
    """

    name: str
    fields: tuple[str, ...]
    key: Callable[[str], str]
    words: bool = False
    rule: str = "UCP 600 art. 14(d)"


def vessel(name: str) -> str:
    """A vessel's name without M/V, S.S. and the like."""
    found = spoken(name.replace("/", "").replace(".", ""))
    while (shorter := _BEFORE_VESSEL.sub("", found)) != found:
        found = shorter
    return found


def voyage(number: str) -> str:
    """A voyage number without VOY., blanks and leading zeros: ``V.036E`` is ``36E``."""
    found = spoken(number)
    while (shorter := _BEFORE_VOYAGE.sub("", found).strip()) != found:
        found = shorter
    return _ZEROS.sub("", found).replace(" ", "") or spoken(number)


def number(text: str) -> str:
    """A number of a document, container or seal: capitals and digits alone."""
    return spoken(text).replace(" ", "")


_FACTS: Final = (
    _Fact(
        "vessel",
        (
            "/onBoardNotation/vesselName",
            "/transports/vesselVoyages/*/vesselName",
            "/conveyances/*/vesselName",
            "/carriage/vesselName",
        ),
        vessel,
        words=True,
    ),
    _Fact(
        "voyage",
        (
            "/transports/vesselVoyages/*/carrierExportVoyageNumber",
            "/conveyances/*/number",
            "/carriage/voyageNumber",
        ),
        voyage,
    ),
    _Fact(
        "IMO number of the vessel",
        ("/transports/vesselVoyages/*/vesselIMONumber", "/carriage/vesselIMONumber"),
        number,
    ),
    _Fact(
        "number of the transport document",
        ("/transportDocumentReference", "/documentNumber", "/carriage/transportDocumentNumber"),
        number,
    ),
    _Fact("invoice number", ("/invoiceNumber",), number),
    _Fact("contract number", ("/references/contractNumber", "/contractNumber"), number),
    _Fact("order number", ("/references/purchaseOrderNumber",), number),
    _Fact("country of origin", ("/originCountry",), spoken),
)
# How many documents outweigh the first one.
_AGREEING: Final = 2
_CREDIT: Final = ("/references/documentaryCreditIdentifier", "/documentaryCreditIdentifier")
_MARKS: Final = (
    "/shippingMarks",
    "/goodsItems/*/shippingMarks",
    "/packages/*/shippingMarks",
    "/lineItems/*/shippingMarks",
)
_SEALS: Final = ("/utilizedTransportEquipments/*/seals/*/number", "/packages/*/sealNumber")


def agreement(case: Case) -> Iterator[Candidate | Undone]:
    """Vessel, voyage, containers, seals, marks, numbers and origin agree over the documents.

    The transport document comes first: what another says is held to it. Where one names several
    vessels, containers or invoices, each of another must be among them. Documents that the credit
    does not call for are disregarded (art. 14(g)).
    """
    papers = case.papers(*_KINDS)
    for fact in _FACTS:
        # The other documents keep the number of the invoice for which another was given (38(h)).
        if not (fact.name == "invoice number" and case.terms.substituted):
            yield from _fact(case, fact, papers)
    yield from _credit(case, papers)
    yield from _among(case, papers, "container", transport.containers)
    yield from _among(case, papers, "seal", _seals)
    yield from _marks(case, papers)


def _fact(case: Case, fact: _Fact, papers: Iterable[Paper]) -> Iterator[Candidate]:
    stating: list[tuple[Paper, dict[str, tuple[str, str]]]] = []
    for paper in papers:
        values = [each for field in fact.fields for each in paper.texts(field)]
        if values:
            stating.append((paper, {fact.key(value): (field, value) for field, value in values}))
    leading = _leading(stating)
    said = {
        key: (paper, value)
        for paper, keys in reversed(stating)
        for key, (_, value) in keys.items()
        if key in leading
    }
    for paper, keys in stating:
        told = [(field, value) for key, (field, value) in keys.items() if key not in leading]
        for field, value in told:
            near = fact.words and any(
                same_text(value, other) is Same.TYPING for _, other in said.values()
            )
            other_paper, other = next(iter(said.values()))
            yield case.found(
                paper,
                field,
                found=value,
                expected=" or ".join(dict.fromkeys(text for _, text in said.values())),
                severity=Severity.WARNING if near else Severity.DISCREPANCY,
                rule="ISBP A23" if near else fact.rule,
                sentence=f"The {fact.name} is {value} on the {paper.name} and {other} on the "
                f"{other_paper.name}.",
            )


def _leading(stating: list[tuple[Paper, dict[str, tuple[str, str]]]]) -> set[str]:
    """The values to which the others are held.

    Those of the documents of the first kind, each with a number of its own; but where none of the
    others shares them and two others agree, theirs, so that the odd one out is told.
    """
    if not stating:
        return set()
    kind = stating[0][0].kind
    first = {key for paper, keys in stating if paper.kind == kind for key in keys}
    others = [keys for paper, keys in stating if paper.kind != kind]
    counts = Counter(key for keys in others for key in keys)
    most = max(counts.values(), default=0)
    if most < _AGREEING or any(first & set(keys) for keys in others):
        return first
    return {key for key, count in counts.items() if count == most}


def _credit(case: Case, papers: Iterable[Paper]) -> Iterator[Candidate]:
    """A document that names a credit names this one."""
    own = {number(terms.reference) for terms in (case.credit, case.terms.original) if terms}
    for paper in papers:
        for field in _CREDIT:
            value = paper.text(field)
            if value is not None and number(value) not in own:
                yield case.found(
                    paper,
                    field,
                    found=value,
                    expected=case.credit.reference,
                    sentence=f"The {paper.name} names the credit {value}, not "
                    f"{case.credit.reference}.",
                )


def _seals(paper: Paper) -> list[tuple[str, str]]:
    return [found for pattern in _SEALS for found in paper.texts(pattern)]


def _among(
    case: Case,
    papers: Iterable[Paper],
    name: str,
    values_of: Callable[[Paper], list[tuple[str, str]]],
) -> Iterator[Candidate]:
    """Numbers that one document lists are among those of the transport documents."""
    known = {number(value) for paper in case.transport for _, value in values_of(paper)}
    if not known:
        return
    for paper in papers:
        if paper in case.transport:
            continue
        told: set[str] = set()
        for field, value in values_of(paper):
            key = number(value)
            if key not in known and key not in told:
                told.add(key)
                yield case.found(
                    paper,
                    field,
                    found=value,
                    expected=", ".join(sorted(known)),
                    sentence=f"The {paper.name} names {name} {value}, which the transport document "
                    "does not.",
                )


def _marks(case: Case, papers: Iterable[Paper]) -> Iterator[Candidate]:
    """Marks agree; a document may show more with them, or less (ISBP A32 to A35)."""
    first: tuple[Paper, str] | None = None
    for paper in papers:
        stated = _stated_marks(paper)
        if stated is None:
            continue
        field, text = stated
        if first is None:
            first = (paper, text)
            continue
        whole, part = _mark_words(first[1]), _mark_words(text)
        if part <= whole or whole <= part:
            continue
        near = same_text(text, first[1]) is Same.TYPING
        yield case.found(
            paper,
            field,
            found=text,
            expected=first[1],
            severity=Severity.WARNING if near else Severity.DISCREPANCY,
            rule="ISBP A23" if near else None,
            sentence=f"The shipping marks are {text} on the {paper.name} and {first[1]} on the "
            f"{first[0].name}.",
        )


def _stated_marks(paper: Paper) -> tuple[str, str] | None:
    if paper.kind == "bill-of-lading":
        lines = paper.texts("/consignmentItems/*/shippingMarks/*")
        if lines:
            return "/consignmentItems/0/shippingMarks", " / ".join(text for _, text in lines)
        return None
    found = [each for pattern in _MARKS for each in paper.texts(pattern)]
    return found[0] if found else None


def _mark_words(text: str) -> frozenset[str]:
    return frozenset(word for word in spoken(text).split() if word not in {"NO", "NOS", "NUMBER"})

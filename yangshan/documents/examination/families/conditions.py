# SPDX-License-Identifier: Apache-2.0
"""X19: conditions of field 47A, held against what the documents say.

A condition for which no document is named is disregarded (UCP 600 art. 14(h)), yet data in a
document must not conflict with it (art. 14(d); ISBP A26). At the issue of a credit
:func:`yangshan.credit.clauses.clause_cautions` warns of such a condition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families import transport
from yangshan.documents.examination.families.signatures import DATES
from yangshan.documents.examination.families.speaking import spoken
from yangshan.documents.examination.measures import unit_named, unit_of
from yangshan.documents.examination.ports import Fit, countries_of, fit
from yangshan.documents.examination.requirements import items_of
from yangshan.documents.examination.words import Same, missing, same_text, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone

_CONFLICT: Final = "UCP 600 art. 14(d), (h); ISBP A26"
_MUST: Final = r"(?:(?:MUST|SHALL|SHOULD|WILL|IS|ARE)\s+(?:BE\s+)?|TO\s+BE\s+)?"
_SHOWS: Final = r"(?:SHOW|BEAR|QUOTE|INDICATE|MENTION|STATE|CONTAIN|CARRY|EVIDENCE)"
_ALL: Final = re.compile(rf"\b(?:ALL|EACH|EVERY)\s+(?:\w+\s+)?DOCUMENTS?\b.*?\b{_SHOWS}S?\b(.+)$")
_CREDIT_NUMBER: Final = re.compile(
    r"NUMBER\s+OF\s+(?:THIS|THE)\s+(?:DOCUMENTARY\s+)?(?:CREDIT|L/?C)|(?:CREDIT|L/?C)\s+(?:NUMBER|NO|REF)"
)
_CONTRACT_NUMBER: Final = re.compile(r"CONTRACT\s+(?:NUMBER|NO)")
_ORIGIN: Final = re.compile(
    rf"^(?:THE\s+)?(?:COUNTRY\s+OF\s+)?ORIGIN(?:\s+OF\s+(?:THE\s+)?GOODS)?\s*{_MUST}[:\s]\s*"
    r"(?P<named>[A-Z .']+?)\s*(?:ONLY)?\.?$"
    rf"|^(?:THE\s+)?GOODS\s+{_MUST}OF\s+(?P<adjective>[A-Z ]+?)\s+ORIGIN\b"
)
_CONTAINERS: Final = re.compile(
    rf"^(?:SHIPMENT|GOODS|CARGO)\s+{_MUST}(?:EFFECTED\s+|SHIPPED\s+|MADE\s+|LOADED\s+)*(?:IN|BY)\s+"
    r"(?:FULL\s+|FCL\s+)?CONTAINERS?(?:IZED\s+VESSEL)?\b(?!\s+VESSEL)"
)
_CARRIER: Final = re.compile(
    rf"^(?:SHIPMENT|GOODS)\s+{_MUST}(?:EFFECTED\s+|SHIPPED\s+|MADE\s+)*"
    r"(?:BY|PER|THROUGH|WITH)\s+(?:VESSELS?\s+OF\s+)?(?:THE\s+)?"
    r"(?P<carrier>[A-Z0-9 &.,'-]*?\bLINES?\b[A-Z0-9 &.,'-]*?)(?:\s+(?:VESSELS?|ONLY))*\.?$"
)
_PACKED: Final = re.compile(
    rf"^(?:THE\s+)?(?:GOODS\s+{_MUST}(?:PACKED|SHIPPED)|PACKING\s*{_MUST}:?)\s+IN\s+"
    r"(?P<packing>[A-Z -]+?)\s*(?:ONLY)?\.?$"
)
_MARKS: Final = re.compile(
    rf"^SHIPPING\s+MARKS?\s*{_MUST}(?:AS\s+FOLLOWS)?\s*[: ]\s*(?P<marks>.+?)\.?$"
)
_NOT_AT: Final = re.compile(
    r"^TRANSS?HIPMENT\s+(?:AT|IN|VIA)\s+(?P<place>.+?)\s+(?:IS\s+)?(?:NOT\s+(?:ALLOWED|PERMITTED|ACCEPTABLE)|PROHIBITED|FORBIDDEN)"
)
_ONLY_AT: Final = re.compile(
    r"^TRANSS?HIPMENT\s+(?:IS\s+)?(?:ALLOWED|PERMITTED|ACCEPTABLE)\s+(?:ONLY\s+)?(?:AT|IN|VIA)\s+(?P<place>.+?)(?:\s+ONLY)?\.?$"
)
_OLDER: Final = re.compile(
    r"DOCUMENTS?\s+(?:DATED|ISSUED)\s+(?:PRIOR\s+TO|BEFORE|EARLIER\s+THAN)\b.*\b(?:ISSU|CREDIT|L/?C).*\bNOT\s+(?:ACCEPTABLE|ALLOWED|PERMITTED)"
)
_CREDIT_FIELDS: Final = ("/references/documentaryCreditIdentifier", "/documentaryCreditIdentifier")
_WITHOUT_REFERENCE: Final = frozenset({"customs-declaration"})
_ORIGINS: Final = (
    "/originCountry",
    "/lineItems/*/originCountry",
    "/goodsItems/*/originCountry",
    "/packages/*/originCountry",
    "/goods/originCountry",
    "/lines/*/originCountry",
)


def conditions(case: Case) -> Iterator[Candidate | Undone]:
    """Each condition of field 47A whose words are understood."""
    papers = case.papers(*DATES)
    for item in items_of(case.credit.conditions):
        yield from _references(case, item, papers)
        yield from _origin(case, item, papers)
        yield from _transport(case, item)
        yield from _packing(case, item, papers)
        yield from _older(case, item, papers)


def _references(case: Case, item: str, papers: tuple[Paper, ...]) -> Iterator[Candidate | Undone]:
    stated = _ALL.search(item)
    if stated is None:
        return
    asks_credit, asks_contract = (
        pattern.search(stated[1]) is not None for pattern in (_CREDIT_NUMBER, _CONTRACT_NUMBER)
    )
    if not (asks_credit or asks_contract):
        return
    if "EXCEPT" in item:
        yield case.undone(f"Which documents the credit excepts: {item}")
        return
    for paper in papers:
        if paper.kind in _WITHOUT_REFERENCE:
            continue
        if asks_credit and not any(paper.text(field) for field in _CREDIT_FIELDS):
            yield _lacking(case, paper, item, "documentaryCreditIdentifier", "number of the credit")
        if asks_contract and paper.kind != "draft" and not paper.text("/references/contractNumber"):
            yield _lacking(case, paper, item, "contractNumber", "number of the contract")


def _lacking(case: Case, paper: Paper, item: str, field: str, name: str) -> Candidate:
    return case.found(
        paper,
        f"/references/{field}",
        found="nothing",
        expected=item,
        rule="UCP 600 art. 14(a)",
        sentence=f"The {paper.name} does not show the {name}, as all documents must.",
    )


def _origin(case: Case, item: str, papers: tuple[Paper, ...]) -> Iterator[Candidate]:
    stated = _ORIGIN.match(item)
    if stated is None:
        return
    allowed = countries_of((stated["named"] or stated["adjective"]).strip(" ."))
    if allowed is None:
        return
    for paper in papers:
        told: set[str] = set()
        for pattern in _ORIGINS:
            for field, country in paper.texts(pattern):
                if country not in allowed and country not in told:
                    told.add(country)
                    yield case.found(
                        paper,
                        field,
                        found=country,
                        expected=item,
                        rule=_CONFLICT,
                        sentence=f"The {paper.name} shows goods of {country} origin, in conflict "
                        f"with the credit: {item.rstrip('.')}.",
                    )


def _transport(case: Case, item: str) -> Iterator[Candidate]:
    carrier, without, only = _CARRIER.match(item), _NOT_AT.match(item), _ONLY_AT.match(item)
    for paper in case.transport:
        if _CONTAINERS.match(item) and not transport.containers(paper):
            yield case.found(
                paper,
                "/utilizedTransportEquipments",
                found="no container",
                expected=item,
                rule=_CONFLICT,
                sentence="The transport document shows goods that are in no container, in "
                f"conflict with the credit: {item.rstrip('.')}.",
            )
        name = paper.text("/carrierName")
        if (
            carrier is not None
            and name is not None
            and missing(words(carrier["carrier"]), words(name))
        ):
            yield case.found(
                paper,
                "/carrierName",
                found=name,
                expected=item,
                rule=_CONFLICT,
                sentence=f"The carrier is {name}, in conflict with the credit: {item.rstrip('.')}.",
            )
        yield from _ports(case, paper, item, without["place"] if without else None, forbidden=True)
        yield from _ports(case, paper, item, only["place"] if only else None, forbidden=False)


def _ports(
    case: Case, paper: Paper, item: str, place: str | None, *, forbidden: bool
) -> Iterator[Candidate]:
    if place is None:
        return
    for pattern in ("/transports/transshipmentPorts/*", "/transshipmentPlaces/*"):
        for field in paper.paths(pattern):
            port = paper.place(field)
            if port is None:
                continue
            answer = fit(place, port)
            if answer in ({Fit.YES, Fit.TYPING} if forbidden else {Fit.NO}):
                yield case.found(
                    paper,
                    field,
                    found=port,
                    expected=item,
                    rule=_CONFLICT,
                    sentence=f"Transhipment is at {port}, in conflict with the credit: "
                    f"{item.rstrip('.')}.",
                )


def _packing(case: Case, item: str, papers: tuple[Paper, ...]) -> Iterator[Candidate]:
    if (stated := _PACKED.match(item)) is not None:
        unit = next(
            (
                found
                for word in (stated["packing"], stated["packing"].split()[-1])
                if (found := unit_named(word)) is not None
            ),
            None,
        )
        for paper in papers if unit is not None else ():
            told: set[str] = set()
            for pattern in (
                "/packages/*/packageTypeCode",
                "/goodsItems/*/packageTypeCode",
                "/lineItems/*/packageTypeCode",
                "/consignmentItems/*/cargoItems/*/outerPackaging/packageCode",
            ):
                for field, code in paper.texts(pattern):
                    kind = unit_of(code)
                    if kind is None or kind == unit or kind.dimension == "package" or code in told:
                        continue
                    told.add(code)
                    yield case.found(
                        paper,
                        field,
                        found=code,
                        expected=item,
                        rule=_CONFLICT,
                        sentence=f"The {paper.name} shows packages of the kind {code}, in conflict "
                        f"with the credit: {item.rstrip('.')}.",
                    )
    if (stated := _MARKS.match(item)) is not None:
        asked = frozenset(spoken(stated["marks"]).split())
        for paper in papers:
            for field, marks in _marks(paper):
                if (
                    not asked <= frozenset(spoken(marks).split())
                    and same_text(stated["marks"], marks) is Same.NO
                ):
                    yield case.found(
                        paper,
                        field,
                        found=marks,
                        expected=stated["marks"],
                        rule=_CONFLICT,
                        sentence=f"The shipping marks on the {paper.name} are {marks}, not "
                        f"{stated['marks']}.",
                    )


def _marks(paper: Paper) -> list[tuple[str, str]]:
    lines = paper.texts("/consignmentItems/*/shippingMarks/*")
    if lines:
        return [("/consignmentItems/0/shippingMarks", " ".join(text for _, text in lines))]
    marks = paper.text("/shippingMarks")
    return [] if marks is None else [("/shippingMarks", marks)]


def _older(case: Case, item: str, papers: tuple[Paper, ...]) -> Iterator[Candidate]:
    """A document may be older than the credit (14(i)), unless the credit says otherwise."""
    if _OLDER.search(item) is None:
        return
    for paper in papers:
        field = DATES[paper.kind][0]
        day = paper.day(field)
        if day is not None and day < case.credit.issued:
            yield case.found(
                paper,
                field,
                found=day,
                expected=f"no earlier than {case.credit.issued}",
                rule="UCP 600 art. 1, 14(a), (i)",
                sentence=f"The {paper.name} is dated {day}, before the issue of the credit, which "
                "the credit does not accept.",
            )

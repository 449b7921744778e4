# SPDX-License-Identifier: Apache-2.0
"""X17: partial shipment and transhipment, by the article of each transport document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.credit.terms import Permission
from yangshan.documents.examination.families import transport
from yangshan.documents.examination.families.agreement import vessel, voyage
from yangshan.documents.examination.families.speaking import says, sentences, table
from yangshan.documents.examination.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone

_RECEIPTS: Final = frozenset({"COURIER", "POSTAL"})


def shipments(case: Case) -> Iterator[Candidate | Undone]:
    """Field 43P against several transport documents, 43T against one that states transhipment."""
    if case.credit.partial_shipments is Permission.NOT_ALLOWED:
        yield from _partial(case)
    if case.credit.transhipment is Permission.NOT_ALLOWED:
        for paper in case.papers("bill-of-lading"):
            yield from _transhipment(case, paper)


def _partial(case: Case) -> Iterator[Candidate]:
    """One means of conveyance, one journey, one destination are one shipment (31(b)).

    Courier and post receipts of one place, day and destination are one too (31(c)).
    """
    first: Paper | None = None
    for paper in case.transport:
        if first is None:
            first = paper
            continue
        apart = _apart(first, paper)
        if apart is None:
            continue
        field, here, there, what = apart
        yield case.found(
            paper,
            field,
            found=here,
            expected=there,
            rule="UCP 600 art. 31(c)"
            if transport.mode(paper) in _RECEIPTS
            else "UCP 600 art. 31(b)",
            sentence=f"Partial shipment is not allowed, and the transport documents show {what} "
            f"{there} and {here}.",
        )


def _apart(first: Paper, other: Paper) -> tuple[str, str, str, str] | None:
    """What makes two transport documents two shipments: field, both values, its name."""
    if transport.mode(first) != transport.mode(other):
        return "", transport.mode(other), transport.mode(first), "two modes,"
    if transport.mode(first) in _RECEIPTS:
        places = [str(transport.loading(each) or "") for each in (first, other)]
        if plain(places[0]) != plain(places[1]):
            return "/placeOfDeparture", places[1], places[0], "receipts of"
        days = [str(transport.shipped(each)) for each in (first, other)]
        if days[0] != days[1]:
            return transport.shipped_field(other), days[1], days[0], "receipts of"
    else:
        # The vessel that leaves the port of loading; what takes over later is transhipment.
        legs = [_leaving(each) for each in (first, other)]
        if None not in legs and legs[0] != legs[1]:
            field = (
                "/transports/vesselVoyages" if other.kind == "bill-of-lading" else "/conveyances"
            )
            said = [" ".join(part for part in leg or () if part) for leg in legs]
            return field, said[1], said[0], "two means of conveyance,"
    ends = [str(transport.discharge(each) or "") for each in (first, other)]
    if plain(ends[0]) != plain(ends[1]):
        field = (
            "/transports/portOfDischarge"
            if other.kind == "bill-of-lading"
            else "/placeOfDestination"
        )
        return field, ends[1], ends[0], "two destinations,"
    return None


def _leaving(paper: Paper) -> tuple[str, str] | None:
    legs = transport.conveyances(paper)
    if not legs:
        return None
    name, trip = legs[0]
    return vessel(name or ""), voyage(trip or "")


def _transhipment(case: Case, paper: Paper) -> Iterator[Candidate]:
    """Never where the goods are in a container, trailer or LASH barge (20(c)(ii), 21(c)(ii)).

    Nor for a clause by which the carrier keeps the right to tranship (20(d), 21(d)), nor under
    arts 19, 23 and 24.
    """
    if transport.containers(paper) or _in_trailer(paper):
        return
    statement = _statement(paper)
    if statement is None:
        return
    field, said = statement
    article = "21" if paper.text("/transportDocumentTypeCode") == "SWB" else "20"
    yield case.found(
        paper,
        field,
        found=said,
        expected="no transhipment, or goods in containers, trailers or LASH barges",
        rule=f"UCP 600 art. {article}(b), (c)",
        sentence=f"Transhipment is not allowed, and the document states it: {said}.",
    )


def _in_trailer(paper: Paper) -> bool:
    texts = [
        *paper.texts("/carrierClauses/*"),
        *paper.texts("/consignmentItems/*/descriptionOfGoods/*"),
        *paper.texts("/consignmentItems/*/cargoItems/*/outerPackaging/description"),
    ]
    held = ("TRAILER", "TRAILERS", "LASH BARGE", "LASH BARGES", "CONTAINER", "CONTAINERS")
    return any(says(said, held) for _, text in texts for said in sentences(text))


def _statement(paper: Paper) -> tuple[str, str] | None:
    places = [str(paper.place(path)) for path in paper.paths("/transports/transshipmentPorts/*")]
    if places:
        return "/transports/transshipmentPorts", ", ".join(places)
    legs = transport.conveyances(paper)
    if len({vessel(name or "") for name, _ in legs}) > 1:
        return "/transports/vesselVoyages", " then ".join(name or "" for name, _ in legs)
    words = table("clauses")
    for field, text in paper.texts("/carrierClauses/*"):
        for said in sentences(text):
            if says(said, words["transhipment"]) is None:
                continue
            if says(said, (*words["liberties"], *words["suppositions"])) is None and not any(
                word in said.split() for word in words["denials"]
            ):
                return field, said
    return None

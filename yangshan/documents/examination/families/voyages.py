# SPDX-License-Identifier: Apache-2.0
"""X22: whether the voyage that the documents tell can have taken place; all of it to look at."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families import transport
from yangshan.documents.examination.families.agreement import vessel, voyage
from yangshan.documents.examination.families.speaking import table
from yangshan.documents.examination.ports import ports
from yangshan.documents.examination.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, NamedPlace, Paper, Undone

_DAYS_ABOUT_DEPARTURE: Final = 14


def voyages(case: Case) -> Iterator[Candidate | Undone]:
    """Departure and arrival, the order of ports, the days between them, one name per ship."""
    papers = case.presentation.of("bill-of-lading", "transport-document")
    for paper in papers:
        yield from _dates(case, paper)
        yield from _order(case, paper)
    yield from _ships(case, papers)


def _dates(case: Case, paper: Paper) -> Iterator[Candidate]:
    leaves, arrives = (
        paper.day("/transports/plannedDepartureDate"),
        paper.day("/transports/plannedArrivalDate"),
    )
    shipped = transport.shipped(paper)
    if leaves is not None and arrives is not None and arrives < leaves:
        yield case.warning(
            paper,
            "/transports/plannedArrivalDate",
            arrives,
            f"after {leaves}",
            f"The vessel arrives on {arrives}, before it leaves on {leaves}.",
        )
        return
    if shipped is not None and arrives is not None and arrives < shipped:
        yield case.warning(
            paper,
            "/transports/plannedArrivalDate",
            arrives,
            f"after {shipped}",
            f"The vessel arrives on {arrives}, and the goods came on board on {shipped}.",
        )
        return
    if (
        shipped is not None
        and leaves is not None
        and abs((shipped - leaves).days) > _DAYS_ABOUT_DEPARTURE
    ):
        yield case.warning(
            paper,
            transport.shipped_field(paper),
            shipped,
            f"about {leaves}",
            f"The goods came on board on {shipped}, far from the departure on {leaves}.",
        )
    # An import cannot be declared as arrived before the vessel can have come.
    start = shipped or leaves
    if start is None or arrives is None:
        return
    least = least_days(_region(transport.loading(paper)), _region(transport.discharge(paper)))
    if paper.kind == "bill-of-lading" and (arrives - start).days < least:
        yield case.warning(
            paper,
            "/transports/plannedArrivalDate",
            arrives,
            f"{least} days or more after {start}",
            f"From {transport.loading(paper)} to {transport.discharge(paper)} in "
            f"{(arrives - start).days} days is faster than ships go.",
        )


def _order(case: Case, paper: Paper) -> Iterator[Candidate]:
    first, last = transport.loading(paper), transport.discharge(paper)
    ends = [_key(each) for each in (first, last)]
    if ends[0] and ends[0] == ends[1]:
        yield case.warning(
            paper,
            "/transports/portOfDischarge",
            last,
            f"another place than {first}",
            f"The goods are loaded and discharged at {first}.",
        )
    for pattern in ("/transports/transshipmentPorts/*", "/transshipmentPlaces/*"):
        for field in paper.paths(pattern):
            place = paper.place(field)
            if place is not None and _key(place) in {each for each in ends if each}:
                yield case.warning(
                    paper,
                    field,
                    place,
                    "another port than the first and the last",
                    f"Transhipment is at {place}, where the voyage begins or ends.",
                )


def _ships(case: Case, papers: tuple[Paper, ...]) -> Iterator[Candidate]:
    """One IMO number has one name, and one vessel and voyage one day of departure."""
    names: dict[str, str] = {}
    left: dict[tuple[str, str, str], tuple[Paper, str]] = {}
    for paper in papers:
        for leg in paper.paths("/transports/vesselVoyages/*"):
            imo, name = paper.text(f"{leg}/vesselIMONumber"), paper.text(f"{leg}/vesselName")
            if imo is None or name is None:
                continue
            other = names.setdefault(imo, name)
            if vessel(other) != vessel(name):
                yield case.warning(
                    paper,
                    f"{leg}/vesselIMONumber",
                    f"{imo}, {name}",
                    f"{imo}, {other}",
                    f"The IMO number {imo} is that of {other} and of {name}.",
                )
        legs = transport.conveyances(paper)
        place = transport.loading(paper)
        leaves = paper.text("/transports/plannedDepartureDate")
        if not legs or place is None or leaves is None:
            continue
        key = (vessel(legs[0][0] or ""), voyage(legs[0][1] or ""), _key(place))
        seen = left.setdefault(key, (paper, leaves))
        if seen[1] != leaves:
            yield case.warning(
                paper,
                "/transports/plannedDepartureDate",
                leaves,
                seen[1],
                f"{legs[0][0]} leaves {place} on {seen[1]} and on {leaves} of one voyage.",
            )


def _key(place: NamedPlace | None) -> str:
    if place is None:
        return ""
    return place.locode or plain(place.name or "")


def _region(place: NamedPlace | None) -> str | None:
    """The coast on which a port lies."""
    if place is None:
        return None
    code = place.locode
    if code is None and place.name is not None:
        name = plain(place.name).split(",")[0].strip()
        code = next((each.code for each in ports().values() if name in each.names), None)
    country = place.country or (code or "")[:2]
    coasts = _coasts()
    return coasts.get(code or "") or coasts.get(country)


def least_days(first: str | None, last: str | None) -> int:
    """The least days between two coasts at 25 knots; 0 where that is not known."""
    if first is None or last is None or first == last:
        return 0
    found: Mapping[str, int] = table("voyages")["days"]
    return found.get(f"{first} {last}", found.get(f"{last} {first}", 0))


@functools.cache
def _coasts() -> Mapping[str, str]:
    return {
        code: coast for coast, codes in table("voyages")["coasts"].items() for code in codes.split()
    }

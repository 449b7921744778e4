# SPDX-License-Identifier: Apache-2.0
"""X08 and X09: when and between which places the goods were shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.documents.examination import ports
from yangshan.documents.examination.figures import shipment_of
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.periods import shipment_range
from yangshan.documents.examination.ports import Fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, NamedPlace, Paper, Undone

# By kind of document: the field of the credit, its name, where the document has that place, and
# where else it may stand if it is not there.
_PLACES = {
    "bill-of-lading": (
        ("loading_port", "44E", "/transports/portOfLoading", ""),
        ("discharge_port", "44F", "/transports/portOfDischarge", ""),
        ("taking_in_charge", "44A", "/transports/placeOfReceipt", "/transports/portOfLoading"),
        ("final_destination", "44B", "/transports/placeOfDelivery", "/transports/portOfDischarge"),
    ),
    "transport-document": (
        ("loading_port", "44E", "/placeOfDeparture", ""),
        ("discharge_port", "44F", "/placeOfDestination", ""),
        ("taking_in_charge", "44A", "/placeOfReceipt", "/placeOfDeparture"),
        ("final_destination", "44B", "/placeOfDelivery", "/placeOfDestination"),
    ),
}


def dates(case: Case) -> Iterator[Candidate | Undone]:
    """Shipment is no later than 44C and inside 44D, and the document shows it as it must."""
    latest, period = case.credit.latest_shipment, case.credit.shipment_period
    allowed = shipment_range(period) if period else None
    if period and allowed is None:
        said = " ".join(period.split())
        yield case.undone(f"The period of shipment, {said!r} (44D), is for a person to read.")
    for paper in case.transport:
        yield from _on_board(case, paper)
        shipment = shipment_of(paper)
        if shipment is None:
            continue
        day = shipment.day
        if latest is not None and day > latest:
            yield case.found(
                paper,
                shipment.field,
                found=day,
                expected=f"{latest} at the latest",
                rule="UCP 600 art. 29(c), " + _date_rule(paper),
                sentence=f"Late shipment: {day}, and the latest date of shipment is {latest}.",
            )
        if allowed is not None and day not in allowed:
            bounds = _bounds(str(allowed.first or ""), str(allowed.last or ""))
            yield case.found(
                paper,
                shipment.field,
                found=day,
                expected=bounds,
                rule="UCP 600 art. 3, " + _date_rule(paper),
                sentence=f"Shipment on {day} is outside the period of field 44D: {bounds}.",
            )


def _date_rule(paper: Paper) -> str:
    if paper.kind == "bill-of-lading":
        return "20(a)(ii)"
    return {
        "AIR_WAYBILL": "23(a)(iii)",
        "MULTIMODAL": "19(a)(ii)",
        "COURIER": "25(a)",
        "POSTAL": "25(c)",
    }.get(paper.text("/documentType") or "", "24(a)(ii)")


def _bounds(first: str, last: str) -> str:
    if first and last:
        return f"{first} to {last}"
    return f"{first} or later" if first else f"{last} or earlier"


def _on_board(case: Case, paper: Paper) -> Iterator[Candidate]:
    """A form of receipt, or an intended vessel, needs a dated on-board notation."""
    if paper.kind != "bill-of-lading":
        return
    notation = paper.day("/onBoardNotation/date")
    received = (
        paper.flag("/isShippedOnBoardType") is False or paper.day("/shippedOnBoardDate") is None
    )
    intended = bool(paper.flag("/transports/vesselIntended"))
    if notation is None and (received or intended):
        what = "shows an intended vessel" if intended else "is a form of receipt for shipment"
        yield case.found(
            paper,
            "/onBoardNotation",
            found="none",
            expected="a dated on-board notation",
            rule="UCP 600 art. 20(a)(ii)",
            sentence=f"The bill of lading {what} and has no dated on-board notation.",
        )
    elif intended and paper.text("/onBoardNotation/vesselName") is None:
        yield case.found(
            paper,
            "/onBoardNotation/vesselName",
            found="none",
            expected="the vessel on which the goods were shipped",
            rule="UCP 600 art. 20(a)(ii)",
            sentence=(
                "The bill of lading shows an intended vessel, and its on-board notation does not "
                "name the actual one."
            ),
        )
    elif notation is not None and received and _carried_before(paper):
        yield case.found(
            paper,
            "/onBoardNotation",
            found="a date alone",
            expected="a date with vessel and port of loading",
            severity=Severity.WARNING,
            rule="UCP 600 art. 20(a)(ii); ISBP E6",
            sentence=(
                "The goods were received at another place than the port of loading, and the "
                "on-board notation does not name vessel and port."
            ),
        )


def _carried_before(paper: Paper) -> bool:
    """Whether goods came to the port from elsewhere, with no vessel and port in the notation."""
    receipt = paper.place("/transports/placeOfReceipt")
    port = paper.place("/transports/portOfLoading")
    if receipt is None or port is None or not receipt.name or not port.name:
        return False
    if ports.fit(port.name, receipt) in {Fit.YES, Fit.TYPING}:
        return False
    named = paper.text("/onBoardNotation/vesselName")
    return named is None or paper.place("/onBoardNotation/portOfLoading") is None


def places(case: Case) -> Iterator[Candidate | Undone]:
    """The places of carriage are those of 44A, 44E, 44F and 44B."""
    for paper in case.transport:
        for name, tag, field, otherwise in _PLACES[paper.kind]:
            asked = getattr(case.credit, name)
            if not asked:
                continue
            place = paper.place(field) or (paper.place(otherwise) if otherwise else None)
            if place is not None:
                yield from _place(case, paper, tag, asked, place)
        loading = case.credit.loading_port
        noted = paper.place("/onBoardNotation/portOfLoading")
        if loading and noted is not None and paper.kind == "bill-of-lading":
            yield from _place(case, paper, "44E", loading, noted)


def _place(
    case: Case, paper: Paper, tag: str, asked: str, place: NamedPlace
) -> Iterator[Candidate | Undone]:
    expected = " ".join(asked.split())
    answer = ports.fit(expected, place)
    if answer is Fit.YES or (answer is Fit.NO and _shown_on_board(paper, tag, expected)):
        return
    if answer is Fit.UNKNOWN:
        yield case.undone(
            f"Whether {place or 'what stands there'} on the {paper.kind.replace('-', ' ')} lies in "
            f"{expected} ({tag}) is for a person to say."
        )
        return
    doubts = {
        Fit.TYPING: f"{place} stands for {expected} ({tag}); it may be a typing error.",
        Fit.COUNTRY: f"{place} has the name of {expected} ({tag}), and another country or code.",
    }
    ranged = f"{place} names no actual port inside {expected} ({tag})."
    yield case.found(
        paper,
        place.path,
        found=place,
        expected=expected,
        severity=Severity.WARNING if answer in doubts else Severity.DISCREPANCY,
        rule=_place_rule(paper) + ("; ISBP E6" if answer is not Fit.NO else ""),
        sentence=doubts.get(
            answer,
            ranged if answer is Fit.RANGE else f"{place} instead of {expected} ({tag}).",
        ),
    )


def _shown_on_board(paper: Paper, tag: str, asked: str) -> bool:
    """Whether the on-board notation names the port that the credit asks for (ISBP E6)."""
    noted = paper.place("/onBoardNotation/portOfLoading")
    return tag == "44E" and noted is not None and ports.fit(asked, noted) is Fit.YES


def _place_rule(paper: Paper) -> str:
    if paper.kind == "bill-of-lading":
        return "UCP 600 art. 20(a)(iii)"
    return "UCP 600 art. " + {
        "AIR_WAYBILL": "23(a)(iv)",
        "MULTIMODAL": "19(a)(iii)",
        "COURIER": "25(a)",
        "POSTAL": "25(c)",
    }.get(paper.text("/documentType") or "", "24(a)(iii)")

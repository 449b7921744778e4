# SPDX-License-Identifier: Apache-2.0
"""What transport documents of both kinds say, read in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yangshan.documents.examination.model import NamedPlace, Paper

_LOADING: Final = ("/transports/portOfLoading", "/placeOfDeparture")
_DISCHARGE: Final = ("/transports/portOfDischarge", "/placeOfDestination")
_NUMBERS: Final = ("/transportDocumentReference", "/documentNumber")


def shipped(paper: Paper) -> date | None:
    """The date of shipment that a transport document shows (UCP 600 art. 19 to 25).

    That of a notation comes before the printed one; where there is none the date of issue counts,
    except of a document that says the goods were only received.
    """
    for field in ("/onBoardNotation/date", "/shippedOnBoardDate", "/shipmentDate"):
        if (day := paper.day(field)) is not None:
            return day
    if paper.kind == "bill-of-lading" and not paper.flag("/isShippedOnBoardType"):
        return None
    return paper.day("/issueDate")


def shipped_field(paper: Paper) -> str:
    """The field of :func:`shipped`."""
    fields = ("/onBoardNotation/date", "/shippedOnBoardDate", "/shipmentDate", "/issueDate")
    return next((field for field in fields if paper.day(field) is not None), "")


def first_shipment(papers: Iterable[Paper]) -> date | None:
    """The earliest date of shipment of several transport documents."""
    days = [day for paper in papers if (day := shipped(paper)) is not None]
    return min(days, default=None)


def loading(paper: Paper) -> NamedPlace | None:
    """Port of loading, or airport or place of departure."""
    return _place(paper, _LOADING)


def discharge(paper: Paper) -> NamedPlace | None:
    """Port of discharge, or airport or place of destination."""
    return _place(paper, _DISCHARGE)


def number(paper: Paper) -> str | None:
    """The number of the transport document."""
    return next((text for field in _NUMBERS if (text := paper.text(field))), None)


def conveyances(paper: Paper) -> list[tuple[str | None, str | None]]:
    """Vessel and voyage, or flight, truck or wagon, of each leg that the document names."""
    legs = "/transports/vesselVoyages/*" if paper.kind == "bill-of-lading" else "/conveyances/*"
    name = "vesselName"
    trip = "carrierExportVoyageNumber" if paper.kind == "bill-of-lading" else "number"
    return [(paper.text(f"{leg}/{name}"), paper.text(f"{leg}/{trip}")) for leg in paper.paths(legs)]


def containers(paper: Paper) -> list[tuple[str, str]]:
    """Container numbers with their fields."""
    patterns = (
        "/utilizedTransportEquipments/*/equipmentReference",
        "/containerNumbers/*",
        "/packages/*/containerNumber",
    )
    return [found for pattern in patterns for found in paper.texts(pattern)]


def mode(paper: Paper) -> str:
    """The mode of transport of a document, for what counts as several means of one mode."""
    return paper.text("/documentType") or "SEA"


def _place(paper: Paper, fields: Iterable[str]) -> NamedPlace | None:
    return next((place for field in fields if (place := paper.place(field)) is not None), None)

# SPDX-License-Identifier: Apache-2.0
"""X05: what documents state in total agrees; how they add up is only a warning (ISBP A22)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from yangshan.documents.examination.measures import agree, shown, unit_of
from yangshan.documents.examination.model import Measure, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone


class _Total(NamedTuple):
    """Where a kind of document states a total, and what makes it up where it states none."""

    stated: str
    parts: str = ""


# What is counted, by kind of document; the first kind that states it is what others are held to.
_PACKAGES: Final = {
    "packing-list": _Total("/totalPackageCount"),
    "invoice": _Total("/totalPackageCount"),
    "bill-of-lading": _Total(
        "", "/consignmentItems/*/cargoItems/*/outerPackaging/numberOfPackages"
    ),
    "transport-document": _Total("/totalPackageCount"),
    "certificate-of-origin": _Total("/totalPackageCount"),
    "insurance": _Total("/packageCount"),
}
_GROSS: Final = {
    "packing-list": _Total("/totalGrossWeight"),
    "invoice": _Total("/totalGrossWeight"),
    "bill-of-lading": _Total("", "/consignmentItems/*/cargoItems/*/cargoGrossWeight"),
    "transport-document": _Total("/totalGrossWeight"),
    "certificate-of-origin": _Total("/totalGrossWeight"),
}
_NET: Final = {
    "packing-list": _Total("/totalNetWeight"),
    "invoice": _Total("/totalNetWeight"),
    "bill-of-lading": _Total("", "/consignmentItems/*/cargoItems/*/cargoNetWeight"),
}
_QUANTITY: Final = {
    "invoice": _Total("/totalQuantity"),
    "packing-list": _Total("/totalQuantity"),
}
_SUMS: Final = (
    ("total number of packages", _PACKAGES),
    ("total gross weight", _GROSS),
    ("total net weight", _NET),
    ("total quantity", _QUANTITY),
)
# What adds up within one document: the total and the field of each part.
_WITHIN: Final = (
    ("packing-list", "/totalPackageCount", "/packages/*/packageCount", "number of packages"),
    ("packing-list", "/totalGrossWeight", "/packages/*/grossWeight", "gross weight"),
    ("packing-list", "/totalNetWeight", "/packages/*/netWeight", "net weight"),
    ("certificate-of-origin", "/totalPackageCount", "/goodsItems/*/packageCount", "packages"),
    ("certificate-of-origin", "/totalGrossWeight", "/goodsItems/*/grossWeight", "gross weight"),
    ("transport-document", "/totalPackageCount", "/goodsItems/*/packageCount", "packages"),
    ("transport-document", "/totalGrossWeight", "/goodsItems/*/grossWeight", "gross weight"),
)


def totals(case: Case) -> Iterator[Candidate | Undone]:
    """Totals agree between the documents; sums and products within one are a warning."""
    for name, kinds in _SUMS:
        yield from _between(case, name, kinds)
    for kind, total, parts, name in _WITHIN:
        for paper in case.papers(kind):
            yield from _within(case, paper, total, parts, name)
    for paper in case.papers("invoice"):
        yield from _arithmetic(case, paper)


def _between(case: Case, name: str, kinds: dict[str, _Total]) -> Iterator[Candidate]:
    first: tuple[Paper, Measure] | None = None
    for kind, place in kinds.items():
        papers = case.papers(kind)
        held = [_of_paper(paper, place) for paper in papers]
        known = [each for each in held if each is not None]
        if not known or len(known) < len(held):
            continue
        total = _sum(known)
        if total is None:
            continue
        if first is None:
            first = papers[0], total
        elif agree(first[1], total) is False:
            other, expected = first
            yield case.found(
                papers[0],
                place.stated or _first_path(papers[0], place),
                found=_said(total),
                expected=f"{_said(expected)} ({other.name})",
                rule="UCP 600 art. 14(d)",
                sentence=(
                    f"The {name} is {_said(total)} in the {_title(papers[0])} and "
                    f"{_said(expected)} in the {_title(other)}."
                ),
            )


def _first_path(paper: Paper, place: _Total) -> str:
    return paper.paths(place.parts)[0]


def _of_paper(paper: Paper, place: _Total) -> Measure | None:
    """What a document states in total, or what its parts come to."""
    if place.stated:
        return _at(paper, place.stated)
    parts = [_at(paper, path) for path in paper.paths(place.parts)]
    # Parts that stand nowhere would make the sum too small.
    whole = place.parts.rpartition("/")[0]
    holders = whole if place.parts.endswith("numberOfPackages") else ""
    missing = bool(holders) and len(parts) < len(paper.paths(holders.rpartition("/")[0]))
    known = [each for each in parts if each is not None]
    items = len(paper.paths("/consignmentItems/*/cargoItems/*"))
    return None if missing or len(known) < items or not known else _sum(known)


def _at(paper: Paper, path: str) -> Measure | None:
    count = paper.count(path)
    if count is not None:
        return Measure(Fraction(count), "")
    return paper.measure(path)


def _sum(parts: list[Measure]) -> Measure | None:
    """The sum, in the unit of the first; None across units that cannot be added."""
    first = parts[0]
    total = Fraction(0)
    for each in parts:
        if each.unit == first.unit:
            total += each.value
            continue
        one, other = unit_of(first.unit), unit_of(each.unit)
        if one is None or other is None or one.dimension != other.dimension:
            return None
        total += each.value * other.factor / one.factor
    return Measure(total, first.unit, max(each.decimals for each in parts))


def _within(
    case: Case, paper: Paper, total: str, parts: str, name: str
) -> Iterator[Candidate | Undone]:
    stated = _at(paper, total)
    paths = paper.paths(parts)
    found = [each for path in paths if (each := _at(paper, path)) is not None]
    if stated is None or not found or len(found) < len(paper.paths(parts.rpartition("/")[0])):
        return
    added = _sum(found)
    if added is None or agree(stated, added) is not False:
        return
    yield case.found(
        paper,
        total,
        found=_said(stated),
        expected=f"{_said(added)}, the sum of its parts",
        severity=Severity.WARNING,
        rule="ISBP A22",
        sentence=(
            f"The {name} of the {_title(paper)} add up to {_said(added)}, and it states "
            f"{_said(stated)}; how documents add up is not examined in detail."
        ),
    )


def _arithmetic(case: Case, paper: Paper) -> Iterator[Candidate]:
    """Lines of an invoice: quantity times price, and their sum."""
    added = Fraction(0)
    complete = True
    for path in paper.paths("/lineItems/*"):
        total = paper.number(f"{path}/lineTotalAmount")
        price = paper.number(f"{path}/unitPriceAmount")
        count = paper.number(f"{path}/quantity")
        if total is None:
            complete = complete and bool(paper.flag(f"{path}/freeOfCharge"))
            continue
        added += total
        if price is not None and count is not None and abs(price * count - total) >= _step(paper):
            yield _off(
                case, paper, f"{path}/lineTotalAmount", total, price * count, "quantity times price"
            )
    stated = paper.number("/totalInvoiceAmount")
    deducted = sum(
        (paper.number(path) or Fraction(0) for path in paper.paths("/deductions/*/amount")),
        Fraction(0),
    )
    # A total may be told before or after what is deducted.
    if complete and stated is not None and stated not in {added, added - deducted}:
        yield _off(case, paper, "/totalInvoiceAmount", stated, added, "the sum of its lines")


def _step(paper: Paper) -> Fraction:
    """One minor unit: a product may be rounded to it."""
    money = paper.money("/totalInvoiceAmount", "/invoiceCurrencyCode")
    return Fraction(1, 10 ** (money.currency.decimals if money else 2))


def _off(
    case: Case, paper: Paper, field: str, stated: Fraction, reckoned: Fraction, what: str
) -> Candidate:
    return case.found(
        paper,
        field,
        found=shown(stated),
        expected=f"{shown(reckoned)}, {what}",
        severity=Severity.WARNING,
        rule="ISBP A22",
        sentence=(
            f"The invoice states {shown(stated)}, and {what} is {shown(reckoned)}; how documents "
            "add up is not examined in detail."
        ),
    )


def _said(measure: Measure) -> str:
    return f"{shown(measure.value)} {measure.unit}".rstrip()


def _title(paper: Paper) -> str:
    return paper.kind.replace("-", " ")

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
    """Where a kind of document states a total, and what makes it up where it states none.

    ``types`` is where it says what kind of packages it counts.
    """

    stated: str
    parts: str = ""
    types: str = ""


# What is counted, by kind of document.
_PACKAGES: Final = {
    "packing-list": _Total("/totalPackageCount", types="/packages/*/packageTypeCode"),
    "invoice": _Total("/totalPackageCount", types="/lineItems/*/packageTypeCode"),
    "bill-of-lading": _Total(
        "",
        "/consignmentItems/*/cargoItems/*/outerPackaging/numberOfPackages",
        "/consignmentItems/*/cargoItems/*/outerPackaging/packageCode",
    ),
    "transport-document": _Total("/totalPackageCount", types="/goodsItems/*/packageTypeCode"),
    "certificate-of-origin": _Total("/totalPackageCount", types="/goodsItems/*/packageTypeCode"),
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
    ("packing-list", "/totalPackageCount", "/packages/*/packageCount", "total number of packages"),
    ("packing-list", "/totalGrossWeight", "/packages/*/grossWeight", "total gross weight"),
    ("packing-list", "/totalNetWeight", "/packages/*/netWeight", "total net weight"),
    (
        "certificate-of-origin",
        "/totalPackageCount",
        "/goodsItems/*/packageCount",
        "total number of packages",
    ),
    (
        "certificate-of-origin",
        "/totalGrossWeight",
        "/goodsItems/*/grossWeight",
        "total gross weight",
    ),
    (
        "transport-document",
        "/totalPackageCount",
        "/goodsItems/*/packageCount",
        "total number of packages",
    ),
    ("transport-document", "/totalGrossWeight", "/goodsItems/*/grossWeight", "total gross weight"),
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
    totals: list[tuple[Paper, str, Measure]] = []
    for kind, place in kinds.items():
        papers = case.papers(kind)
        held = [_of_paper(paper, place) for paper in papers]
        known = [each for each in held if each is not None]
        if known and len(known) == len(held) and (total := _sum(known)) is not None:
            totals.append((papers[0], place.stated or _first_path(papers[0], place), total))
    if not totals:
        return
    # What most documents say, so that the odd one is told; of as many, what the first says.
    other, _, expected = max(
        totals, key=lambda one: sum(not _differ(one[2], each[2]) for each in totals)
    )
    for paper, field, total in totals:
        if _differ(expected, total):
            yield case.found(
                paper,
                field,
                found=_said(total),
                expected=f"{_said(expected)} ({other.name})",
                rule="UCP 600 art. 14(d)",
                sentence=(
                    f"The {name} is {_said(total)} in the {_title(paper)} and {_said(expected)} in "
                    f"the {_title(other)}."
                ),
            )


def _first_path(paper: Paper, place: _Total) -> str:
    return paper.paths(place.parts)[0]


def _of_paper(paper: Paper, place: _Total) -> Measure | None:
    """What a document states in total, or what its cargo items come to if each states it."""
    if place.stated:
        total = _at(paper, place.stated)
    else:
        items = paper.paths("/consignmentItems/*/cargoItems/*")
        parts = [each for path in paper.paths(place.parts) if (each := _at(paper, path))]
        total = _sum(parts) if parts and len(parts) == len(items) else None
    # Pallets and the cartons on them are counted apart.
    types = {code for _, code in paper.texts(place.types)} if place.types else set()
    if total is None or len(types) != 1:
        return total
    return Measure(total.value, types.pop())


def _differ(one: Measure, other: Measure) -> bool:
    """Whether two totals are of the same things and not the same."""
    if not one.unit or not other.unit:
        return one.value != other.value
    return agree(one, other) is False


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
            f"The {_title(paper)} states {_said(stated)} as its {name}, and its parts add up to "
            f"{_said(added)}; how documents add up is not examined in detail."
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

# SPDX-License-Identifier: Apache-2.0
"""What several checks reckon with: what is drawn, which lines are which goods, when was shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from yangshan.alliance.identifiers import countries
from yangshan.documents.canonical import flat
from yangshan.documents.examination.goods import Goods, Item, goods_of
from yangshan.documents.examination.measures import unit_of
from yangshan.documents.examination.words import is_charge, missing, words
from yangshan.money import Money

if TYPE_CHECKING:
    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.measures import Unit
    from yangshan.documents.examination.model import Paper

# Parties and the numbers of lines tell nothing of goods.
_NO_GOODS: Final = re.compile(r"^/(?:seller|buyer)/|/lineNumber$")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, in minor units, and where that is stated; ``paper`` None: at presentation."""

    minor: int
    paper: Paper | None
    field: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an invoice; ``item`` is the goods of the credit that it is for, if any."""

    paper: Paper
    path: str
    words: tuple[str, ...]
    free: bool
    item: Item | None
    main: bool

    @property
    def is_charge(self) -> bool:
        """Whether it states a charge and no goods."""
        return bool(self.words) and all(map(is_charge, self.words))


@dataclass(frozen=True, slots=True)
class Shipment:
    """When goods were shipped by a transport document, and where it says so."""

    paper: Paper
    field: str
    day: date


def invoiced(case: Case) -> Drawing | None:
    """The sum of the invoices, less what they deduct; None if it is not in the currency asked."""
    code = case.terms.invoice_terms.amount.currency.code
    papers = case.papers("invoice")
    total = 0
    field = ""
    for paper in papers:
        field = "/amountDue" if paper.value("/amountDue") is not None else "/totalInvoiceAmount"
        money = paper.money(field, "/invoiceCurrencyCode")
        if money is None or money.currency.code != code:
            return None
        total += money.minor
    return Drawing(total, papers[0], field) if papers else None


def drafts(case: Case) -> Drawing | None:
    """The sum of the drafts; None if there is none in the currency asked."""
    code = case.terms.invoice_terms.amount.currency.code
    papers = case.papers("draft")
    total = 0
    for paper in papers:
        money = paper.money("/amount", "/currencyCode")
        if money is None or money.currency.code != code:
            return None
        total += money.minor
    return Drawing(total, papers[0], "/amount") if papers else None


def drawing(case: Case) -> Drawing | None:
    """What is drawn: what is demanded, else the drafts, else the invoices."""
    demanded = case.presentation.demanded
    if demanded is not None:
        if demanded.currency != case.terms.invoice_terms.amount.currency:
            return None
        return Drawing(demanded.minor, None, "demanded")
    return drafts(case) or invoiced(case)


def money_of(case: Case, minor: int) -> Money:
    """An amount in the currency of the credit."""
    return Money(minor, case.terms.invoice_terms.amount.currency)


def goods_in(case: Case) -> Goods:
    """The goods of the terms to which the invoice is held."""
    return goods_of(case.terms.invoice_terms.goods)


def lines(case: Case) -> list[Line]:
    """The lines of all invoices, each with the goods of the credit that it is for."""
    goods = goods_in(case)
    found = []
    for paper in case.papers("invoice"):
        for path in paper.paths("/lineItems/*"):
            said = words(paper.text(f"{path}/descriptionOfGoods") or "")
            free = bool(paper.flag(f"{path}/freeOfCharge"))
            item = _item(goods, said)
            found.append(Line(paper, path, said, free, item, _is_main(item, said)))
    mains = {id(each.item) for each in found if each.main}
    return [
        # Where no line names the goods themselves, each line is taken for them.
        each
        if each.item is None or id(each.item) in mains
        else Line(each.paper, each.path, each.words, each.free, each.item, main=True)
        for each in found
    ]


def shipped(line: Line, unit: Unit) -> Fraction | None:
    """How much a line ships, in this unit; None if it does not say."""
    value, code = (
        line.paper.number(f"{line.path}/quantity"),
        line.paper.text(f"{line.path}/quantityUnitCode"),
    )
    stated = unit_of(code) if code else None
    if value is not None and stated is not None and stated.dimension == unit.dimension:
        return value * stated.factor / unit.factor
    packages = line.paper.count(f"{line.path}/packageCount")
    package = line.paper.text(f"{line.path}/packageTypeCode")
    held = unit_of(package) if package else None
    if packages is not None and held is not None and held.dimension == unit.dimension:
        return Fraction(packages) * held.factor / unit.factor
    # A line that gives the number alone means the unit of the credit.
    return value if value is not None and code is None else None


def shipments(case: Case) -> list[Shipment]:
    """The date of shipment of each transport document that shows one."""
    found = []
    for paper in case.transport:
        if (each := shipment_of(paper)) is not None:
            found.append(each)
    return found


def shipment_of(paper: Paper) -> Shipment | None:
    """When a transport document says that goods were shipped.

    Of a bill of lading the dated on-board notation, else the date on board that it shows (art.
    20(a)(ii)); of others the notation of the flight, dispatch or receipt, else their issue (arts
    19(a)(ii), 23(a)(iii), 24(a)(ii), 25).
    """
    if paper.kind == "bill-of-lading":
        fields = ("/onBoardNotation/date", "/shippedOnBoardDate")
    else:
        fields = ("/shipmentDate", "/issueDate")
    for field in fields:
        if (day := paper.day(field)) is not None:
            return Shipment(paper, field, day)
    return None


def overlap(asked: tuple[str, ...], said: tuple[str, ...]) -> int:
    """How many words of ``asked`` stand in ``said``, mistyped or not; bare numbers not counted."""
    counted = {word for word in asked if not word.isdigit()}
    absent = sum(near is None for _, near in missing(sorted(counted), said))
    return len(counted) - absent


def texts_of(paper: Paper) -> Iterator[str]:
    """What an invoice says, wherever on it, but for its parties (ISBP C3: what stands in several
    places of it counts together); countries and units by their names as well.
    """
    for path, value in flat(paper.document.fields):
        if not isinstance(value, str) or _NO_GOODS.search(path):
            continue
        yield value
        if path.endswith("/originCountry"):
            yield countries().get(value, "")
        if (unit := unit_of(value)) is not None:
            yield unit.words[0]


def _item(goods: Goods, said: tuple[str, ...]) -> Item | None:
    best = max(goods.items, key=lambda item: overlap(item.words, said), default=None)
    return best if best is not None and overlap(best.words, said) else None


def _is_main(item: Item | None, said: tuple[str, ...]) -> bool:
    """Whether a line names the goods themselves, and not only what comes with them."""
    if item is None:
        return False
    head = tuple(word for word in item.head if not word.isdigit())
    return 2 * overlap(head, said) >= len(head)

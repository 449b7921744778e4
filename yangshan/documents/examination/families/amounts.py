# SPDX-License-Identifier: Apache-2.0
"""X01 and X02: currencies and the amount drawn."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yangshan.credit.amounts import (
    FIVE_PERCENT,
    available,
    five_percent_less_allowed,
    is_overdrawn,
    is_short_drawn,
    least_drawing,
    quantity_tolerance,
)
from yangshan.credit.terms import Permission
from yangshan.documents.examination.figures import (
    drawing,
    goods_in,
    invoiced,
    lines,
    money_of,
    shipped,
)
from yangshan.documents.examination.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.goods import Item, Quantity
    from yangshan.documents.examination.model import Candidate, Undone

_CURRENCIES = (
    ("invoice", "/invoiceCurrencyCode", "The invoice", "UCP 600 art. 18(a)(iii)"),
    ("draft", "/currencyCode", "The draft", "UCP 600 art. 6(c), 14(d)"),
    ("insurance", "/insuredCurrencyCode", "The insurance document", "UCP 600 art. 28(f)(i)"),
)


def currency(case: Case) -> Iterator[Candidate | Undone]:
    """Invoice, draft and insurance are in the currency of the credit (32B)."""
    asked = case.credit.amount.currency.code
    for kind, field, name, rule in _CURRENCIES:
        # A credit may call for insurance in another currency by name.
        named = {each.currency for each in case.terms.required(kind) if each.currency}
        expected = named or {asked}
        for paper in case.papers(kind):
            stated = paper.text(field)
            if stated is not None and stated not in expected:
                wanted = " or ".join(sorted(expected))
                yield case.found(
                    paper,
                    field,
                    found=stated,
                    expected=wanted,
                    rule=rule,
                    sentence=f"{name} is in {stated} instead of {wanted}.",
                )


def amount(case: Case) -> Iterator[Candidate | Undone]:
    """The drawing is within what is available, and no less than the floor where one binds."""
    drawn = drawing(case)
    if drawn is None:
        # Another currency is told by X01; without an invoice X12 tells that.
        return
    most = _most(case)
    if is_overdrawn(drawn.minor, most):
        yield _overdrawn(case, drawn.minor, most)
    elif (total := invoiced(case)) is not None and is_overdrawn(total.minor, most):
        yield case.found(
            total.paper,
            total.field,
            found=money_of(case, total.minor),
            expected=f"at most {money_of(case, most)}",
            severity=Severity.WARNING,
            rule="UCP 600 art. 18(b)",
            sentence=(
                f"The invoice is for {money_of(case, total.minor)}, more than the credit allows; "
                f"the bank may accept it, and pays no more than {money_of(case, most)}."
            ),
        )
    least = _least(case)
    if is_short_drawn(drawn.minor, least):
        follows = _follows_from_quantity(case, drawn.minor)
        why = (
            "; the goods are fewer within what art. 30(b) allows, at the price of the credit, and "
            "no article says that less may then be drawn"
        )
        yield case.found(
            drawn.paper,
            drawn.field,
            found=money_of(case, drawn.minor),
            expected=f"at least {money_of(case, least)}",
            severity=Severity.WARNING if follows else Severity.DISCREPANCY,
            rule="UCP 600 art. 30(b), 30(c)" if follows else "UCP 600 art. 30(a), 30(c), 31(a)",
            sentence=(
                f"Short drawing: {money_of(case, drawn.minor)} is drawn, partial drawings are not "
                f"allowed, and the least is {money_of(case, least)}{why if follows else ''}."
            ),
        )


def _most(case: Case) -> int:
    terms = case.terms.invoice_terms
    return available(
        terms.amount.minor,
        terms.tolerance,
        additional=case.terms.additional or 0,
        drawn=case.terms.drawn,
    )


def _overdrawn(case: Case, minor: int, most: int) -> Candidate:
    drawn = drawing(case)
    assert drawn is not None
    terms = case.terms.invoice_terms
    sentence = (
        f"Overdrawn: {money_of(case, minor)} is drawn, and {money_of(case, most)} is available."
    )
    # What is claimed of field 39C nobody said, and no article says how it is reckoned.
    open_claim = terms.additional_amounts is not None and case.terms.additional is None
    if open_claim:
        said = " ".join((terms.additional_amounts or "").split())
        sentence += f" Field 39C allows more for what it names: {said!r}."
    return case.found(
        drawn.paper,
        drawn.field,
        found=money_of(case, minor),
        expected=f"at most {money_of(case, most)}",
        severity=Severity.WARNING if open_claim else Severity.DISCREPANCY,
        rule="UCP 600 art. 18(b), 30(a)",
        sentence=sentence,
    )


def _least(case: Case) -> int:
    terms = case.terms.invoice_terms
    goods = goods_in(case)
    return least_drawing(
        terms.amount.minor,
        terms.tolerance,
        partial_drawings_allowed=terms.partial_shipments is not Permission.NOT_ALLOWED,
        five_percent_less=five_percent_less_allowed(
            tolerance_stated=terms.tolerance is not None or goods.says_about,
            counted_in_units=any(
                item.quantity is not None and item.quantity.unit.counted for item in goods.items
            ),
            quantity_in_full=_in_full(case),
            unit_price_kept=_prices_kept(case),
            excluded="five-per-cent-less" in case.terms.exclusions.switches,
        ),
    )


def _follows_from_quantity(case: Case, minor: int) -> bool:
    """Whether less is drawn only because fewer goods were shipped, as art. 30(b) allows."""
    terms = case.terms.invoice_terms
    if terms.tolerance is not None or is_short_drawn(
        minor, FIVE_PERCENT.lowest(terms.amount.minor)
    ):
        return False
    short = [
        item.quantity.value - there
        for item, there in _shipped(case)
        if item.quantity is not None and there < item.quantity.value
    ]
    within = all(
        there * 100 >= item.quantity.value * (100 - _least_percent(item.quantity))
        for item, there in _shipped(case)
        if item.quantity is not None
    )
    return bool(short) and within and _prices_kept(case)


def _least_percent(quantity: Quantity) -> int:
    unit = quantity.unit
    return quantity_tolerance(quantity.stated, counted_in_units=unit.counted).minus


def _shipped(case: Case) -> list[tuple[Item, Fraction]]:
    """How much of each item that has a quantity is shipped, as the invoice says."""
    found = lines(case)
    return [
        (
            item,
            sum(
                (
                    shipped(each, item.quantity.unit) or Fraction(0)
                    for each in found
                    if each.item is item and each.main and not each.free
                ),
                Fraction(0),
            ),
        )
        for item in goods_in(case).items
        if item.quantity is not None
    ]


def _in_full(case: Case) -> bool:
    """Whether every quantity that the credit states is shipped in full, as the invoice says."""
    return all(
        there >= item.quantity.value for item, there in _shipped(case) if item.quantity is not None
    )


def _prices_kept(case: Case) -> bool:
    """Whether no unit price that the credit states is reduced on the invoice."""
    return all(
        price >= each.item.price.value
        for each in lines(case)
        if each.item is not None and each.item.price is not None and each.main
        if (price := each.paper.number(f"{each.path}/unitPriceAmount")) is not None
    )

# SPDX-License-Identifier: Apache-2.0
"""X04, X06 and X07: goods, quantities, unit prices and trade terms."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Final

from yangshan.credit.amounts import ABOUT, EXACT, quantity_tolerance
from yangshan.credit.terms import Permission
from yangshan.documents.examination import ports
from yangshan.documents.examination.figures import goods_in, lines, overlap, shipped, texts_of
from yangshan.documents.examination.goods import TradeTerm, goods_of
from yangshan.documents.examination.measures import shown, unit_of
from yangshan.documents.examination.model import NamedPlace, Severity
from yangshan.documents.examination.words import (
    is_code,
    is_denial,
    is_general,
    is_label,
    is_state,
    missing,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.figures import Line
    from yangshan.documents.examination.goods import Item
    from yangshan.documents.examination.model import Candidate, Paper, Undone

# Where the other documents describe the goods.
_DESCRIPTIONS: Final = {
    "packing-list": "/packages/*/descriptionOfGoods",
    "bill-of-lading": "/consignmentItems/*/descriptionOfGoods/*",
    "transport-document": "/goodsItems/*/descriptionOfGoods",
    "certificate-of-origin": "/goodsItems/*/descriptionOfGoods",
    "insurance": "/descriptionOfGoods",
    "inspection": "/goods/descriptionOfGoods",
}
_CODES: Final = {
    "packing-list": ("/packages/*/commodityCode",),
    "bill-of-lading": ("/consignmentItems/*/extendedHSCodes/*", "/consignmentItems/*/HSCodes/*"),
    "transport-document": ("/goodsItems/*/commodityCode",),
    "certificate-of-origin": ("/goodsItems/*/commodityCode",),
    "inspection": ("/goods/commodityCode",),
}
# The Harmonized System is one everywhere to this many digits.
_COMMON_DIGITS: Final = 6
# A model has letters and digits, and is as long as this.
_MODEL: Final = 3


def goods(case: Case) -> Iterator[Candidate | Undone]:
    """The goods of the invoice correspond to field 45A; elsewhere they do not conflict."""
    if not case.terms.invoice_terms.goods:
        return
    found = lines(case)
    for line in found:
        yield from _not_called_for(case, line)
    for paper in case.papers("invoice"):
        own = [each for each in found if each.paper is paper]
        yield from _lacking(case, paper, own)
        yield from _denied(case, paper, own)
        yield from _commodity_codes(case, paper, own)
        yield from _contract(case, paper)
    for kind in _DESCRIPTIONS:
        for paper in case.papers(kind):
            yield from _elsewhere(case, paper)


def _not_called_for(case: Case, line: Line) -> Iterator[Candidate]:
    field = f"{line.path}/descriptionOfGoods"
    text = line.paper.text(field) or ""
    asked = goods_in(case).words
    if line.is_charge:
        yield case.found(
            line.paper,
            field,
            found=text,
            expected="goods of field 45A",
            severity=Severity.WARNING,
            rule="UCP 600 art. 18(c); ISBP C",
            sentence=f"The invoice shows {text} as a line of its own, beside the trade term.",
        )
    elif line.item is None or (line.free and 2 * overlap(line.words, asked) <= len(line.words)):
        free = ", free of charge," if line.free else ""
        yield case.found(
            line.paper,
            field,
            found=text,
            expected="goods of field 45A",
            rule="UCP 600 art. 18(c); ISBP C",
            sentence=f"The invoice shows goods{free} that the credit does not call for: {text}.",
        )


def _lacking(case: Case, paper: Paper, own: list[Line]) -> Iterator[Candidate]:
    """What field 45A says of the goods and the invoice does not, anywhere on it."""
    there = [word for text in texts_of(paper) for word in words(text)]
    for number, item in enumerate(goods_in(case).items):
        mine = [each for each in own if each.item is item]
        lacking = missing(item.words, there) if mine else []
        if not lacking:
            continue
        mistyped = [f"{near} for {word}" for word, near in lacking if near]
        absent = [word for word, near in lacking if not near]
        doubtful = all(is_general(word) for word in absent)
        parts = []
        if absent:
            parts.append(f"it lacks {', '.join(absent)}")
        if mistyped:
            parts.append(f"it has {', '.join(mistyped)}, which may be a typing error")
        yield case.found(
            paper,
            f"{mine[0].path}/descriptionOfGoods",
            found=paper.text(f"{mine[0].path}/descriptionOfGoods"),
            expected=_piece(case, number),
            severity=Severity.WARNING if doubtful else Severity.DISCREPANCY,
            rule="UCP 600 art. 18(c)" + ("; ISBP A23" if doubtful else ""),
            sentence=(
                "The description of goods in the invoice does not correspond to field 45A: "
                f"{' and '.join(parts)}."
            ),
        )


def _piece(case: Case, number: int) -> str:
    item = goods_in(case).items[number]
    return " ".join(item.words)


def _denied(case: Case, paper: Paper, own: list[Line]) -> Iterator[Candidate]:
    """Words that deny, or say that goods are not new or whole, and are not in field 45A."""
    asked = set(words(case.terms.invoice_terms.goods or ""))
    for line in own:
        if line.item is not None:
            yield from _odd_words(case, paper, f"{line.path}/descriptionOfGoods", asked)


def _odd_words(case: Case, paper: Paper, field: str, asked: set[str]) -> Iterator[Candidate]:
    text = paper.text(field) or ""
    said = words(text)
    for at, word in enumerate(said):
        if word in asked or not (is_denial(word) or is_state(word)):
            continue
        # Of what the credit asks for it is another meaning, of other words a detail.
        denied = any(each in asked and not is_label(each) for each in said[at + 1 : at + 2])
        plain_detail = is_denial(word) and not denied
        yield case.found(
            paper,
            field,
            found=text,
            expected=f"no {word} in field 45A",
            severity=Severity.WARNING if plain_detail else Severity.DISCREPANCY,
            rule="UCP 600 art. 14(d), 14(e), 18(c)",
            sentence=f"The description of goods says {word}, and the credit does not: {text}.",
        )
        return


def _commodity_codes(case: Case, paper: Paper, own: list[Line]) -> Iterator[Candidate]:
    asked = goods_in(case).codes
    for line in own:
        field = f"{line.path}/commodityCode"
        stated = paper.text(field)
        if stated and asked and not any(_same_code(stated, code) for code in asked):
            yield case.found(
                paper,
                field,
                found=stated,
                expected=" or ".join(asked),
                rule="UCP 600 art. 18(c)",
                sentence=f"The HS code {stated} is not that of the credit, {' or '.join(asked)}.",
            )


def _same_code(one: str, other: str) -> bool:
    """Whether two HS codes are one, as far as both go and the system is common."""
    length = min(len(one), len(other), _COMMON_DIGITS)
    return one[:length] == other[:length]


def _contract(case: Case, paper: Paper) -> Iterator[Candidate]:
    """The contract that field 45A names, where the invoice names one."""
    asked = {_bare(each): each for each in goods_in(case).references}
    if not asked:
        return
    said = _bare(" ".join(texts_of(paper)))
    if any(each in said for each in asked):
        return
    field = "/references/contractNumber"
    stated = paper.text(field)
    expected = " or ".join(asked.values())
    yield case.found(
        paper,
        field if stated else "",
        found=stated or "none",
        expected=expected,
        severity=Severity.DISCREPANCY if stated else Severity.WARNING,
        rule="UCP 600 art. 14(d), 18(c)",
        sentence=(
            f"The invoice names the contract {stated}, and field 45A {expected}."
            if stated
            else f"The invoice does not name {expected}, to which field 45A refers."
        ),
    )


def _bare(text: str) -> str:
    return "".join(each for each in text.upper() if each.isalnum())


def _elsewhere(case: Case, paper: Paper) -> Iterator[Candidate]:
    """Elsewhere goods may be told in general terms that do not conflict (art. 14(e))."""
    pattern = _DESCRIPTIONS[paper.kind]
    texts = paper.texts(pattern)
    said = tuple(word for _, text in texts for word in words(text))
    if not said:
        return
    field = texts[0][0]
    whole = " ".join(text for _, text in texts)
    invoice = [
        word
        for each in case.papers("invoice")
        for _, text in each.texts("/lineItems/*/descriptionOfGoods")
        for word in words(text)
    ]
    asked = tuple(dict.fromkeys((*goods_in(case).words, *invoice)))
    models = {word for word in goods_in(case).words if _is_model(word)}
    others = [word for word in said if _is_model(word) and word not in asked]
    if models and others and not models.intersection(said) and _shares_form(models, others):
        yield case.found(
            paper,
            field,
            found=whole,
            expected=" or ".join(sorted(models)),
            rule="UCP 600 art. 14(d), 14(e)",
            sentence=f"The goods are told as {others[0]}, and in the credit as {min(models)}.",
        )
    elif not overlap(said, asked) and not any(is_general(word) for word in said):
        yield case.found(
            paper,
            field,
            found=whole,
            expected=" ".join(goods_in(case).words),
            severity=Severity.WARNING,
            rule="UCP 600 art. 14(e)",
            sentence=(
                f"The goods are told as {whole}, which has no word of field 45A; a person says "
                "whether that is a general term or other goods."
            ),
        )
    for path, _ in texts:
        yield from _odd_words(case, paper, path, set(asked) | set(_all_words(case)))
    yield from _codes_elsewhere(case, paper)


def _all_words(case: Case) -> tuple[str, ...]:
    return words(case.terms.invoice_terms.goods or "")


def _is_model(word: str) -> bool:
    letters = any(each.isalpha() for each in word)
    return is_code(word) and letters and len(word) >= _MODEL


def _shares_form(models: set[str], others: list[str]) -> bool:
    """Whether what stands elsewhere looks like a model of the same make, such as EF-5000, EF-3000.

    Numbers of lots, drawings and standards look otherwise.
    """
    return any(
        one[0] == other[0] and [a.isdigit() for a in one] == [b.isdigit() for b in other]
        for one in models
        for other in others
    )


def _codes_elsewhere(case: Case, paper: Paper) -> Iterator[Candidate]:
    asked = {
        code
        for invoice in case.papers("invoice")
        for _, code in invoice.texts("/lineItems/*/commodityCode")
    } | set(goods_in(case).codes)
    if not asked:
        return
    for pattern in _CODES.get(paper.kind, ()):
        for field, stated in paper.texts(pattern):
            if not any(_same_code(stated, code) for code in asked):
                expected = " or ".join(sorted(asked))
                yield case.found(
                    paper,
                    field,
                    found=stated,
                    expected=expected,
                    rule="UCP 600 art. 14(d)",
                    sentence=(
                        f"The HS code {stated} conflicts with that of the invoice or the credit, "
                        f"{expected}."
                    ),
                )


def quantity(case: Case) -> Iterator[Candidate | Undone]:
    """Each quantity of field 45A is kept, within what the credit or art. 30(b) allows."""
    found = lines(case)
    if not found:
        return
    for item in goods_in(case).items:
        if item.quantity is not None:
            own = [each for each in found if each.item is item and each.main and not each.free]
            yield from _quantity(case, item, own, found)


def _quantity(
    case: Case, item: Item, own: list[Line], found: list[Line]
) -> Iterator[Candidate | Undone]:
    asked = item.quantity
    assert asked is not None
    amounts = [shipped(each, asked.unit) for each in own]
    known = [each for each in amounts if each is not None]
    whole = case.terms.invoice_terms.partial_shipments is Permission.NOT_ALLOWED
    if len(known) < len(amounts):
        yield case.undone(
            f"The invoice counts in other units than the credit, {shown(asked.value)} "
            f"{asked.unit.words[0]}, so that the quantities are not compared."
        )
        return
    if not own and not whole:
        return
    total = sum(known, Fraction(0))
    tolerance = quantity_tolerance(asked.stated, counted_in_units=asked.unit.counted)
    # Whole numbers of a step so small that nothing is rounded.
    step = 100 * lcm(asked.value.denominator, total.denominator)
    stated = int(asked.value * step)
    paper = own[0].paper if own else found[0].paper
    field = f"{own[0].path}/quantity" if len(own) == 1 else "/lineItems"
    unit = asked.unit.words[0]
    bounds = f"{shown(asked.value)} {unit}"
    if tolerance != EXACT:
        bounds += f", {tolerance.minus} per cent less to {tolerance.plus} per cent more"
    rule = "UCP 600 art. 30(a)" if asked.stated == ABOUT else "UCP 600 art. 30(b)"
    if total * step > tolerance.highest(stated):
        said = f"The invoice is for {shown(total)} {unit}, more than the credit allows: {bounds}."
    elif whole and total * step < tolerance.lowest(stated):
        said = (
            f"The invoice is for {shown(total)} {unit}, less than the credit calls for: {bounds}, "
            "with partial shipments not allowed."
        )
        rule += ", 31(a)"
    else:
        return
    yield case.found(
        paper, field, found=f"{shown(total)} {unit}", expected=bounds, rule=rule, sentence=said
    )


def prices(case: Case) -> Iterator[Candidate | Undone]:
    """Unit prices and the trade term are those of field 45A."""
    for line in lines(case):
        if line.item is not None and line.item.price is not None and line.main and not line.free:
            yield from _price(case, line)
    term = goods_in(case).term
    if term is not None:
        for paper in case.papers("invoice"):
            yield from _term(case, paper, term)


def _price(case: Case, line: Line) -> Iterator[Candidate | Undone]:
    assert line.item is not None
    asked = line.item.price
    assert asked is not None
    field = f"{line.path}/unitPriceAmount"
    stated = line.paper.number(field)
    currency = line.paper.text("/invoiceCurrencyCode")
    each = f" for each {asked.unit.words[0]}" if asked.unit else ""
    about = "about " if asked.about else ""
    expected = f"{about}{asked.currency} {shown(asked.value)}{each}"
    if stated is None:
        yield case.found(
            line.paper,
            field,
            found="none",
            expected=expected,
            rule="UCP 600 art. 18(c); ISBP C",
            sentence=f"The invoice shows no unit price; the credit states {expected}.",
        )
        return
    if currency != asked.currency:
        return  # X01 tells of the currency.
    value = stated
    if asked.unit is not None:
        code = line.paper.text(f"{line.path}/quantityUnitCode")
        unit = unit_of(code) if code else asked.unit
        if unit is None or unit.dimension != asked.unit.dimension:
            yield case.undone(
                f"The invoice prices in another unit than the credit, {expected}, so that the unit "
                "prices are not compared."
            )
            return
        value = stated * asked.unit.factor / unit.factor
    tolerance = ABOUT if asked.about else EXACT
    step = 100 * lcm(asked.value.denominator, value.denominator)
    least, most = (
        tolerance.lowest(int(asked.value * step)),
        tolerance.highest(int(asked.value * step)),
    )
    if not least <= value * step <= most:
        yield case.found(
            line.paper,
            field,
            found=f"{currency} {shown(stated)}",
            expected=expected,
            rule="UCP 600 art. 18(c), 30(a)" if asked.about else "UCP 600 art. 18(c); ISBP C",
            sentence=f"The unit price is {currency} {shown(stated)} instead of {expected}.",
        )


def _term(case: Case, paper: Paper, asked: TradeTerm) -> Iterator[Candidate]:
    stated = _stated_term(paper)
    field = "/tradeTermsConditionsCode"
    if stated is None or stated.code != asked.code:
        yield case.found(
            paper,
            field,
            found=stated or "none",
            expected=asked,
            rule="UCP 600 art. 18(c); ISBP C",
            sentence=(
                f"The invoice shows {stated or 'no trade term'} instead of {asked}, which is part "
                "of the description of goods."
            ),
        )
        return
    yield from _place(case, paper, asked, stated)
    yield from _source(case, paper, asked, stated)


def _place(case: Case, paper: Paper, asked: TradeTerm, stated: TradeTerm) -> Iterator[Candidate]:
    if asked.place is None or stated.place is None:
        return
    answer = ports.fit(asked.place, NamedPlace("", stated.place, None, None))
    if answer is ports.Fit.YES:
        return
    doubtful = answer in {ports.Fit.TYPING, ports.Fit.COUNTRY, ports.Fit.UNKNOWN}
    yield case.found(
        paper,
        "/tradeTermsLocation",
        found=stated,
        expected=asked,
        severity=Severity.WARNING if doubtful else Severity.DISCREPANCY,
        rule="UCP 600 art. 18(c); ISBP C",
        sentence=f"The trade term of the invoice is {stated}, and the credit states {asked}.",
    )


def _source(case: Case, paper: Paper, asked: TradeTerm, stated: TradeTerm) -> Iterator[Candidate]:
    """The source of the term, with its year, where the credit states it."""
    if not asked.source or (stated.source and asked.year in {None, stated.year}):
        return
    doubtful = asked.year is None
    yield case.found(
        paper,
        "/tradeTermsSource",
        found=stated,
        expected=asked,
        severity=Severity.WARNING if doubtful else Severity.DISCREPANCY,
        rule="UCP 600 art. 18(c); ISBP C",
        sentence=(
            f"The invoice shows the trade term as {stated}, and the credit states its source: "
            f"{asked}."
        ),
    )


def _stated_term(paper: Paper) -> TradeTerm | None:
    """The trade term of an invoice, in its own fields or in words."""
    code = paper.text("/tradeTermsConditionsCode")
    source = (paper.text("/tradeTermsSource") or "").upper()
    said = [text for _, text in paper.texts("/declarations/*")]
    said += [text for _, text in paper.texts("/lineItems/*/descriptionOfGoods")]
    if code is None:
        return next((term for text in said if (term := goods_of(text).term)), None)
    digits = "".join(each for each in source if each.isdigit())[-4:]
    return TradeTerm(
        code,
        paper.text("/tradeTermsLocation"),
        "INCOTERM" in source,
        digits if len(digits) == 4 else None,
    )

# SPDX-License-Identifier: Apache-2.0
"""What field 45A says: the goods in words, quantities, unit prices, the trade term, HS codes.

Only what is plainly written is read; the rest stays among the words that the invoice has to match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from yangshan.credit.amounts import ABOUT, Tolerance, says_about
from yangshan.documents.examination.measures import Unit, number_in, unit_named, unit_words
from yangshan.documents.examination.words import is_label, words
from yangshan.money import Currency, UnknownCurrency

if TYPE_CHECKING:
    from fractions import Fraction

TERM_CODES: Final = (
    *("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP"),
    *("DAP", "DPU", "DDP", "DAT", "DAF", "DES", "DEQ", "DDU"),
)
_OLD_CODES: Final = {"C&F": "CFR", "CNF": "CFR", "CANDF": "CFR", "C+F": "CFR"}
_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_PERCENT: Final = r"(?:%|PCT\b|PERCENT\b|PER\s+CENT\b)"

_TERM: Final = re.compile(
    r"(?P<label>(?:TRADE|PRICE|DELIVERY|SHIPPING)\s+TERMS?\s*[:.]?\s*|TERMS\s+OF\s+(?:DELIVERY|PRICE)"
    r"\s*[:.]?\s*|INCOTERMS?\s*:\s*)?"
    rf"(?<![A-Z0-9&])(?P<code>{'|'.join(TERM_CODES)}|C&F|C\+F|CNF)(?![A-Z0-9])"
    r"(?P<place>[ ]+[^\n(;]+?)?"
    r"(?P<source>\s*[(,]?\s*(?:AS\s+PER\s+|ACCORDING\s+TO\s+)?(?:ICC\s+)?INCOTERMS[ ]*(?:\(R\)|®)?"
    r"[ ]*(?P<year>\d{4})?\s*\)?)?"
    r"(?=\s*(?:[\n;(]|\.(?:\s|$)|$))"
)
_PRICE: Final = re.compile(
    r"(?:(?P<label>UNIT\s+PRICE\s*[:.]?\s*|@\s*|\bAT\s+(?:THE\s+)?(?:UNIT\s+)?(?:PRICE\s+OF\s+)?))?"
    rf"(?P<figure>(?:(?:ABOUT|APPROXIMATELY)\s+)?(?<![A-Z])(?P<currency>[A-Z]{{3}})\s*(?P<value>{_NUMBER}))"
    r"(?:\s*(?:/|PER\b|FOR\s+EACH\b|A\b)\s*(?P<unit>{units})(?![A-Z0-9]))?".replace(
        "{units}", "|".join(re.escape(word) for word in unit_words())
    )
)
_QUANTITY: Final = re.compile(
    rf"(?P<figure>(?:(?:ABOUT|APPROXIMATELY)\s+)?(?<![A-Z0-9.,/-])(?P<value>{_NUMBER}))"
    r"\s*(?P<unit>{units})(?![A-Z0-9])".replace(
        "{units}", "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in unit_words())
    )
)
_LEADS: Final = re.compile(
    r"(?:^|\n|[;+]|\bAND|\.|:|\b(?:QUANTITY|QTY)\s*[:.]?|\b(?:TOTAL|NET))\s*[-*]?\s*"
    r"(?:\(?\d{1,2}[.)]\s+)?$"
)
# A figure after one of these is of packing or of the goods' nature, not of how much is sold.
_NOT_SOLD: Final = re.compile(
    r"\b(?:IN|OF|EACH|CAPACITY|MAX|MIN|LOAD|WEIGHING|WEIGHT|CONTAINING|BY)\s*[:.]?\s*$"
)
_TOLERANCE: Final = re.compile(
    rf"\(?\s*(?:\+\s*/?\s*-|PLUS\s*(?:/|OR)\s*MINUS|MORE\s+OR\s+LESS)\s*(?P<after>\d{{1,2}})\s*{_PERCENT}"
    rf"|\(?\s*(?P<before>\d{{1,2}})\s*{_PERCENT}\s*(?:MORE\s+OR\s+LESS|PLUS\s*(?:/|OR)\s*MINUS|\+\s*/?\s*-)"
    r"(?:\s+(?:IS\s+)?(?:ALLOWED|ACCEPTABLE|PERMITTED))?\)?"
)
_HS: Final = re.compile(
    r"\bH\.?S\.?\s*(?:CODES?|NO\.?|NUMBER)?\s*[:.]?\s*(\d{4}(?:[. ]?\d{2}){1,4}|\d{6,13})"
)
_REFERENCE: Final = re.compile(
    r"(?:AS\s+PER\s+|ACCORDING\s+TO\s+|UNDER\s+|PER\s+|IN\s+ACCORDANCE\s+WITH\s+|DETAILS\s+AS\s+PER\s+)?"
    r"(?:SALES\s+|PURCHASE\s+)?(?:CONTRACT|PRO-?\s?FORMA(?:\s+INVOICE)?|ORDER|S/C|P/O)\s*(?:NO\.?|NUMBER)?\s*[:.]?\s*"
    r"(?P<number>(?=[A-Z0-9/-]*\d)[A-Z0-9][A-Z0-9/-]+)"
    r"(?:\s*,?\s*(?:DATED?|OF|DD\.?)\s*[:.]?\s*(?P<date>[A-Z0-9][A-Z0-9 ,./-]*?\d)"
    r"(?=[.,;\s]*(?:\n|$|[.;,]\s)))?"
)  # fmt: skip
# What follows comes with the goods or tells more of them.
_BESIDE: Final = re.compile(r",|\bWITH\b|\bINCLUDING\b|\bCOMPLETE\b|;")
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class TradeTerm:
    """An Incoterms rule, its place and its source, each as far as it is stated."""

    code: str
    place: str | None
    source: bool
    year: str | None

    def __str__(self) -> str:
        source = " INCOTERMS" if self.source else ""
        year = f" {self.year}" if self.year else ""
        return f"{self.code} {self.place or ''}".rstrip() + source + year


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """A price for each ``unit``; None where the credit names no unit."""

    currency: str
    value: Fraction
    unit: Unit | None
    about: bool
    start: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of some goods, and how much more or less the credit itself allows."""

    value: Fraction
    unit: Unit
    stated: Tolerance | None


@dataclass(frozen=True, slots=True)
class Item:
    """Goods of the credit: their words, how much of them, at what price.

    ``head`` are the words before anything that comes with them.
    """

    words: tuple[str, ...]
    head: tuple[str, ...]
    quantity: Quantity | None
    price: UnitPrice | None


@dataclass(frozen=True, slots=True)
class Goods:
    """Field 45A; ``references`` are the numbers of contracts that it names."""

    items: tuple[Item, ...]
    term: TradeTerm | None
    codes: tuple[str, ...]
    references: tuple[str, ...]
    says_about: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words of all goods."""
        return tuple(dict.fromkeys(word for item in self.items for word in item.words))


@lru_cache(maxsize=256)
def goods_of(text: str | None) -> Goods:
    """What a field 45A says; no item where it is silent."""
    whole = "\n".join(" ".join(line.split()) for line in (text or "").upper().split("\n"))
    term, whole_without = _term(whole)
    codes = tuple(re.sub(r"\D", "", found[1]) for found in _HS.finditer(whole))
    references = tuple(found["number"] for found in _REFERENCE.finditer(whole_without))
    # Blanks keep every place where it is.
    rest = _blanked(_REFERENCE, _blanked(_HS, whole_without))
    prices = _prices(rest)
    rest = _without_prices(rest)
    quantities = _quantities(rest)
    tolerances = list(_TOLERANCE.finditer(rest))
    items = _items(rest, quantities, tolerances, prices)
    return Goods(items, term, codes, references, says_about(whole))


def _term(whole: str) -> tuple[TradeTerm | None, str]:
    """The trade term, and the text without it."""
    found = list(_TERM.finditer(whole))
    if not found:
        return None, whole
    # A rule that is named as one, or with its source, before letters that may mean something else.
    best = next((each for each in found if each["label"] or each["source"]), None)
    if best is None:
        placed = [each for each in found if each["place"] and not _DIGIT.search(each["place"])]
        best = placed[-1] if placed else None
    if best is None:
        return None, whole
    code = _OLD_CODES.get(best["code"], best["code"])
    place = (best["place"] or "").strip(" ,.") or None
    term = TradeTerm(code, place, bool(best["source"]), best["year"])
    start, end = best.span()
    return term, whole[:start] + " " * (end - start) + whole[end:]


def _prices(text: str) -> list[UnitPrice]:
    found = []
    for each in _PRICE.finditer(text):
        value = number_in(each["value"])
        if value is not None and (each["label"] or each["unit"]) and _is_currency(each["currency"]):
            unit = unit_named(each["unit"]) if each["unit"] else None
            about = says_about(each["figure"])
            found.append(UnitPrice(each["currency"], value, unit, about, each.start()))
    return found


def _without_prices(text: str) -> str:
    def blank(found: re.Match[str]) -> str:
        return " " * len(found[0]) if _is_currency(found["currency"]) else found[0]

    return _PRICE.sub(blank, text)


def _is_currency(code: str) -> bool:
    try:
        Currency.of(code)
    except UnknownCurrency:
        return False
    return True


def _quantities(text: str) -> list[re.Match[str]]:
    found = [
        each
        for each in _QUANTITY.finditer(text)
        if unit_named(_unit_word(each)) and number_in(each["value"]) is not None
    ]
    sold = [each for each in found if _LEADS.search(text[: each.start()])]
    if sold:
        return sold
    return [each for each in found if not _NOT_SOLD.search(text[: each.start()])][:1]


def _unit_word(found: re.Match[str]) -> str:
    return " ".join(found["unit"].split())


def _items(
    text: str,
    quantities: list[re.Match[str]],
    tolerances: list[re.Match[str]],
    prices: list[UnitPrice],
) -> tuple[Item, ...]:
    starts = [each.start() for each in quantities[1:]]
    bounds = list(zip([0, *starts], [*starts, len(text)], strict=True))
    items = []
    for at, (start, stop) in enumerate(bounds):
        quantity = quantities[at] if quantities else None
        near = [each for each in tolerances if start <= each.start() < stop]
        # One sentence at the end may speak of all goods.
        general = tolerances[-1:] if len(tolerances) == 1 else []
        stated = _tolerance((near or general)[0]) if near or general else None
        own = [each for each in prices if start <= each.start < stop]
        piece = text[start:stop]
        if quantity is not None:
            first, last = quantity.start() - start, quantity.end() - start
            piece = piece[:first] + " " + piece[last:]
        described = _described(piece)
        head = _described(_BESIDE.split(piece.strip(" ,\n"), maxsplit=1)[0])
        if described or quantity is not None:
            price = own[0] if own else None
            items.append(Item(described, head, _quantity(quantity, stated), price))
    return tuple(items)


def _described(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(_TOLERANCE.sub(" ", text)) if not is_label(word))


def _quantity(found: re.Match[str] | None, stated: Tolerance | None) -> Quantity | None:
    if found is None:
        return None
    unit, value = unit_named(_unit_word(found)), number_in(found["value"])
    assert unit is not None
    assert value is not None
    if stated is None and says_about(found["figure"]):
        stated = ABOUT
    return Quantity(value, unit, stated)


def _tolerance(found: re.Match[str]) -> Tolerance:
    percent = int(found["after"] or found["before"])
    return Tolerance(percent, percent)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), text)

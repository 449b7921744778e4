# SPDX-License-Identifier: Apache-2.0
"""The documents that field 46A calls for, as far as its words are understood.

What is not understood is left to a person: the text stays with each requirement.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Final

from yangshan.money import Currency, UnknownCurrency

_NUMBERS: Final = (
    *("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"),
    *("SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE"),
)
_COUNT: Final = rf"(?:\(?\d{{1,2}}\)?|{'|'.join(_NUMBERS)})(?:\s*\(\d{{1,2}}\))?"
# What may stand in front of the name of a document.
_OPENING: Final = re.compile(
    rf"^(?:(?:MANUALLY|DULY|ORIGINAL|ORIGINALS|SIGNED|DETAILED|COMMERCIAL|CLEAN|FULL\s+SET(?:\s+\d/\d)?|"
    rf"COMPLETE\s+SET|\d/\d(?:\s+SET)?|ONBOARD|ON\s+BOARD|SHIPPED|OF|COPY|COPIES|MARINE|OCEAN|NEGOTIABLE|"
    rf"{_COUNT})\s+)*"
)
# INVOICE VALUE is no document.
_VALUE: Final = re.compile(r"INVOICE\s+(?:VALUE|AMOUNT|NUMBER|NO\b|DATE)")
# How far from the first name the AND of a second may stand.
_NEAR: Final = 30
_FOLD: Final = {
    "DUPLICATE": 2,
    "TRIPLICATE": 3,
    "QUADRUPLICATE": 4,
    "QUINTUPLICATE": 5,
    "SEXTUPLICATE": 6,
}

# One item begins with its mark, at the beginning of a line.
_MARK: Final = re.compile(r"(?:^|\n)\s*(?:[+*\-]\s*|\(?\d{1,2}[.)]\s+|\(?[A-Z]\)\s+)")


@lru_cache(maxsize=1)
def _kind_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What each kind of document is called, the more exact names first."""
    text = files(__package__).joinpath("data/kinds.toml").read_text("utf-8")
    return tuple(
        (row["kind"], re.compile("|".join(row["names"]))) for row in tomllib.loads(text)["kind"]
    )


_SEA_WAYBILL: Final = re.compile(r"(?:SEA|OCEAN)\s*WAY\s*BILL")
_LADING: Final = re.compile(r"BILLS?\s+OF\s+LADING|\bBS?/L")
# What else is a document, so that it is not taken for one that it only speaks of.
_OTHER: Final = re.compile(
    r"^(?:SIGNED\s+|ORIGINAL\s+|COPY\s+OF\s+)?(?:BENEFICIARY'?S?|SHIPPING\s+COMPANY'?S?|CARRIER'?S?|APPLICANT'?S?|"
    r"MANUFACTURER'?S?)\s+(?:\w+\s+){0,2}(?:CERTIFICATE|STATEMENT|DECLARATION|FAX|LETTER)"
    r"|^(?:FAX|EMAIL|TELEX|SHIPPING\s+ADVICE|CERTIFICATE\s+(?:FROM|ISSUED\s+BY)\s+(?:THE\s+)?(?:BENEFICIARY|CARRIER))"
)

_SAYS: Final = re.compile(
    r"\b(?:STATING|SHOWING|CERTIFYING|EVIDENCING|CONFIRMING|INDICATING|DECLARING|ATTESTING|THAT)\b"
)
_PART_OF_SET: Final = re.compile(r"\b(\d)/(\d)\b")
_ORIGINALS: Final = re.compile(rf"(?<!/)\b({_COUNT})\s+(?:SIGNED\s+)?ORIGINALS?\b")
_IN_FOLD: Final = re.compile(
    rf"\bIN\s+(DUPLICATE|TRIPLICATE|QUADRUPLICATE|QUINTUPLICATE|SEXTUPLICATE)\b"
    rf"|\bIN\s+({_COUNT})[\s-]*FOLDS?\b|\bIN\s+({_COUNT})\s+COPIES\b"
)
_COPIES: Final = re.compile(rf"\b({_COUNT})\s+(?:[\w-]+\s+)?(?:COPY|COPIES)\b")
_ONE_MORE: Final = re.compile(r"\b(?:AND|PLUS)\s+(?:A\s+|ONE\s+)?COPY\b")
_COPY_ONLY: Final = re.compile(
    r"^(?:A\s+|ONE\s+|(?:NON-?NEGOTIABLE\s+))?(?:PHOTO)?COP(?:Y|IES)\s+OF\b"
)

_TO_ORDER_OF: Final = re.compile(
    r"TO\s+(?:THE\s+)?ORDER\s+OF\s+(.+?)(?=\s+AND\s+(?:BLANK|MARKED|NOTIFY|ENDORSED)|[,.;]\s|[,.;]$|$"
    r"|\s+(?:MARKED|NOTIFY|NOTIFYING|BLANK|ENDORSED|SHOWING|INDICATING))"
)
_SHIPPER: Final = re.compile(r"(?:THE\s+)?(?:SHIPPER|BENEFICIARY|CONSIGNOR)\b")
_TO_ORDER: Final = re.compile(
    r"TO\s+(?:THE\s+)?ORDER\b|\bMADE\s+OUT\s+TO\s+(?:SHIPPER'?S?\s+)ORDER"
)
_CONSIGNED: Final = re.compile(
    r"(?:CONSIGNED\s+TO|MADE\s+OUT\s+TO|ADDRESSED\s+TO)\s+(?!THE\s+ORDER|ORDER|SHIPPER'?S\s+ORDER)(.+?)"
    r"(?=\s+AND\s+(?:BLANK|MARKED|NOTIFY)|[,.;]\s|[,.;]$|$|\s+(?:MARKED|NOTIFY|NOTIFYING|SHOWING|INDICATING|FREIGHT))"
)
_BLANK: Final = re.compile(
    r"(?:BLANK|IN\s+BLANK)\s+ENDORSED|ENDORSED\s+IN\s+BLANK|BLANK\s+ENDORSEMENT"
)
_NOTIFY: Final = re.compile(
    r"\bNOTIFY(?:ING)?(?:\s+PARTY|\s+PARTIES)?(?:\s+AS)?[:\s]+(?:THE\s+)?(.+?)"
    r"(?=[.;]\s|[.;]$|$|,?\s+(?:MARKED|AND\s+MARKED|SHOWING|INDICATING|FREIGHT|CONSIGNED|BLANK|ENDORSED)\b)"
)
# What follows says how a party is told, and names no other.
_WITH: Final = re.compile(r"\s+(?:WITH|STATING|INCLUDING|GIVING|AS\s+PER|AT)\b")
_FREIGHT: Final = re.compile(
    r"FREIGHT\s*(?:CHARGES?\s*)?[:\"']?\s*(PREPAID|PAID|COLLECT|TO\s+COLLECT|PAYABLE\s+AT\s+DESTINATION)"
)
_ISSUED_BY: Final = re.compile(
    r"ISSUED\s+BY\s+(?:THE\s+|AN?\s+)?(.+?)(?=[,.;]\s|[,.;]$|$|\s+(?:IN|AND|STATING|SHOWING)\s)"
)
_PERCENT: Final = re.compile(r"(\d{2,3})\s*(?:%|PCT|PER\s*CENT|PERCENT)")
_SIGNED: Final = re.compile(r"\b(?:MANUALLY\s+)?SIGNED\b")
_CURRENCY: Final = re.compile(r"\b(?:IN|EXPRESSED\s+IN|CURRENCY\s+OF)\s+([A-Z]{3})\b")


class Freight(Enum):
    """What a transport document is to say of freight, as DCSA codes it."""

    PREPAID = "PRE"
    COLLECT = "COL"


class Consignment(Enum):
    """To whom a transport document is to be made out."""

    TO_ORDER = "to order"
    TO_ORDER_OF = "to the order of"
    STRAIGHT = "consigned to"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One item of field 46A.

    ``kinds``: the schemas that can meet it; empty if none is known. ``originals`` and ``total``:
    how many at least, copies included in the total. ``copy_only``: a copy is enough (art. 17(d)).
    ``full_set`` of what was issued, ``part_of_set`` such as 2/3; ``consignee`` and ``notify`` in
    the words of the credit, where APPLICANT stands for field 50. ``text`` is the item in capitals
    on one line.
    """

    text: str
    kinds: tuple[str, ...] = ()
    originals: int = 1
    total: int = 1
    copy_only: bool = False
    full_set: bool = False
    part_of_set: bool = False
    sea_waybill_only: bool = False
    lading_only: bool = False
    signed: bool = False
    consignment: Consignment | None = None
    consignee: str | None = None
    blank_endorsed: bool = False
    notify: str | None = None
    freight: Freight | None = None
    issuer: str | None = None
    percent: int | None = None
    currency: str | None = None


@lru_cache(maxsize=256)
def requirements_of(text: str | None) -> tuple[Requirement, ...]:
    """The items of a field 46A, in their order."""
    found = []
    for item in items_of(text):
        first = _requirement(item)
        found.append(first)
        # INVOICE AND PACKING LIST IN 3 COPIES are two documents, each in three.
        found += [replace(first, kinds=(kind,)) for kind in _together(item, first.kinds)]
    return tuple(found)


def items_of(text: str | None) -> list[str]:
    """The items of a narrative field, each in capitals on one line.

    Where no item has a mark, each line that begins with the name of a document begins one.
    """
    if not text:
        return []
    pieces = _MARK.split("\n" + text)
    if len(pieces) == 1:
        pieces = []
        for line in text.split("\n"):
            if pieces and not _begins(" ".join(line.upper().split())):
                pieces[-1] += f"\n{line}"
            else:
                pieces.append(line)
    return [" ".join(piece.upper().split()) for piece in pieces if piece.strip()]


def _begins(line: str) -> bool:
    """Whether a line begins with the name of a document, after what is said of any."""
    bare = _OPENING.sub("", line)
    named = any(pattern.match(bare) for _, pattern in _kind_patterns())
    return named and not _VALUE.match(bare)


def _together(text: str, kinds: tuple[str, ...]) -> list[str]:
    """The kinds of further documents that stand with the first one, joined by AND."""
    found = []
    for kind, pattern in _kind_patterns():
        for named in pattern.finditer(text) if kinds and kind not in kinds else ():
            before = text[: named.start()].rstrip()
            value = _VALUE.match(text[named.start() :])
            joined = re.search(
                r"(?:\bAND|&)(?:\s+(?:AN?|CLEAN|SIGNED|ORIGINAL|DETAILED))*$", before
            )
            if (
                joined
                and not value
                and any(
                    pattern_of.search(before[: joined.start()].rstrip()[-_NEAR:])
                    for other, pattern_of in _kind_patterns()
                    if other in kinds
                )
            ):
                found.append(kind)
                break
    return found


def _requirement(text: str) -> Requirement:
    kinds = _kinds(text)
    originals, total, copy_only = _numbers(text)
    lading, waybill = _LADING.search(text), _SEA_WAYBILL.search(text)
    consignment, consignee = _consignment(text)
    notify = _NOTIFY.search(text)
    freight = _FREIGHT.search(text)
    issuer = _ISSUED_BY.search(text)
    percent = _PERCENT.search(text)
    currency = _CURRENCY.search(text)
    part = _PART_OF_SET.search(text)
    full = bool(re.search(r"FULL\s+SET|COMPLETE\s+SET", text) or (part and part[1] == part[2]))
    if part and part[1] != part[2] and not full:
        originals = int(part[1])
        total = max(total, originals)
    return Requirement(
        text=text,
        kinds=kinds,
        originals=originals,
        total=total,
        copy_only=copy_only,
        full_set=full and not copy_only,
        part_of_set=bool(part and part[1] != part[2] and not full),
        sea_waybill_only=bool(waybill and not lading),
        lading_only=bool(lading and not waybill),
        signed=_SIGNED.search(text) is not None,
        consignment=consignment,
        consignee=consignee,
        blank_endorsed=_BLANK.search(text) is not None,
        notify=_WITH.split(notify[1])[0].strip(" ,") if notify else None,
        freight=_freight(freight[1]) if freight else None,
        issuer=issuer[1].strip(" ,") if issuer else None,
        percent=int(percent[1]) if percent and "insurance" in kinds else None,
        currency=currency[1] if currency and "insurance" in kinds and _known(currency[1]) else None,
    )


def _kinds(text: str) -> tuple[str, ...]:
    """The kind whose name stands first, and others offered in its place with OR or a slash."""
    if _OTHER.match(text):
        return ()
    # What a document says is no document.
    text = _SAYS.split(text, maxsplit=1)[0]
    places = sorted(
        (found.start(), -len(found[0]), order, kind)
        for order, (kind, pattern) in enumerate(_kind_patterns())
        if (found := pattern.search(text))
    )
    if not places:
        return ()
    first = places[0][3]
    offered = [first]
    for start, _, _, kind in places[1:]:
        before = text[:start].rstrip()
        if kind not in offered and re.search(
            r"(?:\bOR|/)(?:\s+(?:AN?|CLEAN|SIGNED|ORIGINAL))*$", before
        ):
            offered.append(kind)
    return tuple(offered)


def _numbers(text: str) -> tuple[int, int, bool]:
    copies = _COPIES.search(text)
    if _COPY_ONLY.match(text) or re.match(
        rf"^{_COUNT}\s+(?:NON-?NEGOTIABLE\s+)?(?:PHOTO)?COP(?:Y|IES)\s+OF\b", text
    ):
        return 0, _number(copies[1]) if copies and copies.start() == 0 else 1, True
    if stated := _ORIGINALS.search(text):
        originals = _number(stated[1])
        further = copies if copies and copies.start() > stated.start() else None
        more = _number(further[1]) if further else int(bool(_ONE_MORE.search(text)))
        return originals, originals + more, False
    if stated := _IN_FOLD.search(text):
        fold = _FOLD.get(stated[1] or "") or _number(stated[2] or stated[3])
        return 1, fold, False
    if _ONE_MORE.search(text):
        return 1, 2, False
    return 1, 1, False


def _number(text: str) -> int:
    digits = re.search(r"\d{1,2}", text)
    if digits:
        return max(1, int(digits[0]))
    return _NUMBERS.index(text.split()[0]) + 1


def _consignment(text: str) -> tuple[Consignment | None, str | None]:
    if named := _TO_ORDER_OF.search(text):
        # To the order of the shipper is to order.
        if _SHIPPER.match(named[1]):
            return Consignment.TO_ORDER, None
        return Consignment.TO_ORDER_OF, named[1].strip(" ,")
    if _TO_ORDER.search(text):
        return Consignment.TO_ORDER, None
    if named := _CONSIGNED.search(text):
        return Consignment.STRAIGHT, named[1].strip(" ,")
    return None, None


def _known(code: str) -> bool:
    """Whether three letters are a currency, and not the word ALL."""
    try:
        return Currency.of(code).code != "ALL"
    except UnknownCurrency:
        return False


def _freight(word: str) -> Freight:
    return Freight.PREPAID if word.endswith("PAID") else Freight.COLLECT

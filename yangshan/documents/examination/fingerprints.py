# SPDX-License-Identifier: Apache-2.0
"""By what a document is found again in another set, whoever presents it.

Several keys of each asset: number and seller; buyer, seller, day and amount; bill of lading and
carrier; declaration and item. They are normalised (NFKC, capitals, no signs, no leading zeros), so
that a document cannot come back under ``INV 0107`` after ``INV-107``. That is lossy: what only
these keys say is similar, and what is the same as it stands is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families.speaking import spoken
from yangshan.documents.examination.words import words
from yangshan.documents.identifiers import BadIdentifier, declaration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yangshan.documents.examination.model import Paper, Party

_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One asset: ``exact`` as it stands, ``keys`` normalised, the rest for people."""

    field: str
    shown: str
    exact: Key
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class EarlierSet:
    """A set that was presented before, under its name, as its fingerprints alone."""

    name: str
    exact: frozenset[Key]
    keys: frozenset[Key]


def earlier_set(name: str, papers: Iterable[Paper]) -> EarlierSet:
    """What is kept of a set to tell its documents again."""
    found = [each for paper in papers for each in fingerprints(paper)]
    keys = [key for each in found for key in each.keys]
    return EarlierSet(name, frozenset(each.exact for each in found), frozenset(keys))


def stripped(text: str) -> str:
    """A number in capitals and digits, without signs and leading zeros of each run of digits."""
    return _ZEROS.sub("", spoken(text).replace(" ", "|")).replace("|", "")


def fingerprints(paper: Paper) -> Iterator[Fingerprint]:
    """The assets of one document; none of a kind that is no asset."""
    match paper.kind:
        case "invoice":
            yield from _invoice(paper)
        case "bill-of-lading":
            carrier = paper.text("/carrierCode") or ""
            yield from _transport(paper, "/transportDocumentReference", carrier)
        case "transport-document":
            party = paper.party("/issuer")
            yield from _transport(paper, "/documentNumber", _party(party))
        case "customs-declaration":
            yield from _declaration(paper)


def _invoice(paper: Paper) -> Iterator[Fingerprint]:
    number, seller = paper.text("/invoiceNumber"), paper.party("/seller")
    if number is None:
        return
    amount = str(paper.number("/totalInvoiceAmount"))
    currency = paper.text("/invoiceCurrencyCode") or ""
    who = _party(seller)
    keys: set[Key] = {("invoice", stripped(number), who)}
    buyer, day = paper.party("/buyer"), paper.text("/invoiceDate") or ""
    # Another number on the same sale: buyer, day and amount to the last digit.
    keys.add(("sale", who, _party(buyer), day, currency, amount))
    exact = ("invoice", number, who, currency, amount, day)
    yield Fingerprint("/invoiceNumber", number, exact, frozenset(keys))


def _transport(paper: Paper, field: str, carrier: str) -> Iterator[Fingerprint]:
    number = paper.text(field)
    if number is None:
        return
    keys = {("transport", stripped(number), spoken(carrier))}
    yield Fingerprint(field, number, ("transport", number, spoken(carrier)), frozenset(keys))


def _declaration(paper: Paper) -> Iterator[Fingerprint]:
    """Each item apart: a declaration of several may be financed in parts."""
    text = paper.text("/declarationNumber") or ""
    try:
        stated = declaration(text)
    except BadIdentifier:
        return
    items = (
        [stated.item]
        if stated.item is not None
        else [paper.count(f"{line}/itemNumber") for line in paper.paths("/lines/*")]
    )
    for item in items:
        key: Key = ("declaration", stated.number, str(item))
        yield Fingerprint(
            "/declarationNumber", f"{stated.number} item {item}", key, frozenset({key})
        )


def _party(party: Party | None) -> str:
    if party is None:
        return ""
    return party.identifiers[0] if party.identifiers else " ".join(sorted(words(party.name)))

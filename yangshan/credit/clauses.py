# SPDX-License-Identifier: Apache-2.0
"""Clauses of a credit that change the rules, or at which a banker should look before it is issued.

Read from the words of fields 45A, 46A, 47A and 40E. What is not recognised is not guessed at: a
rule holds as it stands unless the credit expressly modifies or excludes it (UCP 600 art. 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from yangshan.credit.cautions import Caution
from yangshan.credit.electronic import electronic_cautions
from yangshan.credit.terms import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.credit.terms import CreditTerms

# Where the rules name an article, and how a credit says that it does not apply.
_ARTICLE: Final = re.compile(
    r"\b(?:SUB-?)?ART(?:ICLE|\.)?S?\s*(\d{1,2})\s*((?:\(\s*[A-Z]+\s*\)\s*)*)", re.IGNORECASE
)
_EXCLUDES: Final = re.compile(
    r"\b(?:DOES|DO|SHALL|WILL) NOT APPLY\b"
    r"|\b(?:IS|ARE|BE) (?:HEREBY )?(?:EXCLUDED|DISAPPLIED|DELETED|NOT APPLICABLE|INAPPLICABLE)\b"
    r"|\b(?:EXCLUDING|WITH THE EXCEPTION OF|EXCEPT FOR)\b"
    r"|\bNOT APPLICABLE\b",
    re.IGNORECASE,
)
_MODIFIES: Final = re.compile(r"\b(?:MODIFIED|AMENDED|VARIED|NOTWITHSTANDING)\b", re.IGNORECASE)
# A condition ends at a full stop that no number and no abbreviation goes on from, or where the
# next one is marked.
_CONDITIONS: Final = re.compile(
    r"(?<!\bART)(?<!\bARTS)(?<!\bNO)\.(?=\s|$)|;|\n\s*(?=[+\-*]|\d+[.)]\s)", re.IGNORECASE
)
_APPLICANT: Final = re.compile(
    r"\b(?:COUNTER-?SIGNED|SIGNED|ISSUED|APPROVED|AUTHENTICATED|ENDORSED|CONFIRMED) BY"
    r"(?: THE)?(?: L/C| CREDIT)? (?:APPLICANT|OPENER|BUYER)\b",
    re.IGNORECASE,
)
_NOT_OPERATIVE: Final = re.compile(
    r"\b(?:FULL|FURTHER) DETAILS (?:TO )?FOLLOW\b"
    r"|\bMAIL CONFIRMATION (?:IS|WILL BE|SHALL BE) THE OPERATIVE\b"
    r"|\bNOT (?:AN |THE )?OPERATIVE (?:CREDIT )?INSTRUMENT\b",
    re.IGNORECASE,
)

# What a condition speaks of that no document is named for; and how one names a document, or is
# about drawings.
_OF_THE_TRADE: Final = re.compile(
    r"^(?:THE )?(?:CARRYING |MOTHER )?(?:GOODS|CARGO|SHIPMENTS?|VESSELS?|SHIP|CARRIER|PACKING|"
    r"SHIPPING MARKS?|MARKS|ORIGIN|COUNTRY OF ORIGIN|TRANSS?HIPMENT|INSPECTION|DELIVERY|"
    r"BENEFICIARY|APPLICANT|MANUFACTURER|QUALITY)\b"
)
_NAMES_DOCUMENT: Final = re.compile(
    r"\b(?:DOCUMENTS?|INVOICES?|BILLS?|B/L|AWB|WAYBILLS?|CERTIFICATES?|CERTIFIED|LISTS?|DRAFTS?|"
    r"POLICY|POLICIES|RECEIPTS?|STATEMENTS?|DECLARATIONS?|REPORTS?|EVIDENCED?|LETTERS?|ADVICE|"
    r"PRESENTED|PRESENTATION|INSTALMENTS?|DRAWINGS?|DRAWN)\b"
)
# Fields 43P and 43T, and what a condition of them speaks of.
_CONDITIONAL: Final = (
    ("partial_shipments", "43P", re.compile(r"\bPARTIAL\b|\bPART SHIPMENTS?\b")),
    ("transhipment", "43T", re.compile(r"\bTRANSS?HIP")),
)

# The rules that a credit may exclude and that are reckoned with, by the article that it names.
_SWITCHES: Final = {
    "14(C)": "default-period",
    "29": "extension",
    "29(A)": "extension",
    "30(C)": "five-per-cent-less",
}


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The rules of UCP 600 that the words of a credit exclude or modify.

    ``switches`` are rows of the switch table, ``other`` articles that the credit names and that are
    reckoned with as they stand.
    """

    switches: frozenset[str] = frozenset()
    other: tuple[str, ...] = ()


def exclusions(text: str | None) -> Exclusions:
    """What a text excludes or modifies (UCP 600 art. 1): a condition names UCP and an article."""
    found: set[str] = set()
    other: dict[str, None] = {}
    for condition in _conditions(text or ""):
        if "UCP" not in condition:
            continue
        excludes = _EXCLUDES.search(condition) is not None
        if not excludes and not _MODIFIES.search(condition):
            continue
        for number, parts in _ARTICLE.findall(condition):
            article = number + re.sub(r"\s", "", parts)
            switch = _SWITCHES.get(article) if excludes else None
            if switch:
                found.add(switch)
            else:
                other[article.lower()] = None
    return Exclusions(frozenset(found), tuple(other))


def exclusions_of(terms: CreditTerms) -> Exclusions:
    """What the credit's conditions (47A) and its rules (40E) exclude or modify."""
    return exclusions("\n+ ".join(text for text in (terms.rules_text, terms.conditions) if text))


def clause_cautions(terms: CreditTerms) -> tuple[Caution, ...]:
    """What a person should look at in the words of a credit, before it is issued."""
    return (
        *_of_rules(terms),
        *_of_text(terms),
        *_of_conditions(terms),
        *electronic_cautions(terms),
    )


def _of_rules(terms: CreditTerms) -> Iterator[Caution]:
    found = exclusions_of(terms)
    for switch in sorted(found.switches):
        yield Caution.of(switch, "The credit is read as excluding this rule; look at its words.")
    if found.other:
        listed = ", ".join(found.other)
        yield Caution.of(
            "other-exclusions",
            f"The credit seems to exclude or modify UCP 600 art. {listed}; the software reckons "
            "with these articles as they stand.",
        )


def _of_text(terms: CreditTerms) -> Iterator[Caution]:
    said = (terms.goods, terms.documents, terms.conditions)
    whole = "\n".join(" ".join(text.split()) for text in said if text)
    for clause in _APPLICANT.finditer(whole):
        yield Caution(
            "act-of-the-applicant",
            "UCP 600 art. 4, 5",
            f"The credit asks for something {clause[0].lower()}: payment would depend on an act of "
            "the applicant.",
        )
    if said_so := _NOT_OPERATIVE.search(whole):
        yield Caution(
            "not-operative",
            "UCP 600 art. 11(a)",
            f"The message says {said_so[0].lower()!r}: it is no operative credit; only the "
            "instrument that follows is to be issued.",
        )


def _of_conditions(terms: CreditTerms) -> Iterator[Caution]:
    """Conditions for which no document is named, and fields that point to one that is not there."""
    conditions = _conditions("\n+ " + (terms.conditions or ""))
    for condition in conditions:
        said = condition.lstrip("+-* 0123456789.)")
        of_shipment = any(
            getattr(terms, name) is Permission.CONDITIONAL and pattern.search(said)
            for name, _, pattern in _CONDITIONAL
        )
        if _OF_THE_TRADE.match(said) and not of_shipment and not _NAMES_DOCUMENT.search(said):
            yield Caution.of(
                "non-documentary-conditions",
                f"The credit names no document for {said.lower()!r}: banks will disregard it, and "
                "yet no document may conflict with it.",
            )
    whole = " ".join(
        text.upper() for text in (terms.goods, terms.documents, terms.conditions) if text
    )
    for name, field, pattern in _CONDITIONAL:
        if getattr(terms, name) is Permission.CONDITIONAL and not pattern.search(whole):
            yield Caution(
                "condition-not-stated",
                "UCP 600 art. 20(b), 31(a)",
                f"Field {field} says conditional, and the credit states no condition for it.",
            )


def _conditions(text: str) -> list[str]:
    """The conditions of a text, in capitals, each on one line."""
    return [" ".join(piece.upper().split()) for piece in _CONDITIONS.split(text) if piece]

# SPDX-License-Identifier: Apache-2.0
"""X13: transport documents are clean, issued, and of the kind that the credit takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families.speaking import (
    allows,
    before,
    goods,
    says,
    sentences,
    table,
)
from yangshan.documents.examination.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone

_CLEAN: Final = "UCP 600 art. 27"
_CHARTER: Final = {
    "bill-of-lading": "UCP 600 art. 20(a)(vi), 22",
    "transport-document": "UCP 600 art. 19(a)(vii)",
}
_DECK: Final = "UCP 600 art. 26(a)"
_SHIPPED: Final = "UCP 600 art. 20(a)(ii)"
# Where a carrier writes what it has to say of these goods; what is printed as its terms and
# conditions of carriage is not examined (art. 20(a)(v)).
_CLAUSES: Final = (
    "/carrierClauses/*",
    "/clauses/*",
    "/consignmentItems/*/cargoItems/*/outerPackaging/description",
)
_GOODS: Final = ("/consignmentItems/*/descriptionOfGoods", "/goods/descriptionOfGoods")
_DENIED_WITHIN: Final = 3
_NOT_ISSUED: Final = frozenset({"DRAFT", "APPROVED", "VOIDED", "VOID"})


def clean(case: Case) -> Iterator[Candidate | Undone]:
    """No defect, charter party, deck, or goods not shipped; the document is issued.

    A clause that supposes, disclaims or keeps a liberty states none of these; shipper's load and
    count, said to contain, and reference to extra freight are fine (art. 26(b), (c)), and so is
    the word clean deleted (art. 27).
    """
    for paper in case.transport:
        yield from _issued(case, paper)
        yield from _capacity(case, paper)
        for field, text in _texts(paper):
            for said in sentences(text):
                yield from _clause(case, paper, field, said)
        yield from _described(case, paper)


def _issued(case: Case, paper: Paper) -> Iterator[Candidate]:
    status = paper.text("/transportDocumentStatus")
    if status in _NOT_ISSUED:
        yield case.found(
            paper,
            "/transportDocumentStatus",
            found=status,
            expected="ISSUED",
            rule="UCP 600 art. 17(a), 20(a)",
            sentence=f"The transport document is not issued: its status is {status}.",
        )
    elif status is not None and status != "ISSUED":
        yield case.found(
            paper,
            "/transportDocumentStatus",
            found=status,
            expected="ISSUED",
            severity=Severity.WARNING,
            sentence=f"The transport document is in the state {status}: whether it can still be "
            "taken up is to be asked.",
        )


def _capacity(case: Case, paper: Paper) -> Iterator[Candidate]:
    signed = paper.text("/signedAs")
    if signed in {"CHARTERER", "OWNER"} and not _takes_charter(case):
        yield case.found(
            paper,
            "/signedAs",
            found=signed,
            expected="carrier, master, or an agent of one of them",
            rule="UCP 600 art. 20(a)(i), 22(a)(i)",
            sentence=f"The bill of lading is signed by the {signed.lower()}, as a charter party "
            "bill of lading is.",
        )


def _clause(case: Case, paper: Paper, field: str, said: str) -> Iterator[Candidate]:
    words = table("clauses")
    quoted = said if len(said) <= 80 else f"{said[:77]}..."
    if _defect(case, said) is not None:
        yield case.found(
            paper,
            field,
            found=said,
            expected="no clause that expressly declares a defect",
            rule=_CLEAN,
            sentence=f"The transport document is not clean: it states {quoted}.",
        )
    if says(said, words["charter_party"]) is not None and not _takes_charter(case):
        open_ = says(said, words["suppositions"]) is not None
        yield case.found(
            paper,
            field,
            found=said,
            expected="no indication that it is subject to a charter party",
            severity=Severity.WARNING if open_ else Severity.DISCREPANCY,
            rule=_CHARTER.get(paper.kind),
            sentence=f"The transport document is subject to a charter party: {quoted}."
            if not open_
            else f"The transport document speaks of a charter party: {quoted}.",
        )
    if (
        says(said, words["on_deck"]) is not None
        and says(said, (*words["deck_liberties"], *words["suppositions"])) is None
        and not _denied(said, "ON DECK")
        and not allows(case, ("ON DECK", "DECK SHIPMENT", "DECK CARGO"))
    ):
        yield case.found(
            paper,
            field,
            found=said,
            expected="no statement that goods are or will be loaded on deck",
            rule=_DECK,
            sentence=f"The transport document states that goods are on deck: {quoted}.",
        )
    if (
        (stated := says(said, words["not_shipped"])) is not None
        and says(said, words["suppositions"]) is None
        and paper.flag("/isShippedOnBoardType")
        and paper.day("/onBoardNotation/date") is None
    ):
        yield case.found(
            paper,
            field,
            found=said,
            expected="goods shipped on board",
            rule=_SHIPPED,
            sentence="The bill of lading is of the shipped form, and states of the goods: "
            f"{stated}.",
        )


def _described(case: Case, paper: Paper) -> Iterator[Candidate]:
    """What is typed into the description may be goods as well as a remark on them: to look at."""
    for pattern in _GOODS:
        for field, value in paper.find(pattern):
            lines = value if isinstance(value, list) else [value]
            text = " ".join(str(line) for line in lines)
            for said in sentences(text):
                if _defect(case, said) is not None:
                    yield case.found(
                        paper,
                        field,
                        found=said,
                        expected="a description of the goods",
                        severity=Severity.WARNING,
                        rule=_CLEAN,
                        sentence="The description of the goods may declare a defect of them.",
                    )


def _defect(case: Case, said: str) -> str | None:
    """A word of a sentence that declares a defect; None if it supposes, denies, or names goods."""
    words = table("clauses")
    if says(said, words["suppositions"]) is not None:
        return None
    for harmless in words["harmless"]:
        said = f" {said} ".replace(f" {harmless} ", " ").strip()
    for phrase in words["defects"]:
        if says(said, (phrase,)) is None or _denied(said, phrase):
            continue
        after = f" {said} ".partition(f" {phrase} ")[2].split()[:1]
        # BROKEN RICE and STAINED GLASS are goods, where the credit calls them so.
        if after and says(goods(case), (f"{phrase} {after[0]}",)) is not None:
            continue
        return str(phrase)
    return None


def _denied(said: str, phrase: str) -> bool:
    denials = table("clauses")["denials"]
    return any(word in denials for word in before(said, phrase, _DENIED_WITHIN))


def _takes_charter(case: Case) -> bool:
    return allows(case, table("clauses")["charter_party"])


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    for pattern in _CLAUSES:
        yield from paper.texts(pattern)

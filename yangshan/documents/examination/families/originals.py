# SPDX-License-Identifier: Apache-2.0
"""X12: the documents that field 46A calls for are there, in the originals and copies it demands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone
    from yangshan.documents.examination.requirements import Requirement

# Words of field 46A, and the type of document that they ask for.
_TRANSPORT: Final = (
    ("AIR", "AIR_WAYBILL"),
    ("AWB", "AIR_WAYBILL"),
    ("MULTIMODAL", "MULTIMODAL"),
    ("COMBINED", "MULTIMODAL"),
    ("CMR", "ROAD"),
    ("ROAD", "ROAD"),
    ("TRUCK", "ROAD"),
    ("RAIL", "RAIL"),
    ("INLAND", "INLAND_WATERWAY"),
    ("COURIER", "COURIER"),
    ("POST", "POSTAL"),
)
_INSPECTION: Final = (
    ("QUALITY", "QUALITY"),
    ("QUANTITY", "QUANTITY"),
    ("WEIGHT", "WEIGHT"),
    ("ANALYSIS", "ANALYSIS"),
    ("INSPECTION", "PRE_SHIPMENT"),
)
_SHOWN: Final = 120


def originals(case: Case) -> Iterator[Candidate | Undone]:
    """Originals and copies against field 46A (UCP 600 art. 17), and full sets (20, 23, 24)."""
    for requirement in case.terms.requirements:
        if not requirement.kinds:
            said = _short(requirement.text)
            yield case.undone(f"Which document meets {said!r} is for a person to say (14(f)).")
            continue
        papers = [
            paper
            for paper in case.presentation.of(*requirement.kinds)
            if _meets(paper, requirement)
        ]
        if not papers:
            yield from _missing(case, requirement)
        for paper in papers:
            yield from _counted(case, paper, requirement)
            yield from _record(case, paper)


def _record(case: Case, paper: Paper) -> Iterator[Candidate | Undone]:
    """An electronic record opens, with all that it links to (eUCP 2.1 art. e7).

    A link is part of the record. A dead one is no ground against a nominated bank that examined,
    found complying and forwarded; a format that a bank cannot examine is none at all.
    """
    if not paper.electronic:
        return
    if paper.flag("/presented/examinableFormat") is False:
        yield case.undone(
            f"The format of the {paper.name} could not be examined here, which is no ground for "
            "refusal (eUCP 2.1 art. e7(c))."
        )
    for link in paper.paths("/presented/links/*"):
        if paper.flag(f"{link}/opened") is not False:
            continue
        address = paper.text(f"{link}/address")
        if case.presentation.forwarded:
            yield case.undone(
                f"The link {address} of the {paper.name} does not open, which is no ground against "
                "a nominated bank that examined and forwarded (eUCP 2.1 art. e7(d)(ii))."
            )
            continue
        yield case.found(
            paper,
            f"{link}/opened",
            found=f"{address}, dead",
            expected="a link that opens",
            sentence=f"The link {address} of the {paper.name} does not open.",
            rule="eUCP 2.1 art. e7(d)",
        )


def _meets(paper: Paper, requirement: Requirement) -> bool:
    """Whether a document is of the type that is called for."""
    if paper.kind == "bill-of-lading":
        # A sea waybill is no document of title, so that it takes no bill of lading's place.
        return not (requirement.lading_only and paper.text("/transportDocumentTypeCode") == "SWB")
    if paper.kind == "transport-document":
        types = {name for word, name in _TRANSPORT if word in requirement.text}
        return not types or paper.text("/documentType") in types
    if paper.kind == "inspection":
        types = {name for word, name in _INSPECTION if word in requirement.text}
        return paper.text("/certificateType") in types | {"OTHER"}
    return True


def _missing(case: Case, requirement: Requirement) -> Iterator[Candidate]:
    others = case.presentation.of(*requirement.kinds)
    asked = _short(requirement.text)
    certificate = "inspection" in requirement.kinds and others
    stated = others[0].kind.replace("-", " ") + " of another type" if others else "none"
    yield case.found(
        others[0] if others else None,
        "" if others else "documents",
        found=stated,
        expected=asked,
        severity=Severity.WARNING if certificate else Severity.DISCREPANCY,
        rule="UCP 600 art. 14(f)" if certificate else "UCP 600 art. 14(a), 17(a)",
        sentence=(
            f"A certificate of another name is presented for {asked}; whether it fulfils the "
            "function is for a person to say."
            if certificate
            else f"Not presented: {asked}."
        ),
    )


def _counted(case: Case, paper: Paper, requirement: Requirement) -> Iterator[Candidate | Undone]:
    if paper.electronic:
        # A record satisfies any number (eUCP art. e9).
        yield from _electronic(case, paper)
        return
    yield from _for_whom(case, paper)
    if paper.originals is None:
        yield case.undone(f"Nobody counted the originals of the document {paper.name}.")
        return
    present, copies = paper.originals, paper.copies or 0
    issued = _issued(paper)
    least = _least(paper, requirement)
    if _in_full_set(paper, requirement):
        if issued is None:
            yield case.undone(
                f"How many originals of the document {paper.name} were issued is not stated, so "
                "that a person looks whether the set is full."
            )
        elif present < issued:
            yield case.found(
                paper,
                "/presented/originalsPresented",
                found=f"{present} of {issued} originals",
                expected=f"a full set of {issued}",
                rule=_set_rule(paper),
                sentence=(
                    f"Less than a full set: {present} of the {issued} originals that were issued "
                    "are presented."
                ),
            )
            return
    if present < least:
        yield _short_of(case, paper, present, least, "original", "UCP 600 art. 17(a)")
    elif present + copies < requirement.total:
        yield _short_of(
            case,
            paper,
            present + copies,
            requirement.total,
            "document",
            "UCP 600 art. 17(d), 17(e)",
        )


def _short_of(
    case: Case, paper: Paper, present: int, least: int, what: str, rule: str
) -> Candidate:
    asked = f"{least} {what}{'' if least == 1 else 's'}"
    there = f"{present} {what}{'' if present == 1 else 's'}"
    return case.found(
        paper,
        "/presented/originalsPresented",
        found=there,
        expected=asked,
        rule=rule,
        sentence=(
            f"Of the {paper.kind.replace('-', ' ')} {there} "
            f"{'is' if present == 1 else 'are'} presented instead of {asked}."
        ),
    )


def _issued(paper: Paper) -> int | None:
    """How many originals were issued, as the document itself says."""
    counts = [
        count
        for field in ("/numberOfOriginalsWithCharges", "/numberOfOriginalsWithoutCharges")
        if (count := paper.count(field)) is not None
    ]
    return sum(counts) if counts else paper.count("/presented/originalsIssued")


def _in_full_set(paper: Paper, requirement: Requirement) -> bool:
    """Whether all originals must be presented.

    Of a bill of lading, sea waybill and multimodal document always, unless the credit is content
    with fewer (arts 19(a)(iv), 20(a)(iv), 21(a)(iv)); never by air or road, where one is enough.
    """
    if requirement.copy_only or requirement.part_of_set:
        return False
    if paper.kind == "transport-document":
        kind = paper.text("/documentType")
        # By rail and inland waterway what is presented is the full set without a number (24(c)).
        return kind == "MULTIMODAL" or (
            requirement.full_set
            and kind in {"RAIL", "INLAND_WATERWAY"}
            and _issued(paper) is not None
        )
    return paper.kind == "bill-of-lading" or requirement.full_set


def _set_rule(paper: Paper) -> str:
    if paper.kind == "bill-of-lading":
        waybill = paper.text("/transportDocumentTypeCode") == "SWB"
        return "UCP 600 art. 21(a)(iv)" if waybill else "UCP 600 art. 20(a)(iv)"
    if paper.text("/documentType") == "MULTIMODAL":
        return "UCP 600 art. 19(a)(iv)"
    return "UCP 600 art. 17, 24(c)" if paper.kind == "transport-document" else "UCP 600 art. 17"


def _least(paper: Paper, requirement: Requirement) -> int:
    """How many originals there must be at least."""
    single = paper.kind == "transport-document" and paper.text("/documentType") in {
        "AIR_WAYBILL",
        "ROAD",
        "COURIER",
        "POSTAL",
    }
    return min(requirement.originals, 1) if single else requirement.originals


def _for_whom(case: Case, paper: Paper) -> Iterator[Candidate]:
    """By air and road it is the original for the shipper (arts 23(a)(v), 24(b)(i))."""
    kind, stated = paper.text("/documentType"), paper.text("/copyFor")
    rules = {"AIR_WAYBILL": "23(a)(v)", "ROAD": "24(b)(i)"}
    if paper.kind != "transport-document" or kind not in rules or stated is None:
        return
    if stated in {"CONSIGNEE", "CARRIER"}:
        yield case.found(
            paper,
            "/copyFor",
            found=f"the original for the {stated.lower()}",
            expected="the original for the shipper",
            rule=f"UCP 600 art. {rules[kind]}",
            sentence=(
                f"The original for the {stated.lower()} is presented instead of that for the "
                "shipper."
            ),
        )


def _electronic(case: Case, paper: Paper) -> Iterator[Candidate]:
    """An electronic bill of lading has one original or none (DCSA)."""
    issued = _issued(paper)
    if paper.flag("/isElectronic") and issued is not None and issued > 1:
        yield case.found(
            paper,
            "/numberOfOriginalsWithoutCharges",
            found=f"{issued} originals",
            expected="one or none",
            severity=Severity.WARNING,
            rule="DCSA BL 3.0; eUCP 2.1 art. e9",
            sentence=f"The bill of lading is electronic and says that {issued} originals exist.",
        )


def _short(text: str) -> str:
    text = text.rstrip(" .")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3].rstrip() + "..."

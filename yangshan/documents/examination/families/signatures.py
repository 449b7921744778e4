# SPDX-License-Identifier: Apache-2.0
"""X15: dates no later than presentation, signatures where needed, corrections authenticated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families.speaking import says, spoken
from yangshan.documents.examination.families.transport import first_shipment
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.parties import is_party
from yangshan.documents.examination.words import Same, same_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone

# The date of each kind of document; a document is dated by it.
DATES: Final = {
    "invoice": ("/invoiceDate",),
    "packing-list": ("/issueDate",),
    "bill-of-lading": ("/issueDate", "/shippedOnBoardDate", "/onBoardNotation/date"),
    "transport-document": ("/issueDate", "/shipmentDate"),
    "certificate-of-origin": ("/issueDate",),
    "insurance": ("/issueDate",),
    "inspection": ("/issueDate", "/inspectionDate"),
    "draft": ("/issueDate",),
    "customs-declaration": ("/declarationDate",),
}
# What is signed whether or not the credit says so, and by which rule.
_SIGNED: Final = {
    "bill-of-lading": "UCP 600 art. 20(a)(i)",
    "transport-document": "UCP 600 art. 19(a)(i), 23 to 25",
    "insurance": "UCP 600 art. 28(a)",
    "draft": "UCP 600 art. 3; ISBP B",
    "certificate-of-origin": "UCP 600 art. 3; ISBP A, L",
    "inspection": "UCP 600 art. 3; ISBP A, Q",
}
_ISSUERS: Final = {
    "bill-of-lading": ("/carrierName", "/documentParties/issuingParty/name"),
    "transport-document": ("/carrierName", "/issuer/name"),
    "insurance": ("/insurer/name",),
    "certificate-of-origin": ("/issuer/name",),
    "inspection": ("/issuer/name",),
    "customs-declaration": (),
    "draft": ("/drawer/name",),
}
_BEFORE_SHIPMENT: Final = ("PRE SHIPMENT", "PRESHIPMENT", "BEFORE SHIPMENT", "PRIOR TO SHIPMENT")
_NAMES: Final = {
    "invoice": "invoice",
    "packing-list": "packing list",
    "bill-of-lading": "bill of lading",
    "transport-document": "transport document",
    "certificate-of-origin": "certificate of origin",
    "insurance": "insurance document",
    "inspection": "inspection certificate",
    "draft": "draft",
    "customs-declaration": "customs declaration",
}


def signatures(case: Case) -> Iterator[Candidate | Undone]:
    """Dates, signatures and corrections of the papers that the credit calls for."""
    papers = case.papers(*DATES)
    if papers and case.presentation.day is None:
        yield case.undone("The day of presentation is not given: no date is compared with it.")
    for paper in papers:
        yield from _dates(case, paper)
        yield from _signature(case, paper)
        yield from _corrections(case, paper)
    for paper in case.papers("inspection"):
        yield from _inspection(case, paper)


def _dates(case: Case, paper: Paper) -> Iterator[Candidate]:
    presented = case.presentation.day
    stated = [(field, day) for field in DATES[paper.kind] if (day := paper.day(field)) is not None]
    name = _NAMES[paper.kind]
    if not stated:
        yield case.found(
            paper,
            DATES[paper.kind][0],
            found="no date",
            expected="a date",
            rule="UCP 600 art. 20(a)(ii)" if paper in case.transport else "UCP 600 art. 14(a)",
            sentence=f"The {name} bears no date.",
        )
        return
    for field, day in stated:
        if presented is not None and day > presented:
            yield case.found(
                paper,
                field,
                found=day,
                expected=f"no later than {presented}",
                rule="UCP 600 art. 14(i)",
                sentence=f"The {name} is dated {day}, after its presentation on {presented}.",
            )


def _signature(case: Case, paper: Paper) -> Iterator[Candidate | Undone]:
    rule = _SIGNED.get(paper.kind)
    if rule is None and any(each.signed for each in case.terms.required(paper.kind)):
        rule = "UCP 600 art. 3, 14(a)"
    # Where copies alone are presented, no signature is called for.
    if rule is None or (paper.originals == 0 and not paper.electronic):
        return
    name = _NAMES[paper.kind]
    match paper.flag("/presented/signed"):
        case False:
            yield case.found(
                paper,
                "/presented/signed",
                found="not signed",
                expected="signed",
                rule=rule,
                sentence=f"The {name} is not signed.",
            )
        case None:
            yield case.undone(f"Whether the {name} ({paper.name}) is signed was not said.")


def _corrections(case: Case, paper: Paper) -> Iterator[Candidate]:
    """Of documents that the beneficiary issued drafts alone need it (ISBP A7)."""
    issuers = [name for field in _ISSUERS.get(paper.kind, ()) if (name := paper.text(field))]
    if not issuers or (paper.kind != "draft" and _by_beneficiary(case, paper)):
        return
    name = _NAMES[paper.kind]
    for field in paper.paths("/presented/corrections/*"):
        text = paper.text(f"{field}/text") or ""
        # The word clean deleted is no discrepancy, whoever did it (art. 27).
        if says(spoken(text), ("CLEAN",)) is not None and "DELETED" in spoken(text):
            continue
        by = paper.text(f"{field}/authenticatedBy")
        # An agent signs for another, and names it: FOR PAPER CRANE LINE, AS AGENT.
        if by is not None and any(_names(by, issuer) for issuer in issuers):
            continue
        yield case.found(
            paper,
            field,
            found=f"{text}, authenticated by {by or 'nobody'}",
            expected=f"authenticated by {issuers[0]}",
            severity=Severity.WARNING,
            rule="ISBP A7",
            sentence=f"A correction on the {name} is not authenticated by its issuer."
            if paper.kind != "draft"
            else "A correction on the draft is not authenticated by its drawer.",
        )


def _names(by: str, issuer: str) -> bool:
    if same_text(by, issuer) is not Same.NO:
        return True
    return says(spoken(by), (spoken(issuer),)) is not None


def _by_beneficiary(case: Case, paper: Paper) -> bool:
    party = paper.party("/issuer") or paper.party("/seller")
    return party is not None and is_party(party, case.credit.beneficiary)


def _inspection(case: Case, paper: Paper) -> Iterator[Candidate]:
    """A pre-shipment certificate shows an inspection before or on shipment (ISBP A12, Q)."""
    first = first_shipment(case.transport)
    asked = spoken(" ".join(each.text for each in case.terms.required("inspection")))
    wanted = says(asked, _BEFORE_SHIPMENT) is not None
    if first is None or not (wanted or paper.text("/certificateType") == "PRE_SHIPMENT"):
        return
    inspected, issued = paper.day("/inspectionDate"), paper.day("/issueDate")
    states = paper.flag("/inspectedBeforeShipment")
    if inspected is not None and inspected > first:
        yield case.found(
            paper,
            "/inspectionDate",
            found=inspected,
            expected=f"no later than the date of shipment, {first}",
            rule="UCP 600 art. 14(d), (f); ISBP A12",
            sentence=f"The certificate shows an inspection on {inspected}, after the shipment on "
            f"{first}.",
        )
    elif inspected is None and not states and issued is not None and issued > first:
        yield case.found(
            paper,
            "/issueDate",
            found=issued,
            expected=f"an inspection no later than {first}",
            severity=Severity.WARNING,
            rule="ISBP A12, Q",
            sentence=f"The inspection certificate is dated {issued}, after the shipment on "
            f"{first}, and does not say when the goods were inspected.",
        )

# SPDX-License-Identifier: Apache-2.0
"""X11: consignee, notify parties and freight on transport documents; addresses everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yangshan.credit.terms import Bank, PartyName
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.parties import (
    country_in,
    country_of,
    is_party,
    same_address,
    same_name,
)
from yangshan.documents.examination.requirements import Consignment, Freight
from yangshan.documents.examination.words import Same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Party, Undone
    from yangshan.documents.examination.requirements import Requirement

_FIELDS: Final = {
    "bill-of-lading": ("/documentParties/consignee", "/documentParties/notifyParties/*"),
    "transport-document": ("/consignee", "/notifyParties/*"),
}
_CLAUSES: Final = {"bill-of-lading": "/carrierClauses/*", "transport-document": "/clauses/*"}
# Where documents name the parties of the credit, beside consignee and notify parties of transport
# documents.
_ELSEWHERE: Final = {
    "invoice": ("/seller", "/buyer"),
    "packing-list": ("/issuer", "/consignee"),
    "bill-of-lading": ("/documentParties/shipper",),
    "transport-document": ("/consignor",),
    "certificate-of-origin": ("/exporter", "/consignee", "/importer", "/consignor"),
    "insurance": ("/insured", "/assignee"),
    "inspection": ("/applicant",),
    "draft": ("/drawer",),
}
_APPLICANT: Final = re.compile(
    r"^(?:THE\s+)?(?:L/C\s+|CREDIT\s+)?(?:APPLICANT|OPENER|BUYER|ACCOUNTEE|IMPORTER)\b"
)
_BENEFICIARY: Final = re.compile(r"^(?:THE\s+)?(?:BENEFICIARY|SHIPPER|SELLER)\b")
_BANK: Final = re.compile(r"^(?:THE\s+)?(?:(?:L/C\s+)?(?:ISSUING|OPENING)\s+BANK|US|OURSELVES)\b")
_SEVERAL: Final = re.compile(r"\s+AND\s+|\s*&\s*")
_MARKED: Final = re.compile(r"FREIGHT\s*(?:CHARGES?\s*)?(PREPAID|PAID|COLLECT|TO COLLECT)")
_NAMES: Final = {Freight.PREPAID: "freight prepaid", Freight.COLLECT: "freight collect"}


def carriage(case: Case) -> Iterator[Candidate | Undone]:
    """What field 46A says of consignee, notify party and freight, and addresses (art. 14(j))."""
    for paper in case.transport:
        for requirement in case.terms.required(paper.kind):
            yield from _consignee(case, paper, requirement)
            yield from _notify(case, paper, requirement)
            yield from _freight(case, paper, requirement)
        yield from _exact_addresses(case, paper)
    for kind, fields in _ELSEWHERE.items():
        for paper in case.papers(kind):
            yield from _countries(case, paper, fields)


def _who(case: Case, text: str) -> PartyName | Bank:
    """Whom the words of the credit mean."""
    if _APPLICANT.match(text):
        return case.credit.applicant
    if _BENEFICIARY.match(text):
        return case.credit.beneficiary
    if _BANK.match(text):
        return Bank(bic=case.credit.issuing_bank)
    return PartyName(lines=tuple(part.strip() for part in text.split(",") if part.strip()))


def _means(found: Party, who: PartyName | Bank) -> Same | None:
    """Whether a party of a document is the one that is meant; None if nobody can tell."""
    if isinstance(who, Bank):
        bics = [each for each in found.identifiers if len(each) in {8, 11}]
        if bics and who.bic:
            return Same.YES if any(who.bic.startswith(each[:8]) for each in bics) else Same.NO
        return None
    return same_name(found.name, who)


def _consignee(case: Case, paper: Paper, requirement: Requirement) -> Iterator[Candidate | Undone]:
    field = _FIELDS[paper.kind][0]
    found = paper.party(field)
    asked = requirement.consignment
    if asked is None:
        return
    to_order = bool(paper.flag("/isToOrder"))
    expected = f"{asked.value} {requirement.consignee or ''}".strip()
    stated = _consigned(found, to_order=to_order)
    wrong = False
    if paper.kind == "bill-of-lading":
        wrong = to_order is (asked is Consignment.STRAIGHT)
        endorsee = paper.party("/documentParties/endorsee")
        if requirement.blank_endorsed and endorsee is not None:
            yield case.found(
                paper,
                "/documentParties/endorsee/name",
                found=endorsee.name,
                expected="endorsed in blank",
                rule="UCP 600 art. 14(d)",
                sentence=f"The bill of lading is endorsed to {endorsee.name} instead of in blank.",
            )
    if not wrong and asked is Consignment.TO_ORDER:
        # To order is to the order of the shipper.
        shipper = paper.text("/documentParties/shipper/name")
        own = found is None or found.name == shipper or is_party(found, case.credit.beneficiary)
        wrong = not own
    elif not wrong and requirement.consignee:
        answer = _means(found, _who(case, requirement.consignee)) if found else Same.NO
        if answer is None:
            yield case.undone(
                f"Whether {stated} is {requirement.consignee} is for a person to say; the document "
                "has no BIC."
            )
            return
        if answer is Same.TYPING:
            yield _party_doubt(case, paper, f"{field}/name", stated, expected)
            return
        wrong = answer is Same.NO
    if wrong:
        yield case.found(
            paper,
            f"{field}/name" if found else ("/isToOrder" if "isToOrder" in _top(paper) else field),
            found=stated,
            expected=expected,
            rule="UCP 600 art. 14(d)",
            sentence=f"The transport document is made out {stated} instead of {expected}.",
        )


def _top(paper: Paper) -> frozenset[str]:
    return frozenset(paper.document.fields)


def _consigned(found: Party | None, *, to_order: bool) -> str:
    if found is None:
        return "to order" if to_order else "to nobody by name"
    return f"to the order of {found.name}" if to_order else f"to {found.name}"


def _party_doubt(case: Case, paper: Paper, field: str, stated: str, expected: str) -> Candidate:
    return case.found(
        paper,
        field,
        found=stated,
        expected=expected,
        severity=Severity.WARNING,
        rule="UCP 600 art. 14(d); ISBP A23",
        sentence=f"The document shows {stated} for {expected}; it may be a typing error.",
    )


def _notify(case: Case, paper: Paper, requirement: Requirement) -> Iterator[Candidate | Undone]:
    if not requirement.notify:
        return
    pattern = _FIELDS[paper.kind][1]
    parties = [party for path in paper.paths(pattern) if (party := paper.party(path)) is not None]
    field = pattern.rpartition("/")[0]
    for text in _parties(requirement.notify):
        who = _who(case, text)
        answers = [(_means(each, who), each) for each in parties]
        if any(answer is Same.YES for answer, _ in answers):
            continue
        name = who.lines[0] if isinstance(who, PartyName) else text
        near = next((each for answer, each in answers if answer is Same.TYPING), None)
        if near is not None:
            yield _party_doubt(case, paper, f"{near.path}/name", near.name, name)
        elif any(answer is None for answer, _ in answers):
            yield case.undone(
                f"Whether the notify party is {text} is for a person to say; the document has no "
                "BIC."
            )
        else:
            stated = ", ".join(each.name for each in parties) or "nobody"
            yield case.found(
                paper,
                field,
                found=stated,
                expected=name,
                rule="UCP 600 art. 14(d)",
                sentence=f"The notify party is {stated} instead of {name}.",
            )


def _parties(text: str) -> list[str]:
    """The parties that words of the credit name: several where the first is a role."""
    pieces = _SEVERAL.split(text)
    roles = (_APPLICANT, _BENEFICIARY, _BANK)
    several = any(pattern.match(piece) for piece in pieces for pattern in roles)
    return pieces if several else [text]


def _freight(case: Case, paper: Paper, requirement: Requirement) -> Iterator[Candidate]:
    asked = requirement.freight
    if asked is None:
        return
    code = paper.text("/freightPaymentTermCode")
    clauses = [(path, text.upper()) for path, text in paper.texts(_CLAUSES[paper.kind])]
    said = [
        Freight.PREPAID if found[1].endswith("PAID") else Freight.COLLECT
        for _, text in clauses
        for found in _MARKED.finditer(text)
    ]
    stated = Freight(code) if code else (said[0] if said else None)
    if stated is asked:
        return
    found = _NAMES[stated] if stated else "nothing of freight"
    yield case.found(
        paper,
        "/freightPaymentTermCode",
        found=found,
        expected=_NAMES[asked],
        rule="UCP 600 art. 14(d)",
        sentence=f"The transport document shows {found} instead of {_NAMES[asked]}.",
    )


def _exact_addresses(case: Case, paper: Paper) -> Iterator[Candidate]:
    """The applicant's address as consignee or notify party is that of the credit (14(j))."""
    applicant = case.credit.applicant
    for pattern in _FIELDS[paper.kind]:
        for path in paper.paths(pattern):
            party = paper.party(path)
            if party is None or not is_party(party, applicant):
                continue
            if not party.address:
                if _abroad(party, applicant):
                    yield _other_country(case, paper, party, applicant)
                continue
            answer = same_address(party, applicant)
            if answer is Same.YES:
                continue
            mistyped = answer is Same.TYPING
            yield case.found(
                paper,
                f"{path}/address",
                found=", ".join((*party.address, party.country or "")).rstrip(", "),
                expected=", ".join(applicant.lines),
                severity=Severity.WARNING if mistyped else Severity.DISCREPANCY,
                rule="UCP 600 art. 14(j)" + ("; ISBP A23" if mistyped else ""),
                sentence=(
                    "The applicant's address as consignee or notify party is not that of the "
                    "credit" + ("; it may be a typing error." if mistyped else ".")
                ),
            )


def _countries(case: Case, paper: Paper, fields: tuple[str, ...]) -> Iterator[Candidate]:
    """Elsewhere an address may differ within its country (14(j))."""
    terms = case.terms.invoice_terms if paper.kind in {"invoice", "draft"} else case.credit
    for path in fields:
        party = paper.party(path)
        if party is None:
            continue
        for named in (terms.applicant, terms.beneficiary):
            if same_name(party.name, named) is Same.YES and _abroad(party, named):
                yield _other_country(case, paper, party, named)


def _abroad(party: Party, named: PartyName) -> bool:
    stated = _country(party)
    wanted = country_of(named)
    return stated is not None and wanted is not None and stated != wanted


def _country(party: Party) -> str | None:
    return party.country or country_in(" ".join(party.address))


def _other_country(case: Case, paper: Paper, party: Party, named: PartyName) -> Candidate:
    expected = country_of(named)
    stated = _country(party)
    return case.found(
        paper,
        f"{party.path}/countryCode" if party.country else f"{party.path}/address",
        found=stated,
        expected=expected,
        rule="UCP 600 art. 14(j)",
        sentence=(f"{party.name} has an address in {stated}, and in the credit in {expected}."),
    )

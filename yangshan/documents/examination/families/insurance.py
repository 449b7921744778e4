# SPDX-License-Identifier: Apache-2.0
"""X14: insurance documents (UCP 600 art. 28)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yangshan.credit.amounts import (
    INSURED_PERCENT,
    insured_minimum,
    insured_minimum_without_value,
)
from yangshan.documents.examination.families.speaking import says, spoken, table
from yangshan.documents.examination.families.transport import first_shipment
from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.parties import country_names
from yangshan.documents.examination.ports import Fit, fit
from yangshan.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone
    from yangshan.documents.examination.requirements import Requirement

# Terms under which the price holds the insurance, so that the invoice shows the value to cover.
_INSURED_TERMS: Final = frozenset({"CIF", "CIP"})
_CLAIMS: Final = re.compile(
    r"CLAIMS?\s+(?:TO\s+BE\s+|IF\s+ANY\s+)?PAYABLE\s+(?:IN|AT)\s+(?:THE\s+)?"
    r"(?:(?:PORT\s+OF\s+|PLACE\s+OF\s+)?DESTINATION(?:\s+IN\s+|\s*))?(.*?)"
    r"(?=[.;]|,?\s+IN\s+(?:THE\s+)?(?:SAME\s+)?CURRENCY|$)"
)
_NO_FRANCHISE: Final = ("IRRESPECTIVE OF PERCENTAGE", "IOP", "I O P")
_ENDORSED: Final = ("BLANK ENDORSED", "ENDORSED IN BLANK", "ENDORSED BLANK", "BLANK ENDORSEMENT")
_FROM: Final = ("/placeOfReceipt", "/carriage/portOfLoading")
_TO: Final = ("/placeOfDelivery", "/carriage/portOfDischarge")


def insurance(case: Case) -> Iterator[Candidate | Undone]:
    """Kind, signature, amount, date, risks, journey, claims, endorsement and originals.

    Exclusions, franchise and excess are fine (art. 28(i), (j)) unless the credit bars them; a
    policy may take the place of a certificate or declaration (art. 28(d)).
    """
    for paper in case.papers("insurance"):
        asked = case.terms.required("insurance")
        text = spoken(" ".join(each.text for each in asked))
        yield from _kind(case, paper, text)
        yield from _amount(case, paper, asked)
        yield from _dates(case, paper)
        yield from _risks(case, paper, text)
        yield from _journey(case, paper)
        yield from _claims(case, paper, asked)
        yield from _form(case, paper, text)


def _kind(case: Case, paper: Paper, text: str) -> Iterator[Candidate]:
    kind = paper.text("/documentType")
    if kind == "COVER_NOTE":
        yield case.found(
            paper,
            "/documentType",
            found=kind,
            expected="a policy, certificate or declaration",
            rule="UCP 600 art. 28(c)",
            sentence="A cover note is presented, which is no insurance document.",
        )
    elif kind in {"CERTIFICATE", "DECLARATION"} and _asks_policy_alone(text):
        yield case.found(
            paper,
            "/documentType",
            found=kind,
            expected="POLICY",
            rule="UCP 600 art. 28(d)",
            sentence=f"An insurance {kind.lower()} is presented where the credit calls for a "
            "policy.",
        )
    if paper.text("/signedAs") == "BROKER":
        yield case.found(
            paper,
            "/signedAs",
            found="BROKER",
            expected="insurance company, underwriter, or their agent or proxy",
            rule="UCP 600 art. 28(a)",
            sentence="The insurance document is signed by a broker, not for insurer or "
            "underwriter.",
        )


def _asks_policy_alone(text: str) -> bool:
    others = ("CERTIFICATE", "DECLARATION", "DOCUMENT")
    named = f" {text} ".replace(" CERTIFICATE OF ORIGIN ", " ")
    return " POLICY " in named and not any(f" {each} " in named for each in others)


def _amount(case: Case, paper: Paper, asked: tuple[Requirement, ...]) -> Iterator[Candidate]:
    covered = paper.money("/insuredAmount", "/insuredCurrencyCode")
    invoices = case.papers("invoice")
    values = [_gross(each) for each in invoices]
    if covered is None or not values or any(value is None for value in values):
        return
    currencies = {value.currency for value in values if value is not None}
    # Another currency is told by X01.
    if currencies != {covered.currency}:
        return
    invoiced = sum(value.minor for value in values if value is not None)
    stated = {each.text("/tradeTermsConditionsCode") for each in invoices}
    demanded = case.presentation.demanded
    percent = max((each.percent or INSURED_PERCENT for each in asked), default=INSURED_PERCENT)
    if stated <= _INSURED_TERMS:
        minimum, basis = insured_minimum(invoiced, percent), "the CIF or CIP value"
    else:
        claimed = 0
        if demanded is not None and demanded.currency == covered.currency:
            claimed = demanded.minor
        minimum = insured_minimum_without_value(claimed, invoiced, percent)
        basis = "the amount demanded" if claimed > invoiced else "the invoice value"
    least = Money(minimum, covered.currency)
    if covered.minor < least.minor:
        yield case.found(
            paper,
            "/insuredAmount",
            found=covered,
            expected=f"at least {least}",
            rule="UCP 600 art. 28(f)(ii)",
            sentence=f"The insurance covers {covered}, less than {percent} percent of {basis}, "
            f"{least}.",
        )


def _gross(invoice: Paper) -> Money | None:
    """The gross value of the goods: deductions and advances do not lower it (ISBP K12).

    Where the lines are the total and what was taken off together, they are that value.
    """
    total = invoice.money("/totalInvoiceAmount", "/invoiceCurrencyCode")
    if total is None:
        return None
    lines = [
        invoice.money(f"{line}/lineTotalAmount", "/invoiceCurrencyCode")
        for line in invoice.paths("/lineItems/*")
    ]
    off = [
        invoice.money(field, "/invoiceCurrencyCode")
        for field in (
            *(f"{path}/amount" for path in invoice.paths("/deductions/*")),
            "/advancePaymentAmount",
        )
    ]
    added, taken = (sum(each.minor for each in part if each) for part in (lines, off))
    return Money(added, total.currency) if added == total.minor + taken else total


def _dates(case: Case, paper: Paper) -> Iterator[Candidate]:
    first = first_shipment(case.transport)
    issued, effective = paper.day("/issueDate"), paper.day("/effectiveDate")
    if first is None or issued is None:
        return
    begins = effective or issued
    if begins > first:
        field = "/effectiveDate" if effective else "/issueDate"
        said = "effective from" if effective else "dated"
        yield case.found(
            paper,
            field,
            found=begins,
            expected=f"no later than the date of shipment, {first}",
            rule="UCP 600 art. 28(e)",
            sentence=f"The insurance document is {said} {begins}, after the date of shipment "
            f"{first}.",
        )
    ends = paper.day("/expiryDate")
    if ends is not None and ends < first:
        yield case.found(
            paper,
            "/expiryDate",
            found=ends,
            expected=f"cover on the date of shipment, {first}",
            severity=Severity.WARNING,
            rule="UCP 600 art. 28(e)",
            sentence=f"The insurance cover ends on {ends}, before the date of shipment {first}.",
        )


def _risks(case: Case, paper: Paper, text: str) -> Iterator[Candidate]:
    rows = {row["id"]: row for row in table("risks")["risk"]}
    asked = _named(text, rows)
    covered: set[str] = set()
    for _, risk in paper.texts("/risks/*"):
        covered |= _named(spoken(risk), rows)
    excluded: dict[str, str] = {}
    for field, exclusion in paper.texts("/exclusions/*"):
        for name in _named(spoken(exclusion), rows):
            excluded.setdefault(name, field)
    for name in sorted(asked):
        held = covered & {name, *rows[name]["also"]}
        if held and not (name in excluded and name not in covered):
            continue
        listed = ", ".join(value for _, value in paper.texts("/risks/*"))
        field = excluded.get(name, "/risks")
        yield case.found(
            paper,
            field,
            found=paper.text(field) or listed,
            expected=f"cover of {rows[name]['words'][0]}",
            rule="UCP 600 art. 28(g), (h)",
            sentence=f"The insurance document does not cover {rows[name]['words'][0]}, as the "
            "credit calls for.",
        )


def _named(text: str, rows: dict[str, dict[str, list[str]]]) -> set[str]:
    """The risks that a text names; a longer name keeps a shorter one from being read in it."""
    left = f" {text} "
    found = set()
    names = sorted(
        ((word, name) for name, row in rows.items() for word in row["words"]),
        key=lambda each: -len(each[0]),
    )
    for word, name in names:
        if f" {word} " in left:
            found.add(name)
            left = left.replace(f" {word} ", " | ")
    return found


def _journey(case: Case, paper: Paper) -> Iterator[Candidate]:
    """From the place of taking in charge or shipment to discharge or destination (28(f)(iii))."""
    credit = case.credit
    ends = (
        (_FROM, credit.taking_in_charge or credit.loading_port, "from"),
        (_TO, credit.final_destination or credit.discharge_port, "to"),
    )
    for fields, asked, word in ends:
        field = next((each for each in fields if paper.value(each) is not None), None)
        if field is None or asked is None:
            continue
        place = paper.place(field)
        answer = Fit.UNKNOWN if place is None else fit(asked, place)
        if answer in {Fit.NO, Fit.RANGE}:
            yield case.found(
                paper,
                field,
                found=place,
                expected=" ".join(asked.split()),
                rule="UCP 600 art. 28(f)(iii)",
                sentence=f"The insurance covers the carriage {word} {place}, not {word} "
                f"{' '.join(asked.split())}.",
            )


def _claims(case: Case, paper: Paper, asked: tuple[Requirement, ...]) -> Iterator[Candidate]:
    place = paper.place("/claimsPayableAt")
    for each in asked:
        stated = _CLAIMS.search(each.text)
        if stated is None or place is None:
            continue
        where = stated[1].strip(" ,")
        if not where:
            continue
        answer = fit(where, place)
        if answer in {Fit.NO, Fit.RANGE} and place.country != country_names().get(where):
            yield case.found(
                paper,
                "/claimsPayableAt",
                found=place,
                expected=where,
                rule="UCP 600 art. 14(a), 28",
                sentence=f"Claims are payable at {place}, not in {where}.",
            )


def _form(case: Case, paper: Paper, text: str) -> Iterator[Candidate]:
    if says(text, _ENDORSED) is not None and not paper.flag("/endorsedInBlank"):
        yield case.found(
            paper,
            "/endorsedInBlank",
            found="not endorsed in blank",
            expected="endorsed in blank",
            rule="UCP 600 art. 14(a); ISBP K",
            sentence="The insurance document is not endorsed in blank.",
        )
    franchise = paper.text("/franchise")
    if franchise is not None and says(text, _NO_FRANCHISE) is not None:
        yield case.found(
            paper,
            "/franchise",
            found=franchise,
            expected="cover irrespective of percentage",
            rule="UCP 600 art. 28(j)",
            sentence="The insurance is subject to a franchise or excess, where the credit calls "
            "for cover irrespective of percentage.",
        )
    issued, shown = paper.count("/presented/originalsIssued"), paper.originals
    if issued is not None and shown is not None and shown < issued and not paper.electronic:
        yield case.found(
            paper,
            "/presented/originalsPresented",
            found=shown,
            expected=f"all {issued} originals issued",
            rule="UCP 600 art. 28(b)",
            sentence=f"Of {issued} originals of the insurance document {shown} are presented.",
        )

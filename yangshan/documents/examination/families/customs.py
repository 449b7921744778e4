# SPDX-License-Identifier: Apache-2.0
"""X20 and X21: what was declared to customs against the documents.

Nothing here is a discrepancy: a declaration tells whether a trade is real. What is plainly another
trade's, or was withdrawn, stops financing; the rest is to look at.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.beside import NOT_ATTESTED
from yangshan.documents.examination.families import transport
from yangshan.documents.examination.families.agreement import number
from yangshan.documents.examination.measures import agree, shown
from yangshan.documents.examination.model import Measure, Severity
from yangshan.documents.examination.parties import one_party
from yangshan.documents.examination.words import Same
from yangshan.documents.identifiers import BadIdentifier, declaration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Party, Undone
    from yangshan.documents.identifiers import Declaration

_KIND: Final = "customs-declaration"
# The rules whose price holds freight, insurance, both or none, by the code of the declaration.
_TERMS: Final = {
    "1": frozenset({"CIF", "CIP"}),
    "2": frozenset({"CFR", "CPT"}),
    "3": frozenset({"FOB", "FCA", "FAS"}),
    "7": frozenset({"EXW"}),
}
_FREIGHT_IN: Final = frozenset({"CIF", "CIP", "CFR", "CPT", "DAP", "DPU", "DDP"})
_INSURANCE_IN: Final = frozenset({"CIF", "CIP"})
_FREIGHT_DECLARED: Final = frozenset({"1", "2"})
_INSURANCE_DECLARED: Final = frozenset({"1", "4"})
_HS_DIGITS: Final = 6
_WHOLE: Final = 100
_OUT_OF_FORCE: Final = frozenset({"withdrawn", "expired"})


def declarations(case: Case) -> Iterator[Candidate | Undone]:
    """Number, parties, goods, value, transport and dates of each customs declaration."""
    for paper in case.presentation.of(_KIND):
        stated = _number(paper)
        if stated is None:
            yield case.found(
                paper,
                "/declarationNumber",
                found=paper.text("/declarationNumber"),
                expected="18 characters: district, year, direction, sequence",
                severity=Severity.BLOCK,
                sentence="The number of the customs declaration has not the form of one.",
            )
            continue
        yield from _standing(case, paper, stated)
        yield from _parties(case, paper, stated)
        yield from _header(case, paper, stated)
        yield from _goods(case, paper)
        yield from _dates(case, paper, stated)


def _number(paper: Paper) -> Declaration | None:
    """The number in its parts, that of 21 positions split first."""
    try:
        return declaration(paper.text("/declarationNumber") or "")
    except BadIdentifier:
        return None


def _standing(case: Case, paper: Paper, stated: Declaration) -> Iterator[Candidate]:
    """What customs attested of it, where somebody looked."""
    status = case.lists.declarations.get(stated.number, NOT_ATTESTED)
    if status == NOT_ATTESTED:
        if case.lists.declarations:
            yield case.warning(
                paper,
                "/declarationNumber",
                stated.number,
                "a declaration that customs attests",
                "Customs has attested no declaration of this number.",
            )
    elif status in _OUT_OF_FORCE:
        yield case.found(
            paper,
            "/declarationNumber",
            found=f"{stated.number}, {status}",
            expected="released",
            severity=Severity.BLOCK,
            sentence=f"The customs declaration {stated.number} is {status}.",
        )
    elif status == "amended":
        yield case.warning(
            paper,
            "/declarationNumber",
            f"{stated.number}, amended",
            "released",
            f"The customs declaration {stated.number} was amended: the one presented may be the "
            "old one.",
        )
    elif status != "released":
        yield case.warning(
            paper,
            "/declarationNumber",
            f"{stated.number}, {status}",
            "released",
            f"The goods of the customs declaration {stated.number} are not released yet.",
        )


def _parties(case: Case, paper: Paper, stated: Declaration) -> Iterator[Candidate]:
    """Who exports sold the goods, who imports bought them, as the invoice says."""
    ours, theirs = ("/buyer", "/seller") if stated.imports else ("/seller", "/buyer")
    for field, side, severity in (
        ("/domesticParty", ours, Severity.BLOCK),
        ("/overseasParty", theirs, Severity.WARNING),
    ):
        party = paper.party(field)
        named = [found for each in case.papers("invoice") if (found := each.party(side))]
        if (
            party is None
            or not named
            or any(one_party(party, each) is not Same.NO for each in named)
        ):
            continue
        role = "importer" if stated.imports == (field == "/domesticParty") else "exporter"
        yield case.found(
            paper,
            f"{field}/name",
            found=_shown(party),
            expected=_shown(named[0]),
            severity=severity,
            sentence=f"The {role} of the customs declaration is {party.name}, and the invoice "
            f"names {named[0].name}.",
        )


def _shown(party: Party) -> str:
    return ", ".join((party.name, *party.identifiers))


def _header(case: Case, paper: Paper, stated: Declaration) -> Iterator[Candidate]:
    day = paper.day("/declarationDate")
    if day is not None and stated.year != day.year:
        yield case.warning(
            paper,
            "/declarationNumber",
            stated.year,
            day.year,
            f"The number of the customs declaration is of {stated.year}, its date of {day.year}.",
        )
    transports = {key for each in case.transport if (key := transport.number(each))}
    named = paper.text("/carriage/transportDocumentNumber")
    if (
        named is not None
        and transports
        and number(named) not in {number(each) for each in transports}
    ):
        yield case.warning(
            paper,
            "/carriage/transportDocumentNumber",
            named,
            ", ".join(sorted(transports)),
            f"The customs declaration names the transport document {named}.",
        )
    contract = paper.text("/contractNumber")
    contracts = {
        text for each in case.papers("invoice") if (text := each.text("/references/contractNumber"))
    }
    if (
        contract is not None
        and contracts
        and number(contract) not in {number(each) for each in contracts}
    ):
        yield case.warning(
            paper,
            "/contractNumber",
            contract,
            ", ".join(sorted(contracts)),
            f"The customs declaration names the contract {contract}.",
        )
    code = paper.text("/termsOfDeliveryCode")
    rules = {
        text for each in case.papers("invoice") if (text := each.text("/tradeTermsConditionsCode"))
    }
    if code in _TERMS and rules and not rules <= _TERMS[code]:
        yield case.warning(
            paper,
            "/termsOfDeliveryCode",
            f"{code} ({'/'.join(sorted(_TERMS[code]))})",
            ", ".join(sorted(rules)),
            "The terms of delivery declared are not those of the invoice.",
        )


def _goods(case: Case, paper: Paper) -> Iterator[Candidate]:
    invoices = case.papers("invoice")
    if not invoices:
        return
    currencies = {text for each in invoices if (text := each.text("/invoiceCurrencyCode"))}
    codes = {
        text[:_HS_DIGITS]
        for each in invoices
        for _, text in each.texts("/lineItems/*/commodityCode")
    }
    for line in paper.paths("/lines/*"):
        currency = paper.text(f"{line}/currencyCode")
        if currency is not None and currencies and currency not in currencies:
            yield case.warning(
                paper,
                f"{line}/currencyCode",
                currency,
                ", ".join(sorted(currencies)),
                f"The declaration is in {currency}, the invoice in "
                f"{', '.join(sorted(currencies))}.",
            )
        commodity = paper.text(f"{line}/commodityCode")
        if commodity is not None and codes and commodity[:_HS_DIGITS] not in codes:
            yield case.warning(
                paper,
                f"{line}/commodityCode",
                commodity,
                ", ".join(sorted(codes)),
                f"The HS code declared is {commodity}, and the invoice has "
                f"{', '.join(sorted(codes))}.",
            )
    declared, invoiced = _quantity(paper, "/lines/*"), _quantities(invoices)
    if declared is not None and invoiced is not None and agree(declared, invoiced) is False:
        yield case.warning(
            paper,
            "/lines",
            f"{shown(declared.value)} {declared.unit}",
            f"{shown(invoiced.value)} {invoiced.unit}",
            f"The quantity declared is {shown(declared.value)} {declared.unit}, that invoiced "
            f"{shown(invoiced.value)} {invoiced.unit}.",
        )
    yield from _value(case, paper)


def _quantity(paper: Paper, lines: str) -> Measure | None:
    """The quantity of all lines, where they are in one unit."""
    found = [
        (paper.number(f"{line}/quantity"), paper.text(f"{line}/quantityUnitCode"))
        for line in paper.paths(lines)
    ]
    units = {unit for _, unit in found}
    if len(units) != 1 or any(value is None or unit is None for value, unit in found):
        return None
    return Measure(sum((value or Fraction(0) for value, _ in found), Fraction(0)), str(units.pop()))


def _quantities(invoices: tuple[Paper, ...]) -> Measure | None:
    found = [_quantity(each, "/lineItems/*") for each in invoices]
    units = {each.unit for each in found if each is not None}
    if len(units) != 1 or any(each is None for each in found):
        return None
    return Measure(sum((each.value for each in found if each), Fraction(0)), units.pop())


def _value(case: Case, paper: Paper) -> Iterator[Candidate]:
    """The value declared is the invoice's, where both are of the same terms of delivery."""
    code = paper.text("/termsOfDeliveryCode") or ""
    rules = {each.text("/tradeTermsConditionsCode") for each in case.papers("invoice")}
    if not rules <= _TERMS.get(code, frozenset()):
        return
    pair = _values(case, paper)
    if pair is None:
        return
    declared, invoiced = pair
    if _apart(declared, invoiced) > case.lists.value_tolerance:
        yield case.warning(
            paper,
            "/lines",
            shown(declared),
            shown(invoiced),
            f"The value declared is {shown(declared)}, that invoiced {shown(invoiced)}.",
        )


def _values(case: Case, paper: Paper) -> tuple[Fraction, Fraction] | None:
    """The value of the declaration and of the invoices, in one currency; None otherwise."""
    lines = [paper.number(f"{line}/lineTotalAmount") for line in paper.paths("/lines/*")]
    invoices = [each.number("/totalInvoiceAmount") for each in case.papers("invoice")]
    currencies = {text for _, text in paper.texts("/lines/*/currencyCode")} | {
        text for each in case.papers("invoice") if (text := each.text("/invoiceCurrencyCode"))
    }
    if not invoices or None in lines or None in invoices or len(currencies) != 1:
        return None
    return (
        sum((each or Fraction(0) for each in lines), Fraction(0)),
        sum((each or Fraction(0) for each in invoices), Fraction(0)),
    )


def _apart(first: Fraction, second: Fraction) -> Fraction:
    """By how many per cent of the second two values differ."""
    if second == 0:
        return Fraction(0) if first == 0 else Fraction(_WHOLE)
    return abs(first - second) / second * _WHOLE


def _dates(case: Case, paper: Paper, stated: Declaration) -> Iterator[Candidate]:
    """An export is declared before the goods leave, an import after."""
    shipped = transport.first_shipment(case.transport)
    day = paper.day("/declarationDate")
    if shipped is None or day is None:
        return
    if stated.imports and day < shipped and not case.lists.advance_declarations:
        yield case.warning(
            paper,
            "/declarationDate",
            day,
            f"after the shipment on {shipped}",
            f"The import was declared on {day}, before the shipment on {shipped}.",
        )
    if not stated.imports and day > shipped:
        yield case.warning(
            paper,
            "/declarationDate",
            day,
            f"no later than the shipment on {shipped}",
            f"The export was declared on {day}, after the shipment on {shipped}.",
        )


def conversion(case: Case) -> Iterator[Candidate | Undone]:
    """X21: the declared value and the invoice's, both brought to what the goods cost alone.

    Freight and insurance stand in the columns of the declaration, in the currency of the goods or
    in per cent of the value. Where the terms of delivery are the same, X20 compares.
    """
    for paper in case.presentation.of(_KIND):
        code = paper.text("/termsOfDeliveryCode") or ""
        rules = {each.text("/tradeTermsConditionsCode") for each in case.papers("invoice")}
        if rules <= _TERMS.get(code, frozenset()) or len(rules) != 1:
            continue
        pair = _values(case, paper)
        rule = next(iter(rules))
        if pair is None or rule is None or code not in {"1", "2", "3", "4"}:
            continue
        freight, insurance = (_charge(paper, name, pair[0]) for name in ("FREIGHT", "INSURANCE"))
        needed = [
            charge
            for charge, declared, invoiced in (
                (freight, code in _FREIGHT_DECLARED, rule in _FREIGHT_IN),
                (insurance, code in _INSURANCE_DECLARED, rule in _INSURANCE_IN),
            )
            if declared != invoiced
        ]
        if any(charge is None for charge in needed):
            yield case.undone(
                f"The declaration ({paper.name}) and the invoice have other terms of delivery, and "
                "freight or insurance is not declared in the currency of the goods."
            )
            continue
        declared_value, invoiced_value = pair
        for charge, holds, asks in (
            (freight, code in _FREIGHT_DECLARED, rule in _FREIGHT_IN),
            (insurance, code in _INSURANCE_DECLARED, rule in _INSURANCE_IN),
        ):
            if asks and not holds:
                declared_value += charge or 0
            elif holds and not asks:
                declared_value -= charge or 0
        if _apart(declared_value, invoiced_value) > case.lists.value_tolerance:
            less = "less" if declared_value < invoiced_value else "more"
            yield case.found(
                paper,
                "/lines",
                found=shown(declared_value),
                expected=shown(invoiced_value),
                severity=Severity.WARNING,
                sentence=f"Brought to the terms of the invoice ({rule}) the value declared is "
                f"{shown(declared_value)}, {less} than the {shown(invoiced_value)} invoiced.",
            )


def _charge(paper: Paper, kind: str, value: Fraction) -> Fraction | None:
    """Freight or insurance as declared; None where it cannot be told in the goods' currency."""
    currencies = {text for _, text in paper.texts("/lines/*/currencyCode")}
    for path in paper.paths("/charges/*"):
        if paper.text(f"{path}/type") != kind:
            continue
        percent = paper.number(f"{path}/percentage")
        if percent is not None:
            return value * percent / _WHOLE
        if {paper.text(f"{path}/currencyCode")} == currencies:
            return paper.number(f"{path}/amount")
    return None

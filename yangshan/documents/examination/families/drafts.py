# SPDX-License-Identifier: Apache-2.0
"""X18: the draft is drawn by the beneficiary on the bank, at the tenor and for the amount due."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from yangshan.documents.examination.families.speaking import spoken
from yangshan.documents.examination.families.transport import shipped
from yangshan.documents.examination.measures import shown
from yangshan.documents.examination.parties import is_party, same_name
from yangshan.documents.examination.words import Same, same_text
from yangshan.money import Money
from yangshan.swift.tenors import AfterEvent, AtSight, MaturityEvent, OnDate, TimeUnit, tenor
from yangshan.swift.texts import NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Paper, Undone
    from yangshan.swift.tenors import Tenor

_WHOLE: Final = 100
_BIC_BANK: Final = 8
_SHIPMENT: Final = frozenset(
    {
        MaturityEvent.BILL_OF_LADING,
        MaturityEvent.SHIPMENT,
        MaturityEvent.AIR_WAYBILL,
        MaturityEvent.TRANSPORT_DOCUMENT,
    }
)
_ONES: Final = (
    *("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"),
    *("ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN"),
    *("EIGHTEEN", "NINETEEN"),
)
_TENS: Final = ("TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")
_NUMBERS: Final = {word: at for at, word in enumerate(_ONES)} | {
    word: 10 * at for at, word in enumerate(_TENS, start=2)
}
_GROUPS: Final = {"THOUSAND": 10**3, "MILLION": 10**6, "BILLION": 10**9}
_HUNDRED: Final = 100


def drafts(case: Case) -> Iterator[Candidate | Undone]:
    """Each draft, and all of them together for the amount."""
    papers = case.papers("draft")
    for paper in papers:
        yield from _drawer(case, paper)
        yield from _drawee(case, paper)
        yield from _tenor(case, paper)
        yield from _words(case, paper)
    if papers:
        yield from _amount(case, papers)


def _drawer(case: Case, paper: Paper) -> Iterator[Candidate]:
    party, beneficiary = paper.party("/drawer"), case.terms.invoice_terms.beneficiary
    if party is not None and not is_party(party, beneficiary):
        yield case.found(
            paper,
            "/drawer/name",
            found=party.name,
            expected=beneficiary.lines[0],
            rule="UCP 600 art. 2; ISBP B",
            sentence=f"The draft is drawn by {party.name}, not by the beneficiary.",
        )


def _drawee(case: Case, paper: Paper) -> Iterator[Candidate | Undone]:
    party, asked = paper.party("/drawee"), case.credit.drawee
    if party is None:
        return
    if is_party(party, case.credit.applicant):
        yield case.found(
            paper,
            "/drawee/name",
            found=party.name,
            expected=_named(case) or "a bank",
            rule="UCP 600 art. 6(c)",
            sentence="The draft is drawn on the applicant.",
        )
        return
    if asked is None:
        return
    bic = paper.text("/drawee/bic")
    if asked.bic and bic:
        same = asked.bic[:_BIC_BANK] == bic[:_BIC_BANK]
    elif asked.lines:
        same = same_name(party.name, asked) is not Same.NO
    else:
        yield case.undone(
            f"The credit names the drawee by {asked.bic or 'words'} and the draft as {party.name}: "
            "whether they are one bank is to be looked up."
        )
        return
    if not same:
        yield case.found(
            paper,
            "/drawee",
            found=bic or party.name,
            expected=_named(case),
            rule="UCP 600 art. 6(c); ISBP B",
            sentence=f"The draft is drawn on {party.name}, not on {_named(case)}.",
        )


def _named(case: Case) -> str:
    asked = case.credit.drawee
    return "" if asked is None else asked.bic or " ".join(asked.lines)


def _tenor(case: Case, paper: Paper) -> Iterator[Candidate | Undone]:
    asked_text, text = case.credit.drafts, paper.text("/tenor")
    if text is None:
        return
    if asked_text is None:
        if case.credit.mixed_payment is not None:
            yield case.undone("Which part of the mixed payment the draft is for, and so its tenor.")
        return
    asked, stated = tenor(asked_text), tenor(text)
    if isinstance(asked, NotUnderstood) or isinstance(stated, NotUnderstood):
        if same_text(asked_text, text) is Same.NO:
            yield case.undone(
                f"The tenor of the draft is {text}, that of the credit "
                f"{' '.join(asked_text.split())}."
            )
        return
    due = _due(case, paper, asked)
    if not (_alike(asked, stated) or (isinstance(stated, OnDate) and stated.day == due)):
        yield case.found(
            paper,
            "/tenor",
            found=text,
            expected=" ".join(asked_text.split()),
            rule="UCP 600 art. 14(d); ISBP B2",
            sentence=f"The tenor of the draft is {text}, not {' '.join(asked_text.split())}.",
        )
    elif (matures := paper.day("/maturityDate")) is not None and due not in {None, matures}:
        yield case.found(
            paper,
            "/maturityDate",
            found=matures,
            expected=due,
            rule="UCP 600 art. 3; ISBP B2",
            sentence=f"The draft shows the maturity {matures}, and its tenor leads to {due}.",
        )


def _alike(asked: Tenor, stated: Tenor) -> bool:
    match asked, stated:
        case AtSight(), AtSight():
            return True
        case OnDate(), OnDate():
            return asked.day == stated.day
        case AfterEvent(), AfterEvent():
            same_event = asked.event == stated.event or {asked.event, stated.event} <= _SHIPMENT
            return (asked.count, asked.unit) == (stated.count, stated.unit) and same_event
    return False


def _due(case: Case, paper: Paper, asked: Tenor) -> date | None:
    """When a tenor falls due, from the one day of its event in the documents (art. 3)."""
    if isinstance(asked, OnDate):
        return asked.day
    if not isinstance(asked, AfterEvent) or asked.unit is not TimeUnit.DAYS:
        return None
    if asked.event in _SHIPMENT:
        days = {shipped(each) for each in case.transport}
    elif asked.event is MaturityEvent.INVOICE:
        days = {each.day("/invoiceDate") for each in case.papers("invoice")}
    elif asked.event is MaturityEvent.DRAFT:
        days = {paper.day("/issueDate")}
    else:
        return None
    day = next(iter(days), None)
    return day + timedelta(days=asked.count) if len(days) == 1 and day is not None else None


def _amount(case: Case, papers: tuple[Paper, ...]) -> Iterator[Candidate]:
    """All drafts are for what is demanded, or the share of the invoice that the credit names."""
    amounts = [paper.money("/amount", "/currencyCode") for paper in papers]
    expected = _expected(case)
    if expected is None or any(
        amount is None or amount.currency != expected.currency for amount in amounts
    ):
        return
    drawn = sum(amount.minor for amount in amounts if amount is not None)
    if drawn != expected.minor:
        found = Money(drawn, expected.currency)
        yield case.found(
            papers[-1],
            "/amount",
            found=found,
            expected=expected,
            rule="UCP 600 art. 14(d); ISBP B",
            sentence=f"The draft is for {found}, and {expected} is demanded."
            if len(papers) == 1
            else f"The drafts are for {found} together, and {expected} is demanded.",
        )


def _expected(case: Case) -> Money | None:
    if case.presentation.demanded is not None:
        return case.presentation.demanded
    values = [
        paper.money("/totalInvoiceAmount", "/invoiceCurrencyCode")
        for paper in case.papers("invoice")
    ]
    first = values[0] if values else None
    if first is None or any(value is None or value.currency != first.currency for value in values):
        return None
    total = sum(value.minor for value in values if value is not None)
    stated = tenor(case.credit.drafts or "")
    share = None if isinstance(stated, NotUnderstood) else stated.share
    percent = share.percent if share is not None else _WHOLE
    return Money(total * percent // _WHOLE, first.currency)


def _words(case: Case, paper: Paper) -> Iterator[Candidate]:
    """The amount in words, where they can be read, is that in figures (ISBP B14)."""
    figures, text = paper.number("/amount"), paper.text("/amountInWords")
    if figures is None or text is None:
        return
    value = in_words(text)
    if value is not None and value != figures:
        yield case.found(
            paper,
            "/amountInWords",
            found=text,
            expected=shown(figures),
            rule="UCP 600 art. 14(d); ISBP B14",
            sentence=f"The draft is for {shown(figures)} in figures and for {shown(value)} in "
            "words.",
        )


def in_words(text: str) -> Fraction | None:
    """The number that English words state, with cents at the end; None if they cannot be read.

    Names of currencies and words around the number are passed over; a word inside it that is no
    number makes it unreadable.
    """
    words = spoken(text).split()
    cents = Fraction(0)
    for at, word in enumerate(words):
        if word in {"CENT", "CENTS", "FEN"}:
            start = max(
                (
                    place + 1
                    for place in range(at)
                    if words[place] == "AND" or words[place] not in _READ
                ),
                default=0,
            )
            before = _number(words[start:at])
            if before is None or before >= _HUNDRED:
                return None
            cents, words = Fraction(before, _HUNDRED), words[:start]
            break
    places = [at for at, word in enumerate(words) if word in _READ]
    if not places:
        return None
    core = words[places[0] : places[-1] + 1]
    whole = _number(core)
    return None if whole is None else whole + cents


_READ: Final = frozenset(_NUMBERS) | frozenset(_GROUPS) | {"HUNDRED"}


def _number(words: list[str]) -> int | None:
    total, group = 0, 0
    seen = False
    for word in words:
        if word == "AND":
            continue
        if word in _NUMBERS:
            group += _NUMBERS[word]
        elif word == "HUNDRED":
            group = max(group, 1) * _HUNDRED
        elif word in _GROUPS:
            total += max(group, 1) * _GROUPS[word]
            group = 0
        else:
            return None
        seen = True
    return total + group if seen else None

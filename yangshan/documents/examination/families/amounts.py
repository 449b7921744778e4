# SPDX-License-Identifier: Apache-2.0
"""X01 and X02: currencies and the amount drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Undone

_CURRENCIES = (
    ("invoice", "/invoiceCurrencyCode", "The invoice", "UCP 600 art. 18(a)(iii)"),
    ("draft", "/currencyCode", "The draft", "UCP 600 art. 6(c); ISBP B"),
    ("insurance", "/insuredCurrencyCode", "The insurance document", "UCP 600 art. 28(f)(i)"),
)


def currency(case: Case) -> Iterator[Candidate | Undone]:
    """Invoice, draft and insurance are in the currency of the credit (32B)."""
    for kind, field, name, rule in _CURRENCIES:
        asked = {case.credit.amount.currency.code}
        # A credit may call for insurance in another currency by name.
        named = {each.currency for each in case.terms.required(kind) if each.currency}
        expected = " or ".join(sorted(named or asked))
        for paper in case.papers(kind):
            stated = paper.text(field)
            if stated is not None and stated not in (named or asked):
                yield case.found(
                    paper,
                    field,
                    found=stated,
                    expected=expected,
                    rule=rule,
                    sentence=f"{name} is in {stated} instead of {expected}.",
                )

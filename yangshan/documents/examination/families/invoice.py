# SPDX-License-Identifier: Apache-2.0
"""X03: who issued the invoice, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yangshan.documents.examination.model import Severity
from yangshan.documents.examination.parties import same_name
from yangshan.documents.examination.words import Same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yangshan.documents.examination.checks import Case
    from yangshan.documents.examination.model import Candidate, Undone


def parties(case: Case) -> Iterator[Candidate | Undone]:
    """The beneficiary issued it, and it is made out to the applicant.

    Of a transferred credit those of the part, until the first beneficiary has substituted its own
    invoice; then those of the credit (UCP 600 art. 38(h)).
    """
    terms = case.terms.invoice_terms
    transferred = case.terms.original is not None
    for field, party, role, act, rule in (
        ("/seller", terms.beneficiary, "beneficiary", "issued by", "18(a)(i)"),
        ("/buyer", terms.applicant, "applicant", "made out to", "18(a)(ii)"),
    ):
        for paper in case.papers("invoice"):
            named = paper.party(field)
            if named is None:
                continue
            answer = same_name(named.name, party)
            if answer is Same.YES:
                continue
            mistyped = answer is Same.TYPING
            expected = " ".join(party.lines[:2]) if len(party.lines[0]) >= 30 else party.lines[0]
            end = "; it may be a typing error." if mistyped else "."
            yield case.found(
                paper,
                f"{field}/name",
                found=named.name,
                expected=expected,
                severity=Severity.WARNING if mistyped else Severity.DISCREPANCY,
                rule=f"UCP 600 art. {rule}" + (", 38" if transferred else ""),
                sentence=(
                    f"The invoice is {act} {named.name} instead of the {role} {expected}{end}"
                ),
            )

# SPDX-License-Identifier: Apache-2.0
"""Every check over the corpus: exactly the candidates that a case expects, of all checks."""

from __future__ import annotations

import pytest
from examination_corpus import (
    BASES,
    Example,
    base_set,
    base_terms,
    examined,
    examples,
    said,
)

from yangshan.documents.examination import Candidate, examine
from yangshan.documents.examination.checks import checks
from yangshan.documents.examination.reading import presentation_of

EXAMPLES = [pytest.param(each, id=f"{each.check} {each.id}") for each in examples()]


@pytest.mark.parametrize("base", BASES)
def test_a_clean_set_gives_no_candidate(base: str) -> None:
    found = examine(base_terms(base), presentation_of(base_set(base), base))
    assert (found.candidates, found.undone) == ((), ())


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_case_has_its_candidates_and_no_other(example: Example) -> None:
    found = examined(example)
    assert said(found) == sorted(example.expect)
    assert sorted(each.check for each in found.undone) == sorted(example.undone)


def test_every_check_has_its_cases() -> None:
    for check in checks():
        own = [each for each in examples() if each.check == check]
        assert sum(each.flags for each in own) >= 3, f"{check} has too few cases that it flags"
        assert sum(not each.flags for each in own) >= 3, f"{check} has too few near misses"


RULES = {
    ("X01", "invoice-in-euro"): "UCP 600 art. 18(a)(iii)",
    ("X01", "insurance-in-dollars"): "UCP 600 art. 28(f)(i)",
    ("X02", "one-cent-over-the-tolerance"): "UCP 600 art. 18(b), 30(a)",
    ("X02", "short-drawing"): "UCP 600 art. 30(a), 30(c), 31(a)",
    ("X02", "less-because-of-fewer-goods"): "UCP 600 art. 30(b), 30(c)",
    ("X03", "another-seller"): "UCP 600 art. 18(a)(i)",
    ("X03", "another-buyer"): "UCP 600 art. 18(a)(ii)",
    ("X03", "the-second-beneficiary-after-substitution"): "UCP 600 art. 18(a)(i), 38",
    ("X04", "another-model"): "UCP 600 art. 18(c)",
    ("X04", "typing-error"): "UCP 600 art. 18(c); ISBP A23",
    ("X05", "lines-that-do-not-add-up"): "ISBP A22",
    ("X06", "more-than-five-per-cent"): "UCP 600 art. 30(b)",
    ("X06", "more-than-about"): "UCP 600 art. 30(a)",
    ("X06", "items-short-without-partial-shipments"): "UCP 600 art. 30(b), 31(a)",
    ("X08", "shipped-a-day-late"): "UCP 600 art. 29(c), 20(a)(ii)",
    ("X08", "flight-after-the-latest-date"): "UCP 600 art. 29(c), 23(a)(iii)",
    ("X08", "courier-picked-up-late"): "UCP 600 art. 29(c), 25(a)",
    ("X08", "before-the-period-of-shipment"): "UCP 600 art. 3, 20(a)(ii)",
    ("X09", "another-port-of-loading"): "UCP 600 art. 20(a)(iii)",
    ("X09", "another-country"): "UCP 600 art. 20(a)(iii); ISBP E6",
    ("X09", "departure-outside-the-range"): "UCP 600 art. 23(a)(iv)",
    ("X09", "multimodal-from-another-place"): "UCP 600 art. 19(a)(iii)",
    ("X10", "a-day-after-the-period"): "UCP 600 art. 14(c), 29(a)",
    ("X10", "after-expiry"): "UCP 600 art. 6(d)(i), 29(a)",
    ("X10", "extended-without-its-statement"): "UCP 600 art. 29(b)",
    ("X11", "another-address-of-the-applicant"): "UCP 600 art. 14(j)",
    ("X12", "two-of-three-bills-of-lading"): "UCP 600 art. 20(a)(iv)",
    ("X12", "multimodal-in-part"): "UCP 600 art. 19(a)(iv)",
    ("X12", "original-for-the-consignee"): "UCP 600 art. 23(a)(v)",
    ("X12", "road-original-for-the-carrier"): "UCP 600 art. 24(b)(i)",
    ("X12", "triplicate-short-of-a-copy"): "UCP 600 art. 17(d), 17(e)",
    ("X12", "copies-for-originals"): "UCP 600 art. 17(a)",
}
SENTENCES = {
    ("X02", "one-cent-over-the-tolerance"): (
        "Overdrawn: CNY 1,344,000.01 is drawn, and CNY 1,344,000.00 is available."
    ),
    ("X04", "part-of-the-goods-missing"): (
        "The description of goods in the invoice does not correspond to field 45A: it lacks SPARE, "
        "PART, 1, YEAR."
    ),
    ("X06", "more-than-five-per-cent"): (
        "The invoice is for 105.001 MT, more than the credit allows: 100 MT, 5 per cent less to 5 "
        "per cent more."
    ),
    ("X07", "another-unit-price"): "The unit price is CNY 639000 instead of CNY 640000.",
    ("X08", "before-the-period-of-shipment"): (
        "Shipment on 2025-08-31 is outside the period of field 44D: 2025-09-01 to 2025-09-20."
    ),
    ("X10", "a-day-after-the-period"): (
        "Late presentation: received on 2025-10-09, and 15 days after 2025-09-23 ended on "
        "2025-10-08."
    ),
    ("X10", "day-after-the-golden-week"): (
        "Late presentation: received on 2025-10-10, and 21 days after 2025-09-10 ended on "
        "2025-10-01, extended to 2025-10-09."
    ),
    ("X12", "copies-for-originals"): (
        "Of the invoice 1 original is presented instead of 3 originals."
    ),
    ("X12", "no-certificate-of-origin"): (
        "Not presented: CERTIFICATE OF ORIGIN ISSUED BY A CHAMBER OF COMMERCE."
    ),
}


def own_candidate(name: tuple[str, str]) -> Candidate:
    """The first candidate of its own check in a case."""
    (example,) = (each for each in examples() if (each.check, each.id) == name)
    found = [each for each in examined(example).candidates if each.check == example.check]
    return found[0]


@pytest.mark.parametrize("name", RULES, ids=" ".join)
def test_a_candidate_names_its_article(name: tuple[str, str]) -> None:
    assert own_candidate(name).rule == RULES[name]


@pytest.mark.parametrize("name", SENTENCES, ids=" ".join)
def test_a_candidate_says_what_a_notice_could_say(name: tuple[str, str]) -> None:
    assert own_candidate(name).sentence == SENTENCES[name]

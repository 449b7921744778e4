# SPDX-License-Identifier: Apache-2.0
"""Amendments as rules: what they make of the terms, and what lies between two terms."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from yangshan.credit.amendments import (
    NO_TERMS,
    AmendedTerms,
    Amendment,
    AmendmentHeld,
    AmendmentPurpose,
    AmendmentUnclear,
    ChangeWord,
    Difference,
    NotExpressible,
    OtherCreditsAmendment,
    TextChange,
    amended,
    amendment_of,
    changed_text,
    difference,
    text_changes,
)
from yangshan.credit.amounts import Tolerance
from yangshan.credit.terms import (
    ApplicableRules,
    AvailableBy,
    AvailableWith,
    Bank,
    Confirmation,
    CreditTerms,
    PartyName,
    Permission,
    PresentationPeriod,
)
from yangshan.money import Money

TERMS = CreditTerms(
    reference="YSH25LC000001",
    issued=date(2025, 9, 1),
    applicable_rules=ApplicableRules.UCP,
    issuing_bank="YSHACNSHXXX",
    advising_bank="YSSLDEHHXXX",
    applicant=PartyName(lines=("SILVER HERON",)),
    beneficiary=PartyName(lines=("ELBFALKE",)),
    amount=Money.of(128_000_000, "CNY"),
    available_by=AvailableBy.SIGHT_PAYMENT,
    available_with=AvailableWith(bic="YSHACNSHXXX"),
    expiry=date(2025, 12, 30),
    expiry_place="SHANGHAI",
    latest_shipment=date(2025, 11, 15),
    goods="2 MILLING CENTRES\nCIF YANGSHAN",
    documents="+ INVOICE\n+ BILL OF LADING",
    confirmation=Confirmation.WITHOUT,
    sender_to_receiver="/PHONBEN/",
)
BARE = Amendment(
    reference="YSH25LC000001",
    receiver_reference="NONREF",
    credit_number="YSH25LC000001",
    issuing_bank=Bank(bic="YSHACNSHXXX"),
    issued=date(2025, 9, 1),
    number=1,
    amended=date(2025, 10, 1),
    purpose=AmendmentPurpose.ISSUE,
)
ADD, DELETE, REPALL = ChangeWord.ADD, ChangeWord.DELETE, ChangeWord.REPALL

# Each term that an amendment can state, another value for it, and what the amendment says.
CHANGES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({name: value}, {name: value})
    for name, value in {
        "transferable": True,
        "applicant": PartyName(lines=("GREY HERON",)),
        "beneficiary": PartyName(lines=("ELBADLER",), account="1"),
        "tolerance": Tolerance(5, 10),
        "additional_amounts": "FREIGHT",
        "drafts": "AT SIGHT",
        "drawee": Bank(bic="YSHACNSHXXX"),
        "mixed_payment": "HALF AT SIGHT",
        "deferred_payment": "60 DAYS AFTER B/L DATE",
        "partial_shipments": Permission.NOT_ALLOWED,
        "transhipment": Permission.ALLOWED,
        "taking_in_charge": "LUEBECK",
        "loading_port": "HAMBURG",
        "discharge_port": "YANGSHAN",
        "final_destination": "SUZHOU",
        "latest_shipment": date(2025, 12, 1),
        "charges": "FOR THE BENEFICIARY",
        "presentation_period": PresentationPeriod(days=14),
        "confirmation": Confirmation.MAY_ADD,
        "requested_confirming_bank": Bank(bic="YSSLDEHHXXX"),
        "reimbursing_bank": Bank(bic="YSBLCNSHXXX"),
        "paying_instructions": "CLAIM",
        "second_advising_bank": Bank(lines=("TIDE BANK",)),
    }.items()
] + [
    (
        {"applicable_rules": ApplicableRules.OTHER, "rules_text": "HOUSE RULES"},
        {"applicable_rules": ApplicableRules.OTHER, "rules_text": "HOUSE RULES"},
    ),
    (
        {"expiry": date(2026, 1, 31)},
        {"expiry": date(2026, 1, 31), "expiry_place": "SHANGHAI"},
    ),
    (
        {"available_by": AvailableBy.NEGOTIATION},
        {
            "available_by": AvailableBy.NEGOTIATION,
            "available_with": AvailableWith(bic="YSHACNSHXXX"),
        },
    ),
    (
        {"latest_shipment": None, "shipment_period": "IN OCTOBER 2025"},
        {"shipment_period": "IN OCTOBER 2025"},
    ),
    ({"amount": Money.of(130_000_000, "CNY")}, {"increase": Money.of(2_000_000, "CNY")}),
    ({"amount": Money.of(1, "CNY")}, {"decrease": Money.of(127_999_999, "CNY")}),
    (
        {"goods": "2 MILLING CENTRES\nCIF YANGSHAN\nNEW"},
        {"goods": (TextChange(ADD, "NEW"),)},
    ),
    ({"documents": "+ INVOICE"}, {"documents": (TextChange(DELETE, "+ BILL OF LADING"),)}),
    ({"conditions": "+ ENGLISH"}, {"conditions": (TextChange(ADD, "+ ENGLISH"),)}),
    (
        {"beneficiary_conditions": "NONE"},
        {"beneficiary_conditions": (TextChange(ADD, "NONE"),)},
    ),
    (
        {"bank_only_conditions": "PRICE APART"},
        {"bank_only_conditions": (TextChange(ADD, "PRICE APART"),)},
    ),
]


def terms_with(**changes: Any) -> CreditTerms:
    return CreditTerms(**(dict(TERMS) | changes))


@pytest.mark.parametrize(("changes", "said"), CHANGES)
def test_a_change_of_terms_there_and_back(changes: dict[str, Any], said: dict[str, Any]) -> None:
    new = terms_with(**changes)
    assert difference(TERMS, new) == Difference(said, ())
    assert amended(TERMS, replace(BARE, **said)).terms == new


def test_every_term_is_changed_here_or_is_none() -> None:
    changed = {name for changes, _ in CHANGES for name in changes}
    never = {
        "reference",
        "issued",
        "issuing_bank",
        "advising_bank",
        "pre_advice",
        "applicant_bank",
    }
    beside = {"rules_text", "expiry_place", "available_with"}
    assert changed | never | beside | NO_TERMS == set(CreditTerms.model_fields)


@pytest.mark.parametrize(
    ("changes", "unsaid"),
    [
        ({"reference": "OTHER"}, ("reference",)),
        ({"applicant_bank": Bank(bic="YSMTCNSHXXX")}, ("applicant_bank",)),
        ({"latest_shipment": None}, ("latest_shipment",)),
        ({"amount": Money.of(128_000_000, "JPY")}, ("amount",)),
    ],
)
def test_what_an_amendment_cannot_say(changes: dict[str, Any], unsaid: tuple[str, ...]) -> None:
    new = terms_with(**changes)
    assert difference(TERMS, new) == Difference({}, unsaid)
    with pytest.raises(NotExpressible) as refused:
        amendment_of(TERMS, new, number=1, amended=date(2025, 10, 1))
    assert refused.value.terms == unsaid


def test_the_amendment_of_a_difference() -> None:
    new = terms_with(charges="FOR THE BENEFICIARY")
    assert amendment_of(TERMS, new, number=1, amended=date(2025, 10, 1)) == replace(
        BARE, charges="FOR THE BENEFICIARY"
    )


def test_what_a_message_tells_its_receiver_is_no_term() -> None:
    assert difference(TERMS, terms_with(sender_to_receiver="/TELEBEN/")) == Difference({}, ())
    said = replace(BARE, sender_to_receiver="/BENCON/")
    assert amended(TERMS, said) == AmendedTerms(TERMS, ())


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"credit_number": "YSH25LC000002"}, "credit"),
        ({"issued": date(2025, 9, 2)}, "a date of issue of"),
        ({"issuing_bank": Bank(bic="YSMTCNSHXXX")}, "issuing bank"),
        ({"issuing_bank": None, "non_bank_issuer": PartyName(lines=("HOUSE",))}, "issuer"),
    ],
)
def test_the_amendment_of_another_credit(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(OtherCreditsAmendment) as refused:
        amended(TERMS, replace(BARE, **changes))
    assert refused.value.what == what


def test_a_bank_in_words_is_not_compared() -> None:
    said = replace(BARE, issuing_bank=Bank(lines=("TIDE BANK",)), charges="NONE")
    assert amended(TERMS, said).terms.charges == "NONE"


@pytest.mark.parametrize(("last", "number"), [(0, 2), (1, 1), (2, 1)])
def test_a_gap_in_the_numbers_holds_the_amendment(last: int, number: int) -> None:
    with pytest.raises(AmendmentHeld) as held:
        amended(TERMS, replace(BARE, number=number), last=last)
    assert (held.value.number, held.value.expected) == (number, last + 1)


def test_the_next_number_is_not_held() -> None:
    assert amended(TERMS, replace(BARE, number=3), last=2).terms == TERMS


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"goods": (TextChange(DELETE, "MILLING"),)},
            "In the goods: 'MILLING' is to be deleted and does not stand there in whole lines.",
        ),
        (
            {"increase": Money.of(1, "JPY")},
            "It changes the amount by JPY 1, and the credit is for CNY 1,280,000.00.",
        ),
        (
            {"decrease": Money.of(128_000_000, "CNY")},
            "the amount is more than nothing and less than 2**64 minor units.",
        ),
        (
            {"expiry": date(2025, 8, 31), "expiry_place": "SHANGHAI"},
            "a credit does not expire before it is issued (UCP 600 art. 6(d)).",
        ),
    ],
)
def test_what_a_person_has_to_decide(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(AmendmentUnclear) as unclear:
        amended(TERMS, replace(BARE, **changes))
    (said,) = unclear.value.faults
    assert said.removeprefix("These are not the terms of a credit: as a whole: ") == fault


def test_doubts() -> None:
    assert amended(TERMS, replace(BARE, cancellation=True)) == AmendedTerms(
        TERMS,
        (
            (
                "The amendment asks for cancellation, which takes the express consent of all "
                "(UCP 600 art. 10(a)); the terms do not show it."
            ),
        ),
    )
    made = amended(TERMS, replace(BARE, transferable=True))
    assert made.doubts == (
        (
            "The credit becomes transferable; expected a bank that is to transfer it (UCP 600 art. "
            "38(b))."
        ),
    )
    made = amended(TERMS, replace(BARE, shipment_period="IN OCTOBER 2025"))
    assert made.doubts == ("The shipment period takes the place of the latest shipment.",)
    assert (made.terms.latest_shipment, made.terms.shipment_period) == (None, "IN OCTOBER 2025")


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ([(ADD, "D")], "A\nB\nC\nD"),
        ([(DELETE, "A")], "B\nC"),
        ([(DELETE, "A\nB")], "C"),
        ([(DELETE, "A\nB\nC")], None),
        ([(REPALL, "X\nY")], "X\nY"),
        ([(DELETE, "C"), (ADD, "D"), (DELETE, "D")], "A\nB"),
        ([(REPALL, "X"), (ADD, "Y")], "X\nY"),
        ([], "A\nB\nC"),
    ],
)
def test_changes_of_a_text(changes: list[tuple[ChangeWord, str]], after: str | None) -> None:
    made = [TextChange(word, text) for word, text in changes]
    assert changed_text("A\nB\nC", made) == after


@pytest.mark.parametrize("text", ["B", "A\nC", "a"])
def test_what_is_deleted_stands_there_once_in_whole_lines(text: str) -> None:
    with pytest.raises(AmendmentUnclear):
        changed_text("A\nA B\nC\nB\nB", [TextChange(DELETE, text)])


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("A", "A", []),
        (None, "A\nB", [(ADD, "A\nB")]),
        ("A\nB", None, [(DELETE, "A\nB")]),
        ("A\nB", "A\nB\nC", [(ADD, "C")]),
        ("A\nB\nC", "A\nC", [(DELETE, "B")]),
        ("AAAA\nB\nC", "AAAA\nC\nD", [(DELETE, "B"), (ADD, "D")]),
        ("AAAA\nC", "AAAA\nB\nC", [(REPALL, "AAAA\nB\nC")]),
        ("AAAA\nA\nBBBB\nA", "AAAA\nBBBB\nA", [(REPALL, "AAAA\nBBBB\nA")]),
        ("A", "B", [(REPALL, "B")]),
    ],
)
def test_the_changes_between_two_texts(
    old: str | None, new: str | None, changes: list[tuple[ChangeWord, str]]
) -> None:
    made = [TextChange(word, text) for word, text in changes]
    assert list(text_changes(old, new)) == made
    assert changed_text(old, made) == new


@pytest.mark.parametrize("first", [ADD, REPALL])
def test_what_replaces_everything_comes_first(first: ChangeWord) -> None:
    with pytest.raises(AmendmentUnclear) as unclear:
        changed_text("A", [TextChange(first, "B"), TextChange(REPALL, "C")])
    assert unclear.value.faults == ("'C' replaces everything, after other changes were made.",)


def test_a_long_text_is_replaced_in_portions() -> None:
    new = "\n".join(f"LINE {number}" for number in range(150))
    made = text_changes("OLD", new)
    assert [(change.word, change.text.count("\n") + 1) for change in made] == [
        (REPALL, 99),
        (ADD, 51),
    ]
    assert changed_text("OLD", made) == new


def test_the_changes_between_any_two_texts_make_one_of_the_other() -> None:
    chance = random.Random(707)
    for _ in range(2000):
        old, new = (
            "\n".join(chance.choices("ABCD", k=chance.randrange(7))) or None for _ in range(2)
        )
        assert changed_text(old, text_changes(old, new)) == new

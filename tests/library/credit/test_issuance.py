# SPDX-License-Identifier: Apache-2.0
"""Each field of an MT 700 ends in the field of the contract that is meant for it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yangshan.alliance.members import MemberRecord, load_members, numbered
from yangshan.chain.enums import Availability, CreditSwitch, MaturityFrom
from yangshan.credit.issuance import issuance_of
from yangshan.credit.issuing import (
    NotACredit,
    OneMessageExpected,
    StatedCredit,
    stated_credit,
    stated_terms,
)
from yangshan.credit.terms import (
    ApplicableRules,
    AvailableBy,
    AvailableWith,
    Permission,
    PresentationPeriod,
)
from yangshan.credit.usances import NotCarried
from yangshan.swift.errors import UnreadableMessage

EXAMPLES = Path(__file__).parents[3] / "examples"
CREDITS = EXAMPLES / "credits"
SALT = bytes(range(32))

HARBOUR, LAKE, CRANES, LIGHTHOUSE, TIDE = 4, 5, 6, 7, 8
IMPORTER, EXPORTER_BANK, EXPORTER = 9, 10, 11

# What the examples share, where they say nothing else.
SHARED = {
    "applicant": IMPORTER,
    "beneficiary": EXPORTER,
    "advising_bank": EXPORTER_BANK,
    "second_advising_bank": 0,
    "nominated_bank": 0,
    "confirming_bank": 0,
    "reimbursing_bank": 0,
    "tenor": 0,
    "tenor_from": MaturityFrom.NONE,
    "availability": Availability.SIGHT_PAYMENT,
    "any_bank": False,
    "switches": CreditSwitch(0),
}
EXPECTED: dict[str, tuple[int, dict[str, Any]]] = {
    "import-credit": (
        HARBOUR,
        {
            "bank_reference": "YSH25LC000817",  # 20
            "amount": 128_000_000,  # 32B
            "currency": 156,
            "plus_tolerance": 5,  # 39A
            "minus_tolerance": 5,
            "expiry": date(2025, 12, 30),  # 31D
            "latest_shipment": date(2025, 11, 15),  # 44C
            "presentation_period": 21,  # 48
            "transferable": False,  # 40A
            "partial_forbidden": False,  # 43P
        },
    ),
    "discrepant-credit": (
        LAKE,
        {
            "bank_reference": "YDL25LC000233",
            "amount": 46_850_050,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 12, 15),
            "latest_shipment": date(2025, 9, 20),
            "presentation_period": 15,
            "transferable": False,
            "partial_forbidden": True,
        },
    ),
    "electronic-credit": (
        LAKE,
        {
            "bank_reference": "YDL25LC000360",
            "amount": 51_200_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 12, 15),
            "latest_shipment": date(2025, 9, 20),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
            "switches": CreditSwitch.EUCP,  # 40E
        },
    ),
    "silent-bank-credit": (
        CRANES,
        {
            "bank_reference": "YNC25LC001906",
            "amount": 75_500_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 10, 31),
            "latest_shipment": date(2025, 9, 22),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
        },
    ),
    "yen-credit": (
        LIGHTHOUSE,
        {
            "bank_reference": "YBL25LC000064",
            "amount": 98_750_000,
            "currency": 392,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 28),
            "latest_shipment": date(2025, 10, 31),
            "presentation_period": 0,
            "transferable": True,
            "partial_forbidden": True,
        },
    ),
    "usance-credit": (
        LAKE,
        {
            "bank_reference": "YDL25LC000301",
            "nominated_bank": EXPORTER_BANK,
            "amount": 96_800_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 15),
            "latest_shipment": date(2025, 9, 30),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
            "tenor": 60,
            "tenor_from": MaturityFrom.SHIPMENT,
            "availability": Availability.ACCEPTANCE,
        },
    ),
    "mixed-credit": (
        CRANES,
        {
            "bank_reference": "YNC25LC002011",
            "nominated_bank": EXPORTER_BANK,
            "amount": 60_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 15),
            "latest_shipment": date(2025, 9, 30),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
            # Its slices have the tenors.
            "availability": Availability.MIXED,
        },
    ),
    "instalment-credit": (
        LAKE,
        {
            "bank_reference": "YDL25LC000311",
            "amount": 90_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 12, 31),
            "latest_shipment": date(2025, 11, 30),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
        },
    ),
    "revolving-credit": (
        LIGHTHOUSE,
        {
            "bank_reference": "YBL25LC000081",
            "amount": 20_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 12, 31),
            "latest_shipment": date(2025, 11, 30),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
        },
    ),
    "deferred-credit": (
        HARBOUR,
        {
            "bank_reference": "YSH25LC000901",
            "nominated_bank": EXPORTER_BANK,
            "confirming_bank": EXPORTER_BANK,
            "amount": 215_000_000,
            "currency": 156,
            "plus_tolerance": 5,
            "minus_tolerance": 5,
            "expiry": date(2025, 12, 20),
            "latest_shipment": date(2025, 10, 31),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
            "tenor": 90,
            "tenor_from": MaturityFrom.SHIPMENT,
            "availability": Availability.DEFERRED_PAYMENT,
        },
    ),
    "reimbursed-credit": (
        HARBOUR,
        {
            "bank_reference": "YSH25LC000944",
            "nominated_bank": EXPORTER_BANK,
            "confirming_bank": EXPORTER_BANK,
            "reimbursing_bank": LIGHTHOUSE,
            "amount": 187_500_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 12, 20),
            "latest_shipment": date(2025, 10, 31),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
            "tenor": 90,
            "tenor_from": MaturityFrom.SHIPMENT,
            "availability": Availability.DEFERRED_PAYMENT,
        },
    ),
    "negotiation-credit": (
        CRANES,
        {
            "bank_reference": "YNC25LC001950",
            "amount": 64_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 30),
            "latest_shipment": date(2025, 10, 31),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
            "availability": Availability.NEGOTIATION,
            "any_bank": True,
        },
    ),
    "amended-credit": (
        LIGHTHOUSE,
        {
            "bank_reference": "YBL25LC000071",
            "confirming_bank": EXPORTER_BANK,
            "amount": 120_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 30),
            "latest_shipment": date(2025, 10, 10),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
        },
    ),
    "titled-credit": (
        TIDE,
        {
            "bank_reference": "YMT25LC000093",
            "amount": 90_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 15),
            "latest_shipment": date(2025, 10, 5),
            "presentation_period": 21,
            "transferable": False,
            "partial_forbidden": False,
        },
    ),
    "transferable-credit": (
        LIGHTHOUSE,
        {
            "bank_reference": "YBL25LC000090",
            "nominated_bank": EXPORTER_BANK,
            "amount": 200_000_000,
            "currency": 156,
            "plus_tolerance": 0,
            "minus_tolerance": 0,
            "expiry": date(2025, 11, 30),
            "latest_shipment": date(2025, 10, 31),
            "presentation_period": 21,
            "transferable": True,
            "partial_forbidden": False,
        },
    ),
}


@pytest.fixture(scope="module")
def members() -> dict[int, MemberRecord]:
    listed = load_members(EXAMPLES / "shanghai-alliance" / "members.toml")
    order = {member.key: number for number, member in enumerate(listed, start=1)}
    return {order[member.key]: member for member in numbered(listed, order)}


def stated(name: str, members: dict[int, MemberRecord], *changes: tuple[str, str]) -> StatedCredit:
    """The credit of an example, after replacements in its text."""
    text = (CREDITS / f"{name}.mt700").read_bytes().decode()
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    terms, findings = stated_terms(text.encode(), name)
    return stated_credit(terms, findings, name, members)


def test_every_example_is_expected_here() -> None:
    assert {file.stem for file in CREDITS.glob("*.mt700")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_is_issued_as_it_says(name: str, members: dict[int, MemberRecord]) -> None:
    bank, expected = EXPECTED[name]
    credit = stated(name, members)
    sealed = credit.terms.sealed(SALT)
    found = asdict(issuance_of(credit.terms, credit.parties, sealed))
    assert found == {**SHARED, **expected, "terms": "0x" + sealed.commitment.hex()}
    assert (credit.parties.issuing, credit.doubts) == (bank, ())
    assert credit.name == f"{members[bank].bic}XXX-{expected['bank_reference']}"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"partial_shipments": Permission.CONDITIONAL}, {"partial_forbidden": False}),
        ({"partial_shipments": None}, {"partial_forbidden": False}),
        ({"latest_shipment": None}, {"latest_shipment": None}),
        ({"presentation_period": PresentationPeriod(days=7)}, {"presentation_period": 7}),
        ({"presentation_period": None}, {"presentation_period": 0}),
        (
            {"available_with": AvailableWith(any_bank=True, lines=("ANY BANK",))},
            {"any_bank": True},
        ),
        ({"transferable": True}, {"transferable": True}),
        ({"tolerance": None}, {"plus_tolerance": 0, "minus_tolerance": 0}),
    ],
)
def test_one_change_of_the_terms_changes_one_thing(
    changes: dict[str, Any], expected: dict[str, Any], members: dict[int, MemberRecord]
) -> None:
    credit = stated("import-credit", members)
    sealed = credit.terms.sealed(SALT)
    before = asdict(issuance_of(credit.terms, credit.parties, sealed))
    other = credit.terms.model_copy(update=changes)
    assert asdict(issuance_of(other, credit.parties, sealed)) == {**before, **expected}


@pytest.mark.parametrize("rules", ApplicableRules)
def test_a_credit_under_the_eucp_takes_electronic_records(
    members: dict[int, MemberRecord], rules: ApplicableRules
) -> None:
    credit = stated("import-credit", members)
    terms = credit.terms.model_copy(update={"applicable_rules": rules})
    electronic = rules in (ApplicableRules.EUCP, ApplicableRules.EUCPURR)
    expected = CreditSwitch.EUCP if electronic else CreditSwitch(0)
    found = issuance_of(terms, credit.parties, credit.terms.sealed(SALT))
    assert found.switches == expected


def test_a_tolerance_keeps_its_two_sides_apart(members: dict[int, MemberRecord]) -> None:
    credit = stated("import-credit", members, (":39A:05/05", ":39A:07/03"))
    issuance = issuance_of(credit.terms, credit.parties, credit.terms.sealed(SALT))
    assert (issuance.plus_tolerance, issuance.minus_tolerance) == (7, 3)


@pytest.mark.parametrize(
    ("available_by", "field", "text", "basis", "tenor"),
    [
        (AvailableBy.SIGHT_PAYMENT, "drafts", None, MaturityFrom.NONE, 0),
        (AvailableBy.SIGHT_PAYMENT, "drafts", "AT SIGHT", MaturityFrom.NONE, 0),
        (AvailableBy.NEGOTIATION, "drafts", None, MaturityFrom.NONE, 0),
        (AvailableBy.NEGOTIATION, "drafts", "30 DAYS AFTER SIGHT", MaturityFrom.SIGHT, 30),
        (AvailableBy.ACCEPTANCE, "drafts", "90 DAYS AFTER SIGHT", MaturityFrom.SIGHT, 90),
        (AvailableBy.ACCEPTANCE, "drafts", "60 DAYS AFTER B/L DATE", MaturityFrom.SHIPMENT, 60),
        (
            AvailableBy.DEFERRED_PAYMENT,
            "deferred_payment",
            "60 DAYS FROM DATE OF SHIPMENT",
            MaturityFrom.SHIPMENT,
            60,
        ),
        # 2025-12-15 is the day 20437 since 1970-01-01.
        (
            AvailableBy.DEFERRED_PAYMENT,
            "deferred_payment",
            "ON 15 DECEMBER 2025",
            MaturityFrom.FIXED_DATE,
            20_437,
        ),
    ],
)
def test_a_usance_is_what_the_drafts_or_the_deferred_payment_say(
    available_by: AvailableBy,
    field: str,
    text: str | None,
    basis: MaturityFrom,
    tenor: int,
    members: dict[int, MemberRecord],
) -> None:
    credit = stated("import-credit", members)
    other = credit.terms.model_copy(update={"available_by": available_by, field: text})
    issuance = issuance_of(other, credit.parties, credit.terms.sealed(SALT))
    assert issuance.availability is Availability[available_by.name]
    assert (issuance.tenor_from, issuance.tenor) == (basis, tenor)


@pytest.mark.parametrize(
    ("available_by", "field", "text", "why"),
    [
        (AvailableBy.ACCEPTANCE, "drafts", None, "field 42C does not say when"),
        (AvailableBy.DEFERRED_PAYMENT, "deferred_payment", None, "field 42P does not say when"),
        # Deferred payment has no drafts, and acceptance nothing else.
        (AvailableBy.DEFERRED_PAYMENT, "drafts", "30 DAYS AFTER SIGHT", "field 42P does not say"),
        (AvailableBy.ACCEPTANCE, "drafts", "AT SIGHT", "payable at sight all the same"),
        (AvailableBy.SIGHT_PAYMENT, "drafts", "30 DAYS AFTER SIGHT", "drafts are payable later"),
        (AvailableBy.ACCEPTANCE, "drafts", "3 MONTHS AFTER SIGHT", "months, not days"),
        (AvailableBy.ACCEPTANCE, "drafts", "30 DAYS AFTER INVOICE DATE", "date of invoice"),
        (AvailableBy.ACCEPTANCE, "drafts", "WHEN THE SHIP COMES IN", "not understood"),
        (AvailableBy.ACCEPTANCE, "drafts", "50 PCT AT 30 DAYS SIGHT", "for a part alone"),
    ],
)
def test_what_the_contracts_cannot_carry_to_its_end_they_do_not_begin(
    available_by: AvailableBy,
    field: str,
    text: str | None,
    why: str,
    members: dict[int, MemberRecord],
) -> None:
    credit = stated("import-credit", members)
    other = credit.terms.model_copy(update={"available_by": available_by, field: text})
    with pytest.raises(NotCarried) as caught:
        issuance_of(other, credit.parties, credit.terms.sealed(SALT))
    assert (caught.value.available_by, caught.value.exit_code) == (available_by, 1)
    assert why in str(caught.value)
    assert available_by.value.lower().replace("_", " ") in str(caught.value)
    assert str(caught.value).endswith("(UCP 600 art. 6(b)).")


def test_the_rules_that_a_person_read_to_be_excluded_go_on_the_chain(
    members: dict[int, MemberRecord],
) -> None:
    credit = stated("import-credit", members)
    excluded = CreditSwitch.NO_EXTENSION | CreditSwitch.NO_DEFAULT_PERIOD
    issuance = issuance_of(credit.terms, credit.parties, credit.terms.sealed(SALT), excluded)
    assert issuance.switches == excluded


# From a file to a stated credit


def test_one_message_is_one_credit() -> None:
    data = (CREDITS / "import-credit.mt700").read_bytes()
    with pytest.raises(OneMessageExpected) as caught:
        stated_terms(data + data, "some.mt700")
    assert (caught.value.count, caught.value.exit_code) == (2, 1)
    assert str(caught.value).startswith("some.mt700 holds 2 messages")


def test_a_credit_and_its_continuations_are_one_credit() -> None:
    whole = (CREDITS / "import-credit.mt700").read_bytes()
    first = whole.replace(b":27:1/1", b":27:1/2")
    terms, _ = stated_terms(whole, "some.mt700")
    headers = first[first.index(b"{1:") : first.index(b"{4:")].replace(b"{2:I700", b"{2:I701")
    second = headers + b"{4:\r\n:27:2/2\r\n:20:" + terms.reference.encode()
    second += b"\r\n:45A:AND A SPARE\r\n-}"
    both, _ = stated_terms(first + second, "some.mt700")
    assert both == terms.model_copy(update={"goods": f"{terms.goods}\nAND A SPARE"})
    with pytest.raises(NotACredit) as caught:
        stated_terms(first, "some.mt700")
    assert [found.code for found in caught.value.findings] == ["Y43"]
    with pytest.raises(OneMessageExpected):
        stated_terms(second, "some.mt700")


def test_no_message_is_no_credit() -> None:
    with pytest.raises(UnreadableMessage) as none:
        stated_terms(b"", "some.mt700")
    assert (none.value.line, none.value.exit_code) == (1, 2)


def test_a_faulty_message_says_its_line_field_and_rule() -> None:
    file = CREDITS / "broken" / "missing-amount.mt700"
    with pytest.raises(NotACredit) as caught:
        stated_terms(file.read_bytes(), "some.mt700")
    (finding,) = caught.value.findings
    assert (finding.tag, finding.line, finding.code) == ("32B", 16, "T13")
    assert str(caught.value).startswith("No credit can be issued from some.mt700: Line 16: ")


def test_a_credit_of_a_bank_outside_the_alliance_is_none(
    members: dict[int, MemberRecord],
) -> None:
    others = {number: each for number, each in members.items() if number != HARBOUR}
    with pytest.raises(NotACredit) as caught:
        stated("import-credit", others)
    assert "YSHACNSH" in str(caught.value)
    assert len(caught.value.findings) >= 1


def test_a_bare_text_needs_the_banks_that_a_header_would_name() -> None:
    text = (CREDITS / "import-credit.mt700").read_bytes().decode()
    bare = text[text.index(":27:") : text.index("-}")].encode()
    with pytest.raises(NotACredit):
        stated_terms(bare, "bare")
    terms, findings = stated_terms(bare, "bare", issuing_bic="YSHACNSH", advising_bic="YSSLDEHHXXX")
    assert findings == []
    assert (terms.issuing_bank, terms.advising_bank) == ("YSHACNSHXXX", "YSSLDEHHXXX")

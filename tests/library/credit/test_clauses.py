# SPDX-License-Identifier: Apache-2.0
"""What the words of a credit exclude, and what of them a person is to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from yangshan.alliance.members import load_members, numbered
from yangshan.chain.enums import CreditSwitch
from yangshan.credit.clauses import Exclusions, clause_cautions, exclusions
from yangshan.credit.electronic import (
    ElectronicRule,
    UnknownVersion,
    electronic_article,
    named_version,
)
from yangshan.credit.issuance import issuance_of
from yangshan.credit.issuing import stated_terms
from yangshan.credit.terms import ApplicableRules, CreditTerms, Permission
from yangshan.swift.mapping import resolve_parties

EXAMPLES = Path(__file__).parents[3] / "examples"
PLAIN, _ = stated_terms((EXAMPLES / "credits/import-credit.mt700").read_bytes(), "a")


def terms(**changes: Any) -> CreditTerms:
    return PLAIN.model_copy(update=changes)


ALL = frozenset({"default-period", "extension", "five-per-cent-less"})
EXCLUDING = [
    ("ARTICLE 29(A) OF UCP 600 DOES NOT APPLY", {"extension"}),
    ("+ UCP 600 ARTICLE 29 IS EXCLUDED.", {"extension"}),
    ("UCP600 SUB-ARTICLE 14 (C) IS NOT\nAPPLICABLE", {"default-period"}),
    ("SUBJECT TO UCP 600 EXCLUDING ART. 30 (C)", {"five-per-cent-less"}),
    ("UCP 600 ARTICLE 14(C) AND ARTICLE 29(A) AND ART 30(C) ARE EXCLUDED", ALL),
    ("+ NO CHARGES\n+ UCP 600 ARTICLE 29(A) IS EXCLUDED\n+ ARTICLE 30(C) APPLIES", {"extension"}),
]
NOT_EXCLUDING = [
    None,
    "",
    "ARTICLE 29(A) DOES NOT APPLY",
    "SUBJECT TO UCP 600 ARTICLE 29(A)",
    "UCP 600 APPLIES; ARTICLE 29(A) OF THE CONTRACT IS EXCLUDED",
    "CHARGES ARE EXCLUDED. UCP 600 ARTICLE 14(C) APPLIES",
]


@pytest.mark.parametrize(("text", "switches"), EXCLUDING)
def test_a_credit_excludes_rules_in_words(text: str, switches: set[str]) -> None:
    assert exclusions(text) == Exclusions(frozenset(switches))
    found = clause_cautions(terms(conditions=text))
    assert [each.code for each in found] == sorted(switches)


@pytest.mark.parametrize("text", NOT_EXCLUDING)
def test_what_does_not_say_so_excludes_nothing(text: str | None) -> None:
    assert exclusions(text) == Exclusions()
    assert clause_cautions(terms(conditions=text)) == ()


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("UCP 600 ARTICLE 18(B) IS EXCLUDED", ("18(b)",)),
        ("UCP 600 ARTICLES 30 DOES NOT APPLY", ("30",)),
        ("UCP 600 ARTICLE 14(C) IS MODIFIED: 30 DAYS", ("14(c)",)),
        ("NOTWITHSTANDING UCP 600 ARTICLE 31(B)", ("31(b)",)),
    ],
)
def test_other_articles_are_told_and_not_guessed_at(text: str, other: tuple[str, ...]) -> None:
    assert exclusions(text) == Exclusions(frozenset(), other)
    (caution,) = clause_cautions(terms(conditions=text))
    assert (caution.code, caution.article) == ("other-exclusions", "UCP 600 art. 1")
    assert f"art. {other[0]}" in caution.text


def test_what_a_credit_excludes_goes_on_chain() -> None:
    members = load_members(EXAMPLES / "shanghai-alliance/members.toml")
    order = {member.key: number for number, member in enumerate(members, start=1)}
    parties, _ = resolve_parties(PLAIN, numbered(members, order))
    for text, switches in (
        (None, CreditSwitch(0)),
        ("UCP 600 ARTICLE 18(B) IS EXCLUDED", CreditSwitch(0)),
        (EXCLUDING[0][0], CreditSwitch.NO_EXTENSION),
        (EXCLUDING[2][0], CreditSwitch.NO_DEFAULT_PERIOD),
        (EXCLUDING[3][0], CreditSwitch.NO_FIVE_PERCENT_LESS),
        (EXCLUDING[4][0], CreditSwitch(0b111)),
    ):
        stated = terms(conditions=text)
        assert issuance_of(stated, parties, stated.sealed()).switches == switches


@pytest.mark.parametrize(
    "clause",
    [
        "CERTIFICATE COUNTERSIGNED BY THE APPLICANT",
        "INSPECTION REPORT SIGNED BY APPLICANT",
        "RECEIPT ISSUED\nBY THE BUYER",
    ],
)
def test_a_clause_that_hangs_on_the_applicant_is_told(clause: str) -> None:
    for place in ("documents", "conditions"):
        (caution,) = clause_cautions(terms(**{place: clause}))
        assert (caution.code, caution.article) == ("act-of-the-applicant", "UCP 600 art. 4, 5")
    for other in ("INVOICE SIGNED BY THE BENEFICIARY", "NOTIFY PARTY: APPLICANT"):
        assert clause_cautions(terms(documents=other)) == ()


def test_a_message_that_is_not_the_operative_credit_is_told() -> None:
    for clause in ("FULL DETAILS TO FOLLOW", "THE MAIL CONFIRMATION IS THE OPERATIVE INSTRUMENT"):
        (caution,) = clause_cautions(terms(conditions=clause))
        assert (caution.code, caution.article) == ("not-operative", "UCP 600 art. 11(a)")


# Under the eUCP

SAID = "EUCP VERSION 2.1. RECORDS IN PDF. PRESENT THROUGH THE PLATFORM."
VERSION, FORMAT, ADDRESS = "EUCP VERSION 2.1. ", "RECORDS IN PDF. ", "PRESENT THROUGH THE PLATFORM."


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (VERSION + FORMAT + ADDRESS, []),
        (FORMAT + ADDRESS, ["names no version"]),
        (VERSION + ADDRESS, ["names no format"]),
        (VERSION + FORMAT, ["names no electronic address"]),
        (None, ["names no version", "names no format", "names no electronic address"]),
        ("EUCP 1.0. " + FORMAT + ADDRESS, ["eUCP 1.0, whose articles are not known"]),
    ],
)
def test_what_an_electronic_credit_leaves_unsaid_is_told(
    text: str | None, missing: list[str]
) -> None:
    for rules in (ApplicableRules.EUCP, ApplicableRules.EUCPURR):
        found = clause_cautions(terms(applicable_rules=rules, conditions=text, documents=None))
        assert {each.code for each in found} <= {"eucp-statements"}
        assert len(found) == len(missing)
        for caution, words in zip(found, missing, strict=True):
            assert words in caution.text
    assert clause_cautions(terms(conditions=text, documents=None)) == ()


def test_the_version_that_a_credit_names() -> None:
    for text, version in (
        ("SUBJECT TO EUCP VERSION 1.1", "1.1"),
        ("E-UCP V2.1", "2.1"),
        ("EUCP LATEST VERSION", None),
        ("UCP 600", None),
    ):
        assert named_version(terms(conditions=text)) == version


def test_the_articles_of_a_version() -> None:
    presentation, corruption = ElectronicRule
    assert electronic_article(presentation) == "eUCP 2.1 art. e6"
    assert electronic_article(corruption) == "eUCP 2.1 art. e12"
    assert electronic_article(presentation, "1.1") == "eUCP 1.1 art. e5"
    assert electronic_article(corruption, "1.1") == "eUCP 1.1 art. e11"
    with pytest.raises(UnknownVersion) as caught:
        electronic_article(presentation, "1.0")
    assert (caught.value.version, caught.value.exit_code) == ("1.0", 1)


def test_every_example_has_nothing_to_look_at() -> None:
    for file in sorted((EXAMPLES / "credits").glob("*.mt700")):
        stated, _ = stated_terms(file.read_bytes(), file.name)
        assert clause_cautions(stated) == ()


# Conditions that name no document


@pytest.mark.parametrize(
    "condition",
    [
        "GOODS MUST BE BRAND NEW",
        "+ THE VESSEL MUST NOT BE OLDER THAN 15 YEARS.",
        "SHIPMENT TO BE EFFECTED\nIN CONTAINERS",
        "COUNTRY OF ORIGIN: GERMANY",
        "TRANSHIPMENT AT SINGAPORE NOT ALLOWED",
    ],
)
def test_a_condition_without_a_document_is_told(condition: str) -> None:
    (caution,) = clause_cautions(terms(conditions=f"+ DOCUMENTS IN ENGLISH.\n+ {condition}"))
    assert caution.code == "non-documentary-conditions"


@pytest.mark.parametrize(
    "condition",
    [
        "GOODS MUST BE BRAND NEW, AND THE INVOICE CERTIFIES IT",
        "VESSEL NOT OLDER THAN 15 YEARS, CERTIFICATE OF THE CARRIER REQUIRED",
        "SHIPMENT AND DRAWING IN TWO INSTALMENTS",
        "DOCUMENTS IN ENGLISH",
        "A FEE OF CNY 500.00 IS DEDUCTED FOR DISCREPANT DOCUMENTS",
    ],
)
def test_a_condition_with_a_document_is_none_to_tell(condition: str) -> None:
    assert clause_cautions(terms(conditions=condition)) == ()


@pytest.mark.parametrize(
    ("name", "field", "condition"),
    [
        ("partial_shipments", "43P", "PARTIAL SHIPMENTS ALLOWED IN TWO LOTS"),
        ("transhipment", "43T", "TRANSHIPMENT ALLOWED AT COLOMBO ONLY"),
    ],
)
def test_a_field_that_points_to_no_condition_is_told(name: str, field: str, condition: str) -> None:
    conditional = {name: Permission.CONDITIONAL}
    (caution,) = clause_cautions(terms(conditions=None, **conditional))
    assert caution.code == "condition-not-stated"
    assert field in caution.text
    assert clause_cautions(terms(conditions=f"+ {condition}", **conditional)) == ()

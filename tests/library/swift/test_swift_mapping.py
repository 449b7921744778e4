# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from swift_texts import FULL_700, FULL_734, MINIMAL_700, Fields, block_4, changed, fin

from yangshan.alliance.members import (
    AllianceFileError,
    MemberRecord,
    load_members,
    numbered,
)
from yangshan.credit.terms import ApplicableRules, AvailableBy, CreditTerms
from yangshan.swift import is_valid, read
from yangshan.swift.mapping import PartyIds, resolve_parties, terms_from_mt700

EXAMPLES = Path(__file__).parents[3] / "examples"
MEMBERS = load_members(EXAMPLES / "shanghai-alliance" / "members.toml")
KEYS = [member.key for member in MEMBERS]
IDS = {key: number for number, key in enumerate(KEYS, start=1)}
NUMBERED = numbered(MEMBERS, IDS)


def mapped(fields: Fields) -> tuple[CreditTerms | None, list[tuple[str, str, str]]]:
    terms, findings = terms_from_mt700(read(fin("700", fields))[0])
    return terms, [(found.code, found.tag, found.severity) for found in findings]


def terms_of(fields: Fields) -> CreditTerms:
    terms, findings = mapped(fields)
    assert terms is not None, findings
    return terms


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"40A": "REVOCABLE"}, ("Y44", "40A", "error")),
        ({"40A": "IRREVOCABLE STANDBY"}, ("Y44", "40A", "error")),
        ({"40E": "ISP LATEST VERSION"}, ("Y44", "40E", "error")),
        ({"27": "1/2"}, ("Y43", "27", "error")),
        ({"32B": "CNY0,00"}, ("Y45", "32B", "error")),
        ({"31C": "250230"}, ("T50", "31C", "error")),
        ({"32B": None}, ("T13", "32B", "error")),
    ],
)
def test_what_is_no_credit_gives_findings_and_no_terms(
    changes: dict[str, str | None], finding: tuple[str, str, str]
) -> None:
    terms, findings = mapped(changed(FULL_700, changes))
    assert terms is None
    assert finding in findings


def test_a_warning_leaves_the_terms() -> None:
    terms, findings = mapped(changed(FULL_700, {"58A": None}))
    assert findings == [("Y28", "49", "warning")]
    assert terms is not None


@pytest.mark.parametrize(
    ("written", "rules", "text"),
    [
        ("UCP LATEST VERSION", ApplicableRules.UCP, None),
        ("UCPURR LATEST VERSION", ApplicableRules.UCPURR, None),
        ("EUCP LATEST VERSION", ApplicableRules.EUCP, None),
        ("EUCPURR LATEST VERSION", ApplicableRules.EUCPURR, None),
        ("OTHR/HOUSE RULES", ApplicableRules.OTHER, "HOUSE RULES"),
    ],
)
def test_the_applicable_rules(written: str, rules: ApplicableRules, text: str | None) -> None:
    terms = terms_of(changed(FULL_700, {"40E": written}))
    assert (terms.applicable_rules, terms.rules_text) == (rules, text)


@pytest.mark.parametrize(
    ("written", "by"),
    [
        ("BY PAYMENT", AvailableBy.SIGHT_PAYMENT),
        ("BY DEF PAYMENT", AvailableBy.DEFERRED_PAYMENT),
        ("BY ACCEPTANCE", AvailableBy.ACCEPTANCE),
        ("BY NEGOTIATION", AvailableBy.NEGOTIATION),
        ("BY MIXED PYMT", AvailableBy.MIXED),
    ],
)
def test_the_availability(written: str, by: AvailableBy) -> None:
    fields = changed(FULL_700, {"41D": f"ANY BANK IN HAMBURG\n{written}"})
    assert terms_of(fields).available_by is by


def test_a_silent_credit_is_silent_in_its_terms() -> None:
    terms = terms_of(MINIMAL_700)
    assert terms.presentation_period is None
    assert terms.partial_shipments is None
    assert terms.tolerance is None
    assert terms.requested_confirming_bank is None
    assert not terms.transferable


def test_another_message_issues_no_credit() -> None:
    terms, (finding,) = terms_from_mt700(read(fin("734", FULL_734))[0])
    assert terms is None
    assert (finding.code, finding.severity) == ("Y40", "error")


def test_a_bare_text_block_needs_its_issuing_bank_named() -> None:
    (message,) = read(block_4(FULL_700))
    terms, findings = terms_from_mt700(message)
    assert terms is None
    assert [(found.code, found.severity) for found in findings] == [
        ("Y41", "error"),
        ("Y46", "warning"),
    ]
    assert "issuing bank" in findings[0].message
    terms, findings = terms_from_mt700(message, issuing_bic="YSHACNSH")
    assert [found.code for found in findings] == ["Y46"]
    assert terms is not None
    assert (terms.issuing_bank, terms.advising_bank) == ("YSHACNSHXXX", None)
    terms, findings = terms_from_mt700(message, issuing_bic="YSHACNSHXXX", advising_bic="YSSLDEHH")
    assert findings == []
    assert terms is not None
    assert terms.advising_bank == "YSSLDEHHXXX"


@pytest.mark.parametrize(
    ("issuing", "advising", "code"),
    [
        ("YSDLCNSH", None, "Y42"),
        (None, "YSHACNSH", "Y42"),
        ("HARBOUR", None, "T27"),
        (None, "YSSLDEHHX", "T27"),
    ],
)
def test_banks_given_against_the_header_are_findings(
    issuing: str | None, advising: str | None, code: str
) -> None:
    (message,) = read(fin("700", FULL_700))
    terms, (finding,) = terms_from_mt700(message, issuing_bic=issuing, advising_bic=advising)
    assert terms is None
    assert (finding.code, finding.severity) == (code, "error")


def test_the_parties_of_a_credit_are_members() -> None:
    fields = changed(FULL_700, {"57D": None, "57A>72Z": "YSMTCNSH"})
    ids, findings = resolve_parties(terms_of(fields), NUMBERED)
    assert findings == []
    assert ids == PartyIds(
        issuing=IDS["harbour-bank"],
        applicant=IDS["importer"],
        beneficiary=IDS["exporter"],
        advising=IDS["exporter-bank"],
        second_advising=IDS["tide-bank"],
        nominated=0,
        requested_confirming=IDS["exporter-bank"],
        reimbursing=IDS["lighthouse-bank"],
    )


def test_a_bank_named_in_words_is_found_by_its_name() -> None:
    ids, findings = resolve_parties(terms_of(FULL_700), NUMBERED)
    assert findings == []
    assert ids.second_advising == IDS["exporter-bank"]


PAYMENT = {"42C": None, "42A": None}


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ({"41D": None, "41A>43P": "YSSLDEHH\nBY PAYMENT"}, "exporter-bank"),
        ({"41D": None, "41A>43P": "YSSLDEHHXXX\nBY PAYMENT"}, "exporter-bank"),
        ({"41D": None, "41A>43P": "YSHACNSH\nBY PAYMENT"}, None),
        ({"41D": "SEVEN LIGHTS MERCHANT BANK\nHAMBURG\nBY PAYMENT"}, "exporter-bank"),
        ({"41D": "YANGSHAN HARBOUR BANK\nHAMBURG\nBY PAYMENT"}, None),
        ({"41D": "ANY BANK\nBY PAYMENT"}, None),
    ],
)
def test_the_nominated_bank_is_never_the_issuing_bank(
    available: dict[str, str | None], expected: str | None
) -> None:
    terms = terms_of(changed(FULL_700, PAYMENT | available))
    ids, findings = resolve_parties(terms, NUMBERED)
    assert findings == []
    assert ids.nominated == (IDS[expected] if expected else 0)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"49": "CONFIRM"}, "exporter-bank"),
        ({"49": "CONFIRM", "58A": "YSMTCNSH"}, "tide-bank"),
        ({"49": "MAY ADD", "58A": None}, "exporter-bank"),
        ({"49": "WITHOUT"}, None),
        ({"49": "WITHOUT", "58A": None}, None),
    ],
)
def test_a_request_to_confirm_names_the_bank_or_means_the_receiver(
    changes: dict[str, str | None], expected: str | None
) -> None:
    ids, _ = resolve_parties(terms_of(changed(FULL_700, changes)), NUMBERED)
    assert ids.requested_confirming == (IDS[expected] if expected else 0)


def without(key: str) -> list[MemberRecord]:
    return [member for member in NUMBERED if member.key != key]


@pytest.mark.parametrize(
    ("key", "role", "tag", "severity"),
    [
        ("harbour-bank", "issuing", "", "error"),
        ("importer", "applicant", "50", "warning"),
        ("exporter", "beneficiary", "59", "warning"),
        ("lighthouse-bank", "reimbursing", "53a", "warning"),
    ],
)
def test_a_party_outside_the_alliance_is_0_and_a_finding(
    key: str, role: str, tag: str, severity: str
) -> None:
    ids, findings = resolve_parties(terms_of(FULL_700), without(key))
    assert getattr(ids, role) == 0
    assert [(found.code, found.tag, found.severity) for found in findings] == [
        ("Y50", tag, severity)
    ]
    assert is_valid(findings) == (severity == "warning")


def test_a_name_of_two_members_is_not_guessed() -> None:
    double = next(m for m in NUMBERED if m.key == "exporter").model_copy(
        update={"key": "namesake", "id": 99}
    )
    ids, (finding,) = resolve_parties(terms_of(FULL_700), [*NUMBERED, double])
    assert ids.beneficiary == 0
    assert (finding.code, finding.tag, finding.severity) == ("Y51", "59", "error")
    assert "exporter and namesake" in finding.message


def test_a_member_without_a_number_is_an_error() -> None:
    ids, findings = resolve_parties(terms_of(FULL_700), MEMBERS)
    assert ids == PartyIds(0, 0, 0, 0, 0, 0, 0, 0)
    assert {(found.code, found.severity) for found in findings} == {("Y52", "error")}


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ("SILVER HERON MACHINERY IMPORT\nCO LTD", True),
        ("Silver Heron\nMachinery Import\nCo., Ltd.\nShanghai", True),
        ("SILVER HERON MACHINERY IMPORT", False),
        ("SILVER HERON MACHINERY IMPORT\nCO LTD 2", False),
        ("SHANGHAI\nSILVER HERON MACHINERY IMPORT", False),
    ],
)
def test_names_are_compared_whole_but_not_by_points_and_lines(lines: str, known: bool) -> None:
    ids, findings = resolve_parties(terms_of(changed(FULL_700, {"50": lines})), NUMBERED)
    assert (ids.applicant, [found.tag for found in findings]) == (
        (IDS["importer"], []) if known else (0, ["50"])
    )


def test_the_example_alliance_is_the_one_of_the_story() -> None:
    founders = [member for member in MEMBERS if member.founder]
    assert [member.kind for member in founders] == ["authority", "customs", "central bank"] + [
        "bank"
    ] * 5
    assert [member.kind for member in MEMBERS if not member.founder] == [
        "trader",
        "bank",
        "trader",
        "carrier",
        "insurer",
    ]
    banks = [member for member in MEMBERS if member.kind == "bank"]
    assert [(bank.country, bank.calendar) for bank in banks] == [
        ("CN", "CNSHA"),
        ("CN", "CNSHA"),
        ("CN", "CNSHA"),
        ("CN", "CNSHA"),
        ("CN", "CNSHA-M"),
        ("DE", "DEFRA"),
    ]
    assert all(bank.bic and bank.bic.startswith("YS") for bank in banks)
    assert len({bank.bic for bank in banks}) == len(banks)


LEI = 'lei = "YANG00HARBOURBANK041"\n'
BAD_FILES = {
    "no TOML": ("[[member]\n", "it is not TOML"),
    "nothing": ("", "member"),
    "no key": ('[[member]]\nlegal_name = "A"\nkind = "bank"\ncountry = "CN"\n', "member.0.key"),
    "kind": (
        '[[member]]\nkey = "a"\nlegal_name = "A"\nkind = "club"\ncountry = "CN"\n',
        "member.0.kind",
    ),
    "bic": (
        '[[member]]\nkey="a"\nlegal_name="A"\nkind="bank"\ncountry="CN"\nbic="YSHA"\n',
        "member.0.bic",
    ),
    "twice": (
        f'[[member]]\nkey = "a"\nlegal_name = "A"\nkind = "bank"\ncountry = "CN"\n{LEI}' * 2,
        "2 members have the key a",
    ),
    "number twice": (
        "".join(
            f'[[member]]\nkey="{key}"\nlegal_name="A"\nkind="bank"\ncountry="CN"\nid=1\n{LEI}'
            for key in "ab"
        ),
        "2 members have the number 1",
    ),
}


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_a_bad_alliance_file_is_a_named_error(name: str, tmp_path: Path) -> None:
    text, said = BAD_FILES[name]
    file = tmp_path / "members.toml"
    file.write_text(text)
    with pytest.raises(AllianceFileError) as refused:
        load_members(file)
    assert refused.value.file == str(file)
    assert said in refused.value.reason
    assert refused.value.exit_code == 2


def test_a_missing_alliance_file_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(AllianceFileError, match="No such file"):
        load_members(tmp_path / "none.toml")

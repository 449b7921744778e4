# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

from yangshan.alliance.members import AllianceFileError, MemberRecord, load_members

EXAMPLE = Path(__file__).parents[3] / "examples" / "shanghai-alliance" / "members.toml"
BANK = """
[[member]]
key = "bank"
legal_name = "A Bank"
lei = "YANG00HARBOURBANK041"
credit_code = "91310000YANG000434"
bic = "YSHACNSH"
kind = "bank"
country = "CN"
"""

WRONG = {
    "lei": (
        ("BANK041", "BANK014"),
        (
            "member.0.lei: 'YANG00HARBOURBANK014' is no LEI: the characters before place 19 make "
            "41 there, and 14 stands there, so that one of them is mistyped."
        ),
    ),
    "credit code": (
        ("000434", "00043A"),
        (
            "member.0.credit_code: '91310000YANG00043A' is no unified social credit code: the "
            "characters before place 18 make 4 there, and A stands there, so that one of them is "
            "mistyped."
        ),
    ),
    "bic": (
        ("YSHACNSH", "YSHACNS"),
        "member.0.bic: 'YSHACNS' is no BIC: 8 or 11 characters were expected, and it has 7.",
    ),
    "bic of another country": (
        ("YSHACNSH", "YSHADEHH"),
        (
            "member.0: 'YSHADEHH' is no BIC: the member is of CN, and places 5 and 6 say DE "
            "(UCP 600 art. 3: branches in different countries are separate banks)."
        ),
    ),
    "country": (
        ('country = "CN"', 'country = "UK"'),
        "member.0.country: 'UK' is no country code: ISO 3166-1 lists no country UK.",
    ),
    "no number": (
        ('lei = "YANG00HARBOURBANK041"\ncredit_code = "91310000YANG000434"\n', ""),
        (
            "member.0: bank has neither an LEI (lei) nor a unified social credit code "
            "(credit_code); one of them was expected."
        ),
    ),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "members.toml"


def test_a_member_with_all_its_numbers(file: Path) -> None:
    file.write_text(BANK)
    assert load_members(file) == (
        MemberRecord(
            key="bank",
            legal_name="A Bank",
            lei="YANG00HARBOURBANK041",
            credit_code="91310000YANG000434",
            bic="YSHACNSH",
            kind="bank",
            country="CN",
        ),
    )


@pytest.mark.parametrize("without", ["lei", "credit_code", "bic"])
def test_one_number_of_the_organisation_is_enough(without: str, file: Path) -> None:
    lines = [line for line in BANK.splitlines() if not line.startswith(without)]
    file.write_text("\n".join(lines))
    (member,) = load_members(file)
    assert getattr(member, without) is None


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_wrong_number_is_told_with_its_place(name: str, file: Path) -> None:
    (old, new), said = WRONG[name]
    assert old in BANK
    file.write_text(BANK.replace(old, new))
    with pytest.raises(AllianceFileError) as caught:
        load_members(file)
    assert caught.value.reason == said
    assert str(caught.value) == f"The alliance file {file} cannot be used: {said}"


def test_every_member_of_the_example_has_numbers_of_its_own() -> None:
    members = load_members(EXAMPLE)
    for field in ("lei", "credit_code", "bic"):
        given = [number for member in members if (number := getattr(member, field))]
        assert len(given) == len(set(given)) >= 6
    # Invented: no register gives the prefix YANG to anybody.
    assert all(member.lei is None or member.lei.startswith("YANG") for member in members)
    assert {member.country for member in members if member.credit_code} == {"CN"}
    assert {member.lei is not None for member in members if "bank" in member.kind} == {True}

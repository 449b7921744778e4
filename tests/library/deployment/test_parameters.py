# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from eth_account import Account
from eth_utils.crypto import keccak

from yangshan.alliance.members import AllianceFileError, MemberRecord, load_members
from yangshan.chain.enums import Role
from yangshan.commitments import commit
from yangshan.deployment.parameters import (
    AccountsFileError,
    AllianceSetup,
    MemberAccounts,
    accounts_of,
    development_accounts,
    development_index,
    identity_of,
    kept_identity,
    load_setup,
    salted_identity,
)
from yangshan.deployment.plan import VotingRules, plan
from yangshan.money import Currency
from yangshan.vault import KeptOtherwise, Vault

DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"


def load(folder: Path) -> AllianceSetup:
    return load_setup(
        folder / "alliance.toml",
        accounts=development_accounts,
        identity=salted_identity({key: bytes(32) for key in keys(folder)}),
    )


def keys(folder: Path) -> list[str]:
    return re.findall(r'^key = "(.*)"', (folder / "members.toml").read_text(), re.MULTILINE)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_members_are_numbered_in_the_order_of_their_file_founders_first(
    setup: AllianceSetup, example: Path
) -> None:
    listed = load_members(example / "members.toml")
    assert [member.record.key for member in setup.members] == [member.key for member in listed]
    assert [member.number for member in setup.members] == list(range(1, 14))
    assert [member.record.id for member in setup.members] == list(range(1, 14))
    assert [member.number for member in setup.founders] == list(range(1, 9))
    assert [member.record.key for member in setup.later] == [
        "importer",
        "exporter-bank",
        "exporter",
        "carrier",
        "insurer",
    ]
    assert setup.member(3).record.key == "central-bank"


def test_the_example_decides_what_is_deployed(setup: AllianceSetup) -> None:
    assert setup.keeper == 3
    # Authority, customs, central bank and banks: one vote each, of which sixty in a hundred decide.
    assert setup.rules == VotingRules(
        weights=((1, 1), (2, 1), (3, 1), (4, 1)),
        quorum=60,
        voting_period=30 * 86_400,
        execution_delay=2 * 86_400,
    )
    assert [(cash.currency.code, cash.issuer) for cash in setup.cash] == [
        ("CNY", 3),
        ("JPY", 3),
        ("EUR", 3),
        ("USD", 3),
    ]
    assert setup.calendars == {1: "CNSHA", 2: "CNSHA-M", 3: "DEFRA"}
    assert (setup.first_year, setup.last_year) == (2025, 2026)
    assert setup.valid_until == int(datetime(2045, 12, 31, 15, 59, 59, tzinfo=UTC).timestamp())
    steps = plan(setup.parameters, DEPLOYER, 7)
    assert [step.name for step in steps] == [
        "AllianceRegistry",
        "AllianceCouncil",
        "MemberDesks",
        "BankingCalendar",
        "LetterOfCredit",
        "Presentations",
        "Forwarding",
        "Disposals",
        "PaymentObligations",
        "Reimbursements",
        "CreditTransfers",
        "CreditSchedules",
        "ElectronicRecords",
        "DocumentRegistry",
        "CustomsDeclarations",
        "DocumentGrants",
        "TitleRegistry",
        "TitleFacades",
        "TitleCustody",
        "TitleDeliveries",
        "SettlementCash-CNY",
        "SettlementCash-JPY",
        "SettlementCash-EUR",
        "SettlementCash-USD",
        "Directory",
    ]
    assert [step.nonce for step in steps] == list(range(7, 32))


@pytest.mark.parametrize(
    ("number", "calendar", "country", "kind"),
    [
        (1, 0, b"CN", 1),
        (2, 0, b"CN", 2),
        (3, 1, b"CN", 3),
        (4, 1, b"CN", 4),
        (8, 2, b"CN", 4),
        (9, 0, b"CN", 5),
        (10, 3, b"DE", 4),
        (12, 0, b"CN", 6),
        (13, 0, b"CN", 7),
    ],
)
def test_an_admission_says_what_the_member_is(
    setup: AllianceSetup, number: int, calendar: int, country: bytes, kind: int
) -> None:
    member = setup.member(number)
    admission = member.admission
    assert (admission.calendar, admission.country, admission.kind) == (calendar, country, kind)
    assert admission.administrator == member.accounts.administrator
    assert admission.treasury == member.accounts.treasury
    # Founders have no last day.
    assert admission.valid_until == (2**40 - 1 if number <= 8 else setup.valid_until)


BANK = (
    Role.ISSUE
    | Role.ADVISE
    | Role.PRESENT
    | Role.EXAMINE
    | Role.PAY
    | Role.ACCEPT
    | Role.ATTEST
    | Role.DOCUMENT
    | Role.TITLE
)


@pytest.mark.parametrize(
    ("number", "roles"),
    [
        (1, Role.COURT | Role.VOTE),
        (2, Role.ATTEST | Role.DOCUMENT | Role.VOTE),
        (
            3,
            Role.ISSUE
            | Role.ADVISE
            | Role.PRESENT
            | Role.EXAMINE
            | Role.PAY
            | Role.KEEP_CALENDARS
            | Role.CASH
            | Role.VOTE,
        ),
        (4, BANK | Role.VOTE),
        (9, Role.PRESENT | Role.PAY | Role.ACCEPT | Role.ATTEST | Role.DOCUMENT | Role.TITLE),
        (10, BANK),
        (12, Role.PRESENT | Role.PAY | Role.DOCUMENT | Role.CARRY),
        (13, Role.PRESENT | Role.PAY | Role.DOCUMENT),
    ],
)
def test_a_desk_may_do_what_its_kind_does(setup: AllianceSetup, number: int, roles: Role) -> None:
    assert setup.member(number).desk_roles == roles


def test_an_identity_is_bound_under_its_salt(setup: AllianceSetup) -> None:
    bank = setup.member(10)
    content = (
        '{"bic":"YSSLDEHH","country":"DE","credit_code":null,"kind":"bank",'
        '"legal_name":"Sieben Leuchtfeuer Handelsbank","lei":"YANG00LEUCHTFEUER056",'
        '"other_names":["Seven Lights Merchant Bank"]}'
    )
    expected = commit("member-identity", content.encode(), keccak(text="exporter-bank"))
    assert bank.admission.identity == expected
    commitments = {member.admission.identity for member in setup.members}
    assert len(commitments) == len(setup.members)


def test_opening_cash_goes_to_each_bank_of_shanghai(setup: AllianceSetup) -> None:
    assert [(each.member, each.money.minor, each.money.currency) for each in setup.opening] == [
        *((bank, 5_000_000_000, Currency.of("CNY")) for bank in range(4, 9)),
        *((bank, 1_000_000_000, Currency.of("JPY")) for bank in range(4, 9)),
    ]
    assert setup.opening[0].reference == "OPENING-CNY-YSHACNSH"


def test_development_accounts_come_from_the_test_mnemonic_in_threes(setup: AllianceSetup) -> None:
    Account.enable_unaudited_hdwallet_features()
    mnemonic = "test test test test test test test test test test test junk"

    def address(index: int) -> str:
        path = f"m/44'/60'/0'/0/{index}"
        return str(Account.from_mnemonic(mnemonic, account_path=path).address)

    assert setup.member(1).accounts == MemberAccounts(address(1), address(2), address(3))
    assert setup.member(13).accounts == MemberAccounts(address(37), address(38), address(39))
    assert [development_index(2, name) for name in ("administrator", "treasury", "desk")] == [
        4,
        5,
        6,
    ]


def test_a_kept_identity_keeps_its_salt(tmp_path: Path, setup: AllianceSetup) -> None:
    record = setup.member(4).record
    first = kept_identity(Vault(tmp_path))(record)
    assert kept_identity(Vault(tmp_path))(record) == first
    assert kept_identity(Vault(tmp_path / "other"))(record).salt != first.salt
    renamed = record.model_copy(update={"legal_name": "Another Bank"})
    with pytest.raises(KeptOtherwise):
        kept_identity(Vault(tmp_path))(renamed)
    assert identity_of(record)["bic"] == "YSHACNSH"


BROKEN = {
    "a key the file may not have": (
        *("period_days = 30", "periods_days = 30"),
        "voting.period_days: Field required",
    ),
    "no number": ("period_days = 30", 'period_days = "a month"', "voting.period_days"),
    "no quorum": ("quorum = 60", "", "voting.quorum: Field required"),
    "votes of an unknown kind": ("customs = 1", "custom = 1", "voting.weights.custom"),
    "an unknown keeper": ('keeper = "central-bank"', 'keeper = "nobody"', "keeper names nobody"),
    "a time without an offset": ("2045-12-31T15:59:59Z", "2045-12-31T15:59:59", "valid_until"),
    "a time beyond the contracts'": ("2045-12-31", "1969-12-31", "valid_until"),
    "an unknown currency": ('currency = "EUR"', 'currency = "EUX"', "EUX"),
    "an unknown issuer": ('issuer = "central-bank"', 'issuer = "mint"', "cash names mint"),
    "an unknown calendar": ('name = "DEFRA"', 'name = "DEFRB"', "no calendar DEFRB"),
    "a number given twice": ("number = 2", "number = 1", "calendar number 1 is given 2"),
    "a calendar given twice": ('name = "CNSHA-M"', 'name = "CNSHA"', "name CNSHA is given 2"),
    "a calendar number of zero": ("number = 3", "number = 0", "calendar.2.number"),
    "an unknown role": ('"CASH"]', '"COINS"]', "role COINS; there are ADMINISTER"),
    "a kind without roles": ("carrier = ", "# carrier = ", "kind carrier"),
    "an unknown kind": ("carrier = ", "courier = ", "courier"),
    "cash off the ledger": ('currency = "JPY"\nminor', 'currency = "CHF"\nminor', "CHF"),
    "cash for nobody": ('member = "tide-bank"', 'member = "ebb-bank"', "opening names ebb-bank"),
    "no cash": ("minor = 50_000_000_00", "minor = 0", "opening.0.minor"),
    "a reference used twice": ("CNY-YSDLCNSH", "CNY-YSHACNSH", "OPENING-CNY-YSHACNSH is given 2"),
    "a reference too long": ("OPENING-CNY-YSDLCNSH", "X" * 33, "opening.1.reference"),
    "no TOML": ("quorum = 60", "quorum 60", "it is not TOML"),
    "no members": ('members = "members.toml"', 'members = "none.toml"', "No such file"),
}


@pytest.mark.parametrize("old, new, reason", BROKEN.values(), ids=BROKEN)  # noqa: PT006
def test_a_broken_file_is_named_with_the_reason(
    folder: Path, old: str, new: str, reason: str
) -> None:
    edit(folder / "alliance.toml", old, new)
    with pytest.raises(AllianceFileError) as caught:
        load(folder)
    assert reason in caught.value.reason
    assert str(folder) in caught.value.file


def test_a_founder_stands_before_the_others(folder: Path) -> None:
    edit(folder / "members.toml", 'key = "carrier"', 'key = "carrier"\nfounder = true')
    with pytest.raises(AllianceFileError) as caught:
        load(folder)
    assert "carrier is a founder and must stand before" in caught.value.reason


def test_a_number_that_is_not_its_place_is_refused(folder: Path) -> None:
    edit(folder / "members.toml", 'key = "carrier"', 'key = "carrier"\nid = 11')
    with pytest.raises(AllianceFileError) as caught:
        load(folder)
    assert caught.value.reason == "carrier has the number 11, but its place gives 12."


def test_a_member_needs_its_calendar_numbered(folder: Path) -> None:
    edit(folder / "alliance.toml", '[[calendar]]\nnumber = 3\nname = "DEFRA"\n', "")
    with pytest.raises(AllianceFileError) as caught:
        load(folder)
    assert "exporter-bank has the calendar DEFRA" in caught.value.reason


def accounts_file(tmp_path: Path, desk: str) -> Path:
    path = tmp_path / "accounts.toml"
    path.write_text(
        f'[carrier]\nadministrator = "{DEPLOYER}"\ntreasury = "{DEPLOYER}"\ndesk = {desk}\n'
    )
    return path


def carrier() -> MemberRecord:
    return MemberRecord(
        id=1,
        key="carrier",
        legal_name="A",
        credit_code="91310000YANG001072",
        kind="carrier",
        country="CN",
    )


def test_accounts_come_from_a_file(tmp_path: Path) -> None:
    find = accounts_of(accounts_file(tmp_path, f'"{DEPLOYER}"'))
    assert find(carrier()) == MemberAccounts(DEPLOYER, DEPLOYER, DEPLOYER)
    with pytest.raises(AccountsFileError) as caught:
        find(carrier().model_copy(update={"key": "insurer"}))
    assert caught.value.reason == "it has no table [insurer]."


@pytest.mark.parametrize(
    ("desk", "reason"),
    [
        (f'"{DEPLOYER.lower()}"', "carrier.desk is"),
        ("3", "carrier.desk is 3"),
        (f'"{DEPLOYER}"\nbench = 1', "look at bench"),
    ],
)
def test_odd_accounts_are_refused(tmp_path: Path, desk: str, reason: str) -> None:
    with pytest.raises(AccountsFileError) as caught:
        accounts_of(accounts_file(tmp_path, desk))(carrier())
    assert reason in caught.value.reason


def test_a_missing_accounts_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AccountsFileError) as caught:
        accounts_of(tmp_path / "none.toml")
    assert caught.value.reason == "No such file or directory."

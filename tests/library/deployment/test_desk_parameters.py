# SPDX-License-Identifier: Apache-2.0
"""Desks as an alliance file states them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import sealed

from yangshan.alliance.members import AllianceFileError, MemberRecord
from yangshan.chain.enums import Hands, Role
from yangshan.chain.signers import development_signer
from yangshan.deployment.desk_parameters import (
    DESK_ROLES,
    DeskSetup,
    PersonSetup,
    PersonUnnamed,
    PolicySetup,
    people_of,
    person_index,
)
from yangshan.deployment.parameters import (
    AllianceSetup,
    NoSuchMember,
    accounts_of,
    development_accounts,
    load_setup,
)
from yangshan.money import Currency, Money

TIDE = 8
CNY = Currency.of("CNY")
ADDRESS = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"


def load(folder: Path) -> AllianceSetup:
    return load_setup(folder / "alliance.toml", accounts=development_accounts, identity=sealed)


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "alliance.toml"
    text = path.read_text()
    at = text.index("[[member_desk]]")
    assert old in text[at:], old
    path.write_text(text[:at] + text[at:].replace(old, new, 1))


def person(place: int, name: str, *, maker: bool) -> PersonSetup:
    account = development_signer(100 * TIDE + place, name).address
    return PersonSetup(f"tide-bank-{name}", place, account, maker, not maker)


def test_the_desk_of_the_example(setup: AllianceSetup) -> None:
    two = Hands.TWO
    assert setup.desks == (
        DeskSetup(
            member=TIDE,
            number=1,
            roles=Role.ISSUE | Role.ADVISE | Role.EXAMINE | Role.PAY,
            people=(person(1, "maker", maker=True), person(2, "checker", maker=False)),
            policies=(
                PolicySetup("issue a credit", two, CNY, Money(20_000_000_00, CNY), None),
                PolicySetup("advise a credit", Hands.ONE_UP_TO_LIMIT, None, None, None),
                PolicySetup("find documents complying", two, None, None, None),
                PolicySetup("refuse documents", two, None, None, None),
                PolicySetup("pay an obligation", two, None, None, None),
            ),
            only=False,
        ),
    )
    assert person_index(TIDE, 2) == 802


def test_where_desks_alone_pay_other_keys_are_not_given_the_roles(folder: Path) -> None:
    before = load(folder).member(TIDE)
    edit(folder, 'member = "tide-bank"', 'member = "tide-bank"\ndesk_only = true')
    changed = load(folder)
    assert changed.desks[0].only
    assert before.desk_roles & DESK_ROLES == DESK_ROLES
    assert changed.member(TIDE) == replace(before, desk_roles=before.desk_roles & ~DESK_ROLES)


def test_desks_of_one_member_are_numbered_and_its_people_counted_on(folder: Path) -> None:
    path = folder / "alliance.toml"
    path.write_text(
        path.read_text()
        + '\n[[member_desk]]\nmember = "lake-bank"\nroles = ["PAY"]\n'
        + '\n[[member_desk]]\nmember = "tide-bank"\nroles = ["PAY"]\n'
        + '[[member_desk.person]]\nname = "night"\nmaker = true\nchecker = true\n'
    )
    first, other, second = load(folder).desks
    assert [(desk.member, desk.number) for desk in (first, other, second)] == [
        (TIDE, 1),
        (5, 1),
        (TIDE, 2),
    ]
    (night,) = second.people
    assert (night.key, night.place, night.maker, night.checker) == (
        "tide-bank-night",
        3,
        True,
        True,
    )
    assert night.account == development_signer(803, "night").address


BROKEN = {
    "nobody's": ('"tide-bank"', '"ebb-bank"', "member_desk names ebb-bank; the members are "),
    "no role": ('"ISSUE"', '"SING"', "member_desk of tide-bank names the role SING; there are "),
    "no hand": (
        "maker = true",
        "maker = false",
        "member_desk of tide-bank: maker is neither maker nor checker.",
    ),
    "named twice": (
        'name = "checker"',
        'name = "maker"',
        "the person tide-bank-maker is named twice.",
    ),
    "a bad name": ('name = "maker"', 'name = "The Maker"', "member_desk.0.person.0.name: "),
    "no action": (
        '"issue a credit"',
        '"sing"',
        "member_desk of tide-bank: No action of a desk is called 'sing'; there are ",
    ),
    "no currency": (
        'currency = "CNY"\n',
        "",
        "member_desk of tide-bank: an amount of 'issue a credit' has no currency.",
    ),
    "an unknown currency": ('"CNY"', '"XXY"', "member_desk of tide-bank: XXY is not a currency"),
    "no limit": (
        "limit = 20_000_000_00\n",
        "",
        "The policy of 'issue a credit' cannot be set: it needs a limit above nothing.",
    ),
    "nothing as a limit": ("20_000_000_00", "0", "member_desk.0.policy.0.limit: "),
    "hands of nobody": ('hands = "two"', 'hands = "three"', "member_desk.0.policy.0.hands: "),
    "an amount where there is none": (
        'action = "pay an obligation"\n',
        'action = "pay an obligation"\ncurrency = "CNY"\nlimit = 5\n',
        "it has no amount in its call to hold to a limit.",
    ),
    "something else": ('hands = "two"', 'hands = "two"\ncolour = "red"', "colour: "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_desk_is_named_with_the_reason(name: str, folder: Path) -> None:
    old, new, reason = BROKEN[name]
    edit(folder, old, new)
    with pytest.raises(AllianceFileError) as caught:
        load(folder)
    assert reason in caught.value.reason
    assert caught.value.exit_code == 2


def test_people_have_their_accounts_in_the_accounts_file(tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    own = "".join(f'{name} = "{ADDRESS}"\n' for name in ("administrator", "treasury", "desk"))
    file.write_text(f'[bank]\n{own}[bank.people]\nmaker = "{ADDRESS}"\nchecker = "0x12"\n')
    record = MemberRecord(
        key="bank", legal_name="A", kind="bank", country="CN", lei="YANG00HARBOURBANK041"
    )
    assert people_of(file)(record, "maker", 1) == ADDRESS
    assert accounts_of(file)(record).desk == ADDRESS
    for name in ("checker", "nobody"):
        with pytest.raises(PersonUnnamed) as caught:
            people_of(file)(record, name, 2)
        assert (caught.value.member, caught.value.name) == ("bank", name)
        assert caught.value.exit_code == 2
        assert f"[bank.people] has no address with its checksum for {name}." in str(caught.value)
    other = record.model_copy(update={"key": "other"})
    with pytest.raises(PersonUnnamed):
        people_of(file)(other, "maker", 1)


def test_members_are_found_by_their_key(setup: AllianceSetup) -> None:
    assert setup.named("tide-bank") is setup.member(TIDE)
    with pytest.raises(NoSuchMember, match="it has commission, customs, ") as caught:
        setup.named("ebb-bank")
    assert caught.value.key == "ebb-bank"

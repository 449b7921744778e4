# SPDX-License-Identifier: Apache-2.0
"""What people type, read or refused with what was expected."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from eth_typing import ChecksumAddress
from eth_utils.address import to_checksum_address

from yangshan.alliance.entries import (
    ArgumentsDiffer,
    BadAmount,
    BadArgument,
    BadInstant,
    UnknownRole,
    amount,
    arguments_of,
    end,
    instant,
    roles,
)
from yangshan.chain.calls import decode_call, encode_call
from yangshan.chain.enums import Action, Disposal, Role
from yangshan.chain.records import Lodging, Motion, Policy, PresentationKey
from yangshan.chain.values import UnfitReference
from yangshan.credit.discrepancies import UnknownDiscrepancy, to_bits
from yangshan.errors import Unusable
from yangshan.money import Currency, Money, UnknownCurrency

ACCOUNT = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
ID = "0x" + "ab" * 32
CNY, JPY = Currency.of("CNY"), Currency.of("JPY")
KEY = {
    "key.creditId": ID,
    "key.examiner": "lake-bank",
    "key.presenter": "10",
    "key.number": "1",
}


class Known:
    """Two members and one key."""

    def member(self, given: str) -> int:
        return {"lake-bank": 5}.get(given) or int(given)

    def account(self, given: str) -> ChecksumAddress:
        assert given == "maker"
        return to_checksum_address(ACCOUNT)


def read(contract: str, function: str, given: dict[str, str]) -> list[object]:
    """The arguments after they went through a call."""
    data = encode_call(contract, function, arguments_of(contract, function, given, Known()))
    return [each.value for each in decode_call(contract, data).arguments]


# Single values


def test_instants_have_their_offset() -> None:
    assert instant("2026-12-31T23:59:59+08:00") == datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert end("2026-12-31T00:00:00Z") == datetime(2026, 12, 31, tzinfo=UTC)
    assert end("none") is None
    for given in ("2026-12-31", "2026-12-31T23:59:59", "tomorrow", "none"):
        with pytest.raises(BadInstant) as caught:
            instant(given)
        assert caught.value.given == given
        assert isinstance(caught.value, Unusable)


def test_roles_are_named_with_commas() -> None:
    assert roles("ISSUE") == Role.ISSUE
    assert roles("issue, Pay,VOTE") == Role.ISSUE | Role.PAY | Role.VOTE
    for given, wrong in (("ISSUE,SING", "SING"), ("", ""), ("ISSUE,", "")):
        with pytest.raises(UnknownRole) as caught:
            roles(given)
        assert caught.value.given == wrong


@pytest.mark.parametrize(
    ("given", "currency", "minor"),
    [
        ("5,000,000.00", CNY, 500_000_000),
        ("5000000", CNY, 500_000_000),
        ("0.5", CNY, 50),
        ("1,000", JPY, 1000),
        ("0", JPY, 0),
    ],
)
def test_amounts_are_in_whole_units(given: str, currency: Currency, minor: int) -> None:
    assert amount(given, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("given", "currency"),
    [
        ("1.005", CNY),
        ("1.0", JPY),
        ("1,00", CNY),
        ("-1", CNY),
        ("1.", CNY),
        ("", CNY),
        ("1 0", CNY),
    ],
)
def test_what_is_no_amount_is_refused(given: str, currency: Currency) -> None:
    with pytest.raises(BadAmount) as caught:
        amount(given, currency)
    assert (caught.value.given, caught.value.currency) == (given, currency)


def test_the_sentence_about_an_amount() -> None:
    with pytest.raises(BadAmount) as caught:
        amount("1.005", CNY)
    assert str(caught.value) == (
        "1.005 is no amount in CNY: expected digits with at most 2 after the point, such as "
        "1234.56."
    )


# Arguments


def test_arguments_are_read_by_what_they_mean() -> None:
    assert read(
        "AllianceRegistry",
        "setKey",
        {"account": "maker", "roles": "ISSUE,PAY", "validUntil": "none"},
    ) == [ACCOUNT, Role.ISSUE | Role.PAY, 2**40 - 1]
    assert read(
        "AllianceRegistry",
        "setKey",
        {"account": "maker", "roles": "PAY", "validUntil": "2026-01-01T00:00:00Z"},
    ) == [ACCOUNT, Role.PAY, 1_767_225_600]
    assert read(
        "Presentations",
        "refuse",
        {**KEY, "discrepancies": "X08, X12", "disposal": "previous instructions", "notice": ID},
    ) == [
        PresentationKey(ID, 5, 10, 1),
        to_bits(["X08", "X12"]),
        Disposal.PREVIOUS_INSTRUCTIONS,
        ID,
    ]
    lodged = {f"lodging.{name}": value for name, value in KEY.items()} | {
        "lodging.amount": "500",
        "lodging.shipped": "2025-09-20",
        "lodging.payPresenter": "no",
        "lodging.documents": ID,
    }
    assert read("Presentations", "lodge", lodged) == [
        Lodging(PresentationKey(ID, 5, 10, 1), 500, date(2025, 9, 20), False, ID)
    ]
    assert read(
        "SettlementCash",
        "mint",
        {"memberId": "lake-bank", "amount": "0x1f4", "outsideReference": "RECEIVED-1"},
    ) == [5, 500, "0x" + b"RECEIVED-1".ljust(32, b"\0").hex()]
    assert read("AllianceCouncil", "vote", {"proposalId": ID, "inFavour": "Yes"}) == [ID, True]
    assert read(
        "MemberDesk",
        "setPolicy",
        {
            "target": "maker",
            "selector": "0x8836b0c0",
            "currency": "CNY",
            "action": "issue a credit",
            "decided.hands": "one up to limit",
            "decided.amountAt": "9",
            "decided.currencyAt": "10",
            "decided.alone": "1",
            "decided.limit": "2",
        },
    ) == [ACCOUNT, bytes.fromhex("8836b0c0"), 156, "issue a credit", Policy.read((2, 9, 10, 1, 2))]


def test_a_motion_is_given_what_its_action_needs() -> None:
    given = {"motion.action": "expel member", "motion.memberId": "lake-bank"}
    assert read("AllianceCouncil", "propose", given) == [Motion(Action.EXPEL_MEMBER, 5)]
    rules = {
        "motion.action": "change rules",
        "motion.rules.quorum": "60",
        "motion.rules.votingPeriod": "86400",
    }
    (motion,) = read("AllianceCouncil", "propose", rules)
    assert isinstance(motion, Motion)
    assert (motion.rules.quorum, motion.rules.voting_period.days) == (60, 1)


def test_missing_and_unknown_arguments_are_told_together() -> None:
    given = {**KEY, "disposal": "hold", "notices": ID, "discrepancies": "X08"}
    del given["key.presenter"]
    with pytest.raises(ArgumentsDiffer) as caught:
        arguments_of("Presentations", "refuse", given, Known())
    assert caught.value.missing == ("key.presenter", "notice")
    assert caught.value.unknown == ("notices",)
    assert str(caught.value) == (
        "Presentations.refuse cannot be called with these arguments: it needs key.presenter, "
        "notice; it has no notices."
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("disposal", "burn", "one of hold, notify, return, previous instructions"),
        ("notice", "0xab", "0x and the digits of 32 bytes"),
        ("notice", "0xzz", "0x and the digits of 32 bytes"),
        ("key.number", "one", "a whole number"),
    ],
)
def test_an_argument_that_means_nothing_is_refused(name: str, value: str, expected: str) -> None:
    given = {**KEY, "discrepancies": "X08", "disposal": "hold", "notice": ID, name: value}
    with pytest.raises(BadArgument) as caught:
        arguments_of("Presentations", "refuse", given, Known())
    assert (caught.value.name, caught.value.given) == (name, value)
    assert caught.value.expected == expected


def test_other_arguments_that_mean_nothing() -> None:
    for contract, function, given, name in (
        ("AllianceCouncil", "vote", {"proposalId": ID, "inFavour": "maybe"}, "inFavour"),
        ("AllianceCouncil", "propose", {"motion.action": "sing"}, "motion.action"),
        (
            "MemberDesk",
            "isValidSignature",
            {"hash": ID, "signature": "signed"},
            "signature",
        ),
    ):
        with pytest.raises(BadArgument) as caught:
            arguments_of(contract, function, given, Known())
        assert caught.value.name == name
    for error, given in (
        (UnknownRole, {"account": "maker", "roles": "SING", "validUntil": "none"}),
        (BadInstant, {"account": "maker", "roles": "PAY", "validUntil": "2026"}),
    ):
        with pytest.raises(error):
            arguments_of("AllianceRegistry", "setKey", given, Known())
    with pytest.raises(UnknownDiscrepancy):
        read(
            "Presentations",
            "refuse",
            {**KEY, "discrepancies": "X99", "disposal": "hold", "notice": ID},
        )
    with pytest.raises(UnfitReference):
        read("SettlementCash", "redeem", {"amount": "1", "outsideReference": "R" * 33})
    policy = {"target": "maker", "selector": "0x8836b0c0", "currency": "XXY", "action": "a"}
    decided = {f"decided.{each}": "0" for each in ("amountAt", "currencyAt", "alone", "limit")}
    with pytest.raises(UnknownCurrency):
        read("MemberDesk", "setPolicy", {**policy, **decided, "decided.hands": "two"})

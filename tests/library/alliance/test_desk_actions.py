# SPDX-License-Identifier: Apache-2.0
"""The actions of a desk, held to the page that says who may do what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yangshan.alliance.desk_actions import (
    CASH,
    DESK,
    DESK_ACTIONS,
    UnknownDeskAction,
    desk_action,
)
from yangshan.alliance.desk_policies import CLOSED, PolicyIncomplete, policy_of
from yangshan.chain.calls import encode_call
from yangshan.chain.enums import Hands, Role
from yangshan.chain.records import Policy
from yangshan.money import Currency, Money

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "authority.md"
ID = b"\xab" * 32
CNY, JPY = Currency.of("CNY"), Currency.of("JPY")


def functions_of_members() -> set[tuple[str, str]]:
    """What a key of a member may call, by the page."""
    rows = re.findall(r"^\| `(\w+)\.(\w+)`[^|]*\| ([^|]+) \|", PAGE.read_text(), re.MULTILINE)
    roles = {f"`{role.name}`" for role in Role}
    return {
        (contract, function)
        for contract, function, who in rows
        if who == "the account itself" or roles.issuperset(who.split(" and "))
    }


def test_the_desk_has_words_for_whatever_a_member_may_do() -> None:
    listed = {(each.contract, each.function) for each in DESK_ACTIONS.values()}
    functions = functions_of_members()
    assert len(functions) > 30
    assert functions - listed == set()
    # Allowances take no key, and ERC-1271 calls nothing.
    assert listed - functions == {(CASH, "approve"), (DESK, "isValidSignature")}
    assert len(listed) == len(DESK_ACTIONS)


@pytest.mark.parametrize("name", DESK_ACTIONS)
def test_each_action_is_found_by_its_words(name: str) -> None:
    action = desk_action(name)
    assert action.name == name == name.strip()
    assert re.fullmatch(r"0x[0-9a-f]{8}", action.selector)
    assert bool(action.amount) == bool(action.amount_at)
    assert bool(action.currency) == bool(action.currency_at)


def test_the_message_that_the_contract_knows_by_its_words() -> None:
    source = Path(__file__).parents[3] / "contracts" / "alliance" / "MemberDesk.sol"
    assert 'keccak256("sign a message")' in source.read_text()
    assert desk_action("sign a message").selector == "0x1626ba7e"


def test_an_unknown_action_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownDeskAction, match="'issue a credit'") as caught:
        desk_action("issue credits")
    assert caught.value.name == "issue credits"


def test_amount_and_currency_are_those_of_the_call() -> None:
    issue = desk_action("issue a credit")
    words = [b"\0" * 32 for _ in range(21)]
    words[8] = (777).to_bytes(32, "big")
    words[9] = (156).to_bytes(32, "big")
    assert (issue.amount_at, issue.currency_at) == (9, 10)
    assert issue.stated(bytes(4) + b"".join(words)) == (156, 777)
    mint = desk_action("mint cash")
    assert mint.stated(mint.call((7, 500, ID))) == (0, 500)
    assert mint.call((7, 500, ID)) == encode_call(CASH, "mint", (7, 500, ID))
    pay = desk_action("pay an obligation")
    assert pay.stated(pay.call((ID,))) == (0, 0)


def money(minor: int) -> Money:
    return Money(minor, CNY)


@pytest.mark.parametrize(
    ("action", "hands", "given", "expected"),
    [
        ("issue a credit", Hands.TWO, {"currency": CNY, "limit": money(9)}, (9, 10, 0, 9)),
        (
            "issue a credit",
            Hands.ONE_UP_TO_LIMIT,
            {"currency": CNY, "limit": money(9), "alone": money(9)},
            (9, 10, 9, 9),
        ),
        ("mint cash", Hands.TWO, {"currency": CNY, "limit": money(9)}, (2, 0, 0, 9)),
        ("pay an obligation", Hands.TWO, {}, (0, 0, 0, 0)),
        ("pay an obligation", Hands.ONE_UP_TO_LIMIT, {}, (0, 0, 0, 0)),
    ],
)
def test_a_policy_is_what_its_action_needs(
    action: str, hands: Hands, given: dict[str, object], expected: tuple[int, int, int, int]
) -> None:
    policy = policy_of(desk_action(action), hands, **given)  # type: ignore[arg-type]
    assert policy == Policy(hands, *expected)


def test_a_closed_policy_is_all_zero() -> None:
    closed = policy_of(desk_action("issue a credit"), Hands.CLOSED, currency=CNY)
    assert closed == CLOSED == Policy(Hands.CLOSED, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("action", "hands", "given", "reason"),
    [
        ("issue a credit", Hands.TWO, {"limit": money(9)}, "it needs a currency"),
        ("issue a credit", Hands.CLOSED, {}, "it needs a currency"),
        ("issue a credit", Hands.TWO, {"currency": CNY}, "it needs a limit"),
        ("issue a credit", Hands.TWO, {"currency": CNY, "limit": money(0)}, "it needs a limit"),
        (
            "issue a credit",
            Hands.TWO,
            {"currency": JPY, "limit": money(9)},
            "CNY 0.09 is not in the currency",
        ),
        (
            "issue a credit",
            Hands.TWO,
            {"currency": CNY, "limit": money(9), "alone": money(1)},
            "with two hands nothing is done by a maker alone",
        ),
        (
            "issue a credit",
            Hands.ONE_UP_TO_LIMIT,
            {"currency": CNY, "limit": money(9)},
            "it needs an amount up to which",
        ),
        (
            "issue a credit",
            Hands.ONE_UP_TO_LIMIT,
            {"currency": CNY, "limit": money(9), "alone": money(10)},
            "CNY 0.10 for a maker alone is beyond the CNY 0.09",
        ),
        ("pay an obligation", Hands.TWO, {"currency": CNY, "limit": money(9)}, "it has no amount"),
    ],
)
def test_a_policy_that_lacks_something_says_what(
    action: str, hands: Hands, given: dict[str, object], reason: str
) -> None:
    with pytest.raises(PolicyIncomplete) as caught:
        policy_of(desk_action(action), hands, **given)  # type: ignore[arg-type]
    assert caught.value.action == action
    assert reason in caught.value.reason
    assert caught.value.exit_code == 2

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from eth_utils import keccak
from runs import Run
from suite import Error, error, event
from vocabulary import NO_END, Role
from world import (
    ADVISER,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    DEPLOYER,
    ISSUER,
    JPY,
    MEMBERS,
    OTHER,
    OUTSIDER,
    Issuance,
    Receipt,
    World,
    account,
    admin,
    desk,
    refused,
    reverts,
    treasury,
)

ZERO = "0x" + "00" * 20
DELIVERIES = account("a contract of deliveries")
OBLIGATIONS = account("a contract of obligations")


def mint(world: World, member: int, amount: int, reference: str) -> Receipt:
    return world.send(desk(CENTRAL), f"{CASH}.mint", member, amount, keccak(text=reference))


def moved(source: str, target: str, amount: int, cash: str = CASH) -> Any:
    return event(cash, "Transfer", **{"from": source, "to": target}, value=amount)


@pytest.mark.parametrize(
    ("currency", "issuer", "number", "decimals"),
    [(CNY, CENTRAL, 156, 2), (JPY, OTHER, 392, 0)],
)
def test_cash_is_named_after_its_currency(
    world: World, currency: Any, issuer: int, number: int, decimals: int
) -> None:
    cash = f"SettlementCash-{currency.code}"
    assert world.view(f"{cash}.symbol") == currency.code
    assert world.view(f"{cash}.name") == f"Yangshan settlement cash {currency.code}"
    assert world.view(f"{cash}.decimals") == decimals
    assert world.view(f"{cash}.currency") == number
    assert world.view(f"{cash}.issuer") == issuer
    assert world.view(f"{cash}.registry") == world.addresses["AllianceRegistry"]
    assert world.view(f"{cash}.obligations") == world.addresses["PaymentObligations"]
    assert world.view(f"{cash}.deliveries") == world.addresses["TitleDeliveries"]


# Issue and redemption


def test_what_is_minted_arrives_in_the_treasury(world: World) -> None:
    mint(world, BENEFICIARY, 7, "in").emitted(
        moved(ZERO, treasury(BENEFICIARY), 7),
        event(
            CASH, "CashMinted", outsideReference=keccak(text="in"), memberId=BENEFICIARY, amount=7
        ),
    )
    assert world.balance(BENEFICIARY) == world.view(f"{CASH}.totalSupply") == 7


def test_what_is_redeemed_leaves_the_issuers_own_treasury(world: World) -> None:
    mint(world, CENTRAL, 7, "in")
    reference = keccak(text="out")
    world.send(desk(CENTRAL), f"{CASH}.redeem", 3, reference).emitted(
        moved(treasury(CENTRAL), ZERO, 3),
        event(CASH, "CashRedeemed", outsideReference=reference, amount=3),
    )
    assert world.balance(CENTRAL) == world.view(f"{CASH}.totalSupply") == 4
    with reverts("ERC20InsufficientBalance", treasury(CENTRAL), 4, 5):
        world.send(desk(CENTRAL), f"{CASH}.redeem", 5, keccak(text="more"))


def test_a_reference_is_used_once_for_either_and_never_empty(world: World) -> None:
    mint(world, CENTRAL, 7, "in")
    world.send(desk(CENTRAL), f"{CASH}.redeem", 1, keccak(text="out"))
    for used in (keccak(text="in"), keccak(text="out"), bytes(32)):
        with reverts("ReferenceUsed", used):
            world.send(desk(CENTRAL), f"{CASH}.mint", CENTRAL, 7, used)
        with reverts("ReferenceUsed", used):
            world.send(desk(CENTRAL), f"{CASH}.redeem", 1, used)
    assert world.view(f"{CASH}.totalSupply") == 6


def test_a_reference_of_a_call_that_failed_is_still_free(world: World) -> None:
    with reverts("UnknownMember", MEMBERS + 1):
        mint(world, MEMBERS + 1, 7, "in")
    with reverts("UnknownMember", 0):
        mint(world, 0, 7, "in")
    mint(world, ISSUER, 7, "in")


def test_one_currencys_references_and_issuer_are_its_own(world: World) -> None:
    mint(world, ISSUER, 7, "in")
    jpy = "SettlementCash-JPY"
    with reverts("NotCashIssuer", CENTRAL, OTHER):
        world.send(desk(CENTRAL), f"{jpy}.mint", ISSUER, 7, keccak(text="in"))
    world.send(desk(OTHER), f"{jpy}.mint", ISSUER, 9, keccak(text="in"))
    assert (world.balance(ISSUER), world.balance(ISSUER, jpy)) == (7, 9)


def test_more_than_can_be_counted_is_not_minted(world: World) -> None:
    mint(world, ISSUER, 2**256 - 1, "all")
    with reverts("Panic", 0x11):
        mint(world, ISSUER, 1, "one more")


# Between members


def test_cash_moves_between_accounts_of_members(world: World) -> None:
    mint(world, ISSUER, 10, "in")
    for target in (treasury(BENEFICIARY), admin(BENEFICIARY), desk(ISSUER), treasury(ISSUER)):
        world.send(treasury(ISSUER), f"{CASH}.transfer", target, 2).emitted(
            moved(treasury(ISSUER), target, 2)
        )
    for target in (OUTSIDER, DEPLOYER, world.addresses["PaymentObligations"]):
        with reverts("NotHeldByMember", target):
            world.send(treasury(ISSUER), f"{CASH}.transfer", target, 1)
    with reverts("ERC20InvalidReceiver", ZERO):
        world.send(treasury(ISSUER), f"{CASH}.transfer", ZERO, 1)
    with reverts("ERC20InsufficientBalance", treasury(ISSUER), 4, 5):
        world.send(treasury(ISSUER), f"{CASH}.transfer", treasury(BENEFICIARY), 5)


def test_the_administrators_first_key_moves_no_cash(world: World) -> None:
    mint(world, ISSUER, 10, "in")
    world.send(treasury(ISSUER), f"{CASH}.transfer", admin(ISSUER), 4)
    with reverts("MissingRole", admin(ISSUER), ISSUER, int(Role.PAY)):
        world.send(admin(ISSUER), f"{CASH}.transfer", treasury(ISSUER), 4)


def test_cash_under_a_revoked_key_is_found_again_with_the_account(world: World) -> None:
    """Nobody can move it meanwhile, and the member can: by giving the account a key again."""
    key = world.give_key(ISSUER, "a till", int(Role.PAY))
    mint(world, ISSUER, 10, "in")
    world.send(treasury(ISSUER), f"{CASH}.transfer", key, 10)
    world.send(admin(ISSUER), "AllianceRegistry.revokeKey", key)
    with reverts("NotAMember", key):
        world.send(key, f"{CASH}.transfer", treasury(ISSUER), 10)
    world.send(admin(ISSUER), "AllianceRegistry.setKey", key, int(Role.PAY), NO_END)
    world.send(key, f"{CASH}.transfer", treasury(ISSUER), 10)
    assert world.balance(ISSUER) == 10


def allowed(world: World, spender: str, amount: int = 5) -> None:
    mint(world, ISSUER, 10, f"for {spender}")
    world.send(treasury(ISSUER), f"{CASH}.approve", spender, amount).emitted(
        event(CASH, "Approval", owner=treasury(ISSUER), spender=spender, value=amount)
    )


def spend(world: World, spender: str, amount: int, target: str = "") -> Receipt:
    target = target or treasury(BENEFICIARY)
    return world.send(spender, f"{CASH}.transferFrom", treasury(ISSUER), target, amount)


def test_an_allowance_is_spent_by_live_keys_on_both_sides(world: World) -> None:
    allowed(world, desk(ADVISER))
    spend(world, desk(ADVISER), 3).emitted(moved(treasury(ISSUER), treasury(BENEFICIARY), 3))
    with reverts("ERC20InsufficientAllowance", desk(ADVISER), 2, 3):
        spend(world, desk(ADVISER), 3)
    with reverts("NotHeldByMember", OUTSIDER):
        spend(world, desk(ADVISER), 2, OUTSIDER)


def test_an_allowance_lapses_with_the_holders_key(world: World) -> None:
    key = world.give_key(ISSUER, "a till", int(Role.PAY), world.time + 10)
    mint(world, ISSUER, 10, "in")
    world.send(treasury(ISSUER), f"{CASH}.transfer", key, 10)
    world.send(key, f"{CASH}.approve", desk(ADVISER), 10)
    args = (key, treasury(ADVISER), 1)
    world.at(world.time + 10).send(desk(ADVISER), f"{CASH}.transferFrom", *args)
    world.at(world.time + 1)
    with reverts("KeyExpired", key, world.time - 1):
        world.send(desk(ADVISER), f"{CASH}.transferFrom", *args)
    world.send(admin(ISSUER), "AllianceRegistry.setKey", key, int(Role.PRESENT), NO_END)
    with reverts("MissingRole", key, ISSUER, int(Role.PAY)):
        world.send(desk(ADVISER), f"{CASH}.transferFrom", *args)


@pytest.mark.parametrize(
    ("spender", "expected"),
    [
        (OUTSIDER, error("NotAMember", OUTSIDER)),
        (admin(ADVISER), error("MissingRole", admin(ADVISER), ADVISER, int(Role.PAY))),
    ],
)
def test_an_allowance_helps_nobody_without_the_role(
    world: World, spender: str, expected: Error
) -> None:
    allowed(world, spender)
    with refused(expected):
        spend(world, spender, 1)


def test_nobody_is_allowed_at_the_zero_address(world: World) -> None:
    with reverts("ERC20InvalidSpender", ZERO):
        world.send(treasury(ISSUER), f"{CASH}.approve", ZERO, 1)
    with reverts("ERC20InvalidApprover", ZERO):
        world.send(desk(ISSUER), f"{CASH}.transferFrom", ZERO, treasury(ISSUER), 0)
    with reverts("ERC20InsufficientAllowance", desk(ISSUER), 0, 1):
        world.send(desk(ISSUER), f"{CASH}.transferFrom", ZERO, treasury(ISSUER), 1)


# Settlement


@pytest.fixture
def settled(world: World) -> World:
    """Cash whose two settling contracts are plain accounts."""
    registry = world.addresses["AllianceRegistry"]
    settlers = (OBLIGATIONS, DELIVERIES)
    world.deploy("Cash", "SettlementCash", registry, *settlers, CENTRAL, 156, "CNY", 2)
    world.send(desk(CENTRAL), "Cash.mint", ISSUER, 10, keccak(text="in"))
    return world


@pytest.mark.parametrize("settler", [OBLIGATIONS, DELIVERIES])
def test_both_settling_contracts_settle(settled: World, settler: str) -> None:
    args = (treasury(ISSUER), treasury(BENEFICIARY), 4)
    settled.send(settler, "Cash.settle", *args).emitted(moved(*args, cash="Cash"))
    with reverts("ERC20InsufficientBalance", treasury(ISSUER), 6, 7):
        settled.send(settler, "Cash.settle", treasury(ISSUER), treasury(BENEFICIARY), 7)
    with reverts("ERC20InvalidSender", ZERO):
        settled.send(settler, "Cash.settle", ZERO, treasury(BENEFICIARY), 0)
    with reverts("ERC20InvalidReceiver", ZERO):
        settled.send(settler, "Cash.settle", treasury(ISSUER), ZERO, 0)


def test_a_settling_contract_neither_mints_nor_redeems(settled: World) -> None:
    for settler in (OBLIGATIONS, DELIVERIES):
        for act, args in (("mint", (ISSUER, 1)), ("redeem", (1,))):
            with reverts("NotAMember", settler):
                settled.send(settler, f"Cash.{act}", *args, keccak(text="x"))


def test_where_there_is_no_second_settler_the_zero_address_is_none(world: World) -> None:
    registry = world.addresses["AllianceRegistry"]
    world.deploy("Cash", "SettlementCash", registry, OBLIGATIONS, ZERO, CENTRAL, 156, "CNY", 2)
    world.send(desk(CENTRAL), "Cash.mint", ISSUER, 10, keccak(text="in"))
    for caller in (ZERO, DELIVERIES, OUTSIDER, desk(ISSUER), treasury(ISSUER), desk(CENTRAL)):
        with reverts("NotSettler", caller):
            world.send(caller, "Cash.settle", treasury(ISSUER), treasury(BENEFICIARY), 1)


# Random runs


class Ledger:
    """What everybody should hold: written from the rules, in plain dictionaries."""

    def __init__(self) -> None:
        self.held: Counter[str] = Counter()
        self.allowances: Counter[tuple[str, str]] = Counter()
        self.used: set[bytes] = set()
        self.lost: Counter[str] = Counter()

    def mint(self, target: str, amount: int, reference: bytes) -> Error | None:
        if reference in self.used:
            return error("ReferenceUsed", reference)
        self.used.add(reference)
        self.held[target] += amount
        return None

    def redeem(self, source: str, amount: int, reference: bytes) -> Error | None:
        if reference in self.used:
            return error("ReferenceUsed", reference)
        if amount > self.held[source]:
            return error("ERC20InsufficientBalance", source, self.held[source], amount)
        self.used.add(reference)
        self.held[source] -= amount
        return None

    def move(self, source: str, target: str, amount: int) -> Error | None:
        if amount > self.held[source]:
            return error("ERC20InsufficientBalance", source, self.held[source], amount)
        self.held[source] -= amount
        self.held[target] += amount
        return None

    def spend(self, spender: str, source: str, target: str, amount: int) -> Error | None:
        left = self.allowances[source, spender]
        if amount > left:
            return error("ERC20InsufficientAllowance", spender, left, amount)
        failed = self.move(source, target, amount)
        if failed is None:
            self.allowances[source, spender] -= amount
        return failed


def test_every_balance_is_the_one_that_the_rules_give(
    world: World, seed: int, note: list[str]
) -> None:
    """Cash moves, credits are paid, and each party holds what its own acts left it."""
    source = random.Random(seed)
    run, ledger = Run("cash", source), Ledger()
    members = (ISSUER, ADVISER, BENEFICIARY, CENTRAL, AUTHORITY)
    holders = [each(member) for member in members for each in (treasury, desk)]
    due: list[tuple[bytes, int]] = []
    start = world.time

    def reference() -> bytes:
        return keccak(text=f"reference {source.randint(0, 600)}")

    for step in range(2_000):
        act = source.choice(("mint", "redeem", "transfer", "transfer", "approve", "spend", "pay"))
        amount = source.choice((0, 1, source.randint(0, 50), source.randint(0, 500)))
        one, other = source.choice(holders), source.choice(holders)
        sender, own = one, {one}
        if act == "mint":
            member, number = source.choice(members), reference()
            sender, args = desk(CENTRAL), (member, amount, number)
            expected, own = ledger.mint(treasury(member), amount, number), set()
        elif act == "redeem":
            number = reference()
            sender, args, own = desk(CENTRAL), (amount, number), {treasury(CENTRAL)}
            expected = ledger.redeem(treasury(CENTRAL), amount, number)
        elif act == "transfer":
            args, expected = (other, amount), ledger.move(one, other, amount)
        elif act == "approve":
            args, expected, own = (other, amount), None, set()
            ledger.allowances[one, other] = amount
        elif act == "spend":
            spenders = [key for key, left in ledger.allowances.items() if left]
            if spenders and source.random() < 0.8:
                one, sender = source.choice(spenders)
                amount = source.randint(0, ledger.allowances[one, sender] + 1)
            own = {one}
            args = (one, other, amount)
            expected = ledger.spend(sender, one, other, amount)
        else:
            if not due or source.random() < 0.3:
                due.append(owe(world, step, amount + 1))
            place = source.randrange(len(due))
            args, amount = (due[place][0],), due[place][1]
            sender, own = desk(ISSUER), {treasury(ISSUER)}
            expected = ledger.move(treasury(ISSUER), treasury(BENEFICIARY), amount)
            if expected is None:
                due.pop(place)
        before = {each: world.view(f"{CASH}.balanceOf", each) for each in holders}
        names = {"spend": f"{CASH}.transferFrom", "pay": "PaymentObligations.pay"}
        with run.expecting(act, expected):
            world.send(sender, names.get(act, f"{CASH}.{act}"), *args)
        after = {each: world.view(f"{CASH}.balanceOf", each) for each in holders}
        assert after == {each: ledger.held[each] for each in holders}, (step, act)
        assert {each for each in holders if after[each] < before[each]} <= own, (step, act)
        assert sum(after.values()) == world.view(f"{CASH}.totalSupply")
    assert world.time == start
    note.append(run.shares())
    run.expect_each_succeeds()


def owe(world: World, step: int, amount: int) -> tuple[bytes, int]:
    """An obligation of the issuing bank's to the beneficiary."""
    credit = world.issue(reference=(step + 1).to_bytes(16, "big"), amount=amount)
    assert Issuance().beneficiary == BENEFICIARY
    key = world.lodge(credit, amount=amount)
    return world.send(desk(ISSUER), "Presentations.findComplying", key).value, amount

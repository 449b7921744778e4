# SPDX-License-Identifier: Apache-2.0
from acceptance import CASH, CNY, PAY, assert_events, reverts_with, word

NOBODY = "0x" + "00" * 20


def test_the_token(suite, cash, obligations, central_bank):
    assert cash.symbol() == "CNY"
    assert cash.decimals() == 2
    assert cash.currency() == CNY
    assert cash.issuer() == central_bank.number
    assert cash.obligations() == obligations
    assert cash.deliveries() == suite.deliveries.address


def test_mint(cash, central_bank, issuing_bank):
    tx = cash.mint(issuing_bank.number, 500, word("RTGS-1"), {"from": central_bank.desk})

    moved = {"from": NOBODY, "to": issuing_bank.treasury.address, "value": 500}
    minted = {"outsideReference": word("RTGS-1"), "memberId": issuing_bank.number, "amount": 500}
    assert_events(tx, (cash, "Transfer", moved), (cash, "CashMinted", minted))
    assert cash.balanceOf(issuing_bank.treasury) == 500
    assert cash.totalSupply() == 500


def test_redeem(cash, central_bank):
    cash.mint(central_bank.number, 500, word("RTGS-1"), {"from": central_bank.desk})
    tx = cash.redeem(200, word("RTGS-2"), {"from": central_bank.desk})

    moved = {"from": central_bank.treasury.address, "to": NOBODY, "value": 200}
    redeemed = {"outsideReference": word("RTGS-2"), "amount": 200}
    assert_events(tx, (cash, "Transfer", moved), (cash, "CashRedeemed", redeemed))
    assert cash.balanceOf(central_bank.treasury) == 300
    assert cash.totalSupply() == 300


def test_transfer(cash, funded, issuing_bank, beneficiary):
    tx = cash.transfer(beneficiary.treasury, 70, {"from": issuing_bank.treasury})

    moved = {
        "from": issuing_bank.treasury.address,
        "to": beneficiary.treasury.address,
        "value": 70,
    }
    assert_events(tx, (cash, "Transfer", moved))
    assert cash.balanceOf(issuing_bank.treasury) == 200_000_000 - 70
    assert cash.balanceOf(beneficiary.treasury) == 70


def test_approve_and_transfer_from(cash, funded, issuing_bank, beneficiary):
    tx = cash.approve(issuing_bank.desk, 100, {"from": issuing_bank.treasury})

    allowed = {
        "owner": issuing_bank.treasury.address,
        "spender": issuing_bank.desk.address,
        "value": 100,
    }
    assert_events(tx, (cash, "Approval", allowed))

    tx = cash.transferFrom(
        issuing_bank.treasury, beneficiary.treasury, 60, {"from": issuing_bank.desk}
    )

    moved = {
        "from": issuing_bank.treasury.address,
        "to": beneficiary.treasury.address,
        "value": 60,
    }
    assert_events(tx, (cash, "Transfer", moved))
    assert cash.allowance(issuing_bank.treasury, issuing_bank.desk) == 40
    assert cash.balanceOf(issuing_bank.treasury) == 200_000_000 - 60
    assert cash.balanceOf(beneficiary.treasury) == 60


def test_a_reference_mints_once(cash, funded, central_bank, issuing_bank):
    for reference in (word("RTGS-1"), word("")):
        with reverts_with("ReferenceUsed", reference):
            cash.mint(issuing_bank.number, 1, reference, {"from": central_bank.desk})
    with reverts_with("ReferenceUsed", word("RTGS-1")):
        cash.redeem(1, word("RTGS-1"), {"from": central_bank.desk})


def test_only_its_issuer_mints_and_redeems(cash, funded, issuing_bank, central_bank):
    with reverts_with("NotCashIssuer", issuing_bank.number, central_bank.number):
        cash.mint(issuing_bank.number, 1, word("X"), {"from": issuing_bank.desk})
    with reverts_with("NotCashIssuer", issuing_bank.number, central_bank.number):
        cash.redeem(1, word("X"), {"from": issuing_bank.desk})
    account = central_bank.treasury
    with reverts_with("MissingRole", account, central_bank.number, CASH):
        cash.mint(issuing_bank.number, 1, word("X"), {"from": account})


def test_nobody_settles_by_hand(cash, funded, issuing_bank, beneficiary, central_bank):
    for account in (issuing_bank.treasury, central_bank.desk, central_bank.administrator):
        with reverts_with("NotSettler", account):
            cash.settle(issuing_bank.treasury, beneficiary.treasury, 1, {"from": account})


def test_cash_stays_among_members(cash, funded, issuing_bank, stranger):
    with reverts_with("NotHeldByMember", stranger):
        cash.transfer(stranger, 1, {"from": issuing_bank.treasury})


def test_only_live_keys_with_the_role_move_cash(cash, funded, issuing_bank, beneficiary, stranger):
    cash.approve(stranger, 100, {"from": issuing_bank.treasury})
    with reverts_with("NotAMember", stranger):
        cash.transferFrom(issuing_bank.treasury, beneficiary.treasury, 1, {"from": stranger})
    cash.transfer(issuing_bank.administrator, 5, {"from": issuing_bank.treasury})
    account = issuing_bank.administrator
    with reverts_with("MissingRole", account, issuing_bank.number, PAY):
        cash.transfer(beneficiary.treasury, 1, {"from": account})


def test_nobody_spends_more_than_it_has(cash, funded, issuing_bank, beneficiary):
    account = beneficiary.treasury
    with reverts_with("ERC20InsufficientBalance", account, 0, 1):
        cash.transfer(issuing_bank.treasury, 1, {"from": account})

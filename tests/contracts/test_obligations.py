# SPDX-License-Identifier: Apache-2.0
from acceptance import AMOUNT, CNY, DUE, PAID, PAY, assert_events, reverts_with, word


def test_pay(obligations, cash, found_complying, funded, issuing_bank, beneficiary):
    tx = obligations.pay(found_complying, {"from": issuing_bank.desk})

    paid = {
        "obligationId": found_complying,
        "debtor": issuing_bank.number,
        "owner": beneficiary.number,
        "amount": AMOUNT,
        "currency": CNY,
    }
    moved = {
        "from": issuing_bank.treasury.address,
        "to": beneficiary.treasury.address,
        "value": AMOUNT,
    }
    assert_events(tx, (obligations, "ObligationPaid", paid), (cash, "Transfer", moved))
    assert obligations.stateOf(found_complying) == PAID
    assert cash.balanceOf(issuing_bank.treasury) == 200_000_000 - AMOUNT
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT
    assert cash.totalSupply() == 200_000_000


def test_an_obligation_is_paid_once(obligations, found_complying, funded, issuing_bank):
    obligations.pay(found_complying, {"from": issuing_bank.desk})
    with reverts_with("WrongObligationState", found_complying, PAID, DUE):
        obligations.pay(found_complying, {"from": issuing_bank.desk})


def test_only_the_debtor_pays(obligations, found_complying, funded, beneficiary, issuing_bank):
    with reverts_with("NotDebtor", found_complying, beneficiary.number):
        obligations.pay(found_complying, {"from": beneficiary.desk})
    account = issuing_bank.administrator
    with reverts_with("MissingRole", account, issuing_bank.number, PAY):
        obligations.pay(found_complying, {"from": account})


def test_without_cash_nothing_is_paid(obligations, cash, found_complying, issuing_bank):
    with reverts_with("ERC20InsufficientBalance", issuing_bank.treasury, 0, AMOUNT):
        obligations.pay(found_complying, {"from": issuing_bank.desk})
    assert obligations.stateOf(found_complying) == DUE


def test_an_unknown_obligation_is_named(obligations, issuing_bank):
    with reverts_with("UnknownObligation", word("none")):
        obligations.pay(word("none"), {"from": issuing_bank.desk})


def test_only_presentations_let_obligations_arise(obligations, issuing_bank):
    owed = DUE << 224 | CNY << 208 | 8 << 96 | issuing_bank.number << 64 | AMOUNT
    with reverts_with("NotPresentationsContract", issuing_bank.desk):
        obligations.incur(word("presentation"), owed, {"from": issuing_bank.desk})

# SPDX-License-Identifier: Apache-2.0
"""Whole lives of a credit: paid at sight, refused in time, and a bank that stays silent."""

from acceptance import (
    AMOUNT,
    CLAIMED,
    COMPLYING,
    HOLD,
    ISSUED,
    LODGED,
    PAID,
    PRECLUDED,
    REFUSED,
    Issuance,
    Lodging,
    reverts_with,
    unix,
    word,
)

NOTICE = word("notice")


def test_a_credit_is_paid_at_sight(
    letters,
    presentations,
    obligations,
    cash,
    funded,
    issuing_bank,
    advising_bank,
    beneficiary,
    clock,
):
    letters.issue(Issuance(), {"from": issuing_bank.desk})
    credit = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    clock("2025-09-03 09:30")
    letters.advise(credit, True, {"from": advising_bank.desk})
    clock("2025-09-10 11:00")
    key = (credit, issuing_bank.number, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    clock("2025-09-12 15:00")
    presentations.findComplying(key, {"from": issuing_bank.desk})
    obligation = obligations.obligationIdOf(
        presentations.presentationIdOf(key), issuing_bank.number, beneficiary.number
    )
    obligations.pay(obligation, {"from": issuing_bank.desk})

    assert presentations.stateOf(key) == COMPLYING
    assert obligations.stateOf(obligation) == PAID
    found = letters.credit(credit)
    assert found["state"] == ISSUED
    assert (found["advised"], found["secondAdvised"]) == (True, False)
    assert (found["issuingBank"], found["drawn"]) == (issuing_bank.number, AMOUNT)
    assert cash.balanceOf(issuing_bank.treasury) == 200_000_000 - AMOUNT
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT
    # Nothing is left: a second presentation is recorded, flagged, and cannot comply.
    second = (credit, issuing_bank.number, beneficiary.number, 2)
    presentations.lodge(Lodging(second, amount=1), {"from": beneficiary.desk})
    with reverts_with("CannotComply", presentations.presentationIdOf(second), 2):
        presentations.findComplying(second, {"from": issuing_bank.desk})


def test_a_refusal_at_the_close_of_the_fifth_banking_day_is_in_time(
    presentations, lodged, issuing_bank, clock
):
    clock("2025-09-09 17:00:00")
    presentations.refuse(lodged, 1 << 8, HOLD, NOTICE, {"from": issuing_bank.desk})
    assert presentations.stateOf(lodged) == REFUSED


def test_a_refusal_one_second_later_is_late(presentations, lodged, issuing_bank, clock):
    clock("2025-09-09 17:00:01")
    number = presentations.presentationIdOf(lodged)
    deadline = unix("2025-09-09 17:00")
    with reverts_with("DeadlinePassed", number, deadline, deadline + 1):
        presentations.refuse(lodged, 1 << 8, HOLD, NOTICE, {"from": issuing_bank.desk})
    assert presentations.stateOf(lodged) == PRECLUDED


def test_a_silent_bank_is_precluded_across_the_october_holiday(
    presentations, obligations, cash, funded, issued, issuing_bank, beneficiary, clock
):
    clock("2025-09-29 11:00")
    key = (issued, issuing_bank.number, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    number = presentations.presentationIdOf(key)
    deadline = unix("2025-10-13 17:00")
    assert presentations.presentation(number)[2] == deadline

    clock("2025-10-13 17:00:00")
    assert presentations.stateOf(key) == LODGED
    with reverts_with("NotPrecluded", number, deadline, deadline):
        presentations.claimPrecluded(key, {"from": beneficiary.desk})

    clock("2025-10-13 17:00:01")
    assert presentations.isPrecluded(key) is True
    bank = {"from": issuing_bank.desk}
    with reverts_with("DeadlinePassed", number, deadline, deadline + 1):
        presentations.refuse(key, 1 << 8, HOLD, NOTICE, bank)
    with reverts_with("DeadlinePassed", number, deadline, deadline + 1):
        presentations.findComplying(key, bank)

    presentations.claimPrecluded(key, {"from": beneficiary.desk})
    assert presentations.stateOf(key) == CLAIMED
    # The claim moves no money; the debtor's own payment does.
    assert cash.balanceOf(beneficiary.treasury) == 0
    obligation = obligations.obligationIdOf(number, issuing_bank.number, beneficiary.number)
    obligations.pay(obligation, bank)
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT
    assert cash.balanceOf(issuing_bank.treasury) == 200_000_000 - AMOUNT

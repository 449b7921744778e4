# SPDX-License-Identifier: Apache-2.0
"""Credits with a schedule: mixed payment, instalments, revolving amounts, a red clause."""

from acceptance import (
    AFTER_SHIPMENT,
    AMOUNT,
    DEFERRED_PAYMENT,
    DUE,
    MISSED,
    MIXED_PAYMENT,
    SIGHT_PAYMENT,
    Issuance,
    Lodging,
    day,
    reverts_with,
    word,
)

NOTHING = ((), (), 0, 0, 0, 0, 0)
BY_USE = 3
INCURRED = 2
REFERENCE = word("LC2025-0001", 16)


def issued(letters, bank, schedule, **changes):
    letters.issueScheduled(Issuance(**changes), schedule, {"from": bank.desk})
    return letters.creditIdOf(bank.number, REFERENCE)


def presented(presentations, credit, bank, beneficiary, number=1, **changes):
    key = (credit, bank.number, beneficiary.number, number)
    presentations.lodge(Lodging(key, **changes), {"from": beneficiary.desk})
    return key


def test_mixed_payment_is_owed_slice_by_slice(
    letters, presentations, obligations, schedules, issuing_bank, beneficiary, clock
):
    slices = ((30, SIGHT_PAYMENT, 0, 0), (70, DEFERRED_PAYMENT, 60, AFTER_SHIPMENT))
    schedule = (slices, *NOTHING[1:])
    credit = issued(letters, issuing_bank, schedule, availability=MIXED_PAYMENT)
    assert schedules.scheduleOf(credit)["slices"] == slices
    clock("2025-09-10 11:00")
    key = presented(presentations, credit, issuing_bank, beneficiary, shipped=day("2025-09-01"))
    presentations.findComplying(key, {"from": issuing_bank.desk})
    first = obligations.obligationIdOf(
        presentations.presentationIdOf(key), issuing_bank.number, beneficiary.number
    )
    second = obligations.idOfSlice(first, 1)
    found = [obligations.obligation(each) for each in (first, second)]
    assert [each["state"] for each in found] == [DUE, INCURRED]
    assert [each["amount"] for each in found] == [AMOUNT * 3 // 10, AMOUNT * 7 // 10]
    assert found[1]["maturity"] == (day("2025-09-01") + 60) * 86_400


def test_a_missed_instalment_and_its_replacement(
    letters, presentations, schedules, issuing_bank, beneficiary, clock
):
    rows = (
        (AMOUNT // 2, day("2025-09-01"), day("2025-09-05")),
        (AMOUNT // 2, day("2025-10-10"), day("2025-10-20")),
    )
    credit = issued(letters, issuing_bank, (NOTHING[0], rows, *NOTHING[2:]))
    clock("2025-10-14 11:00")
    shipped = {"shipped": day("2025-10-10"), "amount": 1}
    key = presented(presentations, credit, issuing_bank, beneficiary, **shipped)
    number = presentations.presentationIdOf(key)
    assert presentations.presentation(number)["flags"] == MISSED
    with reverts_with("CannotComply", number, MISSED):
        presentations.findComplying(key, {"from": issuing_bank.desk})
    schedules.proposeInstalments(credit, 1, rows[1:], {"from": issuing_bank.desk})
    amendment = (1, False, 0, 0, 0, 0, 0, False, 0, 0, word("text"))
    letters.amend(credit, amendment, {"from": issuing_bank.desk})
    letters.acceptAmendment(credit, 1, word(""), {"from": beneficiary.desk})
    key = presented(presentations, credit, issuing_bank, beneficiary, 2, **shipped)
    presentations.findComplying(key, {"from": issuing_bank.desk})
    (row,) = schedules.instalmentsOf(credit, issuing_bank.number)
    assert (row["drawn"], row["shipped"]) == (1, True)


def test_an_amount_that_revolves_with_an_advance(
    letters, presentations, schedules, issuing_bank, beneficiary, clock
):
    credit = issued(letters, issuing_bank, (*NOTHING[:2], BY_USE, 1, 0, 0, 1_000))
    clock("2025-09-10 11:00")
    key = presented(presentations, credit, issuing_bank, beneficiary, amount=1_000, shipped=0)
    presentations.findComplying(key, {"from": issuing_bank.desk})
    assert schedules.advancesOf(credit) == (1_000, 1_000, 0)
    today = day("2025-09-10")
    for number in (2, 3):
        assert schedules.availableOn(credit, issuing_bank.number, today, today) == AMOUNT
        key = presented(presentations, credit, issuing_bank, beneficiary, number, shipped=today)
        presentations.findComplying(key, {"from": issuing_bank.desk})
    assert schedules.advancesOf(credit) == (1_000, 1_000, 1_000)
    assert letters.credit(credit)["drawn"] == 2 * AMOUNT
    assert schedules.availableOn(credit, issuing_bank.number, today, today) == 0

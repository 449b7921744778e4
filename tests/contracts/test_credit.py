# SPDX-License-Identifier: Apache-2.0
from acceptance import (
    AFTER_SHIPMENT,
    AMOUNT,
    COURT,
    DEFERRED_PAYMENT,
    EXPIRED,
    ISSUE,
    ISSUED,
    MIXED_PAYMENT,
    NO_END,
    PRE_ADVISED,
    PRE_ADVISED_AMOUNT,
    WORK,
    Issuance,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)
from brownie import chain


def test_issue(letters, issuing_bank, beneficiary):
    tx = letters.issue(Issuance(), {"from": issuing_bank.desk})

    number = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    fields = {
        "creditId": number,
        "issuingBank": issuing_bank.number,
        "beneficiary": beneficiary.number,
        "issuance": Issuance(),
    }
    assert_events(tx, (letters, "CreditIssued", fields))
    # Nothing is advised, declined, confirmed, stayed, amended or drawn.
    # The reference is not stored.
    found = letters.credit(number)
    assert found[0] == letters.stateOf(number) == ISSUED
    assert found[1:11] == (False,) * 8 + (0, 0)
    assert found[11:] == (issuing_bank.number, 0, Issuance(reference=word("", 16)), False)


def test_issue_a_batch(letters, issuing_bank, beneficiary):
    batch = [Issuance(reference=word(f"BATCH {n}", 16), amount=AMOUNT + n) for n in range(3)]

    tx = letters.issueBatch([each.packed() for each in batch], {"from": issuing_bank.desk})

    told = []
    for each in batch:
        number = letters.creditIdOf(issuing_bank.number, each.reference)
        fields = {
            "creditId": number,
            "issuingBank": issuing_bank.number,
            "beneficiary": beneficiary.number,
            "issuance": each,
        }
        told.append((letters, "CreditIssued", fields))
        assert letters.credit(number)[13] == each._replace(reference=word("", 16))
    assert_events(tx, *told)


def test_a_batch_holds_a_credit(letters, issuing_bank):
    with reverts_with("EmptyBatch"):
        letters.issueBatch([], {"from": issuing_bank.desk})


def test_pre_advise(letters, issuing_bank, beneficiary):
    tx = letters.preAdvise(Issuance(), {"from": issuing_bank.desk})

    number = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    fields = {
        "creditId": number,
        "issuingBank": issuing_bank.number,
        "beneficiary": beneficiary.number,
        "issuance": Issuance(),
    }
    assert_events(tx, (letters, "CreditPreAdvised", fields))
    assert letters.stateOf(number) == PRE_ADVISED

    tx = letters.issuePreAdvised(Issuance(amount=AMOUNT + 1), {"from": issuing_bank.desk})

    assert_events(tx, (letters, "CreditIssued", fields | {"issuance": Issuance(amount=AMOUNT + 1)}))
    assert letters.stateOf(number) == ISSUED


def test_a_credit_is_issued_as_it_was_pre_advised(letters, issuing_bank):
    letters.preAdvise(Issuance(), {"from": issuing_bank.desk})
    number = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    with reverts_with("ContradictsPreAdvice", number, PRE_ADVISED_AMOUNT):
        letters.issuePreAdvised(Issuance(amount=AMOUNT - 1), {"from": issuing_bank.desk})


def test_advise(letters, issued, advising_bank):
    tx = letters.advise(issued, True, {"from": advising_bank.desk})

    fields = {
        "creditId": issued,
        "advisingBank": advising_bank.number,
        "apparentlyAuthentic": True,
    }
    assert_events(tx, (letters, "CreditAdvised", fields))
    assert letters.credit(issued)[1:3] == (True, False)


def test_the_second_advising_bank_follows_the_first(letters, issued, advising_bank, other_bank):
    with reverts_with("NotAdvisingBank", issued, other_bank.number):
        letters.advise(issued, True, {"from": other_bank.desk})
    letters.advise(issued, True, {"from": advising_bank.desk})

    tx = letters.advise(issued, False, {"from": other_bank.desk})

    fields = {"creditId": issued, "advisingBank": other_bank.number, "apparentlyAuthentic": False}
    assert_events(tx, (letters, "CreditAdvised", fields))
    assert letters.credit(issued)[1:3] == (True, True)


def test_a_bank_advises_once(letters, issued, advising_bank):
    letters.advise(issued, True, {"from": advising_bank.desk})
    with reverts_with("AdvisedAlready", issued, advising_bank.number):
        letters.advise(issued, True, {"from": advising_bank.desk})


def test_decline_advice(letters, issued, advising_bank):
    tx = letters.declineAdvice(issued, {"from": advising_bank.desk})

    fields = {"creditId": issued, "advisingBank": advising_bank.number}
    assert_events(tx, (letters, "AdviceDeclined", fields))
    with reverts_with("AdviceDeclinedAlready", issued, advising_bank.number):
        letters.declineAdvice(issued, {"from": advising_bank.desk})
    letters.advise(issued, True, {"from": advising_bank.desk})


def test_confirm(letters, issued, issuing_bank, advising_bank):
    tx = letters.requestConfirmation(issued, advising_bank.number, {"from": issuing_bank.desk})
    fields = {"creditId": issued, "confirmingBank": advising_bank.number}
    assert_events(tx, (letters, "ConfirmationRequested", fields))

    tx = letters.confirm(issued, {"from": advising_bank.desk})

    assert_events(tx, (letters, "CreditConfirmed", fields))
    with reverts_with("ConfirmedAlready", issued, advising_bank.number):
        letters.confirm(issued, {"from": advising_bank.desk})


def test_decline_confirmation(letters, issued, issuing_bank, advising_bank):
    letters.requestConfirmation(issued, advising_bank.number, {"from": issuing_bank.desk})

    tx = letters.declineConfirmation(issued, {"from": advising_bank.desk})

    fields = {"creditId": issued, "confirmingBank": advising_bank.number}
    assert_events(tx, (letters, "ConfirmationDeclined", fields))
    with reverts_with("ConfirmationDeclinedAlready", issued, advising_bank.number):
        letters.confirm(issued, {"from": advising_bank.desk})


def test_only_the_bank_that_is_asked_confirms(letters, issued, advising_bank):
    with reverts_with("NotConfirmingBank", issued, advising_bank.number):
        letters.confirm(issued, {"from": advising_bank.desk})


def test_a_stay_of_payment(letters, registry, issued, keeper):
    registry.setKey(keeper.desk, WORK | COURT, NO_END, {"from": keeper.administrator})
    until, order = unix("2025-12-01 00:00"), word("order")

    tx = letters.stay(issued, until, order, {"from": keeper.desk})

    fields = {"creditId": issued, "authority": keeper.number, "until": until, "order": order}
    assert_events(tx, (letters, "PaymentStayed", fields))
    assert letters.stayOf(issued) == until

    tx = letters.liftStay(issued, order, {"from": keeper.desk})

    fields = {"creditId": issued, "authority": keeper.number, "order": order}
    assert_events(tx, (letters, "StayLifted", fields))
    with reverts_with("NotStayed", issued):
        letters.liftStay(issued, order, {"from": keeper.desk})


def test_a_stay_ends_within_400_days(letters, registry, issued, keeper, clock):
    registry.setKey(keeper.desk, WORK | COURT, NO_END, {"from": keeper.administrator})
    clock("2025-09-02 12:00")
    latest = unix("2026-10-07 12:00")
    with reverts_with("StayOutOfBounds", latest + 1, latest):
        letters.stay(issued, latest + 1, word("order"), {"from": keeper.desk})


def test_no_bank_stays_payment(letters, issued, issuing_bank):
    with reverts_with("MissingRole", issuing_bank.desk, issuing_bank.number, COURT):
        letters.stay(issued, unix("2025-12-01 00:00"), word("order"), {"from": issuing_bank.desk})


def test_a_credit_expires(letters, issued, clock):
    # A Saturday: the Monday after it is the last day.
    clock("2025-11-17 17:00")
    chain.mine()
    assert letters.stateOf(issued) == ISSUED
    clock("2025-11-17 17:00:01")
    chain.mine()
    assert letters.stateOf(issued) == EXPIRED


def test_a_reference_is_used_once(letters, issued, issuing_bank):
    with reverts_with("CreditExists", issued):
        letters.issue(Issuance(amount=1), {"from": issuing_bank.desk})


def test_two_banks_may_use_the_same_reference(letters, issued, advising_bank):
    letters.issue(Issuance(advising_bank=0), {"from": advising_bank.desk})
    own = letters.creditIdOf(advising_bank.number, word("LC2025-0001", 16))
    assert own != issued
    assert letters.credit(own)[11] == advising_bank.number


def test_only_a_bank_issues(letters, applicant):
    with reverts_with("MissingRole", applicant.desk, applicant.number, ISSUE):
        letters.issue(Issuance(), {"from": applicant.desk})


def test_a_stranger_issues_nothing(letters, stranger):
    with reverts_with("NotAMember", stranger):
        letters.issue(Issuance(), {"from": stranger})


def test_every_party_named_is_a_member(letters, issuing_bank):
    with reverts_with("PartyNotActive", 10):
        letters.issue(Issuance(beneficiary=10), {"from": issuing_bank.desk})


def test_a_credit_is_not_issued_once_its_last_day_is_over_everywhere(letters, issuing_bank, clock):
    # 4 September is over at UTC-12 on the 5th at 12:00 UTC, 20:00 in Shanghai.
    clock("2025-09-05 19:59:59")
    letters.issue(
        Issuance(expiry=day("2025-09-04"), latest_shipment=0), {"from": issuing_bank.desk}
    )
    clock("2025-09-05 20:00")
    with reverts_with("ExpiryPassed", day("2025-09-04"), unix("2025-09-05 20:00")):
        letters.issue(
            Issuance(reference=word("LC2025-0002", 16), expiry=day("2025-09-04")),
            {"from": issuing_bank.desk},
        )


def test_deferred_payment_has_a_usance(letters, issuing_bank):
    with reverts_with("BadTenor", DEFERRED_PAYMENT, 0, 0):
        letters.issue(Issuance(availability=DEFERRED_PAYMENT), {"from": issuing_bank.desk})
    usance = Issuance(availability=DEFERRED_PAYMENT, tenor=60, tenor_from=AFTER_SHIPMENT)
    letters.issue(usance, {"from": issuing_bank.desk})


def test_mixed_payment_is_not_carried(letters, issuing_bank):
    with reverts_with("AvailabilityNotCarried", MIXED_PAYMENT):
        letters.issue(Issuance(availability=MIXED_PAYMENT), {"from": issuing_bank.desk})


def test_a_credit_has_an_amount(letters, issuing_bank):
    with reverts_with("BadAmount", 0, 10):
        letters.issue(Issuance(amount=0, plus_tolerance=10), {"from": issuing_bank.desk})


def test_only_presentations_draw(letters, issued, issuing_bank):
    with reverts_with("NotPresentations", issuing_bank.desk):
        letters.drawExactly(issued, issuing_bank.number, 1, {"from": issuing_bank.desk})
    with reverts_with("NotPresentations", issuing_bank.administrator):
        bank = issuing_bank.number
        letters.drawUpTo(issued, bank, AMOUNT, {"from": issuing_bank.administrator})

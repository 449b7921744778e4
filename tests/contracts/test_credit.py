# SPDX-License-Identifier: Apache-2.0
from acceptance import (
    AMOUNT,
    DEFERRED_PAYMENT,
    ISSUE,
    Issuance,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)


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
    # State Issued, not advised, nothing drawn; the reference is not stored.
    found = letters.credit(number)
    assert found[:5] == (1, False, False, issuing_bank.number, 0)
    assert found[5] == Issuance(reference=word("", 16))


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


def test_a_reference_is_used_once(letters, issued, issuing_bank):
    with reverts_with("CreditExists", issued):
        letters.issue(Issuance(amount=1), {"from": issuing_bank.desk})


def test_two_banks_may_use_the_same_reference(letters, issued, advising_bank):
    letters.issue(Issuance(advising_bank=0), {"from": advising_bank.desk})
    own = letters.creditIdOf(advising_bank.number, word("LC2025-0001", 16))
    assert own != issued
    assert letters.credit(own)[3] == advising_bank.number


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


def test_only_sight_credits_are_carried(letters, issuing_bank):
    with reverts_with("AvailabilityNotCarried", DEFERRED_PAYMENT):
        letters.issue(Issuance(availability=DEFERRED_PAYMENT), {"from": issuing_bank.desk})


def test_a_credit_has_an_amount(letters, issuing_bank):
    with reverts_with("BadAmount", 0, 10):
        letters.issue(Issuance(amount=0, plus_tolerance=10), {"from": issuing_bank.desk})


def test_only_presentations_draw(letters, issued, issuing_bank):
    with reverts_with("NotPresentations", issuing_bank.desk):
        letters.draw(issued, 1, {"from": issuing_bank.desk})
    with reverts_with("NotPresentations", issuing_bank.administrator):
        letters.drawUpTo(issued, AMOUNT, {"from": issuing_bank.administrator})

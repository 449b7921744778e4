# SPDX-License-Identifier: Apache-2.0
import pytest
from acceptance import (
    AMOUNT,
    BY_COMPLYING,
    BY_PRECLUSION,
    CLAIMED,
    CNY,
    COMPLYING,
    DAY,
    DUE,
    EXAMINE,
    HOLD,
    LATE,
    LODGED,
    NOTIFY,
    OVERDRAWN,
    PRECLUDED,
    PREVIOUS_INSTRUCTIONS,
    REFUSED,
    SHORT,
    Issuance,
    Lodging,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)

# Lodged on Tuesday 2 September at 10:00: the fifth banking day is Tuesday the 9th.
RECEIVED = unix("2025-09-02 10:00")
DEADLINE = unix("2025-09-09 17:00")
DISCREPANCIES = 1 << 3 | 1 << 8 | 1
NOTICE = word("notice")


def stored(**changes):
    """A presentation as stored, in the order of its struct."""
    fields = {
        "amount": AMOUNT,
        "received": RECEIVED,
        "deadline": DEADLINE,
        "shipped": day("2025-09-01"),
        "receiptDay": day("2025-09-02"),
        "payee": 8,
        "state": LODGED,
        "disposal": 0,
        "flags": 0,
        "marks": 0,
        "refusedOn": 0,
        "titles": 0,
    }
    return tuple((fields | changes).values())


def test_lodge(presentations, issued, beneficiary):
    lodging = Lodging((issued, 4, beneficiary.number, 1))
    tx = presentations.lodge(lodging, {"from": beneficiary.desk})

    number = presentations.presentationIdOf(lodging.key)
    fields = {
        "presentationId": number,
        "creditId": issued,
        "examiner": 4,
        "lodging": lodging,
        "payee": beneficiary.number,
        "received": RECEIVED,
        "deadline": DEADLINE,
        "flags": 0,
    }
    assert_events(tx, (presentations, "DocumentsLodged", fields))
    assert presentations.presentation(number) == stored()
    assert presentations.stateOf(lodging.key) == LODGED


def test_record_a_mandate_and_present_under_it(presentations, issued, beneficiary, forwarder):
    key = (issued, 4, forwarder.number, 1)
    with reverts_with("NoMandate", issued, forwarder.number):
        presentations.lodge(Lodging(key), {"from": forwarder.desk})

    tx = presentations.recordMandate(
        issued, forwarder.number, word("mandate"), {"from": beneficiary.desk}
    )

    fields = {
        "creditId": issued,
        "presenter": forwarder.number,
        "grantedBy": beneficiary.number,
        "mandate": word("mandate"),
    }
    assert_events(tx, (presentations, "MandateRecorded", fields))
    assert presentations.mandateOf(issued, forwarder.number) is True
    presentations.lodge(Lodging(key, pay_presenter=True), {"from": forwarder.desk})
    number = presentations.presentationIdOf(key)
    assert presentations.presentation(number) == stored(payee=forwarder.number)


def test_find_complying(presentations, obligations, letters, lodged, issuing_bank, beneficiary):
    tx = presentations.findComplying(lodged, {"from": issuing_bank.desk})

    number = presentations.presentationIdOf(lodged)
    obligation = obligations.obligationIdOf(number, issuing_bank.number, beneficiary.number)
    incurred = {
        "obligationId": obligation,
        "presentationId": number,
        "debtor": issuing_bank.number,
        "owner": beneficiary.number,
        "amount": AMOUNT,
        "currency": CNY,
        "maturity": RECEIVED,
        "state": DUE,
        "kind": BY_COMPLYING,
    }
    found = {
        "presentationId": number,
        "creditId": lodged[0],
        "examiner": issuing_bank.number,
        "amount": AMOUNT,
        "version": 0,
        "obligationId": obligation,
    }
    assert_events(
        tx,
        (obligations, "ObligationIncurred", incurred),
        (presentations, "FoundComplying", found),
    )
    assert presentations.stateOf(lodged) == COMPLYING
    assert letters.credit(lodged[0])["drawn"] == AMOUNT
    owed = (4, 8, AMOUNT, RECEIVED, CNY, DUE, BY_COMPLYING, 0, False, False, 0)
    assert obligations.obligation(obligation) == owed


def test_refuse(presentations, letters, lodged, issuing_bank):
    tx = presentations.refuse(lodged, DISCREPANCIES, HOLD, NOTICE, {"from": issuing_bank.desk})

    number = presentations.presentationIdOf(lodged)
    fields = {
        "presentationId": number,
        "creditId": lodged[0],
        "examiner": issuing_bank.number,
        "discrepancies": DISCREPANCIES,
        "disposal": HOLD,
        "notice": NOTICE,
    }
    assert_events(tx, (presentations, "DocumentsRefused", fields))
    assert presentations.presentation(number) == stored(
        state=REFUSED, disposal=HOLD, refusedOn=day("2025-09-02")
    )
    assert letters.credit(lodged[0])["drawn"] == 0


def test_claim_preclusion(presentations, obligations, lodged, issuing_bank, beneficiary, clock):
    clock("2025-09-09 17:00:01")
    tx = presentations.claimPrecluded(lodged, {"from": beneficiary.desk})

    number = presentations.presentationIdOf(lodged)
    obligation = obligations.obligationIdOf(number, issuing_bank.number, beneficiary.number)
    incurred = {
        "obligationId": obligation,
        "presentationId": number,
        "debtor": issuing_bank.number,
        "owner": beneficiary.number,
        "amount": AMOUNT,
        "currency": CNY,
        "maturity": DEADLINE + 1,
        "state": DUE,
        "kind": BY_PRECLUSION,
    }
    claimed = {
        "presentationId": number,
        "creditId": lodged[0],
        "claimant": beneficiary.number,
        "amount": AMOUNT,
        "obligationId": obligation,
    }
    assert_events(
        tx,
        (obligations, "ObligationIncurred", incurred),
        (presentations, "PreclusionClaimed", claimed),
    )
    assert presentations.stateOf(lodged) == CLAIMED


@pytest.fixture
def undated(presentations, letters, other_bank, beneficiary):
    """Lodged with the bank whose calendar is not published."""
    letters.issue(Issuance(advising_bank=0, second_advising_bank=0), {"from": other_bank.desk})
    number = letters.creditIdOf(other_bank.number, word("LC2025-0001", 16))
    key = (number, other_bank.number, beneficiary.number, 1)
    presentations.lodge(Lodging(key), {"from": beneficiary.desk})
    return key


def test_a_deadline_is_fixed_once_the_calendar_is_published(
    presentations, calendar, undated, keeper, other_bank, stranger, clock
):
    number = presentations.presentationIdOf(undated)
    assert presentations.presentation(number) == stored(deadline=0, receiptDay=0)
    # Meanwhile nobody is precluded.
    clock("2025-09-20 10:00")
    assert presentations.isPrecluded(undated) is False
    with reverts_with("CalendarNotPublished", 2, RECEIVED // DAY):
        presentations.fixDeadline(undated, {"from": stranger})

    for span in (105, 106):
        calendar.publish(2, span, calendar.spanOf(1, span), {"from": keeper.desk})
    tx = presentations.fixDeadline(undated, {"from": stranger})

    fields = {"presentationId": number, "deadline": DEADLINE, "flags": 0}
    assert_events(tx, (presentations, "DeadlineFixed", fields))
    assert presentations.presentation(number) == stored()
    assert presentations.stateOf(undated) == PRECLUDED
    with reverts_with("DeadlineFixedAlready", number, DEADLINE):
        presentations.fixDeadline(undated, {"from": stranger})


def test_what_the_chain_sees_is_flagged_and_cannot_comply(
    presentations, issued, issuing_bank, beneficiary, clock
):
    # Expiry on Saturday 15 November moves to Monday the 17th; received on Tuesday.
    clock("2025-11-18 10:00")
    key = (issued, 4, beneficiary.number, 1)
    lodging = Lodging(key, amount=AMOUNT + 1, shipped=day("2025-11-01"))
    presentations.lodge(lodging, {"from": beneficiary.desk})

    number = presentations.presentationIdOf(key)
    assert presentations.presentation(number)[8] == LATE | OVERDRAWN
    with reverts_with("CannotComply", number, LATE | OVERDRAWN):
        presentations.findComplying(key, {"from": issuing_bank.desk})


def test_nothing_demanded_is_short(presentations, issued, issuing_bank, beneficiary):
    key = (issued, 4, beneficiary.number, 1)
    presentations.lodge(Lodging(key, amount=0), {"from": beneficiary.desk})
    with reverts_with("CannotComply", presentations.presentationIdOf(key), SHORT):
        presentations.findComplying(key, {"from": issuing_bank.desk})


def test_a_presentation_is_lodged_once(presentations, lodged, beneficiary):
    with reverts_with("PresentationExists", presentations.presentationIdOf(lodged)):
        presentations.lodge(Lodging(lodged, amount=1), {"from": beneficiary.desk})


def test_nobody_presents_in_anothers_name(presentations, issued, beneficiary, applicant):
    with reverts_with("NotPresenter", beneficiary.number, applicant.number):
        presentations.lodge(Lodging((issued, 4, beneficiary.number, 1)), {"from": applicant.desk})


def test_documents_go_to_the_issuing_bank(presentations, issued, beneficiary, applicant):
    with reverts_with("BankNotPermitted", issued, applicant.number):
        presentations.lodge(
            Lodging((issued, applicant.number, beneficiary.number, 1)),
            {"from": beneficiary.desk},
        )


def test_only_the_beneficiary_gives_a_mandate(presentations, issued, applicant, forwarder):
    with reverts_with("NotBeneficiary", issued, applicant.number):
        presentations.recordMandate(
            issued, forwarder.number, word("mandate"), {"from": applicant.desk}
        )


def test_only_the_examining_bank_examines(presentations, lodged, advising_bank, applicant):
    number = presentations.presentationIdOf(lodged)
    with reverts_with("NotExaminer", number, advising_bank.number):
        presentations.findComplying(lodged, {"from": advising_bank.desk})
    with reverts_with("NotExaminer", number, advising_bank.number):
        presentations.refuse(lodged, DISCREPANCIES, HOLD, NOTICE, {"from": advising_bank.desk})
    with reverts_with("MissingRole", applicant.desk, applicant.number, EXAMINE):
        presentations.findComplying(lodged, {"from": applicant.desk})


def test_there_is_one_notice(presentations, lodged, issuing_bank):
    number = presentations.presentationIdOf(lodged)
    presentations.refuse(lodged, DISCREPANCIES, HOLD, NOTICE, {"from": issuing_bank.desk})
    with reverts_with("WrongPresentationState", number, REFUSED, LODGED):
        presentations.refuse(lodged, 1 << 1, NOTIFY, NOTICE, {"from": issuing_bank.desk})
    with reverts_with("WrongPresentationState", number, REFUSED, LODGED):
        presentations.findComplying(lodged, {"from": issuing_bank.desk})


def test_a_notice_states_known_discrepancies_and_a_disposal(presentations, lodged, issuing_bank):
    number = presentations.presentationIdOf(lodged)
    bank = {"from": issuing_bank.desk}
    with reverts_with("NoDiscrepancyStated", number):
        presentations.refuse(lodged, 0, HOLD, NOTICE, bank)
    with reverts_with("UnknownDiscrepancies", 1 << 25, (1 << 25) - 1):
        presentations.refuse(lodged, 1 << 25, HOLD, NOTICE, bank)
    with reverts_with("DisposalNotOpen", number, PREVIOUS_INSTRUCTIONS):
        presentations.refuse(lodged, 1, PREVIOUS_INSTRUCTIONS, NOTICE, bank)


def test_only_presenter_and_beneficiary_claim(presentations, lodged, applicant, clock):
    clock("2025-09-09 17:00:01")
    with reverts_with("NotPresenter", lodged[2], applicant.number):
        presentations.claimPrecluded(lodged, {"from": applicant.desk})


def test_an_unknown_presentation_is_named(presentations, issued, issuing_bank):
    key = (issued, 4, 8, 7)
    with reverts_with("UnknownPresentation", presentations.presentationIdOf(key)):
        presentations.findComplying(key, {"from": issuing_bank.desk})

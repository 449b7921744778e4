# SPDX-License-Identifier: Apache-2.0
"""Electronic records, broken notices of refusal, and proceeds assigned ahead."""

import pytest
from acceptance import (
    AMOUNT,
    CLAIMED,
    COURT,
    HOLD,
    LODGED,
    NO_END,
    PAID,
    PRECLUDED,
    REFUSED,
    Issuance,
    assert_events,
    day,
    reverts_with,
    unix,
    word,
)

EUCP = 1 << 3
PDF, PAPER = 2, 1
OPEN, COMPLETE, RECORDS_SUSPENDED, DISPOSABLE, RECORDS_DISPOSED = range(1, 6)
SUSPENDED, RELEASED, DISPOSED = 10, 11, 12
RECORD, REFERENCE, TEXT = word("record"), word("reference"), word("text")
# Presented on Tuesday 2 September at 10:00: the fifth banking day is Tuesday the 9th.
RECEIVED, DEADLINE = unix("2025-09-02 10:00"), unix("2025-09-09 17:00")


@pytest.fixture
def electronic(letters, issuing_bank, beneficiary):
    """What names a presentation under a credit that is subject to eUCP 2.1."""
    letters.issue(Issuance(switches=EUCP), {"from": issuing_bank.desk})
    credit = letters.creditIdOf(issuing_bank.number, word("LC2025-0001", 16))
    return credit, issuing_bank.number, beneficiary.number, 1


@pytest.fixture
def presented(records, electronic, beneficiary):
    """Two electronic records, complete."""
    by = {"from": beneficiary.desk}
    records.openPresentation(electronic, by)
    for _ in range(2):
        records.addRecord(electronic, PDF, RECORD, REFERENCE, by)
    records.completePresentation(electronic, AMOUNT, day("2025-09-01"), False, TEXT, by)
    return electronic


@pytest.fixture
def refused(presentations, presented, issuing_bank):
    presentations.refuse(presented, 1 << 3, HOLD, TEXT, {"from": issuing_bank.desk})
    return presented


def test_open_add_and_complete(records, presentations, electronic, beneficiary):
    by, number = {"from": beneficiary.desk}, presentations.presentationIdOf(electronic)
    tx = records.openPresentation(electronic, by)
    fields = {
        "presentationId": number,
        "creditId": electronic[0],
        "presenter": beneficiary.number,
        "key": electronic,
    }
    assert_events(tx, (records, "PresentationOpened", fields))
    tx = records.addRecord(electronic, PAPER, RECORD, REFERENCE, by)
    fields = {
        "presentationId": number,
        "number": 0,
        "format": PAPER,
        "record": RECORD,
        "recordReference": REFERENCE,
    }
    assert_events(tx, (records, "RecordAdded", fields))
    assert (records.stateOf(number), presentations.stateOf(electronic)) == (OPEN, 0)
    documents = records.recordSet(number)["documents"]
    tx = records.completePresentation(electronic, AMOUNT, day("2025-09-01"), False, TEXT, by)
    assert [each.name for each in tx.events] == ["RecordsCompleted", "DocumentsLodged"]
    assert str(tx.events["DocumentsLodged"]["lodging"][4]) == str(documents)
    assert (records.stateOf(number), presentations.stateOf(electronic)) == (COMPLETE, LODGED)
    assert presentations.presentation(number)[1:3] == (RECEIVED, DEADLINE)
    with reverts_with("WrongRecordsState", number, COMPLETE, OPEN):
        records.addRecord(electronic, PDF, RECORD, REFERENCE, by)


def test_a_corrupt_record_stops_the_count_until_it_comes_again(
    records, presentations, presented, issuing_bank, beneficiary, clock
):
    number, bank = presentations.presentationIdOf(presented), {"from": issuing_bank.desk}
    clock("2025-09-03 12:00")
    tx = records.reportCorruption(presented, 1, TEXT, bank)
    fields = {
        "presentationId": number,
        "examiner": issuing_bank.number,
        "records": 1,
        "remaining": 4,
        "message": TEXT,
    }
    assert_events(tx, (records, "CorruptionReported", fields))
    assert presentations.stateOf(presented) == SUSPENDED
    with reverts_with("WrongPresentationState", number, SUSPENDED, LODGED):
        presentations.refuse(presented, 1, HOLD, TEXT, bank)
    clock("2025-09-05 12:00")
    with reverts_with(
        "ReplacementStillOpen", number, unix("2025-09-03 12:00"), unix("2025-09-05 12:00")
    ):
        records.resumeExamination(presented, bank)
    clock("2025-09-05 13:00")
    tx = records.replaceRecord(presented, 0, TEXT, REFERENCE, {"from": beneficiary.desk})
    assert [each.name for each in tx.events] == ["RecordReplaced", "ExaminationResumed"]
    # Thursday and Friday were the presenter's.
    assert tx.events["ExaminationResumed"]["deadline"] == unix("2025-09-11 17:00")
    clock("2025-09-11 17:00:00")
    assert presentations.stateOf(presented) == LODGED
    clock("2025-09-11 17:00:01")
    presentations.claimPrecluded(presented, {"from": beneficiary.desk})


def test_a_record_that_does_not_come_again_is_done_without(
    records, presentations, presented, issuing_bank, clock
):
    number, bank = presentations.presentationIdOf(presented), {"from": issuing_bank.desk}
    records.reportCorruption(presented, 1, TEXT, bank)
    # The period for presentation ends on the 22nd of September, a Monday.
    clock("2025-09-22 17:00:01")
    tx = records.resumeExamination(presented, bank)
    assert [each.name for each in tx.events] == ["RecordsLapsed", "ExaminationResumed"]
    assert records.recordSet(number)["lapsed"] == 1
    presentations.refuse(presented, 1, HOLD, TEXT, bank)


def test_refused_records_are_disposed_of(records, presentations, refused, issuing_bank, clock):
    number, bank = presentations.presentationIdOf(refused), {"from": issuing_bank.desk}
    with reverts_with("NotDisposable", number):
        records.disposeRecords(refused, TEXT, bank)
    # Sixty days after the 2nd of September, over everywhere on earth.
    clock("2025-11-02 20:00")
    assert records.stateOf(number) in (COMPLETE, DISPOSABLE)
    tx = records.disposeRecords(refused, TEXT, bank)
    fields = {"presentationId": number, "examiner": issuing_bank.number, "evidence": TEXT}
    assert_events(tx, (records, "RecordsDisposed", fields))
    assert (records.stateOf(number), presentations.stateOf(refused)) == (
        RECORDS_DISPOSED,
        DISPOSED,
    )


def test_a_bank_admits_that_it_broke_its_notice(
    presentations, disposals, refused, issuing_bank, beneficiary
):
    number = presentations.presentationIdOf(refused)
    tx = disposals.stateBreach(refused, TEXT, {"from": issuing_bank.desk})
    fields = {
        "presentationId": number,
        "creditId": refused[0],
        "examiner": issuing_bank.number,
        "recordedBy": issuing_bank.number,
        "evidence": TEXT,
    }
    assert_events(tx, (disposals, "DisposalBreached", fields))
    assert presentations.stateOf(refused) == PRECLUDED
    presentations.claimPrecluded(refused, {"from": beneficiary.desk})
    assert presentations.stateOf(refused) == CLAIMED


def test_an_authority_records_the_ruling_of_a_court(
    registry, presentations, disposals, refused, keeper, advising_bank
):
    with reverts_with("MissingRole", advising_bank.desk, advising_bank.number, COURT):
        disposals.findInBreach(refused, TEXT, {"from": advising_bank.desk})
    registry.setKey(keeper.desk, COURT, NO_END, {"from": keeper.administrator})
    disposals.findInBreach(refused, TEXT, {"from": keeper.desk})
    assert presentations.stateOf(refused) == PRECLUDED


def test_the_applicant_gets_the_documents_rightly_or_not(
    presentations, disposals, refused, issuing_bank, beneficiary
):
    bank, number = {"from": issuing_bank.desk}, presentations.presentationIdOf(refused)
    disposals.instruct(refused, 4, TEXT, {"from": beneficiary.desk})
    assert presentations.stateOf(refused) == RELEASED
    tx = disposals.releaseToApplicant(refused, TEXT, bank)
    fields = {
        "presentationId": number,
        "examiner": issuing_bank.number,
        "rightful": True,
        "receipt": TEXT,
    }
    assert_events(tx, (disposals, "DocumentsReleased", fields))
    with reverts_with("ReleasedAlready", number):
        disposals.releaseToApplicant(refused, TEXT, bank)


def test_a_release_without_right_precludes(presentations, disposals, refused, issuing_bank):
    assert presentations.stateOf(refused) == REFUSED
    tx = disposals.releaseToApplicant(refused, TEXT, {"from": issuing_bank.desk})
    assert [each.name for each in tx.events] == ["DisposalBreached", "DocumentsReleased"]
    assert presentations.stateOf(refused) == PRECLUDED


def test_assign_proceeds_before_anything_is_owed(
    presentations, obligations, cash, funded, issued, issuing_bank, beneficiary, forwarder
):
    args = issued, forwarder.number, 50_000_000, TEXT
    tx = obligations.assignUnderCredit(*args, {"from": beneficiary.desk})
    fields = {
        "creditId": issued,
        "assignor": beneficiary.number,
        "assignee": forwarder.number,
        "amount": 50_000_000,
        "assignment": TEXT,
    }
    assert_events(tx, (obligations, "CreditProceedsAssigned", fields))
    key = issued, issuing_bank.number, beneficiary.number, 1
    lodging = key, AMOUNT, day("2025-09-01"), False, TEXT
    presentations.lodge(lodging, {"from": beneficiary.desk})
    presentations.findComplying(key, {"from": issuing_bank.desk})
    number = presentations.presentationIdOf(key)
    owed = obligations.obligationIdOf(number, issuing_bank.number, beneficiary.number)
    assert obligations.assignmentOf(owed) == (forwarder.number, 50_000_000)
    assert obligations.creditAssignmentOf(issued)["left"] == 0
    obligations.pay(owed, {"from": issuing_bank.desk})
    assert obligations.stateOf(owed) == PAID
    assert cash.balanceOf(forwarder.treasury) == 50_000_000
    assert cash.balanceOf(beneficiary.treasury) == AMOUNT - 50_000_000

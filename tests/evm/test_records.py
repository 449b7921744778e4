# SPDX-License-Identifier: Apache-2.0
"""The machine of electronic records: every state, act and caller; rows R1 to R10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from machine import ActorMachine, Becomes, Cell, Refuses
from records import (
    ACT,
    AMOUNT,
    ANEW,
    CONFIRMING,
    DEADLINE,
    FORMATS,
    NOMINATED,
    RECEIVED,
    RECORD,
    REFERENCE,
    SHIPPED,
    TEXT,
    Set,
    added,
    complete,
    credit_of,
    empty,
    none,
    opened,
    replaced,
    suspended,
)
from suite import Event, error, event
from test_presentations import publish
from vocabulary import (
    Disposal,
    Mark,
    PresentationState,
    PresenterInstruction,
    RecordFormat,
    RecordsState,
    Role,
    Switch,
    open_roles,
)
from world import (
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    DAY,
    EMPTY,
    FORWARDER,
    FRANKFURT,
    ISSUER,
    KEEPER,
    KINDS,
    REMOTE,
    World,
    desk,
    reverts,
)

from yangshan.alliance.places import build

if TYPE_CHECKING:
    from collections.abc import Callable

R, P = RecordsState, PresentationState
NONE, OPEN, COMPLETE, SUSPENDED, DISPOSABLE, DISPOSED = R
ACTORS = (BENEFICIARY, ISSUER, NOMINATED, CONFIRMING, FRANKFURT, APPLICANT, FORWARDER, AUTHORITY)
ALL_PDF = (RecordFormat.PDF, RecordFormat.PDF)
# Thirty days after the report are over everywhere on earth.
REPORTED_DAY = ACT // DAY
LAPSES = (REPORTED_DAY + 30) * DAY + 36 * 3_600
# Sixty days after the refusal are.
GOES = (REPORTED_DAY + 60) * DAY + 36 * 3_600
LATER_DEADLINE = {"expiry": SHIPPED + 200, "presentation_period": 200}


def refused(world: World, disposal: Any = Disposal.HOLD, **changes: Any) -> Set:
    found = complete(world, **changes)
    found.refuse(disposal)
    return found


def lapsing(world: World) -> Set:
    found = suspended(world, **LATER_DEADLINE)
    world.at(LAPSES)
    return found


def disposable(world: World, formats: Any = FORMATS) -> Set:
    found = refused(world, formats=formats)
    world.at(GOES)
    return found


def disposed(world: World) -> Set:
    found = disposable(world)
    found.dispose()
    return found


# What is told


def opened_event(s: Set) -> Event:
    return s.told("PresentationOpened", creditId=s.credit, presenter=BENEFICIARY, key=s.key)


def added_event(number: int) -> Callable[[Set], Event]:
    return lambda s: s.told(
        "RecordAdded",
        number=number,
        format=int(RecordFormat.PDF),
        record=RECORD,
        recordReference=REFERENCE,
    )


def completed_event(s: Set) -> Event:
    return s.told("RecordsCompleted", creditId=s.credit, records=3, notice=TEXT)


def reported_event(remaining: int = 5) -> Callable[[Set], Event]:
    return lambda s: s.told(
        "CorruptionReported", examiner=s.bank, records=s.corrupt, remaining=remaining, message=TEXT
    )


def replaced_event(s: Set) -> Event:
    return s.told(
        "RecordReplaced",
        number=0,
        record=ANEW,
        recordReference=REFERENCE,
        documents=replaced(s.documents, 0),
    )


def resumed_event(deadline: int = DEADLINE) -> Callable[[Set], Event]:
    return lambda s: s.told("ExaminationResumed", deadline=deadline)


def lapsed_event(s: Set) -> Event:
    return s.told("RecordsLapsed", records=s.corrupt)


def disposed_event(s: Set) -> Event:
    return s.told("RecordsDisposed", examiner=s.bank, evidence=TEXT)


# The table: act, who may, what comes of it. Who else may not is said by ``stranger``.

ROLES = {"report": Role.EXAMINE, "dispose": Role.EXAMINE}


def stranger(scene: Set, act: str, actor: int) -> Cell[Set]:
    role = ROLES.get(act, Role.PRESENT)
    if not open_roles(KINDS[actor][0]) & role:
        return Refuses(lambda s: error("MissingRole", desk(actor), actor, int(role)))
    if role == Role.EXAMINE:
        return Refuses(lambda s: error("NotExaminer", s.id, actor))
    return Refuses(lambda s: error("NotPresenter", BENEFICIARY, actor))


def wrong(actual: Any, expected: Any) -> Refuses[Set]:
    return Refuses(lambda s: error("WrongRecordsState", s.id, actual, expected))


def standing(state: Any, **open_: Cell[Set]) -> dict[str, dict[int, Cell[Set]]]:
    """What each act does by whom it is open to, in a state in which nothing else is."""
    row: dict[str, Cell[Set]] = {
        "open": Refuses(lambda s: error("OpenedAlready", s.id)),
        "add": wrong(state, OPEN),
        "complete": wrong(state, OPEN),
        "report": wrong(state, COMPLETE),
        "replace": wrong(state, SUSPENDED),
        "resume": wrong(state, SUSPENDED),
        "dispose": wrong(state, COMPLETE),
    }
    assert open_.keys() <= row.keys()
    cells = row | open_
    owners = dict.fromkeys(row, (BENEFICIARY,)) | {
        "report": (ISSUER,),
        "dispose": (ISSUER,),
        "resume": ACTORS,
    }
    return {act: dict.fromkeys(owners[act], cell) for act, cell in cells.items()}


NOT_DISPOSABLE = Refuses[Set](lambda s: error("NotDisposable", s.id))
NOT_LODGED = Refuses[Set](lambda s: error("WrongPresentationState", s.id, P.REFUSED, P.LODGED))
REPORTS = Becomes[Set](SUSPENDED, (reported_event(),))
TABLE: dict[str, tuple[Callable[[World], Set], dict[str, dict[int, Cell[Set]]]]] = {
    "none": (none, standing(NONE, open=Becomes(OPEN, (opened_event,)))),
    "empty": (
        empty,
        standing(
            OPEN,
            add=Becomes(OPEN, (added_event(0),)),
            complete=Refuses(lambda s: error("NoRecords", s.id)),
        ),
    ),
    "open": (
        opened,
        standing(
            OPEN,
            add=Becomes(OPEN, (added_event(3),)),
            complete=Becomes(COMPLETE, (completed_event, Set.lodged)),
        ),
    ),
    "complete": (complete, standing(COMPLETE, report=REPORTS, dispose=NOT_DISPOSABLE)),
    "suspended": (
        suspended,
        standing(
            SUSPENDED,
            replace=Becomes(COMPLETE, (replaced_event, resumed_event())),
            resume=Refuses(lambda s: error("ReplacementStillOpen", s.id, ACT, s.world.time)),
        ),
    ),
    "suspended, two awaited": (
        lambda w: two_awaited(w),
        standing(
            SUSPENDED,
            replace=Becomes(SUSPENDED, (replaced_event,)),
            resume=Refuses(lambda s: error("ReplacementStillOpen", s.id, ACT, s.world.time)),
        ),
    ),
    "lapsing": (
        lapsing,
        standing(
            SUSPENDED,
            replace=Refuses(lambda s: error("ReplacementTooLate", s.id, ACT, LAPSES)),
            # Thursday the 2nd of October is in a week without banking days. It goes on on the 9th,
            # and the Saturday after it is made up for.
            resume=Becomes(COMPLETE, (lapsed_event, resumed_event(DEADLINE + 37 * DAY))),
        ),
    ),
    "refused, to hold": (
        refused,
        standing(COMPLETE, report=NOT_LODGED, dispose=NOT_DISPOSABLE),
    ),
    "disposable": (
        disposable,
        standing(
            COMPLETE,
            report=NOT_LODGED,
            dispose=Becomes(DISPOSED, (disposed_event,)),
        ),
    ),
    "disposed": (disposed, standing(DISPOSED)),
}


def two_awaited(world: World) -> Set:
    found = complete(world)
    found.corrupt = 0b101
    found.report()
    return found


MACHINE: ActorMachine[Set] = ActorMachine(
    stages={name: stage for name, (stage, _) in TABLE.items()},
    acts={
        "open": Set.open,
        "add": Set.add,
        "complete": Set.complete,
        "report": Set.report,
        "replace": Set.replace,
        "resume": Set.resume,
        "dispose": Set.dispose,
    },
    actors=ACTORS,
    record=lambda s: (s.record(), s.presentation()),
    state=Set.state,
    table={name: row for name, (_, row) in TABLE.items()},
    stranger=stranger,
)


def test_the_table_is_complete() -> None:
    MACHINE.expect_complete()


@pytest.mark.parametrize(("stage", "act"), MACHINE.cells())
def test_records(world: World, stage: str, act: str) -> None:
    MACHINE.run(world, stage, act)


def test_every_state_has_its_stage(world: World) -> None:
    reached = set()
    for stage in MACHINE.stages.values():
        with world.aside():
            reached.add(stage(world).state())
    assert reached == set(RecordsState)


# Opening, adding, completing


def test_records_are_opened_under_a_credit_that_is_subject_to_eucp(world: World) -> None:
    found = Set(world)
    with reverts("UnknownCredit", found.credit):
        found.open()
    for switches in (0, int(sum(Switch)) & ~int(Switch.EUCP)):
        with world.aside():
            world.issue(switches=switches)
            with reverts("CreditNotElectronic", found.credit):
                found.open()
    credit_of(world, switches=int(sum(Switch)))
    found.open()


def test_what_is_lodged_as_paper_is_not_opened(world: World) -> None:
    found = none(world)
    world.lodge(found.credit)
    with reverts("PresentationExists", found.id):
        found.open()


def test_paper_alone_needs_no_notice_under_such_a_credit(world: World) -> None:
    found = none(world)
    key = world.lodge(found.credit)
    assert world.state_of(key) == P.LODGED
    assert found.state() == NONE


def test_a_record_has_a_format_and_a_commitment(world: World) -> None:
    found = empty(world)
    for format_, record in ((RecordFormat.NONE, RECORD), (RecordFormat.PDF, bytes(32))):
        with reverts("BadRecord", found.id, format_, record):
            found.send(BENEFICIARY, "addRecord", int(format_), record, REFERENCE)
    for number, format_ in enumerate(list(RecordFormat)[1:]):
        found.add(format_=format_)
        assert found.record().count == number + 1
    assert found.record().paper == 1 << 0
    documents = found.id
    for number, format_ in enumerate(list(RecordFormat)[1:]):
        documents = added(documents, number, format_)
    assert found.record().documents == documents


def test_a_presentation_has_64_records_at_most(world: World) -> None:
    found = empty(world)
    for _ in range(63):
        found.add()
    with world.aside():
        found.add()
        with reverts("TooManyRecords", found.id, 64):
            found.add()
        found.complete()
        world.at(ACT)
        found.corrupt = 2**64 - 1
        found.report()
        assert found.record().awaited == 2**64 - 1
        for number in range(64):
            found.replace(number=number)
        assert found.state() == COMPLETE
    assert found.record().count == 63


def test_nothing_is_presented_until_the_notice(world: World) -> None:
    found = opened(world)
    assert world.presentation(found.key).state == P.NONE
    with reverts("UnknownPresentation", found.id):
        world.send(desk(ISSUER), "Presentations.findComplying", found.key)
    # Never completed is never presented, whatever time passes.
    world.at(DEADLINE + 400 * DAY)
    assert found.state() == OPEN
    assert world.state_of(found.key) == P.NONE
    assert world.view("Presentations.isPrecluded", found.key) is False


def test_receipt_is_the_time_of_the_notice(world: World) -> None:
    found = opened(world)
    world.at(RECEIVED + 2 * DAY)
    found.complete().emitted(completed_event(found), found.lodged())
    stored = found.presentation()
    assert (stored.received, stored.receiptDay) == (RECEIVED + 2 * DAY, RECEIVED // DAY + 2)
    assert stored.deadline == DEADLINE + 2 * DAY
    assert Mark(stored.marks) == Mark.RECORDS
    assert (stored.amount, stored.shipped, stored.payee) == (AMOUNT, SHIPPED, BENEFICIARY)


def test_what_lodging_asks_is_asked_at_the_notice(world: World) -> None:
    found = none(world)
    found.presenter = FORWARDER
    found.open()
    found.add()
    with reverts("NoMandate", found.credit, FORWARDER):
        found.complete()
    mandate = found.credit, FORWARDER, TEXT
    world.send(desk(BENEFICIARY), "Presentations.recordMandate", *mandate)
    found.send(FORWARDER, "completePresentation", AMOUNT, SHIPPED, True, TEXT)
    assert found.presentation().payee == FORWARDER


def test_records_go_to_a_bank_where_documents_may_go(world: World) -> None:
    found = opened(world, FRANKFURT)
    with reverts("BankNotPermitted", found.credit, FRANKFURT):
        found.complete()


def test_a_number_that_was_lodged_meanwhile_is_not_presented_again(world: World) -> None:
    found = opened(world)
    world.lodge(found.credit)
    with reverts("PresentationExists", found.id):
        found.complete()


# Corruption


def test_paper_is_never_corrupt_nor_is_what_is_not_there(world: World) -> None:
    found = complete(world)
    for records in (0, 0b010, 0b011, 0b1000, 2**64 - 1):
        found.corrupt = records
        with reverts("UnknownRecords", found.id, records, 0b101):
            found.report()


def test_each_record_is_reported_once(world: World) -> None:
    found = suspended(world)
    found.replace()
    with reverts("ReportedAlready", found.id, 0b001):
        found.report()
    found.corrupt = 0b101
    with reverts("ReportedAlready", found.id, 0b001):
        found.report()
    found.corrupt = 0b100
    # The first day, that of receipt, is used; five are left.
    found.report().emitted(reported_event(5)(found))
    assert found.record().reported == 0b101


def test_what_is_suspended_is_reported_again_only_when_it_goes_on(world: World) -> None:
    found = suspended(world)
    found.corrupt = 0b100
    with reverts("WrongRecordsState", found.id, SUSPENDED, COMPLETE):
        found.report()


def test_only_what_is_awaited_is_replaced(world: World) -> None:
    found = suspended(world)
    for number in (1, 2, 3, 63, 64, 255):
        with reverts("RecordNotAwaited", found.id, number):
            found.replace(number=number)
    with reverts("BadRecord", found.id, RecordFormat.NONE, bytes(32)):
        found.send(BENEFICIARY, "replaceRecord", 0, bytes(32), REFERENCE)


def test_the_count_goes_on_with_the_last_record_and_not_before(world: World) -> None:
    found = two_awaited(world)
    found.replace()
    assert (found.record().awaited, found.state()) == (0b100, SUSPENDED)
    with reverts("RecordNotAwaited", found.id, 0):
        found.replace()
    found.replace(number=2)
    assert (found.record().awaited, found.state()) == (0, COMPLETE)
    assert found.record().documents == replaced(replaced(found.documents, 0), 2)


def test_nothing_is_decided_while_the_count_stands(world: World) -> None:
    """Invariant 7: a corruption notice stops the clock; and invariant 4."""
    found = suspended(world, **LATER_DEADLINE)
    for time in (ACT, DEADLINE + 1, DEADLINE + 20 * DAY):
        world.at(time)
        assert world.state_of(found.key) == P.SUSPENDED
        assert world.view("Presentations.isPrecluded", found.key) is False
        for member, function, *args in (
            (ISSUER, "findComplying"),
            (ISSUER, "acceptDiscrepancies", TEXT, False),
            (ISSUER, "refuse", 1, int(Disposal.HOLD), TEXT),
            (BENEFICIARY, "claimPrecluded"),
        ):
            with reverts("WrongPresentationState", found.id, P.SUSPENDED, P.LODGED):
                found.send(member, f"Presentations.{function}", *args)


def test_a_bank_out_of_time_reports_nothing(world: World) -> None:
    found = complete(world)
    world.at(DEADLINE + 1)
    with reverts("DeadlinePassed", found.id, DEADLINE, DEADLINE + 1):
        found.report()
    world.at(DEADLINE)
    found.report().emitted(reported_event(1)(found))


def test_a_second_report_needs_a_day_that_is_left(world: World) -> None:
    found = suspended(world)
    found.replace()
    found.corrupt = 0b100
    # The close of the Friday before the last day, and the second after it.
    friday = DEADLINE - 3 * DAY
    for time, left in ((friday - 1, 1), (friday, 1), (friday + 1, 0), (DEADLINE, 0)):
        with world.aside():
            world.at(time)
            if left:
                found.report().emitted(reported_event(left)(found))
            else:
                with reverts("NoDayLeft", found.id, DEADLINE):
                    found.report()


def test_report_after_report_never_buys_a_day(world: World) -> None:
    """A presenter that replaces at once meets a bank that is precluded when it would have been."""
    found = complete(world, formats=(RecordFormat.PDF,) * 8)
    reports = 0
    for number in range(8):
        world.at(ACT + number * DAY)
        found.corrupt = 1 << number
        left = found.presentation().deadline
        assert left == DEADLINE
        if number in (4, 5, 6):
            # Friday leaves Monday; on Saturday and Sunday Monday itself is the day of the report.
            if number == 4:
                found.report()
                found.replace(number=number)
                reports += 1
            else:
                with reverts("NoDayLeft", found.id, DEADLINE):
                    found.report()
        elif number == 7:
            with reverts("NoDayLeft", found.id, DEADLINE):
                found.report()
        else:
            found.report()
            found.replace(number=number)
            reports += 1
    assert reports == 5
    world.at(DEADLINE + 1)
    assert world.state_of(found.key) == P.PRECLUDED
    found.send(BENEFICIARY, "Presentations.claimPrecluded")


def test_the_first_report_on_the_last_day_leaves_one_day(world: World) -> None:
    found = complete(world)
    world.at(DEADLINE)
    found.report()
    found.replace()
    last = DEADLINE + DAY
    assert found.presentation().deadline == last
    found.corrupt = 0b100
    with reverts("NoDayLeft", found.id, last):
        world.at(last)
        found.report()
    world.at(last + 1)
    assert world.state_of(found.key) == P.PRECLUDED


def test_the_deadline_moves_by_what_the_presenter_takes(world: World) -> None:
    found = suspended(world)
    wednesday = ACT + 2 * DAY
    world.at(wednesday)
    found.replace().emitted(replaced_event(found), resumed_event(DEADLINE + 2 * DAY)(found))
    stored = found.presentation()
    assert (stored.state, stored.deadline) == (P.LODGED, DEADLINE + 2 * DAY)
    assert (stored.received, stored.receiptDay) == (RECEIVED, RECEIVED // DAY)
    for time, state in (
        (DEADLINE + 2 * DAY, P.LODGED),
        (DEADLINE + 2 * DAY + 1, P.PRECLUDED),
    ):
        world.at(time)
        assert world.state_of(found.key) == state


# What becomes of records that do not come again


@pytest.mark.parametrize(
    ("time", "over"), [(LAPSES - 1, False), (LAPSES, True), (LAPSES + 1, True)]
)
def test_a_record_is_awaited_for_30_days(world: World, time: int, over: bool) -> None:
    found = suspended(world, **LATER_DEADLINE)
    world.at(time)
    with world.aside():
        if over:
            with reverts("ReplacementTooLate", found.id, ACT, time):
                found.replace()
        else:
            found.replace()
    if over:
        found.resume()
        assert (found.record().lapsed, found.record().awaited) == (0b001, 0)
        assert found.presentation().state == P.LODGED
    else:
        with reverts("ReplacementStillOpen", found.id, ACT, time):
            found.resume()


# The last day for presentation is Wednesday the 10th; or one on which the bank is closed.
LAST_CLOSE = DEADLINE + 2 * DAY


@pytest.mark.parametrize(("second", "over"), [(-1, False), (0, False), (1, True)])
@pytest.mark.parametrize(
    "terms",
    [
        {"expiry": LAST_CLOSE // DAY},
        {"presentation_period": LAST_CLOSE // DAY - SHIPPED},
        {"expiry": LAST_CLOSE // DAY, "switches": int(Switch.EUCP | Switch.NO_EXTENSION)},
    ],
)
def test_or_until_the_last_day_for_presentation(
    world: World, terms: dict[str, int], second: int, over: bool
) -> None:
    found = suspended(world, **terms)
    world.at(LAST_CLOSE + second)
    with world.aside():
        if over:
            with reverts("ReplacementTooLate", found.id, ACT, world.time):
                found.replace()
        else:
            found.replace()
    if over:
        found.resume()
    else:
        with reverts("ReplacementStillOpen", found.id, ACT, world.time):
            found.resume()


def test_some_come_again_and_others_lapse(world: World) -> None:
    found = complete(world, **LATER_DEADLINE)
    found.corrupt = 0b101
    found.report()
    found.replace(number=2)
    world.at(LAPSES)
    deadline = DEADLINE + 37 * DAY
    found.resume().emitted(
        found.told("RecordsLapsed", records=0b001), resumed_event(deadline)(found)
    )
    stored = found.record()
    assert (stored.reported, stored.awaited, stored.lapsed) == (0b101, 0, 0b001)


# Calendars that are not published


def at_remote(world: World, **terms: int) -> Set:
    """Two records at a bank whose calendar is published by what a test publishes."""
    world.issue(REMOTE, switches=int(Switch.EUCP), **terms)
    world.at(RECEIVED)
    found = Set(world, REMOTE, formats=ALL_PDF, issuer=REMOTE)
    found.open()
    for each in ALL_PDF:
        found.add(format_=each)
    found.complete()
    return found


def test_without_a_deadline_there_is_no_count_to_stop(world: World) -> None:
    found = at_remote(world)
    assert found.presentation().deadline == 0
    with reverts("CountNotKnown", found.id):
        found.report()
    publish(world)
    world.send(desk(BENEFICIARY), "Presentations.fixDeadline", found.key)
    assert found.presentation().deadline == DEADLINE
    found.report()


def test_a_count_goes_on_into_days_that_are_not_published_yet(world: World) -> None:
    """No deadline is known then; it is fixed later, from where the count went on."""
    words = build("CNSHA", 2024, 2026).packed()
    span, index = divmod(DEADLINE // DAY, 192)
    days = words[span] & (1 << (index + 1)) - 1
    word = words[span] >> 200 << 200 | (index + 1) << 192 | days
    for each, value in ((span - 1, words[span - 1]), (span, word)):
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, each, value)
    found = at_remote(world, **LATER_DEADLINE)
    assert found.presentation().deadline == DEADLINE
    world.at(ACT + 2 * DAY)
    # Wednesday: Thursday, Friday and Monday are left; what lies beyond is not published.
    found.report().emitted(reported_event(3)(found))
    world.at(DEADLINE)
    found.replace().emitted(replaced_event(found), resumed_event(0)(found))
    stored = found.presentation()
    assert (stored.state, stored.deadline) == (P.LODGED, 0)
    missing = DEADLINE // DAY + 1
    with reverts("CalendarNotPublished", EMPTY, missing):
        world.send(desk(BENEFICIARY), "Presentations.fixDeadline", found.key)
    world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, words[span])
    world.send(desk(BENEFICIARY), "Presentations.fixDeadline", found.key).emitted(
        event(
            "Presentations",
            "DeadlineFixed",
            presentationId=found.id,
            deadline=DEADLINE + 3 * DAY,
            flags=0,
        )
    )
    assert found.presentation().receiptDay == RECEIVED // DAY


# Forwarding


@pytest.mark.parametrize("bank", [NOMINATED, CONFIRMING])
def test_records_follow_what_is_forwarded(world: World, bank: int) -> None:
    found = complete(world, bank)
    found.send(bank, "Presentations.findComplying")
    receipt = found.send(bank, "Forwarding.forward", ISSUER, 1, TEXT)
    onward = Set(world, ISSUER, bank)
    assert receipt.events[-1] == event(
        "ElectronicRecords",
        "RecordsCarried",
        presentationId=found.id,
        forwardedId=onward.id,
        documents=found.documents,
    )
    carried = onward.record()
    assert (carried.state, carried.count, carried.paper) == (COMPLETE, 3, 0b010)
    assert (carried.documents, carried.since) == (found.documents, ACT)
    assert Mark(onward.presentation().marks) == Mark.RECORDS | Mark.FORWARDED | Mark.COUNTED


def test_paper_that_is_forwarded_carries_no_records(world: World) -> None:
    found = none(world, NOMINATED)
    key = world.lodge(found.credit, examiner=NOMINATED)
    receipt = found.send(NOMINATED, "Forwarding.forward", ISSUER, 1, TEXT)
    assert [each.name for each in receipt.events] == ["DocumentsForwarded", "DocumentsLodged"]
    assert world.state_of(key) == P.FORWARDED


def test_each_bank_reads_for_itself(world: World) -> None:
    """The next bank reports what the first one reported; the expiry no longer counts there."""
    found = suspended(world, NOMINATED, expiry=LAST_CLOSE // DAY)
    found.replace()
    onward = found.forward()
    assert (onward.record().reported, onward.record().remaining) == (0, 0)
    onward.report()
    assert onward.record().reported == 0b001
    world.at(LAST_CLOSE + 1)
    with reverts("ReplacementStillOpen", onward.id, ACT, world.time):
        onward.resume()
    onward.replace()
    assert onward.presentation().state == P.LODGED


def test_what_lapsed_at_one_bank_was_not_presented_to_the_next(world: World) -> None:
    found = suspended(world, NOMINATED, **LATER_DEADLINE)
    world.at(LAPSES)
    found.resume()
    onward = found.forward()
    assert onward.record().lapsed == 0b001


def test_what_the_first_bank_told_is_not_told_to_the_second(world: World) -> None:
    """Nothing is carried while a bank waits for records."""
    found = suspended(world, NOMINATED)
    with reverts("WrongPresentationState", found.id, P.SUSPENDED, P.COMPLYING):
        found.forward()


# Disposal


@pytest.mark.parametrize(("time", "gone"), [(GOES - 1, False), (GOES, True), (GOES + 1, True)])
@pytest.mark.parametrize("disposal", [Disposal.HOLD, Disposal.NOTIFY])
def test_refused_records_are_disposable_after_60_days(
    world: World, disposal: Any, time: int, gone: bool
) -> None:
    found = refused(world, disposal, formats=ALL_PDF)
    world.at(time)
    assert found.state() == (DISPOSABLE if gone else COMPLETE)
    assert found.presentation().refusedOn == REPORTED_DAY
    if gone:
        found.dispose()
        assert (found.state(), world.state_of(found.key)) == (DISPOSED, P.DISPOSED)
    else:
        with reverts("NotDisposable", found.id):
            found.dispose()


def test_what_goes_back_is_not_disposed_of(world: World) -> None:
    found = refused(world, Disposal.RETURN)
    world.at(GOES)
    assert found.state() == COMPLETE
    with reverts("NotDisposable", found.id):
        found.dispose()


def test_what_is_dealt_with_as_instructed_is_not_disposed_of(world: World) -> None:
    found = complete(world)
    instruct = "Disposals.instruct"
    found.send(BENEFICIARY, instruct, int(PresenterInstruction.BEFOREHAND), TEXT)
    found.refuse(Disposal.PREVIOUS_INSTRUCTIONS)
    world.at(GOES)
    with reverts("NotDisposable", found.id):
        found.dispose()


@pytest.mark.parametrize("instruction", list(PresenterInstruction)[2:])
def test_instructions_keep_records(world: World, instruction: Any) -> None:
    found = refused(world)
    found.send(BENEFICIARY, "Disposals.instruct", int(instruction), TEXT)
    world.at(GOES)
    assert found.state() == COMPLETE
    with reverts("NotDisposable", found.id):
        found.dispose()


def test_paper_in_it_still_goes_back(world: World) -> None:
    found = disposed(world)
    assert (found.state(), world.state_of(found.key)) == (DISPOSED, P.REFUSED)
    found.send(ISSUER, "Disposals.recordReturn", TEXT)
    assert world.state_of(found.key) == P.RETURNED


def test_paper_alone_is_never_disposable(world: World) -> None:
    found = none(world)
    world.lodge(found.credit)
    found.refuse()
    world.at(GOES)
    assert found.state() == NONE
    with reverts("WrongRecordsState", found.id, NONE, COMPLETE):
        found.dispose()

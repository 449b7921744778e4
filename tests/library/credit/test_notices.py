# SPDX-License-Identifier: Apache-2.0
"""Notices of refusal that went by message: what counts, what is void, who is precluded."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from yangshan.credit.notices import (
    BankRole,
    Judgement,
    Notice,
    NoticeFault,
    NoticeStanding,
    faults_of,
    judge,
)
from yangshan.credit.settlements import Disposal

SECOND = timedelta(seconds=1)
DEADLINE = datetime.fromisoformat("2025-10-13T17:00:00+08:00")
ISSUING, CONFIRMING, NOMINATED = BankRole
BOUND = (ISSUING, CONFIRMING)


def notice(at: datetime = DEADLINE - SECOND, **changes: Any) -> Notice:
    fields = {
        "states_refusal": True,
        "states_discrepancies": True,
        "disposals": (Disposal.HOLD,),
    }
    return Notice(at, **fields | changes)


LACKS = notice(states_discrepancies=False)
FAULTY = [
    ({"states_refusal": False}, NoticeFault.NO_STATEMENT),
    ({"states_discrepancies": False}, NoticeFault.NO_DISCREPANCY),
    ({"disposals": ()}, NoticeFault.NO_DISPOSAL),
    ({"disposals": (Disposal.HOLD, Disposal.RETURN)}, NoticeFault.SEVERAL_DISPOSALS),
    ({"disposals": (Disposal.PREVINST,)}, NoticeFault.DISPOSAL_NOT_OPEN),
]


@pytest.mark.parametrize(("changes", "fault"), FAULTY)
def test_a_notice_that_lacks_something_is_no_refusal(
    changes: dict[str, Any], fault: NoticeFault
) -> None:
    for bank in BankRole:
        found = judge([notice(**changes)], bank, DEADLINE, DEADLINE)
        assert (found.standing, found.counts) == (NoticeStanding.INVALID, None)
        assert found.faults == (fault,)
        assert [each.code for each in found.cautions] == ["invalid-notice"]
        assert fault.value in found.cautions[0].text


def test_every_fault_has_its_notice() -> None:
    assert [fault for _, fault in FAULTY] == list(NoticeFault)


def test_faults_are_told_together() -> None:
    nothing = notice(states_refusal=False, states_discrepancies=False, disposals=())
    assert faults_of(nothing, ISSUING) == tuple(NoticeFault)[:3]


@pytest.mark.parametrize(("bank", "disposal"), list(product(BankRole, Disposal)))
def test_which_disposals_are_open_to_which_bank(bank: BankRole, disposal: Disposal) -> None:
    given = notice(disposals=(disposal,))
    open_ = {Disposal.HOLD, Disposal.RETURN} | ({Disposal.NOTIFY} if bank is ISSUING else set())
    assert (faults_of(given, bank) == ()) is (disposal in open_)
    instructed = faults_of(given, bank, instructed=True)
    assert (instructed == ()) is (disposal in open_ | {Disposal.PREVINST})


@pytest.mark.parametrize(
    ("offset", "standing"),
    [
        (-SECOND, NoticeStanding.REFUSED),
        (timedelta(0), NoticeStanding.REFUSED),
        (SECOND, NoticeStanding.NONE),
    ],
)
def test_a_notice_is_in_time_until_the_deadline(
    offset: timedelta, standing: NoticeStanding
) -> None:
    found = judge([notice(DEADLINE + offset)], ISSUING, DEADLINE, DEADLINE + SECOND)
    refused = standing is NoticeStanding.REFUSED
    counts = 0 if refused else None
    assert found == Judgement(standing, counts, not refused, False, (), ())


def test_the_first_good_notice_counts_and_others_are_void() -> None:
    later = notice(DEADLINE, disposals=(Disposal.RETURN,))
    found = judge([notice(), later, LACKS], ISSUING, DEADLINE, DEADLINE + SECOND)
    assert found == Judgement(NoticeStanding.REFUSED, 0, False, False, (), ())


def test_a_bank_may_take_up_documents_until_its_time_is_over() -> None:
    for bank in BOUND:
        for now, may in ((DEADLINE - SECOND, True), (DEADLINE, True), (DEADLINE + SECOND, False)):
            assert judge([LACKS], bank, DEADLINE, now).may_take_up is may
    # A bank that owes nothing decides when it likes.
    assert judge([LACKS], NOMINATED, DEADLINE, DEADLINE + SECOND).may_take_up is True


def test_an_invalid_notice_precludes_who_is_bound() -> None:
    for bank in BOUND:
        assert judge([LACKS], bank, DEADLINE, DEADLINE).precluded is False
        found = judge([LACKS], bank, DEADLINE, DEADLINE + SECOND)
        assert (found.standing, found.precluded) == (NoticeStanding.INVALID, True)
        assert [each.code for each in found.cautions] == [
            "invalid-notice",
            "invalid-notice-precludes",
        ]
        silent = judge([], bank, DEADLINE, DEADLINE + SECOND)
        assert silent == Judgement(NoticeStanding.NONE, None, True, False, (), ())
    assert judge([LACKS], NOMINATED, DEADLINE, DEADLINE + SECOND).precluded is False


def test_a_second_notice_repairs_nothing() -> None:
    found = judge([LACKS, notice(DEADLINE)], ISSUING, DEADLINE, DEADLINE)
    assert (found.standing, found.counts) == (NoticeStanding.DISPUTED, None)
    assert found.precluded is False
    assert [each.code for each in found.cautions] == ["invalid-notice", "second-notice"]
    after = judge([LACKS, notice(DEADLINE)], ISSUING, DEADLINE, DEADLINE + SECOND)
    assert (after.standing, after.precluded) == (NoticeStanding.DISPUTED, True)
    # One that comes too late is not even a dispute.
    late = judge([LACKS, notice(DEADLINE + SECOND)], ISSUING, DEADLINE, DEADLINE + SECOND)
    assert (late.standing, late.precluded) == (NoticeStanding.INVALID, True)


def test_a_second_notice_may_be_let_stand() -> None:
    given = [LACKS, notice(DEADLINE), notice(DEADLINE + SECOND)]
    found = judge(given, ISSUING, DEADLINE, DEADLINE + SECOND, first_alone=False)
    assert (found.standing, found.counts) == (NoticeStanding.REFUSED, 1)
    none = judge([LACKS, LACKS], ISSUING, DEADLINE, DEADLINE, first_alone=False)
    assert (none.standing, none.counts) == (NoticeStanding.DISPUTED, None)

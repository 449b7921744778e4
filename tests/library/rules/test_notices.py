# SPDX-License-Identifier: Apache-2.0
"""Notices of refusal outside the chain: what each is worth, and whether the bank is precluded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest

from yangshan.credit.notices import (
    Bank,
    Disposal,
    Fault,
    Judgement,
    Notice,
    Outcome,
    Standing,
    faults_of,
    outcome,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DEADLINE = datetime(2025, 9, 8, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GOOD = Notice(DEADLINE - SECOND, True, ("X14",), (Disposal.HOLD,))
BARE = replace(GOOD, discrepancies=())
VALID, VOID, DISPUTED = (
    Judgement(each) for each in (Standing.VALID, Standing.VOID, Standing.DISPUTED)
)
BOUND = (Bank.ISSUING, Bank.CONFIRMING)


def invalid(*faults: Fault) -> Judgement:
    return Judgement(Standing.INVALID, faults)


FAULTY: list[tuple[Notice, Bank, bool, tuple[Fault, ...]]] = [
    (GOOD, Bank.ISSUING, False, ()),
    (replace(GOOD, states_refusal=False), Bank.ISSUING, False, (Fault.NO_REFUSAL,)),
    (BARE, Bank.CONFIRMING, False, (Fault.NO_DISCREPANCY,)),
    (replace(GOOD, disposals=()), Bank.ISSUING, False, (Fault.NOT_ONE_DISPOSAL,)),
    (
        replace(GOOD, disposals=(Disposal.HOLD, Disposal.RETURN)),
        Bank.ISSUING,
        True,
        (Fault.NOT_ONE_DISPOSAL,),
    ),
    (
        replace(GOOD, disposals=(Disposal.HOLD, Disposal.NOTIFY)),
        Bank.NOMINATED,
        True,
        (Fault.NOT_ONE_DISPOSAL, Fault.DISPOSAL_NOT_OPEN),
    ),
    (replace(GOOD, sent=DEADLINE), Bank.ISSUING, False, ()),
    (replace(GOOD, sent=DEADLINE + SECOND), Bank.ISSUING, False, (Fault.LATE,)),
    (
        Notice(DEADLINE + SECOND, False, (), ()),
        Bank.NOMINATED,
        False,
        (Fault.NO_REFUSAL, Fault.NO_DISCREPANCY, Fault.NOT_ONE_DISPOSAL, Fault.LATE),
    ),
]


@pytest.mark.parametrize(("notice", "bank", "instructed", "faults"), FAULTY)
def test_what_is_wrong_with_a_notice(
    notice: Notice, bank: Bank, instructed: bool, faults: tuple[Fault, ...]
) -> None:
    assert faults_of(notice, bank, DEADLINE, instructed=instructed) == faults


def test_every_fault_is_met() -> None:
    assert {fault for *_, faults in FAULTY for fault in faults} == set(Fault)


@pytest.mark.parametrize(("disposal", "bank", "instructed"), list(product(Disposal, Bank, (False, True))))
def test_which_disposal_is_open_to_which_bank(
    disposal: Disposal, bank: Bank, instructed: bool
) -> None:
    is_open = {
        Disposal.HOLD: True,
        Disposal.NOTIFY: bank is Bank.ISSUING,
        Disposal.RETURN: True,
        Disposal.PREVIOUS_INSTRUCTIONS: instructed,
    }[disposal]
    found = faults_of(replace(GOOD, disposals=(disposal,)), bank, DEADLINE, instructed=instructed)
    assert found == (() if is_open else (Fault.DISPOSAL_NOT_OPEN,))


@pytest.mark.parametrize(
    ("notices", "judged", "precluded", "human"),
    [
        ([], (), True, False),
        ([GOOD], (VALID,), False, False),
        ([GOOD, GOOD], (VALID, VOID), False, False),
        # A void notice does a valid one no harm, however bad or late it is.
        ([GOOD, replace(BARE, sent=DEADLINE + SECOND)], (VALID, VOID), False, False),
        ([BARE], (invalid(Fault.NO_DISCREPANCY),), True, False),
        # A second notice repairs nothing, in time or not.
        (
            [BARE, replace(GOOD, sent=DEADLINE)],
            (invalid(Fault.NO_DISCREPANCY), DISPUTED),
            True,
            True,
        ),
        (
            [BARE, replace(GOOD, sent=DEADLINE + SECOND)],
            (invalid(Fault.NO_DISCREPANCY), invalid(Fault.LATE)),
            True,
            False,
        ),
        (
            [replace(GOOD, sent=DEADLINE + SECOND)],
            (invalid(Fault.LATE),),
            True,
            False,
        ),
        # The order is that of sending, whatever that of the list.
        ([replace(BARE, sent=DEADLINE), GOOD], (VALID, VOID), False, False),
    ],
)
@pytest.mark.parametrize("bank", Bank)
def test_what_notices_come_to(
    notices: Sequence[Notice],
    judged: tuple[Judgement, ...],
    precluded: bool,
    human: bool,
    bank: Bank,
) -> None:
    expected = Outcome(judged, precluded and bank in BOUND, human)
    assert outcome(notices, bank, DEADLINE) == expected


def test_a_disputed_notice_keeps_its_own_faults() -> None:
    found = outcome([BARE, replace(BARE, sent=DEADLINE)], Bank.ISSUING, DEADLINE)
    assert found.judgements[1] == Judgement(Standing.DISPUTED, (Fault.NO_DISCREPANCY,))


def test_instructions_given_before_count_for_every_notice() -> None:
    previous = replace(GOOD, disposals=(Disposal.PREVIOUS_INSTRUCTIONS,))
    assert not outcome([previous], Bank.ISSUING, DEADLINE, instructed=True).precludes
    assert outcome([previous], Bank.ISSUING, DEADLINE).precludes

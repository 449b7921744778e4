# SPDX-License-Identifier: Apache-2.0
"""Tens of thousands of acts around credits, each held against a model of the rules.

States, events and errors are equal, and the invariants hold of the contracts after every act, and
of the model. Alliances live at the same time, each in a process.
"""

from __future__ import annotations

import random

from long_life import several
from model import D, P
from runs import Run
from vocabulary import CreditState, Flag

ALLIANCES = 3
LEAST = 20_000
# Of what the run must meet, beside much else.
ERRORS = {
    "AcceptedAlready",
    "AmendmentNotNamed",
    "AssignedAlready",
    "BankNotBound",
    "CalendarNotPublished",
    "CannotComply",
    "CounterpartUnpaid",
    "DeadlinePassed",
    "FollowedAlready",
    "ForwardedAlready",
    "InstructionNotOpen",
    "NoBankBehind",
    "NotMatured",
    "NotOverdue",
    "NotPaired",
    "NotPrecluded",
    "NothingToDraw",
    "Overdrawn",
    "PaidByCounterpart",
    "PairedObligation",
    "PaymentIsStayed",
    "PresentationExists",
    "ReceivedInHours",
    "RecourseNotOpen",
    "WaiverNotOpen",
    "WrongObligationState",
    "WrongPresentationState",
}


def test_the_life_of_credits_is_what_a_model_of_the_rules_says(seed: int, note: list[str]) -> None:
    found = several(seed, ALLIANCES)
    run = Run("life of credits", random.Random())
    for each in found:
        run.tried.update(each.tried)
        run.done.update(each.done)
        run.met.update(each.met)
    total = sum(each.transactions for each in found)
    behind, caught_up = sum(each.behind for each in found), sum(each.caught_up for each in found)
    note.append(run.shares())
    note.append(
        f"life of credits: {total} transactions, {len(run.met)} errors met; {behind} confirming"
        f" banks fell behind, {caught_up} caught up; to {found[0].until}"
    )
    assert total >= LEAST
    run.expect_each_succeeds()
    # The run went through what it is for.
    assert behind > 10
    assert caught_up
    assert len(run.met) > 80
    assert set.union(*(each.credits for each in found)) == set(CreditState) - {CreditState.NONE}
    # What electronic records lead to is in test_records_life.py.
    elsewhere = {P.NONE, P.PRECLUDED, P.SUSPENDED, P.DISPOSED}
    assert set.union(*(each.documents for each in found)) == set(P) - elsewhere
    assert set.union(*(each.debts for each in found)) == set(D) - {D.NONE, D.OVERDUE, D.STAYED}
    assert set.union(*(each.flags for each in found)) >= set(range(6)) | {int(Flag.NOT_IN_FORCE)}
    assert set.union(*(each.counted for each in found)) == {False, True}
    assert run.met.keys() >= ERRORS

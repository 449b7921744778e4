# SPDX-License-Identifier: Apache-2.0
"""Counts that stop and go on, on the chain and in the library: one rule, two programs."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime

import pytest
from records import Set, complete
from vocabulary import RecordFormat
from world import CNSHA, CNSHA_M, DAY, DEFRA, FRANKFURT, ISSUER, OTHER, START, World

from yangshan.alliance.places import build
from yangshan.credit.suspensions import days_left, resumed_deadline

# Each bank with the name of its calendar.
CALENDARS = {ISSUER: (CNSHA, "CNSHA"), OTHER: (CNSHA_M, "CNSHA-M"), FRANKFURT: (DEFRA, "DEFRA")}


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("bank", CALENDARS)
def test_the_contract_and_the_library_count_alike(
    world: World, seed: int, bank: int, note: list[str]
) -> None:
    """Reports around each close of the five days, and replacements some days later."""
    calendar = build(CALENDARS[bank][1], 2024, 2026)
    source = random.Random(seed)
    outcomes: Counter[int] = Counter()
    for day in range(START // DAY, START // DAY + 60, 3):
        with world.aside():
            terms = {"nominated_bank": 0, "confirming_bank": 0, "any_bank": True}
            found = complete_at(world, bank, day * DAY + source.randint(0, DAY - 1), terms)
            deadline = found.presentation().deadline
            received = found.presentation().received
            for report in times(deadline, received, source):
                with world.aside():
                    world.at(report)
                    left = days_left(moment(report), moment(deadline), calendar)
                    told = found.report().events[0]
                    assert told.fields["remaining"] == left
                    world.at(report + source.randint(0, 20 * DAY))
                    after = resumed_deadline(moment(world.time), left, calendar)
                    told = found.replace().events[-1]
                    assert told.fields["deadline"] == int(after.timestamp())
                    assert found.presentation().deadline == int(after.timestamp())
                    outcomes[left] += 1
    assert outcomes.keys() == set(range(1, 6))
    note.append(f"counts that stopped at {CALENDARS[bank][1]}: {dict(sorted(outcomes.items()))}")


def complete_at(world: World, bank: int, time: int, terms: dict[str, int]) -> Set:
    far = {"expiry": START // DAY + 300, "presentation_period": 300}
    found = complete(world, bank, (RecordFormat.PDF,), **terms, **far, lodged_at=time)
    assert found.presentation().received == time
    return found


def times(deadline: int, received: int, source: random.Random) -> list[int]:
    """To the second around closes, and at random."""
    closes = [deadline - days * DAY + second for days in range(8) for second in (-1, 0, 1)]
    every = [*closes, *(source.randint(received, deadline) for _ in range(6))]
    return [each for each in every if received <= each <= deadline]

# SPDX-License-Identifier: Apache-2.0
"""The rules of UCP 600 that a credit excludes (art. 1): what each bit changes, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from vocabulary import Flag, Switch
from world import DAY, ISSUER, World, instant


def day(text: str) -> int:
    return instant(f"{text}T00:00:00") // DAY


@dataclass(frozen=True)
class Case:
    """Documents, what the chain sees of them by UCP 600, and what once the credit excludes it."""

    switch: Any
    received: str
    by_rule: int
    without: int
    credit: dict[str, Any] = field(default_factory=dict)
    shipped: str = "2025-09-01"
    amount: int = 1_000

    def flags(self, world: World, switches: int) -> int:
        terms = {"amount": 1_000, "expiry": day("2025-12-31")} | self.credit
        number = world.issue(**terms, switches=switches)
        world.at(instant(f"{self.received}T10:00:00+08:00"))
        key = world.lodge(number, amount=self.amount, shipped=day(self.shipped))
        flags: int = world.presentation(key).flags
        return flags


LATE, SHORT = int(Flag.LATE), int(Flag.SHORT)
SATURDAY = {"expiry": day("2025-09-13")}
CASES = [
    # The 22nd day is a Monday; the 23rd is late.
    Case(Switch.NO_DEFAULT_PERIOD, "2025-09-22", 0, 0),
    Case(Switch.NO_DEFAULT_PERIOD, "2025-09-23", LATE, 0),
    # The expiry stands, and so does a period that the credit states.
    Case(Switch.NO_DEFAULT_PERIOD, "2025-09-23", LATE, LATE, {"expiry": day("2025-09-22")}),
    Case(Switch.NO_DEFAULT_PERIOD, "2025-09-23", LATE, LATE, {"presentation_period": 21}),
    Case(Switch.NO_EXTENSION, "2025-09-12", 0, 0, SATURDAY),
    Case(Switch.NO_EXTENSION, "2025-09-15", 0, LATE, SATURDAY),
    Case(Switch.NO_EXTENSION, "2025-09-16", LATE, LATE, SATURDAY),
    # A period that ends on a Sunday.
    Case(Switch.NO_EXTENSION, "2025-09-08", 0, LATE, {"presentation_period": 6}),
    *(
        Case(
            Switch.NO_FIVE_PERCENT_LESS,
            "2025-09-02",
            by_rule,
            without,
            {"partial_forbidden": True},
            amount=amount,
        )
        for amount, by_rule, without in (
            (1_000, 0, 0),
            (999, 0, SHORT),
            (950, 0, SHORT),
            (949, SHORT, SHORT),
        )
    ),
    # A tolerance of its own, and leave to draw in parts, are the credit's and no rule's.
    Case(
        Switch.NO_FIVE_PERCENT_LESS,
        "2025-09-02",
        0,
        0,
        {"partial_forbidden": True, "minus_tolerance": 10},
        amount=900,
    ),
    Case(Switch.NO_FIVE_PERCENT_LESS, "2025-09-02", 0, 0, amount=1),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.switch.name}-{case.received}")
def test_a_credit_excludes_a_rule(world: World, case: Case) -> None:
    with world.aside():
        assert case.flags(world, 0) == case.by_rule
    with world.aside():
        assert case.flags(world, int(case.switch)) == case.without
    # Every other exclusion leaves the rule as it is.
    with world.aside():
        assert case.flags(world, sum(Switch) - int(case.switch)) == case.by_rule


def test_every_switch_changes_something() -> None:
    changed = {case.switch for case in CASES if case.by_rule != case.without}
    # The one that adds rules has tests of its own, test_records.py.
    assert changed == set(Switch) - {Switch.EUCP}


def test_an_excluded_rule_is_told_with_the_credit(world: World) -> None:
    for switch in Switch:
        number = world.issue(reference=switch.name.encode()[:16], switches=int(switch))
        assert world.view("LetterOfCredit.credit", number).issuance.switches == switch
    assert world.view("LetterOfCredit.credit", number).issuingBank == ISSUER

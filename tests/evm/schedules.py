# SPDX-License-Identifier: Apache-2.0
"""Credits with a schedule: the structs, and how one is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from eth_utils import keccak
from vocabulary import Availability, MaturityFrom, Renewal
from world import ISSUER, START, Issuance, World, desk, obligation_id

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY: Final = START // 86_400
FULL: Final = Issuance().amount


class Slice(NamedTuple):
    weight: int
    availability: int
    tenor: int = 0
    tenor_from: int = int(MaturityFrom.NONE)


class Instalment(NamedTuple):
    amount: int
    first: int
    last: int


class Schedule(NamedTuple):
    """The struct of ICreditSchedules; the defaults say nothing."""

    slices: Sequence[Slice] = ()
    instalments: Sequence[Instalment] = ()
    renewal: int = int(Renewal.NONE)
    times: int = 0
    period: int = 0
    start: int = 0
    advance_limit: int = 0


class Drawing(NamedTuple):
    """The struct of ICreditSchedules."""

    presentation: bytes
    credit: bytes
    bank: int
    amount: int
    day: int
    shipped: int


AT_SIGHT: Final = Slice(30, int(Availability.SIGHT_PAYMENT))
DEFERRED: Final = Slice(50, int(Availability.DEFERRED_PAYMENT), 60, int(MaturityFrom.SHIPMENT))
DRAFT: Final = Slice(15, int(Availability.ACCEPTANCE), 90, int(MaturityFrom.SIGHT))
BOUGHT: Final = Slice(5, int(Availability.NEGOTIATION))
MIXED: Final = Schedule(slices=(AT_SIGHT, DEFERRED, DRAFT, BOUGHT))
# Three months' shipments, of which the first begins today.
THREE: Final = (
    Instalment(28_000_000, TODAY, TODAY + 9),
    Instalment(40_000_000, TODAY + 10, TODAY + 19),
    Instalment(60_000_000, TODAY + 25, TODAY + 34),
)
IN_THREE: Final = Schedule(instalments=THREE)


def by_time(times: int, period: int, *, cumulative: bool = False, start: int = TODAY) -> Schedule:
    renewal = Renewal.BY_TIME_CUMULATIVE if cumulative else Renewal.BY_TIME
    return Schedule(renewal=int(renewal), times=times, period=period, start=start)


def by_use(times: int) -> Schedule:
    return Schedule(renewal=int(Renewal.BY_USE), times=times)


def red_clause(limit: int) -> Schedule:
    return Schedule(advance_limit=limit)


def issue_scheduled(
    world: World, schedule: Schedule, issuing_bank: int = ISSUER, **changes: Any
) -> bytes:
    """Issues the plain credit with changes and a schedule; returns its number."""
    if schedule.slices:
        changes = {"availability": int(Availability.MIXED), **changes}
    number: bytes = world.send(
        desk(issuing_bank), "LetterOfCredit.issueScheduled", Issuance(**changes), schedule
    ).value
    return number


def slice_id(presentation: bytes, debtor: int, owner: int, place: int) -> bytes:
    """The obligation of a slice, counted from 0."""
    first = obligation_id(presentation, debtor, owner)
    return keccak(first + place.to_bytes(32, "big")) if place else first

# SPDX-License-Identifier: Apache-2.0
"""Who may call what of credits with a schedule."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByContract, ByRole, Row, first, meets, without_role
from schedules import (
    FULL,
    IN_THREE,
    THREE,
    TODAY,
    Drawing,
    by_use,
    issue_scheduled,
    red_clause,
)
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    ISSUER,
    OTHER,
    Amendment,
    Issuance,
    World,
    credit_id,
    desk,
)

CREDIT: Final = credit_id(ISSUER, Issuance().reference)


def to_issue(world: World, caller: str) -> Args:
    return Issuance(), IN_THREE


def pre_advised(world: World, caller: str) -> Args:
    world.send(desk(ISSUER), "LetterOfCredit.preAdvise", Issuance())
    return Issuance(), IN_THREE


def pre_advised_to_revolve(world: World, caller: str) -> Args:
    pre_advised(world, caller)
    return Issuance(), by_use(1)


def issued(world: World) -> None:
    assert issue_scheduled(world, IN_THREE) == CREDIT


def drawing() -> Drawing:
    return Drawing(keccak(text="presentation"), CREDIT, ISSUER, 1, TODAY, TODAY)


def to_draw(world: World, caller: str) -> Args:
    issued(world)
    return drawing(), True


def to_count(world: World, caller: str) -> Args:
    issued(world)
    _, numbers = world.view("LetterOfCredit.bindingWords", CREDIT, ISSUER)
    return drawing(), numbers, False, True


def to_set(world: World, caller: str) -> Args:
    issued(world)
    _, numbers = world.view("LetterOfCredit.bindingWords", CREDIT, ISSUER)
    return keccak(text="another"), numbers, red_clause(FULL)


def to_propose(world: World, caller: str) -> Args:
    issued(world)
    return CREDIT, 1, THREE[1:]


def to_take_up(world: World, caller: str) -> Args:
    world.send(desk(ISSUER), "CreditSchedules.proposeInstalments", *to_propose(world, caller))
    world.send(desk(ISSUER), "LetterOfCredit.amend", CREDIT, Amendment())
    return CREDIT, 1, 1, True


def to_take_up_late(world: World, caller: str) -> Args:
    return to_take_up(world, caller)[:3]


def to_record(world: World, caller: str) -> Args:
    issued(world)
    return drawing(), (TODAY, 0, 0, 0)


def to_forward(world: World, caller: str) -> Args:
    return keccak(text="forwarded"), TODAY


ROWS: Final[dict[str, Row]] = {
    "LetterOfCredit.issueScheduled anew": ByRole(ISSUER, to_issue, (without_role(APPLICANT),)),
    "LetterOfCredit.issueScheduled as pre-advised": ByRole(
        ISSUER, pre_advised, (without_role(APPLICANT),)
    ),
    "LetterOfCredit.issueScheduled for more": ByRole(
        ISSUER, pre_advised_to_revolve, (without_role(APPLICANT),)
    ),
    "LetterOfCredit.drawScheduled": ByContract("NotPresentations", to_draw),
    "CreditSchedules.set": ByContract("NotLetterOfCredit", to_set),
    "CreditSchedules.proposeInstalments": ByRole(
        ISSUER,
        to_propose,
        (
            meets(ADVISER, "NotIssuingBank", first, ADVISER),
            meets(OTHER, "NotIssuingBank", first, OTHER),
            without_role(BENEFICIARY),
        ),
    ),
    "CreditSchedules.takeUp": ByContract("NotLetterOfCredit", to_take_up),
    "CreditSchedules.takeUpLate": ByContract("NotLetterOfCredit", to_take_up_late),
    "CreditSchedules.draw": ByContract("NotLetterOfCredit", to_count),
    "CreditSchedules.recordLodging": ByContract("NotPresentations", to_record),
    "CreditSchedules.recordForwarding": ByContract("NotPresentations", to_forward),
}

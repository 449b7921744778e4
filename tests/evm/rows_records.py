# SPDX-License-Identifier: Apache-2.0
"""Who may call what of electronic records, and what they and broken notices do elsewhere."""

from __future__ import annotations

from typing import Final

from records import (
    AMOUNT,
    REFERENCE,
    SHIPPED,
    TEXT,
    Set,
    complete,
    credit_of,
    empty,
    opened,
    suspended,
)
from rows import Args, ByAnyone, ByContract, ByRole, Row, first, meets, without_role
from rows_credits import CREDIT, KEY, due, issued, lodged, presentation
from vocabulary import Disposal, Mark, RecordFormat
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    DAY,
    FORWARDER,
    ISSUER,
    Lodging,
    World,
    desk,
)


def to_open(world: World, caller: str) -> Args:
    credit_of(world, confirming_bank=0)
    return (KEY,)


def here(scene: Set) -> Set:
    """The rows know the presentation by its key."""
    assert scene.key == KEY
    return scene


def to_add(world: World, caller: str) -> Args:
    return here(now(world, empty)).key, int(RecordFormat.PDF), TEXT, REFERENCE


def now(world: World, stage: object) -> Set:
    """A stage without waiting: some keys live for seconds only."""
    time = world.time
    found = stage(world, confirming_bank=0)  # type: ignore[operator]
    world.at(time)
    assert isinstance(found, Set)
    return found


def to_complete(world: World, caller: str) -> Args:
    return here(now(world, opened)).key, AMOUNT, SHIPPED, False, TEXT


def to_report(world: World, caller: str) -> Args:
    return here(complete(world, confirming_bank=0)).key, 1, TEXT


def to_replace(world: World, caller: str) -> Args:
    return here(suspended(world, confirming_bank=0)).key, 0, TEXT, REFERENCE


def lapsed(world: World, caller: str) -> Args:
    found = here(suspended(world, confirming_bank=0))
    world.at(world.time + 32 * DAY)
    return (found.key,)


def to_dispose(world: World, caller: str) -> Args:
    found = here(complete(world, confirming_bank=0))
    found.refuse()
    world.at(world.time + 62 * DAY)
    return found.key, TEXT


def to_carry(world: World, caller: str) -> Args:
    return here(complete(world, confirming_bank=0)).id, TEXT


def to_lodge_set(world: World, caller: str) -> Args:
    issued(world, caller)
    return Lodging(KEY, AMOUNT, 0, False, TEXT), int(Mark.RECORDS)


def to_set(world: World, caller: str) -> Args:
    lodged(world, caller)
    return KEY.id, 1


def to_release(world: World, caller: str) -> Args:
    due(world, caller)
    return KEY, TEXT


def refused(world: World, caller: str) -> Args:
    lodged(world, caller)
    world.send(desk(ISSUER), "Presentations.refuse", KEY, 1, int(Disposal.HOLD), TEXT)
    return KEY, TEXT


def to_note(world: World, caller: str) -> Args:
    return issued(world, caller)


def to_assign(world: World, caller: str) -> Args:
    return (*issued(world, caller), FORWARDER, 5, TEXT)


def to_bind(world: World, caller: str) -> Args:
    return CREDIT, due(world, caller)[0]


BY_PRESENTER: Final = (
    meets(FORWARDER, "NotPresenter", BENEFICIARY, FORWARDER),
    meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
)
BY_EXAMINER: Final = (meets(ADVISER, "NotExaminer", presentation, ADVISER), without_role(APPLICANT))
ROWS: Final[dict[str, Row]] = {
    "ElectronicRecords.openPresentation": ByRole(BENEFICIARY, to_open, BY_PRESENTER),
    "ElectronicRecords.addRecord": ByRole(BENEFICIARY, to_add, BY_PRESENTER),
    "ElectronicRecords.completePresentation": ByRole(BENEFICIARY, to_complete, BY_PRESENTER),
    "ElectronicRecords.reportCorruption": ByRole(ISSUER, to_report, BY_EXAMINER),
    "ElectronicRecords.replaceRecord": ByRole(BENEFICIARY, to_replace, BY_PRESENTER),
    "ElectronicRecords.resumeExamination": ByAnyone(lapsed),
    "ElectronicRecords.disposeRecords": ByRole(ISSUER, to_dispose, BY_EXAMINER),
    "ElectronicRecords.carry": ByContract("NotForwarding", to_carry),
    "Presentations.lodgeMarked": ByContract("NotLodgingContract", to_lodge_set),
    "Presentations.writeWord of documents": ByContract("NotDisposals", to_set),
    "Presentations.writeWord of records": ByContract("NotDisposals", to_set),
    "Disposals.releaseToApplicant": ByRole(ISSUER, to_release, BY_EXAMINER),
    "Disposals.stateBreach": ByRole(ISSUER, refused, BY_EXAMINER),
    "Disposals.findInBreach": ByRole(
        AUTHORITY, refused, (without_role(ISSUER), without_role(BENEFICIARY))
    ),
    "LetterOfCredit.noteAssignment": ByContract("NotObligationsContract", to_note),
    "PaymentObligations.bindAssignment": ByContract("NotPresentationsContract", to_bind),
    "PaymentObligations.assignUnderCredit": ByRole(
        BENEFICIARY,
        to_assign,
        (
            meets(ISSUER, "NotBeneficiary", first, ISSUER),
            meets(FORWARDER, "NotBeneficiary", first, FORWARDER),
        ),
    ),
}

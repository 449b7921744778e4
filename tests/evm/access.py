# SPDX-License-Identifier: Apache-2.0
"""The access matrix: every function that can change state, and who may call it.

The tests are generated from it, and a function without a row fails by itself. ``prepare`` brings
the world to where the call would succeed from the right key, and returns the arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from eth_utils import keccak
from suite import Error, error
from vocabulary import NO_END, Disposal, ObligationKind, ObligationState, Role
from world import (
    ADVISER,
    APPLICANT,
    AUTHORITY,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    CUSTOMS,
    DAY,
    EMPTY,
    FORWARDER,
    ISSUER,
    KEEPER,
    MEMBERS,
    OTHER,
    REMOTE,
    Issuance,
    Lodging,
    PresentationKey,
    World,
    account,
    admin,
    admission,
    ascii32,
    credit_id,
    desk,
    treasury,
)

Args = tuple[Any, ...]
# Brings the world there, for a call by this account, and returns the arguments.
Prepare = Callable[[World, str], Args]


class Business(Enum):
    """What a member past its validity may still do."""

    NEW = "new business"
    IN_FLIGHT = "in flight"


@dataclass(frozen=True)
class Stranger:
    """A live key with the role, or of the wrong kind of member, and the error that it meets."""

    caller: str
    error: Callable[[Args], Error]


@dataclass(frozen=True)
class ByRole:
    """Called by a key of ``member`` with ``role``; the strangers may not."""

    role: Any
    member: int
    business: Business
    prepare: Prepare
    strangers: tuple[Stranger, ...] = ()


@dataclass(frozen=True)
class ByContract:
    """Called by one contract of the suite alone; anybody else meets ``error`` of the caller."""

    caller: str
    error: str
    prepare: Prepare


@dataclass(frozen=True)
class ByAnyone:
    """Called by anyone; the reason says why that harms nobody."""

    reason: str
    prepare: Prepare


Row = ByRole | ByContract | ByAnyone

CREDIT: Final = credit_id(ISSUER, Issuance().reference)
KEY: Final = PresentationKey(CREDIT, ISSUER, BENEFICIARY, 1)
SALT: Final = keccak(text="salt")
NEXT: Final = admission(MEMBERS + 1).as_argument()


def new_key(world: World, caller: str) -> Args:
    return world.give_key(ISSUER, "a key of the issuer", int(Role.PAY)), int(Role.PRESENT), NO_END


def old_key(world: World, caller: str) -> Args:
    return (world.give_key(ISSUER, "a key of the issuer", int(Role.PAY)),)


def admitted(world: World, caller: str) -> Args:
    return (NEXT,)


def proposed(world: World, caller: str) -> Args:
    return NEXT, SALT


def to_approve(world: World, caller: str) -> Args:
    return (world.send(desk(CUSTOMS), "AllianceCouncil.propose", NEXT, SALT).value,)


def to_execute(world: World, caller: str) -> Args:
    (proposal,) = to_approve(world, caller)
    for founder in (CENTRAL, ISSUER, ADVISER):
        world.send(desk(founder), "AllianceCouncil.approve", proposal)
    return NEXT, SALT


def to_open(world: World, caller: str) -> Args:
    return EMPTY + 1, ascii32("NEW")


def to_publish(world: World, caller: str) -> Args:
    return EMPTY, 105, 0b11 | 2 << 192 | 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246


def to_revise(world: World, caller: str) -> Args:
    calendar, span, word = to_publish(world, caller)
    # A span that has begun nowhere at the world's start.
    world.send(desk(KEEPER), "BankingCalendar.publish", calendar, span + 1, word)
    return calendar, span + 1, word ^ 0b10, ascii32("NOTICE 7")


def to_issue(world: World, caller: str) -> Args:
    return (Issuance(),)


def issued(world: World, caller: str) -> Args:
    assert world.issue() == CREDIT
    return (CREDIT,)


def to_advise(world: World, caller: str) -> Args:
    return (*issued(world, caller), True)


def to_draw(world: World, caller: str) -> Args:
    return (*issued(world, caller), 1)


def to_mandate(world: World, caller: str) -> Args:
    return (*issued(world, caller), FORWARDER, keccak(text="mandate"))


def to_lodge(world: World, caller: str) -> Args:
    issued(world, caller)
    return (Lodging(KEY, 128_000_000, 0, False, keccak(text="documents")),)


def lodged(world: World, caller: str) -> Args:
    issued(world, caller)
    assert world.lodge(CREDIT) == KEY
    return (KEY,)


def to_refuse(world: World, caller: str) -> Args:
    return (*lodged(world, caller), 0b10, int(Disposal.HOLD), keccak(text="notice"))


def precluded(world: World, caller: str) -> Args:
    """Lodged so long ago that the close of the fifth banking day is over."""
    lodged(world, caller)
    world.at(world.presentation(KEY).deadline + 1)
    return (KEY,)


def undated(world: World, caller: str) -> Args:
    """Lodged with a bank whose calendar was not published, and is now."""
    credit = world.issue(REMOTE, advising_bank=ADVISER)
    key = world.lodge(credit, examiner=REMOTE)
    first = world.time // DAY // 192 - 1
    for span in range(first, first + 3):
        hours = 540 << 200 | 1020 << 211 | 192 << 238 | 192 << 246
        word = (1 << 192) - 1 | 192 << 192 | hours
        world.send(desk(KEEPER), "BankingCalendar.publish", EMPTY, span, word)
    return (key,)


def to_incur(world: World, caller: str) -> Args:
    state, kind = int(ObligationState.DUE), int(ObligationKind.SIGHT_HONOUR)
    owed = (ISSUER, BENEFICIARY, 1, world.time, CNY.number, state, kind)
    return keccak(text="presentation"), owed


def to_pay(world: World, caller: str) -> Args:
    lodged(world, caller)
    funded(world, ISSUER, 128_000_000)
    return (world.send(desk(ISSUER), "Presentations.findComplying", KEY).value,)


def funded(world: World, member: int, amount: int) -> None:
    reference = keccak(text=f"funds {member} {amount}")
    world.send(desk(CENTRAL), f"{CASH}.mint", member, amount, reference)


def to_mint(world: World, caller: str) -> Args:
    return ISSUER, 5, keccak(text="received")


def to_redeem(world: World, caller: str) -> Args:
    funded(world, CENTRAL, 5)
    return 5, keccak(text="paid out")


def to_settle(world: World, caller: str) -> Args:
    funded(world, ISSUER, 5)
    return treasury(ISSUER), treasury(BENEFICIARY), 5


def to_transfer(world: World, caller: str) -> Args:
    funded(world, ISSUER, 5)
    if world.view("AllianceRegistry.memberOf", caller):
        world.send(treasury(ISSUER), f"{CASH}.transfer", caller, 5)
    return treasury(BENEFICIARY), 5


def to_transfer_from(world: World, caller: str) -> Args:
    funded(world, ISSUER, 5)
    world.send(treasury(ISSUER), f"{CASH}.approve", caller, 5)
    return treasury(ISSUER), treasury(BENEFICIARY), 5


def to_allow(world: World, caller: str) -> Args:
    return account("spender"), 5


def without_role(member: int, role: Any) -> Stranger:
    """A member to whose keys the role is not open."""
    return Stranger(
        desk(member), lambda args: error("MissingRole", desk(member), member, int(role))
    )


def meets(member: int, name: str, *shape: Any) -> Stranger:
    """The desk of a member meets an error; a callable in the shape takes the call's arguments."""

    def expected(args: Args) -> Error:
        return error(name, *(each(args) if callable(each) else each for each in shape))

    return Stranger(desk(member), expected)


def first(args: Args) -> Any:
    return args[0]


def presentation(args: Args) -> bytes:
    key: PresentationKey = args[0]
    return key.id


NEW, IN_FLIGHT = Business.NEW, Business.IN_FLIGHT

ROWS: Final[dict[str, Row]] = {
    "AllianceRegistry.admit": ByContract("AllianceCouncil", "NotGovernor", admitted),
    "AllianceRegistry.setKey": ByRole(
        Role.ADMINISTER,
        ISSUER,
        IN_FLIGHT,
        new_key,
        (Stranger(admin(ADVISER), lambda args: error("AccountTaken", args[0], ISSUER)),),
    ),
    "AllianceRegistry.revokeKey": ByRole(
        Role.ADMINISTER,
        ISSUER,
        IN_FLIGHT,
        old_key,
        (Stranger(admin(ADVISER), lambda args: error("NotOwnAccount", args[0], ADVISER)),),
    ),
    "AllianceCouncil.propose": ByRole(
        Role.VOTE, AUTHORITY, NEW, proposed, (meets(APPLICANT, "NotAFounder", APPLICANT),)
    ),
    "AllianceCouncil.approve": ByRole(
        Role.VOTE, AUTHORITY, NEW, to_approve, (meets(APPLICANT, "NotAFounder", APPLICANT),)
    ),
    "AllianceCouncil.execute": ByRole(
        Role.VOTE, AUTHORITY, NEW, to_execute, (meets(APPLICANT, "NotAFounder", APPLICANT),)
    ),
    "BankingCalendar.open": ByRole(
        Role.KEEP_CALENDARS,
        KEEPER,
        IN_FLIGHT,
        to_open,
        (meets(AUTHORITY, "NotCalendarKeeper", AUTHORITY, KEEPER),),
    ),
    "BankingCalendar.publish": ByRole(
        Role.KEEP_CALENDARS,
        KEEPER,
        IN_FLIGHT,
        to_publish,
        (meets(AUTHORITY, "NotCalendarKeeper", AUTHORITY, KEEPER),),
    ),
    "BankingCalendar.revise": ByRole(
        Role.KEEP_CALENDARS,
        KEEPER,
        IN_FLIGHT,
        to_revise,
        (meets(AUTHORITY, "NotCalendarKeeper", AUTHORITY, KEEPER),),
    ),
    # Any bank issues its own credits.
    "LetterOfCredit.issue": ByRole(
        Role.ISSUE, ISSUER, NEW, to_issue, (without_role(APPLICANT, Role.ISSUE),)
    ),
    "LetterOfCredit.advise": ByRole(
        Role.ADVISE,
        ADVISER,
        IN_FLIGHT,
        to_advise,
        (
            meets(ISSUER, "NotAdvisingBank", first, ISSUER),
            # The second advising bank, before the first has advised.
            meets(OTHER, "NotAdvisingBank", first, OTHER),
            without_role(BENEFICIARY, Role.ADVISE),
        ),
    ),
    "LetterOfCredit.draw": ByContract("Presentations", "NotPresentations", to_draw),
    "LetterOfCredit.drawUpTo": ByContract("Presentations", "NotPresentations", to_draw),
    "Presentations.recordMandate": ByRole(
        Role.PRESENT,
        BENEFICIARY,
        IN_FLIGHT,
        to_mandate,
        (
            meets(ISSUER, "NotBeneficiary", first, ISSUER),
            # The advising bank acts for a beneficiary that is no member, and for no other.
            meets(ADVISER, "NotBeneficiary", first, ADVISER),
            meets(FORWARDER, "NotBeneficiary", first, FORWARDER),
        ),
    ),
    "Presentations.lodge": ByRole(
        Role.PRESENT,
        BENEFICIARY,
        IN_FLIGHT,
        to_lodge,
        (
            meets(FORWARDER, "NotPresenter", BENEFICIARY, FORWARDER),
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
        ),
    ),
    "Presentations.fixDeadline": ByAnyone(
        "the answer follows from the published calendar alone, and only once", undated
    ),
    "Presentations.findComplying": ByRole(
        Role.EXAMINE,
        ISSUER,
        IN_FLIGHT,
        lodged,
        (
            meets(ADVISER, "NotExaminer", presentation, ADVISER),
            without_role(BENEFICIARY, Role.EXAMINE),
        ),
    ),
    "Presentations.refuse": ByRole(
        Role.EXAMINE,
        ISSUER,
        IN_FLIGHT,
        to_refuse,
        (
            meets(ADVISER, "NotExaminer", presentation, ADVISER),
            without_role(APPLICANT, Role.EXAMINE),
        ),
    ),
    "Presentations.claimPrecluded": ByRole(
        Role.PRESENT,
        BENEFICIARY,
        IN_FLIGHT,
        precluded,
        (
            meets(APPLICANT, "NotPresenter", BENEFICIARY, APPLICANT),
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
        ),
    ),
    "PaymentObligations.incur": ByContract("Presentations", "NotPresentationsContract", to_incur),
    "PaymentObligations.pay": ByRole(
        Role.PAY,
        ISSUER,
        IN_FLIGHT,
        to_pay,
        (
            meets(BENEFICIARY, "NotDebtor", first, BENEFICIARY),
            meets(CENTRAL, "NotDebtor", first, CENTRAL),
        ),
    ),
    "SettlementCash.mint": ByRole(
        Role.CASH, CENTRAL, IN_FLIGHT, to_mint, (meets(ISSUER, "NotCashIssuer", ISSUER, CENTRAL),)
    ),
    "SettlementCash.redeem": ByRole(
        Role.CASH, CENTRAL, IN_FLIGHT, to_redeem, (meets(ISSUER, "NotCashIssuer", ISSUER, CENTRAL),)
    ),
    "SettlementCash.settle": ByContract("PaymentObligations", "NotSettler", to_settle),
    "SettlementCash.transfer": ByRole(Role.PAY, ISSUER, IN_FLIGHT, to_transfer),
    # Whoever may spend: a key with PAY of any member, within what the holder allowed.
    "SettlementCash.transferFrom": ByRole(Role.PAY, ADVISER, IN_FLIGHT, to_transfer_from),
    "SettlementCash.approve": ByAnyone(
        "an allowance moves nothing: spending it needs live keys with PAY on both sides", to_allow
    ),
}


def deployed_name(function: str) -> str:
    """The function by the name under which its contract is deployed."""
    return function.replace("SettlementCash.", f"{CASH}.")

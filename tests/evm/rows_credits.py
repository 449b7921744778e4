# SPDX-License-Identifier: Apache-2.0
"""Who may call what of presentations, obligations and cash."""

from __future__ import annotations

from typing import Final

from eth_utils import keccak
from rows import Args, ByAnyone, ByContract, ByRole, Row, first, meets, without_role
from vocabulary import Disposal, ObligationKind, ObligationState
from world import (
    ADVISER,
    APPLICANT,
    BENEFICIARY,
    CASH,
    CENTRAL,
    CNY,
    DAY,
    EMPTY,
    FORWARDER,
    ISSUER,
    KEEPER,
    REMOTE,
    Issuance,
    Lodging,
    PresentationKey,
    World,
    account,
    credit_id,
    desk,
    treasury,
)

CREDIT: Final = credit_id(ISSUER, Issuance().reference)
KEY: Final = PresentationKey(CREDIT, ISSUER, BENEFICIARY, 1)


def issued(world: World, caller: str) -> Args:
    assert world.issue() == CREDIT
    return (CREDIT,)


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
    begin = world.time // DAY // 192 - 1
    for span in range(begin, begin + 3):
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


def presentation(args: Args) -> bytes:
    key: PresentationKey = args[0]
    return key.id


ROWS: Final[dict[str, Row]] = {
    "Presentations.recordMandate": ByRole(
        BENEFICIARY,
        to_mandate,
        (
            meets(ISSUER, "NotBeneficiary", first, ISSUER),
            # The advising bank acts for a beneficiary that is no member, and for no other.
            meets(ADVISER, "NotBeneficiary", first, ADVISER),
            meets(FORWARDER, "NotBeneficiary", first, FORWARDER),
        ),
    ),
    "Presentations.lodge": ByRole(
        BENEFICIARY,
        to_lodge,
        (
            meets(FORWARDER, "NotPresenter", BENEFICIARY, FORWARDER),
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
        ),
    ),
    "Presentations.fixDeadline": ByAnyone(undated),
    "Presentations.findComplying": ByRole(
        ISSUER,
        lodged,
        (
            meets(ADVISER, "NotExaminer", presentation, ADVISER),
            without_role(BENEFICIARY),
        ),
    ),
    "Presentations.refuse": ByRole(
        ISSUER,
        to_refuse,
        (
            meets(ADVISER, "NotExaminer", presentation, ADVISER),
            without_role(APPLICANT),
        ),
    ),
    "Presentations.claimPrecluded": ByRole(
        BENEFICIARY,
        precluded,
        (
            meets(APPLICANT, "NotPresenter", BENEFICIARY, APPLICANT),
            meets(ISSUER, "NotPresenter", BENEFICIARY, ISSUER),
        ),
    ),
    "PaymentObligations.incur": ByContract("NotPresentationsContract", to_incur),
    "PaymentObligations.pay": ByRole(
        ISSUER,
        to_pay,
        (
            meets(BENEFICIARY, "NotDebtor", first, BENEFICIARY),
            meets(CENTRAL, "NotDebtor", first, CENTRAL),
        ),
    ),
    "SettlementCash.mint": ByRole(
        CENTRAL, to_mint, (meets(ISSUER, "NotCashIssuer", ISSUER, CENTRAL),)
    ),
    "SettlementCash.redeem": ByRole(
        CENTRAL, to_redeem, (meets(ISSUER, "NotCashIssuer", ISSUER, CENTRAL),)
    ),
    "SettlementCash.settle": ByContract("NotSettler", to_settle),
    "SettlementCash.transfer": ByRole(ISSUER, to_transfer),
    # Whoever may spend: a key with PAY of any member, within what the holder allowed.
    "SettlementCash.transferFrom": ByRole(ADVISER, to_transfer_from),
    "SettlementCash.approve": ByAnyone(to_allow),
}
